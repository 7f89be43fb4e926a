//! How is a configuration shown in a README, in a forum, or in documentation?

/// The page's badge, beside the page.
const BADGE: &str = "badge.svg";

/// The script of embeds, beside the page.
const LOADER: &str = "drydock.js";

/// Returns a picture in Markdown that opens a link of this page.
pub fn badge(page: &str, link: &str) -> String {
    let (folder, link) = (destination(folder(page)), destination(link));
    ["[![Open in Drydock](", &folder, "/", BADGE, ")](", &link, ")"].concat()
}

/// Returns a text in Markdown as code of a language, and a link below it.
pub fn forum(language: &str, text: &str, link: &str) -> String {
    let fence = fence(text);
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    let link = destination(link);
    [&fence, language, "\n", text, end, &fence, "\n\n[Open in Drydock](", &link, ")\n"].concat()
}

/// Returns a text of a language in HTML as an editor that Drydock checks, with attributes such as `engine="28.5"`; empty ones are left out.
pub fn embed(page: &str, language: &str, text: &str, attributes: &[(&str, &str)]) -> String {
    let mut html =
        [r#"<script type="module" src=""#, &escaped(folder(page)), "/", LOADER, "\"></script>\n<drydock-editor"]
            .concat();
    for (name, value) in attributes.iter().filter(|it| !it.1.is_empty()) {
        for part in [" ", name, "=\"", &escaped(value), "\""] {
            html.push_str(part);
        }
    }
    for part in ["><pre><code class=\"language-", language, "\">", &escaped(text), "</code></pre></drydock-editor>\n"] {
        html.push_str(part);
    }
    html
}

/// The folder of a page, without the `/` at its end.
fn folder(page: &str) -> &str {
    let page = page.split(['?', '#']).next().unwrap_or_default();
    page.rsplit_once('/').map_or("", |it| it.0)
}

/// A text as HTML takes it, in attributes too.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
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
    fn an_embed_holds_the_text_and_is_no_other_html() {
        for (text, attributes, expected) in [
            ("{}", &[][..], "<drydock-editor><pre><code class=\"language-json\">{}<"),
            (
                "{}",
                &[("engine", "28.5.2"), ("nixos", ""), ("target", "a\"b")],
                "<drydock-editor engine=\"28.5.2\" target=\"a&quot;b\"><pre><code class=\"language-json\">{}<",
            ),
            ("</code>&lt;", &[], "<drydock-editor><pre><code class=\"language-json\">&lt;/code&gt;&amp;lt;<"),
        ] {
            let html = embed("https://example.com/a/#v1", "json", text, attributes);
            let script = "<script type=\"module\" src=\"https://example.com/a/drydock.js\"></script>\n";
            assert_eq!(html, [script, expected, "/code></pre></drydock-editor>\n"].concat());
        }
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        for (text, expected) in [
            ("{}\n", "```json\n{}\n```\n\n[Open in Drydock](l)\n"),
            ("{}", "```json\n{}\n```\n\n[Open in Drydock](l)\n"),
            ("", "```json\n```\n\n[Open in Drydock](l)\n"),
            ("// ```\n", "````json\n// ```\n````\n\n[Open in Drydock](l)\n"),
            ("`````", "``````json\n`````\n``````\n\n[Open in Drydock](l)\n"),
        ] {
            assert_eq!(forum("json", text, "l"), expected);
        }
    }
}
