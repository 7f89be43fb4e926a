//! Address pools that leave few networks.

use super::{Context, Found, voice::Diagnostic};
use crate::daemon::network::Count;

rule! {
    /// The default address pools leave hardly a network for one's own use.
    ///
    /// ## Why it matters
    /// docker0 takes the first subnet. When none is left, `docker network create` and every Compose project without
    /// subnets of its own fail: the pools are "fully subnetted".
    ///
    /// ## What to do
    /// Use a shorter prefix in `base`, a longer one as `size`, or list more pools.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.0.0/24", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocatePredefinedPool`
    "address-pools-few-networks", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let plan = context.plan;
    let Some(pools) = context.settings.get("default-address-pools") else {
        return;
    };
    if plan.unknown.is_some() || plan.from_defaults || plan.networks == Count::ZERO || plan.docker0.origin.fails() {
        return;
    }
    let help = "Use a wider `base`, smaller subnets, that is a larger `size`, or more pools.";
    found.extend(
        match plan.left.get() {
            0 => Some(
                Diagnostic::warning(ID, pools.key, "The address pools leave no network for your own use")
                    .why("docker0 takes all they have. Creating a network without a subnet of its own fails."),
            ),
            1 => Some(
                Diagnostic::hint(ID, pools.key, "The address pools leave one network for your own use")
                    .why("docker0 has the other. Creating a second network without a subnet of its own fails."),
            ),
            _ => None,
        }
        .map(|it| it.help(help)),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn counts_what_docker0_leaves() {
        for (base, size, more, severity) in [
            ("10.0.0.0/24", 24, "", "warning"),
            ("10.0.0.0/23", 24, "", "hint"),
            ("10.0.0.0/22", 24, "", ""),
            ("10.0.0.0/24", 24, r#", "bip": "10.9.0.1/24""#, "hint"),
            ("10.0.0.0/16", 24, r#", "bip": "10.0.0.1/16""#, "warning"),
        ] {
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]{more}}}"#);
            let flagged = format!(r#"{severity} "default-address-pools""#);
            let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
            assert_flags("29", &text, super::ID, expected);
        }
    }

    #[test]
    fn counts_nothing_where_docker0_is_not_known() {
        for (bip, expected) in [("\"10.0.0.1/24\"", &["warning default-address-pools"][..]), ("config.x", &[])] {
            let settings =
                format!("default-address-pools = [ {{ base = \"10.0.0.0/24\"; size = 24; }} ]; bip = {bip};");
            let text = format!("{{ config, ... }}: {{ virtualisation.docker.daemon.settings = {{ {settings} }}; }}");
            assert_flags("29", &text, super::ID, expected);
        }
    }
}
