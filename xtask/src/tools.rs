//! What the commands need from outside: found when it is there, installed when it is not.
//!
//! Debian's packages come by `apt-get`, the rest goes into the user's cache folder, so that a fresh
//! clone finds it again.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::step::{Doing, Failure, Finished, Outcome, Step, read_lossy, show_tail};

/// The version of wasm-opt that is used: Debian's own is too old.
const BINARYEN: &str = "132.0.0";

/// The version of cargo-deny that is used.
const CARGO_DENY: &str = "0.20.2";

/// The oldest major version of Node.js that the tests in a browser run on.
const NODE_OLDEST: u32 = 20;

/// The version that is taken for them where the system's is older, as Debian 12's is.
const NODE: &str = "22.23.3";

/// Goes to the project's root folder, the one with the workspace's `Cargo.lock`.
pub(crate) fn enter_project() -> Outcome {
    let here = env::current_dir().doing("find the current folder")?;
    let start = env::var_os("CARGO_MANIFEST_DIR").map_or(here, PathBuf::from);
    let root = start
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("xtask").is_dir())
        .ok_or_else(|| Failure::new("this is not the project's folder: go there and try again"))?;
    env::set_current_dir(root).doing(format_args!("go to {}", root.display()))
}

/// The project's root as an absolute path.
pub(crate) fn root() -> Outcome<PathBuf> {
    env::current_dir().doing("find the current folder")
}

/// A cargo command that behaves as if typed by hand: without what the outer cargo put into the
/// environment (it would make build scripts run again), and always with the project's own target
/// folder, where the other commands look for what was built.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let from_outer_cargo =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|start| text.starts_with(start))
                || ["CARGO", "CARGO_PRIMARY_PACKAGE", "CARGO_CRATE_NAME", "OUT_DIR"].contains(&text);
        if from_outer_cargo || text == "CARGO_TARGET_DIR" || text == "CARGO_BUILD_TARGET_DIR" {
            command.env_remove(&name);
        }
    }
    command
}

/// The path of a program on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The first line a program prints, when it ends well.
pub(crate) fn first_line(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().next().map(|line| line.trim().to_owned())
}

/// Whether this process has the system administrator's rights.
pub(crate) fn is_root() -> bool {
    first_line("id", &["-u"]).as_deref() == Some("0")
}

/// The folder for what this project installs for itself, one sub-folder for each thing.
pub(crate) fn cache(name: &str) -> Outcome<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|path| Path::new(path).is_absolute())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
        .ok_or_else(|| Failure::new("set HOME, so that the tools have a place to be kept in"))?;
    let folder = base.join("rinnalla");
    fs::create_dir_all(&folder).doing(format_args!("make the folder {}", folder.display()))?;
    Ok(folder.join(name))
}

/// Installs the Debian packages of this list that are not there yet.
pub(crate) fn debian(packages: &[&str], usually: &'static str) -> Outcome {
    let missing: Vec<&str> =
        packages.iter().copied().filter(|package| !has_debian_package(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let by_hand = format!("install them and try again: apt-get install {list}");
    if find("apt-get").is_none() {
        return Err(Failure::new(format!(
            "this is not a Debian system; what Debian calls {list} is missing: install it and try again"
        )));
    }
    let apt = || -> Outcome<Command> {
        let mut command = if is_root() {
            Command::new("env")
        } else if find("sudo").is_some() {
            let mut sudo = Command::new("sudo");
            sudo.arg("env");
            sudo
        } else {
            return Err(Failure::new(format!("Debian packages are missing and there is no sudo; {by_hand}")));
        };
        command.arg("DEBIAN_FRONTEND=noninteractive").args(["apt-get", "-o", "DPkg::Lock::Timeout=300"]);
        Ok(command)
    };
    Step::new("Debian: reading the list of packages", "apt-update")
        .usually("10 s")
        .attempt(apt()?.arg("update"))?;
    let mut install = apt()?;
    install.args(["install", "-y", "--no-install-recommends"]).args(&missing);
    Step::new(format!("Debian: installing {list}"), "apt-install")
        .usually(usually)
        .run(&mut install)
        .map_err(|failure| Failure::new(format!("{failure}; {by_hand}")))
}

/// Whether a Debian package is installed.
fn has_debian_package(package: &str) -> bool {
    first_line("dpkg-query", &["-W", "-f", "${Status}\\n", package])
        .is_some_and(|line| line.ends_with(" installed"))
}

/// Makes sure that there is Node.js with npm.
pub(crate) fn node() -> Outcome {
    let mut missing = Vec::new();
    if find("node").is_none() {
        missing.push("nodejs");
    }
    if find("npm").is_none() {
        missing.push("npm");
    }
    debian(&missing, "1 min")
}

/// Chromium, as Debian packages it.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    if find("chromium").is_none() {
        debian(&["chromium"], "1 min")?;
    }
    find("chromium").ok_or_else(|| Failure::new("Chromium is missing: apt-get install chromium"))
}

/// What some stories need, as Debian packages it: Firefox; WebKit with its driver and a screen that nobody
/// sees; the maker of a certificate for the one that insists on TLS; a clock that can be moved on.
const ENGINES: [(&str, &str); 6] = [
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("xauth", "xauth"),
    ("openssl", "openssl"),
    ("faketime", "faketime"),
];

/// Firefox, WebKit and the rest. Where they cannot be installed, their tests say that they were left out.
pub(crate) fn engines() -> Outcome {
    let missing: Vec<&str> = ENGINES
        .into_iter()
        .filter(|(program, _)| find(program).is_none())
        .map(|(_, package)| package)
        .collect();
    debian(&missing, "30 s")
}

/// Adds a component of the Rust toolchain when it is missing.
pub(crate) fn component(subcommand: &str, component: &str) -> Outcome {
    let is_there = || first_line("cargo", &[subcommand, "--version"]).is_some();
    if is_there() {
        return Ok(());
    }
    let by_hand = format!("add it and try again: rustup component add {component}");
    if find("rustup").is_some() {
        Step::new(format!("Rust: adding {component}"), "rustup-component")
            .usually("10 s")
            .attempt(Command::new("rustup").args(["component", "add", component]))?;
    }
    if is_there() {
        return Ok(());
    }
    Err(Failure::new(format!("cargo {subcommand} is missing; {by_hand}")))
}

/// The version of a package in `Cargo.lock`.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = read_lossy(Path::new("Cargo.lock"))?;
    version_in_lock(&lock, package).ok_or_else(|| {
        Failure::new(format!("Cargo.lock names no {package}: run `cargo update --workspace` and try again"))
    })
}

/// The version of a package in the text of a `Cargo.lock`.
fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(str::to_owned)
}

/// wasm-bindgen's command line, in the version that `Cargo.lock` has for the library.
pub(crate) fn wasm_bindgen() -> Outcome<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let wanted = format!("wasm-bindgen {version}");
    if let Some(path) = find("wasm-bindgen")
        && first_line(&path, &["--version"]).as_deref() == Some(wanted.as_str())
    {
        return Ok(path);
    }
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &version, "2 min")
}

/// The checker of licences and advisories.
pub(crate) fn cargo_deny() -> Outcome<PathBuf> {
    cargo_tool("cargo-deny", "cargo-deny", CARGO_DENY, "3 min")
}

/// A program from a crate, installed into the cache once for each version.
fn cargo_tool(package: &str, program: &str, version: &str, usually: &'static str) -> Outcome<PathBuf> {
    let folder = cache(&format!("{package}-{version}"))?;
    let path = folder.join("bin").join(program);
    if path.is_file() {
        return Ok(path);
    }
    let install = |locked: bool| -> Outcome<Finished> {
        let title = format!("Installing {package} {version}, once for this user");
        let mut command = cargo();
        command
            .args(["install", package, "--version", version, "--bin", program])
            .arg("--root")
            .arg(&folder)
            // The project's own settings are for the project's code.
            .current_dir(env::temp_dir())
            .env_remove("RUSTFLAGS")
            // A tool that runs for a second need not be optimised for minutes.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        if locked {
            command.arg("--locked");
        }
        Step::new(title, &format!("install-{package}")).usually(usually).attempt(&mut command)
    };
    let mut finished = install(true)?;
    // A registry mirror may lack the newest versions that the tool's own lock file names.
    if !finished.ok && finished.output.contains("failed to select a version") {
        println!("  its lock file names a version that this registry lacks: trying with others");
        finished = install(false)?;
    }
    if !finished.ok {
        show_tail(&finished);
        return Err(Failure::new(format!(
            "could not install {package}; the whole log is {}; see whether the package registry can be reached",
            finished.log.display()
        )));
    }
    Ok(path)
}

/// A command that runs wasm-opt; its arguments are still to be added.
pub(crate) fn wasm_opt() -> Outcome<Command> {
    node()?;
    let folder = npm_package("binaryen", BINARYEN, "15 s")?;
    let mut command = Command::new("node");
    command.arg(folder.join("bin/wasm-opt"));
    Ok(command)
}

/// A Node.js that is new enough for the tests in a browser.
pub(crate) fn recent_node() -> Outcome<PathBuf> {
    node()?;
    // "v20.20.2"
    let version = first_line("node", &["--version"]).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE_OLDEST) {
        return Ok(PathBuf::from("node"));
    }
    let machine = match env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => {
            return Err(Failure::new(format!(
                "the end-to-end tests need Node.js {NODE_OLDEST} or newer on {other}: install it and try again"
            )));
        }
    };
    let folder = npm_package(&format!("node-linux-{machine}"), NODE, "20 s")?;
    Ok(folder.join("bin/node"))
}

/// The folder of an npm package, installed into the cache once for each version.
fn npm_package(name: &str, version: &str, usually: &'static str) -> Outcome<PathBuf> {
    let folder = cache(&format!("{name}-{version}"))?;
    let package = folder.join("node_modules").join(name);
    if package.is_dir() {
        return Ok(package);
    }
    // Made beside it and renamed, so that an interrupted one is never taken for a whole one.
    let draft = cache(&format!("{name}-{version}.{}", std::process::id()))?;
    fs::create_dir_all(&draft).doing(format_args!("make the folder {}", draft.display()))?;
    fs::write(draft.join("package.json"), "{\"private\":true}\n")
        .doing(format_args!("write into {}", draft.display()))?;
    Step::new(
        format!("Installing {name} {version} from npm, once for this user"),
        &format!("install-{name}"),
    )
    .usually(usually)
    .run(
        Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"])
            .arg(format!("{name}@{version}"))
            .current_dir(&draft),
    )?;
    if folder.exists() {
        fs::remove_dir_all(&folder).doing(format_args!("remove {}", folder.display()))?;
    }
    fs::rename(&draft, &folder).doing(format_args!("make {}", folder.display()))?;
    Ok(package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_a_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "leptos"), None);
    }
}
