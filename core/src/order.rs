//! How is anything sorted? In one place: each further copy of the standard library's sort weighs 3 kB in the wasm.

use std::{cmp::Ordering, mem};

/// Sorts stably by a comparison, in O(n log n).
pub fn sort<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = {
        let items = &*items;
        permutation(items.len(), &|a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        })
    };
    let mut slots: Vec<Option<T>> = mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| slots.get_mut(at)?.take()));
}

/// The indices of `length` items, sorted.
fn permutation(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_keeps_equal_items_in_their_order() {
        for (items, expected) in [
            (vec![], vec![]),
            (vec!["b2", "a1", "b1", "a2"], vec!["a1", "a2", "b2", "b1"]),
        ] {
            let mut sorted: Vec<&str> = items;
            sort(&mut sorted, |a, b| a.get(..1).cmp(&b.get(..1)));
            assert_eq!(sorted, expected);
        }
    }
}
