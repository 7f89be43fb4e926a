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
