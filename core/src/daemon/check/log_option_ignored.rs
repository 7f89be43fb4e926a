//! A log option that changes nothing.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::drivers::log_driver::{Kind, LogDriver, LogOption, log_options, names_max_size},
    docker::go::strconv::parse_bool,
};

rule! {
    /// A log option that changes nothing, or not what it says.
    ///
    /// ## Why it matters
    /// The daemon accepts it, so it is easy to miss that logs are not kept as intended: `max-file` without `max-size`, for
    /// example, leaves one file that grows until the disk is full.
    ///
    /// ## What to do
    /// Add the option that it depends on, or remove it.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "json-file", "log-opts": { "max-file": "3" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/loggerutils/logfile.go`; `daemon/logger/loggerutils/cache/local_cache.go`, `WithLocalCache`,
    /// which hands on the options with their prefix, so that driver `local` does not find them;
    /// `daemon/logger/syslog/syslog.go`, `parseTLSConfig`; `daemon/logger/factory.go`, `ValidateLogOpts`
    "log-option-ignored", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    let options = log_options(context.settings);
    let remove = |option: &LogOption| Fix::choice(say!("Remove `{}`", option.name), context.remove(option.span));
    if driver.kind == Kind::None {
        if let (Some(all), false) = (context.settings.get("log-opts"), options.is_empty()) {
            found.push(
                Diagnostic::warning(ID, all.key, "`log-opts` has no effect with log driver `none`")
                    .why("Containers then have no logs at all, and options for them are not even checked.")
                    .help("Remove `log-opts`, or choose a log driver that keeps logs.")
                    .fix(Fix::choice("Remove `log-opts`", context.remove(all.span))),
            );
        }
        return;
    }
    for option in &options {
        let name = option.name;
        let diagnostic = match name {
            "max-file" if driver.name == "json-file" && !names_max_size(context.settings) => Diagnostic::warning(
                ID,
                option.key,
                "`max-file` has no effect without `max-size`",
            )
            .why(
                "Driver `json-file` starts a new file when the old one reaches `max-size`; without it, one file \
                          grows until the disk is full.",
            )
            .help("Add a size, such as `\"max-size\": \"10m\"`.")
            .fix(set_max_size(context)),
            "cache-max-size" | "cache-max-file" | "cache-compress" | "cache-labels" | "cache-labels-regex"
            | "cache-env" | "cache-env-regex" | "cache-tag" => {
                Diagnostic::warning(ID, option.key, say!("`{name}` has no effect"))
                    .why(
                        "The Engine accepts the name, but its local copy of the logs is kept with the defaults: five \
                          files of 20 MiB, compressed.",
                    )
                    .help("Remove it. To do without the copy, set `cache-disabled` to `true`.")
            }
            "syslog-tls-skip-verify" if driver.name == "syslog" && parse_bool(option.text) != Some(true) => {
                Diagnostic::warning(
                    ID,
                    option.whole(),
                    say!("`syslog-tls-skip-verify` counts as true although it is `{}`", option.text),
                )
                .why("The driver only looks whether the option is set: the server's certificate goes unchecked.")
                .help("Remove it to have the certificate checked.")
            }
            _ => continue,
        };
        found.push(diagnostic.fix(remove(option)));
    }
}

fn set_max_size(context: &Context) -> Fix {
    Fix::choice("Rotate at 10 MB", context.set(&["log-opts", "max-size"], "10m"))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_options_without_effect() {
        for (driver, options, expected) in [
            ("json-file", r#""max-file": "3""#, &["warning \"max-file\""][..]),
            ("json-file", r#""max-file": "3", "max-size": "1m""#, &[]),
            ("json-file", r#""max-file": "3", "max_size": "1m""#, &[]), // the misspelling is flagged
            ("json-file", r#""max-file": "3", "max-size": 10"#, &[]),   // and so is the type
            ("local", r#""max-file": "3""#, &[]),
            ("syslog", r#""cache-max-size": "1m", "cache-disabled": "false""#, &["warning \"cache-max-size\""]),
            ("syslog", r#""syslog-tls-skip-verify": "false""#, &["warning \"syslog-tls-skip-verify\": \"false\""]),
            ("syslog", r#""syslog-tls-skip-verify": "true""#, &[]),
            ("none", r#""max-file": "3""#, &["warning \"log-opts\""]),
            ("none", "", &[]),
        ] {
            let text = format!(r#"{{"log-driver": "{driver}", "log-opts": {{{options}}}}}"#);
            assert_flags("29", &text, ID, expected);
        }
    }
}
