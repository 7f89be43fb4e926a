//! Go's package `time`: how the daemon reads durations such as `1h30m`.

/// One second in nanoseconds.
pub const SECOND: i64 = 1_000_000_000;

/// Reads a duration as `time.ParseDuration` does, in nanoseconds.
///
/// An optional sign, then numbers that each have a unit: `300ms`, `-1.5h`, `2h45m`. Only `0` needs no unit, and there
/// are no days.
///
/// ```
/// use drydock::docker::go::time::{SECOND, parse_duration};
///
/// assert_eq!(parse_duration("1m30s"), Some(90 * SECOND));
/// assert_eq!(parse_duration("30"), None);
/// ```
///
/// Source: Go src/time/format.go, `ParseDuration`.
pub fn parse_duration(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    const LIMIT: u64 = 1 << 63;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (whole, after) = split_digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => split_digits(after),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let end = after.find(|it: char| it == '.' || it.is_ascii_digit());
        let (unit, after) = after.split_at_checked(end.unwrap_or(after.len()))?;
        let unit = nanoseconds(unit)?;
        let whole: u64 = match whole {
            "" => 0,
            _ => whole.parse().ok()?,
        };
        let mut part = whole.checked_mul(unit).filter(|it| *it <= LIMIT)?;
        part += nanoseconds_of_fraction(fraction, unit);
        total = total.checked_add(part).filter(|it| *it <= LIMIT)?;
        rest = after;
    }
    match text.starts_with('-') {
        true => Some((total as i64).wrapping_neg()),
        false => i64::try_from(total).ok(),
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|it: char| !it.is_ascii_digit());
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Digits beyond those an `i64` can hold are dropped, as Go does.
fn nanoseconds_of_fraction(digits: &str, unit: u64) -> u64 {
    let mut numerator: i64 = 0;
    let mut scale = 1.0;
    for it in digits.bytes() {
        let Some(next) = numerator.checked_mul(10).and_then(|tens| tens.checked_add(i64::from(it - b'0'))) else {
            break;
        };
        numerator = next;
        scale *= 10.0;
    }
    (numerator as f64 * (unit as f64 / scale)) as u64
}

fn nanoseconds(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000, // the micro sign and the Greek letter
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0s", Some(0)),
            ("5s", Some(5 * SECOND)),
            ("+5s", Some(5 * SECOND)),
            ("-5s", Some(-5 * SECOND)),
            ("1.5h", Some(5400 * SECOND)),
            (".5s", Some(SECOND / 2)),
            ("5.s", Some(5 * SECOND)),
            ("1h30m", Some(5400 * SECOND)),
            ("100ms", Some(SECOND / 10)),
            ("12µs", Some(12_000)),
            ("12μs", Some(12_000)),
            ("10ns", Some(10)),
            ("48h", Some(172_800 * SECOND)),
            ("0.3333333333333333333h", Some(1200 * SECOND)),
            ("9223372036854775807ns", Some(i64::MAX)),
            ("-9223372036854775808ns", Some(i64::MIN)),
            ("9223372036854775808ns", None),
            ("3000000h", None),
            ("18446744073709551616ns", None),
            ("7d", None), // Go has no days
            ("2w", None),
            ("30", None),
            ("1h30", None),
            ("5 s", None),
            (" 5s", None),
            ("5S", None),
            (".s", None),
            ("s", None),
            ("-", None),
            ("+-5s", None),
            ("1e3s", None),
            ("", None),
        ] {
            assert_eq!(parse_duration(text), expected, "{text:?}");
        }
    }
}
