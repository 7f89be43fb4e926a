//! Settings that depend on what only the host knows.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic},
};
use crate::{MAX_TEXT, docker::go::strconv, text::Span};

rule! {
    /// A setting that depends on a group, user, plugin or file of the host; or a text of more than 1 MiB.
    ///
    /// ## Why it matters
    /// The daemon looks it up when it starts, and does not start without it. That cannot be checked from here.
    ///
    /// ## What to do
    /// Make sure that it is there before the daemon starts.
    ///
    /// ## Example
    /// ```json
    /// { "group": "docker-users" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/listeners/listeners_linux.go`, `Init`; `daemon/command/daemon.go`, `validateAuthzPlugins`;
    /// `daemon/daemon_unix.go`, `parseRemappedRoot` and `setupSeccompProfile`
    "not-checked-here", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    if context.text.len() > MAX_TEXT {
        found.push(
            Diagnostic::warning(ID, Span::empty(0), "A text of more than 1 MiB is not checked here")
                .why("The daemon reads it all the same.")
                .help("Let `dockerd --validate` check it, or leave out what is not a setting."),
        );
    }
    // Hints decide no verdict.
    if !ARE_READ {
        return;
    }
    if let Some(group) = settings.text("group") {
        let is_number = strconv::atoi(group.value).is_some();
        let is_possible = !group.value.contains(super::group_impossible::is_wrong);
        if group.value != "docker" && is_possible && !is_number && !context.host().rootless {
            found.push(unseen(
                group.span,
                say!("Whether the group `{}` exists is not checked here", group.value),
                "For the unix socket the daemon needs the group, and fails to start without it. Only the group \
                 `docker` may be missing.",
            ));
        }
    }
    let mut plugins = settings.texts("authorization-plugins");
    plugins.retain(|it| !it.value.is_empty()); // those have a rule of their own
    let names = plugins.iter().map(|it| it.value);
    if let (Some(first), Some(last)) = (plugins.first(), plugins.last()) {
        found.push(unseen(
            first.span.to(last.span),
            say!(
                "Whether authorization plugin {} is installed is not checked here",
                super::voice::listed(names, "and")
            ),
            "The daemon fails to start while one of its authorization plugins cannot be found.",
        ));
    }
    if let Some(root) =
        settings.text("data-root").filter(|it| context.host().rootless && !it.value.starts_with("/home/"))
    {
        found.push(unseen(
            root.span,
            say!("Whether you may write to {} was not checked", root.value),
            "A rootless daemon does not start when its data directory belongs to another user.",
        ));
    }
    let user = settings.text("userns-remap").filter(|it| !context.host().rootless && names_a_user(it.value));
    if let Some(user) = user {
        found.push(unseen(
            user.span,
            say!("Whether `{}` is a user of the host is not checked here", user.value),
            "The daemon fails to start unless user and group are there, with ranges in /etc/subuid and \
             /etc/subgid.",
        ));
    }
    if let Some(profile) = settings.text("seccomp-profile").filter(|it| crate::text::find::has(it.value, b'/')) {
        found.push(unseen(
            profile.span,
            say!("Whether the seccomp profile `{}` can be read is not checked here", profile.value),
            "The daemon fails to start without the file, and containers fail to start when it is not a profile.",
        ));
    }
}

/// Whether a mapping names a user to be looked up, and is well-formed.
fn names_a_user(mapping: &str) -> bool {
    let (user, group) = mapping.split_once(':').unwrap_or((mapping, "group"));
    let is_own = matches!(user.trim(), "default" | "root" | "0" | "");
    !is_own && !group.trim().is_empty() && !crate::text::find::has(group, b':')
}

fn unseen(span: Span, message: String, why: &'static str) -> Diagnostic {
    Diagnostic::hint(ID, span, message).why(why).help("Make sure that it is there before the daemon starts.")
}

#[cfg(test)]
mod tests {
    #[test]
    fn says_so_when_a_text_is_too_long_to_be_read() {
        let text = format!("{{\"mtu\": -1}}{}", " ".repeat(crate::MAX_TEXT));
        let report = crate::analyze(&crate::Request::of(text));
        let rules: Vec<_> = report.diagnostics.iter().map(|it| it.rule).collect();
        assert_eq!(rules, [super::ID]);
        assert_eq!(report.conclusion(), "A text of more than 1 MiB is not checked here.");
        assert_eq!(report.verdict().severity(), Some(crate::rule::diagnostic::Severity::Warning));
    }

    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn names_what_hangs_on_the_host() {
        for (text, expected) in [
            (r#"{"group": "wheel"}"#, &["hint not-checked-here 10..17"][..]),
            (r#"{"group": "docker"}"#, &[]),
            (r#"{"group": "1000"}"#, &[]), // a number needs no entry
            (r#"{"authorization-plugins": ["a", "b"]}"#, &["hint not-checked-here 27..35"]),
            (r#"{"authorization-plugins": []}"#, &[]),
            (r#"{"authorization-plugins": ["", null]}"#, &[]), // another rule's
            (r#"{"userns-remap": "me"}"#, &["hint not-checked-here 17..21"]),
            (r#"{"userns-remap": "default"}"#, &[]),
            (r#"{"userns-remap": "a:b:c"}"#, &[]), // another rule's
            (r#"{"seccomp-profile": "/etc/a.json"}"#, &["hint not-checked-here 20..33"]),
            (r#"{"seccomp-profile": "builtin"}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
