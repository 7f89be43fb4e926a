//! What many networks in a row cost: n, 2n and 4n subnets handed out, on a host that knows many networks already.
//!
//! Run with `cargo bench -p drydock --bench allocator`. The cost grows with n log n: compare the throughput of the
//! sizes.

use std::{hint::black_box, net::Ipv4Addr};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::{
    Engine,
    address::{Family, Subnet},
    daemon::network::{AddressPool, Allocator},
};

fn subnet(addr: u32, bits: u8) -> Subnet {
    Subnet::new(Ipv4Addr::from(addr).into(), bits)
}

fn in_a_row(c: &mut Criterion) {
    const POOL: u32 = 10 << 24;
    let pool = AddressPool::new(subnet(POOL, 8), 28).expect("a pool");
    for (name, engine) in [("Engine 29", Engine::LATEST), ("Engine 26", Engine::new(26, 1, 5))] {
        let mut group = c.benchmark_group(format!("subnets in a row, {name}"));
        group.sample_size(10);
        for count in [25_000, 50_000, 100_000, 200_000_u32] {
            // Every fifth subnet is reserved, and as many are in use in the other half of the pool.
            let reserved: Vec<_> = (0..count / 4).map(|it| subnet(POOL + it * 80, 32)).collect();
            let in_use: Vec<_> = (0..count / 4).map(|it| subnet(POOL + (1 << 23) + it * 64, 28)).collect();
            group.throughput(Throughput::Elements(count.into()));
            group.bench_function(BenchmarkId::from_parameter(count), |b| {
                b.iter(|| {
                    let mut allocator = Allocator::new(engine, &[pool], Family::Ipv4);
                    for it in &in_use {
                        let _ = allocator.occupy(*it);
                    }
                    allocator.reserve(black_box(&reserved));
                    let last = allocator.nth(count as usize - 1);
                    assert!(last.is_some());
                    last
                });
            });
        }
    }
}

criterion_group!(benches, in_a_row);
criterion_main!(benches);
