//! What a Compose file costs: one of 300 lines, whole and damaged, and files of growing length.
//!
//! Run with `cargo bench -p drydock --bench compose`. A file of 300 lines stays within 16 ms, with all that is made of it.

use std::{fmt::Write, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::{
    bench::Request,
    compose::{Choices, Context, WORKBENCH, check, read},
};

/// A file of about `lines` lines.
fn file(lines: usize) -> String {
    let mut text =
        String::from("name: bench\nx-common: &common\n  restart: unless-stopped\n  networks: [front]\n\nservices:\n");
    for it in 0..lines / 15 {
        let before = it.saturating_sub(1);
        let (network, port) = (it % 250, 2_000 + it % 60_000);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "  s{it}:\n    <<: *common\n    image: registry.example.org/app{it}:1.{it}\n    command: serve --port {port} 'a b'\n    \
             environment:\n      URL: http://s{before}:{port}/${{NAME:-x}}\n      LEVEL: info # for now\n    ports:\n      - \"127.0.0.1:{port}:80\"\n    \
             volumes:\n      - ./data{it}:/data:ro\n    networks:\n      front: {{ ipv4_address: 10.{network}.0.{network} }}\n    \
             healthcheck: {{ test: [CMD, curl, localhost], interval: 5s }}\n    labels: [\"a.b{it}=c\"]\n"
        );
    }
    text.push_str("networks:\n  front:\n    ipam: { config: [{ subnet: 10.0.0.0/8 }] }\n");
    text
}

/// Reads and checks a text.
fn convert(text: &str) -> usize {
    let reading = read(text, &Choices::default());
    check(&Context::new(text, &reading)).len() + reading.project.containers.len()
}

/// Everything that the page makes of a text: problems, result and report, for each target.
fn all_of_300_lines(c: &mut Criterion) {
    let request = Request { text: file(300), ..Request::default() };
    for target in WORKBENCH.targets {
        c.bench_function(&format!("problems, report and {} of Compose of 300 lines", target.id), |b| {
            b.iter(|| {
                let examined = (WORKBENCH.examine)(black_box(&request));
                let written = (target.write)(&request, &examined, target);
                let panels = WORKBENCH.panels.iter().map(|it| (it.show)(&examined, &written).len());
                written.printed.text.len() + panels.sum::<usize>()
            })
        });
    }
}

fn of_300_lines(c: &mut Criterion) {
    let text = file(300);
    assert!(read(&text, &Choices::default()).yaml.problems.is_empty());
    c.bench_function("read and check Compose of 300 lines", |b| b.iter(|| convert(black_box(&text))));
    let half = text.replacen("    command: serve", "    command serve", 1);
    c.bench_function("read and check Compose of 300 lines that lack a colon", |b| b.iter(|| convert(black_box(&half))));
    let quote = text.replacen("'a b'", "'a b", 1);
    c.bench_function("read and check Compose of 300 lines that lack a quote", |b| {
        b.iter(|| convert(black_box(&quote)))
    });
    let cut = text.get(..text.len() * 2 / 3).unwrap_or_default();
    c.bench_function("read and check Compose of 300 lines up to the middle", |b| b.iter(|| convert(black_box(cut))));
}

fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("read and check Compose");
    group.sample_size(10);
    for lines in [1_000, 4_000, 16_000] {
        let text = file(lines);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(lines), &text, |b, text| b.iter(|| convert(text)));
    }
    group.finish();
}

criterion_group!(benches, of_300_lines, all_of_300_lines, growth);
criterion_main!(benches);
