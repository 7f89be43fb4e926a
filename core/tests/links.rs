//! Links: those ever made open for ever, they are shorter than any general way to shorten them, and nothing hurts.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use drydock::{
    daemon::examples::EXAMPLES,
    docker::host::Cgroup,
    link::{Form, LinkError, MAX_BYTES, MAX_CHARACTERS, State, decode, encode},
};
use serde_json::{Value, json};

const PUBLISHED: &str = include_str!("links/published.tsv");
const MADE: &str = include_str!("links/made.jsonl");
const GOLDEN: &str = include_str!("links/golden-v1.txt");

fn of(text: &str) -> State {
    State { text: text.to_owned(), ..State::default() }
}

fn published() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = PUBLISHED.lines().filter(|it| !it.starts_with('#'));
    lines.map(|it| it.split_once('\t').expect("a tab"))
}

/// How many characters a text takes in a fragment.
struct Lengths {
    ours: usize,
    base64: usize,
    lz_string: usize,
    pako: usize,
    deflate: usize,
}

impl Lengths {
    fn of(text: &str, form: Form) -> Self {
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes).len();
        Self {
            ours: encode(&of(text), form).expect("a link").len(),
            base64: encoded(text.as_bytes()),
            lz_string: lz_str::compress_to_encoded_uri_component(text).len(),
            pako: encoded(&miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 9)),
            deflate: encoded(&miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9)),
        }
    }

    fn all(&self) -> [usize; 5] {
        [self.ours, self.base64, self.lz_string, self.pako, self.deflate]
    }

    fn least_of_others(&self) -> usize {
        let [_, others @ ..] = self.all();
        others.into_iter().min().unwrap_or(0)
    }
}

fn row(name: &str, lengths: &[usize; 5]) {
    let cells: String = lengths.iter().map(|it| format!(" {it:>9} |")).collect();
    println!("| {name:<53} |{cells}");
}

/// Prints a table and returns the mean of the first column.
fn table<'a>(title: &str, form: Form, rows: impl Iterator<Item = (&'a str, &'a str)>) -> usize {
    println!("\n| {title:<53} |   drydock |    base64 | lz-string |      pako |   deflate |");
    println!("| {:-<53} | --------: | --------: | --------: | --------: | --------: |", "");
    let mut sums = [0; 5];
    let mut count = 0;
    for (name, text) in rows {
        let lengths = Lengths::of(text, form);
        row(name, &lengths.all());
        // Half of it; version, length and checksum take six characters more, which the others go without. Of a few
        // bytes there is nothing to gain.
        let limit = lengths.least_of_others() / 2 + 7;
        assert!(lengths.ours <= limit || text.len() < 8, "{name}");
        for (sum, it) in sums.iter_mut().zip(lengths.all()) {
            *sum += it;
        }
        count += 1;
    }
    let means = sums.map(|it| it / count);
    row("mean", &means);
    means[0]
}

/// Run with `cargo test -p drydock --test links table -- --nocapture` to see it.
#[test]
fn the_table_of_lengths_meets_its_targets() {
    let mean = table("published, canonical", Form::Canonical, published());
    assert!(mean <= 70);
    let compact: Vec<(&str, String)> = EXAMPLES
        .iter()
        .filter_map(|it| Some((it.id, serde_json::from_str::<Value>(it.text).ok()?.to_string())))
        .collect();
    let compact = compact.iter().map(|it| (it.0, it.1.as_str()));
    table("examples, canonical", Form::Canonical, compact);
    table("examples, as written", Form::AsWritten, EXAMPLES.iter().map(|it| (it.id, it.text)));
    let made: Vec<(String, &str)> = MADE.lines().enumerate().map(|it| (format!("made {}", it.0 + 1), it.1)).collect();
    assert_eq!(made.len(), 50);
    table("made, canonical", Form::Canonical, made.iter().map(|it| (it.0.as_str(), it.1)));

    let one_pool = r#"{"default-address-pools":[{"base":"10.201.0.0/16","size":24}]}"#;
    assert!(Lengths::of(one_pool, Form::Canonical).ours <= 40);
}

/// What a link opens as, as `drydock link decode --format json` says it.
fn told(state: &State) -> Value {
    let host = &state.host;
    json!({
        "text": state.text,
        "engine": state.engine.to_string(),
        "nixos": host.nixos.release.to_string(),
        "state_version": host.nixos.state_version.to_string(),
        "cgroup": match host.cgroup { Cgroup::V1 => "v1", Cgroup::V2 => "v2" },
        "swarm": host.swarm,
        "rootless": host.rootless,
        "flags": host.flags.iter().collect::<Vec<_>>(),
        "target": state.target,
        "avoid": state.avoid,
        "known": state.known,
        "view": state.view,
    })
}

/// The lines of the file stay for ever; new ones may follow.
///
/// Of a line with `settings` the layout of the text may change, of one with `text` nothing.
#[test]
fn links_that_were_ever_made_open_for_ever() {
    let mut count = 0;
    for line in GOLDEN.lines().filter(|it| !it.starts_with('#')) {
        let (link, expected) = line.split_once('\t').expect("a tab");
        let mut expected: Value = serde_json::from_str(expected).expect("JSON");
        let state = decode(link).unwrap_or_else(|error| panic!("{link}: {error}"));
        let mut told = told(&state);
        if let Some(settings) = expected["settings"].as_str() {
            let read = |it: &str| serde_json::from_str::<Value>(it).expect("JSON");
            assert_eq!(read(&state.text), read(settings), "{link}");
            for it in [&mut expected, &mut told] {
                let object = it.as_object_mut().expect("an object");
                object.remove("settings");
                object.remove("text");
            }
        }
        assert_eq!(told, expected, "{link}");
        count += 1;
    }
    assert!(count >= 24, "{count}");
}

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn letter(&mut self) -> char {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#=&%:/. \xff";
        char::from(LETTERS[self.roll(LETTERS.len())])
    }
}

/// The digits before the text follow from those behind: whoever means harm can make them fit.
fn sealed(digits: &str) -> String {
    const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let count = |it: char| LETTERS.find(it).expect("a letter") as u64;
    let letter = |it: u64| LETTERS.as_bytes()[(it % 62) as usize] as char;
    let sum = digits.chars().fold(1, |sum, it| (sum * 1_008 + count(it) + 1) % 238_321);
    let frame = [digits.len() as u64, sum / 62 / 62, sum / 62, sum];
    let frame: String = frame.into_iter().map(letter).collect();
    format!("v1{frame}{digits}")
}

#[test]
fn ten_thousand_broken_links_do_no_harm() {
    let mut dice = Dice(20_261_121);
    let links: Vec<String> = EXAMPLES
        .iter()
        .flat_map(|it| [Form::Canonical, Form::AsWritten].map(|form| encode(&of(it.text), form).expect("a link")))
        .chain(["check=172.18.0.0/16&pool=10.201.0.0/16:24&engine=28.5".to_owned()])
        .collect();
    let mut outcomes = [0; 6];
    for round in 0..10_000 {
        let mut letters: Vec<char> = match round % 4 {
            0 => (0..dice.roll(200)).map(|_| dice.letter()).collect(),
            _ => links[dice.roll(links.len())].chars().collect(),
        };
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(letters.len());
            match dice.roll(5) {
                0 => letters.truncate(at),
                1 => letters.insert(at, dice.letter()),
                2 => letters.extend_from_within(at..),
                _ if at < letters.len() => letters[at] = dice.letter(),
                _ => {}
            }
        }
        let mut link: String = letters.into_iter().collect();
        if round % 4 == 1 {
            let digits: String = link.chars().filter(char::is_ascii_alphanumeric).skip(6).collect();
            link = sealed(&digits);
        }
        let outcome = match &decode(&link) {
            Ok(state) => {
                assert!(state.text.len() + state.avoid.len() <= 2 * MAX_BYTES);
                0
            }
            Err(LinkError::NotALink) => 1,
            Err(LinkError::Newer) => 2,
            Err(LinkError::CutOff(state)) => {
                assert!(state.text.len() <= MAX_BYTES);
                3
            }
            Err(LinkError::Damaged) => 4,
            Err(LinkError::TooLong | LinkError::Part { .. }) => 5,
        };
        outcomes[outcome] += 1;
    }
    // Opened, not a link, newer, cut off, damaged, too long or a part.
    assert!(outcomes.iter().all(|it| *it > 0), "{outcomes:?}");
}

#[test]
fn few_letters_do_not_become_many_bytes() {
    // A text that shrinks as no other does, without its end: what follows the digits are zeros, for ever.
    let text = "a".repeat(MAX_BYTES - 2);
    let link = encode(&of(&text), Form::AsWritten).expect("a link");
    let digits = &link[6..];
    for length in (0..digits.len()).step_by(7) {
        match decode(&sealed(&digits[..length])) {
            Ok(state) => assert!(state.text.len() <= MAX_BYTES),
            Err(error) => assert!(matches!(error, LinkError::TooLong | LinkError::Newer | LinkError::Damaged)),
        }
    }
    assert_eq!(decode(&"v1".repeat(MAX_CHARACTERS)), Err(LinkError::TooLong));
}
