//! IPv6 addresses that lead nowhere.

use super::{Context, Diagnostic, Fix, Found, Nix};
use crate::native::nat;

rule! {
    /// A container has an IPv6 address, and NAT is for IPv4 alone.
    ///
    /// ## Why it matters
    /// The host then forwards no IPv6 of the container: names that have an IPv6 address are slow to reach, or not at all.
    ///
    /// ## What to do
    /// Write `networking.nat.enableIPv6 = true;`, or take the IPv6 addresses out.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.nat = {
    ///     enable = true;
    ///     internalInterfaces = [ "ve-+" ];
    ///     externalInterface = "eth0";
    ///   };
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress6 = "fd5e:1c0a:b2f3::1";
    ///     localAddress6 = "fd5e:1c0a:b2f3::2";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/services/networking/nat.nix`, `enableIPv6`
    "nat-ipv6-off", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    let is_on = host.nat.enable.as_ref().is_some_and(|it| it.value == Some(true));
    if !is_on || host.nat.is_open || host.nat.ipv6.as_ref().is_some_and(|it| it.value != Some(false)) {
        return;
    }
    let with_ipv6 = context.containers().filter(|it| nat::needs(it));
    let Some((container, given)) = with_ipv6.filter_map(|it| Some((it, it.link.local[1].as_ref()?))).next() else {
        return;
    };
    let edits = match &host.nat.ipv6 {
        Some(it) => super::Edits::replace(it.span, "true"),
        None => context.add_to_host("networking.nat.enableIPv6", Nix::from(true)),
    };
    found.push(
        Diagnostic::hint(ID, given.span, format!("The host forwards no IPv6 of `{}`", container.name))
            .why("NAT is on for IPv4 alone, so that the container reaches the host by IPv6 and nobody else.")
            .help("Write `networking.nat.enableIPv6 = true;`.")
            .fix(Fix::choice("Switch it on", edits)),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn ipv6_is_forwarded() {
        let with = |rest: &str, address: &str| {
            format!(
                "{{ networking.nat = {{ enable = true; {rest} }}; containers.a = {{ privateNetwork = true; {address} }}; }}"
            )
        };
        let address = "localAddress6 = \"fd00::2\";";
        assert_found(&with("", address), ID, &["hint \"fd00::2\""]);
        assert_found(&with("enableIPv6 = true;", address), ID, &[]);
        assert_found(&with("", "localAddress = \"10.7.0.2\";"), ID, &[]);
        assert_first_fix(
            &with("enableIPv6 = false;", address),
            ID,
            "Switch it on",
            &with("enableIPv6 = true;", address),
        );
    }
}
