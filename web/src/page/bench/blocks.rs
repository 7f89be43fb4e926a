//! How a block of a bench is drawn.

use drydock::bench::{Block, Line};
use yew::prelude::*;

use crate::{
    offsets::Offsets,
    page::{
        desk::Desk,
        icon::{icon, severity_name, severity_shape},
        words,
    },
};

/// A panel beside the result.
pub fn panel(title: &'static str, shown: &[Block], offsets: &Offsets, desk: &Desk) -> Html {
    let drawn = match shown.is_empty() {
        true => {
            html! { <div class="quiet">{icon("result")}<p>{"What becomes of each part of the text is listed here."}</p></div> }
        }
        false => shown.iter().map(|it| block(it, offsets, desk)).collect(),
    };
    html! {
        <>
            <div class="panel__bar"><h2 class="panel__title">{title}</h2></div>
            <div class="panel__body" id="space-panel" tabindex="0" role="region" aria-label={title}>{drawn}</div>
        </>
    }
}

fn block(block: &Block, offsets: &Offsets, desk: &Desk) -> Html {
    match block {
        Block::Lead(words) => html! { <p class="blocks__lead">{words::inline(words)}</p> },
        Block::Heading(words) => html! { <h3 class="blocks__heading">{words::inline(words)}</h3> },
        Block::Lines(lines) => html! { <ul class="told">{ for lines.iter().map(|it| line(it, offsets, desk)) }</ul> },
    }
}

fn line(line: &Line, offsets: &Offsets, desk: &Desk) -> Html {
    let place = line.span.map(|span| {
        let number = offsets.line(span.start).to_string();
        let onclick = desk.reveal.reform(move |_: MouseEvent| span);
        html! {
            <button class="problem__line" type="button" {onclick} aria-label={["Go to line ", &number].concat()}>{number.clone()}</button>
        }
    });
    html! {
        <li class="told__line" data-severity={severity_name(line.severity)}>
            { severity_shape(line.severity) }
            <div class="told__words">
                <code class="told__what">{&line.what}</code>{" "}<span class="told__fate">{&line.word}</span>
                if !line.how.is_empty() {
                    <p class="told__how">{words::inline(&line.how)}</p>
                }
            </div>
            { for place }
        </li>
    }
}
