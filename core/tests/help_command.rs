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
    ] {
        let output = drydock(arguments, "");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(said.contains("Usage:"), "{arguments:?}: {said}");
    }
    // Behind two dashes everything is a file.
    let output = drydock(&["check", "--", "--help"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot read --help"));
}
