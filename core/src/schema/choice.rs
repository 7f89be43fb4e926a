//! Which values are there to choose from?

use crate::Engine;

/// One value, or driver, and the Engines that accept it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As written in the file.
    pub value: &'static str,
    /// The first Engine that accepts it, when younger than the option.
    pub since: Option<Engine>,
    /// The first Engine that no longer does.
    pub removed: Option<Engine>,
}

impl Choice {
    /// The same, not before `engine`.
    pub(crate) const fn since(self, engine: Engine) -> Self {
        Self { since: Some(engine), ..self }
    }

    /// The same, no longer from `engine` on.
    pub(crate) const fn removed(self, engine: Engine) -> Self {
        Self { removed: Some(engine), ..self }
    }

    /// Whether it counts for `engine`.
    pub fn exists_in(self, engine: Engine) -> bool {
        self.since.is_none_or(|since| since <= engine) && self.removed.is_none_or(|removed| engine < removed)
    }
}

/// A value of every Engine that knows its option.
pub(crate) const fn choice(value: &'static str) -> Choice {
    Choice { value, since: None, removed: None }
}

/// Those of some values that count for `engine`.
pub fn values_in(choices: &'static [Choice], engine: Engine) -> impl Iterator<Item = &'static str> {
    choices.iter().filter(move |it| it.exists_in(engine)).map(|it| it.value)
}
