//! What stands in a page itself, so that its first paint waits for no other file?
//!
//! The style sheets and classic scripts that it names: `<link rel="stylesheet" href="./tokens.css">` and
//! `<script src="./boot.js"></script>`, written just so. Its policy permits these by their hashes, and nothing else in it.

use crate::assets::{self, Asset};
use crate::headers;
use crate::trouble::{Result, Trouble};

/// In a page: what it may load.
const POLICY_WORD: &str = "__DRYDOCK_POLICY__";

/// Puts into each page what it waits for. A file that nothing names any more is not served.
///
/// # Errors
///
/// A file that would end its own element: a style sheet with `</style`.
pub fn into_pages(assets: &mut Vec<Asset>) -> Result<()> {
    let (mut pages, mut others): (Vec<Asset>, Vec<Asset>) =
        std::mem::take(assets).into_iter().partition(|asset| assets::extension(&asset.path) == "html");
    let mut taken = Vec::new();
    for page in &mut pages {
        let mut html = text(page);
        let (mut scripts, mut styles) = (Vec::new(), Vec::new());
        for other in &others {
            let (tag, element, hashes) = match assets::extension(&other.path) {
                "css" => (format!("<link rel=\"stylesheet\" href=\"./{}\">", other.path), "style", &mut styles),
                "js" => (format!("<script src=\"./{}\"></script>", other.path), "script", &mut scripts),
                _ => continue,
            };
            if !html.contains(&tag) {
                continue;
            }
            let inner = text(other);
            if inner.contains(&format!("</{element}")) {
                return Err(Trouble::new(
                    format!("{} cannot stand in {}: it says </{element}", other.name, page.name),
                    "Write it in another way, for example with an escape.",
                ));
            }
            html = html.replacen(&tag, &format!("<{element}>{inner}</{element}>"), 1);
            hashes.push(assets::integrity(inner.as_bytes()));
            taken.push(other.path.clone());
        }
        page.write(html.replace(POLICY_WORD, &headers::policy(&scripts, &styles)));
    }
    taken.retain(|path| {
        let mut left = pages.iter().chain(&others);
        !left.any(|asset| text(asset).contains(path))
    });
    others.retain(|asset| !taken.contains(&asset.path));
    assets.extend(pages);
    assets.extend(others);
    Ok(())
}

fn text(asset: &Asset) -> String {
    String::from_utf8_lossy(&asset.bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Group;

    fn assets(files: &[(&str, &str)]) -> Vec<Asset> {
        files
            .iter()
            .map(|(name, text)| Asset {
                name: (*name).to_owned(),
                path: (*name).to_owned(),
                hash: assets::hash(text.as_bytes()),
                group: Group::First,
                bytes: text.as_bytes().to_vec(),
            })
            .collect()
    }

    const PAGE: &str = "__DRYDOCK_POLICY__ <script src=\"./boot.js\"></script><link rel=\"stylesheet\" href=\"./page.css\">\
         <script type=\"module\" src=\"./start.js\"></script>";

    #[test]
    fn a_page_holds_what_it_waits_for_and_permits_it_by_its_hash() {
        let mut site = assets(&[("index.html", PAGE), ("boot.js", "abc"), ("page.css", "body{}"), ("start.js", "1")]);
        into_pages(&mut site).unwrap();
        let paths: Vec<&str> = site.iter().map(|asset| &*asset.path).collect();
        assert_eq!(paths, ["index.html", "start.js"]);
        let page = text(&site[0]);
        assert!(
            page.ends_with(
                "<script>abc</script><style>body{}</style><script type=\"module\" src=\"./start.js\"></script>"
            ),
            "{page}"
        );
        // The hash of `abc` is in FIPS 180-4's examples.
        assert!(
            page.contains(
                "script-src 'self' 'wasm-unsafe-eval' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';"
            ),
            "{page}"
        );
        assert_eq!(page.matches("sha256-").count(), 2, "{page}");
    }

    #[test]
    fn what_another_file_names_is_still_served() {
        let mut site = assets(&[
            ("index.html", PAGE),
            ("page.css", "body{}"),
            ("embed.js", "new URL('page.css', import.meta.url)"),
        ]);
        into_pages(&mut site).unwrap();
        assert!(site.iter().any(|asset| asset.path == "page.css"));
    }

    #[test]
    fn what_would_end_its_element_is_refused() {
        let mut site = assets(&[("index.html", PAGE), ("page.css", "a{content:'</style>'}")]);
        assert!(into_pages(&mut site).is_err());
    }
}
