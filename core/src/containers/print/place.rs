//! Where is a path of the host, for a unit that starts nowhere in particular?

use super::Context;

/// A path as a unit needs it.
pub(super) struct Place {
    /// The path, absolute.
    pub path: String,
    /// How it comes from what was written; empty where it is that.
    pub change: String,
}

impl Context<'_> {
    /// The directory that relative paths start from.
    pub fn directory(&self) -> String {
        match (&*self.choices.directory, &*self.names.project) {
            ("", "") => "/srv/containers".to_owned(),
            ("", project) => ["/srv/", project].concat(),
            (directory, _) => directory.to_owned(),
        }
    }

    /// The place of a path.
    pub fn place(&self, path: &str) -> Place {
        if path.starts_with('/') {
            return Place { path: path.to_owned(), change: String::new() };
        }
        if let Some(rest) = path.strip_prefix('~').filter(|it| it.is_empty() || it.starts_with('/')) {
            let home = &self.choices.home;
            let change = ["`~` was the home directory of whoever ran the command; it is `", home, "` here."];
            return Place { path: [home, rest].concat(), change: change.concat() };
        }
        let directory = self.directory();
        let mut parts: Vec<&str> = directory.split('/').filter(|it| !it.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let change = ["A unit starts in no directory of its own, so the path starts at `", &directory, "`."].concat();
        Place { path: ["/", &parts.join("/")].concat(), change }
    }
}
