//! Which flags does dockerd have, what do they take, and which option do they set?
//!
//! Most have the name of their option. This table has those that differ, and those that no file can express;
//! `tests/vectors/flags.jsonl` lists the flags that each Engine registers.
//!
//! Source: moby `daemon/command/config.go`, `config_unix.go`, `options.go` and `docker.go`; before 29.0 `cmd/dockerd/`.

use crate::{
    Engine,
    daemon::options::{self, DaemonOption, Kind, Status},
};

/// A flag of dockerd.
#[derive(Clone, Copy, Debug)]
pub struct Flag {
    /// Its name, without hyphens.
    pub name: &'static str,
    /// What it sets; `None` for one that no file can say.
    pub option: Option<&'static DaemonOption>,
    /// What its value looks like.
    pub takes: Takes,
}

/// What the value of a flag looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A truth value after `=`, or nothing, which means true.
    Truth,
    /// A whole number.
    Number,
    /// Any text.
    Text,
    /// An element of a list: the flag may be repeated.
    Item,
    /// `name=text`.
    Entry,
    /// `name=true`, or `name` alone.
    Switch,
    /// `base=10.0.0.0/8,size=24`
    Pool,
    /// `nofile=1024:2048`, the soft limit first.
    Limit,
    /// `name=/path/of/a/runtime`
    Runtime,
    /// `driver=name=text`
    Network,
    /// `name=text,name=text`
    Fields,
}

/// The flags that have a letter of their own, after a single hyphen.
const LETTERS: &[(char, &str)] = &[
    ('D', "debug"),
    ('G', "group"),
    ('H', "host"),
    ('b', "bridge"),
    ('g', "graph"),
    ('h', "help"),
    ('l', "log-level"),
    ('p', "pidfile"),
    ('r', "restart"),
    ('s', "storage-driver"),
    ('v', "version"),
];

/// Flags that no `daemon.json` can say: name, what it takes, and the first Engine that has it.
const OWN: &[(&str, Takes, Engine)] = &[
    ("config-file", Takes::Text, Engine::new(20, 10, 0)),
    ("containerd-plugins-namespace", Takes::Text, Engine::new(20, 10, 0)), // its key is refused
    ("help", Takes::Truth, Engine::new(20, 10, 0)),
    ("register-service", Takes::Truth, Engine::new(20, 10, 0)),
    ("run-service", Takes::Truth, Engine::new(20, 10, 0)),
    ("service-name", Takes::Text, Engine::new(20, 10, 0)),
    ("unregister-service", Takes::Truth, Engine::new(20, 10, 0)),
    ("validate", Takes::Truth, Engine::new(23, 0, 0)),
    ("version", Takes::Truth, Engine::new(20, 10, 0)),
];

/// Those that only dockerd on Windows has.
///
/// Source: moby v29.7.2 `daemon/command/service_windows.go`, `installServiceFlags`; before 29.0 `cmd/dockerd/`.
const OF_WINDOWS: &[&str] = &["register-service", "run-service", "service-name", "unregister-service"];

/// Whether only dockerd on Windows has the flag of this name.
pub fn is_of_windows(name: &str) -> bool {
    OF_WINDOWS.contains(&name)
}

/// Options whose flag has another name.
const OTHERWISE: &[(&str, &str)] = &[("add-runtime", "runtimes"), ("host-gateway-ip", "host-gateway-ip")];

/// Flags that are gone while their key is still accepted: the name, and the first Engine without the flag.
const GONE: &[(&str, Engine)] = &[("allow-nondistributable-artifacts", Engine::new(29, 0, 0))];

/// The flag of this name, written without hyphens, in any Engine.
pub fn find(name: &str) -> Option<Flag> {
    if let Some(own) = OWN.iter().find(|it| it.0 == name) {
        return Some(Flag { name: own.0, option: None, takes: own.1 });
    }
    // A flag is called as its option, or as one of what that names: both begin alike.
    let stem = name.strip_suffix('y').unwrap_or(name);
    let first = stem.as_bytes().first();
    let is_it = |it: &&DaemonOption| {
        let key = match it.parent {
            "" => it.key,
            "proxies" => it.name(),
            _ => return false,
        };
        let begins_alike = key.as_bytes().first() == first && key.starts_with(stem);
        begins_alike && it.status == Status::Read && it.is_set_by(name)
    };
    let option = match OTHERWISE.iter().find(|it| it.0 == name) {
        Some(otherwise) => options::find(otherwise.1),
        None => options::all().find(is_it),
    }?;
    Some(Flag { name: name_of(option)?, option: Some(option), takes: takes(option) })
}

/// The name of the flag that a letter stands for.
pub fn behind(letter: char) -> Option<&'static str> {
    LETTERS.iter().find(|it| it.0 == letter).map(|it| it.1)
}

/// The name of the flag that sets an option of the top level or of `proxies`, without hyphens.
pub fn name_of(option: &DaemonOption) -> Option<&'static str> {
    option.brief().flag.strip_prefix("--").filter(|it| !it.contains(' '))
}

/// Whether `engine` has the flag of this name.
pub fn exists_in(name: &str, engine: Engine) -> bool {
    if let Some(own) = OWN.iter().find(|it| it.0 == name) {
        return own.2 <= engine;
    }
    if GONE.iter().any(|it| it.0 == name && it.1 <= engine) {
        return false;
    }
    // A key of the same name is let pass while the flag is there.
    let same = options::find(name).filter(|it| it.parent.is_empty());
    match same {
        Some(option) => option.is_known_to(engine),
        None => find(name).and_then(|it| it.option).is_some_and(|it| it.is_known_to(engine)),
    }
}

/// The first Engine that has the flag of an option, which may be older than its flag.
pub fn since(option: &DaemonOption) -> Engine {
    // A key of the flag's name is let pass since the flag is there.
    let same = name_of(option).and_then(options::find).filter(|it| it.parent.is_empty());
    same.map_or(option.since, |it| it.since.max(option.since))
}

fn takes(option: &DaemonOption) -> Takes {
    match (option.key, option.kind) {
        ("default-address-pools", _) => Takes::Pool,
        ("default-ulimits", _) => Takes::Limit,
        ("runtimes", _) => Takes::Runtime,
        ("default-network-opts", _) => Takes::Network,
        ("restart", _) | (_, Kind::Bool) => Takes::Truth,
        (_, Kind::Integer(_)) => Takes::Number,
        (_, Kind::List(_)) => Takes::Item,
        (_, Kind::Map(Kind::Bool)) => Takes::Switch,
        (_, Kind::Map(_)) => Takes::Entry,
        (_, Kind::Object) => Takes::Fields,
        (_, Kind::Text(_) | Kind::Any) => Takes::Text,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Row {
        engine: String,
        flag: String,
        short: String,
        r#type: String,
    }

    /// What the Engines register, taken from their sources.
    fn rows() -> Vec<Row> {
        let lines = include_str!("../../../../tests/vectors/flags.jsonl").lines();
        lines.map(|it| serde_json::from_str(it).expect("a row")).collect()
    }

    #[test]
    fn every_engine_has_the_flags_that_the_table_says() {
        let mut by_engine: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows() {
            by_engine.entry(row.engine).or_default().insert(row.flag);
        }
        let names: BTreeSet<&String> = by_engine.values().flatten().collect();
        for (engine, flags) in &by_engine {
            let engine: Engine = engine.parse().expect("an Engine");
            for name in &names {
                assert_eq!(exists_in(name, engine), flags.contains(*name), "--{name} in {engine:?}");
            }
        }
    }

    #[test]
    fn flags_take_what_the_engines_say() {
        for row in rows() {
            let flag = find(&row.flag).unwrap_or_else(|| panic!("--{} is not known", row.flag));
            assert_eq!(flag.name, row.flag);
            let takes = match row.r#type.as_str() {
                "bool" => Takes::Truth,
                "int" => Takes::Number,
                "string" | "ip" | "bytes" => Takes::Text,
                "list" | "ipSlice" => Takes::Item,
                "map" => Takes::Entry,
                "set" => Takes::Switch,
                "pool-options" => Takes::Pool,
                "ulimit" => Takes::Limit,
                "runtime" => Takes::Runtime,
                "mapmap" => Takes::Network,
                "nri-opts" => Takes::Fields,
                other => panic!("{other}"),
            };
            let is_either = row.flag == "host-gateway-ip"; // a list since 28.0
            assert!(flag.takes == takes || is_either, "--{} takes {takes:?} in {}", row.flag, row.engine);
            let letter = row.short.chars().next();
            assert_eq!(letter.and_then(behind), letter.map(|_| row.flag.as_str()), "-{}", row.short);
        }
        assert_eq!(
            LETTERS.len(),
            rows().iter().map(|it| it.short.clone()).filter(|it| !it.is_empty()).collect::<BTreeSet<_>>().len()
        );
    }

    #[test]
    fn no_flag_of_an_option_is_missing() {
        let named = options::all().filter(|it| matches!(it.parent, "" | "proxies") && it.status == Status::Read);
        for option in named.filter(|it| name_of(it).is_some()) {
            let name = name_of(option).expect("a name");
            let found = find(name).unwrap_or_else(|| panic!("--{name} is not known"));
            let is_found = found.option.is_some_and(|it| it.key == option.key);
            assert!(is_found || matches!(option.key, "host-gateway-ips" | "validate"), "{}", option.key);
        }
    }
}
