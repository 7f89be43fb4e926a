//! Which keys may occur where, and of which kind? A table of options as a value.
//!
//! Reading, editing, hints, form and printing are handed a [`Schema`] and know no table by name. A
//! [`Document`](crate::document::Document) knows the schema of its dialect.

pub mod assist;
mod choice;
pub mod counting;
mod description;
pub mod effective;
pub mod field;
mod kind;
mod option;
mod row;

pub use choice::{Choice, values_in};
pub use description::{Brief, Category, Description};
pub use kind::{Format, Kind};
pub use option::{DaemonOption, Status};

pub(crate) use choice::choice;
pub(crate) use row::{ROW, Row};

use std::fmt;

use crate::Engine;

/// The options that a text can set.
pub struct Schema {
    /// Its rows: one per option, those of one group together.
    pub rows: &'static [DaemonOption],
    /// Looks up the description of one of its rows.
    ///
    /// A wasm that holds a schema carries all of its descriptions, so the first view of the page has one without any.
    pub describe: fn(&DaemonOption) -> &'static Description,
    /// Maps whose entries repeat their own name in a member, and that member: `("default-ulimits", "Name")`.
    pub naming: &'static [(&'static str, &'static str)],
    /// The most common keys, the most frequent first.
    pub frequent: &'static [&'static str],
}

/// What a table knows about a place where a value can be written.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The row that describes it, when there is one.
    pub option: Option<&'static DaemonOption>,
    /// The kind of value that belongs there; `None` where anything may occur.
    pub kind: Option<Kind>,
    /// Its path in the table: `log-opts.max-size`, `runtimes.<name>`.
    pub path: String,
}

impl Schema {
    /// The row with exactly this key, such as `log-opts.max-size` or `runtimes.<name>.path`.
    pub fn find(&self, key: &str) -> Option<&'static DaemonOption> {
        self.rows.iter().find(|it| it.key == key)
    }

    /// The row for member `name` of the object, map or list element at `parent`.
    ///
    /// `parent` is written as in [`DaemonOption::parent`]. Members of an object
    /// ignore letter case, as Go's decoder does; top-level keys and the keys of a
    /// map do not.
    pub fn member(&self, parent: &str, name: &str) -> Option<&'static DaemonOption> {
        let length = match parent.len() {
            0 => name.len(),
            parent => parent + ".".len() + name.len(),
        };
        // Few keys are as long, so that few are compared.
        let mut rows = self.rows.iter().filter(|it| it.key.len() == length && it.parent == parent);
        let is_so_in_any_case = |it: &str| it.eq_ignore_ascii_case(name) && self.ignores_case(parent);
        rows.find(|it| it.name() == name || is_so_in_any_case(it.name()))
    }

    /// Whether the keys of the object at a path may be written in letters of any case.
    ///
    /// Go's decoder finds the fields of a struct so; top-level keys `dockerd` looks at itself, and exactly.
    pub fn ignores_case(&self, path: &str) -> bool {
        !path.is_empty() && self.kind_of(path) == Some(Kind::Object)
    }

    /// The rows directly below `parent` (see [`DaemonOption::parent`]).
    pub fn children(&self, parent: &str) -> impl Iterator<Item = &'static DaemonOption> {
        self.rows.iter().filter(move |it| it.parent == parent)
    }

    /// The kind of the values at `path`: of an option, of an element (`dns[]`), or of an entry (`runtimes.crun`). The
    /// whole is an object.
    pub fn kind_of(&self, path: &str) -> Option<Kind> {
        if path.is_empty() {
            return Some(Kind::Object);
        }
        if let Some(option) = self.find(path) {
            return Some(option.kind);
        }
        if let Some(list) = path.strip_suffix("[]") {
            return match self.kind_of(list)? {
                Kind::List(element) => Some(*element),
                _ => None,
            };
        }
        let (map, _) = path.rsplit_once('.')?;
        match self.kind_of(map)? {
            Kind::Map(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether the keys of the object at a path are chosen by the user, so that its members are entries and not fields.
    pub fn holds_entries(&self, path: &str) -> bool {
        matches!(self.kind_of(path), Some(Kind::Map(_)))
    }

    /// What belongs under a key of the value at `path`, whose kind is given: an object, a map, or text of the form `name=value`.
    pub fn below(&self, path: &str, key: &str, kind: Option<Kind>) -> Slot {
        let option = match kind {
            Some(Kind::Object | Kind::Map(_) | Kind::Text(Format::Assignment)) => self.member(path, key),
            _ => None,
        };
        let kind = match kind {
            Some(Kind::Map(entry)) => Some(*entry),
            _ => option.map(|it| it.kind),
        };
        let path = match option {
            Some(option) => option.key.to_owned(),
            None => {
                let name = [path, ".", key].concat();
                let has_rows = self.children(&name).next().is_some();
                match has_rows {
                    true => name,
                    false => [path, ".<name>"].concat(),
                }
            }
        };
        Slot { option, kind, path }
    }

    /// The name that counts for a key of the object at `path`: that of its row, where letter case is ignored.
    pub fn spelled<'a>(&self, path: &str, key: &'a str) -> &'a str {
        self.member(path, key).map_or(key, |it| it.name())
    }

    /// The member that repeats the name of its entry in the map at `map`: `Name` in `default-ulimits`.
    pub fn naming_member(&self, map: &str) -> Option<&'static str> {
        self.naming.iter().find(|it| it.0 == map).map(|it| it.1)
    }

    /// Whether `engine` decodes the value of an option, so that one of another kind is an error.
    ///
    /// It decodes every value of a map, known or not, and what it refuses later by name; it does not decode
    /// what it only lets pass.
    pub fn decodes(&self, option: &DaemonOption, engine: Engine) -> bool {
        self.holds_entries(option.parent)
            || (option.is_known_to(engine) && (option.exists_in(engine) || option.unknown.is_some()))
    }

    /// The description of an option.
    pub fn description(&self, option: &DaemonOption) -> &'static Description {
        (self.describe)(option)
    }

    /// How far down a list of keys an option stands.
    pub fn rank(&self, option: &DaemonOption) -> usize {
        let at = self.frequent.iter().position(|it| *it == option.key);
        at.unwrap_or(self.frequent.len())
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Schema")
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Schema {}

#[cfg(test)]
mod tests;
