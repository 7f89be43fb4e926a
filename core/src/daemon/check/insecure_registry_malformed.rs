//! An insecure registry that is neither a host nor a subnet.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    daemon::settings::Setting,
    docker::go::{hostport, net, strconv},
    text::find,
};

rule! {
    /// An insecure registry that is neither `host:port` nor a subnet.
    ///
    /// ## Why it matters
    /// The daemon accepts the file and then fails to start. A leading `http://` or `https://` is only dropped.
    ///
    /// ## What to do
    /// Write the host, with a port where needed, or a subnet: `registry.example.com:5000`, 10.0.0.0/8. Leave out
    /// scheme, path and user name.
    ///
    /// ## Example
    /// ```json
    /// { "insecure-registries": ["registry.example.com:5000/team"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/registry/config.go`, `loadInsecureRegistries` and `validateHostPort`
    "insecure-registry-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for registry in context.settings.decoded_texts("insecure-registries") {
        match read(registry.value, context.engine) {
            Err(mistake) => found.push(refused(context, registry, mistake)),
            Ok(rest) if rest.len() < registry.value.len() => {
                found.push(with_scheme(context, registry, rest));
            }
            Ok(_) => {}
        }
    }
}

/// Why the daemon refuses an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mistake {
    Empty,
    Hyphen,
    Scheme,
    Port,
    Subnet,
    Path,
    Host,
}

/// Reads an entry as the daemon does, and returns what it keeps of it: all of it but a scheme.
pub(super) fn read(text: &str, engine: Engine) -> Result<&str, Mistake> {
    if text.starts_with('-') || text.ends_with('-') {
        return Err(Mistake::Hyphen);
    }
    let rest = match find::split_once(text, "://") {
        Some((scheme, rest)) => {
            let is_dropped = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            match is_dropped {
                true => rest,
                false => return Err(Mistake::Scheme),
            }
        }
        None => text,
    };
    let is_subnet = match Engine::new(29, 0, 0) <= engine {
        true => net::parse_prefix(rest).is_some(),
        false => net::parse_cidr(rest).is_some(),
    };
    if is_subnet {
        return Ok(rest);
    }
    check_host_port(rest, engine).map(|()| rest)
}

fn check_host_port(text: &str, engine: Engine) -> Result<(), Mistake> {
    let (host, port) = hostport::split(text).unwrap_or((text, ""));
    let knows_brackets = Engine::new(25, 0, 0) <= engine;
    if !hostport::is_domain(text, knows_brackets) && net::parse_ip(host).is_none() {
        return Err(match text.split_once('/') {
            _ if text.is_empty() => Mistake::Empty,
            Some((host, _)) if net::parse_ip(host).is_some() => Mistake::Subnet,
            Some(_) => Mistake::Path,
            None => Mistake::Host,
        });
    }
    let is_port = |it: i64| (0..=65_535).contains(&it);
    match port.is_empty() || strconv::atoi(port).is_some_and(is_port) {
        true => Ok(()),
        false => Err(Mistake::Port),
    }
}

fn refused(context: &Context, registry: Setting<&str>, mistake: Mistake) -> Diagnostic {
    let text = registry.value;
    let (message, help) = match mistake {
        Mistake::Empty => (
            say!("`insecure-registries` holds an entry without a host"),
            "Remove it, or write a host such as `registry.example.com:5000`.",
        ),
        Mistake::Hyphen => (
            say!("Insecure registry `{text}` begins or ends with a hyphen"),
            "Write the host as it is called: names neither begin nor end with a hyphen.",
        ),
        Mistake::Scheme => {
            (say!("Insecure registry `{text}` has a scheme"), "Write the host alone, with a port where needed.")
        }
        Mistake::Port => {
            (say!("Insecure registry `{text}` has no port from 0 to 65535"), "Write the port the registry listens on.")
        }
        Mistake::Subnet => (
            say!("Insecure registry {text} is not a subnet"),
            "Write a prefix length of at most 32 (IPv6: 128), without leading zeros.",
        ),
        Mistake::Path => {
            (say!("Insecure registry `{text}` has a path"), "Leave out the path: a registry is insecure as a whole.")
        }
        Mistake::Host => (
            say!("Insecure registry `{text}` is neither a host nor a subnet"),
            "Write a host with letters, digits, hyphens and dots and a port where needed, or a subnet such as \
             10.0.0.0/8.",
        ),
    };
    Diagnostic::error(ID, Stage::Start, registry.span, message)
        .why("The daemon accepts the settings and then fails to start because of this entry.")
        .help(help)
        .explained(|it| it.fix(fix(context, registry, mistake)))
}

fn fix(context: &Context, registry: Setting<&str>, mistake: Mistake) -> Option<Fix> {
    if mistake == Mistake::Empty {
        return Some(Fix::choice("Remove the entry", context.remove(registry.span)));
    }
    let text = registry.value.trim();
    let (_, text) = find::split_once(text, "://").unwrap_or(("", text));
    let text = match mistake {
        Mistake::Subnet => text,
        _ => text.split('/').next()?,
    };
    let right = text.trim_matches('-');
    let is_right = read(right, context.engine).is_ok();
    is_right.then(|| replacement(context, registry, right))
}

fn with_scheme(context: &Context, registry: Setting<&str>, rest: &str) -> Diagnostic {
    Diagnostic::warning(
        ID,
        registry.span,
        say!("Insecure registry `{}` has a scheme, which the daemon drops", registry.value),
    )
    .why(
        "An insecure registry is asked by HTTPS with any certificate first, and then by plain HTTP, whatever scheme \
          is written here.",
    )
    .help("Write the host alone.")
    .fix(Fix::safe(use_of(rest), context.replace(registry.span, rest)))
}

fn replacement(context: &Context, registry: Setting<&str>, right: &str) -> Fix {
    Fix::choice(use_of(right), context.replace(registry.span, right))
}

fn use_of(right: &str) -> String {
    say!("Use `{right}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_the_daemon_does() {
        let old = Engine::new(20, 10, 24);
        for (text, on_20, on_29) in [
            ("registry.example.com:5000", Ok(25), Ok(25)),
            ("10.0.0.0/8", Ok(10), Ok(10)),
            ("10.1.2.3/8", Ok(10), Ok(10)), // host bits are dropped
            ("10.0.0.0/08", Ok(11), Err(Mistake::Subnet)),
            ("10.0.0.0/33", Err(Mistake::Subnet), Err(Mistake::Subnet)),
            ("fd00::/8", Ok(8), Ok(8)),
            ("::1", Ok(3), Ok(3)),
            ("[::1]:5000", Ok(10), Ok(10)),
            ("[::1]", Err(Mistake::Host), Ok(5)),
            ("HTTP://registry:5000", Ok(13), Ok(13)),
            ("ftp://registry", Err(Mistake::Scheme), Err(Mistake::Scheme)),
            ("registry:99999", Err(Mistake::Port), Err(Mistake::Port)),
            ("registry:", Err(Mistake::Host), Err(Mistake::Host)),
            ("10.0.0.1:", Ok(9), Ok(9)),
            ("10.0.0.1:http", Err(Mistake::Port), Err(Mistake::Port)),
            ("registry/team", Err(Mistake::Path), Err(Mistake::Path)),
            ("-registry:5000", Err(Mistake::Hyphen), Err(Mistake::Hyphen)),
            ("my_registry", Err(Mistake::Host), Err(Mistake::Host)),
            ("*.example.com", Err(Mistake::Host), Err(Mistake::Host)),
            ("", Err(Mistake::Empty), Err(Mistake::Empty)),
            ("https://", Err(Mistake::Empty), Err(Mistake::Empty)),
        ] {
            assert_eq!(read(text, old).map(str::len), on_20, "{text}");
            assert_eq!(read(text, Engine::LATEST).map(str::len), on_29, "{text}");
        }
    }
}
