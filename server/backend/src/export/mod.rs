//! Everything of the organisation as files: the package that `import` reads, and every table as it is.
//!
//! A row that came with a package goes out under its code; one that was made in the product goes out
//! under its identity, which [`import`](crate::import) knows again. So an export brought into the same
//! database changes nothing, and one brought into an empty database is the same export again.
//!
//! What a package has no columns for (a second contact person, an amendment, who merged what) is in the
//! tables. Passwords, sessions, drafts and the use log stay where they are.

mod rows;
mod tables;

pub use tables::{KEPT_BACK, TABLES};

use crate::Backend;
use crate::audit::Use;
use crate::error::Result;
use crate::store::{Engine, Tx};
use chrono::NaiveDate;
use domain::package::{Fault, Files, Namesake, Package, Problem};
use rows::Rows;

/// What an export holds.
#[derive(Debug)]
pub struct Export {
    /// The package's files by stem.
    pub package: Files,
    /// Every table by name, as CSV.
    pub tables: Files,
    /// How many rows each of the package's files has.
    pub rows: Vec<(&'static str, usize)>,
    /// What `import` would refuse of the package, such as a day that is too far ahead. It is in the files
    /// all the same.
    pub unreadable: Vec<Problem>,
}

impl Backend {
    /// Reads everything of the organisation, as it was at one moment, and notes the use of every
    /// client's data before anything is given out (S18). The whole of it is held in memory: about 1 kB a
    /// visit.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn export(&self) -> Result<Export> {
        let mut tx = self.read().await?;
        one_moment(&mut tx).await?;
        let Rows { mut package, clients } = rows::read(&mut tx).await?;
        let tables = tables::read(&mut tx).await?;
        drop(tx);
        let mut tx = self.write().await?;
        tx.note(Use { clients, ..Use::by_operator("export", "package", None) });
        tx.commit().await?;
        let unreadable = name_namesakes(&mut package, self.clock.today());
        Ok(Export { rows: counts(&package), package: domain::package::write(&package), tables, unreadable })
    }
}

/// Sees to it that all that the transaction reads is as it was at one moment: so it is on `SQLite`.
async fn one_moment(tx: &mut Tx) -> Result<()> {
    if let Engine::Postgres(tx) = &mut tx.engine {
        sqlx::query("set transaction isolation level repeatable read, read only").execute(&mut **tx).await?;
    }
    Ok(())
}

/// Two employers of the register may look like one to whoever reads the package: they are named. Gives
/// what a reader would still refuse.
fn name_namesakes(package: &mut Package, today: NaiveDate) -> Vec<Problem> {
    loop {
        let files = domain::package::write(package);
        let problems = domain::package::read(&files, today).problems;
        let employers = String::from_utf8_lossy(&files["employers"]);
        let lines: Vec<&str> = employers.lines().collect();
        // A code stands first in its line, and holds no comma.
        let code = |problem: &Problem| {
            let line = lines.get(usize::try_from(problem.line).ok()?.checked_sub(1)?)?;
            line.split(',').next().map(str::to_owned)
        };
        let found: Vec<Namesake> = problems
            .iter()
            .filter(|problem| matches!(problem.fault, Fault::SameEmployer { .. }))
            .filter_map(code)
            .map(|employer| Namesake { employer })
            .filter(|found| !package.namesakes.contains(found))
            .collect();
        if found.is_empty() {
            return problems;
        }
        package.namesakes.extend(found);
    }
}

fn counts(package: &Package) -> Vec<(&'static str, usize)> {
    macro_rules! counted {
        ($($list:ident),+) => { vec![$((concat!(stringify!($list), ".csv"), package.$list.len())),+] };
    }
    counted!(
        units,
        teams,
        staff,
        employers,
        clients,
        contacts,
        jobs,
        transitions,
        qualifications,
        supports,
        time_use,
        meetings,
        proms,
        feedback,
        fidelity
    )
}
