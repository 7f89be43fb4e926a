//! Where in the address space do networks lie? The geometry of the picture: bars, and what is drawn on each.
//!
//! A bar is a block from its first address to its last. The private ranges always have one; any other range in use gets
//! its own; and what is too narrow to be seen on the bar of a whole range gets a further, enlarged one.

use std::{net::IpAddr, ops::Range};

use super::{AddressPlan, Avoid, Avoided, Forecast, Recipient, Step};
use crate::{
    address::{Collision, Collisions, KnownNetwork, Subnet, known::Weight},
    docker::go::net::parse_cidr,
    text::order,
};

/// Shares of a bar below this are enlarged: a finger's width on a phone.
const NARROW: f64 = 1.0 / 24.0;

/// Neighbours of one kind within this share of a bar are drawn as one: finer than a pixel.
const FINE: f64 = 1.0 / 2048.0;

/// How many marks a bar has at most.
pub const MAX_MARKS: usize = 400;

/// How many ranges have a bar at most: those named below, and a few others.
const MAX_RANGES: usize = RANGES.len() + 5;

/// How many enlarged bars there are at most.
const MAX_ENLARGED: usize = 4;

/// An enlarged bar shows at least this many subnets of the size that was too narrow, as a power of two.
const ENLARGED_BITS: u8 = 5;

/// The ranges that always have a bar, and those that get one when something lies in them.
///
/// Source: RFC 1918 (private use), RFC 6598 (shared), RFC 3927 (link-local), RFC 2544 (benchmarks), RFC 4193 (unique local).
const RANGES: [(&str, bool); 7] = [
    ("10.0.0.0/8", true),
    ("100.64.0.0/10", false),
    ("169.254.0.0/16", false),
    ("172.16.0.0/12", true),
    ("192.168.0.0/16", true),
    ("198.18.0.0/15", false),
    ("fc00::/7", false),
];

/// Anything else gets the bar of its first so many bits: IPv4, IPv6.
const OTHER_BITS: (u8, u8) = (8, 16);

/// What a network is to Docker, or to its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A block that subnets are cut from.
    Pool,
    /// The default bridge.
    DefaultBridge,
    /// A network that the text gives a subnet.
    Own,
    /// One of the next networks.
    Next,
    /// A network that Docker has already.
    InUse,
    /// A network to keep clear of.
    Avoid,
    /// A network that uses some part of its block, not known which.
    Perhaps,
    /// A known network that was not chosen to keep clear of.
    Known,
}

impl Layer {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 8] =
        [Self::Pool, Self::DefaultBridge, Self::Own, Self::Next, Self::InUse, Self::Avoid, Self::Perhaps, Self::Known];

    /// Its name in a legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pool => "Pool",
            Self::DefaultBridge => "Default bridge",
            Self::Own => "Networks of the text",
            Self::Next => "Next networks",
            Self::InUse => "In use",
            Self::Avoid => "Keep clear of",
            Self::Perhaps => "Perhaps in the way",
            Self::Known => "Known networks",
        }
    }

    /// Whether it is drawn in the lower lane, that of networks that are not Docker's.
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Avoid | Self::Perhaps | Self::Known)
    }
}

/// A network to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it lies.
    pub subnet: Subnet,
    /// What it is.
    pub layer: Layer,
    /// Its name: "docker0", "network 3", "WIFIonICE".
    pub name: String,
    /// Its place among the next networks, from 1; 0 for anything else.
    pub number: u128,
    /// What it overlaps across the lanes, in words; empty when nothing. See [`Item::collides`].
    pub with: String,
}

impl Item {
    /// Whether it collides with something. Networks that are merely known, or use an unknown part of their block, do not.
    pub fn collides(&self) -> bool {
        !matches!(self.layer, Layer::Perhaps | Layer::Known) && !self.with.is_empty()
    }

    /// A network that overlaps nothing yet.
    pub fn new(layer: Layer, subnet: Subnet, name: impl Into<String>) -> Self {
        Self { subnet, layer, name: name.into(), number: 0, with: String::new() }
    }
}

/// A block of addresses, drawn from its first to its last.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The block.
    pub block: Subnet,
    /// Whether it shows a part of another bar.
    pub is_enlarged: bool,
    /// What lies on it, layer by layer and then by address.
    pub marks: Vec<Mark>,
}

/// One network, or neighbours of one layer that are too close to be told apart, on a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The first item it shows: an index into the items given.
    pub item: usize,
    /// How many items it shows.
    pub count: usize,
    /// The smallest block that holds all of them.
    pub cover: Subnet,
    /// Where it begins, as a share of the bar from 0 to 1.
    pub start: f64,
    /// How much of the bar it takes, from 0 to 1.
    pub length: f64,
    /// Whether one of its items collides.
    pub collides: bool,
}

impl Bar {
    /// The index of the mark that a pointer means, given its place as a share of the bar's length, in the lower lane or
    /// not.
    ///
    /// A mark within another one comes first, and a mark narrower than twice `reach` can be pointed at that far around
    /// its middle. A known network is meant only where nothing else is.
    pub fn pointed_at(&self, items: &[Item], share: f64, reach: f64, is_lower: bool) -> Option<usize> {
        let mut meant: Option<(usize, &Mark, bool, f64)> = None;
        for (place, mark) in self.marks.iter().enumerate() {
            let layer = items.get(mark.item)?.layer;
            let is_known = layer == Layer::Known;
            let end = mark.start + mark.length;
            let beside = (mark.start - share).max(share - end).max(0.0);
            let is_near = (mark.start + mark.length / 2.0 - share).abs() <= reach;
            if layer.is_lower() != is_lower || beside > 0.0 && !is_near {
                continue;
            }
            let is_meant = meant.is_none_or(|(_, best, best_is_known, best_beside)| {
                let is_inside = best.start <= mark.start && end <= best.start + best.length;
                beside < best_beside || is_inside && best_is_known == is_known
            });
            if is_meant {
                meant = Some((place, mark, is_known, beside));
            }
        }
        meant.map(|it| it.0)
    }
}

/// The most networks to keep clear of that are drawn one by one; of more, only those that lie in no other are drawn.
const MAX_AVOIDED: usize = 4_096;

/// What there is to draw: what Docker uses and will use, what it must keep clear of, and which of them collide; after
/// these the known networks that were not chosen. Of a plan that is not known nothing is drawn.
///
/// In O(n log n) of all networks.
pub fn items<'a>(
    plan: &AddressPlan,
    forecast: Option<&Forecast>,
    avoid: &Avoid,
    known: impl IntoIterator<Item = &'a KnownNetwork>,
) -> Vec<Item> {
    let mut own: Vec<Item> = Vec::new();
    let is_known = plan.unknown.is_none();
    let ipv6 = plan.docker0_ipv6.as_ref().filter(|_| is_known).and_then(|it| it.subnet);
    own.extend(ipv6.map(|it| Item::new(Layer::DefaultBridge, it, "docker0")));
    for step in forecast.map(|it| &it.steps[..]).unwrap_or_default() {
        if let Step::Give { subnet, to, .. } = step {
            let item = |layer| Item::new(layer, *subnet, to.name());
            own.push(match to {
                Recipient::Docker0 => item(Layer::DefaultBridge),
                Recipient::GatewayBridge => item(Layer::Next),
                Recipient::Own(number) => Item { number: *number, ..item(Layer::Next) },
            });
        }
    }
    drawn(own, plan, avoid, known)
}

/// The same for networks that somebody else worked out; the first are those.
pub fn drawn<'a>(
    own: Vec<Item>,
    plan: &AddressPlan,
    avoid: &Avoid,
    known: impl IntoIterator<Item = &'a KnownNetwork>,
) -> Vec<Item> {
    let mut items = own;
    for it in avoid.in_use() {
        items.push(Item::new(Layer::InUse, it.subnet, ["Docker's ", &it.name].concat()));
    }
    let pools = items.len();
    for planned in plan.pools.iter().filter(|_| plan.unknown.is_none()) {
        let cut = ["pool, cut into /", &planned.pool.size().to_string()].concat();
        items.push(Item::new(Layer::Pool, planned.pool.base(), cut));
    }
    let others = items.len();
    let certain = avoid.certain();
    match certain.networks().len() {
        0..=MAX_AVOIDED => items.extend(certain.networks().iter().map(avoided)),
        _ => {
            let merged = certain.merged().iter().take(MAX_AVOIDED);
            items.extend(merged.map(|it| avoided(&Avoided::listed(*it, ""))));
        }
    }
    let end = items.len();
    collide(&mut items, pools, others..end);
    let perhaps = avoid.networks().iter().filter(|it| it.informs.is_some());
    items.extend(perhaps.map(avoided));
    items.extend(not_chosen(known));
    meet(&mut items, pools, others, end);
    items
}

/// Known networks as they are drawn, each block once. Those that take an unknown part of a block are left out: they would
/// cover whole bars and say nothing.
fn not_chosen<'a>(known: impl IntoIterator<Item = &'a KnownNetwork>) -> Vec<Item> {
    let mut blocks: Vec<(Subnet, &KnownNetwork)> = Vec::new();
    for it in known {
        if it.weight() != Weight::Informs {
            blocks.extend(it.subnets.iter().map(|subnet| (*subnet, it)));
        }
    }
    order::sort(&mut blocks, |a, b| (a.0, a.1.kind).cmp(&(b.0, b.1.kind)));
    let named = blocks.chunk_by(|a, b| a.0 == b.0).filter_map(|same| {
        let (subnet, first) = same.first()?;
        let name = match same.len() {
            1 => [&first.name, ", a known network"].concat(),
            count => [&first.name, " and ", &(count - 1).to_string(), " more known"].concat(),
        };
        Some(Item::new(Layer::Known, *subnet, name))
    });
    named.collect()
}

fn avoided(it: &Avoided) -> Item {
    let layer = match it.informs {
        Some(_) => Layer::Perhaps,
        None => Layer::Avoid,
    };
    let name = match it.name.as_str() {
        "" => NAMELESS,
        name => name,
    };
    Item::new(layer, it.subnet, name)
}

/// The name of a network to keep clear of that was given none.
const NAMELESS: &str = "to keep clear of";

/// Says of each network what it collides with. `others` are the ones to keep clear of, those before them from `pools` on
/// the pools: of a pool and a network cut from it, the network is told.
fn collide(items: &mut [Item], pools: usize, others: Range<usize>) {
    for ours in [0..pools, pools..others.start] {
        let found = between(items, ours.clone(), others.clone());
        for it in found.ours.iter().filter(|_| ours.start == 0) {
            tell(items, ours.start + it.index as usize, others.start, it);
        }
        for it in &found.theirs {
            tell(items, others.start + it.index as usize, ours.start, it);
        }
    }
}

/// Says of each network from `known` on, known or perhaps there, what of Docker's it overlaps: that is no collision.
fn meet(items: &mut [Item], pools: usize, others: usize, known: usize) {
    let end = items.len();
    for ours in [0..pools, pools..others] {
        for it in &between(items, ours.clone(), known..end).theirs {
            tell(items, known + it.index as usize, ours.start, it);
        }
    }
}

fn between(items: &[Item], ours: Range<usize>, theirs: Range<usize>) -> Collisions {
    let subnets = |range| {
        let items: &[Item] = items.get::<Range<usize>>(range).unwrap_or_default();
        items.iter().map(|it| it.subnet).collect::<Vec<_>>()
    };
    Collisions::between(&subnets(ours), &subnets(theirs))
}

/// Says of an item what it overlaps, unless that was said; the others begin at `from`.
fn tell(items: &mut [Item], at: usize, from: usize, collision: &Collision) {
    let widest = items.get(from + collision.widest as usize);
    let mut with = widest
        .map(|it| match &*it.name {
            NAMELESS => it.subnet.to_string(),
            name => [name, " ", &it.subnet.to_string()].concat(),
        })
        .unwrap_or_default();
    if collision.count > 1 {
        with.push_str(&[" and ", &(collision.count - 1).to_string(), " more"].concat());
    }
    if let Some(item) = items.get_mut(at).filter(|it| it.with.is_empty()) {
        item.with = with;
    }
}

/// Draws the bars in the order of their addresses, each enlarged bar after the one it enlarges; `enlarge` is a block to
/// show larger.
///
/// In O(n log n) of the items.
pub fn bars(items: &[Item], enlarge: Option<Subnet>) -> Vec<Bar> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order::sort(&mut order, |&a, &b| {
        let rank = |at: usize| items.get(at).map(|it| (it.layer, it.subnet));
        rank(a).cmp(&rank(b))
    });
    let mut blocks = blocks(items);
    blocks.extend(enlarge.map(|it| (it, true)));
    order::sort(&mut blocks, |a, b| a.cmp(b));
    blocks.dedup_by_key(|it| it.0);
    let bar = |(block, is_enlarged)| bar(items, &order, block, is_enlarged);
    blocks.into_iter().map(bar).collect()
}

/// The blocks that get a bar, and whether each is enlarged.
fn blocks(items: &[Item]) -> Vec<(Subnet, bool)> {
    let mut blocks: Vec<Subnet> = Vec::new();
    let known: Vec<(Subnet, bool)> =
        RANGES.iter().filter_map(|(text, always)| Some((Subnet::of(parse_cidr(text)?), *always))).collect();
    blocks.extend(known.iter().filter(|it| it.1).map(|it| it.0));
    for item in items.iter().filter(|it| it.layer != Layer::Known) {
        let range = range_of(item.subnet, &known);
        let is_wide = known.iter().any(|it| it.0 != range && item.subnet.contains(it.0));
        if !is_wide && !blocks.contains(&range) && blocks.len() < MAX_RANGES {
            blocks.push(range);
        }
    }
    let mut cut: Vec<Subnet> =
        items.iter().filter(|it| matches!(it.layer, Layer::Next | Layer::DefaultBridge)).map(|it| it.subnet).collect();
    order::sort(&mut cut, Ord::cmp);
    let mut enlarged: Vec<Subnet> = Vec::new();
    for pool in items.iter().filter(|it| it.layer == Layer::Pool) {
        if enlarged.len() == MAX_ENLARGED {
            break;
        }
        if let Some(block) = enlarged_block(&cut, pool.subnet, &known)
            && !blocks.contains(&block)
            && !enlarged.contains(&block)
        {
            enlarged.push(block);
        }
    }
    let ranges = blocks.into_iter().map(|it| (it, false));
    ranges.chain(enlarged.into_iter().map(|it| (it, true))).collect()
}

/// The range whose bar a network is drawn on.
fn range_of(subnet: Subnet, known: &[(Subnet, bool)]) -> Subnet {
    let (v4, v6) = OTHER_BITS;
    let other = if subnet.is_ipv4() { v4 } else { v6 };
    let named = known.iter().map(|it| it.0).find(|it| it.contains(subnet));
    named.unwrap_or_else(|| Subnet::new(subnet.network_address(), subnet.prefix_len().min(other)))
}

/// The part of a pool that shows what is cut from it next, when that is too narrow on the bar of its range; `cut` is sorted.
fn enlarged_block(cut: &[Subnet], pool: Subnet, known: &[(Subnet, bool)]) -> Option<Subnet> {
    let behind = cut.partition_point(|it| *it < pool);
    let cut = cut.get(behind..).unwrap_or_default().iter().copied();
    let mut cut = cut.take_while(|it| pool.contains(*it));
    let mut cover = cut.next()?;
    let mut longest = cover.prefix_len();
    for subnet in cut {
        longest = longest.max(subnet.prefix_len());
        cover = cover.widened_to(subnet);
    }
    let range = range_of(pool, known);
    let shown = cover.prefix_len().min(longest.saturating_sub(ENLARGED_BITS));
    let block = Subnet::new(cover.network_address(), shown.max(pool.prefix_len()));
    let is_narrow = half_to(longest.saturating_sub(range.prefix_len())) < NARROW;
    (is_narrow && block.prefix_len() > range.prefix_len()).then_some(block)
}

fn bar(items: &[Item], order: &[usize], block: Subnet, is_enlarged: bool) -> Bar {
    let mut marks: Vec<Mark> = Vec::new();
    // The layer of the last mark, while all that it stands for is fine.
    let mut fine_layer = None;
    for &at in order {
        let Some(item) = items.get(at).filter(|it| it.subnet.overlaps(block)) else {
            continue;
        };
        let (start, length) = share(item.subnet, block);
        let is_fine = length < FINE;
        let is_full = marks.len() == MAX_MARKS;
        let is_near =
            |it: &&mut Mark| is_fine && fine_layer == Some(item.layer) && start - (it.start + it.length) < FINE;
        match marks.last_mut().filter(is_near) {
            Some(mark) => {
                mark.length = (start + length - mark.start).max(mark.length);
                mark.count += 1;
                mark.cover = mark.cover.widened_to(item.subnet);
                mark.collides |= item.collides();
            }
            None if !is_full => {
                marks.push(Mark { item: at, count: 1, cover: item.subnet, start, length, collides: item.collides() })
            }
            None => {}
        }
        fine_layer = is_fine.then_some(item.layer);
    }
    Bar { block, is_enlarged, marks }
}

/// Where `subnet` begins in `block` and which share of it it takes; the whole when it is wider.
fn share(subnet: Subnet, block: Subnet) -> (f64, f64) {
    if subnet.contains(block) {
        return (0.0, 1.0);
    }
    let bits = block.prefix_len();
    let first = match subnet.network_address() {
        IpAddr::V4(addr) => u128::from(u32::from(addr)) << 96,
        IpAddr::V6(addr) => addr.into(),
    };
    let behind = first.checked_shl(bits.into()).unwrap_or(0);
    let length = half_to(subnet.prefix_len().saturating_sub(bits));
    (behind as f64 * half_to(128), length)
}

/// 2 to the power of `-exponent`, exactly.
fn half_to(exponent: u8) -> f64 {
    f64::from_bits((1023 - u64::from(exponent)) << 52)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Request,
        address::known::{Confidence, Kind},
        analyze,
        daemon::network::Situation,
    };

    #[track_caller]
    fn subnet(text: &str) -> Subnet {
        Subnet::of(parse_cidr(text).expect(text))
    }

    fn item(layer: Layer, text: &str) -> Item {
        Item::new(layer, subnet(text), text)
    }

    #[test]
    fn of_an_unknown_plan_nothing_is_drawn() {
        let avoid = Avoid::new(vec![Avoided::listed(subnet("10.0.0.0/8"), "office")], Vec::new(), 0);
        for (settings, layers) in [
            ("bip = config.x;", &[Layer::Avoid][..]),
            ("default-address-pools = [ { base = \"10.9.0.0/16\"; size = 24; } config.x ];", &[Layer::Avoid]),
            ("default-address-pools = [ { base = \"10.9.0.0/16\"; size = 24; } ];", &[Layer::Pool, Layer::Avoid]),
        ] {
            let text = format!("{{ config, ... }}: {{ virtualisation.docker.daemon.settings = {{ {settings} }}; }}");
            let plan = analyze(&Request::of(text)).plan;
            let drawn: Vec<_> = items(&plan, None, &avoid, []).iter().map(|it| it.layer).collect();
            assert_eq!(drawn, layers, "{settings}");
        }
    }

    #[test]
    fn a_network_without_a_name_is_told_by_its_address() {
        let mut items = [
            Item::new(Layer::Next, subnet("10.0.1.0/24"), "network 1"),
            Item::new(Layer::Avoid, subnet("10.0.1.0/25"), NAMELESS),
        ];
        collide(&mut items, 1, 1..2);
        assert_eq!(items[0].with, "10.0.1.0/25");
        assert_eq!(items[1].with, "network 1 10.0.1.0/24");
    }

    #[test]
    fn says_what_collides_with_what() {
        let text = r#"{ "default-address-pools": [{ "base": "10.0.0.0/16", "size": 24 }] }"#;
        let plan = analyze(&Request::of(text)).plan;
        let situation = Situation { count: 2, ..Situation::default() };
        let avoid =
            [("10.0.1.0/25", "office"), ("10.0.1.128/25", ""), ("10.0.77.0/24", "lab"), ("192.168.0.0/16", "home")];
        let mut avoid = avoid.map(|(it, name)| Avoided::listed(subnet(it), name)).to_vec();
        let random = known("Random", Kind::Vm, "10.0.0.0/12", Some("A part of it."));
        avoid.push(Avoided::known(subnet("10.0.0.0/12"), &random));
        let avoid = Avoid::new(avoid, Vec::new(), 0);
        let forecast = Forecast::of(&plan, &situation);
        let known = [
            known("Router", Kind::Router, "10.0.2.0/23", None),
            known("Pods", Kind::Kubernetes, "10.0.192.0/18", None),
            known("VPN", Kind::Vpn, "10.0.192.0/18", None),
            known("Guests", Kind::Router, "192.168.179.0/24", None),
            known("Lottery", Kind::Vpn, "10.0.0.0/8", Some("A random part of it.")),
        ];
        let items = items(&plan, forecast.as_ref(), &avoid, &known);
        let told: Vec<String> = items.iter().map(|it| format!("{} {} | {}", it.subnet, it.name, it.with)).collect();
        assert_eq!(
            told,
            [
                "10.0.0.0/24 docker0 | ",
                "10.0.1.0/24 network 1 | office 10.0.1.0/25 and 1 more",
                "10.0.2.0/24 network 2 | ",
                "10.0.0.0/16 pool, cut into /24 | ",
                "10.0.1.0/25 office | network 1 10.0.1.0/24",
                "10.0.1.128/25 to keep clear of | network 1 10.0.1.0/24",
                "10.0.77.0/24 lab | pool, cut into /24 10.0.0.0/16",
                "192.168.0.0/16 home | ",
                "10.0.0.0/12 Random | docker0 10.0.0.0/24 and 2 more",
                "10.0.2.0/23 Router, a known network | network 2 10.0.2.0/24",
                "10.0.192.0/18 VPN and 1 more known | pool, cut into /24 10.0.0.0/16",
                "192.168.179.0/24 Guests, a known network | ",
            ]
        );
        let colliding = items.iter().filter(|it| it.collides());
        assert_eq!(
            colliding.map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["network 1", "office", "to keep clear of", "lab"]
        );
    }

    fn known(name: &str, kind: Kind, subnet_text: &str, informs: Option<&str>) -> KnownNetwork {
        KnownNetwork {
            id: name.to_owned(),
            name: name.to_owned(),
            subnets: vec![subnet(subnet_text)],
            kind,
            note: String::new(),
            source: String::new(),
            confidence: Confidence::Documented,
            informs: informs.map(str::to_owned),
            words: String::new(),
        }
    }

    fn blocks_of(items: &[Item]) -> Vec<String> {
        let bars = bars(items, None);
        let block = |it: &Bar| format!("{}{}", if it.is_enlarged { "+" } else { "" }, it.block);
        bars.iter().map(block).collect()
    }

    #[test]
    fn private_ranges_always_have_a_bar_and_others_when_used() {
        use Layer::{Avoid, Known, Pool};
        let always = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
        assert_eq!(blocks_of(&[]), always);
        for (layer, text, bar) in [
            (Pool, "172.80.0.0/16", Some("172.0.0.0/8")), // not private
            (Avoid, "100.64.0.0/16", Some("100.64.0.0/10")),
            (Avoid, "fd00:1::/48", Some("fc00::/7")),
            (Avoid, "2001:db8::/32", Some("2001::/16")),
            (Avoid, "0.0.0.0/1", None),     // it lies on the bars there are
            (Known, "100.64.0.0/10", None), // nothing of Docker's is there
        ] {
            let bars = blocks_of(&[item(layer, text)]);
            let added: Vec<&str> = bars.iter().map(String::as_str).filter(|it| !always.contains(it)).collect();
            assert_eq!(added, bar.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn what_is_too_narrow_to_see_is_enlarged() {
        use Layer::{DefaultBridge, Next, Pool};
        for (pool, cut, enlarged) in [
            ("172.16.0.0/12", &["172.17.0.0/16", "172.18.0.0/16"][..], None), // a sixteenth each
            ("10.201.0.0/16", &["10.201.0.0/24", "10.201.1.0/24"], Some("+10.201.0.0/19")),
            ("10.201.0.0/24", &["10.201.0.0/28"], Some("+10.201.0.0/24")), // no more than the pool
            ("10.0.0.0/8", &["10.0.0.0/24", "10.200.0.0/24"], None),       // as far apart as the range is long
        ] {
            let mut items = vec![item(Pool, pool), item(DefaultBridge, cut[0])];
            items.extend(cut[1..].iter().map(|it| item(Next, it)));
            let bars = blocks_of(&items);
            let added = bars.iter().map(String::as_str).find(|it| it.starts_with('+'));
            assert_eq!(added, enlarged, "{pool}");
        }
    }

    #[test]
    fn marks_lie_where_their_addresses_are() {
        let items = [
            item(Layer::Next, "172.18.0.0/16"),
            item(Layer::Avoid, "172.24.0.0/13"),
            item(Layer::Avoid, "172.0.0.0/8"), // wider than the bar
            item(Layer::Avoid, "10.255.255.255/32"),
        ];
        let bars = bars(&items, None);
        let on = |block: &str| {
            let bar = bars.iter().find(|it| it.block == subnet(block));
            let marks = bar.map(|it| &it.marks[..]).unwrap_or_default();
            marks.iter().map(|it| (it.item, it.start, it.length)).collect::<Vec<_>>()
        };
        assert_eq!(on("172.16.0.0/12"), [(0, 2.0 / 16.0, 1.0 / 16.0), (2, 0.0, 1.0), (1, 0.5, 0.5)]);
        assert_eq!(on("10.0.0.0/8"), [(3, 1.0 - half_to(24), half_to(24))]);
        assert_eq!(on("192.168.0.0/16"), []);
    }

    #[test]
    fn neighbours_too_fine_to_tell_apart_are_one_mark() {
        let mut items: Vec<Item> = (0..=255).map(|third| item(Layer::Avoid, &format!("10.0.{third}.0/24"))).collect();
        items[200].with.push_str("network 3");
        let bars = bars(&items, None);
        let mark = bars[0].marks[0];
        assert_eq!((bars[0].marks.len(), mark.count, mark.collides), (1, 256, true));
        assert_eq!(mark.length, half_to(8));
        assert_eq!(mark.cover, subnet("10.0.0.0/16"));
    }

    #[test]
    fn a_narrow_mark_is_meant_around_it_and_hides_no_neighbour() {
        let items = [
            item(Layer::Pool, "10.0.0.0/12"),
            item(Layer::Pool, "10.64.0.0/24"), // too narrow to see
            item(Layer::Pool, "10.65.0.0/24"),
            item(Layer::Next, "10.4.0.0/16"), // in the first pool
            item(Layer::Avoid, "10.32.0.0/12"),
            item(Layer::Known, "10.36.0.0/24"),
            item(Layer::Known, "10.80.0.0/16"),
        ];
        let bar = &bars(&items, None)[0];
        let meant = |second: f64, is_lower| {
            let share = second / 256.0;
            let place = bar.pointed_at(&items, share, 4.0 / 256.0, is_lower)?;
            Some(items[bar.marks[place].item].subnet.to_string())
        };
        for (second, is_lower, expected, why) in [
            (12.0, false, Some("10.0.0.0/12"), "in the pool"),
            (7.0, false, Some("10.4.0.0/16"), "near a network in the pool"),
            (17.0, false, None, "behind the pool"),
            (61.0, false, Some("10.64.0.0/24"), "before the first tick"),
            (64.4, false, Some("10.64.0.0/24"), "between both, nearer to the first"),
            (64.6, false, Some("10.65.0.0/24"), "nearer to the second"),
            (68.9, false, Some("10.65.0.0/24"), "behind the second"),
            (70.0, false, None, "too far from both"),
            (64.4, true, None, "another lane"),
            (36.0, true, Some("10.32.0.0/12"), "a known network says less"),
            (83.0, true, Some("10.80.0.0/16"), "alone"),
        ] {
            assert_eq!(meant(second, is_lower).as_deref(), expected, "{why}");
        }
    }

    proptest! {
        #[test]
        fn every_mark_is_on_its_bar(addresses in proptest::collection::vec((any::<u32>(), 0..=32_u8), 0..600)) {
            let items: Vec<Item> = addresses
                .iter()
                .map(|&(addr, bits)| {
                    let layer = if addr % 3 == 0 { Layer::Pool } else { Layer::Next };
                    Item::new(layer, Subnet::new(std::net::Ipv4Addr::from(addr).into(), bits), "")
                })
                .collect();
            for bar in bars(&items, items.first().map(|it| it.subnet)) {
                prop_assert!(bar.marks.len() <= MAX_MARKS);
                for mark in &bar.marks {
                    prop_assert!(mark.start >= 0.0 && mark.start + mark.length <= 1.0);
                    prop_assert!(items[mark.item].subnet.overlaps(bar.block));
                }
            }
        }
    }
}
