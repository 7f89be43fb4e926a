//! The pictures of a bench: networks in the address space, and things that lead to one another.

use std::rc::Rc;

use drydock::{
    bench::graph::{Edge, Graph, Node, Shape},
    daemon::network::map::Item,
};
use yew::prelude::*;

use crate::page::{desk::Desk, map::Map};

/// A picture.
pub enum Picture {
    /// Networks, the known ones last.
    Map(Rc<Vec<Item>>),
    /// Things, and what leads from one to another.
    Graph(Rc<Graph>),
}

/// A picture, and what is around it.
pub struct Pictured {
    /// The picture.
    pub picture: Picture,
    /// Whether the map shows the known networks.
    pub shows_known: bool,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// Draws a picture.
pub fn picture(props: &Pictured) -> Html {
    let Pictured { picture, shows_known, desk } = props;
    match picture {
        Picture::Map(items) => {
            html! { <Map items={items.clone()} shows_known={*shows_known} dispatch={desk.dispatch.clone()} /> }
        }
        Picture::Graph(it) => graph(it, desk),
    }
}

/// How wide a thing is, in pixels.
const WIDE: usize = 136;

/// How high a thing is.
const HIGH: usize = 32;

/// How far apart the left sides of two columns are.
const COLUMN: usize = 248;

/// Half of how far apart the middles of two rows are.
const HALF_ROW: usize = 24;

/// What is left free at each side.
const EDGE: usize = 12;

/// As many letters of a name have room.
const LETTERS: usize = 15;

/// The picture; those who do not see it read the lines that follow.
fn graph(graph: &Graph, desk: &Desk) -> Html {
    let width = EDGE * 2 + WIDE + COLUMN * graph.columns.saturating_sub(1);
    let height = EDGE * 2 + HALF_ROW * graph.height();
    html! {
        <div class="graph" tabindex="0" role="group" aria-label="Picture of what the lines below tell">
            <svg class="graph__picture" aria-hidden="true" width={width.to_string()} height={height.to_string()}
                viewBox={format!("0 0 {width} {height}")}>
                <defs>
                    <marker id="graph-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
                        <path class="graph__head" d="M0 0l8 4-8 4z" />
                    </marker>
                </defs>
                { for graph.edges.iter().map(|it| edge(graph, it)) }
                { for graph.nodes.iter().map(|it| node(it, desk)) }
            </svg>
        </div>
    }
}

/// The left side and the middle of a thing.
fn place(node: &Node) -> (usize, usize) {
    (EDGE + COLUMN * node.column, EDGE + HALF_ROW * node.place)
}

fn edge(graph: &Graph, edge: &Edge) -> Html {
    let (Some(from), Some(to)) = (graph.nodes.get(edge.from), graph.nodes.get(edge.to)) else {
        return Html::default();
    };
    // From left to right, whichever way it leads; around the right sides where both are in one column.
    let is_back = from.column > to.column;
    let (left, right) = if is_back { (to, from) } else { (from, to) };
    let ((x, y), (end_x, end_y)) = (place(left), place(right));
    let mut line = format!("M{} {y}", x + WIDE);
    let mut before = (x + WIDE, y);
    let mut to_point = |(x, y): (usize, usize)| {
        let bend = (COLUMN - WIDE) / 2;
        line += &format!("C{} {} {} {y} {x} {y}", before.0 + bend, before.1, x.saturating_sub(bend));
        before = (x, y);
    };
    for (at, column) in edge.via.iter().zip(left.column + 1..) {
        let (x, y) = (EDGE + COLUMN * column, EDGE + HALF_ROW * at);
        to_point((x, y));
        to_point((x + WIDE, y));
    }
    match left.column == right.column {
        true => {
            let (side, bend) = (x + WIDE, (COLUMN - WIDE) / 2);
            line += &format!("C{} {y} {} {end_y} {side} {end_y}", side + bend, side + bend);
        }
        false => to_point((end_x, end_y)),
    }
    // An arrow that leads back has its head where the line begins.
    let head = edge.is_arrow.then_some("url(#graph-arrow)");
    let (marker_start, marker_end) = if is_back { (head, None) } else { (None, head) };
    let title = [&*from.name, " → ", &to.name].concat();
    html! {
        <g class="graph__edge" data-loose={edge.is_loose.then_some("")} data-arrow={edge.is_arrow.then_some("")}>
            <path d={line} marker-start={marker_start} marker-end={marker_end} />
            <title>{ if edge.word.is_empty() { title } else { [&title, ": ", edge.word].concat() } }</title>
            if !edge.word.is_empty() && from.column + 1 == to.column {
                <text x={((x + WIDE + end_x) / 2).to_string()} y={((y + end_y) / 2).saturating_sub(4).to_string()}>{edge.word}</text>
            }
        </g>
    }
}

fn node(node: &Node, desk: &Desk) -> Html {
    let (x, y) = place(node);
    let top = y - HIGH / 2;
    let shape = match node.shape {
        Shape::Box => {
            html! { <rect x={x.to_string()} y={top.to_string()} width={WIDE.to_string()} height={HIGH.to_string()} rx="4" /> }
        }
        Shape::Round => {
            html! { <rect x={x.to_string()} y={top.to_string()} width={WIDE.to_string()} height={HIGH.to_string()} rx={(HIGH / 2).to_string()} /> }
        }
        Shape::Drum => {
            let (lid, side) = (WIDE / 2, HIGH - 10);
            let drum = format!(
                "M{x} {}v{side}a{lid} 5 0 0 0 {WIDE} 0v-{side}a{lid} 5 0 0 0 -{WIDE} 0a{lid} 5 0 0 0 {WIDE} 0",
                top + 5
            );
            html! { <path d={drum} /> }
        }
    };
    let onclick = node.span.map(|span| desk.reveal.reform(move |_: MouseEvent| span));
    let below = if node.shape == Shape::Drum { 9 } else { 5 };
    html! {
        <g class="graph__node" data-shape={style(node.shape)} {onclick}>
            {shape}
            <title>{[node.kind, " ", &node.name].concat()}</title>
            <text x={(x + WIDE / 2).to_string()} y={(y + below).to_string()}>{short(&node.name)}</text>
        </g>
    }
}

fn style(shape: Shape) -> &'static str {
    match shape {
        Shape::Box => "box",
        Shape::Round => "round",
        Shape::Drum => "drum",
    }
}

/// As much of a name as has room.
fn short(name: &str) -> String {
    match name.char_indices().nth(LETTERS) {
        Some((end, _)) => [name.get(..end.saturating_sub(1)).unwrap_or(name), "…"].concat(),
        None => name.to_owned(),
    }
}
