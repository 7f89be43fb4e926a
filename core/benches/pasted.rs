//! What a pasted text costs: routing tables of growing length, a list, JSON.
//!
//! Run with `cargo bench -p drydock --bench pasted`. The cost grows with the length of the text: compare the throughput
//! of a group's rows.

use std::{fmt::Write, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::daemon::network::pasted::read;

fn routes(count: u32) -> String {
    let mut text = String::new();
    for it in 0..count {
        let [_, a, b, c] = it.to_be_bytes();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "10.{a}.{b}.{c} via 192.168.1.1 dev eth0 proto bird metric 32");
    }
    text
}

fn list(count: u32) -> String {
    (0..count).map(|it| format!("10.{}.{}.0/24 office {it}\n", it / 256 % 256, it % 256)).collect()
}

fn json(count: u32) -> String {
    let networks = (0..count).map(|it| {
        format!(
            "    {{\n        \"Name\": \"n{it}\",\n        \"IPAM\": {{\"Config\": [{{\"Subnet\": \"10.{}.{}.0/24\"}}]}}\n    }}",
            it / 256 % 256,
            it % 256
        )
    });
    format!("[\n{}\n]\n", networks.collect::<Vec<_>>().join(",\n"))
}

/// As a cloud tells its ranges, and `ip -j route` its routes.
fn json_line(count: u32) -> String {
    let networks = (0..count).map(|it| format!("\"10.{}.{}.0/24\"", it / 256 % 256, it % 256));
    format!("[{}]", networks.collect::<Vec<_>>().join(","))
}

fn growth(c: &mut Criterion) {
    grows(c, "ip route", routes);
    grows(c, "list", list);
    grows(c, "docker network inspect", json);
    grows(c, "JSON on one line", json_line);
}

fn grows(c: &mut Criterion, name: &str, text: fn(u32) -> String) {
    let mut group = c.benchmark_group(format!("read pasted {name}"));
    for count in [1_000, 10_000, 100_000] {
        let text = text(count);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(10);
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| read(black_box(&text)));
        });
    }
}

/// Texts that could lead a reader to look at the same bytes again and again.
fn worst(c: &mut Criterion) {
    let mut group = c.benchmark_group("read pasted oddities");
    for (name, piece) in [
        ("brackets", "[\"\n"),
        ("braces", "{\"a\":\n"),
        ("one line", "10.0.0.1 "),
        ("ranges", "::1-f::\n"),
        ("keys", "services:\n a:\n  b:\n   c:\n"),
    ] {
        for kib in [32, 256] {
            let text = piece.repeat(kib * 1024 / piece.len());
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.sample_size(10);
            group.bench_function(BenchmarkId::new(name, kib), |b| b.iter(|| read(black_box(&text))));
        }
    }
}

criterion_group!(benches, growth, worst);
criterion_main!(benches);
