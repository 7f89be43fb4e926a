//! URLs as Go's `net/url` package reads them.
//!
//! Source: Go `src/net/url/url.go`, `Parse`; its changes in Go 1.24.8 (CVE-2025-47912) and 1.26 (`urlstrictcolons`).

use std::net::Ipv6Addr;

use crate::{Engine, text::find};

/// The parts of a URL that the daemon looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url<'a> {
    /// In lower case; empty when there is none.
    pub scheme: String,
    /// The part before `@`, as written.
    pub user: Option<&'a str>,
    /// Host and port, as written, brackets included.
    pub host: &'a str,
    /// The path, as written.
    pub path: &'a str,
    /// What follows `?`, as written.
    pub query: &'a str,
    /// What follows `#`, as written.
    pub fragment: &'a str,
}

impl<'a> Url<'a> {
    /// The host without port and brackets.
    pub fn hostname(&self) -> &'a str {
        let (host, _) = self.split_host();
        match host.strip_prefix('[') {
            Some(inner) => inner.strip_suffix(']').unwrap_or(host),
            None => host,
        }
    }

    /// The digits after the last colon, empty when there are none.
    pub fn port(&self) -> &'a str {
        self.split_host().1
    }

    fn split_host(&self) -> (&'a str, &'a str) {
        match self.host.rsplit_once(':') {
            Some((host, port)) if is_digits(port) => (host, port),
            _ => (self.host, ""),
        }
    }

    /// The password before `@`.
    pub fn password(&self) -> Option<&'a str> {
        self.user?.split_once(':').map(|(_, password)| password)
    }
}

/// Why a text is not a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A control character, such as a line break.
    ControlCharacter,
    /// It starts with a colon.
    NoScheme,
    /// Its first path segment holds a colon, so what precedes it looks like a scheme but is not one.
    Colon,
    /// `%` without two hexadecimal digits, or where it may not occur.
    Escape,
    /// A character that a host name cannot hold, such as a space.
    HostCharacter,
    /// Brackets around something that is no IPv6 address, or only one bracket.
    Brackets,
    /// The port is not a number.
    Port,
    /// A character before `@` that may not occur there.
    User,
}

impl Flaw {
    /// What is wrong, to follow "it".
    pub fn words(self) -> &'static str {
        match self {
            Self::ControlCharacter => "holds a control character",
            Self::NoScheme => "starts with a colon",
            Self::Colon => "does not start with a scheme such as `https://`",
            Self::Escape => "holds a `%` that does not begin an escape such as `%20`",
            Self::HostCharacter => "holds a character that no host name can have",
            Self::Brackets => "has brackets that do not hold an IPv6 address",
            Self::Port => "has a port that is not a number",
            Self::User => "holds a character that cannot occur before `@`",
        }
    }
}

/// Reads a URL as the Go release that `engine` is built with does.
///
/// # Errors
///
/// The first [`Flaw`] that Go would name, such as [`Flaw::Port`] for `http://host:port`.
pub fn parse(text: &str, engine: Engine) -> Result<Url<'_>, Flaw> {
    let (text, fragment) = cut_fragment(text)?;
    if text == "*" {
        let path = text;
        return checked(Url { path, fragment, ..Url::default() });
    }
    let (scheme, rest) = split_scheme(text)?;
    let scheme = scheme.to_ascii_lowercase();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let url = Url { scheme, query, fragment, ..Url::default() };
    if !rest.starts_with('/') {
        if !url.scheme.is_empty() {
            return checked(url); // opaque, such as `mailto:somebody`
        }
        if rest.split('/').next().is_some_and(|it| find::has(it, b':')) {
            return Err(Flaw::Colon);
        }
    }
    let has_authority = !url.scheme.is_empty() || !rest.starts_with("///");
    match rest.strip_prefix("//").filter(|_| has_authority) {
        Some(rest) => with_authority(url, rest, engine),
        None => checked(Url { path: rest, ..url }),
    }
}

/// Reads what follows `scheme://` in a URL.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_after<'a>(scheme: &str, rest: &'a str, engine: Engine) -> Result<Url<'a>, Flaw> {
    let (rest, fragment) = cut_fragment(rest)?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let url = Url { scheme: scheme.to_owned(), query, fragment, ..Url::default() };
    with_authority(url, rest, engine)
}

fn cut_fragment(text: &str) -> Result<(&str, &str), Flaw> {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    match text.bytes().any(|it| it < b' ' || it == 0x7f) {
        true => Err(Flaw::ControlCharacter),
        false => Ok((text, fragment)),
    }
}

/// Takes user, host and path from what follows the two slashes.
fn with_authority<'a>(url: Url<'a>, rest: &'a str, engine: Engine) -> Result<Url<'a>, Flaw> {
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    check_host(host, &url.scheme, engine)?;
    user.map_or(Ok(()), check_user)?;
    checked(Url { user, host, path, ..url })
}

/// The same URL when its path and fragment can be unescaped.
fn checked(url: Url<'_>) -> Result<Url<'_>, Flaw> {
    check_escapes(url.path)?;
    check_escapes(url.fragment)?;
    Ok(url)
}

/// The scheme, empty when there is none, and what follows its colon.
fn split_scheme(text: &str) -> Result<(&str, &str), Flaw> {
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '+' | '-' | '.'));
    match end.and_then(|at| text.split_at_checked(at)) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            if scheme.is_empty() {
                return Err(Flaw::NoScheme);
            }
            match scheme.starts_with(|it: char| it.is_ascii_alphabetic()) {
                true => Ok((scheme, rest.strip_prefix(':').unwrap_or_default())),
                false => Ok(("", text)),
            }
        }
        _ => Ok(("", text)),
    }
}

fn check_host(host: &str, scheme: &str, engine: Engine) -> Result<(), Flaw> {
    // 25.0 is built with later versions of Go than the Engines after it.
    let late_25 = Engine::new(25, 0, 16)..Engine::new(26, 0, 0);
    let checks_brackets = Engine::new(28, 5, 1) <= engine || late_25.contains(&engine);
    let is_strict = Engine::new(29, 7, 0) <= engine && matches!(scheme, "http" | "https");
    if let Some(rest) = host.strip_prefix('[') {
        let (address, after) = rest.rsplit_once(']').ok_or(Flaw::Brackets)?;
        if !is_optional_port(after) {
            return Err(Flaw::Port);
        }
        let (address, zone) = match find::split_once(address, "%25") {
            Some((address, zone)) => (address, Some(zone)),
            None => (address, None),
        };
        check_host_characters(address)?;
        if let Some(zone) = zone {
            check_escapes(zone)?;
            if zone.bytes().any(|it| it.is_ascii() && it != b'%' && !is_host_byte(it)) {
                return Err(Flaw::HostCharacter);
            }
        }
        let is_address = address.parse::<Ipv6Addr>().is_ok() && zone != Some("");
        return match checks_brackets && !is_address {
            true => Err(Flaw::Brackets),
            false => Ok(()),
        };
    }
    if is_strict && find::has(host, b'[') {
        return Err(Flaw::Brackets);
    }
    let colon = match is_strict {
        true => host.find(':'),
        false => host.rfind(':'),
    };
    if colon.and_then(|at| host.get(at..)).is_some_and(|it| !is_optional_port(it)) {
        return Err(Flaw::Port);
    }
    check_host_characters(host)
}

fn check_host_characters(host: &str) -> Result<(), Flaw> {
    check_escapes(host)?;
    let is_ascii_escape = |it: &str| !it.starts_with("25") && it.starts_with(|it| matches!(it, '0'..='7'));
    if host.split('%').skip(1).any(is_ascii_escape) {
        return Err(Flaw::Escape);
    }
    match host.bytes().all(|it| !it.is_ascii() || it == b'%' || is_host_byte(it)) {
        true => Ok(()),
        false => Err(Flaw::HostCharacter),
    }
}

/// The ASCII characters that may occur in a host unescaped.
fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte)
}

fn check_user(user: &str) -> Result<(), Flaw> {
    let is_fine = |it: u8| it.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&it);
    match user.bytes().all(is_fine) {
        true => check_escapes(user),
        false => Err(Flaw::User),
    }
}

/// Every `%` is followed by two hexadecimal digits.
fn check_escapes(text: &str) -> Result<(), Flaw> {
    let is_escape = |it: &str| {
        let mut digits = it.bytes();
        let mut is_digit = || digits.next().is_some_and(|it| it.is_ascii_hexdigit());
        is_digit() && is_digit()
    };
    match text.split('%').skip(1).all(is_escape) {
        true => Ok(()),
        false => Err(Flaw::Escape),
    }
}

fn is_optional_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(is_digits)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Engine = Engine::new(20, 10, 24);

    #[test]
    fn takes_a_url_apart() {
        let url = parse("HTTPS://me:secret@host:80/a/b?c=d#e", OLD).unwrap();
        assert_eq!(
            (url.scheme.as_str(), url.user, url.host, url.path),
            ("https", Some("me:secret"), "host:80", "/a/b")
        );
        assert_eq!((url.query, url.fragment), ("c=d", "e"));
        assert_eq!((url.hostname(), url.port()), ("host", "80"));
        assert_eq!(url.password(), Some("secret"));
        let url = parse("tcp://[::1]", OLD).unwrap();
        assert_eq!((url.hostname(), url.port()), ("::1", ""));
    }

    #[test]
    fn refuses_what_go_refuses() {
        for (text, old, new) in [
            ("https://host", None, None),
            ("https:/host", None, None), // a path
            ("https:host", None, None),  // opaque
            ("host", None, None),        // a path
            ("host:5000", None, None),   // a scheme and something opaque
            ("10.0.0.1:5000", Some(Flaw::Colon), Some(Flaw::Colon)),
            (" https://host", Some(Flaw::Colon), Some(Flaw::Colon)),
            ("://host", Some(Flaw::NoScheme), Some(Flaw::NoScheme)),
            ("https://host:port", Some(Flaw::Port), Some(Flaw::Port)),
            ("https://host:99999", None, None), // any number of digits
            ("https://ho st", Some(Flaw::HostCharacter), Some(Flaw::HostCharacter)),
            ("https://host ", Some(Flaw::HostCharacter), Some(Flaw::HostCharacter)),
            ("https://host/a b", None, None),
            ("https://host\n", Some(Flaw::ControlCharacter), Some(Flaw::ControlCharacter)),
            ("https://ho%20st", Some(Flaw::Escape), Some(Flaw::Escape)),
            ("https://h%C3%B6st", None, None),
            ("https://höst", None, None),
            ("https://host/%zz", Some(Flaw::Escape), Some(Flaw::Escape)),
            ("https://host/?%zz", None, None), // queries are kept as they are
            ("https://host#%zz", Some(Flaw::Escape), Some(Flaw::Escape)),
            ("https://[::1", Some(Flaw::Brackets), Some(Flaw::Brackets)),
            ("https://[::1]x", Some(Flaw::Port), Some(Flaw::Port)),
            ("https://[::1%25eth0]:80", None, None),
            ("https://[host]", None, Some(Flaw::Brackets)),
            ("https://[10.0.0.1]", None, Some(Flaw::Brackets)),
            ("https://::1", None, Some(Flaw::Port)),
            ("https://a:1:2", None, Some(Flaw::Port)),
            ("tcp://a:1:2", None, None), // strict for http and https only
            ("https://a b@host", Some(Flaw::User), Some(Flaw::User)),
            ("", None, None),
            ("*", None, None),
            ("https://", None, None),
        ] {
            assert_eq!(parse(text, OLD).err(), old, "{text}");
            assert_eq!(parse(text, Engine::LATEST).err(), new, "{text}");
        }
    }
}
