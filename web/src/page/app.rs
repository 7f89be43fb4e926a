//! The whole page: the store, what is computed from it, and where each part is drawn.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use drydock::{
    Engine, Report, Request, Summary,
    daemon::{
        dialect,
        network::Avoid,
        print::{Printed, TARGETS},
    },
    docker::host::{RELEASES, Release},
    document::Notation,
};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{
    desk::{Desk, Dispatch, Shared, Step},
    editing::{self, Editing},
    form::Form,
    help::Help,
    keep_clear::{Gathered, Known},
    masthead::{Masthead, masthead},
    opening::use_links,
    part::part,
    problems::{self, Problems},
    reading::{self, Reading},
    rest::{Rest, use_rest},
    result::{Aim, Outcome, outcome},
    share::Share,
    space::{Outlook, Space, space},
    splitter::Splitter,
    text::{Examined, Latest, desk, use_editor, use_marks},
    travel::Travel,
    verdict::verdict,
    views::{Views, views},
};
use crate::{
    drafts::Drafts,
    drawing::Drawing,
    lines::LineEnds,
    linked,
    offsets::Offsets,
    outside::{
        address, download,
        editor::Editor,
        focus::{self, Pressed},
        reference::Reference,
        services, shell, storage, visit,
    },
    platform,
    route::{Route, travel_address},
    store::{Action, Base, Current, Face, Held, State, Tab, Theme, View},
};

/// How long typing rests before the draft is kept and the verdict is said, in milliseconds.
const REST: u32 = 300;

/// How lines that end with `\r\n` are kept.
const CRLF: &str = "crlf";

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The editor, which owns the text.
    pub editor: Editor,
    /// Where the long texts of the reference are.
    pub reference: AttrValue,
    /// Where the list of known networks is.
    pub known: AttrValue,
    /// Where the daemon's messages are.
    pub messages: AttrValue,
}

/// Networks to keep clear of: equal when they are the same list.
#[derive(Clone)]
struct ByAddress(Arc<Avoid>);

impl PartialEq for ByAddress {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The whole page.
#[function_component]
pub fn App(props: &AppProps) -> Html {
    let editor = &props.editor;
    let state = use_reducer_eq({
        let editor = editor.clone();
        move || first_state(&editor)
    });
    let dispatch = state.dispatcher();

    let offsets = use_memo(state.text.clone(), |text| Offsets::of(text));
    let is_turn = use_turn(state.needs_rest(), editor);
    let rest = use_rest(is_turn);
    let known = use_known(&props.known, &rest, is_turn);
    let choices = (state.avoid.clone(), state.places.clone(), known.clone(), rest.clone());
    let gathered = use_memo(choices, |(text, places, known, rest)| match rest.parts() {
        Some(parts) => (parts.gather)(text, places, known),
        None => Gathered::unread(text, places),
    });
    let gathered = (*gathered).clone();
    let avoid = ByAddress(gathered.avoid.clone());
    let awaited = rest.parts().is_none().then_some((state.has_flags(), state.asks_about_networks()));
    let (lacks_flags, lacks_networks) = awaited.unwrap_or_default();
    let choices = (state.text.clone(), state.dialect, state.engine, state.host.clone(), avoid, lacks_flags);
    let examined = use_memo(choices, |(text, dialect, engine, host, avoid, _)| {
        Examined::of(text, *dialect, *engine, host, &avoid.0)
    });
    let examined = Shared::from(examined);
    let report = examined.report.clone();
    let choices = (state.text.clone(), examined.clone(), lacks_flags, lacks_networks);
    let summary = use_memo(choices, |(text, it, lacks_flags, lacks_networks)| {
        let summary = Summary::of(text, &it.report);
        match (*lacks_flags && !summary.is_empty, *lacks_networks) {
            (true, _) => summary.before_flags(),
            (false, true) => summary.before_networks(),
            (false, false) => summary,
        }
    });
    let choices = (examined.clone(), known, rest.clone());
    let way_out = use_memo(choices, |(it, known, rest)| {
        let is_asked = !it.report.collisions.is_empty();
        let parts = rest.parts().filter(|_| is_asked)?;
        let known = known.as_ref().map(|it| &it[..]).unwrap_or_default();
        (parts.way_out)(&it.request, &it.report, known)
    });
    let target = Aim(TARGETS.get(state.target).unwrap_or(&TARGETS[0]));
    let choices = (examined.clone(), target, lacks_flags);
    let printed = use_memo(choices, |(it, target, lacks_flags)| match lacks_flags {
        true => Printed::default(),
        false => it.print(*target),
    });
    let printed = use_same(Shared::from(printed));
    let choices = (examined.clone(), gathered.clone(), rest.clone());
    let outlook = use_memo(choices, |(it, gathered, rest)| {
        let Request { engine, host, .. } = &it.request;
        let parts = rest.parts()?;
        let outlook = (parts.outlook)(&it.report, gathered, *engine, host.swarm);
        Some(Shared::from(Rc::new(outlook)))
    });
    let outlook: Option<Shared<Outlook>> = (*outlook).clone();
    let base = match (state.tab, state.base) {
        (Tab::Diff, Base::Beginning) => Some(state.beginning.clone()),
        (Tab::Diff, Base::Previous) => Some(state.previous.clone()),
        _ => None,
    };
    let choices = (base, state.dialect, state.engine, state.host.clone(), target, rest.clone());
    let before = use_memo(choices, |(base, dialect, engine, host, target, _)| {
        let examined = Examined::of(base.as_ref()?, *dialect, *engine, host, &Arc::default());
        Some(Shared::from(Rc::new(examined.print(*target))))
    });

    let latest = use_mut_ref(|| None::<Latest>);
    *latest.borrow_mut() = Some(Latest {
        text: state.text.clone(),
        revision: state.revision,
        line_ends: state.line_ends,
        offsets: offsets.clone(),
        examined: examined.clone(),
        drafts: state.drafts.clone(),
        rest: rest.clone(),
        form: (state.face == Face::Form).then(|| state.filter.clone()),
    });
    let desk = use_memo((), {
        let (editor, dispatch) = (editor.clone(), dispatch.clone());
        |()| desk(editor, dispatch, latest)
    });
    let desk = (*desk).clone();

    let is_told = use_told_platform(&state, &report, &dispatch);
    use_editor(editor, &dispatch);
    use_address(&dispatch);
    use_kept_focus(editor);
    let arrival = use_links(&state, REST, editor, &dispatch, &rest);
    let reference = use_reference(&props.reference, is_turn);
    let file_is_held = use_dropped_files(&desk);
    use_shortcuts(Keys {
        report: report.clone(),
        printed: printed.clone(),
        target,
        problem: state.problem,
        is_empty: summary.is_empty,
        desk: desk.clone(),
    });
    use_kept_choices(&state);
    use_kept_networks(&state, &gathered);
    let found = problems::found(&report, summary.is_empty);
    let told = state.mended.map(|it| problems::told(it, &found));
    use_rested(&state.text, told, &summary, &dispatch);
    use_arrangement(&state, &rest, editor);

    use_marks(editor, &report, &offsets);

    let is_empty = summary.is_empty;
    let against = AttrValue::from(state.engine.title());
    let editing = Editing {
        face: state.face,
        dialect: state.dialect(),
        looks_like: dialect::of(&state.text),
        is_doubtful: !is_empty && (state.dialect.is_some() || report.is_doubtful()),
        is_empty,
        desk: desk.clone(),
    };
    let parts = [
        (
            "masthead",
            part(
                Masthead {
                    engine: state.engine,
                    host: state.host.clone(),
                    theme: state.theme,
                    dispatch: dispatch.clone(),
                },
                masthead,
            ),
        ),
        (
            "verdict",
            html! {
                <>
                    {arrival}
                    {part((state.refused.clone(), desk.clone()), |(why, desk)| editing::refusal(why.as_deref(), desk))}
                    {part((*summary).clone(), verdict)}
                </>
            },
        ),
        ("editing", part(editing.clone(), editing::editing)),
        ("invitation", part(editing, editing::invitation)),
        (
            "form",
            match state.face {
                Face::Text => Html::default(),
                Face::Form => rest.draw(|it| {
                    (it.form)(&Form {
                        report: report.clone(),
                        offsets: Shared::from(offsets.clone()),
                        is_editable: (it.takes_settings)(&state.text, &report.document),
                        engine: state.engine,
                        filter: state.filter.clone(),
                        drafts: state.drafts.clone(),
                        desk: desk.clone(),
                    })
                }),
            },
        ),
        (
            "left-splitter",
            html! { <Splitter label="Resize editor and problems" property="--left-row" share=620 now={problems::room(&report)} /> },
        ),
        (
            "problems",
            problems::problems(&Problems {
                report: report.clone(),
                offsets: Shared::from(offsets),
                current: state.problem,
                mended: state.mended,
                is_alone: state.view == View::Problems,
                summary: (*summary).clone(),
                way_out: (*way_out).clone(),
                ways: report.foreign.map(|it| it.ways()).unwrap_or_default(),
                against,
                desk: desk.clone(),
            }),
        ),
        (
            "column-splitter",
            html! { <Splitter label="Resize configuration and result" property="--column" share=500 upright=true /> },
        ),
        (
            "result",
            outcome(&Outcome {
                tab: state.tab,
                target,
                examined: examined.clone(),
                printed: printed.clone(),
                before: (*before).clone(),
                base: state.base,
                asks_where: state.asks_where && !is_told,
                rest: rest.clone(),
                dispatch: dispatch.clone(),
            }),
        ),
        (
            "right-splitter",
            html! { <Splitter label="Resize result and address space" property="--right-row" share=600 /> },
        ),
        (
            "space",
            space(&Space {
                look: state.space,
                shows_known: !state.hides_known,
                report: report.clone(),
                outlook: outlook.clone(),
                gathered: gathered.clone(),
                rest: rest.clone(),
                desk: desk.clone(),
            }),
        ),
        (
            "reading",
            match (&state.route, rest.parts(), outlook) {
                (Route::Workbench, _, _) => Html::default(),
                (Route::Travel(_), Some(parts), Some(outlook)) => (parts.travel)(&Travel {
                    examined: examined.clone(),
                    is_empty,
                    outlook,
                    gathered,
                    shows_known: !state.hides_known,
                    nix: examined.write(state.aims.of(Notation::Nix)),
                    json: examined.write(state.aims.of(Notation::Json)),
                    desk: desk.clone(),
                }),
                (route, Some(parts), _) => (parts.reading)(&Reading {
                    route: route.clone(),
                    engine: state.engine,
                    reference,
                    messages: props.messages.clone(),
                    desk: desk.clone(),
                }),
                (_, None, _) => reading::awaited(&rest),
            },
        ),
        (
            "views",
            match state.route {
                Route::Workbench => {
                    let (view, problems, severity) = (state.view, found.len(), summary.severity);
                    part(Views { view, problems, severity, dispatch: dispatch.clone() }, views)
                }
                _ => Html::default(),
            },
        ),
    ];
    // A slot that the static page lacks shows nothing.
    let ids = parts.each_ref().map(|it| it.0);
    let slots = use_memo(ids, |ids| ids.map(|id| shell::element(id).ok()));
    html! {
        <>
            { for parts.into_iter().zip(&*slots).filter_map(|((_, part), slot)| Some(create_portal(part, slot.clone()?))) }
            if file_is_held {
                <div class="drop">{"Drop the file to open it"}</div>
            }
            <Drawing />
            <Help open={state.help} rest={rest.clone()} dispatch={dispatch.clone()} />
            <Share shared={state.share.then(|| Rc::new(linked::pack(&state)))} {report} {printed} {target} {rest} {desk} />
        </>
    }
}

/// What was chosen in this browser before, and the text that is in the editor.
fn first_state(editor: &Editor) -> State {
    let text: Rc<str> = editor.text().into();
    let mut state =
        State { beginning: text.clone(), previous: text.clone(), text, route: address::route(), ..State::default() };
    let drafts = Drafts::take_up(&storage::read(storage::DRAFTS).unwrap_or_default());
    state.drafts = drafts.still_meant(&state.text);
    state.dialect = storage::read(storage::DIALECT).and_then(|it| dialect::find(&it));
    if let Some(engine) = storage::read(storage::ENGINE).and_then(|it| it.parse().ok()) {
        state.engine = engine;
    }
    let release = storage::read(storage::RELEASE).unwrap_or_default();
    if let Some(release) = RELEASES.iter().find(|it| it.to_string() == release) {
        state.host.nixos.release = *release;
    }
    match storage::read(storage::TARGET) {
        Some(kept) => state.take_up_targets(&kept),
        None => state.asks_where = address::link().is_none(),
    }
    match &state.route {
        Route::Travel(asked) if !asked.is_empty() && !is_own_check(asked) => {
            state.places = asked.clone().into();
        }
        route => {
            if let Route::Travel(_) = route {
                state.route = Route::Travel(Vec::new());
            }
            state.avoid = storage::read(storage::AVOID).unwrap_or_default().into();
            let places = storage::read(storage::PLACES).unwrap_or_default();
            state.places = places.split_whitespace().map(str::to_owned).collect();
        }
    }
    state.hides_known = storage::read(storage::KNOWN).is_some();
    if storage::read(storage::LINE_ENDS).as_deref() == Some(CRLF) {
        state.line_ends = LineEnds::CrLf;
    }
    state.theme = match storage::read(storage::THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    state
}

/// Whether an address asks about the very networks that were kept: the page was loaded again.
fn is_own_check(asked: &[String]) -> bool {
    let address = travel_address(asked.iter().map(String::as_str));
    storage::read(storage::CHECK) == Some(address)
}

/// The one before, when it is equal: what was drawn of it stays.
#[hook]
fn use_same<T: PartialEq + 'static>(value: Shared<T>) -> Shared<T> {
    let before = use_mut_ref(|| None::<Shared<T>>);
    let same = before.take().filter(|it| **it == *value).unwrap_or(value);
    before.replace(Some(same.clone()));
    same
}

/// Follows links and the browser's back button.
#[hook]
fn use_address(dispatch: &Dispatch) {
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| {
            visit::arrive(&address::route());
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    let route = address::route();
                    focus::leave();
                    visit::leave();
                    visit::arrive(&route);
                    dispatch.dispatch(Action::Help(false));
                    dispatch.dispatch(Action::Route(route));
                })
            });
            move || drop(listener)
        }
    });
}

/// Keeps the keyboard near what goes away when it is pressed: looks at it before anybody else hears of it, and asks for the
/// keyboard after all others have.
#[hook]
fn use_kept_focus(editor: &Editor) {
    use_effect_with((), {
        let editor = editor.clone();
        move |()| {
            let pressed = Rc::new(Cell::new(None::<Pressed>));
            let listeners = web_sys::window().map(|window| {
                let options = EventListenerOptions::run_in_capture_phase();
                let before = EventListener::new_with_options(&window, "click", options, {
                    let pressed = pressed.clone();
                    move |event| pressed.set(Pressed::of(event))
                });
                let after = EventListener::new(&window, "click", move |_| {
                    let editor = editor.clone();
                    if let Some(pressed) = pressed.take() {
                        pressed.follow(move || focus_text(&editor));
                    }
                });
                (before, after)
            });
            move || drop(listeners)
        }
    });
}

/// Gives the keyboard to the text, where it is shown.
fn focus_text(editor: &Editor) {
    if !focus::to_workbench() {
        editor.focus();
    }
}

/// Whether it is the turn of what is fetched later: once the full editor is here, which needs the link before, or at once
/// when something needs it.
#[hook]
fn use_turn(is_needed: bool, editor: &Editor) -> bool {
    let is_full = use_state(|| false);
    use_effect_with((), {
        let (is_full, upgraded) = (is_full.clone(), JsFuture::from(editor.upgraded()));
        move |()| {
            spawn_local(async move {
                // It never fails.
                let _ = upgraded.await;
                is_full.set(true);
            });
        }
    });
    let was_needed = use_mut_ref(|| false);
    let is_turn = *was_needed.borrow() || is_needed || *is_full;
    was_needed.replace(is_turn);
    is_turn
}

/// The long texts of the reference, once they are here.
#[hook]
fn use_reference(address: &AttrValue, is_turn: bool) -> Option<Reference> {
    let reference = use_state(|| None);
    use_effect_with(is_turn.then(|| address.clone()), {
        let reference = reference.clone();
        move |address| {
            if let Some(address) = address.clone() {
                spawn_local(async move {
                    // Without network the pages say what the wasm knows.
                    if let Ok(fetched) = Reference::fetch(&address).await {
                        reference.set(Some(fetched));
                    }
                });
            }
        }
    });
    (*reference).clone()
}

/// The known networks, once they and what reads them are here.
#[hook]
fn use_known(address: &AttrValue, rest: &Rest, is_turn: bool) -> Known {
    let text = use_state(|| None::<AttrValue>);
    use_effect_with(is_turn.then(|| address.clone()), {
        let text = text.clone();
        move |address| {
            if let Some(address) = address.clone() {
                spawn_local(async move {
                    // Without network nothing is known; what is pasted is still checked.
                    if let Ok(fetched) = download::fetch(&address).await {
                        text.set(Some(fetched.into()));
                    }
                });
            }
        }
    });
    let list = use_memo(((*text).clone(), rest.clone()), |(text, rest)| {
        let list = (rest.parts()?.known)(text.as_ref()?);
        Some(Shared::from(Rc::new(list)))
    });
    (*list).clone()
}

/// Shows the result for the platform that the text names, until the visitor chooses one; returns whether it names one.
#[hook]
fn use_told_platform(state: &State, report: &Report, dispatch: &Dispatch) -> bool {
    let foreign = report.foreign.map(|it| it.kind);
    let told = state.asks_where.then(|| platform::told(&state.text, foreign));
    let told = told.flatten();
    use_effect_with(told, {
        let dispatch = dispatch.clone();
        move |told| {
            let target = told.and_then(|id| TARGETS.iter().position(|it| it.id == id));
            if let Some(target) = target {
                dispatch.dispatch(Action::Suggested(target));
            }
        }
    });
    told.is_some()
}

/// Takes files that are dropped anywhere; returns whether one is held above the page.
#[hook]
fn use_dropped_files(desk: &Desk) -> bool {
    let held = use_state(|| false);
    use_effect_with((), {
        let (held, desk) = (held.clone(), desk.clone());
        move |()| {
            let listeners = web_sys::window().map(|window| {
                let react = move |event: &Event| {
                    let Some(event) = event.dyn_ref::<DragEvent>() else {
                        return;
                    };
                    let Some(data) = event.data_transfer().filter(|it| it.types().includes(&"Files".into(), 0)) else {
                        return; // Text dragged within the editor is the editor's business.
                    };
                    event.prevent_default();
                    match &*event.type_() {
                        "dragover" => held.set(true),
                        "dragleave" => held.set(event.related_target().is_some()),
                        _ => {
                            held.set(false);
                            if let Some(file) = data.files().and_then(|it| it.get(0)) {
                                editing::open(file, desk.clone());
                            }
                        }
                    }
                };
                ["dragover", "dragleave", "drop"].map(|kind| {
                    let react = react.clone();
                    let options = EventListenerOptions::run_in_capture_phase();
                    let options = EventListenerOptions { passive: false, ..options };
                    EventListener::new_with_options(&window, kind, options, move |event| react(event))
                })
            });
            move || drop(listeners)
        }
    });
    *held
}

/// What the keyboard shortcuts act on.
struct Keys {
    report: Shared<Report>,
    printed: Shared<Printed>,
    target: Aim,
    problem: Current,
    is_empty: bool,
    desk: Desk,
}

/// The shortcuts that the help lists.
#[hook]
fn use_shortcuts(keys: Keys) {
    let latest = use_mut_ref(|| None);
    latest.replace(Some(Rc::new(keys)));
    use_effect_with((), |()| {
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                // A copy, because what is done with it draws the page anew.
                let keys = latest.borrow().clone();
                if let (Some(keys), Some(event)) = (keys, event.dyn_ref::<KeyboardEvent>()) {
                    press(&keys, event);
                }
            })
        });
        move || drop(listener)
    });
}

fn press(keys: &Keys, event: &KeyboardEvent) {
    let is_command = event.ctrl_key() || event.meta_key();
    let desk = &keys.desk;
    match &*event.key() {
        "F8" => {
            let found = problems::found(&keys.report, keys.is_empty);
            problems::step(desk, &found, keys.problem, event.shift_key(), false);
        }
        "." if is_command => {
            let mend = problems::mend(&keys.report, keys.is_empty);
            if mend.fixes > 0 {
                desk.mend.emit(mend);
            }
        }
        "s" if is_command && !event.shift_key() => match is_in_text(event) {
            true => desk.save.emit(()),
            false => editing::save(keys.target.file, &keys.printed.text),
        },
        "z" if is_command && !takes_text(event) => {
            desk.history.emit(if event.shift_key() { Step::Redo } else { Step::Undo });
        }
        "?" if !is_command && !takes_text(event) => desk.dispatch.dispatch(Action::Help(true)),
        _ => return,
    }
    event.prevent_default();
}

/// Whether the key goes to the text editor.
fn is_in_text(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|it| matches!(it.closest("#editor"), Ok(Some(_))))
}

/// Whether the key goes to something that takes text, and has an undo of its own.
fn takes_text(event: &KeyboardEvent) -> bool {
    // The first of the path, because the editor may live in a shadow root.
    let target = event.composed_path().get(0).dyn_into::<HtmlElement>();
    target.is_ok_and(|it| {
        it.is_content_editable() || it.matches("textarea, select, input:not([type=checkbox])").unwrap_or(false)
    })
}

/// Keeps the visitor's choices in this browser; without storage they last as long as the page.
#[hook]
fn use_kept_choices(state: &State) {
    use_effect_with(state.dialect, |dialect| services::choose_dialect(*dialect));
    let is_own = state.held != Held::Opened;
    use_effect_with((state.engine, is_own), |(engine, is_own)| {
        services::choose_engine(*engine);
        if !is_own {
            return;
        }
        let kept = if *engine == Engine::default() { String::new() } else { engine.to_string() };
        let _ = storage::write(storage::ENGINE, &kept);
    });
    use_effect_with((state.dialect, is_own), |(dialect, is_own)| {
        services::choose_dialect(*dialect);
        if *is_own {
            let _ = storage::write(storage::DIALECT, dialect.map_or("", |it| it.id));
        }
    });
    use_effect_with((state.host.nixos.release, is_own), |(release, is_own)| {
        if !is_own {
            return;
        }
        let kept = if *release == Release::LATEST { String::new() } else { release.to_string() };
        let _ = storage::write(storage::RELEASE, &kept);
    });
    // Who was asked and has not answered is asked again.
    let targets = (is_own && !state.asks_where).then(|| state.kept_targets());
    use_effect_with(targets, |targets| {
        if let Some(kept) = targets {
            let _ = storage::write(storage::TARGET, kept);
        }
    });
    use_effect_with(state.drafts.clone(), |drafts| {
        let _ = storage::write(storage::DRAFTS, &drafts.kept());
    });
    use_effect_with(state.line_ends, |line_ends| {
        let kept = match line_ends {
            LineEnds::Lf => "",
            LineEnds::CrLf => CRLF,
        };
        let _ = storage::write(storage::LINE_ENDS, kept);
    });
    use_effect_with(state.theme, |theme| {
        let kept = match theme {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let _ = storage::write(storage::THEME, kept);
        let _ = shell::refresh_theme();
    });
    use_effect_with(state.hides_known, |hides_known| {
        let kept = if *hides_known { "hidden" } else { "" };
        let _ = storage::write(storage::KNOWN, kept);
    });
}

/// Keeps the networks to keep clear of in this browser, and the travel check about them in the address.
#[hook]
fn use_kept_networks(state: &State, gathered: &Gathered) {
    let is_own = state.held != Held::Opened;
    let choices = (state.route.clone(), gathered.clone(), is_own);
    use_effect_with(choices, |(route, gathered, is_own)| {
        let Gathered { text, places, .. } = gathered;
        // What a link asks about is in the link.
        let is_kept = *is_own && !matches!(route, Route::Travel(asked) if !asked.is_empty());
        if is_kept {
            let _ = storage::write(storage::AVOID, text);
            let _ = storage::write(storage::PLACES, &places.join(" "));
        }
        if matches!(route, Route::Travel(_)) {
            let address = gathered.address();
            // Without an address bar the check is not in it.
            let _ = address::replace(&address);
            if is_kept {
                let _ = storage::write(storage::CHECK, &address);
            }
        }
    });
}

/// When typing rests: keeps the draft, says the verdict, and ends the run of typing.
#[hook]
fn use_rested(text: &Rc<str>, mended: Option<String>, summary: &Summary, dispatch: &Dispatch) {
    let unkept = use_mut_ref(|| None::<Rc<str>>);
    use_effect_with((), {
        let unkept = unkept.clone();
        move |()| {
            let leaving =
                web_sys::window().map(|window| EventListener::new(&window, "pagehide", move |_| keep(&unkept)));
            move || drop(leaving)
        }
    });
    use_effect_with((text.clone(), mended, summary.clone()), {
        let dispatch = dispatch.clone();
        move |(text, mended, summary)| {
            let sentence = summary.sentence.replace('`', "");
            let told = mended.iter().chain([&sentence]);
            let told: Vec<&str> = told.map(String::as_str).collect();
            let sentence = told.join(" ");
            let said = shell::said();
            unkept.replace(Some(text.clone()));
            let timer = Timeout::new(REST, move || {
                keep(&unkept);
                // Without live region there is nobody to tell. "Copied", said meanwhile, is not talked over.
                if shell::said() == said {
                    let _ = shell::announce(&sentence);
                }
                dispatch.dispatch(Action::Rested);
            });
            move || drop(timer)
        }
    });
}

/// Keeps the draft, once: another tab may keep a newer one.
fn keep(unkept: &RefCell<Option<Rc<str>>>) {
    if let Some(text) = unkept.take() {
        // Without storage there is nobody to keep it.
        let _ = storage::write(storage::DRAFT, &text);
    }
}

/// Shows the parts of the static page that belong to the chosen view.
#[hook]
fn use_arrangement(state: &State, rest: &Rest, editor: &Editor) {
    let was_away = use_mut_ref(|| false);
    use_effect_with((state.view, state.face, state.route.clone()), |(view, face, route)| {
        let view = match view {
            View::Edit => "edit",
            View::Problems => "problems",
            View::Result => "result",
            View::Space => "space",
        };
        // What the static page lacks cannot be arranged. The travel check has a verdict of its own.
        let _ = shell::show("verdict", !matches!(route, Route::Travel(_)));
        let _ = shell::mark("workbench", "data-view", view);
        let _ = shell::show("workbench", *route == Route::Workbench);
        let _ = shell::show("editor", *face == Face::Text);
        let _ = shell::show("form-panel", *face == Face::Form);
        let _ = shell::entitle(route);
    });
    use_effect_with((state.route.clone(), rest.clone()), {
        let editor = editor.clone();
        move |(route, _)| {
            let is_away = *route != Route::Workbench;
            let was_away = was_away.replace(is_away);
            let article = shell::element(reading::ARTICLE).ok();
            if let Some(article) = article.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                if !visit::restore() {
                    article.set_scroll_top(0);
                    // An article that has gone meanwhile cannot take focus, and need not.
                    let _ = article.focus();
                }
            } else if was_away {
                focus::come_back(|| focus_text(&editor));
            }
        }
    });
}
