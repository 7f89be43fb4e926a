//! A word that is taken for the path of a seccomp profile.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `seccomp-profile` holds a word that is taken for the path of a file.
    ///
    /// ## Why it matters
    /// `builtin` and `unconfined` are words since Engine 23.0, in lower case. Anything else is a file, which the
    /// daemon reads when it starts and cannot do without.
    ///
    /// ## What to do
    /// Write one of the two words or the whole path of a file. For Engine 20.10 leave the setting out to have the
    /// built-in profile.
    ///
    /// ## Example
    /// ```json
    /// { "seccomp-profile": "Unconfined" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `setupSeccompProfile`
    "seccomp-profile-misspelled", [Error, Warning], check
}

const WORDS: [&str; 2] = ["builtin", "unconfined"];

fn check(context: &Context, found: &mut Found) {
    let Some(setting) = context.settings.text("seccomp-profile") else {
        return;
    };
    let text = setting.value;
    let knows_words = context.since(23, 0);
    if text.contains(['/', '.']) || (knows_words && WORDS.contains(&text)) {
        return;
    }
    let written = text.trim().to_ascii_lowercase();
    let word = WORDS.into_iter().find(|it| crate::text::words::distance(it, &written) <= 2);
    let remove = Fix::choice("Remove `seccomp-profile`, for the built-in one", context.remove(setting.span));
    let Some(word) = word else {
        found.push(
            Diagnostic::warning(
                ID,
                setting.span,
                say!("Seccomp profile `{text}` is taken for a file in the daemon's working directory"),
            )
            .why("Which directory that is depends on how the daemon is started: under systemd it is `/`.")
            .help(match knows_words {
                true => "Write the whole path of the profile, or one of the words `builtin` and `unconfined`.",
                false => "Write the whole path of the profile.",
            })
            .fix(remove),
        );
        return;
    };
    let diagnostic =
        Diagnostic::error(ID, Stage::Start, setting.span, say!("Seccomp profile `{text}` is taken for a file"));
    found.push(match knows_words {
        true => {
            diagnostic
                .why("Anything but the exact words `builtin` and `unconfined` names a file, and the daemon does not start without it.")
                .help(say!("Write `{word}` in lower case, or the whole path of a file."))
                .fix(Fix::choice(say!("Use `{word}`"), context.replace(setting.span, word)))
        }
        false => diagnostic
            .why("Engine 20.10 knows no words here, and does not start without the file.")
            .help("Remove it for the built-in profile. To have none, write the path of a profile that allows everything, or use Engine 23.0 or later.")
            .fix(remove),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, assert_found_on},
    };

    #[test]
    fn words_are_exact_and_since_23() {
        for (text, expected) in [
            (r#"{"seccomp-profile": "Unconfined"}"#, &["error seccomp-profile-misspelled 20..32"][..]),
            (r#"{"seccomp-profile": "unconfined "}"#, &["error seccomp-profile-misspelled 20..33"]),
            (r#"{"seccomp-profile": "strict"}"#, &["warning seccomp-profile-misspelled 20..28"]),
            (r#"{"seccomp-profile": "unconfined"}"#, &[]),
            (r#"{"seccomp-profile": "/etc/docker/builtin"}"#, &[]),
            (r#"{"seccomp-profile": ""}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
        let text = r#"{"seccomp-profile": "builtin"}"#;
        let expected = ["error seccomp-profile-misspelled 20..29"];
        assert_found_on(Engine::new(20, 10, 24), text, ID, &expected);
    }
}
