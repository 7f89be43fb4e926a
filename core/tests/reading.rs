//! What the reader promises of any text: it is total, strict where Go is, and one mistake spoils one member.

use drydock::{
    Request, analyze,
    document::{Kind, Node, ProblemKind, Tree, Value},
    notation::json::{lex, read},
};
use proptest::prelude::*;

/// Configurations as people write them: indented, with tabs, and in one line.
const TEXTS: &[&str] = &[
    r#"{
  "experimental": true,
  "default-address-pools": [
    { "base": "172.30.0.0/16", "size": 24 },
    { "base": "10.200.0.0/16", "size": 24 }
  ],
  "log-opts": {
    "max-size": "10m",
    "max-file": "3"
  },
  "mtu": 1450
}
"#,
    r#"{
	"dns": ["1.1.1.1", "8.8.8.8"],
	"log-driver": "journald",
	"registry-mirrors": ["https://mirror.gcr.io"],
	"storage-driver": "overlay2"
}"#,
    r#"{
    "builder": {
        "gc": {
            "enabled": true,
            "policy": [
                {
                    "keepStorage": "10GB",
                    "filter": ["unused-for=2200h"]
                },
                {
                    "all": true
                }
            ]
        }
    },
    "bip": "10.200.0.1/24",
    "hosts": [
        "unix:///var/run/docker.sock",
        "tcp://127.0.0.1:2375"
    ],
    "debug": false
}
"#,
];

/// The sound top-level members, as key and value.
fn settings(document: &Tree) -> Vec<(&str, Value)> {
    let members = document.root.members().iter().filter(|it| it.sound);
    members.filter_map(|it| Some((it.key.as_str(), Value::of(&it.value)?))).collect()
}

/// Asserts that every top-level member of `intact` that `spared` lets through is in `damaged` too.
#[track_caller]
fn assert_spared(intact: &str, damaged: &str, spared: impl Fn(usize, usize) -> bool, what: &str) {
    let before = read(intact);
    let after = read(damaged);
    let after = settings(&after);
    let mut from = 0;
    for member in before.root.members() {
        let until = member.value.span.end + 1;
        if spared(from, until) {
            let value = Value::of(&member.value).expect("an intact value");
            assert!(
                after.contains(&(member.key.as_str(), value)),
                "{what}: `{}` is lost in\n{damaged}\n{after:?}",
                member.key
            );
        }
        from = until;
    }
}

#[test]
fn a_missing_character_spoils_one_member() {
    for text in TEXTS {
        for (at, it) in text.char_indices() {
            let end = at + it.len_utf8();
            let damaged = format!("{}{}", &text[..at], &text[end..]);
            let what = format!("without {it:?} at {at}");
            assert_spared(text, &damaged, |from, until| end <= from || until <= at, &what);
        }
    }
}

#[test]
fn a_text_cut_short_keeps_what_stands_before_the_cut() {
    for text in TEXTS {
        for (at, _) in text.char_indices() {
            let what = format!("cut at {at}");
            assert_spared(text, &text[..at], |_, until| until <= at, &what);
        }
    }
}

#[test]
fn a_mistake_is_named_once() {
    let mut several = Vec::new();
    for text in TEXTS {
        for (at, it) in text.char_indices() {
            let damaged = format!("{}{}", &text[..at], &text[at + it.len_utf8()..]);
            let problems = read(&damaged).problems;
            if problems.len() > 1 {
                several.push(format!("without {it:?} at {at}: {problems:?}\n{damaged}"));
            }
        }
    }
    assert!(several.is_empty(), "{}", several.join("\n"));
}

/// Each mends the other's work: brackets that are put before a line, and those that its indentation closes.
#[test]
fn a_bracket_put_before_a_line_is_not_closed_by_its_indentation() {
    for text in ["[\n.\":}", "][{]]\n]\"\n]\n .,][}5.}1]1#\n3.\":.8\n}1,,}[\n.]}}"] {
        assert!(read(text).problems.len() <= lex(text).len(), "{text}");
    }
}

#[test]
fn hostile_texts_are_read_to_the_end() {
    let size = 1 << 18;
    for piece in [
        "[", "{", "}", "]", "\"", ":", ",", "[{", "{\"a\":", "\"a:", "#\n", "'", "\\", "[}", "\u{feff}", "1e999,",
        "{{", "{%", "${", "<%", "<a", "@a",
    ] {
        let text = piece.repeat(size / piece.len());
        let report = analyze(&Request::of(text));
        assert!(!report.diagnostics.is_empty(), "{piece:?}");
    }
    let brackets = format!("{}{}", "[".repeat(9_000), "}".repeat(size));
    assert!(!analyze(&Request::of(brackets)).diagnostics.is_empty());
}

/// JSON values with every kind of content, a few levels deep.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<i32>().prop_map(|it| (f64::from(it) / 8.0).into()),
        "\\PC{0,12}".prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec(("[a-z-]{0,8}", inner), 0..4)
                .prop_map(|it| serde_json::Value::Object(it.into_iter().collect())),
        ]
    })
}

/// A value as another reader sees it.
fn seen_by_serde(node: &Node) -> serde_json::Value {
    match &node.kind {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool(value) => (*value).into(),
        Kind::Number(digits) => serde_json::from_str(digits).expect("a number"),
        Kind::String(text) => text.as_str().into(),
        Kind::List(elements) => elements.iter().map(seen_by_serde).collect(),
        Kind::Map(members) => members.iter().map(|it| (it.key.clone(), seen_by_serde(&it.value))).collect(),
        Kind::Opaque | Kind::Missing => panic!("{node:?} in valid JSON"),
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_report(text in any::<String>()) {
        analyze(&Request::of(text));
    }

    #[test]
    fn any_text_that_looks_like_json_gives_a_report(text in r#"([\[\]{}:,"'\\ \n\t/#*]|true|null|-?[0-9]{1,3}|"[a-z-]{0,5}"|dns|bip){0,40}"#) {
        analyze(&Request::of(text));
    }

    /// Lines, unlike the texts above, whose indentation says what belongs together.
    #[test]
    fn any_lines_that_look_like_json_give_a_report(text in r#"(\n {0,3}|[\[\]{}:,"'.#-]|//c\n|true|null|1|"a"|"bip": 1){0,40}"#) {
        prop_assert!(read(&text).problems.len() <= 2 * lex(&text).len() + 2);
        analyze(&Request::of(text));
    }

    #[test]
    fn tokens_tile_the_text(text in any::<String>()) {
        let mut at = 0;
        for token in lex(&text) {
            prop_assert_eq!(token.span.start, at);
            at = token.span.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn valid_json_is_read_as_others_read_it(value in json(), pretty in any::<bool>()) {
        let text = match pretty {
            true => serde_json::to_string_pretty(&value),
            false => serde_json::to_string(&value),
        }.expect("JSON");
        let document = read(&text);
        prop_assert_eq!(&document.problems, &vec![]);
        prop_assert_eq!(document.end, Some(text.len()));
        prop_assert_eq!(seen_by_serde(&document.root), value);
    }

    /// No text passes that a strict parser refuses, and none fails that it accepts.
    #[test]
    fn strict_where_others_are_strict(text in r#"([\[\]{}:,"\\ \n\t/]|true|null|-?[0-9.e+]{1,3}|"[a-z-]{0,2}"){0,12}"#) {
        let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let problems = read(&text).problems;
        let ours = problems.iter().all(|it| it.kind == ProblemKind::HugeNumber);
        prop_assert_eq!(ours, strict, "{:?}", problems);
    }
}
