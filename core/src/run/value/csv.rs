//! The fields of a value with commas between them, as `--mount` and `--network` have them.

/// The fields: what each says, and the slice of the text that it stands in.
///
/// A field may be in double quotes, in which two of them are one. Source: Go `encoding/csv`, `Reader.readRecord`.
pub fn fields(text: &str) -> Vec<(String, &str)> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        if let Some(inner) = rest.strip_prefix('"') {
            let mut value = String::new();
            let mut at = 0;
            loop {
                let part = inner.get(at..).unwrap_or_default();
                match part.find('"') {
                    Some(quote) => {
                        value.push_str(part.get(..quote).unwrap_or_default());
                        at += quote + 1;
                        if !part.get(quote + 1..).is_some_and(|it| it.starts_with('"')) {
                            break;
                        }
                        value.push('"');
                        at += 1;
                    }
                    None => {
                        value.push_str(part);
                        at = inner.len();
                        break;
                    }
                }
            }
            let behind = inner.get(at..).unwrap_or_default();
            let comma = behind.find(',').unwrap_or(behind.len());
            value.push_str(behind.get(..comma).unwrap_or_default());
            fields.push((value, rest.get(..1 + at + comma).unwrap_or(rest)));
            match behind.get(comma + 1..) {
                Some(next) => rest = next,
                None => return fields,
            }
        } else {
            match rest.split_once(',') {
                Some((field, next)) => {
                    fields.push((field.to_owned(), field));
                    rest = next;
                }
                None => {
                    fields.push((rest.to_owned(), rest));
                    return fields;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn takes_fields_apart() {
        for (text, expected) in [
            ("", &[""][..]),
            ("a", &["a"]),
            ("a,b", &["a", "b"]),
            ("a,", &["a", ""]),
            ("\"a,b\",c", &["a,b", "c"]),
            ("\"a\"\"b\",c", &["a\"b", "c"]),
            ("\"device=0,1\",capabilities=gpu", &["device=0,1", "capabilities=gpu"]),
            ("\"open", &["open"]),
        ] {
            let found: Vec<String> = fields(text).into_iter().map(|it| it.0).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
