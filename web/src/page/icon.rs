//! The shapes of the sprite in `static/index.html`.

use drydock::rule::diagnostic::Severity;
use yew::prelude::*;

/// A line drawing beside words; it says nothing by itself.
pub fn icon(name: &'static str) -> Html {
    shape("icon", name)
}

/// The small arrow of what opens downwards.
pub fn chevron(class: &'static str) -> Html {
    shape(class, "chevron")
}

/// The shape of a severity, or of all being well.
pub fn severity_shape(severity: Option<Severity>) -> Html {
    shape("severity", severity_name(severity))
}

/// The severity's name in the style sheet and the sprite.
pub fn severity_name(severity: Option<Severity>) -> &'static str {
    severity.map_or("ok", Severity::name)
}

/// The severity as a word.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Hint => "Hint",
    }
}

fn shape(class: &'static str, name: &'static str) -> Html {
    html! {
        <svg class={class} aria-hidden="true"><use href={["#icon-", name].concat()} /></svg>
    }
}
