//! What is wrong with the commands, and what will be otherwise on NixOS? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use crate::{
    containers::model::{Container, Project},
    rule::diagnostic::Diagnostic,
    run::{Choices, Reading, Run, Set, flags::Cli, problem::Problem},
    text::{Edits, Span, TextEdit},
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
        self.without_all(&[set])
    }

    /// The edits that take flags out, with their lines where nothing else is on those.
    pub fn without_all(&self, sets: &[&Set]) -> Edits {
        let mut edits = Vec::new();
        for set in sets {
            let Span { start, end } = set.whole;
            let flag = self.written(set.flag);
            let word = self.word_around(set.flag);
            let is_group = set.value.is_none() && !flag.starts_with("--") && self.written(word).len() > 2;
            if !is_group {
                edits.push(TextEdit { span: self.with_line(Span::new(start, end)), text: String::new() });
                continue;
            }
            // Letters of one group: all of them are its word.
            let together = sets.iter().filter(|it| word.holds(it.flag));
            if together.count() + 1 == self.written(word).len() {
                edits.push(TextEdit { span: self.with_line(word), text: String::new() });
            } else {
                let letter = flag.chars().next_back().map_or(0, char::len_utf8);
                edits.push(TextEdit { span: Span::new(end - letter, end), text: String::new() });
            }
        }
        Edits::of(edits)
    }

    /// What lies between blanks around a span.
    fn word_around(&self, span: Span) -> Span {
        let before = self.text.get(..span.start).unwrap_or_default();
        let behind = self.text.get(span.end..).unwrap_or_default();
        let start =
            before.len() - before.chars().rev().take_while(|it| !it.is_whitespace()).map(char::len_utf8).sum::<usize>();
        let length = behind.find(char::is_whitespace).unwrap_or(behind.len());
        Span::new(start, span.end + length)
    }

    /// A span with the blanks before it, or with its line where nothing else is on that.
    fn with_line(&self, span: Span) -> Span {
        let before = self.text.get(..span.start).unwrap_or_default();
        let behind = self.text.get(span.end..).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        let is_first = self.text.get(line..span.start).is_some_and(|it| it.trim().is_empty());
        let rest = behind.split_inclusive('\n').next().unwrap_or_default();
        if is_first && line > 0 && rest.ends_with('\n') && matches!(rest.trim(), "\\" | "`" | "^") {
            return Span::new(line, span.end + rest.len());
        }
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        Span::new(span.start - blanks, span.end)
    }
}

/// What the rules found.
pub(super) type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
pub(super) type Check = fn(&Context, &mut Found);

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
    flag_repeated,
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
    mount_point_taken,
    network_not_made,
    networks_exclude_each_other,
    part_not_read,
    port_open_to_all,
    ports_without_network,
    privileged,
    quote_unclosed,
    rm_with_restart,
    secret_in_the_store,
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
    found.sort_by_key(|it| (it.span, it.severity));
    found
}

/// An error: the program refuses the command, or the container does not start.
fn refused(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(rule, crate::rule::diagnostic::Stage::Run, span, message)
}

#[cfg(test)]
mod tests;
