//! What has changed since.

use drydock::daemon::print::Printed;
use yew::prelude::*;

use super::{icon::icon, result::line, words};
use crate::{
    code,
    compare::{Line, compare},
};

/// The lines that differ, and the ones around them.
pub fn comparison(before: &Printed, after: &Printed) -> Html {
    let lines = compare(&before.text, &after.text);
    if lines.is_empty() {
        return html! {
            <div class="quiet">{icon("result")}<p>{"Nothing has changed since."}</p></div>
        };
    }
    let earlier = code::lines(&before.text, &before.spans);
    let later = code::lines(&after.text, &after.spans);
    let pieces = |lines: &[Vec<code::Piece>], index: usize| lines.get(index).map(|it| line(it));
    html! {
        <pre class="code">
            { for lines.iter().map(|it| {
                let (side, content) = match *it {
                    Line::Same(index) => ("same", pieces(&later, index)),
                    Line::Added(index) => ("added", pieces(&later, index)),
                    Line::Removed(index) => ("removed", pieces(&earlier, index)),
                    Line::Skipped(count) => ("skipped", Some(html! { {["⋯ ", &words::counted(count, "line"), "\n"].concat()} })),
                };
                html! { <span class="line" data-side={side}>{content}</span> }
            }) }
        </pre>
    }
}
