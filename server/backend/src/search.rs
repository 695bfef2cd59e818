//! Searching in what a person may see: employers, clients, what was written about them, next steps.
//!
//! Nothing is searched and then hidden. The clients within reach are read first, each by the rule of the door;
//! texts are read of those only, and of the person's own unit's visits. So what stands outside of the reach
//! makes no hit, no number and no work.

use crate::access::{Actor, Register, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all};
use chrono::{Days, NaiveDate};
use domain::access::{Action, KEPT_DAYS, Object, Relation};
use domain::ids::{ClientId, EmployerId, PersonId, UnitId, VisitId};
use domain::search::{Group, Part, Query};
use domain::text::sort_key;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many of a kind are shown.
const SHOWN: usize = 20;
/// So many texts are looked through at once, the latest first; older ones when they are asked for.
pub const TEXTS: usize = 5_000;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Employers, by their names, places, codes and contact persons.
    pub employers: Group<EmployerHit>,
    /// Clients, by name and alias.
    pub clients: Group<ClientHit>,
    /// Words of notes, meetings, attempts and visits.
    pub texts: Group<TextHit>,
    /// Next steps that wait.
    pub steps: Group<StepHit>,
    /// How much was looked through.
    pub looked: Looked,
    /// Up to which day there are texts that were not looked through.
    pub older: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

/// How much was looked through, all of it within the person's reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Employers and their contact persons.
    pub register: usize,
    /// Clients.
    pub clients: usize,
    /// Texts.
    pub texts: usize,
}

/// An employer.
#[derive(Clone, Debug)]
pub struct EmployerHit {
    /// Which.
    pub id: EmployerId,
    /// The name.
    pub name: Vec<Part>,
    /// Where it is.
    pub municipality: Option<String>,
    /// The contact person by whom it was found.
    pub contact: Option<Vec<Part>>,
}

/// A client. The name by which one was found stands on the client's own page only.
#[derive(Clone, Debug)]
pub struct ClientHit {
    /// Which.
    pub id: ClientId,
    /// The alias.
    pub alias: String,
    /// The unit, when it is not the person's own.
    pub unit: Option<String>,
    /// Who coaches the client today.
    pub coach: Option<String>,
    /// The day of closing, of late.
    pub closed_on: Option<NaiveDate>,
    /// Is the client read outside the relation?
    pub behind_glass: bool,
}

/// What kind of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A note about a client.
    Note,
    /// What was said at a meeting with a client.
    Meeting,
    /// An attempt to reach a client.
    Attempt,
    /// A visit to an employer.
    Visit,
}

/// Where a text or a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a client's page.
    Client(ClientId),
    /// On a visit's page.
    Visit(VisitId),
}

/// A text.
#[derive(Clone, Debug)]
pub struct TextHit {
    /// Of which kind.
    pub kind: TextKind,
    /// Where it stands.
    pub at: Place,
    /// The day.
    pub day: NaiveDate,
    /// Who wrote it.
    pub by: String,
    /// About whom or what: the alias, the employer.
    pub about: Vec<String>,
    /// A piece of it.
    pub words: Vec<Part>,
}

/// A next step.
#[derive(Clone, Debug)]
pub struct StepHit {
    /// Where it stands.
    pub at: Place,
    /// When it is due.
    pub on: Option<NaiveDate>,
    /// About whom or what: the alias, the employer.
    pub about: Vec<String>,
    /// What is to be done.
    pub words: Vec<Part>,
}

impl Backend {
    /// May the person search at all? Who does not work in the field has no page for it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when not.
    pub fn may_search(&self, actor: &Actor) -> Result<()> {
        if actor.may(Action::ReadRegister, &Object::Register) { Ok(()) } else { Err(Error::NotThere) }
    }

    /// What fits a query, of all that the person may see. With `until`, only the texts up to that day, for
    /// whoever looks for older ones. Every client who is shown is noted in the use log.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn search(&self, actor: &Actor, query: &Query, until: Option<NaiveDate>) -> Result<Found> {
        let mut found = Found { today: actor.today, ..Found::default() };
        if until.is_none() {
            let mut tx = self.read().await?;
            authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
            let rows = register_rows(&mut tx).await?;
            found.looked.register = rows.len();
            found.employers = employers(query, rows);
        }
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let reach = Reach::of(&mut tx, actor).await?;
        let last = until.unwrap_or(NaiveDate::MAX).min(far_ahead(actor.today));
        let texts = text_rows(&mut tx, actor, &reach, last).await?;
        found.looked.clients = reach.clients.len();
        found.looked.texts = texts.len();
        found.older = older(&texts, last);
        let shown = found.take(actor, query, &reach, texts, until.is_none())?;
        tx.note(Use::by(actor, "read", "search", None).of_clients(shown));
        tx.commit().await?;
        Ok(found)
    }
}

/// No text is of a later day.
fn far_ahead(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(366)).unwrap_or(today)
}

/// From which day on there may be texts that were not read, when as many as there may be at once were: the day
/// of the oldest, which may be cut in its middle.
fn older(texts: &[TextRow], last: NaiveDate) -> Option<NaiveDate> {
    let oldest = texts.iter().map(|row| row.day).min().filter(|_| texts.len() >= TEXTS)?;
    if oldest < last { Some(oldest) } else { oldest.pred_opt() }
}

impl Found {
    /// Takes what fits of clients, texts and steps; gives whose data is shown.
    fn take(
        &mut self,
        actor: &Actor,
        query: &Query,
        reach: &Reach,
        texts: Vec<TextRow>,
        whole: bool,
    ) -> Result<Vec<ClientId>> {
        let (mut clients, mut words, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        for (id, client) in reach.clients.iter().filter(|_| whole) {
            if let Some(rank) = query.rank(&format!("{} {}", client.name, client.alias)) {
                clients.push(((rank, sort_key(&client.alias), *id), client.hit(*id, actor)));
            }
            if let Some((rank, hit)) = client.step(*id, query) {
                steps.push(((rank, hit.on.is_none(), hit.on, id.uuid()), (Some(*id), hit)));
            }
        }
        for row in texts.into_iter().filter(|row| row.is_seen_by(actor, reach)) {
            if let Some((rank, hit)) = row.step(query, actor, reach) {
                steps.push(((rank, hit.on.is_none(), hit.on, row.id), (row.client(), hit)));
            }
            if let Some((rank, hit)) = row.text(query, actor, reach)? {
                words.push(((rank, Reverse(row.day), row.id), (row.client(), hit)));
            }
        }
        let mut shown = BTreeSet::new();
        self.clients = Group::best(clients, SHOWN);
        shown.extend(self.clients.hits.iter().map(|hit| hit.id));
        self.texts = noting(Group::best(words, SHOWN), &mut shown);
        self.steps = noting(Group::best(steps, SHOWN), &mut shown);
        Ok(shown.into_iter().collect())
    }
}

/// The hits alone; whose data is in them is added to `shown`.
fn noting<T>(group: Group<(Option<ClientId>, T)>, shown: &mut BTreeSet<ClientId>) -> Group<T> {
    let Group { hits, more } = group;
    let hits = hits.into_iter().map(|(client, hit)| {
        shown.extend(client);
        hit
    });
    Group { hits: hits.collect(), more }
}

// ---- Clients ----------------------------------------------------------------------------------

/// The clients whom the person may read.
struct Reach {
    clients: BTreeMap<ClientId, Reached>,
}

/// A client whom the person may read.
struct Reached {
    name: String,
    alias: String,
    unit: UnitId,
    unit_name: String,
    closed_on: Option<NaiveDate>,
    step: Option<String>,
    step_on: Option<NaiveDate>,
    coaches: Vec<(PersonId, String)>,
}

/// A client with one of today's coaches; without any, there is one row without a coach.
#[derive(sqlx::FromRow)]
struct ReachRow {
    id: Uuid,
    name: String,
    alias: String,
    unit_id: Uuid,
    unit: String,
    closed_on: Option<NaiveDate>,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
    coach_id: Option<Uuid>,
    coach: Option<String>,
}

/// The clients of the units where person $1 works in the field on day $2, not closed before day $3; of whom
/// the person stands in for; and those who are read with a written reason at $4.
async fn reach_rows(tx: &mut Tx, actor: &Actor) -> Result<Vec<ReachRow>> {
    let kept_since = actor.today.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(actor.today);
    let now = tx.clock().now();
    Ok(fetch_all!(
        tx,
        ReachRow,
        "select c.id, c.name, c.alias, c.unit_id, u.name as unit, c.closed_on, c.next_step, c.next_step_on,
             k.person_id as coach_id, p.name as coach
         from client c join unit u on u.id = c.unit_id
             left join client_coach k on k.client_id = c.id and k.from_day <= $2
                 and (k.to_day is null or k.to_day >= $2)
             left join person p on p.id = k.person_id
         where c.id in (
             select w.id from client w where (w.closed_on is null or w.closed_on >= $3)
                 and w.unit_id in (select o.unit_id from post o where o.person_id = $1
                     and o.role in ('coach', 'lead') and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2))
             union select s.client_id from substitute b join client_coach s on s.person_id = b.coach_id
                 and s.from_day <= $2 and (s.to_day is null or s.to_day >= $2)
                 where b.substitute_id = $1 and b.from_day <= $2 and b.to_day >= $2
                     and (b.ended_on is null or b.ended_on > $2)
             union select g.client_id from break_glass g where g.person_id = $1 and g.ends_at > $4)
         order by c.id",
        actor.person.uuid(),
        actor.today,
        kept_since,
        now
    )?)
}

impl Reach {
    /// Reads them; each passes the rule of the door.
    async fn of(tx: &mut Tx, actor: &Actor) -> Result<Self> {
        let mut clients: BTreeMap<ClientId, Reached> = BTreeMap::new();
        for row in reach_rows(tx, actor).await? {
            let coach = row.coach_id.map(PersonId).zip(row.coach);
            let client = clients.entry(row.id.into()).or_insert_with(|| Reached {
                name: row.name,
                alias: row.alias,
                unit: row.unit_id.into(),
                unit_name: row.unit,
                closed_on: row.closed_on,
                step: row.next_step,
                step_on: row.next_step_on,
                coaches: Vec::new(),
            });
            client.coaches.extend(coach);
        }
        clients.retain(|id, client| actor.may(Action::ReadClient, &client.object(*id, actor.today)));
        Ok(Self { clients })
    }

    /// The identities of those who are `wanted` as one text, for a query.
    fn ids(&self, wanted: impl Fn(&Reached) -> bool) -> Result<String> {
        let wanted = self.clients.iter().filter(|(_, client)| wanted(client));
        let ids: Vec<String> = wanted.map(|(id, _)| id.uuid().simple().to_string()).collect();
        serde_json::to_string(&ids).map_err(Error::internal)
    }
}

impl Reached {
    fn object(&self, id: ClientId, today: NaiveDate) -> Object {
        Object::Client {
            id,
            unit: self.unit,
            relation: Relation::on(self.closed_on, today),
            coaches: self.coaches.iter().map(|(coach, _)| *coach).collect(),
        }
    }

    fn hit(&self, id: ClientId, actor: &Actor) -> ClientHit {
        let elsewhere = actor.posts.iter().all(|post| post.unit != self.unit);
        ClientHit {
            id,
            alias: self.alias.clone(),
            unit: elsewhere.then(|| self.unit_name.clone()),
            coach: self.coaches.first().map(|(_, name)| name.clone()),
            closed_on: self.closed_on,
            behind_glass: !actor.may(Action::WriteClient, &self.object(id, actor.today)),
        }
    }

    /// The client's next step, if it fits.
    fn step(&self, id: ClientId, query: &Query) -> Option<(u32, StepHit)> {
        let what = self.step.as_deref()?;
        let rank = query.rank(what)?;
        let (on, about) = (self.step_on, vec![self.alias.clone()]);
        Some((rank, StepHit { at: Place::Client(id), on, about, words: query.mark(what) }))
    }
}

// ---- Texts ------------------------------------------------------------------------------------

/// A text with what decides who may read it. What has no employer is about a client.
#[derive(sqlx::FromRow)]
struct TextRow {
    kind: String,
    id: Uuid,
    day: NaiveDate,
    client_id: Option<Uuid>,
    unit_id: Option<Uuid>,
    by_id: Uuid,
    by: String,
    employer: Option<String>,
    words: String,
    step: Option<String>,
    step_on: Option<NaiveDate>,
    waits: bool,
}

/// The latest texts up to day $3, in no order: the visits of unit $2, other units' visits for the clients of the
/// list $5, and all that is written about those of the list $1. `$among` and `$away` make rows of the lists.
/// Each part is cut by itself, so that no more is sorted than is read.
macro_rules! texts {
    ($among:literal, $away:literal) => {
        concat!(
            "select x.kind, x.id, x.day, x.client_id, x.unit_id, x.by_id, p.name as by, s.name as employer, x.words,
                 x.step, x.step_on, x.step is not null and exists (select 1 from visit v where v.id = x.id and ",
            crate::visits::step_waits!(),
            ") as waits
             from (
                 select * from (select * from (
                     select 'visit' as kind, v.id, v.day, v.client_id, v.unit_id, v.coach_id as by_id, v.employer_id,
                         v.summary as words, v.next_step as step, v.next_step_on as step_on from visit v
                     where v.unit_id = $2 and v.day <= $3 and (v.summary <> '' or v.next_step is not null)
                         and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                     order by v.day desc limit $4) as own
                 union all select * from (
                     select 'visit', v.id, v.day, v.client_id, v.unit_id, v.coach_id, v.employer_id, v.summary,
                         v.next_step, v.next_step_on from visit v
                     where v.client_id in ", $away, " and v.unit_id <> $2 and v.day <= $3
                         and (v.summary <> '' or v.next_step is not null)
                         and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                     order by v.day desc limit $4) as away
                 union all select * from (
                     select 'note', n.id, n.day, n.client_id, cast(null as uuid), n.person_id,
                         cast(null as uuid), n.words, cast(null as text), cast(null as date)
                     from client_note n where n.client_id in ", $among, " and n.day <= $3 and n.withdrawn_at is null
                     order by n.day desc limit $4) as notes
                 union all select * from (
                     select 'meeting', m.id, m.day, m.client_id, cast(null as uuid), m.coach_id,
                         cast(null as uuid), m.words, cast(null as text), cast(null as date)
                     from client_meeting m where m.client_id in ", $among, " and m.day <= $3
                         and m.withdrawn_at is null and m.words <> '' order by m.day desc limit $4) as meetings
                 union all select * from (
                     select 'attempt', a.id, a.day, a.client_id, cast(null as uuid), a.coach_id,
                         cast(null as uuid), a.words, cast(null as text), cast(null as date)
                     from outreach_attempt a where a.client_id in ", $among, " and a.day <= $3
                         and a.withdrawn_at is null and a.words <> '' order by a.day desc limit $4) as attempts
                 ) as latest order by day desc, id desc limit $4
             ) as x join person p on p.id = x.by_id left join employer e on e.id = x.employer_id
                 left join employer s on s.id = coalesce(e.survivor_id, e.id)"
        )
    };
}

async fn text_rows(tx: &mut Tx, actor: &Actor, reach: &Reach, until: NaiveDate) -> Result<Vec<TextRow>> {
    let Some(unit) = actor.field_unit() else { return Ok(Vec::new()) };
    let most = i64::try_from(TEXTS).unwrap_or(i64::MAX);
    Ok(fetch_all!(
        tx,
        TextRow,
        sqlite: texts!(
            "(select unhex(value) from json_each($1))",
            "(select unhex(value) from json_each($5))"
        ),
        postgres: texts!(
            "(select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
            "(select cast(value as uuid) from json_array_elements_text(cast($5 as json)))"
        ),
        reach.ids(|_| true)?,
        unit.uuid(),
        until,
        most,
        reach.ids(|client| client.unit != unit)?
    )?)
}

impl TextRow {
    fn client(&self) -> Option<ClientId> {
        self.client_id.map(ClientId)
    }

    /// The visit, if it is one and has a page for the person.
    fn own_visit(&self, actor: &Actor) -> Option<VisitId> {
        let unit = self.unit_id.map(UnitId)?;
        let visit = Object::Visit { coach: self.by_id.into(), unit };
        actor.may(Action::ReadVisit, &visit).then_some(VisitId(self.id))
    }

    /// May the person read it? By the same rule as the query that chose it.
    fn is_seen_by(&self, actor: &Actor, reach: &Reach) -> bool {
        self.own_visit(actor).is_some()
            || self.client().is_some_and(|client| reach.clients.contains_key(&client))
    }

    fn place(&self, actor: &Actor) -> Option<Place> {
        self.own_visit(actor).map(Place::Visit).or_else(|| self.client().map(Place::Client))
    }

    /// The alias, for whoever may read the client, and the employer.
    fn about(&self, reach: &Reach) -> Vec<String> {
        let client = self.client().and_then(|client| reach.clients.get(&client));
        client.map(|client| client.alias.clone()).into_iter().chain(self.employer.clone()).collect()
    }

    /// The text, if it fits.
    fn text(&self, query: &Query, actor: &Actor, reach: &Reach) -> Result<Option<(u32, TextHit)>> {
        let (Some(rank), Some(at)) = (query.rank(&self.words), self.place(actor)) else { return Ok(None) };
        let kind = match self.kind.as_str() {
            "visit" => TextKind::Visit,
            "note" => TextKind::Note,
            "meeting" => TextKind::Meeting,
            "attempt" => TextKind::Attempt,
            other => return Err(Error::internal(format!("there is no kind of text {other}"))),
        };
        let (day, by, about) = (self.day, self.by.clone(), self.about(reach));
        Ok(Some((rank, TextHit { kind, at, day, by, about, words: query.snippet(&self.words) })))
    }

    /// The next step of a visit, if it waits and fits.
    fn step(&self, query: &Query, actor: &Actor, reach: &Reach) -> Option<(u32, StepHit)> {
        let what = self.step.as_deref().filter(|_| self.waits)?;
        let rank = query.rank(what)?;
        let at = self.place(actor)?;
        Some((rank, StepHit { at, on: self.step_on, about: self.about(reach), words: query.mark(what) }))
    }
}

// ---- The register -----------------------------------------------------------------------------

/// An employer, or a contact person of one.
#[derive(sqlx::FromRow)]
struct RegisterRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
    business_id: Option<String>,
    contact: Option<String>,
    title: Option<String>,
}

async fn register_rows(tx: &mut Tx) -> Result<Vec<RegisterRow>> {
    Ok(fetch_all!(
        tx,
        RegisterRow,
        "select e.id, e.name, e.municipality, e.business_id, cast(null as text) as contact,
             cast(null as text) as title
         from employer e where e.survivor_id is null
         union all select s.id, s.name, s.municipality, null, t.name, t.title from employer_contact t
             join employer e on e.id = t.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
         where t.removed_at is null"
    )?)
}

/// The employers that fit, each once: by the best of its rows.
fn employers(query: &Query, rows: Vec<RegisterRow>) -> Group<EmployerHit> {
    let mut best: BTreeMap<Uuid, (u32, RegisterRow)> = BTreeMap::new();
    for row in rows {
        let Some(rank) = row.rank(query) else { continue };
        match best.get(&row.id) {
            Some((other, before)) if (*other, before.contact.is_some()) <= (rank, row.contact.is_some()) => {}
            _ => drop(best.insert(row.id, (rank, row))),
        }
    }
    let hits = best.into_values().map(|(rank, row)| ((rank, sort_key(&row.name), row.id), row.hit(query)));
    Group::best(hits.collect(), SHOWN)
}

impl RegisterRow {
    /// A contact person is found by name and employer together: *Birgitta Åkerlund*. By the employer alone
    /// the employer is found.
    fn rank(&self, query: &Query) -> Option<u32> {
        let parts = [&self.municipality, &self.business_id, &self.contact, &self.title];
        let about = parts.into_iter().flatten().map(String::as_str);
        let all = std::iter::once(self.name.as_str()).chain(about).collect::<Vec<_>>().join(" ");
        query.rank(&all)
    }

    fn hit(self, query: &Query) -> EmployerHit {
        let contact = self.contact.map(|name| {
            let titled = self.title.filter(|title| !title.is_empty()).map(|title| format!(", {title}"));
            query.mark(&(name + &titled.unwrap_or_default()))
        });
        EmployerHit {
            id: self.id.into(),
            name: query.mark(&self.name),
            municipality: self.municipality,
            contact,
        }
    }
}
