//! The dossier for a review: for the lead, and for a reviewer to whom it was opened for some days. Whoever reads it
//! leaves a trace with every client whose rows are in it, though it names none.

use super::improvement;
use super::records::{load, names_around};
use super::{FidelityPage, estimated, readable};
use crate::access::{Actor, Guarded, Unit, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::codes::Role;
use domain::fidelity::dossier::OpeningFields;
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId, UnitId};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A dossier that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedDossier {
    /// Which.
    pub id: Uuid,
    /// The unit's name.
    pub unit: String,
    /// As things stood on which day.
    pub day: NaiveDate,
    /// To whom.
    pub reviewer: String,
    /// The first day on which it can be read.
    pub from_day: NaiveDate,
    /// The last one.
    pub to_day: NaiveDate,
    /// Was it closed before?
    pub closed: bool,
    /// How often it was read.
    pub read: i64,
}

/// The dossiers that a unit opened, and to whom one may be opened.
#[derive(Clone, Debug)]
pub struct DossiersPage {
    /// The dossiers, the latest first.
    pub dossiers: Vec<OpenedDossier>,
    /// Reviewers who can sign in.
    pub reviewers: Vec<(PersonId, String)>,
    /// Today.
    pub today: NaiveDate,
}

/// A dossier, as the door sees it.
#[derive(Clone, Debug)]
struct Dossier {
    unit: UnitId,
    name: String,
    day: NaiveDate,
    reviewer: PersonId,
    open: bool,
    words: bool,
}

impl Guarded for Dossier {
    type Id = Uuid;
    async fn find(tx: &mut Tx, id: Uuid, today: NaiveDate) -> Result<Option<Self>> {
        let row: Option<(Uuid, String, NaiveDate, Uuid, i64, i64)> = fetch_optional!(
            tx,
            (Uuid, String, NaiveDate, Uuid, i64, i64),
            "select d.unit_id, u.name, d.day, d.reviewer_id,
                 cast(case when d.closed_at is null and $2 between d.from_day and d.to_day then 1 else 0 end as bigint),
                 d.words
             from dossier d join unit u on u.id = d.unit_id where d.id = $1",
            id,
            today
        )?;
        Ok(row.map(|(unit, name, day, reviewer, open, words)| Self {
            unit: unit.into(),
            name,
            day,
            reviewer: reviewer.into(),
            open: open == 1,
            words: words == 1,
        }))
    }
    fn object(&self) -> Object {
        Object::Dossier { unit: self.unit, reviewer: self.reviewer, open: self.open }
    }
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    name: String,
    unit: Option<String>,
    day: Option<NaiveDate>,
    from_day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
    closed: Option<i64>,
    read: Option<i64>,
}

impl Line {
    fn opened(self, today: NaiveDate) -> OpenedDossier {
        OpenedDossier {
            id: self.id,
            unit: self.unit.unwrap_or_default(),
            day: self.day.unwrap_or(today),
            reviewer: self.name,
            from_day: self.from_day.unwrap_or(today),
            to_day: self.to_day.unwrap_or(today),
            closed: self.closed == Some(1),
            read: self.read.unwrap_or(0),
        }
    }
}

impl Backend {
    /// Everything that a review dossier, or the key of its codes, is made of, and the unit's name: for the lead. `what`
    /// is noted: `dossier` or `dossier_key`.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit.
    pub async fn dossier(
        &self,
        actor: &Actor,
        day: Option<NaiveDate>,
        what: &'static str,
    ) -> Result<(FidelityPage, String)> {
        let led = actor.posts.iter().position(|post| post.role == Role::Lead).ok_or(Error::NotThere)?;
        let day = day.filter(|day| *day <= actor.today).unwrap_or(actor.today);
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::OpenDossier, actor.posts[led].unit).await?.id;
        let mut page = bound(&mut tx, actor, unit, day).await?;
        if what == "dossier_key" {
            page.found.names.extend(names_around(&mut tx, unit).await?);
        } else {
            page.plan = improvement::plan(&mut tx, unit, actor.today).await?.0;
        }
        tx.note(Use::by(actor, "export", what, None).of_clients(clients_in(&page)));
        tx.commit().await?;
        Ok((page, actor.units.get(led).cloned().unwrap_or_default()))
    }

    /// The same for a reviewer to whom it was opened; and whether the words of people go with it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it was not opened to this person for today.
    pub async fn opened_dossier(&self, actor: &Actor, id: Uuid) -> Result<(FidelityPage, String, bool)> {
        let mut tx = self.write().await?;
        let dossier = authorise::<Dossier>(&mut tx, actor, Action::ReadDossier, id).await?.into_object();
        let mut page = bound(&mut tx, actor, dossier.unit, dossier.day).await?;
        page.plan = improvement::plan(&mut tx, dossier.unit, actor.today).await?.0;
        let noted = Use::by(actor, "read", "dossier", Some(id)).of_clients(clients_in(&page));
        tx.note(noted.on_ground("review"));
        tx.commit().await?;
        Ok((page, dossier.name, dossier.words))
    }

    /// The dossiers that can be read by a reviewer today.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no reviewer.
    pub async fn dossiers_for_me(&self, actor: &Actor) -> Result<Vec<OpenedDossier>> {
        if !actor.posts.iter().any(|post| post.role == Role::Reviewer) {
            return Err(Error::NotThere);
        }
        let mut tx = self.read().await?;
        let lines: Vec<Line> = fetch_all!(
            tx,
            Line,
            "select 'dossier' as kind, d.id, p.name, u.name as unit, d.day, d.from_day, d.to_day,
                 cast(0 as bigint) as closed, cast(0 as bigint) as read
             from dossier d join unit u on u.id = d.unit_id join person p on p.id = d.reviewer_id
             where d.reviewer_id = $1 and d.closed_at is null and $2 between d.from_day and d.to_day
             order by d.to_day, d.id",
            actor.person.uuid(),
            actor.today
        )?;
        Ok(lines.into_iter().map(|line| line.opened(actor.today)).collect())
    }

    /// The dossiers that the person's unit opened, and the reviewers to whom one may be opened.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit.
    pub async fn dossiers(&self, actor: &Actor) -> Result<DossiersPage> {
        let mut tx = self.read().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let lines: Vec<Line> = fetch_all!(
            tx,
            Line,
            "select 'dossier' as kind, d.id, p.name, u.name as unit, d.day, d.from_day, d.to_day,
                 cast(case when d.closed_at is null then 0 else 1 end as bigint) as closed,
                 (select count(*) from use_log l where l.object_kind = 'dossier' and l.object_id = d.id
                     and l.action = 'read') as read
             from dossier d join unit u on u.id = d.unit_id join person p on p.id = d.reviewer_id
             where d.unit_id = $1
             union all
             select distinct 'reviewer', p.id, p.name, cast(null as text), cast(null as date), cast(null as date),
                 cast(null as date), cast(null as bigint), cast(null as bigint)
             from post o join person p on p.id = o.person_id
             where o.role = 'reviewer' and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)
             order by 1, 7 desc, 3, 2",
            unit.uuid(),
            actor.today
        )?;
        let (dossiers, reviewers): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| line.kind == "dossier");
        Ok(DossiersPage {
            dossiers: dossiers.into_iter().map(|line| line.opened(actor.today)).collect(),
            reviewers: reviewers.into_iter().map(|line| (line.id.into(), line.name)).collect(),
            today: actor.today,
        })
    }

    /// Opens the unit's dossier to a reviewer, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit. What is wrong is a value.
    pub async fn open_dossier(&self, actor: &Actor, id: Uuid, fields: &OpeningFields) -> Result<Tried<()>> {
        let opening = match fields.read(actor.today) {
            Ok(opening) => opening,
            Err(errors) => {
                // Whoever may not open one does not learn what is wrong with it.
                self.dossiers(actor).await?;
                return Ok(Err(errors));
            }
        };
        let page = self.dossiers(actor).await?;
        if !page.reviewers.iter().any(|(person, _)| *person == opening.reviewer) {
            return Ok(Err(vec![FieldError::Choice("reviewer")]));
        }
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into dossier (id, unit_id, day, reviewer_id, from_day, to_day, words, opened_by, opened_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
            id,
            unit.uuid(),
            opening.day,
            opening.reviewer.uuid(),
            opening.from_day,
            opening.to_day,
            i64::from(opening.words),
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "open", "dossier", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Closes a dossier before its last day, or opens it again.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not one of the unit that the person leads.
    pub async fn close_dossier(&self, actor: &Actor, id: Uuid, closed: bool) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<Dossier>(&mut tx, actor, Action::OpenDossier, id).await?;
        let now = tx.clock().now();
        execute!(
            tx,
            "update dossier set closed_at = $2, closed_by = $3 where id = $1",
            id,
            closed.then_some(now),
            closed.then_some(actor.person.uuid())
        )?;
        tx.note(Use::by(actor, if closed { "close" } else { "reopen" }, "dossier", Some(id)));
        tx.commit().await
    }
}

async fn led_unit(tx: &mut Tx, actor: &Actor) -> Result<UnitId> {
    let led = actor.posts.iter().find(|post| post.role == Role::Lead).ok_or(Error::NotThere)?.unit;
    Ok(authorise::<Unit>(tx, actor, Action::OpenDossier, led).await?.id)
}

/// The clients whose rows are in it.
fn clients_in(page: &FidelityPage) -> BTreeSet<ClientId> {
    page.found.estimates.iter().flat_map(|it| it.rows.iter().filter_map(|row| row.client)).collect()
}

/// The records of a unit on a day and what people scored; without the plan.
async fn bound(tx: &mut Tx, actor: &Actor, unit: UnitId, day: NaiveDate) -> Result<FidelityPage> {
    let loaded = load(tx, unit, day).await?;
    let readable = readable(actor, unit, &loaded);
    let (found, assessments) = estimated(loaded, String::new(), day);
    Ok(FidelityPage {
        found,
        assessments,
        plan: Vec::new(),
        people: Vec::new(),
        me: actor.person,
        leads: false,
        sudden: None,
        readable,
        today: actor.today,
    })
}
