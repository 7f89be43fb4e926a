//! A search domain that is not a domain.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    docker::go::{domain::is_search_domain, net::parse_ip},
    document::Kind,
};

rule! {
    /// An entry of `dns-search` is not a domain.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file. A search domain consists of letters, digits and hyphens between dots, and
    /// has a letter somewhere: addresses are not domains, and neither are names with umlauts or underscores.
    ///
    /// ## What to do
    /// Write one domain for each entry, in its ASCII form (`xn--…`); a lone dot stands for no search domain at all.
    ///
    /// ## Example
    /// ```json
    /// { "dns-search": ["example.org corp.example.org"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/opts/opts.go`, `ValidateDNSSearch`
    "dns-search-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for element in context.settings.elements("dns-search") {
        let text = match &element.value.kind {
            Kind::String(text) => text.as_str(),
            Kind::Null => "",
            _ => continue,
        };
        if is_search_domain(text) {
            continue;
        }
        let message = match text {
            "" => say!("This entry of `dns-search` is empty"),
            text => say!("`{text}` in `dns-search` is not a domain"),
        };
        let diagnostic = Diagnostic::error(ID, Stage::Load, element.span, message)
            .why("The daemon refuses the settings: resolvers could not use it.");
        found.push(diagnostic.explained(|diagnostic| {
            let names: Vec<&str> = text.split([' ', ',']).filter(|it| !it.is_empty()).collect();
            let is_list = names.len() > 1 && names.iter().all(|it| is_search_domain(it));
            let help = match text {
                "" => "Take it out.",
                _ if is_list => "Make each domain an entry of its own.",
                _ if !text.is_ascii() => "Write the domain in its ASCII form, which begins with `xn--`.",
                _ if parse_ip(text).is_some() => "Addresses of DNS servers belong in `dns`.",
                _ => "Use letters, digits and hyphens between dots, such as `corp.example.org`.",
            };
            let diagnostic = diagnostic.help(help);
            match text {
                "" => diagnostic.fix(Fix::safe("Remove the empty entry", context.remove(element.span))),
                _ => diagnostic,
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_no_domain() {
        for (domain, is_flagged) in [
            (r#""example.org""#, false),
            (r#"".""#, false),
            (r#""exa mple""#, true),
            (r#""exämple.com""#, true),
            (r#""10.0.0.1""#, true),
            (r#""""#, true),
            ("null", true),
            ("1", false), // wrong type
        ] {
            let text = format!(r#"{{"dns-search": [{domain}]}}"#);
            let flagged = format!("error {domain}");
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            assert_flags("20.10", &text, super::ID, expected);
            assert_flags("29", &text, super::ID, expected);
        }
    }
}
