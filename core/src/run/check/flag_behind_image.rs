//! What looks like a flag, behind the image.

use super::{Context, Found};
use crate::{
    containers::flags::Takes,
    rule::diagnostic::{Diagnostic, Fix},
    run::flags,
    text::{Edits, Span, TextEdit},
};

rule! {
    /// What looks like a flag, behind the image.
    ///
    /// ## Why it matters
    /// Everything behind the image is for the program in the container: Docker does not look at it.
    ///
    /// ## What to do
    /// Put the flag before the image.
    ///
    /// ## Example
    /// ```sh
    /// docker run nginx:1.27 -p 8080:80
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/run.go`, `SetInterspersed(false)`
    "flag-behind-image", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        let Some(image) = &run.image else { continue };
        // Behind a word that is none, flags are those of a program.
        if let Some(word) = run.words.first()
            && let Some(takes) = takes(&word.value)
        {
            let value = run.words.get(1).filter(|_| takes != Takes::Switch && !word.value.contains('='));
            let whole = value.map_or(word.span, |it| word.span.to(it.span));
            let moved = Edits::of(vec![
                TextEdit { span: Span::empty(image.span.start), text: format!("{} ", context.written(whole)) },
                TextEdit { span: Span::new(image.span.end, whole.end), text: String::new() },
            ]);
            let fix = Fix::choice("Put it before the image", moved);
            found.push(
                Diagnostic::hint(ID, word.span, format!("`{}` goes to the program in the container", word.value))
                    .related(image.span, "ends the flags")
                    .why(format!(
                        "Everything behind the image is its command, which {} does not look at.",
                        run.cli.title()
                    ))
                    .help("Put it before the image, if it is meant for the container.")
                    .fix(fix),
            );
        }
    }
}

/// What a word takes that is a flag of `docker run`, and likely not one of the program.
fn takes(word: &str) -> Option<Takes> {
    let name = match word.strip_prefix("--") {
        Some(long) => long.split('=').next().unwrap_or_default(),
        // Programs have letters of their own; these are rarely theirs when nothing stands before.
        None if matches!(word, "-p" | "-d" | "-v" | "-e") => flags::of_letter(word.chars().nth(1)?)?,
        None => return None,
    };
    let is_ours = matches!(
        name,
        "publish"
            | "detach"
            | "volume"
            | "env"
            | "env-file"
            | "restart"
            | "network"
            | "net"
            | "rm"
            | "mount"
            | "cap-add"
            | "privileged"
            | "device"
            | "gpus"
            | "shm-size"
    );
    flags::find(name).filter(|_| is_ours).map(|it| it.takes)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_came_too_late() {
        for (text, expected) in [
            ("docker run nginx:1 -p 80:80", &["hint -p"][..]),
            ("docker run nginx:1 --restart always", &["hint --restart"]),
            ("docker run -p 80:80 nginx:1", &[]),
            ("docker run x:1 serve --port 80", &[]),
            ("docker run x:1 sh -c 'a -p b'", &[]),
            ("docker run x:1 --config /x", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run nginx:1 -p 80:80", ID, "docker run -p 80:80 nginx:1");
    }
}
