//! How do messages write lists, and which words are alike?

/// Items in backticks, joined by commas and, before the last, a word: "`a`, `b` or `c`".
pub fn listed<'a>(items: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let mut text = String::new();
    let mut items = items.into_iter().peekable();
    let mut is_first = true;
    while let Some(item) = items.next() {
        if !is_first {
            match items.peek() {
                Some(_) => text.push_str(", "),
                None => {
                    text.push(' ');
                    text.push_str(last);
                    text.push(' ');
                }
            }
        }
        is_first = false;
        text.push('`');
        text.push_str(item);
        text.push('`');
    }
    text
}

/// How many letters are wrong, missing, too many or swapped between two words.
///
/// Words whose lengths differ by more than ten are simply far apart: what a
/// person pastes can be long, and comparing takes time that grows with both.
pub fn distance(written: &str, right: &str) -> usize {
    let apart = written.len().abs_diff(right.len());
    match apart > 10 {
        true => apart,
        false => strsim::damerau_levenshtein(written, right),
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, listed};

    #[test]
    fn measures_how_far_words_are_apart() {
        for (written, right, expected) in [
            ("debug", "debug", 0),
            ("debgu", "debug", 1),
            ("dns", "dns-search", 7),
            ("x", "default-address-pools", 20),
        ] {
            assert_eq!(distance(written, right), expected);
        }
    }

    #[test]
    fn lists() {
        for (items, expected) in [
            (&["a"][..], "`a`"),
            (&["a", "b"], "`a` or `b`"),
            (&["a", "b", "c"], "`a`, `b` or `c`"),
            (&[], ""),
        ] {
            assert_eq!(listed(items.iter().copied(), "or"), expected);
        }
    }
}
