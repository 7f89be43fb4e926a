//! A `fixed-cidr` that is not part of the bridge's subnet.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    address::Family,
    daemon::network::{DefaultBridge, Origin},
};

rule! {
    /// `fixed-cidr` or `fixed-cidr-v6` is not a part of docker0's subnet.
    ///
    /// ## Why it matters
    /// Containers on the default bridge get their addresses from that range. When it lies outside the subnet that
    /// `bip` sets, the daemon starts, but no container does on that bridge. When it is wider, it is cut down to the
    /// subnet. Engine 23.0.4 does not start with `fixed-cidr` unless `bip` sets the subnet.
    ///
    /// ## What to do
    /// Choose a range within the subnet, or take it out: containers then get addresses from all of the subnet.
    ///
    /// ## Example
    /// ```json
    /// { "bip": "10.200.0.1/24", "fixed-cidr": "10.201.0.0/25" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `RequestPool`; for 23.0.4 `libnetwork/ipam/allocator.go`,
    /// `parsePoolRequest`
    "fixed-cidr-outside-subnet", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let keys = [(Family::Ipv4, "fixed-cidr", "bip"), (Family::Ipv6, "fixed-cidr-v6", "bip6")];
    for (family, key, address_key) in keys {
        if context.settings.is_set(key)
            && let Some(docker0) = context.docker0_of(family)
        {
            found.extend(judged(context, &docker0, key, address_key));
        }
    }
}

fn judged(context: &Context, docker0: &DefaultBridge, key: &str, address_key: &str) -> Option<Diagnostic> {
    let (Origin::Address | Origin::Pool(_), Some(subnet), Some(range)) =
        (docker0.origin, docker0.subnet, docker0.range)
    else {
        return None;
    };
    let setting = context.settings.text(key)?;
    if context.engine == Engine::new(23, 0, 4) && matches!(docker0.origin, Origin::Pool(_)) {
        let message = say!("Engine 23.0.4 does not start with `{key}` alone");
        return Some(
            Diagnostic::error(ID, Stage::Start, setting.span, message)
                .why("It asks for a range without naming the subnet, and no allocator gives it one.")
                .help(say!("Set `{address_key}` to an address in {range}, or use Engine 23.0.5.")),
        );
    }
    if subnet.contains(range) || subnet.is_ipv4() != range.is_ipv4() {
        return None;
    }
    let (message, why) = match range.contains(subnet) {
        true => (
            say!("`{key}` {range} is wider than the subnet of docker0, {subnet}"),
            "Containers get addresses from the subnet alone: the range is cut down to it.",
        ),
        false if context.since(24, 0) => (
            say!("`{key}` {range} lies outside the subnet of docker0, {subnet}"),
            "Containers on the default bridge find no address in it and do not start.",
        ),
        false => (
            say!("`{key}` {range} lies outside the subnet of docker0, {subnet}"),
            "This Engine moves the range into the subnet; newer ones start no container on the default bridge.",
        ),
    };
    let diagnostic = Diagnostic::warning(ID, setting.span, message);
    let diagnostic = match context.settings.text(address_key) {
        Some(address) => diagnostic.related(address.whole(), "what sets the subnet"),
        None => diagnostic,
    };
    Some(
        diagnostic
            .why(why)
            .help(say!("Choose a range within {subnet}, or take `{key}` out to use all of it."))
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span))),
    )
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn compares_range_and_subnet() {
        for (bip, range, is_flagged) in [
            ("10.0.0.1/24", "10.0.0.128/25", false),
            ("10.0.0.1/24", "10.0.0.0/24", false),
            ("10.0.0.1/24", "10.9.0.0/24", true),
            ("10.0.0.1/24", "10.0.0.0/16", true), // wider
            ("10.0.0.1/24", "x", false),          // another rule's
        ] {
            let text = format!(r#"{{"bip": "{bip}", "fixed-cidr": "{range}"}}"#);
            let flagged = format!(r#"warning "{range}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        // By itself it sets the subnet, since 23.0.5.
        let text = r#"{"fixed-cidr": "10.9.0.0/24"}"#;
        assert_flags("29", text, super::ID, &[]);
        assert_flags("23.0.5", text, super::ID, &[]);
        assert_flags("23.0.4", text, super::ID, &[r#"error "10.9.0.0/24""#]);
        assert_flags("23.0.4", r#"{"bridge": "none", "fixed-cidr": "10.9.0.0/24"}"#, super::ID, &[]);
        assert_flags("23.0.3", text, super::ID, &[r#"warning "10.9.0.0/24""#]);
        assert_flags("20.10", text, super::ID, &[r#"warning "10.9.0.0/24""#]);
        let text = r#"{"ipv6": true, "bip6": "fd00::1/64", "fixed-cidr-v6": "fd01::/64"}"#;
        assert_flags("29", text, super::ID, &[r#"warning "fd01::/64""#]);
    }
}
