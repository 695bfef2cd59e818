//! Who used a client's data (S19): the extract of the use log that a client may ask for.

use crate::access::{Actor, KnownClient, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::people::glass::local;
use crate::{Backend, fetch_all, fetch_one};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::access::Action;
use domain::codes::{Code, Role};
use domain::ids::ClientId;

/// So many uses stand on a page.
pub const PAGE: usize = 50;
/// A file holds at most so many.
const FILE_MAX: i64 = 100_000;
/// Older than this only for a special reason.
const YEARS: u64 = 2;

/// One use of a client's data.
#[derive(Clone, Debug)]
pub struct UseSeen {
    /// The day.
    pub on: NaiveDate,
    /// When.
    pub at: NaiveTime,
    /// Who; none for the operator of the database.
    pub person: Option<String>,
    /// In which role.
    pub role: Option<Role>,
    /// Of which unit.
    pub unit: Option<String>,
    /// What was done.
    pub action: String,
    /// With what.
    pub kind: String,
    /// On which ground.
    pub basis: String,
}

/// Who used a client's data.
#[derive(Clone, Debug)]
pub struct Uses {
    /// Whose.
    pub client: ClientId,
    /// The name.
    pub name: String,
    /// Since which day; none: since the beginning.
    pub since: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
    /// The newest first.
    pub list: Vec<UseSeen>,
    /// Which page.
    pub page: usize,
    /// Is there another page?
    pub more: bool,
}

#[derive(sqlx::FromRow)]
struct UseRow {
    at: DateTime<Utc>,
    person: Option<String>,
    role: Option<String>,
    unit: Option<String>,
    action: String,
    object_kind: String,
    basis: String,
}

impl Backend {
    /// Who used a client's data: a page of it, of the last two years or of all.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not lead the client's unit.
    pub async fn uses(&self, actor: &Actor, client: ClientId, page: usize, older: bool) -> Result<Uses> {
        let page = page.min(10_000);
        let mut uses = self.uses_from(actor, client, "read", older, (page * PAGE, PAGE + 1)).await?;
        uses.more = uses.list.len() > PAGE;
        uses.list.truncate(PAGE);
        Ok(Uses { page, ..uses })
    }

    /// All of it, for a file.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not lead the client's unit.
    pub async fn all_uses(&self, actor: &Actor, client: ClientId, older: bool) -> Result<Uses> {
        self.uses_from(actor, client, "export", older, (0, usize::MAX)).await
    }

    /// This use is written first, so that it stands in what is read.
    async fn uses_from(
        &self,
        actor: &Actor,
        client: ClientId,
        action: &'static str,
        older: bool,
        (skip, take): (usize, usize),
    ) -> Result<Uses> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::ReadUses, client).await?;
        let (name,): (String,) =
            fetch_one!(tx, (String,), "select name from client where id = $1", client.uuid())?;
        tx.note(Use::by(actor, action, "uses", Some(client.uuid())).of_clients([client]));
        tx.commit().await?;
        let since = (!older).then(|| actor.today - Days::new(YEARS * 365 + 1));
        let begins = since.unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            UseRow,
            "select l.at, p.name as person, l.role, u.name as unit, l.action, l.object_kind, l.basis
             from use_log_client c join use_log l on l.seq = c.seq left join person p on p.id = l.person_id
                 left join unit u on u.id = l.unit_id
             where c.client_id = $1 and l.at >= $2 order by c.seq desc limit $3 offset $4",
            client.uuid(),
            begins,
            i64::try_from(take).unwrap_or(FILE_MAX).min(FILE_MAX),
            i64::try_from(skip).map_err(Error::internal)?
        )?;
        let list = rows.into_iter().map(seen).collect();
        Ok(Uses { client, name, since, today: actor.today, list, page: 0, more: false })
    }
}

fn seen(row: UseRow) -> UseSeen {
    let (on, at) = local(row.at);
    UseSeen {
        on,
        at,
        person: row.person,
        role: row.role.and_then(|role| Role::parse(&role).ok()),
        unit: row.unit,
        action: row.action,
        kind: row.object_kind,
        basis: row.basis,
    }
}
