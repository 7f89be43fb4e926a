//! How is a Nix text built, where it is not quite Nix too? The parser goes on as if each mistake had been mended.
//!
//! Source: nix `src/libexpr/parser.y`

use super::{
    lex::{MAX_PROBLEMS, Token, TokenKind, Tokens, edit},
    strings,
    syntax::{Attr, AttrName, Binding, Form, Id, Operator, Parameter, Part, Symbol, Syntax},
};
use crate::{
    document::{Problem, ProblemKind},
    text::{Edits, Span, TextEdit, order},
};

use TokenKind as T;

/// What is nested deeper is not read.
const MAX_NESTING: usize = 150;

/// How far a look ahead goes, in tokens.
const MAX_AHEAD: usize = 64;

/// What ends a set or list whose closing bracket is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The end of the text.
    ByBrackets,
    /// The next line that is indented no deeper than the line it was opened on.
    ByIndentation,
}

pub(super) struct Parsed {
    pub syntax: Syntax,
    pub root: Id,
    pub problems: Vec<Problem>,
    /// Whether the text is the inside of a set.
    pub is_fragment: bool,
    /// Whether the text ended within brackets.
    pub is_unclosed: bool,
}

pub(super) fn parse(text: &str, tokens: &Tokens, closing: Closing) -> Parsed {
    let mut parser = Parser {
        text,
        tokens: &tokens.tokens,
        at: 0,
        closing,
        syntax: Syntax::default(),
        problems: Vec::new(),
        is_calm: true,
        open: Vec::new(),
        nesting: 0,
        surplus: [0; 3],
        line_indentation: 0,
        is_fragment: false,
        is_unclosed: false,
        foreign_words: Vec::new(),
        defined: Vec::new(),
    };
    for token in parser.tokens {
        match token.kind {
            T::OpenBrace | T::Fill => parser.surplus[BRACE] -= 1,
            T::CloseBrace => parser.surplus[BRACE] += 1,
            T::OpenBracket => parser.surplus[BRACKET] -= 1,
            T::CloseBracket => parser.surplus[BRACKET] += 1,
            T::OpenParen => parser.surplus[PAREN] -= 1,
            T::CloseParen => parser.surplus[PAREN] += 1,
            _ => {}
        }
    }
    let root = parser.document();
    parser.tell_foreign_words();
    let mut problems = tokens.problems.clone();
    problems.extend(parser.problems);
    order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
    problems.truncate(MAX_PROBLEMS);
    Parsed { syntax: parser.syntax, root, problems, is_fragment: parser.is_fragment, is_unclosed: parser.is_unclosed }
}

const BRACE: usize = 0;
const BRACKET: usize = 1;
const PAREN: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Brace,
    Bracket,
    Paren,
    /// A binding whose value is being read.
    Binding,
    /// A `let` whose `in` has not come.
    Let,
}

impl Shape {
    fn closing(self) -> &'static str {
        match self {
            Self::Brace => "}",
            Self::Bracket => "]",
            Self::Paren => ")",
            Self::Binding => ";",
            Self::Let => "in null",
        }
    }

    fn counter(self) -> Option<usize> {
        match self {
            Self::Brace => Some(BRACE),
            Self::Bracket => Some(BRACKET),
            Self::Paren => Some(PAREN),
            Self::Binding | Self::Let => None,
        }
    }
}

#[derive(Clone, Copy)]
struct Open {
    shape: Shape,
    span: Span,
    /// The indentation of the line that opened it.
    indentation: usize,
}

/// What the bindings are read up to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// `}`
    Brace,
    /// `in`
    In,
    /// The end of the text.
    TheEnd,
    /// `]`, of a list that should be a set.
    Bracket,
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    closing: Closing,
    syntax: Syntax,
    problems: Vec<Problem>,
    /// Whether the last mistake is behind us: one mistake, one problem.
    is_calm: bool,
    open: Vec<Open>,
    nesting: usize,
    /// Closing minus opening braces, brackets and parentheses, over the whole text.
    surplus: [isize; 3],
    line_indentation: usize,
    is_fragment: bool,
    is_unclosed: bool,
    /// Values that are words of another language, unless they are defined.
    foreign_words: Vec<Id>,
    /// The names that are defined somewhere.
    defined: Vec<Symbol>,
}

impl Parser<'_> {
    // ── tokens ──

    fn ahead(&self, count: usize) -> Option<T> {
        self.tokens.get(self.at + count).map(|it| it.kind)
    }

    fn peek(&self) -> Option<T> {
        self.ahead(0)
    }

    fn token(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// The bytes of the next token; nothing at the end of the last one after it.
    fn span(&self) -> Span {
        self.token().map_or(Span::empty(self.previous_end()), |it| it.span)
    }

    fn previous_end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|it| self.tokens.get(it));
        before.map_or(0, |it| it.span.end)
    }

    fn bump(&mut self) {
        if let Some(token) = self.token() {
            self.line_indentation = token.indentation.unwrap_or(self.line_indentation);
            self.at += 1;
        }
    }

    fn takes(&mut self, kind: T) -> bool {
        let is_it = self.peek() == Some(kind);
        if is_it {
            self.bump();
        }
        is_it
    }

    fn begins_line(&self) -> bool {
        self.token().is_some_and(|it| it.indentation.is_some())
    }

    fn since(&self, start: usize) -> Span {
        Span::new(start, self.previous_end().max(start))
    }

    // ── saying what is wrong ──

    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        self.problem_with(kind, span, None, mend);
    }

    fn problem_with(&mut self, kind: ProblemKind, span: Span, related: Option<Span>, mend: Vec<TextEdit>) {
        if self.is_calm && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span, related, mend: Edits::of(mend) });
        }
    }

    /// Reports a mistake whose consequences are not told.
    fn damage(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        self.problem(kind, span, mend);
        self.is_calm = false;
    }

    fn missing(&mut self) -> Id {
        let at = self.previous_end();
        self.syntax.add(Span::empty(at), Form::Missing)
    }

    // ── the whole text ──

    fn document(&mut self) -> Id {
        if self.tokens.is_empty() {
            self.problem(ProblemKind::Empty, Span::new(0, self.text.len()), vec![]);
            return self.missing();
        }
        let first = self.at;
        while self.peek() == Some(T::Ellipsis) && !self.goes_on_as_pattern(0) {
            self.bump();
        }
        if self.is_inside_of_set() {
            self.is_fragment = true;
            let start = self.span().start;
            let bindings = self.bindings(Until::TheEnd);
            let span = self.since(start);
            return self.syntax.add(span, Form::Set { is_recursive: false, bindings });
        }
        self.at = first;
        let root = self.expression();
        self.after_end(root);
        root
    }

    /// Whether the text begins with a binding.
    fn is_inside_of_set(&self) -> bool {
        if self.peek() == Some(T::Inherit) {
            return true;
        }
        let Some((names, next)) = self.path_ahead(self.at) else {
            return false;
        };
        match self.tokens.get(next).map(|it| it.kind) {
            Some(T::Assign) => true,
            Some(T::Colon) => names > 1 || self.peek() == Some(T::Quote),
            Some(T::Semicolon | T::Equal) => names > 1,
            Some(_) if names > 1 => self.has_semicolon_outside(next),
            _ => false,
        }
    }

    /// Whether a semicolon outside of brackets follows, and no `with`, `assert` or `let` before it.
    fn has_semicolon_outside(&self, from: usize) -> bool {
        let mut depth = 0usize;
        for token in self.tokens.get(from..).unwrap_or_default() {
            match token.kind {
                T::OpenBrace | T::OpenBracket | T::OpenParen | T::Fill => depth += 1,
                T::CloseBrace | T::CloseBracket | T::CloseParen => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return false,
                },
                T::With | T::Assert | T::Let if depth == 0 => return false,
                T::Semicolon if depth == 0 => return true,
                _ => {}
            }
        }
        false
    }

    /// What follows the expression: its last brace came too early, or it does not belong here.
    fn after_end(&mut self, root: Id) {
        while let Some(token) = self.token() {
            match token.kind {
                T::Semicolon if self.last_set(root).is_some() && self.goes_on_after_next() => {
                    self.bump();
                    self.resume(root, Some(token.span));
                }
                T::Semicolon => {
                    self.problem(ProblemKind::ExtraSemicolon, token.span, vec![edit(token.span, "")]);
                    self.bump();
                }
                T::CloseBrace | T::CloseBracket | T::CloseParen => {
                    self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
                    self.bump();
                    self.is_calm = true;
                }
                _ if self.last_set(root).is_some() && (self.begins_binding(true) || token.kind == T::Inherit) => {
                    self.resume(root, None);
                }
                _ => return self.text_after_end(token.span.start),
            }
        }
    }

    /// Whether a binding is after the next token.
    fn goes_on_after_next(&self) -> bool {
        self.ahead(1) == Some(T::Inherit)
            || self.ahead(1).is_some() && self.ends_binding_after_next() && self.ahead(1) != Some(T::CloseBrace)
    }

    /// Goes on with the set that a text ends with: its brace came too early, with the semicolon after it.
    fn resume(&mut self, root: Id, semicolon: Option<Span>) {
        let Some(set) = self.last_set(root) else {
            return;
        };
        let end = self.syntax.span(set).end;
        let close = Span::new(end.saturating_sub(1), end);
        let mut mend = vec![edit(close, "")];
        mend.extend(semicolon.map(|it| edit(it, "")));
        let next = Some(self.span());
        self.problem_with(ProblemKind::Unopened, close, next, mend);
        let more = match self.surplus_of(Shape::Brace) > 0 {
            true => {
                self.add_surplus(Shape::Brace, -1);
                self.open(Shape::Brace);
                let more = self.bindings(Until::Brace);
                self.close(Shape::Brace);
                more
            }
            false => self.bindings(Until::TheEnd),
        };
        let end = self.previous_end();
        if let Some(expression) = self.syntax.expressions.get_mut(set) {
            expression.span.end = end;
            if let Form::Set { bindings, .. } = &mut expression.form {
                bindings.extend(more);
            }
        }
    }

    fn text_after_end(&mut self, start: usize) {
        let end = self.tokens.last().map_or(start, |it| it.span.end);
        self.problem(ProblemKind::TextAfterEnd, Span::new(start, end), vec![]);
        self.at = self.tokens.len();
    }

    /// The set that a text ends with.
    fn last_set(&self, mut id: Id) -> Option<Id> {
        loop {
            match self.syntax.form(id) {
                Form::Set { .. } => return Some(id),
                Form::Function { body, .. } | Form::Let { body, .. } => id = *body,
                Form::With { body, .. } | Form::Assert { body, .. } => id = *body,
                _ => return None,
            }
        }
    }

    // ── what lies ahead ──

    /// How many names the path from a token on has, and the token after it.
    fn path_ahead(&self, from: usize) -> Option<(usize, usize)> {
        let kind = |at: usize| self.tokens.get(at).map(|it| it.kind);
        let (mut at, mut names) = (from, 0);
        while at < from + MAX_AHEAD {
            match kind(at)? {
                T::Name | T::OrWord => at += 1,
                T::SearchPath if names > 0 => at += 1,
                T::Quote => {
                    at += 1;
                    let mut fills = 0usize;
                    while fills > 0 || kind(at) != Some(T::End) {
                        match kind(at)? {
                            T::Fill => fills += 1,
                            T::CloseBrace => fills = fills.saturating_sub(1),
                            _ => {}
                        }
                        at += 1;
                        if at > from + MAX_AHEAD {
                            return None;
                        }
                    }
                    at += 1;
                }
                T::Fill => {
                    at += 1;
                    while kind(at)? != T::CloseBrace {
                        at += 1;
                        if at > from + MAX_AHEAD {
                            return None;
                        }
                    }
                    at += 1;
                }
                _ => return None,
            }
            names += 1;
            match kind(at) {
                Some(T::Dot) => at += 1,
                _ => return Some((names, at)),
            }
        }
        None
    }

    /// Whether a path and `=` are next; or a path and `:`, where no function can be.
    fn begins_binding(&self, with_colon: bool) -> bool {
        let Some((names, next)) = self.path_ahead(self.at) else {
            return false;
        };
        match self.tokens.get(next).map(|it| it.kind) {
            Some(T::Assign) => true,
            Some(T::Colon) => with_colon || names > 1 || self.peek() == Some(T::Quote),
            _ => false,
        }
    }

    fn starts_operand(&self) -> bool {
        self.peek().is_some_and(|it| starts_argument(it) || matches!(it, T::Minus | T::Not | T::Let | T::If | T::With))
    }

    // ── brackets ──

    fn open(&mut self, shape: Shape) {
        let span = self.span();
        let indentation = self.token().and_then(|it| it.indentation).unwrap_or(self.line_indentation);
        self.open.push(Open { shape, span, indentation });
    }

    fn is_open(&self, shape: Shape) -> bool {
        self.open.iter().any(|it| it.shape == shape)
    }

    fn add_surplus(&mut self, shape: Shape, count: isize) {
        if let Some(counter) = shape.counter().and_then(|it| self.surplus.get_mut(it)) {
            *counter += count;
        }
    }

    fn surplus_of(&self, shape: Shape) -> isize {
        shape.counter().and_then(|it| self.surplus.get(it)).copied().unwrap_or(0)
    }

    /// Reports the bracket that is open, whose closing one is missing here; or at the end of the text all of them.
    fn unclosed(&mut self) {
        let at = self.previous_end();
        let Some(innermost) = self.open.last().copied() else {
            return;
        };
        if self.token().is_none() {
            self.is_unclosed = true;
            let can_be = self.open.iter().all(|it| it.shape != Shape::Let);
            let closers = self.open.iter().rev().map(|it| it.shape.closing());
            let mut mend = String::new();
            for closer in closers {
                if closer != ";" {
                    mend.push(' ');
                }
                mend.push_str(closer);
            }
            let mend = if can_be { vec![edit(Span::empty(at), &mend)] } else { vec![] };
            let bracket = self.open.iter().rev().find(|it| it.shape != Shape::Binding).map(|it| it.span);
            self.problem_with(ProblemKind::Unclosed, Span::empty(at), bracket, mend);
            self.is_calm = false;
            return;
        }
        let is_at_end = self.begins_line() || self.peek().is_some_and(|it| closed_by(it).is_some());
        let semicolon = match self.is_value() && is_at_end && self.peek() != Some(T::Semicolon) {
            true => ";",
            false => "",
        };
        let mend = vec![edit(Span::empty(at), &[" ", innermost.shape.closing(), semicolon].concat())];
        self.problem_with(ProblemKind::Unclosed, innermost.span, Some(Span::empty(at)), mend);
        self.is_calm = false;
        self.add_surplus(innermost.shape, 1);
    }

    /// Takes the bracket that closes the innermost one, or goes on as if it were there.
    fn close(&mut self, shape: Shape) {
        loop {
            let Some(token) = self.token() else {
                self.unclosed();
                break;
            };
            let Some(found) = closed_by(token.kind) else {
                self.unclosed();
                break;
            };
            if found == shape {
                self.bump();
                self.is_calm = true;
                break;
            }
            if self.is_passed_over(found, shape, token) {
                continue;
            }
            break;
        }
        self.open.pop();
    }

    /// What becomes of a closing bracket of another shape than the innermost: whether it was passed over; if not, the
    /// innermost is closed now.
    fn is_passed_over(&mut self, found: Shape, shape: Shape, token: Token) -> bool {
        if self.surplus_of(found) > 0 && self.surplus_of(shape) < 0 {
            let related = self.open.last().map(|it| it.span);
            let mend = vec![edit(token.span, shape.closing())];
            self.problem_with(ProblemKind::Unopened, token.span, related, mend);
            self.add_surplus(found, -1);
            self.add_surplus(shape, 1);
            self.bump();
            return false;
        }
        if self.surplus_of(found) <= 0 && self.is_open(found) {
            self.unclosed();
            return false;
        }
        self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
        self.add_surplus(found, -1);
        self.bump();
        true
    }

    /// Whether the line that begins here is no part of the innermost brackets any more.
    fn is_left_by_indentation(&self) -> bool {
        let (Closing::ByIndentation, Some(Token { kind, indentation: Some(indentation), .. }), Some(open)) =
            (self.closing, self.token(), self.open.last())
        else {
            return false;
        };
        let closes = closed_by(kind).is_some() || kind == T::In;
        let is_outermost = self.open.len() == 1;
        !is_outermost && (indentation < open.indentation || (indentation == open.indentation && !closes))
    }

    // ── bindings ──

    fn bindings(&mut self, until: Until) -> Vec<Binding> {
        let begins_like_json = self.peek() == Some(T::Quote) && self.begins_binding(true) && !self.begins_with_equals();
        let (first, known) = (self.at, self.problems.len());
        let bindings = self.each_binding(until);
        if begins_like_json {
            self.tell_json(first, known);
        }
        bindings
    }

    /// Whether a path and `=` are next.
    fn begins_with_equals(&self) -> bool {
        let next = self.path_ahead(self.at).and_then(|it| self.tokens.get(it.1));
        next.is_some_and(|it| it.kind == T::Assign)
    }

    /// Makes one mistake of all that makes an object JSON; `first` is the first token in it, and so many mistakes were
    /// known before it.
    fn tell_json(&mut self, first: usize, known: usize) {
        let of_json = |it: &Problem| {
            matches!(
                it.kind,
                ProblemKind::NotEquals
                    | ProblemKind::WrongSeparator
                    | ProblemKind::ExtraComma
                    | ProblemKind::MissingSemicolon
                    | ProblemKind::JsonInNix
            )
        };
        let (told, others): (Vec<_>, Vec<_>) = self.problems.split_off(known).into_iter().partition(of_json);
        let key = self.tokens.get(first).map_or(Span::empty(0), |it| it.span);
        // From the brace to the first key.
        let before = first.checked_sub(1).and_then(|it| self.tokens.get(it)).filter(|it| it.kind == T::OpenBrace);
        let open = before.map_or(key, |it| it.span);
        let mend = told.into_iter().flat_map(|it| it.mend).collect();
        self.problems.push(Problem { kind: ProblemKind::JsonInNix, span: open, related: None, mend: Edits::of(mend) });
        self.problems.extend(others);
    }

    fn each_binding(&mut self, until: Until) -> Vec<Binding> {
        let mut bindings = Vec::new();
        while let Some(token) = self.token() {
            if until != Until::TheEnd && self.is_left_by_indentation() {
                break;
            }
            match token.kind {
                T::CloseBrace | T::CloseBracket | T::CloseParen => {
                    let found = closed_by(token.kind);
                    let is_own = match until {
                        Until::Brace => found == Some(Shape::Brace),
                        Until::Bracket => found == Some(Shape::Bracket),
                        Until::In | Until::TheEnd => false,
                    };
                    if is_own {
                        break;
                    }
                    let shape = match until {
                        Until::Brace => Shape::Brace,
                        Until::Bracket => Shape::Bracket,
                        Until::In => break,
                        Until::TheEnd => {
                            self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
                            if let Some(found) = found {
                                self.add_surplus(found, -1);
                            }
                            self.bump();
                            self.is_calm = true;
                            continue;
                        }
                    };
                    let Some(found) = found else { break };
                    if self.surplus_of(found) > 0 && self.surplus_of(shape) < 0 {
                        break;
                    }
                    if self.surplus_of(found) <= 0 && self.is_open(found) {
                        break;
                    }
                    self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
                    self.add_surplus(found, -1);
                    self.bump();
                }
                T::In if until == Until::In || self.is_open(Shape::Let) => break,
                T::Text | T::End => break,
                T::Semicolon if until == Until::Brace && self.surplus_of(Shape::Brace) < 0 && self.is_value() => break,
                T::Semicolon => {
                    self.problem(ProblemKind::ExtraSemicolon, token.span, vec![edit(token.span, "")]);
                    self.bump();
                    self.is_calm = true;
                }
                T::Comma => {
                    self.problem(ProblemKind::ExtraComma, token.span, vec![edit(token.span, "")]);
                    self.bump();
                }
                T::Ellipsis => {
                    if until != Until::TheEnd {
                        self.problem(ProblemKind::StrayCharacter, token.span, vec![edit(token.span, "")]);
                    }
                    self.bump();
                }
                T::Name if until == Until::In && self.is_misspelt_in() => break,
                T::Inherit => bindings.push(self.inherit()),
                T::Name | T::OrWord | T::Quote | T::Fill => bindings.push(self.binding(until)),
                _ if until == Until::In && begins_body(token.kind) => break,
                kind if until == Until::Brace && starts_argument(kind) && self.is_element_left() => break,
                _ => self.skip_stray(token),
            }
        }
        bindings
    }

    /// Whether the innermost set lacks its brace and is an element of a list, whose next one begins here.
    fn is_element_left(&self) -> bool {
        let is_element = self.open.iter().rev().nth(1).is_some_and(|it| it.shape == Shape::Bracket);
        is_element && self.surplus_of(Shape::Brace) < 0 && self.begins_line()
    }

    /// Whether the innermost brackets are the value of a binding.
    fn is_value(&self) -> bool {
        self.open.iter().rev().nth(1).is_some_and(|it| it.shape == Shape::Binding)
    }

    /// Passes over what is no binding, up to the next semicolon.
    fn skip_stray(&mut self, token: Token) {
        let kind = match token.kind {
            T::Stray | T::Colon | T::Assign => ProblemKind::StrayCharacter,
            _ => ProblemKind::StrayValue,
        };
        self.damage(kind, token.span, vec![]);
        let before = self.at;
        self.skip();
        if self.peek() == Some(T::Semicolon) {
            self.bump();
            self.is_calm = true;
        } else if self.at == before {
            self.bump();
        }
    }

    /// Passes over tokens up to a semicolon, a comma, a closing bracket of one that is open, or a binding.
    fn skip(&mut self) {
        let mut depth = 0usize;
        let first = self.at;
        while let Some(token) = self.token() {
            match token.kind {
                T::OpenBrace | T::OpenBracket | T::OpenParen | T::Fill => depth += 1,
                T::CloseBrace | T::CloseBracket | T::CloseParen => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return,
                },
                T::Semicolon | T::Comma if depth == 0 => return,
                T::Name | T::Quote | T::Inherit
                    if depth == 0
                        && self.at > first
                        && token.indentation.is_some()
                        && (token.kind == T::Inherit || self.begins_binding(true)) =>
                {
                    return;
                }
                T::In | T::Then | T::Else if depth == 0 && self.at > first => return,
                _ => {}
            }
            self.bump();
        }
    }

    fn inherit(&mut self) -> Binding {
        self.bump();
        let mut from = None;
        if self.peek() == Some(T::OpenParen) {
            self.open(Shape::Paren);
            self.bump();
            from = Some(self.expression());
            self.close(Shape::Paren);
        }
        let mut names = Vec::new();
        while let Some(kind) = self.peek() {
            let is_name = matches!(kind, T::Name | T::OrWord | T::Quote | T::Fill);
            if is_name && !self.begins_binding(false) {
                let attr = self.attr();
                if let AttrName::Known(symbol) = attr.name {
                    self.defined.push(symbol);
                }
                names.push(attr);
                continue;
            }
            if kind == T::Comma {
                let span = self.span();
                self.problem(ProblemKind::ExtraComma, span, vec![edit(span, "")]);
                self.bump();
                continue;
            }
            break;
        }
        self.end_of_binding();
        Binding::Inherit { from, names }
    }

    fn binding(&mut self, until: Until) -> Binding {
        let start = self.span().start;
        let path = self.path();
        if let [Attr { name: AttrName::Known(symbol), .. }, ..] = path.as_slice() {
            self.defined.push(*symbol);
        }
        let path_span = self.since(start);
        let token = self.token();
        let indentation = self.line_indentation;
        self.open.push(Open { shape: Shape::Binding, span: path_span, indentation });
        let value = match token.map(|it| it.kind) {
            Some(T::Assign) => {
                self.bump();
                self.value(path_span)
            }
            Some(T::Colon | T::Equal) => {
                let span = self.span();
                let is_apart = span.start > path_span.end;
                self.problem(ProblemKind::NotEquals, span, vec![edit(span, if is_apart { "=" } else { " =" })]);
                self.bump();
                self.value(path_span)
            }
            Some(_) if self.starts_operand() && !self.begins_line() => {
                let at = Span::empty(path_span.end);
                self.damage(ProblemKind::MissingEquals, at, vec![edit(at, " =")]);
                self.value(path_span)
            }
            _ => {
                self.damage(ProblemKind::MissingValue, path_span, vec![]);
                self.missing()
            }
        };
        let value = self.list_without_brackets(value);
        self.open.pop();
        let sound_end = self.previous_end();
        let value = match self.is_at_end_of_binding(until) {
            true => value,
            false => {
                let span = self.span();
                self.damage(ProblemKind::StrayValue, span, vec![]);
                self.skip();
                self.syntax.add(Span::new(self.syntax.span(value).start, sound_end), Form::Missing)
            }
        };
        self.end_of_binding();
        Binding::Value { path, span: self.since(start), value }
    }

    /// Several strings where one value belongs: a list was meant.
    fn list_without_brackets(&mut self, first: Id) -> Id {
        let is_string =
            |parser: &Self| matches!(parser.peek(), Some(T::Quote | T::Quotes)) && !parser.begins_binding(true);
        if !matches!(self.syntax.form(first), Form::String(_)) || !is_string(self) {
            return first;
        }
        let second = self.span();
        let mut elements = vec![first];
        while is_string(self) {
            elements.push(self.string());
        }
        let start = self.syntax.span(first).start;
        let span = self.since(start);
        let mend = vec![edit(Span::empty(start), "[ "), edit(Span::empty(span.end), " ]")];
        self.problem(ProblemKind::StrayValue, second, mend);
        self.syntax.add(span, Form::List(elements))
    }

    fn is_at_end_of_binding(&self, until: Until) -> bool {
        match self.peek() {
            None | Some(T::Semicolon | T::Comma | T::Inherit | T::In) => true,
            Some(T::CloseBrace | T::CloseBracket | T::CloseParen) => true,
            Some(kind) if until == Until::In && begins_body(kind) && self.begins_line() => true,
            Some(_) => {
                self.begins_binding(true)
                    || (self.begins_line() && self.path_ahead(self.at).is_some())
                    || self.is_left_by_indentation()
            }
        }
    }

    fn end_of_binding(&mut self) {
        while let Some(token) = self.token() {
            let Some(found) = closed_by(token.kind) else { break };
            if self.surplus_of(found) <= 0 || self.is_open(found) && self.ahead(1) != Some(T::Semicolon) {
                break;
            }
            self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
            self.add_surplus(found, -1);
            self.bump();
        }
        match self.peek() {
            Some(T::Semicolon) => {
                self.bump();
                self.is_calm = true;
            }
            Some(T::Comma) => {
                let span = self.span();
                self.problem(ProblemKind::WrongSeparator, span, vec![edit(span, ";")]);
                self.bump();
                self.is_calm = true;
            }
            None if !self.open.is_empty() => {
                // Closed with all others.
                let span = Span::empty(self.previous_end());
                self.open.push(Open { shape: Shape::Binding, span, indentation: 0 });
                self.unclosed();
                self.open.pop();
            }
            _ => {
                let at = Span::empty(self.previous_end());
                self.problem(ProblemKind::MissingSemicolon, at, vec![edit(at, ";")]);
                self.is_calm = true;
            }
        }
    }

    /// The value of a binding.
    fn value(&mut self, path: Span) -> Id {
        let is_missing = match self.peek() {
            None | Some(T::Semicolon | T::Comma | T::CloseBrace | T::CloseBracket | T::CloseParen | T::In) => true,
            Some(_) if self.begins_binding(false) => match self.surplus_of(Shape::Brace) > 0 {
                true => return self.set_without_opener(),
                false => self.begins_line(),
            },
            Some(_) => false,
        };
        if is_missing {
            self.damage(ProblemKind::MissingValue, path, vec![]);
            return self.missing();
        }
        let value = self.expression();
        self.note_word(value);
        value
    }

    /// Bindings in the place of a set.
    fn set_without_opener(&mut self) -> Id {
        let start = self.span().start;
        let at = Span::empty(start);
        self.problem(ProblemKind::MissingOpener, at, vec![edit(at, "{ ")]);
        if self.nesting >= MAX_NESTING {
            return self.expression();
        }
        self.nesting += 1;
        self.surplus[BRACE] -= 1;
        self.open(Shape::Brace);
        let bindings = self.bindings(Until::Brace);
        self.nesting -= 1;
        self.close(Shape::Brace);
        let span = self.since(start);
        self.syntax.add(span, Form::Set { is_recursive: false, bindings })
    }

    fn path(&mut self) -> Vec<Attr> {
        let mut path = Vec::new();
        loop {
            path.push(self.attr());
            let is_next = self
                .token()
                .is_some_and(|it| matches!(it.kind, T::Name | T::Quote) && it.span.start == self.previous_end());
            if is_next && self.begins_binding(true) {
                let at = Span::empty(self.previous_end());
                self.problem(ProblemKind::MissingDot, at, vec![edit(at, ".")]);
                continue;
            }
            if self.peek() != Some(T::Dot) {
                return path;
            }
            self.bump();
            if self.peek() == Some(T::SearchPath) {
                // As documents have it: `users.users.<name>.extraGroups`.
                let span = self.span();
                self.problem(ProblemKind::Placeholder, span, vec![]);
                continue;
            }
            if !matches!(self.peek(), Some(T::Name | T::OrWord | T::Quote | T::Fill)) || self.begins_line() {
                let dot = Span::new(self.previous_end().saturating_sub(1), self.previous_end());
                self.damage(ProblemKind::StrayCharacter, dot, vec![edit(dot, "")]);
                return path;
            }
        }
    }

    fn attr(&mut self) -> Attr {
        let span = self.span();
        match self.peek() {
            Some(T::Quote) => {
                let string = self.string();
                let name = self.name_of(string);
                Attr { span: self.syntax.span(string), name }
            }
            Some(T::Fill) => {
                let id = self.fill();
                let name = self.name_of(id);
                Attr { span: self.since(span.start), name }
            }
            _ => {
                self.bump();
                let symbol = self.syntax.names.of(span.of(self.text));
                Attr { span, name: AttrName::Known(symbol) }
            }
        }
    }

    /// The name that a string is, when nothing is filled in.
    fn name_of(&mut self, id: Id) -> AttrName {
        let name = match self.syntax.form(id) {
            Form::String(parts) => match parts.as_slice() {
                [] => Some(String::new()),
                [Part::Text(text)] => Some(text.clone()),
                _ => None,
            },
            _ => None,
        };
        match name {
            Some(name) => AttrName::Known(self.syntax.names.of(&name)),
            None => AttrName::Computed(id),
        }
    }

    /// `${ … }`
    fn fill(&mut self) -> Id {
        self.open(Shape::Brace);
        self.bump();
        let id = self.expression();
        self.close(Shape::Brace);
        id
    }

    // ── expressions ──

    fn expression(&mut self) -> Id {
        let start = self.span().start;
        if self.nesting >= MAX_NESTING {
            let span = self.span();
            self.damage(ProblemKind::TooDeep, span, vec![]);
            self.skip();
            let span = self.since(start);
            return self.syntax.add(span, Form::Beyond);
        }
        self.nesting += 1;
        let id = self.operation(0);
        self.nesting -= 1;
        id
    }

    /// Operands joined by operators that bind at least so tightly.
    fn operation(&mut self, least: u8) -> Id {
        let start = self.span().start;
        let mut left = match self.peek() {
            Some(T::Not) => {
                self.bump();
                let operand = self.nested(11);
                let span = self.since(start);
                self.syntax.add(span, Form::Not(operand))
            }
            Some(T::Minus) => {
                self.bump();
                let operand = self.nested(15);
                let span = self.since(start);
                self.syntax.add(span, Form::Negate(operand))
            }
            _ => self.application(),
        };
        if self.lacks_bracket() {
            left = self.list_without_opener(left);
        }
        while let Some(kind) = self.peek() {
            if kind == T::Question && least <= 14 {
                self.bump();
                let path = self.selected();
                let span = self.since(start);
                left = self.syntax.add(span, Form::Has { from: left, path });
                continue;
            }
            let Some((operator, tightness)) = operator(kind) else {
                break;
            };
            if tightness < least {
                break;
            }
            let sign = self.span();
            self.bump();
            let is_there = self.peek().is_some_and(|it| !ends_expression(it))
                && !(self.begins_line() && self.begins_binding(false));
            let right = match is_there {
                true if operator == Operator::Implies || operator == Operator::PipeLeft => self.nested(tightness),
                true => self.nested(tightness + 1),
                false => {
                    self.damage(ProblemKind::MissingValue, sign, vec![]);
                    self.missing()
                }
            };
            let span = self.since(start);
            left = self.syntax.add(span, Form::Binary { operator, left, right });
        }
        left
    }

    /// Elements of a list whose opening bracket is missing, if their closing one comes.
    fn list_without_opener(&mut self, first: Id) -> Id {
        let mut elements = vec![first];
        let second = self.span();
        while self.peek().is_some_and(starts_argument) && !self.begins_binding(true) && elements.len() < MAX_AHEAD {
            elements.push(self.selection());
        }
        if self.peek() == Some(T::CloseBracket) {
            return self.list_of(elements);
        }
        if elements.len() > 1 {
            self.damage(ProblemKind::StrayValue, second, vec![]);
        }
        first
    }

    /// A list of elements whose opening bracket is missing, and whose closing one is next.
    fn list_of(&mut self, elements: Vec<Id>) -> Id {
        let first = elements.first().map_or(self.span(), |it| self.syntax.span(*it));
        let start = Span::empty(first.start);
        self.problem(ProblemKind::MissingOpener, start, vec![edit(start, "[ ")]);
        self.add_surplus(Shape::Bracket, -1);
        self.bump();
        let span = self.since(start.start);
        self.syntax.add(span, Form::List(elements))
    }

    /// Whether what is next cannot be a function.
    fn begins_literal(&self) -> bool {
        match self.peek() {
            Some(T::Int | T::Float | T::Quote | T::Quotes | T::Uri | T::Path | T::SearchPath | T::OpenBracket) => true,
            Some(T::OpenBrace) => !self.is_pattern(),
            _ => false,
        }
    }

    fn nested(&mut self, least: u8) -> Id {
        if self.nesting >= MAX_NESTING {
            return self.expression();
        }
        self.nesting += 1;
        let id = self.operation(least);
        self.nesting -= 1;
        id
    }

    fn application(&mut self) -> Id {
        let start = self.span().start;
        let is_literal = self.begins_literal();
        let mut function = self.selection();
        if is_literal && !matches!(self.syntax.form(function), Form::Function { .. } | Form::Select { .. }) {
            return function;
        }
        let mut arguments = Vec::new();
        let mut first_literal = None;
        while self.peek().is_some_and(starts_argument) && !self.begins_binding(true) && !self.is_left_by_indentation() {
            if self.begins_literal() {
                first_literal.get_or_insert(arguments.len());
            }
            let argument = self.selection();
            arguments.push((argument, self.previous_end()));
        }
        if self.peek() == Some(T::CloseBracket) && self.lacks_bracket() {
            // The literals are elements of what the function is applied to.
            if let Some(first) = first_literal {
                let elements = arguments.split_off(first).into_iter().map(|it| it.0).collect();
                arguments.push((self.list_of(elements), self.previous_end()));
            }
        }
        if self.surplus_of(Shape::Brace) > 0 && self.begins_binding(false) && self.peek() != Some(T::Inherit) {
            arguments.push((self.set_without_opener(), self.previous_end()));
        }
        for (argument, end) in arguments {
            function = self.syntax.add(Span::new(start, end.max(start)), Form::Apply { function, argument });
        }
        function
    }

    /// Whether a list lacks its opening bracket, of which a value is an element.
    fn lacks_bracket(&self) -> bool {
        let is_value = self.open.last().is_none_or(|it| matches!(it.shape, Shape::Binding | Shape::Paren));
        self.surplus_of(Shape::Bracket) > 0 && is_value
    }

    /// A simple expression, and what is selected from it.
    fn selection(&mut self) -> Id {
        let start = self.span().start;
        let from = self.simple();
        if self.peek() == Some(T::Dot) {
            self.bump();
            let path = self.selected();
            let mut default = None;
            if self.peek() == Some(T::OrWord) {
                self.bump();
                default = Some(match self.nesting < MAX_NESTING {
                    true => {
                        self.nesting += 1;
                        let default = self.selection();
                        self.nesting -= 1;
                        default
                    }
                    false => self.expression(),
                });
            }
            let span = self.since(start);
            return self.syntax.add(span, Form::Select { from, path, default });
        }
        if self.peek() == Some(T::OrWord) && !self.begins_binding(false) {
            // A name, where nothing is selected.
            let span = self.span();
            self.bump();
            let symbol = self.syntax.names.of("or");
            let argument = self.syntax.add(span, Form::Name(symbol));
            let span = self.since(start);
            return self.syntax.add(span, Form::Apply { function: from, argument });
        }
        from
    }

    /// The path after a dot or question mark.
    fn selected(&mut self) -> Vec<Attr> {
        if matches!(self.peek(), Some(T::Name | T::OrWord | T::Quote | T::Fill)) && !self.begins_binding(true) {
            return self.path();
        }
        let at = self.previous_end();
        self.damage(ProblemKind::MissingValue, Span::new(at.saturating_sub(1), at), vec![]);
        vec![]
    }

    fn simple(&mut self) -> Id {
        let Some(token) = self.token() else {
            let at = Span::empty(self.previous_end());
            self.damage(ProblemKind::MissingValue, at, vec![]);
            return self.missing();
        };
        let span = token.span;
        let written = span.of(self.text);
        match token.kind {
            T::Int => {
                self.bump();
                match written.parse() {
                    Ok(number) => self.syntax.add(span, Form::Int(number)),
                    Err(_) => {
                        self.problem(ProblemKind::HugeNumber, span, vec![]);
                        self.syntax.add(span, Form::Beyond)
                    }
                }
            }
            T::Float => {
                self.bump();
                match written.parse() {
                    Ok(number) => self.syntax.add(span, Form::Float(number)),
                    Err(_) => self.syntax.add(span, Form::Beyond),
                }
            }
            T::Path => {
                self.bump();
                self.syntax.add(span, Form::Path(vec![Part::Text(written.to_owned())]))
            }
            T::PathWithFill | T::Quote | T::Quotes => self.string(),
            T::SearchPath => {
                self.bump();
                self.syntax.add(span, Form::SearchPath)
            }
            T::Uri => {
                self.bump();
                self.syntax.add(span, Form::Uri)
            }
            T::OpenParen => self.parenthesised(),
            T::OpenBracket => self.list(),
            T::OpenBrace if self.is_pattern() => self.function(),
            T::OpenBrace => self.set(false),
            T::Rec => {
                self.bump();
                match self.peek() {
                    Some(T::OpenBrace) => self.set(true),
                    _ => {
                        self.damage(ProblemKind::MissingValue, span, vec![]);
                        self.missing()
                    }
                }
            }
            T::Name if matches!(self.ahead(1), Some(T::Colon | T::At)) => self.function(),
            T::Name | T::Ellipsis if self.surplus_of(Shape::Brace) > 0 && self.goes_on_as_pattern(0) => self.function(),
            T::Name if self.is_misspelt_let() => self.let_in(),
            T::Name => {
                self.bump();
                let symbol = self.syntax.names.of(written);
                self.syntax.add(span, Form::Name(symbol))
            }
            T::Let => self.let_in(),
            T::With => self.with(),
            T::Assert => self.assert(),
            T::If => self.if_else(),
            kind if ends_expression(kind) => {
                let at = Span::empty(self.previous_end());
                self.damage(ProblemKind::MissingValue, at, vec![]);
                self.missing()
            }
            _ => {
                self.damage(ProblemKind::StrayCharacter, span, vec![]);
                self.bump();
                self.syntax.add(span, Form::Missing)
            }
        }
    }

    fn string(&mut self) -> Id {
        let Some(open) = self.token() else {
            return self.missing();
        };
        self.bump();
        let mut pieces = Vec::new();
        while let Some(token) = self.token() {
            match token.kind {
                T::Text => {
                    self.bump();
                    strings::pieces(open.kind, token.span.of(self.text), pieces.is_empty(), &mut pieces);
                }
                T::Fill => {
                    let id = self.fill();
                    pieces.push(strings::Piece::Fill(id));
                    self.skip_within_string();
                }
                T::End => {
                    self.bump();
                    break;
                }
                _ => break,
            }
        }
        let parts = strings::parts(open.kind, pieces);
        let span = self.since(open.span.start);
        let form = match open.kind {
            T::PathWithFill => Form::Path(parts),
            _ => Form::String(parts),
        };
        self.syntax.add(span, form)
    }

    /// Passes over what is left of a filling.
    fn skip_within_string(&mut self) {
        let mut depth = 0usize;
        while let Some(kind) = self.peek() {
            match kind {
                T::Text | T::Fill | T::End if depth == 0 => return,
                T::Quote | T::Quotes | T::PathWithFill => depth += 1,
                T::End => depth -= 1,
                _ => {}
            }
            let span = self.span();
            self.damage(ProblemKind::StrayValue, span, vec![]);
            self.bump();
        }
    }

    fn parenthesised(&mut self) -> Id {
        self.open(Shape::Paren);
        self.bump();
        let inner = match self.begins_binding(false) && self.surplus_of(Shape::Brace) > 0 {
            true => self.set_without_opener(),
            false => self.expression(),
        };
        self.close(Shape::Paren);
        inner
    }

    fn list(&mut self) -> Id {
        let start = self.span().start;
        let open = self.span();
        self.open(Shape::Bracket);
        self.bump();
        let lacks_brace = self.surplus_of(Shape::Brace) > 0;
        if self.begins_binding(false) && self.surplus_of(Shape::Bracket) >= 0 && !lacks_brace {
            return self.set_in_brackets(open);
        }
        let mut elements = Vec::new();
        while let Some(token) = self.token() {
            if self.is_left_by_indentation() {
                break;
            }
            match token.kind {
                T::CloseBracket => break,
                T::CloseBrace | T::CloseParen => {
                    let Some(found) = closed_by(token.kind) else { break };
                    let is_wrong = self.surplus_of(found) > 0 && self.surplus_of(Shape::Bracket) < 0;
                    if is_wrong || (self.surplus_of(found) <= 0 && self.is_open(found)) {
                        break;
                    }
                    self.problem(ProblemKind::Unopened, token.span, vec![edit(token.span, "")]);
                    self.add_surplus(found, -1);
                    self.bump();
                }
                T::Comma => {
                    self.problem(ProblemKind::ExtraComma, token.span, vec![edit(token.span, " ")]);
                    self.bump();
                }
                T::Semicolon => {
                    if self.surplus_of(Shape::Bracket) < 0 {
                        break;
                    }
                    self.problem(ProblemKind::WrongSeparator, token.span, vec![edit(token.span, "")]);
                    self.bump();
                }
                T::Name | T::Quote | T::Inherit
                    if self.surplus_of(Shape::Brace) > 0
                        && (token.kind == T::Inherit || self.begins_binding(false)) =>
                {
                    elements.push(self.set_without_opener());
                }
                T::In | T::Then | T::Else | T::Inherit => break,
                kind if operator(kind).is_some() && self.surplus_of(Shape::Bracket) < 0 => break,
                T::Name | T::Quote if self.begins_binding(false) => {
                    if self.surplus_of(Shape::Bracket) < 0 {
                        break;
                    }
                    self.binding_in_list();
                }
                kind if starts_argument(kind) => {
                    let element = match self.nesting < MAX_NESTING {
                        true => {
                            self.nesting += 1;
                            let element = self.selection();
                            self.nesting -= 1;
                            element
                        }
                        false => self.expression(),
                    };
                    self.note_word(element);
                    let is_bare = matches!(token.kind, T::Name | T::OpenBrace);
                    if let (Form::Function { .. }, true) = (self.syntax.form(element), is_bare) {
                        self.needs_parentheses(element);
                    }
                    elements.push(element);
                }
                T::Minus | T::Not | T::If | T::Let | T::With | T::Assert => {
                    let element = self.expression();
                    self.needs_parentheses(element);
                    elements.push(element);
                }
                _ => {
                    self.problem(ProblemKind::StrayCharacter, token.span, vec![edit(token.span, "")]);
                    self.bump();
                }
            }
        }
        self.close(Shape::Bracket);
        let span = self.since(start);
        self.syntax.add(span, Form::List(elements))
    }

    fn needs_parentheses(&mut self, id: Id) {
        let span = self.syntax.span(id);
        let mut mend = vec![edit(Span::empty(span.start), "(")];
        if self.peek() == Some(T::CloseParen) && self.surplus_of(Shape::Paren) > 0 {
            self.add_surplus(Shape::Paren, -1);
            self.bump();
        } else {
            mend.push(edit(Span::empty(span.end), ")"));
        }
        self.problem(ProblemKind::MissingParentheses, span, mend);
    }

    /// Remembers a value that could be a word of another language.
    fn note_word(&mut self, value: Id) {
        if let Form::Name(symbol) = self.syntax.form(value)
            && foreign_word(self.syntax.names.name(*symbol)).is_some()
        {
            self.foreign_words.push(value);
        }
    }

    /// A list whose elements are bindings: a set was meant.
    fn set_in_brackets(&mut self, open: Span) -> Id {
        let bindings = self.bindings(Until::Bracket);
        let close = self.span();
        let mut mend = vec![edit(open, "{")];
        if self.peek() == Some(T::CloseBracket) {
            mend.push(edit(close, "}"));
        }
        let mend = match mend.len() {
            2 => mend,
            _ => vec![],
        };
        let was_calm = std::mem::replace(&mut self.is_calm, true);
        self.problem(ProblemKind::BindingInList, open, mend);
        self.is_calm = was_calm;
        self.close(Shape::Bracket);
        let span = self.since(open.start);
        self.syntax.add(span, Form::Set { is_recursive: false, bindings })
    }

    fn binding_in_list(&mut self) {
        let start = self.span().start;
        self.path();
        self.bump();
        if self.peek().is_some_and(starts_argument) {
            self.selection();
        }
        if self.peek() == Some(T::Semicolon) {
            self.bump();
        }
        let span = self.since(start);
        self.problem(ProblemKind::BindingInList, span, vec![]);
    }

    fn set(&mut self, is_recursive: bool) -> Id {
        let word = match is_recursive {
            true => self.at.checked_sub(1).and_then(|it| self.tokens.get(it)).map(|it| it.span.start),
            false => None,
        };
        let start = word.unwrap_or(self.span().start);
        self.open(Shape::Brace);
        self.bump();
        let bindings = self.bindings(Until::Brace);
        self.close(Shape::Brace);
        let span = self.since(start);
        self.syntax.add(span, Form::Set { is_recursive, bindings })
    }

    fn let_in(&mut self) -> Id {
        let start = self.span().start;
        if self.peek() == Some(T::Name) {
            let span = self.span();
            self.problem(ProblemKind::MissingKeyword, span, vec![edit(span, "let")]);
        }
        self.open(Shape::Let);
        self.bump();
        if self.peek() == Some(T::OpenBrace) {
            self.open.pop();
            self.open(Shape::Brace);
            self.bump();
            let bindings = self.bindings(Until::Brace);
            self.close(Shape::Brace);
            let span = self.since(start);
            return self.syntax.add(span, Form::OldLet { bindings });
        }
        let bindings = self.bindings(Until::In);
        self.open.pop();
        if self.peek() == Some(T::Name) && self.is_misspelt_in() {
            let span = self.span();
            self.problem(ProblemKind::MissingKeyword, span, vec![edit(span, "in")]);
            self.bump();
        } else if !self.takes(T::In) {
            let at = Span::empty(self.previous_end());
            let mend = match self.token() {
                Some(_) => vec![edit(at, " in")],
                None => vec![],
            };
            self.damage(ProblemKind::MissingKeyword, at, mend);
        }
        let body = self.body();
        let span = self.since(start);
        self.syntax.add(span, Form::Let { bindings, body })
    }

    /// Whether a word is meant as `let`.
    fn is_misspelt_let(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        matches!(self.span().of(self.text), "lt" | "et" | "le" | "elt" | "Let" | "LET")
            && next.is_some_and(|it| it.indentation.is_some())
            && self.path_ahead(self.at + 1).and_then(|it| self.tokens.get(it.1)).is_some_and(|it| it.kind == T::Assign)
    }

    /// Whether a word is meant as the `in` of a `let`.
    fn is_misspelt_in(&self) -> bool {
        matches!(self.span().of(self.text), "i" | "n" | "ni" | "IN" | "In")
            && !matches!(self.ahead(1), Some(T::Assign | T::Dot | T::Colon))
    }

    /// What a function or `let` comes to.
    fn body(&mut self) -> Id {
        match self.peek() {
            None | Some(T::CloseBrace | T::CloseBracket | T::CloseParen | T::Semicolon) => {
                let at = Span::empty(self.previous_end());
                self.damage(ProblemKind::MissingValue, at, vec![]);
                self.missing()
            }
            Some(_)
                if self.begins_binding(false) && (self.surplus_of(Shape::Brace) > 0 || !self.is_open(Shape::Brace)) =>
            {
                self.set_without_opener()
            }
            Some(_) => self.expression(),
        }
    }

    fn with(&mut self) -> Id {
        let start = self.span().start;
        self.bump();
        let mut namespace = self.expression();
        let mut body = None;
        let is_of_binding = self.peek() == Some(T::Semicolon) && self.ends_binding_after_next();
        if is_of_binding || !self.takes(T::Semicolon) {
            // `with lib { … }`
            if let Form::Apply { function, argument } = *self.syntax.form(namespace) {
                let at = Span::empty(self.syntax.span(function).end);
                self.problem(ProblemKind::MissingSemicolon, at, vec![edit(at, ";")]);
                (namespace, body) = (function, Some(argument));
            } else {
                let at = Span::empty(self.previous_end());
                self.damage(ProblemKind::MissingSemicolon, at, vec![edit(at, ";")]);
            }
        }
        let body = body.unwrap_or_else(|| self.body());
        let span = self.since(start);
        self.syntax.add(span, Form::With { namespace, body })
    }

    /// Whether the token after the next one ends a set, or begins a binding.
    fn ends_binding_after_next(&self) -> bool {
        match self.ahead(1) {
            None | Some(T::CloseBrace) => true,
            Some(_) => {
                let next = self.path_ahead(self.at + 1).and_then(|it| self.tokens.get(it.1));
                next.is_some_and(|it| it.kind == T::Assign)
            }
        }
    }

    fn assert(&mut self) -> Id {
        // One after the other is none within the other.
        let mut conditions = Vec::new();
        while self.peek() == Some(T::Assert) {
            let start = self.span().start;
            self.bump();
            let condition = self.expression();
            if !self.takes(T::Semicolon) {
                let at = Span::empty(self.previous_end());
                self.damage(ProblemKind::MissingSemicolon, at, vec![edit(at, ";")]);
            }
            conditions.push((start, condition));
        }
        let mut body = self.body();
        for (start, condition) in conditions.into_iter().rev() {
            let span = self.since(start);
            body = self.syntax.add(span, Form::Assert { condition, body });
        }
        body
    }

    fn if_else(&mut self) -> Id {
        let start = self.span().start;
        self.bump();
        let condition = self.expression();
        self.keyword(T::Then, " then");
        let then = self.expression();
        self.keyword(T::Else, " else");
        let or_else = self.expression();
        let span = self.since(start);
        self.syntax.add(span, Form::If { condition, then, or_else })
    }

    fn keyword(&mut self, kind: T, word: &str) {
        if !self.takes(kind) {
            let at = Span::empty(self.previous_end());
            self.damage(ProblemKind::MissingKeyword, at, vec![edit(at, word)]);
        }
    }

    // ── functions ──

    /// Whether this brace opens the arguments of a function.
    fn is_pattern(&self) -> bool {
        match (self.ahead(1), self.ahead(2)) {
            (Some(T::Name), Some(T::Comma | T::Question)) => true,
            (Some(T::Name), Some(T::CloseBrace)) => true,
            (Some(T::Ellipsis), Some(T::CloseBrace | T::Comma)) => true,
            (Some(T::CloseBrace), Some(T::Colon | T::At)) => true,
            _ => self.goes_on_as_pattern(1),
        }
    }

    /// Whether names and their closing brace lie ahead, with the colon of a function after it.
    fn goes_on_as_pattern(&self, from: usize) -> bool {
        let mut count = from;
        while matches!(self.ahead(count), Some(T::Name | T::Comma | T::Ellipsis | T::Dot)) && count < MAX_AHEAD {
            count += 1;
        }
        count > from
            && self.ahead(count) == Some(T::CloseBrace)
            && matches!(self.ahead(count + 1), Some(T::Colon | T::At))
    }

    fn function(&mut self) -> Id {
        let start = self.span().start;
        let mut parameter = Parameter { name: None, pattern: None, is_open: false };
        if self.peek() == Some(T::Name) && matches!(self.ahead(1), Some(T::Colon | T::At)) {
            parameter.name = Some(self.defines());
            if self.takes(T::At) && self.peek() == Some(T::OpenBrace) {
                self.pattern(&mut parameter);
            }
        } else {
            self.pattern(&mut parameter);
            if self.takes(T::At) && self.peek() == Some(T::Name) {
                let span = self.span();
                let symbol = self.defines();
                parameter.name = Some(symbol);
                if parameter.pattern.iter().flatten().any(|it| it.0 == symbol) {
                    self.problem(ProblemKind::ArgumentTwice, span, vec![]);
                }
            }
        }
        if !self.takes(T::Colon) {
            let at = Span::empty(self.previous_end());
            self.problem(ProblemKind::MissingColon, at, vec![edit(at, ":")]);
        }
        let body = self.body();
        let span = self.since(start);
        self.syntax.add(span, Form::Function { parameter, body })
    }

    /// A name that is defined here.
    fn defines(&mut self) -> Symbol {
        let symbol = self.syntax.names.of(self.span().of(self.text));
        self.defined.push(symbol);
        self.bump();
        symbol
    }

    fn pattern(&mut self, parameter: &mut Parameter) {
        let mut names = Vec::new();
        let mut known = std::collections::BTreeSet::from_iter(parameter.name);
        if self.peek() != Some(T::OpenBrace) {
            let at = Span::empty(self.span().start);
            self.problem(ProblemKind::MissingOpener, at, vec![edit(at, "{ ")]);
            self.add_surplus(Shape::Brace, -1);
            self.open(Shape::Brace);
        } else {
            self.open(Shape::Brace);
            self.bump();
        }
        loop {
            match self.peek() {
                Some(T::Name) => {
                    let span = self.span();
                    let symbol = self.defines();
                    if !known.insert(symbol) {
                        self.problem(ProblemKind::ArgumentTwice, span, vec![]);
                    }
                    let default = match self.takes(T::Question) {
                        true => Some(self.expression()),
                        false => None,
                    };
                    names.push((symbol, default));
                    match self.peek() {
                        Some(T::Name | T::Ellipsis) => {
                            let at = Span::empty(self.previous_end());
                            self.problem(ProblemKind::MissingComma, at, vec![edit(at, ",")]);
                        }
                        Some(T::Semicolon) => {
                            let span = self.span();
                            self.problem(ProblemKind::WrongSeparator, span, vec![edit(span, ",")]);
                            self.bump();
                        }
                        _ => {
                            self.takes(T::Comma);
                        }
                    }
                }
                Some(T::Ellipsis) => {
                    parameter.is_open = true;
                    self.bump();
                    self.takes(T::Comma);
                }
                Some(T::Comma) => {
                    let span = self.span();
                    self.problem(ProblemKind::ExtraComma, span, vec![edit(span, "")]);
                    self.bump();
                }
                Some(T::Dot) => {
                    let start = self.span().start;
                    while self.takes(T::Dot) {}
                    let span = self.since(start);
                    self.problem(ProblemKind::StrayCharacter, span, vec![edit(span, "...")]);
                }
                _ => break,
            }
        }
        if self.peek() == Some(T::Stray) {
            let span = self.span();
            self.damage(ProblemKind::StrayCharacter, span, vec![]);
            self.skip();
        }
        self.close(Shape::Brace);
        parameter.pattern = Some(names);
    }

    // ── words of other languages ──

    fn tell_foreign_words(&mut self) {
        if self.foreign_words.is_empty() {
            return;
        }
        self.is_calm = true;
        let defined: std::collections::BTreeSet<Symbol> = self.defined.iter().copied().collect();
        for id in std::mem::take(&mut self.foreign_words) {
            let Form::Name(symbol) = *self.syntax.form(id) else { continue };
            if defined.contains(&symbol) {
                continue;
            }
            let Some(meant) = foreign_word(self.syntax.names.name(symbol)) else { continue };
            let span = self.syntax.span(id);
            self.problem(ProblemKind::ForeignWord, span, vec![edit(span, meant)]);
            let meant = self.syntax.names.of(meant);
            if let Some(expression) = self.syntax.expressions.get_mut(id) {
                expression.form = Form::Name(meant);
            }
        }
    }
}

fn foreign_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "True" | "TRUE" | "yes" | "Yes" | "on" | "On" => "true",
        "False" | "FALSE" | "no" | "No" | "off" | "Off" => "false",
        "None" | "Null" | "NULL" | "nil" | "undefined" => "null",
        _ => return None,
    })
}

fn closed_by(kind: T) -> Option<Shape> {
    match kind {
        T::CloseBrace => Some(Shape::Brace),
        T::CloseBracket => Some(Shape::Bracket),
        T::CloseParen => Some(Shape::Paren),
        _ => None,
    }
}

fn starts_argument(kind: T) -> bool {
    matches!(
        kind,
        T::Name
            | T::Int
            | T::Float
            | T::Quote
            | T::Quotes
            | T::Path
            | T::PathWithFill
            | T::SearchPath
            | T::Uri
            | T::OpenBrace
            | T::OpenBracket
            | T::OpenParen
            | T::Rec
    )
}

/// What begins the body of a `let` and cannot begin a binding.
fn begins_body(kind: T) -> bool {
    matches!(kind, T::OpenBrace | T::OpenBracket | T::OpenParen | T::Rec | T::Let | T::With | T::If | T::Assert)
}

fn ends_expression(kind: T) -> bool {
    matches!(
        kind,
        T::Semicolon
            | T::Comma
            | T::CloseBrace
            | T::CloseBracket
            | T::CloseParen
            | T::In
            | T::Then
            | T::Else
            | T::Inherit
            | T::End
            | T::Text
    )
}

/// An operator, and how tightly it binds.
fn operator(kind: T) -> Option<(Operator, u8)> {
    Some(match kind {
        T::Concat => (Operator::Concat, 13),
        T::Times => (Operator::Multiply, 12),
        T::Divide => (Operator::Divide, 12),
        T::Plus => (Operator::Add, 11),
        T::Minus => (Operator::Subtract, 11),
        T::Update => (Operator::Update, 9),
        T::Less => (Operator::Less, 8),
        T::LessOrEqual => (Operator::LessOrEqual, 8),
        T::More => (Operator::More, 8),
        T::MoreOrEqual => (Operator::MoreOrEqual, 8),
        T::Equal => (Operator::Equal, 7),
        T::NotEqual => (Operator::NotEqual, 7),
        T::And => (Operator::And, 6),
        T::Or => (Operator::Or, 5),
        T::Implies => (Operator::Implies, 4),
        T::PipeRight => (Operator::PipeRight, 3),
        T::PipeLeft => (Operator::PipeLeft, 2),
        _ => return None,
    })
}
