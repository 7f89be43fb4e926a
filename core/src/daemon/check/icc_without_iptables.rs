//! Containers kept apart without the firewall that does it.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `icc` is off, and so is the firewall that would keep containers apart.
    ///
    /// ## Why it matters
    /// With `icc` false, containers on the default bridge may not talk to each other. Firewall rules enforce it, and
    /// with `iptables` false the daemon writes none. It accepts the file and then does not start. Since 27.0 the same
    /// goes for `ip6tables` when `ipv6` is on.
    ///
    /// ## What to do
    /// Leave `iptables` on, or `icc`.
    ///
    /// ## Example
    /// ```json
    /// { "icc": false, "iptables": false }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings`
    "icc-without-iptables", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let is_off = |key: &str| context.settings.bool(key).filter(|it| !it.value);
    let Some(icc) = is_off("icc") else { return };
    let (key, firewall, family) = match (is_off("iptables"), is_off("ip6tables")) {
        (Some(firewall), _) => ("iptables", firewall, ""),
        (None, Some(firewall)) if context.since(27, 0) && context.settings.is_true("ipv6") => {
            ("ip6tables", firewall, " over IPv6")
        }
        _ => return,
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, icc.whole(), say!("`icc` cannot be off while `{key}` is"))
            .related(firewall.whole(), "the firewall that would do it")
            .why(say!(
                "Firewall rules keep containers apart{family}, and the daemon is told to write none. It does not start."
            ))
            .help(say!("Take out `{key}`, or `icc` if containers may talk to each other."))
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(firewall.span)))
            .fix(Fix::choice("Remove `icc`", context.remove(icc.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_containers_kept_apart_by_nothing() {
        let flagged = &[r#"error "icc": false"#][..];
        for (text, old, new) in [
            (r#"{"icc": false, "iptables": false}"#, flagged, flagged),
            (r#"{"icc": false, "ip6tables": false, "ipv6": true}"#, &[], flagged),
            (r#"{"icc": false, "ip6tables": false}"#, &[], &[]),
            (r#"{"icc": false}"#, &[], &[]),
            (r#"{"icc": true, "iptables": false}"#, &[], &[]),
        ] {
            assert_flags("26", text, super::ID, old);
            assert_flags("27", text, super::ID, new);
        }
    }
}
