//! The document is no object.

use super::{Context, Found, diagnostic::{Diagnostic, Fix, Stage}};
use crate::{
    document::Kind,
    value::Value,
};

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
        [only] if matches!(only.kind, Kind::Map(_)) => {
            let edits = Value::of(only).map(|value| {
                context.replace(root.span, value)
            });
            diagnostic.fix(Fix::safe("Take the object out of the list", edits.unwrap_or_default()))
        }
        _ => diagnostic,
    }));
}

#[cfg(test)]
mod tests {
    use crate::check::tests::assert_found;

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
