//! Every check, in order, each timed and counted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::build::{self, kilobytes};
use crate::postgres::{Postgres, VARIABLE};
use crate::site;
use crate::step::{Doing, Finished, Outcome, Step, read_lossy, show_tail, spoken};
use crate::tools;

/// The browser code, compressed, may have this many bytes.
const CODE_LIMIT: u64 = 480_000;

/// The style sheet, compressed, may have this many bytes.
const CSS_LIMIT: u64 = 20_000;

/// Where the tests in Chromium are.
pub(crate) const END2END: &str = "end2end";

/// No run of tests takes longer, unless something hangs.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// How many lines of failing tests are shown.
const SHOWN_LINES: usize = 400;

/// How many passed and failed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    const PASSED: Self = Self { passed: 1, failed: 0 };
    const FAILED: Self = Self { passed: 0, failed: 1 };

    /// This count, with at least one failure when the run itself failed (it may have died).
    fn of_run(self, ok: bool) -> Self {
        let failed = if ok { self.failed } else { self.failed.max(1) };
        Self { failed, ..self }
    }
}

/// What has been checked so far.
#[derive(Default)]
struct Report {
    total: Count,
    lines: Vec<String>,
}

impl Report {
    /// Does one step and takes its count; a failure to do it counts as one failed.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome<Count>) -> Count {
        let begun = Instant::now();
        let count = work().unwrap_or_else(|failure| {
            println!("  error: {failure}");
            Count::FAILED
        });
        self.total.passed += count.passed;
        self.total.failed += count.failed;
        let mark = if count.failed == 0 { "ok    " } else { "FAILED" };
        let figures = if count.passed + count.failed > 1 {
            format!(": {} passed, {} failed", count.passed, count.failed)
        } else {
            String::new()
        };
        let time = spoken(begun.elapsed());
        self.lines.push(format!("{mark} {name}{figures} ({time})"));
        count
    }

    /// Says that a step was left out, and why.
    fn left_out(&mut self, name: &str, why: &str) {
        self.lines.push(format!("  –    {name}: {why}"));
    }
}

/// Runs every check, or with a filter only the tests with that word in their name.
pub(crate) fn test(skip_e2e: bool, filter: Option<&str>) -> Outcome<ExitCode> {
    let begun = Instant::now();
    let mut report = Report::default();
    site::make_room()?;
    if filter.is_none() {
        checks(&mut report);
    }

    let postgres = match Postgres::start() {
        Ok(postgres) => Some(postgres),
        Err(failure) => {
            report.step("PostgreSQL", || Err(failure));
            None
        }
    };
    let url = postgres.as_ref().map(Postgres::url);
    report.step("tests", || tests(url, filter));
    if skip_e2e {
        report.left_out("release build and end-to-end tests", "left out by --skip-e2e");
    } else {
        browser_checks(&mut report, url, filter);
    }
    drop(postgres);

    println!();
    for line in &report.lines {
        println!("{line}");
    }
    println!("All in {}", spoken(begun.elapsed()));
    println!("{} passed, {} failed", report.total.passed, report.total.failed);
    Ok(if report.total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The checks that run no test.
fn checks(report: &mut Report) {
    report.step("format", || {
        tools::component("fmt", "rustfmt")?;
        Step::new("Format: cargo fmt --check", "fmt").usually("2 s").run(tools::cargo().args([
            "fmt",
            "--all",
            "--check",
            "--",
            "--color=never",
        ]))?;
        Ok(Count::PASSED)
    });
    report.step("lints, server", || {
        tools::component("clippy", "clippy")?;
        Step::new("Lints: everything that runs natively", "clippy-native")
            .usually("3 min the first time, 20 s later")
            .run(tools::cargo().args([
                "clippy",
                "--workspace",
                "--exclude",
                "client",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))?;
        Ok(Count::PASSED)
    });
    report.step("lints, browser", || {
        // The host's compiler is enough: what differs is the features.
        Step::new("Lints: the app as it runs in the browser", "clippy-app")
            .usually("1 min the first time, 10 s later")
            .run(tools::cargo().args([
                "clippy",
                "-p",
                "app",
                "--no-default-features",
                "--features",
                "hydrate",
                "--",
                "-D",
                "warnings",
            ]))?;
        Step::new("Lints: the browser code's entry", "clippy-client")
            .usually("5 s")
            .run(tools::cargo().args(["clippy", "-p", "client", "--", "-D", "warnings"]))?;
        Ok(Count::PASSED)
    });
    report.step("licences, bans, sources", || {
        let mut deny = Command::new(tools::cargo_deny()?);
        Step::new("Licences, banned crates and sources", "licences")
            .usually("10 s")
            .run(deny.args(["check", "licenses", "bans", "sources"]))?;
        Ok(Count::PASSED)
    });
    advisories(report);
}

/// Looks for known security holes, where the list of them can be fetched.
fn advisories(report: &mut Report) {
    let checked = tools::cargo_deny().and_then(|deny| {
        Step::new("Advisories: known security holes", "advisories")
            .usually("10 s")
            .limit(Duration::from_secs(180))
            .attempt(Command::new(deny).args(["check", "advisories"]))
    });
    match checked {
        Ok(finished) if !finished.ok && not_fetched(&finished.output) => {
            let why = "not checked: the advisory database could not be fetched from here";
            println!("  {why}");
            report.left_out("advisories", why);
        }
        Ok(finished) => {
            if !finished.ok {
                show_tail(&finished);
            }
            let ok = finished.ok;
            report.step("advisories", || Ok(if ok { Count::PASSED } else { Count::FAILED }));
        }
        Err(failure) => {
            report.step("advisories", || Err(failure));
        }
    }
}

/// Whether cargo-deny had no list to compare with, as opposed to having found something.
fn not_fetched(output: &str) -> bool {
    let found_something = output.contains("error[vulnerability]")
        || output.contains("error[unmaintained]")
        || output.contains("error[unsound]")
        || output.contains("error[yanked]")
        || output.contains("error[notice]");
    !found_something
        && (output.is_empty()
            || output.contains("advisory database")
            || output.contains("failed to fetch")
            || output.contains("failed to clone"))
}

/// The tests of all crates, on both databases.
fn tests(postgres: Option<&str>, filter: Option<&str>) -> Outcome<Count> {
    let mut command = tools::cargo();
    command.args(["test", "--workspace", "--exclude", "client", "--no-fail-fast"]).args(filter);
    match postgres {
        Some(url) => command.env(VARIABLE, url),
        None => command.env_remove(VARIABLE),
    };
    let finished = Step::new("Tests on SQLite and PostgreSQL", "tests")
        .usually("5 min the first time, 2 min later")
        .limit(LIMIT)
        .attempt(&mut command)?;
    let count = cargo_count(&finished.output);
    if !finished.ok {
        show_failing(&finished, &failing_cargo_tests(&finished.output));
    }
    Ok(count.of_run(finished.ok))
}

/// The release build, its size, and the tests in Chromium.
fn browser_checks(report: &mut Report, postgres: Option<&str>, filter: Option<&str>) {
    let built = report.step("release build", || build::build(false).map(|()| Count::PASSED));
    if built.failed > 0 {
        report.left_out("end-to-end tests", "they need the release build");
        return;
    }
    if filter.is_none() {
        report.step("size of the browser code", size);
    }
    if !Path::new(END2END).join("package.json").is_file() {
        let why = "there is no end2end/package.json";
        println!("» End-to-end tests: {why}");
        report.left_out("end-to-end tests", why);
        return;
    }
    report.step("end-to-end tests", || end2end(postgres, filter));
}

/// Whether the browser code is as small as promised.
fn size() -> Outcome<Count> {
    let sizes = site::sizes()?;
    let fits = |what: &str, bytes: u64, limit: u64| -> bool {
        let fits = bytes <= limit;
        if !fits {
            let (bytes, limit) = (kilobytes(bytes), kilobytes(limit));
            println!("  {what} has {bytes} with brotli; {limit} are allowed");
        }
        fits
    };
    let code = fits("the browser code", sizes.code.brotli, CODE_LIMIT);
    let css = fits("the style sheet", sizes.css.brotli, CSS_LIMIT);
    Ok(if code && css { Count::PASSED } else { Count::FAILED })
}

/// The tests in Chromium.
fn end2end(postgres: Option<&str>, filter: Option<&str>) -> Outcome<Count> {
    let node = tools::recent_node()?;
    let chromium = tools::chromium()?;
    if let Err(failure) = tools::engines() {
        println!("  FIREFOX OR WEBKIT IS NOT TESTED: {failure}");
    }
    packages()?;
    let all = test_files()?;
    if all.is_empty() {
        println!("» End-to-end tests: there are none yet in {END2END}/");
        return Ok(Count::default());
    }
    // A filter names a file, or else tests in any of them.
    let named: Vec<&PathBuf> =
        all.iter().filter(|file| filter.is_some_and(|word| file.to_string_lossy().contains(word))).collect();
    let mut command = Command::new(node);
    command.args(["--test", "--test-reporter=spec"]);
    if let Some(word) = filter
        && named.is_empty()
    {
        command.arg(format!("--test-name-pattern={word}"));
    }
    let files = if named.is_empty() { all.iter().collect() } else { named };
    command
        .args(files)
        .current_dir(END2END)
        .env("RINNALLA_BIN", tools::root()?.join("target/release/rinnalla"))
        .env("CHROMIUM", chromium);
    match postgres {
        Some(url) => command.env(VARIABLE, url),
        None => command.env_remove(VARIABLE),
    };
    let finished = Step::new("End-to-end tests in Chromium, one story in Firefox and WebKit too", "end2end")
        .usually("3 min")
        .limit(LIMIT)
        .attempt(&mut command)?;
    if !finished.ok {
        show_failing(&finished, &failing_node_tests(&finished.output));
    }
    Ok(node_count(&finished.output).of_run(finished.ok))
}

/// Walks every page with axe and writes what was measured into the accessibility statement.
pub(crate) fn statement() -> Outcome<ExitCode> {
    build::build(false)?;
    packages()?;
    let mut command = Command::new(tools::recent_node()?);
    command
        .args(["--test", "--test-reporter=spec", "look.test.mjs"])
        .current_dir(END2END)
        .env("RINNALLA_BIN", tools::root()?.join("target/release/rinnalla"))
        .env("CHROMIUM", tools::chromium()?)
        .env("RINNALLA_STATEMENT", "write");
    let finished = Step::new("Every page in Chromium", "statement")
        .usually("3 min")
        .limit(LIMIT)
        .attempt(&mut command)?;
    if !finished.ok {
        show_failing(&finished, &failing_node_tests(&finished.output));
        return Ok(ExitCode::FAILURE);
    }
    println!("Written: app/src/statement/results.json, which the next build carries");
    Ok(ExitCode::SUCCESS)
}

/// Installs the npm packages of the end-to-end tests, unless they are the ones locked.
pub(crate) fn packages() -> Outcome {
    let lock = Path::new(END2END).join("package-lock.json");
    let text = read_lossy(&lock)?;
    let wanted = site::hex(&Sha256::digest(text.as_bytes()));
    let stamp = Path::new(END2END).join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    Step::new("End-to-end tests: installing their packages (npm ci)", "npm-ci").usually("20 s").run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .env("PUPPETEER_SKIP_DOWNLOAD", "1")
            .current_dir(END2END),
    )?;
    fs::write(&stamp, wanted).doing(format_args!("write {}", stamp.display()))
}

/// The test files below `end2end/`, from there.
fn test_files() -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(END2END)];
    while let Some(folder) = folders.pop() {
        let reading = || format!("read the folder {}", folder.display());
        for entry in fs::read_dir(&folder).doing(reading())? {
            let path = entry.doing(reading())?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if name != "node_modules" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if [".test.js", ".test.mjs"].iter().any(|end| name.ends_with(end)) {
                let below = path.strip_prefix(END2END).unwrap_or(&path);
                found.push(below.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Sums the lines `test result: ok. 3 passed; 0 failed; …`.
fn cargo_count(output: &str) -> Count {
    let mut count = Count::default();
    for line in output.lines() {
        let Some((_, rest)) = line.split_once("test result: ") else {
            continue;
        };
        for part in rest.split([';', '.']) {
            let mut words = part.split_whitespace();
            match (words.next().and_then(|word| word.parse::<u64>().ok()), words.next()) {
                (Some(number), Some("passed")) => count.passed += number,
                (Some(number), Some("failed")) => count.failed += number,
                _ => {}
            }
        }
    }
    count
}

/// Takes the numbers from the summary of Node's test runner: `ℹ pass 3`, or `# pass 3`.
fn node_count(output: &str) -> Count {
    let figure = |name: &str| -> u64 {
        let of_line = |line: &str| -> Option<u64> {
            let rest = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
            rest.strip_prefix(name)?.trim().parse().ok()
        };
        output.lines().rev().find_map(of_line).unwrap_or(0)
    };
    Count { passed: figure("pass "), failed: figure("fail ") + figure("cancelled ") }
}

/// What the failing tests printed, from the `failures:` of each test binary to its result.
fn failing_cargo_tests(output: &str) -> Vec<&str> {
    let mut shown = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        inside |= line == "failures:";
        if inside || line.starts_with("error") {
            shown.push(line);
        }
        if line.starts_with("test result:") {
            inside = false;
        }
    }
    if shown.contains(&"failures:") { shown } else { Vec::new() }
}

/// What Node's runner lists of the failing tests at its end.
fn failing_node_tests(output: &str) -> Vec<&str> {
    output.lines().skip_while(|line| !line.contains("failing tests:")).collect()
}

/// Shows what failed, or the end of the log when that cannot be told.
fn show_failing(finished: &Finished, lines: &[&str]) {
    if lines.is_empty() {
        show_tail(finished);
    }
    for line in lines.iter().take(SHOWN_LINES) {
        println!("  | {line}");
    }
    if lines.len() > SHOWN_LINES {
        println!("  | … and {} lines more", lines.len() - SHOWN_LINES);
    }
    println!("  the whole log is {}", finished.log.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_results_are_summed() {
        let output = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
                      test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s\n";
        assert_eq!(cargo_count(output), Count { passed: 13, failed: 2 });
        assert_eq!(cargo_count("error: could not compile").of_run(false), Count::FAILED);
    }

    #[test]
    fn nodes_summary_is_read() {
        let output = "ℹ tests 4\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\n";
        assert_eq!(node_count(output), Count { passed: 3, failed: 1 });
        assert_eq!(node_count("# pass 5\n# fail 0\n"), Count { passed: 5, failed: 0 });
    }

    #[test]
    fn failing_tests_are_cut_out() {
        let output = "running 2 tests\ntest a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\nboom\n\n\
                      failures:\n    b\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored\n\nother\n";
        let shown = failing_cargo_tests(output);
        assert_eq!(shown.first(), Some(&"failures:"));
        assert!(shown.contains(&"boom") && !shown.contains(&"other"));
        assert!(failing_cargo_tests("error: could not compile").is_empty());
    }

    #[test]
    fn a_missing_database_of_advisories_is_told_from_a_finding() {
        assert!(not_fetched("[ERROR] failed to fetch advisory database"));
        assert!(!not_fetched("error[vulnerability]: a hole\n advisory database"));
    }
}
