//! What is wrong with the commands, and what will be otherwise on NixOS? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use crate::{
    containers::model::{Container, Project},
    rule::diagnostic::{Diagnostic, Severity},
    run::{Choices, Reading, Run, Set, flags::Cli, problem::Problem},
    text::{Edits, Span},
};

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// What was understood of it.
    pub reading: &'a Reading,
    /// What it asks for.
    pub project: &'a Project,
    /// What is chosen beside it.
    pub choices: &'a Choices,
}

impl<'a> Context<'a> {
    /// The containers, each with the command that makes it.
    pub fn runs(&self) -> impl Iterator<Item = (&'a Container, &'a Run)> {
        self.project.containers.iter().zip(&self.reading.runs)
    }

    /// What could not be read.
    pub fn problems(&self) -> impl Iterator<Item = &'a Problem> {
        self.reading.problems.iter()
    }

    /// Whether Podman runs the container of a command.
    pub fn is_podman(&self, run: &Run) -> bool {
        run.cli == Cli::Podman || self.choices.runs_on == Cli::Podman
    }

    /// What was written at `span`.
    pub fn written(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The edits that take a flag out, with its line where nothing else is on that.
    pub fn without(&self, set: &Set) -> Edits {
        let Span { start, end } = set.whole;
        let before = self.text.get(..start).unwrap_or_default();
        let behind = self.text.get(end..).unwrap_or_default();
        let written = self.written(set.flag);
        let is_group = !written.starts_with("--") && set.value.is_none();
        if is_group {
            let is_first = written.starts_with('-');
            let more = behind.starts_with(|it: char| it.is_ascii_alphabetic());
            if !is_first || more {
                let letter = written.chars().next_back().map_or(0, char::len_utf8);
                return Edits::replace(Span::new(end - letter, end), "");
            }
        }
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        let is_line_start = self.text.get(line..start).is_some_and(|it| it.trim().is_empty());
        let rest = behind.split_inclusive('\n').next().unwrap_or_default();
        if is_line_start && line > 0 && rest.ends_with('\n') && matches!(rest.trim(), "\\" | "`" | "^") {
            return Edits::replace(Span::new(line, end + rest.len()), "");
        }
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        Edits::replace(Span::new(start - blanks, end), "")
    }
}

/// What the rules found.
pub(super) type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
pub(super) type Check = fn(&Context, &mut Found);

/// Something that can be wrong with commands.
pub struct Rule {
    /// Names the bad pattern; once released it stays.
    pub id: &'static str,
    /// The severities its diagnostics may have.
    pub severities: &'static [Severity],
    /// Its doc comment.
    #[cfg(feature = "prose")]
    docs: &'static str,
}

#[cfg(feature = "prose")]
impl Rule {
    /// Its page, in Markdown: a sentence, *Why it matters*, *What to do*, *Example*, *Source*.
    pub fn page(&self) -> String {
        let lines = self.docs.lines();
        let unindented: Vec<&str> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
        unindented.join("\n")
    }
}

/// Declares the rule of a file; its doc comment is the rule's page.
macro_rules! rule {
    ($(#[doc = $doc:expr])+ $id:literal, [$($severity:ident),+], $check:ident) => {
        const ID: &str = $id;

        $(#[doc = $doc])+
        pub(super) static RULE: super::Rule = super::Rule {
            id: ID,
            severities: &[$(crate::rule::diagnostic::Severity::$severity),+],
            #[cfg(feature = "prose")]
            docs: concat!($($doc, "\n"),+),
        };

        pub(super) const CHECK: super::Check = $check;
    };
}

macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// Every rule, in the order of their ids.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),+];

        const CHECKS: &[Check] = &[$($module::CHECK),+];
    };
}

rules! {
    address_impossible,
    alias_without_network,
    bind_directory_not_made,
    command_unknown,
    compose_command,
    container_name_taken,
    container_not_made,
    docker_socket_mounted,
    flag_behind_image,
    flag_unknown,
    flag_with_one_dash,
    gpus_need_cdi,
    healthcheck_both_ways,
    host_port_taken,
    image_missing,
    image_not_pinned,
    image_short_name,
    line_not_continued,
    link_is_legacy,
    log_option_unknown,
    memory_swap_below_memory,
    network_not_made,
    networks_exclude_each_other,
    part_not_read,
    port_open_to_all,
    ports_without_network,
    privileged,
    quote_unclosed,
    rm_with_restart,
    secret_in_the_store,
    subnet_not_private,
    subnet_taken,
    terminal_of_a_service,
    tilde_not_replaced,
    typographic_character,
    value_malformed,
    value_missing,
    variable_missing,
    windows_path,
}

/// Runs every rule; what is found comes in the order of the text.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Found::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    found.sort_by(|a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    found
}

/// An error: the program refuses the command, or the container does not start.
fn refused(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(rule, crate::rule::diagnostic::Stage::Run, span, message)
}

#[cfg(test)]
mod tests;
