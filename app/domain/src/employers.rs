//! Employers: the register that all units of an organisation share. It never holds a client's name.

use crate::business_id::BusinessId;
use crate::ids::EmployerId;
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
    /// Page, from 0.
    pub page: u32,
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
}

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
}

/// A person to ask for at an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPerson {
    /// Name.
    pub name: String,
    /// Title or role.
    pub title: String,
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

    proptest! {
        #[test]
        fn a_core_is_never_empty_for_a_name_with_letters(name in "[A-Za-zåäö]{1,9}( [A-Za-zåäö]{1,9}){0,3}") {
            prop_assert!(!core_name(&name).is_empty());
        }
    }
}
