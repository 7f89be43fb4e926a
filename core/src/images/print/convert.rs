//! How is an image of one function made by another? The text is changed in place, and everything around stays as it is.

use super::{Answer, CREATED, commands, nix_ink, warning};
use crate::{
    bench::Line,
    images::{
        functions::{Maker, files_of},
        nix::{Given, Made, Nix, Said},
    },
    rule::diagnostic::Severity,
    text::{Edits, Span, TextEdit},
};

/// What becomes of an argument.
enum Becomes {
    Same,
    Renamed(&'static str, &'static str),
    Dropped(&'static str),
    /// The function has none of this name.
    Strange,
}

/// Writes each image of a text for one function.
pub fn convert(nix: &Nix, text: &str, to: Maker) -> Answer {
    let mut change = Change { text, edits: Vec::new(), answer: Answer::default() };
    let mut is_other = false;
    for made in &nix.calls {
        match made.maker.builds() {
            true => {
                is_other |= made.maker != to;
                change.made(nix, made, to);
            }
            false => change.kept(made),
        }
    }
    if is_other && to == Maker::Container {
        change.container(nix);
    }
    if is_other && to == Maker::Snapshotter {
        change.answer.notes.push(warning("`pkgs.nix-snapshotter` comes with the overlay of github:pdtpartners/nix-snapshotter. Its images run with containerd alone: Docker cannot load them."));
    }
    let Change { edits, mut answer, .. } = change;
    answer.ink = nix_ink(Edits::of(edits).apply(text));
    answer.steps = commands::steps(nix, Some(to));
    answer.parts.sort_by_key(|it| it.span.unwrap_or_default());
    answer
}

struct Change<'t> {
    text: &'t str,
    edits: Vec<TextEdit>,
    answer: Answer,
}

impl Change<'_> {
    fn edit(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push(TextEdit { span, text: text.into() });
    }

    fn part(&mut self, span: Span, severity: Option<Severity>, word: &str, what: &str, how: impl Into<String>) {
        let line = Line { severity, word: word.to_owned(), what: what.to_owned(), how: how.into(), span: Some(span) };
        self.answer.parts.push(line);
    }

    /// A call that stays as it is.
    fn kept(&mut self, made: &Made) {
        let what = made.name.of(self.text).to_owned();
        self.part(made.name, None, "carried", &what, "It is written as it is.");
    }

    fn made(&mut self, nix: &Nix, made: &Made, to: Maker) {
        let from = made.maker;
        let what = made.name.of(self.text).to_owned();
        if from == to {
            self.part(made.name, None, "carried", &what, "It is this function already.");
        } else {
            let name = function(nix, made, to, self.text);
            self.part(made.name, Some(Severity::Hint), "changed", &what, format!("`{name}` makes the image."));
            if made.name.of(self.text).contains("WithNixDb") {
                self.answer
                    .notes
                    .push(warning("`includeNixDB = true;` says what the end of the function's name said."));
            }
            self.edit(made.name, name);
        }
        let mut chroot = false;
        for given in &made.arguments {
            let becomes = if from == to { Becomes::Same } else { becomes(given, made, to) };
            chroot |= matches!(becomes, Becomes::Renamed("fakeRootCommands", _));
            self.argument(given, becomes, to);
        }
        if chroot && made.given("enableFakechroot").is_none() {
            self.insert(made, "enableFakechroot = true;");
        }
        for key in &made.config {
            let what = key.name_span.of(self.text).to_owned();
            self.part(key.name_span, None, "carried", &what, "A key of `config`.");
        }
        let is_container = |it: Maker| matches!(it, Maker::Container | Maker::Snapshotter);
        if made.has_base() && is_container(from) != is_container(to) {
            self.answer.notes.push(warning("The base has to be fetched in another way: nix2container takes what `nix2container.pullImage` fetches, whose `sha256` is another one; `dockerTools` takes archives of `dockerTools.pullImage`."));
        }
    }

    fn argument(&mut self, given: &Given, becomes: Becomes, to: Maker) {
        let what = given.name_span.of(self.text).to_owned();
        let span = given.name_span;
        match becomes {
            Becomes::Same => self.part(span, None, "carried", &what, ""),
            _ if !given.is_here => {
                let how = "It is written elsewhere, where other calls may use it, too: change it there.";
                self.part(span, Some(Severity::Warning), "left as it is", &what, how);
            }
            Becomes::Renamed(name, how) => {
                self.part(span, Some(Severity::Hint), "changed", &what, format!("`{name}`. {how}").trim_end());
                match given.is_written {
                    true => self.edit(first_name(given, self.text), name),
                    false => {
                        self.edit(given.binding, "");
                        let line = format!("{name} = {};", given.name);
                        self.insert_before(given, &line);
                    }
                }
            }
            Becomes::Dropped(how) => {
                let severity = if how.ends_with("as well.") { Severity::Hint } else { Severity::Warning };
                self.part(span, Some(severity), "left out", &what, how);
                let binding = if given.is_written { with_line(self.text, given.binding) } else { given.binding };
                self.edit(binding, "");
            }
            Becomes::Strange => {
                let how = format!("`{}` has no argument of this name.", to.title());
                self.part(span, Some(Severity::Warning), "left as it is", &what, how);
            }
        }
    }

    /// Adds an argument at the beginning of the set.
    fn insert(&mut self, made: &Made, line: &str) {
        if let Some(edit) = insertion(self.text, made, line) {
            self.edits.push(edit);
        }
    }

    /// Adds an argument before the `inherit` that another one is in.
    fn insert_before(&mut self, given: &Given, line: &str) {
        let before = self.text.get(..given.binding.start).unwrap_or_default();
        if let Some(at) = before.rfind("inherit") {
            self.edit(Span::empty(at), format!("{line} "));
        }
    }

    /// Says where nix2container comes from.
    fn container(&mut self, nix: &Nix) {
        if self.text.contains("nix2container") {
            return;
        }
        if nix.is_flake {
            let outputs = nix.outline.function_of("outputs").and_then(|it| opened(self.text, it.1));
            let start = opened(self.text, self.text.find('{').unwrap_or_default());
            match (outputs, start) {
                (Some(at), Some(start)) => {
                    self.edit(Span::empty(start), "\n  inputs.nix2container.url = \"github:nlewo/nix2container\";\n");
                    self.edit(Span::empty(at), " nix2container,");
                }
                _ => self.answer.notes.push(warning("Add github:nlewo/nix2container to the inputs of the flake, and `nix2container` to the arguments of `outputs`.")),
            }
            return;
        }
        let opened = nix.outline.parameters().and_then(|it| opened(self.text, it.1));
        match opened {
            Some(at) => self.edit(Span::empty(at), " nix2container,"),
            None => self.edit(Span::empty(0), "{ nix2container }:\n"),
        }
    }
}

/// Where an argument goes at the beginning of the set of a call.
pub fn insertion(text: &str, made: &Made, line: &str) -> Option<TextEdit> {
    let at = made.argument.start + made.argument.of(text).find('{')? + 1;
    if !made.argument.of(text).starts_with(['{', 'r']) {
        return None;
    }
    let rest = text.get(at..)?;
    let gap = rest.len() - rest.trim_start().len();
    let gap = rest.get(..gap).unwrap_or_default();
    let written = match gap.rsplit_once('\n') {
        Some((_, indent)) => format!("\n{indent}{line}"),
        None => format!(" {line}"),
    };
    Some(TextEdit { span: Span::empty(at), text: written })
}

/// Where the pattern of a function begins that begins at a byte, behind its brace.
fn opened(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.starts_with('{').then_some(at + 1)
}

/// The bytes of the first name of a path.
fn first_name(given: &Given, text: &str) -> Span {
    let written = given.name_span.of(text);
    let length = written.find(['.', ' ', '\n']).unwrap_or(written.len());
    Span::new(given.name_span.start, given.name_span.start + length)
}

/// A binding, with the white space before it and the comment behind it on the same line.
pub fn with_line(text: &str, binding: Span) -> Span {
    let before = text.get(..binding.start).unwrap_or_default();
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let start = binding.start - blank;
    let after = text.get(binding.end..).unwrap_or_default();
    let line = after.split('\n').next().unwrap_or_default();
    let is_alone = (start == 0 || before.get(..start).is_some_and(|it| it.ends_with('\n'))) && line.trim().is_empty();
    match is_alone && after.len() > line.len() {
        true => Span::new(start, binding.end + line.len() + 1),
        false => binding,
    }
}

/// What the function is called in the text.
fn function(nix: &Nix, made: &Made, to: Maker, text: &str) -> String {
    let written = made.name.of(text);
    let (before, _) = written.rsplit_once('.').map_or(("", written), |it| (it.0, it.1));
    match (made.maker, to) {
        (_, Maker::Container) => match nix.is_flake && !text.contains("nix2container") {
            true => "nix2container.packages.${pkgs.stdenv.hostPlatform.system}.nix2container.buildImage".to_owned(),
            false => "nix2container.buildImage".to_owned(),
        },
        (_, Maker::Snapshotter) => "pkgs.nix-snapshotter.buildImage".to_owned(),
        (Maker::Container | Maker::Snapshotter, to) => ["pkgs.", &to.title()].concat(),
        (_, to) if before.is_empty() => to.name().to_owned(),
        (_, to) => [before, ".", to.name()].concat(),
    }
}

fn becomes(given: &Given, made: &Made, to: Maker) -> Becomes {
    use Becomes::{Dropped, Renamed, Same, Strange};
    let name = given.name.as_str();
    if to.argument(name).is_some() && !(name == "contents" && files_of(to) != "contents") {
        return match name {
            "created" if matches!(to, Maker::Plain | Maker::Container) && given.value == Said::Filled => Same,
            "tag" if to == Maker::Snapshotter && given.value == Said::Null => {
                Dropped("nix-snapshotter has no `null` here: it takes `latest` as well.")
            }
            _ => Same,
        };
    }
    let scripts = "It runs no scripts. Make a derivation of it with `runCommand`, and put that into `copyToRoot`.";
    match name {
        "contents" | "copyToRoot" => Renamed(files_of(to), ""),
        "architecture" if to == Maker::Container => Renamed("arch", ""),
        "arch" if made.maker == Maker::Container && to != Maker::Snapshotter => Renamed("architecture", ""),
        "includeNixDB" if to == Maker::Container => Renamed("initializeNixDatabase", ""),
        "initializeNixDatabase" if matches!(to, Maker::Plain | Maker::Layered | Maker::Stream) => {
            Renamed("includeNixDB", "")
        }
        "runAsRoot" if given.value == Said::Null => Dropped("It did nothing; without it it does nothing as well."),
        "runAsRoot" if matches!(to, Maker::Layered | Maker::Stream) => Renamed(
            "fakeRootCommands",
            "With `enableFakechroot`, `/` is the root of the image, and no virtual machine is needed.",
        ),
        "fakeRootCommands" if to == Maker::Plain => {
            Renamed("runAsRoot", "It runs in a virtual machine, which needs `/dev/kvm`.")
        }
        "enableFakechroot" if to == Maker::Plain => {
            Dropped("A virtual machine has the root of the image as `/` as well.")
        }
        "extraCommands" | "runAsRoot" | "fakeRootCommands" | "enableFakechroot" => Dropped(scripts),
        "diskSize" | "buildVMMemorySize" => Dropped("There is no virtual machine: it starts without them as well."),
        "compressor" if to == Maker::Stream => Dropped("A script compresses nothing: `| gzip` behind it does as well."),
        "compressor" => Dropped("No archive is written: layers are compressed where they are copied as well."),
        "fromImageName" | "fromImageTag" => match made.given(name).map(|it| &it.value) {
            Some(Said::Null) => Dropped("It did nothing; without it it does nothing as well."),
            _ => Dropped("The first image of the archive is taken."),
        },
        "keepContentsDirlinks" => Dropped("Everything is linked into the image."),
        "maxLayers" => Dropped("There is one layer."),
        "created" => Dropped("nix-snapshotter has no date of an image."),
        "mtime" => Dropped("The files are of 1970."),
        "uid" | "gid" | "uname" | "gname" if to == Maker::Container => Dropped("Say owners with `perms`."),
        "uid" | "gid" | "uname" | "gname" | "perms" | "nixUid" | "nixGid" => Dropped("The files are those of root."),
        "layeringPipeline" | "layers" => Dropped("The function makes its layers by itself."),
        "includeStorePaths" => Dropped("The paths of the store are always in it."),
        "architecture" | "arch" | "variant" => Dropped("The architecture is that of the machine that builds."),
        "meta" | "passthru" | "debug" => Dropped("It is nothing of the image, which is the same without it as well."),
        "resolvedByNix" => Dropped("Only nix-snapshotter finds images in the store."),
        "includeNixDB" | "initializeNixDatabase" => Dropped("nix-snapshotter makes no database of Nix."),
        _ => Strange,
    }
}

/// Adds the date of the commit to each image of a text that says none.
pub fn dated(nix: &Nix, text: &str) -> Vec<TextEdit> {
    let lacks = |it: &&Made| it.maker.argument("created").is_some() && it.given("created").is_none() && !it.is_open;
    let calls = nix.calls.iter().filter(lacks);
    calls.filter_map(|it| insertion(text, it, &format!("created = {CREATED};"))).collect()
}
