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
    let pod = "apiVersion: v1\nkind: Pod\nspec: {}\n";
    for (arguments, input, status, said) in [
        (&["check", "-"][..], pod, 1, "This is a Kubernetes object, not a daemon.json"),
        (&["print", "--to", "nix", "-"], pod, 1, "This is a Kubernetes object, not a daemon.json"),
        (&["check", "--as", "daemon-json", "-"], compose, 1, "This is a Compose file, not a daemon.json"),
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

#[test]
fn what_asks_for_containers_is_read_as_such() {
    let compose = "services:\n  web:\n    image: nginx:1.29\n    cpu_count: 2\n";
    let run = "docker run -d --name web nginx:1.29\n";
    let module = "{\n  virtualisation.oci-containers.containers.web.image = \"nginx:1.29\";\n}\n";
    let arion = "{\n  project.name = \"x\";\n  services.web.service.image = \"nginx:1.29\";\n}\n";
    for (arguments, input, status, said) in [
        (&["check", "-"][..], compose, 0, "1 container, 1 network"),
        (&["check", "-"], run, 0, "1 container"),
        (&["check", "--format", "json", "-"], "docker run", 1, "\"id\": \"image-missing\""),
        (&["print", "--to", "oci-containers", "-"], compose, 0, "virtualisation.oci-containers"),
        (&["check", "-"], module, 0, "1 container: nothing wrong."),
        (&["print", "--to", "compose", "-"], module, 0, "    image: nginx:1.29\n"),
        (&["print", "--as", "arion", "--to", "compose", "-"], arion, 0, "image: nginx:1.29"),
        (&["print", "--as", "oci-containers", "--to", "quadlet-nix", "-"], module, 0, "virtualisation.quadlet"),
        (
            &["check", "-"],
            "{\n  virtualisation.docker.daemon.settings.mtu = 1450;\n  virtualisation.oci-containers.containers = { };\n}\n",
            0,
            "The daemon starts",
        ),
        // What is lost is named at its place.
        (
            &["print", "--to", "oci-containers", "-"],
            compose,
            0,
            "<stdin>:4: hint: `cpu_count: 2` is left out: Only Windows has it",
        ),
        (&["print", "--to", "nix", "--backend", "podman", "-"], run, 0, "backend = \"podman\";"),
        (&["print", "--as", "docker-run", "--to", "compose", "-"], run, 0, "image: nginx:1.29"),
        (
            &["print", "--to", "oci-containers", "-"],
            "{}",
            2,
            "settings of the daemon are not written as oci-containers",
        ),
        (&["print", "--to", "snap", "-"], run, 2, "docker run is written as oci-containers"),
        (&["networks", "--as", "compose", "-"], compose, 2, "networks reads the daemon's settings, not Compose"),
        (
            &["print", "--to", "docker-run", "-"],
            "services:\n  a:\n    image: x:1\n    profiles: [debug]\n",
            0,
            "leave this one out. It starts with the others when its profile is chosen: `profiles`.",
        ),
        (
            &["print", "--profiles", "mail,debug", "--to", "oci-containers", "-"],
            "services:\n  a:\n    image: x:1\n    profiles: [debug]\n",
            0,
            "alias=a\" ];\n      };\n",
        ),
        (&["check", "--profiles", "debug", "-"], run, 2, "--profiles means nothing for docker run"),
        (&["check", "--backend", "rkt", "-"], run, 2, "--backend is docker|podman, not \"rkt\""),
    ] {
        let output = drydock(arguments, input);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let printed = printed + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?} {printed}");
        assert!(printed.contains(said), "{arguments:?} {printed}");
    }
}

#[test]
fn says_what_collides_when_it_is_told_what_to_keep_clear_of() {
    let text = r#"{"default-address-pools": [{"base": "10.20.0.0/16", "size": 24}]}"#;
    for (options, status, said) in [
        (&["--clear-of", "10.20.4.0/24"][..], 0, "warning[networks]: Network 4 is 10.20.4.0/24"),
        (&["--clear-of", "10.20.4.0/24", "--strict"], 1, "Collides when you create more than 3 networks."),
        (&["--clear-of", "192.168.7.0/24"], 0, "The daemon starts with this configuration."),
        (&["--clear-of", "192.168.7.0/24"], 0, "Never collides with the network you gave."),
        (&["--format", "json", "--clear-of", "10.20.4.0/24"], 0, "\"id\": \"networks\""),
    ] {
        let output = drydock(&[&["check"], options, &["-"]].concat(), text);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(said), "{options:?} {printed}");
        assert_eq!(output.status.code(), Some(status), "{options:?} {printed}");
    }
}

#[test]
fn networks_of_containers_are_compared_with_what_to_keep_clear_of() {
    let compose = "services:\n  web:\n    image: nginx:1.29\n";
    let made = "docker network create --subnet 172.18.7.0/24 front\n";
    let gets = "warning[subnet-left-open]: `default` gets 172.18.0.0/16";
    for (options, text, said, is_said) in [
        (&["--clear-of", "wifionice"][..], compose, gets, true),
        (&["--clear-of", "172.18.0.0/16"], compose, gets, true),
        (&["--clear-of", "10.8.0.0/16", "--clear-of", "172.18.0.0/16"], compose, gets, true),
        (&["--clear-of", "wifionice", "--pools", "10.201.0.0/16 size 24"], compose, gets, false),
        (&["--clear-of", "wifionice", "--backend", "podman"], compose, gets, false),
        (&["--clear-of", "wifionice"], made, "warning[subnet-in-the-way]: 172.18.7.0/24 of `front` overlaps", true),
        (&[], made, "hint[subnet-of-known-network]", true),
        (&["--clear-of", "10.0.0.0/33"], compose, "warning[surroundings-unread]", true),
    ] {
        let output = drydock(&[&["check"], options, &["-"]].concat(), text);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed.contains(said), is_said, "{options:?} {printed}");
        assert_eq!(output.status.code(), Some(0), "{options:?} {printed}");
    }
}
