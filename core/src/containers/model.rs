//! Containers with their networks and volumes: what `docker run` and Compose have in common.
//!
//! Texts are as a program would get them, without quotes and escapes of the notation. Where a text leaves something to its
//! surroundings (`$PWD`, `${VERSION}`), the value has a placeholder, and [`Project::missing`] names it. Whoever writes a
//! model down takes its types apart without `..`, so that a new field asks every target what becomes of it.

use crate::text::Span;

/// A value, and the bytes that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> At<T> {
    /// A value that these bytes say.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Everything that a text asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// What it is called: Compose's `name`.
    pub name: Option<At<String>>,
    /// Whether the program that the text is for calls it by its directory where it has no name, as Compose does.
    pub is_named_by_directory: bool,
    /// The containers, in the order of the text.
    pub containers: Vec<Container>,
    /// The networks that are to be made, or must exist.
    pub networks: Vec<Network>,
    /// The volumes that are to be made, or must exist.
    pub volumes: Vec<Volume>,
    /// Files that containers get as secrets.
    pub secrets: Vec<HandedFile>,
    /// Files that containers get as configuration.
    pub configs: Vec<HandedFile>,
    /// What the text leaves to its surroundings.
    pub missing: Vec<Missing>,
    /// What the text says and no target could write: it was read already that it cannot be carried, and why.
    pub unusable: Vec<Unusable>,
}

/// Something that a text says and that means nothing for containers that systemd starts: `--detach`, `develop`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The bytes that say it.
    pub span: Span,
    /// Why it goes nowhere, in a sentence.
    pub why: String,
}

/// Something that a text leaves to its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What it is called: `VERSION`, `PWD`, `pwd`.
    pub name: String,
    /// What stands for it in values: `@VERSION@`; a path where it is one of a directory.
    pub placeholder: String,
    /// The bytes that leave it open.
    pub span: Span,
}

/// A container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// What others call it: the name of the service, or the container's own. Never empty; unique in the project.
    pub name: String,
    /// The bytes that name it, or those that ask for it.
    pub span: Span,
    /// The name that Docker gives it, where that is said: `--name`, `container_name`.
    pub container_name: Option<At<String>>,
    /// The image, as written: `nginx`, `ghcr.io/a/b:1.2@sha256:…`.
    pub image: Option<At<String>>,
    /// How the image is built, where it is.
    pub build: Option<At<Build>>,
    /// The words after the image. `None` for those of the image.
    pub command: Option<At<Vec<String>>>,
    /// The program, with arguments of its own. `None` for that of the image; empty for none.
    pub entrypoint: Option<At<Vec<String>>>,
    /// Variables: name and value, `None` for that of the caller's environment.
    pub environment: Vec<At<(String, Option<String>)>>,
    /// Files with variables, the later winning.
    pub env_files: Vec<At<EnvFile>>,
    /// Labels.
    pub labels: Vec<At<(String, String)>>,
    /// Published ports.
    pub ports: Vec<At<Port>>,
    /// What is mounted where.
    pub mounts: Vec<At<Mount>>,
    /// The networks it joins, in the order of the text.
    pub networks: Vec<At<Joined>>,
    /// What it does without networks of its own.
    pub network_mode: Option<At<NetworkMode>>,
    /// What has to run before it.
    pub depends_on: Vec<At<Dependency>>,
    /// Containers it reaches by a name: container and alias. The old `--link`.
    pub links: Vec<At<(String, Option<String>)>>,
    /// How it is asked whether it is well.
    pub health: Option<At<Health>>,
    /// When it is started again.
    pub restart: Option<At<Restart>>,
    /// Where its output goes.
    pub log_driver: Option<At<String>>,
    /// The options of that.
    pub log_options: Vec<At<(String, String)>>,
    /// The user it runs as: `1000:1000`.
    pub user: Option<At<String>>,
    /// Its host name.
    pub hostname: Option<At<String>>,
    /// The directory it starts in.
    pub workdir: Option<At<String>>,
    /// Devices, as `--device` has them: `/dev/dri:/dev/dri:rwm`, `nvidia.com/gpu=all`.
    pub devices: Vec<At<String>>,
    /// Graphics cards, as `--gpus` has them: `all`, `2`, `"device=0,1"`.
    pub gpus: Vec<At<String>>,
    /// Capabilities that are added (`true`) or dropped, without `CAP_`.
    pub capabilities: Vec<At<(String, bool)>>,
    /// Whether it may do anything that the host's root may.
    pub privileged: Option<At<bool>>,
    /// When the image is pulled: `always`, `missing`, `never`, `newer`, `build`.
    pub pull: Option<At<String>>,
    /// Whether what it wrote is thrown away when it ends: `--rm`.
    pub remove: Option<At<bool>>,
    /// How long it may take to stop, in seconds.
    pub stop_timeout: Option<At<u64>>,
    /// The signal that stops it.
    pub stop_signal: Option<At<String>>,
    /// Secrets it gets.
    pub secrets: Vec<At<Handed>>,
    /// Configuration files it gets.
    pub configs: Vec<At<Handed>>,
    /// How many of it run, where it is not one.
    pub replicas: Option<At<u64>>,
    /// Whether it is started with the machine; `None` for yes.
    pub auto_start: Option<At<bool>>,
    /// Settings that are one flag of `docker run` or `podman run` each, and nothing more: `--shm-size 64m`.
    pub flags: Vec<At<Given>>,
}

/// A flag of `docker run` or `podman run`, with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its long name without dashes: `shm-size`, `read-only`. It is one of [`FLAGS`](super::flags::FLAGS).
    pub name: &'static str,
    /// Its value; `None` where a switch has none.
    pub value: Option<String>,
}

/// How an image is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// The directory, or the address of a repository.
    pub context: String,
    /// The file, where it is not `Dockerfile`.
    pub dockerfile: Option<String>,
    /// The file's own text.
    pub dockerfile_inline: Option<String>,
    /// The stage.
    pub target: Option<String>,
    /// Arguments: name and value, `None` for that of the caller's environment.
    pub args: Vec<(String, Option<String>)>,
    /// Further names of the image.
    pub tags: Vec<String>,
    /// Further flags of `docker build`, as words.
    pub flags: Vec<String>,
}

/// A file with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvFile {
    /// Its path.
    pub path: String,
    /// Whether it must be there.
    pub is_required: bool,
}

/// A published port, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// The address of the host, without brackets; empty for all.
    pub host_address: String,
    /// The ports of the host, first and last; `None` for any free one.
    pub host: Option<(u16, u16)>,
    /// Those of the container, as many; a single one may have a range of the host to choose from.
    pub container: (u16, u16),
    /// `tcp`, `udp` or `sctp`.
    pub protocol: String,
}

/// Something mounted into a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mount {
    /// Of what kind it is.
    pub kind: MountKind,
    /// A path of the host, the name of a volume; empty for a volume without a name, and for a [`Tmpfs`](MountKind::Tmpfs).
    pub source: String,
    /// The path in the container.
    pub target: String,
    /// Whether it can only be read.
    pub read_only: bool,
    /// What else is said of it, as `docker run -v` writes it or as options of `--mount`: `z`, `nocopy`, `size=64m`.
    pub options: Vec<String>,
}

/// The kinds of mounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MountKind {
    /// A directory or file of the host.
    #[default]
    Bind,
    /// A volume.
    Volume,
    /// Memory.
    Tmpfs,
    /// The files of an image.
    Image,
    /// Anything else: `npipe`, `cluster`, `devpts`, `glob`.
    Other(&'static str),
}

/// A network that a container joins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The network, by the name that the project has for it.
    pub network: String,
    /// Names that others in it have for the container.
    pub aliases: Vec<String>,
    /// Its IPv4 address there.
    pub ipv4: Option<String>,
    /// Its IPv6 address there.
    pub ipv6: Option<String>,
    /// Its hardware address there.
    pub mac: Option<String>,
    /// What else is said, by the names that `docker run --network` has for it: `gw-priority`, `driver-opt`, `link-local-ip`.
    pub options: Vec<(String, String)>,
}

/// What a container does without networks of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkMode {
    /// It has those of the host.
    Host,
    /// It has none.
    None,
    /// The network that Docker has by itself.
    Bridge,
    /// It has those of another container of this project, or of another one.
    Container(String),
    /// Anything else: `slirp4netns`, `pasta`, `default`.
    Other(String),
}

/// What has to run before a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The container, by its name in the project.
    pub on: String,
    /// What has to be true of it.
    pub condition: Condition,
    /// Whether the container does not start without it.
    pub is_required: bool,
    /// Whether the container starts again with it.
    pub restarts: bool,
}

/// What has to be true of a container before another starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// It was started.
    #[default]
    Started,
    /// Its health check says that it is well.
    Healthy,
    /// It has ended, and well.
    Completed,
}

/// How a container is asked whether it is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What asks it.
    pub test: HealthTest,
    /// How often, as Docker writes durations: `30s`.
    pub interval: Option<String>,
    /// How long the answer may take.
    pub timeout: Option<String>,
    /// How long failures do not count at first.
    pub start_period: Option<String>,
    /// How often it is asked meanwhile.
    pub start_interval: Option<String>,
    /// After how many failures it is not well.
    pub retries: Option<u64>,
}

/// What asks a container whether it is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HealthTest {
    /// What the image has.
    #[default]
    Image,
    /// Nothing does.
    Off,
    /// A line for a shell.
    Shell(String),
    /// A program with its arguments.
    Words(Vec<String>),
}

/// When a container is started again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restart {
    /// In which cases.
    pub policy: RestartPolicy,
    /// At most so many times.
    pub attempts: Option<u64>,
    /// After such a time, as Docker writes durations.
    pub delay: Option<String>,
    /// Attempts are counted within such a time.
    pub window: Option<String>,
}

/// The cases in which a container is started again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RestartPolicy {
    /// Never.
    #[default]
    No,
    /// When it failed.
    OnFailure,
    /// Whenever it ends.
    Always,
    /// Whenever it ends, unless somebody stopped it.
    UnlessStopped,
}

/// A network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// What the project calls it.
    pub name: String,
    /// The bytes that name it.
    pub span: Span,
    /// What Docker calls it, where that is said.
    pub own_name: Option<At<String>>,
    /// Whether it exists already, so that nothing is made.
    pub is_external: bool,
    /// `bridge`, `macvlan`, …
    pub driver: Option<At<String>>,
    /// Options of the driver.
    pub driver_options: Vec<At<(String, String)>>,
    /// What gives out addresses.
    pub ipam_driver: Option<At<String>>,
    /// Options of that.
    pub ipam_options: Vec<At<(String, String)>>,
    /// Its subnets, each with what is said of it.
    pub subnets: Vec<At<SubnetOf>>,
    /// Whether it reaches nothing outside.
    pub internal: Option<At<bool>>,
    /// Whether single containers may join it by hand.
    pub attachable: Option<At<bool>>,
    /// Whether it has IPv4.
    pub ipv4: Option<At<bool>>,
    /// Whether it has IPv6.
    pub ipv6: Option<At<bool>>,
    /// Labels.
    pub labels: Vec<At<(String, String)>>,
    /// Settings that are one flag of `docker network create` or `podman network create` each, with their values.
    pub flags: Vec<At<(String, Option<String>)>>,
}

/// A subnet of a network, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubnetOf {
    /// The subnet: `172.28.0.0/16`; empty where only the rest is said.
    pub subnet: String,
    /// Where addresses are given out.
    pub ip_range: Option<String>,
    /// The gateway.
    pub gateway: Option<String>,
    /// Addresses that others have: name and address.
    pub auxiliary: Vec<(String, String)>,
}

/// A volume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// What the project calls it.
    pub name: String,
    /// The bytes that name it.
    pub span: Span,
    /// What Docker calls it, where that is said.
    pub own_name: Option<At<String>>,
    /// Whether it exists already, so that nothing is made.
    pub is_external: bool,
    /// `local`, …
    pub driver: Option<At<String>>,
    /// Options of the driver.
    pub driver_options: Vec<At<(String, String)>>,
    /// Labels.
    pub labels: Vec<At<(String, String)>>,
    /// Settings that are one flag of `docker volume create` or `podman volume create` each, with their values.
    pub flags: Vec<At<(String, Option<String>)>>,
}

/// A file that containers get as a secret or as configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedFile {
    /// What the project calls it.
    pub name: String,
    /// The bytes that name it.
    pub span: Span,
    /// Where it comes from.
    pub from: HandedFrom,
}

/// Where such a file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandedFrom {
    /// A file of the host.
    File(String),
    /// A variable of the caller's environment.
    Environment(String),
    /// Its text is here.
    Content(String),
    /// It exists already, by this name.
    External(String),
}

/// A file that one container gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// The file, by the name that the project has for it.
    pub source: String,
    /// The path in the container; `None` for the usual one.
    pub target: Option<String>,
    /// Its owner.
    pub uid: Option<String>,
    /// Its group.
    pub gid: Option<String>,
    /// Its mode, octal digits.
    pub mode: Option<String>,
}
