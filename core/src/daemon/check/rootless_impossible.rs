//! A setting that a rootless daemon cannot carry out.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{drivers::cgroup_driver::chosen, network::Origin, settings::Setting},
    docker::host::Cgroup,
};

rule! {
    /// A setting that a rootless daemon cannot carry out.
    ///
    /// ## Why it matters
    /// RootlessKit starts the daemon in namespaces of its own. It may use the ids that are mapped into its user
    /// namespace, so another `userns-remap` fails; there is no bridge in its network but those it makes; and its `/run`
    /// is a copy in which the host's containerd does not appear, and whose sockets do not appear on the host. It knows no
    /// groups of the host, and hands out limits only through the user's systemd.
    ///
    /// ## What to do
    /// Remove the setting: `dockerd-rootless.sh` chooses socket, containerd and data directory, and maps root to you.
    ///
    /// ## Example
    /// ```json rootless
    /// { "userns-remap": "default" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `setupDaemonRoot`; `daemon/libnetwork/drivers/bridge/setup_device_linux.go`,
    /// `setupDevice`; `daemon/oci_linux.go`, `withRootless`; `contrib/dockerd-rootless.sh`
    "rootless-impossible", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if !context.host().rootless {
        return;
    }
    let settings = context.settings;
    let mut stops = |setting: Setting<&str>, key: &str, message, why: &'static str, help: &'static str| {
        found.push(
            Diagnostic::error(ID, Stage::Start, setting.span, message)
                .why(why)
                .help(help)
                .explained(|it| it.fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span)))),
        );
    };
    let remap = settings.text("userns-remap");
    if let Some(setting) = remap.filter(|it| !matches!(it.value.split(':').next(), Some("root" | "0"))) {
        stops(
            setting,
            "userns-remap",
            say!("A rootless daemon cannot map users again"),
            "It has only the ids of its own user namespace. Giving its directory to any other id fails, and it does not start.",
            "Remove it: root in a container is already you, not another user of the host.",
        );
    }
    if let Some(setting) = settings.text("bridge").filter(|_| context.plan.docker0.origin == Origin::OwnBridge) {
        stops(
            setting,
            "bridge",
            say!("A rootless daemon's network has no bridge `{}`", setting.value),
            "RootlessKit makes that network just before the daemon, without the host's bridges. The daemon does not start.",
            "Remove it, and set docker0's address with `bip` if you need a certain one.",
        );
    }
    if let Some(setting) = settings.text("containerd").filter(|it| below_run(it.value, "containerd/")) {
        stops(
            setting,
            "containerd",
            say!("A rootless daemon does not reach the containerd of the host"),
            "`dockerd-rootless.sh` clears /run/containerd. The daemon waits for it in vain, and does not start.",
            "Remove it: the daemon then starts a containerd of its own.",
        );
    }
    let mut lost = |setting: Setting<&str>, key: &str, message, why: &'static str, help: &'static str| {
        found.push(
            Diagnostic::warning(ID, setting.span, message)
                .why(why)
                .help(help)
                .explained(|it| it.fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span)))),
        );
    };
    if let Some(setting) = settings.text("group") {
        lost(
            setting,
            "group",
            say!("`group` gives nobody access to a rootless daemon's socket"),
            "The group belongs to the daemon's own user namespace, not to the host, and the socket is in a directory that only you may enter.",
            "Remove it.",
        );
    }
    let driver = chosen(settings, context.engine);
    if let Some(("cgroupfs", option)) = driver.filter(|_| context.host().cgroup == Cgroup::V2) {
        lost(
            option.entry,
            option.entry.value,
            say!("A rootless daemon limits nothing with the cgroup driver `cgroupfs`"),
            "It may not change cgroups by itself, and silently drops all limits of memory, CPU and processes.",
            "Remove it: the default, `systemd`, asks your user's systemd.",
        );
    }
    for host in settings.texts("hosts") {
        let path = host.value.strip_prefix("unix://").unwrap_or_default();
        if below_run(path, "") && !below_run(path, "user/") {
            lost(
                host,
                host.value,
                say!("A rootless daemon's socket {path} cannot be found from outside"),
                "Its /run is a copy of the host's: what the daemon creates there does not appear on the host.",
                "Use a socket below `$XDG_RUNTIME_DIR`, such as `unix:///run/user/1000/docker.sock`, or remove `hosts`.",
            );
        }
    }
}

/// Whether a path lies below a directory of /run.
fn below_run(path: &str, directory: &str) -> bool {
    let path = path.strip_prefix("/var").unwrap_or(path);
    path.strip_prefix("/run/").is_some_and(|it| it.starts_with(directory))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Request, analyze, docker::host::Host};

    #[track_caller]
    fn assert_rootless(text: &str, expected: &[&str]) {
        for (rootless, expected) in [(true, expected), (false, &[])] {
            let request = Request { host: Host { rootless, ..Host::default() }, ..Request::of(text) };
            let found = analyze(&request).diagnostics;
            let found: Vec<String> = found
                .iter()
                .filter(|it| it.rule == ID)
                .map(|it| format!("{} {}", it.severity, it.span.of(text)))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_needs_the_hosts_namespaces() {
        for (text, expected) in [
            (r#"{"userns-remap": "default"}"#, &[r#"error "default""#][..]),
            (r#"{"userns-remap": "1000:1000"}"#, &[r#"error "1000:1000""#]),
            (r#"{"userns-remap": "root"}"#, &[]), // switches it off
            (r#"{"userns-remap": "root:docker"}"#, &[]),
            (r#"{"userns-remap": ""}"#, &[]),
            (r#"{"bridge": "br0"}"#, &[r#"error "br0""#]),
            (r#"{"bridge": "none"}"#, &[]),
            (r#"{"bridge": "docker0"}"#, &[]),
            (r#"{"containerd": "/run/containerd/containerd.sock"}"#, &[r#"error "/run/containerd/containerd.sock""#]),
            (r#"{"containerd": "/run/user/1000/containerd/containerd.sock"}"#, &[]),
            (r#"{"hosts": ["unix:///var/run/docker.sock"]}"#, &[r#"warning "unix:///var/run/docker.sock""#]),
            (r#"{"hosts": ["unix:///run/user/1000/docker.sock", "tcp://127.0.0.1:2375"]}"#, &[]),
            (r#"{"group": "docker"}"#, &[r#"warning "docker""#]),
            (r#"{"exec-opts": ["native.cgroupdriver=cgroupfs"]}"#, &[r#"warning "native.cgroupdriver=cgroupfs""#]),
            (r#"{"exec-opts": ["native.cgroupdriver=systemd"]}"#, &[]),
            (r#"{"hosts": ["unix:///home/me/docker.sock"]}"#, &[]),
        ] {
            assert_rootless(text, expected);
        }
    }
}
