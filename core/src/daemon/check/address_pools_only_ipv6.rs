//! Address pools that have no IPv4 subnet for the default bridge.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Family,
    daemon::network::{Origin, Reading, written_pools},
    document::{Change, Step, Value},
};

rule! {
    /// The default address pools hold no IPv4 subnet that the default bridge could get.
    ///
    /// ## Why it matters
    /// Listing any pool replaces all of the Engine's own. docker0 always has an IPv4 subnet: with IPv6 pools alone the
    /// Engine finds none, and does not start. Engine 20.10 goes by the first pool alone.
    ///
    /// ## What to do
    /// Add an IPv4 pool, or give docker0 its subnet by `bip`.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "fd00:20::/48", "size": 64 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocatePredefinedPool`; for 20.10 libnetwork
    /// `netutils/utils_linux.go`, `ElectInterfaceAddresses`
    "address-pools-only-ipv6", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(docker0) = context.docker0_of(Family::Ipv4) else { return };
    let is_ipv6 = docker0.subnet.is_some_and(|it| !it.is_ipv4()) && matches!(docker0.origin, Origin::Pool(_));
    let Some(pools) = context.settings.get("default-address-pools") else {
        return;
    };
    let readings = written_pools(context.settings);
    let mut readings = readings.iter().map(|it| it.reading(context.engine));
    // What cannot be read at all has its own diagnostics.
    let is_understood = readings.all(|it| match it {
        Reading::Pool(_) | Reading::Mapped(_) => true,
        Reading::SizeTooLarge(base, _) => base.addr.is_ipv6(),
        _ => false,
    });
    if !(is_ipv6 || docker0.origin == Origin::Nothing && is_understood) {
        return;
    }
    // Engines up to 23.0.3 look at the pools before they look at `bip`.
    let has_address = context.settings.text("bip").is_some();
    let message = match is_ipv6 {
        true => "The first address pool is IPv6, and docker0 needs IPv4",
        false if has_address => "The address pools hold no subnet at all for this Engine",
        false => "None of the address pools is IPv4",
    };
    let add = || Change::Set {
        path: vec![Step::Key("default-address-pools".to_owned()), Step::Index(pools.value.elements().len())],
        value: Value::Map(vec![("base".to_owned(), "172.17.0.0/16".into()), ("size".to_owned(), Value::integer(24))]),
    };
    let diagnostic = Diagnostic::error(ID, Stage::Start, pools.key, message)
        .why("The pools replace all of the Engine's own. It finds no IPv4 subnet for its default bridge, and does not start.")
        .help(match has_address {
            true => "Add an IPv4 pool: this Engine looks for a subnet in the pools before it looks at `bip`.",
            false => "Add an IPv4 pool before the others, or set `bip` to give docker0 its subnet.",
        });
    found.push(match is_ipv6 {
        true => diagnostic,
        false => diagnostic.fix(Fix::choice("Add 172.17.0.0/16 cut into /24 subnets", context.edit(add))),
    });
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn docker0_needs_an_ipv4_subnet() {
        let v4 = r#"{"base": "10.0.0.0/16", "size": 24}"#;
        let v6 = r#"{"base": "fd00::/112", "size": 120}"#;
        for (pools, more, flagged) in [
            (v6.to_owned(), "", ["20.10", "23", "26", "29"].as_slice()),
            (format!("{v6}, {v4}"), "", &["20.10"]),
            (format!("{v4}, {v6}"), "", &[]),
            (v6.to_owned(), r#", "bip": "10.9.0.1/24""#, &[]),
            (v6.to_owned(), r#", "fixed-cidr": "10.9.0.0/24""#, &["20.10"]),
            (v6.to_owned(), r#", "bridge": "none""#, &[]),
            (r#"{"base": "fd00::/64", "size": 128}"#.to_owned(), "", &["20.10", "23", "29"]), // 24 to 26 fall back
            (r#"{"base": "fd00::/64", "size": 128}"#.to_owned(), r#", "bip": "10.9.0.1/24""#, &["20.10"]), // 2^64 networks are none
        ] {
            let text = format!(r#"{{"default-address-pools": [{pools}]{more}}}"#);
            for engine in ["20.10", "23", "26", "29"] {
                let expected: &[&str] = match flagged.contains(&engine) {
                    true => &[r#"error "default-address-pools""#],
                    false => &[],
                };
                assert_flags(engine, &text, super::ID, expected);
            }
        }
    }
}
