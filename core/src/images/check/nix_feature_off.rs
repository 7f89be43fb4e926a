//! A command of Nix that is not switched on.

use super::{Context, Diagnostic, Edits, Fix, Found, Span};

rule! {
    /// A command of Nix that is not switched on.
    ///
    /// ## Why it matters
    /// `nix build` and flakes are experimental: without `--extra-experimental-features` Nix of the image stops.
    ///
    /// ## What to do
    /// Say `--extra-experimental-features "nix-command flakes"`, or `nix-build`.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM nixos/nix:latest AS builder
    /// COPY . /src
    /// RUN nix build /src
    /// ```
    ///
    /// ## Source
    /// nix `src/libutil/experimental-features.cc`; nix `docker.nix`: the configuration of the image names no features
    "nix-feature-off", [Warning], check
}

const VERBS: &[&str] = &["build", "develop", "run", "shell", "flake", "profile", "eval", "copy", "store", "bundle"];

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    // Said in a variable or in the configuration of Nix.
    let is_on = file.instructions.iter().any(|it| {
        it.logical.text.contains("experimental-features") && (it.name == "ENV" || it.logical.text.contains("nix.conf"))
    });
    for it in context.instructions("RUN").filter(|_| !is_on) {
        let is_nix = it
            .stage
            .and_then(|it| file.stages.get(it))
            .is_some_and(|it| it.image.contains("nixos/nix") && !it.image.contains("flakes"));
        if !is_nix {
            continue;
        }
        for (at, word) in it.words.iter().enumerate().filter(|it| it.1.text == "nix") {
            let rest = it.words.iter().skip(at + 1).take_while(|it| it.text != "&&");
            let rest: Vec<&str> = rest.map(|it| it.text.as_str()).collect();
            let has_verb = rest.iter().any(|it| VERBS.contains(it));
            if !has_verb || rest.iter().any(|it| it.contains("experimental-features")) {
                continue;
            }
            let edit =
                Edits::replace(Span::empty(word.span.end), " --extra-experimental-features \"nix-command flakes\"");
            found.push(
                Diagnostic::warning(ID, word.span, "This command of Nix is not switched on in the image")
                    .why("It is experimental, so Nix says so and the build stops.")
                    .help("Say `--extra-experimental-features \"nix-command flakes\"`, or take `nix-build`.")
                    .fix(Fix::safe("Switch it on", edit)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM nixos/nix\nRUN nix build .\n", &["warning nix"][..]),
            ("FROM nixos/nix\nRUN nix --extra-experimental-features \"nix-command flakes\" build\n", &[]),
            ("FROM nixos/nix\nENV NIX_CONFIG=\"experimental-features = nix-command flakes\"\nRUN nix build\n", &[]),
            ("FROM nixos/nix\nRUN nix-build\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
