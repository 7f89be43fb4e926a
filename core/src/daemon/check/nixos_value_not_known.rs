//! A value that the text does not tell.

use super::{Context, Found, voice::Diagnostic};
use crate::{
    document::ProblemKind,
    text::{Span, order},
};

rule! {
    /// A value that comes from elsewhere, so that it is not known here.
    ///
    /// ## Why it matters
    /// A package, an option of another module or a function of your own has its value only when NixOS is evaluated. Everything
    /// around it is checked here; the value is kept as it is written.
    ///
    /// ## What to do
    /// Nothing, where that is meant.
    ///
    /// ## Example
    /// ```nix
    /// { config, ... }:
    /// {
    ///   virtualisation.docker.daemon.settings.dns = config.networking.nameservers;
    /// }
    /// ```
    ///
    /// ## Source
    /// Nix manual, *Language*
    "nixos-value-not-known", [Hint], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let opaque = context.nixos.map_or(&[][..], |it| &it.opaque);
    let mut words: Vec<&str> = match opaque {
        [] => Vec::new(),
        _ => context.text.split(|it| !is_of_a_name(it)).collect(),
    };
    order::sort(&mut words, |a, b| a.cmp(b));
    let has_with = words.binary_search(&"with").is_ok();
    let is_told = |it: Span| context.problems(ProblemKind::Undefined).any(|problem| problem.span.start == it.start);
    for it in opaque.iter().filter(|it| is_a_setting(&it.path) && !is_told(it.span)) {
        let name = it.path.last().map_or("", String::as_str);
        let written = context.written(it.span);
        // What gives a name its value names it, too.
        let is_once = words.partition_point(|it| *it <= written) - words.partition_point(|it| *it < written) == 1;
        if is_once && !has_with && written.starts_with(|it: char| it.is_ascii_alphabetic()) {
            found.push(
                Diagnostic::hint(ID, it.span, say!("Nothing in this text gives the name `{written}` a value"))
                    .why("Nix takes a word without quotes for a name, and nixos-rebuild stops at one that is not defined.")
                    .help(say!("Write `\"{written}\"` if it is a string.")),
            );
            continue;
        }
        found.push(
            Diagnostic::hint(ID, it.span, say!("The value of `{name}` is not in this text"))
                .why("It comes from elsewhere when NixOS is evaluated, so it is not checked here.")
                .help("Nothing to do where that is meant: it is kept as it is written."),
        );
    }
}

fn is_of_a_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '\'')
}

/// Whether it matters to the daemon: what packages are is not asked.
fn is_a_setting(path: &[String]) -> bool {
    let is_docker =
        path.first().is_some_and(|it| it == "virtualisation") && path.get(1).is_some_and(|it| it == "docker");
    let is_package = path.iter().any(|it| matches!(&**it, "package" | "extraPackages"));
    is_docker && !is_package
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn names_each_value() {
        let text = "{ config, pkgs, ... }: { virtualisation.docker = { package = pkgs.docker_29; logDriver = config.x; daemon.settings.bip = config.y; }; }";
        assert_flags("29", text, "nixos-value-not-known", &["hint config.x", "hint config.y"]);
    }

    #[test]
    fn tells_a_name_without_value() {
        for (text, is_told) in [
            ("{ virtualisation.docker.storageDriver = btrfs; }", true),
            ("{ virtualisation.docker.storageDriver = config.btrfs; }", false),
            ("{ config, ... }: { virtualisation.docker.storageDriver = config; }", false),
        ] {
            let found = crate::analyze(&crate::Request::of(text)).diagnostics;
            let is_it =
                |it: &&crate::rule::diagnostic::Diagnostic| it.message.starts_with("Nothing in this text gives");
            assert_eq!(found.iter().any(|it| is_it(&it)), is_told, "{text}");
        }
    }
}
