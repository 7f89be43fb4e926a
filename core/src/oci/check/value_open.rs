//! Something that the text leaves open.

use std::collections::HashSet;

use super::{Context, Diagnostic, Found};

rule! {
    /// Something that the text leaves open.
    ///
    /// ## Why it matters
    /// What it comes to, only Nix knows, with the whole configuration: a name with a placeholder stands for it in the
    /// result.
    ///
    /// ## What to do
    /// Give it a value beside the text, or write the value into the result.
    ///
    /// ## Example
    /// ```nix
    /// { config, ... }:
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     environment.TZ = config.time.timeZone;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/modules.nix`, `evalModules`: `config` is what all modules say together
    "value-open", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let mut seen = HashSet::new();
    for missing in &context.reading.project.missing {
        if !seen.insert(missing.name.as_str()) {
            continue;
        }
        let help = format!(
            "`{}` stands for it. Write `{}=…` under Surroundings, in the header, as a variable, or put the value into the result.",
            missing.placeholder, missing.name
        );
        found.push(
            Diagnostic::hint(ID, missing.span, format!("`{}` is not known here", missing.name))
                .why("What it comes to, only Nix knows, with the whole configuration.")
                .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn what_is_open_is_asked_for_once() {
        let container = "{ image = \"x:${cfg.tag}\"; environment = { A = cfg.tag; TZ = config.time.timeZone; }; }";
        let text = format!(
            "{{ config, ... }}: let cfg = config.a; in {{ virtualisation.oci-containers.containers.a = {container}; }}"
        );
        assert_found(&text, ID, &["hint cfg.tag", "hint config.time.timeZone"]);
        assert_found("{ virtualisation.oci-containers.containers.a.image = \"x:1\"; }", ID, &[]);
    }
}
