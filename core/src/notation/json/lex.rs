//! Which tokens is a text made of? They tile it, whatever it is.

use crate::text::{Span, find};

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
    /// Digits, words and whatever else is between white space and punctuation.
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

    /// A run of characters up to white space or punctuation; a quote right after it makes it a string.
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
pub(super) const MARK: char = '\u{FEFF}';

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

pub(super) fn is_white(it: char) -> bool {
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

pub(super) fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|it| !belongs(it)).unwrap_or(text.len())
}
