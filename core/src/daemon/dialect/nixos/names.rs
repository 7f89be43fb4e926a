//! Where is a name among many?

use crate::text::order;

/// Names in order, each with the index of every place that has it.
pub(super) struct Names<'a>(Vec<(&'a str, usize)>);

impl<'a> Names<'a> {
    /// The names of things, which are counted from 0.
    pub fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted: Vec<(&str, usize)> = names.enumerate().map(|(at, it)| (it, at)).collect();
        order::sort(&mut sorted, |a, b| a.cmp(b));
        Self(sorted)
    }

    /// The index of the last one of a name.
    pub fn last(&self, name: &str) -> Option<usize> {
        let behind = self.0.partition_point(|it| it.0 <= name);
        self.0.get(behind.checked_sub(1)?).filter(|it| it.0 == name).map(|it| it.1)
    }

    /// Whether there is one.
    pub fn has(&self, name: &str) -> bool {
        self.last(name).is_some()
    }
}
