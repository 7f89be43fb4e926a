//! EXPOSE of two ports.

use super::{Context, Diagnostic, Edits, Fix, Found};

rule! {
    /// EXPOSE of two ports.
    ///
    /// ## Why it matters
    /// EXPOSE says where the program listens in the container. Which port of the machine leads there is said when it runs.
    ///
    /// ## What to do
    /// Write the port of the container alone, and publish it with `--publish 80:80`.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM nginx:1.27
    /// EXPOSE 80:80
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *EXPOSE*; docs.docker.com *Build checks*, `ExposeInvalidFormat`
    "expose-with-host-port", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("EXPOSE") {
        for word in it.words.iter().filter(|it| it.text.contains(':') && !it.text.contains('$')) {
            let inner = word.text.rsplit(':').next().unwrap_or_default();
            found.push(
                Diagnostic::warning(ID, word.span, format!("EXPOSE takes the port of the container alone, `{inner}`"))
                    .why("A port of the machine does nothing here, and newer versions refuse it.")
                    .help("Publish it when the container runs: `docker run --publish 80:80`.")
                    .fix(Fix::safe(format!("Write `{inner}`"), Edits::replace(word.span, inner))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in
            [("FROM a:1\nEXPOSE 80:80 443\n", &["warning 80:80"][..]), ("FROM a:1\nEXPOSE 80/tcp ${PORT:-80}\n", &[])]
        {
            assert_found(text, ID, expected);
        }
    }
}
