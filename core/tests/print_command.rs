//! `drydock print` as a person runs it.

mod terminal;

use terminal::drydock;

#[test]
fn prints_what_it_read_and_says_what_to_know() {
    for (arguments, input, status, printed, said) in [
        (&["print", "--to", "json", "-"][..], r#"{"dns":["1.1.1.1"]}"#, 0, "{\n  \"dns\": [\"1.1.1.1\"]\n}\n", ""),
        (
            &["print", "--to", "json", "--sort", "-"],
            r#"{"ipv6":true,"debug":true}"#,
            0,
            "{\n  \"debug\": true,\n  \"ipv6\": true\n}\n",
            "",
        ),
        (
            &["print", "--to", "nix", "-"],
            "{}",
            0,
            "{ ... }:\n{\n  virtualisation.docker.enable = true;\n}\n",
            "hint: NixOS sends container logs",
        ),
        (
            &["print", "--to", "nix-settings", "-"],
            r#"{"debgu":true}"#,
            1,
            "{\n  debgu = true;\n}\n",
            "The daemon refuses this file",
        ),
        (
            &["print", "--to", "nix", "-"],
            r#"{"mtu":9223372036854775808}"#,
            1,
            "",
            "There is no Nix for this configuration",
        ),
        (
            &["print", "--to", "docker-run", "-"],
            "docker run --fooo nginx:1.27",
            1,
            "docker run \\\n  --detach \\\n  --name nginx \\\n  nginx:1.27\n",
            ":1: error: Docker has no flag `--fooo`",
        ),
        (&["print", "-"], "{}", 2, "", "--to what?"),
        (&["print", "--to", "yaml", "-"], "{}", 2, "", "not \"yaml\""),
    ] {
        let output = drydock(arguments, input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stderr}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), printed, "{arguments:?}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}
