//! Files of sections: systemd's units, TOML, INI.

use super::{Kind, page::Page};

const UNIT: &[&str] = &["[Unit]", "[Service]", "[Install]", "[Socket]", "[Container]", "ExecStart=", "Environment="];
const WIREGUARD: &[&str] = &["[Interface]", "[Peer]"];
const TOML: &[&str] = &[
    "[[",
    "[plugins",
    "[containers]",
    "[engine",
    "[registries",
    "[storage",
    "[proxy_plugins",
    "[grpc]",
    "unqualified-search-registries",
    "short-name-mode",
    "disabled_plugins",
];

pub fn look(page: &Page) -> Option<(Kind, usize)> {
    if page.starts(0, &["{", "\"", "'"]) {
        return None;
    }
    let line = (0..page.lines.len()).find(|it| is_header(page, *it));
    let signs = [(Kind::Unit, UNIT), (Kind::WireGuard, WIREGUARD), (Kind::Toml, TOML)];
    for (kind, signs) in signs {
        // A header is one only above settings; what begins with a word is none.
        let found = page.find(0, signs);
        let found = found.filter(|it| !page.starts(*it, &["["]) || is_header(page, *it));
        if let Some(line) = found {
            return Some((kind, line));
        }
    }
    let line = line?;
    let quotes = |it: &&str| it.contains('=') && it.ends_with(['"', '[', 'e']);
    let kind = match page.lines.iter().any(quotes) {
        true => Kind::Toml,
        false => Kind::Ini,
    };
    Some((kind, line))
}

/// Whether a line is `[name]` above `name = value`, or above another such line.
fn is_header(page: &Page, number: usize) -> bool {
    let is_named = |number| {
        let inside = page.line(number).trim_start_matches('[');
        let name = inside.strip_suffix(']').unwrap_or_default();
        let is_first = |it: char| it.is_ascii_alphabetic();
        inside.len() < page.line(number).len() && name.starts_with(is_first)
    };
    let is_setting = |number| {
        let name = page.line(number).split_once('=');
        name.is_some_and(|it| !it.0.contains([':', '{', ',']) && !it.0.is_empty())
    };
    is_named(number)
        && (is_setting(number + 1) || is_named(number + 1) || page.line(number + 1).is_empty() && number > 0)
}
