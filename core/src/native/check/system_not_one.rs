//! A container without a system, or with two.

use super::{Context, Diagnostic, Fix, Found, Span, Stage};
use crate::native::places;

rule! {
    /// A container with none of `config`, `path` and `flake`, or with several of them.
    ///
    /// ## Why it matters
    /// Each of them says which NixOS runs in the container. With none, nixos-rebuild stops at `path`, which has no value;
    /// with two it has two values.
    ///
    /// ## What to do
    /// Write `config` for a module, `path` for a system that is built already, or `flake` for one of a flake.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web.autoStart = true;
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `path` and `checkAssertion`
    "system-not-one", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let all: [(&str, Option<Span>, Option<Span>); 3] = [
            ("config", container.config.as_ref().map(|it| it.name), None),
            ("path", container.path.as_ref().map(|it| it.whole), container.path.as_ref().map(|it| it.whole)),
            ("flake", container.flake.as_ref().map(|it| it.whole), container.flake.as_ref().map(|it| it.whole)),
        ];
        let said: Vec<_> = all.into_iter().filter_map(|(name, span, whole)| Some((name, span?, whole))).collect();
        match said.as_slice() {
            [] if !container.is_open => found.push(
                Diagnostic::error(ID, Stage::Evaluation, container.span, format!("Nothing says which NixOS runs in `{}`", container.name))
                    .why("nixos-rebuild stops at `path`, which has no value.")
                    .help("Write `config = { … };` with the module of the container, or name a system with `path` or `flake`."),
            ),
            [(first, other, _), (second, span, whole), ..] => {
                let is_forced = context.written(whole.unwrap_or(*span)).contains("mkForce");
                let edits = whole.map_or(super::Edits::NONE, |it| places::remove(context.text, it));
                if !is_forced {
                    found.push(
                        Diagnostic::error(ID, Stage::Evaluation, *span, format!("`{first}` and `{second}` of `{}` exclude each other", container.name))
                            .related(*other, "the other one")
                            .why("Each says which NixOS runs in the container, and nixos-rebuild stops at two.")
                            .help("Keep one of them.")
                            .fix(Fix::choice(format!("Take `{second}` out"), edits)),
                    );
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn a_container_has_one_system() {
        let with = |rest: &str| format!("{{ x, ... }}: {{ containers.web = {{ {rest} }}; }}");
        for (rest, expected) in [
            ("", &["error web"][..]),
            ("config = { };", &[]),
            ("path = \"/nix/x\";", &[]),
            ("flake = \"github:a/b\";", &[]),
            ("config = { }; path = \"/nix/x\";", &["error path = \"/nix/x\";"]),
            ("path = \"/nix/x\"; flake = \"a\";", &["error flake = \"a\";"]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        assert_found("{ x, ... }: { containers.web = x; }", ID, &[]);
        assert_first_fix(&with("config = { }; path = \"/nix/x\";"), ID, "Take `path` out", &with("config = { };"));
    }
}
