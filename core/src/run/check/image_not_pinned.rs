//! An image whose version is not said.

use super::{Context, Found};
use crate::rule::diagnostic::Diagnostic;

rule! {
    /// An image whose version is not said.
    ///
    /// ## Why it matters
    /// Without a tag, or with `latest`, the machine has whatever was newest when it pulled the image first: it is never
    /// pulled again by itself, and another machine gets another version.
    ///
    /// ## What to do
    /// Name a version, or a digest.
    ///
    /// ## Example
    /// ```sh
    /// docker run -d nginx
    /// ```
    ///
    /// ## Source
    /// distribution/reference `normalize.go`, `TagNameOnly`; nixpkgs issue #172765
    "image-not-pinned", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        let Some(image) = container.image.as_ref().filter(|_| !run.is_on("rootfs")) else { continue };
        let last = image.value.rsplit('/').next().unwrap_or_default();
        let tag = last.split_once(':').map(|it| it.1);
        let message = match tag {
            _ if image.value.contains('@') || image.value.is_empty() => continue,
            None => format!("`{}` says no version", image.value),
            Some("latest") => format!("`{}` means another version every time", image.value),
            Some(_) => continue,
        };
        found.push(
            Diagnostic::hint(ID, image.span, message)
                .why("The machine keeps what was newest when it pulled the image first, and another one gets another version.")
                .help("Name a version behind a colon, or a digest behind `@`."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_has_no_version() {
        for (text, expected) in [
            ("docker run nginx", &["hint nginx"][..]),
            ("docker run nginx:latest", &["hint nginx:latest"]),
            ("docker run host:5000/nginx", &["hint host:5000/nginx"]),
            ("docker run nginx:1.27", &[]),
            ("docker run nginx@sha256:00", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
