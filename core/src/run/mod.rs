//! What do commands such as `docker run` ask for?
//!
//! Commands are read as people find them in instructions, with all that is around them ([`read()`]).
//!
//! ```
//! use drydock::run::{Choices, read};
//!
//! let reading = read("$ docker run -d --name web -p 8080:80 docker.io/library/nginx:1.27", &Choices::default());
//! let web = &reading.project.containers[0];
//! assert_eq!((web.name.as_str(), web.ports[0].value.container), ("web", (80, 80)));
//! ```

pub mod arguments;
mod call;
mod container;
pub mod flags;
mod objects;
pub mod problem;
pub mod read;
pub mod script;
pub mod value;
pub mod variables;

#[cfg(test)]
mod tests;

pub use read::{Reading, Run, Set, read};

/// What is chosen beside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What runs the containers.
    pub runs_on: flags::Cli,
    /// The directory that `./` and `$PWD` mean.
    pub directory: String,
    /// Values of variables that the text leaves open.
    pub variables: Vec<(String, String)>,
}

impl Default for Choices {
    fn default() -> Self {
        Self { runs_on: flags::Cli::Docker, directory: "/path/to/here".to_owned(), variables: Vec::new() }
    }
}
