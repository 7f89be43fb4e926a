//! What a release of NixOS writes, row by row.

use super::{Daemon, Outcome};
use crate::{
    daemon::dialect::{self, DAEMON_JSON},
    docker::host::{Nixos, Release},
    document::Value,
    notation::json::{Layout, Shape, write},
};

/// A release and a state version: `25.11 24.05`.
fn nixos(words: &str) -> Nixos {
    let (release, state_version) = words.split_once(' ').expect("two releases");
    let read = |it| Release::read(it).expect("a release");
    Nixos { release: read(release), state_version: read(state_version) }
}

/// What becomes of a `daemon.json` as settings.
fn of_settings(text: &str, words: &str, daemon: Daemon) -> Outcome {
    Outcome::of_settings(&DAEMON_JSON.read(text).root, nixos(words), daemon)
}

/// What becomes of a text of Nix.
fn of_nix(text: &str, words: &str) -> Outcome {
    Outcome::of(&dialect::nixos::definitions(text), nixos(words), Daemon::Rootful)
}

/// The file in one line, or what is refused.
fn shown(outcome: &Outcome) -> String {
    if let Some(flaw) = outcome.flaws.first() {
        return flaw.message();
    }
    let members = outcome.settings.iter().filter_map(|it| Some((it.0.clone(), it.1.written()?)));
    write(&Value::Map(members.collect()), Layout::default(), "", Shape::Inline)
}

#[test]
fn writes_what_each_release_writes() {
    for (words, expected) in [
        ("23.11 23.11", r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": true, "log-driver": "journald" }"#),
        ("24.05 24.05", r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": true, "log-driver": "journald" }"#),
        ("24.11 24.05", r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": true, "log-driver": "journald" }"#),
        (
            "24.11 24.11",
            r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": false, "log-driver": "journald" }"#,
        ),
        ("26.05 23.11", r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": true, "log-driver": "journald" }"#),
        (
            "26.05 25.11",
            r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": false, "log-driver": "journald" }"#,
        ),
    ] {
        let outcome = of_settings("{}", words, Daemon::Rootful);
        assert_eq!(shown(&outcome), expected, "{words}");
        assert_eq!(outcome.reasons.len(), 4, "{words}: {:?}", outcome.reasons);
        assert_eq!(shown(&of_settings("{}", words, Daemon::Rootless)), "{}", "{words}");
    }
}

#[test]
fn settings_meet_those_of_nixos() {
    const SETTINGS: &str = "`virtualisation.docker.daemon.settings.";
    for (text, expected) in [
        (
            r#"{"hosts": ["tcp://127.0.0.1:1"], "live-restore": true, "log-driver": "local", "bip": null}"#,
            r#"{ "bip": null, "group": "docker", "hosts": ["fd://", "tcp://127.0.0.1:1"], "live-restore": true, "log-driver": "local" }"#,
        ),
        (r#"{"group": "wheel"}"#, "group` is \"wheel\", and NixOS itself sets it to \"docker\""),
        (r#"{"group": 1}"#, "group` is 1, and NixOS itself sets it to \"docker\""),
        (r#"{"group": null}"#, "group` is null in one place and not in another"),
        (r#"{"hosts": "fd://"}"#, "hosts` is \"fd://\", and NixOS itself sets it to a list"),
        (r#"{"live-restore": null}"#, "live-restore` must be true or false, not null"),
        (
            r#"{"group": "docker", "hosts": []}"#,
            r#"{ "group": "docker", "hosts": ["fd://"], "live-restore": false, "log-driver": "journald" }"#,
        ),
        // Of a key that occurs twice, Nix takes the last.
        (
            r#"{"mtu": 1, "mtu": 2, "b": {"z": 1.5, "a": [[], {}]}}"#,
            r#"{ "b": { "a": [[], {}], "z": 1.5 }, "group": "docker", "hosts": ["fd://"], "live-restore": false, "log-driver": "journald", "mtu": 2 }"#,
        ),
    ] {
        let found = shown(&of_settings(text, "26.05 26.05", Daemon::Rootful));
        let expected = match expected.starts_with('{') {
            true => expected.to_owned(),
            false => [SETTINGS, expected].concat(),
        };
        assert_eq!(found, expected, "{text}");
    }
    // Before it was an option, it took anything.
    let found = shown(&of_settings(r#"{"live-restore": null}"#, "24.05 24.05", Daemon::Rootful));
    assert!(found.contains(r#""live-restore": null"#), "{found}");
}

#[test]
fn definitions_meet_as_in_the_module_system() {
    let docker = |inside: &str| {
        format!("{{ lib, config, pkgs, ... }}: {{ virtualisation.docker = {{ enable = true; {inside} }}; }}")
    };
    for (words, inside, expected) in [
        // Each definition of a submodule is a module of its own, so that their order is the other way round.
        ("24.05 24.05", "daemon.settings.hosts = [ \"a\" ];", r#""hosts": ["a", "fd://"]"#),
        ("24.11 24.11", "daemon.settings.hosts = [ \"a\" ];", r#""hosts": ["fd://", "a"]"#),
        ("26.05 26.05", "daemon.settings.hosts = lib.mkBefore [ \"a\" ];", r#""hosts": ["a", "fd://"]"#),
        ("26.05 26.05", "daemon.settings.hosts = lib.mkForce [ \"a\" ];", r#""hosts": ["a"]"#),
        ("26.05 26.05", "daemon.settings = lib.mkForce { mtu = 1; };", r#"{ "live-restore": false, "mtu": 1 }"#),
        ("24.05 24.05", "daemon.settings = lib.mkForce { mtu = 1; };", r#"{ "mtu": 1 }"#),
        ("26.05 24.05", "liveRestore = false;", r#""live-restore": false"#),
        ("24.05 24.05", "liveRestore = false;", r#""live-restore": false"#),
        ("26.05 26.05", "logDriver = \"local\"; daemon.settings.log-driver = \"gelf\";", r#""log-driver": "gelf""#),
        ("26.05 26.05", "storageDriver = null;", r#""log-driver": "journald" }"#),
        ("26.05 26.05", "storageDriver = \"zfs\";", r#""storage-driver": "zfs""#),
        // Unknown conditions are taken as if they hold, and are no conflict.
        (
            "26.05 26.05",
            "daemon.settings = lib.mkMerge [ { mtu = 1; } (lib.mkIf config.x { mtu = 2; debug = true; }) ];",
            r#""debug": true, "group": "docker", "hosts": ["fd://"], "live-restore": false, "log-driver": "journald", "mtu": 1"#,
        ),
    ] {
        let found = shown(&of_nix(&docker(inside), words));
        assert!(found.contains(expected), "{words} {inside}: {found}");
    }
}

/// The rows hold what `lib.evalModules` gives.
#[test]
fn modules_meet_in_the_order_of_the_module_system() {
    let dns = |it: &str| ["virtualisation.docker.daemon.settings.dns = [ \"", it, "\" ];"].concat();
    let module = |it: &str| ["{ ", &dns(it), " }"].concat();
    let (a, b, c, d) = (module("a"), module("b"), module("c"), module("d"));
    let flake =
        |modules: &str| format!("{{ nixosConfigurations.x = lib.nixosSystem {{ modules = [ {modules} ]; }}; }}");
    for (text, old, new) in [
        (flake(&[&*a, &b].join(" ")), "b a", "a b"),
        (format!("{{ imports = [ {a} ]; {} }}", dns("b")), "a b", "b a"),
        (
            flake(&format!(
                "{{ {} imports = [ {{ {} imports = [ {c} ]; }} {d} ]; }} {}",
                dns("a"),
                dns("b"),
                module("e")
            )),
            "c d b e a",
            "a e b d c",
        ),
        (flake(&format!("({{ lib, ... }}: lib.mkMerge [ {a} {b} ]) {c}")), "c a b", "b a c"),
        (format!("{{ imports = [ ({{ lib, ... }}: lib.mkMerge [ {a} {b} ]) ]; {} }}", dns("c")), "a b c", "c b a"),
        (format!("{{ lib, ... }}: lib.mkMerge [ {a} (lib.mkIf false {b}) {c} ]"), "a c", "c a"),
        (
            flake(&format!(
                "({{ lib, ... }}: {{ config = lib.mkMerge [ {a} {{ virtualisation.docker.daemon.settings = lib.mkMerge [ {{ dns = [ \"b\" ]; }} {{ dns = lib.mkMerge [ [ \"c\" ] [ \"d\" ] ]; }} ]; }} ]; }}) {}",
                module("e")
            )),
            "e a b c d",
            "c d b a e",
        ),
        (
            flake(&format!(
                "{a} ({{ lib, ... }}: {{ virtualisation.docker.daemon.settings.dns = lib.mkBefore [ \"b\" ]; }}) {c}"
            )),
            "b c a",
            "b a c",
        ),
    ] {
        for (words, expected) in [("24.05 24.05", old), ("26.05 26.05", new)] {
            let expected = format!("\"dns\": [\"{}\"]", expected.replace(' ', "\", \""));
            let found = shown(&of_nix(&text, words));
            assert!(found.contains(&expected), "{words} {text}: {found}, not {expected}");
        }
        let rootless = text.replace("docker.daemon", "docker.rootless.daemon");
        let expected = format!("{{ \"dns\": [\"{}\"] }}", old.replace(' ', "\", \""));
        assert_eq!(shown(&of_nix(&rootless, "26.05 26.05")), expected, "{rootless}");
    }
}

#[test]
fn a_module_that_is_a_merge_is_one_module() {
    let text = "{ lib, ... }: lib.mkMerge [ { virtualisation.docker.enable = true; virtualisation.docker.daemon.settings.bip = \"10.0.0.1/24\"; } { virtualisation.docker.daemon.settings.mtu = 70; } ]";
    let found = shown(&of_nix(text, "26.05 26.05"));
    assert!(found.contains("\"bip\"") && found.contains("\"mtu\": 70"), "{found}");
    for text in [
        "{ lib, ... }: lib.mkIf false { virtualisation.docker.enable = true; }",
        "{ lib, ... }: lib.mkMerge [ (lib.mkIf false { virtualisation.docker.enable = true; }) { virtualisation.docker.daemon.settings.mtu = 70; } ]",
    ] {
        let outcome = of_nix(text, "26.05 26.05");
        assert_eq!(outcome.is_enabled, None, "{text}");
    }
}

#[test]
fn devices_take_an_engine_that_knows_them() {
    for (package, has) in [("", true), ("package = pkgs.docker_25;", true), ("package = pkgs.docker_24;", false)] {
        let text = format!(
            "{{ pkgs, ... }}: {{ virtualisation.docker = {{ enable = true; {package} }}; hardware.nvidia-container-toolkit.enable = true; }}"
        );
        let outcome = of_nix(&text, "26.05 26.05");
        assert_eq!(shown(&outcome).contains("cdi"), has, "{package}");
        assert_eq!(outcome.taken.engine.is_some(), !package.is_empty(), "{package}");
    }
}

#[test]
fn the_text_says_which_daemon_it_is_about() {
    for (inside, daemon, is_enabled) in [
        ("enable = true;", Daemon::Rootful, Some(true)),
        ("rootless.enable = true;", Daemon::Rootless, Some(true)),
        ("rootless.daemon.settings.mtu = 1;", Daemon::Rootless, None),
        ("daemon.settings.mtu = 1;", Daemon::Rootful, None),
        ("enable = false; rootless.enable = true;", Daemon::Rootless, Some(true)),
        ("enable = false;", Daemon::Rootful, Some(false)),
        ("enable = lib.mkIf config.a true;", Daemon::Rootful, Some(true)),
        ("enable = lib.mkIf config.a false;", Daemon::Rootful, None),
    ] {
        let outcome = of_nix(&format!("{{ virtualisation.docker = {{ {inside} }}; }}"), "26.05 26.05");
        assert_eq!((outcome.daemon, outcome.is_enabled), (daemon, is_enabled), "{inside}");
    }
}
