//! Identities. Each is a `UUIDv7` made where the record is born, and a type of its own, so that a
//! client can never be passed where an employer is meant. An identity is not a secret and not an
//! order (O1).

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The bare number, as the databases keep it.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    PersonId,
    /// A person's credential on a phone.
    DeviceId,
    /// A unit: one service (IPS or LATU) of the organisation.
    UnitId,
    /// A treatment team that refers clients to a unit.
    TeamId,
    /// An employer in the organisation's shared register.
    EmployerId,
    /// A memo that refers a client.
    ReferralId,
    /// A meeting of a unit with a team.
    MeetingId,
    /// A visit: one contact with an employer. Equal to the id of the command that logged it.
    VisitId,
    /// A client of one unit.
    ClientId,
    /// A meeting with a client. Equal to the id of the command that logged it.
    ClientMeetingId,
    /// An attempt to reach a client. Equal to the id of the command that logged it.
    AttemptId,
    /// What an employer needs: an opening, or a need that nobody has advertised.
    OpportunityId,
    /// A client matched with an employer.
    MatchId,
    /// A job of a client.
    JobId,
    /// A support around work. Equal to the id of the command that logged it.
    SupportId,
    /// A plan made with a client and those who help.
    PlanId,
    /// One entry that a person wrote; the key of its receipt.
    CommandId,
    /// One sign-in on one device, as the person's own list shows it.
    SessionId,
}
