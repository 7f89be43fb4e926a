//! Which ports of the host lead to a container?
//!
//! Source: docker/go-connections 0.4.0 `nat/nat.go`, `ParsePortSpec`, `nat/parse.go`, `ParsePortRange`.

use std::collections::HashSet;

use super::Reader;
use crate::{
    containers::model::{At, Port},
    document::{Kind, Node},
};

impl Reader<'_> {
    pub(super) fn ports(&mut self, node: &Node) -> Vec<At<Port>> {
        let mut ports: Vec<At<Port>> = Vec::new();
        let mut seen = HashSet::new();
        for element in self.elements(node) {
            let port = match element.kind {
                Kind::Map(_) => self.long_port(element),
                _ => self.short_port(element),
            };
            let Some(port) = port else { continue };
            // Compose takes the same port twice for one.
            let Port { host_address, host, container, protocol } = port.value.clone();
            if seen.insert((host_address, host, container, protocol)) {
                ports.push(port);
            } else {
                self.heeded.push(port.span);
            }
        }
        ports
    }

    fn short_port(&mut self, node: &Node) -> Option<At<Port>> {
        let text = self.text_of(node)?;
        match parse(&text.value) {
            Ok(port) => Some(At::new(port, node.span)),
            Err(why) => {
                self.refuse(node, why);
                None
            }
        }
    }

    fn long_port(&mut self, node: &Node) -> Option<At<Port>> {
        let [mut target, mut published, mut address, mut protocol] = [const { String::new() }; 4];
        for (key, member) in self.fields(node, "services.*.ports[]") {
            let Some(value) = self.plain(&member.value) else { continue };
            match key {
                "target" => target = value,
                "published" => published = value,
                "host_ip" => address = value,
                _ => protocol = value,
            }
        }
        let address =
            if address.contains(':') && !address.starts_with('[') { ["[", &address, "]"].concat() } else { address };
        let protocol = if protocol.is_empty() { "tcp".to_owned() } else { protocol };
        let written = match (address.is_empty(), published.is_empty()) {
            (true, true) => [&target, "/", &protocol].concat(),
            (true, false) => [&published, ":", &target, "/", &protocol].concat(),
            (false, _) => [&address, ":", &published, ":", &target, "/", &protocol].concat(),
        };
        match parse(&written) {
            Ok(port) => Some(At::new(port, node.span)),
            Err(why) => {
                self.refuse(node, why);
                None
            }
        }
    }
}

/// Reads `address:host:container/protocol`.
pub(in crate::compose) fn parse(text: &str) -> Result<Port, String> {
    let (rest, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = protocol.to_lowercase();
    if !matches!(protocol.as_str(), "tcp" | "udp" | "sctp") {
        return Err(["`", &protocol, "` is none of `tcp`, `udp` and `sctp`."].concat());
    }
    let (rest, container) = rest.rsplit_once(':').unwrap_or(("", rest));
    let (address, host) = rest.rsplit_once(':').unwrap_or(("", rest));
    let bare = address.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let host_address = bare.unwrap_or(address);
    if !host_address.is_empty() && host_address.parse::<std::net::IpAddr>().is_err() {
        return Err(["`", host_address, "` is no address of the host."].concat());
    }
    let container = range(container)?.ok_or("The port of the container is missing.")?;
    let host = range(host)?;
    if let Some(host) = host {
        let (inner, outer) = (container.1 - container.0, host.1 - host.0);
        if inner != outer && inner != 0 {
            return Err("As many ports of the host are needed as of the container.".to_owned());
        }
    }
    Ok(Port { host_address: host_address.to_owned(), host, container, protocol })
}

/// A port, or a range of them; nothing where nothing is written.
fn range(text: &str) -> Result<Option<(u16, u16)>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let port = |it: &str| it.bytes().all(|it| it.is_ascii_digit()).then(|| it.parse::<u16>().ok()).flatten();
    match (port(first), port(last)) {
        (Some(first), Some(last)) if first <= last => Ok(Some((first, last))),
        (Some(_), Some(_)) => Err(["`", text, "` ends before it begins."].concat()),
        _ => Err(["`", text, "` is no port: a number up to 65535, or two with a hyphen."].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn ports_are_read_in_all_forms() {
        for (text, expected) in [
            ("80", Ok(("", None, (80, 80), "tcp"))),
            ("8080:80", Ok(("", Some((8080, 8080)), (80, 80), "tcp"))),
            ("53:53/UDP", Ok(("", Some((53, 53)), (53, 53), "udp"))),
            ("127.0.0.1:8080:80", Ok(("127.0.0.1", Some((8080, 8080)), (80, 80), "tcp"))),
            ("127.0.0.1::80", Ok(("127.0.0.1", None, (80, 80), "tcp"))),
            ("[::1]:8080:80", Ok(("::1", Some((8080, 8080)), (80, 80), "tcp"))),
            ("::1:8080:80", Ok(("::1", Some((8080, 8080)), (80, 80), "tcp"))),
            ("3000-3005", Ok(("", None, (3000, 3005), "tcp"))),
            ("9090-9091:8080-8081", Ok(("", Some((9090, 9091)), (8080, 8081), "tcp"))),
            ("9090-9095:8080", Ok(("", Some((9090, 9095)), (8080, 8080), "tcp"))),
            (":80", Ok(("", None, (80, 80), "tcp"))),
            ("9090-9095:8080-8081", Err("As many ports of the host are needed as of the container.")),
            ("70000", Err("`70000` is no port: a number up to 65535, or two with a hyphen.")),
            ("90-80", Err("`90-80` ends before it begins.")),
            ("a:80", Err("`a` is no port: a number up to 65535, or two with a hyphen.")),
            ("x:80:80", Err("`x` is no address of the host.")),
            ("80:", Err("The port of the container is missing.")),
            ("80/icmp", Err("`icmp` is none of `tcp`, `udp` and `sctp`.")),
            ("", Err("The port of the container is missing.")),
        ] {
            let found = parse(text);
            let found =
                found.as_ref().map(|it| (it.host_address.as_str(), it.host, it.container, it.protocol.as_str()));
            assert_eq!(found.map_err(String::as_str), expected, "{text}");
        }
    }
}
