//! containerd within the daemon and Kubernetes' interface to it at once.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// containerd inside the daemon together with Kubernetes' interface to containerd.
    ///
    /// ## Why it matters
    /// The containerd that runs inside the daemon has no CRI plugin; the daemon refuses the configuration.
    ///
    /// ## What to do
    /// Turn one of them off.
    ///
    /// ## Example
    /// ```json
    /// { "cri-containerd": true, "features": { "embedded-containerd": true } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `Validate`, since 29.7
    "embedded-containerd-with-cri", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let is_on = |path: &str| context.settings.bool(path).filter(|it| it.value);
    let (Some(cri), Some(embedded)) = (is_on("cri-containerd"), is_on("features.embedded-containerd")) else {
        return;
    };
    if !context.since(29, 7) {
        return;
    }
    let remove = |title: &str, span| Fix::choice(title, context.remove(span));
    found.push(
        Diagnostic::error(
            ID,
            Stage::Load,
            cri.whole(),
            "`cri-containerd` and the feature `embedded-containerd` exclude each other",
        )
        .related(embedded.whole(), "containerd inside the daemon")
        .why("The containerd inside the daemon has no interface for Kubernetes; the daemon refuses the configuration.")
        .help("Turn one of them off.")
        .fix(remove("Remove `cri-containerd`", cri.span))
        .fix(remove("Remove `embedded-containerd`", embedded.span)),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_both_together() {
        let both = r#"{"cri-containerd": true, "features": {"embedded-containerd": true}}"#;
        assert_flags("29.7", both, ID, &["error \"cri-containerd\": true"]);
        assert_flags("29.6", both, ID, &[]);
        assert_flags("29.7", r#"{"cri-containerd": true}"#, ID, &[]);
    }
}
