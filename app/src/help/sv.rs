//! Swedish.

use super::{Help, HelpPage};
use crate::card::card_words;
use crate::devices::device_words;
use crate::lists::list_words;
use crate::search::search_words;

/// The pages.
pub(super) static HELP: Help = Help {
    log_a_visit: HelpPage {
        title: "Anteckna ett besök",
        what: "Du antecknar ett arbetsgivarbesök med telefonen genast utanför dörren.",
        steps: |t| {
            vec![
                format!("Tryck på ”{}”.", t.nav_log),
                format!("Välj arbetsgivaren i listan, eller skriv namnet i ”{}”.", t.employer_search),
                "Ändra det som inte stämmer. Resten är ifyllt. Orden kan du lägga till senare.".to_owned(),
                format!("Tryck på ”{}”.", t.visit_save),
            ]
        },
        trouble: &[
            (
                "Arbetsgivaren finns inte i listan",
                "Lägg till den med namnet. Uppgifterna kan du fylla i senare.",
            ),
            ("Något fattas", "Spara ändå. Rinnalla frågar efter det på sidan för i dag."),
            ("Anteckningen blev på hälft", "Öppna formuläret igen. Det halvfärdiga finns kvar i två veckor."),
        ],
    },
    offline: HelpPage {
        title: "Utan nät, och när telefonen byts",
        what: "Du antecknar ett besök där det inte finns nät, och vet vad du gör när telefonen byts eller försvinner.",
        steps: |t| {
            let (w, card) = (device_words(), card_words());
            vec![
                t.install_android.to_owned(),
                t.install_iphone.to_owned(),
                format!(
                    "Öppna Rinnalla från den nya ikonen när nätet fungerar. Logga in och tryck en gång på ”{}”. När \
                     formuläret har öppnats är telefonen klar.",
                    t.nav_log
                ),
                format!(
                    "Före du åker: öppna ”{}” på sidan I dag, hitta på ett nummer med sex siffror och tryck på ”{}”. Utan nät \
                     öppnar samma nummer kortet.",
                    card.title, card.take
                ),
                format!(
                    "Utan nät trycker du på ”{}” på samma sätt. Registrets arbetsgivare hittar du genom att söka.",
                    t.nav_log
                ),
                format!(
                    "Klienten kan du välja först när nätet är tillbaka. Spara utan klient och lägg till den senare: \
                     öppna besöket och tryck på ”{}”.",
                    t.amend
                ),
                format!(
                    "Tryck på ”{}”. När du ser ”{}” är anteckningen förseglad med organisationens nyckel och sparad. \
                     Ingen kan läsa den i telefonen, inte ens du.",
                    t.visit_save,
                    t.visit_on_phone.of("…")
                ),
                "Om nätet försvinner när formuläret för ett möte, ett kontaktförsök eller ett stöd redan är öppet sparar \
                 du som vanligt: anteckningen sparas förseglad i telefonen. Detsamma gäller poängen i en bedömning."
                    .to_owned(),
                "Anteckningen skickas av sig själv när nätet fungerar och Rinnalla är öppet. Den skickas i ditt namn, \
                 också om din inloggning har upphört eller någon annan använder telefonen."
                    .to_owned(),
                format!(
                    "Öppna ”{}” under Mer, eller tryck på ”{}” längst ner på sidan. Där står vad som väntar, vad \
                     servern har, vad som finns i serverns säkerhetskopia och vad som behöver dig.",
                    t.sync_title, t.outbox_look
                ),
                "”Allt är skickat” står där först när servern har bekräftat varje anteckning.".to_owned(),
                "En anteckning stannar i telefonen tills den finns i säkerhetskopian och en vecka har gått. Därför \
                 försvinner den inte ens om servern återställs från kopian."
                    .to_owned(),
                format!("Öppna ”{}” under Mer, skriv ett namn på telefonen och tryck på ”{}”.", t.devices, w.rename),
                format!(
                    "När du byter telefon, vänta tills det står ”Allt är skickat” i den gamla. Gör den nya klar på \
                     samma sätt och tryck på ”{}” vid den gamla.",
                    w.end
                ),
            ]
        },
        trouble: &[
            (
                "Rinnalla finns bara i en flik i Safari på iPhone",
                "Safari kan glömma det som är sparat i fliken om du inte använder Rinnalla på 7 dagar. Lägg till Rinnalla på hemskärmen och logga in där.",
            ),
            (
                "Det står att telefonen inte kan spara",
                "Stäng inte sidan innan anteckningen har skickats. Ingen är inloggad på telefonen, eller så är dess minne fullt.",
            ),
            (
                "Anteckningen blev på hälft",
                "Den sparas i telefonen ungefär en sekund efter din senaste ändring. Den står i formuläret igen när nätet är tillbaka.",
            ),
            (
                "En anteckning behöver mig",
                "Den finns på servern men kunde inte slutföras. Läs orsaken i Det som skickas. Finns ”Rätta” där, tryck på det.",
            ),
            (
                "Jag tänker rensa webbläsarens data",
                "Rensa dem inte och ta inte bort Rinnalla medan något väntar: det som väntar skulle försvinna. I Det som skickas kan du spara en förseglad kopia i en fil. Också den öppnas bara med organisationens nyckel, och vem som helst som är inloggad kan hämta in den på sidan Telefoner.",
            ),
            (
                "Telefonen är borta",
                "Öppna Telefoner på en annan enhet och tryck på ”Avsluta behörigheten”. Det som kommer från telefonen efter det väntar tills du trycker på ”Jag skrev den här själv”. Avsluta också telefonens inloggning under Mer.",
            ),
            (
                "En kollegas telefon är borta",
                "Teamledaren ser på sidan Telefoner teamets telefoner och hur många anteckningar från var och en som inte har kommit fram. Teamledaren kan också avsluta telefonens behörighet.",
            ),
        ],
    },
    mend_a_visit: HelpPage {
        title: "Rätta eller ångra ett besök",
        what: "Du ändrar din egen anteckning; den tidigare syns kvar bredvid.",
        steps: |t| {
            vec![
                "Öppna arbetsgivarens sida och leta upp besöket.".to_owned(),
                format!("Tryck på ”{}”, ändra, och tryck på ”{}”.", t.amend, t.amend_save),
                format!(
                    "Om besöket aldrig ägde rum, tryck på ”{}”. Du kan återställa det.",
                    t.visit_take_back
                ),
            ]
        },
        trouble: &[
            ("Knappen finns inte", "Bara den som antecknade besöket kan ändra det."),
            (
                "Besöket har ändrats under tiden",
                "Öppna besöket igen. Du ser den senaste anteckningen och kan ändra den.",
            ),
        ],
    },
    find_an_employer: HelpPage {
        title: "Sök en arbetsgivare",
        what: "Du hittar en arbetsgivare på namn, ort eller hur länge den har varit tyst.",
        steps: |t| {
            vec![
                format!(
                    "Öppna ”{}” och skriv en del av namnet. Prickar och ett skrivfel gör inget.",
                    t.nav_employers
                ),
                format!("Begränsa med kommun, eller välj ”{}”.", t.employers_mine),
                format!("Andra val och ordningen finns under ”{}”.", t.employers_filter),
                format!("Dagens besök ortsvis finns under ”{}”.", t.employers_route),
            ]
        },
        trouble: &[(
            "Samma arbetsgivare finns två gånger",
            "Öppna den ena och slå ihop dem. Inget går förlorat.",
        )],
    },
    search: HelpPage {
        title: "Sök i allt",
        what: "Du hittar en klient, en arbetsgivare, en anteckning, ett besök eller nästa steg med en sökning.",
        steps: |t| {
            let w = search_words();
            vec![
                format!(
                    "Tryck på ”{}”. På telefonen finns det i slutet av varje sida, på datorn vid sidan.",
                    t.search
                ),
                "Skriv ett namn, en ort eller ett ord. En klient hittar du på namn eller alias.".to_owned(),
                format!("Tryck på ”{}”. Varje ord måste hittas; ordningen spelar ingen roll.", t.search),
                format!("Finns det många anteckningar, fortsätt med ”{}”.", w.older),
            ]
        },
        trouble: &[
            ("Klienten hittas inte", "Du hittar bara klienter som du får se. Pröva också alias."),
            ("Det blir för många", "Lägg till ett ord, till exempel en ort."),
            ("Sidan ber dig söka igen", "Sökningen finns kvar bara medan du är inloggad. Sök igen."),
        ],
    },
    next_steps: HelpPage {
        title: "Nästa steg",
        what: "Det du lovade väntar på sidan för i dag, på rätt dag.",
        steps: |t| {
            vec![
                format!("Skriv ”{}” och en dag i besöket.", t.visit_next_step),
                format!("När saken är skött, tryck på ”{}”.", t.done),
                format!("Om dagen inte passar, tryck på ”{}” och välj en annan.", t.move_step),
            ]
        },
        trouble: &[(
            "Steget försvann",
            "Du har antecknat ett nytt besök hos arbetsgivaren. Det ersätter det gamla steget.",
        )],
    },
    hand_over: HelpPage {
        title: "Överlåt en arbetsgivare till en kollega",
        what: "Kollegan får arbetsgivaren och dess öppna steg.",
        steps: |t| {
            vec![
                "Öppna arbetsgivarens sida.".to_owned(),
                format!("Tryck på ”{}” och välj en kollega.", t.hand_over),
                "Skriv några ord om du vill. Kollegan ser dem på arbetsgivarens sida.".to_owned(),
            ]
        },
        trouble: &[("Det blev fel kollega", "Ångra genast. Stegen kommer tillbaka till dig.")],
    },
    do_not_contact: HelpPage {
        title: "Inga kontakter",
        what: "Du märker en arbetsgivare som inte vill bli kontaktad, och varför.",
        steps: |t| {
            vec![
                "Öppna arbetsgivarens sida.".to_owned(),
                format!("Tryck på ”{}”.", t.do_not_contact),
                "Skriv orsaken, och välj en dag om förbudet tar slut. Skriv inte klientens namn.".to_owned(),
            ]
        },
        trouble: &[("Jag besökte dem ändå", "Anteckna besöket som vanligt. Märkningen hindrar det inte.")],
    },
    merge: HelpPage {
        title: "Slå ihop två arbetsgivare",
        what: "En arbetsgivare som finns två gånger blir en; besök och kontaktpersoner finns kvar.",
        steps: |_| {
            vec![
                "Öppna den arbetsgivare som blir kvar.".to_owned(),
                "Välj att slå ihop, och sedan den andra arbetsgivaren.".to_owned(),
                "Välj för varje uppgift vilken som stämmer. Spara.".to_owned(),
            ]
        },
        trouble: &[("De var olika arbetsgivare", "Du kan skilja dem åt när som helst. Allt blir som förut.")],
    },
    lists: HelpPage {
        title: "Hämta arbetsgivare från en lista",
        what: "Teamledaren hämtar arbetsgivare från en tabell eller från företagsregistret.",
        steps: |t| {
            let w = list_words();
            vec![
                format!(
                    "Öppna ”{}” och ”{}”. Tryck på ”{}”.",
                    t.nav_employers, t.employers_filters_title, w.title
                ),
                format!("Välj en fil och tryck på ”{}”.", w.take),
                format!("Kontrollera vad som är vilken kolumn och tryck på ”{}”.", w.to_rows),
                "Avgör de rader vars namn nästan är samma som i registret.".to_owned(),
                "För in listan i registret. Du kan ångra hela listan.".to_owned(),
            ]
        },
        trouble: &[
            (
                "En rad står under ”Kan inte tas”",
                "Bredvid raden står vad som är fel. Rätta det i filen och läs filen på nytt.",
            ),
            (
                "Filen går inte att läsa",
                "Öppna den i ett tabellprogram och spara den som XLSX eller CSV utan lösenord.",
            ),
        ],
    },
    sign_in: HelpPage {
        title: "Logga in",
        what: "Du loggar in med användarnamn och lösenord.",
        steps: |t| {
            vec![
                "Först får du en länk av teamledaren. Den fungerar en gång, i 7 dagar.".to_owned(),
                "Välj ett lösenord: minst 12 tecken, till exempel några ord efter varandra.".to_owned(),
                format!("Skriv användarnamn och lösenord, och tryck på ”{}”.", t.sign_in),
            ]
        },
        trouble: &[
            ("Lösenordet är borta", "Be administratören om en ny länk."),
            ("Inte ens rätt lösenord duger", "Det har varit för många försök. Vänta 15 minuter."),
            (
                "Telefonen är borta",
                "Logga in på en annan enhet. Avsluta den borttappades inloggning under Mer.",
            ),
        ],
    },
    who_sees_what: HelpPage {
        title: "Vem ser vad",
        what: "Klienters uppgifter ses bara av dem som behöver dem i sitt arbete.",
        steps: |_| {
            vec![
                "Arbetsgivarna är gemensamma för alla enheter. Därför skrivs inga klientnamn där.".to_owned(),
                "Orden i ett besök för en klient ser bara den egna enheten.".to_owned(),
                "Administratören ser inga klientuppgifter.".to_owned(),
                "Varje läsning och ändring antecknas i en logg. Loggen kan inte ändras.".to_owned(),
            ]
        },
        trouble: &[(
            "Jag skrev ett namn på fel ställe",
            "Ändra anteckningen genast och berätta för teamledaren.",
        )],
    },
    accessibility: HelpPage {
        title: "Tangentbord, textstorlek och färger",
        what: "Rinnalla följer inställningarna i telefonen och webbläsaren.",
        steps: |t| {
            vec![
                "Förstora texten i enhetens inställningar eller zooma. Inget göms.".to_owned(),
                "Mörkt läge, hög kontrast och mindre rörelse kommer från enheten.".to_owned(),
                format!("Med tangentbordet når du allt. Överst på sidan finns ”{}”.", t.skip_link),
                "Du kan diktera i alla textfält med telefonens egen mikrofon.".to_owned(),
            ]
        },
        trouble: &[],
    },
    clients: &super::clients::SV,
    plans: &super::plans::SV,
    work: &super::work::SV,
    groups: ["Arbetsgivare och besök", "Klienter", "För teamledare och administratörer", "För alla"],
};
