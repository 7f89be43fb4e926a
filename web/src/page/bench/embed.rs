//! What an embed of a bench shows beside its editor, and what it tells the page around.

use std::{cell::RefCell, rc::Rc};

use drydock::{
    bench::{Block, Chosen, Examined, Input, Listing, Request, Workbench},
    link::BenchLink,
};
use js_sys::Array;
use wasm_bindgen::{JsValue, closure::Closure};
use web_sys::Element;
use yew::prelude::*;

use super::{
    Row,
    blocks::{Around, panel},
    result::{Result, result},
    summary, use_answers, use_seen, write,
};
use crate::{
    drawing::Drawing,
    glance,
    lines::lines,
    offsets::Offsets,
    outside::{editor::Editor, frame::Frame},
    page::{
        desk::{Dispatch, Shared},
        embed::told,
        found::Found,
        later::Later,
        problems::{Problems, problems},
        rest::use_rest,
        tabs::tabs,
        text::{Work, begun, use_desk, use_editor, use_marks},
    },
    record::record,
    store::{Action, Tab},
};

/// What an embed tells the page around; it comes with the file of a bench.
pub struct Telling {
    /// The verdict, `{ severity, sentence }`.
    pub verdict: fn(&Workbench, &str, &str) -> JsValue,
    /// All that follows from a text, `{ severity, sentence, diagnostics, outputs }`.
    pub report: fn(&Workbench, &str, &str) -> JsValue,
    /// What is unknown of what was chosen, in sentences.
    pub strangers: fn(&Workbench, &str, &str) -> Array,
    /// The fragment of a link; empty when the text is too long for one.
    pub link: fn(&Workbench, &str, &str, &str) -> String,
    /// What a link holds, `{ text, target, … }` with every choice, or `{ trouble }`.
    pub open: fn(&str) -> JsValue,
}

/// What an embed tells the page around.
pub const TELLING: Telling = Telling { verdict, report, strangers, link, open };

/// The choices, `name=value` each, with a zero byte between them.
fn named(chosen: &str) -> impl Iterator<Item = (&str, &str)> {
    chosen.split('\0').filter_map(|it| it.split_once('='))
}

fn chosen(listing: &Listing, chosen: &str) -> Chosen {
    named(chosen).fold(Chosen::default(), |all, (id, value)| match listing.choice(id) {
        Some(choice) => all.with(choice, value),
        None => all,
    })
}

fn request(row: &Workbench, text: &str, chosen: &str) -> Request {
    Request { text: text.to_owned(), chosen: self::chosen(row.listing, chosen), ..Request::default() }
}

fn verdict(row: &Workbench, text: &str, chosen: &str) -> JsValue {
    let examined = (row.examine)(&request(row, text, chosen));
    record(&glance::verdict(&summary(text, Some(&examined))))
}

fn report(row: &Workbench, text: &str, chosen: &str) -> JsValue {
    let request = request(row, text, chosen);
    let examined = (row.examine)(&request);
    let offsets = Offsets::of(text);
    let diagnostics: Array = examined.diagnostics.iter().map(|it| told(it, &offsets)).collect();
    let outputs: Vec<(&str, JsValue)> = (0..)
        .zip(row.targets)
        .map(|(place, target)| (target, write(row, place, &request, &examined).printed))
        .filter(|(_, printed)| printed.error.is_none() && !printed.text.is_empty())
        .map(|(target, printed)| (target.id, printed.text.as_str().into()))
        .collect();
    let [severity, sentence] = glance::verdict(&summary(text, Some(&examined)));
    record(&[severity, sentence, ("diagnostics", diagnostics.into()), ("outputs", record(&outputs))])
}

fn strangers(row: &Workbench, chosen: &str, target: &str) -> Array {
    let title = row.listing.title;
    let none_of =
        |name: &str, value: &str, all: &[&str]| [name, "=\"", value, "\" is none of ", &all.join(", "), "."].concat();
    let choices = named(chosen).filter_map(|(id, value)| match row.listing.choice(id) {
        None => Some([id, "=\"", value, "\" says nothing about ", title, "."].concat()),
        Some(choice) if choice.takes(value) => None,
        Some(choice) => {
            let offers = match choice.input {
                Input::OneOf(offers) => offers(),
                Input::Text(_) | Input::Lines(_) => Vec::new(),
            };
            let offers: Vec<&str> = offers.iter().map(|it| it.0.as_str()).collect();
            Some(none_of(id, value, &offers))
        }
    });
    let ids: Vec<&str> = row.targets.iter().map(|it| it.id).collect();
    let is_strange = !target.is_empty() && !ids.contains(&target);
    let target = is_strange.then(|| none_of("target", target, &ids));
    choices.chain(target).map(JsValue::from).collect()
}

fn link(row: &Workbench, text: &str, chosen: &str, target: &str) -> String {
    let link = BenchLink::to(row.listing, &request(row, text, chosen), target);
    link.map(|it| it.fragment()).unwrap_or_default()
}

fn open(fragment: &str) -> JsValue {
    let Some(link) = BenchLink::of(fragment) else {
        return JsValue::UNDEFINED;
    };
    match link.request() {
        Ok(read) => {
            let choices = read.chosen.unusual().map(|(id, value)| (id, value.into()));
            let text = [("text", lines(&read.text).into()), ("target", link.target().into())];
            record(&text.into_iter().chain(choices).collect::<Vec<_>>())
        }
        Err(error) => record(&[("trouble", error.to_string().into())]),
    }
}

/// Draws the parts of an embed around its editor.
pub fn draw(place: Element, editor: Editor, frame: Frame, row: &'static Workbench) {
    let props = EmbedProps { bench: Shown(row), editor, frame };
    yew::Renderer::<Embed>::with_root_and_props(place, props).render();
}

/// A bench, which is the same when it is called so.
#[derive(Clone, Copy)]
struct Shown(&'static Workbench);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.0.listing == other.0.listing
    }
}

#[derive(Clone, PartialEq, Properties)]
struct EmbedProps {
    bench: Shown,
    editor: Editor,
    frame: Frame,
}

/// A part beside the editor: its name in documentation, its name for people, and the id of what shows it.
type Part = (&'static str, &'static str, &'static str);

/// The parts of a name: one word stands for all panels.
fn parts_of(bench: &'static Workbench, name: &str) -> Vec<Part> {
    match name {
        "problems" => vec![("problems", "Problems", "part")],
        "result" => vec![("result", "Result", "part")],
        "panels" => bench.panels.iter().map(|it| (it.id, it.title, "part")).collect(),
        id => bench.panels.iter().filter(|it| it.id == id).map(|it| (it.id, it.title, "part")).collect(),
    }
}

/// The parts that are shown, in their order, and the one that is open.
#[derive(Clone, Debug, Default, PartialEq)]
struct Parts {
    shown: Vec<Part>,
    open: &'static str,
}

/// The parts beside the editor.
#[function_component]
fn Embed(props: &EmbedProps) -> Html {
    let EmbedProps { bench: Shown(bench), editor, frame } = props;
    let (bench, listing) = (*bench, bench.listing);
    let state = use_reducer({
        let editor = editor.clone();
        move || begun(&editor, Some(listing))
    });
    let parts = use_state(Parts::default);
    let drawn = use_mut_ref(|| "");
    *drawn.borrow_mut() = parts.open;
    let dispatch = state.dispatcher();
    let row: Row = Later::of(bench);
    use_editor(editor, &dispatch);
    use_choices(bench, frame, &dispatch, &parts, &drawn);

    let offsets = use_memo(state.text.clone(), |text| Offsets::of(text));
    let seen = use_seen(&state, &row, &None);
    let target = bench.targets.get(state.target).unwrap_or(&bench.targets[0]);
    let examined = seen.examined.unwrap_or_else(|| Shared::from(Rc::new(Examined::nothing())));
    let summary = summary(&state.text, Some(&examined));
    let chosen = bench.panels.iter().find(|it| it.id == parts.open).filter(|_| !summary.is_empty);
    let blocks = chosen.map_or_else(Vec::new, |it| (it.show)(&examined, &seen.written));
    let has_picture = blocks.iter().any(|it| matches!(it, Block::Map(_) | Block::Graph(_)));
    let rest = use_rest(state.tab == Tab::Diff || has_picture);
    let work = Work { offsets: &offsets, examined: None, file: listing.file, rest: &rest };
    let desk = use_desk(editor, &dispatch, &state, &work);
    let found = Found::Examined(listing, examined.clone());
    use_marks(editor, &found, &offsets, listing.notation);
    use_answers(&row);

    let Parts { shown, open } = (*parts).clone();
    let Some(part) = shown.iter().find(|it| it.0 == open) else {
        return Html::default();
    };
    let choose = {
        let parts = parts.clone();
        Callback::from(move |open| parts.set(Parts { shown: parts.shown.clone(), open }))
    };
    let around = Around { offsets: &offsets, desk: &desk, rest: &rest, shows_known: false };
    html! {
        <>
            <Drawing />
            if shown.len() > 1 {
                <div class="embed__parts">{ tabs("Parts", &shown, open, &choose) }</div>
            }
            <section class="panel embed__part" id="part" aria-label={part.1}>
                { match (open, bench.panels.iter().find(|it| it.id == open)) {
                    ("problems", _) => problems(&Problems {
                        found,
                        offsets: Shared::from(offsets.clone()),
                        current: state.problem,
                        mended: state.mended,
                        is_alone: false,
                        summary,
                        way_out: None,
                        ways: &[],
                        against: listing.against.into(),
                        unread: None,
                        desk: desk.clone(),
                    }),
                    (_, Some(shown)) => panel(shown.title, &blocks, &around),
                    (_, None) => result(&Result {
                        bench,
                        tab: state.tab,
                        target,
                        written: &seen.written,
                        printed: seen.printed,
                        before: seen.before,
                        base: state.base,
                        rest: rest.clone(),
                        is_empty: summary.is_empty,
                        dispatch,
                    }),
                } }
            </section>
        </>
    }
}

/// Follows what the host chooses.
#[hook]
fn use_choices(
    bench: &'static Workbench,
    frame: &Frame,
    dispatch: &Dispatch,
    parts: &UseStateHandle<Parts>,
    drawn: &Rc<RefCell<&'static str>>,
) {
    use_effect_with((), {
        let (frame, dispatch, parts, drawn) = (frame.clone(), dispatch.clone(), parts.setter(), drawn.clone());
        move |()| {
            let listener = Closure::new(move |chosen: String, target: String, view: String, open: String| {
                dispatch.dispatch(Action::Chosen(self::chosen(bench.listing, &chosen)));
                if let Some(target) = bench.targets.iter().position(|it| it.id == target) {
                    dispatch.dispatch(Action::Target(target));
                }
                let mut shown: Vec<Part> = Vec::new();
                for part in view.split(' ').flat_map(|it| parts_of(bench, it)) {
                    if !shown.contains(&part) {
                        shown.push(part);
                    }
                }
                let named = |name: &str| shown.iter().map(|it| it.0).find(|it| *it == name);
                let asked = parts_of(bench, &open).first().and_then(|it| named(it.0));
                let open = asked.or(named(*drawn.borrow())).or(shown.first().map(|it| it.0));
                parts.set(Parts { open: open.unwrap_or_default(), shown });
            });
            frame.on_choices_on_bench(&listener);
            move || drop(listener)
        }
    });
}
