//! Who makes the containers' cgroups: the Engine, or systemd?

use crate::{
    Engine,
    document::Node,
    host::{Cgroup, Host},
    settings::{Setting, Settings},
};

/// One entry of `exec-opts`, `name=value`.
#[derive(Clone, Copy, Debug)]
pub struct ExecOption<'a> {
    /// The whole entry as written; null counts as an empty text.
    pub entry: Setting<&'a str>,
    /// What stands before the first `=` and behind it, without space around them; `None` when there is no `=`.
    pub parts: Option<(&'a str, &'a str)>,
}

impl ExecOption<'_> {
    /// Whether the Engine can tell name and value apart, as it insists on since 28.0.
    pub fn is_complete(&self) -> bool {
        matches!(self.parts, Some((name, value)) if !name.is_empty() && !value.is_empty())
    }

    /// Whether it names the cgroup driver; letter case does not count.
    pub fn is_cgroup_driver(&self) -> bool {
        self.parts
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case("native.cgroupdriver"))
    }
}

/// The entries of `exec-opts`.
pub fn exec_options<'a>(settings: &Settings<'a>) -> Vec<ExecOption<'a>> {
    let elements = settings.elements("exec-opts").into_iter();
    elements
        .filter_map(|it| it.filter_map(Node::as_decoded_str))
        .map(|entry| ExecOption {
            entry,
            parts: entry
                .value
                .split_once('=')
                .map(|(name, value)| (name.trim(), value.trim())),
        })
        .collect()
}

/// The cgroup driver that is asked for, with the entry that asks; the first one counts, and since 28.0 the last one.
///
/// Source: moby `daemon/daemon_unix.go`, `getCD` up to 27.5; `daemon/config/config.go`, `parseExecOptions`.
pub fn chosen<'a>(settings: &Settings<'a>, engine: Engine) -> Option<(&'a str, ExecOption<'a>)> {
    let mut named = exec_options(settings)
        .into_iter()
        .filter(ExecOption::is_cgroup_driver);
    let entry = match engine < Engine::new(28, 0, 0) {
        true => named.next(),
        false => named.rev().find(ExecOption::is_complete),
    }?;
    let (_, value) = entry.parts?;
    (!value.is_empty()).then_some((value, entry))
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
    use crate::read::json;

    #[test]
    fn the_first_driver_counts_before_28_and_the_last_since() {
        for (engine, options, expected) in [
            (
                "27",
                r#""native.cgroupdriver=systemd", "native.cgroupdriver=cgroupfs""#,
                Some("systemd"),
            ),
            (
                "28",
                r#""native.cgroupdriver=systemd", "native.cgroupdriver=cgroupfs""#,
                Some("cgroupfs"),
            ),
            ("28", r#""NATIVE.cgroupdriver = systemd ""#, Some("systemd")),
            ("27", r#""native.cgroupdriver=""#, None),
            ("29", r#""native.cgroupdriver", null, 1"#, None),
        ] {
            let document = json::read(&format!(r#"{{"exec-opts": [{options}]}}"#));
            let engine = engine.parse().unwrap();
            let settings = Settings::of(&document, engine);
            assert_eq!(
                chosen(&settings, engine).map(|it| it.0),
                expected,
                "{options}"
            );
        }
    }
}
