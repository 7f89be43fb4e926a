//! What is wrong with Nix that makes images, or with a Dockerfile? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use std::cell::Cell;

use super::{
    dockerfile::{Dockerfile, Instruction, instructions, nearest},
    functions::{self, KEYS, Maker, Takes, key_of},
    nix::{Given, Made, Nix, Said},
    packages::removed,
    print::{Source, insertion, with_line},
};
use crate::{
    containers::secret::is_secret,
    document::ProblemKind,
    manifest::{Hash, Reference},
    notation::{
        json,
        nix::push_string,
        shell::{Quoting, Token, tokens},
    },
    rule::diagnostic::{Diagnostic, Fix, Stage},
    text::{Edits, Span, order, words::distance},
};

/// What a rule may look at.
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// What was read of it.
    pub source: &'a Source,
    comparisons: Cell<usize>,
}

/// So many names are looked for that were likely meant; a text with more mistakes gets no further proposals.
const MAX_COMPARISONS: usize = 50;

impl<'a> Context<'a> {
    /// What there is to look at in a text that was read.
    pub fn new(text: &'a str, source: &'a Source) -> Self {
        Self { text, source, comparisons: Cell::new(MAX_COMPARISONS) }
    }

    /// The Nix, where it is some.
    fn nix(&self) -> Option<&'a Nix> {
        match self.source {
            Source::Nix(nix) => Some(nix),
            _ => None,
        }
    }

    /// The Dockerfile, where it is one.
    fn file(&self) -> Option<&'a Dockerfile> {
        match self.source {
            Source::Dockerfile(file, _) => Some(file),
            _ => None,
        }
    }

    /// Every call that makes an image.
    fn calls(&self) -> impl Iterator<Item = &'a Made> + use<'a> {
        self.nix().into_iter().flat_map(|it| &it.calls)
    }

    /// Every instruction of a name.
    fn instructions(&self, name: &'static str) -> impl Iterator<Item = &'a Instruction> + use<'a> {
        self.file().into_iter().flat_map(|it| &it.instructions).filter(move |it| it.name == name)
    }

    /// Whether another name may be looked for.
    fn may_compare(&self) -> bool {
        let left = self.comparisons.get();
        self.comparisons.set(left.saturating_sub(1));
        left > 0
    }
}

/// A text as a string of Nix.
fn nix_text(text: &str) -> String {
    let mut written = String::new();
    push_string(&mut written, text);
    written
}

/// The words of a line as a list of Nix; `None` where it is more than words.
fn words_of(line: &str) -> Option<String> {
    let mut words = Vec::new();
    for token in tokens(line, Span::new(0, line.len()), Quoting::Shell) {
        match token {
            Token::Word(word) if word.unread.is_none() && word.unclosed.is_none() => words.push(nix_text(&word.text)),
            _ => return None,
        }
    }
    (!words.is_empty()).then(|| format!("[ {} ]", words.join(" ")))
}

/// The bytes of the first name of a path.
fn first_of(text: &str, path: Span) -> Span {
    let written = path.of(text);
    let length = written.find(['.', ' ', '\n']).unwrap_or(written.len());
    Span::new(path.start, path.start + length)
}

/// A date that is right for every function, of one that is cut out of `lastModifiedDate`.
fn created_of(written: &str) -> Option<String> {
    let end = written.find("lastModifiedDate")? + "lastModifiedDate".len();
    let name = written.get(..end)?.rsplit([' ', '(']).next()?;
    let part = |start: usize, length: usize| format!("${{builtins.substring {start} {length} {name}}}");
    Some(["\"", &part(0, 4), "-", &part(4, 2), "-", &part(6, 2), "T00:00:00Z\""].concat())
}

/// What the rules found.
type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
type Check = fn(&Context, &mut Found);

rules! {
    add_of_address,
    architecture_without_cross,
    argument_missing,
    argument_of_wrong_kind,
    argument_unknown,
    attribute_removed,
    base_configuration_dropped,
    base_tag_alone,
    certificates_missing,
    command_in_shell_form,
    command_is_a_string,
    command_repeated,
    config_key_unknown,
    config_of_wrong_kind,
    contents_deprecated,
    created_malformed,
    created_now,
    digest_as_hash,
    expose_with_host_port,
    from_missing,
    hash_malformed,
    image_name_with_capitals,
    image_name_with_tag,
    install_asks,
    instruction_unknown,
    layers_out_of_bounds,
    list_with_single_quotes,
    maintainer_deprecated,
    nix_feature_off,
    nix_malformed,
    onbuild_ignored,
    owner_is_not_user,
    run_as_root,
    sandbox_off,
    secret_in_the_image,
    shell_missing,
    snapshotter_needs_containerd,
    stage_unknown,
    store_copied_whole,
    stream_read_as_archive,
    sudo_in_run,
    tag_missing,
    user_unknown,
}

/// Runs every rule; what is found comes in the order of the text.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Found::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    found
}

#[cfg(test)]
mod tests;
