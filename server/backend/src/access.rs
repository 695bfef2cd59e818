//! The one door (S10): [`authorise`] looks up the facts of an object, asks the rule in
//! `domain::access`, and hands out a [`Grant`]. Use cases that touch the object take the grant, so
//! that none can be written without passing the door.

use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Me, Object, Post, Relation, Who, allows};
use domain::codes::{Code, Role};
use domain::ids::{ClientId, EmployerId, PersonId, SessionId, UnitId, VisitId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use uuid::Uuid;

/// A signed-in person.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// The sign-in that asks.
    pub session: SessionId,
    /// Name.
    pub name: String,
    /// Posts that hold today.
    pub posts: Vec<Post>,
    /// Names of the units of these posts.
    pub units: Vec<String>,
    /// Is this the demo?
    pub demo: bool,
    /// The coaches for whom the person stands in today.
    pub stands_in_for: Vec<PersonId>,
    /// The clients whom the person reads outside the relation now.
    pub behind_glass: Vec<ClientId>,
    /// Today, in the units' time zone.
    pub today: NaiveDate,
}

impl Actor {
    /// May this person do `action` to `object`? For filtering the rows of a list by the same rule
    /// (S12).
    #[must_use]
    pub fn may(&self, action: Action, object: &Object) -> bool {
        let who = Who {
            person: self.person,
            posts: &self.posts,
            stands_in_for: &self.stands_in_for,
            behind_glass: &self.behind_glass,
        };
        allows(who, action, object)
    }

    /// The units that the person leads today.
    #[must_use]
    pub(crate) fn led_units(&self) -> BTreeSet<Uuid> {
        let led = self.posts.iter().filter(|post| post.role == Role::Lead);
        led.map(|post| post.unit.uuid()).collect()
    }

    /// The unit in which the person logs visits and reads the feed: that of the first post as a
    /// coach, else as a lead.
    #[must_use]
    pub fn field_unit(&self) -> Option<UnitId> {
        let unit_as = |role| self.posts.iter().find(|post| post.role == role).map(|post| post.unit);
        unit_as(Role::Coach).or_else(|| unit_as(Role::Lead))
    }
}

/// Leave to do one action to one object, given by [`authorise`] and by nothing else.
#[derive(Clone, Debug)]
pub struct Grant<T> {
    object: T,
}

impl<T> Grant<T> {
    /// The object itself, for whoever shows it.
    pub(crate) fn into_object(self) -> T {
        self.object
    }
}

impl<T> Deref for Grant<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.object
    }
}

/// Something that the door guards. What the rule asks for may be part of more: a page's own row is
/// looked up by the door, so that it is looked up once.
pub trait Guarded: Sized {
    /// How it is named when somebody asks for it.
    type Id: Copy;

    /// The facts on which the rule decides, or none when it is not there.
    fn find(tx: &mut Tx, id: Self::Id, today: NaiveDate)
    -> impl Future<Output = Result<Option<Self>>> + Send;

    /// The object as the rule sees it.
    fn object(&self) -> Object;
}

/// The one door.
///
/// # Errors
/// [`Error::NotThere`] when the object is not there or the person may not; the two look the same.
pub async fn authorise<T: Guarded>(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    id: T::Id,
) -> Result<Grant<T>> {
    let found = T::find(tx, id, actor.today).await?;
    let_through(actor, action, found)
}

/// What the door does with what was found.
fn let_through<T: Guarded>(actor: &Actor, action: Action, found: Option<T>) -> Result<Grant<T>> {
    match found {
        Some(object) if actor.may(action, &object.object()) => Ok(Grant { object }),
        _ => Err(Error::NotThere),
    }
}

/// The person's own account.
#[derive(Clone, Copy, Debug)]
pub struct OwnAccount;

impl Guarded for OwnAccount {
    type Id = ();
    async fn find(_: &mut Tx, (): (), _: NaiveDate) -> Result<Option<Self>> {
        Ok(Some(Self))
    }
    fn object(&self) -> Object {
        Object::OwnAccount
    }
}

/// The employer register.
#[derive(Clone, Copy, Debug)]
pub struct Register;

impl Guarded for Register {
    type Id = ();
    async fn find(_: &mut Tx, (): (), _: NaiveDate) -> Result<Option<Self>> {
        Ok(Some(Self))
    }
    fn object(&self) -> Object {
        Object::Register
    }
}

/// An employer in the register: the one that stands for it when it was merged.
#[derive(Clone, Debug)]
pub struct RegisteredEmployer {
    /// Which.
    pub id: EmployerId,
    /// Its name.
    pub name: String,
}

impl Guarded for RegisteredEmployer {
    type Id = EmployerId;
    async fn find(tx: &mut Tx, id: EmployerId, _: NaiveDate) -> Result<Option<Self>> {
        let row: Option<(Uuid, String)> = fetch_optional!(
            tx,
            (Uuid, String),
            "select s.id, s.name from employer e join employer s on s.id = coalesce(e.survivor_id, e.id)
             where e.id = $1",
            id.uuid()
        )?;
        Ok(row.map(|(id, name)| Self { id: id.into(), name }))
    }
    fn object(&self) -> Object {
        Object::Register
    }
}

/// An employer with the facts that decide who hands it over.
#[derive(Clone, Debug)]
pub struct OwnedEmployer {
    /// Which.
    pub id: EmployerId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub municipality: Option<String>,
    /// Who takes care of it.
    pub owner: Option<PersonId>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// In which units the owner holds or held a post.
    pub units: Vec<UnitId>,
}

/// An employer with one of its owner's posts; without any, there is one row without a post.
#[derive(sqlx::FromRow)]
struct OwnedRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
    owner_id: Option<Uuid>,
    owner: Option<String>,
    unit_id: Option<Uuid>,
}

impl Guarded for OwnedEmployer {
    type Id = EmployerId;
    async fn find(tx: &mut Tx, id: EmployerId, _: NaiveDate) -> Result<Option<Self>> {
        let rows = fetch_all!(
            tx,
            OwnedRow,
            "select e.id, e.name, e.municipality, e.owner_id, p.name as owner, o.unit_id
             from employer e left join person p on p.id = e.owner_id left join post o on o.person_id = e.owner_id
             where e.id = (select coalesce(survivor_id, id) from employer where id = $1)",
            id.uuid()
        )?;
        let units = rows.iter().filter_map(|row| row.unit_id.map(UnitId)).collect();
        Ok(rows.into_iter().next().map(|row| Self {
            id: row.id.into(),
            name: row.name,
            municipality: row.municipality,
            owner: row.owner_id.map(PersonId),
            owner_name: row.owner,
            units,
        }))
    }
    fn object(&self) -> Object {
        Object::Employer { owner: self.owner, units: self.units.clone() }
    }
}

impl OwnedEmployer {
    /// The employer, for whoever handed it over last or may hand it over now.
    pub(crate) async fn last_handed_by(tx: &mut Tx, actor: &Actor, id: EmployerId) -> Result<EmployerId> {
        let id = authorise::<RegisteredEmployer>(tx, actor, Action::ReadRegister, id).await?.id;
        match authorise::<Self>(tx, actor, Action::HandOverEmployer, id).await {
            Ok(_) => return Ok(id),
            Err(Error::NotThere) => {}
            Err(error) => return Err(error),
        }
        let last: Option<(Uuid,)> = fetch_optional!(
            tx,
            (Uuid,),
            "select person_id from employer_handover where employer_id = $1 and undone_at is null
             order by handed_at desc, id desc limit 1",
            id.uuid()
        )?;
        if last.is_some_and(|(person,)| person == actor.person.uuid()) {
            Ok(id)
        } else {
            Err(Error::NotThere)
        }
    }
}

/// The organisation itself.
#[derive(Clone, Copy, Debug)]
pub struct Organisation;

impl Guarded for Organisation {
    type Id = ();
    async fn find(_: &mut Tx, (): (), _: NaiveDate) -> Result<Option<Self>> {
        Ok(Some(Self))
    }
    fn object(&self) -> Object {
        Object::Organisation
    }
}

/// Somebody who works in the field, today or on a day that comes.
#[derive(Clone, Debug)]
pub struct KnownCoach {
    /// Who.
    pub id: PersonId,
    /// Where.
    pub units: Vec<UnitId>,
}

impl Guarded for KnownCoach {
    type Id = PersonId;
    async fn find(tx: &mut Tx, id: PersonId, today: NaiveDate) -> Result<Option<Self>> {
        let units: Vec<(Uuid,)> = fetch_all!(
            tx,
            (Uuid,),
            "select unit_id from post where person_id = $1 and role in ('coach', 'lead')
                 and (to_day is null or to_day >= $2)",
            id.uuid(),
            today
        )?;
        let units: Vec<UnitId> = units.into_iter().map(|(unit,)| unit.into()).collect();
        Ok((!units.is_empty()).then_some(Self { id, units }))
    }
    fn object(&self) -> Object {
        Object::Coach { coach: self.id, units: self.units.clone() }
    }
}

/// Somebody who works in the field or once did.
#[derive(Clone, Debug)]
pub(crate) struct OnceCoach(KnownCoach);

impl Guarded for OnceCoach {
    type Id = PersonId;
    async fn find(tx: &mut Tx, id: PersonId, _: NaiveDate) -> Result<Option<Self>> {
        let found = KnownCoach::find(tx, id, NaiveDate::default()).await?;
        Ok(found.map(Self))
    }
    fn object(&self) -> Object {
        self.0.object()
    }
}

/// The settings of the organisation.
#[derive(Clone, Copy, Debug)]
pub struct Settings;

impl Guarded for Settings {
    type Id = ();
    async fn find(_: &mut Tx, (): (), _: NaiveDate) -> Result<Option<Self>> {
        Ok(Some(Self))
    }
    fn object(&self) -> Object {
        Object::Settings
    }
}

/// A visit whose next step is to be settled: the facts are those of the step's owner, who may be
/// another than the coach when the employer was handed over.
#[derive(Clone, Copy, Debug)]
pub struct WaitingStep {
    /// The visit.
    pub visit: LoggedVisit,
    /// Whose the next step is.
    pub owner: PersonId,
}

#[derive(sqlx::FromRow)]
struct WaitingFacts {
    owner_id: Uuid,
    #[sqlx(flatten)]
    visit: VisitFacts,
}

impl Guarded for WaitingStep {
    type Id = VisitId;
    /// One question, whether the visit is there or not: that it is there must not cost another one.
    async fn find(tx: &mut Tx, id: VisitId, _: NaiveDate) -> Result<Option<Self>> {
        let row = fetch_optional!(
            tx,
            WaitingFacts,
            "select id, coach_id, unit_id, employer_id, client_id, client_erased, coalesce(step_owner_id, coach_id) as owner_id
             from visit where id = $1",
            id.uuid()
        )?;
        Ok(row.map(|row| Self { visit: row.visit.into(), owner: row.owner_id.into() }))
    }
    fn object(&self) -> Object {
        Object::Visit { coach: self.owner, unit: self.visit.unit }
    }
}

/// A unit. Nothing is looked up: the rule compares it with the actor's own posts, and a post is always
/// in a unit that is there.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Which.
    pub id: UnitId,
}

impl Guarded for Unit {
    type Id = UnitId;
    async fn find(_: &mut Tx, id: UnitId, _: NaiveDate) -> Result<Option<Self>> {
        Ok(Some(Self { id }))
    }
    fn object(&self) -> Object {
        Object::Unit(self.id)
    }
}

/// A visit that was logged, withdrawn or not.
#[derive(Clone, Copy, Debug)]
pub struct LoggedVisit {
    /// Which.
    pub id: VisitId,
    /// By whom.
    pub coach: PersonId,
    /// In which unit.
    pub unit: UnitId,
    /// At which employer.
    pub employer: EmployerId,
    /// For which client.
    pub client: Option<ClientId>,
    /// Was it for a client whose records were erased?
    pub erased: bool,
}

#[derive(sqlx::FromRow)]
struct VisitFacts {
    id: Uuid,
    coach_id: Uuid,
    unit_id: Uuid,
    employer_id: Uuid,
    client_id: Option<Uuid>,
    client_erased: bool,
}

impl From<VisitFacts> for LoggedVisit {
    fn from(row: VisitFacts) -> Self {
        Self {
            id: row.id.into(),
            coach: row.coach_id.into(),
            unit: row.unit_id.into(),
            employer: row.employer_id.into(),
            client: row.client_id.map(ClientId),
            erased: row.client_erased,
        }
    }
}

impl Guarded for LoggedVisit {
    type Id = VisitId;
    async fn find(tx: &mut Tx, id: VisitId, _: NaiveDate) -> Result<Option<Self>> {
        let row = fetch_optional!(
            tx,
            VisitFacts,
            "select id, coach_id, unit_id, employer_id, client_id, client_erased from visit where id = $1",
            id.uuid()
        )?;
        Ok(row.map(Self::from))
    }
    fn object(&self) -> Object {
        Object::Visit { coach: self.coach, unit: self.unit }
    }
}

/// A client of a unit.
#[derive(Clone, Debug)]
pub struct KnownClient {
    /// Which.
    pub id: ClientId,
    /// Of which unit.
    pub unit: UnitId,
    /// How the relation stands.
    pub relation: Relation,
    /// Who coaches the client today.
    pub coaches: Vec<PersonId>,
}

impl Guarded for KnownClient {
    type Id = ClientId;
    async fn find(tx: &mut Tx, id: ClientId, today: NaiveDate) -> Result<Option<Self>> {
        let rows: Vec<(Uuid, Option<NaiveDate>, Option<Uuid>)> = fetch_all!(
            tx,
            (Uuid, Option<NaiveDate>, Option<Uuid>),
            "select c.unit_id, c.closed_on, cc.person_id from client c
                 left join client_coach cc on cc.client_id = c.id and cc.from_day <= $2
                     and (cc.to_day is null or cc.to_day >= $2)
             where c.id = $1",
            id.uuid(),
            today
        )?;
        let Some((unit, closed_on, _)) = rows.first().copied() else { return Ok(None) };
        let coaches = rows.into_iter().filter_map(|(_, _, coach)| coach.map(PersonId)).collect();
        Ok(Some(Self { id, unit: unit.into(), relation: Relation::on(closed_on, today), coaches }))
    }
    fn object(&self) -> Object {
        let Self { id, unit, relation, coaches } = self.clone();
        Object::Client { id, unit, relation, coaches }
    }
}

/// Clients of whom entries that are written together speak, found by one question.
#[derive(Debug, Default)]
pub(crate) struct KnownClients(BTreeMap<Uuid, Vec<CoachedRow>>);

/// A client with one of their coaches; without any, there is one row without a coach.
#[derive(Debug, sqlx::FromRow)]
struct CoachedRow {
    id: Uuid,
    unit_id: Uuid,
    closed_on: Option<NaiveDate>,
    person_id: Option<Uuid>,
    from_day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
}

impl CoachedRow {
    fn coach_on(&self, day: NaiveDate) -> Option<PersonId> {
        let began = self.from_day.is_some_and(|from| from <= day);
        self.person_id.filter(|_| began && self.to_day.is_none_or(|to| to >= day)).map(PersonId)
    }
}

impl KnownClients {
    /// Looks them up. Where there are none, nothing is asked.
    pub(crate) async fn find(tx: &mut Tx, ids: &BTreeSet<ClientId>) -> Result<Self> {
        let mut known = Self::default();
        if ids.is_empty() {
            return Ok(known);
        }
        let rows = fetch_all!(
            tx,
            CoachedRow,
            sqlite: "select c.id, c.unit_id, c.closed_on, cc.person_id, cc.from_day, cc.to_day
                     from client c left join client_coach cc on cc.client_id = c.id
                     where c.id in (select unhex(value, '-') from json_each($1))",
            postgres: "select c.id, c.unit_id, c.closed_on, cc.person_id, cc.from_day, cc.to_day
                       from client c left join client_coach cc on cc.client_id = c.id
                       where c.id in (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
            serde_json::to_string(ids).map_err(Error::internal)?
        )?;
        for row in rows {
            known.0.entry(row.id).or_default().push(row);
        }
        Ok(known)
    }

    /// The door for a client, who is looked up now if nobody did before.
    pub(crate) async fn authorise(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: Action,
        id: ClientId,
    ) -> Result<Grant<KnownClient>> {
        match self.on(id, actor.today) {
            Some(client) => let_through(actor, action, Some(client)),
            None => authorise(tx, actor, action, id).await,
        }
    }

    /// A client as of a day.
    fn on(&self, id: ClientId, today: NaiveDate) -> Option<KnownClient> {
        let rows = self.0.get(&id.uuid())?;
        let first = rows.first()?;
        Some(KnownClient {
            id,
            unit: first.unit_id.into(),
            relation: Relation::on(first.closed_on, today),
            coaches: rows.iter().filter_map(|row| row.coach_on(today)).collect(),
        })
    }
}

/// Another person of the organisation.
#[derive(Clone, Debug)]
pub struct KnownPerson {
    /// Who.
    pub id: PersonId,
    /// In which units the person holds or held a post.
    pub units: Vec<UnitId>,
    /// Is or was the person an administrator?
    pub admin: bool,
    /// Does the person have a password?
    pub active: bool,
}

#[derive(sqlx::FromRow)]
struct PersonFacts {
    unit_id: Uuid,
    role: String,
    active: bool,
}

impl Guarded for KnownPerson {
    type Id = PersonId;
    async fn find(tx: &mut Tx, id: PersonId, _: NaiveDate) -> Result<Option<Self>> {
        let rows = fetch_all!(
            tx,
            PersonFacts,
            "select o.unit_id, o.role, p.password_hash is not null as active
             from post o join person p on p.id = o.person_id where o.person_id = $1",
            id.uuid()
        )?;
        let Some(first) = rows.first() else { return Ok(None) };
        Ok(Some(Self {
            id,
            active: first.active,
            admin: rows.iter().any(|row| row.role == Role::Admin.code()),
            units: rows.iter().map(|row| row.unit_id.into()).collect(),
        }))
    }
    fn object(&self) -> Object {
        Object::Person { units: self.units.clone(), admin: self.admin, active: self.active }
    }
}

impl crate::Backend {
    /// The signed-in person as the page may know them: found with the session.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not use the own account.
    pub fn me(&self, actor: &Actor) -> Result<Me> {
        if !actor.may(Action::UseOwnAccount, &Object::OwnAccount) {
            return Err(Error::NotThere);
        }
        Ok(Me {
            id: actor.person,
            name: actor.name.clone(),
            posts: actor.posts.clone(),
            units: actor.units.clone(),
            demo: actor.demo,
        })
    }
}
