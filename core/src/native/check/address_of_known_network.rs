//! An address that people come across elsewhere.

use super::{Context, Diagnostic, Found, Shape};
use crate::{
    address::{Collisions, KnownNetwork, Subnet, known::Weight},
    daemon::network::overlapping,
};

rule! {
    /// An address of a container is also one of a network that many machines come across: a hotspot, a VPN, a router at
    /// home.
    ///
    /// ## Why it matters
    /// A machine that is taken there does not reach what has the address. On a machine that stays where it is, it does not
    /// matter.
    ///
    /// ## What to do
    /// Where the machine may meet it, choose an address that is less common.
    ///
    /// ## Example
    /// ```nix keep-clear=10.0.0.0/30
    /// # Compared with the known networks, which the page has.
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.178.10";
    ///     localAddress = "192.168.178.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// The list of known networks, `core/data/known-networks.json`, has a source for each
    "address-of-known-network", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let networks = &context.space.networks;
    let alarms = networks.known.iter().filter(|it| it.weight() == Weight::Alarms);
    let known: Vec<(Subnet, &KnownNetwork)> =
        alarms.flat_map(|it| it.subnets.iter().map(move |subnet| (*subnet, it))).collect();
    // What the machine must reach is told by another rule; who is on a bridge is in the network that is there.
    let is_told = |it: Subnet| !overlapping(networks.avoid.merged(), it).is_empty();
    let routed: Vec<_> = context.local().filter(|it| it.shape == Shape::Routed && !is_told(it.subnet)).collect();
    let subnets: Vec<Subnet> = routed.iter().map(|it| it.subnet).collect();
    let blocks: Vec<Subnet> = known.iter().map(|it| it.0).collect();
    for collision in Collisions::between(&subnets, &blocks).ours {
        let Some(it) = routed.get(collision.index as usize) else { continue };
        let near = known.iter().filter(|known| known.0.overlaps(it.subnet));
        let Some((subnet, first)) = near.max_by_key(|it| it.0.prefix_len()) else { continue };
        let more = match collision.count {
            1 => String::new(),
            count => format!(", and of {} more known networks", count - 1),
        };
        let name = context.name(it.container);
        found.push(
            Diagnostic::hint(ID, it.span, format!("{} of `{name}` is in {subnet} of {}{more}", it.address, first.name))
                .why(
                    ["A machine that comes there does not reach what has this address. ", &first.note]
                        .concat()
                        .trim()
                        .to_owned(),
                )
                .help(format!(
                    "Where the machine may meet it, choose an address that is less common{}.",
                    context.such_as()
                ))
                .fix(context.other_pair(it)),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::ID;
    use crate::{
        address::known,
        bench::{Chosen, Request},
        containers::chosen::KEEP_CLEAR,
        native::{
            check::{Context, check},
            chosen::Choices,
            read,
            space::Space,
        },
    };

    #[test]
    fn known_networks_are_told_unless_they_are_kept_clear_of() {
        let text = "{ containers.web = { privateNetwork = true; localAddress = \"192.168.178.11\"; }; }";
        for (keep, expected) in [("", 1), ("192.168.178.0/24 home", 0)] {
            let known = Rc::new(known::read(include_str!("../../../data/known-networks.json")));
            let request = Request { text: text.to_owned(), chosen: Chosen::default().with(&KEEP_CLEAR, keep), known };
            let reading = read(text);
            let (space, choices) = (Space::of(&reading, &request), Choices::of(&request.chosen));
            let found = check(&Context::new(text, &reading, &space, &choices));
            let found: Vec<_> = found.iter().filter(|it| it.rule == ID).collect();
            assert_eq!(found.len(), expected, "{keep}");
            assert!(found.iter().all(|it| it.message.contains("192.168.178.0/24 of ")), "{found:?}");
        }
    }
}
