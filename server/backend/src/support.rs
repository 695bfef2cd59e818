//! Support around work: logged like a visit, agreed on for each job, and due for as long as the job lasts.

use crate::access::{Actor, Guarded, KnownClient, authorise};
use crate::audit::Use;
use crate::clients::{Tried, sees_clients_of};
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::visits::Tried as Applying;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::access::{Action, Object, Relation};
use domain::advice::{self, Due};
use domain::codes::{Code, Mode, Recipient, SupportPlace};
use domain::forms::FieldError;
use domain::ids::{ClientId, CommandId, JobId, PersonId, SupportId};
use domain::jobs::{PayBasis, Terms};
use domain::support::{
    Agreement, AgreementFields, AgreementKind, Giver, Job, LogSupport, Next, OnSupport, next,
};
use domain::sync::{Applied, Refusal};
use domain::today::{Task, TaskKind};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many supports stand on a page.
pub const PAGE: i64 = 50;
/// A lost job calls for so many days at most: who was not met in half a year is found on the caseload.
const LOST_DAYS: u64 = 180;

/// The latest support of a client `c`, and what was agreed of late about it: in days, 0 where the treatment team
/// stands by. $2 is today.
macro_rules! support_facts {
    () => {
        "(select max(s.day) from support s where s.client_id = c.id and s.withdrawn_at is null) as last_support_on,
                 (select a.from_day from support_agreement a where a.client_id = c.id and a.withdrawn_at is null
                     and a.from_day <= $2 order by a.from_day desc, a.id desc limit 1) as agreed_from,
                 (select coalesce(a.every_days, 0) from support_agreement a where a.client_id = c.id
                     and a.withdrawn_at is null and a.from_day <= $2
                     order by a.from_day desc, a.id desc limit 1) as agreed_every"
    };
}
pub(crate) use support_facts;

/// What was agreed, as the columns above say it.
pub(crate) fn agreement(from: Option<NaiveDate>, every: Option<i64>) -> Option<Agreement> {
    let every = u16::try_from(every?).ok().filter(|days| *days > 0);
    Some(Agreement { from: from?, every })
}

/// What is watched of the jobs of clients `c` that a condition names, $2 being today and $3 the day from which a
/// lost job counts: jobs, their changes, advice that was given, offers. The first part gives each column its type.
macro_rules! watched {
    ($of:expr) => {
        concat!(
            "select 'job' as kind, j.id, j.client_id, c.alias, c.unit_id, j.started_on as day, j.ended_on as until,
                 j.end_learnt_on as learnt,
                 (select max(s.day) from support s where s.job_id = j.id and s.withdrawn_at is null
                     and s.mode = 'in_person' and s.recipient <> 'employer' and s.day < j.started_on) as before,
                 (select max(s.day) from support s where s.client_id = j.client_id and s.withdrawn_at is null
                     and (s.job_id = j.id or s.job_id is null)) as last,
                 (select a.from_day from support_agreement a where a.job_id = j.id and a.withdrawn_at is null
                     and a.from_day <= $2 order by a.from_day desc, a.id desc limit 1) as agreed_from,
                 (select coalesce(a.every_days, 0) from support_agreement a where a.job_id = j.id
                     and a.withdrawn_at is null and a.from_day <= $2
                     order by a.from_day desc, a.id desc limit 1) as agreed_every,
                 (select max(m.day) from client_meeting m where m.client_id = j.client_id and not m.no_show
                     and m.withdrawn_at is null) as met,
                 (select max(o.day) from outreach_attempt o where o.client_id = j.client_id and o.reached
                     and o.withdrawn_at is null) as reached,
                 j.minutes_per_week as minutes, j.subsidy_until, j.pay_basis as words, s.name as more,
                 cast(null as timestamptz) as at
             from job j join client c on c.id = j.client_id join employer e on e.id = j.employer_id
                 join employer s on s.id = coalesce(e.survivor_id, e.id)
             where j.withdrawn_at is null and (j.ended_on is null or j.ended_on >= $2 or j.end_learnt_on >= $3) and ",
            $of,
            " union all
             select 'terms', t.job_id, j.client_id, '', c.unit_id, t.from_day, null, null, null, null, null, null, null,
                 null, t.minutes_per_week, t.subsidy_until, t.pay_basis, null, null
             from job_terms t join job j on j.id = t.job_id join client c on c.id = j.client_id
             where t.withdrawn_at is null and j.withdrawn_at is null and (j.ended_on is null or j.ended_on >= $2) and ",
            $of,
            " union all
             select 'advice', b.id, b.client_id, '', c.unit_id, b.day, null, null, null, null, null, null, null, null,
                 null, null, null, null, null
             from benefits_advice b join client c on c.id = b.client_id
             where b.withdrawn_at is null and b.day >= $3 and ",
            $of,
            " union all
             select 'offer', m.id, m.client_id, c.alias, c.unit_id, m.ended_on, null, null, null, null, null, null,
                 null, null, null, null, null, null, null
             from job_match m join client c on c.id = m.client_id
             where m.result = 'job' and m.ended_on >= $3 and ",
            $of
        )
    };
}
pub(crate) use watched;

/// Says of a client `c` that $1 coaches them on $2 or stands in for who does, the service being open and going on.
macro_rules! with_me {
    () => {
        "c.agreement_on <= $2 and c.closed_on is null and c.paused_on is null and c.id in (select o.client_id
             from client_coach o where o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)
             and (o.person_id = $1 or o.person_id in (select b.coach_id from substitute b
                 where b.substitute_id = $1 and b.from_day <= $2 and b.to_day >= $2
                 and (b.ended_on is null or b.ended_on > $2))))"
    };
}
pub(crate) use with_me;

/// A row of what is watched, or of what else a page asks for in the same breath.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Watching {
    pub(crate) kind: String,
    pub(crate) id: Uuid,
    pub(crate) client_id: Option<Uuid>,
    pub(crate) alias: String,
    pub(crate) unit_id: Option<Uuid>,
    pub(crate) day: Option<NaiveDate>,
    until: Option<NaiveDate>,
    learnt: Option<NaiveDate>,
    before: Option<NaiveDate>,
    last: Option<NaiveDate>,
    agreed_from: Option<NaiveDate>,
    agreed_every: Option<i64>,
    met: Option<NaiveDate>,
    reached: Option<NaiveDate>,
    minutes: Option<i64>,
    subsidy_until: Option<NaiveDate>,
    pub(crate) words: Option<String>,
    pub(crate) more: Option<String>,
    #[expect(dead_code, reason = "the database sorts by it")]
    at: Option<DateTime<Utc>>,
}

/// From which day on a lost job counts.
pub(crate) fn lost_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(LOST_DAYS)).unwrap_or(today)
}

/// A job with what was supported and agreed around it.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Which.
    pub id: JobId,
    /// Whose.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The employer.
    pub employer: String,
    /// The job.
    pub job: Job,
    /// The next time.
    pub next: Option<Next>,
}

/// What advice a client got and wants goes by.
#[derive(Debug, Default)]
struct Counselled {
    alias: String,
    jobs: Vec<advice::Job>,
    offers: Vec<NaiveDate>,
    given: Vec<NaiveDate>,
}

impl Counselled {
    fn due(&self, today: NaiveDate) -> Vec<Due> {
        advice::due(&self.jobs, &self.offers, &self.given, today)
    }
}

/// What is watched, in order.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    pub(crate) jobs: Vec<Watched>,
    clients: BTreeMap<Uuid, Counselled>,
}

impl Watch {
    /// Puts the rows in order.
    pub(crate) fn of(rows: Vec<Watching>, today: NaiveDate) -> Result<Self> {
        let mut watch = Self::default();
        let mut changes: BTreeMap<Uuid, Vec<(NaiveDate, Terms)>> = BTreeMap::new();
        let (mut terms, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == "terms");
        terms.sort_by_key(|row| row.day);
        for row in terms {
            if let Some(day) = row.day {
                changes.entry(row.id).or_default().push((day, terms_of(&row)?));
            }
        }
        for row in others {
            watch.add(row, &mut changes, today)?;
        }
        Ok(watch)
    }

    fn add(
        &mut self,
        row: Watching,
        changes: &mut BTreeMap<Uuid, Vec<(NaiveDate, Terms)>>,
        today: NaiveDate,
    ) -> Result<()> {
        let (Some(client), Some(day)) = (row.client_id, row.day) else { return Ok(()) };
        let Counselled { alias, jobs, offers, given } = self.clients.entry(client).or_default();
        if !row.alias.is_empty() {
            alias.clone_from(&row.alias);
        }
        match row.kind.as_str() {
            "job" => {
                let job = Job { started_on: day, ended_on: row.until, learnt_on: row.learnt };
                let agreed = agreement(row.agreed_from, row.agreed_every);
                let met = row.met.max(row.reached);
                jobs.push(advice::Job {
                    started_on: day,
                    ended_on: row.until,
                    start: terms_of(&row)?,
                    changes: changes.remove(&row.id).unwrap_or_default(),
                });
                self.jobs.push(Watched {
                    id: row.id.into(),
                    client: client.into(),
                    alias: row.alias,
                    employer: row.more.unwrap_or_default(),
                    job,
                    next: next(job, row.before, row.last, agreed, met, today),
                });
            }
            "offer" => offers.push(day),
            _ => given.push(day),
        }
        Ok(())
    }

    /// Advice that is to be given to a client.
    pub(crate) fn advice_of(&self, client: ClientId, today: NaiveDate) -> Vec<Due> {
        self.clients.get(&client.uuid()).map(|of| of.due(today)).unwrap_or_default()
    }

    /// What is to be done today.
    pub(crate) fn tasks(&self, today: NaiveDate) -> Vec<Task> {
        let supports = self.jobs.iter().filter_map(|watched| {
            let next = watched.next.filter(|next| next.is_due(today))?;
            Some(Task {
                kind: TaskKind::Support(next.why),
                on: next.on,
                client: watched.client,
                alias: watched.alias.clone(),
                what: watched.employer.clone(),
                to: format!("/support/new?client={}&job={}", watched.client, watched.id),
            })
        });
        let advice = self.clients.iter().flat_map(|(client, of)| {
            of.due(today).into_iter().map(move |due| Task {
                kind: TaskKind::Advice(due.occasion),
                on: due.on,
                client: ClientId(*client),
                alias: of.alias.clone(),
                what: String::new(),
                to: format!("/clients/{client}/advice/new?occasion={}", due.occasion.code()),
            })
        });
        supports.chain(advice).collect()
    }
}

fn terms_of(row: &Watching) -> Result<Terms> {
    Ok(Terms {
        minutes_per_week: row.minutes,
        subsidy_until: row.subsidy_until,
        pay_basis: row.words.as_deref().map(PayBasis::parse).transpose().map_err(Error::internal)?,
        ..Terms::default()
    })
}

/// A support that is there, withdrawn or not.
#[derive(Clone, Debug)]
struct LoggedSupport {
    client: KnownClient,
    by: PersonId,
}

impl Guarded for LoggedSupport {
    type Id = SupportId;
    async fn find(tx: &mut Tx, id: SupportId, today: NaiveDate) -> Result<Option<Self>> {
        let row: Option<(Uuid, Uuid)> = fetch_optional!(
            tx,
            (Uuid, Uuid),
            "select client_id, coach_id from support where id = $1",
            id.uuid()
        )?;
        let Some((client, coach)) = row else { return Ok(None) };
        let client = KnownClient::find(tx, client.into(), today).await?;
        Ok(client.map(|client| Self { client, by: coach.into() }))
    }
    fn object(&self) -> Object {
        self.client.object()
    }
}

/// A coach logs a support.
pub(crate) async fn log_support(tx: &mut Tx, actor: &Actor, id: CommandId, support: &LogSupport) -> Applying {
    let client = authorise::<KnownClient>(tx, actor, Action::WriteClient, support.client).await?;
    if retention::is_erased(tx, &[id.uuid()]).await? {
        return Ok(Err(Refusal::Erased));
    }
    if support.check(tx.clock().today()).is_err() {
        return Ok(Err(Refusal::Contact));
    }
    if let Some(job) = support.job {
        let own: Option<(Uuid,)> = fetch_optional!(
            tx,
            (Uuid,),
            "select id from job where id = $1 and client_id = $2",
            job.uuid(),
            client.id.uuid()
        )?;
        if own.is_none() {
            return Ok(Err(Refusal::Contact));
        }
    }
    let received = tx.clock().now();
    execute!(
        tx,
        "insert into support (id, code, day, coach_id, client_id, job_id, unit_id, mode, place, recipient, kind, giver,
             giver_name, minutes, words, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        id.uuid(),
        id.to_string(),
        support.day,
        actor.person.uuid(),
        client.id.uuid(),
        support.job.map(JobId::uuid),
        client.unit.uuid(),
        support.mode.code(),
        support.place.code(),
        support.recipient.code(),
        support.about.as_str(),
        support.giver.code(),
        support.giver_name.trim(),
        i64::from(support.minutes),
        support.words.trim(),
        received
    )?;
    tx.note(Use::by(actor, "log", "support", Some(id.uuid())).of_clients([client.id]));
    Ok(Ok(Applied::default()))
}

/// A coach takes an own support back, or brings it back.
pub(crate) async fn take_support(tx: &mut Tx, actor: &Actor, on: OnSupport, back: bool) -> Applying {
    let logged = authorise::<LoggedSupport>(tx, actor, Action::WriteClient, on.support).await?;
    if logged.by != actor.person {
        return Err(Error::NotThere);
    }
    let at = (!back).then(|| tx.clock().now());
    execute!(tx, "update support set withdrawn_at = $2 where id = $1", on.support.uuid(), at)?;
    let action = if back { "restore" } else { "withdraw" };
    tx.note(Use::by(actor, action, "support", Some(on.support.uuid())).of_clients([logged.client.id]));
    Ok(Ok(Applied::default()))
}

/// What the form of a support opens with.
#[derive(Clone, Debug)]
pub struct SupportForm {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The client's jobs, the latest first, with title, employer and whether they have begun and not ended.
    pub jobs: Vec<FormJob>,
    /// The identity of what is logged.
    pub entry: Uuid,
    /// Today.
    pub today: NaiveDate,
}

/// A job that a support may be around.
#[derive(Clone, Debug)]
pub struct FormJob {
    /// Which.
    pub id: JobId,
    /// What, and where.
    pub name: String,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
}

impl FormJob {
    /// Does it go on, or lie ahead?
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.ended_on.is_none_or(|ended| ended >= today)
    }
}

/// Somebody for whom a support may be logged.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Who.
    pub client: ClientId,
    /// By alias.
    pub alias: String,
    /// Where they work, if they do.
    pub work: Option<String>,
}

/// A support as the list of them shows it.
#[derive(Clone, Debug)]
pub struct Support {
    /// Which.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// Who logged it, and whether that is the reader.
    pub by: (String, bool),
    /// How.
    pub mode: Mode,
    /// Where.
    pub place: Option<SupportPlace>,
    /// To whom.
    pub recipient: Recipient,
    /// What it was about, by its code.
    pub kind: String,
    /// Who gave it, and the name.
    pub giver: (Giver, String),
    /// Minutes.
    pub minutes: Option<i64>,
    /// In words.
    pub words: String,
    /// Around which job: its employer.
    pub employer: Option<String>,
    /// Was the job withdrawn?
    pub job_withdrawn: bool,
}

/// What was agreed about a job's support.
#[derive(Clone, Debug)]
pub struct AgreedSeen {
    /// Which.
    pub id: Uuid,
    /// Around which job.
    pub job: JobId,
    /// From when.
    pub from: NaiveDate,
    /// Days from one support to the next; none where the treatment team stands by.
    pub every: Option<i64>,
    /// Who stands by.
    pub stands_by: String,
    /// In words.
    pub words: String,
    /// Who noted it.
    pub by: String,
}

/// All that the page of a client's support says.
#[derive(Debug)]
pub struct SupportPage {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// Jobs with what is next.
    pub jobs: Vec<Watched>,
    /// What was agreed, the latest first.
    pub agreed: Vec<AgreedSeen>,
    /// Supports, the latest first: one page of them.
    pub supports: Vec<Support>,
    /// Are there more after these?
    pub more: bool,
    /// May the reader write?
    pub can_write: bool,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: Option<NaiveDate>,
    who: String,
    by: Option<Uuid>,
    mode: Option<String>,
    place: Option<String>,
    recipient: Option<String>,
    about: Option<String>,
    giver: Option<String>,
    name: String,
    number: Option<i64>,
    words: String,
    employer: Option<String>,
    job_id: Option<Uuid>,
    flag: Option<bool>,
}

async fn lines(tx: &mut Tx, client: ClientId, page: u32) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select * from (select 'support' as kind, s.id, s.day, p.name as who, s.coach_id as by, s.mode, s.place,
             s.recipient, s.kind as about, s.giver, s.giver_name as name, s.minutes as number, s.words,
             r.name as employer, s.job_id, j.withdrawn_at is not null as flag
         from support s join person p on p.id = s.coach_id left join job j on j.id = s.job_id
             left join employer e on e.id = j.employer_id left join employer r on r.id = coalesce(e.survivor_id, e.id)
         where s.client_id = $1 and s.withdrawn_at is null
         order by s.day desc, s.id desc limit $2 offset $3) as page
         union all
         select 'agreed', a.id, a.from_day, p.name, a.person_id, null, null, null, null, null, a.stands_by,
             a.every_days, a.words, null, a.job_id, null
         from support_agreement a join person p on p.id = a.person_id
         where a.client_id = $1 and a.withdrawn_at is null
         union all
         select 'client', c.id, null, c.alias, null, null, null, null, null, null, '', null, '', null, null, null
         from client c where c.id = $1",
        client.uuid(),
        PAGE + 1,
        i64::from(page) * PAGE
    )?)
}

fn code<T: Code>(text: Option<&String>) -> Result<T> {
    T::parse(text.map_or("", String::as_str)).map_err(Error::internal)
}

fn sort_in(page: &mut SupportPage, line: Line, reader: PersonId) -> Result<()> {
    match (line.kind.as_str(), line.day) {
        ("support", Some(day)) => page.supports.push(Support {
            id: line.id,
            day,
            by: (line.who, line.by == Some(reader.uuid())),
            mode: code(line.mode.as_ref())?,
            place: line.place.as_ref().map(|place| code(Some(place))).transpose()?,
            recipient: code(line.recipient.as_ref())?,
            kind: line.about.unwrap_or_default(),
            giver: (code(line.giver.as_ref())?, line.name),
            minutes: line.number,
            words: line.words,
            employer: line.employer,
            job_withdrawn: line.flag.unwrap_or(false),
        }),
        ("agreed", Some(from)) => page.agreed.push(AgreedSeen {
            id: line.id,
            job: line.job_id.unwrap_or_default().into(),
            from,
            every: line.number,
            stands_by: line.name,
            words: line.words,
            by: line.who,
        }),
        _ => page.alias = line.who,
    }
    Ok(())
}

fn noted(tx: &mut Tx, actor: &Actor, action: &'static str, client: ClientId) {
    tx.note(Use::by(actor, action, "support", Some(client.uuid())).of_clients([client]));
}

impl Backend {
    /// The own clients, those in work first: for whom a support is to be logged.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn support_choices(&self, actor: &Actor) -> Result<Vec<Choice>> {
        actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let rows: Vec<(Uuid, String, Uuid, Option<String>)> = fetch_all!(
            tx,
            (Uuid, String, Uuid, Option<String>),
            concat!(
                "select c.id, c.alias, c.unit_id, (select min(s.name) from job j join employer e on e.id = j.employer_id
                     join employer s on s.id = coalesce(e.survivor_id, e.id)
                     where j.client_id = c.id and j.withdrawn_at is null and (j.ended_on is null or j.ended_on >= $2))
                 from client c where ",
                with_me!(),
                " order by c.alias, c.id"
            ),
            actor.person.uuid(),
            actor.today
        )?;
        let seen = rows.into_iter().filter(|(_, _, unit, _)| sees_clients_of(actor, *unit));
        let mut choices: Vec<Choice> =
            seen.map(|(id, alias, _, work)| Choice { client: id.into(), alias, work }).collect();
        choices.sort_by_key(|choice| choice.work.is_none());
        let clients = choices.iter().map(|choice| choice.client);
        tx.note(Use::by(actor, "read", "support", None).of_clients(clients));
        tx.commit().await?;
        Ok(choices)
    }

    /// What the form of a support opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn support_form(&self, actor: &Actor, client: ClientId) -> Result<SupportForm> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        type Row =
            (String, Option<Uuid>, Option<String>, Option<String>, Option<NaiveDate>, Option<NaiveDate>);
        let rows: Vec<Row> = fetch_all!(
            tx,
            Row,
            "select c.alias, j.id, j.title, s.name, j.started_on, j.ended_on
             from client c left join job j on j.client_id = c.id and j.withdrawn_at is null
                 left join employer e on e.id = j.employer_id left join employer s on s.id = coalesce(e.survivor_id, e.id)
             where c.id = $1 order by j.ended_on is not null, j.started_on desc, j.id",
            client.uuid()
        )?;
        noted(&mut tx, actor, "read", client);
        tx.commit().await?;
        let alias = rows.first().map(|row| row.0.clone()).unwrap_or_default();
        let jobs = rows.into_iter().filter_map(|(_, id, title, employer, started_on, ended_on)| {
            let name = format!("{}, {}", title?, employer?);
            Some(FormJob { id: id?.into(), name, started_on: started_on?, ended_on })
        });
        Ok(SupportForm { client, alias, jobs: jobs.collect(), entry: new_id(), today: actor.today })
    }

    /// All support of a client: what is next around each job, what was agreed, what was given.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn support_page(&self, actor: &Actor, client: ClientId, page: u32) -> Result<SupportPage> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownClient>(&mut tx, actor, Action::ReadClient, client).await?;
        let can_write = actor.may(Action::WriteClient, &known.object());
        let rows: Vec<Watching> = fetch_all!(
            tx,
            Watching,
            watched!("c.id = $1"),
            client.uuid(),
            actor.today,
            lost_since(actor.today)
        )?;
        let mut seen = SupportPage {
            client,
            alias: String::new(),
            jobs: Watch::of(rows, actor.today)?.jobs,
            agreed: Vec::new(),
            supports: Vec::new(),
            more: false,
            can_write,
            today: actor.today,
        };
        if known.relation != Relation::Open {
            seen.jobs.iter_mut().for_each(|job| job.next = None);
        }
        for line in lines(&mut tx, client, page).await? {
            sort_in(&mut seen, line, actor.person)?;
        }
        seen.supports.sort_by_key(|support| std::cmp::Reverse((support.day, support.id)));
        seen.agreed.sort_by_key(|agreed| std::cmp::Reverse((agreed.from, agreed.id)));
        seen.more = seen.supports.len() as i64 > PAGE;
        seen.supports.truncate(PAGE as usize);
        noted(&mut tx, actor, "read", client);
        tx.commit().await?;
        Ok(seen)
    }

    /// Is this one of the client's supports? For a page that names both.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or it is not the client's.
    pub async fn support_of(&self, actor: &Actor, client: ClientId, id: SupportId) -> Result<()> {
        let mut tx = self.read().await?;
        let logged = authorise::<LoggedSupport>(&mut tx, actor, Action::WriteClient, id).await?;
        if logged.client.id == client { Ok(()) } else { Err(Error::NotThere) }
    }

    /// Notes what was agreed about a job's support.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or the job is not the client's.
    pub async fn agree_on_support(
        &self,
        actor: &Actor,
        client: ClientId,
        job: JobId,
        id: Uuid,
        fields: &AgreementFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let own: Option<(Uuid,)> = fetch_optional!(
            tx,
            (Uuid,),
            "select id from job where id = $1 and client_id = $2",
            job.uuid(),
            client.uuid()
        )?;
        if own.is_none() || retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let agreed = match fields.read(actor.today) {
            Ok(agreed) => agreed,
            Err(errors) => return Ok(Err::<(), Vec<FieldError>>(errors)),
        };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into support_agreement (id, client_id, job_id, from_day, kind, every_days, stands_by, words, person_id,
                 noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
            id,
            client.uuid(),
            job.uuid(),
            agreed.from,
            agreed.kind.code(),
            agreed.every.map(i64::from),
            if agreed.kind == AgreementKind::CareTeam { agreed.stands_by } else { String::new() },
            agreed.words,
            actor.person.uuid(),
            now
        )?;
        noted(&mut tx, actor, "agree", client);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes back what was agreed about support, or brings it back: what was agreed before holds again.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or it is not there.
    pub async fn take_agreement(&self, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update support_agreement set withdrawn_at = $3 where id = $1 and client_id = $2",
            id,
            client.uuid(),
            at
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        noted(&mut tx, actor, if back { "restore_agreement" } else { "withdraw_agreement" }, client);
        tx.commit().await
    }
}
