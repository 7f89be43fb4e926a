//! A setting of docker0's IPv6 while IPv6 is off.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `bip6`, `fixed-cidr-v6` or `default-gateway-v6` is set while `ipv6` is off.
    ///
    /// ## Why it matters
    /// They shape the IPv6 side of docker0, which has none unless `ipv6` is true. The daemon starts and ignores them.
    ///
    /// ## What to do
    /// Set `ipv6` to true, or take them out.
    ///
    /// ## Example
    /// ```json
    /// { "fixed-cidr-v6": "fd00:200::/64" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `initBridgeDriver`
    "ipv6-setting-without-ipv6", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    if settings.is_true("ipv6") {
        return;
    }
    for key in ["bip6", "fixed-cidr-v6", "default-gateway-v6"] {
        let Some(setting) = settings.text(key) else {
            continue;
        };
        if key == "bip6" && !context.since(28, 0) {
            continue;
        }
        let diagnostic = Diagnostic::warning(ID, setting.key, say!("`{key}` has no effect while `ipv6` is off"));
        let diagnostic = match settings.bool("ipv6") {
            Some(off) => diagnostic.related(off.whole(), "switches IPv6 off"),
            None => diagnostic,
        };
        let why = match (key, context.since(25, 0)) {
            ("fixed-cidr-v6", true) => {
                "docker0 has no IPv6 unless `ipv6` is true. The daemon only checks that the value is a subnet."
            }
            _ => "docker0 has no IPv6 unless `ipv6` is true.",
        };
        found.push(
            diagnostic
                .why(why)
                .help(say!("Set `ipv6` to true, or take `{key}` out."))
                .fix(Fix::choice("Set `ipv6` to true", context.set(&["ipv6"], true)))
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_only_ipv6_reads() {
        for (text, expected) in [
            (r#"{"fixed-cidr-v6": "fd00::/64"}"#, &[r#"warning "fixed-cidr-v6""#][..]),
            (r#"{"ipv6": false, "bip6": "fd00::1/64"}"#, &[r#"warning "bip6""#]),
            (r#"{"default-gateway-v6": "fd00::1"}"#, &[r#"warning "default-gateway-v6""#]),
            (r#"{"ipv6": true, "fixed-cidr-v6": "fd00::/64"}"#, &[]),
            (r#"{"fixed-cidr-v6": ""}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
        }
    }
}
