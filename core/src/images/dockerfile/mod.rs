//! What does a Dockerfile say? Its instructions, whatever they are, and the stages they make.
//!
//! Sources: docker docs `reference/dockerfile.md`; moby/buildkit `frontend/dockerfile/parser/line_parsers.go`,
//! `instructions/parse.go`

pub mod instructions;
pub mod lines;
pub mod variables;
mod words;

pub use lines::{Directive, Heredoc, Logical};
pub use words::Word;

use crate::{
    document::Kind,
    notation::json,
    text::{Span, words::distance},
};

/// A Dockerfile.
#[derive(Clone, Debug, Default)]
pub struct Dockerfile {
    /// What is said at its beginning: `# syntax=…`.
    pub directives: Vec<Directive>,
    /// Its instructions.
    pub instructions: Vec<Instruction>,
    /// Its stages.
    pub stages: Vec<Stage>,
}

/// An instruction.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Its name, in capitals.
    pub name: String,
    /// The bytes of that.
    pub word: Span,
    /// The bytes of all of it.
    pub span: Span,
    /// Its lines put together.
    pub logical: Logical,
    /// Where in these what follows the flags begins.
    pub rest: usize,
    /// Its flags: `--from=builder`.
    pub flags: Vec<Flag>,
    /// Its words.
    pub words: Vec<Word>,
    /// The words of a list: `["a", "b"]`.
    pub list: Option<Vec<Word>>,
    /// Names with values, of ENV, LABEL and ARG.
    pub pairs: Vec<Pair>,
    /// The stage it is in; `None` before the first.
    pub stage: Option<usize>,
}

/// A flag of an instruction.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its name, without dashes.
    pub name: String,
    /// Its value; empty for none.
    pub value: String,
    /// The bytes of both.
    pub span: Span,
}

/// A name with its value.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// The value, quotes taken away; `None` for an ARG without one.
    pub value: Option<String>,
    /// The bytes of both.
    pub span: Span,
}

/// A stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The image that it begins with, as written.
    pub image: String,
    /// The bytes of that.
    pub span: Span,
    /// Its name; empty for none.
    pub name: String,
    /// The number of its FROM among the instructions.
    pub from: usize,
}

impl Instruction {
    /// What follows the name and the flags, in one line.
    pub fn line(&self) -> &str {
        self.logical.text.get(self.rest..).unwrap_or_default().trim()
    }

    /// The bytes of that.
    pub fn line_span(&self) -> Span {
        let text = &self.logical.text;
        let rest = text.get(self.rest..).unwrap_or_default();
        let start = self.rest + (rest.len() - rest.trim_start().len());
        self.logical.span_of(start.min(text.len()), text.trim_end().len())
    }

    /// A flag's value.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|it| it.name == name)
    }

    /// The words of the list, or else those that are written.
    pub fn arguments(&self) -> &[Word] {
        self.list.as_deref().unwrap_or(&self.words)
    }

    /// What it is called in lists: its first words.
    pub fn title(&self) -> String {
        let text = self.logical.text.trim();
        let mut title: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = title.char_indices().nth(60) {
            title.truncate(end);
            title.push('…');
        }
        title
    }
}

impl Dockerfile {
    /// Reads a text, whatever it is.
    pub fn read(text: &str) -> Self {
        let (directives, escape, all) = lines::read(text);
        let mut file = Self { directives, ..Self::default() };
        for logical in all {
            let instruction = instruction(logical, escape, file.stages.len().checked_sub(1));
            file.add(instruction);
        }
        file
    }

    fn add(&mut self, mut instruction: Instruction) {
        if instruction.name == "FROM" {
            let words = &instruction.words;
            let image = words.first();
            let is_named = words.get(1).is_some_and(|it| it.text.eq_ignore_ascii_case("as"));
            let name = words.get(2).filter(|_| is_named).map(|it| it.text.to_ascii_lowercase());
            instruction.stage = Some(self.stages.len());
            self.stages.push(Stage {
                image: image.map(|it| it.text.clone()).unwrap_or_default(),
                span: image.map_or(instruction.word, |it| it.span),
                name: name.unwrap_or_default(),
                from: self.instructions.len(),
            });
        }
        self.instructions.push(instruction);
    }

    /// The instructions of a stage, its FROM included.
    pub fn of_stage(&self, stage: usize) -> impl Iterator<Item = &Instruction> {
        let start = self.stages.get(stage).map_or(self.instructions.len(), |it| it.from);
        let end = self.stages.get(stage + 1).map_or(self.instructions.len(), |it| it.from);
        self.instructions.get(start..end).unwrap_or_default().iter()
    }

    /// The stage of a name or a number, of those before another.
    pub fn stage(&self, name: &str, before: usize) -> Option<usize> {
        let far = before.saturating_sub(MAX_STAGES);
        let earlier = self.stages.get(far..before)?;
        if let Ok(number) = name.parse::<usize>() {
            return (number < before).then_some(number);
        }
        let found = earlier.iter().rposition(|it| !it.name.is_empty() && it.name.eq_ignore_ascii_case(name));
        found.map(|it| it + far)
    }
}

/// The instruction that was likely meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    let near = instructions::ROWS.iter().map(|it| (distance(name, it.name), it.name));
    near.min().filter(|it| it.0 <= 1 + name.len() / 4 && it.0 < name.len()).map(|it| it.1)
}

/// So many stages back a name is looked for.
const MAX_STAGES: usize = 1_000;

/// Instructions whose words may be a list.
const WITH_LISTS: &[&str] = &["ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"];

/// So many pairs or words of one instruction are read.
const MAX_WORDS: usize = 4_000;

fn instruction(logical: Logical, escape: char, stage: Option<usize>) -> Instruction {
    let text = logical.text.clone();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default().to_ascii_uppercase();
    let word = logical.span_of(0, end);
    let span = logical.span;
    let mut it = Instruction {
        name,
        word,
        span,
        logical,
        rest: end,
        flags: Vec::new(),
        words: Vec::new(),
        list: None,
        pairs: Vec::new(),
        stage,
    };
    // Flags come first.
    loop {
        let rest = text.get(it.rest..).unwrap_or_default();
        let start = it.rest + (rest.len() - rest.trim_start().len());
        let flag = text.get(start..).unwrap_or_default();
        if !flag.starts_with("--") || it.name == "ONBUILD" {
            break;
        }
        let written = words::first(flag, escape);
        let bare = written.text.trim_start_matches('-');
        let (name, value) = bare.split_once('=').unwrap_or((bare, ""));
        let span = it.logical.span_of(start, start + written.length);
        it.flags.push(Flag { name: name.to_owned(), value: value.to_owned(), span });
        it.rest = start + written.length.max(2);
    }
    let rest = text.get(it.rest..).unwrap_or_default();
    let start = it.rest;
    it.words = words::split(rest, escape, MAX_WORDS)
        .into_iter()
        .map(|word| Word { span: it.logical.span_of(start + word.start, start + word.start + word.length), ..word })
        .collect();
    match it.name.as_str() {
        "ENV" | "LABEL" => it.pairs = pairs(&it),
        "ARG" => it.pairs = it.words.iter().map(|word| pair(word, None)).collect(),
        "HEALTHCHECK" if it.words.first().is_some_and(|it| it.text.eq_ignore_ascii_case("CMD")) => {
            let after = it.words.first().map_or(0, |it| start + it.start + it.length);
            it.list = list(&it.logical, after);
        }
        name if WITH_LISTS.contains(&name) => it.list = list(&it.logical, start),
        _ => {}
    }
    it
}

/// The strings of a list of JSON.
fn list(logical: &Logical, start: usize) -> Option<Vec<Word>> {
    let rest = logical.text.get(start..)?;
    let trimmed = rest.trim();
    if !trimmed.starts_with('[') || !trimmed.ends_with(']') {
        return None;
    }
    let base = start + (rest.len() - rest.trim_start().len());
    let tree = json::read(trimmed);
    let Kind::List(elements) = &tree.root.kind else { return None };
    if !tree.problems.is_empty() {
        return None;
    }
    let word = |it: &crate::document::Node| {
        let text = it.as_str()?.to_owned();
        let span = logical.span_of(base + it.span.start, base + it.span.end);
        let (start, length) = (base + it.span.start, it.span.end - it.span.start);
        Some(Word { raw: text.clone(), text, span, start, length, is_quoted: true })
    };
    elements.iter().map(word).collect()
}

/// The names and values of ENV and LABEL: `A=1 B="2 3"`, or of old `A 1`.
fn pairs(it: &Instruction) -> Vec<Pair> {
    let Some(first) = it.words.first() else { return Vec::new() };
    if !first.raw.contains('=') {
        let value = it.logical.text.get(it.rest + first.start + first.length..).unwrap_or_default().trim();
        let span = first.span.to(it.line_span());
        return vec![Pair { name: first.text.clone(), value: Some(value.to_owned()), span }];
    }
    it.words.iter().map(|word| pair(word, Some(""))).collect()
}

fn pair(word: &Word, without: Option<&str>) -> Pair {
    let (name, value) = match word.text.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
        None => (word.text.clone(), without.map(str::to_owned)),
    };
    Pair { name, value, span: word.span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_taken_apart() {
        let text = "# syntax=docker/dockerfile:1\nFROM --platform=linux/amd64 golang:1.23 AS Build\nENV A=1 B=\"2 3\" C=x\\ y\nENV OLD some value\nLABEL \"a b\"=c\nCMD [\"a\", \"b c\"]\nENTRYPOINT ['a']\nHEALTHCHECK --interval=30s CMD [\"x\"]\nFROM scratch\nCOPY --from=build --chown=1:1 /a /b\n";
        let file = Dockerfile::read(text);
        assert_eq!(file.directives[0].value, "docker/dockerfile:1");
        let names: Vec<&str> = file.stages.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["build", ""]);
        let pairs = |at: usize| {
            let all = file.instructions[at].pairs.iter();
            all.map(|it| format!("{}={}", it.name, it.value.clone().unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(pairs(1), ["A=1", "B=2 3", "C=x y"]);
        assert_eq!(pairs(2), ["OLD=some value"]);
        assert_eq!(pairs(3), ["a b=c"]);
        let list = |at: usize| {
            let it: Option<Vec<&str>> =
                file.instructions[at].list.as_ref().map(|it| it.iter().map(|it| it.text.as_str()).collect());
            it
        };
        assert_eq!(list(4), Some(vec!["a", "b c"]));
        assert_eq!(list(5), None);
        assert_eq!(list(6), Some(vec!["x"]));
        let copy = &file.instructions[8];
        assert_eq!(copy.flags.iter().map(|it| it.span.of(text)).collect::<Vec<_>>(), ["--from=build", "--chown=1:1"]);
        assert_eq!(copy.words.iter().map(|it| it.span.of(text)).collect::<Vec<_>>(), ["/a", "/b"]);
        assert_eq!(file.stage("build", 1), Some(0));
        assert_eq!(file.stage("0", 1), Some(0));
        assert_eq!(file.stage("1", 1), None);
    }
}
