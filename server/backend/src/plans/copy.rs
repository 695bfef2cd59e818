//! What a client gets to take along: what was agreed, in plain words, and nothing that is not the client's to
//! read. No note, no match and nobody else's data is looked at for it.

use super::ActionSeen;
use crate::access::{Actor, KnownClient, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::Action as Deed;
use domain::clients::trust::consent_holds;
use domain::codes::{Code, MayTell, Share};
use domain::ids::{ClientId, PlanId};
use domain::plans::{Action, ActionKind, Responsible};
use domain::referrals::parse_codes;
use uuid::Uuid;

/// What may be told to an employer, or to all, today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyTold {
    /// The employer; none = all.
    pub employer: Option<String>,
    /// How much.
    pub may_tell: MayTell,
    /// The words that were agreed on.
    pub words: String,
}

/// A consent that holds today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyConsent {
    /// With whom.
    pub recipient: String,
    /// What.
    pub categories: Vec<Share>,
    /// For what.
    pub purpose: String,
    /// Until when.
    pub to: Option<NaiveDate>,
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyJob {
    /// Where.
    pub employer: String,
    /// What.
    pub title: String,
    /// Since when, or from when.
    pub from: NaiveDate,
    /// Minutes a week.
    pub minutes: Option<i64>,
    /// Until when the employer gets a subsidy.
    pub subsidy_until: Option<NaiveDate>,
}

/// Support around a job, as it was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySupport {
    /// Where the job is.
    pub employer: String,
    /// Days between two supports; none where the coach comes when asked.
    pub every_days: Option<i64>,
    /// Who stands by; empty where nobody is named.
    pub stands_by: String,
}

/// A client's own copy.
#[derive(Clone, Debug)]
pub struct ClientCopy {
    /// Whose.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The client's name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The organisation.
    pub organisation: String,
    /// Today.
    pub today: NaiveDate,
    /// Since when the agreement holds.
    pub agreed_on: Option<NaiveDate>,
    /// When the service was closed.
    pub closed_on: Option<NaiveDate>,
    /// The coaches of today.
    pub coaches: Vec<String>,
    /// The plan in force: when it was made, and the next meeting.
    pub plan: Option<(PlanId, NaiveDate, Option<NaiveDate>)>,
    /// What it says about who does what.
    pub actions: Vec<ActionSeen>,
    /// What may be told to employers.
    pub told: Vec<CopyTold>,
    /// Consents.
    pub consents: Vec<CopyConsent>,
    /// Jobs.
    pub jobs: Vec<CopyJob>,
    /// Support.
    pub supports: Vec<CopySupport>,
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    alias: String,
    name: String,
    unit: String,
    organisation: String,
    agreement_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

/// A row of any kind: what each column holds is said where it is read.
#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: Option<NaiveDate>,
    until: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    name: String,
    words: String,
    code: String,
    number: Option<i64>,
    flag: bool,
    other: Option<Uuid>,
}

async fn lines(tx: &mut Tx, client: ClientId, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        concat!(
            "select 'plan' as kind, n.id, n.day, n.next_meeting_on as until, nullif(n.day, n.day) as ended, '' as name,
                 '' as words, '' as code, nullif(n.version, n.version) as number, false as flag,
                 nullif(n.id, n.id) as other
             from network_plan n where n.client_id = $1 and n.id = (select m.id from network_plan m
                 where m.client_id = $1 and m.withdrawn_at is null order by m.day desc, m.saved_at desc, m.id desc limit 1)
             union all
             select 'action', a.id, a.by_day, null, a.done_on, coalesce(p.name, a.responsible), a.what, a.kind, a.place,
                 a.of_client, a.plan_id
             from plan_action a left join person p on p.id = a.responsible_id
             where a.plan_id = (select m.id from network_plan m
                     where m.client_id = $1 and m.withdrawn_at is null order by m.day desc, m.saved_at desc, m.id desc limit 1)
                 and ",
            super::not_carried!(),
            " union all
             select 'coach', k.id, k.from_day, null, null, p.name, '', '', null, false, null
             from client_coach k join person p on p.id = k.person_id
             where k.client_id = $1 and k.from_day <= $2 and (k.to_day is null or k.to_day >= $2)
             union all
             select 'told', d.id, d.from_day, null, d.withdrawn_on, coalesce(s.name, ''), d.agreed_words, d.may_tell,
                 null, false, s.id
             from disclosure d left join employer e on e.id = d.employer_id
                 left join employer s on s.id = coalesce(e.survivor_id, e.id)
             where d.client_id = $1
             union all
             select 'consent', c.id, c.from_day, c.to_day, c.withdrawn_on, c.recipient, c.purpose, c.categories, null,
                 false, null
             from consent c where c.client_id = $1
             union all
             select 'job', j.id, j.started_on, case when t.id is null then j.subsidy_until else t.subsidy_until end,
                 null, s.name, coalesce(t.title, j.title), '',
                 case when t.id is null then j.minutes_per_week else t.minutes_per_week end, false, null
             from job j join employer e on e.id = j.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
                 left join job_terms t on t.id = (select x.id from job_terms x where x.job_id = j.id
                     and x.withdrawn_at is null and x.from_day <= $2 order by x.from_day desc, x.noted_at desc, x.id desc
                     limit 1)
             where j.client_id = $1 and j.withdrawn_at is null and (j.ended_on is null or j.ended_on >= $2)
             union all
             select 'support', g.id, g.from_day, null, null, s.name, g.stands_by, g.kind, g.every_days, false, null
             from support_agreement g join job j on j.id = g.job_id join employer e on e.id = j.employer_id
                 join employer s on s.id = coalesce(e.survivor_id, e.id)
             where g.client_id = $1 and j.withdrawn_at is null and (j.ended_on is null or j.ended_on >= $2)
                 and g.id = (select x.id from support_agreement x where x.job_id = g.job_id and x.withdrawn_at is null
                     and x.from_day <= $2 order by x.from_day desc, x.noted_at desc, x.id desc limit 1)
             order by kind, day, number, id"
        ),
        client.uuid(),
        today
    )?)
}

/// Puts a row where it belongs, if it holds today.
fn sort_in(copy: &mut ClientCopy, told: &mut Vec<(Option<Uuid>, CopyTold)>, line: Line) -> Result<()> {
    let today = copy.today;
    match line.kind.as_str() {
        "plan" => copy.plan = line.day.map(|day| (line.id.into(), day, line.until)),
        "action" => copy.actions.push(action(line)?),
        "coach" => copy.coaches.push(line.name),
        "told" => {
            let holds =
                line.day.is_some_and(|from| from <= today) && line.ended.is_none_or(|ended| today < ended);
            if holds {
                let may_tell = MayTell::parse(&line.code).map_err(Error::internal)?;
                let employer = line.other.map(|_| line.name);
                // Rows come by their day: the latest about the same employer stands.
                told.retain(|(other, _)| *other != line.other);
                told.push((line.other, CopyTold { employer, may_tell, words: line.words }));
            }
        }
        "consent" => {
            if line.day.is_some_and(|from| consent_holds(from, line.until, line.ended, today)) {
                let categories = parse_codes(&line.code).unwrap_or_default();
                let (recipient, purpose, to) = (line.name, line.words, line.until);
                copy.consents.push(CopyConsent { recipient, categories, purpose, to });
            }
        }
        "job" => {
            let (employer, title, minutes) = (line.name, line.words, line.number);
            let subsidy_until = line.until.filter(|until| *until >= today);
            copy.jobs.extend(line.day.map(|from| CopyJob { employer, title, from, minutes, subsidy_until }));
        }
        _ => copy.supports.push(CopySupport {
            employer: line.name,
            every_days: line.number.filter(|_| line.code == "rhythm"),
            stands_by: line.words,
        }),
    }
    Ok(())
}

fn action(line: Line) -> Result<ActionSeen> {
    let responsible = if line.flag { Responsible::Client } else { Responsible::Named(line.name.clone()) };
    let action = Action {
        id: line.id,
        what: line.words,
        kind: ActionKind::parse(&line.code).map_err(Error::internal)?,
        responsible,
        by_day: line.day,
        done_on: line.ended,
    };
    let plan = line.other.unwrap_or_default().into();
    Ok(ActionSeen { action, plan, who: line.name, gone: false, done_by: String::new(), carried_to: None })
}

impl Backend {
    /// A client's own copy on the screen.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn client_copy(&self, actor: &Actor, id: ClientId) -> Result<ClientCopy> {
        self.copy_used(actor, id, "read").await
    }

    /// A client's own copy, given out.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn client_copy_on_paper(&self, actor: &Actor, id: ClientId) -> Result<ClientCopy> {
        self.copy_used(actor, id, "export").await
    }

    async fn copy_used(&self, actor: &Actor, id: ClientId, used: &'static str) -> Result<ClientCopy> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Deed::ReadClient, id).await?;
        let head = fetch_optional!(
            tx,
            HeadRow,
            "select c.alias, c.name, u.name as unit, coalesce(o.name, '') as organisation, c.agreement_on, c.closed_on
             from client c join unit u on u.id = c.unit_id left join organisation o on o.id = 1 where c.id = $1",
            id.uuid()
        )?;
        let head = head.ok_or(Error::NotThere)?;
        let lines = lines(&mut tx, id, actor.today).await?;
        tx.note(Use::by(actor, used, "copy", Some(id.uuid())).of_clients([id]));
        tx.commit().await?;
        let mut copy = ClientCopy {
            client: id,
            alias: head.alias,
            name: head.name,
            unit: head.unit,
            organisation: head.organisation,
            today: actor.today,
            agreed_on: head.agreement_on.filter(|day| *day <= actor.today),
            closed_on: head.closed_on,
            coaches: Vec::new(),
            plan: None,
            actions: Vec::new(),
            told: Vec::new(),
            consents: Vec::new(),
            jobs: Vec::new(),
            supports: Vec::new(),
        };
        let mut told = Vec::new();
        for line in lines {
            sort_in(&mut copy, &mut told, line)?;
        }
        copy.actions.sort_by_key(|seen| (seen.action.by_day.is_none(), seen.action.by_day));
        copy.told = told.into_iter().map(|(_, told)| told).collect();
        Ok(copy)
    }
}
