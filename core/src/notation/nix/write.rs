//! Writes Nix, laid out as nixfmt does.
//!
//! Sources: the Nix manual (*Language*, data types and string literals), nix
//! `src/libexpr/lexer.l`, and the Nix formatting standard (RFC 166).

use std::borrow::Cow;

use crate::text::{Ink, Role, Span};

/// nixfmt's limit of a line, its indentation not counted.
const WIDTH: usize = 100;

/// Words that cannot be an attribute's name without quotes.
const KEYWORDS: &[&str] = &["assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"];

/// An expression to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Nix {
    /// `true`, `null`, or other Nix that is written as it is.
    Word(&'static str),
    /// An expression that is written as it was read.
    Raw(String),
    /// A string that has Nix in it, with its quotes: `"${pkgs.crun}/bin/crun"`.
    Quoted(String),
    /// Digits, as [`number`] or [`integer`] made them.
    Number(String),
    /// A string; it is quoted and escaped when it is written.
    String(String),
    /// `[ … ]`
    List(Vec<Nix>),
    /// `{ … }`
    Set(Vec<Binding>),
    /// A function applied to one argument.
    Call(Cow<'static, str>, Box<Nix>),
    /// A function: its header up to the colon, and its body.
    Function(&'static str, Box<Nix>),
    /// A string that goes over several lines where that is possible: a script, a file.
    Text(String),
    /// Lines of a string in `''`, as they are: what is Nix in them, and what would be, is as it has to be.
    Indented(String),
    /// Lines of Nix that stand below the name they are bound to, as they are.
    Lines(&'static str),
    /// `let … in`, and what follows.
    Let(Vec<Binding>, Box<Nix>),
    /// What the names of the path are around the set: `inherit a b;`.
    Inherited,
}

/// One `name = value;` of a set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    /// Its path: more than one name for `virtualisation.docker`.
    pub path: Vec<String>,
    /// Its value.
    pub value: Nix,
    /// Whether an empty line goes before it.
    pub apart: bool,
    /// What is said above it, each line a comment of its own.
    pub comments: Vec<String>,
}

impl Binding {
    /// `name = value;`, where every dot of the name nests.
    pub fn of(path: &str, value: Nix) -> Self {
        Self { path: path.split('.').map(str::to_owned).collect(), value, apart: false, comments: Vec::new() }
    }

    /// `name = value;`, where a dot is part of the name.
    pub fn named(name: &str, value: Nix) -> Self {
        Self { path: vec![name.to_owned()], value, apart: false, comments: Vec::new() }
    }

    /// The same, after an empty line.
    pub fn apart(self) -> Self {
        Self { apart: true, ..self }
    }

    /// The same, below a comment, whose line breaks make several of it.
    pub fn said(mut self, comment: &str) -> Self {
        self.comments.extend(comment_lines(comment));
        self
    }
}

impl From<bool> for Nix {
    fn from(value: bool) -> Self {
        Self::Word(if value { "true" } else { "false" })
    }
}

/// Why Nix cannot hold a number or string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unholdable {
    /// An integer outside of 64 bits.
    Integer,
    /// A fraction that no float of 64 bits comes near.
    Float,
    /// A string with the character U+0000.
    Nul,
}

/// A JSON number as Nix has it: an integer without fraction and exponent, anything else a float.
///
/// # Errors
///
/// [`Unholdable`] for `9223372036854775808` and `1e400`.
pub(crate) fn number(digits: &str) -> Result<Nix, Unholdable> {
    let Some(point) = digits.find(['.', 'e', 'E']) else {
        let value = digits.parse().map_err(|_| Unholdable::Integer)?;
        return Ok(integer(value));
    };
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, ""));
    let is_zero = !mantissa.bytes().any(|it| matches!(it, b'1'..=b'9'));
    if !is_zero && !is_float(mantissa, exponent) {
        return Err(Unholdable::Float);
    }
    if mantissa.contains('.') {
        return Ok(Nix::Number(digits.to_owned()));
    }
    let whole = digits.get(..point).unwrap_or(digits);
    let zeros = exponent.parse().ok().filter(|it: &usize| *it < 16);
    Ok(Nix::Number(match zeros {
        Some(zeros) if !is_zero => [whole, &"0".repeat(zeros), ".0"].concat(),
        _ => [whole, ".0e", exponent].concat(),
    }))
}

/// Whether a float of 64 bits that is not subnormal comes near a number other than 0; Nix refuses what underflows, too.
///
/// By the digits: the standard library reads floats with large tables (`core/README.md`, *Written by hand*).
fn is_float(mantissa: &str, exponent: &str) -> bool {
    // Halfway to the float beyond the largest one, and to the first one that is not subnormal.
    const TOO_LARGE: &str = "17976931348623158079";
    const LARGE_ENOUGH: &str = "22250738585072011361";
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = whole.trim_start_matches('-');
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let power: Option<i64> = if exponent.is_empty() { Some(0) } else { exponent.parse().ok() };
    // The number is 0.digits times ten to the power of it.
    let magnitude =
        power.and_then(|it| it.checked_add(whole.len() as i64)?.checked_sub((all.len() - digits.len()) as i64));
    match magnitude {
        Some(309) => digits < TOO_LARGE,
        Some(-307) => digits >= LARGE_ENOUGH,
        Some(it) => (-306..309).contains(&it),
        None => false,
    }
}

/// A whole number.
pub(crate) fn integer(value: i64) -> Nix {
    Nix::Number(match value {
        // Its digits are too many for Nix before the sign counts.
        i64::MIN => [&(value + 1).to_string(), " - 1"].concat(),
        _ => value.to_string(),
    })
}

/// The whole number that a JSON number with fraction or exponent stands for: 1000 for `1e3`.
pub(crate) fn whole(digits: &str) -> Option<i64> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let all = [whole, fraction].concat();
    let significant = all.trim_end_matches('0');
    if !significant.bytes().any(|it| it.is_ascii_digit()) {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let dropped = i64::try_from(all.len() - significant.len()).ok()?;
    let zeros = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(dropped)?;
    let zeros = usize::try_from(zeros).ok().filter(|it| *it < 20)?;
    [significant, &"0".repeat(zeros)].concat().parse().ok()
}

/// A string.
///
/// # Errors
///
/// [`Unholdable::Nul`] when U+0000 is in it.
pub(crate) fn string(text: &str) -> Result<Nix, Unholdable> {
    match text.contains('\0') {
        true => Err(Unholdable::Nul),
        false => Ok(Nix::String(text.to_owned())),
    }
}

/// The lines of a comment, none of which can end it.
fn comment_lines(comment: &str) -> impl Iterator<Item = String> {
    comment.split(['\n', '\r']).map(|it| it.trim_end().replace(|it: char| it.is_control(), " "))
}

/// Writes an expression and the line break after it, below what is said of all of it.
pub(crate) fn write_commented(comment: &str, nix: &Nix) -> Ink {
    let mut writer = Writer { ink: Ink::default(), depth: 0 };
    for line in comment_lines(comment).filter(|it| !it.is_empty()) {
        writer.ink.put(Role::Comment, &["# ", &line].concat());
        writer.ink.space("\n");
    }
    let Ink { text, spans } = write(nix);
    let start = writer.ink.text.len();
    writer.ink.text.push_str(&text);
    let moved = |it: Span| Span::new(it.start + start, it.end + start);
    writer.ink.spans.extend(spans.into_iter().map(|(span, role)| (moved(span), role)));
    writer.ink
}

/// Writes an expression and the line break after it.
pub(crate) fn write(nix: &Nix) -> Ink {
    let mut writer = Writer { ink: Ink::default(), depth: 0 };
    match nix {
        Nix::Function(header, body) => writer.function(header, body),
        _ => writer.body(nix),
    }
    writer.ink.space("\n");
    writer.ink
}

/// Writes one `name = value;`, on several lines where nixfmt does; the first is not indented.
pub(crate) fn write_binding(binding: &Binding) -> String {
    written(|it| it.binding(binding))
}

/// Writes an expression that stands where `used` bytes of its line are taken.
pub(crate) fn write_value(nix: &Nix, used: usize) -> String {
    written(|it| match fits(nix, used) {
        true => it.inline(nix),
        false => it.expanded(nix),
    })
}

/// Writes an element of a list.
pub(crate) fn write_element(nix: &Nix) -> String {
    written(|it| match needs_parentheses(nix) {
        true => it.argument(nix),
        false => it.element(nix),
    })
}

/// Writes an expression on one line; in parentheses where it could not be an element of a list without.
pub(crate) fn write_inline(nix: &Nix) -> String {
    written(|it| it.argument(nix))
}

/// Writes a name as it is written in a path.
pub(crate) fn write_name(name: &str) -> String {
    written(|it| it.name(&[name.to_owned()]))
}

fn written(write: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer { ink: Ink::default(), depth: 0 };
    write(&mut writer);
    writer.ink.text
}

struct Writer {
    ink: Ink,
    depth: usize,
}

impl Writer {
    /// Writes an expression that may go on one line when it is short.
    fn element(&mut self, nix: &Nix) {
        match length(nix).is_some_and(|it| it <= WIDTH) {
            true => self.inline(nix),
            false => self.expanded(nix),
        }
    }

    fn inline(&mut self, nix: &Nix) {
        match nix {
            Nix::List(elements) => {
                self.punctuation("[ ");
                for element in elements {
                    self.argument(element);
                    self.ink.space(" ");
                }
                self.punctuation("]");
            }
            Nix::Set(bindings) => {
                self.punctuation("{ ");
                for binding in bindings {
                    self.name(&binding.path);
                    self.punctuation(" = ");
                    self.inline(&binding.value);
                    self.punctuation("; ");
                }
                self.punctuation("}");
            }
            Nix::Call(function, argument) => {
                self.ink.put(Role::Word, function);
                self.ink.space(" ");
                self.argument(argument);
            }
            Nix::Word(word) => self.ink.put(Role::Word, word),
            Nix::Raw(text) => self.ink.put(Role::Word, text),
            Nix::Quoted(text) => self.ink.put(Role::String, text),
            Nix::Number(digits) => self.ink.put(Role::Number, digits),
            Nix::String(text) | Nix::Text(text) => self.ink.mark(Role::String, |ink| push_quoted(&mut ink.text, text)),
            Nix::Function(header, body) => self.function(header, body),
            Nix::Lines(lines) => self.lines(lines),
            Nix::Indented(text) => self.indented(text),
            Nix::Let(..) => self.expanded(nix),
            Nix::Inherited => {}
        }
    }

    fn expanded(&mut self, nix: &Nix) {
        match nix {
            Nix::List(elements) => {
                self.punctuation("[");
                self.depth += 1;
                for element in elements {
                    self.new_line();
                    if !needs_parentheses(element) {
                        self.element(element);
                    } else if fits(element, 0) || !ends_with_brackets(element) {
                        self.argument(element);
                    } else {
                        self.punctuation("(");
                        self.expanded(element);
                        self.punctuation(")");
                    }
                }
                self.depth -= 1;
                self.new_line();
                self.punctuation("]");
            }
            Nix::Set(bindings) => {
                self.punctuation("{");
                self.depth += 1;
                self.bindings(bindings);
                self.depth -= 1;
                self.new_line();
                self.punctuation("}");
            }
            Nix::Call(function, argument) => {
                self.ink.put(Role::Word, function);
                self.ink.space(" ");
                if needs_parentheses(argument) {
                    self.punctuation("(");
                    self.depth += 1;
                    self.new_line();
                    self.expanded(argument);
                    self.depth -= 1;
                    self.new_line();
                    self.punctuation(")");
                } else {
                    self.expanded(argument);
                }
            }
            Nix::Let(bindings, body) => {
                self.ink.put(Role::Word, "let");
                self.depth += 1;
                self.bindings(bindings);
                self.depth -= 1;
                self.new_line();
                self.ink.put(Role::Word, "in");
                self.new_line();
                self.element(body);
            }
            Nix::Text(text) if has_lines(text) => self.indented(&text.replace("''", "'''").replace("${", "''${")),
            _ => self.inline(nix),
        }
    }

    /// Writes bindings on lines of their own, each below what is said of it.
    fn bindings(&mut self, bindings: &[Binding]) {
        for binding in bindings {
            if binding.apart {
                self.ink.space("\n");
            }
            for comment in &binding.comments {
                self.new_line();
                self.ink.put(Role::Comment, ["# ", comment].concat().trim_end());
            }
            self.new_line();
            self.binding(binding);
        }
    }

    fn binding(&mut self, binding: &Binding) {
        let value = &binding.value;
        if *value == Nix::Inherited {
            return self.inherit(&binding.path);
        }
        self.name(&binding.path);
        self.punctuation(" =");
        let used = name_length(&binding.path) + " =".len();
        let is_bracketed = ends_with_brackets(value);
        let has_plain_name = binding.path.len() <= 4 && binding.path.iter().all(|it| is_identifier(it));
        let stays = has_plain_name
            && !is_bracketed
            && matches!(value, Nix::String(_) | Nix::Quoted(_) | Nix::Text(_) | Nix::Call(..));
        if matches!(value, Nix::Text(text) if has_lines(text)) || matches!(value, Nix::Indented(_)) {
            self.ink.space(" ");
            self.expanded(value);
        } else if fits(value, used + " ;".len()) || stays {
            self.ink.space(" ");
            self.inline(value);
        } else if is_bracketed && (has_plain_name || used + " [".len() <= WIDTH) {
            self.ink.space(" ");
            self.expanded(value);
        } else {
            self.depth += 1;
            self.new_line();
            match value {
                Nix::Function(header, body) => self.function(header, body),
                value if fits(value, ";".len()) => self.inline(value),
                value => self.expanded(value),
            }
            self.depth -= 1;
        }
        self.punctuation(";");
    }

    fn inherit(&mut self, names: &[String]) {
        self.ink.put(Role::Word, "inherit");
        // nixfmt opens up more than three names.
        let is_open = names.len() > 3;
        self.depth += 1;
        for name in names {
            match is_open {
                true => self.new_line(),
                false => self.ink.space(" "),
            }
            self.name(std::slice::from_ref(name));
        }
        if is_open {
            self.new_line();
        }
        self.depth -= 1;
        self.punctuation(";");
    }

    fn function(&mut self, header: &str, body: &Nix) {
        self.lines(header);
        self.new_line();
        self.body(body);
    }

    fn lines(&mut self, lines: &str) {
        for (at, line) in lines.lines().enumerate() {
            if at > 0 {
                self.new_line();
            }
            let line_start = line.len() - line.trim_start().len();
            self.ink.space(line.get(..line_start).unwrap_or_default());
            self.ink.put(Role::Word, line.trim_start());
        }
    }

    /// Writes a string in `''`, a line of it in one of the file.
    fn indented(&mut self, text: &str) {
        let start = self.ink.text.len();
        self.ink.space("''");
        self.depth += 1;
        for line in text.lines() {
            match line.is_empty() {
                true => self.ink.space("\n"),
                false => self.new_line(),
            }
            self.ink.space(line);
        }
        self.depth -= 1;
        self.new_line();
        self.ink.space("''");
        let end = self.ink.text.len();
        self.ink.spans.push((Span::new(start, end), Role::String));
    }

    /// Writes what goes on lines of its own.
    fn body(&mut self, nix: &Nix) {
        match nix {
            Nix::Set(bindings) if !bindings.is_empty() => self.expanded(nix),
            _ => self.element(nix),
        }
    }

    /// A list's element, or a function's argument.
    fn argument(&mut self, nix: &Nix) {
        match needs_parentheses(nix) {
            true => {
                self.punctuation("(");
                self.inline(nix);
                self.punctuation(")");
            }
            false => self.inline(nix),
        }
    }

    fn name(&mut self, path: &[String]) {
        for (at, name) in path.iter().enumerate() {
            if at > 0 {
                self.punctuation(".");
            }
            self.ink.mark(Role::Key, |ink| match is_identifier(name) {
                true => ink.text.push_str(name),
                false => push_quoted(&mut ink.text, name),
            });
        }
    }

    fn punctuation(&mut self, text: &str) {
        self.ink.put(Role::Punctuation, text);
    }

    fn new_line(&mut self) {
        self.ink.space("\n");
        for _ in 0..self.depth {
            self.ink.space("  ");
        }
    }
}

/// Whether a string can be written in `''` so that each of its lines is one of the file: every one ends, the first has no
/// indentation that would be taken for that of the file, and none has what has no escape there or would lose it.
///
/// Source: nix `src/libexpr/lexer.l` (state IND_STRING), `parser-state.hh`, `stripIndentation`
fn has_lines(text: &str) -> bool {
    let is_odd = |line: &str| {
        let is_blank = line.trim().is_empty() && !line.is_empty();
        is_blank || line.starts_with('\t') || line.contains("'${") || line.ends_with('\r')
    };
    let starts = |it: char| !it.is_whitespace();
    text.ends_with('\n')
        && text.starts_with(starts)
        && !text.contains(|it: char| it.is_control() && !matches!(it, '\n' | '\t'))
        && !text.lines().any(is_odd)
}

/// A text as it is written in `''`, for a script that has Nix in it.
pub(crate) fn indented(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        let mut ahead = rest.clone();
        match (letter, ahead.next(), ahead.next()) {
            ('\'', Some('\''), _) | ('\'', Some('$'), Some('{')) => written.push_str("''\\'"),
            ('$', Some('{'), _) => written.push_str("''$"),
            _ => written.push(letter),
        }
    }
    written
}

/// Whether it ends with a list or set that has something in it.
fn ends_with_brackets(nix: &Nix) -> bool {
    match nix {
        Nix::List(elements) => !elements.is_empty(),
        Nix::Set(bindings) => !bindings.is_empty(),
        Nix::Call(_, argument) => ends_with_brackets(argument),
        _ => false,
    }
}

/// Whether the value of a binding goes on one line that has `used` characters besides.
fn fits(value: &Nix, used: usize) -> bool {
    match value {
        // nixfmt always opens up a set that is bound to a name.
        Nix::Set(bindings) if !bindings.is_empty() => false,
        value => length(value).is_some_and(|it| used + it <= WIDTH),
    }
}

/// How long it is on one line; `None` when nixfmt never puts it there.
fn length(nix: &Nix) -> Option<usize> {
    match nix {
        Nix::Word(word) => Some(word.chars().count()),
        Nix::Raw(text) | Nix::Quoted(text) => Some(text.chars().count()),
        Nix::Number(digits) => Some(digits.len()),
        // What is far too long is not measured again at every level around it.
        Nix::String(text) | Nix::Text(text) if text.len() > 4 * WIDTH => None,
        Nix::Text(text) if has_lines(text) => None,
        Nix::String(text) | Nix::Text(text) => Some(quoted_length(text)),
        Nix::List(elements) => match &elements[..] {
            [] => Some("[ ]".len()),
            [element] => {
                let parentheses = if needs_parentheses(element) { 2 } else { 0 };
                Some(length(element)? + parentheses + "[  ]".len())
            }
            _ => None,
        },
        Nix::Set(bindings) => match &bindings[..] {
            [] => Some("{ }".len()),
            [binding] => match &binding.value {
                Nix::Inherited => None,
                Nix::Set(inner) if !inner.is_empty() => None,
                value => Some(name_length(&binding.path) + length(value)? + "{  = ; }".len()),
            },
            _ => None,
        },
        Nix::Call(function, argument) => {
            let parentheses = if needs_parentheses(argument) { 2 } else { 0 };
            Some(function.len() + 1 + parentheses + length(argument)?)
        }
        Nix::Function(..) | Nix::Lines(_) | Nix::Indented(_) | Nix::Let(..) | Nix::Inherited => None,
    }
}

fn name_length(path: &[String]) -> usize {
    let length = |name: &String| match is_identifier(name) {
        true => name.len(),
        false => quoted_length(name),
    };
    path.iter().map(|it| length(it) + 1).sum::<usize>() - 1
}

fn needs_parentheses(nix: &Nix) -> bool {
    match nix {
        Nix::Number(digits) => digits.starts_with('-'),
        Nix::Call(..) | Nix::Function(..) | Nix::Let(..) => true,
        // Brackets and quotes are around all of it, or it is not one piece.
        Nix::Raw(text) => text.contains(char::is_whitespace) && !text.starts_with(['"', '\'', '[', '{', '(']),
        _ => false,
    }
}

fn is_identifier(name: &str) -> bool {
    let begins = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
    let goes_on = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'\'' | b'-');
    begins && name.bytes().all(goes_on) && !KEYWORDS.contains(&name)
}

/// How a character is written within quotes, when not as itself.
fn escape(it: char, next: Option<char>) -> Option<&'static str> {
    Some(match it {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '$' if next == Some('{') => "\\$",
        _ => return None,
    })
}

/// Adds a string with its quotes, for an expression that is put together by hand.
pub(crate) fn push_string(nix: &mut String, text: &str) {
    push_quoted(nix, text);
}

pub(super) fn push_quoted(quoted: &mut String, text: &str) {
    quoted.push('"');
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        match escape(it, rest.clone().next()) {
            Some(escaped) => quoted.push_str(escaped),
            None => quoted.push(it),
        }
    }
    quoted.push('"');
}

fn quoted_length(text: &str) -> usize {
    let mut rest = text.chars();
    let mut length = 2;
    while let Some(it) = rest.next() {
        length += escape(it, rest.clone().next()).map_or(1, str::len);
    }
    length
}
