//! Which users are meant, and can they be?

use std::collections::HashSet;

/// A name of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct User {
    pub name: String,
    pub kind: Kind,
}

/// What a name is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `useradd` takes it.
    Plain,
    /// `useradd` takes it only when told to: why, in a sentence.
    Odd(&'static str),
    /// No user has such a name: why, in a sentence.
    Impossible(&'static str),
}

/// The longest name, in bytes: NixOS takes one less than `useradd`.
///
/// Source: shadow `lib/chkname.c`, `login_name_max_size`; nixpkgs `nixos/modules/config/users-groups.nix`, `name`.
const MOST: usize = 31;

/// The names in a text, each once.
pub(super) fn read(text: &str) -> Vec<User> {
    let mut seen = HashSet::new();
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty() && seen.insert(*it));
    names.map(|it| User { name: it.to_owned(), kind: kind(it) }).collect()
}

/// Source: shadow `lib/chkname.c`, `is_valid_name` (lower case letters, digits, `_` and `-`, and `$` at the end; with
/// `--badname` nearly anything); passwd(5) (`:` and line breaks part its fields).
fn kind(name: &str) -> Kind {
    if name.len() > MOST {
        return Kind::Impossible("It is longer than 31 characters.");
    }
    if name.contains([':', '/']) {
        return Kind::Impossible("A name has no `:` and no `/`.");
    }
    let is_hidden = |it: char| {
        it.is_control()
            || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    if name.contains(is_hidden) {
        return Kind::Impossible("It holds characters that nobody sees.");
    }
    if name.starts_with(['-', '+', '~']) || matches!(name, "." | "..") {
        return Kind::Impossible("It begins like an option or a directory.");
    }
    if name.bytes().all(|it| it.is_ascii_digit()) {
        return Kind::Impossible("Digits alone are the number of a user.");
    }
    let body = name.strip_suffix('$').unwrap_or(name);
    let is_first = |it: u8| it.is_ascii_lowercase() || it == b'_';
    let is_plain = body.bytes().next().is_some_and(is_first)
        && body.bytes().all(|it| is_first(it) || it.is_ascii_digit() || it == b'-');
    match is_plain {
        true => Kind::Plain,
        false => Kind::Odd("`useradd` takes lower case letters, digits, `_` and `-`, and this only with `--badname`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_useradd_does() {
        for (name, expected) in [
            ("alice", "plain"),
            ("_www", "plain"),
            ("svc-app_2", "plain"),
            ("host$", "plain"),
            ("Alice", "odd"),
            ("alice.smith", "odd"),
            ("weird name", "odd"),
            ("2fast", "odd"),
            ("älice", "odd"),
            ("a';reboot", "odd"),
            ("${x}", "odd"),
            ("1000", "impossible"),
            ("-rf", "impossible"),
            ("~root", "impossible"),
            ("a:b", "impossible"),
            ("../etc", "impossible"),
            ("a\u{202E}b", "impossible"),
            ("a\nb", "impossible"),
            ("abcdefghijklmnopqrstuvwxyzabcdef", "impossible"),
        ] {
            let said = match kind(name) {
                Kind::Plain => "plain",
                Kind::Odd(_) => "odd",
                Kind::Impossible(_) => "impossible",
            };
            assert_eq!(said, expected, "{name:?}");
        }
    }

    #[test]
    fn lists_are_read_each_name_once() {
        let names = |text: &str| read(text).into_iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names(" alice, bob ,,alice "), ["alice", "bob"]);
        assert_eq!(names(""), [""; 0]);
    }
}
