//! What is printed for NixOS from a module of NixOS says the same as the text, whatever holds on the machine.

use std::collections::BTreeMap;

use drydock::{
    Report, Request, analyze,
    daemon::{
        dialect::NIXOS,
        examples::EXAMPLES,
        nixos::{Content, Merged, Outcome, options::NixOption},
        print::{self, Order, Printed, TARGETS, Target},
    },
    document::{Kind, Node, Notation, Value},
};
use proptest::prelude::*;

fn request(text: &str) -> Request {
    Request { dialect: &NIXOS, ..Request::of(text) }
}

fn printed(text: &str, target: &str) -> Printed {
    let request = request(text);
    print::print(&request, &analyze(&request), Target::find(target).expect("a target"), Order::AsWritten)
}

/// The lines between the first brace and the last, without indentation.
fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let start = lines.iter().position(|it| *it == "{").map_or(0, |it| it + 1);
    lines[start..lines.len() - 1].to_vec()
}

const HEAD: &str = "{ config, lib, pkgs, ... }:\nlet cfg = config.my; port = 5; in\n";

#[test]
fn conditions_and_priorities_are_printed_word_for_word() {
    let docker = "virtualisation.docker = {";
    let enable = "enable = true;";
    let settings = "daemon.settings = {";
    for (body, expected) in [
        // Two opposite conditions: each stands under its own.
        (
            "d.debug = lib.mkIf config.x true; d.mtu = lib.mkIf (!config.x) 1400;",
            &[
                docker,
                enable,
                settings,
                "debug = lib.mkIf config.x true;",
                "mtu = lib.mkIf (!config.x) 1400;",
                "};",
                "};",
            ][..],
        ),
        ("d.hosts = lib.mkForce [ ];", &[docker, enable, settings, "hosts = lib.mkForce [ ];", "};", "};"]),
        ("d.mtu = lib.mkDefault 1400;", &[docker, enable, settings, "mtu = lib.mkDefault 1400;", "};", "};"]),
        ("d.mtu = lib.mkOverride 70 1400;", &[docker, enable, settings, "mtu = lib.mkOverride 70 1400;", "};", "};"]),
        (
            "d.dns = lib.mkAfter [ \"1.1.1.1\" ];",
            &[docker, enable, settings, "dns = lib.mkAfter [ \"1.1.1.1\" ];", "};", "};"],
        ),
        ("logDriver = lib.mkForce \"local\";", &[docker, enable, "logDriver = lib.mkForce \"local\";", "};"]),
        (
            "extraOptions = lib.mkIf config.x \"--debug\";",
            &[docker, enable, "extraOptions = lib.mkIf config.x \"--debug\";", "};"],
        ),
        ("package = lib.mkDefault pkgs.docker_29;", &[docker, enable, "package = lib.mkDefault pkgs.docker_29;", "};"]),
        // A name of a `let` is not there in what is printed; what it stands for is.
        (
            "d.debug = lib.mkIf cfg.debug true;",
            &[docker, enable, settings, "debug = lib.mkIf config.my.debug true;", "};", "};"],
        ),
        (
            "d.debug = lib.mkIf (!cfg.a && cfg.b) true;",
            &[docker, enable, settings, "debug = lib.mkIf (!config.my.a && config.my.b) true;", "};", "};"],
        ),
        // The platform's own hosts stay with it.
        (
            "d.hosts = [ \"tcp://127.0.0.1:2375\" ];",
            &[docker, enable, settings, "hosts = [ \"tcp://127.0.0.1:2375\" ];", "};", "};"],
        ),
        (
            "d.dns = [ \"1.1.1.1\" ] ++ lib.optional config.x \"8.8.8.8\";",
            &[docker, enable, settings, "dns = [", "\"1.1.1.1\"", "(lib.mkIf config.x \"8.8.8.8\")", "];", "};", "};"],
        ),
        // A priority of all settings is one over those that NixOS has, too.
        (
            "d = lib.mkForce { debug = true; };",
            &[docker, enable, "daemon.settings = lib.mkForce { debug = true; };", "};"],
        ),
        ("d = config.x // config.y;", &[docker, enable, "daemon.settings = config.x // config.y;", "};"]),
        // What nobody knows is kept beside what is known.
        (
            "d = lib.mkMerge [ { log-opts = { tag = \"a\"; }; } { log-opts = config.x; } ];",
            &[docker, enable, settings, "log-opts = lib.mkMerge [", "{ tag = \"a\"; }", "config.x", "];", "};", "};"],
        ),
    ] {
        let body = body.replace("d.", "daemon.settings.").replace("d = ", "daemon.settings = ");
        let text = format!("{HEAD}{{ virtualisation.docker = {{ enable = true; {body} }}; }}");
        let printed = printed(&text, "nixos-module");
        assert_eq!(lines(&printed.text), expected, "{text}\n{:?}", printed.notes);
        assert_eq!(nixfmt_rs::format(&printed.text).expect("Nix"), printed.text);
    }
}

#[test]
fn what_all_is_under_is_printed_once() {
    let text = "{ config, lib, ... }: { config = lib.mkIf config.x { virtualisation.docker = { enable = true; daemon.settings = { debug = true; mtu = 1400; }; }; }; }";
    let expected = "{ config, lib, ... }:\n{\n  virtualisation.docker = lib.mkIf config.x {\n    enable = true;\n    daemon.settings = {\n      debug = true;\n      mtu = 1400;\n    };\n  };\n}\n";
    assert_eq!(printed(text, "nixos-module").text, expected);
    let text = "{ config, lib, ... }: { virtualisation.docker.enable = true; virtualisation.docker.daemon.settings = lib.mkIf config.x { debug = true; mtu = 1400; }; }";
    let expected = "{ config, lib, ... }:\n{\n  virtualisation.docker = {\n    enable = true;\n    daemon.settings = lib.mkIf config.x {\n      debug = true;\n      mtu = 1400;\n    };\n  };\n}\n";
    assert_eq!(printed(text, "nixos-module").text, expected);
}

#[test]
fn what_cannot_be_printed_is_named() {
    for (body, target, said) in [
        ("package = lib.mkIf (cfg.v == port) pkgs.docker_29;", "nixos-module", "`package` holds under a condition"),
        ("daemon.settings.mtu = lib.mkIf (cfg.v == port) 1400;", "nixos-module", "`mtu` holds under a condition"),
        ("daemon = config.x;", "nixos-module", "The value of `virtualisation.docker.daemon` is not in the text"),
        ("daemon = config.x;", "daemon-json", "The value of `virtualisation.docker.daemon` is not in the text"),
        ("daemon.settings = cfg.f port;", "nix-settings", "`daemon.settings` has names of other parts of the text"),
        ("logDriver = \"local\"; daemon.settings = config.x;", "nix-settings", "`logDriver` has no place beside"),
        ("autoPrune = config.x;", "nixos-module", "The value of `virtualisation.docker.autoPrune` is not in the text"),
        (
            "daemon.settings.log-opts = lib.mkMerge [ { tag = \"a\"; } config.x ];",
            "daemon-json",
            "The value of `virtualisation.docker.daemon.settings.log-opts` is not in the text",
        ),
        ("extraOptions = lib.mkIf config.x \"--debug\";", "nix-settings", "`extraOptions` has a condition"),
        (
            "daemon.settings.mtu = lib.mkIf config.x 1400;",
            "daemon-json",
            "The text does not tell whether `config.x` holds",
        ),
        (
            "daemon.settings.mtu = lib.mkIf config.x 1400;",
            "nixos-effective",
            "The text does not tell whether `config.x` holds",
        ),
        (
            "daemon.settings = lib.mkMerge [ (lib.mkIf cfg.x { mtu = 1400; }) (lib.mkIf (!cfg.x) { debug = true; }) ];",
            "dockerd-flags",
            "What holds only where `!cfg.x` does is left out",
        ),
    ] {
        let text = format!("{HEAD}{{ virtualisation.docker = {{ enable = true; {body} }}; }}");
        let notes = printed(&text, target).notes;
        assert_eq!(notes.iter().filter(|it| it.message.starts_with(said)).count(), 1, "{text}: {notes:?}");
    }
    let text = "{ config, ... }: { virtualisation.docker = if config.x then { enable = true; } else { }; }";
    for target in TARGETS {
        let printed = printed(text, target.id);
        let said = "The value of `virtualisation.docker` is not in the text";
        assert!(printed.notes.iter().any(|it| it.message.starts_with(said)), "{}: {:?}", target.id, printed.notes);
    }
}

/// Of two opposite conditions the first one in the text is taken to hold, in all that has no conditions.
#[test]
fn opposite_conditions_never_hold_at_once() {
    for (yes, no) in [
        ("config.x", "!config.x"),
        ("!config.x", "config.x"),
        ("cfg.x", "!config.my.x"),
        ("config.a && config.b", "!(config.a && config.b)"),
        ("config.a == \"b\"", "config.a != \"b\""),
        ("config.a == \"b\"", "!(config.a == \"b\")"),
        ("!(builtins.elem 1 config.a)", "builtins.elem 1 config.a"),
    ] {
        let text = format!(
            "{HEAD}{{ virtualisation.docker = lib.mkMerge [ {{ enable = true; }} (lib.mkIf ({yes}) {{ daemon.settings.dns = [ \"1.1.1.1\" ]; }}) (lib.mkIf ({no}) {{ daemon.settings.dns = [ \"9.9.9.9\" ]; daemon.settings.mtu = 1400; }}) ]; }}"
        );
        assert_eq!(printed(&text, "daemon-json").text, "{\n  \"dns\": [\"1.1.1.1\"]\n}\n", "{text}");
    }
    for (one, other) in
        [("config.x", "config.y"), ("config.x", "config.x"), ("!config.x || config.y", "config.x || config.y")]
    {
        let text = format!(
            "{HEAD}{{ virtualisation.docker = lib.mkMerge [ {{ enable = true; }} (lib.mkIf ({one}) {{ daemon.settings.debug = true; }}) (lib.mkIf ({other}) {{ daemon.settings.mtu = 1400; }}) ]; }}"
        );
        let text = printed(&text, "daemon-json").text;
        assert!(text.contains("debug") && text.contains("mtu"), "{one} {other}: {text}");
    }
}

// ── any module ──

/// What a module says, without the places of the text; flags are settings.
fn meaning(text: &str, outcome: &Outcome) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut settings: BTreeMap<String, _> = outcome.settings.iter().map(|it| (it.0.clone(), it.1.written())).collect();
    for flag in outcome.flags_in(text) {
        let value = flag.value.as_str().map(Value::from);
        settings.entry(flag.key).or_insert(value);
    }
    let option = |(option, it): &(&'static NixOption, Merged)| {
        let content = match &it.content {
            Content::Opaque(name) => name.clone(),
            _ => format!("{:?}", it.written()),
        };
        (option.name, content)
    };
    let options: BTreeMap<&str, String> = outcome.options.iter().map(option).collect();
    // These come to settings.
    let is_setting = |it: &&str| ["extraOptions", "logDriver", "storageDriver", "liveRestore"].contains(it);
    (settings, options.into_iter().filter(|it| !is_setting(&it.0)).collect::<Vec<_>>())
}

fn outcome(text: &str) -> Outcome {
    analyze(&request(text)).nixos.unwrap_or_else(|| panic!("{text}"))
}

/// A value of an option, and an option that takes it.
fn binding() -> impl Strategy<Value = (String, bool)> {
    let list = prop::sample::select(vec!["[ \"1.0.0.1\" ]", "[ \"1.1.1.1\" ]", "[ \"8.8.8.8\" \"9.9.9.9\" ]"]);
    prop_oneof![
        prop::sample::select(vec!["true", "false"]).prop_map(|it| (format!("daemon.settings.debug = @{it}"), false)),
        prop::sample::select(vec!["1400", "(-1)"]).prop_map(|it| (format!("daemon.settings.mtu = @{it}"), false)),
        list.clone().prop_map(|it| (format!("daemon.settings.dns = @{it}"), true)),
        list.prop_map(|it| (format!("autoPrune.flags = @{it}"), true)),
        prop::sample::select(vec!["\"1m\"", "\"2m\""])
            .prop_map(|it| (format!("daemon.settings.log-opts.max-size = @{it}"), false)),
        prop::sample::select(vec!["{ a = \"1\"; }", "{ b = lib.mkIf config.y \"2\"; }"])
            .prop_map(|it| (format!("daemon.settings.log-opts = @{it}"), false)),
        prop::sample::select(vec!["\"local\"", "\"json-file\""]).prop_map(|it| (format!("logDriver = @{it}"), false)),
        prop::sample::select(vec!["\"local\"", "\"loki\""])
            .prop_map(|it| (format!("daemon.settings.log-driver = @{it}"), false)),
        prop::sample::select(vec!["true", "false"]).prop_map(|it| (format!("liveRestore = @{it}"), false)),
        Just(("extraOptions = @\"--ip 127.0.0.1\"".to_owned(), false)),
        Just(("storageDriver = @\"zfs\"".to_owned(), false)),
        Just(("package = @pkgs.docker_29".to_owned(), false)),
        Just(("extraPackages = @[ pkgs.crun ]".to_owned(), true)),
        Just(("daemon.settings.group = @\"wheel\"".to_owned(), false)),
        Just(("daemon.settings.hosts = @[ \"tcp://127.0.0.1:2375\" ]".to_owned(), true)),
    ]
}

fn condition() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["config.x", "(!config.x)", "config.y", "(config.x && !config.y)", "cfg.x"])
}

fn line() -> impl Strategy<Value = String> {
    let order = prop::sample::select(vec!["", "", "lib.mkBefore ", "lib.mkAfter "]);
    let priority = prop::sample::select(vec!["", "", "", "lib.mkForce ", "lib.mkDefault ", "lib.mkOverride 70 "]);
    (binding(), prop::option::of(condition()), priority, order).prop_map(
        |((binding, is_list), condition, priority, order)| {
            let (name, value) = binding.split_once('@').expect("a value");
            let mut value = value.to_owned();
            if is_list && !order.is_empty() {
                value = format!("({order}{value})");
            }
            if !priority.is_empty() {
                value = format!("({priority}{value})");
            }
            match condition {
                Some(condition) => format!("{name}lib.mkIf {condition} {value};"),
                None => format!("{name}{value};"),
            }
        },
    )
}

fn module() -> impl Strategy<Value = String> {
    let around = prop_oneof![
        2 => Just(String::new()),
        2 => condition().prop_map(|it| format!("lib.mkIf {it} ")),
        1 => Just("lib.mkForce ".to_owned()),
    ];
    let blocks = prop::collection::vec((around, prop::collection::vec(line(), 1..3)), 1..4);
    (blocks, prop::option::of(condition())).prop_map(|(blocks, all)| {
        let block = |(around, lines): (String, Vec<String>)| {
            // Each name once in a set.
            let mut names = Vec::new();
            let lines: Vec<String> = lines
                .into_iter()
                .filter(|it| {
                    let name = it.split_once(" = ").expect("a name").0.to_owned();
                    let is_new = !names.iter().any(|it: &String| name.starts_with(&**it) || it.starts_with(&name));
                    names.push(name);
                    is_new
                })
                .collect();
            format!("({around}{{ {} }})", lines.join(" "))
        };
        let blocks: Vec<String> = blocks.into_iter().map(block).collect();
        let all = all.map(|it| format!("lib.mkIf {it} ")).unwrap_or_default();
        format!(
            "{{ config, lib, pkgs, ... }}:\nlet cfg = config; in\n{{ config = {all}{{ virtualisation.docker = lib.mkMerge [ {{ enable = true; }} {} ]; }}; }}",
            blocks.join(" ")
        )
    })
}

/// The text where `config.x` and `config.y` are known.
fn where_known(text: &str, x: bool, y: bool) -> String {
    let text = text.replace("cfg.x", "config.x");
    text.replace("config.x", &x.to_string()).replace("config.y", &y.to_string())
}

proptest! {
    #[test]
    fn what_is_printed_means_the_same_whatever_holds(text in module()) {
        let module = printed(&text, "nixos-module");
        prop_assert!(module.error.is_none(), "{text}: {module:?}");
        prop_assert!(nixfmt_rs::format(&module.text).is_ok(), "{text}: {module:?}");
        for (x, y) in [(false, false), (false, true), (true, false), (true, true)] {
            let (known, after) = (where_known(&text, x, y), where_known(&module.text, x, y));
            let report = analyze(&request(&known));
            // Where nothing turns Docker on, what is printed may be nothing either.
            let Some(before) = report.nixos else { continue };
            if before.is_refused() || before.is_enabled != Some(true) {
                continue;
            }
            let (then, now) = (meaning(&known, &before), meaning(&after, &outcome(&after)));
            prop_assert_eq!(then, now, "{} {}\n{}\n{}", x, y, text, module.text);
        }
    }
}

/// The names of settings that a text gives to a daemon.
fn settings_of(report: &Report) -> Vec<String> {
    let is_empty = |it: &Node| matches!(&it.kind, Kind::Map(members) if members.is_empty());
    let members = report.document.root.members().iter().filter(|it| !is_empty(&it.value));
    members.map(|it| it.key.clone()).collect()
}

/// Whether a setting is in what is printed, by its own name or by that of the option or flag it becomes.
fn is_told(key: &str, printed: &Printed) -> bool {
    let (option, flag) = match key {
        "log-driver" => ("logDriver", "journald"),
        "storage-driver" => ("storageDriver", "--storage-driver"),
        "live-restore" => ("liveRestore", "--live-restore"),
        "hosts" => ("listenOptions", "--host"),
        "group" => ("group", "--group"),
        key => (key, key.trim_end_matches('s')),
    };
    let names = [key, option, flag];
    let has = |text: &str| names.iter().any(|it| text.contains(it)) || text.contains("extraOptions");
    // An error says why there is nothing at all.
    printed.error.is_some() || has(&printed.text) || printed.notes.iter().any(|it| has(&it.message))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_setting_is_printed_or_named(text in module()) {
        let report = analyze(&request(&text));
        for target in TARGETS {
            let printed = printed(&text, target.id);
            for key in settings_of(&report) {
                prop_assert!(is_told(&key, &printed), "{}: {}\n{}\n{:?}", target.id, key, text, printed);
            }
        }
    }
}

#[test]
fn each_setting_of_the_examples_is_printed_or_named() {
    for example in EXAMPLES {
        let request = Request::of(example.text);
        let report = analyze(&request);
        for target in TARGETS.iter().filter(|it| it.notation() == Notation::Nix) {
            let printed = print::print(&request, &report, target, Order::AsWritten);
            for key in settings_of(&report) {
                assert!(is_told(&key, &printed), "{}: {key}\n{}\n{printed:?}", target.id, example.text);
            }
        }
    }
}

/// Where a text has mistakes of syntax, every target says that it has a part only.
#[test]
fn what_is_printed_of_a_damaged_text_is_said_to_be_a_part() {
    let text = "{ virtualisation.docker.enable = true; virtualisation.docker.daemon.settings = { debug = true; dns = [ \"1.1.1.1\" ; }; }";
    for target in TARGETS {
        let printed = printed(text, target.id);
        let said =
            printed.notes.iter().filter(|it| it.message.starts_with("Only what could be read is printed")).count();
        assert_eq!(said, 1, "{}: {printed:?}", target.id);
    }
}
