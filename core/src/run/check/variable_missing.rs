//! A variable that the text does not set.

use super::{Context, Found};
use crate::rule::diagnostic::Diagnostic;

rule! {
    /// A variable that the text does not set.
    ///
    /// ## Why it matters
    /// What it stands for is known to the shell of whoever types the command, and to no module. A placeholder stands in
    /// its place.
    ///
    /// ## What to do
    /// Give the value, or set it in the text before: `VERSION=1.2`.
    ///
    /// ## Example
    /// ```sh
    /// docker run nginx:$VERSION
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.6.2
    "variable-missing", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for missing in &context.project.missing {
        let (name, placeholder) = (&missing.name, &missing.placeholder);
        let (message, help) = match name.as_str() {
            "PWD" => (
                format!("The directory is not known: `{placeholder}` stands for it"),
                "Choose the directory in which the command is meant to be typed.",
            ),
            "HOME" | "USER" => (
                format!("Whose it is, is not known: `{placeholder}` stands for it"),
                "Write the whole path. A service of the system is nobody's.",
            ),
            "id -u" | "id -g" | "UID" | "GID" => (
                format!("Whose number it is, is not known: {placeholder} stands for it"),
                "Write the number of the user, or of the group, that the files belong to.",
            ),
            _ => (
                format!("`{name}` is not known: `{placeholder}` stands for it"),
                "Give its value, or set it in the text before the command.",
            ),
        };
        found.push(
            Diagnostic::warning(ID, missing.span, message)
                .why("Only the shell of whoever types the command knows it.")
                .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_is_not_known() {
        for (text, expected) in [
            ("docker run x:$V", &["warning $V"][..]),
            ("docker run -v $(pwd)/a:/a x:1", &["warning $(pwd)"]),
            ("docker run -v ./a:/a x:1", &["warning ./a:/a"]),
            ("V=1\ndocker run x:$V", &[]),
            ("docker run x:${V:-1}", &[]),
            ("echo $V", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
