//! `drydock link` as a person runs it.

mod terminal;

use terminal::drydock;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_goes_into_a_link_comes_out_of_it() {
    let written = "{\"bip\": \"10.1.0.1/24\"} // ours";
    let page = "https://example.com/drydock/";
    for (options, expected) in [
        (&[][..], "{\n  \"bip\": \"10.1.0.1/24\"\n}\n"),
        (&["--readable"], "{\n  \"bip\": \"10.1.0.1/24\"\n}\n"),
        (&["--as-written", "--engine", "28"], written),
    ] {
        let encode = [&["link", "encode", "--base", page], options, &["-"]].concat();
        let link = text(&drydock(&encode, written).stdout);
        assert!(link.starts_with("https://example.com/drydock/#"), "{link}");
        for (decode, input) in [(link.trim(), ""), ("-", link.as_str())] {
            let output = drydock(&["link", "decode", decode], input);
            assert_eq!(output.status.code(), Some(0));
            assert_eq!(text(&output.stdout), expected);
        }
    }
}

#[test]
fn choices_go_with_it() {
    let options = "--engine 26.1.3 --target nix --clear-of 10.8.0.0/24 --clear-of wifionice --view pools --rootless \
        --swarm --cgroup v1 --flag --hosts --nixos 25.11 --state-version 23.05";
    let options: Vec<&str> = options.split_whitespace().collect();
    let encode = [&["link", "encode"], &options[..], &["-"]].concat();
    let link = text(&drydock(&encode, "{}").stdout);
    let output = drydock(&["link", "decode", "--format", "json", link.trim()], "");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = serde_json::json!({
        "text": "{}\n", "engine": "26.1.3", "nixos": "25.11", "state_version": "23.05", "cgroup": "v1",
        "swarm": true, "rootless": true, "flags": ["hosts"], "target": "nixos-module",
        "avoid": "10.8.0.0/24\n", "known": ["wifionice"], "view": "pools"
    });
    assert_eq!(told, expected);
}

#[test]
fn says_what_is_wrong() {
    let whole =
        text(&drydock(&["link", "encode", "--as-written", "-"], "{\"debug\": true, \"bip\": \"10.77.3.1/24\"}").stdout);
    let cut_off = &whole[..whole.len() - 3];
    let long = "a".repeat(1 << 17);
    for (arguments, input, status, printed, said) in [
        (&["link", "decode", cut_off][..], "", 1, "{\"debug\"", "cut off"),
        (&["link", "decode", "v11000a"], "", 1, "", "damaged"),
        (&["link", "decode", "pool=1"], "", 1, "", "not understood"),
        (&["link", "decode", ""], "", 1, "", "This is not a link"),
        (&["link", "decode"], "", 2, "", "which link?"),
        (&["link", "encode"], "", 2, "", "which file?"),
        (&["link", "encode", "-"], &long, 2, "", "too long"),
        (&["link", "encode", "--readable", "-"], "{\"debug\": true}", 2, "", "no readable link"),
        (&["link", "encode", "--clear-of", "/nowhere", "-"], "{}", 2, "", "cannot read /nowhere"),
        (
            &["link", "encode", "-"],
            "{\"a\": \"http://b:c@d\"}",
            0,
            "#v1",
            "<stdin>:1:15: warning: A URL holds a password",
        ),
        (&["link"], "", 2, "", "link encode or link decode?"),
        (&["link", "open"], "", 2, "", "link is encode or decode, not \"open\""),
    ] {
        let output = drydock(arguments, input);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stderr}");
        assert!(text(&output.stdout).starts_with(printed), "{arguments:?}: {}", text(&output.stdout));
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

const COMPOSE: &str = "services:\n  web:\n    image: nginx:${TAG}\n";

#[test]
#[allow(clippy::disallowed_methods, reason = "the program is given a file")]
fn a_text_of_another_bench_goes_into_a_link_of_its_own() {
    let variables = std::env::temp_dir().join(format!("drydock-link-{}.env", std::process::id()));
    std::fs::write(&variables, "TAG=1.29\nB=a b & c\n").expect("to write");
    let env = variables.display().to_string();
    for (options, input, bench, target, unusual) in [
        (&[][..], COMPOSE, "compose", "", &[][..]),
        (&["--as", "compose"], "# later\n", "compose", "", &[]),
        (
            &["--backend", "podman", "--to", "quadlet", "--env-file", &env, "--nixos", "24.05"],
            COMPOSE,
            "compose",
            "quadlet",
            &[("backend", "podman"), ("variables", "TAG=1.29\nB=a b & c\n"), ("nixos", "24.05")],
        ),
        (&["--directory", "/srv/web"], "docker run nginx\r\n", "docker-run", "", &[("directory", "/srv/web")]),
    ] {
        let encode = [&["link", "encode", "--base", "https://example.com/"], options, &["-"]].concat();
        let link = text(&drydock(&encode, input).stdout);
        assert!(link.starts_with("https://example.com/#/"), "{link}");
        let human = drydock(&["link", "decode", link.trim()], "");
        assert_eq!((text(&human.stdout).as_str(), human.status.code()), (input, Some(0)));
        for (id, value) in unusual {
            assert!(text(&human.stderr).contains(&format!("--{id} {value:?}")), "{}", text(&human.stderr));
        }
        let output = drydock(&["link", "decode", "--format", "json", "-"], &link);
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((&told["as"], &told["text"], &told["target"]), (&bench.into(), &input.into(), &target.into()));
        for (id, value) in unusual {
            assert_eq!(told[id], **value, "{told}");
        }
    }
    std::fs::remove_file(variables).expect("to remove");
}

#[test]
fn says_what_is_wrong_with_a_link_to_another_bench() {
    let whole = text(&drydock(&["link", "encode", "-"], COMPOSE).stdout);
    let cut_off = &whole.trim()[..whole.trim().len() - 3];
    for (arguments, input, status, printed, said) in [
        (&["link", "decode", cut_off][..], "", 1, "services:", "cut off"),
        (&["link", "decode", "#/compose/v11000a"], "", 1, "", "damaged"),
        (&["link", "decode", "#/compose"], "", 1, "", "not a link"),
        (
            &["link", "encode", "--view", "pools", "-"],
            COMPOSE,
            2,
            "",
            "--view says what a link to the daemon's settings",
        ),
        (&["link", "encode", "--clear-of", "wifionice", "-"], COMPOSE, 2, "", "and this is Compose"),
        (&["link", "encode", "--to", "daemon-json", "-"], COMPOSE, 2, "", "not as daemon-json"),
        (&["link", "encode", "--to", "quadlet", "-"], "{}", 2, "", "not written as quadlet"),
        (
            &["link", "encode", "-"],
            "docker run -e URL=http://b:c@d nginx",
            0,
            "#/run/v1",
            "<stdin>:1:26: warning: A URL holds a password",
        ),
    ] {
        let output = drydock(arguments, input);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stderr}");
        assert!(text(&output.stdout).starts_with(printed), "{arguments:?}: {}", text(&output.stdout));
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}
