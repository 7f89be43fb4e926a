//! A mount whose place is no whole path.

use super::{Context, Diagnostic, Found, Stage};

rule! {
    /// A mount whose path is not whole.
    ///
    /// ## Why it matters
    /// systemd-nspawn takes paths from the root alone, and stops at others. The name of a mount is its path in the
    /// container, unless `mountPoint` says another.
    ///
    /// ## What to do
    /// Begin the path with `/`, or write `mountPoint`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     bindMounts.media.hostPath = "/srv/media";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// systemd `src/nspawn/nspawn-mount.c`, `bind_mount_parse`; nixpkgs
    /// `nixos/modules/virtualisation/nixos-containers.nix`, `mkBindFlag`
    "mount-relative", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        for mount in &container.mounts {
            let source = mount.source.as_ref().and_then(|it| Some((it.value.as_deref()?, it.span)));
            let places = mount.target.as_deref().map(|it| (it, mount.span)).into_iter().chain(source);
            for (path, span) in places {
                let wrong = match path {
                    it if it.contains(':') => "has a colon",
                    // `+` and `-` have a meaning before the path of the host.
                    it if !it.trim_start_matches(['+', '-']).starts_with('/') => "does not begin with `/`",
                    _ => continue,
                };
                found.push(
                    Diagnostic::error(ID, Stage::Run, span, format!("The path `{path}` of `{}` {wrong}", container.name))
                        .why("systemd-nspawn stops at it, and the container does not start.")
                        .help("Write the whole path, from `/` on: the name of a mount is its path in the container, unless `mountPoint` says another."),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn paths_are_whole() {
        let with = |mount: &str| format!("{{ containers.web.bindMounts = {{ {mount} }}; }}");
        for (mount, expected) in [
            ("media.hostPath = \"/srv\";", &["error media"][..]),
            ("media = { mountPoint = \"/media\"; hostPath = \"/srv\"; };", &[]),
            ("\"/media\".hostPath = \"srv\";", &["error \"srv\""]),
            ("\"/a:b\" = { };", &["error \"/a:b\""]),
            ("\"/media\".hostPath = \"${x}\";", &[]),
            ("\"${x}\".hostPath = \"/srv\";", &[]),
        ] {
            assert_found(&with(mount), ID, expected);
        }
    }
}
