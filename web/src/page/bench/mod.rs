//! A workbench, drawn from its rows: nothing here knows what it is about.

pub mod blocks;
mod choices;
mod embed;
pub mod pictures;
mod result;
pub mod shared;

pub use embed::{TELLING, Telling, draw};

use std::rc::Rc;

use drydock::{
    Summary,
    bench::{Examined, Example, Input, Listing, Printed, Request, Workbench, Written},
};
use yew::prelude::*;

use self::{
    blocks::{Around, panels},
    choices::choices,
    result::Result,
    shared::Shared as SharedLink,
};
use super::{
    arrangement::{use_address, use_arrangement, use_kept_focus},
    arrived::{Arrived, Notice, use_arrived},
    desk::{Beginning, Desk, Shared},
    dropped::use_dropped_files,
    editing::{open_button, refusal, save_button},
    fetched::{use_known, use_turn},
    found::Found,
    help::Help,
    icon::icon,
    keep_clear::Known,
    kept::{first_state_of, use_kept_on_bench, use_rested},
    later::{Later, use_later},
    menu::Menu,
    part::part,
    problems::{self, Problems},
    rest::use_rest,
    shortcuts::{Keys, use_shortcuts},
    splitter::Splitter,
    text::{Work, use_desk, use_editor, use_marks},
    verdict::verdict,
    views::{Views, views},
};
use crate::{
    benches,
    drawing::Drawing,
    lines::LineEnds,
    offsets::Offsets,
    outside::{editor::Editor, services, shell},
    store::{Action, Base, State, Tab, View},
};

/// What a bench is given.
#[derive(Clone, PartialEq, Properties)]
pub struct BenchProps {
    /// Which one it is.
    pub listing: &'static Listing,
    /// The editor, which owns the text.
    pub editor: Editor,
    /// Where the list of known networks is.
    pub known: AttrValue,
    /// A text that has come from another bench.
    pub arrived: Option<Arrived>,
}

/// The file of a bench, or where it stays.
type Row = Later<&'static Workbench>;

/// What follows from what the visitor typed and chose.
struct Seen {
    examined: Option<Shared<Examined>>,
    written: Rc<Written>,
    printed: Shared<Printed>,
    before: Option<Shared<Printed>>,
}

/// A workbench.
#[function_component]
pub fn Bench(props: &BenchProps) -> Html {
    let BenchProps { listing, editor, known, arrived } = props;
    let listing = *listing;
    let state = use_reducer_eq({
        let editor = editor.clone();
        move || first_state_of(listing, &editor)
    });
    let dispatch = state.dispatcher();
    let row = use_later(true, move || async move { Ok(benches::fetch(listing.id).await?.row) });
    let is_turn = use_turn(true, editor);
    let rest = use_rest(is_turn);
    let offsets = use_memo(state.text.clone(), |text| Offsets::of(text));
    let known = use_known(known, &rest, is_turn);
    let seen = use_seen(&state, &row, &known);
    let Seen { examined, written, printed, before } = seen;
    let summary = summary(&state.text, examined.as_deref());
    let desk = use_desk(
        editor,
        &dispatch,
        &state,
        &Work { offsets: &offsets, examined: None, file: listing.file, rest: &rest },
    );

    use_editor(editor, &dispatch);
    use_address(&dispatch);
    use_kept_focus(editor);
    let file_is_held = use_dropped_files(&desk);
    let target = row.here().map(|it| it.targets.get(state.target).unwrap_or(&it.targets[0]));
    let found =
        Found::Examined(listing, examined.clone().unwrap_or_else(|| Shared::from(Rc::new(Examined::nothing()))));
    use_shortcuts(Keys {
        found: found.clone(),
        printed: printed.clone(),
        file: target.map_or("", |it| it.file),
        problem: state.problem,
        is_empty: summary.is_empty,
        desk: desk.clone(),
    });
    use_kept_on_bench(listing, &state);
    let listed = found.list(summary.is_empty);
    let said = use_arrived(arrived, Some(listing), &state.text, &dispatch);
    let told = state.mended.map(|it| problems::told(it, &listed)).or(said);
    use_rested(Some(listing), &state.text, told, &summary, &dispatch);
    use_arrangement(&state, &rest, editor);
    use_marks(editor, &found, &offsets, listing.notation);
    use_answers(&row);
    let all = row.here().map_or(&[][..], |it| it.panels);
    let chosen = state.panel.min(all.len().saturating_sub(1));
    let shown = use_memo((examined.clone(), state.target, chosen), {
        let written = written.clone();
        let panel = all.get(chosen);
        move |(examined, ..)| match (panel, examined) {
            (Some(panel), Some(examined)) => (panel.show)(examined, &written),
            _ => Vec::new(),
        }
    });
    let last = all.get(chosen).map_or("", |it| it.title);
    use_effect_with(last, |last| {
        // What the static page lacks has no name.
        let _ = shell::mark("panel-space", "aria-label", last);
    });
    let arrival = shared::use_link(&row, listing, &state, editor, &dispatch);

    let unread = row.here().is_none().then(|| row.draw(|_| Html::default()));
    let is_empty = summary.is_empty;
    let parts = [
        ("masthead", choices(listing, &state, &dispatch)),
        (
            "verdict",
            html! {
                <>
                    {arrival}
                    <Notice arrived={arrived.clone()} here={Some(listing)} text={state.text.clone()} editor={editor.clone()} />
                    {part((state.refused.clone(), desk.clone()), |(why, desk)| refusal(why.as_deref(), desk))}
                    {part(summary.clone(), verdict)}
                </>
            },
        ),
        (
            "editing",
            part((Of(listing, row.here()), is_empty, desk.clone()), |(it, is_empty, desk)| {
                editing(it, *is_empty, desk)
            }),
        ),
        (
            "invitation",
            part((Of(listing, row.here()), is_empty, desk.clone()), |(it, is_empty, desk)| {
                invitation(it, *is_empty, desk)
            }),
        ),
        (
            "left-splitter",
            html! { <Splitter label="Resize editor and problems" property="--left-row" share=620 now={problems::room(&found)} /> },
        ),
        (
            "problems",
            problems::problems(&Problems {
                found: found.clone(),
                offsets: Shared::from(offsets.clone()),
                current: state.problem,
                mended: state.mended,
                is_alone: state.view == View::Problems,
                summary: summary.clone(),
                way_out: None,
                ways: &[],
                against: listing.against.into(),
                unread: unread.clone(),
                desk: desk.clone(),
            }),
        ),
        (
            "column-splitter",
            html! { <Splitter label="Resize text and result" property="--column" share=500 upright=true /> },
        ),
        (
            "result",
            match (row.here(), target, &examined) {
                (Some(bench), Some(target), Some(_)) => result::result(&Result {
                    bench,
                    tab: state.tab,
                    target,
                    written: &written,
                    printed: printed.clone(),
                    before,
                    base: state.base,
                    rest: rest.clone(),
                    is_empty,
                    dispatch: dispatch.clone(),
                }),
                _ => unread.clone().unwrap_or_default(),
            },
        ),
        ("right-splitter", html! { <Splitter label="Resize result and report" property="--right-row" share=600 /> }),
        ("space", {
            let shows_known = !state.hides_known;
            panels(
                all,
                chosen,
                if is_empty { &[] } else { &shown },
                &Around { offsets: &offsets, desk: &desk, rest: &rest, shows_known },
            )
        }),
        ("views", {
            let (view, problems, severity) = (state.view, listed.len(), summary.severity);
            part(Views { view, problems, severity, last, dispatch: dispatch.clone() }, views)
        }),
    ];
    let ids = parts.each_ref().map(|it| it.0);
    // A slot that the static page lacks shows nothing.
    let slots = use_memo(ids, |ids| ids.map(|id| shell::element(id).ok()));
    html! {
        <>
            { for parts.into_iter().zip(&*slots).filter_map(|((_, part), slot)| Some(create_portal(part, slot.clone()?))) }
            if file_is_held {
                <div class="drop">{"Drop the file to open it"}</div>
            }
            <Drawing />
            <Help open={state.help} about={listing.about} rest={rest.clone()} dispatch={dispatch.clone()} />
            <SharedLink {listing} open={state.share} text={state.text.clone()} chosen={state.chosen.clone()}
                target={target.map_or([""; 3], |it| [it.id, it.title, it.language()])} printed={printed} {rest} {desk} />
        </>
    }
}

/// A bench, which is equal when as much of it is here.
struct Of(&'static Listing, Option<&'static Workbench>);

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 && self.1.is_some() == other.1.is_some()
    }
}

impl Of {
    fn examples(&self) -> &'static [Example] {
        self.1.map_or(&[], |it| it.examples)
    }
}

/// Examines the text when it or a choice has changed.
#[hook]
fn use_seen(state: &State, row: &Row, known: &Known) -> Seen {
    let choices = (state.text.clone(), state.chosen.clone(), row.clone(), known.clone());
    let request =
        use_memo((state.text.clone(), state.chosen.clone(), known.clone()), |(text, chosen, known)| Request {
            text: text.to_string(),
            chosen: chosen.clone(),
            known: known.as_ref().map(Shared::held).unwrap_or_default(),
        });
    let examined = use_memo(choices, {
        let request = request.clone();
        move |(_, _, row, _)| row.here().map(|it| Shared::from(Rc::new((it.examine)(&request))))
    });
    let examined = (*examined).clone();
    let written = use_memo((examined.clone(), state.target), {
        let request = request.clone();
        let row = row.here();
        move |(examined, target)| match (row, examined) {
            (Some(row), Some(examined)) => write(row, *target, &request, examined),
            _ => Written::default(),
        }
    });
    let base = match (state.tab, state.base) {
        (Tab::Diff, Base::Beginning) => Some(state.beginning.clone()),
        (Tab::Diff, Base::Previous) => Some(state.previous.clone()),
        _ => None,
    };
    let before = use_memo((base, state.target, state.chosen.clone(), row.clone()), |(base, target, chosen, row)| {
        let row = row.here()?;
        let request = Request { text: base.as_ref()?.to_string(), chosen: chosen.clone(), ..Request::default() };
        Some(Shared::from(write(row, *target, &request, &(row.examine)(&request)).printed))
    });
    Seen { examined, printed: Shared::from(written.printed.clone()), written, before: (*before).clone() }
}

fn write(row: &Workbench, target: usize, request: &Request, examined: &Examined) -> Written {
    let target = row.targets.get(target).unwrap_or(&row.targets[0]);
    (target.write)(request, examined, target)
}

/// Lets the editor ask this bench.
#[hook]
fn use_answers(row: &Row) {
    use_effect_with(row.clone(), |row| {
        services::ask_bench(row.here().map(services::OfBench::of));
        || services::ask_bench(None)
    });
}

/// The verdict on a text.
fn summary(text: &str, examined: Option<&Examined>) -> Summary {
    let is_empty = text.bytes().all(|it| it.is_ascii_whitespace());
    let examined = examined.filter(|_| !is_empty);
    let sentence = match (examined, is_empty) {
        (Some(examined), _) => examined.conclusion.clone(),
        (None, true) => "Nothing to check yet.".to_owned(),
        (None, false) => "The text has not been read yet.".to_owned(),
    };
    Summary { severity: examined.and_then(Examined::severity), sentence, is_empty, is_judged: examined.is_some() }
}

/// The bar above the editor.
fn editing(bench: &Of, is_empty: bool, desk: &Desk) -> Html {
    use super::desk::Step;
    let undo = desk.history.reform(|_: MouseEvent| Step::Undo);
    html! {
        <div class="panel__bar">
            <h2 class="panel__title">{bench.0.title}</h2>
            <span class="panel__space" />
            <button class="button button--icon only-touch" type="button" aria-label="Undo" title="Undo" onclick={undo}>{icon("undo")}</button>
            <Menu label="Examples">
                { for bench.examples().iter().map(|it| html! {
                    <button class="menu__item" type="button" onclick={begin(bench.0, it, desk)}>
                        {it.title}<span class="menu__about">{it.description}</span>
                    </button>
                }) }
            </Menu>
            { open_button(desk) }
            if !is_empty {
                { save_button(desk) }
            }
        </div>
    }
}

/// What an empty editor says.
fn invitation(bench: &Of, is_empty: bool, desk: &Desk) -> Html {
    if !is_empty {
        return Html::default();
    }
    let listing = bench.0;
    let offered = listing.offered.iter().filter_map(|id| bench.examples().iter().find(|it| it.id == *id));
    html! {
        <div class="editor__invitation">
            <div class="invitation">
                <p class="invitation__title">{listing.invitation}</p>
                <div class="invitation__ways">
                    { for offered.map(|it| html! {
                        <button class="button button--edged" type="button" onclick={begin(listing, it, desk)}>{it.title}</button>
                    }) }
                </div>
                <p class="menu__about">{listing.about}{" You can also drop a file anywhere on this page."}</p>
            </div>
        </div>
    }
}

fn begin(listing: &'static Listing, example: &'static Example, desk: &Desk) -> Callback<MouseEvent> {
    let lines = listing.choices.iter().find(|it| matches!(it.input, Input::Lines(_)));
    let dispatch = desk.dispatch.clone();
    desk.begin.reform(move |_| {
        if let Some(choice) = lines {
            dispatch.dispatch(Action::Beside(choice, example.aside));
        }
        Beginning {
            text: example.text.into(),
            label: ["Example: ", example.title].concat(),
            line_ends: LineEnds::Lf,
            ..Beginning::default()
        }
    })
}

/// Sends an action.
fn send<E: 'static>(dispatch: &super::desk::Dispatch, action: Action) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}
