//! What does a service ask for?

use super::{Reader, networks};
use crate::{
    compose::{
        schema::{self, Becomes},
        words,
    },
    containers::model::{At, Condition, Container, Dependency, Joined},
    document::{Kind, Member, Node},
};

impl Reader<'_> {
    pub(super) fn service(&mut self, entry: &Member) {
        let mut container = Container { name: entry.key.clone(), span: entry.key_span, ..Container::default() };
        self.depended.clear();
        let fields = self.fields(&entry.value, "services.*");
        // What is said of dependencies wins over what follows from links.
        for (_, member) in fields.iter().filter(|it| it.0 == "depends_on") {
            container.depends_on = self.dependencies(&member.value);
        }
        // Of two places for one limit, the one within `deploy` counts.
        for (key, member) in fields.iter().filter(|it| it.0 != "deploy") {
            self.field(&mut container, key, member);
        }
        for (_, member) in fields.iter().filter(|it| it.0 == "deploy") {
            self.deploy(&mut container, &member.value);
        }
        self.external_links(&mut container, &fields);
        if container.networks.is_empty() && container.network_mode.is_none() {
            let aliases = vec![container.name.clone()];
            let joined = Joined { network: networks::DEFAULT.to_owned(), aliases, ..Joined::default() };
            container.networks.push(At::new(joined, container.span));
        }
        self.mac_address(&mut container, &fields);
        self.project.containers.push(container);
    }

    fn field(&mut self, container: &mut Container, key: &'static str, member: &Member) {
        let value = &member.value;
        if let Some(Becomes::Flag(name, shape)) = schema::find("services.*", key).map(|it| it.becomes) {
            self.flag(container, name, shape, value, member.key_span);
            return;
        }
        match key {
            "image" => container.image = self.text_of(value).filter(|it| !it.value.is_empty()),
            "build" => container.build = self.build(member),
            "command" => container.command = self.command(value),
            "entrypoint" => container.entrypoint = self.command(value),
            "environment" => container.environment = self.environment(value),
            "env_file" => container.env_files = self.env_files(value),
            "labels" => container.labels = self.full_pairs(value),
            "ports" => container.ports = self.ports(value),
            "volumes" => {
                let mounts = self.mounts(value);
                container.mounts.splice(0..0, mounts);
            }
            "tmpfs" => {
                let mounts = self.memory(value);
                container.mounts.extend(mounts);
            }
            "networks" => container.networks = self.joined(value, &container.name),
            "network_mode" => self.network_mode(container, value),
            "links" => self.links(container, value),
            "healthcheck" => container.health = self.health(member),
            "restart" => self.restart(container, value),
            "logging" => {
                for (key, member) in self.fields(value, "services.*.logging") {
                    match key {
                        "driver" => container.log_driver = self.text_of(&member.value),
                        _ => container.log_options = self.full_pairs(&member.value),
                    }
                }
            }
            "blkio_config" => {
                for (key, member) in self.fields(value, "services.*.blkio_config") {
                    let row = schema::find("services.*.blkio_config", key);
                    if let Some(Becomes::Flag(name, shape)) = row.map(|it| it.becomes) {
                        self.flag(container, name, shape, &member.value, member.key_span);
                    }
                }
            }
            "user" => container.user = self.text_of(value),
            "hostname" => container.hostname = self.text_of(value),
            "working_dir" => container.workdir = self.text_of(value),
            "container_name" => container.container_name = self.text_of(value),
            "devices" => {
                let devices = self.devices(value);
                container.devices.splice(0..0, devices);
            }
            "gpus" => self.gpus(container, value, "services.*.gpus[]"),
            "cap_add" | "cap_drop" => {
                for it in self.texts(value) {
                    let name = it.value.strip_prefix("CAP_").unwrap_or(&it.value).to_owned();
                    container.capabilities.push(At::new((name, key == "cap_add"), it.span));
                }
            }
            "privileged" => container.privileged = self.truth(value),
            "pull_policy" => {
                let pull = self.text_of(value);
                // Source: compose-go loader/normalize.go.
                let tidied = |it: String| if it == "if_not_present" { "missing".to_owned() } else { it };
                container.pull = pull.map(|it| At::new(tidied(it.value), it.span));
            }
            "stop_grace_period" => container.stop_timeout = self.seconds(value),
            "stop_signal" => container.stop_signal = self.text_of(value),
            "secrets" => container.secrets = self.handed(value, "services.*.secrets[]"),
            "configs" => container.configs = self.handed(value, "services.*.configs[]"),
            "scale" => self.replicas(container, member),
            "profiles" => {
                let profiles = self.texts(value);
                let is_chosen =
                    self.profiles.contains("*") || profiles.iter().any(|it| self.profiles.contains(&it.value));
                self.heeded.push(value.span);
                if !profiles.is_empty() && !is_chosen {
                    container.auto_start = Some(At::new(false, member.span()));
                }
            }
            // Others have been read before, or are read after.
            _ => {}
        }
    }

    /// Words, or a line that is split into words.
    fn command(&mut self, node: &Node) -> Option<At<Vec<String>>> {
        if let Kind::List(_) = node.kind {
            let words = self.texts(node);
            return Some(At::new(words.into_iter().map(|it| it.value).collect(), node.span));
        }
        let text = self.text_of(node)?;
        let split = words::split(&text.value);
        if split.is_broken {
            self.refuse(node, "A quote or parenthesis of this line is not closed.");
            return None;
        }
        if !split.lost.is_empty() {
            let why = ["Compose passes on no word from `", &split.lost, "` on: there is no shell. Use `sh -c '…'`."];
            self.unusable(text.span, why.concat());
        }
        Some(At::new(split.words, text.span))
    }

    fn dependencies(&mut self, node: &Node) -> Vec<At<Dependency>> {
        let started = |on: String| Dependency { on, condition: Condition::Started, is_required: true, restarts: false };
        let mut found = Vec::new();
        if let Kind::Map(_) = node.kind {
            for entry in self.entries(node) {
                let mut dependency = started(entry.key.clone());
                for (key, member) in self.fields(&entry.value, "services.*.depends_on.*") {
                    let value = &member.value;
                    match key {
                        "required" => dependency.is_required = self.truth(value).is_none_or(|it| it.value),
                        "restart" => dependency.restarts = self.truth(value).is_some_and(|it| it.value),
                        _ => dependency.condition = self.condition(value),
                    }
                }
                found.push(At::new(dependency, entry.span()));
            }
        } else {
            let names = self.texts(node);
            found.extend(names.into_iter().map(|it| At::new(started(it.value), it.span)));
        }
        let found = self.last_of(found, |it| it.on.clone());
        self.depended.extend(found.iter().map(|it| it.value.on.clone()));
        found
    }

    fn condition(&mut self, node: &Node) -> Condition {
        match self.plain(node).as_deref() {
            Some("service_healthy") => Condition::Healthy,
            Some("service_completed_successfully") => Condition::Completed,
            Some("service_started") | None => Condition::Started,
            Some(_) => {
                self.wrong(node, "one of `service_started`, `service_healthy`, `service_completed_successfully`");
                Condition::Started
            }
        }
    }

    /// Containers of others that it reaches by a name; nothing waits for them.
    fn external_links(&mut self, container: &mut Container, fields: &[(&'static str, &Member)]) {
        for (_, member) in fields.iter().filter(|it| it.0 == "external_links") {
            for text in self.texts(&member.value) {
                let link = match text.value.split_once(':') {
                    Some((name, alias)) => (name.to_owned(), Some(alias.to_owned())),
                    None => (text.value, None),
                };
                container.links.push(At::new(link, text.span));
            }
        }
    }

    /// It is the one that it has in its first network.
    ///
    /// Source: docker/compose `pkg/compose/create.go`, `defaultNetworkSettings`.
    fn mac_address(&mut self, container: &mut Container, fields: &[(&'static str, &Member)]) {
        for (_, member) in fields.iter().filter(|it| it.0 == "mac_address") {
            let Some(text) = self.text_of(&member.value) else { continue };
            match container.networks.first_mut() {
                Some(joined) if joined.value.mac.is_none() => {
                    joined.value.mac = Some(text.value);
                    self.heeded.push(text.span);
                }
                Some(_) => self.unusable(text.span, "It has another one in its first network, and that counts."),
                None => self.unusable(text.span, "It has no network of its own to have it in."),
            }
        }
    }

    /// `db`, `db:database`.
    fn links(&mut self, container: &mut Container, node: &Node) {
        for text in self.texts(node) {
            let (service, alias) = match text.value.split_once(':') {
                Some((service, alias)) => (service.to_owned(), Some(alias.to_owned())),
                None => (text.value, None),
            };
            self.depend(container, &service, text.span, true);
            container.links.push(At::new((service, alias), text.span));
        }
    }
}
