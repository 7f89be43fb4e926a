//! Flags of dockerd: a command line, a unit of systemd, a variable that a script starts the daemon with.

pub(crate) mod craft;
mod edit;
mod given;
mod place;
mod print;
mod read;
mod source;
mod spelled;
pub mod table;

pub use craft::own;
pub(crate) use craft::print;
pub use print::Form as Print;

use crate::{
    daemon::options::{self, Status},
    docker::go::strconv::parse_bool,
    document::{Dialect, Notation},
    text::Span,
};
use read::{Part, Reading};
use source::Form;

/// Flags of dockerd: a command line, flags alone, a variable of a script, NixOS's `extraOptions`, a list of processes.
pub static DOCKERD_FLAGS: Dialect = Dialect {
    id: "dockerd-flags",
    title: "dockerd flags",
    file: "dockerd.sh",
    nothing: "",
    this: "these flags",
    notation: Notation::Shell,
    schema: &options::SCHEMA,
    suits: are_flags,
    tree: craft::tree,
    edit: craft::edit,
    place: craft::place,
    key: craft::key,
    value: craft::value,
    spell: flag_of,
    own: |_, _, _, _| None,
};

/// The same in a unit of systemd that starts dockerd, or in a drop-in for one.
pub static SYSTEMD_UNIT: Dialect = Dialect {
    id: "systemd-unit",
    title: "systemd unit",
    file: "override.conf",
    this: "this unit",
    suits: is_unit,
    ..DOCKERD_FLAGS
};

/// The flag for a key of `daemon.json`: `--host` for `hosts`, `--http-proxy` for that of `proxies`.
fn flag_of(key: &str) -> Option<&'static str> {
    let option = options::find(key).or_else(|| options::member("proxies", key));
    let option = option.filter(|it| it.status == Status::Read)?;
    table::name_of(option)?;
    Some(option.brief().flag)
}

/// A flag that no `daemon.json` can express, and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name, without hyphens.
    pub name: &'static str,
    /// The bytes of its name.
    pub span: Span,
}

fn own_of(text: &str) -> Vec<Own> {
    let reading = Reading::of(text);
    let mut found = Vec::new();
    for (command, given) in reading.source.commands.iter().zip(&reading.given) {
        for it in given {
            let is_off = Part::of(it, command).is_some_and(|it| parse_bool(it.text()) == Some(false));
            if let Some(flag) = it.flag.filter(|flag| flag.option.is_none() && !is_off) {
                found.push(Own { name: flag.name, span: it.key });
            }
        }
    }
    found
}

/// Whether a text is likely flags: a command line that calls dockerd, flags alone, `DOCKER_OPTS="…"`, `extraOptions = "…"`,
/// the command of a container, what `ps` shows.
pub fn are_flags(text: &str) -> bool {
    craft::form(text).is_some_and(|it| it != Form::Unit)
}

/// Whether a text is likely a unit of systemd that starts dockerd, or a drop-in for one.
pub fn is_unit(text: &str) -> bool {
    craft::form(text) == Some(Form::Unit)
}

#[cfg(test)]
mod edit_tests;
#[cfg(test)]
mod tests;
