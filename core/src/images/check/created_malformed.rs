//! A date that images do not have so.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, Said, created_of};

rule! {
    /// A date that images do not have so.
    ///
    /// ## Why it matters
    /// `buildImage` and nix2container write the date as it is, and an image has one of RFC 3339: `2024-09-20T00:00:00Z`. `buildLayeredImage` lets `date` read it, which takes `20240920`, but not the fourteen digits of `lastModifiedDate`.
    ///
    /// ## What to do
    /// Put the date together from its parts; that is right for every function.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs, self }: pkgs.dockerTools.buildImage { name = "a"; created = builtins.substring 0 8 self.lastModifiedDate; }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `config.md`, `created`; nixpkgs `pkgs/build-support/docker/default.nix`, `baseJson`, `date -Iseconds -d`
    "created-malformed", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        let Some(given) = made.given("created").filter(|it| it.is_written) else { continue };
        let written = given.value_span.of(context.text);
        let is_date = written.contains("lastModifiedDate");
        let is_short = written.contains("substring 0 8");
        // All of its fourteen digits.
        let is_whole = !written.contains(char::is_whitespace);
        let is_exact = matches!(made.maker, Maker::Plain | Maker::Container);
        let is_wrong = match &given.value {
            Said::Text(text) if is_exact => text != "now" && !is_rfc3339(text),
            Said::Filled => false,
            _ if is_date => is_whole || is_short && is_exact,
            _ => false,
        };
        if !is_wrong {
            continue;
        }
        let fix = is_date.then(|| created_of(written)).flatten();
        let fix = fix.map(|it| Fix::safe("Put the date together", Edits::replace(given.value_span, it)));
        let (why, help) = match is_exact {
            true => (
                "It is written into the image as it is, where programs look for a date of RFC 3339.",
                "Write `2024-09-20T00:00:00Z`, or put it together from the parts of `lastModifiedDate`.",
            ),
            false => (
                "`date` reads it, and takes no fourteen digits: the build fails.",
                "Write `builtins.substring 0 8 self.lastModifiedDate`, or put it together from its parts.",
            ),
        };
        found.push(
            Diagnostic::warning(ID, given.value_span, "This is no date of an image").why(why).help(help).fix(fix),
        );
    }
}

/// `2024-09-20T00:00:00Z`
fn is_rfc3339(text: &str) -> bool {
    let shape: String = text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    shape.starts_with("0000-00-00T00:00:00") && text.len() > 19
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; created = builtins.substring 0 8 self.lastModifiedDate; }",
                &["warning builtins.substring 0 8 self.lastModifiedDate"][..],
            ),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; created = builtins.substring 0 8 self.lastModifiedDate; }",
                &[],
            ),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; created = self.lastModifiedDate; }",
                &["warning self.lastModifiedDate"],
            ),
            ("pkgs.dockerTools.buildImage { name = \"a\"; created = \"2024-09-20\"; }", &["warning \"2024-09-20\""]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; created = \"2024-09-20T00:00:00Z\"; }", &[]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; created = \"now\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
