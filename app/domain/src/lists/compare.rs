//! Is a row of a list in the register already, and what becomes of it?

use super::columns::Candidate;
use crate::business_id::BusinessId;
use crate::employers::edit::Facts;
use crate::ids::EmployerId;
use crate::likeness::{Likeness, Prepared};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What was found about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The register has nothing like it.
    New,
    /// The register has it, or something like it.
    Known(EmployerId, Likeness),
    /// An earlier row of the list, on this line, says it already.
    Repeats(u32),
    /// It can't be taken.
    Wrong,
}

/// Rows of one kind are settled by one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A new employer.
    New,
    /// The same business identity code.
    SameBusinessId,
    /// The same name, but for the form of the company.
    SameName,
    /// A name that differs by a slip or two.
    NearName,
    /// It stands in the list twice.
    Repeats,
    /// It can't be taken.
    Wrong,
}

impl Group {
    /// Every group, in the order in which they are shown: what needs a person first.
    pub const ALL: [Self; 6] =
        [Self::NearName, Self::SameName, Self::SameBusinessId, Self::New, Self::Repeats, Self::Wrong];

    /// Its code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::SameBusinessId => "same_business_id",
            Self::SameName => "same_name",
            Self::NearName => "near_name",
            Self::Repeats => "repeats",
            Self::Wrong => "wrong",
        }
    }

    /// The group of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// What can become of its rows; the first is the rule unless somebody chooses.
    #[must_use]
    pub fn choices(self) -> &'static [Decision] {
        use Decision::{Add, Ask, Branch, Fill, Leave};
        match self {
            Self::New => &[Add, Leave],
            Self::SameBusinessId => &[Fill, Branch, Leave],
            Self::SameName => &[Fill, Add, Leave],
            Self::NearName => &[Ask, Fill, Add, Leave],
            Self::Repeats => &[Leave, Add],
            Self::Wrong => &[Leave],
        }
    }
}

impl Found {
    /// The group that it belongs to.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::New => Group::New,
            Self::Known(_, Likeness::SameBusinessId) => Group::SameBusinessId,
            Self::Known(_, Likeness::SameName) => Group::SameName,
            Self::Known(_, Likeness::NearName) => Group::NearName,
            Self::Repeats(_) => Group::Repeats,
            Self::Wrong => Group::Wrong,
        }
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A person has to look at it.
    Ask,
    /// A new employer.
    Add,
    /// What is empty in the register is filled in; what stands there stays.
    Fill,
    /// A new employer, a branch of the one with the same code.
    Branch,
    /// Nothing.
    Leave,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 5] = [Self::Ask, Self::Add, Self::Fill, Self::Branch, Self::Leave];

    /// Its code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Add => "add",
            Self::Fill => "fill",
            Self::Branch => "branch",
            Self::Leave => "leave",
        }
    }

    /// The decision of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }
}

/// What was settled: a rule a group, and what a person chose for single rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settling {
    /// The rules that differ from the usual ones.
    pub rules: BTreeMap<Group, Decision>,
    /// Single rows, by their number in the file.
    pub rows: BTreeMap<u32, Decision>,
}

impl Settling {
    /// The rule of a group.
    #[must_use]
    pub fn rule(&self, group: Group) -> Decision {
        let usual = group.choices()[0];
        self.rules.get(&group).copied().filter(|rule| group.choices().contains(rule)).unwrap_or(usual)
    }

    /// What becomes of a row. A choice that its group does not offer (the register has changed since)
    /// counts for nothing.
    #[must_use]
    pub fn of(&self, line: u32, group: Group) -> Decision {
        let chosen = self.rows.get(&line).copied().filter(|choice| group.choices().contains(choice));
        chosen.unwrap_or_else(|| self.rule(group))
    }
}

/// An employer of the register, for comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Municipality.
    pub municipality: Option<String>,
    /// Business identity code.
    pub business_id: Option<BusinessId>,
}

/// What is found about each row: the surest likeness in the register counts, then earlier rows.
#[must_use]
pub fn compare(rows: &[Candidate], register: &[Registered]) -> Vec<Found> {
    let prepared: Vec<Prepared> = register
        .iter()
        .map(|known| Prepared::new(&known.name, known.municipality.as_deref(), known.business_id.clone()))
        .collect();
    let mut earlier: Vec<(u32, Prepared)> = Vec::new();
    let mut by_core: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_code: HashMap<BusinessId, Vec<usize>> = HashMap::new();
    rows.iter()
        .map(|row| {
            if !row.is_sound() {
                return Found::Wrong;
            }
            let code = BusinessId::parse(&row.facts.business_id).ok();
            let place = Some(row.facts.municipality.as_str()).filter(|place| !place.is_empty());
            let this = Prepared::new(&row.facts.name, place, code.clone());
            let surest = prepared
                .iter()
                .zip(register)
                .filter_map(|(known, of)| this.likeness(known).map(|likeness| (likeness, of.id)))
                .max_by_key(|(likeness, _)| *likeness);
            let mut again: Vec<usize> = by_core.get(this.core()).cloned().unwrap_or_default();
            again.extend(code.as_ref().and_then(|code| by_code.get(code)).into_iter().flatten());
            let repeats = again.into_iter().find(|at| {
                // One code in two places is a chain with two branches, not one row twice.
                let other = &earlier[*at].1;
                other.is_same_place(&this)
                    && this.likeness(other).is_some_and(|likeness| likeness >= Likeness::SameName)
            });
            let found = match (surest, repeats) {
                (_, Some(at)) => Found::Repeats(earlier[at].0),
                (Some((likeness, id)), None) => Found::Known(id, likeness),
                (None, None) => Found::New,
            };
            by_core.entry(this.core().to_owned()).or_default().push(earlier.len());
            if let Some(code) = code {
                by_code.entry(code).or_default().push(earlier.len());
            }
            earlier.push((row.line, this));
            found
        })
        .collect()
}

/// A class of the industry and its section belong together.
const INDUSTRIES: [[&str; 2]; 2] =
    [["class_tol2008", "section_tol2008"], ["class_tol2025", "section_tol2025"]];

/// What the register says once a row has filled in what was empty. Where the register knows another class
/// or section than the row, it keeps both of its own.
#[must_use]
pub fn fill(known: &Facts, row: &Facts) -> Facts {
    let (known, row) = (known.fields(), row.fields());
    let differs = |name: &str| !known[name].is_empty() && known[name] != row[name];
    let of_another = |name: &str| {
        INDUSTRIES.iter().any(|pair| pair.contains(&name) && pair.iter().any(|name| differs(name)))
    };
    let filled = |(name, text): (&String, &String)| {
        let text = if text.is_empty() && !of_another(name) { &row[name] } else { text };
        (name.clone(), text.clone())
    };
    Facts::of(&known.iter().map(filled).collect())
}

/// What a list would change, or has changed, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Employers added, branches among them.
    pub added: u32,
    /// Employers in which something was filled in.
    pub filled: u32,
    /// Employers that had everything already.
    pub same: u32,
    /// Rows left out by rule or by choice.
    pub left: u32,
    /// Rows that can't be taken.
    pub wrong: u32,
    /// Rows that wait for a person.
    pub open: u32,
    /// Contact persons added.
    pub contacts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::employers::edit::Person;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn row(line: u32, name: &str, place: &str, code: &str) -> Candidate {
        let facts = Facts {
            name: name.into(),
            municipality: place.into(),
            business_id: code.into(),
            ..Facts::default()
        };
        Candidate { line, facts, person: Person::default(), errors: Vec::new() }
    }

    fn known(number: u128, name: &str, place: &str, code: &str) -> Registered {
        Registered {
            id: EmployerId(Uuid::from_u128(number)),
            name: name.into(),
            municipality: Some(place.to_owned()),
            business_id: BusinessId::parse(code).ok(),
        }
    }

    #[test]
    fn rows_are_compared_with_the_register_and_with_each_other() {
        let register = [
            known(1, "Konditori Åkerlund Ab", "Kajaani", "0737546-2"),
            known(2, "Rantakorpi Kauppa Oy", "Sotkamo", ""),
            known(3, "Rantakorven Kahvila", "Sotkamo", ""),
        ];
        let rows = [
            row(2, "Åkerlunds bageri", "Kajaani", "0737546-2"),
            row(3, "Kauppa Rantakorpi", "Sotkamo", ""),
            row(4, "Rantakorven Kahvilla Ky", "Sotkamo", ""),
            row(5, "Aivan Uusi Oy", "Sotkamo", "0114162-2"),
            row(6, "Oy Aivan Uusi Ab", "Sotkamo", ""),
            row(7, "Aivan Uusi", "Kuhmo", "0114162-2"),
            row(8, "Rantakorpi Kauppa", "Kuhmo", ""),
            row(9, "-", "", ""),
        ];
        let id = |number| EmployerId(Uuid::from_u128(number));
        assert_eq!(
            compare(&rows, &register),
            [
                Found::Known(id(1), Likeness::SameBusinessId),
                Found::Known(id(2), Likeness::SameName),
                Found::Known(id(3), Likeness::NearName),
                Found::New,
                Found::Repeats(5),
                Found::New,
                Found::New,
                Found::Wrong,
            ]
        );
    }

    #[test]
    fn a_choice_counts_before_the_rule_and_the_usual_before_nothing() {
        let mut settling = Settling::default();
        assert_eq!(settling.of(4, Group::NearName), Decision::Ask, "never guessed");
        settling.rules.insert(Group::NearName, Decision::Add);
        settling.rows.insert(4, Decision::Fill);
        assert_eq!(settling.of(4, Group::NearName), Decision::Fill);
        assert_eq!(settling.of(5, Group::NearName), Decision::Add);
        assert_eq!(settling.of(4, Group::New), Decision::Add, "filling makes no sense any more");
        settling.rules.insert(Group::Wrong, Decision::Add);
        assert_eq!(settling.rule(Group::Wrong), Decision::Leave);
    }

    proptest! {
        #[test]
        fn filling_never_takes_anything_away(
            one in proptest::collection::vec("[a-z]{0,3}", Facts::NAMES.len()),
            two in proptest::collection::vec("[a-z]{0,3}", Facts::NAMES.len()),
        ) {
            let facts = |texts: &[String]| {
                Facts::of(&Facts::NAMES.iter().map(|name| (*name).to_owned()).zip(texts.iter().cloned()).collect())
            };
            let (known, row) = (facts(&one), facts(&two));
            let (before, after, from) = (known.fields(), fill(&known, &row).fields(), row.fields());
            for (name, text) in &after {
                prop_assert!(before[name].is_empty() || &before[name] == text);
                prop_assert!(*text == before[name] || *text == from[name]);
            }
            prop_assert_eq!(fill(&fill(&known, &row), &row), fill(&known, &row));
        }

        #[test]
        fn every_row_is_found_something(names in proptest::collection::vec("[a-c]{0,7}", 0..12)) {
            let rows: Vec<_> = (1..).zip(&names).map(|(line, name)| row(line, name, "", "")).collect();
            prop_assert_eq!(compare(&rows, &[known(1, "abcabca", "", "")]).len(), rows.len());
        }
    }
}
