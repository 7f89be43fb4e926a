//! Less memory and swap together than memory alone.

use super::{Context, Found, refused};
use crate::run::value;

rule! {
    /// Less memory and swap together than memory alone.
    ///
    /// ## Why it matters
    /// `--memory-swap` is the sum of the two. Docker refuses one that is less than `--memory`, and one without
    /// `--memory`.
    ///
    /// ## What to do
    /// Give the sum, or `-1` for swap without limit.
    ///
    /// ## Example
    /// ```sh
    /// docker run --memory 1g --memory-swap 512m nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyPlatformContainerResources`: "Minimum memoryswap limit should be larger
    /// than memory limit"
    "memory-swap-below-memory", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        let amount = |name: &str| {
            let value = run.last(name)?.value.as_ref()?;
            Some((value::amount(&value.value).ok()?, value))
        };
        let memory = amount("memory").filter(|it| it.0 > 0);
        let Some((swap, written)) = amount("memory-swap").filter(|it| it.0 > 0) else { continue };
        let it = match memory {
            Some((bytes, of)) if swap < bytes => {
                refused(ID, written.span, format!("`{}` is less than the memory alone", written.value))
                    .related(of.span, "the memory")
                    .help(format!("Give the sum of memory and swap; `{}` for no swap at all.", of.value))
            }
            None if run.last("memory").is_none() => {
                refused(ID, written.span, "`--memory-swap` counts only with `--memory`")
                    .help("Say how much memory, too.")
            }
            _ => continue,
        };
        found.push(it.why("`--memory-swap` is memory and swap together."));
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_sums_that_are_too_small() {
        for (text, expected) in [
            ("docker run -m 1g --memory-swap 512m x:1", &["error 512m"][..]),
            ("docker run --memory-swap 512m x:1", &["error 512m"]),
            ("docker run -m 1g --memory-swap 1g x:1", &[]),
            ("docker run -m 1g --memory-swap -1 x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
