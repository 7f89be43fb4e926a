//! What is most often written at a key that takes one of a few texts?
//!
//! Source: compose-go 2.14.0 `schema/compose-spec.json`, its enumerations and patterns; compose-spec 05-services.md for what
//! it leaves to descriptions.

/// A key by its path, with the values that there are, the likeliest first.
type Values = (&'static str, &'static [&'static str]);

/// In the order of their paths.
const VALUES: &[Values] = &[
    ("networks.*.driver", &["bridge", "macvlan", "ipvlan", "overlay", "host", "none"]),
    ("services.*.build.network", &["host", "none", "default"]),
    ("services.*.cap_add", CAPABILITIES),
    ("services.*.cap_drop", DROPPED),
    ("services.*.cgroup", &["private", "host"]),
    ("services.*.depends_on.*.condition", &["service_healthy", "service_started", "service_completed_successfully"]),
    ("services.*.deploy.endpoint_mode", &["vip", "dnsrr"]),
    ("services.*.deploy.mode", &["replicated", "global", "replicated-job", "global-job"]),
    ("services.*.deploy.resources.reservations.devices[].capabilities", &["gpu", "nvidia", "compute", "utility"]),
    ("services.*.deploy.restart_policy.condition", &["any", "on-failure", "none"]),
    ("services.*.env_file[].format", &["raw"]),
    ("services.*.gpus", &["all"]),
    ("services.*.ipc", &["private", "host", "shareable", "service:"]),
    ("services.*.logging.driver", &["json-file", "journald", "local", "syslog", "none", "fluentd", "gelf"]),
    ("services.*.network_mode", &["host", "none", "bridge", "service:", "container:"]),
    ("services.*.pid", &["host", "service:"]),
    ("services.*.platform", &["linux/amd64", "linux/arm64", "linux/arm/v7"]),
    ("services.*.ports[].mode", &["ingress", "host"]),
    ("services.*.ports[].protocol", &["tcp", "udp"]),
    ("services.*.pull_policy", &["always", "missing", "never", "build", "daily", "weekly"]),
    ("services.*.restart", &["unless-stopped", "always", "on-failure", "\"no\""]),
    ("services.*.runtime", &["nvidia", "runc", "runsc"]),
    ("services.*.security_opt", &["no-new-privileges:true", "apparmor:unconfined", "seccomp:unconfined"]),
    ("services.*.stop_signal", &["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL"]),
    ("services.*.userns_mode", &["host"]),
    ("services.*.uts", &["host"]),
    ("services.*.volumes[].bind.propagation", &["rprivate", "rshared", "rslave", "private", "shared", "slave"]),
    ("services.*.volumes[].bind.selinux", &["z", "Z"]),
    ("services.*.volumes[].type", &["bind", "volume", "tmpfs", "image", "cluster", "npipe"]),
    ("volumes.*.driver", &["local"]),
];

/// Those that the Engine knows, `ALL` left out, by how often they are given.
///
/// Source: moby `daemon/pkg/oci/caps/utils_linux.go`, capabilities(7).
const CAPABILITIES: &[&str] = &[
    "NET_ADMIN",
    "SYS_ADMIN",
    "NET_RAW",
    "SYS_MODULE",
    "SYS_PTRACE",
    "SYS_NICE",
    "SYS_TIME",
    "SYS_RESOURCE",
    "IPC_LOCK",
    "NET_BIND_SERVICE",
    "CHOWN",
    "SETUID",
    "SETGID",
    "ALL",
];

const DROPPED: &[&str] = &["ALL", "NET_RAW", "SETUID", "SETGID", "CHOWN", "DAC_OVERRIDE", "MKNOD", "AUDIT_WRITE"];

/// The values of the key at this path; none where any text will do.
pub fn values(path: &str) -> &'static [&'static str] {
    let found = VALUES.binary_search_by(|it| it.0.cmp(path)).ok().and_then(|it| VALUES.get(it));
    found.map_or(&[], |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::VALUES;
    use crate::compose::schema::KEYS;

    #[test]
    fn rows_are_in_order_and_of_keys_that_there_are() {
        assert!(VALUES.is_sorted_by(|a, b| a.0 < b.0));
        for (path, values) in VALUES {
            assert!(KEYS.iter().any(|it| it.path() == *path), "{path}");
            assert!(!values.is_empty(), "{path}");
        }
    }
}
