//! What do the values of options come to? Strings, lists and sets of them, truth values.

use super::{Reader, noun, used};
use crate::{
    containers::model::At,
    notation::{
        nix::{
            self,
            value::{Kind, Value},
        },
        shell::{self, Quoting, Token},
    },
    oci::{
        definitions::{Def, members},
        options::{self, Row},
        problem::ProblemKind,
    },
    run::{said::Flag, variables::Argument},
    text::Span,
};

/// A text, and where it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub text: String,
    /// The bytes that say it, with quotes.
    pub span: Span,
    /// The bytes that say it as it is, where there are such.
    pub inner: Option<Span>,
}

impl Told {
    /// It, with its place.
    pub fn at(&self) -> At<String> {
        At::new(self.text.clone(), self.place())
    }

    /// The bytes that say it, as far as possible without quotes.
    pub fn place(&self) -> Span {
        self.inner.unwrap_or(self.span)
    }

    /// The same as the value of a flag.
    pub fn argument(&self) -> Argument {
        Argument::said(&self.text, self.span, self.inner)
    }

    /// The same place with another text.
    pub fn with(&self, text: impl Into<String>) -> Self {
        let text = text.into();
        let inner = self.inner.filter(|_| text == self.text);
        Self { text, span: self.span, inner }
    }
}

impl Reader<'_> {
    // ── one text ──

    /// A text; `None` for null and for what is none, which is told.
    pub fn text(&mut self, row: &Row, value: &Value) -> Option<Told> {
        use options::Kind as Takes;
        let span = used(value);
        self.fails(value);
        let (text, is_right) = match &value.kind {
            Kind::String(text) => {
                self.ask_for(text, value.span);
                (text.clone(), true)
            }
            Kind::Int(number) => {
                let takes =
                    matches!(row.kind, Takes::Number | Takes::NumberOrNull | Takes::PairsOrNumbers | Takes::Any);
                (number.to_string(), takes)
            }
            Kind::Float(number) => (number.to_string(), row.kind == Takes::Any),
            Kind::Bool(is_on) => (is_on.to_string(), matches!(row.kind, Takes::Any | Takes::Bool)),
            Kind::Path(path) => {
                let name = path.clone();
                self.missing(name, path.clone(), span);
                (path.clone(), row.name == "environmentFiles" && row.place.starts_with("oci") || row.kind == Takes::Any)
            }
            Kind::Unknown(path) | Kind::Applied(path, _) => (self.left_open(span, path), true),
            Kind::Null | Kind::Missing => return None,
            Kind::If(_, inner) | Kind::Override(_, inner) | Kind::Order(_, inner) => return self.text(row, inner),
            Kind::Merge(_) => {
                self.unusable(span, "What this comes to is not known here.");
                return None;
            }
            Kind::List(_) | Kind::Set(_) | Kind::Function(..) => {
                self.wrong_kind(row, "a string", value);
                self.unusable(span, "A string belongs here.");
                return None;
            }
        };
        if !is_right {
            self.wrong_kind(row, "a string", value);
        }
        let written = span.of(self.text);
        let is_plain =
            value.through.is_empty() && written.strip_prefix('"').and_then(|it| it.strip_suffix('"')) == Some(&text);
        let inner = is_plain.then(|| Span::new(span.start + 1, span.end - 1));
        let told = Told { text, span, inner };
        Some(if self.is_of_unit { self.of_systemd(told) } else { told })
    }

    /// What stands for a value that the text leaves open, unless it is known.
    pub fn left_open(&mut self, span: Span, path: &str) -> String {
        let written = nix::name_of(span.of(self.text));
        let name = if written.is_empty() { path.to_owned() } else { written };
        if let Some(value) = (self.known)(&name, path) {
            return value;
        }
        let placeholder = nix::placeholder(&name);
        self.missing(name, placeholder.clone(), span);
        placeholder
    }

    /// Asks for what a string leaves open.
    pub fn ask_for(&mut self, text: &str, place: Span) {
        let Self { placeholders, opens, .. } = self;
        let mut asked = Vec::new();
        for name in placeholders.within(text) {
            let Some(open) = opens.get_mut(name) else { continue };
            let start = open.all.partition_point(|it| it.span.start < place.start);
            let behind = open.all.get(start..).unwrap_or_default().iter();
            let before = asked.len();
            asked.extend(behind.take_while(|it| it.span.start < place.end).filter(|it| place.holds(it.span)).cloned());
            // Another place leaves it open, to which names lead.
            if asked.len() == before && !std::mem::replace(&mut open.are_asked, true) {
                asked.extend(open.all.iter().cloned());
            }
        }
        for it in asked {
            self.missing(it.name, it.placeholder, it.span);
        }
    }

    /// Whether a text holds what stands for something open.
    pub fn is_open(&self, text: &str) -> bool {
        self.said.is_open(text)
    }

    pub fn wrong_kind(&mut self, row: &Row, wanted: &'static str, value: &Value) {
        let wanted = match (row.kind, &value.kind) {
            (_, Kind::List(_) | Kind::Set(_)) | (options::Kind::Text | options::Kind::TextOrNull, _) => row.kind.noun(),
            _ => wanted,
        };
        let kind = ProblemKind::WrongKind { option: row.name.to_owned(), wanted, found: noun(&value.kind) };
        self.problem(kind, used(value));
    }

    /// The text of an option that takes one.
    pub fn one(&mut self, row: &Row, defs: &[Def]) -> Option<Told> {
        let def = self.single(row, defs)?;
        self.text(row, def.value)
    }

    /// The truth value of an option.
    pub fn truth(&mut self, row: &Row, defs: &[Def]) -> Option<At<bool>> {
        let def = self.single(row, defs)?;
        match &def.value.kind {
            Kind::Bool(value) => Some(At::new(*value, def.whole)),
            Kind::Null | Kind::Missing => None,
            Kind::Unknown(path) | Kind::Applied(path, _) => {
                let found = self.left_open(used(def.value), path);
                let known = found.parse().ok();
                if known.is_none() {
                    self.unusable(def.whole, "Whether it is so is not known here.");
                }
                known.map(|it| At::new(it, def.whole))
            }
            _ => {
                self.wrong_kind(row, "`true` or `false`", def.value);
                self.unusable(def.whole, "`true` or `false` belongs here.");
                None
            }
        }
    }

    // ── several ──

    /// The texts of a list.
    pub fn texts(&mut self, row: &Row, defs: &[Def]) -> Vec<Told> {
        let mut found = Vec::new();
        for def in self.weighed(defs) {
            self.texts_of(row, &def, &mut found);
        }
        found
    }

    fn texts_of(&mut self, row: &Row, def: &Def, found: &mut Vec<Told>) {
        match &def.value.kind {
            Kind::List(elements) => {
                for element in elements {
                    if self.is_several(element) {
                        continue;
                    }
                    let mut bare = Vec::new();
                    Def::of(element).bare(0, &mut bare);
                    for it in bare {
                        self.hangs_on(&it);
                        found.extend(self.text(row, it.value));
                    }
                }
            }
            Kind::Null | Kind::Missing => {}
            Kind::Unknown(_) | Kind::Applied(..) => self.unusable(def.whole, "What this list holds is not known here."),
            Kind::String(_) if row.kind == options::Kind::Any => found.extend(self.text(row, def.value)),
            _ => {
                self.wrong_kind(row, row.kind.noun(), def.value);
                match &def.value.kind {
                    Kind::Set(_) | Kind::Function(..) => self.unusable(def.whole, "A list belongs here."),
                    _ => found.extend(self.text(row, def.value)),
                }
            }
        }
    }

    /// Whether an element stands for as many as only Nix knows: `config.x` in `[ "a" ] ++ config.x`. It is told.
    pub fn is_several(&mut self, element: &Value) -> bool {
        let Kind::Merge(parts) = &element.kind else { return false };
        let [part] = parts.as_slice() else { return false };
        let is_open = matches!(part.kind, Kind::Unknown(_) | Kind::Applied(..));
        if is_open {
            self.unusable(used(part), "What this list holds is not known here.");
        }
        is_open
    }

    /// Names with their texts, each with the bytes of both.
    pub fn pairs(&mut self, row: &Row, defs: &[Def]) -> Vec<(String, Told)> {
        let count = self.weighed(defs);
        let mut found = Vec::new();
        for def in &count {
            match &def.value.kind {
                Kind::Set(_) | Kind::Null | Kind::Missing => {}
                Kind::Unknown(_) | Kind::Applied(..) => {
                    self.unusable(def.whole, "What this set holds is not known here.")
                }
                Kind::List(_) if row.kind == options::Kind::TextsOrPairs => {}
                _ => {
                    self.wrong_kind(row, row.kind.noun(), def.value);
                    self.unusable(def.whole, "A set belongs here.");
                }
            }
        }
        for (name, defs) in members(&count) {
            let Some(def) = self.single(row, &defs) else { continue };
            match self.text(row, def.value) {
                Some(told) => found.push((name.to_owned(), Told { span: def.whole, inner: None, ..told })),
                None if def.value.kind == Kind::Null => {
                    self.wrong_kind(row, "a string", def.value);
                    self.unusable(def.whole, "It has no value.");
                }
                None => {}
            }
        }
        if row.kind == options::Kind::TextsOrPairs {
            let lists: Vec<Def> = count.into_iter().filter(|it| matches!(it.value.kind, Kind::List(_))).collect();
            for def in lists {
                let mut texts = Vec::new();
                self.texts_of(row, &def, &mut texts);
                found.extend(texts.into_iter().map(|it| {
                    let (name, value) = it.text.split_once('=').unwrap_or((&it.text, ""));
                    (name.to_owned(), it.with(value))
                }));
            }
        }
        found
    }

    /// Names that are switched on or off.
    pub fn truths(&mut self, row: &Row, defs: &[Def]) -> Vec<At<(String, bool)>> {
        let count = self.weighed(defs);
        for def in count.iter().filter(|it| !matches!(it.value.kind, Kind::Set(_))) {
            self.wrong_kind(row, row.kind.noun(), def.value);
            self.unusable(def.whole, "A set belongs here.");
        }
        let mut found = Vec::new();
        for (name, defs) in members(&count) {
            if let Some(it) = self.truth(row, &defs) {
                found.push(At::new((name.to_owned(), it.value), it.span));
            }
        }
        found
    }

    // ── flags ──

    /// What an option says as a flag, once or several times.
    pub fn flags(&mut self, row: &Row, name: &'static str, defs: &[Def]) -> Vec<Flag> {
        use options::Kind as Takes;
        let flag = |it: Told| Flag { name, span: it.span, value: Some(it.argument()) };
        match row.kind {
            Takes::Texts => self.texts(row, defs).into_iter().map(flag).collect(),
            Takes::Pairs | Takes::PairsOrNumbers | Takes::TextsOrPairs => {
                let pairs = self.pairs(row, defs).into_iter();
                pairs.map(|(key, value)| value.with([&key, "=", &value.text].concat())).map(flag).collect()
            }
            Takes::Bool => {
                let truth = self.truth(row, defs).into_iter();
                let told = truth.map(|it| Told { text: it.value.to_string(), span: it.span, inner: None });
                told.map(flag).collect()
            }
            _ => self.one(row, defs).into_iter().map(flag).collect(),
        }
    }

    /// The words of a command: a list of them, or a line that systemd splits.
    pub fn command(&mut self, row: &Row, defs: &[Def]) -> Option<(Vec<Told>, Span)> {
        let count = self.weighed(defs);
        let first = count.first()?;
        let span = count.iter().fold(first.whole, |span, it| span.to(it.whole));
        match &first.value.kind {
            Kind::List(_) => Some((self.texts(row, defs), span)),
            _ => {
                let told = self.one(row, defs)?;
                let tokens = shell::tokens(&told.text, Span::new(0, told.text.len()), Quoting::Unit);
                let words = tokens.into_iter().filter_map(|it| match it {
                    Token::Word(word) => Some(told.with(word.text)),
                    _ => None,
                });
                Some((words.collect(), told.place()))
            }
        }
    }
}
