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

/// A key made of bytes.
pub trait Bytes: Copy {
    /// The byte at an index, the least significant first.
    fn byte(self, at: usize) -> u8;
}

/// Sorts up to 2^32 keys stably by their first `COUNT` bytes, in time and memory that grow with their number: faster
/// than comparing many keys, and smaller.
pub fn by_bytes<const COUNT: usize, T: Bytes>(mut keys: Vec<T>) -> Vec<T> {
    let mut counts = [[0_u32; 256]; COUNT];
    for key in &keys {
        for (at, counts) in counts.iter_mut().enumerate() {
            counts[usize::from(key.byte(at))] += 1;
        }
    }
    let mut sorted = keys.clone();
    for (at, places) in counts.iter_mut().enumerate() {
        if places.contains(&(keys.len() as u32)) {
            continue;
        }
        let mut sum = 0;
        for place in &mut *places {
            sum += mem::replace(place, sum);
        }
        for key in &keys {
            let place = &mut places[usize::from(key.byte(at))];
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = *key;
            }
            *place += 1;
        }
        mem::swap(&mut keys, &mut sorted);
    }
    keys
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Bytes for (u16, u8) {
        fn byte(self, at: usize) -> u8 {
            self.0.to_le_bytes()[at]
        }
    }

    proptest! {
        #[test]
        fn bytes_sort_as_a_comparison_does(keys in proptest::collection::vec(0..900_u16, 0..2_000)) {
            let keys: Vec<(u16, u8)> = keys.into_iter().map(|it| (it / 3, it as u8)).collect();
            let mut expected = keys.clone();
            expected.sort_by_key(|it| it.0);
            prop_assert_eq!(by_bytes::<2, _>(keys), expected);
        }
    }

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
