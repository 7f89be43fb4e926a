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
