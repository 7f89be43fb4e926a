//! Two subnets with the same addresses.

use super::{Context, Diagnostic, Written, order, refused};

rule! {
    /// Two subnets have addresses in common.
    ///
    /// ## Why it matters
    /// Docker refuses to make the second network: "Pool overlaps with other one on this address space". It has one list for
    /// all drivers, so that two macvlan networks on one subnet are refused, too. Podman compares the networks of bridges.
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
    /// ```sh
    /// docker network create --subnet 10.7.0.0/16 a
    /// docker network create --subnet 10.7.3.0/24 b
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`; containers/common
    /// `libnetwork/netavark/config.go`, `networkCreate`
    "subnets-overlap", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let mut subnets: Vec<&Written> = context.networks.written.iter().filter(|it| it.is_exclusive).collect();
    order::sort(&mut subnets, |a, b| (a.subnet, a.span).cmp(&(b.subnet, b.span)));
    // Blocks nest or are apart: the ones around the next are on the stack.
    let mut around: Vec<&Written> = Vec::new();
    for it in subnets {
        while around.last().is_some_and(|outer| !outer.subnet.contains(it.subnet)) {
            around.pop();
        }
        if let Some(outer) = around.last() {
            let (first, second) = if outer.span < it.span { (*outer, it) } else { (it, *outer) };
            let (subnet, wider) = (it.subnet, outer.subnet);
            let (name, whose) = (context.name(it.network), context.name(outer.network));
            let message = match (it.network == outer.network, subnet == wider) {
                (true, _) => format!("{} and {} of `{name}` have addresses in common", first.subnet, second.subnet),
                (false, true) => format!("`{name}` and `{whose}` have the same subnet {subnet}"),
                (false, false) => format!("{subnet} of `{name}` is within {wider} of `{whose}`"),
            };
            found.push(
                refused(ID, second.span, message)
                    .related(first.span, "the other subnet")
                    .why(format!("{} refuses to make a network with addresses that another one has.", context.maker()))
                    .help("Give each network its own subnet."),
            );
        }
        around.push(it);
    }
}
