//! What a package's reader must do, by topic.

mod pilot;

use super::*;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
