//! No image.

use super::{Context, Found, refused};
use crate::run::problem::ProblemKind;

rule! {
    /// No image.
    ///
    /// ## Why it matters
    /// The program does not know what to run. Often a `\` is missing on the line before the image, or a flag took the
    /// image for its value.
    ///
    /// ## What to do
    /// Add the image behind the flags.
    ///
    /// ## Example
    /// ```sh
    /// docker run -d --name web
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/run.go`, `RequiresMinArgs`
    "image-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if problem.kind == ProblemKind::ImageMissing {
            let run = context.reading.runs.iter().find(|it| it.call == problem.span);
            let taken = run.and_then(|it| it.sets.last()).and_then(|it| Some((it, it.value.as_ref()?)));
            let it = refused(ID, problem.span, "The command names no image")
                .why("Without an image there is nothing to run.")
                .help("Add the image behind the flags.");
            found.push(match taken {
                Some((set, value)) => it.related(value.span, format!("was taken for the value of `--{}`", set.name)),
                None => it,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_commands_without_image() {
        assert_found("docker run -d --name web", ID, &["error docker run"]);
        assert_found("docker run -d --name nginx", ID, &["error docker run"]);
        assert_found("docker run -d nginx", ID, &[]);
    }
}
