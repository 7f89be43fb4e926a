//! Masquerading that is lost with the firewall.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `iptables` is off, which switches `ip-masq` off as well.
    ///
    /// ## Why it matters
    /// Traffic of containers leaves the host with the host's address because of a firewall rule. Without it, answers
    /// find no way back: containers on bridge networks have no internet, and published ports work only through the
    /// userland proxy. The daemon says nothing.
    ///
    /// ## What to do
    /// Leave `iptables` on; or write the rules by other means, and set `ip-masq` to false to show that you know.
    ///
    /// ## Example
    /// ```json
    /// { "iptables": false }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings`
    "masquerading-without-iptables", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let Some(firewall) = settings.bool("iptables").filter(|it| !it.value) else {
        return;
    };
    let masquerading = settings.bool("ip-masq");
    if masquerading.is_some_and(|it| !it.value) {
        return;
    }
    let diagnostic = Diagnostic::warning(ID, firewall.whole(), "`iptables: false` switches `ip-masq` off as well");
    let diagnostic = match masquerading {
        Some(on) => diagnostic.related(on.whole(), "has no effect"),
        None => diagnostic,
    };
    found.push(
        diagnostic
            .why("Without a rule that gives their traffic the host's address, containers on bridge networks do not reach the internet.")
            .help("Take `iptables` out, or write the firewall rules yourself and set `ip-masq` to false.")
            .fix(Fix::choice("Remove `iptables`", context.remove(firewall.span)))
            .fix(Fix::choice("Set `ip-masq` to false", context.set(&["ip-masq"], false))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_masquerading_that_is_lost() {
        for (text, is_flagged) in [
            (r#"{"iptables": false}"#, true),
            (r#"{"iptables": false, "ip-masq": true}"#, true),
            (r#"{"iptables": false, "ip-masq": false}"#, false),
            (r#"{"iptables": true}"#, false),
        ] {
            let expected: &[&str] = if is_flagged { &[r#"warning "iptables": false"#] } else { &[] };
            assert_flags("29", text, super::ID, expected);
        }
    }
}
