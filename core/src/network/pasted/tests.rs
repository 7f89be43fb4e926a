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
        (
            "10.0.0.0/8, 192.168.0.0/16;172.16.0.0/12",
            "10.0.0.0/8, 192.168.0.0/16, 172.16.0.0/12",
        ),
        ("Office: 10.0.0.0/8", "10.0.0.0/8 Office"),
        ("10.0.0.0/8   # the office", "10.0.0.0/8 the office"),
        ("- \"10.0.0.0/8\"", "10.0.0.0/8"),
        ("Head office,10.0.0.0/8", "10.0.0.0/8 Head office"),
        ("10.0.0.0\u{a0}255.0.0.0\tHQ", "10.0.0.0/8 HQ"),
        ("base=10.0.0.0/8,size=24", "10.0.0.0/8 base"),
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
        ("the office", "? NoAddress"),
        ("10.0.0.0/33", "? Address"),
        ("300.0.0.0/8", "? Address"),
        ("10.0.0.0/8 10.300.0.0/16", "? Address"),
        ("10.0.*.1", "? Address"),
        ("10.0.3.0-10.0.0.0", "? Range"),
        ("10.0.0.0 -", "? Range"),
        ("10.0.0.0 - office", "? Range"),
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
        assert!(
            found <= 254 && (count == 1) == (found == 1),
            "{text}: {found}"
        );
    }
}
