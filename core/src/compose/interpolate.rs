//! What do variables in a text stand for? `$X`, `${X}`, `${X:-default}`, `$$`.
//!
//! Source: compose-go `template/template.go`.

use std::collections::HashMap;

/// A text with its variables filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What it comes to; what is missing has a placeholder.
    pub text: String,
    /// The variables that nobody gave a value, each with how it is written: `VERSION`, `${VERSION}`.
    pub missing: Vec<(String, String)>,
    /// What is no variable and looks like one: `${1X}`, `${X`. Compose refuses such a text.
    pub malformed: Vec<String>,
}

/// What stands for a variable that has no value: `@VERSION@`.
pub fn placeholder(name: &str) -> String {
    ["@", name, "@"].concat()
}

/// So many variables may be nested in each other's defaults.
const MAX_DEPTH: usize = 20;

/// Fills the variables of a text in.
///
/// ```
/// use drydock::compose::interpolate::fill;
///
/// let filled = fill("${TAG:-1.${MINOR}}", &|name| (name == "MINOR").then(|| "2".to_owned()));
/// assert_eq!(filled.text, "1.2");
/// ```
pub fn fill(text: &str, value: &dyn Fn(&str) -> Option<String>) -> Filled {
    let mut filled = Filled::default();
    fill_into(text, value, 0, &mut filled);
    filled
}

fn fill_into(text: &str, value: &dyn Fn(&str) -> Option<String>, depth: usize, filled: &mut Filled) {
    let closing = closing_braces(text);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|it| it.find('$')) {
        let dollar = at + found;
        filled.text.push_str(text.get(at..dollar).unwrap_or_default());
        let behind = text.get(dollar + 1..).unwrap_or_default();
        at = match behind.chars().next() {
            Some('$') => {
                filled.text.push('$');
                dollar + 2
            }
            Some('{') => match closing.get(&(dollar + 1)).filter(|_| depth < MAX_DEPTH) {
                Some(end) => {
                    let inside = text.get(dollar + 2..*end).unwrap_or_default();
                    braced(inside, value, depth, filled);
                    end + 1
                }
                None => {
                    let line = behind.lines().next().unwrap_or_default();
                    let short = line.char_indices().nth(40).map_or(line, |it| line.get(..it.0).unwrap_or_default());
                    filled.malformed.push(["$", short].concat());
                    filled.text.push('$');
                    dollar + 1
                }
            },
            Some(letter) if starts_name(letter) => {
                let (name, _) = name(behind);
                match value(name) {
                    Some(value) => filled.text.push_str(&value),
                    None => miss(name, ["$", name].concat(), filled),
                }
                dollar + 1 + name.len()
            }
            // Money, and the end of a text.
            _ => {
                filled.text.push('$');
                dollar + 1
            }
        };
    }
    filled.text.push_str(text.get(at..).unwrap_or_default());
}

fn miss(name: &str, written: String, filled: &mut Filled) {
    filled.text.push_str(&placeholder(name));
    filled.missing.push((name.to_owned(), written));
}

fn starts_name(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphabetic()
}

fn name(text: &str) -> (&str, &str) {
    let end = text.find(|it: char| it != '_' && !it.is_ascii_alphanumeric()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Fills in what is between the braces of `${X:-default}`.
fn braced(inside: &str, value: &dyn Fn(&str) -> Option<String>, depth: usize, filled: &mut Filled) {
    let written = || ["${", inside, "}"].concat();
    let (name, behind) = name(inside);
    let operators = [":-", "-", ":+", "+", ":?", "?"];
    let operator = operators.iter().find(|it| behind.starts_with(**it)).copied().unwrap_or_default();
    if !name.starts_with(starts_name) || operator.is_empty() && !behind.is_empty() {
        filled.malformed.push(written());
        filled.text.push_str(&written());
        return;
    }
    let argument = behind.get(operator.len()..).unwrap_or_default();
    let found = value(name);
    let counts = |it: &String| !operator.starts_with(':') || !it.is_empty();
    match (operator, found.filter(counts)) {
        ("" | ":-" | "-" | ":?" | "?", Some(found)) => filled.text.push_str(&found),
        (":-" | "-", None) | (":+" | "+", Some(_)) => fill_into(argument, value, depth + 1, filled),
        (":+" | "+", None) => {}
        _ => miss(name, written(), filled),
    }
}

/// Where each brace that is closed is closed.
fn closing_braces(text: &str) -> HashMap<usize, usize> {
    let (mut open, mut closing) = (Vec::new(), HashMap::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open.push(at),
            b'}' => closing.extend(open.pop().map(|it| (it, at))),
            _ => {}
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_for_what_compose_makes_of_them() {
        let value = |name: &str| match name {
            "A" => Some("a".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        for (text, expected, missing) in [
            ("x$A-${A}y", "xa-ay", &[][..]),
            ("${X}", "@X@", &["${X}"]),
            ("$X.$A", "@X@.a", &["$X"]),
            ("${X:-d}${EMPTY:-e}${A:-f}", "dea", &[]),
            ("${X-d}${EMPTY-e}${A-f}", "da", &[]),
            ("${X:+d}${EMPTY:+e}${A:+f}", "f", &[]),
            ("${X+d}${EMPTY+e}${A+f}", "ef", &[]),
            ("${X:?no}${A:?no}${EMPTY?no}", "@X@a", &["${X:?no}"]),
            ("${EMPTY:?no}", "@EMPTY@", &["${EMPTY:?no}"]),
            ("${X:-${Y:-z}}", "z", &[]),
            ("${X:-${Y}}", "@Y@", &["${Y}"]),
            ("${X:-a}b}", "ab}", &[]),
            ("$$A $${A} 1$ $1 $", "$A ${A} 1$ $1 $", &[]),
            ("${A:-x:y}", "a", &[]),
            ("${X:-}", "", &[]),
            ("a${b", "a${b", &[]),
            ("${1X}", "${1X}", &[]),
            ("${X:=y}", "${X:=y}", &[]),
            ("é$A", "éa", &[]),
        ] {
            let filled = fill(text, &value);
            assert_eq!(filled.text, expected, "{text}");
            assert_eq!(filled.missing.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), missing, "{text}");
        }
        for (text, malformed) in [("a${b", "${b"), ("${1X}", "${1X}"), ("${X:=y}", "${X:=y}"), ("${}", "${}")] {
            assert_eq!(fill(text, &value).malformed, [malformed], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_filled_in(text in "(\\$|\\{|\\}|A|X|:-|\\+|\\?|é| |1){0,40}") {
            fill(&text, &|name| (name == "A").then(|| "a".to_owned()));
        }
    }
}
