//! Visits for the lists of a page, in one question however many lists there are: what is picked says in
//! which list it stands, and a visit may stand in several.

use super::SeenRow;
use crate::access::Actor;
use crate::error::Result;
use crate::fetch_all;
use crate::store::Tx;
use chrono::{Days, NaiveDate};
use domain::access::{Action, Object};
use domain::calendar::Week;
use domain::employers::VISITS_SHOWN;
use domain::ids::{ClientId, EmployerId, UnitId};
use domain::today::{DUE_SHOWN, FEED_SHOWN};
use domain::visits::{NextStepDue, VisitSeen};
use std::cmp::Reverse;
use uuid::Uuid;

/// Next steps older than this are not due any more but forgotten: they stay on the employer's page.
const DUE_DAYS: u64 = 90;
/// At most so many due next steps are listed and counted.
const DUE_MAX: u32 = 255;

/// The visits that `$picked` picks, as rows of `list` and `visit_id`; the latest first.
macro_rules! visits_listed {
    ($picked:expr) => {
        visits_from!(
            "x.list, s.id as step_owner_id, s.name as step_owner, ",
            concat!(
                "(",
                $picked,
                ") x join visit v on v.id = x.visit_id
                 join person s on s.id = coalesce(v.step_owner_id, v.coach_id)"
            ),
            "order by v.day desc, v.at_time desc nulls last, v.id desc"
        )
    };
}

/// Picks visits that were not taken back; the tail chooses and sorts.
macro_rules! picked {
    ($list:literal, $tail:expr) => {
        concat!(
            "select * from (select '",
            $list,
            "' as list, v.id as visit_id from visit v
             where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id) ",
            $tail,
            ") ",
            $list
        )
    };
}

/// Picks visits whose next step waits. The tail chooses and sorts.
macro_rules! picked_waiting {
    ($list:literal, $tail:literal) => {
        picked!($list, concat!("and ", step_waits!(), $tail))
    };
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    list: String,
    step_owner_id: Uuid,
    step_owner: String,
    #[sqlx(flatten)]
    seen: SeenRow,
}

/// What was picked, not taken out of it yet.
struct Listed(Vec<ListedRow>);

impl Listed {
    fn take(&mut self, list: &str) -> Vec<ListedRow> {
        self.0.extract_if(.., |row| row.list == list).collect()
    }

    /// The visits of a list as `actor` may see them, the latest first. Whose data is in them is added to
    /// `clients`.
    fn visits(&mut self, actor: &Actor, list: &str, clients: &mut Vec<ClientId>) -> Result<Vec<VisitSeen>> {
        let seen = super::all_seen_by(actor, self.take(list).into_iter().map(|row| row.seen))?;
        clients.extend(seen.clients);
        Ok(seen.visits)
    }

    /// The next steps of a list, as far as `actor` may read them, in the order of `key`. Whose data is in
    /// them is added to `clients`.
    fn steps<K: Ord>(
        &mut self,
        actor: &Actor,
        list: &str,
        key: impl Fn(&SeenRow) -> K,
        clients: &mut Vec<ClientId>,
    ) -> Vec<NextStepDue> {
        let mut rows = self.take(list);
        rows.sort_by_key(|row| key(&row.seen));
        let mut steps = Vec::with_capacity(rows.len());
        for ListedRow { step_owner_id, step_owner, seen, .. } in rows {
            let visit = Object::Visit { coach: step_owner_id.into(), unit: seen.unit_id.into() };
            if seen.client_id.is_some() && !actor.may(Action::ReadVisit, &visit) {
                continue;
            }
            clients.extend(seen.client_id.map(ClientId));
            steps.push(NextStepDue {
                visit: seen.id.into(),
                employer: seen.employer_id.into(),
                employer_name: seen.employer_name,
                what: seen.next_step.unwrap_or_default(),
                on: seen.next_step_on,
                coach: step_owner,
                mine: actor.may(Action::SettleNextStep, &visit),
            });
        }
        steps
    }
}

/// Next steps by their day, those without one last.
fn by_day(row: &SeenRow) -> (bool, Option<NaiveDate>, NaiveDate, Uuid) {
    (row.next_step_on.is_none(), row.next_step_on, row.day, row.id)
}

/// The visits and next steps of Today.
pub(crate) struct ForToday {
    /// The coach's own visits of the week, also those of a colleague that the coach was at, too.
    pub(crate) week: Vec<VisitSeen>,
    /// The unit's latest visits.
    pub(crate) unit: Vec<VisitSeen>,
    /// The coach's own next steps that are due, the latest first.
    pub(crate) due: Vec<NextStepDue>,
    /// The coach's own next steps of the coming seven days.
    pub(crate) coming: Vec<NextStepDue>,
    /// Whose data is in them.
    pub(crate) clients: Vec<ClientId>,
}

pub(crate) async fn for_today(tx: &mut Tx, actor: &Actor, unit: UnitId, week: Week) -> Result<ForToday> {
    let day = actor.today;
    let earliest = day.checked_sub_days(Days::new(DUE_DAYS)).unwrap_or(day);
    let days_after = |days| day.checked_add_days(Days::new(days)).unwrap_or(day);
    let rows = fetch_all!(
        tx,
        ListedRow,
        visits_listed!(concat!(
            picked!(
                "week",
                "and ((v.coach_id = $1 and v.day between $2 and $3) or (v.with_id = $1 and v.day between $2 and $3))"
            ),
            " union all ",
            picked!(
                "unit",
                "and v.unit_id = $4 order by v.day desc, v.at_time desc nulls last, v.id desc limit $5"
            ),
            " union all ",
            picked_waiting!(
                "due",
                "and coalesce(v.step_owner_id, v.coach_id) = $1
                     and v.next_step_on between $6 and $7 order by v.next_step_on desc, v.id desc limit $8"
            ),
            " union all ",
            picked_waiting!(
                "coming",
                "and coalesce(v.step_owner_id, v.coach_id) = $1
                     and v.next_step_on between $9 and $10 order by v.next_step_on, v.id limit $11"
            )
        )),
        actor.person.uuid(),
        week.monday,
        week.sunday(),
        unit.uuid(),
        i64::from(FEED_SHOWN),
        earliest,
        day,
        i64::from(DUE_MAX),
        days_after(1),
        days_after(7),
        i64::from(DUE_SHOWN)
    )?;
    let (mut listed, mut clients) = (Listed(rows), Vec::new());
    Ok(ForToday {
        week: listed.visits(actor, "week", &mut clients)?,
        unit: listed.visits(actor, "unit", &mut clients)?,
        due: listed.steps(actor, "due", |row| Reverse((row.next_step_on, row.id)), &mut clients),
        coming: listed.steps(actor, "coming", |row| (row.next_step_on, row.id), &mut clients),
        clients,
    })
}

/// A next step that is due, and where, for the card of the day.
#[derive(sqlx::FromRow)]
pub(crate) struct DueAt {
    pub(crate) visit: Uuid,
    pub(crate) unit_id: Uuid,
    pub(crate) what: Option<String>,
    pub(crate) on_day: NaiveDate,
    pub(crate) client_id: Option<Uuid>,
    pub(crate) alias: Option<String>,
    pub(crate) employer: Uuid,
    pub(crate) name: String,
    pub(crate) street: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) municipality: Option<String>,
    pub(crate) do_not_contact: bool,
    pub(crate) contact: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) phone: Option<String>,
}

/// The coach's own next steps that are due, the latest first, as far as the coach may read them, and whom to ask for there:
/// of several people one with a telephone.
pub(crate) async fn due_at(tx: &mut Tx, actor: &Actor) -> Result<Vec<DueAt>> {
    let day = actor.today;
    let mut rows = fetch_all!(
        tx,
        DueAt,
        concat!(
            "select v.id as visit, v.unit_id, v.next_step as what, v.next_step_on as on_day, v.client_id, c.alias,
                 e.id as employer, e.name, e.street, e.postal_code, e.municipality,
                 e.do_not_contact_reason is not null
                     and (e.do_not_contact_until is null or e.do_not_contact_until >= $3) as do_not_contact,
                 k.name as contact, k.title, k.phone
             from (",
            picked_waiting!(
                "due",
                "and coalesce(v.step_owner_id, v.coach_id) = $1
                     and v.next_step_on between $2 and $3 order by v.next_step_on desc, v.id desc limit $4"
            ),
            ") x join visit v on v.id = x.visit_id join employer m on m.id = v.employer_id
             join employer e on e.id = coalesce(m.survivor_id, m.id) left join client c on c.id = v.client_id
             left join employer_contact k on k.id = (select p.id from employer_contact p
                 where p.employer_id = e.id and p.removed_at is null
                 order by p.phone is null, p.name, p.id limit 1)
             order by v.next_step_on desc, v.id desc"
        ),
        actor.person.uuid(),
        day.checked_sub_days(Days::new(DUE_DAYS)).unwrap_or(day),
        day,
        i64::from(DUE_MAX)
    )?;
    rows.retain(|row| {
        let visit = Object::Visit { coach: actor.person, unit: row.unit_id.into() };
        row.client_id.is_none() || actor.may(Action::ReadVisit, &visit)
    });
    Ok(rows)
}

/// The latest visits to an employer and the next steps that wait there.
pub(crate) struct AtEmployer {
    pub(crate) visits: Vec<VisitSeen>,
    pub(crate) next_steps: Vec<NextStepDue>,
    /// Whose data is in them.
    pub(crate) clients: Vec<ClientId>,
}

pub(crate) async fn at_employer(tx: &mut Tx, actor: &Actor, employer: EmployerId) -> Result<AtEmployer> {
    let rows = fetch_all!(
        tx,
        ListedRow,
        visits_listed!(concat!(
            picked!(
                "latest",
                "and v.employer_id in (select id from employer where id = $1 or survivor_id = $1)
                 order by v.day desc, v.at_time desc nulls last, v.id desc limit $2"
            ),
            " union all ",
            picked_waiting!(
                "steps",
                "and v.employer_id in (select id from employer where id = $1 or survivor_id = $1)
                 order by v.next_step_on nulls last, v.day, v.id limit 50"
            )
        )),
        employer.uuid(),
        i64::from(VISITS_SHOWN)
    )?;
    let (mut listed, mut clients) = (Listed(rows), Vec::new());
    Ok(AtEmployer {
        visits: listed.visits(actor, "latest", &mut clients)?,
        next_steps: listed.steps(actor, "steps", by_day, &mut clients),
        clients,
    })
}

/// The next steps that wait at the employers of a municipality, as far as `actor` may read them, and
/// whose data is in them.
pub(crate) async fn next_steps_in(
    tx: &mut Tx,
    actor: &Actor,
    municipality: &str,
) -> Result<(Vec<NextStepDue>, Vec<ClientId>)> {
    let rows = fetch_all!(
        tx,
        ListedRow,
        visits_listed!(picked_waiting!(
            "steps",
            "and v.employer_id in (select m.id from employer m join employer e on e.id = coalesce(m.survivor_id, m.id)
                 where e.municipality = $1)
             order by v.next_step_on nulls last, v.day, v.id limit 500"
        )),
        municipality
    )?;
    let mut clients = Vec::new();
    let steps = Listed(rows).steps(actor, "steps", by_day, &mut clients);
    Ok((steps, clients))
}
