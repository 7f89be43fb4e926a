//! Which page does the fragment of the address name?

use drydock::{
    bench::{self, Chosen, Listing},
    guide,
    link::{BenchLink, MAX_CHARACTERS, escape, unescape},
};

/// A place inside the app with an address of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The workbench: the empty fragment, and any that names nothing else.
    #[default]
    Workbench,
    /// `#/run`: another workbench than the usual one.
    Bench(&'static Listing),
    /// `#/storage`: a guide; `#/storage?from=24`: the same with its questions answered so.
    Guide(&'static guide::Listing, Chosen),
    /// `#/options`: every option.
    Options,
    /// `#/options/bip`: one option, by the key of its row.
    Option(String),
    /// `#/rules`: every rule.
    Rules,
    /// `#/rules/unknown-key`: one rule, by its id.
    Rule(String),
    /// `#/messages`: what the daemon says, and what it means; `#/messages/EOF`: the same about this line.
    Messages(String),
    /// `#/travel`: the travel check; `#check=172.18.0.0/16&known=wifionice`: the same about these networks.
    Travel(Vec<String>),
    /// `#/nonsense`: what names no page.
    Nowhere,
}

impl Route {
    /// Reads a fragment, with or without its `#`.
    ///
    /// Browsers escape `<` and `>` there: `runtimes.%3Cname%3E.path`.
    pub fn of(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').replace("%3C", "<").replace("%3E", ">");
        if let Some(asked) = asked(&path) {
            return Self::Travel(asked);
        }
        if let Some(link) = BenchLink::of(&path) {
            return Self::Bench(link.listing);
        }
        if let Some((listing, chosen)) = guide::of(&path) {
            return Self::Guide(listing, chosen);
        }
        match path.trim_start_matches('/').split_once('/') {
            Some(("options", "")) => Self::Options,
            Some(("options", key)) => Self::Option(key.to_owned()),
            Some(("rules", "")) => Self::Rules,
            Some(("rules", id)) => Self::Rule(id.to_owned()),
            Some(("messages", line)) => Self::Messages(unescape(line).unwrap_or_default()),
            None if path == "/options" => Self::Options,
            None if path == "/rules" => Self::Rules,
            None if path == "/messages" => Self::Messages(String::new()),
            None if path == "/travel" => Self::Travel(Vec::new()),
            // Everything else is a link, whole or broken.
            None if path.is_empty() || path == "/" || !path.starts_with('/') => Self::Workbench,
            Some(_) if !path.starts_with('/') => Self::Workbench,
            _ => path.strip_prefix('/').and_then(bench::find).map_or(Self::Nowhere, Self::Bench),
        }
    }

    /// The address of a bench.
    pub fn address_of(bench: &Listing) -> String {
        ["#/", bench.id].concat()
    }

    /// Whether it is a workbench, with the text and what follows from it.
    pub fn is_bench(&self) -> bool {
        matches!(self, Self::Workbench | Self::Bench(_))
    }

    /// The workbench that it belongs to, where that is not the usual one.
    pub fn bench(&self) -> Option<&'static Listing> {
        match self {
            Self::Bench(listing) => Some(listing),
            _ => None,
        }
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        match self {
            Self::Workbench | Self::Nowhere => "#/".to_owned(),
            Self::Bench(listing) => Self::address_of(listing),
            Self::Guide(listing, chosen) => ["#", &listing.fragment(chosen)].concat(),
            Self::Options => "#/options".to_owned(),
            Self::Option(key) => option_address(key),
            Self::Rules => "#/rules".to_owned(),
            Self::Rule(id) => rule_address(id),
            Self::Messages(line) if line.is_empty() => "#/messages".to_owned(),
            Self::Messages(line) => messages_address(line),
            Self::Travel(asked) => travel_address(asked.iter().map(String::as_str)),
        }
    }

    /// What the page is called; what is called by a key or an id alone is that of an option or a rule.
    pub fn name(&self) -> &str {
        match self {
            Self::Workbench => "Editor",
            Self::Bench(listing) => listing.title,
            Self::Guide(listing, _) => listing.title,
            Self::Options => "All options",
            Self::Option(name) | Self::Rule(name) => name,
            Self::Rules => "All rules",
            Self::Messages(_) => "What the daemon says",
            Self::Travel(_) => "Travel check",
            Self::Nowhere => "No such page",
        }
    }
}

/// The networks that a fragment asks about, when it says nothing else.
fn asked(fragment: &str) -> Option<Vec<String>> {
    if fragment.len() > MAX_CHARACTERS {
        return None;
    }
    let parts = fragment.split('&').filter(|it| !it.is_empty());
    let asked: Option<Vec<String>> = parts
        .map(|it| {
            let value = it.strip_prefix("check=").or(it.strip_prefix("known="))?;
            // A network that no link may hold is one that is not understood.
            Some(unescape(value).unwrap_or_else(|| value.to_owned()))
        })
        .collect();
    asked.filter(|it| !it.is_empty())
}

/// Returns what a fragment, with or without its `#`, has of a link to a configuration, whole or broken; `None` where it
/// names a page.
pub fn link(fragment: &str) -> Option<&str> {
    let link = fragment.trim_start_matches('#');
    let is_page = link.is_empty() || link.starts_with('/') || asked(link).is_some();
    // The static page's own link to the text.
    (!is_page && link != "source").then_some(link)
}

/// The address of an option's page.
pub fn option_address(key: &str) -> String {
    ["#/options/", key].concat()
}

/// The address of a rule's page.
pub fn rule_address(id: &str) -> String {
    ["#/rules/", id].concat()
}

/// The address that explains a line of the daemon's.
pub fn messages_address(line: &str) -> String {
    ["#/messages/", &escape(line)].concat()
}

/// The address of the travel check about some networks.
pub fn travel_address<'a>(asked: impl IntoIterator<Item = &'a str>) -> String {
    let mut address = String::new();
    for it in asked {
        address.push_str(if address.is_empty() { "#check=" } else { "&check=" });
        address.push_str(it);
    }
    if address.is_empty() {
        address.push_str("#/travel");
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_check_names_it() {
        for asked in [&[][..], &["wifionice"], &["172.18.0.0/16", "fd00::/8"]] {
            let route = Route::of(&travel_address(asked.iter().copied()));
            assert_eq!(route, Route::Travel(asked.iter().map(|it| (*it).to_owned()).collect()));
        }
    }

    #[test]
    fn the_address_of_an_explanation_holds_the_line() {
        for line in ["EOF", "a (&{10.0.0.0/24 16}) <b> 100% ü", ""] {
            let route = Route::of(&messages_address(line));
            assert_eq!(route, Route::Messages(line.to_owned()), "{line}");
        }
    }

    #[test]
    fn fragments_name_pages() {
        for (fragment, route) in [
            ("", Route::Workbench),
            ("#", Route::Workbench),
            ("#/", Route::Workbench),
            ("#/options", Route::Options),
            ("#/options/", Route::Options),
            ("#/options/bip", Route::Option("bip".to_owned())),
            ("#/options/runtimes.%3Cname%3E.path", Route::Option("runtimes.<name>.path".to_owned())),
            ("#/rules/unknown-key", Route::Rule("unknown-key".to_owned())),
            ("#/rules", Route::Rules),
            ("#/messages", Route::Messages(String::new())),
            ("#/messages/EOF", Route::Messages("EOF".to_owned())),
            ("#/travel", Route::Travel(Vec::new())),
            (
                "#check=172.18.0.0/16&check=wifionice",
                Route::Travel(vec!["172.18.0.0/16".to_owned(), "wifionice".to_owned()]),
            ),
            ("#check=172.18.0.0%2F16", Route::Travel(vec!["172.18.0.0/16".to_owned()])),
            ("#/nowhere/else", Route::Nowhere),
            ("#/nowhere", Route::Nowhere),
            ("#/run", Route::Bench(bench::find("run").expect("a bench"))),
            ("#no/link", Route::Workbench), // a broken link
            (
                "#check=172.18.0.0/16&known=wifionice",
                Route::Travel(vec!["172.18.0.0/16".to_owned(), "wifionice".to_owned()]),
            ),
            ("#v1abc", Route::Workbench), // a link
            ("#check=172.18.0.0/16&pool=10.201.0.0/16:24", Route::Workbench),
        ] {
            assert_eq!(Route::of(fragment), route, "{fragment}");
        }
    }

    #[test]
    fn links_are_told_from_pages() {
        let long = &*["check=", &"1".repeat(MAX_CHARACTERS)].concat();
        for (fragment, expected) in [
            ("#v1abc", Some("v1abc")),
            ("#check=a&pool=10.0.0.0/16:24", Some("check=a&pool=10.0.0.0/16:24")),
            ("#engine=28", Some("engine=28")),
            ("#1abc", Some("1abc")), // broken: its first letter is missing
            (long, Some(long)),      // too long for a link, as it will be told
            ("", None),
            ("#", None),
            ("#source", None),
            ("#/travel", None),
            ("#check=wifionice&known=wifionice", None),
        ] {
            assert_eq!(link(fragment), expected, "{fragment}");
        }
    }
}
