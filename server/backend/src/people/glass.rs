//! Reading outside the relation with a written reason (S17): one client, for an hour, told to the lead. The
//! terms are set when it begins; nothing here changes them.

use crate::access::{Actor, KnownClient, Organisation, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::access::{Action, Object};
use domain::forms::FieldError;
use domain::ids::{ClientId, UnitId};
use domain::people::{GLASS_MINUTES, GlassFields, GlassWish, ReviewFields, review_due};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A client whom the person reads outside the relation now.
#[derive(Clone, Debug)]
pub struct OpenGlass {
    /// Which.
    pub client: ClientId,
    /// As shown.
    pub alias: String,
    /// Of which unit.
    pub unit: String,
    /// Until when.
    pub until: NaiveTime,
}

/// A reading outside the relation, as a lead sees it; an administrator sees it without client and words.
#[derive(Clone, Debug)]
pub struct GlassSeen {
    /// Which.
    pub id: Uuid,
    /// Who read.
    pub person: String,
    /// Of which unit the client is.
    pub unit: String,
    /// Who was read; for the lead of the unit.
    pub client: Option<String>,
    /// Why; for the lead of the unit.
    pub reason: Option<String>,
    /// The day on which it began.
    pub on: NaiveDate,
    /// From when.
    pub from: NaiveTime,
    /// Until when.
    pub until: NaiveTime,
    /// What was read: the time, what was done, with what. For the lead of the unit.
    pub uses: Vec<(NaiveTime, String, String)>,
    /// The last day to look into it.
    pub due: NaiveDate,
    /// When it was looked into, by whom, and, for the lead of the unit, what was found.
    pub reviewed: Option<(NaiveDate, String, String)>,
    /// May whoever asks look into it?
    pub may_review: bool,
}

impl GlassSeen {
    /// Has nobody looked into it in time?
    #[must_use]
    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.reviewed.is_none() && today > self.due
    }
}

/// The readings outside the relation.
#[derive(Clone, Debug)]
pub struct GlassList {
    /// What waits first, then the newest.
    pub list: Vec<GlassSeen>,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct GlassRow {
    id: Uuid,
    person_id: Uuid,
    person: String,
    client_id: Uuid,
    alias: String,
    unit_id: Uuid,
    unit: String,
    reason: String,
    began_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    reviewed_at: Option<DateTime<Utc>>,
    reviewer: Option<String>,
    review_words: Option<String>,
}

impl Backend {
    /// The units, for whoever may read outside the relation.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn glass_form(&self, actor: &Actor) -> Result<Vec<(UnitId, String)>> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::BreakGlass, ()).await?;
        let units: Vec<(Uuid, String)> =
            fetch_all!(tx, (Uuid, String), "select id, name from unit order by name, id")?;
        Ok(units.into_iter().map(|(id, name)| (id.into(), name)).collect())
    }

    /// Lets the person read a client for an hour, if there is such a client whom they may not read
    /// otherwise. The answer is the same whether there is one or not. While it lasts, asking again changes
    /// nothing.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn break_glass(
        &self,
        actor: &Actor,
        fields: &GlassFields,
        password: &str,
    ) -> Result<std::result::Result<(), Vec<FieldError>>> {
        if !actor.may(Action::BreakGlass, &Object::Organisation) {
            return Err(Error::NotThere);
        }
        let wish = match fields.read() {
            Ok(wish) => wish,
            Err(errors) => return Ok(Err(errors)),
        };
        if !self.is_still(actor, password).await? {
            return Ok(Err(vec![FieldError::Choice("password")]));
        }
        if !self.may_try("glass", actor).await? {
            return Ok(Err(vec![FieldError::TooLong("client")]));
        }
        let mut tx = self.write().await?;
        let found = named(&mut tx, actor, &wish).await?;
        let noted = Use::by(actor, "break_glass", "client", found.as_ref().map(|client| client.id.uuid()));
        if let Some(client) = &found {
            begin(&mut tx, actor, client, &wish.reason).await?;
        }
        tx.note(noted.of_clients(found.map(|client| client.id)).on_ground("break_glass"));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// The clients whom the person reads outside the relation now.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn open_glass(&self, actor: &Actor) -> Result<Vec<OpenGlass>> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::BreakGlass, ()).await?;
        let rows: Vec<(Uuid, String, String, DateTime<Utc>)> = fetch_all!(
            tx,
            (Uuid, String, String, DateTime<Utc>),
            "select c.id, c.alias, u.name, b.ends_at from break_glass b join client c on c.id = b.client_id
                 join unit u on u.id = b.unit_id
             where b.person_id = $1 and b.ends_at > $2 order by b.ends_at, b.id",
            actor.person.uuid(),
            self.clock.now()
        )?;
        let open: Vec<OpenGlass> = rows
            .into_iter()
            .map(|(client, alias, unit, ends_at)| OpenGlass {
                client: client.into(),
                alias,
                unit,
                until: local(ends_at).1,
            })
            .collect();
        tx.note(Use::by(actor, "read", "glass", None).of_clients(open.iter().map(|one| one.client)));
        tx.commit().await?;
        Ok(open)
    }

    /// Until when the person reads a client outside the relation; none when they do not. For the client's
    /// page: asks the database only when there is something to ask.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn glass(&self, actor: &Actor, client: ClientId) -> Result<Option<NaiveTime>> {
        if !actor.behind_glass.contains(&client) {
            return Ok(None);
        }
        let mut tx = self.ask().await?;
        let row: Option<(DateTime<Utc>,)> = fetch_optional!(
            tx,
            (DateTime<Utc>,),
            "select ends_at from break_glass where person_id = $1 and client_id = $2 and ends_at > $3
             order by ends_at desc limit 1",
            actor.person.uuid(),
            client.uuid(),
            self.clock.now()
        )?;
        Ok(row.map(|(ends_at,)| local(ends_at).1))
    }

    /// The readings outside the relation of the clients of the units that the person leads; an administrator
    /// sees that they happened, everywhere.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person neither leads a unit nor is an administrator.
    pub async fn glass_list(&self, actor: &Actor) -> Result<GlassList> {
        let mut tx = self.write().await?;
        leads_or_administers(actor)?;
        let rows = glass_rows(&mut tx).await?;
        let uses = uses_of(&mut tx, rows.last().map(|row| row.began_at)).await?;
        let mut list = Vec::new();
        let mut shown = Vec::new();
        for row in rows {
            let unit = Object::Unit(UnitId(row.unit_id));
            let leads = actor.may(Action::LeadUnit, &unit);
            if leads {
                shown.push(ClientId(row.client_id));
            } else if !actor.may(Action::ReadPeople, &unit) {
                continue;
            }
            list.push(seen(row, actor, leads, &uses));
        }
        list.sort_by_key(|one| one.reviewed.is_some());
        tx.note(Use::by(actor, "read", "glass_list", None).on_ground("people").of_clients(shown));
        tx.commit().await?;
        Ok(GlassList { list, today: actor.today })
    }

    /// Notes what looking into a reading outside the relation found. Once, and not by who read.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there, not of a unit that the person leads, or the person's own.
    pub async fn review_glass(
        &self,
        actor: &Actor,
        id: Uuid,
        fields: &ReviewFields,
    ) -> Result<std::result::Result<(), Vec<FieldError>>> {
        let mut tx = self.write().await?;
        let row: Option<(Uuid, Uuid, Uuid)> = fetch_optional!(
            tx,
            (Uuid, Uuid, Uuid),
            "select person_id, unit_id, client_id from break_glass where id = $1",
            id
        )?;
        let Some((person, unit, client)) = row else { return Err(Error::NotThere) };
        if person == actor.person.uuid() || !actor.may(Action::LeadUnit, &Object::Unit(unit.into())) {
            return Err(Error::NotThere);
        }
        let found = match fields.read() {
            Ok(found) => found,
            Err(errors) => return Ok(Err(errors)),
        };
        execute!(
            tx,
            "update break_glass set reviewed_at = $1, reviewed_by = $2, review_words = $3
             where id = $4 and reviewed_at is null",
            self.clock.now(),
            actor.person.uuid(),
            found,
            id
        )?;
        tx.note(Use::by(actor, "review", "glass", Some(id)).of_clients([client.into()]));
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Does the person lead a unit, or is an administrator?
pub(super) fn leads_or_administers(actor: &Actor) -> Result<()> {
    let somewhere = actor.posts.iter().any(|post| actor.may(Action::ReadPeople, &Object::Unit(post.unit)));
    if somewhere { Ok(()) } else { Err(Error::NotThere) }
}

/// The day and the time in the units' time zone.
pub(super) fn local(instant: DateTime<Utc>) -> (NaiveDate, NaiveTime) {
    let local = instant.with_timezone(&ZONE);
    (local.date_naive(), local.time())
}

/// The one client of this name whom the person may read with a reason only.
async fn named(tx: &mut Tx, actor: &Actor, wish: &GlassWish) -> Result<Option<KnownClient>> {
    let found: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select id from client where unit_id = $1 and (alias = $2 or code = $2) limit 2",
        wish.unit.uuid(),
        &wish.client
    )?;
    let [(id,)] = found[..] else { return Ok(None) };
    match authorise::<KnownClient>(tx, actor, Action::BreakGlass, id.into()).await {
        Ok(grant) => Ok(Some(grant.into_object())),
        Err(Error::NotThere) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Begins, unless it has begun already.
async fn begin(tx: &mut Tx, actor: &Actor, client: &KnownClient, reason: &str) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into break_glass (id, person_id, client_id, unit_id, reason, began_at, ends_at)
         select $1, p.id, c.id, c.unit_id, $4, $5, $6 from person p, client c
         where p.id = $2 and c.id = $3 and not exists (select 1 from break_glass b
             where b.person_id = p.id and b.client_id = c.id and b.ends_at > $5)",
        new_id(),
        actor.person.uuid(),
        client.id.uuid(),
        reason,
        now,
        now + Duration::minutes(GLASS_MINUTES)
    )?;
    Ok(())
}

async fn glass_rows(tx: &mut Tx) -> Result<Vec<GlassRow>> {
    Ok(fetch_all!(
        tx,
        GlassRow,
        "select b.id, b.person_id, p.name as person, b.client_id, c.alias, b.unit_id, u.name as unit, b.reason,
             b.began_at, b.ends_at, b.reviewed_at, r.name as reviewer, b.review_words
         from break_glass b join person p on p.id = b.person_id join client c on c.id = b.client_id
             join unit u on u.id = b.unit_id left join person r on r.id = b.reviewed_by
         order by b.began_at desc, b.id desc limit 500"
    )?)
}

/// What was used in each of these hours.
type UsesOfGlass = BTreeMap<Uuid, Vec<(NaiveTime, String, String)>>;

async fn uses_of(tx: &mut Tx, since: Option<DateTime<Utc>>) -> Result<UsesOfGlass> {
    let mut all = UsesOfGlass::new();
    let Some(since) = since else { return Ok(all) };
    let rows: Vec<(Uuid, DateTime<Utc>, String, String)> = fetch_all!(
        tx,
        (Uuid, DateTime<Utc>, String, String),
        "select b.id, l.at, l.action, l.object_kind from break_glass b
             join use_log l on l.person_id = b.person_id and l.at >= b.began_at and l.at <= b.ends_at
             join use_log_client c on c.seq = l.seq and c.client_id = b.client_id
         where b.began_at >= $1 and l.action <> 'break_glass' order by l.seq",
        since
    )?;
    for (id, at, action, kind) in rows {
        all.entry(id).or_default().push((local(at).1, action, kind));
    }
    Ok(all)
}

fn seen(row: GlassRow, actor: &Actor, leads: bool, uses: &UsesOfGlass) -> GlassSeen {
    let (on, from) = local(row.began_at);
    let words = row.review_words.filter(|_| leads).unwrap_or_default();
    let reviewed =
        row.reviewed_at.map(|at| (local(at).0, row.reviewer.clone().unwrap_or_default(), words.clone()));
    GlassSeen {
        id: row.id,
        person: row.person,
        unit: row.unit,
        client: leads.then_some(row.alias),
        reason: leads.then_some(row.reason),
        on,
        from,
        until: local(row.ends_at).1,
        uses: if leads { uses.get(&row.id).cloned().unwrap_or_default() } else { Vec::new() },
        due: review_due(on),
        may_review: leads && reviewed.is_none() && row.person_id != actor.person.uuid(),
        reviewed,
    }
}
