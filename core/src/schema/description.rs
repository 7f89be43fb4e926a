//! How is one option described?

use super::{Choice, values_in};
use crate::Engine;

/// What rules say of an option.
#[derive(Debug)]
pub struct Brief {
    /// What counts when it is not set: JSON text, or words; empty when that is nothing.
    pub default: &'static str,
    /// The command-line flag of the same meaning; empty when there is none.
    pub flag: &'static str,
}

/// The description of an option. No rule decides by it, so a [glance](crate::glance()) does without.
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

impl Description {
    /// The values worth offering in `engine`.
    pub fn suggestions_in(&self, engine: Engine) -> impl Iterator<Item = &'static str> {
        values_in(self.suggestions, engine)
    }
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
