//! Kinds of values, in words.

use drydock::options::Kind;

/// What a value of this kind is: "list of strings".
pub fn words(kind: Kind) -> String {
    match kind {
        Kind::Integer(unit) if !unit.is_empty() => ["whole number, in ", unit].concat(),
        Kind::List(element) => ["list of ", &plural(*element)].concat(),
        Kind::Map(value) => ["object with keys of your own, holding ", &plural(*value)].concat(),
        Kind::Bool => "true or false".to_owned(),
        Kind::Integer(_) => "whole number".to_owned(),
        Kind::Text(_) => "string".to_owned(),
        Kind::Object => "object".to_owned(),
        Kind::Any => "any JSON value".to_owned(),
    }
}

fn plural(kind: Kind) -> String {
    match kind {
        Kind::Bool => "truth values".to_owned(),
        Kind::Integer(_) => "whole numbers".to_owned(),
        Kind::Text(_) => "strings".to_owned(),
        Kind::List(element) => ["lists of ", &plural(*element)].concat(),
        Kind::Object | Kind::Map(_) => "objects".to_owned(),
        Kind::Any => "values of any kind".to_owned(),
    }
}
