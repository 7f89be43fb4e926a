//! What does a line of a list name? Networks, ranges and addresses in any order, with names and comments.

use std::net::IpAddr;

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{
        self, Written, address, address_bits, cidr, cover, hides_address, is_network,
        looks_like_address, special, written,
    },
    command,
    reader::{Naming, Reader},
    row::{Row, is_white},
};
use crate::{diagnostic::Span, network::Subnet};

/// Takes empty lines and comments.
pub fn take_nothing<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    // `# ip route` is what root typed.
    if row.text.starts_with('#') && command::take(reader, row) {
        return true;
    }
    let is_comment = row.text.starts_with(['#', ';']) || row.text.starts_with("//");
    match (row.text.is_empty(), is_comment) {
        (true, _) => reader.ignore(Ignored::Empty),
        (false, true) => reader.ignore(Ignored::Comment),
        (false, false) => return false,
    }
    true
}

/// Reads a line that is of no other notation.
pub fn read<'a>(reader: &mut Reader<'a>, row: &Row<'a>) {
    let (listed, comment) = match row.text.find([' ', '\t']).and(row.text.find('#')) {
        Some(at) => row.text.split_at(at),
        None => (row.text, ""),
    };
    if take_mask(reader, row) {
        return;
    }
    if words(listed).any(|it| looks_like_address(it.1)) {
        reader.enter(Notation::List);
    } else if row.indent == 0 && row.text.contains(':') {
        // The name of an interface or of what follows: `Ethernet adapter:`, `wlan0: connected to Home`.
        let name = match row.text.strip_suffix(':') {
            Some(name) => name.trim_end(),
            None => row.word(0).trim_end_matches(':'),
        };
        reader.interface = Some(name);
        reader.link = None;
    }
    if row.text.ends_with(':') && !row.has_addresses() {
        reader.ignore(Ignored::Heading);
    }
    let naming = Naming {
        role: Role::Listed,
        system: System::Unknown,
        name: name_of(listed, comment),
    };
    let mut list = List {
        reader,
        naming,
        last: None,
        is_range: false,
    };
    for (at, word) in words(listed) {
        let start = row.start + at;
        list.word(word, Span::new(start, start + word.len()));
    }
    list.settle();
}

/// Takes `Subnet mask: 255.255.0.0` below `IP address: 172.18.97.203`, as settings on telephones and laptops show them.
fn take_mask<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let mut addresses = words(row.text).filter(|it| looks_like_address(it.1));
    let (Some((_, word)), None) = (addresses.next(), addresses.next()) else {
        return false;
    };
    let line = reader.pasted.lines.len();
    let [before @ .., last] = reader.pasted.networks.as_mut_slice() else {
        return false;
    };
    let is_alone = before.last().is_none_or(|it| it.line < last.line);
    let is_address = last.role == Role::Listed && last.subnet.prefix_len() == 32;
    let Some(bits) = addresses::mask(word).filter(|_| word.starts_with("255.")) else {
        return false;
    };
    if last.line + 1 != line || !is_alone || !is_address || !last.subnet.is_ipv4() {
        return false;
    }
    last.subnet = Subnet::new(last.subnet.network_address(), bits);
    last.role = Role::OwnAddress;
    reader.take(Notation::List, Ignored::Detail)
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
        let bare = match looks_like_address(word) && cidr(bare).is_none() {
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
        .find(|it| it.contains(char::is_alphabetic))
}

struct List<'r, 'a> {
    reader: &'r mut Reader<'a>,
    naming: Naming<'a>,
    /// The address before, which a mask or a range's end may follow.
    last: Option<(IpAddr, Span)>,
    is_range: bool,
}

impl List<'_, '_> {
    fn word(&mut self, word: &str, span: Span) {
        if self.last.is_some() {
            match word {
                "-" | "–" | "—" | "->" | "→" | ".." | "..." | "…" | "to" | "through" | "until"
                | "bis" | "à" => {
                    self.is_range = true;
                    return;
                }
                "mask" | "netmask" => return,
                _ => {}
            }
        }
        if let (Some((addr, from)), Some(bits)) = (self.last, word.strip_prefix('/')) {
            // 10.0.0.0 /8
            self.last = None;
            let bits = addresses::number(bits).filter(|it| *it <= address_bits(addr));
            let block = bits.map(|bits| Written::Block(Subnet::new(addr, bits)));
            return self.add(block.ok_or(NotUnderstood::NoLength), from.to(span));
        }
        if !looks_like_address(word) {
            if hides_address(word) {
                self.reader.refuse(NotUnderstood::Address);
            }
            return;
        }
        if let Some((first, from)) = self.last {
            let whole = from.to(span);
            if let (true, Some(last)) = (self.is_range, address(word)) {
                self.last = None;
                self.is_range = false;
                return self.add(addresses::range(first, last), whole);
            }
            if first.is_ipv4() && (word.starts_with("255.") || word.starts_with("0.")) {
                self.last = None;
                let bits = addresses::mask_or_inverse(word).ok_or(NotUnderstood::Mask);
                return self.add(bits.map(|it| Written::Block(Subnet::new(first, it))), whole);
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
    }

    /// The address before stands alone.
    fn settle(&mut self) {
        if let Some((addr, span)) = self.last.take() {
            if is_network(addr) && special(Subnet::new(addr, address_bits(addr))).is_none() {
                self.reader.refuse(NotUnderstood::NoLength);
            }
            self.add(Ok(Written::Address(addr)), span);
        }
        if std::mem::take(&mut self.is_range) {
            self.reader.refuse(NotUnderstood::Range);
        }
    }

    fn add(&mut self, written: Result<Written, NotUnderstood>, span: Span) {
        let naming = self.naming;
        match written {
            Err(why) => self.reader.refuse(why),
            Ok(Written::Block(subnet)) => self.reader.find(subnet, span, naming),
            Ok(Written::Address(addr)) => {
                let alone = Subnet::new(addr, address_bits(addr));
                self.reader.find(alone, span, naming);
            }
            Ok(Written::Range(first, last)) => {
                cover(first, last, |it| self.reader.find(it, span, naming));
            }
        }
    }
}
