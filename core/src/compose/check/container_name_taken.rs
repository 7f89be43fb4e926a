//! Two containers of one name.

use super::{Context, Diagnostic, Stage};
use std::collections::HashMap;

rule! {
    /// Two services have the same `container_name`, or one that runs several times has one.
    ///
    /// ## Why it matters
    /// Names of containers are unique on a machine: the second one does not start.
    ///
    /// ## What to do
    /// Give each its own name, or leave it out.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   a: { image: "nginx:1.27", container_name: web }
    ///   b: { image: "nginx:1.27", container_name: web }
    /// ```
    ///
    /// ## Source
    /// compose-go `loader/validate.go`, `checkConsistency`; moby `daemon/names.go`, `reserveName`
    "container-name-taken", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let mut taken = HashMap::new();
    for container in &context.project().containers {
        let Some(name) = &container.container_name else { continue };
        let said = &name.value;
        if let Some(replicas) = container.replicas.as_ref().filter(|it| it.value > 1) {
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Load,
                    name.span,
                    format!("{} containers cannot all be called `{said}`", replicas.value),
                )
                .related(replicas.span, "so many of it")
                .why("Compose refuses a name for a service that runs several times.")
                .help("Leave `container_name` out, or run one."),
            );
        }
        if let Some(span) = taken.insert(said.as_str(), name.span) {
            found.push(
                Diagnostic::error(ID, Stage::Start, name.span, format!("Another service is called `{said}` too"))
                    .related(span, "the other one")
                    .why("Names of containers are unique on a machine. The second one does not start.")
                    .help("Give it another name, or leave `container_name` out."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn names_are_unique() {
        assert_flags("services: {a: {container_name: x}, b: {container_name: x}}\n", super::ID, &["error x"]);
        assert_flags("services: {a: {container_name: x}, b: {container_name: y}}\n", super::ID, &[]);
        assert_flags("services: {a: {container_name: x, scale: 2}}\n", super::ID, &["error x"]);
    }
}
