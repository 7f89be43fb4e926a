//! A name that no container can have.

use super::{Context, Diagnostic, Edits, Fix, Found, Stage};

rule! {
    /// A name that no container can have.
    ///
    /// ## Why it matters
    /// The name is that of a machine and of a unit of systemd. nixos-rebuild stops at an underscore, and systemd-nspawn at
    /// what no host can be called.
    ///
    /// ## What to do
    /// Use letters, digits and hyphens.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web_server.config.system.stateVersion = "25.11";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `assertions`; systemd `src/basic/hostname-util.c`,
    /// `hostname_is_valid`
    "name-refused", [Error], check
}

/// The longest name of a machine.
const LONGEST: usize = 64;

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| !it.is_name_open) {
        let name = &container.name;
        let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.');
        let shown: String = name.chars().take(40).collect();
        let (message, stage, why) = match name.as_str() {
            it if it.contains('_') && it.chars().all(|it| is_plain(it) || it == '_') => (
                format!("The name `{shown}` has an underscore"),
                Stage::Evaluation,
                "A module of NixOS asserts that names of containers have none, and nixos-rebuild stops.",
            ),
            it if it.is_empty()
                || !it.chars().all(is_plain)
                || it.starts_with(['-', '.'])
                || it.ends_with(['-', '.'])
                || it.len() > LONGEST =>
            {
                (
                    format!("No machine can be called `{shown}`"),
                    Stage::Run,
                    "The name is that of a machine and of its unit: systemd-nspawn refuses this one.",
                )
            }
            _ => continue,
        };
        let meant: String = name.chars().map(|it| if is_plain(it) { it } else { '-' }).collect();
        let meant = meant.trim_matches(['-', '.']);
        let is_free = !meant.is_empty() && meant.len() <= LONGEST && !context.containers().any(|it| it.name == meant);
        let needs_quotes = meant.contains('.') || meant.starts_with(|it: char| it.is_ascii_digit());
        let written = if needs_quotes { ["\"", meant, "\""].concat() } else { meant.to_owned() };
        let fix = (is_free && !container.is_open)
            .then(|| Fix::choice(format!("Call it `{meant}`"), Edits::replace(container.span, written)));
        // To look for other places takes as long as the text.
        let only_here = found.len() < 64 && context.text.matches(name.as_str()).take(2).count() == 1;
        found.push(
            Diagnostic::error(ID, stage, container.span, message)
                .why(why)
                .help("Use letters, digits and hyphens.")
                .fix(fix.filter(|_| only_here)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn names_are_those_of_machines() {
        let with = |name: &str| format!("{{ containers.{name} = {{ }}; }}");
        for (name, expected) in [
            ("web_server", &["error web_server"][..]),
            ("\"web server\"", &["error \"web server\""]),
            ("\"web/a\"", &["error \"web/a\""]),
            ("\"\"", &["error \"\""]),
            ("web-1", &[]),
            ("\"1.web\"", &[]),
            ("${x}", &[]),
        ] {
            assert_found(&with(name), ID, expected);
        }
        assert_first_fix(&with("web_server"), ID, "Call it `web-server`", &with("web-server"));
    }
}
