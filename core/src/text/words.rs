//! How do messages write lists, and how alike are two words?

/// Whether words are read: a glance shows none, and need not work them out.
pub const ARE_READ: bool = true;

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

/// `1 layer`, `2 layers`
pub fn counted(count: usize, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    [&count.to_string(), " ", one, ending].concat()
}

/// How many letters are wrong, missing, too many or swapped between two words.
///
/// Words whose lengths differ by more than seven simply count as far apart, and so do
/// very long ones: they can be pasted, and the time to compare grows with both lengths.
pub fn distance(written: &str, right: &str) -> usize {
    let apart = written.len().abs_diff(right.len());
    match apart {
        0..=7 if written.len() > LONGEST => written.len(),
        0..=7 => edits(written, right),
        _ => apart,
    }
}

/// A longer word is not compared, in bytes.
const LONGEST: usize = 200;

/// The distance of Damerau and Levenshtein, in time and memory that grow with both lengths. Why no crate:
/// `core/README.md`, *Written by hand*.
fn edits(written: &str, right: &str) -> usize {
    let (written, right): (Vec<char>, Vec<char>) = (written.chars().collect(), right.chars().collect());
    // A row for each beginning of `written`, a column for each of `right`; before them what can never be reached.
    let width = right.len() + 2;
    let mut table = vec![written.len() + right.len(); width * (written.len() + 2)];
    for row in 0..=written.len() {
        table[(row + 1) * width + 1] = row;
    }
    for column in 0..=right.len() {
        table[width + column + 1] = column;
    }
    // Of each letter of `right`, the last row above that has it.
    let mut rows = vec![0; right.len()];
    for (row, letter) in written.iter().enumerate() {
        let mut last_column = 0;
        for (column, other) in right.iter().enumerate() {
            let above = (row + 1) * width + column + 1;
            let swapped = table[rows[column] * width + last_column] + (row - rows[column]) + 1 + (column - last_column);
            let changed = table[above] + usize::from(letter != other);
            let added = table[above + width].min(table[above + 1]) + 1;
            table[above + width + 1] = swapped.min(changed).min(added);
            if letter == other {
                last_column = column + 1;
            }
        }
        for (last, other) in rows.iter_mut().zip(&right) {
            if letter == other {
                *last = row + 1;
            }
        }
    }
    table.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{distance, edits, listed};

    proptest! {
        #[test]
        fn counts_the_edits_that_others_count(written in "[a-dé]{0,9}", right in "[a-dé]{0,9}") {
            let expected = strsim::damerau_levenshtein(&written, &right);
            prop_assert_eq!(edits(&written, &right), expected);
        }
    }

    #[test]
    fn measures_how_far_words_are_apart() {
        for (written, right, expected) in
            [("debug", "debug", 0), ("debgu", "debug", 1), ("dns", "dns-search", 7), ("x", "default-address-pools", 20)]
        {
            assert_eq!(distance(written, right), expected);
        }
        let long = "a".repeat(1 << 20);
        assert_eq!(distance(&long, &long), 1 << 20);
    }

    #[test]
    fn lists() {
        for (items, expected) in
            [(&["a"][..], "`a`"), (&["a", "b"], "`a` or `b`"), (&["a", "b", "c"], "`a`, `b` or `c`"), (&[], "")]
        {
            assert_eq!(listed(items.iter().copied(), "or"), expected);
        }
    }
}
