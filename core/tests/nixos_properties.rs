//! What holds for every Nix text and every change of it. The judge is JSON: the same settings as a daemon.json, changed in
//! the same way, and rnix for the syntax.

use drydock::{
    daemon::dialect::{DAEMON_JSON, NIXOS},
    document::{Change, Document, Kind, Node, Step, Value, edit::edit},
    schema::assist::{complete, hover},
};
use proptest::prelude::*;

/// Choices that are made one after the other; all the same after the last.
struct Tape {
    choices: Vec<u8>,
    at: usize,
}

impl Tape {
    fn pick(&mut self, among: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(choice) % among
    }

    fn one_in(&mut self, among: usize) -> bool {
        self.pick(among) + 1 == among
    }
}

fn tape() -> impl Strategy<Value = Tape> {
    prop::collection::vec(any::<u8>(), 0..160).prop_map(|choices| Tape { choices, at: 0 })
}

impl std::fmt::Debug for Tape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.choices)
    }
}

/// Settings, each key once.
fn settings(tape: &mut Tape) -> Vec<(String, Value)> {
    let text = |tape: &mut Tape| {
        let texts = ["a", "10.0.0.0/8", "it's ${x}", "\"q\" \\ ''", "ü\n# no comment", ""];
        Value::string(texts[tape.pick(texts.len())])
    };
    let mut all = Vec::new();
    for key in ["bip", "debug", "mtu", "dns", "log-opts", "default-address-pools", "runtimes", "odd key"] {
        if tape.one_in(2) {
            continue;
        }
        let value = match key {
            "debug" => Value::Bool(tape.one_in(2)),
            "mtu" => Value::integer(i64::try_from(tape.pick(300)).expect("small") - 20),
            "dns" => Value::List((0..tape.pick(4)).map(|_| text(tape)).collect()),
            "log-opts" => {
                let names = ["max-size", "tag", "a.b"];
                Value::Map((0..tape.pick(4)).map(|at| (names[at].to_owned(), text(tape))).collect())
            }
            "default-address-pools" => {
                let pool =
                    |tape: &mut Tape| Value::Map(vec![("base".to_owned(), text(tape)), ("size".to_owned(), 24.into())]);
                Value::List((0..tape.pick(3)).map(|_| pool(tape)).collect())
            }
            "runtimes" => {
                let path = Value::Map(vec![("path".to_owned(), text(tape))]);
                Value::Map(vec![("crun".to_owned(), path)])
            }
            _ => text(tape),
        };
        all.push((key.to_owned(), value));
    }
    all
}

/// Writes settings down as people do, each time in another way.
struct Module {
    tape: Tape,
    text: String,
    bindings: String,
    names: usize,
}

impl Module {
    fn of(mut tape: Tape) -> (Vec<(String, Value)>, String) {
        let settings = settings(&mut tape);
        let mut module = Self { tape, text: String::new(), bindings: String::new(), names: 0 };
        let form = module.tape.pick(5);
        let indentation = if form == 4 { "" } else { "  " };
        let (first, second) = match module.tape.one_in(3) {
            true => settings.split_at(settings.len() / 2),
            false => settings.split_at(0),
        };
        module.comment(indentation);
        module.text.push_str(&format!("{indentation}virtualisation.docker.enable = true;\n"));
        for (key, value) in first {
            let path = format!("virtualisation.docker.daemon.settings.{}", name(key));
            module.binding(indentation, &path, value);
        }
        if !second.is_empty() || module.tape.one_in(2) && first.is_empty() {
            let (open, close) = match module.tape.pick(3) {
                0 => ("virtualisation.docker.daemon.settings = {", "};"),
                1 => ("virtualisation.docker = {\n    daemon.settings = {", "};\n  };"),
                _ => ("virtualisation.docker.daemon = { settings = {", "}; };"),
            };
            module.text.push_str(&format!("{indentation}{open}\n"));
            for (key, value) in second {
                module.comment("    ");
                module.binding("    ", &name(key), value);
            }
            module.text.push_str(&format!("{indentation}{close}\n"));
        }
        module.comment(indentation);
        let Self { text, bindings, .. } = module;
        let bindings = match bindings.is_empty() {
            true => String::new(),
            false => format!("let\n{bindings}in\n"),
        };
        let text = match form {
            0 => format!("{{ lib, pkgs, ... }}:\n{bindings}{{\n{text}}}\n"),
            1 => format!("{{ lib, ... }}: {bindings}{{\n  config = lib.mkMerge [ {{\n{text}  }} ];\n}}\n"),
            2 => format!("{bindings}{{\n{text}}}"),
            3 => format!(
                "{{\n  outputs = {{ lib, f, ... }}: {bindings}{{\n    nixosConfigurations.a = f {{ modules = [ {{\n{text}  }} ]; }};\n  }};\n}}\n"
            ),
            _ if bindings.is_empty() => text,
            _ => format!("{bindings}{{\n{text}}}\n"),
        };
        (settings, text)
    }

    fn comment(&mut self, indentation: &str) {
        if self.tape.one_in(3) {
            self.text.push_str(&format!("{indentation}# kept {{\n"));
        }
    }

    fn binding(&mut self, indentation: &str, path: &str, value: &Value) {
        match value {
            Value::Map(members) if !members.is_empty() && self.tape.one_in(2) => {
                for (key, value) in members {
                    self.binding(indentation, &format!("{path}.{}", name(key)), value);
                }
            }
            value => {
                let value = self.value(indentation, value);
                let comment = if self.tape.one_in(4) { " # own }" } else { "" };
                self.text.push_str(&format!("{indentation}{path} = {value};{comment}\n"));
            }
        }
    }

    fn value(&mut self, indentation: &str, value: &Value) -> String {
        let written = self.plain(indentation, value);
        match self.tape.pick(8) {
            5 if !written.contains('\n') => {
                self.names += 1;
                let name = format!("name{}", self.names);
                self.bindings.push_str(&format!("  {name} = {written};\n"));
                name
            }
            6 => format!("lib.mkForce ({written})"),
            7 => format!("({written})"),
            _ => written,
        }
    }

    fn plain(&mut self, indentation: &str, value: &Value) -> String {
        let deeper = format!("{indentation}  ");
        let is_open = self.tape.one_in(2);
        match value {
            Value::String(text) if self.tape.one_in(4) && !text.contains(['$', '\'']) => format!("''{text}''"),
            Value::String(text) => format!("{text:?}").replace("${", "\\${").replace("\\'", "'"),
            Value::Bool(value) => value.to_string(),
            Value::Number(digits) => digits.clone(),
            Value::List(elements) if elements.is_empty() => "[ ]".to_owned(),
            Value::Map(members) if members.is_empty() => "{ }".to_owned(),
            Value::List(elements) => {
                let elements: Vec<String> = elements.iter().map(|it| self.plain(&deeper, it)).collect();
                match is_open {
                    true => format!("[\n{deeper}{}\n{indentation}]", elements.join(&format!("\n{deeper}"))),
                    false => format!("[ {} ]", elements.join(" ")),
                }
            }
            Value::Map(members) => {
                let members: Vec<String> =
                    members.iter().map(|(key, it)| format!("{} = {};", name(key), self.plain(&deeper, it))).collect();
                match is_open {
                    true => format!("{{\n{deeper}{}\n{indentation}}}", members.join(&format!("\n{deeper}"))),
                    false => format!("{{ {} }}", members.join(" ")),
                }
            }
            Value::Null => "null".to_owned(),
            Value::Expression(text) => text.clone(),
        }
    }
}

fn name(key: &str) -> String {
    match key.contains([' ', '.']) {
        true => format!("\"{key}\""),
        false => key.to_owned(),
    }
}

/// A value without its empty members: what is written with dots leaves none behind.
fn filled(value: &Value) -> Value {
    match value {
        Value::Map(members) => {
            let members = members.iter().map(|(key, it)| (key.clone(), filled(it)));
            Value::Map(members.filter(|it| it.1 != Value::Map(Vec::new())).collect())
        }
        Value::List(elements) => Value::List(elements.iter().map(filled).collect()),
        value => value.clone(),
    }
}

/// A value without the order of its members.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Map(members) => {
            let mut members: Vec<(String, Value)> = members.iter().map(|(key, it)| (key.clone(), sorted(it))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Map(members)
        }
        Value::List(elements) => Value::List(elements.iter().map(sorted).collect()),
        value => value.clone(),
    }
}

fn read(document: &Document) -> Value {
    sorted(&Value::of(&document.root).expect("an object"))
}

/// Settings as a daemon.json.
fn json(settings: &[(String, Value)]) -> String {
    fn write(value: &Value, text: &mut String) {
        match value {
            Value::Null | Value::Expression(_) => text.push_str("null"),
            Value::Bool(value) => text.push_str(&value.to_string()),
            Value::Number(digits) => text.push_str(digits),
            Value::String(it) => text.push_str(&serde_json::to_string(it).expect("a string")),
            Value::List(elements) => {
                text.push('[');
                for (at, it) in elements.iter().enumerate() {
                    text.push_str(if at > 0 { ", " } else { "" });
                    write(it, text);
                }
                text.push(']');
            }
            Value::Map(members) => {
                text.push('{');
                for (at, (key, it)) in members.iter().enumerate() {
                    text.push_str(if at > 0 { ", " } else { "" });
                    text.push_str(&format!("{}: ", serde_json::to_string(key).expect("a string")));
                    write(it, text);
                }
                text.push('}');
            }
        }
    }
    let mut text = String::new();
    write(&Value::Map(settings.to_vec()), &mut text);
    text
}

fn path(written: &str) -> Vec<Step> {
    let step = |it: &str| match it.parse() {
        Ok(at) => Step::Index(at),
        Err(_) => Step::Key(it.to_owned()),
    };
    written.split('/').map(step).collect()
}

fn change() -> impl Strategy<Value = Change> {
    let paths = [
        "bip",
        "debug",
        "mtu",
        "dns",
        "dns/0",
        "dns/1",
        "log-opts",
        "log-opts/tag",
        "log-opts/a.b",
        "log-opts/new",
        "default-address-pools",
        "default-address-pools/0",
        "default-address-pools/0/size",
        "runtimes/crun/path",
        "runtimes/new one/path",
        "odd key",
        "storage-driver",
        "new",
    ];
    let values = [
        "false",
        "17",
        "-3",
        "\"new\"",
        "\"it's \\\"${x}\\\"\"",
        "[\"a\", \"10.0.0.0/8\", \"b\"]",
        "[\"a\"]",
        "[]",
        "{}",
        "{\"new\": [1, 2], \"tag\": \"b\"}",
        "[{\"base\": \"10.0.0.0/8\", \"size\": 24}, {\"base\": \"172.16.0.0/12\", \"size\": 25}]",
        "null",
    ];
    let value = |json: &str| Value::of(&DAEMON_JSON.read(json).root).expect("a value");
    let paths = prop::sample::select(paths.to_vec()).prop_map(path);
    let set = (paths.clone(), prop::sample::select(values.to_vec()))
        .prop_map(move |(path, json)| Change::Set { path, value: value(json) });
    let unset = paths.clone().prop_map(|path| Change::Unset { path });
    let elements = (paths, prop::collection::btree_set(0..3_usize, 0..3))
        .prop_map(|(path, it)| Change::UnsetElements { path, indices: it.into_iter().collect() });
    prop_oneof![3 => set, 2 => unset, 1 => elements]
}

fn is_nix(text: &str) -> bool {
    let as_set = format!("{{\n{text}\n}}");
    [text, &as_set].iter().any(|it| rnix::Root::parse(it).errors().is_empty())
}

fn every_path(node: &Node, path: &mut Vec<Step>, all: &mut Vec<(Vec<Step>, drydock::text::Span)>) {
    let members = node.members().iter().map(|it| (Step::Key(it.key.clone()), &it.value));
    let elements = node.elements().iter().enumerate().map(|(at, it)| (Step::Index(at), it));
    for (step, value) in members.chain(elements) {
        path.push(step);
        all.push((path.clone(), value.span));
        every_path(value, path, all);
        path.pop();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(tape in tape()) {
        let (settings, text) = Module::of(tape);
        let document = NIXOS.read(&text);
        prop_assert_eq!(&document.problems, &[], "{}", text);
        prop_assert_eq!(read(&document), sorted(&Value::Map(settings)), "{}", text);
    }

    #[test]
    fn a_change_is_that_of_the_same_json(tape in tape(), change in change()) {
        let (settings, text) = Module::of(tape);
        let json = json(&settings);
        let document = NIXOS.read(&text);
        let edits = edit(&text, &document, &change);
        let judged = edit(&json, &DAEMON_JSON.read(&json), &change);
        prop_assert_eq!(edits.is_ok(), judged.is_ok(), "{:?}\n{}", edits, text);
        let (Ok(edits), Ok(judged)) = (edits, judged) else {
            return Ok(());
        };
        let (after, expected) = (edits.apply(&text), judged.apply(&json));
        prop_assert!(is_nix(&after), "{}", after);
        let (now, wanted) = (read(&NIXOS.read(&after)), read(&DAEMON_JSON.read(&expected)));
        match change {
            Change::Set { .. } => prop_assert_eq!(now, wanted, "{}\n{}", text, after),
            _ => prop_assert_eq!(filled(&now), filled(&wanted), "{}\n{}", text, after),
        }
        prop_assert_eq!(after == text, read(&DAEMON_JSON.read(&expected)) == read(&document), "{}\n{}", text, after);
        // Comments above a binding stay, and so does what is around the settings.
        for kept in ["# kept {\n", "virtualisation.docker.enable = true;"] {
            prop_assert_eq!(text.matches(kept).count(), after.matches(kept).count(), "{}\n{}", text, after);
        }
        let again = edit(&after, &NIXOS.read(&after), &change);
        prop_assert!(again.is_ok_and(|it| it.is_empty() || !matches!(change, Change::Set { .. })), "{}", after);
    }

    #[test]
    fn anything_that_is_read_can_be_taken_out(tape in tape(), which in any::<prop::sample::Index>()) {
        let (settings, text) = Module::of(tape);
        let document = NIXOS.read(&text);
        let mut all = Vec::new();
        every_path(&document.root, &mut Vec::new(), &mut all);
        if all.is_empty() {
            return Ok(());
        }
        let (path, span) = &all[which.index(all.len())];
        let edits = edit(&text, &document, &Change::Remove { span: *span });
        prop_assert!(edits.is_ok(), "{:?} of\n{}", path, text);
        let edits = edits.expect("an item");
        let after = edits.apply(&text);
        let json = json(&settings);
        let (last, parent) = path.split_last().expect("a step");
        let change = match last {
            Step::Key(_) => Change::Unset { path: path.clone() },
            Step::Index(at) => Change::UnsetElements { path: parent.to_vec(), indices: vec![*at] },
        };
        let expected = edit(&json, &DAEMON_JSON.read(&json), &change).expect("an item").apply(&json);
        prop_assert!(is_nix(&after), "{}", after);
        let (now, wanted) = (read(&NIXOS.read(&after)), read(&DAEMON_JSON.read(&expected)));
        prop_assert_eq!(filled(&now), filled(&wanted), "{}\n{}", text, after);
    }

    #[test]
    fn what_is_set_and_taken_out_again_leaves_the_text(tape in tape(), key in "[a-c]x") {
        let (_, text) = Module::of(tape);
        let path = Step::top(key);
        let set = Change::Set { path: path.clone(), value: Value::string("new") };
        let with = edit(&text, &NIXOS.read(&text), &set).expect("a new setting").apply(&text);
        let without = edit(&with, &NIXOS.read(&with), &Change::Unset { path }).expect("a setting").apply(&with);
        prop_assert_eq!(read(&NIXOS.read(&without)), read(&NIXOS.read(&text)));
        let has_settings = text.contains(".settings.") || text.contains("settings = {\n    ");
        prop_assert!(!has_settings || without == text, "{}\n{}\n{}", text, with, without);
    }

    #[test]
    fn a_broken_text_is_changed_rightly_or_not_at_all(
        tape in tape(),
        at in any::<prop::sample::Index>(),
        change in change(),
    ) {
        let (_, mut text) = Module::of(tape);
        let (at, _) = text.char_indices().nth(at.index(text.chars().count())).expect("a character");
        text.remove(at);
        let document = NIXOS.read(&text);
        if let (Ok(edits), Change::Set { path, value }) = (edit(&text, &document, &change), &change) {
            let after = NIXOS.read(&edits.apply(&text));
            let mut node = Some(&after.root);
            for step in path {
                node = node.and_then(|node| match step {
                    Step::Key(name) => node.members().iter().find(|it| it.key == *name).map(|it| &it.value),
                    Step::Index(at) => node.elements().get(*at),
                });
            }
            prop_assert_eq!(node.and_then(Value::of).map(|it| sorted(&it)), Some(sorted(value)), "{}", text);
        }
        hover(&text, at, &NIXOS);
        complete(&text, at, drydock::Engine::LATEST, drydock::docker::host::Release::LATEST, &NIXOS);
        let mut all = Vec::new();
        every_path(&document.root, &mut Vec::new(), &mut all);
        for (_, span) in all {
            let _ = edit(&text, &document, &Change::Remove { span });
        }
        prop_assert!(document.root.members().iter().all(|it| it.value.kind != Kind::Missing || !it.sound));
    }
}
