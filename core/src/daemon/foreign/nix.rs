//! Nix: a module, a flake, a set of attributes.

use super::{Kind, page::Page};
use crate::text::find;

/// So many lines are looked at for the names that a function takes.
const NAMES: usize = 32;

pub fn look(page: &Page) -> Option<(Kind, usize)> {
    let head = (page.is_function()).then_some(0);
    let ends = page.lines.iter().any(|it| it.trim_end_matches([' ', '}', ']', ')']).ends_with(';'));
    let set = (0..page.lines.len()).find(|it| page.assigned(*it).is_some());
    let line = head.or(set.filter(|_| ends))?;
    let has = |name: &str| {
        let mut lines = 0..page.lines.len();
        lines.any(|it| page.assigned(it).is_some_and(|it| it.starts_with(name)))
    };
    let kind = if has("outputs") {
        Kind::NixFlake
    } else if head.is_some() && takes_more(page) || has("virtualisation.") {
        Kind::NixModule
    } else {
        Kind::Nix
    };
    Some((kind, line))
}

/// Whether the names above a function end in `...`, as those of a module do.
fn takes_more(page: &Page) -> bool {
    let mut names = page.lines.iter().take(NAMES);
    names.any(|it| find::contains(it, "..."))
}

impl<'a> Page<'a> {
    /// Whether it begins with `{ config, pkgs, ... }:` or `let`.
    fn is_function(&self) -> bool {
        if self.line(0) == "let" || self.starts(0, &["with import <", "let "]) {
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

    /// What a line gives a value to as Nix writes it: `virtualisation.docker.enable = true;`.
    fn assigned(&self, number: usize) -> Option<&'a str> {
        let line = self.line(number);
        let (name, value) = line.split_once('=')?;
        let name = name.trim_start_matches(['{', ' ']);
        let path = name.strip_suffix(' ')?;
        let is_path = path.split('.').all(|it| {
            let quoted = it.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            let mut letters = quoted.unwrap_or(it).bytes();
            !it.is_empty() && letters.all(|it| it.is_ascii_alphanumeric() || b"_-'/".contains(&it))
        });
        let value = value.trim();
        let is_value = value.contains(';') || value.is_empty() || value.ends_with(['{', '[', '(', '\'', ':']);
        (is_path && is_value).then_some(path)
    }
}
