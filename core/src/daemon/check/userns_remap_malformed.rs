//! A mapping of users that names no user.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `userns-remap` is not `user` or `user:group`, or maps nothing.
    ///
    /// ## Why it matters
    /// The daemon looks both up on the host and does not start when it cannot. Since Engine 26.0 `dockerd
    /// --validate` does so too. `root` is accepted and switches the mapping off.
    ///
    /// ## What to do
    /// Write a user, `user:group`, their numbers, or `default` for a user that Docker makes.
    ///
    /// ## Example
    /// ```json
    /// { "userns-remap": "default:" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `parseRemappedRoot` and `setupRemappedRoot`; `daemon/command/daemon_linux.go`
    "userns-remap-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(setting) = context.settings.text("userns-remap") else {
        return;
    };
    let text = setting.value;
    // Nobody is called by white space alone.
    let named = |it| if str::trim(it).is_empty() { "" } else { it };
    let parts: Vec<&str> = text.split(':').map(named).collect();
    if let ["root" | "0"] | ["root" | "0", "root" | "0"] = parts[..] {
        found.push(
            Diagnostic::warning(ID, setting.span, say!("`userns-remap` of `{text}` maps nothing"))
                .why("Root in a container is then root on the host, as without the setting.")
                .help("Remove it, or write `default` for a user of its own.")
                .fix(Fix::choice("Remove `userns-remap`", context.remove(setting.span))),
        );
        return;
    }
    let message = match &parts[..] {
        [_, _, _, ..] => say!("`userns-remap` of `{text}` has more than one colon"),
        ["", ..] => say!("`userns-remap` of `{text}` names no user"),
        [_, ""] => say!("`userns-remap` of `{text}` names no group after its colon"),
        _ => return,
    };
    let (stage, why) = match context.since(26, 0) {
        true => (Stage::Load, "The daemon looks up user and group, and refuses the settings when it cannot."),
        false => {
            (Stage::Start, "The daemon accepts the settings and then fails to start when it looks up user and group.")
        }
    };
    found.push(
        Diagnostic::error(ID, stage, setting.span, message)
            .why(why)
            .help("Write `user`, `user:group`, their numbers, or `default`. Ranges of numbers belong into /etc/subuid and /etc/subgid.")
            .explained(|diagnostic| {
                let right = match &parts[..] {
                    [] | ["", ..] => "default".to_owned(),
                    [user] | [user, "", ..] => (*user).to_owned(),
                    [user, group, ..] => say!("{user}:{group}"),
                };
                diagnostic.fix(Fix::choice(say!("Use `{right}`"), context.replace(setting.span, right.as_str())))
            }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, diagnose_on},
    };

    #[test]
    fn needs_a_user_and_at_most_one_group() {
        for (text, expected) in [
            (r#"{"userns-remap": "a:b:c"}"#, &["error userns-remap-malformed 17..24"][..]),
            (r#"{"userns-remap": ":b"}"#, &["error userns-remap-malformed 17..21"]),
            (r#"{"userns-remap": "a:"}"#, &["error userns-remap-malformed 17..21"]),
            (r#"{"userns-remap": "root:"}"#, &["error userns-remap-malformed 17..24"]),
            (r#"{"userns-remap": "root:users"}"#, &[]),
            (r#"{"userns-remap": " "}"#, &["error userns-remap-malformed 17..20"]),
            (r#"{"userns-remap": "root"}"#, &["warning userns-remap-malformed 17..23"]),
            (r#"{"userns-remap": "0:0"}"#, &["warning userns-remap-malformed 17..22"]),
            (r#"{"userns-remap": "default"}"#, &[]),
            (r#"{"userns-remap": "1000:1000"}"#, &[]),
            (r#"{"userns-remap": ""}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
        let found = diagnose_on(Engine::new(25, 0, 5), r#"{"userns-remap": "a:b:c"}"#, ID);
        assert_eq!(found[0].stage, Some(Stage::Start));
    }
}
