//! The wildcard of the other firewall.

use super::{Context, Diagnostic, Edits, Fix, Found};

rule! {
    /// Interfaces of containers are named by the wildcard of the other firewall.
    ///
    /// ## Why it matters
    /// iptables takes `+` at the end of a name for anything, nftables `*`. NixOS hands the names on as they are: each takes
    /// the other's wildcard for a letter, finds no such interface, and containers reach nobody.
    ///
    /// ## What to do
    /// Write `ve-+` with iptables, which NixOS has by itself, and `ve-*` with `networking.nftables.enable = true`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.nftables.enable = true;
    ///   networking.nat = {
    ///     enable = true;
    ///     internalInterfaces = [ "ve-+" ];
    ///     externalInterface = "eth0";
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
    /// nixpkgs `nixos/modules/services/networking/nat-nftables.nix`, `ifaceSet`, and `nat-iptables.nix`; iptables(8), `-i`
    "nat-wildcard-wrong", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    let is_nftables = context.choices.nftables(host);
    let (firewall, own, other) = if is_nftables { ("nftables", '*', '+') } else { ("iptables", '+', '*') };
    // Whether nftables is switched on is not known.
    if host.nftables.as_ref().is_some_and(|it| it.value.is_none()) {
        return;
    }
    for it in &host.nat.internal {
        let Some(stem) = it.value.as_deref().and_then(|it| it.strip_suffix(other)) else { continue };
        let with = format!("{stem}{own}");
        let edits = match context.written(it.span).starts_with('"') {
            true => Edits::replace(it.span, format!("\"{with}\"")),
            false => Edits::NONE,
        };
        found.push(
            Diagnostic::warning(ID, it.span, format!("{firewall} knows no interface `{stem}{other}`"))
                .why(format!("With {firewall} the wildcard at the end of a name is `{own}`. As it stands, no interface is meant, and containers reach nobody."))
                .help(format!("Write `{with}`."))
                .fix(Fix::safe(format!("Write `{with}`"), edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn wildcards_are_those_of_the_firewall() {
        let with = |nftables: &str, name: &str| {
            format!(
                "{{ networking = {{ {nftables} nat.internalInterfaces = [ \"{name}\" ]; }}; containers.a = {{ }}; }}"
            )
        };
        let on = "nftables.enable = true;";
        for (nftables, name, expected) in [
            ("", "ve-+", &[][..]),
            ("", "ve-*", &["warning \"ve-*\""]),
            (on, "ve-+", &["warning \"ve-+\""]),
            (on, "ve-*", &[]),
            (on, "ve-web", &[]),
        ] {
            assert_found(&with(nftables, name), ID, expected);
        }
        assert_first_fix(&with(on, "ve-+"), ID, "Write `ve-*`", &with(on, "ve-*"));
        let nftables = chosen("firewall", "nftables");
        assert_eq!(found_with(&with("", "ve-+"), ID, nftables), ["warning \"ve-+\""]);
        let nftables = chosen("firewall", "nftables");
        assert!(found_with(&with("nftables.enable = false;", "ve-+"), ID, nftables).is_empty(), "the text counts");
    }
}
