//! Which bytes change when a binding or an element of Nix is changed, added or taken out?

use std::cell::OnceCell;

use crate::{
    document::CannotEdit,
    notation::nix::{
        self, Binding, Nix,
        value::{Attribute, Kind, Value},
    },
    text::{Edits, Span, TextEdit},
};

use super::said::Site;

type Done = Result<(), CannotEdit>;

/// Gathers edits of one text.
pub(super) struct Writer<'a> {
    text: &'a str,
    newline: &'static str,
    /// One level of indentation.
    unit: &'static str,
    edits: Vec<TextEdit>,
    /// The names that are used, in order.
    uses: OnceCell<Vec<&'a str>>,
}

impl<'a> Writer<'a> {
    pub fn of(text: &'a str) -> Self {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let indented = text.lines().filter(|it| !it.trim().is_empty());
        let smallest = indented.map(indentation_of).filter(|it| !it.is_empty()).min_by_key(|it| it.len());
        let unit = match smallest {
            Some(it) if it.starts_with('\t') => "\t",
            Some(it) if it.len() == 4 => "    ",
            _ => "  ",
        };
        Self { text, newline, unit, edits: Vec::new(), uses: OnceCell::new() }
    }

    /// What was gathered. A text is never left empty: nothing would tell that it is Nix.
    pub fn edits(&mut self) -> Edits {
        let edits = Edits::of(std::mem::take(&mut self.edits));
        let is_emptied = !edits.is_empty() && edits.apply(self.text).trim().is_empty();
        match is_emptied {
            true => Edits::replace(Span::new(0, self.text.trim_end().len()), "{ }"),
            false => edits,
        }
    }

    fn push(&mut self, span: Span, text: String) {
        if span.start < span.end || !text.is_empty() {
            self.edits.push(TextEdit { span, text });
        }
    }

    // ── values ──

    /// Writes a value in place of one, within what is around it.
    pub fn replace(&mut self, site: &Site, value: &Nix) -> Done {
        if site.value.kind == Kind::Missing {
            return self.complete(site.attribute.ok_or(CannotEdit)?, value);
        }
        let span = self.place(site.value);
        let inherited = site.attribute.filter(|it| it.binding.start == it.binding.end);
        if let Some(inherited) = inherited.filter(|it| span == it.name_span) {
            let new = nix::write_binding(&Binding::named(&inherited.name, value.clone()));
            let new = self.indented(&new, self.indentation(span.start));
            let (statement, is_only) = self.inherit(span)?;
            if is_only {
                self.push(statement, new);
                return Ok(());
            }
            let new = [self.newline, self.indentation(span.start), &new].concat();
            self.delete(span, ['{', '}']);
            self.push(Span::empty(statement.end), new);
            return Ok(());
        }
        if let Some(attribute) = site.attribute.filter(|_| site.is_dotted()) {
            return self.close_up(attribute, value);
        }
        let new = self.written(value, span, site.attribute);
        self.push(span, new);
        Ok(())
    }

    /// Writes a value in place of a set whose members are bindings of their own: `a.b = 1; a.c = 2;`.
    fn close_up(&mut self, attribute: &Attribute, value: &Nix) -> Done {
        let binding = attribute.binding;
        let indentation = self.indentation(binding.start);
        let new = self.indented(&nix::write_value(value, 0), indentation);
        for span in statements(attribute).into_iter().filter(|it| *it != binding) {
            self.delete(span, ['{', '}']);
        }
        self.push(Span::new(attribute.name_span.end, binding.end), [" = ", &new, ";"].concat());
        Ok(())
    }

    fn written(&self, value: &Nix, span: Span, attribute: Option<&Attribute>) -> String {
        let is_plain = !matches!(value, Nix::List(_) | Nix::Set(_));
        let before = self.before(span.start);
        let is_own = before.ends_with('=');
        match (is_plain, is_own) {
            (true, true) => nix::write_value(value, 0),
            (true, false) => nix::write_inline(value),
            (false, _) if attribute.is_some_and(|it| !self.starts_line(it.path_span.start)) => nix::write_inline(value),
            (false, _) => {
                let line = self.line_start(span.start);
                let indentation = self.indentation(span.start);
                let used = span.start.saturating_sub(line + indentation.len()) + ";".len();
                self.indented(&nix::write_value(value, used), indentation)
            }
        }
    }

    /// Where a value is changed: where a name gets it that is used but once, otherwise where the name is used.
    fn place(&self, value: &Value) -> Span {
        let is_shared = |it: &&Span| {
            let path = it.of(self.text);
            let name = path.rsplit('.').next().unwrap_or(path).trim();
            let uses = self.uses.get_or_init(|| nix::uses(self.text));
            let first = uses.partition_point(|it| *it < name);
            uses.get(first + 1).is_some_and(|it| *it == name)
        };
        value.through.iter().find(is_shared).copied().unwrap_or(value.span)
    }

    /// Writes the value of a binding that has none.
    fn complete(&mut self, attribute: &Attribute, value: &Nix) -> Done {
        let behind = Span::new(attribute.path_span.end, attribute.binding.end.max(attribute.path_span.end));
        let rest = behind.of(self.text);
        let sign =
            rest.find('=').filter(|it| rest.get(..*it).is_some_and(|it| it.trim().is_empty())).ok_or(CannotEdit)?;
        let at = behind.start + sign + 1;
        let new = self.indented(&nix::write_value(value, 0), self.indentation(at));
        self.push(Span::empty(at), [" ", &new].concat());
        Ok(())
    }

    // ── bindings ──

    /// Adds a binding at the end of a set.
    pub fn insert(&mut self, set: &Site, binding: &Binding) -> Done {
        let attributes = match &set.value.kind {
            Kind::Set(attributes) => attributes.as_slice(),
            _ => &[],
        };
        let is_whole = |it: &&Attribute| it.binding.of(self.text).ends_with(';');
        let last = attributes.iter().filter(is_whole).max_by_key(|it| it.binding.end);
        let Some(last) = last else {
            return self.insert_first(set, binding);
        };
        let head = Span::new(last.path_span.start, last.name_span.end).of(self.text);
        let prefix = Span::new(last.path_span.start, last.name_span.start).of(self.text);
        let end = self.last_end(last, head);
        if !self.starts_line(last.path_span.start) {
            let new = [" ", prefix, &inline(binding)].concat();
            self.push(Span::empty(end), new);
            return Ok(());
        }
        let indentation = self.indentation(last.path_span.start);
        let new = self.indented(&nix::write_binding(binding), indentation);
        let at = self.line_end_behind(end).unwrap_or(end);
        self.push(Span::empty(at), [self.newline, indentation, prefix, &new].concat());
        Ok(())
    }

    /// Where the statements of an attribute end that begin with the same names.
    fn last_end(&self, attribute: &Attribute, head: &str) -> usize {
        let mut end = attribute.binding.end;
        let mut rest: Vec<&Attribute> = vec![attribute];
        while let Some(it) = rest.pop() {
            let path = it.path_span.of(self.text);
            if path.starts_with(head) && it.binding.of(self.text).ends_with(';') {
                end = end.max(it.binding.end);
                if let Kind::Set(inner) = &it.value.kind {
                    rest.extend(inner);
                }
            }
        }
        end
    }

    /// Adds the first binding of a set.
    fn insert_first(&mut self, set: &Site, binding: &Binding) -> Done {
        let span = set.value.span;
        let written = span.of(self.text);
        let open = written.trim_start_matches("rec").trim_start().starts_with('{').then(|| written.find('{')).flatten();
        let (Some(open), true) = (open, written.ends_with('}')) else {
            return self.insert_in_nothing(binding);
        };
        let inner = Span::new(span.start + open + 1, span.end - 1);
        let content = inner.of(self.text);
        let is_element = self.before(span.start).ends_with(['[', '}', '"', ')']);
        let is_inline = is_element || set.attribute.is_some_and(|it| !self.starts_line(it.path_span.start));
        let outer = self.indentation(span.start);
        let deeper = [outer, self.unit].concat();
        let new = self.indented(&nix::write_binding(binding), &deeper);
        if content.trim().is_empty() {
            let new = match is_inline {
                true => [" ", &inline(binding), " "].concat(),
                false => [self.newline, &deeper, &new, self.newline, outer].concat(),
            };
            self.push(inner, new);
            return Ok(());
        }
        // Behind comments.
        let at = inner.start + content.trim_end().len();
        let new = [self.newline, &deeper, &new].concat();
        let closing = match Span::new(at, inner.end).of(self.text).contains('\n') {
            true => String::new(),
            false => [self.newline, outer].concat(),
        };
        self.push(Span::new(at, if closing.is_empty() { at } else { inner.end }), new + &closing);
        Ok(())
    }

    /// Writes a module where there is none yet.
    fn insert_in_nothing(&mut self, binding: &Binding) -> Done {
        let is_comment = |it: &str| it.trim().is_empty() || it.trim_start().starts_with('#');
        if !self.text.lines().all(is_comment) {
            return Err(CannotEdit);
        }
        let new = self.indented(&nix::write_binding(binding), self.unit);
        let new = ["{", self.newline, self.unit, &new, self.newline, "}", self.newline].concat();
        let end = self.text.trim_end().len();
        let start = match end {
            0 => String::new(),
            _ => self.newline.to_owned(),
        };
        self.push(Span::new(end, self.text.len()), start + &new);
        Ok(())
    }

    /// Takes a binding out, or an element.
    pub fn remove(&mut self, site: &Site) -> Done {
        let Some(attribute) = site.attribute else {
            let span = self.element(site);
            self.delete(span, ['[', ']']);
            return Ok(());
        };
        if attribute.binding.start == attribute.binding.end {
            return self.remove_inherited(attribute.name_span);
        }
        for span in statements(attribute) {
            self.delete(span, ['{', '}']);
        }
        Ok(())
    }

    /// Takes a name out of `inherit (x) a b;`.
    fn remove_inherited(&mut self, name: Span) -> Done {
        let (statement, is_only) = self.inherit(name)?;
        self.delete(if is_only { statement } else { name }, ['{', '}']);
        Ok(())
    }

    /// The `inherit (x) a b;` around a name, and whether that is the only one.
    fn inherit(&self, name: Span) -> Result<(Span, bool), CannotEdit> {
        let before = self.text.get(..name.start).unwrap_or_default();
        let start = before.rfind("inherit").ok_or(CannotEdit)?;
        let end = self.statement_end(name.end)?;
        let behind = Span::new(name.end, end - 1).of(self.text).trim();
        let between = Span::new(start + "inherit".len(), name.start).of(self.text).trim();
        let is_first = between.is_empty() || (between.starts_with('(') && between.ends_with(')'));
        Ok((Span::new(start, end), is_first && behind.is_empty()))
    }

    /// Gives a name another.
    pub fn rename(&mut self, site: &Site, name: &str) -> Done {
        let attribute = site.attribute.ok_or(CannotEdit)?;
        if attribute.binding.start == attribute.binding.end {
            return Err(CannotEdit);
        }
        self.push(attribute.name_span, nix::write_name(name));
        Ok(())
    }

    /// Where the statement ends that goes on at a byte: behind its semicolon.
    fn statement_end(&self, at: usize) -> Result<usize, CannotEdit> {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find(';').map(|it| at + it + 1).ok_or(CannotEdit)
    }

    // ── elements ──

    /// Adds an element behind one.
    pub fn insert_behind(&mut self, element: &Site, value: &Nix) -> Done {
        let span = self.element(element);
        if !self.starts_line(span.start) {
            self.push(Span::empty(span.end), [" ", &nix::write_inline(value)].concat());
            return Ok(());
        }
        let indentation = self.indentation(span.start);
        let new = self.indented(&nix::write_element(value), indentation);
        let at = self.line_end_behind(span.end).unwrap_or(span.end);
        self.push(Span::empty(at), [self.newline, indentation, &new].concat());
        Ok(())
    }

    /// Adds an element before one.
    pub fn insert_before(&mut self, element: &Site, value: &Nix) -> Done {
        let span = self.element(element);
        let new = match self.starts_line(span.start) {
            false => [&nix::write_inline(value), " "].concat(),
            true => {
                let indentation = self.indentation(span.start);
                [&self.indented(&nix::write_element(value), indentation), self.newline, indentation].concat()
            }
        };
        self.push(Span::empty(span.start), new);
        Ok(())
    }

    /// Adds the first element of a list.
    pub fn fill(&mut self, list: &Site, value: &Nix) -> Done {
        let span = self.place(list.value);
        let written = span.of(self.text);
        let inner = written.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        match inner {
            Some(inner) if !inner.trim().is_empty() => {
                let at = span.start + "[".len() + inner.trim_end().len();
                let outer = self.indentation(span.start);
                let deeper = [outer, self.unit].concat();
                let new = self.indented(&nix::write_element(value), &deeper);
                self.push(Span::new(at, span.end - 1), [self.newline, &deeper, &new, self.newline, outer].concat());
            }
            Some(_) => {
                let new = self.written(&Nix::List(vec![value.clone()]), span, list.attribute);
                self.push(span, new);
            }
            None => self.push(Span::empty(span.end), [" ++ [ ", &nix::write_inline(value), " ]"].concat()),
        }
        Ok(())
    }

    /// The bytes of an element in its list, with its parentheses.
    fn element(&self, site: &Site) -> Span {
        let value = site.whole;
        let mut span = value.through.first().copied().unwrap_or(value.span);
        loop {
            let before = self.before(span.start);
            let behind = self.text.get(span.end..).unwrap_or_default();
            let close = behind.len() - behind.trim_start().len();
            match before.ends_with('(') && behind.get(close..).is_some_and(|it| it.starts_with(')')) {
                true => span = Span::new(before.len() - 1, span.end + close + 1),
                false => return span,
            }
        }
    }

    // ── text ──

    /// Takes bytes out, and the line that they have for themselves. Brackets that have nothing else in them close up.
    fn delete(&mut self, span: Span, brackets: [char; 2]) {
        let line_end = self.line_end_behind(span.end);
        let mut gone = match (self.starts_line(span.start), line_end) {
            (true, Some(end)) => {
                let start = self.line_start(span.start);
                let behind = self.text.get(end..).unwrap_or_default();
                let newline = ["\r\n", "\n"].into_iter().find(|it| behind.starts_with(it)).map_or(0, str::len);
                match newline {
                    0 => {
                        Span::new(self.text.get(..start).unwrap_or_default().trim_end_matches(['\r', '\n']).len(), end)
                    }
                    _ => Span::new(start, end + newline),
                }
            }
            _ => {
                let before = self.text.get(..span.start).unwrap_or_default();
                let space = before.len() - before.trim_end_matches([' ', '\t']).len();
                Span::new(span.start - space, span.end)
            }
        };
        if gone.end < span.end || gone.start > span.start {
            gone = span;
        }
        let [open, close] = brackets;
        let before = self.text.get(..gone.start).unwrap_or_default().trim_end();
        let behind = self.text.get(gone.end..).unwrap_or_default();
        let behind_start = gone.end + (behind.len() - behind.trim_start().len());
        let is_comment = before.rsplit('\n').next().is_some_and(|it| it.contains('#'));
        if before.ends_with(open)
            && !is_comment
            && self.text.get(behind_start..).is_some_and(|it| it.starts_with(close))
        {
            self.push(Span::new(before.len(), behind_start), " ".to_owned());
            return;
        }
        self.push(gone, String::new());
    }

    /// Lines as they are written where the first begins at some indentation.
    fn indented(&self, text: &str, indentation: &str) -> String {
        let mut lines = text.split('\n');
        let mut result = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            result.push_str(self.newline);
            let content = line.trim_start_matches(' ');
            if !content.is_empty() {
                result.push_str(indentation);
                result.push_str(&self.unit.repeat((line.len() - content.len()) / 2));
                result.push_str(content);
            }
        }
        result
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1)
    }

    fn indentation(&self, at: usize) -> &'a str {
        indentation_of(self.text.get(self.line_start(at)..).unwrap_or_default())
    }

    fn starts_line(&self, at: usize) -> bool {
        let start = self.line_start(at);
        Span::new(start, at).of(self.text).trim_matches([' ', '\t', '\u{FEFF}']).is_empty()
    }

    /// The end of the line, when only blanks and a comment are behind a byte.
    fn line_end_behind(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let line = rest.split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let said = line.trim_start_matches([' ', '\t']);
        (said.is_empty() || said.starts_with('#')).then_some(at + line.len())
    }

    /// The text before a byte, without white space at its end.
    fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default().trim_end()
    }
}

/// A binding on one line.
fn inline(binding: &Binding) -> String {
    let names: Vec<String> = binding.path.iter().map(|it| nix::write_name(it)).collect();
    [&names.join("."), " = ", nix::write_inline(&binding.value).trim_matches(['(', ')']), ";"].concat()
}

fn indentation_of(line: &str) -> &str {
    let content = line.trim_start_matches([' ', '\t']);
    line.get(..line.len() - content.len()).unwrap_or_default()
}

/// The statements that define an attribute: several where `a.b = 1; a.c = 2;` say one `a`.
fn statements(attribute: &Attribute) -> Vec<Span> {
    let mut found = vec![attribute.binding];
    let mut rest: Vec<&Attribute> = vec![attribute];
    while let Some(it) = rest.pop() {
        let Kind::Set(inner) = &it.value.kind else {
            continue;
        };
        if !it.value.through.is_empty() {
            continue;
        }
        for it in inner.iter().filter(|it| it.path_span.start < it.name_span.start) {
            found.push(it.binding);
            rest.push(it);
        }
    }
    found.retain(|it| it.start < it.end);
    found
}
