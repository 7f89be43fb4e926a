//! Too many addresses for `host-gateway`.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Family,
    daemon::settings::{Place, Setting},
    docker::go::net::parse_addr,
};

rule! {
    /// `host-gateway` would stand for more than one IPv4 or one IPv6 address, or is set by both of its keys.
    ///
    /// ## Why it matters
    /// Containers started with `--add-host name:host-gateway` get one IPv4 and one IPv6 address for the name. The
    /// daemon refuses a file that names more, and one that has both `host-gateway-ip`, the older key, and
    /// `host-gateway-ips`.
    ///
    /// ## What to do
    /// Keep one address of each kind in `host-gateway-ips`.
    ///
    /// ## Example
    /// ```json
    /// { "host-gateway-ips": ["10.0.0.1", "10.0.0.2"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/internal/opts/host_gateway_opts.go`, `ValidateHostGatewayIPs`; `daemon/config/config.go`,
    /// `findConfigurationConflicts`
    "host-gateway-ips-conflict", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if !context.since(28, 0) {
        return;
    }
    both_keys(context, found);
    let addresses = context.settings.decoded_texts("host-gateway-ips");
    for family in Family::BOTH {
        let mut of_family = addresses.iter().filter(|it| counts_as(it, family));
        let Some(first) = of_family.next() else { continue };
        let family = match family {
            Family::Ipv4 => "IPv4",
            Family::Ipv6 => "IPv6",
        };
        for more in of_family {
            found.push(
                Diagnostic::error(ID, Stage::Load, more.span, say!("`host-gateway-ips` has a second {family} address"))
                    .related(first.span, "the first one")
                    .why("`host-gateway` stands for one address of each kind. The daemon refuses the settings.")
                    .help("Keep one of them.")
                    .fix(Fix::choice(say!("Remove `{}`", more.value), context.remove(more.span))),
            );
        }
    }
}

/// An empty text counts as IPv6, and so does an IPv4 address in IPv6 notation.
fn counts_as(address: &Setting<&str>, family: Family) -> bool {
    match parse_addr(address.value) {
        Some((addr, _)) => Family::of(addr) == family,
        None => address.value.is_empty() && family == Family::Ipv6,
    }
}

/// A `null` counts as given.
fn both_keys(context: &Context, found: &mut Found) {
    let top = |key: &str| {
        let occurrences = context.settings.occurrences().iter();
        occurrences.rev().find(|it| it.place == Place::Top && it.member.key == key).map(|it| it.member)
    };
    if let (Some(old), Some(new)) = (top("host-gateway-ip"), top("host-gateway-ips")) {
        found.push(
            Diagnostic::error(
                ID,
                Stage::Load,
                old.key_span,
                "`host-gateway-ip` and `host-gateway-ips` exclude each other",
            )
            .related(new.key_span, "the newer key")
            .why("Both set the addresses that `host-gateway` stands for. The daemon refuses a file with both.")
            .help("Keep `host-gateway-ips`; it holds one IPv4 and one IPv6 address.")
            .fix(Fix::choice("Remove `host-gateway-ip`", context.remove(old.value.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn one_address_of_each_kind() {
        for (text, expected) in [
            (r#"{"host-gateway-ips": ["10.0.0.1", "::1"]}"#, &[][..]),
            (r#"{"host-gateway-ips": ["10.0.0.1", "10.0.0.2"]}"#, &[r#"error "10.0.0.2""#]),
            (r#"{"host-gateway-ips": ["::1", "::ffff:10.0.0.2"]}"#, &[r#"error "::ffff:10.0.0.2""#]),
            (r#"{"host-gateway-ips": ["::1", ""]}"#, &[r#"error """#]),
            (r#"{"host-gateway-ips": [null, null]}"#, &["error null"]),
            (r#"{"host-gateway-ip": "10.0.0.1", "host-gateway-ips": ["::1"]}"#, &[r#"error "host-gateway-ip""#]),
            (r#"{"host-gateway-ip": null, "host-gateway-ips": []}"#, &[r#"error "host-gateway-ip""#]),
        ] {
            assert_flags("29", text, super::ID, expected);
            assert_flags("27", text, super::ID, &[]); // an unknown key there
        }
    }
}
