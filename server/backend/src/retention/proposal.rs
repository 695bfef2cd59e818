//! A proposal: the exact list that one person saw, released by another.

use super::due::{self, DryRun, DueRecord, marked};
use super::{KeptUnit, erase, may_keep, sees_who, unknown};
use crate::access::{Actor, Grant, Guarded, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Object};
use domain::codes::{Code, RecordKind};
use domain::ids::UnitId;
use domain::retention::{LIST_MAX, Stage, list_hash};
use uuid::Uuid;

/// What is due, and what was proposed.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What is due.
    pub due: DryRun,
    /// The proposals of the units that the person keeps, the latest first.
    pub erasures: Vec<ErasureSeen>,
}

/// A proposal and what became of it.
#[derive(Clone, Debug)]
pub struct ErasureSeen {
    /// Which.
    pub id: Uuid,
    /// Of which unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// How it stands.
    pub stage: Stage,
    /// The mark of its list.
    pub hash: String,
    /// Who proposed it, and when.
    pub proposed: (String, NaiveDate),
    /// Did the person who asks propose it?
    pub mine: bool,
    /// Who released it, and when.
    pub released: Option<(String, NaiveDate)>,
    /// Who took it back, and when.
    pub withdrawn: Option<(String, NaiveDate)>,
    /// When everything was done.
    pub done_on: Option<NaiveDate>,
    /// What waits on the list, by kind.
    pub waiting: Vec<(RecordKind, usize)>,
    /// What was erased, by kind.
    pub erased: Vec<(RecordKind, usize)>,
    /// How many were left out because they had been opened again.
    pub reopened: usize,
    /// How many were left out because they were not due any more, or gone already.
    pub other_left: usize,
    /// The records on the list, for the unit's lead only.
    pub records: Option<Vec<DueRecord>>,
}

/// What came of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// It is made, or one of the unit waits already.
    Waits(Uuid),
    /// Something else is due now than when the page was opened.
    Changed,
}

/// Why a proposal was not released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// The person who proposed it can't release it.
    Own,
    /// The password is not right.
    Password,
    /// It was taken back, has lapsed, or is done.
    NotOpen,
    /// The list is not the one that was seen.
    Changed,
}

/// What came of a release.
pub type Released = std::result::Result<(), WhyNot>;

#[derive(Clone, Debug, sqlx::FromRow)]
struct ErasureRow {
    id: Uuid,
    unit_id: Uuid,
    unit: String,
    list_hash: String,
    proposed_by: Uuid,
    proposer: String,
    proposed_on: NaiveDate,
    withdrawer: Option<String>,
    withdrawn_at: Option<DateTime<Utc>>,
    releaser: Option<String>,
    released_at: Option<DateTime<Utc>>,
    swept_at: Option<DateTime<Utc>>,
}

/// What waits of a proposal, was left out, or was erased.
#[derive(Clone, Debug)]
struct Tally {
    kind: RecordKind,
    why: String,
    number: i64,
}

/// A proposal with one number of its tally; without any, there is one row without a number.
#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    row: ErasureRow,
    kind: Option<String>,
    why: Option<String>,
    number: Option<i64>,
}

macro_rules! erasures {
    ($source:literal, $tail:literal) => {
        concat!(
            "select e.id, e.unit_id, u.name as unit, e.list_hash, e.proposed_by, p.name as proposer, e.proposed_on,
                 w.name as withdrawer, e.withdrawn_at, r.name as releaser, e.released_at, e.swept_at,
                 n.kind, n.why, n.number
             from ",
            $source,
            " e join unit u on u.id = e.unit_id join person p on p.id = e.proposed_by
                 left join person w on w.id = e.withdrawn_by left join person r on r.id = e.released_by
                 left join (select erasure_id, kind, coalesce(left_out, 'waits') as why, count(*) as number
                         from erasure_item group by erasure_id, kind, left_out
                     union all select erasure_id, kind, 'erased', erased from erasure_count) n
                     on n.erasure_id = e.id ",
            $tail
        )
    };
}

/// A proposal, as the door knows it.
#[derive(Clone, Debug)]
struct KnownErasure {
    row: ErasureRow,
    tally: Vec<Tally>,
}

/// The proposals of these rows, in their order.
fn gathered(lines: Vec<Line>) -> Result<Vec<KnownErasure>> {
    let mut all: Vec<KnownErasure> = Vec::new();
    for Line { row, kind, why, number } in lines {
        let tally = match (kind, why, number) {
            (Some(kind), Some(why), Some(number)) => {
                Some(Tally { kind: RecordKind::parse(&kind).map_err(unknown)?, why, number })
            }
            _ => None,
        };
        match all.last_mut().filter(|known| known.row.id == row.id) {
            Some(known) => known.tally.extend(tally),
            None => all.push(KnownErasure { row, tally: tally.into_iter().collect() }),
        }
    }
    Ok(all)
}

impl Guarded for KnownErasure {
    type Id = Uuid;
    async fn find(tx: &mut Tx, id: Uuid, _: NaiveDate) -> Result<Option<Self>> {
        let lines = fetch_all!(tx, Line, erasures!("erasure", "where e.id = $1 order by n.kind, n.why"), id)?;
        Ok(gathered(lines)?.pop())
    }
    fn object(&self) -> Object {
        Object::Unit(UnitId(self.row.unit_id))
    }
}

fn local(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

impl ErasureRow {
    fn stage(&self, today: NaiveDate) -> Stage {
        let released = self.released_at.is_some();
        Stage::of(self.proposed_on, self.withdrawn_at.is_some(), released, self.swept_at.is_some(), today)
    }
}

impl KnownErasure {
    fn seen(self, actor: &Actor) -> Result<ErasureSeen> {
        let Self { row, tally } = self;
        let mut seen = ErasureSeen {
            id: row.id,
            unit: row.unit_id.into(),
            stage: row.stage(actor.today),
            hash: row.list_hash,
            unit_name: row.unit,
            proposed: (row.proposer, row.proposed_on),
            mine: row.proposed_by == actor.person.uuid(),
            released: row.releaser.zip(row.released_at.map(local)),
            withdrawn: row.withdrawer.zip(row.withdrawn_at.map(local)),
            done_on: row.swept_at.map(local),
            waiting: Vec::new(),
            erased: Vec::new(),
            reopened: 0,
            other_left: 0,
            records: None,
        };
        for Tally { kind, why, number } in tally {
            let number = usize::try_from(number).map_err(Error::internal)?;
            match why.as_str() {
                "waits" => seen.waiting.push((kind, number)),
                "erased" => seen.erased.push((kind, number)),
                "reopened" => seen.reopened += number,
                _ => seen.other_left += number,
            }
        }
        seen.waiting.sort_unstable();
        seen.erased.sort_unstable();
        Ok(seen)
    }
}

/// The proposals of the units that the person keeps, the latest first.
pub(super) async fn all(tx: &mut Tx, actor: &Actor) -> Result<Vec<ErasureSeen>> {
    let lines = fetch_all!(
        tx,
        Line,
        erasures!(
            "(select * from erasure order by proposed_at desc, id desc limit 200)",
            "order by e.proposed_at desc, e.id desc, n.kind, n.why"
        )
    )?;
    let known = gathered(lines)?.into_iter().filter(|known| may_keep(actor, known.row.unit_id));
    known.map(|known| known.seen(actor)).collect()
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    kind: String,
    subject_id: Uuid,
    label: Option<String>,
    ended_on: Option<NaiveDate>,
}

/// What is still on a list, with what a lead knows each by.
async fn items(tx: &mut Tx, erasure: Uuid) -> Result<Vec<DueRecord>> {
    let rows = fetch_all!(
        tx,
        ItemRow,
        "select i.kind, i.subject_id, coalesce(c.alias, rt.name, mt.name) as label,
             coalesce(c.closed_on, r.withdrawn_on, r.decided_on, m.day) as ended_on
         from erasure_item i
             left join client c on i.kind <> 'memo' and c.id = i.subject_id
             left join referral r on i.kind = 'memo' and r.id = i.subject_id
             left join team rt on rt.id = r.team_id
             left join meeting_talk k on i.kind = 'memo' and k.id = i.subject_id
             left join meeting m on m.id = k.meeting_id left join team mt on mt.id = m.team_id
         where i.erasure_id = $1 and i.left_out is null order by i.kind, 4, i.subject_id",
        erasure
    )?;
    let record = |row: ItemRow| {
        Ok(DueRecord {
            kind: RecordKind::parse(&row.kind).map_err(unknown)?,
            id: row.subject_id,
            label: row.label.unwrap_or_default(),
            ended_on: row.ended_on.unwrap_or_default(),
        })
    };
    rows.into_iter().map(record).collect()
}

/// Holds a unit until the transaction ends, so that two proposals of it come one after the other.
async fn hold_unit(tx: &mut Tx, unit: &Grant<KeptUnit>) -> Result<()> {
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from unit where id = $1",
        postgres: "select id from unit where id = $1 for update",
        unit.id.uuid()
    )?;
    Ok(())
}

impl Backend {
    /// A proposal and what became of it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not keep its unit.
    pub async fn erasure(&self, actor: &Actor, id: Uuid) -> Result<ErasureSeen> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownErasure>(&mut tx, actor, Action::KeepRetention, id).await?.into_object();
        let mut seen = known.seen(actor)?;
        let mut clients = Vec::new();
        if sees_who(actor, seen.unit) && matches!(seen.stage, Stage::Proposed | Stage::Released) {
            let records = items(&mut tx, id).await?;
            clients = due::clients(&records);
            seen.records = Some(records);
        }
        tx.note(Use::by(actor, "read", "erasure", Some(id)).of_clients(clients).on_ground("retention"));
        tx.commit().await?;
        Ok(seen)
    }

    /// Proposes what is due in a unit: the list whose mark the page showed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not keep the unit.
    pub async fn propose_erasure(&self, actor: &Actor, unit: UnitId, hash: &str) -> Result<Proposed> {
        let mut tx = self.write().await?;
        let unit = authorise::<KeptUnit>(&mut tx, actor, Action::KeepRetention, unit).await?;
        hold_unit(&mut tx, &unit).await?;
        let earlier = fetch_all!(
            tx,
            Line,
            erasures!(
                "erasure",
                "where e.unit_id = $1 and e.withdrawn_at is null and e.swept_at is null order by e.id"
            ),
            unit.id.uuid()
        )?;
        for KnownErasure { row, .. } in gathered(earlier)? {
            if row.stage(actor.today) != Stage::Lapsed {
                return Ok(Proposed::Waits(row.id));
            }
            execute!(tx, "delete from erasure_item where erasure_id = $1", row.id)?;
        }
        let due = due::due(&mut tx, Some(unit.id), actor.today).await?;
        let mut records: Vec<DueRecord> = due.into_iter().map(|(_, record)| record).collect();
        records.truncate(LIST_MAX);
        if records.is_empty() || list_hash(&marked(&records)) != hash {
            return Ok(Proposed::Changed);
        }
        let (id, now) = (new_id(), tx.clock().now());
        execute!(
            tx,
            "insert into erasure (id, unit_id, list_hash, proposed_by, proposed_at, proposed_on)
             values ($1, $2, $3, $4, $5, $6)",
            id,
            unit.id.uuid(),
            hash,
            actor.person.uuid(),
            now,
            actor.today
        )?;
        for record in &records {
            execute!(
                tx,
                "insert into erasure_item (erasure_id, kind, subject_id) values ($1, $2, $3)",
                id,
                record.kind.code(),
                record.id
            )?;
        }
        let clients = due::clients(&records);
        tx.note(Use::by(actor, "propose", "erasure", Some(id)).of_clients(clients).on_ground("retention"));
        tx.commit().await?;
        Ok(Proposed::Waits(id))
    }

    /// Takes a proposal back. One that is not open stays as it is.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not keep its unit.
    pub async fn withdraw_erasure(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<KnownErasure>(&mut tx, actor, Action::KeepRetention, id).await?;
        let now = tx.clock().now();
        let done = execute!(
            tx,
            "update erasure set withdrawn_by = $2, withdrawn_at = $3
             where id = $1 and withdrawn_at is null and released_at is null",
            id,
            actor.person.uuid(),
            now
        )?;
        if done == 1 {
            execute!(tx, "delete from erasure_item where erasure_id = $1", id)?;
            tx.note(Use::by(actor, "withdraw", "erasure", Some(id)).on_ground("retention"));
        }
        tx.commit().await
    }

    /// Releases a proposal and erases what stands on it, after the person's own password once more (S3). Who
    /// proposed it can't. What was released and not done to its end, because the server stopped, goes on.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not keep its unit.
    pub async fn release_erasure(
        &self,
        actor: &Actor,
        id: Uuid,
        hash: &str,
        password: &str,
    ) -> Result<Released> {
        let mut tx = self.read().await?;
        let row =
            authorise::<KnownErasure>(&mut tx, actor, Action::KeepRetention, id).await?.into_object().row;
        drop(tx);
        if row.proposed_by == actor.person.uuid() {
            return Ok(Err(WhyNot::Own));
        }
        let stage = row.stage(actor.today);
        if !matches!(stage, Stage::Proposed | Stage::Released) {
            return Ok(Err(WhyNot::NotOpen));
        }
        if row.list_hash != hash {
            return Ok(Err(WhyNot::Changed));
        }
        // The password is checked outside of the transaction: hashing takes its time.
        if !self.is_still(actor, password).await? {
            return Ok(Err(WhyNot::Password));
        }
        if stage == Stage::Proposed
            && let Err(why) = self.mark_released(actor, id, hash).await?
        {
            return Ok(Err(why));
        }
        // To its end, also when nobody waits for the answer any more.
        let (backend, actor) = (self.clone(), actor.clone());
        let done = tokio::spawn(async move { erase::carry_out(&backend, &actor, id).await });
        done.await.map_err(Error::internal)??;
        Ok(Ok(()))
    }

    async fn mark_released(&self, actor: &Actor, id: Uuid, hash: &str) -> Result<Released> {
        let mut tx = self.write().await?;
        authorise::<KnownErasure>(&mut tx, actor, Action::KeepRetention, id).await?;
        let now = tx.clock().now();
        let done = execute!(
            tx,
            "update erasure set released_by = $2, released_at = $3
             where id = $1 and withdrawn_at is null and released_at is null",
            id,
            actor.person.uuid(),
            now
        )?;
        if done == 0 {
            return Ok(Err(WhyNot::NotOpen));
        }
        let records = items(&mut tx, id).await?;
        if list_hash(&marked(&records)) != hash {
            return Ok(Err(WhyNot::Changed));
        }
        let clients = due::clients(&records);
        tx.note(Use::by(actor, "release", "erasure", Some(id)).of_clients(clients).on_ground("retention"));
        tx.commit().await?;
        Ok(Ok(()))
    }
}
