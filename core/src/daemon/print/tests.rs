//! Targets as a whole: what is printed, what is said, and what NixOS makes of it.

use super::{evaluate::evaluate, *};
use crate::{Engine, analyze, docker::host::Release, document::Notation};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn printed(text: &str, target: &str) -> Printed {
    printed_for(&Request::of(text), target)
}

fn printed_for(request: &Request, target: &str) -> Printed {
    let target = Target::find(target).expect("a target");
    print(request, &analyze(request), target, Order::AsWritten)
}

/// The settings within `virtualisation.docker`, one line each, as the NixOS module target writes them.
fn module_lines(text: &str) -> Vec<String> {
    let text = printed(text, "nixos-module").text;
    let lines = text.lines().skip(2).map(|it| it.trim().to_owned());
    lines.filter(|it| it.len() > 2).collect()
}

#[test]
fn nixos_options_take_what_they_have_and_settings_the_rest() {
    let docker = "virtualisation.docker = {";
    let settings = "daemon.settings = {";
    let enable = "enable = true;";
    for (text, expected) in [
        ("", &["virtualisation.docker.enable = true;"][..]),
        (r#"{"debug": true}"#, &[docker, enable, settings, "debug = true;"]),
        (r#"{"log-driver": "local"}"#, &[docker, enable, r#"logDriver = "local";"#]),
        (r#"{"log-driver": "journald"}"#, &["virtualisation.docker.enable = true;"]),
        // a plugin is not in the enumeration
        (r#"{"log-driver": "loki"}"#, &[docker, enable, settings, r#"log-driver = "loki";"#]),
        (r#"{"log-driver": 1}"#, &[docker, enable, settings, "log-driver = 1;"]),
        // NixOS would log to the journal, and the daemon would refuse the options
        (
            r#"{"log-opts": {"max-size": "1m"}}"#,
            &[docker, enable, r#"logDriver = "json-file";"#, settings, "log-opts = {", r#"max-size = "1m";"#],
        ),
        (r#"{"storage-driver": "zfs"}"#, &[docker, enable, r#"storageDriver = "zfs";"#]),
        (r#"{"storage-driver": "vfs"}"#, &[docker, enable, settings, r#"storage-driver = "vfs";"#]),
        (r#"{"group": "docker"}"#, &["virtualisation.docker.enable = true;"]),
        (r#"{"group": "wheel"}"#, &[docker, enable, settings, r#"group = lib.mkForce "wheel";"#]),
        (r#"{"hosts": ["fd://"]}"#, &["virtualisation.docker.enable = true;"]),
        (r#"{"hosts": ["unix:///var/run/docker.sock"]}"#, &["virtualisation.docker.enable = true;"]),
        (r#"{"hosts": ["tcp://127.0.0.1:2375"]}"#, &[docker, enable, r#"listenOptions = [ "127.0.0.1:2375" ];"#]),
        (
            r#"{"hosts": ["fd://", "tcp://[::1]:2375"]}"#,
            &[docker, enable, "listenOptions = [", r#""/run/docker.sock""#, r#""[::1]:2375""#],
        ),
        // systemd resolves no names and guesses no ports
        (
            r#"{"hosts": ["unix:///run/docker.sock", "tcp://localhost:2375"]}"#,
            &[docker, enable, settings, r#"hosts = [ "tcp://localhost:2375" ];"#],
        ),
        (r#"{"hosts": ["tcp://0.0.0.0"]}"#, &[docker, enable, settings, r#"hosts = [ "tcp://0.0.0.0" ];"#]),
        // null: not set, but for booleans that are on, and three more
        (r#"{"bip": null, "builder": {"gc": null}}"#, &[docker, enable, settings, "builder = { };"]),
        (r#"{"icc": null, "tlsverify": null}"#, &[docker, enable, settings, "icc = null;", "tlsverify = null;"]),
        (r#"{"dns": [null]}"#, &[docker, enable, settings, "dns = [ null ];"]),
        // Go's decoder: the last that is not null, and objects add up
        (r#"{"mtu": 1, "mtu": 2, "mtu": null}"#, &[docker, enable, settings, "mtu = 2;"]),
        (
            r#"{"proxies": {"HTTP-Proxy": "a"}, "proxies": {"https-proxy": "b"}}"#,
            &[docker, enable, settings, "proxies = {", r#"http-proxy = "a";"#, r#"https-proxy = "b";"#],
        ),
        (r#"{"mtu": 1e3}"#, &[docker, enable, settings, "mtu = 1000;"]),
        (r#"{"mtu": 1500.0}"#, &[docker, enable, settings, "mtu = 1500;"]),
        (r#"{"nobody": 1e3}"#, &[docker, enable, settings, "nobody = 1000.0;"]),
        (r#"{"mtu": -1, "x": [-1]}"#, &[docker, enable, settings, "mtu = -1;", "x = [ (-1) ];"]),
    ] {
        assert_eq!(module_lines(text), expected, "{text}");
    }
}

#[test]
fn only_what_is_needed_is_asked_for() {
    for (text, header) in [
        (r#"{"debug": true}"#, "{ ... }:"),
        (r#"{"group": "wheel"}"#, "{ lib, ... }:"),
        (r#"{"firewall-backend": "nftables"}"#, "{ pkgs, ... }:"),
        (r#"{"firewall-backend": "nftables", "group": "wheel"}"#, "{ lib, pkgs, ... }:"),
    ] {
        let text = printed(text, "nixos-module").text;
        assert_eq!(text.lines().next(), Some(header));
    }
}

#[test]
fn programs_that_a_setting_needs_come_along() {
    let nftables = r#"{"firewall-backend": "nftables"}"#;
    let module = |extra: &str, settings: &str| {
        format!(
            "{{ pkgs, ... }}:\n{{\n  virtualisation.docker = {{\n    enable = true;\n    extraPackages = [ {extra} ];\n    daemon.settings = {{\n      {settings}\n    }};\n  }};\n}}\n"
        )
    };
    assert_eq!(printed(nftables, "nixos-module").text, module("pkgs.nftables", "firewall-backend = \"nftables\";"));
    assert_eq!(
        printed(r#"{"storage-driver": "fuse-overlayfs"}"#, "nixos-module").text,
        module("pkgs.fuse-overlayfs", "storage-driver = \"fuse-overlayfs\";")
    );
    let rootless = printed(nftables, "nixos-rootless").text;
    assert!(rootless.starts_with("{ pkgs, ... }:\n"), "{rootless}");
    assert!(rootless.contains("\n\n  systemd.user.services.docker.path = [ pkgs.nftables ];\n"), "{rootless}");
    let settings = printed(nftables, "nix-settings");
    assert!(!settings.text.contains("pkgs"));
    let said = settings.notes.iter().map(|it| &it.message);
    let said: Vec<_> = said.filter(|it| it.contains("extraPackages")).collect();
    assert!(said[0].contains("`[ pkgs.nftables ]`"), "{said:?}");
    for (text, package) in [
        (r#"{"runtimes": {"c": {"path": "crun"}}}"#, Some("pkgs.crun")),
        (r#"{"runtimes": {"g": {"runtimeType": "io.containerd.runsc.v1"}}}"#, Some("pkgs.gvisor")),
        (r#"{"default-runtime": "io.containerd.kata.v2"}"#, Some("pkgs.kata-runtime")),
        (r#"{"runtimes": {"c": {"path": "/srv/crun"}}}"#, None),
        (r#"{"firewall-backend": "iptables"}"#, None),
    ] {
        for target in ["nixos-module", "nix-flake", "flying-circus", "nixos-rootless"] {
            let text = printed(text, target).text;
            assert_eq!(text.contains(" pkgs."), package.is_some_and(|it| text.contains(it)), "{text}");
        }
    }
    let own = printed(r#"{"storage-driver": "fuse-overlayfs"}"#, "nixos-rootless").text;
    assert!(!own.contains("pkgs"), "a rootless daemon has its own: {own}");
}

/// The judge is Nix itself, where it is installed: every target evaluates, with the packages that it asks for.
#[test]
fn nix_itself_evaluates_every_target() {
    let text = r#"{"firewall-backend": "nftables", "group": "wheel", "runtimes": {"c": {"path": "crun"}}}"#;
    let known = "nftables = 1; crun = 2;";
    for target in TARGETS.iter().filter(|it| it.notation() == Notation::Nix) {
        let nix = printed(text, target.id).text;
        let (apply, arguments) = match target.id {
            "nix-settings" => ("x: x", String::new()),
            "nix-flake" => ("x: (x.outputs { self = { }; nixpkgs = { }; }).nixosModules.docker", call(known)),
            _ => ("x: x", call(known)),
        };
        let expression = format!("let lib.mkForce = x: x; in (({apply}) ({nix})) {arguments}");
        let mut command = std::process::Command::new("nix-instantiate");
        command.args(["--store", "dummy://", "--eval", "--strict", "--json", "--expr", &expression]);
        let Ok(output) = command.output() else {
            println!("nix-instantiate is not installed: printed Nix was read by rnix only");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}\n{expression}", target.id);
    }
}

/// A module's arguments, with these packages.
fn call(packages: &str) -> String {
    format!("{{ lib.mkForce = x: x; pkgs = {{ {packages} }}; }}")
}

#[test]
fn says_why_there_is_no_nix() {
    let deep = format!("{{\"x\": {}{}}}", "[".repeat(200), "]".repeat(200));
    let long = " ".repeat(MAX_TEXT) + "{}";
    for (text, nix, json) in [
        (r#"{"mtu": 9223372036854775808}"#, Some("`mtu` is 9223372036854775808"), None),
        (r#"{"x": [1e999]}"#, Some("`x` is 1e999"), None),
        (r#"{"log-opts": {"tag": "\u0000"}}"#, Some("`log-opts.tag` holds the character U+0000"), None),
        (r#"{"log-opts": {"\u0000": "a"}}"#, Some("`log-opts` holds the character U+0000"), None),
        ("[1]", Some("The text is a list"), Some("The text is a list")),
        (&*deep, Some("This value is nested too deep"), Some("This value is nested too deep")),
        (&*long, Some("A text of more than 1 MiB is not read"), Some("A text of more than 1 MiB is not read")),
        (r#"{"mtu": 1}"#, None, None),
    ] {
        for target in TARGETS {
            let expected = match target.notation() {
                Notation::Json | Notation::Shell | Notation::Yaml => json,
                Notation::Nix => nix,
            };
            let printed = printed(text, target.id);
            let message = printed.error.map(|it| it.message);
            assert_eq!(message.is_some(), expected.is_some(), "{}: {text}", target.id);
            assert_eq!(printed.text.is_empty(), expected.is_some());
            let message = message.unwrap_or_default();
            assert!(message.starts_with(expected.unwrap_or_default()), "{message}");
        }
    }
}

#[test]
fn notes_tell_what_cannot_be_kept() {
    let old = Release::new(24, 5);
    let older_state = |mut request: Request| {
        request.host.nixos.state_version = old;
        request
    };
    let engine = |mut request: Request, major| {
        request.engine = Engine::latest_of(major).expect("an Engine");
        request
    };
    let release = |mut request: Request, release| {
        request.host.nixos.release = release;
        request
    };
    let of = |text: &str| Request::of(text);
    let swarm = |mut request: Request| {
        request.host.swarm = true;
        request
    };
    for (request, target, expected) in [
        (of("{}"), "nixos-module", "hint: NixOS sends container logs to the journal"),
        (of(r#"{"log-driver": "journald"}"#), "nix-settings", "hint: `log-driver` is left out"),
        (
            of(r#"{"http-proxy": "http://p:1", "mtu": 1450}"#),
            "nixos-module",
            "warning: The daemon does not read `http-proxy`",
        ),
        (of(r#"{"group": "wheel"}"#), "flying-circus", "warning: NixOS sets `group` to `docker`"),
        (of(r#"{"hosts": ["tcp://127.0.0.1:1"]}"#), "nixos-module", "hint: `hosts` becomes `listenOptions`"),
        (of(r#"{"hosts": ["tcp://127.0.0.1:1"]}"#), "nix-settings", "warning: NixOS adds `fd://` to `hosts`"),
        (of(r#"{"storage-driver": "zfs"}"#), "nix-settings", "warning: The daemon needs the ZFS programs"),
        (of(r#"{"bip": null}"#), "nixos-module", "hint: `bip` is null"),
        (of(r#"{"bip": null, "mtu": null}"#), "nixos-module", "hint: `bip`, `mtu` are null"),
        (of(r#"{"a": 1, "a": 2}"#), "daemon-json", "hint: `a` occurs more than once"),
        (of("{} // c"), "daemon-json", "hint: Comments are not printed"),
        (of("{\"a\": 1, \"b\": }"), "daemon-json", "warning: Only what could be read is printed"),
        (of("}"), "daemon-json", "warning: Only what could be read is printed"),
        (
            of(r#"{"proxies": {"http-proxy": "http://me:secret@proxy:3128"}}"#),
            "nixos-module",
            "warning: Settings end up in the Nix store",
        ),
        (of(r#"{"log-opts": {"_type": "a"}}"#), "nixos-module", "warning: NixOS modules give the name `_type`"),
        (older_state(of("{}")), "nixos-module", "hint: With a `system.stateVersion` before 24.11"),
        (swarm(older_state(of("{}"))), "nixos-module", "warning: With a `system.stateVersion` before 24.11"),
        (engine(of("{}"), 26), "nixos-module", "hint: NixOS 26.05 ships Docker 29"),
        (release(of("{}"), Release::new(25, 11)), "nixos-module", "warning: NixOS 25.11 ships Docker 28.5.2"),
        (of("{}"), "flying-circus", "hint: Flying Circus runs Docker 24.0.9"),
        (of(r#"{"bip": "10.0.0.1/24"}"#), "flying-circus", "warning: The platform's firewall"),
        (
            of(r#"{"default-address-pools": [{"Base": "10.0.0.0/8", "size": 24}]}"#),
            "flying-circus",
            "warning: The platform's firewall",
        ),
    ] {
        let notes = printed_for(&request, target).notes;
        let notes: Vec<_> = notes.iter().map(|it| format!("{}: {}", it.severity, it.message)).collect();
        assert!(notes.iter().any(|it| it.starts_with(expected)), "{expected}\n{notes:#?}");
    }
    for (request, target, absent) in [
        (older_state(of(r#"{"live-restore": false}"#)), "nixos-module", "stateVersion"),
        (of("{}"), "nixos-module", "stateVersion"),
        (of("{}"), "nixos-rootless", "journal"),
        (of(r#"{"bip": "172.20.0.1/24"}"#), "flying-circus", "firewall"),
    ] {
        let notes = printed_for(&request, target).notes;
        assert!(!notes.iter().any(|it| it.message.contains(absent)), "{notes:#?}");
    }
}

#[test]
fn what_two_settings_come_to_is_said_once() {
    let text = r#"{"bip": "10.0.0.1/24", "default-address-pools": [{"base": "10.0.0.0/8", "size": 24}]}"#;
    let notes = printed(text, "flying-circus").notes;
    assert_eq!(notes.iter().filter(|it| it.message.contains("firewall")).count(), 1, "{notes:#?}");
}

#[test]
fn what_a_packaging_gives_itself_is_left_out_and_named() {
    for (target, text, left, note) in [
        (
            "docker-desktop",
            r#"{"data-root": "/srv/docker", "debug": true}"#,
            r#"{"debug": true}"#,
            "warning: `data-root` is left out. Docker Desktop keeps its data in a disk image.",
        ),
        (
            "docker-desktop",
            r#"{"hosts": ["tcp://127.0.0.1:2375"], "proxies": {"http-proxy": "http://proxy:3128"}}"#,
            "{}",
            "warning: `proxies` is left out. Docker Desktop takes proxies from",
        ),
        (
            "snap",
            r#"{"data-root": "/home/me/docker", "group": "docker", "mtu": 1450}"#,
            r#"{"mtu": 1450}"#,
            "warning: `group` is left out. The snap gives it as a flag",
        ),
        ("daemon-json", r#"{"data-root": "/srv/docker"}"#, r#"{"data-root": "/srv/docker"}"#, ""),
    ] {
        let printed = printed(text, target);
        let read: Json = serde_json::from_str(&printed.text).expect("JSON");
        assert_eq!(read, serde_json::from_str::<Json>(left).expect("JSON"));
        let notes = printed.notes.iter();
        let notes: Vec<_> = notes.map(|it| format!("{}: {}", it.severity, it.message)).collect();
        let is_said = notes.iter().any(|it| it.starts_with(note));
        assert_eq!(is_said, !note.is_empty(), "{notes:#?}");
    }
}

#[test]
fn what_a_nix_text_does_not_tell_is_kept_word_for_word_where_nix_is_printed() {
    let text = r#"{ lib, config, pkgs, ... }:
{
  virtualisation.docker = {
    enable = true;
    package = pkgs.docker_29;
    autoPrune.enable = true;
    daemon.settings = {
      runtimes.crun.path = "${pkgs.crun}/bin/crun";
      labels = [ "a=b" config.x ];
      dns = elsewhere 1;
      log-opts.tag = "x";
    };
  };
}
"#;
    for (target, kept, left) in [
        (
            "nixos-module",
            &[
                "{ config, pkgs, ... }:",
                "package = pkgs.docker_29;",
                "autoPrune.enable = true;",
                "path = \"${pkgs.crun}/bin/crun\";",
                "\"a=b\"\n        config.x",
            ][..],
            &["elsewhere", "logDriver"][..],
        ),
        ("nix-settings", &["path = \"${pkgs.crun}/bin/crun\";"], &["package", "autoPrune"]),
        ("daemon-json", &["\"a=b\""], &["config", "pkgs", "dns"]),
    ] {
        let printed = printed(text, target);
        for it in kept {
            assert!(printed.text.contains(it), "{target}: {it}\n{}", printed.text);
        }
        for it in left {
            assert!(!printed.text.contains(it), "{target}: {it}\n{}", printed.text);
        }
        let notes: Vec<_> = printed.notes.iter().map(|it| &*it.message).collect();
        assert!(notes.contains(&"The value of `dns` is not in the text, so it is left out."), "{notes:#?}");
    }
}

// ── properties ──

/// Settings as people have them, the ones that NixOS treats in its own way above all.
fn settings() -> impl Strategy<Value = String> {
    let members = vec![
        r#""debug": true"#,
        r#""icc": null"#,
        r#""bip": null"#,
        r#""group": "docker""#,
        r#""group": """#,
        r#""group": "wheel""#,
        r#""hosts": []"#,
        r#""hosts": ["fd://"]"#,
        r#""hosts": ["unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"]"#,
        r#""hosts": ["tcp://0.0.0.0:2376", "unix:///srv/docker.sock"]"#,
        r#""hosts": ["fd://", "tcp://localhost:2375"]"#,
        r#""hosts": ["tcp://localhost:2375"]"#,
        r#""log-driver": "journald""#,
        r#""log-driver": "local""#,
        r#""log-driver": "loki""#,
        r#""log-driver": null"#,
        r#""log-opts": {"tag": "${x}", "max-size": "10m"}"#,
        r#""log-opts": {}"#,
        r#""log-opts": null"#,
        r#""storage-driver": "overlay2""#,
        r#""storage-driver": "fuse-overlayfs""#,
        r#""live-restore": false"#,
        r#""default-address-pools": [{"base": "10.0.0.0/8", "size": 24}, {"size": 20, "base": "fd00::/48"}]"#,
        r#""runtimes": {"my.runtime": {"path": "/bin/x", "runtimeArgs": ["--a"]}}"#,
        r#""mtu": 1450"#,
        r#""firewall-backend": "nftables""#,
        r#""default-runtime": "io.containerd.runsc.v1""#,
    ];
    let chosen = prop::sample::subsequence(members.clone(), 0..members.len()).prop_shuffle();
    chosen.prop_map(|mut members| {
        let key = |it: &str| it.split(':').next().map(str::to_owned);
        let mut seen = Vec::new();
        members.retain(|it| {
            let is_new = !seen.contains(&key(it));
            seen.push(key(it));
            is_new
        });
        format!("{{{}}}", members.join(", "))
    })
}

/// What the NixOS module makes of its options: the daemon.json it writes, with `fd://` as the sockets it stands for.
fn module_writes(docker: &Json) -> Json {
    let mut daemon = docker["daemon"]["settings"].as_object().cloned().unwrap_or_default();
    let forced = |it: &Json| (it["apply"] == "lib.mkForce").then(|| it["to"].clone());
    let group = match daemon.get("group") {
        None => json!("docker"),
        Some(group) => forced(group).expect("a definition that does not conflict"),
    };
    daemon.insert("group".to_owned(), group);
    let hosts = daemon.get("hosts").and_then(Json::as_array);
    let mut hosts = hosts.cloned().unwrap_or_default();
    let sockets = docker.get("listenOptions").and_then(Json::as_array).cloned();
    for socket in sockets.unwrap_or_else(|| vec![json!("/run/docker.sock")]) {
        let socket = socket.as_str().expect("a string");
        let scheme = if socket.starts_with('/') { "unix://" } else { "tcp://" };
        hosts.push(json!(format!("{scheme}{socket}")));
    }
    daemon.insert("hosts".to_owned(), json!(hosts));
    let log_driver = docker.get("logDriver").cloned().unwrap_or(json!("journald"));
    daemon.entry("log-driver").or_insert(log_driver);
    if let Some(driver) = docker.get("storageDriver") {
        daemon.entry("storage-driver").or_insert(driver.clone());
    }
    Json::Object(daemon)
}

/// What the same file means elsewhere, with every default that NixOS writes down.
fn file_means(settings: &Json) -> Json {
    let mut daemon = settings.as_object().cloned().expect("an object");
    daemon.retain(|key, value| !value.is_null() || key == "icc");
    if daemon.get("group").is_none_or(|it| it == "") {
        daemon.insert("group".to_owned(), json!("docker"));
    }
    let hosts = daemon.get("hosts").and_then(Json::as_array).cloned().unwrap_or_default();
    let mut hosts: Vec<Json> = hosts
        .into_iter()
        .map(|it| match it.as_str() {
            Some("fd://" | "unix:///var/run/docker.sock") => json!("unix:///run/docker.sock"),
            _ => it,
        })
        .collect();
    if hosts.is_empty() {
        hosts.push(json!("unix:///run/docker.sock"));
    }
    daemon.insert("hosts".to_owned(), json!(hosts));
    let logs = if daemon.contains_key("log-opts") { "json-file" } else { "journald" };
    daemon.entry("log-driver").or_insert(json!(logs));
    Json::Object(daemon)
}

fn sorted_hosts(mut daemon: Json) -> Json {
    if let Some(hosts) = daemon["hosts"].as_array_mut() {
        hosts.sort_by_key(Json::to_string);
    }
    daemon
}

/// Every piece with a role, in order and disjoint; what has none is white space.
fn assert_coloured(printed: &Printed) {
    let mut at = 0;
    for (span, role) in &printed.spans {
        let between = &printed.text[at..span.start];
        assert!(between.trim().is_empty(), "{between:?} before {role:?}");
        assert!(span.start < span.end, "{role:?}");
        at = span.end;
    }
    assert!(printed.text[at..].trim().is_empty());
}

proptest! {
    #[test]
    fn the_daemon_gets_the_same_settings_through_nixos(text in settings()) {
        let settings: Json = serde_json::from_str(&text).expect("JSON");
        for target in ["nixos-module", "nix-flake", "flying-circus", "nix-settings"] {
            let printed = printed(&text, target);
            let value = evaluate(&printed.text);
            let docker = match target {
                "nix-settings" => json!({ "daemon": { "settings": value } }),
                "nix-flake" => value["outputs"]["nixosModules"]["docker"]["virtualisation"]["docker"].clone(),
                _ => value["virtualisation"]["docker"].clone(),
            };
            let mut expected = file_means(&settings);
            if printed.notes.iter().any(|it| it.message.starts_with("NixOS adds `fd://`")) {
                let hosts = expected["hosts"].as_array_mut().expect("a list");
                hosts.push(json!("unix:///run/docker.sock"));
            }
            prop_assert_eq!(sorted_hosts(module_writes(&docker)), sorted_hosts(expected), "{}", printed.text);
        }
        let rootless = evaluate(&printed(&text, "nixos-rootless").text);
        let rootless = &rootless["virtualisation"]["docker"]["rootless"];
        let mut expected = settings.as_object().cloned().expect("an object");
        expected.retain(|key, value| !value.is_null() || key == "icc");
        let written = rootless["daemon"]["settings"].as_object().cloned().unwrap_or_default();
        prop_assert_eq!(written, expected);
    }

    #[test]
    fn nixfmt_leaves_every_target_alone_and_every_piece_has_a_role(text in settings()) {
        for target in TARGETS {
            let printed = printed(&text, target.id);
            assert_coloured(&printed);
            if target.notation() == Notation::Nix {
                prop_assert_eq!(&printed.text, &nixfmt_rs::format(&printed.text).expect("Nix"));
            }
        }
    }

    #[test]
    fn json_reads_back_as_what_the_daemon_reads(value in crate::notation::nix::write_tests::value()) {
        let text = json::write(&Value::Map(vec![("x".to_owned(), value)]), json::Layout::default(), "", json::Shape::Inline);
        let printed = printed(&text, "daemon-json");
        assert_coloured(&printed);
        let read = |text: &str| Effective::of(&crate::daemon::dialect::DAEMON_JSON.read(text)).value;
        prop_assert_eq!(read(&printed.text), read(&text));
        prop_assert_eq!(&super::tests::printed(&printed.text, "daemon-json").text, &printed.text);
    }

    #[test]
    fn any_text_prints(text in "[{}\\[\\]:,\"a-z0-9.\n# ]{0,60}") {
        for target in TARGETS {
            let printed = printed(&text, target.id);
            prop_assert_eq!(printed.error.is_some(), printed.text.is_empty());
        }
    }
}

#[test]
fn orders_by_name_when_asked() {
    let request = Request::of(r#"{"mtu": 1, "bip": "", "log-opts": {}}"#);
    let target = Target::find("daemon-json").expect("a target");
    let printed = print(&request, &analyze(&request), target, Order::ByName);
    assert_eq!(printed.text, "{\n  \"bip\": \"\",\n  \"log-opts\": {},\n  \"mtu\": 1\n}\n");
}

#[test]
fn what_a_module_says_and_the_printed_one_does_not_is_a_note() {
    let target = Target::find("nixos-module").expect("a target");
    for (text, said) in [
        ("{ virtualisation.docker.enable = false; }", "The text turns Docker off"),
        (
            "{ inputs, lib, ... }: { virtualisation.docker.enable = true; virtualisation.docker.logDriver = lib.mkIf inputs.a \"local\"; }",
            "`logDriver` holds under a condition",
        ),
        (
            "{ virtualisation.docker = { enable = true; rootless.enable = true; }; }",
            "The text has options of Docker's other daemon",
        ),
        (
            "{ virtualisation.docker.enable = true; hardware.nvidia-container-toolkit.enable = true; }",
            "`hardware.nvidia-container-toolkit.enable` is an option of another module",
        ),
    ] {
        let request = Request::of(text);
        let notes = print(&request, &analyze(&request), target, Order::AsWritten).notes;
        let found = notes.iter().filter(|it| it.message.starts_with(said)).count();
        assert_eq!(found, 1, "{text}: {notes:?}");
    }
}
