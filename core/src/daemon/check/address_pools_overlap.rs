//! Two default address pools that overlap.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::network::{Fate, PlannedPool, PoolSpans};

rule! {
    /// Two default address pools have addresses in common.
    ///
    /// ## Why it matters
    /// Since 27.0 the Engine drops the pool that lies within the other without a word, together with its `size`; of
    /// two with the same base it keeps the first. Before, it kept both and passed over each subnet that was already
    /// taken, so that the pools give fewer networks than they seem to.
    ///
    /// ## What to do
    /// Take out one of the two, or choose blocks that are disjoint.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.0.0.0/8", "size": 20 },
    ///     { "base": "10.20.0.0/16", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `newAddrSpace`; before 27.0
    /// `libnetwork/ipam/allocator.go`, `allocatePredefinedPool`
    "address-pools-overlap", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for pool in &context.plan.pools {
        let (by, is_dropped) = match pool.fate {
            Fate::Dropped { by } => (by, true),
            Fate::Shared { with } => (with, false),
            Fate::Used | Fate::Empty => continue,
        };
        let Some(other) = context.plan.pools.get(by) else {
            continue;
        };
        if let (Some(spans), Some(others)) = (pool.spans, other.spans) {
            found.push(match is_dropped {
                true => dropped(context, pool, spans, other).related(others.base, "the pool that is kept"),
                false => shared(context, pool, spans, other, others),
            });
        }
    }
}

fn dropped(context: &Context, pool: &PlannedPool, spans: PoolSpans, other: &PlannedPool) -> Diagnostic {
    let (base, size) = (pool.pool.base(), pool.pool.size());
    let (wider, kept) = (other.pool.base(), other.pool.size());
    let (message, why) = match base == wider {
        true => (
            say!("Address pool {base} is listed twice"),
            say!("The Engine keeps the first one and cuts it into /{kept} subnets."),
        ),
        false => (
            say!("Address pool {base} lies within {wider} and is not used"),
            say!(
                "Since 27.0 the Engine drops a pool that another one contains, and cuts all of {wider} into /{kept} subnets."
            ),
        ),
    };
    let lost = match size == kept {
        true => say!("Nothing is lost by taking it out."),
        false => say!("If /{size} subnets are wanted, give the pools disjoint blocks; else take it out."),
    };
    let (title, edits) = (say!("Remove the unused pool {base}"), context.remove(spans.element));
    let fix = match size == kept {
        true => Fix::safe(title, edits),
        // Its own width may be what was wanted.
        false => Fix::choice(title, edits),
    };
    Diagnostic::warning(ID, spans.base, message).why(why).help(lost).fix(fix)
}

fn shared(
    context: &Context,
    pool: &PlannedPool,
    spans: PoolSpans,
    other: &PlannedPool,
    others: PoolSpans,
) -> Diagnostic {
    let (base, earlier) = (pool.pool.base(), other.pool.base());
    let is_same = pool.pool == other.pool;
    let message = match base == earlier {
        true => say!("Address pool {base} is listed twice"),
        false => say!("Address pools {earlier} and {base} overlap"),
    };
    let diagnostic = Diagnostic::warning(ID, spans.base, message)
        .related(others.base, "has addresses in common with it")
        .why("The Engine keeps both and passes over a subnet while any of its addresses is in use. Since 27.0 it uses only the wider one.")
        .help("Take one of them out, or choose blocks that are disjoint.");
    let (inner, element) = match base.contains(earlier) && base != earlier {
        true => (earlier, others.element),
        false => (base, spans.element),
    };
    let title = say!("Remove address pool {inner}");
    let edits = context.remove(element);
    diagnostic.fix(match is_same {
        true => Fix::safe(title, edits),
        false => Fix::choice(title, edits),
    })
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_the_pool_that_loses() {
        for (pools, new, old) in [
            (["10.0.0.0/9", "10.128.0.0/9"], "", ""), // neighbours
            (["10.0.0.0/8", "10.1.0.0/16"], "10.1.0.0/16", "10.1.0.0/16"),
            (["10.1.0.0/16", "10.0.0.0/8"], "10.1.0.0/16", "10.0.0.0/8"), // since 27.0 the order does not count
            (["10.0.0.0/8", "10.0.0.0/8"], "10.0.0.0/8", "10.0.0.0/8"),
            (["10.0.0.0/8", "fd00::/8"], "", ""),
            (["0.0.0.0/0", "192.168.0.0/16"], "192.168.0.0/16", "192.168.0.0/16"),
        ] {
            let [a, b] =
                pools.map(|it| format!(r#"{{"base": "{it}", "size": {}}}"#, if it.contains(':') { 28 } else { 24 }));
            let text = format!(r#"{{"default-address-pools": [{a}, {b}]}}"#);
            for (engine, loser) in [("29", new), ("27", new), ("26", old), ("20.10", old)] {
                let flagged = format!(r#"warning "{loser}""#);
                let expected: &[&str] = if loser.is_empty() { &[] } else { &[&flagged] };
                assert_flags(engine, &text, super::ID, expected);
            }
        }
    }
}
