//! What are the words of an instruction?
//!
//! Source: moby/buildkit `frontend/dockerfile/parser/line_parsers.go`, `parseWords`

use crate::text::Span;

/// A word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// What it says, quotes and escapes resolved; variables as they are written.
    pub text: String,
    /// It as it is written.
    pub raw: String,
    /// Its bytes in the file.
    pub span: Span,
    /// Where it begins in the text it was read from.
    pub start: usize,
    /// How many bytes of that it has.
    pub length: usize,
    /// Whether a part of it is in quotes.
    pub is_quoted: bool,
}

/// The words of a text, so many at most.
pub fn split(text: &str, escape: char, most: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < most {
        let rest = text.get(at..).unwrap_or_default();
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        let word = first(rest, escape);
        at = start + word.length.max(1);
        words.push(Word { start, ..word });
    }
    words
}

/// The first word of a text that begins with one.
pub fn first(text: &str, escape: char) -> Word {
    let mut word = Word::default();
    let mut quote = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match quote {
            None if letter.is_whitespace() => {
                word.length = at;
                word.raw = text.get(..at).unwrap_or_default().to_owned();
                return word;
            }
            None if letter == '"' || letter == '\'' => {
                (quote, word.is_quoted) = (Some(letter), true);
                continue;
            }
            Some(open) if letter == open => {
                quote = None;
                continue;
            }
            // Within single quotes nothing is escaped.
            _ if letter == escape && quote != Some('\'') => {
                match letters.peek().copied() {
                    // A dollar that is escaped stays so, for whoever fills in variables.
                    Some((_, '$')) => word.text.push('\\'),
                    Some((_, next)) if quote.is_some() && next != '"' && next != escape => word.text.push(letter),
                    _ => {}
                }
                if let Some((_, next)) = letters.next() {
                    word.text.push(next);
                }
                continue;
            }
            _ => {}
        }
        word.text.push(letter);
    }
    word.length = text.len();
    word.raw = text.to_owned();
    word
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn quotes_and_escapes_are_resolved() {
        for (text, expected) in [
            ("a  b", &["a", "b"][..]),
            (r#"A="x y" B='z "q"' "#, &["A=x y", r#"B=z "q""#]),
            (r"a\ b \$X 'a\b'", &["a b", r"\$X", r"a\b"]),
            (r#""a\"b" "never ends"#, &[r#"a"b"#, "never ends"]),
            ("", &[]),
        ] {
            let words = split(text, '\\', 100);
            let told: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
            assert_eq!(told, expected, "{text}");
            for word in words {
                assert_eq!(text.get(word.start..word.start + word.length), Some(&*word.raw));
            }
        }
    }
}
