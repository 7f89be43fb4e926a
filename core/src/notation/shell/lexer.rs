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

    fn is_shell(&self) -> bool {
        self.quoting.is_shell()
    }

    fn token(&mut self, next: char) {
        if self.continuation() {
            return;
        }
        let start = self.at;
        match next {
            '\n' if self.quoting.ends_at_line() => {
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
            ',' | '[' | ']' if self.quoting == Quoting::List => self.at += 1,
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

    /// Passes over the mark at the end of a line that goes on; of a unit also over the lines of comments after it.
    fn continuation(&mut self) -> bool {
        let mark = match self.quoting {
            Quoting::Windows => ['`', '^'], // of PowerShell and cmd.exe
            _ => ['\\'; 2],
        };
        let length = match self.rest().strip_prefix(mark) {
            Some(it) if it.starts_with('\n') => 2,
            Some(it) if it.starts_with("\r\n") => 3,
            _ => return false,
        };
        if matches!(self.quoting, Quoting::Variable(Some('\'')) | Quoting::Shown | Quoting::List) {
            return false;
        }
        self.at += length;
        let has_comments = self.quoting == Quoting::Unit || self.quoting.is_script_of_unit();
        while has_comments && self.rest().trim_start_matches([' ', '\t']).starts_with(['#', ';']) {
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
            Quoting::Shell | Quoting::Flags | Quoting::Script { .. } => self.shell_word(&mut draft),
            Quoting::Unit | Quoting::Nix(_) => self.unit_word(&mut draft),
            Quoting::Variable(outer) => self.variable_word(&mut draft, outer),
            Quoting::Windows => self.windows_word(&mut draft),
            Quoting::Shown => self.shown_word(&mut draft),
            Quoting::List => self.element(&mut draft),
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
                // systemd makes a blank of it before the shell sees the line.
                '\\' if self.quoting.is_script_of_unit() && self.goes_on() => return,
                '\\' if self.continuation() => {}
                it if it.is_ascii_whitespace() || ";&|()<>".contains(it) => return,
                '~' if draft.is_empty() => {
                    let name = self.rest().find(|it: char| !(it.is_ascii_alphanumeric() || "~-_".contains(it)));
                    self.unread(draft, name.unwrap_or(self.rest().len()));
                }
                '$' if self.is_next("$'") => self.c_quoted(draft),
                // A shell would translate what is in these quotes.
                '$' if self.is_next("$\"") => self.at += 1,
                '%' if self.quoting.is_script_of_unit() => self.specifier(draft),
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
        let is_closed = is_closed_by(self.rest(), b'"');
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
                '%' if self.quoting.is_script_of_unit() => self.specifier(draft),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        draft.unclosed(quote);
    }

    /// `$'…'`: text with escapes as in C.
    ///
    /// Source: POSIX.1-2024, *Shell Command Language*, 2.2.4.
    fn c_quoted(&mut self, draft: &mut Draft) {
        let quote = self.at + 1;
        self.at += 2;
        let is_closed = is_closed_by(self.rest(), b'\'');
        while let Some(next) = self.peek() {
            match next {
                '\'' => {
                    self.at += 1;
                    return;
                }
                '\n' if !is_closed => break,
                '\\' => self.c_escape(draft),
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
            // What systemd makes of it is a dollar for the shell.
            _ if self.quoting.is_script_of_unit() && self.is_next("$$") => {
                match self.rest().get(1..).and_then(expansion_length) {
                    Some(length) => Some(length + 1),
                    None => return self.other(draft, 2, "$"),
                }
            }
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
        let start = self.at;
        let mut is_variable = false;
        while let Some(next) = self.peek() {
            match (next, quote) {
                ('\\', _) if self.goes_on() => {
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
                ('%', _) => self.specifier(draft),
                ('$', _) if self.is_next("$$") => self.other(draft, 2, "$"),
                ('$', _) if self.is_next("${") => match expansion_length(self.rest()) {
                    Some(length) => self.unread(draft, length),
                    None => self.plain(draft, 1),
                },
                // A whole word names a variable: `$A/b` is that of the name `A/b`.
                ('$', _) if draft.is_empty() => {
                    is_variable = true;
                    self.plain(draft, 1);
                }
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        if let Some((_, at)) = quote {
            draft.unclosed(at);
        }
        if is_variable {
            draft.is_filled_in(Span::new(start, self.at));
        }
    }

    /// `%h`, `%%`: what systemd fills in.
    fn specifier(&mut self, draft: &mut Draft) {
        match self.rest().chars().nth(1) {
            Some('%') => self.other(draft, 2, "%"),
            Some(it) if SPECIFIERS.contains(it) => self.unread(draft, 2),
            _ => self.plain(draft, 1),
        }
    }

    /// Whether a backslash ends the line here.
    fn goes_on(&self) -> bool {
        self.is_next("\\\n") || self.is_next("\\\r\n")
    }

    /// An escape as in C; those that are not known are left alone.
    ///
    /// Bytes beyond ASCII are marked, for several of them make one character.
    ///
    /// Source: systemd `src/basic/escape.c`, `cunescape_one`; POSIX.1-2024, *Shell Command Language*, 2.2.4, whose numbers
    /// have as many digits as there are.
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
            's' if !self.is_shell() => " ",
            'e' | 'E' if self.is_shell() => "\u{1b}",
            '?' if self.is_shell() => "?",
            '\\' => "\\",
            '"' => "\"",
            '\'' => "'",
            ';' if !self.is_shell() => ";",
            _ => "",
        };
        if !simple.is_empty() {
            return self.other(draft, 2, simple);
        }
        let (from, most, radix) = match letter {
            'x' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            '0'..='7' => (1, 3, 8),
            _ => return self.plain(draft, 1),
        };
        let rest = self.rest().get(from..).unwrap_or_default();
        let digits = rest.chars().take(most).take_while(|it| it.is_digit(radix)).count();
        let is_complete = digits == most || (self.is_shell() && digits > 0);
        let digits = Some(digits).filter(|_| is_complete);
        let code = digits.and_then(|it| Some((it, u32::from_str_radix(rest.get(..it)?, radix).ok()?)));
        match code.and_then(|(digits, it)| Some((digits, char::from_u32(it).filter(|it| *it != '\0')?))) {
            Some((digits, it)) if it.is_ascii() || matches!(letter, 'u' | 'U') => {
                self.other(draft, from + digits, it.encode_utf8(&mut [0; 4]));
            }
            Some((digits, it)) if u32::from(it) < 256 => self.unread(draft, from + digits),
            _ => self.plain(draft, 1),
        }
    }

    // ── other programs ──

    /// Double quotes hold blanks together; a backslash before one makes it a letter, and is one itself otherwise.
    fn windows_word(&mut self, draft: &mut Draft) {
        let mut quote = None;
        while let Some(next) = self.peek() {
            match next {
                '\n' => break,
                it if it.is_ascii_whitespace() && quote.is_none() => break,
                '"' => {
                    quote = match quote {
                        Some(_) => None,
                        None => Some(self.at),
                    };
                    self.at += 1;
                }
                '\\' if self.is_next("\\\"") => self.other(draft, 2, "\""),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        if let Some(at) = quote {
            draft.unclosed(at);
        }
    }

    fn shown_word(&mut self, draft: &mut Draft) {
        while let Some(next) = self.peek() {
            match next {
                it if it.is_ascii_whitespace() => return,
                '…' => self.unread(draft, next.len_utf8()),
                _ => self.plain(draft, next.len_utf8()),
            }
        }
    }

    /// An element of a list, in quotes or without.
    fn element(&mut self, draft: &mut Draft) {
        let Some(quote) = self.peek().filter(|it| matches!(it, '"' | '\'')) else {
            while let Some(next) = self.peek().filter(|it| !it.is_ascii_whitespace() && !",[]".contains(*it)) {
                self.plain(draft, next.len_utf8());
            }
            return;
        };
        let open = self.at;
        self.at += 1;
        while let Some(next) = self.peek() {
            match next {
                it if it == quote => {
                    self.at += 1;
                    return;
                }
                '\n' => break,
                '\\' if quote == '"' => match self.rest().chars().nth(1) {
                    Some(it @ ('"' | '\\' | '/')) => self.other(draft, 2, it.encode_utf8(&mut [0; 4])),
                    Some(_) => self.c_escape(draft),
                    None => self.plain(draft, 1),
                },
                _ => self.plain(draft, next.len_utf8()),
            }
        }
        draft.unclosed(open);
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

/// Whether the text has the quote that closes what was opened before it.
fn is_closed_by(text: &str, quote: u8) -> bool {
    let mut is_escaped = false;
    for it in text.bytes() {
        match it {
            _ if it == quote && !is_escaped => return true,
            _ => is_escaped = it == b'\\' && !is_escaped,
        }
    }
    false
}

/// Longer ones are not looked for, so that many that never end cost no more than their number.
const LONGEST_EXPANSION: usize = 256;

/// How many bytes an expansion at the start of a text takes; `None` for a dollar that stands for itself.
pub(crate) fn expansion_length(text: &str) -> Option<usize> {
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
