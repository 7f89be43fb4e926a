//! What do labels for compose2nix say of the unit of a container? People have them in their files.
//!
//! Source: aksiksi/compose2nix compose.go (labels), systemd.go, `parseSystemdValue`, `UnitConfig.Set`

use std::collections::{HashMap, HashSet};

use super::Report;
use crate::{
    containers::model::{At, Container, Project},
    notation::nix::{Nix, integer},
    text::Span,
};

/// What all of them begin with.
const PREFIX: &str = "compose2nix.";

/// Lines of units that labels ask for.
#[derive(Debug, Default)]
pub(super) struct Labels {
    lines: HashMap<String, Vec<UnitLine>>,
    /// Secrets of sops-nix that a container gets as files with variables: the container, what sops-nix calls it.
    pub secrets: Vec<(String, At<String>)>,
}

/// A line of a unit.
#[derive(Debug)]
pub(super) struct UnitLine {
    /// Whether it is of `[Service]`, not of `[Unit]`.
    pub is_service: bool,
    /// `RuntimeMaxSec`
    pub key: String,
    /// Its value, as a unit has it.
    pub text: String,
}

impl UnitLine {
    /// Whether it names units, beside others that are named.
    pub fn is_list(&self) -> bool {
        !self.is_service
            && matches!(
                &*self.key,
                "After" | "Requires" | "Wants" | "PartOf" | "UpheldBy" | "WantedBy" | "RequiresMountsFor"
            )
    }

    /// Its value, in Nix.
    pub fn value(&self) -> Nix {
        match (&*self.text, self.text.parse()) {
            (_, Ok(number)) => integer(number),
            ("true" | "on", _) => true.into(),
            ("false" | "off", _) => false.into(),
            (text, _) => Nix::String(text.to_owned()),
        }
    }
}

impl Labels {
    /// Takes the labels out of a project; `has_install` says whether units can be asked for by others.
    pub fn take(project: &mut Project, has_install: bool, report: &mut Report) -> Self {
        let mut labels = Self::default();
        for container in &mut project.containers {
            let all = std::mem::take(&mut container.labels);
            let (own, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.value.0.starts_with(PREFIX));
            container.labels = rest;
            let mut seen = HashSet::new();
            let mut last: Vec<At<(String, String)>> = Vec::new();
            for label in own.into_iter().rev() {
                match seen.insert(label.value.0.clone()) {
                    true => last.push(label),
                    false => {
                        let why = ["`", &label.value.0, "` is said again later, which counts."].concat();
                        report.told.dropped(label.span, why);
                    }
                }
            }
            for At { value: (label, value), span } in last.into_iter().rev() {
                labels.label(container, &label, &value, span, has_install, report);
            }
        }
        labels
    }

    /// The lines of the unit of a container, by its name in the project; no key twice.
    pub fn lines(&self, container: &str) -> &[UnitLine] {
        self.lines.get(container).map(Vec::as_slice).unwrap_or_default()
    }

    fn label(
        &mut self,
        container: &mut Container,
        label: &str,
        value: &str,
        span: Span,
        has_install: bool,
        report: &mut Report,
    ) {
        let value = value.trim();
        let rest = label.strip_prefix(PREFIX).unwrap_or(label);
        match (rest, value) {
            ("settings.autoStart", "true" | "false") => {
                if let Some(before) = container.auto_start.replace(At::new(value == "true", span)) {
                    report.told.dropped(before.span, "A label for compose2nix says whether it starts by itself.");
                }
                return;
            }
            ("settings.sops.secrets", value) => {
                let names = value.split(',').map(str::trim).filter(|it| !it.is_empty());
                self.secrets.extend(names.map(|it| (container.name.clone(), At::new(it.to_owned(), span))));
                return;
            }
            _ => {}
        }
        let (is_service, key) = match rest.strip_prefix("systemd.").and_then(|it| it.split_once('.')) {
            Some(("service", key)) => (true, key),
            Some(("unit", key)) => (false, key),
            _ => return report.told.dropped(span, "compose2nix has no such label, or not with such a value."),
        };
        let is_key = !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        let text = value.replace(['"', '\''], "");
        if !is_key || text.contains(|it: char| it.is_control()) {
            return report.told.dropped(span, "A unit has no such line.");
        }
        if !has_install && matches!(key, "WantedBy" | "UpheldBy") {
            return report.told.dropped(span, "Of the units of Quadlet, the target says itself what starts them.");
        }
        let section = if is_service { "[Service]" } else { "[Unit]" };
        report.told.carried(span, [section, " ", key].concat());
        let line = UnitLine { is_service, key: key.to_owned(), text };
        self.lines.entry(container.name.clone()).or_default().push(line);
    }
}
