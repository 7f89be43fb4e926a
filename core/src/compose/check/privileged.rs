//! A container with all of root's rights.

use super::{Context, Diagnostic};

rule! {
    /// A container is privileged.
    ///
    /// ## Why it matters
    /// It can do what root can on the machine, all devices included; a mistake in it is one of the whole machine.
    ///
    /// ## What to do
    /// Give it the devices and capabilities that it needs: `devices`, `cap_add`.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   vpn:
    ///     image: vpn:1
    ///     privileged: true
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *docker container run*, `--privileged`
    "privileged", [Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        let Some(privileged) = container.privileged.as_ref().filter(|it| it.value) else { continue };
        found.push(
            Diagnostic::hint(ID, privileged.span, format!("`{}` may do all that root may", container.name))
                .why("It has every device and capability; a mistake in it is one of the whole machine.")
                .help("Give it only what it needs, in `devices` and `cap_add`."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn privileges_are_told() {
        assert_flags("services: {a: {privileged: true}, b: {privileged: false}}\n", super::ID, &["hint true"]);
    }
}
