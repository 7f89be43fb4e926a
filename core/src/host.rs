//! What is known of the machine the daemon runs on?

use std::fmt;

/// The control-group hierarchy of the host's kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cgroup {
    /// The older hierarchy; deprecated by Docker since 29.0.
    V1,
    /// The unified hierarchy, the default of today's distributions.
    #[default]
    V2,
}

/// A NixOS release, such as 26.05.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The two-digit year.
    pub year: u8,
    /// The month: 5 or 11; up to 20.09 it was 3 or 9.
    pub month: u8,
}

impl Release {
    /// The release of that year and month.
    pub const fn new(year: u8, month: u8) -> Self {
        Self { year, month }
    }

    /// Reads a release as it is written, `25.11`; `None` for anything else, such as `unstable` or `25.10`.
    pub fn read(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('.')?;
        let month = month.parse().ok()?;
        matches!(month, 3 | 5 | 9 | 11).then_some(Self::new(year.parse().ok()?, month))
    }

    /// The newest release Drydock knows.
    pub const LATEST: Self = Self::new(26, 5);
}

/// The NixOS releases a visitor can choose from, newest first.
pub const RELEASES: &[Release] = &[
    Release::new(26, 5),
    Release::new(25, 11),
    Release::new(25, 5),
    Release::new(24, 11),
    Release::new(24, 5),
    Release::new(23, 11),
];

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}.{:02}", self.year, self.month)
    }
}

/// NixOS facts that change what the same settings do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nixos {
    /// The release whose module prints and reads the settings.
    pub release: Release,
    /// `system.stateVersion`: decides the default of `live-restore`.
    pub state_version: Release,
}

impl Default for Nixos {
    fn default() -> Self {
        Self {
            release: Release::LATEST,
            state_version: Release::LATEST,
        }
    }
}

/// Facts about the host that the settings themselves do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// The control-group hierarchy.
    pub cgroup: Cgroup,
    /// Whether the daemon is a member of a swarm.
    pub swarm: bool,
    /// Whether the daemon runs rootless.
    pub rootless: bool,
    /// The NixOS release that Nix is printed for.
    pub nixos: Nixos,
    /// Settings given as `dockerd` flags, by their long name without dashes.
    pub flags: Vec<String>,
}

impl Host {
    /// What is unusual about it, in words: `rootless`, `in a swarm`, `with cgroup v1`, ``started with `--debug` ``.
    pub fn told(&self) -> Vec<String> {
        let flags = self.flags.iter();
        [
            (self.rootless, "rootless"),
            (self.swarm, "in a swarm"),
            (self.cgroup == Cgroup::V1, "with cgroup v1"),
        ]
        .into_iter()
        .filter(|it| it.0)
        .map(|it| it.1.to_owned())
        .chain(flags.map(|it| ["started with `--", it, "`"].concat()))
        .collect()
    }

    /// The host that such words tell of: `swarm`, `rootless`, `cgroup=v1`, `flag=debug`. Others are passed over.
    ///
    /// ```
    /// use drydock::host::{Cgroup, Host};
    ///
    /// let host = Host::of_words(["rootless", "cgroup=v1"]);
    /// assert!(host.rootless && host.cgroup == Cgroup::V1);
    /// ```
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut host = Self::default();
        for word in words {
            match word.split_once('=').unwrap_or((word, "")) {
                ("swarm", _) => host.swarm = true,
                ("rootless", _) => host.rootless = true,
                ("cgroup", "v1") => host.cgroup = Cgroup::V1,
                ("flag", name) => host.flags.push(name.to_owned()),
                _ => {}
            }
        }
        host
    }
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn tells_what_is_unusual() {
        for (words, told) in [
            (&[][..], ""),
            (&["rootless", "cgroup=v1"], "rootless, with cgroup v1"),
            (
                &["swarm", "flag=debug"],
                "in a swarm, started with `--debug`",
            ),
        ] {
            assert_eq!(
                Host::of_words(words.iter().copied()).told().join(", "),
                told
            );
        }
    }
}
