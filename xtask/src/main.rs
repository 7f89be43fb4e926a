//! The project's own commands: which are there, and what do they take?

mod assets;
mod browser;
mod build;
mod check;
mod compress;
mod files;
mod headers;
mod inline;
mod minify;
mod npm;
mod project;
mod reference;
mod run;
mod serve;
mod server;
mod size;
mod steps;
mod test;
mod tools;
mod trouble;
mod wasm;

use std::env;
use std::process::ExitCode;

use browser::Browser;
use project::Project;
use steps::Steps;
use trouble::{Result, Trouble};
use wasm::Kind;

const USAGE: &str = "\
cargo xtask serve [--port N]   sets up what is missing, builds the page, serves it, builds it again on changes
cargo xtask build [--dev]      builds the site into dist/, compressed, and says what weighs (--dev: quickly, as serve does)
cargo xtask npm                builds the npm package into dist-npm/
cargo xtask test               sets up what is missing and runs every check and test, in browsers too
cargo xtask test --browser B   builds the site and runs the tests of the page in chromium, firefox or webkit alone
cargo xtask measure            builds the site and measures in a browser how quickly it loads and answers
cargo xtask check              looks for bad layout and warnings, on this machine and for the page

The first run of any of them also builds the tools it needs, into .tools/.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match start(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &[&str]) -> Result<()> {
    let project = Project::find();
    match arguments {
        ["serve"] => serve::serve(&project, None),
        ["serve", "--port", port] => {
            let port = port
                .parse()
                .map_err(|_| Trouble::new(format!("`{port}` is no port"), "Give a number from 1 to 65535."))?;
            serve::serve(&project, Some(port))
        }
        ["build"] => build_site(&project, Kind::Release),
        ["build", "--dev"] => build_site(&project, Kind::Quick),
        ["npm"] => build_package(&project),
        ["test"] => test::test(&project),
        ["test", "--browser", name] => match Browser::named(name) {
            Some(browser) => test::test_page(&project, browser),
            None => Err(Trouble::new(
                format!("The tests know no browser `{name}`"),
                "Give one of these: chromium, firefox, webkit.",
            )),
        },
        ["measure"] => test::measure(&project),
        ["check"] => check(&project),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Trouble::new(
            format!("There is no command `{}`", other.join(" ")),
            format!("Use one of these:\n\n{USAGE}"),
        )),
    }
}

fn build_site(project: &Project, kind: Kind) -> Result<()> {
    let missing = tools::missing(project)?;
    let steps = Steps::new(missing.len() + build::step_count(kind));
    tools::fetch(project, &steps, &missing)?;
    let folder = match kind {
        Kind::Quick => build::quick(project, &steps)?,
        Kind::Release => {
            let release = build::release(project, &steps)?;
            size::keep_to_the_budgets(&release.weighed)?;
            release.folder
        }
    };
    eprintln!("\nThe site is in {} ({}).", folder.display(), steps::seconds(steps.elapsed()));
    Ok(())
}

fn build_package(project: &Project) -> Result<()> {
    let missing = tools::missing(project)?;
    let steps = Steps::new(missing.len() + npm::STEPS);
    tools::fetch(project, &steps, &missing)?;
    let folder = npm::build(project, &steps)?;
    eprintln!("\nThe npm package is in {} ({}).", folder.display(), steps::seconds(steps.elapsed()));
    Ok(())
}

fn check(project: &Project) -> Result<()> {
    let missing = tools::missing_for_compiling()?;
    let steps = Steps::new(missing.len() + check::STEPS);
    tools::fetch(project, &steps, &missing)?;
    check::run_all(project, &steps)?;
    eprintln!("\nNothing to complain about ({}).", steps::seconds(steps.elapsed()));
    Ok(())
}
