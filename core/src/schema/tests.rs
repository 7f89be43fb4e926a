//! Whoever is handed a table of its own knows no other: reading, editing, merging, settings and the form's values.

use super::*;
use crate::{
    daemon::settings::Settings,
    docker::host::Release,
    document::{CannotEdit, Change, Dialect, Notation, Step, Value, edit},
    notation::json::{self, Layout, Shape, write},
    schema::{assist, effective::Effective, field},
    text::Edits,
};

/// A table of two rows: boats by name, and the berth that each has.
const ROWS: [Row; 2] = [
    Row { key: "boats", kind: Kind::Map(&Kind::Object), summary: "The boats.", ..ROW },
    Row { key: "boats.<name>.berth", parent: "boats.<name>", kind: Kind::Integer(""), default: "1", ..ROW },
];

static OPTIONS: [DaemonOption; 2] = [ROWS[0].option(0), ROWS[1].option(1)];
static DESCRIPTIONS: [Description; 2] = [ROWS[0].description(), ROWS[1].description()];

static SCHEMA: Schema = Schema {
    rows: &OPTIONS,
    describe: |it| &DESCRIPTIONS[usize::from(it.at)],
    naming: &[("boats", "called")],
    frequent: &["boats"],
};

/// JSON with these rows.
static HARBOUR: Dialect = Dialect {
    id: "harbour",
    title: "harbour.json",
    file: "harbour.json",
    nothing: "{}",
    this: "this file",
    notation: Notation::Json,
    schema: &SCHEMA,
    suits: |_| true,
    tree: json::read,
    edit: json::edit,
    place: json::place,
    key: json::key,
    value: json::value,
    spell: |_| None,
    own: |_, _, _, _| None,
};

fn text_of(value: &Value) -> String {
    write(value, Layout::default(), "", Shape::Inline)
}

#[test]
fn rows_are_found_by_key_and_by_place() {
    assert_eq!(SCHEMA.find("boats.<name>.berth").map(|it| it.name()), Some("berth"));
    assert!(SCHEMA.find("bip").is_none());
    for (parent, name, key) in [
        ("", "boats", Some("boats")),
        ("", "Boats", None), // keys at the top are looked for exactly
        ("boats", "berth", None),
        ("boats.<name>", "Berth", Some("boats.<name>.berth")),
    ] {
        assert_eq!(SCHEMA.member(parent, name).map(|it| it.key), key, "{parent} {name}");
    }
    for (steps, path, kind) in [
        (&["boats"][..], "boats", Some(Kind::Map(&Kind::Object))),
        (&["boats", "Anna"], "boats.<name>", Some(Kind::Object)),
        (&["boats", "Anna", "BERTH"], "boats.<name>.berth", Some(Kind::Integer(""))),
        (&["boats", "Anna", "flag"], "boats.<name>.<name>", None),
    ] {
        let steps: Vec<Step> = steps.iter().map(|it| Step::Key((*it).to_owned())).collect();
        assert_eq!(Step::in_table(&steps, &SCHEMA), path);
        assert_eq!(SCHEMA.kind_of(path), kind, "{path}");
    }
}

#[test]
fn fields_are_merged_and_entries_replaced_as_the_table_has_them() {
    for (text, effective) in [
        (
            r#"{"boats": {"a": {"berth": 1}}, "boats": {"b": {"Berth": 2}}}"#,
            r#"{ "boats": { "a": { "berth": 1 }, "b": { "berth": 2 } } }"#,
        ),
        (
            r#"{"boats": {"a": {"berth": 1}, "A": {"berth": 2}}}"#,
            r#"{ "boats": { "a": { "berth": 1 }, "A": { "berth": 2 } } }"#,
        ),
        (r#"{"boats": {"a": {"berth": 1, "BERTH": null}}}"#, r#"{ "boats": { "a": { "berth": 1 } } }"#),
        (r#"{"log-opts": {"a": "1"}, "log-opts": {"b": "2"}}"#, r#"{ "log-opts": { "b": "2" } }"#), // no map of this table
    ] {
        let document = HARBOUR.read(text);
        assert_eq!(text_of(&Effective::of(&document).value), effective, "{text}");
    }
}

#[test]
fn settings_are_found_by_the_rows_of_the_table() {
    let document = HARBOUR.read(r#"{"boats": {"a": {"Berth": 3, "flag": "de"}}, "bip": "10.0.0.1/24"}"#);
    let settings = Settings::of(&document, Engine::LATEST);
    let found: Vec<(&str, Option<&str>, bool)> = settings
        .occurrences()
        .iter()
        .map(|it| (it.member.key.as_str(), it.option.map(|it| it.key), it.is_looked_for()))
        .collect();
    let expected = [
        ("boats", Some("boats"), true),
        ("a", None, false),
        ("Berth", Some("boats.<name>.berth"), true),
        ("flag", None, true),
        ("bip", None, true),
    ];
    assert_eq!(found, expected);
    let boats = settings.merged("boats").as_ref().and_then(Value::of);
    assert_eq!(boats.as_ref().map(text_of).as_deref(), Some(r#"{ "a": { "Berth": 3, "flag": "de" } }"#));
    let refused: Vec<&str> = settings
        .occurrences()
        .iter()
        .filter(|it| it.parent.is_empty() && it.is_refused(Engine::LATEST))
        .map(|it| it.member.key.as_str())
        .collect();
    assert_eq!(refused, ["bip"]);
}

#[test]
fn edits_go_where_the_table_looks() {
    let berth = |name: &str| ["boats", name, "berth"].map(|it| Step::Key(it.to_owned())).to_vec();
    let set = |name, number| Change::Set { path: berth(name), value: Value::integer(number) };
    for (text, change, expected) in [
        // Fields are found in letters of any case, entries are not.
        (r#"{"boats": {"a": {"Berth": 1}}}"#, set("a", 2), r#"{"boats": {"a": {"Berth": 2}}}"#),
        (
            r#"{"boats": {"a": {"berth": 1}}}"#,
            set("A", 2),
            r#"{"boats": {"a": {"berth": 1}, "A": {"called": "A", "berth": 2}}}"#,
        ),
        // Of an entry that occurs twice the last counts.
        (
            r#"{"boats": {"a": {"berth": 1}, "a": {}}}"#,
            set("a", 2),
            r#"{"boats": {"a": {"berth": 1}, "a": { "berth": 2 }}}"#,
        ),
        (
            r#"{"boats": {"a": {"BERTH": 1, "b": 2}}}"#,
            Change::Unset { path: berth("a") },
            r#"{"boats": {"a": {"b": 2}}}"#,
        ),
        (r#"{ "boats": {} }"#, set("a", 1), r#"{ "boats": { "a": { "called": "a", "berth": 1 } } }"#),
    ] {
        let edits: Result<Edits, CannotEdit> = edit::edit(text, &HARBOUR.read(text), &change);
        assert_eq!(edits.expect("a place").apply(text), expected, "{text}");
    }
}

#[test]
fn a_place_is_explained_and_completed_from_the_table() {
    let offered = |marked: &str| {
        let (text, at) = (marked.replace('|', ""), marked.find('|').expect("a caret"));
        let completions = assist::complete(&text, at, Engine::LATEST, Release::LATEST, &HARBOUR);
        let items = completions.map(|it| it.items).unwrap_or_default();
        items.into_iter().map(|it| (it.insert, it.default)).collect::<Vec<_>>()
    };
    assert_eq!(offered("{ | }"), [("\"boats\": {}".to_owned(), "")]);
    assert_eq!(offered(r#"{ "boats": { "a": { | } } }"#), [("\"berth\": ".to_owned(), "1")]);
    assert_eq!(offered(r#"{ "boats": { "a": { "berth": 1, | } } }"#), []);
    assert_eq!(offered(r#"{ "log-opts": { | } }"#), []);
    let hover = |text, at| assist::hover(text, at, &HARBOUR).map(|it| it.title);
    assert_eq!(hover(r#"{ "boats": { "a": { "Berth": 1 } } }"#, 23), Some("boats.<name>.berth".to_owned()));
    assert_eq!(hover(r#"{ "bip": "10.0.0.1/24" }"#, 4), None);
}

#[test]
fn what_is_typed_into_a_field_is_read_as_its_row_says() {
    let kind = SCHEMA.kind_of("boats.<name>.berth").expect("a row");
    assert_eq!(field::value(kind, "7"), Ok(Value::integer(7)));
    assert!(field::value(kind, "seven").is_err());
}
