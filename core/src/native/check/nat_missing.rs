//! A container that does not reach the internet.

use super::{Context, Diagnostic, Edits, Fix, Found, Nix};
use crate::native::{
    nat::{self, Cover},
    places,
};

rule! {
    /// A container has an address at each end, and the host does not forward for it.
    ///
    /// ## Why it matters
    /// It reaches the host and nobody else: no updates, no names. The address of the container is known on the host alone,
    /// which has to put its own in place of it.
    ///
    /// ## What to do
    /// Switch on `networking.nat` for the interfaces of containers: `ve-+` with iptables, `ve-*` with nftables. A container
    /// that needs nobody but the host can stay as it is.
    ///
    /// ## Example
    /// ```nix
    /// {
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
    /// NixOS manual, *Container Networking*; nixpkgs `nixos/modules/services/networking/nat.nix`
    "nat-missing", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    let wildcard = context.choices.wildcard(host);
    let mut needing = context.containers().filter(|it| nat::needs(it));
    let left = needing.find_map(|it| match nat::cover(host, context.choices, it) {
        cover @ (Cover::Off | Cover::NotListed) => Some((it, cover)),
        _ => None,
    });
    let Some((container, cover)) = left else { return };
    let element = || Nix::String(wildcard.to_owned());
    let edits = match (cover, &host.nat.enable, host.nat.list) {
        (Cover::NotListed, _, Some(list)) => places::append(context.text, list, &[element()]),
        (Cover::NotListed, ..) => context.add_to_host("networking.nat.internalInterfaces", Nix::List(vec![element()])),
        (_, Some(it), _) => Edits::replace(it.span, "true"),
        _ => {
            let bindings = crate::native::missing::nat(host, context.choices);
            let around = context.reading.around.as_ref();
            around.map_or(Edits::NONE, |it| places::add_around(context.text, it, &bindings))
        }
    };
    let message = match cover {
        Cover::NotListed => format!("NAT leaves out the interface of `{}`", container.name),
        _ => format!("`{}` reaches the host, and nobody else", container.name),
    };
    found.push(
        Diagnostic::hint(ID, container.span, message)
            .why("Its address is known on the host alone, which has to put its own in place of it in what leaves.")
            .help(format!("Switch on `networking.nat` with `internalInterfaces = [ \"{wildcard}\" ];`, unless it needs nobody but the host."))
            .fix(Fix::choice("Let it out by NAT", edits)),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn what_leaves_has_an_address_that_others_know() {
        let with = |nat: &str| routed("").replacen("{ ", &format!("{{ {nat} "), 1);
        for (nat, expected) in [
            ("", &["hint web"][..]),
            ("networking.nat.enable = false;", &["hint web"]),
            ("networking.nat = { enable = true; internalInterfaces = [ \"wg0\" ]; };", &["hint web"]),
            ("networking.nat = { enable = true; internalInterfaces = [ \"ve-web\" ]; };", &[]),
            ("networking.nat = { enable = true; internalInterfaces = [ \"ve-+\" ]; };", &[]),
            ("networking.nat = { enable = true; internalIPs = [ \"10.7.0.0/24\" ]; };", &[]),
            ("networking.nat = { enable = true; internalInterfaces = [ \"ve-*\" ]; };", &[]), // told by another rule
            ("networking.firewall.extraCommands = \"iptables -t nat -A POSTROUTING -j MASQUERADE\";", &[]),
        ] {
            assert_found(&with(nat), ID, expected);
        }
        let list = |it: &str| with(&format!("networking.nat = {{ enable = true; internalInterfaces = [ {it} ]; }};"));
        assert_first_fix(&list("\"wg0\""), ID, "Let it out by NAT", &list("\"wg0\" \"ve-+\""));
        let nftables = "networking.nftables.enable = true;";
        let on =
            |list: &str| format!("{nftables} networking.nat = {{ enable = true; internalInterfaces = [ {list} ]; }};");
        assert_first_fix(&with(&on("\"wg0\"")), ID, "Let it out by NAT", &with(&on("\"wg0\" \"ve-*\"")));
        assert_found("{ containers.a.privateNetwork = true; }", ID, &[]);
    }
}
