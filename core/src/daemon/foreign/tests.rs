//! What each text is taken for, and what is taken for nothing.

use super::*;
use crate::{
    Request, analyze,
    daemon::{dialect::DAEMON_JSON, print},
    rule::diagnostic::Stage,
};

fn kind(text: &str) -> Option<Kind> {
    recognise(text, &DAEMON_JSON.read(text)).map(|it| it.kind)
}

#[track_caller]
fn assert_kinds(kind_of_all: Option<Kind>, texts: &[&str]) {
    for text in texts {
        assert_eq!(kind(text), kind_of_all, "{text}");
    }
}

#[test]
fn nix_is_called_nix() {
    assert_kinds(
        Some(Kind::NixModule),
        &[
            "{ config, pkgs, ... }:\n{\n  virtualisation.docker = {\n    enable = true;\n    daemon.settings = { data-root = \"/srv/docker\"; };\n  };\n}\n",
            "{ ... }: {\n  virtualisation.docker.enable = true;\n}",
            "# /etc/nixos/docker.nix\n{ pkgs, lib, ... }:\n\n{\n}\n",
            "{\n  config,\n  lib,\n  pkgs,\n  ...\n}:\nlet\n  cfg = config.services.docker;\nin\n{ }\n",
            "virtualisation.docker.enable = true;\nvirtualisation.docker.daemon.settings.mtu = 1450;\n",
            "virtualisation.docker.daemon.settings = {\n  bip = \"10.200.0.1/24\";\n};\n",
            "{ virtualisation.docker.enable = true; }",
            "{ config, pkgs, ... }@args:\n{ }",
        ],
    );
    assert_kinds(
        Some(Kind::NixFlake),
        &[
            "{\n  description = \"hosts\";\n  inputs.nixpkgs.url = \"github:NixOS/nixpkgs\";\n  outputs = { self, nixpkgs }: {\n  };\n}",
            "{\n  outputs = inputs: { };\n}",
        ],
    );
    assert_kinds(
        Some(Kind::Nix),
        &[
            "{ debug = true; }",
            "{\n  \"debug\" = true;\n  log-opts = { max-size = \"10m\"; };\n}",
            "let\n  size = \"10m\";\nin { log-opts.max-size = size; }",
            "{ lib }: lib.mkForce { }",
        ],
    );
}

#[test]
fn yaml_is_called_by_the_program_it_is_for() {
    assert_kinds(
        Some(Kind::Compose),
        &[
            "services:\n  web:\n    image: nginx\n    ports:\n      - \"80:80\"\n",
            "version: \"3.8\"\n\nservices:\n  db:\n    image: postgres:16\n    logging:\n      driver: json-file\n",
            "# the shop\nname: shop\nservices:\n  web: { image: nginx }\nnetworks:\n  default:\n    ipam:\n      config:\n        - subnet: 172.28.0.0/16\n",
        ],
    );
    assert_kinds(
        Some(Kind::Kubernetes),
        &[
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: docker\ndata:\n  daemon.json: |\n    { \"mtu\": 1450 }\n",
            "---\napiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nnetworking:\n  podSubnet: 10.244.0.0/16\n",
        ],
    );
    assert_kinds(
        Some(Kind::Yaml),
        &[
            "---\n- hosts: all\n  tasks:\n    - name: docker\n      apt:\n        name: docker.io\n",
            "on:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n",
            "#cloud-config\nwrite_files:\n  - path: /etc/docker/daemon.json\n    content: x\n",
            "registry-mirrors:\n  - https://mirror.example.com\ndebug: true\n", // the daemon's, in YAML
        ],
    );
}

#[test]
fn sections_are_called_by_the_program_they_are_for() {
    assert_kinds(
        Some(Kind::Unit),
        &[
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --bip=10.200.0.1/24\n",
            "# /etc/systemd/system/docker.service.d/proxy.conf\n[Service]\nEnvironment=\"HTTP_PROXY=http://proxy.example.com:3128\"\n",
            "[Unit]\nDescription=Docker Application Container Engine\nAfter=network-online.target\n\n[Service]\nType=notify\n",
            "ExecStart=/usr/bin/dockerd -H fd://\n",
        ],
    );
    assert_kinds(
        Some(Kind::Toml),
        &[
            "version = 2\n\n[plugins]\n  [plugins.\"io.containerd.grpc.v1.cri\"]\n    sandbox_image = \"registry.k8s.io/pause:3.9\"\n",
            "unqualified-search-registries = [\"docker.io\"]\n\n[[registry]]\nlocation = \"docker.io\"\n",
            "[engine]\nruntime = \"crun\"\n",
            "[registries.insecure]\nregistries = ['registry.example.com:5000']\n",
        ],
    );
    assert_kinds(
        Some(Kind::WireGuard),
        &["[Interface]\nPrivateKey = x\nAddress = 10.8.0.2/24\n\n[Peer]\nAllowedIPs = 10.0.0.0/8\n"],
    );
    assert_kinds(Some(Kind::Ini), &["[mysqld]\nbind-address=127.0.0.1\n", "[wsl2]\nmemory=8GB\nprocessors=4\n"]);
}

#[test]
fn commands_are_called_commands() {
    assert_kinds(
        Some(Kind::Flags),
        &[
            "dockerd --bip 10.200.0.1/24 --mtu 1450",
            "$ sudo dockerd --debug",
            "/usr/bin/dockerd -H unix:///var/run/docker.sock \\\n  --insecure-registry registry.example.com",
            "--data-root /srv/docker --log-level debug",
            "docker daemon -D",
        ],
    );
    assert_kinds(
        Some(Kind::DockerRun),
        &[
            "docker run -d --name web -p 80:80 nginx",
            "user@host:~$ sudo docker run --rm alpine ip route",
            "PS C:\\Users\\me> docker run hello-world",
            "podman run --network host x",
        ],
    );
    assert_kinds(
        Some(Kind::Shell),
        &[
            "#!/bin/sh\nset -e\nsystemctl restart docker\n",
            "sudo tee /etc/docker/daemon.json <<'EOF'\n{\n  \"debug\": true\n}\nEOF\n",
            "cat /etc/docker/daemon.json\n{ \"debug\": true }\n",
            "```json\n{ \"debug\": true }\n```\n",
            "sudo systemctl restart docker",
            "echo '{\"debug\": true}' | sudo tee /etc/docker/daemon.json",
        ],
    );
    assert_kinds(
        Some(Kind::Environment),
        &[
            "# Docker Upstart and SysVinit configuration file\n\nDOCKER_OPTS=\"--dns 8.8.8.8 --dns 8.8.4.4\"\n",
            "OPTIONS='--selinux-enabled --log-driver=journald'\nDOCKER_CERT_PATH=/etc/docker\n",
        ],
    );
    assert_kinds(
        Some(Kind::Variables),
        &[
            "KUBELET_ARGS=\"--cgroup-driver=systemd\"\n",
            "# for the image\nDOCKER_RUN_OPTS=\"--dns 8.8.8.8\"\nPATH=/usr/bin\n",
        ],
    );
    assert_kinds(
        Some(Kind::Manual),
        &[
            "Usage:  dockerd [OPTIONS]\n\nA self-sufficient runtime for containers.\n\nOptions:\n      --add-runtime runtime   Register an additional OCI compatible runtime\n",
            "      --bip string                  IPv4 address for the default bridge\n      --bridge string               Attach containers to a network bridge\n",
            "  -D, --debug                       Enable debug mode\n",
            "DOCKERD(8)                 Docker User Manuals\n\nNAME\n       dockerd - Enable daemon mode\n",
            "NAME\n       dockerd - Enable daemon mode\n",
            "**--bip**=\"\"\n  Use the provided CIDR notation address\n",
            "--debug=true|false\n",
        ],
    );
    assert_kinds(
        Some(Kind::Dockerfile),
        &["FROM alpine:3.20\nRUN apk add curl\n", "ARG TAG=1\nFROM x:$TAG\nCMD [\"sh\"]\n"],
    );
}

#[test]
fn networks_and_what_docker_prints_are_told_apart() {
    assert_kinds(
        Some(Kind::Networks),
        &[
            "default via 192.168.1.1 dev wlan0 proto dhcp metric 600\n172.18.0.0/16 dev wlan0 scope link\n",
            "$ ip route\n10.0.0.0/8 dev tun0 scope link\n",
            "Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n0.0.0.0 192.168.1.1 0.0.0.0 UG 600 0 0 wlan0\n",
            "===========================================================================\nInterface List\n 12...00 15 5d  ......Hyper-V\n",
            "Routing tables\n\nInternet:\nDestination        Gateway            Flags        Netif Expire\ndefault            192.168.1.1        UGScg          en0\n",
            "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN\n    inet 127.0.0.1/8 scope host lo\n",
            "10.0.0.0/8, 172.16.0.0/12",
            "192.168.178.0/24",
            "VPN: 10.8.0.0/24\noffice: 192.168.10.0/23\n",
            "nameserver 10.0.0.2\nsearch example.com\n",
            "Windows IP Configuration\n\n\nEthernet adapter Ethernet:\n\n   IPv4 Address. . . . . . . . . . . : 172.18.3.4\n",
            "100.101.102.103 laptop  me@  linux  -\n",
            "[{\"dst\":\"default\",\"gateway\":\"192.168.1.1\",\"dev\":\"wlan0\"}]",
        ],
    );
    assert_kinds(
        Some(Kind::Output),
        &[
            "Client:\n Version:    29.7.2\n Context:    default\n\nServer:\n Containers: 3\n  Running: 1\n Server Version: 29.7.2\n Storage Driver: overlayfs\n",
            "Containers: 12\nImages: 40\nServer Version: 20.10.24\nStorage Driver: overlay2\n",
            "NETWORK ID     NAME      DRIVER    SCOPE\n1c9b3e5e7b4b   bridge    bridge    local\n",
            "$ docker ps\nCONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n",
        ],
    );
    assert_kinds(
        Some(Kind::Html),
        &[
            "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>",
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n",
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        ],
    );
    assert_kinds(
        Some(Kind::Log),
        &["time=\"2026-11-21T08:12:13Z\" level=fatal msg=\"x\"", "Error response from daemon: x"],
    );
}

#[test]
fn json_of_other_programs_is_called_by_its_program() {
    for (expected, text) in [
        (
            Kind::Client,
            r#"{"auths": {"https://index.docker.io/v1/": {}}, "credsStore": "desktop", "currentContext": "desktop-linux"}"#,
        ),
        (Kind::Client, r#"{"auths": {}, "proxies": {"default": {"httpProxy": "http://p:3128"}}}"#),
        (Kind::Desktop, r#"{"settingsVersion": 22, "memoryMiB": 4096, "filesharingDirectories": ["/Users"]}"#),
        (Kind::Desktop, r#"{"AutoStart": true, "SettingsVersion": 43}"#),
        (Kind::Compose, r#"{"services": {"web": {"image": "nginx"}}}"#),
        (Kind::DevContainer, "{\n  // For format details\n  \"name\": \"x\",\n  \"remoteUser\": \"vscode\"\n}"),
        (Kind::NodePackage, r#"{"name": "shop", "version": "1.0.0", "scripts": {"start": "node ."}}"#),
        (Kind::Seccomp, r#"{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []}"#),
        (Kind::Inspected, r#"[{"Name": "bridge", "IPAM": {"Config": [{"Subnet": "172.17.0.0/16"}]}}]"#),
        (Kind::Inspected, r#"{"ID": "x", "Containers": 3, "ServerVersion": "29.7.2"}"#),
        (Kind::Kubernetes, r#"{"apiVersion": "v1", "kind": "Pod"}"#),
        (Kind::Json, r#"{"ociVersion": "1.0.2", "process": {}}"#),
    ] {
        assert_eq!(kind(text), Some(expected), "{text}");
    }
}

#[test]
fn what_may_become_a_daemon_json_is_taken_for_nothing_else() {
    let half_typed = r#"{ "bip": "10.200.0.1/24", "dns": ["1.1.1.1"], "log-opts": { "max-size": "10m" } }"#;
    let beginnings: Vec<&str> = half_typed.char_indices().filter_map(|it| half_typed.get(..it.0)).collect();
    assert_kinds(None, &beginnings);
    assert_kinds(
        None,
        &[
            "",
            "\n",
            "d",
            "debug",
            "debug: true",
            "debug: true\nmtu: 1450\n",
            "bip: 10.200.0.1/24",
            "log-opts:\n  max-size: 10m\n",
            "# comment\n{ \"debug\": true, }",
            "// comment\n{ \"debug\": true }",
            "{ debug: true, mtu: 1450 }",
            "{ \"debug\" = true, \"mtu\" = 1450 }",
            "{ \"debug\": true; \"mtu\": 1450; }",
            "{ \"storage-opts\": [\n\"dm.basesize=20G\",\n\"dm.fs=xfs\"\n] \"mtu\": 1 }",
            "{ \"labels\": [\n\"a = b;\"\n] \"mtu\": 1 }",
            "\"debug\": true",
            "\"insecure-registries\" : [\"registry.example.com:5000\"]",
            "'debug': true",
            "[\"debug\"",
            "[ { \"debug\": true } ]",
            "{}\n{ \"mtu\": 1 }",
            "{ \"hosts\": [\n[unix]\n] }",
            "{mtu}",
            "{ }:",
            "{ \"a\": 1 }:",
            "null",
            "hello",
            "What does bip mean?",
            r#"{ "debgu": true }"#,
            r#"{ "proxies": { "default": { "httpProxy": "http://p:3128" } } }"#,
            r#"{ "auths": {}, "data-root": "/srv" }"#,
            r#"{ "scripts": 1, "mtu": 1450 }"#,
            r#"{ "features": {}, "experimental": true }"#,
        ],
    );
}

#[test]
fn nothing_else_is_said_of_it_and_nothing_is_written_down() {
    for text in [
        "services:\n  web:\n    image: nginx\n",
        "172.18.0.0/16 dev wlan0 scope link",
        "failed to start daemon: runtime name 'runc' is reserved",
        r#"{"auths": {"x": {}}, "credsStore": "desktop"}"#,
        "{\n  // comment\n  \"remoteUser\": \"vscode\"\n}",
    ] {
        let request = Request::of(text);
        let report = analyze(&request);
        let [only] = &report.diagnostics[..] else {
            panic!("{text}: {:?}", report.diagnostics);
        };
        assert_eq!(only.stage, Some(Stage::Load), "{text}");
        let foreign = report.foreign.expect("it is recognised");
        assert_eq!(only.span, foreign.span, "{text}");
        for target in print::TARGETS {
            let printed = print::print(&request, &report, target, print::Order::AsWritten);
            assert_eq!(printed.text, "", "{text}");
            let error = printed.error.expect("a reason").message;
            assert!(error.contains(foreign.title()), "{error}");
        }
    }
}

#[test]
fn what_the_daemon_accepts_is_not_called_refused() {
    let report = analyze(&Request::of(r#"{ "auths": {} }"#));
    let found: Vec<_> = report.diagnostics.iter().map(|it| (it.rule, it.stage)).collect();
    assert_eq!(found, [("not-a-daemon-json", None), ("unknown-key", None)]);
    assert_eq!(report.foreign, None, "what the daemon makes of it can be written down");
}

#[test]
fn a_daemon_json_within_a_text_can_be_kept_alone() {
    let inner = "{\n  \"debug\": true\n}";
    for text in [
        "sudo tee /etc/docker/daemon.json <<'EOF'\n{\n  \"debug\": true\n}\nEOF\nsudo systemctl restart docker\n",
        "```json\n{\n  \"debug\": true\n}\n```\n",
        "$ cat /etc/docker/daemon.json\n{\n  \"debug\": true\n}\n",
        "echo '{\n  \"debug\": true\n}' | sudo tee /etc/docker/daemon.json\n",
    ] {
        let report = analyze(&Request::of(text));
        let fix = &report.diagnostics[0].fixes[0];
        let mended = fix.edits.apply(text);
        assert_eq!(mended.trim_end(), inner, "{text}");
        assert!(!fix.safe);
    }
    let broken = "```json\n{ \"debug\": tr }\n```\n";
    assert_eq!(analyze(&Request::of(broken)).diagnostics[0].fixes, []);
}

#[test]
fn the_proxies_of_the_client_become_the_daemons() {
    let text = r#"{
  "auths": { "https://index.docker.io/v1/": {} },
  "proxies": { "default": { "httpProxy": "http://proxy.example.com:3128", "noProxy": "localhost" } }
}
"#;
    let report = analyze(&Request::of(text));
    let fix = &report.diagnostics[0].fixes[0];
    let mended = fix.edits.apply(text);
    insta::assert_snapshot!(mended, @r#"
    {
      "proxies": {
        "http-proxy": "http://proxy.example.com:3128",
        "no-proxy": "localhost"
      }
    }
    "#);
    assert_eq!(analyze(&Request::of(mended)).diagnostics, []);
}

proptest::proptest! {
    #[test]
    fn any_text_gives_an_answer_within_it(text in "(\\PC{0,8}|[A-Za-z.]{1,8}|[\\[\\]{}=:;/.#$>-]| |\n){0,40}") {
        if let Some(found) = recognise(&text, &DAEMON_JSON.read(&text)) {
            proptest::prop_assert!(text.get(found.span.start..found.span.end).is_some());
        }
    }
}
