//! Why a command did not do what it was asked.

use super::output::plain;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// One line for whoever ran the command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What is wrong, and what to do.
    Told(String),
    /// Whoever read standard output has gone; nobody is there to be told.
    NobodyReads,
}

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self::Told(text.into())
    }

    /// Says it on standard error; gives the exit status.
    pub(crate) fn tell(&self) -> ExitCode {
        if let Self::Told(text) = self {
            let _ = writeln!(io::stderr(), "rinnalla: {}", plain(text));
        }
        ExitCode::FAILURE
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told(text) => f.write_str(text),
            Self::NobodyReads => f.write_str("nobody reads the output"),
        }
    }
}

impl From<io::Error> for Failure {
    /// A failure to write the report.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Told(format!("the report cannot be written: {error}")),
        }
    }
}

impl From<backend::Error> for Failure {
    fn from(error: backend::Error) -> Self {
        let text = error.to_string();
        if text.contains("database is locked") {
            return Self::new("another program is writing to the database; try again in a moment");
        }
        Self::Told(text)
    }
}
