//! A list: its elements, and room for one more.

use drydock::{
    document::{Node, Step},
    schema::Kind,
};
use yew::prelude::*;

use super::{
    super::icon::icon,
    Row, SHOWN, is_scalar, left_out,
    value::{Place, value},
};

/// The elements of a list. Simple ones have an empty line below them; others a button that begins one.
pub fn list(place: &Place, element: Kind, nodes: &[Node]) -> Html {
    let table = [&place.table, "[]"].concat();
    let inner =
        |index: usize| place.inside(Step::Index(index), element, table.clone(), place.schema.find(&table).map(Row));
    let is_simple = is_scalar(element);
    let row = |index: usize, node: Option<&Node>| {
        let inner = inner(index);
        html! {
            <div class={if is_simple { "items__row" } else { "items__entry" }} key={index}>
                { value(&inner, node) }
                <button class="button button--icon" type="button" onclick={inner.remove(&place.id)}
                    aria-label={["Remove ", &inner.name].concat()} title="Remove">{icon("close")}</button>
            </div>
        }
    };
    let next = inner(nodes.len());
    let is_full = nodes.len() >= SHOWN;
    let begun = !is_simple && !is_full && place.drafts.touch(&next.path);
    // The row that is begun becomes that element's own row once something in it is written: it is the same one.
    let rows = nodes.iter().take(SHOWN).map(Some).chain(begun.then_some(None));
    let add = {
        let next = next.clone();
        Callback::from(move |_: MouseEvent| next.begin())
    };
    html! {
        <div class="items" id={(!is_simple || !nodes.is_empty()).then(|| place.id.clone())} role="group" aria-label={place.name.clone()}>
            { for rows.enumerate().map(|(index, node)| row(index, node)) }
            if is_full {
                { left_out(nodes.len()) }
            } else if is_simple {
                // The line for the next element becomes that element's own line while it is typed.
                <div class="items__row" key={nodes.len()}>
                    { value(&if nodes.is_empty() { Place { id: place.id.clone(), ..next } } else { next }, None) }
                    <span class="items__room" />
                </div>
            } else if !begun {
                <div key="add">
                    <button class="button" type="button" onclick={add}>{icon("plus")}{["Add to ", &place.name].concat()}</button>
                </div>
            }
        </div>
    }
}
