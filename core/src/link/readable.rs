//! How does a link read that a person can type? The parts are listed at the top of [`link`](super).

use super::{LinkError, State, settings};
use crate::{
    choices::{self, CHOICES, Choice, Input},
    docker::host::{Host, Nixos},
    document::Value,
    notation::json::is_json_number,
};

/// The settings that a link can name, and the networks that most such links are about.
const FIRST: [&str; 4] = [choices::AVOID.part, choices::KNOWN.part, "pool", "bip"];

const POOL: &str = "a base and a prefix length, such as `pool=10.201.0.0/16:24`";
const PLAIN: &str = "text without control characters, in UTF-8, escaped as `%2F` if at all";
const SOMETHING: &str = "its value after `=`";
const NOTHING: &str = "the name alone, or leave it out";

/// Reads a readable link, without its `#`.
///
/// # Errors
///
/// [`LinkError::NotALink`] where no part has a name from the list, such as `"/rules"`; [`LinkError::Part`] for the
/// first part that is not understood, such as `"engine=1"`.
pub fn decode(fragment: &str) -> Result<State, LinkError> {
    let parts = || fragment.split('&').filter(|it| !it.is_empty());
    let mut names = parts().map(|it| it.split('=').next().unwrap_or_default());
    if !names.any(is_name) {
        return Err(LinkError::NotALink);
    }
    let mut said = Said::default();
    for part in parts() {
        said.take(part).map_err(|expected| LinkError::Part { part: part.chars().take(40).collect(), expected })?;
    }
    let mut state = said.state;
    if !said.has_state_version {
        state.host.nixos.state_version = state.host.nixos.release;
    }
    let mut members = Vec::new();
    if let Some(bip) = said.bip {
        members.push(("bip".to_owned(), Value::String(bip)));
    }
    if !said.pools.is_empty() {
        members.push(("default-address-pools".to_owned(), Value::List(said.pools)));
    }
    state.text = super::printed(&Value::Map(members));
    Ok(state)
}

/// What the parts of a link say.
#[derive(Default)]
struct Said {
    state: State,
    bip: Option<String>,
    pools: Vec<Value>,
    has_state_version: bool,
}

impl Said {
    /// Takes what a part says, or tells what would be right.
    fn take(&mut self, part: &str) -> Result<(), String> {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !is_name(name) {
            let names: Vec<String> = names().map(|it| ["`", it, "`"].concat()).collect();
            return Err(["one of ", &names.join(", ")].concat());
        }
        let value = unescape(value).ok_or(PLAIN)?;
        let choice = CHOICES.iter().find(|it| it.part == name);
        match choice.map(|it| it.input) {
            Some(Input::Switch) if part != name => return Err(NOTHING.to_owned()),
            Some(Input::Switch) => {}
            _ if value.is_empty() => return Err(SOMETHING.to_owned()),
            _ => {}
        }
        let Some(choice) = choice else {
            match name {
                "pool" => self.pools.push(pool(&value).ok_or(POOL)?),
                _ => self.bip = Some(value),
            }
            return Ok(());
        };
        self.has_state_version |= choice.part == choices::STATE_VERSION.part;
        let mut value = match choice.input {
            Input::Switch => "true".to_owned(),
            _ => value,
        };
        if choice.part == choices::AVOID.part {
            value = [&self.state.avoid, &value, "\n"].concat();
        }
        choice.take(&mut self.state, &value).map_err(|_| expected(choice))
    }
}

/// What a part is called.
fn names() -> impl Iterator<Item = &'static str> {
    FIRST.into_iter().chain(others().map(|it| it.part))
}

/// The choices after the first ones. A link that names settings has no text, and so no dialect.
fn others() -> impl Iterator<Item = &'static Choice> {
    let others = CHOICES.iter().copied();
    others.filter(|it| !FIRST.contains(&it.part) && it.part != choices::AS.part)
}

fn is_name(name: &str) -> bool {
    names().any(|it| it == name)
}

/// What the value of a choice must be.
fn expected(choice: &Choice) -> String {
    match choice.input {
        Input::Either(values) => values.map(|it| ["`", choice.part, "=", it, "`"].concat()).join(" or "),
        _ => [choice.expected, ", such as `", choice.part, "=", choice.example, "`"].concat(),
    }
}

/// `10.201.0.0/16:24`
fn pool(text: &str) -> Option<Value> {
    let (base, size) = text.rsplit_once(':')?;
    if !base.contains('/') || !is_json_number(size) {
        return None;
    }
    Some(Value::Map(vec![("base".to_owned(), base.into()), ("size".to_owned(), Value::Number(size.to_owned()))]))
}

/// The value as a part of a link; [`unescape`] reads it.
pub fn escape(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => {
                address.push(char::from(byte));
            }
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                let digit = |it: u8| char::from(DIGITS[usize::from(it & 15)]);
                address.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    address
}

/// Resolves `%2F` and its like, as addresses have them; `None` for what is no text, or holds control characters.
pub fn unescape(value: &str) -> Option<String> {
    unescape_any(value).filter(|it| !it.contains(char::is_control))
}

/// The same for a value that may hold anything.
pub(crate) fn unescape_any(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let mut byte = *first;
        if byte == b'%' {
            let (digits, behind) = rest.split_at_checked(2)?;
            byte = 0;
            for digit in digits {
                let value = char::from(*digit).to_digit(16)?;
                byte = byte << 4 | value as u8;
            }
            rest = behind;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

/// Returns the readable link of a state, without `#`; `None` when it says more than such a link can.
///
/// It says the same settings; without an Engine or a release it means the latest, also later.
///
/// ```
/// use drydock::link::{decode, readable};
///
/// let link = "pool=10.201.0.0/16:24&check=172.18.0.0/16&engine=28.5.2";
/// assert_eq!(readable(&decode(link).unwrap()).as_deref(), Some(link));
/// ```
pub fn readable(state: &State) -> Option<String> {
    let mut parts = Parts::default();
    let Value::Map(members) = settings(&state.text)? else {
        return None;
    };
    for (at, (key, value)) in members.iter().enumerate() {
        let is_repeated = members.iter().take(at).any(|it| it.0 == *key);
        match (key.as_str(), value) {
            _ if is_repeated => return None,
            ("bip", Value::String(bip)) => parts.push("bip", bip)?,
            ("default-address-pools", Value::List(pools)) if !pools.is_empty() => {
                for pool in pools {
                    parts.push("pool", &written(pool)?)?;
                }
            }
            _ => return None,
        }
    }
    for line in state.avoid.lines() {
        parts.push(choices::AVOID.part, line)?;
    }
    for id in &state.known {
        parts.push(choices::KNOWN.part, id)?;
    }
    let nixos = Nixos { state_version: state.host.nixos.release, ..Nixos::default() };
    let usual = State { host: Host { nixos, ..Host::default() }, ..State::default() };
    for choice in others() {
        for value in choice.values_unlike(&usual, state) {
            match choice.input {
                Input::Switch => parts.put(choice.part),
                _ => parts.push(choice.part, &value)?,
            }
        }
    }
    (!parts.0.is_empty()).then_some(parts.0)
}

/// `10.201.0.0/16:24`, of an object with just these two members.
fn written(pool: &Value) -> Option<String> {
    let Value::Map(members) = pool else {
        return None;
    };
    match members.as_slice() {
        [(base, Value::String(subnet)), (size, Value::Number(bits))]
            if base == "base" && size == "size" && subnet.contains('/') =>
        {
            Some([subnet, ":", bits].concat())
        }
        _ => None,
    }
}

/// The parts of a link.
#[derive(Default)]
struct Parts(String);

impl Parts {
    fn put(&mut self, part: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(part);
    }

    /// Appends a part; `None` when its value would need escapes, or end as no address does in a sentence.
    fn push(&mut self, name: &str, value: &str) -> Option<()> {
        let is_plain = |it: u8| it.is_ascii_alphanumeric() || b".:/-_".contains(&it);
        let ends_well = value.ends_with(|it: char| it.is_ascii_alphanumeric());
        if !ends_well || !value.bytes().all(is_plain) {
            return None;
        }
        self.put(name);
        self.0.push('=');
        self.0.push_str(value);
        Some(())
    }
}
