//! Two labels with one key and different values.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::text::order;

rule! {
    /// Two labels with one key and different values.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file because of it. The same label twice is fine.
    ///
    /// ## What to do
    /// Keep one of them.
    ///
    /// ## Example
    /// ```json
    /// { "labels": ["disk=ssd", "disk=hdd"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `GetConflictFreeLabels`
    "labels-contradict", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let mut labels: Vec<_> = context
        .settings
        .texts("labels")
        .into_iter()
        .filter_map(|it| it.filter_map(|label| label.split_once('=')))
        .collect();
    order::sort(&mut labels, |a, b| a.value.0.cmp(b.value.0));
    let of_one_key = labels.chunk_by(|a, b| a.value.0 == b.value.0);
    let contradictions = of_one_key.flat_map(|labels| {
        let (first, others) = labels.split_first().unzip();
        let others = others.unwrap_or_default().iter();
        let first = first.copied();
        others.filter_map(move |it| Some((first?, it)).filter(|(first, it)| first.value != it.value))
    });
    for (earlier, label) in contradictions {
        let (key, value) = label.value;
        found.push(
            Diagnostic::error(
                ID,
                Stage::Load,
                label.span,
                say!("Label `{key}` has two values, `{}` and `{value}`", earlier.value.1),
            )
            .related(earlier.span, "the other value")
            .why("The daemon refuses all its settings when one label has two values.")
            .help("Keep one of them.")
            .fix(Fix::choice(say!("Remove `{key}={value}`"), context.remove(label.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_the_later_of_two() {
        for (text, expected) in [
            (r#"{"labels": ["k=a", "k=b"]}"#, &["error labels-contradict 19..24"][..]),
            (r#"{"labels": ["k=a", "k=a"]}"#, &[]),
            (r#"{"labels": ["K=a", "k=b"]}"#, &[]), // keys keep their letter case
            (r#"{"labels": ["k=a=b", "k=a"]}"#, &["error labels-contradict 21..26"]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
