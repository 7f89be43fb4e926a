//! A containerd namespace that containerd does not accept.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::drivers::image_store::ImageStore;

rule! {
    /// A containerd namespace whose name containerd does not accept.
    ///
    /// ## Why it matters
    /// The Engine hands the name on as it is. containerd then refuses whatever is asked for in that namespace: no
    /// container starts, and neither does the daemon when containerd keeps its images.
    ///
    /// ## What to do
    /// Use letters and digits, in groups separated by a single `.`, `_` or `-`, at most 76 characters.
    ///
    /// ## Example
    /// ```json
    /// { "containerd-namespace": "my containers" }
    /// ```
    ///
    /// ## Source
    /// containerd `pkg/identifiers/validate.go`, `Validate`; `pkg/namespaces/context.go`, `NamespaceRequired`; starts
    /// of 23.0.18 to 29.7.2
    "containerd-namespace-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(namespace) = context.settings.text("containerd-namespace") else {
        return;
    };
    if is_identifier(namespace.value) {
        return;
    }
    let message = say!("`{}` cannot be a containerd namespace", namespace.value);
    let store = ImageStore::of(context.settings, context.engine);
    let diagnostic = match store.is_containerd_on_a_fresh_host() {
        true => Diagnostic::error(ID, Stage::Start, namespace.span, message)
            .why("The daemon asks containerd for its images there, which refuses: the daemon does not start."),
        false => Diagnostic::no_container(ID, namespace.span, message)
            .why("The daemon hands the name on, and containerd refuses to work in it: no container starts."),
    };
    found.push(
        diagnostic
            .help("Use letters and digits in groups separated by a single `.`, `_` or `-`, at most 76 characters.")
            .explained(|diagnostic| {
                let replace_all = |it: char| if it.is_ascii_alphanumeric() || "._-".contains(it) { it } else { '-' };
                let meant: String = namespace.value.chars().map(replace_all).collect();
                let fix = is_identifier(&meant)
                    .then(|| Fix::choice(say!("Use `{meant}`"), context.replace(namespace.span, meant.as_str())));
                diagnostic.fix(fix)
            }),
    );
}

fn is_identifier(text: &str) -> bool {
    let is_group = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
    text.len() <= 76 && text.split(['.', '_', '-']).all(is_group)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_containerd_refuses() {
        for (name, is_flagged) in [
            ("moby", false),
            ("plugins.moby", false),
            ("a-b_c.d", false),
            ("", false),
            ("a b", true),
            ("a..b", true),
            ("-a", true),
            ("a/b", true),
        ] {
            let text = format!(r#"{{"containerd-namespace": "{name}"}}"#);
            for (engine, severity) in [("28", "warning"), ("29", "error")] {
                let expected = format!("{severity} \"{name}\"");
                let expected = [expected.as_str()];
                assert_flags(engine, &text, ID, if is_flagged { &expected } else { &[] });
            }
        }
    }
}
