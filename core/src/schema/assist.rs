//! What is known about a place in the text, and what could be written there?

use crate::{
    Engine,
    daemon::network::Trade,
    docker::host::Release,
    document::{Dialect, Document, Place},
    schema::{DaemonOption, Description, Kind, Status},
    text::{Span, order},
};

/// What is told of the option that a place in the text is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// The key or value there.
    pub span: Span,
    /// The option it belongs to: `log-opts.max-size`, `virtualisation.docker.enableOnBoot`.
    pub title: String,
    /// What it does, in one line; empty for what only holds other options.
    pub summary: &'static str,
    /// What else is known of it, each a word or two and what they say: "Default", "Since".
    pub facts: Vec<(&'static str, String)>,
}

/// What a place has to do with an option that a dialect has beside those of the daemon.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// What is there, and what a chosen item replaces.
    pub span: Span,
    /// Whether a name belongs there, and not a value.
    pub is_name: bool,
    /// What is told of the option there.
    pub told: Option<Hover>,
    /// What else is to be known of the daemon's option there, such as another default.
    pub also: Vec<(&'static str, String)>,
    /// What could be written there.
    pub offered: Vec<Completion>,
}

/// What could be written at a place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Completions {
    /// What the chosen item replaces.
    pub span: Span,
    /// The choices: the most common keys first, the others in the order of the table.
    pub items: Vec<Completion>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The key or value, as written without its quotes.
    pub label: &'static str,
    /// What it does, in one line; empty for values.
    pub info: &'static str,
    /// Its default; empty for values.
    pub default: &'static str,
    /// What replaces [`Completions::span`].
    pub insert: String,
    /// Where the caret goes, in bytes of `insert`.
    pub caret: usize,
    /// Whether it is a key, whose value comes next.
    pub is_key: bool,
}

/// The option that the key or the plain value at byte `at` belongs to.
///
/// ```
/// use drydock::{schema::assist, daemon::dialect::DAEMON_JSON};
///
/// let hover = assist::hover(r#"{ "log-opts": { "max-size": "10m" } }"#, 20, &DAEMON_JSON).unwrap();
/// assert_eq!(hover.title, "log-opts.max-size");
/// ```
pub fn hover(text: &str, at: usize, dialect: &'static Dialect) -> Option<Hover> {
    let own = (dialect.own)(text, at, Engine::LATEST, Release::LATEST);
    let Some(own) = own else {
        return of_daemon(text, at, dialect);
    };
    if own.is_name && own.told.is_some() {
        return own.told;
    }
    match of_daemon(text, at, dialect) {
        Some(mut found) => {
            found.facts.extend(own.also);
            Some(found)
        }
        None => own.told,
    }
}

/// What is told of an option of the daemon.
fn of_daemon(text: &str, at: usize, dialect: &'static Dialect) -> Option<Hover> {
    let place = (dialect.place)(text, at);
    let span = place.token?;
    let option = dialect.schema.find(&place.in_table(dialect.schema))?;
    let comes_to = match option.parent {
        "" => None,
        parent => comes_to(&dialect.read(text), at, parent),
    };
    let told = dialect.schema.description(option);
    Some(Hover { span, title: option.key.to_owned(), summary: told.summary, facts: facts(option, told, comes_to) })
}

fn facts(option: &DaemonOption, told: &Description, comes_to: Option<String>) -> Vec<(&'static str, String)> {
    let engine = |it: Engine| it.to_string();
    let facts = [
        ("Comes to", comes_to),
        ("Type", Some(option.kind.words())),
        ("Default", Some(told.default.to_owned()).filter(|it| !it.is_empty())),
        ("Since", Some(option.since).filter(|it| *it > Engine::new(20, 10, 0)).map(engine)),
        ("Deprecated since", option.deprecated.map(engine)),
        ("Removed in", option.removed.map(engine)),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// What the list element around byte `at` amounts to; `element` is its path in the table.
fn comes_to(document: &Document, at: usize, element: &str) -> Option<String> {
    let list = element.strip_suffix("[]")?;
    let members = document.root.members().iter();
    let lists = members.filter(|it| it.key == list).map(|it| &it.value);
    let mut elements = lists.flat_map(|it| it.elements());
    let around = elements.find(|it| it.span.touches(at))?;
    Some(Trade::of(element, around)?.sentence)
}

/// What could be written at byte `at` of a half-typed text.
///
/// Keys are those that `engine` reads and the object does not have yet; values are those that the table lists. A dialect's
/// own options are those of `release`.
pub fn complete(
    text: &str,
    at: usize,
    engine: Engine,
    release: Release,
    dialect: &'static Dialect,
) -> Option<Completions> {
    let own = (dialect.own)(text, at, engine, release);
    if let Some(own) = own.filter(|it| !it.offered.is_empty()) {
        return Some(Completions { span: own.span, items: own.offered });
    }
    let place = (dialect.place)(text, at);
    let span = place.token.unwrap_or(Span::empty(at));
    let items = match place.wants_key {
        true => keys(&place, engine, dialect),
        false => values(&place, engine, dialect),
    };
    match items.is_empty() {
        true => None,
        false => Some(Completions { span, items }),
    }
}

fn keys(place: &Place, engine: Engine, dialect: &Dialect) -> Vec<Completion> {
    let schema = dialect.schema;
    let is_wanted = |it: &&DaemonOption| {
        let name = it.name();
        let is_there = it.status == Status::Read && it.exists_in(engine) && !name.contains('<');
        is_there && !place.siblings.iter().any(|sibling| sibling == name)
    };
    let item = |option: &'static DaemonOption| {
        let (insert, caret) = (dialect.key)(option, place)?;
        let told = schema.description(option);
        let label = (dialect.spell)(option.key).unwrap_or(option.name());
        Some(Completion { label, info: told.summary, default: told.default, insert, caret, is_key: true })
    };
    let mut wanted: Vec<&DaemonOption> = schema.children(&place.parent_in_table(schema)).filter(is_wanted).collect();
    order::sort(&mut wanted, |a, b| schema.rank(a).cmp(&schema.rank(b)));
    wanted.into_iter().filter_map(item).collect()
}

fn values(place: &Place, engine: Engine, dialect: &Dialect) -> Vec<Completion> {
    let schema = dialect.schema;
    let path = place.in_table(schema);
    // What a list holds is described by the row of the list.
    let option = schema.find(&path).or_else(|| schema.find(path.trim_end_matches("[]")));
    let kind = match schema.kind_of(&path) {
        Some(Kind::Bool) => {
            return ["true", "false"].into_iter().map(|it| item(it, it.to_owned())).collect();
        }
        Some(kind @ (Kind::Text(_) | Kind::Integer(_))) => kind,
        _ => return Vec::new(),
    };
    let offered =
        option.into_iter().flat_map(|it| it.choices_in(engine).chain(schema.description(it).suggestions_in(engine)));
    offered.map(|it| item(it, (dialect.value)(it, kind))).collect()
}

fn item(label: &'static str, insert: String) -> Completion {
    Completion { label, info: "", default: "", caret: insert.len(), insert, is_key: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    /// Splits a text at its caret.
    fn at_caret(marked: &str) -> (String, usize) {
        (marked.replace('|', ""), marked.find('|').expect("a caret"))
    }

    #[test]
    fn a_place_speaks_of_its_option() {
        for (marked, option) in [
            (r#"{ "b|ip": "10.0.0.1/24" }"#, Some("bip")),
            (r#"{ "bip": "10.|0.0.1/24" }"#, Some("bip")),
            (r#"{ "bip":| "10.0.0.1/24" }"#, None),
            (r#"{ "log-opts": { "max-size": "1|0m" } }"#, Some("log-opts.max-size")),
            (r#"{ "default-address-pools": [{ "si|ze": 24 }] }"#, Some("default-address-pools[].size")),
            (r#"{ "runtimes": { "crun": { "pat|h": "" } } }"#, Some("runtimes.<name>.path")),
            (
                r#"{ "debug": true, // "bip|"
                }"#,
                None,
            ),
            (r#"{ "debug": tr|ue"#, Some("debug")),
            (
                r#"{ # don't "bip|"
                }"#,
                None,
            ),
            ("|", None),
        ] {
            let (text, at) = at_caret(marked);
            assert_eq!(hover(&text, at, &DAEMON_JSON).map(|it| it.title).as_deref(), option, "{marked}");
        }
    }

    #[test]
    fn a_pool_says_what_it_comes_to() {
        let text = r#"{ "default-address-pools": [{ "base": "10.0.0.0/16", "size": 24 }, { "base": "10.1.0.0/16", "size": 28 }] }"#;
        for (word, comes_to) in [
            ("24", Some("256 networks, each of 256 addresses, 253 of them for containers")),
            ("28", Some("4,096 networks, each of 16 addresses, 13 of them for containers")),
            ("default-address-pools", None),
        ] {
            let at = text.find(&format!("{word}{}", if word.len() == 2 { " }" } else { "" })).expect(word);
            let found = hover(text, at + 1, &DAEMON_JSON).expect(word);
            let said = found.facts.iter().find(|it| it.0 == "Comes to").map(|it| it.1.as_str());
            assert_eq!(said, comes_to);
        }
    }

    #[test]
    fn keys_and_values_are_offered_where_they_belong() {
        for (marked, label, written) in [
            ("{ | }", "bip", r#"{ "bip": "" }"#),
            ("{ b| }", "bip", r#"{ "bip": "" }"#),
            (r#"{ "b|" }"#, "bip", r#"{ "bip": "" }"#),
            (r#"{ "b|": "10.0.0.1/24" }"#, "bip", r#"{ "bip": "10.0.0.1/24" }"#),
            (r#"{ "dn|"#, "dns", r#"{ "dns": []"#),
            (r#"{ "debug": | }"#, "true", r#"{ "debug": true }"#),
            (r#"{ "log-driver": "js|" }"#, "json-file", r#"{ "log-driver": "json-file" }"#),
            (r#"{ "log-opts": { | } }"#, "max-size", r#"{ "log-opts": { "max-size": "" } }"#),
            (
                r#"{ "default-address-pools": [{ "base": "10.0.0.0/8", | }] }"#,
                "size",
                r#"{ "default-address-pools": [{ "base": "10.0.0.0/8", "size":  }] }"#,
            ),
        ] {
            let (text, at) = at_caret(marked);
            let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &DAEMON_JSON).expect(marked);
            let item = offered.items.iter().find(|it| it.label == label).expect(marked);
            let mut result = text.clone();
            result.replace_range(offered.span.start..offered.span.end, &item.insert);
            assert_eq!(result, written, "{marked}");
        }
    }

    #[test]
    fn keys_that_are_there_are_not_offered_again() {
        for (marked, absent) in [
            (r#"{ "bip": "", | }"#, "bip"),
            (r#"{ |, "bip": "" }"#, "bip"),
            (r#"{ "log-opts": { "max-file": "3", | }, "bip": "" }"#, "max-file"),
            (r#"{ | "#, "insecure-registry"),            // nobody reads it
            (r#"{ "log-opts": { | "#, "cache-max-size"), // nor it
        ] {
            let (text, at) = at_caret(marked);
            let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &DAEMON_JSON).expect(marked);
            assert!(offered.items.iter().all(|it| it.label != absent), "{marked}");
        }
    }

    #[test]
    fn what_most_configurations_have_is_offered_first() {
        for (marked, first) in [
            (r#"{ | "#, &["log-driver", "log-opts", "default-address-pools"][..]),
            (r#"{ "log-opts": { | "#, &["max-size", "max-file"]),
            (r#"{ "log-opts": { "max-size": "10m", | "#, &["max-file"]),
        ] {
            let (text, at) = at_caret(marked);
            let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &DAEMON_JSON).expect(marked);
            let labels: Vec<&str> = offered.items.iter().map(|it| it.label).collect();
            assert!(labels.starts_with(first), "{marked}: {labels:?}");
        }
        let schema = DAEMON_JSON.schema;
        for key in schema.frequent {
            assert!(schema.find(key).is_some(), "{key}");
        }
    }

    #[test]
    fn every_place_of_a_text_has_an_answer() {
        let text = r#"{ "ä": [1, { "b": null } , "dns": ["1.1.1.1" /* x */ // y
            "log-opts": { "max-size": "10m\" }"#;
        for at in (0..=text.len() + 2).filter(|&it| it > text.len() || text.is_char_boundary(it)) {
            hover(text, at, &DAEMON_JSON);
            complete(text, at, Engine::LATEST, Release::LATEST, &DAEMON_JSON);
        }
    }

    #[test]
    fn a_place_deeper_than_any_option_has_an_answer() {
        for level in ["[", r#"{"a":"#] {
            let text = level.repeat(1 << 18) + "a";
            assert!(hover(&text, text.len(), &DAEMON_JSON).is_none());
            assert!(complete(&text, text.len(), Engine::LATEST, Release::LATEST, &DAEMON_JSON).is_none());
        }
    }
}
