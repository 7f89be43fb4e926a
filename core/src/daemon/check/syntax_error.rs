//! A text that is not JSON.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    document::{Problem, ProblemKind},
    notation::json,
};

rule! {
    /// The text is not JSON.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file for one missing comma or quote, and names only the character at which it
    /// gave up, which may be lines after the mistake.
    ///
    /// ## What to do
    /// Mend the place that is marked. Everything outside it is read and checked all the same.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "debug": true
    ///   "mtu": 1450
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 8259; Go `encoding/json/scanner.go`; moby `daemon/config/config.go`, `bytes.TrimSpace`
    "syntax-error", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if context.are_flags() || context.is_nix() {
        return;
    }
    for problem in &context.document.problems {
        if has_own_rule(problem.kind) || !context.is_read(problem.span) || is_trimmed(context, problem) {
            continue;
        }
        let words = || words(context, problem);
        found.push(
            Diagnostic::error(ID, Stage::Load, problem.span, say!("{}", words().message))
                .why("The daemon refuses a file that is not JSON, with all its settings.")
                .explained(|diagnostic| {
                    let words = words();
                    let diagnostic = match problem.related {
                        Some(span) => diagnostic.related(span, words.related),
                        None => diagnostic,
                    };
                    diagnostic.help(words.help).fix(Fix::safe(words.title, problem.mend.clone()))
                }),
        );
    }
}

/// Whether the daemon, since 23.0, takes it away before it reads: white space of any kind at either end.
fn is_trimmed(context: &Context, problem: &Problem) -> bool {
    let is_empty = |text: Option<&str>| text.is_some_and(|it| it.trim().is_empty());
    problem.kind == ProblemKind::LookAlike
        && context.since(23, 0)
        && (is_empty(context.text.get(..problem.span.end)) || is_empty(context.text.get(problem.span.start..)))
}

fn has_own_rule(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::Comment
            | ProblemKind::TrailingComma
            | ProblemKind::TextAfterEnd
            | ProblemKind::ByteOrderMark
            | ProblemKind::Empty
            | ProblemKind::Placeholder
    )
}

struct Words {
    message: String,
    help: &'static str,
    title: &'static str,
    related: &'static str,
}

/// What to say of a problem; `None` for those that have a rule of their own.
fn words(context: &Context, problem: &Problem) -> Words {
    let written = context.written(problem.span);
    let quoted = || match written.chars().count() {
        0..=40 => say!("`{written}`"),
        _ => "This".to_owned(),
    };
    let say = |message: &str, help, title| Words { message: message.to_owned(), help, title, related: "opened here" };
    match problem.kind {
        ProblemKind::ExtraComma => say("There is nothing before this comma", "Remove the comma.", "Remove the comma"),
        ProblemKind::MissingComma => say("A comma is missing here", "Put a comma between them.", "Insert a comma"),
        ProblemKind::MissingColon => {
            say("A colon is missing between key and value", "Put a colon between them.", "Insert a colon")
        }
        ProblemKind::MissingKey => say("This value has no key", "Write a key in double quotes before the colon.", ""),
        ProblemKind::MissingValue => {
            say(&say!("{} has no value", quoted()), "Write a colon and a value, or remove the key.", "")
        }
        ProblemKind::Unclosed if written.is_empty() => {
            say("The text ends before everything is closed", "Close what is open at the end.", "Close what is open")
        }
        ProblemKind::Unclosed => Words {
            related: "it should be closed here",
            ..say(&say!("{} is never closed", quoted()), "Close it.", "Close it")
        },
        ProblemKind::Unopened if problem.related.is_some() => say(
            &say!("{} closes something that was opened with another bracket", quoted()),
            "Use the other closing bracket.",
            "Use the other bracket",
        ),
        ProblemKind::Unopened => say(&say!("{} closes nothing", quoted()), "Remove it.", "Remove it"),
        ProblemKind::MissingOpener => say("An opening bracket is missing here", "Insert it.", "Insert the bracket"),
        ProblemKind::UnclosedString => say(
            &say!("{} lacks its closing quote", quoted()),
            "Close the string with a double quote.",
            "Insert the quote",
        ),
        ProblemKind::UnopenedString => say(
            &say!("{} lacks its opening quote", quoted()),
            "Begin the string with a double quote.",
            "Insert the quote",
        ),
        ProblemKind::WrongQuotes => say(
            &say!("{} is in quotes that JSON does not have", quoted()),
            "Use straight double quotes.",
            "Use double quotes",
        ),
        ProblemKind::Unquoted => {
            say(&say!("{} needs double quotes", quoted()), "Put it in double quotes.", "Put it in double quotes")
        }
        ProblemKind::ControlCharacter => say(
            "A string cannot hold a tab or another control character as it is",
            "Write it as an escape, such as `\\t`.",
            "Write it as an escape",
        ),
        ProblemKind::BadEscape => say(
            "This backslash is before a character that cannot be escaped",
            "Write two backslashes for one.",
            "Double the backslash",
        ),
        ProblemKind::ForeignWord => say(
            &say!("{} is not a word of JSON", quoted()),
            "JSON knows only true, false and null, in lower case.",
            "Use the word of JSON",
        ),
        ProblemKind::BadNumber => say(
            &say!("{} is not a JSON number", quoted()),
            "Write plain decimal digits: no plus sign, no leading zero, no 0x.",
            "Write it as a decimal number",
        ),
        ProblemKind::HugeNumber => {
            say(&say!("{} is larger than any number the daemon can hold", quoted()), "Write a smaller number.", "")
        }
        ProblemKind::LookAlike => {
            let character = written.chars().find(|it| json::plain(*it) != *it).unwrap_or_default();
            let code = u32::from(character);
            let help = match character {
                ';' => "JSON has commas between members, and between elements.",
                _ => {
                    "Some keyboards, word processors and web pages have characters that look alike: write the plain one."
                }
            };
            let title = match character {
                ';' => "Write a comma",
                _ => "Write plain characters",
            };
            say(
                &match json::plain(character) {
                    ' ' => say!("The blank U+{code:04X} is not white space to JSON"),
                    plain => say!("`{character}` is not the `{plain}` of JSON"),
                },
                help,
                title,
            )
        }
        ProblemKind::StrayCharacter => say(&say!("{} does not belong here", quoted()), "Remove it.", "Remove it"),
        ProblemKind::StrayValue => say(
            &say!("{} is where a key or a comma belongs", quoted()),
            "Give it a key, put it into a list, or remove it.",
            "",
        ),
        ProblemKind::TooDeep => say(
            "The brackets are nested deeper than the daemon reads",
            "Remove some of them: no setting is nested deeper than seven.",
            "",
        ),
        ProblemKind::MissingArgument
        | ProblemKind::FlagAsValue
        | ProblemKind::Positional
        | ProblemKind::SplitValue
        | ProblemKind::OneHyphen
        | ProblemKind::BadField
        | ProblemKind::NotRead
        | ProblemKind::Nested
        | ProblemKind::OnlyComments
        | ProblemKind::SeveralValues
        | ProblemKind::CutOff
        | ProblemKind::OldProgram
        | ProblemKind::StartNotReset => say("", "", ""), // those of flags
        ProblemKind::MissingSemicolon
        | ProblemKind::MissingEquals
        | ProblemKind::NotEquals
        | ProblemKind::MissingDot
        | ProblemKind::WrongSeparator
        | ProblemKind::ExtraSemicolon
        | ProblemKind::BindingInList
        | ProblemKind::MissingKeyword
        | ProblemKind::DefinedTwice
        | ProblemKind::ArgumentTwice
        | ProblemKind::Undefined
        | ProblemKind::UnclosedComment
        | ProblemKind::MissingParentheses
        | ProblemKind::JsonInNix => say("", "", ""), // those of Nix
        ProblemKind::TabIndentation
        | ProblemKind::BadIndentation
        | ProblemKind::ColonInValue
        | ProblemKind::UnknownAlias
        | ProblemKind::TooManyCopies
        | ProblemKind::NotYaml => say("", "", ""), // those of YAML
        ProblemKind::Comment
        | ProblemKind::TrailingComma
        | ProblemKind::TextAfterEnd
        | ProblemKind::ByteOrderMark
        | ProblemKind::Empty
        | ProblemKind::Placeholder => say("", "", ""), // see has_own_rule
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, diagnose, diagnose_on};

    #[test]
    fn white_space_at_either_end_is_trimmed_since_23() {
        for (text, old, new) in [
            ("\u{3000}{\"debug\": true}", 1, 0),
            ("{\"debug\": true}\u{a0}\n", 0, 0), // 20.10 does not read on
            ("\u{200b}{\"debug\": true}", 1, 1), // no white space to Go
        ] {
            for (engine, expected) in [("20.10", old), ("29", new)] {
                let found = diagnose_on(engine.parse().expect("an Engine"), text, super::ID);
                assert_eq!(found.len(), expected, "{text:?} on {engine}");
            }
        }
    }

    #[test]
    fn characters_that_look_alike_are_written_plainly() {
        for (text, message, after) in [
            (
                "{\n\u{3000}\u{3000}\"debug\": true}",
                "The blank U+3000 is not white space to JSON",
                "{\n  \"debug\": true}",
            ),
            ("{\"debug\":\u{a0}true}", "The blank U+00A0 is not white space to JSON", "{\"debug\": true}"),
            ("{\"debug\": true\u{a0}}", "The blank U+00A0 is not white space to JSON", "{\"debug\": true }"),
            ("{\u{200b}\"debug\": true}", "The blank U+200B is not white space to JSON", "{ \"debug\": true}"),
            ("{\"debug\": true，\"mtu\": 1}", "`，` is not the `,` of JSON", "{\"debug\": true,\"mtu\": 1}"),
            (
                "{\"dns\": [\"1.1.1.1\"，\"9.9.9.9\"]}",
                "`，` is not the `,` of JSON",
                "{\"dns\": [\"1.1.1.1\",\"9.9.9.9\"]}",
            ),
            ("{\"debug\"： true}", "`：` is not the `:` of JSON", "{\"debug\": true}"),
            ("｛\"debug\": true}", "`｛` is not the `{` of JSON", "{\"debug\": true}"),
            ("{\"dns\": 【\"1.1.1.1\"]}", "`【` is not the `[` of JSON", "{\"dns\": [\"1.1.1.1\"]}"),
        ] {
            let found = diagnose(text, super::ID);
            let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
            assert_eq!(messages, [message], "{text}");
            assert_first_fix(text, super::ID, "Write plain characters", after);
        }
        // Within a string they are text.
        assert_eq!(diagnose("{\"labels\": [\"a=，\u{a0}\"]}", super::ID), []);
    }

    #[test]
    fn a_semicolon_becomes_a_comma_or_goes() {
        for (text, title, after) in [
            (r#"{"data-root": "/x"; "mtu": 1400}"#, "Write a comma", r#"{"data-root": "/x", "mtu": 1400}"#),
            (r#"{"mtu": 1400; "debug": true}"#, "Write a comma", r#"{"mtu": 1400, "debug": true}"#),
            (r#"{"dns": ["1.1.1.1"; "9.9.9.9"]}"#, "Write a comma", r#"{"dns": ["1.1.1.1", "9.9.9.9"]}"#),
        ] {
            assert_first_fix(text, super::ID, title, after);
        }
        assert_first_fix(r#"{"mtu": 1400;}"#, "trailing-comma", "Remove the comma", r#"{"mtu": 1400}"#);
        assert_eq!(diagnose(r#"{"mtu": 1400;}"#, super::ID), []);
        assert_eq!(diagnose(r#"{"labels": ["a=b;c"]}"#, super::ID), []);
    }

    #[test]
    fn one_mistake_costs_one_diagnostic() {
        for (text, expected) in [
            ("{\"debug\": True}", "`True` is not a word of JSON"),
            ("{\"mtu\": 0x10}", "`0x10` is not a JSON number"),
            ("{\"mtu\": 01}", "`01` is not a JSON number"),
            ("{'mtu': 1}", "`'mtu'` is in quotes that JSON does not have"),
            ("{mtu: 1}", "`mtu` needs double quotes"),
            ("{\"mtu\" 1}", "A colon is missing between key and value"),
            ("{\"mtu\": 1 \"debug\": true}", "A comma is missing here"),
            ("{\"mtu\": }", "`\"mtu\"` has no value"),
            ("{\"mtu\"", "`\"mtu\"` has no value"),
            ("{\"mtu\": 1", "The text ends before everything is closed"),
            ("{\"mtu\": 1, \"de", "`\"de` lacks its closing quote"),
            ("{\"dns\": [\"1.1.1.1\", \"mtu\": 1}", "`[` is never closed"),
            ("{\"dns\": [\"1.1.1.1\"}}", "`}` closes something that was opened with another bracket"),
            ("\"mtu\": 1}", "An opening bracket is missing here"),
            ("{\"data-root\": \"/a\\x\"}", "This backslash is before a character that cannot be escaped"),
            ("{\"data-root\": \"a\tb\"}", "A string cannot hold a tab or another control character as it is"),
            ("<mtu>", "`<mtu>` does not belong here"),
        ] {
            let found = diagnose(text, super::ID);
            let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
            assert_eq!(messages, [expected], "{text}");
        }
    }
}
