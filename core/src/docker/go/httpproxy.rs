//! Which hosts does Go's HTTP client reach without the proxy?

use super::{
    hostport,
    net::{parse_cidr, parse_ip},
};
use crate::address::Subnet;

/// Whether a request to `host` at `port` goes past the proxy with this `no-proxy`.
///
/// ```
/// use drydock::docker::go::httpproxy::is_exempt;
///
/// assert!(is_exempt(".example.com,10.0.0.0/8", "hub.example.com", "443"));
/// assert!(!is_exempt(".example.com,10.0.0.0/8", "example.com", "443"));
/// ```
///
/// Source: Go `x/net/http/httpproxy/proxy.go`, `useProxy` and `config.init`.
pub fn is_exempt(no_proxy: &str, host: &str, port: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let ip = parse_ip(&host);
    if host == "localhost" || ip.is_some_and(|it| it.is_loopback()) {
        return true;
    }
    no_proxy.split(',').any(|entry| {
        let entry = entry.trim().to_ascii_lowercase();
        if entry == "*" {
            return true;
        }
        if let Some(cidr) = parse_cidr(&entry) {
            return ip.is_some_and(|it| Subnet::of(cidr).holds(it));
        }
        let (name, at) = hostport::split(&entry).unwrap_or((&entry, ""));
        let is_host = match parse_ip(name) {
            Some(it) => ip == Some(it),
            None => {
                let name = match name.starts_with("*.") {
                    true => name.get(1..).unwrap_or_default(),
                    false => name,
                };
                let before = host.strip_suffix(name);
                before.is_some_and(|it| name.starts_with('.') || it.ends_with('.') || it.is_empty() && !name.is_empty())
            }
        };
        is_host && (at.is_empty() || at == port)
    })
}

#[cfg(test)]
mod tests {
    use super::is_exempt;

    #[test]
    fn exceptions_cover_hosts() {
        for (no_proxy, host, port, expected) in [
            ("", "hub.example.com", "443", false),
            ("", "localhost", "5000", true),
            ("", "127.9.9.9", "5000", true),
            ("*", "hub.example.com", "443", true),
            ("example.com", "example.com", "443", true),
            ("example.com", "hub.example.com", "443", true),
            ("example.com", "badexample.com", "443", false),
            ("*.example.com", "hub.example.com", "443", true),
            (".example.com", "example.com", "443", false),
            ("a, Example.COM:5000", "example.com", "5000", true),
            ("example.com:5000", "example.com", "443", false),
            ("10.0.0.0/8", "10.1.2.3", "443", true),
            ("10.0.0.0/8", "11.1.2.3", "443", false),
            ("10.1.2.3:5000", "10.1.2.3", "5000", true),
            ("10.*", "10.1.2.3", "443", false),
            ("fd00::/8", "fd00::1", "443", true),
            (",", "hub", "443", false),
        ] {
            assert_eq!(is_exempt(no_proxy, host, port), expected, "{no_proxy} {host}:{port}");
        }
    }
}
