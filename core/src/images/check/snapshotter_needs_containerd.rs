//! An image that Docker cannot run.

use super::{Context, Diagnostic, Found, Maker};

rule! {
    /// An image that Docker cannot run.
    ///
    /// ## Why it matters
    /// Layers of nix-snapshotter name paths of the Nix store. A plugin of containerd puts them in place; Docker and Podman have none.
    ///
    /// ## What to do
    /// Run it with nerdctl, containerd or Kubernetes with the plugin. For Docker take `streamLayeredImage` or nix2container.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.nix-snapshotter.buildImage { name = "a"; }
    /// ```
    ///
    /// ## Source
    /// pdtpartners/nix-snapshotter `package.nix`: *images will only work with containerd*
    "snapshotter-needs-containerd", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker == Maker::Snapshotter) {
        found.push(
            Diagnostic::hint(ID, made.name, "Docker and Podman cannot run this image")
                .why("Its layers name paths of the Nix store, which the plugin of containerd puts in place.")
                .help("Run it with containerd and nix-snapshotter, or take `streamLayeredImage` for Docker."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("pkgs.nix-snapshotter.buildImage { name = \"a\"; }", &["hint pkgs.nix-snapshotter.buildImage"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
