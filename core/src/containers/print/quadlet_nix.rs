//! What does a NixOS module with `virtualisation.quadlet` say, which is that of the flake `SEIAROTg/quadlet-nix`?
//!
//! Source: SEIAROTg/quadlet-nix nixos-module.nix, options.nix, utils.nix (`makePassive`: a word with a single quote and
//! nothing else that needs quotes is written without any, and then read as a quote)

use std::collections::{HashMap, HashSet};

use super::{
    Context, Report, Step,
    args::For,
    module::{ASK_NAMES, Uses, finish, store_file, string, strings},
    place::tmpfiles_word,
    quadlet::{Form, Kind, Object, Setting, doubled, objects},
    quadlet_files::push_object,
};
use crate::{
    notation::{
        nix::{Binding, Nix, integer, push_string},
        shell::{Quoting, quote},
    },
    text::Ink,
};

/// What puts the module in place.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Add the flake",
        explanation: "The module is not part of nixpkgs: `inputs.quadlet-nix.nixosModules.quadlet` goes among the modules of the host.",
        lines: &["inputs.quadlet-nix.url = \"github:SEIAROTg/quadlet-nix\";"],
    },
    Step {
        title: "Put the file beside your configuration",
        explanation: "Name it in the imports of configuration.nix.",
        lines: &["imports = [ ./quadlet.nix ];"],
    },
    Step {
        title: "Build and switch",
        explanation: "The containers start, and again whenever the machine does.",
        lines: &["sudo nixos-rebuild switch"],
    },
    Step {
        title: "See how they are",
        explanation: "Each container is a unit; what it writes is in the journal. The units of a user are asked for with `--user`.",
        lines: &["systemctl status UNIT", "journalctl --unit UNIT"],
    },
];

pub(super) fn write_module(context: &Context<'_>, report: &mut Report) -> Ink {
    let objects = objects(context, For::Unit, report);
    let mut uses = Uses::default();
    let mut module = Vec::new();
    if objects.has_cards {
        module.push(Binding::of("hardware.nvidia-container-toolkit.enable", true.into()));
    }
    if objects.has_socket {
        module.push(Binding::of("virtualisation.podman.dockerSocket.enable", true.into()));
    }
    if let Some(uid) = context.choices.rootless {
        let message =
            ["The user with the number ", &uid.to_string(), " has to linger: `users.users.NAME.linger = true;`."];
        report.note(None, message.concat());
    }
    let mut quadlet = Vec::new();
    for (kind, name) in [
        (Kind::Container, "containers"),
        (Kind::Network, "networks"),
        (Kind::Volume, "volumes"),
        (Kind::Build, "builds"),
    ] {
        let of_kind = objects.all.iter().filter(|it| it.kind == kind);
        let bindings: Vec<Binding> =
            of_kind.map(|it| Binding::named(&it.name, object(context, it, &mut uses))).collect();
        if !bindings.is_empty() {
            let binding = Binding::named(name, Nix::Set(bindings));
            quadlet.push(if quadlet.is_empty() { binding } else { binding.apart() });
        }
    }
    module.push(Binding::of("virtualisation.quadlet", Nix::Set(quadlet)));
    let mut seen = HashSet::new();
    let directories: Vec<&String> = objects.directories.iter().filter(|it| seen.insert(it.as_str())).collect();
    if !directories.is_empty() {
        let owner = context.choices.rootless.map_or("- -".to_owned(), |it| format!("{it} -"));
        let rule = |it: &String| ["d ", &tmpfiles_word(it), " - ", &owner, " -"].concat();
        let rules = Nix::List(directories.into_iter().map(|it| string(&rule(it))).collect());
        let comment = "Podman makes no directory that is missing.";
        module.push(Binding::of("systemd.tmpfiles.rules", rules).apart().said(comment));
    }
    if objects.joins_networks && context.choices.rootless.is_none() {
        uses.config = true;
        let comment = "Containers ask Podman for the names of others.";
        module.push(Binding::of("networking.firewall.interfaces", Nix::Lines(ASK_NAMES)).apart().said(comment));
    }
    finish(context, uses, module)
}

fn object(context: &Context<'_>, object: &Object<'_>, uses: &mut Uses) -> Nix {
    let mut bindings = Vec::new();
    if let Some(uid) = context.choices.rootless {
        bindings.push(Binding::of("rootlessConfig.uid", integer(i64::from(uid))));
    }
    if !object.starts && object.kind == Kind::Container {
        bindings.push(Binding::named("autoStart", false.into()));
    }
    if !object.settings.iter().all(is_kept) {
        // The module writes it as it is.
        let mut ink = Ink::default();
        let file = Object {
            kind: object.kind,
            name: String::new(),
            settings: Vec::new(),
            unit: object.unit.clone(),
            service: object.service.clone(),
            starts: false,
        };
        let whole = Object { settings: object.settings.iter().map(copy).collect(), ..file };
        push_object(&mut ink, &whole, false);
        let comment = "As a file, because the module does not keep a single quote in a word.";
        let text = with_files(context, object, ink.text, uses);
        bindings.push(Binding::named("rawConfig", text).said(comment));
        return Nix::Set(bindings);
    }
    let config = match object.kind {
        Kind::Container => "containerConfig",
        Kind::Network => "networkConfig",
        Kind::Volume => "volumeConfig",
        Kind::Build => "buildConfig",
    };
    let settings = settings(context, &object.settings, uses);
    bindings.push(Binding::named(config, Nix::Set(settings)));
    if !object.unit.is_empty() {
        let unit = object.unit.iter().map(|(key, values)| {
            let value = match (*key, &values[..]) {
                ("StartLimitBurst" | "StartLimitIntervalSec", [value]) => string(value),
                _ => strings(values.iter().map(String::as_str)),
            };
            Binding::named(key, value)
        });
        bindings.push(Binding::named("unitConfig", Nix::Set(unit.collect())));
    }
    if !object.service.is_empty() {
        let service = object.service.iter().map(|(key, value)| Binding::named(key, string(value)));
        bindings.push(Binding::named("serviceConfig", Nix::Set(service.collect())));
    }
    Nix::Set(bindings)
}

/// The text of a unit, in which files of the store stand for the paths that they would have.
fn with_files(context: &Context<'_>, object: &Object<'_>, text: String, uses: &mut Uses) -> Nix {
    let files: Vec<(&str, &str)> = object.settings.iter().filter_map(|it| it.text).collect();
    if files.is_empty() {
        return Nix::Text(text);
    }
    uses.pkgs = true;
    let mut raw = String::from("\"");
    for line in text.split_inclusive('\n') {
        let path_of = |name: &str| ["Volume=", &doubled(&[&context.directory(), "/", name].concat()), ":"].concat();
        let file = files.iter().find_map(|(name, text)| Some((name, text, line.strip_prefix(&*path_of(name))?)));
        let mut piece = String::new();
        match file {
            // `"${…}:/target"`
            Some((name, text, rest)) => {
                push_string(&mut piece, "Volume=");
                piece.pop();
                piece.push_str(store_file(name, text, &[":", rest].concat()).get(1..).unwrap_or_default());
            }
            None => push_string(&mut piece, line),
        }
        raw.push_str(piece.get(1..piece.len() - 1).unwrap_or_default());
    }
    raw.push('"');
    Nix::Quoted(raw)
}

fn copy<'a>(setting: &Setting<'a>) -> Setting<'a> {
    Setting { key: setting.key, values: setting.values.clone(), text: setting.text }
}

/// Settings of one name together, in the order of their first.
fn settings(context: &Context<'_>, all: &[Setting<'_>], uses: &mut Uses) -> Vec<Binding> {
    let mut bindings: Vec<Binding> = Vec::new();
    // Of pairs with one name the last counts.
    let name_of = |it: &Setting<'_>| {
        let pair = it.values.first().filter(|_| it.key.form == Form::Pairs)?;
        Some((it.key.nix, pair.split_once('=').map_or(pair.as_str(), |it| it.0).to_owned()))
    };
    let last: HashMap<_, usize> = all.iter().enumerate().filter_map(|(at, it)| Some((name_of(it)?, at))).collect();
    for (at, setting) in all.iter().enumerate() {
        if name_of(setting).is_some_and(|it| last.get(&it) != Some(&at)) {
            continue;
        }
        let Setting { key, values, text } = setting;
        let mut first = |it: &str| match text {
            Some((name, text)) => {
                uses.pkgs = true;
                let path = [&context.directory(), "/", name].concat();
                Nix::Quoted(store_file(name, text, &doubled(it.strip_prefix(&*path).unwrap_or(it))))
            }
            None => string(&doubled(it)),
        };
        let value = values.first().map(String::as_str).unwrap_or_default();
        let at = bindings.iter().position(|it| it.path.first().is_some_and(|it| it == key.nix));
        match (key.form, at) {
            (Form::One, _) if key.nix == "tag" => bindings.push(Binding::named(key.nix, first(value))),
            (Form::One | Form::Among(_), None) => bindings.push(Binding::named(key.nix, first(value))),
            (Form::Number, None) => {
                bindings.push(Binding::named(key.nix, integer(value.parse().unwrap_or_default())));
            }
            (Form::Switch, None) => bindings.push(Binding::named(key.nix, (value == "true").into())),
            (Form::One | Form::Among(_) | Form::Number | Form::Switch, Some(at)) => {
                // The last one counts.
                bindings[at].value = match key.form {
                    Form::Number => integer(value.parse().unwrap_or_default()),
                    Form::Switch => (value == "true").into(),
                    _ => first(value),
                };
            }
            (Form::Pairs, at) => {
                let (name, value) = value.split_once('=').unwrap_or((value, ""));
                let pair = Binding::named(name, string(&doubled(value)));
                match at.map(|it| &mut bindings[it].value) {
                    Some(Nix::Set(pairs)) => pairs.push(pair),
                    _ => bindings.push(Binding::named(key.nix, Nix::Set(vec![pair]))),
                }
            }
            (Form::Command, _) => {
                let words: Vec<String> = values.iter().map(|it| doubled(it)).collect();
                let value = match values.iter().all(|it| is_word(it)) {
                    true => strings(words.iter().map(String::as_str)),
                    // One string goes into the file as it is.
                    false => {
                        let quoted = values.iter().map(|it| quote(it, Quoting::Unit, None).unwrap_or_default());
                        string(&quoted.collect::<Vec<_>>().join(" "))
                    }
                };
                bindings.push(Binding::named(key.nix, value));
            }
            (Form::Many | Form::Bare | Form::Words, at) => {
                let value = first(value);
                match at.map(|it| &mut bindings[it].value) {
                    Some(Nix::List(elements)) => elements.push(value),
                    _ => bindings.push(Binding::named(key.nix, Nix::List(vec![value]))),
                }
            }
        }
    }
    bindings
}

/// Whether the module keeps a word that it quotes where it thinks that is needed.
fn is_word(word: &str) -> bool {
    let is_quoted = word.contains([' ', '\t', '\n', '\r', '"', '\\']) || word.contains(|it: char| it.is_control());
    !word.is_empty() && (is_quoted || !word.contains('\''))
}

fn is_kept(setting: &Setting<'_>) -> bool {
    let value = setting.values.first().map(String::as_str).unwrap_or_default();
    match setting.key.form {
        Form::Words => is_word(value),
        Form::Pairs => {
            let value = value.split_once('=').map_or("", |it| it.1);
            value.is_empty() || is_word(value)
        }
        Form::One | Form::Among(_) | Form::Many | Form::Number | Form::Switch | Form::Bare | Form::Command => true,
    }
}
