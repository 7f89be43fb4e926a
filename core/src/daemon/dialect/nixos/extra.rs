//! Which bytes of a Nix text are flags of dockerd? Those of `extraOptions`, where they are written as they are read.

use crate::{
    daemon::dialect::DOCKERD_FLAGS,
    document::{CannotEdit, Change, Document, Place},
    notation::nix::value::Kind,
    text::{Edits, Span, TextEdit},
};

use super::find::Host;

/// A string of flags.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flags<'a> {
    text: &'a str,
    /// The bytes between the quotes.
    span: Span,
    quotes: &'static str,
}

impl<'a> Flags<'a> {
    /// The strings of flags that a machine has.
    pub fn of(text: &'a str, host: &Host) -> Vec<Self> {
        let sites = host.sites(&["virtualisation", "docker", "extraOptions"]);
        let strings = sites.iter().filter_map(|it| match &it.value.kind {
            Kind::String(flags) => {
                let span = it.value.span;
                let quotes = ["\"", "''"].into_iter().find(|it| span.of(text).starts_with(it))?;
                let span = Span::new(span.start + quotes.len(), span.end.saturating_sub(quotes.len()));
                (span.of(text) == flags).then_some(Self { text, span, quotes })
            }
            _ => None,
        });
        strings.collect()
    }

    fn document(self) -> Document {
        DOCKERD_FLAGS.read(self.span.of(self.text))
    }

    /// Whether a change of a setting is one of these flags.
    pub fn are_meant(self, change: &Change, key: Option<&str>) -> bool {
        match change {
            Change::Replace { span, .. } | Change::Remove { span } | Change::Rename { key: span, .. } => {
                self.holds(*span)
            }
            _ => self.document().root.members().iter().any(|it| Some(&*it.key) == key),
        }
    }

    fn holds(self, span: Span) -> bool {
        self.span.start <= span.start && span.end <= self.span.end
    }

    /// Whether a byte is among them.
    pub fn touches(self, at: usize) -> bool {
        self.span.touches(at)
    }

    /// Works out a change of the flags.
    ///
    /// # Errors
    ///
    /// [`CannotEdit`] for a change that flags cannot say, or that has a character with a meaning in the string.
    pub fn edit(self, change: &Change) -> Result<Edits, CannotEdit> {
        let within = |span: Span| {
            Span::new(span.start.saturating_sub(self.span.start), span.end.saturating_sub(self.span.start))
        };
        let change = match change {
            Change::Replace { span, value } => Change::Replace { span: within(*span), value: value.clone() },
            Change::Remove { span } => Change::Remove { span: within(*span) },
            Change::Rename { key, name } => Change::Rename { key: within(*key), name: name.clone() },
            change => change.clone(),
        };
        let edits = (DOCKERD_FLAGS.edit)(self.span.of(self.text), &self.document(), &change)?;
        if edits.iter().any(|it| it.text.contains(['\\', '$']) || it.text.contains(self.quotes)) {
            return Err(CannotEdit);
        }
        let moved = edits.iter().map(|it| TextEdit { span: self.whole(it.span), text: it.text.clone() });
        Ok(Edits::of(moved.collect()))
    }

    /// What a byte among them is about.
    pub fn place(self, at: usize) -> Place {
        let place = (DOCKERD_FLAGS.place)(self.span.of(self.text), at - self.span.start);
        Place { token: place.token.map(|it| self.whole(it)), ..place }
    }

    fn whole(self, span: Span) -> Span {
        Span::new(self.span.start + span.start, self.span.start + span.end)
    }
}
