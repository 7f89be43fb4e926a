//! Native containers, held against those who read them: Nix with stand-ins of the options, nixfmt, a shell.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "real programs are asked")]

use std::{
    fs,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use drydock::{
    bench::{self, Block, Chosen, Examined, Request, Written},
    containers::chosen::KEEP_CLEAR,
    native::{
        WORKBENCH,
        chosen::{FIREWALL, UPLINK},
        model::Shape,
        read,
    },
    rule::diagnostic::Severity,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn request(text: &str, chosen: Chosen) -> Request {
    Request { text: text.to_owned(), chosen, ..Request::default() }
}

fn written(request: &Request, target: &str) -> (Examined, Written) {
    let examined = (WORKBENCH.examine)(request);
    let target = WORKBENCH.targets.iter().find(|it| it.id == target).expect("a target");
    let written = (target.write)(request, &examined, target);
    (examined, written)
}

fn printed(text: &str, chosen: Chosen, target: &str) -> String {
    written(&request(text, chosen), target).1.printed.text.clone()
}

fn example(id: &str) -> &'static str {
    WORKBENCH.examples.iter().find(|it| it.id == id).expect("an example").text
}

/// What Nix makes of modules together; `None` where there is no Nix to ask.
fn evaluated(modules: &[&str]) -> Option<Json> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let at = NEXT.fetch_add(1, Ordering::Relaxed);
    let directory = std::env::temp_dir().join(format!("drydock-native-{}-{at}", std::process::id()));
    fs::create_dir_all(&directory).expect("a directory");
    let paths: Vec<String> = modules
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let path = directory.join(format!("{at}.nix"));
            fs::write(&path, it).expect("a file");
            format!("(import {})", path.display())
        })
        .collect();
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/native/host.nix");
    let expression = format!("import {host} {{ modules = [ {} ]; }}", paths.join(" "));
    let output = Command::new("nix-instantiate").args(["--eval", "--strict", "--json", "--expr", &expression]).output();
    let answer = match output {
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{why}\n{}", modules.join("\n──\n"));
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to evaluate what is printed");
            None
        }
    };
    fs::remove_dir_all(&directory).expect("a directory to remove");
    answer
}

/// Whether Nix reads a text; true where there is no Nix to ask.
fn parses(text: &str) -> Result<(), String> {
    let output = Command::new("nix-instantiate").args(["--parse", "--expr", text]).output();
    match output {
        Ok(it) if !it.status.success() => Err(String::from_utf8_lossy(&it.stderr).into_owned()),
        Ok(_) => Ok(()),
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to parse what is printed");
            Ok(())
        }
    }
}

#[test]
fn what_is_written_for_the_examples() {
    for example in WORKBENCH.examples {
        let request = request(example.text, Chosen::default().with(&KEEP_CLEAR, example.aside));
        let results = WORKBENCH.targets.iter().map(|target| {
            let (_, Written { printed, parts, .. }) = written(&request, target.id);
            let said = printed.error.iter().chain(&printed.notes).map(|it| format!("note: {}\n", it.message));
            let parts = parts.iter().map(|it| format!("{}: {}\n", it.word, it.what));
            let said: String = said.chain(parts).collect();
            format!("── {} ──\n{}{said}", target.id, printed.text)
        });
        let results: Vec<String> = results.collect();
        let (examined, _) = written(&request, "module");
        let found = examined.diagnostics.iter().map(|it| format!("{} {}: {}\n", it.severity, it.rule, it.message));
        let found: String = found.collect();
        insta::assert_snapshot!(format!("native_{}", example.id), format!("{found}\n{}", results.join("\n")));
    }
}

/// What has to hold of a module in which nothing is missing.
fn assert_complete(facts: &Json, what: &str) {
    for (name, it) in facts["containers"].as_object().expect("containers") {
        assert!(it["version"].is_string(), "{what}: {name} has no version");
        if it["routed"] == true {
            assert_eq!(it["nat"], true, "{what}: {name} is not let out");
            assert!(facts["uplink"].is_string(), "{what}");
        }
        if let Some(bridge) = it["bridge"].as_str() {
            assert!(facts["bridges"].get(bridge).is_some(), "{what}: {bridge} is not made");
        }
        if it["private"] == true {
            assert_eq!(it["resolves"], "resolved", "{what}: {name}");
        } else {
            for (protocol, ports) in it["open"].as_object().expect("ports") {
                for port in ports.as_array().expect("ports") {
                    assert!(facts["open"][protocol].as_array().expect("ports").contains(port), "{what}: {port}");
                }
            }
        }
        for port in it["forwarded"].as_array().expect("ports") {
            assert!(it["open"]["tcp"].as_array().expect("ports").contains(port), "{what}: {name} keeps {port} closed");
        }
    }
}

#[test]
fn nix_makes_a_whole_machine_of_every_example() {
    for example in WORKBENCH.examples {
        for firewall in ["iptables", "nftables"] {
            let chosen = || Chosen::default().with(&FIREWALL, firewall).with(&UPLINK, "wan \"0\"");
            let module = printed(example.text, chosen(), "module");
            let what = format!("{} {firewall}", example.id);
            parses(&module).unwrap_or_else(|it| panic!("{what}: {it}\n{module}"));
            let additions = printed(example.text, chosen(), "additions");
            parses(&additions).unwrap_or_else(|it| panic!("{what}: {it}\n{additions}"));
            // The stand-in refuses what NixOS refuses: an underscore, two values.
            if example.id == "nftables" {
                continue;
            }
            let Some(facts) = evaluated(&[&module]) else { return };
            assert_complete(&facts, &what);
            let expects_nftables = firewall == "nftables"
                && facts["containers"].as_object().expect("a set").values().any(|it| it["routed"] == true);
            assert_eq!(facts["nftables"], expects_nftables, "{what}");
            // What is missing, beside the text as it is, comes to the same.
            let given = printed(example.text, chosen(), "module");
            let is_changed =
                written(&request(example.text, chosen()), "additions").1.parts.iter().any(|it| it.word == "changed");
            let text = if read(example.text).is_fragment {
                format!("{{ config, lib, pkgs, ... }}: {{ {} }}", example.text)
            } else {
                example.text.to_owned()
            };
            if !is_changed {
                assert_eq!(evaluated(&[&text, &additions]), Some(facts), "{what}\n{given}\n{additions}");
            }
        }
    }
}

#[test]
fn nixfmt_leaves_what_is_missing_alone() {
    for example in WORKBENCH.examples {
        for uplink in ["", "enp3s0"] {
            let text = printed(example.text, Chosen::default().with(&UPLINK, uplink), "additions");
            let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
            assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
        }
    }
}

#[test]
fn the_text_is_kept_word_for_word() {
    for example in WORKBENCH.examples {
        let module = printed(example.text, Chosen::default(), "module");
        let lines: Vec<&str> = module.lines().map(str::trim).collect();
        let changed = ["\"ve-+\"", "allowedTCPPorts", "config = { };", "localAddress = \"192.168.7.20\""];
        for line in example.text.lines().map(str::trim).filter(|line| !changed.iter().any(|it| line.contains(it))) {
            assert!(lines.contains(&line), "{}: {line}\n{module}", example.id);
        }
        // What was added is there: nothing is missing any more.
        let again = printed(&module, Chosen::default(), "additions");
        assert!(again.contains("Nothing is missing"), "{}: {again}\n{module}", example.id);
        assert_eq!(printed(&module, Chosen::default(), "module"), module, "{}", example.id);
    }
}

#[test]
fn scripts_are_read_by_a_shell() {
    let odd = r#"{ containers."a b'; rm -rf /; '" = { config = { }; path = "/x y"; bindMounts."/d'$(id)".hostPath = "/s"; }; containers.ok = { privateNetwork = true; hostBridge = "br 0'$(id)"; config = { environment.etc.x.text = "NIX"; }; }; }"#;
    for text in WORKBENCH.examples.iter().map(|it| it.text).chain([odd]) {
        for target in ["commands", "imperative"] {
            let script = printed(text, Chosen::default(), target);
            let Ok(output) = Command::new("bash").args(["-n", "-c", &script]).output() else {
                println!("SKIPPED: there is no bash");
                return;
            };
            assert!(output.status.success(), "{}\n{script}", String::from_utf8_lossy(&output.stderr));
        }
    }
    // Each command gets the words that are meant.
    let script = printed(odd, Chosen::default(), "imperative");
    let stubs = "nixos-container() { printf '<%s>' \"$@\"; echo; }; cat() { :; }\ncd \"$(mktemp -d)\"\n";
    let output = Command::new("bash").args(["-c", &[stubs, &script].concat()]).output().expect("bash");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("<create><ok><--config-file><./ok.nix><--bridge><br 0'$(id)>"), "{said}");
    assert!(!said.contains("rm -rf"), "{said}");
}

struct Row {
    about: &'static str,
    /// Each container with its shape.
    shapes: &'static [(&'static str, Shape)],
    /// Rules that find something, each once.
    rules: &'static [&'static str],
    text: &'static str,
}

/// Modules as people write them, made small.
const ROWS: &[Row] = &[
    Row {
        about: "a container of a flake that comes from another input, with a directory of its own",
        shapes: &[("monitoring", Shape::Bridged)],
        rules: &["bridge-undefined", "gateway-missing"],
        text: r#"{ config, pkgs, inputs, lib, ... }: {
  containers.monitoring = {
    nixpkgs = inputs.nixpkgs-unstable;
    autoStart = true;
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "192.168.3.29/24";
    bindMounts = {
      "/var/lib/grafana" = {
        hostPath = "/tank/monitoring/grafana";
        isReadOnly = false;
      };
    };
    config = { config, pkgs, ... }: {
      environment.systemPackages = with pkgs; [ ];
      services.grafana.enable = true;
      networking.firewall.allowedTCPPorts = [ 3000 ];
      system.stateVersion = "25.05";
    };
  };
}
"#,
    },
    Row {
        about: "containers that a function makes",
        shapes: &[("a", Shape::Host), ("b", Shape::Host)],
        rules: &["system-not-one"],
        text: r#"{ lib, ... }:
let
  names = [ "a" "b" ];
in
{
  networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "br0"; };
  containers = lib.mapAttrs (name: _: { autoStart = true; ephemeral = true; }) (lib.genAttrs names (it: it));
}
"#,
    },
    Row {
        about: "a whole network inside the host's, iptables' wildcard with nftables",
        shapes: &[("cache", Shape::Routed)],
        rules: &["nat-wildcard-wrong", "bridges-overlap", "state-version-missing", "way-out-missing"],
        text: r#"{ config, lib, pkgs, hostname, ... }:
let
  bridge = "br0";
in
{
  networking = {
    bridges.${bridge}.interfaces = [ "eth0" ];
    defaultGateway.address = "10.10.150.254";
    interfaces.${bridge}.ipv4.addresses = [
      {
        address = "10.10.150.10";
        prefixLength = 24;
      }
    ];
    nat = {
      enable = true;
      internalInterfaces = [ "ve-+" ];
      externalInterface = bridge;
    };
    nftables.enable = true;
  };
  containers.cache = {
    privateNetwork = true;
    localAddress = "10.10.150.77";
    config.services.redis.servers.x.enable = true;
  };
}
"#,
    },
    Row {
        about: "options of a module of one's own around it, and mounts with a name",
        shapes: &[("jellyfin", Shape::Routed)],
        rules: &["ipv6-prefix-undefined", "nat-missing"],
        text: r#"{ config, pkgs, lib, ... }:

let
  domain = "media.example.org";
  ports = import ./ports.nix;
in
  rec {
    containers.jellyfin = {
      autoStart = true;
      privateNetwork = true;
      hostAddress = "10.100.0.10";
      localAddress = "10.100.0.11";
      hostAddress6 = "fc00::1";
      localAddress6 = "fc00::2";
      bindMounts.media = {
        mountPoint = "/media";
        hostPath = "/var/media";
      };

      config = { config, pkgs, lib, ... }: {
        environment.systemPackages = [
          pkgs.jellyfin
        ];

        services.jellyfin = {
          enable = true;
          openFirewall = true;
        };

        system.stateVersion = "23.05";

        networking = {
          firewall = {
            enable = true;
            allowedTCPPorts = [ 80 ];
          };
          useHostResolvConf = lib.mkForce false;
        };
      };
    };
    services.nginx.virtualHosts.${domain}.locations."/".proxyPass = "http://${containers.jellyfin.localAddress}:${toString ports.http}";
  }
"#,
    },
    Row {
        about: "a port, the host's resolver, and a condition",
        shapes: &[("ctest", Shape::Routed)],
        rules: &[
            "nat-missing",
            "port-closed-inside",
            "port-not-on-loopback",
            "port-not-routed",
            "state-version-missing",
        ],
        text: r#"{ config, lib, pkgs, ... }:

{
  containers.ctest = lib.mkIf config.services.httpd.enable {
    privateNetwork = true;
    hostAddress = "10.250.0.1";
    localAddress = "10.250.0.2";
    autoStart = true;
    forwardPorts = [{
      containerPort = 80;
      hostPort = 8099;
    }];
    bindMounts = {
      "/etc/resolv.conf" = {
        hostPath = "/etc/resolv.conf";
        isReadOnly = true;
      };
    };
    config = { config, pkgs, ... }:
      {
        services.httpd.enable = true;
        services.httpd.adminAddr = "foo@example.org";
      };
  };
}
"#,
    },
    Row {
        about: "a system that is built elsewhere, and names that come from outside",
        shapes: &[("dev", Shape::Bridged), ("${name}", Shape::Routed)],
        rules: &["bridge-undefined", "nat-missing"],
        text: r#"{ self, name, localAddress, hostAddress, ... }: {
  containers.dev = {
    path = self.nixosConfigurations.dev.config.system.build.toplevel;
    autoStart = true;
    privateNetwork = true;
    hostBridge = "br0";
    enableTun = true;
  };
  containers.${name} = {
    inherit hostAddress localAddress;
    privateNetwork = true;
    config = import ./inside.nix;
  };
}
"#,
    },
    Row {
        about: "a password, a getty, and the gateway of the bridge",
        shapes: &[("log", Shape::Bridged)],
        rules: &["bridge-undefined", "gateway-missing", "secret-in-the-store", "state-version-missing"],
        text: r#"{ pkgs, ... }: {
  containers.log = {
    autoStart = false;
    privateNetwork = true;
    hostBridge = "br0"; # Specify the bridge name
    localAddress = "10.0.0.4/24";
    config = {
      services.getty.autologinUser = "guest";
      users.users."guest" = {
        isNormalUser = true;
        extraGroups = [ "wheel" ];
        password = "123";
      };
      security.sudo.wheelNeedsPassword = false;
    };
  };
}
"#,
    },
    Row {
        about: "interfaces of the host, another namespace, users of its own",
        shapes: &[("a", Shape::Interfaces), ("b", Shape::Namespace), ("c", Shape::Alone)],
        rules: &["users-own-mounts", "way-out-missing"],
        text: r#"{
  containers = {
    a = {
      privateNetwork = true;
      macvlans = [ "eno1" ];
      config = { networking.interfaces.mv-eno1.useDHCP = true; system.stateVersion = "25.11"; };
    };
    b = {
      networkNamespace = "/run/netns/vpn";
      config.system.stateVersion = "25.11";
    };
    c = {
      privateNetwork = true;
      privateUsers = "pick";
      bindMounts."/data" = { hostPath = "/srv/data"; isReadOnly = false; };
      config.system.stateVersion = "25.11";
    };
  };
}
"#,
    },
];

#[test]
fn modules_as_people_write_them_are_read() {
    for Row { about, shapes, rules, text } in ROWS {
        let reading = read(text);
        assert_eq!(reading.syntax, [], "{about}");
        assert_eq!(reading.problems, [], "{about}");
        let found: Vec<(&str, Shape)> = reading.containers.iter().map(|it| (it.name.as_str(), it.shape())).collect();
        assert_eq!(found, *shapes, "{about}");
        let request = request(text, Chosen::default());
        let (examined, whole) = written(&request, "module");
        let mut found: Vec<&str> = examined.diagnostics.iter().map(|it| it.rule).collect();
        found.sort_unstable();
        found.dedup();
        let mut expected = rules.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{about}: {:#?}", examined.diagnostics);
        let printed = &whole.printed;
        assert_eq!(printed.error.is_some(), shapes.is_empty(), "{about}");
        if !printed.text.is_empty() {
            parses(&printed.text).unwrap_or_else(|it| panic!("{about}: {it}\n{}", printed.text));
            assert!(printed.notes.iter().all(|it| it.severity != Severity::Warning), "{about}: {}", printed.text);
        }
        if !shapes.is_empty() {
            assert_eq!(bench::of(text).map(|it| it.id), Some("containers"), "{about}");
        }
    }
}

#[test]
fn texts_open_where_they_belong() {
    let native = example("routed");
    let inner = native.trim().trim_start_matches('{').trim_end_matches('}');
    let docker = |settings: &str| {
        format!(
            "{{\n  virtualisation.docker = {{\n    enable = true;\n    daemon.settings = {{\n{settings}    }};\n  }};\n{inner}}}\n"
        )
    };
    let find = |id: &str| bench::find(id);
    for (text, expected) in [
        (native.to_owned(), find("containers")),
        (docker("      mtu = 1400;\n"), find("containers")),
        (docker(&"      debug = true;\n".repeat(20)), None),
        ("{ virtualisation.docker.daemon.settings.mtu = 1400; }".to_owned(), None),
        ("{ virtualisation.oci-containers.containers.a.image = \"x:1\"; }".to_owned(), find("oci")),
    ] {
        assert_eq!(bench::alone(&text), expected, "{text}");
        assert_eq!(bench::elsewhere(&text, None), expected.map(Some), "{text}");
    }
    assert_eq!(bench::elsewhere("{ virtualisation.docker.enable = true; }", find("containers")), Some(None));
    assert_eq!(bench::of_dialect("nixos-containers"), find("containers"));
}

#[test]
fn panels_tell_what_each_gets() {
    let chosen = Chosen::default().with(&KEEP_CLEAR, "172.18.0.0/16 the train");
    for example in WORKBENCH.examples {
        let (examined, result) = written(&request(example.text, chosen.clone()), "module");
        let [report, networks] = WORKBENCH.panels else { panic!("two panels") };
        let blocks = (report.show)(&examined, &result);
        let headings: Vec<&str> = blocks
            .iter()
            .filter_map(|it| match it {
                Block::Heading(it) => Some(it.as_str()),
                _ => None,
            })
            .collect();
        for container in read(example.text).containers {
            assert!(headings.contains(&container.name.as_str()), "{}: {headings:?}", example.id);
        }
        let blocks = (networks.show)(&examined, &result);
        let [Block::Lead(_), Block::Map(items), ..] = &blocks[..] else { panic!("{}: no map", example.id) };
        assert!(items.iter().any(|it| it.name == "the train"), "{}", example.id);
        let collides = items.iter().any(|it| it.collides());
        assert_eq!(collides, example.id == "docker", "{}: {items:?}", example.id);
    }
}

#[test]
fn long_texts_take_their_time_once() {
    let many = |count: usize| {
        let one = |at: usize| {
            let (high, low) = (at / 250, at % 250 + 1);
            format!(
                "c{at} = {{ privateNetwork = true; hostAddress = \"10.1.0.1\"; localAddress = \"10.2.{high}.{low}\"; forwardPorts = [ {{ hostPort = {at}; }} ]; config = {{ }}; }};\n"
            )
        };
        format!("{{ containers = {{\n{} }}; }}", (0..count).map(one).collect::<String>())
    };
    let took = |text: &str| {
        let started = std::time::Instant::now();
        let request = request(text, Chosen::default());
        for target in WORKBENCH.targets {
            let (examined, written) = written(&request, target.id);
            WORKBENCH.panels.iter().for_each(|it| drop((it.show)(&examined, &written)));
        }
        started.elapsed()
    };
    let (few, more) = (took(&many(100)), took(&many(800)));
    assert!(more < few * 40 + std::time::Duration::from_millis(400), "{few:?} {more:?}");
    for deep in
        ["{ containers = ".repeat(2_000), "{ containers.a = [ ".repeat(2_000), "containers.a.config.".repeat(3_000)]
    {
        took(&deep);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_written(text in "(\\{ config, lib, ... \\}: |containers|networking|nat|[.]|web|a_b|config|privateNetwork|hostAddress|localAddress|hostBridge|forwardPorts|hostPort|bindMounts|internalInterfaces|enable|\\{|\\}| = |;|\\[|\\]|\"10.0.0.1\"|\"10.0.0.1/24\"|\"br0\"|\"fc00::1\"|\"[$]\\{cfg.x\\}/24\"|lib.mkIf config.x |cfg.a|null|80|true|''a''| |\n|é|\"|#|let a = 1; in ){0,50}") {
        let request = request(&text, Chosen::default());
        for target in WORKBENCH.targets {
            let (examined, written) = written(&request, target.id);
            for panel in WORKBENCH.panels {
                let blocks: Vec<Block> = (panel.show)(&examined, &written);
                prop_assert!(blocks.len() < 1_000);
            }
        }
        for at in 0..=text.len() {
            (WORKBENCH.hover)(&text, at);
            (WORKBENCH.complete)(&text, at);
        }
    }

    /// Whatever a container says, what is printed is Nix, and nothing of the text is lost.
    #[test]
    fn what_is_sound_stays_sound(
        options in proptest::sample::subsequence(vec![
            "privateNetwork = true;", "hostAddress = \"10.7.0.1\";", "localAddress = \"10.7.0.2\";", "hostBridge = \"br0\";",
            "forwardPorts = [ { hostPort = 80; } ];", "bindMounts.\"/d\" = { };", "autoStart = true;",
            "config = { services.x.enable = true; };", "localAddress6 = \"fd00::2\";",
        ], 0..=9),
        host in proptest::sample::subsequence(vec![
            "networking.nat.enable = true;", "networking.nftables.enable = true;", "networking.nat.internalInterfaces = [ \"ve-+\" ];",
            "networking.firewall.allowedTCPPorts = [ 22 ];", "virtualisation.docker.enable = true;", "networking.bridges.br0.interfaces = [ ];",
        ], 0..=6),
        is_wide in any::<bool>(),
        nftables in any::<bool>(),
    ) {
        let gap = if is_wide { "\n    " } else { " " };
        let end = if is_wide { "\n  " } else { " " };
        let text = format!("{{{end}{}{end}containers.web = {{{gap}{}{end}}};\n}}\n", host.join(end), options.join(gap));
        let chosen = Chosen::default().with(&FIREWALL, if nftables { "nftables" } else { "iptables" }).with(&UPLINK, "enp3s0");
        let module = printed(&text, chosen.clone(), "module");
        let reading = read(&module);
        prop_assert!(reading.syntax.is_empty(), "{}", module);
        for it in options.iter().chain(&host).filter(|it| !it.contains('[')) {
            let start = it.trim_end_matches(" };").trim_end_matches(" }");
            prop_assert!(module.contains(start), "{} {}", it, module);
        }
        prop_assert_eq!(printed(&module, chosen, "module"), module.clone(), "{}", module);
    }
}

#[test]
fn facts_of_a_module_are_those_that_were_meant() {
    let chosen = Chosen::default().with(&UPLINK, "enp3s0");
    let Some(facts) = evaluated(&[&printed(example("ports"), chosen, "module")]) else { return };
    let git = &facts["containers"]["git"];
    assert_eq!(git["open"]["tcp"], json!([3000, 22]));
    assert_eq!((&facts["uplink"], &git["nat"], &git["version"]), (&json!("enp3s0"), &json!(true), &json!("25.11")));
    let Some(facts) = evaluated(&[&printed(example("bridged"), Chosen::default(), "module")]) else { return };
    assert_eq!(facts["containers"]["web"]["gateway"], "192.168.7.1");
    assert_eq!(facts["containers"]["media"]["dhcp"], true);
    let Some(facts) = evaluated(&[&printed(example("host"), Chosen::default(), "module")]) else { return };
    assert_eq!(facts["open"]["tcp"], json!([9100]));
}
