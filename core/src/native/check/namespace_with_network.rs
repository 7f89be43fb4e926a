//! Two networks for one container.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::native::places;

rule! {
    /// A network namespace beside a network of its own, or beside interfaces.
    ///
    /// ## Why it matters
    /// A container is in one network namespace. NixOS does not accept `networkNamespace` beside `privateNetwork` or
    /// `interfaces`.
    ///
    /// ## What to do
    /// Take one of them out.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     networkNamespace = "/run/netns/vpn";
    ///     privateNetwork = true;
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `assertions`
    "namespace-with-network", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let Some(namespace) = &container.network_namespace else { continue };
        let private = container.private_network.as_ref().filter(|it| it.value == Some(true));
        let private = private.map(|it| ("privateNetwork", it.whole));
        let interfaces = container.interfaces.first().map(|it| ("interfaces", it.span));
        let Some((name, span)) = private.or(interfaces) else { continue };
        let edits = if private.is_some() { places::remove(context.text, span) } else { super::Edits::NONE };
        found.push(
            Diagnostic::error(
                ID,
                Stage::Evaluation,
                span,
                format!("`{name}` of `{}` excludes `networkNamespace`", container.name),
            )
            .related(namespace.whole, "the namespace")
            .why("A container is in one network namespace, and nixos-rebuild stops at two.")
            .help("Take one of them out.")
            .fix(Fix::choice(format!("Take `{name}` out"), edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn one_container_has_one_network() {
        let with = |rest: &str| format!("{{ containers.web = {{ networkNamespace = \"/run/netns/a\"; {rest} }}; }}");
        assert_found(&with("privateNetwork = true;"), ID, &["error privateNetwork = true;"]);
        assert_found(&with("interfaces = [ \"eth1\" ];"), ID, &["error \"eth1\""]);
        assert_found(&with("privateNetwork = false;"), ID, &[]);
        assert_first_fix(
            &with("privateNetwork = true;"),
            ID,
            "Take `privateNetwork` out",
            &with("").replace("  }", " }"),
        );
    }
}
