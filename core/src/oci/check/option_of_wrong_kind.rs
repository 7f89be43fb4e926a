//! A value that the option does not take.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::{
    oci::problem::ProblemKind,
    text::{Edits, words::listed},
};

rule! {
    /// A value that the option does not take.
    ///
    /// ## Why it matters
    /// The option is declared with a type, and nixos-rebuild stops at a value of another: in `environment`, even numbers are
    /// strings.
    ///
    /// ## What to do
    /// Write the value as the option takes it.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     environment.PORT = 80;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/oci-containers.nix`; SEIAROTg/quadlet-nix `container.nix`; hercules-ci/arion
    /// `src/nix/modules/service/docker-compose-service.nix`
    "option-of-wrong-kind", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let why = format!("The option is declared with a type, and {} stops at a value of another.", context.reader());
    for (problem, span) in context.problems() {
        found.push(match problem {
            ProblemKind::WrongKind { option, wanted, found } => {
                let message = format!("`{option}` takes {wanted}, not {found}");
                let it = Diagnostic::error(ID, Stage::Evaluation, span, message).why(why.clone());
                let written = context.written(span);
                let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'/' | b'_');
                let takes_text = *wanted == "a string" || wanted.starts_with("a string or");
                match takes_text && written != "null" && !written.is_empty() && written.bytes().all(is_plain) {
                    true => it
                        .help("Put it in double quotes.")
                        .fix(Fix::safe("Put it in double quotes", Edits::replace(span, format!("\"{written}\"")))),
                    false => it.help(format!("Write {wanted}.")),
                }
            }
            ProblemKind::NotAmong { option, values } => {
                let message = format!("`{option}` cannot be {}", context.written(span));
                let help = format!("Write {}.", listed(values.iter().copied(), "or"));
                Diagnostic::error(ID, Stage::Evaluation, span, message).why(why.clone()).help(help)
            }
            _ => continue,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn values_are_of_their_types() {
        let oci =
            |rest: &str| format!("{{ virtualisation.oci-containers.containers.a = {{ image = \"x:1\"; {rest} }}; }}");
        for (rest, expected) in [
            ("environment.PORT = 80;", &["error 80"][..]),
            ("environment.ON = true;", &["error true"]),
            ("ports = \"80:80\";", &["error \"80:80\""]),
            ("ports = [ 80 ];", &["error 80"]),
            ("cmd = \"a b\";", &["error \"a b\""]),
            ("autoStart = \"yes\";", &["error \"yes\""]),
            ("podman.sdnotify = \"soon\";", &["error \"soon\""]),
            ("environment.A = \"1\"; ports = [ \"80:80\" ]; user = null; environmentFiles = [ /run/x ];", &[]),
        ] {
            assert_found(&oci(rest), ID, expected);
        }
        let after = oci("environment.PORT = \"80\";");
        assert_first_fix(&oci("environment.PORT = 80;"), ID, "Put it in double quotes", &after);
        for (rest, expected) in [
            ("environment = { A = 1; B = \"x\"; };", &[][..]),
            ("environment.A = true;", &["error true"]),
            ("entrypoint = [ \"a\" ];", &["error [ \"a\" ]"]),
            ("labels.a = 1;", &["error 1"]),
            ("env_file = [ \"/run/x\" ]; command = \"a\"; ports = [ \"80:80\" ];", &[]),
        ] {
            let text = format!("{{ project.name = \"x\"; services.a.service = {{ image = \"x:1\"; {rest} }}; }}");
            assert_found(&text, ID, expected);
        }
    }
}
