//! What is a Nix text made of? Its expressions lie side by side and name each other by number, so that none is too deep
//! to be let go of.

use std::collections::BTreeMap;

use crate::text::Span;

/// The number of an expression.
pub(super) type Id = usize;

/// The number of a name.
pub(super) type Symbol = usize;

#[derive(Default)]
pub(super) struct Syntax {
    pub expressions: Vec<Expression>,
    pub names: Names,
}

pub(super) struct Expression {
    pub span: Span,
    pub form: Form,
}

pub(super) enum Form {
    /// Nothing where something belongs, or nested too deep.
    Missing,
    /// What cannot be held: a number beyond all bounds, something too deep.
    Beyond,
    Int(i64),
    Float(f64),
    String(Vec<Part>),
    Path(Vec<Part>),
    SearchPath,
    Uri,
    Name(Symbol),
    List(Vec<Id>),
    Set {
        is_recursive: bool,
        bindings: Vec<Binding>,
    },
    Let {
        bindings: Vec<Binding>,
        body: Id,
    },
    /// `let { …; body = …; }`
    OldLet {
        bindings: Vec<Binding>,
    },
    With {
        namespace: Id,
        body: Id,
    },
    Assert {
        condition: Id,
        body: Id,
    },
    If {
        condition: Id,
        then: Id,
        or_else: Id,
    },
    Function {
        parameter: Parameter,
        body: Id,
    },
    Apply {
        function: Id,
        argument: Id,
    },
    Select {
        from: Id,
        path: Vec<Attr>,
        default: Option<Id>,
    },
    Has {
        from: Id,
        path: Vec<Attr>,
    },
    Binary {
        operator: Operator,
        left: Id,
        right: Id,
    },
    Not(Id),
    Negate(Id),
}

/// A piece of a string or path.
pub(super) enum Part {
    /// Its escapes resolved.
    Text(String),
    Fill(Id),
}

pub(super) enum Binding {
    Value {
        path: Vec<Attr>,
        /// From the path to the semicolon.
        span: Span,
        value: Id,
    },
    Inherit {
        from: Option<Id>,
        names: Vec<Attr>,
    },
}

/// One name of a path.
pub(super) struct Attr {
    pub span: Span,
    pub name: AttrName,
}

#[derive(Clone, Copy)]
pub(super) enum AttrName {
    Known(Symbol),
    /// Only its value tells.
    Computed(Id),
}

pub(super) struct Parameter {
    /// `x: …` and `x@{ … }: …`
    pub name: Option<Symbol>,
    /// `{ a, b ? 1 }: …`: each name with its default.
    pub pattern: Option<Vec<(Symbol, Option<Id>)>>,
    /// Whether a pattern takes other names, too: `...`.
    pub is_open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Implies,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Update,
    Add,
    Subtract,
    Multiply,
    Divide,
    Concat,
    PipeRight,
    PipeLeft,
}

/// Each name once.
#[derive(Default)]
pub(super) struct Names {
    known: BTreeMap<std::rc::Rc<str>, Symbol>,
    names: Vec<std::rc::Rc<str>>,
}

impl Names {
    pub fn of(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.known.get(name) {
            return *symbol;
        }
        let name: std::rc::Rc<str> = name.into();
        self.known.insert(name.clone(), self.names.len());
        self.names.push(name);
        self.names.len() - 1
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.get(symbol).map_or("", |it| it)
    }
}

impl Syntax {
    pub fn add(&mut self, span: Span, form: Form) -> Id {
        self.expressions.push(Expression { span, form });
        self.expressions.len() - 1
    }

    pub fn span(&self, id: Id) -> Span {
        self.expressions.get(id).map(|it| it.span).unwrap_or_default()
    }

    pub fn form(&self, id: Id) -> &Form {
        self.expressions.get(id).map_or(&Form::Missing, |it| &it.form)
    }
}
