//! A `fixed-cidr` that is not a subnet.

use super::{
    Context, Found,
    bip_malformed::unmapped,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::{Subnet, malformed},
    daemon::{network::Origin, settings::Setting},
    docker::go::net::{Cidr, parse_cidr, parse_prefix},
};

rule! {
    /// `fixed-cidr` or `fixed-cidr-v6` is not a subnet of its family.
    ///
    /// ## Why it matters
    /// They are the part of docker0's subnet that containers get addresses from. The daemon does not start with
    /// anything else; since 25.0 it refuses the file for `fixed-cidr-v6`, even when IPv6 is off.
    ///
    /// ## What to do
    /// Write the first address and the prefix length: 10.200.0.128/25, or fd00:200::/64.
    ///
    /// ## Example
    /// ```json
    /// { "fixed-cidr": "10.200.0.128/255.255.255.128" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `getDefaultBridgeIPAMConf`; `daemon/libnetwork/drivers/bridge/bridge_linux.go`,
    /// `ValidateFixedCIDRV6`
    "fixed-cidr-malformed", [Error, Warning], check
}

const RANGE: &str = "Containers on the default bridge get their addresses from this range.";

fn check(context: &Context, found: &mut Found) {
    let has_bridge = || context.makes_docker0();
    if let Some(setting) = context.settings.text("fixed-cidr").filter(|_| has_bridge()) {
        found.extend(ipv4(context, setting));
    }
    let is_loaded = context.since(25, 0);
    if let Some(setting) = context.settings.text("fixed-cidr-v6").filter(|_| is_loaded || has_bridge()) {
        found.extend(ipv6(context, setting));
    }
}

fn ipv4(context: &Context, setting: Setting<&str>) -> Option<Diagnostic> {
    let example = "such as 10.200.0.0/24";
    let Some(cidr) = parse_cidr(setting.value).map(unmapped) else {
        return Some(no_subnet(context, "fixed-cidr", setting, Stage::Start, example));
    };
    let is_range = context.plan.docker0.origin == Origin::Range;
    let is_any = Subnet::of(cidr).network_address().is_unspecified() && (cidr.bits == 0 || context.since(29, 0));
    let message = match cidr.addr.is_ipv4() {
        false => say!("{} in `fixed-cidr` is not IPv4", setting.value),
        true if is_range && is_any => say!("{} in `fixed-cidr` is not a subnet of its own", setting.value),
        true => return None,
    };
    let help = match context.settings.get("fixed-cidr-v6") {
        None if cidr.addr.is_ipv6() => "IPv6 belongs in `fixed-cidr-v6`; write an IPv4 subnet here.",
        _ => "Write an IPv4 subnet, such as 10.200.0.0/24.",
    };
    let why = say!("{RANGE} The Engine cannot make the bridge, and does not start.");
    Some(Diagnostic::error(ID, Stage::Start, setting.span, message).why(why).help(help))
}

fn ipv6(context: &Context, setting: Setting<&str>) -> Option<Diagnostic> {
    let stage = match context.since(25, 0) {
        true => Stage::Load,
        false => Stage::Start,
    };
    let parse = match context.since(27, 0) {
        true => parse_prefix,
        false => parse_cidr,
    };
    let example = "such as fd00:200::/64";
    let Some(cidr) = parse(setting.value) else {
        return Some(no_subnet(context, "fixed-cidr-v6", setting, stage, example));
    };
    let text = setting.value;
    let diagnostic = match (fault(context, cidr), stage) {
        (Some(fault), Stage::Load) => {
            Diagnostic::error(ID, stage, setting.span, say!("{text} in `fixed-cidr-v6` {fault}"))
                .why(say!("{RANGE} The daemon refuses the settings."))
        }
        (Some(fault), Stage::Evaluation | Stage::Start | Stage::Run) => {
            Diagnostic::warning(ID, setting.span, say!("{text} in `fixed-cidr-v6` {fault}"))
                .why(say!("{RANGE} IPv6 does not work on it."))
        }
        (None, _)
            if cidr.addr.is_multicast() && context.plan.docker0_ipv6.is_some_and(|it| it.origin == Origin::Range) =>
        {
            Diagnostic::error(ID, Stage::Start, setting.span, say!("{text} in `fixed-cidr-v6` is a multicast subnet"))
                .why("No bridge can have an address in it. The Engine does not start.")
        }
        (None, _) if cidr.bits == 128 && context.plan.docker0_ipv6.is_some_and(|it| it.origin == Origin::Range) => {
            Diagnostic::error(
                ID,
                Stage::Start,
                setting.span,
                say!("{text} in `fixed-cidr-v6` has no room for the bridge"),
            )
            .why("The first address of an IPv6 subnet is reserved, and it has no other. The Engine does not start.")
        }
        (None, _) => return None,
    };
    Some(diagnostic.help("Write an IPv6 subnet, such as fd00:200::/64."))
}

/// What the daemon minds about an IPv6 subnet. 25.0 and 26.1 compared less.
fn fault(context: &Context, cidr: Cidr) -> Option<&'static str> {
    let subnet = Subnet::of(cidr);
    let link_local = parse_cidr("fe80::/64").map(Subnet::of)?;
    let overlaps = match context.since(27, 0) {
        true => subnet.overlaps(link_local),
        false => link_local.holds(subnet.network_address()),
    };
    match () {
        () if cidr.addr.is_ipv4() || cidr.is_mapped() => Some("is not IPv6"),
        () if cidr.addr.is_multicast() && context.since(27, 0) => Some("is a multicast subnet"),
        () if overlaps && subnet != link_local => Some("overlaps the link-local subnet fe80::/64"),
        () => None,
    }
}

fn no_subnet(context: &Context, key: &str, setting: Setting<&str>, stage: Stage, example: &str) -> Diagnostic {
    let consequence = match stage {
        Stage::Load => "The daemon refuses the settings.",
        Stage::Evaluation | Stage::Start | Stage::Run => "The Engine cannot make the bridge, and does not start.",
    };
    let message = say!("`{}` in `{key}` is not a subnet", setting.value);
    Diagnostic::error(ID, stage, setting.span, message).why(say!("{RANGE} {consequence}")).explained(|diagnostic| {
        let malformed = malformed(setting.value);
        let fix = malformed.meant.map(|meant| Fix::safe(say!("Use {meant}"), context.replace(setting.span, meant)));
        diagnostic.help(say!("{} Write the first address and the prefix length, {example}.", malformed.reason)).fix(fix)
    })
}

#[cfg(test)]
mod tests {
    use crate::{daemon::check::tests::*, rule::diagnostic::Stage};

    #[test]
    fn ipv4_is_read_at_the_start() {
        for (range, is_flagged) in
            [("10.0.0.0/24", false), ("10.0.0.0", true), ("10.0.0.0/33", true), ("fd00::/64", true), ("", false)]
        {
            let text = format!(r#"{{"fixed-cidr": "{range}"}}"#);
            let flagged = format!(r#"error "{range}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        assert_flags("29", r#"{"bridge": "none", "fixed-cidr": "x"}"#, super::ID, &[]);
    }

    #[test]
    fn ipv6_is_read_at_the_start_and_then_with_the_file() {
        for (range, stages) in [
            // 20.10, 26 and 29; `Some(None)` for a warning.
            ("fd00::/64", [None, None, None]),
            ("2001:db8::/126", [None, None, None]),
            ("fd00::", [Some(Some(Stage::Start)), Some(Some(Stage::Load)), Some(Some(Stage::Load))]),
            ("fd00::/064", [None, None, Some(Some(Stage::Load))]),
            ("10.0.0.0/24", [Some(None), Some(Some(Stage::Load)), Some(Some(Stage::Load))]),
            ("::ffff:10.0.0.0/120", [Some(None), Some(Some(Stage::Load)), Some(Some(Stage::Load))]),
            ("ff02::/64", [None, None, Some(Some(Stage::Load))]),
            ("fe80::/64", [None, None, None]),
            ("fe80::/80", [Some(None), Some(Some(Stage::Load)), Some(Some(Stage::Load))]),
            ("::/0", [None, None, Some(Some(Stage::Load))]),
        ] {
            let text = format!(r#"{{"fixed-cidr-v6": "{range}"}}"#);
            for (engine, stage) in ["20.10", "26", "29"].into_iter().zip(stages) {
                let found = diagnose_on(engine.parse().expect("an Engine"), &text, super::ID);
                assert_eq!(found.first().map(|it| it.stage), stage, "{range} on {engine}");
            }
        }
        assert_flags("29", r#"{"ipv6": true, "fixed-cidr-v6": "fd00::1/128"}"#, super::ID, &[r#"error "fd00::1/128""#]);
    }
}
