//! Configurations to start from.

use crate::{
    Engine, Request,
    daemon::dialect::{DAEMON_JSON, NIXOS},
    docker::host::Host,
    document::Dialect,
};

/// A configuration to start from.
#[derive(Debug)]
pub struct Example {
    /// Its name in links; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows, in one line.
    pub description: &'static str,
    /// What it is written in.
    pub dialect: &'static Dialect,
    /// The text.
    pub text: &'static str,
    /// The Engine it is for, when not the latest.
    pub engine: Option<Engine>,
    /// Whether it is for a rootless daemon.
    pub rootless: bool,
    /// The target it shows best: the id of a [`Target`](crate::daemon::print::Target).
    pub target: &'static str,
    /// The page it comes from; empty for our own.
    pub source: &'static str,
}

impl Example {
    /// The example of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        EXAMPLES.iter().chain(MODULES).find(|it| it.id == id)
    }

    /// Its text with the choices it is meant for.
    pub fn request(&self) -> Request {
        Request {
            text: self.text.to_owned(),
            dialect: self.dialect,
            engine: self.engine.unwrap_or_default(),
            host: Host { rootless: self.rootless, ..Host::default() },
            ..Request::default()
        }
    }
}

const EXAMPLE: Example = Example {
    id: "",
    title: "",
    description: "",
    dialect: &DAEMON_JSON,
    text: "",
    engine: None,
    rootless: false,
    target: "nixos-module",
    source: "",
};

const ARTICLE: &str = "Docker on NixOS, an article";
const WIKI: &str = "NixOS Wiki, Docker (September 2024)";
const FLYING_CIRCUS: &str = "Flying Circus documentation, Docker (23.11)";

/// A piece of a NixOS configuration.
const MODULE: Example = Example { dialect: &NIXOS, target: "nixos-effective", ..EXAMPLE };

/// The pieces of NixOS configurations that documents print, as they are printed there.
pub static MODULES: &[Example] = &[
    Example {
        id: "nixos-enable",
        title: "Docker, switched on",
        description: "One line: NixOS brings Docker and writes its daemon.json.",
        text: "virtualisation.docker.enable = true;\n",
        source: WIKI,
        ..MODULE
    },
    Example {
        id: "nixos-experimental-pool",
        title: "A module with an address pool",
        description: "Experimental features, and 256 networks from 172.30.0.0/16.",
        text: r#"virtualisation.docker = {
enable = true;
daemon.settings = {
experimental = true;
default-address-pools = [
{
base = "172.30.0.0/16";
size = 24;
}
];
};
};
"#,
        source: ARTICLE,
        ..MODULE
    },
    Example {
        id: "nixos-dns-and-mirror",
        title: "A module with DNS, journal and mirror",
        description: "Lists and strings as Nix writes them.",
        text: r#"virtualisation.docker = {
enable = true;
daemon.settings = {
dns = [ "1.1.1.1" "8.8.8.8" ];
log-driver = "journald";
registry-mirrors = [ "https://mirror.gcr.io" ];
storage-driver = "overlay2";
};
};
"#,
        source: ARTICLE,
        ..MODULE
    },
    Example {
        id: "nixos-train-wifi",
        title: "A module for the train",
        description: "Quoted keys, and pools that keep clear of WIFIonICE.",
        text: r#"virtualisation.docker = {
  enable = true;
  daemon.settings = {
    "default-address-pools" = [
      { "base" = "172.27.0.0/16"; "size" = 24; }
    ];
  };
};
"#,
        source: WIKI,
        ..MODULE
    },
    Example {
        id: "nixos-data-root",
        title: "Only the settings",
        description: "Images, containers and volumes in a directory of your choice.",
        text: r#"virtualisation.docker.daemon.settings = {
  data-root = "/some-place/to-store-the-docker-data";
};
"#,
        source: WIKI,
        ..MODULE
    },
    Example {
        id: "nixos-btrfs",
        title: "The storage driver as an option",
        description: "NixOS has an option of its own for it.",
        text: "virtualisation.docker.storageDriver = \"btrfs\";\n",
        source: WIKI,
        ..MODULE
    },
    Example {
        id: "nixos-rootless-option",
        title: "A rootless module",
        description: "The daemon of each user, and where clients look for it.",
        text: r#"virtualisation.docker.rootless = {
  enable = true;
  setSocketVariable = true;
};
"#,
        source: WIKI,
        ..MODULE
    },
    Example {
        id: "flying-circus-old-module",
        title: "Flying Circus: a module for devicemapper",
        description: "Engine 24 still starts with the old driver when it is named; 25 does not.",
        text: r#"# /etc/local/nixos/docker.nix
{ ... }:
{
  virtualisation.docker.daemon.settings = {
    storage-driver = "devicemapper";
  };
}
"#,
        engine: Some(Engine::new(24, 0, 9)),
        target: "flying-circus",
        source: FLYING_CIRCUS,
        ..MODULE
    },
    Example {
        id: "flying-circus-module",
        title: "Flying Circus: a module for overlay2",
        description: "A file of its own in /etc/local/nixos.",
        text: r#"# /etc/local/nixos/docker.nix
{ ... }:
{
  virtualisation.docker.daemon.settings = {
    storage-driver = "overlay2";
  };
}
"#,
        engine: Some(Engine::new(24, 0, 9)),
        target: "flying-circus",
        source: FLYING_CIRCUS,
        ..MODULE
    },
];

/// All examples of a `daemon.json`, the simplest first.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "minimal",
        title: "Nothing but Docker",
        description: "No setting at all: the daemon with its defaults.",
        text: "{}\n",
        source: ARTICLE,
        ..EXAMPLE
    },
    Example {
        id: "experimental-pool",
        title: "Experimental features and an address pool",
        description: "256 networks of 254 addresses each, all from 172.30.0.0/16.",
        text: r#"{
  "experimental": true,
  "default-address-pools": [
    { "base": "172.30.0.0/16", "size": 24 }
  ]
}
"#,
        source: ARTICLE,
        ..EXAMPLE
    },
    Example {
        id: "dns-and-mirror",
        title: "DNS, journal, mirror, storage driver",
        description: "Name servers for containers, logs in the journal, a registry mirror, overlay2.",
        text: r#"{
  "dns": ["1.1.1.1", "8.8.8.8"],
  "log-driver": "journald",
  "registry-mirrors": ["https://mirror.gcr.io"],
  "storage-driver": "overlay2"
}
"#,
        source: ARTICLE,
        ..EXAMPLE
    },
    Example {
        id: "data-root",
        title: "Data on another disk",
        description: "Images, containers and volumes in a directory of your choice.",
        text: r#"{
  "data-root": "/some-place/to-store-the-docker-data"
}
"#,
        source: WIKI,
        ..EXAMPLE
    },
    Example {
        id: "train-wifi",
        title: "Wi-Fi on a train",
        description: "Keeps Docker clear of 172.18.0.0/16, the network of WIFIonICE.",
        text: r#"{
  "default-address-pools": [
    { "base": "172.27.0.0/16", "size": 24 }
  ]
}
"#,
        source: WIKI,
        ..EXAMPLE
    },
    Example {
        id: "btrfs",
        title: "Docker on btrfs",
        description: "The storage driver for a data directory on btrfs.",
        text: r#"{
  "storage-driver": "btrfs"
}
"#,
        source: WIKI,
        ..EXAMPLE
    },
    Example {
        id: "rootless",
        title: "Rootless",
        description: "A daemon without root, with IPv4 and IPv6 pools of its own.",
        text: r#"{
  "default-address-pools": [
    { "base": "10.210.0.0/16", "size": 24 },
    { "base": "fd00:db0:1::/48", "size": 64 }
  ]
}
"#,
        rootless: true,
        target: "nixos-rootless",
        source: WIKI,
        ..EXAMPLE
    },
    Example {
        id: "log-rotation",
        title: "Logs that do not fill the disk",
        description: "At most three files of 10 MB for each container, on a disk of their own.",
        text: r#"{
  "log-driver": "json-file",
  "log-opts": {
    "max-size": "10m",
    "max-file": "3"
  },
  "bip": "10.200.0.1/24",
  "data-root": "/srv/docker"
}
"#,
        ..EXAMPLE
    },
    Example {
        id: "many-networks",
        title: "Many networks",
        description: "1,280 small networks for a host of many Compose projects.",
        text: r#"{
  "bip": "10.200.0.1/24",
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 24 },
    { "base": "10.202.0.0/16", "size": 26 }
  ]
}
"#,
        ..EXAMPLE
    },
    Example {
        id: "flying-circus-overlay2",
        title: "Flying Circus: move to overlay2",
        description: "The storage driver of today, chosen on a machine that had devicemapper.",
        text: r#"{
  "storage-driver": "overlay2"
}
"#,
        engine: Some(Engine::new(24, 0, 9)),
        target: "flying-circus",
        source: FLYING_CIRCUS,
        ..EXAMPLE
    },
    Example {
        id: "flying-circus-devicemapper",
        title: "Flying Circus: stay with devicemapper",
        description: "Engine 24 still starts with the old driver when it is named; 25 does not.",
        text: r#"{
  "storage-driver": "devicemapper"
}
"#,
        engine: Some(Engine::new(24, 0, 9)),
        target: "flying-circus",
        source: FLYING_CIRCUS,
        ..EXAMPLE
    },
    Example {
        id: "broken",
        title: "A dozen mistakes",
        description: "What Drydock finds, and fixes.",
        text: r#"{
  // Docker's JSON has no comments
  "debgu": true,
  "mtu": "1450",
  "dns": "1.1.1.1",
  "bip": "10.200.0.0/24",
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 12 },
    { "base": "10.202.3.1/16", "size": 24 }
  ],
  "insecure-registry": ["registry.example.com:5000"],
  "labels": ["team"],
  "log-driver": "json-file",
  "log-opts": {
    "max-size": "10m",
    "max-file": 3,
    "maxsize": "10m"
  },
  "registry-mirrors": ["mirror.example.com"],
  "storage-driver": "aufs",
  "graph": "/srv/docker",
  "shutdown-timeout": 15,
  "shutdown-timeout": 30,
}
"#,
        ..EXAMPLE
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analyze,
        daemon::{
            dialect,
            print::{Order, TARGETS, Target, print},
        },
        document::Notation,
        rule::diagnostic::Severity,
    };

    #[test]
    fn ids_differ_and_targets_exist() {
        for (at, example) in EXAMPLES.iter().chain(MODULES).enumerate() {
            let earlier = EXAMPLES.iter().chain(MODULES).take(at);
            assert!(!earlier.map(|it| it.id).any(|it| it == example.id));
            assert!(Target::find(example.target).is_some(), "{}", example.id);
            assert!(!example.title.is_empty() && !example.description.ends_with(char::is_alphanumeric));
        }
    }

    #[test]
    fn examples_look_like_what_they_are_written_in() {
        for example in EXAMPLES.iter().chain(MODULES) {
            assert_eq!(dialect::of(example.text).id, example.dialect.id, "{}", example.id);
        }
    }

    #[test]
    fn good_examples_are_good() {
        for example in EXAMPLES.iter().chain(MODULES).filter(|it| it.id != "broken") {
            let diagnostics = analyze(&example.request()).diagnostics;
            let allowed = match example.id {
                // Docker calls the driver deprecated; that is what the example is about.
                "flying-circus-devicemapper" | "flying-circus-old-module" => Severity::Warning,
                _ => Severity::Hint,
            };
            for it in diagnostics {
                assert!(it.severity >= allowed, "{}: {it:?}", example.id);
            }
        }
    }

    #[test]
    fn the_broken_example_shows_many_rules() {
        let example = Example::find("broken").expect("the example");
        let diagnostics = analyze(&example.request()).diagnostics;
        let mut rules: Vec<_> = diagnostics.iter().map(|it| it.rule).collect();
        rules.sort();
        rules.dedup();
        assert!(rules.len() >= 12, "{rules:#?}");
    }

    #[test]
    fn fix_by_fix_the_broken_example_becomes_a_good_one() {
        let mut request = Example::find("broken").expect("the example").request();
        for _ in 0..30 {
            let diagnostics = analyze(&request).diagnostics;
            let Some(fix) = diagnostics.iter().find_map(|it| it.fixes.first()) else {
                break;
            };
            request.text = fix.edits.apply(&request.text);
        }
        insta::assert_snapshot!(request.text);
        let left = analyze(&request).diagnostics;
        let left = left.iter().filter(|it| it.severity < Severity::Hint);
        assert_eq!(left.map(|it| &it.message).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn nixfmt_leaves_the_nix_of_every_target_alone() {
        for example in EXAMPLES {
            let request = example.request();
            let report = analyze(&request);
            for target in TARGETS.iter().filter(|it| it.notation() == Notation::Nix) {
                let text = print(&request, &report, target, Order::AsWritten).text;
                assert_eq!(nixfmt_rs::format(&text).ok(), Some(text), "{}", example.id);
            }
        }
    }

    #[test]
    fn examples_print_as_these() {
        let mut printed = String::new();
        for example in EXAMPLES {
            let request = example.request();
            let target = Target::find(example.target).expect("a target");
            let result = print(&request, &analyze(&request), target, Order::AsWritten);
            printed.push_str(&format!("━━ {} ({})\n{}", example.id, target.id, result.text));
            for it in result.notes {
                printed.push_str(&format!("{}: {}\n", it.severity, it.message));
            }
            printed.push('\n');
        }
        insta::assert_snapshot!(printed);
    }
}
