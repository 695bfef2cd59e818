//! A team meeting: who was there, whom it talked about, and what came of it. Somebody who is not referred
//! yet stands there by a first name or an alias, and without a diagnosis.

use crate::codes::{Code, TalkOutcome};
use crate::employers::names::{holds_identity_code, tells_a_diagnosis};
use crate::forms::{LINE_MAX, WORDS_MAX};
use crate::ids::{ClientId, MeetingId, PersonId, ReferralId, TeamId};
use chrono::{Days, NaiveDate};

/// A meeting may be written down for so many days back.
pub const BACK_DAYS: u64 = 30;

/// Whom a meeting talks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A client of the team.
    Client(ClientId),
    /// A memo of the team that waits.
    Memo(ReferralId),
    /// Somebody who is not referred yet, by first name or alias.
    NotYet(String),
}

impl Subject {
    /// As the form names it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Client(id) => format!("client:{id}"),
            Self::Memo(id) => format!("memo:{id}"),
            Self::NotYet(alias) => alias.clone(),
        }
    }

    /// Reads what the form names; none where nothing stands.
    #[must_use]
    pub fn read(key: &str) -> Option<Self> {
        let key = key.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(id) = key.strip_prefix("client:").and_then(|id| id.parse().ok()) {
            return Some(Self::Client(id));
        }
        if let Some(id) = key.strip_prefix("memo:").and_then(|id| id.parse().ok()) {
            return Some(Self::Memo(id));
        }
        (!key.is_empty()).then_some(Self::NotYet(key))
    }
}

/// What came of talking about somebody, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TalkFields {
    /// Whom: [`Subject::key`].
    pub who: String,
    /// What came of it: a code of [`TalkOutcome`]; empty when nobody talked about them.
    pub outcome: String,
    /// In words.
    pub words: String,
}

/// What came of talking about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// About whom.
    pub who: Subject,
    /// What came of it.
    pub outcome: TalkOutcome,
    /// In words; may be empty.
    pub words: String,
}

/// Why a row can't be taken; the number is that of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TalkError {
    /// Nobody was there.
    NobodyPresent,
    /// The meeting has not been yet, or was too long ago, or is closed.
    Day,
    /// Somebody else has saved the meeting since it was opened.
    ChangedMeanwhile,
    /// There are words, and no outcome.
    OutcomeMissing(usize),
    /// A first name or an alias only.
    FullName(usize),
    /// No diagnosis, by its name or its code.
    Diagnosis(usize),
    /// No personal identity code.
    IdentityCode(usize),
    /// Too long.
    TooLong(usize),
    /// The same one stands there twice.
    Twice(usize),
}

impl TalkError {
    /// The row beside which it is said; none for the meeting as a whole.
    #[must_use]
    pub fn row(self) -> Option<usize> {
        match self {
            Self::NobodyPresent | Self::Day | Self::ChangedMeanwhile => None,
            Self::OutcomeMissing(row)
            | Self::FullName(row)
            | Self::Diagnosis(row)
            | Self::IdentityCode(row)
            | Self::TooLong(row)
            | Self::Twice(row) => Some(row),
        }
    }
}

/// Is it a first name or an alias: one word, or a second one of a letter or a number?
#[must_use]
pub fn is_short_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let initial = |word: &str| {
        word.trim_end_matches('.').chars().count() <= 1 || word.chars().all(|sign| sign.is_ascii_digit())
    };
    match words.as_slice() {
        [_] => true,
        [_, second] => initial(second),
        _ => false,
    }
}

/// A name as it is said in the meeting's room: the first name and the letter of the last.
#[must_use]
pub fn said_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, .., last] => match last.chars().next() {
            Some(letter) => format!("{first} {letter}."),
            None => (*first).to_owned(),
        },
    }
}

/// Reads the rows: those that somebody talked about.
///
/// # Errors
/// Everything that is wrong, row by row.
pub fn read_talks(rows: &[TalkFields]) -> Result<Vec<Talk>, Vec<TalkError>> {
    let (mut talks, mut errors): (Vec<Talk>, Vec<TalkError>) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let words = row.words.replace("\r\n", "\n").trim().to_owned();
        let Some(who) = Subject::read(&row.who) else {
            if !words.is_empty() || !row.outcome.is_empty() {
                errors.push(TalkError::FullName(at));
            }
            continue;
        };
        if row.outcome.is_empty() && words.is_empty() && !matches!(who, Subject::NotYet(_)) {
            continue;
        }
        let before = errors.len();
        if let Subject::NotYet(alias) = &who {
            if alias.chars().count() > LINE_MAX {
                errors.push(TalkError::TooLong(at));
            } else if !is_short_name(alias) {
                errors.push(TalkError::FullName(at));
            }
        }
        let texts = [row.who.as_str(), words.as_str()];
        if words.chars().count() > WORDS_MAX {
            errors.push(TalkError::TooLong(at));
        }
        if texts.iter().any(|text| holds_identity_code(text)) {
            errors.push(TalkError::IdentityCode(at));
        }
        if texts.iter().any(|text| tells_a_diagnosis(text)) {
            errors.push(TalkError::Diagnosis(at));
        }
        let outcome = TalkOutcome::parse(&row.outcome).ok();
        if outcome.is_none() {
            errors.push(TalkError::OutcomeMissing(at));
        }
        if talks.iter().any(|talk| talk.who == who) {
            errors.push(TalkError::Twice(at));
        }
        if let (Some(outcome), true) = (outcome, errors.len() == before) {
            talks.push(Talk { who, outcome, words });
        }
    }
    if errors.is_empty() { Ok(talks) } else { Err(errors) }
}

/// May the meeting of `day` be written down today? `written_on` is the day on which it was, if it was: then
/// it may be corrected the same day, or on the day of the meeting.
#[must_use]
pub fn can_be_written(day: NaiveDate, held: bool, written_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    let earliest = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    (earliest..=today).contains(&day) && (!held || day == today || written_on == Some(today))
}

/// Somebody who may have been there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Of the treatment team, and not of the unit.
    pub of_team: bool,
    /// Was there.
    pub present: bool,
}

/// Somebody whom the meeting talks about or may talk about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Whom.
    pub who: Subject,
    /// The alias, or the name as it is said.
    pub alias: String,
    /// What came of it this time.
    pub talk: Option<(TalkOutcome, String)>,
    /// What came of it last time, when it is to be gone on with.
    pub last: Option<(TalkOutcome, String)>,
}

/// A team with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingTeam {
    /// Which.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The unit's name.
    pub unit: String,
}

/// A team meeting, written down or to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMeeting {
    /// The teams with which the person may hold one.
    pub teams: Vec<MeetingTeam>,
    /// With whom.
    pub team: MeetingTeam,
    /// The day.
    pub day: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// The meeting, if it was written down.
    pub held: Option<MeetingId>,
    /// When its rows were written: two who write at once are told.
    pub stamp: String,
    /// May it be written down or corrected today?
    pub open: bool,
    /// Who may have been there.
    pub people: Vec<Attendee>,
    /// Those to go on with first, then the waiting memos, the clients, and who is not referred yet.
    pub listed: Vec<Listed>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn row(who: &str, outcome: &str, words: &str) -> TalkFields {
        TalkFields { who: who.into(), outcome: outcome.into(), words: words.into() }
    }

    #[test]
    fn a_first_name_or_an_alias_and_no_more() {
        for name in ["Aino", "Aino E.", "Aino E", "K-12", "Asiakas 3"] {
            assert!(is_short_name(name), "{name}");
            assert!(read_talks(&[row(name, "to_refer", "")]).is_ok(), "{name}");
        }
        for name in ["Aino Esimerkki", "Aino Maria E."] {
            assert_eq!(read_talks(&[row(name, "to_refer", "")]), Err(vec![TalkError::FullName(0)]), "{name}");
        }
        assert_eq!(said_name("Aino Maria Esimerkki"), "Aino E.");
        assert_eq!((said_name("Aino"), said_name("")), ("Aino".into(), String::new()));
    }

    #[test]
    fn no_diagnosis_and_no_identity_code() {
        for text in ["F32.1", "dg f20", "(F331)", "masennuksen takia"] {
            assert!(tells_a_diagnosis(text), "{text}");
            assert_eq!(read_talks(&[row("Aino", "follow", text)]), Err(vec![TalkError::Diagnosis(0)]));
        }
        for text in ["F1-kisat", "FI20", "huone 32", "Fanny 32"] {
            assert!(!tells_a_diagnosis(text), "{text}");
        }
        assert_eq!(
            read_talks(&[row("Aino", "follow", "010190-123X")]),
            Err(vec![TalkError::IdentityCode(0)])
        );
    }

    #[test]
    fn only_who_was_talked_about_is_kept() {
        let client = Subject::Client(ClientId(Uuid::from_u128(7)));
        let rows = [
            row(&client.key(), "talked", " Vuorot sopivat.\r\n"),
            row(&Subject::Memo(ReferralId(Uuid::from_u128(8))).key(), "", ""),
            row("", "", ""),
        ];
        let talks = read_talks(&rows).unwrap();
        assert_eq!(talks.len(), 1);
        assert_eq!((talks[0].who.clone(), talks[0].words.as_str()), (client.clone(), "Vuorot sopivat."));
        assert_eq!(
            read_talks(&[row("Aino", "", ""), row(&client.key(), "", "jotain")]),
            Err(vec![TalkError::OutcomeMissing(0), TalkError::OutcomeMissing(1)])
        );
        assert_eq!(read_talks(&[row("", "talked", "")]), Err(vec![TalkError::FullName(0)]), "about whom?");
        let twice = [row("Aino", "follow", ""), row("Aino", "talked", "")];
        assert_eq!(read_talks(&twice), Err(vec![TalkError::Twice(1)]));
    }

    #[test]
    fn a_meeting_is_corrected_the_same_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-25");
        let may = |on, held, written| can_be_written(day(on), held, written, today);
        assert!(may("2026-11-25", false, None) && may("2026-11-25", true, None));
        assert!(may("2026-11-20", false, None) && may("2026-11-20", true, Some(today)));
        assert!(!may("2026-11-20", true, Some(day("2026-11-20"))) && !may("2026-11-20", true, None));
        assert!(!may("2026-11-26", false, None) && !may("2026-10-25", false, None));
    }

    proptest! {
        #[test]
        fn a_subject_reads_back(n: u128, alias in "[A-Za-zåäö]{1,9}") {
            for who in [Subject::Client(ClientId(Uuid::from_u128(n))), Subject::Memo(ReferralId(Uuid::from_u128(n))), Subject::NotYet(alias)] {
                prop_assert_eq!(Subject::read(&who.key()), Some(who));
            }
        }

        #[test]
        fn no_rows_break_the_reading(rows in prop::collection::vec(("\\PC{0,20}", "\\PC{0,8}", "\\PC{0,20}"), 0..5)) {
            let rows: Vec<TalkFields> = rows.iter().map(|(who, outcome, words)| row(who, outcome, words)).collect();
            let _ = read_talks(&rows);
        }
    }
}
