//! A name that no group can have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::docker::go::hosts::{self, Address};

rule! {
    /// `group` holds a name that no group can have.
    ///
    /// ## Why it matters
    /// The daemon gives its socket to that group. It accepts the file and then does not start, because there is no such
    /// group.
    ///
    /// ## What to do
    /// Write the name or the number of a group that exists, without white space and colon.
    ///
    /// ## Example
    /// ```json
    /// { "group": "docker " }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/listeners/group_unix.go`, `lookupGID`; the format of /etc/group
    "group-impossible", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let group = context.settings.text("group").filter(|it| it.value.contains(is_wrong));
    let Some(group) = group.filter(|_| has_unix_socket(context)) else {
        return;
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, group.span, say!("No group can be called `{}`", group.value))
            .why("The daemon looks for a group of that name, and does not start without it.")
            .help("Write the name or the number of one group, such as `docker`.")
            .explained(|diagnostic| {
                let right = group.value.trim();
                let is_right = !right.is_empty() && !right.contains(is_wrong);
                let fix = is_right.then(|| Fix::choice(say!("Use `{right}`"), context.replace(group.span, right)));
                diagnostic.fix(fix)
            }),
    );
}

/// Whether no name of a group can hold the character.
pub(super) fn is_wrong(it: char) -> bool {
    it.is_whitespace() || matches!(it, ':' | ',' | '\0')
}

/// Whether the API listens on a socket that belongs to the group; in rootless mode it belongs to the user.
fn has_unix_socket(context: &Context) -> bool {
    let hosts = context.settings.decoded_texts("hosts");
    let is_socket = |it: &str| matches!(hosts::parse(it, context.engine), Ok(Address::Default | Address::Unix(_)));
    !context.host().rootless
        && match hosts.is_empty() {
            true => !context.settings.is_true("tls"),
            false => hosts.iter().any(|it| is_socket(it.value)),
        }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_no_group_is_called() {
        for (name, other, is_flagged) in [
            ("docker", "", false),
            ("", "", false),
            ("0", "", false),
            ("docker ", "", true),
            ("a b", "", true),
            ("docker:x", "", true),
            ("a b", r#", "hosts": ["unix:///run/docker.sock"]"#, true),
            ("a b", r#", "hosts": ["fd://"]"#, false), // nobody looks for it
        ] {
            let text = format!(r#"{{"group": "{name}"{other}}}"#);
            let expected = [format!(r#"error "{name}""#)];
            let expected: Vec<&str> = expected.iter().map(String::as_str).filter(|_| is_flagged).collect();
            assert_flags("29", &text, super::ID, &expected);
        }
    }
}
