//! What do the files say that Podman's Quadlet reads by itself, on any distribution?

use super::{
    Context, Report, Step,
    args::For,
    quadlet::{Object, line, objects},
};
use crate::text::{Ink, Role};

/// What puts the files in place.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Put each file into its directory",
        explanation: "The comment above each part names its file. For containers of a user it is ~/.config/containers/systemd.",
        lines: &["sudo mkdir -p /etc/containers/systemd"],
    },
    Step {
        title: "Make units of them, and start them",
        explanation: "Podman makes the units whenever systemd reads its own again; they start with the machine.",
        lines: &["sudo systemctl daemon-reload", "sudo systemctl start UNIT"],
    },
    Step {
        title: "See what was made of them",
        explanation: "What Quadlet cannot read is in the journal, and here; what a container writes is in that of its unit.",
        lines: &["/usr/lib/systemd/system-generators/podman-system-generator --dryrun", "journalctl --unit UNIT"],
    },
];

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    let objects = objects(context, For::Quadlet, report);
    if let Some(first) = objects.directories.first() {
        let message = ["Podman makes no directory that is missing: make `", first, "` and the like first."];
        report.note(None, message.concat());
    }
    let mut ink = context.begin();
    for object in &objects.all {
        if !ink.text.is_empty() {
            ink.space("\n");
        }
        ink.put(Role::Comment, &["# ", &object.name, ".", object.kind.suffix()].concat());
        ink.space("\n");
        push_object(&mut ink, object, context.choices.rootless.is_some());
    }
    ink
}

/// The sections of a unit.
pub(super) fn push_object(ink: &mut Ink, object: &Object<'_>, is_rootless: bool) {
    let Object { kind, name: _, settings, unit, service, starts } = object;
    let mut sections = 0;
    let mut section = |ink: &mut Ink, name: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        if sections > 0 {
            ink.space("\n");
        }
        sections += 1;
        ink.put(Role::Word, &["[", name, "]"].concat());
        ink.space("\n");
        for line in lines {
            let (key, value) = line.split_once('=').unwrap_or((&line, ""));
            ink.put(Role::Key, key);
            ink.put(Role::Punctuation, "=");
            ink.put(Role::String, value);
            ink.space("\n");
        }
    };
    let unit = unit.iter().map(|(key, values)| [key, "=", &values.join(" ")].concat());
    section(ink, "Unit", unit.collect());
    section(ink, kind.section(), settings.iter().map(line).collect());
    let service = service.iter().map(|(key, value)| [key, "=", value].concat());
    section(ink, "Service", service.collect());
    if *starts {
        let target = if is_rootless { "default.target" } else { "multi-user.target" };
        section(ink, "Install", vec![["WantedBy=", target].concat()]);
    }
}
