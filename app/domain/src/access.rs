//! Who may do what (design §8, S10): one pure decision, [`allows`], deny by default.
//!
//! The backend looks up the facts of the object, asks here, and hands out a `Grant` without which
//! no use case runs. "Not allowed" and "not there" look the same to whoever asks.

use crate::calendar::is_on;
use crate::codes::Role;
use crate::ids::{ClientId, PersonId, TeamId, UnitId};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A person's role in a unit or team, from one day to another. A person may hold several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// What the person does.
    pub role: Role,
    /// Where: a unit, or the unit of the treatment team.
    pub unit: UnitId,
    /// The treatment team of a referrer.
    pub team: Option<TeamId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
}

impl Post {
    /// Does the post hold on `day`?
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        is_on(self.from, self.to, day)
    }
}

/// A closed client's page can be read for so many days more, for what is still to be written and for
/// opening it again (S15).
pub const KEPT_DAYS: u64 = 30;

/// How the relation between a unit and a client stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Open, the day of closing included.
    Open,
    /// Closed for at most [`KEPT_DAYS`].
    Kept,
    /// Closed for longer.
    Over,
}

impl Relation {
    /// How it stands with a client who was closed on a day, or not.
    #[must_use]
    pub fn on(closed_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match closed_on {
            None => Self::Open,
            Some(closed) if today <= closed => Self::Open,
            Some(closed)
                if closed.checked_add_days(Days::new(KEPT_DAYS)).is_some_and(|last| today <= last) =>
            {
                Self::Kept
            }
            Some(_) => Self::Over,
        }
    }
}

/// Who asks: what the person is today, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// The person.
    pub person: PersonId,
    /// The posts that hold today; a former post gives nothing.
    pub posts: &'a [Post],
    /// The coaches for whom the person stands in today.
    pub stands_in_for: &'a [PersonId],
    /// The clients whom the person reads outside the relation now, with a written reason (S17).
    pub behind_glass: &'a [ClientId],
}

/// Something that a person asks to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Use the own account: own sign-ins, signing out.
    UseOwnAccount,
    /// Search and read the employer register.
    ReadRegister,
    /// Change what the register says: facts, contact persons, do-not-contact, chains, merging.
    EditRegister,
    /// Take a list of employers into the register, or take it back.
    TakeList,
    /// Hand an employer over to a colleague.
    HandOverEmployer,
    /// Change the settings of the organisation.
    ChangeSettings,
    /// Log a visit, with or without a new employer, for no client.
    LogVisit,
    /// See the words of a visit that concerns a client.
    ReadVisit,
    /// Amend a visit; what stood before is kept.
    AmendVisit,
    /// Take a visit back, or bring it back.
    WithdrawVisit,
    /// Mark the next step of a visit as done, or give it another day.
    SettleNextStep,
    /// See a client by alias, and log a visit for them.
    SeeClient,
    /// Read a client's page.
    ReadClient,
    /// Write about a client: profile, notes, meetings, steps, what may be told.
    WriteClient,
    /// Open a closed client's service again.
    ReopenClient,
    /// Read a client outside the relation, with a written reason, for an hour.
    BreakGlass,
    /// Send a memo that refers a client, and see what becomes of those that the team sent.
    ReferClient,
    /// Read and decide about the memos that a unit got.
    DecideReferral,
    /// See and share what employers need: openings and hidden needs.
    ShareOpportunities,
    /// Keep the list of a team meeting.
    HoldTeamMeeting,
    /// Read what a unit's records say of the criteria.
    ReadFidelity,
    /// Read a dossier that was opened.
    ReadDossier,
    /// Open a dossier to a reviewer, or close it.
    OpenDossier,
    /// See how the assessments of all units stand.
    ReadBands,
    /// See the load of the unit's coaches, the trend of declined memos and who read outside the relation.
    LeadUnit,
    /// Say who stands in for a coach.
    AppointSubstitute,
    /// End the credential of a coach's phone.
    EndDevice,
    /// Bring in or let go what somebody sealed who has left or is locked out.
    SettleForGone,
    /// Units, teams, people and posts of the organisation.
    ManageOrganisation,
    /// See what was changed of the organisation.
    ReadOrganisationChanges,
    /// See what is due to be erased, propose it, and release what another proposed.
    KeepRetention,
    /// See who used a client's data.
    ReadUses,
    /// Look into an alarm about somebody who read many clients.
    ReviewAlarm,
    /// See the unit's visits of late.
    ReadUnitFeed,
    /// See the people of a unit and whether they can sign in.
    ReadPeople,
    /// Give a person a one-time link to choose a password.
    Invite,
}

/// What the action is about, with the facts that decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The person's own account.
    OwnAccount,
    /// The employer register, shared by all units of the organisation.
    Register,
    /// An employer whose owner decides.
    Employer {
        /// Who takes care of it.
        owner: Option<PersonId>,
        /// In which units the owner holds or held a post.
        units: Vec<UnitId>,
    },
    /// The settings of the organisation.
    Settings,
    /// A unit.
    Unit(UnitId),
    /// A visit.
    Visit {
        /// Who logged it.
        coach: PersonId,
        /// In which unit.
        unit: UnitId,
    },
    /// A client.
    Client {
        /// Which.
        id: ClientId,
        /// The unit whose client the person is.
        unit: UnitId,
        /// How the relation with the client stands.
        relation: Relation,
        /// Who coaches the client today.
        coaches: Vec<PersonId>,
    },
    /// A treatment team, with the unit that it refers to.
    Team {
        /// The team.
        team: TeamId,
        /// The unit.
        unit: UnitId,
    },
    /// A memo.
    Referral {
        /// The team that sent it.
        team: TeamId,
        /// The unit that got it.
        unit: UnitId,
        /// How the unit's relation with the person stands: as with the client that it became, and over
        /// some time after it was declined or taken back.
        relation: Relation,
    },
    /// A coach for whom somebody may stand in, who coaches in these units.
    Coach {
        /// Who.
        coach: PersonId,
        /// Where.
        units: Vec<UnitId>,
    },
    /// A dossier of a unit that was opened to a reviewer.
    Dossier {
        /// Of which unit.
        unit: UnitId,
        /// To whom.
        reviewer: PersonId,
        /// Can it be read today?
        open: bool,
    },
    /// The organisation itself.
    Organisation,
    /// Another person, who holds or held posts in these units.
    Person {
        /// The units.
        units: Vec<UnitId>,
        /// Is the person an administrator? Only an administrator makes another one.
        admin: bool,
        /// Does the person have a password? Then a new link is the operator's to give: whoever
        /// makes one could sign in as that person.
        active: bool,
    },
}

/// May they do `action` to `object`?
#[must_use]
pub fn allows(who: Who<'_>, action: Action, object: &Object) -> bool {
    let Who { person, posts, stands_in_for, behind_glass } = who;
    let has = |roles: &[Role]| posts.iter().any(|post| roles.contains(&post.role));
    let has_in = |unit: UnitId, roles: &[Role]| {
        posts.iter().any(|post| post.unit == unit && roles.contains(&post.role))
    };
    const FIELD: &[Role] = &[Role::Coach, Role::Lead];
    match (action, object) {
        (Action::UseOwnAccount, Object::OwnAccount) => true,
        (Action::ReadRegister | Action::EditRegister, Object::Register) => has(FIELD),
        (Action::TakeList, Object::Register) => has(&[Role::Lead]),
        (Action::HandOverEmployer, Object::Employer { owner, units }) => match owner {
            None => has(FIELD),
            Some(owner) if *owner == person => has(FIELD),
            Some(_) => units.iter().any(|unit| has_in(*unit, &[Role::Lead])),
        },
        (Action::ChangeSettings, Object::Settings) => has(&[Role::Lead, Role::Admin]),
        (Action::LogVisit | Action::ReadUnitFeed, Object::Unit(unit)) => has_in(*unit, FIELD),
        (Action::ReadVisit, Object::Visit { unit, .. }) => has_in(*unit, FIELD),
        (Action::AmendVisit | Action::WithdrawVisit, Object::Visit { coach, unit }) => {
            *coach == person && has_in(*unit, FIELD)
        }
        (Action::SettleNextStep, Object::Visit { coach, unit }) => {
            (*coach == person && has_in(*unit, FIELD)) || has_in(*unit, &[Role::Lead])
        }
        (Action::SeeClient, Object::Client { relation, .. }) => {
            *relation == Relation::Open && allows(who, Action::WriteClient, object)
        }
        (Action::WriteClient, Object::Client { unit, relation, coaches, .. }) => {
            let stands_in = coaches.iter().any(|coach| stands_in_for.contains(coach)) && has(FIELD);
            *relation != Relation::Over && (has_in(*unit, FIELD) || stands_in)
        }
        (Action::ReadClient, Object::Client { id, .. }) => {
            allows(who, Action::WriteClient, object) || behind_glass.contains(id) && has(FIELD)
        }
        (Action::ReopenClient, Object::Client { unit, .. }) => {
            allows(who, Action::WriteClient, object) || has_in(*unit, &[Role::Lead])
        }
        (Action::BreakGlass, Object::Client { .. }) => {
            has(FIELD) && !allows(who, Action::WriteClient, object)
        }
        (Action::ReferClient, Object::Team { team, .. } | Object::Referral { team, .. }) => {
            posts.iter().any(|post| post.role == Role::Referrer && post.team == Some(*team))
        }
        (Action::DecideReferral, Object::Referral { unit, relation, .. }) => {
            *relation != Relation::Over && has_in(*unit, FIELD)
        }
        (Action::DecideReferral, Object::Unit(unit)) => has_in(*unit, FIELD),
        (Action::ShareOpportunities | Action::HoldTeamMeeting | Action::ReadFidelity, Object::Unit(unit)) => {
            has_in(*unit, FIELD)
        }
        (Action::ReadDossier, Object::Dossier { reviewer, open, .. }) => {
            *open && *reviewer == person && has(&[Role::Reviewer])
        }
        (Action::OpenDossier, Object::Dossier { unit, .. } | Object::Unit(unit)) => {
            has_in(*unit, &[Role::Lead])
        }
        (Action::LeadUnit, Object::Unit(unit)) => has_in(*unit, &[Role::Lead]),
        (Action::AppointSubstitute, Object::Coach { coach, units }) => {
            let leads = units.iter().any(|unit| has_in(*unit, &[Role::Lead]));
            leads || *coach == person && has(FIELD)
        }
        (Action::EndDevice | Action::SettleForGone, Object::Coach { units, .. }) => {
            units.iter().any(|unit| has_in(*unit, &[Role::Lead]))
        }
        (Action::ManageOrganisation, Object::Organisation) => has(&[Role::Admin]),
        (Action::ReadBands, Object::Organisation) => has(&[Role::Lead, Role::Admin]),
        (Action::ReadOrganisationChanges, Object::Organisation) => has(&[Role::Lead, Role::Admin]),
        (Action::KeepRetention, Object::Organisation) => has(&[Role::Lead, Role::Admin]),
        (Action::KeepRetention, Object::Unit(unit)) => has(&[Role::Admin]) || has_in(*unit, &[Role::Lead]),
        // Whoever asks is not told whether the client is there: the door comes before the client.
        (Action::BreakGlass, Object::Organisation) => has(FIELD),
        // Whatever became of the relation: the client may ask for it years later.
        (Action::ReadUses, Object::Client { unit, .. }) => has_in(*unit, &[Role::Lead]),
        (Action::ReviewAlarm, Object::Coach { coach, units }) => {
            let leads = units.iter().any(|unit| has_in(*unit, &[Role::Lead]));
            *coach != person && (leads || has(&[Role::Admin]))
        }
        (Action::ReadPeople, Object::Unit(unit)) => has(&[Role::Admin]) || has_in(*unit, &[Role::Lead]),
        (Action::Invite, Object::Person { units, admin, active }) => {
            let leads = units.iter().any(|unit| has_in(*unit, &[Role::Lead]));
            !active && (has(&[Role::Admin]) || (leads && !admin))
        }
        _ => false,
    }
}

/// A signed-in person, as the page knows them: never more than the person may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Today's posts.
    pub posts: Vec<Post>,
    /// Names of the units of these posts.
    pub units: Vec<String>,
    /// Is this a demo database?
    pub demo: bool,
}

impl Me {
    /// Does the person hold `role` today?
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }

    /// Does the person work in the field: log visits, read the register?
    #[must_use]
    pub fn in_field(&self) -> bool {
        self.is(Role::Coach) || self.is(Role::Lead)
    }

    /// Does the person send clients of a treatment team, and nothing else?
    #[must_use]
    pub fn only_refers(&self) -> bool {
        self.is(Role::Referrer) && !self.in_field() && !self.manages_people()
    }

    /// Does the person review services, and nothing else?
    #[must_use]
    pub fn only_reviews(&self) -> bool {
        self.is(Role::Reviewer) && !self.is(Role::Referrer) && !self.in_field() && !self.manages_people()
    }

    /// May the person see who works in the unit and invite them?
    #[must_use]
    pub fn manages_people(&self) -> bool {
        self.is(Role::Lead) || self.is(Role::Admin)
    }
}

/// One of the own sign-ins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Which.
    pub id: crate::ids::SessionId,
    /// The browser's own description, shortened.
    pub device: String,
    /// The day on which it began.
    pub since: NaiveDate,
    /// Is it the one that asks?
    pub this: bool,
}

/// Somebody who works in a unit, as the lead sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// Role and place, with its days.
    pub role: Role,
    /// Unit or team.
    pub place: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
    /// Can the person sign in?
    pub state: AccountState,
}

/// Can a person sign in?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Has a password.
    Active,
    /// Has an invitation that can still be used.
    Invited,
    /// Has neither.
    New,
    /// Locked by an administrator.
    Locked,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn unit(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn post(role: Role, n: u128) -> Post {
        Post { role, unit: unit(n), team: None, from: NaiveDate::MIN, to: None }
    }

    fn allows(person: PersonId, posts: &[Post], action: Action, object: &Object) -> bool {
        super::allows(Who { person, posts, stands_in_for: &[], behind_glass: &[] }, action, object)
    }

    fn client(n: u128, open: bool) -> Object {
        let relation = if open { Relation::Open } else { Relation::Over };
        Object::Client { id: CLIENT, unit: unit(n), relation, coaches: vec![OTHER] }
    }

    const CLIENT: ClientId = ClientId(Uuid::from_u128(3));
    const ME: PersonId = PersonId(Uuid::from_u128(1));
    const OTHER: PersonId = PersonId(Uuid::from_u128(2));

    #[test]
    fn a_client_is_seen_in_the_own_unit_while_the_relation_is_open() {
        let sees = |posts: &[Post], n, open| allows(ME, posts, Action::SeeClient, &client(n, open));
        assert!(sees(&[post(Role::Coach, 1)], 1, true));
        assert!(!sees(&[post(Role::Coach, 1)], 1, false));
        assert!(!sees(&[post(Role::Coach, 1)], 2, true));
        for role in [Role::Referrer, Role::Reviewer, Role::Admin] {
            assert!(!sees(&[post(role, 1)], 1, true), "{role:?}");
        }
    }

    #[test]
    fn a_closed_client_is_kept_for_thirty_days_and_then_only_the_lead_opens_it_again() {
        let closed = NaiveDate::from_ymd_opt(2026, 10, 1);
        let on = |day: u64| Relation::on(closed, closed.unwrap() + Days::new(day));
        assert_eq!(
            [on(0), on(1), on(30), on(31)],
            [Relation::Open, Relation::Kept, Relation::Kept, Relation::Over]
        );
        assert_eq!(Relation::on(None, NaiveDate::MAX), Relation::Open);
        let may = |role, action, relation| {
            let client = Object::Client { id: CLIENT, unit: unit(1), relation, coaches: vec![ME] };
            allows(ME, &[post(role, 1)], action, &client)
        };
        for action in [Action::ReadClient, Action::WriteClient, Action::ReopenClient] {
            assert!(may(Role::Coach, action, Relation::Kept), "{action:?}");
            assert!(!may(Role::Coach, action, Relation::Over), "{action:?}");
        }
        assert!(
            !may(Role::Coach, Action::SeeClient, Relation::Kept),
            "no visit is logged for a closed client"
        );
        assert!(may(Role::Lead, Action::ReopenClient, Relation::Over));
        assert!(!may(Role::Lead, Action::ReadClient, Relation::Over));
        assert!(may(Role::Coach, Action::BreakGlass, Relation::Over));
    }

    #[test]
    fn who_stands_in_sees_the_coachs_open_clients_while_it_lasts() {
        let posts = [post(Role::Coach, 2)];
        let sees = |stands_in_for: &[PersonId], posts: &[Post], action, open| {
            let who = Who { person: ME, posts, stands_in_for, behind_glass: &[] };
            super::allows(who, action, &client(1, open))
        };
        for action in [Action::SeeClient, Action::ReadClient, Action::WriteClient] {
            assert!(sees(&[OTHER], &posts, action, true), "{action:?}");
            assert!(!sees(&[], &posts, action, true), "{action:?}: it is over");
            assert!(!sees(&[OTHER], &posts, action, false), "{action:?}: closed");
            assert!(!sees(&[OTHER], &[post(Role::Admin, 1)], action, true), "{action:?}: not in the field");
        }
    }

    #[test]
    fn behind_glass_one_client_is_read_and_nothing_is_written() {
        let posts = [post(Role::Coach, 2)];
        let who = Who { person: ME, posts: &posts, stands_in_for: &[], behind_glass: &[CLIENT] };
        let other = Object::Client {
            id: ClientId(Uuid::from_u128(9)),
            unit: unit(1),
            relation: Relation::Open,
            coaches: Vec::new(),
        };
        assert!(super::allows(who, Action::ReadClient, &client(1, false)));
        assert!(!super::allows(who, Action::ReadClient, &other));
        assert!(!super::allows(who, Action::WriteClient, &client(1, true)));
        let admin = [post(Role::Admin, 1), post(Role::Referrer, 1)];
        let who = Who { posts: &admin, ..who };
        assert!(!super::allows(who, Action::ReadClient, &client(1, true)), "no administrator, no referrer");
        assert!(!super::allows(who, Action::BreakGlass, &client(1, true)));
        assert!(allows(ME, &posts, Action::BreakGlass, &client(1, true)));
        assert!(!allows(ME, &posts, Action::BreakGlass, &client(2, true)), "there is no need");
    }

    #[test]
    fn a_team_sends_its_own_memos_and_the_unit_decides() {
        let team = TeamId(Uuid::from_u128(5));
        let referrer = [Post { team: Some(team), ..post(Role::Referrer, 1) }];
        let memo = |team| Object::Referral { team, unit: unit(1), relation: Relation::Open };
        let over = Object::Referral { team, unit: unit(1), relation: Relation::Over };
        assert!(allows(ME, &referrer, Action::ReferClient, &memo(team)));
        assert!(
            !allows(ME, &referrer, Action::ReferClient, &memo(TeamId(Uuid::from_u128(6)))),
            "another team's"
        );
        assert!(!allows(ME, &referrer, Action::DecideReferral, &memo(team)));
        assert!(allows(ME, &[post(Role::Coach, 1)], Action::DecideReferral, &memo(team)));
        assert!(!allows(ME, &[post(Role::Lead, 1)], Action::DecideReferral, &over), "it is over");
        assert!(allows(ME, &referrer, Action::ReferClient, &over), "the team keeps its own words");
        assert!(!allows(ME, &[post(Role::Coach, 2)], Action::DecideReferral, &memo(team)));
        assert!(!allows(ME, &[post(Role::Coach, 1)], Action::ReferClient, &memo(team)));
    }

    #[test]
    fn only_the_author_takes_a_visit_back() {
        let visit = |coach| Object::Visit { coach, unit: unit(1) };
        assert!(allows(ME, &[post(Role::Coach, 1)], Action::WithdrawVisit, &visit(ME)));
        assert!(!allows(ME, &[post(Role::Lead, 1)], Action::WithdrawVisit, &visit(OTHER)));
        assert!(!allows(ME, &[], Action::WithdrawVisit, &visit(ME)), "a former coach");
    }

    #[test]
    fn an_administrator_invites_everybody_and_a_lead_the_own_unit() {
        let person = Object::Person { units: vec![unit(1)], admin: false, active: false };
        assert!(allows(ME, &[post(Role::Admin, 9)], Action::Invite, &person));
        assert!(allows(ME, &[post(Role::Lead, 1)], Action::Invite, &person));
        assert!(!allows(ME, &[post(Role::Lead, 2)], Action::Invite, &person));
        assert!(!allows(ME, &[post(Role::Coach, 1)], Action::Invite, &person));

        let admin = Object::Person { units: vec![unit(1)], admin: true, active: false };
        assert!(
            !allows(ME, &[post(Role::Lead, 1)], Action::Invite, &admin),
            "no lead makes an administrator"
        );
        let active = Object::Person { units: vec![unit(1)], admin: false, active: true };
        assert!(
            !allows(ME, &[post(Role::Admin, 1)], Action::Invite, &active),
            "nobody takes an account over"
        );
    }

    #[test]
    fn an_employer_is_handed_over_by_its_owner_the_owners_lead_or_anybody_when_it_has_none() {
        let may = |posts: &[Post], owner| {
            let units = if owner == Some(OTHER) { vec![unit(1)] } else { Vec::new() };
            allows(ME, posts, Action::HandOverEmployer, &Object::Employer { owner, units })
        };
        let coach = [post(Role::Coach, 1)];
        assert!(may(&coach, None) && may(&coach, Some(ME)));
        assert!(!may(&coach, Some(OTHER)), "a colleague's");
        assert!(may(&[post(Role::Lead, 1)], Some(OTHER)));
        assert!(!may(&[post(Role::Lead, 2)], Some(OTHER)), "another unit's lead");
        for role in [Role::Admin, Role::Referrer, Role::Reviewer] {
            assert!(!may(&[post(role, 1)], None) && !may(&[post(role, 1)], Some(ME)), "{role:?}");
        }
    }

    #[test]
    fn settings_are_for_leads_and_administrators_and_the_register_for_the_field() {
        for role in Role::ALL {
            let may = |action, object: &Object| allows(ME, &[post(*role, 1)], action, object);
            let leads = matches!(role, Role::Lead | Role::Admin);
            assert_eq!(may(Action::ChangeSettings, &Object::Settings), leads, "{role:?}");
            let field = matches!(role, Role::Coach | Role::Lead);
            assert_eq!(may(Action::EditRegister, &Object::Register), field, "{role:?}");
        }
    }

    const ACTIONS: &[Action] = &[
        Action::ReadRegister,
        Action::EditRegister,
        Action::HandOverEmployer,
        Action::ChangeSettings,
        Action::LogVisit,
        Action::ReadVisit,
        Action::AmendVisit,
        Action::WithdrawVisit,
        Action::SettleNextStep,
        Action::SeeClient,
        Action::ReadClient,
        Action::WriteClient,
        Action::ReopenClient,
        Action::BreakGlass,
        Action::ReferClient,
        Action::DecideReferral,
        Action::HoldTeamMeeting,
        Action::ReadFidelity,
        Action::LeadUnit,
        Action::AppointSubstitute,
        Action::ManageOrganisation,
        Action::ReadUnitFeed,
        Action::ReadPeople,
        Action::Invite,
    ];

    proptest! {
        /// Nobody gets anything but the own account without a post, and no mix-up of action and
        /// object ever opens a door.
        #[test]
        fn no_post_no_door(action in prop::sample::select(ACTIONS), n in 0_u128..3, open: bool, mine: bool) {
            let coach = if mine { ME } else { OTHER };
            let objects = [
                Object::OwnAccount, Object::Register, Object::Settings, Object::Unit(unit(n)),
                Object::Employer { owner: mine.then_some(ME), units: vec![unit(n)] },
                Object::Visit { coach, unit: unit(n) }, client(n, open),
                Object::Person { units: vec![unit(n)], admin: mine, active: open },
                Object::Team { team: TeamId(Uuid::from_u128(n)), unit: unit(n) },
                Object::Referral { team: TeamId(Uuid::from_u128(n)), unit: unit(n), relation: Relation::Open },
                Object::Coach { coach, units: vec![unit(n)] }, Object::Organisation,
            ];
            for object in &objects {
                prop_assert!(!allows(ME, &[], action, object));
            }
        }

        /// Client content stays inside the unit and away from administrators, referrers and
        /// reviewers, whatever else they hold elsewhere.
        #[test]
        fn client_content_stays_in_the_unit(role in prop::sample::select(Role::ALL), open: bool) {
            let posts = [post(role, 2), post(Role::Admin, 1), post(Role::Referrer, 1), post(Role::Reviewer, 1)];
            let client = client(1, open);
            for action in [Action::SeeClient, Action::ReadClient, Action::WriteClient] {
                prop_assert!(!allows(ME, &posts, action, &client));
            }
            let visit = Object::Visit { coach: ME, unit: unit(1) };
            for action in [Action::ReadVisit, Action::AmendVisit, Action::WithdrawVisit, Action::SettleNextStep] {
                prop_assert!(!allows(ME, &posts, action, &visit));
            }
        }
    }
}
