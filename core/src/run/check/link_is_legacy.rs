//! `--link`.

use super::{Context, Found};
use crate::rule::diagnostic::Diagnostic;

rule! {
    /// `--link`.
    ///
    /// ## Why it matters
    /// Links are a relic: they work on the network that Docker has by itself only in one direction, break when the
    /// other container is made anew, and Podman has none. On a network of its own, each container finds the others by
    /// their names.
    ///
    /// ## What to do
    /// Make a network, and let both containers join it.
    ///
    /// ## Example
    /// ```sh
    /// docker run --link db:db nginx:1.27
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Legacy container links*
    "link-is-legacy", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, _) in context.runs() {
        for link in &container.links {
            let (other, alias) = &link.value;
            let help = match alias.as_ref().filter(|it| *it != other) {
                Some(alias) => format!(
                    "Let both join a network, and give `{other}` the alias `{alias}` there: `--network-alias {alias}`."
                ),
                None => format!("Let both join a network: there `{other}` is found by its name."),
            };
            found.push(
                Diagnostic::warning(ID, link.span, format!("The link to `{other}` is a relic"))
                    .why("It breaks when the other container is made anew, as units do at each start.")
                    .help(help),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_links() {
        assert_found("docker run --link db:d x:1", ID, &["warning db:d"]);
        assert_found("docker run --network a x:1", ID, &[]);
    }
}
