//! What is an option for, and what could be written here?

mod place;
mod values;

use super::{
    definitions::{Def, Roots, members},
    options::{self, Becomes, Kind, Row},
};
use crate::{
    bench::{Item, Offered, Said},
    compose::{
        self,
        schema::{self, Form, Key},
    },
    document::Step,
    notation::nix,
};
use place::{Asked, MODULES, Meant, Module, PROJECT, Place};
use values::values_at;

/// What is to be said of the option at a byte of a text.
///
/// ```
/// use drydock::oci::assist::hover;
///
/// let text = "{ virtualisation.oci-containers.containers.web.image = \"nginx\"; }";
/// assert_eq!(hover(text, 48).unwrap().title, "virtualisation.oci-containers.containers.<name>.image");
/// ```
pub fn hover(text: &str, at: usize) -> Option<Said> {
    let asked = Asked::at(text, at)?;
    if !asked.spot.wants_name || asked.name().is_empty() {
        return None;
    }
    let Place { module, meant, .. } = place::of(&asked)?;
    match meant {
        Meant::Module => Some(Said {
            span: asked.word,
            title: module.option.to_owned(),
            text: module.summary.to_owned(),
            facts: vec![("Source", module.source.to_owned())],
        }),
        Meant::Option(place) => {
            let row = options::find(&place, asked.name())?;
            Some(said(&asked, module, &place, row))
        }
        Meant::Value(row, rest) => match in_compose(row, &rest, true)? {
            Within::Key(path) => Some(compose::assist::said(schema::find(&path, asked.name())?, asked.word)),
            Within::Name(_) | Within::Value(_) => None,
        },
        Meant::Name => None,
    }
}

fn said(asked: &Asked, module: &Module, place: &str, row: &Row) -> Said {
    let becomes = match row.becomes {
        Becomes::Field | Becomes::Silent | Becomes::Compose => None,
        Becomes::Flag(flag) => Some(("Becomes", ["`--", flag, "`"].concat())),
        Becomes::Nowhere(why) => Some(("Left out", why.to_owned())),
    };
    let values = match in_compose(row, &[], false) {
        Some(Within::Value(path)) => schema::values(&path),
        _ => options::values(&row.path()),
    };
    let values = (!values.is_empty()).then(|| ("Values", values.join(", ").replace('"', "")));
    let since = row.since().map(|it| ("Since", it.title()));
    let takes = ("Takes", row.kind.noun().to_owned());
    let facts = [Some(takes), values, since, becomes, Some(("Source", row.source().to_owned()))];
    Said {
        span: asked.word,
        title: title(module, place, row),
        text: row.summary.to_owned(),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// The whole name of an option: `virtualisation.quadlet.networks.<name>.networkConfig`.
fn title(module: &Module, place: &str, row: &Row) -> String {
    let inner = match place.strip_prefix(PROJECT.place) {
        Some(rest) if module.place == "arion" => [".projects.*.settings", rest].concat(),
        Some(rest) => rest.to_owned(),
        None => place.strip_prefix(module.place).unwrap_or_default().to_owned(),
    };
    let whole = [module.option, &inner, ".", row.name].concat();
    whole.trim_start_matches('.').replace(".*", ".<name>")
}

/// What could be written at a byte of a text: options, the values that one has, and names that the text declares.
///
/// ```
/// use drydock::oci::assist::complete;
///
/// let text = "{ virtualisation.oci-containers.containers.web.ima";
/// assert_eq!(complete(text, text.len()).unwrap().items[0].insert, "image = \"\";");
/// ```
pub fn complete(text: &str, at: usize) -> Option<Offered> {
    if let Some(offered) = values::references(text, at) {
        return Some(offered);
    }
    let asked = Asked::at(text, at)?;
    let items = match place::of(&asked) {
        Some(place) => items_at(&asked, &place, at),
        None if asked.spot.wants_name => beginnings(&asked),
        None => Vec::new(),
    };
    let items = ranked(items, asked.typed);
    (!items.is_empty()).then_some(Offered { span: asked.word, items })
}

/// What most texts set, first.
const FREQUENT: &[&str] = &[
    "image",
    "service",
    "containerConfig",
    "containers",
    "services",
    "ports",
    "publishPorts",
    "volumes",
    "environment",
    "environments",
    "environmentFiles",
    "dependsOn",
    "depends_on",
    "networks",
    "autoStart",
    "restart",
];

fn items_at(asked: &Asked, place: &Place, at: usize) -> Vec<Item> {
    match &place.meant {
        Meant::Module => beginnings(asked),
        Meant::Name => Vec::new(),
        Meant::Option(of) => {
            let set = set_beside(asked, place);
            let rows = options::at(of).filter(|it| !set.iter().any(|name| name == it.name));
            let mut rows: Vec<&Row> = rows.collect();
            rows.sort_by_key(|row| FREQUENT.iter().position(|it| *it == row.name).unwrap_or(FREQUENT.len()));
            let mut items: Vec<Item> = rows.into_iter().map(|it| option(asked, it)).collect();
            if place.module == &PROJECT && place.path.len() == 1 {
                items.extend(beginnings(asked));
            }
            items
        }
        Meant::Value(row, rest) if asked.spot.wants_name => names_within(asked, place, row, rest),
        Meant::Value(row, rest) if is_open(asked, rest, at) => values_at(asked, place, row, rest),
        Meant::Value(..) => Vec::new(),
    }
}

/// Whether a value can be written: a word is there, an element of a list belongs there, or nothing is behind `=` yet.
fn is_open(asked: &Asked, rest: &[Step], at: usize) -> bool {
    let before = asked.text.get(..at).unwrap_or_default().trim_end();
    let last = before.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    asked.word.start < asked.word.end
        || matches!(rest.last(), Some(Step::Index(_)))
        || before.ends_with('=')
        || last.starts_with("mk")
}

/// Names that are set beside the one that is asked about.
fn set_beside(asked: &Asked, place: &Place) -> Vec<String> {
    let reading = nix::read(asked.text);
    let roots = Roots::of(&reading.value);
    let Some((_, parent)) = place.path.split_last() else { return Vec::new() };
    let defs = place::descend(place::defs_of(&roots, place.module), parent);
    let is_other = |it: &Def| !it.name.touches(asked.word.start) || it.name.start > asked.word.start;
    let beside = members(&defs).into_iter().filter(|(_, defs)| defs.iter().any(is_other));
    beside.map(|it| it.0.to_owned()).collect()
}

/// Names in the value of an option: capabilities, keys of Compose, and what the text declares.
fn names_within(asked: &Asked, place: &Place, row: &Row, rest: &[Step]) -> Vec<Item> {
    let set = set_beside(asked, place);
    let is_free = |it: &str| !set.iter().any(|name| name == it);
    if row.kind == Kind::Truths && rest.len() == 1 {
        let known = schema::values("services.*.cap_add").iter().filter(|it| is_free(it));
        return known.map(|it| named(asked, it, "capability", "", "true", 0)).collect();
    }
    match in_compose(row, rest, true) {
        Some(Within::Key(path)) => {
            let keys = schema::at(&path).iter().filter(|it| is_free(it.name));
            keys.map(|it| key(asked, it)).collect()
        }
        Some(Within::Name(path)) => {
            let declared = values::declared(asked, place, &path);
            declared.into_iter().filter(|it| is_free(&it.text)).map(|it| it.as_name(asked, &path)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is within a value that Compose reads.
enum Within {
    /// A key of this place.
    Key(String),
    /// A name of one's own, in the mapping at this path.
    Name(String),
    /// A value of the key at this path.
    Value(String),
}

/// The path of an option among the keys of a Compose file, with the steps within its value; `None` where Compose does not
/// read it.
fn in_compose(row: &Row, rest: &[Step], wants_name: bool) -> Option<Within> {
    let mut path = match (row.place, row.name) {
        ("arion.settings.services.*.out", "service") => "services.*".to_owned(),
        ("arion.settings.docker-compose", "raw") => String::new(),
        ("arion.settings.docker-compose", name) => name.to_owned(),
        (place, name) if row.becomes == Becomes::Compose => {
            let place = place.strip_prefix("arion.settings.")?;
            let place = place.replacen("services.*.service", "services.*", 1);
            [&place, ".", name].concat()
        }
        _ => return None,
    };
    for (at, step) in rest.iter().enumerate() {
        let is_wanted = wants_name && at + 1 == rest.len();
        match step {
            Step::Index(_) => path.push_str("[]"),
            Step::Key(name) if !schema::at(&path).is_empty() => {
                if is_wanted {
                    return Some(Within::Key(path));
                }
                path = schema::find(&path, name)?.path();
            }
            Step::Key(_) if is_wanted => return Some(Within::Name(path)),
            Step::Key(_) => path.push_str(".*"),
        }
    }
    Some(Within::Value(path))
}

/// What leads to containers, where nothing is written yet.
fn beginnings(asked: &Asked) -> Vec<Item> {
    let names: Vec<&str> = asked
        .spot
        .path
        .iter()
        .map(|it| match it {
            Step::Key(name) => name.as_str(),
            Step::Index(_) => "",
        })
        .collect();
    let left_out = match names[..] {
        _ if asked.spot.is_in_let => return Vec::new(),
        [_] | ["config", _] | [.., "imports" | "modules", "", _] => "",
        ["virtualisation", _] | ["config", "virtualisation", _] => "virtualisation.",
        _ => return Vec::new(),
    };
    let item = |module: &Module| {
        let group = if module.place == "arion" { ".projects" } else { ".containers" };
        let whole = [module.option, group].concat();
        named(asked, whole.strip_prefix(left_out).unwrap_or(&whole), "", module.summary, "{  }", 2)
    };
    MODULES.iter().map(item).collect()
}

// ── items ──

fn option(asked: &Asked, row: &Row) -> Item {
    let (value, within) = match row.kind {
        Kind::Text | Kind::TextOrNull => ("\"\"", 1),
        Kind::Texts | Kind::Command => ("[  ]", 2),
        Kind::Pairs | Kind::PairsOrNumbers | Kind::TextsOrPairs | Kind::Truths => ("{  }", 2),
        Kind::Group | Kind::Groups | Kind::Set => ("{  }", 2),
        Kind::Bool | Kind::Number | Kind::NumberOrNull | Kind::Package => ("", 0),
        Kind::Any => match in_compose(row, &[], false) {
            Some(Within::Value(path)) => schema::KEYS.iter().find(|it| it.path() == path).map_or(("", 0), value_of),
            _ => ("", 0),
        },
    };
    named(asked, row.name, &row.kind.noun().replace('`', ""), row.summary, value, within)
}

fn key(asked: &Asked, key: &Key) -> Item {
    let (value, within) = value_of(key);
    named(asked, key.name, &compose::assist::takes(key).replace('`', ""), key.summary, value, within)
}

/// What goes around a value of a key of Compose.
fn value_of(key: &Key) -> (&'static str, usize) {
    let takes = |form: Form| key.forms.contains(&form);
    match () {
        () if takes(Form::List) => ("[  ]", 2),
        () if takes(Form::Bool) || takes(Form::Number) => ("", 0),
        () if takes(Form::Text) => ("\"\"", 1),
        () => ("{  }", 2),
    }
}

/// A name as it is written, with what goes around a value that is still to come.
fn named(asked: &Asked, name: &str, detail: &str, info: &str, value: &str, within: usize) -> Item {
    let (insert, caret) = match asked.spot.has_value {
        true => (name.to_owned(), None),
        false => {
            let behind = asked.text.get(asked.word.end..).unwrap_or_default().trim_start();
            let end = if behind.starts_with(';') { "" } else { ";" };
            let caret = name.len() + " = ".len() + if within == 0 { value.len() } else { within };
            ([name, " = ", value, end].concat(), Some(caret))
        }
    };
    Item { label: name.to_owned(), detail: detail.to_owned(), info: info.to_owned(), insert, caret, is_key: true }
}

/// Those that hold what was typed, those that begin with it first.
fn ranked(mut items: Vec<Item>, typed: &str) -> Vec<Item> {
    let typed = typed.to_lowercase();
    items.retain(|it| it.label.to_lowercase().contains(&typed));
    items.sort_by_key(|it| !it.label.to_lowercase().starts_with(&typed));
    items
}

#[cfg(test)]
mod tests;
