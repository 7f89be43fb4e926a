//! Live restore on a node of a swarm.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `live-restore` is true on a node of a swarm.
    ///
    /// ## Why it matters
    /// The two exclude each other. A daemon that is in a swarm does not start with it; on other daemons `docker
    /// swarm init` and `docker swarm join` are refused.
    ///
    /// ## What to do
    /// Remove it on nodes of a swarm. On NixOS set it to false: systems installed before 24.11 have it on.
    ///
    /// ## Example
    /// ```json swarm
    /// { "live-restore": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config_linux.go`, `IsSwarmCompatible`; `daemon/cluster/cluster.go`, `newNodeRunner`
    "live-restore-in-swarm", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let setting = context.settings.bool("live-restore");
    let Some(setting) = setting.filter(|it| it.value && context.host().swarm) else {
        return;
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, setting.whole(), "`live-restore` cannot be used on a node of a swarm")
            .why("The daemon accepts the settings and then fails to start: swarm restarts containers by itself.")
            .help("Set it to false, or leave the swarm.")
            .fix(Fix::choice("Set it to false", context.set(&["live-restore"], false))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Request, analyze, docker::host::Host};

    #[test]
    fn minds_swarm_only() {
        for (text, swarm, is_flagged) in [
            (r#"{"live-restore": true}"#, true, true),
            (r#"{"live-restore": true}"#, false, false),
            (r#"{"live-restore": false}"#, true, false),
        ] {
            let request =
                Request { text: text.to_owned(), host: Host { swarm, ..Host::default() }, ..Request::default() };
            let diagnostics = analyze(&request).diagnostics;
            assert_eq!(diagnostics.iter().any(|it| it.rule == ID), is_flagged, "{text}");
        }
    }

    #[test]
    fn minds_what_an_old_nixos_sets_by_itself() {
        let text = "{\n  system.stateVersion = \"24.05\";\n  virtualisation.docker.enable = true;\n}\n";
        let request = Request { host: Host { swarm: true, ..Host::default() }, ..Request::of(text) };
        let diagnostics = analyze(&request).diagnostics;
        let found = diagnostics.iter().find(|it| it.rule == ID).expect("it is true");
        assert!(found.help.contains("stateVersion"), "{}", found.help);
        let fix = found.fixes.first().expect("a fix");
        let mended = Request { text: fix.edits.apply(text), ..request };
        assert!(!analyze(&mended).diagnostics.iter().any(|it| it.rule == ID), "{}", mended.text);
    }
}
