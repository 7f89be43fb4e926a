//! A stage that is not there.

use super::{Context, Diagnostic, Edits, Fix, Found, Span, Stage, distance};

rule! {
    /// A stage that is not there.
    ///
    /// ## Why it matters
    /// COPY takes from stages above it. Any other name is that of an image, which Docker asks the registry for.
    ///
    /// ## What to do
    /// Write the name of a stage above, or of an image with its tag.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM golang:1.23 AS builder
    /// RUN go build
    /// FROM scratch
    /// COPY --from=bulider /a /a
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *COPY --from*
    "stage-unknown", [Error, Warning], check
}

/// Among so many stages the nearest is looked for.
const MAX_STAGES: usize = 200;

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    for it in context.instructions("COPY") {
        let (Some(flag), Some(stage)) = (it.flag("from"), it.stage) else { continue };
        let name = flag.value.as_str();
        if name.is_empty() || name.contains('$') || file.stage(name, stage).is_some() {
            continue;
        }
        let value = Span::new(flag.span.end - name.len().min(flag.span.end), flag.span.end);
        if name.parse::<usize>().is_ok() {
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, value, format!("There is no stage {name} above"))
                    .why("Stages are numbered from 0, and only those above can be copied from.")
                    .help("Write the number or the name of a stage above."),
            );
            continue;
        }
        if name.contains(['/', ':', '.']) || !context.may_compare() {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        let names =
            file.stages.iter().take(stage.min(MAX_STAGES)).map(|it| it.name.as_str()).filter(|it| !it.is_empty());
        let near =
            names.map(|it| (distance(&lower, it), it)).min().filter(|it| it.0 <= 1 + name.len() / 4).map(|it| it.1);
        let is_later = file.stages.iter().skip(stage).take(MAX_STAGES).any(|it| it.name == lower);
        if near.is_none() && !is_later {
            continue;
        }
        let help = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Move the stage above this one.".to_owned(),
        };
        found.push(
            Diagnostic::warning(ID, value, format!("There is no stage `{name}` above, so it is taken for an image"))
                .why("Docker asks the registry for an image of this name, which is likely not there.")
                .help(help)
                .fix(near.map(|near| Fix::choice(format!("Write `{near}`"), Edits::replace(value, near)))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM a:1 AS builder\nFROM scratch\nCOPY --from=bulider /a /a\n", &["warning bulider"][..]),
            ("FROM a:1 AS builder\nFROM scratch\nCOPY --from=2 /a /a\n", &["error 2"]),
            ("FROM a:1\nCOPY --from=later /a /a\nFROM b:1 AS later\n", &["warning later"]),
            (
                "FROM a:1 AS builder\nFROM scratch\nCOPY --from=builder /a /a\nCOPY --from=nginx /b /b\nCOPY --from=0 /c /c\n",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
