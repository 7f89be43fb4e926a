//! What does a YAML text say? Damage costs no more than what it touches.

use granit_parser::{Event, Parser};

use super::{
    build::Builder,
    recover::{self, Mended},
};
use crate::{
    document::{Kind, Node, Problem, Tree},
    text::{Span, order},
};

/// A text as far as it could be understood, and where it could not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The documents of the text, most often one.
    pub documents: Vec<Node>,
    /// The mistakes of syntax, in the order of the text.
    pub problems: Vec<Problem>,
    /// The comments, each from its `#` to the end of the line.
    pub comments: Vec<Span>,
    /// The tags that say how documents are merged, by where their values begin.
    tags: Vec<(usize, Tag)>,
}

/// A tag that says how a value is merged with that of an earlier document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `!reset`: the earlier value goes.
    Reset,
    /// `!override`: this value takes the place of the earlier one.
    Override,
}

impl Reading {
    /// The tag of a value.
    pub fn tag(&self, node: &Node) -> Option<Tag> {
        let found = self.tags.binary_search_by_key(&node.span.start, |it| it.0).ok()?;
        self.tags.get(found).map(|it| it.1)
    }

    /// The first document as a tree, with the problems of all.
    pub fn tree(&self) -> Tree {
        let nothing = || Node::new(Kind::Null, Span::empty(0));
        let root = self.documents.first().cloned().unwrap_or_else(nothing);
        Tree { end: Some(root.span.end), root, problems: self.problems.clone() }
    }
}

/// The longest text that is read, in bytes; of a longer one nothing is known.
const MAX_TEXT: usize = 1 << 20;

/// Reads a text, at a cost that grows with its length.
pub fn read(text: &str) -> Reading {
    if text.len() > MAX_TEXT {
        let whole = Node::new(Kind::Opaque, Span::new(0, text.len()));
        return Reading { documents: vec![whole], problems: Vec::new(), comments: Vec::new(), tags: Vec::new() };
    }
    let Mended { shadow, mut problems } = recover::mend(text);
    let mut events = Vec::new();
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: true,
        max_buffered_comment_events: usize::MAX,
    };
    for event in Parser::new_from_str_with_options(&shadow.text, options) {
        // What is behind a mistake that nothing could mend is told by its problem.
        let Ok((event, span)) = event else { break };
        let [start, end] = [span.start, span.end].map(|it| shadow.original(it.byte_offset().unwrap_or_default()));
        events.push((event, Span::new(start, end.max(start))));
    }
    let comments = events.iter().filter(|it| matches!(it.0, Event::Comment(..))).map(|it| it.1).collect();
    let built = Builder::new(text, &events).run(&events);
    problems.extend(built.problems);
    order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
    let mut tags = built.tags;
    tags.sort_by_key(|it| it.0);
    Reading { documents: built.documents, problems, comments, tags }
}
