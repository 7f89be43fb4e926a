//! A null that switches something off.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{daemon::settings::Place, document::Kind};

rule! {
    /// A truth value is null, and its default is true.
    ///
    /// ## Why it matters
    /// Null stands for "not set" at most keys. The daemon hands the truth values of the file to its flags as text,
    /// though, and a null arrives there as a word that is neither true nor false: the flag becomes false. With
    /// `"iptables": null` containers have no network.
    ///
    /// ## What to do
    /// Remove the key to keep the default, or write `false` when that is meant.
    ///
    /// ## Example
    /// ```json
    /// { "icc": null }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`; `vendor/github.com/spf13/pflag/bool.go`,
    /// `boolValue.Set`
    "null-switches-off", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let places = context.settings.occurrences().iter();
    for occurrence in places.filter(|it| it.place == Place::Top) {
        let member = occurrence.member;
        let is_null = matches!(member.value.kind, Kind::Null) && context.settings.get(&member.key).is_none();
        let is_on = occurrence
            .option
            .filter(|it| it.is_known_to(context.engine))
            .is_some_and(|it| it.on_since.is_some_and(|since| since <= context.engine));
        if !is_null || !is_on {
            continue;
        }
        let key = &member.key;
        let span = member.value.span;
        found.push(
            Diagnostic::warning(ID, member.span(), say!("`{key}` is null, which switches it off"))
                .why("The daemon reads a null in place of a truth value as false; without the key the setting is true.")
                .help("Remove it to keep the default, or write `false`.")
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(span)))
                .fix(Fix::choice(say!("Set `{key}` to `false`"), context.replace(span, false))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_nulls_where_the_default_is_true() {
        for (engine, text, expected) in [
            ("29", r#"{"icc": null}"#, &[r#"warning "icc": null"#][..]),
            ("20.10", r#"{"iptables": null}"#, &[r#"warning "iptables": null"#]),
            ("29", r#"{"restart": null}"#, &[r#"warning "restart": null"#]),
            ("29", r#"{"ip6tables": null}"#, &[r#"warning "ip6tables": null"#]),
            ("26", r#"{"ip6tables": null}"#, &[]), // false by default
            ("29", r#"{"debug": null, "bip": null}"#, &[]),
            ("29", r#"{"icc": true, "icc": null}"#, &[]), // null leaves the decoded value alone
            ("29", r#"{"icc": false}"#, &[]),
            ("29", r#"{"builder": {"entitlements": {"network-host": null}}}"#, &[]), // no flag
        ] {
            assert_flags(engine, text, super::ID, expected);
        }
    }
}
