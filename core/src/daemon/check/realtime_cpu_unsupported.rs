//! Real-time CPU limits where the host has none.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::docker::host::Cgroup;

rule! {
    /// Real-time CPU limits on a host that has none.
    ///
    /// ## Why it matters
    /// `cpu-rt-period` and `cpu-rt-runtime` exist on cgroup v1 only, and need a kernel built with
    /// `CONFIG_RT_GROUP_SCHED`, which few distributions do. Elsewhere the daemon refuses the configuration since Engine
    /// 23.0.
    ///
    /// ## What to do
    /// Remove them.
    ///
    /// ## Example
    /// ```json
    /// { "cpu-rt-runtime": 950000 }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon_linux.go`, `validateCPURealtimeOptions`; in 20.10 `daemon/oci_linux.go`
    "realtime-cpu-unsupported", [Error, Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for key in ["cpu-rt-period", "cpu-rt-runtime"] {
        let Some(value) = context.settings.integer(key).filter(|it| it.value != 0) else {
            continue;
        };
        let span = value.whole();
        let diagnostic = match (context.host().cgroup, context.since(23, 0)) {
            (Cgroup::V2, true) => Diagnostic::error(ID, Stage::Load, span, say!("`{key}` does not exist on cgroup v2"))
                .why("The daemon refuses the configuration: cgroup v2 has no real-time limits for groups."),
            (Cgroup::V2, false) => Diagnostic::warning(ID, span, say!("`{key}` does not exist on cgroup v2"))
                .why("Engine 20.10 starts and does nothing with it; from 23.0 on the daemon refuses it."),
            (Cgroup::V1, _) => Diagnostic::hint(
                ID,
                span,
                say!("Whether the kernel supports `{key}` was not checked"),
            )
            .why("It has to be built with `CONFIG_RT_GROUP_SCHED`; without, the daemon refuses the configuration since Engine 23.0."),
        };
        found.push(
            diagnostic
                .help(match context.host().cgroup {
                    Cgroup::V2 => "Remove it.",
                    Cgroup::V1 => "Remove it, unless this kernel is known to support it.",
                })
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(value.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn is_refused_on_cgroup_v2_since_23() {
        for (engine, text, expected) in [
            ("20.10", r#"{"cpu-rt-period": 1}"#, &["warning \"cpu-rt-period\": 1"][..]),
            ("23", r#"{"cpu-rt-period": 1}"#, &["error \"cpu-rt-period\": 1"]),
            ("29", r#"{"cpu-rt-runtime": -1}"#, &["error \"cpu-rt-runtime\": -1"]),
            ("29", r#"{"cpu-rt-runtime": 0}"#, &[]),
        ] {
            assert_flags(engine, text, ID, expected);
        }
    }
}
