//! Texts in Nix as people have them: which settings are found, and how they change.

use drydock::{
    Engine, Request, analyze,
    daemon::{
        dialect::{self, NIXOS},
        print::{Order, Target, print},
    },
    docker::host::Release,
    document::{Kind, Node},
    schema::assist::{complete, hover},
    text::Span,
};

/// A value on one line, as JSON has it; what nobody knows is `?`.
fn shown(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(digits) => digits.clone(),
        Kind::String(text) => format!("{text:?}"),
        Kind::List(elements) => format!("[{}]", elements.iter().map(shown).collect::<Vec<_>>().join(",")),
        Kind::Map(members) => {
            let members = members.iter().map(|it| format!("{}:{}", it.key, shown(&it.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Opaque => "?".to_owned(),
        Kind::Missing => "_".to_owned(),
    }
}

/// What of a text is not as expected.
fn differences(text: &str, settings: &str) -> Option<String> {
    let document = NIXOS.read(text);
    let is_read = document.problems.is_empty()
        && shown(&document.root) == settings
        && dialect::of(text).id == "nixos"
        && document.root.span == Span::new(0, text.len());
    (!is_read).then(|| format!("{text}\n→ {} {}\n{:?}", dialect::of(text).id, shown(&document.root), document.problems))
}

#[test]
fn settings_are_found_wherever_options_stand() {
    let differences: Vec<String> = [
        // Pieces, as documents print them.
        ("virtualisation.docker.enable = true;", "{}"),
        ("virtualisation.docker.storageDriver = \"btrfs\";", "{storage-driver:\"btrfs\"}"),
        (
            "virtualisation.docker.daemon.settings = {\n  data-root = \"/some-place/to-store-the-docker-data\";\n};",
            "{data-root:\"/some-place/to-store-the-docker-data\"}",
        ),
        (
            "virtualisation.docker = {\nenable = true;\ndaemon.settings = {\nexperimental = true;\ndefault-address-pools = [\n{\nbase = \"172.30.0.0/16\";\nsize = 24;\n}\n];\n};\n};\n",
            "{experimental:true,default-address-pools:[{base:\"172.30.0.0/16\",size:24}]}",
        ),
        (
            "virtualisation.docker = {\n  enable = true;\n  daemon.settings = {\n    dns = [ \"1.1.1.1\" \"8.8.8.8\" ];\n    log-driver = \"journald\";\n  };\n};",
            "{dns:[\"1.1.1.1\",\"8.8.8.8\"],log-driver:\"journald\"}",
        ),
        (
            "virtualisation.docker.rootless = {\n  enable = true;\n  setSocketVariable = true;\n};",
            "{}",
        ),
        (
            "virtualisation.docker.rootless.daemon.settings = {\n  dns = [ \"1.1.1.1\" ];\n};",
            "{dns:[\"1.1.1.1\"]}",
        ),
        // Without the outer names.
        ("docker = {\n  enable = true;\n  daemon.settings.mtu = 1450;\n};", "{mtu:1450}"),
        ("docker.daemon.settings.mtu = 1450;\ndocker.enable = true;", "{mtu:1450}"),
        ("daemon.settings = { mtu = 1450; };", "{mtu:1450}"),
        ("enable = true;\nlogDriver = \"local\";", "{log-driver:\"local\"}"),
        ("rootless = {\n  enable = true;\n  daemon.settings = { bip = \"10.9.1.5/24\"; };\n};", "{bip:\"10.9.1.5/24\"}"),
        ("settings = { mtu = 1450; };", "{mtu:1450}"),
        ("{ bip = \"172.26.0.1/16\"; log-driver = \"local\"; }", "{bip:\"172.26.0.1/16\",log-driver:\"local\"}"),
        (
            "default-address-pools = [\n  { base = \"10.10.0.0/16\"; size = 24; }\n];",
            "{default-address-pools:[{base:\"10.10.0.0/16\",size:24}]}",
        ),
        // Modules.
        ("_: { virtualisation.docker.storageDriver = \"zfs\"; }", "{storage-driver:\"zfs\"}"),
        ("_:\n\n{\n  virtualisation.docker = {\n    logDriver = \"local\";\n  };\n}\n", "{log-driver:\"local\"}"),
        (
            "_: {\n  flake.modules.nixos.docker = { config, lib, ... }: {\n    virtualisation.docker.logDriver = \"local\";\n  };\n}",
            "{log-driver:\"local\"}",
        ),
        // Options of the text's own are not NixOS's.
        (
            "{ lib, ... }: {\n  options.my.virtualisation.docker.logDriver = lib.mkOption { };\n  my.virtualisation.docker.logDriver = \"gelf\";\n}",
            "{}",
        ),
        (
            "{ config, lib, ... }: {\n  options.my.virtualisation.docker.logDriver = lib.mkOption { };\n  config = lib.mkIf config.x {\n    virtualisation.docker.logDriver = \"local\";\n  };\n}",
            "{log-driver:\"local\"}",
        ),
        (
            "{\n  virtualisation.docker.enable = true;\n  virtualisation.docker.daemon.settings = {\n    registry-mirrors = [\n      \"https://mirror.gcr.io\"\n    ];\n  };\n  users.users.alice.extraGroups = [ \"docker\" ];\n}\n",
            "{registry-mirrors:[\"https://mirror.gcr.io\"]}",
        ),
        (
            "# /etc/local/nixos/docker.nix\n{ ... }:\n{\n  virtualisation.docker.daemon.settings = {\n    storage-driver = \"devicemapper\";\n  };\n}",
            "{storage-driver:\"devicemapper\"}",
        ),
        (
            "{ config, pkgs, lib, ... }@args:\n{\n  flyingcircus.roles.docker.enable = true;\n  virtualisation.docker.daemon.settings.default-address-pools = [ { base = \"172.20.0.0/14\"; size = 16; } ];\n}",
            "{default-address-pools:[{base:\"172.20.0.0/14\",size:16}]}",
        ),
        (
            "{ lib, config, ... }:\nlet\n  cfg = config.my.docker;\nin\n{\n  options.my.docker.enable = lib.mkEnableOption \"docker\";\n  config = lib.mkIf cfg.enable {\n    virtualisation.docker = {\n      enable = true;\n      liveRestore = false;\n      daemon.settings.log-opts.max-size = \"10m\";\n    };\n  };\n}",
            "{live-restore:false,log-opts:{max-size:\"10m\"}}",
        ),
        (
            "{ lib, ... }:\n{\n  config = lib.mkMerge [\n    { virtualisation.docker.daemon.settings.dns = [ \"1.1.1.1\" ]; }\n    (lib.mkIf true { virtualisation.docker.daemon.settings.dns = lib.mkAfter [ \"8.8.8.8\" ]; })\n  ];\n}",
            "{dns:[\"1.1.1.1\",\"8.8.8.8\"]}",
        ),
        (
            "{\n  imports = [\n    ./hardware.nix\n    { virtualisation.docker.daemon.settings.mtu = 1400; }\n    ({ pkgs, ... }: { virtualisation.docker.daemon.settings.runtimes.crun.path = \"${pkgs.crun}/bin/crun\"; })\n  ];\n  virtualisation.docker.enable = true;\n}",
            "{mtu:1400,runtimes:{crun:{path:?}}}",
        ),
        (
            "{\n  virtualisation = {\n    docker.rootless.enable = true;\n    docker.rootless.daemon.settings = {\n      # for prometheus\n      \"metrics-addr\" = \"127.0.0.1:9323\";\n    };\n    docker.autoPrune.enable = true;\n    oci-containers.backend = \"docker\";\n  };\n}",
            "{metrics-addr:\"127.0.0.1:9323\"}",
        ),
        (
            "{\n  virtualisation.docker.daemon.settings.features.cdi = true;\n  virtualisation.docker.rootless.daemon.settings.features.cdi = true;\n  virtualisation.docker.rootless.daemon.settings.mtu = 1400;\n}",
            "{features:{cdi:true}}",
        ),
        (
            "{ lib, ... }:\n{\n  virtualisation.docker = lib.mkForce {\n    enable = true;\n    daemon.settings = lib.mkDefault { debug = true; };\n  };\n}",
            "{debug:true}",
        ),
        (
            "{ lib, ... }: {\n  virtualisation.docker.daemon.settings.debug = lib.mkForce true;\n  imports = [ { virtualisation.docker.daemon.settings.debug = false; } ];\n}",
            "{debug:true}",
        ),
        // An option of its own is but the default of the setting.
        (
            "{\n  virtualisation.docker.logDriver = \"json-file\";\n  virtualisation.docker.daemon.settings.log-driver = \"local\";\n}",
            "{log-driver:\"local\"}",
        ),
        (
            "{\n  virtualisation.docker.storageDriver = null;\n  virtualisation.docker.daemon.settings = import ./docker.nix;\n}",
            "{}",
        ),
        (
            "with import <nixpkgs> {};\nlet\n  size = \"10m\";\n  opts = { max-size = size; max-file = \"3\"; };\nin\n{ virtualisation.docker.daemon.settings.log-opts = opts // { tag = \"a\"; }; }",
            "{log-opts:{max-size:\"10m\",max-file:\"3\",tag:\"a\"}}",
        ),
        (
            "{\n  dockerNetwork ? \"172.26\",\n  ...\n}:\n{\n  virtualisation.docker.daemon.settings.bip = \"${dockerNetwork}.0.1/16\";\n}",
            "{bip:?}",
        ),
        // Flakes and what else holds modules.
        (
            "{\n  description = \"hosts\";\n  inputs.nixpkgs.url = \"github:NixOS/nixpkgs/nixos-25.05\";\n  outputs = { self, nixpkgs, ... }: {\n    nixosConfigurations.server = nixpkgs.lib.nixosSystem {\n      system = \"x86_64-linux\";\n      specialArgs = { inherit self; };\n      modules = [\n        ./configuration.nix\n        ({ pkgs, ... }: {\n          virtualisation.docker.enable = true;\n          virtualisation.docker.daemon.settings.mtu = 1450;\n        })\n        { virtualisation.docker.daemon.settings.debug = true; }\n      ];\n    };\n  };\n}",
            "{mtu:1450,debug:true}",
        ),
        (
            "{\n  outputs = { self, nixpkgs }: {\n    nixosModules.default = { ... }: { virtualisation.docker.enable = true; };\n    nixosConfigurations = nixpkgs.lib.genAttrs [ \"a\" \"b\" ] (name: nixpkgs.lib.nixosSystem {\n      modules = [ { virtualisation.docker.daemon.settings.mtu = 9000; } ];\n    });\n  };\n}",
            "{mtu:9000}",
        ),
        (
            "{\n  outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {\n    flake.nixosModules.docker = { virtualisation.docker.daemon.settings.ipv6 = true; };\n  };\n}",
            "{ipv6:true}",
        ),
        (
            "{\n  meta.nixpkgs = import <nixpkgs> { };\n  web = { name, ... }: {\n    deployment.targetHost = \"web.example.com\";\n    virtualisation.docker.daemon.settings.debug = true;\n  };\n}",
            "{debug:true}",
        ),
        (
            "import ./make-test-python.nix ({ pkgs, ... }: {\n  name = \"docker\";\n  nodes.machine = { ... }: {\n    virtualisation.docker.enable = true;\n    virtualisation.docker.daemon.settings.mtu = 1400;\n  };\n  testScript = \"machine.start()\";\n})",
            "{mtu:1400}",
        ),
        (
            "{\n  specialisation.travel.configuration.virtualisation.docker.daemon.settings.bip = \"10.200.0.1/24\";\n  services.openssh.enable = true;\n}",
            "{bip:\"10.200.0.1/24\"}",
        ),
    ]
    .into_iter()
    .filter_map(|(text, settings)| differences(text, settings))
    .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn only_nix_is_taken_for_nix() {
    for (text, id) in [
        ("{", "daemon-json"),
        ("{ }", "daemon-json"),
        ("{}", "daemon-json"),
        ("", "daemon-json"),
        ("{ \"a\": 1 }", "daemon-json"),
        ("{\n  \"debug\": true,\n  \"labels\": [\"a = b;\"]\n}", "daemon-json"),
        ("{ \"log-driver\" = \"local\" }", "daemon-json"), // half of each
        ("services:\n  web:\n    image: nginx\n    environment:\n      - A=b;\n", "daemon-json"),
        ("version: \"3\"\n# virtualisation.docker.enable = true;\n", "daemon-json"),
        ("dockerd --debug", "dockerd-flags"),
        ("extraOptions = \"--debug\";", "dockerd-flags"),
        ("[Service]\nExecStart=\nExecStart=/usr/bin/dockerd\n", "systemd-unit"),
        ("#!/bin/sh\nset -e\nA = b;\n", "daemon-json"),
        ("[engine]\nruntime = \"crun\"\n", "daemon-json"),
        ("Let me say: virtualisation.docker is what you need.\nIt is = { } in Nix;\n", "daemon-json"),
        ("let me explain; in Nix, sets are attribute sets.\n", "daemon-json"),
        ("You need\n\nvirtualisation.docker.enable = true;\n", "daemon-json"),
        ("const a = 1;\n", "daemon-json"),
        ("let a = 1;\nconsole.log(a);\n", "daemon-json"),
        // Half-typed.
        ("virtualisation.docker", "nixos"),
        ("virtualisation.docker = {\n", "nixos"),
        ("users.users.<myuser>.extraGroups = [ \"docker\" ];\n", "nixos"), // as a wiki has it
        ("<a> = b;\n", "daemon-json"),
        ("{ pkgs, ... }:\n", "nixos"),
        ("{\n  virtualisation.docker.daemon.settings = {\n    mtu = 14", "nixos"),
        ("let\n  a = 1;\nin\n{ mtu = a; }", "nixos"),
        ("with lib;\n{ }", "nixos"),
        ("virtualisation.docker.extraOptions = \"--debug\";\nvirtualisation.docker.enable = true;", "nixos"),
        ("/* mine */\n{ ... }:\n{\n  virtualisation.docker.enable = true;\n}", "nixos"),
        // Names that documentation leaves to the reader, or that are filled in.
        ("users.users.<username>.extraGroups = [ \"docker\" ];", "nixos"),
        ("users.users.<your-user>.extraGroups = [ \"docker\" ];\n", "nixos"),
        ("users.users.\"${user}\".extraGroups = [ \"docker\" ];", "nixos"),
        ("users.users.${user}.extraGroups = [ \"docker\" ];", "nixos"),
        // Comments around, one of them not ended.
        ("{ virtualisation.docker.enable = true; } /* x", "nixos"),
        ("{ virtualisation.docker.enable = true; } # x", "nixos"),
        ("{ virtualisation.docker.enable = true; /* x", "nixos"),
        ("/* x */ { virtualisation.docker.enable = true; }", "nixos"),
        ("{ enable = true; daemon.settings = { debug = true; }; } /* x */", "nixos"),
        ("{ mtu = 1400; } # for the tunnel", "nixos"),
        // What only looks so.
        ("{ \"debug\": true } /* x = 1; */", "daemon-json"),
        ("{ \"debug\": true } # x = 1;", "daemon-json"),
        ("{ // a = 1;\n  \"debug\": true\n}", "daemon-json"),
        ("{ \"labels\": [\"a = b; # c\"] }", "daemon-json"),
        ("{ \"a\": \"users.users.<x>.uid = 1;\" }", "daemon-json"),
        ("<a href=\"x\">users.<b>.c = d;</a>", "daemon-json"),
        ("this->x = [];\n", "daemon-json"),
        ("{{ user }}.x = 1;\n", "daemon-json"),
        ("a<b>c = 1;\n", "daemon-json"),
    ] {
        assert_eq!(dialect::of(text).id, id, "{text}");
    }
}

/// Splits a text at its caret.
fn at_caret(marked: &str) -> (String, usize) {
    (marked.replacen('|', "", 1), marked.find('|').expect("a caret"))
}

#[test]
fn a_place_speaks_of_its_option() {
    for (marked, option) in [
        ("virtualisation.docker.daemon.settings.b|ip = \"10.0.0.1/24\";", Some("bip")),
        ("virtualisation.docker.daemon.settings = { bip = \"10.|0.0.1/24\"; };", Some("bip")),
        ("{ log-opts = { max-size = \"1|0m\"; }; }", Some("log-opts.max-size")),
        ("{ log-opts.max-s|ize = \"10m\"; }", Some("log-opts.max-size")),
        ("{ default-address-pools = [ { si|ze = 24; } ]; }", Some("default-address-pools[].size")),
        ("{ runtimes.crun = { pat|h = \"\"; }; }", Some("runtimes.<name>.path")),
        ("virtualisation.docker.logDri|ver = \"local\";", Some("virtualisation.docker.logDriver")),
        ("virtualisation.docker.logDriver = \"lo|cal\";", Some("log-driver")),
        ("let size = \"1|0m\"; in { log-opts.max-size = size; }", Some("log-opts.max-size")),
        ("virtualisation.docker.daemon.settings = { debug = lib.mkForce tr|ue; };", Some("debug")),
        ("virtualisation.docker.daemon.settings = { debug = tr|ue", Some("debug")),
        ("virtualisation.docker.extraOptions = \"--bip 10.|0.0.1/24\";", Some("bip")),
        ("virtualisation.docker.en|able = true;", Some("virtualisation.docker.enable")),
        ("virtualisation.docker.enable = tr|ue;", Some("virtualisation.docker.enable")),
        ("virtualisation.docker.enabled| = true;", None),
        (
            "{ virtualisation.docker.autoPrune = { da|tes = \"daily\"; }; }",
            Some("virtualisation.docker.autoPrune.dates"),
        ),
        ("virtualisation.docker.autoPr|une.dates = \"daily\";", Some("virtualisation.docker.autoPrune")),
        (
            "virtualisation.docker.rootless.setSo|cketVariable = true;",
            Some("virtualisation.docker.rootless.setSocketVariable"),
        ),
        ("virtualisation.docker.daemon.sett|ings = { };", Some("virtualisation.docker.daemon.settings")),
        ("virtualisation.docker.listenOptions = [ \"/r|un\" ];", None),
        ("virtualisation.do|cker.enable = true;", None),
        ("{ my.virtualisation.docker.enabl = true; services.docker.en|able = true; }", None),
        ("let virtualisation.docker.en|able = true; in { }", None),
        ("virtualisation.docker.daemon.settings = { # b|ip\n };", None),
        ("|", None),
    ] {
        let (text, at) = at_caret(marked);
        assert_eq!(hover(&text, at, &NIXOS).map(|it| it.title).as_deref(), option, "{marked}");
    }
    let text = "{ default-address-pools = [ { base = \"10.0.0.0/16\"; size = 24; } ]; }";
    let pool = hover(text, text.find("24").expect("a size"), &NIXOS).expect("a pool");
    let comes_to = ("Comes to", "256 networks, each of 256 addresses, 253 of them for containers".to_owned());
    assert!(pool.facts.contains(&comes_to), "{pool:?}");
}

#[test]
fn keys_and_values_are_offered_where_they_belong() {
    for (marked, label, written) in [
        (
            "virtualisation.docker.daemon.settings = {\n  |\n};",
            "bip",
            "virtualisation.docker.daemon.settings = {\n  bip = \"\";\n};",
        ),
        ("virtualisation.docker.daemon.settings.| ", "dns", "virtualisation.docker.daemon.settings.dns = [  ]; "),
        ("{ bip = \"\"; de|bug = true; }", "debug", "{ bip = \"\"; debug = true; }"),
        ("{ bip = \"\"; log-dr| }", "log-driver", "{ bip = \"\"; log-driver = \"\"; }"),
        ("{ bip = \"\"; debug = |; }", "true", "{ bip = \"\"; debug = true; }"),
        ("{ bip = \"\"; log-driver = \"js|\"; }", "json-file", "{ bip = \"\"; log-driver = \"json-file\"; }"),
        ("{ bip = \"\"; log-opts = { | }; }", "max-size", "{ bip = \"\"; log-opts = { max-size = \"\"; }; }"),
        (
            "{ default-address-pools = [ { base = \"10.0.0.0/8\"; | } ]; }",
            "size",
            "{ default-address-pools = [ { base = \"10.0.0.0/8\"; size = ; } ]; }",
        ),
        ("virtualisation.docker.logDriver = \"|\";", "local", "virtualisation.docker.logDriver = \"local\";"),
        (
            "{ config, ... }: {\n  virtualisation.docker = {\n    daemon.settings = {\n      lo|\n    };\n  };\n}",
            "log-driver",
            "{ config, ... }: {\n  virtualisation.docker = {\n    daemon.settings = {\n      log-driver = \"\";\n    };\n  };\n}",
        ),
    ] {
        let (text, at) = at_caret(marked);
        let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &NIXOS).expect(marked);
        let item = offered.items.iter().find(|it| it.label == label).expect(marked);
        let mut result = text.clone();
        result.replace_range(offered.span.start..offered.span.end, &item.insert);
        assert_eq!(result, written, "{marked}");
    }
    for (marked, absent) in [
        ("{ bip = \"\"; | }", "bip"),
        ("{ log-opts = { max-file = \"3\"; | }; bip = \"\"; }", "max-file"),
        ("virtualisation.docker.| ", "bip"),
        ("virtualisation.docker.logDri|ver = \"\";", "bip"),
        ("virtualisation.docker.extraOptions = \"--de|bug\";", "--debug"),
        ("services.openssh = { | };", "bip"),
    ] {
        let (text, at) = at_caret(marked);
        let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &NIXOS);
        assert!(offered.is_none_or(|it| it.items.iter().all(|it| it.label != absent)), "{marked}");
    }
}

#[test]
fn options_of_nixos_are_told_with_default_release_and_source() {
    for (marked, summary, facts) in [
        (
            "virtualisation.docker.enable|OnBoot = true;",
            "Whether the daemon starts at boot",
            &[("Value", "true or false"), ("Default", "true"), ("Read on", "docker.nix")][..],
        ),
        (
            "virtualisation.docker.autoPrune.all|Volumes.enable = true;",
            "",
            &[("Options", "enable, flags")], // a group of options
        ),
        ("virtualisation.docker.autoPrune.persi|stent = true;", "Whether a run", &[("Since", "NixOS 25.05")]),
        ("virtualisation.docker.rootless.pack|age = 1;", "The package", &[("Read on", "docker-rootless.nix")]),
        ("virtualisation.docker.socketActi|vation = true;", "Whether", &[("Removed", "This option was removed")]),
        (
            "virtualisation.docker.daemon.settings.log-dri|ver = \"local\";",
            "Where the logs",
            &[(
                "On NixOS",
                "NixOS sends container logs to the journal unless logDriver or the settings name another driver.",
            )],
        ),
        ("virtualisation.docker.storage|Driver = null;", "The storage driver", &[("Value", "overlay2, zfs")]),
    ] {
        let (text, at) = at_caret(marked);
        let told = hover(&text, at, &NIXOS).expect(marked);
        assert!(told.summary.starts_with(summary), "{marked}: {told:?}");
        for (label, words) in facts {
            assert!(told.facts.iter().any(|it| it.0 == *label && it.1.contains(words)), "{marked}: {told:?}");
        }
    }
}

#[test]
fn options_of_nixos_are_offered_where_they_belong() {
    const UNSTABLE: Release = Release::UNSTABLE;
    for (marked, release, offered, absent) in [
        (
            "{ virtualisation.docker = { | }; }",
            UNSTABLE,
            "enable daemon.settings package autoPrune.dates",
            "socketActivation",
        ),
        ("virtualisation.docker.|", UNSTABLE, "enable daemon.settings", "bip"),
        ("virtualisation.docker.en|", UNSTABLE, "enable enableOnBoot", "docker"),
        ("virtualisation.docker = { enable = true; | };", UNSTABLE, "enableOnBoot autoPrune.enable", "enable"),
        ("virtualisation.docker = { autoPrune.enable = true; | };", UNSTABLE, "autoPrune.dates", "autoPrune.enable"),
        (
            "virtualisation.docker.autoPrune = { | };",
            UNSTABLE,
            "enable dates allVolumes.enable persistent",
            "logDriver",
        ),
        // Options come with releases.
        ("virtualisation.docker.autoPrune = { | };", Release::new(24, 11), "enable dates", "persistent"),
        ("virtualisation.docker.rootless.|", Release::new(24, 11), "enable setSocketVariable", "extraPackages"),
        ("virtualisation.docker.rootless.|", Release::new(26, 5), "extraPackages", ""),
        // A value of a kind that is known.
        ("virtualisation.docker.enable = |;", UNSTABLE, "true false", "null"),
        ("virtualisation.docker.storageDriver = |;", UNSTABLE, "overlay2 btrfs null", "vfs"), // NixOS refuses it
        ("virtualisation.docker.logDriver = \"|\";", UNSTABLE, "journald local", "etwlogs"),  // of Windows
        // Where nothing leads to Docker yet.
        ("{ pkgs, ... }: {\n  virt|\n}", UNSTABLE, "virtualisation.docker virtualisation.docker.enable", ""),
        ("{ pkgs, ... }: {\n  virtualisation.d|\n}", UNSTABLE, "docker docker.enable docker.daemon.settings", ""),
        (
            "{ pkgs, ... }: {\n  virtualisation.docker.enable = true; virt|\n}",
            UNSTABLE,
            "virtualisation.docker.daemon.settings",
            "virtualisation.docker.enable",
        ),
        ("{ pkgs, ... }: {\n  net|\n}", UNSTABLE, "", "virtualisation.docker"),
        ("{ pkgs, ... }: {\n  services = { | };\n}", UNSTABLE, "", "virtualisation.docker"),
        ("{ outputs = { self }: { }; virt| }", UNSTABLE, "", "virtualisation.docker"),
        ("{ pkgs, ... }: let virt| in { }", UNSTABLE, "", "virtualisation.docker"),
        ("virtualisation.auto|Prune.enable = true;", UNSTABLE, "", "docker"),
    ] {
        let (text, at) = at_caret(marked);
        let found = complete(&text, at, Engine::LATEST, release, &NIXOS).map(|it| it.items).unwrap_or_default();
        let labels: Vec<&str> = found.iter().map(|it| it.label).collect();
        assert!(offered.split_whitespace().all(|it| labels.contains(&it)), "{marked}: {labels:?}");
        assert!(!labels.contains(&absent), "{marked}: {labels:?}");
    }
    for (marked, label, written) in [
        ("virtualisation.docker.en|", "enable", "virtualisation.docker.enable = ;"),
        ("virtualisation.docker.en| = true;", "enableOnBoot", "virtualisation.docker.enableOnBoot = true;"),
        (
            "virtualisation.docker = { dae| };",
            "daemon.settings",
            "virtualisation.docker = { daemon.settings = {  }; };",
        ),
        ("virtualisation.docker.extra|", "extraOptions", "virtualisation.docker.extraOptions = \"\";"),
        ("virtualisation.docker.listenOptions| = [ ];", "listenOptions", "virtualisation.docker.listenOptions = [ ];"),
        ("virtualisation.docker.storageDriver = |;", "null", "virtualisation.docker.storageDriver = null;"),
        ("virtualisation.docker.storageDriver = \"z|\";", "zfs", "virtualisation.docker.storageDriver = \"zfs\";"),
    ] {
        let (text, at) = at_caret(marked);
        let found = complete(&text, at, Engine::LATEST, UNSTABLE, &NIXOS).expect(marked);
        let item = found.items.iter().find(|it| it.label == label).expect(marked);
        let mut result = text.clone();
        result.replace_range(found.span.start..found.span.end, &item.insert);
        assert_eq!(result, written, "{marked}");
    }
}

#[test]
fn what_a_text_tells_is_printed_and_the_rest_named() {
    let text = "{ config, ... }:\n{\n  virtualisation.docker.logDriver = \"local\";\n  virtualisation.docker.daemon.settings = {\n    mtu = 1400;\n    dns = config.networking.nameservers;\n  };\n}\n";
    let request = Request::of(text);
    let report = analyze(&request);
    for (target, printed) in [
        ("daemon-json", "{\n  \"log-driver\": \"local\",\n  \"mtu\": 1400\n}\n"),
        ("dockerd-flags", "dockerd --log-driver=local --mtu=1400\n"),
    ] {
        let target = Target::find(target).expect(target);
        let found = print(&request, &report, target, Order::AsWritten);
        assert_eq!(found.text, printed);
        let left_out = found.notes.iter().filter(|it| it.message.contains("`dns`")).count();
        assert_eq!(left_out, 1, "{:?}", found.notes);
    }
}
