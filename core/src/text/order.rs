//! How is anything sorted? In one place, smaller than the standard library's sort: `core/README.md`, *Written by hand*.

use std::{cmp::Ordering, mem};

/// Sorts stably by a comparison, in O(n log n).
pub fn sort<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = permutation(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    put_in_order(&mut order, &mut |a, b| items.swap(a, b));
}

/// The indices of `length` items, sorted: runs that double in length are merged.
fn permutation(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut merged = Vec::with_capacity(length);
    let mut run = 1;
    while run < length {
        for pair in order.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at_checked(run).unwrap_or((pair, &[]));
            // What is in order already is compared once.
            let is_sorted = match (left.last(), right.first()) {
                (Some(a), Some(b)) => compare(*a, *b).is_le(),
                _ => true,
            };
            while let ([a, left_rest @ ..], [b, right_rest @ ..], false) = (left, right, is_sorted) {
                if compare(*a, *b).is_le() {
                    merged.push(*a);
                    left = left_rest;
                } else {
                    merged.push(*b);
                    right = right_rest;
                }
            }
            merged.extend(left);
            merged.extend(right);
        }
        mem::swap(&mut order, &mut merged);
        merged.clear();
        run *= 2;
    }
    order
}

/// Swaps places until each has the item whose index is there.
fn put_in_order(order: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        // Each step brings one item to its place.
        while let Some(slot) = order.get_mut(at) {
            let from = mem::replace(slot, at);
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
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
        fn sorts_as_the_standard_library_does(keys in proptest::collection::vec(0..40_u8, 0..200)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|it| it.0);
            sort(&mut items, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(items, expected);
        }

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
        for (items, expected) in [(vec![], vec![]), (vec!["b2", "a1", "b1", "a2"], vec!["a1", "a2", "b2", "b1"])] {
            let mut sorted: Vec<&str> = items;
            sort(&mut sorted, |a, b| a.get(..1).cmp(&b.get(..1)));
            assert_eq!(sorted, expected);
        }
    }
}
