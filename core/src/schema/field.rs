//! What does a line typed into a field of the form mean?

use crate::{
    document::{Kind as NodeKind, Node, Value},
    notation::json,
    schema::Kind,
};

/// The value of a line typed where a value of `kind` belongs. In text every character counts, blanks included.
///
/// ```
/// use drydock::{document::Value, schema::{field, Kind}};
///
/// assert_eq!(field::value(Kind::Integer(""), " 1450 "), Ok(Value::integer(1450)));
/// ```
///
/// # Errors
///
/// What is wrong with it, in sentences: with `1.5` where a whole number belongs.
pub fn value(kind: Kind, typed: &str) -> Result<Value, String> {
    match kind {
        Kind::Integer(_) => integer(typed.trim()),
        Kind::Any => json(typed),
        _ => Ok(Value::string(typed)),
    }
}

fn integer(typed: &str) -> Result<Value, String> {
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    let is_whole = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let wrong = match typed.parse() {
        Ok(number) if is_whole => return Ok(Value::integer(number)),
        _ if is_whole => "` is larger than any number the daemon can read.",
        _ => "` is not a whole number. Type digits alone, such as `1450`.",
    };
    Err(["`", typed, wrong].concat())
}

fn json(typed: &str) -> Result<Value, String> {
    let document = json::read(typed);
    match Value::of(&document.root) {
        Some(value) if document.problems.is_empty() => Ok(value),
        _ => Err("This is not a JSON value. Type one such as `\"text\"`, `3` or `true`.".to_owned()),
    }
}

/// A value as a field shows it; `None` for one that takes more than a line.
pub fn line(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::String(text) | NodeKind::Number(text) => Some(text.clone()),
        NodeKind::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Format;

    #[test]
    fn what_is_typed_becomes_a_value_or_a_reason() {
        const TEXT: Kind = Kind::Text(Format::Free);
        const NUMBER: Kind = Kind::Integer("");
        for (kind, typed, expected) in [
            (NUMBER, "1450", Ok(Value::integer(1450))),
            (NUMBER, " -1 ", Ok(Value::integer(-1))),
            (NUMBER, "007", Ok(Value::integer(7))), // JSON has no leading zeros
            (NUMBER, "abc", Err("`abc` is not a whole number")),
            (NUMBER, "5x", Err("`5x` is not a whole number")),
            (NUMBER, "1.5", Err("`1.5` is not a whole number")),
            (NUMBER, "1e3", Err("`1e3` is not a whole number")),
            (NUMBER, "+5", Err("`+5` is not a whole number")),
            (NUMBER, "1,450", Err("`1,450` is not a whole number")),
            (NUMBER, "-", Err("`-` is not a whole number")),
            (NUMBER, "99999999999999999999", Err("larger than any number")),
            (TEXT, " 10m ", Ok(Value::string(" 10m "))), // blanks are the user's
            (TEXT, "5", Ok(Value::string("5"))),
            (Kind::Any, "true", Ok(Value::Bool(true))),
            (Kind::Any, "tru", Err("not a JSON value")),
            (Kind::Any, "", Err("not a JSON value")),
        ] {
            match (value(kind, typed), expected) {
                (Err(why), Err(words)) => assert!(why.contains(words), "{typed}: {why}"),
                (found, expected) => assert_eq!(found, expected.map_err(str::to_owned), "{typed}"),
            }
        }
    }
}
