//! Flags of dockerd as a text of their own: what is said of them, and where.

use drydock::{
    Engine, Request, analyze,
    daemon::print::{Order, Target, print},
    docker::host::{Flags, Host},
};

/// What is said of a text, each as `severity rule` and the bytes it is about.
fn found(request: &Request) -> Vec<String> {
    let diagnostics = analyze(request).diagnostics;
    diagnostics.iter().map(|it| format!("{} {} {}", it.severity, it.rule, it.span.of(&request.text))).collect()
}

#[test]
fn settings_are_checked_where_they_stand() {
    for (text, expected) in [
        ("dockerd --log-driver local", &[][..]),
        ("dockerd --log-driver local --debgu", &["error unknown-key --debgu"]),
        ("dockerd --log-driver local --dns-opts ndots:1", &["error unknown-key --dns-opts"]), // the file's name for it
        ("dockerd --log-driver local --mtu=big", &["error wrong-type big"]),
        ("dockerd --log-driver local -D=maybe", &["error wrong-type maybe"]),
        ("dockerd --log-driver local --dns one.one", &["error address-malformed one.one"]),
        ("dockerd --log-driver local --mtu 1400 --mtu 1450", &["warning duplicate-key --mtu"]),
        (
            "dockerd --log-driver local --default-address-pool base=10.0.0.0/24,size=16",
            &["error address-pool-size-too-small 16"],
        ),
        ("dockerd --log-driver json-file --log-opt max-sise=1m", &["error log-option-unknown max-sise"]),
        ("dockerd --log-driver local --storage-driver aufs", &["error storage-driver-unknown aufs"]),
        ("DOCKER_OPTS='--log-driver local --bip 10.0.0.0/24'", &["error bip-not-a-host-address 10.0.0.0/24"]),
        ("extraOptions = \"--log-driver local --mtu=big\";", &["error wrong-type big"]),
        (
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --log-driver local \\\n  --mtu=big\n",
            &["error wrong-type big"],
        ),
    ] {
        assert_eq!(found(&Request::of(text)), expected, "{text}");
    }
}

#[test]
fn engines_know_different_flags() {
    for (engine, text, expected) in [
        ("20.10", "dockerd --log-driver local --graph /srv", &["warning key-deprecated --graph"][..]),
        ("29", "dockerd --log-driver local --graph /srv", &["error key-removed --graph"]),
        ("28", "dockerd --log-driver local --firewall-backend nftables", &["error key-too-new --firewall-backend"]),
        ("23", "dockerd --log-driver local --http-proxy http://proxy:1", &[]),
        ("20.10", "dockerd --log-driver local --http-proxy http://proxy:1", &["error key-too-new --http-proxy"]),
    ] {
        let engine: Engine = engine.parse().expect(engine);
        assert_eq!(found(&Request { engine, ..Request::of(text) }), expected, "{text} on {engine}");
    }
}

#[test]
fn a_daemon_json_beside_them_may_not_say_the_same() {
    for (beside, expected) in [
        (&["hosts"][..], &["error flag-and-file -H"][..]),
        (&["host"], &["error flag-and-file -H"]),
        (&["debug"], &[]),
        (&["runtimes"], &[]), // both are taken together
    ] {
        let host = Host { flags: Flags::from_iter(beside), ..Host::default() };
        let text = "dockerd --log-driver local -H fd:// --add-runtime crun=/usr/bin/crun";
        assert_eq!(found(&Request { host, ..Request::of(text) }), expected, "{beside:?}");
    }
}

#[test]
fn sentences_speak_of_flags() {
    let report = analyze(&Request::of("dockerd --bridge br0 --bip 10.0.0.1/24 --debgu"));
    let told: Vec<&str> = report.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert!(told.contains(&"dockerd has no flag `--debgu`"), "{told:?}");
    assert!(told.iter().all(|it| !it.contains("key")), "{told:?}");
    assert_eq!(report.verdict().sentence(), "The daemon refuses these flags: 2 errors.");
}

#[test]
fn a_flag_that_dockerd_does_not_have_is_no_key_of_a_daemon_json() {
    let request = Request::of("dockerd --debug --verbose -f --mtu 1450");
    let target = Target::find("daemon-json").expect("a target");
    let printed = print(&request, &analyze(&request), target, Order::AsWritten);
    assert_eq!(printed.text, "{\n  \"debug\": true,\n  \"mtu\": 1450\n}\n");
    for name in ["`--verbose`", "`-f`"] {
        assert!(printed.notes.iter().any(|it| it.message.contains(name)), "{name}: {:?}", printed.notes);
    }
}
