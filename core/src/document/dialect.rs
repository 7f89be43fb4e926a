//! How are settings written down?

use std::fmt;

use super::{CannotEdit, Change, Document, Place, Tree};
use crate::{
    Engine,
    docker::host::Release,
    schema::{DaemonOption, Kind, Schema, assist::Own},
    text::Edits,
};

/// The notation of a text, whatever it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// JSON.
    Json,
    /// Nix.
    Nix,
    /// Words of a shell, or of a unit of systemd.
    Shell,
    /// YAML.
    Yaml,
}

impl Notation {
    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Nix => "Nix",
            Self::Shell => "shell",
            Self::Yaml => "YAML",
        }
    }

    /// Its name where code is coloured: `json`, `nix`, `shell`, `yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Nix => "nix",
            Self::Shell => "shell",
            Self::Yaml => "yaml",
        }
    }
}

/// A way to write settings down: `daemon.json`, flags of dockerd.
///
/// A row of functions. A wasm that holds a row carries the code of all of them, so the first view of the page has a row
/// of its own, without the functions that it does not call.
pub struct Dialect {
    /// Its name in links and on the command line; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the file it is saved as.
    pub file: &'static str,
    /// A text without settings.
    pub nothing: &'static str,
    /// What a sentence calls a text: `this file`, `these flags`.
    pub this: &'static str,
    /// The notation of its texts.
    pub notation: Notation,
    /// The options that its texts can set.
    pub schema: &'static Schema,
    /// Whether a text is likely meant as one of this dialect.
    pub suits: fn(&str) -> bool,
    /// Reads a text. Any text can be read.
    pub tree: fn(&str) -> Tree,
    /// Works out the edits that carry out a change and leave every other byte as it is.
    pub edit: fn(&str, &Document, &Change) -> Result<Edits, CannotEdit>,
    /// Where a byte of a text is among its settings.
    pub place: fn(&str, usize) -> Place,
    /// The key of an option as it is written at a place, with all that goes with it while no value follows, and where the
    /// caret goes in that; `None` where it cannot be written.
    pub key: fn(&DaemonOption, &Place) -> Option<(String, usize)>,
    /// How a value of a kind is written.
    pub value: fn(&str, Kind) -> String,
    /// How it writes a key of `daemon.json`, where that is another word: `--host` for `hosts`.
    pub spell: fn(&str) -> Option<&'static str>,
    /// What a byte of a text has to do with an option of its own, beside those of the daemon.
    pub own: fn(&str, usize, Engine, Release) -> Option<Own>,
}

impl Dialect {
    /// Reads a text, as far as it can be understood.
    pub fn read(&'static self, text: &str) -> Document {
        Document { dialect: self, tree: (self.tree)(text), added: Vec::new() }
    }

    /// A sentence whose keys in backticks are written as this dialect writes them; words that are `kept` are no keys in it.
    pub fn retold(&self, sentence: &str, kept: &[&str]) -> String {
        let pieces = sentence.split('`').enumerate().map(|(at, piece)| match at % 2 {
            1 if !kept.contains(&piece) => (self.spell)(piece).unwrap_or(piece),
            _ => piece,
        });
        pieces.collect::<Vec<_>>().join("`")
    }
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Dialect {}

impl fmt::Debug for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
