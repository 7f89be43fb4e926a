//! What would make a YAML text whole again? Guesses are tried, and the one that leads furthest is taken.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle};

use super::{
    problems::{kind, problem},
    shadow::{Shadow, blanks},
};
use crate::{
    document::{Problem, ProblemKind},
    text::{Edits, Span, TextEdit},
};

/// A text that can be read, and what was wrong with it.
pub(super) struct Mended {
    pub shadow: Shadow,
    pub problems: Vec<Problem>,
}

/// So many times its length a text is read in search of what mends it; and at least so many bytes.
const TIMES: usize = 24;
const AT_LEAST: usize = 1_000_000;

/// Where a parser stops.
struct Stop {
    at: usize,
    error: ErrorKind,
    /// The last value or key before it.
    last: Span,
    /// Whether that is a scalar without quotes.
    is_plain: bool,
    /// The brackets that are open there, with their places.
    open: Vec<(usize, char)>,
}

/// A guess.
struct Guess {
    kind: ProblemKind,
    /// What is wrong, in the text that is read.
    span: Span,
    edits: Vec<TextEdit>,
    /// Whether these edits are what was meant, and not just damage taken out.
    is_mend: bool,
}

/// Mends a text as far as guesses go.
pub(super) fn mend(text: &str) -> Mended {
    let mut shadow = Shadow::of(text);
    let mut problems: Vec<Problem> = Vec::new();
    let mut budget = (text.len() * TIMES).max(AT_LEAST);
    let Some(mut stop) = stop_of(&shadow.text) else {
        return Mended { shadow, problems };
    };
    loop {
        let before = shadow.original(stop.at);
        let line_end = shadow.original(line(&shadow.text, stop.at).end);
        let mut best: Option<(usize, Guess, Shadow, Option<Stop>)> = None;
        for guess in guesses(&shadow.text, &stop) {
            // What is tried first is the likeliest; the rest is for what it cannot help.
            if budget < shadow.text.len() {
                break;
            }
            budget -= shadow.text.len();
            let tried = shadow.and(text, &guess.edits);
            let next = stop_of(&tried.text);
            let reached = next.as_ref().map_or(usize::MAX, |it| tried.original(it.at));
            // Whatever mends the line is likelier than what takes more of the text out and leads further.
            let is_enough = reached == usize::MAX || guess.is_mend && reached > line_end;
            if best.as_ref().is_none_or(|it| it.0 < reached) {
                best = Some((reached, guess, tried, next));
            }
            if is_enough {
                break;
            }
        }
        let Some((_, guess, tried, next)) = best.filter(|it| it.0 > before) else {
            let rest = Span::new(before, text.len());
            problems.push(problem(kind(&stop.error), rest));
            return Mended { shadow, problems };
        };
        let mut edits: Vec<TextEdit> = guess.edits;
        edits.iter_mut().for_each(|it| it.span = shadow.original_span(it.span));
        let mend = if guess.is_mend { Edits::of(edits) } else { Edits::NONE };
        add(&mut problems, text, Problem { mend, ..problem(guess.kind, shadow.original_span(guess.span)) });
        shadow = tried;
        match next {
            Some(next) => stop = next,
            None => return Mended { shadow, problems },
        }
    }
}

/// Adds a problem; lines one after the other that say nothing are one.
fn add(problems: &mut Vec<Problem>, text: &str, new: Problem) {
    if let Some(last) = problems.last_mut() {
        let are_alike = last.mend.is_empty() && new.mend.is_empty() && last.kind == new.kind;
        let between = text.get(last.span.end..new.span.start);
        if are_alike && between.is_some_and(|it| it.trim().is_empty()) {
            last.span = last.span.to(new.span);
            return;
        }
    }
    problems.push(new);
}

/// Where the parser stops before the end of a text.
fn stop_of(text: &str) -> Option<Stop> {
    let options = granit_parser::options! { emit_unresolved_aliases: true, emit_comments: false };
    let (mut last, mut is_plain) = (Span::empty(0), false);
    let mut open = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(it) => it,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                return Some(Stop { at, error: error.kind().clone(), last, is_plain, open });
            }
        };
        let [start, end] = [span.start, span.end].map(|it| it.byte_offset().unwrap_or_default());
        let span = Span::new(start, end);
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let bracket = span.of(text).chars().next().filter(|it| matches!(it, '[' | '{'));
                open.push((start, bracket.unwrap_or(' ')));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
            }
            Event::Scalar(_, style, ..) if start < end => {
                (last, is_plain) = (span, style == ScalarStyle::Plain);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => (last, is_plain) = (span, false),
            _ => {}
        }
    }
    None
}

/// The line around a byte, without its line break.
fn line(text: &str, at: usize) -> Span {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let end = at + behind.find('\n').unwrap_or(behind.len());
    Span::new(start, end)
}

/// The same without white space around it.
fn trimmed(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let start = span.start + (written.len() - written.trim_start().len());
    Span::new(start, start + written.trim().len())
}

/// From a byte to the end of its line, without comment and white space.
fn rest_of_line(text: &str, at: usize) -> Span {
    let rest = Span::new(at, line(text, at).end);
    let written = rest.of(text);
    let end = written.find(" #").unwrap_or(written.len());
    trimmed(text, Span::new(at, at + end))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The line around a byte, and those below it that are further in.
fn block(text: &str, at: usize) -> Span {
    let first = line(text, at);
    let depth = indentation(first.of(text));
    let mut end = first.end;
    for next in text.get(first.end..).unwrap_or_default().split_inclusive('\n').skip(1) {
        if !next.trim().is_empty() && indentation(next) <= depth {
            break;
        }
        end += next.trim_end_matches('\n').len() + 1;
    }
    Span::new(first.start, end.min(text.len()))
}

fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "''"), "'"].concat()
}

fn replace(span: Span, text: impl Into<String>) -> TextEdit {
    TextEdit { span, text: text.into() }
}

/// What could mend it, the likeliest first.
fn guesses(text: &str, stop: &Stop) -> Vec<Guess> {
    let kind = kind(&stop.error);
    let here = line(text, stop.at);
    let mut guesses = Vec::new();
    let mut mends = |kind, span: Span, edits: Vec<TextEdit>| guesses.push(Guess { kind, span, edits, is_mend: true });
    if kind == ProblemKind::TabIndentation {
        let edits = tabs(text);
        if let Some(first) = edits.first() {
            mends(kind, first.span, edits);
        }
    }
    // Within brackets there is nothing but brackets, and pairs that need none.
    let brackets: String = stop.open.iter().rev().map(|it| it.1).filter(|it| *it != ' ').collect();
    // A quote that was not closed reaches to the next one.
    if let Some(quote) = open_quote(text, stop, kind) {
        let rest = rest_of_line(text, quote);
        let mark = text.get(quote..=quote).unwrap_or("\"");
        let inside = rest.of(text).trim_end_matches([']', '}', ' ']).len();
        // Within brackets, those at the end of the line are likely theirs.
        let ends = [Some(rest.start + inside).filter(|it| !brackets.is_empty() && *it < rest.end), Some(rest.end)];
        for end in ends.into_iter().flatten() {
            let span = Span::new(rest.start, end);
            mends(ProblemKind::UnclosedString, span, vec![replace(Span::empty(end), mark)]);
        }
    }
    if let Some((first, _)) = stop.open.iter().find(|it| it.1 != ' ') {
        let closing: String = brackets.chars().map(|it| if it == '[' { ']' } else { '}' }).collect();
        let mut ends = [stop.last.start.max(*first), *first].map(|it| rest_of_line(text, it).end);
        let mut below = text.get(line(text, *first).end..).unwrap_or_default().lines().skip(1);
        let below = below.find(|it| !it.trim().is_empty()).unwrap_or_default();
        // What is no further in than the line of the bracket is not in the bracket.
        if indentation(below) <= indentation(line(text, *first).of(text)) {
            ends.reverse();
        }
        for end in ends {
            mends(
                ProblemKind::Unclosed,
                Span::new(*first, first + 1),
                vec![replace(Span::empty(end), closing.as_str())],
            );
        }
    }
    if kind == ProblemKind::Unopened {
        mends(kind, Span::new(stop.at, stop.at + 1), vec![replace(Span::new(stop.at, stop.at + 1), "")]);
    }
    let first = line(text, stop.last.start);
    if kind == ProblemKind::ColonInValue && stop.is_plain && stop.last.end == stop.at {
        if first != here {
            let name = trimmed(text, Span::new(stop.last.start, first.end));
            match name.of(text).split_once(':') {
                Some((key, value)) if !value.is_empty() => {
                    let at = name.start + key.len() + 1;
                    mends(ProblemKind::SplitValue, name, vec![replace(Span::empty(at), " ")]);
                }
                Some(_) => {}
                None => mends(ProblemKind::MissingColon, name, vec![replace(Span::empty(name.end), ":")]),
            }
        } else if !Span::new(here.start, stop.last.start).of(text).trim_matches([' ', '-']).is_empty() {
            let value = rest_of_line(text, stop.last.start);
            mends(kind, value, vec![replace(value, quoted(value.of(text)))]);
        }
    }
    if kind == ProblemKind::MissingColon {
        let before = here.start.checked_sub(1).map(|it| line(text, it));
        for it in [Some(first), Some(here), before].into_iter().flatten() {
            let name = trimmed(text, it);
            let is_name = !name.of(text).is_empty() && !name.of(text).contains([':', ' ', '#', '"', '\'']);
            if is_name {
                mends(kind, name, vec![replace(Span::empty(name.end), ":")]);
            }
        }
    }
    let quote = Span::new(stop.last.end, here.end).of(text).find(['"', '\'']).map(|it| stop.last.end + it);
    let value = match kind {
        ProblemKind::StrayCharacter => Some(stop.at),
        ProblemKind::BadEscape | ProblemKind::StrayValue => quote.filter(|it| here.start <= *it),
        _ => None,
    };
    if let Some(value) = value.map(|it| rest_of_line(text, it)) {
        let inner = value.of(text);
        let unquoted = inner.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let inner = unquoted.filter(|_| kind == ProblemKind::BadEscape).unwrap_or(inner);
        let edits = vec![replace(value, quoted(inner))];
        guesses.push(Guess { kind, span: value, edits, is_mend: kind != ProblemKind::StrayValue });
    }
    if kind == ProblemKind::BadIndentation {
        guesses.extend(indented(text, stop.at));
    }
    let mut takes_out = |span: Span| {
        let edits = vec![replace(span, blanks(span.of(text)))];
        guesses.push(Guess { kind, span: trimmed(text, span), edits, is_mend: false });
    };
    takes_out(here);
    takes_out(block(text, stop.at));
    if let Some(before) = here.start.checked_sub(1) {
        takes_out(line(text, before));
    }
    takes_out(first.to(here));
    guesses
}

/// The quote behind the last value that is not closed on its line.
fn open_quote(text: &str, stop: &Stop, kind: ProblemKind) -> Option<usize> {
    if kind == ProblemKind::UnclosedString {
        return Some(stop.at);
    }
    let between = Span::new(stop.last.end, stop.at).of(text);
    let quote = stop.last.end + between.find(['"', '\''])?;
    (kind == ProblemKind::StrayValue && line(text, quote) != line(text, stop.at)).then_some(quote)
}

/// Two blanks for each tab that a line is indented by.
fn tabs(text: &str) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indented = line.get(..indentation(line)).unwrap_or_default();
        if indented.contains('\t') {
            edits.push(replace(Span::new(at, at + indented.len()), indented.replace('\t', "  ")));
        }
        at += line.len();
    }
    edits
}

/// The block at a byte, as far in as a line above it.
fn indented(text: &str, at: usize) -> Vec<Guess> {
    let block = block(text, at);
    let written = block.of(text);
    let depth = indentation(written);
    let above = text.get(..block.start).unwrap_or_default().lines().rev().filter(|it| !it.trim().is_empty());
    let mut depths: Vec<usize> = above.take(200).map(indentation).filter(|it| *it != depth).collect();
    depths.dedup();
    depths.truncate(12);
    depths.sort_by_key(|it| it.abs_diff(depth));
    depths.dedup();
    let guess = |to: &usize| {
        let mut start = block.start;
        let edits = written.split_inclusive('\n').map(|line| {
            let old = Span::new(start, start + indentation(line));
            start += line.len();
            let new = (old.end - old.start + to).saturating_sub(depth);
            replace(old, " ".repeat(new))
        });
        let edits = edits.filter(|it| it.span.end < block.end && it.span.of(text) != it.text).collect();
        let span = trimmed(text, line(text, at));
        Guess { kind: ProblemKind::BadIndentation, span, edits, is_mend: true }
    };
    depths.iter().take(2).map(guess).collect()
}
