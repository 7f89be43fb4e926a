//! `drydock propose` as a person runs it.

mod terminal;

use terminal::drydock;

#[test]
fn proposes_what_keeps_clear() {
    for (arguments, input, status, printed) in [
        (
            &["propose", "--clear-of", "wifionice"][..],
            "",
            0,
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as WIFIonICE (Deutsche Bahn ICE).",
        ),
        (&["propose", "--clear-of", "wifionice"], "", 0, "{ \"base\": \"10.20.0.0/16\", \"size\": 24 }"),
        (
            &["propose", "--clear-of", "-"],
            "default via 172.18.0.1 dev wlan0\n172.18.0.0/16 dev wlan0 proto kernel scope link src 172.18.5.7\n",
            0,
            "10.20.0.0/16",
        ),
        (&["propose", "--clear-of", "-"], "172.18.0.0/16\nwhat is this?\n", 1, "One line was not understood"),
        (
            &["propose", "--clear-of", "10.0.0.0/8", "--clear-of", "172.16.0.0/12", "--clear-of", "192.168.0.0/16"],
            "",
            1,
            "There is room if 192.168.0.0/16 need not be kept clear of.",
        ),
        (
            &["propose", "--networks", "4000", "--hosts", "12", "-"],
            "{}",
            0,
            "4,095 networks for your own use, 13 containers each",
        ),
        (
            &["propose", "-"],
            r#"{"default-address-pools": [{"base": "10.9.0.0/16", "size": 24}]}"#,
            0,
            "1. Change nothing",
        ),
        (&["propose", "--clear-of", "wifionice", "--format", "json"], "", 0, "\"outlook\": \"collides\""),
        // docker0 and what Docker has made already are moved by no configuration.
        (
            &["propose", "--clear-of", "-"],
            "172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown\n172.16.0.0/12 via 10.8.0.1 dev tun0\n",
            0,
            "Use 10.20.0.0/16",
        ),
        (&["propose", "--taken", "172.18.0.0/16", "--clear-of", "172.18.0.0/16"], "", 0, "10.20.0.0/16"),
        // tametsi/adnexos#3
        (
            &["propose", "--clear-of", "192.168.16.0/20", "-"],
            r#"{"default-address-pools": [{"base": "172.80.0.0/16", "size": 24}, {"base": "172.90.0.0/16", "size": 24}]}"#,
            0,
            "warning: Address pool 172.80.0.0/16 holds public addresses.",
        ),
        (
            &["propose", "--clear-of", "192.168.16.0/20", "-"],
            r#"{"default-address-pools": [{"base": "172.80.0.0/16", "size": 24}, {"base": "172.90.0.0/16", "size": 24}]}"#,
            0,
            "1. Use 10.",
        ),
        // moby/moby#27399
        (&["propose", "--swarm", "--clear-of", "10.0.0.0/16"], "", 0, "docker swarm init --default-addr-pool 10."),
        (&["propose", "--flag", "bip", "-"], r#"{"bip": "10.9.0.1/24"}"#, 1, "bip"),
        (
            &["propose", "-"],
            "{ config, ... }: { virtualisation.docker.daemon.settings.bridge = config.x; }",
            1,
            "What can be proposed is not known: the text does not tell `bridge`.",
        ),
        (
            &["propose", "-"],
            "{ config, ... }: { virtualisation.docker.daemon.settings.bip = config.x; }",
            0,
            "Replaces what is written at `bip`, which is not known.",
        ),
        (&["propose", "--clear-of", "10.0.0.0/99"], "", 2, ""),
        (&["propose", "--clear-of", "no such file"], "", 2, ""),
        (&["propose", "--networks", "many"], "", 2, ""),
    ] {
        let output = drydock(arguments, input);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(status), "{arguments:?} {output:?}");
        assert!(stdout.contains(printed), "{arguments:?} {stdout}");
    }
}

#[test]
fn a_mistake_names_the_way_on() {
    let routes = "default via 172.18.0.1 dev wlan0\n172.18.0.0/16 dev wlan0 scope link\n";
    for (arguments, input, said) in [
        (&["propose", "--clear-of", "ice"][..], "", "near: wifionice"),
        (&["propose", "-"], routes, "drydock propose --clear-of FILE"),
    ] {
        let output = drydock(arguments, input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && stderr.contains(said), "{arguments:?} {stderr}");
    }
}
