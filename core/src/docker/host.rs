//! What is known about the machine the daemon runs on?

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

use crate::{Engine, address::Subnet, daemon::dialect::flags::table};

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

    /// Reads a release as it is written, `25.11`; `unstable` is what becomes the next one. `None` for anything else, such
    /// as `25.10`.
    pub fn read(text: &str) -> Option<Self> {
        if text == "unstable" {
            return Some(Self::UNSTABLE);
        }
        let &[y1, y2, b'.', m1, m2] = text.as_bytes() else { return None };
        let number = |tens: u8, ones: u8| {
            let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
            is_number.then(|| (tens - b'0') * 10 + (ones - b'0'))
        };
        let month = number(m1, m2)?;
        matches!(month, 3 | 5 | 9 | 11).then_some(Self::new(number(y1, y2)?, month))
    }

    /// Its whole name: `NixOS 26.05`.
    pub fn title(self) -> String {
        ["NixOS ", &self.to_string()].concat()
    }

    /// The newest release Drydock knows.
    pub const LATEST: Self = Self::new(26, 5);

    /// What becomes the release after that.
    pub const UNSTABLE: Self = Self::new(26, 11);

    /// The branch of nixpkgs that has it: `nixos-26.05`, `nixos-unstable`.
    pub fn branch(self) -> String {
        match self > Self::LATEST {
            true => "nixos-unstable".to_owned(),
            false => ["nixos-", &self.to_string()].concat(),
        }
    }

    /// The Engine behind `pkgs.docker` of this release; `None` where that is not known.
    ///
    /// Source: nixpkgs pull requests #264461 (23.11), #330861 (24.05), #330109 (24.11), #417000 (master in June 2025; no
    /// backport to 25.05 was found, and #469265 left its default as it was), release notes of 25.11, #469004 (26.05);
    /// changelogs of fc-nixos, which follow nixpkgs (21.05 to 23.05).
    pub fn ships(self) -> Option<Shipped> {
        let (major, caveat) = match (self.year, self.month) {
            (21 | 22, 5 | 11) | (23, 5) => (20, ""),
            (23, 11) => (24, ""),
            (24, 5) => (25, "24 before August 2024"),
            (24, 11) => (27, ""),
            (25, 5) => (27, "perhaps 28 since June 2025"),
            (25, 11) => (28, ""),
            (26, 5 | 11) => (29, ""),
            _ => return None,
        };
        Some(Shipped { who: self.title(), engine: Engine::latest_of(major)?, caveat })
    }

    /// Whether nixpkgs refuses the Docker that it ships, as insecure.
    ///
    /// Source: NixOS/nixpkgs#523061
    pub fn refuses_its_docker(self) -> bool {
        self == Self::new(25, 11)
    }

    /// The Engine of Flying Circus's platform of this release; `None` where that is not known.
    ///
    /// Source: fc-nixos `package-versions.json` and `pkgs/overlay.nix`, branches 22.11 to 24.11; before, its changelogs.
    pub fn ships_on_flying_circus(self) -> Option<Shipped> {
        let engine = match FLYING_CIRCUS.contains(&self) {
            true if self < Self::new(23, 11) => self.ships()?.engine,
            true => FLYING_CIRCUS_ENGINE,
            false => return None,
        };
        let who = ["Flying Circus ", &self.to_string()].concat();
        Some(Shipped { who, engine, caveat: "" })
    }
}

/// The releases of Flying Circus's platform whose Engine is known, newest first.
pub const FLYING_CIRCUS: &[Release] = &[
    Release::new(24, 11),
    Release::new(24, 5),
    Release::new(23, 11),
    Release::new(23, 5),
    Release::new(22, 11),
    Release::new(22, 5),
    Release::new(21, 11),
    Release::new(21, 5),
];

/// The Engine that Flying Circus keeps since its platform 23.11, for those with data of devicemapper.
///
/// Source: fc-nixos `pkgs/overlay.nix` (`docker = super.docker_24`) and `nixpkgs-config.nix`, branches 24.05 and 24.11;
/// `release/package-versions.json` of 23.11.
pub const FLYING_CIRCUS_ENGINE: Engine = Engine::new(24, 0, 9);

/// Whether the firewall of Flying Circus lets containers of this network reach the machine.
///
/// Source: fc-nixos `nixos/roles/docker.nix`, `networking.firewall.extraCommands`
pub fn flying_circus_lets_in(subnet: Subnet) -> bool {
    Subnet::new(IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12).contains(subnet)
}

/// The Engine that a platform ships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Whose it is: `NixOS 24.11`.
    pub who: String,
    /// The latest of its line.
    pub engine: Engine,
    /// What is uncertain about it; empty when nothing is.
    pub caveat: &'static str,
}

impl Shipped {
    /// What it is about.
    pub const ABOUT: &str = "Engine of the platform";

    /// What is offered where another Engine is chosen: `Check for Docker 25`.
    pub fn offer(&self) -> String {
        ["Check for Docker ", &self.engine.major.to_string()].concat()
    }

    /// `NixOS 24.05 ships Docker 25 (24 before August 2024).`
    pub fn sentence(&self) -> String {
        let major = Engine::name_of_line(self.engine.major);
        let said = [&self.who, " ships Docker ", &major].concat();
        match self.caveat {
            "" => said + ".",
            caveat => [&said, " (", caveat, ")."].concat(),
        }
    }
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

impl Nixos {
    /// The latest of both.
    pub const LATEST: Self = Self { release: Release::LATEST, state_version: Release::LATEST };
}

impl Default for Nixos {
    fn default() -> Self {
        Self::LATEST
    }
}

/// Settings given to `dockerd` as flags, each by its long name.
///
/// ```
/// let flags = drydock::docker::host::Flags::from_iter(["--debug", "host,label"]);
/// assert!(flags.has("debug"));
/// assert_eq!(flags.iter().collect::<Vec<_>>(), ["debug", "host", "label"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags(Vec<String>);

impl Flags {
    /// Adds the flags of a text: names with or without their dashes, letters that stand for one, or a part of a command
    /// line, where what has no dashes is the value of a flag.
    pub fn add(&mut self, text: &str) {
        let words = || text.split([',', ' ', '\t', '\r', '\n']);
        let has_dashes = words().any(|it| it.starts_with('-'));
        for word in words().filter(|it| !has_dashes || it.starts_with('-')) {
            let name = word.trim_start_matches('-').split('=').next().unwrap_or_default();
            let mut letters = name.chars();
            let name = match (letters.next(), letters.next()) {
                (None, _) => continue,
                (Some(letter), None) => table::behind(letter).unwrap_or(name),
                (Some(_), Some(_)) => name,
            };
            self.0.push(name.to_owned());
        }
    }

    /// Whether this flag is given, its name without dashes.
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|it| it == name)
    }

    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their names without dashes, in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Flags {
    fn from_iter<T: IntoIterator<Item = S>>(names: T) -> Self {
        let mut flags = Self::default();
        names.into_iter().for_each(|it| flags.add(it.as_ref()));
        flags
    }
}

/// Facts about the host that the settings themselves do not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The control-group hierarchy.
    pub cgroup: Cgroup,
    /// Whether the daemon is a member of a swarm.
    pub swarm: bool,
    /// Whether the daemon runs rootless.
    pub rootless: bool,
    /// The NixOS release that Nix is printed for.
    pub nixos: Nixos,
    /// Settings given to `dockerd` as flags.
    pub flags: Flags,
}

impl Default for Host {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Host {
    /// A machine of which nothing unusual is known.
    pub const USUAL: Self =
        Self { cgroup: Cgroup::V2, swarm: false, rootless: false, nixos: Nixos::LATEST, flags: Flags(Vec::new()) };

    /// What is unusual about it, in words: `rootless`, `in a swarm`, `with cgroup v1`, ``started with `--debug` ``.
    pub fn told(&self) -> Vec<String> {
        let flags = self.flags.iter();
        [(self.rootless, "rootless"), (self.swarm, "in a swarm"), (self.cgroup == Cgroup::V1, "with cgroup v1")]
            .into_iter()
            .filter(|it| it.0)
            .map(|it| it.1.to_owned())
            .chain(flags.map(|it| ["started with `--", it, "`"].concat()))
            .collect()
    }

    /// The same as one line, with the choices for NixOS, and without backticks, which screen readers do not speak.
    pub fn unusual(&self) -> String {
        let mut told = self.told();
        if self.nixos.state_version != Release::LATEST {
            let version = self.nixos.state_version.to_string();
            told.push(["stateVersion ", &version].concat());
        }
        told.join(", ").replace('`', "")
    }
}

#[cfg(test)]
mod tests {
    use super::{Flags, Host, RELEASES};

    #[test]
    fn flags_are_named_in_many_ways() {
        for (text, names) in [
            ("debug", &["debug"][..]),
            ("--debug", &["debug"]),
            ("debug,host", &["debug", "host"]),
            ("--debug --host", &["debug", "host"]),
            ("--host=fd:// --label a=b --debug", &["host", "label", "debug"]),
            ("log-opt=max-size=1m", &["log-opt"]),
            ("-H fd:// -D", &["host", "debug"]),
            ("H", &["host"]),
            ("x", &["x"]), // no letter of a flag
            ("", &[]),
            ("--", &[]),
        ] {
            let flags = Flags::from_iter([text]);
            assert_eq!(flags.iter().collect::<Vec<_>>(), names, "{text}");
            assert_eq!(Flags::from_iter(flags.iter()), flags, "{text}");
        }
    }

    #[test]
    fn every_release_has_its_engine() {
        let said: Vec<_> = RELEASES.iter().filter_map(|it| Some(it.ships()?.sentence())).collect();
        assert_eq!(
            said,
            [
                "NixOS 26.05 ships Docker 29.",
                "NixOS 25.11 ships Docker 28.",
                "NixOS 25.05 ships Docker 27 (perhaps 28 since June 2025).",
                "NixOS 24.11 ships Docker 27.",
                "NixOS 24.05 ships Docker 25 (24 before August 2024).",
                "NixOS 23.11 ships Docker 24.",
            ]
        );
    }

    #[test]
    fn tells_what_is_unusual() {
        for (words, told) in [
            (&[][..], ""),
            (&["rootless", "cgroup=v1"], "rootless, with cgroup v1"),
            (&["swarm", "flag=debug"], "in a swarm, started with `--debug`"),
        ] {
            assert_eq!(Host::of_words(words.iter().copied()).told().join(", "), told);
        }
    }
}
