//! Which networks is a traveller likely to come across: trains, hotspots, VPNs, clouds, home routers?
//!
//! The list is `core/data/known-networks.json`. It stays out of the wasm; the page fetches it as an asset.

use std::fmt;

use super::Subnet;
use crate::{docker::go::net, document::Node, notation::json, text::order};

/// The list, for the terminal and for tests.
#[cfg(feature = "prose")]
pub const TEXT: &str = include_str!("../../data/known-networks.json");

/// A network that many machines come across.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownNetwork {
    /// Its permanent name, in links too: `wifionice`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The addresses it has, at least one block.
    pub subnets: Vec<Subnet>,
    /// What sort of network it is.
    pub kind: Kind,
    /// A sentence or two more; can be empty.
    pub note: String,
    /// Who says so.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why an overlap with it is no cause for alarm, when it is none: it takes an unknown part of the block.
    pub informs: Option<String>,
    /// Other words that people look for; can be empty.
    pub words: String,
}

/// The sorts of known networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Wi-Fi for guests, whose addresses are not known in advance.
    Place,
    /// Wi-Fi on board.
    Train,
    /// A telephone or laptop that shares its connection.
    Hotspot,
    /// A virtual private network.
    Vpn,
    /// A router at home or at work.
    Router,
    /// A cloud provider's networks.
    Cloud,
    /// Virtual machines on this machine.
    Vm,
    /// Another engine for containers on this machine, or Docker itself.
    Container,
    /// Pods and services of Kubernetes.
    Kubernetes,
    /// A block that the internet's registries keep for a purpose.
    SpecialUse,
}

/// How sure a known network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Its maker says so, in documentation or source.
    Documented,
    /// People who met it say so.
    Reported,
    /// Widely said, without a source that was read.
    CommonKnowledge,
}

/// What an overlap with a known network means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Where it overlaps, machines there cannot be reached.
    Alarms,
    /// It may or may not be hit.
    Informs,
    /// Its addresses have a meaning of their own; no pool may be proposed there.
    NeverProposed,
}

impl KnownNetwork {
    /// What an overlap with it means.
    pub fn weight(&self) -> Weight {
        match (self.kind, &self.informs) {
            (_, Some(_)) => Weight::Informs,
            (Kind::SpecialUse, None) => Weight::NeverProposed,
            (_, None) => Weight::Alarms,
        }
    }

    /// Whether it has an address in common with a subnet.
    pub fn overlaps(&self, subnet: Subnet) -> bool {
        self.subnets.iter().any(|it| it.overlaps(subnet))
    }
}

const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::Place, "place", "place wifi wi-fi wlan"),
    (Kind::Train, "train", "train railway rail on board wifi wi-fi"),
    (Kind::Hotspot, "hotspot", "hotspot mobile phone tethering sharing"),
    (Kind::Vpn, "vpn", "vpn tunnel"),
    (Kind::Router, "router", "router home office wifi wi-fi wlan lan"),
    (Kind::Cloud, "cloud", "cloud provider"),
    (Kind::Vm, "vm", "vm virtual machine"),
    (Kind::Container, "container", "container engine"),
    (Kind::Kubernetes, "kubernetes", "kubernetes cluster k8s"),
    (Kind::SpecialUse, "special-use", "special use reserved iana"),
];

impl Kind {
    /// Its name in the list.
    pub fn id(self) -> &'static str {
        let row = KINDS.iter().find(|it| it.0 == self);
        row.map_or("", |it| it.1)
    }

    fn search_words(self) -> &'static str {
        let row = KINDS.iter().find(|it| it.0 == self);
        row.map_or("", |it| it.2)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Confidence::Documented => "documented",
            Confidence::Reported => "reported",
            Confidence::CommonKnowledge => "common knowledge",
        })
    }
}

/// Reads the list; a row that lacks a part or names no block is left out.
pub fn read(text: &str) -> Vec<KnownNetwork> {
    let document = json::read(text);
    document.root.elements().iter().filter_map(row).collect()
}

fn row(node: &Node) -> Option<KnownNetwork> {
    let member = |key: &str| {
        let found = node.members().iter().find(|it| it.key == key);
        found.map(|it| &it.value)
    };
    let text = |key: &str| member(key)?.as_str().map(str::to_owned);
    let subnets: Vec<Subnet> =
        member("cidrs")?.elements().iter().filter_map(|it| Some(Subnet::of(net::parse_cidr(it.as_str()?)?))).collect();
    let kind = text("kind")?;
    let confidence = match text("confidence")?.as_str() {
        "documented" => Confidence::Documented,
        "reported" => Confidence::Reported,
        "common-knowledge" => Confidence::CommonKnowledge,
        _ => return None,
    };
    (!subnets.is_empty()).then_some(KnownNetwork {
        id: text("id")?,
        name: text("name")?,
        subnets,
        kind: KINDS.iter().find(|it| it.1 == kind)?.0,
        note: text("note")?,
        source: text("source")?,
        confidence,
        informs: text("informs"),
        words: text("words").unwrap_or_default(),
    })
}

/// Finds known networks by words of their name, note or kind, or by an address or subnet; the best first.
///
/// Every word must match; letter case and accents do not count. Nothing asked finds everything. Special-use
/// blocks come last.
pub fn search<'a>(list: &'a [KnownNetwork], query: &str) -> Vec<&'a KnownNetwork> {
    let query = folded(query);
    let mut found: Vec<(u32, &KnownNetwork)> = list.iter().filter_map(|it| Some((score(it, &query)?, it))).collect();
    order::sort(&mut found, |a, b| b.0.cmp(&a.0));
    found.into_iter().map(|it| it.1).collect()
}

/// One network of each kind that a traveller meets, then a second one of each, and so on.
pub fn various(list: &[KnownNetwork]) -> Vec<&KnownNetwork> {
    const MET: [Kind; 6] = [Kind::Place, Kind::Train, Kind::Hotspot, Kind::Vpn, Kind::Router, Kind::Cloud];
    let mut met: Vec<(usize, &KnownNetwork)> = Vec::new();
    for kind in MET {
        met.extend(list.iter().filter(|it| it.kind == kind).enumerate());
    }
    order::sort(&mut met, |a, b| a.0.cmp(&b.0));
    met.into_iter().map(|it| it.1).collect()
}

/// How well a network fits all words; `None` when one does not fit.
fn score(known: &KnownNetwork, query: &str) -> Option<u32> {
    let name = folded(&known.name);
    let note = folded(&known.note);
    let mut score = match (known.kind, known.weight()) {
        (Kind::SpecialUse, _) => 0,
        (_, Weight::Alarms) => 2,
        (_, Weight::Informs | Weight::NeverProposed) => 1,
    };
    for word in query.split_whitespace() {
        let subnet = net::parse_cidr(word).map(Subnet::of).or_else(|| {
            let addr = net::parse_ip(word)?;
            Some(Subnet::new(addr, 128))
        });
        let starts = |text: &str| {
            let mut words = text.split(|it: char| !it.is_alphanumeric());
            words.any(|it| it.starts_with(word))
        };
        score += match subnet {
            Some(subnet) if known.overlaps(subnet) => match known.weight() {
                Weight::Alarms => 40,
                Weight::Informs | Weight::NeverProposed => 8, // it takes some part of the block
            },
            Some(_) => return None,
            None if name.starts_with(word) => 40,
            None if starts(&name) => 32,
            None if name.contains(word) || known.id.contains(word) => 16,
            None if starts(&known.words) => 16,
            None if starts(known.kind.search_words()) => 8,
            None if starts(&note) => 4,
            None if note.contains(word) => 2,
            None => return None,
        };
    }
    Some(score)
}

/// Lower case without accents, as far as Western European letters go.
fn folded(text: &str) -> String {
    const ACCENTS: &[(&str, char)] = &[
        ("àáâãäå", 'a'),
        ("ç", 'c'),
        ("èéêë", 'e'),
        ("ìíîï", 'i'),
        ("ñ", 'n'),
        ("òóôõöø", 'o'),
        ("ùúûü", 'u'),
        ("ýÿ", 'y'),
    ];
    let lower = text.chars().flat_map(char::to_lowercase);
    lower
        .map(|it| {
            let plain = ACCENTS.iter().find(|(accented, _)| accented.contains(it));
            plain.map_or(it, |it| it.1)
        })
        .collect()
}

#[cfg(all(test, feature = "prose"))]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_read_and_says_whence_it_comes() {
        let document = json::read(TEXT);
        assert_eq!(document.problems, []);
        let list = super::read(TEXT);
        assert_eq!(list.len(), document.root.elements().len());
        let ids: BTreeSet<&str> = list.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), list.len(), "an id stands twice");
        for (row, known) in document.root.elements().iter().zip(&list) {
            let written = row.members().iter().find(|it| it.key == "cidrs");
            let written = written.map_or(&[][..], |it| it.value.elements());
            let written: Vec<_> = written.iter().filter_map(Node::as_str).collect();
            let subnets: Vec<_> = known.subnets.iter().map(Subnet::to_string).collect();
            assert_eq!(written, subnets, "{}: not in canonical form", known.id);
            assert!(!known.name.is_empty() && !known.source.is_empty(), "{}", known.id);
            let is_id = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            assert!(known.id.chars().all(is_id), "{}", known.id);
        }
    }

    #[test]
    fn various_places_are_of_various_kinds() {
        let list = super::read(TEXT);
        let kinds: BTreeSet<Kind> = various(&list).iter().take(6).map(|it| it.kind).collect();
        assert_eq!(kinds.len(), 6);
    }

    #[test]
    fn overlaps_weigh_differently() {
        let list = super::read(TEXT);
        for (id, expected) in [
            ("wifionice", Weight::Alarms),
            ("openvpn-access-server", Weight::Alarms),
            ("ios-hotspot", Weight::Alarms),
            ("tailscale", Weight::Alarms),
            ("wsl2-nat", Weight::Informs), // takes a random /20
            ("lxd-incus-auto", Weight::Informs),
            ("gcp-auto-vpc", Weight::Alarms),          // all regions have one
            ("corp-172-20", Weight::Alarms),           // whoever is there has to reach it
            ("docker-default-pools", Weight::Informs), // Docker itself
            ("iana-private-10", Weight::Informs),
            ("iana-ula", Weight::Informs),
            ("iana-cgnat", Weight::NeverProposed),
            ("iana-loopback", Weight::NeverProposed),
            ("iana-test-net-1", Weight::NeverProposed),
        ] {
            let known = list.iter().find(|it| it.id == id).expect(id);
            assert_eq!(known.weight(), expected, "{id}");
        }
    }

    #[test]
    fn finds_by_words_kind_and_address_best_first() {
        let list = super::read(TEXT);
        for (query, first) in [
            ("WIFIonICE", "wifionice"),
            ("ice", "wifionice"),
            ("deutsche bahn", "wifionice"),
            ("train deutsche", "wifionice"),
            ("czéch", "cdwifi"), // accents do not count
            ("iPhone", "ios-hotspot"),
            ("mobile", "windows-ics"),
            ("fritz", "router-fritzbox"),
            ("fritzbox", "router-fritzbox"),
            ("cisco", "cisco-anyconnect"),
            ("anyconnect", "cisco-anyconnect"),
            ("starlink", "starlink"),
            ("hotel", "guest-wifi"),
            ("cafe", "guest-wifi"),
            ("airport", "router-airport"),
            ("hospital", "guest-wifi"),
            ("conference", "conference-wifi"),
            ("eduroam", "university-wifi"),
            ("company vpn", "company-vpn"),
            ("globalprotect", "company-vpn"),
            ("openvpn access", "openvpn-access-server"),
            ("vpn 172.27.230.1", "openvpn-access-server"),
            ("hotspot 172.20.0.0/16", "ios-hotspot"),
            ("fd7a:115c:a1e0::1", "tailscale"),
            ("xyzzy", ""),
            ("vpn xyzzy", ""),
        ] {
            let found = search(&list, query);
            let first_found = found.first().map_or("", |it| it.id.as_str());
            assert_eq!(first_found, first, "{query}");
        }
        let all = search(&list, " ");
        assert_eq!(all.len(), list.len());
        assert_eq!(all.last().map(|it| it.kind), Some(Kind::SpecialUse));
    }
}
