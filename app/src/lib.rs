//! Everything a user of Rinnalla sees: pages that the server renders and the browser brings to
//! life. A feature's folder holds its pages (`page.rs`) and its form (`form.rs`); what pages ask the
//! server is in [`data`], what it answers in `server`.
// Leptos views of pages nest types deeply.
#![recursion_limit = "256"]

pub mod account;
#[cfg(feature = "ssr")]
pub mod advice;
pub mod app;
pub mod card;
#[cfg(feature = "ssr")]
pub mod clients;
pub mod data;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod devices;
pub mod employers;
pub mod error;
#[cfg(feature = "ssr")]
pub mod fidelity;
#[cfg(feature = "ssr")]
pub mod help;
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub mod kit;
#[cfg(feature = "ssr")]
pub mod lead;
#[cfg(feature = "ssr")]
pub mod lists;
#[cfg(feature = "ssr")]
pub mod matches;
#[cfg(feature = "ssr")]
pub mod meetings;
#[cfg(feature = "ssr")]
pub mod opportunities;
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
pub mod plans;
#[cfg(feature = "ssr")]
pub mod referrals;
pub mod register;
#[cfg(feature = "ssr")]
pub mod retention;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod statement;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod support;
#[cfg(feature = "ssr")]
pub mod time_use;
pub mod today;
pub mod ui;
pub mod visits;
pub mod wire;

pub use app::App;
