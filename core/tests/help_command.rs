//! `drydock --help`, wherever people put it.

mod terminal;

use terminal::drydock;

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
    assert!(about.contains("drydock networks --scenario") && about.contains("--reserve"), "{about}");
    assert!(!about.contains("drydock explain"), "{about}");
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
