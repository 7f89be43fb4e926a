//! A label that is not `key=value`.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// A label that is not written as `key=value`.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file because of it.
    ///
    /// ## What to do
    /// Write `key=value`; the value may be empty.
    ///
    /// ## Example
    /// ```json
    /// { "labels": ["ssd"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/opts/opts.go`, `ValidateLabel`
    "label-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for label in context.settings.decoded_texts("labels") {
        if crate::text::find::has(label.value, b'=') {
            continue;
        }
        let diagnostic = match label.value {
            "" => Diagnostic::error(ID, Stage::Load, label.span, "`labels` holds an empty label"),
            text => Diagnostic::error(ID, Stage::Load, label.span, say!("Label `{text}` has no `=`")),
        };
        let fix = match label.value {
            "" => Fix::safe("Remove the empty label", context.remove(label.span)),
            text => {
                let value = say!("{text}=");
                let title = say!("Write `{value}`, with an empty value");
                Fix::safe(title, context.replace(label.span, value.as_str()))
            }
        };
        found.push(
            diagnostic
                .why("The daemon refuses all its settings for a label that is not `key=value`.")
                .help("Write `key=value`; the value may be empty.")
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn needs_an_equals_sign() {
        for (text, expected) in [
            (r#"{"labels": ["ssd"]}"#, &["error label-malformed 12..17"][..]),
            (r#"{"labels": [""]}"#, &["error label-malformed 12..14"]),
            (r#"{"labels": [null]}"#, &["error label-malformed 12..16"]), // an empty string to Go
            (r#"{"labels": ["a=", "=b", "a=b=c", "k=1 "]}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
