//! How is any text written as one word?

use super::Quoting;

/// A text as one word; `None` where such words cannot hold it.
///
/// `like` is the quote that the words around it prefer.
///
/// Source: POSIX.1-2024, *Shell Command Language*, 2.2 (quoting); systemd.service(5), *Command lines*.
pub fn quote(text: &str, quoting: Quoting, like: Option<char>) -> Option<String> {
    if text.contains('\0') {
        return None;
    }
    match quoting {
        Quoting::Shell | Quoting::Flags => Some(for_shell(text, like)),
        Quoting::Unit => Some(for_unit(text, like)),
        Quoting::Variable(outer) => in_variable(text, outer),
        Quoting::Nix(outer) => {
            let word = for_unit(text, None);
            let is_ended = match outer {
                "''" => word.contains(['\'', '\\']),
                _ => word.contains(['"', '\\']),
            };
            (!is_ended && !word.contains("${")).then_some(word)
        }
    }
}

/// Whether no shell takes a character for anything but itself.
fn is_plain(it: char) -> bool {
    it.is_alphanumeric() || "-_./:=,@+%^".contains(it)
}

fn for_shell(text: &str, like: Option<char>) -> String {
    if !text.is_empty() && text.chars().all(is_plain) && like.is_none() {
        return text.to_owned();
    }
    match like {
        Some('"') if !text.contains(['$', '`', '"', '\\', '!']) => ["\"", text, "\""].concat(),
        _ => ["'", &text.replace('\'', r"'\''"), "'"].concat(),
    }
}

fn for_unit(text: &str, like: Option<char>) -> String {
    let mut word = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '%' => word.push_str("%%"),
            '$' => word.push_str("$$"),
            '\\' => word.push_str("\\\\"),
            '\n' => word.push_str("\\n"),
            '\r' => word.push_str("\\r"),
            '\t' => word.push_str("\\t"),
            '"' => word.push_str("\\\""),
            it if it.is_ascii_control() => {
                let digit = |it: u32| char::from_digit(it, 16).unwrap_or('0');
                let code = u32::from(it);
                word.push_str("\\x");
                word.extend([digit(code / 16), digit(code % 16)]);
            }
            _ => word.push(it),
        }
    }
    let needs_quotes = |it: char| it.is_ascii_whitespace() || matches!(it, '"' | '\'' | ';' | '#');
    match text.is_empty() || text.contains(needs_quotes) || like.is_some() {
        true => ["\"", &word, "\""].concat(),
        false => word,
    }
}

/// What reads the variable splits it at white space, and takes quotes for letters.
fn in_variable(text: &str, outer: Option<char>) -> Option<String> {
    if text.is_empty() || text.contains(|it: char| it.is_ascii_whitespace()) {
        return None;
    }
    match outer {
        Some('"') => {
            let mut word = String::with_capacity(text.len());
            for it in text.chars() {
                if matches!(it, '"' | '\\' | '$' | '`') {
                    word.push('\\');
                }
                word.push(it);
            }
            Some(word)
        }
        Some(quote) => (!text.contains(quote)).then(|| text.to_owned()),
        None => text.chars().all(is_plain).then(|| text.to_owned()),
    }
}
