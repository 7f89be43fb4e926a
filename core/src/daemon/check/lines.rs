//! Which lines are taken out with what is on them?

use crate::text::Span;

/// The span, and its line where nothing else is on that.
pub(super) fn around(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let indentation = before.len() - before.trim_end_matches([' ', '\t']).len();
    let is_first = before.len() == indentation || before.trim_end_matches([' ', '\t']).ends_with('\n');
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t', '\r']).len();
    match behind.get(blanks..).is_some_and(|it| it.starts_with('\n')) {
        true if is_first => Span::new(span.start - indentation, span.end + blanks + 1),
        _ if !is_first && indentation > 0 => Span::new(span.start - indentation, span.end),
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::around;
    use crate::text::Span;

    #[test]
    fn a_line_goes_with_all_that_is_on_it() {
        for (marked, left) in [
            ("{\n  [a = 1;]\n  b = 2;\n}", "{\n  b = 2;\n}"),
            ("{ [a = 1;] b = 2; }", "{ b = 2; }"),
            ("{ b = 2; [a = 1;] }", "{ b = 2; }"),
            ("[a = 1;]", ""),
            ("{\n  [a = 1;] # why\n}", "{\n   # why\n}"),
        ] {
            let start = marked.find('[').expect("a start");
            let text = marked.replace(['[', ']'], "");
            let end = marked.find(']').expect("an end") - 1;
            let mut result = text.clone();
            let span = around(&text, Span::new(start, end));
            result.replace_range(span.start..span.end, "");
            assert_eq!(result, left, "{marked}");
        }
    }
}
