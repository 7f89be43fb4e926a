//! What is a guide? A few choices in, what follows from them out, in order: there is no text to own, as there is on a
//! workbench.
//!
//! Rows of functions and data, which page and terminal draw and call without knowing what they are about. Whoever names a
//! [`Guide`] carries its code; a page whose guides come in a file of their own knows them by [`LISTINGS`].

pub mod access;
mod platform;
pub mod storage;
mod told;

use std::fmt;

use crate::{
    bench::{Block, Choice, Chosen},
    link::{escape, unescape_any},
    rule::diagnostic::Severity,
};

/// What is told of a guide before its code has come.
pub struct Listing {
    /// Its name in addresses and on the command line, `storage` for `#/storage`; once released it stays.
    pub id: &'static str,
    /// Its name for people: `Storage driver`.
    pub title: &'static str,
    /// What it answers, in a sentence.
    pub about: &'static str,
    /// Everything that it may ask for.
    pub choices: &'static [&'static Choice],
}

/// A guide, with its code.
pub struct Guide {
    /// What is told of it.
    pub listing: &'static Listing,
    /// What is asked for, in order, once some of it is answered: what no longer matters is not asked for.
    pub asks: fn(&Chosen) -> Vec<&'static Choice>,
    /// What follows. Any choices have an answer.
    pub answer: fn(&Chosen) -> Answer,
}

/// What follows from what was chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How much it matters; `None` for what is fine.
    pub severity: Option<Severity>,
    /// The answer, in a sentence or two.
    pub sentence: String,
    /// What there is to know and to do, from top to bottom.
    pub blocks: Vec<Block>,
}

impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Listing {}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Listing {
    /// The choice of this id.
    pub fn choice(&self, id: &str) -> Option<&'static Choice> {
        self.choices.iter().copied().find(|it| it.id == id)
    }

    /// The address of the guide with these choices, without its `#`: `/storage?from=24`.
    pub fn fragment(&self, chosen: &Chosen) -> String {
        let choices: Vec<String> = chosen.unusual().map(|(id, value)| [id, "=", &escape(value)].concat()).collect();
        let mark = if choices.is_empty() { "" } else { "?" };
        ["/", self.id, mark, &choices.join("&")].concat()
    }
}

/// The guide that an address names, whole or from its fragment on, with what is chosen there. What it does not ask for, and
/// values that a choice does not have, are left out.
pub fn of(link: &str) -> Option<(&'static Listing, Chosen)> {
    let fragment = link.split_once('#').map_or(link, |it| it.1).trim();
    let (id, choices) = fragment.strip_prefix('/')?.split_once('?').unwrap_or((&fragment[1..], ""));
    let listing = find(id)?;
    let chosen =
        choices.split('&').filter_map(|it| it.split_once('=')).fold(Chosen::default(), |chosen, (id, value)| {
            match (listing.choice(id), unescape_any(value)) {
                (Some(choice), Some(value)) => chosen.with(choice, &value),
                _ => chosen,
            }
        });
    Some((listing, chosen))
}

/// The guide of this id.
pub fn find(id: &str) -> Option<&'static Listing> {
    LISTINGS.iter().copied().find(|it| it.id == id)
}

/// What is told of each guide.
pub static LISTINGS: &[&Listing] = &[&storage::LISTING, &access::LISTING];

/// Each guide, with its code.
pub static GUIDES: &[&Guide] = &[&storage::GUIDE, &access::GUIDE];
