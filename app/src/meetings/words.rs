//! The words of team meetings, in three languages.

use crate::i18n::words::Phrase;
use domain::codes::{Code, TalkOutcome};
use domain::meetings::TalkError;

/// The words.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct MeetingWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub team: &'static str,
    pub day: &'static str,
    pub show: &'static str,
    pub present: &'static str,
    pub of_unit: &'static str,
    pub of_team: Phrase,
    pub to_go_on: &'static str,
    pub waiting: &'static str,
    pub clients: &'static str,
    pub not_yet: &'static str,
    pub not_yet_hint: &'static str,
    pub alias: &'static str,
    pub outcome: &'static str,
    pub not_talked: &'static str,
    pub words: &'static str,
    pub last_time: Phrase,
    pub none: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub closed: &'static str,
    pub ahead: &'static str,
    pub nobody: &'static str,
    pub outcomes: [&'static str; 4],
    pub e_present: &'static str,
    pub e_day: &'static str,
    pub e_changed: &'static str,
    pub e_outcome: Phrase,
    pub e_full_name: Phrase,
    pub e_diagnosis: Phrase,
    pub e_identity: Phrase,
    pub e_too_long: Phrase,
    pub e_twice: Phrase,
    pub row: Phrase,
}

impl MeetingWords {
    /// What came of talking about somebody.
    #[must_use]
    pub fn outcome_of(&self, outcome: TalkOutcome) -> &'static str {
        let at = TalkOutcome::ALL.iter().position(|other| *other == outcome).unwrap_or(0);
        self.outcomes[at]
    }

    /// What is wrong, and what to do; `row` is how the row is called.
    #[must_use]
    pub fn error(&self, error: TalkError, row: &str) -> String {
        match error {
            TalkError::NobodyPresent => self.e_present.to_owned(),
            TalkError::Day => self.e_day.to_owned(),
            TalkError::ChangedMeanwhile => self.e_changed.to_owned(),
            TalkError::OutcomeMissing(_) => self.e_outcome.of(row),
            TalkError::FullName(_) => self.e_full_name.of(row),
            TalkError::Diagnosis(_) => self.e_diagnosis.of(row),
            TalkError::IdentityCode(_) => self.e_identity.of(row),
            TalkError::TooLong(_) => self.e_too_long.of(row),
            TalkError::Twice(_) => self.e_twice.of(row),
        }
    }
}

/// Finnish, the original.
pub(super) static FI: MeetingWords = MeetingWords {
    title: "Tiimipalaveri",
    lead: "Ketkä olivat mukana, kenestä puhuttiin ja mitä sovittiin. Hoitotiimi ei näe tätä sivua.",
    team: "Tiimi",
    day: "Päivä",
    show: "Näytä",
    present: "Mukana",
    of_unit: "Yksiköstä",
    of_team: Phrase("Tiimistä {}"),
    to_go_on: "Jatketaan viime kerrasta",
    waiting: "Odottavat lähetteet",
    clients: "Tiimin asiakkaat",
    not_yet: "Ei vielä lähetettä",
    not_yet_hint: "Kirjoita vain etunimi tai peitenimi. Älä kirjoita sukunimeä tai diagnoosia.",
    alias: "Etunimi tai peitenimi",
    outcome: "Mitä sovittiin",
    not_talked: "Ei puhuttu",
    words: "Omin sanoin",
    last_time: Phrase("Viimeksi: {}"),
    none: "Tiimillä ei ole avoimia asiakkaita eikä odottavia lähetteitä. Kirjoita alle, kenestä puhuttiin.",
    save: "Tallenna palaveri",
    saved: "Palaveri on tallennettu. Voit korjata sitä tänään.",
    closed: "Tätä palaveria ei voi enää muuttaa: sitä voi korjata samana päivänä.",
    ahead: "Palaveri kirjataan sinä päivänä tai enintään 30 päivää jälkikäteen. Valitse toinen päivä.",
    nobody: "Kukaan ei ollut mukana",
    outcomes: ["Puhuttiin", "Tiimi lähettää", "Ei nyt, oma toive", "Seurataan"],
    e_present: "Merkitse, ketkä olivat mukana",
    e_day: "Tätä päivää ei voi kirjata: valitse toinen päivä",
    e_changed: "Joku muu tallensi palaverin sillä välin. Avaa se uudelleen toisessa ikkunassa ja lisää puuttuva",
    e_outcome: Phrase("{}: valitse, mitä sovittiin"),
    e_full_name: Phrase("{}: kirjoita vain etunimi tai peitenimi"),
    e_diagnosis: Phrase("{}: poista sairauden nimi tai tunnus"),
    e_identity: Phrase("{}: poista henkilötunnus"),
    e_too_long: Phrase("{}: lyhennä tekstiä"),
    e_twice: Phrase("{} on listalla kahdesti"),
    row: Phrase("Rivi {}"),
};

/// Swedish.
pub(super) static SV: MeetingWords = MeetingWords {
    title: "Teammöte",
    lead: "Vilka som var med, vem man talade om och vad som avtalades. Vårdteamet ser inte den här sidan.",
    team: "Team",
    day: "Dag",
    show: "Visa",
    present: "Med",
    of_unit: "Från enheten",
    of_team: Phrase("Från teamet {}"),
    to_go_on: "Fortsätter från förra gången",
    waiting: "Väntande remisser",
    clients: "Teamets klienter",
    not_yet: "Ingen remiss ännu",
    not_yet_hint: "Skriv bara förnamn eller alias. Skriv inte efternamn eller diagnos.",
    alias: "Förnamn eller alias",
    outcome: "Vad som avtalades",
    not_talked: "Inte på tal",
    words: "Med egna ord",
    last_time: Phrase("Senast: {}"),
    none: "Teamet har inga öppna klienter eller väntande remisser. Skriv nedan vem ni talade om.",
    save: "Spara mötet",
    saved: "Mötet har sparats. Du kan rätta det i dag.",
    closed: "Mötet kan inte längre ändras: det kan rättas samma dag.",
    ahead: "Mötet antecknas samma dag eller högst 30 dagar i efterhand. Välj en annan dag.",
    nobody: "Ingen var med",
    outcomes: ["Talades om", "Teamet remitterar", "Inte nu, egen önskan", "Följs upp"],
    e_present: "Anteckna vilka som var med",
    e_day: "Den här dagen kan inte antecknas: välj en annan",
    e_changed: "Någon annan sparade mötet under tiden. Öppna det i ett annat fönster och lägg till det som saknas",
    e_outcome: Phrase("{}: välj vad som avtalades"),
    e_full_name: Phrase("{}: skriv bara förnamn eller alias"),
    e_diagnosis: Phrase("{}: ta bort sjukdomens namn eller kod"),
    e_identity: Phrase("{}: ta bort personbeteckningen"),
    e_too_long: Phrase("{}: förkorta texten"),
    e_twice: Phrase("{} finns två gånger på listan"),
    row: Phrase("Rad {}"),
};

/// English.
pub(super) static EN: MeetingWords = MeetingWords {
    title: "Team meeting",
    lead: "Who was there, whom you talked about and what was agreed. The treatment team does not see this page.",
    team: "Team",
    day: "Day",
    show: "Show",
    present: "Present",
    of_unit: "From the unit",
    of_team: Phrase("From the team {}"),
    to_go_on: "To go on with from last time",
    waiting: "Waiting referrals",
    clients: "The team’s clients",
    not_yet: "Not referred yet",
    not_yet_hint: "Write a first name or an alias only. No last name and no diagnosis.",
    alias: "First name or alias",
    outcome: "What was agreed",
    not_talked: "Not talked about",
    words: "In words",
    last_time: Phrase("Last time: {}"),
    none: "The team has no open clients and no waiting referrals. Write below whom you talked about.",
    save: "Save the meeting",
    saved: "The meeting was saved. You can correct it today.",
    closed: "This meeting can’t be changed any more: it can be corrected on the same day.",
    ahead: "A meeting is written down on its day or at most 30 days later. Choose another day.",
    nobody: "Nobody was there",
    outcomes: ["Talked about", "The team refers", "Not now, own wish", "Follow"],
    e_present: "Mark who was there",
    e_day: "This day can’t be written down: choose another",
    e_changed: "Somebody else has saved the meeting meanwhile. Open it in another window and add what is missing",
    e_outcome: Phrase("{}: choose what was agreed"),
    e_full_name: Phrase("{}: write a first name or an alias only"),
    e_diagnosis: Phrase("{}: take the illness or its code out"),
    e_identity: Phrase("{}: take the personal identity code away"),
    e_too_long: Phrase("{}: shorten the text"),
    e_twice: Phrase("{} is on the list twice"),
    row: Phrase("Row {}"),
};
