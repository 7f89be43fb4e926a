//! What is a text about images written down as?

mod by_docker;
mod commands;
mod convert;
mod flake;
mod generate;

pub use convert::{insertion, with_line};

use std::rc::Rc;

use super::{choices::Choices, dockerfile::Dockerfile, functions::Maker, nix::Nix, translate::Plan};
use crate::{
    bench::{Examined, Line, Note, Printed, Request, Step, Target, Written},
    notation::nix::ink,
    rule::diagnostic::Severity,
    text::{Ink, Role, Span},
};

/// What texts are written down for.
pub static TARGETS: [Target; 8] = [
    target(
        "layered",
        "dockerTools.buildLayeredImage",
        "image.nix",
        "An image of many layers, as an archive for `docker load`.",
    ),
    target(
        "stream",
        "dockerTools.streamLayeredImage",
        "image.nix",
        "A script that writes the image, so that the store holds no archive.",
    ),
    target(
        "plain",
        "dockerTools.buildImage",
        "image.nix",
        "An image of one layer, whose scripts run as root in a virtual machine.",
    ),
    target(
        "nix2container",
        "nix2container",
        "image.nix",
        "A description that a skopeo of its own copies, layer by layer.",
    ),
    target("nix-snapshotter", "nix-snapshotter", "image.nix", "Layers that are paths of the store, for containerd."),
    target(
        "flake",
        "Flake",
        "flake.nix",
        "The flake around it: packages, a date that stays, and a command that loads the image.",
    ),
    target(
        "dockerfile",
        "Dockerfile with Nix",
        "Dockerfile",
        "For machines without Nix: Nix builds in a stage, and the image has nothing but what it needs.",
    ),
    target(
        "commands",
        "Commands",
        "load.sh",
        "How the image is built, and how it comes to Docker, Podman or a registry.",
    ),
];

const fn target(id: &'static str, title: &'static str, file: &'static str, description: &'static str) -> Target {
    Target { id, title, file, description, write }
}

/// What the bench knows of a text.
pub struct Asked {
    /// What was read.
    pub source: Source,
    /// What is chosen beside it.
    pub choices: Choices,
}

/// What a text is.
pub enum Source {
    /// Nix that makes images.
    Nix(Box<Nix>),
    /// A Dockerfile, and what it comes to.
    Dockerfile(Dockerfile, Box<Plan>),
    /// Neither.
    Nothing,
}

/// A result.
#[derive(Default)]
pub(super) struct Answer {
    pub ink: Ink,
    pub notes: Vec<Note>,
    pub steps: Vec<Step>,
    pub parts: Vec<Line>,
}

/// What a text comes to, or why there is nothing.
pub(super) type Outcome = Result<Answer, String>;

fn write(request: &Request, examined: &Examined, target: &Target) -> Written {
    let Some(asked) = examined.facts::<Asked>() else { return Written::default() };
    let outcome = match &asked.source {
        Source::Nothing => Err("Nothing in the text makes an image: paste a Dockerfile, or Nix with `dockerTools`, nix2container or nix-snapshotter.".to_owned()),
        _ if request.text.contains('\0') => Err("The text has the character U+0000, which Nix cannot hold.".to_owned()),
        Source::Nix(nix) => of_nix(nix, &request.text, asked, target.id),
        Source::Dockerfile(_, plan) => of_dockerfile(plan, asked, target.id),
    };
    match outcome {
        Ok(Answer { ink: Ink { text, spans }, notes, steps, parts }) => {
            Written { printed: Rc::new(Printed { text, spans, notes, error: None }), parts, steps }
        }
        Err(why) => {
            let printed = Printed { error: Some(Note::new(Severity::Error, why)), ..Printed::default() };
            let parts = match &asked.source {
                Source::Dockerfile(_, plan) => plan.parts.clone(),
                _ => Vec::new(),
            };
            Written { printed: Rc::new(printed), parts, steps: Vec::new() }
        }
    }
}

/// The function that a target is named after.
fn maker_of(target: &str) -> Option<Maker> {
    Some(match target {
        "layered" => Maker::Layered,
        "stream" => Maker::Stream,
        "plain" => Maker::Plain,
        "nix2container" => Maker::Container,
        "nix-snapshotter" => Maker::Snapshotter,
        _ => return None,
    })
}

fn of_nix(nix: &Nix, text: &str, asked: &Asked, target: &str) -> Outcome {
    if nix.images().next().is_none() {
        return Err("Nothing in the text makes an image of its own: what is fetched is the base of one.".to_owned());
    }
    match (maker_of(target), target) {
        (Some(maker), _) => Ok(convert::convert(nix, text, maker)),
        (None, "flake") => Ok(flake::of_nix(nix, text)),
        (None, "dockerfile") => by_docker::of_nix(nix, text, &asked.choices),
        (None, _) => Ok(commands::of_nix(nix)),
    }
}

fn of_dockerfile(plan: &Plan, asked: &Asked, target: &str) -> Outcome {
    let mut answer = match (maker_of(target), target) {
        (Some(maker), _) => generate::image(plan, maker, &asked.choices),
        (None, "flake") => flake::of_dockerfile(plan, &asked.choices),
        (None, "dockerfile") => by_docker::of_dockerfile(plan, &asked.choices),
        (None, _) => commands::of_dockerfile(&asked.choices),
    };
    answer.parts = plan.parts.clone();
    Ok(answer)
}

pub(super) fn step(title: &str, explanation: &str, lines: Vec<String>) -> Step {
    Step { title: title.to_owned(), explanation: explanation.to_owned(), lines }
}

pub(super) fn hint(message: impl Into<String>) -> Note {
    Note::new(Severity::Hint, message)
}

pub(super) fn warning(message: impl Into<String>) -> Note {
    Note::new(Severity::Warning, message)
}

/// A text of Nix with its colours.
pub(super) fn nix_ink(text: String) -> Ink {
    Ink { spans: ink(&text), text }
}

/// A text whose comments are told apart, and nothing else.
pub(super) fn plain_ink(text: String) -> Ink {
    let mut spans = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with('#') && !line.trim_start().starts_with("#!") {
            spans.push((Span::new(at + indent, at + line.trim_end().len()), Role::Comment));
        }
        at += line.len();
    }
    Ink { text, spans }
}

/// A date that stays the same for the same commit, right for every function.
///
/// Source: nix `src/libexpr/primops/fetchTree.cc`, `lastModifiedDate`: `YYYYMMDDhhmmss`
pub(super) const CREATED: &str = "\"${builtins.substring 0 4 self.lastModifiedDate}-${builtins.substring 4 2 self.lastModifiedDate}-${builtins.substring 6 2 self.lastModifiedDate}T00:00:00Z\"";
