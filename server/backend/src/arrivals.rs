//! `POST /api/drop`: what phones sealed arrives (O2–O10, O18–O23). Each envelope says by its signature which phone sealed
//! it, and the phone's credential says who: nobody has to be signed in.
//!
//! What is inside takes effect by [`Backend::sync`], exactly once, whatever comes twice. What does not take effect is
//! kept all the same, with its reason, until a person has looked at it: nothing that came is thrown away.

use crate::access::{Actor, OnceCoach, OwnAccount, authorise};
use crate::audit::Use;
use crate::devices::{self, KnownDevice};
use crate::error::{Error, Result};
use crate::sign_in::{actor_of_author, actor_then};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
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
    /// No draft: a visit that was handed in takes a draft's place, whatever their numbers.
    finished: bool,
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
    /// By what its envelope is known: the same entry may have come with other words.
    pub seal: String,
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
            // It was mended.
            (Outcome::Held(Held::Refused(_)), Some(applied)) => Some(Outcome::Committed(applied)),
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
    sha256: String,
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
            seal: self.sha256,
            why,
            command,
        })
    }
}

/// What became of the entries of a sealed copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopyTaken {
    /// They have taken effect, now or before.
    pub there: usize,
    /// They wait for their author.
    pub held: usize,
    /// They are no entries, or of a phone that this server does not know.
    pub left: usize,
}

/// Entries that wait, by a condition.
macro_rules! waiting {
    ($condition:literal) => {
        concat!(
            "select a.entry_id, a.person_id, a.sha256, a.body, a.envelope, a.received_at, a.estimated_at from arrival a
             where (a.body is not null or a.envelope is not null) and ",
            $condition,
            " order by a.received_at, a.device_id"
        )
    };
}

/// Entries that wait for a person, by a condition. What was refused and has taken effect since waits no more.
macro_rules! held {
    ($body:literal, $condition:expr) => {
        concat!(
            "select a.entry_id, a.person_id, p.name, d.name as device, a.received_at, a.sha256, a.outcome, ",
            $body,
            " as body
             from arrival a join person p on p.id = a.person_id join device d on d.id = a.device_id
             where (a.body is not null or a.envelope is not null)
                 and (a.outcome not like '{\"held\":{\"refused\"%' or not exists
                     (select 1 from receipt r where r.id = a.entry_id and r.person_id = a.person_id))
                 and ",
            $condition,
            " order by a.received_at, a.entry_id"
        )
    };
}

/// Entries that wait for people who can't look at them: they have had a post in one of the units. Their words stay closed.
macro_rules! held_of_gone {
    ($units:literal) => {
        held!(
            "null",
            concat!(
                "exists (select 1 from post o where o.person_id = p.id and o.role in ('coach', 'lead') and o.unit_id ",
                $units,
                ") and (p.locked_at is not null or not exists (select 1 from post o where o.person_id = p.id
                     and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)))"
            )
        )
    };
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
            // One person's trouble is nobody else's (O7).
            let outcomes = self.take_effect(person, &of_person).await.unwrap_or_else(|error| {
                tracing::error!(%error, "what one person sealed has to come again");
                vec![Outcome::Later; of_person.len()]
            });
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
                        Err(error) => {
                            tracing::error!(%error, "a draft has to come again");
                            Outcome::Later
                        }
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
            // Within a parcel entries go by their identities, and a phone's clock may be slow: an undo may have come
            // before what it undoes.
            let came: BTreeSet<Uuid> = entries.iter().map(|(_, entry)| entry.id.uuid()).collect();
            let is_here = |entry: &Entry| entry.open().ok().and_then(|command| about(&command));
            for (at, entry) in &entries {
                if outcomes[*at] == Outcome::Held(Held::Refused(Refusal::NotThere))
                    && is_here(entry).is_some_and(|about| came.contains(&about))
                {
                    outcomes[*at] = self.take_alone(&author, entry).await?;
                }
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
        let texts = serde_json::to_string(&once_each(rows)).map_err(Error::internal)?;
        // What has taken effect once, or was let go by a person, does not wait again because it comes late a second time.
        execute!(
            tx,
            sqlite: "insert into arrival (entry_id, person_id, device_id, rev, finished, sha256, outcome, body, envelope,
                         received_at, reported_at, estimated_at, skew_seconds)
                     select unhex(value ->> 'entry_id', '-'), unhex(value ->> 'person_id', '-'),
                         unhex(value ->> 'device_id', '-'), value ->> 'rev', value ->> 'finished', value ->> 'sha256',
                         value ->> 'outcome', value ->> 'body', value ->> 'envelope', value ->> 'received_at',
                         value ->> 'reported_at', value ->> 'estimated_at', value ->> 'skew_seconds'
                     from json_each($1) where true
                     on conflict (entry_id, device_id, sha256) do update set outcome = excluded.outcome,
                         body = excluded.body, envelope = excluded.envelope, received_at = excluded.received_at,
                         backup = null
                     where excluded.outcome <> arrival.outcome and arrival.outcome not like '{\"committed\"%'",
            postgres: "insert into arrival (entry_id, person_id, device_id, rev, finished, sha256, outcome, body, envelope,
                           received_at, reported_at, estimated_at, skew_seconds)
                       select entry_id, person_id, device_id, rev, finished, sha256, outcome, body, envelope, received_at,
                           reported_at, estimated_at, skew_seconds
                       from json_to_recordset(cast($1 as json)) as r(entry_id uuid, person_id uuid,
                           device_id uuid, rev bigint, finished boolean, sha256 text, outcome text, body text,
                           envelope text, received_at timestamptz, reported_at timestamptz,
                           estimated_at timestamptz, skew_seconds bigint)
                       order by entry_id, device_id, sha256
                       on conflict (entry_id, device_id, sha256) do update set outcome = excluded.outcome,
                           body = excluded.body, envelope = excluded.envelope, received_at = excluded.received_at,
                           backup = null
                       where excluded.outcome <> arrival.outcome and arrival.outcome not like '{\"committed\"%'",
            &texts
        )?;
        // A draft gives way to a newer one and to what was made of it.
        execute!(
            tx,
            sqlite: "delete from arrival where not finished
                         and entry_id in (select unhex(value ->> 'entry_id', '-') from json_each($1))
                         and exists (select 1 from arrival n where n.entry_id = arrival.entry_id
                             and n.device_id = arrival.device_id and (n.finished or n.rev > arrival.rev))",
            postgres: "delete from arrival where not finished
                           and entry_id in (select entry_id from json_to_recordset(cast($1 as json)) as r(entry_id uuid))
                           and exists (select 1 from arrival n where n.entry_id = arrival.entry_id
                               and n.device_id = arrival.device_id and (n.finished or n.rev > arrival.rev))",
            &texts
        )?;
        // What a rule refused and its author mended is told by what was made of it.
        for person in rows.iter().map(|row| row.person_id).collect::<BTreeSet<_>>() {
            execute!(
                tx,
                "update arrival set body = null, envelope = null
                 where person_id = $1 and (body is not null or envelope is not null)
                     and outcome like '{\"held\":{\"refused\"%'
                     and exists (select 1 from receipt r where r.id = arrival.entry_id and r.person_id = arrival.person_id)",
                person
            )?;
        }
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

    /// Entries of people of the units that the person leads who can't look at them themselves: they have left, or their
    /// accounts are locked (O22). Their words are not shown.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn held_of_gone(&self, actor: &Actor) -> Result<Vec<HeldEntry>> {
        let mut tx = self.read().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let led = actor.led_units();
        let rows = fetch_all!(
            tx,
            HeldRow,
            sqlite: held_of_gone!("in (select unhex(value, '-') from json_each($1))"),
            postgres: held_of_gone!("in (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))"),
            serde_json::to_string(&led).map_err(Error::internal)?,
            actor.today
        )?;
        Ok(rows.into_iter().filter_map(HeldRow::entry).collect())
    }

    /// Takes what stands in the sealed copy of a phone (`/sync`, "save a sealed copy"): a line for each entry. Whoever brings it can
    /// read nothing of it, and each entry is its author's.
    ///
    /// # Errors
    /// When the person may not sign in, or the database can't; then it can be brought once more.
    pub async fn receive_copy(&self, actor: &Actor, copy: &str) -> Result<CopyTaken> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        tx.note(Use::by(actor, "bring", "arrival", None));
        tx.commit().await?;
        let lines: Vec<&str> = copy.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let sent_at = self.clock.now().timestamp_millis();
        let mut taken = CopyTaken::default();
        for lines in lines.chunks(outbox::PARCEL_MAX) {
            let envelopes = lines.iter().map(|line| Envelope((*line).to_owned())).collect();
            let reply = self.receive(Parcel { sent_at, envelopes, ..Parcel::default() }).await?;
            for answer in &reply.answers {
                match answer.outcome {
                    Outcome::Committed(_) => taken.there += 1,
                    Outcome::Held(_) => taken.held += 1,
                    Outcome::Later => {}
                }
            }
        }
        taken.left = lines.len() - taken.there - taken.held;
        Ok(taken)
    }

    /// Does what an entry says that waits under a seal: an own one, of which its author says that they wrote it; or one of somebody
    /// who has left, for whoever leads their unit. It is judged by its author's rights on the day on which it was
    /// written (O22).
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there, not for this person, or can't be opened; another when the database
    /// can't, and then it waits on.
    pub async fn accept_held_entry(&self, actor: &Actor, id: CommandId, seal: &str) -> Result<()> {
        let mut tx = self.write().await?;
        let waiting = waiting_for(&mut tx, actor, id, seal).await?;
        let author = match waiting.person_id == actor.person.uuid() {
            true => actor.clone(),
            false => actor_then(&mut tx, waiting.person_id.into(), waiting.day()).await?,
        };
        tx.note(Use::by(actor, "accept", "arrival", Some(id.uuid())).on_ground(waiting.ground(actor)));
        tx.commit().await?;
        let content = self.content_of(&waiting)?;
        self.take_waiting(&author, &waiting, content).await.map(|_| ())
    }

    /// What stands in an entry that waits.
    fn content_of(&self, waiting: &Waiting) -> Result<Content> {
        if let Some(body) = &waiting.body {
            return Ok(Content::Command { body: body.clone(), written_at: 0, zone: 0 });
        }
        let envelope = waiting.envelope.clone().ok_or(Error::NotThere)?;
        let parts = Envelope(envelope).parts().map_err(|_| Error::NotThere)?;
        let key = self.keys.private(parts.header.key).ok_or(Error::NotThere)?;
        outbox::open(&parts, key).map_err(|_| Error::NotThere)
    }

    /// Does what an entry says that waited, and writes what became of it. Nothing is written when it could not be done
    /// now.
    async fn take_waiting(&self, author: &Actor, waiting: &Waiting, content: Content) -> Result<Outcome> {
        let id = CommandId(waiting.entry_id);
        let (outcome, body) = match content {
            Content::Command { body, .. } => {
                let entry = Entry { id, body };
                (self.take_alone(author, &entry).await?, Some(entry.body))
            }
            Content::Draft { fields, amends, turn } => {
                self.keep_draft(author, id, turn, *fields, amends).await?;
                (Outcome::Committed(Applied::default()), None)
            }
        };
        if outcome == Outcome::Later {
            return Err(Error::internal("an entry that waits could not be carried out now"));
        }
        let person = PersonId(waiting.person_id);
        self.settle(person, id, &waiting.sha256, &outcome, body.as_deref()).await?;
        Ok(outcome)
    }

    /// Tries once more to read what could not be read when it came: the key may be back, or a newer version may know
    /// what an older one did not. Says how many took effect.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn read_unreadable_again(&self) -> Result<usize> {
        let rows = fetch_all!(
            &mut self.ask().await?,
            Waiting,
            waiting!("a.outcome = $1"),
            serde_json::to_string(&Outcome::Held(Held::Unreadable)).map_err(Error::internal)?
        )?;
        let mut taken = 0;
        for waiting in rows {
            let (Ok(content), Ok(author)) = (
                self.content_of(&waiting),
                actor_of_author(&mut self.ask().await?, waiting.person_id.into()).await,
            ) else {
                continue;
            };
            match self.take_waiting(&author, &waiting, content).await {
                Ok(outcome) => taken += usize::from(matches!(outcome, Outcome::Committed(_))),
                Err(error) => tracing::error!(%error, "an entry that waits could not be tried again"),
            }
        }
        Ok(taken)
    }

    /// Lets sealed texts go that wait and name somebody who was erased: nothing in the database tells it but the key.
    pub(crate) async fn forget_erased_seals(&self) -> Result<()> {
        let rows = fetch_all!(&mut self.ask().await?, Waiting, waiting!("a.envelope is not null"))?;
        for waiting in rows {
            let Ok(content) = self.content_of(&waiting) else { continue };
            let named = match &content {
                Content::Command { body, .. } => {
                    let entry = Entry { id: waiting.entry_id.into(), body: body.clone() };
                    entry
                        .open()
                        .map(|command| retention::named(waiting.entry_id, &command))
                        .unwrap_or_default()
                }
                Content::Draft { fields, amends, .. } => {
                    let client = Uuid::parse_str(&fields.client).ok();
                    client.into_iter().chain(amends.map(|amended| amended.visit.uuid())).collect()
                }
            };
            let mut tx = self.write().await?;
            if retention::is_erased(&mut tx, &named).await? {
                let (person, entry) = (waiting.person_id.into(), waiting.entry_id.into());
                let outcome = Outcome::Held(Held::Refused(Refusal::Erased));
                settle(&mut tx, person, entry, &waiting.sha256, &outcome, None).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// Lets an entry go that did not take effect: its words are thrown away. By its author, or by whoever leads the unit
    /// of somebody who has left.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there or not for this person.
    pub async fn drop_held_entry(&self, actor: &Actor, id: CommandId, seal: &str) -> Result<()> {
        let mut tx = self.write().await?;
        let waiting = waiting_for(&mut tx, actor, id, seal).await?;
        tx.note(Use::by(actor, "drop", "arrival", Some(id.uuid())).on_ground(waiting.ground(actor)));
        let outcome = Outcome::Committed(Applied::default());
        settle(&mut tx, waiting.person_id.into(), id, seal, &outcome, None).await?;
        tx.commit().await
    }
}

/// An entry's texts while it waits.
#[derive(sqlx::FromRow)]
struct Waiting {
    entry_id: Uuid,
    person_id: Uuid,
    sha256: String,
    body: Option<String>,
    envelope: Option<String>,
    received_at: DateTime<Utc>,
    estimated_at: Option<DateTime<Utc>>,
}

impl Waiting {
    /// The day on which it was written, as well as the server can tell.
    fn day(&self) -> NaiveDate {
        let at = self.estimated_at.map_or(self.received_at, |at| at.min(self.received_at));
        at.with_timezone(&crate::clock::ZONE).date_naive()
    }

    fn ground(&self, actor: &Actor) -> &'static str {
        if self.person_id == actor.person.uuid() { "own_account" } else { "people" }
    }
}

/// What waits under an identity and a seal, for a person who may settle it: its author, or, when they are gone, whoever
/// leads their unit.
async fn waiting_for(tx: &mut Tx, actor: &Actor, id: CommandId, seal: &str) -> Result<Waiting> {
    authorise::<OwnAccount>(tx, actor, Action::UseOwnAccount, ()).await?;
    let found = fetch_all!(tx, Waiting, waiting!("a.entry_id = $1 and a.sha256 = $2"), id.uuid(), seal)?;
    let waiting = found.into_iter().next().ok_or(Error::NotThere)?;
    if waiting.person_id != actor.person.uuid() {
        // Who is here settles their own.
        let author = actor_of_author(tx, waiting.person_id.into()).await;
        if author.is_ok_and(|author| !author.posts.is_empty()) {
            return Err(Error::NotThere);
        }
        authorise::<OnceCoach>(tx, actor, Action::SettleForGone, waiting.person_id.into()).await?;
    }
    Ok(waiting)
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
    let rows = fetch_all!(tx, HeldRow, held!("a.body", "a.person_id = $1"), person.uuid())?;
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
    let body = body.filter(|_| keeps_words(outcome));
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

/// Does what was written stay for a person to look at? What was erased leaves no word, however late it comes (O9).
fn keeps_words(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Held(why) if *why != Held::Refused(Refusal::Erased))
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
    let waits = keeps_words(outcome);
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
        finished: !matches!(one.content, Ok(Content::Draft { .. })),
        sha256: one.sha256.clone(),
        outcome: serde_json::to_string(outcome).map_err(Error::internal)?,
        body: body.filter(|_| waits),
        // What stands in no text, a draft or what could not be opened, stays as it came.
        envelope: (waits && !matches!(one.content, Ok(Content::Command { .. })))
            .then(|| one.envelope.0.clone()),
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

/// Each envelope once, as it was taken last: one statement can't write a row twice.
fn once_each(rows: &[Row]) -> Vec<&Row> {
    let rows = rows.iter().map(|row| ((row.entry_id, row.device_id, row.sha256.as_str()), row));
    rows.collect::<BTreeMap<_, _>>().into_values().collect()
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
