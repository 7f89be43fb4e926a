use proptest::prelude::*;

use super::{Quoting, Token, Word, quote, tokens, unit};
use crate::text::Span;

fn words(text: &str, quoting: Quoting) -> Vec<Word> {
    let tokens = tokens(text, Span::new(0, text.len()), quoting);
    tokens.into_iter().filter_map(|it| if let Token::Word(it) = it { Some(it) } else { None }).collect()
}

#[track_caller]
fn assert_words(text: &str, quoting: Quoting, expected: &[&str]) {
    let words = words(text, quoting);
    let texts: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, expected, "{text}");
}

const DOUBLE: Quoting = Quoting::Variable(Some('"'));
const SINGLE: Quoting = Quoting::Variable(Some('\''));
const SCRIPT: Quoting = Quoting::Script { outer: Some('"'), in_unit: false };
const UNIT_SCRIPT: Quoting = Quoting::Script { outer: Some('\''), in_unit: true };

#[test]
fn each_quoting_has_its_own_words() {
    for (text, quoting, expected) in [
        ("dockerd --dns 8.8.8.8", Quoting::Shell, &["dockerd", "--dns", "8.8.8.8"][..]),
        (r#"--label 'a b' --label "c \"d\"" e\ f"#, Quoting::Shell, &["--label", "a b", "--label", "c \"d\"", "e f"]),
        (r#"--label="a b"'c'"#, Quoting::Shell, &["--label=a bc"]),
        ("''", Quoting::Shell, &[""]),
        ("a\\\nb \\\n c", Quoting::Shell, &["ab", "c"]), // a line goes on, in a word too
        ("a\\\r\n b", Quoting::Shell, &["a", "b"]),
        ("a # b\nc", Quoting::Shell, &["a", "c"]),
        ("a#b", Quoting::Shell, &["a#b"]),
        ("a > b c 2>&1 d", Quoting::Shell, &["a", "c", "d"]),
        ("a;b&c|d", Quoting::Shell, &["a", "b", "c", "d"]),
        ("--dns 'a\nb", Quoting::Shell, &["--dns", "a", "b"]), // an open quote costs its line
        (r#"a "b 'c d" 'e "f'"#, Quoting::Unit, &["a", "b 'c d", "e \"f"]),
        (r#"a\x41\tb "c\"d" \q"#, Quoting::Unit, &["aA\tb", "c\"d", "\\q"]),
        ("a $$b %%c x$y", Quoting::Unit, &["a", "$b", "%c", "x$y"]), // braces alone are expanded within a word
        ("a \\\n# comment\n  b", Quoting::Unit, &["a", "b"]),
        ("\"a \\\n b\"", Quoting::Unit, &["a   b"]),
        ("a > b # c", Quoting::Unit, &["a", ">", "b", "#", "c"]),
        ("a ; b", Quoting::Unit, &["a", "b"]),
        ("--label 'a b'", DOUBLE, &["--label", "'a", "b'"]), // quotes are letters to what splits it
        ("a\\\n b \\$c", DOUBLE, &["a", "b", "$c"]),
        (r"a\ b", SINGLE, &[r"a\", "b"]),
        ("a\u{c}b", Quoting::Shell, &["a", "b"]),
        (r"$'a\tb\'c\x41\1012\u00e4\q' x", Quoting::Shell, &["a\tb'cAA2ä\\q", "x"]),
        (r"$'\x+4' $'\08' $'\400'", Quoting::Shell, &[r"\x+4", r"\08", r"\400"]), // no number, nothing, too much
        (r"\x+4 \+12 \400 \4", Quoting::Unit, &[r"\x+4", r"\+12", r"\400", r"\4"]),
        ("$\"a b\" $'c\nd", Quoting::Shell, &["a b", "c", "d"]),
        ("--label a=*.b?[c] *", Quoting::Shell, &["--label", "a=*.b?[c]", "*"]), // without such a file they are letters
        ("a=*.b?", Quoting::Unit, &["a=*.b?"]),
        ("--insecure-registry *.example ?", DOUBLE, &["--insecure-registry", "*.example", "?"]),
        ("dockerd --label='a b' && c", SCRIPT, &["dockerd", "--label=a b", "c"]),
        ("a $$ \\\n  b 100%% # c", UNIT_SCRIPT, &["a", "$", "b", "100%"]),
        (r#""C:\a b\d.exe" --x=D:\y "z \"q\"""#, Quoting::Windows, &[r"C:\a b\d.exe", r"--x=D:\y", "z \"q\""]),
        (r#"/usr/bin/dockerd --label=a'b" c"#, Quoting::Shown, &["/usr/bin/dockerd", "--label=a'b\"", "c"]),
        (r#"["a", 'b c', "d\"e\u00e4", f]"#, Quoting::List, &["a", "b c", "d\"eä", "f"]),
    ] {
        assert_words(text, quoting, expected);
    }
}

#[test]
fn what_somebody_else_fills_in_is_marked_and_kept() {
    for (text, quoting, part) in [
        ("--dns $DNS", Quoting::Shell, Some("$DNS")),
        ("--dns ${DNS}x", Quoting::Shell, Some("${DNS}")),
        ("--dns \"$(hostname -i)\"", Quoting::Shell, Some("$(hostname -i)")),
        ("--dns `hostname`", Quoting::Shell, Some("`hostname`")),
        ("--dns '$DNS'", Quoting::Shell, None),
        ("--dns \\$DNS", Quoting::Shell, None),
        ("--dns 1$", Quoting::Shell, None),
        ("$OPTIONS", Quoting::Unit, Some("$OPTIONS")),
        ("'${OPTIONS}'", Quoting::Unit, Some("${OPTIONS}")), // quotes do not keep systemd from it
        ("--label=host=%H", Quoting::Unit, Some("%H")),
        ("--label=a=50%", Quoting::Unit, None),
        ("$OLD --debug", DOUBLE, Some("$OLD")),
        ("$OLD --debug", SINGLE, None),
        ("$FOO/bar", Quoting::Shell, Some("$FOO")),
        ("$FOO/bar", Quoting::Unit, Some("$FOO/bar")), // to systemd all of it is the name
        ("'$FOO bar'", Quoting::Unit, Some("'$FOO bar'")),
        ("a$FOO", Quoting::Unit, None),
        ("~/docker", Quoting::Shell, Some("~")),
        ("--data-root ~me/docker", Quoting::Flags, Some("~me")),
        ("--data-root=~/docker", Quoting::Shell, None), // only at the start of a word
        ("'~/docker'", Quoting::Shell, None),
        ("~/docker", Quoting::Unit, None),
        ("~/docker", DOUBLE, None),
        (r"$'\xc3\xa4'", Quoting::Shell, Some(r"\xc3")),
        ("$A $$B %h", UNIT_SCRIPT, Some("$A")),
        ("$$B", UNIT_SCRIPT, Some("$$B")),
        ("\"%h\"", UNIT_SCRIPT, Some("%h")),
        ("%h", SCRIPT, None),
        ("--label=a…", Quoting::Shown, Some("…")),
    ] {
        let words = words(text, quoting);
        let unread = words.iter().find_map(|it| it.unread);
        assert_eq!(unread.map(|it| it.of(text)), part, "{text}");
    }
}

#[test]
fn a_part_of_a_word_is_found_in_its_bytes() {
    for (text, quoting, part, raw) in [
        ("base=10.0.0.0/8,size=24", Quoting::Shell, "24", "24"),
        ("'base=10.0.0.0/8,size=24'", Quoting::Shell, "24", "24"),
        (r#"--label="a \"b\"""#, Quoting::Shell, "a \"b\"", r#"a \"b\""#),
        (r"a\x41b", Quoting::Unit, "A", r"\x41"),
        (r"a'b'c", Quoting::Shell, "abc", "a'b'c"),
    ] {
        let word = words(text, quoting).remove(0);
        let from = word.text.find(part).expect(part);
        assert_eq!(word.raw(from, from + part.len()).of(text), raw, "{text}");
    }
}

#[test]
fn a_unit_has_its_settings_by_section() {
    let text = "# c\n[Unit]\nAfter = a b\n[Service]\nExecStart=\nExecStart=-/usr/bin/dockerd \\\n  # note\n  --debug\n; c\nX=\\\n";
    let found: Vec<_> = unit::settings(text).into_iter().map(|it| (it.section, it.name, it.value.of(text))).collect();
    let expected = [
        ("Unit", "After", "a b"),
        ("Service", "ExecStart", ""),
        ("Service", "ExecStart", "-/usr/bin/dockerd \\\n  # note\n  --debug"),
        ("Service", "X", "\\"),
    ];
    assert_eq!(found, expected);
}

/// Texts of what trips a reader of words.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\\\n"),
        Just("\\"),
        Just("'"),
        Just("\""),
        Just("$"),
        Just("${"),
        Just("$("),
        Just(")"),
        Just("}"),
        Just("`"),
        Just("%h"),
        Just("%"),
        Just("\n"),
        Just("#"),
        Just(";"),
        Just(" "),
        Just("2>"),
        Just("&"),
        Just("ä"),
        Just("\\x4"),
        Just("--dns=1"),
        Just("\r\n"),
        Just("\u{c}"),
        Just("$'"),
        Just("~"),
        Just("["),
        Just(","),
        Just("…"),
        Just("\\777"),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|it| it.concat())
}

const ALL: &[Quoting] = &[
    Quoting::Shell,
    Quoting::Flags,
    Quoting::Unit,
    DOUBLE,
    SINGLE,
    Quoting::Variable(None),
    Quoting::Nix("\""),
    Quoting::Nix("''"),
    SCRIPT,
    UNIT_SCRIPT,
    Quoting::Script { outer: None, in_unit: false },
    Quoting::Windows,
    Quoting::Shown,
    Quoting::List,
];

proptest! {
    #[test]
    fn every_text_has_words_that_lie_in_it_one_after_the_other(text in hostile()) {
        unit::settings(&text);
        for &quoting in ALL {
            let mut end = 0;
            for it in words(&text, quoting) {
                prop_assert!(end <= it.span.start && it.span.start < it.span.end && it.span.end <= text.len());
                end = it.span.end;
                for (at, _) in it.text.char_indices() {
                    let raw = it.raw(at, it.text.len());
                    prop_assert!(it.span.start <= raw.start && raw.end <= it.span.end && text.get(raw.start..raw.end).is_some());
                }
            }
        }
    }

    #[test]
    fn a_word_that_was_quoted_is_read_back(text in "[ -~äß\n\t]{0,16}") {
        for &quoting in ALL {
            let like = if quoting == Quoting::Shell { Some('"') } else { None };
            for like in [None, like] {
                if let Some(word) = quote(&text, quoting, like) {
                    let read = words(&word, quoting);
                    prop_assert_eq!(read.len(), 1, "{} in {:?}", &word, quoting);
                    prop_assert!(read.iter().all(|it| it.text == text && it.unread.is_none()), "{} in {:?}", &word, quoting);
                }
            }
        }
    }
}

#[test]
fn many_open_ends_are_soon_read() {
    for piece in ["\"", "'", "${", "$(", "`", "\\\n", "\\\"\n", "a ", "%h", "2>", "$'", "$'\n", "~", "\\\"", "[\"", "…"]
    {
        let text = piece.repeat((1 << 17) / piece.len());
        for &quoting in ALL {
            tokens(&text, Span::new(0, text.len()), quoting);
        }
    }
}
