//! The caseload, the load of a unit's coaches, and all clients of a unit.

use super::code;
use crate::access::{Actor, Register, Unit, authorise};
use crate::audit::Use;
use crate::codes::names;
use crate::error::{Error, Result};
use crate::referrals::memos_waiting;
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object, Relation};
use domain::clients::caseload::{Case, CaseFacts, sort};
use domain::clients::load::{self, Load};
use domain::clients::way::{PhaseFacts, Way, phase};
use domain::codes::Role;
use domain::codes::lists::Names;
use domain::ids::{ClientId, PersonId, UnitId};
use domain::visits::NextStep;
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many clients are on a page of the unit's list.
pub const LISTED: usize = 50;

/// The open clients of a coach.
#[derive(Clone, Debug)]
pub struct Caseload {
    /// Whose, when it is not the reader's own.
    pub of: Option<String>,
    /// The clients, in the order in which they are looked at.
    pub cases: Vec<Case>,
    /// Today.
    pub today: NaiveDate,
    /// Who reads it.
    pub reader: PersonId,
    /// May the reader see the load of the unit?
    pub leads: bool,
    /// How many memos wait in the reader's units; on the reader's own caseload.
    pub waiting: u32,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    id: Uuid,
    alias: String,
    unit_id: Uuid,
    referred_on: Option<NaiveDate>,
    first_meeting_on: Option<NaiveDate>,
    agreement_on: Option<NaiveDate>,
    paused_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    phase: Option<String>,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
    visit_step: Option<String>,
    visit_step_on: Option<NaiveDate>,
    visit_step_id: Option<Uuid>,
    coach_id: Option<Uuid>,
    coach: Option<String>,
    working_since: Option<NaiveDate>,
    first_met_on: Option<NaiveDate>,
    last_visit_on: Option<NaiveDate>,
    last_meeting_on: Option<NaiveDate>,
    last_support_on: Option<NaiveDate>,
    agreed_from: Option<NaiveDate>,
    agreed_every: Option<i64>,
    start_measured: bool,
    notices: i64,
}

/// Open clients with all that a case is worked out from, a row for each coach of today ($2). A visit that was
/// withdrawn counts nowhere.
macro_rules! cases {
    ($condition:expr) => {
        concat!(
            "select c.id, c.alias, c.unit_id, c.referred_on, c.first_meeting_on, c.agreement_on, c.paused_on,
                 c.closed_on, c.phase, c.next_step, c.next_step_on, n.next_step as visit_step,
                 n.next_step_on as visit_step_on, n.id as visit_step_id, k.person_id as coach_id, p.name as coach,
                 (select min(j.started_on) from job j where j.client_id = c.id and j.withdrawn_at is null and j.started_on <= $2
                     and (j.ended_on is null or j.ended_on >= $2)) as working_since,
                 (select min(v.day) from visit v where v.client_id = c.id and v.mode = 'in_person'
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as first_met_on,
                 (select max(v.day) from visit v where v.client_id = c.id
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as last_visit_on,
                 (select max(m.day) from client_meeting m where m.client_id = c.id and not m.no_show
                     and m.withdrawn_at is null) as last_meeting_on,
                 ",
            crate::support::support_facts!(),
            ",
                 exists (select 1 from measure_answer a where a.client_id = c.id and a.point = 'start')
                     as start_measured,
                 (select count(*) from consent_notice o join consent t on t.id = o.consent_id
                     where t.client_id = c.id and o.told_on is null) as notices
             from client c
                 left join client_coach k on k.client_id = c.id and k.from_day <= $2
                     and (k.to_day is null or k.to_day >= $2)
                 left join person p on p.id = k.person_id
                 left join visit n on n.id = (select v.id from visit v where v.client_id = c.id and ",
            crate::visits::step_waits!(),
            " and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                     order by v.next_step_on is null, v.next_step_on, v.day, v.id limit 1)
             where (c.closed_on is null or c.closed_on >= $2) and ",
            $condition,
            " order by c.id"
        )
    };
}

/// The clients of whom $1 is the coach today, or for whose coach $1 stands in.
async fn own_rows(tx: &mut Tx, actor: &Actor) -> Result<Vec<CaseRow>> {
    Ok(fetch_all!(
        tx,
        CaseRow,
        cases!(
            "c.id in (select o.client_id from client_coach o where o.from_day <= $2
                 and (o.to_day is null or o.to_day >= $2)
                 and (o.person_id = $1 or o.person_id in (select b.coach_id from substitute b
                     where b.substitute_id = $1 and b.from_day <= $2 and b.to_day >= $2
                     and (b.ended_on is null or b.ended_on > $2))))"
        ),
        actor.person.uuid(),
        actor.today
    )?)
}

/// The clients of whom $1 is the coach today.
async fn rows_of(tx: &mut Tx, coach: PersonId, today: NaiveDate) -> Result<Vec<CaseRow>> {
    Ok(fetch_all!(
        tx,
        CaseRow,
        cases!(
            "c.id in (select o.client_id from client_coach o where o.person_id = $1 and o.from_day <= $2
                 and (o.to_day is null or o.to_day >= $2))"
        ),
        coach.uuid(),
        today
    )?)
}

/// The open clients of a unit, each once with all coaches.
pub(crate) async fn cases_of_unit(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<Vec<Case>> {
    let rows = fetch_all!(tx, CaseRow, cases!("c.unit_id = $1"), unit.uuid(), actor.today)?;
    cases(rows, actor.today, |object| actor.may(Action::ReadClient, object))
}

fn step_of(what: Option<String>, on: Option<NaiveDate>) -> Option<NextStep> {
    (what.is_some() || on.is_some()).then(|| NextStep { what: what.unwrap_or_default(), on })
}

impl CaseRow {
    fn facts(self) -> Result<CaseFacts> {
        let visit_step = self.visit_step_id.and_then(|_| step_of(self.visit_step, self.visit_step_on));
        Ok(CaseFacts {
            id: self.id.into(),
            alias: self.alias,
            coaches: self.coach_id.map(PersonId).zip(self.coach).into_iter().collect(),
            way: Way {
                referred_on: self.referred_on,
                first_meeting_on: self.first_meeting_on,
                agreement_on: self.agreement_on,
                paused_on: self.paused_on,
                closed_on: self.closed_on,
            },
            chosen: self.phase.as_deref().map(code).transpose()?,
            working_since: self.working_since,
            first_met_on: self.first_met_on,
            last_visit_on: self.last_visit_on,
            last_meeting_on: self.last_meeting_on,
            last_support_on: self.last_support_on,
            support_agreed: crate::support::agreement(self.agreed_from, self.agreed_every),
            start_measured: self.start_measured,
            step: step_of(self.next_step, self.next_step_on),
            visit_step,
            notices: u32::try_from(self.notices).unwrap_or(u32::MAX),
        })
    }
}

/// The cases of the rows, each client once with all coaches, as far as `sees` lets through.
fn cases(rows: Vec<CaseRow>, today: NaiveDate, sees: impl Fn(&Object) -> bool) -> Result<Vec<Case>> {
    let mut found: Vec<(UnitId, CaseFacts)> = Vec::with_capacity(rows.len());
    for row in rows {
        let unit = UnitId(row.unit_id);
        let facts = row.facts()?;
        match found.last_mut() {
            Some((_, last)) if last.id == facts.id => last.coaches.extend(facts.coaches),
            _ => found.push((unit, facts)),
        }
    }
    let object = |unit: UnitId, facts: &CaseFacts| Object::Client {
        id: facts.id,
        unit,
        relation: Relation::on(facts.way.closed_on, today),
        coaches: facts.coaches.iter().map(|(coach, _)| *coach).collect(),
    };
    let seen = found.into_iter().filter(|(unit, facts)| sees(&object(*unit, facts)));
    let mut cases: Vec<Case> = seen.map(|(_, facts)| Case::of(facts, today)).collect();
    sort(&mut cases);
    Ok(cases)
}

/// The unit that the person leads.
fn led_unit(actor: &Actor) -> Option<UnitId> {
    actor.posts.iter().find(|post| post.role == Role::Lead).map(|post| post.unit)
}

/// The load of a unit's coaches.
#[derive(Clone, Debug)]
pub struct UnitLoad {
    /// The coaches on duty, the lightest load first.
    pub loads: Vec<Load>,
    /// Who should take the next client.
    pub next: Option<PersonId>,
    /// Open clients without a coach on duty.
    pub uncoached: Vec<Uncoached>,
}

/// An open client without a coach on duty.
#[derive(Clone, Debug)]
pub struct Uncoached {
    /// Which.
    pub id: ClientId,
    /// The alias.
    pub alias: String,
    /// Who was the coach, if that is known.
    pub coach: Option<String>,
}

#[derive(sqlx::FromRow)]
struct LoadRow {
    id: Uuid,
    alias: String,
    agreement_on: Option<NaiveDate>,
    paused_on: Option<NaiveDate>,
    phase: Option<String>,
    coach_id: Option<Uuid>,
    coach: Option<String>,
    working: bool,
    searching: bool,
}

async fn load_rows(tx: &mut Tx, unit: UnitId, today: NaiveDate) -> Result<Vec<LoadRow>> {
    Ok(fetch_all!(
        tx,
        LoadRow,
        "select c.id, c.alias, c.agreement_on, c.paused_on, c.phase, k.person_id as coach_id, p.name as coach,
             exists (select 1 from job j where j.client_id = c.id and j.withdrawn_at is null and j.started_on <= $2
                 and (j.ended_on is null or j.ended_on >= $2)) as working,
             exists (select 1 from visit v where v.client_id = c.id
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as searching
         from client c
             left join client_coach k on k.client_id = c.id and k.from_day <= $2
                 and (k.to_day is null or k.to_day >= $2)
             left join person p on p.id = k.person_id
         where c.unit_id = $1 and (c.closed_on is null or c.closed_on >= $2) order by c.alias, c.id",
        unit.uuid(),
        today
    )?)
}

#[derive(sqlx::FromRow)]
struct DutyRow {
    id: Uuid,
    name: String,
    fte: Option<i64>,
}

async fn on_duty(tx: &mut Tx, unit: UnitId, today: NaiveDate) -> Result<Vec<DutyRow>> {
    Ok(fetch_all!(
        tx,
        DutyRow,
        "select p.id, p.name, cast(sum(o.fte_hundredths) as bigint) as fte
         from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role = 'coach' and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)
         group by p.id, p.name order by p.name, p.id",
        unit.uuid(),
        today
    )?)
}

/// Counts each client for each coach on duty.
fn count(duty: Vec<DutyRow>, rows: Vec<LoadRow>, today: NaiveDate) -> Result<UnitLoad> {
    let mut loads: BTreeMap<PersonId, Load> = BTreeMap::new();
    for row in duty {
        // Without a share in the package: a whole post.
        let fte = row.fte.map_or(100, |fte| u32::try_from(fte).unwrap_or(0));
        loads.insert(row.id.into(), Load::none(row.id.into(), row.name, fte));
    }
    let mut uncoached: BTreeMap<Uuid, Uncoached> = BTreeMap::new();
    let mut coached = Vec::new();
    for row in rows {
        let facts = PhaseFacts {
            agreed: row.agreement_on.is_some_and(|day| day <= today),
            working: row.working,
            searching: row.searching,
            chosen: row.phase.as_deref().map(code).transpose()?,
        };
        match row.coach_id.and_then(|coach| loads.get_mut(&PersonId(coach))) {
            Some(load) => {
                load.add(phase(facts), row.paused_on.is_some());
                coached.push(row.id);
            }
            None => {
                let lost = Uncoached { id: row.id.into(), alias: row.alias, coach: row.coach };
                uncoached.insert(row.id, lost);
            }
        }
    }
    uncoached.retain(|id, _| !coached.contains(id));
    let mut loads: Vec<Load> = loads.into_values().collect();
    loads.sort_by_cached_key(|load| (load.weighed().is_none(), load.weighed(), load.name.clone()));
    let next = load::next_to_take(&loads);
    Ok(UnitLoad { loads, next, uncoached: uncoached.into_values().collect() })
}

/// Which of a unit's clients are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The open ones, by alias.
    No,
    /// The closed ones, the latest first.
    Yes,
}

/// A page of a unit's clients.
#[derive(Clone, Debug)]
pub struct UnitClients {
    /// The clients.
    pub rows: Vec<Listed>,
    /// Are there more?
    pub more: bool,
}

/// A client in the unit's list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: ClientId,
    /// The alias.
    pub alias: String,
    /// Who is or was the coach last.
    pub coach: Option<String>,
    /// The day of the agreement.
    pub agreement_on: Option<NaiveDate>,
    /// The day of closing.
    pub closed_on: Option<NaiveDate>,
    /// Why it was closed, by its code.
    pub reason: Option<String>,
    /// What the organisation calls that reason, where it chose an entry of its own.
    pub own: Option<Names>,
    /// The version, for opening it again.
    pub version: i64,
    /// Is there a page to read?
    pub can_read: bool,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: Uuid,
    alias: String,
    coach: Option<String>,
    agreement_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    closing_reason: Option<String>,
    name_fi: Option<String>,
    name_sv: Option<String>,
    name_en: Option<String>,
    version: i64,
}

/// A page of the clients of unit $1, in an order. Chosen first and joined then, so that a page far back costs little
/// more than the first.
macro_rules! listed {
    ($which:literal, $order:literal) => {
        concat!(
            "select c.id, c.alias, c.agreement_on, c.closed_on, c.closing_reason, c.version, y.name_fi, y.name_sv,
                 y.name_en,
                 (select p.name from client_coach k join person p on p.id = k.person_id where k.client_id = c.id
                     and k.from_day <= $2 order by k.from_day desc, k.id desc limit 1) as coach
             from (select c.id as client_id from client c where c.unit_id = $1 and ",
            $which,
            " order by ",
            $order,
            " limit $3 offset $4) x join client c on c.id = x.client_id
             left join code_entry y on c.closed_on is not null and y.id = (
                 select t.entry_id from client_step t where t.client_id = c.id and t.kind = 'closed'
                 order by t.noted_at desc, t.id desc limit 1)
             order by ",
            $order
        )
    };
}

async fn listed_rows(
    tx: &mut Tx,
    unit: UnitId,
    actor: &Actor,
    which: Closed,
    page: u32,
) -> Result<Vec<ListedRow>> {
    let (limit, offset) = (i64::try_from(LISTED + 1).unwrap_or(51), i64::from(page) * 50);
    let unit = unit.uuid();
    Ok(match which {
        Closed::No => fetch_all!(
            tx,
            ListedRow,
            listed!("(c.closed_on is null or c.closed_on >= $2)", "c.alias, c.id"),
            unit,
            actor.today,
            limit,
            offset
        )?,
        Closed::Yes => fetch_all!(
            tx,
            ListedRow,
            listed!("c.closed_on < $2", "c.closed_on desc, c.id"),
            unit,
            actor.today,
            limit,
            offset
        )?,
    })
}

impl Backend {
    /// The own caseload with that of whom the person stands in for; or, for a lead, another coach's.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field, or does not lead that coach.
    pub async fn caseload(&self, actor: &Actor, coach: Option<PersonId>) -> Result<Caseload> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let mut of = None;
        let rows = match coach.filter(|coach| *coach != actor.person) {
            None => own_rows(&mut tx, actor).await?,
            Some(coach) => {
                of = Some(led_coach(&mut tx, actor, coach).await?);
                rows_of(&mut tx, coach, actor.today).await?
            }
        };
        let cases = cases(rows, actor.today, |client| actor.may(Action::SeeClient, client))?;
        let waiting = if of.is_none() { memos_waiting(&mut tx, actor).await? } else { 0 };
        tx.note(Use::by(actor, "read", "caseload", None).of_clients(cases.iter().map(|case| case.id)));
        tx.commit().await?;
        let leads = led_unit(actor).is_some();
        Ok(Caseload { of, cases, today: actor.today, reader: actor.person, leads, waiting })
    }

    /// The load of the coaches whom the person leads.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit.
    pub async fn unit_load(&self, actor: &Actor) -> Result<UnitLoad> {
        let mut tx = self.write().await?;
        let unit = led_unit(actor).ok_or(Error::NotThere)?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::LeadUnit, unit).await?.id;
        let duty = on_duty(&mut tx, unit, actor.today).await?;
        let rows = load_rows(&mut tx, unit, actor.today).await?;
        let clients: Vec<ClientId> = rows.iter().map(|row| ClientId(row.id)).collect();
        let load = count(duty, rows, actor.today)?;
        tx.note(Use::by(actor, "read", "load", Some(unit.uuid())).of_clients(clients));
        tx.commit().await?;
        Ok(load)
    }

    /// A page of all clients of the unit that the person leads.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit.
    pub async fn unit_clients(&self, actor: &Actor, which: Closed, page: u32) -> Result<UnitClients> {
        let mut tx = self.write().await?;
        let unit = led_unit(actor).ok_or(Error::NotThere)?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::LeadUnit, unit).await?.id;
        let mut rows = listed_rows(&mut tx, unit, actor, which, page).await?;
        let more = rows.len() > LISTED;
        rows.truncate(LISTED);
        tx.note(
            Use::by(actor, "read", "unit_clients", Some(unit.uuid()))
                .of_clients(rows.iter().map(|row| ClientId(row.id))),
        );
        tx.commit().await?;
        let listed = |row: ListedRow| Listed {
            id: row.id.into(),
            can_read: actor.may(
                Action::ReadClient,
                &Object::Client {
                    id: row.id.into(),
                    unit,
                    relation: Relation::on(row.closed_on, actor.today),
                    coaches: Vec::new(),
                },
            ),
            alias: row.alias,
            coach: row.coach,
            agreement_on: row.agreement_on,
            closed_on: row.closed_on,
            reason: row.closing_reason,
            own: names(row.name_fi, row.name_sv, row.name_en),
            version: row.version,
        };
        Ok(UnitClients { rows: rows.into_iter().map(listed).collect(), more })
    }
}

/// The name of a coach whom the person leads.
async fn led_coach(tx: &mut Tx, actor: &Actor, coach: PersonId) -> Result<String> {
    let unit = led_unit(actor).ok_or(Error::NotThere)?;
    let unit = authorise::<Unit>(tx, actor, Action::LeadUnit, unit).await?.id;
    let row: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select name from person p where p.id = $1
             and exists (select 1 from post o where o.person_id = p.id and o.unit_id = $2)",
        coach.uuid(),
        unit.uuid()
    )?;
    row.map(|(name,)| name).ok_or(Error::NotThere)
}
