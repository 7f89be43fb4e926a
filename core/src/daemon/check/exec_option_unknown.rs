//! An execution option that the Engine does not know.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::{
    drivers::cgroup_driver::{is_cgroup_driver, is_complete},
    settings::Assignment,
};

rule! {
    /// An execution option that the Engine does not know, or cannot split into name and value.
    ///
    /// ## Why it matters
    /// Since Engine 28.0 the daemon refuses the whole file for it. Before, it passes over such an entry without a word,
    /// and the cgroup driver, for example, stays what it is.
    ///
    /// ## What to do
    /// The one option on Linux is `native.cgroupdriver`, with `systemd` or `cgroupfs`.
    ///
    /// ## Example
    /// ```json
    /// { "exec-opts": ["cgroupdriver=systemd"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `parseExecOptions`; `daemon/config/config_linux.go`, `validatePlatformExecOpt`;
    /// up to 27.5 `daemon/daemon_unix.go`, `getCD`
    "exec-option-unknown", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for option in context.settings.assignments("exec-opts") {
        if !is_complete(&option) || !is_cgroup_driver(&option) {
            found.push(unknown(context, option));
        }
    }
}

fn unknown(context: &Context, option: Assignment) -> Diagnostic {
    let Assignment { entry, value, .. } = option;
    let written = entry.value;
    let name = option.name.unwrap_or(written.trim());
    let message = match name {
        "" if written.is_empty() => say!("An empty execution option has no effect"),
        _ if !is_complete(&option) => say!("Execution option `{written}` is not written as `name=value`"),
        "isolation" => say!("Execution option `isolation` exists on Windows only"),
        _ => say!("`{name}` is not an execution option of the Docker daemon"),
    };
    let diagnostic = match context.since(28, 0) {
        true => Diagnostic::error(ID, Stage::Load, entry.span, message)
            .why("Since Engine 28.0 the daemon refuses all its settings for an entry of `exec-opts` it cannot use."),
        false => Diagnostic::warning(ID, entry.span, message)
            .why("The daemon passes over this entry without a word; from Engine 28.0 on it refuses the settings."),
    };
    diagnostic.explained(|diagnostic| {
        let driver = [name, value].into_iter().find(|it| matches!(*it, "systemd" | "cgroupfs"));
        let is_close = crate::text::words::distance(&name.to_ascii_lowercase(), "native.cgroupdriver") <= 7;
        let diagnostic =
            diagnostic.help("Write `native.cgroupdriver=systemd` or `native.cgroupdriver=cgroupfs`, or remove it.");
        let remove = Fix::choice("Remove it", context.remove(entry.span));
        match driver.filter(|_| is_close || option.name.is_none()) {
            Some(driver) => {
                let right = say!("native.cgroupdriver={driver}");
                diagnostic
                    .fix(Fix::choice(say!("Write `{right}`"), context.replace(entry.span, right.as_str())))
                    .fix(remove)
            }
            None => diagnostic.fix(remove),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn is_an_error_since_28() {
        for (option, is_flagged) in [
            (r#""native.cgroupdriver=systemd""#, false),
            (r#"" Native.CgroupDriver = cgroupfs""#, false),
            (r#""native.cgroupdriver=nonsense""#, false), // another rule
            (r#""native.cgroupdriver""#, true),
            (r#""native.cgroupdriver=""#, true),
            (r#""=systemd""#, true),
            (r#""isolation=process""#, true),
            (r#""systemd""#, true),
            (r#""""#, true),
            ("null", true),
        ] {
            let text = format!(r#"{{"exec-opts": [{option}]}}"#);
            for (engine, severity) in [("27", "warning"), ("28", "error")] {
                let expected = format!("{severity} {option}");
                let expected = [expected.as_str()];
                assert_flags(engine, &text, ID, if is_flagged { &expected } else { &[] });
            }
        }
    }
}
