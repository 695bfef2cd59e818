//! A calendar as other programs read it (RFC 5545): days with a word, and nothing that names anybody.

use crate::codes::Code;
use crate::codes::codes;
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

codes! {
    /// What is on a day.
    Happening {
        /// Support is due.
        Support = "support",
        /// A meeting with those who help a client.
        NetworkMeeting = "network_meeting",
        /// A next step with a client.
        ClientStep = "client_step",
        /// A next step at an employer, for no client.
        EmployerStep = "employer_step",
    }
}

/// So many days back a calendar reaches.
pub const BACK: u64 = 7;
/// So many days ahead.
pub const AHEAD: u64 = 180;

/// A day with what is on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day.
    pub day: NaiveDate,
    /// What is on it.
    pub what: Happening,
    /// Of which record: the same event keeps its identity.
    pub id: Uuid,
    /// An employer's name, where no client is concerned.
    pub place: Option<String>,
}

/// Does a calendar of today show a day?
#[must_use]
pub fn shows(day: NaiveDate, today: NaiveDate) -> bool {
    let first = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
    let last = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    (first..=last).contains(&day)
}

/// The calendar as a file. `name` is what it is called, `word` what each kind is; `now` is when it was made.
#[must_use]
pub fn calendar(
    events: &[Event],
    name: &str,
    word: impl Fn(Happening) -> &'static str,
    now: DateTime<Utc>,
) -> String {
    let stamp = now.format("%Y%m%dT%H%M%SZ").to_string();
    let mut text = String::new();
    let line = |text: &mut String, said: &str| fold(said, text);
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//Rinnalla//Rinnalla//FI");
    line(&mut text, "METHOD:PUBLISH");
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        let next = event.day.succ_opt().unwrap_or(event.day);
        let said = match &event.place {
            Some(place) => format!("{}: {place}", word(event.what)),
            None => word(event.what).to_owned(),
        };
        line(&mut text, "BEGIN:VEVENT");
        line(&mut text, &format!("UID:{}-{}@rinnalla", event.what.code(), event.id));
        line(&mut text, &format!("DTSTAMP:{stamp}"));
        line(&mut text, &format!("DTSTART;VALUE=DATE:{}", event.day.format("%Y%m%d")));
        line(&mut text, &format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
        line(&mut text, &format!("SUMMARY:{}", escaped(&said)));
        line(&mut text, "TRANSP:TRANSPARENT");
        line(&mut text, "CLASS:PRIVATE");
        line(&mut text, "END:VEVENT");
    }
    line(&mut text, "END:VCALENDAR");
    text
}

/// A text as a value: commas, semicolons, backslashes and line breaks with a backslash before them.
fn escaped(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ',' | ';' => said.extend(['\\', sign]),
            '\n' => said.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => said.push(sign),
        }
    }
    said
}

/// A line, folded so that none is longer than 75 octets and no sign is cut in two.
fn fold(line: &str, into: &mut String) {
    let mut room = 75;
    for sign in line.chars() {
        if sign.len_utf8() > room {
            into.push_str("\r\n ");
            room = 74;
        }
        room -= sign.len_utf8();
        into.push(sign);
    }
    into.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(place: Option<&str>) -> String {
        let event = Event {
            day: "2026-12-31".parse().unwrap(),
            what: Happening::EmployerStep,
            id: Uuid::from_u128(7),
            place: place.map(str::to_owned),
        };
        let now = "2026-11-26T10:00:00Z".parse().unwrap();
        calendar(&[event], "Rinnalla", |_| "Seuraava askel", now)
    }

    #[test]
    fn a_day_is_a_day_to_the_next_one() {
        let text = one(Some("Kahvila, Aamu; Oy"));
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        assert!(text.contains("SUMMARY:Seuraava askel: Kahvila\\, Aamu\\; Oy\r\n"), "{text}");
        assert!(text.contains("UID:employer_step-00000000-0000-0000-0000-000000000007@rinnalla\r\n"));
    }

    #[test]
    fn half_a_year_is_shown() {
        let today = "2026-11-26".parse().unwrap();
        let seen = |text: &str| shows(text.parse().unwrap(), today);
        assert_eq!(
            [seen("2026-11-18"), seen("2026-11-19"), seen("2027-05-25"), seen("2027-05-26")],
            [false, true, true, false]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_unfolding_gives_the_text_back(place in "\\PC{0,120}") {
            let text = one(Some(&place));
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
            let whole = text.replace("\r\n ", "");
            let summary = whole.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            prop_assert_eq!(summary, format!("Seuraava askel: {}", escaped(&place)));
        }
    }
}
