//! Files that somebody owns whom nobody runs as.

use super::{Context, Diagnostic, Found, Said};

rule! {
    /// Files that somebody owns whom nobody runs as.
    ///
    /// ## Why it matters
    /// `uid` and `gid` say who owns the files. The program runs as `config.User`, and as root where that is not said.
    ///
    /// ## What to do
    /// Say `config.User`, too, where the program is to run as that user.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; uid = 1000; gid = 1000; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `uid`
    "owner-is-not-user", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds()) {
        let given = ["uid", "gid"].iter().find_map(|it| made.given(it));
        let Some(given) = given.filter(|_| made.key("User").is_none() && !made.config_is_open && !made.is_open) else {
            continue;
        };
        if given.value == Said::Number(0) {
            continue;
        }
        found.push(
            Diagnostic::hint(ID, given.name_span, "The program runs as root: this says who owns the files")
                .why("`uid` and `gid` are of the files alone.")
                .help("Say `config.User`, too, where the program is to run as that user."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; uid = 1000; }", &["hint uid"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; uid = 1000; config.User = \"1000\"; }", &[]),
            ("pkgs.dockerTools.buildNixShellImage { drv = x; uid = 1000; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
