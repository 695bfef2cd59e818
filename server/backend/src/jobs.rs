//! Jobs: opened, changed by dated terms, corrected, ended and reopened, withdrawn and brought back.

use crate::access::{Actor, Grant, Guarded, KnownClient, authorise};
use crate::audit::Use;
use crate::clients::{Tried, employers_of};
use crate::employers::{Offered, find};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::advice::{Adviser, Occasion, Topic};
use domain::codes::{Code, Mode, Phase, Recipient};
use domain::forms::FieldError;
use domain::ids::{ClientId, EmployerId, JobId, MatchId};
use domain::jobs::{Bounds, EndFields, Noted, PayBasis, Terms, TermsFields, WhatNext, terms_on};
use domain::referrals::parse_codes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// So many supports stand on a job's page; the client's own page of supports has them all.
const SUPPORTS_SHOWN: i64 = 20;

/// Terms as the tables keep them.
#[derive(Clone, Debug, sqlx::FromRow, Serialize, Deserialize)]
pub(crate) struct TermsRow {
    title: String,
    isco08: Option<String>,
    minutes_per_week: Option<i64>,
    permanent: Option<bool>,
    until_on: Option<NaiveDate>,
    pay_basis: Option<String>,
    pay_subsidy: Option<bool>,
    subsidy_percent: Option<i64>,
    subsidy_until: Option<NaiveDate>,
    open_to_all: Option<bool>,
    set_aside: Option<bool>,
    disclosed: Option<bool>,
}

impl TermsRow {
    /// The terms.
    pub(crate) fn terms(&self) -> Result<Terms> {
        Ok(Terms {
            title: self.title.clone(),
            isco08: self.isco08.clone(),
            minutes_per_week: self.minutes_per_week,
            permanent: self.permanent,
            until_on: self.until_on,
            pay_basis: self.pay_basis.as_deref().map(PayBasis::parse).transpose().map_err(Error::internal)?,
            subsidy_percent: self.subsidy_percent,
            subsidy: self.pay_subsidy,
            subsidy_until: self.subsidy_until,
            open_to_all: self.open_to_all,
            set_aside: self.set_aside,
            disclosed: self.disclosed,
        })
    }
}

/// A job's own row.
#[derive(Clone, Debug, sqlx::FromRow)]
struct JobRow {
    client_id: Uuid,
    alias: String,
    agreement_on: Option<NaiveDate>,
    employer_id: Uuid,
    employer: String,
    silent_because: Option<String>,
    silent_until: Option<NaiveDate>,
    match_id: Option<Uuid>,
    started_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    competitive: Option<bool>,
    end_reason: Option<String>,
    end_words: String,
    end_learnt_on: Option<NaiveDate>,
    what_next: Option<String>,
    withdrawn: bool,
    version: i64,
    words: String,
    #[sqlx(flatten)]
    terms: TermsRow,
}

/// A job, with the client whose it is.
#[derive(Clone, Debug)]
struct KnownJob {
    id: JobId,
    client: KnownClient,
    row: JobRow,
}

impl Guarded for KnownJob {
    type Id = JobId;
    async fn find(tx: &mut Tx, id: JobId, today: NaiveDate) -> Result<Option<Self>> {
        let row: Option<JobRow> = fetch_optional!(
            tx,
            JobRow,
            "select j.client_id, c.alias, c.agreement_on, s.id as employer_id, s.name as employer,
                 s.do_not_contact_reason as silent_because, s.do_not_contact_until as silent_until, j.match_id,
                 j.started_on, j.ended_on, j.competitive, j.end_reason, j.end_words, j.end_learnt_on, j.what_next,
                 j.withdrawn_at is not null as withdrawn, j.version, j.words, j.title, j.isco08,
                 j.minutes_per_week, j.permanent, j.until_on, j.pay_basis, j.pay_subsidy, j.subsidy_percent,
                 j.subsidy_until, j.open_to_all, j.set_aside, j.disclosed
             from job j join client c on c.id = j.client_id join employer e on e.id = j.employer_id
                 join employer s on s.id = coalesce(e.survivor_id, e.id)
             where j.id = $1",
            id.uuid()
        )?;
        let Some(row) = row else { return Ok(None) };
        let client = KnownClient::find(tx, row.client_id.into(), today).await?;
        Ok(client.map(|client| Self { id, client, row }))
    }
    fn object(&self) -> Object {
        self.client.object()
    }
}

/// What the form of a new job opens with.
#[derive(Clone, Debug)]
pub struct JobForm {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The agreement: a job lies after it.
    pub agreement_on: Option<NaiveDate>,
    /// The employer, if one is chosen: the one that stands for it, and its name.
    pub employer: Option<(EmployerId, String)>,
    /// Why nobody is to contact the employer, where somebody said so.
    pub silent: Option<String>,
    /// What the opportunity of the match is called.
    pub title: Option<String>,
    /// The match that it comes from.
    pub of_match: Option<MatchId>,
    /// While no employer is chosen: those that are likely, or that a text finds.
    pub offered: Vec<Offered>,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct FormRow {
    alias: String,
    agreement_on: Option<NaiveDate>,
    match_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    employer: Option<String>,
    silent_because: Option<String>,
    silent_until: Option<NaiveDate>,
    title: Option<String>,
}

/// Is nobody to contact an employer on a day?
fn silent(because: Option<&String>, until: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    because.filter(|_| until.is_none_or(|until| until >= today)).cloned()
}

/// A change of a job's terms.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub id: Uuid,
    /// From when.
    pub from: NaiveDate,
    /// The terms.
    pub terms: Terms,
    /// In words.
    pub words: String,
    /// By whom.
    pub by: String,
}

/// A support around a job.
#[derive(Clone, Debug)]
pub struct Supported {
    /// The day.
    pub day: NaiveDate,
    /// By whom.
    pub by: String,
    /// How.
    pub mode: Mode,
    /// To whom.
    pub recipient: Recipient,
    /// What it was about, by its code.
    pub kind: String,
    /// In words.
    pub words: String,
}

/// Advice that was given.
#[derive(Clone, Debug)]
pub struct Advised {
    /// Which.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// Who gave it.
    pub giver: Adviser,
    /// The giver's name, and who noted it.
    pub names: (String, String),
    /// What it was about in time.
    pub occasion: Occasion,
    /// What was talked about.
    pub topics: Vec<Topic>,
    /// In words.
    pub words: String,
}

/// How a job ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The last day.
    pub on: NaiveDate,
    /// Why, by its code.
    pub reason: Option<String>,
    /// When the coach heard of it.
    pub learnt_on: Option<NaiveDate>,
    /// What comes next.
    pub next: Option<WhatNext>,
    /// In words.
    pub words: String,
}

/// All that a job's page says.
#[derive(Clone, Debug)]
pub struct JobPage {
    /// Which.
    pub id: JobId,
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The agreement.
    pub agreement_on: Option<NaiveDate>,
    /// The employer that stands for the one it was noted with, and its name.
    pub employer: (EmployerId, String),
    /// Why nobody is to contact the employer, where somebody said so.
    pub silent: Option<String>,
    /// The match that it came from.
    pub of_match: Option<MatchId>,
    /// First day.
    pub started_on: NaiveDate,
    /// How it ended.
    pub ended: Option<Ended>,
    /// Was it noted by mistake?
    pub withdrawn: bool,
    /// The terms of the start.
    pub start: Terms,
    /// What was said at the start.
    pub words: String,
    /// Changes, the latest first.
    pub changes: Vec<Change>,
    /// Is it competitive? From a package only the answer is known.
    pub competitive: Option<bool>,
    /// The latest supports.
    pub supports: Vec<Supported>,
    /// How many supports there are.
    pub supported: i64,
    /// Advice around it.
    pub advice: Vec<Advised>,
    /// The version that a form changes.
    pub version: i64,
    /// May the reader write?
    pub can_write: bool,
    /// Today.
    pub today: NaiveDate,
}

impl JobPage {
    /// The terms of today: of the last day once it has ended.
    #[must_use]
    pub fn now(&self) -> &Terms {
        self.terms_on(self.ended.as_ref().map_or(self.today, |ended| ended.on.min(self.today)))
    }

    /// The terms of a day.
    #[must_use]
    pub fn terms_on(&self, day: NaiveDate) -> &Terms {
        let held = self.changes.iter().filter(|change| change.from <= day);
        held.max_by_key(|change| change.from).map_or(&self.start, |change| &change.terms)
    }
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: NaiveDate,
    who: String,
    words: String,
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    number: Option<i64>,
    #[sqlx(flatten)]
    terms: TermsRow,
}

async fn lines(tx: &mut Tx, job: JobId) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select 'terms' as kind, t.id, t.from_day as day, p.name as who, t.words, cast(null as text) as a,
             cast(null as text) as b, cast(null as text) as c, cast(null as bigint) as number, t.title, t.isco08,
             t.minutes_per_week, t.permanent, t.until_on, t.pay_basis, t.pay_subsidy, t.subsidy_percent,
             t.subsidy_until, t.open_to_all, t.set_aside, t.disclosed
         from job_terms t join person p on p.id = t.person_id where t.job_id = $1 and t.withdrawn_at is null
         union all
         select 'advice', a.id, a.day, p.name, a.words, a.giver, a.giver_name, a.occasion, null, a.topics, null, null,
             null, null, null, null, null, null, null, null, null
         from benefits_advice a join person p on p.id = a.person_id where a.job_id = $1 and a.withdrawn_at is null
         union all
         select * from (select 'support', s.id, s.day, p.name, s.words, s.mode, s.recipient, s.kind,
             (select count(*) from support n where n.job_id = $1 and n.withdrawn_at is null), '', null,
             cast(null as bigint), cast(null as boolean), cast(null as date), null, cast(null as boolean),
             cast(null as bigint), cast(null as date), cast(null as boolean), cast(null as boolean),
             cast(null as boolean)
         from support s join person p on p.id = s.coach_id where s.job_id = $1 and s.withdrawn_at is null
         order by s.day desc, s.id desc limit $2) latest",
        job.uuid(),
        SUPPORTS_SHOWN
    )?)
}

fn of_code<T: Code>(text: Option<&String>) -> Result<T> {
    T::parse(text.map_or("", String::as_str)).map_err(Error::internal)
}

fn sort_in(page: &mut JobPage, line: Line) -> Result<()> {
    let Line { kind, id, day, who, words, a, b, c, number, terms } = line;
    match kind.as_str() {
        "terms" => page.changes.push(Change { id, from: day, terms: terms.terms()?, words, by: who }),
        "advice" => page.advice.push(Advised {
            id,
            day,
            giver: of_code(a.as_ref())?,
            names: (b.unwrap_or_default(), who),
            occasion: of_code(c.as_ref())?,
            topics: parse_codes(&terms.title).unwrap_or_default(),
            words,
        }),
        _ => {
            page.supported = number.unwrap_or(0);
            page.supports.push(Supported {
                day,
                by: who,
                mode: of_code(a.as_ref())?,
                recipient: of_code(b.as_ref())?,
                kind: c.unwrap_or_default(),
                words,
            });
        }
    }
    Ok(())
}

fn opened(actor: &Actor, job: KnownJob) -> Result<JobPage> {
    let can_write = actor.may(Action::WriteClient, &job.object());
    let KnownJob { id, row, .. } = job;
    let ended = row.ended_on.map(|on| Ended {
        on,
        reason: row.end_reason,
        learnt_on: row.end_learnt_on,
        next: row.what_next.and_then(|next| WhatNext::parse(&next).ok()),
        words: row.end_words,
    });
    Ok(JobPage {
        id,
        client: row.client_id.into(),
        alias: row.alias,
        agreement_on: row.agreement_on,
        employer: (row.employer_id.into(), row.employer),
        silent: silent(row.silent_because.as_ref(), row.silent_until, actor.today),
        of_match: row.match_id.map(MatchId),
        started_on: row.started_on,
        ended,
        withdrawn: row.withdrawn,
        start: row.terms.terms()?,
        words: row.words,
        changes: Vec::new(),
        competitive: row.competitive,
        supports: Vec::new(),
        supported: 0,
        advice: Vec::new(),
        version: row.version,
        can_write,
        today: actor.today,
    })
}

/// Notes that something was done with a job.
fn note(tx: &mut Tx, actor: &Actor, action: &'static str, job: JobId, client: ClientId) {
    tx.note(Use::by(actor, action, "job", Some(job.uuid())).of_clients([client]));
}

/// The page of a job that the door has opened.
async fn page_of(tx: &mut Tx, actor: &Actor, job: Grant<KnownJob>) -> Result<JobPage> {
    let mut page = opened(actor, job.into_object())?;
    for line in lines(tx, page.id).await? {
        sort_in(&mut page, line)?;
    }
    page.changes.sort_by_key(|change| std::cmp::Reverse((change.from, change.id)));
    page.supports.sort_by_key(|support| std::cmp::Reverse(support.day));
    page.advice.sort_by_key(|advice| std::cmp::Reverse(advice.day));
    // What was answered of the three questions wins over what a package says.
    page.competitive = page.now().competitive().or(page.competitive);
    Ok(page)
}

/// The next version of a job's own row, with what stood before kept beside. Whoever comes second is told.
async fn take_version(tx: &mut Tx, actor: &Actor, job: &KnownJob, version: i64) -> Result<Tried<()>> {
    let taken = execute!(
        tx,
        "update job set version = version + 1 where id = $1 and version = $2",
        job.id.uuid(),
        version
    )?;
    if taken == 0 {
        return Ok(Err(vec![FieldError::ChangedMeanwhile]));
    }
    let row = &job.row;
    let body = serde_json::json!({
        "started_on": row.started_on, "ended_on": row.ended_on, "end_reason": row.end_reason,
        "end_words": row.end_words, "end_learnt_on": row.end_learnt_on, "what_next": row.what_next,
        "competitive": row.competitive, "withdrawn": row.withdrawn, "words": row.words, "terms": row.terms,
    });
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into job_version (job_id, version, person_id, body, changed_at) values ($1, $2, $3, $4, $5)",
        job.id.uuid(),
        version,
        actor.person.uuid(),
        body.to_string(),
        now
    )?;
    Ok(Ok(()))
}

/// What the end of a job goes by, and what it changes of the client.
#[derive(sqlx::FromRow)]
struct EndFacts {
    changed_on: Option<NaiveDate>,
    version: i64,
    phase: Option<String>,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
}

/// How the client's next step and phase stood before a job ended: reopening puts them back where nobody has
/// changed them since.
#[derive(Serialize, Deserialize)]
struct Before {
    version: i64,
    phase: Option<String>,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
}

impl Backend {
    /// What the form of a new job opens with, for an employer or for a match's. Without either, it offers employers:
    /// those that a text finds, or those of the client.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn job_form(
        &self,
        actor: &Actor,
        client: ClientId,
        employer: Option<EmployerId>,
        of_match: Option<MatchId>,
        text: &str,
    ) -> Result<JobForm> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let row: Option<FormRow> = fetch_optional!(
            tx,
            FormRow,
            "select c.alias, c.agreement_on, m.id as match_id, s.id as employer_id, s.name as employer,
                 s.do_not_contact_reason as silent_because, s.do_not_contact_until as silent_until, o.title
             from client c left join job_match m on m.id = $3 and m.client_id = c.id
                 left join opportunity o on o.id = m.opportunity_id
                 left join employer e on e.id = coalesce($2, m.employer_id)
                 left join employer s on s.id = coalesce(e.survivor_id, e.id)
             where c.id = $1",
            client.uuid(),
            employer.map(EmployerId::uuid),
            of_match.map(MatchId::uuid)
        )?;
        let row = row.ok_or(Error::NotThere)?;
        let offered = match (row.employer_id, text.trim()) {
            (Some(_), _) => Vec::new(),
            (None, "") => employers_of(&mut tx, client).await?,
            (None, text) => find(&mut tx, text).await?,
        };
        tx.note(Use::by(actor, "read", "client", Some(client.uuid())).of_clients([client]));
        tx.commit().await?;
        Ok(JobForm {
            client,
            alias: row.alias,
            agreement_on: row.agreement_on,
            silent: silent(row.silent_because.as_ref(), row.silent_until, actor.today),
            employer: row.employer_id.map(EmployerId).zip(row.employer),
            title: row.title,
            of_match: row.match_id.map(MatchId),
            offered,
            today: actor.today,
        })
    }

    /// A job begins, or will: under the identity that its form got, so that twice sent is one job.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or the employer is not there.
    pub async fn open_job(
        &self,
        actor: &Actor,
        form: &JobForm,
        id: Uuid,
        fields: &TermsFields,
    ) -> Result<Tried<JobId>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, form.client).await?;
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let Some((employer, _)) = &form.employer else {
            return Ok(Err(vec![FieldError::Missing("employer")]));
        };
        let bounds = Bounds { today: actor.today, earliest: form.agreement_on, latest: None, ended: None };
        let Noted { day, terms, words } = match fields.read(bounds) {
            Ok(noted) => noted,
            Err(errors) => return Ok(Err(errors)),
        };
        let (now, competitive) = (tx.clock().now(), terms.competitive());
        execute!(
            tx,
            "insert into job (id, code, client_id, employer_id, match_id, coach_id, started_on, words, noted_at, title,
                 isco08, minutes_per_week, permanent, until_on, pay_basis, pay_subsidy, subsidy_percent, subsidy_until,
                 open_to_all, set_aside, disclosed, competitive)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
             on conflict (id) do nothing",
            id,
            id.to_string(),
            client.id.uuid(),
            employer.uuid(),
            form.of_match.map(MatchId::uuid),
            actor.person.uuid(),
            day,
            words,
            now,
            terms.title,
            terms.isco08,
            terms.minutes_per_week,
            terms.permanent,
            terms.until_on,
            terms.pay_basis.map(Code::code),
            terms.subsidy,
            terms.subsidy_percent,
            terms.subsidy_until,
            terms.open_to_all,
            terms.set_aside,
            terms.disclosed,
            competitive
        )?;
        note(&mut tx, actor, "open", id.into(), client.id);
        tx.commit().await?;
        Ok(Ok(id.into()))
    }

    /// A job's page.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the job is not there for this person.
    pub async fn job(&self, actor: &Actor, id: JobId) -> Result<JobPage> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::ReadClient, id).await?;
        let page = page_of(&mut tx, actor, job).await?;
        note(&mut tx, actor, "read", id, page.client);
        tx.commit().await?;
        Ok(page)
    }

    /// Corrects the terms of the start; what stood before is kept.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client.
    pub async fn correct_job(
        &self,
        actor: &Actor,
        id: JobId,
        version: i64,
        fields: &TermsFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        let first: Option<(Option<NaiveDate>,)> = fetch_optional!(
            tx,
            (Option<NaiveDate>,),
            "select min(from_day) from job_terms where job_id = $1 and withdrawn_at is null",
            id.uuid()
        )?;
        let latest = first.and_then(|(day,)| day).or(job.row.ended_on);
        let bounds =
            Bounds { today: actor.today, earliest: job.row.agreement_on, latest, ended: job.row.ended_on };
        let Noted { day, terms, words } = match fields.read(bounds) {
            Ok(noted) => noted,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Err(errors) = take_version(&mut tx, actor, &job, version).await? {
            return Ok(Err(errors));
        }
        let competitive = terms.competitive();
        execute!(
            tx,
            "update job set started_on = $2, words = $3, title = $4, isco08 = $5, minutes_per_week = $6, permanent = $7,
                 until_on = $8, pay_basis = $9, pay_subsidy = $10, subsidy_percent = $11, subsidy_until = $12,
                 open_to_all = $13, set_aside = $14, disclosed = $15, competitive = coalesce($16, competitive)
             where id = $1",
            id.uuid(),
            day,
            words,
            terms.title,
            terms.isco08,
            terms.minutes_per_week,
            terms.permanent,
            terms.until_on,
            terms.pay_basis.map(Code::code),
            terms.subsidy,
            terms.subsidy_percent,
            terms.subsidy_until,
            terms.open_to_all,
            terms.set_aside,
            terms.disclosed,
            competitive
        )?;
        note(&mut tx, actor, "correct", id, job.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Other terms from a day on: one more row of the same job.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client.
    pub async fn change_job(
        &self,
        actor: &Actor,
        id: JobId,
        entry: Uuid,
        fields: &TermsFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        if retention::is_erased(&mut tx, &[entry]).await? {
            return Err(Error::NotThere);
        }
        let (earliest, ended) = (Some(job.row.started_on), job.row.ended_on);
        let bounds = Bounds { today: actor.today, earliest, latest: ended, ended };
        let Noted { day, terms, words } = match fields.read(bounds) {
            Ok(noted) => noted,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into job_terms (id, job_id, from_day, words, person_id, noted_at, title, isco08, minutes_per_week,
                 permanent, until_on, pay_basis, pay_subsidy, subsidy_percent, subsidy_until, open_to_all, set_aside,
                 disclosed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             on conflict (id) do nothing",
            entry,
            id.uuid(),
            day,
            words,
            actor.person.uuid(),
            now,
            terms.title,
            terms.isco08,
            terms.minutes_per_week,
            terms.permanent,
            terms.until_on,
            terms.pay_basis.map(Code::code),
            terms.subsidy,
            terms.subsidy_percent,
            terms.subsidy_until,
            terms.open_to_all,
            terms.set_aside,
            terms.disclosed
        )?;
        note(&mut tx, actor, "change", id, job.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a change of terms back, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client, or the change is not there.
    pub async fn take_change(&self, actor: &Actor, id: JobId, change: Uuid, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update job_terms set withdrawn_at = $3 where id = $1 and job_id = $2",
            change,
            id.uuid(),
            at
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        note(&mut tx, actor, if back { "restore_change" } else { "withdraw_change" }, id, job.client.id);
        tx.commit().await
    }

    /// A job ends, and what comes next begins: nobody's service is closed by it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client.
    pub async fn end_job(
        &self,
        actor: &Actor,
        id: JobId,
        version: i64,
        fields: &EndFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        if job.row.ended_on.is_some() {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        let facts = fetch_optional!(
            tx,
            EndFacts,
            "select (select max(t.from_day) from job_terms t where t.job_id = $1 and t.withdrawn_at is null)
                     as changed_on, c.version, c.phase, c.next_step, c.next_step_on
             from client c where c.id = $2",
            id.uuid(),
            job.row.client_id
        )?;
        let EndFacts { changed_on, version: client_version, phase, next_step, next_step_on } =
            facts.ok_or(Error::NotThere)?;
        let end = match fields.read(job.row.started_on, changed_on, actor.today) {
            Ok(end) => end,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Err(errors) = take_version(&mut tx, actor, &job, version).await? {
            return Ok(Err(errors));
        }
        let before = Before { version: client_version + 1, phase, next_step, next_step_on };
        execute!(
            tx,
            "update job set ended_on = $2, end_reason = $3, end_learnt_on = $4, what_next = $5, end_words = $6,
                 end_before = $7 where id = $1",
            id.uuid(),
            end.day,
            end.reason,
            end.learnt_on,
            end.next.code(),
            end.words,
            serde_json::to_string(&before).map_err(Error::internal)?
        )?;
        let (step, step_on) = end.step.unzip();
        let search = (end.next == WhatNext::Search).then(|| Phase::Search.code());
        execute!(
            tx,
            "update client set version = version + 1, phase = coalesce($2, phase),
                 next_step = coalesce($3, next_step), next_step_on = coalesce($4, next_step_on) where id = $1",
            job.row.client_id,
            search,
            step,
            step_on
        )?;
        note(&mut tx, actor, "end", id, job.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// A job did not end after all. What its end changed of the client goes back where nobody has changed it
    /// since.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client.
    pub async fn reopen_job(&self, actor: &Actor, id: JobId) -> Result<()> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        let version = job.row.version;
        if job.row.ended_on.is_none() || take_version(&mut tx, actor, &job, version).await?.is_err() {
            return tx.commit().await;
        }
        let before: Option<(Option<String>,)> =
            fetch_optional!(tx, (Option<String>,), "select end_before from job where id = $1", id.uuid())?;
        execute!(
            tx,
            "update job set ended_on = null, end_reason = null, end_learnt_on = null, what_next = null, end_words = '',
                 end_before = null where id = $1",
            id.uuid()
        )?;
        let before =
            before.and_then(|(text,)| text).and_then(|text| serde_json::from_str::<Before>(&text).ok());
        if let Some(before) = before {
            execute!(
                tx,
                "update client set version = version + 1, phase = $3, next_step = $4, next_step_on = $5
                 where id = $1 and version = $2",
                job.row.client_id,
                before.version,
                before.phase,
                before.next_step,
                before.next_step_on
            )?;
        }
        note(&mut tx, actor, "reopen", id, job.client.id);
        tx.commit().await
    }

    /// A job was noted by mistake, or was not after all.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the job's client.
    pub async fn take_job(&self, actor: &Actor, id: JobId, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let job = authorise::<KnownJob>(&mut tx, actor, Action::WriteClient, id).await?;
        let version = job.row.version;
        if job.row.withdrawn == back && take_version(&mut tx, actor, &job, version).await?.is_ok() {
            let at = (!back).then(|| tx.clock().now());
            execute!(tx, "update job set withdrawn_at = $2 where id = $1", id.uuid(), at)?;
            note(&mut tx, actor, if back { "restore" } else { "withdraw" }, id, job.client.id);
        }
        tx.commit().await
    }
}

/// A job of a client, as lists of the client's things show it.
#[derive(Clone, Debug)]
pub struct JobSeen {
    /// Which.
    pub id: JobId,
    /// The employer that stands for it, and its name.
    pub employer: (EmployerId, String),
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// The terms of the start.
    pub start: Terms,
    /// Its changes.
    pub changes: Vec<(NaiveDate, Terms)>,
}

impl JobSeen {
    /// The terms of a day, or of the last one.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &Terms {
        terms_on(&self.start, &self.changes, self.to.map_or(day, |to| to.min(day)))
    }
}
