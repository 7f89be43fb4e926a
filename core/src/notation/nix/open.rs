//! What stands in a string for a value that the text leaves open? `"${toString cfg.port}:80"` is `@cfg.port@:80`.

use std::collections::HashSet;

use crate::text::Span;

/// Something that a text leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it is called: as written, without what makes a string of it; `cfg.port`.
    pub name: String,
    /// What stands for it: `@cfg.port@`.
    pub placeholder: String,
    /// The bytes that leave it open.
    pub span: Span,
}

/// What is filled into strings.
pub(super) struct Filling<'a> {
    /// The value of what is called so, as written and with its names worked out; `None` where nobody knows.
    known: &'a dyn Fn(&str, &str) -> Option<String>,
    seen: HashSet<Span>,
    /// What was left open, each place once, in the order in which it was come across.
    pub found: Vec<Open>,
}

impl<'a> Filling<'a> {
    /// Fills in what is known by its name as written, or with its names worked out.
    pub fn new(known: &'a dyn Fn(&str, &str) -> Option<String>) -> Self {
        Self { known, seen: HashSet::new(), found: Vec::new() }
    }

    /// The text for the expression at `span`, which is called `path` with its names worked out.
    pub fn fill(&mut self, text: &str, span: Span, path: &str, is_file: bool) -> String {
        let name = name_of(span.of(text));
        if let Some(value) = (self.known)(&name, path) {
            return value;
        }
        let placeholder = if is_file { path.to_owned() } else { placeholder(&name) };
        if self.seen.insert(span) {
            self.found.push(Open { name, placeholder: placeholder.clone(), span });
        }
        placeholder
    }
}

/// A name is no longer, in bytes.
const MAX_NAME: usize = 60;

/// What an expression is called: `cfg.port` for `toString cfg.port`.
pub(crate) fn name_of(written: &str) -> String {
    let mut name = written.trim();
    for around in ["builtins.toString ", "lib.toString ", "toString "] {
        name = name.strip_prefix(around).map_or(name, str::trim_start);
    }
    let name = name.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(name).trim();
    let line: Vec<&str> = name.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(MAX_NAME) {
        Some((end, _)) => line.get(..end).unwrap_or_default().trim_end().to_owned(),
        None => line,
    }
}

/// What stands for it: letters, digits and what names of paths have, between two signs that no name has.
pub(crate) fn placeholder(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        match letter {
            it if it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-') => plain.push(it),
            _ if plain.is_empty() || plain.ends_with('_') => {}
            _ => plain.push('_'),
        }
    }
    let plain = plain.trim_end_matches('_');
    ["@", if plain.is_empty() { "value" } else { plain }, "@"].concat()
}

#[cfg(test)]
mod tests {
    use crate::notation::nix::{read_filling, value::Kind};

    #[test]
    fn what_is_open_stands_in_its_string() {
        for (text, expected, open) in [
            ("{ cfg }: \"${toString cfg.port}:80\"", "@cfg.port@:80", &["cfg.port"][..]),
            ("{ cfg }: \"${cfg.a}/b:${cfg.c}\"", "@cfg.a@/b:@cfg.c@", &["cfg.a", "cfg.c"]),
            ("{ cfg }: let v = \"1.2\"; in \"a:${v}-${cfg.x}\"", "a:1.2-@cfg.x@", &["cfg.x"]),
            ("{ cfg }: cfg.dir + \"/data:/data\"", "@cfg.dir@/data:/data", &["cfg.dir"]),
            (
                "{ pkgs }: \"${pkgs.writeText \"a\" \"b\"}:/a\"",
                "@pkgs.writeText_a_b@:/a",
                &["pkgs.writeText \"a\" \"b\""],
            ),
            ("\"${./conf}:/etc/x\"", "./conf:/etc/x", &["./conf"]),
            ("\"${toString ./conf}:/etc/x\"", "./conf:/etc/x", &[]),
            ("\"${toString ./.}/data:/d\"", "./data:/d", &[]),
            ("toString (./. + \"/data/./x\")", "./data/x", &[]),
            ("toString ../.", "..", &[]),
            ("{ cfg }: \"${toString ([ \"a\" ] ++ cfg.x)}\"", "@a_cfg.x@", &["[ \"a\" ] ++ cfg.x"]),
            ("{ known }: \"${known}\"", "told", &[]),
        ] {
            let known = |name: &str, _: &str| (name == "known").then(|| "told".to_owned());
            let (reading, found) = read_filling(text, &known);
            let mut value = &reading.value;
            while let Kind::Function(_, inner) = &value.kind {
                value = inner;
            }
            assert_eq!(value.kind, Kind::String(expected.to_owned()), "{text}");
            let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, open, "{text}");
        }
    }
}
