//! Addresses of the half of the local IPv6 addresses that nobody has defined.

use std::collections::BTreeSet;

use super::{Context, Diagnostic, Edits, Fix, Found, Span};

rule! {
    /// An IPv6 address below fc00::/8.
    ///
    /// ## Why it matters
    /// Of the addresses for local use, those below fd00::/8 are chosen by oneself. The half below fc00::/8 is kept for a
    /// way of giving them out that was never defined. They work all the same, and anybody who copied the same example has
    /// the same ones.
    ///
    /// ## What to do
    /// Use a prefix below fd00::/8 with a random part, the same for the host's end and for that of the container.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress6 = "fc00::1";
    ///     localAddress6 = "fc00::2";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 4193, sections 3.1 (the bit L) and 3.2 (a global ID that is chosen at random)
    "ipv6-prefix-undefined", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let is_undefined = |text: &str| text.to_ascii_lowercase().starts_with("fc");
    let mut first: Option<(&str, Span, &str)> = None;
    let mut spans = BTreeSet::new();
    for container in context.containers() {
        for given in container.link.host.iter().chain(&container.link.local).flatten() {
            let Some(text) = given.value.as_deref().filter(|it| is_undefined(it)) else { continue };
            if text.contains("::") || text.contains(':') {
                first.get_or_insert((&container.name, given.span, text));
                spans.insert(given.span);
            }
        }
    }
    let Some((name, span, text)) = first else { return };
    let prefix = prefix_of(context.text);
    let mut edits = Edits::NONE;
    for span in &spans {
        let written = context.written(*span);
        let changed = written.strip_prefix("\"").map(|it| (it.get(..4), it.get(4..)));
        if let Some((Some(start), Some(rest))) = changed
            && start.eq_ignore_ascii_case("fc00")
            && rest.starts_with("::")
        {
            edits = edits.and(Edits::replace(*span, ["\"", &prefix, rest].concat()));
        }
    }
    let more = spans.len() - 1;
    let more = if more > 0 { format!(", like {more} more here,") } else { String::new() };
    found.push(
        Diagnostic::hint(ID, span, format!("{text} of `{name}`{more} is in the half of the local addresses that is not defined"))
            .why("Below fd00::/8 everybody chooses a prefix at random; the half below fc00::/8 is kept for a way that was never defined.")
            .help(format!("Use a prefix below fd00::/8 with a random part, such as {prefix}::/48."))
            .fix(Fix::choice(format!("Use the prefix {prefix}::/48"), edits)),
    );
}

/// A prefix that is another one for each text, as its global ID has to be: `fd5e:1c0a:b2f3`.
fn prefix_of(text: &str) -> String {
    // FNV-1a
    let hash =
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, it| (hash ^ u64::from(it)).wrapping_mul(0x100_0000_01b3));
    format!("fd{:02x}:{:x}:{:x}", hash & 0xff, (hash >> 8 & 0xffff) | 1, (hash >> 24 & 0xffff) | 1)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn local_addresses_are_those_that_one_chooses() {
        let with = |host: &str, local: &str| {
            format!(
                "{{ containers.web = {{ privateNetwork = true; hostAddress6 = \"{host}\"; localAddress6 = \"{local}\"; }}; }}"
            )
        };
        assert_found(&with("fc00::1", "fc00::2"), ID, &["hint \"fc00::1\""]);
        assert_found(&with("fd00::1", "fd00::2"), ID, &[]);
        let text = with("fc00::1", "fc00::2");
        let found = diagnose_all(&text);
        let fix = &found.iter().find(|it| it.rule == ID).expect("a finding").fixes[0];
        let after = fix.edits.apply(&text);
        assert_found(&after, ID, &[]);
        assert_found(&after, "address-malformed", &[]);
        assert!(!after.contains("fc00") && after.contains("::2\""), "{after}");
    }
}
