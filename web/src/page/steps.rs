//! How to put the result in place.

use yew::prelude::*;

use super::{copy::Copy, examined::Examined, result::Aim, words};

/// The steps, with their commands to copy.
pub fn steps(target: Aim, examined: &Examined) -> Html {
    let steps = target.steps(&examined.request, &examined.report);
    list(steps.iter().map(|it| (it.title, &*it.explanation, &*it.lines)))
}

/// Steps: what to do, more about it, and lines to copy.
pub fn list<'a>(steps: impl Iterator<Item = (&'a str, &'a str, &'a [String])>) -> Html {
    html! {
        <ol class="steps">
            { for steps.map(|(title, explanation, lines)| html! {
                <li class="step">
                    <p class="step__title">{words::inline(title)}</p>
                    if !explanation.is_empty() {
                        <p class="step__about">{words::inline(explanation)}</p>
                    }
                    { for lines.iter().map(|line| html! {
                        <div class="command">
                            <code class="command__text">{line}</code>
                            <Copy text={line.clone()} label={["Copy ", line.as_str()].concat()} words="Copy" />
                        </div>
                    }) }
                </li>
            }) }
        </ol>
    }
}
