//! What every part needs: the product, databases that stand ready, the order of the engines, raw rows.

use crate::county::{self, Sizes};
use crate::database::{Database, Databases, Engine};
use crate::dice::Dice;
use crate::http::Site;
use crate::machine::{self, Busy, Machine};
use crate::outcome::{Doing, Outcome};
use crate::product::{Product, SERVER_LOG, Server};
use crate::visits::Material;
use domain::package::Package;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So busy may the machine be before a round; beyond it, somebody else is at work on it.
const CALM_PERCENT: f64 = 10.0;

/// Everything that a part needs.
pub(crate) struct Bench {
    /// How often a part is repeated.
    pub(crate) rounds: u32,
    /// Is it only a quick look?
    pub(crate) quick: bool,
    /// The binary.
    pub(crate) product: Product,
    /// Where databases are made.
    pub(crate) databases: Databases,
    /// The folder that databases and packages are in.
    pub(crate) folder: PathBuf,
    /// The package of the pilot, where it is at hand.
    pub(crate) pilot: PathBuf,
    dice: Dice,
    raw: Raw,
}

/// A database that stands ready to be copied, and somebody who can sign in there.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    /// The database.
    pub(crate) database: Database,
    /// The coach's code in the package.
    coach: String,
    /// The name that the coach signs in with.
    name: String,
}

/// A server on a database of its own, with the coach signed in.
pub(crate) struct Up {
    /// The server.
    pub(crate) server: Server,
    /// The site as the coach sees it.
    pub(crate) site: Site,
    /// The database.
    pub(crate) database: Database,
    /// What visits are made of there.
    pub(crate) material: Arc<Material>,
}

impl Bench {
    /// Makes the folders. `output` is where the raw rows go.
    pub(crate) fn new(
        (rounds, quick): (u32, bool),
        machine: &Machine,
        binary: PathBuf,
        postgres: Option<String>,
        output: &Path,
        pilot: PathBuf,
    ) -> Outcome<Self> {
        let folder = output.join("data");
        if folder.exists() {
            fs::remove_dir_all(&folder).doing(format_args!("remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).doing(format_args!("make the folder {}", folder.display()))?;
        // Of this run only.
        fs::write(output.join(SERVER_LOG), "").doing("write the server's log")?;
        let about = json!({
            "day": machine::today(), "machine": machine, "rounds": rounds, "quick": quick,
        });
        Ok(Self {
            rounds,
            quick,
            product: Product { binary, folder: output.to_owned(), pinned: machine.pinned },
            databases: Databases::new(&folder, postgres),
            folder,
            pilot,
            // Another order each time; what is made of other dice is always the same.
            dice: Dice::new(std::process::id().into()),
            raw: Raw { folder: output.to_owned(), about, parts: Map::new() },
        })
    }

    /// Writes a county to files; gives their folder.
    pub(crate) fn package(&self, name: &str, package: &Package) -> Outcome<PathBuf> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        for (stem, bytes) in domain::package::write(package) {
            fs::write(folder.join(format!("{stem}.csv")), bytes).doing("write a package")?;
        }
        Ok(folder)
    }

    /// A database of each engine with 10,000 visits in it.
    pub(crate) async fn preloaded(&self) -> Outcome<Vec<Fixture>> {
        let package = county::package(&Sizes::PRELOADED, machine::today());
        let folder = self.package("preloaded", &package)?;
        let mut fixtures = Vec::new();
        for engine in self.databases.engines() {
            let database = self.databases.make(engine, "preloaded").await?;
            self.product.import(&database, &folder)?;
            fixtures.push(self.ready(database).await?);
        }
        Ok(fixtures)
    }

    /// Lets the first coach of a made-up county in, and lets the database come to rest.
    pub(crate) async fn ready(&self, database: Database) -> Outcome<Fixture> {
        let coach = county::coach_code(0);
        let name = self.product.let_in(&database, &coach).await?;
        self.databases.settle(&database).await?;
        Ok(Fixture { database, coach, name })
    }

    /// Brings a server up on a copy of a database.
    pub(crate) async fn up(&self, fixture: &Fixture) -> Outcome<Up> {
        self.up_traced(fixture, &[]).await
    }

    /// The same, with a tracer before it.
    pub(crate) async fn up_traced(&self, fixture: &Fixture, tracer: &[OsString]) -> Outcome<Up> {
        let database = self.databases.copy(&fixture.database, "round").await?;
        let material = Arc::new(Material::of(&database, &fixture.coach).await?);
        let server = self.product.serve(&database, tracer)?;
        let site = server.sign_in(&fixture.name).await?;
        Ok(Up { server, site, database, material })
    }

    /// Brings a server up on the database itself, for reading.
    pub(crate) async fn up_to_read(&self, fixture: &Fixture) -> Outcome<(Server, Site)> {
        let server = self.product.serve(&fixture.database, &[])?;
        let site = server.sign_in(&fixture.name).await?;
        Ok((server, site))
    }

    /// Stops a server and takes its database away.
    pub(crate) async fn down(&self, up: Up) -> Outcome {
        let Up { server, database, .. } = up;
        server.stop()?;
        self.databases.remove(&database).await
    }

    /// Begins a round: see [`Self::begin`].
    pub(crate) fn round<'a, T>(&mut self, part: &str, round: u32, all: &'a [T]) -> (Busy, Vec<&'a T>) {
        self.begin(&format!("{part}, round {round} of {}", self.rounds), all)
    }

    /// Says how busy the machine is before something is measured, and draws the order of what it is
    /// measured on.
    pub(crate) fn begin<'a, T>(&mut self, what: &str, all: &'a [T]) -> (Busy, Vec<&'a T>) {
        let busy = Busy::look();
        let note =
            if busy.percent > CALM_PERCENT { "; somebody else is at work: not for a report" } else { "" };
        println!("» {what}: load {}, {:.0} % busy{note}", busy.load, busy.percent);
        let mut order: Vec<&T> = all.iter().collect();
        self.dice.shuffle(&mut order);
        (busy, order)
    }

    /// Keeps the raw rows of a part in its own file.
    pub(crate) fn keep(&mut self, part: &str, rows: &impl Serialize) -> Outcome {
        self.raw.keep(part, serde_json::to_value(rows)?)
    }

    /// Takes the databases and packages away.
    pub(crate) fn clear(self) -> Outcome {
        fs::remove_dir_all(&self.folder).doing(format_args!("remove {}", self.folder.display()))
    }

    /// Keeps all raw rows in one file.
    pub(crate) fn keep_all(&self, path: &Path) -> Outcome {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).doing(format_args!("make the folder {}", folder.display()))?;
        write_json(path, &self.raw.document(&self.raw.parts))
    }
}

impl Fixture {
    /// The database's engine.
    pub(crate) fn engine(&self) -> Engine {
        self.database.engine
    }
}

/// What was measured, row by row.
struct Raw {
    folder: PathBuf,
    about: Value,
    parts: Map<String, Value>,
}

impl Raw {
    fn keep(&mut self, part: &str, rows: Value) -> Outcome {
        self.parts.insert(part.to_owned(), rows);
        let only = self.parts.iter().filter(|(name, _)| *name == part);
        let only = only.map(|(name, rows)| (name.clone(), rows.clone())).collect();
        let path = self.folder.join(format!("{part}.json"));
        write_json(&path, &self.document(&only))
    }

    fn document(&self, parts: &Map<String, Value>) -> Value {
        json!({ "about": self.about, "rows": parts })
    }
}

fn write_json(path: &Path, value: &Value) -> Outcome {
    let text = serde_json::to_string_pretty(value)?;
    fs::write(path, text + "\n").doing(format_args!("write {}", path.display()))
}
