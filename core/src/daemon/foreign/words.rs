//! The name of a foreign text, and what can be done with it here.

use super::{Foreign, Kind};
use crate::{
    bench::Listing,
    compose,
    document::{Node, Value},
    notation::json,
    run,
    text::{Edits, Span, TextEdit},
};

/// Something that Drydock can do with a text that is not a `daemon.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its networks are those to keep clear of.
    KeepClear,
    /// The travel check about its networks.
    Travel,
    /// What the daemon means by it.
    Explain,
    /// Another bench reads it.
    Open(&'static Listing),
}

impl Way {
    /// What a button says.
    pub fn title(self) -> &'static str {
        match self {
            Self::KeepClear => "Use as networks to keep clear of",
            Self::Travel => "Open the travel check with it",
            Self::Explain => "Explain these messages",
            Self::Open(listing) => listing.open,
        }
    }
}

/// For commands there is a bench.
static COMMANDS: [Way; 1] = [Way::Open(&run::LISTING)];

/// For Compose files, too.
static COMPOSE: [Way; 1] = [Way::Open(&compose::LISTING)];

impl Foreign {
    /// What it is: "a NixOS module".
    pub fn title(&self) -> &'static str {
        self.kind.words().0
    }

    /// What to do, in sentences.
    pub(crate) fn help(&self) -> &'static str {
        self.kind.words().1
    }

    /// What Drydock can do with such a text.
    pub fn ways(&self) -> &'static [Way] {
        match self.kind {
            Kind::Log => &[Way::Explain],
            Kind::Networks | Kind::WireGuard => &[Way::KeepClear, Way::Travel],
            Kind::Inspected | Kind::Output => &[Way::KeepClear],
            Kind::DockerRun => &COMMANDS,
            Kind::Compose => &COMPOSE,
            Kind::NixModule
            | Kind::NixFlake
            | Kind::Nix
            | Kind::Kubernetes
            | Kind::Yaml
            | Kind::Unit
            | Kind::Ini
            | Kind::Toml
            | Kind::Environment
            | Kind::Variables
            | Kind::Flags
            | Kind::Manual
            | Kind::Shell
            | Kind::Dockerfile
            | Kind::Html
            | Kind::Client
            | Kind::Desktop
            | Kind::DevContainer
            | Kind::NodePackage
            | Kind::Seccomp
            | Kind::Json => &[],
        }
    }

    /// Keeps only the object within the text, when it is read without a mistake.
    pub(crate) fn object_within(&self, text: &str) -> Edits {
        match self.is_json {
            true => Edits::NONE,
            false => object_within(text).unwrap_or_default(),
        }
    }

    /// The daemon's settings for what the client's file says.
    pub(crate) fn settings(&self, root: &Node) -> Option<Value> {
        match self.kind {
            Kind::Client => proxies(root),
            _ => None,
        }
    }
}

impl Kind {
    /// What it is, and what to do with it.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Log => (
                "something the daemon said",
                "`#/messages` explains each line. Paste the content of `daemon.json` here.",
            ),
            Self::NixModule => ("a NixOS module", READS_NIX),
            Self::NixFlake => ("a Nix flake", READS_NIX),
            Self::Nix => ("Nix", READS_NIX),
            Self::Compose => (
                "a Compose file",
                "Drydock turns it into a NixOS module: open it in its own workbench. It says how containers run, `daemon.json` how the daemon does. What should hold for all containers has other names here: `logging` is `log-driver` and `log-opts`, `ulimits` is `default-ulimits`; `dns` is the same, and networks without a subnet get theirs from `default-address-pools`.",
            ),
            Self::Kubernetes => (
                "a Kubernetes object",
                "Kubernetes keeps its settings apart from Docker's. Paste the daemon's own file here, `/etc/docker/daemon.json` on most systems.",
            ),
            Self::Yaml => (
                "YAML",
                "The daemon reads JSON: names and texts in double quotes, `{ … }` around what belongs together, `[ … ]` around a list, commas between. If these are not the daemon's settings, paste `/etc/docker/daemon.json` here.",
            ),
            Self::Unit => (
                "a systemd unit",
                "Flags of `dockerd` in `ExecStart=` become keys of the same name here: `--bip 10.200.0.1/24` is `\"bip\": \"10.200.0.1/24\"`; flags that can be repeated become a list with the name in the plural. Take a setting out of the unit when it is in `daemon.json`: given in both places, it keeps the daemon from starting. `HTTP_PROXY` of `Environment=` is `http-proxy` below `proxies`.",
            ),
            Self::WireGuard => (
                "a WireGuard configuration",
                "The daemon does not read it. Docker's networks should keep clear of the addresses in it.",
            ),
            Self::Ini => ("an INI file", "The daemon reads JSON. Paste the content of `daemon.json` here."),
            Self::Toml => (
                "TOML",
                "Files such as `/etc/containerd/config.toml`, and Podman's `containers.conf` and `registries.conf`, belong to other programs. The daemon reads JSON: mirrors are `registry-mirrors`, registries without TLS `insecure-registries`, runtimes `runtimes`.",
            ),
            Self::Environment => (
                "a file of variables, such as `/etc/default/docker`",
                "Under systemd the daemon does not read such a file unless its unit says so. Flags in it become keys of the same name here: `--bip=10.200.0.1/24` is `\"bip\": \"10.200.0.1/24\"`; flags that can be repeated become a list with the name in the plural. A setting that is given as a flag and here keeps the daemon from starting.",
            ),
            Self::Variables => (
                "a file of variables for another program",
                "None of them holds flags of `dockerd`, as `DOCKER_OPTS` does. Paste the content of `daemon.json` here.",
            ),
            Self::Manual => (
                "what `dockerd --help` or its manual says",
                "It lists the flags that there are, and sets none. Paste the content of `daemon.json` here, or the command line that starts the daemon.",
            ),
            Self::Flags => (
                "a command line of `dockerd`",
                "Flags become keys of the same name: `--bip 10.200.0.1/24` is `\"bip\": \"10.200.0.1/24\"`, `--debug` is `\"debug\": true`; flags that can be repeated become a list with the name in the plural, as `--insecure-registry` becomes `insecure-registries`. A setting that is given as a flag and here keeps the daemon from starting.",
            ),
            Self::DockerRun => (
                "a `docker run` command",
                "Drydock turns it into a NixOS module: open it in its own workbench. Its options are for one container; what should hold for all has other names here: `--log-driver` is `log-driver`, `--log-opt` is `log-opts`, `--ulimit` is `default-ulimits`, `--runtime` is `default-runtime`.",
            ),
            Self::Shell => (
                "a shell command or script",
                "Paste only the content of `daemon.json`, from its first brace to its last.",
            ),
            Self::Dockerfile => (
                "a Dockerfile",
                "It says how an image is built. The daemon's settings are in `/etc/docker/daemon.json`.",
            ),
            Self::Networks => ("a list of networks or routes", "Docker's own networks can keep clear of them."),
            Self::Output => (
                "what a `docker` command printed",
                "It shows what the daemon does, not its settings. Paste the content of `daemon.json` here; the networks and pools that `docker` shows can be used here too.",
            ),
            Self::Html => (
                "a web page",
                "A page was saved in place of the file, often one that says what went wrong: open its address in a browser. Paste the content of `daemon.json` here.",
            ),
            Self::Client => (
                "the client's `~/.docker/config.json`",
                "`docker` reads it, not the daemon. Of its settings the daemon has only the proxies, under other names: `httpProxy` is `http-proxy`, directly below `proxies`. Log-ins (`auths`, `credsStore`) stay with the client.",
            ),
            Self::Desktop => (
                "Docker Desktop's own settings",
                "Docker Desktop keeps the daemon's settings apart from them: in Settings › Docker Engine, or in `~/.docker/daemon.json`. Paste those here.",
            ),
            Self::DevContainer => (
                "a `devcontainer.json`",
                "Editors read it to start a container. The daemon's settings are in `/etc/docker/daemon.json`.",
            ),
            Self::NodePackage => (
                "a `package.json`",
                "It belongs to a Node.js project. The daemon's settings are in `/etc/docker/daemon.json`.",
            ),
            Self::Inspected => (
                "what a `docker` command printed",
                "It describes something that exists, not settings. Its networks can be used here as networks to keep clear of; paste the content of `daemon.json` for the rest.",
            ),
            Self::Seccomp => (
                "a seccomp profile",
                "It is a file of its own, which the daemon finds by its name: write its path as `seccomp-profile`.",
            ),
            Self::Json => {
                ("a file of another program", "No key in it is the daemon's. Paste the content of `daemon.json` here.")
            }
        }
    }
}

/// What to do with Nix that was to be read as JSON.
const READS_NIX: &str = "Drydock reads Nix, but was told that this is a daemon.json. Choose NixOS module instead (`--as nixos`): its settings are checked and changed where they stand.";

fn object_within(text: &str) -> Option<Edits> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let behind = line.trim_start();
        // What precedes it on the line is white space, or an `echo '`.
        let opening = behind.find(['{', '[']).filter(|it| behind.get(*it..).is_some_and(|it| it.starts_with('{')));
        if let Some(opening) = opening {
            start += line.len() - behind.len() + opening;
            break;
        }
        start += line.len();
    }
    let document = json::read(text.get(start..)?);
    let end = start + document.end?;
    let is_sound = document.problems.iter().all(|it| it.span.start + start >= end);
    if !is_sound || document.root.members().is_empty() {
        return None;
    }
    let edits = [Span::new(0, start), Span::new(end, text.trim_end().len().max(end))];
    let edits = edits.into_iter().filter(|it| it.start < it.end);
    let edits = edits.map(|span| TextEdit { span, text: String::new() });
    Some(Edits::of(edits.collect()))
}

/// The names of the client's proxies, and the daemon's.
///
/// Source: docker/cli `cli/config/configfile/file.go`, `ProxyConfig`; moby `daemon/config/config.go`, `Proxies`.
const PROXIES: &[(&str, &str)] = &[("httpProxy", "http-proxy"), ("httpsProxy", "https-proxy"), ("noProxy", "no-proxy")];

/// The client's proxies, as the daemon has them.
fn proxies(root: &Node) -> Option<Value> {
    let member = |node: &'_ Node, key: &str| -> Option<Node> {
        let found = node.members().iter().find(|it| it.key == key)?;
        Some(found.value.clone())
    };
    let default = member(&member(root, "proxies")?, "default")?;
    let found = PROXIES.iter().filter_map(|(theirs, ours)| {
        let value = Value::of(&member(&default, theirs)?)?;
        Some(((*ours).to_owned(), value))
    });
    let found: Vec<(String, Value)> = found.collect();
    (!found.is_empty()).then(|| Value::Map(vec![("proxies".to_owned(), Value::Map(found))]))
}
