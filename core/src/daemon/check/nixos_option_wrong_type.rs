//! A value of another type than the option is declared with.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::nixos::{Flaw, FlawKind};

rule! {
    /// A value of another type than the option is declared with.
    ///
    /// ## Why it matters
    /// Every option of NixOS has a type, and nixos-rebuild stops at a value of another: text in quotes is not `true`, and one
    /// flag is not a list of flags.
    ///
    /// ## What to do
    /// Write a value of the type.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = "true";
    ///     autoPrune.flags = "--all";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`; `lib/types.nix`; `lib/modules.nix`, `mergeDefinitions`
    "nixos-option-wrong-type", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws.iter().filter(|it| matches!(it.kind, FlawKind::WrongType { .. } | FlawKind::Wrapped)) {
        found.push(tell(context, flaw));
    }
}

fn tell(context: &Context, flaw: &Flaw) -> Diagnostic {
    Diagnostic::error(ID, Stage::Evaluation, flaw.span, flaw.message())
        .why(flaw.why())
        .help(flaw.help())
        .explained(|it| it.fix(converted(context, flaw)))
}

/// The value that was likely meant, of the right type.
fn converted(context: &Context, flaw: &Flaw) -> Option<Fix> {
    let FlawKind::WrongType { expected, found } = flaw.kind else {
        return None;
    };
    let written = context.written(flaw.span);
    let right = match (expected, found) {
        ("true or false", "a string") => match written.trim_matches('"') {
            it @ ("true" | "false") => it.to_owned(),
            "yes" | "on" | "1" => "true".to_owned(),
            "no" | "off" | "0" => "false".to_owned(),
            _ => return None,
        },
        ("true or false", "a whole number") => match written {
            "1" => "true".to_owned(),
            "0" => "false".to_owned(),
            _ => return None,
        },
        ("a string", "a whole number" | "a boolean") => ["\"", written, "\""].concat(),
        ("a list of strings", "a string") if written.starts_with('"') => ["[ ", written, " ]"].concat(),
        _ => return None,
    };
    Some(Fix::safe(say!("Write `{right}`"), context.rewrite(flaw.span, &right)))
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    const ID: &str = "nixos-option-wrong-type";

    #[test]
    fn values_are_of_their_type() {
        for (text, expected) in [
            ("{ virtualisation.docker.enable = \"yes\"; }", &["error \"yes\""][..]),
            ("{ virtualisation.docker.autoPrune.flags = [ \"--all\" 1 ]; }", &["error [ \"--all\" 1 ]"]),
            ("{ virtualisation.docker.extraOptions = [ \"--debug\" ]; }", &["error [ \"--debug\" ]"]),
            ("{ virtualisation.docker = true; }", &["error true"]),
            ("{ virtualisation.docker.daemon.settings.live-restore = \"true\"; }", &["error \"true\""]),
            ("{ virtualisation.docker.enable = config.services.x.enable; }", &[]),
            ("{ virtualisation.docker.storageDriver = null; }", &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }

    #[test]
    fn the_right_value_is_offered() {
        for (value, title, right) in [("\"true\"", "Write `true`", "true"), ("1", "Write `true`", "true")] {
            let text = |value: &str| format!("{{ virtualisation.docker.enable = {value}; }}");
            assert_first_fix(&text(value), ID, title, &text(right));
        }
    }
}
