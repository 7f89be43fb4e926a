//! What is wrong with a text that should be an address with a prefix length, and what was likely meant?

use std::{borrow::Cow, net::Ipv4Addr};

use crate::docker::go::net::parse_prefix;

/// Why a text is no address with a prefix length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong with it: a sentence.
    pub reason: Cow<'static, str>,
    /// What was meant, when there is no doubt.
    pub meant: Option<String>,
}

/// Says what keeps a text from being an address with a prefix length.
pub fn malformed(text: &str) -> Malformed {
    let because = |reason: &'static str, meant: Option<String>| Malformed {
        reason: reason.into(),
        meant: meant.filter(|it| parse_prefix(it).is_some()),
    };
    let trimmed = text.trim();
    if trimmed != text {
        return because("Spaces do not belong here.", Some(trimmed.to_owned()));
    }
    let Some((addr, bits)) = text.split_once('/') else {
        return because("The prefix length is missing.", None);
    };
    if let Ok(mask) = bits.parse::<Ipv4Addr>() {
        let mask = u32::from(mask);
        let is_mask = mask.count_ones() == mask.leading_ones();
        let meant = is_mask.then(|| format!("{addr}/{}", mask.leading_ones()));
        return because("Write a prefix length here, not a netmask.", meant);
    }
    if bits.len() > 1 && bits.starts_with('0') {
        let meant = format!("{addr}/{}", bits.trim_start_matches('0'));
        return because("The prefix length is written without leading zeros.", Some(meant));
    }
    if addr.contains('%') {
        return because("A zone, the part from % on, does not belong here.", None);
    }
    if parse_prefix(&format!("{addr}/0")).is_some() {
        let reason = match addr.contains(':') {
            true => "The prefix length of IPv6 is a number from 0 to 128.",
            false => "The prefix length of IPv4 is a number from 0 to 32.",
        };
        return because(reason, None);
    }
    let numbers: Vec<&str> = addr.split('.').collect();
    let is_numeric = numbers.iter().all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    if !is_numeric {
        return because("The part before the slash is not an address.", None);
    }
    if numbers.len() != 4 {
        return because("An IPv4 address has four numbers.", None);
    }
    match numbers.iter().any(|it| it.len() > 1 && it.starts_with('0')) {
        true => because("The numbers of an address are written without leading zeros.", None),
        false => because("The numbers of an IPv4 address go up to 255.", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_what_was_meant() {
        for (text, reason, meant) in [
            (" 10.0.0.0/16", "Spaces", Some("10.0.0.0/16")),
            (" abc", "Spaces", None),
            ("10.0.0.0", "The prefix length is missing", None),
            ("", "The prefix length is missing", None),
            ("10.0.0.0/255.255.0.0", "Write a prefix length here", Some("10.0.0.0/16")),
            ("10.0.0.0/255.0.255.0", "Write a prefix length here", None),
            ("10.0.0.0/016", "The prefix length is written without", Some("10.0.0.0/16")),
            ("10.0.0.0/00", "The prefix length is written without", None),
            ("10.0.0.0/33", "The prefix length of IPv4", None),
            ("10.0.0.0/", "The prefix length of IPv4", None),
            ("fd00::/129", "The prefix length of IPv6", None),
            ("fe80::%eth0/64", "A zone", None),
            ("abc/16", "The part before the slash", None),
            ("/16", "The part before the slash", None),
            ("10.0.0/16", "An IPv4 address has four", None),
            ("300.0.0.0/16", "The numbers of an IPv4 address go", None),
            ("010.0.0.0/16", "The numbers of an address are", None),
        ] {
            let found = malformed(text);
            assert!(found.reason.starts_with(reason), "{text}: {}", found.reason);
            assert_eq!(found.meant.as_deref(), meant, "{text}");
        }
    }
}
