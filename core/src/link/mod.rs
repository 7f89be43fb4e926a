//! How does a configuration fit into a link?
//!
//! Everything a colleague needs to see the same is in the *fragment* of an address, after `#`, which browsers never
//! send to a server. There are two notations; [`decode`] reads both.
//!
//! - The **short** one: `#v1` and letters and digits, see [`encode`].
//! - The **readable** one, for documentation and for typing on a phone, see [`readable`]:
//!   `#check=172.18.0.0/16&pool=10.201.0.0/16:24`
//!
//! # What may never change
//!
//! A link once made opens forever. These parts of `v1` are frozen: the arithmetic of `model.rs` and `radix.rs`, the
//! text of `v1.txt`, the marks of the fields and their order ([`choices`]), and what an absent field means
//! (`V1_ENGINE`, `V1_RELEASE`). Tests hold them to `core/tests/links/golden-v1.txt` and to the hash of `v1.txt`.
//! A new *field* may get a new mark: older pages then say that the link needs a newer Drydock. Anything else is `v2`.
//!
//! # The short notation, version 1
//!
//! ```text
//! v1 │ length │ checksum │ digits …
//!    │ 1 digit│ 3 digits │
//! ```
//!
//! The digits are those of `radix.rs`, which codes a sequence of bytes as `model.rs` predicts them. The bytes are
//! fields, each a mark ([`Choice::mark`](crate::choices::Choice::mark)), its value and a zero byte; the last field is the text. A one byte before a byte means that
//! byte less one: a text may hold zero bytes. The length counts the digits after the checksum, modulo 62; the checksum
//! is over the same digits: it finds every single mistyped letter and every two exchanged neighbours.
//!
//! # The readable notation
//!
//! Parts with `&` between them, each a name, `=` and a value, or a name alone:
//!
//! | part | what it says |
//! | --- | --- |
//! | `pool=10.201.0.0/16:24` | a default address pool: its base, and the prefix length of each subnet; repeatable |
//! | `bip=10.200.0.1/24` | the address of the default bridge |
//! | `check=172.18.0.0/16` | a network to keep clear of; repeatable |
//! | `known=wifionice` | a known network to keep clear of, by its id; repeatable |
//! | `engine=28.5` | the Engine; without it the latest |
//! | `nixos=25.11` | the NixOS release; without it the latest |
//! | `state=24.05` | `system.stateVersion`, when it is not that release |
//! | `cgroup=v1`, `swarm`, `rootless` | the machine |
//! | `flag=host` | a setting is also given to dockerd as a flag; repeatable, or several with commas |
//! | `target=nix-flake` | what the settings are printed for |
//! | `view=pools` | what is shown first |
//!
//! Such a link names settings, so it does not say what they are written in: only short links have `as`. Bytes may be
//! escaped as in any address (`%2F`). Values are not judged here: they become a text, and its checks say what is wrong.

mod bench;
mod credentials;
mod model;
mod radix;
mod readable;

use std::{fmt, sync::OnceLock};

pub use crate::choices::State;
pub use bench::BenchLink;
pub use credentials::{Credential, credentials};
pub(crate) use readable::unescape_any;
pub use readable::{escape, readable, unescape};

use self::{
    model::Model,
    radix::{Decoder, Encoder},
};
use crate::{
    Engine,
    choices::{self, CHOICES},
    daemon::dialect::DAEMON_JSON,
    docker::host::{Host, Nixos, Release},
    document::{Node, ProblemKind, Value},
    notation::json::{self, Layout, Shape, write},
};

/// The most bytes that a link holds, before they are shortened.
pub const MAX_BYTES: usize = 1 << 16;

/// The most characters of a link.
pub const MAX_CHARACTERS: usize = 1 << 17;

/// A canonical text is nested no deeper; no setting is nested deeper than seven.
const MAX_DEPTH: usize = 16;

/// The text that the model reads before it sees a link; `~` is the zero byte that ends a field.
const PRIMER: &str = include_str!("v1.txt");

/// The Engine of a link that names none.
const V1_ENGINE: Engine = Engine::new(29, 7, 2);

/// The NixOS release and `stateVersion` of a link that names none.
const V1_RELEASE: Release = Release::new(26, 5);

/// How much of a text goes into a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The settings, which are printed anew when the link is opened: short.
    #[default]
    Canonical,
    /// Every byte: comments, layout, and mistakes of syntax.
    AsWritten,
}

/// The marks of the fields that hold a text; those of [`choices`](crate::choices) are in their rows.
mod field {
    /// A `daemon.json` without white space, to be printed anew. Last.
    pub const CANONICAL: u8 = b'J';
    /// A text, byte for byte. Last.
    pub const AS_WRITTEN: u8 = b'T';
    // `N` and `F` are kept for Nix and for flags of dockerd, which the primer shows.
}

/// Why a link cannot be made or opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is not a link: `""`, `"#/rules"`, `"https://example.com/"`.
    NotALink,
    /// Its version, or something in it, is newer than this Drydock: `"v2…"`.
    Newer,
    /// Characters are missing, mostly at the end; it holds what was read until then. Any link without its last letter.
    CutOff(Box<State>),
    /// A character has changed, or 62 are missing. Any link with two letters exchanged.
    Damaged,
    /// It holds more than [`MAX_BYTES`], or has more than [`MAX_CHARACTERS`].
    TooLong,
    /// Drydock does not understand a part of a readable link: `"pool=10.0.0.0/16:many"`.
    Part {
        /// The part, as written, shortened.
        part: String,
        /// What would be right.
        expected: String,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::NotALink => {
                "This is not a link to a configuration. Such a link begins with `#v1`, or reads like `#check=172.18.0.0/16&pool=10.201.0.0/16:24`."
            }
            Self::Newer => {
                "This link was made by a newer Drydock. Reload the page, or install the newest release, and open it again."
            }
            Self::CutOff(_) => {
                "This link is cut off: characters are missing, most likely at its end. Copy the whole link again from where you found it."
            }
            Self::Damaged => {
                "This link is damaged: a character is missing or has changed. Copy the whole link again from where you found it; capitals matter."
            }
            Self::TooLong => "This is too long for a link, which holds at most 65,536 bytes. Send the file itself.",
            Self::Part { part, expected } => {
                return write!(f, "`{part}` in this link is not understood. Write {expected}.");
            }
        };
        f.write_str(words)
    }
}

impl std::error::Error for LinkError {}

/// Returns the fragment, without `#`, that opens as this state: `v1` and letters and digits.
///
/// In the canonical form a text loses its comments and its white space. A text with any other mistake of syntax,
/// or nested deeper than any setting, keeps every byte, because its settings would be guesses.
///
/// ```
/// use drydock::link::{Form, State, decode, encode};
///
/// let text = r#"{ "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }] }"#;
/// let state = State { text: text.to_owned(), ..State::default() };
///
/// let short = encode(&state, Form::Canonical).unwrap();
/// assert!(short.len() <= 16, "{short}");
/// assert_eq!(decode(&encode(&state, Form::AsWritten).unwrap()), Ok(state));
/// ```
///
/// # Errors
///
/// [`LinkError::TooLong`] for a state of more than [`MAX_BYTES`].
pub fn encode(state: &State, form: Form) -> Result<String, LinkError> {
    let mut fields = Fields(Vec::new());
    let usual = v1();
    for choice in CHOICES {
        for value in choice.values_unlike(&usual, state) {
            let value = match choice.input.alone() {
                Some(_) => "",
                None => &value,
            };
            fields.push(choice.mark, value);
        }
    }
    let is_json = state.dialect() == &DAEMON_JSON;
    let compact = match form {
        Form::Canonical if is_json => compact(&state.text),
        Form::Canonical | Form::AsWritten => None,
    };
    match compact {
        Some(compact) => fields.push(field::CANONICAL, &compact),
        None => fields.push(field::AS_WRITTEN, &state.text),
    }
    if fields.0.len() > MAX_BYTES {
        return Err(LinkError::TooLong);
    }

    Ok(written(&fields.0))
}

/// The link of such fields.
fn written(fields: &[u8]) -> String {
    let mut model = primed();
    let mut encoder = Encoder::new();
    for byte in fields {
        for at in (0..8).rev() {
            let bit = byte >> at & 1 == 1;
            encoder.push(bit, model.predict());
            model.learn(bit);
        }
    }
    let digits = encoder.finish();
    let link = "v1".chars();
    let frame = [digits.len() as u64].into_iter().chain(checksum(&digits));
    let digits = frame.chain(digits.iter().copied()).map(radix::letter);
    link.chain(digits).collect()
}

/// Opens a link: a whole address, its fragment with or without `#`, in the short or the readable notation.
///
/// White space within a short link is ignored, and so is whatever a mail program or a forum appended to it.
///
/// # Errors
///
/// Any [`LinkError`]; each variant has an example.
pub fn decode(link: &str) -> Result<State, LinkError> {
    if link.len() > MAX_CHARACTERS {
        return Err(LinkError::TooLong);
    }
    let fragment = link.split_once('#').map_or(link, |it| it.1).trim();
    let Some(versioned) = fragment.strip_prefix('v') else {
        return readable::decode(fragment);
    };
    let Some(short) = versioned.strip_prefix('1') else {
        return match versioned.starts_with(|it: char| it.is_ascii_digit()) {
            true => Err(LinkError::Newer),
            false => readable::decode(fragment),
        };
    };
    let letters = short.chars().filter(|it| !it.is_whitespace());
    let digits: Vec<u64> = letters.map_while(radix::digit).collect();
    let Some((frame, digits)) = digits.split_at_checked(4) else {
        return Err(LinkError::CutOff(Box::default()));
    };
    let is_whole = frame.first() == Some(&(digits.len() as u64 % radix::RADIX));
    let is_sound = frame.get(1..) == Some(&checksum(digits));
    match (is_whole, is_sound) {
        (true, true) => decode_fields(digits, false),
        (true, false) => Err(LinkError::Damaged),
        (false, _) => {
            let read = decode_fields(digits, true).unwrap_or_default();
            Err(LinkError::CutOff(Box::new(read)))
        }
    }
}

/// Three digits that change with the digits.
///
/// The modulus is the greatest prime below 62^3, and the factor generates all its residues: one wrong digit, or two
/// exchanged neighbours, never go unnoticed; any other change does once in 238,321 times.
fn checksum(digits: &[u64]) -> [u64; 3] {
    const MODULUS: u64 = 238_321;
    const FACTOR: u64 = 1_008;
    let sum = digits.iter().fold(1, |sum, digit| (sum * FACTOR + digit + 1) % MODULUS);
    let radix = radix::RADIX;
    [sum / radix / radix, sum / radix % radix, sum % radix]
}

/// A model that has read the primer; the first one is kept, which takes 1 MiB.
fn primed() -> Model {
    static PRIMED: OnceLock<Model> = OnceLock::new();
    let primed = PRIMED.get_or_init(|| {
        let mut model = Model::new();
        let bytes = PRIMER.trim_ascii_end().bytes();
        model.read(bytes.map(|it| if it == b'~' { 0 } else { it }));
        model
    });
    primed.clone()
}

/// The choices of a link that names none.
fn v1() -> State {
    State {
        engine: V1_ENGINE,
        host: Host { nixos: Nixos { release: V1_RELEASE, state_version: V1_RELEASE }, ..Host::default() },
        ..State::default()
    }
}

/// The bytes of the fields, one after the other.
struct Fields(Vec<u8>);

impl Fields {
    fn push(&mut self, mark: u8, value: &str) {
        self.0.push(mark);
        for byte in value.bytes() {
            if byte < 2 {
                self.0.push(1);
            }
            self.0.push(if byte < 2 { byte + 1 } else { byte });
        }
        self.0.push(0);
    }
}

/// Reads the fields; of digits that are cut off, those that are certain.
fn decode_fields(digits: &[u64], is_cut_off: bool) -> Result<State, LinkError> {
    let mut state = v1();
    let mut model = primed();
    let mut decoder = Decoder::new(digits);
    let mut bytes_left = MAX_BYTES;
    let mut field = Vec::new();
    let mut is_escaped = false;
    loop {
        bytes_left = bytes_left.checked_sub(1).ok_or(LinkError::TooLong)?;
        let mut byte = 0_u8;
        for _ in 0..8 {
            let bit = decoder.next(model.predict());
            model.learn(bit);
            byte = byte << 1 | u8::from(bit);
        }
        let is_end = is_cut_off && decoder.beyond > 0;
        match byte {
            _ if is_end => {
                state.take_rest(&field);
                return Ok(state);
            }
            _ if is_escaped => {
                field.push(byte.wrapping_sub(1));
                is_escaped = false;
            }
            0 => {
                let whole = std::str::from_utf8(&field).map_err(|_| LinkError::Damaged)?;
                if state.take(whole)? {
                    return Ok(state);
                }
                field.clear();
            }
            1 => is_escaped = true,
            // No UTF-8 has it; digits that mean nothing soon lead here.
            0xf8.. => return Err(LinkError::Damaged),
            _ => field.push(byte),
        }
    }
}

impl State {
    /// Takes the value of a field, which begins with its mark; whether it was the last one.
    fn take(&mut self, field: &str) -> Result<bool, LinkError> {
        let mut rest = field.chars();
        let mark = rest.next().and_then(|it| u8::try_from(it).ok());
        let value = rest.as_str();
        match mark.ok_or(LinkError::Newer)? {
            field::CANONICAL => {
                self.text = canonical(value)?;
                return Ok(true);
            }
            field::AS_WRITTEN => {
                self.text = value.to_owned();
                return Ok(true);
            }
            mark => {
                let choice = CHOICES.iter().find(|it| it.mark == mark).ok_or(LinkError::Newer)?;
                let value = choice.input.alone().unwrap_or(value);
                choice.take(self, value).map_err(|_| LinkError::Newer)?;
            }
        }
        Ok(false)
    }

    /// Takes what is left of a field that is cut off: of a text as it is, of others nothing.
    fn take_rest(&mut self, field: &[u8]) {
        let Some((mark, value)) = field.split_first() else {
            return;
        };
        // The last character may be cut off, too.
        let whole = match std::str::from_utf8(value) {
            Ok(_) => value.len(),
            Err(error) => error.valid_up_to(),
        };
        let value = value.get(..whole).map(<[u8]>::to_vec);
        let value = value.and_then(|it| String::from_utf8(it).ok());
        let value = value.unwrap_or_default();
        match *mark {
            field::CANONICAL | field::AS_WRITTEN => self.text = value,
            mark if mark == choices::AVOID.mark => self.avoid = value,
            _ => {}
        }
    }
}

/// The settings of a `daemon.json` without white space; `None` where they are not certain, or not worth it.
fn compact(text: &str) -> Option<String> {
    const LAYOUT: Layout = Layout { newline: "", unit: "", colon: ":", comma: ",", padding: "" };
    let value = settings(text)?;
    let is_short = printed(&value).len() <= MAX_BYTES;
    is_short.then(|| write(&value, LAYOUT, "", Shape::Inline))
}

/// The text that a canonical one stands for.
fn canonical(compact: &str) -> Result<String, LinkError> {
    let printed = match settings(compact) {
        Some(value) => printed(&value),
        None => compact.to_owned(),
    };
    match printed.len() <= MAX_BYTES {
        true => Ok(printed),
        false => Err(LinkError::TooLong),
    }
}

fn printed(value: &Value) -> String {
    let mut text = write(value, Layout::default(), "", Shape::Expanded);
    text.push('\n');
    text
}

/// The value of a text whose settings are certain.
fn settings(text: &str) -> Option<Value> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let document = json::read(text);
    let mut problems = document.problems.iter();
    let is_certain = problems.all(|it| it.kind == ProblemKind::Comment);
    if !is_certain || depth(&document.root) > MAX_DEPTH {
        return None;
    }
    Value::of(&document.root)
}

/// How many levels of lists and objects there are; the reader goes no deeper than
/// [`document::MAX_DEPTH`](crate::document::MAX_DEPTH).
fn depth(node: &Node) -> usize {
    let elements = node.elements().iter();
    let members = node.members().iter().map(|it| &it.value);
    let inner = elements.chain(members).map(depth).max();
    inner.map_or(0, |it| it + 1)
}

#[cfg(test)]
mod tests;
