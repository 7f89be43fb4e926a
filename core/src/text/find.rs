//! Where does one text occur in another?
//!
//! Smaller than the standard library's search (`core/README.md`, *Written by hand*), for all that a glance runs. The time
//! grows with both lengths, so `part` should be short.

/// The byte offset of the first `part` in `text`. An empty `part` is not found, unlike with `str::find`.
pub fn find(text: &str, part: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(part.len().max(1));
    windows.position(|it| it == part.as_bytes())
}

/// Whether `text` contains `part`.
pub fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// Whether `text` contains an ASCII character.
pub fn has(text: &str, byte: u8) -> bool {
    text.as_bytes().contains(&byte)
}

/// The text before and after the first `part`.
pub fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(text in "[aéb:/]{0,12}", part in "[aéb:/]{1,3}") {
            prop_assert_eq!(find(&text, &part), text.find(&part));
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(has(&text, b':'), text.contains(':'));
            prop_assert_eq!(split_once(&text, &part), text.split_once(&part));
        }
    }
}
