//! A flag that does not belong in the file, but takes effect there.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::{Place, is_known},
    docker::go::strconv,
    document::{Kind, Member, Node},
};

rule! {
    /// A flag of the command line that does not belong in the file, but takes effect there.
    ///
    /// ## Why it matters
    /// The daemon hands truth values of the file to the flags of the same name. `"validate": true` makes it
    /// check the file, say "configuration OK" and end: it never serves. `"restart": false` leaves all containers
    /// stopped after a restart of the daemon, whatever their restart policy. `config-file` conflicts with the flag
    /// `--config-file` that tells the daemon of the file, and `validate` of any value with `--validate`.
    ///
    /// ## What to do
    /// Remove it.
    ///
    /// ## Example
    /// ```json
    /// { "validate": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`; `daemon/command/options.go`
    "flag-with-side-effect", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let places = context.settings.occurrences().iter();
    let top = places.filter(|it| it.place != Place::Nested && matches!(&*it.parent, "" | "proxies"));
    for occurrence in top {
        let Member { key, value, .. } = occurrence.member;
        let is_known = is_known(context.document.schema(), key, context.engine);
        // An object at the top level is taken apart, and its own name is no matter.
        let is_named = occurrence.place == Place::Flattened || !is_map(occurrence.last);
        let diagnostic = match (key.as_str(), truth(value)) {
            ("validate", of) if is_known && is_named => {
                let message = match of {
                    Some(true) => "`validate` makes the daemon check the file and end",
                    _ => "`validate` is a flag that `dockerd --validate` does not take twice",
                };
                let diagnostic = Diagnostic::error(ID, Stage::Load, occurrence.member.span(), message);
                diagnostic.why("`dockerd --validate` refuses the file: the setting would be there twice. Any other daemon that finds `true` says \"configuration OK\" and never serves, and ignores the rest.")
            }
            ("restart", Some(false)) if is_known => Diagnostic::warning(
                ID,
                occurrence.member.span(),
                "`restart` leaves all containers stopped when the daemon starts",
            )
            .why("No restart policy counts then: containers come back only when somebody starts them."),
            ("config-file", _) if is_named => Diagnostic::error(
                ID,
                Stage::Load,
                occurrence.member.span(),
                "`config-file` names the file that it is in",
            )
            .why("A daemon that is given the file with `--config-file`, as on NixOS and with `--validate`, refuses it: the setting would be there twice. Any other daemon ignores it."),
            ("validate" | "restart", None) if is_known && occurrence.is_refused(context.engine) => {
                Diagnostic::error(
                    ID,
                    Stage::Load,
                    occurrence.member.key_span,
                    say!("`{key}` is a flag, and its object holds keys that the daemon does not know"),
                )
                .why("The daemon takes the object apart and refuses the whole file when it does not know a key in it.")
            }
            _ => continue,
        };
        found.push(
            diagnostic
                .help("Remove it: it is a flag for single runs of `dockerd`.")
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(value.span))),
        );
    }
}

fn is_map(member: &Member) -> bool {
    matches!(member.value.kind, Kind::Map(_))
}

/// What a truth-value flag makes of a value that is written out as text.
fn truth(value: &Node) -> Option<bool> {
    match &value.kind {
        Kind::Bool(value) => Some(*value),
        Kind::String(text) | Kind::Number(text) => strconv::parse_bool(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, assert_found_on},
    };

    #[test]
    fn minds_validate_and_restart() {
        for (text, expected) in [
            (r#"{"validate": true}"#, &["error flag-with-side-effect 1..17"][..]),
            (r#"{"validate": "1"}"#, &["error flag-with-side-effect 1..16"]),
            (r#"{"validate": false}"#, &["error flag-with-side-effect 1..18"]),
            (r#"{"validate": null}"#, &["error flag-with-side-effect 1..17"]),
            (r#"{"validate": {}}"#, &[]),
            (r#"{"x": {"validate": {}}}"#, &["error flag-with-side-effect 7..21"]),
            (r#"{"proxies": {"validate": true}}"#, &["error flag-with-side-effect 13..29"]),
            (r#"{"config-file": "/a", "config-file": {}}"#, &[]),
            (r#"{"config-file": "/a"}"#, &["error flag-with-side-effect 1..20"]),
            (r#"{"config-file": {"debug": true}}"#, &[]),
            (r#"{"restart": false}"#, &["warning flag-with-side-effect 1..17"]),
            (r#"{"restart": true}"#, &[]),
            (r#"{"restart": null}"#, &[]),
            (r#"{"restart": {"debug": true}}"#, &[]),
            (r#"{"restart": {"policy": "always"}}"#, &["error flag-with-side-effect 1..10"]),
        ] {
            assert_found(text, ID, expected);
        }
        // 20.10 does not know the flag, which another rule says.
        assert_found_on(Engine::new(20, 10, 24), r#"{"validate": true}"#, ID, &[]);
    }
}
