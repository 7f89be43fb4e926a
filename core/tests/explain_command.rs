//! `drydock explain` as a person runs it.

mod terminal;

use std::process::Output;

use terminal::drydock;

fn explain(arguments: &[&str], input: &str) -> Output {
    drydock(&[&["explain"], arguments].concat(), input)
}

#[test]
fn explains_the_lines_it_knows() {
    let known =
        "level=info msg=\"Starting up\"\nthe following directives don't match any configuration option: log-dirver\n";
    for (arguments, input, status, printed, said) in [
        (&[][..], known, 0, "<stdin>:2: The daemon does not know log-dirver.", ""),
        (&["-"], known, 0, "Did you mean `log-driver`?", ""),
        (&["-"], known, 0, "= rules: unknown-key, ", ""),
        (&[], "level=info msg=\"Starting up\"\n", 1, "", "no line is a message"),
        (&["no-such-file"], "", 2, "", "cannot read no-such-file"),
        (&["--strict"], "", 2, "", "explain does not take --strict"),
        (&["--frob"], "", 2, "", "invalid option"),
    ] {
        let output = explain(arguments, input);
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stderr}");
        assert!(stdout.contains(printed), "{arguments:?}: {stdout}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}
