//! What is to be done, in which order?

use super::{
    files::{FIRST_PORT, KEYS, NIXOS_FILE, PORT, PORT_START},
    situation::{Situation, System},
    users::Kind,
    way::Way,
};
use crate::{
    bench::Step,
    daemon::print::shell,
    guide::{
        platform::{FLYING_CIRCUS_FILE, Platform},
        told::step,
    },
};

/// The steps of a case.
pub(super) fn steps(situation: &Situation) -> Vec<Step> {
    let mut steps = match situation.way {
        Way::Group => group(situation),
        Way::Rootless => rootless(situation),
        Way::Podman => podman(situation),
        Way::Shell => shells(situation),
        Way::Ssh => ssh(situation),
        Way::Tls => tls(situation),
        Way::Context => vec![which()],
    };
    if situation.way.has_host() {
        steps.extend(contexts(situation));
    }
    steps.push(check(situation));
    steps
}

/// Each user that there can be, as a word of a shell.
fn words(situation: &Situation) -> Vec<String> {
    situation.users().filter_map(shell::word).collect()
}

/// A command for each user.
fn for_each(situation: &Situation, command: &str) -> Vec<String> {
    words(situation).iter().map(|it| [command, " ", it].concat()).collect()
}

fn lines(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// How a module of NixOS is put in place.
fn nixos(situation: &Situation) -> Vec<Step> {
    let save = match situation.system.platform() {
        Platform::FlyingCircus => step(
            "Save the file",
            ["As ", FLYING_CIRCUS_FILE, "; the platform imports every file of that directory."].concat(),
            &[],
        ),
        _ => step(
            "Save the file",
            ["As /etc/nixos/", NIXOS_FILE, ", and import it in configuration.nix."].concat(),
            &["imports = [ ./docker-access.nix ];"],
        ),
    };
    [save].into_iter().chain(situation.system.platform().switch()).collect()
}

fn group(situation: &Situation) -> Vec<Step> {
    let mut steps = match situation.system {
        System::FlyingCircus => {
            let mut steps = vec![step(
                "Become a service user",
                "The role for Docker has put every service user into the group: nobody is to be added.",
                &["sudo -iu SERVICE-USER"],
            )];
            if situation.outside().next().is_some() {
                steps.extend(nixos(situation));
            }
            return steps;
        }
        System::Nixos => nixos(situation),
        _ => vec![step(
            "Add the users to the group",
            "The packages of Docker make the group; where there is none, `sudo groupadd --system docker` does, and the daemon is to be started anew.",
            &lines(&for_each(situation, "sudo usermod -aG docker")),
        )],
    };
    steps.push(log_in_again());
    steps
}

fn log_in_again() -> Step {
    step(
        "Log in again",
        "What is running keeps the groups that it began with: a desktop takes a whole logout, a terminal multiplexer its end. `newgrp docker` gives one shell the group at once.",
        &["id"],
    )
}

/// What a rootless daemon needs.
///
/// Source: docs.docker.com, *Rootless mode*, prerequisites; moby `contrib/dockerd-rootless-setuptool.sh`.
fn rootless(situation: &Situation) -> Vec<Step> {
    let mut steps = Vec::new();
    if situation.system.is_nixos() {
        steps.extend(nixos(situation));
        steps.push(step(
            "Log in again",
            "`setSocketVariable` acts on new login shells only, and leaves a DOCKER_HOST alone that is set already.",
            &["systemctl --user status docker", "echo $DOCKER_HOST"],
        ));
    } else {
        let packages: &[&str] = match situation.system {
            System::Debian => &["sudo apt-get install uidmap dbus-user-session docker-ce-rootless-extras"],
            System::Fedora => &["sudo dnf install shadow-utils docker-ce-rootless-extras"],
            System::Arch => &["sudo pacman -S --needed docker fuse-overlayfs slirp4netns"],
            _ => &[],
        };
        let more = match situation.system {
            System::Arch => " The scripts come from the package `docker-rootless-extras` of the AUR.",
            System::Debian | System::Fedora => " The scripts come from Docker's own repository.",
            _ => {
                " It takes `newuidmap`, `newgidmap`, rootlesskit, slirp4netns, and the scripts of docker-ce-rootless-extras."
            }
        };
        steps.push(step("Install what it needs", more.trim_start(), packages));
        steps.push(step(
            "Give each user further ids",
            "A container has more than one user: each takes 65536 ids, for users and for groups, and `useradd` gives them to most. Where a line is missing, add one with numbers that nobody has.",
            &["grep . /etc/subuid /etc/subgid"],
        ));
        if !situation.has_rootful() {
            steps.push(step(
                "Stop the daemon of root",
                "Otherwise both run, and it is easy to look for a container in the other.",
                &["sudo systemctl disable --now docker.service docker.socket"],
            ));
        }
        steps.push(step(
            "Set it up, as each user",
            "In a login of its own, by the console, SSH or `machinectl shell`: below `su` and `sudo` there is no session. It makes the context `rootless` and chooses it.",
            &["dockerd-rootless-setuptool.sh install", "systemctl --user enable --now docker"],
        ));
        steps.push(step(
            "Let it run without a login",
            "Otherwise it ends with the last login, and its containers with it.",
            &lines(&for_each(situation, "sudo loginctl enable-linger")),
        ));
        if situation.has_low_ports {
            steps.push(low_ports());
        }
    }
    steps.push(which());
    steps
}

/// Source: docker/cli `cli/command/cli.go`, `resolveContextName`.
fn which() -> Step {
    step(
        "Know which daemon answers",
        "An option (`-H`, `--context`) comes before DOCKER_HOST, that before DOCKER_CONTEXT, that before the context that was chosen; the last is the socket of root, /var/run/docker.sock. A rootless daemon prints `name=rootless`.",
        &["docker context ls", "docker info --format '{{.SecurityOptions}}'"],
    )
}

fn low_ports() -> Step {
    let line = format!("echo '{PORT_START}={FIRST_PORT}' | sudo tee /etc/sysctl.d/90-unprivileged-ports.conf");
    step(
        "Open ports below 1024",
        "Every user may listen on them then. To let rootlesskit alone do so, give it the capability instead: `sudo setcap cap_net_bind_service=ep $(which rootlesskit)`, and start the daemon anew.",
        &[&line, "sudo sysctl --system"],
    )
}

fn podman(situation: &Situation) -> Vec<Step> {
    let mut steps = Vec::new();
    if situation.system.is_nixos() {
        let first = match situation.system {
            System::FlyingCircus => "Take the role for Docker off",
            _ => "Take Docker out",
        };
        steps.push(step(
            first,
            "`dockerCompat` and `dockerSocket` stop the evaluation where `virtualisation.docker.enable` is set: one of the two is called docker.",
            &[],
        ));
        steps.extend(nixos(situation));
    } else {
        let install: &[&str] = match situation.system {
            System::Debian => &["sudo apt-get install podman podman-docker"],
            System::Fedora => &["sudo dnf install podman podman-docker"],
            System::Arch => &["sudo pacman -S podman podman-docker"],
            _ => &[],
        };
        steps.push(step(
            "Install Podman under Docker's name",
            "The package is called podman-docker on most distributions, and takes the place of Docker's client.",
            install,
        ));
        if situation.has_low_ports {
            steps.push(low_ports());
        }
    }
    steps.push(step(
        "Start the socket, as each user",
        "For programs that talk to a socket, such as Compose. It is the user's own, and needs no group.",
        &[
            "systemctl --user enable --now podman.socket",
            "export DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock",
        ],
    ));
    let linger = for_each(situation, "sudo loginctl enable-linger");
    if !linger.is_empty() {
        steps.push(step(
            "Let containers run without a login",
            "Otherwise they end with the last login.",
            &lines(&linger),
        ));
    }
    steps
}

/// Source: nixpkgs `pkgs/applications/virtualization/docker/default.nix` (`docker` and `docker-client`).
fn shells(situation: &Situation) -> Vec<Step> {
    let mut steps = Vec::new();
    if !situation.system.is_nixos() {
        steps.push(step("Have Nix", "These commands are Nix's; it runs beside any distribution.", &["nix --version"]));
    }
    steps.extend([
        step(
            "Open a shell with the client",
            "The client alone. Nothing is installed: the command is gone with the shell, until Nix collects its garbage.",
            &["nix-shell -p docker-client"],
        ),
        step(
            "The same with flakes",
            "Where the features `nix-command` and `flakes` are on; the last one runs one command.",
            &["nix shell nixpkgs#docker-client", "nix run nixpkgs#docker-client -- ps"],
        ),
        step(
            "With Compose, and with the daemon's programs",
            "The package `docker` has dockerd, containerd and runc as well as the client with Compose and buildx. It starts none of them.",
            &["nix-shell -p docker"],
        ),
        step(
            "Name a daemon",
            "Without the group `docker` the socket of root refuses. A daemon of one's own, or of another machine, is named so:",
            &["export DOCKER_HOST=unix://$XDG_RUNTIME_DIR/docker.sock", "export DOCKER_HOST=ssh://alice@server.example.org"],
        ),
    ]);
    steps
}

fn ssh(situation: &Situation) -> Vec<Step> {
    let mut steps = Vec::new();
    if situation.system.is_nixos() {
        steps.extend(nixos(situation));
    } else {
        steps.push(step(
            "Add the users to the group, over there",
            "Or let each run a rootless Docker there: then no group is needed.",
            &lines(&for_each(situation, "sudo usermod -aG docker")),
        ));
    }
    let target = target(situation);
    let try_it = ["ssh ", &target, " docker version"].concat();
    steps.push(step(
        "Log in with a key",
        "The client asks for no password; the command docker has to be on the PATH over there. An agent has the key.",
        &[&["ssh-copy-id ", &target].concat(), &try_it],
    ));
    steps
}

/// `alice@server.example.org`: the first user that a URL can hold as it is.
fn target(situation: &Situation) -> String {
    let plain = situation.named.iter().find(|it| it.kind == Kind::Plain && !it.name.ends_with('$'));
    match plain {
        Some(user) => [&user.name, "@", situation.host()].concat(),
        None => situation.host().to_owned(),
    }
}

/// Source: docs.docker.com, *Protect the Docker daemon socket*.
fn tls(situation: &Situation) -> Vec<Step> {
    let host = situation.host();
    let kind = if host.parse::<std::net::IpAddr>().is_ok() { "IP" } else { "DNS" };
    let server =
        format!("openssl req -newkey rsa:4096 -nodes -subj '/CN={host}' -keyout server-key.pem -out server.csr");
    let names = format!(r"printf 'subjectAltName={kind}:{host}\nextendedKeyUsage=serverAuth\n' > server.ext");
    let install = format!("sudo install -D -m 600 -t {KEYS} ca.pem server-cert.pem server-key.pem");
    let mut steps = vec![
        step(
            "Make an authority",
            "Its key signs whoever is to be root of that machine: keep it away from both machines.",
            &["openssl req -x509 -newkey rsa:4096 -nodes -days 3650 -subj '/CN=docker' -keyout ca-key.pem -out ca.pem"],
        ),
        step(
            "Make the server's key",
            "For the name by which clients call it.",
            &[
                &server,
                &names,
                "openssl x509 -req -days 365 -in server.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile server.ext -out server-cert.pem",
            ],
        ),
        step(
            "Make a client's key",
            "One for each client, so that one can be replaced without the others. There is no list of those that count no more: a key that is lost takes a new authority.",
            &[
                "openssl req -newkey rsa:4096 -nodes -subj '/CN=client' -keyout key.pem -out client.csr",
                r"printf 'extendedKeyUsage=clientAuth\n' > client.ext",
                "openssl x509 -req -days 365 -in client.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile client.ext -out cert.pem",
            ],
        ),
        step(
            "Put the server's files over there",
            "Outside of the Nix store and of whatever is backed up in the open.",
            &[&install],
        ),
    ];
    if situation.system.is_nixos() {
        steps.extend(nixos(situation));
    } else {
        steps.push(step(
            "Put the files above in place, and restart the daemon",
            "Let the port through the firewall for the clients only.",
            &["sudo systemctl daemon-reload", "sudo systemctl restart docker"],
        ));
    }
    steps.push(step(
        "Put the client's files on your machine",
        "",
        &["install -D -m 600 -t ~/.docker/remote ca.pem cert.pem key.pem"],
    ));
    steps
}

/// Source: docs.docker.com, *Docker contexts*; docker/cli `cli/command/context/create.go`.
fn contexts(situation: &Situation) -> Vec<Step> {
    let host = situation.host_in_url();
    let user = target(situation);
    let user = user.split_once('@').map(|it| [it.0, "@"].concat()).unwrap_or_default();
    let by_ssh = format!("docker context create remote --docker 'host=ssh://{user}{host}'");
    let by_tls = format!(
        r#"docker context create remote --docker "host=tcp://{host}:{PORT},ca=$HOME/.docker/remote/ca.pem,cert=$HOME/.docker/remote/cert.pem,key=$HOME/.docker/remote/key.pem""#
    );
    let own = r#"docker context create own --docker "host=unix://$XDG_RUNTIME_DIR/docker.sock""#;
    let create: &[&str] = match situation.way {
        Way::Ssh => &[&by_ssh],
        Way::Tls => &[&by_tls],
        _ => &[&by_ssh, own],
    };
    let variable = match situation.way {
        Way::Tls => format!(
            "export DOCKER_HOST=tcp://{host}:{PORT} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=\"$HOME/.docker/remote\""
        ),
        _ => format!("export DOCKER_HOST='ssh://{user}{host}'"),
    };
    vec![
        step("Give the daemon a name", "It is kept in ~/.docker, for this user.", create),
        step(
            "Choose it",
            "For good, or for one command. DOCKER_HOST outweighs every context: where it is set, `docker context use` warns and changes nothing for that shell.",
            &["docker context use remote", "docker --context remote ps", "docker context use default"],
        ),
        step("Or for one shell", "Without a context.", &[&variable, "unset DOCKER_HOST"]),
    ]
}

fn check(situation: &Situation) -> Step {
    let lines: &[&str] = match situation.way {
        Way::Group => &["id", "docker run --rm hello-world"],
        Way::Rootless => {
            &["docker info --format '{{.SecurityOptions}} {{.DockerRootDir}}'", "docker run --rm hello-world"]
        }
        Way::Podman => &["docker version", "docker run --rm hello-world"],
        Way::Shell | Way::Context => &["docker context ls", "docker version"],
        Way::Ssh | Way::Tls => &["docker --context remote info --format '{{.Name}}'"],
    };
    let explanation = match situation.way {
        Way::Group => "`docker` is among the groups, and a container runs.",
        Way::Rootless => "It says `rootless`, and a directory of the user.",
        Way::Podman => "It says Podman, and a container runs.",
        Way::Shell | Way::Context => "The star marks the daemon that is meant; the second asks it.",
        Way::Ssh | Way::Tls => "It prints the name of the other machine.",
    };
    step("See that it works", explanation, lines)
}
