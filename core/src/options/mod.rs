//! Which options does the daemon have, in which Engine versions, of which kind? The table.
//!
//! One row per option. Type checks, "did you mean", completion, form fields,
//! reference pages and Nix output all come from these rows; the next option is
//! one more row in the file of its category.

mod api;
mod build;
mod cluster;
mod debug;
#[cfg(feature = "prose")]
mod help;
mod logging;
mod network;
mod other;
mod registry;
mod resources;
mod runtime;
mod search;
mod security;
mod storage;

#[cfg(feature = "prose")]
pub use help::help;
pub use logging::{LOG_DRIVERS, SYSLOG_FACILITIES};
pub use resources::LIMITS;
pub use search::Search;
pub use storage::STORAGE_DRIVERS;

use crate::Engine;

/// One option of `daemon.json`: what decides about its key and its value.
#[derive(Debug)]
pub struct DaemonOption {
    /// Its path: `bip`, `log-opts.max-size`, `default-address-pools[].base`, `runtimes.<name>.path`.
    ///
    /// `[]` stands for every element of a list, `<name>` for a key the user chooses.
    pub key: &'static str,
    /// The path it lies below, empty at the top level: `log-opts`, `default-address-pools[]`, `runtimes.<name>`.
    pub parent: &'static str,
    /// The JSON type its value needs, while [`DaemonOption::is_decoded_by`] holds.
    pub kind: Kind,
    /// The only values the Engine accepts; empty when they are not a closed set.
    pub choices: &'static [Choice],
    /// The first Engine that knows the key. Engines before 20.10 count as 20.10.
    pub since: Engine,
    /// The first Engine that calls it deprecated.
    pub deprecated: Option<Engine>,
    /// The first Engine that refuses it, or no longer acts on it.
    pub removed: Option<Engine>,
    /// The first Engine that calls its key unknown; `None` while all do know it, even those that no longer act on it.
    pub unknown: Option<Engine>,
    /// The first Engine where it is true when it is not set.
    pub on_since: Option<Engine>,
    /// The option to use instead.
    pub replacement: Option<&'static str>,
    /// Whether the daemon acts on the key at all.
    pub status: Status,
    /// How the flag that sets it is called.
    named: FlagName,
    /// Its number in the table.
    at: u16,
    /// The log or storage drivers that know it; empty when it does not depend on the driver.
    pub drivers: &'static [Choice],
}

/// How a flag is called, in terms of the key it stands for.
#[derive(Clone, Copy, Debug)]
enum FlagName {
    /// No flag sets this option.
    None,
    /// As the key.
    Key,
    /// As one of the things the key names: `--dns-opt` adds to `dns-opts`.
    Singular,
}

/// What is told of an option. No rule decides by it: a [glance](crate::glance()) does without.
#[derive(Debug)]
pub struct Description {
    /// What counts when it is not set: JSON text, or words; empty when that is nothing.
    pub default: &'static str,
    /// Values worth offering where any other may be right too: plugins, own runtimes, numbers.
    pub suggestions: &'static [Choice],
    /// Whether `systemctl reload docker` applies a change.
    pub reloadable: bool,
    /// What differs in rootless mode; empty when nothing does.
    pub rootless: &'static str,
    /// The group it is shown in.
    pub category: Category,
    /// The command-line flag of the same meaning; empty when there is none.
    pub flag: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// Where the facts of this row come from: files of the moby repository.
    pub source: &'static str,
}

/// A row as it is written in the file of its category: an option and its description.
struct Row {
    key: &'static str,
    parent: &'static str,
    kind: Kind,
    default: &'static str,
    on_since: Option<Engine>,
    choices: &'static [Choice],
    suggestions: &'static [Choice],
    since: Engine,
    deprecated: Option<Engine>,
    removed: Option<Engine>,
    unknown: Option<Engine>,
    replacement: Option<&'static str>,
    status: Status,
    reloadable: bool,
    rootless: &'static str,
    category: Category,
    flag: &'static str,
    drivers: &'static [Choice],
    summary: &'static str,
    source: &'static str,
}

impl Row {
    const fn option(&self, at: usize) -> DaemonOption {
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

    const fn description(&self) -> Description {
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

/// The JSON type of a value, and what its text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number without fraction or exponent; what it counts is named in one word or is empty.
    Integer(&'static str),
    /// A string.
    Text(Format),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object with the members that the rows below it name.
    Object,
    /// An object whose keys the user chooses.
    Map(&'static Kind),
    /// Any JSON value.
    Any,
}

/// What the text of a string stands for. It chooses the form's input and the words of a message;
/// whether the daemon minds a malformed one is a rule's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Free,
    /// A file or directory of the host.
    Path,
    /// An IPv4 or IPv6 address.
    Address,
    /// An address with the prefix length of its network: `10.200.0.1/24`.
    AddressWithPrefix,
    /// A subnet: `10.200.0.0/24`.
    Subnet,
    /// `host:port`.
    HostPort,
    /// A URL.
    Url,
    /// An amount of bytes with an optional unit: `10m`.
    Size,
    /// A duration with a unit: `10s`.
    Duration,
    /// `"true"` or `"false"` in quotes.
    Bool,
    /// A whole number in quotes.
    Integer,
    /// A Go template: `{{.Name}}`.
    Template,
    /// `name=value`.
    Assignment,
    /// Comma-separated names.
    Names,
    /// A regular expression.
    Regex,
    /// A domain name.
    Domain,
}

/// One value, or driver, and the Engines it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As written in the file.
    pub value: &'static str,
    /// The first Engine that accepts it, when younger than the option.
    pub since: Option<Engine>,
    /// The first Engine that no longer does.
    pub removed: Option<Engine>,
}

impl Choice {
    /// The same, not before `engine`.
    const fn since(self, engine: Engine) -> Self {
        Self { since: Some(engine), ..self }
    }

    /// The same, no longer from `engine` on.
    const fn removed(self, engine: Engine) -> Self {
        Self { removed: Some(engine), ..self }
    }

    /// Whether it counts for `engine`.
    pub fn exists_in(self, engine: Engine) -> bool {
        self.since.is_none_or(|since| since <= engine) && self.removed.is_none_or(|removed| engine < removed)
    }
}

/// A value of every Engine that knows its option.
const fn choice(value: &'static str) -> Choice {
    Choice { value, since: None, removed: None }
}

/// Whether the daemon acts on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Read,
    /// The key is accepted, because a flag has its name, and nobody reads it.
    Ignored,
    /// The key is refused, although it looks like one the daemon knows.
    Refused,
}

/// The groups of the form and the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Bridges, address pools, DNS, proxies.
    Network,
    /// Where images and containers are kept.
    Storage,
    /// Container logs.
    Logging,
    /// Registries and downloads.
    Registry,
    /// Limits and defaults of containers.
    Resources,
    /// OCI runtimes, containerd, devices.
    Runtime,
    /// Isolation and plugins that authorize.
    Security,
    /// The API's sockets and certificates.
    Api,
    /// Building images.
    Build,
    /// Labels, swarm, live restore.
    Cluster,
    /// The daemon's own logs and metrics.
    Debug,
    /// Everything else.
    Other,
}

impl Category {
    /// All of them, in the order the form shows them.
    pub const ALL: &[Self] = &[
        Self::Network,
        Self::Storage,
        Self::Logging,
        Self::Registry,
        Self::Resources,
        Self::Runtime,
        Self::Security,
        Self::Api,
        Self::Build,
        Self::Cluster,
        Self::Debug,
        Self::Other,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::Storage => "Storage",
            Self::Logging => "Container logs",
            Self::Registry => "Registries",
            Self::Resources => "Container defaults",
            Self::Runtime => "Runtimes and devices",
            Self::Security => "Security",
            Self::Api => "API and access",
            Self::Build => "Builds",
            Self::Cluster => "Labels and swarm",
            Self::Debug => "Daemon logs and metrics",
            Self::Other => "Other",
        }
    }
}

/// The row every other row starts from.
const ROW: Row = Row {
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

/// The tables by category, in the order of [`Category::ALL`].
const TABLES: &[&[Row]] = &[
    network::OPTIONS,
    storage::OPTIONS,
    logging::OPTIONS,
    registry::OPTIONS,
    resources::OPTIONS,
    runtime::OPTIONS,
    security::OPTIONS,
    api::OPTIONS,
    build::OPTIONS,
    cluster::OPTIONS,
    debug::OPTIONS,
    other::OPTIONS,
];

/// How many options there are.
const COUNT: usize = {
    let mut count = 0;
    let mut table = 0;
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

/// Runs over the rows of all tables as the compiler does: without iterators.
macro_rules! of_all_rows {
    (|$row:ident, $at:ident| $view:expr) => {{
        let mut all = [const {
            let ($row, $at) = (&ROW, 0);
            $view
        }; COUNT];
        let (mut table, mut row, mut at) = (0, 0, 0);
        while at < COUNT {
            if row == TABLES[table].len() {
                (table, row) = (table + 1, 0);
                continue;
            }
            let ($row, $at) = (&TABLES[table][row], at);
            all[at] = $view;
            (row, at) = (row + 1, at + 1);
        }
        all
    }};
}

// Two tables, so that a wasm that says nothing needs but one.
static OPTIONS: [DaemonOption; COUNT] = of_all_rows!(|row, at| row.option(at));
static DESCRIPTIONS: [Description; COUNT] = of_all_rows!(|row, _at| row.description());

/// Every option, grouped by category.
pub fn all() -> impl Iterator<Item = &'static DaemonOption> {
    OPTIONS.iter()
}

/// The row with exactly this key, such as `log-opts.max-size` or `runtimes.<name>.path`.
pub fn find(key: &str) -> Option<&'static DaemonOption> {
    all().find(|it| it.key == key)
}

/// The row for member `name` of the object, map or list element at `parent`.
///
/// `parent` is written as in [`DaemonOption::parent`]. Members of an object
/// ignore letter case, as Go's decoder does; top-level keys and the keys of a
/// map do not.
pub fn member(parent: &str, name: &str) -> Option<&'static DaemonOption> {
    let ignores_case = !parent.is_empty() && kind_of(parent) == Some(Kind::Object);
    children(parent).find(|it| it.name() == name || (ignores_case && it.name().eq_ignore_ascii_case(name)))
}

/// The rows directly below `parent` (see [`DaemonOption::parent`]).
pub fn children(parent: &str) -> impl Iterator<Item = &'static DaemonOption> {
    all().filter(move |it| it.parent == parent)
}

/// The kind of the values at `path`: of an option, of an element (`dns[]`), or of an entry (`runtimes.crun`).
pub fn kind_of(path: &str) -> Option<Kind> {
    if let Some(option) = find(path) {
        return Some(option.kind);
    }
    if let Some(list) = path.strip_suffix("[]") {
        return match kind_of(list)? {
            Kind::List(element) => Some(*element),
            _ => None,
        };
    }
    let (map, _) = path.rsplit_once('.')?;
    match kind_of(map)? {
        Kind::Map(value) => Some(*value),
        _ => None,
    }
}

/// The member that repeats the name of its entry in the map at `map`, and that the daemon looks at: `Name` in `default-ulimits`.
///
/// Source: moby daemon/oci_linux.go, `mergeUlimits`
pub fn naming_member(map: &str) -> Option<&'static str> {
    (map == "default-ulimits").then_some("Name")
}

impl DaemonOption {
    /// Its own key, without the path above it: `max-size` of `log-opts.max-size`.
    pub fn name(&self) -> &'static str {
        self.key.strip_prefix(self.parent).map_or(self.key, |it| it.trim_start_matches('.'))
    }

    /// Whether the flag of this name, written without hyphens, sets what this key sets.
    ///
    /// None does for `runtimes`: `--add-runtime` adds to those of the file.
    pub fn is_set_by(&self, flag: &str) -> bool {
        match self.named {
            FlagName::None => false,
            FlagName::Key => flag == self.name(),
            FlagName::Singular => match self.key.strip_suffix("ies") {
                Some(stem) => flag.strip_suffix('y') == Some(stem),
                None => self.key.strip_suffix('s') == Some(flag),
            },
        }
    }

    /// What is told of it.
    pub fn description(&self) -> &'static Description {
        let described = DESCRIPTIONS.get(usize::from(self.at));
        described.unwrap_or(const { &ROW.description() })
    }

    /// Whether the key stands for something in `engine`: neither younger nor removed.
    pub fn exists_in(&self, engine: Engine) -> bool {
        self.since <= engine && self.removed.is_none_or(|removed| engine < removed)
    }

    /// Whether `engine` lets the key pass, be it without effect. The others call it unknown.
    pub fn is_known_to(&self, engine: Engine) -> bool {
        self.status != Status::Refused && self.since <= engine && self.unknown.is_none_or(|unknown| engine < unknown)
    }

    /// Whether `engine` decodes the value, so that one of another kind is an error.
    ///
    /// It decodes every value of a map, known or not, and what it refuses later by name; it does not decode
    /// what it only lets pass.
    pub fn is_decoded_by(&self, engine: Engine) -> bool {
        matches!(kind_of(self.parent), Some(Kind::Map(_)))
            || (self.is_known_to(engine) && (self.exists_in(engine) || self.unknown.is_some()))
    }

    /// Whether the Engine decodes the value of a key that no file may set.
    pub fn is_decoded_and_refused(&self) -> bool {
        self.status == Status::Refused && self.kind != Kind::Any
    }

    /// Whether log or storage driver `driver` of `engine` knows it.
    pub fn belongs_to(&self, driver: &str, engine: Engine) -> bool {
        self.drivers.is_empty() || self.drivers.iter().any(|it| it.value == driver && it.exists_in(engine))
    }

    /// The permitted values in `engine`; empty when they are not a closed set.
    pub fn choices_in(&self, engine: Engine) -> impl Iterator<Item = &'static str> {
        values_in(self.choices, engine)
    }

    /// The values worth offering in `engine`.
    pub fn suggestions_in(&self, engine: Engine) -> impl Iterator<Item = &'static str> {
        values_in(self.description().suggestions, engine)
    }
}

/// Those of some values that count for `engine`.
pub fn values_in(choices: &'static [Choice], engine: Engine) -> impl Iterator<Item = &'static str> {
    choices.iter().filter(move |it| it.exists_in(engine)).map(|it| it.value)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_unique() {
        let mut seen = HashSet::new();
        for option in all() {
            assert!(seen.insert(option.key), "{} has two rows", option.key);
        }
    }

    #[test]
    fn every_row_is_in_the_file_of_its_category() {
        for (category, table) in Category::ALL.iter().zip(TABLES) {
            for row in *table {
                assert_eq!(row.category, *category, "{}", row.key);
            }
        }
    }

    #[test]
    fn options_have_the_descriptions_of_their_rows() {
        for (option, row) in all().zip(TABLES.iter().copied().flatten()) {
            assert_eq!(option.key, row.key);
            assert_eq!(option.description().summary, row.summary, "{}", row.key);
        }
        assert_eq!(all().count(), TABLES.iter().copied().flatten().count());
    }

    #[test]
    fn keys_begin_with_their_parent_and_parents_can_have_members() {
        for option in all().filter(|it| !it.parent.is_empty()) {
            let rest = option.key.strip_prefix(option.parent).unwrap_or("");
            assert!(rest.starts_with('.') && rest.len() > 1, "{}", option.key);
            assert!(
                matches!(kind_of(option.parent), Some(Kind::Object | Kind::Map(_) | Kind::Text(Format::Assignment))),
                "{} cannot lie below {}",
                option.key,
                option.parent
            );
        }
    }

    #[test]
    fn no_row_is_older_than_the_one_above_it() {
        for option in all() {
            let above = option.parent.trim_end_matches("[]").trim_end_matches(".<name>");
            if let Some(above) = find(above) {
                assert!(option.since >= above.since, "{}", option.key);
            }
        }
    }

    #[test]
    fn only_rows_below_another_have_dots_or_brackets() {
        for option in all().filter(|it| it.parent.is_empty()) {
            assert!(!option.key.contains(['.', '[', '<']), "{}", option.key);
        }
    }

    #[test]
    fn every_row_says_what_it_is_in_one_line_and_where_that_comes_from() {
        for option in all() {
            let summary = option.description().summary;
            assert!(summary.ends_with('.'), "{}: {summary}", option.key);
            assert!(summary.chars().count() <= 100, "{}: {summary}", option.key);
            assert!(!option.description().source.is_empty(), "{} has no source", option.key);
        }
    }

    #[test]
    fn flags_are_called_as_their_description_says() {
        let has_flag = |it: &&DaemonOption| matches!(it.parent, "" | "proxies") && it.key != "runtimes";
        for option in all().filter(has_flag) {
            let flag = option.description().flag.strip_prefix("--").unwrap_or("");
            assert_eq!(option.is_set_by(flag), !flag.is_empty(), "{}", option.key);
        }
    }

    #[test]
    fn what_is_true_by_default_is_so_since_the_engine_its_words_name() {
        for option in all() {
            let words = option.description().default;
            let since = match words.strip_prefix("true since ") {
                Some(since) => since.split(',').next(),
                None => (words == "true").then_some("20.10"),
            };
            let on_since = option.on_since.map(|it| format!("{}.{}", it.major, it.minor));
            assert_eq!(on_since.as_deref(), since, "{}", option.key);
        }
    }

    #[test]
    fn json_defaults_are_of_the_kind_of_their_row() {
        for option in all() {
            let Ok(value) = serde_json::from_str::<serde_json::Value>(option.description().default) else {
                continue;
            };
            let fits = match option.kind {
                Kind::Bool => value.is_boolean(),
                Kind::Integer(_) => value.is_i64(),
                Kind::Text(Format::Bool) => value == "true" || value == "false",
                Kind::Text(Format::Integer) => value.as_str().is_some_and(|it| it.parse::<i64>().is_ok()),
                Kind::Text(_) => value.is_string(),
                Kind::List(_) => value.is_array(),
                Kind::Object | Kind::Map(_) => value.is_object(),
                Kind::Any => true,
            };
            assert!(fits, "{} = {}", option.key, option.description().default);
            if let (Some(text), false) = (value.as_str(), option.choices.is_empty()) {
                assert!(option.choices.iter().any(|it| it.value == text), "{}: {text} is no choice", option.key);
            }
        }
    }

    #[test]
    fn choices_suggestions_and_drivers_are_named_once() {
        for option in all() {
            for list in [option.choices, option.description().suggestions, option.drivers] {
                let mut seen = HashSet::new();
                for it in list {
                    assert!(!it.value.is_empty(), "{}", option.key);
                    assert!(seen.insert(it.value), "{}: {}", option.key, it.value);
                    assert!(it.since.is_none_or(|since| since > option.since), "{}: {}", option.key, it.value);
                }
            }
            assert!(option.choices.is_empty() || option.description().suggestions.is_empty(), "{}", option.key);
        }
    }

    #[test]
    fn what_ends_began_before() {
        for option in all() {
            for end in [option.deprecated, option.removed, option.unknown].into_iter().flatten() {
                assert!(end >= option.since, "{}", option.key);
            }
            if let Some(removed) = option.removed {
                assert!(removed > option.since, "{}", option.key);
                assert!(option.deprecated.is_none_or(|it| it <= removed), "{}", option.key);
            }
            if let Some(unknown) = option.unknown {
                assert!(
                    option.status == Status::Ignored || option.removed.is_some_and(|it| it <= unknown),
                    "{}",
                    option.key
                );
            }
        }
    }

    #[test]
    fn replacements_are_rows_that_count() {
        for option in all() {
            if let Some(replacement) = option.replacement {
                let target = find(replacement).map(|it| it.status);
                assert_eq!(target, Some(Status::Read), "{} → {replacement}", option.key);
            }
        }
    }

    #[test]
    fn engines_know_a_key_from_its_first_flag_to_its_last() {
        for (key, last_before, first, last, first_after) in [
            ("graph", None, Some("20.10"), Some("23"), Some("24")),
            ("cluster-store-opt", None, Some("20.10"), Some("23"), Some("24")),
            ("oom-score-adjust", None, Some("20.10"), Some("25"), Some("26")),
            ("api-cors-header", None, Some("20.10"), Some("28"), Some("29")),
            ("deprecated-key-path", None, Some("20.10"), Some("29"), None),
            ("allow-nondistributable-artifacts", None, Some("20.10"), Some("29"), None),
            ("validate", Some("20.10"), Some("23"), Some("29"), None),
            ("http-proxy", Some("20.10"), Some("23"), Some("29"), None),
            ("default-network-opt", Some("23"), Some("24"), Some("29"), None),
            ("cdi-spec-dir", Some("24"), Some("25"), Some("29"), None),
            ("feature", Some("27.2"), Some("27.3"), Some("29"), None),
            ("bip6", Some("27"), Some("28.0"), Some("29"), None),
            ("allow-direct-routing", Some("28.1"), Some("28.2"), Some("29"), None),
            ("nri-opts", Some("29.1"), Some("29.2"), Some("29"), None),
            ("default-stop-timeout", Some("29.6"), Some("29.7"), Some("29"), None),
            ("apparmor-profile", Some("29"), None, None, None),
            ("resolv-conf", Some("29"), None, None, None),
        ] {
            let option = find(key).unwrap();
            for (engine, known) in [(last_before, false), (first, true), (last, true), (first_after, false)] {
                if let Some(engine) = engine {
                    assert_eq!(option.is_known_to(engine.parse().unwrap()), known, "{key} in {engine}");
                }
            }
        }
    }

    #[test]
    fn engines_decode_what_they_have_a_field_for() {
        for (key, engine, decoded) in [
            ("graph", "23", true), // refused by name, after it was decoded
            ("graph", "24", false),
            ("deprecated-key-path", "23", true),
            ("deprecated-key-path", "24", false),
            ("allow-nondistributable-artifacts", "28.0", true),
            ("allow-nondistributable-artifacts", "28.1", false),
            ("features.cdi", "20.10", true), // any member of `features` must be a boolean
            ("log-opts.fluentd-async-connect", "29", true),
            ("builder.history", "23", false),
            ("builder.gc.policy[].keepStorage", "29", true),
            ("runtimes.<name>.options", "23", false),
        ] {
            let option = find(key).unwrap();
            assert_eq!(option.is_decoded_by(engine.parse().unwrap()), decoded, "{key} in {engine}");
        }
    }

    #[test]
    fn rows_below_a_map_have_the_json_type_of_its_values() {
        for option in all() {
            let same = match (kind_of(option.parent), option.kind) {
                (Some(Kind::Map(Kind::Text(_))), kind) => matches!(kind, Kind::Text(_)),
                (Some(Kind::Map(value)), kind) => *value == kind,
                _ => true,
            };
            assert!(same, "{}", option.key);
        }
    }

    #[test]
    fn members_of_objects_ignore_letter_case_and_keys_of_maps_do_not() {
        for (parent, name, key) in [
            ("", "bip", Some("bip")),
            ("", "BIP", None),
            ("default-address-pools[]", "BASE", Some("default-address-pools[].base")),
            ("log-opts", "max-size", Some("log-opts.max-size")),
            ("log-opts", "MAX-SIZE", None),
        ] {
            assert_eq!(member(parent, name).map(|it| it.key), key, "{parent} {name}");
        }
    }

    #[test]
    fn kinds_are_known_below_lists_and_maps() {
        for (path, kind) in [
            ("dns", Some(Kind::List(&Kind::Text(Format::Address)))),
            ("dns[]", Some(Kind::Text(Format::Address))),
            ("default-address-pools[].size", Some(Kind::Integer("bits"))),
            ("log-opts.anything", Some(Kind::Text(Format::Free))),
            ("bip[]", None),
            ("nonsense", None),
        ] {
            assert_eq!(kind_of(path), kind, "{path}");
        }
    }
}
