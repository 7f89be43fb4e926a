//! What guides answer, held against those who read it: Nix, a shell, and the rules for the daemon's settings.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "real programs are asked")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use drydock::{
    Engine, Request, analyze,
    bench::{Block, Choice, Chosen, Input, Line, Step},
    docker::host::Release,
    guide::{self, Answer, GUIDES, Guide, access, storage},
    rule::diagnostic::Severity::{self, Error, Warning},
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// A folder that no other test has.
fn temporary(what: &str) -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let at = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("guides-{what}-{}-{at}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

// ── what is looked at in an answer ──

fn chosen(choices: &[(&'static Choice, &str)]) -> Chosen {
    choices.iter().fold(Chosen::default(), |all, (choice, value)| {
        assert!(choice.takes(value), "{} {value}", choice.id);
        all.with(choice, value)
    })
}

fn stores(choices: &[(&'static Choice, &str)]) -> Answer {
    (storage::GUIDE.answer)(&chosen(choices))
}

fn lets_in(choices: &[(&'static Choice, &str)]) -> Answer {
    (access::GUIDE.answer)(&chosen(choices))
}

fn asked(guide: &Guide, chosen: &Chosen) -> Vec<&'static str> {
    (guide.asks)(chosen).into_iter().map(|it| it.id).collect()
}

fn files(answer: &Answer) -> Vec<(&str, &str)> {
    let files = answer.blocks.iter().filter_map(|it| match it {
        Block::File(file) => Some((file.name.as_str(), file.text.as_str())),
        _ => None,
    });
    files.collect()
}

fn steps(answer: &Answer) -> Vec<&Step> {
    let steps = answer.blocks.iter().filter_map(|it| match it {
        Block::Steps(steps) => Some(steps),
        _ => None,
    });
    steps.flatten().collect()
}

fn typed(answer: &Answer) -> Vec<&str> {
    steps(answer).into_iter().flat_map(|it| &it.lines).map(String::as_str).collect()
}

fn lines(answer: &Answer) -> Vec<&Line> {
    let lines = answer.blocks.iter().filter_map(|it| match it {
        Block::Lines(lines) => Some(lines),
        _ => None,
    });
    lines.flatten().collect()
}

/// Everything that is said.
fn said(answer: &Answer) -> String {
    let mut said = vec![answer.sentence.clone()];
    for block in &answer.blocks {
        match block {
            Block::Lead(text) | Block::Heading(text) => said.push(text.clone()),
            Block::Lines(lines) => said.extend(lines.iter().map(|it| format!("{} {}: {}", it.word, it.what, it.how))),
            Block::Steps(steps) => {
                said.extend(
                    steps.iter().map(|it| format!("{}\n{}\n{}", it.title, it.explanation, it.lines.join("\n"))),
                );
            }
            Block::File(file) => said.push(format!("{}\n{}", file.name, file.text)),
            Block::Map(_) | Block::Graph(_) => panic!("a guide draws no picture"),
        }
    }
    said.join("\n")
}

#[track_caller]
fn assert_says(answer: &Answer, all: &[&str]) {
    let said = said(answer);
    for it in all {
        assert!(said.contains(it), "{it}\n── is not in ──\n{said}");
    }
}

#[track_caller]
fn assert_silent(answer: &Answer, all: &[&str]) {
    let said = said(answer);
    for it in all {
        assert!(!said.contains(it), "{it}\n── is in ──\n{said}");
    }
}

// ── every combination ──

/// Every case that a guide tells apart: of each choice that is asked for, every value.
fn walk(guide: &Guide, chosen: &Chosen, done: &mut Vec<&'static str>, visit: &mut impl FnMut(&Chosen)) {
    let next = (guide.asks)(chosen).into_iter().find(|it| !done.contains(&it.id));
    let Some(choice) = next else { return visit(chosen) };
    done.push(choice.id);
    match choice.input {
        Input::OneOf(offers) => {
            let mut engines = BTreeSet::new();
            for (value, _) in offers() {
                // Of what runs now, Engines with the same drivers are one case.
                let release = Release::read(&value);
                let engine: Option<Engine> = match choice.id {
                    "nixos-from" => release.and_then(Release::ships).map(|it| it.engine),
                    "fc-from" => release.and_then(Release::ships_on_flying_circus).map(|it| it.engine),
                    "engine-from" => value.parse().ok(),
                    _ => None,
                };
                if engine.is_some_and(|it| !engines.insert(if (25..29).contains(&it.major) { 25 } else { it.major })) {
                    continue;
                }
                walk(guide, &chosen.with(choice, &value), done, visit);
            }
        }
        // What is typed has tests of its own.
        Input::Text(_) | Input::Lines(_) => walk(guide, chosen, done, visit),
    }
    done.pop();
}

/// What all cases come to, each once, with the choices of one that it came from.
#[derive(Default)]
struct All {
    cases: usize,
    nix: BTreeMap<String, String>,
    json: BTreeMap<(String, Engine, bool), String>,
    typed: BTreeSet<String>,
}

fn told(chosen: &Chosen) -> String {
    chosen.unusual().map(|(id, value)| format!("{id}={value} ")).collect()
}

/// The Engine that is to run.
fn engine(guide: &Guide, chosen: &Chosen) -> Engine {
    let nixos = |choice| Release::read(&chosen.value(choice)).expect("a release");
    let shipped = match (guide.listing.id, &*chosen.value(&storage::PLATFORM)) {
        ("storage", "nixos") => nixos(&storage::NIXOS_TO).ships(),
        ("storage", "flying-circus") => nixos(&storage::FLYING_CIRCUS_TO).ships_on_flying_circus(),
        ("storage", _) => return chosen.value(&storage::ENGINE_TO).parse().expect("an Engine"),
        _ => None,
    };
    shipped.map(|it| it.engine).unwrap_or_default()
}

fn all() -> All {
    let mut all = All::default();
    for guide in GUIDES {
        walk(guide, &Chosen::default(), &mut Vec::new(), &mut |chosen| {
            all.cases += 1;
            let answer = (guide.answer)(chosen);
            let told = told(chosen);
            assert!(answer.sentence.ends_with('.'), "{told}: {}", answer.sentence);
            assert!(answer.sentence.len() > 20 && !answer.sentence.contains("  "), "{told}: {}", answer.sentence);
            for block in &answer.blocks {
                match block {
                    Block::Lead(text) | Block::Heading(text) => assert!(!text.trim().is_empty(), "{told}"),
                    Block::Lines(lines) => assert!(!lines.is_empty(), "{told}"),
                    Block::Steps(steps) => assert!(!steps.is_empty(), "{told}"),
                    Block::File(file) => assert!(!file.text.is_empty() && file.name.starts_with(['/', '~']), "{told}"),
                    Block::Map(_) | Block::Graph(_) => panic!("{told}: a picture"),
                }
            }
            for step in steps(&answer) {
                assert!(!step.title.is_empty() && !step.title.ends_with('.'), "{told}: {step:?}");
                assert!(!step.explanation.is_empty() || !step.lines.is_empty(), "{told}: {step:?}");
                assert!(step.explanation.is_empty() || step.explanation.ends_with(['.', '`', ':']), "{told}: {step:?}");
                assert!(step.lines.iter().all(|it| !it.trim().is_empty()), "{told}: {step:?}");
                all.typed.extend(step.lines.iter().cloned());
            }
            for line in lines(&answer) {
                assert!(!line.what.is_empty() || !line.how.is_empty(), "{told}: {line:?}");
                assert!(line.how.is_empty() || line.how.ends_with(['.', '`']), "{told}: {line:?}");
            }
            for (name, text) in files(&answer) {
                if name.ends_with(".nix") {
                    all.nix.entry(text.to_owned()).or_insert(told.clone());
                }
                if name.ends_with(".json") {
                    let key = (text.to_owned(), engine(guide, chosen), name.starts_with('~'));
                    all.json.entry(key).or_insert(told.clone());
                }
            }
        });
    }
    all
}

#[test]
fn every_combination_has_an_answer_that_others_can_read() {
    let all = all();
    assert!(all.cases > 10_000 && all.nix.len() > 30 && all.json.len() > 30, "{} cases", all.cases);
    for (text, told) in &all.nix {
        let formatted = nixfmt_rs::format(text).unwrap_or_else(|it| panic!("{told}: {it:?}\n{text}"));
        assert!(*text == formatted, "{told}\n{text}\n── nixfmt ──\n{formatted}");
    }
    for ((text, engine, is_rootless), told) in &all.json {
        let _: Json = serde_json::from_str(text).unwrap_or_else(|it| panic!("{told}: {it}\n{text}"));
        assert_no_error(text, *engine, *is_rootless, told);
    }
    assert_evaluates(&all.nix.iter().map(|(text, told)| (text.as_str(), told.as_str())).collect::<Vec<_>>());
    assert_shell(all.typed.iter().map(String::as_str));
}

/// The rules for the daemon's settings find no error.
#[track_caller]
fn assert_no_error(text: &str, engine: Engine, is_rootless: bool, told: &str) {
    let mut request = Request { engine, dialect: &drydock::daemon::dialect::DAEMON_JSON, ..Request::of(text) };
    request.host.rootless = is_rootless;
    let errors = analyze(&request).diagnostics.into_iter().filter(|it| it.severity == Error);
    let errors: Vec<String> = errors.map(|it| it.message).collect();
    assert_eq!(errors, [""; 0], "{told} on {engine}:\n{text}");
}

/// Modules parse, and set options of NixOS to values of their types. Returns what they come to.
fn assert_evaluates(modules: &[(&str, &str)]) -> Option<Vec<Json>> {
    let folder = temporary("nix");
    let check = format!("{}/tests/guides/options.nix", env!("CARGO_MANIFEST_DIR"));
    let mut expression = format!("let check = import {check}; in [\n");
    for (at, (text, _)) in modules.iter().enumerate() {
        let file = folder.join(format!("{at}.nix"));
        fs::write(&file, text).expect("a file");
        expression += &format!("(check {})\n", file.display());
    }
    expression += "]\n";
    let file = folder.join("all.nix");
    fs::write(&file, expression).expect("a file");
    let output =
        Command::new("nix-instantiate").args(["--eval", "--strict", "--json", "--show-trace"]).arg(&file).output();
    let evaluated = match output {
        Ok(output) => {
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{stderr}\n{modules:#?}");
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to evaluate what is written");
            None
        }
    };
    fs::remove_dir_all(&folder).expect("to remove it");
    evaluated
}

/// A shell takes every line apart, and so does shlex.
fn assert_shell<'a>(lines: impl IntoIterator<Item = &'a str>) {
    for line in lines {
        assert!(shlex::split(line).is_some_and(|it| !it.is_empty()), "{line}");
        assert!(!line.contains(['\n', '\r']), "{line:?}");
        match Command::new("sh").args(["-n", "-c", line]).output() {
            Ok(output) => assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => println!("SKIPPED: there is no shell"),
        }
    }
}

#[test]
fn what_nix_comes_to_is_what_the_daemon_takes() {
    let mut modules = Vec::new();
    walk(&storage::GUIDE, &Chosen::default(), &mut Vec::new(), &mut |chosen| {
        if chosen.value(&storage::PLATFORM) == "other" || chosen.value(&storage::NIXOS_FROM) != "23.11" {
            return;
        }
        let engine = engine(&storage::GUIDE, chosen);
        for (_, text) in files(&(storage::GUIDE.answer)(chosen)) {
            let row = (text.to_owned(), engine);
            if !modules.contains(&row) {
                modules.push(row);
            }
        }
    });
    let rows: Vec<(&str, &str)> = modules.iter().map(|it| (it.0.as_str(), "")).collect();
    let Some(evaluated) = assert_evaluates(&rows) else { return };
    for ((text, engine), value) in modules.iter().zip(evaluated) {
        let docker = &value["virtualisation"]["docker"];
        let is_rootless = docker["rootless"].is_object();
        let mut settings = if is_rootless { &docker["rootless"] } else { docker }["daemon"]["settings"].clone();
        if let Some(driver) = docker["storageDriver"].as_str() {
            settings = match settings {
                Json::Object(mut it) => {
                    it.insert("storage-driver".to_owned(), driver.into());
                    Json::Object(it)
                }
                _ => json!({ "storage-driver": driver }),
            };
        }
        assert!(settings.is_object(), "{text}");
        assert_no_error(&settings.to_string(), *engine, is_rootless, text);
    }
}

#[test]
fn guides_are_found_by_name_and_address() {
    for guide in GUIDES {
        let listing = guide.listing;
        assert_eq!(guide::find(listing.id), Some(listing));
        let mut seen = BTreeSet::new();
        for choice in listing.choices {
            assert!(seen.insert(choice.id), "{} twice", choice.id);
            assert!(choice.takes(&(choice.usual)()), "{}", choice.id);
            assert!(choice.about.starts_with(char::is_lowercase) && !choice.about.ends_with('.'), "{}", choice.about);
        }
        let asked = (guide.asks)(&Chosen::default());
        assert!(asked.iter().all(|it| listing.choice(it.id).is_some()));
    }
    assert_eq!(guide::GUIDES.len(), guide::LISTINGS.len());
    let choices = chosen(&[(&storage::INFO, "Storage Driver: aufs\n"), (&storage::WANTED, "overlay2")]);
    let fragment = storage::LISTING.fragment(&choices);
    assert_eq!(guide::of(&format!("https://example.org/#{fragment}")), Some((&storage::LISTING, choices)));
}

// ── storage: what is asked ──

#[test]
fn what_no_longer_matters_is_not_asked() {
    use storage::{DRIVER, GUIDE, INFO, PLATFORM, WANTED};
    for (choices, expected) in [
        (&[][..], &["info", "platform", "nixos-from", "nixos-to", "driver", "wanted", "rootless"][..]),
        (
            &[(&PLATFORM, "flying-circus"), (&DRIVER, "devicemapper")],
            &["info", "platform", "fc-from", "fc-to", "driver", "wanted", "file-system"],
        ),
        (
            &[(&PLATFORM, "other"), (&WANTED, "btrfs")],
            &["info", "platform", "engine-from", "engine-to", "driver", "wanted", "file-system", "rootless"],
        ),
        // Copying everything works everywhere.
        (&[(&WANTED, "vfs")], &["info", "platform", "nixos-from", "nixos-to", "driver", "wanted", "rootless"]),
        (&[(&INFO, UBUNTU)], &["info", "engine-to", "wanted"]),
    ] {
        assert_eq!(asked(&GUIDE, &chosen(choices)), expected, "{choices:?}");
    }
}

// ── storage: pastes ──

const UBUNTU: &str = "\
Client: Docker Engine - Community
 Version:    28.1.1
 Context:    default
 Debug Mode: false

Server:
 Containers: 3
 Images: 7
 Server Version: 26.1.3
 Storage Driver: overlay2
  Backing Filesystem: extfs
  Supports d_type: true
  Using metacopy: false
  Native Overlay Diff: true
  userxattr: false
 Logging Driver: json-file
 Cgroup Driver: systemd
 Plugins:
  Volume: local
  Network: bridge host ipvlan macvlan null overlay
 Swarm: inactive
 Security Options:
  apparmor
  seccomp
   Profile: builtin
  cgroupns
 Kernel Version: 6.8.0-60-generic
 Operating System: Ubuntu 24.04.2 LTS
 OSType: linux
 Name: web1
 Docker Root Dir: /var/lib/docker
 Debug Mode: false
";

/// What was read, as the answer says it.
fn read(paste: &str) -> Vec<(String, String)> {
    let answer = stores(&[(&storage::INFO, paste), (&storage::PLATFORM, "other")]);
    let known = lines(&answer).into_iter().filter(|it| it.how == "As pasted.");
    known.map(|it| (it.word.clone(), it.what.clone())).collect()
}

/// Public reports and documents, shortened: moby/moby#22936 and #32878, docker/docs (btrfs, zfs, `docker info`),
/// dev-sec/cis-docker-benchmark, rootless-containers; Server Version as distributions write it.
#[test]
fn what_docker_info_says_is_read() {
    for (paste, expected) in [
        (
            UBUNTU,
            &[
                ("Engine", "26.1.3"),
                ("driver", "overlay2"),
                ("file system", "ext4"),
                ("data root", "/var/lib/docker"),
                ("system", "Ubuntu 24.04.2 LTS"),
            ][..],
        ),
        // The line alone, and what else grep finds.
        ("Storage Driver: devicemapper", &[("driver", "devicemapper")]),
        (
            " Storage Driver: devicemapper\nWARNING: the devicemapper storage-driver is deprecated, and will be removed in a future release.\n",
            &[("driver", "devicemapper")],
        ),
        // The file system is that of the thin volume, and tells nothing of the data root's.
        (
            "Server Version: 20.10.7\nStorage Driver: devicemapper\n Pool Name: docker-thinpool\n Backing Filesystem: xfs\n Library Version: 1.02.149-RHEL7 (2018-07-20)\nDocker Root Dir: /srv/docker\n",
            &[("Engine", "20.10.7"), ("driver", "devicemapper"), ("data root", "/srv/docker")],
        ),
        (
            "Server:\n Server Version: 20.10.16\n Storage Driver: btrfs\n  Build Version: Btrfs v5.16.2\n  Library Version: 102\n Operating System: Fedora Linux 36\n",
            &[("Engine", "20.10.16"), ("driver", "btrfs"), ("file system", "btrfs"), ("system", "Fedora Linux 36")],
        ),
        (
            "Server:\n Server Version: 24.0.5\n Storage Driver: zfs\n  Zpool: rpool\n  Zpool Health: ONLINE\n  Parent Dataset: rpool/var/lib/docker\n  Compression: lz4\n",
            &[("Engine", "24.0.5"), ("driver", "zfs"), ("file system", "zfs")],
        ),
        (
            "Server:\n Server Version: 29.5.2\n Storage Driver: overlayfs\n  driver-type: io.containerd.snapshotter.v1\n Docker Root Dir: /var/lib/docker\n",
            &[("Engine", "29.5.2"), ("driver", "containerd"), ("data root", "/var/lib/docker")],
        ),
        // A snapshotter with the name of a driver of the Engine.
        (
            "Server:\n Server Version: 28.3.3\n Storage Driver: btrfs\n  driver-type: io.containerd.snapshotter.v1\n",
            &[("Engine", "28.3.3"), ("driver", "containerd")],
        ),
        (
            "Server Version: 20.10.5+dfsg1\nStorage Driver: aufs\n Root Dir: /var/lib/docker/aufs\n Backing Filesystem: extfs\n Dirs: 30\n Dirperm1 Supported: true\n",
            &[("Engine", "20.10.5"), ("driver", "aufs"), ("file system", "ext4")],
        ),
        (
            "Server Version: 20.10.21-1.fc37\nStorage Driver: overlay\n Backing Filesystem: xfs\n Supports d_type: false\n",
            &[("Engine", "20.10.21"), ("driver", "overlay"), ("file system", "xfs-without-ftype")],
        ),
        (
            "Server:\n Server Version: 24.0.7\n Storage Driver: fuse-overlayfs\n Security Options:\n  seccomp\n   Profile: builtin\n  rootless\n  cgroupns\n Operating System: Arch Linux\n Docker Root Dir: /home/alice/.local/share/docker\n",
            &[
                ("Engine", "24.0.7"),
                ("driver", "fuse-overlayfs"),
                ("data root", "/home/alice/.local/share/docker"),
                ("system", "Arch Linux"),
                ("rootless", "yes"),
            ],
        ),
        (
            " Server Version: 27.5.1\n Storage Driver: vfs\n Operating System: NixOS 25.05 (Warbler)\n",
            &[("Engine", "27.5.1"), ("driver", "vfs"), ("system", "NixOS 25.05 (Warbler)")],
        ),
        // Younger than what is known here.
        (" Server Version: 29.99.0-1\n Storage Driver: overlay2\n", &[("Engine", "29.7.2"), ("driver", "overlay2")]),
        // docker info --format json
        (
            r#"{"ID":"a","Containers":3,"Driver":"overlay2","DriverStatus":[["Backing Filesystem","xfs"],["Supports d_type","true"]],"ServerVersion":"25.0.3","DockerRootDir":"/data/docker","OperatingSystem":"Debian GNU/Linux 12 (bookworm)","SecurityOptions":["name=seccomp,profile=builtin","name=cgroupns"],"ClientInfo":{"Version":"25.0.3"}}"#,
            &[
                ("Engine", "25.0.3"),
                ("driver", "overlay2"),
                ("file system", "xfs"),
                ("data root", "/data/docker"),
                ("system", "Debian GNU/Linux 12 (bookworm)"),
            ],
        ),
        (
            "WARNING: No swap limit support\n{\"Driver\":\"overlayfs\",\"DriverStatus\":[[\"driver-type\",\"io.containerd.snapshotter.v1\"]],\"ServerVersion\":\"29.0.1\",\"SecurityOptions\":[\"name=rootless\"]}\n",
            &[("Engine", "29.0.1"), ("driver", "containerd"), ("rootless", "yes")],
        ),
        // What dockerd said.
        (
            "Nov 30 10:11:12 host dockerd[1]: failed to start daemon: error initializing graphdriver: prior storage driver devicemapper is deprecated and will be removed in a future release; update the the daemon configuration and explicitly choose this storage driver to continue using it",
            &[("driver", "devicemapper")],
        ),
        (
            "level=error msg=\"[graphdriver] ERROR: the aufs storage-driver has been deprecated and removed; visit https://docs.docker.com/go/storage-driver/\"",
            &[("driver", "aufs")],
        ),
        ("level=info msg=\"[graphdriver] using prior storage driver: overlay2\"", &[("driver", "overlay2")]),
        (
            "overlay2: the backing xfs filesystem is formatted without d_type support, which leads to incorrect behavior.",
            &[("file system", "xfs-without-ftype")],
        ),
    ] {
        let expected: Vec<(String, String)> = expected.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        assert_eq!(read(paste), expected, "{paste}");
    }
}

#[test]
fn what_a_paste_says_counts_and_what_it_does_not_is_told() {
    let several = "failed to start daemon: error initializing graphdriver: /var/lib/docker contains several valid graphdrivers: overlay2, devicemapper; cleanup or explicitly choose storage driver (-s <DRIVER>)";
    let answer = stores(&[(&storage::INFO, several), (&storage::NIXOS_TO, "23.11")]);
    assert_says(&answer, &["several overlay2, devicemapper: Data of several drivers is there"]);
    assert_eq!(
        answer.sentence,
        "Docker 24 refuses to start on data of `overlay2` and `devicemapper` until one of them is named."
    );
    // From 25 on, one of them is no driver any more.
    let answer = stores(&[(&storage::INFO, several), (&storage::NIXOS_TO, "26.05")]);
    assert_says(&answer, &["minded overlay2: Docker 29 does not look for data of the others."]);
    // Which one counts is asked.
    assert!(asked(&storage::GUIDE, &chosen(&[(&storage::INFO, several)])).contains(&"driver"));

    for (paste, word, what) in [
        ("Server Version: 19.03.15\nStorage Driver: aufs", "Engine", "19.03.15"),
        ("Storage Driver: windowsfilter", "driver", "windowsfilter"),
        ("Storage Driver: $(reboot)`\u{202E}x", "driver", "$(reboot)��x"),
        ("host:\n  os: linux\nstore:\n  graphDriverName: overlay\n", "Podman", "graphDriverName"),
        (r#"{"host":{},"store":{"graphDriverName":"overlay"}}"#, "Podman", "graphDriverName"),
        ("nothing of the kind", "paste", ""),
        ("Operating System: NixOS 24.11 (Vicuna)", "system", "NixOS"),
    ] {
        let answer = stores(&[(&storage::INFO, paste), (&storage::PLATFORM, "other")]);
        let lines = lines(&answer);
        let is_told = lines.iter().any(|it| it.word == word && it.what == what && it.severity.is_some());
        assert!(is_told, "{paste}: {lines:#?}");
    }
}

#[test]
fn the_data_root_of_a_paste_can_do_no_harm() {
    for (root, line) in [
        ("/srv/docker", Some("df -h /srv/docker")),
        ("/srv/my docker", Some("df -h '/srv/my docker'")),
        ("/srv/$(reboot)", Some("df -h '/srv/$(reboot)'")),
        ("/srv/a\u{3}", None),
        ("/srv/\u{202E}x", None),
        ("srv; reboot", Some("df -h /var/lib/docker")),
    ] {
        let paste = format!("Storage Driver: aufs\nDocker Root Dir: {root}\n");
        for platform in ["nixos", "flying-circus", "other"] {
            let answer =
                stores(&[(&storage::INFO, &paste), (&storage::PLATFORM, platform), (&storage::WANTED, "overlay2")]);
            let typed = typed(&answer);
            assert_eq!(
                typed.iter().find(|it| it.starts_with("df -h /") || it.starts_with("df -h '")).copied(),
                line,
                "{root}"
            );
            assert_shell(typed);
        }
    }
    // A shell within a shell.
    let paste = r#"{"Driver":"overlay2","DockerRootDir":"/srv/$(reboot) 'x'","SecurityOptions":["name=rootless"]}"#;
    let answer = stores(&[(&storage::INFO, paste), (&storage::WANTED, "vfs")]);
    let outer = typed(&answer).into_iter().find(|it| it.contains("rootlesskit du")).expect("a line");
    let outer = shlex::split(outer).expect("words");
    assert!(outer.iter().take(4).eq(["nix-shell", "-p", "rootlesskit", "--run"]), "{outer:?}");
    let inner = shlex::split(&outer[4]).expect("words");
    assert_eq!(inner, ["rootlesskit", "du", "-xsh", "/srv/$(reboot) 'x'"]);
    let echoed = Command::new("sh")
        .args(["-c", &format!("printf %s {}", outer[4].replacen("rootlesskit du -xsh ", "", 1))])
        .output();
    if let Ok(output) = echoed {
        assert_eq!(String::from_utf8_lossy(&output.stdout), "/srv/$(reboot) 'x'");
    }
    let paste = r#"{"Driver":"overlay2","DockerRootDir":"/srv/a\nreboot","SecurityOptions":["name=rootless"]}"#;
    for platform in ["nixos", "other"] {
        assert_shell(typed(&stores(&[
            (&storage::INFO, paste),
            (&storage::PLATFORM, platform),
            (&storage::WANTED, "vfs"),
        ])));
    }
}

// ── storage: what an upgrade does ──

#[test]
fn the_verdict_hangs_on_engine_and_driver() {
    for (driver, from, to, wanted, severity, sentence) in [
        ("overlay2", "24", "29", "stay", None, "Docker 29 goes on with the data of overlay2: nothing has to be set."),
        (
            "devicemapper",
            "20.10",
            "20.10",
            "stay",
            Some(Warning),
            "Docker 20.10 goes on with devicemapper, and warns: Docker 25 no longer has it.",
        ),
        (
            "devicemapper",
            "20.10",
            "24",
            "stay",
            Some(Warning),
            "Docker 24 refuses to start on data of devicemapper until the driver is named.",
        ),
        (
            "devicemapper",
            "24",
            "25",
            "stay",
            Some(Error),
            "Docker 25 and later cannot read data of devicemapper at all. Move to overlay2 before the upgrade.",
        ),
        (
            "aufs",
            "20.10",
            "29",
            "stay",
            Some(Error),
            "Docker 24 and later cannot read data of aufs at all. Move to overlay2 before the upgrade.",
        ),
        (
            "aufs",
            "26",
            "29",
            "stay",
            Some(Error),
            "Docker 24 and later cannot read data of aufs at all. Save the images with the old Engine, and begin anew with overlay2.",
        ),
        (
            "vfs",
            "24",
            "29",
            "stay",
            Some(Warning),
            "Docker 29 starts without what vfs keeps, unless the settings name it.",
        ),
        (
            "containerd",
            "28",
            "29",
            "stay",
            Some(Severity::Hint),
            "Docker 29 goes on with the containerd image store, unless data of another driver is there: name it to be sure.",
        ),
        (
            "containerd",
            "24",
            "23",
            "overlay2",
            Some(Error),
            "Docker 23 has no containerd image store: what it keeps is out of sight there. Move to overlay2 before the upgrade.",
        ),
        (
            "overlay2",
            "28",
            "29",
            "containerd",
            Some(Warning),
            "Images and containers do not come along from overlay2 to the containerd image store: they are made anew. Volumes stay.",
        ),
        ("overlay2", "20.10", "23", "containerd", Some(Error), "Docker 23 has no containerd image store."),
        ("overlay2", "24", "24", "btrfs", Some(Error), "btrfs does not work on ext4 here: It works on btrfs only."),
    ] {
        let answer = stores(&[
            (&storage::PLATFORM, "other"),
            (&storage::DRIVER, driver),
            (&storage::ENGINE_FROM, from),
            (&storage::ENGINE_TO, to),
            (&storage::WANTED, wanted),
        ]);
        assert_eq!((answer.severity, &*answer.sentence), (severity, sentence), "{driver} {from} {to} {wanted}");
    }
}

#[test]
fn file_systems_decide_what_can_be_moved_to() {
    for (wanted, on, severity, words) in [
        ("overlay2", "ext4", Warning, "works overlay2 on ext4"),
        ("overlay2", "btrfs", Warning, "works overlay2 on btrfs"),
        ("overlay2", "zfs", Warning, "OpenZFS 2.2"),
        ("overlay2", "xfs-without-ftype", Error, "formatted without d_type support"),
        ("containerd", "xfs-without-ftype", Error, "mkfs.xfs -n ftype=1"),
        ("zfs", "ext4", Error, "prerequisites for driver not satisfied (wrong filesystem?)"),
        ("btrfs", "btrfs", Warning, "works btrfs on btrfs"),
    ] {
        let answer = stores(&[
            (&storage::PLATFORM, "other"),
            (&storage::DRIVER, "fuse-overlayfs"),
            (&storage::WANTED, wanted),
            (&storage::FILE_SYSTEM, on),
        ]);
        assert_eq!(answer.severity, Some(severity), "{wanted} {on}");
        assert_says(&answer, &[words]);
    }
    // Where overlay2 cannot be, what is best is something else.
    let answer = stores(&[
        (&storage::PLATFORM, "other"),
        (&storage::DRIVER, "devicemapper"),
        (&storage::ENGINE_TO, "25"),
        (&storage::FILE_SYSTEM, "xfs-without-ftype"),
    ]);
    assert_says(&answer, &["Move to fuse-overlayfs before the upgrade"]);
}

#[test]
fn steps_come_in_the_order_in_which_nothing_is_lost() {
    let answer =
        stores(&[(&storage::DRIVER, "devicemapper"), (&storage::NIXOS_FROM, "23.11"), (&storage::NIXOS_TO, "26.05")]);
    let titles: Vec<&str> = steps(&answer).iter().map(|it| it.title.as_str()).collect();
    let at = |title: &str| titles.iter().position(|it| *it == title).unwrap_or_else(|| panic!("{title} in {titles:?}"));
    let order = [
        "See what there is",
        "Save the images that no registry has",
        "Stop the containers",
        "Remove what is not needed again",
        "Name the driver",
        "Switch to it",
        "See that it took",
        "Make the containers anew",
        "Upgrade to NixOS 26.05",
        "Free the room",
    ];
    assert!(order.windows(2).all(|it| at(it[0]) < at(it[1])), "{titles:?}");
    for word in ["Before", "Downtime", "Afterwards"] {
        assert!(answer.blocks.contains(&Block::Heading(word.to_owned())), "{word}");
    }
    assert_says(&answer, &["nixos-rebuild switch", "docker builder prune", "docker image save", "nixos-26.05"]);
    // What stays goes on in its place: nothing is removed.
    let answer = stores(&[(&storage::DRIVER, "overlay2")]);
    assert_silent(&answer, &["docker rmi", "rm -r"]);
    // What is an experiment before the upgrade is moved to after it.
    let answer =
        stores(&[(&storage::PLATFORM, "other"), (&storage::ENGINE_FROM, "28"), (&storage::WANTED, "containerd")]);
    let titles: Vec<&str> = steps(&answer).iter().map(|it| it.title.as_str()).collect();
    let at = |title: &str| titles.iter().position(|it| *it == title).unwrap_or_else(|| panic!("{title} in {titles:?}"));
    assert!(at("Upgrade to Docker 29") < at("Name the driver"), "{titles:?}");
    // Nothing is upgraded where the Engine stays.
    let answer = stores(&[(&storage::NIXOS_FROM, "26.05"), (&storage::WANTED, "btrfs")]);
    assert!(steps(&answer).iter().all(|it| !it.title.starts_with("Upgrade")));
    assert_says(&stores(&[(&storage::NIXOS_TO, "25.11")]), &["virtualisation.docker.package = pkgs.docker_29"]);
    assert_says(&stores(&[(&storage::INFO, "Operating System: Docker Desktop")]), &["Docker Desktop manages"]);
    // The image store of another Linux may lie elsewhere.
    let answer = stores(&[(&storage::PLATFORM, "other"), (&storage::WANTED, "containerd")]);
    assert_says(&answer, &["df -h /var/lib/containerd", "containerd-migration", "\"containerd-snapshotter\": true"]);
}

#[test]
fn a_rootless_daemon_needs_no_root() {
    for (platform, wanted) in [("nixos", "vfs"), ("other", "vfs"), ("nixos", "fuse-overlayfs"), ("other", "containerd")]
    {
        let answer = stores(&[(&storage::PLATFORM, platform), (&storage::WANTED, wanted), (&storage::ROOTLESS, "yes")]);
        for it in typed(&answer) {
            let is_of_root = it.starts_with("sudo") && !it.contains("nixos-rebuild") && !it.contains("nix-channel");
            assert!(!is_of_root && !it.contains("/var/lib/docker") && !it.contains("/etc/docker"), "{it}");
        }
        assert_silent(&answer, &["virtualisation.docker.storageDriver"]);
        assert_says(&answer, &["systemctl --user restart docker"]);
    }
}

/// What the documentation of Flying Circus says of storage drivers, and where it errs.
#[test]
fn the_storage_chapter_of_flying_circus() {
    use storage::{DRIVER, FLYING_CIRCUS_FROM, FLYING_CIRCUS_TO, INFO, PLATFORM, WANTED};
    let fc = |to: &'static str, wanted: &'static str| {
        stores(&[
            (&PLATFORM, "flying-circus"),
            (&DRIVER, "devicemapper"),
            (&FLYING_CIRCUS_FROM, "23.05"),
            (&FLYING_CIRCUS_TO, to),
            (&WANTED, wanted),
        ])
    };
    // "On 23.11, docker refuses to start if it detects devicemapper and is not explicitly configured to use it."
    let stay = fc("23.11", "stay");
    assert_eq!(stay.sentence, "Docker 24 refuses to start on data of devicemapper until the driver is named.");
    assert_says(
        &stay,
        &["prior storage driver devicemapper is deprecated", "sudo fc-manage switch", "sudo fc-manage -b"],
    );
    // "Add custom NixOS config like": the same file, and the option that NixOS has for it.
    let seed =
        "{ ... }:\n{\n  virtualisation.docker.daemon.settings = {\n    storage-driver = \"devicemapper\";\n  };\n}\n";
    let idiomatic = "{ ... }:\n{\n  virtualisation.docker.storageDriver = \"devicemapper\";\n}\n";
    for text in [seed, idiomatic] {
        assert!(files(&stay).contains(&("/etc/local/nixos/docker.nix", text)), "{:#?}", files(&stay));
    }
    // "All service users can interact with Docker", "We recommend using the bridged networking option".
    assert_says(&stay, &["every service user", "The network `host`, once advised there, no longer is."]);
    // "Changing the storage driver will render existing containers and images inaccessible. Volumes are not affected."
    let moved = fc("24.11", "overlay2");
    assert_says(&moved, &["Images and containers do not come along", "Volumes stay.", "kept volumes", "lost images"]);
    assert!(files(&moved).iter().any(|it| it.1 == seed.replace("devicemapper", "overlay2")));
    // "clean up unneeded images and containers before switching, using docker rmi and docker rm": before the switch.
    let typed = typed(&moved);
    let at = |part: &str| typed.iter().position(|it| it.contains(part)).unwrap_or_else(|| panic!("{part}: {typed:#?}"));
    assert!(at("docker rmi") < at("fc-manage switch") && at("docker rm") < at("fc-manage switch"));
    // "You can remove the config after a successful migration": not while the old directory is there.
    let keep = steps(&moved).into_iter().find(|it| it.title.starts_with("Keep the setting")).expect("a step").clone();
    assert_eq!(keep.title, "Keep the setting");
    assert!(keep.explanation.contains("contains several valid graphdrivers: overlay2, devicemapper"), "{keep:?}");
    // From Docker 25 on, there is nothing that the daemon would mind.
    let later = stores(&[(&DRIVER, "aufs"), (&WANTED, "overlay2")]);
    assert!(steps(&later).iter().any(|it| it.title == "Keep the setting, or remove it"));
    // "It will be removed in a future version of Docker": it was, in 25.
    assert_says(
        &stores(&[(&DRIVER, "devicemapper")]),
        &["Docker 25 and later cannot read data of devicemapper at all."],
    );
    // "docker info | grep Storage"
    let pasted = chosen(&[(&PLATFORM, "flying-circus"), (&INFO, " Storage Driver: devicemapper")]);
    assert!(!asked(&storage::GUIDE, &pasted).contains(&"driver"));
}

// ── access ──

#[test]
fn access_asks_for_what_matters() {
    use access::{GUIDE, PLATFORM, WAY};
    for (choices, expected) in [
        (&[][..], &["way", "platform", "users", "release"][..]),
        (&[(&WAY, "group"), (&PLATFORM, "flying-circus")], &["way", "platform", "networks"]),
        (&[(&WAY, "rootless")], &["way", "platform", "users", "release", "rootful", "low-ports"]),
        (&[(&WAY, "rootless"), (&PLATFORM, "debian")], &["way", "platform", "users", "rootful", "low-ports"]),
        (&[(&WAY, "shell")], &["way", "platform"]),
        (&[(&WAY, "context")], &["way", "host"]),
        (&[(&WAY, "ssh"), (&PLATFORM, "arch")], &["way", "platform", "users", "host"]),
        (&[(&WAY, "tls")], &["way", "platform", "release", "host"]),
    ] {
        assert_eq!(asked(&GUIDE, &chosen(choices)), expected, "{choices:?}");
    }
}

#[test]
fn ways_are_ranked_and_the_chosen_one_is_marked() {
    let Input::OneOf(ways) = access::WAY.input else { panic!("ways are offered") };
    for (way, title) in ways() {
        let answer = lets_in(&[(&access::WAY, &way)]);
        let lines = lines(&answer);
        let marked: Vec<&str> = lines.iter().filter(|it| it.word == "chosen").map(|it| it.what.as_str()).collect();
        assert_eq!(marked, [title]);
        let ranked: Vec<Option<Severity>> = lines
            .iter()
            .filter(|it| matches!(&*it.word, "chosen" | "instead" | "never"))
            .map(|it| it.severity)
            .collect();
        assert_eq!(ranked.len(), ways().len() + 1);
        assert_eq!(ranked.last(), Some(&Some(Error)));
        assert!(ranked.windows(2).all(|it| it[0].is_none() || it[1].is_some()), "{ranked:?}");
    }
}

#[test]
fn names_of_users_are_escaped_or_left_out() {
    let hostile =
        "alice, Weird Name, a';reboot;', ${x}, \"q\", $(id), `id`, -rf, a:b, ../etc, 0, b\u{202E}c, x\\, '';y";
    for (way, platform) in [
        ("group", "nixos"),
        ("group", "debian"),
        ("rootless", "nixos"),
        ("rootless", "arch"),
        ("podman", "nixos"),
        ("podman", "fedora"),
        ("ssh", "nixos"),
        ("ssh", "other"),
    ] {
        let answer = lets_in(&[(&access::WAY, way), (&access::PLATFORM, platform), (&access::USERS, hostile)]);
        assert_shell(typed(&answer));
        for line in typed(&answer) {
            let words = shlex::split(line).expect("words");
            if words.iter().any(|it| it == "usermod" || it == "enable-linger") {
                let name = words.last().expect("a name");
                let is_whole = hostile.split(", ").any(|it| it == name);
                assert!(is_whole && !name.starts_with('-') && !name.contains(':'), "{line}");
            }
        }
        let left_out: Vec<&str> =
            lines(&answer).into_iter().filter(|it| it.word == "left out").map(|it| &*it.what).collect();
        assert_eq!(left_out, ["-rf", "a:b", "../etc", "0", "b\u{FFFD}c"], "{way} {platform}");
        let modules: Vec<(&str, &str)> =
            files(&answer).into_iter().filter(|it| it.0.ends_with(".nix")).map(|it| (it.1, it.0)).collect();
        let Some(evaluated) = assert_evaluates(&modules) else { continue };
        let users: BTreeSet<String> = evaluated
            .iter()
            .filter_map(|it| it["users"]["users"].as_object())
            .flat_map(|it| it.keys().cloned())
            .collect();
        if !modules.is_empty() {
            let expected = ["alice", "Weird Name", "a';reboot;'", "${x}", "\"q\"", "$(id)", "`id`", "x\\", "'';y"]
                .map(str::to_owned);
            assert_eq!(users, BTreeSet::from(expected), "{way}");
        }
    }
}

#[test]
fn hosts_are_escaped_or_replaced() {
    for (host, expected, is_told) in [
        ("build.example.org", "build.example.org", false),
        ("10.0.0.7", "10.0.0.7", false),
        ("fd00::7", "[fd00::7]", false),
        ("-oProxyCommand=reboot", "server.example.org", true),
        ("$(reboot)", "server.example.org", true),
        ("a b", "server.example.org", true),
        ("", "server.example.org", true),
    ] {
        for way in ["ssh", "tls", "context"] {
            let answer = lets_in(&[(&access::WAY, way), (&access::HOST, host)]);
            assert_shell(typed(&answer));
            let create =
                typed(&answer).into_iter().find(|it| it.starts_with("docker context create remote")).expect("a line");
            assert!(create.contains(expected), "{create}");
            assert_eq!(lines(&answer).iter().any(|it| it.what == "host"), is_told, "{host}");
            assert!(!said(&answer).contains("reboot"));
        }
    }
    let tls = lets_in(&[(&access::WAY, "tls"), (&access::HOST, "10.0.0.7")]);
    assert_says(&tls, &["subjectAltName=IP:10.0.0.7", "extendedKeyUsage=clientAuth", "tcp://10.0.0.7:2376"]);
    let tls = lets_in(&[(&access::WAY, "tls"), (&access::PLATFORM, "debian")]);
    assert_says(&tls, &["subjectAltName=DNS:server.example.org", "DOCKER_TLS_VERIFY=1", "\"tlsverify\": true"]);
}

#[test]
fn certificates_that_are_made_so_are_good() {
    let folder = temporary("tls");
    let answer = lets_in(&[(&access::WAY, "tls"), (&access::HOST, "build.example.org")]);
    let script = steps(&answer).into_iter().filter(|it| it.title.starts_with("Make ")).flat_map(|it| it.lines.clone());
    // Smaller keys are made sooner.
    let script: Vec<String> = script.map(|it| it.replace("rsa:4096", "rsa:2048")).collect();
    let check = [
        "openssl verify -purpose sslserver -verify_hostname build.example.org -CAfile ca.pem server-cert.pem",
        "openssl verify -purpose sslclient -CAfile ca.pem cert.pem",
    ];
    let script = format!("set -e\nopenssl version || exit 42\n{}\n{}\n", script.join("\n"), check.join("\n"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(&folder).output().expect("a shell");
    match output.status.code() {
        Some(42 | 127) => println!("SKIPPED: there is no openssl"),
        _ => assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr)),
    }
    fs::remove_dir_all(&folder).expect("to remove it");
}

#[test]
fn the_firewall_of_flying_circus_is_told_of_other_networks() {
    use access::{NETWORKS, PLATFORM};
    let answer = lets_in(&[(&PLATFORM, "flying-circus"), (&NETWORKS, "10.201.0.0/16, 172.20.0.0/16 fd00:1::/64, x;y")]);
    let [(name, text)] = files(&answer)[..] else { panic!("{:?}", files(&answer)) };
    assert_eq!(name, "/etc/local/nixos/docker.nix");
    for rule in [
        "iptables -w -A nixos-fw -i br-+ -s 10.201.0.0/16 -j nixos-fw-accept\n",
        "iptables -w -A nixos-fw -i docker+ -s 10.201.0.0/16 -j nixos-fw-accept\n",
        "ip6tables -w -A nixos-fw -i br-+ -s fd00:1::/64 -j nixos-fw-accept\n",
        "iptables -w -D nixos-fw -i br-+ -s 10.201.0.0/16 -j nixos-fw-accept 2>/dev/null || true\n",
    ] {
        assert!(text.contains(rule), "{rule}\n{text}");
    }
    assert!(!text.contains("172.20") && !text.contains("x;y"));
    let words: Vec<(&str, &str)> = lines(&answer).iter().map(|it| (&*it.word, &*it.what)).take(4).collect();
    let expected =
        [("outside", "10.201.0.0/16"), ("let in", "172.20.0.0/16"), ("outside", "fd00:1::/64"), ("left out", "x;y")];
    assert_eq!(words, expected);
    assert_evaluates(&[(text, name)]);
    // Without such networks there is nothing to write.
    assert_eq!(files(&lets_in(&[(&PLATFORM, "flying-circus")])), []);
}

#[test]
fn releases_that_refuse_their_docker_get_another() {
    for way in ["group", "rootless", "tls"] {
        let answer = lets_in(&[(&access::WAY, way), (&access::RELEASE, "25.11")]);
        assert_says(&answer, &["package = pkgs.docker_29;", "{ pkgs, ... }:"]);
        assert_silent(&lets_in(&[(&access::WAY, way)]), &["docker_29"]);
    }
}

/// What the article and the wiki say of access, and where they err.
#[test]
fn what_the_article_and_the_wiki_say_of_access() {
    use access::{LOW_PORTS, PLATFORM, ROOTFUL, USERS, WAY};
    // "users.users.<username>.extraGroups = [ "docker" ];"; the wiki: "effectively equivalent to being root".
    let group = lets_in(&[(&USERS, "alice")]);
    assert_eq!(
        files(&group),
        [(
            "/etc/nixos/docker-access.nix",
            "{ ... }:\n{\n  virtualisation.docker.enable = true;\n  users.users.alice.extraGroups = [ \"docker\" ];\n}\n"
        )]
    );
    assert_eq!(group.severity, Some(Warning));
    assert_says(&group, &["as good as root on this machine, and is asked for no password", "Log in again"]);
    // "rootless = { enable = true; setSocketVariable = true; };", beside `enable = true`: that is two kinds of daemon.
    let both = lets_in(&[(&WAY, "rootless"), (&ROOTFUL, "yes")]);
    assert_says(
        &both,
        &["the daemon of root runs beside it", "rootless = {", "setSocketVariable = true;", "DOCKER_HOST"],
    );
    let alone = lets_in(&[(&WAY, "rootless")]);
    let [(_, text)] = files(&alone)[..] else { panic!("a file") };
    assert!(!text.contains("docker.enable"), "{text}");
    // "correctly set": on new logins, and over nothing that is set.
    assert_says(
        &alone,
        &["`setSocketVariable` acts on new login shells only", "linger = true;", "rootless.daemon.settings"],
    );
    assert_says(&alone, &["cannot expose privileged port 80"]);
    let low = lets_in(&[(&WAY, "rootless"), (&LOW_PORTS, "yes")]);
    assert_says(&low, &["\"net.ipv4.ip_unprivileged_port_start\" = 80;"]);
    let low = lets_in(&[(&WAY, "rootless"), (&LOW_PORTS, "yes"), (&PLATFORM, "debian")]);
    assert_says(&low, &["net.ipv4.ip_unprivileged_port_start=80", "setcap cap_net_bind_service=ep", "uidmap"]);
    // "nix-shell only provides the CLI": the package has the daemon, too, and starts none.
    let shell = lets_in(&[(&WAY, "shell")]);
    assert_says(
        &shell,
        &[
            "nix-shell -p docker-client",
            "nix shell nixpkgs#docker-client",
            "nix run nixpkgs#docker-client -- ps",
            "has dockerd, containerd and runc as well as the client",
            "starts none",
        ],
    );
    // "Alternatively you can use podman."
    let podman = lets_in(&[(&WAY, "podman")]);
    assert_says(&podman, &["dockerCompat = true;", "dockerSocket.enable = true;", "as good as root"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_panics(
        paste in "(Storage Driver|Server Version|Docker Root Dir|Backing Filesystem|Security Options|\\{\"Driver\"|[ -~é\\n]){0,6}[: \\[{\",-~\\n]{0,30}",
        users in "[ -~é\u{202E},]{0,60}",
        host in "[ -~é:]{0,30}",
        networks in "[0-9a-f./:, x]{0,40}",
    ) {
        let storage = chosen(&[(&storage::INFO, &paste), (&storage::WANTED, "overlay2"), (&storage::DRIVER, "aufs")]);
        prop_assert!(!(storage::GUIDE.answer)(&storage).sentence.is_empty());
        for way in ["group", "rootless", "ssh", "tls"] {
            let access = chosen(&[
                (&access::WAY, way),
                (&access::USERS, &users),
                (&access::HOST, &host),
                (&access::NETWORKS, &networks),
                (&access::PLATFORM, "debian"),
            ]);
            let answer = (access::GUIDE.answer)(&access);
            for line in typed(&answer) {
                prop_assert!(shlex::split(line).is_some_and(|it| !it.is_empty()), "{}", line);
            }
        }
    }
}

#[test]
fn long_pastes_take_no_longer_than_they_are() {
    let deep = "{\"Driver\":".repeat(20_000);
    let long = " Storage Driver: overlay2\n".repeat(100_000);
    let names = "a,".repeat(200_000) + &(0..50_000).map(|it| format!("u{it},")).collect::<String>();
    for paste in [&deep, &long] {
        assert!(!stores(&[(&storage::INFO, paste)]).sentence.is_empty());
    }
    assert!(!lets_in(&[(&access::USERS, &names)]).sentence.is_empty());
}
