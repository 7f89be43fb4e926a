//! Which lines differ between two texts?

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// A line of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both texts; its number in the later one, from 0.
    Same(usize),
    /// Only in the later text; its number there.
    Added(usize),
    /// Only in the earlier text; its number there.
    Removed(usize),
    /// So many lines that both have and that nothing near differs from.
    Skipped(usize),
}

/// How many equal lines are shown around a difference.
const CONTEXT: usize = 3;

struct Hunk {
    before: Range<usize>,
    after: Range<usize>,
}

fn hunks(before: &str, after: &str) -> (Vec<Hunk>, usize) {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let lines = |range: Range<u32>| range.start as usize..range.end as usize;
    let hunks = diff.hunks().map(|it| Hunk { before: lines(it.before), after: lines(it.after) }).collect();
    (hunks, input.after.len())
}

/// The lines of `after`, counted from 0, that `before` does not have.
pub fn changed_lines(before: &str, after: &str) -> Vec<usize> {
    if before == after {
        return Vec::new();
    }
    let (hunks, _) = hunks(before, after);
    hunks.into_iter().flat_map(|it| it.after).collect()
}

/// The differences with the lines around them; empty when the texts are equal.
pub fn compare(before: &str, after: &str) -> Vec<Line> {
    if before == after {
        return Vec::new();
    }
    let (hunks, length) = hunks(before, after);
    let mut lines = Vec::new();
    let mut at = 0;
    for hunk in &hunks {
        let keep = if at == 0 { 0 } else { CONTEXT };
        same(&mut lines, at..hunk.after.start, keep, CONTEXT);
        lines.extend(hunk.before.clone().map(Line::Removed));
        lines.extend(hunk.after.clone().map(Line::Added));
        at = hunk.after.end;
    }
    let keep = if hunks.is_empty() { 0 } else { CONTEXT };
    same(&mut lines, at..length, keep, 0);
    lines
}

/// Shows the first and last few of equal lines, and counts the rest.
fn same(lines: &mut Vec<Line>, range: Range<usize>, first: usize, last: usize) {
    let hidden = (range.start + first).min(range.end)..range.end.saturating_sub(last);
    if hidden.len() <= 1 {
        lines.extend(range.map(Line::Same));
        return;
    }
    lines.extend((range.start..hidden.start).map(Line::Same));
    lines.push(Line::Skipped(hidden.len()));
    lines.extend((hidden.end..range.end).map(Line::Same));
}

#[cfg(test)]
mod tests {
    use super::*;
    use Line::{Added, Removed, Same, Skipped};

    #[test]
    fn changed_lines_are_those_of_the_later_text() {
        for (before, after, expected) in [
            ("a\nb\n", "a\nb\n", vec![]),
            ("a\nb\n", "a\nc\n", vec![1]),
            ("a\nb\n", "a\n", vec![]),
            ("", "a\nb\n", vec![0, 1]),
        ] {
            assert_eq!(changed_lines(before, after), expected, "{before:?} → {after:?}");
        }
    }

    #[test]
    fn equal_lines_far_from_a_difference_are_counted() {
        let before: String = (0..20).map(|it| format!("{it}\n")).collect();
        let after = before.replace("10\n", "ten\n");
        let expected = [
            vec![Skipped(7), Same(7), Same(8), Same(9), Removed(10), Added(10)],
            vec![Same(11), Same(12), Same(13), Skipped(6)],
        ];
        assert_eq!(compare(&before, &after), expected.concat());
        assert_eq!(compare(&before, &before), []);
        assert_eq!(compare("a\n", "a\nb\n"), [Same(0), Added(1)]);
        assert_eq!(compare("a\nb\n", ""), [Removed(0), Removed(1)]);
    }
}
