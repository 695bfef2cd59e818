//! How long what is written about a client is kept, and when it is due to be erased (S22).
//!
//! A rule stands for each service and kind of record, because the laws differ: psychiatry's patient records
//! and social services' client records run by different clocks. The clock begins when the client is closed, and
//! stops when the service is opened again. Nothing is erased by time alone: being due only puts a record on a
//! list, which one person proposes and another releases.

use crate::codes::{Code, RecordKind, Service, TermStart};
use crate::form;
use crate::forms::{self, FieldError};
use crate::sync::hex;
use chrono::{Months, NaiveDate};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A term in years is one of these.
pub const YEARS_RANGE: std::ops::RangeInclusive<u32> = 1..=150;
/// A proposal that nobody has released after so many days lapses.
pub const RELEASE_DAYS: u64 = 30;
/// A proposal holds at most so many records: what can be looked through, and is erased while somebody waits.
pub const LIST_MAX: usize = 500;

/// How long a kind of record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// So many whole years.
    pub years: u32,
    /// From when.
    pub start: TermStart,
}

/// When a record's clock began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When the client was closed, or the memo declined or taken back; none while it goes on.
    pub ended_on: Option<NaiveDate>,
    /// The year of birth, if it is known.
    pub birth_year: Option<i64>,
}

impl Term {
    /// The first day on which a record may be erased; none while it goes on, or where nobody knows the year
    /// from which it counts. The last day of the term belongs to it, and a term that would end on the 29th of
    /// February of a common year ends on the 28th (act 150/1930, section 2).
    #[must_use]
    pub fn due_on(self, clock: Clock) -> Option<NaiveDate> {
        let ended = clock.ended_on?;
        let after_closing = ended.succ_opt()?;
        match self.start {
            TermStart::Closing => {
                ended.checked_add_months(Months::new(self.years.checked_mul(12)?))?.succ_opt()
            }
            TermStart::Birth => {
                let last_year = clock.birth_year?.checked_add(i64::from(self.years))?;
                let year = i32::try_from(last_year.checked_add(1)?).ok()?;
                Some(NaiveDate::from_ymd_opt(year, 1, 1)?.max(after_closing))
            }
        }
    }
}

/// The terms of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules(BTreeMap<(Service, RecordKind), Term>);

impl Default for Rules {
    /// What is suggested for each.
    fn default() -> Self {
        let all =
            Service::ALL.iter().flat_map(|service| RecordKind::ALL.iter().map(|kind| (*service, *kind)));
        Self(all.map(|(service, kind)| ((service, kind), suggested(service, kind).term)).collect())
    }
}

impl Rules {
    /// Puts a term in the place of the one that is suggested.
    pub fn set(&mut self, service: Service, kind: RecordKind, term: Term) {
        self.0.insert((service, kind), term);
    }

    /// The term of a kind of record.
    #[must_use]
    pub fn term(&self, service: Service, kind: RecordKind) -> Term {
        self.0.get(&(service, kind)).copied().unwrap_or_else(|| suggested(service, kind).term)
    }

    /// The first day on which a kind of record may be erased. The whole of a client goes last: not before every
    /// part of it may go.
    #[must_use]
    pub fn due_on(&self, service: Service, kind: RecordKind, clock: Clock) -> Option<NaiveDate> {
        if kind != RecordKind::Client {
            return self.term(service, kind).due_on(clock);
        }
        let each = RecordKind::OF_CLIENT.iter().map(|kind| self.term(service, *kind).due_on(clock));
        each.collect::<Option<Vec<NaiveDate>>>()?.into_iter().max()
    }

    /// What of a client may be erased on a day: the whole, or parts of it.
    #[must_use]
    pub fn due_of_client(&self, service: Service, clock: Clock, today: NaiveDate) -> Vec<RecordKind> {
        let due = |kind| self.due_on(service, kind, clock).is_some_and(|day| day <= today);
        if due(RecordKind::Client) {
            return vec![RecordKind::Client];
        }
        RecordKind::OF_CLIENT
            .iter()
            .copied()
            .filter(|kind| *kind != RecordKind::Client && due(*kind))
            .collect()
    }

    /// May a memo that never became a client be erased on a day?
    #[must_use]
    pub fn memo_is_due(&self, service: Service, clock: Clock, today: NaiveDate) -> bool {
        self.due_on(service, RecordKind::Memo, clock).is_some_and(|day| day <= today)
    }
}

/// What is suggested until an administrator says otherwise, and on which ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The term.
    pub term: Term,
    /// Its source, as Finnish administrators name it.
    pub source: &'static str,
}

/// The term that is suggested. Patient records are kept for 12 years after death or 120 from birth; nobody here
/// knows of a death, so the longer one counts (unconfirmed). Social services of working age and of disability
/// keep theirs for ten years from closing. The law names no term for a copy of a memo that never became a client:
/// in psychiatry the memo itself stands in the patient record.
#[must_use]
pub fn suggested(service: Service, kind: RecordKind) -> Suggested {
    match (service, kind) {
        (Service::Ips, RecordKind::Memo) => Suggested {
            term: Term { years: 2, start: TermStart::Closing },
            source: "Tietosuoja-asetus 5 art. 1 e: jäljennös, lähete on potilaskertomuksessa (vahvistettava)",
        },
        (Service::Ips, _) => Suggested {
            term: Term { years: 120, start: TermStart::Birth },
            source: "Laki 703/2023, potilasasiakirjat: 120 vuotta syntymästä (vahvistettava)",
        },
        (Service::Latu, _) => Suggested {
            term: Term { years: 10, start: TermStart::Closing },
            source: "Laki 703/2023, työikäisten ja vammaisten sosiaalipalvelut: 10 vuotta päättymisestä",
        },
    }
}

form! {
    /// A rule, as it is typed.
    RuleFields {
        /// Years.
        years: line,
        /// From when; see [`TermStart`].
        start: line,
        /// The law, or whoever decided.
        source: line,
    }
}

impl RuleFields {
    /// Reads the form: the term and its source, which has to be said.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<(Term, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let years = fields.years.parse().ok().filter(|years| YEARS_RANGE.contains(years));
        if years.is_none() {
            errors.push(FieldError::Number("years"));
        }
        let start = TermStart::parse(&fields.start).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("start"));
            TermStart::Closing
        });
        forms::needed(&fields.source, "source", &mut errors);
        let term = Term { years: years.unwrap_or(*YEARS_RANGE.end()), start };
        forms::checked((term, fields.source), Self::NAMES, errors)
    }
}

/// The mark of a list of records, whatever their order: who releases it releases these and no others.
#[must_use]
pub fn list_hash(records: &[(RecordKind, Uuid)]) -> String {
    let mut lines: Vec<String> = records.iter().map(|(kind, id)| format!("{} {id}\n", kind.code())).collect();
    lines.sort_unstable();
    hex(&Sha256::digest(lines.concat().as_bytes()))
}

/// How a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waits for another person.
    Proposed,
    /// Nobody released it in time.
    Lapsed,
    /// Was taken back.
    Withdrawn,
    /// Is being erased: something is still to do.
    Released,
    /// Everything is done.
    Done,
}

impl Stage {
    /// How it stands on a day.
    #[must_use]
    pub fn of(proposed_on: NaiveDate, withdrawn: bool, released: bool, done: bool, today: NaiveDate) -> Self {
        let last = proposed_on.checked_add_days(chrono::Days::new(RELEASE_DAYS));
        match (withdrawn, released, done) {
            (true, ..) => Self::Withdrawn,
            (_, true, true) => Self::Done,
            (_, true, false) => Self::Released,
            _ if last.is_some_and(|last| today > last) => Self::Lapsed,
            _ => Self::Proposed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(on: &str) -> Clock {
        Clock { ended_on: Some(day(on)), birth_year: Some(1980) }
    }

    const TEN: Term = Term { years: 10, start: TermStart::Closing };

    #[test]
    fn the_last_day_of_the_term_belongs_to_it() {
        assert_eq!(TEN.due_on(closed("2016-09-30")), Some(day("2026-10-01")));
        let due = |today| Rules::default().due_of_client(Service::Latu, closed("2016-09-30"), day(today));
        assert_eq!(due("2026-09-30"), []);
        assert_eq!(due("2026-10-01"), [RecordKind::Client]);
    }

    #[test]
    fn a_leap_day_ends_on_the_last_of_february() {
        assert_eq!(TEN.due_on(closed("2016-02-29")), Some(day("2026-03-01")));
        let twelve = Term { years: 12, ..TEN };
        assert_eq!(twelve.due_on(closed("2016-02-29")), Some(day("2028-03-01")), "the 29th belongs to it");
        assert_eq!(TEN.due_on(closed("2018-02-28")), Some(day("2028-02-29")));
    }

    #[test]
    fn a_term_from_birth_ends_with_a_year_and_never_before_closing() {
        let term = Term { years: 120, start: TermStart::Birth };
        assert_eq!(term.due_on(closed("2026-09-30")), Some(day("2101-01-01")));
        assert_eq!(term.due_on(closed("2120-05-05")), Some(day("2120-05-06")));
        assert_eq!(term.due_on(Clock { birth_year: None, ..closed("2026-09-30") }), None, "nobody knows");
    }

    #[test]
    fn the_whole_waits_for_its_longest_part() {
        let mut rules = Rules::default();
        rules.set(Service::Latu, RecordKind::Writings, Term { years: 5, ..TEN });
        rules.set(Service::Latu, RecordKind::Trust, Term { years: 15, ..TEN });
        let due = |today| rules.due_of_client(Service::Latu, closed("2010-01-01"), day(today));
        assert_eq!(due("2015-01-02"), [RecordKind::Writings]);
        assert_eq!(due("2020-01-02"), [RecordKind::Writings, RecordKind::Profile, RecordKind::Visits]);
        assert_eq!(due("2025-01-02"), [RecordKind::Client]);
    }

    #[test]
    fn every_kind_has_a_term_and_a_source_and_memos_run_from_their_end() {
        for service in Service::ALL {
            for kind in RecordKind::ALL {
                let Suggested { term, source } = suggested(*service, *kind);
                assert!(YEARS_RANGE.contains(&term.years) && !source.is_empty());
            }
        }
        let rules = Rules::default();
        assert!(!rules.memo_is_due(Service::Ips, closed("2024-11-18"), day("2026-11-18")));
        assert!(rules.memo_is_due(Service::Ips, closed("2024-11-18"), day("2026-11-19")));
        assert!(!rules.memo_is_due(
            Service::Ips,
            Clock { ended_on: None, birth_year: None },
            day("2126-01-01")
        ));
    }

    #[test]
    fn a_rule_says_how_long_from_when_and_why() {
        let read = |years: &str, start: &str, source: &str| {
            RuleFields { years: years.into(), start: start.into(), source: source.into() }.read()
        };
        assert_eq!(read("12", "closing", "Laki"), Ok((Term { years: 12, ..TEN }, "Laki".to_owned())));
        for years in ["", "0", "151", "-1", "kymmenen"] {
            assert_eq!(read(years, "closing", "Laki"), Err(vec![FieldError::Number("years")]), "{years}");
        }
        assert_eq!(read("x", "", "").unwrap_err().len(), 3);
    }

    #[test]
    fn a_proposal_lapses_after_its_last_day() {
        let stage = |today| Stage::of(day("2026-11-18"), false, false, false, day(today));
        assert_eq!((stage("2026-12-18"), stage("2026-12-19")), (Stage::Proposed, Stage::Lapsed));
        assert_eq!(Stage::of(day("2026-11-18"), false, true, false, day("2030-01-01")), Stage::Released);
    }

    fn a_day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..60_000).prop_map(|offset| day("1990-01-01") + chrono::Duration::days(offset))
    }

    fn a_term() -> impl Strategy<Value = Term> {
        (YEARS_RANGE, prop::bool::ANY).prop_map(|(years, birth)| Term {
            years,
            start: if birth { TermStart::Birth } else { TermStart::Closing },
        })
    }

    fn some_rules() -> impl Strategy<Value = Rules> {
        prop::collection::vec(a_term(), RecordKind::ALL.len()).prop_map(|terms| {
            let mut rules = Rules::default();
            for (kind, term) in RecordKind::ALL.iter().zip(terms) {
                rules.set(Service::Ips, *kind, term);
            }
            rules
        })
    }

    proptest! {
        #[test]
        fn nothing_is_due_while_it_goes_on(rules in some_rules(), today in a_day(), born in 1900_i64..2010) {
            let open = Clock { ended_on: None, birth_year: Some(born) };
            prop_assert!(rules.due_of_client(Service::Ips, open, today).is_empty());
            prop_assert!(!rules.memo_is_due(Service::Ips, open, today));
        }

        #[test]
        fn opening_again_stops_the_clock_and_closing_begins_it_anew(
            rules in some_rules(), first in a_day(), later in 1_i64..10_000, born in 1900_i64..2010,
        ) {
            let again = first + chrono::Duration::days(later);
            let on = |ended| Clock { ended_on: Some(ended), birth_year: Some(born) };
            for kind in RecordKind::ALL {
                let (one, other) = (rules.due_on(Service::Ips, *kind, on(first)), rules.due_on(Service::Ips, *kind, on(again)));
                prop_assert!(one <= other, "{kind:?}: {one:?} {other:?}");
            }
        }

        #[test]
        fn a_longer_term_is_never_due_earlier(term in a_term(), ended in a_day(), born in 1900_i64..2010) {
            let clock = Clock { ended_on: Some(ended), birth_year: Some(born) };
            let longer = Term { years: term.years + 1, ..term };
            prop_assert!(term.due_on(clock) <= longer.due_on(clock));
            prop_assert!(term.due_on(clock).is_some_and(|due| due > ended), "never on the day of closing");
        }

        #[test]
        fn what_is_due_stays_due(rules in some_rules(), ended in a_day(), today in a_day(), days in 0_i64..20_000) {
            let clock = Clock { ended_on: Some(ended), birth_year: Some(1970) };
            let covers = |all: &[RecordKind], kind| all.contains(&RecordKind::Client) || all.contains(&kind);
            let now = rules.due_of_client(Service::Ips, clock, today);
            let then = rules.due_of_client(Service::Ips, clock, today + chrono::Duration::days(days));
            prop_assert!(now.iter().all(|kind| covers(&then, *kind)), "{now:?} {then:?}");
        }

        #[test]
        fn fifteen_years_later_ten_years_are_over_and_twenty_are_not(ended in a_day()) {
            let clock = Clock { ended_on: Some(ended), birth_year: None };
            let today = ended + Months::new(15 * 12);
            let mut rules = Rules::default();
            prop_assert_eq!(rules.due_of_client(Service::Latu, clock, today), [RecordKind::Client]);
            rules.set(Service::Latu, RecordKind::Client, Term { years: 20, ..TEN });
            prop_assert!(!rules.due_of_client(Service::Latu, clock, today).contains(&RecordKind::Client));
        }

        #[test]
        fn the_mark_of_a_list_is_that_of_its_records(mut ids in prop::collection::vec(any::<u128>(), 1..20)) {
            let list = |ids: &[u128]| -> Vec<(RecordKind, Uuid)> {
                ids.iter().map(|id| (RecordKind::Client, Uuid::from_u128(*id))).collect()
            };
            let mark = list_hash(&list(&ids));
            ids.reverse();
            prop_assert_eq!(&mark, &list_hash(&list(&ids)));
            ids.pop();
            prop_assert_ne!(&mark, &list_hash(&list(&ids)));
        }
    }
}
