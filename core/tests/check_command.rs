//! `drydock check` as a person runs it.

mod terminal;

use terminal::drydock;

#[test]
fn what_was_not_read_is_never_fine() {
    let long = format!("{{}}{}", "\n".repeat(::drydock::MAX_TEXT));
    for (input, status, verdict) in [
        ("{}", 0, "The daemon starts with this configuration."),
        (&*long, 2, "A text of more than 1 MiB is not checked here."),
    ] {
        let output = drydock(&["check", "-"], input);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert_eq!(said.lines().last(), Some(verdict), "{said}");
    }
}

#[test]
fn what_is_no_daemon_json_is_called_by_its_name_by_every_command() {
    let compose = "services:\n  web:\n    image: nginx\n";
    for (arguments, input, status, said) in [
        (&["check", "-"][..], compose, 1, "This is a Compose file, not a daemon.json"),
        (&["print", "--to", "nix", "-"], compose, 1, "This is a Compose file, not a daemon.json"),
        (&["propose", "-"], compose, 1, "This is a Compose file, not a daemon.json"),
        (&["networks", "-"], compose, 1, "This is a Compose file, not a daemon.json"),
        (&["check", "-"], "\u{89}PNG\0", 2, "<stdin> is a binary file, not a text"),
    ] {
        let output = drydock(arguments, input);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let printed = printed + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?} {printed}");
        assert!(printed.contains(said), "{arguments:?} {printed}");
    }
}

#[test]
fn says_what_collides_when_it_is_told_what_to_keep_clear_of() {
    let text = r#"{"default-address-pools": [{"base": "10.20.0.0/16", "size": 24}]}"#;
    for (options, status, said) in [
        (&["--clear-of", "10.20.4.0/24"][..], 0, "warning[networks]: Network 4 is 10.20.4.0/24"),
        (&["--clear-of", "10.20.4.0/24", "--strict"], 1, "Collides when you create more than 3 networks."),
        (&["--clear-of", "192.168.7.0/24"], 0, "The daemon starts with this configuration."),
        (&["--clear-of", "192.168.7.0/24"], 0, "Never collides with the network you gave."),
        (&["--format", "json", "--clear-of", "10.20.4.0/24"], 0, "\"id\": \"networks\""),
    ] {
        let output = drydock(&[&["check"], options, &["-"]].concat(), text);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(said), "{options:?} {printed}");
        assert_eq!(output.status.code(), Some(status), "{options:?} {printed}");
    }
}
