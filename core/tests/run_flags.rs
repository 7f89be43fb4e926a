//! Every flag of `docker run` and `podman run` has a row, and no row has no flag.

use std::collections::BTreeSet;

use drydock::{
    containers::flags::{self as kept, Takes},
    run::flags::{self, Cli, Known, Means},
};

const DOCKER: &str = include_str!("run/docker-run-flags.txt");
const PODMAN: &str = include_str!("run/podman-run-flags.txt");

/// Name, letter and declared type of each flag in a list.
fn listed(list: &'static str) -> impl Iterator<Item = (&'static str, Option<char>, &'static str)> {
    list.lines().filter(|it| !it.starts_with('#')).map(|line| {
        let mut words = line.split(' ');
        let mut next = || words.next().expect(line);
        let (name, letter, of) = (next(), next(), next());
        (name, letter.chars().next().filter(|it| *it != '-'), of)
    })
}

/// What a flag of a declared type takes, by pflag and docker/cli's `opts`.
fn takes(of: &str) -> Takes {
    match of {
        "Bool" => Takes::Switch,
        "ListOpts" | "MapOpts" | "WeightdeviceOpt" | "ThrottledeviceOpt" | "GpuOpts" | "UlimitOpt" | "MountOpt"
        | "NetworkOpt" | "StringSlice" | "StringArray" | "UintSlice" => Takes::Many,
        _ => Takes::One,
    }
}

#[test]
fn every_flag_has_a_row() {
    for (list, cli) in [(DOCKER, Cli::Docker), (PODMAN, Cli::Podman)] {
        for (name, letter, of) in listed(list) {
            let known = flags::find(name).unwrap_or_else(|| panic!("--{name} has no row"));
            assert!(known.is_of(cli), "{} has --{name}", cli.name());
            assert_eq!(known.takes, takes(of), "--{name} {of}");
            if let Some(letter) = letter {
                assert_eq!(flags::of_letter(letter), Some(name));
            }
        }
    }
}

#[test]
fn every_row_has_a_flag() {
    let (docker, podman): (BTreeSet<&str>, BTreeSet<&str>) =
        (listed(DOCKER).map(|it| it.0).collect(), listed(PODMAN).map(|it| it.0).collect());
    let mut seen = BTreeSet::new();
    for name in flags::names() {
        let Known { docker: in_docker, podman: in_podman, .. } = flags::find(name).expect(name);
        assert_eq!(in_docker, docker.contains(name), "docker --{name}");
        assert_eq!(in_podman, podman.contains(name), "podman --{name}");
        assert!(seen.insert(name), "--{name} has two rows");
    }
}

#[test]
fn rows_are_in_order_and_say_what_they_are() {
    assert!(kept::FLAGS.is_sorted_by(|a, b| a.name < b.name));
    for flag in kept::FLAGS {
        assert!(
            flag.summary.ends_with('.') && !flag.source.is_empty() && (flag.docker || flag.podman),
            "{}",
            flag.name
        );
    }
    for name in flags::names() {
        if let Means::Nothing(why) = flags::find(name).expect(name).means {
            assert!(why.ends_with('.'), "{name}");
        }
    }
}

#[test]
fn names_that_were_likely_meant_are_found() {
    for (written, right) in [
        ("publsh", Some("publish")),
        ("volumes", Some("volume")),
        ("restrat", Some("restart")),
        ("cap_add", Some("cap-add")),
        ("envfile", Some("env-file")),
        ("colour", None),
    ] {
        assert_eq!(flags::nearest(written, Cli::Docker), right, "{written}");
    }
}
