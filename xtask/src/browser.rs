//! Which browsers do the tests drive, and where does one come from?

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::trouble::{Result, Trouble};

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, or Chrome: everything is tested in it.
    Chromium,
    /// Firefox: what people do most is tested in it, too.
    Firefox,
    /// WebKit, in Playwright's own build: the same, for those who ask for it.
    Webkit,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKit",
        })
    }
}

/// The npm packages that have Playwright, which knows where it keeps browsers of its own.
const WITH_PLAYWRIGHT: [(&str, &str); 2] = [("e2e", "@playwright/test"), ("web/editor", "playwright-core")];

impl Browser {
    /// Those that every run of the tests drives.
    pub const USUAL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The browser of a name: `firefox`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Chromium, Self::Firefox, Self::Webkit].into_iter().find(|it| it.id() == name)
    }

    /// Its name for Playwright and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The variable that names the program to start; the tests read it, too.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMIUM",
            Self::Firefox => "FIREFOX",
            Self::Webkit => "WEBKIT",
        }
    }

    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            Self::Firefox => &["firefox-esr", "firefox"],
            Self::Webkit => &[],
        }
    }

    fn on_macos(self) -> &'static str {
        match self {
            Self::Chromium => "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            Self::Firefox => "/Applications/Firefox.app/Contents/MacOS/firefox",
            Self::Webkit => "",
        }
    }

    /// Debian's package, where there is one that the tests can drive.
    fn package(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("chromium"),
            Self::Firefox => Some("firefox-esr"),
            Self::Webkit => None,
        }
    }
}

/// Returns the program of a browser that is there: the one named by its variable, the system's, or Playwright's own.
pub fn find(project: &Project, browser: Browser) -> Option<PathBuf> {
    if let Some(named) = env::var_os(browser.variable()) {
        return Some(named.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let names = browser.usual_names().iter();
    names
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .chain([PathBuf::from(browser.on_macos())])
        .find(|program| program.is_file())
        .or_else(|| playwrights_own(project, browser))
}

/// Fetches a browser: Playwright's own, or Debian's package where that is allowed. The npm packages are there already.
///
/// # Errors
///
/// Neither can be had.
pub fn fetch(project: &Project, browser: Browser, step: &Step) -> Result<()> {
    for (folder, package) in WITH_PLAYWRIGHT {
        let folder = project.path(folder);
        let program = folder.join("node_modules").join(package).join("cli.js");
        if program.exists() {
            let mut command = Command::new("node");
            command.arg(program).args(["install", browser.id()]).current_dir(folder);
            if run::quietly(step, &mut command, "").is_ok() {
                return Ok(());
            }
        }
    }
    let remedy = format!("Install {browser} by hand, or set {} to where it is.", browser.variable());
    if let Some(package) = browser.package()
        && is_root()
        && Path::new("/usr/bin/apt-get").exists()
    {
        for arguments in
            [&["update", "--quiet"][..], &["install", "--quiet", "--yes", "--no-install-recommends", package]]
        {
            let mut command = Command::new("apt-get");
            command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            run::quietly(step, &mut command, &remedy)?;
        }
        return Ok(());
    }
    Err(Trouble::new(format!("There is no {browser} for the tests, and Playwright's own could not be fetched"), remedy))
}

/// The build that Playwright has fetched.
pub fn playwrights_own(project: &Project, browser: Browser) -> Option<PathBuf> {
    WITH_PLAYWRIGHT.iter().find_map(|(folder, package)| {
        let folder = project.path(folder);
        if !folder.join("node_modules").join(package).exists() {
            return None;
        }
        let mut command = Command::new("node");
        let print = format!("require('{package}').{}.executablePath()", browser.id());
        command.arg("--print").arg(print).current_dir(folder);
        let program = PathBuf::from(run::answer(&mut command)?);
        program.is_file().then_some(program)
    })
}

fn is_root() -> bool {
    run::answer(Command::new("id").arg("-u")).is_some_and(|user| user == "0")
}
