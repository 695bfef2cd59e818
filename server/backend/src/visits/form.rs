//! What the visit form opens with: new, for an employer, with the same again, to amend a visit, or
//! as it was left.

use super::drafts::{self, Found};
use super::{SeenRow, one_seen};
use crate::access::{Actor, LoggedVisit, Register, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, clients, fetch_all, fetch_optional};
use domain::access::Action;
use domain::clients::FormClient;
use domain::ids::{ClientId, CommandId, EmployerId, PersonId, UnitId, VisitId};
use domain::visits::{
    Amended, FormColleague, FormEmployer, FormWish, NO, RECENT_SHOWN, VisitError, VisitFields, VisitForm, YES,
};
use uuid::Uuid;

/// A form as it came in a plain form post, to be shown once more.
#[derive(Clone, Debug, Default)]
pub struct TypedForm {
    /// The identity of its entry.
    pub id: Option<CommandId>,
    /// The fields as they were typed.
    pub fields: VisitFields,
    /// The visit that is amended.
    pub amends: Option<Amended>,
    /// What was wrong.
    pub errors: Vec<VisitError>,
    /// Are employers like the typed one asked for?
    pub find: bool,
}

impl Backend {
    /// What the visit form opens with.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person does not work in the field, or the visit is not
    /// theirs.
    pub async fn visit_form(&self, actor: &Actor, wish: FormWish) -> Result<VisitForm> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let untouched = VisitFields::untouched(self.clock.today(), self.clock.time_of_day());
        let mut form = self.empty_form(&mut tx, actor, untouched).await?;
        let mut own = drafts::own(&mut tx, actor).await?;
        if let Some(visit) = wish.amend {
            amend(&mut tx, actor, visit, &mut form).await?;
        } else if let Some(visit) = wish.again {
            let row = own_visit(&mut tx, actor, visit).await?;
            form.fields = fields_of(&row).again(self.clock.today(), self.clock.time_of_day());
            add_client(&mut form, actor, row)?;
        } else if let Some(employer) = wish.employer
            && let Some(employer) = form_employer(&mut tx, employer).await?
        {
            pick(&mut form.fields, &employer);
        }
        if let Some(at) = own.iter().position(|draft| goes_on(draft, wish, form.amends)) {
            let draft = own.remove(at);
            (form.id, form.fields, form.amends) = (draft.id, draft.body.fields, draft.body.amends);
            form.resumed = true;
        }
        form.drafts = own.iter().map(Found::seen).collect();
        finish(tx, actor, form).await
    }

    /// The form once more, as it came in a plain form post.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person does not work in the field.
    pub async fn visit_form_again(&self, actor: &Actor, typed: TypedForm) -> Result<VisitForm> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let mut form = self.empty_form(&mut tx, actor, typed.fields).await?;
        form.id = typed.id.unwrap_or(form.id);
        (form.amends, form.errors) = (typed.amends, typed.errors);
        if let Ok(employer) = form.fields.employer.parse::<EmployerId>()
            && let Some(employer) = form_employer(&mut tx, employer).await?
        {
            pick(&mut form.fields, &employer);
        }
        if typed.find {
            form.found = Some(crate::employers::fitting(&mut tx, &form.fields.employer_name).await?);
        }
        finish(tx, actor, form).await
    }

    async fn empty_form(&self, tx: &mut Tx, actor: &Actor, fields: VisitFields) -> Result<VisitForm> {
        let colleagues = match actor.field_unit() {
            Some(unit) => colleagues(tx, actor, unit).await?,
            None => Vec::new(),
        };
        Ok(VisitForm {
            id: CommandId(new_id()),
            today: self.clock.today(),
            fields,
            amends: None,
            recent: recent_employers(tx, actor.person).await?,
            caseload: clients::own_open(tx, actor).await?,
            colleagues,
            last: last_visit(tx, actor.person).await?,
            resumed: false,
            drafts: Vec::new(),
            errors: Vec::new(),
            found: None,
        })
    }
}

/// Notes whose aliases are shown, and ends.
async fn finish(mut tx: Tx, actor: &Actor, form: VisitForm) -> Result<VisitForm> {
    let shown = form.caseload.iter().map(|client| client.id);
    tx.note(Use::by(actor, "read", "visit_form", None).of_clients(shown));
    tx.commit().await?;
    Ok(form)
}

/// Does the form, opened like this, go on with the draft?
fn goes_on(draft: &Found, wish: FormWish, amends: Option<Amended>) -> bool {
    if let Some(id) = wish.draft {
        return draft.id == id;
    }
    let same_visit = draft.body.amends.map(|amended| amended.visit) == amends.map(|amended| amended.visit);
    let same_employer = wish.employer.is_none() || draft.employer == wish.employer;
    !wish.fresh && wish.again.is_none() && same_visit && same_employer
}

/// Opens the form with a visit as it stands.
async fn amend(tx: &mut Tx, actor: &Actor, visit: VisitId, form: &mut VisitForm) -> Result<()> {
    let row = own_visit(tx, actor, visit).await?;
    form.amends = Some(Amended { visit, version: u32::try_from(row.version).unwrap_or(1) });
    form.fields = fields_of(&row);
    add_client(form, actor, row)
}

/// An own visit, whoever may see more of it.
async fn own_visit(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<SeenRow> {
    let visit = authorise::<LoggedVisit>(tx, actor, Action::AmendVisit, visit).await?;
    one_seen(tx, visit.id).await
}

/// A visit's client stays to be chosen, also when the relation is closed; then without the alias.
fn add_client(form: &mut VisitForm, actor: &Actor, row: SeenRow) -> Result<()> {
    let Some(id) = row.client_id.map(ClientId) else { return Ok(()) };
    let (seen, _) = super::seen_by(actor, row)?;
    if !form.caseload.iter().any(|client| client.id == id) {
        let alias = match seen.client {
            domain::visits::ClientSeen::Alias(alias) => alias,
            _ => String::new(),
        };
        form.caseload.push(FormClient { id, alias });
    }
    Ok(())
}

fn pick(fields: &mut VisitFields, employer: &FormEmployer) {
    fields.employer = employer.id.to_string();
    fields.employer_name.clone_from(&employer.name);
    fields.municipality = employer.municipality.clone().unwrap_or_default();
    fields.new_employer.clear();
}

/// A visit as the form holds it.
fn fields_of(row: &SeenRow) -> VisitFields {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    VisitFields {
        employer: row.employer_id.to_string(),
        employer_name: row.employer_name.clone(),
        municipality: String::new(),
        new_employer: String::new(),
        day: row.day.to_string(),
        time: row.at_time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
        mode: row.mode.clone(),
        purpose: row.purpose.clone(),
        client: id(row.client_id),
        with: id(row.with_id),
        decision_maker: if row.decision_maker == Some(true) { YES } else { NO }.to_owned(),
        minutes: row.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        place: row.place.clone().unwrap_or_default(),
        summary: row.summary.clone(),
        next_what: row.next_step.clone().unwrap_or_default(),
        next_on: row.next_step_on.map(|on| on.to_string()).unwrap_or_default(),
    }
}

/// Those who visit employers in a unit today, but for the one who asks.
pub(super) async fn colleagues(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<Vec<FormColleague>> {
    let rows: Vec<(Uuid, String)> = fetch_all!(
        tx,
        (Uuid, String),
        "select distinct p.id, p.name from person p join post o on o.person_id = p.id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2) and p.id <> $3
         order by p.name, p.id",
        unit.uuid(),
        actor.today,
        actor.person.uuid()
    )?;
    Ok(rows.into_iter().map(|(id, name)| FormColleague { id: id.into(), name }).collect())
}

#[derive(sqlx::FromRow)]
struct FormEmployerRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
    do_not_contact: bool,
}

impl From<FormEmployerRow> for FormEmployer {
    fn from(row: FormEmployerRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            municipality: row.municipality,
            do_not_contact: row.do_not_contact,
        }
    }
}

async fn form_employer(tx: &mut Tx, id: EmployerId) -> Result<Option<FormEmployer>> {
    let today = tx.clock().today();
    let row = fetch_optional!(
        tx,
        FormEmployerRow,
        "select id, name, municipality, do_not_contact_reason is not null
             and (do_not_contact_until is null or do_not_contact_until >= $2) as do_not_contact
         from employer where id = (select coalesce(survivor_id, id) from employer where id = $1)",
        id.uuid(),
        today
    )?;
    Ok(row.map(FormEmployer::from))
}

/// The employers that the coach visited last.
async fn recent_employers(tx: &mut Tx, coach: PersonId) -> Result<Vec<FormEmployer>> {
    let today = tx.clock().today();
    let rows = fetch_all!(
        tx,
        FormEmployerRow,
        "select e.id, e.name, e.municipality, e.do_not_contact_reason is not null
             and (e.do_not_contact_until is null or e.do_not_contact_until >= $3) as do_not_contact
         from employer e
         join (select coalesce(m.survivor_id, m.id) as employer_id, max(v.day) as day,
                   max(v.received_at) as received_at
               from visit v join employer m on m.id = v.employer_id
               where v.coach_id = $1
                   and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
               group by coalesce(m.survivor_id, m.id)) last on last.employer_id = e.id
         order by last.day desc, last.received_at desc, e.name limit $2",
        coach.uuid(),
        i64::from(RECENT_SHOWN),
        today
    )?;
    Ok(rows.into_iter().map(FormEmployer::from).collect())
}

/// The visit that the coach logged last, for the same again.
async fn last_visit(tx: &mut Tx, coach: PersonId) -> Result<Option<(VisitId, String)>> {
    let row: Option<(Uuid, String)> = fetch_optional!(
        tx,
        (Uuid, String),
        "select v.id, e.name from visit v join employer e on e.id = v.employer_id
         where v.coach_id = $1 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         order by v.day desc, v.received_at desc, v.id desc limit 1",
        coach.uuid()
    )?;
    Ok(row.map(|(id, name)| (id.into(), name)))
}
