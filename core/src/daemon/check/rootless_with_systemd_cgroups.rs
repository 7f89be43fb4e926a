//! Rootless mode with systemd's cgroups on a host where only cgroup v2 allows that.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{daemon::drivers::cgroup_driver::chosen, docker::host::Cgroup};

rule! {
    /// Rootless mode with the cgroup driver `systemd` on cgroup v1.
    ///
    /// ## Why it matters
    /// Only cgroup v2 lets a user hand out cgroups. On a host with cgroup v1 the daemon does not start.
    ///
    /// ## What to do
    /// Boot the host with cgroup v2, or leave the cgroup driver out: a rootless daemon on cgroup v1 goes without.
    ///
    /// ## Example
    /// ```json cgroup=v1
    /// { "rootless": true, "exec-opts": ["native.cgroupdriver=systemd"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings`
    "rootless-with-systemd-cgroups", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let is_rootless = context.host().rootless || context.settings.is_true("rootless");
    if !is_rootless || context.host().cgroup != Cgroup::V1 {
        return;
    }
    let Some(("systemd", option)) = chosen(context.settings, context.engine) else {
        return;
    };
    let span = option.entry.span;
    let diagnostic =
        Diagnostic::error(ID, Stage::Start, span, "Rootless mode cannot use the cgroup driver `systemd` on cgroup v1")
            .why("Only cgroup v2 lets a user hand out cgroups; the daemon does not start.")
            .help("Remove the cgroup driver, or boot the host with cgroup v2.");
    let diagnostic = match context.settings.bool("rootless") {
        Some(rootless) => diagnostic.related(rootless.whole(), "rootless mode"),
        None => diagnostic,
    };
    found.push(diagnostic.fix(Fix::choice(say!("Remove `{}`", option.entry.value), context.remove(span))));
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Request, analyze,
        docker::host::{Cgroup, Host},
    };

    #[test]
    fn flags_cgroup_v1_only() {
        for (cgroup, rootless, expected) in
            [(Cgroup::V1, "true", true), (Cgroup::V2, "true", false), (Cgroup::V1, "false", false)]
        {
            let request = Request {
                text: format!(r#"{{"rootless": {rootless}, "exec-opts": ["native.cgroupdriver=systemd"]}}"#),
                host: Host { cgroup, ..Host::default() },
                ..Request::default()
            };
            let found = analyze(&request).diagnostics.iter().any(|it| it.rule == ID);
            assert_eq!(found, expected, "{cgroup:?} {rootless}");
        }
    }
}
