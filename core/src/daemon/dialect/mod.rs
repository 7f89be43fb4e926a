//! How are the daemon's settings written down? One file per dialect.
//!
//! A new dialect is its file or folder here, one row in [`DIALECTS`], and a target in `print/target.rs` when settings
//! are also written in it.

mod daemon_json;
pub mod flags;
pub mod nixos;

pub use daemon_json::DAEMON_JSON;
pub use flags::{DOCKERD_FLAGS, SYSTEMD_UNIT};
pub use nixos::NIXOS;

use crate::{
    daemon::foreign,
    document::{Dialect, Notation},
    notation::json,
    text::find,
};

/// Every dialect; the last one takes every text that no other does.
pub static DIALECTS: &[&Dialect] = &[&SYSTEMD_UNIT, &DOCKERD_FLAGS, &NIXOS, &DAEMON_JSON];

/// The dialect of this id.
pub fn find(id: &str) -> Option<&'static Dialect> {
    DIALECTS.iter().copied().find(|it| it.id == id)
}

/// The dialect that a text is likely written in: `daemon.json` unless another suits it.
///
/// ```
/// use drydock::daemon::dialect;
///
/// assert_eq!(dialect::of(r#"{ "debug": true }"#).id, "daemon-json");
/// assert_eq!(dialect::of("dockerd --debug").id, "dockerd-flags");
/// assert_eq!(dialect::of("virtualisation.docker.enable = true;").id, "nixos");
/// ```
pub fn of(text: &str) -> &'static Dialect {
    let mut suiting = DIALECTS.iter().copied().filter(|it| (it.suits)(text));
    suiting.next().unwrap_or(&DAEMON_JSON)
}

/// What NixOS calls the daemon, as a path or as a set within `virtualisation`.
const MODULE: &[&str] = &["virtualisation.docker", " docker = {", " docker."];

/// Whether a text plainly holds settings of the daemon: it has the signs of a dialect, or is JSON with the daemon's keys.
///
/// ```
/// use drydock::daemon::dialect::is_plain;
///
/// assert!(is_plain(r#"{ "log-driver": "journald" }"#));
/// assert!(is_plain("virtualisation.docker.enable = true;"));
/// assert!(!is_plain(r#"{ "debug": true, "private": true }"#));
/// assert!(!is_plain("services.nginx.enable = true;"));
/// ```
pub fn is_plain(text: &str) -> bool {
    match of(text).notation {
        Notation::Json => text.trim_ascii_start().starts_with('{') && foreign::is_daemons(&json::read(text).root),
        Notation::Nix => find::contains(text, "virtualisation") && MODULE.iter().any(|it| find::contains(text, it)),
        Notation::Shell => true,
        Notation::Yaml => false,
    }
}
