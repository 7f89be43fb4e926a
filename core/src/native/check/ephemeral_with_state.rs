//! A container that forgets, with a service that must not.

use super::{Context, Diagnostic, Found};

rule! {
    /// A service with data runs in a container whose files are gone when it stops.
    ///
    /// ## Why it matters
    /// With `ephemeral = true` the container begins with an empty root each time. What a database has under `/var/lib` is
    /// gone after the next restart, such as the one of `nixos-rebuild switch`.
    ///
    /// ## What to do
    /// Bind a directory of the host to the one of the service, with `isReadOnly = false`, or take `ephemeral` out.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.db = {
    ///     ephemeral = true;
    ///     config = {
    ///       services.postgresql.enable = true;
    ///       system.stateVersion = "25.11";
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `ephemeral`
    "ephemeral-with-state", [Warning], check
}

/// Services with data that nobody wants to lose.
const STATEFUL: &[&str] = &[
    "forgejo",
    "gitea",
    "gitlab",
    "grafana",
    "home-assistant",
    "immich",
    "influxdb2",
    "jellyfin",
    "mysql",
    "nextcloud",
    "paperless",
    "postgresql",
    "prometheus",
    "vaultwarden",
];

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let Some(ephemeral) = container.ephemeral.as_ref().filter(|it| it.value == Some(true)) else { continue };
        let is_kept = container.mounts.iter().any(|it| !it.is_read_only());
        let services = container.inside().map(|it| it.services.as_slice()).unwrap_or_default();
        let service = services.iter().find(|it| STATEFUL.contains(&it.0.as_str()));
        let Some((service, span)) = service.filter(|_| !is_kept && !container.is_open) else { continue };
        found.push(
            Diagnostic::warning(ID, ephemeral.whole, format!("The data of {service} in `{}` is gone when the container stops", container.name))
                .related(*span, "the service")
                .why("An ephemeral container begins with an empty root each time, also after `nixos-rebuild switch`.")
                .help("Bind a directory of the host to that of the service, with `isReadOnly = false`, or take `ephemeral` out."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn data_is_kept() {
        let with = |rest: &str, service: &str| {
            format!("{{ containers.db = {{ {rest} config.services.{service}.enable = true; }}; }}")
        };
        let on = "ephemeral = true;";
        let kept = "ephemeral = true; bindMounts.\"/var/lib/postgresql\".isReadOnly = false;";
        assert_found(&with(on, "postgresql"), ID, &["warning ephemeral = true;"]);
        assert_found(&with(on, "nginx"), ID, &[]);
        assert_found(&with(kept, "postgresql"), ID, &[]);
        assert_found(&with("", "postgresql"), ID, &[]);
    }
}
