//! An address pool of more subnets than an Engine before 27.0 can write out.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::{daemon::network::PlannedPool, text::Span};

rule! {
    /// A default address pool gives more subnets than the Engine can count before 27.0.
    ///
    /// ## Why it matters
    /// Up to 26.1 the Engine writes out every subnet of every pool when it starts, some 80 bytes each, and counts
    /// in 64 bits. Many millions take gigabytes; more make it crash. Of an IPv6 block it counts only the lower half
    /// of the address: /64 subnets are all the same one.
    ///
    /// ## What to do
    /// Use a smaller block, or Engine 27.0 or newer, which cuts subnets only when it needs them.
    ///
    /// ## Example
    /// ```json engine=26
    /// {
    ///   "default-address-pools": [
    ///     { "base": "172.30.0.0/16", "size": 24 },
    ///     { "base": "fd00::/8", "size": 64 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `libnetwork/ipamutils/utils.go`, `splitNetwork`, at v26.1.5
    "address-pool-too-wide", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if context.since(27, 0) || context.plan.from_defaults && context.settings.get("default-address-pools").is_none() {
        return;
    }
    for pool in &context.plan.pools {
        if let Some(spans) = pool.spans {
            found.extend(judged(context, pool, spans.base));
        }
    }
}

fn judged(context: &Context, pool: &PlannedPool, span: Span) -> Option<Diagnostic> {
    let (base, size) = (pool.pool.base(), pool.pool.size());
    let wanted = pool.capacity.networks();
    let error = |why: &'static str| {
        Diagnostic::error(
            ID,
            Stage::Start,
            span,
            say!("Address pool {base} has {wanted} subnets of /{size}, too many for Engine {}", context.engine),
        )
        .why(why)
    };
    let diagnostic = match pool.capacity.networks_exponent {
        24..30 => Diagnostic::warning(
            ID,
            span,
            say!("Address pool {base} has {wanted} subnets of /{size}, which take gigabytes of memory"),
        )
        .why("Before 27.0 the Engine writes out every subnet when it starts, some 80 bytes each."),
        30..46 => error("Before 27.0 the Engine writes out every subnet when it starts, and runs out of memory."),
        46..64 => error(
            "Before 27.0 the Engine writes out every subnet when it starts. It crashes: no list can be that long.",
        ),
        _ if pool.networks != wanted => Diagnostic::warning(
            ID,
            span,
            say!("Address pool {base} gives {} of its {wanted} subnets of /{size}", pool.networks),
        )
        .why("Before 27.0 the Engine counts subnets in 64 bits, which reach only the lower half of an IPv6 address."),
        _ => return None,
    };
    Some(diagnostic.help(match base.is_ipv4() {
        true => "Use a smaller block, or a larger subnet, that is a smaller `size`.",
        false => "Use Engine 27.0 or newer for IPv6 pools, or choose the IPv6 subnets of networks by hand.",
    }))
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_cannot_be_written_out() {
        for (base, size, severity) in [
            ("10.0.0.0/8", 24, ""),
            ("0.0.0.0/0", 24, "warning"), // 2^24: it starts
            ("0.0.0.0/0", 32, "error"),
            ("fd00::/8", 64, "error"), // cap out of range
            ("fd00::/48", 64, "warning"),
            ("fd00::/48", 72, "warning"),
            ("fd00::/112", 120, ""),
            ("fd00::/64", 127, "error"),
        ] {
            let text = format!(
                r#"{{"default-address-pools": [{{"base": "10.9.0.0/16", "size": 24}}, {{"base": "{base}", "size": {size}}}]}}"#
            );
            let flagged = format!(r#"{severity} "{base}""#);
            let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
            assert_flags("20.10", &text, super::ID, expected);
            assert_flags("26", &text, super::ID, expected);
            assert_flags("29", &text, super::ID, &[]);
        }
    }
}
