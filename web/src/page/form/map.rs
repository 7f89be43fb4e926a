//! An object whose keys the user chooses: its entries, and a way to add one.

use drydock::{
    document::Node,
    edit::Step,
    options::{self, Kind},
    value::Value,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{
    super::icon::icon,
    Row, SHOWN, left_out,
    value::{Place, value},
};

/// The entries of a map, and a way to add one. Names that the table knows are suggested.
pub fn map(place: &Place, kind: Kind, entries: &[(String, Node)]) -> Html {
    let inner = |key: &str| {
        let option = options::member(&place.table, key);
        let kind = option.map_or(kind, |it| it.kind);
        let table = match option {
            Some(option) => option.key.to_owned(),
            None => [&place.table, ".<name>"].concat(),
        };
        place.inside(Step::Key(key.to_owned()), kind, table, option.map(Row))
    };
    let row = |key: &str, node: &Node| {
        let inner = inner(key);
        let remove = {
            let inner = inner.clone();
            Callback::from(move |_: MouseEvent| inner.unset())
        };
        html! {
            <div class="items__row items__row--named" key={key.to_owned()}>
                <label class="items__name" for={inner.id.clone()}>{key.to_owned()}</label>
                { value(&inner, Some(node)) }
                <button class="button button--icon" type="button" onclick={remove}
                    aria-label={["Remove ", &inner.name].concat()} title="Remove">{icon("close")}</button>
            </div>
        }
    };
    let add = {
        let place = place.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form: HtmlElement = event.target_unchecked_into();
            let input = form.query_selector("input").ok().flatten();
            let Some(input) = input.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let key = input.value();
            if !key.trim().is_empty() {
                let kind = options::member(&place.table, key.trim()).map_or(kind, |it| it.kind);
                let step = Step::Key(key.trim().to_owned());
                place
                    .inside(step, kind, String::new(), None)
                    .set(first_value(kind));
                input.set_value("");
            }
        })
    };
    let known: Vec<&'static str> = options::children(&place.table)
        .filter(|it| it.exists_in(place.engine) && !it.key.contains('<'))
        .map(|it| it.name())
        .collect();
    let list = (!known.is_empty()).then(|| [&place.id, "-names"].concat());
    html! {
        <div class="items" role="group" aria-label={place.name.clone()}>
            { for entries.iter().take(SHOWN).map(|(key, node)| row(key, node)) }
            if entries.len() >= SHOWN {
                { left_out(entries.len()) }
            } else {
                <form class="items__row" key="add" onsubmit={add}>
                    <input class="input" id={place.id.clone()} placeholder="name" autocomplete="off" spellcheck="false"
                        autocapitalize="off" aria-label={["Name to add to ", &place.name].concat()} list={list.clone()} />
                    <button class="button button--edged" type="submit">{icon("plus")}{"Add"}</button>
                    if let Some(list) = list {
                        <datalist id={list}>{ for known.iter().map(|&it| html! { <option value={it} /> }) }</datalist>
                    }
                </form>
            }
        </div>
    }
}

/// What a new entry holds until it is filled in.
fn first_value(kind: Kind) -> Value {
    match kind {
        Kind::Bool => Value::Bool(false),
        Kind::Integer(_) => Value::integer(0),
        Kind::Text(_) => Value::string(""),
        Kind::List(_) => Value::List(Vec::new()),
        Kind::Object | Kind::Map(_) => Value::Map(Vec::new()),
        Kind::Any => Value::Null,
    }
}
