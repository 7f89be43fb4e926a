//! The same key twice.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::options::Kind,
    document::{self, Member, Node, Problem, ProblemKind},
    schema::Slot,
    text::order,
};

rule! {
    /// A key that occurs twice in one object.
    ///
    /// ## Why it matters
    /// The daemon does not complain. Of plain values and lists it takes the last one; objects it merges. The setting
    /// further up looks valid and does nothing. Only `null` changes nothing that was set before.
    ///
    /// ## What to do
    /// Keep one of them.
    ///
    /// ## Example
    /// ```json
    /// { "data-root": "/var/lib/docker", "data-root": "/srv/docker" }
    /// ```
    ///
    /// ## Source
    /// Go `encoding/json`, `Unmarshal`; tried with Engines 20.10 to 29.7
    "duplicate-key", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let root = &context.document.root;
    let mut nodes = vec![(root, Some(Kind::Object), String::new())];
    while let Some((node, kind, path)) = nodes.pop() {
        let element = match kind {
            Some(Kind::List(element)) => Some(*element),
            _ => None,
        };
        let elements = node.elements().iter().filter(|it| is_nested(it));
        nodes.extend(elements.map(|it| (it, element, [&path, "[]"].concat())));
        for it in node.members().iter().filter(|it| is_nested(&it.value)) {
            let Slot { kind, path, .. } = context.document.schema().below(&path, &it.key, kind);
            nodes.push((&it.value, kind, path));
        }
        let mut members: Vec<&Member> = node.members().iter().filter(|it| it.sound).collect();
        order::sort(&mut members, |a, b| a.key.cmp(&b.key));
        for pair in members.windows(2) {
            if let [earlier, later] = pair {
                found.extend(repeated(context, kind, earlier, later));
            }
        }
    }
}

fn is_nested(node: &Node) -> bool {
    matches!(node.kind, document::Kind::Map(_) | document::Kind::List(_))
}

/// What is wrong with two members that follow each other in an object of this kind.
fn repeated(context: &Context, kind: Option<Kind>, earlier: &Member, later: &Member) -> Option<Diagnostic> {
    if earlier.key != later.key || !context.is_read(later.key_span) {
        return None;
    }
    let key = &earlier.key;
    if later.value.kind == document::Kind::Null && kind == Some(Kind::Object) {
        let message = say!("`{key}` is null here, which does not unset the one before");
        return Some(
            Diagnostic::warning(ID, later.key_span, message)
                .why("The daemon ignores the null and keeps the value it read before.")
                .help("Remove the null, or the value that it should unset.")
                .related(earlier.key_span, "the one that counts")
                .fix(Fix::safe("Remove this one", context.remove(later.value.span))),
        );
    }
    let (message, why) = match (&earlier.value.kind, &later.value.kind) {
        (document::Kind::Map(_), document::Kind::Map(_)) => (
            say!("`{key}` occurs again further down, and both are merged"),
            "The daemon takes the members of both objects; where both have the same member, the later one counts.",
        ),
        _ => (
            say!("`{key}` is set again further down, and only the last one counts"),
            "The daemon does not complain about a repeated key. It takes the last value.",
        ),
    };
    let diagnostic = Diagnostic::warning(ID, earlier.key_span, message)
        .why(why)
        .help("Keep one of them.")
        .related(later.key_span, "the one that counts");
    let between = |it: &Problem| earlier.key_span.end < it.span.start && it.span.start < later.key_span.end;
    Some(match (&earlier.value.kind, &later.value.kind) {
        (document::Kind::Map(_), document::Kind::Map(_)) => diagnostic,
        // With two objects in one file, no daemon has used either value yet.
        _ if context.problems(ProblemKind::TextAfterEnd).any(between) => {
            diagnostic.help("The two objects say different things: join them, and keep the one that is meant.")
        }
        _ => diagnostic.fix(Fix::safe("Remove this one", context.remove(earlier.value.span))),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Request, analyze, daemon::check::tests::assert_found, schema::effective::Effective};

    #[test]
    fn of_two_objects_neither_value_is_taken_without_asking() {
        let text = "{\"log-driver\": \"json-file\"}\n{\"log-driver\": \"local\"}\n";
        let report = analyze(&Request::of(text));
        let found = report.diagnostics.iter().find(|it| it.rule == super::ID).expect("a key that stands twice");
        assert_eq!(found.fixes, []);
        assert!(found.help.contains("join them"), "{}", found.help);
    }

    /// Whatever two members say, taking out the one that is flagged leaves what the daemon reads.
    #[test]
    fn its_safe_fixes_change_nothing_that_counts() {
        let values = ["null", "1", "[1]", r#"{"a": "1"}"#, r#"{"b": "2", "a": null}"#];
        for key in ["mtu", "dns", "builder", "log-opts", "nope"] {
            for (earlier, later) in values.iter().flat_map(|a| values.map(|b| (a, b))) {
                for text in [
                    format!(r#"{{"{key}": {earlier}, "{key}": {later}}}"#),
                    format!(r#"{{"log-opts": {{"{key}": {earlier}, "{key}": {later}}}}}"#),
                    format!(r#"{{"builder": {{"gc": {earlier}, "gc": {later}}}}}"#),
                ] {
                    let report = analyze(&Request::of(text.as_str()));
                    let found = report.diagnostics.iter().filter(|it| it.rule == super::ID);
                    for fix in found.flat_map(|it| &it.fixes) {
                        let mended = fix.edits.apply(&text);
                        let value = |text: &str| Effective::of(&analyze(&Request::of(text)).document).value;
                        assert_eq!(value(&mended), value(&text), "{text} became {mended}");
                    }
                }
            }
        }
    }

    #[test]
    fn flags_all_but_the_last() {
        for (text, expected) in [
            (r#"{"mtu": 1, "mtu": 2}"#, &["warning duplicate-key 1..6"][..]),
            (
                r#"{"mtu": 1, "debug": true, "mtu": 2, "mtu": 3}"#,
                &["warning duplicate-key 1..6", "warning duplicate-key 26..31"],
            ),
            (r#"{"log-opts": {"env": "a", "env": "b"}}"#, &["warning duplicate-key 14..19"]),
            (r#"{"mtu": 1, "MTU": 2}"#, &[]), // another key, and an unknown one
            (r#"{"mtu": 1, "mtu": null}"#, &["warning duplicate-key 11..16"]),
            (r#"{"mtu": null, "mtu": 1}"#, &["warning duplicate-key 1..6"]),
            (r#"{"features": {"cdi": true, "cdi": null}}"#, &["warning duplicate-key 14..19"]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
