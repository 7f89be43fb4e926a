//! When is a container started again, how many of it run, and which devices does it get?

use super::Reader;
use crate::{
    compose::schema::{self, Becomes},
    containers::model::{At, Container, Restart, RestartPolicy},
    document::{Kind, Member, Node},
};

impl Reader<'_> {
    pub(super) fn deploy(&mut self, container: &mut Container, node: &Node) {
        for (key, member) in self.fields(node, "services.*.deploy") {
            match key {
                "replicas" => self.replicas(container, member),
                "restart_policy" => self.restart_policy(container, member),
                _ => {
                    for (key, member) in self.fields(&member.value, "services.*.deploy.resources") {
                        match key {
                            "limits" => self.resources(container, &member.value, "services.*.deploy.resources.limits"),
                            _ => self.resources(container, &member.value, "services.*.deploy.resources.reservations"),
                        }
                    }
                }
            }
        }
    }

    fn resources(&mut self, container: &mut Container, node: &Node, place: &'static str) {
        for (key, member) in self.fields(node, place) {
            match schema::find(place, key).map(|it| it.becomes) {
                Some(Becomes::Flag(name, shape)) => {
                    // Compose refuses another value in the two places.
                    while let Some(at) = container.flags.iter().position(|it| it.value.name == name) {
                        let old = container.flags.remove(at);
                        self.unusable(old.span, "The same is written in `deploy`, and that counts.");
                    }
                    self.flag(container, name, shape, &member.value, member.key_span);
                }
                _ => self.gpus(container, &member.value, "services.*.deploy.resources.reservations.devices[]"),
            }
        }
    }

    pub(super) fn replicas(&mut self, container: &mut Container, member: &Member) {
        let Some(replicas) = self.whole(&member.value) else { return };
        if let Some(old) = container.replicas.replace(replicas) {
            self.unusable(old.span, "The same is written in `deploy`, and that counts.");
        }
    }

    /// `no`, `always`, `on-failure:3`, `unless-stopped`.
    pub(super) fn restart(&mut self, container: &mut Container, node: &Node) {
        let Some(text) = self.text_of(node) else { return };
        let (policy, attempts) = text.value.split_once(':').unwrap_or((&text.value, ""));
        let is_counted = !attempts.is_empty();
        let attempts: Option<u64> = attempts.parse().ok();
        let policy = match policy {
            "no" | "false" | "" => Some(RestartPolicy::No),
            "always" | "true" => Some(RestartPolicy::Always),
            "on-failure" => Some(RestartPolicy::OnFailure),
            "unless-stopped" => Some(RestartPolicy::UnlessStopped),
            _ => None,
        };
        match policy {
            Some(policy) if is_counted == attempts.is_some() => {
                container.restart = Some(At::new(Restart { policy, attempts, ..Restart::default() }, text.span));
            }
            _ => self.wrong(node, "one of `no`, `always`, `on-failure`, `on-failure:3`, `unless-stopped`"),
        }
    }

    /// It wins over `restart`.
    ///
    /// Source: docker/compose `pkg/compose/create.go`, `getRestartPolicy`.
    fn restart_policy(&mut self, container: &mut Container, member: &Member) {
        let mut restart = Restart { policy: RestartPolicy::Always, ..Restart::default() };
        for (key, field) in self.fields(&member.value, "services.*.deploy.restart_policy") {
            let value = &field.value;
            match key {
                "condition" => {
                    let text = self.plain(value);
                    match text.as_deref() {
                        Some("none" | "no") => restart.policy = RestartPolicy::No,
                        Some("on-failure") => restart.policy = RestartPolicy::OnFailure,
                        Some("any" | "always") | None => {}
                        Some("unless-stopped") => restart.policy = RestartPolicy::UnlessStopped,
                        Some(_) => self.wrong(value, "one of `none`, `on-failure`, `any`"),
                    }
                }
                "delay" => restart.delay = self.plain(value),
                "window" => restart.window = self.plain(value),
                _ => restart.attempts = self.whole(value).map(|it| it.value),
            }
        }
        if let Some(old) = container.restart.replace(At::new(restart, member.span())) {
            self.unusable(old.span, "The same is written in `deploy`, and that counts.");
        }
    }

    /// Graphics cards, and devices of CDI: `all`, or a list that says which ones.
    pub(super) fn gpus(&mut self, container: &mut Container, node: &Node, place: &'static str) {
        if !matches!(node.kind, Kind::List(_)) {
            container.gpus.extend(self.text_of(node));
            return;
        }
        for element in self.elements(node) {
            let [mut driver, mut count] = [String::new(), String::new()];
            let [mut ids, mut capabilities] = [Vec::new(), Vec::new()];
            for (key, member) in self.fields(element, place) {
                match key {
                    "driver" => driver = self.plain(&member.value).unwrap_or_default(),
                    "count" => count = self.plain(&member.value).unwrap_or_default(),
                    "device_ids" => ids = self.texts(&member.value),
                    _ => capabilities = self.texts(&member.value),
                }
            }
            let ids: Vec<String> = ids.into_iter().map(|it| it.value).collect();
            if driver == "cdi" {
                container.devices.extend(ids.into_iter().map(|it| At::new(it, element.span)));
                continue;
            }
            let is_gpu = capabilities.is_empty() || capabilities.iter().any(|it| it.value != "tpu");
            if !matches!(driver.as_str(), "" | "nvidia") || !is_gpu {
                let why = ["`--gpus` has no devices of the driver `", &driver, "`."].concat();
                self.unusable(element.span, why);
                continue;
            }
            let named: Vec<&str> = capabilities.iter().map(|it| it.value.as_str()).filter(|it| *it != "gpu").collect();
            let which = match (ids.is_empty(), count.as_str()) {
                (false, _) => ["device=", &ids.join(",")].concat(),
                (true, "" | "-1" | "all") => "all".to_owned(),
                (true, count) => count.to_owned(),
            };
            // A comma within a field of `--gpus` needs quotes.
            let quoted = |it: String| if it.contains(',') { ["\"", &it, "\""].concat() } else { it };
            let value = match named.is_empty() {
                true => quoted(which),
                false => {
                    let which = if which.starts_with("device=") { which } else { ["count=", &which].concat() };
                    [&quoted(which), ",", &quoted(["capabilities=", &named.join(",")].concat())].concat()
                }
            };
            container.gpus.push(At::new(value, element.span));
        }
    }
}
