//! Which settings of a service are one flag of `docker run`, and nothing more?

use super::Reader;
use crate::{
    compose::schema::Shape,
    containers::model::{At, Condition, Container, Dependency, Given},
    document::{Kind, Node},
    text::Span,
};

impl Reader<'_> {
    /// Adds the flags that a value comes to.
    pub(super) fn flag(&mut self, container: &mut Container, name: &'static str, shape: Shape, node: &Node, key: Span) {
        let given = match shape {
            Shape::Namespace => {
                let Some(text) = self.text_of(node) else { return };
                let value = match text.value.strip_prefix("service:") {
                    Some(service) => {
                        self.depend(container, service, text.span, true);
                        ["container:", service].concat()
                    }
                    None => text.value,
                };
                vec![At::new(Some(value), node.span)]
            }
            Shape::From => {
                let sources = self.texts(node);
                for it in sources.iter().filter(|it| !it.value.starts_with("container:")) {
                    let service = it.value.split(':').next().unwrap_or_default();
                    self.depend(container, service, it.span, false);
                }
                let without = |it: String| it.strip_prefix("container:").map(str::to_owned).unwrap_or(it);
                sources.into_iter().map(|it| At::new(Some(without(it.value)), it.span)).collect()
            }
            _ => self.values(shape, node, key),
        };
        let given = given.into_iter().map(|it| At::new(Given { name, value: it.value }, it.span));
        container.flags.extend(given);
    }

    /// A container runs after another one that it has something of, unless that is said already.
    pub(super) fn depend(&mut self, container: &mut Container, on: &str, span: Span, restarts: bool) {
        if self.depended.insert(on.to_owned()) {
            let on = on.to_owned();
            let dependency = Dependency { on, condition: Condition::Started, is_required: true, restarts };
            container.depends_on.push(At::new(dependency, span));
        }
    }

    /// The values of a flag.
    pub(super) fn values(&mut self, shape: Shape, node: &Node, key: Span) -> Vec<At<Option<String>>> {
        match shape {
            Shape::Text | Shape::Namespace => {
                self.text_of(node).into_iter().map(|it| At::new(Some(it.value), it.span)).collect()
            }
            Shape::Switch => {
                let switch = self.truth(node);
                let value = |it: bool| (!it).then(|| "false".to_owned());
                switch.into_iter().map(|it| At::new(value(it.value), key.to(it.span))).collect()
            }
            Shape::Each | Shape::From => {
                self.texts(node).into_iter().map(|it| At::new(Some(it.value), it.span)).collect()
            }
            Shape::Pairs => {
                let pairs = self.pairs(node);
                pairs.into_iter().map(|it| At::new(Some(joined(it.value)), it.span)).collect()
            }
            Shape::Hosts => self.hosts(node),
            Shape::Limits => self.limits(node),
            Shape::Device => self.devices_with_limits(node),
        }
    }

    /// `host:address` for each.
    fn hosts(&mut self, node: &Node) -> Vec<At<Option<String>>> {
        let bare = |it: &str| it.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(it).to_owned();
        let mut hosts = Vec::new();
        if let Kind::Map(_) = node.kind {
            for member in self.last_members(node) {
                for address in self.texts(&member.value) {
                    let host = [&member.key, ":", &bare(&address.value)].concat();
                    hosts.push(At::new(Some(host), member.key_span.to(address.span)));
                }
            }
            return hosts;
        }
        for text in self.texts(node) {
            let Some((host, addresses)) = text.value.split_once('=').or_else(|| text.value.split_once(':')) else {
                self.unusable(text.span, "An address is missing: `host=address`.");
                continue;
            };
            for address in addresses.split(',') {
                hosts.push(At::new(Some([host, ":", &bare(address)].concat()), text.span));
            }
        }
        hosts
    }

    /// `name=soft:hard` for each.
    fn limits(&mut self, node: &Node) -> Vec<At<Option<String>>> {
        let mut limits = Vec::new();
        for member in self.entries(node) {
            let mut bounds = [None, None];
            if let Kind::Map(_) = member.value.kind {
                for (key, bound) in self.fields(&member.value, "services.*.ulimits.*") {
                    bounds[usize::from(key == "hard")] = self.plain(&bound.value);
                }
            } else {
                bounds[0] = self.plain(&member.value);
            }
            let value = match bounds {
                [Some(soft), Some(hard)] => [&soft, ":", &hard].concat(),
                [Some(only), None] | [None, Some(only)] => only,
                [None, None] => continue,
            };
            limits.push(At::new(Some([&member.key, "=", &value].concat()), member.span()));
        }
        limits
    }

    /// `/dev/sda:300` for each.
    fn devices_with_limits(&mut self, node: &Node) -> Vec<At<Option<String>>> {
        let mut found = Vec::new();
        for element in self.elements(node) {
            let mut parts = [None, None];
            for member in self.last_members(element) {
                match member.key.as_str() {
                    "path" => parts[0] = self.plain(&member.value),
                    "rate" | "weight" => parts[1] = self.plain(&member.value),
                    _ => self.unusable(member.span(), "No Compose file has this key here."),
                }
            }
            match parts {
                [Some(path), Some(limit)] => {
                    found.push(At::new(Some([&path, ":", &limit].concat()), element.span));
                }
                _ => self.unusable(element.span, "A device needs `path`, and its limit."),
            }
        }
        found
    }
}

/// `name=value`, or the name alone.
pub(super) fn joined(pair: (String, Option<String>)) -> String {
    match pair.1 {
        Some(value) => [&pair.0, "=", &value].concat(),
        None => pair.0,
    }
}
