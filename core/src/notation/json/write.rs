//! How is a value written?

use crate::{
    document::Value,
    text::{Ink, Role},
};

/// A list or object that is longer is not put on one line.
const WIDTH: usize = 80;

/// The white space of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout<'a> {
    /// What ends a line.
    pub newline: &'a str,
    /// One step of indentation.
    pub unit: &'a str,
    /// What is between a key and its value.
    pub colon: &'a str,
    /// What is between two items on one line.
    pub comma: &'a str,
    /// What is inside the braces of an object on one line.
    pub padding: &'a str,
}

impl Default for Layout<'_> {
    fn default() -> Self {
        Self { newline: "\n", unit: "  ", colon: ": ", comma: ", ", padding: " " }
    }
}

/// Over how many lines a list or object goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One.
    Inline,
    /// One for every item; the items are [`Fitting`](Self::Fitting).
    Expanded,
    /// One for every item, and for the items of each.
    Open,
    /// Lists of plain values, and objects of plain values within lists, go on one line when that is short.
    Fitting,
}

/// Returns a value as JSON; its further lines begin with `indentation`.
pub fn write(value: &Value, layout: Layout, indentation: &str, shape: Shape) -> String {
    let mut writer = Writer::new(layout, indentation);
    writer.value(value, shape, 0);
    writer.ink.text
}

/// Writes a whole text.
pub(crate) fn print(value: &Value) -> Ink {
    print_in(value, Shape::Expanded)
}

/// Writes a whole text as `jq` does.
pub(crate) fn print_open(value: &Value) -> Ink {
    print_in(value, Shape::Open)
}

fn print_in(value: &Value, shape: Shape) -> Ink {
    let mut writer = Writer::new(Layout::default(), "");
    writer.value(value, shape, 0);
    writer.ink.space("\n");
    writer.ink
}

/// Returns a text as a JSON string, quotes included.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text);
    quoted
}

/// Writes values one after the other.
struct Writer<'a> {
    pub ink: Ink,
    layout: Layout<'a>,
    indentation: String,
}

impl<'a> Writer<'a> {
    pub fn new(layout: Layout<'a>, indentation: &str) -> Self {
        Self { ink: Ink::default(), layout, indentation: indentation.to_owned() }
    }

    /// Writes a value; `used` bytes of its line are before it.
    pub fn value(&mut self, value: &Value, shape: Shape, used: usize) {
        match value {
            Value::Null => self.ink.put(Role::Word, "null"),
            Value::Bool(true) => self.ink.put(Role::Word, "true"),
            Value::Bool(false) => self.ink.put(Role::Word, "false"),
            Value::Number(digits) => self.ink.put(Role::Number, digits),
            Value::String(text) => self.quoted(Role::String, text),
            // JSON has none: what prints JSON leaves them out.
            Value::Expression(_) => self.ink.put(Role::Word, "null"),
            Value::List(elements) => {
                let expanded = self.is_expanded(value, shape, used);
                self.bracketed("[", "]", "", elements, expanded, |writer, element| {
                    let shape = match expanded {
                        _ if shape == Shape::Open => shape,
                        true if is_small(element) => Shape::Fitting,
                        true => Shape::Expanded,
                        false => Shape::Inline,
                    };
                    writer.value(element, shape, 0);
                });
            }
            Value::Map(members) => {
                let expanded = self.is_expanded(value, shape, used);
                let padding = self.layout.padding;
                self.bracketed("{", "}", padding, members, expanded, |writer, member| {
                    let shape = match (expanded, &member.1) {
                        _ if shape == Shape::Open => shape,
                        (false, _) => Shape::Inline,
                        (true, Value::Map(_)) => Shape::Expanded,
                        (true, _) => Shape::Fitting,
                    };
                    writer.member(&member.0, &member.1, shape);
                });
            }
        }
    }

    /// Writes a key and its value.
    pub fn member(&mut self, key: &str, value: &Value, shape: Shape) {
        self.quoted(Role::Key, key);
        let colon = self.layout.colon;
        self.ink.put(Role::Punctuation, colon.trim_end());
        self.ink.space(colon.trim_start_matches(':'));
        self.value(value, shape, key.len() + 4);
    }

    fn is_expanded(&self, value: &Value, shape: Shape, used: usize) -> bool {
        match shape {
            Shape::Inline => false,
            Shape::Expanded | Shape::Open => true,
            Shape::Fitting => {
                let used = used + self.indentation.len();
                !is_small(value) || used + length(value) > WIDTH
            }
        }
    }

    fn bracketed<T>(
        &mut self,
        open: &str,
        close: &str,
        padding: &str,
        items: &[T],
        expanded: bool,
        write: impl Fn(&mut Self, &T),
    ) {
        self.ink.put(Role::Punctuation, open);
        let Some(last) = items.len().checked_sub(1) else {
            self.ink.put(Role::Punctuation, close);
            return;
        };
        let outer = self.indentation.len();
        let unit = if expanded { self.layout.unit } else { "" };
        self.indentation.push_str(unit);
        for (at, item) in items.iter().enumerate() {
            match (expanded, at) {
                (true, _) => self.new_line(),
                (false, 0) => self.ink.space(padding),
                (false, _) => {
                    let comma = self.layout.comma;
                    self.ink.space(comma.trim_start_matches(','));
                }
            }
            write(self, item);
            if at != last {
                self.ink.put(Role::Punctuation, ",");
            }
        }
        self.indentation.truncate(outer);
        match expanded {
            true => self.new_line(),
            false => self.ink.space(padding),
        }
        self.ink.put(Role::Punctuation, close);
    }

    fn new_line(&mut self) {
        self.ink.text.push_str(self.layout.newline);
        self.ink.text.push_str(&self.indentation);
    }

    fn quoted(&mut self, role: Role, text: &str) {
        self.ink.mark(role, |ink| push_quoted(&mut ink.text, text));
    }
}

fn push_quoted(quoted: &mut String, text: &str) {
    const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";
    quoted.push('"');
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..' ' => {
                let code = u32::from(it) as usize;
                quoted.push_str("\\u00");
                for digit in [code / 16, code % 16] {
                    quoted.push(HEXADECIMAL.get(digit).copied().map_or('0', char::from));
                }
            }
            _ => quoted.push(it),
        }
    }
    quoted.push('"');
}

/// Whether nothing in it holds further values, but for the objects of plain values in a list.
fn is_small(value: &Value) -> bool {
    match value {
        Value::List(elements) => elements.iter().all(is_plain),
        Value::Map(members) => members.iter().all(|it| is_plain(&it.1)),
        _ => true,
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::List(elements) => elements.is_empty(),
        Value::Map(members) => members.is_empty(),
        _ => true,
    }
}

/// About how many bytes a small value takes on one line.
fn length(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(digits) => digits.len(),
        Value::String(text) | Value::Expression(text) => text.len() + 2,
        Value::List(elements) => elements.iter().map(|it| length(it) + 2).sum::<usize>(),
        Value::Map(members) => {
            let lengths = members.iter().map(|(key, it)| key.len() + length(it) + 6);
            lengths.sum::<usize>() + 2
        }
    }
}
