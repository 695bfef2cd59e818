//! `POST /api/drop`: what phones sealed arrives (O2–O10, O18–O23). Each envelope says by its signature which phone sealed
//! it, and the phone's credential says who: nobody has to be signed in.
//!
//! What is inside takes effect by [`Backend::sync`], exactly once, whatever comes twice. What does not take effect is
//! kept all the same, with its reason, until a person has looked at it: nothing that came is thrown away.

use crate::access::{Actor, OwnAccount, authorise};
use crate::audit::Use;
use crate::devices::{self, KnownDevice};
use crate::error::{Error, Result};
use crate::sign_in::actor_of_author;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use domain::access::Action;
use domain::ids::{CommandId, DeviceId, PersonId};
use domain::sync::{Applied, Batch, Command, Entry, Refusal};
use outbox::{
    Answer, Backup, Content, Envelope, Held, Holding, Kept, KeptAnswer, Made, Outcome, Parcel, Reply, Signed,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An entry waits so many days for what it is about (O6).
const ORPHAN_DAYS: u64 = 30;

/// An envelope of a phone that the server knows.
struct Arrived {
    signed: Signed,
    envelope: Envelope,
    sha256: String,
    device: KnownDevice,
    content: std::result::Result<Content, Held>,
}

impl Arrived {
    fn entry(&self) -> CommandId {
        self.signed.header.entry
    }
}

/// What is left of an envelope after it was looked at.
#[derive(Serialize)]
struct Row {
    entry_id: Uuid,
    person_id: Uuid,
    device_id: Uuid,
    rev: u32,
    sha256: String,
    outcome: String,
    body: Option<String>,
    envelope: Option<String>,
    received_at: DateTime<Utc>,
    reported_at: Option<DateTime<Utc>>,
    estimated_at: Option<DateTime<Utc>>,
    skew_seconds: Option<i64>,
}

/// An entry that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEntry {
    /// The entry.
    pub id: CommandId,
    /// Who wrote it.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// On which phone.
    pub device: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Why it did not take effect.
    pub why: Held,
    /// What it is, where it can be read.
    pub command: Option<Command>,
}

/// What is there of an entry.
#[derive(sqlx::FromRow)]
struct Known {
    entry_id: Uuid,
    sha256: String,
    outcome: String,
    backup: Option<i64>,
    /// What the entry did, where it took effect after all: mended on another device, or at the desk.
    applied: Option<String>,
}

impl Known {
    fn outcome(&self) -> Option<Outcome> {
        let outcome = serde_json::from_str(&self.outcome).ok()?;
        let applied = self.applied.as_deref().and_then(|applied| serde_json::from_str(applied).ok());
        match (outcome, applied) {
            (Outcome::Held(Held::Conflict), _) => Some(Outcome::Held(Held::Conflict)),
            (Outcome::Held(_), Some(applied)) => Some(Outcome::Committed(applied)),
            (outcome, _) => Some(outcome),
        }
    }
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    entry_id: Uuid,
    person_id: Uuid,
    name: String,
    device: String,
    received_at: DateTime<Utc>,
    outcome: String,
    body: Option<String>,
}

impl HeldRow {
    fn entry(self) -> Option<HeldEntry> {
        let Ok(Outcome::Held(why)) = serde_json::from_str(&self.outcome) else { return None };
        let id = CommandId(self.entry_id);
        let command = self.body.and_then(|body| Entry { id, body }.open().ok());
        Some(HeldEntry {
            id,
            person: self.person_id.into(),
            name: self.name,
            device: self.device,
            received_at: self.received_at,
            why,
            command,
        })
    }
}

impl Backend {
    /// Takes a parcel of a phone. Nothing is answered before it is on disk.
    ///
    /// # Errors
    /// When the database can't; then the phone sends it all again.
    pub async fn receive(&self, parcel: Parcel) -> Result<Reply> {
        let now = self.clock.now();
        let skew = DateTime::from_timestamp_millis(parcel.sent_at).map(|sent| now - sent);
        let (arrived, unknown) = self.make_out(&parcel).await?;
        // Who sealed nothing that came proves nothing of itself.
        let proven: BTreeSet<DeviceId> = arrived.iter().map(|one| one.device.id).collect();
        let made = parcel.made.iter().filter(|made| proven.contains(&made.device)).copied().collect();
        let mut rows = Vec::new();
        let mut answers = Vec::new();
        let mut orphaned = BTreeSet::new();
        for (person, of_person) in by_person(arrived) {
            let outcomes = self.take_effect(person, &of_person).await?;
            for (one, outcome) in of_person.iter().zip(outcomes) {
                if matches!(outcome, Outcome::Committed(_)) {
                    orphaned.insert(person);
                }
                if outcome != Outcome::Later {
                    rows.push(row(one, &outcome, now, skew)?);
                }
                answers.push(Answer { entry: one.entry(), sha256: one.sha256.clone(), outcome });
            }
        }
        self.leave_arrivals(made, &rows, now).await?;
        for person in orphaned {
            self.bring_orphans_in(person, &mut answers).await?;
        }
        let (kept, backup) = self.still_here(&parcel.kept).await?;
        Ok(Reply {
            at: now.timestamp_millis(),
            answers,
            kept,
            unknown,
            backup,
            manifest: self.keys.manifest().to_owned(),
        })
    }

    /// The envelopes that phones of ours sealed, opened; and the credentials that nobody knows here.
    async fn make_out(&self, parcel: &Parcel) -> Result<(Vec<Arrived>, Vec<DeviceId>)> {
        let parts: Vec<(&Envelope, Signed)> = parcel
            .envelopes
            .iter()
            .filter_map(|envelope| envelope.parts().ok().map(|parts| (envelope, parts)))
            .collect();
        let mut named: BTreeSet<DeviceId> = parts.iter().map(|(_, parts)| parts.header.device).collect();
        named.extend(parcel.made.iter().map(|made| made.device));
        let known = devices::known(&mut self.ask().await?, &named).await?;
        let unknown = named.into_iter().filter(|device| !known.contains_key(device)).collect();
        let mut arrived = Vec::new();
        for (envelope, signed) in parts {
            let Some(device) = known.get(&signed.header.device) else { continue };
            // What somebody else sealed, or what was changed since, says nothing.
            if device.person != signed.header.person || !outbox::proves(&signed, &device.public_key) {
                continue;
            }
            let content = match self.keys.private(signed.header.key) {
                _ if device.revoked => Err(Held::Revoked),
                Some(key) => outbox::open(&signed, key).map_err(|_| Held::Unreadable),
                None => Err(Held::Unreadable),
            };
            let sha256 = envelope.sha256();
            arrived.push(Arrived {
                signed,
                envelope: envelope.clone(),
                sha256,
                device: device.clone(),
                content,
            });
        }
        Ok((arrived, unknown))
    }

    /// Does what one person's entries say, in their order.
    async fn take_effect(&self, person: PersonId, arrived: &[Arrived]) -> Result<Vec<Outcome>> {
        let author = actor_of_author(&mut self.ask().await?, person).await;
        let author = match author {
            Err(Error::NotThere) => None,
            other => Some(other?),
        };
        let mut outcomes = Vec::new();
        let mut entries = Vec::new();
        for one in arrived {
            let outcome = match (&one.content, &author) {
                (Err(held), _) => Outcome::Held(held.clone()),
                (Ok(_), None) => Outcome::Held(Held::Refused(Refusal::NotThere)),
                (Ok(Content::Command { body, .. }), Some(_)) => {
                    entries.push((outcomes.len(), Entry { id: one.entry(), body: body.clone() }));
                    Outcome::Later
                }
                (Ok(Content::Draft { fields, amends, turn }), Some(author)) => {
                    let kept = self.keep_draft(author, one.entry(), *turn, (**fields).clone(), *amends).await;
                    match kept {
                        Ok(()) => Outcome::Committed(Applied::default()),
                        Err(Error::NotThere) => Outcome::Held(Held::Refused(Refusal::NotThere)),
                        Err(error) => return Err(error),
                    }
                }
            };
            outcomes.push(outcome);
        }
        if let Some(author) = author.filter(|_| !entries.is_empty()) {
            let batch = Batch { entries: entries.iter().map(|(_, entry)| entry.clone()).collect() };
            let answers = self.sync(&author, batch).await?;
            for ((at, entry), answer) in entries.iter().zip(answers.answers) {
                outcomes[*at] = self.outcome(entry, answer.outcome).await?;
            }
        }
        Ok(outcomes)
    }

    /// Does what one entry says, and says what became of it.
    async fn take_alone(&self, author: &Actor, entry: &Entry) -> Result<Outcome> {
        let answer = self.sync(author, Batch { entries: vec![entry.clone()] }).await?.answers.pop();
        let answer = answer.ok_or_else(|| Error::internal("no answer"))?;
        self.outcome(entry, answer.outcome).await
    }

    /// What became of an entry, as a phone is told.
    async fn outcome(&self, entry: &Entry, outcome: domain::sync::Outcome) -> Result<Outcome> {
        use domain::sync::Outcome as Synced;
        Ok(match outcome {
            Synced::Committed(applied) => Outcome::Committed(applied),
            Synced::Conflict => Outcome::Held(Held::Conflict),
            Synced::Later => Outcome::Later,
            Synced::Refused(Refusal::Unreadable) => Outcome::Held(Held::Unreadable),
            Synced::Refused(Refusal::NotThere) if self.is_orphan(entry).await? => Outcome::Held(Held::Orphan),
            Synced::Refused(refusal) => Outcome::Held(Held::Refused(refusal)),
        })
    }

    /// Is an entry about a visit, a meeting, an attempt or a support of which nothing has come yet?
    async fn is_orphan(&self, entry: &Entry) -> Result<bool> {
        let Some(about) = entry.open().ok().and_then(|command| about(&command)) else { return Ok(false) };
        let there: Option<(Uuid,)> = fetch_optional!(
            &mut self.ask().await?,
            (Uuid,),
            "select id from visit where id = $1
             union all select id from client_meeting where id = $1
             union all select id from outreach_attempt where id = $1
             union all select id from support where id = $1",
            about
        )?;
        Ok(there.is_none())
    }

    /// Writes what came and what became of it, in one transaction, and what the phones say of themselves.
    async fn leave_arrivals(&self, made: Vec<Made>, rows: &[Row], now: DateTime<Utc>) -> Result<()> {
        if made.is_empty() && rows.is_empty() {
            return Ok(());
        }
        let mut tx = self.write().await?;
        execute!(
            tx,
            sqlite: "insert into arrival (entry_id, person_id, device_id, rev, sha256, outcome, body, envelope,
                         received_at, reported_at, estimated_at, skew_seconds)
                     select unhex(value ->> 'entry_id', '-'), unhex(value ->> 'person_id', '-'),
                         unhex(value ->> 'device_id', '-'), value ->> 'rev', value ->> 'sha256',
                         value ->> 'outcome', value ->> 'body', value ->> 'envelope', value ->> 'received_at',
                         value ->> 'reported_at', value ->> 'estimated_at', value ->> 'skew_seconds'
                     from json_each($1) where true
                     on conflict (entry_id, device_id) do update set rev = excluded.rev, sha256 = excluded.sha256, outcome = excluded.outcome,
                         body = excluded.body, envelope = excluded.envelope, received_at = excluded.received_at,
                         reported_at = excluded.reported_at, estimated_at = excluded.estimated_at,
                         skew_seconds = excluded.skew_seconds, backup = null
                     where excluded.rev > arrival.rev
                         or excluded.rev = arrival.rev and excluded.outcome <> arrival.outcome",
            postgres: "insert into arrival (entry_id, person_id, device_id, rev, sha256, outcome, body, envelope,
                           received_at, reported_at, estimated_at, skew_seconds)
                       select entry_id, person_id, device_id, rev, sha256, outcome, body, envelope, received_at,
                           reported_at, estimated_at, skew_seconds
                       from json_to_recordset(cast($1 as json)) as r(entry_id uuid, person_id uuid,
                           device_id uuid, rev bigint, sha256 text, outcome text, body text, envelope text,
                           received_at timestamptz, reported_at timestamptz, estimated_at timestamptz,
                           skew_seconds bigint)
                       order by entry_id
                       on conflict (entry_id, device_id) do update set rev = excluded.rev, sha256 = excluded.sha256, outcome = excluded.outcome,
                           body = excluded.body, envelope = excluded.envelope, received_at = excluded.received_at,
                           reported_at = excluded.reported_at, estimated_at = excluded.estimated_at,
                           skew_seconds = excluded.skew_seconds, backup = null
                       where excluded.rev > arrival.rev
                           or excluded.rev = arrival.rev and excluded.outcome <> arrival.outcome",
            serde_json::to_string(&newest(rows)).map_err(Error::internal)?
        )?;
        devices::note_seen(&mut tx, &made, now).await?;
        tx.commit().await
    }

    /// Entries that came before what they are about take effect now, or wait no longer.
    async fn bring_orphans_in(&self, person: PersonId, answers: &mut [Answer]) -> Result<()> {
        let rows: Vec<(Uuid, String, String, DateTime<Utc>)> = fetch_all!(
            &mut self.ask().await?,
            (Uuid, String, String, DateTime<Utc>),
            "select entry_id, body, sha256, received_at from arrival
             where person_id = $1 and body is not null and outcome = $2 order by received_at, entry_id",
            person.uuid(),
            serde_json::to_string(&Outcome::Held(Held::Orphan)).map_err(Error::internal)?
        )?;
        if rows.is_empty() {
            return Ok(());
        }
        let author = actor_of_author(&mut self.ask().await?, person).await?;
        let over = self.clock.now().checked_sub_days(Days::new(ORPHAN_DAYS)).unwrap_or_default();
        for (id, body, sha256, received_at) in rows {
            let entry = Entry { id: id.into(), body };
            let outcome = match self.take_alone(&author, &entry).await? {
                Outcome::Later => continue,
                Outcome::Held(Held::Orphan) if received_at > over => continue,
                Outcome::Held(Held::Orphan) => Outcome::Held(Held::Refused(Refusal::NotThere)),
                outcome => outcome,
            };
            self.settle(person, entry.id, &sha256, &outcome, Some(&entry.body)).await?;
            let own = |answer: &&mut Answer| answer.entry == entry.id && answer.sha256 == sha256;
            if let Some(answer) = answers.iter_mut().find(own) {
                answer.outcome = outcome;
            }
        }
        Ok(())
    }

    /// Writes what became of an entry that waited.
    async fn settle(
        &self,
        person: PersonId,
        entry: CommandId,
        sha256: &str,
        outcome: &Outcome,
        body: Option<&str>,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        settle(&mut tx, person, entry, sha256, outcome, body).await?;
        tx.commit().await
    }

    /// What the server has of entries that it said it has, and the last whole backup.
    async fn still_here(&self, kept: &[Kept]) -> Result<(Vec<KeptAnswer>, Option<Backup>)> {
        let mut tx = self.ask().await?;
        let backup: Option<(i64, DateTime<Utc>)> = fetch_optional!(
            tx,
            (i64, DateTime<Utc>),
            "select number, whole_at from backup where whole_at is not null order by number desc limit 1"
        )?;
        let asked: BTreeSet<CommandId> = kept.iter().map(|kept| kept.entry).collect();
        let rows = fetch_all!(
            tx,
            Known,
            sqlite: "select a.entry_id, a.sha256, a.outcome, a.backup, r.applied
                     from arrival a left join receipt r on r.id = a.entry_id and r.person_id = a.person_id
                     where a.entry_id in (select unhex(value, '-') from json_each($1))",
            postgres: "select a.entry_id, a.sha256, a.outcome, a.backup, r.applied
                       from arrival a left join receipt r on r.id = a.entry_id and r.person_id = a.person_id
                       where a.entry_id in
                           (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
            serde_json::to_string(&asked).map_err(Error::internal)?
        )?;
        let number = backup.map_or(0, |(number, _)| number);
        let answer = |kept: &Kept| {
            let row = rows.iter().find(|row| row.entry_id == kept.entry.uuid() && row.sha256 == kept.sha256);
            let has = match row.map(|row| row.backup) {
                None => Holding::Nothing,
                Some(Some(backup)) if backup <= number => Holding::BackedUp,
                Some(_) => Holding::OnDisk,
            };
            let outcome = row.and_then(Known::outcome);
            KeptAnswer { entry: kept.entry, sha256: kept.sha256.clone(), has, outcome }
        };
        let backup = backup.map(|(number, at)| Backup { number, at: at.timestamp_millis() });
        Ok((kept.iter().map(answer).collect(), backup))
    }

    /// The person's own entries that wait for them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn held_entries(&self, actor: &Actor) -> Result<Vec<HeldEntry>> {
        let mut tx = self.read().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        held(&mut tx, actor.person).await
    }

    /// Does what an own entry says that came from a phone whose credential had been ended: its author says that they
    /// wrote it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there, not the person's own, or can't be opened.
    pub async fn accept_held_entry(&self, actor: &Actor, id: CommandId) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let found: Option<(String, String)> = fetch_optional!(
            tx,
            (String, String),
            "select envelope, sha256 from arrival
             where entry_id = $1 and person_id = $2 and envelope is not null and outcome = $3
             order by received_at desc limit 1",
            id.uuid(),
            actor.person.uuid(),
            serde_json::to_string(&Outcome::Held(Held::Revoked)).map_err(Error::internal)?
        )?;
        let (envelope, sha256) = found.ok_or(Error::NotThere)?;
        tx.note(Use::by(actor, "accept", "arrival", Some(id.uuid())).on_ground("own_account"));
        tx.commit().await?;
        let parts = Envelope(envelope).parts().map_err(|_| Error::NotThere)?;
        let key = self.keys.private(parts.header.key).ok_or(Error::NotThere)?;
        let body = match outbox::open(&parts, key).map_err(|_| Error::NotThere)? {
            Content::Command { body, .. } => body,
            Content::Draft { fields, amends, turn } => {
                self.keep_draft(actor, id, turn, *fields, amends).await?;
                return self
                    .settle(actor.person, id, &sha256, &Outcome::Committed(Applied::default()), None)
                    .await;
            }
        };
        let entry = Entry { id, body };
        let outcome = self.take_alone(actor, &entry).await?;
        self.settle(actor.person, id, &sha256, &outcome, Some(&entry.body)).await
    }

    /// Lets an own entry go that did not take effect: its words are thrown away.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there or not the person's own.
    pub async fn drop_held_entry(&self, actor: &Actor, id: CommandId) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let found: Vec<(String,)> = fetch_all!(
            tx,
            (String,),
            "select sha256 from arrival where entry_id = $1 and person_id = $2
                 and (body is not null or envelope is not null)",
            id.uuid(),
            actor.person.uuid()
        )?;
        if found.is_empty() {
            return Err(Error::NotThere);
        }
        for (sha256,) in found {
            settle(&mut tx, actor.person, id, &sha256, &Outcome::Committed(Applied::default()), None).await?;
        }
        tx.note(Use::by(actor, "drop", "arrival", Some(id.uuid())).on_ground("own_account"));
        tx.commit().await
    }
}

/// An own entry that waits, to be mended in its form.
pub(crate) async fn held_command(tx: &mut Tx, actor: &Actor, id: CommandId) -> Result<Option<Command>> {
    let row: Option<(Option<String>,)> = fetch_optional!(
        tx,
        (Option<String>,),
        "select body from arrival where entry_id = $1 and person_id = $2 and body is not null
         order by received_at desc limit 1",
        id.uuid(),
        actor.person.uuid()
    )?;
    Ok(row.and_then(|(body,)| body).and_then(|body| Entry { id, body }.open().ok()))
}

/// A person's entries that wait.
pub(crate) async fn held(tx: &mut Tx, person: PersonId) -> Result<Vec<HeldEntry>> {
    let rows = fetch_all!(
        tx,
        HeldRow,
        "select a.entry_id, a.person_id, p.name, d.name as device, a.received_at, a.outcome, a.body
         from arrival a join person p on p.id = a.person_id join device d on d.id = a.device_id
         where a.person_id = $1 and (a.body is not null or a.envelope is not null)
             and (a.outcome = $2 or not exists
                 (select 1 from receipt r where r.id = a.entry_id and r.person_id = a.person_id))
         order by a.received_at, a.entry_id",
        person.uuid(),
        serde_json::to_string(&Outcome::Held(Held::Conflict)).map_err(Error::internal)?
    )?;
    Ok(rows.into_iter().filter_map(HeldRow::entry).collect())
}

async fn settle(
    tx: &mut Tx,
    person: PersonId,
    entry: CommandId,
    sha256: &str,
    outcome: &Outcome,
    body: Option<&str>,
) -> Result<()> {
    let body = body.filter(|_| matches!(outcome, Outcome::Held(_)));
    execute!(
        tx,
        "update arrival set outcome = $4, backup = null, envelope = null, body = $5
         where entry_id = $1 and person_id = $2 and sha256 = $3",
        entry.uuid(),
        person.uuid(),
        sha256,
        serde_json::to_string(outcome).map_err(Error::internal)?,
        body
    )?;
    Ok(())
}

/// Each person's envelopes; for an entry that came in several revisions they stay in their order.
fn by_person(arrived: Vec<Arrived>) -> BTreeMap<PersonId, Vec<Arrived>> {
    let mut people: BTreeMap<PersonId, Vec<Arrived>> = BTreeMap::new();
    for one in arrived {
        people.entry(one.device.person).or_default().push(one);
    }
    people
}

fn row(one: &Arrived, outcome: &Outcome, now: DateTime<Utc>, skew: Option<TimeDelta>) -> Result<Row> {
    // What was erased leaves no word, however late it comes (O9).
    let waits = matches!(outcome, Outcome::Held(why) if *why != Held::Refused(Refusal::Erased));
    let (body, written_at) = match &one.content {
        Ok(Content::Command { body, written_at, .. }) => (Some(body.clone()), Some(*written_at)),
        Ok(Content::Draft { turn, .. }) => (None, Some(*turn)),
        Err(_) => (None, None),
    };
    let reported_at = written_at.and_then(DateTime::from_timestamp_millis);
    let estimated_at = reported_at.zip(skew).and_then(|(reported, skew)| reported.checked_add_signed(skew));
    Ok(Row {
        entry_id: one.entry().uuid(),
        person_id: one.device.person.uuid(),
        device_id: one.device.id.uuid(),
        rev: one.signed.header.rev,
        sha256: one.sha256.clone(),
        outcome: serde_json::to_string(outcome).map_err(Error::internal)?,
        body: body.filter(|_| waits),
        envelope: (waits && one.content.is_err()).then(|| one.envelope.0.clone()),
        received_at: now,
        reported_at: reported_at.filter(|at| is_kept(*at)),
        estimated_at: estimated_at.filter(|at| is_kept(*at)),
        skew_seconds: skew.map(|skew| skew.num_seconds()),
    })
}

/// A clock may say any year; the databases keep those of four digits.
fn is_kept(at: DateTime<Utc>) -> bool {
    (1970..=9999).contains(&at.year())
}

/// The last of each entry: one statement can't write a row twice.
fn newest(rows: &[Row]) -> Vec<&Row> {
    let mut newest: BTreeMap<(Uuid, Uuid), &Row> = BTreeMap::new();
    for row in rows {
        let known = newest.entry((row.entry_id, row.device_id)).or_insert(row);
        if known.rev <= row.rev {
            *known = row;
        }
    }
    newest.into_values().collect()
}

/// What a command is about that another entry makes.
fn about(command: &Command) -> Option<Uuid> {
    match command {
        Command::LogVisit(_)
        | Command::LogMeeting(_)
        | Command::LogAttempt(_)
        | Command::LogSupport(_)
        | Command::ScoreItem(_) => None,
        Command::AmendVisit(amend) => Some(amend.visit.uuid()),
        Command::WithdrawVisit(on)
        | Command::RestoreVisit(on)
        | Command::SettleNextStep(on)
        | Command::ReopenNextStep(on)
        | Command::LeaveGap(on) => Some(on.visit.uuid()),
        Command::MoveNextStep(wish) => Some(wish.visit.uuid()),
        Command::WithdrawMeeting(on) | Command::RestoreMeeting(on) => Some(on.meeting.uuid()),
        Command::WithdrawAttempt(on) | Command::RestoreAttempt(on) => Some(on.attempt.uuid()),
        Command::WithdrawSupport(on) | Command::RestoreSupport(on) => Some(on.support.uuid()),
    }
}
