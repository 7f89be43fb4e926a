//! Which options do Docker and Podman have for a mount, behind the last colon of `--volume`?
//!
//! Each refuses what only the other has.

use super::print::Backend;

const BOTH: &[&str] =
    &["z", "Z", "nocopy", "shared", "rshared", "slave", "rslave", "private", "rprivate", "cached", "delegated"];
const ONLY_DOCKER: &[&str] = &["consistent"];
const ONLY_PODMAN: &[&str] = &[
    "U",
    "O",
    "exec",
    "noexec",
    "dev",
    "nodev",
    "suid",
    "nosuid",
    "bind",
    "rbind",
    "copy",
    "unbindable",
    "runbindable",
    "no-dereference",
    "nocreate",
];

/// What Podman has for `--tmpfs` besides the options of the kernel.
const ONLY_PODMAN_TMPFS: &[&str] = &["U", "tmpcopyup", "notmpcopyup", "noswap"];

/// Whether a program has this option for a directory or a volume, besides `ro` and `rw`.
///
/// Source: moby `daemon/volume/mounts/linux_parser.go`, `linuxValidMountMode`; containers/common `pkg/parse/parse.go`,
/// `ValidateVolumeOpts`
pub fn has_option(option: &str, backend: Backend) -> bool {
    let own = match backend {
        Backend::Docker => ONLY_DOCKER,
        Backend::Podman => ONLY_PODMAN,
    };
    let has_value = || {
        backend == Backend::Podman
            && (option.starts_with("idmap") || option.contains("upperdir") || option.contains("workdir"))
    };
    BOTH.contains(&option) || own.contains(&option) || has_value()
}

/// The same for `--tmpfs`, of which the kernel knows others.
///
/// Source: moby `daemon/oci_linux.go`, `withMounts` (`MergeTmpfsOptions`); containers/podman `pkg/util/mount_opts.go`,
/// `processOptionsInternal`
pub fn has_tmpfs_option(option: &str, backend: Backend) -> bool {
    backend == Backend::Podman || !ONLY_PODMAN_TMPFS.contains(&option)
}
