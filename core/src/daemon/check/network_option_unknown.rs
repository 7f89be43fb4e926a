//! A default network option that its driver does not know.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::{
    options::{self, DaemonOption},
    settings::Occurrence,
};

rule! {
    /// A default option that its network driver does not know.
    ///
    /// ## Why it matters
    /// Network drivers silently ignore options they do not know: networks are made as if the option
    /// were not there.
    ///
    /// ## What to do
    /// Use the whole name: `com.docker.network.driver.mtu`, not `mtu`.
    ///
    /// ## Example
    /// ```json
    /// { "default-network-opts": { "bridge": { "mtu": "1450" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/drivers/bridge/bridge_linux.go`, `networkConfiguration.fromLabels`
    "network-option-unknown", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        // Overlay hands its options to every node, whose Engines may differ.
        let is_read = ["bridge", "ipvlan", "macvlan"].iter().any(|driver| {
            let parent = occurrence.parent.strip_prefix("default-network-opts.");
            parent == Some(driver)
        });
        let is_known = occurrence.option.is_some_and(|it| it.exists_in(context.engine));
        let is_own = UNLISTED.contains(&occurrence.member.key.as_str());
        if is_read && !is_known && !is_own {
            found.push(unknown(context, occurrence));
        }
    }
}

/// Options that make no sense as defaults and are read all the same.
const UNLISTED: &[&str] = &["com.docker.network.bridge.name", "com.docker.network.bridge.default_bridge"];

fn unknown(context: &Context, occurrence: &Occurrence) -> Diagnostic {
    let key = &occurrence.member.key;
    let span = occurrence.member.key_span;
    if let Some(option) = occurrence.option {
        return Diagnostic::warning(ID, span, say!("Network option `{key}` is newer than this Engine"))
            .why("This Engine silently ignores it.")
            .help(say!("Use Engine {}.{} or later, or remove it.", option.since.major, option.since.minor));
    }
    let driver = occurrence.parent.rsplit('.').next().unwrap_or_default();
    let diagnostic = Diagnostic::warning(ID, span, say!("The {driver} driver does not know option `{key}`"))
        .why("Network drivers silently ignore options they do not know.");
    diagnostic.explained(|diagnostic| match nearest(context, occurrence) {
        Some(right) => diagnostic.help(say!("Did you mean `{right}`?")).fix(context.renaming(span, right)),
        None => diagnostic
            .help("Remove it, or look for the right name among the options.")
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span))),
    })
}

/// The option whose last part was written, or whose whole name nearly was.
fn nearest(context: &Context, occurrence: &Occurrence) -> Option<&'static str> {
    let key = occurrence.member.key.as_str();
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().replace('-', "_");
    let distance = |it: &DaemonOption| {
        let whole = crate::text::words::distance(it.name(), key);
        let part = crate::text::words::distance(&last(it.name()), &last(key));
        let is_part = !key.contains('.') || last(key).len() > 5;
        match is_part && part <= 1 {
            true => part,
            false => whole,
        }
    };
    options::children(&occurrence.parent)
        .filter(|it| it.exists_in(context.engine))
        .map(|it| (distance(it), it.name()))
        .filter(|&(distance, _)| distance <= 2)
        .min()
        .map(|(_, right)| right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, diagnose_on},
    };

    #[test]
    fn minds_names_the_driver_does_not_read() {
        for (text, expected) in [
            (
                r#"{"default-network-opts": {"bridge": {"mtu": "1450"}}}"#,
                &["warning network-option-unknown 37..42"][..],
            ),
            (r#"{"default-network-opts": {"macvlan": {"mode": "vepa"}}}"#, &["warning network-option-unknown 38..44"]),
            (r#"{"default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "1450"}}}"#, &[]),
            (r#"{"default-network-opts": {"overlay": {"encrypted": ""}}}"#, &[]),
            (r#"{"default-network-opts": {"weave": {"x": "y"}}}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }

    #[test]
    fn knows_what_was_meant() {
        for (name, right) in [
            ("mtu", Some("Did you mean `com.docker.network.driver.mtu`?")),
            ("com.docker.network.driver.mtv", Some("Did you mean `com.docker.network.driver.mtu`?")),
            ("com.docker.network.mtu", None),
            ("enable_icc", Some("Did you mean `com.docker.network.bridge.enable_icc`?")),
            ("com.docker.network.bridge.enable-icc", Some("Did you mean `com.docker.network.bridge.enable_icc`?")),
        ] {
            let text = format!(r#"{{"default-network-opts": {{"bridge": {{"{name}": "1"}}}}}}"#);
            let found = diagnose_on(Engine::LATEST, &text, ID);
            let help = &*found[0].help;
            assert_eq!(Some(help).filter(|it| it.starts_with("Did")), right, "{name}");
        }
    }
}
