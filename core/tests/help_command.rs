//! `drydock --help`, wherever people put it.

mod terminal;

use drydock::{Engine, choices, daemon::print::TARGETS, link::State};
use terminal::drydock;

/// The commands that read settings, and the others.
const COMMANDS: &[&str] = &[
    "check",
    "print",
    "networks",
    "propose",
    "explain",
    "guide storage",
    "guide access",
    "guide",
    "link encode",
    "link decode",
    "hash",
    "reference",
    "help",
    "version",
];

/// What is to know of a command.
fn about(command: &str) -> String {
    let words: Vec<&str> = ["help"].into_iter().chain(command.split_whitespace()).collect();
    String::from_utf8(drydock(&words, "").stdout).expect("text")
}

/// The options that a help lists, as they are typed, each with what stands for its value.
fn options(help: &str) -> Vec<(&str, &str)> {
    let lines = help.lines().filter_map(|it| it.strip_prefix("  ")).filter(|it| it.starts_with('-'));
    lines
        .map(|line| {
            let usage = line.split("  ").next().unwrap_or_default();
            let mut words = usage.split(' ');
            let (name, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            (name, if value.chars().all(|it| !it.is_lowercase()) || value.contains('|') { value } else { "" })
        })
        .collect()
}

#[test]
fn every_command_takes_what_its_help_lists_and_refuses_the_rest_by_name() {
    let all = about("");
    let all = options(&all);
    assert!(all.len() > 20, "{all:?}");
    for command in COMMANDS {
        let about = about(command);
        let own = options(&about);
        for (name, value) in &all {
            let value = match *value {
                "" => None,
                "v1|v2" => Some("v2"),
                "human|json" => Some("json"),
                "TARGET" => Some("nix"),
                "N" => Some("5"),
                "VERSION" => Some("28"),
                "RELEASE" => Some("25.11"),
                value if value.starts_with("CIDR") => Some("10.99.0.0/16"),
                "FILE" => Some("-"),
                _ => Some("word"),
            };
            let words = command.split(' ').chain([*name]).chain(value);
            let output = drydock(&words.collect::<Vec<_>>(), "");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            match own.iter().any(|it| it.0 == *name) {
                true => assert!(!said.contains("does not take"), "{command} {name}: {said}"),
                false => {
                    let why = format!("drydock: {command} does not take {name}: it says ");
                    assert!(said.starts_with(&why) && said.contains("; drydock "), "{command} {name}: {said}");
                    assert_eq!(output.status.code(), Some(2), "{command} {name}");
                }
            }
        }
    }
}

#[test]
fn the_help_of_a_command_fits_on_a_screen() {
    for command in COMMANDS {
        let about = about(command);
        assert!(about.lines().count() <= 30, "{command}: {}\n{about}", about.lines().count());
        for line in about.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
        let behind: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        assert_eq!(String::from_utf8_lossy(&drydock(&behind, "").stdout), about, "{command}");
    }
}

#[test]
fn the_help_tells_what_is_usual() {
    let all = about("");
    let usual = State::default();
    for choice in [&choices::ENGINE, &choices::NIXOS, &choices::STATE_VERSION, &choices::CGROUP] {
        let line = all.lines().find(|it| it.contains(&format!("--{} ", choice.id))).expect(choice.id);
        assert!(line.ends_with(&format!("[default: {}]", choice.value(&usual))), "{line}");
    }
    assert!(all.contains(&Engine::LATEST.to_string()));
    for target in TARGETS {
        assert!(all.contains(target.id) && about("print").contains(target.id), "{}", target.id);
    }
}

#[test]
fn help_is_given_wherever_it_is_asked_for() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["check", "--help"],
        &["print", "--to", "nix", "-h"],
        &["link", "encode", "--help"],
        &["frob", "--help"],
        &["help"],
        &["help", "networks"],
    ] {
        let output = drydock(arguments, "");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(said.contains("Usage:"), "{arguments:?}: {said}");
    }
    let about = String::from_utf8(drydock(&["help", "networks"], "").stdout).expect("text");
    assert!(about.contains("--scenario") && about.contains("--reserve"), "{about}");
    assert!(!about.contains("drydock explain") && !about.contains("--readable"), "{about}");
    let unknown = drydock(&["help", "frob"], "");
    assert_eq!(unknown.status.code(), Some(2));
    // Behind two dashes everything is a file.
    let output = drydock(&["check", "--", "--help"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot read --help"));
}

#[test]
fn the_version_is_a_command_and_an_option() {
    for argument in ["version", "--version", "-V"] {
        let output = drydock(&[argument], "");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{argument}");
        assert!(said.starts_with("drydock "), "{argument}: {said}");
    }
}
