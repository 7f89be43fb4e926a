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
        Quoting::Script { outer, in_unit } => in_script(text, outer?, in_unit),
        Quoting::Windows => for_windows(text),
        Quoting::Shown => {
            let is_word = !text.is_empty() && !text.contains(|it: char| it.is_ascii_whitespace() || it == '…');
            is_word.then(|| text.to_owned())
        }
        Quoting::List => {
            let is_plain = !text.contains(|it: char| it.is_ascii_control());
            is_plain.then(|| ["\"", &text.replace('\\', r"\\").replace('"', "\\\""), "\""].concat())
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

/// In quotes of the other kind where it needs any: neither the shell nor systemd may see more in it.
fn in_script(text: &str, outer: char, in_unit: bool) -> Option<String> {
    let is_word = !text.is_empty() && !text.starts_with('~') && text.chars().all(is_plain);
    let word = match (is_word, outer) {
        (true, _) => text.to_owned(),
        (false, '\'') => ["\"", text, "\""].concat(),
        (false, _) => ["'", text, "'"].concat(),
    };
    let is_special = |it: char| match it {
        '\'' | '"' if it == outer => true,
        '\'' | '"' => text.contains(it),
        '$' | '`' | '\\' | '!' | '\n' | '\r' => true,
        '%' => in_unit,
        _ => false,
    };
    (!word.contains(is_special)).then_some(word)
}

fn for_windows(text: &str) -> Option<String> {
    if text.contains(['"', '\n', '\r']) || text.ends_with('\\') {
        return None;
    }
    match text.is_empty() || text.contains(|it: char| it.is_ascii_whitespace()) {
        true => Some(["\"", text, "\""].concat()),
        false => Some(text.to_owned()),
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
