//! What does a NixOS module with `virtualisation.oci-containers` say?
//!
//! The module of nixpkgs makes a unit of each container, which runs `docker run` or `podman run`. It makes no networks,
//! no volumes and no images, waits for no health, and knows one way to start again: units beside it do all that.
//!
//! Source: nixpkgs nixos/modules/virtualisation/oci-containers.nix. Options since 24.05: labels and hostname; since 25.05:
//! networks, devices, capabilities, privileged, pull, autoRemoveOnStop, podman.

use std::collections::HashSet;

use super::{
    Backend, Context, Report, Step,
    args::{Arg, For, Needs, Run},
    create::{is_remote, shell_word},
    module::{ASK_NAMES, Uses, cards, finish, store_file, string, strings, unique},
    names::plain,
    place::{is_docker_socket, is_likely_a_directory, tmpfiles_word},
    units::{Again, Order, Waits, patience},
};
use crate::{
    containers::model::{At, Build, Container, HandedFile, HandedFrom},
    docker::host::Release,
    notation::nix::{Binding, Nix, integer},
    text::{Ink, words},
};

/// What puts the module in place.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Put the file beside your configuration",
        explanation: "Name it in the imports of configuration.nix.",
        lines: &["imports = [ ./containers.nix ];"],
    },
    Step {
        title: "Build and switch",
        explanation: "The containers start, and again whenever the machine does.",
        lines: &["sudo nixos-rebuild switch"],
    },
    Step {
        title: "See how they are",
        explanation: "Each container is a unit; what it writes is in the journal.",
        lines: &["systemctl list-units 'RUNNER-*'", "journalctl --unit UNIT"],
    },
];

/// The releases that brought options.
const LABELS: Release = Release::new(24, 5);
const TYPED: Release = Release::new(25, 5);

/// What the module says of each unit.
const MODULE_HAS: &[&str] = &["Restart", "TimeoutStartSec", "TimeoutStopSec", "ExecStop", "ExecStopPost", "Type"];

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    let mut writer = Writer::new(context, report);
    let mut options = Vec::new();
    let mut services = Vec::new();
    for container in &context.project.containers {
        let (name, option, service) = writer.container(container);
        options.push((name.clone(), option));
        if !service.is_empty() {
            services.push((context.unit(&name), service));
        }
    }
    services.extend(writer.networks());
    services.extend(writer.volumes());
    services.append(&mut writer.builds);
    writer.module(options, services)
}

struct Writer<'a, 'r> {
    context: &'a Context<'a>,
    report: &'r mut Report,
    waits: Waits<'a>,
    /// The unit that stands for all of them; empty where there is none.
    target: String,
    builds: Vec<(String, Vec<Binding>)>,
    /// The units among them: several containers may have one image.
    built: HashSet<String>,
    /// Directories of the host that Podman does not make.
    directories: Vec<String>,
    /// Files with variables that may be missing.
    optional_files: Vec<String>,
    joins_networks: bool,
    has_cards: bool,
    has_socket: bool,
    uses: Uses,
}

/// The values of an option that is a set of strings, each name once.
#[derive(Default)]
struct Strings {
    names: HashSet<String>,
    bindings: Vec<Binding>,
}

impl Strings {
    /// Adds a value; `false` where the name has one.
    fn add(&mut self, name: &str, value: Nix) -> bool {
        let is_new = self.names.insert(name.to_owned());
        if is_new {
            self.bindings.push(Binding::named(name, value));
        }
        is_new
    }
}

/// The options of a container, before they are put in order.
#[derive(Default)]
struct Options {
    environment: Strings,
    environment_files: Vec<Nix>,
    labels: Strings,
    ports: Vec<Nix>,
    volumes: Vec<Nix>,
    networks: Vec<Nix>,
    devices: Vec<Nix>,
    capabilities: Strings,
    extra: Vec<Nix>,
    /// Options that have one value: name and value.
    single: Vec<(&'static str, Nix)>,
}

impl Options {
    fn single(&mut self, name: &'static str, value: Nix) {
        self.single.retain(|it| it.0 != name);
        self.single.push((name, value));
    }
}

impl<'a, 'r> Writer<'a, 'r> {
    fn new(context: &'a Context<'a>, report: &'r mut Report) -> Self {
        let backend = context.choices.backend.name();
        let many = context.project.containers.len() > 1 || !context.names.project.is_empty();
        let target = match (context.choices.has_target && many, &*context.names.project) {
            (false, _) => String::new(),
            (true, "") => [backend, "-containers-root"].concat(),
            (true, project) => [backend, "-compose-", project, "-root"].concat(),
        };
        Self {
            context,
            report,
            waits: Waits::of(context),
            target,
            builds: Vec::new(),
            built: HashSet::new(),
            directories: Vec::new(),
            optional_files: Vec::new(),
            joins_networks: false,
            has_cards: false,
            has_socket: false,
            uses: Uses::default(),
        }
    }

    fn is_docker(&self) -> bool {
        self.context.choices.backend == Backend::Docker
    }

    fn is_typed(&self) -> bool {
        self.context.choices.release >= TYPED
    }

    // ── a container ──

    /// The name of a container, its options, and what is said of its unit.
    fn container(&mut self, container: &'a Container) -> (String, Vec<Binding>, Vec<Binding>) {
        let Run { name, args, image, command, command_spans } = self.context.run(container, For::Unit, self.report);
        self.report.told.carried(container.span, "a container");
        let mut options = Options::default();
        // The module hands it to a shell as it is.
        options.single("image", string(&shell_word(&image)));
        self.arguments(&args, &mut options);
        if !command.is_empty() || !command_spans.is_empty() {
            options.single("cmd", strings(command.iter().map(String::as_str)));
        }
        command_spans.into_iter().for_each(|it| self.report.told.carried(it, "cmd"));
        let mut order = self.waits.order(self.context, container, self.report);
        for arg in &args {
            if let Needs::Container(name) = arg.needs
                && name != container.name
            {
                order.requires.push(name);
            }
        }
        self.auto_start(container, &mut options);
        self.files(container);
        let service = self.service(container, name, &args, &order, &mut options);
        (name.to_owned(), in_order(options), service)
    }

    fn arguments(&mut self, args: &[Arg<'a>], options: &mut Options) {
        let is_typed = self.is_typed();
        let release = self.context.choices.release;
        // Of flags with one value the last one counts.
        for arg in args.iter().rev().filter(|it| matches!(it.name, "env" | "label")) {
            let value = arg.value.as_deref().unwrap_or_default();
            let (strings, option) = match arg.name {
                "env" => (&mut options.environment, "environment"),
                _ if release >= LABELS => (&mut options.labels, "labels"),
                _ => continue,
            };
            let Some((key, value)) = value.split_once('=') else {
                // Without a value it is that of the unit.
                options.extra.push(string(&["--env=", value].concat()));
                continue;
            };
            match strings.add(key, string(value)) {
                true => self.report.told.carried(arg.span, option),
                false => {
                    self.report.told.dropped(arg.span, ["`", key, "` is said again later, which counts."].concat());
                }
            }
        }
        options.environment.bindings.reverse();
        options.labels.bindings.reverse();
        options.extra.reverse();
        for arg in args {
            let value = arg.value.as_deref();
            let text = value.unwrap_or_default();
            let told = match (arg.name, value) {
                ("env", _) => continue,
                ("label", _) if release >= LABELS => continue,
                ("env-file", _) => {
                    options.environment_files.push(string(text));
                    "environmentFiles"
                }
                ("publish", _) => {
                    options.ports.push(string(text));
                    "ports"
                }
                ("volume", _) => {
                    let value = self.volume(arg, text);
                    options.volumes.push(value);
                    "volumes"
                }
                ("entrypoint", _) => {
                    options.single("entrypoint", string(text));
                    "entrypoint"
                }
                ("user", _) => {
                    options.single("user", string(text));
                    "user"
                }
                ("workdir", _) => {
                    options.single("workdir", string(text));
                    "workdir"
                }
                ("hostname", _) if release >= LABELS => {
                    options.single("hostname", string(text));
                    "hostname"
                }
                // The module hands it to a shell as it is.
                ("log-driver", _) => {
                    options.single("log-driver", string(&shell_word(text)));
                    "log-driver"
                }
                ("device", _) => {
                    self.has_cards |= text.starts_with("nvidia.com/gpu=");
                    match is_typed {
                        true => options.devices.push(string(text)),
                        false => options.extra.push(string(&["--device=", text].concat())),
                    }
                    "devices"
                }
                ("network", _) if is_typed => {
                    self.joins_networks |= matches!(arg.needs, Needs::Network(_));
                    options.networks.push(string(text));
                    "networks"
                }
                ("cap-add" | "cap-drop", _) if is_typed => {
                    let is_added = arg.name == "cap-add";
                    if !options.capabilities.add(text, is_added.into()) {
                        options.extra.push(string(&["--", arg.name, "=", text].concat()));
                    }
                    "capabilities"
                }
                ("privileged", None) if is_typed => {
                    options.single("privileged", true.into());
                    "privileged"
                }
                ("pull", _) if is_typed => {
                    options.single("pull", string(text));
                    "pull"
                }
                ("rm", Some("false")) if is_typed => {
                    options.single("autoRemoveOnStop", false.into());
                    "autoRemoveOnStop"
                }
                ("rm", Some("false")) => {
                    self.report
                        .told
                        .dropped(arg.span, "The module of this release removes every container that stops.");
                    continue;
                }
                ("rm", _) => "autoRemoveOnStop, as it is by itself",
                (name, _) => {
                    self.has_cards |= name == "gpus";
                    self.joins_networks |= matches!(arg.needs, Needs::Network(_));
                    let flag = match value {
                        Some(value) => ["--", name, "=", value].concat(),
                        None => ["--", name].concat(),
                    };
                    options.extra.push(string(&flag));
                    self.report.told.carried(arg.span, ["extraOptions, --", name].concat());
                    continue;
                }
            };
            self.report.told.carried(arg.span, told);
        }
    }

    /// A volume; a text that is mounted becomes a file of the store.
    fn volume(&mut self, arg: &Arg<'a>, value: &str) -> Nix {
        if let Needs::Text { name, text } = arg.needs {
            let path = [&self.context.directory(), "/", name].concat();
            let rest = value.strip_prefix(&*path).unwrap_or(value);
            self.uses.pkgs = true;
            return Nix::Quoted(store_file(name, text, rest));
        }
        self.has_socket |= !self.is_docker() && is_docker_socket(value);
        if !self.is_docker()
            && arg.needs == Needs::Directory
            && let Some(path) = value.split(':').next()
            && is_likely_a_directory(path)
        {
            self.directories.push(path.to_owned());
        }
        string(value)
    }

    fn auto_start(&mut self, container: &Container, options: &mut Options) {
        if let Some(At { value, span }) = &container.auto_start {
            if !value {
                options.single("autoStart", false.into());
            }
            self.report.told.carried(*span, "autoStart");
        }
        match &container.replicas {
            Some(At { value: 0, span }) => {
                options.single("autoStart", false.into());
                self.report.told.changed(*span, "None of it runs until somebody starts its unit.");
            }
            Some(At { value: _, span }) => self.report.told.carried(*span, "one unit"),
            None => {}
        }
    }

    fn files(&mut self, container: &Container) {
        for At { value, span } in container.env_files.iter().filter(|it| !it.value.is_required) {
            let how = "The runtime wants the file to be there, so an empty one is made where there is none.";
            self.report.told.changed(*span, how);
            self.optional_files.push(self.context.place(&value.path).path);
        }
    }

    // ── its unit ──

    fn service(
        &mut self,
        container: &'a Container,
        name: &str,
        args: &[Arg<'a>],
        order: &Order<'a>,
        options: &mut Options,
    ) -> Vec<Binding> {
        let context = self.context;
        let backend = context.choices.backend.name();
        let real = |it: &&str| context.names.container(it).unwrap_or(it).to_owned();
        let required: Vec<String> = order.requires.iter().map(real).collect();
        if !required.is_empty() {
            options.single("dependsOn", unique(required));
        }
        let mut units: Vec<String> = Vec::new();
        for arg in args {
            match arg.needs {
                Needs::Network(it) => {
                    let thing = context.names.network(it).filter(|it| !it.is_external);
                    units.extend(thing.map(|it| [backend, "-network-", &it.unit, ".service"].concat()));
                }
                Needs::Volume(it) => {
                    let thing = context.names.volume(it).filter(|it| !it.is_external);
                    units.extend(thing.map(|it| [backend, "-volume-", &it.unit, ".service"].concat()));
                }
                Needs::Nothing | Needs::Container(_) | Needs::Text { .. } | Needs::Directory => {}
            }
        }
        if let Some(build) = &container.build {
            let unit = self.build(container, build);
            units.push([&unit, ".service"].concat());
        }
        let service_of = |it: &&str| [&context.unit(context.names.container(it).unwrap_or(it)), ".service"].concat();
        let wanted: Vec<String> = order.wants.iter().map(service_of).collect();
        let target = (!self.target.is_empty()).then(|| [&self.target, ".target"].concat());
        let starts = !options.single.iter().any(|it| it.0 == "autoStart");
        let mut part_of: Vec<String> = order.part_of.iter().map(service_of).collect();
        part_of.extend(target.clone().filter(|_| starts));

        let completes = self.waits.completes(container);
        let again = context.again(container, completes, self.report);
        let mut service = self.settings(container, again, completes, options);
        let after: Vec<String> = units.iter().chain(&wanted).cloned().collect();
        for (path, names) in [("after", after), ("requires", units), ("wants", wanted), ("partOf", part_of)] {
            if !names.is_empty() {
                service.push(Binding::named(path, unique(names)));
            }
        }
        if let (true, Some(target)) = (starts, target) {
            service.push(Binding::named("wantedBy", strings([&*target])));
        }
        self.labels(container, &mut service);
        if let Some(script) = self.wait(container, name, completes, options) {
            service.push(Binding::named("postStart", Nix::Text(script)));
        }
        service
    }

    /// Says of the unit what labels say of it, in place of what it would be otherwise.
    fn labels(&mut self, container: &Container, service: &mut Vec<Binding>) {
        let context = self.context;
        let mut of_unit = Vec::new();
        let mut of_service = Vec::new();
        for line in context.labels.lines(&container.name) {
            let value = line.value();
            let list = match &*line.key {
                "After" => "after",
                "Requires" => "requires",
                "Wants" => "wants",
                "PartOf" => "partOf",
                "UpheldBy" => "upheldBy",
                "WantedBy" => "wantedBy",
                _ => "",
            };
            if line.is_list() && !list.is_empty() {
                let value = string(&line.text);
                match service.iter_mut().find(|it| it.path == [list]).map(|it| &mut it.value) {
                    Some(Nix::List(elements)) => elements.push(value),
                    _ => service.push(Binding::named(list, Nix::List(vec![value]))),
                }
                continue;
            }
            if !line.is_service {
                let own = line.key.replacen("Start", "start", 1);
                service.retain(|it| it.path != [own.as_str()]);
                of_unit.push(Binding::named(&line.key, value));
                continue;
            }
            let value = match MODULE_HAS.contains(&line.key.as_str()) {
                true => {
                    self.uses.lib = true;
                    Nix::Call("lib.mkForce".into(), Box::new(value))
                }
                false => value,
            };
            of_service.push(Binding::named(&line.key, value));
        }
        set_in(service, "unitConfig", of_unit);
        set_in(service, "serviceConfig", of_service);
    }

    fn settings(
        &mut self,
        container: &Container,
        again: Option<Again>,
        completes: bool,
        options: &mut Options,
    ) -> Vec<Binding> {
        let mut settings = Vec::new();
        let mut unit = Vec::new();
        let mut service = Vec::new();
        if completes {
            match self.is_docker() {
                // It runs in the foreground, so the unit ends as the container does.
                true => settings.push(Binding::named("Type", string("oneshot"))),
                // What it came to is asked after it has ended.
                false if self.is_typed() => options.single("autoRemoveOnStop", false.into()),
                false => {}
            }
            settings.push(Binding::named("RemainAfterExit", true.into()));
        }
        if let Some(Again { restart, delay, grows, burst, interval }) = again {
            let value = match restart {
                // As the module has it.
                "always" => string(restart),
                _ => {
                    self.uses.lib = true;
                    Nix::Call("lib.mkForce".into(), Box::new(string(restart)))
                }
            };
            settings.push(Binding::named("Restart", value));
            if let Some(delay) = delay {
                settings.push(Binding::named("RestartSec", string(&delay)));
            }
            if grows {
                settings.push(Binding::named("RestartSec", string("100ms")));
                settings.push(Binding::named("RestartSteps", integer(9)));
                settings.push(Binding::named("RestartMaxDelaySec", string("1m")));
            }
            if let Some(burst) = burst {
                service.push(Binding::named("startLimitBurst", integer(i64::try_from(burst).unwrap_or(i64::MAX))));
            }
            match interval.as_deref() {
                None => {}
                Some("0") => service.push(Binding::named("startLimitIntervalSec", integer(0))),
                Some(it) => unit.push(Binding::named("StartLimitIntervalSec", string(it))),
            }
        }
        if let Some(At { value, span: _ }) = &container.stop_timeout
            && *value >= 110
        {
            self.uses.lib = true;
            let value = integer(i64::try_from(value.saturating_add(30)).unwrap_or(i64::MAX));
            settings.push(Binding::named("TimeoutStopSec", Nix::Call("lib.mkForce".into(), Box::new(value))));
        }
        for (name, bindings) in [("serviceConfig", settings), ("unitConfig", unit)] {
            match bindings.len() {
                0 => {}
                1 => service.extend(bindings.into_iter().map(|it| Binding {
                    path: [vec![name.to_owned()], it.path].concat(),
                    value: it.value,
                    apart: false,
                    comments: Vec::new(),
                })),
                _ => service.push(Binding::named(name, Nix::Set(bindings))),
            }
        }
        service
    }

    /// What a unit does after it has started the container, so that others wait for more than that.
    fn wait(&mut self, container: &Container, name: &str, completes: bool, options: &mut Options) -> Option<String> {
        let backend = self.context.choices.backend.name();
        let name = shell_word(name);
        if completes && !self.is_docker() {
            // Podman runs it in the background: the unit has started when it has ended, and well.
            let script = "code=$(podman wait NAME || echo 0)\nexit \"$code\"\n";
            return Some(script.replace("NAME", &name));
        }
        if !self.waits.is_asked(container) {
            return None;
        }
        if !self.is_docker() && self.is_typed() {
            options.single("podman.sdnotify", string("healthy"));
            return None;
        }
        let script = "\
            for _ in $(seq PATIENCE); do\n  \
            status=$(BACKEND inspect --format '{{.State.Health.Status}}' NAME 2>/dev/null || true)\n  \
            if [ \"$status\" = healthy ]; then\n    \
            exit 0\n  \
            fi\n  \
            sleep 1\n\
            done\n\
            echo NAME 'is not healthy after PATIENCE seconds' >&2\n\
            exit 1\n";
        let script = script.replace("PATIENCE", &patience(container).to_string()).replace("BACKEND", backend);
        Some(script.replace("NAME", &name))
    }

    // ── what units make ──

    /// The unit that builds an image; returns its name.
    fn build(&mut self, container: &'a Container, build: &'a At<Build>) -> String {
        let context = self.context;
        let name = context.names.shared(&container.name);
        let backend = context.choices.backend.name();
        if let Some(image) = &container.image {
            self.report.told.carried(image.span, "the name of the image that is built");
        }
        let image = context.built(&container.name, container.image.as_ref().map(|it| &*it.value));
        let (mut words, inline) = context.build(&build.value, &image);
        let remote = is_remote(&build.value.context);
        let mut script = String::new();
        self.report.told.carried(build.span, "a unit that builds the image");
        if !remote {
            let place = context.place(&build.value.context);
            if !place.change.is_empty() {
                self.report.told.changed(build.span, place.change);
            }
            script.extend(["cd ", &shell_word(&place.path), "\n"]);
        }
        if inline.is_some() {
            words.push("--file=-".to_owned());
        }
        words.push(if remote { build.value.context.clone() } else { ".".to_owned() });
        script.push_str(&lines_of(&[backend, " build"].concat(), &words));
        if let Some(text) = inline {
            script.pop();
            let text: String = text.chars().filter(|it| *it != '\0').collect();
            script.extend([" <<< ", &shell_word(&text), "\n"]);
        }
        let unit = [backend, "-build-", &plain(&name)].concat();
        self.uses.pkgs = true;
        let path = Nix::List(vec![self.package(), Nix::Raw("pkgs.git".to_owned())]);
        let mut service = self.maker(path, script);
        service.push(Binding::of("serviceConfig.TimeoutSec", integer(300)));
        // The container asks for it, so nothing is built for one that does not start.
        if self.built.insert(unit.clone()) {
            self.builds.push((unit.clone(), gathered(service)));
        }
        unit
    }

    fn networks(&mut self) -> Vec<(String, Vec<Binding>)> {
        let mut units = Vec::new();
        let context = self.context;
        for network in &context.project.networks {
            if network.is_external {
                context.external_network(network, self.report);
                continue;
            }
            let words = context.create_network(network, self.report);
            if let Some(thing) = context.names.network(&network.name) {
                let (unit, mut service) = self.thing("network", &thing.unit, &thing.name, words);
                let backend = context.choices.backend.name();
                let remove = [backend, " network rm ", &shell_word(&thing.name), " || true\n"].concat();
                service.push(Binding::named("preStop", Nix::Text(remove)));
                units.push((unit, gathered(service)));
            }
        }
        units
    }

    fn volumes(&mut self) -> Vec<(String, Vec<Binding>)> {
        let mut units = Vec::new();
        let context = self.context;
        for volume in &context.project.volumes {
            if volume.is_external {
                context.external_volume(volume, self.report);
                continue;
            }
            let words = context.create_volume(volume, self.report);
            if let Some(thing) = context.names.volume(&volume.name) {
                let (unit, service) = self.thing("volume", &thing.unit, &thing.name, words);
                units.push((unit, gathered(service)));
            }
        }
        units
    }

    /// The unit that makes a network or a volume where there is none yet.
    fn thing(&mut self, kind: &str, unit: &str, name: &str, mut words: Vec<String>) -> (String, Vec<Binding>) {
        let backend = self.context.choices.backend.name();
        let shown = shell_word(name);
        words.push(name.to_owned());
        let inspect = [backend, " ", kind, " inspect ", &shown, " >/dev/null 2>&1 ||\n"].concat();
        let create = lines_of(&["  ", backend, " ", kind, " create"].concat(), &words);
        let path = Nix::List(vec![self.package()]);
        let mut service = self.maker(path, [inspect, create].concat());
        if !self.target.is_empty() {
            let target = [&self.target, ".target"].concat();
            service.insert(1, Binding::named("wantedBy", strings([&*target])));
        }
        ([backend, "-", kind, "-", unit].concat(), service)
    }

    /// A unit that runs a script once, when the runtime is there.
    fn maker(&mut self, path: Nix, script: String) -> Vec<Binding> {
        let mut service = vec![
            Binding::named("path", path),
            Binding::of("serviceConfig.Type", string("oneshot")),
            Binding::of("serviceConfig.RemainAfterExit", true.into()),
        ];
        if self.is_docker() {
            service.push(Binding::named("after", strings(["docker.service", "docker.socket"])));
            service.push(Binding::named("requires", strings(["docker.service"])));
        }
        if !self.target.is_empty() {
            let target = [&self.target, ".target"].concat();
            service.push(Binding::named("partOf", strings([&*target])));
        }
        service.push(Binding::named("script", Nix::Text(script)));
        service
    }

    fn package(&mut self) -> Nix {
        self.uses.config = true;
        let backend = self.context.choices.backend.name();
        Nix::Raw(["config.virtualisation.", backend, ".package"].concat())
    }

    // ── the file ──

    fn module(mut self, options: Vec<(String, Vec<Binding>)>, services: Vec<(String, Vec<Binding>)>) -> Ink {
        let backend = self.context.choices.backend.name();
        let mut module = vec![Binding::of(&["virtualisation.", backend, ".enable"].concat(), true.into())];
        if self.has_cards {
            module.push(Binding::of(cards(self.context.choices), true.into()));
        }
        if self.has_socket {
            module.push(Binding::of("virtualisation.podman.dockerSocket.enable", true.into()));
        }
        let containers = options.into_iter().map(|(name, it)| Binding::named(&name, Nix::Set(it)));
        let oci = vec![
            Binding::named("backend", string(backend)),
            Binding::named("containers", Nix::Set(containers.collect())).apart(),
        ];
        module.push(Binding::of("virtualisation.oci-containers", Nix::Set(oci)).apart());
        if !services.is_empty() {
            let services = services.into_iter().map(|(name, it)| Binding::named(&name, Nix::Set(it)));
            module.push(Binding::of("systemd.services", Nix::Set(services.collect())).apart());
        }
        if !self.target.is_empty() {
            let target = Binding {
                path: vec!["systemd".to_owned(), "targets".to_owned(), self.target.clone()],
                value: Nix::Set(vec![Binding::named("wantedBy", strings(["multi-user.target"]))]),
                apart: true,
                comments: Vec::new(),
            };
            module.push(target.said("Starts and stops all of them."));
        }
        if let Some(rules) = self.rules() {
            let comment = match self.directories.is_empty() {
                true => "What may be missing and is read all the same.",
                false => "Podman makes no directory that is missing.",
            };
            module.push(Binding::of("systemd.tmpfiles.rules", rules).apart().said(comment));
        }
        if !self.is_docker() && self.joins_networks {
            self.uses.config = true;
            let comment = "Containers ask Podman for the names of others.";
            module.push(Binding::of("networking.firewall.interfaces", Nix::Lines(ASK_NAMES)).apart().said(comment));
        }
        self.secrets();
        finish(self.context, self.uses, module)
    }

    /// What is said of secrets.
    fn secrets(&mut self) {
        let secrets = &self.context.project.secrets;
        let used: HashSet<&str> =
            self.context.project.containers.iter().flat_map(|it| &it.secrets).map(|it| &*it.value.source).collect();
        // A text becomes a file of the store.
        let is_elsewhere = |it: &&HandedFile| !matches!(it.from, HandedFrom::Content(_)) && used.contains(&*it.name);
        let elsewhere: Vec<&HandedFile> = secrets.iter().filter(is_elsewhere).collect();
        if let [first, ..] = &elsewhere[..] {
            let names = words::listed(elsewhere.iter().take(6).map(|it| &*it.name), "and");
            let more = if elsewhere.len() > 6 { format!(", and {} more", elsewhere.len() - 6) } else { String::new() };
            let message = [
                "What is in these secrets is read from files of the host, so it is not in the Nix store, which everybody can read: ",
                &names,
                &more,
                ".",
            ];
            self.report.note(Some(first.span), message.concat());
        }
    }

    fn rules(&mut self) -> Option<Nix> {
        let mut seen = HashSet::new();
        let mut rules = Vec::new();
        for (kind, paths) in [("d", &self.directories), ("f", &self.optional_files)] {
            for path in paths.iter().filter(|it| seen.insert(it.as_str())) {
                rules.push(string(&[kind, " ", &tmpfiles_word(path), " - - - -"].concat()));
            }
        }
        (!rules.is_empty()).then_some(Nix::List(rules))
    }
}

/// Sets what is in a section of a unit, where one value of it may stand by itself.
fn set_in(service: &mut Vec<Binding>, section: &str, said: Vec<Binding>) {
    if said.is_empty() {
        return;
    }
    let at = service.iter().position(|it| it.path.first().is_some_and(|it| it == section));
    let mut members = match at.map(|it| service.remove(it)) {
        Some(Binding { value: Nix::Set(members), path, .. }) if path.len() == 1 => members,
        Some(Binding { value, path, .. }) => {
            vec![Binding { path: path.into_iter().skip(1).collect(), ..Binding::named("", value) }]
        }
        None => Vec::new(),
    };
    let keys: HashSet<&[String]> = said.iter().map(|it| it.path.as_slice()).collect();
    members.retain(|it| !keys.contains(it.path.as_slice()));
    members.extend(said);
    let binding = match members.len() {
        1 => {
            let Binding { path, value, .. } = members.remove(0);
            Binding { path: [vec![section.to_owned()], path].concat(), ..Binding::named("", value) }
        }
        _ => Binding::named(section, Nix::Set(members)),
    };
    service.insert(at.unwrap_or(0), binding);
}

/// Options in the order in which a person would write them.
fn in_order(options: Options) -> Vec<Binding> {
    let Options {
        environment,
        environment_files,
        labels,
        ports,
        volumes,
        networks,
        devices,
        capabilities,
        extra,
        mut single,
    } = options;
    let mut bindings = Vec::new();
    let mut take = |name: &str, bindings: &mut Vec<Binding>| {
        if let Some(at) = single.iter().position(|it| it.0 == name) {
            let (name, value) = single.swap_remove(at);
            bindings.push(Binding::of(name, value));
        }
    };
    let set = |name: &str, of: Vec<Binding>, bindings: &mut Vec<Binding>| {
        if !of.is_empty() {
            bindings.push(Binding::named(name, Nix::Set(of)));
        }
    };
    let list = |name: &str, of: Vec<Nix>, bindings: &mut Vec<Binding>| {
        if !of.is_empty() {
            bindings.push(Binding::named(name, Nix::List(of)));
        }
    };
    ["image", "pull", "autoStart", "autoRemoveOnStop", "podman.sdnotify", "entrypoint", "cmd"]
        .iter()
        .for_each(|it| take(it, &mut bindings));
    set("environment", environment.bindings, &mut bindings);
    list("environmentFiles", environment_files, &mut bindings);
    list("volumes", volumes, &mut bindings);
    list("ports", ports, &mut bindings);
    list("networks", networks, &mut bindings);
    ["dependsOn", "hostname", "user", "workdir", "privileged"].iter().for_each(|it| take(it, &mut bindings));
    list("devices", devices, &mut bindings);
    set("capabilities", capabilities.bindings, &mut bindings);
    set("labels", labels.bindings, &mut bindings);
    take("log-driver", &mut bindings);
    list("extraOptions", extra, &mut bindings);
    bindings
}

/// Settings of one set below one name.
fn gathered(bindings: Vec<Binding>) -> Vec<Binding> {
    let mut settings = Vec::new();
    let mut rest = Vec::new();
    for mut binding in bindings {
        match binding.path.first().is_some_and(|it| it == "serviceConfig") {
            true => {
                binding.path.remove(0);
                settings.push(binding);
            }
            false => rest.push(binding),
        }
    }
    if !settings.is_empty() {
        rest.insert(1.min(rest.len()), Binding::named("serviceConfig", Nix::Set(settings)));
    }
    rest
}

/// A command, a word a line.
fn lines_of(command: &str, words: &[String]) -> String {
    let indent = " ".repeat(2 + command.len() - command.trim_start().len());
    let mut lines = command.to_owned();
    for word in words {
        let before = if words.len() == 1 { " " } else { " \\\n" };
        lines.extend([before, if words.len() == 1 { "" } else { &indent }, &shell_word(word)]);
    }
    lines.push('\n');
    lines
}
