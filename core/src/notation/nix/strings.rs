//! What does a string stand for: its escapes, and the indentation that `''` takes away?
//!
//! Source: nix `src/libexpr/lexer.l`, `unescapeStr`; `src/libexpr/parser.y`, `stripIndentation`

use super::{
    lex::TokenKind,
    syntax::{Id, Part},
};

/// A piece of a string, before indentation is taken away.
pub(super) enum Piece {
    Plain(String),
    /// What an escape stands for: no indentation.
    Escaped(String),
    Fill(Id),
}

/// Adds the pieces of what is written between fillings; `quote` says in which quotes.
pub(super) fn pieces(quote: TokenKind, written: &str, is_first: bool, pieces: &mut Vec<Piece>) {
    match quote {
        TokenKind::Quote => pieces.push(Piece::Plain(unescaped(written))),
        TokenKind::Quotes => {
            let blank = written.trim_start_matches(' ');
            let written = match blank.strip_prefix('\n') {
                Some(rest) if is_first => rest,
                _ => written,
            };
            indented(written, pieces);
        }
        _ => pieces.push(Piece::Plain(written.to_owned())),
    }
}

/// What the pieces of one string come to.
pub(super) fn parts(quote: TokenKind, pieces: Vec<Piece>) -> Vec<Part> {
    let pieces = match quote {
        TokenKind::Quotes => without_indentation(pieces),
        _ => pieces,
    };
    let mut parts: Vec<Part> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (piece, parts.last_mut()) {
            (Piece::Plain(text) | Piece::Escaped(text), Some(Part::Text(last))) => last.push_str(&text),
            (Piece::Plain(text) | Piece::Escaped(text), _) => parts.push(Part::Text(text)),
            (Piece::Fill(id), _) => parts.push(Part::Fill(id)),
        }
    }
    parts
}

fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next().map(escape)),
            '\r' => {
                // CR and CR LF are LF.
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                text.push('\n');
            }
            _ => text.push(character),
        }
    }
    text
}

fn escape(character: char) -> char {
    match character {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        other => other,
    }
}

fn indented(written: &str, pieces: &mut Vec<Piece>) {
    let mut rest = written;
    loop {
        let Some(at) = crate::text::find::find(rest, "''") else {
            if !rest.is_empty() {
                pieces.push(Piece::Plain(rest.to_owned()));
            }
            return;
        };
        let (before, escaped) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Plain(before.to_owned()));
        }
        let mut characters = escaped.chars().skip(2);
        let (text, length) = match characters.next() {
            Some('$') => ("$".to_owned(), 3),
            Some('\'') => ("''".to_owned(), 3),
            Some('\\') => match characters.next() {
                Some(character) => (escape(character).to_string(), 3 + character.len_utf8()),
                None => (String::new(), 3),
            },
            _ => (String::new(), 2),
        };
        pieces.push(Piece::Escaped(text));
        rest = escaped.get(length..).unwrap_or_default();
    }
}

fn without_indentation(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut at_start_of_line = true;
    let (mut least, mut current) = (usize::MAX, 0);
    for piece in &pieces {
        let Piece::Plain(text) = piece else {
            if at_start_of_line {
                at_start_of_line = false;
                least = least.min(current);
            }
            continue;
        };
        for byte in text.bytes() {
            match byte {
                b'\n' => {
                    at_start_of_line = true;
                    current = 0;
                }
                b' ' if at_start_of_line => current += 1,
                _ if at_start_of_line => {
                    at_start_of_line = false;
                    least = least.min(current);
                }
                _ => {}
            }
        }
    }
    let mut at_start_of_line = true;
    let mut dropped = 0;
    let last = pieces.len().saturating_sub(1);
    let strip = |(index, piece): (usize, Piece)| {
        let (Piece::Plain(text) | Piece::Escaped(text)) = piece else {
            at_start_of_line = false;
            dropped = 0;
            return piece;
        };
        let mut kept = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                ' ' if at_start_of_line => {
                    if dropped >= least {
                        kept.push(' ');
                    }
                    dropped += 1;
                }
                '\n' => {
                    at_start_of_line = true;
                    dropped = 0;
                    kept.push('\n');
                }
                _ => {
                    at_start_of_line = false;
                    dropped = 0;
                    kept.push(character);
                }
            }
        }
        let line = kept.rfind('\n').map_or(0, |it| it + 1);
        if index == last && line > 0 && kept.get(line..).is_some_and(|it| it.bytes().all(|it| it == b' ')) {
            kept.truncate(line);
        }
        Piece::Plain(kept)
    };
    pieces.into_iter().enumerate().map(strip).collect()
}
