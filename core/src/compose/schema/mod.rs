//! Which keys can a Compose file have, what can be written there, and what becomes of it?

mod rows;
mod values;

pub use rows::KEYS;
pub use values::values;

/// A key of a Compose file.
#[derive(Debug)]
pub struct Key {
    /// The place it is at: `services.*` for those of a service, `services.*.ports[]` for those of an element.
    pub parent: &'static str,
    /// How it is written.
    pub name: &'static str,
    /// What can be written there.
    pub forms: &'static [Form],
    /// What becomes of it.
    pub becomes: Becomes,
    /// The Compose that has it first, where the specification says so: `2.30.0`.
    pub since: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
}

/// What can be written at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A list.
    List,
    /// A mapping.
    Map,
    /// Nothing.
    Null,
}

impl Form {
    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Form::Text => "a text",
            Form::Number => "a number",
            Form::Bool => "`true` or `false`",
            Form::List => "a list",
            Form::Map => "a mapping",
            Form::Null => "nothing",
        }
    }
}

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A field of the model, or a part of one.
    Field,
    /// This flag of `docker run`, or of `docker build` within `build`, and nothing more.
    Flag(&'static str, Shape),
    /// Nothing, and why.
    Nowhere(&'static str),
    /// Nothing, and nobody misses it.
    Silent,
}

/// How values become those of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As they are.
    Text,
    /// On or off.
    Switch,
    /// A flag for each element.
    Each,
    /// A flag for each `name=value`.
    Pairs,
    /// A flag for each host and address: `host:address`.
    Hosts,
    /// A flag for each limit: `nofile=1024:2048`.
    Limits,
    /// A flag for each device: `/dev/sda:300`.
    Device,
    /// A namespace: `host`, or that of another service.
    Namespace,
    /// A flag for each service or container that mounts come from: `db:ro`.
    From,
}

impl Key {
    /// Its place and name: `services.*.ports`.
    pub fn path(&self) -> String {
        match self.parent {
            "" => self.name.to_owned(),
            parent => [parent, ".", self.name].concat(),
        }
    }

    /// Where it is written down.
    pub fn source(&self) -> &'static str {
        let path = self.path();
        let files = [
            ("services.*.build", "compose-spec build.md"),
            ("services.*.deploy", "compose-spec deploy.md"),
            ("services.*.develop", "compose-spec develop.md"),
            ("services.*.models", "compose-spec models.md"),
            ("services", "compose-spec 05-services.md"),
            ("networks", "compose-spec 06-networks.md"),
            ("volumes", "compose-spec 07-volumes.md"),
            ("configs", "compose-spec 08-configs.md"),
            ("secrets", "compose-spec 09-secrets.md"),
            ("include", "compose-spec 14-include.md"),
            ("models", "compose-spec models.md"),
        ];
        files.iter().find(|it| path.starts_with(it.0)).map_or("compose-spec 04-version-and-name.md", |it| it.1)
    }
}

/// The key of a name at a place.
pub fn find(parent: &str, name: &str) -> Option<&'static Key> {
    let found = KEYS.binary_search_by(|it| (it.parent, it.name).cmp(&(parent, name))).ok()?;
    KEYS.get(found)
}

/// The keys at a place.
pub fn at(parent: &str) -> &'static [Key] {
    let start = KEYS.partition_point(|it| it.parent < parent);
    let end = KEYS.partition_point(|it| it.parent <= parent);
    KEYS.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `services.*.ports array`: every key of compose-go 2.14.0's `schema/compose-spec.json`, with its types.
    const SPECIFIED: &str = include_str!("../../../tests/vectors/compose-spec-keys.txt");

    #[test]
    fn keys_are_in_order_and_differ() {
        assert!(KEYS.is_sorted_by(|a, b| (a.parent, a.name) < (b.parent, b.name)));
        for it in KEYS {
            assert!(it.summary.ends_with(['.', '…']) && !it.source().is_empty(), "{it:?}");
            if let Becomes::Nowhere(why) = it.becomes {
                assert!(why.ends_with('.'), "{it:?}");
            }
        }
    }

    /// Whether a key, or one around it, goes nowhere.
    fn is_nowhere(path: &str) -> bool {
        let mut path = path;
        loop {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            let name = name.trim_end_matches("[]");
            if find(parent, name).is_some_and(|it| matches!(it.becomes, Becomes::Nowhere(_))) {
                return true;
            }
            if parent.is_empty() {
                return false;
            }
            path = parent;
        }
    }

    #[test]
    fn every_key_of_the_specification_has_a_row_with_its_forms() {
        let lines: Vec<&str> = SPECIFIED.lines().filter(|it| !it.starts_with('#')).collect();
        let is_of_service = |it: &&&str| it.starts_with("services.*.") && it.matches(['.', '[']).count() == 2;
        assert_eq!(lines.iter().filter(is_of_service).count(), 93);
        let mut seen = 0;
        for line in lines {
            let (path, types) = line.split_once(' ').expect("a path and its types");
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            let Some(key) = find(parent, name) else {
                assert!(is_nowhere(path), "{path} has no row");
                continue;
            };
            seen += 1;
            let mut forms: Vec<Form> = Vec::new();
            for it in types.split(' ') {
                forms.push(match it {
                    "string" => Form::Text,
                    "number" | "integer" => Form::Number,
                    "boolean" => Form::Bool,
                    "array" => Form::List,
                    "object" => Form::Map,
                    "null" => Form::Null,
                    other => panic!("{other}"),
                });
            }
            forms.dedup();
            assert!(forms.iter().all(|it| key.forms.contains(it)) && forms.len() == key.forms.len(), "{path}");
        }
        assert_eq!(seen, KEYS.len(), "a row is of no key");
    }
}
