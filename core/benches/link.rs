//! What making and opening a link costs.
//!
//! Run with `cargo bench -p drydock --bench link`. Whoever makes or opens the first one also pays for the primer, which
//! is not measured here: as much as a text of 8 kB.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::{
    daemon::examples::Example,
    link::{Form, MAX_BYTES, State, credentials, decode, encode},
};

fn link(c: &mut Criterion) {
    let pools: Vec<String> =
        (0..2_000).map(|it| format!(r#"{{"base": "10.{}.{}.0/24"}}"#, it / 256, it % 256)).collect();
    let pools = format!(r#"{{"default-address-pools": [{}]}}"#, pools.join(",\n"));
    let example = |id: &str| Example::find(id).map_or("", |it| it.text).to_owned();
    let longest = "a".repeat(MAX_BYTES - 2);
    for (name, text) in [
        ("one pool", example("train-wifi")),
        ("a dozen mistakes", example("broken")),
        ("2,000 pools", pools),
        ("64 KiB of one letter", longest),
    ] {
        let state = State { text, ..State::default() };
        let Ok(link) = encode(&state, Form::AsWritten) else {
            continue;
        };
        let mut group = c.benchmark_group("link");
        group.throughput(Throughput::Bytes(state.text.len() as u64));
        group.sample_size(20);
        group.bench_function(BenchmarkId::new("encode", name), |b| {
            b.iter(|| encode(black_box(&state), Form::AsWritten));
        });
        group.bench_function(BenchmarkId::new("decode", name), |b| {
            b.iter(|| decode(black_box(&link)));
        });
        group.bench_function(BenchmarkId::new("credentials", name), |b| {
            b.iter(|| credentials(black_box(&state.text)));
        });
    }
}

criterion_group!(benches, link);
criterion_main!(benches);
