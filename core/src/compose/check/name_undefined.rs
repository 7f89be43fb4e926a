//! A name that nothing declares.

use super::{Context, Diagnostic, Fix, Stage};
use std::collections::HashSet;

use crate::{containers::model::MountKind, document::Kind, text::Span};

rule! {
    /// A service uses a network, volume, secret, config or other service that is not there.
    ///
    /// ## Why it matters
    /// Compose refuses the file.
    ///
    /// ## What to do
    /// Correct the name, or declare it at the top of the project.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     networks: [frnot]
    /// networks:
    ///   front:
    /// ```
    ///
    /// ## Source
    /// compose-go `loader/validate.go`, `checkConsistency`
    "name-undefined", [Error], check
}

/// Names of one kind.
struct Names<'a> {
    /// What one is called: `network`.
    noun: &'static str,
    /// Where they are declared; empty for what has to be written by hand.
    section: &'static str,
    names: HashSet<&'a str>,
}

impl Names<'_> {
    fn expect(&self, context: &Context, found: &mut Vec<Diagnostic>, name: &str, span: Span) {
        // A name that is left open is asked for elsewhere.
        if self.names.contains(name) || name.contains('@') {
            return;
        }
        let noun = self.noun;
        let mut diagnostic = Diagnostic::error(ID, Stage::Load, span, format!("There is no {noun} `{name}`"))
            .why("Compose refuses a file that uses what it does not declare.");
        if let Some(meant) = context.meant(name, self.names.iter().copied()) {
            let written = context.written(span);
            let place = written.find(name).map(|it| Span::new(span.start + it, span.start + it + name.len()));
            let edits = place.map(|it| context.replace(it, meant)).unwrap_or_default();
            diagnostic = diagnostic
                .help(format!("`{meant}` was likely meant."))
                .fix(Fix::choice(format!("Write `{meant}`"), edits));
        } else {
            diagnostic = diagnostic.help(match self.section {
                "" => "Write the service, or take this out.".to_owned(),
                section => format!("Declare it in `{section}` at the top of the project, or take this out."),
            });
        }
        if matches!(self.section, "networks" | "volumes")
            && name.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it))
        {
            let title = format!("Declare the {noun} `{name}`");
            diagnostic = diagnostic.fix(Fix::choice(title, context.declare(self.section, name)));
        }
        found.push(diagnostic);
    }
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let project = context.project();
    // Before the second version nothing was declared.
    let is_old = crate::compose::read::is_without_services(&context.reading.root);
    // What a file includes that is not here may declare it.
    let has_more = context.reading.root.members().iter().any(|it| it.key == "include");
    if context.reading.root.kind == Kind::Opaque || is_old || has_more {
        return;
    }
    let declared = |section: &str| -> HashSet<&str> {
        let members = context.reading.root.members().iter().filter(|it| it.key == section);
        members.flat_map(|it| it.value.members()).map(|it| it.key.as_str()).collect()
    };
    let mut networks = Names { noun: "network", section: "networks", names: declared("networks") };
    networks.names.insert("default");
    let volumes = Names { noun: "volume", section: "volumes", names: declared("volumes") };
    let secrets = Names { noun: "secret", section: "secrets", names: declared("secrets") };
    let configs = Names { noun: "config", section: "configs", names: declared("configs") };
    let names = project.containers.iter().map(|it| it.name.as_str()).collect();
    let services = Names { noun: "service", section: "", names };
    for container in &project.containers {
        for it in &container.networks {
            networks.expect(context, found, &it.value.network, it.span);
        }
        for it in &container.mounts {
            if it.value.kind == MountKind::Volume && !it.value.source.is_empty() {
                volumes.expect(context, found, &it.value.source, it.span);
            }
        }
        for it in &container.secrets {
            secrets.expect(context, found, &it.value.source, it.span);
        }
        for it in &container.configs {
            configs.expect(context, found, &it.value.source, it.span);
        }
        for it in &container.depends_on {
            services.expect(context, found, &it.value.on, it.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn what_is_used_is_declared() {
        let text = "services:\n  a:\n    networks: [n, m]\n    volumes: ['vol:/x', './v:/y', '/z', 'wol:/w']\n    secrets: [s]\n    configs: [c]\n    depends_on: [b, d]\n    links: ['e:f']\n  b: {}\nnetworks: {n: }\nvolumes: {vol: }\n";
        let places = ["error m", "error 'wol:/w'", "error s", "error c", "error d", "error 'e:f'"];
        assert_flags(text, super::ID, &places);
        assert_flags("a: {image: x, volumes: ['vol:/x']}\n", super::ID, &[]);
        assert_flags("include: [x.yaml]\nservices: {a: {networks: [n]}}\n", super::ID, &[]);
        assert_flags("services: {a: {networks: [default], volumes: ['${V}:/x']}}\n", super::ID, &[]);
    }

    #[test]
    fn names_are_corrected_or_declared() {
        assert_first_fix(
            "services: {a: {volumes: ['dta:/x']}}\nvolumes: {data: }\n",
            super::ID,
            "Write `data`",
            "services: {a: {volumes: ['data:/x']}}\nvolumes: {data: }\n",
        );
        assert_first_fix(
            "services:\n  a:\n    volumes: ['vol:/x']",
            super::ID,
            "Declare the volume `vol`",
            "services:\n  a:\n    volumes: ['vol:/x']\nvolumes:\n  vol:\n",
        );
        assert_first_fix(
            "services:\n  a:\n    networks: [other]\nnetworks:\n    n:\n",
            super::ID,
            "Declare the network `other`",
            "services:\n  a:\n    networks: [other]\nnetworks:\n    other:\n    n:\n",
        );
    }
}
