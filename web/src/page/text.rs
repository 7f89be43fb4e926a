//! The text between editor and store: what follows from it, and the ways to touch it. Page and embed share it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use drydock::{
    Request,
    bench::Listing,
    daemon::{foreign::Way, print::TARGETS},
    docker::host::{Host, Nixos},
    document::{Change, Notation},
    rule::mend::Mend,
    text::{Span, TextEdit},
};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use js_sys::Date;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{
    arrived::Carried,
    desk::{Beginning, Desk, Dispatch, Shared, Step},
    editing::save,
    examined::{Examined, Seen},
    found::Found,
    rest::Rest,
    root::carry,
};
use crate::{
    drafts::Drafts,
    drawing::once_drawn,
    lines::LineEnds,
    offsets::Offsets,
    outside::{address, editor::Editor, focus},
    route::{Route, messages_address, travel_address},
    store::{Action, Face, Filter, State, View},
};

/// The text and its report as last drawn, for what the visitor does next.
#[derive(Clone)]
struct Latest {
    /// The text.
    text: Rc<str>,
    /// The editor's number for it.
    revision: u32,
    /// What ended the lines of the file it came from.
    line_ends: LineEnds,
    /// Where its lines and characters are.
    offsets: Rc<Offsets>,
    /// What follows from it, where it holds settings.
    examined: Option<Shared<Examined>>,
    /// The name of the file that it is saved as.
    file: &'static str,
    /// The address of the bench.
    home: Route,
    /// What was typed into the form and is not in the text.
    drafts: Drafts,
    /// What the visitor chose of NixOS.
    nixos: Nixos,
    /// The rest of the page, which has the edits.
    rest: Rest,
    /// What the form leaves out, where it is shown in the text's place.
    form: Option<Filter>,
}

/// What an edit of the form is called.
const BY_FORM: &str = "Form";

/// A copy, because what is done with it draws the page anew.
fn now(latest: &RefCell<Option<Latest>>) -> Option<Latest> {
    latest.borrow().clone()
}

/// So much of a log goes into an address, in bytes.
const SAID: usize = 4096;

/// What the daemon said, from the first line that tells.
fn said(latest: &Latest) -> &str {
    let foreign = latest.examined.as_ref().and_then(|it| it.report.foreign);
    let said = foreign.and_then(|it| latest.text.get(it.span.start..));
    let said = said.unwrap_or_default();
    // Whole lines, when there is more than one.
    let end = (0..=SAID.min(said.len())).rev().find(|it| said.is_char_boundary(*it));
    match said.get(..end.unwrap_or_default()) {
        Some(first) if first.len() < said.len() => first.rsplit_once('\n').map_or(first, |it| it.0),
        _ => said,
    }
}

/// The state with the text that is in the editor, where a bench begins.
pub fn begun(editor: &Editor, bench: Option<&'static Listing>) -> State {
    let text: Rc<str> = editor.text().into();
    State {
        bench,
        revision: editor.revision(),
        beginning: text.clone(),
        previous: text.clone(),
        text,
        ..State::default()
    }
}

/// A text that is worked on.
pub struct Work<'a> {
    /// Where its lines and characters are.
    pub offsets: &'a Rc<Offsets>,
    /// What follows from it, where it holds settings.
    pub examined: Option<&'a Shared<Examined>>,
    /// The name of the file that it is saved as.
    pub file: &'static str,
    /// The rest of the page, which has the edits.
    pub rest: &'a Rest,
}

impl<'a> Work<'a> {
    /// A text with settings.
    pub fn on_settings(seen: &'a Seen, rest: &'a Rest) -> Self {
        let file = seen.examined.report.document.dialect.file;
        Self { offsets: &seen.offsets, examined: Some(&seen.examined), file, rest }
    }
}

/// The ways to touch the text, the same for as long as the page lives.
#[hook]
pub fn use_desk(editor: &Editor, dispatch: &Dispatch, state: &State, work: &Work<'_>) -> Desk {
    let latest = use_mut_ref(|| None::<Latest>);
    *latest.borrow_mut() = Some(Latest {
        text: state.text.clone(),
        revision: state.revision,
        line_ends: state.line_ends,
        offsets: work.offsets.clone(),
        examined: work.examined.cloned(),
        file: work.file,
        home: state.bench.map_or(Route::Workbench, Route::Bench),
        drafts: state.drafts.clone(),
        nixos: state.host.nixos,
        rest: work.rest.clone(),
        form: (state.face == Face::Form).then(|| state.filter.clone()),
    });
    let desk = use_memo((), {
        let (editor, dispatch) = (editor.clone(), dispatch.clone());
        |()| desk(editor, dispatch, latest)
    });
    (*desk).clone()
}

/// The ways to touch the text; they look up what was last drawn when they are used.
fn desk(editor: Editor, dispatch: Dispatch, latest: Rc<RefCell<Option<Latest>>>) -> Desk {
    let apply = {
        let (editor, latest) = (editor.clone(), latest.clone());
        move |edits: &[TextEdit], label: &str| {
            now(&latest).is_some_and(|it| editor.apply(&it.offsets, edits, label, it.revision))
        }
    };
    let fix = {
        let apply = apply.clone();
        Callback::from(move |fix: drydock::rule::diagnostic::Fix| {
            apply(&fix.edits, &fix.title);
        })
    };
    let mend = {
        let (apply, dispatch) = (apply.clone(), dispatch.clone());
        Callback::from(move |mend: Mend| {
            if apply(&mend.edits, &mend.title()) {
                dispatch.dispatch(Action::Mended(mend.fixes));
            }
        })
    };
    let way = {
        let (dispatch, latest, apply) = (dispatch.clone(), latest.clone(), apply.clone());
        Callback::from(move |way: Way| {
            let Some(latest) = now(&latest) else {
                return;
            };
            let all = TextEdit { span: Span::new(0, latest.text.len()), text: String::new() };
            let address = match way {
                Way::Explain => messages_address(said(&latest)),
                Way::Travel => travel_address([]),
                Way::KeepClear => String::new(),
                Way::Open(listing) => {
                    let carried = Carried::asked(latest.text.clone(), Some(listing), latest.line_ends);
                    // What listens to the address hears of it after this.
                    if carry(carried, &latest.text) {
                        apply(&[all], way.title());
                    }
                    return;
                }
            };
            if way != Way::Explain {
                // The text goes where it is of use; undo brings it back.
                dispatch.dispatch(Action::KeepClear(latest.text.clone()));
                apply(&[all], way.title());
            }
            if !address.is_empty() {
                // Without an address bar the page stays where it is.
                let _ = address::go(&address);
            }
        })
    };
    let write = {
        let (editor, latest) = (editor.clone(), latest.clone());
        Callback::from(move |changes: Vec<Change>| {
            let Some(latest) = now(&latest) else {
                return false;
            };
            let (parts, examined) = (latest.rest.here(), latest.examined.as_ref());
            let edits = parts.zip(examined).and_then(|(it, of)| (it.edit)(&latest.text, &of.report.document, &changes));
            edits.is_some_and(|edits| {
                edits.is_empty() || editor.apply(&latest.offsets, &edits, BY_FORM, latest.revision)
            })
        })
    };
    let change = {
        let write = write.clone();
        Callback::from(move |change| {
            write.emit(vec![change]);
        })
    };
    let reveal = {
        let (editor, dispatch, latest) = (editor.clone(), dispatch.clone(), latest.clone());
        Callback::from(move |span| {
            dispatch.dispatch(Action::View(View::Edit));
            let form = now(&latest).and_then(|it| Some((it.rest.here()?, it.form.clone()?, it)));
            let field = form.and_then(|(parts, filter, it)| {
                let examined = it.examined.as_ref()?;
                let Request { engine, .. } = examined.request;
                Some((filter, (parts.field_of)(&examined.report, engine, span)?))
            });
            if let Some((filter, key)) = field {
                let words = "".into();
                dispatch.dispatch(Action::Filter(Filter { words, ..filter }));
                once_drawn(move || focus::to_field(&["field-", key].concat()));
                return;
            }
            dispatch.dispatch(Action::Face(Face::Text));
            let (editor, latest) = (editor.clone(), latest.clone());
            // What is hidden cannot scroll or take focus.
            once_drawn(move || {
                if let Some(latest) = now(&latest) {
                    editor.reveal(&latest.offsets, span);
                }
            });
        })
    };
    let begin = {
        let (editor, dispatch, latest) = (editor.clone(), dispatch.clone(), latest.clone());
        Callback::from(move |it: Beginning| {
            if it.carried.is_some_and(|it| carry(it, &editor.text())) {
                return;
            }
            if let Some(engine) = it.engine {
                dispatch.dispatch(Action::Engine(engine));
            }
            if let (Some(host), Some(latest)) = (it.host, now(&latest)) {
                dispatch.dispatch(Action::Host(Host { nixos: latest.nixos, ..host }));
            }
            let target = it.target.and_then(|id| TARGETS.iter().position(|it| it.id == id));
            if let Some(target) = target {
                dispatch.dispatch(Action::Suggested(target));
            }
            editor.set_text(&it.text, &it.label);
            dispatch.dispatch(Action::Began(it.line_ends));
            dispatch.dispatch(Action::Dialect(it.dialect));
            dispatch.dispatch(Action::View(View::Edit));
            let home = now(&latest).map(|it| it.home).unwrap_or_default();
            if address::route() != home {
                // Without an address bar the page stays where it is.
                let _ = address::go(&home.address());
            }
        })
    };
    let save = {
        let latest = latest.clone();
        Callback::from(move |()| {
            if let Some(it) = now(&latest) {
                save(it.file, &it.line_ends.write(&it.text));
            }
        })
    };
    let history = {
        let dispatch = dispatch.clone();
        Callback::from(move |step| match step {
            Step::Undo if now(&latest).is_some_and(|it| it.drafts.undone(it.revision).is_some()) => {
                dispatch.dispatch(Action::Undrafted);
            }
            Step::Undo => editor.undo(),
            Step::Redo => editor.redo(),
        })
    };
    Desk { dispatch, fix, mend, change, write, reveal, begin, way, save, history }
}

/// Mirrors the editor's text in the store.
#[hook]
pub fn use_editor(editor: &Editor, dispatch: &Dispatch) {
    use_effect_with((), {
        let (editor, telling) = (editor.clone(), Rc::new(Telling::new(dispatch.clone())));
        move |()| {
            let first = web_sys::window().map(|window| {
                ["keydown", "pointerdown", "pagehide"].map(|kind| {
                    let telling = telling.clone();
                    let options = EventListenerOptions::run_in_capture_phase();
                    EventListener::new_with_options(&window, kind, options, move |event| {
                        if !is_typing(event) {
                            telling.tell();
                        }
                    })
                })
            });
            let listener = Closure::new(move |text: String, revision, label: Option<String>| {
                let (typed, by_form) = (label.is_none(), label.as_deref() == Some(BY_FORM));
                telling.take(Action::Changed { text: text.into(), revision, typed, by_form }, typed);
            });
            let end = editor.on_change(&listener);
            move || {
                // It never fails.
                let _ = end.call0(&JsValue::UNDEFINED);
                drop((listener, first));
            }
        }
    });
}

/// What takes longer to draw than this, in milliseconds, is drawn after the key that it follows from.
const AT_ONCE: f64 = 6.0;

/// So many times as long as drawing took, the next keys have the machine for themselves.
const REST: f64 = 5.0;

/// Tells the store of changes: of what is typed, on a slow machine, once the browser has shown the key itself and had some
/// rest. Of several keys until then only the last is told.
struct Telling {
    dispatch: Dispatch,
    waiting: RefCell<Option<Action>>,
    frame: Cell<Option<AnimationFrame>>,
    drawn: Rc<Cell<Drawn>>,
}

/// When the page was last drawn, and how long that took, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Drawn {
    at: f64,
    took: f64,
}

impl Telling {
    fn new(dispatch: Dispatch) -> Self {
        Self { dispatch, waiting: RefCell::default(), frame: Cell::default(), drawn: Rc::default() }
    }

    /// Tells it now or soon.
    fn take(self: &Rc<Self>, action: Action, typed: bool) {
        if !typed {
            // It comes after what was typed before.
            self.tell();
        }
        let is_asked = self.waiting.replace(Some(action)).is_some();
        let Drawn { at, took } = self.drawn.get();
        if !typed || took <= AT_ONCE {
            self.tell();
        } else if !is_asked {
            let telling = self.clone();
            self.frame.set(Some(request_animation_frame(move |_| {
                let rest = at + REST * took - Date::now();
                // What is drawn now is shown before the timer runs.
                Timeout::new(rest.max(0.0) as u32, move || telling.tell()).forget();
            })));
        }
    }

    /// Tells what waits.
    fn tell(&self) {
        if let Some(action) = self.waiting.take() {
            let (begun, drawn) = (Date::now(), self.drawn.clone());
            self.dispatch.dispatch(action);
            // The page is drawn before this runs.
            spawn_local(async move {
                let at = Date::now();
                drawn.set(Drawn { at, took: at - begun });
            });
        }
    }
}

/// Whether an event is a key that writes.
fn is_typing(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|it| {
        let key = it.key();
        let writes = key.chars().nth(1).is_none() || matches!(&*key, "Backspace" | "Delete" | "Enter");
        writes && !it.ctrl_key() && !it.meta_key()
    })
}

/// Marks in the editor what was found, in the same frame as what was typed.
#[hook]
pub fn use_marks(editor: &Editor, found: &Found, offsets: &Rc<Offsets>, notation: Notation) {
    use_effect_with((found.clone(), editor.clone(), notation), {
        let offsets = offsets.clone();
        move |(found, editor, notation)| editor.mark(&offsets, found.in_text(), *notation)
    });
}
