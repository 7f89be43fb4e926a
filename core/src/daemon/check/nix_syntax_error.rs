//! A text that is not Nix.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    document::{Problem, ProblemKind},
    notation::json,
};

rule! {
    /// The text is not Nix.
    ///
    /// ## Why it matters
    /// Nix refuses the whole file for one missing semicolon or brace, and often names a place lines after the mistake.
    /// nixos-rebuild then changes nothing.
    ///
    /// ## What to do
    /// Mend the place that is marked. Everything outside it is read and checked all the same.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker.enable = true
    ///   virtualisation.docker.daemon.settings.mtu = 1450;
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libexpr/lexer.l`, `src/libexpr/parser.y`
    "nix-syntax-error", [Error, Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    if !context.is_nix() {
        return;
    }
    for problem in context.document.problems.iter().filter(|it| !context.is_of_flags(it)) {
        if let Some(words) = words(context, problem) {
            found.push(tell(problem, words));
        }
    }
}

fn tell(problem: &Problem, words: Words) -> Diagnostic {
    let diagnostic = match problem.kind {
        // Nix itself reads it.
        ProblemKind::TooDeep => Diagnostic::warning(ID, problem.span, words.message)
            .why("What is in it is neither read nor checked here. Nix itself reads it."),
        _ => Diagnostic::error(ID, Stage::Evaluation, problem.span, words.message)
            .why("nixos-rebuild stops at a file that is not Nix, and changes nothing."),
    };
    let diagnostic = match problem.related {
        Some(span) => diagnostic.related(span, words.related),
        None => diagnostic,
    };
    let mend = problem.mend.clone();
    diagnostic.help(words.help).fix(match (words.title, problem.kind) {
        ("", _) => None,
        // Only one of the two values was meant, and nobody knows which.
        (title, ProblemKind::DefinedTwice) => Some(Fix::choice(title, mend)),
        (title, _) => Some(Fix::safe(title, mend)),
    })
}

struct Words {
    message: String,
    help: &'static str,
    title: &'static str,
    related: &'static str,
}

fn say(message: impl Into<String>, help: &'static str, title: &'static str) -> Option<Words> {
    Some(Words { message: message.into(), help, title, related: "opened here" })
}

/// What to say of a problem; `None` for those of flags, and for an empty text.
fn words(context: &Context, problem: &Problem) -> Option<Words> {
    let written = context.written(problem.span);
    let quoted = || match written.chars().count() {
        0..=40 => say!("`{}`", written.trim()),
        _ => "This".to_owned(),
    };
    match problem.kind {
        ProblemKind::MissingSemicolon => say(
            "A semicolon is missing here",
            "Put a semicolon after each value of a set, after the last one too.",
            "Insert a semicolon",
        ),
        ProblemKind::MissingEquals => {
            say("An equals sign is missing between name and value", "Put `=` between them.", "Insert `=`")
        }
        ProblemKind::MissingDot => say("A dot is missing between two names", "Put a dot between them.", "Insert a dot"),
        ProblemKind::NotEquals => {
            say(say!("{} is between a name and its value, where Nix has `=`", quoted()), "Write `=`.", "Write `=`")
        }
        ProblemKind::JsonInNix => say(
            "This is JSON, not Nix",
            "Nix has `=` between a name and its value, a semicolon after each, and nothing between the elements of a list.",
            "Write it as Nix",
        ),
        ProblemKind::WrongSeparator => match written {
            "," => say(
                "A comma is where Nix has a semicolon",
                "Put a semicolon after each value of a set. Commas are only between the arguments of a function.",
                "Write a semicolon",
            ),
            _ => say(
                "A semicolon is where Nix has none",
                "Elements of a list have only a blank between them, arguments of a function a comma.",
                "Mend it",
            ),
        },
        ProblemKind::ExtraSemicolon => {
            say("There is nothing before this semicolon", "Remove the semicolon.", "Remove the semicolon")
        }
        ProblemKind::ExtraComma => say(
            "Nix has no comma here",
            "Elements of a list have only a blank between them: `[ \"a\" \"b\" ]`.",
            "Remove the comma",
        ),
        ProblemKind::MissingComma => {
            say("A comma is missing between two arguments of a function", "Put a comma between them.", "Insert a comma")
        }
        ProblemKind::MissingColon => say(
            "The colon after the arguments of the function is missing",
            "Put a colon after the brace: `{ pkgs, ... }:`.",
            "Insert a colon",
        ),
        ProblemKind::MissingValue if written.is_empty() => {
            say("A value is missing here", "Write a value, or remove what leads to it.", "")
        }
        ProblemKind::MissingValue => say(say!("{} has no value", quoted()), "Write a value, or remove it.", ""),
        ProblemKind::BindingInList => say(
            "This list has names with values, as only a set has them",
            "Use braces: `{ name = value; }`.",
            "Make it a set",
        ),
        ProblemKind::MissingKeyword => {
            let word = problem.mend.first().map_or("in", |it| it.text.trim());
            say(say!("`{word}` is missing here"), "Write the word.", "Insert it")
        }
        ProblemKind::DefinedTwice => Some(Words {
            related: "and here",
            ..say(
                say!("{} is given a value twice", quoted()),
                "Nix takes one value for each name of a set. Keep one of them, or join them.",
                "Remove the second one",
            )?
        }),
        ProblemKind::ArgumentTwice => {
            say(say!("Two arguments of this function are called {}", quoted()), "Remove one of them.", "")
        }
        ProblemKind::MissingParentheses => say(
            "An element of a list that is more than one word or bracket needs parentheses",
            "Put it in parentheses.",
            "Put it in parentheses",
        ),
        ProblemKind::Comment => {
            say("Comments in Nix begin with `#`, not with `//`", "Write `#` in its place.", "Write `#`")
        }
        ProblemKind::UnclosedComment => say("This comment is never closed", "Close it with `*/`.", "Close the comment"),
        ProblemKind::Unclosed if written.is_empty() => {
            say("The text ends before everything is closed", "Close what is open at the end.", "Close what is open")
        }
        ProblemKind::Unclosed => Some(Words {
            related: "it should be closed here",
            ..say(say!("{} is never closed", quoted()), "Close it.", "Close it")?
        }),
        ProblemKind::Unopened => match problem.related {
            Some(related) if related.start > problem.span.start => Some(Words {
                related: "yet more follows here",
                ..say(say!("{} closes the set too early", quoted()), "Remove it.", "Remove what closes it too early")?
            }),
            Some(_) => say(
                say!("{} closes something that was opened with another bracket", quoted()),
                "Use the other closing bracket.",
                "Use the other bracket",
            ),
            None => say(say!("{} closes nothing", quoted()), "Remove it.", "Remove it"),
        },
        ProblemKind::MissingOpener => say("An opening bracket is missing here", "Insert it.", "Insert the bracket"),
        ProblemKind::UnclosedString => {
            say(say!("{} lacks its closing quotes", quoted()), "Close the string.", "Insert the quotes")
        }
        ProblemKind::UnopenedString => say(
            say!("{} lacks its opening quote", quoted()),
            "Begin the string with a double quote.",
            "Insert the quote",
        ),
        ProblemKind::WrongQuotes => say(
            say!("{} is in quotes that Nix does not have", quoted()),
            "Use straight double quotes, or two single ones for several lines.",
            "Use quotes of Nix",
        ),
        ProblemKind::Unquoted => {
            say(say!("{} needs double quotes", quoted()), "Put it in double quotes.", "Put it in double quotes")
        }
        ProblemKind::ForeignWord => say(
            say!("{} is not a word of Nix", quoted()),
            "Nix knows only true, false and null, in lower case.",
            "Use the word of Nix",
        ),
        ProblemKind::HugeNumber => {
            say(say!("{} is larger than any number that Nix can hold", quoted()), "Write a smaller number.", "")
        }
        ProblemKind::BadNumber if !problem.mend.is_empty() => say(
            say!("{} is not a number of Nix", quoted()),
            "A number with an exponent has a point before that.",
            "Insert the point",
        ),
        ProblemKind::BadNumber => say(say!("{} is not a number of Nix", quoted()), "Write plain decimal digits.", ""),
        ProblemKind::LookAlike => {
            let character = written.chars().next().unwrap_or_default();
            let code = u32::from(character);
            let plain = problem.mend.first().and_then(|it| it.text.chars().next()).unwrap_or(json::plain(character));
            say(
                match plain {
                    ' ' => say!("The character U+{code:04X} is not white space to Nix"),
                    plain => say!("`{character}` is not the `{plain}` of Nix"),
                },
                "Some keyboards, word processors and web pages have characters that look alike: write the plain one.",
                "Write plain characters",
            )
        }
        ProblemKind::StrayCharacter => say(say!("{} does not belong here", quoted()), "Remove it.", "Remove it"),
        ProblemKind::StrayValue if !problem.mend.is_empty() => say(
            "Several values are where one belongs",
            "Put them into a list: `[ \"a\" \"b\" ]`.",
            "Put them into a list",
        ),
        ProblemKind::StrayValue => say(
            say!("{} is where a name or a semicolon belongs", quoted()),
            "End the value before it with a semicolon, give it a name, or remove it.",
            "",
        ),
        ProblemKind::TextAfterEnd => say(
            "Text follows the end of the expression",
            "A file of Nix is one expression: put all settings into one set, or remove the text.",
            "",
        ),
        ProblemKind::ByteOrderMark => say(
            "The file begins with a byte order mark",
            "Save the file as UTF-8 without byte order mark.",
            "Remove the byte order mark",
        ),
        ProblemKind::Placeholder => {
            say(say!("{} is a placeholder of documentation", quoted()), "Write a name in its place.", "")
        }
        ProblemKind::TooDeep => {
            say("This is nested deeper than is read here", "Take parts of it out into names of a `let`.", "")
        }
        // An empty text is none yet; a name without a value has a rule of its own.
        ProblemKind::Empty | ProblemKind::Undefined => None,
        // Those of YAML, JSON and flags.
        ProblemKind::TrailingComma
        | ProblemKind::MissingKey
        | ProblemKind::ControlCharacter
        | ProblemKind::BadEscape
        | ProblemKind::MissingArgument
        | ProblemKind::FlagAsValue
        | ProblemKind::Positional
        | ProblemKind::SplitValue
        | ProblemKind::OneHyphen
        | ProblemKind::BadField
        | ProblemKind::NotRead
        | ProblemKind::SeveralValues
        | ProblemKind::CutOff
        | ProblemKind::OldProgram
        | ProblemKind::StartNotReset
        | ProblemKind::Nested
        | ProblemKind::OnlyComments
        | ProblemKind::TabIndentation
        | ProblemKind::BadIndentation
        | ProblemKind::ColonInValue
        | ProblemKind::UnknownAlias
        | ProblemKind::TooManyCopies
        | ProblemKind::NotYaml => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Request, analyze,
        daemon::dialect::NIXOS,
        rule::diagnostic::{Diagnostic, Severity, Stage},
    };

    fn diagnose(text: &str) -> Vec<Diagnostic> {
        let report = analyze(&Request { text: text.to_owned(), dialect: &NIXOS, ..Request::default() });
        report.diagnostics.into_iter().filter(|it| it.stage == Some(Stage::Evaluation)).collect()
    }

    #[test]
    fn one_mistake_costs_one_diagnostic_with_its_fix() {
        for (value, message, after) in [
            ("{ mtu = 1400 }", "A semicolon is missing here", "{ mtu = 1400; }"),
            ("{ mtu: 1400; }", "`:` is between a name and its value, where Nix has `=`", "{ mtu = 1400; }"),
            ("{ mtu == 1400; }", "`==` is between a name and its value, where Nix has `=`", "{ mtu = 1400; }"),
            ("{ mtu 1400; }", "An equals sign is missing between name and value", "{ mtu = 1400; }"),
            ("{ \"mtu\": 1400, \"debug\": true }", "This is JSON, not Nix", "{ \"mtu\" = 1400; \"debug\" = true; }"),
            ("{ mtu = 1400, }", "A comma is where Nix has a semicolon", "{ mtu = 1400; }"),
            ("{ mtu = 1400;; }", "There is nothing before this semicolon", "{ mtu = 1400; }"),
            (
                "{ dns = [ \"1.1.1.1\", \"8.8.8.8\" ]; }",
                "Nix has no comma here",
                "{ dns = [ \"1.1.1.1\"  \"8.8.8.8\" ]; }",
            ),
            (
                "{ dns = \"1.1.1.1\" \"8.8.8.8\"; }",
                "Several values are where one belongs",
                "{ dns = [ \"1.1.1.1\" \"8.8.8.8\" ]; }",
            ),
            ("{ dns = [ 1.1.1.1 ]; }", "`1.1.1.1` needs double quotes", "{ dns = [ \"1.1.1.1\" ]; }"),
            (
                "{ bip = “10.1.0.1/24”; }",
                "`“10.1.0.1/24”` is in quotes that Nix does not have",
                "{ bip = \"10.1.0.1/24\"; }",
            ),
            (
                "{ bip = '10.1.0.1/24'; }",
                "`'10.1.0.1/24'` is in quotes that Nix does not have",
                "{ bip = \"10.1.0.1/24\"; }",
            ),
            ("{ debug = True; }", "`True` is not a word of Nix", "{ debug = true; }"),
            ("{ mtu = 1400； }", "`；` is not the `;` of Nix", "{ mtu = 1400; }"),
            ("{ // why\n mtu = 1400; }", "Comments in Nix begin with `#`, not with `//`", "{ # why\n mtu = 1400; }"),
            ("{ mtu = 1; mtu = 2; }", "`mtu` is given a value twice", "{ mtu = 1;  }"),
            ("{ dns = [ \"1.1.1.1\"; }", "`[` is never closed", "{ dns = [ \"1.1.1.1\" ]; }"),
            ("{ mtu = 1400; } }", "`}` closes nothing", "{ mtu = 1400; } "),
            (
                "{ log-opts = [ \"max-size\" = \"10m\"; ]; }",
                "This list has names with values, as only a set has them",
                "{ log-opts = { \"max-size\" = \"10m\"; }; }",
            ),
            ("let a = 1400; { mtu = a; }", "`in` is missing here", "let a = 1400; in { mtu = a; }"),
            ("{ mtu = ; }", "`mtu` has no value", ""),
            ("{ x = 1e5; }", "`1e5` is not a number of Nix", "{ x = 1.0e5; }"),
            ("{ x = [ 12E+3 ]; }", "`12E+3` is not a number of Nix", "{ x = [ 12.0E+3 ]; }"),
            ("{ x = 1e5m; }", "`1e5m` needs double quotes", "{ x = \"1e5m\"; }"),
            ("{ x = 01.5; }", "`01.5` needs double quotes", "{ x = \"01.5\"; }"),
            ("{ log-driver = \"none\n; }", "`\"none` lacks its closing quotes", "{ log-driver = \"none\"\n; }"),
        ] {
            let text = ["{ virtualisation.docker.daemon.settings = ", value, "; }\n"].concat();
            let found = diagnose(&text);
            let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
            assert_eq!(messages, [message], "{text}");
            let diagnostic = &found[0];
            assert_eq!((diagnostic.rule, diagnostic.severity), (super::ID, Severity::Error), "{text}");
            let mended = diagnostic.fixes.first().map(|it| it.edits.apply(&text)).unwrap_or_default();
            let after = match after {
                "" => String::new(),
                after => ["{ virtualisation.docker.daemon.settings = ", after, "; }\n"].concat(),
            };
            assert_eq!(mended, after, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_flags_is_no_mistake_of_nix() {
        let text = "{ virtualisation.docker = { enable = true; extraOptions = \"--debug –mtu=1400 -dns=1.1.1.1\"; }; }";
        let report = analyze(&Request { text: text.to_owned(), dialect: &NIXOS, ..Request::default() });
        let found = report.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        let found: Vec<_> = found.map(|it| (it.rule, it.message.as_str())).collect();
        let expected =
            [("flag-malformed", "`–` is not the hyphen of a flag"), ("flag-malformed", "`-dns` needs two hyphens")];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_never_closed_in_a_string_is_told_once() {
        for (value, after) in [
            ("''\n  --mtu=${toString config.a\n  --debug\n''", "''\n  --mtu=${toString config.a}\n  --debug\n''"),
            ("\"--mtu=${toString config.a\"", "\"--mtu=${toString config.a}\""),
            ("\"--mtu=${config.a\"; logDriver = \"local\"", "\"--mtu=${config.a}\"; logDriver = \"local\""),
        ] {
            let text =
                |value: &str| format!("{{ virtualisation.docker = {{ enable = true; extraOptions = {value}; }}; }}\n");
            let found = analyze(&Request { text: text(value), dialect: &NIXOS, ..Request::default() }).diagnostics;
            let found: Vec<_> = found.iter().filter(|it| it.severity == Severity::Error).collect();
            let messages: Vec<_> = found.iter().map(|it| (it.rule, it.message.as_str())).collect();
            assert_eq!(messages, [(super::ID, "`${` is never closed")], "{value}");
            assert_eq!(found[0].fixes[0].edits.apply(&text(value)), text(after));
        }
    }

    #[test]
    fn arguments_have_a_name_each() {
        for (head, messages) in [
            ("{ pkgs, lib, pkgs, ... }", &["Two arguments of this function are called `pkgs`"][..]),
            ("{ pkgs, ... }@pkgs", &["Two arguments of this function are called `pkgs`"]),
            ("pkgs@{ pkgs, ... }", &["Two arguments of this function are called `pkgs`"]),
            ("{ pkgs, ... }@args", &[]),
        ] {
            let text = [head, ": { virtualisation.docker.enable = true; }"].concat();
            let found = diagnose(&text);
            assert_eq!(found.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), messages, "{text}");
        }
    }

    #[test]
    fn snippets_of_documents_have_no_mistakes() {
        for text in [
            "virtualisation.docker.enable = true;\n",
            "...\nvirtualisation.docker = {\nenable = true;\n};\n",
            "{ config, pkgs, ... }:\n{\n  # ...\n  virtualisation.docker.enable = true;\n}\n",
        ] {
            assert_eq!(diagnose(text), [], "{text}");
        }
    }
}
