//! What a keystroke costs: the whole analysis of a text, and printing one tab.
//!
//! Run with `cargo bench -p drydock`. The cost of an analysis grows with the length of the text: compare the
//! throughput of the groups.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::{
    Request, analyze,
    daemon::{
        examples::EXAMPLES,
        network::{Avoid, Wish, pasted, propose},
        print::{Order, TARGETS, print},
    },
};

fn examples(c: &mut Criterion) {
    let mut group = c.benchmark_group("analyze an example");
    for example in EXAMPLES {
        let request = Request::of(example.text);
        group.throughput(Throughput::Bytes(example.text.len() as u64));
        group.bench_function(example.id, |b| b.iter(|| analyze(black_box(&request))));
    }
}

fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("analyze many address pools");
    for count in [10, 100, 1_000, 10_000] {
        let pools: Vec<String> =
            (0..count).map(|it| format!(r#"{{"base": "10.{}.{}.0/24", "size": 28}}"#, it / 256, it % 256)).collect();
        let request = Request::of(format!(r#"{{"default-address-pools": [{}]}}"#, pools.join(",\n")));
        group.throughput(Throughput::Bytes(request.text.len() as u64));
        group.sample_size(20);
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| analyze(black_box(&request)));
        });
    }
}

fn proposals(c: &mut Criterion) {
    let mut group = c.benchmark_group("propose what to do about many address pools");
    for count in [100, 1_000, 10_000] {
        let pools: Vec<String> = (0..count)
            .map(|it| {
                let (first, it) = (10 + it % 2, it / 2);
                format!(r#"{{"base": "{first}.{}.{}.0/24", "size": 24}}"#, it / 256, it % 256)
            })
            .collect();
        let request = Request {
            avoid: Avoid::gather(&pasted::read("11.0.0.0/8"), []).into(),
            ..Request::of(format!(r#"{{"default-address-pools": [{}]}}"#, pools.join(",\n")))
        };
        let report = analyze(&request);
        group.throughput(Throughput::Bytes(request.text.len() as u64));
        group.sample_size(10);
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| propose(black_box(&request), &report, &Wish::default(), &[], &analyze));
        });
    }
}

fn targets(c: &mut Criterion) {
    let mut group = c.benchmark_group("print");
    let example = EXAMPLES.iter().max_by_key(|it| it.text.len());
    let request = Request::of(example.map_or("", |it| it.text));
    let report = analyze(&request);
    for target in TARGETS {
        group.bench_function(target.id, |b| {
            b.iter(|| print(black_box(&request), &report, target, Order::AsWritten));
        });
    }
}

criterion_group!(benches, examples, growth, proposals, targets);
criterion_main!(benches);
