//! Why does NixOS refuse the options that a configuration gives it?

use crate::{
    notation::nix::value::{Failure, Kind, Value},
    text::Span,
};

/// Something that makes `nixos-rebuild` fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong.
    pub kind: FlawKind,
    /// The names of the option, and of what is in its value.
    pub path: Vec<String>,
    /// The bytes of the last name.
    pub key: Span,
    /// The bytes from its path to the semicolon; empty where there are none.
    pub binding: Span,
    /// The bytes of the value.
    pub span: Span,
    /// The bytes of another value that is involved.
    pub related: Option<Span>,
}

/// The reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Two definitions of the same priority have different values.
    Conflict {
        /// The value, as it is shown.
        value: String,
        /// The other.
        other: String,
        /// Whether the other is NixOS's own.
        is_modules: bool,
    },
    /// One definition is null, and another is not.
    NullAndValue,
    /// A value of another type.
    WrongType {
        /// What it must be, with an article.
        expected: &'static str,
        /// What it is, with an article.
        found: &'static str,
    },
    /// A string that is not among those that the option takes.
    NotPermitted {
        /// The string.
        value: String,
        /// Those it takes.
        choices: &'static [&'static str],
    },
    /// A wrapper in another where the module system does not look for it: `mkForce (mkIf …)`.
    Wrapped,
    /// A value that may be defined once only.
    Twice,
    /// No option has this name.
    NoOption {
        /// The name that was likely meant.
        nearest: Option<&'static str>,
        /// The first release that has it; empty where none does.
        since: String,
    },
    /// The option is gone.
    Removed {
        /// What NixOS says of it.
        why: &'static str,
    },
    /// Its evaluation fails.
    Fails(Failure),
    /// An assertion of a module does not hold.
    Assertion(Assertion),
}

/// The assertions of the modules for Docker.
///
/// Source: nixpkgs `nixos/modules/virtualisation/docker.nix` and `podman/default.nix`, `assertions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// `autoPrune.allVolumes.enable` without `autoPrune.enable`.
    VolumesNotPruned,
    /// `virtualisation.podman.dockerCompat` beside Docker.
    PodmanIsDocker,
    /// `virtualisation.podman.dockerSocket.enable` beside Docker.
    PodmanHasSocket,
}

/// A value as a message shows it; long ones and those of many parts by their kind.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(true) => "true".to_owned(),
        Kind::Bool(false) => "false".to_owned(),
        Kind::Int(number) => number.to_string(),
        Kind::String(text) if text.len() <= LONGEST => ["\"", text, "\""].concat(),
        Kind::String(_) => "a long string".to_owned(),
        Kind::Float(_) => "a number with a fraction".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Set(_) => "a set".to_owned(),
        _ => "an expression".to_owned(),
    }
}
