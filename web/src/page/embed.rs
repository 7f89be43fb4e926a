//! What an embed shows beside its editor: the problems, the result and the map of one configuration.

use std::{cell::RefCell, rc::Rc};

use drydock::{
    Request, Summary, analyze, choices,
    daemon::{
        dialect,
        print::{Order, TARGETS, print},
    },
    document::{Dialect, Notation},
    link,
    rule::diagnostic::Diagnostic,
};
use js_sys::Array;
use wasm_bindgen::{JsValue, closure::Closure};
use web_sys::Element;
use yew::prelude::*;

use super::{
    desk::Shared,
    examined::{Seen, use_examined},
    found::Found,
    keep_clear::Gathered,
    map::Map,
    nix::{self, use_nix},
    problems::{Problems, problems},
    rest::use_rest,
    result::{Outcome, outcome},
    space::{Outlook, instead},
    tabs::tabs,
    text::{Work, begun, use_desk, use_editor, use_marks},
};
use crate::{
    drawing::Drawing,
    glance::{self, engine_of, host_of},
    lines, linked,
    offsets::Offsets,
    outside::{
        editor::{Editor, number},
        frame::Frame,
    },
    record::record,
    store::{Action, State},
};

/// What comes after the verdict of an embed.
pub struct Embedding {
    /// Draws the parts around the editor.
    pub draw: fn(Element, Editor, Frame),
    /// Whether a text is Nix, which a file of wasm reads that comes for it alone.
    pub is_nix: fn(&str, &str) -> bool,
    /// All that follows from a text for the page that shows it.
    pub report: fn(&str, &str, &str, &str) -> JsValue,
    /// The fragment of a link that opens a text as it is, with a dialect, an Engine, a NixOS release and a target; empty
    /// when it is too long for one.
    pub link: fn(&str, &str, &str, &str, &str) -> String,
    /// What a link holds.
    pub open: fn(&str) -> JsValue,
}

/// What comes after the verdict of an embed.
pub const EMBEDDING: Embedding = Embedding { draw, is_nix, report, link: link_of, open };

fn draw(place: Element, editor: Editor, frame: Frame) {
    yew::Renderer::<Embed>::with_root_and_props(place, EmbedProps { editor, frame }).render();
}

fn is_nix(text: &str, dialect: &str) -> bool {
    dialect_of(text, dialect).notation == Notation::Nix
}

/// The dialect of this id, or the one that a text looks like.
fn dialect_of(text: &str, dialect: &str) -> &'static Dialect {
    dialect::find(dialect).unwrap_or_else(|| dialect::of(text))
}

/// `{ severity, sentence, diagnostics, outputs }`
fn report(text: &str, dialect: &str, engine: &str, nixos: &str) -> JsValue {
    let dialect = dialect_of(text, dialect);
    let request = Request { dialect, engine: engine_of(engine), host: host_of(nixos), ..Request::of(text) };
    let report = analyze(&request);
    let offsets = Offsets::of(text);
    let diagnostics: Array = report.diagnostics.iter().map(|it| told(it, &offsets)).collect();
    let outputs: Vec<(&str, JsValue)> = TARGETS
        .iter()
        .map(|it| (it, print(&request, &report, it, Order::AsWritten)))
        .filter(|(_, printed)| printed.error.is_none() && !printed.text.is_empty())
        .map(|(target, printed)| (target.id, printed.text.into()))
        .collect();
    let [severity, sentence] = glance::verdict(&Summary::of(text, &report));
    record(&[severity, sentence, ("diagnostics", diagnostics.into()), ("outputs", record(&outputs))])
}

/// A diagnostic for a page around.
pub fn told(it: &Diagnostic, offsets: &Offsets) -> JsValue {
    let range = offsets.range(it.span);
    record(&[
        ("rule", it.rule.into()),
        ("severity", it.severity.name().into()),
        ("message", it.message.as_str().into()),
        ("why", (&*it.why).into()),
        ("help", (&*it.help).into()),
        ("from", number(range.start)),
        ("to", number(range.end)),
        ("line", number(offsets.line(it.span.start))),
    ])
}

/// What a text and the choices of an embed are on the page.
fn state(text: &str, dialect: &str, engine: &str, nixos: &str, target: &str) -> State {
    let target = TARGETS.iter().position(|it| it.id == target);
    let dialect = dialect::find(dialect);
    let state =
        State { text: text.into(), dialect, engine: engine_of(engine), host: host_of(nixos), ..State::default() };
    match target {
        Some(target) => state.reduce(Action::Target(target)),
        None => state,
    }
}

fn link_of(text: &str, dialect: &str, engine: &str, nixos: &str, target: &str) -> String {
    let packed = linked::pack(&state(text, dialect, engine, nixos, target));
    super::opening::exact(&packed).unwrap_or_default()
}

/// `{ text, as, engine, nixos, target }`, or `{ trouble }`
fn open(fragment: &str) -> JsValue {
    match link::decode(fragment) {
        Ok(opened) => record(&[
            ("text", lines::lines(&opened.text).into()),
            ("as", opened.dialect.map_or("", |it| it.id).into()),
            (choices::ENGINE.part, opened.engine.to_string().into()),
            (choices::NIXOS.part, opened.host.nixos.release.to_string().into()),
            ("target", opened.target.into()),
        ]),
        Err(error) => record(&[("trouble", error.to_string().into())]),
    }
}

/// A part beside the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Problems,
    Result,
    Map,
}

const PARTS: &[(Part, &str, &str)] =
    &[(Part::Problems, "Problems", "part"), (Part::Result, "Result", "part"), (Part::Map, "Map", "part")];

impl Part {
    /// The part that documentation calls so.
    fn of(name: &str) -> Option<Self> {
        match name {
            "problems" => Some(Self::Problems),
            "result" => Some(Self::Result),
            "map" => Some(Self::Map),
            _ => None,
        }
    }
}

/// The parts that are shown, in their order, and the one that is open.
#[derive(Clone, Debug, Default, PartialEq)]
struct Parts {
    shown: Vec<Part>,
    open: Option<Part>,
}

#[derive(Clone, PartialEq, Properties)]
struct EmbedProps {
    editor: Editor,
    frame: Frame,
}

/// The parts beside the editor.
#[function_component]
fn Embed(props: &EmbedProps) -> Html {
    let EmbedProps { editor, frame } = props;
    let state = use_reducer({
        let editor = editor.clone();
        move || begun(&editor, None)
    });
    let parts = use_state(Parts::default);
    let drawn = use_mut_ref(|| None::<Part>);
    *drawn.borrow_mut() = parts.open;
    let rest = use_rest(true);
    let nix = use_nix(state.writing().nix);
    let dispatch = state.dispatcher();
    use_editor(editor, &dispatch);
    use_choices(frame, &dispatch, &parts, &drawn);

    let gathered = use_memo((), |()| Gathered::unread(&"".into(), &[].into()));
    let seen = use_examined(&state, &gathered.avoid, &rest, &nix);
    let desk = use_desk(editor, &dispatch, &state, &Work::on_settings(&seen, &rest));
    let Seen { offsets, examined, summary, target, printed, before, unread, unwritten } = seen;
    let report = examined.report.clone();
    let outlook = use_memo(examined.clone(), |it| {
        let Request { engine, host, .. } = &it.request;
        let outlook = Outlook::of(&it.report, &gathered, *engine, host.swarm);
        Shared::from(Rc::new(outlook))
    });

    let found = Found::Report(report.clone());
    use_marks(editor, &found, &offsets, report.document.dialect.notation);

    let Some(open) = parts.open else {
        return Html::default();
    };
    let shown: Vec<_> = parts.shown.iter().filter_map(|part| PARTS.iter().find(|it| it.0 == *part).copied()).collect();
    let choose = {
        let parts = parts.clone();
        Callback::from(move |open| parts.set(Parts { shown: parts.shown.clone(), open: Some(open) }))
    };
    html! {
        <>
            <Drawing />
            if state.reading().nix && nix.is_missing() {
                {nix::trouble(&nix)}
            }
            if shown.len() > 1 {
                <div class="embed__parts">{ tabs("Parts", &shown, open, &choose) }</div>
            }
            <section class="panel embed__part" id="part" aria-label={shown.iter().find(|it| it.0 == open).map(|it| it.1)}>
                { match open {
                    Part::Problems => problems(&Problems {
                        found,
                        offsets: Shared::from(offsets),
                        current: state.problem,
                        mended: state.mended,
                        is_alone: false,
                        summary: (*summary).clone(),
                        way_out: None,
                        ways: &[],
                        against: report.engine.title().into(),
                        unread,
                        desk: desk.clone(),
                    }),
                    Part::Result => outcome(&Outcome {
                        tab: state.tab,
                        target,
                        examined,
                        printed,
                        before,
                        base: state.base,
                        asks_where: false,
                        unwritten,
                        rest: rest.clone(),
                        dispatch,
                    }),
                    Part::Map => instead(&report).unwrap_or_else(|| {
                        html! { <Map items={outlook.items.clone()} shows_known=false {dispatch} /> }
                    }),
                } }
            </section>
        </>
    }
}

/// Follows what the host chooses.
#[hook]
fn use_choices(
    frame: &Frame,
    dispatch: &UseReducerDispatcher<State>,
    parts: &UseStateHandle<Parts>,
    drawn: &Rc<RefCell<Option<Part>>>,
) {
    use_effect_with((), {
        let (frame, dispatch, parts) = (frame.clone(), dispatch.clone(), parts.setter());
        let drawn = drawn.clone();
        move |()| {
            let listener = Closure::new(
                move |dialect: String, engine: String, nixos: String, target: String, view: String, open: String| {
                    dispatch.dispatch(Action::Dialect(dialect::find(&dialect)));
                    dispatch.dispatch(Action::Engine(engine_of(&engine)));
                    dispatch.dispatch(Action::Host(host_of(&nixos)));
                    if let Some(target) = TARGETS.iter().position(|it| it.id == target) {
                        dispatch.dispatch(Action::Target(target));
                    }
                    let mut shown: Vec<Part> = Vec::new();
                    for part in view.split(' ').filter_map(Part::of) {
                        if !shown.contains(&part) {
                            shown.push(part);
                        }
                    }
                    let is_shown = |it: &Part| shown.contains(it);
                    let open = Part::of(&open).filter(is_shown);
                    let open = open.or(drawn.borrow().filter(is_shown));
                    parts.set(Parts { open: open.or(shown.first().copied()), shown });
                },
            );
            frame.on_choices(&listener);
            move || drop(listener)
        }
    });
}
