//! A well-known variable, misspelt.

use super::{Context, Diagnostic, Fix, Found};
use crate::{
    compose::check::misspelled,
    text::{Edits, Span},
};

rule! {
    /// A well-known variable, misspelt.
    ///
    /// ## Why it matters
    /// An image passes over what it does not know, without a word: the database has no password, or none that was meant.
    ///
    /// ## What to do
    /// Correct the spelling.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.db = {
    ///     image = "postgres:17";
    ///     environment.POSTGRESS_PASSWORD = "";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// docker-library/docs: the pages of the official images
    "variable-misspelled", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (variable, meant) in context.reading.project.containers.iter().flat_map(misspelled) {
        let name = &variable.value.0;
        let at = context.written(variable.span).find(name.as_str()).map(|it| variable.span.start + it);
        let fix = at.map(|it| {
            let edits = Edits::replace(Span::new(it, it + name.len()), meant);
            Fix::choice(format!("Rename to `{meant}`"), edits)
        });
        found.push(
            Diagnostic::warning(ID, variable.span, format!("`{name}` is likely meant to be `{meant}`"))
                .why("An image passes over what it does not know, without a word.")
                .help(format!("Write `{meant}`, unless a script of yours reads `{name}`."))
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn variables_are_those_that_the_image_reads() {
        let arion = |name: &str| {
            let service = format!("{{ image = \"postgres:17\"; environment = {{ {name} = \"\"; }}; }}");
            format!("{{ project.name = \"x\"; services.db.service = {service}; }}")
        };
        assert_found(&arion("POSTGRES_PASSWORD"), ID, &[]);
        let after = arion("POSTGRES_PASSWORD");
        assert_first_fix(&arion("POSTGRESS_PASSWORD"), ID, "Rename to `POSTGRES_PASSWORD`", &after);
    }
}
