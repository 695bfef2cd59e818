//! Codes: closed lists whose words are in the catalogue and whose codes are in the databases, on
//! the wire and in a county's package.

pub mod lists;

/// The text is not one of the codes of its list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of {allowed}")]
pub struct UnknownCode {
    /// The codes that would do, joined by commas.
    pub allowed: String,
}

/// A closed list of codes.
pub trait Code: Copy + Sized + 'static {
    /// Every value, in the order in which people are offered them.
    const ALL: &'static [Self];

    /// The code, as stored and sent.
    fn code(self) -> &'static str;

    /// Reads a code.
    ///
    /// # Errors
    /// When `text` is none of the codes; the error lists them.
    fn parse(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|value| value.code() == text).ok_or_else(|| UnknownCode {
            allowed: Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", "),
        })
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $code:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $value,)+
        }

        impl Code for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)+ }
            }
        }
    )+};
}
pub(crate) use codes;

codes! {
    /// The method a unit works by.
    Service {
        /// Individual Placement and Support, in psychiatry.
        Ips = "ips",
        /// Work coaching by the quality criteria, in social services.
        Latu = "latu",
    }

    /// Where a treatment team belongs.
    TeamLevel {
        /// Specialised psychiatric care.
        Specialised = "specialised",
        /// Primary health care.
        Primary = "primary",
        /// Social services.
        Social = "social",
        /// Employment services.
        Employment = "employment",
    }

    /// What a person does in a unit (or, a referrer, in a team), from one day to another.
    Role {
        /// Employment coach.
        Coach = "coach",
        /// Team lead of a unit.
        Lead = "lead",
        /// Member of a treatment team who refers clients.
        Referrer = "referrer",
        /// Outside assessor of the service's quality.
        Reviewer = "reviewer",
        /// The organisation's administrator, who never sees client content.
        Admin = "admin",
    }

    /// How an employer was met.
    Mode {
        /// Face to face, the way that the criteria count.
        InPerson = "in_person",
        /// By telephone.
        Phone = "phone",
        /// By e-mail.
        Email = "email",
        /// By video.
        Video = "video",
    }

    /// What a visit was for.
    Purpose {
        /// To learn what the employer needs.
        LearnNeeds = "learn_needs",
        /// To look into an opening.
        ExploreOpening = "explore_opening",
        /// To introduce a client.
        ClientIntroduction = "client_introduction",
        /// To hand in or talk about an application.
        Application = "application",
        /// To follow up on what was agreed.
        FollowUp = "follow_up",
    }

    /// A client's gender as the county's package gives it.
    Gender {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Other.
        Other = "other",
    }

    /// A kind of record about a person, as the rules of retention tell them apart.
    RecordKind {
        /// The whole of a client: everything that there is.
        Client = "client",
        /// Notes, meetings, attempts, and what was said at team meetings.
        Writings = "writings",
        /// The professional profile.
        Profile = "profile",
        /// What may be told, talks about it, consents.
        Trust = "trust",
        /// The words of visits to employers for the client, and whose they were; the visits stay.
        Visits = "visits",
        /// A memo that never became a client, and talk at a team meeting about somebody who was not referred.
        Memo = "memo",
    }

    /// From when a term of retention counts.
    TermStart {
        /// From closing; a memo's, from the day on which it was declined or taken back.
        Closing = "closing",
        /// From the year of birth, and never before closing.
        Birth = "birth",
    }

    /// Where a support was given.
    SupportPlace {
        /// At the workplace.
        Workplace = "workplace",
        /// Elsewhere out of the office.
        Community = "community",
        /// In the office.
        Office = "office",
    }

    /// Who was supported.
    Recipient {
        /// The client.
        Client = "client",
        /// The employer.
        Employer = "employer",
        /// Both.
        Both = "both",
    }

    /// What working time went to.
    TimeCategory {
        /// Employment services.
        EmploymentService = "employment_service",
        /// Everything else.
        Other = "other",
    }

    /// Where working time was spent.
    TimePlace {
        /// Out of the office.
        Community = "community",
        /// In the office.
        Office = "office",
    }

    /// A meeting that the quality criteria ask about.
    MeetingKind {
        /// A treatment team's meeting.
        TreatmentTeam = "treatment_team",
        /// The coaches' own meeting.
        VocationalUnit = "vocational_unit",
        /// Supervision by the lead.
        Supervision = "supervision",
        /// The lead out in the field with a coach.
        FieldMentoring = "field_mentoring",
        /// A meeting with employment services, Kela or another partner.
        PartnerMeeting = "partner_meeting",
    }

    /// A measure that a client answers.
    Instrument {
        /// Work ability score, 0–10.
        WorkAbility = "work_ability",
        /// Life situation in ten areas, each 0–10.
        LifeSituation = "life_situation_3x10d",
        /// Experience of social inclusion, ten items 1–5.
        Inclusion = "inclusion_esis",
        /// Mental well-being, seven items 1–5.
        Wellbeing = "swemwbs",
    }

    /// When in the service a measure was answered.
    MeasurePoint {
        /// At the start.
        Start = "start",
        /// At the end.
        End = "end",
        /// Afterwards.
        FollowUp = "follow_up",
    }

    /// Who gave feedback.
    Respondent {
        /// A client.
        Client = "client",
        /// A partner of the service.
        Stakeholder = "stakeholder",
        /// An employer.
        Employer = "employer",
    }

    /// What feedback was asked about.
    FeedbackQuestion {
        /// Would they recommend the service, 0–10.
        Recommend = "recommend",
        /// How effective they find it, 1–5.
        Effectiveness = "effectiveness",
    }

    /// Who scored an assessment of the 25 criteria.
    AssessmentKind {
        /// The service itself.
        SelfAssessed = "self",
        /// An outside assessor.
        External = "external",
    }

    /// Where a client is on the way, by THL's five phases.
    Phase {
        /// Coming to the service and agreeing on it.
        Entry = "entry",
        /// Finding out what the person can and wants: the professional profile.
        Profile = "profile",
        /// Looking for work on the open market.
        Search = "search",
        /// In work; agreeing on support with the employer.
        Employer = "employer",
        /// Support while in work, and outside of it.
        Support = "support",
    }

    /// What a memo's team may share of a client.
    Share {
        /// How to reach the person.
        Contact = "contact",
        /// What the person wishes.
        Wishes = "wishes",
        /// What limits work.
        Limits = "limits",
        /// What helps.
        Supports = "supports",
        /// Work and studies so far.
        History = "history",
        /// Who treats the person.
        CareTeam = "care_team",
    }

    /// Why a memo is not taken up.
    DeclineReason {
        /// The person does not want it, or not now.
        OwnWish = "own_wish",
        /// The person could not be reached.
        NotReached = "not_reached",
        /// The person has moved elsewhere.
        MovedAway = "moved_away",
        /// Another service does it.
        OtherService = "other_service",
        /// Thought not to be ready for work.
        NotReady = "not_ready",
        /// Because of using substances.
        SubstanceUse = "substance_use",
        /// Thought to lack motivation.
        NoMotivation = "no_motivation",
        /// Because of symptoms or a diagnosis.
        Symptoms = "symptoms",
        /// Because of a criminal record or a work history.
        Background = "background",
        /// Something else.
        Other = "other",
    }

    /// What came of talking about somebody at a team meeting.
    TalkOutcome {
        /// Talked about.
        Talked = "talked",
        /// The team sends a memo.
        ToRefer = "to_refer",
        /// Not now, by the person's own wish.
        NotNow = "not_now",
        /// To be talked about again.
        Follow = "follow",
    }

    /// A step on a client's way.
    StepKind {
        /// The agreement was made.
        Agreed = "agreed",
        /// The service pauses.
        Paused = "paused",
        /// It goes on.
        Resumed = "resumed",
        /// It was closed.
        Closed = "closed",
        /// It was opened again.
        Reopened = "reopened",
        /// Somebody else became the coach.
        Coach = "coach",
        /// The coach chose the phase.
        Phase = "phase",
    }

    /// How somebody tried to reach a client.
    AttemptWay {
        /// A call.
        Phone = "phone",
        /// A message.
        Message = "message",
        /// A letter.
        Letter = "letter",
        /// At the person's door.
        HomeVisit = "home_visit",
        /// Through the care team.
        CareTeam = "care_team",
        /// In some other way.
        Other = "other",
    }

    /// What may be told to an employer.
    MayTell {
        /// Nothing: not even that there is a coach.
        Nothing = "nothing",
        /// That a coach supports the person.
        Service = "service",
        /// What the person needs at work.
        Needs = "needs",
        /// What the person wants told of their health.
        Health = "health",
    }

    /// When somebody would work.
    WorkTime {
        /// Mornings.
        Morning = "morning",
        /// Days.
        Day = "day",
        /// Evenings.
        Evening = "evening",
        /// Nights.
        Night = "night",
        /// Weekends.
        Weekend = "weekend",
    }

    /// How somebody gets to work.
    Travel {
        /// On foot.
        Foot = "foot",
        /// By bicycle.
        Bicycle = "bicycle",
        /// By bus or train.
        Public = "public",
        /// By an own car.
        Car = "car",
        /// In somebody's car, or by taxi.
        Lift = "lift",
    }

    /// The user's language.
    Language {
        /// Finnish.
        Finnish = "fi",
        /// Swedish.
        Swedish = "sv",
        /// English.
        English = "en",
    }
}

impl RecordKind {
    /// What a client's record is made of, the whole first.
    pub const OF_CLIENT: &'static [Self] =
        &[Self::Client, Self::Writings, Self::Profile, Self::Trust, Self::Visits];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_and_an_unknown_one_names_what_would_do() {
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.code()), Ok(*mode));
        }
        let error = Mode::parse("visit").unwrap_err();
        assert_eq!(error.allowed, "in_person, phone, email, video");
    }

    #[test]
    fn the_wire_uses_the_same_codes() {
        assert_eq!(serde_json::to_string(&Mode::InPerson).unwrap(), "\"in_person\"");
        assert_eq!(serde_json::from_str::<AssessmentKind>("\"self\"").unwrap(), AssessmentKind::SelfAssessed);
    }
}
