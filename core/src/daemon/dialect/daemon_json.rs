//! The file that the daemon reads.

use crate::{
    daemon::options,
    document::{Dialect, Notation},
    notation::json,
};

/// The file that the daemon reads: one JSON object.
pub static DAEMON_JSON: Dialect = Dialect {
    id: "daemon-json",
    title: "daemon.json",
    file: "daemon.json",
    nothing: "{}",
    this: "this file",
    notation: Notation::Json,
    schema: &options::SCHEMA,
    suits: |text| text.trim_start().starts_with('{'),
    tree: json::read,
    edit: json::edit,
    place: json::place,
    key: json::key,
    value: json::value,
    spell: |_| None,
    own: |_, _, _, _| None,
};
