use super::*;

/// What came of each line: the networks with their names, or the reason.
fn judged(text: &str) -> Vec<String> {
    let pasted = read(text);
    let lines = pasted.lines.iter().enumerate();
    lines
        .map(|(at, line)| match line.judgement {
            Judgement::Networks => {
                let names = pasted.of_line(at).iter().map(|it| match &it.name {
                    Some(name) => format!("{} {name}", it.subnet),
                    None => it.subnet.to_string(),
                });
                names.collect::<Vec<_>>().join(", ")
            }
            Judgement::Ignored(why) => format!("{why:?}"),
            Judgement::NotUnderstood(why) => format!("? {why:?}"),
        })
        .collect()
}

#[track_caller]
fn judge(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(judged(text).join(" | "), *expected, "{text:?}");
    }
}

#[test]
fn a_list_of_networks_ranges_and_addresses() {
    judge(&[
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.1.2.3/8\r\n", "10.0.0.0/8"), // host bits go
        ("fd00:1::1/48", "fd00:1::/48"),
        ("\u{feff}10.0.0.1", "10.0.0.1/32"),
        ("10.0.0.0-10.0.3.255", "10.0.0.0/22"),
        ("10.0.0.0 - 10.0.2.255", "10.0.0.0/23, 10.0.2.0/24"),
        ("10.0.0.1 – 10.0.0.3", "10.0.0.1/32, 10.0.0.2/31"),
        ("192.168.1.10-12", "192.168.1.10/31, 192.168.1.12/32"),
        ("0.0.0.0-255.255.255.255", "DefaultRoute"),
        ("fd00::-fd00::ffff", "fd00::/112"),
        ("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "DefaultRoute"),
        (
            "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", // the last address is missing
            "::/1, 8000::/2, c000::/3, e000::/4, f000::/5, f800::/6, fc00::/7, fe00::/8",
        ),
        ("192.168.1.*", "192.168.1.0/24"),
        ("10.*", "10.0.0.0/8"),
        ("172.16.x.x", "172.16.0.0/16"),
        ("10.1.0.0 255.255.0.0", "10.1.0.0/16"),
        ("10.1.0.0/255.255.0.0", "10.1.0.0/16"),
        ("10.1.0.0 mask 255.255.0.0", "10.1.0.0/16"),
        ("10.1.0.0 0.0.255.255", "10.1.0.0/16"), // as routers' access lists write it
        ("172.16/12", "172.16.0.0/12"),
        ("10/8", "10.0.0.0/8"),
        ("10.0.0.7:8080", "10.0.0.7/32"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("[fd00::1]", "fd00::1/128"),
        ("10.0.0.0/8, 192.168.0.0/16;172.16.0.0/12", "10.0.0.0/8, 192.168.0.0/16, 172.16.0.0/12"),
        ("Office: 10.0.0.0/8", "10.0.0.0/8 Office"),
        ("10.0.0.0/8   # the office", "10.0.0.0/8 the office"),
        ("- \"10.0.0.0/8\"", "10.0.0.0/8"),
        ("Head office,10.0.0.0/8", "10.0.0.0/8 Head office"),
        ("10.0.0.0\u{a0}255.0.0.0\tHQ", "10.0.0.0/8 HQ"),
        ("base=10.0.0.0/8,size=24", "10.0.0.0/8 base"),
        ("10.0.0.0 /8", "10.0.0.0/8"),
        ("10.0.0.0 through 10.0.0.255", "10.0.0.0/24"),
        ("> 10.0.0.0/8 the office", "10.0.0.0/8 the office"), // quoted
        ("printer 10.0.0.5:", "10.0.0.5/32 printer"),
        // As the settings of telephones show it.
        (
            "IP address: 172.18.97.203\nSubnet mask: 255.255.0.0\nRouter: 172.18.0.1",
            "172.18.0.0/16 IP address | Detail | 172.18.0.1/32 Router",
        ),
    ]);
}

#[test]
fn lines_without_a_network_say_why() {
    judge(&[
        ("", ""),
        ("\n", "Empty"),
        (" \t\r\n# mine\n// mine", "Empty | Comment | Comment"),
        ("0.0.0.0/0", "DefaultRoute"),
        ("127.0.0.1 localhost", "Loopback"),
        ("169.254.169.254", "LinkLocal"),
        ("fe80::1%eth0", "LinkLocal"),
        ("224.0.0.251", "Multicast"),
        ("255.255.255.255", "Multicast"),
        ("Offices:\n10.0.0.0/8", "Heading | 10.0.0.0/8"),
        ("Base | Subnet |\n---|---|\n10.0.0.0/8 | office |", "Heading | Heading | 10.0.0.0/8 office"),
        ("| Standort | Netz |\n|:--|----:|\n| lab | 10.0.0.0/8 |", "Heading | Heading | 10.0.0.0/8 lab"),
        ("+-----+\n| Ort |\n+-----+\n| 10.0.0.0/8 |\n+-----+", "Heading | Heading | Heading | 10.0.0.0/8 | Heading"),
        // Nothing says that it is the heading of a table.
        ("and the office\n---\n10.0.0.0/8", "? NoAddress | Heading | 10.0.0.0/8"),
        ("the office", "? NoAddress"),
        ("10.0.0.0/33", "? Address"),
        ("300.0.0.0/8", "? Address"),
        ("10.0.0.0/8 10.300.0.0/16", "? Address"),
        ("10.0.*.1", "? Address"),
        ("10.0.3.0-10.0.0.0", "? Range"),
        ("10.0.0.1 -", "? Range"),
        ("10.0.0.1 - office", "? Range"),
        ("10.20.0.0", "? NoLength"), // how wide is it?
        ("fd00:1::", "? NoLength"),
        ("10.0.0.0 /", "? NoLength"),
        ("10.0.0.0 /33", "? NoLength"),
        ("10.0.0.0/8+10.1.0.0/16", "? Address"),
        ("10.0.0.0/8 10.1.0.0/16→HQ", "? Address"), // not a name
        ("https://10.0.0.1/wiki", "? Address"),
        ("10.0.0.0-fd00::", "? Range"),
        ("10.0.0.0 255.0.255.0", "? Mask"),
        ("255.255.255.0", "? Mask"),
    ]);
    // What could be read of such a line is kept.
    let pasted = read("10.0.0.0/8 10.300.0.0/16");
    assert!(!pasted.is_complete());
    assert_eq!(pasted.to_avoid().count(), 1);
}

#[test]
fn ranges_become_the_fewest_blocks() {
    for (text, count) in [
        ("0.0.0.1-255.255.255.254", 62 - 2), // 0.x and the multicast ones aside
        ("10.0.0.0-10.255.255.255", 1),
        ("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 250),
    ] {
        let found = read(text).networks.len();
        assert!(found <= 254 && (count == 1) == (found == 1), "{text}: {found}");
    }
}

#[test]
fn long_names_are_cut() {
    let long = "é".repeat(MAX_NAME);
    let longer = [&long, "é"].concat();
    let cut = [&long, "…"].concat();
    for (text, name) in [
        (format!("{long} 10.0.0.0/8"), &long),
        (format!("{longer} 10.0.0.0/8"), &cut),
        (format!("{longer}: 10.0.0.0/8, 10.1.0.0/16"), &cut),
        (format!("10.0.0.0/8 dev {longer} scope link"), &cut),
        (format!(r#"{{"name": "{longer}", "cidr": "10.0.0.0/8"}}"#), &cut),
        (format!(r#"{{"{longer}": {{"cidr": "10.0.0.0/8"}}}}"#), &cut),
    ] {
        let networks = read(&text).networks;
        assert!(!networks.is_empty(), "{text}");
        for it in networks {
            assert_eq!(it.name.as_ref(), Some(name), "{text}");
        }
    }
}

#[test]
fn all_of_json_may_stand_on_a_line() {
    let networks: Vec<String> = (0..20_000_u32).map(|it| format!(r#""10.{}.{}.0/24""#, it / 256, it % 256)).collect();
    let text = format!("[{}]\n172.18.0.0/16\n", networks.join(","));
    let pasted = read(&text);
    assert_eq!(pasted.lines.len(), 2);
    assert_eq!(pasted.of_line(0).len(), networks.len());
    for (found, written) in pasted.networks.iter().zip(&networks) {
        assert_eq!(found.span.of(&text), written);
    }
}

#[test]
fn invisible_characters_and_line_ends_do_not_matter() {
    let route = "172.18.0.0/16 dev wlan0 proto kernel scope link src 172.18.4.2";
    for text in [
        format!("\u{feff}{route}"),
        format!("{route}\r\n"),
        route.replace(' ', "\u{a0}"),
        route.replace(' ', "\t"),
        format!("   {route}   "),
        format!("\u{200b}{route}\u{200e}"),
    ] {
        assert_eq!(judged(&text), ["172.18.0.0/16 wlan0"], "{text:?}");
    }
}

#[test]
fn an_engine_steps_aside_for_some_of_it() {
    const OLD: Engine = Engine::new(20, 10, 14);
    const YOUNG: Engine = Engine::new(26, 1, 5);
    let latest = Engine::LATEST;
    for (line, expected) in [
        ("172.18.0.0/16 dev wlan0 scope link", [true; 3]),
        ("10.20.0.0/16 via 10.8.0.5 dev tun0", [true, false, false]),
        ("10.20.0.0/16 dev tailscale0 table 52", [false; 3]),
        ("fd00::/64 dev wlan0 proto ra", [false; 3]), // no routes of IPv6
        ("nameserver 10.20.0.53", [true; 3]),
        ("nameserver fd00::53", [true; 3]),
        ("128.0.0.0/1 via 10.8.0.5 dev tun0", [true, false, false]),
        ("128.0.0.0/1 dev tun0 scope link", [true; 3]),
        ("0.0.0.0/1 dev tun0 scope link", [true, true, false]),
        ("    inet 192.168.1.34/24 scope global wlan0", [true; 3]),
        ("    inet 10.2.0.2/32 scope global wg0", [false; 3]),
        ("AllowedIPs = 10.0.0.0/8", [false; 3]),
        ("10.0.0.0/8 the office", [false; 3]),
        // Docker Desktop's Engine runs in a virtual machine.
        ("  192.168.1.0  255.255.255.0  On-link  192.168.1.34  35", [false; 3]),
        ("192.168.86  link#11  UCS  en0", [false; 3]),
        // Docker's own networks are in use, not reserved.
        ("172.17.0.0/16 dev docker0 scope link", [false; 3]),
    ] {
        let pasted = read(line);
        let seen = [OLD, YOUNG, latest].map(|it| pasted.reserved(it).count() == 1);
        assert_eq!(seen, expected, "{line}");
    }
}

/// The Engine lists the routes of the main table, in the network of its own machine.
#[test]
fn the_command_above_tells_whether_the_engine_sees_a_route() {
    const ROUTE: &str = "172.18.0.0/16 dev eth1 scope link";
    for (commands, is_seen) in [
        ("ip route", true),
        ("$ ip route show table main", true),
        ("$ ip -4 route show table all", true), // each line has its own
        ("$ ip route show table 52", false),
        ("# ip r s t 220", false),
        ("root@gw:~# ip route list table vpn", false),
        ("[root@gw ~]# ip route show vrf mgmt", false),
        ("$ sudo ip vrf exec mgmt ip route", false),
        ("$ sudo ip netns exec blue ip route", false),
        ("$ ip -n blue route", false),
        ("$ sudo nsenter -t 4711 -n ip route", false),
        ("$ sudo nsenter -t 1 -m -n ip route", true),
        ("$ podman exec web ip route", false),
        ("$ kubectl exec -it web-0 -- ip route", false),
        ("$ docker run --rm --net=host alpine ip route", true),
        ("$ docker run --network host alpine ip route", true),
        ("$ ip route show table 52\n$ ip route", true), // the next command
        ("$ ip route show table 52\n$ tailscale status", true),
        ("$ watch -n 2 ip route show table 52", false),
        ("ssh root@10.9.9.9 ip route show table 52", false),
        ("ssh -p 2222 root@10.9.9.9 ip route", true), // the only machine there is
    ] {
        let text = format!("{commands}\n{ROUTE}\n");
        let pasted = read(&text);
        let found = pasted.networks.last().expect("the route");
        assert_eq!(found.is_seen_by(Engine::LATEST), is_seen, "{text}");
        assert!(found.avoid && pasted.is_complete(), "{text}");
    }
}

#[test]
fn what_a_container_is_connected_to_is_a_network_of_docker() {
    for commands in [
        "$ docker run --rm alpine ip route",
        "$ docker compose exec web ip route",
        "$ sudo docker exec -it web sh\n/ # ip route",
        "root@0a1b2c3d4e5f:/# ip route",
        "/ # ip route",
    ] {
        let text =
            format!("{commands}\ndefault via 172.18.0.1 dev eth0\n172.18.0.0/16 dev eth0 scope link src 172.18.0.2\n");
        let pasted = read(&text);
        assert_eq!(pasted.in_use().count(), 1, "{text}");
        assert_eq!(pasted.to_avoid().count(), 0, "{text}");
    }
    let left = "$ docker exec -it web bash\nroot@0a1b2c3d4e5f:/# exit\n$ ip route\n172.18.0.0/16 dev eth0 scope link";
    assert_eq!(read(left).to_avoid().count(), 1);
}

#[test]
fn the_engine_runs_on_one_of_several_machines() {
    let laptop = "alice@laptop:~$ ip route\n192.168.1.0/24 dev wlan0 scope link\n";
    let server = "root@nas.example.net:~# ip route\n10.7.0.0/16 dev eth0 scope link\n";
    let docker = "172.17.0.0/16 dev docker0 scope link\n";
    let seen = |text: &str| -> Vec<String> {
        let pasted = read(text);
        assert!(pasted.is_complete(), "{text}");
        let seen = pasted.reserved(Engine::LATEST);
        seen.map(|it| it.subnet.to_string()).collect()
    };
    assert_eq!(seen(&[laptop, server].concat()), ["192.168.1.0/24"]);
    assert_eq!(seen(&[laptop, server, docker].concat()), ["10.7.0.0/16"]);
    let away = "alice@laptop:~$ ip route\n192.168.1.0/24 dev wlan0 scope link\nalice@laptop:~$ ssh nas ip route\n\
                10.7.0.0/16 dev eth0 scope link\nalice@laptop:~$ ip addr\n    inet 10.8.0.2/24 scope global tun0\n";
    assert_eq!(seen(away), ["192.168.1.0/24", "10.8.0.0/24"]);
    // Another machine's docker0 is neither in the way nor in use.
    let both = [laptop, docker, server, docker].concat();
    let pasted = read(&both);
    assert_eq!(pasted.in_use().count(), 1);
    assert_eq!(pasted.to_avoid().count(), 2);
}

#[test]
fn docker_networks_are_in_use_and_nothing_to_keep_clear_of() {
    for (text, in_use, avoid) in [
        ("172.17.0.0/16 dev docker0 scope link", 1, 0),
        (r#"[{"Subnet":"172.18.0.0/16","Gateway":"172.18.0.1"}]"#, 1, 0),
        ("172.19.0.0/16 dev docker_gwbridge scope link", 1, 0),
        ("172.18.0.0/16 dev br-8a3f1c2d9e04 scope link", 1, 0),
        ("192.168.1.0/24 dev br-lan scope link", 0, 1), // a router's own bridge
        ("10.9.0.0/16 via 172.17.0.2 dev docker0", 0, 1),
    ] {
        let pasted = read(text);
        let found = (pasted.in_use().count(), pasted.to_avoid().count());
        assert_eq!(found, (in_use, avoid), "{text}");
    }
}

#[test]
fn a_listed_docker_network_must_tell_its_subnets() {
    let listed = "0123456789ab   shop   bridge   local\n";
    let told = r#"[{"Name": "shop", "IPAM": {"Config": [{"Subnet": "10.1.0.0/24"}]}}]"#;
    assert!(!read(listed).is_complete());
    assert!(read(&format!("{listed}{told}")).is_complete());
    assert!(read(&format!("{told}\n{listed}")).is_complete());
    assert!(read("0123456789ab   host   host   local").is_complete());
}

#[test]
fn docker_networks_are_known_for_what_they_are() {
    let network = |name: &str, driver: &str, subnet: &str| {
        format!(r#"{{"Name": "{name}", "Driver": "{driver}", "IPAM": {{"Config": [{{"Subnet": "{subnet}"}}]}}}}"#)
    };
    let networks = [
        network("docker_gwbridge", "bridge", "172.18.0.0/16"),
        network("ingress", "overlay", "10.0.0.0/24"),
        network("front", "overlay", "10.0.1.0/24"),
        network("back", "overlay", "10.0.1.0/24"),
        network("wide", "bridge", "172.16.0.0/15"),
        network("bridge", "bridge", "172.17.0.0/16"),
    ];
    let text = format!(
        "[{}]\n172.18.0.0/16 dev docker_gwbridge scope link\n172.17.0.0/16 dev docker0 scope link",
        networks.join(",\n")
    );
    let pasted = read(&text);
    assert!(pasted.has_gateway_bridge());
    assert_eq!(
        pasted.notes(),
        [
            "docker_gwbridge exists, through which containers in overlay networks reach the world, and has 172.18.0.0/16: no second one is made.",
            "ingress exists, which takes in the swarm's published ports, and has 10.0.0.0/24: no second one is made.",
            "The networks back and front both have 10.0.1.0/24: what is sent to one can end in the other. Remove one of them with `docker network rm`, and make it again with another subnet.",
            "The networks wide (172.16.0.0/15) and bridge (172.17.0.0/16) overlap: what is sent to one can end in the other. Remove one of them with `docker network rm`, and make it again with another subnet.",
            "The networks wide (172.16.0.0/15) and docker0 (172.17.0.0/16) overlap: what is sent to one can end in the other. Remove one of them with `docker network rm`, and make it again with another subnet.",
        ]
    );
    assert_eq!(read("172.17.0.0/16 dev docker0 scope link").notes(), Vec::<String>::new());
}

#[test]
fn templates_list_networks_too() {
    for text in [
        "bridge [{172.17.0.0/16  172.17.0.1 map[]}]\nhost []\nnone []\nshop [{172.18.0.0/16  172.18.0.1 map[]}]",
        "bridge 172.17.0.0/16\nhost\nnone\nshop 172.18.0.0/16",
        "bridge 172.17.0.0/16\nhost \nshop 172.18.0.0/16\nnone ",
        "$ docker network inspect $(docker network ls -q) -f '{{.Name}}{{range .IPAM.Config}} {{.Subnet}}{{end}}'\n\
         bridge 172.17.0.0/16\nshop 172.18.0.0/16",
    ] {
        let pasted = read(text);
        assert!(pasted.is_complete(), "{text}");
        let found = pasted.in_use().map(|it| format!("{} {}", it.name.clone().unwrap_or_default(), it.subnet));
        assert_eq!(found.collect::<Vec<_>>(), ["bridge 172.17.0.0/16", "shop 172.18.0.0/16"], "{text}");
        assert_eq!(pasted.to_avoid().count(), 0, "{text}");
    }
}

#[test]
fn long_lists_of_templates_are_read_quickly() {
    let pasted = read(&"shop 172.18.0.0/16\nhost\nnone\n".repeat(9_000));
    assert_eq!(pasted.in_use().count(), 9_000);
    assert!(pasted.is_complete());
}

#[test]
fn each_name_of_a_list_belongs_to_its_own_networks() {
    judge(&[
        (
            "VPN: 10.8.0.0/24, 10.9.0.0/24; office 192.168.10.0/23 (floor 2), datacentre: 172.16.4.0 - 172.16.7.255",
            "10.8.0.0/24 VPN, 10.9.0.0/24 VPN, 192.168.10.0/23 office, 172.16.4.0/22 datacentre",
        ),
        ("10.20.0.0/16 (Hamburg), 10.30.0.0/16 (Bonn)", "10.20.0.0/16 Hamburg, 10.30.0.0/16 Bonn"),
        ("10.20.0.0/16, 10.30.0.0/16 labs", "10.20.0.0/16 labs, 10.30.0.0/16 labs"),
        ("HQ 10.1.0.0 255.255.0.0, lab 10.2.0.5", "10.1.0.0/16 HQ, 10.2.0.5/32 lab"),
        ("10.0.0.7 printer -", "10.0.0.7/32 printer"), // no range
        ("NAME   NETWORK   MASK\n10.0.0.0 255.0.0.0", "Heading | 10.0.0.0/8"),
    ]);
}

#[test]
fn windows_tells_of_its_routes_in_a_table_of_netsh() {
    let text = "\
Veröff.  Typ       Met  Präfix                    Idx  Gateway/Schnittstellenname
-------  --------  ---  ------------------------  ---  ------------------------
No       Manual    0    0.0.0.0/0                  12  172.18.0.1
No       System    256  127.0.0.0/8                 1  Loopback Pseudo-Interface 1
No       System    256  172.18.0.0/16              12  Wi-Fi
No       System    256  172.18.77.12/32            12  Wi-Fi
No       System    256  172.18.255.255/32          12  Wi-Fi
No       Manual    1    10.50.0.0/16               20  10.8.0.1
No       System    256  224.0.0.0/4                12  Wi-Fi
No       Manual    256  fd00:7::/64                20  VPN";
    let expected = "Heading | Heading | DefaultRoute | Loopback | 172.18.0.0/16 | Neighbour | Multicast | \
                    10.50.0.0/16 | Multicast | fd00:7::/64";
    judge(&[(text, expected)]);
    let roles: Vec<_> = read(text).networks.iter().map(|it| it.role).collect();
    assert_eq!(roles, [Role::OnLinkRoute, Role::GatewayRoute, Role::OnLinkRoute]);
}

#[test]
fn what_cannot_be_read_of_a_notation_is_not_passed_over() {
    judge(&[
        ("10.300.0.0/16 dev eth0 scope link", "? Address"),
        ("192.168.1.0 0.0.0.0 255.255.0.255 U 0 0 0 eth0", "? Mask"),
        ("inet 10.0.0.1 netmask 255.0.255.0", "? Mask"),
        ("AllowedIPs = 10.0.0.0/99", "? Address"),
        ("nameserver 10.0.0.300", "? Address"),
        ("route 10.8.0.0 255.0.255.0", "? Mask"),
        ("- subnet: 172.28.0.0/99", "? Address"),
        ("- subnet: ${FRONT}", "? Address"),
        (r#"[{"Name": "x", "IPAM": {"Config": [{"Subnet": 7}]}}]"#, "? Address"),
        (r#"{"mask": "255.255.0.0"}"#, "? Mask"),
        (r#"["10.0.0.0/8""#, "? Json"),
        ("[\u{a0}\"10.0.0.0/8\"]", "10.0.0.0/8"), // from a page of the web
        ("networks:\n  - 10.0.0.0/8", "Heading | 10.0.0.0/8"), // a list that only looks like Compose
        ("services:\n  10.0.0.0/8", "Heading | 10.0.0.0/8"),
        // Words of a notation that are in a list.
        ("local 10.0.0.0/8", "10.0.0.0/8 local"),
        ("remote 10.0.0.0/8", "10.0.0.0/8 remote"),
        ("vpn.example: 10.0.0.0/8", "10.0.0.0/8 vpn.example"),
        ("peer: 10.0.0.0/8", "10.0.0.0/8 peer"),
        ("domain 10.0.0.0/8", "10.0.0.0/8 domain"),
        ("10.0.0.0/8 10.1.1.1 UK office", "10.0.0.0/8 UK office, 10.1.1.1/32 UK office"),
        ("10.0.0.0/8 nhid 12 via 10.1.1.1 dev eth0", "10.0.0.0/8 eth0"),
        (r#"{"address": "10.0.0.1", "prefixLength": 8}"#, "? NoLength"),
    ]);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Lines that mean the same wherever they are.
    const SELF_CONTAINED: &[&str] = &[
        "10.0.0.0/8 the office",
        "10.0.0.0-10.0.3.255",
        "10.1.0.0 255.255.0.0",
        "10.0.0.0/33",
        "127.0.0.1 localhost",
        "# a comment",
        "default via 192.168.1.1 dev wlan0 proto dhcp metric 600",
        "172.18.0.0/16 dev wlan0 proto kernel scope link src 172.18.4.2",
        "172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown",
        "fd00::/64 dev wlan0 proto ra metric 600 pref medium",
        "wlan0            UP             192.168.1.34/24 fe80::1/64",
        "192.168.1.0     0.0.0.0         255.255.255.0   U     600    0        0 wlan0",
        "10.8/24            10.14.0.1          UGSc                utun4",
        "     192.168.1.0    255.255.255.0         On-link      192.168.1.34    291",
        "7       10.20.0.0/16      10.8.0.5     0 25       ActiveStore",
        "IP4.DNS[1]:                             172.18.0.1",
        "AllowedIPs = 10.192.122.4/32,192.168.0.0/16",
        "nameserver 192.168.178.1",
        "route 10.20.0.0 255.255.0.0",
        "push \"route 10.30.0.0 255.255.255.0\"",
        "      - subnet: 172.28.0.0/16",
        "[{\"dst\":\"10.20.0.0/16\",\"gateway\":\"10.8.0.5\",\"dev\":\"tun0\",\"flags\":[]}]",
    ];

    /// A word that some notation gives a meaning to.
    fn word() -> impl Strategy<Value = String> {
        let known = proptest::sample::select(vec![
            "10.0.0.0/8",
            "10.0.0.1",
            "255.255.0.0",
            "0.0.0.0",
            "fd00::1",
            "fe80::%en0/64",
            "::/0",
            "10.8/24",
            "default",
            "via",
            "dev",
            "docker0",
            "inet",
            "inet6",
            "netmask",
            "0xffffff00",
            "prefixlen",
            "64",
            "scope",
            "link",
            "table",
            "U",
            "UG",
            "UGSc",
            "link#4",
            "On-link",
            "35",
            "1",
            "eth0",
            "eth0:",
            "2:",
            "<UP>",
            "flags=1<UP>",
            "IPv4. . .:",
            "IP4.ROUTE[1]:",
            "dst",
            "=",
            "nh",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "AllowedIPs",
            "allowed ips:",
            "[Peer]",
            "nameserver",
            "DNS Servers:",
            "route",
            "push",
            "PUSH_REPLY,",
            "subnet:",
            "ipam:",
            "services:",
            "-",
            "\"Subnet\":",
            "\"IPAM\":",
            "$",
            "#",
            "====",
            "0123456789ab",
            "local",
            "0123456789ab:/#",
            "a@b:~$",
            "ip",
            "ssh",
            "exec",
            "200",
            "listnetworks",
            "IPAddress",
            "PrefixLength",
            "-A",
            "table ip nat {",
            "100.64.0.9 laptop a@ linux",
            "from",
            "Secured Routes",
            "host",
            "[]",
            "[{10.0.0.0/8",
            "}]",
            "\t",
            "\r",
            "\n",
            "\n  ",
            "\u{a0}",
            "\u{feff}",
            "é",
        ]);
        prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => "[0-9a-f.:/*x-]{1,20}"]
    }

    proptest! {
        #[test]
        fn any_text_is_judged_line_by_line(words in proptest::collection::vec(word(), 0..80)) {
            let text = words.join(" ");
            let pasted = read(&text);
            let mut at = 0;
            for line in &pasted.lines {
                prop_assert_eq!(line.span.start, at);
                prop_assert!(line.span.of(&text).trim_end_matches('\n').find('\n').is_none());
                at = line.span.end;
            }
            prop_assert_eq!(at, text.len());
            for (at, line) in pasted.lines.iter().enumerate() {
                let has_networks = pasted.of_line(at).iter().any(|it| it.avoid || it.role == Role::Docker);
                match line.judgement {
                    Judgement::Networks => prop_assert!(has_networks),
                    Judgement::Ignored(_) => prop_assert!(!has_networks),
                    Judgement::NotUnderstood(_) => {}
                }
            }
            for found in &pasted.networks {
                let line = pasted.lines[found.line].span;
                prop_assert!(line.start <= found.span.start && found.span.end <= line.end);
                prop_assert!(!found.span.of(&text).is_empty());
            }
        }

        #[test]
        fn a_line_means_the_same_among_others(
            picked in proptest::collection::vec(proptest::sample::select(SELF_CONTAINED), 1..20),
        ) {
            let alone: Vec<_> = picked.iter().flat_map(|it| judged(it)).collect();
            prop_assert_eq!(judged(&picked.join("\n")), alone);
        }

        #[test]
        fn a_range_is_covered_exactly(first: u32, length in 0_u32..100_000) {
            let last = first.saturating_add(length);
            let mut next = u64::from(first);
            let mut count = 0;
            addresses::cover(std::net::Ipv4Addr::from(first).into(), std::net::Ipv4Addr::from(last).into(), |it| {
                let (std::net::IpAddr::V4(start), std::net::IpAddr::V4(end)) = (it.network_address(), it.last_address()) else {
                    return;
                };
                assert_eq!(u64::from(u32::from(start)), next);
                next = u64::from(u32::from(end)) + 1;
                count += 1;
            });
            prop_assert_eq!(next, u64::from(last) + 1);
            prop_assert!(count <= 62);
        }
    }
}

#[test]
fn the_pools_of_a_daemon_are_its_own() {
    for (text, judged_as, pools) in [
        ("Default Address Pools:\n  Base: 10.123.0.0/16, Size: 24\n", "Heading | DaemonPool", "10.123.0.0/16 24"),
        ("   Base: 10.123.0.0/16, Size: 24", "DaemonPool", "10.123.0.0/16 24"),
        ("Base: 10.0.0.0/8, Size: 4", "? Address", ""), // no daemon has it
        ("Base: ten, Size: 24", "? Address", ""),
        (
            r#"[{"Base":"10.1.0.0/16","Size":24},{"Base":"fd00:1::/48","Size":64}]"#,
            "DaemonPool",
            "10.1.0.0/16 24, fd00:1::/48 64",
        ),
        (
            r#"{"default-address-pools": [{"base": "10.1.0.0/16", "size": 24}], "bip": "10.2.0.1/24"}"#,
            "DaemonPool",
            "10.1.0.0/16 24",
        ),
        (r#"{"bip": "10.2.0.1/24"}"#, "DaemonPool", ""),
        ("Server:\t\t192.168.1.1", "192.168.1.1/32 Server", ""), // nslookup
    ] {
        assert_eq!(judged(text).join(" | "), judged_as, "{text}");
        let found = read(text).pools;
        let found = found.iter().map(|it| format!("{} {}", it.base(), it.size()));
        assert_eq!(found.collect::<Vec<_>>().join(", "), pools, "{text}");
    }
}

/// The pools of a daemon are worth putting into a configuration that has other ones.
#[test]
fn pools_are_offered_where_they_are_not_yet() {
    let info = r#"[{"Base":"10.1.0.0/16","Size":24}]"#;
    let same = r#"{"default-address-pools": [{"base": "10.1.0.0/16", "size": 24}]}"#;
    for (text, pasted, is_offered) in [
        ("{}", info, true),
        (same, info, false),
        (r#"{"default-address-pools": [{"base": "10.2.0.0/16", "size": 24}]}"#, info, true),
        ("{}", "10.1.0.0/16", false), // a network is no pool
        // What the Engine takes by itself may be written down all the same.
        ("{}", r#"[{"Base":"172.17.0.0/16","Size":16}]"#, true),
        (
            "{ config, ... }: { virtualisation.docker.daemon.settings.default-address-pools = [ { base = \"10.1.0.0/16\"; \
             size = 24; } config.x ]; }",
            info,
            true,
        ),
    ] {
        let plan = crate::analyze(&crate::Request::of(text)).plan;
        assert_eq!(read(pasted).pools_change(&plan).is_some(), is_offered, "{text} {pasted}");
    }
}

#[cfg(feature = "prose")]
#[test]
fn what_the_daemon_says_names_no_networks() {
    use crate::daemon::messages;
    let mut lines: Vec<String> = messages::read(messages::TEXT)
        .into_iter()
        .map(|it| it.example)
        .filter(|it| it.contains("daemon") || it.starts_with("ERROR"))
        .collect();
    assert!(lines.len() > 40);
    let failed = "failed to start daemon: Error initializing network controller: error obtaining controller instance: \
        could not construct local address space: network at index 0 (&{10.0.0.0/24 16}) has a smaller prefix (/24) than \
        the target size of that pool (/16)";
    lines.push(format!("Nov 21 09:14:07 host dockerd[812]: {failed}"));
    lines.push(format!(r#"time="2026-11-21T09:14:07.318411022+01:00" level=error msg="{failed}""#));
    for line in lines {
        assert_eq!(judged(&line), ["DaemonMessage"], "{line}");
    }
}
