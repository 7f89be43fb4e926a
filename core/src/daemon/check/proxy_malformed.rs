//! A proxy that is never asked.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    Engine,
    daemon::settings::Setting,
    docker::go::{
        hostport,
        net::{parse_cidr, parse_ip},
        url::{self, Url},
    },
    text::find,
};

rule! {
    /// A proxy that the daemon cannot ask, or an exception from it that matches no host.
    ///
    /// ## Why it matters
    /// The daemon checks nothing here. With a proxy that is not a URL it connects directly or not at all, and pulls
    /// fail without telling why.
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
    url.filter(|it| !it.scheme.is_empty() && !it.host.is_empty()).or_else(|| match find::contains(text, "://") {
        true => None,
        false => url::parse_after("http", text, engine).ok(),
    })
}

/// Entries of `no-proxy` that no host matches.
fn exceptions(context: &Context, setting: Setting<&str>) -> Option<Diagnostic> {
    let entries = || setting.value.split(',').map(str::trim);
    let first = entries().find(|it| is_lost(it))?;
    Some(
        Diagnostic::warning(ID, setting.span, say!("`no-proxy` holds `{first}`, which matches no host"))
            .why("The Engine silently ignores it: the proxy is asked all the same.")
            .help(
                "List hosts, domains, addresses or subnets, separated by commas. A domain covers its subdomains; `*` \
                 may only be at the beginning, before a dot, or alone. The loopback address never goes through a proxy.",
            )
            .explained(|diagnostic| {
                let meant: Option<Vec<String>> = entries().map(meant).collect();
                let right = meant.map(|it| it.join(","));
                diagnostic.fix(right.map(|it| Fix::choice(say!("Write `{it}`"), context.replace(setting.span, it.as_str()))))
            }),
    )
}

/// Whether no host can match an entry, be it for what it holds or because it is part of an address.
fn is_lost(entry: &str) -> bool {
    if matches!(entry, "" | "*") || parse_cidr(entry).is_some() {
        return false;
    }
    let (host, port) = hostport::split(entry).unwrap_or((entry, ""));
    if port.contains(|it: char| !it.is_ascii_digit()) {
        return true;
    }
    let name = host.strip_prefix("*.").unwrap_or(host);
    // A letter of another script is translated to ASCII.
    let is_letter = |it: char| it.is_ascii_alphabetic() || !it.is_ascii();
    let is_host = |it: char| is_letter(it) || it.is_ascii_digit() || matches!(it, '-' | '.' | '_');
    parse_ip(host).is_none()
        && (name.is_empty() || name.ends_with('.') || name.contains(|it| !is_host(it)) || !name.contains(is_letter))
}

/// What an entry was meant to be, in a form that Go reads; `None` when that cannot be told.
fn meant(entry: &str) -> Option<String> {
    if !is_lost(entry) {
        return Some(entry.to_owned());
    }
    let parts = entry.split(|it: char| it == ';' || it.is_whitespace());
    let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
    if parts.len() > 1 {
        let parts: Option<Vec<String>> = parts.into_iter().map(meant).collect();
        return parts.map(|it| it.join(","));
    }
    let entry = parts.first()?;
    let (_, rest) = find::split_once(entry, "://").unwrap_or(("", entry));
    let host = rest.split('/').next().unwrap_or_default();
    let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host);
    let bare = bare.trim_end_matches('.');
    let subnet = || {
        // 10.*, 192.168., 172.16.*.*
        let octets: Vec<&str> = host.split('.').take_while(|it| it.parse::<u8>().is_ok()).collect();
        let is_rest_open = host.split('.').skip(octets.len()).all(|it| matches!(it, "" | "*"));
        let all = [&octets[..], &["0", "0", "0"]].concat();
        let is_part = (1..=3).contains(&octets.len()) && is_rest_open && !find::has(rest, b'/');
        is_part.then(|| say!("{}/{}", all.get(..4).unwrap_or_default().join("."), 8 * octets.len()))
    };
    let found = subnet().unwrap_or_else(|| bare.trim_start_matches('*').to_owned());
    let is_part_of_subnet = find::has(rest, b'/') && parse_ip(bare).is_some();
    (!found.is_empty() && !is_lost(&found) && !is_part_of_subnet).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::{assert_found, diagnose};

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
        for (entry, expected) in [
            ("localhost", None),
            ("example.com", None),
            (".example.com", None),
            ("*.example.com:8080", None),
            ("*", None),
            ("10.0.0.1", None),
            ("10.0.0.1:5000", None),
            ("10.0.0.0/8", None),
            ("::1", None),
            ("[fd00::1]:5000", None),
            ("fd00::/8", None),
            ("", None), // left out
            ("http://a/b", Some("a")),
            ("https://registry.example.com:5000", Some("registry.example.com:5000")),
            ("127.0.0.*", Some("127.0.0.0/24")),
            ("10.*", Some("10.0.0.0/8")),
            ("192.168.", Some("192.168.0.0/16")),
            ("172.16.*.*", Some("172.16.0.0/16")),
            ("*example.com", Some("example.com")),
            ("a.example b.example;10.*", Some("a.example,b.example,10.0.0.0/8")),
            ("[::1]", Some("::1")),
            ("example.com.", Some("example.com")),
            ("example.com/path", Some("example.com")),
            // Nobody can tell.
            ("10.0.0.0/99", Some("")),
            ("10.0.0.1-10.0.0.9", Some("")),
            ("10.*.1.1", Some("")),
            ("example.com:http", Some("")),
            (":5000", Some("")),
        ] {
            let text = format!(r#"{{"proxies": {{"no-proxy": "localhost, {entry}"}}}}"#);
            let found = diagnose(&text, ID);
            assert_eq!(found.len(), usize::from(expected.is_some()), "{entry}: {found:?}");
            let Some(expected) = expected else { continue };
            let mended = found[0].fixes.first().map(|it| it.edits.apply(&text));
            let expected =
                (!expected.is_empty()).then(|| format!(r#"{{"proxies": {{"no-proxy": "localhost,{expected}"}}}}"#));
            assert_eq!(mended, expected, "{entry}");
        }
    }
}
