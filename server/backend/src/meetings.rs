//! Team meetings: whom a unit's coaches and a treatment team talk about week by week, and who was there.

use crate::access::Actor;
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Object, Relation};
use domain::codes::{Code, TalkOutcome};
use domain::ids::{ClientId, MeetingId, PersonId, ReferralId, TeamId, UnitId};
use domain::meetings::{
    Attendee, Listed, MeetingTeam, Subject, Talk, TalkError, TalkFields, TeamMeeting, can_be_written,
    read_talks, said_name,
};
use uuid::Uuid;

/// What a team meeting is written down as.
#[derive(Clone, Debug, Default)]
pub struct Minutes {
    /// Who was there.
    pub present: Vec<PersonId>,
    /// The rows.
    pub talks: Vec<TalkFields>,
    /// [`TeamMeeting::stamp`] as it was seen.
    pub stamp: String,
}

#[derive(sqlx::FromRow)]
struct TeamRow {
    id: Uuid,
    name: String,
    unit_id: Uuid,
    unit: String,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Uuid,
    name: String,
    of_team: bool,
    present: bool,
}

/// Somebody of the list, or what was said of somebody.
#[derive(sqlx::FromRow)]
struct ListRow {
    kind: String,
    meeting_id: Option<Uuid>,
    client_id: Option<Uuid>,
    referral_id: Option<Uuid>,
    alias: String,
    outcome: Option<String>,
    words: String,
    written_at: Option<DateTime<Utc>>,
    /// Of the client or the memo: its unit, and when it was over.
    unit_id: Option<Uuid>,
    ended_on: Option<NaiveDate>,
}

impl ListRow {
    /// May `actor` read today of whom the row is? A meeting of long ago also speaks of those whose service has
    /// ended since.
    fn is_seen_by(&self, actor: &Actor, team: TeamId) -> bool {
        let Some(unit) = self.unit_id.map(UnitId) else { return true };
        let relation = Relation::on(self.ended_on, actor.today);
        match self.subject() {
            Subject::Client(id) => {
                actor.may(Action::ReadClient, &Object::Client { id, unit, relation, coaches: Vec::new() })
            }
            Subject::Memo(_) => actor.may(Action::DecideReferral, &Object::Referral { team, unit, relation }),
            Subject::NotYet(_) => true,
        }
    }

    fn subject(&self) -> Subject {
        match (self.client_id, self.referral_id) {
            (Some(client), _) => Subject::Client(ClientId(client)),
            (None, Some(memo)) => Subject::Memo(ReferralId(memo)),
            (None, None) => Subject::NotYet(self.alias.clone()),
        }
    }

    fn outcome(&self) -> Result<Option<(TalkOutcome, String)>> {
        let outcome = self.outcome.as_deref().map(TalkOutcome::parse).transpose();
        let outcome = outcome.map_err(|unknown| Error::internal(unknown.allowed))?;
        Ok(outcome.map(|outcome| (outcome, self.words.clone())))
    }
}

impl Backend {
    /// The meeting with a team on a day: who may have been there, and whom it may talk about. Without a team it
    /// is the first, without a day today.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person holds no meetings with the team, or with any.
    pub async fn team_meeting(
        &self,
        actor: &Actor,
        team: Option<TeamId>,
        day: Option<NaiveDate>,
    ) -> Result<TeamMeeting> {
        let mut tx = self.write().await?;
        let meeting = load(&mut tx, actor, team, day.unwrap_or(actor.today)).await?;
        let clients = meeting.listed.iter().filter_map(|listed| match listed.who {
            Subject::Client(client) => Some(client),
            _ => None,
        });
        let held = meeting.held.map(MeetingId::uuid);
        tx.note(Use::by(actor, "read", "team_meeting", held).on_ground("referral").of_clients(clients));
        tx.commit().await?;
        Ok(meeting)
    }

    /// Writes the meeting down, or corrects it the same day.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person holds no meetings with the team, or a row is about somebody who is
    /// not on its list. What is wrong with the rows is a value.
    pub async fn write_team_meeting(
        &self,
        actor: &Actor,
        team: TeamId,
        day: NaiveDate,
        minutes: &Minutes,
    ) -> Result<std::result::Result<(), Vec<TalkError>>> {
        let mut tx = self.write().await?;
        hold(&mut tx, team).await?;
        let meeting = load(&mut tx, actor, Some(team), day).await?;
        let present = |person: &Attendee| minutes.present.contains(&person.id);
        let present: Vec<PersonId> =
            meeting.people.iter().filter(|person| present(person)).map(|person| person.id).collect();
        let talks = match checked(&meeting, present.is_empty(), minutes) {
            Ok(talks) => talks,
            Err(errors) => return Ok(Err(errors)),
        };
        let known = |talk: &Talk| {
            matches!(talk.who, Subject::NotYet(_))
                || meeting.listed.iter().any(|listed| listed.who == talk.who)
        };
        if !talks.iter().all(known) {
            return Err(Error::NotThere);
        }
        let id = write(&mut tx, actor, &meeting, &present, &talks).await?;
        let clients = talks.iter().filter_map(|talk| match talk.who {
            Subject::Client(client) => Some(client),
            _ => None,
        });
        let used = Use::by(actor, "write", "team_meeting", Some(id)).on_ground("referral");
        tx.note(used.of_clients(clients));
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// The rows, when the meeting may be written down as it is.
fn checked(
    meeting: &TeamMeeting,
    nobody_present: bool,
    minutes: &Minutes,
) -> std::result::Result<Vec<Talk>, Vec<TalkError>> {
    let mut errors = Vec::new();
    if !meeting.open {
        errors.push(TalkError::Day);
    } else if meeting.stamp != minutes.stamp {
        errors.push(TalkError::ChangedMeanwhile);
    }
    if nobody_present {
        errors.push(TalkError::NobodyPresent);
    }
    match read_talks(&minutes.talks) {
        Ok(talks) if errors.is_empty() => Ok(talks),
        read => {
            errors.extend(read.err().unwrap_or_default());
            Err(errors)
        }
    }
}

/// Holds a team until the transaction ends: two who write its meeting down at once make one meeting.
async fn hold(tx: &mut Tx, team: TeamId) -> Result<()> {
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from team where id = $1",
        postgres: "select id from team where id = $1 for update",
        team.uuid()
    )?;
    Ok(())
}

/// The meeting in three questions: the teams, the people, the list.
async fn load(tx: &mut Tx, actor: &Actor, team: Option<TeamId>, day: NaiveDate) -> Result<TeamMeeting> {
    let mut rows = fetch_all!(
        tx,
        TeamRow,
        "select t.id, t.name, t.unit_id, u.name as unit from team t join unit u on u.id = t.unit_id
         where t.unit_id in (select unit_id from post where person_id = $1 and role in ('coach', 'lead')
             and from_day <= $2 and (to_day is null or to_day >= $2))
         order by t.name, t.id",
        actor.person.uuid(),
        actor.today
    )?;
    rows.retain(|row| actor.may(Action::HoldTeamMeeting, &Object::Unit(UnitId(row.unit_id))));
    let chosen = rows.iter().find(|row| team.is_none_or(|team| team.uuid() == row.id));
    let Some(chosen) = chosen else { return Err(Error::NotThere) };
    let people = people(tx, chosen.id, chosen.unit_id, day).await?;
    let (held, mut rows_of_list) = list(tx, chosen.id, day).await?;
    let written_at =
        rows_of_list.iter().filter(|row| row.kind == "talk").filter_map(|row| row.written_at).max();
    let written_on = written_at.map(|at| at.with_timezone(&ZONE).date_naive());
    rows_of_list.retain(|row| row.is_seen_by(actor, chosen.id.into()));
    let of =
        |row: &TeamRow| MeetingTeam { id: row.id.into(), name: row.name.clone(), unit: row.unit.clone() };
    Ok(TeamMeeting {
        team: of(chosen),
        teams: rows.iter().map(of).collect(),
        day,
        today: actor.today,
        held,
        stamp: written_at.map(|at| at.timestamp_micros().to_string()).unwrap_or_default(),
        open: can_be_written(day, held.is_some(), written_on, actor.today),
        people,
        listed: listed(rows_of_list)?,
    })
}

/// The unit's coaches and leads and the team's referrers of that day.
async fn people(tx: &mut Tx, team: Uuid, unit: Uuid, day: NaiveDate) -> Result<Vec<Attendee>> {
    let rows = fetch_all!(
        tx,
        PersonRow,
        "select p.id, p.name, not exists (select 1 from post o where o.person_id = p.id and o.unit_id = $2
                 and o.role in ('coach', 'lead') and o.from_day <= $3
                 and (o.to_day is null or o.to_day >= $3)) as of_team,
             exists (select 1 from meeting m join meeting_presence mp on mp.meeting_id = m.id
                 where m.team_id = $1 and m.kind = 'treatment_team' and m.day = $3
                     and mp.person_id = p.id) as present
         from person p where exists (select 1 from post o where o.person_id = p.id and o.from_day <= $3
             and (o.to_day is null or o.to_day >= $3)
             and ((o.unit_id = $2 and o.role in ('coach', 'lead')) or (o.team_id = $1 and o.role = 'referrer')))
         order by of_team, p.name, p.id",
        team,
        unit,
        day
    )?;
    let attendee = |row: PersonRow| Attendee {
        id: row.id.into(),
        name: row.name,
        of_team: row.of_team,
        present: row.present,
    };
    Ok(rows.into_iter().map(attendee).collect())
}

/// Everybody of whom the meeting may speak, with what was said this time and last time; and the meeting of
/// that day, if it was held.
async fn list(tx: &mut Tx, team: Uuid, day: NaiveDate) -> Result<(Option<MeetingId>, Vec<ListRow>)> {
    let rows = fetch_all!(
        tx,
        ListRow,
        "select 'client' as kind, cast(null as uuid) as meeting_id, c.id as client_id,
             cast(null as uuid) as referral_id, c.alias, cast(null as text) as outcome, '' as words,
             cast(null as timestamptz) as written_at, c.unit_id, c.closed_on as ended_on
         from client c where c.team_id = $1 and (c.closed_on is null or c.closed_on >= $2)
         union all
         select 'memo', null, null, r.id, r.name, null, '', null, r.unit_id, null from referral r
         where r.team_id = $1 and r.withdrawn_on is null and r.accepted is null and r.sent_on <= $2
         union all
         select 'held', m.id, null, null, '', null, '', null, null, null from meeting m
         where m.team_id = $1 and m.kind = 'treatment_team' and m.day = $2
         union all
         select 'talk', t.meeting_id, t.client_id, t.referral_id, t.alias, t.outcome, t.words, t.written_at,
             coalesce(c.unit_id, r.unit_id), case when t.client_id is not null then c.closed_on
                 when r.withdrawn_on is not null then r.withdrawn_on
                 when r.decline_reason is not null then r.decided_on else rc.closed_on end
         from meeting_talk t join meeting m on m.id = t.meeting_id left join client c on c.id = t.client_id
             left join referral r on r.id = t.referral_id left join client rc on rc.id = r.client_id
         where m.team_id = $1 and m.kind = 'treatment_team' and m.day = $2
         union all
         select 'last', t.meeting_id, t.client_id, t.referral_id, t.alias, t.outcome, t.words, t.written_at,
             coalesce(c.unit_id, r.unit_id), coalesce(c.closed_on, rc.closed_on)
         from meeting_talk t left join client c on c.id = t.client_id left join referral r on r.id = t.referral_id
             left join client rc on rc.id = r.client_id
         where t.outcome in ('follow', 'to_refer') and (c.closed_on is null or c.closed_on >= $2)
             and r.withdrawn_on is null and r.decline_reason is null
             and t.meeting_id = (select m.id from meeting m where m.team_id = $1 and m.kind = 'treatment_team'
                 and m.day < $2 order by m.day desc, m.id desc limit 1)
         order by 5, 4, 3",
        team,
        day
    )?;
    let held = rows.iter().filter(|row| row.kind == "held").filter_map(|row| row.meeting_id).min();
    Ok((held.map(MeetingId), rows))
}

/// The list as it is read: to go on with first, then who waits, the clients, who is not referred yet.
fn listed(rows: Vec<ListRow>) -> Result<Vec<Listed>> {
    let mut all: Vec<Listed> = Vec::new();
    let place = |all: &mut Vec<Listed>, row: &ListRow| {
        let who = row.subject();
        all.iter().position(|listed| listed.who == who).unwrap_or_else(|| {
            let alias = if row.referral_id.is_some() { said_name(&row.alias) } else { row.alias.clone() };
            all.push(Listed { who, alias, talk: None, last: None });
            all.len() - 1
        })
    };
    for kind in ["last", "memo", "client", "talk"] {
        for row in rows.iter().filter(|row| row.kind == kind) {
            let at = place(&mut all, row);
            match kind {
                "last" => all[at].last = row.outcome()?,
                "talk" => all[at].talk = row.outcome()?,
                _ => {}
            }
        }
    }
    Ok(all)
}

/// Writes it: the meeting once, who was there and what was said anew.
async fn write(
    tx: &mut Tx,
    actor: &Actor,
    meeting: &TeamMeeting,
    present: &[PersonId],
    talks: &[Talk],
) -> Result<Uuid> {
    let id = match meeting.held {
        Some(held) => held.uuid(),
        None => {
            let id = new_id();
            execute!(
                tx,
                "insert into meeting (id, day, kind, team_id, unit_id)
                 select $1, $2, 'treatment_team', id, unit_id from team where id = $3",
                id,
                meeting.day,
                meeting.team.id.uuid()
            )?;
            id
        }
    };
    execute!(tx, "delete from meeting_presence where meeting_id = $1", id)?;
    execute!(tx, "delete from meeting_talk where meeting_id = $1", id)?;
    for person in present {
        execute!(
            tx,
            "insert into meeting_presence (meeting_id, person_id) values ($1, $2)",
            id,
            person.uuid()
        )?;
    }
    for talk in talks {
        write_talk(tx, actor, id, meeting, talk).await?;
    }
    Ok(id)
}

async fn write_talk(
    tx: &mut Tx,
    actor: &Actor,
    meeting_id: Uuid,
    meeting: &TeamMeeting,
    talk: &Talk,
) -> Result<()> {
    let (client, memo) = match &talk.who {
        Subject::Client(client) => (Some(client.uuid()), None),
        Subject::Memo(memo) => (None, Some(memo.uuid())),
        Subject::NotYet(_) => (None, None),
    };
    let alias = match &talk.who {
        Subject::NotYet(alias) => alias.clone(),
        known => {
            let listed = meeting.listed.iter().find(|listed| listed.who == *known);
            listed.map(|listed| listed.alias.clone()).unwrap_or_default()
        }
    };
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into meeting_talk (id, meeting_id, client_id, referral_id, alias, outcome, words, person_id,
             written_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new_id(),
        meeting_id,
        client,
        memo,
        alias,
        talk.outcome.code(),
        &talk.words,
        actor.person.uuid(),
        now
    )?;
    Ok(())
}
