//! One port of the host for two containers.

use super::{Context, Diagnostic, Stage};
use std::collections::HashMap;

use crate::{
    containers::model::{At, Port},
    text::order,
};

rule! {
    /// Two services publish the same port of the host.
    ///
    /// ## Why it matters
    /// A port of an address leads to one program. The container that comes second does not start.
    ///
    /// ## What to do
    /// Publish another port of the host, or bind the two to different addresses.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   a: { image: "nginx:1.27", ports: ["8080:80"] }
    ///   b: { image: "nginx:1.27", ports: ["127.0.0.1:8080:80"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/portallocator/portallocator.go`, `RequestPortsInRange`
    "host-port-taken", [Error], check
}

/// The addresses of the host that a port is bound to, from the narrowest: itself, all of its family, all.
fn scopes(port: &Port) -> [&str; 3] {
    let address = port.host_address.as_str();
    match address {
        "" => ["", "", ""],
        "0.0.0.0" | "::" => [address, address, ""],
        _ if address.contains(':') => [address, "::", ""],
        _ => [address, "0.0.0.0", ""],
    }
}

/// For each protocol and address, the port that reaches furthest.
type Reached<'a> = HashMap<(&'a str, &'a str), (u16, &'a At<Port>)>;

/// Keeps the one that reaches further.
fn keep<'a>(reached: &mut Reached<'a>, key: (&'a str, &'a str), last: u16, port: &'a At<Port>) {
    let entry = reached.entry(key).or_insert((last, port));
    if entry.0 < last {
        *entry = (last, port);
    }
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let mut ports: Vec<(u16, u16, &At<Port>)> = Vec::new();
    for container in context.project().containers.iter().filter(|it| it.auto_start.is_none()) {
        for port in &container.ports {
            // Of a range for a single port, Docker takes what is free.
            let is_fixed = |it: &(u16, u16)| it.0 == it.1 || port.value.container.0 != port.value.container.1;
            if let Some((first, last)) = port.value.host.filter(is_fixed) {
                ports.push((first, last, port));
            }
        }
    }
    order::sort(&mut ports, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    // For each protocol and address, the port that reaches furthest: bound there, and bound there or within.
    let (mut bound, mut within) = (Reached::new(), Reached::new());
    for (first, last, port) in ports {
        let protocol = port.value.protocol.as_str();
        let scopes = scopes(&port.value);
        let wider = scopes.iter().filter_map(|it| bound.get(&(protocol, *it)));
        let narrower = within.get(&(protocol, scopes[0]));
        if let Some((_, other)) = wider.chain(narrower).find(|it| it.0 >= first) {
            let (a, b) = if port.span < other.span { (*other, port) } else { (port, *other) };
            let message = format!("Port {first} of the host leads to another container already");
            found.push(
                Diagnostic::error(ID, Stage::Start, a.span, message)
                    .related(b.span, "published here too")
                    .why("A port leads to one program. The container that comes second does not start.")
                    .help("Publish another port of the host, or bind the two to different addresses."),
            );
        }
        keep(&mut bound, (protocol, scopes[0]), last, port);
        for scope in scopes {
            keep(&mut within, (protocol, scope), last, port);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn a_port_of_the_host_leads_to_one_container() {
        for (a, b, is_flagged) in [
            ("80:80", "80:81", true),
            ("80:80", "81:80", false),
            ("80:80", "80:80/udp", false),
            ("80:80", "127.0.0.1:80:80", true),
            ("127.0.0.1:80:80", "80:80", true),
            ("127.0.0.1:80:80", "127.0.0.2:80:80", false),
            ("0.0.0.0:80:80", "[::]:80:80", false),
            ("0.0.0.0:80:80", "[::1]:80:80", false),
            ("0.0.0.0:80:80", "10.0.0.1:80:80", true),
            ("80-90:80-90", "85:1", true),
            ("80-90:80", "85:1", false), // takes what is free
            ("80", "80", false),
        ] {
            let text = format!("services: {{a: {{ports: ['{a}']}}, b: {{ports: ['{b}']}}}}\n");
            let place = format!("error '{b}'");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
        assert_flags("services: {a: {ports: ['80:80']}, b: {ports: ['80:80'], profiles: [x]}}\n", super::ID, &[]);
    }
}
