//! A text of NixOS that starts no daemon.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::{analyze::is_unread, dialect::nixos::turned_on, nixos::Outcome},
    document::ProblemKind,
    text::{Edits, Span},
};

rule! {
    /// The text says nothing of Docker, or turns Docker off.
    ///
    /// ## Why it matters
    /// NixOS has no daemon unless `virtualisation.docker.enable` or `virtualisation.docker.rootless.enable` is true. Options of the
    /// same name elsewhere, `my.virtualisation.docker.enable`, are those of another module.
    ///
    /// ## What to do
    /// Turn Docker on, unless another file of the configuration does.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   services.openssh.enable = true;
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`, `enable`
    "nixos-without-docker", [Hint], nixos check
}

const HELP: &str = "Turn Docker on, unless another file of the configuration does.";

fn check(context: &Context, found: &mut Found) {
    // What is wrong with the text may hide what it says.
    let is_sound = context.document.problems.iter().all(|it| it.kind == ProblemKind::Empty);
    let is_legible = is_sound && !is_unread(context.text);
    let line = context.text.lines().map(str::trim).find(|it| !it.is_empty());
    let Some(line) = line.filter(|_| is_legible) else { return };
    if context.nixos.is_none_or(says_nothing) {
        let start = context.text.len() - context.text.trim_start().len();
        found.push(
            Diagnostic::hint(ID, Span::new(start, start + line.len()), "This text says nothing of Docker")
                .why("No option of it is one that Docker has, so there is nothing to check, and it starts no daemon.")
                .help(HELP)
                .fix(Fix::choice("Turn Docker on", turned_on(context.text))),
        );
    }
    let turned_off = context.nixos.filter(|it| it.is_enabled == Some(false)).and_then(|it| it.option("enable"));
    if let Some(enable) = turned_off.filter(|it| it.as_bool() == Some(false)) {
        let edits = match context.written(enable.span) {
            "false" => context.rewrite(enable.span, "true"),
            _ => Edits::NONE,
        };
        found.push(
            Diagnostic::hint(ID, enable.span, "Docker is turned off here")
                .why("NixOS then has no daemon, and nothing reads the settings.")
                .help(HELP)
                .fix(Fix::choice("Turn Docker on", edits)),
        );
    }
}

/// Whether a configuration says nothing of Docker. Other modules can turn Docker on as well.
fn says_nothing(outcome: &Outcome) -> bool {
    let turns_on = |path: &[String]| match path {
        [first, second, ..] => first == "flyingcircus" || second == "oci-containers",
        _ => false,
    };
    // The first name of Docker's options tells which daemon it is about.
    let has_option = outcome.has_both || outcome.taken.rootless.is_some();
    let has_other = || !outcome.flaws.is_empty() || !outcome.opaque.is_empty() || outcome.condition.is_some();
    let is_turned_on = || outcome.others.iter().any(|it| turns_on(&it.path));
    !has_option && !has_other() && !is_turned_on()
}

#[cfg(test)]
mod tests {
    use crate::{
        Request, analyze,
        daemon::{
            check::tests::{assert_first_fix, assert_flags},
            dialect::NIXOS,
        },
    };

    #[test]
    fn hints_where_nothing_is_said_of_docker() {
        for (text, expected) in [
            ("{ services.openssh.enable = true; }", &["hint { services.openssh.enable = true; }"][..]),
            ("{\n  my.virtualisation.docker.enable = true;\n}", &["hint {"]),
            ("{ networking.firewall.enable = true; }", &["hint { networking.firewall.enable = true; }"]),
            ("# nothing yet\n", &["hint # nothing yet"]),
            ("{ virtualisation.docker.enable = false; }", &["hint false"]),
            ("", &[]),
            ("{ services.openssh.enable = true }", &[]),
            ("{ virtualisation.docker.enable = true; }", &[]),
            ("{ virtualisation.docker.enabel = true; }", &[]),
            ("{ virtualisation.docker = import ./docker.nix; }", &[]),
            ("{ virtualisation.docker.daemon.settings = { }; }", &[]),
            ("{ virtualisation.docker = { enable = false; rootless.enable = true; }; }", &[]),
            ("{ flyingcircus.roles.docker.enable = true; }", &[]),
            ("mtu = 1400;", &[]),
        ] {
            let report = analyze(&Request { text: text.to_owned(), dialect: &NIXOS, ..Request::default() });
            let found = report.diagnostics.iter().filter(|it| it.rule == super::ID);
            let found: Vec<_> = found.map(|it| format!("{} {}", it.severity, it.span.of(text))).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(report.verdict().starts_nothing, !found.is_empty(), "{text}");
        }
    }

    #[test]
    fn turns_docker_on() {
        for (text, after) in [
            (
                "{\n  services.openssh.enable = true;\n}\n",
                "{\n  services.openssh.enable = true;\n  virtualisation.docker.enable = true;\n}\n",
            ),
            ("{ virtualisation.docker.enable = false; }", "{ virtualisation.docker.enable = true; }"),
        ] {
            assert_first_fix(text, super::ID, "Turn Docker on", after);
            assert_flags("29", after, super::ID, &[]);
        }
    }

    #[test]
    fn mistakes_are_told_whatever_is_in_the_text() {
        for text in ["{ services.openssh.port = 1 }", "{ networking.hostName = \"a; }", "{ my.list = [ 1 2; }"] {
            let report = analyze(&Request { text: text.to_owned(), dialect: &NIXOS, ..Request::default() });
            assert!(report.diagnostics.iter().any(|it| it.rule == "nix-syntax-error"), "{text}");
        }
    }
}
