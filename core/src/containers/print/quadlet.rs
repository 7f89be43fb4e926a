//! What do containers, networks and volumes say as units of Podman's Quadlet?
//!
//! Quadlet makes a service of each file. What has a key there gets it; everything else of `podman run` is one of
//! `PodmanArgs`. All of it ends in an `ExecStart=`, where systemd reads `$` and `%` once more.
//!
//! Source: containers/podman pkg/systemd/quadlet/quadlet.go, `ConvertContainer`, `ConvertNetwork`, `ConvertVolume`,
//! `ConvertBuild`; pkg/systemd/parser/split.go (how words are read); podman-systemd.unit(5)

use std::collections::{HashMap, HashSet};

use super::{
    Context, Report,
    args::{Arg, For, Needs, Run},
    create::is_remote,
    names::plain,
    place::{is_docker_socket, is_likely_a_directory},
    units::{Again, Waits},
};
use crate::{
    containers::model::{At, Build, Container},
    notation::shell::{Quoting, quote},
};

/// Of what kind a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    Network,
    Volume,
    Build,
}

impl Kind {
    /// What its file ends with.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::Network => "network",
            Self::Volume => "volume",
            Self::Build => "build",
        }
    }

    /// The section that Podman reads.
    pub fn section(self) -> &'static str {
        match self {
            Self::Container => "Container",
            Self::Network => "Network",
            Self::Volume => "Volume",
            Self::Build => "Build",
        }
    }
}

/// How Quadlet reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A line as it is, the last one.
    One,
    /// One of these.
    Among(&'static [&'static str]),
    /// Lines as they are.
    Many,
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// Words, with quotes but without escapes.
    Bare,
    /// Words, with quotes and escapes.
    Words,
    /// Words of a name and a value, likewise.
    Pairs,
    /// The words of a command.
    Command,
}

/// A key of a unit.
pub(super) struct Key {
    /// The flag of `podman run` that it stands for.
    flag: &'static str,
    /// Its name in a file.
    pub name: &'static str,
    /// Its name in the NixOS module.
    pub nix: &'static str,
    /// How it is read.
    pub form: Form,
}

const fn key(flag: &'static str, name: &'static str, nix: &'static str, form: Form) -> Key {
    Key { flag, name, nix, form }
}

/// The keys of containers that stand for a flag.
///
/// Source: podman-systemd.unit(5), *Container units*; SEIAROTg/quadlet-nix container.nix
const KEYS: &[Key] = &[
    key("add-host", "AddHost", "addHosts", Form::Many),
    key("annotation", "Annotation", "annotations", Form::Pairs),
    key("cap-add", "AddCapability", "addCapabilities", Form::Bare),
    key("cap-drop", "DropCapability", "dropCapabilities", Form::Bare),
    key("device", "AddDevice", "devices", Form::Bare),
    key("dns", "DNS", "dns", Form::Many),
    key("dns-option", "DNSOption", "dnsOption", Form::Many),
    key("dns-search", "DNSSearch", "dnsSearch", Form::Many),
    key("entrypoint", "Entrypoint", "entrypoint", Form::One),
    key("env", "Environment", "environments", Form::Pairs),
    key("env-file", "EnvironmentFile", "environmentFiles", Form::Words),
    key("group-add", "GroupAdd", "addGroups", Form::Many),
    key("health-cmd", "HealthCmd", "healthCmd", Form::One),
    key("health-interval", "HealthInterval", "healthInterval", Form::One),
    key("health-retries", "HealthRetries", "healthRetries", Form::Number),
    key("health-start-period", "HealthStartPeriod", "healthStartPeriod", Form::One),
    key("health-startup-cmd", "HealthStartupCmd", "healthStartupCmd", Form::One),
    key("health-startup-interval", "HealthStartupInterval", "healthStartupInterval", Form::One),
    key("health-timeout", "HealthTimeout", "healthTimeout", Form::One),
    key("hostname", "HostName", "hostname", Form::One),
    key("init", "RunInit", "runInit", Form::Switch),
    key("label", "Label", "labels", Form::Pairs),
    key("log-driver", "LogDriver", "logDriver", Form::One),
    key("log-opt", "LogOpt", "logOptions", Form::Bare),
    key("memory", "Memory", "memory", Form::One),
    key("mount", "Mount", "mounts", Form::Words),
    key("network", "Network", "networks", Form::Many),
    key("pids-limit", "PidsLimit", "pidsLimit", Form::Number),
    key("publish", "PublishPort", "publishPorts", Form::Many),
    key("pull", "Pull", "pull", Form::One),
    key("read-only", "ReadOnly", "readOnly", Form::Switch),
    key("shm-size", "ShmSize", "shmSize", Form::One),
    key("stop-signal", "StopSignal", "stopSignal", Form::One),
    key("stop-timeout", "StopTimeout", "stopTimeout", Form::Number),
    key("tmpfs", "Tmpfs", "tmpfses", Form::Many),
    key("ulimit", "Ulimit", "ulimits", Form::Many),
    key("user", "User", "user", Form::One),
    key("userns", "UserNS", "userns", Form::One),
    key("volume", "Volume", "volumes", Form::Many),
    key("workdir", "WorkingDir", "workdir", Form::One),
];

/// Keys of networks, volumes and builds, by the flag they stand for.
///
/// Source: podman-systemd.unit(5), *Network units*, *Volume units*, *Build units*; SEIAROTg/quadlet-nix network.nix,
/// volume.nix, build.nix
const NETWORK_KEYS: &[Key] = &[
    key("disable-dns", "DisableDNS", "disableDns", Form::Switch),
    key("dns", "DNS", "dns", Form::Many),
    key("driver", "Driver", "driver", Form::Among(&["bridge", "macvlan", "ipvlan"])),
    key("gateway", "Gateway", "gateways", Form::Many),
    key("interface-name", "InterfaceName", "interfaceName", Form::One),
    key("internal", "Internal", "internal", Form::Switch),
    key("ip-range", "IPRange", "ipRanges", Form::Many),
    key("ipam-driver", "IPAMDriver", "ipamDriver", Form::Among(&["host-local", "dhcp", "none"])),
    key("ipv6", "IPv6", "ipv6", Form::Switch),
    key("label", "Label", "labels", Form::Pairs),
    key("opt", "Options", "options", Form::Pairs),
    key("subnet", "Subnet", "subnets", Form::Many),
];
const VOLUME_KEYS: &[Key] =
    &[key("driver", "Driver", "driver", Form::One), key("label", "Label", "labels", Form::Pairs)];
const BUILD_KEYS: &[Key] = &[
    key("file", "File", "file", Form::One),
    key("target", "Target", "target", Form::One),
    key("tag", "ImageTag", "tag", Form::One),
];
static TAG: Key = key("tag", "ImageTag", "tag", Form::One);

static PODMAN_ARGS: Key = key("", "PodmanArgs", "podmanArgs", Form::Words);
static IMAGE: Key = key("", "Image", "image", Form::One);
static NAME: Key = key("", "ContainerName", "name", Form::One);
static NETWORK_NAME: Key = key("", "NetworkName", "name", Form::One);
static VOLUME_NAME: Key = key("", "VolumeName", "name", Form::One);
static EXEC: Key = key("", "Exec", "exec", Form::Command);
static NOTIFY: Key = key("", "Notify", "notify", Form::One);
static WORKDIR: Key = key("", "SetWorkingDirectory", "workdir", Form::One);

/// A key with its value.
pub(super) struct Setting<'a> {
    pub key: &'static Key,
    /// Its value, or its values where they are the words of a command, as the program is to get them.
    pub values: Vec<String>,
    /// The text that is to be a file, where the value begins with the path of that.
    pub text: Option<(&'a str, &'a str)>,
}

/// A unit.
pub(super) struct Object<'a> {
    pub kind: Kind,
    /// The name of its file, without what it ends with.
    pub name: String,
    /// What Podman reads.
    pub settings: Vec<Setting<'a>>,
    /// `[Unit]`.
    pub unit: Vec<(&'a str, Vec<String>)>,
    /// `[Service]`.
    pub service: Vec<(&'a str, String)>,
    /// Whether it is started with the machine.
    pub starts: bool,
}

impl Object<'_> {
    /// What Quadlet calls its service.
    ///
    /// Source: podman-systemd.unit(5), *Service names*
    pub fn service(&self) -> String {
        let suffix = match self.kind {
            Kind::Container => "",
            Kind::Network => "-network",
            Kind::Volume => "-volume",
            Kind::Build => "-build",
        };
        [&self.name, suffix, ".service"].concat()
    }
}

/// The unit that Quadlet makes of a container.
pub(super) fn unit(_: &Context<'_>, name: &str) -> String {
    [name, ".service"].concat()
}

/// All of a project.
#[derive(Default)]
pub(super) struct Objects<'a> {
    pub all: Vec<Object<'a>>,
    /// Directories of the host that Podman does not make.
    pub directories: Vec<String>,
    pub joins_networks: bool,
    pub has_cards: bool,
    pub has_socket: bool,
}

/// The units of a project.
pub(super) fn objects<'a>(context: &'a Context<'a>, runs: For, report: &mut Report) -> Objects<'a> {
    let mut maker =
        Maker { context, runs, report, waits: Waits::of(context), objects: Objects::default(), built: HashSet::new() };
    maker.networks();
    maker.volumes();
    for container in &context.project.containers {
        maker.container(container);
    }
    maker.objects
}

struct Maker<'a, 'r> {
    context: &'a Context<'a>,
    runs: For,
    report: &'r mut Report,
    waits: Waits<'a>,
    objects: Objects<'a>,
    built: HashSet<String>,
}

impl<'a> Maker<'a, '_> {
    fn container(&mut self, container: &'a Container) {
        let Run { name, args, image, command, command_spans } = self.context.run(container, self.runs, self.report);
        self.report.told.carried(container.span, "a .container");
        let mut settings = Vec::new();
        let mut extra = Vec::new();
        let image = match &container.build {
            Some(build) => {
                let unit = self.build(container, build, &image);
                [&unit, ".build"].concat()
            }
            None => image,
        };
        let span = container.image.as_ref().map_or(container.span, |it| it.span);
        let image = self.as_line(image, span);
        settings.push(setting(&IMAGE, image));
        settings.push(setting(&NAME, name.to_owned()));
        let mut seen = HashSet::new();
        let mut kept: Vec<&Arg<'a>> = args
            .iter()
            .rev()
            .filter(|it| {
                let form = KEYS.iter().find(|key| key.flag == it.name).map(|it| it.form);
                let pair = it.value.as_deref().and_then(|it| it.split_once('='));
                let (is_last, name) = match (form, pair) {
                    (Some(Form::Pairs), Some((key, _))) => (seen.insert((it.name, key)), key),
                    (Some(Form::One | Form::Number | Form::Switch), _) => (seen.insert((it.name, "")), it.name),
                    _ => (true, ""),
                };
                if !is_last {
                    let why = ["`", name, "` is said again later, which counts."];
                    self.report.told.dropped(it.span, why.concat());
                }
                is_last
            })
            .collect();
        kept.reverse();
        for arg in kept {
            self.argument(arg, &mut settings, &mut extra);
        }
        settings.extend(extra);
        if command.iter().any(String::is_empty) {
            let how = "Quadlet ends a command at an empty word, so its empty words are left out.";
            command_spans.iter().for_each(|it| self.report.told.changed(*it, how));
        }
        command_spans.into_iter().for_each(|it| self.report.told.carried(it, "Exec"));
        let command: Vec<String> = command.into_iter().filter(|it| !it.is_empty()).collect();
        if !command.is_empty() {
            settings.push(Setting { key: &EXEC, values: command, text: None });
        }
        if self.waits.is_asked(container) {
            settings.push(setting(&NOTIFY, "healthy".to_owned()));
        }
        let starts_with = |it: &Setting<'_>, flag: &str| it.values.first().is_some_and(|it| it.starts_with(flag));
        let by_hand = settings.iter().any(|it| starts_with(it, "--network=") || starts_with(it, "--volume="))
            || args.iter().any(|it| it.name == "mount");
        let unit = self.unit(container, &args, by_hand);
        let (mut service, limits) = self.service(container);
        let starts = self.starts(container);
        let mut unit: Vec<(&str, Vec<String>)> = unit.into_iter().chain(limits).collect();
        let mut places: HashMap<&str, usize> = unit.iter().enumerate().map(|(at, it)| (it.0, at)).collect();
        let lines = self.context.labels.lines(&container.name);
        let said: HashSet<&str> = lines.iter().filter(|it| it.is_service).map(|it| it.key.as_str()).collect();
        service.retain(|it| !said.contains(it.0));
        for line in lines {
            let (key, text) = (line.key.as_str(), line.text.clone());
            match (line.is_service, places.get(key).and_then(|at| unit.get_mut(*at))) {
                (true, _) => service.push((key, text)),
                (false, Some((_, values))) if line.is_list() => values.push(text),
                (false, Some((_, values))) => *values = vec![text],
                (false, None) => {
                    places.insert(key, unit.len());
                    unit.push((key, vec![text]));
                }
            }
        }
        let name = name.to_owned();
        self.objects.all.push(Object { kind: Kind::Container, name, settings, unit, service, starts });
    }

    fn argument(&mut self, arg: &Arg<'a>, settings: &mut Vec<Setting<'a>>, extra: &mut Vec<Setting<'a>>) {
        let context = self.context;
        let value = arg.value.as_deref();
        let text = match arg.needs {
            Needs::Text { name, text } => Some((name, text)),
            _ => None,
        };
        match (arg.name, value) {
            ("rm", Some(_)) => {
                return self.report.told.dropped(arg.span, "Quadlet removes every container that stops.");
            }
            ("rm", None) => return self.report.told.carried(arg.span, "what Quadlet does by itself"),
            _ => {}
        }
        // By the name of its unit, so that Quadlet has the one start after the other.
        let as_it_is = value;
        let mut value = value.map(str::to_owned);
        match (arg.needs, &mut value) {
            (Needs::Directory, Some(value)) => {
                if let Some(path) = value.split(':').next().filter(|it| is_likely_a_directory(it))
                    && arg.name == "volume"
                {
                    self.objects.directories.push(path.to_owned());
                }
            }
            (Needs::Network(name), Some(value)) => {
                self.objects.joins_networks = true;
                if let Some(thing) = context.names.network(name).filter(|it| !it.is_external)
                    && let Some(rest) = value.strip_prefix(&*thing.name)
                {
                    *value = [&thing.unit, ".network", rest].concat();
                }
            }
            (Needs::Volume(name), Some(value)) if arg.name == "volume" => {
                if let Some(thing) = context.names.volume(name).filter(|it| !it.is_external)
                    && let Some(rest) = value.strip_prefix(&*thing.name)
                {
                    *value = [&thing.unit, ".volume", rest].concat();
                }
            }
            _ => {}
        }
        self.objects.has_socket |= value.as_deref().is_some_and(is_docker_socket);
        self.objects.has_cards |= value.as_deref().is_some_and(|it| it.starts_with("nvidia.com/gpu="));
        let key = KEYS.iter().find(|it| it.flag == arg.name);
        match key.filter(|it| fits(it.form, value.as_deref())) {
            Some(key) => {
                self.report.told.carried(arg.span, key.name);
                let value = value.unwrap_or_else(|| "true".to_owned());
                settings.push(Setting { key, values: vec![value], text });
            }
            None => {
                self.report.told.carried(arg.span, ["PodmanArgs, --", arg.name].concat());
                let word = match as_it_is {
                    Some(value) => ["--", arg.name, "=", value].concat(),
                    None => ["--", arg.name].concat(),
                };
                extra.push(Setting { key: &PODMAN_ARGS, values: vec![word], text: None });
            }
        }
    }

    fn unit(&mut self, container: &'a Container, args: &[Arg<'a>], by_hand: bool) -> Vec<(&'a str, Vec<String>)> {
        let context = self.context;
        let mut order = self.waits.order(context, container, self.report);
        for arg in args {
            if let Needs::Container(name) = arg.needs
                && name != container.name
            {
                order.requires.push(name);
            }
        }
        let service = |it: &&str| [context.names.container(it).unwrap_or(it), ".service"].concat();
        let mut seen = HashSet::new();
        let mut list = |all: &[&'a str], prefix: &'static str| -> Vec<String> {
            all.iter().filter(|it| seen.insert((prefix, **it))).map(service).collect()
        };
        let mut requires = list(&order.requires, "requires");
        let wants = list(&order.wants, "wants");
        let part_of = list(&order.part_of, "part of");
        let mut required: HashSet<String> = requires.iter().cloned().collect();
        // What no key names, Quadlet does not see.
        for arg in args.iter().filter(|_| by_hand) {
            let unit = match arg.needs {
                Needs::Network(it) => context.names.network(it).map(|it| (it, "-network.service")),
                Needs::Volume(it) => context.names.volume(it).map(|it| (it, "-volume.service")),
                _ => None,
            };
            if let Some((thing, suffix)) = unit.filter(|it| !it.0.is_external) {
                let unit = [&thing.unit, suffix].concat();
                if required.insert(unit.clone()) {
                    requires.push(unit);
                }
            }
        }
        let mut after = requires.clone();
        after.extend(wants.iter().filter(|it| !required.contains(*it)).cloned());
        [("Requires", requires), ("Wants", wants), ("After", after), ("PartOf", part_of)]
            .into_iter()
            .filter(|it| !it.1.is_empty())
            .collect()
    }

    #[allow(clippy::type_complexity, reason = "two sections of one unit")]
    fn service(&mut self, container: &Container) -> (Vec<(&'a str, String)>, Vec<(&'a str, Vec<String>)>) {
        let completes = self.waits.completes(container);
        let mut service = Vec::new();
        let mut limits = Vec::new();
        if completes {
            service.push(("Type", "oneshot".to_owned()));
            service.push(("RemainAfterExit", "true".to_owned()));
        }
        match self.context.again(container, completes, self.report) {
            None => service.push(("Restart", "always".to_owned())),
            Some(Again { restart, delay, grows, burst, interval }) => {
                service.push(("Restart", restart.to_owned()));
                service.extend(delay.map(|it| ("RestartSec", it)));
                if grows {
                    for (name, value) in [("RestartSec", "100ms"), ("RestartSteps", "9"), ("RestartMaxDelaySec", "1m")]
                    {
                        service.push((name, value.to_owned()));
                    }
                }
                limits.extend(burst.map(|it| ("StartLimitBurst", vec![it.to_string()])));
                limits.extend(interval.map(|it| ("StartLimitIntervalSec", vec![it])));
            }
        }
        if let Some(At { value, span: _ }) = &container.stop_timeout
            && *value >= 80
        {
            service.push(("TimeoutStopSec", value.saturating_add(30).to_string()));
        }
        // An image takes longer to pull than systemd waits by itself, and what is to end has all the time it needs.
        let patience = if completes { "infinity" } else { "900" };
        service.push(("TimeoutStartSec", patience.to_owned()));
        if let Some(file) = container.env_files.iter().find(|it| !it.value.is_required) {
            self.report.told.changed(file.span, "Podman wants the file to be there: make an empty one.");
        }
        (service, limits)
    }

    fn starts(&mut self, container: &Container) -> bool {
        let mut starts = true;
        if let Some(At { value, span }) = &container.auto_start {
            starts = *value;
            self.report.told.carried(*span, "whether it starts with the machine");
        }
        match &container.replicas {
            Some(At { value: 0, span }) => {
                starts = false;
                self.report.told.changed(*span, "None of it runs until somebody starts its unit.");
            }
            Some(At { value: _, span }) => self.report.told.carried(*span, "one unit"),
            None => {}
        }
        starts
    }

    // ── what containers need ──

    /// The settings of flags as `create` and `build` make them.
    fn flags(&self, words: Vec<String>, keys: &'static [Key], plain_only: &[&str]) -> Vec<Setting<'a>> {
        let mut settings = Vec::new();
        let mut extra = Vec::new();
        for word in words {
            let flag = word.strip_prefix("--").unwrap_or(&word);
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (flag, None),
            };
            let known = keys.iter().find(|it| it.flag == name && !plain_only.contains(&name));
            match known.filter(|it| fits(it.form, value)) {
                Some(key) => settings.push(setting(key, value.unwrap_or("true").to_owned())),
                None => extra.push(setting(&PODMAN_ARGS, word)),
            }
        }
        settings.extend(extra);
        settings
    }

    fn networks(&mut self) {
        let context = self.context;
        for network in &context.project.networks {
            if network.is_external {
                context.external_network(network, self.report);
                continue;
            }
            let words = context.create_network(network, self.report);
            let Some(thing) = context.names.network(&network.name) else { continue };
            // Quadlet pairs the first gateway with the first subnet, whichever it was said of.
            let shapes: HashSet<_> =
                network.subnets.iter().map(|it| (it.value.gateway.is_some(), it.value.ip_range.is_some())).collect();
            let is_even = shapes.len() < 2 && network.subnets.iter().all(|it| !it.value.subnet.is_empty());
            let by_hand: &[&str] = if is_even { &[] } else { &["subnet", "gateway", "ip-range"] };
            let mut settings = vec![self.name(&NETWORK_NAME, &thing.name, &thing.unit, network.span)];
            settings.extend(self.flags(words, NETWORK_KEYS, by_hand));
            self.thing(Kind::Network, &thing.unit, settings);
        }
    }

    fn volumes(&mut self) {
        let context = self.context;
        for volume in &context.project.volumes {
            if volume.is_external {
                context.external_volume(volume, self.report);
                continue;
            }
            let words = context.create_volume(volume, self.report);
            let Some(thing) = context.names.volume(&volume.name) else { continue };
            let mut settings = vec![self.name(&VOLUME_NAME, &thing.name, &thing.unit, volume.span)];
            settings.extend(self.flags(words, VOLUME_KEYS, &[]));
            self.thing(Kind::Volume, &thing.unit, settings);
        }
    }

    fn name(&mut self, key: &'static Key, name: &str, unit: &str, span: crate::text::Span) -> Setting<'a> {
        if fits(key.form, Some(name)) {
            return setting(key, name.to_owned());
        }
        self.report.told.changed(span, ["It is called `", unit, "`, because Podman takes no such name."].concat());
        setting(key, unit.to_owned())
    }

    /// What has to be a line, without what no line can hold.
    fn as_line(&mut self, value: String, span: crate::text::Span) -> String {
        if fits(Form::One, Some(&value)) {
            return value;
        }
        let line = value.replace(|it: char| it.is_control(), "");
        let line = line.trim_matches(['"', '\\', ' ']).trim();
        let line = if line.is_empty() { "unnamed" } else { line };
        self.report.told.changed(span, ["Quadlet reads a line of it, so it is `", line, "`."].concat());
        line.to_owned()
    }

    fn thing(&mut self, kind: Kind, unit: &str, settings: Vec<Setting<'a>>) {
        self.objects.all.push(Object {
            kind,
            name: unit.to_owned(),
            settings,
            unit: Vec::new(),
            service: Vec::new(),
            // Whoever needs it starts it.
            starts: false,
        });
    }

    fn build(&mut self, container: &'a Container, build: &'a At<Build>, image: &str) -> String {
        let context = self.context;
        let (words, inline) = context.build(&build.value, image);
        self.report.told.carried(build.span, "a .build");
        if let Some(image) = &container.image {
            self.report.told.carried(image.span, "the name of the image that is built");
        }
        let place = match is_remote(&build.value.context) {
            true => build.value.context.clone(),
            false => {
                let place = context.place(&build.value.context);
                if !place.change.is_empty() {
                    self.report.told.changed(build.span, place.change);
                }
                place.path
            }
        };
        let name = plain(&context.names.shared(&container.name));
        let place = self.as_line(place, build.span);
        let mut settings = vec![setting(&WORKDIR, place.clone())];
        let words = words.into_iter().map(|it| match it.strip_prefix("--file=") {
            // It is looked for from where the unit runs.
            Some(file) if !file.starts_with('/') => ["--file=", &place, "/", file].concat(),
            _ => it,
        });
        let mut words: Vec<String> = words.collect();
        if inline.is_some() {
            let file = [&context.directory(), "/", &name, ".Containerfile"].concat();
            self.report.told.changed(build.span, ["Write the text of its file to `", &file, "` first."].concat());
            words.push(["--file=", &file].concat());
        }
        // The first name is that of the image.
        let mut tags = words.iter().filter(|it| it.starts_with("--tag="));
        let first = tags.next().cloned().unwrap_or_default();
        let by_hand: &[&str] = if tags.next().is_some() { &["tag"] } else { &[] };
        if !by_hand.is_empty() {
            let tag = self.as_line(first.strip_prefix("--tag=").unwrap_or_default().to_owned(), build.span);
            settings.push(setting(&TAG, tag));
            words.retain(|it| *it != first);
        }
        settings.extend(self.flags(words, BUILD_KEYS, by_hand));
        // Several containers may have one image.
        if self.built.insert(name.clone()) {
            self.thing(Kind::Build, &name, settings);
        }
        name
    }
}

fn setting<'a>(key: &'static Key, value: String) -> Setting<'a> {
    Setting { key, values: vec![value], text: None }
}

/// Whether a key reads a value back as it is. What does not fit goes as a word, with quotes and escapes.
fn fits(form: Form, value: Option<&str>) -> bool {
    let Some(value) = value else { return form == Form::Switch };
    let is_line = !value.is_empty()
        && !value.contains(|it: char| it.is_control())
        && value.trim() == value
        && !value.starts_with('"')
        && !value.ends_with(['"', '\\']);
    match form {
        Form::One | Form::Many => is_line,
        Form::Among(values) => values.contains(&value),
        Form::Number => value.parse::<u32>().is_ok_and(|it| it.to_string() == value),
        Form::Switch => matches!(value, "true" | "false"),
        Form::Bare => is_line && !value.contains(['"', '\'', '\\']),
        Form::Words | Form::Command => true,
        Form::Pairs => value.split_once('=').is_some_and(|(key, _)| is_plain_key(key)),
    }
}

fn is_plain_key(key: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || "-_./:".contains(it);
    !key.is_empty() && key.chars().all(allowed)
}

/// A value with what systemd would take for a variable or a specifier.
pub(super) fn doubled(value: &str) -> String {
    value.replace('%', "%%").replace('$', "$$")
}

/// The lines of a setting in a file.
pub(super) fn line(setting: &Setting<'_>) -> String {
    let Setting { key, values, text: _ } = setting;
    // A line that ends with a backslash goes on in the next one.
    let word = |it: &String| {
        let quotes = it.ends_with('\\').then_some('"');
        quote(&it.replace('\0', ""), Quoting::Unit, quotes).unwrap_or_default()
    };
    let value = match key.form {
        Form::One | Form::Among(_) | Form::Many | Form::Number | Form::Switch => {
            values.iter().map(|it| doubled(it)).collect::<Vec<_>>()
        }
        Form::Bare => values
            .iter()
            .map(|it| match it.contains(char::is_whitespace) {
                true => ["\"", &doubled(it), "\""].concat(),
                false => doubled(it),
            })
            .collect(),
        Form::Words | Form::Pairs | Form::Command => values.iter().map(word).collect(),
    };
    [key.name, "=", &value.join(" ")].concat()
}
