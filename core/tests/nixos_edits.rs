//! How Nix texts change when a setting changes: rows first, then what holds for every text.

use drydock::{
    Request, analyze,
    daemon::dialect::{DAEMON_JSON, NIXOS},
    document::{CannotEdit, Change, Step, Value, edit::edit},
};

/// `log-opts.max-size` and `dns.0` as a path.
fn path(written: &str) -> Vec<Step> {
    let step = |it: &str| match it.parse() {
        Ok(at) => Step::Index(at),
        Err(_) => Step::Key(it.to_owned()),
    };
    written.split('.').map(step).collect()
}

fn value(json: &str) -> Value {
    Value::of(&DAEMON_JSON.read(json).root).expect("a value")
}

fn changed(text: &str, change: &Change) -> Result<String, CannotEdit> {
    let edits = edit(text, &NIXOS.read(text), change)?;
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
    }
    Ok(edits.apply(text))
}

fn set(at: &str, json: &str) -> Change {
    Change::Set { path: path(at), value: value(json) }
}

fn unset(at: &str) -> Change {
    Change::Unset { path: path(at) }
}

/// Texts that a change should lead to and does not.
fn differences(rows: &[(&str, Change, &str)]) -> String {
    let differences = rows.iter().filter_map(|(before, change, after)| {
        let now = changed(before, change);
        (now.as_deref() != Ok(after)).then(|| {
            format!(
                "{change:?} of\n{before}\n→\n{}\ninstead of\n{after}\n",
                now.unwrap_or_else(|_| "CannotEdit".to_owned())
            )
        })
    });
    differences.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn assert_changes(rows: &[(&str, Change, &str)]) {
    let differences = differences(rows);
    assert!(differences.is_empty(), "{differences}");
}

const WIKI: &str = "virtualisation.docker = {
  enable = true;
  daemon.settings = {
    bip = \"172.17.0.1/16\"; # as Docker has it
    log-opts.max-size = \"10m\";
    dns = [ \"1.1.1.1\" \"8.8.8.8\" ];
    default-address-pools = [
      {
        base = \"172.30.0.0/16\";
        size = 24;
      }
    ];
  };
};
";

#[test]
fn values_change_in_their_place() {
    let wiki = |from: &str, to: &str| WIKI.replace(from, to);
    let rows = [
        ("bip", "\"10.200.0.1/24\"", "172.17.0.1/16", "10.200.0.1/24"),
        ("bip", "\"172.17.0.1/16\"", "", ""),
        ("log-opts.max-size", "\"20m\"", "\"10m\"", "\"20m\""),
        ("dns.1", "\"9.9.9.9\"", "8.8.8.8", "9.9.9.9"),
        ("dns", "[\"1.1.1.1\", \"9.9.9.9\"]", "8.8.8.8", "9.9.9.9"),
        ("dns", "[\"1.1.1.1\"]", " \"8.8.8.8\"", ""),
        (
            "dns",
            "[\"9.9.9.9\", \"8.8.8.8\", \"1.1.1.1\"]",
            "\"1.1.1.1\" \"8.8.8.8\"",
            "\"9.9.9.9\" \"8.8.8.8\" \"1.1.1.1\"",
        ),
        ("default-address-pools.0.size", "25", "24", "25"),
        ("default-address-pools", "[{\"base\": \"10.0.0.0/16\", \"size\": 24}]", "172.30.0.0/16", "10.0.0.0/16"),
        (
            "default-address-pools",
            "[{\"base\": \"172.30.0.0/16\", \"size\": 24}, {\"base\": \"10.0.0.0/16\", \"size\": 24}]",
            "      }\n    ];",
            "      }\n      {\n        base = \"10.0.0.0/16\";\n        size = 24;\n      }\n    ];",
        ),
    ];
    let after: Vec<String> = rows.iter().map(|it| wiki(it.2, it.3)).collect();
    let rows: Vec<_> = rows.iter().zip(&after).map(|(it, after)| (WIKI, set(it.0, it.1), after.as_str())).collect();
    assert_changes(&rows);
}

#[test]
fn values_keep_what_is_around_them() {
    assert_changes(&[
        (
            "{ lib, ... }: {\n  virtualisation.docker.daemon.settings.mtu = lib.mkForce 1400; # mine\n}",
            set("mtu", "1450"),
            "{ lib, ... }: {\n  virtualisation.docker.daemon.settings.mtu = lib.mkForce 1450; # mine\n}",
        ),
        (
            "{ lib, ... }: {\n  virtualisation.docker.daemon.settings.mtu = lib.mkForce 1400;\n}",
            set("mtu", "-1"),
            "{ lib, ... }: {\n  virtualisation.docker.daemon.settings.mtu = lib.mkForce (-1);\n}",
        ),
        (
            "virtualisation.docker.logDriver = \"json-file\";",
            set("log-driver", "\"local\""),
            "virtualisation.docker.logDriver = \"local\";",
        ),
        // A driver that the option does not take.
        (
            "virtualisation.docker.logDriver = \"json-file\";",
            set("log-driver", "\"loki\""),
            "virtualisation.docker.logDriver = \"json-file\";\nvirtualisation.docker.daemon.settings = {\n  log-driver = \"loki\";\n};",
        ),
        (
            "{\n  virtualisation.docker.daemon.settings = {\n    dns = [ ];\n    builder = { };\n  };\n}",
            set("dns", "[\"1.1.1.1\", \"8.8.8.8\"]"),
            "{\n  virtualisation.docker.daemon.settings = {\n    dns = [\n      \"1.1.1.1\"\n      \"8.8.8.8\"\n    ];\n    builder = { };\n  };\n}",
        ),
        (
            "{\n  virtualisation.docker.daemon.settings = {\n    log-opts = null;\n  };\n}",
            set("log-opts.tag", "\"a\""),
            "{\n  virtualisation.docker.daemon.settings = {\n    log-opts = {\n      tag = \"a\";\n    };\n  };\n}",
        ),
    ]);
}

#[test]
fn what_a_name_stands_for_changes_where_only_one_place_uses_it() {
    let shared = "let\n  size = \"10m\";\nin\n{\n  virtualisation.docker.daemon.settings.log-opts = {\n    max-size = size;\n    tag = size;\n  };\n}";
    let alone = "let\n  size = \"10m\";\nin\n{\n  virtualisation.docker.daemon.settings.log-opts.max-size = size;\n}";
    let inherited = "let\n  mtu = 1400;\nin\n{\n  x = mtu;\n  virtualisation.docker.daemon.settings = {\n    inherit mtu;\n    debug = true;\n  };\n}";
    let whole = "let\n  settings = {\n    mtu = 1400;\n  };\nin\n{\n  virtualisation.docker.daemon.settings = settings;\n  virtualisation.docker.rootless.daemon.settings = settings;\n}";
    assert_changes(&[
        (alone, set("log-opts.max-size", "\"20m\""), &alone.replace("10m", "20m")),
        (shared, set("log-opts.max-size", "\"20m\""), &shared.replace("max-size = size", "max-size = \"20m\"")),
        (inherited, set("mtu", "1450"), &inherited.replace("inherit mtu;", "mtu = 1450;")),
        (whole, set("mtu", "1450"), &whole.replace("1400", "1450")),
        (whole, set("debug", "true"), &whole.replace("1400;", "1400;\n    debug = true;")),
    ]);
}

#[test]
fn new_settings_go_beside_their_siblings() {
    assert_changes(&[
        (WIKI, set("debug", "true"), &WIKI.replace("    ];\n  };", "    ];\n    debug = true;\n  };")),
        (
            WIKI,
            set("log-opts.max-file", "\"3\""),
            &WIKI.replace("\"10m\";\n", "\"10m\";\n    log-opts.max-file = \"3\";\n"),
        ),
        (WIKI, set("dns.2", "\"9.9.9.9\""), &WIKI.replace("\"8.8.8.8\" ]", "\"8.8.8.8\" \"9.9.9.9\" ]")),
        (
            WIKI,
            set("storage-driver", "\"overlay2\""),
            &WIKI.replace("\n  };\n};", "\n  };\n  storageDriver = \"overlay2\";\n};"),
        ),
        (
            WIKI,
            set("storage-driver", "\"vfs\""),
            &WIKI.replace("    ];\n  };", "    ];\n    storage-driver = \"vfs\";\n  };"),
        ),
        (
            "virtualisation.docker.enable = true;\nservices.openssh.enable = true;\n",
            set("bip", "\"10.200.0.1/24\""),
            "virtualisation.docker.enable = true;\nvirtualisation.docker.daemon.settings = {\n  bip = \"10.200.0.1/24\";\n};\nservices.openssh.enable = true;\n",
        ),
        (
            "{\n  virtualisation.docker.daemon.settings.mtu = 1400;\n  virtualisation.docker.enable = true;\n}",
            set("debug", "true"),
            "{\n  virtualisation.docker.daemon.settings.mtu = 1400;\n  virtualisation.docker.daemon.settings.debug = true;\n  virtualisation.docker.enable = true;\n}",
        ),
        (
            "{ pkgs, ... }:\n{\n  services.openssh.enable = true;\n}\n",
            set("mtu", "1450"),
            "{ pkgs, ... }:\n{\n  services.openssh.enable = true;\n  virtualisation.docker.daemon.settings = {\n    mtu = 1450;\n  };\n}\n",
        ),
        (
            "{ pkgs, ... }:\n{\n    virtualisation.docker = {\n        enable = true;\n    };\n}\n",
            set("log-opts.max-size", "\"10m\""),
            "{ pkgs, ... }:\n{\n    virtualisation.docker = {\n        enable = true;\n        daemon.settings = {\n            log-opts = {\n                max-size = \"10m\";\n            };\n        };\n    };\n}\n",
        ),
        ("{ bip = \"172.26.0.1/16\"; }", set("debug", "true"), "{ bip = \"172.26.0.1/16\"; debug = true; }"),
        ("bip = \"172.26.0.1/16\";\n", set("debug", "true"), "bip = \"172.26.0.1/16\";\ndebug = true;\n"),
        (
            "virtualisation.docker.rootless = {\n  enable = true;\n};",
            set("storage-driver", "\"overlay2\""),
            "virtualisation.docker.rootless = {\n  enable = true;\n  daemon.settings = {\n    storage-driver = \"overlay2\";\n  };\n};",
        ),
        ("{ }", set("mtu", "1450"), "{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1450;\n  };\n}"),
        ("", set("mtu", "1450"), "{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1450;\n  };\n}\n"),
        (
            "# mine\n",
            set("mtu", "1450"),
            "# mine\n{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1450;\n  };\n}\n",
        ),
        (
            "{ ... }:\n{\n  # nothing yet\n}",
            set("mtu", "1450"),
            "{ ... }:\n{\n  # nothing yet\n  virtualisation.docker.daemon.settings = {\n    mtu = 1450;\n  };\n}",
        ),
        (
            "{\r\n  virtualisation.docker.enable = true;\r\n}\r\n",
            set("mtu", "1450"),
            "{\r\n  virtualisation.docker.enable = true;\r\n  virtualisation.docker.daemon.settings = {\r\n    mtu = 1450;\r\n  };\r\n}\r\n",
        ),
        (
            "{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1400; }; }",
            set("debug", "true"),
            "{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1400;\n    debug = true; }; }",
        ),
        (
            "{ lib, config, ... }: {\n  options.my.enable = lib.mkEnableOption \"x\";\n  config = lib.mkIf config.my.enable {\n    my.other = 1;\n  };\n}",
            set("mtu", "1450"),
            "{ lib, config, ... }: {\n  options.my.enable = lib.mkEnableOption \"x\";\n  config = lib.mkIf config.my.enable {\n    my.other = 1;\n    virtualisation.docker.daemon.settings = {\n      mtu = 1450;\n    };\n  };\n}",
        ),
        // Keys are quoted only where they must be.
        (
            "{\n  virtualisation.docker.daemon.settings = {\n    \"mtu\" = 1400;\n  };\n}",
            set("runtimes", "{\"my runtime\": {\"path\": \"/a\"}}"),
            "{\n  virtualisation.docker.daemon.settings = {\n    \"mtu\" = 1400;\n    runtimes = {\n      \"my runtime\" = {\n        path = \"/a\";\n      };\n    };\n  };\n}",
        ),
        (
            "{ lib, ... }: {\n  config = lib.mkIf true {\n    virtualisation.docker.enable = true;\n  };\n}",
            set("mtu", "1450"),
            "{ lib, ... }: {\n  config = lib.mkIf true {\n    virtualisation.docker.enable = true;\n    virtualisation.docker.daemon.settings = {\n      mtu = 1450;\n    };\n  };\n}",
        ),
    ]);
}

#[test]
fn bindings_go_with_their_line() {
    assert_changes(&[
        (WIKI, unset("bip"), &WIKI.replace("    bip = \"172.17.0.1/16\"; # as Docker has it\n", "")),
        (WIKI, unset("log-opts"), &WIKI.replace("    log-opts.max-size = \"10m\";\n", "")),
        (WIKI, unset("dns.0"), &WIKI.replace("\"1.1.1.1\" ", "")),
        (
            WIKI,
            unset("default-address-pools.0"),
            &WIKI.replace("[\n      {\n        base = \"172.30.0.0/16\";\n        size = 24;\n      }\n    ]", "[ ]"),
        ),
        (WIKI, unset("mtu"), WIKI),
        (
            "virtualisation.docker.daemon.settings.log-opts.max-size = \"10m\";\nvirtualisation.docker.daemon.settings.log-opts.max-file = \"3\";\nvirtualisation.docker.enable = true;\n",
            unset("log-opts"),
            "virtualisation.docker.enable = true;\n",
        ),
        ("{ bip = \"172.26.0.1/16\"; debug = true; }", unset("bip"), "{ debug = true; }"),
        ("{ bip = \"172.26.0.1/16\"; debug = true; }", unset("debug"), "{ bip = \"172.26.0.1/16\"; }"),
        ("bip = \"172.26.0.1/16\";\n", unset("bip"), "{ }\n"),
        (
            "{\n  # why\n  virtualisation.docker.daemon.settings = {\n    # this stays\n    mtu = 1400; # this goes\n\n    debug = true;\n  };\n}",
            unset("mtu"),
            "{\n  # why\n  virtualisation.docker.daemon.settings = {\n    # this stays\n\n    debug = true;\n  };\n}",
        ),
        (
            "{\n  virtualisation.docker.logDriver = \"json-file\";\n  virtualisation.docker.daemon.settings = {\n    log-driver = \"local\";\n    mtu = 1;\n  };\n}",
            unset("log-driver"),
            "{\n  virtualisation.docker.daemon.settings = {\n    mtu = 1;\n  };\n}",
        ),
        (
            "let a = 1; in {\n  virtualisation.docker.daemon.settings = {\n    inherit a;\n    debug = true;\n  };\n}",
            unset("a"),
            "let a = 1; in {\n  virtualisation.docker.daemon.settings = {\n    debug = true;\n  };\n}",
        ),
    ]);
}

#[test]
fn keys_are_renamed_and_moved() {
    let rename = |text: &str, key: &str, name: &str| {
        let document = NIXOS.read(text);
        let member = document.root.members().iter().find(|it| it.key == key).expect(key);
        Change::Rename { key: member.key_span, name: name.to_owned() }
    };
    let typo = "virtualisation.docker.daemon.settings = {\n  debgu = true; # x\n};";
    let quoted = "virtualisation.docker.daemon.settings.\"debgu\" = true;";
    let moved = "virtualisation.docker.daemon.settings = {\n  mtu = 1400;\n  log-opts = {\n    tag = \"a\";\n  };\n};";
    assert_changes(&[
        (typo, rename(typo, "debgu", "debug"), &typo.replace("debgu", "debug")),
        (quoted, rename(quoted, "debgu", "debug"), "virtualisation.docker.daemon.settings.debug = true;"),
        (
            moved,
            Change::Move { from: path("mtu"), to: path("log-opts.mtu") },
            "virtualisation.docker.daemon.settings = {\n  log-opts = {\n    tag = \"a\";\n    mtu = 1400;\n  };\n};",
        ),
    ]);
}

#[test]
fn flags_change_within_their_string() {
    let text = "virtualisation.docker = {\n  enable = true;\n  extraOptions = \"--bip 10.0.0.1/24 --debug\";\n};\n";
    assert_changes(&[
        (text, set("bip", "\"10.0.1.1/24\""), &text.replace("10.0.0.1", "10.0.1.1")),
        (text, unset("debug"), &text.replace(" --debug", "")),
        (text, set("mtu", "1400"), &text.replace("};", "  daemon.settings = {\n    mtu = 1400;\n  };\n};")),
    ]);
    // What a rule says of a flag is mended there, too.
    let report = analyze(&Request::of(text.replace("10.0.0.1/24", "10.0.0.0/24")));
    let fixes: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|it| it.rule == "bip-not-a-host-address")
        .flat_map(|it| &it.fixes)
        .map(|it| it.edits.apply(&text.replace("10.0.0.1/24", "10.0.0.0/24")))
        .collect();
    assert!(fixes.contains(&text.to_owned()), "{fixes:?}");
}

#[test]
fn what_nixos_adds_is_no_part_of_the_text() {
    let text = "virtualisation.docker.enable = true;\nvirtualisation.docker.daemon.settings.hosts = [ \"tcp://127.0.0.1:2375\" ];\n";
    let report = analyze(&Request::of(text));
    let hosts = report.document.root.members().iter().find(|it| it.key == "hosts").expect("hosts");
    let at = hosts.value.elements().iter().position(|it| it.as_str() == Some("tcp://127.0.0.1:2375")).expect("it");
    let set = |at: usize| Change::Set { path: path(&format!("hosts.{at}")), value: value("\"tcp://127.0.0.1:2376\"") };
    let now = edit(text, &report.document, &set(at)).expect("edits").apply(text);
    assert_eq!(now, text.replace("2375", "2376"));
    for other in (0..hosts.value.elements().len()).filter(|it| *it != at) {
        assert_eq!(edit(text, &report.document, &set(other)), Err(CannotEdit));
    }
}

#[test]
fn nothing_is_written_where_it_would_not_be_read() {
    for (text, change) in [
        ("{ virtualisation.docker.daemon.settings = import ./docker.nix; }", set("mtu", "1450")),
        ("{ virtualisation.docker = import ./docker.nix; }", set("mtu", "1450")),
        ("{ outputs = { self }: { }; }", set("mtu", "1450")),
        ("[ 1 2 ]", set("mtu", "1450")),
        ("bip = \"172.26.0.1/16\";", set("bip.a", "1")),
        ("dns = [ ];", set("dns.1", "\"1.1.1.1\"")),
    ] {
        assert_eq!(changed(text, &change), Err(CannotEdit), "{text}");
    }
}
