//! Ports that NAT forwards from nowhere.

use super::{Context, Diagnostic, Fix, Found, Nix, Stage};

rule! {
    /// `networking.nat` forwards ports, and no external interface is named.
    ///
    /// ## Why it matters
    /// `networking.nat.forwardPorts` and `dmzHost` are about what comes in at the external interface. A module of NixOS
    /// asserts that there is one, and nixos-rebuild stops.
    ///
    /// ## What to do
    /// Name the interface that leads to the internet: `ip route show default` says it.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.nat = {
    ///     enable = true;
    ///     internalInterfaces = [ "ve-+" ];
    ///     forwardPorts = [ { sourcePort = 80; destination = "192.168.100.11:80"; } ];
    ///   };
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/services/networking/nat.nix`, `assertions`
    "nat-interface-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let nat = &context.reading.host.nat;
    let is_on = nat.enable.as_ref().is_some_and(|it| it.value == Some(true));
    let Some(span) = nat.forwards.filter(|_| is_on && nat.external.is_none() && !nat.is_open) else { return };
    let uplink = &context.choices.uplink;
    let fix = (!uplink.is_empty()).then(|| {
        let edits = context.add_to_host("networking.nat.externalInterface", Nix::String(uplink.clone()));
        Fix::choice(format!("Use `{uplink}`"), edits)
    });
    found.push(
        Diagnostic::error(
            ID,
            Stage::Evaluation,
            span,
            "Ports are forwarded from an external interface that is not named",
        )
        .why("A module of NixOS asserts that there is one, and nixos-rebuild stops.")
        .help("Write `networking.nat.externalInterface`; `ip route show default` says which it is.")
        .fix(fix),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn the_interface_is_named() {
        let with = |rest: &str| format!("{{ networking.nat = {{ enable = true; {rest} }}; containers.a = {{ }}; }}");
        let forward = "forwardPorts = [ { sourcePort = 80; destination = \"10.7.0.2:80\"; } ];";
        assert_found(&with(forward), ID, &[&["error ", forward].concat()]);
        assert_found(&with("dmzHost = \"10.7.0.2\";"), ID, &["error dmzHost = \"10.7.0.2\";"]);
        assert_found(&with(&[forward, "externalInterface = \"eth0\";"].concat()), ID, &[]);
        assert_found(&with(""), ID, &[]);
    }
}
