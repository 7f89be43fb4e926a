//! The whole page: the store, what is computed from it, and where each part is drawn.

use std::rc::Rc;

use drydock::{
    Report, Request,
    daemon::{LISTING, dialect, print::TARGETS},
    document::Notation,
};
use yew::prelude::*;

use super::{
    arrangement::{use_address, use_arrangement, use_kept_focus},
    arrived::{Arrived, Notice, use_arrived},
    desk::{Dispatch, Shared},
    dropped::use_dropped_files,
    editing::{self, Editing},
    examined::{Seen, use_examined},
    fetched::{use_known, use_reference, use_turn},
    form::Form,
    found::Found,
    help::Help,
    keep_clear::Gathered,
    kept::{REST, first_state, use_kept_choices, use_kept_networks, use_rested},
    masthead::{Masthead, masthead},
    nix::{self, use_nix},
    opening::use_links,
    part::part,
    problems::{self, Problems},
    reading::{self, Reading},
    rest::use_rest,
    result::{Outcome, outcome},
    root::USUAL,
    share::Share,
    shortcuts::{Keys, use_shortcuts},
    space::{Outlook, Space, space},
    splitter::Splitter,
    text::{Work, use_desk, use_editor, use_marks},
    travel::Travel,
    verdict::verdict,
    views::{Views, views},
};
use crate::{
    drawing::Drawing,
    linked,
    outside::{editor::Editor, shell},
    platform,
    route::Route,
    store::{Action, Face, State, View},
};

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
    /// A text that has come from another bench.
    #[prop_or_default]
    pub arrived: Option<Arrived>,
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

    let nix = use_nix(state.writing().nix);
    let is_turn = use_turn(state.needs_rest(), editor);
    let rest = use_rest(is_turn);
    let known = use_known(&props.known, &rest, is_turn);
    let choices = (state.avoid.clone(), state.places.clone(), known.clone(), rest.clone());
    let gathered = use_memo(choices, |(text, places, known, rest)| match rest.here() {
        Some(parts) => (parts.gather)(text, places, known),
        None => Gathered::unread(text, places),
    });
    let gathered = (*gathered).clone();
    let seen = use_examined(&state, &gathered.avoid, &rest, &nix);
    let desk = use_desk(editor, &dispatch, &state, &Work::on_settings(&seen, &rest));
    let Seen { offsets, examined, summary, target, printed, before, unread, unwritten } = seen;
    let report = examined.report.clone();
    let choices = (examined.clone(), known, rest.clone());
    let way_out = use_memo(choices, |(it, known, rest)| {
        let is_asked = !it.report.collisions.is_empty();
        let parts = rest.here().filter(|_| is_asked)?;
        let known = known.as_ref().map(|it| &it[..]).unwrap_or_default();
        (parts.way_out)(&it.request, &it.report, known)
    });
    let choices = (examined.clone(), gathered.clone(), rest.clone());
    let outlook = use_memo(choices, |(it, gathered, rest)| {
        let Request { engine, host, .. } = &it.request;
        let parts = rest.here()?;
        let outlook = (parts.outlook)(&it.report, gathered, *engine, host.swarm);
        Some(Shared::from(Rc::new(outlook)))
    });
    let outlook: Option<Shared<Outlook>> = (*outlook).clone();

    let is_told = use_told_platform(&state, &report, &dispatch);
    use_editor(editor, &dispatch);
    use_address(&dispatch);
    use_kept_focus(editor);
    let arrival = use_links(&state, REST, editor, &dispatch, &rest);
    let reference = use_reference(&props.reference, is_turn);
    let file_is_held = use_dropped_files(&desk);
    let found = Found::Report(report.clone());
    use_shortcuts(Keys {
        found: found.clone(),
        printed: printed.clone(),
        file: target.file,
        problem: state.problem,
        is_empty: summary.is_empty,
        desk: desk.clone(),
    });
    use_kept_choices(&state);
    use_kept_networks(&state, &gathered);
    let listed = found.list(summary.is_empty);
    let said = use_arrived(&props.arrived, None, &state.text, &dispatch);
    let told = state.mended.map(|it| problems::told(it, &listed)).or(said);
    use_rested(None, &state.text, told, &summary, &dispatch);
    use_arrangement(&state, &rest, editor);

    use_marks(editor, &found, &offsets, report.document.dialect.notation);

    let is_empty = summary.is_empty;
    let against = AttrValue::from(report.engine.title());
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
                    taken: report.taken.clone(),
                    theme: state.theme,
                    route: state.route.clone(),
                    desk: desk.clone(),
                },
                masthead,
            ),
        ),
        (
            "verdict",
            html! {
                <>
                    {arrival}
                    <Notice arrived={props.arrived.clone()} here={USUAL} text={state.text.clone()} editor={editor.clone()} />
                    if state.reading().nix && nix.is_missing() {
                        {nix::trouble(&nix)}
                    }
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
                Face::Form => unread.clone().unwrap_or_else(|| {
                    rest.draw(|it| {
                        (it.form)(&Form {
                            report: report.clone(),
                            offsets: Shared::from(offsets.clone()),
                            is_editable: (it.takes_settings)(&state.text, &report.document),
                            engine: report.engine,
                            filter: state.filter.clone(),
                            drafts: state.drafts.clone(),
                            desk: desk.clone(),
                        })
                    })
                }),
            },
        ),
        (
            "left-splitter",
            html! { <Splitter label="Resize editor and problems" property="--left-row" share=620 now={problems::room(&found)} /> },
        ),
        (
            "problems",
            problems::problems(&Problems {
                found: found.clone(),
                offsets: Shared::from(offsets),
                current: state.problem,
                mended: state.mended,
                is_alone: state.view == View::Problems,
                summary: (*summary).clone(),
                way_out: (*way_out).clone(),
                ways: report.foreign.map(|it| it.ways()).unwrap_or_default(),
                against,
                unread,
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
                before,
                base: state.base,
                asks_where: state.asks_where && !is_told,
                unwritten,
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
            match (&state.route, rest.here(), outlook) {
                (Route::Workbench, _, _) => Html::default(),
                (Route::Travel(_), Some(parts), Some(outlook)) => (parts.travel)(&Travel {
                    examined: examined.clone(),
                    is_empty,
                    outlook,
                    gathered,
                    shows_known: !state.hides_known,
                    written: [Notation::Nix, Notation::Json].map(|it| examined.write(state.aims.of(it))),
                    desk: desk.clone(),
                }),
                (route, Some(parts), _) => (parts.reading)(&Reading {
                    route: route.clone(),
                    engine: state.engine,
                    reference,
                    messages: props.messages.clone(),
                    desk: desk.clone(),
                    rest: rest.clone(),
                }),
                (_, None, _) => reading::awaited(&rest),
            },
        ),
        (
            "views",
            match state.route {
                Route::Workbench => {
                    let (view, problems, severity) = (state.view, listed.len(), summary.severity);
                    part(Views { view, problems, severity, last: "Map", dispatch: dispatch.clone() }, views)
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
            <Help open={state.help} about={LISTING.about} rest={rest.clone()} dispatch={dispatch.clone()} />
            <Share shared={state.share.then(|| Rc::new(linked::pack(&state)))} {report} {printed} {target} {rest} {desk} />
        </>
    }
}

/// Shows the result for the platform that the text names, until the visitor chooses one; returns whether it names one.
#[hook]
fn use_told_platform(state: &State, report: &Report, dispatch: &Dispatch) -> bool {
    let foreign = report.foreign.map(|it| it.kind);
    let told = state.asks_where.then(|| platform::told(&state.text, report.document.dialect.notation, foreign));
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
