//! What is most often written at an option that takes one of a few texts?
//!
//! Source: the types of the options in nixpkgs `nixos/modules/virtualisation/oci-containers.nix`, quadlet-nix `options.nix`
//! and `container.nix`, and Arion's `nixos-module.nix`; for what those leave to the program, podman-run(1),
//! podman-network-create(1), podman-pod-create(1) and systemd.service(5).

/// An option by its place and name, with the values that there are, the likeliest first.
type Values = (&'static str, &'static [&'static str]);

/// In the order of their paths.
const VALUES: &[Values] = &[
    ("arion.backend", &["podman-socket", "docker"]),
    ("oci.backend", &["podman", "docker"]),
    ("oci.containers.*.log-driver", &["journald", "json-file", "local", "none"]),
    ("oci.containers.*.podman.sdnotify", &["conmon", "healthy", "container"]),
    ("oci.containers.*.pull", &["missing", "always", "never", "newer"]),
    ("quadlet.*.autoStart", &["true", "false"]),
    ("quadlet.*.serviceConfig.Restart", &["always", "on-failure", "on-abnormal", "on-success", "no"]),
    ("quadlet.builds.*.buildConfig.pull", PULLS),
    ("quadlet.containers.*.containerConfig.autoUpdate", &["registry", "local"]),
    ("quadlet.containers.*.containerConfig.cgroupsMode", &["enabled", "disabled", "no-conmon", "split"]),
    ("quadlet.containers.*.containerConfig.healthOnFailure", &["none", "kill", "restart", "stop"]),
    ("quadlet.containers.*.containerConfig.logDriver", &["journald", "k8s-file", "none", "passthrough"]),
    ("quadlet.containers.*.containerConfig.notify", &["true", "false", "healthy"]),
    ("quadlet.containers.*.containerConfig.pull", PULLS),
    ("quadlet.containers.*.containerConfig.userns", &["auto", "host", "keep-id", "nomap"]),
    ("quadlet.networks.*.networkConfig.driver", &["bridge", "macvlan", "ipvlan"]),
    ("quadlet.networks.*.networkConfig.ipamDriver", &["host-local", "dhcp", "none"]),
    ("quadlet.pods.*.podConfig.exitPolicy", &["continue", "stop"]),
];

const PULLS: &[&str] = &["missing", "always", "never", "newer"];

/// The values of the option at this path; none where any text will do. `true` and `false` are no texts.
pub fn values(path: &str) -> &'static [&'static str] {
    let found = VALUES.binary_search_by(|it| it.0.cmp(path)).ok().and_then(|it| VALUES.get(it));
    found.map_or(&[], |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::VALUES;
    use crate::oci::options::ROWS;

    #[test]
    fn rows_are_in_order_and_of_options_that_there_are() {
        assert!(VALUES.is_sorted_by(|a, b| a.0 < b.0));
        for (path, values) in VALUES {
            let is_row = |path: &str| ROWS.iter().any(|it| [it.place, ".", it.name].concat() == path);
            // What is within a set of anything has no row.
            let outer = path.rsplit_once('.').map_or("", |it| it.0);
            assert!(is_row(path) || is_row(outer), "{path}");
            assert!(!values.is_empty(), "{path}");
        }
    }
}
