//! Phones that seal what is written on them: a person enrols a phone by signing in on it, names it, and ends its
//! credential. The credential can bring entries and nothing else (O18).

use crate::access::{Actor, KnownCoach, OwnAccount, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, Utc};
use domain::access::Action;
use domain::ids::{DeviceId, PersonId};
use outbox::Made;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The length of a public key: a point of P-256, uncompressed.
const KEY_LEN: usize = 65;
/// The longest name of a phone, in letters.
pub const NAME_MAX: usize = 60;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    public_key: Vec<u8>,
    revoked_at: Option<DateTime<Utc>>,
}

/// A phone's credential, as it is needed when something comes from it.
#[derive(Clone, Debug)]
pub(crate) struct KnownDevice {
    pub(crate) id: DeviceId,
    pub(crate) person: PersonId,
    pub(crate) public_key: Vec<u8>,
    pub(crate) revoked: bool,
}

/// A phone, as people see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    /// Its credential.
    pub id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub enrolled_at: DateTime<Utc>,
    /// When it was heard of last.
    pub seen_at: DateTime<Utc>,
    /// When its credential was ended.
    pub revoked_at: Option<DateTime<Utc>>,
    /// So many entries were made on it.
    pub made: i64,
    /// And so many have come.
    pub arrived: i64,
}

impl Device {
    /// How many entries of this phone have not come (O14).
    #[must_use]
    pub fn missing(&self) -> i64 {
        (self.made - self.arrived).max(0)
    }
}

impl Backend {
    /// Is any phone enrolled? Then it seals to the keys that it was given.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_devices(&self) -> Result<bool> {
        let any: Option<(Uuid,)> =
            fetch_optional!(&mut self.ask().await?, (Uuid,), "select id from device limit 1")?;
        Ok(any.is_some())
    }

    /// Enrols a phone for the person who is signed in on it. Under the same identity and key it may be done again, as
    /// after the server was restored from a time before.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the key is none, or the identity is another phone's or was ended.
    pub async fn enrol(&self, actor: &Actor, id: DeviceId, public_key: &[u8], name: &str) -> Result<()> {
        if public_key.len() != KEY_LEN {
            return Err(Error::NotThere);
        }
        let name: String = name.trim().chars().take(NAME_MAX).collect();
        let now = self.clock.now();
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let enrolled = execute!(
            tx,
            "insert into device (id, person_id, public_key, name, enrolled_at, seen_at)
             values ($1, $2, $3, $4, $5, $5)
             on conflict (id) do update set seen_at = excluded.seen_at
             where device.person_id = excluded.person_id and device.public_key = excluded.public_key
                 and device.revoked_at is null",
            id.uuid(),
            actor.person.uuid(),
            public_key,
            name,
            now
        )?;
        if enrolled == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, "enrol", "device", Some(id.uuid())).on_ground("own_account"));
        tx.commit().await
    }

    /// The person's own phones, and those of the coaches whom the person leads; those in use first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn devices(&self, actor: &Actor) -> Result<Vec<Device>> {
        let mut tx = self.read().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let led = actor.led_units();
        Ok(fetch_all!(
            tx,
            Device,
            sqlite: "select d.id, d.person_id, p.name as person, d.name, d.enrolled_at, d.seen_at, d.revoked_at, d.made,
                         (select count(distinct a.entry_id) from arrival a where a.device_id = d.id) as arrived
                     from device d join person p on p.id = d.person_id
                     where d.person_id = $1 or d.person_id in (select o.person_id from post o
                         where o.role in ('coach', 'lead') and o.from_day <= $3
                             and (o.to_day is null or o.to_day >= $3)
                             and o.unit_id in (select unhex(value, '-') from json_each($2)))
                     order by d.revoked_at is not null, p.name, d.seen_at desc, d.id",
            postgres: "select d.id, d.person_id, p.name as person, d.name, d.enrolled_at, d.seen_at, d.revoked_at, d.made,
                           (select count(distinct a.entry_id) from arrival a where a.device_id = d.id) as arrived
                       from device d join person p on p.id = d.person_id
                       where d.person_id = $1 or d.person_id in (select o.person_id from post o
                           where o.role in ('coach', 'lead') and o.from_day <= $3
                               and (o.to_day is null or o.to_day >= $3)
                               and o.unit_id in
                                   (select cast(value as uuid) from json_array_elements_text(cast($2 as json))))
                       order by d.revoked_at is not null, p.name, d.seen_at desc, d.id",
            actor.person.uuid(),
            serde_json::to_string(&led).map_err(Error::internal)?,
            actor.today
        )?)
    }

    /// Gives an own phone another name.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not one of the own.
    pub async fn name_device(&self, actor: &Actor, id: DeviceId, name: &str) -> Result<()> {
        let name: String = name.trim().chars().take(NAME_MAX).collect();
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let named = execute!(
            tx,
            "update device set name = $3 where id = $1 and person_id = $2",
            id.uuid(),
            actor.person.uuid(),
            name
        )?;
        if named == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, "name", "device", Some(id.uuid())).on_ground("own_account"));
        tx.commit().await
    }

    /// Ends a phone's credential: an own one, or one of a coach whom the person leads. What comes from it after that is
    /// kept, and takes effect only when a person says so. Its owner's sign-ins end with it, but for the one that asks.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there or the person may not.
    pub async fn revoke_device(&self, actor: &Actor, id: DeviceId) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let found: Option<(Uuid,)> =
            fetch_optional!(tx, (Uuid,), "select person_id from device where id = $1", id.uuid())?;
        let (person,) = found.ok_or(Error::NotThere)?;
        if person != actor.person.uuid() {
            authorise::<KnownCoach>(&mut tx, actor, Action::EndDevice, person.into()).await?;
        }
        execute!(
            tx,
            "update device set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null",
            id.uuid(),
            self.clock.now(),
            actor.person.uuid()
        )?;
        // Whoever has the phone could make another credential with a sign-in that is left on it.
        execute!(
            tx,
            "update session set ended_at = $1 where person_id = $2 and id <> $3 and ended_at is null",
            self.clock.now(),
            person,
            actor.session.uuid()
        )?;
        let ground = if person == actor.person.uuid() { "own_account" } else { "people" };
        tx.note(Use::by(actor, "revoke", "device", Some(id.uuid())).on_ground(ground));
        tx.commit().await
    }
}

/// The credentials of these identities that are there.
pub(crate) async fn known(tx: &mut Tx, ids: &BTreeSet<DeviceId>) -> Result<BTreeMap<DeviceId, KnownDevice>> {
    let rows = fetch_all!(
        tx,
        Row,
        sqlite: "select id, person_id, public_key, revoked_at from device
                 where id in (select unhex(value, '-') from json_each($1))",
        postgres: "select id, person_id, public_key, revoked_at from device
                   where id in (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
        serde_json::to_string(ids).map_err(Error::internal)?
    )?;
    let device = |Row { id, person_id, public_key, revoked_at }: Row| {
        let (id, person) = (DeviceId(id), PersonId(person_id));
        (id, KnownDevice { id, person, public_key, revoked: revoked_at.is_some() })
    };
    Ok(rows.into_iter().map(device).collect())
}

/// Notes what phones say of themselves. How many entries were made only grows.
pub(crate) async fn note_seen(tx: &mut Tx, made: &[Made], now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        sqlite: "update device set seen_at = $2, made = max(device.made, n.made)
                 from (select unhex(value ->> 'device', '-') as id, value ->> 'entries' as made from json_each($1)) n
                 where device.id = n.id",
        postgres: "update device set seen_at = $2, made = greatest(device.made, n.made)
                   from (select device as id, entries as made
                       from json_to_recordset(cast($1 as json)) as r(device uuid, entries bigint)) n
                   where device.id = n.id",
        serde_json::to_string(made).map_err(Error::internal)?,
        now
    )?;
    Ok(())
}
