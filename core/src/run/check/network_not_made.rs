//! A network that no command makes.

use super::{Context, Found};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    text::{Edits, Span},
};

rule! {
    /// A network that no command makes.
    ///
    /// ## Why it matters
    /// A container that joins a network which does not exist does not start. `docker run` makes none by itself.
    ///
    /// ## What to do
    /// Make it before: `docker network create`.
    ///
    /// ## Example
    /// ```sh
    /// docker run --network web nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/container_operations.go`, `findAndAttachNetwork`: "network … not found"
    "network-not-made", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for network in context.project.networks.iter().filter(|it| it.is_external && !it.name.starts_with('@')) {
        let joins =
            |it: &&super::Run| it.all("network").any(|it| it.value.as_ref().is_some_and(|it| it.span == network.span));
        let run = context.reading.runs.iter().find(joins);
        let fix = run.filter(|_| !network.name.contains(|it: char| it.is_whitespace() || "\"'$;&|".contains(it))).map(
            |run| {
                let line = context.text.get(..run.span.start).map_or(0, |it| it.rfind('\n').map_or(0, |it| it + 1));
                let start = context.text.get(line..run.span.start).unwrap_or_default();
                let command = format!("{start}{} network create {}\n", run.cli.name(), network.name);
                Fix::choice(format!("Make `{}` first", network.name), Edits::replace(Span::empty(line), command))
            },
        );
        found.push(
            Diagnostic::warning(ID, network.span, format!("No command makes the network `{}`", network.name))
                .why("A container does not start when a network that it joins does not exist.")
                .help(format!("Make it before: `docker network create {}`.", network.name))
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_networks_that_must_exist() {
        assert_found("docker run --network a x:1", ID, &["warning a"]);
        assert_found("docker network create a\ndocker run --network a x:1", ID, &[]);
        assert_found("docker run --network host x:1", ID, &[]);
        assert_fixed("$ docker run --network a x:1", ID, "$ docker network create a\n$ docker run --network a x:1");
    }
}
