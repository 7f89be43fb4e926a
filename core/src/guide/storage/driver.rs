//! Which ways to keep images and containers are there, and which Engines have them?

use crate::{
    Engine,
    daemon::{drivers::image_store::is_graph_driver, options::STORAGE_DRIVERS},
};

/// What keeps the images and the file systems of containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    DeviceMapper,
    Aufs,
    Overlay,
    Overlay2,
    FuseOverlayfs,
    Btrfs,
    Zfs,
    Vfs,
    /// The image store of containerd, with whichever of its snapshotters.
    Containerd,
}

impl Driver {
    /// Each, with its name in links: the Engine's own, where it is a driver of the Engine.
    pub(super) const ALL: [(Self, &str); 9] = [
        (Self::Overlay2, "overlay2"),
        (Self::DeviceMapper, "devicemapper"),
        (Self::Aufs, "aufs"),
        (Self::Overlay, "overlay"),
        (Self::FuseOverlayfs, "fuse-overlayfs"),
        (Self::Btrfs, "btrfs"),
        (Self::Zfs, "zfs"),
        (Self::Vfs, "vfs"),
        (Self::Containerd, "containerd"),
    ];

    /// The one of this name.
    pub(super) fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == id).map(|it| it.0)
    }

    /// Its name in links, and in the Engine's settings.
    pub(super) fn id(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// As it is named in a sentence.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Containerd => "the containerd image store",
            _ => self.id(),
        }
    }

    /// The first Engine without it, where it is gone.
    pub(super) fn gone_since(self) -> Option<Engine> {
        STORAGE_DRIVERS.iter().find(|it| it.value == self.id())?.removed
    }

    /// Whether an Engine has it.
    pub(super) fn is_in(self, engine: Engine) -> bool {
        match self {
            Self::Containerd => engine >= IMAGE_STORE_SINCE,
            _ => is_graph_driver(self.id(), engine),
        }
    }

    /// Whether users without root can have it.
    ///
    /// Source: docs.docker.com, *Rootless mode*, known limitations.
    pub(super) fn runs_rootless(self) -> bool {
        !matches!(self, Self::DeviceMapper | Self::Aufs | Self::Overlay | Self::Zfs)
    }

    /// Its directories below the data root.
    ///
    /// Source: moby `daemon/graphdriver/driver.go`, `getDriver`; `daemon/daemon.go`, `NewDaemon` (`image/<driver>`).
    pub(super) fn directories(self) -> Vec<String> {
        match self {
            Self::Containerd => vec!["containerd".to_owned()],
            _ => vec![self.id().to_owned(), ["image/", self.id()].concat()],
        }
    }
}

/// The first Engine with the image store of containerd.
///
/// Source: the feature `containerd-snapshotter` (`ImageStore::of`).
pub(super) const IMAGE_STORE_SINCE: Engine = Engine::new(24, 0, 0);

/// The first Engine that uses it on machines without data of another driver.
///
/// Source: moby `daemon/image_store_choice.go`, `determineImageStoreChoice`.
pub(super) const IMAGE_STORE_IS_USUAL_SINCE: Engine = Engine::new(29, 0, 0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_engine() {
        for (driver, id) in Driver::ALL {
            assert_eq!(Driver::of(id), Some(driver));
            let is_known = STORAGE_DRIVERS.iter().any(|it| it.value == id);
            assert_eq!(is_known, driver != Driver::Containerd, "{id}");
        }
    }

    #[test]
    fn engines_have_drivers_as_long_as_they_do() {
        for (driver, engine, expected) in [
            (Driver::DeviceMapper, "24", true),
            (Driver::DeviceMapper, "25", false),
            (Driver::Aufs, "23", true),
            (Driver::Aufs, "24", false),
            (Driver::Containerd, "23", false),
            (Driver::Containerd, "24", true),
            (Driver::Overlay2, "29", true),
        ] {
            assert_eq!(driver.is_in(engine.parse().unwrap()), expected, "{driver:?} {engine}");
        }
    }
}
