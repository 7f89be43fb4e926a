//! What does an expression come to, as far as a text alone tells, and where was each part of it read?

use crate::text::Span;

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// The bytes of the expression that makes it: of a name that a `let` gives a value, those in the `let`; of a set that
    /// is written with dots only, those from its first name to the end of the first binding's value.
    pub span: Span,
    /// The bytes of the names that lead from the place where it is used to [`span`](Self::span), the outermost first;
    /// empty where it is written in its place.
    pub through: Vec<Span>,
    /// Why Nix fails for certain when it is asked for this value. What it is says then what was likely meant.
    pub failure: Option<Failure>,
}

/// Why Nix fails for certain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// The reason.
    pub kind: FailureKind,
    /// The bytes of what is wrong.
    pub span: Span,
}

/// The reasons.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// `throw` or `abort`, with its message; empty where nobody knows that.
    Thrown(String),
    /// `assert` of something false.
    Assertion,
    /// A number divided by zero.
    DividedByZero,
    /// A set that has no member of this name.
    NoMember(String),
    /// A list that has no such element.
    NoElement,
    /// A name that no `with` around it gives a value.
    Undefined(String),
    /// A function called without this argument.
    MissingArgument(String),
    /// A function called with this argument, which it does not take.
    OtherArgument(String),
    /// Text for `builtins.fromJSON` that is no JSON.
    NotJson,
    /// A module that is a function and takes too few arguments.
    ClosedModule,
    /// A name beside `config` or `options` of a module, where none can be.
    BesideConfig {
        /// The name.
        name: String,
        /// `config` or `options`.
        whole: String,
    },
    /// A value of another kind than it must be there.
    WrongKind {
        /// What it must be, with an article.
        wanted: &'static str,
        /// What it is, with an article.
        found: &'static str,
    },
}

impl Value {
    /// Whether a condition, a priority or a place in a list is around it, or around a part of it.
    pub fn is_wrapped(&self) -> bool {
        match &self.kind {
            Kind::If(..) | Kind::Override(..) | Kind::Order(..) | Kind::Merge(_) => true,
            Kind::List(elements) => elements.iter().any(Self::is_wrapped),
            Kind::Set(attributes) => attributes.iter().any(|it| it.value.is_wrapped()),
            _ => false,
        }
    }
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string, with what is filled in.
    String(String),
    /// A path, as written.
    Path(String),
    /// `[ … ]`. In `a ++ b` what nobody knows is one element, [`Unknown`](Self::Unknown) or [`Applied`](Self::Applied);
    /// where strings are filled in, a [`Merge`](Self::Merge) of that alone, which tells it from an element that is written.
    List(Vec<Value>),
    /// `{ … }`, each name once, in the order written; `a.b = 1; a.c = 2;` is one `a`.
    Set(Vec<Attribute>),
    /// A function: its arguments where it takes no others, `{ a, b }:`, and its body, with arguments that nobody knows.
    Function(Option<Head>, Box<Value>),
    /// A function that nobody knows here, applied: its name as written, `nixpkgs.lib.nixosSystem`, and its last argument.
    Applied(String, Box<Value>),
    /// `mkForce`, `mkDefault`, `mkOverride n`: a value that weighs less the greater the number; plain ones weigh 100.
    Override(i64, Box<Value>),
    /// `mkBefore`, `mkAfter`, `mkOrder n`: where it goes in a list; plain ones are at 1000.
    Order(i64, Box<Value>),
    /// `mkIf`, with a condition that nobody knows; also an element or attribute that `optional`, `optionals` and
    /// `optionalAttrs` give with such a condition.
    If(Condition, Box<Value>),
    /// `mkMerge`: several values of one option.
    Merge(Vec<Value>),
    /// What the text does not tell, or what is too large: `config.networking.hostName`, `pkgs.crun`. Its names with dots
    /// where it is made of such, otherwise empty.
    Unknown(String),
    /// Nothing where a value belongs: half-typed text.
    Missing,
}

/// A condition that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The same with every name of a `let` put in its place, where that is worked out: `!config.services.nginx.enable`
    /// for `!cfg.enable`. Otherwise as written; empty where that is long.
    pub name: String,
    /// The bytes of the expression.
    pub span: Span,
}

/// The arguments of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Their names; none of those that have a default.
    pub names: Vec<String>,
    /// The bytes from one brace to the other.
    pub span: Span,
}

/// A name with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The name, its escapes resolved.
    pub name: String,
    /// The bytes of this one name in the path that it is written in, quotes included.
    pub name_span: Span,
    /// The bytes of the whole path: `virtualisation.docker.enable`.
    pub path_span: Span,
    /// The bytes from the path to the semicolon; empty for what `inherit` brings, and for what a function makes.
    pub binding: Span,
    /// Its value.
    pub value: Value,
}
