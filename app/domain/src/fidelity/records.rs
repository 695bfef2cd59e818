//! What of a unit's records the criteria look at: plain rows, without a client's name and without a word that
//! somebody wrote. Rows that were taken back are not among them.

use super::estimate::PartKind;
use crate::codes::{AttemptWay, MeetingKind, Mode, Purpose, Recipient, Role, TimeCategory, TimePlace};
use crate::ids::{ClientId, EmployerId, JobId, PersonId, TeamId, VisitId};
use chrono::NaiveDate;
use uuid::Uuid;

/// A unit's records up to a day.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Posts as a coach or as a lead.
    pub posts: Vec<Post>,
    /// Clients with a memo or an agreement.
    pub clients: Vec<Client>,
    /// Who coached whom, and when.
    pub coached: Vec<Coached>,
    /// Visits to employers.
    pub contacts: Vec<Contact>,
    /// The first contact with an employer in person for each client, whenever it was.
    pub first_met: Vec<(ClientId, NaiveDate)>,
    /// Jobs.
    pub jobs: Vec<Job>,
    /// Changes of a job's hours, pay or subsidy.
    pub changes: Vec<Change>,
    /// Support around jobs.
    pub supports: Vec<Support>,
    /// Agreements that the care team stands by, or that support comes more seldom.
    pub step_downs: Vec<(JobId, NaiveDate)>,
    /// What weeks went to.
    pub time: Vec<Time>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Meetings with clients.
    pub client_meetings: Vec<ClientMeeting>,
    /// Attempts to reach clients.
    pub attempts: Vec<Attempt>,
    /// Advice about benefits.
    pub advice: Vec<Advice>,
    /// Talks about telling an employer.
    pub talks: Vec<(ClientId, NaiveDate)>,
    /// What an employer may be told: from which day, and whether the exact words are agreed.
    pub disclosures: Vec<(ClientId, NaiveDate, bool)>,
    /// Profiles, each version.
    pub profiles: Vec<Profile>,
    /// Memos.
    pub referrals: Vec<Referral>,
    /// What people said of parts that records can't say.
    pub attested: Vec<Attested>,
}

/// What people said of a part of an item.
#[derive(Clone, Copy, Debug)]
pub struct Attested {
    /// Which part.
    pub part: PartKind,
    /// Does it hold? Nothing when it was taken back.
    pub holds: Option<bool>,
    /// When.
    pub day: NaiveDate,
    /// In which order on that day.
    pub at: i64,
}

/// A post.
#[derive(Clone, Debug)]
pub struct Post {
    /// Whose.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Full-time equivalent, in hundredths.
    pub fte: i64,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// A client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Who.
    pub id: ClientId,
    /// Of which treatment team.
    pub team: Option<TeamId>,
    /// The agreement.
    pub agreed_on: Option<NaiveDate>,
    /// The end.
    pub closed_on: Option<NaiveDate>,
    /// Was the client closed because nobody could be reached?
    pub closed_unreached: bool,
}

impl Client {
    /// Is the client open on a day: agreed on or before it, not closed on or before it?
    #[must_use]
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.agreed_on.is_some_and(|agreed| agreed <= day) && self.closed_on.is_none_or(|closed| closed > day)
    }
}

/// Who coached a client.
#[derive(Clone, Debug)]
pub struct Coached {
    /// The client.
    pub client: ClientId,
    /// The coach.
    pub coach: PersonId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// A contact with an employer.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Which.
    pub id: VisitId,
    /// By whom.
    pub coach: PersonId,
    /// With whom: of merged employers the one that stands for both.
    pub employer: EmployerId,
    /// The employer's section of TOL 2008.
    pub section: Option<char>,
    /// When.
    pub day: NaiveDate,
    /// How.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
    /// For which client; a client whose records were erased since still counts as one.
    pub client: Option<ClientId>,
    /// For a client at all?
    pub for_client: bool,
    /// Is it said who was met, or what came of it? Of visits whose words were erased with a client's it was.
    pub told: bool,
    /// The day on which it was written down; nothing where that came with a package.
    pub noted_on: Option<NaiveDate>,
}

impl Contact {
    /// In person and for a client?
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.mode == Mode::InPerson && self.for_client
    }

    /// Does it count: in person, for a client, and with a person or a result?
    #[must_use]
    pub fn counts(&self) -> bool {
        self.is_met() && self.told
    }
}

/// A job, as it stands on the day.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// Whose.
    pub client: ClientId,
    /// Where: of merged employers the one that stands for both.
    pub employer: EmployerId,
    /// Its kind: four digits of ISCO-08.
    pub isco: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The end.
    pub to: Option<NaiveDate>,
    /// The day on which the coach heard of the end.
    pub learnt_on: Option<NaiveDate>,
    /// Was it written down what comes next?
    pub next: bool,
    /// Without an end?
    pub permanent: Option<bool>,
    /// On the open labour market?
    pub competitive: Option<bool>,
}

impl Job {
    /// Is it held on a day: started on or before it, not ended on or before it?
    #[must_use]
    pub fn is_current(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| to > day)
    }
}

/// A change of a job.
#[derive(Clone, Debug)]
pub struct Change {
    /// Of which.
    pub job: JobId,
    /// Whose.
    pub client: ClientId,
    /// From which day.
    pub day: NaiveDate,
}

/// Support around a job.
#[derive(Clone, Debug)]
pub struct Support {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub client: ClientId,
    /// Around which job.
    pub job: Option<JobId>,
    /// By which coach; nobody where somebody of the team gave it.
    pub coach: Option<PersonId>,
    /// When.
    pub day: NaiveDate,
    /// How.
    pub mode: Mode,
    /// To whom.
    pub recipient: Recipient,
    /// What kind, by its code.
    pub kind: Option<String>,
}

/// What a week went to.
#[derive(Clone, Debug)]
pub struct Time {
    /// A day of the week.
    pub day: NaiveDate,
    /// Whose.
    pub coach: PersonId,
    /// To what.
    pub category: TimeCategory,
    /// Where.
    pub place: TimePlace,
    /// Minutes.
    pub minutes: i64,
}

/// A meeting.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Which.
    pub id: Uuid,
    /// When.
    pub day: NaiveDate,
    /// Which kind.
    pub kind: MeetingKind,
    /// Of which treatment team.
    pub team: Option<TeamId>,
    /// Who was there.
    pub present: Vec<PersonId>,
}

/// A meeting with a client.
#[derive(Clone, Debug)]
pub struct ClientMeeting {
    /// Which.
    pub id: Uuid,
    /// With whom.
    pub client: ClientId,
    /// By whom.
    pub coach: PersonId,
    /// When.
    pub day: NaiveDate,
    /// Did nobody come?
    pub no_show: bool,
    /// Out of the office?
    pub outside: bool,
    /// Together with a care worker?
    pub joint: bool,
}

/// An attempt to reach a client.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Which.
    pub id: Uuid,
    /// Whom.
    pub client: ClientId,
    /// By whom.
    pub coach: PersonId,
    /// When.
    pub day: NaiveDate,
    /// How.
    pub way: AttemptWay,
}

/// Advice about benefits.
#[derive(Clone, Debug)]
pub struct Advice {
    /// Which.
    pub id: Uuid,
    /// Whom.
    pub client: ClientId,
    /// When.
    pub day: NaiveDate,
    /// By somebody trained for it?
    pub trained: bool,
}

/// A version of a client's profile.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Whose.
    pub client: ClientId,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub day: NaiveDate,
    /// Sections of TOL 2008 that the client wishes to work in.
    pub sections: Vec<char>,
}

/// A memo.
#[derive(Clone, Debug)]
pub struct Referral {
    /// From which team.
    pub team: TeamId,
    /// When.
    pub day: NaiveDate,
    /// Accepted, declined, or not decided.
    pub accepted: Option<bool>,
    /// Declined for a reason that the method knows none of, as a lack of readiness?
    pub excluded: bool,
}
