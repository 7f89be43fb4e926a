//! What does a line of a list name? Networks, ranges and addresses in any order, with names and comments.

use super::{
    Ignored, NotUnderstood, Role, System,
    addresses::{self, Written, address, cover, looks_like_address, written},
    reader::{Naming, Reader},
};
use crate::{diagnostic::Span, network::Subnet};

/// Reads a line that begins at byte `start` of the text.
pub fn read(reader: &mut Reader, line: &str, start: usize) {
    let bare = line.trim_matches(is_white);
    if bare.is_empty() {
        return reader.ignore(Ignored::Empty);
    }
    if bare.starts_with(['#', ';']) || bare.starts_with("//") {
        return reader.ignore(Ignored::Comment);
    }
    let (listed, comment) = split_comment(line);
    let mut list = List {
        reader,
        name: None,
        last: None,
        is_range: false,
    };
    list.name = name_of(listed, comment);
    let mut has_words = false;
    for (at, word) in words(listed) {
        has_words |= !list.word(word, start + at);
    }
    list.settle();
    if bare.ends_with(':') && has_words {
        reader.ignore(Ignored::Heading);
    }
}

/// White space of every kind, and the byte order mark.
pub fn is_white(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}' | '\0')
}

fn split_comment(line: &str) -> (&str, &str) {
    let hash = line.find([' ', '\t']).and_then(|_| line.find('#'));
    match hash {
        Some(at) => line.split_at(at),
        None => (line, ""),
    }
}

fn is_separator(it: char) -> bool {
    is_white(it)
        || matches!(
            it,
            ',' | ';'
                | '='
                | '|'
                | '"'
                | '\''
                | '`'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '•'
        )
}

/// The words between separators, with the byte each begins at.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split(is_separator).filter_map(move |word| {
        let start = at;
        at += word.len();
        at += line.get(at..)?.chars().next().map_or(0, char::len_utf8);
        let bare = word.trim_end_matches(['.', ':', '!', '?']);
        // An address may end with two colons: fd00::
        let bare = match looks_like_address(word) {
            true => word,
            false => bare,
        };
        (!bare.is_empty()).then_some((start, bare))
    })
}

/// What stands before the first address, or else behind the last, or else in the comment.
fn name_of<'a>(listed: &'a str, comment: &'a str) -> Option<&'a str> {
    let is_address = |(_, word): &(usize, &str)| looks_like_address(word);
    let first = words(listed).find(is_address)?;
    let last = words(listed).filter(is_address).last()?;
    let before = listed.get(..first.0).unwrap_or_default();
    let behind = listed.get(last.0 + last.1.len()..).unwrap_or_default();
    [before, behind, comment]
        .into_iter()
        .map(|it| {
            it.trim_matches(|it| {
                is_separator(it) || matches!(it, '-' | '*' | ':' | '#' | '–' | '/')
            })
        })
        .find(|it| !it.is_empty())
}

struct List<'a, 'b> {
    reader: &'b mut Reader,
    name: Option<&'a str>,
    /// The address before, which a mask or a range's end may follow.
    last: Option<(std::net::IpAddr, Span)>,
    is_range: bool,
}

impl List<'_, '_> {
    /// Whether the word was of use.
    fn word(&mut self, word: &str, start: usize) -> bool {
        let span = Span::new(start, start + word.len());
        if self.last.is_some() {
            match word {
                "-" | "–" | "—" | "to" | "bis" | ".." => {
                    self.is_range = true;
                    return true;
                }
                "mask" | "netmask" | "Mask" => return true,
                _ => {}
            }
        }
        if !looks_like_address(word) {
            return false;
        }
        if let Some((first, from)) = self.last {
            let last = address(word);
            if let (true, Some(last)) = (self.is_range, last) {
                self.last = None;
                self.is_range = false;
                self.add(addresses::range(first, last), from.to(span));
                return true;
            }
            if first.is_ipv4() && (word.starts_with("255.") || word.starts_with("0.")) {
                self.last = None;
                let block = addresses::mask_or_inverse(word)
                    .map(|bits| Written::Block(Subnet::new(first, bits)));
                self.add(block.ok_or(NotUnderstood::Mask), from.to(span));
                return true;
            }
        }
        self.settle();
        match written(word) {
            Ok(Written::Address(_)) if word.starts_with("255.") && word != "255.255.255.255" => {
                self.reader.refuse(NotUnderstood::Mask);
            }
            Ok(Written::Address(addr)) => self.last = Some((addr, span)),
            other => self.add(other, span),
        }
        true
    }

    /// The address before stands alone.
    fn settle(&mut self) {
        if let Some((addr, span)) = self.last.take() {
            let alone = Subnet::new(addr, addresses::address_bits(addr));
            self.add(Ok(Written::Block(alone)), span);
        }
        if std::mem::take(&mut self.is_range) {
            self.reader.refuse(NotUnderstood::Range);
        }
    }

    fn add(&mut self, written: Result<Written, NotUnderstood>, span: Span) {
        let naming = Naming {
            role: Role::Listed,
            system: System::Unknown,
            name: self.name,
        };
        match written {
            Err(why) => self.reader.refuse(why),
            Ok(Written::Block(subnet)) => self.reader.find(subnet, span, &naming),
            Ok(Written::Address(addr)) => {
                let alone = Subnet::new(addr, addresses::address_bits(addr));
                self.reader.find(alone, span, &naming);
            }
            Ok(Written::Range(first, last)) => {
                cover(first, last, |it| self.reader.find(it, span, &naming));
            }
        }
    }
}
