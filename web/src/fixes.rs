//! All safe fixes at once.

use std::ops::Deref;

use drydock::{
    Report,
    diagnostic::{Span, TextEdit},
    edit, order,
};

/// The most rounds: a fix may uncover what another one mends.
const ROUNDS: usize = 10;

/// One edit with the effect of every safe fix, and of those that they uncover; `None` when there are none.
pub fn all_safe<R: Deref<Target = Report>>(
    text: &str,
    report: &Report,
    examine: impl Fn(&str) -> R,
) -> Option<TextEdit> {
    let mut mended = edit::apply(text, &safe_edits(report));
    for _ in 1..ROUNDS {
        let edits = safe_edits(&examine(&mended));
        if edits.is_empty() {
            break;
        }
        mended = edit::apply(&mended, &edits);
    }
    difference(text, &mended)
}

/// The edits of the safe fixes that do not touch each other, in the order of the text.
fn safe_edits(report: &Report) -> Vec<TextEdit> {
    let mut chosen: Vec<TextEdit> = Vec::new();
    let safe = report
        .diagnostics
        .iter()
        .filter_map(|it| it.fixes.iter().find(|fix| fix.safe));
    for fix in safe {
        let is_free = |edit: &TextEdit| {
            let apart =
                |it: &TextEdit| edit.span.end < it.span.start || it.span.end < edit.span.start;
            chosen.iter().all(apart)
        };
        if fix.edits.iter().all(is_free) {
            chosen.extend(fix.edits.iter().cloned());
        }
    }
    order::sort(&mut chosen, |a, b| a.span.cmp(&b.span));
    chosen
}

/// The smallest single edit from one text to the other; `None` when they are equal.
fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |(a, _): (char, char)| a.len_utf8();
    let start: usize = before
        .chars()
        .zip(after.chars())
        .take_while(same)
        .map(length)
        .sum();
    let (before_rest, after_rest) = (&before[start..], &after[start..]);
    let backwards = before_rest.chars().rev().zip(after_rest.chars().rev());
    let end: usize = backwards.take_while(same).map(length).sum();
    Some(TextEdit {
        span: Span::new(start, before.len() - end),
        text: after_rest[..after_rest.len() - end].to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use drydock::{Request, analyze};

    use super::*;

    #[test]
    fn the_difference_is_one_small_edit() {
        for (before, after, expected) in [
            ("abc", "abc", None),
            ("abc", "axc", Some((1, 2, "x"))),
            ("abc", "abbc", Some((2, 2, "b"))),
            ("aaa", "aa", Some((2, 3, ""))),
            ("äö", "äü", Some((2, 4, "ü"))),
            ("", "x", Some((0, 0, "x"))),
        ] {
            let found = difference(before, after);
            let found = found
                .as_ref()
                .map(|it| (it.span.start, it.span.end, &*it.text));
            assert_eq!(found, expected, "{before:?} → {after:?}");
        }
    }

    #[test]
    fn all_safe_fixes_leave_none() {
        let examine = |text: &str| Box::new(analyze(&Request::of(text)));
        let text = r#"{ "debgu": true, "registry-mirors": [] }"#;
        let edit = all_safe(text, &examine(text), examine);
        let mended = edit
            .map(|it| edit::apply(text, &[it]))
            .unwrap_or_else(|| text.to_owned());
        assert_eq!(safe_edits(&examine(&mended)), []);
        assert_eq!(all_safe("{}", &examine("{}"), examine), None);
    }
}
