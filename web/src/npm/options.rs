//! Which options may come with a text, and how are they read?

use std::sync::OnceLock;

use drydock::{
    MAX_TEXT, Request,
    address::{Family, KnownNetwork, known},
    choices::{self, Choice, Input},
    daemon::{
        network::{Forecast, Situation},
        print::{self, TARGETS},
    },
    link,
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
/// where its kind alone does not say enough, and with the choice that it makes.
macro_rules! options {
    (
        $(#[$doc:meta])*
        $name:ident $(and $base:ident)? {
            $($(#[$member_doc:meta])* $js:literal $member:ident: $kind:ty = $example:literal $(=> $choice:ident)?,)*
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

            fn choices(&self) -> Vec<(&'static str, &'static Choice, Vec<&str>)> {
                vec![$($(($js, &choices::$choice, self.$member.iter().flat_map(Given::values).collect()),)?)*]
            }
        }
    };
}

options! {
    /// The choices around a text. What is left out is as on a usual machine with the latest Docker.
    Choices {
        /// The Docker Engine that will read it, such as `"29"`, `"28.5"` or `"20.10.24"`. Usually the latest.
        "engine" engine: String = "\"28.5\"" => ENGINE,
        /// What the text is written in, such as `"daemon-json"`. Usually what it looks like.
        "as" dialect: String = "\"daemon-json\"" => AS,
        /// The control groups of the host. Usually `"v2"`.
        "cgroup" cgroup: Cgroup = "" => CGROUP,
        /// Whether the daemon is a member of a swarm.
        "swarm" swarm: bool = "" => SWARM,
        /// Whether the daemon runs rootless.
        "rootless" rootless: bool = "" => ROOTLESS,
        /// Settings that are given to `dockerd` as flags too, by their long names.
        "flags" flags: Vec<String> = "[\"debug\"]" => FLAG,
        /// The NixOS release that Nix is printed for, such as `"25.11"`. Usually the latest.
        "nixos" nixos: String = "\"25.11\"" => NIXOS,
        /// Its `system.stateVersion`. Usually that of the latest release.
        "stateVersion" state_version: String = "\"25.11\"" => STATE_VERSION,
        /// The networks to keep clear of: subnets, or what `ip route`, `docker network inspect` and the like print.
        "avoid" avoid: String = "\"172.18.0.0/16 the train\"" => AVOID,
        /// Known networks to keep clear of, by their ids in `knownNetworks()`.
        "known" known: Vec<String> = "[\"wifionice\"]" => KNOWN,
    }
}

options! {
    /// What `check` can be told. `as` may be that of a workbench, too, and `nixos`, `avoid` and `known` are heeded there.
    CheckOptions and Choices {
        /// What is chosen beside a text of a workbench, by the ids in `benches()`: `{ backend: "podman" }`.
        #[tsify(type = "Record<string, string>")]
        "choices" own: Members = "{ backend: \"podman\" }",
    }
}

options! {
    /// What `print` can be told. `as` may be that of a workbench, too, and `nixos`, `avoid` and `known` are heeded there.
    PrintOptions and Choices {
        /// Whether settings are printed by name, and not as in the text.
        "sort" sort: bool = "",
        /// What is chosen beside a text of a workbench, by the ids in `benches()`: `{ backend: "podman" }`.
        #[tsify(type = "Record<string, string>")]
        "choices" own: Members = "{ backend: \"podman\" }",
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
        "target" target: String = "\"nix-flake\"" => TARGET,
        /// The name of the view to open; empty for the usual one.
        "view" view: String = "\"pools\"" => VIEW,
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
        Ok(self.state(start_of("text", text, MAX_TEXT)?)?.request(known_networks()))
    }

    /// The text with these choices, whatever it is said to be written in.
    pub fn besides_dialect(&self, text: String) -> Thrown<link::State> {
        let given = self.choices().into_iter().filter(|it| it.1.id != choices::AS.id);
        self.checked(choose(given.collect())?, text)
    }

    /// The text with these choices.
    pub fn state(&self, text: String) -> Thrown<link::State> {
        self.checked(choose(self.choices())?, text)
    }

    fn checked(&self, state: link::State, text: String) -> Thrown<link::State> {
        if let Some(id) = state.known.iter().find(|it| known_networks().iter().all(|known| known.id != **it)) {
            return Err(range_error(&format!(
                "known: `{}` is not a known network. `knownNetworks()` has their ids; put other networks into `avoid`.",
                cut(id)
            )));
        }
        Ok(link::State { text, ..state })
    }
}

/// The state in which something is chosen, beside no text.
fn choose(given: Vec<(&'static str, &'static Choice, Vec<&str>)>) -> Thrown<link::State> {
    let mut state = link::State::default();
    for (name, choice, values) in given {
        for value in values {
            let taken = match choice.input {
                Input::OneOf(..) => choice.take(&mut state, &cut(value)),
                _ => choice.take(&mut state, value),
            };
            taken.map_err(|why| range_error(&format!("{name}: {why}")))?;
        }
    }
    Ok(state)
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
        let shown = &self.choices;
        if let Some(id) = shown.target.as_deref().filter(|it| !it.is_empty()) {
            target("target", id)?;
        }
        let given = shown.choices.choices().into_iter().chain(shown.choices());
        Ok(link::State { text: self.text, ..choose(given.collect())? })
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
        range_error(&format!("{what}: `{}` is not a target. Use one of {}.", cut(id), ids.join(", ")))
    })
}

/// What is said of a value in a message: as much as fits.
pub fn cut(value: &str) -> String {
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
        return Err(type_error(&format!("{what} must be a string, not {}", described(value))));
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

    /// The choices it makes, each with its name in JavaScript and its values.
    fn choices(&self) -> Vec<(&'static str, &'static Choice, Vec<&str>)> {
        Vec::new()
    }
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
            return Err(type_error(&format!("{what} must be an object, not {}", described(given))));
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
        let (what, value) = (self.what, described(&value));
        Err(type_error(&format!("{what}.{name} must be {must_be}{such_as}{example}, not {value}")))
    }

    /// Refuses a member that is not an option here, unless it is one that every link has.
    fn finish(self) -> Thrown<()> {
        let Some(given) = self.given else {
            return Ok(());
        };
        for name in Reflect::own_keys(given)? {
            let Some(name) = name.as_string() else {
                continue;
            };
            if !self.asked.contains(&name.as_str()) && !["text", "target", "view"].contains(&name.as_str()) {
                let (what, name, asked) = (self.what, cut(&name), self.asked.join(", "));
                return Err(type_error(&format!("{what}.{name} is not known. Use one of {asked}.")));
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
        _ => format!("a {kind}"),
    }
}

/// What an option can be.
trait Given: Sized {
    /// Reads it, or says what it must be; throws when it is of the right kind and cannot be all the same.
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>>;

    /// What a choice takes of it.
    fn values(&self) -> Vec<&str>;
}

impl Given for String {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        match value.dyn_ref::<JsString>() {
            Some(it) if it.length() as usize > MAX_AVOID => {
                Err(range_error(&format!("{name} is longer than {MAX_AVOID} characters. Leave out what repeats.")))
            }
            Some(it) => Ok(Ok(it.into())),
            None => Ok(Err("a string")),
        }
    }

    fn values(&self) -> Vec<&str> {
        vec![self]
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
                type_error(&format!("{name}[{index}] must be {must_be}, not {}", described(&element)))
            })?);
        }
        Ok(Ok(strings))
    }

    fn values(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

/// Strings by their names.
pub type Members = Vec<(String, String)>;

impl Given for Members {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        if !value.is_object() || value.is_function() || is_array(value)? {
            return Ok(Err("an object with strings"));
        }
        let mut members = Self::new();
        for key in Reflect::own_keys(value)? {
            let Some(id) = key.as_string() else { continue };
            let member = Reflect::get(value, &key)?;
            if member.is_undefined() || member.is_null() {
                continue;
            }
            let place = format!("{name}.{}", cut(&id));
            let read = String::read(&place, &member)?
                .map_err(|must_be| type_error(&format!("{place} must be {must_be}, not {}", described(&member))))?;
            members.push((id, read));
        }
        Ok(Ok(members))
    }

    fn values(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl Given for bool {
    fn read(_: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        Ok(value.as_bool().ok_or("true or false"))
    }

    fn values(&self) -> Vec<&str> {
        vec![if *self { "true" } else { "false" }]
    }
}

impl Given for u32 {
    fn read(_: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        let number = value.as_f64();
        let whole = number.filter(|it| (0.0..=f64::from(Self::MAX)).contains(it) && it.fract() == 0.0);
        Ok(whole.map(|it| it as Self).ok_or("a whole number"))
    }

    fn values(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl Given for Cgroup {
    fn read(name: &str, value: &JsValue) -> Thrown<Result<Self, &'static str>> {
        match value.as_string().as_deref() {
            Some("v1") => Ok(Ok(Self::V1)),
            Some("v2") => Ok(Ok(Self::V2)),
            Some(other) => Err(range_error(&format!("{name}: `{}` is not known. Use v1 or v2.", cut(other)))),
            None => Ok(Err("\"v1\" or \"v2\"")),
        }
    }

    fn values(&self) -> Vec<&str> {
        vec![match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }]
    }
}
