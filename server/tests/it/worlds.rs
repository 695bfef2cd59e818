//! Lists equal what the rule allows, in random worlds: units, teams, people with posts of every role that begin
//! and end around today, clients open and closed, coaches of then and now, stand-ins, hours with a written reason,
//! memos at every stage, visits, team meetings.
//!
//! Each list that a use case gives a person is compared with what [`Actor::may`] allows that person of *all* that
//! is in the world; beside the rule there is only the list's own scope (the own clients, one unit, one team).
//! `RINNALLA_WORLDS` says how many worlds, `RINNALLA_WORLD` which one is the first, to look into one that failed.

use crate::dice::Dice;
use crate::helpers::{TestBackend, both, on_sqlite};
use backend::access::{Guarded, KnownClient, KnownCoach};
use backend::clients::Closed;
use backend::clock::new_id;
use backend::sign_in::token_hash;
use backend::store::Store;
use backend::{Actor, Error, Result, execute};
use chrono::{DateTime, Days, Duration, Months, NaiveDate, Utc};
use domain::access::{Action, KEPT_DAYS, Object, Relation};
use domain::codes::Role;
use domain::ids::{ClientId, EmployerId, PersonId, ReferralId, TeamId, UnitId, VisitId};
use domain::meetings::Subject;
use domain::visits::{ClientSeen, FeedQuery, FormWish, VisitSeen};
use std::fmt::Debug;
use std::ops::Range;
use uuid::Uuid;

/// So many worlds on `SQLite`; PostgreSQL, where each statement is a way there and back, gets a twentieth.
const WORLDS: u64 = 1_000;
const FIELD: [Role; 2] = [Role::Coach, Role::Lead];

fn days(day: NaiveDate, after: i64) -> NaiveDate {
    day + Duration::days(after)
}

struct Post {
    person: Uuid,
    role: Role,
    unit: Uuid,
    team: Option<Uuid>,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

struct Client {
    id: Uuid,
    unit: Uuid,
    team: Option<Uuid>,
    agreement_on: NaiveDate,
    first_meeting_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

struct Memo {
    id: Uuid,
    team: Uuid,
    unit: Uuid,
    client: Option<Uuid>,
    sent_on: NaiveDate,
    decided_on: Option<NaiveDate>,
    accepted: Option<bool>,
    first_meeting_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
}

struct Visit {
    id: Uuid,
    employer: Uuid,
    coach: Uuid,
    unit: Uuid,
    client: Option<Uuid>,
    day: NaiveDate,
    withdrawn: bool,
}

/// All that is in a world.
struct World {
    now: DateTime<Utc>,
    today: NaiveDate,
    units: Vec<Uuid>,
    teams: Vec<(Uuid, Uuid)>,
    people: Vec<Uuid>,
    posts: Vec<Post>,
    clients: Vec<Client>,
    coaches: Vec<(Uuid, Uuid, NaiveDate, Option<NaiveDate>)>,
    memos: Vec<Memo>,
    employers: Vec<Uuid>,
    visits: Vec<Visit>,
    /// Who, for whom, from when to when, ended when.
    stand_ins: Vec<(Uuid, Uuid, Uuid, NaiveDate, NaiveDate, Option<NaiveDate>)>,
    /// Which, who reads, whom, until when.
    glass: Vec<(Uuid, Uuid, Uuid, DateTime<Utc>)>,
    alarms: Vec<(Uuid, Uuid)>,
    /// Which, with which team, when.
    meetings: Vec<(Uuid, Uuid, NaiveDate)>,
    /// At which meeting, about whom; to go on with?
    talks: Vec<(Uuid, Subject, bool)>,
}

/// A world of its own for each seed.
fn world(seed: u64) -> World {
    let dice = &mut Dice(seed);
    let start: DateTime<Utc> = "2026-03-01T00:30:00Z".parse().expect("an instant");
    let now = start + Duration::minutes(dice.between(0, 400 * 24 * 60));
    let today = now.with_timezone(&backend::clock::ZONE).date_naive();
    let ids = |count| (0..count).map(|_| new_id()).collect::<Vec<_>>();
    let units = ids(dice.between(2, 3));
    let teams: Vec<(Uuid, Uuid)> = units.iter().chain(&units[..1]).map(|unit| (new_id(), *unit)).collect();
    let people = ids(dice.between(4, 6));
    let employers = ids(2);
    let posts =
        people.iter().flat_map(|person| posts(dice, *person, &units, &teams, today)).collect::<Vec<_>>();
    let clients: Vec<Client> = (0..dice.between(4, 7))
        .map(|_| {
            let (unit, agreement_on) = (dice.pick(&units), days(today, -dice.between(-5, 200)));
            let own: Vec<Uuid> = teams.iter().filter(|team| team.1 == unit).map(|team| team.0).collect();
            let any = dice.between(0, 60);
            let edge = dice.pick(&[0, 1, 29, 30, 31, 32, any]);
            Client {
                id: new_id(),
                unit,
                team: dice.percent(80).then(|| dice.pick(&own)),
                agreement_on,
                first_meeting_on: dice.percent(60).then(|| days(agreement_on, -3)),
                closed_on: dice.percent(50).then(|| days(today, -edge)),
            }
        })
        .collect();
    let mut coaches = Vec::new();
    for client in &clients {
        for person in &people {
            if dice.percent(30) {
                let from = days(today, -dice.pick(&[0, -1, 10, 90]));
                let to = dice.percent(40).then(|| days(today, dice.pick(&[-1, 0, 1, 20, -20])).max(from));
                coaches.push((client.id, *person, from, to));
            }
        }
    }
    let memos = (0..dice.between(3, 6)).map(|_| memo(dice, &teams, &clients, today)).collect::<Vec<_>>();
    let visits = (0..dice.between(4, 8))
        .map(|_| {
            let coach = dice.pick(&people);
            Visit {
                id: new_id(),
                employer: dice.pick(&employers),
                coach,
                unit: dice.pick(&units),
                client: dice
                    .percent(60)
                    .then(|| dice.pick(&clients.iter().map(|one| one.id).collect::<Vec<_>>())),
                day: days(today, -dice.between(0, 20)),
                withdrawn: dice.percent(10),
            }
        })
        .collect();
    let stand_ins = (0..dice.between(0, 3))
        .map(|_| {
            let (who, of) = (dice.pick(&people), dice.pick(&people));
            let from = days(today, dice.pick(&[-10, -1, 0, 1]));
            let to = days(today, dice.pick(&[-1, 0, 1, 10])).max(from);
            (new_id(), who, of, from, to, dice.percent(30).then(|| days(today, dice.pick(&[-1, 0, 1]))))
        })
        .filter(|row| row.1 != row.2)
        .collect();
    let glass = (0..dice.between(0, 3))
        .map(|_| {
            let until = now + Duration::seconds(dice.pick(&[-3_600, -1, 0, 1, 3_599]));
            let client =
                clients[usize::try_from(dice.between(0, clients.len() as i64 - 1)).expect("small")].id;
            (new_id(), dice.pick(&people), client, until)
        })
        .collect();
    let alarms = (0..dice.between(0, 2)).map(|_| (new_id(), dice.pick(&people))).collect();
    let mut meetings = Vec::new();
    let mut talks = Vec::new();
    for (team, _) in &teams {
        if dice.percent(60) {
            let meeting = new_id();
            meetings.push((meeting, *team, days(today, -dice.pick(&[7, 45]))));
            for client in clients.iter().filter(|client| client.team == Some(*team)) {
                talks.push((meeting, Subject::Client(client.id.into()), dice.percent(50)));
            }
            for memo in memos.iter().filter(|memo| memo.team == *team) {
                talks.push((meeting, Subject::Memo(memo.id.into()), dice.percent(50)));
            }
        }
    }
    World {
        now,
        today,
        units,
        teams,
        people,
        posts,
        clients,
        coaches,
        memos,
        employers,
        visits,
        stand_ins,
        glass,
        alarms,
        meetings,
        talks,
    }
}

fn posts(
    dice: &mut Dice,
    person: Uuid,
    units: &[Uuid],
    teams: &[(Uuid, Uuid)],
    today: NaiveDate,
) -> Vec<Post> {
    use Role::{Admin, Coach, Lead, Referrer, Reviewer};
    (0..dice.pick(&[1, 1, 1, 2]))
        .map(|_| {
            let role = dice.pick(&[Coach, Coach, Coach, Lead, Lead, Referrer, Referrer, Reviewer, Admin]);
            let (team, mut unit) = dice.pick(teams);
            if role != Referrer {
                unit = dice.pick(units);
            }
            let from = days(today, -dice.pick(&[0, 1, 100, 100, 400, -1]));
            let to = dice.percent(35).then(|| days(today, dice.pick(&[-30, -1, 0, 1, 30])).max(from));
            Post { person, role, unit, team: (role == Referrer).then_some(team), from, to }
        })
        .collect()
}

fn memo(dice: &mut Dice, teams: &[(Uuid, Uuid)], clients: &[Client], today: NaiveDate) -> Memo {
    let (team, unit) = dice.pick(teams);
    let sent_on = days(today, -dice.pick(&[0, 10, 31, 60, 370, 400]));
    let decided = days(today, -dice.pick(&[0, 1, 29, 30, 31, 45])).max(sent_on);
    let of_unit: Vec<Uuid> =
        clients.iter().filter(|client| client.unit == unit).map(|client| client.id).collect();
    let accepted = match dice.between(0, 2) {
        0 => Some(true).filter(|_| !of_unit.is_empty()),
        1 => Some(false),
        _ => None,
    };
    let taken = accepted == Some(true);
    Memo {
        id: new_id(),
        team,
        unit,
        client: taken.then(|| dice.pick(&of_unit)),
        sent_on,
        decided_on: accepted.map(|_| decided),
        accepted,
        first_meeting_on: (taken && dice.percent(50))
            .then(|| days(decided, dice.between(0, (today - decided).num_days()))),
        withdrawn_on: dice.percent(20).then_some(decided),
    }
}

/// Puts a world in the place of the one before.
async fn put(backend: &TestBackend, world: &World) -> Result<()> {
    backend.clock.set(world.now);
    let mut tx = backend.store.write(&backend.clock).await?;
    macro_rules! clear {
        ($($table:literal),+) => { $(execute!(tx, concat!("delete from ", $table))?;)+ };
    }
    clear!(
        "break_glass",
        "bulk_read",
        "substitute",
        "meeting_talk",
        "meeting_presence",
        "meeting",
        "visit_withdrawal",
        "visit",
        "client_coach",
        "referral",
        "client",
        "employer",
        "session",
        "post",
        "person",
        "team",
        "unit"
    );
    let now = world.now;
    for (at, unit) in world.units.iter().enumerate() {
        let code = format!("U{at}");
        execute!(tx, "insert into unit (id, code, name, service) values ($1, $2, $2, 'ips')", unit, code)?;
    }
    for (at, (team, unit)) in world.teams.iter().enumerate() {
        execute!(
            tx,
            "insert into team (id, code, name, level, unit_id) values ($1, $2, $2, 'social', $3)",
            team,
            format!("T{at}"),
            unit
        )?;
    }
    for (at, person) in world.people.iter().enumerate() {
        execute!(
            tx,
            "insert into person (id, code, name, sign_in_name, created_at) values ($1, $2, $2, $2, $3)",
            person,
            format!("P{at}"),
            now
        )?;
        execute!(
            tx,
            "insert into session (id, token_hash, person_id, device, created_at, seen_at) values ($1, $2, $3, 'x', $4, $4)",
            new_id(),
            token_hash(&person.to_string()),
            person,
            now
        )?;
    }
    for Post { person, role, unit, team, from, to } in &world.posts {
        execute!(
            tx,
            "insert into post (id, person_id, role, unit_id, team_id, from_day, to_day) values ($1, $2, $3, $4, $5, $6, $7)",
            new_id(),
            person,
            domain::codes::Code::code(*role),
            unit,
            *team,
            from,
            *to
        )?;
    }
    for (at, client) in world.clients.iter().enumerate() {
        execute!(
            tx,
            "insert into client (id, alias, name, unit_id, team_id, referred_on, first_meeting_on, agreement_on, closed_on)
             values ($1, $2, $2, $3, $4, $5, $6, $5, $7)",
            client.id,
            alias(at),
            client.unit,
            client.team,
            client.agreement_on,
            client.first_meeting_on,
            client.closed_on
        )?;
    }
    for (client, person, from, to) in &world.coaches {
        execute!(
            tx,
            "insert into client_coach (id, client_id, person_id, from_day, to_day) values ($1, $2, $3, $4, $5)",
            new_id(),
            client,
            person,
            from,
            *to
        )?;
    }
    for memo in &world.memos {
        let reason = (memo.accepted == Some(false)).then_some("own_wish");
        execute!(
            tx,
            "insert into referral (id, unit_id, team_id, referrer_id, client_id, name, phone, wish, contact_wish,
                 share, words, sent_at, sent_on, decided_on, decided_by, accepted, decline_reason, first_meeting_on,
                 withdrawn_on)
             values ($1, $2, $3, $4, $5, 'Aino Oma', '', '', '', '', '', $6, $7, $8, $9, $10, $11, $12, $13)",
            memo.id,
            memo.unit,
            memo.team,
            world.people[0],
            memo.client,
            now,
            memo.sent_on,
            memo.decided_on,
            memo.decided_on.map(|_| world.people[0]),
            memo.accepted,
            reason,
            memo.first_meeting_on,
            memo.withdrawn_on
        )?;
    }
    for (at, employer) in world.employers.iter().enumerate() {
        execute!(
            tx,
            "insert into employer (id, name, name_folded, name_sorted, name_core, created_at) values ($1, $2, $2, $2, $2, $3)",
            employer,
            format!("e{at}"),
            now
        )?;
    }
    for visit in &world.visits {
        execute!(
            tx,
            "insert into visit (id, employer_id, coach_id, unit_id, client_id, day, mode, purpose, summary, received_at)
             values ($1, $2, $3, $4, $5, $6, 'in_person', 'learn_needs', 'Sanat.', $7)",
            visit.id,
            visit.employer,
            visit.coach,
            visit.unit,
            visit.client,
            visit.day,
            now
        )?;
        if visit.withdrawn {
            execute!(
                tx,
                "insert into visit_withdrawal (visit_id, person_id, withdrawn_at) values ($1, $2, $3)",
                visit.id,
                visit.coach,
                now
            )?;
        }
    }
    for (id, who, of, from, to, ended) in &world.stand_ins {
        execute!(
            tx,
            "insert into substitute (id, coach_id, substitute_id, from_day, to_day, person_id, noted_at, ended_on)
             values ($1, $2, $3, $4, $5, $2, $6, $7)",
            id,
            of,
            who,
            from,
            to,
            now,
            *ended
        )?;
    }
    for (id, who, client, until) in &world.glass {
        execute!(
            tx,
            "insert into break_glass (id, person_id, client_id, unit_id, reason, began_at, ends_at)
             select $1, $2, c.id, c.unit_id, 'Syy', $4, $5 from client c where c.id = $3",
            id,
            who,
            client,
            *until - Duration::hours(1),
            until
        )?;
    }
    for (id, who) in &world.alarms {
        execute!(
            tx,
            "insert into bulk_read (id, person_id, began_at, raised_at, clients) values ($1, $2, $3, $3, 100)",
            id,
            who,
            now
        )?;
    }
    for (id, team, day) in &world.meetings {
        execute!(
            tx,
            "insert into meeting (id, day, kind, team_id, unit_id)
             select $1, $2, 'treatment_team', id, unit_id from team where id = $3",
            id,
            day,
            team
        )?;
    }
    for (meeting, who, follow) in &world.talks {
        let (client, memo) = match who {
            Subject::Client(client) => (Some(client.uuid()), None),
            Subject::Memo(memo) => (None, Some(memo.uuid())),
            Subject::NotYet(_) => (None, None),
        };
        execute!(
            tx,
            "insert into meeting_talk (id, meeting_id, client_id, referral_id, alias, outcome, words, person_id, written_at)
             values ($1, $2, $3, $4, 'A', $5, '', $6, $7)",
            new_id(),
            meeting,
            client,
            memo,
            if *follow { "follow" } else { "talked" },
            world.people[0],
            now
        )?;
    }
    tx.commit().await
}

fn alias(at: usize) -> String {
    format!("A{at}")
}

/// The objects of the world as the door sees them.
struct Objects {
    clients: Vec<(ClientId, KnownClient)>,
    coaches: Vec<(PersonId, Option<KnownCoach>)>,
}

impl Objects {
    async fn of(backend: &TestBackend, world: &World) -> Result<Self> {
        let mut tx = backend.store.read(&backend.clock).await?;
        let (mut clients, mut coaches) = (Vec::new(), Vec::new());
        for client in &world.clients {
            let known = KnownClient::find(&mut tx, client.id.into(), world.today).await?;
            clients.push((client.id.into(), known.expect("a client")));
        }
        for person in &world.people {
            coaches.push(((*person).into(), KnownCoach::find(&mut tx, (*person).into(), world.today).await?));
        }
        Ok(Self { clients, coaches })
    }
}

impl World {
    fn client(&self, id: Uuid) -> &Client {
        self.clients.iter().find(|client| client.id == id).expect("a client")
    }

    fn memo_object(&self, memo: &Memo) -> Object {
        let ended = match (memo.withdrawn_on, memo.accepted) {
            (Some(day), _) => Some(day),
            (None, Some(false)) => memo.decided_on,
            (None, _) => memo.client.and_then(|client| self.client(client).closed_on),
        };
        let relation = Relation::on(ended, self.today);
        Object::Referral { team: TeamId(memo.team), unit: UnitId(memo.unit), relation }
    }

    /// In which of the inbox's lists a memo stands that may be decided about: 0 to 2, or none.
    fn place(&self, memo: &Memo) -> Option<usize> {
        let since = self.today.checked_sub_days(Days::new(KEPT_DAYS)).expect("a day");
        let client_met = memo.client.and_then(|client| self.client(client).first_meeting_on);
        let met = memo.first_meeting_on.or(client_met.filter(|day| *day >= memo.sent_on));
        let ended = if memo.withdrawn_on.is_some() || memo.accepted == Some(false) {
            true
        } else if memo.accepted.is_none() {
            return Some(0);
        } else {
            let agreed = memo.client.map(|client| self.client(client).agreement_on >= memo.sent_on);
            met.is_some() || agreed == Some(true) || client_met.is_some_and(|day| day < memo.sent_on)
        };
        if !ended {
            return Some(1);
        }
        // A memo of which the unit has noted the first meeting goes by that day.
        let noted = memo.withdrawn_on.or(memo.first_meeting_on).or(memo.decided_on);
        let open =
            memo.withdrawn_on.is_none() && memo.accepted == Some(true) && memo.first_meeting_on.is_none();
        let asked = open || noted >= Some(since);
        (asked && memo.decided_on.max(memo.withdrawn_on).max(met) >= Some(since)).then_some(2)
    }
}

/// What was found in a world.
#[derive(Default)]
struct Found {
    lists: u64,
    rows: u64,
    wrong: Vec<String>,
}

impl Found {
    /// Compares a list with what it should hold; none = not there.
    fn same<T: Ord + Debug>(&mut self, what: &str, got: Option<Vec<T>>, wanted: Option<Vec<T>>) {
        self.lists += 1;
        let sorted = |list: Option<Vec<T>>| {
            list.map(|mut list| {
                list.sort();
                list
            })
        };
        let (got, wanted) = (sorted(got), sorted(wanted));
        self.rows += wanted.as_ref().map_or(0, |list| list.len() as u64);
        if got != wanted {
            self.wrong.push(format!("{what}: {got:?}, and the rule allows {wanted:?}"));
        }
    }
}

/// An answer, or none where nothing is there for whoever asks.
fn there<T>(answer: Result<T>) -> Option<T> {
    match answer {
        Ok(answer) => Some(answer),
        Err(Error::NotThere) => None,
        Err(error) => panic!("{error:?}"),
    }
}

/// Whoever asks, with the world and what may be read there.
struct Asker<'a> {
    backend: &'a TestBackend,
    world: &'a World,
    objects: &'a Objects,
    actor: Actor,
}

impl Asker<'_> {
    fn may(&self, action: Action, object: &Object) -> bool {
        self.actor.may(action, object)
    }

    fn in_unit(&self, action: Action, unit: Uuid) -> bool {
        self.may(action, &Object::Unit(UnitId(unit)))
    }

    fn in_field(&self) -> bool {
        self.may(Action::ReadRegister, &Object::Register)
    }

    /// The clients of the world to whom the person may do this, as far as `scope` goes.
    fn clients(&self, action: Action, scope: impl Fn(&KnownClient) -> bool) -> Vec<ClientId> {
        let all = self.objects.clients.iter();
        let allowed = all.filter(|(_, known)| self.may(action, &known.object()) && scope(known));
        allowed.map(|(id, _)| *id).collect()
    }

    fn memos(&self, action: Action, scope: impl Fn(&Memo) -> bool) -> Vec<ReferralId> {
        let all = self.world.memos.iter();
        let allowed = all.filter(|memo| self.may(action, &self.world.memo_object(memo)) && scope(memo));
        allowed.map(|memo| memo.id.into()).collect()
    }

    fn led_unit(&self) -> Option<UnitId> {
        self.actor.posts.iter().find(|post| post.role == Role::Lead).map(|post| post.unit)
    }

    /// Is there a unit of which the person may see who works there?
    fn sees_people(&self) -> bool {
        self.actor.posts.iter().any(|post| self.may(Action::ReadPeople, &Object::Unit(post.unit)))
    }

    /// Who the person is today, worked out by hand.
    fn who(&self, found: &mut Found) {
        let World { today, now, posts, stand_ins, glass, .. } = self.world;
        let me = self.actor.person.uuid();
        let holds =
            |post: &&Post| post.person == me && post.from <= *today && post.to.is_none_or(|to| *today <= to);
        let wanted = posts.iter().filter(holds).map(|post| (post.unit, post.role as u8)).collect();
        let got = self.actor.posts.iter().map(|post| (post.unit.uuid(), post.role as u8)).collect();
        found.same("posts", Some(got), Some(wanted));
        let stands = |row: &&(Uuid, Uuid, Uuid, NaiveDate, NaiveDate, Option<NaiveDate>)| {
            row.1 == me && row.3 <= *today && *today <= row.4 && row.5.is_none_or(|ended| *today < ended)
        };
        let wanted = stand_ins.iter().filter(stands).map(|row| PersonId(row.2)).collect();
        found.same("stands in for", Some(self.actor.stands_in_for.clone()), Some(wanted));
        let reads =
            glass.iter().filter(|row| row.1 == me && *now < row.3).map(|row| ClientId(row.2)).collect();
        found.same("behind glass", Some(self.actor.behind_glass.clone()), Some(reads));
    }

    async fn caseloads(&self, found: &mut Found) {
        let Actor { person: me, stands_in_for, .. } = &self.actor;
        let own = self.clients(Action::SeeClient, |known| {
            known.coaches.iter().any(|coach| coach == me || stands_in_for.contains(coach))
        });
        let ids =
            |load: backend::clients::Caseload| load.cases.iter().map(|case| case.id).collect::<Vec<_>>();
        let got = there(self.backend.caseload(&self.actor, None).await).map(ids);
        found.same("caseload", got, self.in_field().then_some(own));
        // The form of a visit offers the own clients of the own units.
        let offered = self.clients(Action::SeeClient, |known| {
            known.coaches.contains(me)
                && FIELD.iter().any(|role| self.holds(*role, known.unit))
                && self.world.client(known.id.uuid()).agreement_on <= self.world.today
        });
        let form = there(self.backend.visit_form(&self.actor, FormWish::default()).await);
        let got = form.map(|form| form.caseload.iter().map(|client| client.id).collect());
        found.same("visit form", got, self.in_field().then_some(offered));
        // One of the others, in turn.
        let (coach, _) =
            self.objects.coaches[usize::from(me.uuid().as_bytes()[15]) % self.objects.coaches.len()];
        if coach == *me {
            return;
        }
        let worked = |unit: UnitId| {
            self.world.posts.iter().any(|post| post.person == coach.uuid() && post.unit == unit.uuid())
        };
        let led = self.led_unit().is_some_and(worked) && self.in_field();
        let theirs = self.clients(Action::SeeClient, |known| known.coaches.contains(&coach));
        let got = there(self.backend.caseload(&self.actor, Some(coach)).await).map(ids);
        found.same("another's caseload", got, led.then_some(theirs));
    }

    fn holds(&self, role: Role, unit: UnitId) -> bool {
        self.actor.posts.iter().any(|post| post.role == role && post.unit == unit)
    }

    async fn unit_lists(&self, found: &mut Found) {
        let led = self.led_unit();
        let of_unit = |known: &KnownClient| Some(known.unit) == led;
        for (which, name) in [(Closed::No, "open clients"), (Closed::Yes, "closed clients")] {
            let got = there(self.backend.unit_clients(&self.actor, which, 0).await);
            let got = got.map(|list| list.rows.iter().map(|row| (row.id, row.can_read)).collect());
            let readable = self.clients(Action::ReadClient, of_unit);
            let in_list = |known: &KnownClient| {
                of_unit(known) && (known.relation == Relation::Open) == (which == Closed::No)
            };
            let all = self.clients(Action::ReopenClient, in_list);
            let wanted = all.into_iter().map(|id| (id, readable.contains(&id))).collect();
            found.same(name, got, led.map(|_| wanted));
        }
        let seen = self.clients(Action::SeeClient, of_unit);
        let on_duty = |person: PersonId| {
            self.world.posts.iter().any(|post| {
                post.person == person.uuid()
                    && Some(UnitId(post.unit)) == led
                    && post.role == Role::Coach
                    && post.from <= self.world.today
                    && post.to.is_none_or(|to| self.world.today <= to)
            })
        };
        let open = || self.objects.clients.iter().filter(|(id, _)| seen.contains(id)).map(|(_, known)| known);
        let load = there(self.backend.unit_load(&self.actor).await);
        let counted =
            self.world.people.iter().map(|person| PersonId(*person)).filter(|person| on_duty(*person));
        let counted = counted
            .map(|person| (person, open().filter(|known| known.coaches.contains(&person)).count()))
            .collect();
        let got = load.as_ref().map(|load| {
            let all = load.loads.iter();
            all.map(|load| (load.coach, (load.phases.iter().sum::<u32>() + load.paused) as usize)).collect()
        });
        found.same("load", got, led.map(|_| counted));
        let lost = open().filter(|known| !known.coaches.iter().any(|coach| on_duty(*coach)));
        let lost = lost.map(|known| known.id).collect();
        let got = load.map(|load| load.uncoached.iter().map(|client| client.id).collect());
        found.same("without a coach", got, led.map(|_| lost));
    }

    async fn memo_lists(&self, found: &mut Found) {
        let inbox = there(self.backend.inbox(&self.actor).await);
        let ids = |list: &[domain::referrals::ReceivedMemo]| {
            list.iter().map(|memo| memo.sent.id).collect::<Vec<_>>()
        };
        let lists = inbox.map(|inbox| [ids(&inbox.waiting), ids(&inbox.accepted), ids(&inbox.ended)]);
        for (place, name) in ["memos that wait", "memos taken up", "memos that ended"].into_iter().enumerate()
        {
            let wanted = self.memos(Action::DecideReferral, |memo| self.world.place(memo) == Some(place));
            let got = lists.as_ref().map(|lists| lists[place].clone());
            found.same(name, got, self.in_field().then_some(wanted));
        }
        let waiting = there(self.backend.memos_waiting(&self.actor).await);
        let wanted = self.memos(Action::DecideReferral, |memo| self.world.place(memo) == Some(0)).len();
        let counted = self.in_field().then(|| vec![wanted]);
        found.same("how many memos wait", waiting.map(|waiting| vec![waiting as usize]), counted);
        let refers = self.actor.posts.iter().any(|post| post.role == Role::Referrer);
        let since = self.world.today.checked_sub_months(Months::new(12)).expect("a day");
        let own = self.memos(Action::ReferClient, |memo| {
            memo.sent_on >= since || (memo.accepted.is_none() && memo.withdrawn_on.is_none())
        });
        let got = there(self.backend.own_memos(&self.actor).await);
        let got = got.map(|memos| memos.iter().map(|memo| memo.id).collect());
        found.same("own memos", got, refers.then_some(own));
        let got = there(self.backend.declined_memos(&self.actor).await);
        let got = got.map(|declined| declined.memos.iter().filter_map(|memo| memo.id).collect());
        let wanted = self.memos(Action::DecideReferral, |memo| {
            memo.accepted == Some(false)
                && memo.withdrawn_on.is_none()
                && self.in_unit(Action::LeadUnit, memo.unit)
        });
        found.same("declined memos", got, self.led_unit().map(|_| wanted));
    }

    async fn meeting_lists(&self, found: &mut Found) {
        for (team, unit) in &self.world.teams {
            let may = self.in_unit(Action::HoldTeamMeeting, *unit);
            for ago in [0, 45] {
                let day = days(self.world.today, -ago);
                let got = there(self.backend.team_meeting(&self.actor, Some(TeamId(*team)), Some(day)).await);
                let got = got.map(|meeting| meeting.listed.into_iter().map(|listed| listed.who).collect());
                found.same(
                    &format!("team meeting, {ago} days ago"),
                    got,
                    may.then(|| self.subjects(*team, day)),
                );
                if !may {
                    break;
                }
            }
        }
    }

    /// Whom a meeting may speak of: the team's open clients and waiting memos, and whom it spoke of that day or was
    /// to go on with; of all of them those whom the person may read today.
    fn subjects(&self, team: Uuid, day: NaiveDate) -> Vec<Subject> {
        let open = |client: &Client| client.closed_on.is_none_or(|closed| closed >= day);
        let last =
            self.world.meetings.iter().filter(|one| one.1 == team && one.2 < day).max_by_key(|one| one.2);
        let spoken = |who: &Subject| {
            self.world.talks.iter().any(|(meeting, about, follow)| {
                about == who
                    && (self.world.meetings.contains(&(*meeting, team, day))
                        || *follow && last.is_some_and(|last| last.0 == *meeting) && self.goes_on(who, day))
            })
        };
        let clients = self.clients(Action::ReadClient, |known| {
            let client = self.world.client(known.id.uuid());
            client.team == Some(team) && open(client) || spoken(&Subject::Client(known.id))
        });
        let memos = self.memos(Action::DecideReferral, |memo| {
            let waits = memo.accepted.is_none() && memo.withdrawn_on.is_none() && memo.sent_on <= day;
            memo.team == team && waits || spoken(&Subject::Memo(memo.id.into()))
        });
        clients.into_iter().map(Subject::Client).chain(memos.into_iter().map(Subject::Memo)).collect()
    }

    /// Is there still something to go on with?
    fn goes_on(&self, who: &Subject, day: NaiveDate) -> bool {
        match who {
            Subject::Client(id) => self.world.client(id.uuid()).closed_on.is_none_or(|closed| closed >= day),
            Subject::Memo(id) => self.world.memos.iter().any(|memo| {
                memo.id == id.uuid() && memo.withdrawn_on.is_none() && memo.accepted != Some(false)
            }),
            Subject::NotYet(_) => true,
        }
    }

    async fn visits(&self, found: &mut Found) {
        let unit = self.actor.field_unit();
        let seen = |visit: &Visit| {
            let object = Object::Visit { coach: visit.coach.into(), unit: visit.unit.into() };
            let words = visit.client.is_none() || self.may(Action::ReadVisit, &object);
            let named = visit.client.is_some_and(|client| {
                let client = self.world.client(client);
                let relation = Relation::on(client.closed_on, self.world.today);
                // Of the own units only: a visit names nobody to a stand-in of another unit.
                let object = Object::Client {
                    id: client.id.into(),
                    unit: client.unit.into(),
                    relation,
                    coaches: vec![],
                };
                self.may(Action::SeeClient, &object)
            });
            (VisitId(visit.id), words, named)
        };
        let got = |visits: &[VisitSeen]| {
            let one = |visit: &VisitSeen| {
                (visit.id, visit.summary.is_some(), matches!(visit.client, ClientSeen::Alias(_)))
            };
            visits.iter().map(one).collect::<Vec<_>>()
        };
        let all = || self.world.visits.iter().filter(|visit| !visit.withdrawn);
        let of_unit = || all().filter(|visit| Some(UnitId(visit.unit)) == unit).map(seen).collect::<Vec<_>>();
        let feed = there(self.backend.feed(&self.actor, &FeedQuery::default()).await);
        found.same("feed", feed.map(|feed| got(&feed.visits)), unit.map(|_| of_unit()));
        let file = there(self.backend.all_visits(&self.actor, &FeedQuery::default()).await);
        found.same("visits as a file", file.map(|visits| got(&visits)), unit.map(|_| of_unit()));
        let today = there(self.backend.today(&self.actor).await);
        found.same("today", today.map(|today| got(&today.unit_visits)), unit.map(|_| of_unit()));
        for employer in &self.world.employers {
            let page = there(self.backend.employer(&self.actor, EmployerId(*employer)).await);
            let at = all().filter(|visit| visit.employer == *employer).map(seen).collect();
            found.same("employer", page.map(|page| got(&page.visits)), self.in_field().then_some(at));
        }
    }

    async fn around(&self, found: &mut Found) {
        let posts = self.world.posts.iter().filter(|post| self.in_unit(Action::ReadPeople, post.unit));
        let people: Vec<PersonId> = posts.map(|post| post.person.into()).collect();
        let got = there(self.backend.colleagues(&self.actor).await);
        let got = got.map(|list| list.iter().map(|colleague| colleague.id).collect());
        found.same("people", got, (!people.is_empty()).then_some(people));
        let manages = self.may(Action::ManageOrganisation, &Object::Organisation);
        let got = there(self.backend.organisation(&self.actor).await);
        let got = got.map(|seen| vec![seen.units.len(), seen.teams.len(), seen.people.len()]);
        let World { units, teams, people, .. } = self.world;
        found.same("organisation", got, manages.then(|| vec![units.len(), teams.len(), people.len()]));
        let changes = there(self.backend.organisation_changes(&self.actor).await).map(|_| vec![0]);
        let reads = self.may(Action::ReadOrganisationChanges, &Object::Organisation);
        found.same("changes", changes, reads.then(|| vec![0]));

        let got = there(self.backend.glass_list(&self.actor).await);
        let got = got.map(|list| list.list.iter().map(|one| (one.id, one.client.is_some())).collect());
        let unit_of = |client: &Uuid| self.world.client(*client).unit;
        let sees = |unit| self.in_unit(Action::LeadUnit, unit) || self.in_unit(Action::ReadPeople, unit);
        let wanted = self.world.glass.iter().filter(|row| sees(unit_of(&row.2)));
        let wanted = wanted.map(|row| (row.0, self.in_unit(Action::LeadUnit, unit_of(&row.2)))).collect();
        found.same("readings with a reason", got, self.sees_people().then_some(wanted));
        let got = there(self.backend.open_glass(&self.actor).await);
        let got = got.map(|list| list.iter().map(|one| one.client).collect());
        let may = self.may(Action::BreakGlass, &Object::Organisation);
        found.same("own readings", got, may.then(|| self.actor.behind_glass.clone()));

        let works_where_it_is_seen = |person: Uuid| {
            let own = self.world.posts.iter().filter(|post| post.person == person);
            own.into_iter().any(|post| self.in_unit(Action::ReadPeople, post.unit))
        };
        let wanted =
            self.world.alarms.iter().filter(|alarm| works_where_it_is_seen(alarm.1)).map(|alarm| alarm.0);
        let got = there(self.backend.alarms(&self.actor).await);
        let got = got.map(|alarms| alarms.iter().map(|alarm| alarm.id).collect());
        found.same("alarms", got, self.sees_people().then(|| wanted.collect()));

        let appoints = |person: Uuid| {
            let known = self.objects.coaches.iter().find(|(id, _)| id.uuid() == person);
            let object = known.and_then(|(_, known)| known.as_ref()).map(Guarded::object);
            object.is_some_and(|object| self.may(Action::AppointSubstitute, &object))
        };
        let me = self.actor.person.uuid();
        let wanted = self.world.stand_ins.iter().filter(|row| row.1 == me || row.2 == me || appoints(row.2));
        let got = there(self.backend.substitutes(&self.actor).await);
        let got = got.map(|seen| seen.list.iter().map(|one| one.id).collect());
        found.same("stand-ins", got, appoints(me).then(|| wanted.map(|row| row.0).collect()));
    }

    /// A page, too, is there exactly when the rule says so: of one client and one memo in turn.
    async fn pages(&self, found: &mut Found) {
        let turn = usize::from(self.actor.person.uuid().as_bytes()[14]);
        let (id, known) = &self.objects.clients[turn % self.objects.clients.len()];
        let object = known.object();
        let page = there(self.backend.client_page(&self.actor, *id).await).map(|page| vec![page.can_write]);
        let writes = || vec![self.may(Action::WriteClient, &object)];
        found.same("a client", page, self.may(Action::ReadClient, &object).then(writes));
        let uses = there(self.backend.uses(&self.actor, *id, 0, false).await).map(|_| vec![()]);
        found.same("uses", uses, self.may(Action::ReadUses, &object).then(|| vec![()]));
        let memo = &self.world.memos[turn % self.world.memos.len()];
        let object = self.world.memo_object(memo);
        let page = there(self.backend.own_memo(&self.actor, memo.id.into()).await).map(|_| vec![()]);
        found.same("a sent memo", page, self.may(Action::ReferClient, &object).then(|| vec![()]));
        let page = there(self.backend.received_memo(&self.actor, memo.id.into()).await).map(|_| vec![()]);
        found.same("a received memo", page, self.may(Action::DecideReferral, &object).then(|| vec![()]));
        let visit = &self.world.visits[turn % self.world.visits.len()];
        let object = Object::Visit { coach: visit.coach.into(), unit: visit.unit.into() };
        let page = there(self.backend.visit(&self.actor, visit.id.into()).await).map(|_| vec![()]);
        found.same("a visit", page, self.may(Action::ReadVisit, &object).then(|| vec![()]));
    }
}

/// Looks at the worlds of these seeds; gives how many people asked, and what was found.
async fn look(backend: TestBackend, seeds: Range<u64>) -> (u64, Found) {
    let now = backend.clock.now();
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    execute!(tx, "insert into organisation (id, name, demo, created_at) values (1, 'x', $1, $2)", false, now)
        .expect("an organisation");
    tx.commit().await.expect("a commit");
    if let Store::Sqlite { write, .. } = &backend.store {
        // Nothing here is to outlive the machine.
        sqlx::query("pragma synchronous = off").execute(write).await.expect("a pragma");
    }
    let (mut askers, mut found) = (0, Found::default());
    for seed in seeds {
        let world = world(seed);
        put(&backend, &world).await.expect("a world");
        let objects = Objects::of(&backend, &world).await.expect("objects");
        for (at, person) in world.people.iter().enumerate() {
            let actor = backend.actor(&person.to_string()).await.expect("a database").expect("a session");
            askers += 1;
            let before = found.wrong.len();
            let asker = Asker { backend: &backend, world: &world, objects: &objects, actor };
            asker.who(&mut found);
            asker.caseloads(&mut found).await;
            asker.unit_lists(&mut found).await;
            asker.memo_lists(&mut found).await;
            asker.meeting_lists(&mut found).await;
            asker.visits(&mut found).await;
            asker.around(&mut found).await;
            asker.pages(&mut found).await;
            for wrong in &mut found.wrong[before..] {
                *wrong = format!("world {seed}, person {at} {:?}: {wrong}", asker.actor.posts);
            }
        }
        assert!(found.wrong.len() < 20, "{:#?}", found.wrong);
    }
    (askers, found)
}

/// On `SQLite` in two halves at once, each with a thread and a database of its own.
#[tokio::test]
#[expect(clippy::print_stdout, reason = "says how many worlds there were")]
async fn every_list_equals_what_the_rule_allows_in_a_thousand_random_worlds() {
    let number = |name, usual| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (first, worlds): (u64, u64) = (number("RINNALLA_WORLD", 0), number("RINNALLA_WORLDS", WORLDS));
    for backend in both().await {
        let engine = backend.store.engine_name();
        let (mut askers, mut found);
        if engine == "SQLite" {
            let (middle, last) = (first + worlds / 2, first + worlds);
            let other = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(async { look(on_sqlite().await, middle..last).await })
            });
            (askers, found) = look(backend, first..middle).await;
            let (people, more) = other.join().expect("the other half");
            askers += people;
            found.lists += more.lists;
            found.rows += more.rows;
            found.wrong.extend(more.wrong);
        } else {
            (askers, found) = look(backend, first..first + worlds.div_ceil(20)).await;
        }
        let Found { lists, rows, wrong } = found;
        println!("{engine}: {askers} people, {lists} lists with {rows} rows, {} wrong", wrong.len());
        assert!(wrong.is_empty(), "{engine}: {wrong:#?}");
    }
}
