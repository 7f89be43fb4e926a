//! What does a visitor download, and is it too much?

use std::fmt::Write;

use crate::assets::{self, Asset, Group};
use crate::build::Packed;
use crate::trouble::{Result, Trouble};

/// What everything of the first view may weigh, in bytes by brotli; compilers differ by some per cent.
const FIRST_VIEW_LIMIT: usize = 113_000;
/// What it should weigh.
const FIRST_VIEW_AIM: usize = 110_000;
/// What the wasm may weigh that judges in embeds, in bytes by brotli.
const JUDGE_LIMIT: usize = 78_000;
/// What the editor's file may weigh, in bytes by brotli.
const EDITOR_LIMIT: usize = 95_500;

/// What the wasm may weigh that reads Nix, in bytes by brotli.
const NIX_LIMIT: usize = 92_000;

/// What the file of a workbench may weigh, in bytes by brotli.
const BENCH_LIMIT: usize = 150_000;

/// What the script that other people's pages load may weigh, in bytes by brotli.
const LOADER_LIMIT: usize = 3_600;

/// A file's weight.
pub struct Weight {
    name: String,
    group: Group,
    raw: usize,
    brotli: usize,
}

/// Weighs all files.
pub fn weigh(assets: &[Asset], packed: &[Packed]) -> Vec<Weight> {
    assets
        .iter()
        .zip(packed)
        .map(|(asset, packed)| Weight {
            name: asset.name.clone(),
            group: asset.group,
            raw: asset.bytes.len(),
            brotli: packed.br.len(),
        })
        .collect()
}

/// Returns what each file weighs, the sum of each group, and how the budgets stand; 1 kB is 1000 bytes.
pub fn table(weights: &[Weight]) -> String {
    let mut text = format!("{:<34} {:<6} {:>10} {:>10}\n", "file", "group", "raw kB", "brotli kB");
    for weight in weights {
        let _ = writeln!(text, "{}", row(&weight.name, weight.group, weight.raw, weight.brotli));
    }
    let _ = writeln!(text, "{:-<63}", "");
    for group in [Group::First, Group::Page, Group::Idle, Group::Nix, Group::Bench, Group::Lazy, Group::Embed] {
        let of_group = || weights.iter().filter(|weight| weight.group == group);
        let raw = of_group().map(|weight| weight.raw).sum();
        let _ = writeln!(text, "{}", row("total", group, raw, total(weights, group)));
    }
    let of_page = [Group::First, Group::Page, Group::Idle, Group::Nix, Group::Bench, Group::Lazy];
    let _ = write!(
        text,
        "\nFirst view, to the verdict: {} kB brotli (aim {}, limit {}); the page around it: {} kB more; all that the page loads: {} kB. Editor file: {} kB (limit {}). What reads Nix: {} kB (limit {}). Largest workbench: {} kB (limit {}). Loader of embeds: {} kB (limit {}). What judges in embeds: {} kB (limit {}).",
        kilobytes(total(weights, Group::First)),
        kilobytes(FIRST_VIEW_AIM),
        kilobytes(FIRST_VIEW_LIMIT),
        kilobytes(total(weights, Group::Page)),
        kilobytes(of_page.iter().map(|group| total(weights, *group)).sum()),
        of(weights, assets::EDITOR).map_or_else(|| "none".to_owned(), kilobytes),
        kilobytes(EDITOR_LIMIT),
        kilobytes(total(weights, Group::Nix)),
        kilobytes(NIX_LIMIT),
        kilobytes(largest_bench(weights)),
        kilobytes(BENCH_LIMIT),
        of(weights, assets::LOADER).map_or_else(|| "none".to_owned(), kilobytes),
        kilobytes(LOADER_LIMIT),
        of(weights, assets::JUDGE).map_or_else(|| "none".to_owned(), kilobytes),
        kilobytes(JUDGE_LIMIT),
    );
    text
}

/// # Errors
///
/// A first view or an editor file that weighs more than it may.
pub fn keep_to_the_budgets(weights: &[Weight]) -> Result<()> {
    for (what, weight, limit) in [
        ("first view", total(weights, Group::First), FIRST_VIEW_LIMIT),
        ("editor file", of(weights, assets::EDITOR).unwrap_or(0), EDITOR_LIMIT),
        ("wasm that reads Nix", total(weights, Group::Nix), NIX_LIMIT),
        ("largest workbench", largest_bench(weights), BENCH_LIMIT),
        ("loader of embeds", of(weights, assets::LOADER).unwrap_or(0), LOADER_LIMIT),
        ("wasm that judges in embeds", of(weights, assets::JUDGE).unwrap_or(0), JUDGE_LIMIT),
    ] {
        if weight > limit {
            return Err(Trouble::new(
                format!("The {what} weighs {} kB brotli, more than {} kB", kilobytes(weight), kilobytes(limit)),
                "See the table above for what weighs; move what the first view does not need into a file fetched later.",
            ));
        }
    }
    Ok(())
}

fn total(weights: &[Weight], group: Group) -> usize {
    weights.iter().filter(|weight| weight.group == group).map(|weight| weight.brotli).sum()
}

fn largest_bench(weights: &[Weight]) -> usize {
    let benches = weights.iter().filter(|weight| weight.group == Group::Bench);
    benches.map(|weight| weight.brotli).max().unwrap_or(0)
}

fn of(weights: &[Weight], name: &str) -> Option<usize> {
    weights.iter().find(|weight| weight.name == name).map(|weight| weight.brotli)
}

fn row(name: &str, group: Group, raw: usize, brotli: usize) -> String {
    let group = match group {
        Group::First => "first",
        Group::Page => "page",
        Group::Idle => "idle",
        Group::Nix => "nix",
        Group::Bench => "bench",
        Group::Lazy => "lazy",
        Group::Embed => "embed",
    };
    format!("{name:<34} {group:<6} {:>10} {:>10}", kilobytes(raw), kilobytes(brotli))
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(name: &str, group: Group, brotli: usize) -> Weight {
        Weight { name: name.to_owned(), group, raw: 3 * brotli, brotli }
    }

    #[test]
    fn budgets_are_kept_to_the_byte() {
        for (page, editor, loader, fine) in [
            (FIRST_VIEW_LIMIT, EDITOR_LIMIT, LOADER_LIMIT, true),
            (FIRST_VIEW_LIMIT + 1, EDITOR_LIMIT, LOADER_LIMIT, false),
            (FIRST_VIEW_LIMIT, EDITOR_LIMIT + 1, LOADER_LIMIT, false),
            (FIRST_VIEW_LIMIT, EDITOR_LIMIT, LOADER_LIMIT + 1, false),
        ] {
            let weights = [
                weight("drydock_page_bg.wasm", Group::First, page - 1000),
                weight("index.html", Group::First, 1000),
                weight("reference.json", Group::Idle, 500_000),
                weight("codemirror.js", Group::Lazy, editor),
                weight("drydock.js", Group::Embed, loader),
            ];
            assert_eq!(keep_to_the_budgets(&weights).is_ok(), fine, "{page} {editor} {loader}");
        }
    }

    #[test]
    fn the_table_sums_each_group() {
        let text = table(&[weight("index.html", Group::First, 1_000), weight("page.css", Group::First, 2_500)]);
        assert!(text.contains("total                              first        10.5        3.5"), "{text}");
        assert!(text.contains("First view, to the verdict: 3.5 kB brotli"), "{text}");
        assert!(text.contains("Editor file: none"), "{text}");
    }
}
