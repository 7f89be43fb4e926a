//! How does Compose split a line into the words of a command?
//!
//! Source: mattn/go-shellwords 1.0.12 `shellwords.go`, `Parser.Parse`, which compose-go calls in `types/command.go`.

/// A line as far as its words could be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The words.
    pub words: Vec<String>,
    /// What is behind an operator of a shell, with it: nothing of that is passed on.
    pub lost: String,
    /// Whether a quote is open, or a parenthesis stands alone: Compose refuses such a line.
    pub is_broken: bool,
}

/// Splits a line at blanks that are neither quoted nor escaped.
///
/// ```
/// use drydock::compose::words;
///
/// let split = words::split("sh -c 'a b' && c");
/// assert_eq!(split.words, ["sh", "-c", "a b"]);
/// assert_eq!(split.lost, "&& c");
/// ```
pub fn split(line: &str) -> Split {
    let mut split = Split::default();
    let mut word: Option<String> = None;
    // The quote that is open: a backtick too, and `)` for the end of `$(`.
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (at, letter) in line.char_indices() {
        let is_literal = matches!(quote, Some('`' | ')'));
        if is_escaped {
            is_escaped = false;
            let letter = match letter {
                't' => '\t',
                'n' => '\n',
                other => other,
            };
            word.get_or_insert_default().push(letter);
            continue;
        }
        match letter {
            '\\' if quote != Some('\'') => {
                is_escaped = true;
                continue;
            }
            ' ' | '\t' | '\r' | '\n' if quote.is_none() => {
                split.words.extend(word.take());
                continue;
            }
            '"' | '\'' if quote == Some(letter) => {
                // The empty word counts too.
                word.get_or_insert_default();
                quote = None;
                continue;
            }
            '"' | '\'' if quote.is_none() => {
                quote = Some(letter);
                continue;
            }
            '`' if quote.is_none() => quote = Some('`'),
            '`' | ')' if is_literal && quote == Some(letter) => quote = None,
            '(' if quote.is_none() && word.as_ref().is_some_and(|it| it.ends_with('$')) => quote = Some(')'),
            '(' | ')' if quote.is_none() => split.is_broken = true,
            ';' | '&' | '|' | '<' | '>' if quote.is_none() => {
                // The number of a file before `>` belongs to it.
                let mut start = at;
                if letter == '>' && word.as_ref().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit())) {
                    start -= word.take().map_or(0, |it| it.len());
                }
                split.words.extend(word.take());
                split.lost = line.get(start..).unwrap_or_default().to_owned();
                return split;
            }
            _ => {}
        }
        word.get_or_insert_default().push(letter);
    }
    split.words.extend(word);
    split.is_broken |= quote.is_some() || is_escaped;
    split
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn lines_become_words_as_in_compose() {
        for (line, words, lost, is_broken) in [
            ("a  b\tc", &["a", "b", "c"][..], "", false),
            ("", &[], "", false),
            ("'a b' \"c d\" e'f'g", &["a b", "c d", "efg"], "", false),
            ("'' \"\"", &["", ""], "", false),
            ("a\\ b \"c\\\"d\" 'e\\f'", &["a b", "c\"d", "e\\f"], "", false),
            ("sh -c a && b", &["sh", "-c", "a"], "&& b", false),
            ("a > /dev/null", &["a"], "> /dev/null", false),
            ("a 2>&1", &["a"], "2>&1", false),
            ("a $(b c) `d e`", &["a", "$(b c)", "`d e`"], "", false),
            ("a 'b", &["a", "b"], "", true),
            ("a (b)", &["a", "(b)"], "", true),
            ("--x={a: 'b'}", &["--x={a:", "b}"], "", false),
        ] {
            let found = split(line);
            assert_eq!(found.words, words, "{line}");
            assert_eq!((found.lost.as_str(), found.is_broken), (lost, is_broken), "{line}");
        }
    }
}
