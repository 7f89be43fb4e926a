//! The settings as they are written down, and how to put them in place.

use std::ops::Deref;

use drydock::{
    Request, choices,
    daemon::{
        LISTING,
        print::{Note, Printed, TARGETS, Target, WRITTEN},
    },
    docker::host::Shipped,
    document::Notation,
};
use gloo_render::request_animation_frame;
use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::{
    copy::Copy,
    desk::{Dispatch, Shared},
    editing::save,
    examined::Examined,
    icon::{icon, severity_name, severity_shape, severity_word},
    masthead::Picker,
    part::part,
    rest::Rest,
    tabs::tabs,
    words,
};
use crate::{
    code::{self, Piece},
    outside::{focus, scroll},
    store::{Action, Base, Tab},
};

/// How many lines are shown; copying and saving take them all.
const SHOWN: usize = 3000;

/// The id of what shows the result as code.
pub const CODE: &str = "result-code";

/// How long changed lines are marked, in milliseconds.
const MARKED: u32 = 1600;

/// What the settings are written for: equal when it is the same target.
#[derive(Clone, Copy, Debug)]
pub struct Aim(pub &'static Target);

impl PartialEq for Aim {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Deref for Aim {
    type Target = Target;

    fn deref(&self) -> &Target {
        self.0
    }
}

/// What the button that copies it calls it.
pub fn short(target: Aim) -> &'static str {
    match target.notation() {
        Notation::Json => target.file,
        Notation::Nix => Notation::Nix.title(),
        Notation::Shell => "flags",
        Notation::Yaml => "YAML",
    }
}

/// What is shown.
pub struct Outcome {
    /// Which tab.
    pub tab: Tab,
    /// What the settings are written for.
    pub target: Aim,
    /// What they are the settings of.
    pub examined: Shared<Examined>,
    /// The settings, written down.
    pub printed: Shared<Printed>,
    /// The same of the text that a comparison starts from; only with the tab that shows it.
    pub before: Option<Shared<Printed>>,
    /// What a comparison starts from.
    pub base: Base,
    /// Whether the visitor is asked where it runs.
    pub asks_where: bool,
    /// What stands in their place while they cannot be written yet.
    pub unwritten: Option<Html>,
    /// The rest of the page, which compares, and knows the steps.
    pub rest: Rest,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

/// The id of what the tabs show.
pub const PANEL: &str = "result-panel";

/// The tabs: the settings in each notation, what has changed, and how to put it in place.
fn all_tabs() -> Vec<(Tab, &'static str, &'static str)> {
    let written = WRITTEN.iter().map(|&(notation, title)| (Tab::Written(notation), title, PANEL));
    written.chain([(Tab::Diff, "Diff", PANEL), (Tab::Apply, "Apply", PANEL)]).collect()
}

/// The result panel.
pub fn outcome(props: &Outcome) -> Html {
    let Outcome { tab, target, printed, base, rest, dispatch, .. } = props;
    html! {
        <>
            { part((*tab, *target, printed.clone(), dispatch.clone()), |(tab, target, printed, dispatch)| {
                bar(*tab, *target, printed, dispatch)
            }) }
            { offer(props) }
            { part((*tab, *target, *base, dispatch.clone()), |(tab, target, base, dispatch)| {
                context(*tab, *target, *base, dispatch)
            }) }
            <div class="panel__body" id={PANEL} role="tabpanel" tabindex="0" aria-label={tab_name(*tab)}>
                { match (&props.unwritten, tab, &props.before) {
                    (Some(unwritten), ..) => unwritten.clone(),
                    (None, Tab::Apply, _) => rest.draw(|it| (it.steps)(*target, &props.examined)),
                    (None, Tab::Diff, Some(before)) => rest.draw(|it| (it.comparison)(before, printed)),
                    _ => {
                        let advice = rest.here().map(|it| (it.advice)(target, &props.examined));
                        html! { <Code printed={printed.clone()} advice={advice.unwrap_or_default()} target={target.id} rest={rest.clone()} /> }
                    }
                } }
            </div>
        </>
    }
}

fn bar(tab: Tab, target: Aim, printed: &Shared<Printed>, dispatch: &Dispatch) -> Html {
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |tab| dispatch.dispatch(Action::Tab(tab)))
    };
    html! {
        <div class="panel__bar">
            { tabs("Result", &all_tabs(), tab, &choose) }
            <span class="panel__space" />
            if !printed.text.is_empty() {
                <Copy text={printed.text.clone()} label={["Copy ", short(target)].concat()}
                    shown={matches!(tab, Tab::Written(_)).then_some(CODE)} shrinks=true />
                { save_button(printed, target.file) }
            }
        </div>
    }
}

/// What is asked or offered above the result: where it runs, at the first visit; then the Engine that its platform has.
fn offer(props: &Outcome) -> Html {
    let button = |words: AttrValue, action: Action| {
        let dispatch = props.dispatch.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            focus::keep(&event);
            dispatch.dispatch(action.clone());
        });
        html! { <button class="button button--edged" type="button" {onclick}>{words}</button> }
    };
    if props.asks_where {
        let question = "Where does it run?";
        return html! {
            <div class="panel__offer" role="group" aria-label={question}>
                <span>{question}</span>
                { for LISTING.places.iter().filter_map(|(words, id)| {
                    let target = TARGETS.iter().position(|it| it.id == *id)?;
                    Some(button((*words).into(), Action::Target(target)))
                }) }
                { button("Not now".into(), Action::NotAsked) }
            </div>
        };
    }
    let Request { engine, host, .. } = &props.examined.request;
    let is_taken = props.examined.report.taken.iter().any(|it| it.choice == choices::ENGINE.id);
    let shipped = props.target.ships(host.nixos.release);
    match shipped.filter(|it| it.engine.major != engine.major && !is_taken) {
        Some(shipped) => {
            let words = shipped.offer();
            html! {
                <div class="panel__offer" role="group" aria-label={Shipped::ABOUT}>
                    <span>{shipped.sentence()}</span>
                    { button(words.into(), Action::Engine(shipped.engine)) }
                </div>
            }
        }
        None => Html::default(),
    }
}

fn tab_name(tab: Tab) -> &'static str {
    all_tabs().iter().find(|it| it.0 == tab).map_or("", |it| it.1)
}

/// What the result is for, and what it is compared with.
fn context(tab: Tab, target: Aim, base: Base, dispatch: &Dispatch) -> Html {
    let choose_target = {
        let dispatch = dispatch.clone();
        Callback::from(move |index| dispatch.dispatch(Action::Target(index)))
    };
    let choose_base = {
        let dispatch = dispatch.clone();
        Callback::from(move |index| {
            let base = if index == 0 { Base::Beginning } else { Base::Previous };
            dispatch.dispatch(Action::Base(base));
        })
    };
    let titles: Vec<String> = TARGETS.iter().map(|it| it.title.to_owned()).collect();
    let bases = vec!["what you began with".to_owned(), "the last change".to_owned()];
    let chosen = TARGETS.iter().position(|it| it.id == target.id).unwrap_or_default();
    html! {
        <div class="panel__context">
            <Picker label="For" options={titles} {chosen} onchoose={choose_target} />
            if tab == Tab::Diff {
                <Picker label="Since" options={bases} chosen={usize::from(base == Base::Previous)} onchoose={choose_base} />
            }
            <span class="panel__file">{target.file}</span>
        </div>
    }
}

/// A button that saves the result as a file.
pub fn save_button(printed: &Shared<Printed>, file: &'static str) -> Html {
    let onclick = {
        let printed = printed.clone();
        Callback::from(move |_| save(file, &printed.text))
    };
    let label = ["Save ", file].concat();
    html! {
        <button class="button button--shrinks" type="button" aria-label={label.clone()} title={[&label, " (Ctrl+S)"].concat()} {onclick}>
            {icon("save")}<span class="button__words">{label.clone()}</span>
        </button>
    }
}

/// A result.
#[derive(PartialEq, Properties)]
pub struct CodeProps {
    /// The text, and what to know about it.
    pub printed: Shared<Printed>,
    /// What else there is to know.
    #[prop_or_default]
    pub advice: Vec<Note>,
    /// The id of what it is written for.
    pub target: &'static str,
    /// The rest of the page, which compares it with the one before.
    pub rest: Rest,
}

/// The result, highlighted; lines that have just changed are marked for a moment.
#[function_component]
pub fn Code(props: &CodeProps) -> Html {
    let Printed { text, spans, notes, error } = &*props.printed;
    let earlier = use_mut_ref(|| None::<(&'static str, Shared<Printed>)>);
    let parts = props.rest.here();
    let changed = use_memo((props.printed.clone(), props.target), |(printed, target)| {
        let before = earlier.borrow_mut().replace((*target, printed.clone()));
        match before {
            Some((same, before)) if same == *target => {
                let changed = parts.map(|it| (it.changed_lines)(&before.text, &printed.text));
                few(changed.unwrap_or_default(), &printed.text)
            }
            _ => Vec::new(),
        }
    });
    let changed = Shared::from(changed);
    let faded = use_state(|| None::<Shared<Vec<usize>>>);
    let place = use_node_ref();

    use_effect_with(changed.clone(), {
        let (faded, place) = (faded.clone(), place.clone());
        move |changed| {
            let begun = changed.first().map(|&first| {
                let frame = request_animation_frame(move |_| show_line(place.cast::<Element>(), first));
                let changed = changed.clone();
                (frame, Timeout::new(MARKED, move || faded.set(Some(changed))))
            });
            move || drop(begun)
        }
    });
    let is_marked = |index| faded.as_ref() != Some(&changed) && changed.contains(&index);

    if let Some(error) = error {
        return html! {
            <div class="quiet" data-severity="error">
                { severity_shape(Some(error.severity)) }
                <p>{words::inline(&error.message)}</p>
            </div>
        };
    }
    let lines = code::lines(text, spans);
    let rest = lines.len().saturating_sub(SHOWN);
    html! {
        <>
            <pre class="code" id={CODE} ref={place}>
                { for lines.iter().take(SHOWN).enumerate().map(|(index, pieces)| html! {
                    <span class="line" data-changed={is_marked(index).then_some("")}>{line(pieces)}</span>
                }) }
            </pre>
            if rest > 0 {
                <p class="notes">{[&words::counted(rest, "more line"), ". Copy and Save take them all."].concat()}</p>
            }
            if !notes.is_empty() || !props.advice.is_empty() {
                <div class="notes">
                    { for notes.iter().chain(&props.advice).map(note) }
                </div>
            }
        </>
    }
}

/// The lines that changed; none when most did, because then nothing stands out.
fn few(mut changed: Vec<usize>, text: &str) -> Vec<usize> {
    if changed.len() > 3 && changed.len() * 2 > text.lines().count() {
        changed.clear();
    }
    changed
}

fn note(note: &Note) -> Html {
    html! {
        <p class="notes__note" data-severity={severity_name(Some(note.severity))}>
            { severity_shape(Some(note.severity)) }
            <span><span class="unseen">{severity_word(note.severity)}{": "}</span>{words::inline(&note.message)}</span>
        </p>
    }
}

/// The pieces of a line, with the line end that a selection copies.
pub fn line(pieces: &[Piece]) -> Html {
    let pieces = pieces.iter().map(|it| match it.class {
        "" => html! { {it.text} },
        class => html! { <span {class}>{it.text}</span> },
    });
    html! { <>{for pieces}{"\n"}</> }
}

/// Scrolls its panel to a line of the code when it is out of view.
fn show_line(code: Option<Element>, index: usize) {
    let line = code.and_then(|it| it.children().item(u32::try_from(index).ok()?));
    if let Some(line) = line
        && let Ok(Some(panel)) = line.closest(".panel__body")
    {
        scroll::show_within(&panel, &line);
    }
}
