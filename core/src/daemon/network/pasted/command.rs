//! Where does what a command printed come from: which machine, network namespace and routing table?

use super::{
    Ignored, Role, System,
    addresses::address,
    reader::{Naming, Reader},
    row::{Row, is_white},
};
use crate::address::Subnet;

/// Where the lines below a command come from, as far as it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The machine's name, or the address it is reached by; empty when neither is known.
    pub machine: &'a str,
    /// Whose network it is.
    pub inside: Inside,
    /// Whether routes are those of another table than the main one: `ip route show table 52`, `vrf mgmt`.
    pub is_other_table: bool,
    /// Whether networks are printed that Docker has made.
    pub tells_docker: bool,
    /// Whether a shell was opened there, in which the next commands run.
    is_shell: bool,
}

/// Whose network a command looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inside {
    /// The machine's own.
    #[default]
    Machine,
    /// That of a container of Docker: what it is connected to are Docker's networks.
    Container,
    /// That of another namespace, of a pod or of a virtual machine.
    Namespace,
}

impl Place<'_> {
    /// What a line says, as an Engine on the machine sees it.
    ///
    /// It lists the routes of the main table, in its own network namespace.
    ///
    /// Source: moby daemon/libnetwork/netutils/utils_linux.go, `queryOnLinkRoutes`; read at docker-v29.7.2.
    pub fn seen_from_outside<'n>(&self, naming: Naming<'n>) -> Naming<'n> {
        let is_near = matches!(naming.role, Role::OnLinkRoute | Role::OwnAddress);
        let is_route = is_near || naming.role == Role::GatewayRoute;
        match self.inside {
            Inside::Container if is_near => Naming { role: Role::Docker, name: None, ..naming },
            Inside::Container | Inside::Namespace if naming.system == System::Linux => {
                Naming { system: System::Elsewhere, ..naming }
            }
            Inside::Machine if self.is_other_table && is_route => Naming { role: Role::OtherTableRoute, ..naming },
            Inside::Machine if self.tells_docker && naming.role == Role::Listed => {
                Naming { role: Role::Docker, system: System::Linux, ..naming }
            }
            _ => naming,
        }
    }
}

/// Programs that people run to ask for networks, and what leads to them.
const PROGRAMS: &[&str] = &[
    "arp",
    "cat",
    "doas",
    "docker",
    "docker-compose",
    "Find-NetRoute",
    "Get-NetIPAddress",
    "Get-NetIPConfiguration",
    "Get-NetRoute",
    "get-netroute",
    "globalprotect",
    "ifconfig",
    "ip",
    "ip6tables",
    "ipconfig",
    "iptables",
    "iptables-save",
    "kubectl",
    "netbird",
    "netsh",
    "netstat",
    "networksetup",
    "nft",
    "nmcli",
    "nsenter",
    "podman",
    "resolvectl",
    "route",
    "scutil",
    "ssh",
    "sudo",
    "tailscale",
    "time",
    "vpn",
    "watch",
    "wg",
    "zerotier-cli",
];

/// Takes `user@host:~$ ip route`, and the command without a prompt.
pub fn take<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let (prompt, command) = match prompt(row.text) {
        Some((prompt, command)) => (Some(prompt), command),
        None => (None, row.text),
    };
    let program = command.split(is_white).next().unwrap_or_default();
    let is_program = PROGRAMS.contains(&program.trim_end_matches(".exe"));
    let names_machine = prompt.as_ref().is_some_and(|it| it.is_certain);
    if !(is_program || names_machine || prompt.is_some() && command.is_empty()) {
        return false;
    }
    let words: Vec<&str> = command.split(is_white).filter(|it| !it.is_empty()).collect();
    // In a list, the name beside an address may be that of a program.
    if prompt.is_none() && row.has_addresses() && !is_query(&words) {
        return false;
    }
    let place = place_of(&reader.place, prompt.as_ref(), &words);
    reader.go_to(place);
    if let Some(target) = ssh_target(&words).and_then(address) {
        let naming = Naming { role: Role::Server, system: System::Unknown, name: Some("ssh") };
        let bits = super::addresses::address_bits(target);
        let word = words.iter().find(|it| it.ends_with(&target.to_string()));
        let word = word.copied().unwrap_or(command);
        reader.find(Subnet::new(target, bits), row.span(word), naming);
        reader.ignore(Ignored::Command);
        return true;
    }
    if row.has_addresses() && !is_query(&words) {
        return false;
    }
    reader.ignore(Ignored::Command);
    true
}

/// Whether a command asks for routes or addresses, so that those on its own line are no answer.
fn is_query(words: &[&str]) -> bool {
    let words = unwrapped(words);
    let is_object = |it: &&str| matches!(it.as_bytes(), [b'r' | b'a' | b'n' | b'l' | b'-', ..]);
    let changes = |it: &&str| matches!(*it, "add" | "replace" | "change" | "append" | "via");
    match words.first().copied() {
        Some("ip") => words.get(1).is_some_and(is_object) && !words.iter().any(changes),
        Some("ssh") => ssh_target(words).is_some(),
        _ => false,
    }
}

/// The words without `sudo` and what else only runs a command.
fn unwrapped<'w, 'a>(words: &'w [&'a str]) -> &'w [&'a str] {
    let is_before = |it: &&str| matches!(*it, "sudo" | "doas" | "time" | "exec") || it.starts_with('-');
    match words.first() {
        Some(&"sudo" | &"doas" | &"time") => {
            let at = words.iter().position(|it| !is_before(it));
            at.and_then(|at| words.get(at..)).unwrap_or_default()
        }
        _ => words,
    }
}

/// What a prompt tells.
struct Prompt<'a> {
    machine: &'a str,
    inside: Inside,
    /// It can be nothing but a prompt.
    is_certain: bool,
    is_root: bool,
}

/// Parts a prompt from the command after it.
fn prompt(text: &str) -> Option<(Prompt<'_>, &str)> {
    const SIGNS: &[char] = &['$', '%', '>', '❯', '#', '➜', 'λ'];
    let ends = |at: usize, sign: char| {
        let behind = text.get(at + sign.len_utf8()..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(is_white) || sign == '>'
    };
    let (at, sign) = text.char_indices().find(|it| SIGNS.contains(&it.1) && ends(it.0, it.1))?;
    let before = text.get(..at)?.trim();
    let command = text.get(at + sign.len_utf8()..)?.trim_matches(is_white);
    let words = before.split(is_white).count();
    let is_prompt = words <= 3 && !before.contains(['<', '=', '"', '|', ',', ';']);
    if !is_prompt || before.len() > 80 {
        return None;
    }
    let bare = before.trim_matches(['[', ']', '(', ')']);
    let who = bare.split(is_white).find(|it| it.contains('@'));
    let machine = who.and_then(|it| it.split_once('@')).unwrap_or_default().1;
    let machine = machine.split([':', ']', '$']).next().unwrap_or_default();
    let is_id = machine.len() == 12 && machine.bytes().all(|it| it.is_ascii_hexdigit());
    let is_windows = sign == '>' && (before.starts_with("PS ") || bare.contains(":\\"));
    let inside = match is_id || sign == '#' && before == "/" {
        true => Inside::Container,
        false => Inside::Machine,
    };
    let has_name = !machine.is_empty();
    let is_short = before.is_empty() || before == "/" || before.starts_with("bash-");
    let is_prompt = has_name || is_short || is_windows || before.ends_with('~');
    is_prompt.then_some((
        Prompt {
            machine: first_label(machine),
            inside,
            is_certain: is_windows || has_name && sign != '>' && !machine.contains('.'),
            is_root: sign == '#',
        },
        command,
    ))
}

/// `nas` of `nas.example.net`; an address stays whole.
fn first_label(name: &str) -> &str {
    match address(name) {
        Some(_) => name,
        None => name.split('.').next().unwrap_or(name),
    }
}

fn place_of<'a>(now: &Place<'a>, prompt: Option<&Prompt<'a>>, words: &[&'a str]) -> Place<'a> {
    let base = match prompt {
        Some(it) if !it.machine.is_empty() => Place {
            // A container is part of the machine it runs on.
            machine: match it.inside {
                Inside::Container => now.machine,
                _ => it.machine,
            },
            inside: it.inside,
            ..Place::default()
        },
        // In the shell that was opened before.
        Some(it) if now.is_shell && it.is_root => Place { is_other_table: false, ..*now },
        Some(it) => Place { machine: now.machine, inside: it.inside, ..Place::default() },
        None if now.is_shell => Place { is_other_table: false, ..*now },
        None => Place { machine: now.machine, ..Place::default() },
    };
    followed(base, words, 0)
}

/// How many commands that run another one are followed.
const DEPTH: usize = 6;

fn followed<'a>(place: Place<'a>, words: &[&'a str], depth: usize) -> Place<'a> {
    let words = unwrapped(words);
    let Some((program, rest)) = words.split_first() else {
        return place;
    };
    if depth == DEPTH {
        return place;
    }
    let behind = |at: usize| rest.get(at..).unwrap_or_default();
    let has = |word: &str| rest.contains(&word);
    match *program {
        "ssh" => {
            let Some(target) = ssh_target(words) else {
                return place;
            };
            let at = rest.iter().position(|it| host_of(it) == target);
            let command = behind(at.map_or(rest.len(), |at| at + 1));
            let there = Place { machine: first_label(target), is_shell: command.is_empty(), ..Place::default() };
            followed(there, command, depth + 1)
        }
        "docker" | "docker-compose" | "podman" | "nerdctl" | "kubectl" | "incus" | "lxc" => {
            let runs = rest.iter().position(|it| matches!(*it, "exec" | "run"));
            let Some(at) = runs else {
                return Place { tells_docker: *program == "docker" && (has("network") || has("networks")), ..place };
            };
            let shares_network = rest.iter().any(|it| matches!(*it, "--net=host" | "--network=host"))
                || rest.windows(2).any(|it| matches!(it, ["--net" | "--network", "host"]));
            if shares_network {
                return place;
            }
            let inside = match program.starts_with("docker") {
                true => Inside::Container,
                false => Inside::Namespace,
            };
            let is_shell = matches!(rest.last(), Some(&"sh" | &"bash" | &"ash" | &"/bin/sh" | &"/bin/bash"));
            let ip = behind(at).iter().position(|it| *it == "ip");
            let there = Place { inside, is_shell, ..place };
            followed(there, behind(ip.map_or(rest.len(), |it| at + it)), depth + 1)
        }
        "nsenter" => {
            let enters = rest.iter().any(|it| {
                it.starts_with("--net")
                    || it.starts_with('-') && !it.starts_with("--") && it.contains('n')
                    || *it == "-a"
            });
            let is_first = rest.windows(2).any(|it| matches!(it, ["-t" | "--target", "1"])) || has("-t1");
            match enters && !is_first {
                true => Place { inside: Inside::Namespace, ..place },
                false => place,
            }
        }
        "ip" => {
            let in_namespace =
                rest.windows(2).any(|it| matches!(it, ["-n" | "-netns" | "--netns", _] | ["netns", "exec" | "e"]));
            let table = rest.windows(2).find_map(|it| match it {
                ["t" | "ta" | "tab" | "table", table] => Some(*table),
                _ => None,
            });
            let is_main = matches!(table, None | Some("main" | "254" | "all" | "0" | "unspec"));
            Place {
                inside: match in_namespace {
                    true => Inside::Namespace,
                    false => place.inside,
                },
                is_other_table: !is_main || has("vrf"),
                ..place
            }
        }
        // What comes after a pipe, `&&` or `watch` is looked at as well.
        _ => match rest.iter().position(|it| matches!(*it, "ip" | "docker" | "ssh" | "nsenter")) {
            Some(at) => followed(place, behind(at), depth + 1),
            None => place,
        },
    }
}

/// The machine that `ssh -p 22 root@nas ip route` runs its command on.
fn ssh_target<'a>(words: &[&'a str]) -> Option<&'a str> {
    // Source: ssh(1) of OpenSSH, the options with a value.
    const WITH_VALUE: &str = "BbcDEeFIiJLlmOoPpQRSWw";
    let words = unwrapped(words);
    let (&"ssh", rest) = words.split_first()? else {
        return None;
    };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let Some(option) = word.strip_prefix('-') else {
            return Some(host_of(word));
        };
        if option.len() == 1 && WITH_VALUE.contains(option) {
            rest.next();
        }
    }
    None
}

fn host_of(target: &str) -> &str {
    target.rsplit_once('@').map_or(target, |it| it.1)
}
