//! What is known about one option?

use super::{Choice, Kind, choice::values_in};
use crate::Engine;

/// One option of `daemon.json`: all that rules judge its key and its value by.
#[derive(Debug)]
pub struct DaemonOption {
    /// Its path: `bip`, `log-opts.max-size`, `default-address-pools[].base`, `runtimes.<name>.path`.
    ///
    /// `[]` stands for every element of a list, `<name>` for a key the user chooses.
    pub key: &'static str,
    /// The path above it, empty at the top level: `log-opts`, `default-address-pools[]`, `runtimes.<name>`.
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
    /// The first Engine that calls its key unknown; `None` while every Engine knows it, even without acting on it.
    pub unknown: Option<Engine>,
    /// The first Engine that takes it as true when it is not set.
    pub on_since: Option<Engine>,
    /// The option to use instead.
    pub replacement: Option<&'static str>,
    /// Whether the daemon acts on the key at all.
    pub status: Status,
    /// The name of the flag that sets it.
    pub(super) named: FlagName,
    /// Its number in the table.
    pub(crate) at: u16,
    /// The log or storage drivers that accept it; empty when it does not depend on the driver.
    pub drivers: &'static [Choice],
}

/// The name of a flag, relative to the key it sets.
#[derive(Clone, Copy, Debug)]
pub enum FlagName {
    /// No flag sets this option.
    None,
    /// The same as the key.
    Key,
    /// The singular of the key: `--dns-opt` adds to `dns-opts`.
    Singular,
}

/// Whether the daemon acts on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Read,
    /// The key is accepted, because a flag has its name, but has no effect.
    Ignored,
    /// The key is refused, although it looks like one the daemon knows.
    Refused,
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

    /// Whether the key means something to `engine`: it is neither newer nor removed.
    pub fn exists_in(&self, engine: Engine) -> bool {
        self.since <= engine && self.removed.is_none_or(|removed| engine < removed)
    }

    /// Whether `engine` accepts the key, even without effect. Other Engines call it unknown.
    pub fn is_known_to(&self, engine: Engine) -> bool {
        self.status != Status::Refused && self.since <= engine && self.unknown.is_none_or(|unknown| engine < unknown)
    }

    /// Whether the Engine decodes the value of a key that no file may set.
    pub fn is_decoded_and_refused(&self) -> bool {
        self.status == Status::Refused && self.kind != Kind::Any
    }

    /// Whether log or storage driver `driver` of `engine` accepts it.
    pub fn belongs_to(&self, driver: &str, engine: Engine) -> bool {
        self.drivers.is_empty() || self.drivers.iter().any(|it| it.value == driver && it.exists_in(engine))
    }

    /// The permitted values in `engine`; empty when they are not a closed set.
    pub fn choices_in(&self, engine: Engine) -> impl Iterator<Item = &'static str> {
        values_in(self.choices, engine)
    }
}
