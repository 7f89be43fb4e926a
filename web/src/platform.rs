//! Where does a configuration run, as far as a pasted text tells?

use drydock::{daemon::foreign::Kind, document::Notation};

/// Returns the id of the target for it; `None` where the text does not say.
pub fn told(text: &str, notation: Notation, foreign: Option<Kind>) -> Option<&'static str> {
    match foreign {
        // What NixOS makes of it is what a module does not show.
        _ if notation == Notation::Nix => Some("nixos-effective"),
        Some(Kind::NixModule | Kind::Nix) => Some("nixos-module"),
        Some(Kind::NixFlake) => Some("nix-flake"),
        Some(Kind::Desktop) => Some("docker-desktop"),
        Some(Kind::Output) => system(text),
        Some(_) => None,
        None => text.contains(r":\\").then_some("docker-desktop"),
    }
}

/// By the line of `docker info` that names the operating system.
fn system(info: &str) -> Option<&'static str> {
    let mut lines = info.lines().map(str::trim_start);
    match lines.find_map(|it| it.strip_prefix("Operating System: "))? {
        it if it.starts_with("Docker Desktop") => Some("docker-desktop"),
        it if it.starts_with("NixOS") => Some("nixos-module"),
        it if it.contains("Windows") => None, // of which there is Docker Desktop, and a service without it
        _ => Some("daemon-json"),
    }
}

#[cfg(test)]
mod tests {
    use drydock::{Request, analyze, daemon::print::TARGETS};

    use super::*;

    #[test]
    fn a_text_tells_where_it_runs_or_does_not() {
        let info = |system: &str| {
            format!(
                "Client:\n Version: 29.7.2\nServer:\n Server Version: 29.7.2\n Operating System: {system}\n OSType: linux\n"
            )
        };
        for (text, target) in [
            ("{ pkgs, ... }:\n{\n  virtualisation.docker.enable = true;\n}", Some("nixos-effective")),
            (r#"{ "data-root": "C:\\docker" }"#, Some("docker-desktop")),
            (&info("Docker Desktop"), Some("docker-desktop")),
            (&info("NixOS 26.05 (Yarara)"), Some("nixos-module")),
            (&info("Debian GNU/Linux 13 (trixie)"), Some("daemon-json")),
            (&info("Microsoft Windows Server Version 24H2"), None),
            (r#"{ "data-root": "/srv/docker", "registry-mirrors": ["https://mirror.example"] }"#, None),
            ("", None),
        ] {
            let request = Request::of(text);
            let kind = analyze(&request).foreign.map(|it| it.kind);
            assert_eq!(told(text, request.dialect.notation, kind), target, "{text}");
            assert!(target.is_none_or(|id| TARGETS.iter().any(|it| it.id == id)));
        }
    }
}
