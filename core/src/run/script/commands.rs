//! Where does each command begin and end?

use std::collections::BTreeMap;

use super::mask::{self, Slip, SlipKind};
use crate::{
    notation::shell::{self, Quoting, Token, Word},
    text::Span,
};

/// A text, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The commands, in the order of the text.
    pub commands: Vec<Command>,
    /// The comments.
    pub comments: Vec<Span>,
    /// What works otherwise than it looks, in the order of the text.
    pub slips: Vec<Slip>,
    /// What is not read, and what it is.
    pub refused: Vec<Refused>,
    /// Where output is sent and input taken from.
    pub redirections: Vec<Span>,
}

/// A command with its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// Its words, the program first. Never empty.
    pub words: Vec<Word>,
}

impl Command {
    /// From the first word to the last.
    pub fn span(&self) -> Span {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        }
    }
}

/// A part that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What it is: `heredoc`, `loop`, …
    pub what: &'static str,
    /// Its bytes.
    pub span: Span,
}

/// Takes a text apart. `is_complete` says whether a command has all that it needs, so that what follows on a line of its own
/// is not taken for more of it.
pub fn script(text: &str, is_complete: &dyn Fn(&[Word]) -> bool) -> Script {
    let masked = mask::mask(text);
    let tokens = shell::tokens(&masked.text, Span::new(0, masked.text.len()), Quoting::Shell);
    let mut gatherer = Gatherer {
        text: &masked.text,
        script: Script { slips: masked.slips, ..Script::default() },
        is_complete,
        words: Vec::new(),
        joins: false,
        heredocs: Vec::new(),
        skip_to: 0,
        lines: None,
    };
    for token in tokens {
        gatherer.token(token);
    }
    gatherer.end();
    let mut script = gatherer.script;
    refuse_blocks(&mut script);
    script.slips.sort_by_key(|it| it.span);
    script
}

struct Gatherer<'a> {
    text: &'a str,
    script: Script,
    is_complete: &'a dyn Fn(&[Word]) -> bool,
    words: Vec<Word>,
    /// Whether the last command ended with its line, so that the next one may be more of it.
    joins: bool,
    /// Marks that end what follows this line, and where they stand.
    heredocs: Vec<(String, usize)>,
    /// Where what is read begins again.
    skip_to: usize,
    /// Where each line ends, by what it holds; made for the first heredoc.
    lines: Option<BTreeMap<&'a str, Vec<usize>>>,
}

/// So many words may miss the end of their command; looking again costs time.
const MOST_WORDS: usize = 256;

impl Gatherer<'_> {
    fn token(&mut self, token: Token) {
        let start = match &token {
            Token::Word(it) => it.span.start,
            Token::Operator(it) | Token::Redirection(it) | Token::Comment(it) => it.start,
            Token::Newline(at) => *at,
        };
        if start < self.skip_to {
            return;
        }
        match token {
            Token::Word(word) => {
                if self.words.is_empty() && self.joins {
                    self.joins = false;
                    if self.is_more(&word) {
                        self.join(&word);
                    }
                }
                self.words.push(word);
            }
            Token::Operator(_) => {
                self.end();
                self.joins = false;
            }
            Token::Redirection(span) => self.redirection(span),
            Token::Comment(span) => self.script.comments.push(span),
            Token::Newline(at) => {
                let is_some = !self.words.is_empty();
                self.end();
                self.joins |= is_some;
                self.heredoc(at);
            }
        }
    }

    fn redirection(&mut self, span: Span) {
        let written = span.of(self.text);
        let Some(at) = written.find("<<").filter(|_| !written.contains("<<<")) else {
            self.script.redirections.push(span);
            return;
        };
        let mark = written.get(at + 2..).unwrap_or_default().trim_start_matches('-');
        let mark: String = mark.chars().filter(|it| !"'\"\\ \t".contains(*it)).collect();
        self.heredocs.push((mark, span.start));
    }

    /// Passes over the texts that were announced on the line that ends at `at`.
    fn heredoc(&mut self, at: usize) {
        let mut line = at + 1;
        for (mark, start) in std::mem::take(&mut self.heredocs) {
            // One that never ends takes its own line alone.
            let end = self.line_after(&mark, line).unwrap_or(at);
            line = line.max(end);
            self.skip_to = self.skip_to.max(end);
            self.script.refused.push(Refused { what: "heredoc", span: Span::new(start, end.min(self.text.len())) });
        }
    }

    /// Where the first line ends that holds nothing but a mark, of those from a place on.
    fn line_after(&mut self, mark: &str, from: usize) -> Option<usize> {
        let text = self.text;
        let lines = self.lines.get_or_insert_with(|| {
            let mut lines: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            let mut end = 0;
            for line in text.split_inclusive('\n') {
                end += line.len();
                lines.entry(line.trim()).or_default().push(end);
            }
            lines
        });
        let ends = lines.get(mark)?;
        ends.get(ends.partition_point(|it| *it <= from)).copied()
    }

    /// Whether a word at the start of a line is more of the command on the lines before.
    fn is_more(&self, word: &Word) -> bool {
        let Some(last) = self.script.commands.last().filter(|it| is_ours(&it.words)) else {
            return false;
        };
        let mut characters = word.text.chars();
        let is_flag =
            characters.next() == Some('-') && characters.next().is_some_and(|it| it == '-' || it.is_ascii_alphabetic());
        if is_flag {
            return true;
        }
        let line = self.text.get(..word.span.start).unwrap_or_default();
        let is_indented = line.ends_with([' ', '\t']);
        let is_image = word.text.contains(['/', ':']) && !word.text.contains("//");
        last.words.len() < MOST_WORDS && (is_indented || is_image) && !(self.is_complete)(&last.words)
    }

    /// Goes on with the command before.
    fn join(&mut self, word: &Word) {
        if let Some(last) = self.script.commands.pop() {
            let end = last.span().end;
            self.script.slips.push(Slip { kind: SlipKind::NotContinued, span: Span::new(end, word.span.start) });
            self.words = last.words;
        }
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        if let [word] = words.as_slice()
            && let Some(inner) = substituted(self.text, word)
        {
            let tokens = shell::tokens(self.text, inner, Quoting::Shell);
            let words = tokens.into_iter().map_while(|it| match it {
                Token::Word(it) => Some(it),
                _ => None,
            });
            let words: Vec<Word> = words.collect();
            if is_ours(&words) {
                self.script.commands.push(Command { words });
                return;
            }
        }
        if !words.is_empty() {
            self.script.commands.push(Command { words });
        }
    }
}

/// The bytes of the command whose output a variable gets: `ID=$(docker run …)`.
fn substituted(text: &str, word: &Word) -> Option<Span> {
    let (_, span) = word.unread_parts().next()?;
    let inner = Span::new(span.start + 2, span.end.checked_sub(1)?);
    let is_whole = span.of(text).starts_with("$(") && word.span.end - span.end <= 1 && word.text.contains('=');
    (is_whole && inner.start < inner.end).then_some(inner)
}

/// Whether Docker or Podman are called.
pub(in crate::run) fn is_ours(words: &[Word]) -> bool {
    words.iter().take(6).any(|it| program(&it.text).is_some())
}

/// Docker or Podman, by the name or path that calls it.
pub(in crate::run) fn program(word: &str) -> Option<crate::run::flags::Cli> {
    use crate::run::flags::Cli;
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    match name.strip_suffix(".exe").unwrap_or(name) {
        "docker" | "nvidia-docker" => Some(Cli::Docker),
        "podman" => Some(Cli::Podman),
        _ => None,
    }
}

/// Takes out loops, conditions and functions.
fn refuse_blocks(script: &mut Script) {
    let first = |it: &Command| it.words.first().map_or("", |it| it.text.as_str()).to_owned();
    let commands = std::mem::take(&mut script.commands);
    // A block that never ends takes its own command alone.
    let mut left = [0_usize; BLOCKS.len()];
    for command in &commands {
        let word = first(command);
        for (left, block) in left.iter_mut().zip(BLOCKS) {
            *left += usize::from(word == block.closing);
        }
    }
    let mut open: Option<(usize, usize, Refused)> = None;
    for command in commands {
        let word = first(&command);
        for (left, block) in left.iter_mut().zip(BLOCKS) {
            *left -= usize::from(word == block.closing);
        }
        if let Some((at, depth, refused)) = &mut open {
            let block = &BLOCKS[*at];
            refused.span = refused.span.to(command.span());
            *depth += usize::from(block.openings.contains(&word.as_str()));
            *depth -= usize::from(word == block.closing);
            if *depth == 0 {
                script.refused.push(*refused);
                open = None;
            }
            continue;
        }
        match BLOCKS.iter().position(|it| it.openings.contains(&word.as_str())) {
            Some(at) => {
                let refused = Refused { what: BLOCKS[at].what, span: command.span() };
                match left.get(at).is_some_and(|it| *it > 0) {
                    true => open = Some((at, 1, refused)),
                    false => script.refused.push(refused),
                }
            }
            None => script.commands.push(command),
        }
    }
    script.refused.extend(open.map(|it| it.2));
}

/// Commands around others.
struct Block {
    what: &'static str,
    openings: &'static [&'static str],
    closing: &'static str,
}

const BLOCKS: &[Block] = &[
    Block { what: "loop", openings: &["for", "while", "until", "select"], closing: "done" },
    Block { what: "condition", openings: &["if"], closing: "fi" },
    Block { what: "condition", openings: &["case"], closing: "esac" },
    Block { what: "function", openings: &["function", "{"], closing: "}" },
];
