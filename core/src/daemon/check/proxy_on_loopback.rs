//! A proxy on a loopback address that is not the daemon's.

use super::{Context, Found, proxy_malformed, voice::Diagnostic};
use crate::docker::go::net::parse_ip;

rule! {
    /// A proxy on the loopback address, where a rootless daemon finds none.
    ///
    /// ## Why it matters
    /// Up to Engine 29.4 a rootless daemon works in a network of its own, so `127.0.0.1` is its own loopback address and
    /// nothing listens there: every pull fails. Since 29.5 the daemon itself stays in the host's network. The same goes for
    /// a daemon in a virtual machine, such as Docker Desktop's, which has settings of its own for proxies.
    ///
    /// ## What to do
    /// Let the proxy listen on an address of the host, and use that address.
    ///
    /// ## Example
    /// ```json engine=28 rootless
    /// { "proxies": { "https-proxy": "http://127.0.0.1:3128" } }
    /// ```
    ///
    /// ## Source
    /// moby `contrib/dockerd-rootless.sh`, `--detach-netns`
    "proxy-on-loopback", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if !context.host().rootless || !context.since(23, 0) || context.since(29, 5) {
        return;
    }
    for key in ["http-proxy", "https-proxy"] {
        let Some(setting) = context.settings.text(&["proxies.", key].concat()) else {
            continue;
        };
        let url = proxy_malformed::read(setting.value, context.engine);
        let is_loopback = |host: &str| host == "localhost" || parse_ip(host).is_some_and(|it| it.is_loopback());
        if url.is_some_and(|it| is_loopback(it.hostname())) {
            found.push(
                Diagnostic::warning(ID, setting.span, say!("A rootless daemon finds no proxy at its own loopback address"))
                    .why("It works in a network of its own, where nothing listens on that address: every pull fails.")
                    .help(
                        "Let the proxy listen on an address of the host, and use that address. With slirp4netns the host's \
                         loopback address is 10.0.2.2, once DOCKERD_ROOTLESS_ROOTLESSKIT_DISABLE_HOST_LOOPBACK=false is set \
                         for `dockerd-rootless.sh`.",
                    ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Request, analyze, docker::host::Host};

    #[test]
    fn hangs_on_host_and_engine() {
        for (proxy, rootless, engine, is_flagged) in [
            ("http://127.0.0.1:3128", true, "28", true),
            ("localhost:3128", true, "29.4", true),
            ("http://[::1]:3128", true, "28", true),
            ("http://127.0.0.1:3128", true, "29.5", false), // the daemon stays in the host's network
            ("http://127.0.0.1:3128", false, "28", false),
            ("http://10.0.2.2:3128", true, "28", false),
        ] {
            let request = Request {
                engine: engine.parse().expect("an Engine"),
                host: Host { rootless, ..Host::default() },
                ..Request::of(format!(r#"{{"proxies": {{"https-proxy": "{proxy}"}}}}"#))
            };
            let found = analyze(&request).diagnostics;
            let found = found.iter().any(|it| it.rule == ID);
            assert_eq!(found, is_flagged, "{proxy} on {engine}");
        }
    }
}
