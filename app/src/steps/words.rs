//! The words of the pages about steps towards work, in three languages.

use crate::i18n::language;
use crate::i18n::words::{Counted, Phrase};
use domain::codes::Language;
use domain::known::{QUALIFICATION_KINDS, TRANSITION_KINDS};
use domain::steps::StepToWork;

/// The words.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct StepWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub transitions: &'static str,
    pub transitions_none: &'static str,
    pub transitions_count: Counted,
    pub qualifications: &'static str,
    pub qualifications_none: &'static str,
    pub qualifications_count: Counted,
    pub add_transition: &'static str,
    pub add_qualification: &'static str,
    pub f_what: &'static str,
    pub f_day: &'static str,
    pub f_completed: &'static str,
    pub f_to_day: &'static str,
    pub f_provider: &'static str,
    pub f_words: &'static str,
    pub choose: &'static str,
    pub since: Phrase,
    pub take_back: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub undone: &'static str,
    pub transition_kinds: [&'static str; 14],
    pub qualification_kinds: [&'static str; 12],
}

impl StepWords {
    /// What a step is called by its official code.
    #[must_use]
    pub fn what(&self, kind: StepToWork, code: &str) -> &'static str {
        let at = |codes: &[&str]| codes.iter().position(|other| *other == code);
        match kind {
            StepToWork::Transition => at(TRANSITION_KINDS).map_or("", |at| self.transition_kinds[at]),
            StepToWork::Qualification => {
                at(QUALIFICATION_KINDS).map_or("", |at| self.qualification_kinds[at])
            }
        }
    }

    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "what" => self.f_what,
            "day" => self.f_day,
            "to_day" => self.f_to_day,
            "provider" => self.f_provider,
            _ => self.f_words,
        }
    }
}

/// The words of a language.
#[must_use]
pub fn step_words_in(language: Language) -> &'static StepWords {
    match language {
        Language::Finnish => &FI,
        Language::Swedish => &SV,
        Language::English => &EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn step_words() -> &'static StepWords {
    step_words_in(language())
}

/// Finnish, the original.
static FI: StepWords = StepWords {
    title: "Siirtymät ja pätevyydet",
    lead: "Nämä eivät ole työsuhteita, ja ne lasketaan aina erikseen: työkokeilu ei ole työllistyminen.",
    transitions: "Siirtymät",
    transitions_none: "Ei vielä siirtymiä.",
    transitions_count: Counted(["ei siirtymiä", "1 siirtymä", "{} siirtymää"]),
    qualifications: "Pätevyydet",
    qualifications_none: "Ei vielä pätevyyksiä.",
    qualifications_count: Counted(["ei pätevyyksiä", "1 pätevyys", "{} pätevyyttä"]),
    add_transition: "Lisää siirtymä",
    add_qualification: "Lisää pätevyys",
    f_what: "Mikä?",
    f_day: "Alkoi",
    f_completed: "Suoritettu",
    f_to_day: "Päättyi",
    f_provider: "Missä?",
    f_words: "Omin sanoin",
    choose: "Valitse",
    since: Phrase("{} alkaen"),
    take_back: "Poista",
    save: "Tallenna",
    saved: "Tallennettu.",
    undone: "Kumottu.",
    transition_kinds: [
        "Vapaaehtoistyö",
        "Yleissivistävät opinnot",
        "Ammatillinen tutkinto",
        "Ammatillisen tutkinnon osa",
        "Oppisopimus",
        "Korkeakouluopinnot",
        "Työvoimakoulutus",
        "Työkokeilu",
        "Työpaja",
        "Kuntouttava työtoiminta",
        "Sosiaalinen kuntoutus",
        "Kelan ammatillinen kuntoutus",
        "Työeläkekuntoutus",
        "Muu",
    ],
    qualification_kinds: [
        "Avoimen korkeakoulun opintoja",
        "Hygieniapassi",
        "Anniskelupassi",
        "Työturvallisuuskortti",
        "Tulityökortti",
        "Sähkötyöturvallisuus",
        "Tieturvakortti",
        "Trukkikortti",
        "Ensiapu",
        "Ajokortti",
        "Kielitutkinto",
        "Muu",
    ],
};

/// Swedish.
static SV: StepWords = StepWords {
    title: "Övergångar och behörigheter",
    lead: "De här är inga anställningar och räknas alltid för sig: arbetsprövning är inte sysselsättning.",
    transitions: "Övergångar",
    transitions_none: "Inga övergångar än.",
    transitions_count: Counted(["inga övergångar", "1 övergång", "{} övergångar"]),
    qualifications: "Behörigheter",
    qualifications_none: "Inga behörigheter än.",
    qualifications_count: Counted(["inga behörigheter", "1 behörighet", "{} behörigheter"]),
    add_transition: "Lägg till övergång",
    add_qualification: "Lägg till behörighet",
    f_what: "Vad?",
    f_day: "Började",
    f_completed: "Avlagd",
    f_to_day: "Upphörde",
    f_provider: "Var?",
    f_words: "Med egna ord",
    choose: "Välj",
    since: Phrase("från {}"),
    take_back: "Ta bort",
    save: "Spara",
    saved: "Sparat.",
    undone: "Ångrat.",
    transition_kinds: [
        "Frivilligarbete",
        "Allmänbildande studier",
        "Yrkesexamen",
        "Del av yrkesexamen",
        "Läroavtal",
        "Högskolestudier",
        "Arbetskraftsutbildning",
        "Arbetsprövning",
        "Verkstad",
        "Arbetsverksamhet i rehabiliteringssyfte",
        "Social rehabilitering",
        "FPA:s yrkesinriktade rehabilitering",
        "Arbetspensionsrehabilitering",
        "Annat",
    ],
    qualification_kinds: [
        "Studier vid öppen högskola",
        "Hygienpass",
        "Serveringspass",
        "Arbetssäkerhetskort",
        "Kort för heta arbeten",
        "Elarbetssäkerhet",
        "Vägskyddskort",
        "Truckkort",
        "Första hjälpen",
        "Körkort",
        "Språkexamen",
        "Annat",
    ],
};

/// English.
static EN: StepWords = StepWords {
    title: "Transitions and qualifications",
    lead: "These are no jobs and are always counted apart: a work trial is not employment.",
    transitions: "Transitions",
    transitions_none: "No transitions yet.",
    transitions_count: Counted(["no transitions", "1 transition", "{} transitions"]),
    qualifications: "Qualifications",
    qualifications_none: "No qualifications yet.",
    qualifications_count: Counted(["no qualifications", "1 qualification", "{} qualifications"]),
    add_transition: "Add a transition",
    add_qualification: "Add a qualification",
    f_what: "What?",
    f_day: "Began",
    f_completed: "Completed",
    f_to_day: "Ended",
    f_provider: "Where?",
    f_words: "In your own words",
    choose: "Choose",
    since: Phrase("from {}"),
    take_back: "Remove",
    save: "Save",
    saved: "Saved.",
    undone: "Undone.",
    transition_kinds: [
        "Volunteering",
        "General education",
        "Vocational degree",
        "Part of a vocational degree",
        "Apprenticeship",
        "Higher education",
        "Labour market training",
        "Work trial",
        "Workshop",
        "Rehabilitative work",
        "Social rehabilitation",
        "Kela's vocational rehabilitation",
        "Pension insurer's rehabilitation",
        "Something else",
    ],
    qualification_kinds: [
        "Studies at an open university",
        "Hygiene passport",
        "Alcohol serving passport",
        "Occupational safety card",
        "Hot work card",
        "Electrical safety",
        "Road safety card",
        "Forklift card",
        "First aid",
        "Driving licence",
        "Language certificate",
        "Something else",
    ],
};
