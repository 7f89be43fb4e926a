//! How is a pasted text gone through, line by line?

use super::{
    Found, Ignored, Judgement, Line, MAX_NETWORKS, NotUnderstood, Notation, Pasted, Role, System,
    addresses::{is_part_of_default, special},
    plain,
};
use crate::{diagnostic::Span, network::Subnet};

/// Reads a text; see [`super::read`].
pub fn read(text: &str) -> Pasted {
    let mut reader = Reader::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        start = span.end;
        let notation = reader.read_line(line, span.start);
        reader.end_line(span, notation);
    }
    reader.pasted
}

/// What is known while a text is read.
#[derive(Default)]
pub struct Reader {
    pasted: Pasted,
    bad: Option<NotUnderstood>,
    ignored: Option<Ignored>,
    has_networks: bool,
}

/// A network as the line tells of it.
pub struct Naming<'a> {
    pub role: Role,
    pub system: System,
    pub name: Option<&'a str>,
}

impl Reader {
    fn read_line(&mut self, line: &str, start: usize) -> Notation {
        plain::read(self, line, start);
        Notation::List
    }

    fn end_line(&mut self, span: Span, notation: Notation) {
        let judgement = match (self.bad.take(), self.ignored.take()) {
            (Some(bad), _) => Judgement::NotUnderstood(bad),
            (None, _) if self.has_networks => Judgement::Networks,
            (None, Some(ignored)) => Judgement::Ignored(ignored),
            (None, None) => Judgement::NotUnderstood(NotUnderstood::NoAddress),
        };
        self.has_networks = false;
        self.pasted.lines.push(Line {
            span,
            notation,
            judgement,
        });
    }

    /// The line, or a part of it, is of no interest.
    pub fn ignore(&mut self, why: Ignored) {
        self.ignored.get_or_insert(why);
    }

    /// The line, or a part of it, cannot be read.
    pub fn refuse(&mut self, why: NotUnderstood) {
        self.bad.get_or_insert(why);
    }

    /// The line names a network.
    pub fn find(&mut self, subnet: Subnet, span: Span, naming: &Naming) {
        let is_route = !matches!(naming.role, Role::Listed | Role::Docker);
        let part_of_default = is_route && is_part_of_default(subnet);
        let why = part_of_default.then_some(Ignored::DefaultRoute);
        let why = why.or_else(|| special(subnet));
        if let Some(why) = why {
            self.ignore(why);
            // An Engine may heed such a route.
            if naming.role != Role::OnLinkRoute || subnet.prefix_len() == 0 {
                return;
            }
        }
        if self.pasted.networks.len() >= MAX_NETWORKS {
            return self.refuse(NotUnderstood::TooMany);
        }
        self.has_networks |= why.is_none();
        self.pasted.networks.push(Found {
            subnet,
            role: naming.role,
            avoid: why.is_none() && naming.role != Role::Docker,
            name: naming.name.map(str::to_owned),
            span,
            line: self.pasted.lines.len(),
            system: naming.system,
        });
    }
}
