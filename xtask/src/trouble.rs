//! What went wrong, and what can the reader do about it?

use std::fmt;

/// A failure with the next step for the person in front of the terminal.
#[derive(Debug)]
pub struct Trouble {
    what: String,
    remedy: String,
}

/// The result of a command's step.
pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// Returns a failure: what happened, and what to do about it (a sentence).
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}\n  What to do: {}", self.what, self.remedy)
    }
}

/// Names the file in what the operating system says about it.
pub trait AtPath<T> {
    /// Turns an error into one that says which file it is about.
    fn at(self, doing: &str, path: &std::path::Path) -> Result<T>;
}

impl<T> AtPath<T> for std::io::Result<T> {
    fn at(self, doing: &str, path: &std::path::Path) -> Result<T> {
        self.map_err(|error| {
            Trouble::new(
                format!("Could not {doing} {}: {error}", path.display()),
                "Check the path, its permissions and the free space on the disk, then run the command again.",
            )
        })
    }
}
