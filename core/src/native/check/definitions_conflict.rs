//! An option with two values.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};

rule! {
    /// An option of a container with two values.
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
    ///   imports = [ { containers.web.autoStart = false; } ];
    ///   containers.web = {
    ///     autoStart = true;
    ///     config.system.stateVersion = "25.11";
    ///   };
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
                    .why("Two definitions of the same priority must have the same value; nixos-rebuild stops here.")
                    .help("Keep one of them, or write `lib.mkForce` before the one that should count."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn one_option_has_one_value() {
        let module = |first: &str, second: &str| {
            let at = "containers.web.autoStart";
            format!("{{ lib, x, ... }}: {{ imports = [ {{ {at} = {first}; }} ]; {at} = {second}; }}")
        };
        assert_found(&module("true", "true"), ID, &[]);
        assert_found(&module("lib.mkDefault true", "false"), ID, &[]);
        assert_found(&module("lib.mkIf x true", "false"), ID, &[]);
        assert_found(&module("true", "false"), ID, &["error containers.web.autoStart = true;"]);
    }
}
