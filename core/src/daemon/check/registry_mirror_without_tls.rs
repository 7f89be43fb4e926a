//! A registry mirror that is asked over plain HTTP.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::docker::go::{net, url};

rule! {
    /// A registry mirror that is asked over plain HTTP.
    ///
    /// ## Why it matters
    /// Anyone between the daemon and the mirror can answer with other images: the name and tag are asked
    /// for without any protection.
    ///
    /// ## What to do
    /// Use `https://`, with a certificate that the host trusts.
    ///
    /// ## Example
    /// ```json
    /// { "registry-mirrors": ["http://mirror.example.com:5000"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/registry/service_v2.go`, `lookupV2Endpoints`
    "registry-mirror-without-tls", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for mirror in context.settings.texts("registry-mirrors") {
        let Ok(url) = url::parse(mirror.value, context.engine) else {
            continue;
        };
        let host = url.hostname();
        let is_here = host == "localhost" || net::parse_ip(host).is_some_and(|it| it.is_loopback());
        if url.scheme != "http" || host.is_empty() || is_here {
            continue;
        }
        let fix = mirror.value.get(4..).map(|rest| {
            let right = say!("https{rest}");
            Fix::choice(say!("Use `{right}`"), context.replace(mirror.span, right.as_str()))
        });
        found.push(
            Diagnostic::hint(ID, mirror.span, say!("Registry mirror `{}` is asked without TLS", mirror.value))
                .why("Anyone between this host and the mirror can answer with other images.")
                .help("Use `https://` if the mirror offers it.")
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn leaves_this_host_alone() {
        for (text, expected) in [
            (r#"{"registry-mirrors": ["http://a:5000"]}"#, &["hint registry-mirror-without-tls 22..37"][..]),
            (r#"{"registry-mirrors": ["http://localhost:5000"]}"#, &[]),
            (r#"{"registry-mirrors": ["http://127.0.0.1:5000"]}"#, &[]),
            (r#"{"registry-mirrors": ["http://[::1]:5000"]}"#, &[]),
            (r#"{"registry-mirrors": ["https://a", "a", "ftp://a"]}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
