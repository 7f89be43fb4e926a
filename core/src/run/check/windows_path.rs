//! A path of Windows.

use super::{Context, Found};
use crate::{
    rule::diagnostic::Diagnostic,
    run::{problem::ProblemKind, script::SlipKind},
};

rule! {
    /// A path of Windows.
    ///
    /// ## Why it matters
    /// On NixOS there is no such directory.
    ///
    /// ## What to do
    /// Choose a directory below `/srv` or `/var/lib`.
    ///
    /// ## Example
    /// ```sh
    /// docker run -v C:\Users\me\data:/data nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `internal/volumespec/volumespec.go`, `isWindowsDrive`
    "windows-path", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if problem.kind == ProblemKind::Slip(SlipKind::WindowsPath) {
            found.push(
                Diagnostic::warning(ID, problem.span, "This is a path of Windows")
                    .why("On NixOS there is no such directory, and `\\` does not part directories.")
                    .help("Choose a directory for it, such as one below `/srv` or `/var/lib`."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_paths_of_windows() {
        assert_found("docker run -v C:\\a:/a nginx:1", ID, &["warning C:\\a:/a"]);
        assert_found("docker run -v /c/a:/a nginx:1", ID, &[]);
    }
}
