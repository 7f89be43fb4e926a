//! How are mistakes of YAML called, and what is to be done about them?

use crate::document::{Problem, ProblemKind};

/// The words for a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong: a sentence without a full stop.
    pub message: String,
    /// What to do, in sentences.
    pub help: &'static str,
    /// What its mend is called; empty where there is none.
    pub title: &'static str,
    /// What the other place is.
    pub related: &'static str,
}

/// What to say of a mistake in a text.
pub fn words(text: &str, problem: &Problem) -> Words {
    let written = problem.span.of(text).lines().next().unwrap_or_default().trim();
    let quoted = match written.chars().count() {
        1..=40 => ["`", written, "`"].concat(),
        _ => "This".to_owned(),
    };
    let say = |message: &str, help, title| Words { message: message.to_owned(), help, title, related: "opened here" };
    let about = |rest: &str, help, title| say(&[&quoted, rest].concat(), help, title);
    match problem.kind {
        ProblemKind::TabIndentation => say(
            "This line is indented with a tab",
            "YAML indents with blanks alone. Put two blanks in the place of each tab.",
            "Indent with blanks",
        ),
        ProblemKind::BadIndentation => say(
            "This line is as far in as none above it",
            "Give it as many blanks as the line it belongs beside.",
            "Move it to its neighbours",
        ),
        ProblemKind::ColonInValue => {
            say("This value has a colon with a blank in it", "Put the value in quotes.", "Put it in quotes")
        }
        ProblemKind::SplitValue => say(
            "A blank is missing after the colon",
            "Write `key: value`: without the blank it is one word.",
            "Insert a blank",
        ),
        ProblemKind::MissingColon => {
            say("A colon is missing after this key", "Write `key: value`, or remove the line.", "Insert a colon")
        }
        ProblemKind::UnclosedString => {
            about(" lacks its closing quote", "Close the quote on its line.", "Insert the quote")
        }
        ProblemKind::Unclosed => about(" is never closed", "Close the bracket.", "Close it"),
        ProblemKind::Unopened => about(" closes nothing", "Remove it.", "Remove it"),
        ProblemKind::StrayCharacter => about(
            " begins with a character that means something else in YAML",
            "Put the value in quotes.",
            "Put it in quotes",
        ),
        ProblemKind::BadEscape => about(
            " has a backslash that double quotes give a meaning to",
            "Use single quotes, in which a backslash is a backslash.",
            "Use single quotes",
        ),
        ProblemKind::StrayValue if written.starts_with("<<") => {
            say("`<<` merges a mapping, or a list of mappings", "Let it refer to the anchor of a mapping.", "")
        }
        ProblemKind::StrayValue => {
            say("This does not belong here", "Put the whole value in quotes, or remove what is too much.", "")
        }
        ProblemKind::DefinedTwice => Words {
            related: "first written here",
            ..about(" is written twice", "Keep one of the two: such a file is refused.", "")
        },
        ProblemKind::UnknownAlias => {
            about(" refers to no anchor before it", "Write the anchor, such as `&name`, above it.", "")
        }
        ProblemKind::TooManyCopies => say(
            "This text copies its anchors more often than anybody reads",
            "Copy less: what is beyond is left out.",
            "",
        ),
        ProblemKind::TooDeep => say("This is nested too deep to be read", "Nest less.", ""),
        _ => say("This is not YAML", "Nothing could be made of it. Write `key: value`, and `- ` before elements.", ""),
    }
}
