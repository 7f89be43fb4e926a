//! Two containers of one name.

use std::collections::BTreeMap;

use super::{Context, Found, refused};
use crate::text::Span;

rule! {
    /// Two containers of one name.
    ///
    /// ## Why it matters
    /// Docker refuses the second: "The container name is already in use". On NixOS both would be one unit.
    ///
    /// ## What to do
    /// Give one of them another name.
    ///
    /// ## Example
    /// ```sh
    /// docker run --name web nginx:1.27
    /// docker run --name web caddy:2.8
    /// ```
    ///
    /// ## Source
    /// moby `daemon/names.go`, `reserveName`
    "container-name-taken", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    for (container, _) in context.runs() {
        let Some(name) = container.container_name.as_ref().filter(|it| !it.value.contains('@')) else { continue };
        let bare = name.value.strip_prefix('/').unwrap_or(&name.value);
        match taken.get(bare) {
            Some(first) => found.push(
                refused(ID, name.span, format!("Another container is called `{bare}` already"))
                    .related(*first, "has the name")
                    .why("A name belongs to one container, and on NixOS to one unit.")
                    .help("Give one of them another name."),
            ),
            None => {
                taken.insert(bare, name.span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_names_that_are_taken() {
        assert_found("docker run --name aa x:1\ndocker run --name aa y:1", ID, &["error aa"]);
        assert_found("docker run --name aa x:1\ndocker run --name bb x:1", ID, &[]);
        assert_found("docker run x:1\ndocker run x:1", ID, &[]);
    }
}
