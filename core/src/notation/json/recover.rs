//! What was meant where JSON is not quite JSON? The parser goes on as if each mistake had been mended.

use super::lex::{MARK, Token, TokenKind, is_white, length_while, plain};
use crate::{
    document::{Kind, MAX_DEPTH, Member, Node, Problem, ProblemKind, Tree},
    text::{Edits, Span, TextEdit, order},
};

/// More problems than this are not told apart: nobody fixes a thousand one by one.
pub(super) const MAX_PROBLEMS: usize = 1_000;

/// Go's decoder refuses brackets nested deeper than this.
///
/// Source: Go `encoding/json/scanner.go`, `maxNestingDepth`.
const GO_MAX_DEPTH: usize = 10_000;

/// What ends an object or list whose closing bracket is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The end of the text.
    ByBrackets,
    /// The next line that is indented no deeper than the line it was opened on.
    ByIndentation,
}

pub(super) struct Parsed {
    pub document: Tree,
    /// Whether the text ended within an object or list.
    pub unclosed: bool,
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Significant>,
    at: usize,
    closing: Closing,
    stack: Vec<Frame>,
    /// How many of them are objects.
    open_objects: usize,
    root: Option<Node>,
    /// Where the first complete value of the text ends.
    end: Option<usize>,
    problems: Vec<Problem>,
    /// Whether the last mistake is behind us: one mistake, one problem.
    calm: bool,
    /// Closing brackets minus opening ones, over the whole text.
    surplus_braces: isize,
    surplus_brackets: isize,
    /// The indentation of the current line.
    line_indentation: usize,
    unclosed: bool,
}

/// A token that is neither white space nor a comment.
#[derive(Clone, Copy)]
struct Significant {
    token: Token,
    /// The indentation, when it is the first of its line.
    indentation: Option<usize>,
}

/// An object or list under construction.
struct Frame {
    shape: Shape,
    open: Span,
    /// The indentation of the line that opened it.
    indentation: usize,
    members: Vec<Member>,
    elements: Vec<Node>,
    key: Option<(String, Span)>,
    expects: Expects,
    /// Whether the member under construction is free of mistakes.
    sound: bool,
    /// Whether what it holds is kept.
    kept: bool,
    /// The comma after the last member or element.
    comma: Option<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Object,
    List,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// A key of an object, or an element of a list.
    Item,
    Colon,
    Value,
    Comma,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, tokens: &[Token], closing: Closing) -> Self {
        let mut parser = Self {
            text,
            tokens: Vec::with_capacity(tokens.len()),
            at: 0,
            closing,
            stack: Vec::new(),
            open_objects: 0,
            root: None,
            end: None,
            problems: Vec::new(),
            calm: true,
            surplus_braces: 0,
            surplus_brackets: 0,
            line_indentation: 0,
            unclosed: false,
        };
        let mut indentation = Some(0);
        for &token in tokens {
            parser.look_alike(token);
            match token.kind {
                TokenKind::White => {
                    let white = token.span.of(text);
                    if let Some(line_break) = white.rfind('\n') {
                        indentation = Some(white.len() - line_break - 1);
                    } else if token.span.start == 0 {
                        indentation = Some(white.len());
                    }
                }
                TokenKind::Comment => {
                    parser.problem(ProblemKind::Comment, token.span, vec![removal(without_comment(text, token.span))])
                }
                kind => {
                    match kind {
                        TokenKind::OpenBrace => parser.surplus_braces -= 1,
                        TokenKind::CloseBrace => parser.surplus_braces += 1,
                        TokenKind::OpenBracket => parser.surplus_brackets -= 1,
                        TokenKind::CloseBracket => parser.surplus_brackets += 1,
                        _ => {}
                    }
                    parser.tokens.push(Significant { token, indentation });
                    indentation = None;
                }
            }
        }
        parser
    }

    pub(super) fn run(mut self) -> Parsed {
        self.byte_order_mark();
        let mut last = None;
        while let Some(&significant) = self.tokens.get(self.at) {
            self.line_indentation = significant.indentation.unwrap_or(self.line_indentation);
            // Once for each token: a bracket that is put before it would be closed again, and so on for ever.
            if last.replace(self.at) != Some(self.at) {
                self.close_by_indentation(significant);
            }
            if self.stack.len() > GO_MAX_DEPTH {
                self.damage(ProblemKind::TooDeep, significant.token.span, vec![]);
                self.at = self.tokens.len();
                break;
            }
            match self.stack.last().map(|it| (it.shape, it.expects)) {
                None if self.root.is_none() => self.document(significant.token),
                None => self.after_end(significant.token),
                Some((Shape::Object, Expects::Item)) => self.key(significant.token),
                Some((Shape::Object, Expects::Colon)) => self.colon(significant.token),
                Some((_, Expects::Value)) => self.value(significant.token),
                Some((Shape::List, Expects::Item | Expects::Colon)) => self.element(significant.token),
                Some((_, Expects::Comma)) => self.comma(significant.token),
            }
        }
        self.close_at_end();
        if self.root.is_none() && self.problems.is_empty() {
            self.problem(ProblemKind::Empty, Span::new(0, self.text.len()), vec![]);
        }
        order::sort(&mut self.problems, |a, b| a.span.cmp(&b.span));
        let nothing = Node::new(Kind::Missing, Span::empty(self.text.len()));
        Parsed {
            document: Tree { root: self.root.unwrap_or(nothing), problems: self.problems, end: self.end },
            unclosed: self.unclosed,
        }
    }

    fn byte_order_mark(&mut self) {
        if !self.text.starts_with(MARK) {
            return;
        }
        let mark = Span::new(0, MARK.len_utf8());
        self.problem(ProblemKind::ByteOrderMark, mark, vec![removal(mark)]);
    }

    /// Reports white space and punctuation that are not JSON's.
    fn look_alike(&mut self, token: Token) {
        if matches!(token.kind, TokenKind::Comment | TokenKind::String(_) | TokenKind::Bare) {
            return;
        }
        let written = token.span.of(self.text);
        let kept = match token.span.start {
            0 => written.strip_prefix(MARK).unwrap_or(written),
            _ => written,
        };
        if kept.chars().any(|it| plain(it) != it) {
            let span = Span::new(token.span.end - kept.len(), token.span.end);
            let text = kept.chars().map(plain).collect();
            self.problem(ProblemKind::LookAlike, span, vec![TextEdit { span, text }]);
        }
    }

    fn next_is(&self, kind: TokenKind) -> bool {
        self.tokens.get(self.at + 1).map(|it| it.token.kind) == Some(kind)
    }

    /// Whether a token is the key of a member.
    fn begins_member(&self, token: Token) -> bool {
        is_string(token.kind) && self.next_is(TokenKind::Colon)
    }

    fn previous_end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|it| self.tokens.get(it));
        before.map_or(0, |it| it.token.span.end)
    }

    // ── saying what is wrong ──

    /// Reports a mistake, unless it is a consequence of the one before.
    pub(super) fn problem(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        self.problem_with(kind, span, None, mend);
    }

    fn problem_with(&mut self, kind: ProblemKind, span: Span, related: Option<Span>, mend: Vec<TextEdit>) {
        if self.calm && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span, related, mend: Edits::of(mend) });
        }
    }

    /// Reports a mistake that leaves the current member in doubt.
    pub(super) fn damage(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        self.problem(kind, span, mend);
        self.calm = false;
        if let Some(frame) = self.stack.last_mut() {
            frame.sound = false;
        }
    }

    // ── one token, by what is expected ──

    fn document(&mut self, token: Token) {
        if self.begins_member(token) {
            self.missing_brace(token);
            return;
        }
        match token.kind {
            TokenKind::OpenBrace => self.open_token(Shape::Object, token),
            TokenKind::OpenBracket => self.open_token(Shape::List, token),
            TokenKind::String(_) | TokenKind::Bare => {
                self.at += 1;
                let node = self.scalar(token);
                self.add(node);
            }
            _ => {
                self.damage(ProblemKind::StrayCharacter, token.span, vec![]);
                self.at += 1;
            }
        }
    }

    /// Text after the document: its last bracket came too early, another object follows, or it does not
    /// belong here.
    fn after_end(&mut self, token: Token) {
        let ahead = self.at + usize::from(token.kind == TokenKind::Comma);
        let kind_at = |at: usize| self.tokens.get(at).map(|it| it.token.kind);
        let goes_on = kind_at(ahead).is_some_and(is_string) && kind_at(ahead + 1) == Some(TokenKind::Colon);
        let follows = kind_at(ahead) == Some(TokenKind::OpenBrace);
        match self.root.take() {
            Some(Node { kind: Kind::Map(members), span }) if goes_on || follows => {
                let close = Span::new(span.end.saturating_sub(1), span.end);
                if follows {
                    let mend = self.joint(ahead);
                    let open = self.tokens.get(ahead).map_or(token.span, |it| it.token.span);
                    self.problem(ProblemKind::TextAfterEnd, open, mend);
                } else {
                    let mend = vec![removal(close)];
                    self.problem_with(ProblemKind::TextAfterEnd, token.span, Some(close), mend);
                }
                self.open(Shape::Object, Span::empty(span.start));
                if let Some(frame) = self.stack.last_mut() {
                    frame.members = members;
                    frame.expects = match follows {
                        true => Expects::Item,
                        false => Expects::Comma,
                    };
                }
                if follows {
                    self.at = ahead + 1;
                }
            }
            root => {
                let rest = Span::new(token.span.start, self.text.trim_end().len());
                self.problem(ProblemKind::TextAfterEnd, rest, vec![removal(rest)]);
                self.root = root;
                self.at = self.tokens.len();
            }
        }
    }

    /// What joins the object that has just ended and the one whose opening brace is token `open`.
    fn joint(&self, open: usize) -> Vec<TextEdit> {
        let token_at = |at: Option<usize>| self.tokens.get(at?).map(|it| it.token);
        let (Some(last), Some(close), Some(next)) =
            (token_at(self.at.checked_sub(2)), token_at(self.at.checked_sub(1)), token_at(Some(open + 1)))
        else {
            return vec![];
        };
        let between = self.tokens.get(self.at..=open).unwrap_or_default();
        let between = between.iter().map(|it| it.token.span);
        // Of an object without members both braces go; else those where the two meet.
        let is_empty = next.kind == TokenKind::CloseBrace;
        let braces: Vec<Span> = match is_empty {
            true => between.chain([next.span]).collect(),
            false => [close.span].into_iter().chain(between).collect(),
        };
        let (kept, comma) = match last.kind {
            _ if is_empty => (close.span, ""),
            TokenKind::OpenBrace => (last.span, ""),
            // Named, so that nobody takes it out at the same time.
            TokenKind::Comma => (Span::empty(last.span.start), ","),
            _ => (last.span, ","),
        };
        let end = braces.last().map_or(kept.end, |it| it.end);
        let gap = Span::new(kept.end, end);
        let is_clean = gap.of(self.text).chars().all(|it| is_white(it) || matches!(it, '{' | '}' | ','));
        if is_clean {
            return vec![replacement(gap, comma)];
        }
        let comma = match last.kind {
            TokenKind::Comma => replacement(last.span, comma),
            _ => insertion(kept.end, comma),
        };
        let comma = Some(comma).filter(|it| !it.text.is_empty());
        comma.into_iter().chain(braces.into_iter().map(removal)).collect()
    }

    fn key(&mut self, token: Token) {
        match token.kind {
            _ if self.continues_a_list(token) => self.missing_bracket(),
            TokenKind::OpenBrace if self.surplus_braces < 0 && self.is_element() => {
                self.close_unclosed();
            }
            TokenKind::String(_) => {
                self.at += 1;
                let text = self.string(token);
                self.set_key(text, token.span);
            }
            TokenKind::Bare => self.bare_key(token),
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close(token),
            TokenKind::Comma => self.extra_comma(token),
            TokenKind::Colon => {
                self.damage(ProblemKind::MissingKey, token.span, vec![]);
                self.at += 1;
                self.expect(Expects::Value);
            }
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.stray_value(token),
            TokenKind::White | TokenKind::Comment => self.at += 1,
        }
    }

    fn bare_key(&mut self, token: Token) {
        let before_colon = self.next_is(TokenKind::Colon);
        self.at += 1;
        let written = token.span.of(self.text);
        let is_name = written.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'$'));
        match is_name {
            true if before_colon => {
                self.problem(ProblemKind::Unquoted, token.span, quoting(token.span));
            }
            true => self.damage(ProblemKind::Unquoted, token.span, vec![]),
            false => self.damage(ProblemKind::StrayCharacter, token.span, vec![]),
        }
        if before_colon {
            self.set_key(written.to_owned(), token.span);
        }
    }

    fn extra_comma(&mut self, token: Token) {
        self.problem(ProblemKind::ExtraComma, token.span, vec![removal(token.span)]);
        self.at += 1;
    }

    fn set_key(&mut self, text: String, span: Span) {
        if let Some(frame) = self.stack.last_mut() {
            frame.key = Some((text, span));
            frame.expects = Expects::Colon;
        }
    }

    fn colon(&mut self, token: Token) {
        match token.kind {
            TokenKind::Colon => {
                self.at += 1;
                self.expect(Expects::Value);
            }
            TokenKind::Comma | TokenKind::CloseBrace | TokenKind::CloseBracket => self.missing_value(),
            _ if self.begins_member(token) => self.missing_value(),
            _ => {
                let at = self.previous_end();
                let mend = vec![insertion(at, ":")];
                self.damage(ProblemKind::MissingColon, Span::empty(at), mend);
                self.expect(Expects::Value);
            }
        }
    }

    fn missing_value(&mut self) {
        let here = Span::empty(self.previous_end());
        let key = self.stack.last().and_then(|it| it.key.as_ref());
        let span = key.map_or(here, |it| it.1);
        self.damage(ProblemKind::MissingValue, span, vec![]);
        self.add(Node::new(Kind::Missing, here));
    }

    fn value(&mut self, token: Token) {
        match token.kind {
            _ if self.begins_member(token) => match self.surplus_braces > 0 {
                true => self.missing_brace(token),
                false => self.missing_value(),
            },
            TokenKind::CloseBracket if self.surplus_brackets > 0 => {
                let mend = vec![insertion(token.span.start, "[")];
                self.damage(ProblemKind::MissingOpener, token.span, mend);
                self.at += 1;
                self.add(Node::new(Kind::Missing, token.span));
            }
            TokenKind::Comma | TokenKind::CloseBrace | TokenKind::CloseBracket => self.missing_value(),
            TokenKind::Colon => {
                let mend = vec![removal(token.span)];
                self.damage(ProblemKind::StrayCharacter, token.span, mend);
                self.at += 1;
            }
            _ => self.item(token),
        }
    }

    fn element(&mut self, token: Token) {
        match token.kind {
            _ if self.begins_member(token) => {
                if self.surplus_braces > 0 {
                    self.missing_brace(token);
                } else if self.open_objects > 0 {
                    self.close_unclosed();
                } else {
                    self.stray_value(token);
                }
            }
            TokenKind::Comma => self.extra_comma(token),
            TokenKind::Colon => {
                self.damage(ProblemKind::StrayCharacter, token.span, vec![]);
                self.at += 1;
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close(token),
            _ => self.item(token),
        }
    }

    /// A key where an object belongs.
    fn missing_brace(&mut self, token: Token) {
        let at = Span::empty(token.span.start);
        let mend = vec![insertion(at.start, "{")];
        self.problem(ProblemKind::MissingOpener, at, mend);
        self.surplus_braces -= 1;
        self.open(Shape::Object, at);
    }

    /// Whether the last member's value and this one are the first elements of a list that lacks its bracket.
    fn continues_a_list(&self, token: Token) -> bool {
        let closes = matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket);
        let is_value = !closes && !matches!(token.kind, TokenKind::Comma | TokenKind::Colon);
        self.surplus_brackets > 0
            && is_value
            && !self.next_is(TokenKind::Colon)
            && self.stack.last().is_some_and(|it| !it.members.is_empty())
    }

    /// Whether the innermost object is an element of a list.
    fn is_element(&self) -> bool {
        let around = self.stack.iter().rev().nth(1);
        around.is_some_and(|it| it.shape == Shape::List)
    }

    /// Makes the last member's value the first element of a list.
    fn missing_bracket(&mut self) {
        let last = self.stack.last_mut().and_then(|frame| {
            let member = frame.members.pop()?;
            frame.key = Some((member.key, member.key_span));
            Some(member.value)
        });
        if let Some(first) = last {
            let at = first.span.start;
            let mend = vec![insertion(at, "[")];
            self.problem(ProblemKind::MissingOpener, Span::empty(at), mend);
            self.surplus_brackets -= 1;
            self.open(Shape::List, Span::empty(at));
            self.add(first);
            self.expect(Expects::Item);
        }
    }

    /// A value where one belongs.
    fn item(&mut self, token: Token) {
        match token.kind {
            TokenKind::OpenBrace => self.open_token(Shape::Object, token),
            TokenKind::OpenBracket => self.open_token(Shape::List, token),
            _ => {
                self.at += 1;
                let node = self.scalar(token);
                self.add(node);
            }
        }
    }

    fn comma(&mut self, token: Token) {
        let in_list = self.stack.last().map(|it| it.shape) == Some(Shape::List);
        match token.kind {
            TokenKind::Comma => {
                self.at += 1;
                self.calm = true;
                if let Some(frame) = self.stack.last_mut() {
                    frame.expects = Expects::Item;
                    frame.sound = true;
                    frame.comma = Some(token.span);
                }
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket => self.close(token),
            TokenKind::Colon => {
                self.damage(ProblemKind::StrayCharacter, token.span, vec![]);
                self.doubt_last_member();
                self.at += 1;
            }
            _ if in_list && self.begins_member(token) => self.element(token),
            _ if in_list || self.next_is(TokenKind::Colon) => {
                let at = self.previous_end();
                let mend = vec![insertion(at, ",")];
                self.problem(ProblemKind::MissingComma, Span::empty(at), mend);
                self.expect(Expects::Item);
                if let Some(frame) = self.stack.last_mut() {
                    frame.sound = true;
                }
            }
            _ => {
                self.doubt_last_member();
                self.stray_value(token);
            }
        }
    }

    fn doubt_last_member(&mut self) {
        let last = self.stack.last_mut().and_then(|it| it.members.last_mut());
        if let Some(member) = last {
            member.sound = false;
        }
    }

    /// A value where none can be: it is read over.
    fn stray_value(&mut self, token: Token) {
        self.damage(ProblemKind::StrayValue, token.span, vec![]);
        match token.kind {
            TokenKind::OpenBrace => self.open_token(Shape::Object, token),
            TokenKind::OpenBracket => self.open_token(Shape::List, token),
            _ => {
                self.at += 1;
                return;
            }
        }
        if let Some(frame) = self.stack.last_mut() {
            frame.kept = false;
        }
    }

    fn expect(&mut self, expects: Expects) {
        if let Some(frame) = self.stack.last_mut() {
            frame.expects = expects;
        }
    }

    // ── opening and closing ──

    fn open_token(&mut self, shape: Shape, token: Token) {
        self.open(shape, token.span);
        self.at += 1;
    }

    fn open(&mut self, shape: Shape, open: Span) {
        self.open_objects += usize::from(shape == Shape::Object);
        self.stack.push(Frame {
            shape,
            open,
            indentation: self.line_indentation,
            members: Vec::new(),
            elements: Vec::new(),
            key: None,
            expects: Expects::Item,
            sound: true,
            kept: true,
            comma: None,
        });
    }

    /// A closing bracket: of the innermost object or list, of an outer one, or of none.
    fn close(&mut self, token: Token) {
        let shape = match token.kind {
            TokenKind::CloseBracket => Shape::List,
            _ => Shape::Object,
        };
        if self.stack.last().map(|it| it.shape) == Some(shape) {
            self.at += 1;
            self.trailing_comma();
            self.finish(token.span.end);
            return;
        }
        let (own, other) = match shape {
            Shape::Object => (self.surplus_braces, self.surplus_brackets),
            Shape::List => (self.surplus_brackets, self.surplus_braces),
        };
        if own > 0 && other < 0 {
            self.wrong_bracket(token, shape);
        } else if own <= 0 && self.is_open(shape) {
            self.close_unclosed();
        } else if shape == Shape::List && self.ends_a_value() {
            self.missing_bracket();
            self.expect(Expects::Comma);
        } else {
            self.problem(ProblemKind::Unopened, token.span, vec![removal(token.span)]);
            *self.surplus(shape) -= 1;
            self.doubt_last_member();
            self.at += 1;
        }
    }

    fn is_open(&self, shape: Shape) -> bool {
        match shape {
            Shape::Object => self.open_objects > 0,
            Shape::List => self.open_objects < self.stack.len(),
        }
    }

    fn surplus(&mut self, shape: Shape) -> &mut isize {
        match shape {
            Shape::Object => &mut self.surplus_braces,
            Shape::List => &mut self.surplus_brackets,
        }
    }

    /// A bracket that closes the innermost object or list and has the other's shape.
    fn wrong_bracket(&mut self, token: Token, shape: Shape) {
        let right = shape.other();
        let mend = vec![replacement(token.span, right.closing())];
        let open = self.stack.last().map(|it| it.open);
        self.problem_with(ProblemKind::Unopened, token.span, open, mend);
        *self.surplus(shape) -= 1;
        *self.surplus(right) += 1;
        self.at += 1;
        self.finish(token.span.end);
    }

    /// Whether the innermost object has just got a member.
    fn ends_a_value(&self) -> bool {
        let frame = self.stack.last();
        frame.is_some_and(|it| it.expects == Expects::Comma && !it.members.is_empty())
    }

    /// Ends the innermost object or list, whose closing bracket is missing.
    fn close_unclosed(&mut self) {
        let end = self.previous_end();
        let Some(frame) = self.stack.last() else {
            return;
        };
        let comma = frame.comma_before(end);
        let at = comma.map_or(end, |it| it.start);
        let (open, mend) = (frame.open, vec![insertion(at, frame.shape.closing())]);
        let shape = frame.shape;
        self.problem_with(ProblemKind::Unclosed, open, Some(Span::empty(at)), mend);
        *self.surplus(shape) += 1;
        self.finish(at);
        if let (Some(comma), Some(frame)) = (comma, self.stack.last_mut()) {
            frame.expects = Expects::Item;
            frame.comma = Some(comma);
        }
    }

    fn close_by_indentation(&mut self, significant: Significant) {
        let (Closing::ByIndentation, Some(indentation)) = (self.closing, significant.indentation) else {
            return;
        };
        let closes = matches!(significant.token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket);
        while self.stack.len() > 1
            && self
                .stack
                .last()
                .is_some_and(|frame| indentation < frame.indentation || (indentation == frame.indentation && !closes))
        {
            match self.stack.last().map(|it| it.expects) {
                Some(Expects::Colon | Expects::Value) => self.missing_value(),
                _ => self.close_unclosed(),
            }
        }
    }

    fn close_at_end(&mut self) {
        let Some(frame) = self.stack.last() else {
            return;
        };
        self.unclosed = true;
        if matches!(frame.expects, Expects::Colon | Expects::Value) {
            self.missing_value();
        }
        let closers: String = self.stack.iter().rev().map(|it| it.shape.closing()).collect();
        let at = self.previous_end();
        if let Some(frame) = self.stack.last() {
            let mend = match frame.comma_before(at) {
                Some(comma) => replacement(Span::new(comma.start, at), &closers),
                None => insertion(at, &closers),
            };
            let open = Some(frame.open);
            self.problem_with(ProblemKind::Unclosed, Span::empty(at), open, vec![mend]);
        }
        let end = self.end;
        while !self.stack.is_empty() {
            self.finish(at);
        }
        self.end = end;
    }

    fn trailing_comma(&mut self) {
        let last = self.stack.last().filter(|it| it.expects == Expects::Item);
        if let Some(comma) = last.and_then(|it| it.comma) {
            if comma.of(self.text) != "," {
                // It goes, whatever it looks like.
                self.problems.retain(|it| it.span != comma);
            }
            self.problem(ProblemKind::TrailingComma, comma, vec![removal(comma)]);
        }
    }

    /// Makes a node of the innermost frame and hands it to the one around it.
    fn finish(&mut self, end: usize) {
        let deep = self.stack.len() > MAX_DEPTH;
        let Some(frame) = self.stack.pop() else {
            return;
        };
        self.open_objects -= usize::from(frame.shape == Shape::Object);
        let kind = match frame.shape {
            _ if deep => Kind::Opaque,
            Shape::Object => Kind::Map(frame.members),
            Shape::List => Kind::List(frame.elements),
        };
        if frame.kept {
            self.add(Node::new(kind, Span::new(frame.open.start, end)));
        }
    }

    /// Hands a value to the frame that waits for it.
    fn add(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            self.end.get_or_insert(node.span.end);
            self.root = Some(node);
            return;
        };
        frame.expects = Expects::Comma;
        frame.comma = None;
        let sound = frame.sound;
        match (frame.shape, frame.key.take()) {
            (Shape::Object, Some((key, key_span))) => frame.members.push(Member { key, key_span, value: node, sound }),
            (Shape::Object, None) => {}
            (Shape::List, _) if sound => frame.elements.push(node),
            (Shape::List, _) => frame.elements.push(Node::new(Kind::Missing, node.span)),
        }
    }
}

impl Shape {
    fn other(self) -> Self {
        match self {
            Self::Object => Self::List,
            Self::List => Self::Object,
        }
    }

    fn closing(self) -> &'static str {
        match self {
            Self::Object => "}",
            Self::List => "]",
        }
    }
}

impl Frame {
    /// The comma after the last item, when it is the last thing before `end`.
    fn comma_before(&self, end: usize) -> Option<Span> {
        self.comma.filter(|it| self.expects == Expects::Item && it.end == end)
    }
}

fn is_string(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::String(_))
}

/// The bytes to take out with a comment: its whole line when nothing else is on it, else the blanks before it.
fn without_comment(text: &str, comment: Span) -> Span {
    let before = text.get(..comment.start).unwrap_or_default();
    let after = text.get(comment.end..).unwrap_or_default();
    let kept = before.trim_end_matches([' ', '\t']);
    let blanks_after = length_while(after, |it| matches!(it, ' ' | '\t' | '\r'));
    let starts_line = kept.is_empty() || kept.ends_with('\n');
    let ends_line = after.get(blanks_after..).is_some_and(|it| it.starts_with('\n'));
    match (starts_line, ends_line) {
        (true, true) => Span::new(kept.len(), comment.end + blanks_after + 1),
        (false, true) => Span::new(kept.len(), comment.end),
        _ => comment,
    }
}

pub(super) fn insertion(at: usize, text: &str) -> TextEdit {
    replacement(Span::empty(at), text)
}

fn removal(span: Span) -> TextEdit {
    replacement(span, "")
}

pub(super) fn replacement(span: Span, text: &str) -> TextEdit {
    TextEdit { span, text: text.to_owned() }
}

pub(super) fn quoting(span: Span) -> Vec<TextEdit> {
    vec![insertion(span.start, "\""), insertion(span.end, "\"")]
}
