//! An image of whatever version there is.

use super::{Context, Diagnostic};

rule! {
    /// An image has no tag, or `latest`.
    ///
    /// ## Why it matters
    /// Which version runs depends on the day it was pulled, and nothing pulls it again by itself: two machines differ, and a
    /// rebuilt one may get a version that cannot read its own data.
    ///
    /// ## What to do
    /// Write the version, such as `postgres:17`.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   db:
    ///     image: postgres
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Building best practices*, Pin base image versions
    "image-without-tag", [Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in context.project().containers.iter().filter(|it| it.build.is_none()) {
        let Some(image) = &container.image else { continue };
        let name = image.value.as_str();
        let last = name.rsplit('/').next().unwrap_or(name);
        let tag = last.split_once(':').map(|it| it.1);
        if name.contains('@') || last.is_empty() || !matches!(tag, None | Some("latest")) {
            continue;
        }
        let message = match tag {
            None => format!("`{name}` has no tag, so it is whatever `latest` is"),
            Some(_) => format!("`{name}` is whatever it was when it was pulled"),
        };
        found.push(
            Diagnostic::hint(ID, image.span, message)
                .why("Which version runs depends on the day it was pulled, and nothing pulls it again by itself.")
                .help("Write the version that you want, such as `postgres:17`."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn images_have_a_version() {
        for (image, is_flagged) in [
            ("nginx", true),
            ("nginx:latest", true),
            ("nginx:1.27", false),
            ("localhost:5000/x", true),
            ("localhost:5000/x:1", false),
            ("x@sha256:aa", false),
            ("x:${TAG}", false),
        ] {
            let text = format!("services: {{a: {{image: '{image}'}}}}\n");
            let place = format!("hint '{image}'");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
    }
}
