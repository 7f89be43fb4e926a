//! Which flags do `docker run` and `podman run` have, and what becomes of each?
//!
//! A flag says a field of the [model](crate::containers::model), or is one of its [`FLAGS`](crate::containers::flags::FLAGS), or
//! means nothing for a container that systemd starts. `core/tests/run/*-run-flags.txt` list what the sources declare; a test
//! holds the two together.

use crate::{
    containers::flags::{self, Flag, Takes},
    text::words::distance,
};

/// A program that runs containers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cli {
    /// `docker`
    #[default]
    Docker,
    /// `podman`
    Podman,
}

impl Cli {
    /// Its name, as typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }

    /// Its name, as its makers write it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Docker => "Docker",
            Self::Podman => "Podman",
        }
    }
}

/// A flag, as it is called.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its long name without dashes; that of the flag itself where an old name was written.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether `docker run` has it.
    pub docker: bool,
    /// Whether `podman run` has it.
    pub podman: bool,
    /// What becomes of it.
    pub means: Means,
}

impl Known {
    /// Whether `cli` has it.
    pub fn is_of(&self, cli: Cli) -> bool {
        match cli {
            Cli::Docker => self.docker,
            Cli::Podman => self.podman,
        }
    }
}

/// What becomes of a flag.
#[derive(Clone, Copy, Debug)]
pub enum Means {
    /// It says a field of the container.
    Field(Field),
    /// It stays a flag.
    Flag(&'static Flag),
    /// It means nothing for a container that systemd starts: why, in a sentence.
    Nothing(&'static str),
}

/// The flags that say fields of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `--name`
    Name,
    /// `--entrypoint`
    Entrypoint,
    /// `--env`
    Env,
    /// `--env-file`
    EnvFile,
    /// `--label`
    Label,
    /// `--publish`
    Publish,
    /// `--volume`
    Volume,
    /// `--mount`
    Mount,
    /// `--tmpfs`
    Tmpfs,
    /// `--network`
    Network,
    /// `--ip`
    Ip,
    /// `--ip6`
    Ip6,
    /// `--mac-address`
    MacAddress,
    /// `--network-alias`
    NetworkAlias,
    /// `--link-local-ip`
    LinkLocalIp,
    /// `--link`
    Link,
    /// `--health-cmd`
    HealthCmd,
    /// `--health-interval`
    HealthInterval,
    /// `--health-retries`
    HealthRetries,
    /// `--health-start-interval`
    HealthStartInterval,
    /// `--health-start-period`
    HealthStartPeriod,
    /// `--health-timeout`
    HealthTimeout,
    /// `--no-healthcheck`
    NoHealthcheck,
    /// `--restart`
    Restart,
    /// `--log-driver`
    LogDriver,
    /// `--log-opt`
    LogOpt,
    /// `--user`
    User,
    /// `--hostname`
    Hostname,
    /// `--workdir`
    Workdir,
    /// `--device`
    Device,
    /// `--gpus`
    Gpus,
    /// `--cap-add`
    CapAdd,
    /// `--cap-drop`
    CapDrop,
    /// `--privileged`
    Privileged,
    /// `--pull`
    Pull,
    /// `--rm`
    Rm,
    /// `--stop-timeout`
    StopTimeout,
    /// `--stop-signal`
    StopSignal,
    /// `--secret`
    Secret,
    /// `--requires`
    Requires,
}

/// A flag that is none of [`FLAGS`](flags::FLAGS).
struct Row {
    name: &'static str,
    takes: Takes,
    clis: Clis,
    becomes: Becomes,
}

/// What becomes of the flag of a row.
enum Becomes {
    Field(Field),
    Nothing(&'static str),
    /// An old name of another.
    Alias(&'static str),
}

/// Which programs have a flag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clis {
    Docker,
    Podman,
    Both,
}

const DOCKER: Clis = Clis::Docker;
const PODMAN: Clis = Clis::Podman;
const BOTH: Clis = Clis::Both;

const fn row(name: &'static str, takes: Takes, clis: Clis, becomes: Becomes) -> Row {
    Row { name, takes, clis, becomes }
}

/// Every such flag, by name.
///
/// Source: docker/cli `cli/command/container/opts.go`, `run.go` and `create.go`; containers/podman
/// `cmd/podman/common/create.go`, `netflags.go`, `cmd/podman/containers/run.go` and `create.go`, `cmd/podman/utils/alias.go`.
static ROWS: &[Row] = &[
    row(
        "attach",
        Takes::Many,
        BOTH,
        Becomes::Nothing("A service has no terminal to attach to: its output goes to the log."),
    ),
    row("cap-add", Takes::Many, BOTH, Becomes::Field(Field::CapAdd)),
    row("cap-drop", Takes::Many, BOTH, Becomes::Field(Field::CapDrop)),
    row(
        "cidfile",
        Takes::One,
        BOTH,
        Becomes::Nothing("The unit knows its container by name, and needs no file with its ID."),
    ),
    row("conmon-pidfile", Takes::One, PODMAN, Becomes::Nothing("systemd knows the processes of a unit by itself.")),
    row("cpu-count", Takes::One, DOCKER, Becomes::Nothing("Only containers of Windows have this limit.")),
    row("cpu-percent", Takes::One, DOCKER, Becomes::Nothing("Only containers of Windows have this limit.")),
    row("detach", Takes::Switch, BOTH, Becomes::Nothing("A unit of systemd always runs in the background.")),
    row("detach-keys", Takes::One, BOTH, Becomes::Nothing("A service has no terminal to detach from.")),
    row("device", Takes::Many, BOTH, Becomes::Field(Field::Device)),
    row(
        "disable-content-trust",
        Takes::Switch,
        BOTH,
        Becomes::Nothing("Docker has no content trust any more, and Podman never had it."),
    ),
    row("dns-opt", Takes::Many, BOTH, Becomes::Alias("dns-option")),
    row("entrypoint", Takes::One, BOTH, Becomes::Field(Field::Entrypoint)),
    row("env", Takes::Many, BOTH, Becomes::Field(Field::Env)),
    row("env-file", Takes::Many, BOTH, Becomes::Field(Field::EnvFile)),
    row(
        "env-host",
        Takes::Switch,
        PODMAN,
        Becomes::Nothing("The environment of a unit is not that of whoever typed the command."),
    ),
    row("gpus", Takes::Many, BOTH, Becomes::Field(Field::Gpus)),
    row("health-cmd", Takes::One, BOTH, Becomes::Field(Field::HealthCmd)),
    row("health-interval", Takes::One, BOTH, Becomes::Field(Field::HealthInterval)),
    row("health-retries", Takes::One, BOTH, Becomes::Field(Field::HealthRetries)),
    row("health-start-interval", Takes::One, DOCKER, Becomes::Field(Field::HealthStartInterval)),
    row("health-start-period", Takes::One, BOTH, Becomes::Field(Field::HealthStartPeriod)),
    row("health-timeout", Takes::One, BOTH, Becomes::Field(Field::HealthTimeout)),
    row("healthcheck-command", Takes::One, PODMAN, Becomes::Alias("health-cmd")),
    row("healthcheck-interval", Takes::One, PODMAN, Becomes::Alias("health-interval")),
    row("healthcheck-retries", Takes::One, PODMAN, Becomes::Alias("health-retries")),
    row("healthcheck-start-period", Takes::One, PODMAN, Becomes::Alias("health-start-period")),
    row("healthcheck-timeout", Takes::One, PODMAN, Becomes::Alias("health-timeout")),
    row("help", Takes::Switch, BOTH, Becomes::Nothing("It prints how the command is used, and runs nothing.")),
    row("hostname", Takes::One, BOTH, Becomes::Field(Field::Hostname)),
    row("io-maxbandwidth", Takes::One, DOCKER, Becomes::Nothing("Only containers of Windows have this limit.")),
    row("io-maxiops", Takes::One, DOCKER, Becomes::Nothing("Only containers of Windows have this limit.")),
    row("ip", Takes::One, BOTH, Becomes::Field(Field::Ip)),
    row("ip6", Takes::One, BOTH, Becomes::Field(Field::Ip6)),
    row("isolation", Takes::One, DOCKER, Becomes::Nothing("Only containers of Windows have a choice here.")),
    row(
        "kernel-memory",
        Takes::One,
        BOTH,
        Becomes::Nothing("Kernels have no such limit any more, so Docker and Podman ignore it."),
    ),
    row("label", Takes::Many, BOTH, Becomes::Field(Field::Label)),
    row("link", Takes::Many, DOCKER, Becomes::Field(Field::Link)),
    row("link-local-ip", Takes::Many, DOCKER, Becomes::Field(Field::LinkLocalIp)),
    row("log-driver", Takes::One, BOTH, Becomes::Field(Field::LogDriver)),
    row("log-opt", Takes::Many, BOTH, Becomes::Field(Field::LogOpt)),
    row("mac-address", Takes::One, BOTH, Becomes::Field(Field::MacAddress)),
    row("mount", Takes::Many, BOTH, Becomes::Field(Field::Mount)),
    row("name", Takes::One, BOTH, Becomes::Field(Field::Name)),
    row("net", Takes::Many, BOTH, Becomes::Alias("network")),
    row("net-alias", Takes::Many, DOCKER, Becomes::Alias("network-alias")),
    row("network", Takes::Many, BOTH, Becomes::Field(Field::Network)),
    row("network-alias", Takes::Many, BOTH, Becomes::Field(Field::NetworkAlias)),
    row("no-healthcheck", Takes::Switch, BOTH, Becomes::Field(Field::NoHealthcheck)),
    row("override-arch", Takes::One, PODMAN, Becomes::Alias("arch")),
    row("override-os", Takes::One, PODMAN, Becomes::Alias("os")),
    row("override-variant", Takes::One, PODMAN, Becomes::Alias("variant")),
    row("pidfile", Takes::One, PODMAN, Becomes::Nothing("systemd knows the processes of a unit by itself.")),
    row("preserve-fd", Takes::Many, PODMAN, Becomes::Nothing("A unit has no file descriptors of a shell to pass on.")),
    row("preserve-fds", Takes::One, PODMAN, Becomes::Nothing("A unit has no file descriptors of a shell to pass on.")),
    row("privileged", Takes::Switch, BOTH, Becomes::Field(Field::Privileged)),
    row("publish", Takes::Many, BOTH, Becomes::Field(Field::Publish)),
    row("pull", Takes::One, BOTH, Becomes::Field(Field::Pull)),
    row("quiet", Takes::Switch, BOTH, Becomes::Nothing("What a pull prints goes to the log of the unit.")),
    row(
        "replace",
        Takes::Switch,
        PODMAN,
        Becomes::Nothing("The unit removes an old container of its name before it starts one."),
    ),
    row("requires", Takes::Many, PODMAN, Becomes::Field(Field::Requires)),
    row("restart", Takes::One, BOTH, Becomes::Field(Field::Restart)),
    row("rm", Takes::Switch, BOTH, Becomes::Field(Field::Rm)),
    row(
        "rmi",
        Takes::Switch,
        PODMAN,
        Becomes::Nothing("The image stays, so that the service starts again without a pull."),
    ),
    row("secret", Takes::Many, PODMAN, Becomes::Field(Field::Secret)),
    row("sig-proxy", Takes::Switch, BOTH, Becomes::Nothing("systemd stops the container through Docker or Podman.")),
    row("stop-signal", Takes::One, BOTH, Becomes::Field(Field::StopSignal)),
    row("stop-timeout", Takes::One, BOTH, Becomes::Field(Field::StopTimeout)),
    row("tmpfs", Takes::Many, BOTH, Becomes::Field(Field::Tmpfs)),
    row("user", Takes::One, BOTH, Becomes::Field(Field::User)),
    row("volume", Takes::Many, BOTH, Becomes::Field(Field::Volume)),
    row("workdir", Takes::One, BOTH, Becomes::Field(Field::Workdir)),
];

/// The letters that stand for flags; both programs have the same.
const LETTERS: &[(char, &str)] = &[
    ('P', "publish-all"),
    ('a', "attach"),
    ('c', "cpu-shares"),
    ('d', "detach"),
    ('e', "env"),
    ('h', "hostname"),
    ('i', "interactive"),
    ('l', "label"),
    ('m', "memory"),
    ('p', "publish"),
    ('q', "quiet"),
    ('t', "tty"),
    ('u', "user"),
    ('v', "volume"),
    ('w', "workdir"),
];

/// The flag of a long name, whichever program has it.
pub fn find(name: &str) -> Option<Known> {
    if let Some(flag) = flags::find(name) {
        let Flag { name, takes, docker, podman, .. } = *flag;
        return Some(Known { name, takes, docker, podman, means: Means::Flag(flag) });
    }
    let at = ROWS.binary_search_by(|it| it.name.cmp(name)).ok()?;
    let row = ROWS.get(at)?;
    let (docker, podman) = (row.clis != Clis::Podman, row.clis != Clis::Docker);
    let known = |means| Known { name: row.name, takes: row.takes, docker, podman, means };
    Some(match row.becomes {
        Becomes::Field(it) => known(Means::Field(it)),
        Becomes::Nothing(why) => known(Means::Nothing(why)),
        Becomes::Alias(right) => Known { docker, podman, ..find(right)? },
    })
}

/// The long name of a letter: `p` is `publish`.
pub fn of_letter(letter: char) -> Option<&'static str> {
    LETTERS.iter().find(|it| it.0 == letter).map(|it| it.1)
}

/// The letter of a flag.
pub fn letter_of(name: &str) -> Option<char> {
    LETTERS.iter().find(|it| it.1 == name).map(|it| it.0)
}

/// Every long name, old ones included.
pub fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|it| it.name).chain(flags::FLAGS.iter().map(|it| it.name))
}

/// The long name of a flag of `cli` that was likely meant.
pub fn nearest(written: &str, cli: Cli) -> Option<&'static str> {
    let plain = |it: &str| it.replace(['_', '-'], "").to_ascii_lowercase();
    let wanted = plain(written);
    let known = names().filter(|it| find(it).is_some_and(|it| it.is_of(cli)));
    let near = known.map(|it| (distance(&wanted, &plain(it)), it));
    near.filter(|(distance, it)| *distance <= 1 + it.len().min(wanted.len()) / 6).min().map(|it| it.1)
}

/// Flags of which Podman takes several values at once, with commas between them.
///
/// Source: containers/podman, the flags declared by `StringSlice`.
pub fn is_split_by_podman(name: &str) -> bool {
    const SPLIT: &[&str] = &[
        "add-host",
        "cap-add",
        "cap-drop",
        "cgroup-conf",
        "device-cgroup-rule",
        "dns",
        "dns-option",
        "dns-search",
        "expose",
        "gidmap",
        "gpus",
        "group-add",
        "hostuser",
        "network-alias",
        "publish",
        "requires",
        "sysctl",
        "uidmap",
        "ulimit",
    ];
    SPLIT.contains(&name)
}
