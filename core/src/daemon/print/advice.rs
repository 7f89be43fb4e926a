//! What do the settings rely on that the platform lacks, whatever the printed text says?

use super::{
    Note,
    nixos::Form as NixForm,
    target::{Form, Target},
};
use crate::{
    Report, Request, daemon::settings::Settings, docker::host::Release, rule::diagnostic::Severity, text::Span,
};

/// What to know before a file for this target is put in place. [`print`](super::print()) says it, too.
pub fn advice(request: &Request, report: &Report, target: &Target) -> Vec<Note> {
    let Form::Nix(form) = target.form else {
        return Vec::new();
    };
    if report.foreign.is_some() {
        return Vec::new();
    }
    let settings = Settings::of(&report.document, request.engine);
    let mut notes = Vec::new();
    gpu(&settings, request, form, &mut notes);
    paths(&settings, &mut notes);
    containerd(&settings, &mut notes);
    users(&settings, request, form, &mut notes);
    notes
}

fn note(severity: Severity, span: Span, message: impl Into<String>) -> Note {
    Note { span: Some(span), ..Note::new(severity, message) }
}

/// The runtime of NVIDIA, which NixOS replaces by devices.
///
/// Source: nixpkgs `nixos/modules/services/hardware/nvidia-container-toolkit` and `virtualisation/docker.nix`
/// (`enableNvidia`); NixOS/nixpkgs#337873, #340386.
fn gpu(settings: &Settings, request: &Request, form: NixForm, notes: &mut Vec<Note>) {
    let is_nvidias = |name: &str| {
        matches!(name.rsplit('/').next(), Some("nvidia-container-runtime" | "nvidia-container-runtime.cdi"))
    };
    let entries = settings.entries("runtimes");
    let mut paths = entries.iter().filter_map(|it| it.setting.member("path")?.text());
    let Some(path) = paths.find(|it| is_nvidias(it.value)) else {
        return;
    };
    let release = request.host.nixos.release;
    let option = match release {
        _ if release >= Release::new(24, 11) => "hardware.nvidia-container-toolkit.enable",
        _ if release >= Release::new(24, 5) => "virtualisation.containers.cdi.dynamic.nvidia.enable",
        _ => {
            notes.push(note(
                Severity::Warning,
                path.span,
                "NixOS has no `nvidia-container-runtime` in the daemon's path: no container starts with it. Set `virtualisation.docker.enableNvidia`, which adds the runtime `nvidia`, and leave it out here.",
            ));
            return;
        }
    };
    let rootless = match form {
        NixForm::Rootless => " Whether a rootless daemon finds these devices was not checked here.",
        _ => "",
    };
    let message = [
        "NixOS has no `nvidia-container-runtime` in the daemon's path: no container starts with it. Leave out the runtime and a `default-runtime` that names it, set `",
        option,
        "`, and start containers with `--device=nvidia.com/gpu=all`, which takes Docker 25 or newer.",
        rootless,
    ]
    .concat();
    notes.push(note(Severity::Warning, path.span, message));
}

/// Directories of other distributions. NixOS has `/usr/bin/env`, `/bin/sh`, and nothing else in them.
const NOT_THERE: &[&str] = &["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/", "/opt/"];

/// Settings that name a file which must be there.
const FILES: &[&str] = &["seccomp-profile", "tlscacert", "tlscert", "tlskey"];

/// Programs and files at places that NixOS does not have.
///
/// Source: NixOS manual, *The Nix store*; nixpkgs `pkgs/applications/virtualization/docker` (`docker-proxy` and
/// `docker-init` lie in the daemon's path); moby `daemon/config/config_linux.go`, `verifyUserlandProxyConfig` and
/// `lookupBinPath`.
fn paths(settings: &Settings, notes: &mut Vec<Note>) {
    let is_missing = |path: &str| NOT_THERE.iter().any(|it| path.starts_with(it));
    for (key, otherwise) in
        [("userland-proxy-path", "the daemon does not start"), ("init-path", "containers with `--init` do not start")]
    {
        if let Some(path) = settings.text(key).filter(|it| is_missing(it.value)) {
            let message = [
                "NixOS has no `",
                path.value,
                "`: ",
                otherwise,
                ". Leave `",
                key,
                "` out, and the daemon finds its own.",
            ]
            .concat();
            notes.push(note(Severity::Warning, path.span, message));
        }
    }
    for key in FILES {
        if let Some(path) = settings.text(key).filter(|it| is_missing(it.value)) {
            let message = [
                "NixOS has nothing at `",
                path.value,
                "` unless you put it there: the daemon does not start without it. A file in /etc comes from `environment.etc`.",
            ]
            .concat();
            notes.push(note(Severity::Warning, path.span, message));
        }
    }
    for entry in settings.entries("runtimes") {
        let path = entry.setting.member("path").and_then(|it| it.text());
        let Some(path) = path.filter(|it| is_missing(it.value)) else {
            continue;
        };
        let name = path.value.rsplit('/').next().unwrap_or_default();
        if name.starts_with("nvidia-container-runtime") {
            continue;
        }
        let instead = match package_of(name) {
            Some(package) => [" Write `", name, "` alone, and this module brings `", package, "` along."].concat(),
            None => " Name a program that NixOS has, such as one of a package in `extraPackages`, by its name alone."
                .to_owned(),
        };
        let message =
            ["NixOS has no `", path.value, "`: no container starts with the runtime `", entry.name, "`.", &instead]
                .concat();
        notes.push(note(Severity::Warning, path.span, message));
    }
}

/// The containerd that other distributions run beside Docker.
///
/// Source: nixpkgs `nixos/modules/virtualisation/docker.nix`, which replaces the unit's `ExecStart` and its
/// `--containerd`, and `containerd.nix`; moby `daemon/command/daemon_unix.go`, `initContainerd`, at docker-v29.7.2.
fn containerd(settings: &Settings, notes: &mut Vec<Note>) {
    let is_systems = |it: &str| it.trim_start_matches("/var") == "/run/containerd/containerd.sock";
    if let Some(address) = settings.text("containerd").filter(|it| is_systems(it.value)) {
        notes.push(note(
            Severity::Warning,
            address.span,
            "NixOS runs no containerd beside Docker, and the daemon does not start without one at this address. Leave `containerd` out, and the daemon starts its own, or set `virtualisation.containerd.enable`.",
        ));
    }
}

/// The package that has a runtime of this name.
///
/// Source: nixpkgs `pkgs/by-name`, `pkgs/applications/virtualization`, read 2026-11.
pub(super) fn package_of(program: &str) -> Option<&'static str> {
    Some(match program {
        "crun" => "pkgs.crun",
        "youki" => "pkgs.youki",
        "runsc" | "io.containerd.runsc.v1" => "pkgs.gvisor",
        "kata-runtime" | "io.containerd.kata.v2" => "pkgs.kata-runtime",
        _ => return None,
    })
}

/// What NixOS does with users, and what each user's daemon shares.
///
/// Source: moby `daemon/internal/usergroup/add_linux.go` (`useradd` is not in the daemon's path on NixOS); nixpkgs
/// `docker-rootless.nix` (one file for the daemons of all users); NixOS/nixpkgs#258141.
fn users(settings: &Settings, request: &Request, form: NixForm, notes: &mut Vec<Note>) {
    if form == NixForm::Rootless {
        if let Some(root) = settings.text("data-root").filter(|it| !it.value.is_empty()) {
            notes.push(note(
                Severity::Warning,
                root.span,
                "Every user's daemon gets this `data-root`, and one directory serves one user: leave it out where more than one user runs Docker.",
            ));
        }
        return;
    }
    if request.host.rootless {
        notes.push(Note::new(
            Severity::Warning,
            "Under Host the daemon runs rootless, and this is for the daemon of root: choose NixOS, rootless.",
        ));
    }
    let remap = settings.text("userns-remap");
    if let Some(remap) = remap.filter(|it| matches!(it.value, "default" | "dockremap")) {
        notes.push(note(
            Severity::Warning,
            remap.span,
            "The daemon cannot add the user `dockremap` on NixOS, and does not start without it. Declare `users.users.dockremap` with `subUidRanges` and `subGidRanges`, and `users.groups.dockremap`.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze;

    fn notes(text: &str, target: &str, release: Release) -> Vec<String> {
        let mut request = Request::of(text);
        request.host.nixos.release = release;
        let target = Target::find(target).expect("a target");
        let notes = advice(&request, &analyze(&request), target);
        notes.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn says_what_nixos_does_not_have() {
        let nvidia = r#"{"default-runtime": "nvidia", "runtimes": {"nvidia": {"path": "nvidia-container-runtime"}}}"#;
        let new = Release::LATEST;
        for (text, target, release, expected) in [
            (
                nvidia,
                "nixos-module",
                new,
                "`hardware.nvidia-container-toolkit.enable`, and start containers with `--device=nvidia.com/gpu=all`",
            ),
            (nvidia, "nixos-module", Release::new(24, 5), "`virtualisation.containers.cdi.dynamic.nvidia.enable`"),
            (nvidia, "nix-settings", Release::new(23, 11), "`virtualisation.docker.enableNvidia`"),
            (
                r#"{"runtimes": {"nvidia": {"path": "/usr/bin/nvidia-container-runtime", "runtimeArgs": []}}}"#,
                "nixos-rootless",
                new,
                "Whether a rootless daemon finds these devices was not checked",
            ),
            (
                r#"{"userland-proxy-path": "/usr/libexec/docker/docker-proxy"}"#,
                "nixos-module",
                new,
                "the daemon does not start",
            ),
            (r#"{"init-path": "/usr/libexec/docker-init"}"#, "nixos-module", new, "Leave `init-path` out"),
            (r#"{"seccomp-profile": "/usr/share/seccomp.json"}"#, "flying-circus", new, "`environment.etc`"),
            (r#"{"tlscacert": "/opt/certs/ca.pem"}"#, "nix-flake", new, "NixOS has nothing at `/opt/certs/ca.pem`"),
            (
                r#"{"runtimes": {"c": {"path": "/usr/bin/crun"}}}"#,
                "nixos-module",
                new,
                "Write `crun` alone, and this module brings `pkgs.crun` along.",
            ),
            (
                r#"{"runtimes": {"c": {"path": "/opt/x/runx"}}}"#,
                "nixos-module",
                new,
                "no container starts with the runtime `c`",
            ),
            (r#"{"data-root": "/srv/docker"}"#, "nixos-rootless", new, "one directory serves one user"),
            (
                r#"{"containerd": "/run/containerd/containerd.sock"}"#,
                "nixos-module",
                new,
                "`virtualisation.containerd.enable`",
            ),
            (r#"{"userns-remap": "default"}"#, "nixos-module", new, "`users.users.dockremap`"),
        ] {
            let notes = notes(text, target, release);
            assert!(notes.len() == 1 && notes[0].contains(expected), "{expected}\n{notes:#?}");
        }
    }

    #[test]
    fn is_silent_elsewhere() {
        for (text, target) in [
            (r#"{"userland-proxy-path": "/usr/libexec/docker/docker-proxy"}"#, "daemon-json"),
            (r#"{"userns-remap": "default", "data-root": "/usr/docker"}"#, "snap"),
            (r#"{"data-root": "/srv/docker", "seccomp-profile": "/etc/docker/seccomp.json"}"#, "nixos-module"),
            (r#"{"runtimes": {"crun": {"path": "crun"}}, "userns-remap": "me"}"#, "nixos-module"),
        ] {
            assert_eq!(notes(text, target, Release::LATEST), [""; 0], "{text}");
        }
    }
}
