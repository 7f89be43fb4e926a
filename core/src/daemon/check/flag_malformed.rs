//! Flags that dockerd cannot read as they are written.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic, Fix, Stage},
};
use crate::{
    daemon::dialect::flags::{self, table},
    document::{Problem, ProblemKind},
};

rule! {
    /// A command line that does not say what it seems to.
    ///
    /// ## Why it matters
    /// dockerd takes a command line apart by rules of its own: a flag that needs a value takes the next word, whatever it
    /// is; a word that belongs to no flag stops the start; `-debug` is five short flags. What a shell or systemd does to
    /// the line comes before that.
    ///
    /// ## What to do
    /// On Linux, leave out the flags for a service of Windows. Write two hyphens before a name, one before a letter, and a value after `=` or as the next word; `true` and `false`
    /// only after `=`. Put quotes around what holds blanks or `&`.
    ///
    /// ## Example
    /// ```sh
    /// dockerd -debug --dns --mtu=1450
    /// ```
    ///
    /// ## Source
    /// spf13/pflag `flag.go`, `parseArgs`, `parseLongArg`, `parseSingleShortArg`; moby `daemon/command/docker.go`,
    /// `cli.NoArgs`; docker/cli `docs/deprecated.md`, *`docker daemon` subcommand*
    "flag-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    // A glance sees no flags.
    if !ARE_READ {
        return;
    }
    let own = match context.are_flags() {
        true => flags::own(context.text),
        false => Vec::new(),
    };
    for it in own {
        let message = match (it.name, table::exists_in(it.name, context.engine)) {
            (_, false) => {
                let message = say!("dockerd has no flag `--{}` in Engine {}", it.name, context.engine);
                found.push(Diagnostic::error(ID, Stage::Load, it.span, message).why(context.because_of_it()));
                continue;
            }
            ("validate", _) => "With `--validate` dockerd checks its settings, and starts no daemon",
            ("version", _) => "With `--version` dockerd says what it is, and starts no daemon",
            ("help", _) => "With `--help` dockerd lists its flags, and starts no daemon",
            (name, _) if table::is_of_windows(name) => {
                let message = say!("Only dockerd on Windows has the flag `--{name}`");
                let why = "It is about the service there. Everything else is checked here as dockerd on Linux reads it, which does not start with this flag.";
                found.push(Diagnostic::warning(ID, it.span, message).why(why).help("Leave it out on Linux."));
                continue;
            }
            _ => continue,
        };
        found.push(Diagnostic::warning(ID, it.span, message).help("Leave it out to start the daemon."));
    }
    for problem in context.document.problems.iter().filter(|it| context.is_of_flags(it)) {
        let Some(told) = told(context, problem) else { continue };
        let diagnostic = match problem.kind {
            ProblemKind::CutOff | ProblemKind::FlagAsValue => Diagnostic::warning(ID, problem.span, told.message),
            _ => Diagnostic::error(ID, Stage::Load, problem.span, told.message),
        };
        found.push(diagnostic.why(told.why).help(told.help).fix(Fix::safe(told.title, problem.mend.clone())));
    }
}

struct Told {
    message: String,
    why: &'static str,
    help: &'static str,
    title: &'static str,
}

fn told(context: &Context, problem: &Problem) -> Option<Told> {
    let written = context.written(problem.span);
    let tell = |message: String, why, help, title| Some(Told { message, why, help, title });
    match problem.kind {
        ProblemKind::MissingArgument => tell(
            say!("`{written}` needs a value"),
            "dockerd does not start: this flag needs a word after it.",
            "Write the value after `=`, or take the flag out.",
            "",
        ),
        ProblemKind::FlagAsValue => tell(
            say!("`{written}` is taken as the value of the flag before it"),
            "A flag that needs a value takes the next word, even one that begins with hyphens. This flag is then not set.",
            "Write the missing value, or take the flag before it out.",
            "",
        ),
        ProblemKind::Positional => tell(
            say!("`{written}` belongs to no flag"),
            "dockerd takes flags only, and does not start with any other word.",
            "Take it out, or put quotes around a value that holds blanks.",
            "",
        ),
        ProblemKind::SplitValue => tell(
            "A blank separates the flag from its value".to_owned(),
            "The shell makes two words of it. A flag that is on or off takes its value only after `=`, and with a blank next to `=` the value is empty; the other word keeps dockerd from starting.",
            "Write flag, `=` and value without blanks.",
            "Take the blank out",
        ),
        ProblemKind::OneHyphen => tell(
            say!("`{written}` needs two hyphens"),
            "After a single hyphen each letter is a flag of its own.",
            "Write two hyphens before a name.",
            "Write two hyphens",
        ),
        ProblemKind::LookAlike => tell(
            say!("`{written}` is not the hyphen of a flag"),
            "Word processors and web pages make a dash of two hyphens. dockerd does not recognise the word as a flag, and does not start.",
            "Write plain hyphens.",
            "Write hyphens",
        ),
        ProblemKind::BadField => tell(
            say!("`{written}` does not have the form that this flag needs"),
            "dockerd does not start: it cannot take the value apart.",
            "Write `base=10.201.0.0/16,size=24` for a pool, `name=soft:hard` for a limit, `name=value` for most others.",
            "",
        ),
        ProblemKind::SeveralValues if context.since(25, 0) && !context.since(29, 0) => None,
        ProblemKind::SeveralValues => tell(
            say!("`{written}` is more than one address"),
            "Only Engines 25.0 to 28.5 take addresses with commas between them. This one does not start.",
            "Give the flag once for each address.",
            "Give the flag for each address",
        ),
        ProblemKind::UnclosedString => tell(
            "A quote is opened and never closed".to_owned(),
            "The shell waits for the rest, and systemd passes over the line.",
            "Close it.",
            "Close the quote",
        ),
        ProblemKind::WrongQuotes => tell(
            "A shell does not see these as quotes".to_owned(),
            "Word processors and web pages make curved quotes of straight ones. They count as letters, so the value ends at the first blank.",
            "Write straight double quotes.",
            "Write straight quotes",
        ),
        ProblemKind::CutOff => tell(
            say!("The shell ends the command at `{written}`"),
            "Outside of quotes `&`, `;` and `|` end a command: dockerd does not see what follows.",
            "Put the whole value in single quotes.",
            "Quote the value",
        ),
        ProblemKind::OldProgram => tell(
            say!("`{written}` no longer starts a daemon"),
            "The daemon is a program of its own, and since 17.12 `docker` does not start it.",
            "Call `dockerd`.",
            "Call dockerd",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    #[test]
    fn flags_what_dockerd_reads_otherwise() {
        for (text, flagged) in [
            ("dockerd --debug --dns=1.1.1.1", &[][..]),
            ("dockerd --dns", &["error --dns"]),
            ("dockerd --dns --mtu=1450", &["warning --mtu=1450"]),
            ("dockerd --debug true", &["error  "]),
            ("dockerd --bip= 10.1.0.1/24", &["error  "]),
            ("dockerd -debug", &["error -debug"]),
            ("dockerd –debug", &["error –"]),
            ("dockerd --debug now", &["error now"]),
            ("dockerd --default-ulimit nofile", &["error nofile"]),
            ("docker daemon --debug", &["error docker daemon"]),
            ("dockerd --dns 8.8.8.8,1.1.1.1", &["error 8.8.8.8,1.1.1.1"]),
            ("DOCKER_OPTS=“--debug --init”", &["error “--debug --init”"]),
        ] {
            assert_flags("29", text, "flag-malformed", flagged);
        }
    }

    #[test]
    fn flags_that_start_no_daemon_are_told() {
        for (engine, text, flagged) in [
            ("29", "dockerd --validate --config-file a.json", &["warning --validate"][..]),
            ("29", "dockerd --validate=false --version=0", &[]),
            ("29", "dockerd -v --help", &["warning -v", "warning --help"]),
            ("20.10", "dockerd --validate", &["error --validate"]),
            (
                "29",
                "dockerd --register-service --service-name docker",
                &["warning --register-service", "warning --service-name"],
            ),
        ] {
            assert_flags(engine, text, "flag-malformed", flagged);
        }
    }

    #[test]
    fn some_engines_take_several_addresses_at_once() {
        for (engine, flagged) in [("24", 1), ("25", 0), ("28", 0), ("29", 1)] {
            let text = "dockerd --dns 8.8.8.8,1.1.1.1";
            assert_flags(engine, text, "flag-malformed", &["error 8.8.8.8,1.1.1.1"][..flagged]);
            assert_flags(engine, text, "address-malformed", &[]);
        }
    }

    #[test]
    fn mends_what_is_clear() {
        for (text, title, after) in [
            ("dockerd --debug true", "Take the blank out", "dockerd --debug=true"),
            ("dockerd -debug", "Write two hyphens", "dockerd --debug"),
            ("dockerd –debug", "Write hyphens", "dockerd --debug"),
            ("docker daemon --debug", "Call dockerd", "dockerd --debug"),
        ] {
            assert_first_fix(text, "flag-malformed", title, after);
        }
    }
}
