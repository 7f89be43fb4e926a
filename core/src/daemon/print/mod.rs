//! How are settings written down? One file per notation, and the targets to choose from.

mod advice;
pub(super) mod effective;
pub(super) mod given;
mod managed;
mod nixos;
pub(crate) mod shell;
mod steps;
mod target;

pub use crate::bench::{Note, Printed};
pub use advice::advice;
pub use steps::Step;
pub(crate) use steps::{DATA, ROOTLESS_DATA};
pub use target::{TARGETS, Target, WRITTEN};

use std::borrow::Cow;

use crate::{
    MAX_TEXT, Report, Request,
    daemon::{dialect::flags, late},
    document::{Document, Kind as NodeKind, Node, Notation, ProblemKind, Value},
    notation::json,
    notation::nix,
    rule::diagnostic::Severity,
    schema::{Status, counting, effective::Effective},
    text::{Ink, Span, order, words},
};

/// In which order settings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the text.
    #[default]
    AsWritten,
    /// By their names.
    ByName,
}

impl Note {
    /// Points at the value of a top-level key.
    fn about(mut self, document: &Document, key: &str) -> Self {
        self.span = counting::setting(document, key).map(|it| it.value.span);
        self
    }
}

/// Writes down what a report understood, for a target.
///
/// Printing is not part of [`analyze`](crate::analyze), so that each keystroke pays for one target only.
///
/// ```
/// use drydock::{Request, analyze, daemon::print};
///
/// let request = Request::of(r#"{ "data-root": "/srv/docker" }"#);
/// let target = print::Target::find("nix-settings").unwrap();
/// let printed = print::print(&request, &analyze(&request), target, print::Order::AsWritten);
/// assert_eq!(printed.text, "{\n  data-root = \"/srv/docker\";\n}\n");
/// ```
pub fn print(request: &Request, report: &Report, target: &Target, order: Order) -> Printed {
    let mut printed = write_down(request, report, target, order);
    printed.notes.extend(advice(&report.request_of(request), report, target));
    printed
}

/// The same without the [`advice`], which takes more code than the text.
pub fn write_down(request: &Request, report: &Report, target: &Target, order: Order) -> Printed {
    let request = &*report.request_of(request);
    if target.form == target::Form::Effective && report.foreign.is_none() && request.text.len() <= MAX_TEXT {
        let mut notes = Vec::new();
        let written = match placeholder(&report.document) {
            Some(hole) => Err(about_a_hole(&request.text, hole)),
            None => file_of_nixos(request, report, &mut notes),
        };
        return printed(written, notes);
    }
    let is_nix = matches!(target.form, target::Form::Nix(_));
    let keeps = |it: Span| is_nix && nixos::arguments_of(it.of(&request.text)).is_some();
    let (document, opaque) = as_written(&report.document, &keeps);
    let document = &*document;
    let effective = match is_nix && document.dialect.notation == Notation::Nix {
        true => Effective::with_expressions(document, &request.text),
        false => Effective::of(document),
    };
    let mut notes = match report.foreign {
        Some(_) => Vec::new(),
        None => about_the_text(document, &effective),
    };
    let mut given = given::Given::default();
    if let (target::Form::Nix(form), Some(outcome)) =
        (&target.form, report.nixos.as_ref().filter(|it| !it.given.is_empty()))
    {
        match late::come() {
            Some(it) => given = (it.given)(request, outcome, *form),
            None => return printed(Ok(Ink::default()), Vec::new()),
        }
    }
    if let (Some(outcome), Some(late)) = (&report.nixos, late::come()) {
        notes.extend((late.unsaid)(request, report, outcome, &given, is_nix));
    }
    let is_given = |it: &Left| given.is_whole || given.has_setting(it.path.split('.').next().unwrap_or_default());
    for it in opaque.into_iter().filter(|it| !is_given(it)) {
        let message = ["The value of `", &it.path, "` is not in the text, so it is left out."].concat();
        notes.push(Note { span: Some(it.span), ..Note::new(Severity::Warning, message) });
    }
    let settings = match (report.foreign, request.text.len()) {
        (Some(foreign), _) => Err(Note {
            span: Some(foreign.span),
            ..Note::new(
                Severity::Error,
                [
                    "This is ",
                    foreign.title(),
                    ", not a daemon.json: nothing in it was read, so there is nothing to copy.",
                ]
                .concat(),
            )
        }),
        (None, 0..=MAX_TEXT) => match placeholder(document) {
            Some(hole) => Err(about_a_hole(&request.text, hole)),
            None => settings_of(document, effective, order),
        },
        // What is in its place has no settings, which must not be taken for it.
        _ => Err(Note::new(Severity::Error, "A text of more than 1 MiB is not read, so there is nothing to copy.")),
    };
    let settings = settings.map(|it| without_unknown_flags(document, it, &mut notes));
    let written = settings.and_then(|settings| match target.form {
        target::Form::Json(setup) => Ok(json::print(&Value::Map(managed::keep(setup, document, settings, &mut notes)))),
        target::Form::Effective => file_of_nixos(request, report, &mut notes),
        target::Form::Flags(form) => Ok(flags::print(request, document, &settings, form, &mut notes)),
        target::Form::Nix(form) => {
            notes.append(&mut given.notes);
            let nix = nixos::print(request, document, settings, report.nixos.as_ref(), given, form, &mut notes)?;
            Ok(nix::write(&nix))
        }
    });
    printed(written, notes)
}

/// The file that NixOS writes; nothing before what prints it is here.
fn file_of_nixos(request: &Request, report: &Report, notes: &mut Vec<Note>) -> Result<Ink, Note> {
    late::come().map_or_else(|| Ok(Ink::default()), |it| (it.effective)(request, report, notes))
}

fn printed(written: Result<Ink, Note>, notes: Vec<Note>) -> Printed {
    match written {
        Ok(ink) => Printed { text: ink.text, spans: ink.spans, notes, error: None },
        Err(error) => Printed { notes, error: Some(error), ..Printed::default() },
    }
}

/// The document without what NixOS adds, which is at no bytes of the text: others do not add it, and NixOS does it again.
///
/// What it does not tell is left out as well, and returned.
fn as_written<'a>(document: &'a Document, keeps: &dyn Fn(Span) -> bool) -> (Cow<'a, Document>, Vec<Left>) {
    let mut left = Vec::new();
    match document.dialect.notation == Notation::Nix {
        false => (Cow::Borrowed(document), left),
        true => {
            let mut document = document.clone();
            document.added.clear();
            leave_out(&mut document.tree.root, "", keeps, &mut left);
            (Cow::Owned(document), left)
        }
    }
}

/// A value that the text does not tell.
struct Left {
    /// The names that lead to it, with dots.
    path: String,
    /// The bytes of the expression.
    span: Span,
}

/// Whether a value is printed; one that the text does not tell is noted.
fn stays(node: &Node, path: &str, keeps: &dyn Fn(Span) -> bool, left: &mut Vec<Left>) -> bool {
    let is_added = node.span.start == node.span.end && node.kind != NodeKind::Missing;
    let is_opaque = node.kind == NodeKind::Opaque && !keeps(node.span);
    if is_opaque && !is_added {
        left.push(Left { path: path.to_owned(), span: node.span });
    }
    !is_opaque && !is_added
}

fn leave_out(node: &mut Node, path: &str, keeps: &dyn Fn(Span) -> bool, left: &mut Vec<Left>) {
    match &mut node.kind {
        NodeKind::List(elements) => {
            elements.retain(|it| stays(it, path, keeps, left));
            elements.iter_mut().for_each(|it| leave_out(it, path, keeps, left));
        }
        NodeKind::Map(members) => {
            let name = |key: &str| match path {
                "" => key.to_owned(),
                path => [path, ".", key].concat(),
            };
            members.retain(|it| stays(&it.value, &name(&it.key), keeps, left));
            members.iter_mut().for_each(|it| leave_out(&mut it.value, &name(&it.key), keeps, left));
        }
        _ => {}
    }
}

/// The settings without the flags that dockerd does not have, which are keys of nothing; each is named in a note.
fn without_unknown_flags(
    document: &Document,
    mut settings: Vec<(String, Value)>,
    notes: &mut Vec<Note>,
) -> Vec<(String, Value)> {
    if document.dialect.notation == Notation::Shell {
        settings.retain(|(key, _)| {
            let is_unknown = key.starts_with('-');
            if is_unknown {
                let message = ["dockerd has no flag `", key, "`, so it is left out."].concat();
                notes.push(Note::new(Severity::Warning, message).about(document, key));
            }
            !is_unknown
        });
    }
    settings
}

/// What is said of a text with mistakes of syntax.
const ONLY_READ: &str = "Only what could be read is printed: fix the mistakes of the text first.";

/// Why a value that no reader goes through is not written down.
const TOO_DEEP: &str = "This value is nested too deep to be printed; no setting goes deeper than seven levels.";

/// A hole that a template leaves.
fn placeholder(document: &Document) -> Option<Span> {
    let mut problems = document.problems.iter();
    problems.find(|it| it.kind == ProblemKind::Placeholder).map(|it| it.span)
}

/// Why a template is not written down.
fn about_a_hole(text: &str, span: Span) -> Note {
    let said =
        ["`", span.of(text), "` is a placeholder of a template: its value is not known, so there is nothing to copy."];
    Note { span: Some(span), ..Note::new(Severity::Error, said.concat()) }
}

/// The top-level settings, each once.
fn settings_of(document: &Document, effective: Effective, order: Order) -> Result<Vec<(String, Value)>, Note> {
    if let Some(span) = effective.opaque {
        let mut note = Note::new(Severity::Error, TOO_DEEP);
        note.span = Some(span);
        return Err(note);
    }
    match effective.value {
        Value::Map(mut settings) => {
            if order == Order::ByName {
                order::sort(&mut settings, |a, b| a.0.cmp(&b.0));
            }
            Ok(settings)
        }
        Value::Null => Ok(Vec::new()),
        _ => {
            let noun = document.root.noun();
            let mut note = Note::new(
                Severity::Error,
                ["The text is ", noun, "; a daemon.json is one object, in braces."].concat(),
            );
            note.span = Some(document.root.span);
            Err(note)
        }
    }
}

/// Parts of the text that no target keeps.
fn about_the_text(document: &Document, effective: &Effective) -> Vec<Note> {
    let mut notes = Vec::new();
    let is_damaged =
        document.root.kind == NodeKind::Missing && document.problems.iter().any(|it| it.kind != ProblemKind::Empty);
    let is_nix = document.dialect.notation == Notation::Nix;
    if effective.is_partial || is_damaged || (is_nix && document.is_damaged()) {
        let unread = document.problems.iter().find(|it| it.kind == ProblemKind::NotRead);
        let is_all = document.problems.iter().all(|it| it.kind == ProblemKind::NotRead);
        let message = match unread.filter(|_| is_all) {
            Some(_) => "What is filled in when the daemon starts is not known here, and not printed.",
            None => ONLY_READ,
        };
        notes.push(Note { span: unread.map(|it| it.span), ..Note::new(Severity::Warning, message) });
    }
    if let [first, rest @ ..] = &effective.repeated[..] {
        let more = if rest.is_empty() { " occurs" } else { " and other keys occur" };
        notes.push(Note::new(
            Severity::Hint,
            ["`", first, "`", more, " more than once. It is printed once, with the value that the daemon reads."]
                .concat(),
        ));
    }
    if let Value::Map(settings) = &effective.value {
        let is_dead = |key: &str| document.schema().member("", key).is_some_and(|it| it.status == Status::Ignored);
        let mut dead = settings.iter().map(|it| it.0.as_str()).filter(|it| is_dead(it)).peekable();
        if let Some(first) = dead.peek().copied() {
            let message =
                ["The daemon does not read ", &words::listed(dead, "or"), ", which is printed as it is."].concat();
            notes.push(Note::new(Severity::Warning, message).about(document, first));
        }
    }
    let mut problems = document.problems.iter();
    if let Some(comment) = problems.find(|it| it.kind == ProblemKind::Comment) {
        let mut note = Note::new(Severity::Hint, "Comments are not printed.");
        note.span = Some(comment.span);
        notes.push(note);
    }
    notes
}

#[cfg(test)]
pub(crate) mod evaluate;
#[cfg(test)]
mod tests;
