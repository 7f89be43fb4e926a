//! A storage driver that copies whole layers.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::drivers::image_store::ImageStore;

rule! {
    /// A storage driver that copies every layer as a whole.
    ///
    /// ## Why it matters
    /// `vfs` (and `native`, its like in containerd) shares nothing: each layer of each image, and each container, is a
    /// full copy. Pulls and container starts are slow, and disks fill quickly.
    ///
    /// ## What to do
    /// Use `overlay2` or leave `storage-driver` out. Keep `vfs` for tests, or for file systems on which nothing else
    /// works.
    ///
    /// ## Example
    /// ```json
    /// { "storage-driver": "vfs" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/graphdriver/vfs/driver.go`
    "storage-driver-slow", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(driver) = context.settings.text("storage-driver") else {
        return;
    };
    let store = ImageStore::of(context.settings, context.engine);
    let is_slow = match driver.value {
        "vfs" => store == ImageStore::GraphDriver,
        "native" => store == ImageStore::Containerd,
        _ => false,
    };
    if is_slow {
        found.push(
            Diagnostic::hint(
                ID,
                driver.span,
                say!("Storage driver `{}` copies whole layers", driver.value),
            )
            .why("It is slow and needs much space: every image and every container is a full copy.")
            .help("Leave `storage-driver` out to have the best one chosen, unless nothing else works on this file system.")
            .fix(Fix::choice(
                "Remove `storage-driver`",
                context.remove(driver.span),
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn hints_at_drivers_without_sharing() {
        for (text, expected) in [
            (r#"{"storage-driver": "vfs"}"#, &["hint \"vfs\""][..]),
            (r#"{"storage-driver": "vfs", "features": {"containerd-snapshotter": true}}"#, &[]),
            (r#"{"storage-driver": "native", "features": {"containerd-snapshotter": true}}"#, &["hint \"native\""]),
            (r#"{"storage-driver": "overlay2"}"#, &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }
}
