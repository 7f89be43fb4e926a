//! IPv6 firewall rules on an Engine that calls them experimental.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `ip6tables` is on without `experimental`, which Engines before 27.0 ask for.
    ///
    /// ## Why it matters
    /// Up to 26.1 the daemon writes IPv6 firewall rules only when experimental features are on. It accepts the file and
    /// then does not start.
    ///
    /// ## What to do
    /// Set `experimental` to true as well. From 27.0 on `ip6tables` is on by default and needs nothing else.
    ///
    /// ## Example
    /// ```json engine=26
    /// { "ip6tables": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings`, at v26.1.5
    "ip6tables-without-experimental", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let Some(firewall) = settings.bool("ip6tables").filter(|it| it.value) else {
        return;
    };
    if context.since(27, 0) || settings.is_true("experimental") {
        return;
    }
    let diagnostic = Diagnostic::error(
        ID,
        Stage::Start,
        firewall.whole(),
        say!("`ip6tables` needs `experimental` in Engine {}", context.engine),
    );
    let diagnostic = match settings.bool("experimental") {
        Some(off) => diagnostic.related(off.whole(), "switches experimental features off"),
        None => diagnostic,
    };
    found.push(
        diagnostic
            .why("Before 27.0 IPv6 firewall rules are an experimental feature, and the daemon does not start without it.")
            .help("Set `experimental` to true, or take `ip6tables` out.")
            .fix(Fix::choice("Set `experimental` to true", context.set(&["experimental"], true)))
            .fix(Fix::choice("Remove `ip6tables`", context.remove(firewall.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_only_engines_before_27() {
        for (text, is_flagged) in [
            (r#"{"ip6tables": true}"#, true),
            (r#"{"ip6tables": true, "experimental": false}"#, true),
            (r#"{"ip6tables": true, "experimental": true}"#, false),
            (r#"{"ip6tables": false}"#, false),
        ] {
            let expected: &[&str] = if is_flagged { &[r#"error "ip6tables": true"#] } else { &[] };
            assert_flags("20.10", text, super::ID, expected);
            assert_flags("26", text, super::ID, expected);
            assert_flags("27", text, super::ID, &[]);
        }
    }
}
