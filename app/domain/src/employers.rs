//! Employers: the register that all units of an organisation share. It never holds a client's name.

pub mod edit;
pub mod industry;
pub mod merge;
pub mod names;
mod silence;

pub use silence::{LIGHT_DAYS_MAX, Light, LightRule, Silence};

use crate::business_id::BusinessId;
use crate::ids::{EmployerId, PersonId};
use crate::text::fold;
use crate::visits::{NextStepDue, VisitSeen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An employer's name may be this long, in characters.
pub const NAME_MAX: usize = 200;

/// Words at a name's end (or start) that say the form of the company and not its name.
const COMPANY_FORMS: &[&str] =
    &["oy", "oyj", "ab", "abp", "ky", "kb", "ay", "tmi", "fma", "osk", "ry", "rf", "oy ab", "as", "saatio"];

/// A folded name without the form of the company: two names with the same core in the same
/// municipality are taken for one employer.
#[must_use]
pub fn core_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !COMPANY_FORMS.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

/// Which employers by their silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silent {
    /// Amber or red.
    Silent,
    /// Red.
    Red,
    /// Never met.
    Never,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By name; when a text is asked for, by how well the name fits it.
    #[default]
    Name,
    /// The longest silent first: those never met, then by the last visit.
    Silent,
    /// The latest visited first.
    Latest,
    /// By municipality, then by name.
    Place,
}

/// What is asked of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmployerQuery {
    /// A name or a part of it; empty = all.
    pub text: String,
    /// Only this municipality.
    pub municipality: Option<String>,
    /// Only those that the person who asks takes care of.
    pub mine: bool,
    /// Only those that this person takes care of.
    pub owner: Option<PersonId>,
    /// Only this section, as `2008:C` or `2025:C`: the letters of the two are never mixed.
    pub section: Option<String>,
    /// Only by silence.
    pub silent: Option<Silent>,
    /// Only those not to be contacted.
    pub do_not_contact: bool,
    /// The order.
    pub sort: Sort,
    /// Page, from 0.
    pub page: u32,
}

impl EmployerQuery {
    /// What the address of a list asks, by the names of its form's fields. What makes no sense asks
    /// for nothing.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|text| !text.is_empty());
        Self {
            text: get("q").unwrap_or_default(),
            municipality: text("municipality"),
            mine: text("mine").is_some(),
            owner: text("owner").and_then(|id| id.parse().ok()),
            section: text("section"),
            silent: match text("silent").as_deref() {
                Some("silent") => Some(Silent::Silent),
                Some("red") => Some(Silent::Red),
                Some("never") => Some(Silent::Never),
                _ => None,
            },
            do_not_contact: text("dnc").is_some(),
            sort: match text("sort").as_deref() {
                Some("silent") => Sort::Silent,
                Some("latest") => Sort::Latest,
                Some("place") => Sort::Place,
                _ => Sort::Name,
            },
            page: text("page").and_then(|page| page.parse().ok()).unwrap_or(0),
        }
    }

    /// The same as names and values, in the order of the form; what asks for nothing is left out.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let flag = |on: bool| if on { "1" } else { "" }.to_owned();
        let silent = match self.silent {
            None => "",
            Some(Silent::Silent) => "silent",
            Some(Silent::Red) => "red",
            Some(Silent::Never) => "never",
        };
        let sort = match self.sort {
            Sort::Name => "",
            Sort::Silent => "silent",
            Sort::Latest => "latest",
            Sort::Place => "place",
        };
        let pairs = [
            ("q", self.text.clone()),
            ("municipality", self.municipality.clone().unwrap_or_default()),
            ("mine", flag(self.mine)),
            ("owner", self.owner.map(|id| id.to_string()).unwrap_or_default()),
            ("section", self.section.clone().unwrap_or_default()),
            ("silent", silent.to_owned()),
            ("dnc", flag(self.do_not_contact)),
            ("sort", sort.to_owned()),
            ("page", if self.page > 0 { self.page.to_string() } else { String::new() }),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The address of the list.
    #[must_use]
    pub fn address(&self) -> String {
        let mut address = "/employers".to_owned();
        for (at, (name, value)) in self.pairs().into_iter().enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(&escaped(&value));
        }
        address
    }

    /// Is anything but a text asked for?
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let plain = Self { text: self.text.clone(), sort: self.sort, page: self.page, ..Self::default() };
        *self != plain
    }
}

/// A text as a part of an address.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut address = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => address.push(char::from(byte)),
            _ => {
                address.push('%');
                for half in [byte >> 4, byte & 15] {
                    address.push(char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
    address
}

/// So many employers are on a page of the list.
pub const PAGE: u32 = 50;

/// An employer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerRow {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Municipality, if known.
    pub municipality: Option<String>,
    /// The coach who takes care of the employer.
    pub owner: Option<String>,
    /// The last visit by anybody.
    pub last_visit_on: Option<NaiveDate>,
    /// How long it has been silent.
    pub silence: Silence,
    /// Is it not to be contacted?
    pub do_not_contact: bool,
}

/// Something to choose from in a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the address says.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// A list that somebody saved under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its identity, for dropping it.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address of the list.
    pub address: String,
}

/// A saved view's name may be this long, in characters.
pub const VIEW_NAME_MAX: usize = 60;
/// A person may have so many.
pub const VIEWS_MAX: usize = 30;

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerList {
    /// The employers on this page.
    pub rows: Vec<EmployerRow>,
    /// How many there are in all.
    pub total: u32,
    /// The page, from 0.
    pub page: u32,
    /// Every municipality in the register, for the filter.
    pub municipalities: Vec<String>,
    /// Everybody who takes care of an employer, for the filter.
    pub owners: Vec<Choice>,
    /// The sections of the register, each with its classification, for the filter.
    pub sections: Vec<Choice>,
    /// The own saved views.
    pub views: Vec<SavedView>,
    /// When the traffic light changes.
    pub rule: LightRule,
}

/// A person to ask for at an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPerson {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// What the person is for us.
    pub role: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Its identity.
    pub id: String,
}

/// An employer that is not to be contacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoNotContact {
    /// Why.
    pub reason: String,
    /// Since when.
    pub from: NaiveDate,
    /// The last day, if there is one.
    pub until: Option<NaiveDate>,
    /// Who said so.
    pub by: Option<String>,
}

/// An employer by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Municipality.
    pub municipality: Option<String>,
}

/// An employer was handed to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: String,
    /// To whom.
    pub to: String,
    /// A word for them.
    pub word: String,
}

/// An employer's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerPage {
    /// Today, in the units' time zone.
    pub today: NaiveDate,
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Business identity code.
    pub business_id: Option<BusinessId>,
    /// Municipality.
    pub municipality: Option<String>,
    /// Section of the industry, TOL 2008.
    pub section_tol2008: Option<String>,
    /// Class of the industry, TOL 2008.
    pub class_tol2008: Option<String>,
    /// Class of the industry, TOL 2025.
    pub class_tol2025: Option<String>,
    /// Section of the industry, TOL 2025.
    pub section_tol2025: Option<String>,
    /// Street, postal code and municipality, as far as known.
    pub address: String,
    /// Website.
    pub website: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// How long it has been silent.
    pub silence: Silence,
    /// When the traffic light changes.
    pub rule: LightRule,
    /// Is it not to be contacted, and why?
    pub do_not_contact: Option<DoNotContact>,
    /// The chain that it is a branch of.
    pub chain: Option<Named>,
    /// The branches of it.
    pub branches: Vec<Named>,
    /// The employers that were merged into it.
    pub merged: Vec<Named>,
    /// The last time that it was handed over, in the last 90 days.
    pub handed_over: Option<HandedOver>,
    /// May the reader hand it over?
    pub may_hand_over: bool,
    /// The coach who takes care of the employer.
    pub owner: Option<String>,
    /// Whom to ask for.
    pub contacts: Vec<ContactPerson>,
    /// What was promised and is not done.
    pub next_steps: Vec<NextStepDue>,
    /// The latest visits, newest first.
    pub visits: Vec<VisitSeen>,
    /// How many visits there are in all.
    pub visits_total: u32,
}

/// The latest visits that a page of an employer shows at once.
pub const VISITS_SHOWN: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_form_of_the_company_does_not_make_another_employer() {
        assert_eq!(core_name("Åkerlund Oy"), core_name("Oy Åkerlund Ab"));
        assert_eq!(core_name("T:mi Sivukauppa"), "t mi sivukauppa");
        assert_ne!(core_name("Rantakorpi Kauppa Oy"), core_name("Rantakorpi Kahvila Oy"));
        assert_eq!(core_name("Oy Ab"), "oy ab");
    }

    #[test]
    fn an_address_that_makes_no_sense_asks_for_nothing() {
        let nonsense = EmployerQuery::read(|_| Some("???".into()));
        assert_eq!(
            (nonsense.silent, nonsense.sort, nonsense.owner, nonsense.page),
            (None, Sort::Name, None, 0)
        );
    }

    proptest! {
        #[test]
        fn an_address_asks_what_was_asked(
            text in "\\PC{0,20}", place in "[A-Öa-ö &=]{1,12}", mine: bool, dnc: bool, page in 0_u32..99, at in 0_usize..4
        ) {
            let silents = [None, Some(Silent::Silent), Some(Silent::Red), Some(Silent::Never)];
            let query = EmployerQuery {
                text, municipality: Some(place), mine, do_not_contact: dnc, page,
                owner: Some(PersonId(uuid::Uuid::from_u128(7))), section: Some("2025:K".into()),
                silent: silents[at], sort: [Sort::Name, Sort::Silent, Sort::Latest, Sort::Place][at],
            };
            let pairs = query.pairs();
            let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
            prop_assert_eq!(EmployerQuery::read(get), query.clone());
            prop_assert!(query.address().is_ascii());
        }
    }

    proptest! {
        #[test]
        fn a_core_is_never_empty_for_a_name_with_letters(name in "[A-Za-zåäö]{1,9}( [A-Za-zåäö]{1,9}){0,3}") {
            prop_assert!(!core_name(&name).is_empty());
        }
    }
}
