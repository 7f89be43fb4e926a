//! A size of `/dev/shm` that cannot be read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::Place,
    docker::go::units::{Factor, parse_size},
    document::Kind as NodeKind,
};

rule! {
    /// A size of `/dev/shm` that cannot be read.
    ///
    /// ## Why it matters
    /// The daemon reads `default-shm-size` as it decodes the file, and refuses the file. Unlike elsewhere, even `null`
    /// and an empty string are wrong.
    ///
    /// ## What to do
    /// Write a number and a unit in quotes, such as `"64M"` or `"1g"`, or remove the key.
    ///
    /// ## Example
    /// ```json
    /// { "default-shm-size": "64 MBytes" }
    /// ```
    ///
    /// ## Source
    /// moby `opts/opts.go`, `MemBytes.UnmarshalJSON`
    "shm-size-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let is_shm_size = occurrence.place == Place::Top && occurrence.member.key == "default-shm-size";
        let value = &occurrence.member.value;
        // Every occurrence is decoded, and as written: escapes are not resolved.
        let written = match &value.kind {
            NodeKind::String(_) => context.written(value.span).trim_matches('"'),
            NodeKind::Null => "",
            _ => continue,
        };
        let is_fine = parse_size(written, Factor::Binary, context.engine).is_some();
        if !is_shm_size || is_fine {
            continue;
        }
        let message = match (&value.kind, written) {
            (NodeKind::Null, _) => say!("`default-shm-size` cannot be `null`"),
            (_, "") => say!("`default-shm-size` cannot be empty"),
            _ => say!("`default-shm-size` cannot be `{written}`"),
        };
        let diagnostic = Diagnostic::error(ID, Stage::Load, value.span, message)
            .why("The daemon refuses all its settings when it cannot read this size.")
            .help("Write a number and a unit, such as `64M` or `1g`; the default is `64M`.");
        found.push(diagnostic.explained(|diagnostic| {
            let tight: String = written.split_whitespace().collect();
            let shorter = tight.trim_end_matches(|it: char| it.is_ascii_lowercase());
            let meant = [tight.as_str(), shorter]
                .into_iter()
                .find(|it| *it != written && parse_size(it, Factor::Binary, context.engine).is_some());
            match meant {
                Some(right) => diagnostic.fix(Fix::choice(say!("Write `{right}`"), context.replace(value.span, right))),
                None => diagnostic.fix(Fix::choice("Remove `default-shm-size`", context.remove(value.span))),
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_go_units_refuses() {
        for (value, is_flagged) in [
            (r#""64M""#, false),
            (r#""1T""#, false),
            (r#""0""#, false),
            (r#""64x""#, true),
            (r#""-1""#, true),
            (r#""""#, true),
            (r#""\u0036""#, true), // read as written
            ("null", true),
            ("64", false), // a wrong type
        ] {
            let text = format!(r#"{{"default-shm-size": {value}}}"#);
            let expected = format!("error {value}");
            let expected = [expected.as_str()];
            assert_flags("29", &text, ID, if is_flagged { &expected } else { &[] });
        }
    }
}
