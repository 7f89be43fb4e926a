//! What can be said of a place in the text, and what could be written there?

use crate::{
    Engine,
    document::MAX_DEPTH,
    network::Trade,
    options::{self, DaemonOption, Kind, Status},
    order,
    print::json::quoted,
    read,
    text::Span,
};

/// The option that a place of the text speaks of.
#[derive(Clone, Debug)]
pub struct Hover {
    /// The key or value there.
    pub span: Span,
    /// The option it belongs to.
    pub option: &'static DaemonOption,
    /// What the values there come to, when that can be said: "256 networks, each of 256 addresses, …".
    pub comes_to: Option<String>,
}

/// What could be written at a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Completions {
    /// What the chosen item replaces.
    pub span: Span,
    /// The choices: keys that most configurations have come first, the others in the order of the table.
    pub items: Vec<Completion>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The key or value, as written without its quotes.
    pub label: &'static str,
    /// What it does, in one line; empty for values.
    pub info: &'static str,
    /// What counts when it is not set; empty for values.
    pub default: &'static str,
    /// What replaces [`Completions::span`].
    pub insert: String,
    /// Where the caret goes, in bytes of `insert`.
    pub caret: usize,
    /// Whether it is a key, whose value is wanted next.
    pub is_key: bool,
}

/// The option that the key or the plain value at byte `at` belongs to.
///
/// ```
/// let hover = drydock::assist::hover(r#"{ "log-opts": { "max-size": "10m" } }"#, 20).unwrap();
/// assert_eq!(hover.option.key, "log-opts.max-size");
/// ```
pub fn hover(text: &str, at: usize) -> Option<Hover> {
    let place = Place::find(text, at);
    let span = place.token?;
    let option = options::find(&place.path())?;
    let comes_to = match option.parent {
        "" => None,
        parent => comes_to(text, at, parent),
    };
    Some(Hover { span, option, comes_to })
}

/// What the list element around byte `at` comes to; `element` is its path in the table.
fn comes_to(text: &str, at: usize, element: &str) -> Option<String> {
    let document = read::json::read(text);
    let list = element.strip_suffix("[]")?;
    let members = document.root.members().iter();
    let lists = members.filter(|it| it.key == list).map(|it| &it.value);
    let mut elements = lists.flat_map(|it| it.elements());
    let around = elements.find(|it| it.span.start <= at && at <= it.span.end)?;
    Some(Trade::of(element, around)?.sentence)
}

/// What could be written at byte `at` of a half-typed text.
///
/// Keys are those that `engine` reads and that the object does not have yet;
/// values those that the table lists.
pub fn complete(text: &str, at: usize, engine: Engine) -> Option<Completions> {
    let place = Place::find(text, at);
    let span = place.token.unwrap_or(Span::empty(at));
    let items = match place.wants_key {
        true => keys(text, &place, span, engine),
        false => values(&place, engine),
    };
    match items.is_empty() {
        true => None,
        false => Some(Completions { span, items }),
    }
}

fn keys(text: &str, place: &Place, span: Span, engine: Engine) -> Vec<Completion> {
    let parent = place.parent();
    let has_colon = text.get(span.end..).is_some_and(|it| it.trim_start().starts_with(':'));
    let is_wanted = |it: &&DaemonOption| {
        let name = it.name();
        let is_there = it.status == Status::Read && it.exists_in(engine) && !name.contains('<');
        is_there && !place.siblings.iter().any(|sibling| sibling == name)
    };
    let item = |option: &'static DaemonOption| {
        let mut insert = quoted(option.name());
        let mut caret = insert.len();
        if !has_colon {
            insert.push_str(": ");
            let value = skeleton(option.kind);
            caret = insert.len() + value.len() / 2;
            insert.push_str(value);
        }
        Completion {
            label: option.name(),
            info: option.description().summary,
            default: option.description().default,
            insert,
            caret,
            is_key: true,
        }
    };
    let mut wanted: Vec<&DaemonOption> = options::children(&parent).filter(is_wanted).collect();
    order::sort(&mut wanted, |a, b| rank(a).cmp(&rank(b)));
    wanted.into_iter().map(item).collect()
}

/// The keys that most configurations are made of, the most frequent ones first.
const FREQUENT: &[&str] = &[
    "log-driver",
    "log-opts",
    "log-opts.max-size",
    "log-opts.max-file",
    "log-opts.compress",
    "default-address-pools",
    "bip",
    "dns",
    "registry-mirrors",
    "insecure-registries",
    "data-root",
    "live-restore",
    "storage-driver",
    "exec-opts",
    "default-runtime",
    "runtimes",
    "features",
    "hosts",
    "ipv6",
    "mtu",
    "proxies",
    "default-ulimits",
    "debug",
];

/// How far down the list of keys an option stands.
fn rank(option: &DaemonOption) -> usize {
    let at = FREQUENT.iter().position(|it| *it == option.key);
    at.unwrap_or(FREQUENT.len())
}

/// What stands around the caret in a value of this kind.
fn skeleton(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "\"\"",
        Kind::List(_) => "[]",
        Kind::Object | Kind::Map(_) => "{}",
        Kind::Bool | Kind::Integer(_) | Kind::Any => "",
    }
}

fn values(place: &Place, engine: Engine) -> Vec<Completion> {
    let path = place.path();
    // What a list holds is described by the row of the list.
    let option = options::find(&path).or_else(|| options::find(path.trim_end_matches("[]")));
    let is_text = match options::kind_of(&path) {
        Some(Kind::Bool) => {
            return ["true", "false"].into_iter().map(|it| item(it, it.to_owned())).collect();
        }
        Some(Kind::Text(_)) => true,
        Some(Kind::Integer(_)) => false,
        _ => return Vec::new(),
    };
    let offered =
        option.into_iter().flat_map(|it| it.choices_in(engine).chain(it.description().suggestions_in(engine)));
    offered.map(|it| item(it, if is_text { quoted(it) } else { it.to_owned() })).collect()
}

fn item(label: &'static str, insert: String) -> Completion {
    Completion { label, info: "", default: "", caret: insert.len(), insert, is_key: false }
}

/// Where a byte of the text is among its objects and lists.
#[derive(Debug, Default)]
struct Place {
    /// The objects and lists around it, outermost first.
    frames: Vec<Frame>,
    /// The string, number or word there.
    token: Option<Span>,
    /// Whether a key belongs there, and not a value.
    wants_key: bool,
    /// The other keys of the innermost object.
    siblings: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Frame {
    is_list: bool,
    /// The key before the place, or at it.
    key: Option<String>,
    /// Whether its colon has been passed.
    is_value: bool,
    /// The keys so far.
    keys: Vec<String>,
}

impl Place {
    /// Reads tokens and brackets only, so that half-typed text is no trouble.
    fn find(text: &str, at: usize) -> Self {
        let mut frames: Vec<Frame> = Vec::new();
        let mut found: Option<Self> = None;
        let mut rest = 0;
        while let Some(token) = next_token(text, rest) {
            rest = token.end;
            if found.is_none() && at <= token.start {
                found = Some(Self::at(&frames, None));
            }
            let depth = found.as_ref().map_or(0, |it| it.frames.len());
            let written = token.of(text);
            match written.as_bytes().first() {
                Some(b'{' | b'[') => frames.push(Frame { is_list: written == "[", ..Frame::default() }),
                Some(b'}' | b']') => {
                    let closed = frames.pop();
                    if let (Some(place), Some(closed)) = (&mut found, closed)
                        && frames.len() < depth
                    {
                        place.siblings = closed.keys;
                        break;
                    }
                }
                Some(b':') => frames.iter_mut().last().into_iter().for_each(|it| it.is_value = true),
                Some(b',') => frames.iter_mut().last().into_iter().for_each(|it| {
                    it.is_value = false;
                    it.key = None;
                }),
                _ => {
                    let is_here = found.is_none() && at <= token.end;
                    if let Some(frame) = frames.last_mut().filter(|it| !it.is_list && !it.is_value) {
                        let name = written.trim_matches('"').to_owned();
                        frame.key = Some(name.clone());
                        if !is_here {
                            frame.keys.push(name);
                        }
                    }
                    if is_here {
                        found = Some(Self::at(&frames, Some(token)));
                    }
                }
            }
        }
        let mut place = found.unwrap_or_else(|| Self::at(&frames, None));
        if place.siblings.is_empty() {
            let same = frames.get(place.frames.len().wrapping_sub(1));
            place.siblings = same.map(|it| it.keys.clone()).unwrap_or_default();
        }
        place
    }

    fn at(frames: &[Frame], token: Option<Span>) -> Self {
        let innermost = frames.last();
        Self {
            frames: frames.to_vec(),
            token,
            wants_key: innermost.is_some_and(|it| !it.is_list && !it.is_value),
            siblings: Vec::new(),
        }
    }

    /// The path in the table of the innermost object or list.
    fn parent(&self) -> String {
        let outer = self.frames.len().saturating_sub(1);
        path_of(self.frames.get(..outer).unwrap_or_default())
    }

    /// The path in the table of what stands here.
    fn path(&self) -> String {
        path_of(&self.frames)
    }
}

/// The path below such objects and lists; deeper than any option one that has none.
fn path_of(frames: &[Frame]) -> String {
    match frames.len() {
        0..=MAX_DEPTH => frames.iter().fold(String::new(), |path, frame| step(&path, frame)),
        _ => "[]".to_owned(),
    }
}

/// From the path of an object or list to that of its member or element.
fn step(path: &str, frame: &Frame) -> String {
    if frame.is_list {
        return [path, "[]"].concat();
    }
    let key = frame.key.as_deref().unwrap_or_default();
    match options::member(path, key) {
        Some(option) => option.key.to_owned(),
        None => [path, ".<name>"].concat(),
    }
}

/// The next bracket, separator, string or word from byte `from` on; comments are passed over.
fn next_token(text: &str, from: usize) -> Option<Span> {
    let mut start = from;
    loop {
        let rest = text.get(start..)?;
        let length_until = |end: &str| rest.find(end).map_or(rest.len(), |it| it + end.len());
        let first = rest.chars().next()?;
        start += match first {
            _ if first.is_whitespace() => first.len_utf8(),
            _ if rest.starts_with("//") || first == '#' => length_until("\n"),
            _ if rest.starts_with("/*") => length_until("*/"),
            _ => return Some(Span::new(start, start + token_length(rest, first))),
        };
    }
}

fn token_length(text: &str, first: char) -> usize {
    match first {
        '{' | '}' | '[' | ']' | ':' | ',' => 1,
        '"' => string_length(text),
        _ => {
            let ends = |it: char| it.is_whitespace() || "{}[]:,\"".contains(it);
            text.find(ends).unwrap_or(text.len())
        }
    }
}

/// The bytes of a string with its quotes; one without an end stops at the end of its line.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return at,
            '"' if !is_escaped => return at + 1,
            _ => is_escaped = character == '\\' && !is_escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(hover(&text, at).map(|it| it.option.key), option, "{marked}");
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
            let found = hover(text, at + 1).expect(word);
            assert_eq!(found.comes_to.as_deref(), comes_to);
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
            let offered = complete(&text, at, Engine::LATEST).expect(marked);
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
            let offered = complete(&text, at, Engine::LATEST).expect(marked);
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
            let offered = complete(&text, at, Engine::LATEST).expect(marked);
            let labels: Vec<&str> = offered.items.iter().map(|it| it.label).collect();
            assert!(labels.starts_with(first), "{marked}: {labels:?}");
        }
        for key in FREQUENT {
            assert!(options::find(key).is_some(), "{key}");
        }
    }

    #[test]
    fn every_place_of_a_text_has_an_answer() {
        let text = r#"{ "ä": [1, { "b": null } , "dns": ["1.1.1.1" /* x */ // y
            "log-opts": { "max-size": "10m\" }"#;
        for at in (0..=text.len() + 2).filter(|&it| it > text.len() || text.is_char_boundary(it)) {
            hover(text, at);
            complete(text, at, Engine::LATEST);
        }
    }

    #[test]
    fn a_place_deeper_than_any_option_has_an_answer() {
        for level in ["[", r#"{"a":"#] {
            let text = level.repeat(1 << 18) + "a";
            assert!(hover(&text, text.len()).is_none());
            assert!(complete(&text, text.len(), Engine::LATEST).is_none());
        }
    }
}
