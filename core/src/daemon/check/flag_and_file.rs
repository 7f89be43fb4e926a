//! A setting in the file that is also on the daemon's command line.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::{
    options::{self, DaemonOption, Status},
    settings::{Occurrence, Place},
};

rule! {
    /// A setting that is also given as a flag of `dockerd`.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file, even when both say the same. `null` in the file counts too. The one
    /// exception is `runtimes`, which is merged with `--add-runtime`.
    ///
    /// ## What to do
    /// Keep one of them: remove the setting here, or take the flag out of the daemon's unit.
    ///
    /// ## Example
    /// ```json flag=debug
    /// { "debug": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `findConfigurationConflicts`
    "flag-and-file", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if context.host().flags.is_empty() {
        return;
    }
    for occurrence in context.settings.occurrences() {
        let option = occurrence.option.filter(|_| occurrence.place != Place::Nested);
        let Some(option) = option.filter(|it| it.is_known_to(context.engine)) else {
            continue;
        };
        let is_set_by =
            |it: &str| option.is_set_by(it) || (context.are_flags() && option.key == it && it != "runtimes");
        if context.host().flags.iter().any(is_set_by) && !is_exempt(option) {
            found.push(conflict(context, occurrence, option));
        }
    }
}

/// Whether the daemon looks for the key under its plural only.
fn is_exempt(option: &DaemonOption) -> bool {
    let is_singular = || {
        let plural = option.replacement.and_then(options::find);
        plural.is_some_and(|it| it.parent.is_empty())
    };
    option.status == Status::Ignored && is_singular()
}

fn conflict(context: &Context, occurrence: &Occurrence, option: &DaemonOption) -> Diagnostic {
    let key = &occurrence.member.key;
    if context.are_flags() {
        return Diagnostic::error(
            ID,
            Stage::Load,
            occurrence.member.key_span,
            say!("`{key}` is set here and in daemon.json"),
        )
        .why("The daemon does not start when a setting is given twice, even with one value.")
        .help("Remove it here, or take it out of the daemon.json that this daemon reads.")
        .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)));
    }
    let flag = || option.brief().flag;
    Diagnostic::error(
        ID,
        Stage::Load,
        occurrence.member.key_span,
        say!("`{key}` is set here and by the flag `{}`", flag()),
    )
    .why("The daemon refuses the whole file when a setting is given twice, even with one value.")
    .help(say!("Remove it here, or take `{}` out of the command that starts the daemon.", flag()))
    .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Request, analyze,
        docker::host::{Flags, Host},
    };

    #[test]
    fn looks_for_flags_by_the_name_their_key_has() {
        for (flag, text, is_flagged) in [
            ("debug", r#"{"debug": true}"#, true),
            ("debug", r#"{"debug": null}"#, true),
            ("host", r#"{"hosts": []}"#, true),
            ("--host", r#"{"hosts": []}"#, true),
            ("host", r#"{"host": []}"#, false),            // nobody reads it
            ("add-runtime", r#"{"runtimes": {}}"#, false), // merged
            ("http-proxy", r#"{"proxies": {"http-proxy": "http://a"}}"#, true),
            ("http-proxy", r#"{"http-proxy": "http://a"}"#, true),
            ("log-opt", r#"{"log-opts": {"max-size": "1m"}}"#, true),
            ("debug", r#"{"log-level": "info"}"#, false),
        ] {
            let request = Request {
                text: text.to_owned(),
                host: Host { flags: Flags::from_iter([flag]), ..Host::default() },
                ..Request::default()
            };
            let diagnostics = analyze(&request).diagnostics;
            let found = diagnostics.iter().any(|it| it.rule == ID);
            assert_eq!(found, is_flagged, "{flag} {text}");
        }
    }
}
