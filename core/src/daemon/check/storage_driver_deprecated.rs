//! A storage driver that a later Engine no longer has.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::{drivers::image_store::ImageStore, options};

rule! {
    /// A storage driver that works here and is gone from a later Engine.
    ///
    /// ## Why it matters
    /// After the upgrade the daemon does not start, and with another driver it does not see the old images and
    /// containers.
    ///
    /// ## What to do
    /// Plan the move to `overlay2` while the old Engine still runs: save images that cannot be pulled again, remove the rest,
    /// and create the containers anew afterwards. Volumes stay. `#/storage` has each step, with its commands.
    ///
    /// ## Example
    /// ```json engine=24
    /// { "storage-driver": "devicemapper" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/graphdriver/driver.go`, `isDeprecated` up to 24.0
    "storage-driver-deprecated", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(driver) = context.settings.text("storage-driver") else {
        return;
    };
    if ImageStore::of(context.settings, context.engine) != ImageStore::GraphDriver {
        return;
    }
    let choice = options::STORAGE_DRIVERS.iter().find(|it| it.value == driver.value);
    let Some(removed) = choice.and_then(|it| it.removed).filter(|it| context.engine < *it) else {
        return;
    };
    found.push(
        Diagnostic::warning(
            ID,
            driver.span,
            say!(
                "Storage driver `{}` is deprecated, and gone from Engine {}.{} on",
                driver.value, removed.major, removed.minor
            ),
        )
        .why("After an upgrade the daemon does not start with it. Images and containers do not move to another driver by themselves.")
        .help("Plan the move to `overlay2` while this Engine still runs.")
        .fix(Fix::choice("Use `overlay2`, leaving today's images behind", context.replace(driver.span, "overlay2"))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_drivers_while_they_last() {
        for (engine, driver, expected) in [
            ("20.10", "aufs", &["warning \"aufs\""][..]),
            ("23", "overlay", &["warning \"overlay\""]),
            ("24", "devicemapper", &["warning \"devicemapper\""]),
            ("24", "aufs", &[]),
            ("25", "devicemapper", &[]),
            ("23", "overlay2", &[]),
        ] {
            let text = format!(r#"{{"storage-driver": "{driver}"}}"#);
            assert_flags(engine, &text, ID, expected);
        }
    }
}
