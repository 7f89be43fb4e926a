//! Limits of downloads that the containerd image store does not know.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::drivers::image_store::ImageStore;

rule! {
    /// A limit of pulls or pushes that the image store does not heed.
    ///
    /// ## Why it matters
    /// The containerd image store, the default on new hosts since Engine 29.0, never tries a failed download again, and
    /// counts simultaneous transfers only since 29.7. The daemon accepts the settings all the same.
    ///
    /// ## What to do
    /// Remove them, or upgrade; with a graph driver they work as before.
    ///
    /// ## Example
    /// ```json
    /// { "max-download-attempts": 10, "features": { "containerd-snapshotter": true } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon.go`, `NewDaemon`; `daemon/containerd/service.go`, `setTransferLimits`, since 29.7
    "transfer-limit-ignored", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let store = ImageStore::of(context.settings, context.engine);
    if store == ImageStore::GraphDriver {
        return;
    }
    for key in ["max-download-attempts", "max-concurrent-downloads", "max-concurrent-uploads"] {
        let Some(limit) = context.settings.integer(key).filter(|it| it.value > 0) else {
            continue;
        };
        let is_heeded = key != "max-download-attempts" && context.since(29, 7);
        if is_heeded {
            continue;
        }
        let diagnostic = match store {
            ImageStore::Containerd => {
                Diagnostic::warning(ID, limit.key, say!("`{key}` has no effect with the containerd image store"))
            }
            ImageStore::GraphDriver | ImageStore::DependsOnData => Diagnostic::hint(
                ID,
                limit.key,
                say!("`{key}` has no effect on a new host, where images are kept by containerd"),
            ),
        };
        found.push(
            diagnostic
                .why(match key {
                    "max-download-attempts" => "Only graph drivers try a failed download again.",
                    _ => "The containerd image store counts simultaneous transfers only since Engine 29.7.",
                })
                .help("Remove it where images are kept by containerd.")
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(limit.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn hangs_on_store_and_engine() {
        for (engine, key, more, severity) in [
            ("29", "max-download-attempts", "", "hint"),
            ("29", "max-concurrent-downloads", "", ""),
            ("29.6", "max-concurrent-downloads", "", "hint"),
            ("29", "max-download-attempts", r#", "storage-driver": "overlay2""#, ""),
            ("28", "max-download-attempts", "", ""),
            ("28", "max-concurrent-uploads", r#", "features": {"containerd-snapshotter": true}"#, "warning"),
        ] {
            let text = format!(r#"{{"{key}": 5{more}}}"#);
            let expected = format!("{severity} \"{key}\"");
            let expected = [expected.as_str()];
            let expected = if severity.is_empty() { &[] } else { &expected[..] };
            assert_flags(engine, &text, ID, expected);
        }
    }
}
