//! Which option of NixOS is at a byte of a text, and which could be there: those beside `daemon.settings`.

use crate::{
    Engine,
    daemon::{
        nixos::{
            Type,
            options::{self as nixos_options, NixOption, OPTIONS},
            written,
        },
        options,
    },
    docker::host::Release,
    schema::assist::{Completion, Hover, Own},
    text::{Span, order},
};

use super::{
    craft,
    table::{DEDICATED, DOCKER},
};

/// What is before the name of an option for Docker.
const PREFIX: &str = "virtualisation.docker.";

/// What most modules set, first.
const FREQUENT: &[&str] = &[
    "enable",
    "daemon.settings",
    "autoPrune.enable",
    "enableOnBoot",
    "storageDriver",
    "logDriver",
    "package",
    "rootless.enable",
    "rootless.setSocketVariable",
];

/// What leads to Docker, where nothing is written yet.
const BEGINNINGS: &[(&str, Type, &str)] = &[
    ("virtualisation.docker", Type::Settings, "The options for Docker."),
    ("virtualisation.docker.enable", Type::Bool, "Whether Docker runs."),
    ("virtualisation.docker.daemon.settings", Type::Settings, "What the daemon's file is written from."),
];

/// Where a byte of a text is among names of options.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    /// The names that lead to it, the outermost first; the last is empty where one is still to be written.
    pub names: Vec<String>,
    /// The name or the plain value there.
    pub token: Option<Span>,
    /// Whether a name belongs there, and not a value.
    pub is_name: bool,
    /// Whether a value follows already.
    pub has_value: bool,
    /// Whether the names are all that there are, and those of a module.
    pub is_whole: bool,
    /// What the text gives values to: the names, and the bytes of the last.
    pub set: Vec<(Vec<String>, Span)>,
}

/// The option of NixOS around byte `at`, and those that `release` has and the text does not set yet.
///
/// It comes with what is told of the daemon's options: what reads Nix does without (`late.rs`).
pub fn own(text: &str, at: usize, engine: Engine, release: Release) -> Option<Own> {
    let spot = craft::spot(text, at)?;
    let span = spot.token.filter(|it| *it != Span::default()).unwrap_or(Span::empty(at));
    let is_followed = text.get(span.end..).is_some_and(|it| it.trim_start().starts_with('.'));
    let offered = match (spot.is_name, behind_docker(&spot.names)) {
        (true, _) if is_followed => Vec::new(),
        (true, Some(names)) => names_at(names, at, &spot, release),
        (true, None) if spot.is_whole => beginnings(&spot),
        (true, None) => Vec::new(),
        (false, names) => names.map(|it| values_of(&it.join("."), engine)).unwrap_or_default(),
    };
    Some(Own { span, is_name: spot.is_name, told: told(&spot, span), also: also(&spot.names), offered })
}

/// The names behind those that lead to Docker.
fn behind_docker(whole: &[String]) -> Option<&[String]> {
    let at = whole.windows(DOCKER.len()).rposition(|it| it.iter().eq(DOCKER))?;
    whole.get(at + DOCKER.len()..).filter(|it| !it.is_empty())
}

/// What is told of the option of which a name or the value is there.
fn told(spot: &Spot, span: Span) -> Option<Hover> {
    let names = behind_docker(&spot.names)?;
    if span.start == span.end {
        return None;
    }
    let name = names.join(".");
    let title = [PREFIX, &name].concat();
    if let Some(option) = nixos_options::find(&name) {
        return Some(Hover { span, title, summary: option.summary, facts: facts(option) });
    }
    let members: Vec<&str> =
        OPTIONS.iter().filter_map(|it| below(it, &name).filter(|_| it.removed.is_none())).collect();
    if members.is_empty() || !spot.is_name {
        return None;
    }
    Some(Hover { span, title, summary: "", facts: vec![("Options", members.join(", "))] })
}

/// What NixOS writes by itself in the place of one of the daemon's settings.
fn also(whole: &[String]) -> Vec<(&'static str, String)> {
    let key = match behind_docker(whole) {
        Some([daemon, settings, key]) if daemon == "daemon" && settings == "settings" => key,
        _ => return Vec::new(),
    };
    let why = written::always(key).map(|it| it.replace('`', ""));
    why.into_iter().map(|it| ("On NixOS", it)).collect()
}

fn facts(option: &NixOption) -> Vec<(&'static str, String)> {
    let kind = match option.kind {
        Type::OneOf(choices) | Type::OneOfOrNone(choices) => choices.join(", "),
        kind => kind.words().to_owned(),
    };
    let since = Some(option.since).filter(|it| *it > nixos_options::FIRST && option.removed.is_none());
    let facts = [
        ("Value", Some(kind)),
        ("Default", Some(option.default.to_owned()).filter(|it| !it.is_empty())),
        ("Since", since.map(Release::title)),
        ("Removed", option.removed.map(str::to_owned)),
        ("Read on", Some(["virtualisation/", option.module(), " in nixpkgs"].concat())),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// The rest of an option's name behind a group's.
fn below(option: &NixOption, group: &str) -> Option<&'static str> {
    match group {
        "" => Some(option.name),
        _ => option.name.strip_prefix(group)?.strip_prefix('.'),
    }
}

/// The options that can be written in the group that a name stands in.
fn names_at(names: &[String], at: usize, spot: &Spot, release: Release) -> Vec<Completion> {
    let Some((_, group)) = names.split_last() else {
        return Vec::new();
    };
    let group = group.join(".");
    let set: Vec<String> = spot.set.iter().filter(|it| !it.1.touches(at)).map(|it| it.0.join(".")).collect();
    let is_free = |it: &NixOption| !set.iter().any(|name| name.strip_prefix(PREFIX) == Some(it.name));
    let mut found: Vec<(&NixOption, &'static str)> = OPTIONS
        .iter()
        .filter(|it| it.exists_in(release) && is_free(it))
        .filter_map(|it| Some((it, below(it, &group)?)))
        .collect();
    let rank = |it: &NixOption| FREQUENT.iter().position(|name| *name == it.name).unwrap_or(FREQUENT.len());
    order::sort(&mut found, |a, b| rank(a.0).cmp(&rank(b.0)));
    let item = |(option, label): (&NixOption, &'static str)| {
        name(label, option.kind, option.summary, option.default, spot.has_value)
    };
    found.into_iter().map(item).collect()
}

/// A name as it is written, with what goes around a value that is still to come.
fn name(label: &'static str, kind: Type, info: &'static str, default: &'static str, has_value: bool) -> Completion {
    let (value, within) = match kind {
        Type::Text | Type::Line | Type::OneOf(_) | Type::OneOfOrNone(_) => ("\"\"", 1),
        Type::Texts | Type::Packages => ("[  ]", 2),
        Type::Json | Type::Settings => ("{  }", 2),
        Type::Bool | Type::Package => ("", 0),
    };
    let (insert, caret) = match has_value {
        true => (label.to_owned(), label.len()),
        false => ([label, " = ", value, ";"].concat(), label.len() + " = ".len() + within),
    };
    Completion { label, info, default, insert, caret, is_key: true }
}

/// What leads to Docker, at the top of a module that does not say anything of it yet.
fn beginnings(spot: &Spot) -> Vec<Completion> {
    let names: Vec<&str> = spot.names.iter().map(String::as_str).collect();
    let (typed, left_out) = match names[..] {
        [typed] | ["config", typed] | [.., "imports" | "modules", "", typed] => (typed, ""),
        ["virtualisation", typed] | ["config", "virtualisation", typed] => (typed, "virtualisation."),
        _ => return Vec::new(),
    };
    let item = |&(path, kind, info): &(&'static str, Type, &'static str)| {
        let label = path.strip_prefix(left_out).filter(|it| it.starts_with(typed))?;
        let is_set = spot.set.iter().any(|it| it.0.join(".").starts_with(path));
        (!is_set).then(|| name(label, kind, info, "", spot.has_value))
    };
    BEGINNINGS.iter().filter_map(item).collect()
}

/// The values that an option can have.
fn values_of(option: &str, engine: Engine) -> Vec<Completion> {
    let item = |label: &'static str, insert: String| Completion {
        label,
        info: "",
        default: "",
        caret: insert.len(),
        insert,
        is_key: false,
    };
    let plain = |labels: &[&'static str]| labels.iter().map(|it| item(it, (*it).to_owned())).collect();
    let Some(option) = nixos_options::find(option) else {
        return Vec::new();
    };
    let (choices, rest) = match option.kind {
        Type::Bool => return plain(&["true", "false"]),
        Type::OneOf(choices) => (choices, &[][..]),
        Type::OneOfOrNone(choices) => (choices, &["null"][..]),
        _ => return Vec::new(),
    };
    let row = DEDICATED.iter().find(|it| it.option == option.name).and_then(|it| options::SCHEMA.find(it.key));
    let known: Vec<&str> = row
        .into_iter()
        .flat_map(|it| it.choices_in(engine).chain(options::SCHEMA.description(it).suggestions_in(engine)))
        .collect();
    let texts = choices.iter().filter(|it| known.contains(it));
    let texts = texts.map(|it| item(it, ["\"", it, "\""].concat()));
    texts.chain(plain(rest)).collect()
}
