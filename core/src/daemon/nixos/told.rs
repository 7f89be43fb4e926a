//! What is said of what nixos-rebuild refuses?

use super::flaw::{Assertion, Flaw, FlawKind};
use crate::{
    notation::nix::value::{Failure, FailureKind},
    text::words,
};

impl Flaw {
    /// The option, as a message names it: with dots, and quotes around names that need them.
    pub fn option(&self) -> String {
        let name =
            |it: &String| match it.is_empty() || it.contains(|it: char| !it.is_alphanumeric() && !"-_'".contains(it)) {
                true => ["\"", it, "\""].concat(),
                false => it.clone(),
            };
        self.path.iter().map(name).collect::<Vec<_>>().join(".")
    }

    /// What is wrong.
    pub fn message(&self) -> String {
        let option = ["`", &self.option(), "`"].concat();
        match &self.kind {
            FlawKind::Conflict { value, other, is_modules: true } => {
                [&option, " is ", value, ", and NixOS itself sets it to ", other].concat()
            }
            FlawKind::Conflict { value, other, is_modules: false } => {
                [&option, " is ", value, " here and ", other, " elsewhere"].concat()
            }
            FlawKind::NullAndValue => [&option, " is null in one place and not in another"].concat(),
            FlawKind::WrongType { expected, found } => [&option, " must be ", expected, ", not ", found].concat(),
            FlawKind::NotPermitted { value, .. } => [&option, " cannot be `", value, "`"].concat(),
            FlawKind::Wrapped => {
                [&option, " is in two wrappers of the module system, of which it opens the outer one only"].concat()
            }
            FlawKind::Twice => [&option, " is defined twice"].concat(),
            FlawKind::NoOption { since, .. } if !since.is_empty() => {
                ["NixOS has no option ", &option, " before ", since].concat()
            }
            FlawKind::NoOption { .. } => ["NixOS has no option ", &option].concat(),
            FlawKind::Removed { .. } => ["The option ", &option, " is gone"].concat(),
            FlawKind::Fails(it) => it.message(),
            FlawKind::Assertion(it) => it.message().to_owned(),
        }
    }

    /// Why it matters.
    pub fn why(&self) -> &'static str {
        match self.kind {
            FlawKind::Conflict { .. } | FlawKind::NullAndValue => {
                "Two definitions of the same priority must have the same value; nixos-rebuild stops here."
            }
            FlawKind::WrongType { .. } | FlawKind::NotPermitted { .. } => {
                "The option is declared with a type, and nixos-rebuild stops at a value of another."
            }
            FlawKind::Wrapped => {
                "What is left of the inner wrapper is taken for a value, and is none that Docker knows."
            }
            FlawKind::Twice => "A package is taken from one definition only, even where two are the same.",
            FlawKind::NoOption { .. } => "nixos-rebuild stops at a name that no module declares, whatever its value.",
            FlawKind::Removed { .. } => "nixos-rebuild stops where it is set, whatever its value.",
            FlawKind::Fails(_) => "Nix stops at it where it is asked for the value, and nixos-rebuild with it.",
            FlawKind::Assertion(_) => "A module of NixOS asserts that it is otherwise, and nixos-rebuild stops.",
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match &self.kind {
            FlawKind::Conflict { is_modules: true, .. } => {
                "Leave it out, or write `lib.mkForce` before the value to have yours.".to_owned()
            }
            FlawKind::Conflict { .. } | FlawKind::NullAndValue => {
                "Keep one of them, or write `lib.mkForce` before the one that should count.".to_owned()
            }
            FlawKind::WrongType { expected, .. } => ["Write ", expected, "."].concat(),
            FlawKind::NotPermitted { value, choices } => match self.setting_of(value) {
                Some(key) => [
                    "It takes ",
                    &words::listed(choices.iter().copied(), "or"),
                    ". For another, set `daemon.settings.",
                    key,
                    "`.",
                ]
                .concat(),
                None => ["It takes ", &words::listed(choices.iter().copied(), "or"), "."].concat(),
            },
            FlawKind::Wrapped => {
                "Change their order: `lib.mkIf … (lib.mkForce …)`, with one wrapper of each kind.".to_owned()
            }
            FlawKind::Twice => "Keep one of them.".to_owned(),
            FlawKind::NoOption { since, .. } if !since.is_empty() => ["Leave it out until NixOS ", since, "."].concat(),
            FlawKind::NoOption { nearest: Some(nearest), .. } => {
                ["Did you mean `virtualisation.docker.", nearest, "`?"].concat()
            }
            FlawKind::NoOption { nearest: None, .. } => {
                "Settings of the daemon go into `virtualisation.docker.daemon.settings`.".to_owned()
            }
            FlawKind::Removed { .. } => "Remove it: systemd always listens for the daemon.".to_owned(),
            FlawKind::Fails(it) => it.help(),
            FlawKind::Assertion(it) => it.help().to_owned(),
        }
    }

    /// The setting that takes the place of an option whose values are too few.
    fn setting_of(&self, value: &str) -> Option<&'static str> {
        let is_name = !value.is_empty() && value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_./:".contains(&it));
        match self.path.last().map(String::as_str) {
            _ if !is_name => None,
            Some("logDriver") => Some("log-driver"),
            Some("storageDriver") => Some("storage-driver"),
            _ => None,
        }
    }
}

impl Failure {
    /// What is wrong, in a sentence without a full stop.
    pub(crate) fn message(&self) -> String {
        const LONGEST: usize = 200;
        let of = |before: &str, name: &str, after: &str| [before, "`", name, "`", after].concat();
        match &self.kind {
            FailureKind::Thrown(message) if message.is_empty() || message.len() > LONGEST => {
                "This stops the evaluation".to_owned()
            }
            FailureKind::Thrown(message) => ["This stops the evaluation: ", message].concat(),
            FailureKind::Assertion => "What is asserted here is false".to_owned(),
            FailureKind::DividedByZero => "A number is divided by zero here".to_owned(),
            FailureKind::NoMember(name) => of("The set has no ", name, ""),
            FailureKind::NoElement => "The list has no such element".to_owned(),
            FailureKind::Undefined(name) => of("Nothing gives the name ", name, " a value"),
            FailureKind::MissingArgument(name) => of("The function is called without its argument ", name, ""),
            FailureKind::OtherArgument(name) => of("The function has no argument ", name, ""),
            FailureKind::NotJson => "This text is no JSON".to_owned(),
            FailureKind::ClosedModule => "This module takes no other arguments than those it names".to_owned(),
            FailureKind::BesideConfig { name, whole } => {
                ["`", name, "` cannot be beside `", whole, "` in a module"].concat()
            }
            FailureKind::WrongKind { wanted, found } => ["This must be ", wanted, ", and is ", found].concat(),
        }
    }

    /// What to do, in sentences.
    pub(crate) fn help(&self) -> String {
        match &self.kind {
            FailureKind::Thrown(_) => "Change what leads here.",
            FailureKind::Assertion => "Change what is asserted, or remove it.",
            FailureKind::DividedByZero => "Divide by another number.",
            FailureKind::NoMember(_) => "Mend the name, or write `or` and a value for where it is missing.",
            FailureKind::NoElement => "Check the list: the first element has the number 0.",
            FailureKind::Undefined(_) => "Mend the name, or write double quotes around it if it is a string.",
            FailureKind::MissingArgument(_) => "Give it, or give it a default in the function: `name ? null`.",
            FailureKind::OtherArgument(_) => "Remove it, or let the function take others: `{ name, ... }:`.",
            FailureKind::NotJson => "Mend the text.",
            FailureKind::ClosedModule => {
                "NixOS gives each module `config`, `lib`, `options` and more: write `, ...` before the brace."
            }
            FailureKind::BesideConfig { name, whole } if whole == "config" => {
                return ["Move `", name, "` into `config`."].concat();
            }
            FailureKind::BesideConfig { .. } => "Put all settings into `config = { … };`.",
            FailureKind::WrongKind { wanted: "a string", .. } => {
                "Write it in double quotes, or make it a string with `toString`."
            }
            FailureKind::WrongKind { wanted: "a function", .. } => {
                "Elements of a list and arguments that are more than one word need parentheses."
            }
            FailureKind::WrongKind { wanted, .. } => return ["Write ", wanted, " here."].concat(),
        }
        .to_owned()
    }
}

impl Assertion {
    fn message(self) -> &'static str {
        match self {
            Self::VolumesNotPruned => "`autoPrune.allVolumes.enable` needs `autoPrune.enable`",
            Self::PodmanIsDocker => "`virtualisation.podman.dockerCompat` cannot be beside Docker",
            Self::PodmanHasSocket => "`virtualisation.podman.dockerSocket` cannot be beside Docker",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::VolumesNotPruned => "Set `virtualisation.docker.autoPrune.enable = true`, or leave the volumes out.",
            Self::PodmanIsDocker | Self::PodmanHasSocket => {
                "Choose one of them: only one can be the command `docker` and listen at /run/docker.sock."
            }
        }
    }
}
