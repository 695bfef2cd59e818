//! The team lead's week: for each coach on duty what the records say to talk about. And the meetings of a unit:
//! supervision, the coaches' own meeting, mentoring in the field, partners.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::clients::{Tried, cases_of_unit};
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::{Days, NaiveDate};
use domain::access::{Action, Object, Relation};
use domain::calendar::Week;
use domain::clients::caseload::Case;
use domain::codes::{Code, MeetingKind, Role};
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId, UnitId};
use domain::lead::{
    MeetingFields, TalkedFields, ThinkWhy, by_lead_only, mentoring_due, speaks_of_clients, to_think_through,
};
use domain::time_use::TimeOfWeek;
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many meetings stand on a page.
pub const PAGE: i64 = 50;

/// A coach's week.
#[derive(Clone, Debug)]
pub struct CoachWeek {
    /// Who.
    pub coach: PersonId,
    /// Name.
    pub name: String,
    /// Contacts with employers in the week: all, in person, and in person for a client.
    pub contacts: [i64; 3],
    /// The coach's open clients.
    pub cases: Vec<Case>,
    /// Whom to think through, and why.
    pub think: Option<(ClientId, ThinkWhy)>,
    /// Is it time to be in the field together, and when was the last time?
    pub mentoring: (bool, Option<NaiveDate>),
    /// The last supervision.
    pub supervised_on: Option<NaiveDate>,
    /// What the week went to, where it is written down.
    pub time: Option<TimeOfWeek>,
}

/// The lead's week.
#[derive(Clone, Debug)]
pub struct UnitWeek {
    /// Which week.
    pub week: Week,
    /// The coaches on duty, by name.
    pub coaches: Vec<CoachWeek>,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Fact {
    kind: String,
    person_id: Uuid,
    name: Option<String>,
    day: Option<NaiveDate>,
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
}

async fn facts(tx: &mut Tx, unit: UnitId, week: Week, today: NaiveDate) -> Result<Vec<Fact>> {
    let since = today.checked_sub_days(Days::new(27)).unwrap_or(today);
    Ok(fetch_all!(
        tx,
        Fact,
        "select 'coach' as kind, p.id as person_id, p.name, min(o.from_day) as day, cast(null as bigint) as a,
             cast(null as bigint) as b, cast(null as bigint) as c
         from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role = 'coach' and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)
         group by p.id, p.name
         union all
         select 'week', v.coach_id, null, null, count(*),
             count(case when v.mode = 'in_person' then 1 end),
             count(case when v.mode = 'in_person' and (v.client_id is not null or v.client_erased) then 1 end)
         from visit v where v.unit_id = $1 and v.day between $3 and $4
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         group by v.coach_id
         union all
         select 'recent', v.coach_id, null, null, count(*), null, null
         from visit v where v.unit_id = $1 and v.day between $5 and $2 and v.mode = 'in_person'
             and (v.client_id is not null or v.client_erased)
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         group by v.coach_id
         union all
         select m.kind, r.person_id, null, max(m.day), null, null, null
         from meeting m join meeting_presence r on r.meeting_id = m.id
         where m.unit_id = $1 and m.withdrawn_at is null and m.kind in ('supervision', 'field_mentoring')
         group by m.kind, r.person_id
         union all
         select 'time', coach_id, null, null,
             cast(sum(case when category = 'employment_service' and place = 'community' then minutes else 0 end) as bigint),
             cast(sum(case when category = 'employment_service' and place = 'office' then minutes else 0 end) as bigint),
             cast(sum(case when category = 'other' then minutes else 0 end) as bigint)
         from time_use where week_of between $3 and $4
             and coach_id in (select person_id from post where unit_id = $1 and role = 'coach')
         group by coach_id",
        unit.uuid(),
        today,
        week.monday,
        week.sunday(),
        since
    )?)
}

/// A meeting as the list shows it.
#[derive(Clone, Debug)]
pub struct MeetingSeen {
    /// Which.
    pub id: Uuid,
    /// What kind.
    pub kind: MeetingKind,
    /// The day.
    pub day: NaiveDate,
    /// How long, in minutes.
    pub minutes: Option<i64>,
    /// Who was there.
    pub present: Vec<String>,
    /// With which partner or team.
    pub partner: String,
    /// What was said.
    pub words: String,
    /// Who was thought through, by alias, and what was said; only for whom may read the client.
    pub clients: Vec<(ClientId, String, String)>,
    /// May the reader take it back?
    pub mine: bool,
}

/// The unit's meetings.
#[derive(Clone, Debug)]
pub struct MeetingsPage {
    /// The meetings, the latest first.
    pub meetings: Vec<MeetingSeen>,
    /// Are there more?
    pub more: bool,
    /// Does the reader lead the unit?
    pub leads: bool,
}

/// What the form of a meeting opens with.
#[derive(Clone, Debug)]
pub struct MeetingForm {
    /// The people of the unit.
    pub people: Vec<(PersonId, String)>,
    /// The unit's open clients, by alias.
    pub clients: Vec<(ClientId, String)>,
    /// The identity of what is written.
    pub entry: Uuid,
    /// Today.
    pub today: NaiveDate,
    /// Who writes.
    pub me: PersonId,
    /// Does the writer lead the unit?
    pub leads: bool,
}

#[derive(sqlx::FromRow)]
struct MeetingLine {
    id: Uuid,
    kind: String,
    day: NaiveDate,
    minutes: Option<i64>,
    partner: String,
    words: String,
    noted_by: Option<Uuid>,
    /// Somebody who was there, or a client who was thought through.
    person: Option<String>,
    person_id: Option<Uuid>,
    client_id: Option<Uuid>,
    alias: Option<String>,
    said: Option<String>,
    closed_on: Option<NaiveDate>,
}

async fn meeting_lines(tx: &mut Tx, unit: UnitId, page: u32) -> Result<Vec<MeetingLine>> {
    Ok(fetch_all!(
        tx,
        MeetingLine,
        "with held as (select id, kind, day, minutes, partner, words, noted_by, team_id from meeting
             where (unit_id = $1 or team_id in (select id from team where unit_id = $1)) and withdrawn_at is null
             order by day desc, id desc limit $2 offset $3)
         select m.id, m.kind, m.day, m.minutes, coalesce(nullif(m.partner, ''), t.name, '') as partner, m.words,
             m.noted_by, p.name as person, p.id as person_id, null as client_id, null as alias, null as said,
             null as closed_on, 0 as part
         from held m left join team t on t.id = m.team_id left join meeting_presence r on r.meeting_id = m.id
             left join person p on p.id = r.person_id
         union all
         select m.id, m.kind, m.day, m.minutes, '', '', m.noted_by, null, null, c.id, c.alias, s.words, c.closed_on, 1
         from held m join supervision_client s on s.meeting_id = m.id join client c on c.id = s.client_id
         order by 3 desc, 1 desc, 14, 8, 11",
        unit.uuid(),
        PAGE + 1,
        i64::from(page) * PAGE
    )?)
}

/// A meeting that this person may go on writing: the own, or as the lead any that was written here.
async fn held(tx: &mut Tx, actor: &Actor, unit: UnitId, id: Uuid) -> Result<MeetingKind> {
    let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
    let kind: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select kind from meeting where id = $1 and unit_id = $2 and withdrawn_at is null
             and noted_by is not null and (noted_by = $3 or $4 = 1)",
        id,
        unit.uuid(),
        actor.person.uuid(),
        i64::from(leads)
    )?;
    let kind = MeetingKind::parse(&kind.ok_or(Error::NotThere)?.0).map_err(Error::internal)?;
    if speaks_of_clients(kind) { Ok(kind) } else { Err(Error::NotThere) }
}

async fn form_of(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<MeetingForm> {
    let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
    let rows: Vec<(String, Uuid, String)> = fetch_all!(
        tx,
        (String, Uuid, String),
        "select distinct 'person', p.id, p.name from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2)
         union all
         select 'client', c.id, c.alias from client c where c.unit_id = $1 and c.closed_on is null
         order by 3, 2",
        unit.uuid(),
        actor.today
    )?;
    let mut form = MeetingForm {
        people: Vec::new(),
        clients: Vec::new(),
        entry: new_id(),
        today: actor.today,
        me: actor.person,
        leads,
    };
    for (kind, id, name) in rows {
        if kind == "person" {
            form.people.push((id.into(), name));
        } else {
            form.clients.push((id.into(), name));
        }
    }
    Ok(form)
}

async fn note_talk(tx: &mut Tx, meeting: Uuid, id: Uuid, client: ClientId, words: &str) -> Result<()> {
    execute!(
        tx,
        "insert into supervision_client (id, meeting_id, client_id, words) values ($1, $2, $3, $4)
         on conflict (id) do nothing",
        id,
        meeting,
        client.uuid(),
        words
    )?;
    Ok(())
}

/// The unit that the person leads, or else works in.
fn unit_of(actor: &Actor) -> Result<UnitId> {
    let led = actor.posts.iter().find(|post| post.role == Role::Lead).map(|post| post.unit);
    led.or_else(|| actor.field_unit()).ok_or(Error::NotThere)
}

impl Backend {
    /// The lead's week: a section for each coach on duty.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit.
    pub async fn unit_week(&self, actor: &Actor, week: Week) -> Result<UnitWeek> {
        let mut tx = self.write().await?;
        let unit = unit_of(actor)?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::LeadUnit, unit).await?.id;
        let today = actor.today;
        let facts = facts(&mut tx, unit, week, today).await?;
        let cases = cases_of_unit(&mut tx, actor, unit).await?;
        let mut coaches: BTreeMap<Uuid, (CoachWeek, NaiveDate, i64)> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.kind == "coach") {
            let coach = CoachWeek {
                coach: fact.person_id.into(),
                name: fact.name.clone().unwrap_or_default(),
                contacts: [0; 3],
                cases: Vec::new(),
                think: None,
                mentoring: (false, None),
                supervised_on: None,
                time: None,
            };
            coaches.insert(fact.person_id, (coach, fact.day.unwrap_or(today), 0));
        }
        for fact in &facts {
            let Some((coach, _, recent)) = coaches.get_mut(&fact.person_id) else { continue };
            match fact.kind.as_str() {
                "week" => coach.contacts = [fact.a, fact.b, fact.c].map(Option::unwrap_or_default),
                "time" => {
                    let [community, office, other] = [fact.a, fact.b, fact.c].map(Option::unwrap_or_default);
                    coach.time = Some(TimeOfWeek { community, office, other });
                }
                "recent" => *recent = fact.a.unwrap_or(0),
                "supervision" => coach.supervised_on = fact.day,
                "field_mentoring" => coach.mentoring.1 = fact.day,
                _ => {}
            }
        }
        for case in &cases {
            for (id, _) in &case.coaches {
                if let Some((coach, ..)) = coaches.get_mut(&id.uuid()) {
                    coach.cases.push(case.clone());
                }
            }
        }
        let mut coaches: Vec<CoachWeek> = coaches
            .into_values()
            .map(|(mut coach, since, recent)| {
                coach.think = to_think_through(&coach.cases, today);
                coach.mentoring.0 = mentoring_due(since, recent, coach.mentoring.1, today);
                coach
            })
            .collect();
        coaches.sort_by(|one, other| (&one.name, one.coach).cmp(&(&other.name, other.coach)));
        tx.note(Use::by(actor, "read", "lead_week", None).of_clients(cases.iter().map(|case| case.id)));
        tx.commit().await?;
        Ok(UnitWeek { week, coaches, today })
    }

    /// The meetings of the own unit.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn unit_meetings(&self, actor: &Actor, page: u32) -> Result<MeetingsPage> {
        let unit = unit_of(actor)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?.id;
        let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
        let mut meetings: Vec<MeetingSeen> = Vec::new();
        let (mut there, mut hidden) = (Vec::new(), Vec::new());
        for line in meeting_lines(&mut tx, unit, page).await? {
            let kind = MeetingKind::parse(&line.kind).map_err(Error::internal)?;
            if meetings.last().is_none_or(|last| last.id != line.id) {
                let mine = line.noted_by == Some(actor.person.uuid()) || leads && line.noted_by.is_some();
                meetings.push(MeetingSeen {
                    id: line.id,
                    kind,
                    day: line.day,
                    minutes: line.minutes,
                    present: Vec::new(),
                    partner: line.partner,
                    words: line.words,
                    clients: Vec::new(),
                    mine,
                });
                if by_lead_only(kind) && !leads {
                    hidden.push(line.id);
                }
            }
            if line.person_id == Some(actor.person.uuid()) {
                there.push(line.id);
            }
            let Some(last) = meetings.last_mut() else { continue };
            last.present.extend(line.person);
            if let (Some(id), Some(alias)) = (line.client_id, line.alias) {
                let relation = Relation::on(line.closed_on, actor.today);
                let object = Object::Client { id: id.into(), unit, relation, coaches: Vec::new() };
                if actor.may(Action::ReadClient, &object) {
                    last.clients.push((id.into(), alias, line.said.unwrap_or_default()));
                }
            }
        }
        let more = meetings.len() as i64 > PAGE;
        meetings.truncate(PAGE as usize);
        // What a lead and a coach talked about is theirs.
        meetings.retain(|meeting| !hidden.contains(&meeting.id) || there.contains(&meeting.id));
        let clients = meetings.iter().flat_map(|meeting| meeting.clients.iter().map(|(id, ..)| *id));
        tx.note(Use::by(actor, "read", "meetings", None).of_clients(clients));
        tx.commit().await?;
        Ok(MeetingsPage { meetings, more, leads })
    }

    /// What the form of a meeting opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field, or for a kind that is the lead's alone.
    pub async fn meeting_form(&self, actor: &Actor, kind: MeetingKind) -> Result<MeetingForm> {
        let unit = unit_of(actor)?;
        let door = if by_lead_only(kind) { Action::LeadUnit } else { Action::HoldTeamMeeting };
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, door, unit).await?.id;
        let form = form_of(&mut tx, actor, unit).await?;
        tx.note(Use::by(actor, "read", "meetings", None).of_clients(form.clients.iter().map(|(id, _)| *id)));
        tx.commit().await?;
        Ok(form)
    }

    /// What the form of one more client of a meeting opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the meeting is not there for this person.
    pub async fn talk_form(&self, actor: &Actor, meeting: Uuid) -> Result<(MeetingKind, MeetingForm)> {
        let unit = unit_of(actor)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?.id;
        let kind = held(&mut tx, actor, unit, meeting).await?;
        let form = form_of(&mut tx, actor, unit).await?;
        tx.note(
            Use::by(actor, "read", "meetings", Some(meeting))
                .of_clients(form.clients.iter().map(|(id, _)| *id)),
        );
        tx.commit().await?;
        Ok((kind, form))
    }

    /// Writes a meeting down, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not hold such a meeting.
    pub async fn write_meeting(
        &self,
        actor: &Actor,
        form: &MeetingForm,
        id: Uuid,
        fields: &MeetingFields,
    ) -> Result<Tried<()>> {
        let meeting = match fields.read(actor.today) {
            Ok(meeting) => meeting,
            Err(errors) => return Ok(Err(errors)),
        };
        let unit = unit_of(actor)?;
        let door = if by_lead_only(meeting.kind) { Action::LeadUnit } else { Action::HoldTeamMeeting };
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, door, unit).await?.id;
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let known = |person: &PersonId| form.people.iter().any(|(id, _)| id == person);
        if !meeting.present.iter().all(known) {
            return Ok(Err(vec![FieldError::Choice("present")]));
        }
        let client = meeting.client.as_ref().map(|(client, _)| *client);
        if client.is_some_and(|client| !form.clients.iter().any(|(id, _)| *id == client)) {
            return Ok(Err(vec![FieldError::Choice("client")]));
        }
        let now = tx.clock().now();
        let written = execute!(
            tx,
            "insert into meeting (id, day, kind, unit_id, words, minutes, partner, noted_by, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
            id,
            meeting.day,
            meeting.kind.code(),
            unit.uuid(),
            meeting.words,
            meeting.minutes,
            meeting.partner,
            actor.person.uuid(),
            now
        )?;
        if written == 1 {
            for person in &meeting.present {
                execute!(
                    tx,
                    "insert into meeting_presence (meeting_id, person_id) values ($1, $2)
                     on conflict (meeting_id, person_id) do nothing",
                    id,
                    person.uuid()
                )?;
            }
            if let Some((client, words)) = &meeting.client {
                note_talk(&mut tx, id, new_id(), *client, words).await?;
            }
        }
        tx.note(Use::by(actor, "write", "meetings", Some(id)).of_clients(client));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// One more client who was thought through at a meeting that somebody wrote here: by who wrote it, or the lead.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the meeting is not there for this person.
    pub async fn talk_of_client(
        &self,
        actor: &Actor,
        meeting: Uuid,
        id: Uuid,
        fields: &TalkedFields,
    ) -> Result<Tried<()>> {
        let (client, words) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let unit = unit_of(actor)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?.id;
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        held(&mut tx, actor, unit, meeting).await?;
        let open: Option<(Uuid,)> = fetch_optional!(
            tx,
            (Uuid,),
            "select id from client where id = $1 and unit_id = $2 and closed_on is null",
            client.uuid(),
            unit.uuid()
        )?;
        if open.is_none() {
            return Ok(Err(vec![FieldError::Choice("client")]));
        }
        note_talk(&mut tx, meeting, id, client, &words).await?;
        tx.note(Use::by(actor, "write", "meetings", Some(meeting)).of_clients([client]));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a meeting back that somebody wrote here, or brings it back: the own, or as the lead any of the unit.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn take_meeting(&self, actor: &Actor, id: Uuid, back: bool) -> Result<()> {
        let unit = unit_of(actor)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?.id;
        let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update meeting set withdrawn_at = $4 where id = $1 and unit_id = $2 and noted_by is not null
                 and (noted_by = $3 or $5 = 1)",
            id,
            unit.uuid(),
            actor.person.uuid(),
            at,
            i64::from(leads)
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, if back { "restore" } else { "withdraw" }, "meetings", Some(id)));
        tx.commit().await
    }
}
