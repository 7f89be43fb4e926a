//! Where in a picture is each of some things that lead to one another? In columns, and within one beside its neighbours.

use crate::text::{Span, order};

/// Things, and what leads from one to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The things.
    pub nodes: Vec<Node>,
    /// What leads from one to another.
    pub edges: Vec<Edge>,
    /// How many columns there are.
    pub columns: usize,
    /// How many things and edges the longest column has.
    pub rows: usize,
}

/// A thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// What it is, in a word: `network`.
    pub kind: &'static str,
    /// How it is drawn.
    pub shape: Shape,
    /// Its column, from the left.
    pub column: usize,
    /// Its middle in its column, in halves of a row: columns of different length share one middle.
    pub place: usize,
    /// The bytes of the text that say it.
    pub span: Option<Span>,
}

/// How a thing is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A box.
    Box,
    /// A box with round ends.
    Round,
    /// A drum, as data is drawn.
    Drum,
}

/// What leads from one thing to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it begins: a place in the list of things.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it means, in a word or two; empty for what the shapes say.
    pub word: &'static str,
    /// Whether it has a direction.
    pub is_arrow: bool,
    /// Whether it may be missing.
    pub is_loose: bool,
    /// Where it goes through each column between those of its ends, from the left, in halves of a row.
    pub via: Vec<usize>,
}

impl Graph {
    /// Puts things that have their columns in places; an edge that does not lead from one to another is left out.
    ///
    /// Each column is put in the order of what its things lead to on one side, first from left to right, then back. An edge
    /// across columns has a place of its own in each. In O(n log n) of things, edges and such places.
    pub fn of(mut nodes: Vec<Node>, mut edges: Vec<Edge>) -> Self {
        edges.retain(|it| it.from < nodes.len() && it.to < nodes.len() && it.from != it.to);
        let count = nodes.iter().map(|it| it.column + 1).max().unwrap_or_default().min(nodes.len());
        // A column is not beyond the number of things, so that there is a list for each.
        nodes.iter_mut().for_each(|it| it.column = it.column.min(count.saturating_sub(1)));
        let mut points = Points { places: Vec::new(), beside: Vec::new(), columns: vec![Vec::new(); count], rows: 0 };
        for node in &nodes {
            points.add(node.column);
        }
        // The bends of each edge, from the left.
        let mut bends: Vec<Vec<usize>> = Vec::new();
        let mut left = BENDS;
        for edge in &edges {
            let column = |at: usize| nodes.get(at).map_or(0, |it| it.column);
            let (first, last) = match column(edge.from) <= column(edge.to) {
                true => (edge.from, edge.to),
                false => (edge.to, edge.from),
            };
            let between = column(first) + 1..column(last);
            let is_bent = between.len() <= left;
            left -= if is_bent { between.len() } else { 0 };
            let between: Vec<usize> = between.filter(|_| is_bent).map(|it| points.add(it)).collect();
            let mut before = first;
            for at in between.iter().copied().chain([last]) {
                points.join(before, at);
                before = at;
            }
            bends.push(between);
        }
        points.arrange();
        for (node, (_, place)) in nodes.iter_mut().zip(&points.places) {
            node.place = *place;
        }
        for (edge, bends) in edges.iter_mut().zip(bends) {
            edge.via = bends.iter().filter_map(|it| Some(points.places.get(*it)?.1)).collect();
        }
        Self { nodes, edges, columns: count, rows: points.rows }
    }

    /// How far apart, in halves of a row, the first and the last place are.
    pub fn height(&self) -> usize {
        2 * self.rows
    }
}

/// Edges bend at so many places together; the rest is drawn straight.
const BENDS: usize = 4_000;

/// Means of places are compared in such parts of a half row.
const SCALE: usize = 64;

/// Things and the bends of edges.
struct Points {
    /// The column and the place of each.
    places: Vec<(usize, usize)>,
    /// What each leads to.
    beside: Vec<Vec<usize>>,
    /// The points of each column, from above.
    columns: Vec<Vec<usize>>,
    /// How many points the longest column has.
    rows: usize,
}

impl Points {
    fn add(&mut self, column: usize) -> usize {
        let at = self.places.len();
        self.places.push((column, 0));
        self.beside.push(Vec::new());
        if let Some(column) = self.columns.get_mut(column) {
            column.push(at);
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        for (one, other) in [(one, other), (other, one)] {
            if let Some(list) = self.beside.get_mut(one) {
                list.push(other);
            }
        }
    }

    fn arrange(&mut self) {
        let mut columns = std::mem::take(&mut self.columns);
        self.rows = columns.iter().map(Vec::len).max().unwrap_or_default();
        columns.iter().for_each(|it| self.put(it));
        for column in columns.iter_mut().skip(1) {
            self.sweep(column, |other, own| other < own);
        }
        for column in columns.iter_mut().rev().skip(1) {
            self.sweep(column, |other, own| other > own);
        }
    }

    /// Puts a column in the order of what its points lead to on one side.
    fn sweep(&mut self, column: &mut [usize], is_there: fn(usize, usize) -> bool) {
        let mean = |at: usize| {
            let (own, place) = self.places.get(at).copied().unwrap_or_default();
            let near = self.beside.get(at).into_iter().flatten().filter_map(|it| self.places.get(*it));
            let (sum, count) =
                near.filter(|it| is_there(it.0, own)).fold((0, 0), |(sum, count), it| (sum + it.1, count + 1));
            (sum * SCALE).checked_div(count).unwrap_or(place * SCALE)
        };
        let mut placed: Vec<(usize, usize)> = column.iter().map(|it| (mean(*it), *it)).collect();
        order::sort(&mut placed, |a, b| a.0.cmp(&b.0));
        for (slot, (_, at)) in column.iter_mut().zip(placed) {
            *slot = at;
        }
        self.put(column);
    }

    /// Puts the points of a column one below the other, around the middle of all columns.
    fn put(&mut self, column: &[usize]) {
        let first = self.rows.saturating_sub(column.len());
        for (row, at) in column.iter().enumerate() {
            if let Some(place) = self.places.get_mut(*at) {
                place.1 = first + 2 * row + 1;
            }
        }
    }
}

/// The column of each of some things, so that what leads to another is before it; within a circle some is not.
///
/// `pairs` are two places in the list of things each. In O(n) of things and pairs.
pub fn columns(count: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0_usize; count];
    let mut before = vec![0_usize; count];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in pairs {
        if let (Some(list), Some(before)) = (next.get_mut(*from), before.get_mut(*to)) {
            list.push(*to);
            *before += 1;
        }
    }
    let mut ready: Vec<usize> = (0..count).filter(|it| before.get(*it) == Some(&0)).collect();
    while let Some(at) = ready.pop() {
        let own = columns.get(at).copied().unwrap_or_default();
        for to in next.get(at).map(Vec::as_slice).unwrap_or_default() {
            if let (Some(column), Some(before)) = (columns.get_mut(*to), before.get_mut(*to)) {
                *column = own.saturating_add(1).max(*column);
                *before = before.saturating_sub(1);
                if *before == 0 {
                    ready.push(*to);
                }
            }
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn node(name: &str, column: usize) -> Node {
        Node { name: name.to_owned(), kind: "thing", shape: Shape::Box, column, place: 0, span: None }
    }

    fn edge(from: usize, to: usize) -> Edge {
        Edge { from, to, word: "", is_arrow: false, is_loose: false, via: Vec::new() }
    }

    #[test]
    fn what_leads_to_another_is_before_it() {
        for (count, pairs, expected) in [
            (3, &[(0, 1), (1, 2)][..], &[0, 1, 2][..]),
            (3, &[(0, 2), (0, 1), (1, 2)], &[0, 1, 2]), // the longest way counts
            (2, &[], &[0, 0]),
            (3, &[(0, 1), (1, 0), (2, 0)], &[1, 0, 0]), // a circle, and what leads into it
            (2, &[(0, 7), (0, 1)], &[0, 1]),
        ] {
            assert_eq!(columns(count, pairs), expected, "{pairs:?}");
        }
    }

    #[test]
    fn neighbours_are_beside_each_other() {
        let nodes = vec![node("a", 0), node("b", 0), node("c", 1), node("d", 1), node("e", 2)];
        let graph = Graph::of(nodes, vec![edge(0, 3), edge(1, 2), edge(2, 4), edge(0, 0), edge(0, 9)]);
        let places: Vec<_> = graph.nodes.iter().map(|it| it.place).collect();
        assert_eq!(places, [1, 3, 3, 1, 2]);
        assert_eq!((graph.columns, graph.rows, graph.edges.len()), (3, 2, 3));
    }

    #[test]
    fn what_leads_past_a_thing_goes_around_it() {
        let nodes = vec![node("a", 0), node("b", 1), node("c", 2)];
        let graph = Graph::of(nodes, vec![edge(0, 1), edge(1, 2), edge(2, 0)]);
        assert_eq!(graph.edges.iter().map(|it| it.via.len()).collect::<Vec<_>>(), [0, 0, 1]);
        assert_ne!(graph.edges[2].via[0], graph.nodes[1].place);
    }

    proptest! {
        #[test]
        fn no_two_things_are_in_one_place_and_none_is_outside(
            given in proptest::collection::vec(0..12_usize, 0..40),
            pairs in proptest::collection::vec((0..44_usize, 0..44_usize), 0..80),
        ) {
            let nodes: Vec<Node> = given.iter().map(|it| node("", *it)).collect();
            let graph = Graph::of(nodes, pairs.iter().map(|it| edge(it.0, it.1)).collect());
            let mut places: Vec<_> = graph.nodes.iter().map(|it| (it.column, it.place)).collect();
            for edge in &graph.edges {
                let column = graph.nodes[edge.from].column.min(graph.nodes[edge.to].column);
                places.extend(edge.via.iter().zip(column + 1..).map(|(place, column)| (column, *place)));
            }
            for (column, place) in &places {
                prop_assert!(*column < graph.columns && 1 <= *place && *place < graph.height());
            }
            places.sort_unstable();
            prop_assert!(places.windows(2).all(|it| it[0].0 < it[1].0 || it[0].1 + 2 <= it[1].1), "{places:?}");
        }

        #[test]
        fn without_circles_every_pair_goes_to_the_right(pairs in proptest::collection::vec((0..30_usize, 0..30_usize), 0..60)) {
            let pairs: Vec<_> = pairs.into_iter().filter(|it| it.0 < it.1).collect();
            let columns = columns(30, &pairs);
            prop_assert!(pairs.iter().all(|it| columns[it.0] < columns[it.1]));
        }
    }
}
