//! The organisation itself, for its administrators: units, treatment teams, people, their posts, settings.
//! Each change stands in the use log, and in a list with what stood before and after. No client is in any of
//! it.

use crate::access::{Actor, Organisation, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::people::{free_sign_in_name, insert_person};
use crate::sign_in::end_sessions;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::access::{AccountState, Action};
use domain::codes::{Code, Role, Service, TeamLevel};
use domain::employers::edit::{Fields, differing};
use domain::forms::FieldError;
use domain::ids::{PersonId, TeamId, UnitId};
use domain::organisation::{
    AdminPost, NewPersonFields, NewPost, Place, PostFields, SettingsFields, TeamFacts, TeamFields, UnitFacts,
    UnitFields, may_end, suggest_code,
};
use uuid::Uuid;

/// What a form gives: done, or what is wrong.
pub type Said<T> = Result<std::result::Result<T, Vec<FieldError>>>;

/// A unit of the organisation.
#[derive(Clone, Debug)]
pub struct UnitSeen {
    /// Which.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The method.
    pub service: Service,
    /// Where.
    pub municipality: String,
}

/// A treatment team.
#[derive(Clone, Debug)]
pub struct TeamSeen {
    /// Which.
    pub id: TeamId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it belongs.
    pub level: TeamLevel,
    /// The unit to which it refers.
    pub unit: UnitId,
    /// That unit's name.
    pub unit_name: String,
}

/// A post of a person.
#[derive(Clone, Debug)]
pub struct PostSeen {
    /// Which.
    pub id: Uuid,
    /// What the person does.
    pub role: Role,
    /// Unit or team.
    pub place: String,
    /// Hundredths of full working time.
    pub fte_hundredths: Option<i64>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
}

/// A person with every post.
#[derive(Clone, Debug)]
pub struct PersonSeen {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// Can the person sign in?
    pub state: AccountState,
    /// Posts, the first one first.
    pub posts: Vec<PostSeen>,
}

/// The organisation.
#[derive(Clone, Debug)]
pub struct OrganisationSeen {
    /// Units.
    pub units: Vec<UnitSeen>,
    /// Treatment teams.
    pub teams: Vec<TeamSeen>,
    /// People.
    pub people: Vec<PersonSeen>,
    /// Today.
    pub today: NaiveDate,
}

/// A change of the organisation.
#[derive(Clone, Debug)]
pub struct OrganisationChange {
    /// The day.
    pub on: NaiveDate,
    /// When.
    pub at: NaiveTime,
    /// Who changed it.
    pub by: String,
    /// What kind of change: `unit`, `team`, `person`, `post`, `post_end`, `lock`, `unlock`, `settings`, `code`,
    /// `code_name`, `code_end`.
    pub kind: String,
    /// What stood before, where it differs.
    pub before: Fields,
    /// What stands after, where it differs.
    pub after: Fields,
}

/// A form for what is new or changed: with a code that its name suggests, it is shown once more before it is
/// saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made<T, F> {
    /// Saved.
    Saved(T),
    /// The form with what was suggested.
    Suggested(F),
}

#[derive(sqlx::FromRow)]
struct UnitRow {
    id: Uuid,
    code: String,
    name: String,
    service: String,
    municipality: Option<String>,
}

#[derive(sqlx::FromRow)]
struct TeamRow {
    id: Uuid,
    code: String,
    name: String,
    level: String,
    unit_id: Uuid,
    unit: String,
}

/// A person with one of their posts; without any, there is one row without a post.
#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Uuid,
    name: String,
    sign_in_name: String,
    has_password: bool,
    locked: bool,
    invited: bool,
    post_id: Option<Uuid>,
    role: Option<String>,
    place: Option<String>,
    fte_hundredths: Option<i64>,
    from_day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    changed_at: DateTime<Utc>,
    by_name: String,
    kind: String,
    before_json: String,
    after_json: String,
}

impl Backend {
    /// Units, teams and people.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator.
    pub async fn organisation(&self, actor: &Actor) -> Result<OrganisationSeen> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let units = units(&mut tx).await?;
        let teams = teams(&mut tx).await?;
        let people = people(&mut tx, None).await?;
        tx.note(Use::by(actor, "read", "organisation", None).on_ground("people"));
        tx.commit().await?;
        Ok(OrganisationSeen { units, teams, people, today: actor.today })
    }

    /// One person, with the units and teams that can be chosen for a post.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such person.
    pub async fn person_of_organisation(
        &self,
        actor: &Actor,
        id: PersonId,
    ) -> Result<(PersonSeen, OrganisationSeen)> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let person = people(&mut tx, Some(id)).await?.pop().ok_or(Error::NotThere)?;
        let units = units(&mut tx).await?;
        let teams = teams(&mut tx).await?;
        tx.note(Use::by(actor, "read", "person", Some(id.uuid())).on_ground("people"));
        tx.commit().await?;
        Ok((person, OrganisationSeen { units, teams, people: Vec::new(), today: actor.today }))
    }

    /// Adds a unit, or changes one; its code stays.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such unit.
    pub async fn save_unit(
        &self,
        actor: &Actor,
        id: Option<UnitId>,
        fields: &UnitFields,
    ) -> Said<Made<UnitId, UnitFields>> {
        let mut tx = self.managing(actor).await?;
        let before = match id {
            Some(id) => {
                let all = units(&mut tx).await?;
                Some(all.into_iter().find(|unit| unit.id == id).ok_or(Error::NotThere)?)
            }
            None => None,
        };
        let facts = match fields.read() {
            Ok(facts) => facts,
            Err(errors) => return Ok(Err(errors)),
        };
        let (id, code) = match &before {
            Some(unit) => (unit.id, unit.code.clone()),
            None if facts.code.is_empty() => {
                let code = free_code(&mut tx, &facts.name).await?;
                return Ok(Ok(Made::Suggested(UnitFields { code, ..fields.clone() })));
            }
            None if taken(&mut tx, &facts.code).await? => return Ok(Err(vec![FieldError::Choice("code")])),
            None => (UnitId(new_id()), facts.code.clone()),
        };
        let municipality = Some(facts.municipality.clone()).filter(|place| !place.is_empty());
        execute!(
            tx,
            "insert into unit (id, code, name, service, municipality) values ($1, $2, $3, $4, $5)
             on conflict (id) do update set name = excluded.name, service = excluded.service,
                 municipality = excluded.municipality",
            id.uuid(),
            &code,
            &facts.name,
            facts.service.code(),
            municipality
        )?;
        let was = before.map(|unit| {
            let UnitSeen { name, code, service, municipality, .. } = unit;
            unit_fields(&UnitFacts { name, code, service, municipality })
        });
        let now = unit_fields(&UnitFacts { code, ..facts });
        self.changed(tx, actor, ("unit", Some(id.uuid())), was.unwrap_or_default(), now).await?;
        Ok(Ok(Made::Saved(id)))
    }

    /// Adds a treatment team, or changes one; its code stays.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such team.
    pub async fn save_team(
        &self,
        actor: &Actor,
        id: Option<TeamId>,
        fields: &TeamFields,
    ) -> Said<Made<TeamId, TeamFields>> {
        let mut tx = self.managing(actor).await?;
        let before = match id {
            Some(id) => {
                let all = teams(&mut tx).await?;
                Some(all.into_iter().find(|team| team.id == id).ok_or(Error::NotThere)?)
            }
            None => None,
        };
        let facts = match fields.read() {
            Ok(facts) => facts,
            Err(errors) => return Ok(Err(errors)),
        };
        let Some(unit) = units(&mut tx).await?.into_iter().find(|unit| unit.id == facts.unit) else {
            return Ok(Err(vec![FieldError::Missing("unit")]));
        };
        let (id, code) = match &before {
            // Memos and posts point to the team in its unit: it stays there.
            Some(team) if team.unit != unit.id => return Ok(Err(vec![FieldError::Choice("unit")])),
            Some(team) => (team.id, team.code.clone()),
            None if facts.code.is_empty() => {
                let code = free_code(&mut tx, &facts.name).await?;
                return Ok(Ok(Made::Suggested(TeamFields { code, ..fields.clone() })));
            }
            None if taken(&mut tx, &facts.code).await? => return Ok(Err(vec![FieldError::Choice("code")])),
            None => (TeamId(new_id()), facts.code.clone()),
        };
        execute!(
            tx,
            "insert into team (id, code, name, level, unit_id) values ($1, $2, $3, $4, $5)
             on conflict (id) do update set name = excluded.name, level = excluded.level",
            id.uuid(),
            &code,
            &facts.name,
            facts.level.code(),
            unit.id.uuid()
        )?;
        let was = before.map(|team| {
            let TeamSeen { name, code, level, unit, .. } = team;
            team_fields(&TeamFacts { name, code, level, unit }, &team.unit_name)
        });
        let now = team_fields(&TeamFacts { code, ..facts }, &unit.name);
        self.changed(tx, actor, ("team", Some(id.uuid())), was.unwrap_or_default(), now).await?;
        Ok(Ok(Made::Saved(id)))
    }

    /// Adds a person, who can't sign in yet, or renames one; the name to sign in with stays.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such person.
    pub async fn save_person(
        &self,
        actor: &Actor,
        id: Option<PersonId>,
        fields: &NewPersonFields,
    ) -> Said<Made<PersonId, NewPersonFields>> {
        let mut tx = self.managing(actor).await?;
        let before = match id {
            Some(id) => Some(people(&mut tx, Some(id)).await?.pop().ok_or(Error::NotThere)?),
            None => None,
        };
        let (name, sign_in_name) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let said = |name: &str, sign_in_name: &str| named(&[("name", name), ("sign_in_name", sign_in_name)]);
        let (id, was, now) = match before {
            Some(person) => {
                execute!(tx, "update person set name = $1 where id = $2", &name, person.id.uuid())?;
                let sign_in = &person.sign_in_name;
                (person.id, said(&person.name, sign_in), said(&name, sign_in))
            }
            None if sign_in_name.is_empty() => {
                let sign_in_name = free_sign_in_name(&mut tx, &name).await?;
                return Ok(Ok(Made::Suggested(NewPersonFields { name, sign_in_name })));
            }
            None => {
                let there: Option<(Uuid,)> = fetch_optional!(
                    tx,
                    (Uuid,),
                    "select id from person where sign_in_name = $1",
                    &sign_in_name
                )?;
                if there.is_some() {
                    return Ok(Err(vec![FieldError::Choice("sign_in_name")]));
                }
                let id = PersonId(new_id());
                insert_person(&mut tx, id, None, &name, &sign_in_name).await?;
                (id, Fields::new(), said(&name, &sign_in_name))
            }
        };
        self.changed(tx, actor, ("person", Some(id.uuid())), was, now).await?;
        Ok(Ok(Made::Saved(id)))
    }

    /// Locks an account: every sign-in ends now, and none begins. Nobody locks their own. Gives whether it
    /// was done.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such person.
    pub async fn lock_person(&self, actor: &Actor, id: PersonId) -> Result<bool> {
        let mut tx = self.managing(actor).await?;
        let person = people(&mut tx, Some(id)).await?.pop().ok_or(Error::NotThere)?;
        if id == actor.person {
            return Ok(false);
        }
        let now = self.clock.now();
        execute!(tx, "update person set locked_at = $1 where id = $2 and locked_at is null", now, id.uuid())?;
        end_sessions(&mut tx, id).await?;
        self.changed(tx, actor, ("lock", Some(id.uuid())), Fields::new(), named(&[("name", &person.name)]))
            .await?;
        Ok(true)
    }

    /// Unlocks an account.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such person.
    pub async fn unlock_person(&self, actor: &Actor, id: PersonId) -> Result<()> {
        let mut tx = self.managing(actor).await?;
        let person = people(&mut tx, Some(id)).await?.pop().ok_or(Error::NotThere)?;
        execute!(tx, "update person set locked_at = null where id = $1", id.uuid())?;
        self.changed(tx, actor, ("unlock", Some(id.uuid())), Fields::new(), named(&[("name", &person.name)]))
            .await
    }

    /// Gives a person a post, after the administrator's own password once more (S3).
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such person.
    pub async fn add_post(
        &self,
        actor: &Actor,
        id: PersonId,
        fields: &PostFields,
        password: &str,
    ) -> Said<Uuid> {
        let mut tx = self.managing(actor).await?;
        let person = people(&mut tx, Some(id)).await?.pop().ok_or(Error::NotThere)?;
        let post = match fields.read(actor.today) {
            Ok(post) => post,
            Err(errors) => return Ok(Err(errors)),
        };
        let Some((unit, team, place)) = place_of(&mut tx, post.place).await? else {
            return Ok(Err(vec![FieldError::Missing("place")]));
        };
        // The password is checked outside of the transaction: hashing takes its time.
        drop(tx);
        if !self.is_still(actor, password).await? {
            return Ok(Err(vec![FieldError::Choice("password")]));
        }
        let mut tx = self.managing(actor).await?;
        let post_id = new_id();
        execute!(
            tx,
            "insert into post (id, person_id, role, unit_id, team_id, fte_hundredths, from_day, to_day)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            post_id,
            id.uuid(),
            post.role.code(),
            unit,
            team,
            post.fte_hundredths.map(i64::from),
            post.from_day,
            post.to_day
        )?;
        let now = post_fields(&person.name, &post, &place);
        self.changed(tx, actor, ("post", Some(post_id)), Fields::new(), now).await?;
        Ok(Ok(post_id))
    }

    /// Ends a post on a day, or moves its end; no post is deleted. Gives whose it is.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such post.
    pub async fn end_post(&self, actor: &Actor, id: Uuid, last: &str) -> Said<PersonId> {
        let mut tx = self.managing(actor).await?;
        let row: Option<(Uuid, String, String, NaiveDate, Option<NaiveDate>)> = fetch_optional!(
            tx,
            (Uuid, String, String, NaiveDate, Option<NaiveDate>),
            "select p.id, p.name, o.role, o.from_day, o.to_day from post o join person p on p.id = o.person_id
             where o.id = $1",
            id
        )?;
        let Some((person, name, role, from, to)) = row else { return Err(Error::NotThere) };
        let mut errors = Vec::new();
        let day = domain::forms::day(last.trim(), "last", actor.today, &mut errors);
        let Some(day) = day else {
            let missing = vec![FieldError::Missing("last")];
            return Ok(Err(if errors.is_empty() { missing } else { errors }));
        };
        if day < from {
            return Ok(Err(vec![FieldError::TooEarly("last")]));
        }
        if role == Role::Admin.code() && !may_end(&other_admins(&mut tx, id).await?, day) {
            return Ok(Err(vec![FieldError::Choice("last")]));
        }
        execute!(tx, "update post set to_day = $1 where id = $2", day, id)?;
        let said = |to: Option<NaiveDate>| {
            let to = to.map(|day| day.to_string()).unwrap_or_default();
            named(&[("name", &name), ("role", &role), ("to_day", &to)])
        };
        self.changed(tx, actor, ("post_end", Some(id)), said(to), said(Some(day))).await?;
        Ok(Ok(person.into()))
    }

    /// Whose post it is.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such post.
    pub async fn holder_of_post(&self, actor: &Actor, id: Uuid) -> Result<PersonId> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let row: Option<(Uuid,)> =
            fetch_optional!(tx, (Uuid,), "select person_id from post where id = $1", id)?;
        row.map(|(person,)| person.into()).ok_or(Error::NotThere)
    }

    /// The name of the organisation, and how many clients somebody reads within an hour before there is an
    /// alarm.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator.
    pub async fn organisation_settings(&self, actor: &Actor) -> Result<SettingsFields> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        settings(&mut tx).await
    }

    /// Sets them.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator.
    pub async fn set_organisation_settings(&self, actor: &Actor, fields: &SettingsFields) -> Said<()> {
        let mut tx = self.managing(actor).await?;
        let (name, limit) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let was = settings(&mut tx).await?;
        execute!(
            tx,
            "update organisation set name = $1, bulk_read_limit = $2 where id = 1",
            &name,
            i64::from(limit)
        )?;
        let said = |name: &str, limit: &str| named(&[("name", name), ("limit", limit)]);
        let now = said(&name, &limit.to_string());
        self.changed(tx, actor, ("settings", None), said(&was.name, &was.limit), now).await?;
        Ok(Ok(()))
    }

    /// What was changed of the organisation, the newest first.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is neither lead nor administrator.
    pub async fn organisation_changes(&self, actor: &Actor) -> Result<Vec<OrganisationChange>> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ReadOrganisationChanges, ()).await?;
        let rows = fetch_all!(
            tx,
            ChangeRow,
            "select c.changed_at, p.name as by_name, c.kind, c.before_json, c.after_json
             from organisation_change c join person p on p.id = c.person_id
             order by c.changed_at desc, c.id desc limit 500"
        )?;
        rows.into_iter().map(change).collect()
    }

    /// A transaction of an administrator that changes the organisation. They come one after the other, so that
    /// two of them can't end each other's posts.
    pub(crate) async fn managing(&self, actor: &Actor) -> Result<Tx> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let _: (i64,) = fetch_one!(
            tx,
            (i64,),
            sqlite: "select id from organisation where id = 1",
            postgres: "select id from organisation where id = 1 for update"
        )?;
        Ok(tx)
    }

    /// Writes the change beside what it did.
    pub(crate) async fn changed(
        &self,
        mut tx: Tx,
        actor: &Actor,
        (kind, subject): (&'static str, Option<Uuid>),
        before: Fields,
        after: Fields,
    ) -> Result<()> {
        if before == after {
            return tx.commit().await;
        }
        let json = |fields: &Fields| serde_json::to_string(fields).map_err(Error::internal);
        execute!(
            tx,
            "insert into organisation_change (id, person_id, changed_at, kind, subject_id, before_json, after_json)
             values ($1, $2, $3, $4, $5, $6, $7)",
            new_id(),
            actor.person.uuid(),
            self.clock.now(),
            kind,
            subject,
            json(&before)?,
            json(&after)?
        )?;
        tx.note(Use::by(actor, "change", kind, subject).on_ground("settings"));
        tx.commit().await
    }
}

async fn settings(tx: &mut Tx) -> Result<SettingsFields> {
    let (name, limit): (String, i64) =
        fetch_one!(tx, (String, i64), "select name, bulk_read_limit from organisation where id = 1")?;
    Ok(SettingsFields { name, limit: limit.to_string() })
}

async fn units(tx: &mut Tx) -> Result<Vec<UnitSeen>> {
    let rows =
        fetch_all!(tx, UnitRow, "select id, code, name, service, municipality from unit order by name, id")?;
    let seen = |row: UnitRow| {
        Ok(UnitSeen {
            id: row.id.into(),
            code: row.code,
            name: row.name,
            service: Service::parse(&row.service).map_err(Error::internal)?,
            municipality: row.municipality.unwrap_or_default(),
        })
    };
    rows.into_iter().map(seen).collect()
}

async fn teams(tx: &mut Tx) -> Result<Vec<TeamSeen>> {
    let rows = fetch_all!(
        tx,
        TeamRow,
        "select t.id, t.code, t.name, t.level, t.unit_id, u.name as unit
         from team t join unit u on u.id = t.unit_id order by t.name, t.id"
    )?;
    let seen = |row: TeamRow| {
        Ok(TeamSeen {
            id: row.id.into(),
            code: row.code,
            name: row.name,
            level: TeamLevel::parse(&row.level).map_err(Error::internal)?,
            unit: row.unit_id.into(),
            unit_name: row.unit,
        })
    };
    rows.into_iter().map(seen).collect()
}

/// Everybody by name, or one, with every post.
async fn people(tx: &mut Tx, one: Option<PersonId>) -> Result<Vec<PersonSeen>> {
    let now = tx.clock().now();
    let rows = fetch_all!(
        tx,
        PersonRow,
        "select p.id, p.name, p.sign_in_name, p.password_hash is not null as has_password,
             p.locked_at is not null as locked,
             exists (select 1 from invitation i where i.person_id = p.id and i.used_at is null
                 and i.expires_at > $1) as invited,
             o.id as post_id, o.role, coalesce(t.name, u.name) as place, o.fte_hundredths, o.from_day, o.to_day
         from person p left join post o on o.person_id = p.id left join unit u on u.id = o.unit_id
             left join team t on t.id = o.team_id
         where p.id = $2 or $3 = 1
         order by p.name, p.id, o.from_day, o.id",
        now,
        one.map_or(Uuid::nil(), PersonId::uuid),
        i64::from(one.is_none())
    )?;
    let mut people: Vec<PersonSeen> = Vec::new();
    for row in rows {
        let post = post_of(&row)?;
        match people.last_mut().filter(|person| person.id.uuid() == row.id) {
            Some(person) => person.posts.extend(post),
            None => people.push(PersonSeen {
                id: row.id.into(),
                name: row.name,
                sign_in_name: row.sign_in_name,
                state: match (row.locked, row.has_password, row.invited) {
                    (true, ..) => AccountState::Locked,
                    (_, true, _) => AccountState::Active,
                    (_, _, true) => AccountState::Invited,
                    _ => AccountState::New,
                },
                posts: post.into_iter().collect(),
            }),
        }
    }
    Ok(people)
}

fn post_of(row: &PersonRow) -> Result<Option<PostSeen>> {
    let (Some(id), Some(role), Some(from)) = (row.post_id, &row.role, row.from_day) else { return Ok(None) };
    Ok(Some(PostSeen {
        id,
        role: Role::parse(role).map_err(Error::internal)?,
        place: row.place.clone().unwrap_or_default(),
        fte_hundredths: row.fte_hundredths,
        from,
        to: row.to_day,
    }))
}

/// Unit, team and name of a place, if it is there.
async fn place_of(tx: &mut Tx, place: Place) -> Result<Option<(Uuid, Option<Uuid>, String)>> {
    Ok(match place {
        Place::Unit(id) => {
            units(tx).await?.into_iter().find(|unit| unit.id == id).map(|unit| (id.uuid(), None, unit.name))
        }
        Place::Team(id) => teams(tx)
            .await?
            .into_iter()
            .find(|team| team.id == id)
            .map(|team| (team.unit.uuid(), Some(id.uuid()), team.name)),
    })
}

/// The other posts of administrators.
async fn other_admins(tx: &mut Tx, than: Uuid) -> Result<Vec<AdminPost>> {
    let rows: Vec<(NaiveDate, Option<NaiveDate>, bool)> = fetch_all!(
        tx,
        (NaiveDate, Option<NaiveDate>, bool),
        "select o.from_day, o.to_day, p.locked_at is null and p.password_hash is not null
         from post o join person p on p.id = o.person_id where o.role = 'admin' and o.id <> $1",
        than
    )?;
    Ok(rows.into_iter().map(|(from, to, usable)| AdminPost { from, to, usable }).collect())
}

/// A code made of a name that no unit and no team has yet.
async fn free_code(tx: &mut Tx, name: &str) -> Result<String> {
    let wished = suggest_code(name);
    if wished.is_empty() {
        return Ok(wished);
    }
    for number in 1_u32..1000 {
        let code = if number == 1 { wished.clone() } else { format!("{wished}-{number}") };
        if !taken(tx, &code).await? {
            return Ok(code);
        }
    }
    Ok(String::new())
}

async fn taken(tx: &mut Tx, code: &str) -> Result<bool> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select (select count(*) from unit where code = $1) + (select count(*) from team where code = $1)",
        code
    )?;
    Ok(count > 0)
}

pub(crate) fn named(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn unit_fields(unit: &UnitFacts) -> Fields {
    named(&[
        ("name", &unit.name),
        ("code", &unit.code),
        ("service", unit.service.code()),
        ("municipality", &unit.municipality),
    ])
}

fn team_fields(team: &TeamFacts, unit: &str) -> Fields {
    named(&[("name", &team.name), ("code", &team.code), ("level", team.level.code()), ("unit", unit)])
}

fn post_fields(name: &str, post: &NewPost, place: &str) -> Fields {
    let share = post.fte_hundredths.map(|share| share.to_string()).unwrap_or_default();
    let to = post.to_day.map(|day| day.to_string()).unwrap_or_default();
    named(&[
        ("name", name),
        ("role", post.role.code()),
        ("place", place),
        ("share", &share),
        ("from_day", &post.from_day.to_string()),
        ("to_day", &to),
    ])
}

/// A change, with the name of what was changed and what is different.
fn change(row: ChangeRow) -> Result<OrganisationChange> {
    let read = |text: &str| serde_json::from_str::<Fields>(text).map_err(Error::internal);
    let (was, now) = (read(&row.before_json)?, read(&row.after_json)?);
    let (mut before, mut after) = differing(&was, &now);
    for name in ["name", "list", "name_fi"] {
        if let (Some(old), Some(new)) = (was.get(name), now.get(name)) {
            before.insert(name.to_owned(), old.clone());
            after.insert(name.to_owned(), new.clone());
        }
    }
    // A rule is known by the service and the kind of record that it is for.
    for name in ["service", "record"] {
        if let (true, Some(value)) = (row.kind == "retention_rule", now.get(name)) {
            after.insert(name.to_owned(), value.clone());
        }
    }
    let at = row.changed_at.with_timezone(&ZONE);
    Ok(OrganisationChange {
        on: at.date_naive(),
        at: at.time(),
        by: row.by_name,
        kind: row.kind,
        before,
        after,
    })
}
