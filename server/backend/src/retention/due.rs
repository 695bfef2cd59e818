//! What is due to be erased: looked up anew each time, by the rules as they stand.

use super::{KeptUnit, may_keep, rules, sees_who, unknown};
use crate::access::{Actor, Organisation, authorise};
use crate::audit::Use;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, fetch_all};
use chrono::NaiveDate;
use domain::access::Action;
use domain::codes::{Code, RecordKind, Service};
use domain::ids::{ClientId, UnitId};
use domain::retention::{Clock, LIST_MAX, Rules, list_hash};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A record that is due.
#[derive(Clone, Debug)]
pub struct DueRecord {
    /// What of it.
    pub kind: RecordKind,
    /// The client, the memo, or the row of a team meeting's list.
    pub id: Uuid,
    /// The client's alias; for a memo, the team that sent it.
    pub label: String,
    /// When it was closed, declined or taken back.
    pub ended_on: NaiveDate,
}

/// How many records of a unit are due.
#[derive(Clone, Debug)]
pub struct UnitDue {
    /// Which unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// By kind; none of none.
    pub counts: Vec<(RecordKind, usize)>,
}

/// What would be erased, by unit.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// Units where something is due.
    pub units: Vec<UnitDue>,
    /// On which day.
    pub today: NaiveDate,
}

/// What is due in a unit.
#[derive(Clone, Debug)]
pub struct DueOfUnit {
    /// How much.
    pub due: UnitDue,
    /// So much of it would stand on a proposal made now.
    pub listed: usize,
    /// The mark of that list.
    pub hash: String,
    /// The records, for the unit's lead only.
    pub records: Option<Vec<DueRecord>>,
}

#[derive(sqlx::FromRow)]
pub(super) struct DueRow {
    what: String,
    id: Uuid,
    unit_id: Uuid,
    unit: String,
    service: String,
    label: String,
    ended_on: NaiveDate,
    birth_year: Option<i64>,
    writings: i64,
    profile: i64,
    trust: i64,
    visits: i64,
}

/// Everybody and everything of a unit, or of all, that has ended before a day, with what there is of it.
async fn ended(tx: &mut Tx, unit: Option<UnitId>, today: NaiveDate) -> Result<Vec<DueRow>> {
    Ok(fetch_all!(
        tx,
        DueRow,
        "select 'client' as what, c.id, u.id as unit_id, u.name as unit, u.service, c.alias as label,
             c.closed_on as ended_on, c.birth_year,
             cast(case when exists (select 1 from client_note x where x.client_id = c.id)
                 or exists (select 1 from client_meeting x where x.client_id = c.id)
                 or exists (select 1 from outreach_attempt x where x.client_id = c.id)
                 or exists (select 1 from meeting_talk x where x.client_id = c.id) then 1 else 0 end as bigint)
                 as writings,
             cast(case when exists (select 1 from client_profile x where x.client_id = c.id)
                 then 1 else 0 end as bigint) as profile,
             cast(case when exists (select 1 from disclosure x where x.client_id = c.id)
                 or exists (select 1 from disclosure_talk x where x.client_id = c.id)
                 or exists (select 1 from consent x where x.client_id = c.id) then 1 else 0 end as bigint) as trust,
             cast(case when exists (select 1 from visit x where x.client_id = c.id)
                 or exists (select 1 from visit_version x where x.client_id = c.id) then 1 else 0 end as bigint)
                 as visits
         from client c join unit u on u.id = c.unit_id
         where c.closed_on < $1 and ($2 = 1 or c.unit_id = $3)
         union all
         select 'memo', r.id, u.id, u.name, u.service, t.name, coalesce(r.withdrawn_on, r.decided_on), r.birth_year,
             cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint)
         from referral r join unit u on u.id = r.unit_id join team t on t.id = r.team_id
         where r.client_id is null and (r.withdrawn_on is not null or not r.accepted)
             and coalesce(r.withdrawn_on, r.decided_on) < $1 and ($2 = 1 or r.unit_id = $3)
         union all
         select 'memo', k.id, u.id, u.name, u.service, t.name, m.day, cast(null as bigint),
             cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint)
         from meeting_talk k join meeting m on m.id = k.meeting_id join team t on t.id = m.team_id
             join unit u on u.id = t.unit_id
         where k.client_id is null and k.referral_id is null and m.day < $1 and ($2 = 1 or t.unit_id = $3)
         order by 4, 7, 2",
        today,
        i64::from(unit.is_none()),
        unit.map_or(Uuid::nil(), UnitId::uuid)
    )?)
}

impl DueRow {
    fn clock(&self) -> Clock {
        Clock { ended_on: Some(self.ended_on), birth_year: self.birth_year }
    }

    /// Which kinds of it are due and there.
    fn due(&self, rules: &Rules, today: NaiveDate) -> Result<Vec<RecordKind>> {
        let service = Service::parse(&self.service).map_err(unknown)?;
        if self.what == "memo" {
            let due = rules.memo_is_due(service, self.clock(), today);
            return Ok(due.then_some(RecordKind::Memo).into_iter().collect());
        }
        let mut kinds = rules.due_of_client(service, self.clock(), today);
        kinds.retain(|kind| match kind {
            RecordKind::Client => true,
            RecordKind::Writings => self.writings == 1,
            RecordKind::Profile => self.profile == 1,
            RecordKind::Trust => self.trust == 1,
            RecordKind::Visits => self.visits == 1,
            RecordKind::Memo => false,
        });
        Ok(kinds)
    }
}

/// What is due, each with its unit.
pub(super) async fn due(
    tx: &mut Tx,
    unit: Option<UnitId>,
    today: NaiveDate,
) -> Result<Vec<((UnitId, String), DueRecord)>> {
    let rules = rules::terms(tx).await?;
    let mut all = Vec::new();
    for row in ended(tx, unit, today).await? {
        for kind in row.due(&rules, today)? {
            let record = DueRecord { kind, id: row.id, label: row.label.clone(), ended_on: row.ended_on };
            all.push(((row.unit_id.into(), row.unit.clone()), record));
        }
    }
    Ok(all)
}

/// How many there are of each kind, in the order of the kinds.
pub(super) fn counts(kinds: impl IntoIterator<Item = RecordKind>) -> Vec<(RecordKind, usize)> {
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

fn by_unit(due: Vec<((UnitId, String), DueRecord)>) -> Vec<UnitDue> {
    let mut units: Vec<((UnitId, String), Vec<RecordKind>)> = Vec::new();
    for (unit, record) in due {
        match units.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, kinds)) => kinds.push(record.kind),
            None => units.push((unit, vec![record.kind])),
        }
    }
    units.into_iter().map(|((unit, name), kinds)| UnitDue { unit, name, counts: counts(kinds) }).collect()
}

/// The records of a list as its mark knows them.
pub(super) fn marked(records: &[DueRecord]) -> Vec<(RecordKind, Uuid)> {
    records.iter().map(|record| (record.kind, record.id)).collect()
}

/// The clients among records.
pub(super) fn clients(records: &[DueRecord]) -> Vec<ClientId> {
    let of_client = |record: &&DueRecord| record.kind != RecordKind::Memo;
    records.iter().filter(of_client).map(|record| record.id.into()).collect()
}

/// What would be erased of the units that the person keeps.
pub(super) async fn dry_run(tx: &mut Tx, actor: &Actor) -> Result<DryRun> {
    let mut units = by_unit(due(tx, None, actor.today).await?);
    units.retain(|due| may_keep(actor, due.unit.uuid()));
    Ok(DryRun { units, today: actor.today })
}

impl Backend {
    /// What is due in a unit. Its lead sees of whom; everybody else sees numbers.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person neither leads the unit nor administers.
    pub async fn due_of_unit(&self, actor: &Actor, unit: UnitId) -> Result<DueOfUnit> {
        let mut tx = self.write().await?;
        let unit = authorise::<KeptUnit>(&mut tx, actor, Action::KeepRetention, unit).await?;
        let due = due(&mut tx, Some(unit.id), actor.today).await?;
        let records: Vec<DueRecord> = due.into_iter().map(|(_, record)| record).collect();
        let listed = &records[..records.len().min(LIST_MAX)];
        let (hash, listed) = (list_hash(&marked(listed)), listed.len());
        let shown = sees_who(actor, unit.id);
        let seen = if shown { clients(&records) } else { Vec::new() };
        tx.note(
            Use::by(actor, "read", "retention", Some(unit.id.uuid())).of_clients(seen).on_ground("retention"),
        );
        tx.commit().await?;
        let kinds = counts(records.iter().map(|record| record.kind));
        Ok(DueOfUnit {
            due: UnitDue { unit: unit.id, name: unit.name.clone(), counts: kinds },
            listed,
            hash,
            records: shown.then_some(records),
        })
    }

    /// What would be erased, for the operator on the command line.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn retention_dry_run(&self) -> Result<DryRun> {
        let mut tx = self.write().await?;
        let today = tx.clock().today();
        let units = by_unit(due(&mut tx, None, today).await?);
        tx.note(Use::by_operator("read", "retention", None));
        tx.commit().await?;
        Ok(DryRun { units, today })
    }

    /// The proposals and what is due.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person is neither lead nor administrator.
    pub async fn retention(&self, actor: &Actor) -> Result<super::Overview> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::KeepRetention, ()).await?;
        let due = dry_run(&mut tx, actor).await?;
        let erasures = super::proposal::all(&mut tx, actor).await?;
        tx.note(Use::by(actor, "read", "retention", None).on_ground("retention"));
        tx.commit().await?;
        Ok(super::Overview { due, erasures })
    }
}
