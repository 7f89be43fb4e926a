//! Under which headers is each file of the site sent: by the server here, and by hosts that read a `_headers` file?
//!
//! Netlify and Cloudflare read that file at the root of a site. Where several of its rules fit an address they send the
//! values of all, and of two policies the stricter counts: so each address has a rule of its own, and none has a `*`.

use std::fmt::Write;

use crate::assets::{self, EMBED, EMBED_OF_BENCH};

/// In a page: the element that says its policy, for hosts that send no headers.
const POLICY_ELEMENT: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// A header's name and value.
pub type Header = (&'static str, String);

/// Returns what a page may load, beside the scripts and styles with these hashes (`sha256-…`) that stand in it.
pub fn policy(scripts: &[String], styles: &[String]) -> String {
    let sources = |hashes: &[String]| -> String { hashes.iter().map(|hash| format!(" '{hash}'")).collect() };
    let (scripts, styles) = (sources(scripts), sources(styles));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// Returns what every answer about a path says, also that there is no such file; the bytes of a page say its policy.
pub fn policies(path: &str, bytes: &[u8]) -> Vec<Header> {
    // Not in the pages: browsers heed it in a header only. Other people's pages may show embeds, nothing else.
    let ancestors = if [EMBED, EMBED_OF_BENCH].contains(&path) { "*" } else { "'none'" };
    vec![
        ("Content-Security-Policy", format!("{}; frame-ancestors {ancestors}", policy_of(bytes))),
        // The scripts of embeds, and what they load where a frame has no origin of its own.
        ("Access-Control-Allow-Origin", "*".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

fn policy_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.split_once(POLICY_ELEMENT)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or_else(|| policy(&[], &[]), |(policy, _)| policy.to_owned())
}

/// Returns how long a browser may keep a file before it asks again.
pub fn keeping(path: &str) -> Header {
    let kept = if assets::is_hashed_path(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    ("Cache-Control", kept.to_owned())
}

/// Writes the `_headers` file of a site with these files: the path of each, and what is in it.
pub fn for_hosts<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut text = String::new();
    for (path, bytes) in files {
        for address in addresses(path) {
            let _ = writeln!(text, "{address}");
            for (name, value) in policies(path, bytes).into_iter().chain([keeping(path)]) {
                let _ = writeln!(text, "  {name}: {value}");
            }
        }
    }
    text
}

/// Returns the addresses under which hosts serve a file: pages without their ending too.
fn addresses(path: &str) -> Vec<String> {
    let mut addresses = vec![format!("/{path}")];
    if let Some(page) = path.strip_suffix(".html") {
        addresses.push(format!("/{}", page.strip_suffix("index").unwrap_or(page)));
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_addresses_that_hosts_give_them() {
        for (path, expected) in [
            ("index.html", &["/index.html", "/"][..]),
            ("embed.html", &["/embed.html", "/embed"]),
            ("sw.js", &["/sw.js"]),
            ("icons/192-0123456789.png", &["/icons/192-0123456789.png"]),
        ] {
            assert_eq!(addresses(path), expected, "{path}");
        }
    }

    #[test]
    fn hosts_send_what_the_server_here_sends() {
        let page = format!("<head>{POLICY_ELEMENT}default-src 'none'; and so on\">");
        let files = ["index.html", "embed.html", "page-0123456789.css"].map(|path| match path {
            "index.html" => (path, page.as_bytes()),
            _ => (path, &b""[..]),
        });
        let text = for_hosts(files.into_iter());
        let usual = policy(&[], &[]);
        for (address, policy, ancestors, kept) in [
            ("/", "default-src 'none'; and so on", "'none'", "no-cache"),
            ("/embed", &*usual, "*", "no-cache"),
            ("/page-0123456789.css", &*usual, "'none'", "public, max-age=31536000, immutable"),
        ] {
            let rule = format!(
                "{address}\n  Content-Security-Policy: {policy}; frame-ancestors {ancestors}\n  \
                 Access-Control-Allow-Origin: *\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n  Cache-Control: {kept}\n"
            );
            assert!(text.contains(&rule), "{address}\n{text}");
        }
    }

    #[test]
    fn no_address_has_two_rules() {
        let files = ["index.html", "embed.html", "sw.js"].map(|path| (path, &b""[..]));
        let text = for_hosts(files.into_iter());
        let mut addresses: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert!(!text.contains("/*"), "a rule for all would add to the others");
        let all = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), all);
    }
}
