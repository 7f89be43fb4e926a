//! A package of Docker that NixOS refuses as insecure.

use super::{Context, Found, voice::Diagnostic};
use crate::{
    daemon::nixos::{Content, Daemon},
    notation::nix::value::{Kind, Value},
};

rule! {
    /// Docker 28 on NixOS 25.11, which nixpkgs has marked insecure.
    ///
    /// ## Why it matters
    /// Since May 2026 nixpkgs marks docker 28.5.2 insecure on 25.11, where it is the default: nixos-rebuild refuses it with a
    /// channel of that time or later.
    ///
    /// ## What to do
    /// Set `virtualisation.docker.package = pkgs.docker_29`. To stay with 28 for now, permit it:
    /// `nixpkgs.config.permittedInsecurePackages = [ "docker-28.5.2" ]`.
    ///
    /// ## Example
    /// ```nix nixos=25.11
    /// {
    ///   virtualisation.docker.enable = true;
    /// }
    /// ```
    ///
    /// ## Source
    /// NixOS/nixpkgs#523061
    "docker-package-insecure", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos.filter(|it| it.is_enabled == Some(true)) else { return };
    if !outcome.nixos.release.refuses_its_docker() {
        return;
    }
    let names = match outcome.daemon {
        Daemon::Rootful => ["package", "enable"],
        Daemon::Rootless => ["rootless.package", "rootless.enable"],
    };
    let package = outcome.option(names[0]);
    let is_28 = package.is_none_or(|it| matches!(&it.content, Content::Opaque(name) if is_28(name)));
    let permitted =
        outcome.others.iter().filter(|it| it.path.last().is_some_and(|it| it == "permittedInsecurePackages"));
    let is_permitted = permitted.map(|it| &it.value).any(permits);
    let place = package.map(|it| it.span).or(outcome.option(names[1]).map(|it| it.key));
    if let (true, false, Some(place)) = (is_28, is_permitted, place) {
        let option = names[0];
        found.push(
            Diagnostic::warning(ID, place, "NixOS 25.11 refuses Docker 28 as insecure")
                .why("nixpkgs has marked docker 28.5.2 insecure there in May 2026: nixos-rebuild stops with a channel of that time or later.")
                .help(say!("Set `virtualisation.docker.{option} = pkgs.docker_29`. To stay with 28, permit it: `nixpkgs.config.permittedInsecurePackages = [ \"docker-28.5.2\" ]`.")),
        );
    }
}

fn is_28(package: &str) -> bool {
    matches!(package.rsplit('.').next(), Some("docker" | "docker_28"))
}

/// Whether a list permits the package; what is not known may.
fn permits(value: &Value) -> bool {
    match &value.kind {
        Kind::String(it) => it.starts_with("docker-28"),
        Kind::List(all) | Kind::Merge(all) => all.iter().any(permits),
        Kind::Override(_, it) | Kind::Order(_, it) | Kind::If(_, it) => permits(it),
        Kind::Unknown(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Request, analyze, docker::host::Release};

    #[test]
    fn minds_one_release() {
        for (release, text, is_flagged) in [
            ((25, 11), "{ virtualisation.docker.enable = true; }", true),
            (
                (25, 11),
                "{ pkgs, ... }: { virtualisation.docker = { enable = true; package = pkgs.docker_28; }; }",
                true,
            ),
            (
                (25, 11),
                "{ pkgs, ... }: { virtualisation.docker = { enable = true; package = pkgs.docker_29; }; }",
                false,
            ),
            (
                (25, 11),
                "{ virtualisation.docker.enable = true; nixpkgs.config.permittedInsecurePackages = [ \"docker-28.5.2\" ]; }",
                false,
            ),
            ((26, 5), "{ virtualisation.docker.enable = true; }", false),
        ] {
            let mut request = Request::of(text);
            request.host.nixos.release = Release::new(release.0, release.1);
            let found = analyze(&request).diagnostics;
            assert_eq!(found.iter().any(|it| it.rule == ID), is_flagged, "{text}");
        }
    }
}
