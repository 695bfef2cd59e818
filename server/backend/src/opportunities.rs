//! What employers need, as a unit shares it: found, changed, made sure of, closed and opened again.

use crate::access::{Actor, Guarded, Unit, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::employers::{Offered, clients_named, find};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::codes::Code;
use domain::employers::names::{names_a_client, tells_a_diagnosis};
use domain::forms::FieldError;
use domain::ids::{EmployerId, OpportunityId, UnitId, VisitId};
use domain::opportunities::{ClosedBecause, Opportunity, OpportunityFields};
use domain::referrals::{codes, parse_codes};
use uuid::Uuid;

/// The open opportunities of a unit are so many at most: older ones are there by their own page.
const OPEN_MAX: i64 = 2_000;

/// An opportunity's row, with its employer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    pub(crate) id: Uuid,
    unit_id: Uuid,
    pub(crate) employer_id: Uuid,
    pub(crate) employer: String,
    pub(crate) municipality: Option<String>,
    pub(crate) section: Option<String>,
    silent_because: Option<String>,
    silent_until: Option<NaiveDate>,
    who: String,
    version: i64,
    kind: String,
    title: String,
    isco08: Option<String>,
    tasks: String,
    minutes_from: Option<i64>,
    minutes_to: Option<i64>,
    shifts: String,
    pay: String,
    asks: String,
    carving: String,
    found_on: NaiveDate,
    open_until: Option<NaiveDate>,
    pub(crate) confirmed_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    closed_because: Option<String>,
}

/// The columns of a row, from an opportunity `o`, the employer `s` that stands for it, and who noted it, `p`.
macro_rules! columns {
    () => {
        "o.id, o.unit_id, s.id as employer_id, s.name as employer, s.municipality, s.section_tol2008 as section,
             s.do_not_contact_reason as silent_because, s.do_not_contact_until as silent_until, p.name as who,
             o.version, o.kind, o.title, o.isco08, o.tasks, o.minutes_from, o.minutes_to, o.shifts, o.pay, o.asks,
             o.carving, o.found_on, o.open_until, o.confirmed_on, o.closed_on, o.closed_because
         from opportunity o join employer e on e.id = o.employer_id
             join employer s on s.id = coalesce(e.survivor_id, e.id) join person p on p.id = o.person_id "
    };
}

impl Row {
    /// The opportunity.
    pub(crate) fn opportunity(&self) -> Result<Opportunity> {
        Ok(Opportunity {
            kind: Code::parse(&self.kind).map_err(Error::internal)?,
            title: self.title.clone(),
            tasks: self.tasks.clone(),
            minutes_from: self.minutes_from,
            minutes_to: self.minutes_to,
            shifts: parse_codes(&self.shifts).unwrap_or_default(),
            pay: self.pay.clone(),
            asks: self.asks.clone(),
            carving: self.carving.clone(),
            open_until: self.open_until,
            isco08: self.isco08.clone(),
        })
    }

    /// As lists show it.
    pub(crate) fn seen(self, today: NaiveDate) -> Result<OpportunitySeen> {
        let because = self.closed_because.as_deref().map(ClosedBecause::parse).transpose();
        let silent = self.silent_because.clone();
        Ok(OpportunitySeen {
            id: self.id.into(),
            employer: (self.employer_id.into(), self.employer.clone()),
            municipality: self.municipality.clone(),
            silent: silent.filter(|_| self.silent_until.is_none_or(|until| until >= today)),
            by: self.who.clone(),
            version: self.version,
            opportunity: self.opportunity()?,
            found_on: self.found_on,
            confirmed_on: self.confirmed_on,
            closed: self.closed_on.zip(because.map_err(Error::internal)?),
        })
    }
}

/// An opportunity as lists and pages show it.
#[derive(Clone, Debug)]
pub struct OpportunitySeen {
    /// Which.
    pub id: OpportunityId,
    /// The employer that stands for it, and its name.
    pub employer: (EmployerId, String),
    /// Its municipality.
    pub municipality: Option<String>,
    /// Why nobody is to contact it, where somebody said so.
    pub silent: Option<String>,
    /// Who noted it.
    pub by: String,
    /// The version that a form changes.
    pub version: i64,
    /// The opportunity.
    pub opportunity: Opportunity,
    /// When it was found.
    pub found_on: NaiveDate,
    /// When somebody made sure of it.
    pub confirmed_on: NaiveDate,
    /// Since when it is there no more, and why.
    pub closed: Option<(NaiveDate, ClosedBecause)>,
}

/// What the form of a new one opens with.
#[derive(Clone, Debug)]
pub struct OpportunityForm {
    /// The employer, if one is chosen.
    pub employer: Option<(EmployerId, String)>,
    /// The visit at which it was heard of.
    pub visit: Option<VisitId>,
    /// While no employer is chosen: those that a text finds.
    pub offered: Vec<Offered>,
    /// Today.
    pub today: NaiveDate,
}

/// An opportunity, guarded by its unit.
#[derive(Clone, Debug)]
struct Known {
    row: Row,
}

impl Guarded for Known {
    type Id = OpportunityId;
    async fn find(tx: &mut Tx, id: OpportunityId, _: NaiveDate) -> Result<Option<Self>> {
        let row = fetch_optional!(tx, Row, concat!("select ", columns!(), "where o.id = $1"), id.uuid())?;
        Ok(row.map(|row| Self { row }))
    }
    fn object(&self) -> Object {
        Object::Unit(UnitId(self.row.unit_id))
    }
}

fn note(tx: &mut Tx, actor: &Actor, action: &'static str, id: Option<Uuid>) {
    tx.note(Use::by(actor, action, "opportunity", id));
}

/// The open opportunities of a unit.
pub(crate) async fn open_of(tx: &mut Tx, unit: UnitId) -> Result<Vec<Row>> {
    Ok(fetch_all!(
        tx,
        Row,
        concat!(
            "select ",
            columns!(),
            "where o.unit_id = $1 and o.closed_on is null order by o.confirmed_on desc, o.id limit $2"
        ),
        unit.uuid(),
        OPEN_MAX
    )?)
}

/// Words that do not belong to an employer: they name a client of the actor's own units, or tell a diagnosis.
async fn unfit(tx: &mut Tx, actor: &Actor, opportunity: &Opportunity) -> Result<Vec<FieldError>> {
    let known = clients_named(tx, actor).await?;
    let texts = [
        ("title", &opportunity.title),
        ("tasks", &opportunity.tasks),
        ("pay", &opportunity.pay),
        ("asks", &opportunity.asks),
        ("carving", &opportunity.carving),
    ];
    let wrong = texts.into_iter().filter_map(|(field, text)| {
        if names_a_client(text, known.iter().map(String::as_str)) {
            Some(FieldError::NamesClient(field))
        } else {
            tells_a_diagnosis(text).then_some(FieldError::Diagnosis(field))
        }
    });
    Ok(wrong.collect())
}

impl Backend {
    /// The opportunities of the own unit: the open ones, or those that are there no more.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn opportunities(&self, actor: &Actor, closed: bool) -> Result<Vec<OpportunitySeen>> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ShareOpportunities, unit).await?.id;
        let rows = if closed {
            fetch_all!(
                tx,
                Row,
                concat!(
                    "select ",
                    columns!(),
                    "where o.unit_id = $1 and o.closed_on is not null order by o.closed_on desc, o.id limit $2"
                ),
                unit.uuid(),
                200
            )?
        } else {
            open_of(&mut tx, unit).await?
        };
        note(&mut tx, actor, "read", None);
        tx.commit().await?;
        rows.into_iter().map(|row| row.seen(actor.today)).collect()
    }

    /// One opportunity.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn opportunity(&self, actor: &Actor, id: OpportunityId) -> Result<OpportunitySeen> {
        let mut tx = self.write().await?;
        let known = authorise::<Known>(&mut tx, actor, Action::ShareOpportunities, id).await?;
        note(&mut tx, actor, "read", Some(id.uuid()));
        tx.commit().await?;
        known.into_object().row.seen(actor.today)
    }

    /// What the form of a new one opens with, for an employer or for a visit's.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn opportunity_form(
        &self,
        actor: &Actor,
        employer: Option<EmployerId>,
        visit: Option<VisitId>,
        text: &str,
    ) -> Result<OpportunityForm> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ShareOpportunities, unit).await?.id;
        let row: Option<(Uuid, String, Option<Uuid>)> = fetch_optional!(
            tx,
            (Uuid, String, Option<Uuid>),
            "select s.id, s.name, v.id from employer e join employer s on s.id = coalesce(e.survivor_id, e.id)
                 left join visit v on v.id = $2 and v.unit_id = $3 and v.employer_id = e.id
             where e.id = coalesce((select w.employer_id from visit w where w.id = $2 and w.unit_id = $3), $1)",
            employer.map(EmployerId::uuid),
            visit.map(VisitId::uuid),
            unit.uuid()
        )?;
        let offered = if row.is_some() { Vec::new() } else { find(&mut tx, text).await? };
        tx.commit().await?;
        let (employer, visit) = match row {
            Some((id, name, visit)) => (Some((id.into(), name)), visit.map(VisitId)),
            None => (None, None),
        };
        Ok(OpportunityForm { employer, visit, offered, today: actor.today })
    }

    /// An opportunity was found, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn share_opportunity(
        &self,
        actor: &Actor,
        form: &OpportunityForm,
        id: Uuid,
        fields: &OpportunityFields,
    ) -> Result<Tried<OpportunityId>> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ShareOpportunities, unit).await?.id;
        let Some((employer, _)) = &form.employer else {
            return Ok(Err(vec![FieldError::Missing("employer")]));
        };
        let opportunity = match fields.read(actor.today, actor.today) {
            Ok(opportunity) => opportunity,
            Err(errors) => return Ok(Err(errors)),
        };
        let wrong = unfit(&mut tx, actor, &opportunity).await?;
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into opportunity (id, unit_id, employer_id, visit_id, person_id, kind, title, isco08, tasks,
                 minutes_from, minutes_to, shifts, pay, asks, carving, found_on, open_until, confirmed_on, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $16, $18)
             on conflict (id) do nothing",
            id,
            unit.uuid(),
            employer.uuid(),
            form.visit.map(VisitId::uuid),
            actor.person.uuid(),
            opportunity.kind.code(),
            opportunity.title,
            opportunity.isco08,
            opportunity.tasks,
            opportunity.minutes_from,
            opportunity.minutes_to,
            codes(&opportunity.shifts),
            opportunity.pay,
            opportunity.asks,
            opportunity.carving,
            actor.today,
            opportunity.open_until,
            now
        )?;
        note(&mut tx, actor, "share", Some(id));
        tx.commit().await?;
        Ok(Ok(id.into()))
    }

    /// Changes an opportunity; how it stood is kept.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn change_opportunity(
        &self,
        actor: &Actor,
        id: OpportunityId,
        version: i64,
        fields: &OpportunityFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let known = authorise::<Known>(&mut tx, actor, Action::ShareOpportunities, id).await?;
        let opportunity = match fields.read(known.row.found_on, actor.today) {
            Ok(opportunity) => opportunity,
            Err(errors) => return Ok(Err(errors)),
        };
        let wrong = unfit(&mut tx, actor, &opportunity).await?;
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let before = serde_json::to_string(&known.row.opportunity()?).map_err(Error::internal)?;
        let changed = execute!(
            tx,
            "update opportunity set version = version + 1, kind = $3, title = $4, isco08 = $5, tasks = $6,
                 minutes_from = $7, minutes_to = $8, shifts = $9, pay = $10, asks = $11, carving = $12, open_until = $13,
                 confirmed_on = $14
             where id = $1 and version = $2",
            id.uuid(),
            version,
            opportunity.kind.code(),
            opportunity.title,
            opportunity.isco08,
            opportunity.tasks,
            opportunity.minutes_from,
            opportunity.minutes_to,
            codes(&opportunity.shifts),
            opportunity.pay,
            opportunity.asks,
            opportunity.carving,
            opportunity.open_until,
            actor.today
        )?;
        if changed == 0 {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into opportunity_version (opportunity_id, version, person_id, body, changed_at)
             values ($1, $2, $3, $4, $5)",
            id.uuid(),
            version,
            actor.person.uuid(),
            before,
            now
        )?;
        note(&mut tx, actor, "change", Some(id.uuid()));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Somebody made sure today that it is still there.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn confirm_opportunity(&self, actor: &Actor, id: OpportunityId) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<Known>(&mut tx, actor, Action::ShareOpportunities, id).await?;
        execute!(tx, "update opportunity set confirmed_on = $2 where id = $1", id.uuid(), actor.today)?;
        note(&mut tx, actor, "confirm", Some(id.uuid()));
        tx.commit().await
    }

    /// An opportunity is there no more; without a reason, it is there after all.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn close_opportunity(
        &self,
        actor: &Actor,
        id: OpportunityId,
        because: Option<ClosedBecause>,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<Known>(&mut tx, actor, Action::ShareOpportunities, id).await?;
        execute!(
            tx,
            "update opportunity set closed_on = $2, closed_because = $3, closed_by = $4 where id = $1",
            id.uuid(),
            because.map(|_| actor.today),
            because.map(Code::code),
            because.map(|_| actor.person.uuid())
        )?;
        note(&mut tx, actor, if because.is_some() { "close" } else { "reopen" }, Some(id.uuid()));
        tx.commit().await
    }
}
