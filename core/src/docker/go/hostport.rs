//! `host:port` as Go's `net` package and Docker's registry code read it.
//!
//! Source: Go `net/ipsock.go`, `SplitHostPort`; distribution/reference `regexp.go`, `DomainRegexp`.

/// Splits `host:port` as `net.SplitHostPort` does: an IPv6 host has brackets, the port may be empty.
///
/// ```
/// use drydock::docker::go::hostport::split;
///
/// assert_eq!(split("[::1]:80"), Some(("::1", "80")));
/// assert_eq!(split("registry"), None);
/// ```
pub fn split(text: &str) -> Option<(&str, &str)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            (host, after.strip_prefix(':')?)
        }
        None => text.split_once(':')?,
    };
    let is_plain = |part: &str, marks: &[char]| !part.contains(marks);
    let is_split = is_plain(port, &[':', '[', ']']) && is_plain(host, &['[', ']']);
    is_split.then_some((host, port))
}

/// Whether a text is a registry's host with an optional port: `registry.example.com:5000`.
///
/// Hosts in brackets count only where `brackets` says so: the grammar knows them since Engine 25.0.
pub fn is_domain(text: &str, brackets: bool) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) if brackets => match rest.split_once(']') {
            Some((address, after)) => {
                let is_address = !address.is_empty() && address.bytes().all(|it| it == b':' || it.is_ascii_hexdigit());
                match (is_address, after.strip_prefix(':')) {
                    (true, Some(port)) => ("", Some(port)),
                    (true, None) if after.is_empty() => ("", None),
                    _ => return false,
                }
            }
            None => return false,
        },
        _ => match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let is_host = host.is_empty() && text.starts_with('[') || host.split('.').all(is_label);
    is_host && port.is_none_or(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Letters, digits and inner hyphens.
fn is_label(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|it| it == b'-' || it.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_go_does() {
        for (text, expected) in [
            ("host:80", Some(("host", "80"))),
            ("host:", Some(("host", ""))),
            (":80", Some(("", "80"))),
            (":", Some(("", ""))),
            ("[::1]:80", Some(("::1", "80"))),
            ("[]:80", Some(("", "80"))),
            ("host", None),  // missing port
            ("::1", None),   // too many colons
            ("[::1]", None), // missing port
            ("[::1]80", None),
            ("[::1", None),     // missing ']'
            ("ho[st:80", None), // unexpected '['
            ("host]:80", None), // unexpected ']'
            ("[ho[st]:80", None),
            ("", None),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn knows_a_registry_host() {
        for (text, expected) in [
            ("registry", true),
            ("registry.example.com:5000", true),
            ("10.0.0.1", true),
            ("a--b", true),
            ("[::1]:5000", true),
            ("[fd00::1]", true),
            ("", false),
            ("-a", false),
            ("a-", false),
            ("a..b", false),
            ("a_b", false),
            ("a:", false),
            ("a:b", false),
            ("a/b", false),
            ("[::1", false),
            ("[]", false),
            ("[::1]x", false),
        ] {
            assert_eq!(is_domain(text, true), expected, "{text}");
        }
        assert!(!is_domain("[::1]", false));
    }
}
