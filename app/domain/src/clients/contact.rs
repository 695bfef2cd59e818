//! Meetings with a client and attempts to reach one: commands like visits, written once, taken back at will.

use crate::codes::Code;
use crate::codes::{AttemptWay, Mode, SupportPlace as Place};
use crate::form;
use crate::forms::{self, FieldError, WORDS_MAX};
use crate::ids::ClientId;
use crate::visits::{NO, YES, clock_text, clock_time};
use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// A meeting takes so many minutes unless told otherwise.
pub const USUAL_MEETING_MINUTES: u16 = 45;
/// A contact may be noted for so many days back.
const BACK_DAYS: u64 = 366;

/// A meeting with a client, also one to which nobody came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogMeeting {
    /// With whom.
    pub client: ClientId,
    /// The day.
    pub day: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// How.
    pub mode: Mode,
    /// Where.
    pub place: Place,
    /// How long, in minutes.
    pub minutes: u16,
    /// Did the client not come?
    pub no_show: bool,
    /// The care worker who was there; empty when none was. With one, the first meeting is the meeting of
    /// three.
    pub care_worker: String,
    /// In words; may be empty.
    pub words: String,
}

/// An attempt to reach a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogAttempt {
    /// Whom.
    pub client: ClientId,
    /// The day.
    pub day: NaiveDate,
    /// How.
    pub way: AttemptWay,
    /// Was the client reached?
    pub reached: bool,
    /// In words; may be empty.
    pub words: String,
}

/// Is it a day on which something may have happened that is noted now?
fn check_day(day: NaiveDate, today: NaiveDate, errors: &mut Vec<FieldError>) {
    let earliest = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    if day > today {
        errors.push(FieldError::Ahead("day"));
    } else if day < earliest {
        errors.push(FieldError::TooEarly("day"));
    }
}

impl LogMeeting {
    /// Is it sound? The same rule in the browser and on the server.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        check_day(self.day, today, &mut errors);
        if self.minutes > 1440 {
            errors.push(FieldError::Number("minutes"));
        }
        for (text, field, max) in
            [(&self.care_worker, "care_worker", forms::LINE_MAX), (&self.words, "words", WORDS_MAX)]
        {
            if text.chars().count() > max {
                errors.push(FieldError::TooLong(field));
            }
        }
        forms::checked((), MeetingFields::NAMES, errors)
    }
}

impl LogAttempt {
    /// Is it sound?
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        check_day(self.day, today, &mut errors);
        if self.words.chars().count() > WORDS_MAX {
            errors.push(FieldError::TooLong("words"));
        }
        forms::checked((), AttemptFields::NAMES, errors)
    }
}

form! {
    /// A meeting as it is typed.
    MeetingFields {
        /// The day.
        day: line,
        /// The time of day.
        time: line,
        /// How, by its code.
        mode: line,
        /// Where, by its code.
        place: line,
        /// How long.
        minutes: line,
        /// `yes` when the client did not come.
        no_show: line,
        /// The care worker who was there.
        care_worker: line,
        /// In words.
        words: words,
    }
}

impl MeetingFields {
    /// A form that nobody has touched.
    #[must_use]
    pub fn untouched(today: NaiveDate, now: NaiveTime) -> Self {
        Self {
            day: today.to_string(),
            time: clock_text(now),
            mode: Mode::InPerson.code().to_owned(),
            place: Place::Community.code().to_owned(),
            minutes: USUAL_MEETING_MINUTES.to_string(),
            no_show: NO.to_owned(),
            ..Self::default()
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, client: ClientId, today: NaiveDate) -> Result<LogMeeting, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let minutes = fields.minutes.parse().unwrap_or_else(|_| {
            errors.push(FieldError::Number("minutes"));
            0
        });
        let meeting = LogMeeting {
            client,
            day,
            time: clock_time(&fields.time),
            mode: choice(&fields.mode, "mode", Mode::InPerson, &mut errors),
            place: choice(&fields.place, "place", Place::Community, &mut errors),
            minutes,
            no_show: fields.no_show == YES,
            care_worker: fields.care_worker,
            words: fields.words,
        };
        errors.extend(meeting.check(today).err().unwrap_or_default());
        forms::checked(meeting, Self::NAMES, errors)
    }
}

form! {
    /// An attempt as it is typed.
    AttemptFields {
        /// The day.
        day: line,
        /// How, by its code.
        way: line,
        /// `yes` when the client was reached.
        reached: line,
        /// In words.
        words: words,
    }
}

impl AttemptFields {
    /// A form that nobody has touched.
    #[must_use]
    pub fn untouched(today: NaiveDate) -> Self {
        Self {
            day: today.to_string(),
            way: AttemptWay::Phone.code().to_owned(),
            reached: NO.to_owned(),
            ..Self::default()
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, client: ClientId, today: NaiveDate) -> Result<LogAttempt, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let attempt = LogAttempt {
            client,
            day,
            way: choice(&fields.way, "way", AttemptWay::Phone, &mut errors),
            reached: fields.reached == YES,
            words: fields.words,
        };
        errors.extend(attempt.check(today).err().unwrap_or_default());
        forms::checked(attempt, Self::NAMES, errors)
    }
}

/// A code of a list; where nothing stands, what is usual.
fn choice<T: Code>(text: &str, field: &'static str, usual: T, errors: &mut Vec<FieldError>) -> T {
    if text.is_empty() {
        return usual;
    }
    T::parse(text).unwrap_or_else(|_| {
        errors.push(FieldError::Choice(field));
        usual
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const CLIENT: ClientId = ClientId(Uuid::from_u128(7));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_untouched_form_can_be_saved() {
        let today = day("2026-11-25");
        let now = NaiveTime::from_hms_opt(9, 5, 0).unwrap();
        let meeting = MeetingFields::untouched(today, now).read(CLIENT, today).unwrap();
        assert_eq!(
            (meeting.day, meeting.time, meeting.minutes, meeting.no_show),
            (today, Some(now), 45, false)
        );
        assert!(AttemptFields::untouched(today).read(CLIENT, today).is_ok());
    }

    #[test]
    fn what_can_not_have_happened_is_refused() {
        let today = day("2026-11-25");
        let on = |text: &str| {
            let fields = MeetingFields { day: text.into(), minutes: "30".into(), ..MeetingFields::default() };
            fields.read(CLIENT, today).map(drop)
        };
        assert_eq!(on("2026-11-26"), Err(vec![FieldError::Ahead("day")]));
        assert_eq!(on("2025-11-23"), Err(vec![FieldError::TooEarly("day")]));
        assert!(on("2025-11-24").is_ok());
        let long =
            MeetingFields { day: "2026-11-25".into(), minutes: "1441".into(), ..MeetingFields::default() };
        assert_eq!(long.read(CLIENT, today), Err(vec![FieldError::Number("minutes")]));
        let way =
            AttemptFields { day: "2026-11-25".into(), way: "pigeon".into(), ..AttemptFields::default() };
        assert_eq!(way.read(CLIENT, today), Err(vec![FieldError::Choice("way")]));
    }
}
