//! Under which name is each file of the site served, and when is it needed?
//!
//! A source file `page.css` becomes `page-1a2b3c4d5e.css`, named after its bytes, so that browsers may keep it for ever.
//! [`UNHASHED`] files keep their names. Where a html, js, css or webmanifest file names another file of the site, the
//! name is rewritten. It counts as named where it stands
//!
//! - after `./`: `import "./page.js"`, `<link href="./page.css">`, or
//! - right behind a quote or a parenthesis: `new URL('page_bg.wasm', …)`, `url(icon.svg)`,
//!
//! and is written as its path from the root of the site (files in folders are named `./icons/192.png` from everywhere).
//! A wasm module names no files: it is told them by JavaScript or HTML.
//!
//! In index.html the word `__DRYDOCK_PRELOADS__` becomes preloads for the modules and wasm of the first view that it does not
//! name itself, and `__DRYDOCK_NEXT__` a template with those for the wasm of the page around it, which `start.js` puts to use
//! when most of the former has come. In unhashed files `__DRYDOCK_BUILD__` becomes the id of the build (it changes whenever any
//! file does), and `__DRYDOCK_FILES__` the list of what the service worker keeps:
//! `[{"path": "./page-1a2b3c4d5e.css", "integrity": "sha256-…", "cache": "default", "once": "installed"}, …]`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::inline;
use crate::trouble::{Result, Trouble};

/// The files that keep their names, because somebody outside knows them.
pub const UNHASHED: [&str; 9] =
    ["index.html", EMBED, EMBED_OF_BENCH, "sw.js", LOADER, "enhance.js", "manifest.webmanifest", "badge.svg", VERSION];

/// What other people's pages show in a frame.
pub const EMBED: &str = "embed.html";
/// The same for a text of another workbench than the daemon's; see [`of_bench`].
pub const EMBED_OF_BENCH: &str = "embed-bench.html";

const PAGE: &str = "index.html";
const WORKER: &str = "sw.js";
const VERSION: &str = "version.json";

/// What other people's pages load to show an embed.
pub const LOADER: &str = "drydock.js";

/// The wasm that knows the verdict, and all that an embed needs until its reader asks for more.
pub const JUDGE: &str = "drydock_judge_bg.wasm";
/// The editor, which the page loads after the first view.
pub const EDITOR: &str = "codemirror.js";

const BUILD_WORD: &str = "__DRYDOCK_BUILD__";
const PRELOADS_WORD: &str = "__DRYDOCK_PRELOADS__";
const NEXT_WORD: &str = "__DRYDOCK_NEXT__";
const FILES_WORD: &str = "__DRYDOCK_FILES__";
const HASH_DIGITS: usize = 10;

/// The wasm that knows the verdict on the page.
const PAGE_JUDGE: &str = "drydock_page_bg.wasm";

/// After how much of that wasm the page's own files are asked for, in percent: their way here takes as long as the rest of it.
const NEXT_AFTER: usize = 70;

/// The first pattern that fits a file's name gives its group; `*` stands for anything, once.
const GROUPS: [(&str, Group); 28] = [
    (PAGE, Group::First),
    ("drydock_page*", Group::First),
    // What wasm-split cuts off: see `web/src/page/mod.rs`, `rest.rs` and `nix.rs`. A chunk is what several of them need.
    ("split_page*", Group::Page),
    ("chunk_page*", Group::Page),
    ("split_nix*", Group::Nix),
    // A line for each file of `web/src/benches.rs`.
    ("split_run*", Group::Bench),
    ("split_compose*", Group::Bench),
    ("split_oci*", Group::Bench),
    ("split_containers*", Group::Bench),
    ("split_images*", Group::Bench),
    // The reader of Nix: what the daemon's modules, those with containers, and images share.
    ("chunk_nix_oci*", Group::Nix),
    ("chunk_images_nix_oci*", Group::Nix),
    ("chunk_*", Group::Idle),
    ("split_*", Group::Idle),
    ("embed*", Group::Embed),
    // The page has it in itself: see `inline.rs`.
    ("page.css", Group::Embed),
    ("parts.css", Group::Page),
    ("drydock_judge*", Group::Embed),
    (LOADER, Group::Embed),
    ("enhance.js", Group::Embed),
    (EDITOR, Group::Lazy),
    (WORKER, Group::Idle),
    ("offline.js", Group::Idle),
    ("*.html", Group::First),
    ("*.css", Group::First),
    ("*.js", Group::First),
    ("*.wasm", Group::First),
    ("*", Group::Idle),
];

/// When a file is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// For the first view: a text area and the verdict on what is in it.
    First,
    /// For the page around it, fetched at once after the first view.
    Page,
    /// Fetched when the page is idle, so that it works without network.
    Idle,
    /// When a text is Nix, and when the page is idle for use without network.
    Nix,
    /// When its workbench is opened, and when the page is idle for use without network.
    Bench,
    /// When something asks for it: the editor.
    Lazy,
    /// By embeds alone.
    Embed,
}

/// What the service worker keeps in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Every file, so that the site works without network.
    Everything,
    /// No file: whoever changes the site wants to see the change at once.
    Nothing,
}

/// A file of the site as it was written or compiled.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path from the root of the site, with `/`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A file of the site as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The name of its source.
    pub name: String,
    /// Its path from the root of the site, with `/`.
    pub path: String,
    /// Hexadecimal digits of its bytes' hash.
    pub hash: String,
    /// When it is needed.
    pub group: Group,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// Puts a text in place of its bytes.
    pub fn write(&mut self, text: String) {
        self.bytes = text.into_bytes();
        self.hash = hash(&self.bytes);
    }
}

/// The frame for a text of another workbench: what knows the daemon's verdict stays away, and what knows the others comes.
pub fn of_bench(embed: &Source) -> Source {
    let text = String::from_utf8_lossy(&embed.bytes).replace("drydock_judge", "drydock_page");
    Source { name: EMBED_OF_BENCH.to_owned(), bytes: text.into_bytes() }
}

/// Names and rewrites all files of the site; sorted by group and name.
///
/// # Errors
///
/// Two files of one name; files that name each other in a circle, so that neither can be named after its bytes; and what
/// [`inline::into_pages`] refuses.
pub fn stamp(sources: Vec<Source>, version: &str, kept: Kept) -> Result<Vec<Asset>> {
    let mut stamper = Stamper::new(sources)?;
    let names: Vec<String> = stamper.sources.keys().cloned().collect();
    for name in &names {
        stamper.finish(name, &mut Vec::new())?;
    }
    let mut assets: Vec<Asset> = stamper.finished.into_values().collect();
    inline::into_pages(&mut assets)?;
    sort(&mut assets);
    let links = preloads(&assets);
    replace(&mut assets, PRELOADS_WORD, &links);
    let next = next(&assets);
    replace(&mut assets, NEXT_WORD, &next);
    let build = build_id(&assets);
    replace(&mut assets, BUILD_WORD, &build);
    let text = format!("{{\"version\":\"{version}\",\"build\":\"{build}\"}}\n");
    assets.push(Asset {
        name: VERSION.to_owned(),
        path: VERSION.to_owned(),
        hash: hash(text.as_bytes()),
        group: Group::Idle,
        bytes: text.into_bytes(),
    });
    sort(&mut assets);
    let list = match kept {
        Kept::Everything => file_list(&assets),
        Kept::Nothing => "[]".to_owned(),
    };
    replace(&mut assets, FILES_WORD, &list);
    Ok(assets)
}

/// Returns the group of a file.
pub fn group(name: &str) -> Group {
    GROUPS.iter().find(|(pattern, _)| fits(pattern, name)).map_or(Group::Idle, |(_, group)| *group)
}

struct Stamper {
    sources: BTreeMap<String, Vec<u8>>,
    finished: BTreeMap<String, Asset>,
}

impl Stamper {
    fn new(sources: Vec<Source>) -> Result<Self> {
        let mut by_name = BTreeMap::new();
        for source in sources {
            if by_name.insert(source.name.clone(), source.bytes).is_some() {
                return Err(Trouble::new(
                    format!("Two files of the site are called {}", source.name),
                    "Rename the one in `static/`.",
                ));
            }
        }
        Ok(Self { sources: by_name, finished: BTreeMap::new() })
    }

    /// Finishes a file after the files it names; `above` are the ones that wait for it.
    fn finish(&mut self, name: &str, above: &mut Vec<String>) -> Result<()> {
        if self.finished.contains_key(name) {
            return Ok(());
        }
        if above.iter().any(|waiting| waiting == name) {
            return Err(Trouble::new(
                format!("These files name each other in a circle: {} → {name}", above.join(" → ")),
                "Let the page hand one of them to the other at run time, or move what both need into a third file.",
            ));
        }
        let mut bytes = self.sources[name].clone();
        if is_text(name) {
            above.push(name.to_owned());
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let named = references(&text, self.sources.keys().filter(|other| is_hashed(other)));
            let mut rewritten = String::with_capacity(text.len() + 16 * named.len());
            let mut copied = 0;
            for (start, other) in named {
                if other != name {
                    self.finish(&other, above)?;
                    rewritten.push_str(&text[copied..start]);
                    rewritten.push_str(&self.finished[&other].path);
                    copied = start + other.len();
                }
            }
            rewritten.push_str(&text[copied..]);
            bytes = rewritten.into_bytes();
            above.pop();
        }
        let hash = hash(&bytes);
        let path = if is_hashed(name) { hashed(name, &hash) } else { name.to_owned() };
        let asset = Asset { name: name.to_owned(), path, hash, group: group(name), bytes };
        self.finished.insert(name.to_owned(), asset);
        Ok(())
    }
}

/// Returns where the text names one of the files, in order, without overlaps.
fn references<'a>(text: &str, names: impl Iterator<Item = &'a String>) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = names
        .flat_map(|name| {
            text.match_indices(name.as_str())
                .filter(|(start, name)| is_reference(&text[..*start], &text[start + name.len()..]))
                .map(|(start, name)| (start, name.to_owned()))
        })
        .collect();
    found.sort();
    found
}

fn is_reference(before: &str, after: &str) -> bool {
    let begins = match before.strip_suffix("./") {
        Some(before) => before.is_empty() || before.ends_with(['"', '\'', '`', '(', ' ', ',', '=']),
        None => before.ends_with(['"', '\'', '`', '(']),
    };
    let ends = !after.starts_with(|next: char| next.is_alphanumeric() || "_-./".contains(next));
    begins && ends
}

/// Lets the browser fetch the wasm and the modules while it still reads the page; what the page names it finds itself.
fn preloads(assets: &[Asset]) -> String {
    let html = assets
        .iter()
        .find(|asset| asset.name == PAGE)
        .map_or_else(String::new, |page| String::from_utf8_lossy(&page.bytes).into_owned());
    let mut links = String::new();
    for asset in assets.iter().filter(|asset| asset.group == Group::First && !html.contains(&asset.path)) {
        let path = &asset.path;
        let _ = match extension(path) {
            "js" => write!(links, "<link rel=\"modulepreload\" href=\"./{path}\">"),
            "wasm" => write!(links, "{}", preload(path)),
            _ => Ok(()),
        };
    }
    links
}

/// Lets `start.js` ask for the wasm of the page itself before it is needed.
fn next(assets: &[Asset]) -> String {
    let judge = assets.iter().find(|asset| asset.name == PAGE_JUDGE);
    let after = judge.map_or(0, |judge| judge.bytes.len() * NEXT_AFTER / 100);
    let files = assets.iter().filter(|asset| asset.group == Group::Page && extension(&asset.path) == "wasm");
    let links: String = files.map(|asset| preload(&asset.path)).collect();
    format!("<template id=\"next\" data-after=\"{after}\">{links}</template>")
}

fn preload(path: &str) -> String {
    format!("<link rel=\"preload\" href=\"./{path}\" as=\"fetch\" type=\"application/wasm\" crossorigin>")
}

fn sort(assets: &mut [Asset]) {
    assets.sort_by(|a, b| (a.group, &a.name).cmp(&(b.group, &b.name)));
}

fn build_id(assets: &[Asset]) -> String {
    let all: String = assets.iter().map(|asset| format!("{} {}\n", asset.path, asset.hash)).collect();
    hash(all.as_bytes())
}

/// Lists what the service worker fetches and keeps: all but itself, and the version that it is compared with.
fn file_list(assets: &[Asset]) -> String {
    /// The path, how to fetch it (the `RequestInit` of the Fetch standard), and when.
    #[derive(Serialize)]
    struct Entry {
        path: String,
        integrity: String,
        cache: &'static str,
        once: &'static str,
    }
    let entries: Vec<Entry> = assets
        .iter()
        .filter(|asset| ![WORKER, VERSION].contains(&&*asset.name))
        .map(|asset| Entry {
            path: match &*asset.name {
                // Hosts lead from `index.html` to its folder, and a browser refuses a page that was led elsewhere.
                PAGE => "./".to_owned(),
                _ => format!("./{}", asset.path),
            },
            integrity: integrity(&asset.bytes),
            // A name with a hash is never another file; behind the other names the browser may have an older one.
            cache: if is_hashed(&asset.name) { "default" } else { "no-cache" },
            // Only readers of embeds fetch what embeds are made of.
            once: if asset.group == Group::Embed { "asked for" } else { "installed" },
        })
        .collect();
    serde_json::to_string(&entries).unwrap_or_default()
}

/// Replaces a word in the files that are not named after their bytes.
fn replace(assets: &mut [Asset], word: &str, with: &str) {
    for asset in assets {
        if UNHASHED.contains(&&*asset.name) && is_text(&asset.name) {
            asset.write(String::from_utf8_lossy(&asset.bytes).replace(word, with));
        }
    }
}

/// Whether a path of the finished site names the bytes behind it for ever.
pub fn is_hashed_path(path: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == HASH_DIGITS && hash.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
    })
}

/// The part of a name behind its last dot.
pub fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_hashed(name: &str) -> bool {
    !UNHASHED.contains(&name)
}

fn is_text(name: &str) -> bool {
    matches!(extension(name), "html" | "js" | "css" | "webmanifest")
}

fn hashed(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// Returns hexadecimal digits that change with the bytes.
pub fn hash(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes).iter().take(HASH_DIGITS / 2) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Returns what a browser compares bytes with: the whole hash in base64 (W3C Subresource Integrity, 3.1).
pub fn integrity(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = "sha256-".to_owned();
    for three in Sha256::digest(bytes).chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*three.get(at).unwrap_or(&0)));
        for digit in 0..4 {
            text.push(if digit <= three.len() { char::from(DIGITS[bits >> (18 - 6 * digit) & 63]) } else { '=' });
        }
    }
    text
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| rest.ends_with(after)),
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> BTreeMap<String, Asset> {
        let sources = files
            .iter()
            .map(|(name, text)| Source { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })
            .collect();
        stamp(sources, "1.2.3", Kept::Everything)
            .unwrap()
            .into_iter()
            .map(|asset| (asset.name.clone(), asset))
            .collect()
    }

    fn text(asset: &Asset) -> &str {
        std::str::from_utf8(&asset.bytes).unwrap()
    }

    #[test]
    fn references_are_rewritten_where_a_file_is_named() {
        for (before, rewritten) in [
            ("import './part.js'", true),
            ("new URL('part.js', import.meta.url)", true),
            ("<script src=\"./part.js\">", true),
            ("<script src=./part.js>", true),
            ("url(part.js)", true),
            ("srcset=\"./a.png 1x, ./part.js 2x\"", true),
            ("see part.js for more", false),
            ("'../part.js'", false),
            ("'./other/part.js'", false),
            ("'./counterpart.js'", false),
            ("'./part.json'", false),
            ("'https://example.org/part.js'", false),
        ] {
            let site = site(&[("whole.js", before), ("part.js", "1")]);
            let expected = if rewritten { before.replace("part.js", &site["part.js"].path) } else { before.to_owned() };
            assert_eq!(text(&site["whole.js"]), expected);
        }
    }

    #[test]
    fn a_name_follows_the_bytes_of_all_that_it_leads_to() {
        let chain = |leaf| site(&[("a.css", "@import './b.css'"), ("b.css", "url(c.svg)"), ("c.svg", leaf)]);
        let (one, other) = (chain("<svg/>"), chain("<svg></svg>"));
        for name in ["a.css", "b.css", "c.svg"] {
            assert_ne!(one[name].path, other[name].path);
            assert!(is_hashed_path(&one[name].path), "{}", one[name].path);
        }
    }

    #[test]
    fn known_addresses_stay_and_lead_to_the_new_names() {
        let site = site(&[
            ("index.html", "<head>__DRYDOCK_PRELOADS__<link rel=\"icon\" href=\"./icon.svg\"></head>__DRYDOCK_NEXT__"),
            ("sw.js", "const build = '__DRYDOCK_BUILD__', files = __DRYDOCK_FILES__;"),
            ("icon.svg", "<svg/>"),
            ("drydock_page.js", "new URL('drydock_page_bg.wasm', import.meta.url)"),
            ("drydock_page_bg.wasm", "\0asm, ten."),
            ("split_page.wasm", "\0asm"),
            ("embed.js", "1"),
        ]);
        let index = text(&site["index.html"]);
        assert_eq!(site["index.html"].path, "index.html");
        assert!(index.contains(&format!("href=\"./{}\"", site["icon.svg"].path)));
        assert!(index.contains(&format!("rel=\"modulepreload\" href=\"./{}\"", site["drydock_page.js"].path)));
        assert!(index.contains(&format!("rel=\"preload\" href=\"./{}\"", site["drydock_page_bg.wasm"].path)));
        assert_eq!(index.matches("modulepreload").count(), 1, "start.js is named, and the engine is for embeds");
        let next = index.split_once("<template id=\"next\" data-after=\"7\">").expect("70 % of ten bytes").1;
        assert!(next.contains(&format!("rel=\"preload\" href=\"./{}\"", site["split_page.wasm"].path)));

        let worker = text(&site["sw.js"]);
        assert!(!worker.contains("__DRYDOCK"));
        let version: serde_json::Value = serde_json::from_str(text(&site["version.json"])).unwrap();
        assert_eq!(version["version"], "1.2.3");
        assert!(worker.contains(version["build"].as_str().unwrap()));
    }

    #[test]
    fn the_worker_keeps_all_but_itself_and_the_version() {
        let files =
            [("index.html", "<head></head>__DRYDOCK_BUILD__"), ("page.css", "abc"), ("sw.js", "__DRYDOCK_FILES__")];
        let site = site(&files);
        let list: serde_json::Value = serde_json::from_str(text(&site["sw.js"])).unwrap();
        let index = integrity(&site["index.html"].bytes);
        // The hash of `abc` is in FIPS 180-4's examples.
        let css = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(
            list,
            serde_json::json!([
                { "path": "./", "integrity": index, "cache": "no-cache", "once": "installed" },
                { "path": format!("./{}", site["page.css"].path), "integrity": css, "cache": "default", "once": "asked for" },
            ])
        );
    }

    #[test]
    fn a_quick_site_keeps_nothing() {
        let worker = Source { name: "sw.js".to_owned(), bytes: b"__DRYDOCK_FILES__".to_vec() };
        let assets = stamp(vec![worker], "1.2.3", Kept::Nothing).unwrap();
        assert_eq!(text(&assets[0]), "[]");
    }

    #[test]
    fn circles_and_doubles_are_refused() {
        for files in [[("a.js", "import './b.js'"), ("b.js", "import './a.js'")], [("a.js", "1"), ("a.js", "2")]] {
            let sources =
                files.map(|(name, text)| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }).to_vec();
            assert!(stamp(sources, "1", Kept::Everything).is_err());
        }
    }

    #[test]
    fn the_first_fitting_pattern_gives_the_group() {
        for (name, expected) in [
            ("index.html", Group::First),
            ("page.css", Group::Embed),
            ("parts.css", Group::Page),
            ("start.js", Group::First),
            ("drydock_page_bg.wasm", Group::First),
            ("chunk_page_nix_rest.wasm", Group::Page),
            ("chunk_nix_rest.wasm", Group::Idle),
            ("split_nix.wasm", Group::Nix),
            ("embed.html", Group::Embed),
            ("embed-bench.html", Group::Embed),
            ("codemirror.js", Group::Lazy),
            ("sw.js", Group::Idle),
            ("offline.js", Group::Idle),
            ("icons/192.png", Group::Idle),
            ("reference.json", Group::Idle),
            ("known-networks.json", Group::Idle),
        ] {
            assert_eq!(group(name), expected, "{name}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for (path, forever) in [
            ("page-0123456789.css", true),
            ("icons/192-abcdef0123.png", true),
            ("index.html", false),
            ("page-settings.css", false),
            ("page-0123.css", false),
        ] {
            assert_eq!(is_hashed_path(path), forever, "{path}");
        }
    }
}
