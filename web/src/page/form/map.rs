//! An object whose keys the user chooses: its entries, and a way to add one.

use drydock::{
    document::{Node, Step},
    schema::{Kind, Status},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{
    super::icon::icon,
    Row, SHOWN, left_out,
    value::{Place, value},
};
use crate::outside::{focus, shell};

/// The entries of a map, begun ones among them, and a way to begin one. Names that the table knows are suggested.
pub fn map(place: &Place, kind: Kind, node: Option<&Node>) -> Html {
    let entries = node.map(Node::members).unwrap_or_default();
    let row = |key: &str, node: Option<&Node>| {
        let inner = entry(place, kind, key);
        html! {
            <div class="items__row items__row--named" key={key.to_owned()}>
                <label class="items__name" for={inner.id.clone()}>{key.to_owned()}</label>
                { value(&inner, node) }
                <button class="button button--icon" type="button" onclick={inner.remove(&place.id)}
                    aria-label={["Remove ", &inner.name].concat()} title="Remove">{icon("close")}</button>
            </div>
        }
    };
    let is_there = |key: &str| entries.iter().any(|it| it.key == key);
    let begun = place.drafts.rows(&place.path);
    let begun: Vec<&String> = begun
        .into_iter()
        .filter_map(|it| match it {
            Step::Key(key) if !is_there(key) => Some(key),
            Step::Key(_) | Step::Index(_) => None,
        })
        .collect();
    let names = entries.iter().map(|it| &it.key);
    let names: Vec<String> = names.chain(begun.iter().copied()).cloned().collect();
    // Returns the id of the entry that now has the name.
    let begin = {
        let place = place.clone();
        move |input: &HtmlInputElement| {
            let name = input.value().trim().to_owned();
            input.set_value("");
            let inner = entry(&place, kind, &name);
            if name.is_empty() {
                return names.last().map(|it| entry(&place, kind, it).id);
            }
            if !names.contains(&name) {
                inner.keep("");
            }
            Some(inner.id)
        }
    };
    let onsubmit = {
        let begin = begin.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form: HtmlElement = event.target_unchecked_into();
            let input = form.query_selector("input").ok().flatten();
            if let Some(input) = input.and_then(|it| it.dyn_into().ok()) {
                focus::into(begin(&input));
            }
        })
    };
    // A name is kept when its line is left without a word.
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if !input.value().trim().is_empty() {
            let id = begin(&input);
            if shell::has_focus(&input) {
                focus::into(id);
            }
        }
    });
    let known: Vec<&'static str> = place
        .schema
        .children(&place.table)
        .filter(|it| it.status == Status::Read && it.exists_in(place.engine) && !it.key.contains('<'))
        .map(|it| it.name())
        .collect();
    let list = (!known.is_empty()).then(|| [&place.id, "-names"].concat());
    html! {
        <div class="items" role="group" aria-label={place.name.clone()}>
            { for entries.iter().take(SHOWN).map(|it| row(&it.key, Some(&it.value))) }
            { for begun.iter().map(|it| row(it, None)) }
            if entries.len() >= SHOWN {
                { left_out(entries.len()) }
            } else {
                <form class="items__row" key="add" {onsubmit}>
                    <input class="input" id={place.id.clone()} placeholder="name" autocomplete="off" spellcheck="false"
                        autocapitalize="off" aria-label={["Name to add to ", &place.name].concat()} list={list.clone()} {onchange} />
                    <button class="button button--edged" type="submit">{icon("plus")}{"Add"}</button>
                    if let Some(list) = list {
                        <datalist id={list}>{ for known.iter().map(|&it| html! { <option value={it} /> }) }</datalist>
                    }
                </form>
            }
        </div>
    }
}

/// The place of an entry.
fn entry(place: &Place, kind: Kind, key: &str) -> Place {
    let slot = place.schema.below(&place.table, key, Some(place.kind));
    let kind = slot.option.map_or(kind, |it| it.kind);
    let step = Step::Key(key.to_owned());
    Place { is_entry: true, ..place.inside(step, kind, slot.path, slot.option.map(Row)) }
}
