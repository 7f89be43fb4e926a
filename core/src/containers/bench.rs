//! What the benches share whose texts ask for containers: their targets, and the report of what became of each part.

use std::{collections::HashSet, rc::Rc};

use super::{
    address_map::NETWORKS,
    check,
    chosen::{BACKEND, DIRECTORY, NIXOS, OPTION, PROJECT, SECRETS},
    graph::GRAPH,
    model::{Network, Project},
    networks::Networks,
    print::{self, Backend, Choices, Secrets},
    told::{Entry, Fate},
};
use crate::{
    address::Subnet,
    bench::{self, Block, Chosen, Examined, Line, Note, Panel, Printed, Request, Target, Written},
    docker::host::Release,
    rule::diagnostic::{Diagnostic, Severity},
    text::{Edits, Span, order, words::counted},
};

/// What a bench knows of a text.
pub struct Asked {
    /// What the text asks for.
    pub project: Project,
    /// Whether a container is started again of which the text does not say so, as NixOS does by itself.
    pub keeps_running: bool,
    /// What runs the containers: as the text says, otherwise as chosen.
    pub backend: Backend,
    /// The networks of the text, and all that is around them.
    pub networks: Rc<Networks>,
}

/// What a bench read of a text.
pub struct Read<'a> {
    /// What the text asks for.
    pub project: Project,
    /// What the bench's own rules found.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a container is started again of which the text does not say so, as NixOS does by itself.
    pub keeps_running: bool,
    /// What runs the containers, where the text says so; it counts whatever is chosen.
    pub runs_on: Option<Backend>,
    /// The edits that write a subnet into a network of the text; none where that cannot be done.
    pub give: &'a dyn Fn(&Network, Subnet) -> Edits,
}

/// What follows from a text: what is wrong with it, and what it asks for.
pub fn examined(request: &Request, read: Read) -> Examined {
    let Read { project, mut diagnostics, keeps_running, runs_on, give } = read;
    let chosen = chosen_backend(&request.chosen);
    let backend = runs_on.unwrap_or(chosen);
    let networks = Networks::of(&project, request, backend);
    diagnostics.extend(check::check(&check::Context::new(&project, &networks, give)));
    order::sort(&mut diagnostics, |a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    let mut conclusion = conclusion(&project, &diagnostics);
    if backend != chosen {
        conclusion.push_str(&format!(" The text says {}, which counts.", backend.title()));
    }
    let facts = Asked { project, keeps_running, backend, networks: Rc::new(networks) };
    Examined { diagnostics, conclusion, facts: Rc::new(facts) }
}

/// What is chosen to run the containers.
fn chosen_backend(chosen: &Chosen) -> Backend {
    match chosen.value(&BACKEND).as_str() {
        "podman" => Backend::Podman,
        _ => Backend::Docker,
    }
}

/// `2 containers, 1 network: 1 error, 2 warnings.`
fn conclusion(project: &Project, found: &[Diagnostic]) -> String {
    let things = [
        (project.containers.len(), "container"),
        (project.networks.iter().filter(|it| !it.is_external).count(), "network"),
        (project.volumes.iter().filter(|it| !it.is_external).count(), "volume"),
    ];
    bench::conclusion(&things, found, "Nothing here asks for a container")
}

/// The choices as those who write take them.
fn choices(chosen: &Chosen, asked: &Asked) -> Choices {
    Choices {
        keeps_running: asked.keeps_running,
        backend: asked.backend,
        release: Release::read(&chosen.value(&NIXOS)).unwrap_or(Release::LATEST),
        project: chosen.value(&PROJECT),
        directory: chosen.value(&DIRECTORY),
        secrets: secrets(&chosen.value(&SECRETS)),
        option: chosen.value(&OPTION),
        ..Choices::default()
    }
}

fn secrets(id: &str) -> Secrets {
    Secrets::ALL.iter().find(|it| it.1 == id).map_or(Secrets::Inline, |it| it.0)
}

/// What texts are written down for.
pub static TARGETS: [Target; print::TARGETS.len()] = {
    let mut rows = [row(&print::TARGETS[0]); print::TARGETS.len()];
    let mut at = 1;
    while at < rows.len() {
        rows[at] = row(&print::TARGETS[at]);
        at += 1;
    }
    rows
};

const fn row(of: &'static print::Target) -> Target {
    Target { id: of.id, title: of.title, file: of.file, description: of.description, write }
}

fn write(request: &Request, examined: &Examined, target: &Target) -> Written {
    let Some((asked, target)) = examined.facts::<Asked>().zip(print::Target::find(target.id)) else {
        return Written::default();
    };
    let print::Printed { text, spans, told, notes, steps } =
        print::print(&asked.project, &choices(&request.chosen, asked), target);
    let is_empty =
        asked.project.containers.is_empty() && asked.project.networks.is_empty() && asked.project.volumes.is_empty();
    let printed = match is_empty {
        true => {
            let why = "Nothing in the text asks for a container, so there is nothing to copy.";
            Printed { error: Some(Note::new(Severity::Error, why)), ..Printed::default() }
        }
        false => {
            let notes = notes.into_iter().map(|it| Note { span: it.span, ..Note::new(Severity::Hint, it.message) });
            Printed { text, spans, notes: notes.collect(), error: None }
        }
    };
    Written { printed: Rc::new(printed), parts: parts(told.entries, &asked.project, &request.text), steps }
}

/// What is shown beside the result.
pub static PANELS: [Panel; 3] = [REPORT, NETWORKS, GRAPH];

/// What became of each part of the text.
const REPORT: Panel = Panel { id: "report", title: "Report", show: report };

fn report(_: &Examined, written: &Written) -> Vec<Block> {
    let lines = written.parts.clone();
    if lines.is_empty() {
        return Vec::new();
    }
    let (carried, lost): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|it| it.severity.is_none());
    let lead = match lost.is_empty() {
        true => format!("All of it is in the result: {}.", counted(carried.len(), "part")),
        false => format!(
            "{} of the text: {} as they are, {} changed or left out.",
            counted(carried.len() + lost.len(), "part"),
            carried.len(),
            lost.len()
        ),
    };
    let section = |title: &str, lines: Vec<Line>| match lines.is_empty() {
        true => Vec::new(),
        false => vec![Block::Heading(title.to_owned()), Block::Lines(lines)],
    };
    let mut blocks = vec![Block::Lead(lead)];
    blocks.extend(section("Changed or left out", lost));
    blocks.extend(section("Carried over", carried));
    blocks
}

/// What became of each part, in the order of the text, each said once.
fn parts(mut entries: Vec<Entry>, project: &Project, text: &str) -> Vec<Line> {
    entries.sort_by_key(|it| (it.span, rank(it)));
    entries.dedup();
    let meant_otherwise: HashSet<Span> = project.unusable.iter().map(|it| it.span).collect();
    entries.iter().map(|it| line(it, text, meant_otherwise.contains(&it.span))).collect()
}

fn rank(entry: &Entry) -> u8 {
    match entry.fate {
        Fate::Dropped(_) => 0,
        Fate::Changed(_) => 1,
        Fate::Carried(_) => 2,
    }
}

/// As much of a part is shown, in characters.
const SHOWN: usize = 80;

fn line(entry: &Entry, text: &str, means_nothing: bool) -> Line {
    let (severity, word, how) = match &entry.fate {
        Fate::Carried(what) => (None, format!("as {what}"), String::new()),
        Fate::Changed(how) => (Some(Severity::Hint), "changed".to_owned(), how.clone()),
        Fate::Dropped(why) if means_nothing => (Some(Severity::Hint), "left out".to_owned(), why.clone()),
        Fate::Dropped(why) => (Some(Severity::Warning), "left out".to_owned(), why.clone()),
    };
    let said: String = entry.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let what = match said.char_indices().nth(SHOWN) {
        Some((end, _)) => [said.get(..end).unwrap_or_default(), "…"].concat(),
        None => said,
    };
    Line { severity, word, what, how, span: Some(entry.span) }
}
