//! A setting that is not an IP address.

use std::net::IpAddr;

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::{Place, Setting},
    docker::go::{
        hostport,
        net::{parse_addr, parse_cidr, parse_ip},
    },
    document::Kind,
    text::Span,
};

rule! {
    /// A setting that should be an IP address is something else.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file. `dns`, `ip`, the default gateways and `host-gateway-ip` are bare
    /// addresses, without port, prefix length or scheme, and never names.
    ///
    /// ## What to do
    /// Write only the address: 192.0.2.53 or 2001:db8::53. DNS servers are always asked on port 53.
    ///
    /// ## Example
    /// ```json
    /// { "dns": ["1.1.1.1:53"] }
    /// ```
    ///
    /// ## Source
    /// Go `net`, `IP.UnmarshalText`, and `net/netip`, `Addr.UnmarshalText`; up to 24.0 moby `opts/opts.go`,
    /// `ValidateIPAddress`, for `dns`
    "address-malformed", [Error, Warning], check
}

/// The settings that are one address, and whether the Engine reads them.
const SINGLE: &[&str] = &["ip", "default-gateway", "default-gateway-v6", "host-gateway-ip"];

fn check(context: &Context, found: &mut Found) {
    // Each is read as it is decoded, even when a later one of the same name takes its place.
    for occurrence in context.settings.occurrences() {
        let key = SINGLE.iter().find(|it| **it == occurrence.member.key);
        let address = Setting::element(&occurrence.member.value).text();
        let address = address.filter(|it| !it.value.is_empty() && parse_ip(it.value).is_none());
        if let (Place::Top, Some(key), Some(address)) = (occurrence.place, key, address) {
            found.push(refused(context, key, address));
        }
    }
    for element in context.settings.elements("dns") {
        found.extend(match (&element.value.kind, element.text()) {
            (_, Some(server)) => dns(context, server),
            (Kind::Null, None) if !context.since(25, 0) => Some(empty(context, element.span)),
            _ => None,
        });
    }
    if context.since(28, 0) {
        for address in context.settings.texts("host-gateway-ips") {
            if !address.value.is_empty() && parse_addr(address.value).is_none() {
                found.push(refused(context, "host-gateway-ips", address));
            }
        }
    }
}

/// Up to 24.0 spaces around it were accepted but an empty text was refused; 29.0 accepts a zone.
fn dns(context: &Context, server: Setting<&str>) -> Option<Diagnostic> {
    let is_read = match () {
        () if context.since(29, 0) => parse_addr(server.value).is_some(),
        () if context.since(25, 0) => parse_ip(server.value).is_some(),
        () => parse_ip(server.value.trim()).is_some(),
    };
    match server.value.is_empty() {
        true => Some(empty(context, server.span)),
        false if is_read => None,
        false => Some(refused(context, "dns", server)),
    }
}

fn empty(context: &Context, span: Span) -> Diagnostic {
    let message = "This entry of `dns` is empty";
    let diagnostic = match context.since(25, 0) {
        true => Diagnostic::warning(ID, span, message)
            .why("The daemon starts, and containers get a line without an address in their `resolv.conf`."),
        false => Diagnostic::error(ID, Stage::Load, span, message)
            .why("The daemon refuses the settings: an empty entry is not an address."),
    };
    diagnostic
        .help("Take it out, or write the address of a DNS server.")
        .fix(Fix::safe("Remove the empty entry", context.remove(span)))
}

fn refused(context: &Context, key: &str, setting: Setting<&str>) -> Diagnostic {
    let text = setting.value;
    Diagnostic::error(ID, Stage::Load, setting.span, say!("`{text}` in `{key}` is not an IP address"))
        .why("The daemon refuses the settings: here it takes a bare IPv4 or IPv6 address.")
        .explained(|diagnostic| {
            let (reason, meant) = reason(text);
            let fix =
                meant.map(|meant| Fix::safe(say!("Use {meant}"), context.replace(setting.span, meant.to_string())));
            diagnostic.help(reason).fix(fix)
        })
}

/// What is wrong with it, and which address was meant.
fn reason(text: &str) -> (&'static str, Option<IpAddr>) {
    if let Some(meant) = parse_ip(text.trim()) {
        return ("Spaces do not belong here.", Some(meant));
    }
    if let Some(cidr) = parse_cidr(text) {
        return ("Write the address without its prefix length.", Some(cidr.addr));
    }
    if text.contains("://") {
        return ("Write the address without a scheme.", None);
    }
    if let Some((host, port)) = hostport::split(text)
        && let Some(meant) = parse_ip(host)
    {
        return match port {
            "53" => ("Write the address without a port.", Some(meant)),
            _ => ("Write the address without a port; another one cannot be chosen.", None),
        };
    }
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    if let Some(meant) = bare.and_then(parse_ip) {
        return ("Write the address without brackets.", Some(meant));
    }
    if crate::text::find::has(text, b'%') {
        return ("Write the address without the zone, the part from % on.", None);
    }
    if text.bytes().any(|it| it.is_ascii_alphabetic()) && !crate::text::find::has(text, b':') {
        return ("Names are not looked up here: write the address.", None);
    }
    ("Write an IPv4 address such as 192.0.2.53, or an IPv6 address such as 2001:db8::53.", None)
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn dns_depends_on_the_engine() {
        for (server, severities) in [
            // 20.10, 26 and 29.
            ("1.1.1.1", ["", "", ""]),
            ("::1", ["", "", ""]),
            ("", ["error", "warning", "warning"]),
            ("1.1.1.1:53", ["error", "error", "error"]),
            ("1.1.1.1 ", ["", "error", "error"]),
            ("tcp://1.1.1.1", ["error", "error", "error"]),
            ("fe80::1%eth0", ["error", "error", ""]),
            ("::ffff:1.1.1.1", ["", "", ""]),
            ("localhost", ["error", "error", "error"]),
        ] {
            let text = format!(r#"{{"dns": ["{server}"]}}"#);
            for (engine, severity) in ["20.10", "26", "29"].into_iter().zip(severities) {
                let flagged = format!(r#"{severity} "{server}""#);
                let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        assert_flags("20.10", r#"{"dns": [null]}"#, super::ID, &["error null"]);
        assert_flags("26", r#"{"dns": [null]}"#, super::ID, &[]);
    }

    #[test]
    fn single_addresses_are_bare() {
        for (text, expected) in [
            (r#"{"ip": "::"}"#, &[][..]),
            (r#"{"ip": ""}"#, &[]),
            (r#"{"ip": "1.2.3.4/24"}"#, &[r#"error "1.2.3.4/24""#]),
            (r#"{"default-gateway": "10.0.0"}"#, &[r#"error "10.0.0""#]),
            (r#"{"default-gateway-v6": "10.0.0.1"}"#, &[]), // another rule's
            (r#"{"host-gateway-ip": "host"}"#, &[r#"error "host""#]),
            (r#"{"host-gateway-ips": ["10.0.0.1", "::x"]}"#, &[r#"error "::x""#]),
            (r#"{"host-gateway-ips": [""]}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
        }
    }

    #[test]
    fn says_what_was_meant() {
        for (text, meant) in [
            (" 1.1.1.1", Some("1.1.1.1")),
            ("1.1.1.1/32", Some("1.1.1.1")),
            ("1.1.1.1:53", Some("1.1.1.1")),
            ("[::1]:53", Some("::1")),
            ("[::1]", Some("::1")),
            ("1.1.1.1:5353", None),
            ("tcp://1.1.1.1", None),
            ("dns.example.org", None),
        ] {
            assert_eq!(super::reason(text).1, meant.and_then(|it| it.parse().ok()), "{text}");
        }
    }
}
