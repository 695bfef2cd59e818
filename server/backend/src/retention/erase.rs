//! Erasing: one transaction a record. It looks once more whether the record is due, takes away every row and word
//! of it, and leaves keyed hashes of the identities. Visits to employers stay, because the quality of the service
//! is measured by them: without words, and without whom they were for.

use super::{rules, tombstone, unknown};
use crate::access::Actor;
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional};
use chrono::NaiveDate;
use domain::codes::{Code, RecordKind, Service};
use domain::ids::UnitId;
use domain::retention::Clock;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Erases what is on a list that was released, and sweeps the files of the database. It may be stopped at any
/// moment, and goes on where it was.
pub(super) async fn carry_out(backend: &Backend, actor: &Actor, erasure: Uuid) -> Result<()> {
    let mut tx = backend.read().await?;
    let waiting: Vec<(String, Uuid)> = fetch_all!(
        tx,
        (String, Uuid),
        "select kind, subject_id from erasure_item where erasure_id = $1 and left_out is null
         order by kind, subject_id",
        erasure
    )?;
    drop(tx);
    for (kind, subject) in waiting {
        let kind = RecordKind::parse(&kind).map_err(unknown)?;
        let mut tx = backend.write().await?;
        if erase(&mut tx, actor, erasure, kind, subject).await? {
            write_down(backend, &mut tx, kind, subject).await?;
        }
        tx.commit().await?;
    }
    backend.forget_erased_seals().await?;
    let mut tx = backend.write().await?;
    let now = tx.clock().now();
    execute!(tx, "update erasure set done_at = $2 where id = $1 and done_at is null", erasure, now)?;
    tx.commit().await?;
    if !backend.store.sweep().await? {
        return Ok(());
    }
    let mut tx = backend.write().await?;
    execute!(tx, "update erasure set swept_at = $2 where id = $1 and swept_at is null", erasure, now)?;
    tx.commit().await
}

/// The ledger holds the record before it is gone, and the database knows how far in the ledger it is.
async fn write_down(backend: &Backend, tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<()> {
    let Some(ledger) = backend.keys.ledger() else { return Ok(()) };
    let number = ledger.write(carried_out(tx).await?, kind, id)?;
    is_carried_out(tx, number).await
}

/// How far in the ledger this database is; held until the transaction ends.
async fn carried_out(tx: &mut Tx) -> Result<i64> {
    let (number,): (i64,) = fetch_one!(
        tx,
        (i64,),
        sqlite: "select carried_out from erasure_ledger where id = 1",
        postgres: "select carried_out from erasure_ledger where id = 1 for update"
    )?;
    Ok(number)
}

async fn is_carried_out(tx: &mut Tx, number: i64) -> Result<()> {
    execute!(tx, "update erasure_ledger set carried_out = $1 where id = 1", number)?;
    Ok(())
}

impl Backend {
    /// Erases what the ledger beside the keys says was erased and this database still holds, because it was put back from an
    /// older backup. To be called before anybody is served. Gives how many records went.
    ///
    /// # Errors
    /// When the ledger can't be read, or the database can't.
    pub async fn erase_again(&self) -> Result<usize> {
        let Some(ledger) = self.keys.ledger() else { return Ok(0) };
        let mut again = 0;
        for line in ledger.read()? {
            let mut tx = self.write().await?;
            if line.number <= carried_out(&mut tx).await? {
                continue;
            }
            // What was opened again since is nobody's to erase: its erasing did not come about.
            let standing = standing(&mut tx, line.kind, line.id).await?;
            if let Some(standing) = standing.filter(|standing| !standing.open) {
                take_for_good(&mut tx, line.kind, line.id, &standing).await?;
                execute!(
                    tx,
                    "delete from erasure_item where subject_id = $1 and kind = $2",
                    line.id,
                    line.kind.code()
                )?;
                let clients = (line.kind != RecordKind::Memo).then_some(line.id.into());
                let done = Use::by_operator("erase", line.kind.code(), Some(line.id));
                tx.note(done.of_clients(clients).on_ground("operator"));
                again += 1;
            }
            is_carried_out(&mut tx, line.number).await?;
            tx.commit().await?;
        }
        if again > 0 {
            self.forget_erased_seals().await?;
            self.store.sweep().await?;
        }
        Ok(again)
    }
}

/// A record as it stands now, held until the transaction ends.
struct Standing {
    unit: UnitId,
    code: Option<String>,
    due: bool,
    open: bool,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    unit_id: Uuid,
    service: String,
    code: Option<String>,
    ended_on: Option<NaiveDate>,
    birth_year: Option<i64>,
}

async fn standing(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<Option<Standing>> {
    hold(tx, id).await?;
    let row = if kind == RecordKind::Memo {
        fetch_optional!(
            tx,
            StandingRow,
            "select u.id as unit_id, u.service, cast(null as text) as code,
                 case when r.client_id is null and (r.withdrawn_on is not null or not r.accepted)
                     then coalesce(r.withdrawn_on, r.decided_on) end as ended_on, r.birth_year
             from referral r join unit u on u.id = r.unit_id where r.id = $1
             union all
             select u.id, u.service, cast(null as text),
                 case when k.client_id is null and k.referral_id is null then m.day end, cast(null as bigint)
             from meeting_talk k join meeting m on m.id = k.meeting_id join team t on t.id = m.team_id
                 join unit u on u.id = t.unit_id where k.id = $1",
            id
        )?
    } else {
        fetch_optional!(
            tx,
            StandingRow,
            "select u.id as unit_id, u.service, c.code, c.closed_on as ended_on, c.birth_year
             from client c join unit u on u.id = c.unit_id where c.id = $1",
            id
        )?
    };
    let Some(row) = row else { return Ok(None) };
    let service = Service::parse(&row.service).map_err(unknown)?;
    let clock = Clock { ended_on: row.ended_on, birth_year: row.birth_year };
    let due_on = rules::terms(tx).await?.due_on(service, kind, clock);
    let today = tx.clock().today();
    Ok(Some(Standing {
        unit: row.unit_id.into(),
        code: row.code,
        due: due_on.is_some_and(|due| due <= today),
        open: row.ended_on.is_none(),
    }))
}

/// Nobody opens a client again, and nobody decides about a memo, while it is erased.
async fn hold(tx: &mut Tx, id: Uuid) -> Result<()> {
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from client where id = $1",
        postgres: "select id from client where id = $1 for update",
        id
    )?;
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from referral where id = $1",
        postgres: "select id from referral where id = $1 for update",
        id
    )?;
    Ok(())
}

/// Erases a record, or says on the list why it was left out. Says whether it is gone.
async fn erase(tx: &mut Tx, actor: &Actor, erasure: Uuid, kind: RecordKind, id: Uuid) -> Result<bool> {
    // Held, so that two who go on at once don't count it twice.
    let held = execute!(
        tx,
        "update erasure_item set left_out = null
         where erasure_id = $1 and kind = $2 and subject_id = $3 and left_out is null",
        erasure,
        kind.code(),
        id
    )?;
    if held == 0 {
        return Ok(false);
    }
    let standing = standing(tx, kind, id).await?;
    let left = match &standing {
        None => Some("gone"),
        Some(standing) if standing.open => Some("reopened"),
        Some(standing) if !standing.due => Some("not_due"),
        Some(_) => None,
    };
    let (None, Some(standing)) = (left, standing) else {
        execute!(
            tx,
            "update erasure_item set left_out = $4 where erasure_id = $1 and kind = $2 and subject_id = $3",
            erasure,
            kind.code(),
            id,
            left
        )?;
        return Ok(false);
    };
    take_for_good(tx, kind, id, &standing).await?;
    count_one(tx, erasure, kind, id).await?;
    let clients = (kind != RecordKind::Memo).then_some(id.into());
    tx.note(Use::by(actor, "erase", kind.code(), Some(id)).of_clients(clients).on_ground("retention"));
    Ok(true)
}

/// Takes every row and word of a record away, and leaves keyed hashes of its identities.
async fn take_for_good(tx: &mut Tx, kind: RecordKind, id: Uuid, standing: &Standing) -> Result<()> {
    let ids = identities(tx, kind, id).await?;
    let key = tombstone::key(tx).await?;
    let mut hashes: BTreeSet<String> = ids.iter().map(|id| key.of_id(*id)).collect();
    if kind == RecordKind::Client {
        hashes.extend(standing.code.as_deref().map(|code| key.of_code(standing.unit, code)));
    }
    let today = tx.clock().today();
    tombstone::put(tx, &hashes, today).await?;
    for id in &ids {
        forget_entry(tx, *id).await?;
    }
    if kind == RecordKind::Visits {
        // Half typed about a visit for the client.
        forget_entry(tx, id).await?;
    }
    take_away(tx, kind, id).await
}

/// The row goes from the list, and stands in a number instead.
async fn count_one(tx: &mut Tx, erasure: Uuid, kind: RecordKind, id: Uuid) -> Result<()> {
    if kind == RecordKind::Client {
        // Wherever a part of it was left out before: its identity is kept nowhere but in the use log.
        execute!(tx, "delete from erasure_item where subject_id = $1", id)?;
    } else {
        execute!(tx, "delete from erasure_item where subject_id = $1 and kind = $2", id, kind.code())?;
    }
    execute!(
        tx,
        "insert into erasure_count (erasure_id, kind, erased) values ($1, $2, 1)
         on conflict (erasure_id, kind) do update set erased = erasure_count.erased + 1",
        erasure,
        kind.code()
    )?;
    Ok(())
}

/// Does one statement after the other, each with the record's identity.
macro_rules! each {
    ($tx:expr, $id:expr, $($sql:literal,)+) => {{ $(execute!($tx, $sql, $id)?;)+ }};
}

/// The identities under which something of a record could come once more.
async fn identities(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<Vec<Uuid>> {
    let whole = kind == RecordKind::Client;
    let is = |other: RecordKind| i64::from(whole || kind == other);
    let rows: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select id from client_note where client_id = $1 and $2 = 1
         union select id from client_meeting where client_id = $1 and $2 = 1
         union select id from outreach_attempt where client_id = $1 and $2 = 1
         union select id from network_plan where client_id = $1 and $2 = 1
         union select n.id from match_note n join job_match m on m.id = n.match_id where m.client_id = $1 and $2 = 1
         union select id from disclosure where client_id = $1 and $3 = 1
         union select id from disclosure_talk where client_id = $1 and $3 = 1
         union select id from consent where client_id = $1 and $3 = 1
         union select id from visit where client_id = $1 and $4 = 1
         union select id from referral where client_id = $1 and $5 = 1
         union select id from job_match where client_id = $1 and $5 = 1
         union select id from job where client_id = $1 and $5 = 1
         union select t.id from job_terms t join job j on j.id = t.job_id where j.client_id = $1 and $5 = 1
         union select id from support where client_id = $1 and $5 = 1
         union select id from support_agreement where client_id = $1 and $5 = 1
         union select id from benefits_advice where client_id = $1 and $5 = 1
         union select id from transition where client_id = $1 and $5 = 1
         union select id from qualification where client_id = $1 and $5 = 1
         union select id from client where id = $1 and $5 = 1
         union select id from referral where id = $1 and $6 = 1",
        id,
        is(RecordKind::Writings),
        is(RecordKind::Trust),
        is(RecordKind::Visits),
        i64::from(whole),
        i64::from(kind == RecordKind::Memo)
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The receipt of an entry, and what was half typed under its identity or about it.
async fn forget_entry(tx: &mut Tx, id: Uuid) -> Result<()> {
    execute!(tx, "delete from receipt where id = $1", id)?;
    execute!(tx, "delete from arrival where entry_id = $1 or body like $2", id, format!("%{id}%"))?;
    execute!(tx, "delete from visit_draft where id = $1 or body like $2", id, format!("%{id}%"))?;
    Ok(())
}

async fn take_away(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<()> {
    match kind {
        RecordKind::Client => take_client(tx, id).await,
        RecordKind::Writings => take_writings(tx, id).await,
        RecordKind::Profile => take_profile(tx, id).await,
        RecordKind::Trust => take_trust(tx, id).await,
        RecordKind::Visits => take_words_of_visits(tx, id).await,
        RecordKind::Memo => take_memo(tx, id).await,
    }
}

async fn take_writings(tx: &mut Tx, id: Uuid) -> Result<()> {
    each!(
        tx,
        id,
        "delete from meeting_talk where client_id = $1
             or referral_id in (select id from referral where client_id = $1)",
        "delete from client_note where client_id = $1",
        "delete from client_meeting where client_id = $1",
        "delete from outreach_attempt where client_id = $1",
        "delete from match_note where match_id in (select id from job_match where client_id = $1)",
        "delete from supervision_client where client_id = $1",
        "delete from plan_action where plan_id in (select id from network_plan where client_id = $1)",
        "delete from network_plan_version where plan_id in (select id from network_plan where client_id = $1)",
        "delete from network_plan where client_id = $1",
        "update support set words = '' where client_id = $1",
        "update support_agreement set words = '' where client_id = $1",
        "update benefits_advice set words = '' where client_id = $1",
    );
    Ok(())
}

async fn take_profile(tx: &mut Tx, id: Uuid) -> Result<()> {
    each!(tx, id, "delete from client_profile where client_id = $1",);
    Ok(())
}

async fn take_trust(tx: &mut Tx, id: Uuid) -> Result<()> {
    each!(
        tx,
        id,
        "delete from consent_notice where consent_id in (select id from consent where client_id = $1)",
        "delete from consent where client_id = $1",
        "delete from disclosure where client_id = $1",
        "delete from disclosure_talk where client_id = $1",
    );
    Ok(())
}

/// Every version of a visit for the client loses its words: before the client was named, they may have spoken of
/// the same. So does a version that was for the client of a visit that was for somebody else in the end.
async fn take_words_of_visits(tx: &mut Tx, id: Uuid) -> Result<()> {
    each!(
        tx,
        id,
        "update visit_version set client_id = null, summary = '', next_step = null, next_step_on = null
         where client_id = $1 or id in (select id from visit where client_id = $1)",
        "update visit set client_erased = true, client_id = null, summary = '', next_step = null,
             next_step_on = null where client_id = $1",
    );
    Ok(())
}

async fn take_memo(tx: &mut Tx, id: Uuid) -> Result<()> {
    each!(
        tx,
        id,
        "delete from meeting_talk where id = $1 or referral_id = $1",
        "delete from referral_version where referral_id = $1",
        "delete from referral where id = $1",
    );
    Ok(())
}

/// Everything. A table that keeps something of a client and is not here stops it: the database refuses to let
/// go of a client to whom a row still points.
async fn take_client(tx: &mut Tx, id: Uuid) -> Result<()> {
    take_words_of_visits(tx, id).await?;
    take_writings(tx, id).await?;
    take_profile(tx, id).await?;
    take_trust(tx, id).await?;
    each!(
        tx,
        id,
        "delete from referral_version where referral_id in (select id from referral where client_id = $1)",
        "delete from referral where client_id = $1",
        "delete from benefits_advice where client_id = $1",
        "delete from support_agreement where client_id = $1",
        "delete from support where client_id = $1",
        "delete from job_terms where job_id in (select id from job where client_id = $1)",
        "delete from job_version where job_id in (select id from job where client_id = $1)",
        "delete from job where client_id = $1",
        "delete from job_match where client_id = $1",
        "delete from transition where client_id = $1",
        "delete from qualification where client_id = $1",
        "delete from measure_answer where client_id = $1",
        "delete from break_glass where client_id = $1",
        "delete from client_day_change where client_id = $1",
        "delete from client_step where client_id = $1",
        "delete from client_coach where client_id = $1",
    );
    let gone = execute!(tx, "delete from client where id = $1", id)?;
    if gone == 1 { Ok(()) } else { Err(Error::internal("a client that was to be erased is not there")) }
}
