//! What people reported in public, rewritten small, and what they are told.
//!
//! Situations of several networks are in `networks_command.rs` and `propose_command.rs`, questions about addresses in
//! `questions.rs`, single lines of a log beside `daemon_words`.

mod terminal;

use terminal::drydock;

/// What somebody came with.
struct Report {
    /// Where it was reported, or what it is when many have it.
    source: &'static str,
    /// How `drydock` is called; it reads the input as standard input.
    arguments: &'static [&'static str],
    input: &'static str,
    status: i32,
    /// What it says, among other things; what begins with `!` it does not say.
    says: &'static [&'static str],
}

#[track_caller]
fn assert_told(reports: &[Report]) {
    for it in reports {
        let output = drydock(it.arguments, it.input);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let told = format!("{}: drydock {}\n{said}", it.source, it.arguments.join(" "));
        for words in it.says {
            match words.strip_prefix('!') {
                Some(words) => assert!(!said.contains(words), "{words}\n{told}"),
                None => assert!(said.contains(words), "{words}\n{told}"),
            }
        }
        assert_eq!(output.status.code(), Some(it.status), "{told}");
    }
}

const CHECK: &[&str] = &["check", "-"];
const EXPLAIN: &[&str] = &["explain", "-"];
const RESERVE: &[&str] = &["networks", "--count", "1", "--reserve", "-"];
const TAKEN: &[&str] = &["networks", "--count", "1", "--taken", "-"];
const TO_NIXOS: &[&str] = &["print", "--to", "nixos-module", "-"];
const TO_ROOTLESS: &[&str] = &["print", "--to", "nixos-rootless", "-"];

/// A prompt tells of which table, namespace or machine the lines below it are.
#[test]
fn only_routes_of_the_main_table_make_the_engine_step_aside() {
    let collides = &["  network 1        172.18.0.0/16", "172.18.0.0/16 collides with"];
    assert_told(&[
        Report {
            source: "tailscale/tailscale#13367",
            arguments: RESERVE,
            input: "root@host:~# ip route show table 220\n172.18.0.0/16 dev eth1 proto static\n",
            status: 0,
            says: collides,
        },
        Report {
            source: "tailscale/tailscale#13367",
            arguments: RESERVE,
            input: "# ip route show vrf mgmt\n172.18.0.0/16 dev eth1 proto kernel scope link src 172.18.0.4\n",
            status: 0,
            says: collides,
        },
        Report {
            source: "tailscale/tailscale#13367",
            arguments: RESERVE,
            input: "$ sudo ip netns exec blue ip route\n172.18.0.0/16 dev eth1 proto kernel scope link src 172.18.0.4\n",
            status: 0,
            says: collides,
        },
        Report {
            source: "tailscale/tailscale#13367",
            arguments: RESERVE,
            input: "$ docker run --rm alpine ip route\ndefault via 172.17.0.1 dev eth0\n172.17.0.0/16 dev eth0 scope link src 172.17.0.2\n",
            status: 0,
            says: &["  docker0          172.17.0.0/16", "!collides"],
        },
    ]);
}

#[test]
fn configurations_that_do_not_start_are_told() {
    assert_told(&[
        Report {
            source: "moby/moby#48521",
            arguments: &["check", "--rootless", "-"],
            input: r#"{"userns-remap": "default"}"#,
            status: 1,
            says: &["A rootless daemon cannot map users again", "The daemon will not start"],
        },
        Report {
            source: "moby/moby#51654",
            arguments: &["check", "--engine", "29.0.0", "-"],
            input: r#"{"storage-driver": "zfs"}"#,
            status: 1,
            says: &["takes the graph driver `zfs` as a snapshotter", "Use Engine 29.0.1"],
        },
        Report {
            source: "moby/moby#51654",
            arguments: &["check", "--engine", "29.0.1", "-"],
            input: r#"{"storage-driver": "zfs"}"#,
            status: 0,
            says: &["The daemon starts"],
        },
        Report {
            source: "moby/moby#51654",
            arguments: &["check", "--engine", "29.0.0", "-"],
            input: r#"{"storage-driver": "fuse-overlayfs", "features": {"containerd-snapshotter": false}}"#,
            status: 0,
            says: &["The daemon starts"],
        },
        Report {
            source: "filters as BuildKit's buildkitd.toml has them",
            arguments: CHECK,
            input: r#"{"builder": {"gc": {"policy": [{"filter": ["type==source.local"]}]}}}"#,
            status: 0,
            says: &["has one `=` too many", "never removes anything", "Write `type=source.local`"],
        },
        Report {
            source: "filters as BuildKit's buildkitd.toml has them",
            arguments: CHECK,
            input: r#"{"builder": {"gc": {"policy": [{"filter": ["type!=source.local"]}]}}}"#,
            status: 0,
            says: &["Filters here know only the operator `=`"],
        },
        Report {
            source: "a range within `bip`",
            arguments: &["networks", "--count", "0", "-"],
            input: r#"{"bip": "192.168.1.1/24", "fixed-cidr": "192.168.1.0/25"}"#,
            status: 0,
            says: &["192.168.1.0/24     126 containers"],
        },
    ]);
}

/// What was written is joined, moved and renamed before it is removed.
#[test]
fn fixes_keep_what_was_written() {
    assert_told(&[
        Report {
            source: "docker/cli#4762",
            arguments: CHECK,
            input: r#"{"proxies": {"no-proxy": ["127.0.0.0/8", "mirror.example.com"]}}"#,
            status: 1,
            says: &["Write `\"127.0.0.0/8,mirror.example.com\"`"],
        },
        Report {
            source: "docker/docs#20172",
            arguments: CHECK,
            input: r#"{"proxies": {"httpProxy": "http://proxy:3128"}}"#,
            status: 1,
            says: &["is the name in the client's", "fix: Rename to `http-proxy`"],
        },
        Report {
            source: "docker/docs#20172",
            arguments: CHECK,
            input: r#"{"proxies": {"default": {"httpProxy": "http://proxy:3128"}}}"#,
            status: 1,
            says: &["fix: Take the proxies out of `default`"],
        },
        Report {
            source: "docker/docs#20172",
            arguments: CHECK,
            input: r#"{"auths": {"https://index.docker.io/v1/": {}}, "credsStore": "desktop"}"#,
            status: 1,
            says: &["This is the client's `~/.docker/config.json`"],
        },
        Report {
            source: "abiosoft/colima#914",
            arguments: CHECK,
            input: r#"{"http-proxy": "http://proxy:3128", "no-proxy": "localhost"}"#,
            status: 0,
            says: &["fix: Move `http-proxy` and `no-proxy` into `proxies`"],
        },
        Report {
            source: "abiosoft/colima#914",
            arguments: TO_NIXOS,
            input: r#"{"http-proxy": "http://proxy:3128", "no-proxy": "localhost"}"#,
            status: 0,
            says: &["The daemon does not read `http-proxy` or `no-proxy`"],
        },
        Report {
            source: "docker/cli#6579",
            arguments: CHECK,
            input: r#"{"builder": {"gc": {"reservedSpace": "10GB", "policy": [{"all": true, "keepDuration": "48h"}]}}}"#,
            status: 0,
            says: &["Rename to `defaultReservedSpace`", "Write it as filter `unused-for=48h`"],
        },
        Report {
            source: "`nvidia-ctk runtime configure`",
            arguments: &["check", "--strict", "-"],
            input: r#"{"runtimes": {"nvidia": {"args": [], "path": "nvidia-container-runtime"}}}"#,
            status: 0,
            says: &["This one is empty, so nothing is lost", "Rename to `runtimeArgs`"],
        },
        Report {
            source: "moby/moby#44905",
            arguments: CHECK,
            input: "{\"debug\": true}\n{\"dns\": [\"1.1.1\"]}",
            status: 1,
            says: &["fix: Join the two objects", "`1.1.1` in `dns` is not an IP address"],
        },
        Report {
            source: "docker/docker-install#150",
            arguments: CHECK,
            input: r#"{"proxies": {"no-proxy": "127.0.0.*;localhost , a b"}}"#,
            status: 0,
            says: &["Write `127.0.0.0/24,localhost,a,b`"],
        },
        Report {
            source: "docker/docker-install#150",
            arguments: &["check", "--rootless", "--engine", "28", "-"],
            input: r#"{"proxies": {"http-proxy": "http://127.0.0.1:3128"}}"#,
            status: 0,
            says: &["A rootless daemon finds no proxy at its own loopback address"],
        },
    ]);
}

#[test]
fn what_nixos_does_not_have_is_told_when_printing() {
    assert_told(&[
        Report {
            source: "NixOS/nixpkgs#24318",
            arguments: TO_NIXOS,
            input: r#"{"firewall-backend": "nftables"}"#,
            status: 0,
            says: &["{ pkgs, ... }:", "extraPackages = [ pkgs.nftables ];"],
        },
        Report {
            source: "NixOS/nixpkgs#24318",
            arguments: TO_ROOTLESS,
            input: r#"{"firewall-backend": "nftables"}"#,
            status: 0,
            says: &["systemd.user.services.docker.path = [ pkgs.nftables ];"],
        },
        Report {
            source: "NixOS/nixpkgs#337873",
            arguments: TO_NIXOS,
            input: r#"{"runtimes": {"nvidia": {"path": "/usr/bin/nvidia-container-runtime"}}, "default-runtime": "nvidia"}"#,
            status: 0,
            says: &["hardware.nvidia-container-toolkit.enable", "--device=nvidia.com/gpu=all"],
        },
        Report {
            source: "NixOS/nixpkgs#337873",
            arguments: TO_NIXOS,
            input: r#"{"init-path": "/usr/bin/docker-init", "userland-proxy-path": "/usr/libexec/docker-proxy"}"#,
            status: 0,
            says: &["NixOS has no `/usr/libexec/docker-proxy`", "NixOS has no `/usr/bin/docker-init`"],
        },
        Report {
            source: "NixOS/nixpkgs#258141",
            arguments: TO_ROOTLESS,
            input: r#"{"data-root": "/data/docker"}"#,
            status: 0,
            says: &["one directory serves one user"],
        },
    ]);
}

#[test]
fn what_machines_print_is_read() {
    assert_told(&[
        Report {
            source: "moby/moby#48069",
            arguments: TAKEN,
            input: "host []\nnone []\nbridge [{172.17.0.0/16  172.17.0.1 map[]}]\n",
            status: 0,
            says: &["  network 1        172.18.0.0/16", "!not understood"],
        },
        Report {
            source: "a list from an e-mail",
            arguments: &["networks", "--count", "4", "--reserve", "-"],
            input: "Please keep free: office 10.10.0.0/16, plant 10.20.0.0/16 and VPN 172.20.0.0/14; thanks",
            status: 0,
            says: &["172.20.0.0/14 is reserved", "!not understood"],
        },
        Report {
            source: "`iptables -S` in place of routes",
            arguments: RESERVE,
            input: "-P INPUT ACCEPT\n-A DOCKER -d 172.18.0.2/32 ! -i br-1 -o br-1 -j ACCEPT\n",
            status: 0,
            says: &["a firewall rule", "`ip route`"],
        },
        Report {
            source: "docker/for-win#4359",
            arguments: CHECK,
            input: r#"{"registry-mirrors": [], "debug": true, "data-root": "d:\\docker"}"#,
            status: 0,
            says: &["is a Windows path", "Resources › Advanced"],
        },
        Report {
            source: "options of devicemapper under overlay2",
            arguments: CHECK,
            input: r#"{"storage-driver": "overlay2", "storage-opts": ["dm.basesize=20G"]}"#,
            status: 1,
            says: &["It was an option of `devicemapper`"],
        },
        Report {
            source: "pmeve.com/310.html",
            arguments: RESERVE,
            input: "Base | Subnet |\n---|---|\nA | 172.30.x.x |\nB | 172.28.x.x |\nC | 172.18.x.x |\n",
            status: 0,
            says: &["172.18.0.0/16 is reserved", "!not understood"],
        },
        Report {
            source: "AlmirKadric-Published/docker-tuntap-osx#16",
            arguments: RESERVE,
            input: "Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n\
                    0.0.0.0         192.168.65.1    0.0.0.0         UG        0 0          0 eth0\n\
                    10.0.0.0        0.0.0.0         255.0.0.0       U         0 0          0 eth1\n\
                    172.17.0.0      0.0.0.0         255.255.0.0     U         0 0          0 docker0\n\
                    172.18.0.0      0.0.0.0         255.255.0.0     U         0 0          0 br-293cf0386986\n",
            status: 0,
            says: &["172.18.0.0/16 is in use", "  network 1        172.19.0.0/16", "!not understood"],
        },
        Report {
            source: "docker/for-linux#599",
            arguments: RESERVE,
            input: "    $ ip route\n    default via 192.168.42.129 dev enp0s20f0u1 proto dhcp metric 20100\n    \
                    ***.***.***.*** via 192.168.42.129 dev enp0s20f0u1\n    128.0.0.0/1 via 10.8.8.1 dev tun0\n    \
                    172.19.0.0/16 dev br-ad809486928f proto kernel scope link src 172.19.0.1 linkdown\n",
            status: 0,
            says: &["  network 1        172.18.0.0/16"],
        },
        // OpenVPN's pair in place of a default route.
        Report {
            source: "moby/libnetwork#779",
            arguments: RESERVE,
            input: "0.0.0.0/1 via 10.8.0.5 dev tun0\n128.0.0.0/1 via 10.8.0.5 dev tun0\n",
            status: 0,
            says: &["  docker0          172.17.0.0/16", "!does not start"],
        },
        Report {
            source: "moby/libnetwork#779",
            arguments: &["networks", "--engine", "20.10.14", "--count", "1", "--reserve", "-"],
            input: "0.0.0.0/1 via 10.8.0.5 dev tun0\n128.0.0.0/1 via 10.8.0.5 dev tun0\n",
            status: 1,
            says: &[
                "128.0.0.0/1 (tun0) covers every address pool",
                "the daemon does not start",
                "take one of these networks away",
            ],
        },
    ]);
}

#[test]
fn files_that_the_daemon_refuses() {
    assert_told(&[
        // /etc/sysconfig/docker of CentOS has `--live-restore`.
        Report {
            source: "docker/docs#7748",
            arguments: &["check", "--flag", "live-restore", "-"],
            input: r#"{ "live-restore": false }"#,
            status: 1,
            says: &["is set here and by the flag `--live-restore`", "take `--live-restore` out of the command"],
        },
        Report {
            source: "docker-library/docker#493",
            arguments: CHECK,
            input: r#"{ "hosts": ["unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"] }"#,
            status: 0,
            says: &["`hosts` conflicts with `-H fd://` in the usual systemd unit", "systemctl edit docker.service"],
        },
        Report {
            source: "rnanosaur/nanosaur#47",
            arguments: CHECK,
            input: "<!DOCTYPE html>\n<html><body>404: Not Found</body></html>",
            status: 1,
            says: &["This is a web page"],
        },
        Report {
            source: "moby/moby#30183",
            arguments: CHECK,
            input: "{ \"insecure-registries\":\"192.0.2.7:5000\"] }\n",
            status: 1,
            says: &["An opening bracket is missing here", "fix: Insert the bracket"],
        },
        Report {
            source: "moby/moby#41268",
            arguments: &["check", "--engine", "20.10", "-"],
            input: " \n",
            status: 1,
            says: &["The daemon refuses this file"],
        },
        Report { source: "moby/moby#41268", arguments: CHECK, input: " \n", status: 0, says: &["The daemon starts"] },
        Report {
            source: "docker/cli#2327",
            arguments: CHECK,
            input: "{\n \u{3000}\u{3000}\"registry-mirrors\": [ \"https://registry.example.com\"]\n}\n",
            status: 1,
            says: &["The blank U+3000 is not white space to JSON", "fix: Write plain characters"],
        },
        Report {
            source: "moby/moby#38242",
            arguments: CHECK,
            input: "{\n  \"log-driver\": \"json-file\",\n  \"log-opts\": {\n    \"max-size\": \"10m\",\n    \"max-file\": 3\n  },\n}\n",
            status: 1,
            says: &["`max-file` must be a string, not a number", "Write `\"3\"`", "Nothing follows this comma"],
        },
        Report {
            source: "moby/moby#22311",
            arguments: CHECK,
            input: r#"{ "log-opts": [ "env=FOO" ] }"#,
            status: 1,
            says: &["must be an object whose values are strings, not a list", "fix: Write it as an object"],
        },
        Report {
            source: "docker/for-mac#2537",
            arguments: CHECK,
            input: r#"{"debug": true, "registry-mirrors": [""], "experimental": true}"#,
            status: 1,
            says: &["`registry-mirrors` holds an empty URL", "fix: Remove the empty URL"],
        },
        Report {
            source: "moby/moby#36598",
            arguments: &["check", "--engine", "20.10", "-"],
            input: r#"{"registry-mirrors": ["http://192.168.1.201:8081/repository/docker-public/"]}"#,
            status: 1,
            says: &["has a path", "use Engine 24.0.8 or later"],
        },
        Report {
            source: "moby/moby#36598",
            arguments: CHECK,
            input: r#"{"registry-mirrors": ["http://192.168.1.201:8081/repository/docker-public/"]}"#,
            status: 0,
            says: &["The daemon starts", "is asked without TLS"],
        },
        Report {
            source: "docker/for-win#4110",
            arguments: CHECK,
            input: r#"{"registry-mirrors": ["eg:https://registry.example.com"]}"#,
            status: 1,
            says: &["is not reached by `https://` or `http://`", "fix: Use `https://registry.example.com`"],
        },
        Report {
            source: "docker/docs#8199",
            arguments: &["check", "--engine", "20.10", "-"],
            input: r#"{"ipv6": true}"#,
            status: 1,
            says: &["`ipv6` needs `fixed-cidr-v6`", "The daemon will not start"],
        },
        Report {
            source: "docker/docs#8199",
            arguments: CHECK,
            input: r#"{"ipv6": true}"#,
            status: 0,
            says: &["The daemon starts"],
        },
        Report {
            source: "docker/docs#4504",
            arguments: CHECK,
            input: r#"{"ipv6": true, "fixed-cid4-v6": "2001:db8:1::/64"}"#,
            status: 1,
            says: &["fix: Rename to `fixed-cidr-v6`"],
        },
        Report {
            source: "docker/buildx#609",
            arguments: &["check", "--engine", "20.10", "-"],
            input: r#"{"ipv6": true, "fixed-cidr-v6": "2001:db8:2:1f00:dddc:67c4:d1c0:5fe4/65"}"#,
            status: 0,
            says: &["is not the start of its range, 2001:db8:2:1f00:8000::/65"],
        },
        Report {
            source: "moby/moby#43128",
            arguments: CHECK,
            input: r#"{"default-address-pool": [{"base": "172.80.0.0/16", "size": 24}]}"#,
            status: 0,
            says: &["has no effect in daemon.json", "fix: Rename to `default-address-pools`"],
        },
        Report {
            source: "docker/for-win#4544",
            arguments: CHECK,
            input: r#"{"insecure-registries": 1, "registry-mirrors": 1}"#,
            status: 1,
            says: &["`insecure-registries` must be a list of strings, not a number"],
        },
        Report {
            source: "moby/moby#46862",
            arguments: &["check", "--engine", "24", "-"],
            input: r#"{"default-address-pools": [{"base": "169.254.0.0/16", "size": 24}]}"#,
            status: 0,
            says: &["Address pool 169.254.0.0/16 holds link-local addresses", "Where a route of the host covers them"],
        },
        Report {
            source: "options of NixOS within `daemon.settings`",
            arguments: CHECK,
            input: r#"{"enable": true, "storageDriver": "overlay2", "daemon": {"settings": {"debug": true}}}"#,
            status: 1,
            says: &[
                "`enable` is an option of NixOS",
                "fix: Rename to `storage-driver`",
                "fix: Take the settings out of `daemon`",
            ],
        },
    ]);
}

#[test]
fn lines_that_somebody_pasted() {
    assert_told(&[
        Report {
            source: "an issue that shows what journalctl showed",
            arguments: EXPLAIN,
            input: "4月 05 22:54:09 97-server dockerd[219506]: unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't ma\n",
            status: 0,
            says: &["The line is cut off", "journalctl --no-pager -l -u docker", "unknown-key"],
        },
        Report {
            source: "NixOS/nixpkgs#27637",
            arguments: EXPLAIN,
            input: "Jul 25 13:06:30  dockerd[1827]: time=\"2017-07-25T13:06:30.535394749+02:00\" level=fatal msg=\"Error creating cluster component: --live-restore daemon co\n",
            status: 0,
            says: &["`live-restore` is on", "The line is cut off", "docker swarm leave"],
        },
        Report {
            source: "coreos/bugs#466",
            arguments: EXPLAIN,
            input: "Sep 09 23:02:47 host docker[11371]: level=fatal msg=\"Error starting daemon: error initializing graphdriver: \\\"/var/lib/docker\\\" contains other graphdrivers: overlay; Please cleanup or explicitly choose storage \n",
            status: 0,
            says: &["storage drivers that the settings do not name: overlay"],
        },
        Report {
            source: "rnanosaur/nanosaur#47",
            arguments: EXPLAIN,
            input: "nanosaur dockerd[17670]: unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character '<' looking for beginning of value\n",
            status: 0,
            says: &["may be a web page that a failed download saved"],
        },
        Report {
            source: "docker/for-win#4110",
            arguments: EXPLAIN,
            input: "2019-06-20T16:40:54Z docker   0     0    0     0Error starting daemon: invalid mirror: unsupported scheme \"eg\" in \"eg:https://registry.example.com\"\n",
            status: 0,
            says: &["A registry mirror cannot be used", "registry-mirror-malformed"],
        },
        Report {
            source: "nix-community/nixos-generators#344",
            arguments: EXPLAIN,
            input: "Cannot connect to the Docker daemon at unix:///run/user/0/docker.sock. Is the docker daemon running?\n",
            status: 0,
            says: &["the rootless daemon of user 0", "unset DOCKER_HOST", "`rootless.setSocketVariable`"],
        },
        Report {
            source: "NixOS/nixpkgs#47201",
            arguments: EXPLAIN,
            input: "Failed to start docker.service: Unit docker.service not found.\n",
            status: 0,
            says: &["systemd knows no docker.service", "virtualisation.docker.enable = true;"],
        },
        Report {
            source: "moby/moby#34897",
            arguments: EXPLAIN,
            input: "error creating overlay mount to /mnt/windows/docker/data/overlay2/f41cef78-init/merged: invalid argument\n",
            status: 0,
            says: &["cannot hold overlay's upper directory (NFS, NTFS", "`df -T /var/lib/docker`"],
        },
    ]);
}
