//! What does a line of a list name? Networks, ranges and addresses in any order, with names and comments.

use std::net::IpAddr;

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{
        self, Written, address, address_bits, cidr, cover, hides_address, is_network, looks_like_address, special,
        written,
    },
    command,
    reader::{Naming, Reader},
    row::{Row, is_white},
};
use crate::{address::Subnet, text::Span};

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
    let words: Vec<Word> =
        words(listed).map(|(at, text)| Word { at, text, is_address: looks_like_address(text) }).collect();
    if words.iter().any(|it| it.is_address) {
        // The output of a program goes on with its addresses.
        if reader.notation != Notation::Program {
            reader.enter(Notation::List);
        }
    } else if row.indent == 0 && row.text.contains(':') {
        // The name of an interface or of what follows: `Ethernet adapter:`, `wlan0: connected to Home`.
        let name = match row.text.strip_suffix(':') {
            Some(name) => name.trim_end(),
            None => row.word(0).trim_end_matches(':'),
        };
        reader.interface = Some(name);
        reader.link = None;
    }
    let is_heading = row.text.ends_with([':', '[', '{']) || is_heading(row);
    if is_heading && !row.has_addresses() {
        reader.ignore(Ignored::Heading);
    }
    if is_rule(row.text) {
        reader.ignore(Ignored::Heading);
        if row.text.contains(['|', '+']) {
            reader.head_table();
        }
    }
    let heading = reader.interface.filter(|_| reader.notation == Notation::Program);
    let names = names(listed, comment, &words);
    let mut names = names.iter();
    let mut list = List {
        reader,
        naming: Naming { role: Role::Listed, system: System::Unknown, name: None },
        name: None,
        last: None,
        is_adjacent: false,
        is_range: false,
    };
    for word in &words {
        if word.is_address {
            list.name = names.next().copied().flatten().or(heading);
        }
        let start = row.start + word.at;
        list.word(word, Span::new(start, start + word.text.len()));
    }
    list.settle();
}

/// Whether a line has nothing but the headings of columns.
fn is_heading(row: &Row) -> bool {
    const HEADINGS: &[&str] = &[
        "address",
        "addresses",
        "base",
        "block",
        "cidr",
        "comment",
        "description",
        "destination",
        "device",
        "flags",
        "gateway",
        "genmask",
        "host",
        "id",
        "iface",
        "interface",
        "ip",
        "length",
        "location",
        "mask",
        "metric",
        "name",
        "netif",
        "netmask",
        "network",
        "networks",
        "office",
        "prefix",
        "range",
        "ranges",
        "ref",
        "refs",
        "route",
        "routes",
        "site",
        "size",
        "status",
        "subnet",
        "subnets",
        "type",
        "use",
        "vlan",
    ];
    row.words.len() < 12
        && row.words.iter().all(|it| {
            let word = it.trim_matches(|it: char| !it.is_alphanumeric());
            word.is_empty() || HEADINGS.iter().any(|it| it.eq_ignore_ascii_case(word))
        })
        && row.text.contains(char::is_alphabetic)
}

/// Whether a line is drawn: `---`, `|:---|---:|` of Markdown, `+----+----+` of a database.
fn is_rule(text: &str) -> bool {
    let is_drawn = |it: char| matches!(it, '-' | '=' | '_' | '|' | '+' | ':' | ' ' | '\t');
    text.chars().all(is_drawn) && ["---", "===", "___"].iter().any(|it| text.contains(it))
}

/// A word of a list.
struct Word<'a> {
    at: usize,
    text: &'a str,
    is_address: bool,
}

/// Takes `Subnet mask: 255.255.0.0` below `IP address: 172.18.97.203`, as settings on telephones and laptops show them.
fn take_mask<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    // Nearly every line ends here.
    if !row.text.as_bytes().windows(4).any(|it| it == b"255.") {
        return false;
    }
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
    let notation = match reader.notation {
        Notation::Program => Notation::Program,
        _ => Notation::List,
    };
    reader.take(notation, Ignored::Detail)
}

fn is_separator(it: char) -> bool {
    is_white(it)
        || matches!(it, ',' | ';' | '=' | '|' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '•')
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
        let bare = match bare.len() < word.len() && looks_like_address(word) && cidr(bare).is_none() {
            true => word,
            false => bare,
        };
        (!bare.is_empty()).then_some((start, bare))
    })
}

/// What the addresses of a line are called, each as the words beside it say: `VPN: 10.8.0.0/24, 10.9.0.0/24; office
/// 192.168.10.0/23 (floor 2)`.
///
/// Names come before their addresses when one comes before the first, and otherwise after them, or in the comment.
fn names<'a>(listed: &'a str, comment: &'a str, words: &[Word]) -> Vec<Option<&'a str>> {
    let addresses: Vec<&Word> = words.iter().filter(|it| it.is_address).collect();
    let Some(first) = addresses.first() else {
        return Vec::new();
    };
    // The text after each address, up to the next one.
    let gaps = addresses.iter().enumerate().map(|(index, it)| {
        let start = it.at + it.text.len();
        let end = addresses.get(index + 1).map_or(listed.len(), |it| it.at);
        listed.get(start..end).unwrap_or_default()
    });
    let before = bare_name(listed.get(..first.at).unwrap_or_default());
    if before.is_some() {
        let mut name = before;
        let others = gaps.take(addresses.len() - 1).map(|gap| {
            // What is in brackets belongs to the address before.
            let behind = gap.rsplit_once(')').map_or(gap, |it| it.1);
            name = bare_name(behind).or(name);
            name
        });
        return std::iter::once(before).chain(others).collect();
    }
    let mut names: Vec<Option<&str>> = vec![None; addresses.len()];
    let mut unnamed = 0;
    for (index, gap) in gaps.enumerate() {
        let name = match bare_name(gap) {
            None if index + 1 == addresses.len() => bare_name(comment),
            name => name,
        };
        if name.is_some() {
            names.get_mut(unnamed..=index).unwrap_or_default().fill(name);
            unnamed = index + 1;
        }
    }
    names
}

/// The words of a text, without what parts them from addresses; `None` when they name nothing.
fn bare_name(text: &str) -> Option<&str> {
    const JOINTS: &[&str] =
        &["and", "und", "et", "y", "or", "oder", "to", "through", "until", "bis", "à", "mask", "netmask"];
    let name =
        text.trim_matches(|it| is_separator(it) || matches!(it, '-' | '*' | ':' | '#' | '–' | '—' | '/' | '→' | '.'));
    let is_name = name.contains(char::is_alphabetic) && !JOINTS.contains(&name);
    is_name.then_some(name)
}

struct List<'r, 'a> {
    reader: &'r mut Reader<'a>,
    naming: Naming<'a>,
    /// What the next address is called.
    name: Option<&'a str>,
    /// The address before, which a mask or a range's end may follow.
    last: Option<(IpAddr, Span)>,
    /// Whether that address is the word before.
    is_adjacent: bool,
    is_range: bool,
}

impl List<'_, '_> {
    fn word(&mut self, word: &Word, span: Span) {
        let Word { text: word, is_address, .. } = *word;
        let is_adjacent = std::mem::take(&mut self.is_adjacent);
        if self.last.is_some() {
            match word {
                "-" | "–" | "—" | "->" | "→" | ".." | "..." | "…" | "to" | "through" | "until" | "bis" | "à"
                    if is_adjacent =>
                {
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
        if !is_address {
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
        self.naming.name = self.name;
        match written(word) {
            Ok(Written::Address(_)) if word.starts_with("255.") && word != "255.255.255.255" => {
                self.reader.refuse(NotUnderstood::Mask);
            }
            Ok(Written::Address(addr)) => {
                self.last = Some((addr, span));
                self.is_adjacent = true;
            }
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
