//! Which options does a search mean? Those with its words in key or summary, and those that people call so.

use super::DaemonOption;

/// Words that people type, and the keys they mean.
const CALLED: &[(&str, &[&str])] = &[
    (
        "rotation rotate rotating logrotate truncate disk full space fills grow growing huge limit size",
        &["log-opts", "log-opts.max-size", "log-opts.max-file", "log-opts.compress", "log-driver"],
    ),
    (
        "logging logs stdout journald syslog splunk fluentd fluentbit gelf graylog loki elasticsearch cloudwatch aws gcp",
        &["log-driver", "log-opts"],
    ),
    (
        "disk full space prune garbage collection cleanup clean dangling build cache",
        &[
            "builder",
            "builder.gc",
            "builder.gc.enabled",
            "builder.gc.defaultReservedSpace",
            "builder.gc.defaultMaxUsedSpace",
            "builder.gc.defaultMinFreeSpace",
            "builder.gc.defaultKeepStorage",
            "builder.gc.policy",
        ],
    ),
    ("disk full move directory folder location path partition volumes images /var/lib/docker ssd nfs", &["data-root"]),
    ("overlay overlay2 zfs btrfs devicemapper filesystem quota layers", &["storage-driver", "storage-opts"]),
    (
        "snapshotter containerd image store overlayfs estargz nydus",
        &["features", "features.containerd-snapshotter", "containerd", "storage-driver"],
    ),
    (
        "gpu gpus nvidia cuda amd rocm intel graphics toolkit devices",
        &["runtimes", "default-runtime", "features.cdi", "cdi-spec-dirs", "node-generic-resources"],
    ),
    ("kata gvisor runsc crun youki wasm wasmedge sysbox runc shim oci sandbox", &["runtimes", "default-runtime"]),
    (
        "mirror mirrors docker hub cache pull-through pullthrough rate limit toomanyrequests artifactory nexus harbor",
        &["registry-mirrors"],
    ),
    ("insecure http self-signed selfsigned certificate x509 private local registry", &["insecure-registries"]),
    (
        "pull push parallel bandwidth slow download upload layers retry",
        &["max-concurrent-downloads", "max-concurrent-uploads", "max-download-attempts"],
    ),
    (
        "proxy proxies corporate company internet http_proxy https_proxy no_proxy squid",
        &["proxies", "proxies.http-proxy", "proxies.https-proxy", "proxies.no-proxy"],
    ),
    ("telemetry metrics monitoring prometheus grafana statistics exporter", &["metrics-addr"]),
    (
        "ipv6 v6 dual stack dualstack ula",
        &[
            "ipv6",
            "fixed-cidr-v6",
            "bip6",
            "ip6tables",
            "default-gateway-v6",
            "default-address-pools",
            "default-network-opts",
        ],
    ),
    (
        "vpn wifi wlan train hotel network range ranges subnet conflict collision collide overlap route 172.17 172.18 docker0 cidr address",
        &["bip", "default-address-pools", "default-address-pools[].base", "default-address-pools[].size", "fixed-cidr"],
    ),
    ("vpn tunnel wireguard jumbo packet fragment hang timeout", &["mtu", "network-control-plane-mtu"]),
    (
        "dns nameserver resolver resolution resolve lookup systemd-resolved hostname names pihole",
        &["dns", "dns-opts", "dns-search"],
    ),
    (
        "tls ssl https certificate certificates encryption mtls remote ca",
        &["tls", "tlsverify", "tlscacert", "tlscert", "tlskey", "hosts"],
    ),
    ("remote tcp port 2375 2376 socket listen api expose docker.sock permission denied", &["hosts", "group"]),
    ("client version old too api negotiate portainer watchtower traefik", &["min-api-version"]),
    (
        "firewall ufw firewalld nftables nft iptables forward forwarding drop",
        &[
            "iptables",
            "ip6tables",
            "firewall-backend",
            "ip-forward",
            "ip-forward-no-drop",
            "ip-masq",
            "bridge-accept-fwmark",
            "allow-direct-routing",
        ],
    ),
    ("publish published ports expose bind localhost 127.0.0.1 public internet", &["ip", "userland-proxy", "iptables"]),
    ("nat masquerade hairpin loopback source", &["ip-masq", "userland-proxy"]),
    ("isolate isolation communication containers talk each other inter-container", &["icc"]),
    ("host.docker.internal gateway localhost", &["host-gateway-ips"]),
    (
        "cgroup cgroups systemd cgroupfs driver kubelet kubernetes slice",
        &["exec-opts", "cgroup-parent", "default-cgroupns-mode"],
    ),
    ("user namespace uid gid root rootless subuid remap", &["userns-remap", "no-new-privileges"]),
    (
        "hardening security cis benchmark privileges escalation",
        &[
            "no-new-privileges",
            "userns-remap",
            "icc",
            "live-restore",
            "userland-proxy",
            "seccomp-profile",
            "authorization-plugins",
        ],
    ),
    ("restart upgrade update keep running downtime uninterrupted", &["live-restore"]),
    ("stop timeout kill grace period slow shutdown reboot", &["shutdown-timeout", "default-stop-timeout"]),
    ("memory oom ram killer killed swap", &["oom-score-adjust", "default-shm-size"]),
    ("nofile nproc memlock open files file descriptors limits ulimit ulimits core", &["default-ulimits"]),
    ("shm shared memory /dev/shm postgres chrome", &["default-shm-size", "default-ipc-mode"]),
    ("zombie tini reap pid signal", &["init", "init-path"]),
    ("realtime scheduler cpu", &["cpu-rt-period", "cpu-rt-runtime"]),
    ("debug verbose quiet trace noise", &["debug", "log-level", "log-format"]),
    ("syscall seccomp profile sandbox", &["seccomp-profile"]),
    ("buildkit buildx build", &["features", "features.buildkit", "builder"]),
    ("swarm cluster node join advertise", &["swarm-default-advertise-addr", "node-generic-resources", "labels"]),
    ("unfinished preview feature flag flags switch", &["experimental", "features"]),
];

/// Words to look for, in letters of one case.
#[derive(Clone, Debug, Default)]
pub struct Search(Vec<String>);

impl Search {
    /// The words of a line.
    pub fn of(line: &str) -> Self {
        let words = line.split([' ', '\t', ',', '"']);
        let words = words.filter(|it| !it.is_empty());
        Self(words.map(str::to_ascii_lowercase).collect())
    }

    /// Whether it has no words, so that it finds everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each of the words occurs in at least one of the texts.
    pub fn finds(&self, texts: &[&str]) -> bool {
        self.0.iter().all(|it| texts.iter().any(|text| says(text, it)))
    }

    /// Whether the search may mean this option.
    ///
    /// ```
    /// use drydock::daemon::options::{self, Search};
    ///
    /// let rotation = Search::of("log rotation");
    /// assert!(rotation.means(options::find("log-opts.max-size").unwrap()));
    /// ```
    pub fn means(&self, option: &DaemonOption) -> bool {
        let called = CALLED.iter().filter(|(_, keys)| keys.contains(&option.key));
        let mut texts = vec![option.key, option.description().summary];
        texts.extend(called.map(|it| it.0));
        self.finds(&texts)
    }
}

/// Whether a text contains a word, given in lower case.
fn says(text: &str, word: &str) -> bool {
    let mut windows = text.as_bytes().windows(word.len());
    windows.any(|it| it.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::options::{Status, all, find};

    #[test]
    fn what_people_type_leads_to_what_they_mean() {
        for (line, key) in [
            ("rotation", "log-opts.max-size"),
            ("Log Rotation", "log-opts.max-size"),
            ("disk full", "log-opts.max-size"),
            ("disk full", "builder.gc"),
            ("disk", "data-root"),
            ("gpu", "runtimes"),
            ("nvidia", "default-runtime"),
            ("docker hub", "registry-mirrors"),
            ("mirror", "registry-mirrors"),
            ("self-signed", "insecure-registries"),
            ("proxy", "proxies"),
            ("telemetry", "metrics-addr"),
            ("ipv6", "ip6tables"),
            ("vpn", "default-address-pools"),
            ("vpn", "bip"),
            ("vpn", "mtu"),
            ("dns", "dns-search"),
            ("nameserver", "dns"),
            ("certificate", "tlscert"),
            ("tls", "hosts"),
            ("logs", "log-driver"),
            ("firewall", "iptables"),
            ("open files", "default-ulimits"),
            ("/var/lib/docker", "data-root"),
            ("MAX-SIZE", "log-opts.max-size"),
        ] {
            assert!(Search::of(line).means(find(key).unwrap()), "{line}: {key}");
        }
    }

    #[test]
    fn words_that_no_option_has_find_none() {
        for line in ["no such words anywhere", "rotation bananas"] {
            let found = all().find(|it| Search::of(line).means(it));
            assert!(found.is_none(), "{line}: {found:?}");
        }
    }

    #[test]
    fn names_are_for_options_that_are_read() {
        for (words, keys) in CALLED {
            assert_eq!(*words, words.to_ascii_lowercase());
            for key in *keys {
                let status = find(key).map(|it| it.status);
                assert_eq!(status, Some(Status::Read), "{key}");
            }
        }
    }
}
