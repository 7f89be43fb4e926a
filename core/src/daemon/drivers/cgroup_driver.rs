//! Who makes the containers' cgroups: the Engine, or systemd?

use crate::{
    Engine,
    daemon::settings::{Assignment, Settings},
    docker::host::{Cgroup, Host},
};

/// Whether the Engine can tell name and value of an entry of `exec-opts` apart, as it insists on since 28.0.
pub fn is_complete(option: &Assignment) -> bool {
    option.name.is_some_and(|it| !it.is_empty()) && !option.value.is_empty()
}

/// Whether an entry of `exec-opts` names the cgroup driver; letter case does not count.
pub fn is_cgroup_driver(option: &Assignment) -> bool {
    option.name.is_some_and(|it| it.eq_ignore_ascii_case("native.cgroupdriver"))
}

/// The cgroup driver that is asked for, with the entry that asks; the first one counts, and since 28.0 the last one.
///
/// Source: moby `daemon/daemon_unix.go`, `getCD` up to 27.5; `daemon/config/config.go`, `parseExecOptions`.
pub fn chosen<'a>(settings: &Settings<'a>, engine: Engine) -> Option<(&'a str, Assignment<'a>)> {
    let options = settings.assignments("exec-opts").into_iter();
    let mut named = options.filter(is_cgroup_driver);
    let entry = match engine < Engine::new(28, 0, 0) {
        true => named.next(),
        false => named.rev().find(is_complete),
    }?;
    (!entry.value.is_empty()).then_some((entry.value, entry))
}

/// Whether systemd makes the cgroups, taking for granted that a host with cgroup v2 runs systemd.
///
/// Source: moby `daemon/daemon_unix.go`, `UsingSystemd`.
pub fn is_systemd(settings: &Settings, engine: Engine, host: &Host) -> bool {
    match chosen(settings, engine) {
        Some((driver, _)) => driver == "systemd",
        None => host.cgroup == Cgroup::V2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    #[test]
    fn the_first_driver_counts_before_28_and_the_last_since() {
        for (engine, options, expected) in [
            ("27", r#""native.cgroupdriver=systemd", "native.cgroupdriver=cgroupfs""#, Some("systemd")),
            ("28", r#""native.cgroupdriver=systemd", "native.cgroupdriver=cgroupfs""#, Some("cgroupfs")),
            ("28", r#""NATIVE.cgroupdriver = systemd ""#, Some("systemd")),
            ("27", r#""native.cgroupdriver=""#, None),
            ("29", r#""native.cgroupdriver", null, 1"#, None),
        ] {
            let document = DAEMON_JSON.read(&format!(r#"{{"exec-opts": [{options}]}}"#));
            let engine = engine.parse().unwrap();
            let settings = Settings::of(&document, engine);
            assert_eq!(chosen(&settings, engine).map(|it| it.0), expected, "{options}");
        }
    }
}
