//! The use log: who saw or changed what, when, in which role, on which ground (S18), written in the
//! transaction of the use itself, each row chained to the one before by its hash (S20). It holds
//! identities and no words (S21).

use crate::access::Actor;
use crate::error::{Error, Result};
use crate::people;
use crate::store::Tx;
use crate::{execute, fetch_all, fetch_one};
use chrono::{DateTime, Utc};
use domain::codes::Code;
use domain::ids::ClientId;
use domain::sync::hex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// One use of the data.
#[derive(Clone, Debug)]
pub struct Use {
    /// Who; none for the command line.
    pub person: Option<Uuid>,
    /// In which role.
    pub role: Option<&'static str>,
    /// In which unit.
    pub unit: Option<Uuid>,
    /// What was done: `read`, `log`, `withdraw` …
    pub action: &'static str,
    /// What kind of thing: `today`, `employer`, `visit` …
    pub object_kind: &'static str,
    /// Which one.
    pub object: Option<Uuid>,
    /// On which ground: `client_relation`, `break_glass`, `register`, `own_account`, `people`, `operator`.
    pub basis: &'static str,
    /// Whom the person reads outside the relation now.
    pub behind_glass: Vec<Uuid>,
    /// Whose data was seen or changed.
    pub clients: Vec<Uuid>,
}

impl Use {
    /// A use by a signed-in person.
    #[must_use]
    pub fn by(actor: &Actor, action: &'static str, object_kind: &'static str, object: Option<Uuid>) -> Self {
        let post = actor.posts.first();
        Self {
            person: Some(actor.person.uuid()),
            role: post.map(|post| post.role.code()),
            unit: post.map(|post| post.unit.uuid()),
            action,
            object_kind,
            object,
            basis: "register",
            behind_glass: actor.behind_glass.iter().map(|client| client.uuid()).collect(),
            clients: Vec::new(),
        }
    }

    /// A use by the operator, on the command line.
    #[must_use]
    pub fn by_operator(action: &'static str, object_kind: &'static str, object: Option<Uuid>) -> Self {
        Self {
            person: None,
            role: None,
            unit: None,
            action,
            object_kind,
            object,
            basis: "operator",
            behind_glass: Vec::new(),
            clients: Vec::new(),
        }
    }

    /// On which ground.
    #[must_use]
    pub fn on_ground(self, basis: &'static str) -> Self {
        Self { basis, ..self }
    }

    /// Whose data was seen or changed. The ground becomes the client relation when there is anybody, or the
    /// written reason where one of them is read outside of it.
    #[must_use]
    pub fn of_clients(mut self, clients: impl IntoIterator<Item = ClientId>) -> Self {
        self.clients = clients.into_iter().map(ClientId::uuid).collect();
        self.clients.sort_unstable();
        self.clients.dedup();
        if self.clients.iter().any(|client| self.behind_glass.contains(client)) {
            self.basis = "break_glass";
        } else if !self.clients.is_empty() {
            self.basis = "client_relation";
        }
        self
    }
}

impl Use {
    /// Does it count for the alarm about reading many clients (S23)? A page about one client does, and a file
    /// about any; a list on the screen shows a coach or a lead their own day's work and does not. The question
    /// in [`people::raise_alarm`] asks the same of the log.
    fn opens_a_client(&self) -> bool {
        (self.action == "read" && self.clients.len() == 1)
            || (self.action == "export" && !self.clients.is_empty())
    }
}

#[derive(sqlx::FromRow)]
struct Head {
    seq: i64,
    hash: String,
}

/// Appends the uses to the chain: its head is read and locked, and what is new is written. [`Tx::commit`] calls
/// it.
pub(crate) async fn append(tx: &mut Tx, uses: Vec<Use>) -> Result<()> {
    if uses.is_empty() {
        return Ok(());
    }
    let Head { mut seq, mut hash } = lock_head(tx).await?;
    let at = tx.clock().now();
    let mut rows = Vec::with_capacity(uses.len());
    let mut links = Vec::new();
    let mut readers = Vec::new();
    for used in uses {
        seq += 1;
        readers.extend(used.person.filter(|_| used.opens_a_client()));
        links.extend(used.clients.iter().map(|client| (seq, client.simple().to_string())));
        let row = Row::of(seq, at, used, std::mem::take(&mut hash));
        hash.clone_from(&row.hash);
        rows.push(row);
    }
    write(tx, at, &rows, &links).await?;
    if let Some(reader) = readers.first() {
        people::raise_alarm(tx, *reader).await?;
    }
    Ok(())
}

/// The end of the chain, and nobody else's until this transaction ends. `SQLite` has one writer anyway.
async fn lock_head(tx: &mut Tx) -> Result<Head> {
    Ok(fetch_one!(
        tx,
        Head,
        sqlite: "select seq, hash from use_log_head where id = 1",
        postgres: "select seq, hash from use_log_head where id = 1 for update"
    )?)
}

/// Writes rows of one moment, by whose data each is found (pairs of a row's number and a client), and the new
/// head: one way to the database and back, because every page pays for it.
async fn write(tx: &mut Tx, at: DateTime<Utc>, rows: &[Row], links: &[(i64, String)]) -> Result<()> {
    let Some(last) = rows.last() else { return Ok(()) };
    execute!(
        tx,
        sqlite: "insert into use_log (seq, at, person_id, role, unit_id, action, object_kind, object_id, basis,
                     channel, client_ids, previous_hash, hash)
                 select value ->> 'seq', $3, unhex(value ->> 'person_id', '-'), value ->> 'role',
                     unhex(value ->> 'unit_id', '-'), value ->> 'action', value ->> 'object_kind',
                     unhex(value ->> 'object_id', '-'), value ->> 'basis', value ->> 'channel',
                     value ->> 'client_ids', value ->> 'previous_hash', value ->> 'hash'
                 from json_each($1);
                 insert into use_log_client (seq, client_id)
                 select value ->> 0, unhex(value ->> 1) from json_each($2);
                 update use_log_head set seq = $4, hash = $5 where id = 1",
        postgres: "with noted as (
                       insert into use_log (seq, at, person_id, role, unit_id, action, object_kind, object_id,
                           basis, channel, client_ids, previous_hash, hash)
                       select seq, $3, person_id, role, unit_id, action, object_kind, object_id, basis,
                           channel, client_ids, previous_hash, hash
                       from json_to_recordset(cast($1 as json)) as r(seq bigint, person_id uuid, role text,
                           unit_id uuid, action text, object_kind text, object_id uuid, basis text,
                           channel text, client_ids text, previous_hash text, hash text)
                   ), linked as (
                       insert into use_log_client (seq, client_id)
                       select cast(value ->> 0 as bigint), cast(value ->> 1 as uuid)
                       from json_array_elements(cast($2 as json))
                   )
                   update use_log_head set seq = $4, hash = $5 where id = 1",
        serde_json::to_string(rows).map_err(Error::internal)?,
        serde_json::to_string(links).map_err(Error::internal)?,
        at,
        last.seq,
        &last.hash
    )?;
    Ok(())
}

/// A row of the log.
#[derive(Clone, Debug, sqlx::FromRow, Serialize)]
struct Row {
    seq: i64,
    #[serde(skip)]
    at: DateTime<Utc>,
    person_id: Option<Uuid>,
    role: Option<String>,
    unit_id: Option<Uuid>,
    action: String,
    object_kind: String,
    object_id: Option<Uuid>,
    basis: String,
    channel: String,
    client_ids: String,
    previous_hash: String,
    hash: String,
}

impl Row {
    fn of(seq: i64, at: DateTime<Utc>, used: Use, previous_hash: String) -> Self {
        let client_ids = used.clients.iter().map(Uuid::to_string).collect::<Vec<_>>().join(" ");
        let mut row = Self {
            seq,
            at,
            person_id: used.person,
            role: used.role.map(str::to_owned),
            unit_id: used.unit,
            action: used.action.to_owned(),
            object_kind: used.object_kind.to_owned(),
            object_id: used.object,
            basis: used.basis.to_owned(),
            channel: if used.person.is_some() { "web" } else { "command_line" }.to_owned(),
            client_ids,
            previous_hash,
            hash: String::new(),
        };
        row.hash = row.right_hash();
        row
    }

    /// SHA-256 over everything but the hash itself, each part with its length before it, so that no
    /// two rows read the same.
    fn right_hash(&self) -> String {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let parts = [
            self.seq.to_string(),
            self.at.timestamp_micros().to_string(),
            id(self.person_id),
            self.role.clone().unwrap_or_default(),
            id(self.unit_id),
            self.action.clone(),
            self.object_kind.clone(),
            id(self.object_id),
            self.basis.clone(),
            self.channel.clone(),
            self.client_ids.clone(),
            self.previous_hash.clone(),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_string());
            hash.update(":");
            hash.update(part);
        }
        hex(&hash.finalize())
    }
}

/// What a look at the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// Every row is as it was written.
    Whole {
        /// How many rows there are.
        rows: i64,
        /// The hash of the last one, to compare with one kept elsewhere.
        hash: String,
    },
    /// The first row that is not as it was written, or not there.
    Broken {
        /// Its number.
        seq: i64,
    },
}

/// Follows the chain from the first row to the last.
///
/// # Errors
/// When the database can't.
pub async fn verify(tx: &mut Tx) -> Result<Chain> {
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let rows = fetch_all!(
            tx,
            Row,
            "select seq, at, person_id, role, unit_id, action, object_kind, object_id, basis, channel,
                 client_ids, previous_hash, hash
             from use_log where seq > $1 order by seq limit 1000",
            seq
        )?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 || row.previous_hash != hash || row.hash != row.right_hash() {
                return Ok(Chain::Broken { seq: seq + 1 });
            }
            if !links_match(tx, &row).await? {
                return Ok(Chain::Broken { seq: row.seq });
            }
            (seq, hash) = (row.seq, row.hash);
        }
    }
    let head = fetch_one!(tx, Head, "select seq, hash from use_log_head where id = 1")?;
    if head.seq != seq || head.hash != hash {
        return Ok(Chain::Broken { seq: seq + 1 });
    }
    Ok(Chain::Whole { rows: seq, hash })
}

/// Are the rows by which a client's uses are found those that the chained row names?
async fn links_match(tx: &mut Tx, row: &Row) -> Result<bool> {
    let linked: Vec<(Uuid,)> =
        fetch_all!(tx, (Uuid,), "select client_id from use_log_client where seq = $1", row.seq)?;
    let mut linked: Vec<String> = linked.into_iter().map(|(id,)| id.to_string()).collect();
    linked.sort_unstable();
    Ok(linked.join(" ") == row.client_ids)
}
