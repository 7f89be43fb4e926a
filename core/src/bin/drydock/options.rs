//! What can a command be told? A row each, and one reader for all commands.

use std::{ffi::OsString, fmt::Write};

use drydock::{
    Request, analyze,
    bench::{self, Listing},
    choices::{self, Choice, Input},
    containers::chosen::{BACKEND, DIRECTORY, OPTION, POOLS, PROFILES, PROJECT, SECRETS, VARIABLES},
    daemon::{
        network::{Forecast, Situation, Wish},
        print::{Order, TARGETS, Target},
    },
    images::{CACHE, NIX, SANDBOX},
    link::State,
    manifest::{IMAGE, PLATFORM},
    native::chosen::{FIREWALL, UPLINK},
};
use lexopt::prelude::*;

use crate::{
    Failure, benches,
    commands::{COMMANDS, Command},
};

/// How an answer is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Human,
    Json,
}

impl Format {
    /// The format of this name.
    pub fn read(value: &str) -> Result<Self, Failure> {
        match value {
            "human" => Ok(Self::Human),
            "json" => Ok(Self::Json),
            other => Err(unknown("--format", other, "human or json")),
        }
    }
}

/// What a command was told.
#[derive(Default)]
pub struct Arguments {
    /// The arguments without a dash.
    pub operands: Vec<String>,
    /// The options that were given, by their names.
    pub given: Vec<&'static str>,
    /// The choices, without a text.
    pub state: State,
    pub target: Option<&'static Target>,
    /// The target as it was named.
    pub to: String,
    /// The bench that the text is for, where it is not the daemon's.
    pub bench: Option<&'static Listing>,
    /// What was chosen for it.
    pub chosen: Vec<(&'static bench::Choice, String)>,
    pub order: Order,
    pub strict: bool,
    pub format: Format,
    pub clear_of: Vec<String>,
    pub taken: Vec<String>,
    pub reserve: Vec<String>,
    pub count: Option<usize>,
    pub networks: Option<u32>,
    pub hosts: Option<u32>,
    pub ipv6: bool,
    pub scenario: Option<String>,
    pub as_written: bool,
    pub readable: bool,
    pub base: String,
}

/// An option of the terminal.
pub struct Opt {
    /// Its name after two dashes, or after one where it is a single character.
    pub name: &'static str,
    /// Another name of it; empty where there is none.
    pub also: &'static str,
    /// What stands for its value; empty where it has none.
    value: &'static str,
    about: &'static str,
    /// What holds without it; empty where that says itself.
    usual: fn() -> String,
    repeats: bool,
    concern: Concern,
    take: Take,
}

/// What an option is about, and so which commands have no use for it.
#[derive(Clone, Copy)]
enum Concern {
    Reading,
    Printing,
    Around,
    Having,
    Foretelling,
    Proposing,
    Linking,
    Ending,
    Telling,
}

#[derive(Clone, Copy)]
enum Take {
    Choice(&'static Choice),
    Hold(fn(&mut Arguments)),
    Value(fn(&mut Arguments, String) -> Result<(), Failure>),
    Bench(&'static bench::Choice),
}

/// Every option, in the order of the help.
pub static OPTIONS: &[Opt] = &[
    Opt {
        name: "to",
        also: "target",
        value: "TARGET",
        about: "what the settings are printed for",
        take: Take::Value(|all, value| {
            if benches::has_target(&value) {
                all.to = value;
                return Ok(());
            }
            let target = target(&value)?;
            all.target = Some(target);
            all.state.target = target.id.to_owned();
            all.to = value;
            Ok(())
        }),
        ..Opt::new(Concern::Printing)
    },
    Opt {
        name: "sort",
        about: "print the settings by name",
        take: Take::Hold(|all| all.order = Order::ByName),
        ..Opt::new(Concern::Printing)
    },
    Opt {
        take: Take::Value(|all, value| match bench::of_dialect(&value) {
            Some(listing) => {
                all.bench = Some(listing);
                Ok(())
            }
            None => choices::AS.take(&mut all.state, &value).map_err(|why| Failure(format!("--as: {why}"))),
        }),
        ..Opt::of(&choices::AS, Concern::Reading)
    },
    Opt::of(&choices::ENGINE, Concern::Reading),
    Opt::of(&choices::CGROUP, Concern::Reading),
    Opt::of(&choices::ROOTLESS, Concern::Reading),
    Opt::of(&choices::SWARM, Concern::Reading),
    Opt::of(&choices::FLAG, Concern::Reading),
    Opt::of(&choices::NIXOS, Concern::Printing),
    Opt::of(&choices::STATE_VERSION, Concern::Printing),
    Opt::of_bench(&BACKEND, "docker|podman", Concern::Printing),
    Opt {
        about: "the name of the containers together, if it has none",
        ..Opt::of_bench(&PROJECT, "NAME", Concern::Printing)
    },
    Opt::of_bench(&DIRECTORY, "DIR", Concern::Printing),
    Opt::of_bench(&SECRETS, "inline|file|…", Concern::Printing),
    Opt::of_bench(&OPTION, "PATH", Concern::Printing),
    Opt { about: "the name of the image, if the text lacks it", ..Opt::of_bench(&IMAGE, "NAME", Concern::Printing) },
    Opt { about: "the platform of a list of manifests", ..Opt::of_bench(&PLATFORM, "OS/ARCH", Concern::Printing) },
    Opt {
        name: "nix",
        value: "HOW,…",
        about: "Nix in Dockerfiles: channels, sandbox, cache",
        take: Take::Value(|all, value| {
            for word in value.split(',') {
                let (choice, value) = match word {
                    "flakes" | "channels" => (&NIX, word),
                    "sandbox" => (&SANDBOX, "on"),
                    "cache" => (&CACHE, "mount"),
                    other => {
                        let why = format!("--nix: `{other}` is not known; use flakes, channels, sandbox or cache");
                        return Err(Failure(why));
                    }
                };
                all.chosen.push((choice, value.to_owned()));
            }
            Ok(())
        }),
        ..Opt::new(Concern::Printing)
    },
    Opt { about: "the host's firewall", ..Opt::of_bench(&FIREWALL, "TOOL", Concern::Printing) },
    Opt { about: "the interface that leads to the internet", ..Opt::of_bench(&UPLINK, "NAME", Concern::Printing) },
    Opt {
        about: "the profiles of Compose that are started; `*`: all",
        ..Opt::of_bench(&PROFILES, "NAME,…", Concern::Printing)
    },
    Opt {
        name: "env-file",
        value: "FILE",
        about: "a file with variables of the text",
        repeats: true,
        take: Take::Value(|all, value| {
            let text = benches::variables(&value)?;
            all.chosen.push((&VARIABLES, text));
            Ok(())
        }),
        ..Opt::new(Concern::Printing)
    },
    Opt {
        name: "clear-of",
        value: "CIDR|LIST|ID",
        about: "a network to keep clear of",
        repeats: true,
        take: Take::Value(|all, value| {
            all.clear_of.push(value);
            Ok(())
        }),
        ..Opt::new(Concern::Around)
    },
    Opt {
        name: POOLS.id,
        value: "FILE|POOL",
        about: "the address pools for containers",
        repeats: true,
        take: Take::Value(|all, value| {
            let lines = benches::lines(&value)?;
            all.chosen.push((&POOLS, lines));
            Ok(())
        }),
        ..Opt::new(Concern::Around)
    },
    Opt {
        name: "taken",
        value: "CIDR|LIST",
        about: "a network that Docker has already",
        repeats: true,
        take: Take::Value(|all, value| {
            all.taken.push(value);
            Ok(())
        }),
        ..Opt::new(Concern::Having)
    },
    Opt {
        name: "reserve",
        value: "CIDR|LIST",
        about: "a network the Engine finds on the host",
        repeats: true,
        take: Take::Value(|all, value| {
            all.reserve.push(value);
            Ok(())
        }),
        ..Opt::new(Concern::Foretelling)
    },
    Opt {
        name: "count",
        value: "N",
        about: "show N networks, and fail without room",
        usual: || Situation::default().count.to_string(),
        take: Take::Value(|all, value| {
            let count = number("--count", &value)? as usize;
            match count {
                Forecast::MOST.. => Err(Failure(format!("--count must be below {}", Forecast::MOST))),
                _ => {
                    all.count = Some(count);
                    Ok(())
                }
            }
        }),
        ..Opt::new(Concern::Foretelling)
    },
    Opt {
        name: "networks",
        value: "N",
        about: "how many networks to make room for",
        usual: || format!("as now, or {}", usual_wish().networks),
        take: Take::Value(|all, value| {
            all.networks = Some(number("--networks", &value)?);
            Ok(())
        }),
        ..Opt::new(Concern::Proposing)
    },
    Opt {
        name: "hosts",
        value: "N",
        about: "how many containers each needs room for",
        usual: || format!("as now, or {}", usual_wish().hosts),
        take: Take::Value(|all, value| {
            all.hosts = Some(number("--hosts", &value)?);
            Ok(())
        }),
        ..Opt::new(Concern::Proposing)
    },
    Opt {
        name: "6",
        about: "IPv6 networks; with propose: those as well",
        take: Take::Hold(|all| all.ipv6 = true),
        ..Opt::new(Concern::Foretelling)
    },
    Opt {
        name: "scenario",
        value: "FILE",
        about: "answer situations in JSON instead, one for each line",
        take: Take::Value(|all, value| {
            all.scenario = Some(value);
            Ok(())
        }),
        ..Opt::new(Concern::Foretelling)
    },
    Opt::of(&choices::VIEW, Concern::Linking),
    Opt {
        name: "as-written",
        about: "keep comments and layout in the link",
        take: Take::Hold(|all| all.as_written = true),
        ..Opt::new(Concern::Linking)
    },
    Opt {
        name: "readable",
        about: "readable by people, for bip and address pools alone",
        take: Take::Hold(|all| all.readable = true),
        ..Opt::new(Concern::Linking)
    },
    Opt {
        name: "base",
        value: "URL",
        about: "the page that opens the link",
        take: Take::Value(|all, value| {
            all.base = value;
            Ok(())
        }),
        ..Opt::new(Concern::Linking)
    },
    Opt {
        name: "strict",
        about: "warnings count as errors",
        take: Take::Hold(|all| all.strict = true),
        ..Opt::new(Concern::Ending)
    },
    Opt {
        name: "format",
        value: "human|json",
        about: "the format of the answer",
        usual: || "human".to_owned(),
        take: Take::Value(|all, value| {
            all.format = Format::read(&value)?;
            Ok(())
        }),
        ..Opt::new(Concern::Telling)
    },
];

impl Opt {
    const fn new(concern: Concern) -> Self {
        Self {
            name: "",
            also: "",
            value: "",
            about: "",
            usual: String::new,
            repeats: false,
            concern,
            take: Take::Hold(|_| {}),
        }
    }

    const fn of(choice: &'static Choice, concern: Concern) -> Self {
        Self {
            name: choice.id,
            value: match choice.input {
                Input::Switch | Input::Either(_) => "",
                Input::OneOf(value, _) | Input::Text(value) | Input::Many(value) => value,
            },
            about: choice.about,
            repeats: matches!(choice.input, Input::Many(_)),
            take: Take::Choice(choice),
            ..Self::new(concern)
        }
    }

    const fn of_bench(choice: &'static bench::Choice, value: &'static str, concern: Concern) -> Self {
        Self {
            name: choice.id,
            value,
            about: choice.about,
            usual: choice.usual,
            take: Take::Bench(choice),
            ..Self::new(concern)
        }
    }

    /// The option of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        OPTIONS.iter().find(|it| it.name == name || (!it.also.is_empty() && it.also == name))
    }

    /// As it is typed: `--engine`, `-6`.
    pub fn typed(&self) -> String {
        let dashes = if self.name.len() == 1 { "-" } else { "--" };
        format!("{dashes}{}", self.name)
    }

    /// The same with what stands for its value: `--engine VERSION`.
    pub fn usage(&self) -> String {
        match (self.take, self.value) {
            (Take::Choice(Choice { input: Input::Either(values), .. }), _) => {
                format!("{} {}", self.typed(), values.join("|"))
            }
            (_, "") => self.typed(),
            (_, value) => format!("{} {value}", self.typed()),
        }
    }

    /// Whether its value can be this.
    pub fn has_value(&self, value: &str) -> bool {
        self.value.split('|').any(|it| it == value)
    }

    /// What it does, and what holds without it.
    pub fn told(&self) -> String {
        let usual = match self.take {
            Take::Choice(Choice { input: Input::Switch, .. }) => String::new(),
            Take::Choice(choice) => choice.value(&State::default()),
            Take::Hold(_) | Take::Value(_) | Take::Bench(_) => (self.usual)(),
        };
        let mut told = self.about.to_owned();
        if self.repeats {
            told.push_str(" (repeatable)");
        }
        if !usual.is_empty() {
            let _ = write!(told, " [default: {usual}]");
        }
        told
    }

    /// Why a command does not take it, and which ones do.
    pub fn refused_by(&self, command: &Command) -> Failure {
        let name = command.name;
        let concern = match self.concern {
            Concern::Reading => format!("how settings are read, and {name} reads none"),
            Concern::Printing => format!("how settings are printed, and {name} leaves them as they are"),
            Concern::Around => format!("which networks are around, and {name} looks at none"),
            Concern::Having => format!("what Docker has already, and {name} gives out no subnets"),
            Concern::Foretelling => format!("which networks are foretold, and {name} foretells none"),
            Concern::Proposing => format!("what room is asked for, and {name} proposes nothing"),
            Concern::Linking => format!("what a link holds, and {name} makes none"),
            Concern::Ending => format!("whether warnings count, and {name} counts none"),
            Concern::Telling => format!("how an answer is told, and {name} has one way to tell it"),
        };
        let takers = COMMANDS.iter().filter(|it| it.takes(self));
        let takers: Vec<String> = takers.map(|it| format!("drydock {}", it.name)).collect();
        let takers = match takers.as_slice() {
            [one] => format!("{one} takes"),
            [first @ .., last] => format!("{} and {last} take", first.join(", ")),
            [] => "nothing takes".to_owned(),
        };
        Failure(format!("{name} does not take {}: it says {concern}; {takers} it", self.typed()))
    }

    fn take(&self, all: &mut Arguments, parser: &mut lexopt::Parser) -> Result<(), Failure> {
        all.given.push(self.name);
        match self.take {
            Take::Hold(hold) => {
                hold(all);
                Ok(())
            }
            Take::Value(take) => take(all, parser.value()?.string()?),
            Take::Bench(choice) => {
                let value = parser.value()?.string()?;
                if !choice.takes(&value) {
                    return Err(unknown(&self.typed(), &value, self.value));
                }
                all.chosen.push((choice, value));
                Ok(())
            }
            Take::Choice(choice) => {
                let value = match choice.input {
                    Input::Switch => "true".to_owned(),
                    _ => parser.value()?.string()?,
                };
                let taken = choice.take(&mut all.state, &value);
                taken.map_err(|why| Failure(format!("{}: {why}", self.typed())))
            }
        }
    }
}

impl Arguments {
    /// Reads what follows the name of a command.
    ///
    /// # Errors
    ///
    /// For the first argument that is not known, not for this command, or has no such value.
    pub fn read(command: &Command, arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Failure> {
        let mut all = Self::default();
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            let name = match &argument {
                Value(_) if all.operands.len() < command.operands => {
                    all.operands.push(argument_text(argument)?);
                    continue;
                }
                Value(_) => return Err(argument.unexpected().into()),
                Long(name) => (*name).to_owned(),
                Short(letter) => letter.to_string(),
            };
            let is_short = matches!(argument, Short(_));
            let Some(option) = Opt::find(&name).filter(|it| is_short == (it.name.len() == 1)) else {
                return Err(argument.unexpected().into());
            };
            if !command.takes(option) {
                return Err(option.refused_by(command));
            }
            option.take(&mut all, &mut parser)?;
        }
        Ok(all)
    }

    /// The file that is named.
    pub fn file(&self) -> Result<&str, Failure> {
        let file = self.operands.first().map(String::as_str);
        file.ok_or_else(|| Failure("which file? - reads standard input".to_owned()))
    }
}

fn argument_text(argument: lexopt::Arg) -> Result<String, Failure> {
    match argument {
        Value(value) => Ok(value.string()?),
        other => Err(other.unexpected().into()),
    }
}

/// Says that an option, or a command, cannot be followed by this.
pub fn unknown(option: &str, value: &str, choices: &str) -> Failure {
    Failure(format!("{option} is {choices}, not {value:?}"))
}

fn number(option: &str, value: &str) -> Result<u32, Failure> {
    value.parse().map_err(|_| unknown(option, value, "a whole number"))
}

/// The target of this id, or of a short word for it.
fn target(value: &str) -> Result<&'static Target, Failure> {
    let id = SHORT.iter().find(|it| it.0 == value).map_or(value, |it| it.1);
    let ids = TARGETS.iter().map(|it| it.id).chain(benches::targets());
    let choices: Vec<_> = SHORT.iter().map(|it| it.0).chain(ids).collect();
    Target::find(id).ok_or_else(|| unknown("--to", id, &choices.join(", ")))
}

/// Short words for targets.
pub const SHORT: [(&str, &str); 2] = [("nix", "nixos-module"), ("json", "daemon-json")];

fn usual_wish() -> Wish {
    Wish::of(&analyze(&Request::of("{}")))
}
