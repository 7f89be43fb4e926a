//! How does a link stand in a README, or in a forum?

/// The page's badge, beside the page.
const BADGE: &str = "badge.svg";

/// Returns a picture in Markdown that opens a link of this page.
pub fn badge(page: &str, link: &str) -> String {
    let page = page.split(['?', '#']).next().unwrap_or_default();
    let folder = page.rsplit_once('/').map_or("", |it| it.0);
    let (folder, link) = (destination(folder), destination(link));
    [
        "[![Open in Drydock](",
        &folder,
        "/",
        BADGE,
        ")](",
        &link,
        ")",
    ]
    .concat()
}

/// Returns a text in Markdown as code, and the link to it.
pub fn forum(text: &str, link: &str) -> String {
    let fence = fence(text);
    let end = if text.ends_with('\n') || text.is_empty() {
        ""
    } else {
        "\n"
    };
    let link = destination(link);
    [
        &fence,
        "json\n",
        text,
        end,
        &fence,
        "\n\n[Open in Drydock](",
        &link,
        ")\n",
    ]
    .concat()
}

/// Backticks that end no earlier than the text: more than any run within it, and at least three.
fn fence(text: &str) -> String {
    let runs = text.split(|it| it != '`').map(str::len);
    "`".repeat(runs.max().map_or(3, |it| (it + 1).max(3)))
}

/// An address as Markdown takes it between parentheses.
fn destination(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            ' ' => escaped.push_str("%20"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_opens_the_link() {
        for (page, link, expected) in [
            (
                "https://example.com/",
                "https://example.com/#v1a",
                "[![Open in Drydock](https://example.com/badge.svg)](https://example.com/#v1a)",
            ),
            (
                "https://example.com/a/index.html?b=/c",
                "https://example.com/a/index.html?b=/c#v1a",
                "[![Open in Drydock](https://example.com/a/badge.svg)](https://example.com/a/index.html?b=/c#v1a)",
            ),
            (
                "file:///a(b)/",
                "file:///a(b)/#v1a",
                "[![Open in Drydock](file:///a%28b%29/badge.svg)](file:///a%28b%29/#v1a)",
            ),
        ] {
            assert_eq!(badge(page, link), expected);
        }
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        for (text, expected) in [
            ("{}\n", "```json\n{}\n```\n\n[Open in Drydock](l)\n"),
            ("{}", "```json\n{}\n```\n\n[Open in Drydock](l)\n"),
            ("", "```json\n```\n\n[Open in Drydock](l)\n"),
            (
                "// ```\n",
                "````json\n// ```\n````\n\n[Open in Drydock](l)\n",
            ),
            (
                "`````",
                "``````json\n`````\n``````\n\n[Open in Drydock](l)\n",
            ),
        ] {
            assert_eq!(forum(text, "l"), expected);
        }
    }
}
