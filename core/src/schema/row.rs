//! How is an option written down, in one row?

use super::{Brief, Category, Choice, DaemonOption, Description, Kind, Status, option::FlagName};
use crate::Engine;

/// A row as it is written in the file of its category: an option and its description.
pub(crate) struct Row {
    pub(crate) key: &'static str,
    pub(crate) parent: &'static str,
    pub(crate) kind: Kind,
    pub(crate) default: &'static str,
    pub(crate) on_since: Option<Engine>,
    pub(crate) choices: &'static [Choice],
    pub(crate) suggestions: &'static [Choice],
    pub(crate) since: Engine,
    pub(crate) deprecated: Option<Engine>,
    pub(crate) removed: Option<Engine>,
    pub(crate) unknown: Option<Engine>,
    pub(crate) replacement: Option<&'static str>,
    pub(crate) status: Status,
    pub(crate) reloadable: bool,
    pub(crate) rootless: &'static str,
    pub(crate) category: Category,
    pub(crate) flag: &'static str,
    pub(crate) drivers: &'static [Choice],
    pub(crate) summary: &'static str,
    pub(crate) source: &'static str,
}

impl Row {
    pub(crate) const fn option(&self, at: usize) -> DaemonOption {
        DaemonOption {
            key: self.key,
            parent: self.parent,
            kind: self.kind,
            choices: self.choices,
            since: self.since,
            deprecated: self.deprecated,
            removed: self.removed,
            unknown: self.unknown,
            on_since: self.on_since,
            replacement: self.replacement,
            status: self.status,
            named: self.named(),
            at: at as u16,
            drivers: self.drivers,
        }
    }

    const fn named(&self) -> FlagName {
        let Some(flag) = self.flag.as_bytes().split_first_chunk::<2>() else {
            return FlagName::None;
        };
        let parent = match self.parent.len() {
            0 => 0,
            length => length + 1, // with the dot behind it
        };
        let key = self.key.as_bytes().split_at(parent).1;
        if are_same(flag.1, key) {
            FlagName::Key
        } else if is_singular(flag.1, key) {
            FlagName::Singular
        } else {
            FlagName::None
        }
    }

    pub(crate) const fn brief(&self) -> Brief {
        Brief { default: self.default, flag: self.flag }
    }

    pub(crate) const fn description(&self) -> Description {
        Description {
            default: self.default,
            suggestions: self.suggestions,
            reloadable: self.reloadable,
            rootless: self.rootless,
            category: self.category,
            flag: self.flag,
            summary: self.summary,
            source: self.source,
        }
    }
}

/// As `==`, which the compiler cannot work out.
const fn are_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Whether `one` is one of `many`: `dns-opt` of `dns-opts`, `registry` of `registries`.
const fn is_singular(one: &[u8], many: &[u8]) -> bool {
    match (one, many) {
        ([stem @ .., b'y'], [stems @ .., b'i', b'e', b's']) => are_same(stem, stems),
        (_, [stems @ .., b's']) => are_same(one, stems),
        _ => false,
    }
}

/// The row every other row starts from.
pub(crate) const ROW: Row = Row {
    key: "",
    parent: "",
    kind: Kind::Any,
    default: "",
    on_since: None,
    choices: &[],
    suggestions: &[],
    since: Engine::new(20, 10, 0),
    deprecated: None,
    removed: None,
    unknown: None,
    replacement: None,
    status: Status::Read,
    reloadable: false,
    rootless: "",
    category: Category::Other,
    flag: "",
    drivers: &[],
    summary: "",
    source: "",
};
