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

    /// How many of them an answer acknowledges: those that it names by their id *and* the hash of their
    /// bytes. A status alone acknowledges nothing.
    pub(crate) fn acknowledged(&self, status: u16, body: &[u8]) -> u64 {
        let Some(answers) = serde_json::from_slice::<Answers>(body).ok().filter(|_| status == 200) else {
            return 0;
        };
        let pairs = self.batch.entries.iter().zip(&answers.answers);
        let kept = pairs.filter(|(entry, answer)| {
            answer.id == entry.id
                && matches!(answer.outcome, Became::Committed(_))
                && answer.sha256 == entry.sha256()
        });
        kept.count() as u64
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
        let good = answer(&posting, |_| ());
        assert_eq!(posting.acknowledged(200, &good), 3);
        assert_eq!(posting.acknowledged(503, &good), 0);
        assert_eq!(posting.acknowledged(200, b"{}"), 0);
        let later = answer(&posting, |answer| answer.outcome = Became::Later);
        assert_eq!(posting.acknowledged(200, &later), 0);
        let other = answer(&posting, |answer| answer.sha256 = "0".repeat(64));
        assert_eq!(posting.acknowledged(200, &other), 0);
    }
}
