//! Which part of the page is shown, and which has the keyboard?

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{desk::Dispatch, reading, rest::Rest};
use crate::{
    outside::{
        address,
        editor::Editor,
        focus::{self, Pressed},
        shell, visit,
    },
    route::Route,
    store::{Action, Face, State, View},
};

/// Follows links and the browser's back button.
#[hook]
pub fn use_address(dispatch: &Dispatch) {
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
pub fn use_kept_focus(editor: &Editor) {
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

/// Shows the parts of the static page that belong to the chosen view.
#[hook]
pub fn use_arrangement(state: &State, rest: &Rest, editor: &Editor) {
    let was_away = use_mut_ref(|| false);
    use_effect_with((state.view, state.face, state.route.clone()), |(view, face, route)| {
        let view = match view {
            View::Edit => "edit",
            View::Problems => "problems",
            View::Result => "result",
            View::Space => "space",
        };
        // What the static page lacks cannot be arranged. The travel check and the guides have a verdict of their own.
        let _ = shell::show("verdict", !matches!(route, Route::Travel(_) | Route::Guide(..)));
        let _ = shell::mark("workbench", "data-view", view);
        let _ = shell::show("workbench", route.is_bench());
        let _ = shell::show("editor", *face == Face::Text);
        let _ = shell::show("form-panel", *face == Face::Form);
        let _ = shell::entitle(route);
    });
    use_effect_with((state.route.clone(), rest.clone()), {
        let editor = editor.clone();
        move |(route, _)| {
            let is_away = !route.is_bench();
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

/// Gives the keyboard to the text, where it is shown.
fn focus_text(editor: &Editor) {
    if !focus::to_workbench() {
        editor.focus();
    }
}
