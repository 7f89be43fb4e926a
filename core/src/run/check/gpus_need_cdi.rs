//! Graphics cards by `--gpus`.

use super::{Context, Found};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    text::Edits,
};

rule! {
    /// Graphics cards by `--gpus`.
    ///
    /// ## Why it matters
    /// `--gpus` needs NVIDIA's runtime hook, which NixOS no longer sets up by itself. Devices by CDI work with Docker
    /// and Podman alike, once the machine describes them.
    ///
    /// ## What to do
    /// Set `hardware.nvidia-container-toolkit.enable = true;` and use `--device nvidia.com/gpu=all`. Docker knows such
    /// devices since 25.0.
    ///
    /// ## Example
    /// ```sh
    /// docker run --gpus all ollama/ollama:0.5.0
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/services/hardware/nvidia-container-toolkit/default.nix`; docker/cli `opts/gpus.go`; moby
    /// `daemon/nvidia_linux.go`
    "gpus-need-cdi", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        for set in run.all("gpus") {
            let Some(value) = &set.value else { continue };
            let devices = devices(&value.value);
            let fix =
                devices.as_ref().map(|it| Fix::choice("Use devices by CDI", Edits::replace(set.whole, it.join(" "))));
            let help = match &devices {
                Some(it) => format!("Set `hardware.nvidia-container-toolkit.enable = true;` and write `{}`.", it.join(" ")),
                None => "Set `hardware.nvidia-container-toolkit.enable = true;` and name the devices, such as `--device nvidia.com/gpu=0`.".to_owned(),
            };
            found.push(
                Diagnostic::warning(ID, set.whole, "On NixOS graphics cards are devices by CDI")
                    .why("`--gpus` needs a hook of NVIDIA's that NixOS does not set up by itself.")
                    .help(help)
                    .fix(fix),
            );
        }
    }
}

/// The devices that a value of `--gpus` means; `None` where it only says how many.
fn devices(value: &str) -> Option<Vec<String>> {
    let device = |it: &str| format!("--device nvidia.com/gpu={it}");
    let bare = value.trim_matches(['"', '\'']);
    match bare.strip_prefix("device=") {
        _ if bare == "all" => Some(vec![device("all")]),
        Some(names) if !names.contains('=') => Some(names.split(',').map(device).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_gpus() {
        assert_found("docker run --gpus all x:1", ID, &["warning --gpus all"]);
        assert_found("docker run --gpus 2 x:1", ID, &["warning --gpus 2"]);
        assert_found("docker run --device nvidia.com/gpu=all x:1", ID, &[]);
        assert_fixed("docker run --gpus all x:1", ID, "docker run --device nvidia.com/gpu=all x:1");
        assert_fixed(
            "docker run --gpus '\"device=0,1\"' x:1",
            ID,
            "docker run --device nvidia.com/gpu=0 --device nvidia.com/gpu=1 x:1",
        );
    }
}
