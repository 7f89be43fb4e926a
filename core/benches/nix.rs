//! What reading Nix costs: a module of 200 lines, whole and half-typed, and texts of growing length.
//!
//! Run with `cargo bench -p drydock --bench nix`. A module of 200 lines stays within 2 ms.

use std::{fmt::Write, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drydock::notation::nix::read;

/// A module of about `lines` lines.
fn module(lines: usize) -> String {
    let mut text = String::from(
        "{ config, lib, pkgs, ... }:\nlet\n  pool = n: { base = \"10.${toString n}.0.0/16\"; size = 24; };\nin\n{\n",
    );
    for it in 0..lines / 10 {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "  services.s{it} = {{\n    enable = true; # on\n    package = pkgs.s{it};\n    settings = lib.mkIf config.services.a.enable {{\n      \
             port = {it};\n      names = [ \"a{it}\" \"b\" ] ++ lib.optional config.b \"c\";\n    }};\n  }};\n  \
             virtualisation.docker.daemon.settings.pools{it} = map pool [ 1 2 ];\n  networking.hosts.\"h{it}\" = lib.mkForce \"10.0.0.{it}\";\n"
        );
    }
    text.push_str("}\n");
    text
}

fn of_200_lines(c: &mut Criterion) {
    let text = module(200);
    assert!(read(&text).problems.is_empty());
    c.bench_function("read Nix of 200 lines", |b| b.iter(|| read(black_box(&text))));
    let half = text.replacen("s10 = {", "s10 = ", 1);
    assert!(!read(&half).problems.is_empty());
    c.bench_function("read Nix of 200 lines that lack a brace", |b| b.iter(|| read(black_box(&half))));
    let cut = text.get(..text.len() * 2 / 3).unwrap_or_default();
    c.bench_function("read Nix of 200 lines up to the middle", |b| b.iter(|| read(black_box(cut))));
}

fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("read Nix");
    for lines in [200, 2_000, 20_000] {
        let text = module(lines);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(10);
        group.bench_function(BenchmarkId::from_parameter(lines), |b| b.iter(|| read(black_box(&text))));
    }
}

criterion_group!(benches, of_200_lines, growth);
criterion_main!(benches);
