//! What does an Engine do with data that a storage driver has left?

use super::driver::{Driver, IMAGE_STORE_IS_USUAL_SINCE, IMAGE_STORE_SINCE};
use crate::Engine;

/// What becomes of images and containers when an Engine starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The Engine goes on with them.
    Continues,
    /// It goes on, and warns of the driver's end.
    Warned,
    /// It refuses to start until the driver is named.
    Refused,
    /// It starts without them unless the driver is named.
    Overlooked,
    /// It cannot read them.
    Unreadable,
}

/// The first Engine that goes on with a deprecated driver only where it is named.
///
/// Source: moby `daemon/graphdriver/driver.go`, `New`, at 20.10 and 23.0.
const MUST_BE_NAMED_SINCE: Engine = Engine::new(23, 0, 0);

/// What an Engine does where the settings name no driver.
///
/// Source: moby `daemon/graphdriver/driver.go`, `New` and `scanPriorDrivers`, at 20.10, 23.0, 24.0, 25.0 and 28.5;
/// `daemon/image_store_choice.go`, `determineImageStoreChoice`, at 29.7
pub(super) fn fate(driver: Driver, engine: Engine) -> Fate {
    match driver {
        _ if !driver.is_in(engine) => Fate::Unreadable,
        Driver::Vfs => Fate::Overlooked,
        Driver::Containerd if engine < IMAGE_STORE_IS_USUAL_SINCE => Fate::Overlooked,
        _ if driver.gone_since().is_none() => Fate::Continues,
        _ if engine < MUST_BE_NAMED_SINCE => Fate::Warned,
        _ => Fate::Refused,
    }
}

/// What the daemon says where it refuses or warns, with the driver named or not.
///
/// Source: as above; `daemon/daemon.go`, `NewDaemon`, at 29.7.
pub(super) fn words(driver: Driver, engine: Engine, is_named: bool) -> Option<String> {
    let id = driver.id();
    match (fate(driver, engine), is_named) {
        (Fate::Warned, _) => Some(format!(
            "[graphdriver] WARNING: the {id} storage-driver is deprecated, and will be removed in a future release"
        )),
        (Fate::Refused, false) => Some(format!(
            "prior storage driver {id} is deprecated and will be removed in a future release; update the the daemon configuration and explicitly choose this storage driver to continue using it; visit https://docs.docker.com/go/storage-driver/ for more information"
        )),
        (Fate::Refused, true) => Some(format!(
            "[graphdriver] WARNING: the {id} storage-driver is deprecated and will be removed in a future release; visit https://docs.docker.com/go/storage-driver/ for more information"
        )),
        (Fate::Unreadable, true) if driver != Driver::Containerd => Some(match engine < IMAGE_STORE_IS_USUAL_SINCE {
            true => format!(
                "[graphdriver] ERROR: the {id} storage-driver has been deprecated and removed; visit https://docs.docker.com/go/storage-driver/ for more information: {id}"
            ),
            false => format!("configured driver \"{id}\" not available: unavailable"),
        }),
        _ => None,
    }
}

/// What the daemon says where data of several drivers is there and none is named.
pub(super) fn words_of_several(root: &str, drivers: &[Driver], engine: Engine) -> String {
    let names: Vec<&str> = drivers.iter().map(|it| it.id()).collect();
    let please = if engine < MUST_BE_NAMED_SINCE { "Please " } else { "" };
    format!(
        "{root} contains several valid graphdrivers: {}; {please}cleanup or explicitly choose storage driver (-s <DRIVER>)",
        names.join(", ")
    )
}

/// Whether data of a driver is what an Engine minds when it looks for the driver to go on with.
///
/// Source: moby `daemon/graphdriver/driver.go`, `scanPriorDrivers`.
pub(super) fn is_minded(driver: Driver, engine: Engine) -> bool {
    !matches!(driver, Driver::Vfs | Driver::Containerd) && driver.is_in(engine)
}

/// Whether an Engine has the image store as an experiment only.
pub(super) fn is_experiment(engine: Engine) -> bool {
    (IMAGE_STORE_SINCE..IMAGE_STORE_IS_USUAL_SINCE).contains(&engine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangs_on_driver_and_engine() {
        use Fate::{Continues, Overlooked, Refused, Unreadable, Warned};
        for (driver, expected) in [
            // for 20.10, 23, 24, 25, 28 and 29
            (Driver::Overlay2, [Continues; 6]),
            (Driver::Btrfs, [Continues; 6]),
            (Driver::DeviceMapper, [Warned, Refused, Refused, Unreadable, Unreadable, Unreadable]),
            (Driver::Aufs, [Warned, Refused, Unreadable, Unreadable, Unreadable, Unreadable]),
            (Driver::Overlay, [Warned, Refused, Unreadable, Unreadable, Unreadable, Unreadable]),
            (Driver::Vfs, [Overlooked; 6]),
            (Driver::Containerd, [Unreadable, Unreadable, Overlooked, Overlooked, Overlooked, Continues]),
        ] {
            for (engine, expected) in ["20.10", "23", "24", "25", "28", "29"].into_iter().zip(expected) {
                assert_eq!(fate(driver, engine.parse().unwrap()), expected, "{driver:?} {engine}");
            }
        }
    }
}
