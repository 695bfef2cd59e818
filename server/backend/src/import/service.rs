//! What the quality criteria and the measures rest on: time use, meetings, answers, scores.

use super::{Became, Import, Why, known, known_if};
use crate::clock::new_id;
use crate::error::Result;
use crate::{execute, fetch_all, fetch_one};
use chrono::NaiveDate;
use domain::codes::Code;
use domain::package::{Feedback, Fidelity, Meeting, Prom, TimeUse};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl<'a> Import<'a> {
    pub(super) async fn time_use(&mut self, row: &'a TimeUse) -> Result<()> {
        let coach = known(&self.known.people, &row.coach)?.id;
        let (category, place) = (row.category.code(), row.place.code());
        let added = execute!(
            self.tx,
            "insert into time_use (id, week_of, coach_id, category, place, minutes) values ($1, $2, $3, $4, $5, $6)
             on conflict (week_of, coach_id, category, place) do nothing",
            new_id(),
            row.week_of,
            coach,
            category,
            place,
            row.minutes
        )?;
        let became = if added == 1 {
            Became::New
        } else {
            let (there,): (i64,) = fetch_one!(
                self.tx,
                (i64,),
                "select minutes from time_use
                 where week_of = $1 and coach_id = $2 and category = $3 and place = $4",
                row.week_of,
                coach,
                category,
                place
            )?;
            beside(row.minutes, there, "minutes")
        };
        self.count("time_use.csv", || format!("{} {} {category} {place}", row.week_of, row.coach), became);
        Ok(())
    }

    /// A meeting is all in what makes it that row: day, kind, team, and who was there.
    pub(super) async fn meeting(&mut self, row: &'a Meeting) -> Result<()> {
        let home = known_if(&self.known.teams, row.team.as_ref())?;
        let mut present = BTreeSet::new();
        for code in &row.present {
            present.insert(known(&self.known.people, code)?.id);
        }
        let team = home.and_then(|home| home.team);
        let became = if self.has_meeting(row, team, &present).await? {
            Became::Unchanged
        } else {
            let unit = match home {
                Some(home) => Some(home.unit),
                None => self.unit_of_meeting(row)?,
            };
            self.add_meeting(row, team, unit, &present).await?;
            Became::New
        };
        self.count("meetings.csv", || format!("{} {}", row.date, row.kind.code()), became);
        Ok(())
    }

    async fn has_meeting(
        &mut self,
        row: &Meeting,
        team: Option<Uuid>,
        present: &BTreeSet<Uuid>,
    ) -> Result<bool> {
        let rows: Vec<(Uuid, Option<Uuid>)> = fetch_all!(
            self.tx,
            (Uuid, Option<Uuid>),
            "select m.id, p.person_id from meeting m left join meeting_presence p on p.meeting_id = m.id
             where m.day = $1 and m.kind = $2 and m.team_id is not distinct from $3",
            row.date,
            row.kind.code(),
            team
        )?;
        let mut there: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
        for (meeting, person) in rows {
            there.entry(meeting).or_default().extend(person);
        }
        Ok(there.values().any(|people| people == present))
    }

    async fn add_meeting(
        &mut self,
        row: &Meeting,
        team: Option<Uuid>,
        unit: Option<Uuid>,
        present: &BTreeSet<Uuid>,
    ) -> Result<()> {
        let id = new_id();
        execute!(
            self.tx,
            "insert into meeting (id, day, kind, team_id, unit_id) values ($1, $2, $3, $4, $5)",
            id,
            row.date,
            row.kind.code(),
            team,
            unit
        )?;
        for person in present {
            execute!(
                self.tx,
                "insert into meeting_presence (meeting_id, person_id) values ($1, $2)",
                id,
                person
            )?;
        }
        Ok(())
    }

    /// The unit of a meeting that is no team's: that of the first person there, else the only one.
    fn unit_of_meeting(&self, row: &Meeting) -> Result<Option<Uuid>> {
        if let Some(person) = known_if(&self.known.people, row.present.first())? {
            return Ok(Some(person.unit));
        }
        let mut units = self.known.units.values();
        Ok(units.next().copied().filter(|_| units.next().is_none()))
    }

    pub(super) async fn measure_answer(&mut self, row: &'a Prom) -> Result<()> {
        if self.is_erased(&row.client, "proms.csv", || row.client.clone()) {
            return Ok(());
        }
        let client = known(&self.known.clients, &row.client)?;
        let (instrument, point) = (row.instrument.code(), row.point.code());
        let added = execute!(
            self.tx,
            "insert into measure_answer (id, client_id, instrument, point, day, item, value)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (client_id, instrument, point, day, item) do nothing",
            new_id(),
            client,
            instrument,
            point,
            row.date,
            row.item,
            row.value
        )?;
        let became = if added == 1 {
            Became::New
        } else {
            let (there,): (i64,) = fetch_one!(
                self.tx,
                (i64,),
                "select value from measure_answer
                 where client_id = $1 and instrument = $2 and point = $3 and day = $4 and item = $5",
                client,
                instrument,
                point,
                row.date,
                row.item
            )?;
            beside(row.value, there, "value")
        };
        let code = || format!("{} {instrument} {point} {} item {}", row.client, row.date, row.item);
        self.count_of_client(client, "proms.csv", code, became);
        Ok(())
    }

    /// Feedback is anonymous: answers that are alike are counted, and those that the database has
    /// not yet counted are new.
    pub(super) async fn feedback(&mut self) -> Result<()> {
        for (answer, count) in alike(&self.package.feedback) {
            let counted = self.count_answers(answer, count).await?;
            let file = self.imported.file("feedback.csv");
            file.unchanged += counted.min(count).unsigned_abs();
            file.new += (count - counted).max(0).unsigned_abs();
        }
        Ok(())
    }

    /// Sees to it that at least `count` such answers are counted; gives how many were before.
    async fn count_answers(&mut self, answer: Answer, count: i64) -> Result<i64> {
        let (respondent, day, question, value) = answer;
        let added = execute!(
            self.tx,
            "insert into feedback (id, respondent, day, question, value, answers) values ($1, $2, $3, $4, $5, $6)
             on conflict (respondent, day, question, value) do nothing",
            new_id(),
            respondent,
            day,
            question,
            value,
            count
        )?;
        if added == 1 {
            return Ok(0);
        }
        let (id, counted): (Uuid, i64) = fetch_one!(
            self.tx,
            (Uuid, i64),
            "select id, answers from feedback
             where respondent = $1 and day = $2 and question = $3 and value = $4",
            respondent,
            day,
            question,
            value
        )?;
        if count > counted {
            execute!(self.tx, "update feedback set answers = $1 where id = $2", count, id)?;
        }
        Ok(counted)
    }

    pub(super) async fn assessment_score(&mut self, row: &'a Fidelity) -> Result<()> {
        let unit = known(&self.known.units, &row.unit)?;
        let kind = row.kind.code();
        let added = execute!(
            self.tx,
            "insert into assessment_score (id, unit_id, day, kind, item, score) values ($1, $2, $3, $4, $5, $6)
             on conflict (unit_id, day, kind, item) do nothing",
            new_id(),
            unit,
            row.date,
            kind,
            row.item,
            row.score
        )?;
        let became = if added == 1 {
            Became::New
        } else {
            let (there,): (i64,) = fetch_one!(
                self.tx,
                (i64,),
                "select score from assessment_score where unit_id = $1 and day = $2 and kind = $3 and item = $4",
                unit,
                row.date,
                kind,
                row.item
            )?;
            beside(row.score, there, "score")
        };
        let code = || format!("{} {} {kind} item {}", row.unit, row.date, row.item);
        self.count("fidelity.csv", code, became);
        Ok(())
    }
}

/// Who, when, which question, which answer.
type Answer = (&'static str, NaiveDate, &'static str, i64);

/// How many answers are alike.
fn alike(rows: &[Feedback]) -> BTreeMap<Answer, i64> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry((row.respondent.code(), row.date, row.question.code(), row.value)).or_default() += 1;
    }
    counts
}

/// A number beside the one in the database.
fn beside(here: i64, there: i64, column: &'static str) -> Became {
    if here == there { Became::Unchanged } else { Became::Differs(Why::OtherContent(vec![column])) }
}
