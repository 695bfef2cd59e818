//! What the visit form opens with: new, for an employer, with the same again, to amend a visit, or
//! as it was left.

use super::drafts::{self, Found};
use super::{SeenRow, WholeVisit};
use crate::access::{Actor, Register, authorise};
use crate::audit::Use;
use crate::clients::{self, own_client};
use crate::clock::new_id;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, arrivals, fetch_all, fetch_optional};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Action;
use domain::clients::FormClient;
use domain::ids::{ClientId, CommandId, EmployerId, UnitId, VisitId};
use domain::sync::Command;
use domain::visits::{
    AmendVisit, Amended, FormColleague, FormEmployer, FormWish, LogVisit, NO, RECENT_SHOWN, VisitError,
    VisitFields, VisitForm, VisitedEmployer, YES,
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
        let mended = match wish.mend {
            Some(entry) => held_visit(&mut tx, actor, entry).await?,
            None => None,
        };
        let visit = match wish.amend.or(wish.again) {
            Some(visit) => Some(own_visit(&mut tx, actor, visit).await?),
            None => None,
        };
        let mut wish = wish;
        if let Some((.., mended)) = &mended {
            wish.client = mended.client;
            wish.employer = match mended.employer {
                VisitedEmployer::Known(id) => Some(id),
                VisitedEmployer::New { .. } => None,
            };
        }
        let employer = wish.employer.filter(|_| visit.is_none());
        let untouched = VisitFields::untouched(self.clock.today(), self.clock.time_of_day());
        let (mut form, mut own) = self.opened(&mut tx, actor, untouched, (employer, wish.client)).await?;
        if let Some(row) = visit {
            form.fields = fields_of(&row);
            match wish.amend {
                Some(visit) => form.amends = Some(Amended { visit, version: version_of(&row) }),
                None => form.fields = form.fields.again(self.clock.today(), self.clock.time_of_day()),
            }
            add_client(&mut form, actor, row)?;
        } else if let Some(client) = form.caseload.iter().find(|client| Some(client.id) == wish.client) {
            form.fields.client = client.id.to_string();
        }
        if let Some(at) = own.iter().position(|draft| goes_on(draft, wish, form.amends)) {
            let draft = own.remove(at);
            (form.id, form.fields, form.amends) = (draft.id, draft.body.fields, draft.body.amends);
            form.resumed = true;
        }
        if let Some((entry, amends, visit)) = mended {
            (form.id, form.resumed) = (entry, false);
            if let Some(amended) = amends {
                let row = own_visit(&mut tx, actor, amended.visit).await?;
                let version = version_of(&row);
                form.amends = Some(Amended { version, ..amended });
                // Somebody was faster: saving it once more is then what its author wants, field by field.
                form.now = (version != amended.version).then(|| Box::new(fields_of(&row)));
            }
            let (name, municipality) = match &visit.employer {
                VisitedEmployer::Known(_) => (form.fields.employer_name, Some(form.fields.municipality)),
                VisitedEmployer::New { name, municipality, .. } => (name.clone(), municipality.clone()),
            };
            form.fields = VisitFields::of(&visit, &name, municipality.as_deref());
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
        let wished = (typed.fields.employer.parse().ok(), typed.fields.client.parse().ok());
        let (mut form, _) = self.opened(&mut tx, actor, typed.fields, wished).await?;
        form.id = typed.id.unwrap_or(form.id);
        (form.amends, form.errors) = (typed.amends, typed.errors);
        if typed.find {
            form.found = Some(crate::employers::fitting(&mut tx, &form.fields.employer_name).await?);
        }
        finish(tx, actor, form).await
    }

    /// The form with what it offers and, where one is given, with an employer picked and a client offered who
    /// is none of the own; and the person's own drafts, the latest first.
    async fn opened(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        fields: VisitFields,
        (employer, client): (Option<EmployerId>, Option<ClientId>),
    ) -> Result<(VisitForm, Vec<Found>)> {
        let employers = employers_offered(tx, actor, employer).await?;
        let offered = offered(tx, actor, client).await?;
        let mut form = VisitForm {
            id: CommandId(new_id()),
            author: Some(actor.person),
            today: self.clock.today(),
            fields,
            amends: None,
            now: None,
            recent: employers.recent,
            caseload: offered.clients,
            colleagues: offered.colleagues,
            last: employers.last,
            resumed: false,
            drafts: Vec::new(),
            errors: Vec::new(),
            found: None,
        };
        if let Some(employer) = employers.picked {
            pick(&mut form.fields, &employer);
        }
        Ok((form, offered.drafts))
    }
}

/// A visit that came and waits for its author: the entry, what it amends, and the visit.
async fn held_visit(
    tx: &mut Tx,
    actor: &Actor,
    entry: CommandId,
) -> Result<Option<(CommandId, Option<Amended>, LogVisit)>> {
    Ok(match arrivals::held_command(tx, actor, entry).await? {
        // Where other words came first under its identity, these amend them.
        Some(Command::LogVisit(visit)) => match own_visit(tx, actor, VisitId(entry.uuid())).await {
            Ok(_) => {
                let amended = Amended { visit: VisitId(entry.uuid()), version: 0 };
                Some((CommandId(new_id()), Some(amended), visit))
            }
            Err(_) => Some((entry, None, visit)),
        },
        Some(Command::AmendVisit(AmendVisit { visit, version, to })) => {
            // An entry that took effect with other words keeps its identity; what is mended is another one.
            let taken: Option<(i64,)> = fetch_optional!(
                tx,
                (i64,),
                "select cast(1 as bigint) from receipt where id = $1",
                entry.uuid()
            )?;
            let id = if taken.is_some() { CommandId(new_id()) } else { entry };
            Some((id, Some(Amended { visit, version }), to))
        }
        _ => None,
    })
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
    let same_client = wish.client.is_none_or(|client| draft.body.fields.client == client.to_string());
    !wish.fresh && wish.again.is_none() && same_visit && same_employer && same_client
}

/// An own visit, whoever may see more of it.
async fn own_visit(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<SeenRow> {
    Ok(authorise::<WholeVisit>(tx, actor, Action::AmendVisit, visit).await?.into_object().row)
}

fn version_of(row: &SeenRow) -> u32 {
    u32::try_from(row.version).unwrap_or(1)
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

/// Those who visit employers in unit $3 on day $2, but for person $1.
macro_rules! colleagues_of {
    ($columns:literal) => {
        concat!(
            "select distinct ",
            $columns,
            " from person p join post o on o.person_id = p.id
             where o.unit_id = $3 and o.role in ('coach', 'lead') and o.from_day <= $2
                 and (o.to_day is null or o.to_day >= $2) and p.id <> $1 "
        )
    };
}

/// Those who visit employers in a unit today, but for the one who asks.
pub(super) async fn colleagues(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<Vec<FormColleague>> {
    let rows: Vec<(Uuid, String)> = fetch_all!(
        tx,
        (Uuid, String),
        concat!(colleagues_of!("p.id, p.name"), "order by p.name, p.id"),
        actor.person.uuid(),
        actor.today,
        unit.uuid()
    )?;
    Ok(rows.into_iter().map(|(id, name)| FormColleague { id: id.into(), name }).collect())
}

/// Whom the form offers, and the own drafts.
#[derive(Default)]
struct Offered {
    clients: Vec<FormClient>,
    colleagues: Vec<FormColleague>,
    drafts: Vec<Found>,
}

/// A client with their unit, a colleague, or a draft with its employer.
#[derive(sqlx::FromRow)]
struct OfferedRow {
    kind: String,
    id: Uuid,
    text: String,
    of_id: Option<Uuid>,
    touched_at: Option<DateTime<Utc>>,
}

async fn offered(tx: &mut Tx, actor: &Actor, wished: Option<ClientId>) -> Result<Offered> {
    let since = drafts::kept_since(tx.clock().now());
    let rows = fetch_all!(
        tx,
        OfferedRow,
        concat!(
            "select 'draft' as kind, d.id as id, d.body as text, d.employer_id as of_id, d.touched_at as touched_at
             from (select id, body, employer_id, touched_at from visit_draft
                 where person_id = $1 and touched_at >= $4 order by touched_at desc, id limit $5) d
             union all select 'client', c.id, c.alias, c.unit_id, null from client c where ",
            own_client!(),
            "union all select 'client', c.id, c.alias, c.unit_id, null from client c
             where c.id = $6 and (c.closed_on is null or c.closed_on >= $2)
             union all ",
            colleagues_of!("'colleague', p.id, p.name, cast(null as uuid), cast(null as timestamptz)"),
            "order by touched_at desc nulls last, text, id"
        ),
        actor.person.uuid(),
        actor.today,
        actor.field_unit().map(UnitId::uuid),
        since,
        drafts::OFFERED,
        wished.map(ClientId::uuid)
    )?;
    let mut offered = Offered::default();
    for OfferedRow { kind, id, text, of_id, touched_at } in rows {
        match (kind.as_str(), of_id, touched_at) {
            ("draft", employer, Some(at)) => offered.drafts.push(Found::read(id, employer, &text, at)),
            ("client", ..) if offered.clients.iter().any(|client| client.id.uuid() == id) => {}
            ("client", Some(unit), _) if clients::sees_clients_of(actor, unit) => {
                offered.clients.push(FormClient { id: id.into(), alias: text });
            }
            ("colleague", ..) => offered.colleagues.push(FormColleague { id: id.into(), name: text }),
            _ => {}
        }
    }
    Ok(offered)
}

/// The employers that the form offers.
#[derive(Default)]
struct EmployersOffered {
    /// The one that was asked for.
    picked: Option<FormEmployer>,
    /// Those that the coach visited last.
    recent: Vec<FormEmployer>,
    /// The visit that the coach logged last, for the same again, with its employer's name.
    last: Option<(VisitId, String)>,
}

#[derive(sqlx::FromRow)]
struct EmployerOfferedRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
    do_not_contact: bool,
    /// The day of the last visit there; none for the one that was asked for.
    day: Option<NaiveDate>,
    /// The visit that the coach logged last of all.
    visit_id: Option<Uuid>,
}

/// Employers `e` as the form shows them, with the day, the time of coming in, and the identity of a
/// visit; $2 is today.
macro_rules! form_employers {
    ($visit:literal) => {
        concat!(
            "select e.id, e.name, e.municipality, e.do_not_contact_reason is not null
                 and (e.do_not_contact_until is null or e.do_not_contact_until >= $2) as do_not_contact, ",
            $visit,
            " from employer e "
        )
    };
}

/// The employers of the coach's latest visits, of which a few hundred are looked at: a coach of ten years has ten
/// thousand.
async fn employers_offered(
    tx: &mut Tx,
    actor: &Actor,
    picked: Option<EmployerId>,
) -> Result<EmployersOffered> {
    let rows = fetch_all!(
        tx,
        EmployerOfferedRow,
        concat!(
            "select * from (",
            form_employers!("last.day, last.received_at, cast(null as uuid) as visit_id"),
            "join (select coalesce(m.survivor_id, m.id) as employer_id, max(v.day) as day,
                       max(v.received_at) as received_at
                   from (select id, employer_id, day, received_at from visit where coach_id = $1
                         order by day desc limit 300) v join employer m on m.id = v.employer_id
                   where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                   group by coalesce(m.survivor_id, m.id)) last on last.employer_id = e.id
             order by last.day desc, last.received_at desc, e.name limit $3) recent
             union all select * from (",
            form_employers!("v.day, v.received_at, v.id as visit_id"),
            "join visit v on v.employer_id = e.id
             where v.coach_id = $1 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
             order by v.day desc, v.received_at desc, v.id desc limit 1) latest
             union all ",
            form_employers!("null, null, null"),
            "where e.id = (select coalesce(survivor_id, id) from employer where id = $4)
             order by day desc nulls last, received_at desc, name"
        ),
        actor.person.uuid(),
        actor.today,
        i64::from(RECENT_SHOWN),
        picked.map(EmployerId::uuid)
    )?;
    let mut offered = EmployersOffered::default();
    for row in rows {
        if let Some(visit) = row.visit_id {
            offered.last = Some((visit.into(), row.name));
            continue;
        }
        let recent = row.day.is_some();
        let employer = FormEmployer {
            id: row.id.into(),
            name: row.name,
            municipality: row.municipality,
            do_not_contact: row.do_not_contact,
        };
        if recent {
            offered.recent.push(employer);
        } else {
            offered.picked = Some(employer);
        }
    }
    Ok(offered)
}
