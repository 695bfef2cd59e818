//! The people of a unit, who stands in for whom, who reads with a written reason, who used a client's data;
//! and the organisation, for its administrators.

mod codes;
pub(crate) mod fields;
mod glass;
mod organisation;
mod page;
mod substitutes;
mod uses;
mod words;

pub use codes::{CodeForm, code_list_page, code_page, codes_page};
pub use fields::Typed;
pub(crate) use fields::empty;
pub use glass::{
    Reviewing, alarms_page, glass_answer_page, glass_banner, glass_list_page, glass_open_page, glass_page,
};
pub use organisation::{
    PersonForm, changes_page, organisation_page, person_new_page, person_page, settings_page, team_page,
    unit_page,
};
pub use page::{Around, Made, people_page};
pub use substitutes::{StandInDone, substitutes_page};
pub use uses::{uses_page, uses_paper, uses_table};
pub(crate) use words::people_words;
pub use words::{PeopleWords, people_words_in};
