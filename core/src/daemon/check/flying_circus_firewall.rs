//! Addresses that the firewall of Flying Circus does not know.

use super::{Context, Found, voice::Diagnostic};
use crate::{
    address::Subnet,
    daemon::settings::Setting,
    docker::{go::net, host::flying_circus_lets_in},
};

rule! {
    /// Addresses outside of 172.16.0.0/12 on a machine of Flying Circus.
    ///
    /// ## Why it matters
    /// The platform's firewall lets containers reach the machine from 172.16.0.0/12 only. From other addresses they reach no
    /// service on it, and nothing says so.
    ///
    /// ## What to do
    /// Choose addresses in 172.16.0.0/12, or add a rule to `networking.firewall.extraCommands`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   flyingcircus.roles.docker.enable = true;
    ///   virtualisation.docker.daemon.settings.bip = "10.200.0.1/24";
    /// }
    /// ```
    ///
    /// ## Source
    /// flyingcircus.io documentation, *Docker*; fc-nixos `nixos/roles/docker.nix`
    "flying-circus-firewall", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos else { return };
    if !outcome.others.iter().any(|it| it.path.first().is_some_and(|it| it == "flyingcircus")) {
        return;
    }
    let pools = context.settings.elements("default-address-pools").into_iter();
    let bases = pools.filter_map(|it| it.member("base")?.text());
    for it in context.settings.text("bip").into_iter().chain(bases) {
        found.extend(outside(it));
    }
}

fn outside(setting: Setting<&str>) -> Option<Diagnostic> {
    let subnet = Subnet::of(net::parse_cidr(setting.value)?);
    (subnet.is_ipv4() && !flying_circus_lets_in(subnet)).then(|| {
        let message = say!("From {subnet}, containers cannot reach the machine on Flying Circus");
        Diagnostic::warning(ID, setting.span, message)
            .why("The platform's firewall lets containers reach it from 172.16.0.0/12 only.")
            .help("Choose addresses in 172.16.0.0/12, or add a rule to `networking.firewall.extraCommands`.")
    })
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_the_range_of_the_platform() {
        for (role, bip, expected) in [
            ("flyingcircus.roles.docker.enable = true;", "10.0.0.1/24", &["warning \"10.0.0.1/24\""][..]),
            ("flyingcircus.roles.docker.enable = true;", "172.20.0.1/24", &[]),
            ("", "10.0.0.1/24", &[]),
        ] {
            let text = format!("{{ {role} virtualisation.docker.daemon.settings.bip = \"{bip}\"; }}");
            assert_flags("29", &text, "flying-circus-firewall", expected);
        }
    }
}
