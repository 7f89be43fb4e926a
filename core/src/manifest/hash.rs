//! The forms in which people write one hash: hexadecimal, Nix's base32, base64, and with the name of its algorithm.

use std::{fmt, sync::LazyLock};

use data_encoding::{BASE64, BASE64_NOPAD, BitOrder, Encoding, HEXLOWER, HEXLOWER_PERMISSIVE, Specification};
use sha2::{Digest, Sha256};

/// Nix's base32, from the last letter to the first.
///
/// Source: nix `src/libutil/base-nix-32.cc`
static NIX_BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdfghijklmnpqrsvwxyz");
    specification.bit_order = BitOrder::LeastSignificantFirst;
    specification.encoding().unwrap_or(HEXLOWER)
});

/// How a hash is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// 128 bits.
    Md5,
    /// 160 bits.
    Sha1,
    /// 256 bits; the one of registries.
    Sha256,
    /// 512 bits.
    Sha512,
}

impl Algorithm {
    /// All of them, the likeliest first.
    pub const ALL: [Self; 4] = [Self::Sha256, Self::Sha512, Self::Sha1, Self::Md5];

    /// Its name in digests and in Nix.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// How many bytes its hashes have.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    /// The algorithm of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// A hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hash {
    /// How it was computed.
    pub algorithm: Algorithm,
    bytes: Vec<u8>,
}

/// How the bytes of a hash are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    Hex,
    Base32,
    Base64,
}

impl Letters {
    const ALL: [Self; 3] = [Self::Hex, Self::Base32, Self::Base64];

    const fn name(self) -> &'static str {
        match self {
            Self::Hex => "hexadecimal",
            Self::Base32 => "Nix's base32",
            Self::Base64 => "base64",
        }
    }

    /// How many letters so many bytes have.
    const fn length(self, bytes: usize) -> usize {
        match self {
            Self::Hex => 2 * bytes,
            Self::Base32 => (8 * bytes).div_ceil(5),
            Self::Base64 => (8 * bytes).div_ceil(6),
        }
    }

    fn has(self, letter: char) -> bool {
        match self {
            Self::Hex => letter.is_ascii_hexdigit(),
            Self::Base32 => letter.is_ascii_digit() || (letter.is_ascii_lowercase() && !"eout".contains(letter)),
            Self::Base64 => letter.is_ascii_alphanumeric() || "+/".contains(letter),
        }
    }

    fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok(),
            Self::Base32 => {
                let letters: Vec<u8> = text.bytes().rev().collect();
                NIX_BASE32.decode(&letters).ok()
            }
            Self::Base64 => BASE64_NOPAD.decode(text.as_bytes()).ok(),
        }
    }
}

/// Why a text is no hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HashError {
    /// `sha3:00`: no algorithm is called so here.
    Algorithm(String),
    /// `sha256:00`: the algorithm, and how many letters there are. No form of its hashes has as many.
    Length(Algorithm, usize),
    /// `00`: no algorithm is named, and no form of any hash has as many letters.
    NoLength(usize),
    /// `sha256:054g…`: a letter that is not one of the form that has as many, and the name of that form.
    Letter(char, &'static str),
    /// `zzzz…`: right letters in the right number, which stand for more bits than the hash has.
    Bits(&'static str),
}

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm(name) => write!(f, "`{name}` is no algorithm of a digest that is known here"),
            Self::Length(algorithm, count) => {
                let name = algorithm.name();
                let [hex, base32, base64] = Letters::ALL.map(|it| it.length(algorithm.bytes()));
                write!(
                    f,
                    "A {name} has {hex} hexadecimal letters, {base32} in Nix's base32 or {base64} in base64, not {count}"
                )
            }
            Self::NoLength(count) => write!(f, "No hash has {count} letters in any form"),
            Self::Letter(letter, form) => write!(f, "`{letter}` is no letter of {form}"),
            Self::Bits(form) => write!(f, "These letters of {form} stand for no hash"),
        }
    }
}

impl std::error::Error for HashError {}

impl Hash {
    /// The hash of the bytes of an algorithm; `None` when there are not as many as its hashes have.
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Option<Self> {
        (bytes.len() == algorithm.bytes()).then(|| Self { algorithm, bytes: bytes.to_vec() })
    }

    /// The SHA-256 of a text: the digest of a manifest with these bytes.
    pub fn sha256(text: &str) -> Self {
        Self { algorithm: Algorithm::Sha256, bytes: Sha256::digest(text.as_bytes()).to_vec() }
    }

    /// Reads a hash in any form: `sha256:054a…`, `sha256-BUq+…=`, or its letters alone.
    ///
    /// ```
    /// use drydock::manifest::Hash;
    ///
    /// let hex = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
    /// let hash = Hash::read(hex).unwrap();
    /// assert_eq!(hash.digest(), hex);
    /// assert_eq!(hash.base32(), "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5");
    /// assert_eq!(hash.sri(), "sha256-BUq+OLHm+GO++kJYy/rxJ7HMlEDS4uNJsV0i5na1kec=");
    /// assert_eq!(Hash::read(&hash.base32()), Ok(hash));
    /// ```
    ///
    /// # Errors
    ///
    /// [`HashError`], which has an input for each.
    pub fn read(text: &str) -> Result<Self, HashError> {
        let text = text.trim();
        let (algorithm, letters) = match text.split_once([':', '-']) {
            Some((name, letters)) => {
                (Some(Algorithm::find(name).ok_or_else(|| HashError::Algorithm(name.to_owned()))?), letters)
            }
            None => (None, text),
        };
        let letters = letters.trim_end_matches('=');
        let count = letters.chars().count();
        let wanted = algorithm.map_or(Algorithm::ALL.to_vec(), |it| vec![it]);
        // Hexadecimal first: of as many letters, it is by far the likeliest.
        let forms = Letters::ALL.iter().flat_map(|form| wanted.iter().map(|it| (*it, *form)));
        let mut fitting = forms.filter(|(algorithm, form)| form.length(algorithm.bytes()) == count).peekable();
        let Some(first) = fitting.peek().copied() else {
            return Err(algorithm.map_or(HashError::NoLength(count), |it| HashError::Length(it, count)));
        };
        let has_all = |form: Letters| letters.chars().all(|it| form.has(it));
        let (algorithm, form) = fitting.find(|it| has_all(it.1)).unwrap_or(first);
        if let Some(letter) = letters.chars().find(|it| !form.has(*it)) {
            return Err(HashError::Letter(letter, form.name()));
        }
        let bytes = form.decode(letters).ok_or(HashError::Bits(form.name()))?;
        Self::of(algorithm, &bytes).ok_or(HashError::Bits(form.name()))
    }

    /// Its letters in hexadecimal.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.bytes)
    }

    /// As registries and Docker write it: `sha256:054a…`.
    pub fn digest(&self) -> String {
        [self.algorithm.name(), ":", &self.hex()].concat()
    }

    /// Its letters in Nix's base32.
    pub fn base32(&self) -> String {
        NIX_BASE32.encode(&self.bytes).chars().rev().collect()
    }

    /// Its letters in base64.
    pub fn base64(&self) -> String {
        BASE64.encode(&self.bytes)
    }

    /// As Nix writes it today: `sha256-BUq+…=`.
    pub fn sri(&self) -> String {
        [self.algorithm.name(), "-", &self.base64()].concat()
    }

    /// Every form, each with its name.
    pub fn forms(&self) -> [(&'static str, String); 5] {
        [
            ("Digest", self.digest()),
            ("SRI", self.sri()),
            ("Nix base32", self.base32()),
            ("Base64", self.base64()),
            ("Hexadecimal", self.hex()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The digests of debian:jessie as Hocker's documentation has them, and what `nix-hash` says of the empty text.
    const KNOWN: [(&str, &str, &str); 4] = [
        (
            "sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c",
            "1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd",
            "sha256-zQpSQ0LvrG7f9QDBfmJXNbvkeckmQ5smO748hRighJw=",
        ),
        (
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ),
        (
            "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "143xibwh31h9bvxzalr0sjvbbvpa6ffs",
            "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
        ),
        ("md5:d41d8cd98f00b204e9800998ecf8427e", "3y8bwfr609h3lh9ch0izcqq7fl", "md5-1B2M2Y8AsgTpgAmY7PhCfg=="),
    ];

    #[test]
    fn known_hashes_have_their_forms() {
        for (digest, base32, sri) in KNOWN {
            let hash = Hash::read(digest).expect(digest);
            assert_eq!((hash.base32().as_str(), hash.sri().as_str()), (base32, sri));
            for form in [base32, sri, &sri.replace('=', ""), &hash.base64(), &digest.to_uppercase()] {
                assert_eq!(Hash::read(form), Ok(hash.clone()), "{form}");
            }
        }
    }

    #[test]
    fn what_is_no_hash_says_why() {
        for (text, expected) in [
            ("", "No hash has 0 letters in any form"),
            ("latest", "No hash has 6 letters in any form"),
            ("sha3:00", "`sha3` is no algorithm of a digest that is known here"),
            ("sha256:00", "A sha256 has 64 hexadecimal letters, 52 in Nix's base32 or 43 in base64, not 2"),
            (
                "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591eg",
                "`g` is no letter of hexadecimal",
            ),
            ("1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjhe", "`e` is no letter of Nix's base32"),
            ("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "These letters of Nix's base32 stand for no hash"),
        ] {
            assert_eq!(Hash::read(text).map_err(|it| it.to_string()), Err(expected.to_owned()));
        }
    }

    #[test]
    fn nix_hash_writes_the_same() {
        let ask = |form: &str, algorithm: &str, hex: &str| {
            let mut program = std::process::Command::new("nix-hash");
            program.args(["--extra-experimental-features", "nix-command", "--type", algorithm, form, hex]).output()
        };
        if ask("--to-base32", "sha256", &"0".repeat(64)).is_err() {
            println!("SKIPPED: there is no nix-hash to write hashes");
            return;
        }
        for algorithm in Algorithm::ALL {
            let bytes: Vec<u8> = (0..algorithm.bytes()).map(|it| (it * 37 + 11) as u8).collect();
            let hash = Hash::of(algorithm, &bytes).expect("its length");
            for (form, given, expected) in [
                ("--to-base32", hash.hex(), hash.base32()),
                ("--to-base16", hash.base32(), hash.hex()),
                ("--to-base16", hash.base64(), hash.hex()),
                ("--to-base16", hash.sri(), hash.hex()),
            ] {
                let said = ask(form, algorithm.name(), &given).expect("nix-hash");
                assert!(said.status.success(), "{given}: {said:?}");
                assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), expected, "{form} {given}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_form_is_read_back(algorithm in 0..4_usize, bytes in proptest::collection::vec(any::<u8>(), 64)) {
            let algorithm = Algorithm::ALL[algorithm];
            let hash = Hash::of(algorithm, &bytes[..algorithm.bytes()]).expect("its length");
            for (_, form) in hash.forms() {
                let named = [algorithm.name(), ":", &form].concat();
                let read = Hash::read(&form).or_else(|_| Hash::read(&named));
                // 32 letters are an MD5 in hexadecimal, and a SHA-1 in base32.
                let again = if read.as_ref() == Ok(&hash) { read } else { Hash::read(&named) };
                prop_assert_eq!(again, Ok(hash.clone()), "{}", form);
            }
        }

        #[test]
        fn any_text_is_read(text in ".{0,80}") {
            let _ = Hash::read(&text);
        }
    }
}
