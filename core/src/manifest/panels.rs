//! Which layers are there, how large are they, and which of them do several images share?

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    hash::Hash,
    print::{Asked, bytes},
    read::{Blob, Image, Index, short},
};
use crate::{
    bench::{
        Block, Examined, Graph, Line, Panel, Written,
        graph::{Edge, Node, Shape},
    },
    text::words::{self, counted},
};

/// What is shown beside the result.
pub static PANELS: [Panel; 2] =
    [Panel { id: "layers", title: "Layers", show: layers }, Panel { id: "shared", title: "Shared", show: shared }];

/// So many things are drawn.
const DRAWN: usize = 200;

/// Where each layer is: the places of its images.
fn owners(images: &[Image]) -> HashMap<&Hash, Vec<usize>> {
    let mut owners: HashMap<&Hash, Vec<usize>> = HashMap::new();
    for (at, image) in images.iter().enumerate() {
        for layer in &image.layers {
            let of = owners.entry(&layer.hash).or_default();
            if of.last() != Some(&at) {
                of.push(at);
            }
        }
    }
    owners
}

/// So many images are named at a layer.
const NAMED: usize = 4;

/// The images at some places, but for the one at `own`: `` `a`, `b` ``, and how many more.
fn named(images: &[Image], places: &[usize], own: Option<usize>) -> String {
    let others = || places.iter().filter(|it| Some(**it) != own);
    let names: Vec<String> = others().take(NAMED).filter_map(|it| images.get(*it)).map(Image::title).collect();
    let names = words::listed(names.iter().map(String::as_str), "and");
    match others().count().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names}, and {more} more"),
    }
}

/// What all images have together, and what of it is stored once.
fn lead(images: &[Image]) -> String {
    let all = || images.iter().flat_map(|it| &it.layers);
    let mut seen = HashSet::new();
    let once: Vec<&Blob> = all().filter(|it| seen.insert(&it.hash)).collect();
    let size = |some: &mut dyn Iterator<Item = &Blob>| some.filter_map(|it| it.size).fold(0_u64, u64::saturating_add);
    let told = size(&mut all());
    let mut lead = [counted(images.len(), "image"), ", ".to_owned(), counted(all().count(), "layer")].concat();
    if told > 0 {
        lead += &[" of ", &bytes(told)].concat();
    }
    lead += ".";
    if once.len() < all().count() {
        lead += &[" Stored once each: ", &counted(once.len(), "layer")].concat();
        if told > 0 {
            lead += &[" of ", &bytes(size(&mut once.iter().copied()))].concat();
        }
        lead += ".";
    }
    lead
}

fn line(word: String, what: String, how: String, blob: &Blob) -> Line {
    Line { severity: None, word, what, how, span: Some(blob.span) }
}

fn sized(blob: &Blob) -> String {
    blob.size.map_or_else(|| "size not told".to_owned(), bytes)
}

fn layers(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let reading = &asked.reading;
    let mut blocks = Vec::new();
    if !reading.images.is_empty() {
        blocks.push(Block::Lead(lead(&reading.images)));
    }
    let owners = owners(&reading.images);
    for (at, image) in reading.images.iter().enumerate() {
        blocks.push(Block::Heading(image.title()));
        let config =
            image.config.iter().map(|it| line(sized(it), short(&it.hash), "The configuration.".to_owned(), it));
        let layers = image.layers.iter().map(|it| {
            let others = named(&reading.images, owners.get(&it.hash).map_or(&[], Vec::as_slice), Some(at));
            let also = if others.is_empty() { String::new() } else { format!("Also in {others}.") };
            line(sized(it), short(&it.hash), also, it)
        });
        blocks.push(Block::Lines(config.chain(layers).collect()));
    }
    for index in &reading.indexes {
        blocks.extend([Block::Heading(title(index)), Block::Lines(index.entries.iter().map(entry).collect())]);
    }
    if !reading.hashes.is_empty() {
        blocks.push(Block::Heading("Hashes".to_owned()));
        let lines = reading.hashes.iter().map(|(hash, span)| Line {
            severity: None,
            word: hash.algorithm.name().to_owned(),
            what: short(hash),
            how: String::new(),
            span: Some(*span),
        });
        blocks.push(Block::Lines(lines.collect()));
    }
    blocks
}

fn title(index: &Index) -> String {
    index.name.as_ref().map_or_else(|| "A list of manifests".to_owned(), |it| it.tagged())
}

fn entry(entry: &super::Entry) -> Line {
    let platform = if entry.platform.is_empty() { "platform not told".to_owned() } else { entry.platform.clone() };
    let how = if entry.is_image() {
        String::new()
    } else {
        "An attestation: what is said about an image, and no image.".to_owned()
    };
    line(platform, short(&entry.blob.hash), how, &entry.blob)
}

/// Images on the left, layers on the right.
fn shared(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let images = &asked.reading.images;
    if images.is_empty() {
        return Vec::new();
    }
    let node = |name: String, kind, shape, column, span| Node { name, kind, shape, column, place: 0, span: Some(span) };
    let mut nodes: Vec<Node> = Vec::new();
    let mut edges = Vec::new();
    for image in images.iter().take(DRAWN) {
        let name = match &image.name {
            Some(name) => [&name.image, ":", name.tag_or_latest()].concat(),
            None => image.title(),
        };
        nodes.push(node(name, "image", Shape::Box, 0, image.span));
    }
    let mut places: HashMap<&Hash, usize> = HashMap::new();
    let mut more = 0;
    for (from, image) in images.iter().take(DRAWN).enumerate() {
        let mut joined = HashSet::new();
        for layer in &image.layers {
            let to = match places.get(&layer.hash) {
                Some(to) => *to,
                None if nodes.len() < DRAWN => {
                    let hex = layer.hash.hex();
                    nodes.push(node(hex.get(..12).unwrap_or(&hex).to_owned(), "layer", Shape::Drum, 1, layer.span));
                    places.insert(&layer.hash, nodes.len() - 1);
                    nodes.len() - 1
                }
                None => {
                    more += 1;
                    continue;
                }
            };
            if joined.insert(to) {
                edges.push(Edge { from, to, word: "", is_arrow: false, is_loose: false, via: Vec::new() });
            }
        }
    }
    let mut said = [
        &lead(images),
        " Images are on the left, layers on the right; a layer that several lines lead to is stored once.",
    ]
    .concat();
    if more > 0 {
        said += &format!(" The picture leaves out {more} of the layers.");
    }
    let owners = owners(images);
    let mut seen = HashSet::new();
    let of_several = images.iter().flat_map(|it| &it.layers).filter(|it| seen.insert(&it.hash));
    let of_several = of_several.filter_map(|layer| {
        let of = owners.get(&layer.hash).filter(|it| it.len() > 1)?;
        Some(line(sized(layer), short(&layer.hash), format!("In {}.", named(images, of, None)), layer))
    });
    let of_several: Vec<Line> = of_several.collect();
    let mut blocks = vec![Block::Lead(said), Block::Graph(Rc::new(Graph::of(nodes, edges)))];
    match of_several.is_empty() {
        true => blocks.push(Block::Lead("No layer is in two images.".to_owned())),
        false => blocks.extend([Block::Heading("In several images".to_owned()), Block::Lines(of_several)]),
    }
    blocks
}
