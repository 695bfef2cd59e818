//! `rinnalla backup` and `rinnalla restore`: a copy that only an offline key opens, and that phones can count on.

use super::output::{json, line};
use super::{Failure, database};
use age::secrecy::ExposeSecret;
use backend::Backend;
use backend::store::Store;
use serde_json::json;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::str::FromStr;

const ABOUT_BACKUP: &str = "\
Make a backup of the database

The copy is consistent while people go on working, and is encrypted (age) to a key of which this machine has only the
public half: make one with `rinnalla backup-key`, and keep the other half offline. Phones keep what coaches wrote until a
backup has it: so take the folder to another machine before the next backup, and never keep the keys of `serve --keys` in it.";

const ABOUT_RESTORE: &str = "\
Look whether a backup can be restored, or restore it

--check opens the backup, and looks whether everything in it holds: the file itself, what points to what, the use log.
With --to it is written into a new database. Phones then send again by themselves what came after the backup.";

#[derive(Debug, clap::Args)]
#[command(about = "Make a backup of the database", long_about = ABOUT_BACKUP)]
pub(crate) struct Backup {
    /// The folder into which the backup goes
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The public half of the key that opens it: age1…
    #[arg(long = "for", value_name = "KEY")]
    recipient: String,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(about = "Make the key that opens backups: keep the file offline")]
pub(crate) struct BackupKey {
    /// The file in which the key is kept; it must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(about = "Look whether a backup can be restored, or restore it", long_about = ABOUT_RESTORE)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file with the key that opens it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Only look whether it can be restored
    #[arg(long, conflicts_with = "to", required_unless_present = "to")]
    check: bool,
    /// The new database: a file's path that is not there yet, or an empty PostgreSQL database
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl BackupKey {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let key = age::x25519::Identity::generate();
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o400)
            .open(&self.file)
            .map_err(|error| said("the key can't be written to", &self.file, &error))?;
        writeln!(file, "{}", key.to_string().expose_secret())?;
        file.sync_all()?;
        line(&key.to_public().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Backup {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let recipient = age::x25519::Recipient::from_str(&self.recipient).map_err(|error| {
            Failure::new(format!("--for is no public key ({error}); `rinnalla backup-key FILE` makes one"))
        })?;
        let backend = database::open_existing(database).await?;
        fs::create_dir_all(&self.folder).map_err(|error| said("there is no folder", &self.folder, &error))?;
        let number = backend.begin_backup().await?;
        let working = tempfile::TempDir::new()?;
        let copy = working.path().join("copy");
        copy_database(&backend, database, &copy).await?;
        let at = backend.clock.now();
        let file = self.folder.join(format!("rinnalla-{number:06}-{}.age", at.format("%Y%m%dT%H%M%SZ")));
        let bytes = encrypt(&copy, &file, &recipient)?;
        // Phones hear of it only now: it is whole, and on the disk.
        backend.finish_backup(number).await?;
        backend.store.close().await;
        if self.json {
            json(&json!({ "number": number, "file": file, "bytes": bytes, "at": at }))?;
        } else {
            line(&format!("Backup {number}: {}, {bytes} bytes.", file.display()))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    pub(crate) async fn run(self) -> Result<ExitCode, Failure> {
        let working = tempfile::TempDir::new()?;
        let copy = working.path().join("copy.db");
        decrypt(&self.file, &self.key, &copy)?;
        let is_sqlite = starts_with(&copy, b"SQLite format 3\0")?;
        let found = match &self.to {
            None if is_sqlite => look(&format!("sqlite://{}", copy.display())).await?,
            None => {
                run(Command::new("pg_restore").arg("--file=/dev/null").arg(&copy))?;
                Found::default()
            }
            Some(to) if is_sqlite => {
                let path = PathBuf::from(to.strip_prefix("sqlite://").unwrap_or(to));
                if path.exists() {
                    return Err(Failure::new(format!(
                        "{} is there already: name a file that is not, and start the server on that",
                        path.display()
                    )));
                }
                fs::copy(&copy, &path).map_err(|error| said("it can't be written to", &path, &error))?;
                look(&format!("sqlite://{}", path.display())).await?
            }
            Some(to) => {
                run(Command::new("pg_restore")
                    .args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", to])
                    .arg(&copy))?;
                look(to).await?
            }
        };
        if self.json {
            json(
                &json!({ "whole": found.faults.is_empty(), "faults": found.faults, "visits": found.visits }),
            )?;
        } else if found.faults.is_empty() {
            line(&format!("The backup is whole: {} visits, and the use log holds.", found.visits))?;
        } else {
            for fault in &found.faults {
                line(fault)?;
            }
        }
        Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What a look at a restored database found.
#[derive(Default)]
struct Found {
    faults: Vec<String>,
    visits: i64,
}

async fn look(url: &str) -> Result<Found, Failure> {
    let backend = database::open_existing(url).await?;
    let (faults, visits) = backend.look_over().await?;
    backend.store.close().await;
    Ok(Found { faults, visits })
}

async fn copy_database(backend: &Backend, url: &str, to: &Path) -> Result<(), Failure> {
    match &backend.store {
        Store::Sqlite { .. } => Ok(backend.store.copy_into(to).await?),
        Store::Postgres(_) => {
            run(Command::new("pg_dump").args(["--format=custom", "--file"]).arg(to).arg("--dbname").arg(url))
        }
    }
}

/// Runs a tool of PostgreSQL's.
fn run(command: &mut Command) -> Result<(), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| {
        Failure::new(format!(
            "{name} can't be started ({error}): install PostgreSQL's own tools (postgresql-client)"
        ))
    })?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{name} failed: see above"))) }
}

/// Encrypts a file. It has its name only when it is whole and on the disk.
fn encrypt(from: &Path, to: &Path, recipient: &age::x25519::Recipient) -> Result<u64, Failure> {
    let part = to.with_extension("part");
    let writing = |error: &dyn std::fmt::Display| said("the backup can't be written to", &part, error);
    let recipients = std::iter::once(recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|error| writing(&error))?;
    let file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .map_err(|error| writing(&error))?;
    let mut out = encryptor.wrap_output(&file).map_err(|error| writing(&error))?;
    io::copy(&mut BufReader::new(File::open(from)?), &mut out).map_err(|error| writing(&error))?;
    out.finish().map_err(|error| writing(&error))?;
    file.sync_all().map_err(|error| writing(&error))?;
    let bytes = file.metadata()?.len();
    fs::rename(&part, to)?;
    if let Some(folder) = to.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(bytes)
}

fn decrypt(from: &Path, key: &Path, to: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(key).map_err(|error| said("the key can't be read from", key, &error))?;
    let secret = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap_or_default();
    let key = age::x25519::Identity::from_str(secret)
        .map_err(|error| said("there is no key that opens backups in", key, &error))?;
    let opening = |error: &dyn std::fmt::Display| said("the backup can't be opened:", from, error);
    let file = File::open(from).map_err(|error| opening(&error))?;
    let decryptor = age::Decryptor::new(BufReader::new(file)).map_err(|error| opening(&error))?;
    let mut text =
        decryptor.decrypt(std::iter::once(&key as &dyn age::Identity)).map_err(|error| opening(&error))?;
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(&mut text, &mut out).map_err(|error| opening(&error))?;
    Ok(out.sync_all()?)
}

fn starts_with(path: &Path, magic: &[u8]) -> Result<bool, Failure> {
    let mut head = vec![0; magic.len()];
    let read = File::open(path)?.read(&mut head)?;
    Ok(read == magic.len() && head == magic)
}

fn said(what: &str, path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("{what} {} ({error})", path.display()))
}
