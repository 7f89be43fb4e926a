//! A storage driver that the Engine does not have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage, listed},
};
use crate::{
    daemon::{
        drivers::image_store::{self, ImageStore, SNAPSHOTTER_PLUGINS, SNAPSHOTTERS, graph_drivers, is_graph_driver},
        options,
        settings::Setting,
    },
    docker::engine::Engine,
};

rule! {
    /// A storage driver that the Docker Engine does not have, or that belongs to the other image store.
    ///
    /// ## Why it matters
    /// The daemon does not start with a storage driver it lacks; `aufs` and `overlay` went with Engine 24.0,
    /// `devicemapper` with 25.0. And it has two image stores: graph drivers such as `overlay2` belong to the classic
    /// one, snapshotters such as `overlayfs` to containerd's, which is the default on new hosts since 29.0.
    ///
    /// ## What to do
    /// Before an upgrade, move away from a driver that is gone: save the images, and recreate the containers with
    /// `overlay2`. Otherwise name a driver of the image store in use, or leave `storage-driver` out.
    ///
    /// ## Example
    /// ```json
    /// { "storage-driver": "devicemapper" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/graphdriver/driver.go`, `New`, `getDriver` and `checkRemoved`; `daemon/image_store_choice.go`,
    /// `determineImageStoreChoice`; `daemon/daemon.go`, `NewDaemon`
    "storage-driver-unknown", [Error, Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(driver) = context.settings.text("storage-driver") else {
        return;
    };
    found.extend(match ImageStore::of(context.settings, context.engine) {
        ImageStore::GraphDriver => of_graph_drivers(context, driver),
        ImageStore::Containerd => of_containerd(context, driver),
        ImageStore::DependsOnData => of_either(context, driver),
    });
}

fn stops_the_daemon(driver: Setting<&str>, message: String) -> Diagnostic {
    Diagnostic::error(ID, Stage::Start, driver.span, message)
        .why("The daemon does not start when it cannot use the storage driver it is told to use.")
}

fn use_driver(context: &Context, driver: Setting<&str>, right: &str) -> Fix {
    Fix::choice(say!("Use `{right}`"), context.replace(driver.span, right))
}

fn remove(context: &Context, driver: Setting<&str>) -> Fix {
    Fix::choice("Remove `storage-driver`", context.remove(driver.span))
}

fn of_graph_drivers(context: &Context, driver: Setting<&str>) -> Option<Diagnostic> {
    let name = driver.value;
    if is_graph_driver(name, context.engine) {
        return None;
    }
    if let Some(removed) = removed_in(name, context.engine) {
        return Some(removed_driver(context, driver, removed));
    }
    if SNAPSHOTTERS.contains(&name) {
        let message = say!("`{name}` is a snapshotter of containerd, and images are kept by a graph driver");
        let mut diagnostic = stops_the_daemon(driver, message);
        let feature = context.settings.bool("features.containerd-snapshotter");
        if let Some(feature) = feature.filter(|_| context.since(24, 0)) {
            diagnostic = diagnostic.related(feature.whole(), "what chooses graph drivers");
        } else if let Some(userns) = context.settings.text("userns-remap").filter(|_| context.since(29, 0)) {
            diagnostic = diagnostic.related(userns.whole(), "what only graph drivers can serve");
        }
        return Some(
            diagnostic
                .help(match context.since(24, 0) {
                    true => "Use `overlay2`, or turn the feature `containerd-snapshotter` on.",
                    false => "Use `overlay2`.",
                })
                .fix(use_driver(context, driver, "overlay2")),
        );
    }
    let may_be_plugin = !context.since(28, 0) && context.settings.is_true("experimental") && name.contains(['/', ':']);
    if may_be_plugin {
        let message = say!("Whether the storage plugin `{name}` is installed was not checked");
        return Some(
            Diagnostic::hint(ID, driver.span, message)
                .why("The daemon does not start without it; such plugins are gone from Engine 28.0 on.")
                .help("Move to `overlay2` before the next upgrade."),
        );
    }
    Some(unknown(context, driver))
}

fn of_containerd(context: &Context, driver: Setting<&str>) -> Option<Diagnostic> {
    let name = driver.value;
    let is_chosen = context.settings.bool("features.containerd-snapshotter").is_some();
    if !is_chosen && is_graph_driver(name, context.engine) {
        let message = say!("Engine 29.0.0 takes the graph driver `{name}` as a snapshotter of containerd");
        return Some(
            stops_the_daemon(driver, message)
                .help("Use Engine 29.0.1, or turn the feature `containerd-snapshotter` off.")
                .fix(Fix::choice(
                    "Turn `containerd-snapshotter` off",
                    context.set(&["features", "containerd-snapshotter"], false),
                )),
        );
    }
    if SNAPSHOTTERS.contains(&name) {
        return None;
    }
    if SNAPSHOTTER_PLUGINS.contains(&name) {
        return Some(unseen_plugin(driver));
    }
    let what = match is_graph_driver(name, Engine::new(20, 10, 0)) {
        true => "a graph driver",
        false => "not one that containerd has",
    };
    let message = say!("The containerd image store needs a snapshotter, and `{name}` is {what}");
    let diagnostic = match context.since(29, 0) {
        true => stops_the_daemon(driver, message),
        false => Diagnostic::no_container(ID, driver.span, message)
            .why("The daemon starts, and then no image can be pulled and no container created."),
    };
    let feature = context.settings.bool("features.containerd-snapshotter");
    let diagnostic = match feature {
        Some(feature) => diagnostic.related(feature.whole(), "what chooses the containerd image store"),
        None => diagnostic,
    };
    Some(
        diagnostic
            .help("Use `overlayfs`, or leave `storage-driver` out. To go on with a graph driver, turn the feature `containerd-snapshotter` off.")
            .fix(use_driver(context, driver, "overlayfs"))
            .fix(remove(context, driver)),
    )
}

/// Since 29.0, when neither a feature nor a graph driver's name decides.
fn of_either(context: &Context, driver: Setting<&str>) -> Option<Diagnostic> {
    let name = driver.value;
    if let Some(removed) = removed_in(name, context.engine) {
        return Some(removed_driver(context, driver, removed));
    }
    if SNAPSHOTTERS.contains(&name) {
        let message =
            say!("Whether this host still keeps images with a graph driver instead of `{name}` was not checked");
        return Some(
            Diagnostic::hint(ID, driver.span, message)
                .why(
                    "On a new host `storage-driver` names the snapshotter. Where the data root holds data of a graph \
                     driver such as `overlay2`, the daemon goes on with graph drivers, and does not start with this name.",
                )
                .help("On a host with older data, turn the feature `containerd-snapshotter` on; its images then have to be pulled anew.")
                .fix(Fix::choice("Choose the containerd image store", context.set(&["features", "containerd-snapshotter"], true))),
        );
    }
    match SNAPSHOTTER_PLUGINS.contains(&name) {
        true => Some(unseen_plugin(driver)),
        false => Some(unknown(context, driver)),
    }
}

fn unseen_plugin(driver: Setting<&str>) -> Diagnostic {
    let message = say!("Whether containerd has the snapshotter plugin `{}` was not checked", driver.value);
    Diagnostic::hint(ID, driver.span, message)
        .why("The daemon asks containerd for it as it starts, and since 29.0 does not start without it.")
        .help("Look for it in the output of `ctr plugins ls`.")
}

/// The Engine that no longer had a driver.
fn removed_in(name: &str, engine: Engine) -> Option<Engine> {
    let choice = options::STORAGE_DRIVERS.iter().find(|it| it.value == name)?;
    choice.removed.filter(|it| *it <= engine)
}

fn removed_driver(context: &Context, driver: Setting<&str>, removed: Engine) -> Diagnostic {
    let message = say!("Storage driver `{}` was removed in Engine {}.{}", driver.value, removed.major, removed.minor);
    stops_the_daemon(driver, message)
        .help(
            "Use `overlay2`, or leave `storage-driver` out. Images and containers of the old driver stay on disk and are \
             not visible: save them with an older Engine first.",
        )
        .fix(use_driver(context, driver, "overlay2"))
        .fix(remove(context, driver))
}

fn unknown(context: &Context, driver: Setting<&str>) -> Diagnostic {
    let name = driver.value;
    let message = match name {
        "windowsfilter" | "windows" => say!("Storage driver `{name}` exists on Windows only"),
        _ => say!("`{name}` is not a storage driver of Engine {}", context.engine.major),
    };
    stops_the_daemon(driver, message).explained(|diagnostic| {
        let written = name.trim().to_ascii_lowercase();
        let nearest = graph_drivers(context.engine)
            .chain(SNAPSHOTTERS.iter().copied().filter(|_| context.since(29, 0)))
            .map(|it| (crate::text::words::distance(&written, it), it))
            .filter(|(distance, right)| *distance <= 1 + right.len() / 6)
            .min()
            .map(|(_, right)| right);
        match nearest {
            Some(right) => diagnostic.help(say!("Did you mean `{right}`?")).fix(use_driver(context, driver, right)),
            None => diagnostic
                .help(say!("Use {}.", listed(image_store::graph_drivers(context.engine), "or")))
                .fix(use_driver(context, driver, "overlay2")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn without_a_feature_the_name_decides() {
        for (driver, severities) in [
            // for 20.10, 23, 24, 28 and 29
            ("overlay2", ["", "", "", "", ""]),
            ("vfs", ["", "", "", "", ""]),
            ("aufs", ["", "", "error", "error", "error"]),
            ("overlay", ["", "", "error", "error", "error"]),
            ("devicemapper", ["", "", "", "error", "error"]),
            ("overlayfs", ["error", "error", "error", "error", "hint"]),
            ("overlay3", ["error", "error", "error", "error", "error"]),
            ("windowsfilter", ["error", "error", "error", "error", "error"]),
            ("stargz", ["error", "error", "error", "error", "hint"]),
            ("Overlay2", ["error", "error", "error", "error", "error"]),
            ("", ["", "", "", "", ""]),
        ] {
            for (engine, severity) in ["20.10", "23", "24", "28", "29"].into_iter().zip(severities) {
                assert_driver(engine, driver, "", severity);
            }
        }
    }

    #[test]
    fn the_feature_chooses_the_store_since_24() {
        let on = r#", "features": {"containerd-snapshotter": true}"#;
        let off = r#", "features": {"containerd-snapshotter": false}"#;
        for (engine, driver, feature, severity) in [
            ("23", "overlay2", on, ""),
            ("24", "overlay2", on, "warning"),
            ("28", "vfs", on, "warning"),
            ("29", "overlay2", on, "error"),
            ("29", "overlayfs", on, ""),
            ("29", "fuse-overlayfs", on, "hint"),
            ("29", "overlayfs", off, "error"),
            ("29", "overlay2", off, ""),
            ("29", "overlayfs", r#", "userns-remap": "default""#, "error"),
            ("29.0.0", "zfs", "", "error"),
            ("29.0.0", "fuse-overlayfs", "", "error"),
            ("29.0.0", "overlayfs", "", ""),
            ("29.0.0", "zfs", off, ""),
            ("29.0.0", "zfs", on, ""),
            ("29.0.1", "zfs", "", ""),
        ] {
            assert_driver(engine, driver, feature, severity);
        }
    }

    #[track_caller]
    fn assert_driver(engine: &str, driver: &str, more: &str, severity: &str) {
        let text = format!(r#"{{"storage-driver": "{driver}"{more}}}"#);
        let expected = format!("{severity} \"{driver}\"");
        let expected = [expected.as_str()];
        let expected = if severity.is_empty() { &[] } else { &expected[..] };
        assert_flags(engine, &text, ID, expected);
    }
}
