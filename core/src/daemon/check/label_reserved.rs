//! A label in a namespace that Docker keeps for itself.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};

rule! {
    /// A label in a namespace that Docker keeps for itself.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file because of it.
    ///
    /// ## What to do
    /// Begin the key with a domain of your own, written backwards: `com.example.disk=ssd`.
    ///
    /// ## Example
    /// ```json
    /// { "labels": ["com.docker.disk=ssd"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/opts/opts.go`, `ValidateLabel`
    "label-reserved", [Error], check
}

const RESERVED: &[&str] = &["com.docker.", "io.docker.", "org.dockerproject."];

fn check(context: &Context, found: &mut Found) {
    for label in context.settings.texts("labels") {
        let Some((key, _)) = label.value.split_once('=') else {
            continue;
        };
        // The daemon looks at the whole label: an `=` within the namespace would hide it, and none is there.
        let namespace = RESERVED.iter().find(|it| {
            let start = key.get(..it.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(it))
        });
        if let Some(namespace) = namespace {
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Load,
                    label.span,
                    say!("Label `{key}` is in the namespace `{namespace}*`, which is reserved for Docker"),
                )
                .why("The daemon refuses all its settings for a label in one of its own namespaces.")
                .help("Begin the key with a domain of your own, such as `com.example.`."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_the_three_namespaces_in_any_letter_case() {
        for (text, expected) in [
            (r#"{"labels": ["com.docker.x=1"]}"#, &["error label-reserved 12..28"][..]),
            (r#"{"labels": ["IO.Docker.x=1"]}"#, &["error label-reserved 12..27"]),
            (r#"{"labels": ["org.dockerproject.=1"]}"#, &["error label-reserved 12..34"]),
            (r#"{"labels": ["com.docker=1", "com.dockers.x=1", "x=com.docker."]}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
