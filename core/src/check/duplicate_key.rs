//! The same key twice.

use super::{Context, Found, diagnostic::{Diagnostic, Fix}};
use crate::{
    order,
    document::{Kind, Member, Node},
};

rule! {
    /// A key that stands twice in one object.
    ///
    /// ## Why it matters
    /// The daemon does not complain. Of plain values and lists it takes the last one; objects it merges. The setting
    /// further up looks valid and does nothing.
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
    let mut nodes: Vec<&Node> = vec![&context.document.root];
    while let Some(node) = nodes.pop() {
        nodes.extend(node.elements());
        nodes.extend(node.members().iter().map(|it| &it.value));
        let mut members: Vec<&Member> = node.members().iter().filter(|it| it.sound).collect();
        order::sort(&mut members, |a, b| a.key.cmp(&b.key));
        for pair in members.windows(2) {
            if let [earlier, later] = pair {
                found.extend(repeated(context, earlier, later));
            }
        }
    }
}

fn repeated(context: &Context, earlier: &Member, later: &Member) -> Option<Diagnostic> {
    if earlier.key != later.key {
        return None;
    }
    let key = &earlier.key;
    let (message, why) = match (&earlier.value.kind, &later.value.kind) {
        (Kind::Map(_), Kind::Map(_)) => (
            say!("`{key}` stands here again further down, and the two are merged"),
            "The daemon takes the members of both objects; of a member that is in both, it takes the later one.",
        ),
        _ => (
            say!("`{key}` is set again further down, and only the last one counts"),
            "The daemon does not complain about a key that stands twice. It takes the last value.",
        ),
    };
    let diagnostic = Diagnostic::warning(ID, earlier.key_span, message)
        .why(why)
        .help("Keep one of them.")
        .related(later.key_span, "the one that counts");
    Some(match (&earlier.value.kind, &later.value.kind) {
        (Kind::Map(_), Kind::Map(_)) => diagnostic,
        _ => diagnostic.fix(Fix::safe("Remove this one", context.remove(earlier.value.span))),
    })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::assert_found;

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
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
