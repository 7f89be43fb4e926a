//! Bytes that are not text.

use super::{Context, Found, voice::Diagnostic};
use crate::text::Span;

rule! {
    /// A character that could not be read, because the file is not UTF-8.
    ///
    /// ## Why it matters
    /// Where a file holds bytes that are not UTF-8, such as the ü of an old Windows program, U+FFFD is shown in their place here.
    /// Engines from 23.0 on refuse such a file; older ones read on in the same way.
    ///
    /// ## What to do
    /// Write the character that belongs there, and save the file as UTF-8.
    ///
    /// ## Example
    /// ```json
    /// { "labels": ["owner=M�ller"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`
    "not-utf-8", [Error, Warning], check
}

/// The error is [`read::bytes`](crate::daemon::bytes)'s, which sees the file; here is its text, and the daemon starts with that.
fn check(context: &Context, found: &mut Found) {
    let mark = char::REPLACEMENT_CHARACTER.len_utf8();
    let mut places = context.text.as_bytes().windows(mark);
    if let Some(at) = places.position(|it| it == [0xEF, 0xBF, 0xBD]) {
        found.push(
            Diagnostic::warning(ID, Span::new(at, at + mark), "A character could not be read here")
                .why("The file it comes from may not be UTF-8. Engines from 23.0 on refuse such a file.")
                .help("Write the character that belongs here, and save the file as UTF-8."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn points_at_the_first_character_that_is_none() {
        for (text, expected) in [
            ("{\"labels\": [\"a=\u{FFFD}\u{FFFD}\"]}", &["warning not-utf-8 15..18"][..]),
            ("{\"labels\": [\"a=ü\"]}", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
