//! How is the text laid out, so that what is new looks like the rest?

use super::place::Container;
use crate::{document::Node, notation::json::Layout, text::Span};

/// The white space that a text uses around the items of a container.
pub(super) fn layout<'a>(text: &'a str, root: &Node, container: Option<Container>) -> Layout<'a> {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let mut layout = Layout {
        newline: if line.ends_with("\r\n") { "\r\n" } else { "\n" },
        unit: unit(text, root).unwrap_or("  "),
        ..Layout::default()
    };
    let Some(container) = container.filter(|it| it.len() > 0) else {
        return layout;
    };
    let first = container.node.members().iter().find(|it| it.sound);
    let colon = first.map(|it| Span::new(it.key_span.end, it.value.span.start).of(text));
    if colon == Some(":") {
        layout.colon = ":";
    }
    let gap = container.gap(text, 1);
    let comma = gap.span.of(text);
    if comma == "," || (container.len() == 1 && colon == Some(":")) {
        layout.comma = ",";
    }
    if first.is_some() && container.gap(text, 0).span.of(text).is_empty() {
        layout.padding = "";
    }
    layout
}

/// One step of indentation: how far the first item that begins a line is indented.
pub(super) fn unit<'a>(text: &'a str, root: &Node) -> Option<&'a str> {
    let mut container = Container::of(root)?;
    loop {
        let first = container.span(0)?;
        if container.gap(text, 0).line_start(text).is_some() {
            let outer = indentation(text, container.node.span.start);
            let unit = indentation(text, first.start).strip_prefix(outer)?;
            return Some(unit).filter(|it| !it.is_empty());
        }
        container =
            (0..container.len()).filter_map(|at| Container::of(container.place(at)?.value)).find(|it| it.len() > 0)?;
    }
}

/// The white space that the line of byte `at` begins with.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let line = before.get(line..).unwrap_or_default();
    let rest = line.trim_start_matches([' ', '\t']).len();
    line.get(..line.len() - rest).unwrap_or_default()
}
