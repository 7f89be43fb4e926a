//! An address pool whose subnets would have longer prefixes than an address.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Subnet,
    daemon::network::{Origin, Reading, written_pools},
};

rule! {
    /// The `size` of a default address pool is more than an address has bits.
    ///
    /// ## Why it matters
    /// `size` is the prefix length of each subnet, at most 32 for IPv4 and 128 for IPv6; a number of addresses is a
    /// common mistake. No Engine refuses the file for it. What follows differs: most do not start when the default
    /// bridge should get such a subnet, some crash, and some leave the pool out.
    ///
    /// ## What to do
    /// Use the prefix length: 24 for 256 addresses, 26 for 64.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.0.0/16", "size": 256 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipamutils/utils.go`, `FirstPrefix`; before 27.0 `libnetwork/ipamutils/utils.go`,
    /// `splitNetwork`
    "address-pool-size-too-large", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (index, pool) in written_pools(context.settings).into_iter().enumerate() {
        let (Reading::SizeTooLarge(base, size), Some(written), Some(at)) =
            (pool.reading(context.engine), pool.size, pool.base)
        else {
            continue;
        };
        let block = Subnet::of(base);
        let message = say!("Address pool {block} cannot be split into /{size} subnets");
        let diagnostic = match consequence(context, index, size.saturating_sub(base.bits.into()), block) {
            (true, why) => Diagnostic::error(ID, Stage::Start, written.span, message).why(why),
            (false, why) => Diagnostic::warning(ID, written.span, message).why(why),
        };
        let diagnostic = diagnostic.related(at.span, "the pool");
        found.push(diagnostic.explained(|diagnostic| {
            let (family, bits) = match block.is_ipv4() {
                true => ("IPv4", 32),
                false => ("IPv6", 128),
            };
            let limit = say!("`size` is the prefix length of each subnet: at most {bits} for {family}.");
            match meant(block, size) {
                Some(meant) => diagnostic
                    .help(say!("{limit} If each network should have {size} addresses, use {meant}."))
                    .fix(Fix::choice(
                        say!("Cut it into /{meant} subnets, {size} addresses each"),
                        context.replace(written.span, i64::from(meant)),
                    )),
                None => diagnostic.help(limit),
            }
        }));
    }
}

/// Whether the Engine does not start, and why.
///
/// Before 27.0 the Engine writes out 2^`split` subnets, in machine words of 64 bits.
fn consequence(context: &Context, index: usize, split: i64, block: Subnet) -> (bool, &'static str) {
    let plan = context.plan;
    let is_taken = |origin| origin == Origin::Unusable(index);
    let is_docker0s = plan.unknown.is_none()
        && (is_taken(plan.docker0.origin) || plan.docker0_ipv6.is_some_and(|it| is_taken(it.origin)));
    if !context.since(27, 0) {
        return match split {
            ..30 if context.since(24, 0) => (true, "The Engine refuses such subnets when it starts."),
            ..30 if is_docker0s => (true, "The default bridge would get such a subnet, and the Engine does not start."),
            ..30 => (false, "A network that gets such a subnet cannot be made."),
            30..64 => (true, "The Engine writes out every subnet when it starts, and runs out of memory."),
            _ if plan.from_defaults => (false, "The Engine finds no subnet in it and uses its own pools instead."),
            _ if plan.unknown.is_none() && plan.docker0.origin == Origin::Nothing && block.is_ipv4() => {
                (true, "The Engine finds no subnet for its default bridge, and does not start.")
            }
            _ => (false, "The Engine finds no subnet in it and passes over it."),
        };
    }
    match is_docker0s {
        true => (true, "The default bridge would get such a subnet, and the Engine does not start."),
        false => (false, "A network that gets such a subnet cannot be made."),
    }
}

/// The prefix length of a subnet with `size` addresses, when that fits into the block.
fn meant(block: Subnet, size: i64) -> Option<u8> {
    let size = u64::try_from(size).ok().filter(|it| it.is_power_of_two())?;
    let exponent = u8::try_from(size.trailing_zeros()).ok()?;
    let length = block.address_bits().checked_sub(exponent)?;
    (block.is_ipv4() && length >= block.prefix_len()).then_some(length)
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn the_consequence_depends_on_the_engine() {
        for (base, size, severities) in [
            // 20.10, 23, 26 and 29.
            ("10.0.0.0/16", 33, ["error", "error", "error", "error"]),
            ("10.0.0.0/16", 64, ["error", "error", "error", "error"]),
            ("10.0.0.0/16", 255, ["error", "error", "warning", "error"]),
            ("10.0.0.0/16", 1_i64 << 32, ["error", "error", "warning", "error"]),
            ("fd00::/64", 129, ["warning", "warning", "warning", "warning"]),
            ("fd00::/120", 129, ["error", "warning", "error", "warning"]),
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#);
            for (engine, severity) in ["20.10", "23", "26", "29"].into_iter().zip(severities) {
                assert_flags(engine, &text, super::ID, &[&format!("{severity} {size}")]);
            }
        }
    }

    #[test]
    fn a_later_pool_only_costs_later_networks() {
        let text =
            r#"{"default-address-pools": [{"base": "10.0.0.0/16", "size": 24}, {"base": "10.1.0.0/16", "size": 33}]}"#;
        assert_flags("29", text, super::ID, &["warning 33"]);
        assert_flags("26", text, super::ID, &["error 33"]);
        assert_flags("20.10", text, super::ID, &["warning 33"]);
        let text = r#"{"bip": "10.9.0.1/24", "default-address-pools": [{"base": "10.0.0.0/16", "size": 33}]}"#;
        assert_flags("29", text, super::ID, &["warning 33"]);
        let text = r#"{"bip": "10.9.0.1/24", "default-address-pools": [{"base": "10.0.0.0/16", "size": 128}]}"#;
        assert_flags("29", text, super::ID, &["warning 128"]);
        // It looks for a subnet in the pools before it looks at `bip`.
        assert_flags("20.10", text, super::ID, &["error 128"]);
        assert_flags("23.0.3", text, super::ID, &["error 128"]);
        assert_flags("23.0.4", text, super::ID, &["warning 128"]);
        let text = r#"{"bridge": "none", "default-address-pools": [{"base": "10.0.0.0/16", "size": 128}]}"#;
        assert_flags("20.10", text, super::ID, &["warning 128"]);
    }
}
