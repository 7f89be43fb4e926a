//! A cgroup parent that systemd cannot use.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::drivers::cgroup_driver::{chosen, is_systemd};

rule! {
    /// A cgroup parent that is not a slice, although systemd makes the cgroups.
    ///
    /// ## Why it matters
    /// systemd knows slices, not paths. The daemon does not start with another parent; a container that asks for one
    /// is refused.
    ///
    /// ## What to do
    /// Name a slice such as `docker.slice`, or choose the cgroup driver `cgroupfs`, which takes paths.
    ///
    /// ## Example
    /// ```json
    /// { "cgroup-parent": "/docker" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings` and `UsingSystemd`
    "cgroup-parent-not-a-slice", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(parent) = context.settings.text("cgroup-parent") else {
        return;
    };
    let is_slice = parent.value.len() > ".slice".len() && parent.value.ends_with(".slice");
    if is_slice || !is_systemd(context.settings, context.engine, context.host()) {
        return;
    }
    let message = say!("`cgroup-parent` has to be a slice, and `{}` is not one", parent.value);
    let driver = chosen(context.settings, context.engine);
    let diagnostic = Diagnostic::error(ID, Stage::Start, parent.span, message).why(match driver {
        Some(_) => "With the cgroup driver `systemd` the daemon does not start with a parent that is not a slice.",
        None => "On a host with cgroup v2 and systemd the cgroup driver is `systemd`, and then the daemon does not start with a parent that is not a slice.",
    });
    let diagnostic = match driver {
        Some((_, option)) => diagnostic.related(option.entry.span, "what chooses systemd"),
        None => diagnostic,
    };
    found.push(
        diagnostic.help("Write it as `name.slice`, or choose the cgroup driver `cgroupfs` in `exec-opts`.").explained(
            |diagnostic| {
                let name: String = parent
                    .value
                    .split('/')
                    .rfind(|it| !it.is_empty())
                    .unwrap_or("docker")
                    .chars()
                    .map(|it| if it.is_ascii_alphanumeric() || "-_.:".contains(it) { it } else { '_' })
                    .collect();
                let right = match name.as_str() {
                    ".slice" => "docker.slice".to_owned(),
                    _ => say!("{}.slice", name.trim_end_matches(".slice")),
                };
                diagnostic.fix(Fix::choice(say!("Use `{right}`"), context.replace(parent.span, right.as_str())))
            },
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Request, analyze,
        docker::host::{Cgroup, Host},
    };

    #[test]
    fn hangs_on_driver_and_host() {
        for (cgroup, parent, options, is_flagged) in [
            (Cgroup::V2, "/docker", "", true),
            (Cgroup::V2, "docker.slice", "", false),
            (Cgroup::V2, ".slice", "", true),
            (Cgroup::V2, "", "", false),
            (Cgroup::V1, "/docker", "", false),
            (Cgroup::V1, "/docker", "native.cgroupdriver=systemd", true),
            (Cgroup::V2, "/docker", "native.cgroupdriver=cgroupfs", false),
        ] {
            let options = match options {
                "" => String::new(),
                _ => format!(r#", "exec-opts": ["{options}"]"#),
            };
            let request = Request {
                text: format!(r#"{{"cgroup-parent": "{parent}"{options}}}"#),
                host: Host { cgroup, ..Host::default() },
                ..Request::default()
            };
            let diagnostics = analyze(&request).diagnostics;
            let found = diagnostics.iter().any(|it| it.rule == ID);
            assert_eq!(found, is_flagged, "{} {cgroup:?}", request.text);
        }
    }
}
