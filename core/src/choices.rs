//! What is chosen beside a text? One row for each choice: links, the terminal, the JavaScript package and the page follow.
//!
//! A new choice is a field of [`State`] (of [`Host`], when it is a fact of the machine) and a row here, listed in
//! [`CHOICES`]. Links, short and readable, have it then, and so has the page's menu when it is listed in [`MACHINE`]. A
//! command of the terminal takes it where `bin/drydock/commands.rs` says so.

use std::sync::Arc;

use crate::{
    Engine, Request,
    address::KnownNetwork,
    daemon::{
        dialect::{self, DIALECTS},
        network::{Avoid, pasted},
    },
    docker::{
        engine::MAJORS,
        host::{Cgroup, Host, RELEASES, Release},
    },
    document::Dialect,
    text::words,
};

/// A text and what is chosen beside it: what a link holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The text.
    pub text: String,
    /// What the text is written in; `None` for what it looks like.
    pub dialect: Option<&'static Dialect>,
    /// The Engine that will read it.
    pub engine: Engine,
    /// The machine it will run on.
    pub host: Host,
    /// The id of the [`Target`](crate::daemon::print::Target) to show; empty for the usual one.
    pub target: String,
    /// The networks to keep clear of, in any notation that [`pasted`] reads.
    pub avoid: String,
    /// The ids of known networks to keep clear of as well.
    pub known: Vec<String>,
    /// The name of the view to open; empty for the usual one.
    pub view: String,
}

impl State {
    /// What the text is written in.
    pub fn dialect(&self) -> &'static Dialect {
        self.dialect.unwrap_or_else(|| dialect::of(&self.text))
    }

    /// The text and the choices around it; ids that are not among the known networks are passed over.
    pub fn request(&self, known: &[KnownNetwork]) -> Request {
        let chosen = known.iter().filter(|it| self.known.contains(&it.id));
        Request {
            text: self.text.clone(),
            dialect: self.dialect(),
            engine: self.engine,
            host: self.host.clone(),
            avoid: Arc::new(Avoid::gather(&pasted::read(&self.avoid), chosen)),
        }
    }
}

/// Something that is chosen beside a text.
pub struct Choice {
    /// Its name in the terminal, `--state-version`; once released it stays.
    pub id: &'static str,
    /// Its name in readable links and embeds; once released it stays.
    pub part: &'static str,
    /// The mark of its field in short links; once released it stays.
    pub mark: u8,
    /// The label of its control on the page; empty where the page has more than one control for it.
    pub label: &'static str,
    /// What it says, for a list of options.
    pub about: &'static str,
    /// How it is given.
    pub input: Input,
    /// What a value must be, with an article; empty when any value will do, or when [`input`](Self::input) lists them.
    pub expected: &'static str,
    /// A value.
    pub example: &'static str,
    values: fn(&State) -> Vec<String>,
    take: fn(&mut State, &str) -> Result<(), String>,
}

/// How a choice is given.
#[derive(Clone, Copy)]
pub enum Input {
    /// Yes or no: `"true"`, `"false"`.
    Switch,
    /// One of two values. In a short link, its mark means the first.
    Either([&'static str; 2]),
    /// One value: what stands for it in a list of options, and what the page offers.
    OneOf(&'static str, fn() -> Vec<String>),
    /// Any one value.
    Text(&'static str),
    /// Any number of values.
    Many(&'static str),
}

impl Input {
    /// The value meant by a mark that has none.
    pub fn alone(self) -> Option<&'static str> {
        match self {
            Self::Switch => Some("true"),
            Self::Either([it, _]) => Some(it),
            Self::OneOf(..) | Self::Text(_) | Self::Many(_) => None,
        }
    }
}

impl Choice {
    /// What is chosen: one value, or as many as there are.
    ///
    /// ```
    /// use drydock::{choices, link::State};
    ///
    /// let mut state = State::default();
    /// choices::ENGINE.take(&mut state, "28.5").unwrap();
    /// assert_eq!(choices::ENGINE.values(&state), ["28.5.2"]);
    /// ```
    pub fn values(&self, state: &State) -> Vec<String> {
        (self.values)(state)
    }

    /// The same, only where it differs from another state.
    pub fn values_unlike(&self, usual: &State, state: &State) -> Vec<String> {
        let values = self.values(state);
        match values == self.values(usual) {
            true => Vec::new(),
            false => values,
        }
    }

    /// The one value that is chosen; empty when there is none.
    pub fn value(&self, state: &State) -> String {
        self.values(state).into_iter().next().unwrap_or_default()
    }

    /// Sets the value, or adds it where there may be many.
    ///
    /// # Errors
    ///
    /// A sentence that says why the value does not fit: `"19.03"` as Engine, `"25.10"` as NixOS release.
    pub fn take(&self, state: &mut State, value: &str) -> Result<(), String> {
        (self.take)(state, value)
    }

    /// What the page offers, and the index of the chosen one: for an Engine, that of its release line.
    pub fn offers(&self, state: &State) -> (Vec<String>, usize) {
        let offers = match self.input {
            Input::OneOf(_, offers) => offers(),
            Input::Either(values) => values.map(str::to_owned).to_vec(),
            Input::Switch | Input::Text(_) | Input::Many(_) => Vec::new(),
        };
        let value = self.value(state);
        let is_of =
            |it: &String| value.strip_prefix(it.as_str()).is_some_and(|it| it.is_empty() || it.starts_with('.'));
        let place = offers.iter().position(is_of);
        (offers, place.unwrap_or(0))
    }
}

/// The Engine that will read the text.
pub static ENGINE: Choice = Choice {
    id: "engine",
    part: "engine",
    mark: b'e',
    label: "Engine",
    about: "the Docker Engine, such as 28.5",
    input: Input::OneOf("VERSION", || MAJORS.iter().map(|it| Engine::name_of_line(*it)).collect()),
    expected: "an Engine that this Drydock knows",
    example: "28.5",
    values: |state| vec![state.engine.to_string()],
    take: |state, value| {
        state.engine = value.parse().map_err(|it: crate::docker::engine::UnknownEngine| it.to_string())?;
        Ok(())
    },
};

/// The NixOS release that reads a module, or that Nix is printed for.
pub static NIXOS: Choice = Choice {
    id: "nixos",
    part: "nixos",
    mark: b'n',
    label: "NixOS release",
    about: "the NixOS release that has the module",
    input: Input::OneOf("RELEASE", releases),
    expected: "a NixOS release",
    example: "25.11",
    values: |state| vec![state.host.nixos.release.to_string()],
    take: |state, value| {
        state.host.nixos.release = release(value)?;
        Ok(())
    },
};

/// The `system.stateVersion` of its configuration.
pub static STATE_VERSION: Choice = Choice {
    id: "state-version",
    part: "state",
    mark: b's',
    label: "system.stateVersion",
    about: "its system.stateVersion",
    input: Input::OneOf("RELEASE", releases),
    expected: "a NixOS release",
    example: "25.11",
    values: |state| vec![state.host.nixos.state_version.to_string()],
    take: |state, value| {
        state.host.nixos.state_version = release(value)?;
        Ok(())
    },
};

/// The control groups of the machine.
pub static CGROUP: Choice = Choice {
    id: "cgroup",
    part: "cgroup",
    mark: b'c',
    label: "Has cgroup v1 only",
    about: "the control groups of the host",
    input: Input::Either(["v1", "v2"]),
    expected: "",
    example: "",
    values: |state| {
        let name = match state.host.cgroup {
            Cgroup::V1 => "v1",
            Cgroup::V2 => "v2",
        };
        vec![name.to_owned()]
    },
    take: |state, value| {
        state.host.cgroup = match value {
            "v1" => Cgroup::V1,
            "v2" => Cgroup::V2,
            _ => return Err(["`", value, "` is not known. Use v1 or v2."].concat()),
        };
        Ok(())
    },
};

/// Whether the daemon is a member of a swarm.
pub static SWARM: Choice = Choice {
    id: "swarm",
    part: "swarm",
    mark: b'w',
    label: "Is in a swarm",
    about: "it is a member of a swarm",
    input: Input::Switch,
    expected: "",
    example: "",
    values: |state| vec![state.host.swarm.to_string()],
    take: |state, value| {
        state.host.swarm = value == "true";
        Ok(())
    },
};

/// Whether the daemon runs rootless.
pub static ROOTLESS: Choice = Choice {
    id: "rootless",
    part: "rootless",
    mark: b'r',
    label: "Runs rootless",
    about: "it runs rootless: it sees no network of the host",
    input: Input::Switch,
    expected: "",
    example: "",
    values: |state| vec![state.host.rootless.to_string()],
    take: |state, value| {
        state.host.rootless = value == "true";
        Ok(())
    },
};

/// The settings that are given to `dockerd` as flags.
pub static FLAG: Choice = Choice {
    id: "flag",
    part: "flag",
    mark: b'f',
    label: "",
    about: "a flag that dockerd is started with",
    input: Input::Many("NAME"),
    expected: "",
    example: "debug",
    values: |state| state.host.flags.iter().map(str::to_owned).collect(),
    take: |state, value| {
        state.host.flags.add(value);
        Ok(())
    },
};

/// The known networks to keep clear of.
pub static KNOWN: Choice = Choice {
    id: "known",
    part: "known",
    mark: b'k',
    label: "",
    about: "a known network to keep clear of, by its id",
    input: Input::Many("ID"),
    expected: "",
    example: "wifionice",
    values: |state| state.known.clone(),
    take: |state, value| {
        state.known.push(value.to_owned());
        Ok(())
    },
};

/// What the settings are printed for.
pub static TARGET: Choice = Choice {
    id: "target",
    part: "target",
    mark: b't',
    label: "",
    about: "what the settings are printed for",
    input: Input::Text("TARGET"),
    expected: "",
    example: "nix-flake",
    values: |state| text(&state.target),
    take: |state, value| {
        value.clone_into(&mut state.target);
        Ok(())
    },
};

/// Which view is shown first.
pub static VIEW: Choice = Choice {
    id: "view",
    part: "view",
    mark: b'v',
    label: "",
    about: "what is shown first, such as pools or form",
    input: Input::Text("NAME"),
    expected: "",
    example: "pools",
    values: |state| text(&state.view),
    take: |state, value| {
        value.clone_into(&mut state.view);
        Ok(())
    },
};

/// The networks to keep clear of.
pub static AVOID: Choice = Choice {
    id: "avoid",
    part: "check",
    mark: b'a',
    label: "",
    about: "networks to keep clear of, in any form people have them in",
    input: Input::Text("TEXT"),
    expected: "",
    example: "172.18.0.0/16",
    values: |state| text(&state.avoid),
    take: |state, value| {
        value.clone_into(&mut state.avoid);
        Ok(())
    },
};

/// What the text is written in.
pub static AS: Choice = Choice {
    id: "as",
    part: "as",
    mark: b'd',
    label: "Read as",
    about: "what the text is written in",
    input: Input::OneOf("DIALECT", || DIALECTS.iter().map(|it| it.id.to_owned()).collect()),
    expected: "a way to write settings down",
    example: "daemon-json",
    values: |state| state.dialect.map(|it| it.id.to_owned()).into_iter().collect(),
    take: |state, value| match dialect::find(value) {
        Some(it) => {
            state.dialect = Some(it);
            Ok(())
        }
        None => {
            let ids = words::listed(DIALECTS.iter().map(|it| it.id), "or");
            Err(["`", value, "` is not known. Use ", &ids, "."].concat())
        }
    },
};

/// Every choice, in the order of a short link's fields.
pub static CHOICES: &[&Choice] =
    &[&ENGINE, &NIXOS, &STATE_VERSION, &CGROUP, &SWARM, &ROOTLESS, &FLAG, &KNOWN, &TARGET, &VIEW, &AVOID, &AS];

/// The name of those about the machine.
pub const MACHINE_ABOUT: &str = "Facts about the machine that matter here and that the text does not tell.";

/// Those about the machine, as the page lists them.
pub static MACHINE: &[&Choice] = &[&STATE_VERSION, &ROOTLESS, &SWARM, &CGROUP];

impl Host {
    /// The host that words such as `swarm`, `rootless`, `cgroup=v1` or `flag=debug` describe, as in a readable link.
    /// Unknown words are ignored.
    ///
    /// ```
    /// use drydock::docker::host::{Cgroup, Host};
    ///
    /// let host = Host::of_words(["rootless", "cgroup=v1"]);
    /// assert!(host.rootless && host.cgroup == Cgroup::V1);
    /// ```
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut state = State::default();
        for word in words {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (word, None),
            };
            let choice = CHOICES.iter().find(|it| it.part == name);
            if let Some((choice, value)) = choice.and_then(|it| Some((it, value.or(it.input.alone())?))) {
                // What is not understood is passed over.
                let _ = choice.take(&mut state, value);
            }
        }
        state.host
    }
}

fn releases() -> Vec<String> {
    RELEASES.iter().map(Release::to_string).collect()
}

fn release(written: &str) -> Result<Release, String> {
    Release::read(written).ok_or_else(|| ["`", written, "` is not a NixOS release. Write one such as 25.11."].concat())
}

/// A text as a list of values: empty when the text is.
fn text(it: &str) -> Vec<String> {
    match it.is_empty() {
        true => Vec::new(),
        false => vec![it.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that can be chosen, other than the default.
    fn other(choice: &Choice) -> &'static str {
        choice.input.alone().unwrap_or(choice.example)
    }

    #[test]
    fn what_is_taken_is_told() {
        for choice in CHOICES {
            let usual = State::default();
            let mut state = State::default();
            assert!(choice.values_unlike(&usual, &state).is_empty(), "{}", choice.id);
            choice.take(&mut state, other(choice)).expect(choice.id);
            let [value] = &choice.values_unlike(&usual, &state)[..] else { panic!("{}", choice.id) };
            assert!(value.starts_with(other(choice)), "{}", choice.id);
            let others = CHOICES.iter().filter(|it| it.id != choice.id);
            assert!(others.clone().all(|it| it.values(&state) == it.values(&usual)), "{} alone", choice.id);
            assert!(others.clone().all(|it| (it.mark, it.part) != (choice.mark, choice.part)), "{}", choice.id);
            assert!(others.clone().all(|it| it.mark != choice.mark && it.part != choice.part), "{}", choice.id);
        }
    }

    #[test]
    fn what_is_offered_is_taken() {
        for choice in CHOICES {
            let mut state = State::default();
            let (offers, _) = choice.offers(&state);
            for (place, offer) in offers.iter().enumerate() {
                choice.take(&mut state, offer).expect(offer);
                assert_eq!(choice.offers(&state).1, place, "{} {offer}", choice.id);
            }
        }
    }

    #[test]
    fn every_machine_has_its_control() {
        for choice in MACHINE {
            assert!(!choice.label.is_empty(), "{}", choice.id);
        }
    }
}
