//! Which ways to a daemon are there, and what does each give away?

use crate::rule::diagnostic::Severity;

/// A way to a daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A command in a shell of its own, for a daemon that is there.
    Shell,
    /// A name for a daemon among several.
    Context,
    /// Podman, under Docker's name.
    Podman,
    /// A daemon for each user.
    Rootless,
    /// The daemon of another machine, by SSH.
    Ssh,
    /// The group of the socket.
    Group,
    /// The daemon of another machine, by TCP with TLS.
    Tls,
}

/// What is to know of a way.
pub(super) struct Row {
    pub way: Way,
    /// Its name in links.
    pub id: &'static str,
    pub title: &'static str,
    /// How much it gives away.
    pub severity: Option<Severity>,
    /// What it gives away, in sentences.
    pub risk: &'static str,
}

/// Every way, the one that gives away least first.
///
/// Sources: docs.docker.com, *Docker Engine security*, *Rootless mode* and *Protect the Docker daemon socket*; NixOS wiki,
/// *Docker*; nixpkgs `nixos/modules/virtualisation/podman/default.nix`.
pub(super) static WAYS: [Row; 7] = [
    Row {
        way: Way::Shell,
        id: "shell",
        title: "Temporary shell",
        severity: None,
        risk: "It brings commands and no right: they reach a daemon only where their user may reach it anyway.",
    },
    Row {
        way: Way::Context,
        id: "context",
        title: "Context",
        severity: None,
        risk: "It is a name for a daemon, and gives no right to it.",
    },
    Row {
        way: Way::Podman,
        id: "podman",
        title: "Podman as docker",
        severity: None,
        risk: "Without the socket of root there is no daemon: a container may do what its user may. The group `podman` of that socket is as good as root.",
    },
    Row {
        way: Way::Rootless,
        id: "rootless",
        title: "Rootless Docker",
        severity: None,
        risk: "The daemon is its user's own: who breaks out of a container is that user, and not root.",
    },
    Row {
        way: Way::Ssh,
        id: "ssh",
        title: "Another machine, by SSH",
        severity: Some(Severity::Warning),
        risk: "Nothing listens but SSH. Whoever may log in there and use its socket is root of that machine.",
    },
    Row {
        way: Way::Group,
        id: "group",
        title: "Group docker",
        severity: Some(Severity::Warning),
        risk: "A member is as good as root, without a password: a container can mount `/` and change every file.",
    },
    Row {
        way: Way::Tls,
        id: "tls",
        title: "Another machine, by TLS",
        severity: Some(Severity::Warning),
        risk: "Whoever has the key of a client is root of that machine, from wherever the port can be reached.",
    },
];

/// What nobody should choose.
pub(super) const WITHOUT_TLS: (&str, &str) =
    ("TCP without TLS", "Everybody who reaches the port is root of the machine: that is never a way.");

impl Way {
    /// The one of this name.
    pub(super) fn of(id: &str) -> Self {
        WAYS.iter().find(|it| it.id == id).map_or(Self::Group, |it| it.way)
    }

    /// Whether it is about users of this machine or of another one.
    pub(super) fn has_users(self) -> bool {
        matches!(self, Self::Podman | Self::Rootless | Self::Ssh | Self::Group)
    }

    /// Whether it is about another machine.
    pub(super) fn has_host(self) -> bool {
        matches!(self, Self::Ssh | Self::Tls | Self::Context)
    }

    /// Whether a module of NixOS for it has Docker's package in it.
    pub(super) fn has_docker(self) -> bool {
        matches!(self, Self::Rootless | Self::Ssh | Self::Group | Self::Tls)
    }
}
