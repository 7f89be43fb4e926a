//! Old and new name of the same directory, on an Engine that knows both.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `graph` next to `data-root`, on an Engine that still reads both.
    ///
    /// ## Why it matters
    /// They name the same directory, and the daemon refuses to choose.
    ///
    /// ## What to do
    /// Keep `data-root`.
    ///
    /// ## Example
    /// ```json engine=20.10
    /// { "graph": "/srv/docker", "data-root": "/srv/docker" }
    /// ```
    ///
    /// ## Source
    /// moby v20.10.24 `daemon/config/config.go`, `getConflictFreeConfiguration`
    "graph-with-data-root", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let (graph, root) = (context.settings.text("graph"), context.settings.text("data-root"));
    if let (Some(graph), Some(root), false) = (graph, root, context.since(23, 0)) {
        found.push(
            Diagnostic::error(ID, Stage::Load, graph.key, "`graph` and `data-root` are both set")
                .why("They are two names of one setting, and the daemon refuses the settings when both are there.")
                .help("Keep `data-root`.")
                .related(root.key, "the new name")
                .fix(Fix::choice("Remove `graph`", context.remove(graph.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_both_names_together() {
        for (text, expected) in [
            (r#"{"graph": "/a", "data-root": "/b"}"#, &["error graph-with-data-root 1..8"][..]),
            (r#"{"graph": "/a", "data-root": ""}"#, &[]),
            (r#"{"graph": "/a"}"#, &[]),
        ] {
            assert_found_on(Engine::new(20, 10, 24), text, super::ID, expected);
        }
    }
}
