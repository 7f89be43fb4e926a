//! A key that no Compose file has.

use super::{Context, Diagnostic, Fix, Stage};
use crate::compose::schema;

rule! {
    /// A key that no Compose file has.
    ///
    /// ## Why it matters
    /// Compose refuses the file. Keys of your own begin with `x-`.
    ///
    /// ## What to do
    /// Correct the spelling, or take the key out.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     enviroment: { A: "1" }
    /// ```
    ///
    /// ## Source
    /// compose-go `schema/compose-spec.json`: `additionalProperties` is false
    "key-unknown", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for written in context.keys.iter().filter(|it| it.key.is_none()) {
        let name = &written.member.key;
        let span = written.member.key_span;
        let rows = schema::at(&written.place);
        if name == "<<" || span.start == span.end {
            continue;
        }
        let place = match written.place.as_str() {
            "" => "at the top of a Compose file".to_owned(),
            "services.*" => "of a service".to_owned(),
            place => {
                let inner = place.trim_end_matches("[]").trim_end_matches(".*");
                format!("of `{}`", inner.rsplit('.').next().unwrap_or(inner))
            }
        };
        let diagnostic = Diagnostic::error(ID, Stage::Load, span, format!("`{name}` is no key {place}"))
            .why("Compose refuses a file with a key that it does not know. Keys of your own begin with `x-`.");
        let meant = context.meant(name, rows.iter().map(|it| it.name));
        found.push(match meant {
            Some(meant) => diagnostic
                .help(format!("`{meant}` was likely meant."))
                .fix(Fix::choice(format!("Rename to `{meant}`"), context.rename(span, meant))),
            None => diagnostic
                .help("Take it out, or give it a name that begins with `x-`.")
                .fix(Fix::choice(format!("Remove `{name}`"), context.without(written.member.span()))),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn keys_are_those_of_the_specification() {
        assert_flags(
            "services: {a: {imag: x, x-y: 1, ports: [{target: 1, publish: 2}]}}\nfoo: 1\nx-a: 1\n",
            super::ID,
            &["error imag", "error publish", "error foo"],
        );
        assert_flags("web: {image: x, links: [db]}\ndb: {image: y}\n", super::ID, &[]);
        assert_flags(
            "services: {a: {environment: {X: 1}, ulimits: {nofile: {soft: 1}}, networks: {n: {aliases: [b]}}}}\n",
            super::ID,
            &[],
        );
        assert_first_fix(
            "services: {a: {enviroment: {}}}\n",
            super::ID,
            "Rename to `environment`",
            "services: {a: {environment: {}}}\n",
        );
        assert_first_fix(
            "services:\n  a:\n    colour: red # x\n    image: y\n",
            super::ID,
            "Remove `colour`",
            "services:\n  a:\n    image: y\n",
        );
    }
}
