//! Which flags of dockerd does `extraOptions` give, and where?

use super::merge::{Content, Merged};
use crate::{
    daemon::dialect::DOCKERD_FLAGS,
    document::{Change, Member, Node, Problem, Tree, edit},
    text::{Edits, Span, TextEdit},
};

/// What flags say, as members of a `daemon.json` would, and what is wrong with their syntax.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given {
    /// The members.
    pub members: Vec<Member>,
    /// The mistakes of syntax.
    pub problems: Vec<Problem>,
}

/// Reads the pieces of `extraOptions`.
///
/// Each byte is where it is in the text, as long as the string is written there without escapes and without what is filled
/// in; everything is at the whole string otherwise.
pub(crate) fn read(pieces: &[Merged], text: &str) -> Given {
    let mut given = Given::default();
    for piece in pieces {
        let Content::String(flags) = &piece.content else {
            continue;
        };
        let Tree { root, problems, .. } = (DOCKERD_FLAGS.tree)(flags);
        let place = Place::of(piece.span, flags, text);
        given.members.extend(root.members().iter().map(|it| place.member(it)));
        // An empty string is no mistake.
        let problems = problems.into_iter().filter(|_| !flags.trim().is_empty());
        given.problems.extend(problems.map(|it| place.problem(it)));
    }
    given
}

/// The edits that take out the flag whose value is at `span`; none where the string is written with escapes.
pub(crate) fn without(pieces: &[Merged], text: &str, span: Span) -> Edits {
    for piece in pieces {
        let Content::String(flags) = &piece.content else {
            continue;
        };
        if let (true, Place::At(start)) = (piece.span.holds(span), Place::of(piece.span, flags, text)) {
            let within = Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start));
            let change = Change::Remove { span: within };
            let edits = edit::edit(flags, &DOCKERD_FLAGS.read(flags), &change).unwrap_or_default();
            return shifted(&edits, &Place::At(start));
        }
    }
    Edits::NONE
}

fn shifted(edits: &Edits, place: &Place) -> Edits {
    Edits::of(edits.iter().map(|it| TextEdit { span: place.span(it.span), text: it.text.clone() }).collect())
}

/// Where a string of Nix is.
enum Place {
    /// Its bytes begin here.
    At(usize),
    /// They are not those of the text.
    Within(Span),
}

impl Place {
    fn of(span: Span, flags: &str, text: &str) -> Self {
        let written = span.of(text);
        let quotes = ["\"", "''"].into_iter().find(|it| written.starts_with(it));
        let start = span.start + quotes.map_or(0, str::len);
        match text.get(start..).is_some_and(|it| it.starts_with(flags)) && quotes.is_some() {
            true => Self::At(start),
            false => Self::Within(span),
        }
    }

    fn span(&self, span: Span) -> Span {
        match self {
            Self::At(start) => Span::new(start + span.start, start + span.end),
            Self::Within(whole) => *whole,
        }
    }

    fn member(&self, member: &Member) -> Member {
        Member { key_span: self.span(member.key_span), value: self.node(&member.value), ..member.clone() }
    }

    fn node(&self, node: &Node) -> Node {
        use crate::document::Kind;
        let kind = match &node.kind {
            Kind::List(elements) => Kind::List(elements.iter().map(|it| self.node(it)).collect()),
            Kind::Map(members) => Kind::Map(members.iter().map(|it| self.member(it)).collect()),
            kind => kind.clone(),
        };
        Node::new(kind, self.span(node.span))
    }

    fn problem(&self, problem: Problem) -> Problem {
        let mend = match self {
            Self::At(_) => shifted(&problem.mend, self),
            Self::Within(_) => Edits::NONE,
        };
        Problem { span: self.span(problem.span), related: problem.related.map(|it| self.span(it)), mend, ..problem }
    }
}
