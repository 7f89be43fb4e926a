//! A path of the userland proxy that the daemon does not look up.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `userland-proxy-path` is not an absolute path.
    ///
    /// ## Why it matters
    /// Since 25.0 the daemon refuses the file, unless `userland-proxy` is false: it does not look the program up.
    ///
    /// ## What to do
    /// Write the whole path, or take it out: the daemon knows where the program usually is.
    ///
    /// ## Example
    /// ```json
    /// { "userland-proxy-path": "docker-proxy" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config_linux.go`, `verifyUserlandProxyConfig`
    "userland-proxy-path-relative", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let is_off = settings.bool("userland-proxy").is_some_and(|it| !it.value);
    let path = settings.text("userland-proxy-path").filter(|it| !it.value.starts_with('/'));
    let Some(path) = path.filter(|_| context.since(25, 0) && !is_off) else {
        return;
    };
    let message = say!("`{}` in `userland-proxy-path` is not an absolute path", path.value);
    found.push(
        Diagnostic::error(ID, Stage::Load, path.span, message)
            .why("The daemon refuses the settings: it does not look the program up.")
            .help("Write the whole path, such as /usr/bin/docker-proxy, or take it out: the daemon knows where it usually is.")
            .fix(Fix::choice("Remove `userland-proxy-path`", context.remove(path.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn the_path_is_absolute() {
        for (text, expected) in [
            (r#"{"userland-proxy-path": "docker-proxy"}"#, &[r#"error "docker-proxy""#][..]),
            (r#"{"userland-proxy-path": "/usr/bin/docker-proxy"}"#, &[]),
            (r#"{"userland-proxy-path": "docker-proxy", "userland-proxy": false}"#, &[]),
            (r#"{"userland-proxy-path": ""}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
            assert_flags("24", text, super::ID, &[]);
        }
    }
}
