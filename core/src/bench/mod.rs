//! What is a workbench? Rows of functions and data, which page and terminal draw and call without knowing what they are
//! about.
//!
//! Whoever names a row carries its code: the page, where each comes in a file of its own, names none of [`WORKBENCHES`]
//! and knows them by [`LISTINGS`].

mod assist;
mod chosen;
pub mod graph;
mod printed;

pub use assist::{Item, Offered, Said};
pub use chosen::{Choice, Chosen, Input};
pub use graph::Graph;
pub use printed::{Note, Printed};

use std::{any::Any, fmt, rc::Rc};

use crate::{
    address::KnownNetwork,
    daemon::{dialect, network::map},
    document::Notation,
    notation::nix,
    rule::{
        Rule,
        diagnostic::{Diagnostic, Severity},
    },
    text::{Role, Span, words},
};

/// What is told of a bench before its code has come.
pub struct Listing {
    /// Its name in addresses, `run` for `#/run`; once released it stays.
    pub id: &'static str,
    /// What its text is written in, on the command line: `docker-run`; once released it stays.
    pub dialect: &'static str,
    /// Its name for people: `docker run`.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// What its texts are about.
    pub topic: Topic,
    /// What its text is called, for who hears the page: `Commands`.
    pub text: &'static str,
    /// Said when a text was opened in it unasked: `This is a Compose file: opened in Compose`.
    pub recognised: &'static str,
    /// Said on a button that opens a text in it.
    pub open: &'static str,
    /// Said of an empty editor.
    pub invitation: &'static str,
    /// The ids of the examples that an empty editor offers.
    pub offered: &'static [&'static str],
    /// The name of the file that its text is saved as.
    pub file: &'static str,
    /// The notation of its text.
    pub notation: Notation,
    /// What a text was checked against: `docker run and podman run`.
    pub against: &'static str,
    /// What is chosen beside the text.
    pub choices: &'static [&'static Choice],
    /// Whether a text is likely meant for it.
    pub suits: fn(&str) -> bool,
}

/// What texts are about: benches of one topic stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Containers, and what starts them.
    Containers,
    /// What containers are made of.
    Images,
}

impl Topic {
    /// Each, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Containers, Self::Images];

    /// What it is called where its benches are listed.
    pub fn title(self) -> &'static str {
        match self {
            Self::Containers => "Containers on NixOS",
            Self::Images => "Images",
        }
    }
}

/// A text to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its name in the table.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it shows, in a line.
    pub description: &'static str,
    /// The text.
    pub text: &'static str,
    /// What is typed beside it, for the choice that takes lines; empty for nothing.
    pub aside: &'static str,
}

impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Listing {}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Listing {
    /// The name of one of its rules among those of all benches: `run/privileged`.
    pub fn name_of_rule(&self, id: &str) -> String {
        [self.id, "/", id].concat()
    }

    /// The choice of this id.
    pub fn choice(&self, id: &str) -> Option<&'static Choice> {
        self.choices.iter().copied().find(|it| it.id == id)
    }
}

/// A bench: what reads, checks and writes its texts.
pub struct Workbench {
    /// What is told of it.
    pub listing: &'static Listing,
    /// Says everything that follows from a text. Any text can be examined.
    pub examine: fn(&Request) -> Examined,
    /// Texts to begin with.
    pub examples: &'static [Example],
    /// What its texts can be written down for.
    pub targets: &'static [Target],
    /// What is shown beside the result.
    pub panels: &'static [Panel],
    /// What is looked for in a text: the rules of its own, and those that it shares with others.
    pub rules: &'static [&'static [&'static Rule]],
    /// What is to be said of the byte of a text that a person points at.
    pub hover: fn(&str, usize) -> Option<Said>,
    /// What could be written at a byte of a text.
    pub complete: fn(&str, usize) -> Option<Offered>,
}

/// A text, and what was chosen beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The text.
    pub text: String,
    /// The choices.
    pub chosen: Chosen,
    /// The networks that are known by a name; none before their list has come.
    pub known: Rc<Vec<KnownNetwork>>,
}

/// What follows from a request.
#[derive(Clone)]
pub struct Examined {
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The verdict, in a sentence or two.
    pub conclusion: String,
    /// What the bench itself knows of the text.
    pub facts: Rc<dyn Any>,
}

impl Examined {
    /// What follows from nothing.
    pub fn nothing() -> Self {
        Self { diagnostics: Vec::new(), conclusion: String::new(), facts: Rc::new(()) }
    }

    /// How many problems have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// The worst severity; `None` when nothing is wrong.
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|it| it.severity).min()
    }

    /// What the bench itself knows, for the bench itself.
    pub fn facts<F: 'static>(&self) -> Option<&F> {
        self.facts.downcast_ref()
    }
}

/// The verdict on a text: how many things there are, each with its name, and how many problems.
///
/// `2 containers, 1 network: 1 error, 2 warnings.` Where there is none, `nothing` says so: `Nothing here asks for a container`.
pub(crate) fn conclusion(things: &[(usize, &str)], found: &[Diagnostic], nothing: &str) -> String {
    let count = |severity| found.iter().filter(|it| it.severity == severity).count();
    let problems = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")];
    let told = |list: &[(usize, &str)]| {
        let some = list.iter().filter(|it| it.0 > 0).map(|(count, noun)| words::counted(*count, noun));
        some.collect::<Vec<_>>().join(", ")
    };
    let (things, problems) = (told(things), told(&problems));
    match (things.is_empty(), problems.is_empty()) {
        (true, true) => format!("{nothing}."),
        (true, false) => format!("{nothing}: {problems}."),
        (false, true) => format!("{things}: nothing wrong."),
        (false, false) => format!("{things}: {problems}."),
    }
}

/// Something a text can be written down for.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name in links and on the command line; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the file it is saved as.
    pub file: &'static str,
    /// What it is for, in one line.
    pub description: &'static str,
    /// Writes it down.
    pub write: fn(&Request, &Examined, &Self) -> Written,
}

impl Target {
    /// What its file is written in, as it is named where code is shown: `nix`; empty for what has no name.
    pub fn language(&self) -> &'static str {
        match self.file.rsplit_once('.').map(|it| it.1) {
            Some("nix") => "nix",
            Some("yaml") => "yaml",
            Some("sh") => "shell",
            _ => "",
        }
    }
}

/// A text written down for a target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The result.
    pub printed: Rc<Printed>,
    /// What became of each part of the text, in its order: with a severity where it is changed or left out.
    pub parts: Vec<Line>,
    /// How the result is put in place.
    pub steps: Vec<Step>,
}

/// A step on the way to a result in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What to do, in the imperative.
    pub title: String,
    /// More about it, in sentences; empty for nothing more.
    pub explanation: String,
    /// Lines to copy: commands, or a line of a file.
    pub lines: Vec<String>,
}

/// A file that is written for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its name, with a directory where that matters: `/etc/local/nixos/docker.nix`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl File {
    /// The pieces of what it holds that have a role, in order and disjoint.
    pub fn spans(&self) -> Vec<(Span, Role)> {
        match self.name.ends_with(".nix") {
            true => nix::ink(&self.text),
            false => Vec::new(),
        }
    }

    /// The last part of its name, under which it is saved.
    pub fn last_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

/// Something shown beside the result.
pub struct Panel {
    /// Its name in links; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows beside a result.
    pub show: fn(&Examined, &Written) -> Vec<Block>,
}

/// What a page can draw: a bench says what, the page how.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A sentence or two, with code in backticks.
    Lead(String),
    /// A heading of what follows.
    Heading(String),
    /// Lines to read one by one.
    Lines(Vec<Line>),
    /// Networks in the address space, the known ones last. The picture has a text beside it.
    Map(Rc<Vec<map::Item>>),
    /// Things and what leads from one to another. Whoever cannot see the picture reads the lines that follow.
    Graph(Rc<Graph>),
    /// What to do, in order.
    Steps(Vec<Step>),
    /// A file to copy or to save.
    File(File),
}

/// A line of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How much it matters; `None` for what is fine.
    pub severity: Option<Severity>,
    /// What became of it, in a few words: `left out`.
    pub word: String,
    /// What it is about, as code.
    pub what: String,
    /// What there is to know, in sentences.
    pub how: String,
    /// The bytes of the text that it is about.
    pub span: Option<Span>,
}

/// What is told of each bench beside the daemon's.
pub static LISTINGS: &[&Listing] = &[
    &crate::run::LISTING,
    &crate::compose::LISTING,
    &crate::oci::LISTING,
    &crate::manifest::LISTING,
    &crate::native::LISTING,
    &crate::images::LISTING,
];

/// Each bench beside the daemon's, with its code: for what does not load it piece by piece.
pub static WORKBENCHES: &[&Workbench] = &[
    &crate::run::WORKBENCH,
    &crate::compose::WORKBENCH,
    &crate::oci::WORKBENCH,
    &crate::manifest::WORKBENCH,
    &crate::native::WORKBENCH,
    &crate::images::WORKBENCH,
];

/// Those whose texts hold lines of other programs: modules of NixOS, and what makes images.
const AROUND_OTHERS: [&Listing; 3] = [&crate::oci::LISTING, &crate::native::LISTING, &crate::images::LISTING];

/// The bench that a text is likely meant for, where it is not the daemon's.
pub fn of(text: &str) -> Option<&'static Listing> {
    AROUND_OTHERS.into_iter().chain(LISTINGS.iter().copied()).find(|it| (it.suits)(text))
}

/// The bench that a text is plainly meant for, where that is another one than the bench it is on. As everywhere, `None` is
/// the daemon's.
///
/// ```
/// use drydock::bench::{elsewhere, find};
///
/// let compose = find("compose");
/// assert_eq!(elsewhere("services:\n  web:\n    image: nginx\n", None), Some(compose));
/// assert_eq!(elsewhere(r#"{ "live-restore": true }"#, compose), Some(None));
/// // Who is not sure leaves the text where it is.
/// assert_eq!(elsewhere("name: web", compose), None);
/// ```
pub fn elsewhere(text: &str, here: Option<&'static Listing>) -> Option<Option<&'static Listing>> {
    if here.is_some_and(|it| (it.suits)(text)) {
        return None;
    }
    // Which of the two a module with native containers is for, they tell by themselves.
    match dialect::is_plain(text) && !(crate::native::LISTING.suits)(text) {
        true => here.map(|_| None),
        false => of(text).map(Some),
    }
}

/// The bench that a text is meant for, where nothing else is known of it: what could be the daemon's is the daemon's.
///
/// ```
/// use drydock::bench::{alone, find};
///
/// assert_eq!(alone("docker run nginx"), find("run"));
/// assert_eq!(alone("dockerd --debug\ndocker run nginx"), None);
/// ```
pub fn alone(text: &str) -> Option<&'static Listing> {
    // Nix holds lines of other programs; what else is plainly the daemon's is not looked at.
    of(text).filter(|it| AROUND_OTHERS.contains(it) || dialect::of(text) == &dialect::DAEMON_JSON)
}

/// The bench whose text is written so: `docker-run`.
///
/// ```
/// use drydock::bench::{find, of_dialect};
///
/// assert_eq!(of_dialect("arion"), find("oci"));
/// ```
pub fn of_dialect(id: &str) -> Option<&'static Listing> {
    let id = match id {
        // Modules of all three kinds are texts of one bench.
        "arion" | "quadlet-nix" => crate::oci::LISTING.dialect,
        // Both kinds of text are read on one bench.
        "dockerfile" => crate::images::LISTING.dialect,
        id => id,
    };
    LISTINGS.iter().copied().find(|it| it.dialect == id)
}

/// The bench of this id.
pub fn find(id: &str) -> Option<&'static Listing> {
    LISTINGS.iter().copied().find(|it| it.id == id)
}
