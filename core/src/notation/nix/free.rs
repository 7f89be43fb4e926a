//! Which names does an expression take from around it?

use super::lex::{Strings, TokenKind, lex};

/// Names that are known everywhere.
///
/// Source: nix `src/libexpr/primops.cc`, the primitive operations without `__`.
const EVERYWHERE: &[&str] = &[
    "abort",
    "baseNameOf",
    "break",
    "builtins",
    "derivation",
    "derivationStrict",
    "dirOf",
    "false",
    "fetchGit",
    "fetchMercurial",
    "fetchTarball",
    "fetchTree",
    "fromTOML",
    "import",
    "isNull",
    "map",
    "null",
    "placeholder",
    "removeAttrs",
    "scopedImport",
    "throw",
    "toString",
    "true",
];

/// Whether a name is known everywhere.
pub(super) fn is_known_everywhere(name: &str) -> bool {
    // The others have names like `__add`, and there are more of them with each release.
    name.starts_with("__") || EVERYWHERE.contains(&name)
}

/// The names that an expression takes from around it, each once; `None` for one that brings names of its own, such as
/// `with pkgs; [ crun ]`, where that is not worked out.
///
/// `pkgs` and `config` for `"${pkgs.crun}/bin/${config.x}"`.
pub(crate) fn names(expression: &str) -> Option<Vec<&str>> {
    use TokenKind as T;
    let tokens = lex(expression, Strings::ByQuotes).tokens;
    let mut names = Vec::new();
    let mut before = None;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map(|it| it.kind);
        match token.kind {
            T::Let | T::With | T::Inherit | T::Rec | T::Colon | T::At | T::Ellipsis | T::SearchPath | T::Stray => {
                return None;
            }
            T::Name if matches!(before, Some(T::Dot | T::Question)) || matches!(next, Some(T::Assign)) => {}
            T::Name => {
                let name = token.span.of(expression);
                // The first of `a.b = 1;` is no name of anything around it either.
                let is_bound = matches!(next, Some(T::Dot)) && matches!(before, Some(T::OpenBrace | T::Semicolon));
                if !is_bound && !is_known_everywhere(name) && !names.contains(&name) {
                    names.push(name);
                }
            }
            _ => {}
        }
        before = Some(token.kind);
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_those_that_nothing_within_gives() {
        for (expression, expected) in [
            ("pkgs.crun", Some(&["pkgs"][..])),
            ("\"${pkgs.crun}/bin/${config.x.pkgs}\"", Some(&["pkgs", "config"])),
            ("lib.optional config.x \"lib2\"", Some(&["lib", "config"])),
            ("{ a = mine; b.c = lib.x; }", Some(&["mine", "lib"])),
            ("config ? a && true", Some(&["config"])),
            ("builtins.toString 1", Some(&[])),
            ("with pkgs; [ crun ]", None),
            ("x: x", None),
            ("let a = 1; in a", None),
        ] {
            assert_eq!(names(expression).as_deref(), expected, "{expression}");
        }
    }
}
