//! What do strings, numbers and words say?

use super::{
    lex::{Quotes, Token, TokenKind, length_while},
    recover::{Parser, insertion, quoting, replacement},
};
use crate::{
    docker::go::strconv,
    document::{Kind, Node, ProblemKind},
    text::{Span, find},
};

impl Parser<'_> {
    pub(super) fn scalar(&mut self, token: Token) -> Node {
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
    pub(super) fn string(&mut self, token: Token) -> String {
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

/// How a control character below the space is written in a JSON string.
fn control_escape(it: char) -> String {
    match it {
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        '\n' => "\\n".to_owned(),
        _ => {
            let first = if it < '\x10' { "\\u000" } else { "\\u001" };
            let last = char::from_digit(u32::from(it) % 16, 16).unwrap_or_default();
            [first, last.encode_utf8(&mut [0; 4])].concat()
        }
    }
}

/// Whether words and numbers may contain a character; beyond ASCII, what is not among punctuation and symbols.
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
        let near = words.first().is_some_and(|it| crate::text::words::distance(written, it) == 1);
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
