//! `drydock networks` as a person runs it.

#![allow(clippy::disallowed_methods, reason = "the program reads a file")]

mod terminal;

use terminal::drydock;

/// `vectors/ipam-engine-29.jsonl` was recorded with the allocator of Engine 29.7.2.
#[test]
fn hands_out_what_engine_29_hands_out() {
    let vectors = include_str!("vectors/ipam-engine-29.jsonl");
    let (bare, answers): (Vec<_>, Vec<_>) = vectors
        .lines()
        .map(|line| {
            let line = line.strip_suffix('}').expect("an object");
            let (scenario, engine) = line.split_once(r#", "engine": "#).expect("an answer");
            (scenario.replacen(r#"{"scenario": "#, "", 1), engine)
        })
        .unzip();
    for input in [vectors, &bare.join("\n")] {
        let output = drydock(&["networks", "--scenario", "-"], input);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(printed.lines().count(), 400);
        for ((printed, expected), line) in printed.lines().zip(&answers).zip(&bare) {
            assert_eq!(&printed, expected, "{line}");
        }
    }
}

#[test]
fn says_which_situation_it_does_not_understand() {
    for (line, said) in [
        ("{", "<stdin>:2: EOF"),
        ("[]", "<stdin>:2: "),
        (r#"{"requests": -1}"#, "<stdin>:2: invalid value: integer `-1`"),
        (r#"{"scenario": {}}"#, "<stdin>:2: missing field `requests`"),
        (r#"{"requests": 1000000000}"#, "more than 1048576 requests"),
        (
            r#"{"pools": [{"base": "10.0.0.0/16", "size": 33}], "requests": 1}"#,
            "no address has 33 bits, as pool 10.0.0.0/16 asks for",
        ),
        (
            r#"{"pools": [{"base": "::ffff:10.0.0.0/104", "size": 120}], "requests": 1}"#,
            "pool ::ffff:10.0.0.0/104 is an IPv4 block in IPv6 notation",
        ),
        (r#"{"reserved": ["10.0.0.0"], "requests": 1}"#, r#""10.0.0.0" is no subnet such as 10.0.0.0/24"#),
    ] {
        let output = drydock(&["networks", "--scenario", "-"], &format!("\n{line}\n"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(stderr.contains(said), "{line}: {stderr}");
    }
}

#[test]
fn answers_in_the_words_of_the_engine() {
    for (line, engine, answer) in [
        (
            r#"{"pools": [{"base": "10.0.0.0/16", "size": 12}], "requests": 1}"#,
            "29",
            r#"{"error": "could not construct local address space: network at index 0 (&{10.0.0.0/16 12}) has a smaller prefix (/16) than the target size of that pool (/12)"}"#,
        ),
        (
            r#"{"pools": [{"base": "10.0.0.0/16", "size": 12}], "requests": 1}"#,
            "26",
            r#"{"error": "invalid pools size: 12"}"#,
        ),
        (
            r#"{"pools": [{"base": "0.0.0.0/0", "size": 0}], "requests": 1}"#,
            "29",
            r#"{"error": "could not construct local address space: network at index 0 (&{0.0.0.0/0 0}) is not in canonical form"}"#,
        ),
        (
            r#"{"static": ["172.17.0.0/24", "172.17.0.0/16", "0.0.0.0/8", "0.0.0.0/16"], "requests": 0}"#,
            "29",
            r#"{"static": ["ok", "invalid pool request: Pool overlaps with other one on this address space", "invalid address pool", "ok"], "allocated": [], "exhausted": false}"#,
        ),
        (
            r#"{"static": ["172.17.0.0/24", "172.17.0.0/16", "0.0.0.0/8"], "requests": 1}"#,
            "26",
            r#"{"static": ["ok", "Pool overlaps with other one on this address space", "ok"], "allocated": ["172.18.0.0/16"], "exhausted": false}"#,
        ),
    ] {
        let output = drydock(&["networks", "--engine", engine, "--scenario", "-"], line);
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), answer, "{line}");
    }
}

#[test]
fn foretells_what_the_next_networks_get() {
    let pools = r#"{"default-address-pools": [{"base": "10.0.0.0/22", "size": 24}], "bip": "10.0.0.1/23"}"#;
    let routes = "\
default via 192.168.1.1 dev wlp3s0 proto dhcp metric 600
10.8.0.0/24 dev tun0 proto kernel scope link src 10.8.0.2
172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
172.18.0.0/16 dev wlp3s0 proto kernel scope link src 172.18.4.23 metric 600
172.20.0.0/16 via 10.8.0.1 dev tun0
";
    for (arguments, input, status, printed, said) in [
        (
            &["--count", "2"][..],
            "",
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  network 1        172.18.0.0/16      65,533 containers
  network 2        172.19.0.0/16      65,533 containers
28 more networks can follow.
",
            "",
        ),
        (
            &["--count", "2", "--reserve", "-"],
            routes,
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  -                172.18.0.0/16      passed over: 172.18.0.0/16 is reserved
  network 1        172.19.0.0/16      65,533 containers
  network 2        172.20.0.0/16      65,533 containers
27 more networks can follow.
",
            "warning: 172.20.0.0/16 collides with 172.20.0.0/16 tun0 (a route through a gateway), which the Engine does \
             not step aside for\n",
        ),
        (
            &["--count", "3", "-"],
            pools,
            1,
            "Engine 29.7.2 with these pools, IPv4:
  docker0          10.0.0.0/23        509 containers
  -                10.0.0.0/24        passed over (2 subnets): 10.0.0.0/23 is in use
  network 1        10.0.2.0/24        253 containers
  network 2        10.0.3.0/24        253 containers
Then the pools are used up.
",
            "error: There is room for 2 of 3 networks\n",
        ),
        (
            &["--count", "1", "-"],
            "{ virtualisation.docker.daemon.settings.bip = \"10.9.0.1/24\"; }",
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          10.9.0.0/24        253 containers
  network 1        172.17.0.0/16      65,533 containers
30 more networks can follow.
",
            "",
        ),
        (
            &["-"],
            "{ config, ... }: { virtualisation.docker.daemon.settings.bip = config.x; }",
            1,
            "",
            "error: Which subnets networks get is not known: the text does not tell `bip`. Write its value into the text to \
             see them.\n",
        ),
        (
            &["--taken", "10.0.2.9", "--engine", "26", "--swarm", "-"],
            pools,
            0,
            "Engine 26.1.5 with these pools, IPv4:
  docker0          10.0.0.0/23        509 containers
  -                10.0.0.0/24        passed over (2 subnets): 10.0.0.0/23 is in use
  -                10.0.2.0/24        passed over: 10.0.2.9/32 is in use
  docker_gwbridge  10.0.3.0/24        253 containers
Then the pools are used up.
The swarm's managers give 10.0.0.0/24 to ingress, and the next ones of 10.0.0.0/8 to overlay networks.
",
            "",
        ),
        (
            &["-6"],
            "",
            0,
            "Engine 29.7.2 with its own pools, IPv6:
  The Engine makes an IPv6 pool from its own id: a /48 below fd00::/8, cut into 65,536 networks of /64.
  Which one cannot be known here; list an IPv6 pool to decide it.
",
            "",
        ),
        (
            &["--count", "1", "--reserve", "10.0.0.0-10.0.0.255", "--strict", "--reserve", "-"],
            "who knows\n",
            1,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  network 1        172.18.0.0/16      65,533 containers
29 more networks can follow.
",
            "warning: <stdin>:1: not understood: ",
        ),
        (
            &["--count", "1", "--rootless", "--reserve", "-"],
            "172.18.0.0/16 dev wlp3s0 proto kernel scope link src 172.18.4.23\n",
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  network 1        172.18.0.0/16      65,533 containers
29 more networks can follow.
",
            "which the Engine does not step aside for\n",
        ),
        (
            &["--count", "1", "--clear-of", "wifionice"],
            "",
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  network 1        172.18.0.0/16      65,533 containers
29 more networks can follow.
",
            "warning: 172.18.0.0/16 collides with 172.18.0.0/16 WIFIonICE (Deutsche Bahn ICE)",
        ),
        (
            &["--count", "1", "--clear-of", "-"],
            "172.18.0.0/16 dev wlp3s0 proto kernel scope link src 172.18.4.23\n",
            0,
            "Engine 29.7.2 with its own pools, IPv4:
  docker0          172.17.0.0/16      65,533 containers
  -                172.18.0.0/16      passed over: 172.18.0.0/16 is reserved
  network 1        172.19.0.0/16      65,533 containers
28 more networks can follow.
",
            "",
        ),
        (
            &["--scenario", "-", "--swarm"],
            "",
            2,
            "",
            "drydock: --swarm does not go with --scenario: a situation says by itself which networks are around",
        ),
        (&["--count", "x"], "", 2, "", "drydock: --count is a whole number, not \"x\""),
        (&["--taken", "10.0.0.0/99"], "", 2, "", "10.0.0.0/99 is not a network: The prefix length of IPv4"),
        (&["--taken", "10.0.0.300/24"], "", 2, "", "go up to 255"),
        (&["--reserve", "10.0.0.0/-1"], "", 2, "", "10.0.0.0/-1 is not a network"),
        (&["--reserve", "no-such-file"], "", 2, "", "drydock: cannot read no-such-file"),
    ] {
        let output = drydock(&[&["networks"], arguments].concat(), input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(String::from_utf8_lossy(&output.stdout), printed, "{arguments:?}");
        match said {
            "" => assert_eq!(stderr, "", "{arguments:?}"),
            said => assert!(stderr.contains(said), "{arguments:?}: {stderr}"),
        }
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
}

#[test]
fn a_flag_that_keeps_the_daemon_from_starting_is_an_error() {
    let output = drydock(&["networks", "--flag", "bip", "-"], r#"{"bip": "10.9.0.1/24"}"#);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("See drydock check."), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
}

#[test]
fn foretells_it_to_programs() {
    let arguments = ["networks", "--format", "json", "--count", "1", "--reserve", "172.17.0.53"];
    let output = drydock(&arguments, "");
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        printed,
        serde_json::json!({
            "steps": [
                {"skipped": "172.17.0.0/16", "count": 1, "by": "172.17.0.53/32", "cause": "reserved"},
                {"subnet": "172.18.0.0/16", "network": "docker0", "over": null},
                {"subnet": "172.19.0.0/16", "network": "1", "over": null},
            ],
            "more_skipped": 0,
            "left": 28,
            "errors": [],
            "warnings": [],
        })
    );
}

/// As in a report of two overlay networks with one subnet, on a node of a swarm.
#[test]
fn a_gateway_bridge_that_exists_is_not_made_again() {
    let pasted = r#"[{"Name": "docker_gwbridge", "Driver": "bridge", "Scope": "local", "IPAM": {"Config": [{"Subnet": "172.18.0.0/16"}]}},
        {"Name": "ingress", "Driver": "overlay", "Scope": "swarm", "Ingress": true, "IPAM": {"Config": [{"Subnet": "10.0.0.0/24"}]}},
        {"Name": "one", "Driver": "overlay", "Scope": "swarm", "IPAM": {"Config": [{"Subnet": "10.0.1.0/24"}]}},
        {"Name": "two", "Driver": "overlay", "Scope": "swarm", "IPAM": {"Config": [{"Subnet": "10.0.1.0/24"}]}}]"#;
    let options = ["networks", "--taken", "-", "--swarm", "--engine", "27.0.2"];
    let output = drydock(&options, pasted);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!printed.contains("docker_gwbridge"), "{printed}");
    assert!(printed.contains("  network 1        172.19.0.0/16"), "{printed}");
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(warned.contains("The networks one and two both have 10.0.1.0/24"), "{warned}");
}

/// The routes of Tailscale are in table 52, where the Engine does not look.
#[test]
fn a_route_of_another_table_is_no_reason_to_step_aside() {
    let pasted = "$ ip route show table 52\n172.18.0.0/16 dev tailscale0\n";
    let output = drydock(&["networks", "--reserve", "-", "--count", "1"], pasted);
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(warned.contains("172.18.0.0/16 collides with 172.18.0.0/16 tailscale0"), "{warned}");
}

/// truenas/middleware#14617, docker/compose#13523
#[test]
fn the_daemon_does_not_start_where_everything_is_taken() {
    let text = r#"{"default-address-pools": [{"base": "10.20.0.0/16", "size": 24}]}"#;
    let route = "10.0.0.0/8 dev tun0 proto kernel scope link src 10.1.2.3\n";
    let folder = std::env::temp_dir().join("drydock-networks-command");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("daemon.json");
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a path");
    for (arguments, input) in
        [(&["networks", "--reserve", "-", file][..], route), (&["networks", "--taken", "10.0.0.0/8", file], "")]
    {
        let output = drydock(arguments, input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("the daemon does not start"), "{arguments:?}: {stderr}");
        assert!(stderr.contains("add the pool"), "{arguments:?}: {stderr}");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    }
    let output = drydock(&["propose", "--clear-of", "-", file], route);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("the daemon does not start"), "{stdout}");
    assert_eq!(output.status.code(), Some(0), "{stdout}");
    // What a netmask says is clear.
    let output = drydock(&["networks", "--taken", "10.0.0.0/255.255.0.0"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
