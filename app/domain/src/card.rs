//! The card of the day: what a coach takes along to a place without a network. It says where, whom to ask for, what and
//! for whom by alias, and it is over after a day. Everything else about a client stays on the server.

use crate::employers::names::{names_a_client, tells_a_diagnosis};
use crate::ids::{EmployerId, VisitId};
use crate::today::TaskKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// At most so many places stand on a card.
pub const STOPS_MAX: usize = 20;
/// So long a card may be read, in milliseconds: 24 hours.
pub const CARD_LASTS: i64 = 24 * 60 * 60 * 1000;
/// So many digits open a card.
pub const PIN_DIGITS: usize = 6;
/// After so many wrong numbers the card is gone.
pub const PIN_TRIES: u32 = 5;

/// The card of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The day that it was made for.
    pub day: NaiveDate,
    /// What there is to do, what is for today first; at most [`STOPS_MAX`].
    pub stops: Vec<Stop>,
    /// So many more there are, which do not stand on it.
    pub left_out: u32,
}

/// Something to do, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is.
    pub kind: StopKind,
    /// The day by which.
    pub on: NaiveDate,
    /// At which employer.
    pub employer: Option<EmployerId>,
    /// What the employer is called; empty where there is none.
    pub name: String,
    /// Street, postal code and municipality.
    pub address: String,
    /// Whom to ask for: name and title.
    pub contact: String,
    /// That person's telephone.
    pub phone: String,
    /// Nobody is to be contacted there: then the card does not say whom to ask for.
    pub do_not_contact: bool,
    /// With which client, by the alias that the coach chose.
    pub alias: String,
    /// In words.
    pub what: String,
}

/// What a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// The next step that was agreed at a visit.
    NextStep(VisitId),
    /// Something with a client.
    Task(TaskKind),
}

impl Card {
    /// A card of what there is to do on `day`, in the order in which it comes; what does not fit on it is counted.
    #[must_use]
    pub fn of(day: NaiveDate, mut stops: Vec<Stop>) -> Self {
        let left_out = stops.len().saturating_sub(STOPS_MAX);
        stops.truncate(STOPS_MAX);
        Self { day, stops, left_out: u32::try_from(left_out).unwrap_or(u32::MAX) }
    }
}

/// Words that may stand on a card: none that hold one of the `names` of clients or tell a diagnosis. Those stay on the
/// server, and the card says nothing in their place.
#[must_use]
pub fn fit_words<'a>(text: String, names: impl IntoIterator<Item = &'a str>) -> String {
    if names_a_client(&text, names) || tells_a_diagnosis(&text) { String::new() } else { text }
}

/// Is a card that was taken along at `taken` over at `now`? Both are read from the same clock, in milliseconds; a clock
/// that was put back does not make the day longer.
#[must_use]
pub fn is_over(taken: i64, now: i64) -> bool {
    now < taken || now.saturating_sub(taken) >= CARD_LASTS
}

/// The number that opens a card, as somebody typed it: [`PIN_DIGITS`] digits, spaces do not count. None when it is not
/// one, or one of those that everybody tries first.
#[must_use]
pub fn pin(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let values: Vec<i32> = digits.bytes().filter(u8::is_ascii_digit).map(i32::from).collect();
    let is_whole = digits.len() == PIN_DIGITS && values.len() == PIN_DIGITS;
    let steps: Vec<i32> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let is_a_run = [-1, 0, 1].iter().any(|step| steps.iter().all(|other| other == step));
    (is_whole && !is_a_run).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stop(at: usize) -> Stop {
        Stop {
            kind: StopKind::NextStep(uuid::Uuid::from_u128(at as u128).into()),
            on: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
            employer: None,
            name: format!("Työpaikka {at}"),
            address: String::new(),
            contact: String::new(),
            phone: String::new(),
            do_not_contact: false,
            alias: String::new(),
            what: String::new(),
        }
    }

    #[test]
    fn a_card_holds_twenty_and_counts_the_rest() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        for (given, left_out) in [(0, 0), (20, 0), (21, 1), (35, 15)] {
            let stops: Vec<Stop> = (0..given).map(stop).collect();
            let card = Card::of(day, stops.clone());
            assert_eq!(card.stops, stops[..given.min(20)]);
            assert_eq!(card.left_out, left_out);
        }
    }

    #[test]
    fn words_that_name_a_client_or_tell_a_diagnosis_stay_on_the_server() {
        let names = || ["Aino Mäkinen", "Helmi"];
        assert_eq!(fit_words("Vie esite keittiöön".to_owned(), names()), "Vie esite keittiöön");
        assert_eq!(fit_words("Kerro Aino Mäkisen toiveet".to_owned(), ["Aino Mäkinen"]), "");
        assert_eq!(fit_words("Puhu skitsofreniasta".to_owned(), names()), "");
        assert_eq!(fit_words(String::new(), names()), "");
    }

    #[test]
    fn a_card_is_over_after_a_day_and_when_the_clock_was_put_back() {
        assert!(!is_over(1_000, 1_000));
        assert!(!is_over(1_000, 1_000 + CARD_LASTS - 1));
        assert!(is_over(1_000, 1_000 + CARD_LASTS));
        assert!(is_over(1_000, 999));
        assert!(is_over(i64::MIN, i64::MAX));
    }

    #[test]
    fn a_pin_is_six_digits_that_nobody_tries_first() {
        assert_eq!(pin("604 713").as_deref(), Some("604713"));
        for bad in ["", "60471", "6047131", "60471a", "111111", "123456", "987654", "６０４７１３"] {
            assert_eq!(pin(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_typed(typed in "\\PC{0,12}") {
            if let Some(digits) = pin(&typed) {
                prop_assert!(digits.len() == PIN_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()));
            }
        }
    }
}
