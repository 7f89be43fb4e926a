//! Containers in the containerd namespace of the plugins.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// The containerd namespace that belongs to the Engine's plugins, used for containers.
    ///
    /// ## Why it matters
    /// Containers and plugins have to be kept apart; the daemon does not start when both are in `plugins.moby`.
    ///
    /// ## What to do
    /// Choose another name, or leave `containerd-namespace` out.
    ///
    /// ## Example
    /// ```json
    /// { "containerd-namespace": "plugins.moby" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings` and `RemapContainerdNamespaces`
    "containerd-namespace-taken", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    // With remapped users the plugins' namespace gets a suffix, and so is another one.
    let is_remapped = context.settings.text("userns-remap").is_some();
    let has_other = context.host().flags.has("containerd-plugins-namespace");
    let namespace = context.settings.text("containerd-namespace");
    if let Some(namespace) = namespace.filter(|it| it.value == "plugins.moby" && !is_remapped && !has_other) {
        found.push(
            Diagnostic::error(
                ID,
                Stage::Start,
                namespace.span,
                "`plugins.moby` is the containerd namespace of the Engine's plugins",
            )
            .why("The daemon does not start when containers and plugins share a namespace.")
            .help("Use another name, or leave it out for the default `moby`.")
            .fix(Fix::choice("Remove `containerd-namespace`", context.remove(namespace.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_the_plugins_namespace() {
        for (text, expected) in [
            (r#"{"containerd-namespace": "plugins.moby"}"#, &["error \"plugins.moby\""][..]),
            (r#"{"containerd-namespace": "plugins.moby", "userns-remap": "default"}"#, &[]),
            (r#"{"containerd-namespace": "moby"}"#, &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }
}
