//! Who used a client's data (S19): the extract of the use log that a client may ask for.

use crate::access::{Actor, KnownClient, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::people::glass::local;
use crate::store::Tx;
use crate::{Backend, fetch_all};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::access::Action;
use domain::codes::{Code, MayTell, Role, Share};
use domain::ids::ClientId;
use domain::referrals::parse_codes;

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

/// Somebody who may be told, or might be, of a client: by a consent, or an employer by what was agreed.
#[derive(Clone, Debug)]
pub struct MayKnow {
    /// Who; empty: all employers.
    pub recipient: String,
    /// What may be told.
    pub what: ToBeTold,
    /// The consent's purpose, or the words that were agreed.
    pub words: String,
    /// Since when.
    pub from: NaiveDate,
    /// Until when, the day of withdrawing if that came first.
    pub to: Option<NaiveDate>,
}

/// What may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToBeTold {
    /// To whom a consent names: these.
    Consented(Vec<Share>),
    /// To an employer: this much.
    Agreed(MayTell),
}

/// Who used a client's data.
#[derive(Clone, Debug)]
pub struct Uses {
    /// Whose.
    pub client: ClientId,
    /// The name.
    pub name: String,
    /// The client's unit.
    pub unit: String,
    /// The organisation.
    pub organisation: String,
    /// Who may be told of the client or might be, the first one first.
    pub told: Vec<MayKnow>,
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
        let (name, unit, organisation, told) = about(&mut tx, client).await?;
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
        let today = actor.today;
        Ok(Uses { client, name, unit, organisation, told, since, today, list, page: 0, more: false })
    }
}

#[derive(sqlx::FromRow)]
struct AboutRow {
    kind: String,
    name: String,
    what: String,
    words: String,
    from_day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
}

/// The client's name, unit and organisation, and who may be told of the client.
async fn about(tx: &mut Tx, client: ClientId) -> Result<(String, String, String, Vec<MayKnow>)> {
    let rows = fetch_all!(
        tx,
        AboutRow,
        "select 'client' as kind, c.name as name, u.name as what, coalesce(o.name, '') as words,
             nullif(c.closed_on, c.closed_on) as from_day, nullif(c.closed_on, c.closed_on) as to_day,
             nullif(c.closed_on, c.closed_on) as withdrawn_on
         from client c join unit u on u.id = c.unit_id left join organisation o on o.id = 1 where c.id = $1
         union all
         select 'consent', recipient, categories, purpose, from_day, to_day, withdrawn_on
         from consent where client_id = $1
         union all
         select 'told', coalesce(s.name, ''), d.may_tell, d.agreed_words, d.from_day, null, d.withdrawn_on
         from disclosure d left join employer e on e.id = d.employer_id
             left join employer s on s.id = coalesce(e.survivor_id, e.id)
         where d.client_id = $1 order by from_day, kind, name",
        client.uuid()
    )?;
    let (mut head, mut told) = (None, Vec::new());
    for row in rows {
        let what = match row.kind.as_str() {
            "client" => {
                head = Some((row.name, row.what, row.words));
                continue;
            }
            "consent" => ToBeTold::Consented(parse_codes(&row.what).unwrap_or_default()),
            _ => ToBeTold::Agreed(MayTell::parse(&row.what).map_err(Error::internal)?),
        };
        let Some(from) = row.from_day else { continue };
        let to = row.to_day.into_iter().chain(row.withdrawn_on).min();
        told.push(MayKnow { recipient: row.name, what, words: row.words, from, to });
    }
    let (name, unit, organisation) = head.ok_or(Error::NotThere)?;
    Ok((name, unit, organisation, told))
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
