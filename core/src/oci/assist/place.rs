//! Where among the options is a byte of a text?
//!
//! Tokens and brackets tell it of most texts, half-typed ones too. Where they lead to no option, as in a `let`, what the text
//! comes to tells it: a word that no text has stands in the place, and is looked for.

use crate::{
    document::Step,
    notation::nix::{self, Spot, value::Kind as Form},
    oci::{
        definitions::{Def, Roots, bare, members},
        options::{self, Kind, Row},
    },
    text::Span,
};

/// Values nested deeper than this are not looked at.
const DEPTH: usize = 60;

/// What stands for the word that is being typed: a name that no text has.
pub(super) const CARET: &str = "caret'that'is'typed";

/// What a module declares, and where.
#[derive(Debug, PartialEq)]
pub(super) struct Module {
    /// The name that leads to its options.
    pub name: &'static str,
    /// Their place in the table.
    pub place: &'static str,
    /// What is before their names in a configuration.
    pub option: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Where it is written down.
    pub source: &'static str,
}

/// Those of a configuration.
pub(super) static MODULES: [Module; 3] = [
    Module {
        name: "oci-containers",
        place: "oci",
        option: "virtualisation.oci-containers",
        summary: "Containers of Docker or Podman, a unit of systemd each.",
        source: "nixpkgs nixos/modules/virtualisation/oci-containers.nix",
    },
    Module {
        name: "quadlet",
        place: "quadlet",
        option: "virtualisation.quadlet",
        summary: "Containers, networks, volumes, pods and images of Podman, by its Quadlet.",
        source: "quadlet-nix options.nix",
    },
    Module {
        name: "arion",
        place: "arion",
        option: "virtualisation.arion",
        summary: "Projects of Compose, written in Nix.",
        source: "arion nixos-module.nix",
    },
];

/// An `arion-compose.nix`.
pub(super) static PROJECT: Module = Module {
    name: "",
    place: "arion.settings",
    option: "",
    summary: "A project of Compose, written in Nix.",
    source: "arion src/nix/modules/composition",
};

/// What is asked about: a word of a text, or the gap where one belongs.
#[derive(Clone, Debug)]
pub(super) struct Asked<'a> {
    pub text: &'a str,
    /// The bytes of the word, with its quotes.
    pub word: Span,
    /// What of it is before the place that was asked for, without quotes.
    pub typed: &'a str,
    pub spot: Spot,
}

impl<'a> Asked<'a> {
    /// What is at byte `at`; `None` where nothing can be offered or told.
    pub fn at(text: &'a str, at: usize) -> Option<Self> {
        let before = text.get(..at)?;
        let spot = nix::spot(text, at);
        let word = match spot.token.filter(|it| it.start < it.end) {
            Some(token) => closed(text, token, at)?,
            // Behind a word of the language.
            None if before.ends_with(|it: char| it.is_alphanumeric() || it == '_') => return None,
            None => Span::empty(at),
        };
        let typed = text.get(word.start..at)?.trim_matches('"');
        Some(Self { text, word, typed, spot })
    }

    /// The word without its quotes.
    pub fn name(&self) -> &'a str {
        self.word.of(self.text).trim_matches('"')
    }

    /// The text with [`CARET`] in place of the word.
    pub fn marked(&self) -> String {
        let (quote, value) = match (self.spot.wants_name, self.spot.has_value) {
            (true, true) => ("", ""),
            (true, false) => ("", " = null;"),
            (false, _) => ("\"", ""),
        };
        let before = self.text.get(..self.word.start).unwrap_or_default();
        let behind = self.text.get(self.word.end..).unwrap_or_default();
        [before, quote, CARET, quote, value, behind].concat()
    }
}

/// A word as far as it can be replaced: a string that is not closed ends at the place itself. What is worked out is none.
fn closed(text: &str, token: Span, at: usize) -> Option<Span> {
    let written = token.of(text);
    if written.contains("${") || written.starts_with("''") || written.contains('\n') {
        return None;
    }
    match written.strip_prefix('"') {
        Some(rest) if !rest.ends_with('"') => (token.start < at).then(|| Span::new(token.start, at)),
        _ => Some(token),
    }
}

/// A place among the options of a module.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub module: &'static Module,
    /// What leads to it from the module; a name that is still to be written is last, and empty.
    pub path: Vec<Step>,
    pub meant: Meant,
}

/// What belongs at a place.
#[derive(Clone, Debug)]
pub(super) enum Meant {
    /// The name of the module.
    Module,
    /// An option of this place in the table.
    Option(String),
    /// A name of one's own.
    Name,
    /// The value of an option, or what is in it.
    Value(&'static Row, Vec<Step>),
}

/// The place of what is asked about.
pub(super) fn of(asked: &Asked) -> Option<Place> {
    let spot = &asked.spot;
    if spot.path.is_empty() && !spot.wants_name {
        return None;
    }
    by_brackets(asked).or_else(|| by_value(asked))
}

fn by_brackets(asked: &Asked) -> Option<Place> {
    let Spot { path, wants_name, .. } = &asked.spot;
    let (module, path) = match behind_module(path) {
        Some(found) => found,
        None if asked.spot.is_in_let || asked.text.contains("virtualisation") => return None,
        None => (&PROJECT, in_project(path)?),
    };
    meant(module, path, *wants_name)
}

/// The module that a path leads to, and what is behind its name.
fn behind_module(path: &[Step]) -> Option<(&'static Module, &[Step])> {
    let names = path.iter().enumerate().filter_map(|(at, step)| match step {
        Step::Key(name) => Some((at, MODULES.iter().find(|it| it.name == *name)?)),
        Step::Index(_) => None,
    });
    let is_whole = |at: usize| at > 0 && path.get(at - 1) == Some(&Step::Key("virtualisation".to_owned()));
    let leads_on = |at: usize, module: &Module| match path.get(at + 1) {
        Some(Step::Key(name)) => options::find(module.place, name).is_some(),
        _ => false,
    };
    let mut names = names.filter(|(at, module)| is_whole(*at) || leads_on(*at, module));
    names.next().and_then(|(at, module)| Some((module, path.get(at + 1..)?)))
}

/// What of a path is among the options of a project.
fn in_project(path: &[Step]) -> Option<&[Step]> {
    let path = match path {
        [Step::Key(first), rest @ ..] if first == "config" && !rest.is_empty() => rest,
        _ => path,
    };
    match path {
        [Step::Key(_)] => Some(path),
        [Step::Key(name), ..] => options::find(PROJECT.place, name).map(|_| path),
        _ => None,
    }
}

/// What a path behind the name of a module leads to.
fn meant(module: &'static Module, path: &[Step], wants_name: bool) -> Option<Place> {
    let found = |meant: Meant| Some(Place { module, path: path.to_vec(), meant });
    let mut place = module.place.to_owned();
    let mut rest = path;
    loop {
        let name = match rest {
            [] => return found(Meant::Module),
            [Step::Key(_)] if wants_name => return found(Meant::Option(place)),
            // Modules that a project imports.
            [Step::Key(name), inner @ ..] if name == "imports" || name == "config" => {
                rest = inner;
                continue;
            }
            [Step::Index(_), inner @ ..] => {
                rest = inner;
                continue;
            }
            [Step::Key(name), ..] => name,
        };
        let row = options::find(&place, name)?;
        let inner = rest.get(1..)?;
        place = match (place.as_str(), row.kind) {
            ("arion.projects.*", Kind::Group) => PROJECT.place.to_owned(),
            (_, Kind::Group | Kind::Groups) => [&place, ".", name].concat(),
            _ => return found(Meant::Value(row, inner.to_vec())),
        };
        rest = inner;
        if row.kind == Kind::Groups {
            place.push_str(".*");
            match rest {
                [] => return found(Meant::Value(row, Vec::new())),
                [_] if wants_name => return found(Meant::Name),
                [_, inner @ ..] => rest = inner,
            }
        }
        if rest.is_empty() {
            return found(Meant::Value(row, Vec::new()));
        }
    }
}

fn by_value(asked: &Asked) -> Option<Place> {
    let text = asked.marked();
    let reading = nix::read(&text);
    let roots = Roots::of(&reading.value);
    MODULES.iter().chain([&PROJECT]).find_map(|module| {
        let mut path = Vec::new();
        holds_caret(defs_of(&roots, module), &mut path, 0).then(|| meant(module, &path, asked.spot.wants_name))?
    })
}

/// What a text says of the options of a module.
pub(super) fn defs_of<'r, 'a>(roots: &'r Roots<'a>, module: &Module) -> &'r [Def<'a>] {
    match module.place {
        "oci" => &roots.oci,
        "quadlet" => &roots.quadlet,
        "arion" => &roots.arion,
        _ => &roots.compose,
    }
}

/// Whether [`CARET`] is among definitions; `path` leads to it then.
fn holds_caret(defs: &[Def], path: &mut Vec<Step>, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    bare(defs).iter().any(|def| match &def.value.kind {
        Form::String(text) => text == CARET,
        Form::Function(_, inner) | Form::Applied(_, inner) => holds_caret(&[Def::of(inner)], path, depth + 1),
        Form::Set(attributes) => attributes.iter().any(|it| {
            path.push(Step::Key(it.name.clone()));
            let is_here = it.name == CARET || holds_caret(&[def.member(it)], path, depth + 1);
            if !is_here {
                path.pop();
            }
            is_here
        }),
        Form::List(elements) => elements.iter().enumerate().any(|(at, it)| {
            path.push(Step::Index(at));
            let is_here = holds_caret(&[Def::of(it)], path, depth + 1);
            if !is_here {
                path.pop();
            }
            is_here
        }),
        _ => false,
    })
}

/// What definitions say at a path.
pub(super) fn descend<'a>(defs: &[Def<'a>], path: &[Step]) -> Vec<Def<'a>> {
    let mut found = bare(defs);
    for step in path {
        found = match step {
            Step::Key(name) => {
                let mut members = members(&found).into_iter();
                members.find(|it| it.0 == name).map(|it| bare(&it.1)).unwrap_or_default()
            }
            Step::Index(at) => {
                let elements = found.iter().filter_map(|it| match &it.value.kind {
                    Form::List(elements) => elements.get(*at).map(Def::of),
                    _ => None,
                });
                bare(&elements.collect::<Vec<_>>())
            }
        };
    }
    found
}
