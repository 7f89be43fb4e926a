//! What is to be written into files?

use super::{
    situation::{Situation, System},
    way::Way,
};
use crate::{
    address::Subnet,
    bench::Block,
    document::Value,
    guide::{
        platform::FLYING_CIRCUS_FILE,
        told::{file, heading, json, lead, module, string, strings},
    },
    notation::nix::{Binding, Nix},
};

/// The name of the file on NixOS.
pub(super) const NIXOS_FILE: &str = "docker-access.nix";

/// Where the keys of TLS lie: outside of the Nix store, which everybody reads.
pub(super) const KEYS: &str = "/var/lib/docker-tls";

/// The port for TLS.
///
/// Source: docs.docker.com, *Protect the Docker daemon socket*; IANA, docker-s.
pub(super) const PORT: u16 = 2376;

/// Every file of a case.
pub(super) fn files(situation: &Situation) -> Vec<Block> {
    let mut blocks = match situation.system.is_nixos() {
        true => nixos(situation),
        false => others(situation),
    };
    if situation.way == Way::Ssh {
        blocks.push(lead("On your machine, so that commands share one connection:"));
        let host = situation.host();
        blocks.push(file(
            "~/.ssh/config",
            format!("Host {host}\n  ControlMaster auto\n  ControlPath ~/.ssh/control-%C\n  ControlPersist yes\n"),
        ));
    }
    blocks
}

fn nixos(situation: &Situation) -> Vec<Block> {
    let name = match situation.system {
        System::FlyingCircus => FLYING_CIRCUS_FILE.to_owned(),
        _ => ["/etc/nixos/", NIXOS_FILE].concat(),
    };
    let bindings = match situation.way {
        Way::Shell | Way::Context => Vec::new(),
        Way::Group | Way::Ssh => group(situation),
        Way::Rootless => rootless(situation),
        Way::Podman => podman(situation),
        Way::Tls => tls(situation),
    };
    let needs_packages = needs_other_package(situation);
    let mut blocks = Vec::new();
    if !bindings.is_empty() {
        if situation.way.has_host() {
            blocks.push(lead("On the other machine:"));
        }
        blocks.push(file(&name, module(needs_packages, bindings)));
    }
    if situation.way == Way::Podman {
        blocks.push(heading("With the socket of root"));
        blocks.push(lead("Only for programs that talk to the socket of root: the group `podman` is as good as root."));
        let socket = Binding::of("virtualisation.podman.dockerSocket.enable", Nix::from(true));
        let members = [socket].into_iter().chain(members(situation, "podman")).collect();
        blocks.push(file(&name, module(false, members)));
    }
    blocks
}

/// `users.users.alice.extraGroups = [ "docker" ];` for each.
fn members(situation: &Situation, group: &'static str) -> impl Iterator<Item = Binding> {
    situation.users().map(move |it| of_user(it, "extraGroups", strings([group])))
}

fn of_user(name: &str, option: &str, value: Nix) -> Binding {
    let path = ["users", "users", name, option].map(str::to_owned).to_vec();
    Binding { path, ..Binding::named("", value) }
}

/// Whether the release refuses the package that it would take.
fn needs_other_package(situation: &Situation) -> bool {
    situation.system == System::Nixos && situation.way.has_docker() && situation.release.refuses_its_docker()
}

fn package(situation: &Situation) -> Option<Binding> {
    needs_other_package(situation).then(|| Binding::of("package", Nix::Word("pkgs.docker_29")))
}

/// The daemon of root, which the role of Flying Circus has turned on.
fn docker(situation: &Situation, more: Vec<Binding>) -> Option<Binding> {
    let is_role = situation.system == System::FlyingCircus;
    let enable = (!is_role).then(|| Binding::of("enable", Nix::from(true)));
    let all: Vec<Binding> = enable.into_iter().chain(package(situation)).chain(more).collect();
    below("virtualisation.docker", all)
}

/// Bindings below a path: one of them in one line.
fn below(path: &str, mut all: Vec<Binding>) -> Option<Binding> {
    match all.len() {
        0 => None,
        1 => all.pop().map(|mut it| {
            it.path.splice(0..0, path.split('.').map(str::to_owned));
            it
        }),
        _ => Some(Binding::of(path, Nix::Set(all))),
    }
}

fn group(situation: &Situation) -> Vec<Binding> {
    docker(situation, Vec::new()).into_iter().chain(members(situation, "docker")).chain(firewall(situation)).collect()
}

fn rootless(situation: &Situation) -> Vec<Binding> {
    let yes = || Nix::from(true);
    let own = [Binding::of("enable", yes())]
        .into_iter()
        .chain(package(situation))
        .chain([Binding::of("setSocketVariable", yes())])
        .collect();
    let has_enable = situation.has_rootful() && situation.system != System::FlyingCircus;
    let enable = has_enable.then(|| Binding::of("enable", yes()));
    let of_root = if has_enable { package(situation) } else { None };
    let own = Binding::of("rootless", Nix::Set(own));
    let mut all: Vec<Binding> =
        below("virtualisation.docker", enable.into_iter().chain(of_root).chain([own]).collect()).into_iter().collect();
    for name in situation.users() {
        let user = vec![
            Binding::of("linger", yes()).said("Its daemon runs without a login, too."),
            Binding::of("autoSubUidGidRange", yes()).said("Normal users have it without being told."),
        ];
        let path = ["users", "users", name].map(str::to_owned).to_vec();
        all.push(Binding { path, ..Binding::named("", Nix::Set(user)) }.apart());
    }
    all.extend(low_ports(situation));
    all
}

/// Source: docs.docker.com, *Rootless mode*, exposing privileged ports; Linux `Documentation/networking/ip-sysctl.rst`.
fn low_ports(situation: &Situation) -> Option<Binding> {
    situation.has_low_ports.then(|| {
        let path = ["boot", "kernel", "sysctl", PORT_START].map(str::to_owned).to_vec();
        let value = Nix::Number(FIRST_PORT.to_string());
        Binding { path, ..Binding::named("", value) }.apart().said("Every user may listen on ports from here on.")
    })
}

/// The setting of the kernel that says where ports for everybody begin, and the first port that is wanted.
pub(super) const PORT_START: &str = "net.ipv4.ip_unprivileged_port_start";
pub(super) const FIRST_PORT: u16 = 80;

fn podman(situation: &Situation) -> Vec<Binding> {
    let podman = Nix::Set(vec![
        Binding::of("enable", Nix::from(true)),
        Binding::of("dockerCompat", Nix::from(true)),
        Binding::of("defaultNetwork.settings.dns_enabled", Nix::from(true)),
    ]);
    [Binding::of("virtualisation.podman", podman)].into_iter().chain(low_ports(situation)).collect()
}

/// The settings for TLS.
///
/// Source: docs.docker.com, *Protect the Docker daemon socket*; moby `daemon/config/config_linux.go`.
const OF_TLS: [(&str, &str); 3] =
    [("tlscacert", "ca.pem"), ("tlscert", "server-cert.pem"), ("tlskey", "server-key.pem")];

fn listen() -> String {
    format!("tcp://0.0.0.0:{PORT}")
}

fn tls(situation: &Situation) -> Vec<Binding> {
    let keys = OF_TLS.map(|(key, name)| Binding::of(key, string(&[KEYS, "/", name].concat())));
    let settings = [
        Binding::of("hosts", strings([&*listen()])).said("NixOS adds its own socket."),
        Binding::of("tlsverify", Nix::from(true)),
    ];
    let settings = Nix::Set(settings.into_iter().chain(keys).collect());
    let docker = docker(situation, vec![Binding::of("daemon.settings", settings)]);
    let port = Nix::List(vec![Nix::Number(PORT.to_string())]);
    docker
        .into_iter()
        .chain([Binding::of("networking.firewall.allowedTCPPorts", port).apart()])
        .chain(firewall(situation))
        .collect()
}

/// What lets containers with other addresses reach the machine on Flying Circus.
///
/// Source: fc-nixos `nixos/roles/docker.nix`, `extraCommands` and `extraStopCommands`.
fn firewall(situation: &Situation) -> Vec<Binding> {
    let outside: Vec<Subnet> = situation.outside().collect();
    if outside.is_empty() {
        return Vec::new();
    }
    let rules = |action: &str, end: &str| {
        let rule = |subnet: &Subnet, interface: &str| {
            let tool = if subnet.is_ipv4() { "iptables" } else { "ip6tables" };
            format!("{tool} -w {action} nixos-fw -i {interface} -s {subnet} -j nixos-fw-accept{end}\n")
        };
        let of = |it: &Subnet| [rule(it, "br-+"), rule(it, "docker+")].concat();
        Nix::Text(outside.iter().map(of).collect())
    };
    vec![
        Binding::of("networking.firewall.extraCommands", rules("-A", "")).apart(),
        Binding::of("networking.firewall.extraStopCommands", rules("-D", " 2>/dev/null || true")),
    ]
}

fn others(situation: &Situation) -> Vec<Block> {
    if situation.way != Way::Tls {
        return Vec::new();
    }
    let text = |it: &str| Value::string(it);
    let hosts = Value::List(vec![text("unix:///var/run/docker.sock"), Value::string(listen())]);
    let mut members = vec![("hosts", hosts), ("tlsverify", Value::from(true))];
    members.extend(OF_TLS.map(|(key, name)| (key, Value::string([KEYS, "/", name].concat()))));
    vec![
        lead("On the other machine:"),
        file("/etc/docker/daemon.json", json(members)),
        lead(
            "The unit of Docker's packages gives `-H fd://`, and the daemon refuses what is given twice. Keep the path of dockerd that `systemctl cat docker` shows:",
        ),
        file(
            "/etc/systemd/system/docker.service.d/hosts.conf",
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock\n"
                .to_owned(),
        ),
    ]
}
