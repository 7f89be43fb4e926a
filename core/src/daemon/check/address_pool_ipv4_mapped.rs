//! An address pool of IPv4 written as IPv6.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Subnet,
    daemon::network::{Origin, Reading, written_pools},
    docker::go::net::{Cidr, parse_cidr},
};

rule! {
    /// The `base` of a default address pool is an IPv4 block in IPv6 notation, such as ::ffff:10.0.0.0/104.
    ///
    /// ## Why it matters
    /// Engines disagree on what it is. Up to 23.0 it is the IPv4 block that was meant. From 24.0 to 26.1 a network
    /// from this pool makes the daemon fail. Since 27.0 the address counts as IPv4 and the prefix length stays as it
    /// is: up to /32 that is another block, beyond it none at all.
    ///
    /// ## What to do
    /// Write the IPv4 block: 10.0.0.0/8.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "::ffff:10.0.0.0/104", "size": 112 },
    ///     { "base": "172.30.0.0/16", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `splitByIPFamily`; before 27.0
    /// `libnetwork/internal/netiputil/netiputil.go`, `ToPrefix`
    "address-pool-ipv4-mapped", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (index, pool) in written_pools(context.settings).into_iter().enumerate() {
        let Some(base) = pool.base else { continue };
        let Some(written) = parse_cidr(base.value).filter(|it| it.is_mapped()) else {
            continue;
        };
        let message = say!("Address pool base {} is an IPv4 block in IPv6 notation", base.value);
        let is_taken = |origin| origin == Origin::Unusable(index);
        let plan = context.plan;
        let is_docker0s = plan.unknown.is_none()
            && (is_taken(plan.docker0.origin) || plan.docker0_ipv6.is_some_and(|it| is_taken(it.origin)));
        let diagnostic = match pool.reading(context.engine) {
            Reading::Pool(read) => Diagnostic::warning(ID, base.span, message)
                .why(say!("This Engine reads it as {}; others read it differently.", read.base())),
            Reading::Mapped(_) if is_docker0s => Diagnostic::error(ID, Stage::Start, base.span, message)
                .why("This Engine cannot cut subnets from it. The default bridge would get one, and the Engine does not start."),
            Reading::Mapped(_) => Diagnostic::warning(ID, base.span, message)
                .why("This Engine cannot cut subnets from it. Creating a network there fails."),
            _ => continue,
        };
        let help = "Write the block as IPv4, and `size` as an IPv4 prefix length.";
        let diagnostic = diagnostic.help(help);
        found.push(diagnostic.explained(|diagnostic| {
            let sizes = pool.size.zip(written.bits.checked_sub(96));
            match sizes {
                Some((size, bits)) if (96..=128).contains(&size.value) => {
                    let block = Subnet::of(Cidr { addr: written.addr.to_canonical(), bits });
                    let edits =
                        context.replace(base.span, block.to_string()).and(context.replace(size.span, size.value - 96));
                    let title = say!("Use {block} cut into /{} subnets", size.value - 96);
                    diagnostic.fix(Fix::choice(title, edits))
                }
                _ => diagnostic,
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn engines_take_it_for_different_things() {
        for (base, size, severities) in [
            // 20.10, 23, 26 and 29.
            ("::ffff:10.0.0.0/104", 112, ["warning", "warning", "error", "warning"]),
            ("::ffff:10.0.0.0/16", 24, ["warning", "warning", "warning", "warning"]),
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#);
            for (engine, severity) in ["20.10", "23", "26", "29"].into_iter().zip(severities) {
                assert_flags(engine, &text, super::ID, &[&format!(r#"{severity} "{base}""#)]);
            }
        }
        let text = r#"{"default-address-pools": [{"base": "10.0.0.0/16", "size": 24}]}"#;
        assert_flags("29", text, super::ID, &[]);
    }
}
