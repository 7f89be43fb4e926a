//! What is a key for, and what could be written here?

use super::{
    Choices, Context, read,
    read::is_without_services,
    schema::{self, Becomes, Form, Key, values},
};
use crate::{
    bench::{Item, Offered, Said},
    document::{Kind, Member, Node},
    text::Span,
};

/// What is to be said of the key at a byte of a text.
///
/// `services: {web: {shm_size: 1g}}` at 18 answers of `shm_size`.
pub fn hover(text: &str, at: usize) -> Option<Said> {
    let reading = read(text, &Choices::default());
    let context = Context::new(text, &reading);
    let written = context.keys.iter().find(|it| {
        let span = it.member.key_span;
        span.start <= at && at <= span.end
    })?;
    Some(said(written.key?, written.member.key_span))
}

/// What is to be said of a key that stands somewhere.
pub(crate) fn said(key: &Key, span: Span) -> Said {
    let since = (!key.since.is_empty()).then(|| ("Since", format!("Compose {}", key.since)));
    let becomes = match key.becomes {
        Becomes::Field | Becomes::Silent => None,
        Becomes::Flag(flag, _) => Some(("Becomes", format!("`--{flag}`"))),
        Becomes::Nowhere(why) => Some(("Left out", why.to_owned())),
    };
    let values = values(&key.path());
    let usual = (!values.is_empty()).then(|| ("Values", values.join(", ")));
    let facts = [Some(("Takes", takes(key))), usual, since, becomes, Some(("Source", key.source().to_owned()))];
    Said {
        span,
        title: key.name.to_owned(),
        text: key.summary.to_owned(),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// What a key takes, in words.
pub(crate) fn takes(key: &Key) -> String {
    let forms: Vec<&str> = key.forms.iter().filter(|it| **it != Form::Null).map(|it| it.noun()).collect();
    forms.join(" or ")
}

/// What could be written at a byte of a text: keys, the values that a key has, and names that the file declares.
///
/// `services: {web: {resta}}` at 23 offers `restart`.
pub fn complete(text: &str, at: usize) -> Option<Offered> {
    let before = text.get(..at)?;
    let behind = text.get(at..)?;
    let start = before.rfind(|it| !is_of_word(it)).map_or(0, |it| it + before.get(it..).map_or(1, first_letter));
    let end = at + behind.find(|it| !is_of_word(it)).unwrap_or(behind.len());
    let line = before.get(..start)?.rsplit('\n').next()?;
    let typed = text.get(start..at)?;
    if line.contains(" #") || line.starts_with('#') {
        return None;
    }
    let after = text.get(end..)?.split('\n').next()?.trim_start();
    let insertion = Insertion {
        has_value: after.starts_with(':'),
        // A value that is typed over ends with its line; in brackets no line is begun.
        indent: (line.chars().all(|it| matches!(it, ' ' | '-')) && after.is_empty()).then(|| line.chars().count()),
    };
    let as_value = || values_at(text, Span::new(start, end), typed);
    let as_key = || keys_at(text, Span::new(start, end), typed, &insertion);
    let items = match line.trim_end().chars().next_back() {
        _ if insertion.has_value => as_key(),
        Some(':' | '[') => as_value(),
        Some('-' | ',') => as_value().or_else(as_key),
        None | Some('{') => as_key(),
        _ => None,
    }?;
    (!items.is_empty()).then_some(Offered { span: Span::new(start, end), items })
}

/// How many bytes the first letter of a text has.
fn first_letter(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Whether a letter belongs to what is being typed.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/' | '"')
}

/// What surrounds a key that is inserted.
struct Insertion {
    /// Whether a colon is behind it.
    has_value: bool,
    /// How many columns are before it, where a block can follow.
    indent: Option<usize>,
}

/// What stands for the word that is being typed. No Compose file has it.
const CARET: &str = "caret\u{e000}";

/// Where the word is that is being typed.
enum Spot<'a> {
    /// It is a key at this place, among these.
    Key(String, &'a [Member]),
    /// It is a name of one's own in the mapping of this path, among these.
    Name(String, &'a [Member]),
    /// It is a value of the key of this path, or an element of it.
    Value(String),
}

/// Asks of the text with [`CARET`], and what is behind it, in place of a word.
fn ask<T>(text: &str, word: Span, behind: &str, answer: impl FnOnce(Spot, &Node) -> T) -> Option<T> {
    let text = [text.get(..word.start)?, CARET, behind, text.get(word.end..)?].concat();
    let reading = read(&text, &Choices::default());
    let spot = match is_without_services(&reading.root) {
        false => in_keys(&reading.root, ""),
        true => in_names(&reading.root, "services"),
    };
    spot.map(|it| answer(it, &reading.root))
}

fn in_keys<'a>(node: &'a Node, place: &str) -> Option<Spot<'a>> {
    let members = node.members();
    members.iter().find_map(|it| match it.key == CARET {
        true => Some(Spot::Key(place.to_owned(), members)),
        false => in_value(&it.value, &schema::find(place, &it.key)?.path()),
    })
}

fn in_names<'a>(node: &'a Node, path: &str) -> Option<Spot<'a>> {
    let members = node.members();
    members.iter().find_map(|it| match it.key == CARET {
        true => Some(Spot::Name(path.to_owned(), members)),
        false => in_keys(&it.value, &[path, ".*"].concat()),
    })
}

fn in_value<'a>(node: &'a Node, path: &str) -> Option<Spot<'a>> {
    match &node.kind {
        Kind::String(text) if text == CARET => Some(Spot::Value(path.to_owned())),
        Kind::Map(_) if !schema::at(path).is_empty() => in_keys(node, path),
        Kind::Map(_) => in_names(node, path),
        Kind::List(elements) => elements.iter().find_map(|it| match it.as_str() {
            Some(CARET) => Some(Spot::Value(path.to_owned())),
            _ => in_keys(it, &[path, "[]"].concat()),
        }),
        _ => None,
    }
}

fn keys_at(text: &str, word: Span, typed: &str, insertion: &Insertion) -> Option<Vec<Item>> {
    let behind = if insertion.has_value { "" } else { ": " };
    ask(text, word, behind, |spot, root| match spot {
        Spot::Key(place, siblings) => {
            let is_free = |it: &&Key| !siblings.iter().any(|sibling| sibling.key == it.name);
            let found = schema::at(&place).iter().filter(is_free);
            let mut items: Vec<Item> = found.map(|it| key(it, insertion)).collect();
            rank(&mut items, typed);
            items
        }
        Spot::Name(path, siblings) => {
            let is_free = |it: &Item| !siblings.iter().any(|sibling| sibling.key == it.label);
            let mut items = names(root, &path);
            items.retain(is_free);
            items.iter_mut().filter(|_| !insertion.has_value).for_each(|it| it.insert.push(':'));
            rank(&mut items, typed);
            items
        }
        Spot::Value(_) => Vec::new(),
    })
}

fn values_at(text: &str, word: Span, typed: &str) -> Option<Vec<Item>> {
    let items = ask(text, word, "", |spot, root| match spot {
        Spot::Value(path) => {
            let is_switch = schema::KEYS.iter().any(|it| it.path() == path && it.forms.contains(&Form::Bool));
            let switch = if is_switch { &["true", "false"][..] } else { &[] };
            let written = values(&path).iter().chain(switch);
            let mut items: Vec<Item> = written.map(|it| value(it, "")).collect();
            items.extend(names(root, &path));
            rank(&mut items, typed);
            items
        }
        _ => Vec::new(),
    })?;
    (!items.is_empty()).then_some(items)
}

/// Puts those first that begin as it was typed.
fn rank(items: &mut Vec<Item>, typed: &str) {
    let typed = typed.trim_matches('"').to_lowercase();
    items.retain(|it| it.label.to_lowercase().contains(&typed));
    items.sort_by_key(|it| !it.label.to_lowercase().starts_with(&typed));
}

/// The names that a value of the key of this path may have: those that the file declares.
fn names(root: &Node, path: &str) -> Vec<Item> {
    let (section, detail) = match path {
        "services.*.depends_on" | "services.*.links" | "services.*.extends.service" => ("services", "service"),
        "services.*.networks" => ("networks", "network"),
        "services.*.volumes" | "services.*.volumes[].source" => ("volumes", "volume"),
        "services.*.secrets" | "services.*.secrets[].source" | "services.*.build.secrets" => ("secrets", "secret"),
        "services.*.configs" | "services.*.configs[].source" => ("configs", "config"),
        _ => return Vec::new(),
    };
    let declared = match section {
        "services" if is_without_services(root) => Some(root),
        _ => root.members().iter().find(|it| it.key == section).map(|it| &it.value),
    };
    let own = |it: &Node| in_names(it, "services").is_some();
    let members = declared.map_or(&[][..], Node::members).iter();
    // A service depends on others.
    let others = members.filter(|it| section != "services" || !(own(&single(it))));
    others.filter(|it| it.key != CARET && !it.key.starts_with("x-")).map(|it| value(&it.key, detail)).collect()
}

/// A mapping with this member only.
fn single(member: &Member) -> Node {
    Node::new(Kind::Map(vec![member.clone()]), member.value.span)
}

fn value(written: &str, detail: &str) -> Item {
    Item {
        label: written.trim_matches('"').to_owned(),
        detail: detail.to_owned(),
        insert: written.to_owned(),
        ..Item::default()
    }
}

fn key(key: &Key, insertion: &Insertion) -> Item {
    let is_only = |forms: &[Form]| key.forms.iter().all(|it| forms.contains(it));
    let behind = match insertion.indent {
        _ if insertion.has_value => String::new(),
        Some(indent) if is_only(&[Form::Map, Form::Null]) => [":\n", &" ".repeat(indent + 2)].concat(),
        Some(indent) if is_only(&[Form::List, Form::Map, Form::Null]) && key.forms.contains(&Form::List) => {
            [":\n", &" ".repeat(indent + 2), "- "].concat()
        }
        _ => ": ".to_owned(),
    };
    Item {
        label: key.name.to_owned(),
        detail: takes(key).replace('`', ""),
        info: key.summary.to_owned(),
        insert: [key.name, &behind].concat(),
        is_key: true,
        ..Item::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::examples::EXAMPLES;

    /// What is offered at `|`, in the order of the list.
    fn offered(text: &str) -> Vec<String> {
        let at = text.find('|').unwrap();
        let offered = complete(&text.replace('|', ""), at);
        offered.map_or_else(Vec::new, |it| it.items.into_iter().map(|it| it.insert).collect())
    }

    #[test]
    fn keys_are_explained_where_they_are_written() {
        let text = "services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n    restart: always\n    shm_size: 1g\n    develop: {}\n";
        for (pointed, title, fact) in [
            ("image", Some("image"), ("Takes", "a text")),
            ("target", Some("target"), ("Takes", "a text or a number")),
            ("restart", Some("restart"), ("Values", "unless-stopped, always, on-failure, \"no\"")),
            ("shm_size", Some("shm_size"), ("Becomes", "`--shm-size`")),
            (
                "develop",
                Some("develop"),
                ("Left out", "It is for `docker compose watch`, while one writes the program."),
            ),
            ("nginx", None, ("", "")),
            ("web", None, ("", "")),
        ] {
            let said = hover(text, text.find(pointed).unwrap() + 1);
            assert_eq!(said.as_ref().map(|it| it.title.as_str()), title, "{pointed}");
            let facts = said.map_or_else(Vec::new, |it| it.facts);
            assert!(title.is_none() || facts.contains(&(fact.0, fact.1.to_owned())), "{facts:?}");
        }
    }

    #[test]
    fn keys_are_offered_where_they_belong() {
        for (text, first) in [
            ("serv|", "services:\n  "),
            ("services:\n  a:\n    ima|", "image: "),
            ("services:\n  a:\n    ports|", "ports:\n      - "),
            ("services:\n  a:\n    image: x\n    dep|\n    tty: true\n", "depends_on:\n      - "),
            ("services:\n  a:\n    dep|:\n      - b\n", "depends_on"),
            ("services:\n  a:\n    heal|\n  b:\n    image: y\n", "healthcheck:\n      "),
            ("services:\n  a:\n    ports:\n      - tar|\n", "target: "),
            ("services:\n  a:\n    ports:\n      - target: 80\n        pub|\n", "published: "),
            ("services: {a: {ima|}}\n", "image: "),
            ("services: {a: {image: x, re|}}\n", "read_only: "),
            ("networks:\n  a:\n    ipam:\n      config:\n        - sub|\n", "subnet: "),
            ("a:\n  image: x\n  rest|\n", "restart: "),
        ] {
            assert_eq!(offered(text).first().map(String::as_str), Some(first), "{text}");
        }
        assert!(!offered("services:\n  a:\n    image: x\n    |\n").contains(&"image: ".to_owned()), "twice");
        for nothing in
            ["services:\n  a|", "# ima|", "services:\n  a:\n    command: |\n", "services:\n  a:\n    x: y z|", "|"]
        {
            let found = offered(nothing);
            assert!(found.is_empty() || nothing == "|", "{nothing}: {found:?}");
        }
    }

    #[test]
    fn values_and_declared_names_are_offered() {
        for (text, values) in [
            ("services:\n  a:\n    restart: |\n", &["unless-stopped", "always", "on-failure", "\"no\""][..]),
            ("services:\n  a:\n    restart: al|\n", &["always"]),
            ("services:\n  a:\n    tty: |\n", &["true", "false"]),
            ("services:\n  a:\n    depends_on:\n      - |\n  b:\n    image: x\n", &["b"]),
            ("services:\n  a:\n    depends_on: [|]\n  b:\n    image: x\n", &["b"]),
            ("services:\n  a:\n    depends_on:\n      |\n  b:\n    image: x\n", &["b:"]),
            (
                "services:\n  a:\n    depends_on:\n      b:\n        condition: service_h|\n  b: {}\n",
                &["service_healthy"],
            ),
            ("services:\n  a:\n    networks:\n      - f|\nnetworks:\n  front:\n  back:\n", &["front"]),
            ("services:\n  a:\n    image: |\n", &[]),
        ] {
            assert_eq!(offered(text), values, "{text}");
        }
    }

    #[test]
    fn any_place_of_any_text_can_be_asked_about() {
        for example in EXAMPLES {
            for at in (0..=example.text.len()).step_by(31) {
                hover(example.text, at);
                complete(example.text, at);
            }
        }
        for text in ["", "é", "- ", ": :", "a: [", "\u{feff}services:\n  é: {é}"] {
            (0..=text.len()).for_each(|at| drop((hover(text, at), complete(text, at))));
        }
    }
}
