//! The binary `rinnalla`: brought up on a database, signed in to, stopped; its other commands.

use crate::database::Database;
use crate::http::{Connection, FORM, Site};
use crate::machine::{self, SERVER_CORE};
use crate::outcome::{Doing, Outcome};
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The password of whoever signs in here.
const PASSWORD: &str = "harmaa kissa nukkuu";
/// What the servers say of errors.
pub(crate) const SERVER_LOG: &str = "server.log";
/// Where the servers keep their keys.
const KEYS: &str = "target/bench/keys";
/// A server that is told to stop does so within this time.
const STOPS_WITHIN: Duration = Duration::from_secs(20);

/// The binary.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    /// Where it is.
    pub(crate) binary: PathBuf,
    /// What it says of errors goes into this folder.
    pub(crate) folder: PathBuf,
    /// Does it run on a core of its own?
    pub(crate) pinned: bool,
}

/// What bringing in a package took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Imported {
    /// From its start to its end, in seconds.
    pub(crate) seconds: f64,
    /// The most memory at once, in MB of 1,000,000 bytes.
    pub(crate) peak: f64,
}

impl Product {
    /// A command of it, on the server's core. `tracer` is put before it and must end with running it.
    fn command(&self, tracer: &[OsString], database: &Database, arguments: &[&str]) -> Command {
        let core = SERVER_CORE.to_string();
        let pin = ["taskset", "--cpu-list", &core].map(OsString::from);
        let pin = if self.pinned { pin.as_slice() } else { &[] };
        let mut words = tracer.iter().chain(pin).cloned().chain([self.binary.clone().into_os_string()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).args(["--database", &database.url]).args(arguments).env_remove("RUST_LOG");
        command.stdin(Stdio::null());
        command
    }

    /// Serves a database and waits until it listens.
    pub(crate) fn serve(&self, database: &Database, tracer: &[OsString]) -> Outcome<Server> {
        let log = File::options().create(true).append(true).open(self.folder.join(SERVER_LOG))?;
        let begun = Instant::now();
        let mut process = self
            .command(tracer, database, &["serve", "--listen", "127.0.0.1:0", "--keys", KEYS])
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .doing(format_args!("start {}", self.binary.display()))?;
        let lines = process.stdout.take().map(|stdout| BufReader::new(stdout).lines());
        let address = lines.into_iter().flatten().map_while(Result::ok).find_map(|line| {
            line.rsplit_once("http://").and_then(|(_, address)| address.trim().parse().ok())
        });
        let site = |address| Site { address, session: None };
        // Made first, so that a server that never listened is ended as well.
        let server = Server { process, begun, site: address.map(site) };
        if server.site.is_none() {
            return Err(
                format!("the server did not start: see {}/{SERVER_LOG}", self.folder.display()).into()
            );
        }
        Ok(server)
    }

    /// Brings a package in.
    pub(crate) fn import(&self, database: &Database, package: &Path) -> Outcome<Imported> {
        let folder = package.to_string_lossy();
        let log = self.folder.join("import.log");
        let begun = Instant::now();
        let mut process = self
            .command(&[], database, &["import", &folder])
            .stdout(File::create(&log)?)
            .stderr(Stdio::null())
            .spawn()
            .doing(format_args!("start {}", self.binary.display()))?;
        let mut peak = 0.0;
        let status = loop {
            peak = machine::peak(process.id()).map_or(peak, |now| now.max(peak));
            if let Some(status) = process.try_wait()? {
                break status;
            }
            thread::sleep(Duration::from_millis(2));
        };
        let seconds = begun.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("the package {folder} was not imported: see {}", log.display()).into());
        }
        Ok(Imported { seconds, peak })
    }

    /// Works out the estimates of all units; gives the milliseconds that the whole program took.
    pub(crate) fn estimate_all(&self, database: &Database) -> Outcome<f64> {
        let begun = Instant::now();
        let status = self.command(&[], database, &["fidelity", "--all"]).stdout(Stdio::null()).status()?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        if status.success() { Ok(took) } else { Err("the estimates of all units were not worked out".into()) }
    }

    /// Invites a person by the code in `staff.csv`; gives the name to sign in with and the token of the link.
    fn invite(&self, database: &Database, code: &str) -> Outcome<(String, String)> {
        let output = self.command(&[], database, &["user", "invite", code, "--json"]).output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("{code} was not invited: {said}").into());
        }
        let said: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        let link = text("link");
        let token = link.rsplit('/').next().unwrap_or_default();
        Ok((text("sign_in_name"), token.to_owned()))
    }

    /// Gives a person a password, the way that they would take it themselves; gives the name to sign in with.
    pub(crate) async fn let_in(&self, database: &Database, code: &str) -> Outcome<String> {
        let (name, token) = self.invite(database, code)?;
        let server = self.serve(database, &[])?;
        let password = PASSWORD.replace(' ', "+");
        let body = format!("password={password}&again={password}");
        let mut connection = Connection::open(server.site()?).await?;
        let answer = connection.post(&format!("/invitation/{token}"), FORM, body.into()).await?;
        if answer.session.is_none() {
            return Err(format!("{code} got no password: status {}", answer.status).into());
        }
        drop(connection);
        server.stop()?;
        Ok(name)
    }
}

/// A running server. Dropping it kills it.
pub(crate) struct Server {
    process: Child,
    begun: Instant,
    site: Option<Site>,
}

impl Server {
    /// Its process. (What starts it on a core, and traces it, becomes it.)
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    /// When it was started.
    pub(crate) fn begun(&self) -> Instant {
        self.begun
    }

    /// Where it is.
    pub(crate) fn site(&self) -> Outcome<&Site> {
        self.site.as_ref().ok_or_else(|| "the server did not start".into())
    }

    /// Signs in by the form; gives the site as that person sees it.
    pub(crate) async fn sign_in(&self, name: &str) -> Outcome<Site> {
        let body = format!("name={name}&password={}", PASSWORD.replace(' ', "+"));
        let answer = Connection::open(self.site()?).await?.post("/sign-in", FORM, body.into()).await?;
        match answer.session {
            Some(session) => Ok(Site { address: self.site()?.address, session: Some(session) }),
            None => Err(format!("{name} could not sign in: status {}", answer.status).into()),
        }
    }

    /// Tells it to stop, and waits until everything is written and closed.
    pub(crate) fn stop(mut self) -> Outcome {
        let process = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &process]).status().doing("run kill")?;
        let told = Instant::now();
        while self.process.try_wait()?.is_none() {
            if told.elapsed() > STOPS_WITHIN {
                return Err("the server did not stop when it was told to".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has mostly ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
