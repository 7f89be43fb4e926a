//! A published port: `127.0.0.1:8080:80/tcp`.

use crate::{
    containers::model::Port,
    docker::go::net,
    run::{flags::Cli, problem::Malformed},
};

/// Reads the value of `-p`.
///
/// Source: docker/go-connections `nat/nat.go`, `ParsePortSpec`, and `nat/parse.go`; docker/cli
/// `cli/command/container/opts.go`, `convertToStandardNotation`; containers/podman `pkg/specgenutil/util.go`,
/// `CreatePortBindings`.
///
/// # Errors
///
/// What the program refuses: `80:x`, `1.2.3:80:80`, `80-82:80-81`.
pub fn port(text: &str, cli: Cli) -> Result<Port, Malformed> {
    if cli == Cli::Docker && text.contains('=') {
        return long(text);
    }
    let (address, host, container) = parts(text);
    let (container, protocol) = match container.split_once('/') {
        Some((port, protocol)) => (port, protocol),
        None => (container, ""),
    };
    if container.is_empty() {
        let message = format!("`{text}` names no port of the container");
        return Err(Malformed::at(
            text,
            text,
            message,
            "Write the port of the host, a colon, and that of the container: `8080:80`.",
        ));
    }
    let protocol = match protocol.to_ascii_lowercase() {
        it if it.is_empty() => "tcp".to_owned(),
        it if matches!(it.as_str(), "tcp" | "udp" | "sctp") => it,
        _ => {
            let message = format!("`{protocol}` is no protocol of a port");
            return Err(Malformed::at(text, protocol, message, "Use `tcp`, `udp` or `sctp`."));
        }
    };
    let bare = match address.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').unwrap_or(inner),
        None => address,
    };
    if !bare.is_empty() && net::parse_ip(bare).is_none() {
        let message = format!("`{address}` is no address of the host");
        let help = "Before the ports goes an address, such as `127.0.0.1`; a name is not looked up. An IPv6 address is in brackets.";
        return Err(Malformed::at(text, address, message, help));
    }
    let container_range = range(text, container)?;
    let host_range = match host {
        "" => None,
        _ => Some(range(text, host)?),
    };
    if let Some((first, last)) = host_range {
        let wide = last - first;
        let inner = container_range.1 - container_range.0;
        let is_choice = inner == 0 && cli == Cli::Docker;
        if wide != inner && !is_choice {
            let message = format!("The range {host} of the host is not as long as {container} of the container");
            return Err(Malformed::at(text, text, message, "Give both ranges the same length."));
        }
    }
    Ok(Port { host_address: bare.to_owned(), host: host_range, container: container_range, protocol })
}

/// The address, the port of the host, and that of the container with its protocol.
fn parts(text: &str) -> (&str, &str, &str) {
    let Some((before, container)) = text.rsplit_once(':') else {
        return ("", "", text);
    };
    match before.rsplit_once(':') {
        Some((address, host)) => (address, host, container),
        None => ("", before, container),
    }
}

/// A port, or a range of them.
fn range(text: &str, written: &str) -> Result<(u16, u16), Malformed> {
    let number = |part: &str| {
        let part: &str = part;
        let is_number = !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        part.parse::<u16>().map_err(|_| {
            let (message, help) = match is_number {
                true => (format!("There is no port {part}"), "Ports go from 1 to 65535."),
                false => {
                    (format!("`{part}` is no port"), "Write a number from 1 to 65535, or a range of them: `8000-8010`.")
                }
            };
            match part.is_empty() {
                true => Malformed::at(text, written, format!("`{written}` is no range of ports"), help),
                false => Malformed::at(text, written, message, help),
            }
        })
    };
    let (first, last) = match written.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(written)?, number(written)?),
    };
    match first <= last {
        true => Ok((first, last)),
        false => {
            let message = format!("The range {written} goes backwards");
            Err(Malformed::at(text, written, message, "Write the smaller port first."))
        }
    }
}

/// `published=8080,target=80,protocol=tcp`
fn long(text: &str) -> Result<Port, Malformed> {
    let (mut published, mut target, mut protocol) = ("", "", "tcp");
    for field in text.split(',') {
        match field.split_once('=') {
            Some(("published", value)) => published = value,
            Some(("target", value)) => target = value,
            Some(("protocol", value)) => protocol = value,
            Some((name, _)) if !name.is_empty() => {}
            _ => {
                let message = format!("`{field}` is no name with a value");
                return Err(Malformed::at(
                    text,
                    field,
                    message,
                    "Write `published=8080,target=80`, or shorter `8080:80`.",
                ));
            }
        }
    }
    let short = format!("{published}:{target}/{protocol}");
    port(&short, Cli::Docker).map_err(|it| Malformed { part: 0..text.len(), ..it })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ports_as_docker_does() {
        for (text, expected) in [
            ("80", "|None|80-80/tcp"),
            ("8080:80", "|Some((8080, 8080))|80-80/tcp"),
            ("8080:80/UDP", "|Some((8080, 8080))|80-80/udp"),
            ("127.0.0.1:8080:80", "127.0.0.1|Some((8080, 8080))|80-80/tcp"),
            ("127.0.0.1::80", "127.0.0.1|None|80-80/tcp"),
            ("[::1]:8080:80", "::1|Some((8080, 8080))|80-80/tcp"),
            ("::1:8080:80", "::1|Some((8080, 8080))|80-80/tcp"), // Docker takes the last two parts
            ("8000-8010:80", "|Some((8000, 8010))|80-80/tcp"),   // one of them
            ("8000-8010:8000-8010/udp", "|Some((8000, 8010))|8000-8010/udp"),
            ("published=8080,target=80,protocol=udp", "|Some((8080, 8080))|80-80/udp"),
            ("0:80", "|Some((0, 0))|80-80/tcp"),
            (":80", "|None|80-80/tcp"),
        ] {
            let it = port(text, Cli::Docker).expect(text);
            let found =
                format!("{}|{:?}|{}-{}/{}", it.host_address, it.host, it.container.0, it.container.1, it.protocol);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_what_docker_refuses() {
        for (text, part) in [
            ("", ""),
            ("80:", "80:"),
            ("80:x", "x"),
            ("80:80/http", "http"),
            ("localhost:80:80", "localhost"),
            ("80:70000", "70000"),
            ("82-80:80", "82-80"),
            ("80-82:80-81", "80-82:80-81"),
            ("published=80,80", "80"),
            ("-80:80", "-80"),
        ] {
            let found = port(text, Cli::Docker).expect_err(text);
            assert_eq!(&text[found.part], part, "{text}");
        }
        assert!(port("8000-8010:80", Cli::Podman).is_err());
    }
}
