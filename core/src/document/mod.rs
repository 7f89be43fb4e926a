//! What did the user write, and where? The dialect-independent form of a read text.

mod change;
mod dialect;
pub mod edit;
mod place;
mod problem;
mod value;

pub use change::{CannotEdit, Change, Step};
pub use dialect::{Dialect, Notation};
pub use place::Place;
pub use problem::{Problem, ProblemKind};
pub use value::Value;

use std::ops::Deref;

use crate::{schema::Schema, text::Span};

/// A text as far as its notation could be understood, and where it could not.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The value of the whole text.
    pub root: Node,
    /// The mistakes of syntax, in the order of the text.
    pub problems: Vec<Problem>,
    /// Where the first complete value ends, when there is one. Engines before 23.0 read no further in a `daemon.json`.
    pub end: Option<usize>,
}

/// A tree, and the dialect that read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What the text is written in.
    pub dialect: &'static Dialect,
    /// What was read.
    pub tree: Tree,
    /// Settings that apply and that no text writes: those that NixOS adds. Their bytes are empty, at a name of the text.
    pub added: Vec<Member>,
}

impl Document {
    /// What its text can set.
    pub fn schema(&self) -> &'static Schema {
        self.dialect.schema
    }

    /// Whether the text should be JSON, but no JSON reader understands it.
    pub fn is_not_json(&self) -> bool {
        self.dialect.notation == Notation::Json && self.is_damaged()
    }
}

impl Deref for Document {
    type Target = Tree;

    fn deref(&self) -> &Tree {
        &self.tree
    }
}

impl Tree {
    /// Whether the first value is written so that no reader of the dialect understands it.
    ///
    /// A comment, a comma too many at an end, a number beyond all bounds, and something after an object are wrong, and
    /// yet plain.
    pub fn is_damaged(&self) -> bool {
        let is_object = matches!(self.root.kind, Kind::Map(_));
        let is_damage = |it: &Problem| match it.kind {
            ProblemKind::Comment
            | ProblemKind::TrailingComma
            | ProblemKind::ByteOrderMark
            | ProblemKind::HugeNumber
            | ProblemKind::TooDeep
            | ProblemKind::FlagAsValue
            | ProblemKind::SeveralValues
            | ProblemKind::NotRead
            | ProblemKind::Nested
            | ProblemKind::OnlyComments
            | ProblemKind::OldProgram
            | ProblemKind::StartNotReset
            | ProblemKind::Empty => false,
            ProblemKind::TextAfterEnd => !is_object,
            // White space of another kind before the first value: it is trimmed.
            ProblemKind::LookAlike if it.span.start == 0 => false,
            _ => self.end.is_none_or(|end| it.span.start < end),
        };
        self.problems.iter().any(is_damage)
    }
}

/// A value as written in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes it was read from; empty for a [`Kind::Missing`] one.
    pub span: Span,
}

/// The kinds of value a dialect can write.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written: digits beyond any machine integer are kept.
    Number(String),
    /// A string, its escapes resolved.
    String(String),
    /// `[ … ]`.
    List(Vec<Node>),
    /// `{ … }`, every member in the order written, duplicates included.
    Map(Vec<Member>),
    /// Something the dialect can hold but not evaluate, or nested deeper than [`MAX_DEPTH`].
    Opaque,
    /// Nothing where a value belongs: half-typed text.
    Missing,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, its escapes resolved.
    pub key: String,
    /// The bytes of the key, quotes included.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
    /// Whether key and value are certain; a mistake of syntax within the member leaves them in doubt.
    pub sound: bool,
}

impl Member {
    /// The bytes from the key to the end of the value.
    pub fn span(&self) -> Span {
        self.key_span.to(self.value.span)
    }
}

/// Values nested deeper than this are kept as [`Kind::Opaque`]; no setting is nested deeper than seven.
pub const MAX_DEPTH: usize = 128;

impl Node {
    /// A node of `kind` read from `span`.
    pub fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span }
    }

    /// Whether it counts where its key occurs several times in an object: Go's decoder skips null.
    ///
    /// Of the values of one key, the last that counts is the one the daemon uses.
    ///
    /// Source: Go `encoding/json/decode.go`, `literalStore`.
    pub fn counts(&self) -> bool {
        !matches!(self.kind, Kind::Null | Kind::Missing)
    }

    /// The members when it is a map.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Map(members) => members,
            _ => &[],
        }
    }

    /// The elements when it is a list.
    pub fn elements(&self) -> &[Node] {
        match &self.kind {
            Kind::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text when it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text Go decodes into a string: that of a string, and none for null.
    pub fn as_decoded_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            Kind::Null => Some(""),
            _ => None,
        }
    }

    /// The truth value when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The integer when it is a number that Go decodes into an `int64`: digits only, no fraction or exponent.
    pub fn as_integer(&self) -> Option<i64> {
        match &self.kind {
            Kind::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// What a message calls it: "a string", "a list".
    pub fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "an object",
            Kind::Opaque => "an expression",
            Kind::Missing => "nothing",
        }
    }
}
