//! What the daemon said.

use crate::{daemon::spoken::is_spoken, text::Span};

/// So far down a log is looked for.
const LINES: usize = 64;

/// The first line that the daemon said.
pub fn look(text: &str) -> Option<Span> {
    let said = text.trim_start();
    if said.starts_with(['{', '[', '"', '/', '#']) {
        return None;
    }
    let mut start = text.len() - said.len();
    for line in said.split_inclusive('\n').take(LINES) {
        if is_spoken(line) {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}
