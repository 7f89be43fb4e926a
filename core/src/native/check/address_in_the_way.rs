//! An address that the machine has to reach elsewhere.

use super::{Context, Diagnostic, Found, Shape, Used};
use crate::{
    address::{Collisions, Subnet},
    daemon::network::Avoided,
};

rule! {
    /// An address of a container is in a network to keep clear of.
    ///
    /// ## Why it matters
    /// While the container runs, the host looks for these addresses at its interface, and does not reach the machine that
    /// really has them: the train's Wi-Fi shows no portal, the VPN no server.
    ///
    /// ## What to do
    /// Choose addresses that nothing around the machine has. A container on a bridge is part of that network: name the same
    /// network among those to keep clear of, and it is not told.
    ///
    /// ## Example
    /// ```nix keep-clear=172.18.0.0/16
    /// # With 172.18.0.0/16 among the networks to keep clear of.
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "172.18.7.1";
    ///     localAddress = "172.18.7.2";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `postStartScript`: the host gets a route to each address
    /// (RFC 1812, section 5.2.4.3: the longest match)
    "address-in-the-way", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let all = &context.space.used;
    let subnets: Vec<Subnet> = all.iter().map(|it| it.subnet).collect();
    let mut told = std::collections::HashSet::new();
    let avoid = &context.space.networks.avoid;
    for avoid in [avoid.certain(), avoid] {
        for collision in Collisions::between(&subnets, avoid.subnets()).ours {
            let avoided = avoid.networks().get(collision.widest as usize);
            let Some((it, avoided)) = all.get(collision.index as usize).zip(avoided) else { continue };
            // On a bridge a container is in the network of its neighbours.
            let is_neighbour = it.shape == Shape::Bridged && it.subnet == avoided.subnet;
            if told.insert(collision.index) && !is_neighbour {
                found.push(tell(context, it, avoided));
            }
        }
    }
}

fn tell(context: &Context, it: &Used, avoided: &Avoided) -> Diagnostic {
    let other = match avoided.name.as_str() {
        "" => format!("{}, a network to keep clear of", avoided.subnet),
        name => format!("{} of {name}", avoided.subnet),
    };
    let message = format!("{} of `{}` is in {other}", it.address, context.name(it.container));
    let diagnostic = match &avoided.informs {
        Some(why) => Diagnostic::hint(ID, it.span, message).why(why.clone()),
        None => Diagnostic::warning(ID, it.span, message)
            .why("While the container runs, the host looks for this address at its interface, and does not reach what really has it."),
    };
    diagnostic
        .help(format!("Choose an address that nothing around the machine has{}.", context.such_as()))
        .fix(context.other_pair(it))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_are_compared_with_what_must_be_reached() {
        let keep = |it: &str| chosen("keep-clear", it);
        let text = routed("");
        let both = ["warning \"10.7.0.1\"", "warning \"10.7.0.2\""];
        assert_eq!(found_with(&text, ID, keep("10.7.0.0/16 the office")), both);
        assert_eq!(found_with(&text, ID, keep("10.7.0.2/32")), ["warning \"10.7.0.2\""]);
        assert!(found_with(&text, ID, keep("10.8.0.0/16")).is_empty());
        let bridged =
            "{ containers.web = { privateNetwork = true; hostBridge = \"br0\"; localAddress = \"10.7.0.5/24\"; }; }";
        assert!(found_with(bridged, ID, keep("10.7.0.0/24")).is_empty(), "its own network");
        assert_eq!(found_with(bridged, ID, keep("10.7.0.0/16")), ["warning \"10.7.0.5/24\""]);
        // Without a network of its own nothing has these addresses.
        let shared = text.replace("privateNetwork = true; ", "");
        assert!(found_with(&shared, ID, keep("10.7.0.0/16")).is_empty());
    }

    #[test]
    fn a_pair_that_is_clear_is_offered() {
        let found = diagnose_with(&routed(""), chosen("keep-clear", "10.0.0.0/8"));
        let it = found.iter().find(|it| it.rule == ID).expect("a finding");
        let after = it.fixes[0].edits.apply(&routed(""));
        assert_eq!(it.fixes[0].title, "Use 192.168.127.1 and 192.168.127.2");
        assert!(found_with(&after, ID, chosen("keep-clear", "10.0.0.0/8")).is_empty(), "{after}");
    }
}
