//! How do messages write lists, and which words are alike?

use crate::network::Count;

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

/// "first", "second", …, "twelfth", "13th", "1,021st".
pub fn ordinal(number: u128) -> String {
    const WORDS: &[&str] = &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let word = usize::try_from(number)
        .ok()
        .and_then(|it| WORDS.get(it.checked_sub(1)?));
    if let Some(word) = word {
        return (*word).to_owned();
    }
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    [&Count::from(number).to_string(), ending].concat()
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
    use super::{distance, listed, ordinal};

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
    fn counts_places() {
        for (number, expected) in [
            (1, "first"),
            (12, "twelfth"),
            (13, "13th"),
            (21, "21st"),
            (102, "102nd"),
            (1_013, "1,013th"),
            (1_023, "1,023rd"),
        ] {
            assert_eq!(ordinal(number), expected);
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
