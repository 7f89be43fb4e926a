//! What is fetched once the page is drawn, and when?

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::{desk::Shared, keep_clear::Known, rest::Rest};
use crate::outside::{download, editor::Editor, reference::Reference};

/// Whether it is the turn of what is fetched later: once the full editor is here, which needs the link before, or at once
/// when something needs it.
#[hook]
pub fn use_turn(is_needed: bool, editor: &Editor) -> bool {
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
pub fn use_reference(address: &AttrValue, is_turn: bool) -> Option<Reference> {
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
pub fn use_known(address: &AttrValue, rest: &Rest, is_turn: bool) -> Known {
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
        let list = (rest.here()?.known)(text.as_ref()?);
        Some(Shared::from(Rc::new(list)))
    });
    (*list).clone()
}
