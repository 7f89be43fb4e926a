//! Which files do containers get as secrets and as configuration?

use super::Reader;
use crate::{
    containers::model::{At, Handed, HandedFile, HandedFrom},
    document::{Kind, Node},
};

impl Reader<'_> {
    /// The secrets or configs of the project.
    pub(super) fn handed_files(&mut self, node: &Node, place: &'static str) -> Vec<HandedFile> {
        let mut files = Vec::new();
        for entry in self.entries(node) {
            let mut from = None;
            let (mut is_external, mut own_name) = (false, None);
            for (key, member) in self.fields(&entry.value, place) {
                let value = &member.value;
                match key {
                    "file" | "environment" | "content" => {
                        let make = match key {
                            "file" => HandedFrom::File,
                            "environment" => HandedFrom::Environment,
                            _ => HandedFrom::Content,
                        };
                        if from.is_some() {
                            self.unusable(member.span(), "It comes from another place already.");
                        } else {
                            from = self.text_of(value).map(|it| At::new(make(it.value), member.span()));
                        }
                    }
                    "name" => own_name = self.text_of(value),
                    _ => {
                        let place = if place == "secrets.*" { "secrets.*.external" } else { "configs.*.external" };
                        let (is, name) = self.external(value, place);
                        is_external = is;
                        own_name = own_name.take().or(name);
                    }
                }
            }
            let from = match (is_external, from) {
                (true, other) => {
                    if let Some(other) = other {
                        self.unusable(other.span, "It exists already, so it comes from nowhere.");
                    }
                    let name = own_name.map_or_else(|| entry.key.clone(), |it| it.value);
                    HandedFrom::External(name)
                }
                (false, Some(from)) => {
                    if let Some(name) = own_name {
                        self.unusable(name.span, "Only what Swarm keeps has a name of its own.");
                    }
                    from.value
                }
                (false, None) => {
                    self.unusable(
                        entry.span(),
                        "It does not say where it comes from: `file`, `environment`, `content`.",
                    );
                    continue;
                }
            };
            files.push(HandedFile { name: entry.key.clone(), span: entry.span(), from });
        }
        files
    }

    /// Those that a service gets: names, or mappings that say more.
    pub(super) fn handed(&mut self, node: &Node, place: &'static str) -> Vec<At<Handed>> {
        let mut found = Vec::new();
        for element in self.elements(node) {
            let mut handed = Handed::default();
            if let Kind::Map(_) = element.kind {
                for (key, member) in self.fields(element, place) {
                    let value = &member.value;
                    match key {
                        "source" => handed.source = self.plain(value).unwrap_or_default(),
                        "target" => handed.target = self.plain(value),
                        "uid" => handed.uid = self.plain(value),
                        "gid" => handed.gid = self.plain(value),
                        _ => handed.mode = self.mode(value),
                    }
                }
            } else {
                handed.source = self.plain(element).unwrap_or_default();
            }
            match handed.source.is_empty() {
                true => self.unusable(element.span, "It needs `source`, a name of the project."),
                false => found.push(At::new(handed, element.span)),
            }
        }
        found
    }
}
