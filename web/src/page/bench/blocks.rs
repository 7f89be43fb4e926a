//! How a block of a bench is drawn.

use drydock::bench::{Block, File, Line, Panel};
use yew::prelude::*;

use super::pictures::{Picture, Pictured};
use crate::{
    code::lines,
    offsets::Offsets,
    page::{
        copy::Copy,
        desk::Desk,
        editing::save,
        icon::{icon, severity_name, severity_shape},
        rest::Rest,
        steps,
        tabs::tabs,
        words,
    },
    store::Action,
};

/// What is around the blocks of a panel.
pub struct Around<'a> {
    /// Where lines of the text are.
    pub offsets: &'a Offsets,
    /// The ways to touch the text.
    pub desk: &'a Desk,
    /// The rest of the page, which has the pictures.
    pub rest: &'a Rest,
    /// Whether the map shows the known networks.
    pub shows_known: bool,
}

/// The panels beside the result, of which one is shown.
pub fn panels(all: &'static [Panel], chosen: usize, shown: &[Block], around: &Around) -> Html {
    let title = all.get(chosen).map_or("", |it| it.title);
    let titles: Vec<(usize, &'static str, &'static str)> =
        all.iter().enumerate().map(|(at, it)| (at, it.title, "space-panel")).collect();
    let dispatch = around.desk.dispatch.clone();
    let choose = Callback::from(move |at| dispatch.dispatch(Action::Panel(at)));
    html! {
        <>
            <div class="panel__bar">
                { tabs("Beside the result", &titles, chosen, &choose) }
            </div>
            <div class="panel__body" id="space-panel" tabindex="0" role="tabpanel" aria-label={title}>{ blocks(shown, around) }</div>
        </>
    }
}

/// A panel by itself.
pub fn panel(title: &'static str, shown: &[Block], around: &Around) -> Html {
    html! {
        <>
            <div class="panel__bar"><h2 class="panel__title">{title}</h2></div>
            <div class="panel__body" tabindex="0" role="group" aria-label={title}>{ blocks(shown, around) }</div>
        </>
    }
}

fn blocks(shown: &[Block], around: &Around) -> Html {
    match shown.is_empty() {
        true => {
            html! { <div class="quiet">{icon("result")}<p>{"What becomes of the text is told here."}</p></div> }
        }
        false => shown.iter().map(|it| block(it, around)).collect(),
    }
}

/// A block.
pub fn block(block: &Block, around: &Around) -> Html {
    let Around { offsets, desk, rest, shows_known } = around;
    let picture =
        |picture| rest.draw(|it| (it.picture)(&Pictured { picture, shows_known: *shows_known, desk: (*desk).clone() }));
    match block {
        Block::Map(items) => picture(Picture::Map(items.clone())),
        Block::Graph(graph) => picture(Picture::Graph(graph.clone())),
        Block::Lead(words) => html! { <p class="blocks__lead">{words::inline(words)}</p> },
        Block::Heading(words) => html! { <h3 class="blocks__heading">{words::inline(words)}</h3> },
        Block::Lines(lines) => html! { <ul class="told">{ for lines.iter().map(|it| line(it, offsets, desk)) }</ul> },
        Block::Steps(all) => steps::list(all.iter().map(|it| (&*it.title, &*it.explanation, &*it.lines))),
        Block::File(it) => file(it),
    }
}

/// A file to copy or to save.
fn file(file: &File) -> Html {
    let onclick = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| save(file.last_name(), &file.text))
    };
    html! {
        <figure class="file">
            <figcaption class="file__bar">
                <code class="file__name">{&file.name}</code>
                <Copy text={file.text.clone()} label={["Copy ", &file.name].concat()} words="Copy" />
                <button class="button" type="button" aria-label={["Save ", &file.name].concat()} {onclick}>
                    {icon("save")}<span class="button__words">{"Save"}</span>
                </button>
            </figcaption>
            <pre class="file__text" tabindex="0"><code>
                { for lines(&file.text, &file.spans()).into_iter().map(|pieces| html! {
                    <>{ for pieces.into_iter().map(|it| html! { <span class={it.class}>{it.text.to_owned()}</span> }) }{"\n"}</>
                }) }
            </code></pre>
        </figure>
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
                <span class="told__fate">{&line.word}</span>{" "}<code class="told__what">{&line.what}</code>
                if !line.how.is_empty() {
                    <p class="told__how">{words::inline(&line.how)}</p>
                }
            </div>
            { for place }
        </li>
    }
}
