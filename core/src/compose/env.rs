//! Which variables does a `.env` file give?
//!
//! Source: compose-go `dotenv/parser.go`, a fork of godotenv.

use super::interpolate;
use crate::text::Span;

/// A variable with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value; `None` for that of the caller's environment.
    pub value: Option<String>,
    /// The bytes of its line.
    pub span: Span,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The variables, in the order of the text; of several of a name, the last counts.
    pub variables: Vec<Variable>,
    /// Lines that cannot be read: Compose refuses the whole file for them.
    pub malformed: Vec<Span>,
}

impl Env {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().rev().find(|it| it.name == name)?;
        found.value.as_deref()
    }
}

/// Reads a file.
///
/// ```
/// use drydock::compose::env;
///
/// let env = env::read("# ports\nexport PORT='80'\nURL=\"http://a:$PORT\" # of us\n");
/// assert_eq!(env.get("URL"), Some("http://a:80"));
/// ```
pub fn read(text: &str) -> Env {
    let mut env = Env::default();
    // What a name had last, for the lines below it.
    let mut known: std::collections::HashMap<String, String> = std::collections::HashMap::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|it| it.find(|it: char| !it.is_whitespace() && it != '\u{feff}')) {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let line = start + rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with('#') {
            at = line;
            continue;
        }
        let exported = rest.strip_prefix("export").filter(|it| it.starts_with(is_blank));
        let named = exported.unwrap_or(rest).trim_start_matches(is_blank);
        let name_at = start + (rest.len() - named.len());
        let name_end = named.find(['=', ':', '\n']).unwrap_or(named.len());
        let name = named.get(..name_end).unwrap_or_default().trim();
        let is_name = |it: char| it.is_alphanumeric() || "_.-[]".contains(it);
        if name.is_empty() || !name.chars().all(is_name) {
            env.malformed.push(Span::new(start, start + Span::new(start, line).of(text).trim_end().len()));
            at = line;
            continue;
        }
        let is_given = !matches!(named.get(name_end..=name_end), None | Some("\n"));
        if !is_given {
            let span = Span::new(start, name_at + named.get(..name_end).unwrap_or_default().trim_end().len());
            env.variables.push(Variable { name: name.to_owned(), value: None, span });
            at = line;
            continue;
        }
        let behind = named.get(name_end + 1..).unwrap_or_default();
        let written = behind.trim_start_matches(is_blank);
        let value_at = name_at + name_end + 1 + (behind.len() - written.len());
        let (value, end, is_expanded) = match value(written) {
            Some((value, length, is_expanded)) => (value, value_at + length, is_expanded),
            None => {
                env.malformed.push(Span::new(start, line.max(start)));
                at = line;
                continue;
            }
        };
        let value = match is_expanded {
            true => {
                let filled = interpolate::fill(&value, &|name| Some(known.get(name).cloned().unwrap_or_default()));
                filled.text
            }
            false => value,
        };
        known.insert(name.to_owned(), value.clone());
        env.variables.push(Variable { name: name.to_owned(), value: Some(value), span: Span::new(start, end) });
        at = end;
    }
    env
}

/// White space within a line.
fn is_blank(it: char) -> bool {
    matches!(it, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

/// A value, how many bytes of a text it takes, and whether variables in it are filled in.
fn value(text: &str) -> Option<(String, usize, bool)> {
    let Some(quote) = text.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
        let line = text.split('\n').next().unwrap_or_default();
        let value = line.split(" #").next().unwrap_or_default().trim_end();
        return Some((value.to_owned(), value.len(), true));
    };
    let mut value = String::new();
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => {
                is_escaped = false;
                if letter != quote {
                    value.push('\\');
                }
                value.push(letter);
            }
            '\\' => is_escaped = true,
            _ if letter == quote => {
                let is_double = quote == '"';
                let value = if is_double { unescaped(&value) } else { value };
                return Some((value, at + 1, is_double));
            }
            _ => value.push(letter),
        }
    }
    None
}

/// The escapes of double quotes: those of Go, octal ones, and `\$` for a dollar that is none of a variable.
fn unescaped(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        result.push_str(before);
        let mut letters = behind.chars();
        let simple = match letters.next() {
            Some('a') => Some("\u{7}"),
            Some('b') => Some("\u{8}"),
            Some('f') => Some("\u{c}"),
            Some('n') => Some("\n"),
            Some('r') => Some("\r"),
            Some('t') => Some("\t"),
            Some('v') => Some("\u{b}"),
            Some('\\') => Some("\\"),
            Some('"') => Some("\""),
            Some('$') => Some("$$"),
            _ => None,
        };
        let octal = behind.strip_prefix('0').and_then(|it| it.get(..3)).and_then(|it| u8::from_str_radix(it, 8).ok());
        rest = match (simple, octal) {
            (Some(simple), _) => {
                result.push_str(simple);
                letters.as_str()
            }
            (None, Some(octal)) => {
                result.push(char::from(octal));
                behind.get(4..).unwrap_or_default()
            }
            (None, None) => {
                result.push('\\');
                behind
            }
        };
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_as_compose_reads_them() {
        for (text, expected) in [
            ("A=1\nB = 2\n", &[("A", Some("1")), ("B", Some("2"))][..]),
            ("# x\n\nexport A=1\n", &[("A", Some("1"))]),
            ("A=1 # x\nB=1#x\nC='a # b' # c\n", &[("A", Some("1")), ("B", Some("1#x")), ("C", Some("a # b"))]),
            ("A='x$B'\nB=\"x$A\"\nC=$A", &[("A", Some("x$B")), ("B", Some("xx$B")), ("C", Some("x$B"))]),
            ("A=\"a\\nb\\$c\\\"\"\n", &[("A", Some("a\nb$c\""))]),
            ("A=\"a\nb\"\nC=d", &[("A", Some("a\nb")), ("C", Some("d"))]),
            ("A\nB=\n", &[("A", None), ("B", Some(""))]),
            ("A: x\n", &[("A", Some("x"))]),
            ("\u{feff}A=1\r\nB=2\r\n", &[("A", Some("1")), ("B", Some("2"))]),
            ("A=${X:-d}\nB=$NONE\n", &[("A", Some("d")), ("B", Some(""))]),
        ] {
            let env = read(text);
            let found: Vec<_> = env.variables.iter().map(|it| (it.name.as_str(), it.value.as_deref())).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(env.malformed, [], "{text}");
        }
        let text = "A=1\na b=2\n!x\nC='d\nE=1\n";
        let env = read(text);
        assert_eq!(env.malformed.iter().map(|it| it.of(text)).collect::<Vec<_>>(), ["a b=2", "!x", "C='d"]);
        assert_eq!(env.get("E"), Some("1"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(A|=|:|'|\"|#| |\n|\\$|\\{|\\}|\\\\|export |é|\r){0,40}") {
            for it in read(&text).variables {
                proptest::prop_assert!(text.get(it.span.start..it.span.end).is_some());
            }
        }
    }
}
