//! Which text do the bytes of a file hold?

use crate::{
    Engine,
    rule::diagnostic::{Diagnostic, Stage},
    text::Span,
};

/// Returns the text of a file, and what is wrong with its encoding.
///
/// A byte order mark is kept as U+FEFF; UTF-16 is understood when it has one, as
/// Engines from 23.0 on do. Bytes that are not UTF-8 become U+FFFD: older Engines
/// read on in the same way, later ones refuse the file.
///
/// Source: moby `daemon/config/config.go`, `getConflictFreeConfiguration`.
pub fn decode(bytes: &[u8], engine: Engine) -> (String, Option<Diagnostic>) {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return (utf16(rest, u16::from_le_bytes), None),
        [0xFE, 0xFF, rest @ ..] => return (utf16(rest, u16::from_be_bytes), None),
        _ => {}
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let wrong = std::str::from_utf8(bytes).err();
    let diagnostic = wrong.filter(|_| Engine::new(23, 0, 0) <= engine).map(|it| {
        let at = it.valid_up_to();
        let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        Diagnostic::error("not-utf-8", Stage::Load, span, "The file is not UTF-8")
            .why("The daemon refuses a file with bytes that are not UTF-8.")
            .help("Save the file as UTF-8.")
    });
    (text, diagnostic)
}

/// The kind of a file that does not hold text: "a picture".
///
/// A text in UTF-16 has a byte order mark, as it must have to be read.
pub fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"BM", "a picture"),
        (b"RIFF", "a picture or a recording"),
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\x1F\x8B", "an archive"),
        (b"\xFD7zXZ", "an archive"),
        (b"\x28\xB5\x2F\xFD", "an archive"),
        (b"\x7FELF", "a program"),
        (b"MZ", "a program"),
    ];
    let is_utf_16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    // What has no NUL is a text, whatever it begins with; a PDF can be without.
    let is_binary = !is_utf_16 && (bytes.contains(&0) || bytes.starts_with(b"%PDF-"));
    let kind = KINDS.iter().find(|it| bytes.starts_with(it.0));
    is_binary.then_some(kind.map_or("a binary file", |it| it.1))
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|it| it.try_into().ok());
    let text = char::decode_utf16(units.map(unit)).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER));
    let half = (bytes.len() % 2 == 1).then_some(char::REPLACEMENT_CHARACTER);
    std::iter::once('\u{FEFF}').chain(text).chain(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_text_is_told_from_text() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], Some("a picture")),
            (b"%PDF-1.7\n", Some("a PDF")),
            (b"PK\x03\x04\x14\0", Some("an archive or an office document")),
            (b"{\0}", Some("a binary file")),
            (b"{}", None),
            (b"BMC is no picture", None),
            (b"\xFF\xFE{\0}\0", None),
            (b"{ \"labels\": [\"M\xFCller\"] }", None), // Latin 1
            (b"", None),
        ] {
            assert_eq!(binary(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn reads_what_editors_write() {
        for (bytes, text, fails) in [
            (&b"{}"[..], "{}", false),
            (b"\xEF\xBB\xBF{}", "\u{FEFF}{}", false),
            (b"\xFF\xFE{\0}\0", "\u{FEFF}{}", false),
            (b"\xFE\xFF\0{\0}", "\u{FEFF}{}", false),
            (b"\xFF\xFE{\0}\0\n", "\u{FEFF}{}\u{FFFD}", false), // half a unit
            (b"{\xFF}", "{\u{FFFD}}", true),
        ] {
            let (decoded, diagnostic) = decode(bytes, Engine::LATEST);
            assert_eq!((decoded.as_str(), diagnostic.is_some()), (text, fails));
        }
        let old = decode(b"{\xFF}", Engine::new(20, 10, 24));
        assert_eq!(old.1, None, "older Engines read on");
    }
}
