//! A service without an image.

use super::{Context, Diagnostic, Stage};
use crate::document::Kind;

rule! {
    /// A service has neither `image` nor `build`.
    ///
    /// ## Why it matters
    /// Compose refuses the file: there is nothing to run.
    ///
    /// ## What to do
    /// Write `image`, or `build` with the directory of a Dockerfile.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   db:
    ///     environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db }
    /// ```
    ///
    /// ## Source
    /// compose-go `loader/validate.go`, `checkConsistency`
    "image-missing", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let reading = context.reading;
    let is_provided = |name: &str| {
        let services = reading.root.members().iter().filter(|it| it.key == "services");
        let mut services = services.flat_map(|it| it.value.members()).filter(|it| it.key == name);
        services.any(|it| it.value.members().iter().any(|it| matches!(it.key.as_str(), "provider" | "extends")))
    };
    let bare = reading.project.containers.iter().filter(|it| it.image.is_none() && it.build.is_none());
    for container in bare.filter(|it| !is_provided(&it.name)).take(100) {
        // What is not read yet may be there.
        if reading.root.kind == Kind::Opaque {
            return;
        }
        let name = &container.name;
        found.push(
            Diagnostic::error(ID, Stage::Load, container.span, format!("`{name}` has neither `image` nor `build`"))
                .why("Compose refuses the file: there is nothing to run.")
                .help("Write `image`, such as `nginx:1.27`, or `build` with the directory of a Dockerfile."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn there_is_something_to_run() {
        assert_flags(
            "services: {a: {}, b: {image: x}, c: {build: .}, d: {image: ''}}\n",
            super::ID,
            &["error a", "error d"],
        );
        assert_flags("services: {a: {extends: {file: x, service: y}}, b: {provider: {type: x}}}\n", super::ID, &[]);
    }
}
