//! What does a Compose file say?
//!
//! Source: compose-spec 05-services.md, 06-networks.md, 07-volumes.md, 08-configs.md, 09-secrets.md, build.md, deploy.md;
//! compose-go schema/compose-spec.json

use std::collections::{HashMap, HashSet};

use super::{
    Backend, Context, HandedFiles, Report, Step,
    args::{has_mount_option, published},
    yaml::{Yaml, write as write_yaml},
};
use crate::{
    containers::{
        flags::{self, Takes},
        model::{
            At, Build, Condition, Container, Dependency, EnvFile, Given, Handed, HandedFile, HandedFrom, Health,
            HealthTest, Joined, Mount, MountKind, Network, NetworkMode, Restart, RestartPolicy, SubnetOf, Volume,
        },
    },
    text::{Ink, Span},
};

/// What runs the file.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Put the file into a directory of its own",
        explanation: "Relative paths start from there, and its name is that of the project unless the file has one.",
        lines: &[],
    },
    Step {
        title: "See what Compose makes of it",
        explanation: "It says what it does not understand, and where.",
        lines: &["docker compose config"],
    },
    Step { title: "Start it", explanation: "In the background.", lines: &["docker compose up --detach"] },
];

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    write_yaml(context.begin(), &file(context, report))
}

/// The name of the project as Compose takes it; empty for none.
pub(super) fn project_key(context: &Context<'_>) -> String {
    let allowed = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    let name: String = context.names.project.chars().filter(allowed).collect();
    name.trim_start_matches(['_', '-']).to_owned()
}

/// What the file says, key by key; a `$` is as it is in strings.
pub(super) fn file(context: &Context<'_>, report: &mut Report) -> Members {
    let mut writer = Writer {
        context,
        report,
        services: context.project.containers.iter().map(|it| (&*it.name, key(&it.name))).collect(),
        networks: Vec::new(),
        volumes: Vec::new(),
        seen: HashSet::new(),
    };
    writer.file()
}

pub(super) type Members = Vec<(String, Yaml)>;

/// The network that services join which name none.
pub(super) const DEFAULT: &str = "default";

/// How a key is written that stands for one flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// One string.
    Text,
    /// One number, or a string where it is none.
    Number,
    /// `true` or `false`.
    Switch,
    /// Strings.
    List,
    /// `name: value`.
    Map,
    /// `name=soft:hard`.
    Ulimits,
    /// `path:rate`, with the name of what follows the colon.
    Rates(&'static str),
}

/// Keys of a service that stand for one flag.
const KEYS: &[(&str, &str, Form)] = &[
    ("add-host", "extra_hosts", Form::List),
    ("annotation", "annotations", Form::Map),
    ("blkio-weight", "blkio_config.weight", Form::Number),
    ("blkio-weight-device", "blkio_config.weight_device", Form::Rates("weight")),
    ("cgroup-parent", "cgroup_parent", Form::Text),
    ("cgroupns", "cgroup", Form::Text),
    ("cpu-period", "cpu_period", Form::Number),
    ("cpu-quota", "cpu_quota", Form::Number),
    ("cpu-rt-period", "cpu_rt_period", Form::Number),
    ("cpu-rt-runtime", "cpu_rt_runtime", Form::Number),
    ("cpu-shares", "cpu_shares", Form::Number),
    ("cpus", "cpus", Form::Number),
    ("cpuset-cpus", "cpuset", Form::Text),
    ("device-cgroup-rule", "device_cgroup_rules", Form::List),
    ("device-read-bps", "blkio_config.device_read_bps", Form::Rates("rate")),
    ("device-read-iops", "blkio_config.device_read_iops", Form::Rates("rate")),
    ("device-write-bps", "blkio_config.device_write_bps", Form::Rates("rate")),
    ("device-write-iops", "blkio_config.device_write_iops", Form::Rates("rate")),
    ("dns", "dns", Form::List),
    ("dns-option", "dns_opt", Form::List),
    ("dns-search", "dns_search", Form::List),
    ("domainname", "domainname", Form::Text),
    ("expose", "expose", Form::List),
    ("group-add", "group_add", Form::List),
    ("init", "init", Form::Switch),
    ("interactive", "stdin_open", Form::Switch),
    ("ipc", "ipc", Form::Text),
    ("label-file", "label_file", Form::List),
    ("memory", "mem_limit", Form::Text),
    ("memory-reservation", "mem_reservation", Form::Text),
    ("memory-swap", "memswap_limit", Form::Text),
    ("memory-swappiness", "mem_swappiness", Form::Number),
    ("oom-kill-disable", "oom_kill_disable", Form::Switch),
    ("oom-score-adj", "oom_score_adj", Form::Number),
    ("pid", "pid", Form::Text),
    ("pids-limit", "pids_limit", Form::Number),
    ("platform", "platform", Form::Text),
    ("read-only", "read_only", Form::Switch),
    ("runtime", "runtime", Form::Text),
    ("security-opt", "security_opt", Form::List),
    ("shm-size", "shm_size", Form::Text),
    ("storage-opt", "storage_opt", Form::Map),
    ("sysctl", "sysctls", Form::Map),
    ("tty", "tty", Form::Switch),
    ("ulimit", "ulimits", Form::Ulimits),
    ("use-api-socket", "use_api_socket", Form::Switch),
    ("userns", "userns_mode", Form::Text),
    ("uts", "uts", Form::Text),
    ("volumes-from", "volumes_from", Form::List),
];

/// The key of a flag, and how it is written.
fn key_of(flag: &str) -> Option<(&'static str, Form)> {
    if let Some((_, key, form)) = KEYS.iter().find(|it| it.0 == flag) {
        return Some((key, *form));
    }
    let flag = flags::find(flag).filter(|it| !it.compose.is_empty())?;
    let form = match flag.takes {
        Takes::Switch => Form::Switch,
        Takes::One => Form::Text,
        Takes::Many => Form::List,
    };
    Some((flag.compose, form))
}

/// A name as Compose takes it for a service, a network or a volume.
///
/// Source: compose-go schema/compose-spec.json, patternProperties
fn key(name: &str) -> String {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
    match name.is_empty() {
        true => "unnamed".to_owned(),
        false => name.chars().map(|it| if allowed(it) { it } else { '-' }).collect(),
    }
}

struct Writer<'a, 'r> {
    context: &'a Context<'a>,
    report: &'r mut Report,
    /// What services are called here, by their names in the project.
    services: HashMap<&'a str, String>,
    networks: Members,
    volumes: Members,
    /// Networks and volumes that are written already, by kind and name.
    seen: HashSet<(bool, String)>,
}

fn put(members: &mut Members, key: &str, value: Yaml) {
    // A part of another mapping: `blkio_config.weight`.
    if let Some((outer, inner)) = key.split_once('.') {
        match members.iter_mut().find(|it| it.0 == outer) {
            Some((_, Yaml::Map(of))) => put(of, inner, value),
            _ => members.push((outer.to_owned(), Yaml::Map(vec![(inner.to_owned(), value)]))),
        }
        return;
    }
    match members.iter_mut().find(|it| it.0 == key) {
        Some(member) => member.1 = value,
        None => members.push((key.to_owned(), value)),
    }
}

fn put_list(members: &mut Members, key: &str, values: Vec<Yaml>) {
    if !values.is_empty() {
        members.push((key.to_owned(), Yaml::List(values)));
    }
}

fn text(value: &str) -> Yaml {
    Yaml::Text(value.to_owned())
}

impl<'a> Writer<'a, '_> {
    fn file(&mut self) -> Members {
        let project = self.context.project;
        let mut file = Vec::new();
        let name = project_key(self.context);
        if !name.is_empty() {
            file.push(("name".to_owned(), Yaml::Text(name)));
        }
        for network in &project.networks {
            self.network(network);
        }
        for volume in &project.volumes {
            self.volume(volume);
        }
        let mut services = Vec::new();
        for container in &project.containers {
            let service = self.service(container);
            services.push((self.services[&*container.name].clone(), Yaml::Map(service)));
        }
        file.push(("services".to_owned(), Yaml::Map(services)));
        let secrets = self.files(&project.secrets, &|it| &it.secrets, true);
        let configs = self.files(&project.configs, &|it| &it.configs, false);
        let mut networks = std::mem::take(&mut self.networks);
        // Compose makes it by itself.
        networks.retain(|it| it.0 != DEFAULT || it.1 != Yaml::Map(Vec::new()));
        let volumes = std::mem::take(&mut self.volumes);
        for (name, members) in
            [("networks", networks), ("volumes", volumes), ("secrets", secrets), ("configs", configs)]
        {
            if !members.is_empty() {
                file.push((name.to_owned(), Yaml::Map(members)));
            }
        }
        once(&mut file);
        file
    }

    // ── a service ──

    fn service(&mut self, container: &'a Container) -> Members {
        let Container {
            name: _,
            span,
            container_name,
            image,
            build,
            command,
            entrypoint,
            environment,
            env_files,
            labels,
            ports,
            mounts,
            networks,
            network_mode,
            depends_on,
            links,
            health,
            restart,
            log_driver,
            log_options,
            user,
            hostname,
            workdir,
            devices,
            gpus,
            capabilities,
            privileged,
            pull,
            remove,
            stop_timeout,
            stop_signal,
            secrets,
            configs,
            replicas,
            auto_start,
            flags,
        } = container;
        self.report.told.carried(*span, "services");
        let mut service = Members::new();
        let it = &mut service;
        if image.is_none() && build.is_none() {
            let message = ["`", &*container.name, "` has no image: write one where `@IMAGE@` stands."].concat();
            self.report.note(Some(*span), message);
            put(it, "image", text("@IMAGE@"));
        }
        self.one(it, "image", image);
        if let Some(build) = build {
            self.build(it, build);
        }
        if let (Some(_), Some(name)) = (container_name, self.context.names.container(&container.name)) {
            put(it, "container_name", text(name));
        }
        self.one(it, "hostname", hostname);
        self.one(it, "user", user);
        self.one(it, "working_dir", workdir);
        for (key, words) in [("entrypoint", entrypoint), ("command", command)] {
            if let Some(At { value, span }) = words {
                put(it, key, Yaml::texts(value));
                self.report.told.carried(*span, key);
            }
        }
        self.environment(it, environment);
        let env_files = env_files.iter().map(|At { value: EnvFile { path, is_required }, span }| {
            self.report.told.carried(*span, "env_file");
            match is_required {
                true => text(path),
                false => Yaml::Map(vec![("path".to_owned(), text(path)), ("required".to_owned(), Yaml::switch(false))]),
            }
        });
        put_list(it, "env_file", env_files.collect());
        let ports = ports.iter().map(|port| {
            self.report.told.carried(port.span, "ports");
            Yaml::Text(published(&port.value))
        });
        put_list(it, "ports", ports.collect());
        self.mounts(it, mounts);
        self.handed(it, "secrets", secrets, &self.context.secrets);
        self.handed(it, "configs", configs, &self.context.configs);
        self.joined(it, &container.name, networks, network_mode);
        self.depends_on(it, container, depends_on);
        self.links(it, links);
        if let Some(health) = health {
            self.health(it, health);
        }
        if let Some(restart) = restart {
            self.restart(it, restart);
        }
        self.pairs(it, "labels", labels);
        self.logging(it, log_driver, log_options);
        let devices = devices.iter().map(|device| {
            self.report.told.carried(device.span, "devices");
            text(&device.value)
        });
        put_list(it, "devices", devices.collect());
        self.gpus(it, gpus);
        for (key, is_added) in [("cap_add", true), ("cap_drop", false)] {
            let of_kind = capabilities.iter().filter(|it| it.value.1 == is_added).map(|it| {
                self.report.told.carried(it.span, key);
                text(&it.value.0)
            });
            put_list(it, key, of_kind.collect());
        }
        if let Some(At { value, span }) = privileged {
            put(it, "privileged", Yaml::switch(*value));
            self.report.told.carried(*span, "privileged");
        }
        self.pull(it, pull);
        if let Some(At { value, span }) = remove {
            match value {
                true => self.report.told.dropped(*span, "Compose removes a container with `docker compose down` only."),
                false => self.report.told.carried(*span, "what Compose does by itself"),
            }
        }
        if let Some(At { value, span }) = stop_timeout {
            put(it, "stop_grace_period", Yaml::Text(format!("{value}s")));
            self.report.told.carried(*span, "stop_grace_period");
        }
        self.one(it, "stop_signal", stop_signal);
        let waits = auto_start.as_ref().is_some_and(|it| !it.value);
        if let Some(At { value, span }) = replicas {
            put(it, "scale", Yaml::number(value));
            match waits {
                true => self.report.told.dropped(*span, "None of it starts until somebody asks for so many."),
                false => self.report.told.carried(*span, "scale"),
            }
        }
        if waits {
            put(it, "scale", Yaml::number(0));
        }
        if let Some(At { value, span }) = auto_start {
            match value {
                true => self.report.told.carried(*span, "what Compose does by itself"),
                false => self.report.told.changed(*span, "`scale: 0` starts none of it until somebody asks for one."),
            }
        }
        self.flags(it, flags);
        service
    }

    fn one(&mut self, service: &mut Members, key: &str, value: &Option<At<String>>) {
        if let Some(At { value, span }) = value {
            put(service, key, text(value));
            self.report.told.carried(*span, key);
        }
    }

    /// A mapping, of which each name is there once, with the last value.
    fn pairs(&mut self, service: &mut Members, key: &str, pairs: &[At<(String, String)>]) {
        let pairs = pairs.iter().map(|it| (&*it.value.0, Yaml::Text(it.value.1.clone()), it.span));
        self.mapping(service, key, pairs.collect());
    }

    fn mapping(&mut self, service: &mut Members, key: &str, pairs: Vec<(&str, Yaml, Span)>) {
        let mut seen = HashSet::new();
        let mut members = Members::new();
        for (name, value, span) in pairs.into_iter().rev() {
            match seen.insert(name) {
                true => {
                    members.push((name.to_owned(), value));
                    self.report.told.carried(span, key);
                }
                false => {
                    self.report.told.dropped(span, ["`", name, "` is said again later, which counts."].concat());
                }
            }
        }
        members.reverse();
        if !members.is_empty() {
            put(service, key, Yaml::Map(members));
        }
    }

    fn environment(&mut self, service: &mut Members, environment: &[At<(String, Option<String>)>]) {
        let pairs = environment.iter().map(|At { value: (name, value), span }| {
            let value = match value {
                Some(value) => text(value),
                None => Yaml::Word("null".to_owned()),
            };
            (&**name, value, *span)
        });
        self.mapping(service, "environment", pairs.collect());
    }

    fn build(&mut self, service: &mut Members, build: &At<Build>) {
        let Build { context, dockerfile, dockerfile_inline, target, args, tags, flags } = &build.value;
        let mut members = vec![("context".to_owned(), text(context))];
        for (key, value) in [("dockerfile", dockerfile), ("dockerfile_inline", dockerfile_inline), ("target", target)] {
            if let Some(value) = value {
                put(&mut members, key, text(value));
            }
        }
        let mut named: Members = Vec::new();
        for (name, value) in args {
            let value = value.as_ref().map_or(Yaml::Word("null".to_owned()), |it| text(it));
            put_whole(&mut named, name, value);
        }
        if !named.is_empty() {
            put(&mut members, "args", Yaml::Map(named));
        }
        put_list(&mut members, "tags", tags.iter().map(|it| text(it)).collect());
        let mut words = flags.iter().peekable();
        while let Some(word) = words.next() {
            let flag = word.trim_start_matches('-');
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (flag, words.next_if(|it| !it.starts_with('-')).cloned()),
            };
            let (key, is_list) = match name {
                "no-cache" => ("no_cache", false),
                "pull" => ("pull", false),
                "privileged" => ("privileged", false),
                "network" => ("network", false),
                "shm-size" => ("shm_size", false),
                "isolation" => ("isolation", false),
                "cache-from" => ("cache_from", true),
                "cache-to" => ("cache_to", true),
                "platform" => ("platforms", true),
                "add-host" => ("extra_hosts", true),
                "label" => ("labels", true),
                "ssh" => ("ssh", true),
                _ => {
                    let why = ["Compose has no key for `--", name, "` of a build."].concat();
                    self.report.told.dropped(build.span, why);
                    continue;
                }
            };
            let value = value.map_or(Yaml::switch(true), Yaml::Text);
            match (is_list, members.iter_mut().find(|it| it.0 == key)) {
                (true, Some((_, Yaml::List(elements)))) => elements.push(value),
                (true, _) => put(&mut members, key, Yaml::List(vec![value])),
                (false, _) => put(&mut members, key, value),
            }
        }
        put(service, "build", Yaml::Map(members));
        self.report.told.carried(build.span, "build");
    }

    // ── files ──

    fn mounts(&mut self, service: &mut Members, mounts: &'a [At<Mount>]) {
        let mut volumes = Vec::new();
        let mut tmpfs = Vec::new();
        for At { value, span } in mounts {
            let Mount { kind, source, target, read_only, options } = value;
            // Compose drops what it does not know without a word, and asks the daemon in the terms of Docker.
            let (options, refused): (Vec<&String>, Vec<&String>) =
                options.iter().partition(|it| has_mount_option(Backend::Docker, *kind, it));
            for option in refused {
                self.report.told.dropped(*span, ["Compose has no `", option, "` for a mount."].concat());
            }
            let is_short = |it: &&String| !it.contains(['=', ',', ':']) && *it != "readonly";
            let fits = !source.contains(':')
                && !target.contains(':')
                && !target.is_empty()
                && options.iter().all(is_short)
                && (!source.is_empty() || (options.is_empty() && !read_only));
            match kind {
                MountKind::Tmpfs if !target.contains(':') => {
                    let mut rest: Vec<&str> =
                        options.iter().map(|it| it.strip_prefix("tmpfs-").unwrap_or(it)).collect();
                    if *read_only {
                        rest.push("ro");
                    }
                    let rest = if rest.is_empty() { String::new() } else { [":", &rest.join(",")].concat() };
                    tmpfs.push(Yaml::Text([target, &*rest].concat()));
                    self.report.told.carried(*span, "tmpfs");
                }
                MountKind::Other(kind) if !matches!(*kind, "npipe" | "cluster") => {
                    self.report.told.dropped(*span, ["Compose has no mount of the kind `", kind, "`."].concat());
                }
                MountKind::Bind if fits && source.starts_with(['/', '.', '~']) => {
                    volumes.push(short(source, target, *read_only, &options));
                    self.report.told.carried(*span, "volumes");
                }
                MountKind::Volume if fits => {
                    let source = self.volume_named(source);
                    volumes.push(short(&source, target, *read_only, &options));
                    self.report.told.carried(*span, "volumes");
                }
                _ => {
                    let volume = self.long_mount(value, &options, *span);
                    volumes.push(volume);
                    self.report.told.carried(*span, "volumes");
                }
            }
        }
        put_list(service, "volumes", volumes);
        put_list(service, "tmpfs", tmpfs);
    }

    fn long_mount(&mut self, mount: &Mount, options: &[&String], span: Span) -> Yaml {
        let Mount { kind, source, target, read_only, options: _ } = mount;
        let name = match kind {
            MountKind::Bind => "bind",
            MountKind::Volume => "volume",
            MountKind::Tmpfs => "tmpfs",
            MountKind::Image => "image",
            MountKind::Other(kind) => kind,
        };
        let mut members = vec![("type".to_owned(), text(name))];
        let source = if *kind == MountKind::Volume { self.volume_named(source) } else { source.clone() };
        if !source.is_empty() {
            put(&mut members, "source", Yaml::Text(source));
        }
        put(&mut members, "target", text(target));
        if *read_only {
            put(&mut members, "read_only", Yaml::switch(true));
        }
        for option in options {
            let (option, value) = option.split_once('=').unwrap_or((option, ""));
            let option = option.strip_prefix(name).and_then(|it| it.strip_prefix('-')).unwrap_or(option);
            match (name, option, value) {
                ("bind", "z" | "Z", _) => put(&mut members, "bind.selinux", text(option)),
                ("bind", "propagation", value) => put(&mut members, "bind.propagation", text(value)),
                ("bind", "rshared" | "rslave" | "rprivate" | "shared" | "slave" | "private", _) => {
                    put(&mut members, "bind.propagation", text(option));
                }
                ("volume", "nocopy", _) => put(&mut members, "volume.nocopy", Yaml::switch(true)),
                ("volume", "subpath", value) => put(&mut members, "volume.subpath", text(value)),
                ("image", "subpath", value) => put(&mut members, "image.subpath", text(value)),
                ("tmpfs", "size", value) => put(&mut members, "tmpfs.size", text(value)),
                ("tmpfs", "mode", value) => put(&mut members, "tmpfs.mode", text(value)),
                (_, "ro" | "readonly", _) => put(&mut members, "read_only", Yaml::switch(true)),
                _ => self.report.told.dropped(span, ["Compose has no `", option, "` for such a mount."].concat()),
            }
        }
        Yaml::Map(members)
    }

    /// The key of a volume; one that the project does not name gets a place at the end of the file.
    fn volume_named(&mut self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        let key = key(name);
        if self.context.names.volume(name).is_none() && self.seen.insert((false, key.clone())) {
            let mut members = Members::new();
            // It has the name as it is, without that of the project before.
            put(&mut members, "name", text(name));
            self.volumes.push((key.clone(), Yaml::Map(members)));
        }
        key
    }

    fn handed(&mut self, service: &mut Members, what: &str, handed: &[At<Handed>], files: &HandedFiles) {
        let mut all = Vec::new();
        for At { value, span } in handed {
            let Handed { source, target, uid, gid, mode } = value;
            if !files.contains_key(&**source) {
                let why = ["The text does not say where `", source, "` comes from."];
                self.report.told.dropped(*span, why.concat());
                continue;
            }
            let mut members = vec![("source".to_owned(), Yaml::Text(key(source)))];
            for (name, value) in [("target", target), ("uid", uid), ("gid", gid), ("mode", mode)] {
                if let Some(value) = value {
                    put(&mut members, name, text(value));
                }
            }
            all.push(match members.len() {
                1 => Yaml::Text(key(source)),
                _ => Yaml::Map(members),
            });
            self.report.told.carried(*span, what);
        }
        put_list(service, what, all);
    }

    fn files(
        &mut self,
        files: &[HandedFile],
        of: &dyn Fn(&'a Container) -> &'a Vec<At<Handed>>,
        is_secret: bool,
    ) -> Members {
        let used: HashSet<&str> =
            self.context.project.containers.iter().flat_map(of).map(|it| &*it.value.source).collect();
        let mut members = Members::new();
        for HandedFile { name, span, from } in files.iter().filter(|it| used.contains(&*it.name)) {
            let mut file = Members::new();
            let what = if is_secret { "secrets" } else { "configs" };
            match from {
                HandedFrom::File(path) => put(&mut file, "file", text(path)),
                HandedFrom::Environment(variable) => put(&mut file, "environment", text(variable)),
                HandedFrom::Content(content) if !is_secret => put(&mut file, "content", text(content)),
                HandedFrom::Content(_) => {
                    let path = ["./", &key(name)].concat();
                    let how = ["A secret of Compose has no text of its own: write it to `", &path, "`."].concat();
                    self.report.told.changed(*span, how);
                    put(&mut file, "file", Yaml::Text(path));
                }
                HandedFrom::External(external) => {
                    put(&mut file, "external", Yaml::switch(true));
                    put(&mut file, "name", text(external));
                }
            }
            self.report.told.carried(*span, what);
            members.push((key(name), Yaml::Map(file)));
        }
        members
    }

    // ── networks ──

    fn joined(
        &mut self,
        service: &mut Members,
        name: &str,
        networks: &'a [At<Joined>],
        mode: &Option<At<NetworkMode>>,
    ) {
        if let Some(At { value, span }) = mode {
            let value = match value {
                NetworkMode::Host => "host".to_owned(),
                NetworkMode::None => "none".to_owned(),
                NetworkMode::Bridge => "bridge".to_owned(),
                NetworkMode::Other(other) => other.clone(),
                NetworkMode::Container(name) => match self.services.get(&**name) {
                    Some(service) => ["service:", service].concat(),
                    None => ["container:", name].concat(),
                },
            };
            match networks.is_empty() {
                true => {
                    put(service, "network_mode", Yaml::Text(value));
                    self.report.told.carried(*span, "network_mode");
                }
                false => {
                    let why = "Compose takes either `network_mode` or `networks`, and the container joins networks.";
                    self.report.told.dropped(*span, why);
                }
            }
        }
        let mut members = Members::new();
        for At { value, span } in networks {
            let Joined { network, aliases, ipv4, ipv6, mac, options } = value;
            let mut joined = Members::new();
            // The service has its own name by itself.
            let aliases = aliases.iter().filter(|it| self.services.get(name) != Some(it));
            put_list(&mut joined, "aliases", aliases.map(|it| text(it)).collect());
            for (name, value) in [("ipv4_address", ipv4), ("ipv6_address", ipv6), ("mac_address", mac)] {
                if let Some(value) = value {
                    put(&mut joined, name, text(value));
                }
            }
            for (name, value) in options {
                match &**name {
                    "gw-priority" | "gw_priority" => put(&mut joined, "gw_priority", number_or_text(value)),
                    "priority" => put(&mut joined, "priority", number_or_text(value)),
                    "interface_name" | "interface-name" => put(&mut joined, "interface_name", text(value)),
                    "link-local-ip" | "driver-opt" => {
                        let key = if &**name == "driver-opt" { "driver_opts" } else { "link_local_ips" };
                        let inner = value.split_once('=').filter(|_| key == "driver_opts");
                        match (joined.iter_mut().find(|it| it.0 == key), inner) {
                            (Some((_, Yaml::Map(of))), Some((name, value))) => put_whole(of, name, text(value)),
                            (Some((_, Yaml::List(of))), None) => of.push(text(value)),
                            (_, Some((name, value))) => {
                                joined.push((key.to_owned(), Yaml::Map(vec![(name.to_owned(), text(value))])));
                            }
                            (_, None) => joined.push((key.to_owned(), Yaml::List(vec![text(value)]))),
                        }
                    }
                    _ => {
                        let why = ["Compose has no `", name, "` for a network that a service joins."];
                        self.report.told.dropped(*span, why.concat());
                    }
                }
            }
            let key = self.network_named(network);
            match members.iter_mut().find(|it| it.0 == key) {
                Some(_) => self.report.told.dropped(*span, "A service joins each network once, and this one again."),
                None => {
                    members.push((key, Yaml::Map(joined)));
                    self.report.told.carried(*span, "networks");
                }
            }
        }
        let is_plain = members.iter().all(|it| it.1 == Yaml::Map(Vec::new()));
        match (&members[..], is_plain) {
            ([], _) => {}
            // It joins that one by itself.
            ([(only, _)], true) if only == DEFAULT => {}
            (_, true) => put_list(service, "networks", members.into_iter().map(|it| Yaml::Text(it.0)).collect()),
            (_, false) => put(service, "networks", Yaml::Map(members)),
        }
    }

    /// The key of a network; one that the project does not name has to exist.
    fn network_named(&mut self, name: &str) -> String {
        let key = key(name);
        if self.context.names.network(name).is_none() && self.seen.insert((true, key.clone())) {
            let mut members = Members::new();
            put(&mut members, "external", Yaml::switch(true));
            if key != name {
                put(&mut members, "name", text(name));
            }
            self.networks.push((key.clone(), Yaml::Map(members)));
            self.report
                .note(None, ["The network `", name, "` has to exist: make it with `docker network create`."].concat());
        }
        key
    }

    fn depends_on(&mut self, service: &mut Members, container: &Container, all: &[At<Dependency>]) {
        let mut seen = HashSet::new();
        let mut members = Members::new();
        let mut is_plain = true;
        for At { value, span } in all {
            let Dependency { on, condition, is_required, restarts } = value;
            let Some(key) = self.services.get(&**on).filter(|_| *on != container.name) else {
                let why = ["There is no other service `", on, "` to wait for."];
                self.report.told.dropped(*span, why.concat());
                continue;
            };
            let condition = match condition {
                Condition::Started => "service_started",
                Condition::Healthy => "service_healthy",
                Condition::Completed => "service_completed_successfully",
            };
            let mut dependency = vec![("condition".to_owned(), text(condition))];
            if *restarts {
                put(&mut dependency, "restart", Yaml::switch(true));
            }
            if !is_required {
                put(&mut dependency, "required", Yaml::switch(false));
            }
            is_plain &= dependency.len() == 1 && condition == "service_started";
            match seen.insert(key.clone()) {
                false => self.report.told.dropped(*span, ["It waits for `", on, "` already."].concat()),
                true => {
                    members.push((key.clone(), Yaml::Map(dependency)));
                    self.report.told.carried(*span, "depends_on");
                }
            }
        }
        match (members.is_empty(), is_plain) {
            (true, _) => {}
            (_, true) => put_list(service, "depends_on", members.into_iter().map(|it| Yaml::Text(it.0)).collect()),
            (_, false) => put(service, "depends_on", Yaml::Map(members)),
        }
    }

    fn links(&mut self, service: &mut Members, links: &[At<(String, Option<String>)>]) {
        let mut own = Vec::new();
        let mut others = Vec::new();
        for At { value: (name, alias), span } in links {
            let (list, name, key) = match self.services.get(&**name) {
                Some(key) => (&mut own, key, "links"),
                None => (&mut others, name, "external_links"),
            };
            list.push(Yaml::Text(match alias {
                Some(alias) => [name, ":", alias].concat(),
                None => name.clone(),
            }));
            self.report.told.carried(*span, key);
        }
        put_list(service, "links", own);
        put_list(service, "external_links", others);
    }

    // ── the rest ──

    fn health(&mut self, service: &mut Members, health: &At<Health>) {
        let Health { test, interval, timeout, start_period, start_interval, retries } = &health.value;
        let mut members = Members::new();
        match test {
            HealthTest::Image => {}
            HealthTest::Off => put(&mut members, "disable", Yaml::switch(true)),
            HealthTest::Shell(line) => {
                put(&mut members, "test", Yaml::List(vec![text("CMD-SHELL"), text(line)]));
            }
            HealthTest::Words(words) => {
                let words = words.iter().map(|it| text(it));
                put(&mut members, "test", Yaml::List([text("CMD")].into_iter().chain(words).collect()));
            }
        }
        for (key, value) in [
            ("interval", interval),
            ("timeout", timeout),
            ("start_period", start_period),
            ("start_interval", start_interval),
        ] {
            if let Some(value) = value {
                put(&mut members, key, text(value));
            }
        }
        if let Some(retries) = retries {
            put(&mut members, "retries", Yaml::number(retries));
        }
        if !members.is_empty() {
            put(service, "healthcheck", Yaml::Map(members));
        }
        self.report.told.carried(health.span, "healthcheck");
    }

    fn restart(&mut self, service: &mut Members, restart: &At<Restart>) {
        let Restart { policy, attempts, delay, window } = &restart.value;
        if delay.is_none() && window.is_none() {
            let value = match (policy, attempts) {
                (RestartPolicy::No, _) => "no".to_owned(),
                (RestartPolicy::Always, _) => "always".to_owned(),
                (RestartPolicy::UnlessStopped, _) => "unless-stopped".to_owned(),
                (RestartPolicy::OnFailure, None) => "on-failure".to_owned(),
                (RestartPolicy::OnFailure, Some(attempts)) => format!("on-failure:{attempts}"),
            };
            put(service, "restart", Yaml::Text(value));
            return self.report.told.carried(restart.span, "restart");
        }
        let condition = match policy {
            RestartPolicy::No => "none",
            RestartPolicy::OnFailure => "on-failure",
            RestartPolicy::Always | RestartPolicy::UnlessStopped => "any",
        };
        let mut members = vec![("condition".to_owned(), text(condition))];
        for (key, value) in [("delay", delay), ("window", window)] {
            if let Some(value) = value {
                put(&mut members, key, text(value));
            }
        }
        if let Some(attempts) = attempts {
            put(&mut members, "max_attempts", Yaml::number(attempts));
        }
        put(service, "deploy", Yaml::Map(vec![("restart_policy".to_owned(), Yaml::Map(members))]));
        self.report.told.carried(restart.span, "deploy.restart_policy");
    }

    fn logging(&mut self, service: &mut Members, driver: &Option<At<String>>, options: &[At<(String, String)>]) {
        let mut members = Members::new();
        self.one(&mut members, "driver", driver);
        self.pairs(&mut members, "options", options);
        if !members.is_empty() {
            put(service, "logging", Yaml::Map(members));
        }
    }

    /// Source: docker/cli opts/gpus.go; compose-spec 05-services.md, `gpus` (Compose 2.30)
    fn gpus(&mut self, service: &mut Members, gpus: &[At<String>]) {
        let mut all = Vec::new();
        for At { value, span } in gpus {
            self.report.told.carried(*span, "gpus");
            let plain = value.trim_matches('"');
            if plain == "all" {
                all.push(Yaml::Map(vec![("count".to_owned(), text("all"))]));
                continue;
            }
            let mut members = Members::new();
            let mut last = "";
            for field in plain.split(',') {
                let (name, value) = field.split_once('=').unwrap_or((last, field));
                match name {
                    "" | "count" => put(&mut members, "count", number_or_text(value)),
                    "driver" => put(&mut members, "driver", text(value)),
                    "device" | "capabilities" => {
                        let key = if name == "device" { "device_ids" } else { "capabilities" };
                        match members.iter_mut().find(|it| it.0 == key) {
                            Some((_, Yaml::List(of))) => of.push(text(value)),
                            _ => members.push((key.to_owned(), Yaml::List(vec![text(value)]))),
                        }
                    }
                    _ => self.report.told.dropped(*span, ["Compose has no `", name, "` for cards."].concat()),
                }
                last = if matches!(name, "device" | "capabilities") { name } else { "" };
            }
            all.push(Yaml::Map(members));
        }
        match &all[..] {
            [Yaml::Map(only)] if matches!(&only[..], [(_, Yaml::Text(it))] if it == "all") => {
                put(service, "gpus", text("all"));
            }
            _ => put_list(service, "gpus", all),
        }
    }

    fn pull(&mut self, service: &mut Members, pull: &Option<At<String>>) {
        let Some(At { value, span }) = pull else { return };
        match &**value {
            "newer" => {
                self.report.told.changed(*span, "Only Podman knows `newer`: Compose pulls at every start instead.");
                put(service, "pull_policy", text("always"));
            }
            _ => {
                put(service, "pull_policy", text(value));
                self.report.told.carried(*span, "pull_policy");
            }
        }
    }

    fn flags(&mut self, service: &mut Members, flags: &[At<Given>]) {
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for flag in flags.iter().rev() {
            let At { value: Given { name, value }, span } = flag;
            let Some((key, form)) = key_of(name) else {
                let why = ["Compose has no key for `--", name, "`."];
                self.report.told.dropped(*span, why.concat());
                continue;
            };
            let value = value.as_deref().unwrap_or_default();
            let is_last = match form {
                Form::List | Form::Rates(_) => true,
                Form::Map | Form::Ulimits => seen.insert((key, value.split('=').next().unwrap_or_default())),
                Form::Text | Form::Number | Form::Switch => seen.insert((key, "")),
            };
            match is_last {
                true => kept.push((flag, key, form)),
                false => {
                    self.report.told.dropped(*span, ["`--", name, "` is said again later, which counts."].concat())
                }
            }
        }
        for (At { value: Given { name, value }, span }, key, form) in kept.into_iter().rev() {
            let value = self.of_container(name, value.clone().unwrap_or_else(|| "true".to_owned()));
            let element = match form {
                Form::Text => Some(Yaml::Text(value)),
                Form::Number => Some(number_or_text(&value)),
                Form::Switch => Some(match &*value {
                    "true" | "false" => Yaml::Word(value),
                    _ => Yaml::Text(value),
                }),
                Form::List => {
                    push_to(service, key, Yaml::Text(value));
                    None
                }
                Form::Map => {
                    let (name, value) = value.split_once('=').unwrap_or((&value, ""));
                    insert_into(service, key, name, text(value));
                    None
                }
                Form::Ulimits => {
                    let (name, limits) = value.split_once('=').unwrap_or((&value, ""));
                    let limit = match limits.split_once(':') {
                        Some((soft, hard)) => Yaml::Map(vec![
                            ("soft".to_owned(), number_or_text(soft)),
                            ("hard".to_owned(), number_or_text(hard)),
                        ]),
                        None => number_or_text(limits),
                    };
                    insert_into(service, key, name, limit);
                    None
                }
                Form::Rates(what) => {
                    let (path, rate) = value.rsplit_once(':').unwrap_or((&value, ""));
                    let rate = if what == "weight" { number_or_text(rate) } else { text(rate) };
                    let of = vec![("path".to_owned(), text(path)), (what.to_owned(), rate)];
                    push_to(service, key, Yaml::Map(of));
                    None
                }
            };
            if let Some(element) = element {
                put(service, key, element);
            }
            self.report.told.carried(*span, key);
        }
    }

    /// A value that names a container, as Compose names a service.
    fn of_container(&self, flag: &str, value: String) -> String {
        match flag {
            "ipc" | "pid" => match value.strip_prefix("container:").and_then(|it| self.services.get(it)) {
                Some(service) => ["service:", service].concat(),
                None => value,
            },
            "volumes-from" => {
                let name = value.split(':').next().unwrap_or(&value);
                match self.services.get(name) {
                    Some(service) => [service, value.get(name.len()..).unwrap_or_default()].concat(),
                    None => ["container:", &value].concat(),
                }
            }
            _ => value,
        }
    }

    // ── what is made first ──

    fn network(&mut self, network: &Network) {
        let Network {
            name,
            span,
            own_name,
            is_external,
            driver,
            driver_options,
            ipam_driver,
            ipam_options,
            subnets,
            internal,
            attachable,
            ipv4,
            ipv6,
            labels,
            flags,
        } = network;
        let mut members = Members::new();
        if let Some(name) = own_name {
            put(&mut members, "name", text(&name.value));
        }
        if *is_external {
            if own_name.is_none() && key(name) != *name {
                put(&mut members, "name", text(name));
            }
            put(&mut members, "external", Yaml::switch(true));
            self.context.external_network(network, self.report);
            return self.networks.push((key(name), Yaml::Map(members)));
        }
        self.report.told.carried(*span, "networks");
        self.one(&mut members, "driver", driver);
        self.pairs(&mut members, "driver_opts", driver_options);
        let mut ipam = Members::new();
        self.one(&mut ipam, "driver", ipam_driver);
        let config = subnets.iter().map(|At { value, span }| {
            let SubnetOf { subnet, ip_range, gateway, auxiliary } = value;
            let mut of = Members::new();
            if !subnet.is_empty() {
                put(&mut of, "subnet", text(subnet));
            }
            for (key, value) in [("ip_range", ip_range), ("gateway", gateway)] {
                if let Some(value) = value {
                    put(&mut of, key, text(value));
                }
            }
            if !auxiliary.is_empty() {
                let mut names = Members::new();
                auxiliary.iter().for_each(|(name, address)| put_whole(&mut names, name, text(address)));
                put(&mut of, "aux_addresses", Yaml::Map(names));
            }
            self.report.told.carried(*span, "ipam.config");
            Yaml::Map(of)
        });
        put_list(&mut ipam, "config", config.collect());
        self.pairs(&mut ipam, "options", ipam_options);
        if !ipam.is_empty() {
            put(&mut members, "ipam", Yaml::Map(ipam));
        }
        for (key, value) in
            [("internal", internal), ("attachable", attachable), ("enable_ipv4", ipv4), ("enable_ipv6", ipv6)]
        {
            if let Some(At { value, span }) = value {
                put(&mut members, key, Yaml::switch(*value));
                self.report.told.carried(*span, key);
            }
        }
        self.pairs(&mut members, "labels", labels);
        self.others(flags, "network");
        self.networks.push((key(name), Yaml::Map(members)));
    }

    fn volume(&mut self, volume: &Volume) {
        let Volume { name, span, own_name, is_external, driver, driver_options, labels, flags } = volume;
        let mut members = Members::new();
        if let Some(name) = own_name {
            put(&mut members, "name", text(&name.value));
        }
        if *is_external {
            if own_name.is_none() && key(name) != *name {
                put(&mut members, "name", text(name));
            }
            put(&mut members, "external", Yaml::switch(true));
            self.context.external_volume(volume, self.report);
            return self.volumes.push((key(name), Yaml::Map(members)));
        }
        self.report.told.carried(*span, "volumes");
        self.one(&mut members, "driver", driver);
        self.pairs(&mut members, "driver_opts", driver_options);
        self.pairs(&mut members, "labels", labels);
        self.others(flags, "volume");
        self.volumes.push((key(name), Yaml::Map(members)));
    }

    fn others(&mut self, flags: &[At<(String, Option<String>)>], what: &str) {
        for At { value: (name, _), span } in flags {
            self.report.told.dropped(*span, ["Compose has no key for `--", name, "` of a ", what, "."].concat());
        }
    }
}

fn short(source: &str, target: &str, read_only: bool, options: &[&String]) -> Yaml {
    let mut rest: Vec<&str> = options.iter().map(|it| it.as_str()).collect();
    if read_only {
        rest.insert(0, "ro");
    }
    let before = if source.is_empty() { String::new() } else { [source, ":"].concat() };
    let after = if rest.is_empty() { String::new() } else { [":", &rest.join(",")].concat() };
    Yaml::Text([&before, target, &after].concat())
}

fn number_or_text(value: &str) -> Yaml {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_whole = digits.len() < 16 && digits.bytes().all(|it| it.is_ascii_digit());
    let is_number = !digits.is_empty() && is_whole && (digits == "0" || !digits.starts_with('0'));
    match is_number {
        true => Yaml::Word(value.to_owned()),
        false => text(value),
    }
}

/// Puts a member whose name may have dots. Of a name that is there already the last value counts: see [`once`].
fn put_whole(members: &mut Members, name: &str, value: Yaml) {
    members.push((name.to_owned(), value));
}

/// Keeps each name of a mapping once: where it was first, with its last value.
fn once(members: &mut Members) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept = Members::new();
    for (name, mut value) in std::mem::take(members) {
        if let Yaml::Map(of) = &mut value {
            once(of);
        }
        match places.get(&name).and_then(|at| kept.get_mut(*at)) {
            Some(member) => member.1 = value,
            None => {
                places.insert(name.clone(), kept.len());
                kept.push((name, value));
            }
        }
    }
    *members = kept;
}

/// Changes the value at a key, which may be within another.
fn change(members: &mut Members, key: &str, empty: Yaml, with: &mut dyn FnMut(&mut Yaml)) {
    let (outer, inner) = key.split_once('.').unwrap_or((key, ""));
    let at = members.iter().position(|it| it.0 == outer).unwrap_or_else(|| {
        let value = if inner.is_empty() { empty.clone() } else { Yaml::Map(Vec::new()) };
        members.push((outer.to_owned(), value));
        members.len() - 1
    });
    match (&mut members[at].1, inner) {
        (value, "") => with(value),
        (Yaml::Map(of), inner) => change(of, inner, empty, with),
        _ => {}
    }
}

fn push_to(members: &mut Members, key: &str, element: Yaml) {
    change(members, key, Yaml::List(Vec::new()), &mut |it| {
        if let Yaml::List(elements) = it {
            elements.push(element.clone());
        }
    });
}

fn insert_into(members: &mut Members, key: &str, name: &str, value: Yaml) {
    change(members, key, Yaml::Map(Vec::new()), &mut |it| {
        if let Yaml::Map(of) = it {
            put_whole(of, name, value.clone());
        }
    });
}
