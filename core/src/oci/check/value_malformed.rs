//! A value that Docker, Podman or Compose does not take.

use super::{Context, Diagnostic, Found, Stage};
use crate::run::problem::ProblemKind;

rule! {
    /// A value that Docker, Podman or Compose does not take.
    ///
    /// ## Why it matters
    /// NixOS passes the string on as it is. The unit fails when it starts.
    ///
    /// ## What to do
    /// Write the value as the program takes it.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     ports = [ "localhost:8080:80" ];
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parse`; containers/podman `pkg/specgenutil`; compose-go
    /// `schema/compose-spec.json`
    "value-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in &context.reading.flags {
        if let ProblemKind::Malformed { message, help, .. } = &problem.kind {
            found.push(
                Diagnostic::error(ID, Stage::Run, problem.span, message.clone())
                    .why("NixOS passes it on as it is, and the container does not start.")
                    .help(help.clone()),
            );
        }
    }
    for refused in &context.reading.refused {
        let message = refused.why.trim_end_matches('.').to_owned();
        found.push(
            Diagnostic::error(ID, Stage::Run, refused.span, message)
                .why("Arion passes it on to Compose, which refuses the project.")
                .help("Write it as Compose takes it."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn values_are_those_of_the_programs() {
        for (rest, expected) in [
            ("ports = [ \"localhost:80:80\" ];", &["error localhost"][..]),
            ("volumes = [ \"a/b:/c\" ];", &["error a/b"]),
            ("extraOptions = [ \"--memory=lots\" ];", &["error lots"]),
            ("ports = [ \"127.0.0.1:80:80/udp\" ]; volumes = [ \"/a:/b:ro\" \"data:/c\" ];", &[]),
        ] {
            let text = format!("{{ virtualisation.oci-containers.containers.a = {{ image = \"x:1\"; {rest} }}; }}");
            assert_found(&text, ID, expected);
        }
        let arion = "{ project.name = \"x\"; services.a.service = { image = \"x:1\"; ports = [ \"80:x\" ]; }; }";
        assert_found(arion, ID, &["error \"80:x\""]);
    }
}
