//! What do commands such as `docker run` ask for?
//!
//! Commands are read as people find them in instructions, with all that is around them ([`read()`]); [`examine`] says what
//! they come to, and what is wrong with them.
//!
//! ```
//! use drydock::run::{Choices, examine};
//!
//! let examined = examine("$ docker run -d --name web -p 8080:80 nginx:1.27", &Choices::default());
//! let web = &examined.reading.project.containers[0];
//! assert_eq!((web.name.as_str(), web.ports[0].value.container), ("web", (80, 80)));
//! ```

pub mod arguments;
pub mod assist;
mod call;
pub mod check;
mod container;
pub mod examples;
pub mod flags;
mod objects;
pub mod problem;
pub mod read;
mod rows;
pub(crate) mod said;
pub mod script;
pub mod value;
pub mod variables;

#[cfg(test)]
mod tests;

use crate::rule::diagnostic::Diagnostic;

pub use read::{Reading, Run, Set, read};
pub use rows::{LISTING, WORKBENCH};

/// What a text comes to, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examined {
    /// What was understood; its pieces are for highlighting the text.
    pub reading: Reading,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text and runs the rules.
pub fn examine(text: &str, choices: &Choices) -> Examined {
    let reading = read(text, choices);
    let context = check::Context { text, reading: &reading, project: &reading.project, choices };
    let diagnostics = check::check(&context);
    Examined { reading, diagnostics }
}

/// What is chosen beside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What runs the containers.
    pub runs_on: flags::Cli,
    /// The directory that `./` and `$PWD` mean.
    pub directory: String,
    /// Values of variables that the text leaves open.
    pub variables: Vec<(String, String)>,
    /// Whether variables that are secrets are kept elsewhere than in the result.
    pub keeps_secrets: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            runs_on: flags::Cli::Docker,
            directory: "/path/to/here".to_owned(),
            variables: Vec::new(),
            keeps_secrets: false,
        }
    }
}
