//! Which workbench does the address name? The text of each is kept by itself.

use std::cell::{Cell, RefCell};

use drydock::{bench::Listing, daemon::LISTING};
use gloo_events::EventListener;
use yew::prelude::*;

use super::{
    app::{App, AppProps},
    arrived::{Arrived, Carried, use_pasted},
    bench::Bench,
    kept::keep_draft,
};
use crate::{
    outside::{address, editor::Editor, storage},
    route::Route,
};

/// A workbench; `None` is the usual one.
pub type Place = Option<&'static Listing>;

/// The daemon's.
pub const USUAL: Place = None;

thread_local! {
    static CARRIED: RefCell<Option<Carried>> = const { RefCell::new(None) };
}

/// What the text of a bench is called, for who hears the page.
pub fn text_name(bench: Place) -> &'static str {
    bench.map_or(LISTING.text, |it| it.text)
}

/// Puts the text of a bench into the editor: the one last typed, and over it one that was carried there.
fn begin(editor: &Editor, before: Place, bench: Place) -> Option<Arrived> {
    let kept = storage::read(&storage::draft(bench)).unwrap_or_default();
    let name = text_name(bench);
    let carried = CARRIED.take().filter(|it| it.to == bench);
    match &carried {
        Some(carried) if kept.trim_ascii().is_empty() => editor.restart(&carried.text, name),
        Some(carried) => {
            editor.restart(&kept, name);
            editor.set_text(&carried.text, name);
        }
        None => editor.restart(&kept, name),
    }
    let left = storage::read(&storage::draft(before)).unwrap_or_default();
    let is_over = !left.trim_ascii().is_empty();
    carried.map(|carried| Arrived { carried, from: before, text: editor.text().into(), kept: kept.into(), is_over })
}

/// Takes a text to a bench, over the one that is there; `left` is what the present bench keeps. False when it stays, because
/// there is no storage to keep that.
pub fn carry(carried: Carried, left: &str) -> bool {
    let here = address::route().bench();
    let is_kept = storage::write(&storage::draft(here), left).is_ok();
    if is_kept {
        let to = carried.to.map_or(Route::Workbench, Route::Bench);
        CARRIED.replace(Some(carried));
        // Without an address bar the page stays where it is.
        let _ = address::go(&to.address());
    }
    is_kept
}

/// The bench that the address names, with its text in the editor.
#[function_component]
pub fn Root(props: &AppProps) -> Html {
    let shown = use_state_eq(|| (address::route().bench(), None::<Arrived>));
    use_effect_with((), {
        let (shown, editor) = (shown.clone(), props.editor.clone());
        move |()| {
            let now = Cell::new(shown.0);
            if let Some(listing) = now.get() {
                editor.restart(&editor.text(), listing.text);
            }
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    let next = address::route().bench();
                    let before = now.replace(next);
                    if before != next {
                        keep_draft(before, &editor.text());
                        shown.set((next, begin(&editor, before, next)));
                    }
                })
            });
            move || drop(listener)
        }
    });
    use_pasted(&props.editor);
    let (bench, arrived) = &*shown;
    match *bench {
        None => html! { <App arrived={arrived.clone()} ..props.clone() /> },
        Some(listing) => {
            let known = props.known.clone();
            html! { <Bench key={listing.id} {listing} editor={props.editor.clone()} {known} arrived={arrived.clone()} /> }
        }
    }
}
