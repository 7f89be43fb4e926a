//! A value that Compose refuses.

use super::{Context, Diagnostic, Stage};

rule! {
    /// A value that Compose refuses: a port, a time, a policy.
    ///
    /// ## Why it matters
    /// Compose refuses the file.
    ///
    /// ## What to do
    /// Write a value of the form that the key takes.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["80800:80"]
    ///     restart: sometimes
    /// ```
    ///
    /// ## Source
    /// compose-go `types/types.go`, `ParsePortConfig`; `format/volume.go`, `ParseVolume`; `loader/interpolate.go`
    "value-refused", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for refused in &context.reading.refused {
        let why = refused.why.trim_end_matches('.');
        // What is of a wrong kind altogether is told by the rule for that.
        if why.starts_with("This is a ") {
            continue;
        }
        found.push(
            Diagnostic::error(ID, Stage::Load, refused.span, why)
                .why("Compose refuses the file for it.")
                .help("Write a value of the form that the key takes."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn values_are_of_the_form_of_their_keys() {
        let text = "services: {a: {ports: ['80800:80', '${X}:80'], restart: sometimes, volumes: ['aa:bb:cc:dd'], stop_grace_period: soon, healthcheck: {test: [curl]}}}\n";
        assert_flags(
            text,
            super::ID,
            &["error '80800:80'", "error sometimes", "error 'aa:bb:cc:dd'", "error soon", "error [curl]"],
        );
    }
}
