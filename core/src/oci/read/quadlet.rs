//! `virtualisation.quadlet` of quadlet-nix: options are keys of Quadlet's units, and those flags of Podman.
//!
//! Source: SEIAROTg/quadlet-nix container.nix, network.nix, volume.nix, build.nix, pod.nix; containers/podman
//! pkg/systemd/quadlet/quadlet.go, `ConvertContainer`, `ConvertNetwork`, `ConvertVolume`, `ConvertBuild`.

use std::collections::HashMap;

use super::{Reader, units::flags_of_build, value::Told};
use crate::{
    containers::model::{At, Build, Network, SubnetOf, Volume},
    docker::go::net,
    notation::nix::value::Kind,
    oci::{
        definitions::{Def, bare, members},
        options::{self, Becomes, Row},
        problem::ProblemKind,
    },
    run::{flags::Cli, said::Flag, variables::Argument},
    text::Span,
};

/// An image that is built.
#[derive(Clone, Debug)]
pub(super) struct Built {
    /// How; it is with the first container that has it, as the others find it built.
    pub build: Option<At<Build>>,
    pub tag: Told,
}

/// An image that is pulled.
#[derive(Clone, Debug, Default)]
pub(super) struct Pulled {
    image: Option<Told>,
    policy: Option<Told>,
}

/// A pod: what its containers have together, and which of them has it.
#[derive(Clone, Debug)]
pub(super) struct Pod {
    pub flags: Vec<Flag>,
    pub first: Option<String>,
}

/// What the objects of the module are called for others, with what ends the name.
const OBJECTS: &[(&str, &str)] = &[
    ("builds", ".build"),
    ("containers", ".container"),
    ("images", ".image"),
    ("networks", ".network"),
    ("pods", ".pod"),
    ("volumes", ".volume"),
];

/// What `config.virtualisation.quadlet.networks.web.ref` is: `web.network`.
pub(super) fn reference(path: &str) -> Option<String> {
    let path = path.strip_suffix(".ref")?;
    let found = OBJECTS.iter().filter_map(|(kind, suffix)| {
        let at = path.rfind(&[kind, "."].concat())?;
        let is_whole = at == 0 || path.get(..at).is_some_and(|it| it.ends_with('.'));
        let name = path.get(at + kind.len() + 1..).filter(|it| is_whole && !it.is_empty())?;
        Some((at, [name.trim_matches('"'), suffix].concat()))
    });
    found.max_by_key(|it| it.0).map(|it| it.1)
}

impl Reader<'_> {
    pub fn quadlets(&mut self, defs: &[Def]) {
        let found = self.options("quadlet", defs);
        let of = |name: &str| found.iter().find(|it| it.0.name == name).map(|it| it.1.clone()).unwrap_or_default();
        for kind in ["images", "networks", "volumes", "builds", "pods", "containers"] {
            let defs = of(kind);
            for def in bare(&defs) {
                self.hangs_on(&def);
                self.is_set("quadlet", &def);
            }
            let suffix = OBJECTS.iter().find(|it| it.0 == kind).map_or("", |it| it.1);
            let all: Vec<(String, Vec<Def>)> = members(&defs)
                .into_iter()
                .filter_map(|(name, defs)| Some((self.named(name, defs.first()?.name), defs)))
                .collect();
            self.notes.objects.extend(all.iter().map(|it| [&it.0, suffix].concat()));
            self.is_of_unit = true;
            for (name, defs) in all {
                match kind {
                    "images" => self.image(&name, &defs),
                    "networks" => self.network(&name, &defs),
                    "volumes" => self.volume(&name, &defs),
                    "builds" => self.build(&name, &defs),
                    "pods" => self.pod(&name, &defs),
                    _ => self.quadlet(&name, &defs),
                }
            }
            self.is_of_unit = false;
        }
    }

    // ── a container ──

    fn quadlet(&mut self, name: &str, defs: &[Def]) {
        let Some(place) = defs.first().map(|it| it.name) else { return };
        let mut said = Container::default();
        let (mut unit, mut service, mut auto_start) = (Vec::new(), Vec::new(), None);
        let mut is_raw = false;
        for def in members(defs).into_iter().filter(|it| it.0 == "rawConfig").flat_map(|it| bare(&it.1)) {
            is_raw |= def.value.kind != Kind::Null;
        }
        self.notes.units.insert(name.to_owned(), name.to_owned());
        for (row, defs) in self.options("quadlet.containers.*", defs) {
            match row.name {
                "autoStart" => auto_start = self.starts(row, &defs),
                "unitConfig" => unit = defs,
                "serviceConfig" => service = defs,
                "containerConfig" => {
                    for (row, defs) in self.options("quadlet.containers.*.containerConfig", &defs) {
                        self.key(name, row, &defs, &mut said);
                    }
                }
                _ => {}
            }
        }
        let Container { mut flags, words, mut image, own_name, mut command, entrypoint, user, group, pod } = said;
        flags.extend(self.user(user, group));
        if let Some(pod) = pod {
            self.joins_pod(name, &pod, &mut flags);
        }
        if let Some(told) = &image {
            let pulled = self.pulled(told);
            let policy = pulled.policy.filter(|_| !flags.iter().any(|it| it.name == "pull"));
            flags.extend(policy.map(|it| Flag { name: "pull", span: it.span, value: Some(it.argument()) }));
            image = pulled.image;
        }
        let at = At::new(name.to_owned(), place);
        let own_name = own_name.map_or_else(|| at.clone(), |it| it.at());
        self.said.container(Cli::Podman, at, own_name, &flags, &words);
        let restart = self.sections(name, &unit, &service);
        let build_name = image.as_ref().and_then(|it| it.text.strip_suffix(".build"));
        let built = build_name.and_then(|it| self.notes.builds.get_mut(it));
        let built = built.map(|it| Built { build: it.build.take(), tag: it.tag.clone() });
        match (&image, &built) {
            (Some(it), None) if it.text.ends_with(".build") => {
                self.problem(ProblemKind::NoSuchUnit(it.text.clone()), it.span);
            }
            (None, _) if !is_raw && !words.iter().any(|it| it.text.starts_with("--rootfs")) => {
                let is_rootfs = flags.iter().any(|it| it.name == "rootfs");
                if !is_rootfs {
                    self.problem(ProblemKind::ImageMissing(name.to_owned()), place);
                }
            }
            _ => {}
        }
        if let Some(container) = self.said.last() {
            container.image = match &built {
                Some(built) => Some(built.tag.at()),
                None => image.map(|it| it.at()),
            };
            container.build = built.and_then(|it| it.build);
            container.command = command.take();
            if entrypoint.is_some() {
                container.entrypoint = entrypoint;
            }
            container.auto_start = auto_start;
            container.restart = restart;
        }
    }

    fn key(&mut self, name: &str, row: &'static Row, defs: &[Def], said: &mut Container) {
        let label = |value: &str, told: &Told| Flag {
            name: "security-opt",
            span: told.span,
            value: Some(told.with([value, &told.text].concat()).argument()),
        };
        let security = |value: &str, span: Span| Flag {
            name: "security-opt",
            span,
            value: Some(Argument::said(value, span, None)),
        };
        match row.name {
            "networks" => {
                for told in self.texts(row, defs) {
                    let told = self.joined(told);
                    said.flags.push(Flag { name: "network", span: told.span, value: Some(told.argument()) });
                }
            }
            "volumes" | "mounts" => {
                let flag = if row.name == "volumes" { "volume" } else { "mount" };
                for told in self.texts(row, defs) {
                    let told = self.mounted(told);
                    said.flags.push(Flag { name: flag, span: told.span, value: Some(told.argument()) });
                }
            }
            "image" => said.image = self.one(row, defs),
            "name" => said.own_name = self.one(row, defs),
            "exec" => {
                let command = self.command(row, defs);
                said.command =
                    command.map(|(words, span)| At::new(words.into_iter().map(|it| it.text).collect(), span));
            }
            "entrypoint" => match bare(defs).first().map(|it| &it.value.kind) {
                Some(Kind::List(_)) => {
                    let command = self.command(row, defs);
                    said.entrypoint =
                        command.map(|(words, span)| At::new(words.into_iter().map(|it| it.text).collect(), span));
                }
                _ => said.flags.extend(self.flags(row, "entrypoint", defs)),
            },
            "user" => said.user = self.one(row, defs),
            "group" => said.group = self.one(row, defs),
            "podmanArgs" => said.words.extend(self.texts(row, defs).iter().map(|it| it.argument())),
            "pod" => said.pod = self.one(row, defs),
            "appArmor" => said.flags.extend(self.one(row, defs).iter().map(|it| label("apparmor=", it))),
            "seccompProfile" => said.flags.extend(self.one(row, defs).iter().map(|it| label("seccomp=", it))),
            "mask" => said.flags.extend(self.one(row, defs).iter().map(|it| label("mask=", it))),
            "unmask" => said.flags.extend(self.one(row, defs).iter().map(|it| label("unmask=", it))),
            "securityLabelFileType" => {
                said.flags.extend(self.one(row, defs).iter().map(|it| label("label=filetype:", it)));
            }
            "securityLabelLevel" => said.flags.extend(self.one(row, defs).iter().map(|it| label("label=level:", it))),
            "securityLabelType" => said.flags.extend(self.one(row, defs).iter().map(|it| label("label=type:", it))),
            "noNewPrivileges" | "securityLabelDisable" | "securityLabelNested" => {
                let value = match row.name {
                    "noNewPrivileges" => "no-new-privileges",
                    "securityLabelDisable" => "label=disable",
                    _ => "label=nested",
                };
                match self.truth(row, defs) {
                    Some(At { value: true, span }) => said.flags.push(security(value, span)),
                    Some(At { value: false, span }) => self.unusable(span, "It is so by itself."),
                    None => {}
                }
            }
            "autoUpdate" => {
                if let Some(told) = self.one(row, defs) {
                    let label = told.with(["io.containers.autoupdate=", &told.text].concat());
                    said.flags.push(Flag { name: "label", span: told.span, value: Some(label.argument()) });
                }
            }
            "notify" => {
                let Some(told) = self.one(row, defs) else { return };
                match told.text.as_str() {
                    "healthy" => self.is_healthy(name, defs),
                    "true" => {
                        let why = "Its own program tells systemd that it has started, which no target here writes.";
                        self.unusable(told.span, why);
                    }
                    _ => {}
                }
            }
            _ => {
                if let Becomes::Flag(flag) = row.becomes {
                    said.flags.extend(self.flags(row, flag, defs));
                }
            }
        }
    }

    /// Whether it is started with the machine.
    fn starts(&mut self, row: &Row, defs: &[Def]) -> Option<At<bool>> {
        let told = self.one(row, defs)?;
        match told.text.as_str() {
            "true" => Some(At::new(true, told.span)),
            "false" => Some(At::new(false, told.span)),
            _ => {
                self.unusable(told.span, "Another target starts it; targets here start containers with the machine.");
                None
            }
        }
    }

    /// `User=` and `Group=` are one flag.
    fn user(&mut self, user: Option<Told>, group: Option<Told>) -> Option<Flag> {
        let told = match (user, group) {
            (Some(user), Some(group)) => {
                let text = [&user.text, ":", &group.text].concat();
                Told { text, span: user.span.to(group.span), inner: None }
            }
            (Some(user), None) => user,
            (None, Some(group)) => group.with(["0:", &group.text].concat()),
            (None, None) => return None,
        };
        Some(Flag { name: "user", span: told.span, value: Some(told.argument()) })
    }

    /// A network by the name that the text has for it: `web.network:ip=10.1.0.2` is that of `web`.
    fn joined(&mut self, told: Told) -> Told {
        let (name, rest) = told.text.split_once(':').map_or((told.text.as_str(), ""), |(name, rest)| (name, rest));
        let behind = told.text.get(name.len()..).unwrap_or_default();
        if let Some(network) = name.strip_suffix(".network") {
            self.refers(name, told.span);
            return told.with([network, behind].concat());
        }
        match name.strip_suffix(".container") {
            Some(container) if rest.is_empty() => told.with(["container:", container].concat()),
            _ => told,
        }
    }

    /// A volume, likewise.
    fn mounted(&mut self, told: Told) -> Told {
        if told.text.contains("type=image") {
            return self.image_in(told);
        }
        let Some(at) = told.text.find(".volume") else { return told };
        let behind = told.text.get(at + ".volume".len()..).unwrap_or_default();
        let before = told.text.get(..at).unwrap_or_default();
        let start = before.rfind('=').map_or(0, |it| it + 1);
        let name = before.get(start..).unwrap_or_default();
        if !(behind.is_empty() || behind.starts_with([':', ','])) || name.contains('/') {
            return told;
        }
        self.refers(&[name, ".volume"].concat(), told.span);
        told.with([before, behind].concat())
    }

    /// An image that is mounted: `type=image,source=web.image,…`.
    fn image_in(&mut self, told: Told) -> Told {
        let parts: Vec<String> = told
            .text
            .split(',')
            .map(|part| match part.split_once('=') {
                Some((key @ ("source" | "src"), image)) => {
                    let image = self.pulled(&told.with(image)).image.map_or_else(String::new, |it| it.text);
                    [key, "=", &image].concat()
                }
                _ => part.to_owned(),
            })
            .collect();
        told.with(parts.join(","))
    }

    /// The image that is meant: that of `web.image`, or the one that is named.
    fn pulled(&mut self, told: &Told) -> Pulled {
        let Some(name) = told.text.strip_suffix(".image") else {
            return Pulled { image: Some(told.clone()), policy: None };
        };
        match self.notes.pulled.get(name) {
            Some(it) => it.clone(),
            None => {
                self.refers(&told.text, told.span);
                Pulled { image: Some(told.clone()), policy: None }
            }
        }
    }

    /// What is referred to has to be there.
    fn refers(&mut self, name: &str, span: Span) {
        if !self.notes.objects.contains(name) && !self.is_open(name) {
            self.problem(ProblemKind::NoSuchUnit(name.to_owned()), span);
        }
    }

    /// Containers of a pod share its network: the first has it, and the others that of the first.
    fn joins_pod(&mut self, name: &str, pod: &Told, flags: &mut Vec<Flag>) {
        let bare = pod.text.strip_suffix(".pod").unwrap_or(&pod.text);
        let Some(known) = self.notes.pods.get_mut(bare) else {
            self.problem(ProblemKind::NoSuchUnit(pod.text.clone()), pod.span);
            return self.unusable(pod.span, "There is no such pod.");
        };
        let joins = match known.first.clone() {
            Some(first) => vec![Flag {
                name: "network",
                span: pod.span,
                value: Some(Argument::said(&["container:", &first].concat(), pod.span, None)),
            }],
            None => {
                known.first = Some(name.to_owned());
                known.flags.clone()
            }
        };
        if known.first.as_deref() == Some(name) {
            let why = "Its first container has the network of the pod, and the others share that.";
            self.unusable(pod.span, why);
        }
        flags.extend(joins);
    }

    // ── what containers need ──

    fn network(&mut self, name: &str, defs: &[Def]) {
        let Some(place) = defs.first().map(|it| it.name) else { return };
        let mut network = Network { name: name.to_owned(), span: place, ..Network::default() };
        let (mut subnets, mut gateways, mut ranges, mut words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (row, defs) in self.object("quadlet.networks.*", "quadlet.networks.*.networkConfig", defs) {
            match (row.becomes, row.name) {
                (_, "name") => network.own_name = self.one(row, &defs).map(|it| it.at()),
                (_, "driver") => network.driver = self.one(row, &defs).map(|it| it.at()),
                (_, "ipamDriver") => network.ipam_driver = self.one(row, &defs).map(|it| it.at()),
                (_, "internal") => network.internal = self.truth(row, &defs),
                (_, "ipv6") => network.ipv6 = self.truth(row, &defs),
                (_, "labels") => network.labels = self.named_values(row, &defs),
                (_, "options") => network.driver_options = self.named_values(row, &defs),
                (_, "subnets") => subnets = self.texts(row, &defs),
                (_, "gateways") => gateways = self.texts(row, &defs),
                (_, "ipRanges") => ranges = self.texts(row, &defs),
                (_, "podmanArgs") => words = self.texts(row, &defs),
                (Becomes::Flag(flag), _) => network.flags.extend(self.object_flags(row, flag, &defs)),
                _ => {}
            }
        }
        if let Some(def) = defs.first().filter(|_| subnets.is_empty()) {
            self.takes_subnet(def, [".networkConfig.subnets = [ \"", "\" ];"]);
        }
        // Quadlet puts the first gateway to the first subnet, and so on.
        for (at, subnet) in subnets.iter().enumerate() {
            let text = |of: &[Told]| of.get(at).map(|it| it.text.clone());
            let subnet_of = SubnetOf {
                subnet: subnet.text.clone(),
                ip_range: text(&ranges),
                gateway: text(&gateways),
                auxiliary: Vec::new(),
            };
            network.subnets.push(At::new(subnet_of, subnet.place()));
        }
        for of in [&gateways, &ranges] {
            for told in of.iter().skip(subnets.len()) {
                self.unusable(told.span, "There is no subnet that it belongs to.");
            }
        }
        if !words.is_empty() {
            // Flags say something of the subnets, too.
            let known = subnets.iter().filter(|it| net::parse_cidr(&it.text).is_some());
            let known: Vec<Argument> = known.map(|it| it.with(["--subnet=", &it.text].concat()).argument()).collect();
            let words: Vec<Argument> = words.iter().map(Told::argument).collect();
            let at = At::new(name.to_owned(), place);
            if let Some(more) = self.said.network_with(&at, &known, &words) {
                complete(&mut network, more);
            }
        }
        self.said.network(network);
    }

    fn volume(&mut self, name: &str, defs: &[Def]) {
        let Some(place) = defs.first().map(|it| it.name) else { return };
        let mut volume = Volume { name: name.to_owned(), span: place, ..Volume::default() };
        let mut words = Vec::new();
        let option = |key: &str, told: &Told| At::new((key.to_owned(), told.text.clone()), told.place());
        for (row, defs) in self.object("quadlet.volumes.*", "quadlet.volumes.*.volumeConfig", defs) {
            match (row.becomes, row.name) {
                (_, "name") => volume.own_name = self.one(row, &defs).map(|it| it.at()),
                (_, "driver") => volume.driver = self.one(row, &defs).map(|it| it.at()),
                (_, "labels") => volume.labels = self.named_values(row, &defs),
                (_, "device") => volume.driver_options.extend(self.one(row, &defs).map(|it| option("device", &it))),
                (_, "type") => volume.driver_options.extend(self.one(row, &defs).map(|it| option("type", &it))),
                (_, "options") => volume.driver_options.extend(self.one(row, &defs).map(|it| option("o", &it))),
                (_, "image") => {
                    let told = self.one(row, &defs);
                    let image = told.and_then(|it| self.pulled(&it).image);
                    volume.driver_options.extend(image.map(|it| option("image", &it)));
                }
                (_, "copy") => {
                    let key = |it: bool| if it { "copy" } else { "nocopy" };
                    let copy = self.truth(row, &defs);
                    volume
                        .driver_options
                        .extend(copy.map(|it| At::new((key(it.value).to_owned(), String::new()), it.span)));
                }
                (_, "user" | "group") => {
                    let key = if row.name == "user" { "uid" } else { "gid" };
                    let told = self.one(row, &defs);
                    volume.flags.extend(told.map(|it| At::new((key.to_owned(), Some(it.text.clone())), it.place())));
                }
                (_, "podmanArgs") => words = self.texts(row, &defs).iter().map(Told::argument).collect(),
                (Becomes::Flag(flag), _) => volume.flags.extend(self.object_flags(row, flag, &defs)),
                _ => {}
            }
        }
        if !words.is_empty()
            && let Some(more) = self.said.volume_with(&At::new(name.to_owned(), place), &words)
        {
            complete_volume(&mut volume, more);
        }
        self.said.volume(volume);
    }

    fn image(&mut self, name: &str, defs: &[Def]) {
        let mut pulled = Pulled::default();
        let mut tag = None;
        for (row, defs) in self.object("quadlet.images.*", "quadlet.images.*.imageConfig", defs) {
            match row.name {
                "image" => pulled.image = self.one(row, &defs),
                "tag" => tag = self.one(row, &defs),
                _ => pulled.policy = self.one(row, &defs),
            }
        }
        // What a file holds has another name than the file.
        pulled.image = tag.or(pulled.image);
        self.notes.pulled.insert(name.to_owned(), pulled);
    }

    fn build(&mut self, name: &str, defs: &[Def]) {
        let Some(place) = defs.first().map(|it| it.name) else { return };
        let mut build = Build::default();
        let mut tag = None;
        for (row, defs) in self.object("quadlet.builds.*", "quadlet.builds.*.buildConfig", defs) {
            match (row.becomes, row.name) {
                (_, "tag") => tag = self.one(row, &defs),
                (_, "file") => build.dockerfile = self.one(row, &defs).map(|it| it.text),
                (_, "target") => build.target = self.one(row, &defs).map(|it| it.text),
                (_, "workdir") => build.context = self.one(row, &defs).map(|it| it.text).unwrap_or_default(),
                (_, "buildArgs") => {
                    let pairs = self.pairs(row, &defs).into_iter();
                    build.args.extend(pairs.map(|(name, value)| (name, Some(value.text))));
                }
                (_, "podmanArgs") => {
                    let words = self.texts(row, &defs);
                    let texts: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
                    let last = flags_of_build(&mut build, &texts).map(str::to_owned);
                    build.flags.extend(last);
                }
                (Becomes::Flag(flag), _) => {
                    for it in self.object_flags(row, flag, &defs) {
                        let (name, value) = it.value;
                        build.flags.push(match value {
                            Some(value) => ["--", &name, "=", &value].concat(),
                            None => ["--", &name].concat(),
                        });
                    }
                }
                _ => {}
            }
        }
        // It is built from where its file is, unless something else is said.
        if build.context.is_empty() {
            let file = build.dockerfile.clone().unwrap_or_default();
            build.context = file.rsplit_once('/').map_or(".", |it| it.0).to_owned();
        }
        if let Some(file) = build.dockerfile.take() {
            let inner = file.strip_prefix(&[&build.context, "/"].concat()).map(str::to_owned);
            build.dockerfile = Some(inner.unwrap_or(file)).filter(|it| it != "Dockerfile");
        }
        let usual = Told { text: ["localhost/", name].concat(), span: place, inner: None };
        let built = Built { build: Some(At::new(build, place)), tag: tag.unwrap_or(usual) };
        self.notes.builds.insert(name.to_owned(), built);
    }

    fn pod(&mut self, name: &str, defs: &[Def]) {
        let mut flags = Vec::new();
        for (row, defs) in self.object("quadlet.pods.*", "quadlet.pods.*.podConfig", defs) {
            match (row.becomes, row.name) {
                (_, "networks") => {
                    for told in self.texts(row, &defs) {
                        let told = self.joined(told);
                        flags.push(Flag { name: "network", span: told.span, value: Some(told.argument()) });
                    }
                }
                (Becomes::Flag(flag), _) => flags.extend(self.flags(row, flag, &defs)),
                _ => {}
            }
        }
        self.notes.pods.insert(name.to_owned(), Pod { flags, first: None });
    }

    /// What Podman reads of a network, volume, build or pod; the rest of the object is told.
    fn object<'v>(
        &mut self,
        place: &'static str,
        inner: &'static str,
        defs: &[Def<'v>],
    ) -> Vec<(&'static Row, Vec<Def<'v>>)> {
        let mut found = Vec::new();
        for (row, defs) in self.options(place, defs) {
            match row.name {
                "autoStart" | "serviceConfig" | "unitConfig" => {
                    let is_usual = bare(&defs).iter().all(|it| it.value.kind == Kind::Bool(true));
                    let spans: Vec<Span> = bare(&defs).iter().map(|it| it.whole).filter(|_| !is_usual).collect();
                    for span in spans {
                        self.unusable(span, "It is about the unit, which the target writes in its own way.");
                    }
                }
                _ => found.extend(self.options(inner, &defs)),
            }
        }
        found
    }

    fn object_flags(&mut self, row: &Row, flag: &'static str, defs: &[Def]) -> Vec<At<(String, Option<String>)>> {
        if row.kind == options::Kind::Bool {
            let truth = self.truth(row, defs);
            let value = |it: bool| (!it).then(|| "false".to_owned());
            return truth.map(|it| At::new((flag.to_owned(), value(it.value)), it.span)).into_iter().collect();
        }
        let flags = self.flags(row, flag, defs).into_iter();
        let told = flags.filter_map(|it| Some(At::new((flag.to_owned(), Some(it.value?.text)), it.span)));
        told.collect()
    }

    fn named_values(&mut self, row: &Row, defs: &[Def]) -> Vec<At<(String, String)>> {
        let pairs = self.pairs(row, defs).into_iter();
        pairs.map(|(name, value)| At::new((name, value.text), value.span)).collect()
    }

    // ── what systemd reads once more ──

    /// A text with what systemd makes of it: `%%`, `%h`, `$$`, `${NAME}`.
    ///
    /// Source: systemd.unit(5), *Specifiers*; systemd.service(5), *Command lines*
    pub fn of_systemd(&mut self, told: Told) -> Told {
        if !told.text.contains(['%', '$']) {
            return told;
        }
        let mut text = String::new();
        let mut rest = told.text.as_str();
        while let Some(at) = rest.find(['%', '$']) {
            text.push_str(rest.get(..at).unwrap_or_default());
            let sign = rest.get(at..at + 1).unwrap_or_default();
            let behind = rest.get(at + 1..).unwrap_or_default();
            let Some(next) = behind.chars().next() else {
                text.push_str(sign);
                rest = behind;
                continue;
            };
            let after = behind.get(next.len_utf8()..).unwrap_or_default();
            match (sign, next) {
                ("%", '%') | ("$", '$') => {
                    text.push_str(sign);
                    rest = after;
                }
                ("%", 'h') => {
                    text.push_str(&self.surroundings("HOME", "/home/user", told.span));
                    rest = after;
                }
                ("%", 't') => {
                    text.push_str(&self.surroundings("XDG_RUNTIME_DIR", "/run/user/1000", told.span));
                    rest = after;
                }
                ("%", it) if it.is_ascii_alphabetic() => {
                    let name = ["%", &it.to_string()].concat();
                    text.push_str(&self.surroundings(&name, &["@", &it.to_string(), "@"].concat(), told.span));
                    rest = after;
                }
                ("$", '{') if after.contains('}') => {
                    let (name, after) = after.split_once('}').unwrap_or((after, ""));
                    text.push_str(&self.surroundings(name, &["@", name, "@"].concat(), told.span));
                    rest = after;
                }
                _ => {
                    text.push_str(sign);
                    rest = behind;
                }
            }
        }
        text.push_str(rest);
        Told { text, inner: None, ..told }
    }

    /// The value of what the unit's surroundings tell.
    fn surroundings(&mut self, name: &str, placeholder: &str, span: Span) -> String {
        if let Some(value) = (self.known)(name, name) {
            return value;
        }
        self.missing(name.to_owned(), placeholder.to_owned(), span);
        placeholder.to_owned()
    }
}

/// What is said of a container, before it is put together.
#[derive(Default)]
struct Container {
    flags: Vec<Flag>,
    words: Vec<Argument>,
    image: Option<Told>,
    own_name: Option<Told>,
    command: Option<At<Vec<String>>>,
    entrypoint: Option<At<Vec<String>>>,
    user: Option<Told>,
    group: Option<Told>,
    pod: Option<Told>,
}

/// Adds what flags say of a network.
fn complete(network: &mut Network, more: Network) {
    let Network {
        name: _,
        span: _,
        own_name: _,
        is_external: _,
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
    } = more;
    network.driver = network.driver.take().or(driver);
    network.ipam_driver = network.ipam_driver.take().or(ipam_driver);
    network.internal = network.internal.take().or(internal);
    network.attachable = network.attachable.take().or(attachable);
    network.ipv4 = network.ipv4.take().or(ipv4);
    network.ipv6 = network.ipv6.take().or(ipv6);
    network.driver_options.extend(driver_options);
    network.ipam_options.extend(ipam_options);
    network.labels.extend(labels);
    network.flags.extend(flags);
    let known: HashMap<String, usize> =
        network.subnets.iter().enumerate().map(|(at, it)| (it.value.subnet.clone(), at)).collect();
    for subnet in subnets {
        match known.get(&subnet.value.subnet).and_then(|it| network.subnets.get_mut(*it)) {
            Some(own) => {
                let SubnetOf { subnet: _, ip_range, gateway, auxiliary } = subnet.value;
                own.value.ip_range = own.value.ip_range.take().or(ip_range);
                own.value.gateway = own.value.gateway.take().or(gateway);
                own.value.auxiliary.extend(auxiliary);
            }
            None => network.subnets.push(subnet),
        }
    }
}

/// Adds what flags say of a volume.
fn complete_volume(volume: &mut Volume, more: Volume) {
    let Volume { name: _, span: _, own_name: _, is_external: _, driver, driver_options, labels, flags } = more;
    volume.driver = volume.driver.take().or(driver);
    volume.driver_options.extend(driver_options);
    volume.labels.extend(labels);
    volume.flags.extend(flags);
}
