//! An address pool that is smaller than the subnets it should give.

use super::{
    Context, Found,
    address_pool_incomplete::usual_size,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Subnet,
    daemon::network::{Reading, written_pools},
};

rule! {
    /// The `size` of a default address pool is a shorter prefix than that of its `base`.
    ///
    /// ## Why it matters
    /// `size` is the prefix length of each subnet, not a number of subnets or hosts. A subnet cannot be larger than
    /// the pool it comes from: the daemon accepts the file and then does not start.
    ///
    /// ## What to do
    /// Use a longer prefix as `size`, or a shorter one in `base`.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "192.168.0.0/16", "size": 12 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `splitByIPFamily`; before 27.0
    /// `libnetwork/ipamutils/utils.go`, `SplitNetworks`
    "address-pool-size-too-small", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for pool in written_pools(context.settings) {
        let (Reading::SizeTooSmall(base, size), Some(written), Some(at)) =
            (pool.reading(context.engine), pool.size, pool.base)
        else {
            continue;
        };
        let block = Subnet::of(base);
        let usual = usual_size(block);
        let message = say!("Address pool {block} cannot be split into /{size} subnets");
        let longest = if block.is_ipv4() { 30 } else { 126 };
        let sizes = match base.bits {
            bits if bits < longest => say!("from {bits} to {longest}"),
            bits => say!("of {bits}"),
        };
        let help = match size {
            0.. => say!("Use a `size` {sizes}, or a `base` of /{size} or shorter."),
            _ => say!("Use a `size` {sizes}."),
        };
        found.push(
            Diagnostic::error(ID, Stage::Start, written.span, message)
                .related(at.span, "the pool")
                .why("A subnet cannot be larger than the pool it comes from. The daemon does not start with this pool.")
                .help(help)
                .fix(Fix::choice(
                    say!("Cut it into /{usual} subnets"),
                    context.replace(written.span, i64::from(usual)),
                )),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_subnets_larger_than_the_pool() {
        for (base, size, is_flagged) in [
            ("192.168.0.0/16", 12, true),
            ("192.168.0.0/16", 15, true),
            ("192.168.0.0/16", 16, false),
            ("192.168.0.0/16", -24, true),
            ("192.168.0.0/16", 0, false), // another rule's
            ("fd00::/48", 24, true),
            ("::ffff:10.0.0.0/112", 24, true),
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#);
            let flagged = format!("error {size}");
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
    }
}
