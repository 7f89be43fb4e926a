//! Files whose owners nobody in the container knows.

use super::{Context, Diagnostic, Found};

rule! {
    /// A container with numbers of its own for users has a directory of the host.
    ///
    /// ## Why it matters
    /// With `privateUsers` the users of the container have other numbers on the host. What is bound with `bindMounts` keeps
    /// the owners it has there: inside, all of it belongs to `nobody`, and cannot be written.
    ///
    /// ## What to do
    /// Bind it with `extraFlags = [ "--bind=/srv/data:/data:idmap" ];` in place of `bindMounts`, which has no place for
    /// `idmap`, or use `privateUsers = "identity"`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateUsers = "pick";
    ///     bindMounts."/data" = {
    ///       hostPath = "/srv/data";
    ///       isReadOnly = false;
    ///     };
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// systemd-nspawn(1), *--bind*, `idmap`; nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `mkBindFlag`
    "users-own-mounts", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let users = container.private_users.as_ref().and_then(|it| it.value.as_deref());
        let has_own = users.is_some_and(|it| !matches!(it, "no" | "identity" | "0"));
        let Some(mount) = container.mounts.iter().find(|it| has_own && !it.is_read_only()) else { continue };
        let target = mount.target.as_deref().unwrap_or("/data");
        let source = mount.source.as_ref().and_then(|it| it.value.as_deref()).unwrap_or(target);
        found.push(
            Diagnostic::warning(ID, mount.span, format!("In `{}` what is bound to {target} belongs to nobody", container.name))
                .why("Its users have other numbers on the host, and what is bound keeps the owners it has there.")
                .help(format!("Write `extraFlags = [ \"--bind={source}:{target}:idmap\" ];` in place of it, or `privateUsers = \"identity\";`.")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn files_belong_to_somebody() {
        let with = |users: &str, rest: &str| {
            format!(
                "{{ containers.a = {{ privateUsers = {users}; bindMounts.\"/d\" = {{ hostPath = \"/s\"; {rest} }}; }}; }}"
            )
        };
        let write = "isReadOnly = false;";
        assert_found(&with("\"pick\"", write), ID, &["warning \"/d\""]);
        assert_found(&with("65536", write), ID, &["warning \"/d\""]);
        assert_found(&with("\"identity\"", write), ID, &[]);
        assert_found(&with("\"pick\"", ""), ID, &[]);
    }
}
