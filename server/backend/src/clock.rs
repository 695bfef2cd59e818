//! The one place that knows what time it is.

use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, Utc};
use chrono_tz::{Europe::Helsinki, Tz};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The time zone of the organisation's units.
pub const ZONE: Tz = Helsinki;

/// Tells the time: the machine's, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until a test moves it.
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `instant`.
    #[must_use]
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(instant)))
    }

    /// Sets a clock that stands still; the machine's clock can't be set.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Self::Fixed(held) = self {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Now, to the microsecond: what both databases keep.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(held) => *held.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Today in the units' time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&ZONE).date_naive()
    }

    /// The time of day in the units' time zone, to the minute.
    #[must_use]
    pub fn time_of_day(&self) -> NaiveTime {
        use chrono::Timelike;
        let time = self.now().with_timezone(&ZONE).time();
        NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
    }
}

/// A new identity.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that makes identities on the server")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
