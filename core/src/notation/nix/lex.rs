//! Which tokens is a Nix text made of, whatever it is?
//!
//! What is read is what Nix's own scanner reads, with one look at each byte; what it refuses is taken as it was meant.
//!
//! Source: nix `src/libexpr/lexer.l`

use crate::{
    document::{Problem, ProblemKind},
    notation::json::plain,
    text::{Edits, Span, TextEdit},
};

/// A token that is neither white space nor a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
    /// The indentation of its line, when it is the first of it.
    pub indentation: Option<usize>,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name,
    Int,
    Float,
    /// `"`, or what stands for it: a quote of another kind.
    Quote,
    /// `''`
    Quotes,
    /// What is written in a string or in a path with something to fill in, as written.
    Text,
    /// The end of a string or path: its quotes, or nothing where they are missing.
    End,
    /// `${`
    Fill,
    Path,
    /// A path with something to fill in: its texts and fillings follow, then its end.
    PathWithFill,
    /// `<nixpkgs>`
    SearchPath,
    Uri,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParen,
    CloseParen,
    Assign,
    Semicolon,
    Comma,
    Colon,
    Dot,
    Ellipsis,
    At,
    Question,
    Plus,
    Minus,
    Times,
    Divide,
    Concat,
    Update,
    And,
    Or,
    Not,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Implies,
    PipeRight,
    PipeLeft,
    Assert,
    Else,
    If,
    In,
    Inherit,
    Let,
    /// `or`, a name where it is not expected.
    OrWord,
    Rec,
    Then,
    With,
    /// A character that belongs nowhere.
    Stray,
}

/// What ends a string whose closing quotes are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strings {
    /// Only the next quotes, as Nix reads it.
    ByQuotes,
    /// The end of the line; for `''` the next line that is indented no deeper than the line it was opened on.
    ByLines,
}

/// No more mistakes are told of one text.
pub(super) const MAX_PROBLEMS: usize = 1_000;

/// The tokens of a text.
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    pub problems: Vec<Problem>,
    /// Whether quotes could be missing: a string with `"` goes over several lines, or one is not closed.
    pub has_doubtful_strings: bool,
}

pub(super) fn lex(text: &str, strings: Strings) -> Tokens {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        strings,
        contexts: Vec::new(),
        tokens: Vec::new(),
        problems: Vec::new(),
        indentation: Some(0),
        line_indentation: 0,
        run: Run::default(),
        has_doubtful_strings: false,
        rewinds: 50,
    };
    lexer.run();
    Tokens { tokens: lexer.tokens, problems: lexer.problems, has_doubtful_strings: lexer.has_doubtful_strings }
}

#[derive(Clone, Copy)]
enum Context {
    /// `"…"`, opened at a byte.
    String(usize),
    /// `''…''`, and the indentation of the line that opened it.
    Indented(usize, usize),
    Path,
    /// `${…}`, opened at a byte, with so many braces open in it.
    Fill(usize, usize),
}

/// What is known of the characters from here on, so that none is looked at for every token before it.
#[derive(Default)]
struct Run {
    /// Where the characters end that a path can have, but for `/`.
    path_end: usize,
    /// Where the characters end that the scheme of an address can have.
    scheme_end: usize,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    strings: Strings,
    contexts: Vec<Context>,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
    indentation: Option<usize>,
    line_indentation: usize,
    run: Run,
    has_doubtful_strings: bool,
    /// How often it may still go back.
    rewinds: usize,
}

impl Lexer<'_> {
    fn run(&mut self) {
        if self.text.starts_with(MARK) {
            let span = Span::new(0, MARK.len_utf8());
            self.problem(ProblemKind::ByteOrderMark, span, vec![edit(span, "")]);
            self.at = span.end;
        }
        while self.at < self.bytes.len() {
            match self.contexts.last() {
                Some(Context::String(opened)) => self.string(*opened),
                Some(Context::Indented(opened, indentation)) => self.indented(*opened, *indentation),
                Some(Context::Path) => self.path_goes_on(),
                Some(Context::Fill(..)) | None => self.next(),
            }
        }
        self.end_of_text();
    }

    /// Closes what is open at the end of the text: one mistake, mended at once.
    fn end_of_text(&mut self) {
        let mut closers = String::new();
        let mut innermost = None;
        while let Some(context) = self.contexts.pop() {
            let (kind, closer, found) = match context {
                Context::String(opened) => {
                    (TokenKind::End, "\"", Some((ProblemKind::UnclosedString, Span::new(opened, self.at))))
                }
                Context::Indented(opened, _) => {
                    (TokenKind::End, "''", Some((ProblemKind::UnclosedString, Span::new(opened, opened + 2))))
                }
                Context::Path => (TokenKind::End, "", None),
                Context::Fill(opened, _) => {
                    (TokenKind::CloseBrace, "}", Some((ProblemKind::Unclosed, Span::new(opened, opened + 2))))
                }
            };
            self.has_doubtful_strings |= kind == TokenKind::End;
            closers.push_str(closer);
            innermost = innermost.or(found);
            self.push(kind, self.at);
        }
        if let Some((kind, span)) = innermost {
            self.problem(kind, span, vec![edit(Span::empty(self.at), &closers)]);
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn starts(&self, at: usize, with: &str) -> bool {
        self.bytes.get(at..).is_some_and(|it| it.starts_with(with.as_bytes()))
    }

    /// The token from `start` to here.
    fn push(&mut self, kind: TokenKind, start: usize) {
        let indentation = self.indentation.take();
        self.tokens.push(Token { kind, span: Span::new(start, self.at), indentation });
    }

    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Vec<TextEdit>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span, related: None, mend: Edits::of(mend) });
        }
    }

    // ── outside of strings ──

    fn next(&mut self) {
        let start = self.at;
        let byte = self.byte(start);
        match byte {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => self.line_break(),
            b'#' => self.at = self.line_end(start),
            b'/' if self.byte(start + 1) == b'*' => self.comment(),
            b'/' if self.byte(start + 1) == b'/' && self.is_foreign_comment() => {
                let span = Span::new(start, start + 2);
                self.problem(ProblemKind::Comment, span, vec![edit(span, "#")]);
                self.at = self.line_end(start);
            }
            b'"' if self.strings == Strings::ByLines && self.closes_word() => {}
            b'"' => self.open(TokenKind::Quote, 1, Context::String(start)),
            // One of two.
            b'\'' if self.strings == Strings::ByLines && self.is_before_line_end(start + 1) => {
                let span = Span::new(start, start + 1);
                self.problem(ProblemKind::WrongQuotes, span, vec![edit(span, "''")]);
                let indentation = self.line_indentation;
                self.open(TokenKind::Quotes, 1, Context::Indented(start, indentation));
            }
            b'\'' if self.byte(start + 1) == b'\'' => {
                let indentation = self.line_indentation;
                self.open(TokenKind::Quotes, 2, Context::Indented(start, indentation));
            }
            b'$' if self.byte(start + 1) == b'{' => self.open(TokenKind::Fill, 2, Context::Fill(start, 0)),
            b'{' => {
                if let Some(Context::Fill(_, braces)) = self.contexts.last_mut() {
                    *braces += 1;
                }
                self.punctuation(TokenKind::OpenBrace, 1);
            }
            b'}' => {
                match self.contexts.last_mut() {
                    Some(Context::Fill(_, 0)) => {
                        self.contexts.pop();
                    }
                    Some(Context::Fill(_, braces)) => *braces -= 1,
                    _ => {}
                }
                self.punctuation(TokenKind::CloseBrace, 1);
            }
            _ if self.word() => {}
            _ => self.other(byte),
        }
    }

    fn is_before_line_end(&self, at: usize) -> bool {
        let blanks = self.end_of(at, |it| matches!(it, b' ' | b'\t' | b'\r'));
        self.byte(blanks) == b'\n'
    }

    /// Makes a string of the word before a quote, which closes it.
    fn closes_word(&mut self) -> bool {
        let end = self.at;
        let is_in_string = matches!(self.contexts.as_slice(), [.., Context::String(_), Context::Fill(..)]);
        if is_in_string || end.checked_sub(1).is_some_and(|it| self.byte(it) == b'.') {
            return false;
        }
        let is_of_word = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-' | b'/' | b':' | b'+');
        let before = self.bytes.get(..end).unwrap_or_default();
        let length = before.iter().rev().take(MAX_WORD).take_while(|it| is_of_word(**it)).count();
        let mut start = end - length;
        let after = self.end_of(end + 1, |it| it == b' ');
        let is_key = matches!(self.byte(after), b'=' | b':');
        if is_key {
            let word = self.text.get(start..end).unwrap_or_default();
            start += word.rfind('.').map_or(0, |it| it + 1);
        }
        if start == end || length == MAX_WORD {
            return false;
        }
        while self.tokens.pop_if(|it| it.span.start >= start).is_some() {}
        while self.problems.pop_if(|it| it.span.start >= start).is_some() {}
        if self.tokens.last().is_some_and(|it| it.span.end > start) {
            return false;
        }
        let span = Span::new(start, end + 1);
        self.problem(ProblemKind::UnopenedString, span, vec![edit(Span::empty(start), "\"")]);
        self.at = start;
        self.push(TokenKind::Quote, start);
        self.at = end;
        self.push(TokenKind::Text, start);
        self.at = end + 1;
        self.push(TokenKind::End, end);
        true
    }

    fn line_break(&mut self) {
        self.at += 1;
        self.close_by_line();
        let blanks = self.bytes.get(self.at..).unwrap_or_default().iter().take_while(|it| matches!(it, b' ' | b'\t'));
        let blanks = blanks.count();
        self.at += blanks;
        self.line_indentation = blanks;
        self.indentation = Some(blanks);
    }

    /// Ends strings of one line whose fillings go beyond it.
    fn close_by_line(&mut self) {
        let is_string = |it: Option<&Context>| matches!(it, Some(Context::String(_)));
        if self.contexts.iter().rev().nth(1).is_none_or(|it| !is_string(Some(it))) {
            return;
        }
        self.has_doubtful_strings = true;
        if self.strings == Strings::ByQuotes {
            return;
        }
        let at = self.at - 1;
        while let [.., Context::String(_), Context::Fill(fill, _)] = self.contexts.as_slice() {
            let fill = *fill;
            self.problem(ProblemKind::Unclosed, Span::new(fill, fill + 2), vec![]);
            self.contexts.truncate(self.contexts.len() - 2);
            for kind in [TokenKind::CloseBrace, TokenKind::End] {
                self.tokens.push(Token { kind, span: Span::empty(at), indentation: None });
            }
        }
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter().position(|it| *it == b'\n').map_or(self.bytes.len(), |it| from + it)
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = self.text.get(start + 2..).unwrap_or_default();
        let end = crate::text::find::find(rest, "*/");
        match end {
            Some(end) => {
                self.at = start + 2 + end + 2;
                let written = self.text.get(start..self.at).unwrap_or_default();
                if let Some(line) = written.rfind('\n') {
                    self.indentation = Some(written.len() - line - 1);
                }
            }
            None => {
                // Up to the end of its line, so that not all is lost.
                self.at = self.line_end(start);
                let mend = vec![edit(Span::empty(self.at), " */")];
                self.problem(ProblemKind::UnclosedComment, Span::new(start, start + 2), mend);
            }
        }
    }

    /// Whether `//` can only be meant as a comment: there is no set before it.
    fn is_foreign_comment(&self) -> bool {
        let before = self.tokens.last().map(|it| it.kind);
        before.is_none_or(|it| {
            matches!(
                it,
                TokenKind::Semicolon
                    | TokenKind::Comma
                    | TokenKind::OpenBrace
                    | TokenKind::OpenBracket
                    | TokenKind::OpenParen
                    | TokenKind::Assign
                    | TokenKind::Let
                    | TokenKind::In
            )
        })
    }

    fn open(&mut self, kind: TokenKind, length: usize, context: Context) {
        let start = self.at;
        self.at += length;
        self.push(kind, start);
        self.contexts.push(context);
    }

    fn punctuation(&mut self, kind: TokenKind, length: usize) {
        let start = self.at;
        self.at += length;
        self.push(kind, start);
    }

    /// A name, number, path or address; whether there is one.
    fn word(&mut self) -> bool {
        let start = self.at;
        let first = self.byte(start);
        let is_path_like = is_path_byte(first) || matches!(first, b'/' | b'~' | b'<');
        if !is_path_like {
            return false;
        }
        let name_end = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                self.end_of(start, |it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'\'' | b'-'))
            }
            _ => start,
        };
        let (number_end, number) = self.number(start);
        let address_end = self.address(start);
        let path_end = self.path(start);
        let longest = name_end.max(number_end).max(address_end).max(path_end.unwrap_or(start));
        if first == b'<' {
            return self.search_path();
        }
        if longest == start {
            return false;
        }
        if let Some(end) = self.without_point(start, number_end).filter(|it| *it > longest) {
            let mend = vec![edit(Span::empty(number_end), ".0")];
            self.problem(ProblemKind::BadNumber, Span::new(start, end), mend);
            self.at = end;
            self.push(TokenKind::Float, start);
            return true;
        }
        if let Some(end) = self.unquoted(start, longest, number_end, path_end) {
            self.as_string(start, end);
            return true;
        }
        let kind = match longest {
            _ if path_end == Some(longest) && longest > name_end.max(number_end) => {
                self.at = longest;
                // Texts and fillings may follow.
                if self.starts(longest, "${") {
                    self.at = start;
                    self.push(TokenKind::PathWithFill, start);
                    self.at = longest;
                    self.push(TokenKind::Text, start);
                    self.contexts.push(Context::Path);
                    return true;
                }
                TokenKind::Path
            }
            _ if longest == address_end => TokenKind::Uri,
            _ if longest == number_end => number,
            _ => keyword(self.text.get(start..longest).unwrap_or_default()),
        };
        self.at = longest;
        self.push(kind, start);
        true
    }

    /// Where a number ends that has an exponent and no point: to Nix, `1e5` is the function 1, applied to `e5`.
    fn without_point(&self, start: usize, number_end: usize) -> Option<usize> {
        let is_whole = self.text.get(start..number_end)?.bytes().all(|it| it.is_ascii_digit());
        let has_leading_zero = self.byte(start) == b'0' && number_end > start + 1;
        let has_exponent = number_end > start && matches!(self.byte(number_end), b'e' | b'E');
        let sign = usize::from(matches!(self.byte(number_end + 1), b'+' | b'-'));
        let end = self.end_of(number_end + 1 + sign, |it| it.is_ascii_digit());
        let is_number = is_whole && has_exponent && !has_leading_zero && end > number_end + 1 + sign;
        let next = self.byte(end);
        (is_number && !next.is_ascii_alphanumeric() && !matches!(next, b'_' | b'.' | b'-' | b'\'')).then_some(end)
    }

    /// Where an address or amount ends that is written without quotes: `10.0.0.0/8`, `10m`.
    fn unquoted(&self, start: usize, longest: usize, number_end: usize, path_end: Option<usize>) -> Option<usize> {
        if !self.byte(start).is_ascii_digit() {
            return None;
        }
        let written = self.text.get(start..longest).unwrap_or_default();
        let is_of_path = path_end == Some(longest);
        let is_address = |it: &str| it.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'/'));
        let has_points = written.bytes().filter(|it| *it == b'.').count() == 3;
        if is_of_path {
            return (has_points && is_address(written)).then_some(longest);
        }
        let next = self.byte(longest);
        let goes_on = longest == number_end && (next.is_ascii_alphanumeric() || next == b'.');
        goes_on.then(|| self.end_of(longest, |it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_')))
    }

    /// Takes what has no quotes as a string.
    fn as_string(&mut self, start: usize, end: usize) {
        let mend = vec![edit(Span::empty(start), "\""), edit(Span::empty(end), "\"")];
        self.problem(ProblemKind::Unquoted, Span::new(start, end), mend);
        self.at = start;
        self.push(TokenKind::Quote, start);
        self.at = end;
        self.push(TokenKind::Text, start);
        self.push(TokenKind::End, end);
    }

    fn end_of(&self, from: usize, is_in: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|it| is_in(**it)).count()
    }

    fn number(&self, start: usize) -> (usize, TokenKind) {
        let digits = self.end_of(start, |it| it.is_ascii_digit());
        let has_point = self.byte(digits) == b'.';
        let fraction = self.end_of(digits + usize::from(has_point), |it| it.is_ascii_digit());
        let has_leading_zero = self.byte(start) == b'0' && digits > start + 1;
        let is_float = has_point
            && !has_leading_zero
            && fraction > digits + usize::from(digits == start || self.byte(start) == b'0');
        if !is_float {
            return (digits, TokenKind::Int);
        }
        let mut end = fraction;
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            let exponent = self.end_of(end + 1 + sign, |it| it.is_ascii_digit());
            if exponent > end + 1 + sign {
                end = exponent;
            }
        }
        (end, TokenKind::Float)
    }

    /// Where an address without quotes ends, `http://example.com`; at its start when there is none.
    fn address(&mut self, start: usize) -> usize {
        if !self.byte(start).is_ascii_alphabetic() {
            return start;
        }
        if self.run.scheme_end <= start {
            self.run.scheme_end =
                self.end_of(start, |it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'));
        }
        let scheme_end = self.run.scheme_end;
        if self.byte(scheme_end) != b':' {
            return start;
        }
        let end = self.end_of(scheme_end + 1, is_uri_byte);
        match end > scheme_end + 1 {
            true => end,
            false => start,
        }
    }

    /// Where a path ends that begins here.
    fn path(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        if self.byte(at) == b'~' {
            at += 1;
        } else {
            if self.run.path_end <= start {
                self.run.path_end = self.end_of(start, is_path_byte);
            }
            at = self.run.path_end.max(at);
        }
        let is_segment = |lexer: &Self, at: usize| {
            lexer.byte(at) == b'/' && (is_path_byte(lexer.byte(at + 1)) || lexer.starts(at + 1, "${"))
        };
        if !is_segment(self, at) {
            return None;
        }
        while is_segment(self, at) {
            at = self.end_of(at + 1, is_path_byte);
        }
        if self.byte(at) == b'/' && self.byte(at + 1) != b'/' && self.byte(at + 1) != b'*' {
            at += 1;
        }
        Some(at)
    }

    fn search_path(&mut self) -> bool {
        let start = self.at;
        let end = self.end_of(start + 1, |it| is_path_byte(it) || it == b'/');
        // Compared once: what follows is read as names.
        let is_one = end > start + 1 && self.byte(end) == b'>' && self.byte(start + 1) != b'/';
        if is_one {
            self.at = end + 1;
            self.push(TokenKind::SearchPath, start);
        }
        is_one
    }

    fn path_goes_on(&mut self) {
        let start = self.at;
        if self.starts(start, "${") {
            self.open(TokenKind::Fill, 2, Context::Fill(start, 0));
            return;
        }
        let end = self.end_of(start, |it| is_path_byte(it) || it == b'/');
        self.at = end;
        if end > start {
            self.push(TokenKind::Text, start);
        } else {
            self.contexts.pop();
            self.push(TokenKind::End, start);
        }
    }

    fn other(&mut self, byte: u8) {
        use TokenKind as T;
        let (kind, length) = match (byte, self.byte(self.at + 1)) {
            (b'.', b'.') if self.byte(self.at + 2) == b'.' => (T::Ellipsis, 3),
            (b'+', b'+') => (T::Concat, 2),
            (b'/', b'/') => (T::Update, 2),
            (b'&', b'&') => (T::And, 2),
            (b'|', b'|') => (T::Or, 2),
            (b'=', b'=') => (T::Equal, 2),
            (b'!', b'=') => (T::NotEqual, 2),
            (b'<', b'=') => (T::LessOrEqual, 2),
            (b'>', b'=') => (T::MoreOrEqual, 2),
            (b'-', b'>') => (T::Implies, 2),
            (b'|', b'>') => (T::PipeRight, 2),
            (b'<', b'|') => (T::PipeLeft, 2),
            (b'[', _) => (T::OpenBracket, 1),
            (b']', _) => (T::CloseBracket, 1),
            (b'(', _) => (T::OpenParen, 1),
            (b')', _) => (T::CloseParen, 1),
            (b'=', _) => (T::Assign, 1),
            (b';', _) => (T::Semicolon, 1),
            (b',', _) => (T::Comma, 1),
            (b':', _) => (T::Colon, 1),
            (b'.', _) => (T::Dot, 1),
            (b'@', _) => (T::At, 1),
            (b'?', _) => (T::Question, 1),
            (b'+', _) => (T::Plus, 1),
            (b'-', _) => (T::Minus, 1),
            (b'*', _) => (T::Times, 1),
            (b'/', _) => (T::Divide, 1),
            (b'!', _) => (T::Not, 1),
            (b'<', _) => (T::Less, 1),
            (b'>', _) => (T::More, 1),
            _ => return self.foreign(),
        };
        self.punctuation(kind, length);
    }

    // ── what Nix does not know ──

    fn foreign(&mut self) {
        let start = self.at;
        let Some(character) = self.text.get(start..).and_then(|it| it.chars().next()) else {
            self.at += 1;
            return;
        };
        let length = character.len_utf8();
        let span = Span::new(start, start + length);
        if let Some(closing) = closing_quotes(character) {
            self.foreign_string(length, closing);
            return;
        }
        let meant = match character {
            ';' | '；' => ';',
            _ => plain(character),
        };
        if meant != character {
            let mut written = [0; 4];
            self.problem(ProblemKind::LookAlike, span, vec![edit(span, meant.encode_utf8(&mut written))]);
            if meant == ' ' {
                self.at += length;
                return;
            }
            self.at = start;
            let kind = match meant {
                '{' => TokenKind::OpenBrace,
                '}' => TokenKind::CloseBrace,
                '[' => TokenKind::OpenBracket,
                ']' => TokenKind::CloseBracket,
                ':' => TokenKind::Colon,
                ',' => TokenKind::Comma,
                ';' => TokenKind::Semicolon,
                _ => TokenKind::Stray,
            };
            self.punctuation(kind, length);
            return;
        }
        if character.is_whitespace() || character.is_control() {
            self.at += length;
            self.problem(ProblemKind::LookAlike, span, vec![edit(span, " ")]);
            return;
        }
        self.punctuation(TokenKind::Stray, length);
    }

    /// A string in quotes of another kind: to the closing ones on its line, else to what looks like its end.
    fn foreign_string(&mut self, length: usize, closing: &[char]) {
        let start = self.at;
        let rest = self.text.get(start + length..).unwrap_or_default();
        let end = rest.char_indices().find(|(_, it)| closing.contains(it) || *it == '\n');
        let (end, length_of_end) = match end {
            Some((at, character)) if character != '\n' => (start + length + at, character.len_utf8()),
            _ if self.byte(start) == b'\'' => {
                self.punctuation(TokenKind::Stray, length);
                return;
            }
            _ => {
                let line = rest.get(..end.map_or(rest.len(), |it| it.0)).unwrap_or_default();
                (start + length + without_closers(line).len(), 0)
            }
        };
        let mend = vec![edit(Span::new(start, start + length), "\""), edit(Span::new(end, end + length_of_end), "\"")];
        self.problem(ProblemKind::WrongQuotes, Span::new(start, end + length_of_end), mend);
        self.at += length;
        self.push(TokenKind::Quote, start);
        self.at = end;
        self.push(TokenKind::Text, start + length);
        self.at += length_of_end;
        self.push(TokenKind::End, end);
    }

    // ── strings ──

    fn string(&mut self, opened: usize) {
        let start = self.at;
        loop {
            match self.byte(self.at) {
                _ if self.at >= self.bytes.len() && self.strings == Strings::ByLines => {
                    self.end_string_by_line(start, opened);
                    return;
                }
                _ if self.at >= self.bytes.len() => {
                    self.text_since(start);
                    return;
                }
                b'"' if self.opens_next(start) => {
                    if self.is_behind_a_word(opened) && self.closes_outer_string(opened) {
                        return;
                    }
                    let written = self.text.get(start..self.at).unwrap_or_default();
                    let kept = without_closers(written).trim_end_matches(['=', ' ', ';', '[', '{', '(']).len();
                    self.at = start + kept;
                    self.close_string(start, opened);
                    return;
                }
                b'"' => {
                    self.text_since(start);
                    self.contexts.pop();
                    let end = self.at;
                    self.at += 1;
                    self.push(TokenKind::End, end);
                    return;
                }
                b'\\' => self.at = (self.at + 2).min(self.bytes.len()),
                b'$' if self.byte(self.at + 1) == b'$' => self.at += 2,
                b'$' if self.byte(self.at + 1) == b'{' => {
                    self.text_since(start);
                    self.open(TokenKind::Fill, 2, Context::Fill(self.at, 0));
                    return;
                }
                b'\n' => {
                    self.has_doubtful_strings = true;
                    if self.strings == Strings::ByLines {
                        self.end_string_by_line(start, opened);
                        return;
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Ends a string at the end of its line, but before the brackets and the semicolon there.
    fn end_string_by_line(&mut self, start: usize, opened: usize) {
        if self.closes_outer_string(opened) {
            return;
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        // A comment is none of it.
        let before_comment = [";  #", "; #", "; /*"].iter().find_map(|it| crate::text::find::find(written, it));
        let written = before_comment.and_then(|it| written.get(..it)).unwrap_or(written);
        self.at = start + without_closers(written).len();
        self.close_string(start, opened);
    }

    /// Whether a quote opens a string rather than closing one: it is before a word, and after a blank.
    fn opens_next(&self, start: usize) -> bool {
        let next = self.byte(self.at + 1);
        self.strings == Strings::ByLines
            && self.at > start
            && self.byte(self.at - 1) == b' '
            && (next.is_ascii_alphanumeric() || matches!(next, b'/' | b'-'))
    }

    /// Ends a string here, where its quote is missing.
    fn close_string(&mut self, start: usize, opened: usize) {
        self.text_since(start);
        self.contexts.pop();
        let mend = vec![edit(Span::empty(self.at), "\"")];
        self.problem(ProblemKind::UnclosedString, Span::new(opened, self.at), mend);
        self.push(TokenKind::End, self.at);
    }

    /// Whether a quote is where one closes a string; what opens a string in `${` is behind a blank or a bracket.
    fn is_behind_a_word(&self, at: usize) -> bool {
        let before = self.byte(at.saturating_sub(1));
        !before.is_ascii_whitespace() && !matches!(before, b'(' | b'[' | b'{')
    }

    /// Goes back to quotes that open a string in `${` and close none: they close the string around it.
    fn closes_outer_string(&mut self, opened: usize) -> bool {
        let [.., Context::String(outer), Context::Fill(fill, _), Context::String(_)] = self.contexts.as_slice() else {
            return false;
        };
        let (outer, fill) = (*outer, *fill);
        let closes = |it: &&Token| it.kind == TokenKind::Quote && self.is_behind_a_word(it.span.start);
        let inner = self.tokens.iter().rev().take_while(|it| it.span.start > fill).filter(closes);
        let opened = inner.last().map_or(opened, |it| it.span.start);
        let is_on_line = self.text.get(outer..opened).is_some_and(|it| !it.contains('\n'));
        if !is_on_line || self.rewinds == 0 {
            return false;
        }
        self.rewinds -= 1;
        self.contexts.truncate(self.contexts.len() - 3);
        while self.tokens.pop_if(|it| it.span.start >= opened).is_some() {}
        while self.problems.pop_if(|it| it.span.start >= opened).is_some() {}
        self.at = opened;
        let mend = vec![edit(Span::empty(opened), "}")];
        self.problem(ProblemKind::Unclosed, Span::new(fill, fill + 2), mend);
        self.push(TokenKind::CloseBrace, opened);
        self.at = opened + 1;
        self.push(TokenKind::End, opened);
        true
    }

    fn indented(&mut self, opened: usize, indentation: usize) {
        let start = self.at;
        loop {
            match self.byte(self.at) {
                _ if self.at >= self.bytes.len() && self.closes_fill_by_line() => return,
                _ if self.at >= self.bytes.len() => {
                    self.text_since(start);
                    return;
                }
                b'\'' if self.byte(self.at + 1) == b'\'' => match self.byte(self.at + 2) {
                    b'\'' | b'$' => self.at += 3,
                    b'\\' => self.at = (self.at + 4).min(self.bytes.len()),
                    _ => {
                        self.text_since(start);
                        self.contexts.pop();
                        let end = self.at;
                        self.at += 2;
                        self.push(TokenKind::End, end);
                        return;
                    }
                },
                b'$' if self.byte(self.at + 1) == b'$' => self.at += 2,
                b'$' if self.byte(self.at + 1) == b'{' => {
                    self.text_since(start);
                    self.open(TokenKind::Fill, 2, Context::Fill(self.at, 0));
                    return;
                }
                b'\'' if self.strings == Strings::ByLines && self.is_half_an_end() => {
                    self.text_since(start);
                    self.contexts.pop();
                    let span = Span::new(self.at, self.at + 1);
                    self.problem(ProblemKind::WrongQuotes, span, vec![edit(span, "''")]);
                    self.at += 1;
                    self.push(TokenKind::End, span.start);
                    return;
                }
                b'\n' if self.strings == Strings::ByLines && self.ends_by_indentation(indentation) => {
                    if self.closes_fill_by_line() {
                        return;
                    }
                    self.text_since(start);
                    self.contexts.pop();
                    let mend = vec![edit(Span::empty(self.at), "''")];
                    self.problem(ProblemKind::UnclosedString, Span::new(opened, opened + 2), mend);
                    self.push(TokenKind::End, self.at);
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Goes back to the line of a `${` in `''` that is never closed, where `''` seem to open a string in it: they close the
    /// string around it.
    fn closes_fill_by_line(&mut self) -> bool {
        let [.., Context::Indented(..), Context::Fill(fill, _), Context::Indented(opened, _)] =
            self.contexts.as_slice()
        else {
            return false;
        };
        let (fill, opened) = (*fill, *opened);
        let line = self.text.get(fill..opened).and_then(|it| it.lines().next()).unwrap_or_default();
        let end = fill + line.trim_end().len();
        let is_on_line = self.text.get(end..opened).is_some_and(|it| !it.contains('\n'));
        if self.strings != Strings::ByLines || is_on_line || self.rewinds == 0 {
            return false;
        }
        self.rewinds -= 1;
        self.contexts.truncate(self.contexts.len() - 2);
        while self.tokens.pop_if(|it| it.span.start >= end).is_some() {}
        while self.problems.pop_if(|it| it.span.start >= end).is_some() {}
        self.at = end;
        self.problem(ProblemKind::Unclosed, Span::new(fill, fill + 2), vec![edit(Span::empty(end), "}")]);
        self.push(TokenKind::CloseBrace, end);
        true
    }

    /// Whether a quote is alone at the beginning of a line, before what ends a value.
    fn is_half_an_end(&self) -> bool {
        let before = self.bytes.get(..self.at).unwrap_or_default();
        let blanks = before.iter().rev().take(MAX_WORD).take_while(|it| matches!(it, b' ' | b'\t')).count();
        let begins_line = self.at.checked_sub(blanks + 1).is_some_and(|it| self.byte(it) == b'\n');
        begins_line && matches!(self.byte(self.at + 1), b';' | b')' | b']' | b'}')
    }

    /// Whether the line after this line break is no part of an indented string.
    fn ends_by_indentation(&self, indentation: usize) -> bool {
        let line = self.at + 1;
        let begin = self.end_of(line, |it| matches!(it, b' ' | b'\t'));
        let is_blank = matches!(self.byte(begin), b'\n' | b'\r' | 0);
        !is_blank && begin - line <= indentation && self.byte(begin) != b'\''
    }

    fn text_since(&mut self, start: usize) {
        // A backslash may be before a character of several bytes.
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if self.at > start {
            self.push(TokenKind::Text, start);
        }
    }
}

/// No word without quotes is longer, in bytes.
const MAX_WORD: usize = 200;

const MARK: char = '\u{feff}';

pub(super) fn edit(span: Span, text: &str) -> TextEdit {
    TextEdit { span, text: text.to_owned() }
}

/// What is left of a line without the brackets, commas and semicolons at its end.
fn without_closers(line: &str) -> &str {
    line.trim_end_matches([';', ',', ']', '}', ')', ' ', '\t', '\r'])
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+')
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%/?:@&=+$,-_.!~*'".contains(&byte)
}

/// What can close a string that was opened with a quote that is not Nix's.
fn closing_quotes(open: char) -> Option<&'static [char]> {
    Some(match open {
        '\'' => &['\''],
        '“' | '”' | '„' | '«' | '»' | '＂' => &['“', '”', '«', '»', '"', '＂'],
        '‘' | '’' | '‚' => &['‘', '’', '\''],
        '`' => &['`', '\''],
        _ => return None,
    })
}

fn keyword(word: &str) -> TokenKind {
    match word {
        "assert" => TokenKind::Assert,
        "else" => TokenKind::Else,
        "if" => TokenKind::If,
        "in" => TokenKind::In,
        "inherit" => TokenKind::Inherit,
        "let" => TokenKind::Let,
        "or" => TokenKind::OrWord,
        "rec" => TokenKind::Rec,
        "then" => TokenKind::Then,
        "with" => TokenKind::With,
        _ => TokenKind::Name,
    }
}
