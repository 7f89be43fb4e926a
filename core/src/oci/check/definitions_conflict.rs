//! An option with two values.

use super::{Context, Diagnostic, Found, Stage};
use crate::oci::problem::ProblemKind;

rule! {
    /// An option with two values.
    ///
    /// ## Why it matters
    /// The option takes one value, and two definitions of the same priority have different ones: nixos-rebuild stops.
    ///
    /// ## What to do
    /// Keep one of them, or write `lib.mkForce` before the one that should count.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   imports = [ { virtualisation.oci-containers.containers.web.image = "nginx:1.27"; } ];
    ///   virtualisation.oci-containers.containers.web.image = "nginx:1.29";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/options.nix`, `mergeEqualOption`
    "definitions-conflict", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::Conflict { option, other } = problem {
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, span, format!("`{option}` has another value elsewhere"))
                    .related(*other, "the other one")
                    .why(format!(
                        "Two definitions of the same priority must have the same value; {} stops here.",
                        context.reader()
                    ))
                    .help("Keep one of them, or write `lib.mkForce` before the one that should count."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn one_option_has_one_value() {
        let module = |first: &str, second: &str| {
            let at = "virtualisation.oci-containers.containers.web.image";
            format!("{{ lib, ... }}: {{ imports = [ {{ {at} = {first}; }} ]; {at} = {second}; }}")
        };
        assert_found(&module("\"a:1\"", "\"a:1\""), ID, &[]);
        assert_found(&module("lib.mkDefault \"a:1\"", "\"b:1\""), ID, &[]);
        let expected = "error virtualisation.oci-containers.containers.web.image = \"b:1\";";
        assert_found(&module("\"a:1\"", "\"b:1\""), ID, &[expected]);
    }
}
