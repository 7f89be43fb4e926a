//! Native containers are switched off.

use super::{Context, Diagnostic, Edits, Fix, Found};

rule! {
    /// Native containers are switched off, and some are declared.
    ///
    /// ## Why it matters
    /// nixos-rebuild says so in a warning and goes on: no container is there afterwards.
    ///
    /// ## What to do
    /// Take `boot.enableContainers` out. It is on by itself where there are containers.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   boot.enableContainers = false;
    ///   containers.web.config.system.stateVersion = "25.11";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `warnings`
    "containers-off", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let off = context.reading.host.enable_containers.as_ref().filter(|it| it.value == Some(false));
    if let Some(off) = off.filter(|_| !context.reading.containers.is_empty()) {
        found.push(
            Diagnostic::no_container(ID, off.whole, "Native containers are switched off, and some are declared")
                .why("nixos-rebuild warns of it and goes on; no container is there afterwards.")
                .help("Write `true`, or take the option out.")
                .fix(Fix::choice("Switch them on", Edits::replace(off.span, "true"))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn containers_are_on() {
        let with = |it: &str| format!("{{ boot.enableContainers = {it}; containers.web.config = {{ }}; }}");
        assert_found(&with("false"), ID, &["warning boot.enableContainers = false;"]);
        assert_found(&with("true"), ID, &[]);
        assert_found("{ boot.enableContainers = false; }", ID, &[]);
        assert_first_fix(&with("false"), ID, "Switch them on", &with("true"));
    }
}
