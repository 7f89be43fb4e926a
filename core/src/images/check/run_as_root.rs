//! A script that needs a virtual machine.

use super::{Context, Diagnostic, Found, Said};

rule! {
    /// A script that needs a virtual machine.
    ///
    /// ## Why it matters
    /// `runAsRoot` runs in one, which needs `/dev/kvm` on the machine that builds: most CI and many virtual servers have none, and the build stops or waits.
    ///
    /// ## What to do
    /// Take `buildLayeredImage` with `fakeRootCommands`, which needs none; `extraCommands` where nothing has to be done as root.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }:
    /// pkgs.dockerTools.buildImage {
    ///   name = "redis";
    ///   runAsRoot = ''
    ///     mkdir -p /data
    ///   '';
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `runAsRoot`
    "run-as-root", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        let Some(given) = made.given("runAsRoot").filter(|it| it.value != Said::Null) else { continue };
        found.push(
            Diagnostic::hint(ID, given.name_span, "`runAsRoot` needs a virtual machine, and that `/dev/kvm`")
                .why("Where the machine that builds has none, as in most CI, the image cannot be built.")
                .help("Take `fakeRootCommands` of `buildLayeredImage`, or `extraCommands` where no root is needed."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; runAsRoot = \"x\"; }", &["hint runAsRoot"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; runAsRoot = null; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
