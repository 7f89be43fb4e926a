//! An option that NixOS warns of.

use super::{Context, Found, voice::Diagnostic};
use crate::{Engine, docker::host::Release};

rule! {
    /// An option that NixOS has deprecated for another.
    ///
    /// ## Why it matters
    /// nixos-rebuild warns of it, and a later release will refuse it. For NVIDIA's GPUs, `hardware.nvidia-container-toolkit.enable`
    /// takes its place: containers then get a device, `--device=nvidia.com/gpu=all`.
    ///
    /// ## What to do
    /// Use the option that takes its place.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     enableNvidia = true;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`, `warnings`;
    /// `nixos/modules/services/hardware/nvidia-container-toolkit/default.nix`, `mkRenamedOptionModule`
    "nixos-option-renamed", [Warning], nixos check
}

/// The options in the place of others for NVIDIA.
const TOOLKIT: &str = "hardware.nvidia-container-toolkit.enable";
const CDI: &str = "virtualisation.containers.cdi.dynamic.nvidia.enable";

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos else { return };
    let release = outcome.nixos.release;
    let nvidia = outcome.option("enableNvidia").filter(|it| it.as_bool() == Some(true));
    let has_devices = release >= Release::new(24, 5) && context.engine >= Engine::new(25, 0, 0);
    if let Some(it) = nvidia.filter(|_| has_devices) {
        let instead = if release < Release::new(24, 11) { CDI } else { TOOLKIT };
        let help = say!("Set `{instead}` instead, and start containers with `--device=nvidia.com/gpu=all`.");
        found.push(
            Diagnostic::warning(ID, it.key, "`enableNvidia` is deprecated since NixOS 24.05")
                .why("nixos-rebuild warns of it: Docker 25 and newer hand GPUs to containers as devices, without a runtime of NVIDIA's.")
                .help(help),
        );
    }
    let is_old = |it: &str| it == CDI;
    for it in outcome.others.iter().filter(|it| is_old(&it.path.join("."))) {
        if release >= Release::new(24, 11) {
            found.push(
                Diagnostic::warning(ID, it.name, say!("`{CDI}` is now `{TOOLKIT}`"))
                    .why("nixos-rebuild warns of the old name since 24.11, and still takes it.")
                    .help(say!("Write `{TOOLKIT}`.")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_the_engine() {
        for (engine, text, expected) in [
            ("29", "{ virtualisation.docker.enableNvidia = true; }", &["warning enableNvidia"][..]),
            ("29", "{ virtualisation.docker.enableNvidia = false; }", &[]),
            ("24", "{ virtualisation.docker.enableNvidia = true; }", &[]),
        ] {
            assert_flags(engine, text, "nixos-option-renamed", expected);
        }
    }
}
