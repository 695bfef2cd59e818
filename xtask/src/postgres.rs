//! A throw-away PostgreSQL: made, started, and surely removed.
//!
//! The cluster is real (data checksums and `fsync` are on, the connection is TCP); only its folder
//! is temporary. A guard process holds the other end of a pipe: when this process ends, in
//! whatever way (Ctrl-C and `kill -9` included), the pipe closes and the guard stops the server and
//! removes the folder.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};

use crate::step::{Doing, Failure, Outcome, Step};
use crate::tools;

/// The environment variable that tells the tests where the server is.
pub(crate) const VARIABLE: &str = "RINNALLA_TEST_POSTGRES";

/// What the guard does when the pipe closes: `$1` is the folder, the rest stops the server.
const GUARD: &str = r#"trap '' INT TERM HUP
read -r _
folder=$1; shift
"$@" >/dev/null 2>&1
rm -rf "$folder""#;

/// A running server. Dropping it stops the server and removes its data.
pub(crate) struct Postgres {
    url: String,
    pipe: Option<ChildStdin>,
    guard: Child,
}

impl Postgres {
    /// Makes and starts a cluster on a free port; installs PostgreSQL when it is missing.
    pub(crate) fn start() -> Outcome<Self> {
        let programs = programs()?;
        let folder = first_line_of("mktemp", &["-d", "-t", "rinnalla-postgres-XXXXXX"])?;
        let as_root = tools::is_root();
        if as_root {
            let owner = Command::new("chown").args(["postgres:", &folder]).status();
            if !owner.doing("run chown")?.success() {
                return Err(Failure::new(
                    "there is no user `postgres` to run the server as: apt-get install --reinstall postgresql-common",
                ));
            }
        }
        let program = |name: &str| -> Command {
            let path = programs.join(name);
            let mut command = if as_root {
                // The server refuses to run as root.
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(path);
                command
            } else {
                Command::new(path)
            };
            command.current_dir("/");
            command
        };
        let data = format!("{folder}/data");

        let mut stop = program("pg_ctl");
        stop.args(["-D", &data, "-m", "immediate", "stop"]);
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "guard", &folder])
            .arg(stop.get_program())
            .args(stop.get_args())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of reach of the terminal's Ctrl-C.
            .process_group(0)
            .spawn()
            .doing("start the guard of the throw-away PostgreSQL")?;
        let pipe = guard.stdin.take();
        let port = free_port()?;
        let server = Self { url: format!("postgres://rinnalla@127.0.0.1:{port}/postgres"), pipe, guard };

        Step::new("PostgreSQL: making a throw-away cluster", "postgres-initdb").usually("3 s").run(
            program("initdb").args([
                "-D",
                &data,
                "-A",
                "trust",
                "-U",
                "rinnalla",
                "-k",
                "--no-sync",
                "-E",
                "UTF8",
                "--locale",
                "C.UTF-8",
            ]),
        )?;
        let options = format!("-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=300");
        Step::new(format!("PostgreSQL: starting it on port {port}"), "postgres-start").usually("1 s").run(
            program("pg_ctl").args([
                "-D",
                &data,
                "-l",
                &format!("{folder}/server.log"),
                "-o",
                &options,
                "-w",
                "start",
            ]),
        )?;
        Ok(server)
    }

    /// Where it can be reached.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // Nothing better could be done here about a guard that cannot be waited for.
        drop(self.guard.wait());
    }
}

/// Runs a command with a throw-away server and gives its status on.
pub(crate) fn with(command: &[String]) -> Outcome<ExitCode> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failure::new("name a command: cargo xtask postgres -- CMD"));
    };
    let server = Postgres::start()?;
    println!("{VARIABLE}={}", server.url());
    let mut child = if program == "cargo" { tools::cargo() } else { Command::new(program) };
    let status =
        child.args(arguments).env(VARIABLE, server.url()).status().doing(format_args!("start {program}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The folder with PostgreSQL's programs, of the newest version that is installed.
fn programs() -> Outcome<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    tools::debian(&["postgresql"], "30 s")?;
    installed().ok_or_else(|| Failure::new("PostgreSQL is missing: apt-get install postgresql"))
}

/// Debian's place for the programs, else the search path.
fn installed() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder).or_else(|| {
        let path = tools::find("initdb")?;
        path.parent().map(Path::to_path_buf)
    })
}

/// A port that nobody listens on.
fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").doing("find a free port")?;
    Ok(listener.local_addr().doing("find a free port")?.port())
}

/// The first line a program prints, or why there is none.
fn first_line_of(program: &str, arguments: &[&str]) -> Outcome<String> {
    tools::first_line(program, arguments)
        .filter(|line| !line.is_empty())
        .ok_or_else(|| Failure::new(format!("{program} failed: is the temporary folder full?")))
}
