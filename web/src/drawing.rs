//! Work that waits until the page has been drawn. After long work Yew gives the browser its turn between drawing a parent
//! and its children, so no timer tells when a change can be seen.

use std::{cell::RefCell, mem};

use yew::prelude::*;

type Task = Box<dyn FnOnce()>;

#[derive(Default)]
struct Waiting {
    /// Asked for since the last turn.
    asked: Vec<Task>,
    /// Asked for before it.
    due: Vec<Task>,
    /// Asks for a turn.
    wake: Option<UseForceUpdateHandle>,
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// Does something once all that has changed so far has been drawn, and what that changed in turn.
pub fn once_drawn(task: impl FnOnce() + 'static) {
    let wake = WAITING.with_borrow_mut(|it| {
        it.asked.push(Box::new(task));
        it.wake.clone()
    });
    // Before there is a page, its first drawing is waited for.
    if let Some(wake) = wake {
        wake.force_update();
    }
}

/// Shows nothing, and is drawn for what waits: effects run when nothing is left to be drawn. It waits for two turns,
/// because the effects beside its own may change the page once more.
#[function_component]
pub fn Drawing() -> Html {
    let wake = use_force_update();
    use_effect(move || {
        let (due, is_next) = WAITING.with_borrow_mut(|it| {
            let next = mem::take(&mut it.asked);
            let is_next = !next.is_empty();
            it.wake = Some(wake.clone());
            (mem::replace(&mut it.due, next), is_next)
        });
        for task in due {
            task();
        }
        if is_next {
            wake.force_update();
        }
    });
    Html::default()
}
