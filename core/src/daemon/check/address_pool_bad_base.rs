//! An address pool whose base is not a subnet.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::malformed,
    daemon::{
        network::{Reading, written_pools},
        settings::Setting,
    },
    docker::go::net,
};

rule! {
    /// The `base` of a default address pool is not an address with a prefix length.
    ///
    /// ## Why it matters
    /// The Engine cannot tell which block to cut subnets from. Since 27.0 it refuses the file; before, it accepted
    /// the file and then did not start.
    ///
    /// ## What to do
    /// Write the first address of the block, a slash, and the length of its prefix: 10.20.0.0/16.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.0.0/255.255.0.0", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// Go `net/netip`, `ParsePrefix`, which decodes `base` since 27.0; before, moby `libnetwork/ipamutils/utils.go`,
    /// `SplitNetworks`
    "address-pool-bad-base", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let pools = written_pools(context.settings);
    for pool in &pools {
        if let (Reading::BadBase, Some(base)) = (pool.reading(context.engine), pool.base) {
            found.push(unreadable(context, base));
        }
    }
    if !context.since(27, 0) {
        return;
    }
    // One that is replaced further on is decoded all the same.
    let counting: Vec<_> = pools.iter().filter_map(|it| Some(it.base?.span)).collect();
    for occurrence in context.settings.occurrences() {
        let is_base = occurrence.option.is_some_and(|it| it.key == "default-address-pools[].base");
        let base = Setting::element(&occurrence.member.value).text().filter(|_| is_base);
        found.extend(
            base.filter(|it| counting.binary_search(&it.span).is_err())
                .filter(|it| !it.value.is_empty() && net::parse_prefix(it.value).is_none())
                .map(|it| unreadable(context, it)),
        );
    }
}

fn unreadable(context: &Context, base: Setting<&str>) -> Diagnostic {
    let stage = match context.since(27, 0) {
        true => Stage::Load,
        false => Stage::Start,
    };
    let message = say!("Address pool base `{}` is not a subnet", base.value);
    let why = match stage {
        Stage::Load => "The Engine reads it as the block to cut subnets from, and refuses the settings when it cannot.",
        Stage::Evaluation | Stage::Start | Stage::Run => {
            "The Engine reads it as the block to cut subnets from, and does not start when it cannot."
        }
    };
    let diagnostic = Diagnostic::error(ID, stage, base.span, message).why(why);
    diagnostic.explained(|diagnostic| {
        let malformed = malformed(base.value);
        let fix = malformed.meant.map(|meant| Fix::safe(say!("Use {meant}"), context.replace(base.span, meant)));
        let help = say!(
            "{} Write the first address of the block and the length of its prefix, such as 10.20.0.0/16.",
            malformed.reason
        );
        diagnostic.help(help).fix(fix)
    })
}

#[cfg(test)]
mod tests {
    use crate::{daemon::check::tests::*, rule::diagnostic::Stage};

    #[test]
    fn flags_what_the_engine_cannot_read() {
        for (base, old, new) in [
            ("300.0.0.0/16", true, true),
            ("10.0.0.0", true, true),
            ("10.0.0.0/-1", true, true),
            (" 10.0.0.0/16", true, true),
            ("10.0.0.0/016", false, true), // only netip minds leading zeros
            ("10.1.2.3/16", false, false), // another rule's
            ("", false, false),            // another rule's
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": 24}}]}}"#);
            for (engine, is_flagged, stage) in [("26", old, Stage::Start), ("29", new, Stage::Load)] {
                let engine = engine.parse().expect("an Engine");
                let stages: Vec<_> = diagnose_on(engine, &text, super::ID).iter().map(|it| it.stage).collect();
                let expected = if is_flagged { vec![Some(stage)] } else { vec![] };
                assert_eq!(stages, expected, "{base} on {engine}");
            }
        }
    }

    #[test]
    fn minds_a_base_that_another_one_replaces() {
        for text in [
            r#"{"default-address-pools": [{"base": "x", "base": "10.0.0.0/16", "size": 24}]}"#,
            r#"{"default-address-pools": [{"base": "x", "size": 24}], "default-address-pools": []}"#,
        ] {
            assert_flags("29", text, super::ID, &[r#"error "x""#]);
            assert_flags("26", text, super::ID, &[]);
        }
    }
}
