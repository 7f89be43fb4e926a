//! What would a shell have to see? Prompts, fences of Markdown, marks of other shells and typographic characters become what
//! they stand for, byte for byte, so that a place in the one text is the same place in the other.

use crate::{run::flags, text::Span};

/// A text as a shell would have to see it, as long as the one it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// The text.
    pub text: String,
    /// What would not have worked in a shell, in the order of the text.
    pub slips: Vec<Slip>,
}

/// Something that works otherwise than it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What it is.
    pub kind: SlipKind,
    /// Its bytes.
    pub span: Span,
}

/// What works otherwise than it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipKind {
    /// Blanks behind the `\` that was to join two lines.
    BlankAfterMark,
    /// A comment behind it.
    CommentAfterMark,
    /// Nothing follows the `\`.
    NothingAfterMark,
    /// A `\` between words of one line: the lines were joined, and it stayed.
    MarkWithinLine,
    /// A quote that is closed only by one that opens another, on a later line.
    QuoteUnclosed,
    /// A line that goes on without a `\`: from the end of its last word to the next one.
    NotContinued,
    /// A character that a text editor put there; what was meant.
    Typographic(&'static str),
    /// A path of Windows.
    WindowsPath,
    /// What is to be filled in: `<your password>`. To a shell it is a redirection.
    Placeholder,
}

/// Makes a text what a shell would have to see.
pub fn mask(text: &str) -> Mask {
    let mut masker = Masker {
        text,
        bytes: text.as_bytes().to_vec(),
        slips: Vec::new(),
        quote: None,
        is_continued: false,
        has_root_prompts: !has_bare_command(text),
        last_single: text.rfind(['\'', '’', '‘', '‛']),
        last_double: text.rfind(['"', '”', '“', '‟']),
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        masker.line(start, start + content.len());
        start += line.len();
    }
    // Whole characters were replaced by as many ASCII characters as they have bytes.
    let text = String::from_utf8(masker.bytes).unwrap_or_else(|_| text.to_owned());
    Mask { text, slips: masker.slips }
}

/// A quote that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Open {
    quote: char,
    is_typographic: bool,
}

struct Masker<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    slips: Vec<Slip>,
    quote: Option<Open>,
    /// Whether the line before goes on.
    is_continued: bool,
    has_root_prompts: bool,
    last_single: Option<usize>,
    last_double: Option<usize>,
}

impl Masker<'_> {
    fn of(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn blank(&mut self, span: Span) {
        self.write(span, b"");
    }

    /// Writes `what` at the end of `span`, behind blanks.
    fn write(&mut self, span: Span, what: &[u8]) {
        if let Some(bytes) = self.bytes.get_mut(span.start..span.end) {
            bytes.fill(b' ');
            let from = bytes.len().saturating_sub(what.len());
            for (byte, it) in bytes.iter_mut().skip(from).zip(what) {
                *byte = *it;
            }
        }
    }

    fn slip(&mut self, kind: SlipKind, span: Span) {
        self.slips.push(Slip { kind, span });
    }

    fn line(&mut self, start: usize, end: usize) {
        let mut at = start;
        let was_continued = std::mem::take(&mut self.is_continued);
        if self.quote.is_none() {
            let line = self.of(start, end);
            let trimmed = line.trim_start();
            if is_fence(trimmed) {
                self.blank(Span::new(start, end));
                return;
            }
            let indent = line.len() - trimmed.len();
            let prompt = prompts(trimmed, was_continued, self.has_root_prompts);
            at = start + indent + prompt;
            let rest = self.of(at, end);
            let ticked = inline_code(rest);
            let is_prose = !was_continued && is_prose(rest);
            self.blank(Span::new(start + indent, at));
            if is_prose {
                // A shell would take its apostrophes for quotes.
                self.write(Span::new(at, at + 1), b"#");
                return;
            }
            if let Some(length) = ticked {
                self.blank(Span::new(at, at + 1));
                self.blank(Span::new(at + length - 1, at + length));
                at += 1;
            }
        }
        self.scan(at, end);
    }

    fn scan(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut before = ' ';
        while let Some(next) = self.of(at, end).chars().next() {
            let after = at + next.len_utf8();
            let length = match self.quote {
                Some(open) => self.quoted(open, at, after, end, next, before),
                None => match self.bare(at, after, end, next, before) {
                    Some(length) => length,
                    None => return,
                },
            };
            let taken = self.of(at, at + length);
            before = taken.chars().next_back().unwrap_or(next);
            at += length.max(1);
        }
    }

    /// Looks at a character within quotes; how many bytes are done.
    fn quoted(&mut self, open: Open, at: usize, after: usize, end: usize, next: char, before: char) -> usize {
        let length = after - at;
        if next == open.quote {
            self.quote = None;
        } else if open.is_typographic && straight(next) == Some(open.quote) {
            self.write(Span::new(at, after), &[open.quote as u8; 3]);
            self.slip(SlipKind::Typographic(as_text(open.quote)), Span::new(at, after));
            self.quote = None;
        } else if (is_drive(self.of(at, end)) && !before.is_alphanumeric())
            || (next == '\\' && self.is_directory_before(at) && goes_on_as_path(self.of(after, end)))
        {
            return self.windows_path(at, end, at, Some(open));
        } else if next == '\\' && open.quote == '"' {
            return length + self.of(after, end).chars().next().map_or(0, char::len_utf8);
        }
        length
    }

    /// Looks at a character outside quotes; how many bytes are done, `None` for the rest of the line.
    fn bare(&mut self, at: usize, after: usize, end: usize, next: char, before: char) -> Option<usize> {
        let is_word_start = before.is_whitespace();
        let rest = self.of(after, end);
        if matches!(next, '\\' | '`' | '^') && self.is_mark(next, rest, before) {
            self.mark(at, end);
            return None;
        }
        match next {
            '#' if is_word_start => return None,
            '\\' if self.is_directory_before(at) && goes_on_as_path(rest) => {
                return Some(self.windows_path(at, end, at, None));
            }
            '\\' if is_word_start && rest.starts_with([' ', '\t']) => {
                self.blank(Span::new(at, after));
                self.slip(SlipKind::MarkWithinLine, Span::new(at, after));
            }
            '\\' => return Some(1 + rest.chars().next().map_or(0, char::len_utf8)),
            '\'' | '"' => {
                let last = if next == '"' { self.last_double } else { self.last_single };
                if last.is_none_or(|it| it <= at) {
                    return None;
                }
                if self.closes_with_an_opening(after, next) {
                    // A backslash before a letter, and a blank before another, change nothing.
                    let instead = match rest.chars().next() {
                        Some(it) if !it.is_whitespace() => b"\\",
                        _ => b" ",
                    };
                    self.write(Span::new(at, after), instead);
                    self.slip(SlipKind::QuoteUnclosed, Span::new(at, after));
                    return Some(1);
                }
                self.quote = Some(Open { quote: next, is_typographic: false });
            }
            '<' if placeholder_length(self.of(at, end)).is_some() => {
                let length = placeholder_length(self.of(at, end)).unwrap_or(1);
                let inner = self.of(after, at + length - 1).as_bytes().to_vec();
                let plain = inner.iter().map(|it| match it {
                    it if it.is_ascii_alphanumeric() || matches!(it, b'/' | b'.' | b'-') => *it,
                    _ => b'_',
                });
                let written: Vec<u8> = [b'@'].into_iter().chain(plain).chain([b'@']).collect();
                self.write(Span::new(at, at + length), &written);
                self.slip(SlipKind::Placeholder, Span::new(at, at + length));
                return Some(length);
            }
            _ if is_word_start && is_dash(next) => return Some(self.dashes(at, end)),
            _ if is_blank(next) => {
                self.blank(Span::new(at, after));
                self.slip(SlipKind::Typographic(" "), Span::new(at, after));
            }
            _ if is_drive(self.of(at, end)) && !before.is_alphanumeric() => {
                return Some(self.windows_path(at, end, at, None));
            }
            _ => {
                if let Some(quote) = straight(next)
                    && rest.chars().any(|it| straight(it) == Some(quote) || it == quote)
                {
                    self.write(Span::new(at, after), &[quote as u8; 3]);
                    self.slip(SlipKind::Typographic(as_text(quote)), Span::new(at, after));
                    self.quote = Some(Open { quote, is_typographic: true });
                }
            }
        }
        Some(after - at)
    }

    /// Whether a directory ends here, as it is written for Windows: `%cd%`, `${PWD}`, a `.` by itself.
    fn is_directory_before(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let is_by_itself = |it: &str| !it.ends_with(|it: char| it.is_alphanumeric() || it == '.' || it == '\\');
        let ends = |name: &&str| {
            let from = before.len().checked_sub(name.len());
            from.and_then(|it| before.get(it..)).is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        before.strip_suffix('.').is_some_and(is_by_itself) || WINDOWS_DIRECTORIES.iter().any(ends)
    }

    /// Whether the next quote of a kind, on a later line, looks like one that opens a value.
    fn closes_with_an_opening(&self, from: usize, quote: char) -> bool {
        let text = self.text.get(from..).unwrap_or_default();
        let Some(at) = text.find(quote) else { return false };
        let (inner, behind) = text.split_at_checked(at).unwrap_or_default();
        let opens = inner.ends_with([' ', '\t', '=']) && behind.chars().nth(1).is_some_and(|it| !it.is_whitespace());
        opens && inner.contains('\n')
    }

    /// Whether the character is to join its line with the next one.
    fn is_mark(&self, mark: char, rest: &str, before: char) -> bool {
        let behind = rest.trim_start();
        match mark {
            '\\' => behind.is_empty() || (behind.len() < rest.len() && behind.starts_with('#')),
            '`' => behind.is_empty() && before.is_whitespace(),
            _ => behind.is_empty(),
        }
    }

    /// Joins the line that ends at `end` with the next one.
    fn mark(&mut self, at: usize, end: usize) {
        let behind = Span::new(at + 1, end);
        let following = self.text.get(end..).unwrap_or_default().trim_start();
        if following.is_empty() || is_fence(following) {
            self.blank(Span::new(at, end));
            self.slip(SlipKind::NothingAfterMark, Span::new(at, at + 1));
            return;
        }
        self.is_continued = true;
        if behind.start < behind.end {
            let kind = match self.of(behind.start, behind.end).trim().is_empty() {
                true => SlipKind::BlankAfterMark,
                false => SlipKind::CommentAfterMark,
            };
            self.slip(kind, behind);
        }
        self.write(Span::new(at, end), b"\\");
    }

    /// Dashes of any kind at the start of a word.
    fn dashes(&mut self, at: usize, end: usize) -> usize {
        let rest = self.of(at, end);
        let is_part = |it: char| it == '-' || is_dash(it);
        let length = rest.find(|it: char| !is_part(it)).unwrap_or(rest.len());
        let (dashes, word) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let count = dashes.chars().count();
        let name = word.split(|it: char| it.is_whitespace() || it == '=').next().unwrap_or_default();
        if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
            return length;
        }
        let is_letter = flags::find(name).is_none() && name.chars().next().and_then(flags::of_letter).is_some();
        let is_short = count == 1 && (name.len() == 1 || (is_letter && is_group(name)));
        let meant = if is_short { "-" } else { "--" };
        let span = Span::new(at, at + length);
        // What a shell drops fills the bytes, so that the word begins where it does in the text.
        let filled = match (is_short, length % 2) {
            (true, 0) => "\\-",
            (true, _) => "-",
            (false, 0) => "--",
            (false, _) => "-\\-",
        };
        let fill = "''".repeat(length.saturating_sub(filled.len()) / 2);
        self.write(span, [filled, &fill].concat().as_bytes());
        self.slip(SlipKind::Typographic(meant), span);
        length
    }

    /// A path of Windows from `from` to the end of its word: its backslashes become slashes.
    fn windows_path(&mut self, at: usize, end: usize, from: usize, open: Option<Open>) -> usize {
        let rest = self.of(at, end);
        let ends = |it: char| match open {
            Some(open) => it == open.quote || straight(it) == Some(open.quote),
            None => it.is_whitespace() || matches!(it, '"' | '\'' | ','),
        };
        let length = rest.find(ends).unwrap_or(rest.len());
        let path = rest.get(..length).unwrap_or_default();
        // The mark of a line that goes on is none of it.
        let slashes: Vec<usize> = path.match_indices('\\').map(|it| it.0).filter(|it| it + 1 < path.len()).collect();
        let last = slashes.last().map_or(0, |it| it + 1);
        for slash in slashes {
            if let Some(byte) = self.bytes.get_mut(at + slash) {
                *byte = b'/';
            }
        }
        self.slip(SlipKind::WindowsPath, Span::new(from, at + length));
        // What is behind the last backslash may hold other things.
        last.max(1)
    }
}

/// How directories are written for Windows, before a backslash.
const WINDOWS_DIRECTORIES: &[&str] =
    &["${PWD}", "$PWD", "%cd%", "%USERPROFILE%", "$env:USERPROFILE", "${env:USERPROFILE}", "${HOME}", "%APPDATA%"];

/// The length of what is to be filled in, brackets included: `<your password>`.
fn placeholder_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner
        .bytes()
        .take(LONGEST_PLACEHOLDER)
        .position(|it| matches!(it, b'<' | b'>' | b'"' | b'\'' | b'$' | b'&' | b'|'))?;
    let (inner, behind) = inner.split_at_checked(end)?;
    let starts = inner.starts_with(|it: char| it.is_ascii_alphabetic());
    // Behind a redirection there would be the name of a file.
    let ends = behind.strip_prefix('>')?.chars().next().is_none_or(|it| !matches!(it, '>' | '&'));
    (starts && ends && !inner.ends_with(' ')).then_some(end + 2)
}

const LONGEST_PLACEHOLDER: usize = 80;

/// Whether the letters are switches, perhaps with one more flag or a value behind: `it`, `itd`, `p80:80`.
fn is_group(name: &str) -> bool {
    let is_switch = |it: char| matches!(it, 'd' | 'i' | 't' | 'P' | 'q');
    let rest = name.trim_start_matches(is_switch);
    rest.is_empty() || (rest.len() < name.len() && rest.len() == 1) || rest.chars().any(|it| it.is_ascii_digit())
}

/// The quote that a typographic one stands for.
fn straight(it: char) -> Option<char> {
    match it {
        '“' | '”' | '„' | '‟' => Some('"'),
        '‘' | '’' | '‚' | '‛' => Some('\''),
        _ => None,
    }
}

fn as_text(quote: char) -> &'static str {
    match quote {
        '"' => "\"",
        _ => "'",
    }
}

fn is_dash(it: char) -> bool {
    matches!(it, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

/// Whether it looks like a blank, or like nothing, and is a letter to a shell.
fn is_blank(it: char) -> bool {
    matches!(it, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\u{200b}' | '\u{200e}' | '\u{feff}')
}

/// Whether a path of Windows begins here: `C:\`.
fn is_drive(text: &str) -> bool {
    let mut characters = text.chars();
    let is_letter = |it: char| it.is_ascii_uppercase() || matches!(it, 'c'..='h');
    characters.next().is_some_and(is_letter) && characters.as_str().starts_with(":\\")
}

fn goes_on_as_path(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-'))
}

/// Whether a line begins or ends a block of code in Markdown.
fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// The length of a line that is code within text of Markdown, its backticks included.
fn inline_code(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let inner = line.strip_prefix('`')?.strip_suffix('`')?;
    (!inner.contains('`') && is_command(inner)).then_some(line.len())
}

/// Whether a line is a sentence: its first word has a capital and letters, as no command does.
fn is_prose(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches([',', ':', '.', ';', '!', '?']);
    let mut letters = word.chars();
    let is_capital = letters.next().is_some_and(|it| it.is_ascii_uppercase());
    is_capital && letters.all(|it| it.is_ascii_lowercase() || it == '\'' || it == '’')
}

/// Whether a text begins with a command that is likely in instructions.
fn is_command(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(
        name,
        "docker" | "docker.exe" | "podman" | "sudo" | "doas" | "docker-compose" | "mkdir" | "cd" | "export" | "curl"
    )
}

/// Whether a command to Docker or Podman stands there without `# ` before it, which would be the prompt of root.
fn has_bare_command(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let rest = line.get(prompts(line, false, false)..).unwrap_or_default();
        let is_ours = |it: &str| {
            let name = it.rsplit(['/', '\\']).next().unwrap_or_default();
            matches!(name, "docker" | "docker.exe" | "podman")
        };
        rest.split_whitespace().take(4).any(is_ours) && !rest.starts_with('#')
    })
}

/// How many bytes at the start of a line are prompts, marks of lists or of quoted text.
fn prompts(line: &str, is_continued: bool, has_root_prompts: bool) -> usize {
    let mut length = 0;
    for _ in 0..2 {
        let rest = line.get(length..).unwrap_or_default();
        match prompt(rest, is_continued, has_root_prompts) {
            0 => break,
            more => length += more,
        }
    }
    length
}

fn prompt(line: &str, is_continued: bool, has_root_prompts: bool) -> usize {
    let behind = |length: usize| {
        let rest = line.get(length..).unwrap_or_default();
        (length + (rest.len() - rest.trim_start().len()), rest.trim_start())
    };
    for (mark, is_certain) in [
        ("$ ", true),
        ("% ", true),
        ("❯ ", true),
        ("➜ ", true),
        (">> ", is_continued),
        ("> ", is_continued),
        ("- ", false),
        ("* ", false),
        ("• ", false),
    ] {
        if line.starts_with(mark) {
            let (length, rest) = behind(mark.len());
            return if (is_certain && !rest.is_empty()) || is_command(rest) { length } else { 0 };
        }
    }
    if line.starts_with("# ") || line.starts_with("#docker") || line.starts_with("#podman") {
        let (length, rest) = behind(1);
        return if has_root_prompts && is_command(rest) { length } else { 0 };
    }
    let is_powershell = line.starts_with("PS ") || line.starts_with("PS>");
    if (is_powershell || is_drive(line))
        && let Some(at) = line.find('>')
    {
        let (length, rest) = behind(at + 1);
        return if is_command(rest) { length } else { 0 };
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line.get(digits..).is_some_and(|it| it.starts_with(". ")) {
        let (length, rest) = behind(digits + 2);
        return if is_command(rest) { length } else { 0 };
    }
    // `user@host:~$ `, `[root@host ~]# `
    let sign = line
        .char_indices()
        .take(80)
        .find(|(at, it)| matches!(it, '$' | '#' | '%') && line.get(at + 1..).is_some_and(|it| it.starts_with(' ')));
    match sign {
        Some((at, _)) if line.get(..at).is_some_and(|it| it.contains('@') && !it.contains(['"', '\'', '='])) => {
            let (length, rest) = behind(at + 1);
            if is_command(rest) { length } else { 0 }
        }
        _ => 0,
    }
}
