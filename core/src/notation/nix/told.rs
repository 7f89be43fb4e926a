//! How are mistakes of syntax told?

use crate::document::ProblemKind;

/// What is wrong with Nix, and what to do.
pub(crate) fn in_words(kind: ProblemKind, written: &str) -> (String, &'static str) {
    let quoted = match written.trim().chars().count() {
        0 => "the end".to_owned(),
        1..=40 => format!("`{}`", written.trim()),
        _ => "this".to_owned(),
    };
    let (message, help) = match kind {
        ProblemKind::MissingSemicolon => (
            "A semicolon is missing here".to_owned(),
            "Put a semicolon after each value of a set, after the last one too.",
        ),
        ProblemKind::MissingEquals => {
            ("An equals sign is missing between name and value".to_owned(), "Put `=` between them.")
        }
        ProblemKind::NotEquals => {
            (format!("{quoted} is between a name and its value, where Nix has `=`"), "Write `=`.")
        }
        ProblemKind::JsonInNix => (
            "This is JSON, not Nix".to_owned(),
            "Nix has `=` between a name and its value, a semicolon after each, and nothing between the elements of a list.",
        ),
        ProblemKind::WrongSeparator | ProblemKind::ExtraComma | ProblemKind::ExtraSemicolon => (
            format!("Nix has no {quoted} here"),
            "Elements of a list have only a blank between them, and a semicolon ends each value of a set.",
        ),
        ProblemKind::Unclosed | ProblemKind::UnclosedString | ProblemKind::UnclosedComment => {
            (format!("Nothing closes what is open at {quoted}"), "Close it.")
        }
        ProblemKind::Unopened => (format!("{quoted} closes nothing"), "Remove it."),
        ProblemKind::Undefined => (
            format!("Nothing gives the name {quoted} a value"),
            "Add it to the arguments of the module, mend the spelling, or put text in double quotes.",
        ),
        ProblemKind::DefinedTwice => (
            format!("{quoted} is given a value twice"),
            "Nix takes one value for each name of a set. Keep one of them.",
        ),
        ProblemKind::Unquoted => (format!("{quoted} needs double quotes"), "Put it in double quotes."),
        ProblemKind::MissingValue => {
            ("A value is missing here".to_owned(), "Write a value, or remove what leads to it.")
        }
        ProblemKind::MissingKeyword => ("A word of Nix is missing here".to_owned(), "Write the word."),
        ProblemKind::MissingParentheses => (
            "An element of a list that is more than one word or bracket needs parentheses".to_owned(),
            "Put it in parentheses.",
        ),
        _ => (format!("Nix does not understand {quoted} here"), "Mend it, or take it out."),
    };
    (message, help)
}
