//! An address pool whose subnets leave containers no address.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::network::{Count, Fate, Origin};

rule! {
    /// The subnets of a default address pool have no address left for containers, or a single one.
    ///
    /// ## Why it matters
    /// The gateway takes one address of each subnet, and larger subnets lose their first and last. A /31 has room for
    /// one container, a /32 for the gateway alone; up to 20.10 a /31 has not even that. If the default bridge would get such a subnet, Engine
    /// 20.10 does not start.
    ///
    /// ## What to do
    /// Use a smaller `size`: /24 leaves room for 253 containers, /28 for 13.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.0.0/16", "size": 32 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `newPoolData`
    "address-pool-without-room", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let is_first_and_last_lost = !context.since(23, 0);
    for (number, planned) in context.plan.pools.iter().enumerate() {
        let pool = planned.pool;
        let base = pool.base();
        let room = planned.capacity.containers();
        let has_no_gateway = match base.is_ipv4() {
            true => is_first_and_last_lost && pool.size() >= 31,
            false => pool.size() == 128,
        };
        let is_handed_out = !matches!(planned.fate, Fate::Dropped { .. } | Fate::Empty);
        let is_narrow = planned.capacity.addresses_exponent <= 1;
        if !is_handed_out || !(room == Count::ZERO || is_narrow || has_no_gateway) {
            continue;
        }
        let Some(spans) = planned.spans else { continue };
        let is_taken = |origin| origin == Origin::Pool(number);
        let plan = context.plan;
        let is_docker0s = plan.unknown.is_none()
            && (is_taken(plan.docker0.origin) || plan.docker0_ipv6.is_some_and(|it| is_taken(it.origin)));
        let message = match room == Count::from(1) && !has_no_gateway {
            true => say!("Subnets of /{} from address pool {base} have room for a single container", pool.size()),
            false => say!("Subnets of /{} from address pool {base} have no room for containers", pool.size()),
        };
        let diagnostic = match has_no_gateway && is_docker0s {
            true => Diagnostic::error(ID, Stage::Start, spans.size, message)
                .why("The default bridge gets the first of them, finds no address for itself, and the Engine does not start."),
            false if has_no_gateway => Diagnostic::warning(ID, spans.size, message)
                .why("A network that gets one finds no address for its gateway and cannot be made."),
            false if is_narrow && room > Count::ZERO => Diagnostic::warning(ID, spans.size, message)
                .why("`size` is the prefix length of each subnet: a /31 has two addresses, one of them for the gateway."),
            false => Diagnostic::warning(ID, spans.size, message).why("The gateway takes the only address."),
        };
        let roomy = if base.is_ipv4() { 24 } else { 64 };
        let diagnostic = diagnostic.help("Use a smaller `size`: a /24 has room for 253 containers, a /28 for 13.");
        found.push(match base.prefix_len() <= roomy {
            true => diagnostic
                .fix(Fix::choice(say!("Cut it into /{roomy} subnets"), context.replace(spans.size, i64::from(roomy)))),
            false => diagnostic,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_subnets_without_room() {
        for (base, size, old, new) in [
            ("10.0.0.0/24", 30, "", ""),
            ("10.0.0.0/24", 31, "error", "warning"),
            ("10.0.0.0/32", 32, "error", "warning"),
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#);
            for (engine, severity) in [("20.10", old), ("23", new), ("26", new), ("29", new)] {
                let flagged = format!("{severity} {size}");
                let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        // With a `bip` the default bridge needs no pool.
        let text = r#"{"bip": "10.9.0.1/24", "default-address-pools": [{"base": "10.0.0.0/24", "size": 32}]}"#;
        assert_flags("20.10", text, super::ID, &["warning 32"]);
    }
}
