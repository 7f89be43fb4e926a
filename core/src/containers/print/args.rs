//! What are `docker run` and `podman run` told about a container?

use std::collections::HashSet;

use super::{Backend, Context, HandedFiles, Report, place::Place};
use crate::{
    containers::{
        flags,
        model::{
            At, Container, Given, Handed, HandedFile, HandedFrom, Health, HealthTest, Joined, Mount, MountKind,
            NetworkMode, Port,
        },
        mounts,
    },
    docker::host::Release,
    notation::shell::{Quoting, quote},
    text::Span,
};

/// A flag with its value.
#[derive(Clone, Debug)]
pub(super) struct Arg<'a> {
    /// Its long name without dashes.
    pub name: &'a str,
    /// Its value; `None` where a switch has none.
    pub value: Option<String>,
    /// The bytes that ask for it.
    pub span: Span,
    /// What of the project it needs.
    pub needs: Needs<'a>,
}

/// What of the project a flag needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs<'a> {
    Nothing,
    /// A volume, by the name that the project has for it.
    Volume(&'a str),
    /// A network, likewise.
    Network(&'a str),
    /// A container, likewise.
    Container(&'a str),
    /// A file of this text, at the path that the value begins with.
    Text {
        name: &'a str,
        text: &'a str,
    },
    /// A directory of the host, which is to be there: the value begins with it.
    Directory,
}

/// What a container is run with.
pub(super) struct Run<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The flags, in the order in which a person would write them.
    pub args: Vec<Arg<'a>>,
    /// The image.
    pub image: String,
    /// What follows the image.
    pub command: Vec<String>,
    /// The bytes that say what follows the image.
    pub command_spans: Vec<Span>,
}

/// What the flags are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// A unit of systemd, which has no directory and no variables of its own.
    Unit,
    /// A unit of systemd whose file says nothing but what is in it.
    Quadlet,
    /// Somebody's shell.
    Shell,
}

impl<'a> Context<'a> {
    /// What a container is run with. What cannot be a flag is told at once, what can when it has found its place.
    pub fn run(&'a self, container: &'a Container, runs: For, report: &mut Report) -> Run<'a> {
        let mut maker = Maker { context: self, runs, report, args: Vec::new() };
        maker.run(container)
    }

    fn is_docker(&self) -> bool {
        self.choices.backend == Backend::Docker
    }
}

struct Maker<'a, 'r> {
    context: &'a Context<'a>,
    runs: For,
    report: &'r mut Report,
    args: Vec<Arg<'a>>,
}

impl<'a> Maker<'a, '_> {
    fn run(&mut self, container: &'a Container) -> Run<'a> {
        let Container {
            name,
            span: _,
            // Told with the names.
            container_name: _,
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
            // Each target has its own way to wait.
            depends_on: _,
            links,
            health,
            // Each target has its own way to start again.
            restart: _,
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
            // What is said of the unit.
            replicas: _,
            auto_start: _,
            flags,
        } = container;
        self.environment(environment);
        for file in env_files {
            let place = self.place(&file.value.path, file.span);
            self.arg("env-file", place.path, file.span);
        }
        self.pairs("label", labels);
        for port in ports {
            self.arg("publish", published(&port.value), port.span);
        }
        mounts.iter().for_each(|it| self.mount(it));
        for secret in secrets {
            self.handed(secret, &self.context.secrets, "/run/secrets/");
        }
        for config in configs {
            self.handed(config, &self.context.configs, "/");
        }
        self.joined(container, networks);
        if let Some(mode) = network_mode {
            self.mode(mode);
        }
        links.iter().for_each(|it| self.link(it));
        self.one("user", user);
        self.one("hostname", hostname);
        self.one("workdir", workdir);
        for device in devices {
            self.arg("device", device.value.clone(), device.span);
        }
        gpus.iter().for_each(|it| self.gpu(it));
        for At { value: (name, is_added), span } in capabilities {
            let flag = if *is_added { "cap-add" } else { "cap-drop" };
            self.arg(flag, name.clone(), *span);
        }
        self.switch("privileged", privileged);
        if let Some(pull) = pull {
            self.pull(pull);
        }
        self.switch("rm", remove);
        if let Some(At { value, span }) = stop_timeout {
            self.arg("stop-timeout", value.to_string(), *span);
        }
        self.one("stop-signal", stop_signal);
        self.log(log_driver, log_options);
        if let Some(health) = health {
            self.health(health);
        }
        flags.iter().for_each(|it| self.flag(it));
        let (entry, command, command_spans) = self.command(command, entrypoint);
        if let Some((word, span)) = entry {
            self.arg("entrypoint", word, span);
        }
        let image = match (image, build) {
            (Some(image), None) => self.image(image),
            (image, Some(_)) => self.context.built(name, image.as_ref().map(|it| &*it.value)),
            (None, None) => {
                let message = ["`", name, "` has no image: write one where `@IMAGE@` stands."].concat();
                self.report.note(Some(container.span), message);
                "@IMAGE@".to_owned()
            }
        };
        let name = self.context.names.container(name).unwrap_or(name);
        Run { name, args: std::mem::take(&mut self.args), image, command, command_spans }
    }

    fn add(&mut self, name: &'a str, value: Option<String>, span: Span, needs: Needs<'a>) {
        self.args.push(Arg { name, value, span, needs });
    }

    fn arg(&mut self, name: &'a str, value: impl Into<String>, span: Span) {
        self.add(name, Some(value.into()), span, Needs::Nothing);
    }

    fn one(&mut self, name: &'a str, value: &Option<At<String>>) {
        if let Some(At { value, span }) = value {
            self.arg(name, value.clone(), *span);
        }
    }

    fn switch(&mut self, name: &'a str, value: &Option<At<bool>>) {
        match value {
            Some(At { value: true, span }) => self.add(name, None, *span, Needs::Nothing),
            Some(At { value: false, span }) => self.arg(name, "false", *span),
            None => {}
        }
    }

    fn pairs(&mut self, name: &'a str, pairs: &[At<(String, String)>]) {
        for At { value: (key, value), span } in pairs {
            self.arg(name, [key, "=", value].concat(), *span);
        }
    }

    fn place(&mut self, path: &str, span: Span) -> Place {
        if self.runs == For::Shell {
            return Place { path: path.to_owned(), change: String::new() };
        }
        let place = self.context.place(path);
        if !place.change.is_empty() {
            self.report.told.changed(span, place.change.as_str());
        }
        place
    }

    fn environment(&mut self, environment: &[At<(String, Option<String>)>]) {
        for At { value: (name, value), span } in environment {
            match value {
                Some(value) => self.arg("env", [name, "=", value].concat(), *span),
                None => {
                    if self.runs != For::Shell {
                        let how =
                            "The value was that of the shell; a unit has it only where its own `environment` does.";
                        self.report.told.changed(*span, how);
                    }
                    self.arg("env", name.clone(), *span);
                }
            }
        }
    }

    // ── files ──

    fn mount(&mut self, mount: &'a At<Mount>) {
        let span = mount.span;
        let Mount { kind, source, target, read_only, options } = &mount.value;
        if let MountKind::Other(kind) = kind {
            // Source: moby `api/types/mount/mount.go`; containers/podman pkg/specgenutil/volumes.go, `Mounts`
            let has = match self.context.is_docker() {
                true => matches!(*kind, "npipe" | "cluster"),
                false => matches!(*kind, "devpts" | "glob" | "ramfs" | "artifact"),
            };
            if !has {
                let why = [self.context.choices.backend.title(), " has no mount of the kind `", kind, "` on Linux."];
                return self.report.told.dropped(span, why.concat());
            }
        }
        let needs = match kind {
            MountKind::Volume if !source.is_empty() => Needs::Volume(source),
            MountKind::Bind => Needs::Directory,
            _ => Needs::Nothing,
        };
        let source = match (kind, needs) {
            (MountKind::Bind, _) => self.place(source, span).path,
            (_, Needs::Volume(name)) => self.context.names.volume(name).map_or(name, |it| &it.name).to_owned(),
            _ => source.clone(),
        };
        let podman = !self.context.is_docker();
        let backend = self.context.choices.backend;
        let (options, refused): (Vec<&String>, Vec<&String>) =
            options.iter().partition(|it| has_mount_option(backend, *kind, it));
        for option in refused {
            let why = [backend.title(), " refuses `", option, "` of a mount, so it is left out."].concat();
            self.report.told.dropped(span, why);
        }
        let is_short = |it: &&String| !it.contains(['=', ',', ':']) && *it != "readonly";
        let fits = !source.contains([':', ',']) && !target.contains([':', ',']) && options.iter().all(is_short);
        match kind {
            MountKind::Tmpfs if !target.contains([':', ',']) => {
                // Source: docker/cli opts/mount.go (`tmpfs-size`, `tmpfs-mode`); mount(8) of `--tmpfs`
                let mut rest: Vec<&str> = options.iter().map(|it| it.strip_prefix("tmpfs-").unwrap_or(it)).collect();
                if *read_only {
                    rest.push("ro");
                }
                let value = if rest.is_empty() { target.clone() } else { [target, ":", &rest.join(",")].concat() };
                self.arg("tmpfs", value, span);
            }
            MountKind::Volume | MountKind::Bind if fits && !target.is_empty() => {
                let mut rest: Vec<&str> = options.iter().map(|it| it.as_str()).collect();
                if *read_only {
                    rest.insert(0, "ro");
                }
                let rest = if rest.is_empty() { String::new() } else { [":", &rest.join(",")].concat() };
                let value = match source.is_empty() {
                    true => [&**target, &rest].concat(),
                    false => [&source, ":", target, &rest].concat(),
                };
                // A volume without a name has no place for options.
                // Source: docker/cli `internal/volumespec/volumespec.go`, `Parse`
                match source.is_empty() && !rest.is_empty() {
                    true => self.long_mount("volume", "", target, *read_only, &options, span, Needs::Nothing),
                    false => self.add("volume", Some(value), span, needs),
                }
            }
            MountKind::Bind => {
                if podman || fits {
                    self.long_mount("bind", &source, target, *read_only, &options, span, needs);
                } else {
                    let how = "With `--mount` Docker does not make a missing directory, as it does with `--volume`.";
                    self.report.told.changed(span, how);
                    self.long_mount("bind", &source, target, *read_only, &options, span, needs);
                }
            }
            MountKind::Volume => self.long_mount("volume", &source, target, *read_only, &options, span, needs),
            MountKind::Tmpfs => self.long_mount("tmpfs", "", target, *read_only, &options, span, needs),
            MountKind::Image => self.long_mount("image", &source, target, *read_only, &options, span, needs),
            MountKind::Other(kind) => self.long_mount(kind, &source, target, *read_only, &options, span, needs),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of a mount")]
    fn long_mount(
        &mut self,
        kind: &str,
        source: &str,
        target: &str,
        read_only: bool,
        options: &[&String],
        span: Span,
        needs: Needs<'a>,
    ) {
        let mut fields = vec![["type=", kind].concat()];
        if !source.is_empty() {
            fields.push(["source=", source].concat());
        }
        fields.push(["target=", target].concat());
        if read_only {
            fields.push("readonly".to_owned());
        }
        let is_docker = self.context.is_docker();
        for option in options.iter().filter(|it| !matches!(it.as_str(), "readonly" | "ro" | "rw")) {
            match long_option(kind, option, is_docker) {
                Some(option) => fields.push(option),
                None => {
                    let title = self.context.choices.backend.title();
                    let why = [title, " has no `", option, "` for a mount that `--volume` cannot say."];
                    self.report.told.dropped(span, why.concat());
                }
            }
        }
        self.add("mount", Some(comma_separated(&fields)), span, needs);
    }

    fn handed(&mut self, handed: &'a At<Handed>, files: &HandedFiles<'a>, directory: &str) {
        let span = handed.span;
        let Handed { source, target, uid, gid, mode } = &handed.value;
        let target = match target {
            Some(target) if target.starts_with('/') => target.clone(),
            Some(target) => [directory, target].concat(),
            None => [directory, source].concat(),
        };
        let Some(HandedFile { name, span: file, from }) = files.get(&**source) else {
            let why = ["The text does not say where `", source, "` comes from."];
            return self.report.told.dropped(span, why.concat());
        };
        if uid.is_some() || gid.is_some() || mode.is_some() {
            let how = "The file is mounted as it is: set its owner and mode where it lies.";
            self.report.told.changed(span, how);
        }
        let own = match self.runs {
            For::Unit | For::Quadlet => [&self.context.directory(), "/", name].concat(),
            For::Shell => ["./", name].concat(),
        };
        let (path, needs) = match from {
            HandedFrom::File(path) => {
                let place = self.place(path, *file);
                self.report.told.carried(*file, "the source of a mount");
                (place.path, Needs::Nothing)
            }
            HandedFrom::Content(text) => {
                match self.runs {
                    For::Unit => self.report.told.carried(*file, "a file that is mounted"),
                    For::Quadlet | For::Shell => {
                        self.report.told.changed(*file, ["Write its text to `", &own, "` first."].concat());
                    }
                }
                (own, Needs::Text { name, text })
            }
            HandedFrom::Environment(variable) => {
                let how = ["A unit has no `", variable, "` to take it from: write its value to `", &own, "`."];
                self.report.told.changed(*file, how.concat());
                (own, Needs::Nothing)
            }
            HandedFrom::External(external) => {
                let how = ["Where it is kept as `", external, "` is not reached from here: write it to `", &own, "`."];
                self.report.told.changed(*file, how.concat());
                (own, Needs::Nothing)
            }
        };
        match [&*path, &*target].iter().any(|it| it.contains([':', ','])) {
            true => self.long_mount("bind", &path, &target, true, &[], span, Needs::Nothing),
            false => self.add("volume", Some([&path, ":", &target, ":ro"].concat()), span, needs),
        }
    }

    // ── networks ──

    fn joined(&mut self, container: &'a Container, networks: &'a [At<Joined>]) {
        let told = networks.len() > 1 && self.context.is_docker() && self.context.choices.release < Release::new(24, 5);
        if let (true, Some(first)) = (told && self.runs == For::Unit, networks.first()) {
            let message = "The Docker of this release takes one `--network`; two or more need Docker 25.";
            self.report.note(Some(first.span), message);
        }
        for At { value: joined, span } in networks {
            let network = &*joined.network;
            let name = self.context.names.network(&joined.network).map_or(&*joined.network, |it| &it.name);
            // The name in the text is what the others of the project call it.
            let real = self.context.names.container(&container.name);
            let own = self.context.names.service(&container.name);
            let service = (real != Some(own)).then_some(own);
            let mut joined = joined.clone();
            if let Some(linked) = self.context.linked.get(&*container.name).filter(|_| !self.context.is_docker()) {
                let own: HashSet<&str> = joined.aliases.iter().map(String::as_str).chain(service).collect();
                let linked: Vec<String> =
                    linked.iter().filter(|it| !own.contains(**it)).map(|it| (*it).to_owned()).collect();
                joined.aliases.extend(linked);
            }
            let joined = &joined;
            let value = match self.context.is_docker() {
                true => self.docker_network(name, joined, service, *span),
                false => self.podman_network(name, joined, service, *span),
            };
            self.add("network", Some(value), *span, Needs::Network(network));
        }
    }

    /// Source: docker/cli opts/network.go, `NetworkOpt.Set`
    fn docker_network(&mut self, name: &str, joined: &Joined, service: Option<&str>, _: Span) -> String {
        let Joined { network: _, aliases, ipv4, ipv6, mac, options } = joined;
        let mut fields = vec![["name=", name].concat()];
        let service = service.filter(|it| !aliases.iter().any(|alias| alias == it));
        for alias in service.into_iter().chain(aliases.iter().map(String::as_str)) {
            fields.push(["alias=", alias].concat());
        }
        for (key, value) in [("ip=", ipv4), ("ip6=", ipv6), ("mac-address=", mac)] {
            fields.extend(value.as_ref().map(|it| [key, it].concat()));
        }
        fields.extend(options.iter().map(|(key, value)| [key, "=", value].concat()));
        match fields.len() == 1 && !name.contains(['=', ',', '"']) {
            true => name.to_owned(),
            false => comma_separated(&fields),
        }
    }

    /// Source: containers/podman pkg/specgen/namespaces.go, `ParseNetworkFlag` and `parseBridgeNetworkOptions`
    fn podman_network(&mut self, name: &str, joined: &Joined, service: Option<&str>, span: Span) -> String {
        let Joined { network: _, aliases, ipv4, ipv6, mac, options } = joined;
        let mut fields = Vec::new();
        let service = service.filter(|it| !aliases.iter().any(|alias| alias == it));
        for alias in service.into_iter().chain(aliases.iter().map(String::as_str)) {
            fields.push(["alias=", alias].concat());
        }
        for (key, value) in [("ip=", ipv4), ("ip=", ipv6), ("mac=", mac)] {
            fields.extend(value.as_ref().map(|it| [key, it].concat()));
        }
        for (key, value) in options {
            match &**key {
                "interface_name" | "interface-name" => fields.push(["interface_name=", value].concat()),
                _ => {
                    let why = ["Podman has no `", key, "` for a network that a container joins."];
                    self.report.told.dropped(span, why.concat());
                }
            }
        }
        match fields.is_empty() {
            true => name.to_owned(),
            false => [name, ":", &fields.join(",")].concat(),
        }
    }

    fn mode(&mut self, mode: &'a At<NetworkMode>) {
        let span = mode.span;
        match &mode.value {
            NetworkMode::Host => self.arg("network", "host", span),
            NetworkMode::None => self.arg("network", "none", span),
            NetworkMode::Bridge => self.arg("network", "bridge", span),
            NetworkMode::Other(other) => self.arg("network", other.clone(), span),
            NetworkMode::Container(name) => match self.context.names.container(name) {
                Some(real) => {
                    self.add("network", Some(["container:", real].concat()), span, Needs::Container(name));
                }
                None => self.arg("network", ["container:", name].concat(), span),
            },
        }
    }

    fn link(&mut self, link: &'a At<(String, Option<String>)>) {
        let At { value: (name, alias), span } = link;
        if !self.context.is_docker() {
            let is_joined = self.context.linked.contains_key(&**name);
            return match (self.context.names.container(name), is_joined) {
                (Some(_), true) => {
                    let how =
                        "`podman run` has no `--link`: the other container has the name in the networks that it joins.";
                    self.report.told.changed(*span, how);
                }
                _ => {
                    let why = "`podman run` has no `--link`: put both containers into one network, where they reach each other by name.";
                    self.report.told.dropped(*span, why);
                }
            };
        }
        let (real, needs) = match self.context.names.container(name) {
            Some(real) => (real, Needs::Container(name)),
            None => (&**name, Needs::Nothing),
        };
        let alias = alias.as_deref().unwrap_or(name);
        self.add("link", Some([real, ":", alias].concat()), *span, needs);
    }

    // ── the rest ──

    /// On NixOS, Docker hands out graphics cards as CDI devices.
    ///
    /// Source: nixpkgs nixos/modules/services/hardware/nvidia-container-toolkit/default.nix; `docker run --gpus`:
    /// docker/cli opts/gpus.go
    fn gpu(&mut self, gpu: &At<String>) {
        let At { value, span } = gpu;
        // Docker hands out CDI devices since 25, and NixOS describes cards as such since 24.05.
        let is_old = self.context.choices.release < Release::new(24, 5);
        if (self.runs == For::Shell || is_old) && self.context.is_docker() {
            return self.arg("gpus", value.clone(), *span);
        }
        let plain = value.trim_matches('"');
        let how = match (plain, plain.strip_prefix("device=")) {
            ("all" | "-1", _) => {
                self.arg("device", "nvidia.com/gpu=all", *span);
                "The cards are devices of CDI here: `nvidia.com/gpu=all`.".to_owned()
            }
            (_, Some(names)) => {
                for name in names.split(',') {
                    self.arg("device", ["nvidia.com/gpu=", name].concat(), *span);
                }
                "The cards are devices of CDI here, by the same names.".to_owned()
            }
            _ => match plain.strip_prefix("count=").unwrap_or(plain).parse::<u8>() {
                Ok(count) => {
                    for at in 0..count.min(16) {
                        self.arg("device", format!("nvidia.com/gpu={at}"), *span);
                    }
                    "The cards are devices of CDI here; CDI cannot count, so these are the first ones.".to_owned()
                }
                Err(_) => {
                    self.arg("device", "nvidia.com/gpu=all", *span);
                    ["CDI has nothing for `", value, "`: the container gets all cards."].concat()
                }
            },
        };
        self.report.told.changed(*span, how);
    }

    fn pull(&mut self, pull: &At<String>) {
        let At { value, span } = pull;
        match &**value {
            "always" | "missing" | "never" => self.arg("pull", value.clone(), *span),
            "newer" if !self.context.is_docker() => self.arg("pull", "newer", *span),
            "newer" => {
                self.report.told.changed(*span, "Only Podman knows `newer`: Docker pulls at every start instead.");
                self.arg("pull", "always", *span);
            }
            "if_not_present" => {
                self.report.told.changed(*span, "It is called `missing` here.");
                self.arg("pull", "missing", *span);
            }
            "build" => self.report.told.dropped(*span, "A unit builds the image before the container starts."),
            _ => {
                let why = [self.context.choices.backend.title(), " has no `", value, "` for when to pull."];
                self.report.told.dropped(*span, why.concat());
            }
        }
    }

    /// What log driver options need: NixOS sets journald for its containers, which refuses those of files.
    ///
    /// Source: nixpkgs nixos/modules/virtualisation/oci-containers.nix, `log-driver`; moby
    /// `daemon/logger/journald/journald.go`, `validateLogOpt`; containers/podman `docs/source/markdown/options/log-driver.md`
    fn log(&mut self, driver: &Option<At<String>>, options: &[At<(String, String)>]) {
        const JOURNALD: &[&str] = &["labels", "labels-regex", "env", "env-regex", "tag"];
        self.one("log-driver", driver);
        let first = options.iter().find(|it| !JOURNALD.contains(&&*it.value.0));
        if let (None, Some(first), For::Unit | For::Quadlet) = (driver, first, self.runs) {
            let file = if self.context.is_docker() { "json-file" } else { "k8s-file" };
            let who = if self.runs == For::Unit { "NixOS" } else { "Podman" };
            let how = [
                who,
                " lets containers write to the journal, which knows no such option: so the driver is `",
                file,
                "`.",
            ];
            self.report.told.changed(first.span, how.concat());
            self.arg("log-driver", file, first.span);
        }
        self.pairs("log-opt", options);
    }

    fn health(&mut self, health: &At<Health>) {
        let At { value, span } = health;
        let Health { test, interval, timeout, start_period, start_interval, retries } = value;
        let docker = self.context.is_docker();
        let command = match test {
            HealthTest::Image => None,
            HealthTest::Off => {
                return self.add("no-healthcheck", None, *span, Needs::Nothing);
            }
            HealthTest::Shell(line) => Some(line.clone()),
            HealthTest::Words(words) if docker => {
                let how = "Docker's `--health-cmd` is a line for the container's shell, so the words are quoted for one; an image without a shell cannot run it.";
                self.report.told.changed(*span, how);
                let quoted = words.iter().map(|it| quote(it, Quoting::Shell, None).unwrap_or_default());
                Some(quoted.collect::<Vec<_>>().join(" "))
            }
            HealthTest::Words(words) => Some(json_list(words)),
        };
        if command.is_none() && !docker {
            let why = "Podman heeds how often and how long only together with a command, and that of the image is not known here.";
            return self.report.told.dropped(*span, why);
        }
        let retries = retries.as_ref().map(u64::to_string);
        let before = self.args.len();
        let start = if docker { "health-start-interval" } else { "health-startup-interval" };
        if let (Some(_), false, Some(command)) = (start_interval, docker, &command) {
            // Source: containers/podman pkg/specgenutil/specgen.go, `FillOutSpecGen`: without a command nothing is asked.
            let how =
                "Podman asks in such a way at first only where it has a command of its own for that: the same one.";
            self.report.told.changed(*span, how);
            self.arg("health-startup-cmd", command.clone(), *span);
        }
        for (name, value) in [
            ("health-cmd", &command),
            ("health-interval", interval),
            ("health-timeout", timeout),
            ("health-start-period", start_period),
            (start, start_interval),
            ("health-retries", &retries),
        ] {
            if let Some(value) = value {
                self.arg(name, value.clone(), *span);
            }
        }
        if self.args.len() == before {
            self.report.told.carried(*span, "the health check of the image");
        }
    }

    fn flag(&mut self, flag: &'a At<Given>) {
        let At { value: Given { name, value }, span } = flag;
        let docker = self.context.is_docker();
        let is_known = flags::find(name).is_none_or(|it| if docker { it.docker } else { it.podman });
        if !is_known {
            let why = ["`", self.context.choices.backend.name(), " run` has no `--", name, "`."].concat();
            return self.report.told.dropped(*span, why);
        }
        let Some(value) = value else {
            return self.add(name, None, *span, Needs::Nothing);
        };
        // Flags that name another container.
        let of = match *name {
            "volumes-from" => Some(("", value.split(':').next().unwrap_or(value))),
            "ipc" | "pid" | "uts" | "userns" | "cgroupns" => {
                value.strip_prefix("container:").map(|it| ("container:", it))
            }
            _ => None,
        };
        match of.and_then(|(before, it)| Some((before, it, self.context.names.container(it)?))) {
            Some((before, it, real)) => {
                let rest = value.get(before.len() + it.len()..).unwrap_or_default();
                self.add(name, Some([before, real, rest].concat()), *span, Needs::Container(it));
            }
            None => self.arg(name, value.clone(), *span),
        }
    }

    /// The program and what follows the image.
    ///
    /// `--entrypoint` takes one word, so its arguments go before those of the command.
    #[allow(clippy::type_complexity, reason = "three answers of one question")]
    fn command(
        &mut self,
        command: &Option<At<Vec<String>>>,
        entrypoint: &Option<At<Vec<String>>>,
    ) -> (Option<(String, Span)>, Vec<String>, Vec<Span>) {
        let mut words = Vec::new();
        let mut spans = Vec::new();
        let entry = entrypoint.as_ref().map(|At { value, span }| {
            if let [_, rest @ ..] = &value[..]
                && !rest.is_empty()
            {
                words.extend_from_slice(rest);
                spans.push(*span);
            }
            (value.first().cloned().unwrap_or_default(), *span)
        });
        if let Some(At { value, span }) = command {
            words.extend_from_slice(value);
            spans.push(*span);
        }
        (entry, words, spans)
    }

    fn image(&mut self, image: &At<String>) -> String {
        let At { value, span } = image;
        match self.context.is_docker() {
            true => {
                self.report.told.carried(*span, "the image");
                value.clone()
            }
            false => {
                let full = full_image(value);
                match full == *value {
                    true => self.report.told.carried(*span, "the image"),
                    false => {
                        let how = ["Podman knows no registry by itself: `", value, "` is `", &full, "`."].concat();
                        self.report.told.changed(*span, how);
                    }
                }
                full
            }
        }
    }
}

impl Context<'_> {
    /// What a built image is called.
    ///
    /// Source: compose-spec `build.md` (the image of a service with both); docker/compose `pkg/api`, `GetImageNameOrDefault`
    pub fn built(&self, name: &str, image: Option<&str>) -> String {
        let own = match image {
            Some(image) => image.to_owned(),
            None => super::names::plain(&self.names.shared(name)).to_ascii_lowercase(),
        };
        let has_registry = own.split_once('/').is_some_and(|(it, _)| is_registry(it));
        match self.is_docker() || has_registry {
            true => own,
            false => ["localhost/", &own].concat(),
        }
    }
}

/// An image with the registry that Docker would ask.
///
/// Source: distribution/reference `normalize.go`, `splitDockerDomain`
pub(super) fn full_image(image: &str) -> String {
    match image.split_once('/') {
        // A transport of Podman: `docker-archive:…`, `oci:…`.
        _ if image.contains("://") || image.starts_with('@') => image.to_owned(),
        Some((registry, _)) if is_registry(registry) => image.to_owned(),
        Some(_) => ["docker.io/", image].concat(),
        None => ["docker.io/library/", image].concat(),
    }
}

fn is_registry(name: &str) -> bool {
    name.contains(['.', ':']) || name == "localhost" || name.chars().any(|it| it.is_ascii_uppercase())
}

/// A published port as `-p` has it.
///
/// Source: docker/go-connections nat/nat.go, `ParsePortSpec`
pub(super) fn published(port: &Port) -> String {
    let Port { host_address, host, container, protocol } = port;
    let range = |(first, last): &(u16, u16)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let mut text = String::new();
    if !host_address.is_empty() {
        match host_address.contains(':') {
            true => text.extend(["[", host_address, "]:"]),
            false => text.extend([host_address, ":"]),
        }
    }
    if let Some(host) = host {
        text.extend([&*range(host), ":"]);
    } else if !host_address.is_empty() {
        text.push(':');
    }
    text.push_str(&range(container));
    if !matches!(&**protocol, "" | "tcp") {
        text.extend(["/", protocol]);
    }
    text
}

/// Whether a runtime takes an option of a mount; those with a value are for `--mount`, which has its own.
pub(super) fn has_mount_option(backend: Backend, kind: MountKind, option: &str) -> bool {
    if option.contains(['=', ',', ':']) || matches!(option, "" | "ro" | "rw" | "readonly") {
        return true;
    }
    match kind {
        MountKind::Bind | MountKind::Volume => mounts::has_option(option, backend),
        MountKind::Tmpfs => mounts::has_tmpfs_option(option, backend),
        MountKind::Image | MountKind::Other(_) => true,
    }
}

/// An option of a mount as `--mount` has it; `None` where it has none.
///
/// Source: docker/cli opts/mount.go, `MountOpt.Set`; containers/podman pkg/specgenutil/volumes.go, `parseMountOptions`
fn long_option(kind: &str, option: &str, is_docker: bool) -> Option<String> {
    let (name, value) = match option.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (option, None),
    };
    let name = name.strip_prefix(kind).and_then(|it| it.strip_prefix('-')).unwrap_or(name);
    let with = |name: &str| Some([name, "=", value.unwrap_or_default()].concat());
    match (kind, name) {
        ("bind", "rshared" | "rslave" | "rprivate" | "shared" | "slave" | "private") => {
            Some(["bind-propagation=", name].concat())
        }
        ("bind", "propagation") => with("bind-propagation"),
        ("bind", "recursive") if is_docker => with("bind-recursive"),
        ("bind" | "volume", "z") if !is_docker => Some("relabel=shared".to_owned()),
        ("bind" | "volume", "Z") if !is_docker => Some("relabel=private".to_owned()),
        ("volume", "nocopy") if is_docker => Some("volume-nocopy".to_owned()),
        ("volume", "subpath") if is_docker => with("volume-subpath"),
        ("volume", "driver" | "opt" | "label") if is_docker => with(&["volume-", name].concat()),
        ("image", "subpath") if is_docker => with("image-subpath"),
        ("volume" | "image", "subpath") => with("subpath"),
        ("tmpfs", "size" | "mode") => with(&["tmpfs-", name].concat()),
        ("volume", "nocopy") => None,
        // Docker wants a value for every other one.
        _ if is_docker => value.filter(|_| kind == "bind" && name == "consistency").map(|_| option.to_owned()),
        _ => Some(option.to_owned()),
    }
}

/// Fields of a line of comma-separated values, as Go's `encoding/csv` reads them back.
fn comma_separated(fields: &[String]) -> String {
    let quoted = |it: &String| match it.contains(['"', ',', '\n', '\r']) || it.starts_with(char::is_whitespace) {
        true => ["\"", &it.replace('"', "\"\""), "\""].concat(),
        false => it.clone(),
    };
    fields.iter().map(quoted).collect::<Vec<_>>().join(",")
}

/// Words as a JSON list, which Podman takes for a program with arguments.
///
/// A list of one word it takes for a line of a shell; then the word is a line too, unless quoted.
///
/// Source: containers/podman pkg/specgenutil/specgen.go, `MakeHealthCheckFromCli`
fn json_list(words: &[String]) -> String {
    if let [word] = words {
        let quoted = quote(word, Quoting::Shell, None).unwrap_or_default();
        return quoted;
    }
    let mut json = String::from("[");
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        push_json(&mut json, word);
    }
    json.push(']');
    json
}

/// A string as JSON has it.
pub(super) fn push_json(json: &mut String, text: &str) {
    json.push('"');
    for it in text.chars() {
        match it {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            it if it.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(it))),
            _ => json.push(it),
        }
    }
    json.push('"');
}
