//! Search domains as Docker reads them.

/// Whether Docker takes a text for a search domain: labels of letters, digits and inner hyphens, with a letter
/// somewhere; or a lone dot.
///
/// Its expression was meant to have groups that do not capture, and lets colons pass where they begin.
///
/// Source: moby daemon/pkg/opts/opts.go, `ValidateDNSSearch` and `domainRegexp`; the same from 20.10 on.
///
/// ```
/// use drydock::docker::go::domain::is_search_domain;
///
/// assert!(is_search_domain("example.org."));
/// assert!(!is_search_domain("10.0.0.1"));
/// ```
pub fn is_search_domain(text: &str) -> bool {
    let text = text.trim_matches(' ');
    if text == "." {
        return true;
    }
    let name = text.trim_end_matches(['\t', '\n', '\x0c', '\r', ' ']);
    let name = name.strip_suffix('.').unwrap_or(name);
    let labels: Vec<&str> = name.split('.').collect();
    let last = labels.len() - 1;
    let are_labels = labels.iter().enumerate().all(|(index, label)| {
        let inner = match index {
            0 => without_colon(without_colon(label)),
            _ => without_colon(label),
        };
        match index < last {
            true => is_label(inner) || inner.strip_suffix(':').is_some_and(is_label),
            false => is_label(inner),
        }
    });
    are_labels && name.len() < 255 && name.bytes().any(|it| it.is_ascii_alphabetic())
}

fn without_colon(text: &str) -> &str {
    text.strip_prefix(':').unwrap_or(text)
}

fn is_label(text: &str) -> bool {
    let is_within = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    !text.is_empty() && text.bytes().all(is_within) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_search_domains() {
        for (text, expected) in [
            ("example.org", true),
            ("a", true),
            (".", true),
            (" . ", true),
            ("example.org.", true),
            (" example.org ", true),
            ("example.org..", false),
            ("", false),
            ("10.0.0.1", false), // no letter
            ("10.0.0.a", true),
            ("exa mple", false),
            ("exämple.com", false),
            ("-a.org", false),
            ("a-.org", false),
            ("a--b.org", true),
            ("_dmarc.org", false),
            (".org", false),
            ("*.org", false),
            ("::a", true), // the expression's slip
            (":::a", false),
            ("a:.b", true),
            ("a:b", false),
        ] {
            assert_eq!(is_search_domain(text), expected, "{text}");
        }
        assert!(is_search_domain(&format!("{}.a", "a".repeat(252))));
        assert!(!is_search_domain(&format!("{}.a", "a".repeat(253))));
    }
}
