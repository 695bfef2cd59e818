//! Rinnalla's rules.
//!
//! Everything here is pure: no clock, no browser, no database. A function that needs to know the
//! day is given it. The same code runs in the browser (at once, and later without a network) and
//! on the server (with the last word).
//!
//! Rules return errors without text; `app::i18n` gives them words in three languages.
//!
//! | word | module |
//! |---|---|
//! | who may do what | [`access`] |
//! | employers, business identity codes | [`employers`], [`business_id`] |
//! | visits and their next steps | [`visits`] |
//! | a coach's first page | [`today`] |
//! | clients: their way, profile, meetings, what may be told | [`clients`] |
//! | what employers need; a client with an employer | [`opportunities`], [`matches`] |
//! | jobs, their terms and ends; advice about benefits | [`jobs`], [`advice`] |
//! | steps towards work that are no job | [`steps`] |
//! | support around work | [`support`] |
//! | a coach's calendar as a file | `feed` (feature `package`) |
//! | memos that refer clients | [`referrals`] |
//! | who stands in, reading with a written reason; the organisation itself | [`people`], [`organisation`] |
//! | plans made with a client and those who help | [`plans`] |
//! | the team lead's week, meetings of a unit | [`lead`] |
//! | what a coach's week went to | [`time_use`] |
//! | the 25 criteria, and what the records say of each | [`fidelity`] |
//! | how long records are kept | [`retention`] |
//! | forms as they are typed | [`forms`] |
//! | how an entry travels and is kept | [`sync`] |
//! | what a coach takes along to a place without a network | [`card`] |
//! | searching names, names that are like each other | [`text`], [`likeness`] |
//! | searching in what a person may see | [`search`] |
//! | days and weeks | [`calendar`] |
//! | codes; code lists with entries of the organisation's own | [`codes`] |
//! | lists of employers from elsewhere, lists as files | `lists` (feature `package`) |
//! | a county's package, the demo package | `package`, `demo` (feature `package`) |

pub mod access;
pub mod advice;
pub mod business_id;
pub mod calendar;
pub mod card;
pub mod clients;
pub mod codes;
pub mod employers;
pub mod fidelity;
pub mod forms;
pub mod ids;
pub mod jobs;
pub mod known;
pub mod lead;
pub mod likeness;
pub mod matches;
pub mod meetings;
pub mod opportunities;
pub mod organisation;
pub mod people;
pub mod plans;
pub mod referrals;
pub mod retention;
pub mod search;
pub mod sign_in;
pub mod steps;
pub mod support;
pub mod sync;
pub mod text;
pub mod time_use;
pub mod today;
pub mod visits;

#[cfg(feature = "package")]
pub mod package;

#[cfg(feature = "package")]
pub mod demo;

#[cfg(feature = "package")]
pub mod feed;

#[cfg(feature = "package")]
pub mod lists;
