//! The document is not an object.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::{Kind, ProblemKind, Value};

rule! {
    /// The whole file is a list, a string or a number.
    ///
    /// ## Why it matters
    /// Settings are the members of one object; the daemon refuses anything else (`null` counts as no settings).
    ///
    /// ## What to do
    /// Write `{ … }` around the settings.
    ///
    /// ## Example
    /// ```json
    /// [ { "debug": true } ]
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`
    "document-not-an-object", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let root = &context.document.root;
    if matches!(root.kind, Kind::Map(_) | Kind::Null | Kind::Missing) {
        return;
    }
    let message = say!("The settings must be one object, not {}", root.noun());
    let diagnostic = Diagnostic::error(ID, Stage::Load, root.span, message)
        .why("The daemon reads settings from the members of an object and refuses anything else.")
        .help("Write `{ … }` around the settings.");
    found.push(diagnostic.explained(|diagnostic| match root.elements() {
        [_, ..] if root.elements().iter().all(|it| matches!(it.kind, Kind::Map(_))) => {
            let title = match root.elements() {
                [_] => "Take the object out of the list",
                _ => "Join the objects of the list",
            };
            let mut members = Vec::new();
            for it in root.elements() {
                if let Some(Value::Map(its)) = Value::of(it) {
                    members.extend(its);
                }
            }
            let has_comments = context.problems(ProblemKind::Comment).next().is_some();
            let is_whole = !has_comments && !context.document.is_damaged();
            diagnostic.fix(is_whole.then(|| Fix::safe(title, context.replace(root.span, Value::Map(members)))))
        }
        _ => diagnostic,
    }));
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_found, diagnose};

    #[test]
    fn joins_the_objects_of_a_list() {
        let expected = "{\n  \"debug\": true,\n  \"mtu\": 1450\n}";
        assert_first_fix(r#"[{"debug": true, "mtu": 1450}]"#, super::ID, "Take the object out of the list", expected);
        assert_first_fix(r#"[{"debug": true}, {"mtu": 1450}]"#, super::ID, "Join the objects of the list", expected);
        for text in [r#"[{"debug": true}, {"mtu"}]"#, r#"[{"dns": [{{ a }}]}]"#] {
            assert!(diagnose(text, super::ID)[0].fixes.is_empty(), "{text}"); // something would be lost
        }
    }

    #[test]
    fn flags_everything_but_objects_and_null() {
        for (text, expected) in [
            ("[]", &["error document-not-an-object 0..2"][..]),
            ("\"debug\"", &["error document-not-an-object 0..7"]),
            ("1", &["error document-not-an-object 0..1"]),
            ("null", &[]),
            ("{}", &[]),
            ("", &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
