//! The addresses of the API as the daemon reads them.
//!
//! Source: moby `daemon/pkg/opts/hosts.go`, `ParseDaemonHost` and `ParseTCPAddr` (before Engine 29 `opts/hosts.go`);
//! `daemon/command/daemon.go`, `normalizeHosts`.

use super::{hostport, strconv, url};
use crate::{Engine, text::find};

/// An address the API listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// The default socket: nothing was written.
    Default,
    /// A unix socket at a path; empty for the default one.
    Unix(&'a str),
    /// A TCP port.
    Tcp {
        /// A name or address without brackets; empty for `localhost`.
        host: &'a str,
        /// Digits; empty for the default port.
        port: &'a str,
    },
    /// Sockets that systemd hands over: all of them when empty or `*`, else one by its number.
    Fd(&'a str),
    /// A named pipe of Windows.
    Pipe,
}

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A scheme other than `unix`, `tcp` and `fd`.
    Scheme,
    /// White space before or after it.
    Space,
    /// A second scheme within the address.
    SchemeTwice,
    /// A path after host and port.
    Path,
    /// A port that is no number from 1 on.
    Port,
    /// A colon within the host, which is no IPv6 address.
    Colon,
    /// No URL at all.
    Unreadable(url::Flaw),
}

/// Reads an address as `engine` does.
///
/// # Errors
///
/// Why `engine` refuses it, such as [`Mistake::Scheme`] for `http://0.0.0.0`.
pub fn parse(written: &str, engine: Engine) -> Result<Address<'_>, Mistake> {
    let text = written.trim();
    let trims = engine < Engine::new(29, 2, 0);
    if text.is_empty() {
        return Ok(Address::Default);
    }
    if !trims && written.starts_with(char::is_whitespace) {
        return Err(Mistake::Space);
    }
    let kept = if trims { text } else { written };
    let (scheme, address) = find::split_once(kept, "://").unwrap_or(("tcp", kept));
    match scheme {
        "tcp" if kept.len() > text.len() => Err(Mistake::Space),
        "tcp" => tcp(text, address, engine),
        "unix" => simple("unix://", address, engine).map(Address::Unix),
        "npipe" => simple("npipe://", address, engine).map(|_| Address::Pipe),
        "fd" => Ok(Address::Fd(address)),
        _ => Err(Mistake::Scheme),
    }
}

fn simple<'a>(scheme: &str, address: &'a str, engine: Engine) -> Result<&'a str, Mistake> {
    let forgives_one = engine < Engine::new(24, 0, 0);
    let address = match address.strip_prefix(scheme) {
        Some(rest) if forgives_one => rest,
        _ => address,
    };
    match find::contains(address, "://") {
        true => Err(Mistake::SchemeTwice),
        false => Ok(address),
    }
}

fn tcp<'a>(text: &'a str, address: &'a str, engine: Engine) -> Result<Address<'a>, Mistake> {
    if engine < Engine::new(23, 0, 0) {
        return old_tcp(address, engine);
    }
    let url = match find::contains(text, "://") {
        true => url::parse(text, engine),
        false => url::parse_after("tcp", address, engine),
    }
    .map_err(Mistake::Unreadable)?;
    if !url.path.is_empty() {
        return Err(Mistake::Path);
    }
    let (host, port) = (url.hostname(), url.port());
    if !port.is_empty() && strconv::atoi(port).is_none_or(|it| it == 0) {
        return Err(Mistake::Port);
    }
    // It writes the address anew and reads that once more: brackets around what has a colon, a zone without its `%25`.
    if find::has(host, b':') {
        let mut anew = "tcp://[".to_owned();
        let mut rest = host;
        while let Some((before, after)) = find::split_once(rest, "%25") {
            anew.push_str(before);
            anew.push('%');
            rest = after;
        }
        for it in [rest, "]:", port] {
            anew.push_str(it);
        }
        url::parse(&anew, engine).map_err(|flaw| match flaw {
            url::Flaw::Brackets if !find::has(url.host, b'[') => Mistake::Colon,
            flaw => Mistake::Unreadable(flaw),
        })?;
    }
    Ok(Address::Tcp { host, port })
}

/// Before 23.0 any number will do for a port, and a path stays until it gets in the way of the socket.
fn old_tcp(address: &str, engine: Engine) -> Result<Address<'_>, Mistake> {
    let address = address.strip_prefix("tcp://").unwrap_or(address);
    if find::contains(address, "://") {
        return Err(Mistake::SchemeTwice);
    }
    let url = url::parse_after("tcp", address, engine).map_err(Mistake::Unreadable)?;
    if !url.path.is_empty() {
        return Err(Mistake::Path);
    }
    match hostport::split(url.host) {
        Some((host, port)) => Ok(Address::Tcp { host, port }),
        // It adds the port that is missing, and brackets around a host with a colon even when there are some.
        None if url.host.contains(['[', ']']) && find::has(url.host, b':') => Err(Mistake::Port),
        None => Ok(Address::Tcp { host: url.host.trim_start_matches('[').trim_end_matches(']'), port: "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(host: &'static str, port: &'static str) -> Result<Address<'static>, Mistake> {
        Ok(Address::Tcp { host, port })
    }

    #[test]
    fn reads_what_it_wrote_anew() {
        for (text, on_26, on_29) in [
            ("tcp://::1", tcp(":", "1"), Err(Mistake::Colon)),
            ("tcp://a:1:2", tcp("a:1", "2"), Err(Mistake::Colon)),
            ("tcp://[::1]:2376", tcp("::1", "2376"), tcp("::1", "2376")),
        ] {
            for engine in [Engine::new(26, 1, 5), Engine::new(25, 0, 15)] {
                assert_eq!(parse(text, engine), on_26, "{text} in {engine}");
            }
            // A later Go built the last ones of 25.0.
            for engine in [Engine::LATEST, Engine::new(25, 0, 17)] {
                assert_eq!(parse(text, engine), on_29, "{text} in {engine}");
            }
        }
        let zone = "tcp://[fe80::1%25eth0]:1";
        for engine in [Engine::new(26, 1, 5), Engine::LATEST] {
            assert!(matches!(parse(zone, engine), Err(Mistake::Unreadable(_))));
        }
    }

    #[test]
    fn reads_as_each_engine_does() {
        let no_colon = Mistake::Unreadable(url::Flaw::Port);
        for (text, on_20, on_29) in [
            ("", Ok(Address::Default), Ok(Address::Default)),
            ("  ", Ok(Address::Default), Ok(Address::Default)),
            ("unix://", Ok(Address::Unix("")), Ok(Address::Unix(""))),
            ("unix:///a", Ok(Address::Unix("/a")), Ok(Address::Unix("/a"))),
            ("unix://unix:///a", Ok(Address::Unix("/a")), Err(Mistake::SchemeTwice)),
            (" unix:///a", Ok(Address::Unix("/a")), Err(Mistake::Space)),
            ("unix:///a ", Ok(Address::Unix("/a")), Ok(Address::Unix("/a "))),
            ("tcp://a:1 ", tcp("a", "1"), Err(Mistake::Space)),
            ("fd://", Ok(Address::Fd("")), Ok(Address::Fd(""))),
            ("fd://3", Ok(Address::Fd("3")), Ok(Address::Fd("3"))),
            ("npipe:////./pipe/docker_engine", Ok(Address::Pipe), Ok(Address::Pipe)),
            ("http://0.0.0.0:2375", Err(Mistake::Scheme), Err(Mistake::Scheme)),
            ("TCP://0.0.0.0:2375", Err(Mistake::Scheme), Err(Mistake::Scheme)),
            ("tcp://", tcp("", ""), tcp("", "")),
            ("tcp://[]", tcp("", ""), Err(Mistake::Unreadable(url::Flaw::Brackets))),
            ("tcp://0.0.0.0:2375", tcp("0.0.0.0", "2375"), tcp("0.0.0.0", "2375")),
            ("tcp://0.0.0.0:2375/", Err(Mistake::Path), Err(Mistake::Path)),
            ("tcp://0.0.0.0:0", tcp("0.0.0.0", "0"), Err(Mistake::Port)),
            ("tcp://0.0.0.0:99999", tcp("0.0.0.0", "99999"), tcp("0.0.0.0", "99999")),
            ("tcp://0.0.0.0:http", Err(no_colon), Err(no_colon)),
            ("tcp://[::]:2375", tcp("::", "2375"), tcp("::", "2375")),
            ("tcp://[::1]", Err(Mistake::Port), tcp("::1", "")),
            ("tcp://[::1]:", tcp("::1", ""), tcp("::1", "")),
            ("tcp://tcp://a", tcp("a", ""), Err(Mistake::Path)),
            (":2375", tcp("", "2375"), tcp("", "2375")),
            ("2375", tcp("2375", ""), tcp("2375", "")),
            ("localhost", tcp("localhost", ""), tcp("localhost", "")),
            ("/run/docker.sock", Err(Mistake::Path), Err(Mistake::Path)),
        ] {
            assert_eq!(parse(text, Engine::new(20, 10, 24)), on_20, "{text}");
            assert_eq!(parse(text, Engine::LATEST), on_29, "{text}");
        }
    }
}
