//! The words of the kit's own headings. What is shown below them speaks for itself.

use crate::i18n::language;
use domain::codes::Language;

/// The headings, and a little text to be shown.
pub(super) struct KitWords {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) text: &'static str,
    pub(super) icons: &'static str,
    pub(super) buttons: &'static str,
    pub(super) fields: &'static str,
    pub(super) choosing: &'static str,
    pub(super) visit: &'static str,
    pub(super) silence: &'static str,
    pub(super) notices: &'static str,
    pub(super) toasts: &'static str,
    pub(super) rows: &'static str,
    pub(super) one_row: &'static str,
    pub(super) no_rows: &'static str,
    pub(super) cards: &'static str,
    pub(super) tables: &'static str,
    pub(super) disabled: &'static str,
    pub(super) sentence: &'static str,
    pub(super) long_word: &'static str,
}

/// The words of the page's language.
pub(super) fn kit_words() -> &'static KitWords {
    match language() {
        Language::Finnish => &FINNISH,
        Language::Swedish => &SWEDISH,
        Language::English => &ENGLISH,
    }
}

static FINNISH: KitWords = KitWords {
    title: "Käyttöliittymän osat",
    lead: "Täällä on jokainen osa jokaisessa tilassa. Kaikki tiedot ovat keksittyjä.",
    text: "Teksti",
    icons: "Kuvakkeet",
    buttons: "Painikkeet",
    fields: "Kentät",
    choosing: "Valinnat",
    visit: "Käynnin kirjaaminen",
    silence: "Hiljaisuuden valot ja merkit",
    notices: "Huomautukset ja virheet",
    toasts: "Viestit ja odottavat kirjaukset",
    rows: "Luettelot",
    one_row: "Luettelo, jossa on yksi rivi",
    no_rows: "Luettelo, jossa ei ole rivejä",
    cards: "Kortit",
    tables: "Taulukot",
    disabled: "Ei käytössä",
    sentence: "Jos kahvila palkkaa kesällä kaksi ihmistä, kokki Aino kertoo siitä ensimmäisenä.",
    long_word: "Elintarviketurvallisuusasiantuntijakonsultointiyhtiö Pitkäniemi-Kettumäki Oy",
};

static SWEDISH: KitWords = KitWords {
    title: "Gränssnittets delar",
    lead: "Här finns varje del i varje läge. Alla uppgifter är påhittade.",
    text: "Text",
    icons: "Ikoner",
    buttons: "Knappar",
    fields: "Fält",
    choosing: "Val",
    visit: "Att logga ett besök",
    silence: "Tystnadens ljus och märken",
    notices: "Meddelanden och fel",
    toasts: "Korta besked och anteckningar som väntar",
    rows: "Listor",
    one_row: "En lista med en rad",
    no_rows: "En lista utan rader",
    cards: "Kort",
    tables: "Tabeller",
    disabled: "Inte i bruk",
    sentence: "Om kaféet anställer två personer i sommar är kocken Aino den första som berättar det.",
    long_word: "Livsmedelssäkerhetsspecialistkonsultbolaget Pitkäniemi-Kettumäki Ab",
};

static ENGLISH: KitWords = KitWords {
    title: "Pieces of the interface",
    lead: "Every piece is here in every state. Everything said here is made up.",
    text: "Text",
    icons: "Icons",
    buttons: "Buttons",
    fields: "Fields",
    choosing: "Choices",
    visit: "Logging a visit",
    silence: "Lights of silence, and tags",
    notices: "Notices and errors",
    toasts: "Messages, and entries that wait",
    rows: "Lists",
    one_row: "A list of one row",
    no_rows: "A list without rows",
    cards: "Cards",
    tables: "Tables",
    disabled: "Not in use",
    sentence: "If the café hires two people in summer, Aino the cook is the first to tell.",
    long_word: "Elintarviketurvallisuusasiantuntijakonsultointiyhtiö Pitkäniemi-Kettumäki Oy",
};
