//! What is wrong, where, why, and what to do about it.

use drydock::{
    Summary,
    daemon::{foreign::Way, network::NETWORKS},
    rule::{
        diagnostic::{Diagnostic, Fix, Severity, Stage},
        mend::Mend,
    },
};
use yew::prelude::*;

use super::{
    desk::{Desk, Shared, Step},
    found::Found,
    icon::{icon, severity_name, severity_shape, severity_word},
    words,
};
use crate::{
    drawing::once_drawn,
    offsets::Offsets,
    outside::{focus, scroll, shell},
    store::{Action, Current},
};

/// How many problems are listed; the rest is counted.
const SHOWN: usize = 64;

/// The id of the one that is open.
const OPEN: &str = "problem";

/// The problems of the present text.
pub struct Problems {
    /// What they are of.
    pub found: Found,
    /// The text and the networks they are about, summed up.
    pub summary: Summary,
    /// What keeps clear of the networks that are collided with.
    pub way_out: Option<Fix>,
    /// What the page does with a text that is no `daemon.json`.
    pub ways: &'static [Way],
    /// The places of its text.
    pub offsets: Shared<Offsets>,
    /// The one that is open.
    pub current: Current,
    /// How many safe fixes made the text what it is, if they did.
    pub mended: Option<usize>,
    /// Whether they are shown in place of the text, so that going to a place would leave them.
    pub is_alone: bool,
    /// What they were checked against: "Docker Engine 29.7.2".
    pub against: AttrValue,
    /// What stands in their place while the text cannot be read yet.
    pub unread: Option<Html>,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The problems panel.
pub fn problems(props: &Problems) -> Html {
    let found = match props.unread {
        Some(_) => Vec::new(),
        None => props.found.list(props.summary.is_empty),
    };
    let listed = found.get(..SHOWN).unwrap_or(&found);
    let mend = Mend::of(listed.iter().copied());
    let current = props.current.index.min(listed.len().saturating_sub(1));
    html! {
        <>
            <div class="panel__bar">
                <h2 class="panel__title">{"Problems"}</h2>
                { for [Severity::Error, Severity::Warning, Severity::Hint].map(|it| count(&found, it)) }
                <span class="panel__space" />
                { next_button(props, listed.len()) }
                if mend.fixes > 0 {
                    <button class="button button--main" type="button" title="Each has one answer and loses nothing (Ctrl+.)"
                        onclick={props.desk.mend.reform({
                            let mend = mend.clone();
                            move |event: MouseEvent| {
                                focus::keep(&event);
                                mend.clone()
                            }
                        })}>
                        {mend.title()}
                    </button>
                }
                if props.mended.is_none() {
                    <button class="button button--icon only-touch" type="button" aria-label="Undo" title="Undo"
                        onclick={undo(&props.desk)}>{icon("undo")}</button>
                }
            </div>
            if let Some(fixes) = props.mended {
                <p class="mended">
                    {words::thousands(fixes)}{" applied · "}
                    <button class="problem__related" type="button" onclick={undo(&props.desk)}>{"Undo"}</button>
                    if let Some(left) = left(&found) { {" · "}{left} }
                </p>
            }
            if let Some(unread) = &props.unread {
                <div class="panel__body">{ unread.clone() }</div>
            } else if found.is_empty() {
                <div class="panel__body">{ nothing(props) }</div>
            } else {
                <ol class="panel__body" tabindex="0" aria-label="Problems">
                    { for listed.iter().enumerate().map(|(index, it)| problem(props, index, it, index == current)) }
                    if let Some(rest) = found.len().checked_sub(SHOWN).filter(|&it| it > 0) {
                        <li class="problem"><span /><p class="problem__more">{["And ", &words::counted(rest, "more problem"), "."].concat()}</p></li>
                    }
                </ol>
            }
        </>
    }
}

/// The safe fixes of the problems that are listed.
pub fn mend(found: &Found, is_empty: bool) -> Mend {
    Mend::of(found.list(is_empty).into_iter().take(SHOWN))
}

fn undo(desk: &Desk) -> Callback<MouseEvent> {
    desk.history.reform(|event: MouseEvent| {
        focus::keep(&event);
        Step::Undo
    })
}

/// What is said of the safe fixes that were just applied.
pub fn told(fixes: usize, found: &[&Diagnostic]) -> String {
    let noun = if fixes == 1 { " fix applied." } else { " fixes applied." };
    let applied = [&words::thousands(fixes), noun].concat();
    match left(found) {
        Some(left) => [&applied, " ", &left, "."].concat(),
        None => applied,
    }
}

/// How many problems wait for a choice, once no safe fix is left: "7 need your choice".
fn left(found: &[&Diagnostic]) -> Option<String> {
    if found.iter().any(|it| it.fixes.iter().any(|fix| fix.safe)) {
        return None;
    }
    match found.iter().filter(|it| !it.fixes.is_empty()).count() {
        0 => None,
        1 => Some("1 needs your choice".to_owned()),
        count => Some([&words::thousands(count), " need your choice"].concat()),
    }
}

/// The share of the editor above them, in tenths of a percent: while there are errors, the list takes what it needs.
pub fn room(found: &Found) -> Option<i32> {
    let count = i32::try_from(found.in_text().len()).unwrap_or(i32::MAX);
    let more = count.saturating_sub(2).clamp(0, 6);
    found.has_error().then_some(620 - 40 * more)
}

/// Goes to the next problem, or the one before: opens it and, unless it is shown alone, selects its place in the text.
pub fn step(desk: &Desk, found: &[&Diagnostic], current: Current, back: bool, is_alone: bool) {
    let count = found.len().clamp(1, SHOWN);
    let index = match back {
        false if !current.is_seen => current.index,
        false => current.index + 1,
        true => current.index + count - 1,
    } % count;
    let Some(diagnostic) = found.get(index) else {
        return;
    };
    desk.dispatch.dispatch(Action::Problem(index));
    if !is_alone && has_place(diagnostic) {
        desk.reveal.emit(diagnostic.span);
    }
    once_drawn(|| {
        if let Ok(open) = shell::element(OPEN)
            && let Ok(Some(panel)) = open.closest(".panel__body")
        {
            scroll::show_within(&panel, &open);
        }
    });
}

/// Whether it is about something that is written.
fn has_place(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule != NETWORKS || diagnostic.span.start < diagnostic.span.end
}

/// A button that goes to the next problem.
fn next_button(props: &Problems, count: usize) -> Html {
    if count < 2 {
        return Html::default();
    }
    let onclick = {
        let (desk, found) = (props.desk.clone(), props.found.clone());
        let (current, is_alone) = (props.current, props.is_alone);
        let is_empty = props.summary.is_empty;
        move |_| step(&desk, &found.list(is_empty), current, false, is_alone)
    };
    html! {
        <button class="button" type="button" aria-label="Next problem" title="Next problem (F8)" {onclick}>{"Next"}</button>
    }
}

fn count(found: &[&Diagnostic], severity: Severity) -> Html {
    let count = found.iter().filter(|it| it.severity == severity).count();
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
    let Summary { severity, sentence, is_empty, is_judged } = &props.summary;
    if *is_empty {
        return html! {
            <div class="quiet">{icon("edit")}<p>{"What is wrong with your configuration is listed here, with the reason and the fix."}</p></div>
        };
    }
    // Nothing is called fine that was not looked at.
    if !is_judged || matches!(severity, Some(Severity::Error | Severity::Warning)) {
        return html! { <div class="quiet" tabindex="-1"><p>{words::inline(sentence)}</p></div> };
    }
    html! {
        <div class="quiet" data-severity="ok" tabindex="-1">
            { severity_shape(None) }
            <p class="quiet__title">{"No problems"}</p>
            <p>{["Checked against ", &props.against, "."].concat()}</p>
        </div>
    }
}

fn problem(props: &Problems, index: usize, diagnostic: &Diagnostic, is_open: bool) -> Html {
    let place = |byte| (props.offsets.line(byte), props.offsets.column(byte));
    let (line, column) = place(diagnostic.span.start);
    let has_place = has_place(diagnostic);
    let go = {
        let (desk, span) = (props.desk.clone(), diagnostic.span);
        move || {
            desk.dispatch.dispatch(Action::Problem(index));
            desk.reveal.emit(span);
        }
    };
    let open = {
        let (desk, go, is_alone) = (props.desk.clone(), go.clone(), props.is_alone);
        Callback::from(move |event: MouseEvent| {
            // The keyboard stays where it is: what it opens comes next.
            match is_alone || !has_place || event.detail() == 0 {
                true => desk.dispatch.dispatch(Action::Problem(index)),
                false => go(),
            }
        })
    };
    html! {
        <li class="problem" id={is_open.then_some(OPEN)} data-severity={severity_name(Some(diagnostic.severity))} data-current={is_open.then_some("")}>
            { severity_shape(Some(diagnostic.severity)) }
            <button class="problem__message" type="button" onclick={open} aria-expanded={is_open.to_string()}>
                <span class="unseen">{severity_word(diagnostic.severity)}{": "}</span>
                { words::inline(&diagnostic.message) }
            </button>
            if has_place {
                <button class="problem__line" type="button" onclick={move |_| go()}
                    aria-label={["Go to line ", &line.to_string(), ", column ", &column.to_string()].concat()}>
                    {line}{":"}{column}
                </button>
            }
            if is_open {
                { details(props, index, diagnostic) }
            }
        </li>
    }
}

/// What is told of the problem that is open, and what to do about it.
fn details(props: &Problems, index: usize, diagnostic: &Diagnostic) -> Html {
    let stage = diagnostic.stage.map(Stage::words);
    let collides = diagnostic.rule == NETWORKS;
    let way_out = props.way_out.as_ref().filter(|_| collides);
    html! {
        <>
            <div class="problem__more">
                <p>{words::inline(&diagnostic.why)}{" "}{words::inline(&diagnostic.help)}</p>
                { for diagnostic.related.iter().map(|it| {
                    let span = it.span;
                    let onclick = props.desk.reveal.reform(move |_: MouseEvent| span);
                    html! {
                        <p>
                            <button class="problem__related" type="button" {onclick}>
                                {["line ", &props.offsets.line(span.start).to_string()].concat()}
                            </button>
                            {": "}{words::inline(&it.label)}
                        </p>
                    }
                }) }
            </div>
            <div class="problem__actions">
                { for diagnostic.fixes.iter().chain(way_out).map(|it| fix(&props.desk, index, it)) }
                { for props.ways.iter().filter(|_| !collides).map(|it| way(&props.desk, *it)) }
                if let Some(stage) = stage {
                    <span class="stage">{stage}</span>
                }
                if collides {
                    <a class="problem__rule" href="#/travel">{"Travel check"}</a>
                } else {
                    <a class="problem__rule" href={props.found.rule_address(diagnostic.rule)} aria-label={["About the rule ", diagnostic.rule].concat()}>{diagnostic.rule}</a>
                }
            </div>
        </>
    }
}

fn fix(desk: &Desk, index: usize, fix: &Fix) -> Html {
    let onclick = {
        let (fix, desk) = (fix.clone(), desk.clone());
        Callback::from(move |event: MouseEvent| {
            focus::keep(&event);
            desk.fix.emit(fix.clone());
            // What takes its place in the list is the next to be looked at.
            desk.dispatch.dispatch(Action::Fixed(index));
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
pub fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    match characters.next() {
        Some(first) => [first.to_ascii_lowercase().to_string().as_str(), characters.as_str()].concat(),
        None => String::new(),
    }
}
