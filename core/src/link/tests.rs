use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    daemon::examples::EXAMPLES,
    docker::host::{Cgroup, Flags},
};

/// A state of this text.
fn of(text: &str) -> State {
    State { text: text.to_owned(), ..State::default() }
}

#[track_caller]
fn link(state: &State, form: Form) -> String {
    let link = encode(state, form).expect("a link");
    let letters = link.strip_prefix("v1").expect("a version");
    assert!(letters.chars().all(|it| it.is_ascii_alphanumeric()));
    assert!(link.len() <= MAX_CHARACTERS);
    link
}

/// A state with nothing in its usual place.
fn full() -> State {
    State {
        text: "{\"bip\": \"10.1.0.1/24\" /* ours */}\r\n\0\u{1}\u{2}ü".to_owned(),
        dialect: None,
        engine: Engine::new(26, 1, 3),
        host: Host {
            cgroup: Cgroup::V1,
            swarm: true,
            rootless: true,
            nixos: Nixos { release: Release::new(25, 11), state_version: Release::new(23, 5) },
            flags: Flags::from_iter(["hosts", "debug"]),
        },
        target: "nix-flake".to_owned(),
        avoid: "10.8.0.0/24 dev tun0 proto kernel\n".to_owned(),
        known: vec!["wifionice".to_owned()],
        view: "pools".to_owned(),
    }
}

#[test]
fn the_primer_never_changes() {
    let fnv = PRIMER
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(fnv, 0x860c_e270_62e6_dfe2, "every v1 link would open as something else");
}

#[test]
fn a_link_keeps_every_byte_and_every_choice() {
    let texts = ["", "{}", "{", "\0", "\u{feff}{}", "{\r\n}\r\n", "\u{1}\u{1}\0"];
    let examples = EXAMPLES.iter().map(|it| it.text);
    let states = texts.into_iter().chain(examples).map(of);
    for state in states.chain([full()]) {
        let link = link(&state, Form::AsWritten);
        assert_eq!(decode(&link), Ok(state), "{link}");
    }
}

#[test]
fn a_canonical_link_keeps_the_settings() {
    for (text, expected) in [
        ("{\"bip\":\"10.1.0.1/24\"} // ours", "{\n  \"bip\": \"10.1.0.1/24\"\n}\n"),
        ("{}", "{}\n"),
        ("{\"mtu\": 1e3, \"mtu\": -0}", "{\n  \"mtu\": 1e3,\n  \"mtu\": -0\n}\n"),
        ("{\"a\": \"\\u0000\\u001e\"}", "{\n  \"a\": \"\\u0000\\u001e\"\n}\n"),
        // What these say is not certain, or would be mended in silence.
        ("{\"bip\": \"10.1.0.1/24\",}", "{\"bip\": \"10.1.0.1/24\",}"),
        ("{\"debug\": tru", "{\"debug\": tru"),
        ("", ""),
    ] {
        let link = link(&of(text), Form::Canonical);
        assert_eq!(decode(&link), Ok(of(expected)), "{text}");
    }
    for example in EXAMPLES.iter().filter(|it| it.id != "broken") {
        let link = link(&of(example.text), Form::Canonical);
        assert_eq!(decode(&link), Ok(of(example.text)), "{}", example.id);
    }
}

#[test]
fn deep_and_long_texts_stay_as_written() {
    let deep = "[".repeat(18) + &"]".repeat(18);
    // Short as it is, too long once printed.
    let wide = ["[", &"[[[[0]]]],".repeat(4_000), "0]"].concat();
    for text in [deep, wide] {
        let link = link(&of(&text), Form::Canonical);
        assert_eq!(decode(&link), Ok(of(&text)));
    }
}

#[test]
fn long_texts_have_no_link() {
    let longest = "a".repeat(MAX_BYTES - 2);
    let link = link(&of(&longest), Form::AsWritten);
    assert_eq!(decode(&link), Ok(of(&longest)));
    for form in [Form::AsWritten, Form::Canonical] {
        let longer = of(&(longest.clone() + "a"));
        assert_eq!(encode(&longer, form), Err(LinkError::TooLong));
    }
    let longer = "v1".to_owned() + &"0".repeat(MAX_CHARACTERS);
    assert_eq!(decode(&longer), Err(LinkError::TooLong));
}

#[test]
fn a_link_may_stand_in_an_address_or_a_sentence() {
    let state = of("{\"debug\": true}");
    let link = link(&state, Form::AsWritten);
    let (first, second) = link.split_at(8);
    for around in [
        format!("#{link}"),
        format!("https://example.com/drydock/#{link}"),
        format!("https://example.com/?utm_source=a#{link}).\n"),
        format!("[Open in Drydock](https://example.com/#{link})"),
        format!("{first}\r\n  {second}"),
        format!("{link}&fbclid=a"),
    ] {
        assert_eq!(decode(&around).as_ref(), Ok(&state), "{around}");
    }
}

#[test]
fn a_cut_off_link_tells_what_is_left() {
    let state = of(EXAMPLES.last().expect("an example").text);
    let link = link(&state, Form::AsWritten);
    let mut left = Vec::new();
    for length in 2..link.len() {
        let rest = match decode(&link[..length]) {
            Err(LinkError::CutOff(rest)) => rest,
            // The length is told modulo 62.
            other => {
                assert_eq!((link.len() - length) % 62, 0);
                assert_eq!(other, Err(LinkError::Damaged));
                continue;
            }
        };
        assert!(state.text.starts_with(&rest.text), "{length}: {}", rest.text);
        left.push(rest.text.len());
    }
    assert!(left.is_sorted());
    let most = left.last().expect("some");
    assert!(state.text.len() - most < 12, "{most} of {}", state.text.len());
}

#[test]
fn every_mistyped_letter_and_every_exchange_is_found() {
    let link = link(&of("{\"debug\": true}"), Form::AsWritten);
    for at in 2..link.len() {
        for other in "0Aaz9".chars() {
            let mut letters: Vec<char> = link.chars().collect();
            letters[at] = other;
            let mistyped: String = letters.iter().collect();
            assert!(mistyped == link || decode(&mistyped).is_err(), "{mistyped}");
        }
        let mut letters: Vec<char> = link.chars().collect();
        letters.swap(at, (at + 1).min(link.len() - 1));
        let exchanged: String = letters.iter().collect();
        assert!(exchanged == link || decode(&exchanged).is_err(), "{exchanged}");
    }
}

#[test]
fn says_what_is_wrong_with_a_link() {
    let whole = link(&of("{\"debug\": true}"), Form::AsWritten);
    let said: Vec<String> = [
        "",
        "#/rules",
        "https://example.com/",
        "#v2abc",
        "#v1",
        &whole[..whole.len() - 1],
        &whole.replace('v', "w"),
        &whole.to_ascii_lowercase(),
        "#pool=10.0.0.0/16:many",
        "#pool=10.0.0.0:24",
        "#check=10.0.0.0/8&engin=28",
        "#engine=19.03",
        "#nixos=25.10",
        "#cgroup=3",
        "#check=%zz",
        "#check=%00",
        "#bip",
        "#rootless=false",
    ]
    .into_iter()
    .map(|it| match decode(it) {
        Ok(state) => format!("{it}\n  {:?}\n", state.text),
        Err(error) => format!("{it}\n  {error}\n"),
    })
    .collect();
    insta::assert_snapshot!(said.concat());
}

#[test]
fn what_a_link_says_is_judged() {
    for (fields, expected) in [
        (&[(b'e', "28.5.2"), (b'J', "{}")][..], Ok("{}\n")),
        (&[(b'e', "28.5.2"), (b'x', "later"), (b'J', "{}")], Err(LinkError::Newer)),
        (&[(b'e', "99.0.0"), (b'J', "{}")], Err(LinkError::Newer)),
        (&[(b'n', "26"), (b'J', "{}")], Err(LinkError::Newer)),
        (&[(b'J', "{\"a\":")], Ok("{\"a\":")), // no writer makes it
        (&[(b'J', "[]")], Ok("[]\n")),
    ] {
        let mut bytes = Fields(Vec::new());
        fields.iter().for_each(|it| bytes.push(it.0, it.1));
        let read = decode(&written(&bytes.0)).map(|it| it.text);
        assert_eq!(read, expected.map(str::to_owned), "{fields:?}");
    }
    // Bytes that are no text, and nothing.
    for bytes in [&b"T\xff\0"[..], b"\0"] {
        assert!(decode(&written(bytes)).is_err(), "{bytes:?}");
    }
}

#[test]
fn readable_links() {
    for (link, text, back) in [
        ("check=172.18.0.0/16", "{}\n", true),
        (
            "pool=10.201.0.0/16:24&check=172.18.0.0/16",
            "{\n  \"default-address-pools\": [\n    { \"base\": \"10.201.0.0/16\", \"size\": 24 }\n  ]\n}\n",
            true,
        ),
        (
            "bip=10.200.0.1/24&pool=fd00::/48:64&pool=10.0.0.0/8:24",
            "{\n  \"bip\": \"10.200.0.1/24\",\n  \"default-address-pools\": [\n    { \"base\": \"fd00::/48\", \"size\": 64 },\n    { \"base\": \"10.0.0.0/8\", \"size\": 24 }\n  ]\n}\n",
            true,
        ),
        ("#bip=10.200.0.1%2F24", "{\n  \"bip\": \"10.200.0.1/24\"\n}\n", false),
        ("https://example.com/#rootless&swarm", "{}\n", false),
        ("rootless&engine=28", "{}\n", false),
    ] {
        let state = decode(link).expect(link);
        assert_eq!(state.text, text);
        let written = readable(&state).expect(link);
        assert_eq!(written == link, back, "{written}");
        assert_eq!(decode(&written), Ok(state));
    }
    let link = "bip=10.1.0.1/24&check=10.8.0.0/16&known=wifionice&engine=26.1.3&nixos=25.11&state=23.05&cgroup=v1&swarm&rootless&flag=hosts&flag=debug&target=nix-flake&view=pools";
    assert_eq!(readable(&decode(link).expect(link)).as_deref(), Some(link));
    let dashed = link.replace("flag=hosts", "flag=--hosts");
    assert_eq!(decode(&dashed), decode(link), "a flag is named with or without its dashes");
}

#[test]
fn every_part_is_told_at_the_top() {
    let told = include_str!("mod.rs");
    let choices = CHOICES.iter().map(|it| it.part);
    let missing: Vec<_> =
        choices.filter(|it| !["`", "=", "`,"].iter().any(|end| told.contains(&["`", it, end].concat()))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn some_states_have_no_readable_link() {
    assert_eq!(readable(&of("{}")), None); // there is nothing to say
    for text in [
        r#"{"debug": true}"#,
        r#"{"bip": 1}"#,
        r#"{"bip": "1", "bip": "2"}"#,
        r#"{"bip": "a b"}"#,
        r#"{"bip": "10.0.0.1/"}"#, // a slash at the end is lost in a sentence
        r#"{"default-address-pools": [{"base": "10.0.0.0/8"}]}"#,
        r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": "24"}]}"#,
        r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": 24, "scope": "local"}]}"#,
        r#"{"default-address-pools": []}"#,
        r#"{"bip": "10.0.0.1/24""#,
    ] {
        assert_eq!(readable(&of(text)), None, "{text}");
    }
    assert_eq!(readable(&full()), None);
}

fn any_state() -> impl Strategy<Value = State> {
    let month = prop_oneof![Just(3), Just(5), Just(9), Just(11)];
    let release = (0..100_u8, month).prop_map(|it| Release::new(it.0, it.1));
    let host = (any::<[bool; 3]>(), release.clone(), release, vec(".*", 0..3));
    let host = host.prop_map(|([v1, swarm, rootless], release, state_version, flags)| Host {
        cgroup: if v1 { Cgroup::V1 } else { Cgroup::V2 },
        swarm,
        rootless,
        nixos: Nixos { release, state_version },
        flags: Flags::from_iter(flags),
    });
    let engine = proptest::sample::select(crate::docker::engine::RELEASES);
    let text = prop_oneof!["(?s).{0,300}", "[{}\\[\\]\":,a\\n0-9 ]{0,200}"];
    (text, engine, host, ".*", "(?s).*", vec(".*", 0..3), ".*").prop_map(
        |(text, engine, host, target, avoid, known, view)| State {
            text,
            dialect: None,
            engine,
            host,
            target,
            avoid,
            known,
            view,
        },
    )
}

proptest! {
    #[test]
    fn any_state_comes_back(state in any_state()) {
        let link = link(&state, Form::AsWritten);
        prop_assert_eq!(decode(&link), Ok(state));
    }

    #[test]
    fn the_settings_of_any_text_come_back(text in "\\{(\"[a-c]\": *(1|\"ü\"|\\[ *\\]|null|\\{\"x\":[0-9]\\}), *){0,4}\"d\": *0\\}") {
        let link = link(&of(&text), Form::Canonical);
        let state = decode(&link).expect("a state");
        prop_assert_eq!(settings(&state.text), settings(&text));
        prop_assert!(settings(&text).is_some());
    }

    #[test]
    fn a_readable_link_says_the_same(parts in vec("(check|known|pool|bip|engine|nixos|state|flag|target|view)=(10\\.[0-9]\\.0\\.0/16(:24)?|28|25\\.11|[a-z]{1,3})|swarm|rootless|cgroup=v1", 1..5)) {
        let state = decode(&parts.join("&")).ok();
        if let Some(written) = state.as_ref().and_then(readable) {
            prop_assert_eq!(decode(&written).ok(), state);
        }
    }

    #[test]
    fn any_text_is_opened_or_refused(text in "(?s).{0,80}", link in "#?(v1)?[0-9A-Za-z]{0,60}", parts in "[a-z=&%0-9./:]{0,60}") {
        for it in [&text, &link, &parts] {
            if let Err(error) = decode(it) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
        let _ = credentials(&text);
    }
}
