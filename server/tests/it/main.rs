//! The product on both databases, as one integration binary.
//!
//! Every test runs on `SQLite`, and on PostgreSQL when `RINNALLA_TEST_POSTGRES` names a server where
//! databases may be made (`cargo xtask test` starts one).

mod helpers;

mod access;
mod arrivals;
mod audit;
mod backups;
mod card;
mod clients;
mod codes;
mod dice;
mod drafts;
mod employers;
mod employers_change;
mod employers_migration;
mod export;
mod fidelity;
mod guesses;
mod headers;
mod help;
mod import;
mod jobs;
mod kill;
mod kit;
mod lead;
mod lists;
mod matches;
mod matrix;
mod meetings;
mod organisation;
mod pages;
mod pdf;
mod people;
mod phone;
mod plans;
mod process;
mod queries;
mod referrals;
mod retention;
mod search;
mod shell;
mod sign_in;
mod simulate;
mod statement;
mod store;
mod support;
mod sync;
mod time_use;
mod today;
mod two_servers;
mod visits;
mod worlds;
