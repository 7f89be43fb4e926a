//! The containerd image store with remapped users.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// The containerd image store together with remapped users.
    ///
    /// ## Why it matters
    /// Builds break when users are remapped and containerd keeps the images. Since Engine 29.0 the daemon refuses the
    /// configuration when both are asked for; without the feature it falls back to graph drivers by itself.
    ///
    /// ## What to do
    /// Remove the feature to keep `userns-remap`, or remove `userns-remap` to keep the containerd image store.
    ///
    /// ## Example
    /// ```json
    /// { "userns-remap": "default", "features": { "containerd-snapshotter": true } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon_linux.go`, `setPlatformOptions`, since 29.0; moby issue 47377
    "snapshotter-with-userns-remap", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let feature = context.settings.bool("features.containerd-snapshotter").filter(|it| it.value);
    let (Some(feature), Some(remap)) = (feature, context.settings.text("userns-remap")) else {
        return;
    };
    if !context.since(24, 0) {
        return;
    }
    let message = "The containerd image store does not work with `userns-remap`";
    let diagnostic = match context.since(29, 0) {
        true => Diagnostic::error(ID, Stage::Load, feature.whole(), message)
            .why("The daemon refuses the configuration when both are asked for."),
        false => Diagnostic::warning(ID, feature.whole(), message)
            .why("The daemon starts, and builds then fail; from Engine 29.0 on it refuses the configuration."),
    };
    let remove = |title: &str, span| Fix::choice(title, context.remove(span));
    found.push(
        diagnostic
            .related(remap.whole(), "the remapped users")
            .help("Remove one of them. Without the feature, graph drivers keep the images of remapped users.")
            .fix(remove("Remove `containerd-snapshotter`", feature.span))
            .fix(remove("Remove `userns-remap`", remap.span)),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn is_refused_since_29() {
        let both = r#"{"features": {"containerd-snapshotter": true}, "userns-remap": "default"}"#;
        for (engine, text, expected) in [
            ("29", both, &["error \"containerd-snapshotter\": true"][..]),
            ("29", r#"{"features": {"Containerd-Snapshotter": true}, "userns-remap": "default"}"#, &[]),
            ("28", both, &["warning \"containerd-snapshotter\": true"]),
            ("23", both, &[]),
            ("29", r#"{"userns-remap": "default"}"#, &[]),
            ("29", r#"{"features": {"containerd-snapshotter": true}, "userns-remap": ""}"#, &[]),
        ] {
            assert_flags(engine, text, ID, expected);
        }
    }
}
