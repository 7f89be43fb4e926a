//! A registry of your own network that is asked through the proxy.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::settings::Setting,
    docker::go::{
        hostport,
        httpproxy::is_exempt,
        net::{parse_cidr, parse_ip},
        url,
    },
};

rule! {
    /// A registry or mirror of your own network is asked through the proxy.
    ///
    /// ## Why it matters
    /// All pulls go through the proxy except for what `no-proxy` lists. A proxy to the internet often does not reach a
    /// registry of your own, or refuses it, and a mirror nearby is then no faster than what it mirrors.
    ///
    /// ## What to do
    /// Add the host to `no-proxy`, unless the proxy is the way to it.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "insecure-registries": ["registry.lan:5000"],
    ///   "proxies": { "http-proxy": "http://proxy.lan:3128", "https-proxy": "http://proxy.lan:3128" }
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `configureProxyEnv`; Go `x/net/http/httpproxy`, `useProxy`
    "registry-through-proxy", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    if !context.since(23, 0) {
        return;
    }
    let settings = context.settings;
    let (http, https) = (settings.text("proxies.http-proxy"), settings.text("proxies.https-proxy"));
    let exceptions = settings.text("proxies.no-proxy").map_or("", |it| it.value);
    let mut judge = |proxy: Option<Setting<&str>>, setting: Setting<&str>, host: &str, port: &str| {
        if let Some(proxy) = proxy.filter(|_| is_own(host) && !is_exempt(exceptions, host, port)) {
            found.push(through_proxy(context, proxy, setting, host, exceptions));
        }
    };
    for mirror in settings.texts("registry-mirrors").into_iter().take(MOST) {
        if let Ok(url) = url::parse(mirror.value, context.engine) {
            let proxy = if url.scheme == "http" { http } else { https };
            judge(proxy, mirror, url.hostname(), url.port());
        }
    }
    for registry in settings.texts("insecure-registries").into_iter().take(MOST) {
        let (host, port) = hostport::split(registry.value).unwrap_or((registry.value, ""));
        if parse_cidr(registry.value).is_none() {
            // By `https` first, then by `http`.
            judge(https.or(http), registry, host, port);
        }
    }
}

/// So many mirrors and registries are compared with all exceptions.
const MOST: usize = 64;

/// Whether a host is surely in your own network.
fn is_own(host: &str) -> bool {
    const ENDINGS: &[&str] = &[".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".home.arpa"];
    match parse_ip(host) {
        Some(std::net::IpAddr::V4(it)) => it.is_private(),
        Some(std::net::IpAddr::V6(it)) => it.is_unique_local(),
        None => {
            let name = host.to_ascii_lowercase();
            !name.is_empty() && (!name.contains('.') || ENDINGS.iter().any(|it| name.ends_with(it)))
        }
    }
}

fn through_proxy(
    context: &Context,
    proxy: Setting<&str>,
    setting: Setting<&str>,
    host: &str,
    exceptions: &str,
) -> Diagnostic {
    Diagnostic::hint(ID, setting.span, say!("`{host}` is asked through the proxy"))
        .related(proxy.whole(), "the proxy")
        .why("All pulls go through the proxy except for what `no-proxy` lists, and a proxy to the internet often cannot reach your own registry.")
        .help(say!("Add `{host}` to `no-proxy`, unless the proxy is the way to it."))
        .explained(|it| {
            let all = match exceptions.trim_end_matches([',', ' ']) {
                "" => host.to_owned(),
                listed => [listed, ",", host].concat(),
            };
            it.fix(Fix::choice(
                say!("Reach `{host}` without the proxy"),
                context.set(&["proxies", "no-proxy"], all.as_str()),
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn only_what_is_ones_own_and_no_exception() {
        for (registries, exceptions, expected) in [
            (r#""insecure-registries": ["registry.lan:5000"]"#, "", &[r#"hint "registry.lan:5000""#][..]),
            (r#""insecure-registries": ["registry.lan:5000"]"#, "lan", &[]),
            (r#""insecure-registries": ["registry.lan:5000"]"#, "registry.lan:80", &[r#"hint "registry.lan:5000""#]),
            (r#""insecure-registries": ["10.0.0.5", "10.0.0.0/8", "localhost:5000"]"#, "", &[r#"hint "10.0.0.5""#]),
            (r#""insecure-registries": ["registry.example.com"]"#, "", &[]),
            (r#""registry-mirrors": ["https://mirror.gcr.io", "http://hub:5000"]"#, "", &[r#"hint "http://hub:5000""#]),
            (r#""registry-mirrors": ["http://192.168.1.2:5000"]"#, "192.168.0.0/16", &[]),
        ] {
            let text = format!(
                r#"{{{registries}, "proxies": {{"http-proxy": "http://proxy:3128", "no-proxy": "{exceptions}"}}}}"#
            );
            assert_flags("29", &text, ID, expected);
            assert_flags("29", &format!("{{{registries}}}"), ID, &[]);
        }
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        for (proxy, mirror, is_flagged) in [
            ("http-proxy", "http://hub:5000", true),
            ("http-proxy", "https://hub:5000", false),
            ("https-proxy", "https://hub:5000", true),
            ("https-proxy", "http://hub:5000", false),
        ] {
            let text =
                format!(r#"{{"registry-mirrors": ["{mirror}"], "proxies": {{"{proxy}": "http://proxy:3128"}}}}"#);
            let found = crate::daemon::check::tests::diagnose(&text, ID);
            assert_eq!(!found.is_empty(), is_flagged, "{text}");
        }
    }
}
