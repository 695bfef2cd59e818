//! Builds the browser code, the site, and the binary that carries it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::site::{self, Size};
use crate::step::{Doing, LOGS, Outcome, Step};
use crate::tools;
use crate::wasm::{CHOICE, TARGET, Toolchain};

/// Flags for the browser code, beside those that keep this machine's paths out of it.
///
/// Erased component types must match the server's (`.cargo/config.toml`): the page is written by
/// one and taken over by the other.
///
/// The compact SHA-256 is a few kilobytes smaller, and quick enough for what a phone hashes.
const FLAGS: &[&str] = &["--cfg", "erase_components", "--cfg", "sha2_backend_soft=\"compact\""];

/// The browser code's own target folder: it may have another compiler.
const TARGET_FOLDER: &str = "target/browser";

/// What wasm-opt is told: as small as possible, with what every browser since 2022 can do.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
];

/// The folders and files that the site is made of.
const INPUTS: &[&str] =
    &["app", "style", "public", "Cargo.lock", "Cargo.toml", "server/src/headers.rs", "server/src/shell.rs"];

/// The modules here that make the site: a change in them makes it stale, too.
const MAKERS: &[&str] =
    &[include_str!("build.rs"), include_str!("css.rs"), include_str!("site.rs"), include_str!("wasm.rs")];

/// Builds everything; `quick` is for development.
pub(crate) fn build(quick: bool) -> Outcome {
    browser(quick)?;
    server(quick)?;
    if quick {
        println!("Built: target/debug/rinnalla (reads {} when it runs)", site::SITE);
    } else {
        println!("Built: target/release/rinnalla, with everything inside");
        let sizes = site::sizes()?;
        println!("  browser code: {}", in_words(sizes.code));
        println!("  style:        {}", in_words(sizes.css));
    }
    Ok(())
}

/// A size as a line: `453.1 kB, 162.0 kB with brotli`.
pub(crate) fn in_words(size: Size) -> String {
    format!("{}, {} with brotli", kilobytes(size.raw), kilobytes(size.brotli))
}

/// Bytes as kilobytes with one decimal.
pub(crate) fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

/// Makes the site, unless nothing has changed since it was made.
fn browser(quick: bool) -> Outcome {
    let stamp = Path::new(LOGS).join("site.stamp");
    let inputs = fingerprint(quick)?;
    if site::is_there() && fs::read_to_string(&stamp).is_ok_and(|made| made == inputs) {
        println!("» Browser code: nothing has changed");
        return Ok(());
    }
    if stamp.exists() {
        fs::remove_file(&stamp).doing(format_args!("remove {}", stamp.display()))?;
    }
    let toolchain = Toolchain::find()?;
    let bindgen = tools::wasm_bindgen()?;
    let bound = compile(&toolchain, &bindgen, quick)?;
    if !quick {
        let optimised = bound.join("client.wasm.small");
        let raw = bound.join("client.wasm");
        Step::new("Browser code: making it small (wasm-opt)", "browser-opt")
            .usually("20 s")
            .run(tools::wasm_opt()?.args(WASM_OPT).arg(&raw).arg("-o").arg(&optimised))?;
        fs::rename(&optimised, &raw).doing(format_args!("write {}", raw.display()))?;
    }
    println!("» Site: style, public files{}", if quick { "" } else { ", compression" });
    site::make(&bound, !quick)?;
    fs::create_dir_all(LOGS).doing(format_args!("make the folder {LOGS}"))?;
    fs::write(&stamp, inputs).doing(format_args!("write {}", stamp.display()))
}

/// Compiles the crate `client` and makes its JavaScript; the folder has `client.js` and
/// `client.wasm`.
fn compile(toolchain: &Toolchain, bindgen: &Path, quick: bool) -> Outcome<PathBuf> {
    let mut command = tools::cargo();
    command.args(["build", "-p", "client", "--target-dir", TARGET_FOLDER]);
    let (folder, usually) = if quick {
        // Names are enough to read a panic by, and line tables would make it five times as large.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        ("debug", "2 min the first time, 20 s later")
    } else {
        command.args(["--profile", "browser"]);
        ("browser", "4 min the first time, 2 min later")
    };
    toolchain.apply(&mut command, &flags()?);
    Step::new("Browser code: compiling", "browser-compile").usually(usually).run(&mut command)?;

    let compiled = Path::new(TARGET_FOLDER).join(TARGET).join(folder);
    let bound = Path::new(TARGET_FOLDER).join(format!("bound-{folder}"));
    if bound.exists() {
        fs::remove_dir_all(&bound).doing(format_args!("remove {}", bound.display()))?;
    }
    let mut command = std::process::Command::new(bindgen);
    command
        .args(["--target", "web", "--no-typescript", "--omit-default-module-path"])
        .args(["--out-name", "client", "--out-dir"])
        .arg(&bound)
        .arg(compiled.join("client.wasm"));
    if !quick {
        command.args(["--remove-name-section", "--remove-producers-section"]);
    }
    Step::new("Browser code: making its JavaScript (wasm-bindgen)", "browser-bindgen")
        .usually("5 s")
        .run(&mut command)?;
    let wasm = bound.join("client.wasm");
    fs::rename(bound.join("client_bg.wasm"), &wasm).doing(format_args!("write {}", wasm.display()))?;
    Ok(bound)
}

/// The flags for rustc: the chosen ones, and names instead of this machine's paths, so that the
/// same code gets the same hash everywhere and nothing of the machine is published.
fn flags() -> Outcome<Vec<String>> {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--remap-path-prefix={}=.", tools::root()?.display()));
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let sources = cargo_home.map(|home| home.join("registry/src"));
    let registries = sources.and_then(|folder| fs::read_dir(folder).ok());
    for registry in registries.into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}=crates", registry.path().display()));
    }
    Ok(flags)
}

/// Builds the binary.
fn server(quick: bool) -> Outcome {
    let mut command = tools::cargo();
    command.args(["build", "-p", "server", "--bin", "rinnalla"]);
    let usually = if quick {
        "3 min the first time, 20 s later"
    } else {
        command.arg("--release");
        "7 min the first time, 1 min later"
    };
    Step::new("Server: compiling", "server-compile").usually(usually).run(&mut command)
}

/// A hash over all that the site is made of.
fn fingerprint(quick: bool) -> Outcome<String> {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    };
    add(if quick { b"quick" } else { b"release" });
    add(env::var(CHOICE).unwrap_or_default().as_bytes());
    for maker in MAKERS {
        add(maker.as_bytes());
    }
    add(tools::first_line("rustc", &["--version"]).unwrap_or_default().as_bytes());
    for input in INPUTS {
        let path = Path::new(input);
        let files = if path.is_dir() {
            site::files(path)?
        } else if path.is_file() {
            vec![path.to_path_buf()]
        } else {
            Vec::new()
        };
        for file in files {
            add(file.to_string_lossy().as_bytes());
            add(&fs::read(&file).doing(format_args!("read {}", file.display()))?);
        }
    }
    Ok(site::hex(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(kilobytes(162_000), "162.0 kB");
        assert_eq!(kilobytes(162_001), "162.1 kB");
    }
}
