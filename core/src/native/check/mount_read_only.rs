//! A directory that a service writes to, and may not.

use super::{Context, Diagnostic, Fix, Found, Nix};

rule! {
    /// A directory for data is bound, and the container can only read it.
    ///
    /// ## Why it matters
    /// `bindMounts` are read-only unless the text says otherwise. A database does not start on a directory that it cannot
    /// write to.
    ///
    /// ## What to do
    /// Write `isReadOnly = false;` where the container writes to it, and `isReadOnly = true;` where it does not, to say so.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.db = {
    ///     bindMounts."/var/lib/postgresql" = {
    ///       hostPath = "/srv/postgresql";
    ///     };
    ///     config = {
    ///       services.postgresql.enable = true;
    ///       system.stateVersion = "25.11";
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `bindMountOpts.isReadOnly`
    "mount-read-only", [Warning, Hint], check
}

/// Directories that services write to.
const WRITTEN: &[&str] = &["/var/lib", "/var/log", "/var/cache", "/var/spool"];

/// Whether a path is a directory, or in it.
fn is_in(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let services = container.inside().map(|it| it.services.as_slice()).unwrap_or_default();
        for mount in container.mounts.iter().filter(|it| it.read_only.is_none()) {
            let Some(target) = mount.target.as_deref() else { continue };
            if !WRITTEN.iter().any(|it| is_in(target, it)) {
                continue;
            }
            let own = services.iter().find(|it| is_in(target, &["/var/lib/", &it.0].concat()));
            let message = format!("`{}` can only read {target}", container.name);
            let it = match own {
                Some((service, span)) => {
                    Diagnostic::warning(ID, mount.span, format!("{message}, where {service} writes"))
                        .related(*span, "the service")
                }
                None => Diagnostic::hint(ID, mount.span, message),
            };
            let edits = context.add(mount.place, "isReadOnly", Nix::from(false));
            found.push(
                it.why("What is bound is read-only unless the text says otherwise.")
                    .help("Write `isReadOnly = false;` where the container writes to it.")
                    .fix(Fix::choice("Write `isReadOnly = false;`", edits)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn data_can_be_written() {
        let with = |mount: &str| {
            format!(
                "{{ lib, x, ... }}: {{ containers.db = {{ bindMounts = {{ {mount} }}; config.services.postgresql.enable = true; }}; }}"
            )
        };
        for (mount, expected) in [
            ("\"/var/lib/postgresql\".hostPath = \"/srv/p\";", &["warning \"/var/lib/postgresql\""][..]),
            ("\"/var/lib/postgresql/17\" = { hostPath = \"/srv/p\"; };", &["warning \"/var/lib/postgresql/17\""]),
            ("\"/var/lib/other\".hostPath = \"/srv/p\";", &["hint \"/var/lib/other\""]),
            ("data = { mountPoint = \"/var/lib/other\"; hostPath = \"/srv/p\"; };", &["hint data"]),
            ("\"/var/lib/postgresql\".isReadOnly = false;", &[]),
            ("\"/var/lib/postgresql\".isReadOnly = x;", &[]),
            ("\"/run/secrets/key\".hostPath = \"/run/secrets/key\";", &[]),
            ("\"/var/lib/postgresql\" = x;", &[]),
            ("\"/var/libra\".hostPath = \"/srv\";", &[]),
        ] {
            assert_found(&with(mount), ID, expected);
        }
        let before = "\"/var/lib/other\" = { hostPath = \"/srv/p\"; };";
        let after = "\"/var/lib/other\" = { hostPath = \"/srv/p\"; isReadOnly = false; };";
        assert_first_fix(&with(before), ID, "Write `isReadOnly = false;`", &with(after));
    }
}
