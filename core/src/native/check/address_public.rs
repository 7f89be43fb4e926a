//! An address that belongs to somebody else.

use super::{Context, Diagnostic, Found, Shape};
use crate::address::Scope;

rule! {
    /// A container has an address of a machine on the internet, or one with a meaning of its own.
    ///
    /// ## Why it matters
    /// The host looks for the machine that really has the address at the interface of the container, and does not reach it.
    /// Loopback, link-local and multicast addresses are not routed at all.
    ///
    /// ## What to do
    /// Use addresses for private use: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, or a prefix below fd00::/8.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "172.33.0.1";
    ///     localAddress = "172.33.0.2";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 1918, section 3; RFC 6890
    "address-public", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    // On a bridge a container may well have an address of the internet: that of its network.
    for it in context.space.used.iter() {
        let of = match Scope::of(it.subnet) {
            Scope::Public if it.shape == Shape::Routed => "an address of the internet".to_owned(),
            Scope::Special(what) => format!("among the {what}"),
            _ => continue,
        };
        found.push(
            Diagnostic::warning(ID, it.span, format!("{} of `{}` is {of}", it.address, context.name(it.container)))
                .why("The host looks for it at the interface of the container alone, and no longer where it really is.")
                .help(format!("Use an address for private use{}.", context.such_as()))
                .fix(context.other_pair(it)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_are_for_private_use() {
        let with = |rest: &str| format!("{{ containers.web = {{ privateNetwork = true; {rest} }}; }}");
        for (rest, expected) in [
            ("localAddress = \"8.8.8.8\";", &["warning \"8.8.8.8\""][..]),
            ("localAddress = \"127.0.0.2\";", &["warning \"127.0.0.2\""]),
            ("localAddress = \"100.64.0.2\"; localAddress6 = \"fd00::2\";", &[]),
            ("localAddress6 = \"fe80::2\";", &["warning \"fe80::2\""]),
            ("hostBridge = \"br0\"; localAddress = \"203.0.113.5/28\";", &[]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
    }
}
