//! Under which headers is each file of the site sent: by the server here, and by hosts that read a `_headers` file?
//!
//! Netlify and Cloudflare read that file at the root of a site. Where several of its rules fit an address they send the
//! values of all, and of two policies the stricter counts: so each address has a rule of its own, and none has a `*`.

use std::fmt::Write;

use crate::assets;

/// What a page of this site may load. It stands in the pages too, for hosts that send no headers.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// A header's name and value.
pub type Header = (&'static str, String);

/// Returns what every answer about a path says, also that there is no such file.
pub fn policies(path: &str) -> Vec<Header> {
    // Not in the pages: browsers heed it in a header only. Other people's pages may show `embed.html`, nothing else.
    let ancestors = if path == "embed.html" { "*" } else { "'none'" };
    vec![
        (
            "Content-Security-Policy",
            format!("{CONTENT_SECURITY_POLICY}; frame-ancestors {ancestors}"),
        ),
        // The scripts of embeds, and what they load where a frame has no origin of its own.
        ("Access-Control-Allow-Origin", "*".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

/// Returns how long a browser may keep a file before it asks again.
pub fn keeping(path: &str) -> Header {
    let kept = if assets::is_hashed_path(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    ("Cache-Control", kept.to_owned())
}

/// Writes the `_headers` file of a site with these files.
pub fn for_hosts<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for path in paths {
        for address in addresses(path) {
            let _ = writeln!(text, "{address}");
            for (name, value) in policies(path).into_iter().chain([keeping(path)]) {
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
        let text = for_hosts(["index.html", "embed.html", "page-0123456789.css"].into_iter());
        for (address, ancestors, kept) in [
            ("/", "'none'", "no-cache"),
            ("/embed", "*", "no-cache"),
            (
                "/page-0123456789.css",
                "'none'",
                "public, max-age=31536000, immutable",
            ),
        ] {
            let rule = format!(
                "{address}\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors {ancestors}\n  \
                 Access-Control-Allow-Origin: *\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n  Cache-Control: {kept}\n"
            );
            assert!(text.contains(&rule), "{address}\n{text}");
        }
    }

    #[test]
    fn no_address_has_two_rules() {
        let text = for_hosts(["index.html", "embed.html", "sw.js"].into_iter());
        let mut addresses: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert!(
            !text.contains("/*"),
            "a rule for all would add to the others"
        );
        let all = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), all);
    }
}
