//! A resolver option that resolvers do not know.

use super::{Context, Found, voice::Diagnostic};

rule! {
    /// An entry of `dns-opts` is not an option that resolvers know.
    ///
    /// ## Why it matters
    /// The daemon writes it into each container's `resolv.conf` as it is. Resolvers pass over what they do not know,
    /// so that a misspelling has no effect at all.
    ///
    /// ## What to do
    /// Use an option of `resolv.conf`, one for each entry; a number follows a colon: `ndots:2`.
    ///
    /// ## Example
    /// ```json
    /// { "dns-opts": ["timeout:abc"] }
    /// ```
    ///
    /// ## Source
    /// resolv.conf(5); that there is no check: moby `daemon/config/config.go`, `Validate`
    "dns-option-unknown", [Hint], check
}

/// Options that take a number.
const NUMBERS: &[&str] = &["ndots", "timeout", "attempts"];

/// Options by themselves, glibc's and musl's.
const SWITCHES: &[&str] = &[
    "debug",
    "edns0",
    "inet6",
    "no-aaaa",
    "no-check-names",
    "no-ip6-dotint",
    "no-reload",
    "no-tld-query",
    "rotate",
    "single-request",
    "single-request-reopen",
    "trust-ad",
    "use-vc",
];

fn check(context: &Context, found: &mut Found) {
    for option in context.settings.texts("dns-opts") {
        let text = option.value;
        let (name, number) = match text.split_once(':') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let help = match number {
            _ if text.contains(char::is_whitespace) => say!("Make each option an entry of its own."),
            Some(number) if NUMBERS.contains(&name) && is_number(number) => continue,
            None if SWITCHES.contains(&name) => continue,
            _ if NUMBERS.contains(&name) => say!("A number follows `{name}:`, such as `{name}:2`."),
            _ if SWITCHES.contains(&name) => say!("`{name}` takes no value."),
            _ => say!(
                "Known are `ndots:`, `timeout:` and `attempts:` with a number, and words such as `rotate`, `edns0`, `use-vc`, `single-request`."
            ),
        };
        found.push(
            Diagnostic::hint(ID, option.span, say!("`{text}` is not an option that resolvers know"))
                .why("The daemon passes it on to containers unchecked, and their resolvers ignore it.")
                .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_resolvers_ignore() {
        for (option, is_flagged) in [
            ("ndots:2", false),
            ("rotate", false),
            ("timeout:abc", true),
            ("timeout", true),
            ("rotate:1", true),
            ("ndots:2 rotate", true),
            ("ndotz:2", true),
        ] {
            let text = format!(r#"{{"dns-opts": ["{option}"]}}"#);
            let flagged = format!(r#"hint "{option}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            assert_flags("29", &text, super::ID, expected);
        }
    }
}
