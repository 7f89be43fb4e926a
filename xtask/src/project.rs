//! Where is everything?

use std::env;
use std::path::{Path, PathBuf};

/// The folders of this project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The workspace.
    pub root: PathBuf,
    /// What cargo builds.
    pub target: PathBuf,
}

impl Project {
    /// Finds the project this command was compiled from.
    pub fn find() -> Self {
        let here =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().unwrap_or(&here).to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Self { root, target }
    }

    /// A path inside the project.
    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    /// The tools of this project, which git ignores.
    pub fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// The finished site, as it is published.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The finished npm package.
    pub fn npm_package(&self) -> PathBuf {
        self.path("dist-npm")
    }

    /// The quickly built site that `serve` shows.
    pub fn quick_site(&self) -> PathBuf {
        self.target.join("site/quick")
    }
}
