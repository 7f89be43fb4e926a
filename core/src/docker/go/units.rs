//! Docker's go-units: how the daemon reads amounts of bytes such as `10m`.

use super::strconv;
use crate::Engine;

/// What `k`, `m`, `g` … stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// 1000: `units.FromHumanSize`, for the sizes of log files.
    Decimal,
    /// 1024: `units.RAMInBytes`, for memory and most everything else.
    Binary,
}

/// Reads an amount of bytes as `engine` does; `None` when the Engine calls it invalid.
///
/// A number, an optional space, and an optional unit of any letter case: `64m`, `1.5 GiB`, `20gb`. Amounts beyond
/// an `i64` come out negative, as they do in Go on amd64.
///
/// ```
/// use drydock::{Engine, docker::go::units::{Factor, parse_size}};
///
/// assert_eq!(parse_size("10m", Factor::Decimal, Engine::LATEST), Some(10_000_000));
/// assert_eq!(parse_size("10x", Factor::Decimal, Engine::LATEST), None);
/// ```
///
/// Source: go-units size.go, `parseSize`: v0.4.0 in 20.10, v0.5.0 since 23.0.
pub fn parse_size(text: &str, factor: Factor, engine: Engine) -> Option<i64> {
    let (number, unit) = match engine < Engine::new(23, 0, 0) {
        true => split_by_pattern(text)?,
        false => split_at_last_digit(text)?,
    };
    let number = strconv::parse_float(number).filter(|it| it.is_nan() || *it >= 0.0)?;
    let power = match unit.bytes().next().map(|it| it.to_ascii_lowercase()) {
        Some(b'k') => 1,
        Some(b'm') => 2,
        Some(b'g') => 3,
        Some(b't') => 4,
        Some(b'p') => 5,
        _ => 0,
    };
    let base: f64 = match factor {
        Factor::Decimal => 1000.0,
        Factor::Binary => 1024.0,
    };
    let bytes = number * base.powi(power);
    Some(match bytes < 9_223_372_036_854_775_808.0 {
        true => bytes as i64,
        false => i64::MIN,
    })
}

/// Number and unit since 23.0: everything up to the last digit, point or space; then nothing, `b`, or a
/// prefix with an optional `b` or `ib`.
fn split_at_last_digit(text: &str) -> Option<(&str, &str)> {
    let last = text.rfind(|it: char| it.is_ascii_digit() || it == '.' || it == ' ')?;
    let (number, unit) = text.split_at_checked(last + 1)?;
    let number = number.strip_suffix(' ').unwrap_or(number);
    let is_unit = match unit.split_at_checked(1) {
        None => unit.is_empty(),
        Some(("b" | "B", rest)) => rest.is_empty(),
        Some((prefix, rest)) => {
            is_prefix(prefix) && (rest.is_empty() || rest.eq_ignore_ascii_case("b") || rest.eq_ignore_ascii_case("ib"))
        }
    };
    is_unit.then_some((number, unit))
}

/// Number and unit in 20.10: `^(\d+(\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?$`.
fn split_by_pattern(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.');
    let (number, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    if number.split('.').any(str::is_empty) {
        return None;
    }
    let unit = rest.strip_prefix(' ').unwrap_or(rest);
    let after = match unit.split_at_checked(1) {
        Some((prefix, rest)) if is_prefix(prefix) => rest,
        _ => unit,
    };
    let after = after.strip_prefix(['i', 'I']).unwrap_or(after);
    let after = after.strip_prefix(['b', 'B']).unwrap_or(after);
    after.is_empty().then_some((number, unit))
}

fn is_prefix(text: &str) -> bool {
    matches!(text, "k" | "K" | "m" | "M" | "g" | "G" | "t" | "T" | "p" | "P")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let old = Engine::new(20, 10, 24);
        for (text, binary, in_20_10) in [
            ("10m", Some(10 << 20), Some(10 << 20)),
            ("10M", Some(10 << 20), Some(10 << 20)),
            ("10mb", Some(10 << 20), Some(10 << 20)),
            ("10MiB", Some(10 << 20), Some(10 << 20)),
            ("10 MiB", Some(10 << 20), Some(10 << 20)),
            ("1.5k", Some(1536), Some(1536)),
            ("1T", Some(1 << 40), Some(1 << 40)),
            ("2p", Some(2 << 50), Some(2 << 50)),
            ("64", Some(64), Some(64)),
            ("64b", Some(64), Some(64)),
            ("0", Some(0), Some(0)),
            ("64 ", Some(64), Some(64)),
            ("9000p", Some(i64::MIN), Some(i64::MIN)), // overflows in Go
            ("10.", Some(10), None),
            (".5k", Some(512), None),
            ("1e3", Some(1000), None),
            ("+5", Some(5), None),
            ("0x1p4k", Some(16 << 10), None),
            ("inf ", Some(i64::MIN), None),
            ("-0", Some(0), None),
            ("10i", None, Some(10)),
            ("10ib", None, Some(10)),
            ("10ki", None, Some(10 << 10)),
            ("1.2.3", None, None),
            ("10x", None, None),
            ("10bb", None, None),
            ("10kbb", None, None),
            ("10kibb", None, None),
            ("10  m", None, None),
            ("10 m ", None, None),
            ("10%", None, None),
            ("20XB", None, None),
            ("1E", None, None),
            ("-1", None, None),
            ("-1m", None, None),
            ("ten", None, None),
            (" 10m", None, None),
            ("1,5g", None, None),
            ("10µ", None, None),
            ("m", None, None),
            (" ", None, None),
            ("", None, None),
        ] {
            assert_eq!(parse_size(text, Factor::Binary, Engine::LATEST), binary, "{text:?}");
            assert_eq!(parse_size(text, Factor::Binary, old), in_20_10, "{text:?} in 20.10");
        }
        assert_eq!(parse_size("1.5gb", Factor::Decimal, Engine::LATEST), Some(1_500_000_000));
    }
}
