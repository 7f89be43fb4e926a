//! What is an option for, and what could be written here?

use super::{
    model::Container,
    options::{self, CONTAINER, DEVICES, Kind, MOUNTS, NAT, PORTS, Row, VETHS},
    read::read,
};
use crate::{
    bench::{Item, Offered, Said},
    document::Step,
    notation::nix::{self, Spot},
    text::Span,
};

/// What is asked about: a word of a text, or the gap where one belongs.
struct Asked<'a> {
    text: &'a str,
    /// The bytes of the word, with its quotes.
    word: Span,
    /// What of it is before the place that was asked for, without quotes.
    typed: &'a str,
    spot: Spot,
}

impl<'a> Asked<'a> {
    fn at(text: &'a str, at: usize) -> Option<Self> {
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

    fn name(&self) -> &'a str {
        self.word.of(self.text).trim_matches('"')
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

/// What belongs at a place.
#[derive(Clone, Debug, PartialEq)]
enum Meant {
    /// An option of this place in the table.
    Option(&'static str),
    /// The value of an option of this place.
    Value(&'static str, String),
    /// The top of a module, where containers may begin.
    Top,
}

/// What a path leads to.
fn meant(path: &[Step], wants_name: bool) -> Option<Meant> {
    let names: Vec<&str> = path
        .iter()
        .map(|it| match it {
            Step::Key(name) => name.as_str(),
            Step::Index(_) => "",
        })
        .collect();
    if wants_name && matches!(names[..], [_] | ["config", _] | [.., "imports" | "modules", "", _]) {
        return Some(Meant::Top);
    }
    // `config` of a container has options of its own.
    let is_other = |name: &str| matches!(name, "virtualisation" | "oci-containers" | "services" | "quadlet");
    if let Some(at) = names.iter().position(|it| *it == "containers")
        && !names.iter().take(at).any(|it| is_other(it))
    {
        return within(CONTAINER, names.get(at + 2..)?, wants_name);
    }
    let at = names.windows(2).position(|it| it == ["networking", "nat"])?;
    within(NAT, names.get(at + 2..)?, wants_name)
}

fn within(place: &'static str, names: &[&str], wants_name: bool) -> Option<Meant> {
    match names {
        [_] if wants_name => Some(Meant::Option(place)),
        [name] => Some(Meant::Value(place, (*name).to_owned())),
        [name, rest @ ..] => match options::find(place, name)?.kind {
            Kind::Groups(inner) => within(inner, rest.get(1..)?, wants_name),
            Kind::Lists(inner) => within(inner, rest.get(1..)?, wants_name),
            Kind::Texts if rest.len() == 1 && !wants_name => Some(Meant::Value(place, (*name).to_owned())),
            _ => None,
        },
        [] => None,
    }
}

/// What is to be said of the option at a byte of a text.
pub fn hover(text: &str, at: usize) -> Option<Said> {
    let asked = Asked::at(text, at)?;
    if !asked.spot.wants_name || asked.name().is_empty() {
        return None;
    }
    let place = match meant(&asked.spot.path, true)? {
        Meant::Option(place) => place,
        Meant::Value(..) | Meant::Top => return None,
    };
    let row = options::find(place, asked.name())?;
    let default = (!row.default.is_empty()).then(|| ("Default", row.default.to_owned()));
    let since = row.since().map(|it| ("Since", it.title()));
    let facts = [Some(("Takes", row.kind.noun().to_owned())), default, since, Some(("Source", row.written_in()))];
    Some(Said {
        span: asked.word,
        title: row.title(),
        text: row.summary.to_owned(),
        facts: facts.into_iter().flatten().collect(),
    })
}

/// What could be written at a byte of a text: options, and the values that one has.
pub fn complete(text: &str, at: usize) -> Option<Offered> {
    let asked = Asked::at(text, at)?;
    if asked.spot.is_in_let {
        return None;
    }
    let items = match meant(&asked.spot.path, asked.spot.wants_name)? {
        Meant::Option(place) => of_place(&asked, place),
        Meant::Value(place, name) if is_open(&asked, at) => values(&asked, place, &name),
        Meant::Value(..) => Vec::new(),
        Meant::Top if asked.spot.has_value => Vec::new(),
        Meant::Top => vec![
            named(&asked, "containers", "", "Native containers, by their names.", ("{  }", 2)),
            named(&asked, "networking.nat", "", "What lets containers out.", ("{  }", 2)),
        ],
    };
    let typed = asked.typed.to_lowercase();
    let mut items: Vec<Item> = items.into_iter().filter(|it| it.label.to_lowercase().contains(&typed)).collect();
    items.sort_by_key(|it| !it.label.to_lowercase().starts_with(&typed));
    (!items.is_empty()).then_some(Offered { span: asked.word, items })
}

/// Whether a value can be written: a word is there, an element of a list belongs there, or nothing is behind `=` yet.
fn is_open(asked: &Asked, at: usize) -> bool {
    let before = asked.text.get(..at).unwrap_or_default().trim_end();
    let is_element = matches!(asked.spot.path.last(), Some(Step::Index(_)));
    asked.word.start < asked.word.end || is_element || before.ends_with('=')
}

/// What most texts set, first.
const FREQUENT: &[&str] = &[
    "autoStart",
    "privateNetwork",
    "hostAddress",
    "localAddress",
    "hostBridge",
    "bindMounts",
    "config",
    "forwardPorts",
    "ephemeral",
    "hostPath",
    "isReadOnly",
    "hostPort",
    "containerPort",
    "enable",
    "internalInterfaces",
    "externalInterface",
];

fn of_place(asked: &Asked, place: &'static str) -> Vec<Item> {
    let set = set_beside(asked, place);
    let rows = options::at(place).filter(|it| it.kind != Kind::Removed);
    let mut rows: Vec<&Row> = rows.filter(|it| it.name == asked.name() || !set.contains(&it.name)).collect();
    rows.sort_by_key(|row| FREQUENT.iter().position(|it| *it == row.name).unwrap_or(FREQUENT.len()));
    rows.into_iter().map(|it| named(asked, it.name, &it.kind.noun().replace('`', ""), it.summary, around(it))).collect()
}

/// The options that are set in the container around the place.
fn set_beside(asked: &Asked, place: &str) -> Vec<&'static str> {
    if place != CONTAINER {
        return Vec::new();
    }
    let name = asked.spot.path.iter().rev().nth(1);
    let reading = read(asked.text);
    let own = reading.containers.iter().find(|it| matches!(name, Some(Step::Key(name)) if *name == it.name));
    let is_set = |it: &Container, name: &str| match name {
        "autoStart" => it.auto_start.is_some(),
        "ephemeral" => it.ephemeral.is_some(),
        "privateNetwork" => it.private_network.is_some(),
        "hostAddress" => it.link.host[0].is_some(),
        "hostAddress6" => it.link.host[1].is_some(),
        "localAddress" => it.link.local[0].is_some(),
        "localAddress6" => it.link.local[1].is_some(),
        "hostBridge" => it.link.bridge.is_some(),
        "forwardPorts" => !it.link.ports.is_empty(),
        "config" => it.config.is_some(),
        "path" => it.path.is_some(),
        "flake" => it.flake.is_some(),
        _ => false,
    };
    let rows = options::at(CONTAINER).map(|it| it.name);
    rows.filter(|name| own.is_some_and(|it| is_set(it, name))).collect()
}

/// What goes around a value, and where the caret goes in it.
fn around(row: &Row) -> (&'static str, usize) {
    match row.kind {
        Kind::Text | Kind::TextOrNull => ("\"\"", 1),
        Kind::Texts => ("[  ]", 2),
        Kind::Lists(_) => ("[ {  } ]", 4),
        Kind::Module => ("{ pkgs, ... }: {  }", "{ pkgs, ... }: { ".len()),
        Kind::Groups(_) | Kind::Set => ("{  }", 2),
        Kind::Bool | Kind::Port | Kind::PortOrNull | Kind::Path | Kind::PathOrNull | Kind::Users | Kind::Removed => {
            ("", 0)
        }
    }
}

/// The values that an option has, or that the text offers for it.
fn values(asked: &Asked, place: &str, name: &str) -> Vec<Item> {
    let Some(row) = options::find(place, name) else { return Vec::new() };
    let item = |value: String, detail: &str| Item {
        label: value.trim_matches('"').to_owned(),
        detail: detail.to_owned(),
        info: String::new(),
        insert: value,
        caret: None,
        is_key: false,
    };
    let quoted = |it: &str| ["\"", it, "\""].concat();
    match (place, name) {
        _ if row.kind == Kind::Bool => ["true", "false"].iter().map(|it| item((*it).to_owned(), "")).collect(),
        (PORTS, "protocol") => ["tcp", "udp"].iter().map(|it| item(quoted(it), "")).collect(),
        (DEVICES, "modifier") => ["r", "rw", "rwm"].iter().map(|it| item(quoted(it), "")).collect(),
        (CONTAINER, "privateUsers") => ["pick", "identity", "no"].iter().map(|it| item(quoted(it), "")).collect(),
        (NAT, "internalInterfaces") => {
            [("ve-+", "with iptables"), ("ve-*", "with nftables")].iter().map(|it| item(quoted(it.0), it.1)).collect()
        }
        (CONTAINER | VETHS, "hostBridge") => {
            read(asked.text).host.bridges.iter().map(|it| item(quoted(&it.name), "a bridge of the text")).collect()
        }
        (CONTAINER, "hostAddress" | "localAddress") => {
            let reading = read(asked.text);
            let space = super::space::Space::of(&reading, &crate::bench::Request::default());
            let pair = space.free_pair(&reading.host);
            let address = pair.map(|it| if name == "hostAddress" { it[0] } else { it[1] });
            address.iter().map(|it| item(quoted(&it.to_string()), "the next free one")).collect()
        }
        (MOUNTS, _) => Vec::new(),
        _ => Vec::new(),
    }
}

/// A name as it is written, with what goes around a value that is still to come.
fn named(asked: &Asked, name: &str, detail: &str, info: &str, (value, within): (&str, usize)) -> Item {
    let (insert, caret) = match asked.spot.has_value {
        true => (name.to_owned(), None),
        false => {
            let behind = asked.text.get(asked.word.end..).unwrap_or_default().trim_start();
            let end = if behind.starts_with(';') { "" } else { ";" };
            let caret = name.len() + " = ".len() + within;
            ([name, " = ", value, end].concat(), Some(caret))
        }
    };
    Item { label: name.to_owned(), detail: detail.to_owned(), info: info.to_owned(), insert, caret, is_key: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::examples::EXAMPLES;

    fn marked(text: &str) -> (String, usize) {
        (text.replacen('|', "", 1), text.find('|').expect("a place"))
    }

    fn offered(text: &str) -> Vec<String> {
        let (text, at) = marked(text);
        complete(&text, at).map_or_else(Vec::new, |it| it.items.into_iter().map(|it| it.insert).collect())
    }

    #[test]
    fn options_are_explained_however_they_are_written() {
        for (text, title, fact) in [
            ("{ containers.web.private|Network = true; }", "containers.<name>.privateNetwork", ("Default", "false")),
            ("{ containers = { web = { |bindMounts = { }; }; }; }", "containers.<name>.bindMounts", ("Takes", "a set")),
            (
                "{ containers.web = { bindMounts.\"/a\" = { isRead|Only = false; }; }; }",
                "containers.<name>.bindMounts.<name>.isReadOnly",
                ("Default", "true"),
            ),
            (
                "{ containers.web.forwardPorts = [ { host|Port = 80; } ]; }",
                "containers.<name>.forwardPorts.hostPort",
                ("Takes", "a port from 0 to 65535"),
            ),
            (
                "{ containers.web.privateUsers| = \"pick\"; }",
                "containers.<name>.privateUsers",
                ("Since", "NixOS 25.05"),
            ),
            (
                "{ networking.nat = { internal|Interfaces = [ ]; }; }",
                "networking.nat.internalInterfaces",
                ("Source", "nixpkgs nixos/modules/services/networking/nat.nix"),
            ),
            (
                "{ lib, x, ... }: { containers.web = lib.mkIf x { ephemeral| = true; }; }",
                "containers.<name>.ephemeral",
                ("Takes", "`true` or `false`"),
            ),
            ("{ containers.w|eb.autoStart = true; }", "", ("", "")),
            ("{ containers.web.config.auto|Start = true; }", "", ("", "")),
            ("{ virtualisation.oci-containers.containers.web.auto|Start = true; }", "", ("", "")),
            ("{ containers.web.nothing| = 1; }", "", ("", "")),
        ] {
            let (bare, at) = marked(text);
            let said = hover(&bare, at);
            assert_eq!(said.as_ref().map_or("", |it| &it.title), title, "{text}");
            let facts = said.map_or_else(Vec::new, |it| it.facts);
            assert!(title.is_empty() || facts.contains(&(fact.0, fact.1.to_owned())), "{text}: {facts:?}");
        }
    }

    #[test]
    fn options_and_values_are_offered_where_they_belong() {
        for (text, first) in [
            ("{ containers.web.priv|", "privateNetwork = ;"),
            ("{ containers.web = { host| }; }", "hostAddress = \"\";"),
            ("{ containers.web = { autoStart = true; | }; }", "privateNetwork = ;"),
            ("{ containers.web = { forw|; }; }", "forwardPorts = [ {  } ]"),
            ("{ containers.web = { bindMounts.\"/a\" = { | }; }; }", "hostPath = \"\";"),
            ("{ containers.web.forwardPorts = [ { | } ]; }", "hostPort = ;"),
            ("{ containers.web.autoStart = |; }", "true"),
            ("{ containers.web.privateUsers = |; }", "\"pick\""),
            ("{ containers.web.localAddress = |; }", "\"192.168.127.2\""),
            ("{ networking.bridges.br7.interfaces = [ ]; containers.web.hostBridge = |; }", "\"br7\""),
            ("{ networking.nat.internalInterfaces = [ | ]; }", "\"ve-+\""),
            ("{ networking.nat = { ext| }; }", "externalInterface = \"\";"),
            ("{ cont|", "containers = {  };"),
        ] {
            assert_eq!(offered(text).first().map(String::as_str), Some(first), "{text}");
        }
        for nothing in [
            "{ containers.|",
            "{ containers.web.config = { auto| }; }",
            "{ containers.web.config.services.|",
            "{ virtualisation.oci-containers.containers.web.| }",
            "{ # containers.web.auto|\n }",
            "let priv| = 1; in { }",
        ] {
            let (text, at) = marked(nothing);
            assert_eq!(complete(&text, at), None, "{nothing}");
        }
    }

    #[test]
    fn any_place_of_any_text_can_be_asked_about() {
        for example in EXAMPLES {
            for at in (0..=example.text.len()).step_by(13) {
                hover(example.text, at);
                complete(example.text, at);
                example.text.get(..at).map(|it| complete(it, at));
            }
        }
        for text in
            ["", "é", "{", "\"", "''", "{ containers.é.", "[ { ( containers.a.bindMounts.", "{ \"${a.\" = containers."]
        {
            (0..=text.len() + 1).for_each(|at| drop((hover(text, at), complete(text, at))));
        }
    }
}
