//! What does an option do, at length, and what do people get wrong? Read from `help.md`.

const TEXT: &str = include_str!("help.md");

/// The long help of the option with exactly this key, as Markdown; empty when there is none.
///
/// ```
/// assert!(drydock::daemon::options::help("bip").starts_with("The address is docker0's own"));
/// assert_eq!(drydock::daemon::options::help("colour"), "");
/// ```
pub fn help(key: &str) -> &'static str {
    sections().find(|(headings, _)| headings_of(headings).any(|it| it == key)).map_or("", |(_, text)| text)
}

/// Headings that follow each other, and the text below them.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXT.split("\n\n## ").skip(1).map(|section| {
        let text_start = section
            .match_indices('\n')
            .map(|(at, _)| at + 1)
            .find(|&at| section.get(at..).is_some_and(|rest| !rest.starts_with("## ")))
            .unwrap_or(section.len());
        let (headings, text) = section.split_at(text_start);
        (headings, text.trim())
    })
}

fn headings_of(headings: &'static str) -> impl Iterator<Item = &'static str> {
    headings.lines().map(|it| it.trim_start_matches("## ").trim())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::daemon::options;

    #[test]
    fn every_option_has_help_and_every_section_an_option() {
        for option in options::all() {
            assert!(!help(option.key).is_empty(), "{} has no help", option.key);
        }
        let mut seen = HashSet::new();
        for (headings, _) in sections() {
            for key in headings_of(headings) {
                assert!(options::find(key).is_some(), "{key} is no option");
                assert!(seen.insert(key), "{key} has two sections");
            }
        }
    }
}
