//! The words of plans and of the client's own copy, in three languages.

use crate::clients::{client_words_in, word};
use crate::i18n::language;
use crate::i18n::words::Phrase;
use domain::codes::Language;
use domain::forms::FieldError;
use domain::plans::{ActionKind, Attendee, Topic};

macro_rules! catalogue {
    (
        $($name:ident: $fi:literal, $sv:literal, $en:literal;)+
        @lists $($list:ident [$many:literal]: $list_fi:tt, $list_sv:tt, $list_en:tt;)+
    ) => {
        /// The words. A gap, `{}`, is filled by [`fill`].
        #[expect(missing_docs, reason = "the Finnish word says what each means")]
        #[derive(Debug)]
        pub struct PlanWords { $(pub $name: &'static str,)+ $(pub $list: [&'static str; $many],)+ }
        static FI: PlanWords = PlanWords { $($name: $fi,)+ $($list: $list_fi,)+ };
        static SV: PlanWords = PlanWords { $($name: $sv,)+ $($list: $list_sv,)+ };
        static EN: PlanWords = PlanWords { $($name: $en,)+ $($list: $list_en,)+ };
    };
}

catalogue! {
    // Plans.
    plans: "Suunnitelmat", "Planer", "Plans";
    plan: "Asiakkuussuunnitelma", "Klientplan", "Client plan";
    plan_of: "Suunnitelma {}", "Plan {}", "Plan of {}";
    card: "Suunnitelma", "Plan", "Plan";
    card_none: "Suunnitelmaa ei ole vielä tehty.", "Ingen plan har gjorts ännu.", "No plan has been made yet.";
    card_open: "Näytä suunnitelma", "Visa planen", "Show the plan";
    card_all: "Kaikki suunnitelmat", "Alla planer", "All plans";
    card_nothing_open: "Mitään ei ole tekemättä.", "Inget är ogjort.", "Nothing is left to do.";
    none: "Suunnitelmia ei ole vielä. Tee ensimmäinen verkostotapaamisessa asiakkaan kanssa.", "Det finns inga planer ännu. Gör den första på ett nätverksmöte tillsammans med klienten.", "There are no plans yet. Make the first one at a network meeting, together with the client.";
    new: "Tee suunnitelma", "Gör en plan", "Make a plan";
    new_lead: "Kirjoita lyhyesti. Suunnitelma mahtuu yhdelle sivulle, ja asiakas saa siitä oman kopion.", "Skriv kort. Planen ryms på en sida, och klienten får en egen kopia.", "Write briefly. The plan goes on one page, and the client gets a copy.";
    correct: "Korjaa suunnitelmaa", "Rätta planen", "Correct the plan";
    written: "Kirjannut {}, {}", "Skriven av {}, {}", "Written by {}, {}";
    open_count: "Tekemättä: {}", "Ogjort: {}", "Left to do: {}";
    withdrawn: "Kumottu", "Tillbakatagen", "Taken back";
    withdrawn_lead: "Tämä suunnitelma on kumottu. Sen tehtävät eivät odota enää ketään.", "Den här planen är tillbakatagen. Dess uppgifter väntar inte längre på någon.", "This plan was taken back. Its actions wait for nobody any more.";
    restore: "Palauta suunnitelma", "Återställ planen", "Bring the plan back";
    withdraw: "Kumoa suunnitelma", "Ta tillbaka planen", "Take the plan back";
    saved: "Suunnitelma on tallennettu.", "Planen är sparad.", "The plan is saved.";
    is_withdrawn: "Suunnitelma on kumottu.", "Planen är tillbakatagen.", "The plan was taken back.";
    is_done: "Merkitty tehdyksi.", "Markerad som gjord.", "Marked as done.";
    is_open: "Ei ole vielä tehty.", "Är inte gjord ännu.", "Is not done yet.";
    is_handed: "Tehtävä on annettu toiselle.", "Uppgiften är given till någon annan.", "The action is given to somebody else.";
    again: "Tämä suunnitelma on jo tallennettu toisin sanoin. Korjaa sitä. Jos tämä on toinen suunnitelma, tallenna uudelleen.", "Planen är redan sparad med andra ord. Rätta den. Om detta är en annan plan, spara igen.", "This plan is saved already, in other words. Correct that one. If this is another plan, save once more.";
    check: "Tarkista", "Kontrollera", "Check";
    // What it says.
    day: "Päivä", "Dag", "Day";
    present: "Keitä oli paikalla", "Vilka var på plats", "Who took part";
    names: "Nimet", "Namn", "Names";
    names_hint: "Yhdelle riville, esimerkiksi Helka Hoitaja, Kalle Kuntoutus.", "På en rad, till exempel Helka Vårdare, Kalle Rehab.", "On one line, for example Helka Nurse, Kalle Counsellor.";
    topics: "Mistä puhuttiin", "Vad man talade om", "What it was about";
    wishes: "Asiakkaan toiveet", "Klientens önskemål", "The client’s wishes";
    goes_well: "Mikä sujuu", "Vad som går bra", "What goes well";
    hard: "Mikä on vaikeaa", "Vad som är svårt", "What is hard";
    shared_hint: "Yhteinen näkemys työtehtävistä.", "Gemensam syn på arbetsuppgifterna.", "As all of you see the work tasks.";
    agreed: "Mitä sovittiin", "Vad som överenskoms", "What was agreed";
    case_workers: "Asiakasvastaavat", "Klientansvariga", "Case-responsible workers";
    case_workers_hint: "Nimet ja puhelinnumerot pilkulla erotettuna. Voi olla useita.", "Namn och telefonnummer med komma emellan. Kan vara flera.", "Names and telephone numbers, parted by commas. There may be several.";
    next_meeting: "Seuraava tapaaminen", "Nästa möte", "Next meeting";
    next_none: "Seuraavaa tapaamista ei ole sovittu.", "Inget nästa möte är överenskommet.", "No next meeting is agreed.";
    talked: "Mitä tapaamisessa sanottiin", "Vad som sades på mötet", "What was said at the meeting";
    // Who does what.
    actions: "Kuka tekee mitä", "Vem gör vad", "Who does what";
    actions_none: "Muille ei ole sovittu tehtäviä.", "Inga uppgifter är överenskomna för andra.", "Nothing is agreed for anybody else.";
    own: "Asiakkaan omat tehtävät", "Klientens egna uppgifter", "The client’s own tasks";
    own_none: "Asiakkaalle ei ole sovittu tehtäviä.", "Inga uppgifter är överenskomna för klienten.", "Nothing is agreed for the client.";
    what: "Mitä tehdään", "Vad som görs", "What is done";
    kind: "Mihin liittyy", "Vad det gäller", "What it is about";
    who: "Kuka tekee", "Vem gör det", "Who does it";
    who_choose: "Valitse listasta", "Välj i listan", "Choose from the list";
    who_client: "Asiakas itse", "Klienten själv", "The client";
    name: "Tai nimi", "Eller namn", "Or a name";
    name_hint: "Jos tekijä ei ole listassa.", "Om personen inte finns i listan.", "When the person is not in the list.";
    by_day: "Mihin mennessä", "Senast", "By when";
    no_day: "ei sovittua päivää", "ingen överenskommen dag", "no day agreed";
    row: "Tehtävä {}", "Uppgift {}", "Action {}";
    row_free: "Lisää tehtävä {}", "Lägg till uppgift {}", "Add action {}";
    row_drop: "Poista tämä tehtävä", "Ta bort uppgiften", "Take this action out";
    more_rows: "Lisää rivejä", "Fler rader", "More rows";
    rows_hint: "Tyhjät rivit jäävät pois.", "Tomma rader lämnas bort.", "Empty rows are left out.";
    late: "myöhässä", "försenad", "late";
    done: "Tehty", "Gjort", "Done";
    done_on: "Tehty {}, {}", "Gjort {}, {}", "Done {}, {}";
    undone: "Ei tehty vielä", "Inte gjort ännu", "Not done yet";
    carried: "Siirretty suunnitelmaan", "Flyttad till planen", "Moved to the plan";
    carried_to: "Katso uudempi suunnitelma", "Se den nyare planen", "See the later plan";
    gone: "ei enää töissä täällä", "arbetar inte längre här", "no longer works here";
    hand_lead: "{} ei ole enää täällä töissä. Anna tehtävä toiselle.", "{} arbetar inte längre här. Ge uppgiften till någon annan.", "{} no longer works here. Give the action to somebody else.";
    hand: "Anna tehtävä", "Ge uppgiften", "Give the action";
    before: "Aiemmin sovittua", "Överenskommet tidigare", "Agreed before";
    before_lead: "Nämä ovat vielä tekemättä. Rastitetut siirtyvät tähän suunnitelmaan. Muut jäävät aiempaan.", "Detta är ännu ogjort. Det som är ikryssat flyttas till den här planen. Resten stannar i den tidigare.", "This is still to be done. What is ticked moves to this plan, the rest stays in the earlier one.";
    before_done: "Tehty edellisen jälkeen", "Gjort sedan förra gången", "Done since the last one";
    carry: "Siirretään", "Flyttas", "To be moved";
    earlier: "Aiemmat versiot", "Tidigare versioner", "Earlier versions";
    version: "Versio {}, {}, {}", "Version {}, {}, {}", "Version {}, {}, {}";
    version_back: "Ota tämä versio takaisin", "Ta tillbaka den här versionen", "Bring this version back";
    too_long: "Tämä ei mahdu paperilla yhdelle sivulle. Lyhennä tekstejä, niin kaikki näkyy yhdellä silmäyksellä.", "Det här ryms inte på en sida. Korta texterna, så syns allt med ett ögonkast.", "This does not fit on one page of paper. Shorten the texts, so that all is seen at a glance.";
    on_paper: "Paperille (PDF):", "På papper (PDF):", "On paper (PDF):";
    // Mistakes.
    e_day: "Päivä ei ole vielä tullut. Kirjaa suunnitelma, kun tapaaminen on pidetty.", "Dagen har inte kommit ännu. Skriv planen när mötet har hållits.", "The day has not come yet. Write the plan when the meeting has been held.";
    e_next: "Seuraava tapaaminen ei voi olla ennen tätä.", "Nästa möte kan inte vara före det här.", "The next meeting cannot be before this one.";
    e_empty: "Kirjoita, mitä sovittiin, tai lisää ainakin yksi tehtävä.", "Skriv vad som överenskoms, eller lägg till minst en uppgift.", "Write what was agreed, or add an action.";
    e_what: "Kirjoita, mitä tehdään. Jos tehtävää ei ole, tyhjennä koko rivi.", "Skriv vad som görs. Om det inte finns någon uppgift, töm hela raden.", "Write what is done. If there is nothing to do, empty the whole row.";
    e_who: "Valitse, kuka tämän tekee, tai kirjoita nimi.", "Välj vem som gör det, eller skriv ett namn.", "Choose who does this, or type a name.";
    e_who_gone: "Tätä henkilöä ei voi valita. Valitse toinen.", "Den här personen kan inte väljas. Välj någon annan.", "This person cannot be chosen. Choose somebody else.";
    e_both: "Valitse listasta tai kirjoita nimi, ei molempia.", "Välj i listan eller skriv ett namn, inte båda.", "Choose from the list or type a name, not both.";
    // On paper.
    paper_for: "{}. Yksikkö: {}. Kirjannut {}.", "{}. Enhet: {}. Skriven av {}.", "{}. Unit: {}. Written by {}.";
    paper_foot: "Kopio asiakkaalle: {}, {}", "Kopia till klienten: {}, {}", "Copy for the client: {}, {}";
    paper_page: "Sivu {} / {}", "Sida {} / {}", "Page {} of {}";
    paper_own: "Omat tehtäväsi", "Dina egna uppgifter", "Your own tasks";
    paper_by: "Kuka", "Vem", "Who";
    paper_when: "Mihin mennessä", "Senast", "By when";
    paper_state: "Tilanne", "Läge", "State";
    state_open: "tekemättä", "ogjort", "to be done";
    state_done: "tehty {}", "gjort {}", "done {}";
    state_moved: "siirretty", "flyttat", "moved";
    // The client's own copy.
    copy: "Asiakkaan oma kooste", "Klientens egen sammanfattning", "The client’s own summary";
    copy_give: "Anna asiakkaalle kooste", "Ge klienten en sammanfattning", "Give the client a summary";
    copy_lead: "Tämä on asiakkaalle. Tässä ei ole muistiinpanoja. Lukekaa yhdessä, ja anna paperi mukaan.", "Det här är för klienten. Här finns inga anteckningar. Läs tillsammans och ge pappret.", "This is for the client. There are no notes in it. Read it together, and hand over the paper.";
    copy_language: "Asiakkaan kieli", "Klientens språk", "The client’s language";
    copy_reach: "Miten sinut tavoittaa", "Hur man når dig", "How to reach you";
    copy_reach_hint: "Puhelinnumero tai sähköposti, joka painetaan paperille.", "Telefonnummer eller e-post som skrivs på pappret.", "A telephone number or an address of e-mail, printed on the paper.";
    copy_show: "Näytä", "Visa", "Show";
    c_title: "Sinun palvelusi: kooste sinulle", "Din service: en sammanfattning till dig", "Your service: a summary for you";
    c_for: "Kenelle: {}.", "Till: {}.", "For: {}.";
    c_from: "Päivä: {}. Yksikkö: {}. Tämän antoi sinulle {}.", "Dag: {}. Enhet: {}. Du fick detta av {}.", "Day: {}. Unit: {}. {} gave this to you.";
    c_service: "Mikä palvelu tämä on", "Vad det är för service", "What this service is";
    c_service_1: "Työhönvalmentaja auttaa sinua. Etsitte yhdessä työtä, josta maksetaan palkkaa.", "Arbetscoachen hjälper dig. Ni söker tillsammans ett arbete med lön.", "A job coach helps you. Together you look for work that is paid.";
    c_service_2: "Kun olet töissä, valmentaja tukee sinua edelleen.", "När du arbetar fortsätter coachen att stödja dig.", "When you work, the coach goes on supporting you.";
    c_service_3: "Palvelu on sinulle vapaaehtoinen. Se ei maksa sinulle mitään.", "Servicen är frivillig. Den kostar dig ingenting.", "The service is voluntary. It costs you nothing.";
    c_service_4: "Palvelulla ei ole päättymispäivää. Se päättyy, kun sinä haluat. Kerro siitä valmentajallesi.", "Servicen har inget slutdatum. Den slutar när du vill. Säg det till din coach.", "The service has no last day. It ends when you want it to. Tell your coach.";
    c_agreement: "Sopimus ja valmentaja", "Avtal och coach", "Agreement and coach";
    c_agreed: "Olet tehnyt yhteistyösopimuksen {}.", "Du gjorde ett samarbetsavtal {}.", "You made a cooperation agreement on {}.";
    c_agreed_not: "Sinulla ei ole vielä yhteistyösopimusta.", "Du har inget samarbetsavtal ännu.", "You have no cooperation agreement yet.";
    c_closed: "Palvelusi on päättynyt {}.", "Din service slutade {}.", "Your service ended on {}.";
    c_coach: "Valmentajasi: {}.", "Din coach: {}.", "Your coach: {}.";
    c_coach_not: "Sinulla ei ole nyt omaa valmentajaa. Yksikkö kertoo, kuka auttaa sinua.", "Du har ingen egen coach just nu. Enheten berättar vem som hjälper dig.", "You have no coach of your own just now. The unit tells you who helps.";
    c_reach: "Näin saat yhteyden: {}.", "Så här får du kontakt: {}.", "This is how to get in touch: {}.";
    c_plan: "Suunnitelma", "Plan", "Plan";
    c_plan_not: "Sinulla ei ole vielä suunnitelmaa.", "Du har ingen plan ännu.", "You have no plan yet.";
    c_plan_of: "Suunnitelma on tehty {}.", "Planen gjordes {}.", "The plan was made on {}.";
    c_next: "Seuraava tapaaminen on {}.", "Nästa möte är {}.", "The next meeting is on {}.";
    c_own: "Mitä sinä teet", "Vad du gör", "What you do";
    c_own_not: "Sinulle ei ole sovittu tehtäviä.", "Inga uppgifter är överenskomna för dig.", "Nothing is agreed for you to do.";
    c_others: "Mitä muut tekevät", "Vad andra gör", "What others do";
    c_told: "Mitä työnantajalle saa kertoa sinusta", "Vad man får berätta om dig för arbetsgivare", "What may be told about you to employers";
    c_told_not: "Työnantajille ei kerrota sinusta mitään. Et ole antanut siihen lupaa.", "Inget berättas om dig för arbetsgivare. Du har inte gett lov till det.", "Nothing is told about you to employers. You have not allowed it.";
    c_told_change: "Voit muuttaa mielesi milloin vain. Kerro siitä valmentajallesi.", "Du kan ändra dig när som helst. Säg det till din coach.", "You can change your mind at any time. Tell your coach.";
    c_told_who: "Kenelle", "För vem", "To whom";
    c_told_what: "Mitä saa kertoa", "Vad man får berätta", "What may be told";
    c_told_words: "Sovitut sanat", "Överenskomna ord", "The agreed words";
    c_consents: "Kenen kanssa tietojasi saa vaihtaa", "Med vem man får utbyta uppgifter om dig", "With whom your information may be exchanged";
    c_consents_not: "Et ole antanut suostumuksia. Tietojasi ei vaihdeta kenenkään kanssa.", "Du har inte gett samtycken. Uppgifter om dig utbyts inte med någon.", "You have given no consents. Your information is exchanged with nobody.";
    c_consents_with: "Kenen kanssa", "Med vem", "With whom";
    c_consents_what: "Mitä ja miksi", "Vad och varför", "What and why";
    c_consents_to: "Mihin asti", "Till när", "Until when";
    c_consents_open: "kunnes perut", "tills du återkallar", "until you withdraw it";
    c_consents_end: "Voit perua suostumuksen milloin vain. Kerro siitä valmentajallesi. Sinun ei tarvitse sanoa syytä.", "Du kan återkalla samtycket när som helst. Säg det till din coach. Du behöver inte säga varför.", "You can withdraw a consent at any time. Tell your coach. You need not say why.";
    c_jobs: "Työsi", "Ditt arbete", "Your work";
    c_jobs_not: "Sinulla ei ole vielä työpaikkaa, joka on kirjattu tähän palveluun.", "Du har ännu inget arbete som är antecknat i servicen.", "No job of yours is noted in this service yet.";
    c_job: "{}, {}. Alkaen {}.", "{}, {}. Från och med {}.", "{}, {}. From {}.";
    c_hours: "Tunteja viikossa: {}.", "Timmar i veckan: {}.", "Hours a week: {}.";
    c_subsidy: "Työnantaja saa palkkatukea {} asti.", "Arbetsgivaren får lönesubvention till och med {}.", "The employer gets a wage subsidy until {}.";
    c_support: "Tuki työssä", "Stöd i arbetet", "Support at work";
    c_support_every: "{}: valmentaja on yhteydessä noin {} päivän välein.", "{}: coachen hör av sig ungefär var {}:e dag.", "{}: the coach gets in touch about every {} days.";
    c_support_asked: "{}: saat tukea, kun pyydät.", "{}: du får stöd när du ber om det.", "{}: you get support when you ask for it.";
    c_support_by: "{}: tukenasi on {}. Valmentaja tulee, kun pyydät.", "{}: {} stöder dig. Coachen kommer när du ber om det.", "{}: {} supports you. The coach comes when you ask.";
    c_support_time: "Tuki jatkuu niin kauan kuin haluat.", "Stödet fortsätter så länge du vill.", "Support goes on for as long as you want it.";
    c_rights: "Sinun oikeutesi", "Dina rättigheter", "Your rights";
    c_rights_1: "Voit pyytää nähdä, mitä sinusta on kirjattu ja kuka on katsonut tietojasi.", "Du kan be att få se vad som är antecknat om dig och vem som har sett dina uppgifter.", "You can ask to see what is noted about you, and who has looked at it.";
    c_rights_2: "Jos tässä on jotain väärin, kerro valmentajallesi. Virhe korjataan.", "Om något är fel här, säg det till din coach. Felet rättas.", "If something here is wrong, tell your coach. It will be put right.";
    c_foot: "Asiakkaan oma kopio: {}, {}", "Klientens egen kopia: {}, {}", "The client’s own copy: {}, {}";
    @lists
    attendees [13]:
        ["Asiakas", "Työhönvalmentaja", "Koordinoiva kuntoutusohjaaja", "Työkykykoordinaattori", "Mielenterveys- tai päihdetyöntekijä", "Sosiaalityöntekijä tai -ohjaaja", "Terveydenhoitaja tai sairaanhoitaja", "Kelan työkykyneuvoja", "Rikosseuraamustyöntekijä", "Vammaispalvelut", "Järjestö", "Läheinen", "Muu"],
        ["Klienten", "Arbetscoach", "Koordinerande rehabiliteringshandledare", "Arbetsförmågekoordinator", "Mentalvårds- eller missbrukararbetare", "Socialarbetare eller -handledare", "Hälsovårdare eller sjukskötare", "FPA:s arbetsförmågerådgivare", "Anställd vid Brottspåföljdsmyndigheten", "Funktionshinderservice", "Organisation", "Närstående", "Annan"],
        ["Client", "Job coach", "Coordinating rehabilitation counsellor", "Work ability coordinator", "Mental health or substance use worker", "Social worker or counsellor", "Nurse", "Kela’s work ability adviser", "Prison and probation worker", "Disability services", "Organisation", "Family or friend", "Somebody else"];
    topic_words [6]:
        ["Työssä jaksaminen", "Työhön pääseminen", "Ongelmat työssä", "Osittainen työkyky", "Seuranta", "Muu"],
        ["Att orka i arbetet", "Att få arbete", "Problem i arbetet", "Partiell arbetsförmåga", "Uppföljning", "Annat"],
        ["Coping at work", "Getting to work", "Problems at work", "Partial work ability", "Follow-up", "Something else"];
    // As they are said to the client.
    c_may_tells [4]:
        ["Ei mitään, ei edes sitä, että sinulla on valmentaja", "Että valmentaja tukee sinua", "Mitä tarvitset työssä", "Mitä haluat kertoa terveydestäsi"],
        ["Ingenting, inte ens att du har en coach", "Att en coach stöder dig", "Vad du behöver i arbetet", "Vad du vill berätta om din hälsa"],
        ["Nothing, not even that you have a coach", "That a coach supports you", "What you need at work", "What you want to tell about your health"];
    c_shares [6]:
        ["Yhteystietosi", "Toiveesi", "Mikä rajoittaa työtäsi", "Mikä auttaa sinua", "Työsi ja opintosi", "Kuka hoitaa sinua"],
        ["Dina kontaktuppgifter", "Dina önskemål", "Vad som begränsar ditt arbete", "Vad som hjälper dig", "Ditt arbete och dina studier", "Vem som vårdar dig"],
        ["How to reach you", "What you wish", "What limits your work", "What helps you", "Your work and studies", "Who treats you"];
    kinds [9]:
        ["Työn muokkaus", "Sosiaalinen kuntoutus", "Työkokeilu tai palkkatuettu työ", "Koulutus tai opinnot", "Lisäselvitys", "Ammatillinen kuntoutus", "Etuudet", "Yhteydenotto", "Muu"],
        ["Anpassning av arbetet", "Social rehabilitering", "Arbetsprövning eller subventionerat arbete", "Utbildning eller studier", "Ytterligare utredning", "Yrkesinriktad rehabilitering", "Förmåner", "Kontakt", "Annat"],
        ["Changing the work to fit", "Social rehabilitation", "Work trial or subsidised work", "Training or studies", "Further assessment", "Vocational rehabilitation", "Benefits", "Getting in touch", "Something else"];
}

/// A sentence with its gaps filled, one after the other.
pub(crate) fn fill(sentence: &'static str, parts: &[&str]) -> String {
    Phrase(sentence).say(parts)
}

/// The words of a language.
#[must_use]
pub fn plan_words_in(language: Language) -> &'static PlanWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn plan_words() -> &'static PlanWords {
    plan_words_in(language())
}

impl PlanWords {
    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "day" => self.day,
            "present" => self.present,
            "names" => self.names,
            "topics" => self.topics,
            "wishes" => self.wishes,
            "goes_well" => self.goes_well,
            "hard" => self.hard,
            "case_workers" => self.case_workers,
            "next_meeting_on" => self.next_meeting,
            "what" => self.what,
            "kind" => self.kind,
            "who" => self.who,
            "name" => self.name,
            "by_day" => self.by_day,
            _ => self.agreed,
        }
    }

    /// What is wrong with a field, and what to do.
    #[must_use]
    pub fn error(&self, error: FieldError) -> &'static str {
        match error {
            FieldError::Ahead("day") => self.e_day,
            FieldError::TooEarly("next_meeting_on") => self.e_next,
            FieldError::Missing("agreed") => self.e_empty,
            FieldError::Missing("what") => self.e_what,
            FieldError::Missing("who") => self.e_who,
            FieldError::Choice("who") => self.e_who_gone,
            FieldError::Choice("name") => self.e_both,
            error => client_words_in(language()).error(error),
        }
    }

    /// Who takes part.
    #[must_use]
    pub fn attendee(&self, attendee: Attendee) -> &'static str {
        word(&self.attendees, attendee)
    }

    /// What a meeting was about.
    #[must_use]
    pub fn topic(&self, topic: Topic) -> &'static str {
        word(&self.topic_words, topic)
    }

    /// What kind of thing an action is.
    #[must_use]
    pub fn kind_of(&self, kind: ActionKind) -> &'static str {
        word(&self.kinds, kind)
    }
}
