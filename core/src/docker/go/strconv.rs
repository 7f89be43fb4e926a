//! Go's package `strconv`: how the daemon reads truth values and numbers out of strings.

/// Reads a truth value as `strconv.ParseBool` does: `yes` and `on` are not truth values.
///
/// Source: Go src/strconv/atob.go, `ParseBool`.
pub fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// Reads a whole number as `strconv.Atoi` does: decimal digits after an optional sign, within 64 bits.
///
/// Source: Go src/strconv/atoi.go, `Atoi`.
pub fn atoi(text: &str) -> Option<i64> {
    text.parse().ok() // the same grammar
}

/// Reads a whole number as `strconv.ParseUint` does with base 0 and 32 bits: decimal, or after `0x`, `0o`, `0` or `0b`.
///
/// Source: Go src/strconv/atoi.go, `ParseUint`, `underscoreOK`.
pub fn parse_uint32(text: &str) -> Option<u32> {
    magnitude(text).and_then(|it| u32::try_from(it).ok())
}

/// Reads a whole number as `strconv.ParseInt` does with base 0 and 64 bits: as [`parse_uint32`], after an optional sign.
///
/// Source: Go src/strconv/atoi.go, `ParseInt`.
pub fn parse_int(text: &str) -> Option<i64> {
    let number = i128::from(magnitude(text.strip_prefix(['+', '-']).unwrap_or(text))?);
    let number = if text.starts_with('-') { -number } else { number };
    i64::try_from(number).ok()
}

fn magnitude(text: &str) -> Option<u64> {
    let prefixed = |lower: &str, upper: &str| text.strip_prefix(lower).or_else(|| text.strip_prefix(upper));
    let (digits, base) = if let Some(digits) = prefixed("0x", "0X") {
        (digits, 16)
    } else if let Some(digits) = prefixed("0o", "0O") {
        (digits, 8)
    } else if let Some(digits) = prefixed("0b", "0B") {
        (digits, 2)
    } else {
        match text.strip_prefix('0').filter(|it| !it.is_empty()) {
            Some(digits) => (digits, 8),
            None => (text, 10),
        }
    };
    let is_separated = underscores_are_between_digits(digits, |it| it.is_ascii_hexdigit(), base != 10);
    let is_plain = digits.chars().all(|it| it == '_' || it.is_digit(base));
    if !is_separated || !is_plain {
        return None;
    }
    u64::from_str_radix(&digits.replace('_', ""), base).ok()
}

/// Reads a number as `strconv.ParseFloat` does with 64 bits; `None` also when it is too large for them.
///
/// The nearest number for up to 15 digits and 22 powers of ten; beyond, the last bits may differ from Go's.
///
/// Source: Go src/strconv/atof.go, `ParseFloat`, `readFloat`, `special`, and atoi.go, `underscoreOK`.
pub fn parse_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let signed = |it: f64| if text.starts_with('-') { -it } else { it };
    if unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("infinity") {
        return Some(signed(f64::INFINITY));
    }
    if text.eq_ignore_ascii_case("nan") {
        return Some(f64::NAN);
    }
    let hexadecimal = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X"));
    let digit = |it: char| match hexadecimal {
        Some(_) => it.is_ascii_hexdigit(),
        None => it.is_ascii_digit(),
    };
    let is_separated = underscores_are_between_digits(hexadecimal.unwrap_or(unsigned), digit, hexadecimal.is_some());
    if !is_separated {
        return None;
    }
    let plain = |it: &str| it.replace('_', "");
    let number = match hexadecimal {
        Some(rest) => parse_hexadecimal(&plain(rest))?,
        None => parse_decimal(&plain(unsigned))?,
    };
    Some(signed(number)).filter(|it: &f64| it.is_finite())
}

fn underscores_are_between_digits(text: &str, digit: impl Fn(char) -> bool, after_prefix: bool) -> bool {
    let mut after_digit = after_prefix;
    let mut after_underscore = false;
    for it in text.chars() {
        let is_digit = digit(it);
        if it == '_' && !after_digit || after_underscore && !is_digit {
            return false;
        }
        after_digit = is_digit;
        after_underscore = it == '_';
    }
    !after_underscore
}

/// Decimal digits with an optional point and exponent: their first 18 or 19, times a power of ten; below 1e-280 perhaps 0.
///
/// The standard library is right to the last bit, with large tables for that: `core/README.md`, *Written by hand*.
fn parse_decimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = halves(mantissa)?;
    let mut exponent = parse_exponent(exponent)?;
    let mut digits = 0_u64;
    for (at, it) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = it.to_digit(10)?;
        let is_kept = digits < 1_000_000_000_000_000_000;
        if is_kept {
            digits = digits * 10 + u64::from(digit);
        }
        exponent = match (is_kept, at < whole.len()) {
            (true, false) => exponent.saturating_sub(1),
            (false, true) => exponent.saturating_add(1),
            _ => exponent,
        };
    }
    let power = 10.0_f64.powi(exponent.saturating_abs());
    Some(match digits {
        0 => 0.0,
        _ if exponent < 0 => digits as f64 / power,
        _ => digits as f64 * power,
    })
}

/// A hexadecimal mantissa with its binary exponent, which must be there: `1.8p3`.
fn parse_hexadecimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = halves(mantissa)?;
    let mut value = 0.0;
    for it in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(it.to_digit(16)?);
    }
    let below_point = i32::try_from(fraction.len()).ok()?.saturating_mul(4);
    Some(value * 2.0_f64.powi(parse_exponent(exponent)?.saturating_sub(below_point)))
}

/// The parts of a number before and after its point, unless both are empty.
fn halves(mantissa: &str) -> Option<(&str, &str)> {
    let halves = mantissa.split_once('.').unwrap_or((mantissa, ""));
    (halves != ("", "")).then_some(halves)
}

/// An exponent in decimal digits after an optional sign; larger ones than any count as a billion.
fn parse_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(match text.starts_with('-') {
        true => -1_000_000_000,
        false => 1_000_000_000,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn decimal_numbers_are_read_as_the_standard_library_reads_them(
            text in r"[0-9]{0,8}(\.[0-9]{0,7})?([eE][+-]?[0-9]{1,2})?|[0-9.eE+-]{0,9}",
        ) {
            let is_number = text.starts_with(|it: char| it.is_ascii_digit() || it == '.');
            let expected = text.parse::<f64>().ok().filter(|_| is_number);
            let found = parse_decimal(&text);
            prop_assert_eq!(found.is_some(), expected.is_some());
            if let (Some(found), Some(expected)) = (found, expected) {
                let is_near = (found - expected).abs() <= expected * 1e-14 + 1e-280;
                prop_assert!(found == expected || is_near, "{} {}", found, expected);
                let exponent: i32 = text.split(['e', 'E']).nth(1).map_or(0, |it| it.parse().unwrap_or(0));
                if (-15..=22).contains(&exponent) {
                    prop_assert_eq!(found, expected);
                }
            }
        }

        #[test]
        fn long_numbers_are_read_nearly_so(text in r"[0-9]{1,40}(\.[0-9]{1,40})?(e-?[0-9]{1,3})?") {
            let expected: f64 = text.parse().unwrap();
            match parse_float(&text) {
                Some(found) => prop_assert!((found - expected).abs() <= expected * 1e-14 + 1e-280),
                None => prop_assert!(expected > 1.79e308),
            }
        }
    }

    #[test]
    fn truth_values() {
        for (text, expected) in [
            ("true", Some(true)),
            ("T", Some(true)),
            ("1", Some(true)),
            ("False", Some(false)),
            ("0", Some(false)),
            ("tRUE", None),
            ("yes", None),
            ("on", None),
            (" true", None),
            ("", None),
        ] {
            assert_eq!(parse_bool(text), expected, "{text:?}");
        }
    }

    #[test]
    fn whole_numbers() {
        for (text, expected) in [
            ("3", Some(3)),
            ("-1", Some(-1)),
            ("+5", Some(5)),
            ("007", Some(7)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1_000", None),
            ("0x10", None),
            ("3.0", None),
            (" 3", None),
            ("+", None),
            ("", None),
        ] {
            assert_eq!(atoi(text), expected, "{text:?}");
        }
    }

    #[test]
    fn floats() {
        for (text, expected) in [
            ("10", Some(10.0)),
            ("1.5", Some(1.5)),
            ("10.", Some(10.0)),
            (".5", Some(0.5)),
            ("1e3", Some(1000.0)),
            ("+1E-2", Some(0.01)),
            ("-2", Some(-2.0)),
            ("1_000", Some(1000.0)),
            ("1_23.50_0_0e+1_2", Some(1.235e14)),
            ("0x1p4", Some(16.0)),
            ("0x_1_0p0", Some(16.0)),
            ("0x1.8p1", Some(3.0)),
            ("inf", Some(f64::INFINITY)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("0x10", None), // a hexadecimal number needs an exponent
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("1_.5", None),
            ("infinit", None),
            ("-nan", None),
            ("1e999", None),
            ("1.2.3", None),
            (".", None),
            ("e5", None),
            ("1e", None),
            (" 1", None),
            ("--1", None),
            ("", None),
        ] {
            assert_eq!(parse_float(text), expected, "{text:?}");
        }
        assert!(parse_float("NaN").is_some_and(f64::is_nan));
    }

    #[test]
    fn reads_whole_numbers_of_any_base() {
        for (text, expected) in [
            ("0", Some(0)),
            ("17", Some(17)),
            ("0x11", Some(17)),
            ("0X1F", Some(31)),
            ("0b11", Some(3)),
            ("0o17", Some(15)),
            ("017", Some(15)),
            ("09", None),
            ("1_000", Some(1000)),
            ("0x_ff", Some(255)),
            ("_1", None),
            ("1_", None),
            ("1__0", None),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("0x", None),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("ff", None),
        ] {
            assert_eq!(parse_uint32(text), expected, "{text}");
        }
    }
}
