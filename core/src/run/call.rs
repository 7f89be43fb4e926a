//! Which program does a command call, to do what?

use super::{flags::Cli, script::program, variables::Argument};
use crate::text::words::distance;

/// A command, as far as it is known before its flags are read.
#[derive(Debug)]
pub struct Call<'a> {
    /// Variables for this command alone: `TZ=UTC docker run …`.
    pub variables: Vec<(&'a str, &'a str)>,
    /// What it does.
    pub verb: Verb,
    /// The words that say so, the program among them; words before it are left out.
    pub head: &'a [Argument],
    /// The words behind.
    pub rest: &'a [Argument],
}

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It makes a container.
    Run(Cli),
    /// It makes a network.
    NetworkCreate(Cli),
    /// It connects a container to a network.
    NetworkConnect(Cli),
    /// It makes a volume.
    VolumeCreate(Cli),
    /// It calls Compose.
    Compose,
    /// It sets variables, for all that follows where `true`.
    Assign {
        /// Whether commands get them, too.
        is_exported: bool,
    },
    /// It goes to a directory.
    Directory,
    /// Nothing that goes into a module: why, in a sentence.
    Other(&'static str),
    /// No command that exists: the last word of the head.
    Unknown,
}

/// The command that was likely meant.
pub fn meant(written: &str) -> Option<String> {
    for name in ["run", "create"] {
        let glued = written.strip_prefix(name).filter(|it| it.starts_with('-'));
        if let Some(flags) = glued {
            return Some([name, " ", flags].concat());
        }
    }
    let near = COMMANDS.iter().chain(&["docker", "podman"]).map(|it| (distance(written, it), *it)).min()?;
    (near.0 <= 1 + near.1.len() / 4).then(|| near.1.to_owned())
}

/// The commands of both programs.
///
/// Source: docker/cli `cli/command/commands/commands.go`; containers/podman `cmd/podman`.
const COMMANDS: &[&str] = &[
    "artifact",
    "attach",
    "auto-update",
    "build",
    "builder",
    "buildx",
    "checkpoint",
    "commit",
    "compose",
    "config",
    "container",
    "context",
    "cp",
    "create",
    "debug",
    "diff",
    "events",
    "exec",
    "export",
    "farm",
    "generate",
    "healthcheck",
    "help",
    "history",
    "image",
    "images",
    "import",
    "info",
    "init",
    "inspect",
    "kill",
    "kube",
    "load",
    "login",
    "logout",
    "logs",
    "machine",
    "manifest",
    "model",
    "mount",
    "network",
    "node",
    "pause",
    "play",
    "plugin",
    "pod",
    "port",
    "ps",
    "pull",
    "push",
    "quadlet",
    "rename",
    "restart",
    "rm",
    "rmi",
    "run",
    "save",
    "scout",
    "search",
    "secret",
    "service",
    "stack",
    "start",
    "stats",
    "stop",
    "swarm",
    "system",
    "tag",
    "top",
    "trust",
    "umount",
    "unmount",
    "unpause",
    "unshare",
    "untag",
    "update",
    "version",
    "volume",
    "wait",
];

/// Reads the first words of a command.
pub fn call(arguments: &[Argument]) -> Call<'_> {
    let mut variables = Vec::new();
    let mut at = 0;
    while let Some(argument) = arguments.get(at) {
        if let Some((name, value)) = assignment(&argument.text) {
            variables.push((name, value));
            at += 1;
            continue;
        }
        match argument.text.as_str() {
            "sudo" | "doas" => at = after_sudo(arguments, at + 1),
            "env" | "time" | "nohup" | "exec" | "command" | "!" | "nice" => at += 1,
            _ => break,
        }
    }
    let start = at;
    let text = |at: usize| arguments.get(at).map_or("", |it| it.text.as_str());
    let made = |verb, at: usize, variables| Call {
        variables,
        verb,
        head: arguments.get(start..at).unwrap_or_default(),
        rest: arguments.get(at..).unwrap_or_default(),
    };
    let first = text(at);
    if first.is_empty() && at == arguments.len() {
        let verb = Verb::Assign { is_exported: false };
        return Call { variables, verb, head: arguments, rest: &[] };
    }
    let Some(cli) = program(first) else {
        return match first {
            "export" | "set" | "declare" | "local" | "readonly" | "setx" => {
                let named = arguments.get(at + 1..).unwrap_or_default().iter();
                variables.extend(named.filter_map(|it| assignment(&it.text)));
                Call { variables, verb: Verb::Assign { is_exported: first != "local" }, head: arguments, rest: &[] }
            }
            "cd" | "pushd" => made(Verb::Directory, at + 1, variables),
            "docker-compose" | "podman-compose" => made(Verb::Compose, at + 1, variables),
            // A misspelt name of the program.
            _ if text(at + 1) == "run" && matches!(meant(first).as_deref(), Some("docker" | "podman")) => {
                made(Verb::Unknown, at + 1, variables)
            }
            _ => made(Verb::Other(other_program(first)), at + 1, variables),
        };
    };
    at = after_global_flags(arguments, at + 1, cli);
    let (verb, length) = verb(cli, text(at), text(at + 1));
    made(verb, (at + length).min(arguments.len()), variables)
}

/// A name and a value: `NAME=value`.
pub fn assignment(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let starts = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
    (starts && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')).then_some((name, value))
}

/// Passes over the flags of `sudo`.
fn after_sudo(arguments: &[Argument], mut at: usize) -> usize {
    while let Some(flag) = arguments.get(at).map(|it| it.text.as_str()).filter(|it| it.starts_with('-')) {
        let takes_value =
            matches!(flag, "-u" | "-g" | "-h" | "-p" | "-C" | "-D" | "-R" | "-T" | "-U" | "--user" | "--group");
        at += 1 + usize::from(takes_value);
    }
    at
}

/// Passes over the flags that every command of a program has.
///
/// Source: docker/cli `cli/flags/options.go`; containers/podman `cmd/podman/root.go`.
fn after_global_flags(arguments: &[Argument], mut at: usize, cli: Cli) -> usize {
    while let Some(flag) = arguments.get(at).map(|it| it.text.as_str()).filter(|it| it.starts_with('-')) {
        let name = flag.trim_start_matches('-');
        let takes_value = match cli {
            Cli::Docker => {
                matches!(
                    name,
                    "config" | "context" | "c" | "host" | "H" | "log-level" | "l" | "tlscacert" | "tlscert" | "tlskey"
                )
            }
            Cli::Podman => matches!(
                name,
                "cgroup-manager"
                    | "cdi-spec-dir"
                    | "config"
                    | "conmon"
                    | "connection"
                    | "c"
                    | "events-backend"
                    | "hooks-dir"
                    | "identity"
                    | "imagestore"
                    | "log-level"
                    | "module"
                    | "namespace"
                    | "network-cmd-path"
                    | "network-config-dir"
                    | "out"
                    | "root"
                    | "runroot"
                    | "runtime"
                    | "runtime-flag"
                    | "ssh"
                    | "storage-driver"
                    | "storage-opt"
                    | "tls-ca"
                    | "tls-cert"
                    | "tls-key"
                    | "tmpdir"
                    | "url"
                    | "volumepath"
            ),
        };
        at += 1 + usize::from(takes_value && !flag.contains('='));
    }
    at
}

/// What a command of Docker or Podman does, and how many words say so.
fn verb(cli: Cli, first: &str, second: &str) -> (Verb, usize) {
    match (first, second) {
        ("run" | "create", _) => (Verb::Run(cli), 1),
        ("container", "run" | "create") => (Verb::Run(cli), 2),
        ("network", "create") => (Verb::NetworkCreate(cli), 2),
        ("network", "connect") => (Verb::NetworkConnect(cli), 2),
        ("volume", "create") => (Verb::VolumeCreate(cli), 2),
        ("compose", _) => (Verb::Compose, 1),
        ("container" | "image" | "network" | "volume" | "system" | "secret" | "pod", _) => {
            (Verb::Other(other_command(first, second)), 2)
        }
        _ if first.is_empty() || COMMANDS.contains(&first) => (Verb::Other(other_command(first, "")), 1),
        _ => (Verb::Unknown, 1),
    }
}

/// Why a command that builds an image goes nowhere.
pub const BUILDS: &str = "Building an image is no part of the module: build it before, or with Nix's dockerTools.";

/// Why a command that only shows something goes nowhere.
pub const SHOWS: &str = "It shows something, and sets nothing.";

fn other_command(first: &str, second: &str) -> &'static str {
    match (first, second) {
        ("pull", _) | ("image", "pull") => "The container's unit pulls the image by itself.",
        ("start" | "restart", _) | ("container", "start" | "restart") => "systemd starts the container.",
        ("stop" | "kill" | "rm" | "wait", _) | ("container", "stop" | "kill" | "rm") => {
            "The container's unit stops and removes it by itself."
        }
        ("build" | "buildx" | "builder", _) | ("image", "build") => BUILDS,
        ("tag" | "push" | "save" | "load" | "import" | "commit" | "export", _) => {
            "It handles images, which the module only names."
        }
        ("exec" | "cp", _) | ("container", "exec" | "cp") => "It does something in a container that runs already.",
        ("login" | "logout", _) => "It keeps credentials of a registry on the machine it is typed on.",
        ("network" | "volume", "rm" | "prune" | "remove") => "It removes what the module is to keep.",
        ("network", "disconnect") => "It takes a container out of a network that it has already joined.",
        ("pod", _) => "A pod has no place in the module; containers can share a network instead.",
        ("secret", _) => "Secrets are files on NixOS, which sops-nix or agenix put in place.",
        ("update" | "rename", _) => "It changes a container that is there already.",
        ("swarm" | "service" | "stack" | "node", _) => "Swarm has no place in the module.",
        ("generate" | "kube" | "play", _) => "It writes or reads files of other systems.",
        ("", _) => "It does nothing but say how it is used.",
        _ => SHOWS,
    }
}

fn other_program(name: &str) -> &'static str {
    match name.rsplit('/').next().unwrap_or_default() {
        "mkdir" | "touch" | "chown" | "chmod" | "install" | "cp" | "mv" | "ln" | "md" | "New-Item" => {
            "It prepares files or directories: `systemd.tmpfiles.rules` can do that on NixOS."
        }
        "curl" | "wget" | "git" | "tar" | "unzip" => "It fetches or unpacks files, which the module does not do.",
        "ufw" | "firewall-cmd" | "iptables" | "nft" => "`networking.firewall` opens ports on NixOS.",
        "systemctl" | "service" => "The module makes units of systemd by itself.",
        "apt" | "apt-get" | "dnf" | "yum" | "apk" | "pacman" | "brew" | "zypper" | "nix-env" | "nix" => {
            "It installs programs, which `environment.systemPackages` does on NixOS."
        }
        "echo" | "cat" | "printf" | "tee" | "sed" | "nano" | "vim" | "vi" => {
            "It writes or shows text, which the module does not do."
        }
        "sysctl" => "`boot.kernel.sysctl` sets parameters of the kernel on NixOS.",
        "modprobe" => "`boot.kernelModules` loads modules of the kernel on NixOS.",
        "nerdctl" => "nerdctl is not read: its flags are much like Docker's, so call it `docker`.",
        _ => "It is no command to Docker or Podman.",
    }
}
