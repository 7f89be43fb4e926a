//! Which lines of a Dockerfile make one instruction?
//!
//! Source: moby/buildkit `frontend/dockerfile/parser/parser.go`, `Parse`, `trimContinuationCharacter`, `heredocsFromLine`;
//! `directives.go`

use crate::text::Span;

/// A directive: `# escape=` and a backtick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Its name, in small letters.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Its line.
    pub span: Span,
}

/// An instruction's text, its lines put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logical {
    /// The text, without line breaks and comments.
    pub text: String,
    /// For pieces of it, where they begin here and in the file.
    pieces: Vec<(usize, usize)>,
    /// The bytes of the file, from the first to the last.
    pub span: Span,
    /// What follows in lines of their own.
    pub heredocs: Vec<Heredoc>,
}

/// Lines that are handed to an instruction as a file: `<<EOF`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heredoc {
    /// What ends it.
    pub name: String,
    /// Its lines.
    pub text: String,
    /// The bytes of these.
    pub span: Span,
    /// Whether its variables are filled in.
    pub expands: bool,
}

impl Logical {
    /// Where a byte of the text is in the file.
    pub fn place(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|it| it.0 <= at);
        let piece = behind.checked_sub(1).and_then(|it| self.pieces.get(it));
        piece.map_or(self.span.start, |it| it.1 + (at - it.0))
    }

    /// Where some bytes of the text are in the file.
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        match end > start {
            true => Span::new(self.place(start), self.place(end - 1) + 1),
            false => Span::empty(self.place(start).min(self.span.end)),
        }
    }

    fn add(&mut self, at: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push((self.text.len(), at));
            self.text.push_str(text);
        }
    }
}

/// Instructions that take heredocs.
const WITH_HEREDOCS: &[&str] = &["ADD", "COPY", "RUN"];

/// What a file is made of: directives, the sign that escapes, and instructions.
pub fn read(text: &str) -> (Vec<Directive>, char, Vec<Logical>) {
    let mut lines = Lines { text, at: 0 };
    if text.starts_with('\u{feff}') {
        lines.at = '\u{feff}'.len_utf8();
    }
    let mut directives: Vec<Directive> = Vec::new();
    let mut escape = '\\';
    loop {
        let before = lines.at;
        let Some((at, line)) = lines.next() else { break };
        match directive(at, line) {
            Some(it) if !directives.iter().any(|other| other.name == it.name) => {
                if it.name == "escape" && it.value == "`" {
                    escape = '`';
                }
                directives.push(it);
            }
            _ => {
                lines.at = before;
                break;
            }
        }
    }
    let mut all = Vec::new();
    while let Some((at, line)) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed.trim().is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let start = at + (line.len() - trimmed.len());
        all.push(logical(&mut lines, start, trimmed, escape));
    }
    (directives, escape, all)
}

fn logical(lines: &mut Lines, start: usize, first: &str, escape: char) -> Logical {
    let mut logical = Logical::default();
    let (mut at, mut line) = (start, first);
    let mut end;
    loop {
        end = at + line.trim_end().len();
        let Some(kept) = continued(line, escape) else {
            logical.add(at, line.trim_end());
            break;
        };
        logical.add(at, kept);
        // Comments and empty lines between do not end it.
        let next = loop {
            let Some((at, line)) = lines.next() else { break None };
            let trimmed = line.trim_start();
            if !trimmed.trim().is_empty() && !trimmed.starts_with('#') {
                break Some((at, line));
            }
        };
        match next {
            Some(next) => (at, line) = next,
            None => break,
        }
    }
    logical.span = Span::new(start, end);
    for (name, is_chomped, expands) in heredocs(&logical.text) {
        let begins = lines.at;
        let mut text = String::new();
        let mut ends = begins;
        while let Some((at, line)) = lines.next() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let told = if is_chomped { line.trim_start_matches('\t') } else { line };
            if told == name {
                logical.span.end = at + line.len();
                break;
            }
            text.push_str(told);
            text.push('\n');
            ends = lines.at;
            logical.span.end = at + line.len();
        }
        logical.heredocs.push(Heredoc { name, text, span: Span::new(begins, ends.max(begins)), expands });
    }
    logical
}

/// What a line holds without the sign that continues it; `None` where none does.
fn continued(line: &str, escape: char) -> Option<&str> {
    let trimmed = line.trim_end();
    let kept = trimmed.strip_suffix(escape)?;
    (!kept.ends_with(escape)).then_some(kept)
}

fn directive(at: usize, line: &str) -> Option<Directive> {
    let (name, value) = line.trim_start().strip_prefix('#')?.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    if !matches!(name.as_str(), "syntax" | "escape" | "check") {
        return None;
    }
    Some(Directive { name, value: value.trim().to_owned(), span: Span::new(at, at + line.trim_end().len()) })
}

/// The names of the heredocs of an instruction, whether tabs before their lines count, and whether variables in them do.
fn heredocs(text: &str) -> Vec<(String, bool, bool)> {
    let mut words = text.split_whitespace().map(str::to_ascii_uppercase);
    let mut first = words.next().unwrap_or_default();
    if first == "ONBUILD" {
        first = words.next().unwrap_or_default();
    }
    if !WITH_HEREDOCS.contains(&first.as_str()) {
        return Vec::new();
    }
    text.split_whitespace().filter_map(heredoc).collect()
}

/// `<<EOF`, `<<-"EOF"`, `3<<EOF`
pub fn heredoc(word: &str) -> Option<(String, bool, bool)> {
    let rest = word.trim_start_matches(|it: char| it.is_ascii_digit()).strip_prefix("<<")?;
    let (is_chomped, rest) = rest.strip_prefix('-').map_or((false, rest), |it| (true, it));
    let bare = |quote: char| rest.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    let quoted = bare('"').or_else(|| bare('\''));
    let name = quoted.unwrap_or(rest);
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it));
    is_name.then(|| (name.to_owned(), is_chomped, quoted.is_none()))
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The next line without its break, and where it begins.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..).filter(|it| !it.is_empty())?;
        let at = self.at;
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        self.at += line.len();
        Some((at, line.trim_end_matches(['\n'])))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn lines_are_put_together() {
        for (text, expected) in [
            ("RUN a \\\n  b\nRUN c", &["RUN a   b", "RUN c"][..]),
            ("RUN a \\\n# said\n\n  && b\n", &["RUN a   && b"]),
            ("# escape=`\nRUN a `\n b\nRUN c \\\n", &["RUN a  b", "RUN c \\"]),
            ("# said\n# escape=`\nRUN a `\n", &["RUN a `"]),
            ("RUN <<EOF\n# kept\na\nEOF\nCMD b", &["RUN <<EOF", "CMD b"]),
            ("COPY <<-A <<\"B\" /x/\n\ta\n\tA\nb\nB\nCMD c", &["COPY <<-A <<\"B\" /x/", "CMD c"]),
            ("RUN a \\\\\nRUN b", &["RUN a \\\\", "RUN b"]),
            ("RUN a \\", &["RUN a "]),
            ("  \n# x\n  run a", &["run a"]),
            ("RUN <<EOF\nnever ends", &["RUN <<EOF"]),
        ] {
            let all = read(text).2;
            let told: Vec<&str> = all.iter().map(|it| it.text.as_str()).collect();
            assert_eq!(told, expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "FROM a\nRUN x \\\n  # é\n  && yes\n";
        let all = read(text).2;
        let run = &all[1];
        let at = run.text.find("yes").expect("a word");
        assert_eq!(run.span_of(at, at + 3).of(text), "yes");
        assert_eq!(run.span.of(text), "RUN x \\\n  # é\n  && yes");
        let text = "COPY <<EOF /x\na\nb\nEOF\nCMD c";
        let all = read(text).2;
        assert_eq!((all[0].heredocs[0].text.as_str(), all[0].heredocs[0].span.of(text)), ("a\nb\n", "a\nb\n"));
        assert_eq!(all[0].span.of(text), "COPY <<EOF /x\na\nb\nEOF");
    }
}
