//! What follows?

use super::{
    files::files,
    situation::{Network, Situation, System},
    steps::steps,
    users::Kind,
    way::{WAYS, WITHOUT_TLS, Way},
};
use crate::{
    bench::{Block, Line},
    guide::{
        Answer,
        told::{heading, line, shown},
    },
    rule::diagnostic::Severity::{self, Error, Hint, Warning},
};

/// Everything that follows from a case.
pub(super) fn answer(situation: &Situation) -> Answer {
    let (severity, sentence) = verdict(situation);
    let mut blocks = Vec::new();
    let odd = odd(situation);
    if !odd.is_empty() {
        blocks.push(Block::Lines(odd));
    }
    blocks.push(heading("The ways, from the least risk to the most"));
    blocks.push(Block::Lines(ways(situation.way)));
    let files = files(situation);
    if !files.is_empty() {
        blocks.push(heading("Files"));
        blocks.extend(files);
    }
    blocks.push(heading("What to do"));
    blocks.push(Block::Steps(steps(situation)));
    let told = to_know(situation);
    if !told.is_empty() {
        blocks.push(heading("To know"));
        blocks.push(Block::Lines(told));
    }
    Answer { severity, sentence, blocks }
}

fn verdict(situation: &Situation) -> (Option<Severity>, String) {
    let host = situation.host();
    match situation.way {
        Way::Group if situation.system == System::FlyingCircus => {
            (Some(Warning), "Every service user is in the group `docker` already, and so as good as root on this machine.".to_owned())
        }
        Way::Group => (Some(Warning), "Whoever is in the group `docker` is as good as root on this machine, and is asked for no password.".to_owned()),
        Way::Rootless if situation.has_rootful() => (
            Some(Warning),
            "Each user has a Docker of their own, without root; the daemon of root runs beside it, with images, networks and settings of its own.".to_owned(),
        ),
        Way::Rootless => (None, "Each user has a Docker of their own, without root: who breaks out of a container is that user.".to_owned()),
        Way::Podman => (None, "The command `docker` is Podman: without a daemon, with the rights of its user. Only the socket of root gives more away.".to_owned()),
        Way::Shell => (None, "A shell brings the commands, starts no daemon, and gives no right to one.".to_owned()),
        Way::Context => (None, "A context is a name for a daemon: it gives no right to it, and DOCKER_HOST outweighs it.".to_owned()),
        Way::Ssh => (Some(Warning), format!("Whoever may use Docker on {host} is root there; SSH decides who that is, and no other port is open.")),
        Way::Tls => (Some(Warning), format!("Whoever holds a client's key is root of {host}; without TLS, everybody who reaches the port would be.")),
    }
}

fn ways(chosen: Way) -> Vec<Line> {
    let row = |it: &super::way::Row| {
        let word = if it.way == chosen { "chosen" } else { "instead" };
        line(it.severity, word, it.title, it.risk)
    };
    let never = line(Some(Error), "never", WITHOUT_TLS.0, WITHOUT_TLS.1);
    WAYS.iter().map(row).chain([never]).collect()
}

/// What is odd about what was typed.
fn odd(situation: &Situation) -> Vec<Line> {
    let mut lines = Vec::new();
    if situation.has_users() {
        for user in &situation.named {
            let (severity, word, why) = match user.kind {
                Kind::Plain if user.name == "root" => (Hint, "needless", "root needs no way."),
                Kind::Plain => continue,
                Kind::Odd(why) => (Warning, "odd", why),
                Kind::Impossible(why) => (Error, "left out", why),
            };
            lines.push(line(Some(severity), word, shown(&user.name), why));
        }
        if situation.users().next().is_none() {
            lines.push(line(Some(Warning), "nobody", "", "No user is named: what follows lacks the lines for users."));
        }
    }
    if situation.way.has_host() && situation.host.is_none() {
        lines.push(line(
            Some(Error),
            "left out",
            "host",
            "What is typed is no name and no address of a machine: `server.example.org` stands for it.",
        ));
    }
    for network in situation.networks.iter().filter(|_| situation.system == System::FlyingCircus) {
        lines.push(match network {
            Network::LetIn(it) => line(None, "let in", it.to_string(), "The platform's firewall knows it: nothing is to be added."),
            Network::Outside(it) => line(
                Some(Warning),
                "outside",
                it.to_string(),
                "The platform's firewall lets containers reach the machine from 172.16.0.0/12 only: the file tells it of this network.",
            ),
            Network::Unread(it) => line(Some(Error), "left out", shown(it), "This is no network: write one as 10.201.0.0/16."),
        });
    }
    lines
}

/// What is to know beside the steps.
///
/// Sources: nixpkgs `nixos/modules/virtualisation/docker-rootless.nix`; docs.docker.com, *Rootless mode*; flyingcircus.io
/// documentation, *Docker*.
fn to_know(situation: &Situation) -> Vec<Line> {
    let mut lines = Vec::new();
    match situation.way {
        Way::Rootless => {
            if situation.system.is_nixos() {
                lines.push(line(Some(Hint), "", "daemon.settings", "Settings of the daemon of root do not hold here: a rootless one takes `virtualisation.docker.rootless.daemon.settings`."));
            } else {
                lines.push(line(
                    Some(Hint),
                    "",
                    "daemon.json",
                    "A rootless daemon reads ~/.config/docker/daemon.json, and not the file in /etc.",
                ));
            }
            lines.push(line(
                Some(Hint),
                "",
                "images",
                "It begins empty: images, volumes and networks of the daemon of root are not seen.",
            ));
            if situation.has_rootful() {
                lines.push(line(
                    Some(Warning),
                    "",
                    "sudo docker",
                    "sudo drops DOCKER_HOST: with it one talks to the daemon of root, without it to one's own.",
                ));
            }
            if !situation.has_low_ports {
                lines.push(line(
                    Some(Hint),
                    "",
                    "-p 80:80",
                    "Ports below 1024 are not open to users: the daemon says `cannot expose privileged port 80`.",
                ));
            }
            lines.push(line(Some(Hint), "", "limits", "There are no overlay networks, no AppArmor profiles, no checkpoints; limits of memory and CPU take cgroup v2 with systemd."));
        }
        Way::Podman => {
            lines.push(line(
                Some(Hint),
                "",
                "restart",
                "No daemon starts containers after a reboot: units of systemd do, such as Quadlet's.",
            ));
        }
        Way::Shell => {
            lines.push(line(
                Some(Hint),
                "",
                "nix-shell -p docker",
                "It is often said to bring the client alone. It brings the daemon's programs too, and starts none.",
            ));
        }
        Way::Tls => {
            lines.push(line(
                Some(Error),
                "",
                "tcp://0.0.0.0:2375",
                "The port without TLS asks for nothing: machines on the internet look for it day and night.",
            ));
            lines.push(line(
                Some(Hint),
                "",
                "tlsverify",
                "With `tls` alone the server proves who it is, and clients prove nothing.",
            ));
        }
        Way::Group | Way::Ssh | Way::Context => {}
    }
    if situation.system == System::Nixos && situation.way.has_docker() && situation.release.refuses_its_docker() {
        lines.push(line(
            Some(Warning),
            "",
            "pkgs.docker_29",
            "NixOS 25.11 has marked its usual Docker, 28.5.2, insecure and refuses it: the file takes the next one.",
        ));
    }
    if situation.system == System::FlyingCircus {
        lines.push(line(None, "", "bridge", "Use networks of the driver bridge. The network `host`, once advised on this platform, no longer is: it does away with what keeps containers apart."));
        if situation.way == Way::Rootless {
            lines.push(line(
                Some(Warning),
                "",
                "role",
                "The platform's role runs the daemon of root, and nothing of it is about rootless ones.",
            ));
        }
    }
    lines
}
