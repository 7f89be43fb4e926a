//! Takes a text apart into words and what is between them.

use super::{Quoting, Word, word::Draft};
use crate::text::Span;

/// A piece of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A word.
    Word(Word),
    /// What ends a command and perhaps begins another: `;`, `&&`, `|`, `&`, a bracket.
    Operator(Span),
    /// What a shell does with input or output, its file included: `2> /var/log/docker.log`.
    Redirection(Span),
    /// The end of a line that ends the command, too.
    Newline(usize),
    /// A comment.
    Comment(Span),
}

/// The words in some bytes of a text, in time that grows with their number.
pub fn tokens(text: &str, span: Span, quoting: Quoting) -> Vec<Token> {
    let end = span.end.min(text.len());
    let text = text.get(..end).unwrap_or_default();
    let mut lexer = Lexer { text, at: span.start, quoting, tokens: Vec::new() };
    while let Some(next) = lexer.peek() {
        lexer.token(next);
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    quoting: Quoting,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn is_next(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    /// Whether a shell reads this: words, operators, comments.
    fn is_shell(&self) -> bool {
        matches!(self.quoting, Quoting::Shell | Quoting::Flags)
    }

    fn token(&mut self, next: char) {
        if self.continuation() {
            return;
        }
        let start = self.at;
        match next {
            '\n' if self.quoting == Quoting::Shell => {
                self.at += 1;
                self.tokens.push(Token::Newline(start));
            }
            it if it.is_ascii_whitespace() => self.at += 1,
            '#' if self.is_shell() => {
                self.at = self.line_end();
                self.tokens.push(Token::Comment(Span::new(start, self.at)));
            }
            ';' if self.quoting.is_unit() && self.is_alone() => {
                self.at += 1;
                self.tokens.push(Token::Operator(Span::new(start, self.at)));
            }
            ';' | '&' | '|' | '(' | ')' | '<' | '>' if self.is_shell() => self.operator(start),
            _ => {
                let word = self.word();
                let is_number = !word.text.is_empty() && word.text.bytes().all(|it| it.is_ascii_digit());
                let is_descriptor = is_number && self.peek().is_some_and(|it| it == '<' || it == '>');
                match is_descriptor && self.is_shell() {
                    true => self.operator(start),
                    false => self.tokens.push(Token::Word(word)),
                }
            }
        }
    }

    /// Whether the character here is a word of its own.
    fn is_alone(&self) -> bool {
        self.rest().chars().nth(1).is_none_or(char::is_whitespace)
    }

    fn line_end(&self) -> usize {
        let length = self.rest().bytes().position(|it| it == b'\n');
        length.map_or(self.text.len(), |it| self.at + it)
    }

    /// An operator of a shell that begins at `start`; of a redirection its file, too.
    fn operator(&mut self, start: usize) {
        let is_part = |it: char| ";&|()<>".contains(it);
        let is_redirection = |it: Option<char>| matches!(it, Some('<' | '>'));
        let first = self.peek();
        let redirects = is_redirection(first) || (self.is_next("&>"));
        while let Some(it) = self.peek().filter(|it| is_part(*it)) {
            self.at += it.len_utf8();
            if !redirects && matches!(it, '(' | ')') {
                break;
            }
        }
        if redirects {
            while self.peek().is_some_and(|it| it == ' ' || it == '\t') {
                self.at += 1;
            }
            if self.peek().is_some_and(|it| !it.is_whitespace() && !is_part(it)) {
                self.word();
            }
        }
        let span = Span::new(start, self.at);
        self.tokens.push(match redirects {
            true => Token::Redirection(span),
            false => Token::Operator(span),
        });
    }

    /// Passes over a backslash at the end of a line; of a unit also over the lines of comments after it.
    fn continuation(&mut self) -> bool {
        let length = match self.rest() {
            it if it.starts_with("\\\n") => 2,
            it if it.starts_with("\\\r\n") => 3,
            _ => return false,
        };
        if self.quoting == Quoting::Variable(Some('\'')) {
            return false;
        }
        self.at += length;
        while self.quoting == Quoting::Unit && self.rest().trim_start_matches([' ', '\t']).starts_with(['#', ';']) {
            let start = self.at;
            let end = self.line_end();
            self.at = self.text.len().min(end + 1);
            self.tokens.push(Token::Comment(Span::new(start, end)));
        }
        true
    }

    fn word(&mut self) -> Word {
        let mut draft = Draft::at(self.at);
        match self.quoting {
            Quoting::Shell | Quoting::Flags => self.shell_word(&mut draft),
            Quoting::Unit | Quoting::Nix(_) => self.unit_word(&mut draft),
            Quoting::Variable(outer) => self.variable_word(&mut draft, outer),
        }
        draft.done(self.at)
    }

    /// Takes the next `length` bytes as they are.
    fn plain(&mut self, draft: &mut Draft, length: usize) {
        let start = self.at;
        let text = self.rest().get(..length).unwrap_or(self.rest());
        self.at += text.len();
        draft.plain(start, text);
    }

    /// Takes the next `length` bytes for something that is not read.
    fn unread(&mut self, draft: &mut Draft, length: usize) {
        let start = self.at;
        let text = self.rest().get(..length).unwrap_or(self.rest());
        self.at += text.len();
        draft.unread(start, text);
    }

    /// Takes the next `length` bytes for another text.
    fn other(&mut self, draft: &mut Draft, length: usize, text: &str) {
        let start = self.at;
        self.at = self.text.len().min(self.at + length);
        draft.other(Span::new(start, self.at), text);
    }

    // ── shell ──

    fn shell_word(&mut self, draft: &mut Draft) {
        while let Some(next) = self.peek() {
            match next {
                '\\' if self.continuation() => {}
                it if it.is_ascii_whitespace() || ";&|()<>".contains(it) => return,
                '\'' => {
                    let quote = self.at;
                    self.at += 1;
                    let length = self.rest().bytes().position(|it| it == b'\'');
                    self.quoted(draft, length, quote);
                }
                '"' => {
                    let quote = self.at;
                    self.at += 1;
                    self.double_quoted(draft, quote);
                }
                '\\' => self.escaped(draft, next),
                '$' | '`' => self.expansion(draft, next),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
    }

    /// Takes `length` bytes and the quote after them; all of the text where there is none.
    fn quoted(&mut self, draft: &mut Draft, length: Option<usize>, quote: usize) {
        match length {
            Some(length) => {
                self.plain(draft, length);
                self.at += 1;
            }
            None => {
                // A quote that nothing closes takes its line at most, so that one slip does not cost everything.
                let length = self.line_end() - self.at;
                self.plain(draft, length);
                draft.unclosed(quote);
            }
        }
    }

    fn double_quoted(&mut self, draft: &mut Draft, quote: usize) {
        let is_closed = is_closed(self.rest());
        while let Some(next) = self.peek() {
            match next {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\n' if !is_closed => break,
                '\\' if self.continuation() => {}
                '\\' => match self.rest().chars().nth(1) {
                    Some(it @ ('$' | '`' | '"' | '\\')) => self.other(draft, 2, it.encode_utf8(&mut [0; 4])),
                    _ => self.plain(draft, 1),
                },
                '$' | '`' => self.expansion(draft, next),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        draft.unclosed(quote);
    }

    /// A backslash, and what it keeps from being something else.
    fn escaped(&mut self, draft: &mut Draft, backslash: char) {
        match self.rest().chars().nth(1) {
            Some(it) => {
                let mut buffer = [0; 4];
                let length = backslash.len_utf8() + it.len_utf8();
                self.other(draft, length, it.encode_utf8(&mut buffer));
            }
            None => self.plain(draft, 1),
        }
    }

    /// `$NAME`, `${NAME}`, `$(command)`, or a command in backticks; a dollar that stands for itself.
    fn expansion(&mut self, draft: &mut Draft, first: char) {
        let length = match first {
            '`' => self.rest().bytes().skip(1).position(|it| it == b'`').map(|it| it + 2),
            _ => expansion_length(self.rest()),
        };
        match length {
            Some(length) => self.unread(draft, length),
            None => self.plain(draft, 1),
        }
    }

    // ── systemd ──

    fn unit_word(&mut self, draft: &mut Draft) {
        let mut quote: Option<(char, usize)> = None;
        while let Some(next) = self.peek() {
            match (next, quote) {
                ('\\', _) if self.rest().starts_with("\\\n") || self.rest().starts_with("\\\r\n") => {
                    if quote.is_none() {
                        return;
                    }
                    // The lines are joined with a blank before anything is taken apart.
                    let start = self.at;
                    self.continuation();
                    draft.other(Span::new(start, self.at), " ");
                }
                (it, None) if it.is_ascii_whitespace() => return,
                ('\n', Some(_)) if self.quoting == Quoting::Unit => break,
                ('"' | '\'', None) => {
                    quote = Some((next, self.at));
                    self.at += 1;
                }
                (it, Some((open, _))) if it == open => {
                    quote = None;
                    self.at += 1;
                }
                ('\\', _) if self.quoting != Quoting::Unit => self.unread(draft, 2),
                ('\\', _) => self.c_escape(draft),
                ('%', _) => match self.rest().chars().nth(1) {
                    Some('%') => self.other(draft, 2, "%"),
                    Some(it) if SPECIFIERS.contains(it) => self.unread(draft, 2),
                    _ => self.plain(draft, 1),
                },
                ('$', _) if self.is_next("$$") => self.other(draft, 2, "$"),
                ('$', _) if self.is_next("${") || draft.is_empty() => match expansion_length(self.rest()) {
                    Some(length) => self.unread(draft, length),
                    None => self.plain(draft, 1),
                },
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        if let Some((_, at)) = quote {
            draft.unclosed(at);
        }
    }

    /// An escape as in C; systemd leaves alone those that it does not know.
    fn c_escape(&mut self, draft: &mut Draft) {
        let mut characters = self.rest().chars().skip(1);
        let Some(letter) = characters.next() else {
            return self.plain(draft, 1);
        };
        let simple = match letter {
            'a' => "\u{7}",
            'b' => "\u{8}",
            'f' => "\u{c}",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'v' => "\u{b}",
            's' => " ",
            '\\' => "\\",
            '"' => "\"",
            '\'' => "'",
            ';' => ";",
            _ => "",
        };
        if !simple.is_empty() {
            return self.other(draft, 2, simple);
        }
        let (from, digits, radix) = match letter {
            'x' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            '0'..='7' => (1, 3, 8),
            _ => return self.plain(draft, 1),
        };
        let code = self.rest().get(from..from + digits).and_then(|it| u32::from_str_radix(it, radix).ok());
        match code.filter(|it| *it != 0).and_then(char::from_u32) {
            Some(it) => self.other(draft, from + digits, it.encode_utf8(&mut [0; 4])),
            None => self.plain(draft, 1),
        }
    }

    // ── a variable ──

    fn variable_word(&mut self, draft: &mut Draft, outer: Option<char>) {
        while let Some(next) = self.peek() {
            match next {
                it if it.is_ascii_whitespace() => return,
                _ if outer == Some('\'') => self.plain(draft, next.len_utf8()),
                '\\' if self.rest().starts_with("\\\n") || self.rest().starts_with("\\\r\n") => return,
                '\\' => match self.rest().chars().nth(1) {
                    Some(it @ ('$' | '`' | '"' | '\\')) => self.other(draft, 2, it.encode_utf8(&mut [0; 4])),
                    _ => self.plain(draft, 1),
                },
                '$' | '`' => self.expansion(draft, next),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
    }
}

/// The letters after `%` that systemd knows.
///
/// Source: systemd.unit(5), *Specifiers*.
const SPECIFIERS: &str = "aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY";

/// Whether the text has the double quote that closes what was opened before it.
fn is_closed(text: &str) -> bool {
    let mut is_escaped = false;
    for it in text.bytes() {
        match it {
            b'"' if !is_escaped => return true,
            _ => is_escaped = it == b'\\' && !is_escaped,
        }
    }
    false
}

/// Longer ones are not looked for, so that many that never end cost no more than their number.
const LONGEST_EXPANSION: usize = 256;

/// How many bytes an expansion at the start of a text takes; `None` for a dollar that stands for itself.
fn expansion_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('$')?;
    let until = |open: char, close: char| {
        let mut depth = 0_usize;
        for (at, it) in rest.char_indices().take(LONGEST_EXPANSION) {
            match it {
                _ if it == open => depth += 1,
                _ if it == close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(1 + at + it.len_utf8());
            }
        }
        None
    };
    match rest.chars().next()? {
        '{' => until('{', '}'),
        '(' => until('(', ')'),
        '?' | '!' | '@' | '*' | '#' | '$' | '-' => Some(2),
        it if it.is_ascii_digit() => Some(2),
        it if it.is_ascii_alphabetic() || it == '_' => {
            let ends = |it: char| !it.is_ascii_alphanumeric() && it != '_';
            Some(1 + rest.find(ends).unwrap_or(rest.len()))
        }
        _ => None,
    }
}
