//! Flags of dockerd: a command line, a unit of systemd, a variable that a script starts the daemon with.

mod given;
mod read;
mod source;
pub mod table;

pub use read::read;

use source::Form;

/// Whether a text is likely flags: a command line that calls dockerd, flags alone, `DOCKER_OPTS="…"`, `extraOptions = "…"`.
pub fn are_flags(text: &str) -> bool {
    source::form(text).is_some_and(|it| it != Form::Unit)
}

/// Whether a text is likely a unit of systemd that starts dockerd, or a drop-in for one.
pub fn is_unit(text: &str) -> bool {
    source::form(text) == Some(Form::Unit)
}

#[cfg(test)]
mod tests;
