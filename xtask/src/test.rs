//! `cargo xtask test`: does everything do what it should? And `cargo xtask measure`: how quickly?
//!
//! Two chains go beside each other, one for each core of a small machine: this machine's code (layout, warnings, tests),
//! and the site (tools, release build with its budgets). Then come the tests in browsers, alone, for they take time.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::{self, Browser};
use crate::build;
use crate::check;
use crate::npm;
use crate::project::Project;
use crate::run;
use crate::server::{Running, Site};
use crate::size;
use crate::steps::{self, Step, Steps};
use crate::tools::{self, Missing};
use crate::trouble::{Result, Trouble};
use crate::wasm::Kind;

/// What the test runners counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Sets up what is missing and runs everything.
pub fn test(project: &Project) -> Result<()> {
    let missing = tools::missing_for_tests(project, &Browser::USUAL)?;
    let has_e2e = project.path("e2e/package.json").exists();
    let own_steps = 2 + (1 + Browser::USUAL.len()) * usize::from(has_e2e);
    let steps = Steps::new(missing.len() + check::STEPS + build::step_count(Kind::Release) + npm::STEPS + own_steps);

    let (target, others): (Vec<Missing>, Vec<Missing>) =
        missing.into_iter().partition(|thing| *thing == Missing::WasmTarget);
    tools::fetch(project, &steps, &target)?;
    let (mut tally, (release, package)) = run::beside(
        || {
            check::run_all(project, &steps)?;
            test_rust(project, &steps)
        },
        || {
            tools::fetch(project, &steps, &others)?;
            let release = build::release(project, &steps)?;
            Ok((release, npm::build(project, &steps)?))
        },
    )?;

    let chromium = program_of(project, Browser::Chromium)?;
    tally = tally + test_editor(project, &steps, &chromium)?;
    if has_e2e {
        tally = tally + test_package(project, &steps, &package)?;
        for browser in Browser::USUAL {
            tally = tally + test_in_browser(project, &steps, browser, &release.folder)?;
        }
    }
    // Last, so that a page that grew too heavy is still tested.
    size::keep_to_the_budgets(&release.weighed)?;
    eprintln!("\nEverything is as it should be ({}).", steps::seconds(steps.elapsed()));
    println!("{}", tally.closing_line());
    Ok(())
}

/// Sets up what is missing, builds the site, and tests it in one browser.
pub fn test_page(project: &Project, browser: Browser) -> Result<()> {
    let missing = tools::missing_for_tests(project, &[browser])?;
    let steps = Steps::new(missing.len() + build::step_count(Kind::Release) + npm::STEPS + 1);
    tools::fetch(project, &steps, &missing)?;
    let release = build::release(project, &steps)?;
    npm::build(project, &steps)?;
    program_of(project, browser)?;
    let tally = test_in_browser(project, &steps, browser, &release.folder)?;
    println!("{}", tally.closing_line());
    Ok(())
}

/// Sets up what is missing, builds the site, and measures how quick it is in a browser.
pub fn measure(project: &Project) -> Result<()> {
    let missing = tools::missing_for_tests(project, &[Browser::Chromium])?;
    let steps = Steps::new(missing.len() + build::step_count(Kind::Release) + 1);
    tools::fetch(project, &steps, &missing)?;
    let release = build::release(project, &steps)?;
    let program = program_of(project, Browser::Chromium)?;
    let lines = steps.run("Measure the page in a browser", |step| {
        let arguments = ["--config", "measure"];
        in_browser(project, step, (Browser::Chromium, &program), &release.folder, &arguments)
    })?;
    eprintln!();
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

fn program_of(project: &Project, browser: Browser) -> Result<PathBuf> {
    browser::find(project, browser).ok_or_else(|| {
        Trouble::new(
            format!("There is no {browser} for the tests"),
            format!("Install {browser} by hand, or set {} to where it is.", browser.variable()),
        )
    })
}

fn test_rust(project: &Project, steps: &Steps) -> Result<Tally> {
    steps.run("Test the Rust code", |step| {
        let mut command = Command::new("cargo");
        command
            .args(["test", "--workspace"])
            .current_dir(&project.root)
            // A snapshot that differs fails; it is never written here.
            .env("INSTA_UPDATE", "no");
        run::listening(
            step,
            &mut command,
            "Mend what failed above; `cargo test --workspace` runs the same tests alone.",
        )
        .map(|lines| Tally::of(&lines))
    })
}

fn test_editor(project: &Project, steps: &Steps, browser: &Path) -> Result<Tally> {
    steps.run("Test the text editor", |step| {
        let mut command = Command::new("npm");
        command.arg("test").current_dir(project.path("web/editor")).env(Browser::Chromium.variable(), browser);
        run::listening(
            step,
            &mut command,
            "Mend what failed above; `npm test` in `web/editor/` runs the same tests alone.",
        )
        .map(|lines| Tally::of(&lines))
    })
}

fn test_package(project: &Project, steps: &Steps, package: &Path) -> Result<Tally> {
    steps.run("Test the npm package", |step| {
        // The terminal program, which must say the same.
        let mut program = Command::new("cargo");
        program.args(["build", "--workspace", "--bin", "drydock"]).current_dir(&project.root);
        run::quietly(step, &mut program, "Mend what the compiler says above.")?;
        let mut command = Command::new("npm");
        command
            .args(["run", "npm"])
            .current_dir(project.path("e2e"))
            .env("DRYDOCK", project.target.join("debug/drydock"))
            .env("DRYDOCK_PACKAGE", package);
        run::listening(
            step,
            &mut command,
            "Mend what failed above; `cargo xtask npm` and then `npm run npm` in `e2e/` run the same tests alone.",
        )
        .map(|lines| Tally::of(&lines))
    })
}

/// Tests the page; in what is not there and could not be fetched, nothing is tested, which is said.
fn test_in_browser(project: &Project, steps: &Steps, browser: Browser, site: &Path) -> Result<Tally> {
    let Some(program) = browser::find(project, browser) else {
        return steps.run(&format!("SKIPPED: the page in {browser}, which is not installed"), |_| {
            Ok(Tally { skipped: 1, ..Tally::default() })
        });
    };
    steps.run(&format!("Test the page in {browser}"), |step| {
        let forbid_only = env::var_os("CI").map(|_| "--forbid-only");
        let arguments: Vec<&str> = forbid_only.into_iter().collect();
        in_browser(project, step, (browser, &program), site, &arguments).map(|lines| Tally::of(&lines))
    })
}

/// Serves the site and lets Playwright loose on it; returns what it said.
fn in_browser(
    project: &Project,
    step: &Step,
    (browser, program): (Browser, &Path),
    site: &Path,
    arguments: &[&str],
) -> Result<Vec<String>> {
    let running = Running::start(Site::read(site)?, None)?;
    let mut command = Command::new("npx");
    // Playwright drives a build of its own in another way than its makers'.
    let is_playwrights = browser::playwrights_own(project, browser).as_deref() == Some(program);
    if browser == Browser::Chromium || !is_playwrights {
        command.env(browser.variable(), program);
    }
    command
        .args(["playwright", "test", "--reporter=list"])
        .args(arguments)
        .current_dir(project.path("e2e"))
        .env("BASE_URL", &running.address)
        .env("DRYDOCK_PACKAGE", project.npm_package())
        .env("BROWSER", browser.id());
    run::listening(step, &mut command, "Mend what failed above; pictures and traces are in `e2e/test-results/`.")
}

impl Tally {
    /// Adds up the closing lines of cargo test, node's test runner and Playwright.
    fn of(lines: &[String]) -> Self {
        lines.iter().map(|line| Self::of_line(&without_colours(line))).fold(Self::default(), |sum, more| sum + more)
    }

    fn of_line(line: &str) -> Self {
        let mut tally = Self::default();
        let words: Vec<&str> = line.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
        match *words.as_slice() {
            ["test", "result:", _, passed, "passed", failed, "failed", ignored, "ignored", ..] => {
                tally.passed = number(passed);
                tally.failed = number(failed);
                tally.skipped = number(ignored);
            }
            ["ℹ", "pass", count] => tally.passed = number(count),
            ["ℹ", "fail", count] => tally.failed = number(count),
            ["ℹ", "skipped" | "todo", count] => tally.skipped = number(count),
            [count, "passed", ..] => tally.passed = number(count),
            [count, "failed"] => tally.failed = number(count),
            [count, "skipped"] => tally.skipped = number(count),
            _ => {}
        }
        tally
    }

    fn closing_line(self) -> String {
        let line = format!("{} passed, {} failed", self.passed, self.failed);
        match self.skipped {
            0 => line,
            skipped => format!("{line}, {skipped} skipped"),
        }
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            passed: self.passed + more.passed,
            failed: self.failed + more.failed,
            skipped: self.skipped + more.skipped,
        }
    }
}

fn number(word: &str) -> usize {
    word.parse().unwrap_or(0)
}

/// Returns a line as it reads: terminals colour with `ESC [ … m`.
fn without_colours(line: &str) -> String {
    let mut parts = line.split('\x1b');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        for (line, passed, failed, skipped) in [
            (
                "test result: ok. 21 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
                21,
                0,
                1,
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured", 3, 2, 0),
            ("ℹ pass 12", 12, 0, 0),
            ("\x1b[34mℹ skipped 2\x1b[39m", 0, 0, 2),
            ("  34 passed (12.3s)", 34, 0, 0),
            ("\x1b[32m  34 passed\x1b[39m\x1b[2m (12.3s)\x1b[22m", 34, 0, 0),
            ("  2 skipped", 0, 0, 2),
            ("test nothing_passed_here ... ok", 0, 0, 0),
            ("running 21 tests", 0, 0, 0),
        ] {
            let expected = Tally { passed, failed, skipped };
            assert_eq!(Tally::of(&[line.to_owned()]), expected, "{line}");
        }
    }

    #[test]
    fn the_last_line_is_plain() {
        let tally = Tally { passed: 7, failed: 0, skipped: 0 };
        assert_eq!(tally.closing_line(), "7 passed, 0 failed");
        assert_eq!(Tally { skipped: 1, ..tally }.closing_line(), "7 passed, 0 failed, 1 skipped");
    }
}
