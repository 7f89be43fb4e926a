//! A node resource that swarm cannot count or name.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::settings::Setting;

rule! {
    /// A generic resource that is neither a count nor a name.
    ///
    /// ## Why it matters
    /// A node has either a number of a resource (`ssd=3`) or names each one (`gpu=red`, `gpu=green`). The
    /// daemon refuses the whole file for anything else.
    ///
    /// ## What to do
    /// Write `name=number` once, or `name=value` for each one with values that are no numbers.
    ///
    /// ## Example
    /// ```json
    /// { "node-generic-resources": ["gpu"] }
    /// ```
    ///
    /// ## Source
    /// swarmkit `api/genericresource/parse.go`, `Parse`
    "generic-resource-malformed", [Error], check
}

/// A resource taken apart: its name and value, each trimmed.
type Term<'a> = Setting<(&'a str, &'a str)>;

fn check(context: &Context, found: &mut Found) {
    let mut terms: Vec<Term> = Vec::new();
    for resource in context.settings.decoded_texts("node-generic-resources") {
        let mut parts = resource.value.split('=');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(name), Some(value), None) => {
                terms.push(Setting { value: (name.trim(), value.trim()), span: resource.span, key: resource.key })
            }
            _ => found.push(not_an_assignment(context, resource)),
        }
    }
    for (at, term) in terms.iter().enumerate() {
        let (name, value) = term.value;
        let is_same = |it: &&Term| it.value.0 == name;
        let Ok(count) = value.parse::<i64>() else {
            continue;
        };
        let others = terms.iter().take(at).chain(terms.iter().skip(at + 1));
        if let Some(other) = others.clone().find(is_same) {
            let is_first_count = !terms.iter().take(at).any(|it| is_same(&it) && it.value.1.parse::<i64>().is_ok());
            if is_first_count {
                found.push(mixed(term, other));
            }
        } else if count < 0 {
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Load,
                    term.span,
                    say!("Generic resource `{name}` cannot be counted as {count}"),
                )
                .why("The daemon refuses all its settings for a negative count.")
                .help("Write how many there are, 0 or more."),
            );
        }
    }
}

fn not_an_assignment(context: &Context, resource: Setting<&str>) -> Diagnostic {
    let text = resource.value;
    let message = match text {
        "" => say!("`node-generic-resources` holds an empty resource"),
        _ => say!("Generic resource `{text}` is not `name=value`"),
    };
    Diagnostic::error(ID, Stage::Load, resource.span, message)
        .why("The daemon refuses all its settings for a resource without exactly one `=`.")
        .help("Write `name=number`, or `name=value` for each one.")
        .explained(|diagnostic| {
            let fix = (!text.is_empty() && !text.contains('=')).then(|| {
                let value = say!("{text}=1");
                Fix::choice(say!("Write `{value}`"), context.replace(resource.span, value.as_str()))
            });
            diagnostic.fix(fix)
        })
        .fix(Fix::choice("Remove it", context.remove(resource.span)))
}

fn mixed(term: &Term, other: &Term) -> Diagnostic {
    let (name, value) = term.value;
    Diagnostic::error(
        ID,
        Stage::Load,
        term.span,
        say!("Generic resource `{name}` is counted as {value} and listed a second time"),
    )
    .related(other.span, "the same resource")
    .why("A resource is either counted once, or named several times with values that are not numbers.")
    .help(say!("Write `{name}=` with the number of them once, or a name such as `{name}=a` for each."))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn counts_once_or_names_each() {
        for (text, expected) in [
            (r#"["gpu"]"#, &["error generic-resource-malformed 27..32"][..]),
            (r#"["gpu=1=2"]"#, &["error generic-resource-malformed 27..36"]),
            (r#"[null]"#, &["error generic-resource-malformed 27..31"]),
            (r#"["gpu=-1"]"#, &["error generic-resource-malformed 27..35"]),
            (r#"["gpu=1", "gpu=2"]"#, &["error generic-resource-malformed 27..34"]),
            (r#"["gpu=a", " gpu = 2 "]"#, &["error generic-resource-malformed 36..47"]),
            (r#"["gpu=a", "gpu=b", "ssd=3"]"#, &[]),
            (r#"["gpu=99999999999999999999", "gpu=b"]"#, &[]), // beyond 64 bits it is a name
            (r#"["gpu="]"#, &[]),
        ] {
            let text = format!(r#"{{"node-generic-resources":{text}}}"#);
            assert_found(&text, ID, expected);
        }
    }
}
