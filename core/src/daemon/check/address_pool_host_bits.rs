//! An address pool whose base is an address within the block.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    address::Subnet,
    daemon::network::{Reading, written_pools},
    docker::go::net::{Cidr, parse_cidr},
};

rule! {
    /// The `base` of a default address pool is not the first address of its block.
    ///
    /// ## Why it matters
    /// The Engine drops the bits beyond the prefix without a word: `172.17.0.1/12` is the block 172.16.0.0/12. The
    /// first subnet may then not be the one that was meant.
    ///
    /// ## What to do
    /// Write the first address of the block, or a longer prefix.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.30.40/16", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `splitByIPFamily`; before 27.0 Go `net`, `ParseCIDR`
    "address-pool-host-bits", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for pool in written_pools(context.settings) {
        let (Reading::Pool(read), Some(base)) = (pool.reading(context.engine), pool.base) else {
            continue;
        };
        let Some(written) = parse_cidr(base.value).filter(|it| has_host_bits(*it)) else {
            continue;
        };
        let block = read.base();
        let message = say!("Address pool base `{}` is not the start of its block, {block}", base.value);
        let why = say!(
            "The Engine ignores the address bits beyond the /{} and begins to cut subnets at {}.",
            written.bits,
            block.network_address()
        );
        found.push(
            Diagnostic::warning(ID, base.span, message)
                .why(why)
                .help(say!("Write {block}, or a longer prefix if a smaller block was meant."))
                .explained(|it| it.fix(Fix::safe(say!("Use {block}"), context.replace(base.span, block.to_string())))),
        );
    }
}

/// Whether an address is not the first of the block its prefix length names.
pub(super) fn has_host_bits(cidr: Cidr) -> bool {
    !cidr.is_mapped() && Subnet::of(cidr).network_address() != cidr.addr
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_bits_beyond_the_prefix() {
        for (base, is_flagged) in [
            ("172.17.0.1/12", true),
            ("10.0.0.1/32", false),
            ("10.0.0.1/0", true),
            ("10.0.0.0/8", false),
            ("fd00::1/64", true),
        ] {
            let text = format!(
                r#"{{"default-address-pools": [{{"base": "{base}", "size": 128}}, {{"base": "{base}", "size": 32}}]}}"#
            );
            let found = diagnose(&text, super::ID);
            assert_eq!(!found.is_empty(), is_flagged, "{base}");
        }
    }
}
