//! What comparing networks costs, against sorting them, which no such search does without.
//!
//! Run with `cargo bench -p drydock --bench collisions`.

use std::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use drydock::{
    Request,
    address::{Collisions, Subnet, known},
    analyze,
    daemon::network::{Avoid, Avoided, Wish, propose},
};

/// Numbers as if by chance (Marsaglia's xorshift), the same in every run.
fn numbers() -> impl Iterator<Item = u64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    })
}

/// Prefixes about as long as those of the internet's routing table.
fn ipv4(count: usize) -> Vec<Subnet> {
    let of = |number: u64| {
        let bits = match number >> 58 {
            0 => 16,
            1 => 17,
            2 => 18,
            3..=4 => 19,
            5..=7 => 20,
            8..=10 => 21,
            11..=17 => 22,
            18..=23 => 23,
            24 => 32,
            _ => 24,
        };
        Subnet::new(IpAddr::V4(Ipv4Addr::from(number as u32)), bits)
    };
    numbers().map(of).take(count).collect()
}

/// Prefixes of /16 to /128 below fd00::/8.
fn ipv6(count: usize) -> Vec<Subnet> {
    let of = |number: u64| {
        let addr = Ipv6Addr::from(0xFD << 120 | u128::from(number) << 56);
        let bits = [16, 32, 40, 48, 48, 56, 64, 128];
        Subnet::new(IpAddr::V6(addr), bits[(number >> 61) as usize])
    };
    numbers().map(of).take(count).collect()
}

fn search(c: &mut Criterion) {
    // So that the allocator keeps its memory between two runs, as it does in a page.
    drop(black_box(vec![1_u8; 31 << 20]));
    let mut group = c.benchmark_group("collisions of IPv4 networks");
    group.sample_size(20);
    for count in [100, 10_000, 1_000_000] {
        let networks = ipv4(count);
        let (ours, theirs) = networks.split_at(count / 2);
        group.bench_function(BenchmarkId::new("search", count), |b| {
            b.iter(|| Collisions::between(black_box(ours), black_box(theirs)));
        });
        let key = |it: &Subnet| match it.network_address() {
            IpAddr::V4(addr) => u64::from(u32::from(addr)) << 8 | u64::from(it.prefix_len()),
            IpAddr::V6(_) => 0,
        };
        let keys: Vec<u64> = networks.iter().map(key).collect();
        group.bench_function(BenchmarkId::new("sort_unstable", count), |b| {
            let sort = |mut keys: Vec<u64>| {
                keys.sort_unstable();
                keys
            };
            b.iter_batched(|| keys.clone(), sort, BatchSize::LargeInput);
        });
    }
    group.finish();
    let mut group = c.benchmark_group("collisions of IPv6 networks");
    group.sample_size(20);
    for count in [100, 10_000, 1_000_000] {
        let networks = ipv6(count);
        let (ours, theirs) = networks.split_at(count / 2);
        group.bench_function(BenchmarkId::new("search", count), |b| {
            b.iter(|| Collisions::between(black_box(ours), black_box(theirs)));
        });
        let key = |it: &Subnet| match it.network_address() {
            IpAddr::V4(_) => (0, 0),
            IpAddr::V6(addr) => (u128::from(addr), it.prefix_len()),
        };
        let keys: Vec<(u128, u8)> = networks.iter().map(key).collect();
        group.bench_function(BenchmarkId::new("sort_unstable", count), |b| {
            let sort = |mut keys: Vec<(u128, u8)>| {
                keys.sort_unstable();
                keys
            };
            b.iter_batched(|| keys.clone(), sort, BatchSize::LargeInput);
        });
    }
}

/// Networks scattered over 10.0.0.0/8, a few of them in every /16.
fn to_avoid(count: usize) -> Vec<Avoided> {
    let of = |number: u64| {
        let addr = Ipv4Addr::from(10 << 24 | number as u32 >> 8);
        Avoided::listed(Subnet::new(IpAddr::V4(addr), 24), "")
    };
    numbers().map(of).take(count).collect()
}

fn proposals(c: &mut Criterion) {
    let mut group = c.benchmark_group("with networks to avoid");
    let known = known::read(known::TEXT);
    for count in [100, 10_000] {
        let mut networks = to_avoid(count);
        let train = Subnet::new(IpAddr::V4(Ipv4Addr::new(172, 18, 0, 0)), 16);
        networks.push(Avoided::listed(train, "train"));
        let request = Request { avoid: Arc::new(Avoid::new(networks, Vec::new(), 0)), ..Request::of("{}") };
        let report = analyze(&request);
        group.bench_function(BenchmarkId::new("analyze", count), |b| {
            b.iter(|| analyze(black_box(&request)));
        });
        group.bench_function(BenchmarkId::new("propose", count), |b| {
            b.iter(|| propose(black_box(&request), &report, &Wish::default(), &known, &analyze));
        });
    }
}

criterion_group!(benches, search, proposals);
criterion_main!(benches);
