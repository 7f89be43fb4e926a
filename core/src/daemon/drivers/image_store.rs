//! Who keeps the images: one of the Engine's graph drivers, or containerd?

use crate::{
    Engine,
    daemon::{options, settings::Settings},
};

/// The keeper of images and of the containers' file systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageStore {
    /// A graph driver of the Engine; the only one before 24.0.
    GraphDriver,
    /// containerd with one of its snapshotters.
    Containerd,
    /// Since 29.0, when nothing is said: containerd, unless the data root holds data of a graph driver.
    DependsOnData,
}

impl ImageStore {
    /// The store that `engine` chooses.
    ///
    /// Source: moby `daemon/image_store_choice.go`, `determineImageStoreChoice`, and `daemon/command/daemon_linux.go`,
    /// `setPlatformOptions`, since 29.0; before, `daemon/daemon.go`, `NewDaemon`.
    pub fn of(settings: &Settings, engine: Engine) -> Self {
        let chosen = settings.bool("features.containerd-snapshotter").map(|it| it.value);
        let has_feature = engine >= Engine::new(24, 0, 0);
        match chosen.filter(|_| has_feature) {
            Some(true) => Self::Containerd,
            Some(false) => Self::GraphDriver,
            None if engine < Engine::new(29, 0, 0) => Self::GraphDriver,
            // Remapped users are only served by graph drivers.
            None if settings.text("userns-remap").is_some() => Self::GraphDriver,
            None => match settings.text("storage-driver") {
                // 29.0.0 alone knows three graph drivers, and takes any other name for a snapshotter.
                Some(driver) if engine == Engine::new(29, 0, 0) => match driver.value {
                    "overlay2" | "vfs" | "btrfs" => Self::GraphDriver,
                    _ => Self::Containerd,
                },
                Some(driver) if is_graph_driver(driver.value, engine) => Self::GraphDriver,
                _ => Self::DependsOnData,
            },
        }
    }

    /// Whether containerd keeps the images on a host that has none yet.
    pub fn is_containerd_on_a_fresh_host(self) -> bool {
        matches!(self, Self::Containerd | Self::DependsOnData)
    }
}

/// The graph drivers of `engine`, deprecated ones included.
pub fn graph_drivers(engine: Engine) -> impl Iterator<Item = &'static str> {
    options::values_in(options::STORAGE_DRIVERS, engine).filter(|it| !matches!(*it, "overlayfs" | "native"))
}

/// Whether `engine` has a graph driver of this name.
pub fn is_graph_driver(name: &str, engine: Engine) -> bool {
    graph_drivers(engine).any(|it| it == name)
}

/// The snapshotters that containerd has itself.
pub const SNAPSHOTTERS: &[&str] = &["overlayfs", "native", "btrfs", "zfs", "devmapper", "blockfile", "erofs"];

/// The snapshotters that are often added to containerd as plugins.
pub const SNAPSHOTTER_PLUGINS: &[&str] =
    &["fuse-overlayfs", "stargz", "nydus", "soci", "overlaybd", "cvmfs-snapshotter"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    #[test]
    fn the_store_hangs_on_engine_feature_and_driver() {
        for (engine, text, expected) in [
            ("28", r#"{}"#, ImageStore::GraphDriver),
            ("29", r#"{}"#, ImageStore::DependsOnData),
            ("29", r#"{"storage-driver": "overlay2"}"#, ImageStore::GraphDriver),
            ("29", r#"{"storage-driver": "overlayfs"}"#, ImageStore::DependsOnData),
            ("29", r#"{"storage-driver": "devicemapper"}"#, ImageStore::DependsOnData),
            ("29.0.0", r#"{"storage-driver": "btrfs"}"#, ImageStore::GraphDriver),
            ("29.0.0", r#"{"storage-driver": "zfs"}"#, ImageStore::Containerd),
            ("29.0.1", r#"{"storage-driver": "zfs"}"#, ImageStore::GraphDriver),
            ("29", r#"{"userns-remap": "default"}"#, ImageStore::GraphDriver),
            ("29", r#"{"features": {"containerd-snapshotter": false}}"#, ImageStore::GraphDriver),
            ("24", r#"{"features": {"containerd-snapshotter": true}}"#, ImageStore::Containerd),
            ("23", r#"{"features": {"containerd-snapshotter": true}}"#, ImageStore::GraphDriver),
        ] {
            let document = DAEMON_JSON.read(text);
            let engine = engine.parse().unwrap();
            let settings = Settings::of(&document, engine);
            assert_eq!(ImageStore::of(&settings, engine), expected, "{text} on {engine}");
        }
    }

    #[test]
    fn storage_options_are_split_at_the_first_equals_sign() {
        let document = DAEMON_JSON.read(r#"{"storage-opts": ["a = b=c ", "d", null, 1]}"#);
        let settings = Settings::of(&document, Engine::LATEST);
        let found: Vec<_> = settings.assignments("storage-opts").iter().map(|it| (it.name, it.value)).collect();
        assert_eq!(found, [(Some("a"), "b=c"), (None, ""), (None, "")]);
    }
}
