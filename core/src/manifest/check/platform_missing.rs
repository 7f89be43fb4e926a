//! The list of manifests has none for the platform that was chosen.

use super::{Context, Diagnostic, Found, ProblemKind};

rule! {
    /// The list of manifests has none for the platform that was chosen.
    ///
    /// ## Why it matters
    /// The registry would answer that there is no such image.
    ///
    /// ## What to do
    /// Choose one of those that are there: operating system, architecture, and sometimes a variant, as `linux/arm/v7`.
    ///
    /// ## Example
    /// With `windows/amd64` as *Platform*:
    /// ```json
    /// { "manifests": [] }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `image-index.md`, `platform`
    "platform-missing", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::NoPlatform(platform, there) = problem {
            let there: Vec<String> = there.iter().map(|it| format!("`{it}`")).collect();
            let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
            found.push(
                Diagnostic::warning(ID, span, format!("There is no manifest for `{platform}`"))
                    .why("The registry has no such image.")
                    .help(format!("Choose one that is there: {there}.")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::{Choices, check::tests::*};

    #[test]
    fn the_platform_is_there() {
        let entry = |platform: &str| {
            let (os, architecture) = platform.split_once('/').expect("two parts");
            let (architecture, variant) = architecture.split_once('/').unwrap_or((architecture, ""));
            let variant = if variant.is_empty() { String::new() } else { format!(r#", "variant": "{variant}""#) };
            format!(
                r#"{{ "digest": "{DIGEST}", "platform": {{ "os": "{os}", "architecture": "{architecture}"{variant} }} }}"#
            )
        };
        let text = format!(r#"{{ "manifests": [{}, {}] }}"#, entry("linux/amd64"), entry("linux/arm64/v8"));
        for (platform, expected) in [
            ("linux/amd64", 0),
            ("linux/arm64", 0),
            ("linux/arm64/v8", 0),
            ("linux/arm", 1),
            ("windows/amd64", 1),
            ("", 0),
        ] {
            let choices = Choices { platform: platform.to_owned(), ..Choices::default() };
            let found = diagnose_with(&text, &choices).iter().filter(|it| it.rule == ID).count();
            assert_eq!(found, expected, "{platform}");
        }
    }
}
