//! Two subnets with the same addresses.

use super::{Context, Diagnostic, Stage};
use crate::{
    address::Subnet,
    containers::model::{At, SubnetOf},
    docker::go::net::parse_cidr,
    text::order,
};

rule! {
    /// Two networks have subnets with addresses in common.
    ///
    /// ## Why it matters
    /// Docker refuses to make the second network: the pool overlaps with another one.
    ///
    /// ## What to do
    /// Give each network its own subnet.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [a, b] }
    /// networks:
    ///   a: { ipam: { config: [{ subnet: 10.7.0.0/16 }] } }
    ///   b: { ipam: { config: [{ subnet: 10.7.3.0/24 }] } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`
    "subnets-overlap", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let mut subnets: Vec<(Subnet, &str, &At<SubnetOf>)> = Vec::new();
    for network in context.project().networks.iter().filter(|it| !it.is_external) {
        // Those of macvlan and ipvlan are the network of the machine, shared on purpose.
        if network.driver.as_ref().is_some_and(|it| matches!(it.value.as_str(), "macvlan" | "ipvlan")) {
            continue;
        }
        for written in &network.subnets {
            let subnet = parse_cidr(&written.value.subnet).map(Subnet::of);
            subnets.extend(subnet.map(|it| (it, network.name.as_str(), written)));
        }
    }
    order::sort(&mut subnets, |a, b| {
        (a.0.network_address(), a.0.prefix_len()).cmp(&(b.0.network_address(), b.0.prefix_len()))
    });
    // Blocks nest or are apart: the ones around the next are on the stack.
    let mut around: Vec<(Subnet, &str, &At<SubnetOf>)> = Vec::new();
    for (subnet, name, written) in subnets {
        while around.last().is_some_and(|it| !it.0.contains(subnet)) {
            around.pop();
        }
        if let Some((other, whose, place)) = around.last() {
            let (first, second) = if place.span < written.span { (*place, written) } else { (written, *place) };
            let message = match other == &subnet {
                true => format!("`{name}` and `{whose}` have the same subnet {subnet}"),
                false => format!("{subnet} of `{name}` is within {other} of `{whose}`"),
            };
            found.push(
                Diagnostic::error(ID, Stage::Start, second.span, message)
                    .related(first.span, "the other subnet")
                    .why("Docker refuses to make a network whose addresses another one has.")
                    .help("Give each network its own subnet."),
            );
        }
        around.push((subnet, name, written));
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn subnets_are_apart() {
        for (a, b, is_flagged) in [
            ("10.0.0.0/16", "10.0.3.0/24", true),
            ("10.0.3.0/24", "10.0.0.0/16", true),
            ("10.0.0.0/16", "10.0.0.0/16", true),
            ("10.0.0.0/16", "10.1.0.0/16", false),
            ("fd00::/64", "10.1.0.0/16", false),
        ] {
            let text = format!(
                "networks: {{a: {{ipam: {{config: [{{subnet: '{a}'}}]}}}}, b: {{ipam: {{config: [{{subnet: '{b}'}}]}}}}}}\n"
            );
            let place = format!("error {{subnet: '{b}'}}");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
    }
}
