//! Which options of NixOS say something of containers, and what becomes of each?
//!
//! Three modules have them: `virtualisation.oci-containers` of nixpkgs, `virtualisation.quadlet` of quadlet-nix, and Arion's
//! `virtualisation.arion` and `arion-compose.nix`.

mod rows;
mod values;

pub use rows::ROWS;
pub use values::values;

use crate::{docker::host::Release, text::words};

/// An option.
#[derive(Debug)]
pub struct Row {
    /// The place it is at: `oci.containers.*` for those of a container.
    pub place: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What becomes of it.
    pub becomes: Becomes,
    /// What it does, in a sentence.
    pub summary: &'static str,
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A string or null.
    TextOrNull,
    /// A list of strings.
    Texts,
    /// A set of strings.
    Pairs,
    /// A set of strings and whole numbers.
    PairsOrNumbers,
    /// A list of strings, or a set of strings.
    TextsOrPairs,
    /// A string, or a list of strings.
    Command,
    /// A truth value, or null.
    Bool,
    /// A set of truth values and nulls.
    Truths,
    /// A whole number.
    Number,
    /// A whole number, or null.
    NumberOrNull,
    /// A package, or null.
    Package,
    /// Other options.
    Group,
    /// Sets of options, by any name.
    Groups,
    /// A set of anything.
    Set,
    /// Anything.
    Any,
}

impl Kind {
    /// What it is called, with an article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::TextOrNull => "a string or null",
            Self::Texts => "a list of strings",
            Self::Pairs => "a set of strings",
            Self::PairsOrNumbers => "a set of strings and whole numbers",
            Self::TextsOrPairs => "a list or a set of strings",
            Self::Command => "a string or a list of strings",
            Self::Bool => "`true` or `false`",
            Self::Truths => "a set of `true`, `false` and null",
            Self::Number => "a whole number",
            Self::NumberOrNull => "a whole number or null",
            Self::Package => "a package",
            Self::Group | Self::Groups | Self::Set => "a set",
            Self::Any => "a value",
        }
    }
}

/// What becomes of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A field of the model, or a part of one.
    Field,
    /// This flag of `docker run` or `podman run`, or of what makes networks, volumes and images.
    Flag(&'static str),
    /// The key of this name in a Compose file.
    Compose,
    /// Nothing, and why.
    Nowhere(&'static str),
    /// Nothing, and nobody misses it.
    Silent,
}

impl Row {
    /// Its place and name: `oci.containers.*.image`.
    pub fn path(&self) -> String {
        [self.place, ".", self.name].concat()
    }

    /// The NixOS release that has it first, where not every supported one has it.
    ///
    /// Source: nixpkgs pull requests 258299, 259456, 335430, 349537, 387051 and their releases.
    pub fn since(&self) -> Option<Release> {
        match (self.place, self.name) {
            ("oci.containers.*", "hostname" | "labels") => Some(Release::new(24, 5)),
            ("oci.containers.*", "imageStream") => Some(Release::new(24, 11)),
            (
                "oci.containers.*",
                "autoRemoveOnStop" | "capabilities" | "devices" | "networks" | "podman" | "privileged" | "pull"
                | "serviceName",
            ) => Some(Release::new(25, 5)),
            ("oci.containers.*.podman", _) => Some(Release::new(25, 5)),
            _ => None,
        }
    }

    /// Where it is written down.
    pub fn source(&self) -> &'static str {
        let files = [
            ("oci", "nixpkgs nixos/modules/virtualisation/oci-containers.nix"),
            ("quadlet.builds", "quadlet-nix build.nix"),
            ("quadlet.containers", "quadlet-nix container.nix"),
            ("quadlet.networks", "quadlet-nix network.nix"),
            ("quadlet.pods", "quadlet-nix pod.nix"),
            ("quadlet.volumes", "quadlet-nix volume.nix"),
            ("quadlet", "quadlet-nix options.nix"),
            ("arion.settings.services", "arion src/nix/modules/service"),
            ("arion.settings", "arion src/nix/modules/composition"),
        ];
        files.iter().find(|it| self.place.starts_with(it.0)).map_or("arion nixos-module.nix", |it| it.1)
    }
}

/// Options that each object of quadlet-nix has.
const OF_EACH: &str = "quadlet.*";

/// The options at a place.
pub fn at(place: &str) -> impl Iterator<Item = &'static Row> {
    let own = |place: &str| {
        let start = ROWS.partition_point(|it| it.place < place);
        let end = ROWS.partition_point(|it| it.place <= place);
        ROWS.get(start..end).unwrap_or_default()
    };
    let shared = if is_object(place) { own(OF_EACH) } else { &[] };
    own(place).iter().chain(shared)
}

/// Whether options of each object of quadlet-nix are at a place, too.
fn is_object(place: &str) -> bool {
    place.starts_with("quadlet.") && place.ends_with(".*") && place != OF_EACH
}

/// The option of a name at a place.
pub fn find(place: &str, name: &str) -> Option<&'static Row> {
    let own = |place: &str| ROWS.binary_search_by(|it| (it.place, it.name).cmp(&(place, name))).ok();
    let found = own(place).or_else(|| own(OF_EACH).filter(|_| is_object(place)));
    found.and_then(|it| ROWS.get(it))
}

/// The option that was likely meant: the nearest, if it is near.
pub fn nearest(place: &str, written: &str) -> Option<&'static str> {
    let lower = written.to_lowercase();
    let near = at(place).map(|it| (words::distance(&lower, &it.name.to_lowercase()), it.name));
    let nearest = near.min_by_key(|it| it.0);
    nearest.filter(|it| it.0 <= 1.max(written.len() / 3).min(3)).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::flags;

    /// `oci.containers.* image`: every option that the three modules declare.
    const DECLARED: &str = include_str!("../../../tests/vectors/nix-container-options.txt");

    #[test]
    fn options_are_in_order_and_differ() {
        assert!(ROWS.is_sorted_by(|a, b| (a.place, a.name) < (b.place, b.name)));
        for it in ROWS {
            assert!(it.summary.ends_with(['.', '…']), "{it:?}");
            if let Becomes::Nowhere(why) = it.becomes {
                assert!(why.ends_with('.'), "{it:?}");
            }
        }
    }

    #[test]
    fn options_are_those_that_the_modules_declare() {
        let rows: Vec<String> = ROWS.iter().map(|it| [it.place, " ", it.name].concat()).collect();
        let mut declared: Vec<&str> = DECLARED.lines().filter(|it| !it.starts_with('#')).collect();
        declared.sort_unstable();
        let missing: Vec<&&str> = declared.iter().filter(|it| !rows.iter().any(|row| row == **it)).collect();
        assert_eq!(missing, [&""; 0], "declared, without a row");
        let other: Vec<&String> = rows.iter().filter(|it| !declared.contains(&it.as_str())).collect();
        assert_eq!(other, [""; 0], "rows that no module declares");
    }

    #[test]
    fn flags_are_those_of_the_programs() {
        for it in ROWS.iter().filter(|it| it.place.contains(".containers.*") || it.place.contains(".pods.")) {
            if let Becomes::Flag(name) = it.becomes {
                assert!(flags::find(name).is_some_and(|known| known.name == name), "{it:?}");
            }
        }
    }
}
