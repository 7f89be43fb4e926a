//! Which fixes are applied together? The safe ones of the listed problems, once.

use crate::{
    rule::diagnostic::Diagnostic,
    text::{Edits, TextEdit},
};

/// The safe fixes of a list of problems, carried out together.
///
/// ```
/// use drydock::{Request, analyze, document::edit, rule::mend::Mend};
///
/// let text = r#"{ "debgu": true, "mtu": "1450", "bridge": "br0", "bip": "10.0.0.1/24" }"#;
/// let mend = Mend::of(&analyze(&Request::of(text)).diagnostics);
/// assert_eq!(mend.title(), "Apply 2 safe fixes");
/// assert_eq!(mend.edits.apply(text), r#"{ "debug": true, "mtu": 1450, "bridge": "br0", "bip": "10.0.0.1/24" }"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mend {
    /// What changes in the text that the problems were found in.
    pub edits: Edits,
    /// How many fixes they are.
    pub fixes: usize,
}

impl Mend {
    /// Chooses the safe fixes that do not touch each other, the earlier problem's first.
    ///
    /// Nothing else happens: a problem that a fix uncovers has not been read by anyone yet, and waits for that. Of fixes
    /// that touch each other the later one waits too, and is found again in the resulting text.
    pub fn of<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut chosen: Vec<TextEdit> = Vec::new();
        let mut fixes = 0;
        for problem in problems {
            let safe = problem.fixes.iter().find(|it| it.safe);
            if let Some(fix) = safe.filter(|it| it.edits.iter().all(|it| has_room_for(&chosen, it))) {
                for edit in &fix.edits {
                    chosen.insert(place_of(&chosen, edit), edit.clone());
                }
                fixes += 1;
            }
        }
        Self { edits: Edits::of(chosen), fixes }
    }

    /// What it is called: "Apply 9 safe fixes".
    pub fn title(&self) -> String {
        match self.fixes {
            1 => "Apply 1 safe fix".to_owned(),
            count => ["Apply ", &count.to_string(), " safe fixes"].concat(),
        }
    }
}

/// Where an edit belongs among those chosen before.
fn place_of(chosen: &[TextEdit], edit: &TextEdit) -> usize {
    chosen.partition_point(|it| it.span < edit.span)
}

/// Whether an edit and those chosen before keep out of each other's way.
fn has_room_for(chosen: &[TextEdit], edit: &TextEdit) -> bool {
    let (before, behind) = chosen.split_at_checked(place_of(chosen, edit)).unwrap_or_default();
    before.last().is_none_or(|it| are_apart(it, edit)) && behind.first().is_none_or(|it| are_apart(edit, it))
}

/// Whether the earlier of two edits neither overlaps nor touches the later one; two that only delete may touch.
fn are_apart(earlier: &TextEdit, later: &TextEdit) -> bool {
    let delete = [earlier, later].iter().all(|it| it.text.is_empty());
    earlier.span.end < later.span.start || (delete && earlier.span.end == later.span.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Request, analyze};

    /// The text after the safe fixes, and how many they were.
    fn mended(text: &str) -> (String, usize) {
        let mend = Mend::of(&analyze(&Request::of(text)).diagnostics);
        (mend.edits.apply(text), mend.fixes)
    }

    #[test]
    fn does_what_is_listed_and_no_more() {
        for (text, after, fixes) in [
            ("{}", "{}", 0),
            (r#"{"debgu": true, "mtu": "1450"}"#, r#"{"debug": true, "mtu": 1450}"#, 2),
            // The size that is mended makes the pools overlap: a pool goes only when somebody has read so.
            (
                r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": "24"}, {"base": "10.1.0.0/16", "size": 24}]}"#,
                r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": 24}, {"base": "10.1.0.0/16", "size": 24}]}"#,
                1,
            ),
            // Both take the comma between them: the second waits.
            (r#"{"dns": ["", ""]}"#, r#"{"dns": [""]}"#, 1),
            // What is only taken out may touch.
            ("{\n// a\n// b\n}\n", "{\n}\n", 2),
        ] {
            assert_eq!(mended(text), (after.to_owned(), fixes), "{text}");
        }
    }

    #[test]
    fn says_how_many_fixes_it_is() {
        let title = |text: &str| Mend::of(&analyze(&Request::of(text)).diagnostics).title();
        assert_eq!(title(r#"{"debgu": true}"#), "Apply 1 safe fix");
        assert_eq!(title(r#"{"debgu": true, "mtu": "1"}"#), "Apply 2 safe fixes");
    }

    #[test]
    fn stays_fast_with_a_thousand_fixes() {
        let text = ["{", &"/**/".repeat(20_000), "}"].concat();
        assert_eq!(mended(&text).1, 1_000);
    }

    proptest! {
        /// Fixes are worked out one by one; together they leave no mistake of syntax that was not there.
        #[test]
        fn together_they_leave_the_text_whole(
            lines in proptest::collection::vec(0..LINES.len(), 0..12),
            separator in prop_oneof![Just(",\n  "), Just(","), Just(", /* and */ ")],
        ) {
            let lines: Vec<&str> = lines.into_iter().map(|it| LINES[it]).collect();
            let text = ["{\n  ", &lines.join(separator), "\n}\n"].concat();
            let syntax = |text: &str| crate::notation::json::read(text).problems.len();
            let (after, _) = mended(&text);
            prop_assert!(syntax(&after) <= syntax(&text), "{text} became {after}");
        }
    }

    const LINES: &[&str] = &[
        r#""debgu": true"#,
        r#""mtu": "1450""#,
        r#""mtu": 1400"#,
        r#""dns": ["", "1.1.1.1", ""]"#,
        r#""dns": "1.1.1.1""#,
        r#""labels": ["", ""]"#,
        r#""raw-logs": true"#,
        r#""log-opts": {"maxsize": "1m", "max-size": 10,}"#,
        r#""default-address-pools": [{"base": "10.0.0.0/8", "size": 24}, {"base": "10.1.0.0/16", "size": "24"}]"#,
        r#""bip" "10.200.0.0/24""#,
        r#""registry-mirrors": ["mirror.example.com", ""]"#,
    ];
}
