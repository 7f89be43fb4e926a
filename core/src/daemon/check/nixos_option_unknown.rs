//! A name below `virtualisation.docker` that no module declares.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::{
    nixos::{Flaw, FlawKind},
    options,
};

rule! {
    /// A name below `virtualisation.docker` that NixOS has no option for.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops at a name that no module declares, whatever its value: nothing of the configuration is built.
    /// Settings of the daemon are no options of their own; they go into `daemon.settings`.
    ///
    /// ## What to do
    /// Write the name that was meant, or move the setting into `virtualisation.docker.daemon.settings`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     bip = "10.200.0.1/24";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`; `lib/modules.nix`, "The option … does not exist"
    "nixos-option-unknown", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws {
        if let FlawKind::NoOption { nearest, .. } = flaw.kind {
            found.push(unknown(context, flaw, nearest));
        }
    }
}

fn unknown(context: &Context, flaw: &Flaw, nearest: Option<&'static str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(ID, Stage::Evaluation, flaw.key, flaw.message()).why(flaw.why());
    diagnostic.explained(|diagnostic| {
        let below = flaw.path.get(2..).unwrap_or_default();
        let remove = Fix::choice("Remove it", context.without_binding(flaw.binding));
        if let Some(path) = setting(below) {
            let help = say!("It is a setting of the daemon: write `{path}`.");
            return diagnostic
                .help(help)
                .fix(Fix::safe(say!("Use `{path}`"), context.rewrite(flaw.key, &path)))
                .fix(remove);
        }
        let right = nearest.and_then(|it| in_place_of(below, it));
        let rename = right.map(|it| Fix::safe(say!("Rename to `{it}`"), context.rewrite(flaw.key, it)));
        diagnostic.help(flaw.help()).fix(rename).fix(remove)
    })
}

/// Where the daemon's settings have what is right below `virtualisation.docker` or its `daemon`.
fn setting(below: &[String]) -> Option<String> {
    let (name, outer) = match below {
        [name] => (name, "daemon.settings"),
        [daemon, name] if daemon == "daemon" => (name, "settings"),
        [rootless, name] if rootless == "rootless" => (name, "daemon.settings"),
        _ => return None,
    };
    if name == "settings" && below.len() < 3 && outer.starts_with("daemon") {
        return Some("daemon.settings".to_owned());
    }
    options::member("", name).filter(|it| it.key == name).map(|it| [outer, ".", it.key].concat())
}

/// The last name of an option, when it takes the place of the last of a path.
fn in_place_of<'a>(below: &[String], option: &'a str) -> Option<&'a str> {
    let (_, outer) = below.split_last()?;
    let (parent, name) = option.rsplit_once('.').unwrap_or(("", option));
    (outer.join(".") == parent).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    const ID: &str = "nixos-option-unknown";

    #[test]
    fn names_are_those_of_options() {
        for (text, expected) in [
            ("{ virtualisation.docker.enabel = true; }", &["error enabel"][..]),
            ("{ virtualisation.docker = { enable = true; bip = \"10.0.0.1/24\"; }; }", &["error bip"]),
            ("{ virtualisation.docker.rootless.autoPrune.enable = true; }", &["error autoPrune"]),
            ("{ virtualisation.docker.daemon.settings.debgu = true; }", &[]),
            ("{ virtualisation.docker.autoPrune = { enable = true; dates = \"daily\"; }; }", &[]),
            ("{ virtualisation.podman.enabel = true; }", &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }

    #[test]
    fn the_right_name_is_offered() {
        for (text, title, after) in [
            (
                "{ virtualisation.docker.enabel = true; }",
                "Rename to `enable`",
                "{ virtualisation.docker.enable = true; }",
            ),
            (
                "{ virtualisation.docker.bip = \"10.0.0.1/24\"; }",
                "Use `daemon.settings.bip`",
                "{ virtualisation.docker.daemon.settings.bip = \"10.0.0.1/24\"; }",
            ),
            (
                "{ virtualisation.docker.settings = { }; }",
                "Use `daemon.settings`",
                "{ virtualisation.docker.daemon.settings = { }; }",
            ),
        ] {
            assert_first_fix(text, ID, title, after);
        }
    }
}
