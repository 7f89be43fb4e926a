//! The userland proxy switched on without a path, which makes reloads fail.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `userland-proxy` is set to true without `userland-proxy-path`.
    ///
    /// ## Why it matters
    /// The daemon finds the program by itself when it starts. But since 25.0 `systemctl reload docker` checks the file
    /// alone, without what the start has found: every reload fails, and no change is applied.
    ///
    /// ## What to do
    /// Take it out: it is on by default.
    ///
    /// ## Example
    /// ```json
    /// { "userland-proxy": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `Reload`; `daemon/config/config_linux.go`, `verifyUserlandProxyConfig`
    "userland-proxy-without-path", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let Some(proxy) = settings.bool("userland-proxy").filter(|it| it.value) else {
        return;
    };
    // An empty path is none; one of the wrong type has its own diagnostic.
    let path = settings.get("userland-proxy-path");
    let has_path = path.is_some_and(|it| it.value.as_str() != Some(""));
    if !context.since(25, 0) || has_path {
        return;
    }
    found.push(
        Diagnostic::hint(ID, proxy.whole(), "`userland-proxy: true` without `userland-proxy-path` makes reloads fail")
            .why("The daemon starts with it. A reload checks the file by itself, without the path that was found at the start.")
            .help("Take it out: it is on by default.")
            .fix(Fix::safe("Remove `userland-proxy`", context.remove(proxy.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_the_default_anyway() {
        for (text, expected) in [
            (r#"{"userland-proxy": true}"#, &[r#"hint "userland-proxy": true"#][..]),
            (r#"{"userland-proxy": true, "userland-proxy-path": "/usr/bin/docker-proxy"}"#, &[]),
            (r#"{"userland-proxy": true, "userland-proxy-path": 1}"#, &[]),
            (r#"{"userland-proxy": false}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
            assert_flags("24", text, super::ID, &[]);
        }
    }
}
