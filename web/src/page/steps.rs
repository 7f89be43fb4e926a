//! How to put the result in place.

use yew::prelude::*;

use super::{copy::Copy, examined::Examined, result::Aim, words};

/// The steps, with their commands to copy.
pub fn steps(target: Aim, examined: &Examined) -> Html {
    let steps = target.steps(&examined.request, &examined.report);
    html! {
        <ol class="steps">
            { for steps.iter().map(|it| html! {
                <li class="step">
                    <p class="step__title">{words::inline(it.title)}</p>
                    if !it.explanation.is_empty() {
                        <p class="step__about">{words::inline(&it.explanation)}</p>
                    }
                    { for it.lines.iter().map(|line| html! {
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
