//! An option that no module has.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::{oci::problem::ProblemKind, text::Edits};

rule! {
    /// An option that no module has.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops at a name that no module declares, whatever its value. Arion has the keys of Compose;
    /// oci-containers and quadlet-nix have names of their own.
    ///
    /// ## What to do
    /// Correct the spelling, or take it out. What oci-containers has no option for goes into `extraOptions`, what
    /// quadlet-nix has none for into `podmanArgs`, and what Arion has none for into `out.service`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     port = [ "8080:80" ];
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/modules.nix`, `checkUnmatched`
    "option-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        let ProblemKind::UnknownOption { place, name, near } = problem else { continue };
        let (of, otherwise) = match *place {
            it if it.starts_with("oci.containers") => {
                ("a container of oci-containers", "What has no option goes into `extraOptions`.")
            }
            it if it.starts_with("oci") => ("oci-containers", "Take it out."),
            it if it.ends_with(".containerConfig") => {
                ("a container of quadlet-nix", "What has no option goes into `podmanArgs`.")
            }
            it if it.starts_with("quadlet") => ("quadlet-nix", "Take it out."),
            it if it.ends_with(".service") => ("a service of Arion", "What has no option goes into `out.service`."),
            _ => ("Arion", "Take it out."),
        };
        let it = Diagnostic::error(ID, Stage::Evaluation, span, format!("`{name}` is no option of {of}"))
            .why(format!("{} stops at a name that no module declares, whatever its value.", context.reader()));
        found.push(match near {
            Some(near) => it
                .help(format!("Did you mean `{near}`?"))
                .fix(Fix::choice(format!("Rename to `{near}`"), Edits::replace(span, *near))),
            None => it.help(otherwise),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn what_stops_is_what_reads_the_text() {
        for (text, expected) in [
            ("{ project.name = \"x\"; services.a.service = { image = \"x:1\"; port = [ ]; }; }", "Arion stops"),
            (
                "{ virtualisation.arion.projects.p.settings.services.a.service = { image = \"x:1\"; port = [ ]; }; }",
                "nixos-rebuild stops",
            ),
        ] {
            let found: Vec<_> = diagnose_all(text).into_iter().filter(|it| it.rule == ID).collect();
            assert!(found[0].why.contains(expected), "{text}");
        }
    }

    #[test]
    fn options_are_those_of_the_modules() {
        let oci =
            |rest: &str| format!("{{ virtualisation.oci-containers.containers.a = {{ image = \"x:1\"; {rest} }}; }}");
        assert_found(&oci("port = [ ];"), ID, &["error port"]);
        assert_found(&oci("ports = [ ]; login.username = \"x\";"), ID, &[]);
        let after = oci("environment.A = \"1\";");
        assert_first_fix(&oci("enviroment.A = \"1\";"), ID, "Rename to `environment`", &after);
        for (rest, expected) in [
            ("containers.a.containerConfig = { image = \"x:1\"; ports = [ ]; };", &["error ports"][..]),
            ("containers.a = { containerConfig.image = \"x:1\"; autoStart = false; };", &[]),
        ] {
            assert_found(&format!("{{ virtualisation.quadlet = {{ {rest} }}; }}"), ID, expected);
        }
        for (rest, expected) in [
            ("service = { image = \"x:1\"; logging = { }; };", &["error logging"][..]),
            ("service.image = \"x:1\"; out.service.logging.driver = \"local\";", &[]),
        ] {
            let text = format!("{{ virtualisation.arion.projects.a.settings.services.b = {{ {rest} }}; }}");
            assert_found(&text, ID, expected);
        }
    }
}
