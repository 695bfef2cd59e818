//! Help for what is done about clients, for leads and for administrators.

use super::HelpPage;
use crate::clients::client_words;
use crate::meetings::meeting_words;
use crate::people::people_words;
use crate::referrals::referral_words;
use crate::retention::retention_words;
use domain::codes::StepKind;

/// The pages. A language without one of them does not compile.
pub struct ClientHelp {
    pub refer: HelpPage,
    pub take_up: HelpPage,
    pub team_meeting: HelpPage,
    pub clients: HelpPage,
    pub way: HelpPage,
    pub what_is_told: HelpPage,
    pub consents: HelpPage,
    pub load: HelpPage,
    pub substitutes: HelpPage,
    pub glass: HelpPage,
    pub log_extract: HelpPage,
    pub organisation: HelpPage,
    pub code_lists: HelpPage,
    pub retention: HelpPage,
}

/// A step of a client's way, as its button says.
fn step(kind: StepKind) -> &'static str {
    client_words().step_button(kind)
}

/// Finnish, the original.
pub(super) static FI: ClientHelp = ClientHelp {
    refer: HelpPage {
        title: "Lähetä asiakas valmennukseen",
        what: "Hoitotiimi lähettää muistilistaviestin, kun henkilö haluaa töihin. Muuta perustetta ei tarvita.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Paina ”{}”.", r.new),
                format!("Täytä nimi ja ”{}”.", r.wish),
                format!("Kysy henkilöltä, mitä saa kertoa ja mihin asti. Paina ”{}”.", r.to_preview),
                "Lue, mitä lähtee. Yksikkö saa täsmälleen sen. Lähetä.".to_owned(),
                "Lähetteen päivät näkyvät tiimillesi: vastaanotto, päätös, ensitapaaminen, IPS-info ja sopimus."
                    .to_owned(),
            ]
        },
        trouble: &[
            ("Jokin meni väärin", "Korjaa lähetettä. Yksikkö näkee sekä entisen että korjatun."),
            ("Henkilö muutti mielensä", "Peru lähete. Se käy, kunnes henkilö on tavattu."),
            (
                "Samasta henkilöstä on jo lähete",
                "Lähetä silti. Yksikkö yhdistää ne, ja kumpikin tiimi näkee omansa päivät.",
            ),
        ],
    },
    take_up: HelpPage {
        title: "Ota lähete palveluun",
        what: "Päätät saapuneesta lähetteestä. Ensitapaaminen on 14 päivän kuluessa lähetteestä.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Avaa ”{}”, ja valitse lähete.", r.inbox),
                format!("Katso kohta ”{}”, jos se on sivulla.", r.alike),
                format!("Valitse valmentaja, ja paina ”{}”.", r.accept),
                "Kirjaa ensitapaamisen ja IPS-infon päivä, kun ne on pidetty.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Lähetettä ei voi ottaa palveluun",
                "Valitse syy. Jos syy sulkee pois (esimerkiksi ei valmis), perustele se: tiiminvetäjä näkee sen.",
            ),
            ("Päätös oli väärä", "Muuta päätöstä lähetteen sivulla. Molemmat jäävät näkyviin."),
        ],
    },
    team_meeting: HelpPage {
        title: "Pidä tiimipalaveri",
        what: "Käyt hoitotiimin kanssa läpi, kenestä puhutaan, ja merkitset läsnäolijat samalla.",
        steps: |_| {
            let m = meeting_words();
            vec![
                format!("Avaa ”{}”, ja valitse tiimi ja päivä.", m.title),
                format!("Merkitse kohtaan ”{}”, ketkä olivat paikalla.", m.present),
                format!("Valitse kunkin kohdalla ”{}”, ja kirjoita muutama sana.", m.outcome),
                format!("Paina ”{}”.", m.save),
            ]
        },
        trouble: &[
            ("Henkilöllä ei ole lähetettä", "Lisää hänet listan loppuun etunimellä tai peitenimellä."),
            ("Jotain unohtui", "Voit korjata palaveria saman päivän ajan."),
        ],
    },
    clients: HelpPage {
        title: "Asiakkaani ja asiakkaan sivu",
        what: "Näet asiakkaasi vaiheittain, kiireisin ensin, ja kirjaat heidän asiansa.",
        steps: |_| {
            let c = client_words();
            vec![
                format!(
                    "Avaa ”{}”. Rivillä ovat seuraava askel, viimeisin yhteys ja työnhaun kello.",
                    c.title
                ),
                "Avaa asiakas. Sivun alussa on se, mitä tarvitset autossa ennen tapaamista.".to_owned(),
                format!("Paina ”{}” tai ”{}”, kun jotain tapahtui.", c.log_meeting, c.log_attempt),
                format!("Kirjoita toiveet ja vahvuudet kohtaan ”{}”.", c.profile),
            ]
        },
        trouble: &[
            (
                "Kirjasin väärin",
                "Paina heti ”Kumoa”. Jos kumosit vahingossa, paina ilmoituksessa vielä kerran ”Kumoa”.",
            ),
            ("Listalla lukee outo nimi", "Se on peitenimi. Oikea nimi on vain asiakkaan omalla sivulla."),
            (
                "Asiakasta ei ole listalla",
                "Hän on toisen valmentajan tai päättynyt. Tiiminvetäjä näkee yksikön kaikki.",
            ),
        ],
    },
    way: HelpPage {
        title: "Sopimus, tauko, päättäminen",
        what: "Kirjaat, missä vaiheessa palvelu on. Palvelu ei pääty ajan takia.",
        steps: |_| {
            vec![
                format!("Avaa asiakkaan sivu. Paina ”{}”, kun sopimus on tehty.", step(StepKind::Agreed)),
                "Sopimuksesta alkaa työnhaun kello: työnantaja tavataan asiakkaan asiassa 30 päivässä."
                    .to_owned(),
                format!("Tauko: ”{}”. Jatkuu: ”{}”.", step(StepKind::Paused), step(StepKind::Resumed)),
                format!("Päättyy asiakkaan toiveesta tai syystä: ”{}”.", step(StepKind::Closed)),
            ]
        },
        trouble: &[
            (
                "Asiakas palaa",
                "Avaa palvelu uudelleen yhdellä painalluksella. Kesken olleet asiat ovat tallella.",
            ),
            (
                "Valmentaja vaihtuu",
                "Vaihda valmentaja ja päivä. Edellinen on valmentaja edelliseen päivään asti.",
            ),
        ],
    },
    what_is_told: HelpPage {
        title: "Mitä työnantajalle saa kertoa",
        what: "Kirjaat asiakkaan kanssa sovitut sanat. Ilman kirjausta työnantajalle ei kerrota mitään.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Keskustele asiakkaan kanssa, ja paina ”{}”.", c.talk_add),
                format!("Paina ”{}”. Valitse, kenelle ja mitä.", c.told_add),
                format!("Kirjoita kohtaan ”{}” täsmälleen se, mitä sanotaan.", c.agreed_words),
                format!("Kun asiakas muuttaa mielensä, paina ”{}”.", c.withdraw),
            ]
        },
        trouble: &[
            (
                "Työnantaja kysyy enemmän",
                "Vastaa vain sovituilla sanoilla. Sovi uudesta asiakkaan kanssa, ja kirjaa se.",
            ),
            (
                "Tekstissä on asiakkaan nimi",
                "Työnantajan tietoihin ei voi tallentaa asiakkaan nimeä eikä sairautta. Kirjoita ilman niitä.",
            ),
        ],
    },
    consents: HelpPage {
        title: "Suostumus tietojen vaihtoon",
        what: "Kirjaat, kenen kanssa, mitä ja mihin asti tietoja saa vaihtaa.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Paina asiakkaan sivulla ”{}”.", c.consent_add),
                format!("Täytä ”{}”, ”{}” ja ”{}”.", c.recipient, c.categories, c.purpose),
                format!("Kerro vastaanottajalle, ja paina ”{}”.", c.notice_told),
            ]
        },
        trouble: &[(
            "Suostumus perutaan",
            "Paina ”Peruuta”. Sivulla lukee, kenelle siitä on kerrottava ja mitä on jo suunniteltu.",
        )],
    },
    load: HelpPage {
        title: "Valmentajien kuorma",
        what: "Tiiminvetäjä näkee jokaisen valmentajan asiakkaat, kuorman ja sen, kuka ottaa seuraavan.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Avaa ”{}”.", c.load_title),
                "Katso, onko jollakin yli 20 asiakasta kokoaikaista kohti.".to_owned(),
                "Valitse valmentajan nimi, niin näet asiakkaat luvun takana.".to_owned(),
            ]
        },
        trouble: &[(
            "Luku näyttää väärältä",
            "Laskutapa on sivun lopussa. Tarkista työaika ja tehtävän päivät.",
        )],
    },
    substitutes: HelpPage {
        title: "Nimeä sijainen",
        what: "Sijainen näkee valmentajan avoimet asiakkaat sovittuina päivinä.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Avaa ”{}”.", p.substitutes),
                "Valitse, ketä sijaistetaan, kuka sijaistaa ja mitkä päivät. Tallenna.".to_owned(),
                format!("Jos sijaisuus loppuu aiemmin, paina ”{}”.", p.end_now),
            ]
        },
        trouble: &[],
    },
    glass: HelpPage {
        title: "Lue asiakasta, joka ei ole sinun",
        what: "Hätätilanteessa voit lukea yhtä asiakasta tunnin ajan. Syy kirjataan, ja tiiminvetäjä tarkistaa sen.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Avaa ”{}”.", p.glass),
                "Kirjoita peitenimi täsmälleen, syy omin sanoin ja salasanasi.".to_owned(),
                format!("Paina ”{}”. Voit lukea, mutta et muuttaa.", p.glass_begin),
            ]
        },
        trouble: &[(
            "Mitään ei avautunut",
            "Tarkista peitenimi. Rinnalla ei kerro, onko sellaista asiakasta olemassa.",
        )],
    },
    log_extract: HelpPage {
        title: "Anna asiakkaalle käyttöloki",
        what: "Asiakas saa tietää, kuka hänen tietojaan on katsonut ja kenelle niitä on annettu.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Tiiminvetäjä avaa asiakkaan sivun, ja sieltä ”{}”.", p.uses),
                "Lataa loki PDF-tiedostona, ja anna se asiakkaalle.".to_owned(),
            ]
        },
        trouble: &[(
            "Asiakas pyytää vanhempaa",
            "Yli kaksi vuotta vanhat annetaan vain erityisestä syystä. Näytä ne sivun alareunasta.",
        )],
    },
    organisation: HelpPage {
        title: "Yksiköt, ihmiset ja tehtävät",
        what: "Ylläpitäjä lisää yksiköt, hoitotiimit, ihmiset ja heidän tehtävänsä päivineen.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Avaa ”{}”.", p.organisation),
                format!("Lisää ”{}”, ”{}” tai ”{}”.", p.unit_new, p.team_new, p.person_new),
                format!(
                    "Anna ihmiselle tehtävä: ”{}”. Tehtävällä on ensimmäinen ja viimeinen päivä.",
                    p.post_new
                ),
                "Lähetä kutsulinkki Henkilöt-sivulta.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Joku lähtee kesken kuun",
                "Päätä tehtävä sen viimeiseen päivään. Seuraavana päivänä hän ei näe mitään.",
            ),
            (
                "Puhelin tai tunnus on väärissä käsissä",
                "Lukitse tunnus. Henkilö kirjataan ulos kaikkialta heti.",
            ),
        ],
    },
    retention: HelpPage {
        title: "Hävitä vanhentuneet tiedot",
        what: "Kun säilytysaika on kulunut, yksi henkilö ehdottaa hävittämistä ja toinen vapauttaa sen.",
        steps: |_| {
            let r = retention_words();
            vec![
                format!("Avaa ”{}” ja tarkista säilytysajat.", r.title),
                format!("Valitse yksikkö kohdasta ”{}”. Mitään ei ole vielä hävitetty.", r.due_now),
                format!("Tiiminvetäjä käy nimet läpi. Paina ”{}”.", r.propose),
                format!("Toinen henkilö avaa ehdotuksen 30 päivän kuluessa ja painaa ”{}”.", r.release),
                "Tiedot hävitetään heti. Työnantajakäynnit jäävät lukuihin ilman asiakasta.".to_owned(),
            ]
        },
        trouble: &[
            ("Asiakas palasi", "Avaa asiakkuus uudelleen ennen vapauttamista: hänet jätetään pois listalta."),
            (
                "Näet vain luvut",
                "Ylläpitäjä ei näe asiakkaita. Yksikön tiiminvetäjä näkee, keitä luvut koskevat.",
            ),
            (
                "Hävittäminen jäi kesken",
                "Avaa ehdotus ja jatka. Mitään ei hävitetä kahdesti eikä jätetä puolitiehen.",
            ),
        ],
    },
    code_lists: HelpPage {
        title: "Muuta luetteloita",
        what: "Ylläpitäjä lisää luetteloihin omia merkintöjä, joita lomakkeet tarjoavat.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Avaa ”{}”, ja sieltä ”{}”.", p.organisation, p.codes),
                format!("Valitse luettelo, ja paina ”{}”.", p.codes_new),
                "Anna nimi kolmella kielellä, ja mistä päivästä alkaen merkintää tarjotaan.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Merkintä on vanhentunut",
                "Päätä se, tai anna uusi nimi, tästä päivästä tai myöhemmästä alkaen. Vanhat kirjaukset näyttävät vanhan nimen.",
            ),
            (
                "Virallista kohtaa ei voi muuttaa",
                "Laatukriteerit ja tilastot laskevat siitä. Lisää oma merkintä sen alle.",
            ),
        ],
    },
};

/// Swedish.
pub(super) static SV: ClientHelp = ClientHelp {
    refer: HelpPage {
        title: "Remittera en klient till arbetscoachning",
        what: "Vårdteamet skickar en remiss när någon vill arbeta. Någon annan grund behövs inte.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Tryck på ”{}”.", r.new),
                format!("Fyll i namnet och ”{}”.", r.wish),
                format!("Fråga personen vad som får berättas och hur länge. Tryck på ”{}”.", r.to_preview),
                "Läs vad som skickas. Enheten får exakt det. Skicka.".to_owned(),
                "Teamet ser remissens dagar: mottagen, beslut, första möte, IPS-info och avtal.".to_owned(),
            ]
        },
        trouble: &[
            ("Något blev fel", "Rätta remissen. Enheten ser både den tidigare och den rättade."),
            ("Personen ändrade sig", "Återta remissen. Det går tills personen har träffats."),
            (
                "Det finns redan en remiss om samma person",
                "Skicka ändå. Enheten förenar dem, och båda teamen ser sina egna dagar.",
            ),
        ],
    },
    take_up: HelpPage {
        title: "Anta en remiss",
        what: "Du beslutar om en remiss som har kommit. Det första mötet är inom 14 dagar från remissen.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Öppna ”{}” och välj remissen.", r.inbox),
                format!("Se på ”{}”, om det står på sidan.", r.alike),
                format!("Välj coach och tryck på ”{}”.", r.accept),
                "Anteckna dagen för första mötet och IPS-infon när de har hållits.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Remissen kan inte antas",
                "Välj ett skäl. Om skälet utesluter (till exempel inte redo), motivera det: teamledaren ser det.",
            ),
            ("Beslutet var fel", "Ändra beslutet på remissens sida. Båda står kvar."),
        ],
    },
    team_meeting: HelpPage {
        title: "Håll teammötet",
        what: "Du går med vårdteamet igenom vem ni talar om, och antecknar samtidigt vilka som är med.",
        steps: |_| {
            let m = meeting_words();
            vec![
                format!("Öppna ”{}” och välj team och dag.", m.title),
                format!("Anteckna under ”{}” vilka som var på plats.", m.present),
                format!("Välj ”{}” för var och en och skriv några ord.", m.outcome),
                format!("Tryck på ”{}”.", m.save),
            ]
        },
        trouble: &[
            ("Personen har ingen remiss", "Lägg till personen sist i listan med förnamn eller alias."),
            ("Något glömdes", "Du kan rätta mötet samma dag."),
        ],
    },
    clients: HelpPage {
        title: "Mina klienter och klientens sida",
        what: "Du ser dina klienter efter fas, den mest brådskande först, och antecknar det som gäller dem.",
        steps: |_| {
            let c = client_words();
            vec![
                format!(
                    "Öppna ”{}”. Raden visar nästa steg, senaste kontakt och jobbsökningens klocka.",
                    c.title
                ),
                "Öppna klienten. Överst står det du behöver i bilen före mötet.".to_owned(),
                format!("Tryck på ”{}” eller ”{}” när något har hänt.", c.log_meeting, c.log_attempt),
                format!("Skriv önskemål och styrkor under ”{}”.", c.profile),
            ]
        },
        trouble: &[
            (
                "Jag antecknade fel",
                "Tryck genast på ”Ångra”. Det står kvar som återtaget, och du kan återställa det.",
            ),
            (
                "I listan står ett konstigt namn",
                "Det är ett alias. Det rätta namnet står bara på klientens egen sida.",
            ),
            (
                "Klienten finns inte i listan",
                "Klienten har en annan coach eller är avslutad. Teamledaren ser alla i enheten.",
            ),
        ],
    },
    way: HelpPage {
        title: "Avtal, paus, avslut",
        what: "Du antecknar i vilket skede tjänsten är. Tjänsten tar aldrig slut på grund av tid.",
        steps: |_| {
            vec![
                format!("Öppna klientens sida. Tryck på ”{}” när avtalet är gjort.", step(StepKind::Agreed)),
                "Från avtalet går klockan: en arbetsgivare träffas för klienten inom 30 dagar.".to_owned(),
                format!("Paus: ”{}”. Fortsätter: ”{}”.", step(StepKind::Paused), step(StepKind::Resumed)),
                format!("Avslutas på klientens önskan eller av ett skäl: ”{}”.", step(StepKind::Closed)),
            ]
        },
        trouble: &[
            (
                "Klienten kommer tillbaka",
                "Öppna tjänsten igen med ett tryck. Det som var på gång finns kvar.",
            ),
            ("Coachen byts", "Byt coach och dag. Den förra är coach till dagen före."),
        ],
    },
    what_is_told: HelpPage {
        title: "Vad som får berättas för arbetsgivaren",
        what: "Du antecknar orden som är avtalade med klienten. Utan anteckning berättas ingenting.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Tala med klienten och tryck på ”{}”.", c.talk_add),
                format!("Tryck på ”{}”. Välj för vem och vad.", c.told_add),
                format!("Skriv under ”{}” exakt det som sägs.", c.agreed_words),
                format!("När klienten ändrar sig, tryck på ”{}”.", c.withdraw),
            ]
        },
        trouble: &[
            (
                "Arbetsgivaren frågar mer",
                "Svara bara med de avtalade orden. Avtala om nytt med klienten och anteckna det.",
            ),
            (
                "Texten nämner klienten",
                "Hos en arbetsgivare går det inte att spara en klients namn eller sjukdom. Skriv utan dem.",
            ),
        ],
    },
    consents: HelpPage {
        title: "Samtycke till informationsutbyte",
        what: "Du antecknar med vem, vilka och hur länge uppgifter får utbytas.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Tryck på ”{}” på klientens sida.", c.consent_add),
                format!("Fyll i ”{}”, ”{}” och ”{}”.", c.recipient, c.categories, c.purpose),
                format!("Berätta för mottagaren och tryck på ”{}”.", c.notice_told),
            ]
        },
        trouble: &[(
            "Samtycket återkallas",
            "Ta tillbaka det på klientens sida. Där står för vem det ska berättas och vad som redan är planerat.",
        )],
    },
    load: HelpPage {
        title: "Coachernas belastning",
        what: "Teamledaren ser varje coachs klienter, belastning och vem som tar nästa.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Öppna ”{}”.", c.load_title),
                "Se om någon har över 20 klienter per heltid.".to_owned(),
                "Välj coachens namn, så ser du klienterna bakom talet.".to_owned(),
            ]
        },
        trouble: &[(
            "Talet ser fel ut",
            "Hur talet räknas ut står sist på sidan. Kontrollera arbetstiden och uppdragets dagar.",
        )],
    },
    substitutes: HelpPage {
        title: "Utse en vikarie",
        what: "Vikarien ser coachens öppna klienter de avtalade dagarna.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Öppna ”{}”.", p.substitutes),
                "Välj för vem, vem som vikarierar och vilka dagar. Spara.".to_owned(),
                format!("Om vikariatet slutar tidigare, tryck på ”{}”.", p.end_now),
            ]
        },
        trouble: &[],
    },
    glass: HelpPage {
        title: "Läs om en klient som inte är din",
        what: "I en nödsituation kan du läsa om en klient i en timme. Skälet antecknas, och teamledaren granskar det.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Öppna ”{}”.", p.glass),
                "Skriv klientens alias exakt, skälet med egna ord och ditt lösenord.".to_owned(),
                format!("Tryck på ”{}”. Du kan läsa men inte ändra.", p.glass_begin),
            ]
        },
        trouble: &[(
            "Ingenting öppnades",
            "Kontrollera aliaset. Rinnalla berättar inte om det finns en sådan klient.",
        )],
    },
    log_extract: HelpPage {
        title: "Ge klienten användningsloggen",
        what: "Klienten får veta vem som har sett uppgifterna och till vem de har lämnats.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Teamledaren öppnar klientens sida och där ”{}”.", p.uses),
                "Ladda ner loggen som PDF och ge den till klienten.".to_owned(),
            ]
        },
        trouble: &[(
            "Klienten ber om äldre uppgifter",
            "Uppgifter äldre än två år lämnas bara av särskilda skäl. De kan visas nedtill på sidan.",
        )],
    },
    organisation: HelpPage {
        title: "Enheter, personer och uppdrag",
        what: "Administratören lägger till enheter, vårdteam, personer och deras uppdrag med dagar.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Öppna ”{}”.", p.organisation),
                format!("Lägg till ”{}”, ”{}” eller ”{}”.", p.unit_new, p.team_new, p.person_new),
                format!("Ge personen ett uppdrag: ”{}”. Det har en första och en sista dag.", p.post_new),
                "Skicka en inbjudan från sidan Personer.".to_owned(),
            ]
        },
        trouble: &[
            (
                "Någon slutar mitt i månaden",
                "Avsluta uppdraget på dess sista dag. Dagen efter ser personen ingenting.",
            ),
            ("En telefon eller ett konto är i fel händer", "Lås kontot. Personen loggas genast ut överallt."),
        ],
    },
    retention: HelpPage {
        title: "Förstör uppgifter vars tid har gått ut",
        what: "När förvaringstiden har gått ut föreslår en person att uppgifterna förstörs, och en annan frisläpper.",
        steps: |_| {
            let r = retention_words();
            vec![
                format!("Öppna ”{}” och granska förvaringstiderna.", r.title),
                format!("Välj en enhet under ”{}”. Inget har förstörts ännu.", r.due_now),
                format!("Teamledaren går igenom namnen. Tryck på ”{}”.", r.propose),
                format!("En annan person öppnar förslaget inom 30 dagar och trycker på ”{}”.", r.release),
                "Uppgifterna förstörs genast. Arbetsgivarbesöken blir kvar i siffrorna utan klient."
                    .to_owned(),
            ]
        },
        trouble: &[
            (
                "Klienten kom tillbaka",
                "Öppna klientrelationen igen före frisläppningen: då utelämnas klienten.",
            ),
            (
                "Du ser bara antal",
                "Administratören ser inga klienter. Enhetens teamledare ser vem antalen gäller.",
            ),
            (
                "Förstöringen avbröts",
                "Öppna förslaget och fortsätt. Ingen förstörs två gånger eller till hälften.",
            ),
        ],
    },
    code_lists: HelpPage {
        title: "Ändra listorna",
        what: "Administratören lägger till egna poster i listorna, och formulären erbjuder dem.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Öppna ”{}” och där ”{}”.", p.organisation, p.codes),
                format!("Välj en lista och tryck på ”{}”.", p.codes_new),
                "Ge namnet på tre språk, och från vilken dag posten erbjuds.".to_owned(),
            ]
        },
        trouble: &[
            (
                "En post är föråldrad",
                "Avsluta den eller ge ett nytt namn, från i dag eller en senare dag. Gamla anteckningar visar det gamla.",
            ),
            (
                "En officiell punkt kan inte ändras",
                "Kvalitetskriterier och statistik räknar med den. Lägg till en egen post under den.",
            ),
        ],
    },
};

/// English.
pub(super) static EN: ClientHelp = ClientHelp {
    refer: HelpPage {
        title: "Refer a client to job coaching",
        what: "The treatment team sends a memo when somebody wants to work. No other ground is needed.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Press “{}”.", r.new),
                format!("Fill in the name and “{}”.", r.wish),
                format!("Ask the person what may be told and until when. Press “{}”.", r.to_preview),
                "Read what goes out. The unit gets exactly that. Send it.".to_owned(),
                "Your team sees the memo’s days: received, decided, first meeting, IPS info and agreement."
                    .to_owned(),
            ]
        },
        trouble: &[
            (
                "Something is wrong in it",
                "Correct the memo. The unit sees both the earlier and the corrected one.",
            ),
            ("The person changed their mind", "Withdraw the memo. You can until the person has been met."),
            (
                "There is a memo about the same person",
                "Send yours all the same. The unit joins them, and each team sees its own days.",
            ),
        ],
    },
    take_up: HelpPage {
        title: "Take up a referral",
        what: "You decide on a memo that came in. The first meeting is within 14 days of the memo.",
        steps: |_| {
            let r = referral_words();
            vec![
                format!("Open “{}” and choose the memo.", r.inbox),
                format!("Look at “{}”, if the page has it.", r.alike),
                format!("Choose a coach and press “{}”.", r.accept),
                "Note the days of the first meeting and the IPS info when they were held.".to_owned(),
            ]
        },
        trouble: &[
            (
                "The memo can’t be taken up",
                "Choose the reason. If it excludes (such as not ready), say why: the lead sees it.",
            ),
            ("The decision was wrong", "Change the decision on the memo’s page. Both stay there."),
        ],
    },
    team_meeting: HelpPage {
        title: "Hold the team meeting",
        what: "You go through whom you talk about with the treatment team, and note who is there.",
        steps: |_| {
            let m = meeting_words();
            vec![
                format!("Open “{}” and choose the team and the day.", m.title),
                format!("Note under “{}” who was there.", m.present),
                format!("Choose “{}” for each and write a few words.", m.outcome),
                format!("Press “{}”.", m.save),
            ]
        },
        trouble: &[
            ("The person has no memo", "Add them at the end of the list by first name or alias."),
            ("Something was forgotten", "You can correct the meeting on the same day."),
        ],
    },
    clients: HelpPage {
        title: "My clients and a client’s page",
        what: "You see your clients by phase, the most urgent first, and note what happens.",
        steps: |_| {
            let c = client_words();
            vec![
                format!(
                    "Open “{}”. A row has the next step, the last contact and the job search clock.",
                    c.title
                ),
                "Open a client. First comes what you need in the car before a meeting.".to_owned(),
                format!("Press “{}” or “{}” when something happened.", c.log_meeting, c.log_attempt),
                format!("Write wishes and strengths under “{}”.", c.profile),
            ]
        },
        trouble: &[
            (
                "I noted something wrong",
                "Press “Undo” at once. It stays as taken back, and you can restore it.",
            ),
            (
                "The list has a strange name",
                "It is an alias. The real name stands on the client’s own page only.",
            ),
            (
                "A client is not in the list",
                "They have another coach, or are closed. The lead sees all of the unit.",
            ),
        ],
    },
    way: HelpPage {
        title: "Agreement, pause, closing",
        what: "You note where the service is. A service never ends because of time.",
        steps: |_| {
            vec![
                format!(
                    "Open the client’s page. Press “{}” when the agreement is made.",
                    step(StepKind::Agreed)
                ),
                "From the agreement the clock runs: an employer is met for the client within 30 days."
                    .to_owned(),
                format!("A pause: “{}”. It goes on: “{}”.", step(StepKind::Paused), step(StepKind::Resumed)),
                format!("It ends by the client’s wish or for a reason: “{}”.", step(StepKind::Closed)),
            ]
        },
        trouble: &[
            (
                "The client comes back",
                "Open the service again with one press. What was under way is still there.",
            ),
            (
                "The coach changes",
                "Change the coach and the day. The former one is the coach until the day before.",
            ),
        ],
    },
    what_is_told: HelpPage {
        title: "What an employer may be told",
        what: "You note the words agreed with the client. Without them nothing is told.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Talk with the client, and press “{}”.", c.talk_add),
                format!("Press “{}”. Choose to whom and what.", c.told_add),
                format!("Write under “{}” exactly what is said.", c.agreed_words),
                format!("When the client changes their mind, press “{}”.", c.withdraw),
            ]
        },
        trouble: &[
            (
                "The employer asks more",
                "Answer with the agreed words only. Agree on more with the client, and note it.",
            ),
            (
                "The text names the client",
                "A client’s name or illness can’t be saved with an employer. Write without them.",
            ),
        ],
    },
    consents: HelpPage {
        title: "Consent to exchange information",
        what: "You note with whom, what and until when information may be exchanged.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Press “{}” on the client’s page.", c.consent_add),
                format!("Fill in “{}”, “{}” and “{}”.", c.recipient, c.categories, c.purpose),
                format!("Tell the recipient, and press “{}”.", c.notice_told),
            ]
        },
        trouble: &[(
            "A consent is withdrawn",
            "Withdraw it on the client’s page. It says whom to tell and what is planned already.",
        )],
    },
    load: HelpPage {
        title: "The coaches’ load",
        what: "The lead sees every coach’s clients, the load, and who takes the next one.",
        steps: |_| {
            let c = client_words();
            vec![
                format!("Open “{}”.", c.load_title),
                "See whether somebody has more than 20 clients per full-time post.".to_owned(),
                "Choose a coach’s name to see the clients behind the number.".to_owned(),
            ]
        },
        trouble: &[(
            "A number looks wrong",
            "How it is counted stands at the end. Check working time and the post’s days.",
        )],
    },
    substitutes: HelpPage {
        title: "Name a substitute",
        what: "A substitute sees the coach’s open clients on the agreed days.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Open “{}”.", p.substitutes),
                "Choose for whom, who stands in and which days. Save.".to_owned(),
                format!("If it ends earlier, press “{}”.", p.end_now),
            ]
        },
        trouble: &[],
    },
    glass: HelpPage {
        title: "Read about a client who is not yours",
        what: "In an emergency you can read one client for an hour. The reason is kept, and the lead looks into it.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Open “{}”.", p.glass),
                "Write the alias exactly, the reason in your words and your password.".to_owned(),
                format!("Press “{}”. You can read, and change nothing.", p.glass_begin),
            ]
        },
        trouble: &[(
            "Nothing opened",
            "Check the alias. Rinnalla does not tell whether there is such a client.",
        )],
    },
    log_extract: HelpPage {
        title: "Give a client the use log",
        what: "The client learns who saw their data and to whom it was given.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("The lead opens the client’s page and there “{}”.", p.uses),
                "Take the log as a PDF and give it to the client.".to_owned(),
            ]
        },
        trouble: &[(
            "The client asks for older data",
            "What is older than two years is given for a special reason only. The end of the page shows it.",
        )],
    },
    organisation: HelpPage {
        title: "Units, people and posts",
        what: "The administrator adds units, treatment teams, people and their posts with days.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Open “{}”.", p.organisation),
                format!("Add a “{}”, “{}” or “{}”.", p.unit_new, p.team_new, p.person_new),
                format!("Give the person a post: “{}”. It has a first and a last day.", p.post_new),
                "Make the one-time link on the page of people.".to_owned(),
            ]
        },
        trouble: &[
            ("Somebody leaves mid-month", "End the post on its last day. The day after, they see nothing."),
            (
                "A phone or an account is in wrong hands",
                "Lock the account. The person is signed out everywhere at once.",
            ),
        ],
    },
    retention: HelpPage {
        title: "Erase records whose time is over",
        what: "When the retention time has passed, one person proposes erasing and another releases it.",
        steps: |_| {
            let r = retention_words();
            vec![
                format!("Open “{}” and look at the retention times.", r.title),
                format!("Choose a unit under “{}”. Nothing has been erased yet.", r.due_now),
                format!("The team lead goes through the names. Press “{}”.", r.propose),
                format!("Another person opens the proposal within 30 days and presses “{}”.", r.release),
                "The records are erased at once. Visits to employers stay in the figures, without the client."
                    .to_owned(),
            ]
        },
        trouble: &[
            ("The client came back", "Open the client again before the release: the client is left out."),
            (
                "You see numbers only",
                "An administrator sees no client. The unit’s lead sees whom they concern.",
            ),
            ("Erasing was interrupted", "Open the proposal and go on. Nobody is erased twice, or by half."),
        ],
    },
    code_lists: HelpPage {
        title: "Change the lists",
        what: "The administrator adds entries of their own to the lists, and forms offer them.",
        steps: |_| {
            let p = people_words();
            vec![
                format!("Open “{}” and there “{}”.", p.organisation, p.codes),
                format!("Choose a list and press “{}”.", p.codes_new),
                "Give the name in three languages, and from which day on it is offered.".to_owned(),
            ]
        },
        trouble: &[
            (
                "An entry is out of date",
                "End it or give it a new name, from today or a later day. What was written before shows the old name.",
            ),
            (
                "What is official can’t be changed",
                "Quality criteria and statistics count by it. Add an entry of your own under it.",
            ),
        ],
    },
};
