//! What NixOS makes of modules, held against the module system of nixpkgs itself, whose directory is named by `NIXPKGS`, and
//! against what is printed.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "Nix itself is asked")]

use std::{fs, path::PathBuf, process::Command};

use drydock::{
    Request, analyze,
    daemon::{
        dialect::{DAEMON_JSON, NIXOS},
        print::{self, Order, Printed, Target},
    },
    docker::host::Release,
};
use serde_json::Value as Json;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }

    fn some_of<'a>(&mut self, all: &[&'a str], most: usize) -> Vec<&'a str> {
        let mut chosen: Vec<&str> = (0..self.roll(most + 1)).map(|_| self.one_of(all)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}

const RELEASES: &[&str] = &["23.11", "24.05", "24.11", "25.05", "25.11", "26.05"];

const KEYS: &[&str] =
    &["dns", "hosts", "labels", "log-opts", "features", "group", "log-driver", "live-restore", "mtu", "bip", "\"a.b\""];

/// A release, its state version, and the text of a module.
struct Case {
    release: &'static str,
    state_version: &'static str,
    module: String,
    /// Whether users' daemons are asked for.
    is_rootless: bool,
}

// ── modules ──

fn wrapped(dice: &mut Dice, value: &str) -> String {
    const WRAPPERS: &[&str] =
        &["lib.mkDefault", "lib.mkForce", "lib.mkOverride 90", "lib.mkIf true", "lib.mkIf false", "lib.mkIf (1 == 1)"];
    match dice.roll(10) {
        0 | 1 => format!("({} ({value}))", dice.one_of(WRAPPERS)),
        2 => format!("(lib.mkMerge [ ({value}) ])"),
        _ => value.to_owned(),
    }
}

fn value(dice: &mut Dice, key: &str) -> String {
    match key {
        "dns" | "hosts" | "labels" => {
            let elements = dice.some_of(&["\"1\"", "\"2\"", "\"3\"", "(lib.mkIf false \"x\")"], 3).join(" ");
            match dice.roll(5) {
                0 => format!("({} [ {elements} ])", dice.one_of(&["lib.mkBefore", "lib.mkAfter", "lib.mkOrder 400"])),
                _ => format!("[ {elements} ]"),
            }
        }
        "log-opts" | "features" => {
            let names = dice.some_of(&["a", "b", "\"c.d\""], 3);
            let members: Vec<String> = names
                .into_iter()
                .map(|it| {
                    let value = dice.one_of(&["\"1\"", "\"2\""]);
                    format!("{it} = {};", wrapped(dice, value))
                })
                .collect();
            format!("{{ {} }}", members.join(" "))
        }
        "group" => dice.one_of(&["\"docker\"", "\"docker\"", "(lib.mkForce \"w\")", "\"x\""]).to_owned(),
        "log-driver" => dice.one_of(&["\"local\"", "\"journald\"", "null"]).to_owned(),
        "live-restore" => dice.one_of(&["true", "false"]).to_owned(),
        _ => dice.one_of(&["true", "1", "2", "\"a\"", "\"b\"", "null", "1.5"]).to_owned(),
    }
}

fn settings(dice: &mut Dice) -> String {
    let keys = dice.some_of(KEYS, 5);
    let members: Vec<String> = keys
        .into_iter()
        .map(|key| {
            let value = value(dice, key);
            format!("{key} = {};", wrapped(dice, &value))
        })
        .collect();
    format!("{{ {} }}", members.join(" "))
}

fn settings_in_wrappers(dice: &mut Dice) -> String {
    let own = settings(dice);
    match dice.roll(12) {
        0 | 1 => format!("lib.mkMerge [ {own} {} ]", settings(dice)),
        2 => format!("lib.mkForce {own}"),
        3 => format!("lib.mkDefault {own}"),
        4 => format!("lib.mkIf true {own}"),
        5 => format!("lib.mkMerge [ (lib.mkIf false {}) (lib.mkForce {own}) ]", settings(dice)),
        _ => own,
    }
}

fn docker(dice: &mut Dice) -> String {
    let mut parts = vec![format!("enable = {};", dice.one_of(&["true", "true", "lib.mkForce true"]))];
    parts.push(format!("daemon.settings = {};", settings_in_wrappers(dice)));
    for (name, values) in [
        ("logDriver", &["\"local\"", "lib.mkForce \"none\"", "lib.mkDefault \"json-file\""][..]),
        ("storageDriver", &["\"overlay2\"", "null", "lib.mkDefault \"zfs\""]),
        ("liveRestore", &["true", "false", "lib.mkForce false", "lib.mkDefault true"]),
        ("extraOptions", &["\"--debug\"", "lib.mkMerge [ \"--debug\" \"--icc=false\" ]"]),
    ] {
        if dice.roll(3) == 0 {
            parts.push(format!("{name} = {};", dice.one_of(values)));
        }
    }
    let docker = format!("{{ {} }}", parts.join(" "));
    match dice.roll(10) {
        0 => format!("lib.mkIf true {docker}"),
        1 => format!("lib.mkMerge [ {docker} {{ daemon.settings = {}; }} ]", settings(dice)),
        2 => format!("lib.mkForce {docker}"),
        _ => docker,
    }
}

fn module(dice: &mut Dice) -> String {
    let docker = format!("virtualisation.docker = {};", docker(dice));
    let toolkit = match dice.roll(5) {
        0 => " hardware.nvidia-container-toolkit.enable = true;",
        _ => "",
    };
    match dice.roll(6) {
        0 => format!(
            "{{ lib, config, ... }}: {{ config = lib.mkMerge [ {{ {docker}{toolkit} }} {{ virtualisation.docker.daemon.settings = {}; }} ]; }}",
            settings(dice)
        ),
        1 => format!(
            "{{ lib, ... }}: lib.mkMerge [ {{ {docker}{toolkit} }} (lib.mkIf {} {{ virtualisation.docker.daemon.settings = {}; }}) ]",
            dice.one_of(&["true", "false"]),
            settings(dice)
        ),
        2 => {
            let imported: Vec<String> = (0..3)
                .map(|_| format!("{{ virtualisation.docker.daemon.settings = {}; }}", settings_in_wrappers(dice)))
                .collect();
            format!(
                "{{ lib, ... }}: {{ imports = [ {{ imports = [ {} ]; config = {}; }} ({{ lib, ... }}: lib.mkMerge [ {} ]) ]; {docker}{toolkit} }}",
                imported[0], imported[1], imported[2]
            )
        }
        _ => format!("{{ lib, ... }}: {{ {docker}{toolkit} }}"),
    }
}

// ── the two sides ──

fn request(case: &Case) -> Request {
    let mut request = Request { dialect: &NIXOS, ..Request::of(&*case.module) };
    let release = |it| Release::read(it).expect("a release");
    request.host.nixos.release = release(case.release);
    request.host.nixos.state_version = release(case.state_version);
    request
}

fn printed(request: &Request, target: &str) -> Printed {
    let target = Target::find(target).expect("a target");
    print::print(request, &analyze(request), target, Order::AsWritten)
}

/// The file as Drydock has it; `None` where it says that nixos-rebuild refuses it.
fn ours(case: &Case) -> Option<Json> {
    let printed = printed(&request(case), "nixos-effective");
    printed.error.is_none().then(|| serde_json::from_str(&printed.text).expect("JSON"))
}

/// A directory with the `lib` of nixpkgs: that of `NIXPKGS`, or the one that Nix finds by itself.
fn nixpkgs() -> Option<String> {
    if let Ok(it) = std::env::var("NIXPKGS") {
        return Some(it);
    }
    let mut command = Command::new("nix-instantiate");
    let output = command.args(["--eval", "--expr", "toString <nixpkgs>"]).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| path.trim().trim_matches('"').to_owned())
}

/// What the module system makes of cases, in files of a folder of this name and all in one evaluation; `None` where it refuses one.
fn theirs(name: &str, cases: &[Case], nixpkgs: &str) -> Vec<Option<Json>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    let mut expression = format!(
        "let lib = import {nixpkgs}/lib;\n\
         eval = release: stateVersion: module: (lib.evalModules {{ modules = [\n\
           (import {}/tests/nixos/docker.nix {{ inherit lib release; }})\n\
           {{ _module.args.pkgs = {{ crun = 1; nftables = 2; }}; system.stateVersion = lib.mkOverride 900 stateVersion; }}\n\
           module\n\
         ]; }}).config.virtualisation.docker;\n\
         told = it: docker: let json = builtins.toJSON it;\n\
           unit = [ docker.extraOptions docker.storageDriver docker.listenOptions ];\n\
           tried = builtins.tryEval (builtins.deepSeq [ json unit ] json);\n\
           in if tried.success then tried.value else null;\n\
         in [\n",
        env!("CARGO_MANIFEST_DIR")
    );
    for (at, case) in cases.iter().enumerate() {
        let file = folder.join(format!("{at}.nix"));
        fs::write(&file, &case.module).expect("a file");
        let part = if case.is_rootless { "rootless.daemon.settings" } else { "daemon.settings" };
        expression.push_str(&format!(
            "(let docker = eval \"{}\" \"{}\" {}; in told docker.{part} docker)\n",
            case.release,
            case.state_version,
            file.display()
        ));
    }
    expression.push(']');
    let file = folder.join("all.nix");
    fs::write(&file, expression).expect("a file");
    let mut command = Command::new("nix-instantiate");
    let output = command.args(["--eval", "--strict", "--json"]).arg(&file).output().expect("nix-instantiate");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Vec<Option<String>> = serde_json::from_slice(&output.stdout).expect("JSON");
    told.into_iter().map(|it| it.map(|it| serde_json::from_str(&it).expect("JSON"))).collect()
}

/// Whether a wrapper of the module system was left in a value, which Drydock takes for a mistake.
fn has_wrapper(json: &Json) -> bool {
    match json {
        Json::Array(elements) => elements.iter().any(has_wrapper),
        Json::Object(members) => members.contains_key("_type") || members.values().any(has_wrapper),
        _ => false,
    }
}

#[track_caller]
fn assert_agreed(name: &str, cases: &[Case], nixpkgs: &str) {
    let mut refused = 0;
    for (case, theirs) in cases.iter().zip(theirs(name, cases, nixpkgs)) {
        if theirs.as_ref().is_some_and(has_wrapper) {
            continue;
        }
        refused += usize::from(theirs.is_none());
        assert_eq!(ours(case), theirs, "{} with {}:\n{}", case.release, case.state_version, case.module);
    }
    assert!(refused * 2 < cases.len(), "{refused} of {} were refused", cases.len());
}

#[test]
fn modules_come_to_what_the_module_system_makes_of_them() {
    let Some(nixpkgs) = nixpkgs() else {
        println!("SKIPPED: no nixpkgs was found (NIXPKGS), so no module was held against its module system");
        return;
    };
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let cases: Vec<Case> = (0..1_000)
        .map(|_| Case {
            release: dice.one_of(RELEASES),
            state_version: dice.one_of(RELEASES),
            module: module(&mut dice),
            is_rootless: false,
        })
        .collect();
    assert_agreed("modules", &cases, &nixpkgs);
}

// ── what is printed ──

fn daemon_json(dice: &mut Dice) -> String {
    let members = dice.some_of(
        &[
            r#""debug": true"#,
            r#""bip": "10.0.0.1/24""#,
            r#""bip": null"#,
            r#""group": "wheel""#,
            r#""group": "docker""#,
            r#""hosts": ["tcp://127.0.0.1:2375", "fd://"]"#,
            r#""hosts": ["tcp://localhost:2375"]"#,
            r#""log-driver": "local""#,
            r#""log-driver": "loki""#,
            r#""log-opts": {"tag": "${x}", "max-size": "10m"}"#,
            r#""storage-driver": "overlay2""#,
            r#""storage-driver": "fuse-overlayfs""#,
            r#""live-restore": false"#,
            r#""default-address-pools": [{"base": "10.0.0.0/8", "size": 24}, {"size": 20, "base": "fd00::/48"}]"#,
            r#""runtimes": {"my.runtime": {"path": "/bin/x", "runtimeArgs": ["--a", "''", "\\n\"$"]}}"#,
            r#""firewall-backend": "nftables""#,
            r#""mtu": -1450"#,
        ],
        7,
    );
    let mut keys: Vec<&str> = Vec::new();
    let members = members.into_iter().filter(|it| {
        let key = it.split(':').next().unwrap_or_default();
        let is_new = !keys.contains(&key);
        keys.push(key);
        is_new
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

/// The module that a printed text stands for.
fn as_module(target: &str, text: &str) -> String {
    match target {
        "nix-settings" => {
            let head = if text.contains("lib.") { "{ lib, ... }: " } else { "" };
            format!("{head}{{ virtualisation.docker.enable = true; virtualisation.docker.daemon.settings = {text}; }}")
        }
        // The role turns Docker on.
        "flying-circus" => format!("{{ imports = [ ({text}) {{ virtualisation.docker.enable = true; }} ]; }}"),
        _ => text.to_owned(),
    }
}

/// What is printed for a target is read back here to what the module system makes of it there.
#[test]
fn what_is_printed_is_read_as_nix_evaluates_it() {
    let nixpkgs = nixpkgs();
    if nixpkgs.is_none() {
        println!("SKIPPED: no nixpkgs was found (NIXPKGS), so what is printed was held against itself only");
    }
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for target in ["nixos-module", "nix-settings", "nixos-rootless", "flying-circus"] {
        let mut cases = Vec::new();
        for _ in 0..250 {
            let text = daemon_json(&mut dice);
            let mut request = Request { dialect: &DAEMON_JSON, ..Request::of(&*text) };
            let (release, state_version) = (dice.one_of(RELEASES), dice.one_of(RELEASES));
            request.host.nixos.release = Release::read(release).expect("a release");
            request.host.nixos.state_version = Release::read(state_version).expect("a release");
            let module = as_module(target, &printed(&request, target).text);
            cases.push(Case { release, state_version, module, is_rootless: target == "nixos-rootless" });
        }
        match &nixpkgs {
            Some(nixpkgs) => assert_agreed(target, &cases, nixpkgs),
            None => cases.iter().for_each(|it| assert!(ours(it).is_some(), "{}", it.module)),
        }
    }
}

/// Settings that need no other option are the same through a module and as they are.
#[test]
fn a_printed_module_writes_what_the_settings_write() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let mut count = 0;
    for _ in 0..300 {
        let text = daemon_json(&mut dice);
        if ["group", "hosts", "null", "log-opts"].iter().any(|it| text.contains(it)) {
            continue;
        }
        count += 1;
        let request = Request { dialect: &DAEMON_JSON, ..Request::of(&*text) };
        let direct: Json = serde_json::from_str(&printed(&request, "nixos-effective").text).expect("JSON");
        let module = printed(&request, "nixos-module").text;
        let case = Case { release: "26.05", state_version: "26.05", module, is_rootless: false };
        assert_eq!(ours(&case), Some(direct), "{text}\n{}", case.module);
    }
    assert!(count > 50, "only {count}");
}
