//! Which values does an option of NixOS take?

use crate::notation::nix::value::Kind;

/// The types of the options for Docker.
///
/// Source: nixpkgs `lib/types.nix`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `str`
    Text,
    /// `separatedString " "`: definitions are joined with a blank.
    Line,
    /// `listOf str`
    Texts,
    /// `enum`
    OneOf(&'static [&'static str]),
    /// `nullOr (enum …)`
    OneOfOrNone(&'static [&'static str]),
    /// `package`
    Package,
    /// `listOf package`
    Packages,
    /// The type of `pkgs.formats.json { }`.
    Json,
    /// A submodule with that type for what it has no option for, and an option for `live-restore`.
    Settings,
}

impl Type {
    /// What a value must be, with an article.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Text | Self::Line => "a string",
            Self::Texts => "a list of strings",
            Self::OneOf(_) => "one of some strings",
            Self::OneOfOrNone(_) => "null or one of some strings",
            Self::Package => "a package",
            Self::Packages => "a list of packages",
            Self::Json => "a value of JSON",
            Self::Settings => "a set",
        }
    }

    /// Whether a known value is of the type; what is in a list or a set is not looked at.
    pub(super) fn takes(self, kind: &Kind) -> bool {
        match (self, kind) {
            (Self::Bool, Kind::Bool(_)) | (Self::Text | Self::Line, Kind::String(_)) => true,
            (Self::Texts, Kind::List(elements)) => elements.iter().all(|it| may_be_text(&it.kind)),
            (Self::Packages, Kind::List(_)) | (Self::OneOfOrNone(_), Kind::Null) => true,
            (Self::OneOf(choices) | Self::OneOfOrNone(choices), Kind::String(it)) => choices.contains(&&**it),
            (Self::Json, kind) => !matches!(kind, Kind::Function(..)),
            // Functions and paths are modules, too.
            (Self::Settings, kind) => {
                matches!(
                    kind,
                    Kind::Set(_)
                        | Kind::Function(..)
                        | Kind::Path(_)
                        | Kind::Merge(_)
                        | Kind::If(..)
                        | Kind::Override(..)
                        | Kind::Order(..)
                )
            }
            _ => false,
        }
    }
}

fn may_be_text(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) | Kind::List(_) | Kind::Set(_) | Kind::Path(_)
    )
}
