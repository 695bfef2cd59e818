//! Meetings with a client and attempts to reach one: entries like visits, applied exactly once.

use crate::access::{Actor, Grant, Guarded, KnownClient, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::visits::Tried;
use crate::{execute, fetch_optional, retention};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::clients::contact::{LogAttempt, LogMeeting};
use domain::codes::Code;
use domain::ids::{AttemptId, ClientId, ClientMeetingId, CommandId, PersonId};
use domain::sync::{Applied, OnAttempt, OnMeeting, Refusal};
use uuid::Uuid;

/// A meeting or an attempt that was logged: whoever may write about the client and wrote it takes it back.
#[derive(Clone, Debug)]
struct Logged {
    client: KnownClient,
    by: PersonId,
}

/// A meeting, withdrawn or not.
#[derive(Clone, Debug)]
struct LoggedMeeting(Logged);

/// An attempt, withdrawn or not.
#[derive(Clone, Debug)]
struct LoggedAttempt(Logged);

async fn logged(tx: &mut Tx, row: Option<(Uuid, Uuid)>, today: NaiveDate) -> Result<Option<Logged>> {
    let Some((client, coach)) = row else { return Ok(None) };
    let client = KnownClient::find(tx, client.into(), today).await?;
    Ok(client.map(|client| Logged { client, by: coach.into() }))
}

impl Guarded for LoggedMeeting {
    type Id = ClientMeetingId;
    async fn find(tx: &mut Tx, id: ClientMeetingId, today: NaiveDate) -> Result<Option<Self>> {
        let sql_row: Option<(Uuid, Uuid)> = fetch_optional!(
            tx,
            (Uuid, Uuid),
            "select client_id, coach_id from client_meeting where id = $1",
            id.uuid()
        )?;
        Ok(logged(tx, sql_row, today).await?.map(Self))
    }
    fn object(&self) -> Object {
        self.0.client.object()
    }
}

impl Guarded for LoggedAttempt {
    type Id = AttemptId;
    async fn find(tx: &mut Tx, id: AttemptId, today: NaiveDate) -> Result<Option<Self>> {
        let sql_row: Option<(Uuid, Uuid)> = fetch_optional!(
            tx,
            (Uuid, Uuid),
            "select client_id, coach_id from outreach_attempt where id = $1",
            id.uuid()
        )?;
        Ok(logged(tx, sql_row, today).await?.map(Self))
    }
    fn object(&self) -> Object {
        self.0.client.object()
    }
}

/// The client of an own entry.
fn own(logged: &Logged, actor: &Actor) -> Result<ClientId> {
    if logged.by == actor.person { Ok(logged.client.id) } else { Err(Error::NotThere) }
}

/// A coach logs a meeting. The first one to which the client came is noted on the way.
pub(crate) async fn log_meeting(tx: &mut Tx, actor: &Actor, id: CommandId, meeting: &LogMeeting) -> Tried {
    let client = authorise::<KnownClient>(tx, actor, Action::WriteClient, meeting.client).await?;
    if retention::is_erased(tx, &[id.uuid()]).await? {
        return Ok(Err(Refusal::Erased));
    }
    if meeting.check(tx.clock().today()).is_err() {
        return Ok(Err(Refusal::Contact));
    }
    let received = tx.clock().now();
    execute!(
        tx,
        "insert into client_meeting (id, client_id, coach_id, unit_id, day, at_time, mode, place, minutes, no_show,
             care_worker, words, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id.uuid(),
        client.id.uuid(),
        actor.person.uuid(),
        client.unit.uuid(),
        meeting.day,
        meeting.time,
        meeting.mode.code(),
        meeting.place.code(),
        i64::from(meeting.minutes),
        meeting.no_show,
        meeting.care_worker.trim(),
        meeting.words.trim(),
        received
    )?;
    first_meeting(tx, &client, meeting.day, meeting.no_show).await?;
    tx.note(Use::by(actor, "log", "meeting", Some(id.uuid())).of_clients([client.id]));
    Ok(Ok(Applied::default()))
}

/// The first meeting of the way, when nothing is known of an earlier one.
async fn first_meeting(
    tx: &mut Tx,
    client: &Grant<KnownClient>,
    day: NaiveDate,
    no_show: bool,
) -> Result<()> {
    if no_show {
        return Ok(());
    }
    execute!(
        tx,
        "update client set first_meeting_on = $2
         where id = $1 and (first_meeting_on is null or first_meeting_on > $2)",
        client.id.uuid(),
        day
    )?;
    Ok(())
}

/// The first meeting once more, after one was taken back or brought back: where the day is that of the
/// meeting, or none, it follows the meetings that stand.
async fn first_meeting_again(tx: &mut Tx, client: ClientId, meeting: ClientMeetingId) -> Result<()> {
    execute!(
        tx,
        "update client set first_meeting_on = (select min(m.day) from client_meeting m where m.client_id = $1
             and not m.no_show and m.withdrawn_at is null)
         where id = $1 and (first_meeting_on is null
             or first_meeting_on = (select day from client_meeting where id = $2 and not no_show)
             and (agreement_on is null or exists (select 1 from client_meeting m where m.client_id = $1
                 and not m.no_show and m.withdrawn_at is null)))",
        client.uuid(),
        meeting.uuid()
    )?;
    Ok(())
}

/// A coach logs an attempt to reach a client.
pub(crate) async fn log_attempt(tx: &mut Tx, actor: &Actor, id: CommandId, attempt: &LogAttempt) -> Tried {
    let client = authorise::<KnownClient>(tx, actor, Action::WriteClient, attempt.client).await?;
    if retention::is_erased(tx, &[id.uuid()]).await? {
        return Ok(Err(Refusal::Erased));
    }
    if attempt.check(tx.clock().today()).is_err() {
        return Ok(Err(Refusal::Contact));
    }
    let received = tx.clock().now();
    execute!(
        tx,
        "insert into outreach_attempt (id, client_id, coach_id, unit_id, day, way, reached, words, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.uuid(),
        client.id.uuid(),
        actor.person.uuid(),
        client.unit.uuid(),
        attempt.day,
        attempt.way.code(),
        attempt.reached,
        attempt.words.trim(),
        received
    )?;
    tx.note(Use::by(actor, "log", "attempt", Some(id.uuid())).of_clients([client.id]));
    Ok(Ok(Applied::default()))
}

/// A coach takes an own meeting back.
pub(crate) async fn withdraw_meeting(tx: &mut Tx, actor: &Actor, on: OnMeeting) -> Tried {
    let logged = authorise::<LoggedMeeting>(tx, actor, Action::WriteClient, on.meeting).await?;
    let client = own(&logged.0, actor)?;
    let now = tx.clock().now();
    execute!(
        tx,
        "update client_meeting set withdrawn_at = $2 where id = $1 and withdrawn_at is null",
        on.meeting.uuid(),
        now
    )?;
    first_meeting_again(tx, client, on.meeting).await?;
    tx.note(Use::by(actor, "withdraw", "meeting", Some(on.meeting.uuid())).of_clients([client]));
    Ok(Ok(Applied::default()))
}

/// A coach brings an own meeting back.
pub(crate) async fn restore_meeting(tx: &mut Tx, actor: &Actor, on: OnMeeting) -> Tried {
    let logged = authorise::<LoggedMeeting>(tx, actor, Action::WriteClient, on.meeting).await?;
    let client = own(&logged.0, actor)?;
    execute!(tx, "update client_meeting set withdrawn_at = null where id = $1", on.meeting.uuid())?;
    first_meeting_again(tx, client, on.meeting).await?;
    tx.note(Use::by(actor, "restore", "meeting", Some(on.meeting.uuid())).of_clients([client]));
    Ok(Ok(Applied::default()))
}

/// A coach takes an own attempt back.
pub(crate) async fn withdraw_attempt(tx: &mut Tx, actor: &Actor, on: OnAttempt) -> Tried {
    let logged = authorise::<LoggedAttempt>(tx, actor, Action::WriteClient, on.attempt).await?;
    let client = own(&logged.0, actor)?;
    let now = tx.clock().now();
    execute!(
        tx,
        "update outreach_attempt set withdrawn_at = $2 where id = $1 and withdrawn_at is null",
        on.attempt.uuid(),
        now
    )?;
    tx.note(Use::by(actor, "withdraw", "attempt", Some(on.attempt.uuid())).of_clients([client]));
    Ok(Ok(Applied::default()))
}

/// A coach brings an own attempt back.
pub(crate) async fn restore_attempt(tx: &mut Tx, actor: &Actor, on: OnAttempt) -> Tried {
    let logged = authorise::<LoggedAttempt>(tx, actor, Action::WriteClient, on.attempt).await?;
    let client = own(&logged.0, actor)?;
    execute!(tx, "update outreach_attempt set withdrawn_at = null where id = $1", on.attempt.uuid())?;
    tx.note(Use::by(actor, "restore", "attempt", Some(on.attempt.uuid())).of_clients([client]));
    Ok(Ok(Applied::default()))
}
