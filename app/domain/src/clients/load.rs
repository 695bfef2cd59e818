//! Who carries how much: each coach's clients weighed by their phase and by the coach's share of full-time
//! work, against the 20 of criterion 1; and who should take the next.

use crate::codes::Phase;
use crate::ids::PersonId;

/// A full-time coach has at most so many clients (criterion 1: five points).
pub const FULL_LOAD: u32 = 20;

/// What a client of a phase weighs, in hundredths of a client. Our own estimate for sharing work out, and
/// no part of criterion 1, which counts heads: looking for work takes most, steady support least.
#[must_use]
pub fn weight(phase: Phase, paused: bool) -> u32 {
    if paused {
        return 25;
    }
    match phase {
        Phase::Entry => 50,
        Phase::Profile => 100,
        Phase::Search | Phase::Employer => 125,
        Phase::Support => 75,
    }
}

/// A coach's load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub coach: PersonId,
    /// Name.
    pub name: String,
    /// The share of full-time work, in hundredths.
    pub fte: u32,
    /// Clients by phase, in the order of [`Phase`], without those that pause.
    pub phases: [u32; 5],
    /// Clients that pause.
    pub paused: u32,
}

impl Load {
    /// Nobody yet.
    #[must_use]
    pub fn none(coach: PersonId, name: String, fte: u32) -> Self {
        Self { coach, name, fte, phases: [0; 5], paused: 0 }
    }

    /// Counts a client in.
    pub fn add(&mut self, phase: Phase, paused: bool) {
        if paused {
            self.paused += 1;
        } else {
            self.phases[phase as usize] += 1;
        }
    }

    /// How many clients, as criterion 1 counts them: agreed ones. Those who are only coming are none yet.
    #[must_use]
    pub fn clients(&self) -> u32 {
        self.phases[1..].iter().sum::<u32>() + self.paused
    }

    /// Clients for each full-time coach, in tenths; none without a share of work.
    #[must_use]
    pub fn per_full_time(&self) -> Option<u32> {
        (self.clients() * 1000).checked_div(self.fte)
    }

    /// The weight for each full-time coach, in tenths of a client; none without a share of work.
    #[must_use]
    pub fn weighed(&self) -> Option<u32> {
        let phases = [Phase::Entry, Phase::Profile, Phase::Search, Phase::Employer, Phase::Support];
        let weight: u32 =
            phases.into_iter().zip(self.phases).map(|(phase, count)| weight(phase, false) * count).sum();
        ((weight + self::weight(Phase::Search, true) * self.paused) * 10).checked_div(self.fte)
    }

    /// Has the coach more clients than criterion 1 gives five points for?
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.per_full_time().is_some_and(|tenths| tenths > FULL_LOAD * 10)
    }
}

/// Who should take the next client: the one whose weighed load is the least, of those who are not full.
#[must_use]
pub fn next_to_take(loads: &[Load]) -> Option<PersonId> {
    let free = loads.iter().filter(|load| load.per_full_time().is_some_and(|tenths| tenths < FULL_LOAD * 10));
    free.min_by_key(|load| (load.weighed(), load.clients(), load.name.clone())).map(|load| load.coach)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn load(n: u128, fte: u32, clients: u32) -> Load {
        let mut load = Load::none(PersonId(Uuid::from_u128(n)), format!("C{n}"), fte);
        (0..clients).for_each(|_| load.add(Phase::Profile, false));
        load
    }

    #[test]
    fn half_a_coach_carries_half_as_much() {
        let half = load(1, 50, 10);
        assert_eq!((half.clients(), half.per_full_time(), half.weighed()), (10, Some(200), Some(200)));
        assert!(!half.is_over() && load(1, 50, 11).is_over());
        assert_eq!(load(1, 0, 3).per_full_time(), None, "no share of work is no load");
    }

    #[test]
    fn who_is_only_coming_is_no_client_yet_and_weighs_all_the_same() {
        let mut load = load(1, 100, 0);
        load.add(Phase::Entry, false);
        load.add(Phase::Search, true);
        assert_eq!((load.clients(), load.weighed()), (1, Some(7)));
    }

    #[test]
    fn the_next_goes_to_the_least_loaded_who_is_not_full() {
        assert_eq!(
            next_to_take(&[load(1, 100, 12), load(2, 50, 5), load(3, 100, 11)]),
            Some(PersonId(Uuid::from_u128(2)))
        );
        assert_eq!(next_to_take(&[load(1, 100, 20), load(2, 50, 10)]), None, "everybody is full");
        assert_eq!(next_to_take(&[load(1, 0, 0)]), None);
    }

    proptest! {
        #[test]
        fn one_more_client_never_makes_a_load_lighter(phases in prop::collection::vec((prop::sample::select(Phase::ALL), any::<bool>()), 0..30), fte in 1_u32..=150) {
            let mut load = load(1, fte, 0);
            for (phase, paused) in phases {
                let before = (load.weighed(), load.clients());
                load.add(phase, paused);
                prop_assert!((load.weighed(), load.clients()) >= before);
            }
        }
    }
}
