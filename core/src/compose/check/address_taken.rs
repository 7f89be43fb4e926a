//! Two containers with one static address.

use super::{Context, Diagnostic, Stage};
use std::collections::HashMap;

use crate::docker::go::net::parse_ip;

rule! {
    /// Two services have the same static address, or one has that of the gateway.
    ///
    /// ## Why it matters
    /// The second container does not start: the address is in use.
    ///
    /// ## What to do
    /// Give each its own address.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   a: { image: "nginx:1.27", networks: { n: { ipv4_address: 10.7.0.10 } } }
    ///   b: { image: "nginx:1.27", networks: { n: { ipv4_address: 10.7.0.10 } } }
    /// networks:
    ///   n:
    ///     ipam: { config: [{ subnet: 10.7.0.0/24 }] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `RequestAddress`
    "address-taken", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let project = context.project();
    let mut taken = HashMap::new();
    for network in &project.networks {
        for subnet in &network.subnets {
            if let Some(address) = subnet.value.gateway.as_deref().and_then(parse_ip) {
                taken.insert((network.name.as_str(), address), (subnet.span, "the gateway"));
            }
        }
    }
    for container in &project.containers {
        for joined in &container.networks {
            for written in [&joined.value.ipv4, &joined.value.ipv6].into_iter().flatten() {
                let Some(address) = parse_ip(written) else { continue };
                let key = (joined.value.network.as_str(), address);
                let Some((span, what)) = taken.insert(key, (joined.span, "a service with the same address")) else {
                    continue;
                };
                found.push(
                    Diagnostic::error(ID, Stage::Start, joined.span, format!("{written} is taken in `{}`", key.0))
                        .related(span, what)
                        .why("Docker gives an address once. The container that comes second does not start.")
                        .help("Use another address, or leave it out: Docker gives a free one."),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn each_address_is_used_once() {
        let file = |a: &str, b: &str| {
            format!(
                "services: {{a: {{networks: {{n: {{ipv4_address: {a}}}}}}}, b: {{networks: {{n: {{ipv4_address: {b}}}}}}}}}\nnetworks: {{n: {{ipam: {{config: [{{subnet: 10.0.0.0/24, gateway: 10.0.0.1}}]}}}}}}\n"
            )
        };
        assert_flags(&file("10.0.0.2", "10.0.0.2"), super::ID, &["error n: {ipv4_address: 10.0.0.2}"]);
        assert_flags(&file("10.0.0.2", "10.0.0.1"), super::ID, &["error n: {ipv4_address: 10.0.0.1}"]);
        assert_flags(&file("10.0.0.2", "10.0.0.3"), super::ID, &[]);
    }
}
