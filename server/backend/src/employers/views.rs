//! Saved views, the rule of the traffic light, an employer's history, and the day's route.

use super::change::{Edited, of_json};
use crate::access::{Actor, Register, RegisteredEmployer, Settings, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional, visits};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Action;
use domain::employers::edit::{EditError, Fields};
use domain::employers::{EmployerQuery, LightRule, Silence, VIEW_NAME_MAX, VIEWS_MAX};
use domain::ids::EmployerId;
use domain::text::sort_key;
use domain::visits::NextStepDue;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A change of an employer, for its history.
#[derive(Clone, Debug)]
pub struct ChangeSeen {
    /// The day.
    pub on: NaiveDate,
    /// The time.
    pub at: chrono::NaiveTime,
    /// By whom; none for the command line.
    pub by: Option<String>,
    /// What was done: `edit`, `add_contact` …
    pub kind: String,
    /// The fields that stood otherwise before. Identities are told as names.
    pub before: Fields,
    /// As they stood after.
    pub after: Fields,
    /// The merged employer, for undoing.
    pub subject: Option<Uuid>,
    /// Was it undone?
    pub undone: bool,
}

/// An employer's history.
#[derive(Clone, Debug)]
pub struct History {
    /// Which.
    pub id: EmployerId,
    /// Its name.
    pub name: String,
    /// The changes, newest first.
    pub changes: Vec<ChangeSeen>,
}

/// An employer on the day's route.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Street.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Who takes care of it.
    pub owner: Option<String>,
    /// The last contact: when and by whom.
    pub last: Option<(NaiveDate, Option<String>)>,
    /// How long it has been silent.
    pub silence: Silence,
    /// Why it is not to be contacted.
    pub do_not_contact: Option<String>,
    /// Whom to ask for, with title and telephone.
    pub contacts: Vec<(String, String, String)>,
    /// What was promised and is not done.
    pub next_steps: Vec<NextStepDue>,
}

/// The day's route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Every municipality of the register.
    pub municipalities: Vec<String>,
    /// The stops, by place; at most [`ROUTE_MAX`].
    pub stops: Vec<Stop>,
    /// Today.
    pub today: NaiveDate,
    /// Is there more than fits?
    pub more: bool,
}

/// So many employers are on a route at most: what can be printed and read.
pub const ROUTE_MAX: u32 = 100;

#[derive(sqlx::FromRow)]
struct ChangeRow {
    changed_at: DateTime<Utc>,
    by_name: Option<String>,
    kind: String,
    subject_id: Option<Uuid>,
    before_json: String,
    after_json: String,
    undone_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct StopRow {
    id: Uuid,
    name: String,
    street: Option<String>,
    postal_code: Option<String>,
    owner: Option<String>,
    last_visit_on: Option<NaiveDate>,
    last_by: Option<String>,
    do_not_contact: Option<String>,
}

/// When the traffic light changes in this organisation.
pub(super) async fn light_rule(tx: &mut Tx) -> Result<LightRule> {
    let row: Option<(i64, i64)> = fetch_optional!(
        tx,
        (i64, i64),
        "select days_until_amber, days_until_red from organisation where id = 1"
    )?;
    Ok(rule_of(row.map(|(amber, _)| amber), row.map(|(_, red)| red)))
}

/// The rule of the light as its columns say it; the usual one where there is no organisation yet.
pub(super) fn rule_of(amber: Option<i64>, red: Option<i64>) -> LightRule {
    match (amber, red) {
        (Some(amber), Some(red)) => LightRule { amber: days(amber), red: days(red) },
        _ => LightRule::default(),
    }
}

pub(super) fn days(days: i64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

impl Backend {
    /// Saves a list under a name of one's own; the same name again means the new list.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not read the register.
    pub async fn save_view(&self, actor: &Actor, name: &str, query: &EmployerQuery) -> Edited<()> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Ok(Err(vec![EditError::NameMissing]));
        }
        if name.chars().count() > VIEW_NAME_MAX {
            return Ok(Err(vec![EditError::TooLong("name")]));
        }
        let (held,): (i64,) = fetch_one!(
            tx,
            (i64,),
            "select count(*) from saved_view where person_id = $1 and name <> $2",
            actor.person.uuid(),
            name.clone()
        )?;
        if usize::try_from(held).unwrap_or(0) >= VIEWS_MAX {
            return Ok(Err(vec![EditError::Choice("name")]));
        }
        let query = EmployerQuery { page: 0, ..query.clone() };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into saved_view (id, person_id, name, query, saved_at) values ($1, $2, $3, $4, $5)
             on conflict (person_id, name) do update set query = excluded.query, saved_at = excluded.saved_at",
            new_id(),
            actor.person.uuid(),
            name,
            query.address(),
            now
        )?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Drops one of the own saved views.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there or another person's.
    pub async fn drop_view(&self, actor: &Actor, view: Uuid) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let dropped = execute!(
            tx,
            "delete from saved_view where id = $1 and person_id = $2",
            view,
            actor.person.uuid()
        )?;
        if dropped == 0 {
            return Err(Error::NotThere);
        }
        tx.commit().await
    }

    /// When the traffic light changes, to be changed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn light_rule(&self, actor: &Actor) -> Result<LightRule> {
        let mut tx = self.read().await?;
        authorise::<Settings>(&mut tx, actor, Action::ChangeSettings, ()).await?;
        light_rule(&mut tx).await
    }

    /// Changes when the traffic light changes. False when the rule makes no sense.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn set_light_rule(&self, actor: &Actor, rule: LightRule) -> Result<bool> {
        let mut tx = self.write().await?;
        authorise::<Settings>(&mut tx, actor, Action::ChangeSettings, ()).await?;
        if !rule.is_sound() {
            return Ok(false);
        }
        execute!(
            tx,
            "update organisation set days_until_amber = $1, days_until_red = $2 where id = 1",
            i64::from(rule.amber),
            i64::from(rule.red)
        )?;
        tx.note(Use::by(actor, "set_light_rule", "organisation", None).on_ground("settings"));
        tx.commit().await?;
        Ok(true)
    }

    /// Every change of an employer, newest first.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn employer_history(&self, actor: &Actor, id: EmployerId) -> Result<History> {
        let mut tx = self.read().await?;
        let employer = authorise::<RegisteredEmployer>(&mut tx, actor, Action::ReadRegister, id).await?;
        let RegisteredEmployer { id, name } = employer.into_object();
        let rows = fetch_all!(
            tx,
            ChangeRow,
            "select c.changed_at, p.name as by_name, c.kind, c.subject_id, c.before_json, c.after_json, c.undone_at
             from employer_change c left join person p on p.id = c.person_id
             where c.employer_id in (select id from employer where id = $1 or survivor_id = $1)
             order by c.changed_at desc, c.id desc limit 500",
            id.uuid()
        )?;
        let names: Vec<(Uuid, String)> = fetch_all!(
            tx,
            (Uuid, String),
            "select id, name from person
             union all select id, name from employer where id in (select chain_id from employer)
                 or id in (select e.chain_id from employer e where e.id = $1)",
            id.uuid()
        )?;
        let names: BTreeMap<String, String> =
            names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        let told = |text: &str| -> Result<Fields> {
            let named = |(key, value): (String, String)| {
                let identity = matches!(key.as_str(), "owner" | "chain" | "by");
                (key, if identity { names.get(&value).cloned().unwrap_or(value) } else { value })
            };
            Ok(of_json(text)?.into_iter().map(named).collect())
        };
        let mut changes = Vec::with_capacity(rows.len());
        for row in rows {
            let at = row.changed_at.with_timezone(&ZONE);
            changes.push(ChangeSeen {
                on: at.date_naive(),
                at: at.time(),
                by: row.by_name,
                kind: row.kind,
                before: told(&row.before_json)?,
                after: told(&row.after_json)?,
                subject: row.subject_id,
                undone: row.undone_at.is_some(),
            });
        }
        Ok(History { id, name, changes })
    }

    /// The employers of a municipality for a day on the road, those of one street after another; with
    /// `due`, only those where a next step waits.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn route(&self, actor: &Actor, municipality: &str, due: bool) -> Result<Route> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let mut beside = beside_route(&mut tx, municipality).await?;
        let rows = fetch_all!(
            tx,
            StopRow,
            "select e.id, e.name, e.street, e.postal_code, p.name as owner, e.last_visit_on, b.name as last_by,
                 case when e.do_not_contact_until is null or e.do_not_contact_until >= $2
                     then e.do_not_contact_reason end as do_not_contact
             from employer e left join person p on p.id = e.owner_id left join person b on b.id = e.last_visit_by
             where e.municipality = $1 and e.survivor_id is null
             order by e.postal_code nulls last, e.street nulls last, e.name_sorted, e.id",
            municipality,
            actor.today
        )?;
        let (steps, clients) = visits::next_steps_in(&mut tx, actor, municipality).await?;
        let mut stops: Vec<Stop> = Vec::with_capacity(rows.len());
        for row in rows {
            let contacts = beside.contacts.remove(&row.id).unwrap_or_default();
            stops.push(stop(row, contacts, beside.rule, actor.today));
        }
        for step in steps {
            if let Some(stop) = stops.iter_mut().find(|stop| stop.id == step.employer) {
                stop.next_steps.push(step);
            }
        }
        if due {
            let by = actor.today;
            stops.retain(|stop| stop.next_steps.iter().any(|step| step.on.is_none_or(|on| on <= by)));
        }
        let more = stops.len() > ROUTE_MAX as usize;
        stops.truncate(ROUTE_MAX as usize);
        tx.note(Use::by(actor, "read", "route", None).of_clients(clients));
        tx.commit().await?;
        Ok(Route { municipalities: beside.municipalities, stops, today: actor.today, more })
    }
}

/// What a route needs beside its stops.
#[derive(Default)]
struct BesideRoute {
    /// Every municipality in the register.
    municipalities: Vec<String>,
    rule: LightRule,
    /// Whom to ask for at an employer, also at those that were merged into it: name, title, telephone.
    contacts: HashMap<Uuid, Vec<(String, String, String)>>,
}

/// One query: a municipality and the rule have no employer, and their texts stand in the columns of a
/// contact person.
async fn beside_route(tx: &mut Tx, municipality: &str) -> Result<BesideRoute> {
    type Row = (String, Option<Uuid>, String, String, Option<String>);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select 'contact' as kind, s.id as at, c.name as name, c.title, c.phone
             from employer_contact c join employer e on e.id = c.employer_id
             join employer s on s.id = coalesce(e.survivor_id, e.id)
             where s.municipality = $1 and c.removed_at is null
         union all select distinct 'place', cast(null as uuid), municipality, '', null from employer
             where municipality is not null and survivor_id is null
         union all select 'rule', null, cast(days_until_amber as text), cast(days_until_red as text), null
             from organisation
         order by name",
        municipality
    )?;
    let mut beside = BesideRoute::default();
    for (kind, at, name, title, phone) in rows {
        match (kind.as_str(), at) {
            ("contact", Some(at)) => {
                beside.contacts.entry(at).or_default().push((name, title, phone.unwrap_or_default()));
            }
            ("place", _) => beside.municipalities.push(name),
            _ => beside.rule = rule_of(name.parse().ok(), title.parse().ok()),
        }
    }
    beside.municipalities.sort_by_key(|name| sort_key(name));
    Ok(beside)
}

fn stop(row: StopRow, contacts: Vec<(String, String, String)>, rule: LightRule, today: NaiveDate) -> Stop {
    Stop {
        id: row.id.into(),
        name: row.name,
        street: row.street,
        postal_code: row.postal_code,
        owner: row.owner,
        last: row.last_visit_on.map(|day| (day, row.last_by)),
        silence: rule.silence(row.last_visit_on, today),
        do_not_contact: row.do_not_contact,
        contacts,
        next_steps: Vec::new(),
    }
}
