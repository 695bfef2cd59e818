//! A client's page: all that is known, in three questions.

use super::{code, note};
use crate::access::{Actor, Grant, KnownClient, authorise};
use crate::error::{Error, Result};
use crate::jobs::JobSeen;
use crate::matches::MatchSeen;
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_optional};
use chrono::{NaiveDate, NaiveTime};
use domain::access::{Action, Object, Relation};
use domain::clients::page::AboutFields;
use domain::clients::profile::Profile;
use domain::clients::trust::{Told, consent_holds};
use domain::clients::way::{PhaseFacts, SearchClock, Way, phase};
use domain::codes::lists::Names;
use domain::codes::{AttemptWay, MayTell, Mode, Phase, Recipient, Share, StepKind, SupportPlace as Place};
use domain::ids::{ClientId, EmployerId, PersonId, PlanId};
use domain::jobs::Terms;
use domain::referrals::parse_codes;
use domain::support::late_days;
use domain::visits::NextStep;
use uuid::Uuid;

/// So many visits are on the page; the employers' pages have them all.
const VISITS_SHOWN: i64 = 30;

/// All that the page says.
#[derive(Clone, Debug)]
pub struct ClientPage {
    /// Which.
    pub id: ClientId,
    /// Today.
    pub today: NaiveDate,
    /// The name.
    pub name: String,
    /// The year of birth.
    pub birth_year: Option<i64>,
    /// Alias, telephone, e-mail and how the client wishes to be reached.
    pub about: AboutFields,
    /// The version that a form changes.
    pub version: i64,
    /// The unit.
    pub unit: String,
    /// The treatment team.
    pub team: Option<String>,
    /// The days of the way.
    pub way: Way,
    /// Why it was closed, by its code.
    pub closing_reason: Option<String>,
    /// The phase, and the one that the coach chose.
    pub phase: Phase,
    /// The phase that the coach chose.
    pub chosen: Option<Phase>,
    /// The clock of the rapid search.
    pub clock: Option<SearchClock>,
    /// The last contact.
    pub last_contact_on: Option<NaiveDate>,
    /// Is the measure of the start missing?
    pub measure_due: bool,
    /// Days without support, when they are too many.
    pub support_due: Option<u32>,
    /// The next step.
    pub step: Option<NextStep>,
    /// The next step that a visit for the client left, with the visit and its employer.
    pub visit_step: Option<(NextStep, Uuid, String)>,
    /// Profile, and which version of it.
    pub profile: Option<(Profile, i64)>,
    /// Notes, the latest first, as everything below.
    pub notes: Vec<Note>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Attempts to reach the client.
    pub attempts: Vec<Attempt>,
    /// Visits for the client.
    pub visits: Vec<Visited>,
    /// Matches under way.
    pub matches: Vec<MatchSeen>,
    /// Jobs.
    pub jobs: Vec<JobSeen>,
    /// Steps towards work that are no job.
    pub transitions: Vec<StepToWork>,
    /// Cards and courses.
    pub qualifications: Vec<StepToWork>,
    /// The latest supports.
    pub supports: Vec<Supporting>,
    /// The steps of the way.
    pub steps: Vec<Stepped>,
    /// Days of the way that were corrected.
    pub corrected: Vec<Corrected>,
    /// Who was the coach when.
    pub coaches: Vec<Coached>,
    /// What may be told.
    pub told: Vec<Disclosed>,
    /// Talks about what may be told.
    pub talks: Vec<Note>,
    /// Consents.
    pub consents: Vec<Consented>,
    /// Who is to be told of a change of a consent, and was.
    pub notices: Vec<Notice>,
    /// Memos.
    pub memos: Vec<MemoSent>,
    /// Plans that stand, and what is still to be done of any of them.
    pub plans: Vec<PlanMade>,
    /// What is still to be done of the plans.
    pub plan_actions: Vec<ToDo>,
    /// May the reader write?
    pub can_write: bool,
    /// May a visit be logged for the client?
    pub can_log: bool,
    /// Is the page read outside the relation?
    pub behind_glass: bool,
}

/// A note, or a talk.
#[derive(Clone, Debug)]
pub struct Note {
    /// Which.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// By whom.
    pub by: String,
    /// Is it the reader's own?
    pub mine: bool,
    /// In words.
    pub words: String,
}

/// A meeting.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// The note in it.
    pub note: Note,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// How.
    pub mode: Mode,
    /// Where.
    pub place: Place,
    /// Minutes.
    pub minutes: i64,
    /// Did nobody come?
    pub no_show: bool,
    /// The care worker who was there; empty when none was.
    pub care_worker: String,
}

/// An attempt to reach the client.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The note in it.
    pub note: Note,
    /// How.
    pub way: AttemptWay,
    /// Was the client reached?
    pub reached: bool,
}

/// A visit for the client.
#[derive(Clone, Debug)]
pub struct Visited {
    /// The note in it.
    pub note: Note,
    /// How.
    pub mode: Mode,
    /// The employer.
    pub employer: EmployerId,
    /// The employer's name.
    pub employer_name: String,
}

/// A step towards work that is no job: a transition, or a card or course.
#[derive(Clone, Debug)]
pub struct StepToWork {
    /// Which.
    pub id: Uuid,
    /// What, by its code.
    pub kind: String,
    /// First day, or the day on which it was completed.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Where.
    pub provider: String,
}

/// A support.
#[derive(Clone, Debug)]
pub struct Supporting {
    /// The note in it.
    pub note: Note,
    /// How.
    pub mode: Mode,
    /// To whom.
    pub recipient: Recipient,
    /// What it was about, by its code.
    pub kind: String,
}

/// A step of the way.
#[derive(Clone, Debug)]
pub struct Stepped {
    /// The note in it.
    pub note: Note,
    /// Which.
    pub kind: StepKind,
    /// Why: a reason of closing or the phase, by its code; a coach's name.
    pub reason: String,
    /// What the organisation calls the reason of closing, where it chose an entry of its own.
    pub own: Option<Names>,
}

/// A day of the way that was noted wrong.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The note in it: by whom, why, and the right day.
    pub note: Note,
    /// Which step's day.
    pub kind: StepKind,
    /// The step; what came from elsewhere has none.
    pub step: Option<Uuid>,
    /// The wrong day.
    pub before: NaiveDate,
    /// When it was corrected.
    pub on: NaiveDate,
}

/// Who was the coach.
#[derive(Clone, Debug)]
pub struct Coached {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// What may be told to an employer, or to all.
#[derive(Clone, Debug)]
pub struct Disclosed {
    /// The note in it: the agreed words, since when.
    pub note: Note,
    /// Which employer stands for the one that was named, and its name; none = all.
    pub employer: Option<(EmployerId, String)>,
    /// How much.
    pub may_tell: MayTell,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// A consent.
#[derive(Clone, Debug)]
pub struct Consented {
    /// The note in it: the purpose, since when.
    pub note: Note,
    /// With whom.
    pub recipient: String,
    /// What.
    pub categories: Vec<Share>,
    /// To when.
    pub to: Option<NaiveDate>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

impl Consented {
    /// Does it hold on a day?
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        consent_holds(self.note.day, self.to, self.withdrawn_on, day)
    }
}

/// Somebody who is to be told of a change of a consent.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Which.
    pub id: Uuid,
    /// Who is told.
    pub recipient: String,
    /// Was the consent withdrawn? Else it was given.
    pub withdrawn: bool,
    /// Since when it is to be told.
    pub since: NaiveDate,
    /// When it was told.
    pub told_on: Option<NaiveDate>,
}

/// A memo that referred the client.
#[derive(Clone, Debug)]
pub struct MemoSent {
    /// Which.
    pub id: Uuid,
    /// The team.
    pub team: String,
    /// The day.
    pub day: NaiveDate,
}

/// A plan that was made.
#[derive(Clone, Debug)]
pub struct PlanMade {
    /// Which.
    pub id: PlanId,
    /// When.
    pub day: NaiveDate,
    /// The next meeting.
    pub next_meeting_on: Option<NaiveDate>,
}

/// Something that is still to be done of a plan.
#[derive(Clone, Debug)]
pub struct ToDo {
    /// Of which plan.
    pub plan: PlanId,
    /// What.
    pub what: String,
    /// Who does it; none for the client.
    pub who: Option<String>,
    /// By when.
    pub by_day: Option<NaiveDate>,
}

impl ClientPage {
    /// What may be told to an employer today.
    #[must_use]
    pub fn may_tell(&self, employer: EmployerId) -> MayTell {
        let choices: Vec<Told<EmployerId>> = self
            .told
            .iter()
            .map(|told| Told {
                employer: told.employer.as_ref().map(|(id, _)| *id),
                may_tell: told.may_tell,
                from_day: told.note.day,
                withdrawn_on: told.withdrawn_on,
            })
            .collect();
        domain::clients::trust::may_tell(&choices, &employer, self.today)
    }

    /// Is something planned with the client, from today on?
    #[must_use]
    pub fn planned(&self) -> bool {
        let ahead = |step: &NextStep| step.on.is_some_and(|on| on >= self.today);
        self.step.as_ref().is_some_and(ahead)
            || self.visit_step.as_ref().is_some_and(|(step, ..)| ahead(step))
    }

    /// A consent that was withdrawn of late, within the days of a usual plan, or has run out.
    #[must_use]
    pub fn lapsed(&self) -> Vec<&Consented> {
        let again = |consent: &Consented| {
            self.consents.iter().any(|other| {
                other.holds_on(self.today)
                    && other.recipient.to_lowercase() == consent.recipient.to_lowercase()
            })
        };
        self.consents
            .iter()
            .filter(|consent| consent.withdrawn_on.is_some_and(|day| day <= self.today) && !again(consent))
            .collect()
    }
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    alias: String,
    name: String,
    birth_year: Option<i64>,
    phone: Option<String>,
    email: Option<String>,
    contact_wish: Option<String>,
    version: i64,
    unit: String,
    team: Option<String>,
    referred_on: Option<NaiveDate>,
    first_meeting_on: Option<NaiveDate>,
    agreement_on: Option<NaiveDate>,
    paused_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    closing_reason: Option<String>,
    phase: Option<String>,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
    visit_step_id: Option<Uuid>,
    visit_step: Option<String>,
    visit_step_on: Option<NaiveDate>,
    visit_employer: Option<String>,
    profile: Option<String>,
    profile_version: Option<i64>,
    working_since: Option<NaiveDate>,
    first_met_on: Option<NaiveDate>,
    last_visit_on: Option<NaiveDate>,
    last_support_on: Option<NaiveDate>,
    agreed_from: Option<NaiveDate>,
    agreed_every: Option<i64>,
    start_measured: bool,
}

async fn head(tx: &mut Tx, client: &Grant<KnownClient>, today: NaiveDate) -> Result<HeadRow> {
    let row = fetch_optional!(
        tx,
        HeadRow,
        concat!(
            "select c.alias, c.name, c.birth_year, c.phone, c.email, c.contact_wish, c.version, u.name as unit,
                 t.name as team, c.referred_on, c.first_meeting_on, c.agreement_on, c.paused_on, c.closed_on,
                 c.closing_reason, c.phase, c.next_step, c.next_step_on, n.id as visit_step_id,
                 n.next_step as visit_step, n.next_step_on as visit_step_on, s.name as visit_employer,
                 f.body as profile, f.version as profile_version,
                 (select min(j.started_on) from job j where j.client_id = c.id and j.withdrawn_at is null and j.started_on <= $2
                     and (j.ended_on is null or j.ended_on >= $2)) as working_since,
                 (select min(v.day) from visit v where v.client_id = c.id and v.mode = 'in_person'
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as first_met_on,
                 (select max(v.day) from visit v where v.client_id = c.id
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as last_visit_on,
                 ",
            crate::support::support_facts!(),
            ",
                 exists (select 1 from measure_answer a where a.client_id = c.id and a.point = 'start')
                     as start_measured
             from client c join unit u on u.id = c.unit_id left join team t on t.id = c.team_id
                 left join client_profile f on f.client_id = c.id and f.version =
                     (select max(g.version) from client_profile g where g.client_id = c.id)
                 left join visit n on n.id = (select v.id from visit v where v.client_id = c.id and ",
            crate::visits::step_waits!(),
            " and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                     order by v.next_step_on is null, v.next_step_on, v.day, v.id limit 1)
                 left join employer e on e.id = n.employer_id
                 left join employer s on s.id = coalesce(e.survivor_id, e.id)
             where c.id = $1"
        ),
        client.id.uuid(),
        today
    )?;
    row.ok_or(Error::NotThere)
}

/// A record of any kind: what each column holds is said where it is read.
#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: NaiveDate,
    at_time: Option<NaiveTime>,
    until: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    who: Option<String>,
    flag: Option<bool>,
    number: Option<i64>,
    code: Option<String>,
    words: Option<String>,
    more: Option<String>,
    other: Option<Uuid>,
    by: Option<Uuid>,
}

/// Everything that is written about a client, in one question. The first part gives each column its type.
async fn lines(tx: &mut Tx, client: &Grant<KnownClient>) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select * from (select 'visit' as kind, v.id, v.day, v.at_time, nullif(v.day, v.day) as until,
             nullif(v.day, v.day) as ended, p.name as who, v.decision_maker as flag, v.minutes as number,
             v.mode as code, v.summary as words, s.name as more, s.id as other, v.coach_id as by
         from visit v join person p on p.id = v.coach_id join employer e on e.id = v.employer_id
             join employer s on s.id = coalesce(e.survivor_id, e.id)
         where v.client_id = $1 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         order by v.day desc, v.id desc limit $2) as latest
         union all
         select 'note', n.id, n.day, null, null, null, p.name, null, null, null, n.words, null, null, n.person_id
         from client_note n join person p on p.id = n.person_id where n.client_id = $1 and n.withdrawn_at is null
         union all
         select 'meeting', m.id, m.day, m.at_time, null, null, p.name, m.no_show, m.minutes,
             m.mode || ' ' || m.place, m.words, m.care_worker, null, m.coach_id
         from client_meeting m join person p on p.id = m.coach_id
         where m.client_id = $1 and m.withdrawn_at is null
         union all
         select 'attempt', a.id, a.day, null, null, null, p.name, a.reached, null, a.way, a.words, null, null,
             a.coach_id
         from outreach_attempt a join person p on p.id = a.coach_id
         where a.client_id = $1 and a.withdrawn_at is null
         union all
         select 'match', m.id, m.began_on, null, null, null, o.title, null, null, null, null, s.name, s.id, null
         from job_match m join employer e on e.id = m.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
             left join opportunity o on o.id = m.opportunity_id
         where m.client_id = $1 and m.ended_on is null
         union all
         select 'job', j.id, j.started_on, null, j.ended_on, j.subsidy_until, j.isco08, j.pay_subsidy,
             j.minutes_per_week, null, j.title, s.name, s.id, null
         from job j join employer e on e.id = j.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
         where j.client_id = $1 and j.withdrawn_at is null
         union all
         select 'terms', t.job_id, t.from_day, null, null, t.subsidy_until, t.isco08, t.pay_subsidy,
             t.minutes_per_week, null, t.title, null, null, null
         from job_terms t join job j on j.id = t.job_id
         where j.client_id = $1 and t.withdrawn_at is null and j.withdrawn_at is null
         union all
         select 'transition', t.id, t.started_on, null, t.ended_on, null, null, null, null, t.kind, t.words,
             t.provider, null, null
         from transition t where t.client_id = $1 and t.withdrawn_at is null
         union all
         select 'qualification', q.id, q.completed_on, null, null, null, null, null, null, q.kind, null, null, null,
             null
         from qualification q where q.client_id = $1 and q.withdrawn_at is null
         union all
         select * from (select 'support', u.id, u.day, cast(null as time), cast(null as date), cast(null as date),
             p.name, cast(null as boolean), u.minutes, u.mode || ' ' || u.recipient, u.words, u.kind,
             nullif(u.coach_id, u.coach_id), u.coach_id
         from support u join person p on p.id = u.coach_id where u.client_id = $1 and u.withdrawn_at is null
         order by u.day desc, u.id desc limit 5) as given
         union all
         select 'step', t.id, t.day, null, null, null, p.name, null, null, t.kind, t.words, t.reason, null,
             t.person_id
         from client_step t join person p on p.id = t.person_id where t.client_id = $1
         union all
         select 'reason', t.id, t.day, null, null, null, null, null, null, y.name_en, y.name_fi, y.name_sv, null,
             null
         from client_step t join code_entry y on y.id = t.entry_id where t.client_id = $1
         union all
         select 'day', x.id, x.day_after, null, x.day_before, x.noted_on, p.name, null, null, x.kind, x.words, null,
             x.step_id, x.person_id
         from client_day_change x join person p on p.id = x.person_id where x.client_id = $1
         union all
         select 'coach', k.id, k.from_day, null, k.to_day, null, p.name, null, null, null, null, null, p.id, null
         from client_coach k join person p on p.id = k.person_id where k.client_id = $1
         union all
         select 'disclosure', d.id, d.from_day, null, null, d.withdrawn_on, p.name, null, null, d.may_tell,
             d.agreed_words, s.name, s.id, d.person_id
         from disclosure d join person p on p.id = d.person_id left join employer e on e.id = d.employer_id
             left join employer s on s.id = coalesce(e.survivor_id, e.id)
         where d.client_id = $1
         union all
         select 'talk', l.id, l.day, null, null, null, p.name, null, null, null, l.words, null, null, l.person_id
         from disclosure_talk l join person p on p.id = l.person_id where l.client_id = $1
         union all
         select 'consent', c.id, c.from_day, null, c.to_day, c.withdrawn_on, p.name, null, null, c.categories,
             c.purpose, c.recipient, null, c.person_id
         from consent c join person p on p.id = c.person_id where c.client_id = $1
         union all
         select 'notice', o.id, o.due_since, null, null, o.told_on, null, null, null, o.kind, null, c.recipient,
             null, null
         from consent_notice o join consent c on c.id = o.consent_id where c.client_id = $1
         union all
         select 'memo', r.id, r.sent_on, null, null, null, null, null, null, null, null, t.name, null, null
         from referral r join team t on t.id = r.team_id where r.client_id = $1 and r.withdrawn_on is null
         union all
         select 'plan', n.id, n.day, null, n.next_meeting_on, null, null, null, null, null, null, null, null, null
         from network_plan n where n.client_id = $1 and n.withdrawn_at is null
         union all
         select 'to do', a.id, n.day, null, a.by_day, null, coalesce(p.name, a.responsible), a.of_client, null, null,
             a.what, null, n.id, null
         from plan_action a join network_plan n on n.id = a.plan_id left join person p on p.id = a.responsible_id
         where n.client_id = $1 and n.withdrawn_at is null and a.done_on is null
             and not exists (select 1 from plan_action x join network_plan q on q.id = x.plan_id
                 where x.from_id = a.id and q.withdrawn_at is null)",
        client.id.uuid(),
        VISITS_SHOWN
    )?)
}

fn text(text: Option<String>) -> String {
    text.unwrap_or_default()
}

/// What a client's page says of the terms of a job.
fn terms_of(
    title: String,
    minutes: Option<i64>,
    subsidy_until: Option<NaiveDate>,
    subsidy: Option<bool>,
) -> Terms {
    Terms { title, minutes_per_week: minutes, subsidy_until, subsidy, ..Terms::default() }
}

/// Puts the records where they belong.
fn sort_in(page: &mut ClientPage, line: Line, reader: PersonId) -> Result<()> {
    let mine = line.by == Some(reader.uuid());
    let note = Note { id: line.id, day: line.day, by: text(line.who), mine, words: text(line.words) };
    let (coded, more) = (text(line.code), text(line.more));
    let other = line.other.unwrap_or_default();
    match line.kind.as_str() {
        "visit" => page.visits.push(Visited {
            note,
            mode: code(&coded)?,
            employer: other.into(),
            employer_name: more,
        }),
        "note" => page.notes.push(note),
        "talk" => page.talks.push(note),
        "meeting" => {
            let (mode, place) = coded.split_once(' ').unwrap_or_default();
            page.meetings.push(Meeting {
                note,
                time: line.at_time,
                mode: code(mode)?,
                place: code(place)?,
                minutes: line.number.unwrap_or(0),
                no_show: line.flag.unwrap_or(false),
                care_worker: more,
            });
        }
        "attempt" => {
            page.attempts.push(Attempt { note, way: code(&coded)?, reached: line.flag.unwrap_or(false) })
        }
        "match" => page.matches.push(MatchSeen {
            id: line.id.into(),
            employer: (other.into(), more),
            title: Some(note.by).filter(|title| !title.is_empty()),
            began_on: line.day,
            ended: None,
        }),
        "job" => page.jobs.push(JobSeen {
            id: line.id.into(),
            employer: (other.into(), more),
            from: line.day,
            to: line.until,
            start: terms_of(note.words, line.number, line.ended, line.flag),
            changes: Vec::new(),
        }),
        // The terms of a job stand below it.
        "terms" => {
            if let Some(job) = page.jobs.iter_mut().find(|job| job.id.uuid() == note.id) {
                job.changes.push((line.day, terms_of(note.words, line.number, line.ended, line.flag)));
            }
        }
        "transition" | "qualification" => {
            let (to, from, provider) = (line.until, line.day, more);
            let step = StepToWork { id: note.id, kind: coded, from, to, provider };
            let steps =
                if line.kind == "transition" { &mut page.transitions } else { &mut page.qualifications };
            steps.push(step);
        }
        "support" => {
            let (mode, recipient) = coded.split_once(' ').unwrap_or_default();
            page.supports.push(Supporting {
                note,
                mode: code(mode)?,
                recipient: code(recipient)?,
                kind: more,
            });
        }
        "step" => page.steps.push(Stepped { note, kind: code(&coded)?, reason: more, own: None }),
        "day" => page.corrected.push(Corrected {
            kind: code(&coded)?,
            step: line.other,
            before: line.until.unwrap_or(line.day),
            on: line.ended.unwrap_or(line.day),
            note,
        }),
        // What a step's reason is called; it stands below the steps.
        "reason" => {
            if let Some(step) = page.steps.iter_mut().find(|step| step.note.id == note.id) {
                step.own = Some(Names { fi: note.words, sv: more, en: coded });
            }
        }
        "coach" => {
            page.coaches.push(Coached { person: other.into(), name: note.by, from: line.day, to: line.until })
        }
        "disclosure" => page.told.push(Disclosed {
            note,
            employer: line.other.map(|id| (id.into(), more)),
            may_tell: code(&coded)?,
            withdrawn_on: line.ended,
        }),
        "consent" => page.consents.push(Consented {
            note,
            recipient: more,
            categories: parse_codes(&coded).unwrap_or_default(),
            to: line.until,
            withdrawn_on: line.ended,
        }),
        "notice" => page.notices.push(Notice {
            id: line.id,
            recipient: more,
            withdrawn: coded == "withdrawn",
            since: line.day,
            told_on: line.ended,
        }),
        "plan" => {
            page.plans.push(PlanMade { id: line.id.into(), day: line.day, next_meeting_on: line.until })
        }
        "to do" => page.plan_actions.push(ToDo {
            plan: other.into(),
            what: note.words,
            who: (!line.flag.unwrap_or(false)).then_some(note.by),
            by_day: line.until,
        }),
        _ => page.memos.push(MemoSent { id: line.id, team: more, day: line.day }),
    }
    Ok(())
}

/// The page without its records.
fn opened(actor: &Actor, client: &KnownClient, head: HeadRow) -> Result<ClientPage> {
    let today = actor.today;
    let way = Way {
        referred_on: head.referred_on,
        first_meeting_on: head.first_meeting_on,
        agreement_on: head.agreement_on,
        paused_on: head.paused_on,
        closed_on: head.closed_on,
    };
    let chosen = head.phase.as_deref().map(code).transpose()?;
    let object = Object::Client {
        id: client.id,
        unit: client.unit,
        relation: client.relation,
        coaches: client.coaches.clone(),
    };
    let can_write = actor.may(Action::WriteClient, &object);
    let step = |what: Option<String>, on: Option<NaiveDate>| {
        (what.is_some() || on.is_some()).then(|| NextStep { what: text(what), on })
    };
    let open = client.relation == Relation::Open && way.agreement_on.is_some() && way.paused_on.is_none();
    let profile = match head.profile.zip(head.profile_version) {
        Some((body, version)) => Some((serde_json::from_str(&body).map_err(Error::internal)?, version)),
        None => None,
    };
    Ok(ClientPage {
        id: client.id,
        today,
        phase: phase(PhaseFacts {
            agreed: way.agreement_on.is_some_and(|day| day <= today),
            working: head.working_since.is_some(),
            searching: head.last_visit_on.is_some(),
            chosen,
        }),
        clock: SearchClock::of(way.agreement_on, head.first_met_on, today).filter(|_| open),
        measure_due: open && !head.start_measured,
        support_due: late_days(
            head.working_since,
            head.last_support_on,
            crate::support::agreement(head.agreed_from, head.agreed_every),
            today,
        )
        .filter(|_| client.relation == Relation::Open),
        last_contact_on: head.last_visit_on.max(head.last_support_on),
        name: head.name,
        birth_year: head.birth_year,
        about: AboutFields {
            alias: head.alias,
            phone: text(head.phone),
            email: text(head.email),
            contact_wish: text(head.contact_wish),
        },
        version: head.version,
        unit: head.unit,
        team: head.team,
        way,
        closing_reason: head.closing_reason,
        chosen,
        visit_step: step(head.visit_step, head.visit_step_on)
            .zip(head.visit_step_id)
            .map(|(step, visit)| (step, visit, text(head.visit_employer))),
        step: step(head.next_step, head.next_step_on),
        profile,
        can_write,
        can_log: actor.may(Action::SeeClient, &object),
        behind_glass: !can_write,
        notes: Vec::new(),
        meetings: Vec::new(),
        attempts: Vec::new(),
        visits: Vec::new(),
        matches: Vec::new(),
        jobs: Vec::new(),
        transitions: Vec::new(),
        qualifications: Vec::new(),
        supports: Vec::new(),
        steps: Vec::new(),
        corrected: Vec::new(),
        coaches: Vec::new(),
        told: Vec::new(),
        talks: Vec::new(),
        consents: Vec::new(),
        notices: Vec::new(),
        memos: Vec::new(),
        plans: Vec::new(),
        plan_actions: Vec::new(),
    })
}

impl Backend {
    /// A client's page.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn client_page(&self, actor: &Actor, id: ClientId) -> Result<ClientPage> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::ReadClient, id).await?;
        let head = head(&mut tx, &client, actor.today).await?;
        let mut lines = lines(&mut tx, &client).await?;
        lines.sort_by_key(|line| std::cmp::Reverse((line.day, line.at_time, line.id)));
        let mut page = opened(actor, &client, head)?;
        // A reason belongs to the line of its step, terms to that of their job.
        lines.sort_by_key(|line| matches!(line.kind.as_str(), "reason" | "terms"));
        for line in lines {
            sort_in(&mut page, line, actor.person)?;
        }
        page.plan_actions.sort_by_key(|to_do| (to_do.by_day.is_none(), to_do.by_day));
        let met = page.meetings.iter().find(|meeting| !meeting.no_show).map(|meeting| meeting.note.day);
        page.last_contact_on = page.last_contact_on.max(met);
        note(&mut tx, actor, "read", "client", id);
        tx.commit().await?;
        Ok(page)
    }
}
