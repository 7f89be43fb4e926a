//! Where is a path of the host, for a unit that starts nowhere in particular?

use super::{Context, secrets::HOME};

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
            let path = [home, rest].concat();
            // It is that of whoever runs the containers here, too.
            if home == HOME {
                return Place { path, change: String::new() };
            }
            let change = ["`~` was the home directory of whoever ran the command; it is `", home, "` here."];
            return Place { path, change: change.concat() };
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

/// Whether a path of the host is one that somebody would want a directory at.
pub(super) fn is_likely_a_directory(path: &str) -> bool {
    const OWN: &[&str] = &["dev", "proc", "sys", "run", "nix", "boot"];
    const FILES: &[&str] = &["localtime", "timezone", "passwd", "group", "hosts", "machine-id", "shadow", "hostname"];
    let mut parts = path.trim_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_file = !path.ends_with('/') && last.trim_start_matches('.').contains('.');
    !(first.is_empty() || OWN.contains(&first) || path.starts_with("/var/run") || is_file || FILES.contains(&last))
}

/// Whether a volume is Docker's socket, which Podman has under the same name where that is asked for.
///
/// Source: nixpkgs nixos/modules/virtualisation/podman/default.nix, `dockerSocket.enable`
pub(super) fn is_docker_socket(volume: &str) -> bool {
    let source = volume.split(':').next().unwrap_or(volume);
    matches!(source, "/var/run/docker.sock" | "/run/docker.sock")
}

/// A word of a line of tmpfiles.d.
///
/// Source: tmpfiles.d(5): fields are quoted as in shells, with escapes of C; `%` begins a specifier
pub(super) fn tmpfiles_word(path: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,@+".contains(it);
    if path.chars().all(plain) {
        return path.to_owned();
    }
    let mut word = String::from("\"");
    for it in path.chars() {
        match it {
            '"' => word.push_str("\\\""),
            '\\' => word.push_str("\\\\"),
            '%' => word.push_str("%%"),
            it if it.is_ascii_control() => word.push_str(&format!("\\x{:02x}", u32::from(it))),
            it => word.push(it),
        }
    }
    word.push('"');
    word
}
