//! A registry for layers that are not for distribution, which the daemon cannot read.

use super::{
    Context, Found, insecure_registry_malformed,
    voice::{Diagnostic, Fix, Stage},
};
use crate::Engine;

rule! {
    /// A registry in `allow-nondistributable-artifacts` that is neither `host:port` nor a subnet.
    ///
    /// ## Why it matters
    /// The daemon accepts the file and then fails to start. Since Engine 28.0 the list is not read.
    ///
    /// ## What to do
    /// Write the host, with a port where needed, or a subnet. A scheme is refused here.
    ///
    /// ## Example
    /// ```json engine=27
    /// { "allow-nondistributable-artifacts": ["https://registry.example.com"] }
    /// ```
    ///
    /// ## Source
    /// moby `registry/config.go` before 28.0, `loadAllowNondistributableArtifacts`
    "artifact-registry-malformed", [Error], check
}

const KEY: &str = "allow-nondistributable-artifacts";

fn check(context: &Context, found: &mut Found) {
    if Engine::new(28, 0, 0) <= context.engine {
        return;
    }
    for registry in context.settings.decoded_texts(KEY) {
        let text = registry.value;
        // The list is read as insecure registries are, only that no scheme is dropped.
        let kept = insecure_registry_malformed::read(text, context.engine);
        if kept.is_ok_and(|it| it.len() == text.len()) {
            continue;
        }
        found.push(
            Diagnostic::error(
                ID,
                Stage::Start,
                registry.span,
                say!("`{KEY}` needs hosts or subnets, and `{text}` is neither"),
            )
            .why("The daemon accepts the settings and then fails to start because of this entry.")
            .help("Write the host alone, with a port where needed, or a subnet such as 10.0.0.0/8.")
            .explained(|diagnostic| {
                let host = text.split_once("://").map_or(text, |(_, rest)| rest);
                let right = host.split('/').next().unwrap_or_default();
                diagnostic.fix(match insecure_registry_malformed::read(right, context.engine).is_ok() {
                    true => Fix::choice(say!("Use `{right}`"), context.replace(registry.span, right)),
                    false => Fix::choice("Remove the entry", context.remove(registry.span)),
                })
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn reads_hosts_and_subnets_before_28() {
        let old = Engine::new(26, 1, 5);
        let url = r#"{"allow-nondistributable-artifacts": ["https://a"]}"#;
        for (engine, text, expected) in [
            (old, url, &["error artifact-registry-malformed 38..49"][..]),
            (old, r#"{"allow-nondistributable-artifacts": ["a_b"]}"#, &["error artifact-registry-malformed 38..43"]),
            (old, r#"{"allow-nondistributable-artifacts": ["a:5000", "10.0.0.0/8"]}"#, &[]),
            (Engine::LATEST, url, &[]),
        ] {
            assert_found_on(engine, text, ID, expected);
        }
    }
}
