//! Which file does NixOS write for the daemon?

use super::Note;
use crate::{
    Report, Request,
    daemon::nixos::{Daemon, Outcome},
    document::{Kind as NodeKind, Value},
    notation::json,
    rule::diagnostic::Severity,
    text::Ink,
};

/// Prints the file that a release of NixOS writes.
///
/// # Errors
///
/// A note that says why nixos-rebuild refuses it: `group = "wheel"` beside NixOS's own.
pub(in crate::daemon) fn print(request: &Request, report: &Report, notes: &mut Vec<Note>) -> Result<Ink, Note> {
    let outcome = match &report.nixos {
        Some(it) => it.clone(),
        None => of_settings(request, report)?,
    };
    if let Some(deep) = outcome.opaque.first().filter(|_| report.nixos.is_none()) {
        return Err(Note { span: Some(deep.span), ..Note::new(Severity::Error, super::TOO_DEEP) });
    }
    let mut refused = outcome.flaws.iter().map(|it| Note {
        span: Some(it.span),
        ..Note::new(Severity::Error, ["nixos-rebuild refuses it: ", &it.message(), ". ", &it.help()].concat())
    });
    if let Some(first) = refused.next() {
        notes.extend(refused);
        return Err(first);
    }
    if outcome.is_enabled == Some(false) {
        return Err(Note::new(
            Severity::Error,
            "Docker is not enabled in it, so NixOS writes no file: set `virtualisation.docker.enable = true`.",
        ));
    }
    if report.document.is_damaged() {
        notes.push(Note::new(Severity::Warning, super::ONLY_READ));
    }
    notes.extend(super::given::assumed(request, &outcome));
    tell(&outcome, notes);
    let members = outcome.settings.iter().filter_map(|(name, it)| Some((name.clone(), it.written()?))).collect();
    Ok(json::print_open(&Value::Map(members)))
}

/// What NixOS makes of a text that is not Nix, as its settings.
fn of_settings(request: &Request, report: &Report) -> Result<Outcome, Note> {
    let daemon = match request.host.rootless {
        true => Daemon::Rootless,
        false => Daemon::Rootful,
    };
    let root = &report.document.root;
    match root.kind {
        NodeKind::Map(_) | NodeKind::Missing => Ok(Outcome::of_settings(root, request.host.nixos, daemon)),
        _ => {
            let message = ["The text is ", root.noun(), "; settings are one object, in braces."].concat();
            Err(Note { span: Some(root.span), ..Note::new(Severity::Error, message) })
        }
    }
}

/// Whether what an option comes to is in the file.
fn is_written(path: &[String]) -> bool {
    path.iter().any(|it| matches!(&**it, "settings" | "logDriver" | "storageDriver" | "liveRestore"))
}

/// Whether settings are below an option.
pub(super) fn leads_to_settings(path: &[String]) -> bool {
    let below = path.get(2..).unwrap_or_default();
    let below = below.strip_prefix(&["rootless".to_owned()]).unwrap_or(below);
    below.len() <= 2 && below.iter().zip(["daemon", "settings"]).all(|(a, b)| a == b)
}

fn tell(outcome: &Outcome, notes: &mut Vec<Note>) {
    for opaque in outcome.opaque.iter().filter(|it| is_written(&it.path) || leads_to_settings(&it.path)) {
        let message =
            ["The value of `", &opaque.path.join("."), "` is not in the text, so it is left out here."].concat();
        notes.push(Note { span: Some(opaque.span), ..Note::new(Severity::Warning, message) });
    }
    if outcome.option("enableNvidia").is_some_and(|it| it.as_bool() == Some(true)) {
        let message = "`runtimes.nvidia.path` is a path in the Nix store that is known only when NixOS is built, so it is left out here.";
        notes.push(Note::new(Severity::Warning, message));
    }
    if outcome.is_enabled.is_none() {
        notes.push(Note::new(Severity::Hint, "Nothing in the text turns Docker on; this is the file where it is."));
    }
    if outcome.has_both {
        let message = "Both the daemon of root and those of users are turned on, each with a file of its own: which of them this is decides Runs rootless.";
        notes.push(Note::new(Severity::Hint, message));
    }
    for span in &outcome.outweighed {
        let message = "This counts for nothing: what NixOS itself sets weighs more than `lib.mkDefault`.";
        notes.push(Note { span: Some(*span), ..Note::new(Severity::Warning, message) });
    }
    for (path, why) in &outcome.reasons {
        notes.push(Note::new(Severity::Hint, ["`", path, "`: ", why].concat()));
    }
    let mut command = ["The daemon starts as `", &outcome.command(), "`."].concat();
    if outcome.daemon == Daemon::Rootful {
        command.push_str(" /etc/docker/daemon.json is not read.");
    }
    notes.push(Note::new(Severity::Hint, command));
}
