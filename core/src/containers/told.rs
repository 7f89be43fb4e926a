//! What became of each fact of a text? Carried over, changed, or dropped, and why.

use crate::text::Span;

/// What became of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in the output: as this, such as `ports` or `--shm-size`.
    Carried(String),
    /// It is in the output, but works in another way: how, in a sentence.
    Changed(String),
    /// It is not in the output: why, in a sentence.
    Dropped(String),
}

/// A fact, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The bytes that say it.
    pub span: Span,
    /// What became of it.
    pub fate: Fate,
}

/// What became of all of them, in the order in which they were written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// One or more for each fact.
    pub entries: Vec<Entry>,
}

impl Told {
    /// It is in the output, as this.
    pub fn carried(&mut self, span: Span, what: impl Into<String>) {
        self.entries.push(Entry { span, fate: Fate::Carried(what.into()) });
    }

    /// It is in the output, and works in another way.
    pub fn changed(&mut self, span: Span, how: impl Into<String>) {
        self.entries.push(Entry { span, fate: Fate::Changed(how.into()) });
    }

    /// It is not in the output.
    pub fn dropped(&mut self, span: Span, why: impl Into<String>) {
        self.entries.push(Entry { span, fate: Fate::Dropped(why.into()) });
    }

    /// Says all of it in other words.
    pub fn reword(&mut self, with: &dyn Fn(&str) -> String) {
        for Entry { span: _, fate } in &mut self.entries {
            let (Fate::Carried(said) | Fate::Changed(said) | Fate::Dropped(said)) = fate;
            *said = with(said);
        }
    }
}
