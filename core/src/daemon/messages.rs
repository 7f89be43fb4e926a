//! What does a line of the daemon's log mean, or an error that `docker` prints?
//!
//! The list of its messages is `core/data/daemon-messages.json`. It stays out of the wasm; the page fetches it as an
//! asset. In a `pattern`, `<name>` stands for any words, letter case does not count, and the first pattern of the list
//! that fits explains a line: narrow ones come before wide ones. `journalctl` and `systemctl status` cut lines off at the
//! terminal's edge; what is left is recognised when only one message begins like it.

use crate::{
    address::Subnet,
    daemon::{options, spoken::is_spoken},
    docker::go::net::parse_cidr,
    document::Node,
    notation::json,
    text::{Span, order, words::distance},
};

/// The list, for the terminal and for tests.
#[cfg(feature = "prose")]
pub const TEXT: &str = include_str!("../../data/daemon-messages.json");

/// At most so many different messages of one text are explained.
pub const MAX_EXPLAINED: usize = 64;

/// A message of the daemon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its words, with `<name>` for what differs.
    pub pattern: String,
    /// The rules that find its cause in a configuration, the likeliest first; empty when no configuration shows the cause.
    pub rules: Vec<String>,
    /// The options it is about.
    pub keys: Vec<String>,
    /// What it means; `<name>` stands for what the line had there.
    pub meaning: String,
    /// What to do; `<name>` as in the meaning.
    pub help: String,
    /// A line with it.
    pub example: String,
    /// The place in its source where the daemon says it.
    pub source: String,
}

/// A line that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'a> {
    /// The line, without its end.
    pub span: Span,
    /// The message it holds.
    pub message: &'a Message,
    /// What it means, with a remark when the line is cut off.
    pub meaning: String,
    /// What to do.
    pub help: String,
    /// The words that stand for each `<name>` of the pattern, in its order.
    pub values: Vec<(&'a str, String)>,
    /// The subnets among them.
    pub subnets: Vec<Subnet>,
    /// The options it is about, those that the line names first.
    pub keys: Vec<String>,
}

/// Reads the list; a row that lacks a part is left out.
pub fn read(text: &str) -> Vec<Message> {
    let document = json::read(text);
    document.root.elements().iter().filter_map(row).collect()
}

fn row(node: &Node) -> Option<Message> {
    let member = |key: &str| {
        let found = node.members().iter().find(|it| it.key == key);
        found.map(|it| &it.value)
    };
    let text = |key: &str| member(key)?.as_str().map(str::to_owned);
    let list = |key: &str| -> Option<Vec<String>> {
        let elements = member(key)?.elements().iter();
        Some(elements.filter_map(|it| Some(it.as_str()?.to_owned())).collect())
    };
    Some(Message {
        pattern: text("pattern")?,
        rules: list("rules")?,
        keys: list("keys")?,
        meaning: text("meaning")?,
        help: text("help")?,
        example: text("example")?,
        source: text("source")?,
    })
}

/// Explains the lines of a log, or of what `docker` printed; lines without a known message are left out.
///
/// A message that comes again with the same words is explained once.
pub fn explain<'a>(messages: &'a [Message], text: &str) -> Vec<Explained<'a>> {
    let folded: Vec<String> = messages.iter().map(|it| it.pattern.to_ascii_lowercase()).collect();
    let mut found: Vec<Explained> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\r', '\n']);
        let span = Span::new(start, start + words.len());
        start += line.len();
        if found.len() == MAX_EXPLAINED {
            break;
        }
        let Some(recognised) = recognise(messages, &folded, words) else {
            continue;
        };
        let is_same = |it: &Explained| std::ptr::eq(it.message, recognised.message) && it.values == recognised.values;
        if !found.iter().any(is_same) {
            found.push(explained(span, recognised));
        }
    }
    found
}

/// What a line says.
struct Recognised<'a> {
    message: &'a Message,
    /// What its `<name>`s stand for, `…` for what is cut off.
    values: Vec<(&'a str, String)>,
    /// How many bytes of the message's own words the line has.
    held: usize,
    is_cut: bool,
}

fn explained(span: Span, recognised: Recognised) -> Explained {
    let Recognised { message, values, is_cut, .. } = recognised;
    let mut keys = Vec::new();
    let mut hint = String::new();
    for (name, value) in &values {
        match *name {
            "keys" => {
                let whole = value.split(',').filter(|it| !it.ends_with(CUT));
                for key in whole.map(str::trim) {
                    keys.push(key.to_owned());
                    if let Some(near) = nearest(key) {
                        hint.push_str(&format!(" Did you mean `{near}`?"));
                    }
                }
            }
            // Config.CommonConfig.NetworkConfig.default-address-pools
            "field" => keys.extend(value.split('.').find(|it| is_key(it)).map(str::to_owned)),
            _ => {}
        }
    }
    keys.extend(message.keys.iter().cloned());
    let subnets = values.iter().filter_map(|it| parse_cidr(it.1.trim()));
    let (told, whole) = match is_cut {
        true => (
            " The line is cut off at the terminal's edge.",
            " `sudo journalctl --no-pager -l -u docker` shows all of it.",
        ),
        false => ("", ""),
    };
    Explained {
        span,
        message,
        meaning: filled(&message.meaning, &values) + told,
        help: filled(&message.help, &values) + &hint + whole,
        subnets: subnets.map(Subnet::of).collect(),
        values,
        keys,
    }
}

fn is_key(word: &str) -> bool {
    options::find(word).is_some()
}

/// The option that an unknown key likely means.
fn nearest(key: &str) -> Option<&'static str> {
    if is_key(key) {
        return None;
    }
    let near = options::children("").map(|it| (distance(key, it.key), it.key));
    let near = near.filter(|(apart, right)| *apart <= 1 + right.len().min(key.len()) / 6);
    near.min().map(|it| it.1)
}

/// A text with each `<name>` replaced by what the line had there.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values {
        let shown = match value.trim() {
            "" => "nothing",
            value => value,
        };
        filled = filled.replace(&format!("<{name}>"), shown);
    }
    filled
}

/// The message of a log line: what is in `msg="…"` and `error="…"`, or in the members of those names when the log is
/// JSON, without escapes; any other line as it is.
fn unwrapped(line: &str) -> String {
    let mut message = String::new();
    for opening in ["msg=\"", "error=\"", "\"msg\":\"", "\"error\":\"", "\"MESSAGE\":\""] {
        let Some((_, quoted)) = line.split_once(opening) else {
            continue;
        };
        message.push_str(if message.is_empty() { "" } else { ": " });
        let mut escaped = false;
        for it in quoted.chars() {
            match (escaped, it) {
                (true, 'n' | 't' | 'r') => message.push(' '),
                (true, _) => message.push(it),
                (false, '\\') => {}
                (false, '"') => break,
                (false, _) => message.push(it),
            }
            escaped = !escaped && it == '\\';
        }
    }
    match message.is_empty() {
        true => line.to_owned(),
        false => message,
    }
}

/// The mark where a value is cut off.
const CUT: char = '…';

/// What a line says: the first message that it fits, unless it breaks off within the words of another.
fn recognise<'a>(messages: &'a [Message], folded: &[String], line: &str) -> Option<Recognised<'a>> {
    let is_spoken = is_spoken(line);
    let unwrapped = unwrapped(line);
    let (line, is_marked) = without_mark(&unwrapped);
    let lower = line.to_ascii_lowercase();
    let named = |message: &'a Message, spans: Vec<Span>, is_cut: bool| {
        let names = pieces(&message.pattern).filter_map(|it| it.0);
        let mut texts = spans.into_iter();
        let mut values = Vec::new();
        for name in names {
            let span = texts.next();
            let mut text = span.map_or("", |it| it.of(line)).to_owned();
            if is_cut && span.is_none_or(|it| it.end == line.len()) {
                text.push(CUT);
            }
            values.push((name, text));
        }
        values
    };
    let whole = messages.iter().zip(folded).find_map(|(message, folded)| {
        let spans = fit(folded, &lower)?;
        let is_cut = is_marked && spans.last().is_some_and(|it| it.end == line.len());
        Some(Recognised { message, values: named(message, spans, is_cut), held: own_words(folded), is_cut })
    });
    if !is_marked && !is_spoken {
        return whole;
    }
    let cut = messages.iter().zip(folded).filter_map(|(message, folded)| {
        let (spans, held) = fit_cut(folded, &lower)?;
        let fewest = if is_marked { FEWEST_WORDS } else { FEWEST_UNMARKED };
        (held >= fewest).then_some((message, spans, held))
    });
    let mut cut: Vec<_> = cut.collect();
    order::sort(&mut cut, |a, b| b.2.cmp(&a.2));
    let is_clear = |held: usize| cut.get(1).is_none_or(|it| it.2 + CLEARLY_MORE <= held);
    match (whole, cut.first()) {
        (Some(whole), Some(it)) if whole.held >= it.2 => Some(whole),
        (_, Some((message, spans, held))) if is_clear(*held) => {
            Some(Recognised { message, values: named(message, spans.clone(), true), held: *held, is_cut: true })
        }
        (whole, _) => whole,
    }
}

/// With fewer bytes of a message before it breaks off, a line may be any.
const FEWEST_WORDS: usize = 20;
/// The same where no sign says that it breaks off.
const FEWEST_UNMARKED: usize = 22;
/// So many more bytes it has of that message than of any other.
const CLEARLY_MORE: usize = 8;

/// A line without the sign that it goes on beyond the terminal's edge, and whether there was one: `journalctl` has `>`
/// (that of `less -S`), `systemctl status` has `…`.
fn without_mark(line: &str) -> (&str, bool) {
    let trimmed = line.trim_end();
    let word = trimmed.rsplit(' ').next().unwrap_or_default();
    match trimmed.strip_suffix([CUT, '>']) {
        // <nil>
        Some(_) if word.contains('<') => (line, false),
        Some(rest) => (rest, true),
        None => (line, false),
    }
}

/// How many bytes of a pattern are not names.
fn own_words(pattern: &str) -> usize {
    pieces(pattern).map(|it| it.1.len()).sum()
}

/// A piece of a pattern: the name before it, if there is one, and the words that must follow.
fn pieces(pattern: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut rest = Some(pattern);
    std::iter::from_fn(move || {
        let text = rest?;
        let (name, behind) = match text.strip_prefix('<').and_then(|it| it.split_once('>')) {
            Some((name, behind)) if is_name(name) => (Some(name), behind),
            _ => (None, text),
        };
        // The next name ends the words.
        let next = behind.match_indices('<').map(|it| it.0).find(|at| {
            let name = behind.get(at + 1..).and_then(|it| it.split_once('>'));
            name.is_some_and(|it| is_name(it.0))
        });
        rest = next.and_then(|at| behind.get(at..));
        Some((name, behind.get(..next.unwrap_or(behind.len()))?))
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_lowercase())
}

/// Where the `<name>`s of a pattern are in a line; `None` when the line does not fit. Both are in lower case.
fn fit(pattern: &str, line: &str) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for (index, (name, words)) in pieces(pattern).enumerate() {
        let rest = line.get(at..)?;
        let found = match words.is_empty() {
            true => rest.len(),
            false => rest.find(words)?,
        };
        if name.is_some() {
            // A name at the start of the pattern is what follows the last colon.
            let before = rest.get(..found)?;
            let cut = match index {
                0 => before.rfind(": ").map_or(0, |it| it + 2),
                _ => 0,
            };
            spans.push(Span::new(at + cut, at + found));
        }
        at += found + words.len();
    }
    Some(spans)
}

/// Where the `<name>`s of a pattern are in a line that breaks off before the pattern's end, as far as it goes, and how
/// many bytes of the pattern's own words it has. Both are in lower case.
fn fit_cut(pattern: &str, line: &str) -> Option<(Vec<Span>, usize)> {
    let mut spans = Vec::new();
    let (mut at, mut held) = (0, 0);
    for (index, (name, words)) in pieces(pattern).enumerate() {
        let rest = line.get(at..)?;
        if let Some(found) = rest.find(words).filter(|_| !words.is_empty()) {
            spans.extend(name.map(|_| Span::new(at, at + found)));
            at += found + words.len();
            held += words.len();
            continue;
        }
        let begins = |it: &usize| words.get(..*it).is_some_and(|it| rest.ends_with(it));
        let begun = (1..words.len()).rev().find(begins).unwrap_or(0);
        if words.is_empty() || (begun == 0 && index == 0) {
            return None;
        }
        spans.extend(name.map(|_| Span::new(at, line.len() - begun)));
        return Some((spans, held + begun));
    }
    None
}

#[cfg(all(test, feature = "prose"))]
mod tests {
    use super::*;
    use crate::daemon::check::RULES;

    #[test]
    fn lines_that_end_at_the_terminals_edge_are_recognised() {
        let messages = read(TEXT);
        let log = "Nov 21 08:12:13 host dockerd[812]: ";
        for (line, meaning) in [
            (
                "failed to start daemon: Error initializing network controller: error creating default \"bridge\" network: all predefined addre>",
                "No subnet is left",
            ),
            (
                "failed to start daemon: Error initializing network controller: all predefined address pools have been full",
                "No subnet is left",
            ),
            (
                "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't match any configuration option: log-dir…",
                "The daemon does not know log-dir….",
            ),
            (
                "time=\"2026-11-21T08:12:13+01:00\" level=warning msg=\"IPv4 forwarding is disabled: check yo…",
                "With `firewall-backend` nftables",
            ),
            (
                "could not construct local address space: network at index 0 (&{192.168.0.0/16 12}) has a smaller pre>",
                "Address pool 192.168.0.0/16 is to be cut into subnets of /12",
            ),
            // An issue that shows what journalctl showed.
            (
                "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't ma",
                "The daemon does not know …",
            ),
            // NixOS/nixpkgs#27637
            (
                "time=\"2017-07-25T13:06:30+02:00\" level=fatal msg=\"Error creating cluster component: --live-restore daemon co",
                "`live-restore` is on",
            ),
            // rockchip-linux/kernel#219
            ("iptables v1.6.0: can't initialize iptabl", "The kernel has no table …"),
        ] {
            let line = format!("{log}{line}");
            let found = one(&messages, &line);
            assert!(found.meaning.starts_with(meaning), "{line}: {}", found.meaning);
            assert!(found.meaning.ends_with(" The line is cut off at the terminal's edge."));
            assert!(found.help.contains("`sudo journalctl --no-pager -l -u docker`"), "{}", found.help);
        }
        for line in [
            "all predefined address pools have been fully subnetted>", // all of it is there
            "failed to start daemon: client version 1.38 is too old. Minimum supp…",
        ] {
            let found = one(&messages, &format!("{log}{line}"));
            assert!(!found.meaning.contains("cut off"), "{line}: {}", found.meaning);
        }
        for line in [
            "failed to start daemon: invalid character '}' loo…", // one of several
            "failed to start daemon: all predef…",
            "open /data: permission denied",
            "failed to start daemon: permission denied",
            "the backing xfs filesystem is formatted without d_ty", // a sentence of anybody's
        ] {
            let known: Vec<_> = explain(&messages, line).iter().map(|it| it.meaning.clone()).collect();
            assert!(!known.iter().any(|it| it.contains("cut off")), "{line}: {known:?}");
        }
    }

    #[track_caller]
    fn one<'a>(messages: &'a [Message], text: &str) -> Explained<'a> {
        let mut found = explain(messages, text);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    #[test]
    fn every_message_explains_its_own_example() {
        let messages = read(TEXT);
        assert_eq!(messages.len(), json::read(TEXT).root.elements().len());
        for message in &messages {
            let found = one(&messages, &message.example);
            assert_eq!(found.message.pattern, message.pattern, "{}", message.example);
            for text in [&found.meaning, &found.help] {
                assert!(!text.contains('<') || message.pattern.contains("'<'"), "{text}");
            }
            for text in [&message.meaning, &message.help, &message.source] {
                assert!(!text.is_empty(), "{}", message.pattern);
            }
            for rule in &message.rules {
                assert!(RULES.iter().any(|it| it.id == rule), "{rule}");
            }
            for key in &message.keys {
                assert!(is_key(key), "{key}");
            }
        }
    }

    #[test]
    fn the_same_words_are_found_however_they_are_wrapped() {
        let messages = read(TEXT);
        let words = "failed to start daemon: Error initializing network controller: error creating default \"bridge\" network: all predefined address pools have been fully subnetted";
        let escaped = words.replace('"', "\\\"");
        for line in [
            words.to_owned(),
            format!("Nov 21 08:12:13 host dockerd[812]: {words}"),
            format!("Nov 21 08:12:13 host dockerd[812]: time=\"2026-11-21T08:12:13+01:00\" level=fatal msg=\"{escaped}\""),
            format!("{{\"error\":\"{escaped}\",\"level\":\"fatal\",\"msg\":\"it failed\",\"time\":\"2026\"}}"),
            "Error response from daemon: all predefined address pools have been fully subnetted\r\n".to_owned(),
            "failed to create network shop_default: Error response from daemon: All predefined address pools have been fully subnetted".to_owned(),
        ] {
            let found = one(&messages, &line);
            assert_eq!(found.keys, ["default-address-pools", "bip"], "{line}");
        }
    }

    /// Lines of this year's reports, with the setting and the words that lead on.
    #[test]
    fn what_people_paste_leads_on() {
        let messages = read(TEXT);
        for (line, key, help) in [
            (
                "Error response from daemon: client version 1.38 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version",
                "min-api-version",
                "`min-api-version`",
            ),
            (
                "failed to start daemon: Error initializing network controller: error creating default \"bridge\" network: failed to append jump rules to nat-PREROUTING: iptables failed: iptables --wait -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER: Warning: Extension addrtype revision 0 not supported, missing kernel module?",
                "firewall-backend",
                "kernel-modules-extra",
            ),
            (
                "failed to append jump rules to nat-PREROUTING: iptables failed: addrtype",
                "firewall-backend",
                "kernel-modules-extra",
            ),
            (
                "IPv4 forwarding is disabled: check your host's firewalling and set sysctl net.ipv4.ip_forward=1, or disable this check using daemon option --ip-forward=false",
                "firewall-backend",
                "net.ipv4.ip_forward=1",
            ),
            (
                "IPv6 global forwarding is disabled: check your host's firewalling and set sysctls net.ipv6.conf.all.forwarding=1 and net.ipv6.conf.default.forwarding=1",
                "firewall-backend",
                "net.ipv6.conf.all.forwarding=1",
            ),
            (
                "Unable to enable DIRECT ACCESS FILTERING - DROP rule:  (iptables failed: iptables --wait -t raw -A PREROUTING: can't initialize iptables table `raw': Table does not exist",
                "iptables",
                "DOCKER_INSECURE_NO_IPTABLES_RAW=1",
            ),
            ("open /etc/docker/daemon.json: permission denied", "", "restorecon"),
            (
                "error initializing graphdriver: prior storage driver devicemapper is deprecated and will be removed in a future release",
                "storage-driver",
                "Engine 24",
            ),
            // coreos/bugs#466
            (
                "Sep 09 23:02:47 host docker[11371]: time=\"2015-09-09T23:02:47Z\" level=fatal msg=\"Error starting daemon: error initializing graphdriver: \\\"/var/lib/docker\\\" contains other graphdrivers: overlay; Please cleanup or explicitly choose storage ",
                "storage-driver",
                "`storage-driver`",
            ),
            (
                "failed to start daemon: error initializing graphdriver: /var/lib/docker contains several valid graphdrivers: overlay2, btrfs; Please cleanup or explicitly choose storage driver (-s <DRIVER>)",
                "storage-driver",
                "`storage-driver`",
            ),
            // nix-community/nixos-generators#344
            (
                "Cannot connect to the Docker daemon at unix:///run/user/0/docker.sock. Is the docker daemon running?",
                "",
                "unset DOCKER_HOST",
            ),
            ("runc create failed: wrong rlimit value: RLIMIT_: unknown", "default-ulimits", "\"Name\""),
            ("docker: Error response from daemon: unknown or invalid runtime name: nvidia", "runtimes", "nvidia-ctk"),
            (
                "Error response from daemon: --live-restore daemon configuration is incompatible with swarm mode",
                "live-restore",
                "docker swarm leave",
            ),
            (
                "Error response from daemon: could not select device driver \"\" with capabilities: [[gpu]]",
                "runtimes",
                "--device=nvidia.com/gpu=all",
            ),
            (
                "Job for docker.service failed because the control process exited with error code.",
                "",
                "journalctl -u docker.service",
            ),
            ("docker.service: Start request repeated too quickly.", "", "reset-failed"),
            (
                "Cannot connect to the Docker daemon at unix:///home/alice/.docker/desktop/docker.sock. Is the docker daemon running?",
                "hosts",
                "Docker Desktop",
            ),
            (
                "error during connect: in the default daemon configuration on Windows, the docker client must be run with elevated privileges to connect: Get \"http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/version\": open //./pipe/docker_engine: The system cannot find the file specified.",
                "",
                "Engine running",
            ),
            (
                r#"{"level":"fatal","msg":"failed to start daemon: Devices cgroup isn't mounted","time":"2026-11-21T08:12:13.318411022+01:00"}"#,
                "",
                "cgroup v2",
            ),
            (
                "Nov 21 08:12:13 host docker[812]: time=\"2015-08-13T10:01:22+02:00\" level=fatal msg=\"Error starting daemon: SELinux is not supported with the BTRFS graph driver\"",
                "selinux-enabled",
                "/etc/sysconfig/docker",
            ),
            (
                "time=\"2026-11-21T08:12:13.318411022+01:00\" level=warning msg=\"ip6tables is enabled, but cannot set up ip6tables chains\" error=\"failed to create NAT chain DOCKER: iptables failed: ip6tables --wait -t nat -N DOCKER: ip6tables v1.8.7 (legacy): can't initialize ip6tables table `nat': Address family not supported by protocol\\nPerhaps ip6tables or your kernel needs to be upgraded.\\n (exit status 3)\"",
                "ip6tables",
                "set `ip6tables` to false",
            ),
            (
                "failed to start daemon: Error initializing network controller: error creating default \"bridge\" network: Failed to program FILTER chain: iptables failed: ip6tables --wait -t filter -I FORWARD: ip6tables v1.8.10 (legacy): can't initialize ip6tables table `filter': Table does not exist (do you need to insmod?)",
                "ip6tables",
                "modprobe -a ip6_tables",
            ),
            (
                "docker: Error response from daemon: error creating overlay mount to /mnt/windows/docker/data/overlay2/f41cef78430be3ad40ef-init/merged: invalid argument.",
                "data-root",
                "Set `data-root`",
            ),
            (
                "time=\"2026-11-21T08:12:13Z\" level=error msg=\"failed to mount overlay: invalid argument\" storage-driver=overlay2",
                "storage-driver",
                "Docker in Docker",
            ),
            (
                "failed to start daemon: pid file found, ensure docker is not running or delete /var/run/docker.pid",
                "pidfile",
                "`ps -fp $(cat /var/run/docker.pid)`",
            ),
            (
                "Nov 21 08:12:13 host dockerd[812]: time=\"2026-11-21T08:12:13Z\" level=info msg=\"detected 127.0.0.53 nameserver, assuming systemd-resolved, so using resolv.conf: /run/systemd/resolve/resolv.conf\"",
                "dns",
                "Nothing.",
            ),
            (
                "Mar 14 09:24:11 main firewalld[859]: WARNING: COMMAND_FAILED: '/usr/sbin/iptables -w10 -t filter -F DOCKER' failed: iptables: No chain/target/match by that name.",
                "iptables",
                "Nothing, while ports of containers answer.",
            ),
            (
                r#"{"_PID":"812","MESSAGE":"failed to start daemon: process with PID 7 is still running"}"#,
                "pidfile",
                "`ps -fp 7`",
            ),
        ] {
            let found = one(&messages, line);
            assert_eq!(found.keys.first().map_or("", String::as_str), key, "{line}");
            assert!(found.help.contains(help), "{line}: {}", found.help);
        }
    }

    #[test]
    fn values_are_picked_out() {
        let messages = read(TEXT);
        for (line, values, subnets, keys) in [
            (
                "network at index 1 (&{10.0.0.0/24 16}) has a smaller prefix (/24) than the target size of that pool (/16)",
                "base=10.0.0.0/24 size=16 prefix=/24",
                "10.0.0.0/24",
                "default-address-pools",
            ),
            (
                "invalid base pool \" 10.0.0.0/16\": invalid CIDR address:  10.0.0.0/16",
                "base= 10.0.0.0/16",
                "10.0.0.0/16",
                "default-address-pools",
            ),
            (
                "auxiliary address: (DefaultGatewayIPv4:10.9.0.1) must belong to the master pool: 10.0.0.0/24",
                "family=IPv4 gateway=10.9.0.1 subnet=10.0.0.0/24",
                "10.0.0.0/24",
                "default-gateway default-gateway-v6 bip",
            ),
            (
                "the following directives don't match any configuration option: log-dirver, x",
                "keys=log-dirver, x",
                "",
                "log-dirver x",
            ),
            (
                "json: cannot unmarshal string into Go struct field Config.CommonConfig.NetworkConfig.default-address-pools of type []*ipamutils.NetworkToSplit",
                "found=string field=Config.CommonConfig.NetworkConfig.default-address-pools type=[]*ipamutils.NetworkToSplit",
                "",
                "default-address-pools",
            ),
            (
                "configuration validation from file failed: exa mple is not a valid domain",
                "domain=exa mple",
                "",
                "dns-search",
            ),
        ] {
            let found = one(&messages, line);
            let picked = found.values.iter().map(|it| format!("{}={}", it.0, it.1));
            assert_eq!(picked.collect::<Vec<_>>().join(" "), values);
            let picked = found.subnets.iter().map(Subnet::to_string);
            assert_eq!(picked.collect::<Vec<_>>().join(" "), subnets);
            assert_eq!(found.keys.join(" "), keys);
        }
        let found = one(&messages, "the following directives don't match any configuration option: log-dirver");
        assert!(found.help.ends_with("Did you mean `log-driver`?"), "{}", found.help);
    }

    #[test]
    fn other_lines_are_left_out_and_repeated_ones_told_once() {
        let messages = read(TEXT);
        assert_eq!(explain(&messages, ""), []);
        assert_eq!(explain(&messages, "level=info msg=\"Daemon has completed initialization\"\n\n"), []);
        let repeated = "x\nexceeded max depth\nexceeded max depth\n";
        let found = one(&messages, repeated);
        assert_eq!(found.span.of(repeated), "exceeded max depth");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_an_answer(text in "(\\PC{0,10}|msg=\"|\\\\|\"|: |invalid (base pool|character|mirror: )|\n){0,20}") {
            for found in explain(&read(TEXT), &text) {
                proptest::prop_assert!(found.span.end <= text.len());
            }
        }
    }
}
