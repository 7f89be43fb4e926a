//! How is something written into a text of Nix, so that the rest of it stays as it is?

use super::{model::Place, read::Around};
use crate::{
    notation::nix::{Binding, Nix, write_binding, write_element, write_inline, write_name},
    text::{Edits, Span},
};

/// A binding behind the names that lead to it, below what is said of it.
fn behind(prefix: &str, binding: &Binding) -> String {
    let said: String = binding.comments.iter().map(|it| ["# ", it, "\n"].concat()).collect();
    [&said, prefix, &write_binding(binding)].concat()
}

/// A binding on one line, without what is said of it.
pub fn on_one_line(binding: &Binding) -> String {
    let path: Vec<String> = binding.path.iter().map(|it| write_name(it)).collect();
    [&path.join("."), " = ", &write_inline(&binding.value), ";"].concat()
}

/// The same behind the names that lead to it.
fn inline(prefix: &str, binding: &Binding) -> String {
    [" ", prefix, &on_one_line(binding)].concat()
}

/// Lines, each as far in as the first.
fn indented(text: &str, indentation: &str) -> String {
    text.replace('\n', &["\n", indentation].concat())
}

/// The blanks at the start of the line of a byte, where nothing else is before it.
fn indentation(text: &str, at: usize) -> Option<&str> {
    let line = text.get(..at)?.rsplit('\n').next()?;
    line.trim().is_empty().then_some(line)
}

/// The edits that write options at a place; none where that cannot be done.
pub fn add(text: &str, place: Place, bindings: &[Binding]) -> Edits {
    match place {
        Place::Set(set) => add_to_set(text, set, bindings),
        Place::Beside(path) => {
            let prefix = [path.of(text), "."].concat();
            let added: String = match indentation(text, path.start) {
                Some(line) => {
                    bindings.iter().map(|it| [&*indented(&behind(&prefix, it), line), "\n", line].concat()).collect()
                }
                None => bindings.iter().map(|it| [inline(&prefix, it).trim_start(), " "].concat()).collect(),
            };
            Edits::replace(Span::empty(path.start), added)
        }
    }
}

fn add_to_set(text: &str, set: Span, bindings: &[Binding]) -> Edits {
    let Some(close) = set.end.checked_sub(1).filter(|it| *it > set.start) else { return Edits::NONE };
    let before = text.get(set.start + 1..close).unwrap_or_default();
    let trimmed = before.trim_end();
    let ends_in_comment = trimmed.rsplit('\n').next().is_some_and(|it| it.contains('#'));
    if !trimmed.is_empty() && !trimmed.ends_with(';') && !ends_in_comment && !trimmed.ends_with("*/") {
        return Edits::NONE;
    }
    let line = indentation(text, close).filter(|_| before.contains('\n'));
    if let Some(line) = line {
        let inner = [line, "  "].concat();
        let lines = bindings.iter().map(|it| [&inner, &*indented(&behind("", it), &inner), "\n"].concat());
        return Edits::replace(Span::empty(close - line.len()), lines.collect::<String>());
    }
    if trimmed.is_empty() && bindings.len() > 1 {
        let line = text.get(..set.start).and_then(|it| it.rsplit('\n').next()).unwrap_or_default();
        let line = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
        let inner = [line, "  "].concat();
        let lines = bindings.iter().map(|it| ["\n", &inner, &*indented(&behind("", it), &inner)].concat());
        let added: String = lines.chain([["\n", line].concat()]).collect();
        return Edits::replace(Span::new(set.start + 1, close), added);
    }
    if ends_in_comment {
        return Edits::NONE;
    }
    let mut added: String = bindings.iter().map(|it| inline("", it)).collect();
    if before.len() == trimmed.len() {
        added.push(' ');
    }
    Edits::replace(Span::empty(set.start + 1 + trimmed.len()), added)
}

/// The edits that write options of the host behind the containers.
pub fn add_around(text: &str, around: &Around, bindings: &[Binding]) -> Edits {
    let Around { prefix, behind: end, begins } = around;
    let mut end = *end;
    if !text.get(..end).unwrap_or_default().ends_with(';') {
        let rest = text.get(end..).unwrap_or_default();
        match rest.trim_start().starts_with(';') {
            true => end += rest.len() - rest.trim_start().len() + 1,
            false => return Edits::NONE,
        }
    }
    let rest = text.get(end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let is_end_of_line = rest.trim().is_empty() || rest.trim_start().starts_with('#');
    match indentation(text, *begins).filter(|_| is_end_of_line) {
        Some(line) => {
            let lines = bindings.iter().map(|it| ["\n", line, &*indented(&behind(prefix, it), line)].concat());
            let added: String = ["\n".to_owned()].into_iter().chain(lines).collect();
            Edits::replace(Span::empty(end + rest.len()), added)
        }
        None => {
            let added = bindings.iter().map(|it| inline(prefix, it));
            Edits::replace(Span::empty(end), added.collect::<String>())
        }
    }
}

/// The edits that put elements at the end of a list, whose brackets `list` has.
pub fn append(text: &str, list: Span, elements: &[Nix]) -> Edits {
    let Some(close) = list.end.checked_sub(1).filter(|it| *it > list.start) else { return Edits::NONE };
    let before = text.get(list.start + 1..close).unwrap_or_default();
    let trimmed = before.trim_end();
    let ends_in_comment = trimmed.rsplit('\n').next().is_some_and(|it| it.contains('#'));
    let elements: Vec<String> = elements.iter().map(write_element).collect();
    if let Some(line) = indentation(text, close).filter(|_| before.contains('\n')) {
        let lines = elements.iter().map(|it| [line, "  ", it, "\n"].concat());
        return Edits::replace(Span::empty(close - line.len()), lines.collect::<String>());
    }
    if ends_in_comment {
        return Edits::NONE;
    }
    let mut added: String = elements.iter().map(|it| [" ", it].concat()).collect();
    if before.len() == trimmed.len() {
        added.push(' ');
    }
    Edits::replace(Span::empty(list.start + 1 + trimmed.len()), added)
}

/// The edits that take an option out, with its line where nothing else is on it.
pub fn remove(text: &str, whole: Span) -> Edits {
    let mut end = whole.end;
    if !text.get(..end).unwrap_or_default().ends_with(';') {
        let rest = text.get(end..).unwrap_or_default();
        if rest.trim_start().starts_with(';') {
            end += rest.len() - rest.trim_start().len() + 1;
        }
    }
    let rest = text.get(end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    match indentation(text, whole.start).filter(|_| line.trim().is_empty() && rest.len() > line.len()) {
        Some(before) => Edits::replace(Span::new(whole.start - before.len(), end + line.len() + 1), ""),
        None => {
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            Edits::replace(Span::new(whole.start, end + blank), "")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::read;

    fn yes(path: &str) -> [Binding; 1] {
        [Binding::of(path, Nix::from(true))]
    }

    #[test]
    fn options_are_written_where_others_are() {
        for (text, expected) in [
            ("{ containers.a = { }; }", "{ containers.a = { autoStart = true; }; }"),
            ("{ containers.a = {}; }", "{ containers.a = { autoStart = true; }; }"),
            (
                "{ containers.a = { ephemeral = true; }; }",
                "{ containers.a = { ephemeral = true; autoStart = true; }; }",
            ),
            (
                "{\n  containers.a = {\n    ephemeral = true; # so\n  };\n}\n",
                "{\n  containers.a = {\n    ephemeral = true; # so\n    autoStart = true;\n  };\n}\n",
            ),
            (
                "{\n  containers = {\n    a.ephemeral = true;\n  };\n}\n",
                "{\n  containers = {\n    a.autoStart = true;\n    a.ephemeral = true;\n  };\n}\n",
            ),
            ("containers.a.ephemeral = true;", "containers.a.autoStart = true;\ncontainers.a.ephemeral = true;"),
            (
                "{ lib, x, ... }: { containers.a = lib.mkIf x { ephemeral = true; }; }",
                "{ lib, x, ... }: { containers.a = lib.mkIf x { ephemeral = true; autoStart = true; }; }",
            ),
            ("let a = { ephemeral = true; }; in { containers.a = a; }", ""),
        ] {
            let reading = read(text);
            let after = reading.containers[0].place.map(|it| add(text, it, &yes("autoStart")).apply(text));
            assert_eq!(after.unwrap_or_default().trim(), expected.trim(), "{text}");
        }
    }

    #[test]
    fn options_of_the_host_are_written_behind_the_containers() {
        for (text, expected) in [
            ("{ containers.a = { }; x = 1; }", "{ containers.a = { }; boot.x = true; x = 1; }"),
            ("{\n  containers.a = { };\n}\n", "{\n  containers.a = { };\n\n  boot.x = true;\n}\n"),
            (
                "{\n  containers = {\n    a = { };\n    b = { };\n  }; # two\n}\n",
                "{\n  containers = {\n    a = { };\n    b = { };\n  }; # two\n\n  boot.x = true;\n}\n",
            ),
            (
                "{\n  containers.a = { };\n  containers.b = { };\n  time = 1;\n}\n",
                "{\n  containers.a = { };\n  containers.b = { };\n\n  boot.x = true;\n  time = 1;\n}\n",
            ),
            ("{ config.containers.a = { }; }", "{ config.containers.a = { }; config.boot.x = true; }"),
            ("containers.a = { };\n", "containers.a = { };\n\nboot.x = true;\n"),
        ] {
            let reading = read(text);
            let after = reading.around.map(|it| add_around(text, &it, &yes("boot.x")).apply(text));
            assert_eq!(after.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn lists_grow_and_options_go() {
        let element = [Nix::String("b".to_owned())];
        for (text, expected) in [
            ("[ ]", "[ \"b\" ]"),
            ("[]", "[ \"b\" ]"),
            ("[ \"a\" ]", "[ \"a\" \"b\" ]"),
            ("[\"a\"]", "[\"a\" \"b\" ]"),
            ("[\n  \"a\"\n]", "[\n  \"a\"\n  \"b\"\n]"),
        ] {
            assert_eq!(append(text, Span::new(0, text.len()), &element).apply(text), expected);
        }
        for (text, whole, expected) in [
            ("{ a = 1; b = 2; }", "a = 1;", "{ b = 2; }"),
            ("{\n  a = 1;\n  b = 2;\n}", "a = 1;", "{\n  b = 2;\n}"),
            ("{\n  a = 1;  \n}", "a = 1;", "{\n}"),
            ("{ a = 1; # x\n }", "a = 1;", "{ # x\n }"),
        ] {
            let start = text.find(whole).expect(whole);
            assert_eq!(remove(text, Span::new(start, start + whole.len())).apply(text), expected, "{text}");
        }
    }
}
