//! What does a long text of commands take to read, and to check?

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use drydock::run::{Choices, examine, examples::EXAMPLES, read};

/// The examples, again and again, to 300 lines.
fn text() -> String {
    let lines = EXAMPLES.iter().flat_map(|it| it.text.lines()).cycle().take(300);
    lines.map(|it| [it, "\n"].concat()).collect()
}

fn run(criterion: &mut Criterion) {
    let (text, choices) = (text(), Choices::default());
    criterion.bench_function("read 300 lines of commands", |it| it.iter(|| read(black_box(&text), &choices)));
    criterion.bench_function("examine 300 lines of commands", |it| it.iter(|| examine(black_box(&text), &choices)));
}

criterion_group!(benches, run);
criterion_main!(benches);
