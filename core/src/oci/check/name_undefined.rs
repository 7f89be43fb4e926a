//! A container, network, volume or pod that is not there.

use std::collections::HashSet;

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::{oci::problem::ProblemKind, text::Edits};

rule! {
    /// A container, network, volume or pod that is not there.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops at a container that waits for one it does not know; Quadlet makes no unit of one that refers to
    /// a network, volume, build or pod without a unit; and Compose refuses a project whose services wait for nothing.
    ///
    /// ## What to do
    /// Correct the spelling, or add what is missing.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     dependsOn = [ "databse" ];
    ///   };
    ///   virtualisation.oci-containers.containers.database.image = "postgres:17";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/oci-containers.nix`, `getAttrs container.dependsOn cfg.containers`;
    /// containers/podman `pkg/systemd/quadlet/quadlet.go`
    "name-undefined", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        found.push(match problem {
            ProblemKind::NoSuchContainer(name) => {
                let it = Diagnostic::error(ID, Stage::Evaluation, span, format!("There is no container `{name}`"))
                    .why("The container would wait for one that the module does not know.");
                match context.meant(name) {
                    Some(near) => it
                        .help(format!("Did you mean `{near}`?"))
                        .fix(Fix::choice(format!("Write `{near}`"), Edits::replace(span, near))),
                    None => it.help("Add the container, or take the name out."),
                }
            }
            ProblemKind::NoSuchUnit(name) => {
                Diagnostic::error(ID, Stage::Run, span, format!("Nothing here is called `{name}`"))
                    .why("Quadlet makes no unit of a container that refers to what has none.")
                    .help("Add it, or correct the spelling.")
            }
            _ => continue,
        });
    }
    let containers = &context.reading.project.containers;
    let names: HashSet<&str> = containers.iter().map(|it| it.name.as_str()).collect();
    for on in containers.iter().flat_map(|it| &it.depends_on) {
        let name = &on.value.on;
        if names.contains(name.as_str()) {
            continue;
        }
        let it = Diagnostic::error(ID, Stage::Run, on.span, format!("There is no service `{name}`"))
            .why("Compose refuses a project whose services wait for one that is not there.");
        found.push(match context.meant(name) {
            Some(near) => it.help(format!("Did you mean `{near}`?")),
            None => it.help("Add the service, or take the name out."),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn many_mistakes_get_few_proposals() {
        let containers = (0..400).map(|at| format!("c{at} = {{ image = \"x:1\"; dependsOn = [ \"d{at}\" ]; }};"));
        let containers: String = containers.collect();
        let text = format!("{{ virtualisation.oci-containers.containers = {{ {containers} }}; }}");
        let found: Vec<_> = diagnose_all(&text).into_iter().filter(|it| it.rule == ID).collect();
        let proposals = found.iter().filter(|it| !it.fixes.is_empty());
        assert_eq!((found.len(), proposals.count()), (400, 20));
    }

    #[test]
    fn what_is_referred_to_is_there() {
        let oci = |on: &str| {
            let containers = format!("db.image = \"x:1\"; a = {{ image = \"x:1\"; dependsOn = [ \"{on}\" ]; }};");
            format!("{{ virtualisation.oci-containers.containers = {{ {containers} }}; }}")
        };
        assert_found(&oci("db"), ID, &[]);
        assert_found(&oci("dbb"), ID, &["error dbb"]);
        assert_first_fix(&oci("dbb"), ID, "Write `db`", &oci("db"));
        let quadlet = |network: &str| {
            let config = format!("{{ image = \"x:1\"; networks = [ {network} ]; }}");
            let all = format!("{{ networks.front = {{ }}; containers.a.containerConfig = {config}; }}");
            format!("{{ config, ... }}: {{ virtualisation.quadlet = {all}; }}")
        };
        assert_found(&quadlet("config.virtualisation.quadlet.networks.front.ref"), ID, &[]);
        assert_found(&quadlet("\"front.network:ip=10.0.0.2\" \"host\""), ID, &[]);
        assert_found(&quadlet("\"frnot.network\""), ID, &["error \"frnot.network\""]);
        let arion = "{ project.name = \"x\"; services.a.service = { image = \"x:1\"; depends_on = [ \"b\" ]; }; }";
        assert_found(arion, ID, &["error \"b\""]);
    }
}
