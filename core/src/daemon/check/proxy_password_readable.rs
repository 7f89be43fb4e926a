//! A proxy's password in a file that anyone can read.

use super::{Context, Found, proxy_malformed, voice::Diagnostic};

rule! {
    /// The URL of a proxy holds a password.
    ///
    /// ## Why it matters
    /// `daemon.json` is usually readable by every user of the machine. On NixOS it lies in the Nix store, which
    /// every user can read, also after the setting is gone.
    ///
    /// ## What to do
    /// Give the proxy to the daemon in its environment, from a file that only root can read: `EnvironmentFile=`
    /// in the unit, with `HTTPS_PROXY=…`. Or use a proxy that knows its clients by their address.
    ///
    /// ## Example
    /// ```json
    /// { "proxies": { "https-proxy": "http://me:secret@proxy.example.com:3128" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `MaskCredentials`: the daemon itself shows proxies without passwords
    "proxy-password-readable", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for key in ["http-proxy", "https-proxy"] {
        let Some(setting) = context.settings.text(&["proxies.", key].concat()) else {
            continue;
        };
        let url = proxy_malformed::read(setting.value, context.engine);
        if url.and_then(|it| it.password()).is_some_and(|it| !it.is_empty()) {
            found.push(
                Diagnostic::warning(ID, setting.span, say!("`{key}` holds a password"))
                    .why(match context.are_flags() {
                        true => "Every user of the machine can see it in the list of processes.",
                        false => {
                            "Every user of the machine can usually read this file; on NixOS it lies in the Nix store."
                        }
                    })
                    .help("Set the proxy in the daemon's environment, from a file that only root can read."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_passwords_only() {
        for (text, expected) in [
            (r#"{"proxies": {"http-proxy": "http://me:pw@a"}}"#, &["warning proxy-password-readable 27..43"][..]),
            (r#"{"proxies": {"https-proxy": "me:pw@a:3128"}}"#, &["warning proxy-password-readable 28..42"]),
            (r#"{"proxies": {"http-proxy": "http://me@a"}}"#, &[]),
            (r#"{"proxies": {"http-proxy": "http://me:@a"}}"#, &[]),
            (r#"{"proxies": {"http-proxy": "http://a:3128"}}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
