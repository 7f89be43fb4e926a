//! Which Docker Engine is meant?

use std::{fmt, str::FromStr};

/// A release of the Docker Engine, ordered by age.
///
/// Text may leave out the patch or the minor number: `"29"` and `"28.5"` mean
/// the latest known release of that line.
///
/// ```
/// use drydock::Engine;
///
/// assert_eq!("28.5".parse(), Ok(Engine::new(28, 5, 2)));
/// assert!(Engine::new(20, 10, 24) < "23".parse().unwrap());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Engine {
    /// The year-like first number, such as 29.
    pub major: u8,
    /// The second number.
    pub minor: u8,
    /// The third number.
    pub patch: u8,
}

/// The latest release of each line that Drydock knows, oldest first.
///
/// Source: tags of the moby repository, read 2026-11-20.
pub const RELEASES: &[Engine] = &[
    Engine::new(20, 10, 27),
    Engine::new(23, 0, 18),
    Engine::new(24, 0, 9),
    Engine::new(25, 0, 17),
    Engine::new(26, 0, 2),
    Engine::new(26, 1, 5),
    Engine::new(27, 0, 3),
    Engine::new(27, 1, 2),
    Engine::new(27, 2, 1),
    Engine::new(27, 3, 1),
    Engine::new(27, 4, 1),
    Engine::new(27, 5, 1),
    Engine::new(28, 0, 4),
    Engine::new(28, 1, 1),
    Engine::new(28, 2, 2),
    Engine::new(28, 3, 3),
    Engine::new(28, 4, 0),
    Engine::new(28, 5, 2),
    Engine::new(29, 0, 4),
    Engine::new(29, 1, 5),
    Engine::new(29, 2, 1),
    Engine::new(29, 3, 1),
    Engine::new(29, 4, 3),
    Engine::new(29, 5, 3),
    Engine::new(29, 6, 2),
    Engine::new(29, 7, 2),
];

/// The major versions a visitor can choose from, newest first.
pub const MAJORS: &[u8] = &[29, 28, 27, 26, 25, 24, 23, 20];

impl Engine {
    /// The newest release Drydock knows.
    pub const LATEST: Self = Self::new(29, 7, 2);

    /// The release `major.minor.patch`.
    pub const fn new(major: u8, minor: u8, patch: u8) -> Self {
        Self { major, minor, patch }
    }

    /// Whether this release sorts the address pools and drops those within others, in place of going through them as
    /// they are written.
    ///
    /// Source: moby v27.0.3 `libnetwork/ipams/defaultipam/address_space.go`, `newAddrSpace`.
    pub fn sorts_pools(self) -> bool {
        Self::new(27, 0, 0) <= self
    }

    /// Its whole name: `Docker Engine 29.7.2`.
    pub fn title(self) -> String {
        ["Docker Engine ", &self.to_string()].concat()
    }

    /// What a major version is called: `29`, and `20.10` for the one line whose second number is part of its name.
    pub fn name_of_line(major: u8) -> String {
        match major {
            20 => "20.10".to_owned(),
            _ => major.to_string(),
        }
    }

    /// The latest known release of a major version, `None` when Drydock knows none.
    pub fn latest_of(major: u8) -> Option<Self> {
        RELEASES.iter().copied().filter(|it| it.major == major).max()
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::LATEST
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The text names no Engine that Drydock knows, such as `"19.03"` or `"latest"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEngine(pub String);

impl fmt::Display for UnknownEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an Engine version Drydock knows; choose one from 20.10 to {}, such as 29 or 28.5",
            self.0,
            Engine::LATEST
        )
    }
}

impl std::error::Error for UnknownEngine {}

impl FromStr for Engine {
    type Err = UnknownEngine;

    /// # Errors
    ///
    /// [`UnknownEngine`] for a line without a known release, such as `"19.03"`.
    fn from_str(text: &str) -> Result<Self, UnknownEngine> {
        let unknown = || UnknownEngine(text.to_owned());
        let numbers: Vec<u8> = text
            .trim_start_matches('v')
            .split('.')
            .map(|it| it.parse().map_err(|_| unknown()))
            .collect::<Result<_, _>>()?;
        let in_line = |it: &&Engine| match numbers[..] {
            [major] => it.major == major,
            [major, minor] | [major, minor, _] => (it.major, it.minor) == (major, minor),
            _ => false,
        };
        let latest = RELEASES.iter().filter(in_line).max().ok_or_else(unknown)?;
        Ok(match numbers[..] {
            [major, minor, patch] => Self::new(major, minor, patch),
            _ => *latest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_full_and_shortened_versions() {
        for (text, expected) in [
            ("29", Some(Engine::LATEST)),
            ("28.5", Some(Engine::new(28, 5, 2))),
            ("20.10", Some(Engine::new(20, 10, 27))),
            ("20", Some(Engine::new(20, 10, 27))),
            ("v26.1.3", Some(Engine::new(26, 1, 3))),
            ("19.03", None),
            ("29.99", None), // no such line
            ("29.7.2.1", None),
            ("", None),
            ("latest", None),
        ] {
            assert_eq!(text.parse::<Engine>().ok(), expected, "{text}");
        }
    }

    #[test]
    fn releases_are_in_order_and_end_with_the_latest() {
        assert!(RELEASES.is_sorted());
        assert_eq!(RELEASES.last(), Some(&Engine::LATEST));
    }
}
