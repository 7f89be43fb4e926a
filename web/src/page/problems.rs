//! What is wrong, where, why, and what to do about it.

use drydock::{
    diagnostic::{Diagnostic, Fix, Severity, Stage},
    foreign::Way,
};
use yew::prelude::*;

use super::{
    desk::{Desk, Shared},
    icon::{icon, severity_name, severity_shape, severity_word},
    words,
};
use crate::{offsets::Offsets, outside::focus, route::rule_address, store::Action};

/// How many problems are listed; the rest is counted.
const SHOWN: usize = 64;

/// The problems of the present text.
pub struct Problems {
    /// The report they come from.
    pub report: Shared<drydock::Report>,
    /// The places of its text.
    pub offsets: Shared<Offsets>,
    /// The one the visitor last went to.
    pub current: Option<usize>,
    /// Whether there is nothing to check.
    pub is_empty: bool,
    /// What they were checked against: "Docker Engine 29.7.2".
    pub against: AttrValue,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The problems panel.
pub fn problems(props: &Problems) -> Html {
    // An empty text is an error to the daemon, and an invitation here.
    let diagnostics = if props.is_empty {
        &[][..]
    } else {
        &props.report.diagnostics
    };
    let fixable = diagnostics
        .iter()
        .filter(|it| it.fixes.iter().any(|fix| fix.safe))
        .count();
    let fix_all = props
        .desk
        .fix_all
        .reform(|event: MouseEvent| focus::keep(&event));
    html! {
        <>
            <div class="panel__bar">
                <h2 class="panel__title">{"Problems"}</h2>
                { for [Severity::Error, Severity::Warning, Severity::Hint].map(|it| count(diagnostics, it)) }
                <span class="panel__space" />
                if fixable > 0 {
                    <button class="button button--edged" type="button" onclick={fix_all}
                        title="Applies every fix that changes nothing but the mistake">
                        {["Fix all ", &fixable.to_string()].concat()}
                    </button>
                }
            </div>
            if diagnostics.is_empty() {
                <div class="panel__body">{ nothing(props) }</div>
            } else {
                <ol class="panel__body" tabindex="0" aria-label="Problems">
                    { for diagnostics.iter().take(SHOWN).enumerate().map(|(index, it)| problem(props, index, it)) }
                    if let Some(rest) = diagnostics.len().checked_sub(SHOWN).filter(|&it| it > 0) {
                        <li class="problem"><span /><p class="problem__more">{["And ", &words::counted(rest, "more problem"), "."].concat()}</p></li>
                    }
                </ol>
            }
        </>
    }
}

fn count(diagnostics: &[Diagnostic], severity: Severity) -> Html {
    let count = diagnostics
        .iter()
        .filter(|it| it.severity == severity)
        .count();
    if count == 0 {
        return Html::default();
    }
    let word = severity_word(severity).to_ascii_lowercase();
    let plural = if count == 1 { "" } else { "s" };
    html! {
        <span class="count" data-severity={severity_name(Some(severity))}>
            { severity_shape(Some(severity)) }
            { words::thousands(count) }
            <span class="count__word">{[&word, plural].concat()}</span>
        </span>
    }
}

fn nothing(props: &Problems) -> Html {
    if props.is_empty {
        return html! {
            <div class="quiet">{icon("edit")}<p>{"What is wrong with your configuration is listed here, with the reason and the fix."}</p></div>
        };
    }
    html! {
        <div class="quiet" data-severity="ok" tabindex="-1">
            { severity_shape(None) }
            <p class="quiet__title">{"No problems"}</p>
            <p>{["Checked against ", &props.against, "."].concat()}</p>
        </div>
    }
}

fn problem(props: &Problems, index: usize, diagnostic: &Diagnostic) -> Html {
    let line = |byte| ["line ", &props.offsets.line(byte).to_string()].concat();
    let go = {
        let (desk, span) = (props.desk.clone(), diagnostic.span);
        Callback::from(move |_: MouseEvent| {
            desk.dispatch.dispatch(Action::Problem(index));
            desk.reveal.emit(span);
        })
    };
    let stage = match diagnostic.stage {
        Some(Stage::Load) => Some("dockerd refuses the file"),
        Some(Stage::Start) => Some("dockerd does not start"),
        Some(Stage::Run) => Some("no container starts"),
        None => None,
    };
    let current = (props.current == Some(index)).then_some("true");
    html! {
        <li class="problem" data-severity={severity_name(Some(diagnostic.severity))} data-current={current}>
            { severity_shape(Some(diagnostic.severity)) }
            <button class="problem__message" type="button" onclick={go} aria-current={current}>
                <span class="unseen">{severity_word(diagnostic.severity)}{": "}</span>
                { words::inline(&diagnostic.message) }
            </button>
            <span class="problem__line">{line(diagnostic.span.start)}</span>
            <div class="problem__more">
                <p>{words::inline(&diagnostic.why)}{" "}{words::inline(&diagnostic.help)}</p>
                { for diagnostic.related.iter().map(|it| {
                    let span = it.span;
                    let onclick = props.desk.reveal.reform(move |_: MouseEvent| span);
                    html! {
                        <p>
                            <button class="problem__related" type="button" {onclick}>{line(span.start)}</button>
                            {": "}{words::inline(&it.label)}
                        </p>
                    }
                }) }
            </div>
            <div class="problem__actions">
                { for diagnostic.fixes.iter().map(|it| fix(&props.desk, it)) }
                { for props.report.foreign.iter().flat_map(|it| it.ways()).map(|it| way(&props.desk, *it)) }
                if let Some(stage) = stage {
                    <span class="stage">{stage}</span>
                }
                <a class="problem__rule" href={rule_address(diagnostic.rule)} aria-label={["About the rule ", diagnostic.rule].concat()}>{diagnostic.rule}</a>
            </div>
        </li>
    }
}

fn fix(desk: &Desk, fix: &Fix) -> Html {
    let onclick = {
        let fix = fix.clone();
        desk.fix.reform(move |event: MouseEvent| {
            focus::keep(&event);
            fix.clone()
        })
    };
    html! {
        <button class="button button--edged" type="button" {onclick}><span>{"Fix: "}{words::inline(&lower_first(&fix.title))}</span></button>
    }
}

/// Something to do with a text that is no `daemon.json`.
fn way(desk: &Desk, way: Way) -> Html {
    let onclick = desk.way.reform(move |_: MouseEvent| way);
    html! {
        <button class="button button--edged" type="button" {onclick}>{way.title()}</button>
    }
}

/// The title goes on after a colon.
fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    match characters.next() {
        Some(first) => [
            first.to_ascii_lowercase().to_string().as_str(),
            characters.as_str(),
        ]
        .concat(),
        None => String::new(),
    }
}
