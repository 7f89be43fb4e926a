//! Which storage driver works on which file system?

use super::driver::Driver;

/// The file system of the data root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileSystem {
    Ext4,
    Xfs,
    /// Made before xfsprogs 3.2.3, or with `ftype=0`.
    XfsWithoutTypes,
    Btrfs,
    Zfs,
    Other,
}

impl FileSystem {
    /// Each, with its name in links and its name for people.
    pub(super) const ALL: [(Self, &str, &str); 6] = [
        (Self::Ext4, "ext4", "ext4"),
        (Self::Xfs, "xfs", "xfs"),
        (Self::XfsWithoutTypes, "xfs-without-ftype", "xfs with ftype=0"),
        (Self::Btrfs, "btrfs", "btrfs"),
        (Self::Zfs, "zfs", "ZFS"),
        (Self::Other, "other", "Another"),
    ];

    /// The one of this name.
    pub(super) fn of(id: &str) -> Self {
        Self::ALL.iter().find(|it| it.1 == id).map_or(Self::Other, |it| it.0)
    }

    /// Its name in links.
    pub(super) fn id(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// As it is named in a sentence.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Other => "this file system",
            _ => Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2),
        }
    }
}

/// Whether a driver works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It does.
    Works,
    /// It does under a condition, in sentences.
    Depends(&'static str),
    /// It does not: why, in sentences, and what the daemon says.
    Fails(&'static str, &'static str),
}

/// The driver of an Engine of moby on a file system.
///
/// Source: moby `daemon/graphdriver/overlay2/overlay.go`, `Init`; `daemon/graphdriver/overlayutils/overlayutils.go`,
/// `SupportsOverlay` and `ErrDTypeNotSupported`; `daemon/graphdriver/btrfs/btrfs.go` and `zfs/zfs.go`, `Init`;
/// `daemon/graphdriver/fuse-overlayfs/fuseoverlayfs.go`, `Init`; Linux 4.7, *overlayfs* on btrfs; OpenZFS 2.2.0, pull
/// requests 9600 and 14070 (overlayfs); docs.docker.com, *Rootless mode*.
pub(super) fn fit(driver: Driver, on: FileSystem, is_rootless: bool) -> Fit {
    use FileSystem::{Btrfs, Ext4, Other, Xfs, XfsWithoutTypes, Zfs};
    if is_rootless && !driver.runs_rootless() {
        return Fit::Fails("A rootless daemon cannot use it.", "driver not supported");
    }
    match (driver, on) {
        (Driver::Vfs, _) => Fit::Depends(
            "It works everywhere, and copies every layer as a whole: it is slow, and needs many times the space.",
        ),
        (Driver::Btrfs, Btrfs) if is_rootless => {
            Fit::Depends("Without root it needs the mount option `user_subvol_rm_allowed`.")
        }
        (Driver::Btrfs, Btrfs) | (Driver::Zfs, Zfs) => Fit::Works,
        (Driver::Btrfs, _) => Fit::Fails("It works on btrfs only.", WRONG_FILE_SYSTEM),
        (Driver::Zfs, _) => Fit::Fails("It works on ZFS only.", WRONG_FILE_SYSTEM),
        (Driver::FuseOverlayfs, _) => {
            Fit::Depends("It needs the program `fuse-overlayfs` and Linux 4.18, and is slower than overlay2.")
        }
        (Driver::Overlay2 | Driver::Containerd, XfsWithoutTypes) => Fit::Fails(
            "An overlay needs the type of each entry of a directory, and this xfs does not keep it. It can only be made anew, with `mkfs.xfs -n ftype=1`.",
            WITHOUT_TYPES,
        ),
        (Driver::Overlay2 | Driver::Containerd, Zfs) => Fit::Depends(
            "On ZFS it needs OpenZFS 2.2 or newer: look with `zfs version`. Before, the daemon says `driver not supported`.",
        ),
        (Driver::Overlay2 | Driver::Containerd, Other) => Fit::Depends(
            "Whether the kernel can lay an overlay over this file system shows when the daemon starts: over NFS, eCryptfs and another overlay it cannot.",
        ),
        (Driver::Overlay2 | Driver::Containerd, Ext4 | Xfs | Btrfs) if is_rootless => {
            Fit::Depends("Without root it needs Linux 5.11 or newer, and no SELinux.")
        }
        (Driver::Overlay2 | Driver::Containerd, Ext4 | Xfs | Btrfs) => Fit::Works,
        (Driver::DeviceMapper | Driver::Aufs | Driver::Overlay, _) => {
            Fit::Depends("Nobody should begin with it today.")
        }
    }
}

const WRONG_FILE_SYSTEM: &str = "prerequisites for driver not satisfied (wrong filesystem?)";

const WITHOUT_TYPES: &str = "overlay2: the backing xfs filesystem is formatted without d_type support, which leads to incorrect behavior. Reformat the filesystem with ftype=1 to enable d_type support. Backing filesystems without d_type support are not supported.";

/// What to move to where nothing speaks for something else.
pub(super) fn best(on: FileSystem) -> Driver {
    match on {
        FileSystem::XfsWithoutTypes => Driver::FuseOverlayfs,
        _ => Driver::Overlay2,
    }
}
