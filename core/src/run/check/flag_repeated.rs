//! A flag, a variable or a label that comes twice.

use std::collections::BTreeMap;

use super::{Context, Found};
use crate::{
    containers::flags::Takes,
    rule::diagnostic::{Diagnostic, Fix},
    run::{Set, flags},
};

rule! {
    /// A flag, a variable or a label that comes twice.
    ///
    /// ## Why it matters
    /// The last one counts, and the others are lost without a word.
    ///
    /// ## What to do
    /// Take out the one that is not meant.
    ///
    /// ## Example
    /// ```sh
    /// docker run --name web -e LEVEL=info -e LEVEL=debug --name site nginx:1.27
    /// ```
    ///
    /// ## Source
    /// spf13/pflag `string.go`, `Set`; docker/cli `opts/parse.go`, `ConvertKVStringsToMap`
    "flag-repeated", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        let mut seen: BTreeMap<String, &Set> = BTreeMap::new();
        for set in run.sets.iter().rev() {
            let takes = flags::find(set.name).map(|it| it.takes);
            let value = set.value.as_ref().map_or("", |it| it.value.as_str());
            let name = value.split('=').next().unwrap_or_default();
            let what = match (set.name, takes) {
                ("env", _) => format!("Variable `{name}`"),
                ("label", _) => format!("Label `{name}`"),
                (_, Some(Takes::One)) => format!("`--{}`", set.name),
                _ => continue,
            };
            match seen.get(&what) {
                Some(last) => found.push(
                    Diagnostic::warning(ID, set.whole, format!("{what} comes again"))
                        .related(last.whole, "counts")
                        .why("The last one counts, and the others are lost without a word.")
                        .help("Take out the one that is not meant.")
                        .fix(Fix::choice("Remove this one", context.without(set))),
                ),
                None => {
                    seen.insert(what, set);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_comes_twice() {
        for (text, expected) in [
            ("docker run --name aa --name bb x:1", &["warning --name aa"][..]),
            ("docker run -e A=1 -e B=1 -e A=2 x:1", &["warning -e A=1"]),
            ("docker run -l a=1 --label a=2 x:1", &["warning -l a=1"]),
            ("docker run -m 1g --memory 2g x:1", &["warning -m 1g"]),
            ("docker run -p 80:80 -p 81:81 -d -d x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run -e A=1 -e A=2 x:1", ID, "docker run -e A=2 x:1");
    }
}
