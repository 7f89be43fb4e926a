//! Sentences with `code` in them, and the little Markdown that rules and options are documented in.

use drydock::{daemon::network::Count, docker::source};
use yew::prelude::*;

use crate::route::Route;

/// A line of text whose parts in backticks are code, or the address of a page.
pub fn inline(text: &str) -> Html {
    text.split('`')
        .enumerate()
        .map(|(index, part)| match index % 2 {
            0 => html! { {part} },
            _ if part.starts_with("#/") => {
                html! { <a href={part.to_owned()}>{Route::of(part).name().to_owned()}</a> }
            }
            _ => html! { <code>{part}</code> },
        })
        .collect()
}

/// A line about sources: the files of moby lead to where they can be read.
fn sources(line: &str) -> Html {
    source::parts(line)
        .into_iter()
        .map(|part| match part.is_code {
            true => file(part.text, part.address),
            false => html! { {part.text} },
        })
        .collect()
}

/// The name of a file, with the way to it.
pub fn file(name: &str, address: Option<String>) -> Html {
    let name = html! { <code>{name.to_owned()}</code> };
    match address {
        Some(address) => html! { <a href={address} rel="noopener" target="_blank">{name}</a> },
        None => name,
    }
}

/// Paragraphs, `## headings`, `- lists` and fenced code.
pub fn blocks(markdown: &str) -> Html {
    let mut blocks: Vec<Html> = Vec::new();
    let mut is_source = false;
    let mut lines = markdown.lines().map(trim_one).peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|it| !it.starts_with("```")).collect();
            blocks.push(html! { <pre tabindex="0"><code>{code.join("\n")}</code></pre> });
        } else if let Some(heading) = line.strip_prefix("## ") {
            is_source = heading == "Source";
            blocks.push(html! { <h2>{inline(heading)}</h2> });
        } else if line.starts_with("- ") {
            let mut items = vec![line.trim_start_matches("- ").to_owned()];
            while let Some(next) = lines.next_if(|it| !it.is_empty() && !it.starts_with('#')) {
                match next.strip_prefix("- ") {
                    Some(item) => items.push(item.to_owned()),
                    None => continue_line(items.last_mut(), next),
                }
            }
            let items = items.iter().map(|it| html! { <li>{inline(it)}</li> });
            blocks.push(html! { <ul>{for items}</ul> });
        } else if !line.is_empty() {
            let mut paragraph = line.to_owned();
            let goes_on =
                |it: &&str| !it.is_empty() && !it.starts_with('#') && !it.starts_with("```") && !it.starts_with("- ");
            while let Some(next) = lines.next_if(goes_on) {
                continue_line(Some(&mut paragraph), next);
            }
            let words = if is_source { sources } else { inline };
            blocks.push(html! { <p>{words(&paragraph)}</p> });
        }
    }
    blocks.into_iter().collect()
}

/// Doc comments come with the space that follows their slashes.
fn trim_one(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line).trim_end()
}

fn continue_line(line: Option<&mut String>, next: &str) {
    if let Some(line) = line {
        line.push(' ');
        line.push_str(next.trim_start());
    }
}

/// "1 error", "2 errors".
pub fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    [&thousands(count), " ", one, plural].concat()
}

/// Digits in groups of three: 4,096.
pub fn thousands(number: usize) -> String {
    Count::from(number as u128).to_string()
}

/// A default of the table, which is JSON or words.
pub fn default_value(default: &'static str) -> Html {
    let is_words = default.contains(' ') && !default.starts_with(['"', '[', '{']);
    match is_words {
        true => inline(default),
        false => html! { <code>{default}</code> },
    }
}
