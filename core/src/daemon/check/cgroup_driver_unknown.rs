//! A cgroup driver that does not exist.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::drivers::cgroup_driver::chosen;

rule! {
    /// A cgroup driver that does not exist.
    ///
    /// ## Why it matters
    /// The daemon does not start with it. `dockerd --validate` does not look at it.
    ///
    /// ## What to do
    /// Use `systemd`, the default where it runs with cgroup v2 and what Kubernetes expects there, or `cgroupfs`.
    ///
    /// ## Example
    /// ```json
    /// { "exec-opts": ["native.cgroupdriver=system"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyCgroupDriver`
    "cgroup-driver-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some((driver, option)) = chosen(context.settings, context.engine) else {
        return;
    };
    if matches!(driver, "systemd" | "cgroupfs") {
        return;
    }
    let span = option.entry.span;
    let message = match driver {
        "none" => say!("The cgroup driver `none` cannot be chosen"),
        _ => say!("`{driver}` is not a cgroup driver"),
    };
    let choose =
        |right: &str| Fix::choice(say!("Use `{right}`"), context.replace(span, say!("native.cgroupdriver={right}")));
    let (first, second) = match driver.starts_with(['c', 'C']) {
        true => ("cgroupfs", "systemd"),
        false => ("systemd", "cgroupfs"),
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, span, message)
            .why(match driver {
                "none" => "The Engine uses this word itself, in rootless mode without cgroups; the daemon does not start with it.",
                _ => "The daemon does not start with a cgroup driver it does not know; letter case counts.",
            })
            .help("Use `systemd` or `cgroupfs`.")
            .fix(choose(first))
            .fix(choose(second)),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_is_no_driver() {
        for (engine, option, is_flagged) in [
            ("20.10", "native.cgroupdriver=foo", true),
            ("29", "native.cgroupdriver=foo", true),
            ("29", "native.cgroupdriver=none", true),
            ("29", "native.cgroupdriver=Systemd", true),
            ("29", "NATIVE.cgroupdriver=systemd", false),
            ("29", "native.cgroupdriver=cgroupfs", false),
            ("27", "native.cgroupdriver=", false),
        ] {
            let text = format!(r#"{{"exec-opts": ["{option}"]}}"#);
            let expected = format!("error \"{option}\"");
            let expected = [expected.as_str()];
            assert_flags(engine, &text, ID, if is_flagged { &expected } else { &[] });
        }
    }
}
