//! Vectors first; then what holds for every value: nixfmt leaves the layout alone, and Nix reads the value back.

use super::write::*;
use crate::document::Value;
use proptest::prelude::*;

/// Any JSON value as Nix, as data is: no key has a meaning.
fn nix(value: &Value) -> Result<Nix, Unholdable> {
    Ok(match value {
        Value::Null => Nix::Word("null"),
        Value::Bool(value) => Nix::from(*value),
        Value::Number(digits) => number(digits)?,
        Value::String(text) => string(text)?,
        Value::List(elements) => Nix::List(elements.iter().map(nix).collect::<Result<_, _>>()?),
        Value::Map(members) => {
            let binding = |(key, value): &(String, Value)| {
                string(key)?;
                Ok(Binding::named(key, nix(value)?))
            };
            Nix::Set(members.iter().map(binding).collect::<Result<_, _>>()?)
        }
        Value::Expression(text) => Nix::Raw(text.clone()),
    })
}

fn written(value: &Value) -> String {
    write(&nix(value).expect("a value Nix can hold")).text
}

#[test]
fn escapes_strings() {
    for (text, expected) in [
        ("a\"b", r#""a\"b""#),
        ("a\\b", r#""a\\b""#),
        ("${x}", r#""\${x}""#),
        ("$x", r#""$x""#),
        ("$$", r#""$$""#),
        ("$${x}", r#""$\${x}""#),
        ("\\${x}", r#""\\\${x}""#),
        ("''", r#""''""#),
        ("\t", r#""\t""#),
        ("\r\n", r#""\r\n""#),
        ("", r#""""#),
        ("é", r#""é""#),
        ("$", r#""$""#),
        ("\u{1}", "\"\u{1}\""), // Nix has no escape for it
        ("/srv/docker", r#""/srv/docker""#),
    ] {
        assert_eq!(written(&Value::string(text)).trim_end(), expected, "{text}");
    }
    assert_eq!(string("a\0"), Err(Unholdable::Nul));
}

#[test]
fn writes_numbers_as_nix_has_them() {
    for (digits, expected) in [
        ("0", Ok("0")),
        ("-0", Ok("0")),
        ("-1", Ok("-1")),
        ("9223372036854775807", Ok("9223372036854775807")),
        ("-9223372036854775808", Ok("-9223372036854775807 - 1")),
        ("9223372036854775808", Err(Unholdable::Integer)),
        ("-9223372036854775809", Err(Unholdable::Integer)),
        ("1.0", Ok("1.0")),
        ("0.5", Ok("0.5")),
        ("1e3", Ok("1000.0")),
        ("1E+3", Ok("1000.0")),
        ("1e30", Ok("1.0e30")),
        ("1e-3", Ok("1.0e-3")),
        ("0e5", Ok("0.0e5")),
        ("1.5e-7", Ok("1.5e-7")),
        ("-2.5E+3", Ok("-2.5E+3")),
        ("1e400", Err(Unholdable::Float)),
        ("1e-400", Err(Unholdable::Float)),
        ("0e-400", Ok("0.0e-400")),
    ] {
        let expected = expected.map(|it| Nix::Number(it.to_owned()));
        assert_eq!(number(digits), expected, "{digits}");
    }
    let list = Value::List(vec![Value::integer(-1), Value::integer(i64::MIN)]);
    assert_eq!(written(&list), "[\n  (-1)\n  (-9223372036854775807 - 1)\n]\n");
}

proptest! {
    /// The standard library is the judge.
    #[test]
    fn holds_what_floats_come_near(
        digits in prop_oneof!["[0-9]{1,20}", Just("17976931348623157".to_owned()), Just("22250738585072014".to_owned())],
        point in 0_usize..30,
        more in "[0-9]{0,2}",
        exponent in prop_oneof![-5_i64..5, -330_i64..-290, 285_i64..315, Just(i64::MIN), Just(i64::MAX)],
    ) {
        let digits = [digits, more].concat();
        let (whole, fraction) = digits.split_at(point.min(digits.len() - 1));
        let text = format!("{}.{fraction}e{exponent}", if whole.is_empty() { "0" } else { whole });
        let value: f64 = text.parse().expect("a number");
        let is_zero = text.split('e').next().is_some_and(|it| it.bytes().all(|it| matches!(it, b'0' | b'.')));
        let is_held = is_zero || (value.is_finite() && value >= f64::MIN_POSITIVE);
        prop_assert_eq!(number(&text).is_ok(), is_held, "{}", text);
    }
}

#[test]
fn knows_the_whole_number_a_fraction_or_exponent_stands_for() {
    for (digits, expected) in [
        ("1e3", Some(1000)),
        ("1500.0", Some(1500)),
        ("-1.25e2", Some(-125)),
        ("120e-1", Some(12)),
        ("0.0", Some(0)),
        ("-0e999999999999999999999", Some(0)),
        ("1.5", None),
        ("1e-1", None),
        ("1e19", None), // beyond 64 bits
        ("1e99999999999999999999", None),
    ] {
        assert_eq!(whole(digits), expected, "{digits}");
    }
}

#[test]
fn quotes_names_only_where_it_must() {
    for (name, expected) in [
        ("log-opts", "log-opts"),
        ("fixed-cidr-v6", "fixed-cidr-v6"),
        ("a'", "a'"),
        ("_type", "_type"),
        ("true", "true"),
        ("com.docker.network.bridge.name", "\"com.docker.network.bridge.name\""),
        ("/var/lib", "\"/var/lib\""),
        ("a b", "\"a b\""),
        ("8.8.8.8", "\"8.8.8.8\""),
        ("0x", "\"0x\""),
        ("10-foo", "\"10-foo\""),
        ("-a", "\"-a\""),
        ("", "\"\""),
        ("inherit", "\"inherit\""),
        ("or", "\"or\""),
        ("${x}\"", "\"\\${x}\\\"\""),
        ("é", "\"é\""),
    ] {
        let set = Value::Map(vec![(name.to_owned(), Value::Null)]);
        let expected = format!("{{\n  {expected} = null;\n}}\n");
        assert_eq!(written(&set), expected, "{name}");
    }
}

// ── properties ──

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "$", "{", "}", "\"", "\\", "''", "\n", "\r", "\t", "ü", "a", "\u{7f}", "or", "\u{1}"
        ])
        .prop_map(str::to_owned)
        .prop_recursive(3, 8, 4, |it| prop::collection::vec(it, 1..4).prop_map(|it| it.concat())),
        "[a-z]{0,8}",
        "[a-z /-]{60,110}",
    ]
}

fn digits() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|it| it.to_string()),
        (-300i64..300).prop_map(|it| it.to_string()),
        prop::num::f64::NORMAL.prop_map(|it| format!("{it:e}")),
        (any::<i16>(), 0u8..9, -20i8..20).prop_map(|(a, b, c)| format!("{a}.{b}e{c}")),
        (any::<i16>(), 0u8..20).prop_map(|(a, c)| format!("{a}E+{c}")),
    ]
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        digits().prop_map(Value::Number),
        text().prop_map(Value::String),
    ];
    plain.prop_recursive(4, 24, 4, |value| {
        let members = prop::collection::vec((text(), value.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(value, 0..4).prop_map(Value::List),
            members.prop_map(|mut members| {
                members.sort_by(|a, b| a.0.cmp(&b.0));
                members.dedup_by(|a, b| a.0 == b.0);
                Value::Map(members)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn nixfmt_leaves_the_layout_alone(value in value()) {
        let written = written(&value);
        let formatted = nixfmt_rs::format(&written).expect("Nix");
        prop_assert_eq!(written, formatted);
    }
}

/// A value as `serde_json` has it.
fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(it) => (*it).into(),
        Value::Number(digits) => match digits.parse::<i64>() {
            Ok(it) => it.into(),
            Err(_) => digits.parse::<f64>().expect("a number").into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::List(elements) => elements.iter().map(as_json).collect(),
        Value::Map(members) => members.iter().map(|it| (it.0.clone(), as_json(&it.1))).collect(),
        Value::Expression(text) => text.as_str().into(),
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_value(value in value()) {
        let read = crate::daemon::print::evaluate::evaluate(&written(&value));
        prop_assert_eq!(read, as_json(&value));
    }
}

/// Text of several lines, with all that means something between `''`.
fn lines() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "$", "{", "}", "${", "$$", "\"", "\\", "'", "''", "'''", "\n", "\n\n", " ", "  ", "\t", "\r", "ü", "a", "echo",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|it| it.concat() + "\n")
}

fn bound(text: &str) -> String {
    let binding = Binding::named("a", Nix::Text(text.to_owned())).said("What it is.\n\"${x}\" and ''");
    let inner = Nix::Set(vec![binding, Binding::named("b", Nix::Word("null"))]);
    write(&Nix::Set(vec![Binding::named("c", inner)])).text
}

proptest! {
    #[test]
    fn nixfmt_leaves_several_lines_alone(text in lines()) {
        let written = bound(&text);
        let formatted = nixfmt_rs::format(&written).expect("Nix");
        prop_assert_eq!(written, formatted);
    }
}

#[test]
fn writes_a_script_line_by_line() {
    assert_eq!(
        write(&Nix::Set(vec![Binding::named("script", Nix::Text("a ''b\n\n  ${c} $d\n".to_owned()))])).text,
        "{\n  script = ''\n    a '''b\n\n      ''${c} $d\n  '';\n}\n"
    );
    for text in ["a", "\n", " a\n", "a\n\tb\n", "a\n \nb\n", "a\r\n", "'${a}'\n", "\u{1}\n"] {
        let written = write(&Nix::Set(vec![Binding::named("script", Nix::Text(text.to_owned()))])).text;
        assert!(written.starts_with("{\n  script = \""), "{written}");
    }
}

/// The judge is Nix itself, where it is installed: one run over many values.
#[test]
fn nix_itself_reads_back_the_same_values() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    use std::io::Write;
    let mut runner = TestRunner::deterministic();
    let mut comparisons = String::from("[\n");
    for _ in 0..300 {
        let value = value().new_tree(&mut runner).expect("a value").current();
        let json = as_json_text(&value);
        comparisons.push_str(&format!("(({}) == builtins.fromJSON {})\n", written(&value), in_quotes(&json)));
        let text = lines().new_tree(&mut runner).expect("a text").current();
        comparisons.push_str(&format!("({}.c.a == {})\n", bound(&text), in_quotes(&text)));
    }
    comparisons.push_str("]\n");
    let mut command = std::process::Command::new("nix-instantiate");
    command.args(["--store", "dummy://", "--eval", "--strict", "--json", "-"]);
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("nix-instantiate is not installed: printed Nix was read back by rnix only");
        return;
    };
    let mut input = child.stdin.take().expect("its input");
    input.write_all(comparisons.as_bytes()).expect("to write");
    drop(input);
    let output = child.wait_with_output().expect("its output");
    let answers: Vec<bool> = serde_json::from_slice(&output.stdout).expect("a list of booleans");
    assert_eq!(answers, vec![true; 600]);
}

fn as_json_text(value: &Value) -> String {
    crate::notation::json::write(value, Default::default(), "", crate::notation::json::Shape::Inline)
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::new();
    push_quoted(&mut quoted, text);
    quoted
}
