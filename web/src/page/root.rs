//! Which workbench does the address name? The text of each is kept by itself.

use drydock::{bench::Listing, daemon::LISTING};
use gloo_events::EventListener;
use yew::prelude::*;

use super::{
    app::{App, AppProps},
    bench::Bench,
    kept::keep_draft,
};
use crate::{
    outside::{address, editor::Editor, storage},
    route::Route,
};

/// Puts the text of a bench into the editor: the one last typed, and over it one that was carried there.
fn begin(editor: &Editor, bench: Option<&'static Listing>) {
    let kept = storage::read(&storage::draft(bench)).unwrap_or_default();
    let name = bench.map_or(LISTING.text, |it| it.text);
    let key = bench.map(|it| storage::of_bench(it, storage::CARRIED));
    let carried = key.as_deref().and_then(storage::read);
    match carried {
        Some(carried) if kept.trim_ascii().is_empty() => editor.restart(&carried, name),
        Some(carried) => {
            editor.restart(&kept, name);
            editor.set_text(&carried, name);
        }
        None => editor.restart(&kept, name),
    }
    if let Some(key) = key {
        // What cannot be forgotten comes once more.
        let _ = storage::write(&key, "");
    }
}

/// Takes a text to a bench, over the one that is there; false when it stays, because there is no storage to carry it.
pub fn carry(bench: &Listing, text: &str) -> bool {
    let is_carried = storage::write(&storage::of_bench(bench, storage::CARRIED), text).is_ok();
    if is_carried {
        // Without an address bar the page stays where it is.
        let _ = address::go(&Route::address_of(bench));
    }
    is_carried
}

/// The bench that the address names, with its text in the editor.
#[function_component]
pub fn Root(props: &AppProps) -> Html {
    let shown = use_state_eq(|| address::route().bench());
    use_effect_with((), {
        let (shown, editor) = (shown.clone(), props.editor.clone());
        move |()| {
            if let Some(listing) = *shown {
                editor.restart(&editor.text(), listing.text);
            }
            let now = std::cell::Cell::new(*shown);
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    let next: Option<&'static Listing> = address::route().bench();
                    let before = now.replace(next);
                    if before != next {
                        keep_draft(before, &editor.text());
                        begin(&editor, next);
                        shown.set(next);
                    }
                })
            });
            move || drop(listener)
        }
    });
    match *shown {
        None => html! { <App ..props.clone() /> },
        Some(listing) => html! { <Bench key={listing.id} {listing} editor={props.editor.clone()} /> },
    }
}
