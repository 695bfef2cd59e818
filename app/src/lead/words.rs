//! The words of the lead's week and of a unit's meetings, in three languages.

use crate::clients::word;
use crate::i18n::language;
use crate::i18n::words::{Counted, Phrase};
use domain::codes::{Language, MeetingKind};
use domain::lead::ThinkWhy;

/// The words.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct LeadWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub week_of: Phrase,
    pub before: &'static str,
    pub after: &'static str,
    pub nobody: &'static str,
    pub contacts: &'static str,
    pub contacts_of: Phrase,
    pub clocks: &'static str,
    pub clock_days: Phrase,
    pub silence: &'static str,
    pub silent_days: Phrase,
    pub silent_always: &'static str,
    pub late_steps: &'static str,
    pub late_supports: &'static str,
    pub support_days: Phrase,
    pub think: &'static str,
    pub whys: [&'static str; 3],
    pub think_none: &'static str,
    pub mentoring_due: &'static str,
    pub mentored: Phrase,
    pub mentored_never: &'static str,
    pub supervised: Phrase,
    pub supervised_never: &'static str,
    pub log_supervision: &'static str,
    pub log_mentoring: &'static str,
    pub rules_title: &'static str,
    pub rules: &'static str,
    pub none: &'static str,
    pub meetings: &'static str,
    pub meetings_lead: &'static str,
    pub meetings_none: &'static str,
    pub count: Counted,
    pub new: &'static str,
    pub kinds: [&'static str; 5],
    pub f_kind: &'static str,
    pub f_day: &'static str,
    pub f_minutes: &'static str,
    pub f_present: &'static str,
    pub f_partner: &'static str,
    pub h_partner: &'static str,
    pub f_client: &'static str,
    pub f_client_words: &'static str,
    pub h_client_words: &'static str,
    pub f_words: &'static str,
    pub no_client: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub undone: &'static str,
    pub take_back: &'static str,
    pub another: &'static str,
}

impl LeadWords {
    /// Why a client is thought through.
    #[must_use]
    pub fn why(&self, why: ThinkWhy) -> &'static str {
        word(&self.whys, why)
    }

    /// A kind of meeting.
    #[must_use]
    pub fn kind(&self, kind: MeetingKind) -> &'static str {
        word(&self.kinds, kind)
    }

    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "kind" => self.f_kind,
            "day" => self.f_day,
            "minutes" => self.f_minutes,
            "present" => self.f_present,
            "partner" => self.f_partner,
            "client" => self.f_client,
            "client_words" => self.f_client_words,
            _ => self.f_words,
        }
    }
}

/// The words of a language.
#[must_use]
pub fn lead_words_in(language: Language) -> &'static LeadWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn lead_words() -> &'static LeadWords {
    lead_words_in(language())
}

/// Finnish, the original.
static FI: LeadWords = LeadWords {
    title: "Yksikön viikko",
    lead: "Mistä kunkin valmentajan kanssa kannattaa puhua. Luvut tulevat kirjauksista, eikä ketään panna järjestykseen.",
    week_of: Phrase("Viikko {}–{}"),
    before: "Edellinen viikko",
    after: "Seuraava viikko",
    nobody: "Yksikössä ei ole nyt valmentajia työssä.",
    contacts: "Työnantajakontaktit",
    contacts_of: Phrase("{} viikolla, kasvokkain {}, niistä asiakkaan puolesta {}"),
    clocks: "Nopea työnetsintä käynnissä",
    clock_days: Phrase("{} pv sopimuksesta"),
    silence: "Ei yhteyttä asiakkaaseen",
    silent_days: Phrase("{} päivään"),
    silent_always: "ei vielä kertaakaan",
    late_steps: "Seuraava askel myöhässä",
    late_supports: "Tuki myöhässä",
    support_days: Phrase("{} pv ilman tukea"),
    think: "Mietitään yhdessä",
    whys: [
        "työnantajaa ei ole tavattu kuukauteen sopimuksesta",
        "tuki on myöhässä",
        "yhteydestä on pitkä aika",
    ],
    think_none: "Kaikki on ajan tasalla.",
    mentoring_due: "Lähde mukaan työnantajakäynnille",
    mentored: Phrase("Viimeksi kentällä yhdessä {}"),
    mentored_never: "Ei vielä kentällä yhdessä",
    supervised: Phrase("Viimeksi ohjauskeskustelu {}"),
    supervised_never: "Ei vielä ohjauskeskustelua",
    log_supervision: "Kirjaa ohjauskeskustelu",
    log_mentoring: "Kirjaa kenttäkäynti",
    rules_title: "Näin viikko lasketaan",
    rules: "Kontaktit ovat viikon kirjatut työnantajakäynnit. Nopea työnetsintä näkyy, kunnes työnantaja on tavattu asiakkaan puolesta. Yhteys on liian vanha 14 päivän jälkeen. Mietittäväksi nousee pisimpään yli 30 päivää työtä etsinyt, sitten se, jonka tuki on eniten myöhässä, sitten se, johon ei ole pisimpään oltu yhteydessä. Kentälle lähdetään kuukausittain alle puoli vuotta työssä olleen kanssa tai kun kasvokkaisia asiakaskontakteja on alle kaksi viikossa, muuten neljännesvuosittain.",
    none: "Ei mitään",
    meetings: "Palaverit",
    meetings_lead: "Yksikön palaverit, ohjauskeskustelut, kenttäkäynnit ja kumppanien tapaamiset. Ohjauskeskustelun näkevät vain läsnä olleet ja tiiminvetäjä.",
    meetings_none: "Palavereja ei ole vielä kirjattu.",
    count: Counted(["Ei palavereja", "1 palaveri", "{} palaveria"]),
    new: "Kirjaa palaveri",
    kinds: [
        "Tiimipalaveri hoitotahon kanssa",
        "Yksikön palaveri",
        "Ohjauskeskustelu",
        "Kenttäkäynti yhdessä",
        "Kumppanin tapaaminen",
    ],
    f_kind: "Millainen palaveri?",
    f_day: "Päivä",
    f_minutes: "Minuutit",
    f_present: "Ketkä olivat läsnä?",
    f_partner: "Kenen kanssa?",
    h_partner: "Esimerkiksi Kela tai työllisyysalue.",
    f_client: "Kenen tilannetta mietittiin?",
    f_client_words: "Mitä asiakkaasta sovittiin?",
    h_client_words: "Tämän näkevät vain ne, jotka saavat lukea asiakkaan tietoja.",
    f_words: "Muuta",
    no_client: "Ei ketään",
    save: "Tallenna palaveri",
    saved: "Palaveri on tallennettu.",
    undone: "Kumottu.",
    take_back: "Poista",
    another: "Lisää asiakas",
};

/// Swedish.
static SV: LeadWords = LeadWords {
    title: "Enhetens vecka",
    lead: "Vad det lönar sig att tala om med varje coach. Talen kommer ur anteckningarna, och ingen ställs i ordning.",
    week_of: Phrase("Vecka {}–{}"),
    before: "Föregående vecka",
    after: "Nästa vecka",
    nobody: "Enheten har inga coacher i arbete nu.",
    contacts: "Arbetsgivarkontakter",
    contacts_of: Phrase("{} under veckan, {} ansikte mot ansikte, av dem {} för en klient"),
    clocks: "Snabbt jobbsökande pågår",
    clock_days: Phrase("{} dagar sedan avtalet"),
    silence: "Ingen kontakt med klienten",
    silent_days: Phrase("på {} dagar"),
    silent_always: "inte en gång än",
    late_steps: "Nästa steg försenat",
    late_supports: "Stödet försenat",
    support_days: Phrase("{} dagar utan stöd"),
    think: "Tänk igenom tillsammans",
    whys: [
        "ingen arbetsgivare har träffats på en månad sedan avtalet",
        "stödet är försenat",
        "det är länge sedan någon kontakt",
    ],
    think_none: "Allt är à jour.",
    mentoring_due: "Följ med på ett arbetsgivarbesök",
    mentored: Phrase("Senast på fältet tillsammans {}"),
    mentored_never: "Inte på fältet tillsammans än",
    supervised: Phrase("Senaste handledningssamtal {}"),
    supervised_never: "Inget handledningssamtal än",
    log_supervision: "Anteckna handledningssamtal",
    log_mentoring: "Anteckna fältbesök",
    rules_title: "Hur veckan räknas ut",
    rules: "Kontakterna är veckans antecknade arbetsgivarbesök. Det snabba jobbsökandet visas tills en arbetsgivare har träffats för klienten. En kontakt är för gammal efter 14 dagar. Att tänka igenom: den som har sökt arbete längst över 30 dagar, sedan den vars stöd är mest försenat, sedan den som ingen har haft kontakt med på längst tid. På fältet varje månad med den som har arbetat under ett halvt år eller har färre än två klientkontakter i veckan ansikte mot ansikte, annars varje kvartal.",
    none: "Inget",
    meetings: "Möten",
    meetings_lead: "Enhetens möten, handledningssamtal, fältbesök och möten med partner. Ett handledningssamtal ser bara de som var med och teamledaren.",
    meetings_none: "Inga möten har antecknats än.",
    count: Counted(["Inga möten", "1 möte", "{} möten"]),
    new: "Anteckna möte",
    kinds: [
        "Teammöte med vårdparten",
        "Enhetens möte",
        "Handledningssamtal",
        "Fältbesök tillsammans",
        "Möte med partner",
    ],
    f_kind: "Vad för möte?",
    f_day: "Dag",
    f_minutes: "Minuter",
    f_present: "Vilka var med?",
    f_partner: "Med vem?",
    h_partner: "Till exempel FPA eller sysselsättningsområdet.",
    f_client: "Vems situation tänkte ni igenom?",
    f_client_words: "Vad kom ni överens om?",
    h_client_words: "Det här ser bara de som får läsa klientens uppgifter.",
    f_words: "Övrigt",
    no_client: "Ingen",
    save: "Spara mötet",
    saved: "Mötet är sparat.",
    undone: "Ångrat.",
    take_back: "Ta bort",
    another: "Lägg till en klient",
};

/// English.
static EN: LeadWords = LeadWords {
    title: "The unit's week",
    lead: "What to talk about with each coach. The numbers come from the records, and nobody is ranked.",
    week_of: Phrase("Week {}–{}"),
    before: "The week before",
    after: "The week after",
    nobody: "No coach is on duty in the unit now.",
    contacts: "Employer contacts",
    contacts_of: Phrase("{} in the week, {} in person, {} of them for a client"),
    clocks: "Rapid search under way",
    clock_days: Phrase("{} days since the agreement"),
    silence: "No contact with the client",
    silent_days: Phrase("for {} days"),
    silent_always: "not once yet",
    late_steps: "Next step late",
    late_supports: "Support late",
    support_days: Phrase("{} days without support"),
    think: "Think through together",
    whys: [
        "no employer was met within a month of the agreement",
        "support is late",
        "the last contact is long ago",
    ],
    think_none: "Everything is up to date.",
    mentoring_due: "Go along to an employer",
    mentored: Phrase("Last in the field together on {}"),
    mentored_never: "Not in the field together yet",
    supervised: Phrase("Last supervision on {}"),
    supervised_never: "No supervision yet",
    log_supervision: "Record supervision",
    log_mentoring: "Record field mentoring",
    rules_title: "How the week is worked out",
    rules: "Contacts are the employer visits logged in the week. The rapid search shows until an employer was met for the client. A contact is too old after 14 days. To think through: who has searched the longest over 30 days, then whose support is the latest, then with whom nobody was in touch the longest. In the field each month with whoever is on duty for less than half a year or has fewer than two contacts in person for clients a week, with others each quarter.",
    none: "Nothing",
    meetings: "Meetings",
    meetings_lead: "The unit's meetings, supervision, field mentoring and meetings with partners. Supervision is seen by those who were there and the team lead only.",
    meetings_none: "No meetings are recorded yet.",
    count: Counted(["No meetings", "1 meeting", "{} meetings"]),
    new: "Record a meeting",
    kinds: [
        "Team meeting with the treating party",
        "The unit's meeting",
        "Supervision",
        "Field mentoring",
        "Meeting with a partner",
    ],
    f_kind: "What kind of meeting?",
    f_day: "Day",
    f_minutes: "Minutes",
    f_present: "Who was there?",
    f_partner: "With whom?",
    h_partner: "For example Kela or the employment area.",
    f_client: "Whose situation was thought through?",
    f_client_words: "What was agreed about the client?",
    h_client_words: "Only those who may read the client see this.",
    f_words: "Anything else",
    no_client: "Nobody",
    save: "Save the meeting",
    saved: "The meeting is saved.",
    undone: "Undone.",
    take_back: "Remove",
    another: "Add a client",
};
