//! A flag in `extraOptions` for what is in the file.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::options;

rule! {
    /// `extraOptions` gives a flag for what is in the file already.
    ///
    /// ## Why it matters
    /// The daemon does not start when a setting is given twice, even with one value. NixOS always writes `group`, `hosts`,
    /// `log-driver` and `live-restore` into the file, so their flags cannot be given; neither can those of what is in
    /// `daemon.settings`.
    ///
    /// ## What to do
    /// Take the flag out, and set its setting in `daemon.settings` instead.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     extraOptions = "--log-driver=local";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `findConfigurationConflicts`; nixpkgs `nixos/modules/virtualisation/docker.nix`
    "extra-options-and-file", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos else { return };
    for flag in outcome.flags_in(context.text) {
        if flag.key.starts_with('-') {
            found.push(
                Diagnostic::error(ID, Stage::Load, flag.key_span, say!("dockerd has no flag `{}`", flag.key))
                    .why("dockerd does not start with a flag that it does not know.")
                    .help("Take it out of `extraOptions`.")
                    .fix(Fix::choice("Remove it", context.without_flag(flag.value.span))),
            );
            continue;
        }
        let key = &flag.key;
        // Runtimes of flags and of the file are put together.
        if key == "runtimes" || !outcome.has_in_file(key) {
            continue;
        }
        // Under two conditions, it may be one or the other.
        let piece = outcome.flags.iter().find(|it| it.span.holds(flag.key_span));
        let setting = outcome.settings.iter().find(|it| it.0 == *key);
        if piece.is_some_and(|it| it.is_conditional) && setting.is_some_and(|it| it.1.is_conditional) {
            continue;
        }
        let name = options::find(key).map_or("", |it| it.brief().flag);
        let message = say!("`{name}` is given here, and `{key}` is in the file that NixOS writes");
        let mut diagnostic = Diagnostic::error(ID, Stage::Load, flag.key_span, message)
            .why("The daemon does not start when a setting is given twice, even with one value.");
        let why = outcome.reasons.iter().find(|it| it.0 == *key);
        diagnostic = match why {
            Some((_, why)) => diagnostic.help(say!("Take `{name}` out. {why}")),
            None => diagnostic.help(say!("Take `{name}` out, or `{key}`.")),
        };
        found.push(diagnostic.fix(Fix::choice(say!("Remove `{name}`"), context.without_flag(flag.value.span))));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    #[test]
    fn minds_what_is_in_the_file() {
        for (options, expected) in [
            ("extraOptions = \"--log-driver=local\";", &["error --log-driver"][..]),
            ("extraOptions = \"--debug -H tcp://127.0.0.1:2375\";", &["error -H"]),
            ("extraOptions = \"--bip=10.0.0.1/24\";", &[]),
            ("extraOptions = \"--bip=10.0.0.1/24\"; daemon.settings.bip = \"10.0.0.1/24\";", &["error --bip"]),
            ("extraOptions = \"--add-runtime=a=/a\"; daemon.settings.runtimes.b.path = \"/b\";", &[]),
            (
                "extraOptions = lib.mkIf config.a \"--bip=10.0.0.1/24\"; daemon.settings.bip = lib.mkIf config.b \"10.0.0.1/24\";",
                &[],
            ),
            (
                "extraOptions = lib.mkIf config.a \"--bip=10.0.0.1/24\"; daemon.settings = lib.mkIf config.b { bip = \"10.0.0.1/24\"; };",
                &[],
            ),
            ("extraOptions = lib.mkIf config.a \"--log-driver=local\";", &["error --log-driver"]),
            ("extraOptions = \"--nonsense\";", &["error --nonsense"]),
            ("extraOptions = \"\";", &[]),
        ] {
            let text = format!("{{ virtualisation.docker = {{ enable = true; {options} }}; }}");
            assert_flags("29", &text, "extra-options-and-file", expected);
        }
        assert_first_fix(
            "{ virtualisation.docker = { enable = true; extraOptions = \"--debug --live-restore\"; }; }",
            "extra-options-and-file",
            "Remove `--live-restore`",
            "{ virtualisation.docker = { enable = true; extraOptions = \"--debug\"; }; }",
        );
    }
}
