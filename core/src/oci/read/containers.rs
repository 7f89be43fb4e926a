//! `virtualisation.oci-containers`: most options are a flag of `docker run` or `podman run` each.
//!
//! Source: nixpkgs nixos/modules/virtualisation/oci-containers.nix, `mkService`.

use super::{RUNS_ON, Reader, units::Wait};
use crate::{
    containers::model::{At, Condition},
    oci::{
        definitions::{Def, bare, members},
        options::{Becomes, values},
        problem::ProblemKind,
    },
    run::{said::Flag, variables::Argument},
};

const ROOT: &str = "oci";
const PLACE: &str = "oci.containers.*";

impl Reader<'_> {
    pub fn containers(&mut self, defs: &[Def]) {
        for (row, defs) in self.options(ROOT, defs) {
            match row.name {
                "backend" => {
                    let told = self.one(row, &defs);
                    if let Some(told) =
                        told.filter(|it| !values("oci.backend").contains(&it.text.as_str()) && !self.is_open(&it.text))
                    {
                        self.problem(
                            ProblemKind::NotAmong { option: row.name.to_owned(), values: values("oci.backend") },
                            told.span,
                        );
                    }
                    for def in bare(&defs) {
                        self.unusable(def.whole, RUNS_ON);
                    }
                }
                _ => {
                    for def in bare(&defs) {
                        self.hangs_on(&def);
                        self.is_set(ROOT, &def);
                    }
                    for (name, defs) in members(&defs) {
                        self.container(name, &defs);
                    }
                }
            }
        }
    }

    fn container(&mut self, name: &str, defs: &[Def]) {
        let Some(place) = defs.first().map(|it| it.name) else { return };
        let name = self.named(name, place);
        let mut flags: Vec<Flag> = Vec::new();
        let mut words: Vec<Argument> = Vec::new();
        let (mut image, mut command, mut auto_start) = (None, None, None);
        let mut capabilities = Vec::new();
        let mut unit = [self.cli.name(), "-", &name].concat();
        for (row, defs) in self.options(PLACE, defs) {
            match (row.becomes, row.name) {
                (Becomes::Flag(flag), _) => flags.extend(self.flags(row, flag, &defs)),
                (_, "image") => image = self.one(row, &defs),
                (_, "cmd") => {
                    let words = self.texts(row, &defs);
                    let span = words.iter().map(|it| it.span).reduce(|all, it| all.to(it));
                    let texts = words.into_iter().map(|it| it.text).collect();
                    command = span.map(|it| At::new(texts, it));
                }
                (_, "extraOptions") => words.extend(self.texts(row, &defs).iter().map(|it| it.argument())),
                (_, "autoStart") => auto_start = self.truth(row, &defs),
                (_, "capabilities") => capabilities = self.truths(row, &defs),
                (_, "dependsOn") => {
                    for it in self.texts(row, &defs) {
                        let wait = Wait {
                            container: name.clone(),
                            on: it.at(),
                            condition: Condition::Started,
                            is_required: true,
                            restarts: false,
                            is_unit: false,
                            is_reversed: false,
                        };
                        self.notes.waits.push(wait);
                    }
                }
                (_, "podman") => self.podman(&name, &defs),
                (_, "login") => {
                    self.options("oci.containers.*.login", &defs);
                }
                (_, "serviceName") => {
                    if let Some(told) = self.one(row, &defs) {
                        unit = told.text;
                        self.unusable(told.span, "Units are called as the target calls them.");
                    }
                }
                _ => {}
            }
        }
        let at = At::new(name.clone(), place);
        self.said.container(self.cli, at.clone(), at, &flags, &words);
        self.notes.units.insert(unit, name.clone());
        match &image {
            Some(it) if !it.text.is_empty() => {}
            _ => self.problem(ProblemKind::ImageMissing(name), place),
        }
        if let Some(container) = self.said.last() {
            container.image = image.filter(|it| !it.text.is_empty()).map(|it| it.at());
            container.command = command;
            container.auto_start = auto_start;
            container.capabilities.splice(0..0, capabilities.into_iter().map(bare_capability));
        }
    }

    fn podman(&mut self, container: &str, defs: &[Def]) {
        for (row, defs) in self.options("oci.containers.*.podman", defs) {
            let Some(told) = self.one(row, &defs) else { continue };
            match (row.name, told.text.as_str()) {
                ("user", "root") | ("sdnotify", "conmon") => {}
                ("user", _) => self.unusable(told.span, "A user of its own runs it; choose that on the machine."),
                (_, "healthy") => {
                    self.notes.healthy.insert(container.to_owned(), told.span);
                }
                (_, "container") => {
                    self.unusable(
                        told.span,
                        "Its own program tells systemd that it has started, which no target here writes.",
                    );
                }
                (_, text) if self.is_open(text) => {}
                _ => {
                    let values = &["conmon", "healthy", "container"];
                    self.problem(ProblemKind::NotAmong { option: row.name.to_owned(), values }, told.span);
                }
            }
        }
    }

    /// The name of a container, network or volume; one that is worked out has a placeholder.
    pub fn named(&mut self, name: &str, place: crate::text::Span) -> String {
        if !name.contains('$') {
            self.ask_for(name, place);
            return name.to_owned();
        }
        let written = name.trim_matches(['"', '$', '{', '}']);
        let placeholder = crate::notation::nix::placeholder(written);
        self.missing(written.to_owned(), placeholder.clone(), place);
        placeholder
    }
}

/// A capability without `CAP_`.
pub(super) fn bare_capability(it: At<(String, bool)>) -> At<(String, bool)> {
    let upper = it.value.0.to_ascii_uppercase();
    let name = upper.strip_prefix("CAP_").unwrap_or(&upper).to_owned();
    At::new((name, it.value.1), it.span)
}
