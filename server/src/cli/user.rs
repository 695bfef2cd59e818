//! `rinnalla user`: people and how they get in.

use super::output::{json, line};
use super::{Failure, database};
use backend::Backend;
use backend::sign_in::Token;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use domain::codes::{Code, Role};
use domain::sign_in::INVITATION_DAYS;
use serde::Serialize;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  rinnalla user add \"Maija Aho\" --role admin --unit SII-IPS
  rinnalla user invite C2                    by the code of staff.csv
  rinnalla user invite mikko.tukiranta       by the name to sign in with
  rinnalla user lock mikko.tukiranta         the telephone is lost, the person has left
  rinnalla user reset mikko.tukiranta        the password is forgotten, the lock is to go

A link can be used once, within seven days; a new one for the same person ends the one before. Give
it to that person only: whoever has it chooses the password.";

#[derive(Debug, Args)]
#[command(about = "Add people, invite them, lock their accounts", after_help = EXAMPLES)]
pub(crate) struct User {
    #[command(subcommand)]
    command: Command,
    /// Report as JSON
    #[arg(long, global = true)]
    json: bool,
    /// Where people reach this service, for the link
    #[arg(long, global = true, value_name = "URL", default_value = "http://127.0.0.1:3000", value_parser = origin)]
    origin: String,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a person, from today on, and print their one-time link
    Add {
        /// The person's name: "Maija Aho"
        #[arg(value_parser = name)]
        name: String,
        /// What the person does (a referrer belongs to a team and comes by import, in staff.csv)
        #[arg(long, value_parser = PossibleValuesParser::new(ROLES))]
        role: String,
        /// The code of the unit, as in units.csv
        #[arg(long, value_name = "CODE")]
        unit: String,
    },
    /// Print a one-time link with which a person chooses a password
    Invite {
        /// The name to sign in with, or the code of staff.csv
        name: String,
    },
    /// Lock an account: every sign-in ends now, and none begins
    Lock {
        /// The name to sign in with, or the code of staff.csv
        name: String,
    },
    /// Take away password and lock, and print a one-time link
    Reset {
        /// The name to sign in with, or the code of staff.csv
        name: String,
    },
}

/// Those who work in a unit.
const ROLES: [&str; 4] = ["coach", "lead", "reviewer", "admin"];

/// What came of it.
#[derive(Serialize)]
struct Done {
    name: Option<String>,
    sign_in_name: Option<String>,
    link: Option<String>,
    valid_days: Option<i64>,
    locked: bool,
}

impl User {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open_existing(database).await?;
        let done = match &self.command {
            Command::Add { name, role, unit } => {
                let role = Role::parse(role).map_err(|error| Failure::new(error.to_string()))?;
                let (_, token) = backend.operator_adds(name, role, unit).await?;
                self.link(&backend, name, &token).await?
            }
            Command::Invite { name } => {
                let token = backend.operator_invites(name).await.map_err(|error| unknown(error, name))?;
                self.link(&backend, name, &token).await?
            }
            Command::Reset { name } => {
                let token = backend.operator_resets(name).await.map_err(|error| unknown(error, name))?;
                self.link(&backend, name, &token).await?
            }
            Command::Lock { name } => {
                backend.operator_locks(name).await.map_err(|error| unknown(error, name))?;
                Done {
                    name: Some(name.clone()),
                    sign_in_name: None,
                    link: None,
                    valid_days: None,
                    locked: true,
                }
            }
        };
        backend.store.close().await;
        if self.json {
            json(&done)?
        } else {
            tell(&done)?
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn link(&self, backend: &Backend, name: &str, token: &Token) -> Result<Done, Failure> {
        let invited = backend.invited(token.reveal()).await.map_err(|_| {
            Failure::new(format!(
                "the account of “{name}” is locked; `rinnalla user reset` takes the lock away"
            ))
        })?;
        Ok(Done {
            name: Some(invited.name),
            sign_in_name: Some(invited.sign_in_name),
            link: Some(format!("{}/invitation/{}", self.origin, token.reveal())),
            valid_days: Some(INVITATION_DAYS),
            locked: false,
        })
    }
}

fn tell(done: &Done) -> Result<(), Failure> {
    let name = done.name.as_deref().unwrap_or_default();
    match (&done.sign_in_name, &done.link) {
        (Some(sign_in_name), Some(link)) => {
            line(&format!(
                "{name} signs in as {sign_in_name} and chooses a password here, once, within {INVITATION_DAYS} days:"
            ))?;
            line(link)
        }
        _ => line(&format!(
            "{name} is locked: every sign-in has ended. `rinnalla user reset` opens the account again."
        )),
    }
}

fn unknown(error: backend::Error, name: &str) -> Failure {
    match error {
        backend::Error::NotThere => Failure::new(format!(
            "there is nobody called “{name}”; give the name to sign in with, such as maija.aho, or the code of \
             staff.csv, such as C2"
        )),
        other => other.into(),
    }
}

/// A person's name on one line.
fn name(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_alphabetic) { Ok(name) } else { Err("a name has letters".to_owned()) }
}

/// The beginning of the link, without a slash at its end.
fn origin(text: &str) -> Result<String, String> {
    let bare = text.trim_end_matches('/');
    let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(bare.to_owned()),
        _ => Err("such as https://rinnalla.example.fi".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_an_address_without_a_slash_at_its_end() {
        assert_eq!(origin("https://rinnalla.example.fi/").as_deref(), Ok("https://rinnalla.example.fi"));
        assert!(origin("rinnalla.example.fi").is_err());
        assert!(origin("https://").is_err());
    }

    #[test]
    fn a_name_has_letters() {
        assert_eq!(name("  Maija   Aho ").as_deref(), Ok("Maija Aho"));
        assert!(name(" - ").is_err());
    }
}
