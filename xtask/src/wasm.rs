//! The compiler for the browser: rustup's when it can be had, else Debian's.
//!
//! Where rustup cannot download, Debian's `rustc-web` compiles, and the standard library for the
//! browser is built once from Debian's source, with bitcode, which link-time optimisation needs. It
//! goes into the user's cache, so no file of the system is touched.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::step::{Doing, Failure, Outcome, Step};
use crate::tools;

/// The browser, as rustc calls it.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Forces one way: `rustup` or `debian`.
pub(crate) const CHOICE: &str = "RINNALLA_WASM_TOOLCHAIN";

/// How long rustup may try to download its 20 MB.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(120);

/// Debian's packages for the second way.
const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld-19"];

/// Debian's compiler.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// Debian's linker for the browser.
const DEBIAN_LINKER: &str = "wasm-ld-19";

/// A compiler that can make browser code.
pub(crate) enum Toolchain {
    /// The one that cargo uses anyway.
    Rustup,
    /// Debian's, with a standard library of our own in this folder.
    Debian {
        /// The folder that rustc takes as its root.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// Finds one, or installs one.
    pub(crate) fn find() -> Outcome<Self> {
        let choice = env::var(CHOICE).unwrap_or_default();
        if choice == "debian" {
            return debian();
        }
        if has_target() {
            return Ok(Self::Rustup);
        }
        if choice != "rustup" && debian_sysroot().is_ok_and(|folder| folder.is_dir()) {
            return debian();
        }
        if tools::find("rustup").is_some() {
            Step::new("Rust: adding the browser as a target", "rustup-target")
                .usually("10 s")
                .limit(DOWNLOAD_LIMIT)
                .attempt(
                    Command::new("rustup").args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "1"),
                )?;
            if has_target() {
                return Ok(Self::Rustup);
            }
        }
        if choice == "rustup" {
            return Err(Failure::new(format!(
                "rustup could not add the target {TARGET}, and {CHOICE} forbids the other way"
            )));
        }
        println!("  rustup cannot add it from here: taking Debian's compiler for the browser");
        debian()
    }

    /// Readies a cargo command for this compiler, with further flags for rustc.
    pub(crate) fn apply(&self, command: &mut Command, flags: &[String]) {
        let mut all = flags.to_vec();
        if let Self::Debian { sysroot } = self {
            all.push(format!("--sysroot={}", sysroot.display()));
            all.push(format!("-Clinker={DEBIAN_LINKER}"));
            command.env("RUSTC", DEBIAN_RUSTC);
        }
        command
            .args(["--target", TARGET])
            .env_remove("RUSTFLAGS")
            // Unlike RUSTFLAGS, this one may hold paths with spaces.
            .env("CARGO_ENCODED_RUSTFLAGS", all.join("\x1f"));
    }
}

/// Whether the ordinary compiler has the standard library for the browser.
fn has_target() -> bool {
    tools::first_line("rustc", &["--print", "sysroot"])
        .is_some_and(|sysroot| has_library(&library(Path::new(&sysroot), TARGET)))
}

/// Where the libraries for a target are below a root.
fn library(sysroot: &Path, target: &str) -> PathBuf {
    sysroot.join("lib/rustlib").join(target).join("lib")
}

/// Whether a folder has a compiled standard library.
fn has_library(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

/// The folder in the cache for Debian's compiler, as it is installed now.
fn debian_sysroot() -> Outcome<PathBuf> {
    let version = tools::first_line(DEBIAN_RUSTC, &["--version"])
        .ok_or_else(|| Failure::new("Debian's rustc is missing: apt-get install rustc-web"))?;
    // "rustc 1.96.0 (ac68faa20 2026-05-25) (built …)"
    let name: Vec<&str> = version.split(' ').skip(1).take(2).collect();
    let name = name.join("-").replace('(', "");
    tools::cache(&format!("wasm-std-{name}"))
}

/// Debian's compiler with the standard library for the browser.
fn debian() -> Outcome<Toolchain> {
    tools::debian(&PACKAGES, "40 s")?;
    let sysroot = debian_sysroot()?;
    if has_library(&library(&sysroot, TARGET)) {
        return Ok(Toolchain::Debian { sysroot });
    }
    let draft = sysroot.with_extension(format!("draft-{}", std::process::id()));
    let made = build_std(&draft).and_then(|()| {
        if sysroot.exists() {
            fs::remove_dir_all(&sysroot).doing(format_args!("remove {}", sysroot.display()))?;
        }
        fs::rename(&draft, &sysroot).doing(format_args!("make {}", sysroot.display()))
    });
    if made.is_err() {
        // What matters is why it was not made.
        drop(fs::remove_dir_all(&draft));
    }
    made.map(|()| Toolchain::Debian { sysroot })
}

/// Builds the standard library for the browser into a folder laid out as rustc wants it.
fn build_std(sysroot: &Path) -> Outcome {
    let work = sysroot.join("work");
    let source = work.join("src");
    let making = || format!("write into {}", work.display());
    fs::create_dir_all(&source).doing(making())?;
    fs::write(work.join("Cargo.toml"), "[package]\nname = \"nothing\"\nedition = \"2021\"\n\n[workspace]\n")
        .doing(making())?;
    fs::write(source.join("lib.rs"), "").doing(making())?;
    Step::new("Rust: building the standard library for the browser, once for this user", "wasm-std")
        .usually("1 min")
        .run(
            tools::cargo()
                .args(["build", "--release", "-Zbuild-std=std,panic_abort"])
                .args(["--target", TARGET, "--target-dir", "target"])
                .current_dir(&work)
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env_remove("RUSTFLAGS")
                .env("CARGO_ENCODED_RUSTFLAGS", format!("-Cembed-bitcode=yes\x1f-Clinker={DEBIAN_LINKER}")),
        )?;
    let built = work.join("target").join(TARGET).join("release/deps");
    let into = library(sysroot, TARGET);
    let copying = || format!("copy the standard library to {}", into.display());
    fs::create_dir_all(&into).doing(copying())?;
    for entry in fs::read_dir(&built).doing(copying())? {
        let path = entry.doing(copying())?.path();
        let name = path.file_name().unwrap_or_default();
        let is_library = path.extension() == Some(OsStr::new("rlib"));
        if is_library && !name.to_string_lossy().starts_with("libnothing") {
            fs::copy(&path, into.join(name)).doing(copying())?;
        }
    }
    if !has_library(&into) {
        return Err(Failure::new(format!(
            "the standard library for the browser was built, but is not in {}",
            built.display()
        )));
    }
    // Build scripts and macros run on this machine and need its own library.
    if let Some(host) = host() {
        let theirs = library(Path::new("/usr"), &host);
        let ours = library(sysroot, &host);
        fs::create_dir_all(ours.parent().unwrap_or(sysroot)).doing(copying())?;
        symlink(theirs, ours).doing(copying())?;
    }
    fs::remove_dir_all(&work).doing(format_args!("remove {}", work.display()))
}

/// This machine's own target, as Debian's compiler calls it.
fn host() -> Option<String> {
    let output = Command::new(DEBIAN_RUSTC).arg("-vV").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "))?;
    Some(host.to_owned())
}
