//! Rows first: text, change, text; then what holds for every text.

use super::*;
use crate::{daemon::dialect::DAEMON_JSON, document::edit::edit};
use proptest::prelude::*;

/// `log-opts.max-size` and `dns.0` as a path.
fn path(written: &str) -> Vec<Step> {
    let step = |it: &str| match it.parse() {
        Ok(at) => Step::Index(at),
        Err(_) => Step::Key(it.to_owned()),
    };
    written.split('.').map(step).collect()
}

fn value(written: &str) -> Value {
    Value::of(&DAEMON_JSON.read(written).root).expect("a value")
}

fn changed(text: &str, change: &Change) -> Result<String, CannotEdit> {
    let edits = edit(text, &DAEMON_JSON.read(text), change)?;
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
    }
    Ok(edits.apply(text))
}

#[track_caller]
fn assert_set(before: &str, at: &str, new: &str, after: &str) {
    let change = Change::Set { path: path(at), value: value(new) };
    assert_eq!(changed(before, &change).as_deref(), Ok(after), "{before}");
}

#[track_caller]
fn assert_unset(before: &str, at: &str, after: &str) {
    let change = Change::Unset { path: path(at) };
    assert_eq!(changed(before, &change).as_deref(), Ok(after), "{before}");
}

#[test]
fn moves_what_is_written_once_to_where_nothing_is() {
    for (before, from, to, after) in [
        (
            "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}",
            "a",
            "b.a",
            Some("{\n  \"b\": {\n    \"c\": 2,\n    \"a\": 1\n  }\n}"),
        ),
        (r#"{"a": 1, "b": 2}"#, "a", "c.a", Some(r#"{"b": 2, "c": {"a": 1}}"#)),
        (r#"{"b": {"a": 1}, "c": 2}"#, "b.a", "a", Some(r#"{"b": {}, "c": 2, "a": 1}"#)),
        (r#"{"a": 1, "b": 2}"#, "a", "b", None), // something is there
        (r#"{"a": 1, "a": 2}"#, "a", "b", None), // one of them would be lost
        ("{\n  \"a\": 1, // why\n  \"b\": 2\n}", "a", "c", None), // and so would its comment
        (r#"{"b": 2}"#, "a", "c", None),
    ] {
        let change = Change::Move { from: path(from), to: path(to) };
        assert_eq!(changed(before, &change).ok().as_deref(), after, "{before}");
    }
}

#[test]
fn sets_what_is_there() {
    for (before, at, new, after) in [
        (r#"{"debug": true}"#, "debug", "false", r#"{"debug": false}"#),
        (r#"{"debug": true}"#, "debug", "true", r#"{"debug": true}"#),
        // the last that is not null counts
        (r#"{"mtu": 1, "mtu": 2}"#, "mtu", "3", r#"{"mtu": 1, "mtu": 3}"#),
        (r#"{"mtu": 1, "mtu": null}"#, "mtu", "3", r#"{"mtu": 3, "mtu": null}"#),
        (r#"{"mtu": null}"#, "mtu", "3", r#"{"mtu": 3}"#),
        // top-level keys are exact, members of objects are not, keys of maps are
        (r#"{"MTU": 1}"#, "mtu", "3", r#"{"MTU": 1, "mtu": 3}"#),
        (r#"{"proxies": {"HTTP-Proxy": "a"}}"#, "proxies.http-proxy", r#""b""#, r#"{"proxies": {"HTTP-Proxy": "b"}}"#),
        (r#"{"log-opts": {"Tag": "a"}}"#, "log-opts.tag", r#""b""#, r#"{"log-opts": {"Tag": "a", "tag": "b"}}"#),
        // objects of one key are read as one
        (
            r#"{"log-opts": {"tag": "a"}, "log-opts": {}}"#,
            "log-opts.tag",
            r#""b""#,
            r#"{"log-opts": {"tag": "b"}, "log-opts": {}}"#,
        ),
        (
            r#"{"log-opts": {"tag": "a"}, "log-opts": {"env": "b"}}"#,
            "log-opts.labels",
            r#""c""#,
            r#"{"log-opts": {"tag": "a"}, "log-opts": {"env": "b", "labels": "c"}}"#,
        ),
        (r#"{"dns": ["a", "b"]}"#, "dns.1", r#""c""#, r#"{"dns": ["a", "c"]}"#),
        (r#"{"dns": ["a"]}"#, "dns.1", r#""c""#, r#"{"dns": ["a", "c"]}"#),
        (r#"{"dns": ["a"]}"#, "dns", r#"["b", "c"]"#, r#"{"dns": ["b", "c"]}"#),
        (
            "{\n  \"dns\": [\n    \"a\"\n  ]\n}",
            "dns",
            r#"["b", "c"]"#,
            "{\n  \"dns\": [\n    \"b\",\n    \"c\"\n  ]\n}",
        ),
        (
            "{\n  \"dns\": [\n    \"a\" // x\n  ]\n}",
            "dns.1",
            r#""b""#,
            "{\n  \"dns\": [\n    \"a\", // x\n    \"b\"\n  ]\n}",
        ),
        // a list of one change keeps what is beside it
        (
            "{\n  \"dns\": [\n    \"a\", // x\n    \"b\" // y\n  ]\n}",
            "dns",
            r#"["a", "c"]"#,
            "{\n  \"dns\": [\n    \"a\", // x\n    \"c\" // y\n  ]\n}",
        ),
        (
            "{\n  \"dns\": [\n    \"a\", // x\n    \"b\" // y\n  ]\n}",
            "dns",
            r#"["b"]"#,
            "{\n  \"dns\": [\n    \"b\" // y\n  ]\n}",
        ),
        (
            "{\n  \"dns\": [\n    \"a\" // x\n  ]\n}",
            "dns",
            r#"["a", "b"]"#,
            "{\n  \"dns\": [\n    \"a\", // x\n    \"b\"\n  ]\n}",
        ),
        (r#"{"bip": }"#, "bip", r#""a""#, r#"{"bip": "a" }"#),
        (r#"{"bip": "x}"#, "bip", r#""a""#, r#"{"bip": "a"}"#),
        ("null", "bip", r#""a""#, "{\n  \"bip\": \"a\"\n}"),
    ] {
        assert_set(before, at, new, after);
    }
}

#[test]
fn adds_what_is_missing_in_the_style_of_the_text() {
    let debug = "{\n  \"debug\": true\n}\n";
    for (before, after) in [
        ("", debug),
        (" \n", debug),
        ("{}", "{\n  \"debug\": true\n}"),
        ("{}\n", debug),
        ("{\n}\n", debug),
        ("\u{FEFF}{}", "\u{FEFF}{\n  \"debug\": true\n}"),
        ("\u{FEFF}", "\u{FEFF}{\n  \"debug\": true\n}\n"),
        ("// mine\n", "// mine\n{\n  \"debug\": true\n}\n"),
        ("{ // mine\n}", "{ // mine\n  \"debug\": true\n}"),
        ("{\n    // mine\n}", "{\n    // mine\n    \"debug\": true\n}"),
        ("{ /* mine */ }", "{ /* mine */ \"debug\": true }"),
        (r#"{"mtu":1}"#, r#"{"mtu":1,"debug":true}"#),
        (r#"{ "mtu": 1 }"#, r#"{ "mtu": 1, "debug": true }"#),
        (r#"{ "mtu": 1, }"#, r#"{ "mtu": 1, "debug": true }"#),
        (r#"{ "mtu": 1 /* x */ }"#, r#"{ "mtu": 1, "debug": true /* x */ }"#),
        ("{\n\t\"mtu\": 1\n}", "{\n\t\"mtu\": 1,\n\t\"debug\": true\n}"),
        ("{\r\n    \"mtu\": 1\r\n}\r\n", "{\r\n    \"mtu\": 1,\r\n    \"debug\": true\r\n}\r\n"),
        ("{\r\n  \"mtu\": 1 // x\r\n}", "{\r\n  \"mtu\": 1, // x\r\n  \"debug\": true\r\n}"),
        ("{\n  \"mtu\": 1, // x\n  // y\n}", "{\n  \"mtu\": 1, // x\n  \"debug\": true\n  // y\n}"),
        ("{\n  \"mtu\": 1 }", "{\n  \"mtu\": 1,\n  \"debug\": true }"),
        // among mistakes
        ("{\n  \"mtu\": 1,\n  \"bip\": \"\n}", "{\n  \"mtu\": 1,\n  \"debug\": true,\n  \"bip\": \"\n}"),
        ("{\n  \"bip\": ,\n}", "{\n  \"debug\": true,\n  \"bip\": ,\n}"),
        ("{\n  \"mtu\": 1", "{\n  \"mtu\": 1,\n  \"debug\": true"),
    ] {
        assert_set(before, "debug", "true", after);
    }
}

#[test]
fn makes_the_objects_and_lists_on_the_way() {
    for (before, at, new, after) in [
        ("{}", "log-opts.tag", r#""a""#, "{\n  \"log-opts\": {\n    \"tag\": \"a\"\n  }\n}"),
        (r#"{ "mtu": 1 }"#, "log-opts.tag", r#""a""#, r#"{ "mtu": 1, "log-opts": { "tag": "a" } }"#),
        (r#"{"mtu":1}"#, "log-opts.tag", r#""a""#, r#"{"mtu":1,"log-opts":{"tag":"a"}}"#),
        ("{\n\t\"log-opts\": {}\n}", "log-opts.tag", r#""a""#, "{\n\t\"log-opts\": {\n\t\t\"tag\": \"a\"\n\t}\n}"),
        ("{\n  \"log-opts\": null\n}", "log-opts.tag", r#""a""#, "{\n  \"log-opts\": {\n    \"tag\": \"a\"\n  }\n}"),
        ("{\n  \"mtu\": 1\n}", "dns.0", r#""a""#, "{\n  \"mtu\": 1,\n  \"dns\": [\"a\"]\n}"),
        (
            "{\n  \"mtu\": 1\n}",
            "default-address-pools.0",
            r#"{"base": "10.0.0.0/8", "size": 24}"#,
            "{\n  \"mtu\": 1,\n  \"default-address-pools\": [\n    { \"base\": \"10.0.0.0/8\", \"size\": 24 }\n  ]\n}",
        ),
        // an entry that the daemon knows by a member says its own name there
        (
            r#"{ "mtu": 1 }"#,
            "default-ulimits.nofile.Hard",
            "64",
            r#"{ "mtu": 1, "default-ulimits": { "nofile": { "Name": "nofile", "Hard": 64 } } }"#,
        ),
        (
            r#"{ "default-ulimits": { "core": { "Name": "core" } } }"#,
            "default-ulimits.nofile.Name",
            r#""nofile""#,
            r#"{ "default-ulimits": { "core": { "Name": "core" }, "nofile": { "Name": "nofile" } } }"#,
        ),
        (
            r#"{ "default-ulimits": { "nofile": null } }"#,
            "default-ulimits.nofile.Soft",
            "64",
            r#"{ "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 64 } } }"#,
        ),
        (
            r#"{ "default-ulimits": { "nofile": { "Hard": 64 } } }"#, // what is there is the user's
            "default-ulimits.nofile.Soft",
            "64",
            r#"{ "default-ulimits": { "nofile": { "Hard": 64, "Soft": 64 } } }"#,
        ),
    ] {
        assert_set(before, at, new, after);
    }
}

#[test]
fn nothing_is_written_where_it_would_not_be_read() {
    let change = Change::Set { path: path("mtu"), value: value("1450") };
    let damaged = r#"{ "mtu" 1400 }"#; // a colon is missing
    assert_eq!(changed(damaged, &change), Err(CannotEdit));
}

#[test]
fn settings_are_added_to_objects_and_to_nothing() {
    for (text, takes) in [
        ("", true),
        ("// nothing yet\n", true),
        ("null", true),
        ("{}", true),
        (r#"{ "a key that no text has": 1 }"#, true),
        (r#"{ "mtu": 1, }"#, true),
        ("[1, 2]", false),
        (r#""text""#, false),
        ("log-driver: json-file", false),
    ] {
        let document = DAEMON_JSON.read(text);
        assert_eq!(crate::document::edit::takes_settings(text, &document), takes, "{text}");
    }
}

#[test]
fn takes_out_members_with_comma_and_line() {
    for (before, at, after) in [
        (r#"{"a": 1, "b": 2, "c": 3}"#, "a", r#"{"b": 2, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "b", r#"{"a": 1, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "c", r#"{"a": 1, "b": 2}"#),
        (r#"{ "a": 1 }"#, "a", "{}"),
        (r#"{ "a": 1, }"#, "a", "{}"),
        ("{\n  \"a\": 1\n}", "a", "{}"),
        (r#"{ "a": 1, "b": 2, }"#, "b", r#"{ "a": 1, }"#),
        (r#"{"a": 1, "b": 2, "a": 3}"#, "a", r#"{"b": 2}"#),
        (r#"{"a": 1, "b": 2, "b": 3}"#, "b", r#"{"a": 1}"#),
        (r#"{"b": 1, "a": 2, "b": 3, "c": 4}"#, "b", r#"{"a": 2, "c": 4}"#),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}", "a", "{\n  \"b\": 2\n}"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}", "b", "{\n  \"a\": 1\n}"),
        ("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}", "b", "{\r\n  \"a\": 1\r\n}"),
        ("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}", "a", "{\r\n  \"b\": 2\r\n}"),
        // its own comment goes, a neighbour's stays
        ("{\n  \"a\": 1, // a\n  \"b\": 2 // b\n}", "a", "{\n  \"b\": 2 // b\n}"),
        ("{\n  \"a\": 1, // a\n  \"b\": 2 // b\n}", "b", "{\n  \"a\": 1 // a\n}"),
        ("{\n  // all\n  \"a\": 1\n}", "a", "{\n  // all\n}"),
        ("{\n  \"a\": 1,\n  // b\n  \"b\": 2\n}", "b", "{\n  \"a\": 1\n  // b\n}"),
        ("{\n  \"a\": 1, \"b\": 2, // both\n  \"c\": 3\n}", "b", "{\n  \"a\": 1, // both\n  \"c\": 3\n}"),
        ("{ \"a\": 1,\n  \"b\": 2 }", "a", "{ \"b\": 2 }"),
        ("{ \"a\": 1,\n  \"b\": 2 }", "b", "{ \"a\": 1 }"),
        ("{\n    \"a\": 1\n  , \"b\": 2\n  , \"c\": 3\n}", "b", "{\n    \"a\": 1\n  , \"c\": 3\n}"),
        ("{\n    \"a\": 1\n  , \"b\": 2\n}", "b", "{\n    \"a\": 1\n}"),
        (r#"{"dns": ["a", "b"]}"#, "dns.0", r#"{"dns": ["b"]}"#),
        (r#"{"dns": ["a", "b"]}"#, "dns.1", r#"{"dns": ["a"]}"#),
        (
            r#"{"log-opts": {"a": "1"}, "log-opts": {"a": "2", "b": "3"}}"#,
            "log-opts.a",
            r#"{"log-opts": {}, "log-opts": {"b": "3"}}"#,
        ),
        // nothing there
        (r#"{"a": 1}"#, "b", r#"{"a": 1}"#),
        ("", "b", ""),
        // among mistakes
        (r#"{"a": 1 "b": 2}"#, "a", r#"{"b": 2}"#),
        ("{\"a\": ,\n\"b\": 2}", "a", "{\"b\": 2}"),
        ("{\n  \"a\": 1,\n  \"b\": 2", "b", "{\n  \"a\": 1"),
    ] {
        assert_unset(before, at, after);
    }
}

#[test]
fn takes_out_elements_all_at_once() {
    let lines = "{\n  \"dns\": [\n    1, // one\n    2, // two\n    3, // three\n    4 // four\n  ]\n}";
    for (before, at, indices, after) in [
        (r#"{"dns": [1, 2, 3, 4]}"#, "dns", &[0, 2][..], r#"{"dns": [2, 4]}"#),
        (r#"{"dns": [1, 2, 3, 4]}"#, "dns", &[1, 3], r#"{"dns": [1, 3]}"#),
        (r#"{"dns": [1, 2, 3, 4]}"#, "dns", &[0, 1, 2, 3], r#"{"dns": []}"#),
        (lines, "dns", &[0, 2, 3], "{\n  \"dns\": [\n    2 // two\n  ]\n}"),
        // nothing there
        (r#"{"dns": [1, 2]}"#, "dns", &[], r#"{"dns": [1, 2]}"#),
        (r#"{"dns": [1, 2]}"#, "dns", &[1, 2, 7], r#"{"dns": [1]}"#),
        (r#"{"dns": {"a": 1}}"#, "dns", &[0], r#"{"dns": {"a": 1}}"#),
        (r#"{"dns": [1, 2]}"#, "new", &[0], r#"{"dns": [1, 2]}"#),
        ("[1, 2]", "new", &[0], "[1, 2]"),
    ] {
        let change = Change::UnsetElements { path: path(at), indices: indices.to_vec() };
        assert_eq!(changed(before, &change).as_deref(), Ok(after), "{before}");
    }
}

#[test]
fn renames_and_replaces_in_place() {
    let text = r#"{"debgu": true, "dns": "1.1.1.1", "x": {"y": [1]}}"#;
    let document = DAEMON_JSON.read(text);
    let members = document.root.members();
    let rename = Change::Rename { key: members[0].key_span, name: "debug".to_owned() };
    let replace = Change::Replace { span: members[1].value.span, value: value(r#"["1.1.1.1"]"#) };
    let inner = &members[2].value.members()[0].value;
    let remove = Change::Remove { span: inner.elements()[0].span };
    for (change, after) in [
        (rename, text.replace("debgu", "debug")),
        (replace, text.replace(r#""1.1.1.1""#, r#"["1.1.1.1"]"#)),
        (remove, text.replace("[1]", "[]")),
    ] {
        assert_eq!(changed(text, &change), Ok(after));
    }
}

#[test]
fn says_when_the_place_is_gone() {
    let set = |at: &str| Change::Set { path: path(at), value: Value::Bool(true) };
    let replace = Change::Replace { span: Span::new(1, 5), value: Value::Null };
    let remove = Change::Remove { span: Span::new(0, 2) };
    for (text, change) in [
        ("{", &replace),
        ("{}", &remove), // the whole text is no item
        ("[]", &set("debug")),
        (r#"{"log-opts": "x"}"#, &set("log-opts.tag")),
        (r#"{"dns": []}"#, &set("dns.1")),
        ("}", &set("debug")),
    ] {
        assert_eq!(changed(text, change), Err(CannotEdit), "{text}");
    }
}

// ── properties ──

fn space() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "",
        " ",
        "\n",
        "\n  ",
        "\r\n\t",
        " // c, }\n",
        " /* ü\n] */ ",
        "\n # x\r\n  ",
        "\n\n    ",
    ])
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\"debug\"",
        "\"log-opts\"",
        "\"tag\"",
        "\"proxies\"",
        "\"HTTP-proxy\"",
        "\"dns\"",
        "\"\\u00fc,\"",
    ])
}

fn list_of(items: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    let items = prop::collection::vec((space(), items, space()), 0..4);
    (items, space()).prop_map(|(items, inner)| match items.is_empty() {
        true => inner.to_owned(),
        false => {
            let items = items.iter().map(|(a, it, b)| [a, it.as_str(), b].concat());
            items.collect::<Vec<_>>().join(",")
        }
    })
}

/// An object with comments, odd white space and keys that repeat.
fn document() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec!["1", "-0.5e3", "true", "null", "\"a\"", "\"// ü\"", "{}"]);
    let value =
        plain.prop_map(str::to_owned).prop_recursive(3, 12, 4, |value| {
            let member = (key(), space(), space(), value.clone())
                .prop_map(|(key, a, b, value)| [key, a, ": ", b, &value].concat());
            prop_oneof![
                list_of(value).prop_map(|it| format!("[{it}]")),
                list_of(member).prop_map(|it| format!("{{{it}}}")),
            ]
        });
    let member = (key(), space(), value).prop_map(|(key, a, value)| [key, ":", a, &value].concat());
    let member = member.prop_filter("a comment right behind the colon", |it| !it.contains(":/"));
    (space(), list_of(member), space()).prop_map(|(a, it, b)| format!("{a}{{{it}}}{b}"))
}

fn change_path() -> impl Strategy<Value = Vec<Step>> {
    let paths = ["debug", "dns", "dns.0", "dns.1", "log-opts.tag", "proxies.http-proxy", "new", "tag.tag.tag"];
    prop::sample::select(paths.to_vec()).prop_map(path)
}

fn new_value() -> impl Strategy<Value = Value> {
    let values = [
        "false",
        "17",
        "\"new\"",
        "[\"new\", {\"a\": 1}]",
        "{\"new\": [1, 2], \"b\": {}}",
        "[\"a\"]",
        "[\"a\", 1]",
        "[true]",
        "[1, \"a\"]",
    ];
    prop::sample::select(values.to_vec()).prop_map(value)
}

/// What is in a document, but for some nodes: the keys that lead there, and the scalar or bracket.
fn contents(root: &Node, without: &[&Node]) -> Vec<String> {
    let mut contents = Vec::new();
    let mut rest = vec![(String::new(), root)];
    while let Some((path, node)) = rest.pop() {
        if without.iter().any(|it| std::ptr::eq(*it, node)) {
            continue;
        }
        contents.push(match node.kind {
            Kind::Map(_) => format!("{path} {{"),
            Kind::List(_) => format!("{path} ["),
            _ => format!("{path} {:?}", node.kind),
        });
        let members = node.members().iter().rev();
        rest.extend(members.map(|it| (format!("{path}/{}", it.key), &it.value)));
        let elements = node.elements().iter().rev();
        rest.extend(elements.map(|it| (format!("{path}/"), it)));
    }
    contents
}

fn every_value(root: &Node) -> Vec<&Node> {
    let mut all = Vec::new();
    let mut rest = vec![root];
    while let Some(node) = rest.pop() {
        let before = rest.len();
        rest.extend(node.members().iter().map(|it| &it.value));
        rest.extend(node.elements());
        all.extend(&rest[before..]);
    }
    all
}

fn assert_in_order(text: &str, edits: &[TextEdit]) {
    for edit in edits {
        assert!(text.get(edit.span.start..edit.span.end).is_some(), "{edit:?}");
    }
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
    }
}

proptest! {
    #[test]
    fn setting_changes_one_value_and_nothing_else(text in document(), path in change_path(), value in new_value()) {
        let before = DAEMON_JSON.read(&text);
        let places = Places::of(&before, &path);
        let place = places.effective().expect("the root at least");
        let change = Change::Set { path: path.clone(), value: value.clone() };
        let Ok(edits) = edit(&text, &before, &change) else {
            prop_assert!(!places.missing.is_empty(), "{text}");
            return Ok(());
        };
        assert_in_order(&text, &edits);
        let is_replaced = places.missing.is_empty() || place.value.kind == Kind::Null;
        for edit in &edits {
            let written = edit.span.of(&text);
            let is_allowed = match is_replaced {
                true => place.value.span.to(edit.span) == place.value.span,
                false => written.trim().is_empty(),
            };
            prop_assert!(is_allowed, "{edit:?}");
        }
        let result = edits.apply(&text);
        let after = DAEMON_JSON.read(&result);
        let new_places = Places::of(&after, &path);
        prop_assert!(new_places.missing.is_empty());
        let new_place = new_places.effective().expect("a place");
        prop_assert_eq!(Value::of(new_place.value), Some(value), "{}", result);
        // objects and lists that were made on the way are no contents of the old document
        let made: Vec<&Node> = (0..places.missing.len().saturating_sub(usize::from(!is_replaced)))
            .filter_map(|it| Places::of(&after, &path[..path.len() - 1 - it]).effective())
            .map(|it| it.value)
            .chain([new_place.value])
            .collect();
        let replaced: Vec<&Node> = is_replaced.then_some(place.value).into_iter().collect();
        prop_assert_eq!(contents(&before.root, &replaced), contents(&after.root, &made), "{}", result);
    }

    #[test]
    fn removing_takes_one_item_and_its_own_comments(text in document(), which in any::<prop::sample::Index>()) {
        let before = DAEMON_JSON.read(&text);
        let values = every_value(&before.root);
        if values.is_empty() {
            return Ok(());
        }
        let node = values[which.index(values.len())];
        let edits = edit(&text, &before, &Change::Remove { span: node.span }).expect("an item");
        assert_in_order(&text, &edits);
        let result = edits.apply(&text);
        let after = DAEMON_JSON.read(&result);
        prop_assert_eq!(contents(&before.root, &[node]), contents(&after.root, &[]), "{}", result);
        let is_syntax = |it: &&crate::document::Problem| it.kind != crate::document::ProblemKind::Comment;
        prop_assert_eq!(after.problems.iter().find(is_syntax), None, "{}", result);
        let place = find(&before.root, node.span, |it| it.value.span == node.span).expect("a place");
        let (container, at) = place.item.expect("an item");
        let (item, gap) = (container.span(at).expect("a span"), container.gap(&text, at + 1));
        let own = Span::new(
            text[..item.start].rfind('\n').map_or(0, |it| it + 1),
            gap.comma.map_or(item.end, |it| it.end),
        );
        let own_end = text[own.end..].find('\n').map_or(text.len(), |it| own.end + it);
        for comment in lex(&text).iter().filter(|it| it.kind == TokenKind::Comment) {
            let goes = edits.iter().any(|it| it.span.start < comment.span.end && comment.span.start < it.span.end);
            prop_assert!(!goes || (own.start <= comment.span.start && comment.span.end <= own_end), "{}", result);
        }
    }

    #[test]
    fn moving_keeps_the_value_and_every_comment(text in document(), from in change_path(), to in change_path()) {
        let before = DAEMON_JSON.read(&text);
        let change = Change::Move { from: from.clone(), to: to.clone() };
        let Ok(edits) = edit(&text, &before, &change) else {
            return Ok(());
        };
        assert_in_order(&text, &edits);
        let moved = Places::of(&before, &from).effective().expect("a place");
        let after = DAEMON_JSON.read(&edits.apply(&text));
        let places = Places::of(&after, &to);
        prop_assert!(places.missing.is_empty());
        let now = places.effective().and_then(|it| Value::of(it.value));
        prop_assert_eq!(now, Value::of(moved.value));
        let comments = |document: &Document| {
            let is_comment = |it: &&crate::document::Problem| it.kind == crate::document::ProblemKind::Comment;
            document.problems.iter().filter(is_comment).count()
        };
        prop_assert_eq!(comments(&before), comments(&after));
    }

    #[test]
    fn unsetting_takes_out_every_occurrence(text in document(), path in change_path()) {
        let before = DAEMON_JSON.read(&text);
        let places = Places::of(&before, &path);
        let gone: Vec<&Node> = match places.missing.is_empty() {
            true => places.found.iter().map(|it| it.value).collect(),
            false => Vec::new(),
        };
        let edits = edit(&text, &before, &Change::Unset { path: path.clone() }).expect("a sound text");
        assert_in_order(&text, &edits);
        let result = edits.apply(&text);
        let after = DAEMON_JSON.read(&result);
        prop_assert_eq!(contents(&before.root, &gone), contents(&after.root, &[]), "{}", result);
    }

    #[test]
    fn unsetting_elements_takes_out_these(
        elements in list_of(prop::sample::select(vec!["1", "{}", "\"a\"", "[2]"]).prop_map(str::to_owned)),
        which: u8,
    ) {
        let text = format!("{{\"dns\":[{elements}]}}");
        let before = DAEMON_JSON.read(&text);
        let list = before.root.members()[0].value.elements();
        let indices: Vec<usize> = (0..list.len()).filter(|it| which >> it & 1 == 1).collect();
        let gone: Vec<&Node> = indices.iter().map(|it| &list[*it]).collect();
        let change = Change::UnsetElements { path: path("dns"), indices: indices.clone() };
        let edits = edit(&text, &before, &change).expect("a sound text");
        assert_in_order(&text, &edits);
        let result = edits.apply(&text);
        let after = DAEMON_JSON.read(&result);
        prop_assert_eq!(contents(&before.root, &gone), contents(&after.root, &[]), "{}", result);
        let is_syntax = |it: &&crate::document::Problem| it.kind != crate::document::ProblemKind::Comment;
        prop_assert_eq!(after.problems.iter().find(is_syntax), None, "{}", result);
    }

    #[test]
    fn a_broken_text_is_edited_rightly_or_not_at_all(
        text in document(),
        at in any::<prop::sample::Index>(),
        path in change_path(),
        value in new_value(),
    ) {
        let mut text = text;
        let (at, _) = text.char_indices().nth(at.index(text.chars().count())).expect("a character");
        text.remove(at);
        let document = DAEMON_JSON.read(&text);
        if let Ok(edits) = edit(&text, &document, &Change::Set { path: path.clone(), value: value.clone() }) {
            assert_in_order(&text, &edits);
            let after = DAEMON_JSON.read(&edits.apply(&text));
            let place = Places::of(&after, &path).effective().expect("a place");
            prop_assert_eq!(Value::of(place.value), Some(value));
        }
        for node in every_value(&document.root) {
            if let Ok(edits) = edit(&text, &document, &Change::Remove { span: node.span }) {
                assert_in_order(&text, &edits);
            }
        }
        if let Ok(edits) = edit(&text, &document, &Change::Unset { path }) {
            assert_in_order(&text, &edits);
        }
    }
}

#[test]
fn changes_one_after_the_other_keep_what_they_leave_alone() {
    let set = |at: &str, new: &str| Change::Set { path: path(at), value: value(new) };
    let unset = |at: &str| Change::Unset { path: path(at) };
    for (before, changes, after) in [
        ("{}", vec![set("a", "1"), set("b", "2")], "{\n  \"a\": 1,\n  \"b\": 2\n}"),
        ("", vec![set("a", "1"), set("a", "[2]")], "{\n  \"a\": [2]\n}\n"),
        (
            "{\n  \"a\": [1, 2, 3], // ö\n  \"b\": 2\n}",
            vec![unset("a.2"), unset("a.0"), set("a.1", "9"), set("c", "3"), unset("b")],
            "{\n  \"a\": [2, 9], // ö\n  \"c\": 3\n}",
        ),
        ("{\"a\": 1}", vec![], "{\"a\": 1}"),
        ("{\"a\": 1}", vec![unset("a"), set("a", "1")], "{\n  \"a\": 1\n}"),
    ] {
        let edits = crate::document::edit::edit_all(before, &DAEMON_JSON.read(before), &changes).expect(before);
        assert_eq!(edits.apply(before), after);
    }
    let keep = "{\n  // first\n  \"a\": 1, // second\n  \"b\": [2]\n}";
    let edits = crate::document::edit::edit_all(keep, &DAEMON_JSON.read(keep), &[set("a", "7"), set("c", "3")]);
    let touched: usize = edits.expect("edits").iter().map(|it| it.span.end - it.span.start).sum();
    assert_eq!(touched, 1, "only the value is replaced");
}

proptest! {
    #[test]
    fn changes_one_after_the_other_give_disjoint_edits(
        keys in proptest::collection::vec(("[abc]", "[a-c][12]", 0..3_u8), 0..6),
        text in "(\\{(\n  )?\"a\": \\{\"a1\": 1, /\\*ö\\*/ \"b2\": 2\\},\n  \"b\": 4\\}|\\{\\})",
    ) {
        let mut expected = text.clone();
        let mut changes = Vec::new();
        for (key, member, kind) in keys {
            let member_path = vec![Step::Key(key.clone()), Step::Key(member)];
            let change = match kind {
                0 => Change::Unset { path: Step::top(key) },
                1 => Change::Set { path: Step::top(key), value: value(r#"{"c1": "x"}"#) },
                _ => Change::Set { path: member_path, value: value("[1]") },
            };
            if let Ok(after) = changed(&expected, &change) {
                expected = after;
                changes.push(change);
            }
        }
        let edits = crate::document::edit::edit_all(&text, &DAEMON_JSON.read(&text), &changes).expect("edits");
        for pair in edits.windows(2) {
            prop_assert!(pair[0].span.end < pair[1].span.start, "{edits:?}");
        }
        prop_assert_eq!(edits.apply(&text), expected);
    }
}
