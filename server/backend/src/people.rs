//! The people of a unit and their invitations; who stands in for whom, who reads outside the relation, who
//! read many clients, who used a client's data; for the command line also locking and resetting.

mod alarms;
mod glass;
mod substitutes;
mod uses;

pub(crate) use alarms::raise_alarm;
pub use alarms::{Alarm, Waiting};
pub use glass::{GlassList, GlassSeen, OpenGlass};
pub use substitutes::{Choices, StandIn, Substitutes};
pub use uses::{MayKnow, ToBeTold, UseSeen, Uses};

use crate::access::{Actor, KnownPerson, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::sign_in::{Token, end_sessions, make_invitation};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{AccountState, Action, Colleague, Object};
use domain::codes::{Code, Role};
use domain::ids::{PersonId, UnitId};
use domain::sign_in::{normalise_sign_in_name, suggest_sign_in_name};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct ColleagueRow {
    id: Uuid,
    name: String,
    sign_in_name: String,
    role: String,
    unit_id: Uuid,
    place: String,
    from_day: NaiveDate,
    to_day: Option<NaiveDate>,
    has_password: bool,
    locked: bool,
    invited: bool,
}

impl Backend {
    /// The people of the units that the person leads; an administrator sees those of every unit.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads none.
    pub async fn colleagues(&self, actor: &Actor) -> Result<Vec<Colleague>> {
        let mut tx = self.write().await?;
        let mut rows = every_post(&mut tx).await?;
        rows.retain(|row| actor.may(Action::ReadPeople, &Object::Unit(UnitId(row.unit_id))));
        if rows.is_empty() {
            return Err(Error::NotThere);
        }
        let colleagues = rows.into_iter().map(colleague).collect::<Result<_>>()?;
        tx.note(Use::by(actor, "read", "people", None).on_ground("people"));
        tx.commit().await?;
        Ok(colleagues)
    }

    /// Gives a person a one-time link to choose a password.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is not there or not of a unit that `actor` leads.
    pub async fn invite(&self, actor: &Actor, person: PersonId) -> Result<Token> {
        let mut tx = self.write().await?;
        let person = authorise::<KnownPerson>(&mut tx, actor, Action::Invite, person).await?.id;
        let token = make_invitation(&mut tx, person, Some(actor.person)).await?;
        tx.note(Use::by(actor, "invite", "person", Some(person.uuid())).on_ground("people"));
        tx.commit().await?;
        Ok(token)
    }

    /// The operator invites a person by sign-in name or by the code of a county's package.
    ///
    /// # Errors
    /// [`Error::NotThere`] when nobody has this name.
    pub async fn operator_invites(&self, name: &str) -> Result<Token> {
        let mut tx = self.write().await?;
        let person = find_person(&mut tx, name).await?;
        let token = make_invitation(&mut tx, person, None).await?;
        tx.note(Use::by_operator("invite", "person", Some(person.uuid())));
        tx.commit().await?;
        Ok(token)
    }

    /// Somebody in whose name the operator does something, with today's posts.
    ///
    /// # Errors
    /// [`Error::NotThere`] when nobody has this name.
    pub async fn operator_as(&self, name: &str) -> Result<Actor> {
        let mut tx = self.read().await?;
        let person = find_person(&mut tx, name).await?;
        crate::sign_in::actor_without_session(&mut tx, person).await
    }

    /// The operator locks an account: every sign-in ends now, and none begins.
    ///
    /// # Errors
    /// [`Error::NotThere`] when nobody has this name.
    pub async fn operator_locks(&self, name: &str) -> Result<()> {
        let mut tx = self.write().await?;
        let person = find_person(&mut tx, name).await?;
        let now = self.clock.now();
        execute!(tx, "update person set locked_at = $1 where id = $2", now, person.uuid())?;
        end_sessions(&mut tx, person).await?;
        tx.note(Use::by_operator("lock", "person", Some(person.uuid())));
        tx.commit().await
    }

    /// The operator resets an account: the password is gone, a lock too, and a new one-time link is
    /// given.
    ///
    /// # Errors
    /// [`Error::NotThere`] when nobody has this name.
    pub async fn operator_resets(&self, name: &str) -> Result<Token> {
        let mut tx = self.write().await?;
        let person = find_person(&mut tx, name).await?;
        execute!(
            tx,
            "update person set locked_at = null, password_hash = null where id = $1",
            person.uuid()
        )?;
        end_sessions(&mut tx, person).await?;
        let token = make_invitation(&mut tx, person, None).await?;
        tx.note(Use::by_operator("reset", "person", Some(person.uuid())));
        tx.commit().await?;
        Ok(token)
    }

    /// The operator adds a person with one post from today on, and invites them.
    ///
    /// # Errors
    /// When there is no such unit, or the sign-in name is taken.
    pub async fn operator_adds(&self, name: &str, role: Role, unit_code: &str) -> Result<(String, Token)> {
        let mut tx = self.write().await?;
        let unit: Option<(Uuid,)> =
            fetch_optional!(tx, (Uuid,), "select id from unit where code = $1", unit_code)?;
        let (unit,) = unit.ok_or_else(|| {
            Error::internal(format!("there is no unit {unit_code}; give the code of a unit as in units.csv"))
        })?;
        let person = PersonId(new_id());
        let sign_in_name = free_sign_in_name(&mut tx, name).await?;
        insert_person(&mut tx, person, None, name, &sign_in_name).await?;
        execute!(
            tx,
            "insert into post (id, person_id, role, unit_id, fte_hundredths, from_day) values ($1, $2, $3, $4, 100, $5)",
            new_id(),
            person.uuid(),
            role.code(),
            unit,
            self.clock.today()
        )?;
        let token = make_invitation(&mut tx, person, None).await?;
        tx.note(Use::by_operator("add", "person", Some(person.uuid())));
        tx.commit().await?;
        Ok((sign_in_name, token))
    }
}

/// A sign-in name made of a person's name that nobody has yet.
pub(crate) async fn free_sign_in_name(tx: &mut Tx, name: &str) -> Result<String> {
    let wished = suggest_sign_in_name(name);
    for number in 1_u32.. {
        let candidate = if number == 1 { wished.clone() } else { format!("{wished}{number}") };
        let taken: Option<(Uuid,)> =
            fetch_optional!(tx, (Uuid,), "select id from person where sign_in_name = $1", &candidate)?;
        if taken.is_none() {
            return Ok(candidate);
        }
    }
    Err(Error::internal("no sign-in name is free"))
}

/// Adds a person who can't sign in yet.
pub(crate) async fn insert_person(
    tx: &mut Tx,
    id: PersonId,
    code: Option<&str>,
    name: &str,
    sign_in_name: &str,
) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into person (id, code, name, sign_in_name, created_at) values ($1, $2, $3, $4, $5)",
        id.uuid(),
        code,
        name,
        sign_in_name,
        now
    )?;
    Ok(())
}

async fn find_person(tx: &mut Tx, name: &str) -> Result<PersonId> {
    let row: Option<(Uuid,)> = fetch_optional!(
        tx,
        (Uuid,),
        "select id from person where sign_in_name = $1 or code = $2",
        normalise_sign_in_name(name),
        name.trim()
    )?;
    row.map(|(id,)| id.into()).ok_or(Error::NotThere)
}

/// Everybody's posts, by unit and name.
async fn every_post(tx: &mut Tx) -> Result<Vec<ColleagueRow>> {
    let now: DateTime<Utc> = tx.clock().now();
    Ok(fetch_all!(
        tx,
        ColleagueRow,
        "select p.id, p.name, p.sign_in_name, o.role, o.unit_id, coalesce(t.name, u.name) as place, o.from_day,
             o.to_day, p.password_hash is not null as has_password, p.locked_at is not null as locked,
             exists (select 1 from invitation i where i.person_id = p.id and i.used_at is null
                 and i.expires_at > $1) as invited
         from post o join person p on p.id = o.person_id join unit u on u.id = o.unit_id
             left join team t on t.id = o.team_id
         order by u.name, u.id, p.name, o.from_day",
        now
    )?)
}

fn colleague(row: ColleagueRow) -> Result<Colleague> {
    let state = match (row.locked, row.has_password, row.invited) {
        (true, ..) => AccountState::Locked,
        (_, true, _) => AccountState::Active,
        (_, _, true) => AccountState::Invited,
        _ => AccountState::New,
    };
    Ok(Colleague {
        id: row.id.into(),
        name: row.name,
        sign_in_name: row.sign_in_name,
        role: Role::parse(&row.role).map_err(Error::internal)?,
        place: row.place,
        from: row.from_day,
        to: row.to_day,
        state,
    })
}
