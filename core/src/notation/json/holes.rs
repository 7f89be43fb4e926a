//! Where does a template leave holes, and how is the rest read?
//!
//! A `daemon.json` often comes from a template: `"mtu": {{ docker_mtu }}`. The value of the hole is not known, so nothing
//! is claimed about it; everything around it is read as written.

use crate::text::{Span, find};

/// A text around its holes.
pub struct Around {
    /// The text, as long as before: `null` stands for what a hole gives a value to, white space for the rest.
    pub text: String,
    /// The holes, in order.
    pub holes: Vec<Span>,
    /// Whether some of the text comes only under conditions, or again and again.
    pub has_branches: bool,
}

/// How a hole begins and ends.
const HOLES: &[(&str, &str)] =
    &[("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("${", "}"), ("<%", "%>"), ("<", ">"), ("@", "@")];

/// Reads around the holes of a template of JSON; `None` when it has none.
///
/// Holes within strings are text to the daemon, and are left as they are.
pub fn around(text: &str) -> Option<Around> {
    let mut around = Vec::from(text);
    let (mut holes, mut has_branches) = (Vec::new(), false);
    // The open brackets, and the last byte that means something.
    let (mut open, mut last) = (Vec::new(), b'\0');
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let mut end = at + 1;
        let rest = text.get(at..).unwrap_or_default();
        if byte == b'#' || rest.starts_with("//") {
            at += find::find(rest, "\n").unwrap_or(rest.len());
            continue;
        }
        if byte == b'"' {
            end = string_end(text, at);
        } else if let Some(length) = hole(rest) {
            end = at + length;
            let hole = Span::new(at, end);
            let is_branch = is_branch(hole.of(text));
            let is_comment = ["{#", "<%#"].iter().any(|it| rest.starts_with(it));
            let is_value = last == b':' || open.last() == Some(&b'[') && matches!(last, b'[' | b',');
            let blank = around.get_mut(at..end)?;
            blank.fill(b' ');
            if is_value && !is_branch && !is_comment {
                blank.get_mut(..4)?.copy_from_slice(b"null");
                last = b'l';
            }
            has_branches |= is_branch;
            holes.push(hole);
            at = end;
            continue;
        }
        match byte {
            b'{' | b'[' => open.push(byte),
            b'}' | b']' => {
                open.pop();
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at = end;
    }
    let text = String::from_utf8(around).ok()?;
    let is_json = text.trim_start_matches([' ', '\t', '\r', '\n', '\u{FEFF}']).starts_with('{');
    (is_json && !holes.is_empty()).then_some(Around { text, holes, has_branches })
}

/// Where the string ends that begins at `at`: at its quote, or with its line.
fn string_end(text: &str, at: usize) -> usize {
    let mut escaped = true;
    for (index, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            b'\n' => return index,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// A hole is at most so many bytes long: a text full of beginnings is read quickly too.
const LONGEST: usize = 512;

/// The length of the hole that a text begins with.
fn hole(text: &str) -> Option<usize> {
    let (begin, end) = HOLES.iter().find(|it| text.starts_with(it.0))?;
    let near = (0..=LONGEST).rev().find_map(|it| text.get(..it.min(text.len())))?;
    let line = near.split('\n').next().unwrap_or_default();
    let behind = line.get(begin.len()..)?;
    let length = find::find(behind, end)?;
    let inside = behind.get(..length)?;
    let is_code = match *begin {
        // Doubled braces around members are a mistake, not a hole.
        "{{" => !inside.trim_start().starts_with(['"', '\'', '{']) && !is_member(inside),
        "{%" | "{#" | "<%" => true,
        "${" => !inside.contains(['"', '{']),
        _ => {
            let is_name = |it: u8| it.is_ascii_alphanumeric() || b"_-. ".contains(&it);
            length > 1 && inside.starts_with(|it: char| it.is_ascii_alphabetic()) && inside.bytes().all(is_name)
        }
    };
    let length = begin.len() + length + end.len();
    (is_code && length >= 4).then_some(length)
}

/// Whether it begins with a name and a colon, as a member of an object without quotes does.
fn is_member(inside: &str) -> bool {
    let behind = inside.trim_start().trim_start_matches(|it: char| it.is_ascii_alphanumeric() || it == '-');
    behind.starts_with(':')
}

/// Whether a hole decides whether, or how often, what follows is there.
fn is_branch(hole: &str) -> bool {
    const WORDS: &[&str] = &["if", "else", "end", "range", "with", "define", "block"];
    let word = hole.trim_start_matches(['{', '-', ' ']);
    let word = word.split([' ', '}']).next().unwrap_or_default();
    // Handlebars begins and ends its blocks with signs.
    let is_block = WORDS.contains(&word) || word.starts_with(['#', '^', '/']);
    let is_code = hole.starts_with("<%") && !hole.starts_with("<%=") && !hole.starts_with("<%#");
    hole.starts_with("{%") || is_code || hole.starts_with("{{") && is_block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Request, analyze,
        daemon::print,
        rule::diagnostic::{Severity, Stage},
    };

    #[test]
    fn reads_around_holes() {
        for (text, expected) in [
            (r#"{ "mtu": {{ mtu }} }"#, r#"{ "mtu": null      }"#),
            (r#"{ "mtu": ${MTU} }"#, r#"{ "mtu": null   }"#),
            (r#"{ "mtu": ${MTU:-1450} }"#, r#"{ "mtu": null         }"#),
            (r#"{ "mtu": <your mtu> }"#, r#"{ "mtu": null       }"#),
            (r#"{ "mtu": @MTU@ }"#, r#"{ "mtu": null  }"#),
            (r#"{ "dns": [{{ a }}, {{ b }}] }"#, r#"{ "dns": [null   , null   ] }"#),
            (r#"{ {% if x %}"debug": true{% endif %} }"#, r#"{           "debug": true            }"#),
            (r#"{ "mtu": <%= @mtu %> }"#, r#"{ "mtu": null        }"#),
            (r#"{ <% if x %>"a": 1<% end %> }"#, r#"{           "a": 1          }"#),
            (r#"{ {{#if x}}"a": 1{{/if}} }"#, r#"{          "a": 1        }"#),
            // What is said between a key and its value is none.
            (r#"{ "a": {# x #} 1 }"#, r#"{ "a":         1 }"#),
            (r#"{ "dns": {{ dns | to_json }} }"#, r#"{ "dns": null                }"#),
            ("{# ours #}\n{ \"mtu\": {{- .Values.mtu }} }", "          \n{ \"mtu\": null               }"),
            (
                r#"{ "a": {{ if .x }}true{{ else }}false{{ end }} }"#,
                r#"{ "a":            true          false          }"#,
            ),
        ] {
            let around = around(text).expect("holes");
            assert_eq!(around.text, expected);
        }
    }

    #[test]
    fn sees_no_holes_in_what_is_typed() {
        for text in [
            "{",
            "{{",
            "{ \"mtu\": {",
            "{{\"mtu\": 1450}}",
            "{{ mtu: 1450 }}",
            "{ \"labels\": [\"a={{ b }}\", \"${c}\", \"<d>\"] }",
            "{ \"log-opts\": { \"tag\": \"{{.Name}}\" } }",
            "<html>",
            "{{ mtu }}",
            "{ \"a\": {\"b\": {}} }",
            "{ \"a\": \"\\\"{{ b }}\" }",
            "{ \"a\": 1 } # <b>c",
            "",
        ] {
            assert_eq!(around(text).map(|it| it.text), None, "{text}");
        }
    }

    #[test]
    fn the_rest_of_a_template_is_checked_and_nothing_is_claimed_of_its_holes() {
        let text = "{\n  \"mtu\": {{ docker_mtu }},\n  \"debgu\": true,\n  \"dns\": [{% for it in dns %}\"{{ it }}\"{% endfor %}]\n}\n";
        let request = Request::of(text);
        let report = analyze(&request);
        let found: Vec<_> = report.diagnostics.iter().map(|it| (it.rule, it.span.of(text))).collect();
        assert_eq!(
            found,
            [
                ("placeholder-left", "{{ docker_mtu }}"),
                ("unknown-key", "\"debgu\""),
                ("placeholder-left", "{% for it in dns %}"),
                ("placeholder-left", "{% endfor %}"),
            ]
        );
        let first = &report.diagnostics[0];
        assert_eq!((first.severity, first.stage), (Severity::Error, Some(Stage::Load)));
        for target in print::TARGETS {
            let printed = print::print(&request, &report, target, print::Order::AsWritten);
            assert_eq!(printed.text, "");
            assert!(printed.error.expect("a reason").message.contains("`{{ docker_mtu }}`"));
        }
    }

    #[test]
    fn no_fix_but_a_removal_takes_a_hole_away() {
        for text in [
            r#"{ "builder": { "dns": [{{ a }}, "1.1.1.1"] } }"#,
            r#"{ "daemon": { "settings": { "dns": [{{ a }}, "1.1.1.1"] } } }"#,
            r#"{ "default-address-pools": { "base": {{ b }}, "size": 24 } }"#,
            r#"{ "builder": { "features": { "a", "b": true } } }"#,
        ] {
            let report = analyze(&Request::of(text));
            let fixes = report.diagnostics.iter().flat_map(|it| &it.fixes);
            for fix in fixes.filter(|it| !it.title.starts_with("Remove")) {
                let after = fix.edits.apply(text);
                for hole in ["{{ a }}", "{{ b }}", "\"a\""] {
                    assert_eq!(text.contains(hole), after.contains(hole), "{}: {after}", fix.title);
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn keeps_every_place(text in "(\\{|\\}|\\{\\{ a \\}\\}|\\{% if %\\}|<% b %>|\\{# c #\\}|\"|:|,|\\[|\\]|\\$\\{A\\}|<ab>|é| |\n|#){0,30}") {
            if let Some(around) = around(&text) {
                proptest::prop_assert_eq!(around.text.len(), text.len());
                analyze(&Request::of(text));
            }
        }
    }
}
