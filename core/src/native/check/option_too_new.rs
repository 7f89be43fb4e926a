//! An option that the release does not have.

use super::{Context, Diagnostic, Found, Span, Stage};
use crate::native::{
    model::Container,
    options::{self, CONTAINER},
};

rule! {
    /// An option that the chosen release of NixOS does not have yet.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops at a name that no module declares, whatever its value.
    ///
    /// ## What to do
    /// Take it out, or use a newer release.
    ///
    /// ## Example
    /// ```nix nixos=24.11
    /// # With NixOS 24.11.
    /// {
    ///   containers.web = {
    ///     privateUsers = "pick";
    ///     config.system.stateVersion = "24.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs pull requests 359352 (`networkNamespace`), 362210 (`privateUsers`), 413463 (`flake`), 462775
    /// (`localMacAddress`)
    "option-too-new", [Error], check
}

/// The options that not every release has, with their places.
fn said(container: &Container) -> impl Iterator<Item = (&'static str, Span)> {
    let all = [
        ("networkNamespace", container.network_namespace.as_ref().map(|it| it.whole)),
        ("privateUsers", container.private_users.as_ref().map(|it| it.whole)),
        ("flake", container.flake.as_ref().map(|it| it.whole)),
        ("localMacAddress", container.link.mac.as_ref().map(|it| it.whole)),
    ];
    all.into_iter().filter_map(|(name, span)| Some((name, span?)))
}

fn check(context: &Context, found: &mut Found) {
    let release = context.choices.release;
    for (name, span) in context.containers().flat_map(said) {
        let since = options::find(CONTAINER, name).and_then(options::Row::since).filter(|it| *it > release);
        if let Some(since) = since {
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Evaluation,
                    span,
                    format!("Containers have no option `{name}` before {}", since.title()),
                )
                .why(format!("nixos-rebuild of {} stops at a name that no module declares.", release.title()))
                .help("Take it out, or choose a newer release under Surroundings, in the header."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn options_are_those_of_the_release() {
        let text = "{ containers.a = { privateUsers = \"pick\"; flake = \"x\"; }; }";
        let found = |release: &str| found_with(text, ID, chosen("nixos", release));
        assert_eq!(found("24.11"), ["error privateUsers = \"pick\";", "error flake = \"x\";"]);
        assert_eq!(found("25.05"), ["error flake = \"x\";"]);
        assert!(found("25.11").is_empty());
    }
}
