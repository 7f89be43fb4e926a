//! A file of wasm that comes when it is its turn, or where it stays.

use drydock::rule::diagnostic::Severity;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Missing, icon::severity_shape};

/// What a file holds, or where it stays.
#[derive(Clone)]
pub struct Later<T> {
    state: Arrival<T>,
    again: Callback<()>,
}

#[derive(Clone, Copy)]
enum Arrival<T> {
    OnItsWay,
    Missing,
    Here(T),
}

impl<T> PartialEq for Later<T> {
    /// There is only one file: it is the same when it has come as far.
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.state) == std::mem::discriminant(&other.state)
    }
}

impl<T: Copy> Later<T> {
    /// A file that has come already.
    pub fn of(it: T) -> Self {
        Self { state: Arrival::Here(it), again: Callback::noop() }
    }

    /// What it holds, once it is here.
    pub fn here(&self) -> Option<T> {
        match self.state {
            Arrival::Here(it) => Some(it),
            Arrival::OnItsWay | Arrival::Missing => None,
        }
    }

    /// Whether it did not come.
    pub fn is_missing(&self) -> bool {
        matches!(self.state, Arrival::Missing)
    }

    /// A part, or what is in its place until it is here.
    pub fn draw(&self, part: impl FnOnce(T) -> Html) -> Html {
        match self.state {
            Arrival::Here(it) => part(it),
            Arrival::OnItsWay => html! {
                <div class="quiet late"><p>{"This part is on its way."}</p></div>
            },
            Arrival::Missing => html! {
                <div class="quiet" role="alert" data-severity="warning">
                    { severity_shape(Some(Severity::Warning)) }
                    <p class="quiet__title">{"This part did not load"}</p>
                    <p>{"Checks go on without it, and nothing you typed is lost."}</p>
                    { self.again() }
                </div>
            },
        }
    }

    /// A button that asks for it again.
    pub fn again(&self) -> Html {
        let onclick = self.again.reform(|_: MouseEvent| ());
        html! { <button class="button button--edged" type="button" {onclick}>{"Load again"}</button> }
    }
}

/// Fetches a file when it is its turn.
#[hook]
pub fn use_later<T, F>(is_turn: bool, fetch: impl Fn() -> F + Clone + 'static) -> Later<T>
where
    T: Copy + 'static,
    F: Future<Output = Result<T, Missing>> + 'static,
{
    let state = use_state(|| Arrival::OnItsWay);
    let again = use_callback((), {
        let state = state.clone();
        move |(), ()| {
            let (state, fetched) = (state.clone(), fetch());
            state.set(Arrival::OnItsWay);
            spawn_local(async move {
                state.set(fetched.await.map_or(Arrival::Missing, Arrival::Here));
            });
        }
    });
    use_effect_with(is_turn, {
        let load = again.clone();
        move |&is_turn| {
            if is_turn {
                load.emit(());
            }
        }
    });
    Later { state: *state, again }
}
