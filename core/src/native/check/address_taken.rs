//! An address that two have.

use std::{collections::HashMap, net::IpAddr};

use super::{Context, Diagnostic, Found, Shape, Stage, Used};

rule! {
    /// A container has an address that something else has, too.
    ///
    /// ## Why it matters
    /// Of two containers with one address, the second does not start: its route is there already. One whose address is that
    /// of the host's end does not start either: its way out would lead to itself. On a bridge both start, and answers reach
    /// the one or the other.
    ///
    /// ## What to do
    /// Give each container an address of its own. Several may have the same `hostAddress`.
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
    ///   containers.mail = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `postStartScript` (`ip route add`) and `containerInit`
    "address-taken", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    let hosts: HashMap<IpAddr, (&str, _)> =
        host.addresses.iter().map(|it| (it.address, (&*it.interface, it.span))).collect();
    let mut first: HashMap<IpAddr, &Used> = HashMap::new();
    let of_hosts: HashMap<IpAddr, &Used> =
        context.space.used.iter().rev().filter(|it| it.is_hosts()).map(|it| (it.address, it)).collect();
    for it in context.local() {
        let name = context.name(it.container);
        let diagnostic = if let Some(other) = first.get(&it.address) {
            let message = match other.container == it.container {
                true => format!("`{name}` has {} twice", it.address),
                false => {
                    format!("`{name}` and `{}` have the same address {}", context.name(other.container), it.address)
                }
            };
            let both_routed = it.shape == Shape::Routed && other.shape == Shape::Routed;
            match both_routed {
                true => Diagnostic::error(ID, Stage::Run, it.span, message)
                    .why("The host has a route to it already when the second container starts, which then fails."),
                false => Diagnostic::warning(ID, it.span, message).why("Answers reach the one or the other."),
            }
            .related(other.span, "the other one")
        } else if let Some(other) = of_hosts.get(&it.address) {
            let message = format!(
                "{} is the address of `{name}`, and of the host's end of `{}`",
                it.address,
                context.name(other.container)
            );
            match it.container == other.container {
                true => Diagnostic::error(ID, Stage::Run, it.span, message)
                    .why("The way out of the container would lead to itself: `ip` refuses it, and the container does not start."),
                false => Diagnostic::warning(ID, it.span, message)
                    .why("The host has the address itself, and does not look for it in the container."),
            }
            .related(other.span, "the host's end")
        } else if let Some((interface, span)) = hosts.get(&it.address) {
            Diagnostic::warning(
                ID,
                it.span,
                format!("{} of `{name}` is the address of the host at `{interface}`", it.address),
            )
            .why("The host has the address itself, and does not look for it in the container.")
            .related(*span, "the host's")
        } else {
            first.insert(it.address, it);
            continue;
        };
        let next = context.pair().filter(|_| it.address.is_ipv4() && it.shape == Shape::Routed);
        let fix = next.filter(|_| context.written(it.span).starts_with('"')).map(|pair| {
            super::Fix::choice(format!("Use {}", pair[1]), super::Edits::replace(it.span, format!("\"{}\"", pair[1])))
        });
        found.push(diagnostic.help(format!("Give it an address of its own{}.", context.such_as())).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn each_address_has_one_owner() {
        let two = |a: &str, b: &str| {
            format!(
                "{{ containers.a = {{ privateNetwork = true; {a} }}; containers.b = {{ privateNetwork = true; {b} }}; }}"
            )
        };
        let at =
            |host: &str, local: &str| format!("hostAddress = \"10.7.0.{host}\"; localAddress = \"10.7.0.{local}\";");
        let on = |local: &str| format!("hostBridge = \"br0\"; localAddress = \"10.7.0.{local}/24\";");
        for (a, b, expected) in [
            (at("1", "2"), at("1", "3"), &[][..]), // one address of the host for all of them
            (at("1", "2"), at("1", "2"), &["error \"10.7.0.2\""]),
            (at("1", "1"), String::new(), &["error \"10.7.0.1\""]),
            (at("1", "2"), at("3", "1"), &["warning \"10.7.0.1\""]),
            (on("2"), on("2"), &["warning \"10.7.0.2/24\""]),
            (on("2"), on("3"), &[]),
        ] {
            assert_found(&two(&a, &b), ID, expected);
        }
        let text = "{ networking.interfaces.eth0.ipv4.addresses = [ { address = \"10.7.0.2\"; prefixLength = 24; } ]; containers.a = { privateNetwork = true; localAddress = \"10.7.0.2\"; }; }";
        assert_found(text, ID, &["warning \"10.7.0.2\""]);
        let text = two(&at("1", "2"), &at("1", "2"));
        assert_first_fix(&text, ID, "Use 10.7.0.4", &two(&at("1", "2"), &at("1", "4")));
    }
}
