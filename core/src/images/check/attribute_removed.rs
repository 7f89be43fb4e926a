//! A package that nixpkgs has no more.

use super::{Context, Diagnostic, Edits, Fix, Found, Span, removed};

rule! {
    /// A package that nixpkgs has no more.
    ///
    /// ## Why it matters
    /// Nix stops at the name, and says that it was removed.
    ///
    /// ## What to do
    /// Take what took its place.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM nixos/nix
    /// RUN nix-channel --update
    /// RUN nix-build -A pythonFull '<nixpkgs>'
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/top-level/aliases.nix`
    "attribute-removed", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if let Some(nix) = context.nix() {
        for (path, span) in nix.outline.paths() {
            let last = path.rsplit('.').next().unwrap_or_default();
            let place = Span::new(span.end - last.len().min(span.end), span.end);
            tell(context, last, place, found);
        }
    }
    for it in context.instructions("RUN").filter(|it| it.line().contains("nix")) {
        for word in &it.words {
            let last = word.text.rsplit(['.', '#']).next().unwrap_or_default();
            let place = Span::new(word.span.end - last.len().min(word.span.end), word.span.end);
            tell(context, last, place, found);
        }
    }
}

fn tell(context: &Context, name: &str, place: Span, found: &mut Found) {
    let Some(now) = removed(name).filter(|_| place.of(context.text) == name) else { return };
    found.push(
        Diagnostic::warning(ID, place, format!("nixpkgs has no `{name}` any more"))
            .why("Nix stops at the name and says that it was removed.")
            .help(format!("Take `{now}`."))
            .fix(Fix::choice(format!("Take `{now}`"), Edits::replace(place, now))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM nixos/nix\nRUN nix-build -A pythonFull '<nixpkgs>'\n", &["warning pythonFull"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; copyToRoot = pkgs.nodejs-16_x; }", &["warning nodejs-16_x"]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; copyToRoot = pkgs.nodejs; }", &[]),
            ("FROM python\nRUN pythonFull\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
