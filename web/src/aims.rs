//! Which target does each tab of the result show? One for each notation, until another is chosen.

use drydock::{daemon::print::TARGETS, document::Notation};

/// The targets of the tabs, by their places in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aims(Vec<(Notation, usize)>);

impl Default for Aims {
    fn default() -> Self {
        let mut aims = Self(Vec::new());
        (0..TARGETS.len()).rev().for_each(|it| aims.set(it));
        aims
    }
}

impl Aims {
    /// The target of a notation's tab.
    pub fn of(&self, notation: Notation) -> usize {
        self.0.iter().find(|it| it.0 == notation).map_or(0, |it| it.1)
    }

    /// Shows this target in the tab of its notation.
    pub fn set(&mut self, target: usize) {
        let notation = notation(target);
        self.0.retain(|it| it.0 != notation);
        self.0.push((notation, target));
    }

    /// The others than this target, the one that was set last after them.
    pub fn beside(&self, target: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.0.iter().map(|it| it.1).filter(move |it| *it != target)
    }
}

/// The notation of the target at this place; that of the first where there is none.
pub fn notation(target: usize) -> Notation {
    TARGETS.get(target).unwrap_or(&TARGETS[0]).notation()
}
