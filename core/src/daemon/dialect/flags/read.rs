//! What do flags mean? The members that would say the same in a `daemon.json`.
//!
//! A repeated flag makes one member where its values add up, and several where the last one counts. The key is the flag's
//! name with its hyphens, the value the bytes after it; for a flag without a value, the flag's own bytes.

use crate::{
    daemon::options::LIMITS,
    docker::go::strconv::{atoi, parse_bool, parse_int},
    document::{Kind, Member, Node, Problem, ProblemKind, Tree},
    notation::shell::Word,
    schema::Kind::Any,
    text::{Edits, Span, TextEdit, order},
};

use super::{
    given::{Given, given},
    source::{Command, Source},
    table::Takes,
};

/// Reads flags of dockerd, wherever they are in a text.
pub fn read(text: &str) -> Tree {
    Reading::of(text).tree(text)
}

/// A text with its flags.
pub(super) struct Reading {
    pub source: Source,
    /// The flags of each command.
    pub given: Vec<Vec<Given>>,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let mut source = Source::of(text);
        let mut problems = std::mem::take(&mut source.problems);
        let given = source.commands.iter().map(|it| given(text, it, &mut problems)).collect();
        source.problems = problems;
        Self { source, given }
    }

    fn tree(self, text: &str) -> Tree {
        let mut builder = self.builder();
        let mut problems = self.source.problems;
        problems.append(&mut builder.problems);
        order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
        if text.trim().is_empty() {
            let span = Span::new(0, text.len());
            problems.push(Problem { kind: ProblemKind::Empty, span, related: None, mend: Edits::NONE });
        }
        Tree { root: Node::new(Kind::Map(builder.members), Span::new(0, text.len())), problems, end: None }
    }

    /// The flags that say something certain: command, flag, and the key of what it says; in the order of the text.
    pub fn said(&self) -> Vec<(usize, usize, String)> {
        self.builder().said
    }

    fn builder(&self) -> Builder {
        let mut builder = Builder::default();
        for (at, (command, given)) in self.source.commands.iter().zip(&self.given).enumerate() {
            for (index, it) in given.iter().enumerate() {
                if let Some(key) = builder.add(it, command) {
                    builder.said.push((at, index, key));
                }
            }
            let mut values = given.iter().filter_map(|it| it.value.map(|it| it.0)).peekable();
            for (at, word) in command.words.iter().enumerate().filter(|it| it.1.unread == Some(it.1.span)) {
                while values.next_if(|it| *it < at).is_some() {}
                if values.peek() != Some(&at) {
                    builder.members.push(unsound(word.text.clone(), word.span));
                }
            }
        }
        builder.join_networks();
        order::sort(&mut builder.members, |a, b| a.key_span.cmp(&b.key_span));
        builder
    }
}

/// A member whose value is not known.
fn unsound(key: String, key_span: Span) -> Member {
    Member { key, key_span, value: Node::new(Kind::Missing, Span::empty(key_span.end)), sound: false }
}

/// A value, or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    word: &'a Word,
    from: usize,
    to: usize,
}

impl<'a> Part<'a> {
    /// The value of a flag.
    pub fn of(given: &Given, command: &'a Command) -> Option<Self> {
        let (word, from) = given.value?;
        let word = command.words.get(word)?;
        Some(Self { word, from, to: word.text.len() })
    }

    pub fn text(self) -> &'a str {
        self.word.text.get(self.from..self.to).unwrap_or_default()
    }

    pub fn span(self) -> Span {
        self.word.raw(self.from, self.to)
    }

    /// Whether the whole word has no quotes.
    fn is_plain(self) -> bool {
        self.word.span.end - self.word.span.start == self.word.text.len()
    }

    /// Whether part of it is filled in later.
    fn is_unread(self) -> bool {
        self.word.unread.is_some_and(|it| self.span().start < it.end && it.start < self.span().end)
    }

    fn between(self, from: usize, to: usize) -> Self {
        Self { from: self.from + from, to: self.from + to, ..self }
    }

    /// Both sides of the first of a character.
    pub fn split(self, at: char) -> Option<(Self, Self)> {
        let index = self.text().find(at)?;
        Some((self.between(0, index), self.between(index + at.len_utf8(), self.text().len())))
    }

    fn trimmed(self) -> Self {
        let text = self.text();
        let start = text.len() - text.trim_start().len();
        self.between(start, start + text.trim().len())
    }

    fn node(self, kind: Kind) -> Node {
        Node::new(kind, self.span())
    }

    fn string(self) -> Node {
        self.node(Kind::String(self.text().to_owned()))
    }

    /// A whole number where it is one, and its text otherwise.
    fn number(self, parse: fn(&str) -> Option<i64>) -> Node {
        match parse(self.text()) {
            Some(number) => self.node(Kind::Number(number.to_string())),
            None => self.string(),
        }
    }

    fn truth(self) -> Node {
        match parse_bool(self.text()) {
            Some(value) => self.node(Kind::Bool(value)),
            None => self.string(),
        }
    }

    /// The fields between commas; quotes around a field keep its commas.
    ///
    /// Source: Go `encoding/csv`, `Reader.readRecord`.
    pub fn fields(self) -> Vec<Self> {
        let text = self.text();
        let mut fields = Vec::new();
        let mut start = 0;
        let mut is_quoted = false;
        for (at, it) in text.char_indices() {
            match it {
                '"' if at == start => is_quoted = true,
                '"' => is_quoted = false,
                ',' if !is_quoted => {
                    fields.push(self.between(start, at));
                    start = at + 1;
                }
                _ => {}
            }
        }
        fields.push(self.between(start, text.len()));
        let unquoted = |it: Self| match it.text().strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(inner) => it.between(1, 1 + inner.len()),
            None => it,
        };
        fields.into_iter().map(unquoted).collect()
    }
}

/// Whether a soft limit fits a hard one; -1 is no limit.
///
/// Source: docker/go-units `ulimit.go`, `ParseUlimit`.
pub(super) fn is_limit(soft: i64, hard: i64) -> bool {
    hard == -1 || (soft != -1 && soft <= hard)
}

fn member(key: String, key_span: Span, value: Node) -> Member {
    Member { key, key_span, value, sound: true }
}

#[derive(Default)]
struct Builder {
    members: Vec<Member>,
    /// Keys that gather what several flags say, and where in the members they are.
    gathered: Vec<(&'static str, usize)>,
    /// The address for `host-gateway`, while it is but one.
    host_gateway: Option<usize>,
    problems: Vec<Problem>,
    said: Vec<(usize, usize, String)>,
}

impl Builder {
    /// Adds what a flag says; the key of it when it is certain.
    fn add(&mut self, given: &Given, command: &Command) -> Option<String> {
        let part = Part::of(given, command);
        let Some(flag) = given.flag else {
            let value = part.map_or_else(|| Node::new(Kind::Bool(true), given.key), Part::string);
            // With its hyphens it is never taken for a key of daemon.json.
            let hyphens = if given.is_letter { "-" } else { "--" };
            let key = [hyphens, &given.name].concat();
            self.members.push(member(key.clone(), given.key, value));
            return Some(key);
        };
        let option = flag.option?; // no file can say the others
        let key = option.key;
        let value = match (flag.takes, part) {
            (Takes::Truth, None) => Node::new(Kind::Bool(true), given.key),
            (_, None) => return self.doubt(key, given),
            (_, Some(part)) if part.is_unread() => return self.doubt(key, given),
            // A key that takes anything in the file is no less a flag that is on or off.
            (Takes::Truth, Some(part)) if option.kind == Any && parse_bool(part.text()).is_none() => {
                return self.bad(part, key, given);
            }
            (Takes::Truth, Some(part)) => part.truth(),
            (Takes::Number, Some(part)) => part.number(parse_int),
            (Takes::Text, Some(part)) => part.string(),
            (Takes::Item, Some(part)) if key == "dns" && part.text().contains(',') => {
                self.addresses(key, given, part);
                return Some(key.to_owned());
            }
            (takes, Some(part)) => match gathered(takes, part) {
                Ok(items) => {
                    for item in items {
                        self.gather(key, given.key, part.span(), item);
                    }
                    return Some(key.to_owned());
                }
                Err(bad) => return self.bad(bad, key, given),
            },
        };
        if key == "host-gateway-ip" {
            self.host_gateway(given.key, value);
        } else if option.parent == "proxies" {
            let span = value.span;
            let field = member(option.name().to_owned(), given.key, value);
            self.gather("proxies", given.key, span, Gathered::Member(field));
            return Some("proxies".to_owned());
        } else {
            self.members.push(member(key.to_owned(), given.key, value));
        }
        Some(key.to_owned())
    }

    /// Adds addresses with commas between them, which Engines 25.0 to 28.5 take.
    ///
    /// Source: moby v25.0.17 to v28.5.2 `cmd/dockerd/config.go`, `flags.IPSliceVar`.
    fn addresses(&mut self, key: &'static str, given: &Given, part: Part) {
        let fields: Vec<Part> = part.fields().into_iter().map(Part::trimmed).collect();
        let again = match given.is_letter || given.value.is_some_and(|it| it.0 != given.word) {
            true => " --dns ",
            false => " --dns=",
        };
        let gaps = fields.windows(2).filter_map(|it| match it {
            [before, behind] => Some(Span::new(before.span().end, behind.span().start)),
            _ => None,
        });
        let edits = gaps.map(|span| TextEdit { span, text: again.to_owned() }).collect();
        let mend = if part.is_plain() { Edits::of(edits) } else { Edits::NONE };
        self.problems.push(Problem { kind: ProblemKind::SeveralValues, span: part.span(), related: None, mend });
        for field in fields {
            self.gather(key, given.key, part.span(), Gathered::Element(field.string()));
        }
    }

    /// Notes that a part of a value is not of the form that the flag takes.
    fn bad(&mut self, part: Part, key: &str, given: &Given) -> Option<String> {
        self.problems.push(Problem {
            kind: ProblemKind::BadField,
            span: part.span(),
            related: None,
            mend: Edits::NONE,
        });
        self.doubt(key, given)
    }

    /// Notes that a flag says something that is not known.
    fn doubt(&mut self, key: &str, given: &Given) -> Option<String> {
        self.members.push(unsound(key.to_owned(), given.key));
        None
    }

    /// A flag that a list took the place of in 28.0: one address is read by all Engines, several by those with the list.
    fn host_gateway(&mut self, key: Span, value: Node) {
        const MANY: &str = "host-gateway-ips";
        if self.gathered.iter().any(|it| it.0 == MANY) {
            let span = value.span;
            return self.gather(MANY, key, span, Gathered::Element(value));
        }
        let Some(at) = self.host_gateway.take() else {
            self.host_gateway = Some(self.members.len());
            return self.members.push(member("host-gateway-ip".to_owned(), key, value));
        };
        self.gathered.push((MANY, at));
        if let Some(before) = self.members.get_mut(at) {
            let span = before.value.span.to(value.span);
            before.key = MANY.to_owned();
            before.value = Node::new(Kind::List(vec![before.value.clone(), value]), span);
        }
    }

    /// Puts the options of one network driver together, which are in flags of their own.
    fn join_networks(&mut self) {
        let at = self.gathered.iter().find(|it| it.0 == "default-network-opts").map(|it| it.1);
        let Some(Kind::Map(drivers)) = at.and_then(|it| self.members.get_mut(it)).map(|it| &mut it.value.kind) else {
            return;
        };
        let mut sorted: Vec<(usize, Member)> = std::mem::take(drivers).into_iter().enumerate().collect();
        order::sort(&mut sorted, |a, b| (&a.1.key, a.0).cmp(&(&b.1.key, b.0)));
        let mut joined: Vec<(usize, Member)> = Vec::new();
        for (at, driver) in sorted {
            match joined.last_mut() {
                Some((_, last)) if last.key == driver.key => {
                    last.value.span = last.value.span.to(driver.value.span);
                    if let (Kind::Map(members), Kind::Map(more)) = (&mut last.value.kind, driver.value.kind) {
                        members.extend(more);
                    }
                }
                _ => joined.push((at, driver)),
            }
        }
        order::sort(&mut joined, |a, b| a.0.cmp(&b.0));
        *drivers = joined.into_iter().map(|it| it.1).collect();
    }

    /// Adds to what earlier flags of the same option said.
    fn gather(&mut self, key: &'static str, key_span: Span, span: Span, item: Gathered) {
        let known = self.gathered.iter().find(|it| it.0 == key).map(|it| it.1);
        let at = known.unwrap_or_else(|| {
            let kind = match item {
                Gathered::Element(_) => Kind::List(Vec::new()),
                Gathered::Member(_) => Kind::Map(Vec::new()),
            };
            self.members.push(member(key.to_owned(), key_span, Node::new(kind, span)));
            self.gathered.push((key, self.members.len() - 1));
            self.members.len() - 1
        });
        let Some(value) = self.members.get_mut(at).map(|it| &mut it.value) else {
            return;
        };
        value.span = value.span.to(span);
        match (&mut value.kind, item) {
            (Kind::List(elements), Gathered::Element(element)) => elements.push(element),
            (Kind::Map(members), Gathered::Member(member)) => members.push(member),
            _ => {}
        }
    }
}

/// What a flag adds to a list or an object.
enum Gathered {
    Element(Node),
    Member(Member),
}

/// What the value of a flag adds; the part that is not of its form.
fn gathered(takes: Takes, part: Part) -> Result<Vec<Gathered>, Part> {
    Ok(match takes {
        Takes::Item => vec![Gathered::Element(part.string())],
        Takes::Entry => {
            let (name, value) = part.split('=').unwrap_or((part, part.between(part.text().len(), part.text().len())));
            vec![Gathered::Member(member(name.text().to_owned(), name.span(), value.string()))]
        }
        Takes::Switch => {
            let (name, value) = match part.split('=') {
                Some((name, value)) => (name, value.truth()),
                None => (part, part.node(Kind::Bool(true))),
            };
            if name.text().is_empty() {
                return Err(part);
            }
            vec![Gathered::Member(member(name.text().to_owned(), name.span(), value))]
        }
        Takes::Pool => {
            let mut members = Vec::new();
            for field in part.fields() {
                let (name, value) = field.split('=').ok_or(field)?;
                // Both sides are taken in lower case.
                let lower = value.node(Kind::String(value.text().to_lowercase()));
                let value = match name.text().to_lowercase().as_str() {
                    "base" => lower,
                    "size" => value.number(atoi),
                    _ => return Err(field),
                };
                members.push(member(name.text().to_lowercase(), name.span(), value));
            }
            vec![Gathered::Element(part.node(Kind::Map(members)))]
        }
        Takes::Limit => {
            let (name, limits) = part.split('=').ok_or(part)?;
            let (soft, hard) = limits.split(':').unwrap_or((limits, limits));
            if !LIMITS.iter().any(|it| it.value == name.text()) {
                return Err(name);
            }
            if let (Some(soft), Some(hard)) = (atoi(soft.text()), atoi(hard.text()))
                && !is_limit(soft, hard)
            {
                return Err(limits);
            }
            let members = vec![
                member("Name".to_owned(), name.span(), name.string()),
                member("Hard".to_owned(), name.span(), hard.number(atoi)),
                member("Soft".to_owned(), name.span(), soft.number(atoi)),
            ];
            let value = limits.node(Kind::Map(members));
            vec![Gathered::Member(member(name.text().to_owned(), name.span(), value))]
        }
        Takes::Runtime => {
            let (name, path) = part.split('=').ok_or(part)?;
            let (name, path) = (name.trimmed(), path.trimmed());
            if name.text().is_empty() || path.text().is_empty() {
                return Err(part);
            }
            let value = path.node(Kind::Map(vec![member("path".to_owned(), name.span(), path.string())]));
            vec![Gathered::Member(member(name.text().to_lowercase(), name.span(), value))]
        }
        Takes::Network => {
            let (driver, rest) = part.split('=').ok_or(part)?;
            let (name, value) = rest.split('=').ok_or(part)?;
            let inner = member(name.text().to_owned(), name.span(), value.string());
            let value = rest.node(Kind::Map(vec![inner]));
            vec![Gathered::Member(member(driver.text().to_owned(), driver.span(), value))]
        }
        Takes::Fields => {
            let mut members = Vec::new();
            for field in part.fields() {
                let (name, value) =
                    field.split('=').unwrap_or((field, field.between(field.text().len(), field.text().len())));
                let value = match name.text() {
                    "enable" if value.text().is_empty() => name.node(Kind::Bool(true)),
                    "enable" => value.truth(),
                    "plugin-path" | "plugin-config-path" | "socket-path" => value.string(),
                    _ => return Err(field),
                };
                members.push(Gathered::Member(member(name.text().to_owned(), name.span(), value)));
            }
            members
        }
        Takes::Truth | Takes::Number | Takes::Text => Vec::new(),
    })
}
