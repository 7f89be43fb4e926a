//! A user that the image does not know.

use super::{Context, Diagnostic, Found, Said};

rule! {
    /// A user that the image does not know.
    ///
    /// ## Why it matters
    /// Docker looks a name up in `/etc/passwd` of the image, and an image without a base has none. The container does not start.
    ///
    /// ## What to do
    /// Write a number, or put `dockerTools.fakeNss` into the image, which knows root and nobody.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; config = { Cmd = [ "/bin/a" ]; User = "app"; }; }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/oci_linux.go`, `getUser`; nixpkgs `doc/build-helpers/images/dockertools.section.md`, *fakeNss*
    "user-unknown", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds() && !it.has_base() && !it.is_open) {
        let Some(key) = made.key("User") else { continue };
        let Said::Text(user) = &key.value else { continue };
        let name = user.split(':').next().unwrap_or_default();
        if name.is_empty() || name.bytes().all(|it| it.is_ascii_digit()) {
            continue;
        }
        let has = |names: &[&str]| made.words.iter().any(|it| names.iter().any(|name| it.contains(name)));
        let is_usual = matches!(name, "root" | "nobody");
        let files_are_known = made.files().is_none_or(|it| matches!(it.value, Said::List(_) | Said::Null));
        if has(&["useradd", "adduser", "passwd", "shadow"]) || (is_usual && has(&["fakeNss"])) || !files_are_known {
            continue;
        }
        if has(&["fakeNss"]) && made.words.iter().any(|it| it.contains("override")) {
            continue;
        }
        found.push(
            Diagnostic::no_container(ID, key.value_span, format!("The image knows no user `{name}`"))
                .why("The name is looked up in its `/etc/passwd`, so the container does not start.")
                .help("Write a number, as `\"1000:1000\"`, or put `dockerTools.fakeNss` into the image, which knows root and nobody."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.User = \"app\"; }", &["warning \"app\""][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.User = \"1000:1000\"; }", &[]),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = [ pkgs.dockerTools.fakeNss ]; config.User = \"nobody\"; }",
                &[],
            ),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; fakeRootCommands = \"useradd app\"; config.User = \"app\"; }",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
