//! What does a word without quotes stand for?
//!
//! Source: go-yaml v4 `resolve.go`, `resolve`, `parseTimestamp`; compose-go decodes with it, and writes values as text
//! with `fmt.Sprint`.

use crate::{docker::go::strconv, document::Kind};

/// What a plain word stands for; the digits of a number are those that Go writes of it.
///
/// ```
/// use drydock::{document::Kind, notation::yaml::resolve};
///
/// assert_eq!(resolve("1.10"), Kind::Number("1.1".to_owned()));
/// assert_eq!(resolve("yes"), Kind::String("yes".to_owned()));
/// ```
pub fn resolve(word: &str) -> Kind {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Kind::Number("NaN".to_owned()),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Kind::Number("+Inf".to_owned()),
        "-.inf" | "-.Inf" | "-.INF" => return Kind::Number("-Inf".to_owned()),
        _ => {}
    }
    if !word.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '+' | '-' | '.')) {
        return Kind::String(word.to_owned());
    }
    if let Some(time) = timestamp(word) {
        return Kind::String(time);
    }
    match number(&word.replace('_', "")) {
        Some(digits) => Kind::Number(digits),
        None => Kind::String(word.to_owned()),
    }
}

/// Whether a text can be written without quotes and is still that text, at any place of a block.
pub fn is_plain(text: &str) -> bool {
    let is_special = |it: char| "-?:,[]{}#&*!|>'\"%@`".contains(it);
    let starts_well = !text.starts_with(is_special)
        || text.starts_with(['-', '?', ':']) && { text.chars().nth(1).is_some_and(|it| it != ' ' && !is_special(it)) };
    let is_broken = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.trim() != text;
    let is_odd = text.chars().any(|it| it.is_control() || "[]{},".contains(it));
    starts_well && !is_broken && !is_odd && text != "<<" && resolve(text) == Kind::String(text.to_owned())
}

/// A number, as Go writes it.
fn number(word: &str) -> Option<String> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", word.strip_prefix('+').unwrap_or(word)),
    };
    let based = [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)];
    let based = based.iter().find_map(|(prefix, base)| Some((digits.strip_prefix(prefix)?, *base)));
    let (whole, base) = match based {
        Some(it) => it,
        None => match digits.strip_prefix('0') {
            Some(octal) if !octal.is_empty() => (octal, 8),
            _ => (digits, 10),
        },
    };
    // The parser of Rust would take a second sign.
    let is_whole = !whole.is_empty() && whole.bytes().all(|it| it.is_ascii_alphanumeric());
    if let Some(value) = u64::from_str_radix(whole, base).ok().filter(|_| is_whole) {
        let fits = sign.is_empty() || value <= 1 << 63;
        if fits {
            return Some(if value == 0 { "0".to_owned() } else { [sign, &value.to_string()].concat() });
        }
    }
    let is_float = based.is_none() && is_float(digits);
    let value = strconv::parse_float(word).filter(|_| is_float)?;
    Some(float(value))
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, without the sign.
fn is_float(word: &str) -> bool {
    let (number, exponent) = match word.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (word, None),
    };
    let are_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let is_number = match number.split_once('.') {
        Some((whole, fraction)) => {
            are_digits(whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => !number.is_empty() && are_digits(number),
    };
    let exponent = exponent.map(|it| it.strip_prefix(['-', '+']).unwrap_or(it));
    is_number && exponent.is_none_or(|it| !it.is_empty() && are_digits(it))
}

/// A number as `%v` of Go writes it: the shortest digits, with an exponent from a million on and below 1e-4.
///
/// Source: Go `strconv/ftoa.go`, `formatDigits`.
fn float(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

/// A day, with or without a time, as Go writes it: `2024-01-02 00:00:00 +0000 UTC`.
fn timestamp(word: &str) -> Option<String> {
    let (year, rest) = word.split_at_checked(4)?;
    let (month, rest) = rest.strip_prefix('-')?.split_once('-')?;
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(end);
    let [year, month, day] = [part(year, 4, 4)?, part(month, 1, 2)?, part(day, 1, 2)?];
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if rest.is_empty() {
        return Some([&date, " 00:00:00 +0000 UTC"].concat());
    }
    let has_zone = rest.starts_with(['T', 't']);
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = time.find(|it: char| !it.is_ascii_digit() && !matches!(it, ':' | '.')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':');
    let [hour, minute, second] = [part(parts.next()?, 1, 2)?, part(parts.next()?, 1, 2)?, part(parts.next()?, 1, 2)?];
    if hour > 23 || minute > 59 || second > 59 || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let zone = match (has_zone, zone) {
        (false, "") | (true, "Z") => "+0000 UTC".to_owned(),
        (true, zone) => {
            let (hours, minutes) = zone.get(1..).filter(|_| zone.starts_with(['+', '-']))?.split_once(':')?;
            let (_, _) = (part(hours, 2, 2).filter(|it| *it < 25)?, part(minutes, 2, 2).filter(|it| *it < 60)?);
            let zone = zone.replace(':', "");
            match zone.as_str() {
                "+0000" | "-0000" => "+0000 +0000".to_owned(),
                _ => format!("{zone} {zone}"),
            }
        }
        _ => return None,
    };
    let fraction = fraction.get(..fraction.len().min(9)).unwrap_or_default().trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{date} {hour:02}:{minute:02}:{second:02}{point}{fraction} {zone}"))
}

/// A number of so many digits.
fn part(text: &str, least: usize, most: usize) -> Option<u32> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it is called, and its text.
    fn shown(word: &str) -> String {
        match resolve(word) {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => format!("bool {value}"),
            Kind::Number(digits) => format!("number {digits}"),
            Kind::String(text) => format!("text {text}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn words_stand_for_what_compose_makes_of_them() {
        for (word, expected) in [
            ("010", "number 8"),
            ("0o10", "number 8"),
            ("0x10", "number 16"),
            ("0b11", "number 3"),
            ("1_000", "number 1000"),
            ("+1", "number 1"),
            ("-1", "number -1"),
            ("-010", "number -8"),
            ("0", "number 0"),
            ("-0", "number 0"),
            ("1.0", "number 1"),
            ("1.50", "number 1.5"),
            (".5", "number 0.5"),
            ("1.", "number 1"),
            ("1.10", "number 1.1"),
            ("1e3", "number 1000"),
            ("1.5e10", "number 1.5e+10"),
            ("1e-7", "number 1e-07"),
            ("0.0001", "number 0.0001"),
            ("0.1234567890123456789", "number 0.12345678901234568"),
            ("12345678901234567890", "number 12345678901234567890"),
            ("123456789012345678901", "number 1.2345678901234568e+20"),
            ("1234567.5", "number 1.2345675e+06"),
            ("True", "bool true"),
            ("TRUE", "bool true"),
            ("tRUE", "text tRUE"),
            ("yes", "text yes"),
            ("on", "text on"),
            ("off", "text off"),
            ("y", "text y"),
            ("007", "number 7"),
            ("089", "number 89"),
            ("2024-01-02", "text 2024-01-02 00:00:00 +0000 UTC"),
            ("2024-1-2", "text 2024-01-02 00:00:00 +0000 UTC"),
            ("2024-02-30", "text 2024-02-30"), // no such day
            ("2024-01-02T03:04:05Z", "text 2024-01-02 03:04:05 +0000 UTC"),
            ("2024-01-02T03:04:05.120+02:00", "text 2024-01-02 03:04:05.12 +0200 +0200"),
            ("2024-01-02 03:04:05", "text 2024-01-02 03:04:05 +0000 UTC"),
            ("12:30:45", "text 12:30:45"),
            ("22:22", "text 22:22"),
            ("1.2.3", "text 1.2.3"),
            ("1-2", "text 1-2"),
            ("--x", "text --x"),
            ("0x", "text 0x"),
            ("+-1", "text +-1"),
            ("~", "null"),
            ("null", "null"),
            (".inf", "number +Inf"),
            ("", "null"),
        ] {
            assert_eq!(shown(word), expected, "{word}");
        }
    }
}
