//! Go's package `regexp`: the mistakes that people used to other engines make.

use crate::text::find;

/// Why Go does not compile a regular expression, to follow "it"; `None` where nothing usual is wrong.
///
/// Looks for what is unclosed, repeated without anything before it, or foreign to Go: look-around and
/// back-references. The rest is left to Go.
///
/// ```
/// use drydock::docker::go::regexp::flaw;
///
/// assert_eq!(flaw(r"^com\.example\.(team|stage)$"), None);
/// assert_eq!(flaw("(?!secret)"), Some("looks ahead or behind, which Go cannot"));
/// ```
///
/// Source: Go src/regexp/syntax/parse.go, `parse`.
pub fn flaw(pattern: &str) -> Option<&'static str> {
    let mut open = 0_usize;
    let mut can_repeat = false;
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let is_repetition = matches!(first, '*' | '+' | '?');
        if is_repetition && !can_repeat {
            return Some("repeats nothing: there is nothing before `*`, `+` or `?`");
        }
        // `a*?` is lazy, and `a**` is left to Go.
        can_repeat = !matches!(first, '(' | '|');
        rest = match first {
            '\\' => {
                let Some(escaped) = after.chars().next() else {
                    return Some("ends in a backslash");
                };
                if matches!(escaped, '1'..='9') {
                    return Some("refers back to a group, which Go cannot");
                }
                after.get(escaped.len_utf8()..).unwrap_or_default()
            }
            '[' => match end_of_class(after) {
                Some(rest) => rest,
                None => return Some("has a `[` that is not closed"),
            },
            '(' => {
                if ["?=", "?!", "?<=", "?<!"].iter().any(|it| after.starts_with(it)) {
                    return Some("looks ahead or behind, which Go cannot");
                }
                open += 1;
                // Flags and names: `(?i)`, `(?P<name>`.
                after.strip_prefix('?').unwrap_or(after)
            }
            ')' => {
                if open == 0 {
                    return Some("has a `)` without its `(`");
                }
                open -= 1;
                after
            }
            _ => after,
        };
    }
    (open > 0).then_some("has a `(` that is not closed")
}

/// What follows a character class; a `]` right at its beginning belongs to it.
fn end_of_class(text: &str) -> Option<&str> {
    let text = text.strip_prefix('^').unwrap_or(text);
    let mut rest = text.strip_prefix(']').unwrap_or(text);
    loop {
        let first = rest.chars().next()?;
        let after = rest.get(first.len_utf8()..)?;
        rest = match first {
            ']' => return Some(after),
            '\\' => after.get(after.chars().next()?.len_utf8()..)?,
            '[' if after.starts_with(':') => match find::split_once(after, ":]") {
                Some((_, after)) => after,
                None => after,
            },
            _ => after,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn finds_the_usual_mistakes_and_nothing_else() {
        for (pattern, is_flawed) in [
            ("", false),
            ("^(os|customer)", false),
            (r"a\(b", false),
            ("[]a]", false),
            ("[^]a]+?", false),
            (r"[\]]", false),
            ("[[:alpha:]]*", false),
            ("(?i)env|(?P<x>a)", false),
            ("a|", false),
            ("é+", false),
            (r"\\", false),
            ("(a", true),
            ("a)", true),
            ("[a", true),
            ("[]", true),
            ("*", true),
            ("(+a)", true),
            ("a|*", true),
            (r"a\", true),
            (r"(a)\1", true),
            ("(?=a)", true),
            ("a(?<!b)", true),
        ] {
            assert_eq!(flaw(pattern).is_some(), is_flawed, "{pattern}");
        }
    }
}
