//! Reads JSON as it is typed: what is right is understood, what is wrong is named once.
//!
//! The reader accepts exactly what Go's `encoding/json` accepts; for anything
//! else it reports a [`Problem`] and goes on as if the mistake had been mended.
//! It never recurses, so depth costs no stack.

use super::holes;
use crate::{
    document::{Kind, MAX_DEPTH, Member, Node, Problem, ProblemKind, Tree},
    find,
    go::strconv,
    order,
    text::{Edits, Span, TextEdit},
};

/// Go's decoder refuses brackets nested deeper than this.
///
/// Source: Go `encoding/json/scanner.go`, `maxNestingDepth`.
const GO_MAX_DEPTH: usize = 10_000;

/// More problems than this are not told apart: nobody mends a thousand one by one.
const MAX_PROBLEMS: usize = 1_000;

/// A piece of the text; the tokens of a text tile it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub span: Span,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Space, tab, line feed, carriage return.
    White,
    /// `//`, `#` or `/* */`, which JSON does not have.
    Comment,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// Text in quotes, as far as they are there.
    String(Quotes),
    /// Digits, words and whatever else stands between white space and punctuation.
    Bare,
}

/// Which quotes a string has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `"…"`
    Both,
    /// `"…` up to the end of the line, or a little less.
    NoClosing,
    /// `…"`
    NoOpening,
    /// `'…'` or `“…”`
    Wrong,
}

/// Reads a `daemon.json`, or what stands around the holes of its template.
pub fn read(text: &str) -> Tree {
    let written = read_as_written(text);
    let around = match written.is_damaged() {
        true => holes::around(text),
        false => None,
    };
    let Some(around) = around else {
        return written;
    };
    let mut document = read_as_written(&around.text);
    let is_comma =
        |kind| matches!(kind, ProblemKind::TrailingComma | ProblemKind::MissingComma | ProblemKind::ExtraComma);
    // What is written for one branch can have its comma in another.
    let mut problems = document.problems;
    problems.retain(|it| !(around.has_branches && is_comma(it.kind)));
    problems.extend(around.holes.iter().take(MAX_PROBLEMS).map(|it| Problem {
        kind: ProblemKind::Placeholder,
        span: *it,
        related: None,
        mend: Edits::NONE,
    }));
    order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
    document.problems = problems;
    hide(&mut document.root, &around.holes);
    document
}

/// Makes the values unknown that stand in the place of holes.
fn hide(node: &mut Node, holes: &[Span]) {
    match &mut node.kind {
        Kind::Map(members) => members.iter_mut().for_each(|it| hide(&mut it.value, holes)),
        Kind::List(elements) => elements.iter_mut().for_each(|it| hide(it, holes)),
        Kind::Null => {
            let found = holes.binary_search_by_key(&node.span.start, |it| it.start);
            if let Some(hole) = found.ok().and_then(|it| holes.get(it)) {
                *node = Node::new(Kind::Opaque, *hole);
            }
        }
        // In such a file these are filled in as well.
        Kind::String(text) if find::contains(text, "{{") || find::contains(text, "${") => {
            node.kind = Kind::Opaque;
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Opaque | Kind::Missing => {}
    }
}

/// Reads a `daemon.json`; the holes of a template are damage like any other.
pub(crate) fn read_as_written(text: &str) -> Tree {
    let tokens = lex(text);
    let by_brackets = Parser::new(text, &tokens, Closing::ByBrackets).run();
    match by_brackets.unclosed {
        true => Parser::new(text, &tokens, Closing::ByIndentation).run(),
        false => by_brackets,
    }
    .document
}

/// Cuts a text into tokens that tile it.
pub fn lex(text: &str) -> Vec<Token> {
    Lexer { text, at: 0, tokens: Vec::new(), lists: Vec::new(), previous: None }.run()
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// For every open bracket, whether it is a list's.
    lists: Vec<bool>,
    /// The last token that is neither white space nor a comment.
    previous: Option<TokenKind>,
}

impl Lexer<'_> {
    fn run(mut self) -> Vec<Token> {
        while self.at < self.text.len() {
            let start = self.at;
            let kind = self.next();
            debug_assert!(self.at > start);
            self.tokens.push(Token { kind, span: Span::new(start, self.at) });
            match kind {
                TokenKind::White | TokenKind::Comment => continue,
                TokenKind::OpenBrace => self.lists.push(false),
                TokenKind::OpenBracket => self.lists.push(true),
                TokenKind::CloseBrace | TokenKind::CloseBracket => {
                    self.lists.pop();
                }
                TokenKind::Colon | TokenKind::Comma | TokenKind::String(_) | TokenKind::Bare => {}
            }
            self.previous = Some(kind);
        }
        self.tokens
    }

    fn next(&mut self) -> TokenKind {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return TokenKind::White;
        };
        if let Some(kind) = punctuation(plain(first)) {
            self.at += first.len_utf8();
            return kind;
        }
        if is_white(plain(first)) {
            self.at += length_while(rest, |it| is_white(plain(it)));
            return TokenKind::White;
        }
        let before = self.text.get(..self.at).unwrap_or_default();
        let in_url = before.ends_with(':') && rest.starts_with("//");
        if first == '#' || (rest.starts_with("//") && !in_url) {
            self.at += length_while(rest, |it| it != '\n');
            return TokenKind::Comment;
        }
        if rest.starts_with("/*") {
            self.at += find::find(rest, "*/").map_or(rest.len(), |it| it + 2);
            return TokenKind::Comment;
        }
        match first {
            '"' => self.string(rest),
            '\'' => self.wrong_quotes(rest, 1, &['\'']),
            '“' | '”' | '„' | '‘' | '’' => {
                self.wrong_quotes(rest, first.len_utf8(), &['“', '”', '‘', '’', '"'])
            }
            _ => self.bare(rest),
        }
    }

    /// From a `"` to the next one on the same line.
    fn string(&mut self, rest: &str) -> TokenKind {
        let mut escaped = false;
        for (offset, it) in rest.char_indices().skip(1) {
            match it {
                '\n' => {
                    self.at += self.unclosed_length(rest.get(..offset).unwrap_or(rest));
                    return TokenKind::String(Quotes::NoClosing);
                }
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    let (string, behind) = rest.split_at_checked(offset + 1).unwrap_or((rest, ""));
                    if let Some(end) = self.key_end(string, behind).or(value_end(string, behind)) {
                        self.at += end;
                        return TokenKind::String(Quotes::NoClosing);
                    }
                    self.at += string.len();
                    return TokenKind::String(Quotes::Both);
                }
                _ => {}
            }
        }
        self.at += self.unclosed_length(rest);
        TokenKind::String(Quotes::NoClosing)
    }

    /// Where the key ends whose closing quote is missing, so that the string ran on to the quote of its value.
    fn key_end(&self, string: &str, behind: &str) -> Option<usize> {
        let follows_colon = behind.trim_start_matches(is_white).starts_with(':');
        let end = string.find(':').filter(|it| *it > 1)?;
        let in_object = self.lists.last() == Some(&false);
        (in_object && !self.expects_value() && !follows_colon).then_some(end)
    }

    fn expects_value(&self) -> bool {
        self.lists.last() == Some(&true) || self.previous == Some(TokenKind::Colon)
    }

    /// How much of a line that begins with an unclosed string belongs to the string.
    ///
    /// A key ends before its colon; a value before the punctuation at the end of the line.
    fn unclosed_length(&self, line: &str) -> usize {
        let key_end = match self.expects_value() {
            true => None,
            false => line.find(':'),
        };
        let value_end = line.trim_end_matches(|it| is_white(it) || matches!(it, ',' | ']' | '}')).len();
        key_end.unwrap_or(value_end).max(1)
    }

    fn wrong_quotes(&mut self, rest: &str, opening: usize, closing: &[char]) -> TokenKind {
        let line = rest.get(opening..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let end = line.char_indices().find(|(_, it)| closing.contains(it));
        self.at += match end {
            Some((offset, it)) => opening + offset + it.len_utf8(),
            None => opening + line.trim_end_matches([',', ']', '}', ' ', '\t', '\r']).len(),
        };
        TokenKind::String(Quotes::Wrong)
    }

    /// A run of characters up to white space or punctuation; a quote right behind it makes it a string.
    fn bare(&mut self, rest: &str) -> TokenKind {
        let length = length_while(rest, |it| !is_white(plain(it)) && punctuation(plain(it)).is_none() && it != '"');
        let quoted = rest.get(length..).is_some_and(|it| it.starts_with('"'));
        self.at += length + usize::from(quoted);
        match quoted {
            true => TokenKind::String(Quotes::NoOpening),
            false => TokenKind::Bare,
        }
    }
}

/// Where the value ends whose closing quote is missing, so that the string ran on to the next opening quote.
fn value_end(string: &str, behind: &str) -> Option<usize> {
    let content = string.strip_suffix('"')?.trim_end_matches(is_white);
    let runs_on = behind.starts_with(|it: char| !is_white(it) && punctuation(it).is_none());
    let end = content.strip_suffix(',')?.len();
    (runs_on && end > 1).then_some(end)
}

/// The byte order mark.
const MARK: char = '\u{FEFF}';

fn punctuation(it: char) -> Option<TokenKind> {
    Some(match it {
        '{' => TokenKind::OpenBrace,
        '}' => TokenKind::CloseBrace,
        '[' => TokenKind::OpenBracket,
        ']' => TokenKind::CloseBracket,
        ':' => TokenKind::Colon,
        ',' => TokenKind::Comma,
        _ => return None,
    })
}

fn is_white(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r')
}

/// What JSON has in place of a character that only looks like its white space or punctuation, or does its work elsewhere;
/// any other as it is.
pub fn plain(it: char) -> char {
    match it {
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{2060}'
        | '\u{3000}'
        | '\u{feff}' => ' ',
        '，' | '、' | ';' | '；' => ',',
        '：' => ':',
        '｛' => '{',
        '｝' => '}',
        '［' | '【' => '[',
        '］' | '】' => ']',
        it => it,
    }
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|it| !belongs(it)).unwrap_or(text.len())
}

/// What ends an object or list whose closing bracket is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// The end of the text.
    ByBrackets,
    /// The next line that is indented no deeper than the line it was opened on.
    ByIndentation,
}

struct Parsed {
    document: Tree,
    /// Whether the text ended within an object or list.
    unclosed: bool,
}

struct Parser<'a> {
    text: &'a str,
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
    /// The comma behind the last member or element.
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
    fn new(text: &'a str, tokens: &[Token], closing: Closing) -> Self {
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

    fn run(mut self) -> Parsed {
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
    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        self.problem_with(kind, span, None, mend);
    }

    fn problem_with(&mut self, kind: ProblemKind, span: Span, related: Option<Span>, mend: Vec<TextEdit>) {
        if self.calm && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span, related, mend: Edits::of(mend) });
        }
    }

    /// Reports a mistake that leaves the current member in doubt.
    fn damage(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
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

    /// Something stands behind the document: its last bracket came too early, another object follows, or it does not
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

    /// A key stands where an object belongs.
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

    /// A value where none can stand: it is read over.
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

    // ── strings, numbers, words ──

    fn scalar(&mut self, token: Token) -> Node {
        let kind = match token.kind {
            TokenKind::String(_) => Kind::String(self.string(token)),
            _ => self.word(token.span),
        };
        Node::new(kind, token.span)
    }

    fn word(&mut self, span: Span) -> Kind {
        let written = span.of(self.text);
        match written {
            "true" => return Kind::Bool(true),
            "false" => return Kind::Bool(false),
            "null" => return Kind::Null,
            _ => {}
        }
        if is_json_number(written) {
            if strconv::parse_float(written).is_none() {
                self.problem(ProblemKind::HugeNumber, span, vec![]);
            }
            return Kind::Number(written.to_owned());
        }
        if let Some((kind, right)) = foreign_word(written) {
            let mend = vec![replacement(span, right)];
            self.problem(ProblemKind::ForeignWord, span, mend);
            return kind;
        }
        if let Some(right) = repaired_number(written) {
            let mend = vec![replacement(span, &right)];
            self.problem(ProblemKind::BadNumber, span, mend);
            return Kind::Number(right);
        }
        let plain = written.starts_with(|it| is_in_words(it) || matches!(it, '/' | '.'));
        match plain && !find::has(written, b'\\') {
            true => self.damage(ProblemKind::Unquoted, span, quoting(span)),
            false => self.damage(ProblemKind::StrayCharacter, span, vec![]),
        }
        Kind::String(written.to_owned())
    }

    /// The text of a string token, its escapes resolved.
    fn string(&mut self, token: Token) -> String {
        let span = token.span;
        let written = span.of(self.text);
        match token.kind {
            TokenKind::String(Quotes::NoClosing) => {
                let mend = vec![insertion(span.end, "\"")];
                self.damage(ProblemKind::UnclosedString, span, mend);
                written.trim_start_matches('"').to_owned()
            }
            TokenKind::String(Quotes::NoOpening) => {
                let mend = vec![insertion(span.start, "\"")];
                self.damage(ProblemKind::UnopenedString, span, mend);
                written.trim_end_matches('"').to_owned()
            }
            TokenKind::String(Quotes::Wrong) => {
                let content = written
                    .trim_start_matches(['\'', '“', '”', '„', '‘', '’'])
                    .trim_end_matches(['\'', '“', '”', '‘', '’', '"']);
                let quoted = ["\"", &content.replace('"', "\\\""), "\""].concat();
                let mend = vec![replacement(span, &quoted)];
                self.problem(ProblemKind::WrongQuotes, span, mend);
                content.to_owned()
            }
            _ => self.unescape(span),
        }
    }

    fn unescape(&mut self, span: Span) -> String {
        let start = span.start + 1;
        let end = span.end.saturating_sub(1);
        let content = Span::new(start, end).of(self.text);
        if !content.bytes().any(|it| it == b'\\' || it < b' ') {
            return content.to_owned();
        }
        let mut text = String::with_capacity(content.len());
        let mut rest = content;
        while let Some(it) = rest.chars().next() {
            let at = start + content.len() - rest.len();
            let (length, character) = match it {
                '\\' => escape(rest).unwrap_or_else(|| {
                    let mend = vec![insertion(at, "\\")];
                    self.damage(ProblemKind::BadEscape, Span::new(at, at + 1), mend);
                    (1, '\\')
                }),
                it if it < ' ' => {
                    let here = Span::new(at, at + 1);
                    let mend = vec![replacement(here, &control_escape(it))];
                    self.problem(ProblemKind::ControlCharacter, here, mend);
                    (1, it)
                }
                it => (it.len_utf8(), it),
            };
            text.push(character);
            rest = rest.get(length..).unwrap_or_default();
        }
        text
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
    /// The comma behind the last item, when it is the last thing before `end`.
    fn comma_before(&self, end: usize) -> Option<Span> {
        self.comma.filter(|it| self.expects == Expects::Item && it.end == end)
    }
}

fn is_string(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::String(_))
}

/// The character an escape at the start of `rest` stands for, and the bytes it takes.
///
/// A surrogate without its partner stands for U+FFFD, as in Go.
fn escape(rest: &str) -> Option<(usize, char)> {
    let short = match rest.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let high = hexadecimal(rest.get(2..6)?)?;
            let low = rest.get(6..12).and_then(|it| it.strip_prefix("\\u")).and_then(hexadecimal);
            return Some(match (high, low) {
                (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (12, char::from_u32(code).unwrap_or('\u{FFFD}'))
                }
                _ => (6, char::from_u32(high).unwrap_or('\u{FFFD}')),
            });
        }
        _ => return None,
    };
    Some((2, short))
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let all = digits.bytes().all(|it| it.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok())?
}

/// How a control character is written in a JSON string.
fn control_escape(it: char) -> String {
    match it {
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        '\n' => "\\n".to_owned(),
        _ => format!("\\u{:04x}", u32::from(it)),
    }
}

/// Whether a character stands in words and numbers; beyond ASCII, what is not among punctuation and symbols.
fn is_in_words(it: char) -> bool {
    match it {
        '\0'..='\x7f' => it.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '×' | '÷' => false,
        '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{3020}' | '\u{fe00}'..='\u{fe6f}' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' => false,
        _ => true,
    }
}

/// Whether a text is a number by the grammar of RFC 8259, section 6.
pub fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| length_while(text, |it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(unsigned);
    if whole == 0 || (whole > 1 && unsigned.starts_with('0')) {
        return false;
    }
    let mut rest = unsigned.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}

/// The decimal number meant by `+1`, `007`, `0x1F`, `1_000` or `.5`.
fn repaired_number(written: &str) -> Option<String> {
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let hexadecimal = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X"));
    if let Some(digits) = hexadecimal {
        let value = u64::from_str_radix(digits, 16).ok()?;
        return Some([sign, &value.to_string()].concat());
    }
    if !unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return None;
    }
    let plain = unsigned.replace('_', "");
    let trimmed = plain.trim_start_matches('0').trim_end_matches('.');
    let zero = match trimmed.starts_with(|it: char| it.is_ascii_digit()) {
        true => "",
        false => "0",
    };
    let right = [sign, zero, trimmed].concat();
    is_json_number(&right).then_some(right)
}

fn foreign_word(written: &str) -> Option<(Kind, &'static str)> {
    let is = |words: &[&str]| {
        let near = words.first().is_some_and(|it| crate::words::distance(written, it) == 1);
        near || words.iter().any(|it| it.eq_ignore_ascii_case(written))
    };
    if is(&["true", "yes", "on"]) {
        Some((Kind::Bool(true), "true"))
    } else if is(&["false", "no", "off"]) {
        Some((Kind::Bool(false), "false"))
    } else if is(&["null", "none", "nil", "undefined"]) {
        Some((Kind::Null, "null"))
    } else {
        None
    }
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

fn insertion(at: usize, text: &str) -> TextEdit {
    replacement(Span::empty(at), text)
}

fn removal(span: Span) -> TextEdit {
    replacement(span, "")
}

fn replacement(span: Span, text: &str) -> TextEdit {
    TextEdit { span, text: text.to_owned() }
}

fn quoting(span: Span) -> Vec<TextEdit> {
    vec![insertion(span.start, "\""), insertion(span.end, "\"")]
}
