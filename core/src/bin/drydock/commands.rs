//! Which commands are there, and what can each be told?

use std::{env, process::ExitCode};

use drydock::{containers::chosen::BACKEND, manifest::Hash};

use crate::{
    Failure, VERSION, check, explain, guide, help, link, networks,
    options::{Arguments, Opt},
    print, propose, reference, say,
};

/// A command of the terminal.
pub struct Command {
    /// Its name, `link encode`.
    pub name: &'static str,
    /// What follows it.
    pub usage: &'static str,
    /// What it does.
    pub about: &'static str,
    /// How many arguments it takes that are no options.
    pub operands: usize,
    /// The options it takes, by their names: all that mean something to it.
    options: &'static [&'static [&'static str]],
    /// The guide whose choices it takes as well; empty for none.
    pub guide: &'static str,
    /// When it ends with 1; empty for never.
    pub fails: &'static str,
    pub run: fn(&Arguments) -> Result<ExitCode, Failure>,
}

/// What decides how a text is read.
const READING: &[&str] = &["as", "engine", "nixos", "state-version", "cgroup", "rootless", "swarm", "flag"];

/// When a guide ends with 1.
const WORKS_NOT: &str = "it does not work out as chosen";

/// Every command, in the order of the help.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "check",
        usage: "[OPTIONS] FILE",
        about: "say what is wrong with a daemon.json, flags, Nix or docker run",
        operands: 1,
        options: &[
            READING,
            &[
                "backend",
                "directory",
                "profiles",
                "image",
                "platform",
                "firewall",
                "uplink",
                "env-file",
                "clear-of",
                "pools",
                "strict",
                "format",
            ],
        ],
        guide: "",
        fails: "an error was found (with --strict: or a warning)",
        run: check::run,
    },
    Command {
        name: "print",
        usage: "[OPTIONS] --to TARGET FILE",
        about: "write it down as Nix, JSON, flags, Quadlet or Compose",
        operands: 1,
        options: &[
            &["to", "sort"],
            READING,
            &[
                "backend",
                "project",
                "directory",
                "secrets",
                "option",
                "profiles",
                "image",
                "platform",
                "firewall",
                "uplink",
                "nix",
                "env-file",
                "strict",
            ],
        ],
        guide: "",
        fails: "an error was found (with --strict: or a warning)",
        run: print::run,
    },
    Command {
        name: "networks",
        usage: "[OPTIONS] [FILE]",
        about: "say which subnets networks get",
        operands: 1,
        options: &[READING, &["clear-of", "taken", "reserve", "count", "6", "scenario", "strict", "format"]],
        guide: "",
        fails: "no room for --count, an error, or (with --strict) a warning",
        run: networks::run,
    },
    Command {
        name: "propose",
        usage: "[OPTIONS] [FILE]",
        about: "say which pools keep clear of networks",
        operands: 1,
        options: &[READING, &["clear-of", "taken", "networks", "hosts", "6", "format"]],
        guide: "",
        fails: "no pools keep clear",
        run: propose::run,
    },
    Command {
        name: "explain",
        usage: "[FILE]",
        about: "say what the daemon means by its log",
        operands: 1,
        options: &[],
        guide: "",
        fails: "no line was recognised",
        run: explain::run,
    },
    Command {
        name: "guide storage",
        usage: "[OPTIONS]",
        about: "say what an upgrade does to images, and how to move",
        operands: 0,
        options: &[&["format"]],
        guide: "storage",
        fails: WORKS_NOT,
        run: guide::list,
    },
    Command {
        name: "guide access",
        usage: "[OPTIONS]",
        about: "say who may use Docker, and how",
        operands: 0,
        options: &[&["format"]],
        guide: "access",
        fails: WORKS_NOT,
        run: guide::list,
    },
    Command {
        name: "guide",
        usage: "",
        about: "list the guides",
        operands: 1,
        options: &[],
        guide: "",
        fails: "",
        run: guide::list,
    },
    Command {
        name: "link encode",
        usage: "[OPTIONS] FILE",
        about: "write a link to this configuration",
        operands: 1,
        options: &[
            &["to"],
            READING,
            &[
                "backend",
                "project",
                "directory",
                "profiles",
                "image",
                "platform",
                "firewall",
                "uplink",
                "nix",
                "env-file",
                "view",
                "clear-of",
                "as-written",
                "readable",
                "base",
            ],
        ],
        guide: "",
        fails: "",
        run: link::encode,
    },
    Command {
        name: "link decode",
        usage: "[OPTIONS] LINK",
        about: "write the configuration of a link",
        operands: 1,
        options: &[&["format"]],
        guide: "",
        fails: "the link is damaged",
        run: link::decode,
    },
    Command {
        name: "hash",
        usage: "HASH",
        about: "write a hash or digest in every form",
        operands: 1,
        options: &[],
        guide: "",
        fails: "it is none",
        run: hash,
    },
    Command {
        name: "reference",
        usage: "",
        about: "write all long texts as JSON",
        operands: 0,
        options: &[],
        guide: "",
        fails: "",
        run: |_| reference(),
    },
    Command {
        name: "help",
        usage: "[COMMAND]",
        about: "show this help, or that of a command",
        operands: 2,
        options: &[],
        guide: "",
        fails: "",
        run: help::run,
    },
    Command {
        name: "version",
        usage: "",
        about: "show the version",
        operands: 0,
        options: &[],
        guide: "",
        fails: "",
        run: |_| say(VERSION),
    },
];

impl Command {
    /// Whether an option means something to it.
    pub fn takes(&self, option: &Opt) -> bool {
        self.options.iter().any(|it| it.contains(&option.name))
    }

    /// Whether it reads what asks for containers, too.
    fn takes_containers(&self) -> bool {
        self.options.iter().any(|it| it.contains(&BACKEND.id))
    }

    /// The command that words begin with.
    pub fn of(words: &[String]) -> Option<&'static Self> {
        COMMANDS.iter().find(|it| it.name.split(' ').eq(words.iter().take(it.words())))
    }

    /// How many words its name has.
    pub fn words(&self) -> usize {
        self.name.split(' ').count()
    }
}

/// Runs what the program was called with.
pub fn run() -> Result<ExitCode, Failure> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let words: Vec<String> = arguments.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let command = Command::of(&words);
    let mut options = words.iter().take_while(|it| *it != "--");
    // Behind a command is where most people ask for it.
    if options.any(|it| it == "--help" || it == "-h") {
        return say(&command.map_or_else(help::all, help::about));
    }
    if let Some(command) = command {
        let rest = arguments.into_iter().skip(command.words());
        if let Some(guide) = guide::find(command.guide) {
            return guide::run(command, guide, rest);
        }
        let arguments = Arguments::read(command, rest)?;
        if let Some(bench) = arguments.bench.filter(|_| !command.takes_containers()) {
            return Err(Failure(format!("{} reads the daemon's settings, not {}", command.name, bench.title)));
        }
        return (command.run)(&arguments);
    }
    match words.first().map(String::as_str) {
        None => Err(Failure("which command? See drydock --help".to_owned())),
        Some("--version" | "-V") => say(VERSION),
        Some(_) => Err(not_a_command(&words)),
    }
}

/// Writes a hash in every form.
fn hash(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let given = arguments.operands.first().ok_or_else(|| Failure("which hash?".to_owned()))?;
    // As it stands in a table or behind the name of an image.
    let given = given.rsplit('@').next().unwrap_or_default().trim_matches(['"', '\'', ',', ';', ' ']);
    match Hash::read(given) {
        Ok(hash) => say(&hash.forms().map(|(name, form)| format!("{name:<13}{form}\n")).concat()),
        Err(error) => {
            eprintln!("drydock: {error}");
            Ok(ExitCode::from(1))
        }
    }
}

/// Says that words name no command.
pub fn not_a_command(words: &[String]) -> Failure {
    let (first, second) = (words.first().map_or("", String::as_str), words.get(1));
    let inner = COMMANDS.iter().filter_map(|it| it.name.strip_prefix(first)?.strip_prefix(' '));
    let inner: Vec<&str> = inner.collect();
    Failure(match (inner.as_slice(), second) {
        ([], _) if first.starts_with('-') => format!("no command takes {first} in its place; see drydock --help"),
        ([], _) => format!("{first:?} is not a command; see drydock --help"),
        (_, Some(second)) => format!("{first} is {}, not {second:?}", inner.join(" or ")),
        (_, None) => {
            let whole: Vec<String> = inner.iter().map(|it| format!("{first} {it}")).collect();
            format!("{}? See drydock --help", whole.join(" or "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::OPTIONS;

    #[test]
    fn every_option_is_of_a_command_and_every_name_an_option() {
        for command in COMMANDS {
            for name in command.options.iter().flat_map(|it| *it) {
                assert!(Opt::find(name).is_some(), "{} {name}", command.name);
            }
        }
        for option in OPTIONS {
            assert!(COMMANDS.iter().any(|it| it.takes(option)), "{}", option.name);
        }
    }
}
