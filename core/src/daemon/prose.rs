//! The long texts: what the reference says of every option, and the page of every rule.
//!
//! They are kept out of the wasm; the page fetches them as one asset.

use std::collections::BTreeMap;

use crate::{
    Engine,
    bench::{self, Listing, WORKBENCHES},
    daemon::{
        check::{RULES, Rule},
        dialect::NIXOS,
        options,
    },
    docker::host::Host,
    rule,
};

/// All reference texts.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Reference {
    /// The help of each option, by its key: a paragraph of Markdown.
    pub options: BTreeMap<&'static str, &'static str>,
    /// The pages of the rules: by their id, `unknown-key`, and those of another bench by its id before it, `run/privileged`.
    pub rules: BTreeMap<String, Page>,
}

/// The page of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Page {
    /// What it flags, why it matters, what to do and the source, in Markdown.
    pub markdown: String,
    /// A configuration that it flags.
    pub example: String,
    /// The id of the dialect that the example is written in; empty where it is the one it looks like.
    pub dialect: &'static str,
    /// The Engine that flags the example, as text: `29.7.2`.
    pub engine: String,
    /// The facts of the host that it takes, in words: `swarm`, `rootless`, `cgroup=v1`, `flag=debug`.
    pub host: Vec<String>,
}

impl Page {
    /// A host on which the example is flagged.
    pub fn host(&self) -> Host {
        Host::of_words(self.host.iter().map(String::as_str))
    }
}

/// Collects the long texts of all options and rules.
pub fn reference() -> Reference {
    let of_benches = WORKBENCHES.iter().flat_map(|bench| {
        let rules = bench.rules.iter().copied().flatten();
        rules.map(|it| page_for(bench.listing, it))
    });
    Reference {
        options: options::all().map(|it| (it.key, options::help(it.key))).collect(),
        rules: RULES.iter().map(|it| (it.id.to_owned(), page(it))).chain(of_benches).collect(),
    }
}

/// The page of a rule of another bench, with its name in the reference.
fn page_for(listing: &Listing, rule: &rule::Rule) -> (String, Page) {
    let page = rule.page();
    let example = fences(&page).into_iter().map(|it| it.2).find(|it| (listing.suits)(it));
    let page = Page { engine: String::new(), host: Vec::new(), ..page_of(&page) };
    // A rule of several benches may have no example for this one.
    let example = example.map_or(page.example.clone(), str::to_owned);
    let dialect = bench::of(&example).map_or(listing.dialect, |it| it.dialect);
    (listing.name_of_rule(rule.id), Page { dialect, example, ..page })
}

/// The page of a rule, its example set apart.
pub fn page(rule: &Rule) -> Page {
    page_of(&rule.page())
}

fn page_of(text: &str) -> Page {
    let (language, info, example) = example(text).unwrap_or_default();
    let dialect = match language {
        "nix" => NIXOS.id,
        _ => "",
    };
    let mut engine = Engine::LATEST;
    let mut host = Vec::new();
    for word in info.split_whitespace() {
        match word.strip_prefix("engine=").map(str::parse) {
            Some(named) => engine = named.unwrap_or_default(),
            None => host.push(word.to_owned()),
        }
    }
    Page {
        markdown: without_example(text),
        dialect,
        example: example.replace("\\u{feff}", "\u{feff}"),
        engine: engine.to_string(),
        host,
    }
}

/// The first fenced block of a page: its language, the words after that, and its text.
fn example(page: &str) -> Option<(&str, &str, &str)> {
    fences(page).into_iter().next()
}

/// The fenced blocks of a page's example; a rule of several benches has one in the language of each.
fn fences(page: &str) -> Vec<(&str, &str, &str)> {
    let section = page.split_once("## Example").map_or("", |it| it.1);
    let section = section.split_once("## Source").map_or(section, |it| it.0);
    section.split("```").skip(1).step_by(2).filter_map(fence).collect()
}

/// A fenced block without its marks.
fn fence(block: &str) -> Option<(&str, &str, &str)> {
    let (line, text) = block.split_once('\n')?;
    let (language, info) = line.split_once(' ').unwrap_or((line, ""));
    Some((language, info, text))
}

fn without_example(page: &str) -> String {
    let before = page.split_once("## Example").map_or(page, |it| it.0);
    let after = page.split_once("## Source").map_or("", |it| it.1);
    format!("{before}## Source{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_and_every_rule_has_its_text() {
        let reference = reference();
        for (key, help) in &reference.options {
            assert!(!help.is_empty(), "{key}");
        }
        // Benches may use one id for rules of their own.
        let of_benches = WORKBENCHES.iter().flat_map(|it| it.rules).map(|it| it.len());
        assert_eq!(reference.rules.len(), RULES.len() + of_benches.sum::<usize>());
        for (id, page) in &reference.rules {
            assert!(page.markdown.contains("## Why it matters"), "{id}");
            assert!(!page.example.is_empty(), "{id}");
        }
    }

    #[test]
    fn the_fence_names_the_engine_and_the_host() {
        let page = page_of("x\n## Example\n```json engine=26 swarm flag=debug\n{}\n```\n## Source\ny");
        assert_eq!((&*page.engine, &*page.example), ("26.1.5", "{}\n"));
        assert_eq!(page.markdown, "x\n## Source\ny");
        let host = page.host();
        assert!(host.swarm && host.flags.has("debug"));
    }
}
