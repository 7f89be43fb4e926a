//! A value without the place it was read from, as printers and edits write it.

use super::{Kind, Node};

/// A JSON value whose numbers keep their digits and whose maps keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number by the grammar of JSON.
    Number(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// An object; keys may repeat, the last one counts.
    Map(Vec<(String, Value)>),
    /// An expression of Nix, as written; nothing else can hold it.
    Expression(String),
}

impl Value {
    /// A string.
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// A whole number.
    pub fn integer(number: i64) -> Self {
        Self::Number(number.to_string())
    }

    /// The value of a node; `None` where half-typed text leaves none, or where it is opaque.
    pub fn of(node: &Node) -> Option<Self> {
        Some(match &node.kind {
            Kind::Null => Self::Null,
            Kind::Bool(value) => Self::Bool(*value),
            Kind::Number(digits) => Self::Number(digits.clone()),
            Kind::String(text) => Self::String(text.clone()),
            Kind::List(elements) => Self::List(elements.iter().filter_map(Self::of).collect()),
            Kind::Map(members) => {
                Self::Map(members.iter().filter_map(|it| Some((it.key.clone(), Self::of(&it.value)?))).collect())
            }
            Kind::Opaque | Kind::Missing => return None,
        })
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::integer(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}
