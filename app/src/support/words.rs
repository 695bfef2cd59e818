//! The words of the pages about support, in three languages.

use crate::clients::word;
use crate::i18n::language;
use crate::i18n::words::Phrase;
use domain::codes::{Language, Recipient};
use domain::known::SUPPORT_KINDS;
use domain::support::Giver;

/// The words.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct SupportWords {
    pub title: &'static str,
    pub new: &'static str,
    pub who: &'static str,
    pub who_lead: &'static str,
    pub who_none: &'static str,
    pub works_at: Phrase,
    pub no_work: &'static str,
    pub f_job: &'static str,
    pub no_job: &'static str,
    pub f_recipient: &'static str,
    pub f_mode: &'static str,
    pub f_kind: &'static str,
    pub f_day: &'static str,
    pub f_place: &'static str,
    pub f_minutes: &'static str,
    pub f_giver: &'static str,
    pub f_giver_name: &'static str,
    pub h_giver_name: &'static str,
    pub f_words: &'static str,
    pub f_every: &'static str,
    pub h_every: &'static str,
    pub f_agreement: &'static str,
    pub f_stands_by: &'static str,
    pub h_stands_by: &'static str,
    pub f_from: &'static str,
    pub more: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub undone: &'static str,
    pub take_back: &'static str,
    pub none: &'static str,
    pub given: &'static str,
    pub next_title: &'static str,
    pub no_jobs: &'static str,
    pub agree: &'static str,
    pub agree_lead: &'static str,
    pub agreed_every: Phrase,
    pub agreed_care: Phrase,
    pub agreed_usual: &'static str,
    pub again: &'static str,
    pub late: Phrase,
    pub due_by: Phrase,
    pub outside: &'static str,
    pub job_removed: &'static str,
    pub minutes: Phrase,
    pub rule_title: &'static str,
    pub rule: &'static str,
    pub recipients: [&'static str; 3],
    pub kinds: [&'static str; 9],
    pub givers: [&'static str; 6],
    pub agreements: [&'static str; 2],
}

impl SupportWords {
    /// What a support was about.
    #[must_use]
    pub fn kind(&self, code: &str) -> &'static str {
        SUPPORT_KINDS.iter().position(|kind| *kind == code).map_or("", |at| self.kinds[at])
    }

    /// To whom.
    #[must_use]
    pub fn recipient(&self, recipient: Recipient) -> &'static str {
        word(&self.recipients, recipient)
    }

    /// Who gave it.
    #[must_use]
    pub fn giver(&self, giver: Giver) -> &'static str {
        word(&self.givers, giver)
    }

    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "job" => self.f_job,
            "recipient" => self.f_recipient,
            "mode" => self.f_mode,
            "kind" => self.f_kind,
            "day" => self.f_day,
            "place" => self.f_place,
            "minutes" => self.f_minutes,
            "giver" => self.f_giver,
            "giver_name" => self.f_giver_name,
            "every" => self.f_every,
            "stands_by" => self.f_stands_by,
            "from_day" => self.f_from,
            _ => self.f_words,
        }
    }
}

/// The words of a language.
#[must_use]
pub fn support_words_in(language: Language) -> &'static SupportWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn support_words() -> &'static SupportWords {
    support_words_in(language())
}

/// Finnish, the original.
static FI: SupportWords = SupportWords {
    title: "Tuki",
    new: "Kirjaa tuki",
    who: "Ketä tuettiin?",
    who_lead: "Valitse asiakas. Työssä olevat ovat ensin.",
    who_none: "Sinulla ei ole nyt omia asiakkaita.",
    works_at: Phrase("Töissä: {}"),
    no_work: "Ei työsuhdetta",
    f_job: "Työsuhde",
    no_job: "Ei työsuhdetta",
    f_recipient: "Kenelle?",
    f_mode: "Miten?",
    f_kind: "Mihin tuki liittyi?",
    f_day: "Päivä",
    f_place: "Missä?",
    f_minutes: "Minuutit",
    f_giver: "Kuka tuki?",
    f_giver_name: "Tukijan nimi",
    h_giver_name: "Jos tukija oli joku muu kuin sinä.",
    f_words: "Omin sanoin",
    f_every: "Montako päivää tukikertojen välillä on enintään?",
    h_every: "Esimerkiksi 14 tai 60.",
    f_agreement: "Mitä sovitaan?",
    f_stands_by: "Kuka on tukena?",
    h_stands_by: "Esimerkiksi omahoitaja. Sinä tulet pyydettäessä ja kysyt kuulumiset kerran vuodessa.",
    f_from: "Mistä päivästä alkaen?",
    more: "Lisää tietoja",
    save: "Tallenna tuki",
    saved: "Tuki on kirjattu.",
    undone: "Kumottu.",
    take_back: "Poista",
    none: "Tukea ei ole vielä kirjattu.",
    given: "Annettu tuki",
    next_title: "Seuraavaksi",
    no_jobs: "Asiakkaalla ei ole nyt työsuhdetta. Tukea voi silti antaa ja kirjata.",
    agree: "Sovi tuen rytmistä",
    agree_lead: "Rytmi sovitaan asiakkaan kanssa. Tuki ei pääty ajan kulumiseen.",
    agreed_every: Phrase("Sovittu rytmi: enintään {} päivän välein"),
    agreed_care: Phrase("Tukena: {}. Valmentaja tulee pyydettäessä."),
    agreed_usual: "Tavallinen rytmi: ensimmäinen kuukausi viikoittain, sitten vähintään kuukausittain",
    again: "Kumoa sopimus",
    late: Phrase("Myöhässä: piti olla {} mennessä"),
    due_by: Phrase("Viimeistään {}"),
    outside: "Työsuhteen ulkopuolella",
    job_removed: "Työsuhde on poistettu",
    minutes: Phrase("{} min"),
    rule_title: "Näin tuen aika lasketaan",
    rule: "Tapaaminen kasvokkain työn alkua edeltävällä viikolla, tuki kolmen päivän kuluessa alusta, ensimmäinen kuukausi viikoittain ja sen jälkeen vähintään kuukausittain niin kauan kuin työ jatkuu, ellei asiakkaan kanssa ole sovittu muuta. Jos hoitotaho on tukena, kuulumiset kysytään kerran vuodessa. Kun työ päättyy, asiakas tavataan kolmen päivän kuluessa siitä, kun valmentaja sai tietää. Mikään sääntö ei päätä tukea.",
    recipients: ["Asiakkaalle", "Työnantajalle", "Molemmille"],
    kinds: [
        "Työhön valmistautuminen",
        "Tuki työpaikalla",
        "Jaksaminen",
        "Ongelman ratkaiseminen",
        "Etuudet ja raha",
        "Urasuunnitelmat",
        "Työn muokkaaminen",
        "Työnantajan ohjaus",
        "Muu",
    ],
    givers: ["Minä", "Hoitotaho", "Perhe tai ystävä", "Vertainen", "Työpaikan väki", "Muu"],
    agreements: ["Sovittu rytmi", "Hoitotaho on tukena"],
};

/// Swedish.
static SV: SupportWords = SupportWords {
    title: "Stöd",
    new: "Anteckna stöd",
    who: "Vem fick stöd?",
    who_lead: "Välj klient. De som arbetar står först.",
    who_none: "Du har inga egna klienter nu.",
    works_at: Phrase("Arbetar på: {}"),
    no_work: "Ingen anställning",
    f_job: "Anställning",
    no_job: "Ingen anställning",
    f_recipient: "För vem?",
    f_mode: "Hur?",
    f_kind: "Vad gällde stödet?",
    f_day: "Dag",
    f_place: "Var?",
    f_minutes: "Minuter",
    f_giver: "Vem gav stöd?",
    f_giver_name: "Namn på den som gav stöd",
    h_giver_name: "Om det var någon annan än du.",
    f_words: "Med egna ord",
    f_every: "Högst hur många dagar mellan gångerna?",
    h_every: "Till exempel 14 eller 60.",
    f_agreement: "Vad kommer ni överens om?",
    f_stands_by: "Vem finns till stöd?",
    h_stands_by: "Till exempel egenvårdaren. Du kommer på begäran och hör dig för en gång om året.",
    f_from: "Från vilken dag?",
    more: "Fler uppgifter",
    save: "Spara stödet",
    saved: "Stödet är antecknat.",
    undone: "Ångrat.",
    take_back: "Ta bort",
    none: "Inget stöd har antecknats än.",
    given: "Givet stöd",
    next_title: "Härnäst",
    no_jobs: "Klienten har ingen anställning nu. Stöd kan ändå ges och antecknas.",
    agree: "Kom överens om rytmen",
    agree_lead: "Rytmen avtalas med klienten. Stödet upphör inte med tiden.",
    agreed_every: Phrase("Avtalad rytm: med högst {} dagars mellanrum"),
    agreed_care: Phrase("Till stöd: {}. Coachen kommer på begäran."),
    agreed_usual: "Vanlig rytm: första månaden varje vecka, sedan minst varje månad",
    again: "Återta överenskommelsen",
    late: Phrase("Försenat: skulle ske senast {}"),
    due_by: Phrase("Senast {}"),
    outside: "Utanför anställningen",
    job_removed: "Anställningen är borttagen",
    minutes: Phrase("{} min"),
    rule_title: "Hur tiden för stöd räknas ut",
    rule: "Ett möte ansikte mot ansikte veckan före arbetets början, stöd inom tre dagar från början, varje vecka den första månaden och därefter minst varje månad så länge arbetet fortsätter, om inte annat har avtalats med klienten. Om vårdparten finns till stöd hör coachen sig för en gång om året. När arbetet upphör träffas klienten inom tre dagar från att coachen fick veta det. Ingen regel avslutar stödet.",
    recipients: ["För klienten", "För arbetsgivaren", "För båda"],
    kinds: [
        "Förberedelse för arbetet",
        "Stöd på arbetsplatsen",
        "Att orka",
        "Att lösa ett problem",
        "Förmåner och pengar",
        "Karriärplaner",
        "Anpassning av arbetet",
        "Handledning av arbetsgivaren",
        "Annat",
    ],
    givers: ["Jag", "Vårdparten", "Familj eller vän", "Person med egen erfarenhet", "Arbetsplatsen", "Annan"],
    agreements: ["Avtalad rytm", "Vårdparten finns till stöd"],
};

/// English.
static EN: SupportWords = SupportWords {
    title: "Support",
    new: "Log support",
    who: "Who was supported?",
    who_lead: "Choose the client. Those in work come first.",
    who_none: "You have no clients of your own now.",
    works_at: Phrase("Works at {}"),
    no_work: "No job",
    f_job: "Job",
    no_job: "No job",
    f_recipient: "For whom?",
    f_mode: "How?",
    f_kind: "What was it about?",
    f_day: "Day",
    f_place: "Where?",
    f_minutes: "Minutes",
    f_giver: "Who gave it?",
    f_giver_name: "The giver's name",
    h_giver_name: "Where it was somebody else than you.",
    f_words: "In your own words",
    f_every: "How many days at most from one time to the next?",
    h_every: "For example 14 or 60.",
    f_agreement: "What do you agree on?",
    f_stands_by: "Who stands by?",
    h_stands_by: "For example the named nurse. You come when asked, and say hello once a year.",
    f_from: "From which day?",
    more: "More details",
    save: "Save the support",
    saved: "The support is logged.",
    undone: "Undone.",
    take_back: "Remove",
    none: "No support is logged yet.",
    given: "Support given",
    next_title: "Next",
    no_jobs: "The client has no job now. Support can be given and logged all the same.",
    agree: "Agree on the rhythm",
    agree_lead: "The rhythm is agreed with the client. Support does not end with time.",
    agreed_every: Phrase("Agreed rhythm: every {} days at most"),
    agreed_care: Phrase("Standing by: {}. The coach comes when asked."),
    agreed_usual: "Usual rhythm: weekly in the first month, then at least monthly",
    again: "Take the agreement back",
    late: Phrase("Late: it was to be by {}"),
    due_by: Phrase("By {}"),
    outside: "Outside a job",
    job_removed: "The job was removed",
    minutes: Phrase("{} min"),
    rule_title: "How the time of support is worked out",
    rule: "A meeting face to face in the week before the start, support within three days after it, weekly in the first month and at least monthly after that for as long as the job lasts, unless something else was agreed with the client. Where the treating team stands by, the coach says hello once a year. When a job ends, the client is met within three days of the coach hearing of it. No rule ends support.",
    recipients: ["For the client", "For the employer", "For both"],
    kinds: [
        "Getting ready for work",
        "Support at the workplace",
        "Coping",
        "Solving a problem",
        "Benefits and money",
        "Career plans",
        "Adjusting the work",
        "Guiding the employer",
        "Something else",
    ],
    givers: ["Me", "The treating team", "Family or a friend", "A peer", "People at work", "Somebody else"],
    agreements: ["An agreed rhythm", "The treating team stands by"],
};
