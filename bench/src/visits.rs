//! The visits that are posted, and what counts as an acknowledgement.

use crate::database::Database;
use crate::dice::Dice;
use crate::machine;
use crate::outcome::Outcome;
use crate::words::{NEXT_STEPS, SUMMARIES};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::codes::{Code, Mode, Purpose};
use domain::sync::{Answers, Batch, Command, Entry, Outcome as Became};
use domain::visits::{LogVisit, NextStep, VisitedEmployer, usual_place};
use hyper::body::Bytes;
use uuid::Uuid;

/// Half a page of the register, from where a coach mostly picks.
const EMPLOYERS: usize = 200;

/// What visits are made of.
#[derive(Debug)]
pub(crate) struct Material {
    employers: Vec<Uuid>,
    clients: Vec<Uuid>,
    today: NaiveDate,
}

/// Entries on their way: what they are, and their bytes.
pub(crate) struct Posting {
    batch: Batch,
    /// The body of the request.
    pub(crate) body: Bytes,
}

impl Material {
    /// The employers of a database and one coach's clients there.
    pub(crate) async fn of(database: &Database, coach: &str) -> Outcome<Self> {
        let mut employers = database.employers().await?;
        employers.truncate(EMPLOYERS);
        let clients = database.clients_of(coach).await?;
        if employers.is_empty() || clients.is_empty() {
            return Err("there is nobody to visit in this database".into());
        }
        Ok(Self { employers, clients, today: machine::today() })
    }

    /// New visits: every other one for a client, which is noted in the use log, and some with a next step.
    pub(crate) fn posting(&self, dice: &mut Dice, size: usize) -> Outcome<Posting> {
        let entry = |dice: &mut Dice| {
            let visit = self.visit(dice);
            Entry::pack(new_id().into(), &Command::LogVisit(visit))
        };
        let entries: Result<Vec<Entry>, _> = (0..size).map(|_| entry(dice)).collect();
        let batch = Batch { entries: entries? };
        let body = Bytes::from(serde_json::to_vec(&batch)?);
        Ok(Posting { batch, body })
    }

    fn visit(&self, dice: &mut Dice) -> LogVisit {
        let mode = dice.pick(Mode::ALL);
        let ahead = Days::new(dice.between(1, 30).unsigned_abs());
        LogVisit {
            employer: VisitedEmployer::Known(dice.pick(&self.employers).into()),
            day: self.today,
            time: NaiveTime::from_hms_opt(8 + dice.index(8) as u32, 30, 0),
            mode,
            purpose: dice.pick(Purpose::ALL),
            client: dice.percent(50).then(|| dice.pick(&self.clients).into()),
            with: None,
            decision_maker: dice.percent(60),
            minutes: 20,
            place: usual_place(mode),
            summary: dice.pick(SUMMARIES).to_owned(),
            next_step: dice.percent(45).then(|| NextStep {
                what: dice.pick(NEXT_STEPS).to_owned(),
                on: self.today.checked_add_days(ahead),
            }),
        }
    }
}

impl Posting {
    /// How many visits are in it.
    pub(crate) fn len(&self) -> u64 {
        self.batch.entries.len() as u64
    }

    /// What an answer says of them; none when no answer came.
    pub(crate) fn judge(&self, answer: Option<(u16, &[u8])>) -> Tally {
        let answers = answer.filter(|(status, _)| *status == 200);
        let answers = answers.and_then(|(_, body)| serde_json::from_slice::<Answers>(body).ok());
        let Some(Answers { answers }) = answers else {
            let why = match answer {
                None => "no answer".to_owned(),
                Some((status, body)) => {
                    format!("status {status}, {}", String::from_utf8_lossy(&body[..body.len().min(120)]))
                }
            };
            return Tally { unsure: self.len(), complaint: Some(why), ..Tally::default() };
        };
        let mut tally = Tally::default();
        for (at, entry) in self.batch.entries.iter().enumerate() {
            let own = answers.get(at).filter(|own| own.id == entry.id && own.sha256 == entry.sha256());
            match own.map(|own| &own.outcome) {
                Some(Became::Committed(_)) => tally.acknowledged += 1,
                Some(other) => {
                    tally.refused += 1;
                    tally.complaint.get_or_insert_with(|| format!("{other:?}"));
                }
                None => {
                    tally.unsure += 1;
                    tally.complaint.get_or_insert_with(|| "an answer to something else".to_owned());
                }
            }
        }
        tally
    }
}

/// What became of visits that were sent, and what must be in the database for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Named as kept, by their id *and* the hash of their bytes: they are stored.
    pub(crate) acknowledged: u64,
    /// Named as not kept: they are not stored.
    pub(crate) refused: u64,
    /// Nothing was said of them: they may be stored or not.
    pub(crate) unsure: u64,
    /// The first reason why one was not acknowledged.
    pub(crate) complaint: Option<String>,
}

impl Tally {
    /// Adds another.
    pub(crate) fn add(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.refused += other.refused;
        self.unsure += other.unsure;
        self.complaint = self.complaint.take().or(other.complaint);
    }

    /// How many were sent without an acknowledgement.
    pub(crate) fn failed(&self) -> u64 {
        self.refused + self.unsure
    }

    /// Was exactly that stored? `before` and `after` count the visits in the database. Gives how many were.
    ///
    /// # Errors
    /// When it was not: whatever was measured is void.
    pub(crate) fn check(&self, before: u64, after: u64) -> Outcome<u64> {
        let stored = after.saturating_sub(before);
        if (self.acknowledged..=self.acknowledged + self.unsure).contains(&stored) {
            return Ok(stored);
        }
        let Self { acknowledged, refused, unsure, .. } = self;
        Err(format!(
            "the run is void: {acknowledged} visits were acknowledged, {refused} refused, {unsure} sent without \
             an answer, and {stored} are stored"
        )
        .into())
    }
}

/// The identity of an entry, as the form makes it when it opens.
#[expect(clippy::disallowed_methods, reason = "stands for the form, which makes the ids of its entries")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sync::{Answer, Applied};

    fn posting(size: usize) -> Posting {
        let today = "2026-11-20".parse().unwrap();
        let material =
            Material { employers: vec![Uuid::from_u128(1)], clients: vec![Uuid::from_u128(2)], today };
        material.posting(&mut Dice::new(1), size).unwrap()
    }

    fn answer(posting: &Posting, change: impl Fn(&mut Answer)) -> Vec<u8> {
        let answers = posting.batch.entries.iter().map(|entry| {
            let outcome = Became::Committed(Applied::default());
            let mut answer = Answer { id: entry.id, sha256: entry.sha256(), outcome };
            change(&mut answer);
            answer
        });
        serde_json::to_vec(&Answers { answers: answers.collect() }).unwrap()
    }

    #[test]
    fn its_visits_are_good_ones() {
        for entry in posting(50).batch.entries {
            let Command::LogVisit(visit) = entry.open().unwrap() else { panic!("no visit") };
            assert_eq!(visit.check("2026-11-20".parse().unwrap()), Ok(()));
        }
    }

    #[test]
    fn only_what_is_named_by_id_and_hash_is_acknowledged() {
        let posting = posting(3);
        let tally = |status, body: &[u8]| {
            let Tally { acknowledged, refused, unsure, .. } = posting.judge(Some((status, body)));
            (acknowledged, refused, unsure)
        };
        let good = answer(&posting, |_| ());
        assert_eq!(tally(200, &good), (3, 0, 0));
        assert_eq!(tally(503, &good), (0, 0, 3));
        assert_eq!(tally(200, b"{}"), (0, 0, 3));
        let later = answer(&posting, |answer| answer.outcome = Became::Later);
        assert_eq!(tally(200, &later), (0, 3, 0));
        let other = answer(&posting, |answer| answer.sha256 = "0".repeat(64));
        assert_eq!(tally(200, &other), (0, 0, 3));
        assert_eq!(posting.judge(None).unsure, 3);
    }

    #[test]
    fn a_complaint_names_the_first_reason() {
        let posting = posting(2);
        let later = answer(&posting, |answer| answer.outcome = Became::Later);
        let mut all = posting.judge(Some((200, &later)));
        all.add(posting.judge(Some((502, b"<html>"))));
        assert_eq!(all.complaint.as_deref(), Some("Later"));
        assert_eq!((all.failed(), all.refused, all.unsure), (4, 2, 2));
    }

    #[test]
    fn what_is_stored_is_what_was_acknowledged() {
        let sure = Tally { acknowledged: 50, refused: 7, ..Tally::default() };
        assert_eq!(sure.check(100, 150).ok(), Some(50));
        assert!(sure.check(100, 149).is_err() && sure.check(100, 151).is_err());
        let unsure = Tally { unsure: 3, ..sure };
        assert!(unsure.check(100, 150).is_ok() && unsure.check(100, 153).is_ok());
        assert!(unsure.check(100, 154).is_err());
    }
}
