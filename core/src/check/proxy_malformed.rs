//! A proxy that is never asked.

use super::{Context, Found, diagnostic::{Diagnostic, Fix}};
use crate::{
    Engine,
    find,
    go::url::{self, Url},
    settings::Setting,
};

rule! {
    /// A proxy that the daemon cannot ask, or an exception from it that matches no host.
    ///
    /// ## Why it matters
    /// The daemon checks nothing here. With a proxy that is no URL it goes out directly or not at all, and pulls
    /// fail with no hint at the reason.
    ///
    /// ## What to do
    /// Write `http://host:port`, also for `https-proxy`: the scheme says how the proxy itself is reached. In
    /// `no-proxy` list hosts, domains, addresses or subnets, separated by commas.
    ///
    /// ## Example
    /// ```json
    /// { "proxies": { "http-proxy": "http://" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `configureProxyEnv`; Go `x/net/http/httpproxy`, `parseProxy` and
    /// `config.init`
    "proxy-malformed", [Warning], check
}

/// The schemes that Go's HTTP client knows for proxies.
const SCHEMES: &[&str] = &["http", "https", "socks5", "socks5h"];

fn check(context: &Context, found: &mut Found) {
    if !context.since(23, 0) {
        return;
    }
    for key in ["http-proxy", "https-proxy"] {
        let setting = context.settings.text(&["proxies.", key].concat());
        let Some(setting) = setting else {
            continue;
        };
        let message = match read(setting.value, context.engine) {
            None => say!("`{key}` is not the URL of a proxy"),
            Some(url) if url.hostname().is_empty() => say!("`{key}` names no host"),
            Some(url) if !SCHEMES.contains(&url.scheme.as_str()) => {
                say!("`{key}` has the scheme `{}`, which no proxy speaks", url.scheme)
            }
            Some(_) => continue,
        };
        found.push(
            Diagnostic::warning(ID, setting.span, message)
                .why("The daemon starts and does not reach any registry through it.")
                .help("Write `http://host:port`.")
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span))),
        );
    }
    if let Some(setting) = context.settings.text("proxies.no-proxy") {
        found.extend(exceptions(context, setting));
    }
}

/// Reads a proxy as Go's HTTP client does: without a scheme it is taken for `http://`.
///
/// `None` for what Go takes for a host although it was meant for a scheme, such as `http://`.
pub(super) fn read(text: &str, engine: Engine) -> Option<Url<'_>> {
    let url = url::parse(text, engine).ok();
    url.filter(|it| !it.scheme.is_empty() && !it.host.is_empty())
        .or_else(|| match find::contains(text, "://") {
            true => None,
            false => url::parse_after("http", text, engine).ok(),
        })
}

/// Entries of `no-proxy` that hold what no host can be compared with.
fn exceptions(context: &Context, setting: Setting<&str>) -> Option<Diagnostic> {
    let is_url = |it: &&str| find::contains(it, "://");
    let entries = || setting.value.split(',').map(str::trim);
    let first = entries().find(is_url)?;
    Some(
        Diagnostic::warning(ID, setting.span, say!("`no-proxy` holds `{first}`, which matches no host"))
            .why("Exceptions are compared with hosts, and a URL is none: the proxy is asked all the same.")
            .help("List hosts, domains, addresses or subnets, separated by commas.")
            .explained(|diagnostic| {
                let host = |it: &str| {
                    let (_, rest) = find::split_once(it, "://").unwrap_or(("", it));
                    rest.split('/').next().unwrap_or_default().to_owned()
                };
                let right = entries().map(host).collect::<Vec<_>>().join(",");
                diagnostic.fix(Fix::choice("Keep the hosts alone", context.replace(setting.span, right.as_str())))
            }),
    )
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::check::tests::assert_found;

    #[test]
    fn needs_a_host_and_a_scheme_that_proxies_speak() {
        for (proxy, is_flagged) in [
            ("http://proxy:3128", false),
            ("https://me:secret@proxy", false),
            ("socks5://proxy:1080", false),
            ("proxy:3128", false), // taken for http
            ("proxy", false),
            ("10.0.0.1:3128", false),
            ("http://", true),
            ("ftp://proxy", true),
            ("http://pro xy", true),
            ("", false),
        ] {
            let text = format!(r#"{{"proxies": {{"http-proxy": "{proxy}"}}}}"#);
            let expected = format!("warning {ID} 27..{}", 29 + proxy.len());
            let expected = is_flagged.then_some(&*expected);
            assert_found(&text, ID, expected.as_slice());
        }
    }

    #[test]
    fn exceptions_are_hosts() {
        for (text, expected) in [
            (r#"{"proxies": {"no-proxy": "localhost, http://a/b"}}"#, &["warning proxy-malformed 25..48"][..]),
            (r#"{"proxies": {"no-proxy": "localhost,.example.com,10.0.0.0/8,*"}}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
