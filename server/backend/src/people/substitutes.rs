//! Who stands in for a coach, from one day to another.

use crate::access::{Actor, KnownCoach, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::forms::FieldError;
use domain::ids::{PersonId, UnitId};
use domain::people::{Standing, SubstituteFields};
use uuid::Uuid;

/// Somebody who stands, stood or will stand in for a coach.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Which.
    pub id: Uuid,
    /// The coach.
    pub coach: String,
    /// Who stands in.
    pub substitute: String,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day as it was said.
    pub to_day: NaiveDate,
    /// The first day without, when it was ended early.
    pub ended_on: Option<NaiveDate>,
    /// How it stands today.
    pub standing: Standing,
    /// May whoever asks end it?
    pub may_end: bool,
}

/// Who can be chosen.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The coaches for whom whoever asks may name somebody.
    pub coaches: Vec<(PersonId, String)>,
    /// Everybody who works in the field today, with the unit.
    pub substitutes: Vec<(PersonId, String)>,
}

/// The page of those who stand in.
#[derive(Clone, Debug)]
pub struct Substitutes {
    /// Now, ahead and past, in this order.
    pub list: Vec<StandIn>,
    /// Who can be chosen.
    pub choices: Choices,
    /// Today.
    pub today: NaiveDate,
}

/// A post in the field.
#[derive(sqlx::FromRow)]
struct FieldRow {
    id: Uuid,
    name: String,
    unit_id: Uuid,
    unit: String,
    now: bool,
}

#[derive(sqlx::FromRow)]
struct StandInRow {
    id: Uuid,
    coach_id: Uuid,
    coach: String,
    substitute_id: Uuid,
    substitute: String,
    from_day: NaiveDate,
    to_day: NaiveDate,
    ended_on: Option<NaiveDate>,
}

impl Backend {
    /// Who stands in: for the coaches of the units that the person leads, for the person, and for whom the
    /// person does.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person does not work in the field.
    pub async fn substitutes(&self, actor: &Actor) -> Result<Substitutes> {
        let mut tx = self.write().await?;
        authorise::<KnownCoach>(&mut tx, actor, Action::AppointSubstitute, actor.person).await?;
        let field = field_posts(&mut tx, actor.today).await?;
        let choices = choices(actor, &field);
        let appoints = |coach: Uuid| choices.coaches.iter().any(|(id, _)| id.uuid() == coach);
        let rows = stand_ins(&mut tx, actor.today).await?;
        let mine = |row: &StandInRow| {
            let own = actor.person.uuid();
            appoints(row.coach_id) || row.coach_id == own || row.substitute_id == own
        };
        let mut list: Vec<StandIn> = rows
            .into_iter()
            .filter(mine)
            .map(|row| {
                let standing = Standing::on(row.from_day, row.to_day, row.ended_on, actor.today);
                StandIn { may_end: appoints(row.coach_id), standing, ..stand_in(row) }
            })
            .collect();
        list.sort_by_key(|row| row.standing);
        tx.note(Use::by(actor, "read", "substitutes", None).on_ground("people"));
        tx.commit().await?;
        Ok(Substitutes { list, choices, today: actor.today })
    }

    /// Says who stands in for a coach.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the coach is not the person nor one whom the person leads.
    pub async fn appoint_substitute(
        &self,
        actor: &Actor,
        fields: &SubstituteFields,
    ) -> Result<std::result::Result<Uuid, Vec<FieldError>>> {
        let mut tx = self.write().await?;
        let own = authorise::<KnownCoach>(&mut tx, actor, Action::AppointSubstitute, actor.person).await?;
        // Whoever may not is not told what is wrong with the form.
        if let Ok(coach) = fields.coach.trim().parse::<PersonId>()
            && coach != own.id
        {
            authorise::<KnownCoach>(&mut tx, actor, Action::AppointSubstitute, coach).await?;
        }
        let said = match fields.read(actor.today) {
            Ok(said) => said,
            Err(errors) => return Ok(Err(errors)),
        };
        let in_field: Option<(Uuid,)> = fetch_optional!(
            tx,
            (Uuid,),
            "select person_id from post where person_id = $1 and role in ('coach', 'lead') and from_day <= $2
                 and (to_day is null or to_day >= $2) limit 1",
            said.substitute.uuid(),
            actor.today
        )?;
        if in_field.is_none() {
            return Ok(Err(vec![FieldError::Choice("substitute")]));
        }
        let id = new_id();
        let now = self.clock.now();
        execute!(
            tx,
            "insert into substitute (id, coach_id, substitute_id, from_day, to_day, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            said.coach.uuid(),
            said.substitute.uuid(),
            said.from_day,
            said.to_day,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "appoint", "substitute", Some(id)).on_ground("people"));
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Ends standing in: today is the first day without. Gives whether there was anything to end.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when it is not there or not the person's to end.
    pub async fn end_substitute(&self, actor: &Actor, id: Uuid) -> Result<bool> {
        let mut tx = self.write().await?;
        allowed(&mut tx, actor, id).await?;
        let ended = execute!(
            tx,
            "update substitute set ended_on = $1 where id = $2 and ended_on is null and to_day >= $1",
            actor.today,
            id
        )?;
        tx.note(Use::by(actor, "end", "substitute", Some(id)).on_ground("people"));
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Takes the ending back, on the day of ending.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when it is not there or not the person's to end.
    pub async fn resume_substitute(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let mut tx = self.write().await?;
        allowed(&mut tx, actor, id).await?;
        execute!(
            tx,
            "update substitute set ended_on = null where id = $1 and ended_on = $2",
            id,
            actor.today
        )?;
        tx.note(Use::by(actor, "resume", "substitute", Some(id)).on_ground("people"));
        tx.commit().await
    }
}

/// May the person decide about it? One that is not there costs the same two questions as another's.
async fn allowed(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<()> {
    let coach: Option<(Uuid,)> =
        fetch_optional!(tx, (Uuid,), "select coach_id from substitute where id = $1", id)?;
    let coach = coach.map_or(PersonId(Uuid::nil()), |(coach,)| coach.into());
    authorise::<KnownCoach>(tx, actor, Action::AppointSubstitute, coach).await?;
    Ok(())
}

/// Everybody's posts in the field that hold today or on a day that comes.
async fn field_posts(tx: &mut Tx, today: NaiveDate) -> Result<Vec<FieldRow>> {
    Ok(fetch_all!(
        tx,
        FieldRow,
        "select p.id, p.name, o.unit_id, u.name as unit, o.from_day <= $1 as now
         from post o join person p on p.id = o.person_id join unit u on u.id = o.unit_id
         where o.role in ('coach', 'lead') and (o.to_day is null or o.to_day >= $1)
         order by p.name, p.id, o.from_day",
        today
    )?)
}

/// For whom the person may name somebody, by the rule of the door, and whom.
fn choices(actor: &Actor, field: &[FieldRow]) -> Choices {
    let mut choices = Choices::default();
    for row in field {
        let id = PersonId(row.id);
        let units: Vec<UnitId> =
            field.iter().filter(|other| other.id == row.id).map(|other| other.unit_id.into()).collect();
        let may = actor.may(Action::AppointSubstitute, &Object::Coach { coach: id, units });
        if may && choices.coaches.iter().all(|(known, _)| *known != id) {
            choices.coaches.push((id, row.name.clone()));
        }
        if row.now && choices.substitutes.iter().all(|(known, _)| *known != id) {
            choices.substitutes.push((id, format!("{}, {}", row.name, row.unit)));
        }
    }
    choices
}

async fn stand_ins(tx: &mut Tx, today: NaiveDate) -> Result<Vec<StandInRow>> {
    let since = today - chrono::Days::new(366);
    Ok(fetch_all!(
        tx,
        StandInRow,
        "select s.id, s.coach_id, c.name as coach, s.substitute_id, p.name as substitute, s.from_day, s.to_day,
             s.ended_on
         from substitute s join person c on c.id = s.coach_id join person p on p.id = s.substitute_id
         where s.to_day >= $1 order by s.from_day desc, s.id desc",
        since
    )?)
}

fn stand_in(row: StandInRow) -> StandIn {
    StandIn {
        id: row.id,
        coach: row.coach,
        substitute: row.substitute,
        from_day: row.from_day,
        to_day: row.to_day,
        ended_on: row.ended_on,
        standing: Standing::Past,
        may_end: false,
    }
}
