//! IPv6 without a subnet, on an Engine that has none to offer.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `ipv6` is on without `fixed-cidr-v6`, which Engines before 28.0 ask for.
    ///
    /// ## Why it matters
    /// Up to 27.5 the default bridge gets an IPv6 subnet only from `fixed-cidr-v6`. The daemon accepts the file and then
    /// does not start. Since 28.0 it takes one from the address pools.
    ///
    /// ## What to do
    /// Set `fixed-cidr-v6` to a /64 of your own, or one within fd00::/8 whose next ten digits you have drawn at random.
    ///
    /// ## Example
    /// ```json engine=27
    /// { "ipv6": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `initBridgeDriver`, at v27.5.1
    "ipv6-without-subnet", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let Some(ipv6) = settings.bool("ipv6").filter(|it| it.value) else {
        return;
    };
    let has_subnet = settings.text("fixed-cidr-v6").is_some();
    if context.since(28, 0) || has_subnet || !context.makes_docker0() {
        return;
    }
    found.push(
        Diagnostic::error(
            ID,
            Stage::Start,
            ipv6.whole(),
            say!("`ipv6` needs `fixed-cidr-v6` in Engine {}", context.engine),
        )
        .why("Before 28.0 only `fixed-cidr-v6` gives the default bridge an IPv6 subnet. The daemon does not start without one.")
        .help("Set `fixed-cidr-v6` to a /64 of your own, or to one within fd00::/8.")
        .fix(Fix::choice(
            "Set `fixed-cidr-v6` to fd12:3456:789a::/64",
            context.set(&["fixed-cidr-v6"], "fd12:3456:789a::/64"),
        ))
        .fix(Fix::choice("Remove `ipv6`", context.remove(ipv6.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_only_engines_before_28() {
        for (text, is_flagged) in [
            (r#"{"ipv6": true}"#, true),
            (r#"{"ipv6": true, "fixed-cidr-v6": null}"#, true),
            (r#"{"ipv6": true, "fixed-cidr-v6": ""}"#, true),
            (r#"{"ipv6": true, "fixed-cidr-v6": "fd00::/64"}"#, false),
            (r#"{"ipv6": true, "bridge": "none"}"#, false),
            (r#"{"ipv6": false}"#, false),
        ] {
            let expected: &[&str] = if is_flagged { &[r#"error "ipv6": true"#] } else { &[] };
            assert_flags("20.10", text, super::ID, expected);
            assert_flags("27", text, super::ID, expected);
            assert_flags("28", text, super::ID, &[]);
        }
    }
}
