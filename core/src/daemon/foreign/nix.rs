//! Nix: a module, a flake, a set of attributes.

use super::{Kind, page::Page};
use crate::text::find;

/// So many lines are looked at for the names that a function takes.
const NAMES: usize = 32;

pub fn look(page: &Page) -> Option<(Kind, usize)> {
    let line = line_that_tells(page)?;
    let is_function = page.is_function();
    let kind = if page.gives("outputs") {
        Kind::NixFlake
    } else if is_function && takes_more(page) || page.gives("virtualisation.") {
        Kind::NixModule
    } else {
        Kind::Nix
    };
    Some((kind, line))
}

/// Whether a text is likely Nix: a module, a flake, lines of one, a set of settings.
///
/// Looks at the first 64 KiB.
pub fn is_nix(text: &str) -> bool {
    let page = Page::of(text);
    let is_other = page.starts(0, &["[", "<", "---", "#!"]);
    !is_other && line_that_tells(&page).is_some()
}

/// The first line that no other notation has.
fn line_that_tells(page: &Page) -> Option<usize> {
    if page.is_function() {
        return Some(0);
    }
    let begins = page.starts(0, BEGINNINGS) || page.starts(0, OPTIONS) || page.assigned(0).is_some();
    if !begins {
        return None;
    }
    if let Some(line) = page.find(0, OPTIONS).filter(|it| !find::contains(page.line(*it), ": ")) {
        return Some(line);
    }
    let mut said = page.lines.iter().map(|it| without_comments(it));
    let ends = said.any(|it| it.trim_end_matches([' ', '}', ']', ')']).ends_with(';'));
    let set = (0..page.lines.len()).find(|it| page.assigned(*it).is_some());
    set.filter(|_| ends)
}

/// What Nix begins with that is neither a function nor a binding; prose about it begins otherwise.
const BEGINNINGS: &[&str] =
    &["{", "(", "}", "/*", "...", "_:", "rec {", "inherit ", "let", "with ", "import <", "import ./"];

/// Names of options that are typed before anything else is there.
const OPTIONS: &[&str] = &["virtualisation.", "virtualisation =", "flyingcircus."];

/// A line without its comments, as far as it is plain where they are: one at its begin, and what is behind the last
/// semicolon or bracket.
fn without_comments(line: &str) -> &str {
    let behind = match line.strip_prefix("/*").and_then(|it| it.split_once("*/")) {
        Some((_, behind)) => behind.trim_start(),
        None => line,
    };
    let mut said = behind;
    for sign in [" /*", " #"] {
        if let Some((before, _)) = behind.rsplit_once(sign)
            && before.trim_end().ends_with([';', '}', '{', '[', '='])
        {
            said = before.trim_end();
        }
    }
    said
}

/// Whether names have a hole among them: `users.users.<name>.extraGroups`, `users.users.${user}.uid`.
fn is_filled_in(path: &str) -> bool {
    let hole = |open: &str, close: char| {
        let (before, rest) = path.split_once(open)?;
        let (_, behind) = rest.split_once(close)?;
        let is_alone = before.trim_end_matches('"').ends_with('.');
        let behind = behind.trim_start_matches('"');
        Some(is_alone && (behind.is_empty() || behind.starts_with('.')) && !path.contains(' '))
    };
    hole("<", '>') == Some(true) || hole("${", '}') == Some(true)
}

/// Whether the names above a function end in `...`, as those of a module do.
fn takes_more(page: &Page) -> bool {
    let mut names = page.lines.iter().take(NAMES);
    names.any(|it| find::contains(it, "..."))
}

impl<'a> Page<'a> {
    /// Whether it begins with `{ config, pkgs, ... }:` or `let`.
    fn is_function(&self) -> bool {
        if self.line(0) == "let" || self.starts(0, &["let "]) {
            // Prose and other languages begin so, too.
            let gives = self.lines.iter().take(NAMES).any(|it| it.contains('='));
            let mut lines = self.lines.iter();
            return gives && lines.any(|it| *it == "in" || it.starts_with("in ") || find::contains(it, "; in "));
        }
        if self.starts(0, &["with import <", "with lib;", "with pkgs;"]) {
            return true;
        }
        // Up to the brace that ends the names, which can be on several lines.
        for (number, line) in self.lines.iter().enumerate().take(NAMES) {
            let names = match number {
                0 => match line.strip_prefix('{') {
                    Some(names) => names,
                    None => return false,
                },
                _ => line,
            };
            let (names, behind) = match names.split_once('}') {
                Some((names, behind)) => (names, Some(behind.trim_start())),
                None => (names, None),
            };
            let is_name = |it: u8| it.is_ascii_alphanumeric() || b"_-., ?".contains(&it);
            if !names.bytes().all(is_name) {
                return false;
            }
            if let Some(behind) = behind {
                let behind = match behind.strip_prefix('@') {
                    Some(name) => name.trim_start_matches(|it: char| it.is_ascii_alphanumeric()),
                    None => behind,
                };
                let is_more = number > 0 || names.contains([',', '.']) || behind.len() > 1;
                return behind.starts_with(':') && is_more;
            }
        }
        false
    }

    /// Whether a line gives a value to what begins with a name.
    fn gives(&self, name: &str) -> bool {
        let mut lines = 0..self.lines.len();
        lines.any(|it| self.assigned(it).is_some_and(|it| it.starts_with(name)))
    }

    /// What a line gives a value to as Nix writes it: `virtualisation.docker.enable = true;`.
    fn assigned(&self, number: usize) -> Option<&'a str> {
        let line = without_comments(self.line(number));
        let (name, value) = line.split_once('=')?;
        let name = name.trim_start_matches(' ').trim_start_matches("_:").trim_start_matches(['{', ' ']);
        let path = name.strip_suffix(' ')?;
        // A name that documentation leaves to the reader, or that is filled in, is as good as one.
        let path = if is_filled_in(path) { "a" } else { path };
        // What is in quotes is every second piece.
        let is_path = !path.is_empty()
            && path.split('"').enumerate().all(|(at, it)| {
                let others: &[u8] = if at % 2 == 1 { b"_-'/.:@" } else { b"_-'." };
                it.bytes().all(|it| it.is_ascii_alphanumeric() || others.contains(&it))
            });
        let value = value.trim();
        let is_value = value.contains(';') || value.is_empty() || value.ends_with(['{', '[', '(', '\'', ':']);
        (is_path && is_value).then_some(path)
    }
}
