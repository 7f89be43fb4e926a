//! Two containers publish one port of the host.

use std::collections::BTreeMap;

use super::{Context, Found, refused};
use crate::{
    containers::model::{At, Port},
    text::Span,
};

rule! {
    /// Two containers publish one port of the host.
    ///
    /// ## Why it matters
    /// The one that starts later does not start: "port is already allocated".
    ///
    /// ## What to do
    /// Give one of them another port, or another address of the host.
    ///
    /// ## Example
    /// ```sh
    /// docker run -p 80:80 nginx:1.27
    /// docker run -p 80:8080 caddy:2.8
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/portallocator/portallocator.go`, `ErrPortAlreadyAllocated`
    "host-port-taken", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    // By protocol and port, who has it; a range counts with each of its ports.
    let mut taken: BTreeMap<(&str, u16), Vec<Holder>> = BTreeMap::new();
    let mut looked_up = 0;
    for (at, (container, _)) in context.runs().enumerate() {
        for At { value: port, span } in &container.ports {
            let Some((first, last)) = certain(port) else { continue };
            let mut other = None;
            for number in first..=last {
                looked_up += 1;
                if looked_up > MOST_PORTS {
                    return;
                }
                let holders = taken.entry((port.protocol.as_str(), number)).or_default();
                let address = bare(&port.host_address);
                let clashes = |it: &&Holder| it.0.is_empty() || address.is_empty() || it.0 == address;
                let rival = holders.iter().take(MOST_HOLDERS).find(clashes);
                other = other.or(rival.map(|it| (number, it.1, it.2)));
                if rival.is_none() {
                    holders.push((address, at, *span));
                }
            }
            if let Some((number, rival, place)) = other {
                let message = match rival == at {
                    true => format!("Port {number}/{} is published twice", port.protocol),
                    false => {
                        let name = context.project.containers.get(rival).map_or("", |it| it.name.as_str());
                        format!("Port {number}/{} is that of `{name}` already", port.protocol)
                    }
                };
                found.push(
                    refused(ID, *span, message)
                        .related(place, "publishes it first")
                        .why("Only one container can have a port of an address: the other does not start.")
                        .help("Give one of them another port, or another address of the host."),
                );
            }
        }
    }
}

/// Who has a port: on which address, which container, and the bytes that say so.
type Holder<'a> = (&'a str, usize, Span);

/// So many ports are looked up, and so many containers with one port.
const MOST_PORTS: usize = 1 << 18;
const MOST_HOLDERS: usize = 64;

/// The ports that are taken for certain: of a range for one port of the container, any may be.
fn certain(port: &Port) -> Option<(u16, u16)> {
    let (first, last) = port.host.filter(|it| it.0 > 0)?;
    let is_choice = first != last && port.container.0 == port.container.1;
    (!is_choice).then_some((first, last))
}

/// An address; none for those that mean all.
fn bare(address: &str) -> &str {
    match address {
        "0.0.0.0" | "::" => "",
        it => it,
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_ports_that_are_taken() {
        for (text, expected) in [
            ("docker run -p 80:80 a:1\ndocker run -p 80:8080 b:1", &["error 80:8080"][..]),
            ("docker run -p 80:80 -p 80:81 a:1", &["error 80:81"]),
            ("docker run -p 80-90:80-90 a:1\ndocker run -p 85:85 b:1", &["error 85:85"]),
            ("docker run -p 127.0.0.1:80:80 a:1\ndocker run -p 80:80 b:1", &["error 80:80"]),
            ("docker run -p 80:80 a:1\ndocker run -p 80:80/udp b:1", &[]),
            ("docker run -p 127.0.0.1:80:80 a:1\ndocker run -p 127.0.0.2:80:80 b:1", &[]),
            ("docker run -p 80 a:1\ndocker run -p 80 b:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
