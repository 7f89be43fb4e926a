//! How do the events of a parser become values? Copies of anchors are made, and merge keys carried out.

use std::collections::{HashMap, HashSet};

use granit_parser::{Event, ScalarStyle, Tag as RawTag};

use super::{problems::problem, read::Tag, scalar::resolve};
use crate::{
    document::{Kind, MAX_DEPTH, Member, Node, Problem, ProblemKind},
    text::Span,
};

/// So much may be copied from anchors: compose-go gives up after as many nodes.
///
/// Source: compose-go loader/reset.go, `defaultMaxNodeVisits`.
const MAX_COPIED: usize = 100_000;

/// What was built.
pub(super) struct Built {
    pub documents: Vec<Node>,
    pub problems: Vec<Problem>,
    pub tags: Vec<(usize, Tag)>,
}

/// Makes values of events.
pub(super) struct Builder<'a> {
    text: &'a str,
    /// The anchors that something refers to.
    used: HashSet<usize>,
    anchors: HashMap<usize, Weighed>,
    copied: usize,
    stack: Vec<Frame>,
    /// How many collections are open that are too deep to be kept, and where the first began.
    skipped: (usize, usize),
    built: Built,
}

/// A value with what it costs to copy it.
#[derive(Clone)]
struct Weighed {
    node: Node,
    /// How many values deep it is.
    height: usize,
    /// How much is copied with it.
    weight: usize,
}

/// A list or mapping that is not complete yet.
struct Frame {
    open: Open,
    start: usize,
    end: usize,
    anchor: usize,
    height: usize,
    weight: usize,
}

enum Open {
    List(Vec<Node>),
    Map { members: Vec<Member>, key: Option<Key>, merged: Vec<Node> },
}

struct Key {
    text: String,
    span: Span,
    is_merge: bool,
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str, events: &[(Event<'_>, Span)]) -> Self {
        let used = events.iter().filter_map(|it| match it.0 {
            Event::Alias(id) => Some(id),
            _ => None,
        });
        Self {
            text,
            used: used.collect(),
            anchors: HashMap::new(),
            copied: 0,
            stack: Vec::new(),
            skipped: (0, 0),
            built: Built { documents: Vec::new(), problems: Vec::new(), tags: Vec::new() },
        }
    }

    pub fn run(mut self, events: &[(Event<'_>, Span)]) -> Built {
        for (event, span) in events {
            self.take(event, *span);
        }
        let end = events.last().map_or(0, |it| it.1.end);
        while !self.stack.is_empty() {
            self.close(Span::empty(end), false);
        }
        self.built
    }

    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::SequenceStart(_, anchor, tag) => self.open(Open::List(Vec::new()), span, *anchor, tag.as_deref()),
            Event::MappingStart(_, anchor, tag) => {
                let open = Open::Map { members: Vec::new(), key: None, merged: Vec::new() };
                self.open(open, span, *anchor, tag.as_deref());
            }
            Event::SequenceEnd | Event::MappingEnd => match self.skipped.0 {
                0 => self.close(span, true),
                1 => {
                    let whole = Span::new(self.skipped.1, span.end.max(self.skipped.1));
                    self.skipped = (0, 0);
                    self.problem(ProblemKind::TooDeep, whole, None);
                    self.put(Weighed { node: Node::new(Kind::Opaque, whole), height: 1, weight: 1 }, whole.end, 0);
                }
                _ => self.skipped.0 -= 1,
            },
            _ if self.skipped.0 > 0 => {}
            Event::Scalar(value, style, anchor, tag) => self.scalar(value, *style, span, *anchor, tag.as_deref()),
            Event::Alias(id) => self.alias(*id, span),
            Event::UnresolvedAlias(_) => {
                self.problem(ProblemKind::UnknownAlias, span, None);
                self.put(Weighed { node: Node::new(Kind::Opaque, span), height: 1, weight: 1 }, span.end, 0);
            }
            // Left open by a mistake that nothing could mend.
            Event::DocumentEnd => {
                while !self.stack.is_empty() {
                    self.close(span, false);
                }
            }
            _ => {}
        }
    }

    fn problem(&mut self, kind: ProblemKind, span: Span, related: Option<Span>) {
        self.built.problems.push(Problem { related, ..problem(kind, span) });
    }

    fn tagged(&mut self, tag: Option<&RawTag>, start: usize) {
        let tag = tag.filter(|it| it.handle() == "!").and_then(|it| match it.suffix() {
            "reset" => Some(Tag::Reset),
            "override" => Some(Tag::Override),
            _ => None,
        });
        self.built.tags.extend(tag.map(|it| (start, it)));
    }

    fn open(&mut self, open: Open, span: Span, anchor: usize, tag: Option<&RawTag>) {
        if self.skipped.0 > 0 || self.stack.len() >= MAX_DEPTH {
            if self.skipped.0 == 0 {
                self.skipped.1 = span.start;
            }
            self.skipped.0 += 1;
            return;
        }
        self.tagged(tag, span.start);
        self.stack.push(Frame { open, start: span.start, end: span.end, anchor, height: 1, weight: 1 });
    }

    /// Completes the innermost collection: at its bracket, or at the end of what is in it.
    fn close(&mut self, span: Span, is_whole: bool) {
        let Some(frame) = self.stack.pop() else { return };
        let end = if is_whole && span.start < span.end { span.end } else { frame.end };
        let kind = match frame.open {
            Open::List(elements) => Kind::List(elements),
            Open::Map { mut members, key, merged } => {
                members.extend(key.filter(|it| !it.is_merge).map(|it| Member {
                    value: Node::new(Kind::Missing, Span::empty(it.span.end)),
                    key: it.text,
                    key_span: it.span,
                    sound: false,
                }));
                self.tell_repeated(&members);
                merge(&mut members, merged);
                Kind::Map(members)
            }
        };
        let node = Node::new(kind, Span::new(frame.start, end.max(frame.start)));
        self.put(Weighed { node, height: frame.height, weight: frame.weight }, end, frame.anchor);
    }

    fn tell_repeated(&mut self, members: &[Member]) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for member in members {
            match seen.get(member.key.as_str()) {
                Some(first) => {
                    let first = *first;
                    self.problem(ProblemKind::DefinedTwice, member.key_span, Some(first));
                }
                None => {
                    seen.insert(&member.key, member.key_span);
                }
            }
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: Span, anchor: usize, tag: Option<&RawTag>) {
        let is_plain = style == ScalarStyle::Plain;
        // A block ends with its last line.
        let span = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                Span::new(span.start, span.start + span.of(self.text).trim_end().len())
            }
            _ => span,
        };
        self.tagged(tag, span.start);
        if let Some(Frame { open: Open::Map { key: key @ None, .. }, end, .. }) = self.stack.last_mut() {
            let is_null = is_plain && span.start == span.end;
            let text = if is_null { String::new() } else { value.to_owned() };
            *key = Some(Key { text, span, is_merge: is_plain && value == "<<" });
            *end = span.end;
            return;
        }
        let core = tag.and_then(RawTag::core_suffix);
        let kind = match core {
            _ if is_plain && span.start == span.end => Kind::Null,
            Some("str") => Kind::String(value.to_owned()),
            Some("int" | "float" | "bool" | "null") => resolve(value),
            _ if is_plain => resolve(value),
            _ => Kind::String(value.to_owned()),
        };
        let node = Node::new(kind, span);
        self.put(Weighed { node, height: 1, weight: 1 + value.len() / 32 }, span.end, anchor);
    }

    fn alias(&mut self, id: usize, span: Span) {
        let depth = self.stack.len();
        let found = self.anchors.get(&id);
        let (kind, copy) = match found {
            // An anchor within itself.
            None => (ProblemKind::UnknownAlias, None),
            Some(it) if it.height + depth > MAX_DEPTH => (ProblemKind::TooDeep, None),
            Some(it) if self.copied + it.weight > MAX_COPIED => (ProblemKind::TooManyCopies, None),
            Some(it) => (ProblemKind::UnknownAlias, Some(it.clone())),
        };
        let copy = copy.unwrap_or_else(|| {
            self.problem(kind, span, None);
            Weighed { node: Node::new(Kind::Opaque, span), height: 1, weight: 1 }
        });
        self.copied += copy.weight;
        self.put(copy, span.end, 0);
    }

    /// Puts a complete value where it belongs; `end` is where its bytes end here.
    fn put(&mut self, value: Weighed, end: usize, anchor: usize) {
        if anchor > 0 && self.used.contains(&anchor) && self.copied + value.weight <= MAX_COPIED {
            self.copied += value.weight;
            self.anchors.insert(anchor, value.clone());
        }
        let Weighed { node, height, weight } = value;
        let Some(frame) = self.stack.last_mut() else {
            self.built.documents.push(node);
            return;
        };
        frame.end = frame.end.max(end);
        frame.height = frame.height.max(height + 1);
        frame.weight += weight;
        let mut stray = None;
        match &mut frame.open {
            Open::List(elements) => elements.push(node),
            Open::Map { members, key, merged } => match key.take() {
                Some(Key { is_merge: true, span, .. }) => match node.kind {
                    Kind::Map(_) => merged.push(node),
                    Kind::List(elements) if elements.iter().all(|it| matches!(it.kind, Kind::Map(_))) => {
                        merged.extend(elements);
                    }
                    _ => stray = Some(span),
                },
                Some(Key { text, span, .. }) => {
                    members.push(Member { key: text, key_span: span, value: node, sound: true });
                }
                None => {
                    let span = node.span;
                    *key = Some(Key { text: String::new(), span, is_merge: false });
                    stray = Some(span);
                }
            },
        }
        if let Some(span) = stray {
            self.problem(ProblemKind::StrayValue, span, None);
        }
    }
}

/// Adds the members of merged mappings that are not there yet: of several, the earlier wins.
fn merge(members: &mut Vec<Member>, merged: Vec<Node>) {
    if merged.is_empty() {
        return;
    }
    let mut seen: HashSet<String> = members.iter().map(|it| it.key.clone()).collect();
    for node in merged {
        let Kind::Map(more) = node.kind else { continue };
        members.extend(more.into_iter().filter(|it| seen.insert(it.key.clone())));
    }
}
