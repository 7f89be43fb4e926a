//! The name that was chosen for the image is none.

use super::{Context, Diagnostic, Found, ProblemKind};

rule! {
    /// The name that was chosen for the image is none.
    ///
    /// ## Why it matters
    /// What is written down would fetch nothing.
    ///
    /// ## What to do
    /// Write it as in `docker pull`: `debian:12`, `ghcr.io/home/bridge:1.2`. Names have small letters.
    ///
    /// ## Example
    /// With `Debian 12` as *Image*, the name of any manifest:
    /// ```json
    /// {}
    /// ```
    ///
    /// ## Source
    /// distribution/reference `reference.go`
    "image-name-malformed", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::NoName(name) = problem {
            found.push(
                Diagnostic::warning(ID, span, format!("`{name}` is no name of an image"))
                    .why("What is written down with it would fetch nothing, so it is not used.")
                    .help("Write it as in `docker pull`, with small letters: `debian:12`, `ghcr.io/home/bridge:1.2`."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::{Choices, check::tests::*};

    #[test]
    fn names_are_as_in_docker_pull() {
        for (image, expected) in [("Debian 12", 1), ("debian:12", 0), ("", 0), ("a@sha256:00", 1)] {
            let choices = Choices { image: image.to_owned(), ..Choices::default() };
            let found = diagnose_with("{}", &choices).iter().filter(|it| it.rule == ID).count();
            assert_eq!(found, expected, "{image}");
        }
    }
}
