//! The one line above everything.

use drydock::daemon::network::Clearance;
use yew::prelude::*;

use super::{
    icon::{severity_name, severity_shape},
    words,
};
use drydock::Summary;

/// The line at the top: a shape, a sentence, and what happens to the visitor's input.
pub fn verdict(summary: &Summary) -> Html {
    let Summary { severity, sentence, is_judged, .. } = summary;
    let (name, shape) = match is_judged {
        false => (None, None),
        true => (Some(severity_name(*severity)), Some(severity_shape(*severity))),
    };
    html! {
        <div class="verdict" data-severity={name} data-testid="verdict">
            {shape}
            <p class="verdict__text">{words::inline(sentence)}</p>
            <span class="verdict__side">{"Nothing you type leaves this page"}</span>
        </div>
    }
}

/// The line about the networks to keep clear of.
pub fn clearance_line(clearance: &Clearance) -> Html {
    let severity = clearance.severity;
    html! {
        <div class="clearance" data-severity={severity_name(severity)}>
            { severity_shape(severity) }
            <p>{words::inline(&clearance.sentence)}</p>
        </div>
    }
}
