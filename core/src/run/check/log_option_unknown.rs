//! An option that the log driver does not know.

use super::{Context, Found, refused};
use crate::{
    Engine,
    daemon::{
        drivers::log_driver::{self, Kind, LogDriver},
        options,
    },
    rule::diagnostic::{Diagnostic, Fix},
    text::words::listed,
};

rule! {
    /// An option that the log driver does not know.
    ///
    /// ## Why it matters
    /// Docker refuses it: "unknown log opt 'max-size' for journald log driver". On NixOS, containers log to the journal
    /// where nothing else is said, which has no files to limit.
    ///
    /// ## What to do
    /// Name the driver that has the option, such as `--log-driver json-file`, or take the option out: the journal has
    /// limits of its own.
    ///
    /// ## Example
    /// ```sh
    /// docker run --log-driver journald --log-opt max-size=10m nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/factory.go`, `ValidateLogOpts`; nixpkgs `nixos/modules/virtualisation/oci-containers.nix`,
    /// `log-driver`
    "log-option-unknown", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs().filter(|it| !context.is_podman(it.1)) {
        let engine = Engine::LATEST;
        let said = container.log_driver.as_ref();
        let name = said.map_or("journald", |it| it.value.as_str());
        let is_built_in = log_driver::built_in(engine).any(|it| it == name);
        if name != "none" && !is_built_in {
            continue;
        }
        let driver = LogDriver { name, setting: None, kind: Kind::BuiltIn };
        for set in run.all("log-opt") {
            let Some(option) = &set.value else { continue };
            let key = option.value.split('=').next().unwrap_or_default();
            let row = options::member("log-opts", key);
            if name != "none" && row.is_some_and(|it| driver.knows(it, engine)) {
                continue;
            }
            let owners: Vec<&str> = log_driver::built_in(engine)
                .filter(|it| row.is_some_and(|row| row.is_known_to(engine) && row.belongs_to(it, engine)))
                .collect();
            let help = match owners.as_slice() {
                [] => "Take it out.".to_owned(),
                _ => format!("Take it out, or use a driver that has it: {}.", listed(owners.iter().copied(), "or")),
            };
            let message = format!("Log driver `{name}` has no option `{key}`");
            let it = match said {
                Some(_) => refused(ID, option.span, message).why("The container does not start with it."),
                None => Diagnostic::warning(ID, option.span, message)
                    .why("On NixOS containers log to the journal where nothing else is said, and do not start with an option that it lacks."),
            };
            found.push(it.help(help).fix(Fix::choice(format!("Remove `{key}`"), context.without(set))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_options_of_other_drivers() {
        for (text, expected) in [
            ("docker run --log-driver journald --log-opt max-size=1m x:1", &["error max-size=1m"][..]),
            ("docker run --log-opt max-size=1m x:1", &["warning max-size=1m"]),
            ("docker run --log-driver json-file --log-opt max-size=1m --log-opt max-file=3 x:1", &[]),
            ("docker run --log-driver none --log-opt a=b x:1", &["error a=b"]),
            ("docker run --log-driver loki --log-opt loki-url=x x:1", &[]),
            ("docker run --log-opt tag=x x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
