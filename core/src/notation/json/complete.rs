//! How does JSON write a key or a value chosen from a list?

use crate::{
    document::Place,
    notation::json::quoted,
    schema::{DaemonOption, Kind},
};

/// The key of an option with what its value begins and ends with, and where the caret goes in that.
pub fn key(option: &DaemonOption, place: &Place) -> Option<(String, usize)> {
    let key = quoted(option.name());
    if place.has_value {
        let caret = key.len();
        return Some((key, caret));
    }
    let value = skeleton(option.kind);
    let key = [&key, ": "].concat();
    let caret = key.len() + value.len() / 2;
    Some((key + value, caret))
}

/// What is around the caret in a value of this kind.
fn skeleton(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "\"\"",
        Kind::List(_) => "[]",
        Kind::Object | Kind::Map(_) => "{}",
        Kind::Bool | Kind::Integer(_) | Kind::Any => "",
    }
}

/// A value: text in quotes, all else as it is.
pub fn value(written: &str, kind: Kind) -> String {
    match kind {
        Kind::Text(_) => quoted(written),
        _ => written.to_owned(),
    }
}
