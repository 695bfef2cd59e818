//! Plans made with a client and those who help: what was agreed, who does what by when, how a plan stood before
//! each correction. What a client gets to take along is in [`copy`].

mod copy;
mod write;

pub use copy::{ClientCopy, CopyConsent, CopyJob, CopySupport, CopyTold};
pub use write::{Hand, PlanSaved};

use crate::access::{Actor, Grant, Guarded, KnownClient, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_optional};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action as Deed, Object, Relation};
use domain::codes::Code;
use domain::ids::{ClientId, PersonId, PlanId};
use domain::plans::{Action, ActionKind, Plan, Responsible};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody of the unit or of the client's treatment team, who may be made responsible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
}

/// Something that was agreed on, with how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionSeen {
    /// What was agreed.
    pub action: Action,
    /// Of which plan.
    pub plan: PlanId,
    /// The responsible person's name; empty for the client.
    pub who: String,
    /// Does the responsible person no longer work here?
    pub gone: bool,
    /// Who noted that it is done; empty where it is not.
    pub done_by: String,
    /// The later plan that goes on with it: there it is to be done.
    pub carried_to: Option<PlanId>,
}

impl ActionSeen {
    /// Is it to be done under this plan?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.action.done_on.is_none() && self.carried_to.is_none()
    }

    /// Is it the client's own?
    #[must_use]
    pub fn is_clients(&self) -> bool {
        self.action.responsible == Responsible::Client
    }
}

/// A plan in a client's list.
#[derive(Clone, Debug)]
pub struct PlanListed {
    /// Which.
    pub id: PlanId,
    /// When it was made.
    pub day: NaiveDate,
    /// Who wrote it last.
    pub by: String,
    /// How many of its actions are still to be done.
    pub open: i64,
    /// The next meeting that it names.
    pub next_meeting_on: Option<NaiveDate>,
    /// Was it taken back?
    pub withdrawn: bool,
}

/// A client's plans, the newest first.
#[derive(Clone, Debug)]
pub struct PlanList {
    /// Whose.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// Today.
    pub today: NaiveDate,
    /// The plans.
    pub plans: Vec<PlanListed>,
    /// May the reader write?
    pub can_write: bool,
}

/// What the form of a new plan opens with.
#[derive(Clone, Debug)]
pub struct PlanForm {
    /// Whose.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// Today.
    pub today: NaiveDate,
    /// The identity of what is written.
    pub entry: PlanId,
    /// The plan before.
    pub before: Option<Plan>,
    /// What is still to be done of earlier plans, and what of the plan before is done.
    pub agreed: Vec<ActionSeen>,
    /// Who may be made responsible.
    pub helpers: Vec<Helper>,
}

/// A plan as it stood, with its actions and the names of who was responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What it said.
    pub plan: Plan,
    /// Who did what.
    pub actions: Vec<(Action, String)>,
}

/// How a plan stood before a correction.
#[derive(Clone, Debug)]
pub struct PlanVersion {
    /// Its number, from 1.
    pub version: i64,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub day: NaiveDate,
    /// What it said.
    pub kept: Kept,
}

/// A plan with all that its page says.
#[derive(Clone, Debug)]
pub struct PlanPage {
    /// Which.
    pub id: PlanId,
    /// Whose.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The client's name, for the client's own paper.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The organisation.
    pub organisation: String,
    /// Today.
    pub today: NaiveDate,
    /// What it says.
    pub plan: Plan,
    /// The version that stands.
    pub version: i64,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub saved_on: NaiveDate,
    /// Was it taken back?
    pub withdrawn: bool,
    /// Who does what, in the plan's order.
    pub actions: Vec<ActionSeen>,
    /// Who may be made responsible.
    pub helpers: Vec<Helper>,
    /// How it stood before, the latest first.
    pub earlier: Vec<PlanVersion>,
    /// May the reader write?
    pub can_write: bool,
}

/// A plan, as the door knows it.
#[derive(Clone, Debug)]
struct KnownPlan {
    client: KnownClient,
    row: PlanRow,
    plan: Plan,
}

/// A plan with one of its client's coaches of today.
#[derive(Clone, Debug, sqlx::FromRow)]
struct PlanRow {
    client_id: Uuid,
    version: i64,
    body: String,
    person_id: Uuid,
    saved_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    written_by: String,
    alias: String,
    name: String,
    unit_id: Uuid,
    unit: String,
    organisation: String,
    closed_on: Option<NaiveDate>,
    coach_id: Option<Uuid>,
}

impl Guarded for KnownPlan {
    type Id = PlanId;
    async fn find(tx: &mut Tx, id: PlanId, today: NaiveDate) -> Result<Option<Self>> {
        let rows = fetch_all!(
            tx,
            PlanRow,
            "select n.client_id, n.version, n.body, n.person_id, n.saved_at, n.withdrawn_at, w.name as written_by,
                 c.alias, c.name, c.unit_id, u.name as unit, coalesce(o.name, '') as organisation, c.closed_on,
                 cc.person_id as coach_id
             from network_plan n join person w on w.id = n.person_id join client c on c.id = n.client_id
                 join unit u on u.id = c.unit_id left join organisation o on o.id = 1
                 left join client_coach cc on cc.client_id = c.id and cc.from_day <= $2
                     and (cc.to_day is null or cc.to_day >= $2)
             where n.id = $1",
            id.uuid(),
            today
        )?;
        let coaches = rows.iter().filter_map(|row| row.coach_id.map(PersonId)).collect();
        let Some(row) = rows.into_iter().next() else { return Ok(None) };
        let client = KnownClient {
            id: row.client_id.into(),
            unit: row.unit_id.into(),
            relation: Relation::on(row.closed_on, today),
            coaches,
        };
        let plan = serde_json::from_str(&row.body).map_err(Error::internal)?;
        Ok(Some(Self { client, row, plan }))
    }
    fn object(&self) -> Object {
        self.client.object()
    }
}

/// An action, or (`kind` = `person`) somebody who may be made responsible.
#[derive(sqlx::FromRow)]
struct ActionRow {
    kind: String,
    id: Uuid,
    plan_id: Uuid,
    what: String,
    sort: String,
    responsible_id: Option<Uuid>,
    of_client: bool,
    name: String,
    by_day: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
    done_by: Option<String>,
    gone: bool,
    carried_to: Option<Uuid>,
}

impl ActionRow {
    fn seen(self) -> Result<ActionSeen> {
        let responsible = match (self.responsible_id, self.of_client) {
            (Some(person), _) => Responsible::Person(person.into()),
            (None, true) => Responsible::Client,
            (None, false) => Responsible::Named(self.name.clone()),
        };
        let action = Action {
            id: self.id,
            what: self.what,
            kind: ActionKind::parse(&self.sort).map_err(Error::internal)?,
            responsible,
            by_day: self.by_day,
            done_on: self.done_on,
        };
        Ok(ActionSeen {
            action,
            plan: self.plan_id.into(),
            who: self.name,
            gone: self.gone,
            done_by: self.done_by.unwrap_or_default(),
            carried_to: self.carried_to.map(PlanId),
        })
    }
}

/// Says that an action `a` is to be done under no later plan that stands.
macro_rules! not_carried {
    () => {
        "not exists (select 1 from plan_action x join network_plan q on q.id = x.plan_id
             where x.from_id = a.id and q.withdrawn_at is null)"
    };
}
pub(crate) use not_carried;

/// Actions of the client $1 on day $2, with those who may be made responsible; $3 is a plan.
macro_rules! actions {
    ($where:expr) => {
        concat!(
            "select 'action' as kind, a.id as id, a.plan_id, a.place as place, a.what, a.kind as sort, a.responsible_id, a.of_client,
                 coalesce(p.name, a.responsible) as name, a.by_day, a.done_on, d.name as done_by,
                 a.responsible_id is not null and (p.locked_at is not null or not exists (select 1 from post o
                     where o.person_id = a.responsible_id and o.unit_id = c.unit_id
                         and o.role in ('coach', 'lead', 'referrer') and o.from_day <= $2
                         and (o.to_day is null or o.to_day >= $2))) as gone,
                 (select x.plan_id from plan_action x join network_plan q on q.id = x.plan_id
                     where x.from_id = a.id and q.withdrawn_at is null order by q.day desc, q.id limit 1) as carried_to
             from plan_action a join network_plan n on n.id = a.plan_id join client c on c.id = n.client_id
                 left join person p on p.id = a.responsible_id left join person d on d.id = a.done_by
             where n.client_id = $1 and ",
            $where,
            " union all
             select 'person', p.id, p.id, 0, '', '', p.id, false, p.name, null, null, null, false, null
             from person p join client c on c.id = $1
             where p.locked_at is null and exists (select 1 from post o where o.person_id = p.id and o.from_day <= $2
                 and (o.to_day is null or o.to_day >= $2)
                 and ((o.unit_id = c.unit_id and o.role in ('coach', 'lead'))
                     or (o.role = 'referrer' and o.team_id = c.team_id)))
             order by place, name, id"
        )
    };
}

/// Actions apart from those who may be made responsible.
fn parted(rows: Vec<ActionRow>) -> Result<(Vec<ActionSeen>, Vec<Helper>)> {
    let (mut actions, mut helpers) = (Vec::new(), Vec::new());
    for row in rows {
        if row.kind == "person" {
            helpers.push(Helper { id: row.id.into(), name: row.name });
        } else {
            actions.push(row.seen()?);
        }
    }
    Ok((actions, helpers))
}

/// A plan's actions, and who may be made responsible.
async fn of_plan(
    tx: &mut Tx,
    client: ClientId,
    plan: PlanId,
    today: NaiveDate,
) -> Result<(Vec<ActionSeen>, Vec<Helper>)> {
    let rows = fetch_all!(tx, ActionRow, actions!("a.plan_id = $3"), client.uuid(), today, plan.uuid())?;
    parted(rows)
}

/// What is still to be done of any plan of the client, what else stands in the plan $3, and who may be made
/// responsible.
async fn of_client(
    tx: &mut Tx,
    client: ClientId,
    latest: Option<PlanId>,
    today: NaiveDate,
) -> Result<(Vec<ActionSeen>, Vec<Helper>)> {
    let rows = fetch_all!(
        tx,
        ActionRow,
        actions!("n.withdrawn_at is null and (a.plan_id = $3 or a.done_on is null)"),
        client.uuid(),
        today,
        latest.map_or(Uuid::nil(), PlanId::uuid)
    )?;
    let (mut actions, helpers) = parted(rows)?;
    actions.retain(|seen| seen.carried_to.is_none());
    Ok((actions, helpers))
}

#[derive(sqlx::FromRow)]
struct BeforeRow {
    alias: String,
    id: Option<Uuid>,
    body: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    alias: String,
    id: Option<Uuid>,
    day: Option<NaiveDate>,
    written_by: Option<String>,
    open: i64,
    next_meeting_on: Option<NaiveDate>,
    withdrawn: bool,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    version: i64,
    name: String,
    body: String,
    saved_at: DateTime<Utc>,
}

/// The day of an instant, in the units' time zone.
fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&ZONE).date_naive()
}

async fn earlier(tx: &mut Tx, plan: PlanId) -> Result<Vec<PlanVersion>> {
    let rows = fetch_all!(
        tx,
        VersionRow,
        "select v.version, p.name, v.body, v.saved_at from network_plan_version v join person p on p.id = v.person_id
         where v.plan_id = $1 order by v.version desc",
        plan.uuid()
    )?;
    let version = |row: VersionRow| {
        let kept = serde_json::from_str(&row.body).map_err(Error::internal)?;
        Ok(PlanVersion { version: row.version, by: row.name, day: day_of(row.saved_at), kept })
    };
    rows.into_iter().map(version).collect()
}

/// Notes that something was done with a plan.
fn note(tx: &mut Tx, actor: &Actor, action: &'static str, plan: PlanId, of: ClientId) {
    tx.note(Use::by(actor, action, "network_plan", Some(plan.uuid())).of_clients([of]));
}

fn can_write(actor: &Actor, client: &KnownClient) -> bool {
    actor.may(Deed::WriteClient, &client.object())
}

impl Backend {
    /// A client's plans, the newest first.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn client_plans(&self, actor: &Actor, id: ClientId) -> Result<PlanList> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Deed::ReadClient, id).await?;
        let rows = fetch_all!(
            tx,
            ListRow,
            concat!(
                "select c.alias, n.id, n.day, w.name as written_by, n.next_meeting_on,
                     n.withdrawn_at is not null as withdrawn,
                     (select count(*) from plan_action a where a.plan_id = n.id and a.done_on is null and ",
                not_carried!(),
                ") as open
                 from client c left join network_plan n on n.client_id = c.id left join person w on w.id = n.person_id
                 where c.id = $1 order by n.day desc, n.saved_at desc, n.id desc"
            ),
            id.uuid()
        )?;
        tx.note(Use::by(actor, "read", "network_plan", Some(id.uuid())).of_clients([id]));
        tx.commit().await?;
        let alias = rows.first().map(|row| row.alias.clone()).unwrap_or_default();
        let listed = |row: ListRow| {
            let (id, day, by) = (row.id?.into(), row.day?, row.written_by?);
            let ListRow { open, next_meeting_on, withdrawn, .. } = row;
            Some(PlanListed { id, day, by, open, next_meeting_on, withdrawn })
        };
        let (plans, today) = (rows.into_iter().filter_map(listed).collect(), actor.today);
        Ok(PlanList { client: id, alias, today, plans, can_write: can_write(actor, &client) })
    }

    /// What the form of a new plan opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn plan_form(&self, actor: &Actor, id: ClientId) -> Result<PlanForm> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Deed::WriteClient, id).await?;
        let before = fetch_optional!(
            tx,
            BeforeRow,
            "select c.alias, n.id, n.body from client c left join network_plan n on n.id =
                 (select m.id from network_plan m where m.client_id = c.id and m.withdrawn_at is null
                     order by m.day desc, m.saved_at desc, m.id desc limit 1)
             where c.id = $1",
            id.uuid()
        )?;
        let BeforeRow { alias, id: latest, body } = before.ok_or(Error::NotThere)?;
        let (agreed, helpers) = of_client(&mut tx, id, latest.map(PlanId), actor.today).await?;
        tx.note(Use::by(actor, "read", "network_plan", Some(id.uuid())).of_clients([id]));
        tx.commit().await?;
        let before = body.map(|body| serde_json::from_str(&body)).transpose().map_err(Error::internal)?;
        let (today, entry) = (actor.today, PlanId(new_id()));
        Ok(PlanForm { client: id, alias, today, entry, before, agreed, helpers })
    }

    /// A plan.
    ///
    /// # Errors
    /// [`Error::NotThere`] when its client is not there for this person.
    pub async fn plan(&self, actor: &Actor, id: PlanId) -> Result<PlanPage> {
        self.plan_used(actor, id, "read").await
    }

    /// A plan to be given out on paper.
    ///
    /// # Errors
    /// [`Error::NotThere`] when its client is not there for this person.
    pub async fn plan_on_paper(&self, actor: &Actor, id: PlanId) -> Result<PlanPage> {
        self.plan_used(actor, id, "export").await
    }

    async fn plan_used(&self, actor: &Actor, id: PlanId, used: &'static str) -> Result<PlanPage> {
        let mut tx = self.write().await?;
        let known: Grant<KnownPlan> = authorise(&mut tx, actor, Deed::ReadClient, id).await?;
        let client = known.client.id;
        let (actions, helpers) = of_plan(&mut tx, client, id, actor.today).await?;
        let earlier = earlier(&mut tx, id).await?;
        note(&mut tx, actor, used, id, client);
        tx.commit().await?;
        let can_write = can_write(actor, &known.client);
        let KnownPlan { row, plan, .. } = known.into_object();
        Ok(PlanPage {
            id,
            client,
            alias: row.alias,
            name: row.name,
            unit: row.unit,
            organisation: row.organisation,
            today: actor.today,
            plan,
            version: row.version,
            by: row.written_by,
            saved_on: day_of(row.saved_at),
            withdrawn: row.withdrawn_at.is_some(),
            actions,
            helpers,
            earlier,
            can_write,
        })
    }
}
