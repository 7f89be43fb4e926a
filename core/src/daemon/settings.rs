//! What do the values mean? The settings of a document, found by the path of their option.
//!
//! Rules look at these, never at syntax.

use std::cell::Cell;

use crate::{
    Engine,
    document::{Document, Kind as NodeKind, Member, Node},
    schema::{DaemonOption, Kind, Schema, Slot, counting::counting},
    text::{Span, order},
};

/// A value together with its place in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The bytes of the value.
    pub span: Span,
    /// The bytes of the key it belongs to; of an element, those of the value.
    pub key: Span,
}

impl<T> Setting<T> {
    /// The same place, with another view of the value; `None` when there is no such view.
    pub fn filter_map<U>(self, view: impl FnOnce(T) -> Option<U>) -> Option<Setting<U>> {
        Some(Setting { value: view(self.value)?, span: self.span, key: self.key })
    }

    /// The bytes from the key to the end of the value.
    pub fn whole(&self) -> Span {
        self.key.to(self.span)
    }
}

impl<'a> Setting<&'a Node> {
    fn of(member: &'a Member) -> Self {
        Self { value: &member.value, span: member.value.span, key: member.key_span }
    }

    /// An element of a list.
    pub fn element(node: &'a Node) -> Self {
        Self { value: node, span: node.span, key: node.span }
    }

    /// Member `name` of this object, its letter case ignored, as Go's decoder does for objects.
    pub fn member(&self, name: &str) -> Option<Self> {
        let members = self.value.members().iter();
        let named = members.filter(|it| it.sound && it.key.eq_ignore_ascii_case(name));
        effective(named)
    }

    /// The value as text.
    pub fn text(self) -> Option<Setting<&'a str>> {
        self.filter_map(Node::as_str)
    }

    /// The value as a whole number.
    pub fn integer(self) -> Option<Setting<i64>> {
        self.filter_map(Node::as_integer)
    }

    /// The value as a truth value.
    pub fn bool(self) -> Option<Setting<bool>> {
        self.filter_map(Node::as_bool)
    }
}

/// The member that counts, unless it is null.
fn effective<'a>(members: impl DoubleEndedIterator<Item = &'a Member>) -> Option<Setting<&'a Node>> {
    counting(members, false, |it| &it.value).filter(|it| it.value.counts()).map(Setting::of)
}

/// One key of an object or map.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key, as written.
    pub name: &'a str,
    /// Its value.
    pub setting: Setting<&'a Node>,
}

/// An element of a list of `name=value`.
#[derive(Clone, Copy, Debug)]
pub struct Assignment<'a> {
    /// The whole element as written.
    pub entry: Setting<&'a str>,
    /// The part before the first `=`, without space around it; `None` when there is no `=`.
    pub name: Option<&'a str>,
    /// The part after it, without space around it.
    pub value: &'a str,
}

/// A member of the document and the option it sets.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    /// The table that knows its option.
    schema: &'static Schema,
    /// The table path it lies below: empty, `log-opts`, `default-address-pools[]`, `runtimes.<name>`.
    pub parent: String,
    /// The row of the table, when there is one.
    pub option: Option<&'static DaemonOption>,
    /// The kind its value needs; `None` for a key that no row describes.
    pub kind: Option<Kind>,
    /// Key and value.
    pub member: &'a Member,
    /// The last one of the same key at the top level, by which the Engine judges the name; of any other member, itself.
    pub last: &'a Member,
    /// How the daemon looks at the key.
    pub place: Place,
}

/// How the daemon looks at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A top-level key: it must be known.
    Top,
    /// A member of a top-level object that the Engine takes apart: it must be known, as a top-level key is.
    Flattened,
    /// Anything deeper: unknown keys are ignored.
    Nested,
}

impl Occurrence<'_> {
    /// Whether the daemon itself looks for the key at this place: at the top level and within objects.
    ///
    /// Other code looks for the keys of a map, such as the options of a log driver.
    pub fn is_looked_for(&self) -> bool {
        match self.place {
            Place::Top => true,
            Place::Flattened => false,
            Place::Nested => self.schema.kind_of(&self.parent) == Some(Kind::Object),
        }
    }

    /// Whether `engine` refuses the file because of this top-level key.
    ///
    /// Of an object that it takes apart, it looks at the members' names and not at the object's own.
    pub fn is_refused(&self, engine: Engine) -> bool {
        let is_map = |it: &Member| matches!(it.value.kind, NodeKind::Map(_));
        if is_map(self.member) && self.is_field_of_another_kind() {
            return true;
        }
        match is_map(self.last) && self.place == Place::Top && is_flattened(self.option, engine) {
            true => {
                let members = self.last.value.members();
                members.iter().any(|it| !is_known(self.schema, &it.key, engine))
            }
            false => !is_known(self.schema, &self.member.key, engine),
        }
    }

    /// Whether the object stands for a field that no file may set, and that is decoded all the same.
    fn is_field_of_another_kind(&self) -> bool {
        self.place == Place::Top && self.option.is_some_and(DaemonOption::is_decoded_and_refused)
    }
}

/// Whether `engine` accepts a top-level key of this name.
///
/// It does not accept `proxies`: it takes the object apart before it looks at names, and refuses any other value.
///
/// Source: moby daemon/config/config.go, `findConfigurationConflicts`.
pub fn is_known(schema: &Schema, key: &str, engine: Engine) -> bool {
    schema.member("", key).is_some_and(|it| it.is_known_to(engine) && it.key != "proxies")
}

/// The settings of one document for one Engine.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The options that the document can set.
    schema: &'static Schema,
    /// The top-level members by key, those of one key in the order of the text.
    top: Vec<&'a Member>,
    occurrences: Vec<Occurrence<'a>>,
    /// The top-level keys in whose values is something that the text does not tell.
    unknown: Vec<&'a str>,
    has_met_unknown: Cell<bool>,
}

impl<'a> Settings<'a> {
    /// Finds the settings of a document as `engine` reads it.
    pub fn of(document: &'a Document, engine: Engine) -> Self {
        let schema = document.schema();
        let end = document.end.filter(|_| engine < Engine::new(23, 0, 0));
        let is_read = |it: &&Member| end.is_none_or(|end| it.key_span.start < end);
        let members = document.root.members().iter().chain(&document.added).filter(|it| it.sound).filter(is_read);
        let mut top: Vec<&Member> = members.clone().collect();
        order::sort(&mut top, |a, b| a.key.cmp(&b.key));
        let mut settings =
            Self { schema, top, occurrences: Vec::new(), unknown: Vec::new(), has_met_unknown: Cell::new(false) };
        for member in members {
            let last = settings.top(&member.key).last().unwrap_or(member);
            let counts = std::ptr::eq(last, member);
            let option = schema.member("", &member.key);
            settings.occurrences.push(Occurrence {
                schema,
                parent: String::new(),
                option,
                kind: option.map(|it| it.kind),
                member,
                last,
                place: Place::Top,
            });
            let is_map = matches!(member.value.kind, NodeKind::Map(_));
            let place = match is_map && counts && is_flattened(option, engine) {
                true => Place::Flattened,
                false => Place::Nested,
            };
            // Nobody decodes the values of a map that the Engine takes for something else.
            let decoded = option.filter(|it| it.kind == Kind::Object || schema.decodes(it, engine));
            settings.visit(&member.value, decoded.map(|it| it.kind), &member.key, place);
        }
        settings
    }

    /// Collects the members below a value of `kind` at table path `path`.
    fn visit(&mut self, node: &'a Node, kind: Option<Kind>, path: &str, place: Place) {
        match (&node.kind, kind) {
            (NodeKind::List(elements), Some(Kind::List(element))) => {
                let path = [path, "[]"].concat();
                for it in elements {
                    self.visit(it, Some(*element), &path, place);
                }
            }
            (NodeKind::Map(members), kind) => {
                let parent = match kind {
                    Some(Kind::Object | Kind::Map(_)) => path,
                    _ => "",
                };
                for member in members.iter().filter(|it| it.sound) {
                    self.visit_member(member, kind, parent, place);
                }
            }
            _ => {}
        }
    }

    fn visit_member(&mut self, member: &'a Member, kind: Option<Kind>, parent: &str, place: Place) {
        let slot = match kind {
            Some(Kind::Object | Kind::Map(_)) => self.schema.below(parent, &member.key, kind),
            _ if place == Place::Flattened => {
                let option = self.schema.member("", &member.key);
                Slot { option, kind: None, path: String::new() }
            }
            _ => return,
        };
        self.occurrences.push(Occurrence {
            schema: self.schema,
            parent: parent.to_owned(),
            option: slot.option,
            kind: slot.kind,
            member,
            last: member,
            place,
        });
        if slot.kind.is_some() {
            self.visit(&member.value, slot.kind, &slot.path, Place::Nested);
        }
    }

    /// Takes note of the values that the text does not tell, so that nothing is concluded from their absence.
    pub fn mind_unknown(mut self) -> Self {
        let is_unknown = |it: &&&Member| holds_unknown(&it.value);
        self.unknown = self.top.iter().filter(is_unknown).map(|it| it.key.as_str()).collect();
        self
    }

    /// Whether a value was looked up, since this was last asked, in which the text leaves something open.
    pub fn has_met_unknown(&self) -> bool {
        self.has_met_unknown.take()
    }

    /// The first of some top-level keys in whose value the text leaves something open.
    pub fn unknown_of(&self, keys: &[&'static str]) -> Option<&'static str> {
        keys.iter().copied().find(|it| self.unknown.contains(it))
    }

    /// Every member the daemon looks at, outer before inner, in the order of the text.
    pub fn occurrences(&self) -> &[Occurrence<'a>] {
        &self.occurrences
    }

    /// The value that counts at a path of member names, such as `bip` or `builder.gc.defaultKeepStorage`.
    ///
    /// `None` when it is not set, or null.
    pub fn get(&self, path: &str) -> Option<Setting<&'a Node>> {
        let Some((outer, name)) = path.rsplit_once('.') else {
            return effective(self.top(path));
        };
        effective(self.named(outer, name).into_iter())
    }

    /// Whether something but null is at a path, even if the text does not tell what.
    pub fn is_set(&self, path: &str) -> bool {
        let has_met_unknown = self.has_met_unknown.get();
        let is_set = self.get(path).is_some();
        self.has_met_unknown.set(has_met_unknown);
        is_set
    }

    /// Everything written at a path, as the daemon combines it: each key once, and the members of a repeated object merged.
    /// Every part keeps the place it was read from.
    ///
    /// `None` when it is not set, or null.
    pub fn merged(&self, path: &str) -> Option<Node> {
        let written: Vec<&Node> = match path.rsplit_once('.') {
            None => self.top(path).map(|it| &it.value).collect(),
            Some((outer, name)) => {
                let members = self.members(outer).into_iter();
                let named = members.filter(self.is_named(outer, name));
                named.map(|it| &it.value).collect()
            }
        };
        let written = match path.rsplit_once('.') {
            Some((outer, _)) if self.schema.holds_entries(outer) => written.last().copied().into_iter().collect(),
            _ => written,
        };
        self.merge(&written, self.schema.kind_of(path), path)
    }

    fn top(&self, key: &str) -> impl DoubleEndedIterator<Item = &'a Member> {
        if self.unknown.contains(&key) {
            self.has_met_unknown.set(true);
        }
        let start = self.top.partition_point(|it| it.key.as_str() < key);
        let end = self.top.partition_point(|it| it.key.as_str() <= key);
        let members = self.top.get(start..end).unwrap_or_default();
        members.iter().copied()
    }

    /// Those members of the object at `outer` that make up what has this name: of a map the last, which replaces the others.
    fn named(&self, outer: &str, name: &str) -> Vec<&'a Member> {
        let members = self.members(outer).into_iter();
        let mut named = members.filter(self.is_named(outer, name));
        match self.schema.holds_entries(outer) {
            true => named.next_back().into_iter().collect(),
            false => named.collect(),
        }
    }

    /// All members of all objects at a path: several when the outer key occurs twice.
    fn members(&self, path: &str) -> Vec<&'a Member> {
        let outer: Vec<&'a Member> = match path.rsplit_once('.') {
            None => self.top(path).collect(),
            Some((outer, name)) => self.named(outer, name),
        };
        outer.iter().flat_map(|it| it.value.members()).collect()
    }

    /// Text that is set and not empty: the daemon takes an empty string as not set.
    pub fn text(&self, path: &str) -> Option<Setting<&'a str>> {
        self.get(path)?.text().filter(|it| !it.value.is_empty())
    }

    /// A truth value.
    pub fn bool(&self, path: &str) -> Option<Setting<bool>> {
        self.get(path)?.bool()
    }

    /// Whether a truth value is set to true.
    pub fn is_true(&self, path: &str) -> bool {
        self.bool(path).is_some_and(|it| it.value)
    }

    /// A whole number.
    pub fn integer(&self, path: &str) -> Option<Setting<i64>> {
        self.get(path)?.integer()
    }

    /// The elements of a list, nulls included.
    pub fn elements(&self, path: &str) -> Vec<Setting<&'a Node>> {
        let list = self.get(path).map(|it| it.value.elements());
        list.unwrap_or_default()
            .iter()
            .filter(|it| !matches!(it.kind, NodeKind::Missing))
            .map(Setting::element)
            .collect()
    }

    /// The strings of a list.
    pub fn texts(&self, path: &str) -> Vec<Setting<&'a str>> {
        let elements = self.elements(path).into_iter();
        elements.filter_map(Setting::text).collect()
    }

    /// The strings of a list as Go decodes them: a null element is an empty string.
    pub fn decoded_texts(&self, path: &str) -> Vec<Setting<&'a str>> {
        let elements = self.elements(path).into_iter();
        elements.filter_map(|it| it.filter_map(Node::as_decoded_str)).collect()
    }

    /// The elements of a list of `name=value`, such as `storage-opts`; null counts as an empty text.
    ///
    /// Source: moby `daemon/graphdriver/utils.go`, `ParseStorageOptKeyValue`; `daemon/config/config.go`, `parseExecOptions`.
    pub fn assignments(&self, path: &str) -> Vec<Assignment<'a>> {
        let entries = self.decoded_texts(path).into_iter();
        entries
            .map(|entry| match entry.value.split_once('=') {
                Some((name, value)) => Assignment { entry, name: Some(name.trim()), value: value.trim() },
                None => Assignment { entry, name: None, value: "" },
            })
            .collect()
    }

    /// The entries of an object or map: of a name that repeats, the value that counts.
    pub fn entries(&self, path: &str) -> Vec<Entry<'a>> {
        let members = self.members(path).into_iter().filter(|it| it.sound);
        let mut members: Vec<(usize, &Member)> = members.enumerate().collect();
        order::sort(&mut members, |a, b| a.1.key.cmp(&b.1.key));
        let of_one_name = members.chunk_by(|a, b| a.1.key == b.1.key);
        let mut entries: Vec<(usize, Entry<'a>)> = of_one_name
            .filter_map(|it| {
                let ((first, _), (_, counting)) = (it.first()?, it.last()?);
                let entry = Entry { name: &counting.key, setting: Setting::of(counting) };
                Some((*first, entry))
            })
            .collect();
        order::sort(&mut entries, |a, b| a.0.cmp(&b.0));
        entries.into_iter().map(|it| it.1).collect()
    }

    /// The value of one place that was written several times.
    fn merge(&self, written: &[&Node], kind: Option<Kind>, path: &str) -> Option<Node> {
        let counting = counting(written.iter().copied(), false, |it| it).filter(|it| it.counts())?;
        let kind = match (&counting.kind, kind) {
            (NodeKind::List(elements), Some(Kind::List(element))) => {
                let path = [path, "[]"].concat();
                let merged =
                    elements.iter().map(|it| self.merge(&[it], Some(*element), &path).unwrap_or_else(|| it.clone()));
                NodeKind::List(merged.collect())
            }
            (NodeKind::Map(_), Some(kind @ (Kind::Object | Kind::Map(_)))) => {
                NodeKind::Map(self.merged_members(written, kind, path))
            }
            (kind, _) => kind.clone(),
        };
        Some(Node::new(kind, counting.span))
    }

    /// The members of objects that were written at one place, each name once; those that are null stay where a map holds them.
    fn merged_members(&self, written: &[&Node], kind: Kind, path: &str) -> Vec<Member> {
        let is_map = matches!(kind, Kind::Map(_));
        let spelled = |key: &str| match is_map {
            true => key.to_owned(),
            false => self.schema.spelled(path, key).to_owned(),
        };
        let members = written.iter().flat_map(|it| it.members());
        let mut members: Vec<(usize, String, &Member)> =
            members.filter(|it| it.sound).enumerate().map(|(at, it)| (at, spelled(&it.key), it)).collect();
        order::sort(&mut members, |a, b| a.1.cmp(&b.1));
        let mut merged: Vec<(usize, Member)> = members
            .chunk_by(|a, b| a.1 == b.1)
            .filter_map(|same| {
                let (first, name, _) = same.first()?;
                let same = match is_map {
                    true => same.last_chunk::<1>()?.as_slice(),
                    false => same,
                };
                let member = counting(same.iter(), is_map, |it| &it.2.value)?.2;
                let values: Vec<&Node> = same.iter().map(|it| &it.2.value).collect();
                let slot = self.schema.below(path, name, Some(kind));
                let value = self.merge(&values, slot.kind, &slot.path);
                let value = value.or_else(|| is_map.then(|| member.value.clone()))?;
                let member = Member { key: member.key.clone(), key_span: member.key_span, value, sound: true };
                Some((*first, member))
            })
            .collect();
        order::sort(&mut merged, |a, b| a.0.cmp(&b.0));
        merged.into_iter().map(|it| it.1).collect()
    }

    /// Whether a member of the object at `outer` has this name: in letters of any case, as Go's decoder finds the fields of a struct, but not the keys of a map.
    fn is_named<'n>(&self, outer: &str, name: &'n str) -> impl Fn(&&Member) -> bool + use<'n> {
        let are_entries = self.schema.holds_entries(outer);
        move |it| {
            it.sound
                && match are_entries {
                    true => it.key == name,
                    false => it.key.eq_ignore_ascii_case(name),
                }
        }
    }
}

/// Whether a value is, or has in it, what the text does not tell.
fn holds_unknown(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Opaque => true,
        NodeKind::List(elements) => elements.iter().any(holds_unknown),
        NodeKind::Map(members) => members.iter().any(|it| holds_unknown(&it.value)),
        _ => false,
    }
}

/// Whether the Engine takes the object at a top-level key apart and looks at its members as top-level keys.
///
/// It does so with every object but those of the options that hold one; `proxies` is taken apart all the same.
///
/// Source: moby daemon/config/config.go, `flatOptions` and `configValuesSet`.
fn is_flattened(option: Option<&DaemonOption>, engine: Engine) -> bool {
    option.is_none_or(|it| {
        let holds_object = matches!(it.kind, Kind::Object | Kind::Map(_));
        !holds_object || engine < it.since || it.key == "proxies"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        daemon::dialect::DAEMON_JSON,
        document::Value,
        notation::json::{Layout, Shape, write},
    };

    #[test]
    fn an_engine_refuses_what_it_does_not_know() {
        for (engine, text, refused) in [
            ("29", r#"{"debug": true}"#, false),
            ("29", r#"{"debugg": true}"#, true),
            ("28", r#"{"api-cors-header": ""}"#, false), // another check stops the daemon, and only when it is not empty
            ("29", r#"{"api-cors-header": ""}"#, true),
            ("29", r#"{"allow-nondistributable-artifacts": []}"#, false), // nobody reads it any more
            ("29", r#"{"resolv-conf": ""}"#, true),
            ("29", r#"{"proxies": {"http-proxy": ""}}"#, false),
            ("20.10", r#"{"proxies": {"http-proxy": ""}}"#, true), // the flag is younger
            ("29", r#"{"proxies": null}"#, true),
            ("23", r#"{"cluster-store-opts": {}}"#, false),
            ("29", r#"{"cluster-store-opts": {}}"#, true), // never taken apart, so its own name counts
            ("23", r#"{"default-network-opts": {"bridge": {}}}"#, false), // taken apart, and `bridge` is a key
            ("23", r#"{"default-network-opts": {"macvlan": {}}}"#, true),
            ("29", r#"{"default-network-opts": {"macvlan": {}}}"#, false),
            ("29", r#"{"label": {"debug": true}}"#, false),
            ("29", r#"{"label": {"rack": "7"}}"#, true),
            ("29", r#"{"x": 1, "x": {}}"#, false), // only the last one counts
            ("29", r#"{"x": {"y": 1}, "x": {"debug": true}}"#, false),
            ("29", r#"{"x": {"debug": true}, "x": 1}"#, true),
            ("26", r#"{"bip6": "x", "bip6": {}}"#, false),
            ("29", r#"{"default-init": {}}"#, true), // decoded, and of another kind
        ] {
            let engine = engine.parse().unwrap();
            let document = DAEMON_JSON.read(text);
            let settings = Settings::of(&document, engine);
            let found =
                settings.occurrences().iter().filter(|it| it.place == Place::Top).any(|it| it.is_refused(engine));
            assert_eq!(found, refused, "{text} in {engine}");
        }
    }

    #[test]
    fn the_last_value_that_is_not_null_counts_and_objects_add_up() {
        for (text, path, counts) in [
            (
                r#"{"proxies": {"http-proxy": "http://a", "http-proxy": null}}"#,
                "proxies.http-proxy",
                Some(r#""http://a""#),
            ),
            (
                r#"{"proxies": {"http-proxy": "http://a"}, "proxies": {"no-proxy": "b"}}"#,
                "proxies",
                Some(r#"{ "http-proxy": "http://a", "no-proxy": "b" }"#),
            ),
            (
                r#"{"proxies": {"HTTP-Proxy": "http://a", "http-proxy": null}}"#,
                "proxies",
                Some(r#"{ "HTTP-Proxy": "http://a" }"#), // any letter case is the same field
            ),
            (r#"{"mtu": 1400, "mtu": null}"#, "mtu", Some("1400")),
            (r#"{"mtu": null}"#, "mtu", None),
            (r#"{"MTU": 1400}"#, "mtu", None), // dockerd looks at top-level keys itself
            (
                r#"{"default-address-pools": [{"size": 24, "Size": null}]}"#,
                "default-address-pools",
                Some(r#"[{ "size": 24 }]"#),
            ),
            (
                r#"{"log-opts": {"max-size": "1m", "max-size": null}}"#,
                "log-opts",
                Some(r#"{ "max-size": null }"#), // of a map's entries the last one counts, and Go makes null empty
            ),
            (r#"{"log-opts": {"max-size": "1m", "max-size": null}}"#, "log-opts.max-size", None),
        ] {
            let document = DAEMON_JSON.read(text);
            let settings = Settings::of(&document, Engine::LATEST);
            let merged = settings.merged(path);
            let value = merged.as_ref().and_then(Value::of);
            let written = value.map(|it| write(&it, Layout::default(), "", Shape::Inline));
            assert_eq!(written.as_deref(), counts, "{path} of {text}");
            let got = settings.get(path);
            assert_eq!(got.is_some(), merged.is_some(), "{path} of {text}");
        }
    }
}
