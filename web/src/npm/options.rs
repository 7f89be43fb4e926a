//! What may be given with a text, and how is it read?

use std::sync::{Arc, OnceLock};

use drydock::{
    MAX_TEXT, Request,
    host::{self, Host, Nixos, Release},
    link,
    network::{Avoid, Family, Forecast, KnownNetwork, Situation, known, pasted},
    print::{self, TARGETS},
};
use js_sys::{JsString, Reflect, Uint8Array};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::errors::{Thrown, range_error, type_error};

/// No text with networks is longer, in UTF-16 units: a million lines.
const MAX_AVOID: usize = 1 << 24;

/// The list that the page fetches when it is idle.
const KNOWN: &str = include_str!("../../../core/data/known-networks.json");

/// Declares options under the names that JavaScript has for them, each with an example for the message of an error
/// where its kind alone does not say enough.
macro_rules! options {
    (
        $(#[$doc:meta])*
        $name:ident $(and $base:ident)? {
            $($(#[$member_doc:meta])* $js:literal $member:ident: $kind:ty = $example:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default, Tsify)]
        pub struct $name {
            $(
                /// What they add to.
                #[serde(flatten)]
                pub choices: $base,
            )?
            $(
                $(#[$member_doc])*
                #[serde(rename = $js)]
                #[tsify(optional)]
                pub $member: Option<$kind>,
            )*
        }

        impl Options for $name {
            fn take(bag: &mut Bag) -> Thrown<Self> {
                Ok(Self {
                    $(choices: $base::take(bag)?,)?
                    $($member: bag.take($js, $example)?,)*
                })
            }
        }
    };
}

options! {
    /// The choices around a text. What is left out is as on a usual machine with the latest Docker.
    Choices {
        /// The Docker Engine that will read it, such as `"29"`, `"28.5"` or `"20.10.24"`. Usually the latest.
        "engine" engine: String = "\"28.5\"",
        /// The control groups of the host. Usually `"v2"`.
        "cgroup" cgroup: Cgroup = "",
        /// Whether the daemon is a member of a swarm.
        "swarm" swarm: bool = "",
        /// Whether the daemon runs rootless.
        "rootless" rootless: bool = "",
        /// Settings that are given to `dockerd` as flags too, by their long names.
        "flags" flags: Vec<String> = "[\"debug\"]",
        /// The NixOS release that Nix is printed for, such as `"25.11"`. Usually the latest.
        "nixos" nixos: String = "\"25.11\"",
        /// Its `system.stateVersion`. Usually that of the latest release.
        "stateVersion" state_version: String = "\"25.11\"",
        /// The networks to keep clear of: subnets, or what `ip route`, `docker network inspect` and the like print.
        "avoid" avoid: String = "\"172.18.0.0/16 the train\"",
        /// Known networks to keep clear of, by their ids in `knownNetworks()`.
        "known" known: Vec<String> = "[\"wifionice\"]",
    }
}

options! {
    /// What `print` can be told.
    PrintOptions and Choices {
        /// Whether settings are printed by name, and not as they stand in the text.
        "sort" sort: bool = "",
    }
}

options! {
    /// What `plan` can be told.
    PlanOptions and Choices {
        /// How many networks are foretold, less than 131072. Usually 8.
        "count" count: u32 = "30",
        /// Whether IPv6 networks are foretold.
        "ipv6" ipv6: bool = "",
    }
}

options! {
    /// What `propose` can be told.
    ProposeOptions and Choices {
        /// For how many networks there shall be room. Usually as many as the text has room for, at most 30.
        "networks" networks: u32 = "30",
        /// For how many containers there shall be room in each. Usually as many as now.
        "containers" containers: u32 = "250",
        /// Whether there shall be as many IPv6 networks.
        "ipv6" ipv6: bool = "",
    }
}

options! {
    /// What a page shows of a text.
    LinkChoices and Choices {
        /// The id of the target to show, one of `targets()`; empty for the usual one.
        "target" target: String = "\"nix-flake\"",
        /// The name of the view to open; empty for the usual one.
        "view" view: String = "\"pools\"",
    }
}

options! {
    /// Which link is made.
    LinkOptions {
        /// Whether comments, layout and mistakes of syntax are kept, which makes it longer.
        "asWritten" as_written: bool = "",
        /// Whether people shall be able to read it. That can be told of `bip` and address pools only.
        "readable" readable: bool = "",
    }
}

/// What goes into a link.
#[derive(Tsify)]
pub struct LinkState {
    /// The text of a `daemon.json`.
    text: String,
    #[serde(flatten)]
    choices: LinkChoices,
}

/// The control groups of a host.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Cgroup {
    V1,
    V2,
}

impl Choices {
    /// The text with these choices.
    pub fn request(&self, text: &JsValue) -> Thrown<Request> {
        Ok(Request {
            text: start_of("text", text, MAX_TEXT)?,
            engine: self.engine()?,
            host: self.host()?,
            avoid: Arc::new(self.avoid()?),
            ..Request::default()
        })
    }

    fn engine(&self) -> Thrown<drydock::Engine> {
        let Some(engine) = &self.engine else {
            return Ok(drydock::Engine::LATEST);
        };
        let unknown = |it: drydock::engine::UnknownEngine| it.to_string();
        let found = cut(engine).parse().map_err(unknown);
        found.map_err(|it| range_error(&["engine: ", &it].concat()))
    }

    fn host(&self) -> Thrown<Host> {
        let usual = Nixos::default();
        Ok(Host {
            cgroup: match self.cgroup {
                Some(Cgroup::V1) => host::Cgroup::V1,
                Some(Cgroup::V2) | None => host::Cgroup::V2,
            },
            swarm: self.swarm.unwrap_or_default(),
            rootless: self.rootless.unwrap_or_default(),
            nixos: Nixos {
                release: release("nixos", self.nixos.as_deref(), usual.release)?,
                state_version: release("stateVersion", self.state_version.as_deref(), usual.state_version)?,
            },
            flags: self.flags.iter().flatten().collect(),
        })
    }

    fn avoid(&self) -> Thrown<Avoid> {
        let mut chosen = Vec::new();
        for id in self.known.iter().flatten() {
            let found = known_networks().iter().find(|it| it.id == *id);
            chosen.push(found.ok_or_else(|| {
                range_error(
                    &[
                        "known: `",
                        &cut(id),
                        "` is no known network. `knownNetworks()` has their ids; write others into `avoid`.",
                    ]
                    .concat(),
                )
            })?);
        }
        let pasted = pasted::read(self.avoid.as_deref().unwrap_or_default());
        Ok(Avoid::gather(&pasted, chosen))
    }
}

impl PlanOptions {
    pub fn family(&self) -> Family {
        match self.ipv6 {
            Some(true) => Family::Ipv6,
            _ => Family::Ipv4,
        }
    }

    pub fn count(&self) -> Thrown<usize> {
        match self.count {
            None => Ok(Situation::default().count),
            Some(count) if (count as usize) < Forecast::MOST => Ok(count as usize),
            Some(_) => Err(range_error("count must be below 131072")),
        }
    }
}

impl Options for LinkState {
    fn take(bag: &mut Bag) -> Thrown<Self> {
        let text = bag.value("text")?;
        Ok(Self { text: start_of("state.text", &text, link::MAX_BYTES)?, choices: LinkChoices::take(bag)? })
    }
}

impl LinkState {
    pub fn state(self) -> Thrown<link::State> {
        let LinkChoices { choices, target: shown, view } = self.choices;
        let shown = shown.unwrap_or_default();
        if !shown.is_empty() {
            target("target", &shown)?;
        }
        Ok(link::State {
            text: self.text,
            engine: choices.engine()?,
            host: choices.host()?,
            target: shown,
            avoid: choices.avoid.unwrap_or_default(),
            known: choices.known.unwrap_or_default(),
            view: view.unwrap_or_default(),
            ..link::State::default()
        })
    }
}

/// The known networks, read once.
pub fn known_networks() -> &'static [KnownNetwork] {
    static NETWORKS: OnceLock<Vec<KnownNetwork>> = OnceLock::new();
    NETWORKS.get_or_init(|| known::read(KNOWN))
}

/// The target of this id.
pub fn target(what: &str, id: &str) -> Thrown<&'static print::Target> {
    print::Target::find(id).ok_or_else(|| {
        let ids: Vec<&str> = TARGETS.iter().map(|it| it.id).collect();
        range_error(&[what, ": `", &cut(id), "` is no target. Use one of ", &ids.join(", "), "."].concat())
    })
}

/// `25.11`; what is left out is the usual one.
fn release(what: &str, written: Option<&str>, usual: Release) -> Thrown<Release> {
    let Some(written) = written else {
        return Ok(usual);
    };
    Release::read(written).ok_or_else(|| {
        range_error(&[what, ": `", &cut(written), "` is no NixOS release. Write one such as 25.11."].concat())
    })
}

/// What is said of a value in a message: as much as fits.
fn cut(value: &str) -> String {
    value.chars().take(40).collect()
}

/// Returns a string that must be there.
pub fn string(what: &str, value: &JsValue) -> Thrown<String> {
    start_of(what, value, MAX_AVOID)
}

/// Returns a string that must be there, or a start of it that is longer than `most` bytes: what is too long is refused
/// where texts are read, and copying all of it first could take more memory than there is.
pub fn start_of(what: &str, value: &JsValue, most: usize) -> Thrown<String> {
    let Some(string) = value.dyn_ref::<JsString>() else {
        return Err(type_error(&[what, " must be a string, not ", &described(value)].concat()));
    };
    let most = u32::try_from(most).unwrap_or(u32::MAX).saturating_add(1);
    Ok(match string.length() > most {
        true => string.slice(0, most).into(),
        false => string.into(),
    })
}

/// What can be read from an object.
pub trait Options: Sized {
    /// Takes the members that concern it.
    fn take(bag: &mut Bag) -> Thrown<Self>;
}

/// Reads options from an object; `what` is how an error calls it.
pub fn read<T: Options>(what: &'static str, given: &JsValue) -> Thrown<T> {
    let mut bag = Bag::of(what, given)?;
    let read = T::take(&mut bag)?;
    bag.finish()?;
    Ok(read)
}

/// The members of an object.
pub struct Bag<'a> {
    /// How an error calls the object.
    what: &'static str,
    /// `None` when nothing is given.
    given: Option<&'a JsValue>,
    asked: Vec<&'static str>,
}

impl<'a> Bag<'a> {
    fn of(what: &'static str, given: &'a JsValue) -> Thrown<Self> {
        let is_nothing = given.is_undefined() || given.is_null();
        if !is_nothing && (!given.is_object() || is_array(given)?) {
            return Err(type_error(&[what, " must be an object, not ", &described(given)].concat()));
        }
        Ok(Self { what, given: (!is_nothing).then_some(given), asked: Vec::new() })
    }

    /// A member, or `undefined`.
    fn value(&mut self, name: &'static str) -> Thrown<JsValue> {
        self.asked.push(name);
        match self.given {
            Some(given) => Reflect::get(given, &name.into()),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    fn take<T: Given>(&mut self, name: &'static str, example: &str) -> Thrown<Option<T>> {
        let value = self.value(name)?;
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        let must_be = match T::read(name, &value)? {
            Ok(read) => return Ok(Some(read)),
            Err(must_be) => must_be,
        };
        let such_as = if example.is_empty() { "" } else { " such as " };
        let expected = [self.what, ".", name, " must be ", must_be, such_as, example];
        Err(type_error(&[&expected.concat(), ", not ", &described(&value)].concat()))
    }

    /// Complains of a member that nobody asked for, unless it is one that every link has.
    fn finish(self) -> Thrown<()> {
        let Some(given) = self.given else {
            return Ok(());
        };
        for name in Reflect::own_keys(given)? {
            let Some(name) = name.as_string() else {
                continue;
            };
            if !self.asked.contains(&name.as_str()) && !["text", "target", "view"].contains(&name.as_str()) {
                let message = [self.what, ".", &cut(&name), " is not known. Use one of ", &self.asked.join(", "), "."];
                return Err(type_error(&message.concat()));
            }
        }
        Ok(())
    }
}

#[wasm_bindgen]
extern "C" {
    /// A proxy that was revoked throws.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Thrown<bool>;
}

/// What a value is, in words.
fn described(value: &JsValue) -> String {
    if value.is_null() {
        return "null".to_owned();
    }
    if value.is_instance_of::<Uint8Array>() {
        return "bytes; decode them as UTF-8 first".to_owned();
    }
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match kind.as_str() {
        "undefined" => kind,
        "object" if is_array(value) == Ok(true) => "an array".to_owned(),
        "object" => "an object".to_owned(),
        _ => ["a ", &kind].concat(),
    }
}

/// What an option can be.
trait Given: Sized {
    /// Reads it, or says what it must be; throws when it is of the right kind and cannot be all the same.
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>>;
}

impl Given for String {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        match value.dyn_ref::<JsString>() {
            Some(it) if it.length() as usize > MAX_AVOID => {
                Err(range_error(&[name, " is longer than 16777216 characters. Leave out what repeats."].concat()))
            }
            Some(it) => Ok(Ok(it.into())),
            None => Ok(Err("a string")),
        }
    }
}

impl Given for Vec<String> {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        if !is_array(value)? {
            return Ok(Err("an array of strings"));
        }
        let length = Reflect::get(value, &"length".into())?.as_f64().unwrap_or_default();
        let mut strings = Vec::new();
        for index in 0..length as u32 {
            let element = Reflect::get_u32(value, index)?;
            strings.push(String::read(name, &element)?.map_err(|must_be| {
                let place = [name, "[", &index.to_string(), "] must be ", must_be].concat();
                type_error(&[&place, ", not ", &described(&element)].concat())
            })?);
        }
        Ok(Ok(strings))
    }
}

impl Given for bool {
    fn read(_: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        Ok(value.as_bool().ok_or("true or false"))
    }
}

impl Given for u32 {
    fn read(_: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        let number = value.as_f64();
        let whole = number.filter(|it| (0.0..=f64::from(Self::MAX)).contains(it) && it.fract() == 0.0);
        Ok(whole.map(|it| it as Self).ok_or("a whole number"))
    }
}

impl Given for Cgroup {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        match value.as_string().as_deref() {
            Some("v1") => Ok(Ok(Self::V1)),
            Some("v2") => Ok(Ok(Self::V2)),
            Some(other) => Err(range_error(&[name, ": `", &cut(other), "` is not known. Use v1 or v2."].concat())),
            None => Ok(Err("\"v1\" or \"v2\"")),
        }
    }
}
