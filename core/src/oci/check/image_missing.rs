//! No image.

use super::{Context, Diagnostic, Found, Stage};
use crate::oci::problem::ProblemKind;

rule! {
    /// No image.
    ///
    /// ## Why it matters
    /// There is nothing to run. With Arion, a service without an image is one that Nix builds; an empty text is neither.
    ///
    /// ## What to do
    /// Write `image`, such as `"docker.io/library/nginx:1.27"`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.arion.projects.db.settings.services.db.service.image = "";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/oci-containers.nix`; hercules-ci/arion `src/nix/modules/service/image.nix`
    "image-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::ImageMissing(name) = problem {
            found.push(
                Diagnostic::error(ID, Stage::Run, span, format!("`{name}` has no image"))
                    .why("Without an image there is nothing to run.")
                    .help("Write `image`, such as `\"docker.io/library/nginx:1.27\"`."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn there_is_something_to_run() {
        for (text, expected) in [
            ("{ virtualisation.oci-containers.containers.a = { }; }", &["error a"][..]),
            ("{ virtualisation.oci-containers.containers.a.image = \"x:1\"; }", &[]),
            ("{ virtualisation.quadlet.containers.a.containerConfig.exec = \"x\"; }", &["error a"]),
            ("{ virtualisation.quadlet.containers.a.containerConfig.rootfs = \"/x\"; }", &[]),
            ("{ project.name = \"x\"; services.a.service.image = \"\"; }", &["error a"]),
            ("{ project.name = \"x\"; services.a.service.command = [ \"sh\" ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
