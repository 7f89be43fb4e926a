//! Storage options that are not read.

use super::{
    Context, Found,
    storage_option_unknown::row,
    voice::{Diagnostic, Fix},
};
use crate::daemon::drivers::image_store::{ImageStore, is_graph_driver};

rule! {
    /// Storage options that are not read.
    ///
    /// ## Why it matters
    /// Only graph drivers read `storage-opts`. The containerd image store, the default on new hosts since Engine 29.0,
    /// does not; nor does `fuse-overlayfs`. A limit such as `overlay2.size` then silently limits nothing.
    ///
    /// ## What to do
    /// Name the graph driver in `storage-driver`, or remove `storage-opts`.
    ///
    /// ## Example
    /// ```json
    /// { "storage-opts": ["overlay2.size=20G"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon.go`, `NewDaemon`; `daemon/image_store_choice.go`;
    /// `daemon/graphdriver/fuse-overlayfs/fuseoverlayfs.go`, `Init`
    "storage-options-ignored", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let (Some(list), options) = (context.settings.get("storage-opts"), context.settings.assignments("storage-opts"))
    else {
        return;
    };
    if options.is_empty() {
        return;
    }
    let driver = context.settings.text("storage-driver");
    let remove = || Fix::choice("Remove `storage-opts`", context.remove(list.span));
    let whole = |message: &str| Diagnostic::warning(ID, list.key, message);
    match ImageStore::of(context.settings, context.engine) {
        ImageStore::Containerd => found.push(
            whole("`storage-opts` has no effect with the containerd image store")
                .why("Only graph drivers read these options; limits set here limit nothing.")
                .help("Remove it, or turn the feature `containerd-snapshotter` off to use a graph driver.")
                .fix(remove()),
        ),
        ImageStore::DependsOnData => {
            found.push(
                whole("`storage-opts` has no effect on a new host, where images are kept by containerd")
                    .why(
                        "Since Engine 29.0 graph drivers, which alone read these options, are used only where \
                         `storage-driver` names one or the data root already holds their data.",
                    )
                    .help("Name the graph driver in `storage-driver`, or remove `storage-opts`.")
                    .fix(remove())
                    .fix(Fix::choice("Use storage driver `overlay2`", context.set(&["storage-driver"], "overlay2"))),
            );
        }
        ImageStore::GraphDriver => match driver.map(|it| it.value) {
            Some(name @ ("fuse-overlayfs" | "aufs")) if is_graph_driver(name, context.engine) => found.push(
                whole(&say!("`storage-opts` has no effect with storage driver `{name}`"))
                    .why("This driver has no options and does not look at the list.")
                    .help("Remove it, or use a driver with options.")
                    .fix(remove()),
            ),
            None | Some("overlay2") => {
                for option in options {
                    let row = option.name.and_then(|it| row("overlay2", it));
                    // Known and no longer acted on: `overlay2.override_kernel_check` in 23.0.
                    let is_idle = row.is_some_and(|it| it.is_known_to(context.engine) && !it.exists_in(context.engine));
                    if is_idle {
                        let span = option.entry.span;
                        found.push(
                            Diagnostic::warning(ID, span, say!("Storage option `{}` has no effect", option.entry.value))
                                .why("Engine 23.0 accepts it with a warning in its log; from 24.0 on the daemon does not start with it.")
                                .help("Remove it.")
                                .fix(Fix::safe("Remove it", context.remove(span))),
                        );
                    }
                }
            }
            Some(_) => {}
        },
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_lists_that_nobody_reads() {
        for (engine, more, expected) in [
            ("29", "", &["warning \"storage-opts\""][..]),
            ("28", "", &[]),
            ("29", r#", "storage-driver": "overlay2""#, &[]),
            ("29", r#", "features": {"containerd-snapshotter": true}"#, &["warning \"storage-opts\""]),
            ("26", r#", "features": {"containerd-snapshotter": true}"#, &["warning \"storage-opts\""]),
            ("23", r#", "features": {"containerd-snapshotter": true}"#, &[]),
            ("29", r#", "features": {"containerd-snapshotter": false}"#, &[]),
            ("29", r#", "storage-driver": "fuse-overlayfs""#, &["warning \"storage-opts\""]),
        ] {
            let text = format!(r#"{{"storage-opts": ["overlay2.size=1G"]{more}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
        let text = r#"{"storage-opts": ["overlay2.override_kernel_check=1"]}"#;
        assert_flags("23", text, ID, &["warning \"overlay2.override_kernel_check=1\""]);
        assert_flags("29", r#"{"storage-opts": []}"#, ID, &[]);
    }
}
