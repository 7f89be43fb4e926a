//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use std::rc::Rc;

use super::{
    assist::{complete, hover},
    check::{Context, RULES, check},
    choices::{CACHE, Choices, NIX, SANDBOX},
    dockerfile::{Dockerfile, instructions},
    examples::EXAMPLES,
    nix,
    panels::PANELS,
    print::{Asked, Source, TARGETS},
    translate::translate,
};
use crate::{
    bench::{Examined, Listing, Request, Topic, Workbench, conclusion},
    document::Notation,
    manifest::IMAGE,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "images",
    dialect: "images",
    title: "Images from Nix",
    about: "Check Nix that makes images, write it for another function, and turn a Dockerfile into such Nix.",
    topic: Topic::Images,
    text: "Nix or Dockerfile",
    recognised: "This makes an image: opened in Images from Nix",
    open: "Make the image with Nix",
    invitation: "Paste a Dockerfile, or Nix with dockerTools, nix2container or nix-snapshotter, or start from an example",
    offered: &["redis", "python", "stream"],
    file: "image.nix",
    notation: Notation::Nix,
    against: "dockerTools, nix2container, nix-snapshotter and the instructions of Dockerfiles",
    choices: &[&IMAGE, &NIX, &SANDBOX, &CACHE],
    suits,
};

/// The bench.
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: EXAMPLES,
    targets: &TARGETS,
    panels: &PANELS,
    rules: &[RULES],
    hover,
    complete,
};

/// So many lines are looked at.
const LOOKED_AT: usize = 2_000;

/// Whether a text is a Dockerfile, or Nix that makes an image.
fn suits(text: &str) -> bool {
    is_dockerfile(text) || makes_images(text)
}

/// Whether a text is Nix with a function that makes images.
fn makes_images(text: &str) -> bool {
    let lines = text.lines().take(LOOKED_AT).map(|it| it.split('#').next().unwrap_or_default());
    const NAMES: [&str; 9] = [
        "dockerTools.buildImage",
        "buildLayeredImage",
        "streamLayeredImage",
        "NixShellImage",
        "dockerTools.pullImage",
        "dockerTools.mergeImages",
        "nix2container.buildImage",
        "pullImageFromManifest",
        "snapshotter.buildImage",
    ];
    let is_named = ["nix2container", "dockerTools", "snapshotter"].iter().any(|it| text.contains(it));
    let mut makes = false;
    let mut is_bare = false;
    let mut has_brace = false;
    for line in lines {
        has_brace |= line.contains('{');
        // A module of the daemon's may hold an image, too.
        if line.contains("virtualisation.docker") {
            return false;
        }
        makes |= NAMES.iter().any(|it| line.contains(it));
        makes |= is_named && line.contains(".buildImage {");
        is_bare |= line.trim_start().starts_with("buildImage {") || line.contains(" buildImage {");
    }
    has_brace && (makes || is_bare)
}

/// Whether a text is a Dockerfile: its first line that counts begins with FROM or ARG, or every line with an instruction.
pub fn is_dockerfile(text: &str) -> bool {
    let is_instruction = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        word.len() > 2 && instructions::find(&word.to_ascii_uppercase()).is_some() && line.trim().len() > word.len()
    };
    let is_capital =
        |line: &str| line.split_whitespace().next().is_some_and(|it| !it.bytes().any(|it| it.is_ascii_lowercase()));
    let mut lines = text.trim_start_matches('\u{feff}').lines().take(LOOKED_AT);
    let Some(first) = lines.find(|it| !it.trim().is_empty() && !it.trim_start().starts_with('#')) else {
        return false;
    };
    let word = first.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    // A sentence may begin with the word, and a line of SQL hold it.
    let words = first.split_whitespace().skip(1).filter(|it| !it.starts_with("--")).count();
    let begins = match word.as_str() {
        "FROM" => is_instruction(first) && (words == 1 || first.to_ascii_lowercase().contains(" as ")),
        "ARG" => {
            is_instruction(first) && text.lines().any(|it| it.trim_start().to_ascii_uppercase().starts_with("FROM "))
        }
        _ => {
            is_instruction(first) && is_capital(first) && !first.contains(['{', '='])
                || word == "ENV" && is_capital(first)
        }
    };
    let mut rest = lines.filter(|it| is_capital(it) && is_instruction(it));
    begins && (is_capital(first) || rest.next().is_some())
}

/// What a text is.
pub fn source(text: &str) -> Source {
    if is_dockerfile(text) || !makes_images(text) && begins_as_dockerfile(text) {
        let file = Dockerfile::read(text);
        let plan = translate(&file);
        return Source::Dockerfile(file, Box::new(plan));
    }
    match nix::read(text).filter(|it| !it.calls.is_empty() || makes_images(text)) {
        Some(nix) => Source::Nix(Box::new(nix)),
        None => Source::Nothing,
    }
}

/// Whether a line of a text begins with an instruction in capitals.
fn begins_as_dockerfile(text: &str) -> bool {
    text.lines().take(LOOKED_AT).any(|line| {
        let word = line.split_whitespace().next().unwrap_or_default();
        instructions::find(word).is_some()
    })
}

fn examine(request: &Request) -> Examined {
    let choices = Choices::of(&request.chosen);
    let source = source(&request.text);
    let diagnostics = check(&Context::new(&request.text, &source));
    let things = match &source {
        Source::Nix(nix) => vec![
            (nix.images().count(), "image"),
            (nix.calls.iter().filter(|it| it.maker.pulls()).count(), "fetched image"),
        ],
        Source::Dockerfile(file, _) => vec![(file.instructions.len(), "instruction"), (file.stages.len(), "stage")],
        Source::Nothing => Vec::new(),
    };
    let conclusion = conclusion(&things, &diagnostics, "Nothing here makes an image");
    Examined { diagnostics, conclusion, facts: Rc::new(Asked { source, choices }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_others() {
        for (text, expected) in [
            ("FROM alpine:3\nRUN apk add curl\n", true),
            ("# syntax=docker/dockerfile:1\n\nFROM --platform=$BUILDPLATFORM golang:1.23 AS build\n", true),
            ("ARG X=1\nFROM alpine:${X}\n", true),
            ("from alpine\nRUN x y\n", true),
            ("RUN apt-get install curl\n", true),
            ("ENV A=1\nFROM x\n", true),
            ("{ pkgs }: pkgs.dockerTools.buildLayeredImage { name = \"a\"; }", true),
            ("buildImage {\n  name = \"redis\";\n}", true),
            ("{ nix2container }: nix2container.buildImage { }", true),
            ("{ pkgs, ... }: { virtualisation.docker.enable = true; }", false),
            ("From here on it is easy.\n", false),
            ("from x import y\n", false),
            ("SELECT a\nFROM b\n", false),
            ("FROM table WHERE a = 1\n", false),
            ("docker run --env A=1 nginx", false),
            ("services:\n  a:\n    image: x\n", false),
            ("{ \"mtu\": 1400 }", false),
            ("USER=me\n", false),
            ("# dockerTools.buildImage { }\n{ }", false),
            (
                "{ pkgs, ... }: {\n  virtualisation.docker.enable = true;\n  x = pkgs.dockerTools.buildImage { };\n}\n",
                false,
            ),
            ("", false),
        ] {
            assert_eq!(suits(text), expected, "{text}");
        }
    }

    #[test]
    fn conclusions_are_sentences() {
        for (text, expected) in [
            ("", "Nothing here makes an image."),
            ("FROM scratch\nCMD [\"/a\"]\n", "2 instructions, 1 stage: nothing wrong."),
            ("{ pkgs }: pkgs.dockerTools.streamLayeredImage { name = \"a\"; }", "1 image: nothing wrong."),
        ] {
            let request = Request { text: text.to_owned(), ..Request::default() };
            assert_eq!(examine(&request).conclusion, expected);
        }
    }
}
