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

pub use crate::schema::{Brief, Category, Choice, DaemonOption, Description, Format, Kind, Status, values_in};

use crate::{
    Engine,
    daemon::late,
    schema::{ROW, Row, Schema, choice},
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

// Three tables: a wasm that says nothing needs the first, one that only judges the second, and the third may come later.
static OPTIONS: [DaemonOption; COUNT] = of_all_rows!(|row, at| row.option(at));
static BRIEFS: [Brief; COUNT] = of_all_rows!(|row, _at| row.brief());
pub(crate) static DESCRIPTIONS: [Description; COUNT] = of_all_rows!(|row, _at| row.description());

/// What is told of a row of this table.
fn describe(option: &DaemonOption) -> &'static Description {
    let described = late::come().and_then(|it| it.descriptions.get(usize::from(option.at)));
    described.unwrap_or(NOTHING)
}

/// What is told of a row that is in no table.
const NOTHING: &Description = &const { ROW.description() };

/// The options of the daemon, without their descriptions.
pub static SILENT: Schema = Schema {
    rows: &OPTIONS,
    describe: |_| NOTHING,
    // Source: moby daemon/oci_linux.go, `mergeUlimits`
    naming: &[("default-ulimits", "Name")],
    frequent: &[],
};

/// The options of the daemon.
pub static SCHEMA: Schema = Schema { rows: &OPTIONS, describe, naming: SILENT.naming, frequent: FREQUENT };

/// The most common keys of configurations, the most frequent first.
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

/// Every option, grouped by category.
pub fn all() -> impl Iterator<Item = &'static DaemonOption> {
    OPTIONS.iter()
}

/// The row with exactly this key: see [`Schema::find`].
pub fn find(key: &str) -> Option<&'static DaemonOption> {
    SILENT.find(key)
}

/// The row for a member of the object, map or list element at `parent`: see [`Schema::member`].
pub fn member(parent: &str, name: &str) -> Option<&'static DaemonOption> {
    SILENT.member(parent, name)
}

/// The rows directly below `parent`: see [`Schema::children`].
pub fn children(parent: &str) -> impl Iterator<Item = &'static DaemonOption> {
    SILENT.children(parent)
}

/// The kind of the values at a path: see [`Schema::kind_of`].
pub fn kind_of(path: &str) -> Option<Kind> {
    SILENT.kind_of(path)
}

/// What rules say of a row that is in no table.
const SILENCE: &Brief = &const { ROW.brief() };

impl DaemonOption {
    /// What rules say of this option of the daemon.
    pub fn brief(&self) -> &'static Brief {
        BRIEFS.get(usize::from(self.at)).unwrap_or(SILENCE)
    }

    /// What is told of this option of the daemon.
    pub fn description(&self) -> &'static Description {
        describe(self)
    }

    /// Whether `engine` decodes the value of this option of the daemon: see [`Schema::decodes`].
    pub fn is_decoded_by(&self, engine: Engine) -> bool {
        SILENT.decodes(self, engine)
    }
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
