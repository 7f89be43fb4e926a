//! `drydock guide`, run as a person runs it.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program is run")]

mod terminal;

use std::{fs, path::PathBuf};

use serde_json::Value as Json;
use terminal::drydock;

/// What is said, what went wrong, and how it ended.
fn ran(arguments: &str, input: &str) -> (String, String, Option<i32>) {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let output = drydock(&arguments, input);
    let text = |it| String::from_utf8(it).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn guides_are_listed() {
    let (said, _, code) = ran("guide", "");
    assert_eq!(code, Some(0));
    for it in ["drydock guide storage: Storage driver\n", "drydock guide access: Access to Docker\n"] {
        assert!(said.contains(it), "{said}");
    }
    let (_, wrong, code) = ran("guide frob", "");
    assert_eq!((&*wrong, code), ("drydock: guide is storage or access, not \"frob\"\n", Some(2)));
}

#[test]
fn choices_are_options() {
    for (arguments, first, code) in [
        ("guide storage", "Docker 29 goes on with the data of overlay2: nothing has to be set.", 0),
        (
            "guide storage --driver devicemapper --to 24.11",
            "Docker 25 and later cannot read data of devicemapper at all. Move to overlay2",
            1,
        ),
        // Which release is meant hangs on the system, wherever that stands.
        (
            "guide storage --from 23.05 --to 23.11 --driver=devicemapper --platform flying-circus",
            "Docker 24 refuses to start on data of devicemapper until the driver is named.",
            0,
        ),
        (
            "guide storage --to 24 --driver devicemapper --platform other",
            "Docker 24 refuses to start on data of devicemapper until the driver is named.",
            0,
        ),
        (
            "guide storage --engine-to 24 --driver devicemapper --platform other",
            "Docker 24 refuses to start on data of devicemapper until the driver is named.",
            0,
        ),
        (
            "guide access --way group --users bob",
            "Whoever is in the group `docker` is as good as root on this machine, and is",
            0,
        ),
        ("guide access --way shell", "A shell brings the commands, starts no daemon, and gives no right to one.", 0),
    ] {
        let (said, wrong, ended) = ran(arguments, "");
        assert_eq!((said.lines().next(), ended), (Some(first), Some(code)), "{arguments}: {wrong}");
        assert_eq!(wrong, "", "{arguments}");
    }
}

#[test]
fn what_is_not_known_is_told_with_what_is() {
    for (arguments, expected) in [
        ("guide storage --platform hurd", "--platform is nixos, flying-circus, other, not \"hurd\""),
        (
            "guide storage --wanted aufs",
            "--wanted is stay, overlay2, fuse-overlayfs, btrfs, zfs, vfs, containerd, not \"aufs\"",
        ),
        ("guide storage --from 29", "--from is 26.05, 25.11, 25.05, 24.11, 24.05, 23.11, 23.05, not \"29\""),
        ("guide storage --platform other --to 24.05", "--to is 29, 28, 27, 26, 25, 24, 23, 20.10, not \"24.05\""),
        (
            "guide access --way carrier-pigeon",
            "--way is shell, context, podman, rootless, ssh, group, tls, not \"carrier-pigeon\"",
        ),
        ("guide storage --format xml", "--format is human or json, not \"xml\""),
        (
            "guide storage --info no/such/file.txt --platform",
            "missing argument for option '--platform'; see drydock --help",
        ),
        ("guide storage --engine 29", "guide storage does not take --engine: it says how settings are read"),
        ("guide storage --frob", "invalid option '--frob'; see drydock --help"),
        ("guide storage words", "unexpected argument \"words\"; see drydock --help"),
    ] {
        let (said, wrong, code) = ran(arguments, "");
        assert!(wrong.starts_with(&format!("drydock: {expected}")), "{arguments}: {wrong}");
        assert_eq!((&*said, code), ("", Some(2)), "{arguments}");
    }
}

#[test]
fn what_does_not_matter_is_named() {
    let (_, wrong, code) = ran("guide storage --driver devicemapper --rootless yes --to 23.11", "");
    assert_eq!((&*wrong, code), ("drydock: --rootless \"yes\" does not matter here\n", Some(0)));
    let (_, wrong, _) = ran("guide access --way shell --users bob", "");
    assert_eq!(wrong, "drydock: --users \"bob\" does not matter here\n");
}

#[test]
fn what_docker_info_says_comes_in_as_a_file_or_by_itself() {
    let info =
        "Server:\n Server Version: 24.0.9\n Storage Driver: devicemapper\n Operating System: Debian GNU/Linux 12\n";
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guide-info");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("info.txt");
    fs::write(&file, info).expect("a file");
    for (value, input) in [("-", info), (file.to_str().expect("a path"), "")] {
        let (said, wrong, code) = ran(&format!("guide storage --info {value} --to 25"), input);
        assert!(said.starts_with("Docker 25 and later cannot read data of devicemapper at all."), "{said}{wrong}");
        assert!(said.contains("/etc/docker/daemon.json:\n") && !said.contains("nixos"), "{said}");
        assert_eq!((&*wrong, code), ("", Some(1)));
    }
}

#[test]
fn an_answer_is_json_as_well() {
    for arguments in
        ["guide storage --driver vfs --wanted overlay2 --format json", "guide access --way tls --format json"]
    {
        let (said, wrong, code) = ran(arguments, "");
        let answer: Json = serde_json::from_str(&said).expect(&wrong);
        assert_eq!((&answer["severity"], code), (&Json::from("warning"), Some(0)), "{arguments}");
        assert!(answer["sentence"].as_str().is_some_and(|it| it.ends_with('.')));
        let blocks = answer["blocks"].as_array().expect("blocks");
        for kind in ["heading", "lines", "steps", "file"] {
            assert!(blocks.iter().any(|it| it.get(kind).is_some()), "{arguments}: {kind}");
        }
        assert!(blocks.iter().all(|it| it.as_object().is_some_and(|it| it.len() == 1)));
    }
    let (said, _, _) = ran("guide storage --driver vfs --wanted overlay2 --format json", "");
    let answer: Json = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&answer["chosen"]["driver"], &answer["chosen"]["file-system"]), (&"vfs".into(), &"ext4".into()));
}

#[test]
fn prose_fits_a_terminal() {
    for arguments in [
        "guide storage --driver devicemapper",
        "guide storage --platform flying-circus --driver devicemapper --wanted overlay2",
        "guide storage --platform other --wanted containerd",
        "guide access --way rootless --rootful yes --platform debian",
        "guide access --way tls",
        "guide access --way podman",
    ] {
        let (said, _, _) = ran(arguments, "");
        for line in said.lines().filter(|it| it.chars().count() > 80) {
            // Commands stay as they are to be copied, and so do words that are longer.
            assert!(line.starts_with("      ") || !line.trim().contains(' '), "{arguments}: {line}");
        }
        assert!(said.contains("\n 1. ") && !said.contains("\n\n\n"), "{said}");
    }
}

#[test]
fn answers_read_so() {
    for (name, arguments) in [
        ("flying_circus", "guide storage --platform flying-circus --driver devicemapper --wanted overlay2"),
        ("nixos_upgrade", "guide storage --driver devicemapper"),
        ("image_store", "guide storage --platform other --from 28 --wanted containerd"),
        ("stay", "guide storage --platform other --driver vfs --rootless yes"),
        ("group", "guide access --users alice,Bob"),
        ("rootless", "guide access --way rootless --rootful yes --low-ports yes"),
        ("rootless_debian", "guide access --way rootless --platform debian"),
        ("podman", "guide access --way podman"),
        ("shell", "guide access --way shell"),
        ("ssh", "guide access --way ssh --platform fedora"),
        ("tls", "guide access --way tls --release 25.11"),
        ("context", "guide access --way context"),
    ] {
        let (said, _, _) = ran(arguments, "");
        // The ways are the same in every answer.
        let said = match said.split_once("The ways, from") {
            Some((before, after)) if name != "group" => {
                format!("{before}…{}", after.split_once("is never a way.\n").map_or("", |it| it.1))
            }
            _ => said,
        };
        insta::assert_snapshot!(format!("guide_{name}"), format!("$ drydock {arguments}\n\n{said}"));
    }
}
