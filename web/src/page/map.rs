//! The address space as a picture: what Docker uses above, what must stay free below, and where they collide.

use std::rc::Rc;

use drydock::{
    address::Subnet,
    daemon::network::map::{Bar, Item, Layer, Mark, bars},
    rule::diagnostic::Severity,
};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::{
    desk::Dispatch,
    icon::{icon, severity_shape},
    words,
};
use crate::store::Action;

/// How many networks the table for screen readers names; the rest is counted.
const TOLD: usize = 64;

/// A mark this wide has room for one digit, as a share of the bar.
const ROOM: f64 = 0.025;

/// A mark narrower than this has a flag, as a share of the bar: it would be finer than a few pixels.
const NARROW: f64 = 1.0 / 128.0;

/// So far around its middle a narrow mark can be pointed at, in pixels.
const REACH: f64 = 12.0;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct MapProps {
    /// The networks, the known ones last.
    pub items: Rc<Vec<Item>>,
    /// Whether the known ones are drawn.
    pub shows_known: bool,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

/// What is drawn, and which of it is looked at.
struct Picture {
    items: Rc<Vec<Item>>,
    bars: Rc<Vec<Bar>>,
    pointed: UseStateHandle<Option<usize>>,
    enlarged: UseStateHandle<Option<Subnet>>,
}

/// The picture, a line that tells what is pointed at, and the same as a table for those who cannot see it.
#[function_component]
pub fn Map(props: &MapProps) -> Html {
    let enlarged = use_state_eq(|| None::<Subnet>);
    let pointed = use_state_eq(|| None::<usize>);
    let items = &props.items;
    let known = items.partition_point(|it| it.layer != Layer::Known);
    let count = match props.shows_known {
        true => items.len(),
        false => known,
    };
    let bars = use_memo((items.clone(), count, *enlarged), |(items, count, it)| {
        bars(items.get(..*count).unwrap_or_default(), *it)
    });
    let picture = Picture { items: items.clone(), bars, pointed, enlarged };
    let shown = items.get(..count).unwrap_or_default();
    html! {
        <div class="map">
            { for picture.bars.iter().enumerate().map(|(at, bar)| row(&picture, at, bar)) }
            <div class="map__foot">
                <p class="map__told" aria-hidden="true">
                    { match picture.pointed.and_then(|at| shown.get(at)) {
                        Some(item) => told(&picture, item),
                        None => legend(&picture),
                    } }
                </p>
                if known < items.len() {
                    { switch(props) }
                }
            </div>
            { table(shown) }
        </div>
    }
}

/// Shows or hides the known networks.
fn switch(props: &MapProps) -> Html {
    let dispatch = props.dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Known(input.checked()));
    });
    html! {
        <label class="check map__switch">
            <input class="switch" type="checkbox" role="switch" checked={props.shows_known} {onchange} />
            { sample(Layer::Known) }{Layer::Known.title()}
        </label>
    }
}

fn row(picture: &Picture, at: usize, bar: &Bar) -> Html {
    let Picture { items, bars, pointed, enlarged } = picture;
    let block = bar.block.to_string();
    let onkeydown = {
        let (bars, pointed, enlarged) = (bars.clone(), pointed.clone(), enlarged.clone());
        Callback::from(move |event: KeyboardEvent| {
            let marks = bars.get(at).map(|it| &it.marks[..]).unwrap_or_default();
            let place = pointed.and_then(|at| marks.iter().position(|it| it.item == at));
            let last = marks.len().saturating_sub(1);
            let next = match (&*event.key(), place) {
                ("ArrowRight", Some(place)) => (place + 1).min(last),
                ("ArrowLeft", Some(place)) => place.saturating_sub(1),
                ("ArrowRight" | "Home", _) => 0,
                ("ArrowLeft" | "End", _) => last,
                ("Enter", Some(place)) => {
                    enlarged.set(marks.get(place).map(|it| it.cover));
                    place
                }
                ("Escape", Some(place)) => {
                    enlarged.set(None);
                    place
                }
                _ => return,
            };
            event.prevent_default();
            pointed.set(marks.get(next).map(|it| it.item));
        })
    };
    let point = {
        let (items, bars, pointed) = (items.clone(), bars.clone(), pointed.clone());
        Callback::from(move |event: PointerEvent| {
            let mark = bars.get(at).and_then(|it| meant(it, &items, &event));
            pointed.set(mark.map(|it| it.item));
        })
    };
    let onclick = {
        let (items, bars) = (items.clone(), bars.clone());
        let (pointed, enlarged) = (pointed.clone(), enlarged.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(mark) = bars.get(at).and_then(|it| meant(it, &items, &event)) {
                pointed.set(Some(mark.item));
                enlarged.set((*enlarged != Some(mark.cover)).then_some(mark.cover));
            }
        })
    };
    let leave = {
        let pointed = pointed.clone();
        Callback::from(move |_: PointerEvent| pointed.set(None))
    };
    let onblur = {
        let pointed = pointed.clone();
        Callback::from(move |_: FocusEvent| pointed.set(None))
    };
    let here = bar.marks.iter().find(|it| Some(it.item) == **pointed);
    let is_known = |it: &&Mark| {
        let item = items.get(it.item);
        item.is_some_and(|it| it.layer == Layer::Known)
    };
    let known = bar.marks.iter().filter(is_known);
    let others = bar.marks.iter().filter(|it| !is_known(it));
    html! {
        <div class="map__row" data-enlarged={bar.is_enlarged.then_some("")}>
            <span class="map__block">
                if bar.is_enlarged {
                    {icon("search")}
                }
                {block.clone()}
            </span>
            <div class="map__bar" role="group" tabindex="0" {onkeydown} {onblur}
                aria-label={[&block, ", ", &words::counted(bar.marks.len(), "mark"), ". Walk through them with the arrow keys."].concat()}>
                <svg class="map__picture" aria-hidden="true" data-pointed={here.is_some().then_some("")}
                    onpointermove={point} onpointerleave={leave} {onclick}>
                    <rect class="map__track" width="100%" height="100%" />
                    { for known.chain(others).map(|it| mark(picture, it)) }
                    { for bar.marks.iter().filter(|it| it.collides).map(collision) }
                </svg>
                <span class="unseen" role="status">{ here.and_then(|it| Some(sentence(items.get(it.item)?, it.count))) }</span>
            </div>
        </div>
    }
}

/// The mark of a bar that a pointer is at.
fn meant(bar: &Bar, items: &[Item], event: &MouseEvent) -> Option<Mark> {
    let element: Element = event.target_dyn_into()?;
    let frame = element.closest(".map__picture").ok()??.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - frame.left()) / frame.width();
    let is_lower = f64::from(event.client_y()) - frame.top() > frame.height() / 2.0;
    let place = bar.pointed_at(items, share, REACH / frame.width(), is_lower)?;
    bar.marks.get(place).copied()
}

/// A mark where it lies on its bar. Sizes are attributes, because the site's policy refuses inline styles.
fn mark(picture: &Picture, mark: &Mark) -> Html {
    let Some(item) = picture.items.get(mark.item) else {
        return Html::default();
    };
    let middle = percent(mark.start + mark.length / 2.0);
    let is_pointed = *picture.pointed == Some(mark.item);
    html! {
        <g class="map__mark" data-layer={style(item.layer)} data-pointed={is_pointed.then_some("")}>
            <rect x={percent(mark.start)} width={percent(mark.length)} />
            if mark.length < NARROW {
                <svg x={middle}><path d={flag(item.layer)} /></svg>
            } else if item.number > 0 && mark.length >= ROOM * digits(item.number) {
                <text x={middle} y="18">{item.number}</text>
            }
        </g>
    }
}

/// How many digits a number has.
fn digits(number: u128) -> f64 {
    match number {
        0..=9 => 1.0,
        10..=99 => 2.0,
        _ => 3.0,
    }
}

/// What shows where something is that is too narrow to be seen: a flag, whose pole is there. Those of pools fly to the
/// left, so that both are seen where a network is a whole pool.
fn flag(layer: Layer) -> &'static str {
    match layer {
        Layer::Pool => "M1 2h-2l-7 4 7 4v15h2z",
        Layer::DefaultBridge | Layer::Own | Layer::Next | Layer::InUse => "M-1 2h2l7 4-7 4v15h-2z",
        Layer::Avoid | Layer::Perhaps => "M-1 27h2v11l7 4-7 4h-2z",
        Layer::Known => "M-1 32h2v10h-2z",
    }
}

/// What cannot be overlooked: a bracket through both lanes, and the shape of an error.
fn collision(mark: &Mark) -> Html {
    html! {
        <g class="map__collision">
            <rect x={percent(mark.start)} width={percent(mark.length)} y="1" height="46" />
            <svg x={percent(mark.start + mark.length / 2.0)} y="16"><use href="#icon-error" x="-8" width="16" height="16" /></svg>
        </g>
    }
}

/// A share as the style sheet's language writes it, without the weight of printing floating point.
fn percent(share: f64) -> String {
    let thousandths = (share * 100_000.0) as u32;
    let rest = (1000 + thousandths % 1000).to_string();
    [&(thousandths / 1000).to_string(), ".", rest.get(1..).unwrap_or_default(), "%"].concat()
}

fn style(layer: Layer) -> &'static str {
    match layer {
        Layer::Pool => "pool",
        Layer::DefaultBridge => "bridge",
        Layer::Own => "own",
        Layer::Next => "next",
        Layer::InUse => "in-use",
        Layer::Avoid => "avoid",
        Layer::Perhaps => "perhaps",
        Layer::Known => "known",
    }
}

/// How a network gets on with those across the lanes; empty when it overlaps none.
fn overlap(item: &Item) -> String {
    match &*item.with {
        "" => String::new(),
        with if item.collides() => ["collides with ", with].concat(),
        with => ["overlaps ", with].concat(),
    }
}

/// A network in words, and how many of its kind lie too close to be drawn apart.
fn sentence(item: &Item, count: usize) -> String {
    let overlap = overlap(item);
    let subnet = item.subnet.to_string();
    let parts = [&*subnet, &item.name, &overlap];
    let mut said: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    let more = more(count);
    said.extend(more.as_deref());
    said.join(", ")
}

fn more(count: usize) -> Option<String> {
    (count > 1).then(|| [&words::thousands(count - 1), " more here"].concat())
}

fn told(picture: &Picture, item: &Item) -> Html {
    let mut marks = picture.bars.iter().flat_map(|it| &it.marks);
    let mark = marks.find(|it| picture.items.get(it.item) == Some(item));
    let severity = item.collides().then_some("error");
    html! {
        <>
            <span class="map__subnet">{item.subnet.to_string()}</span>{" "}{item.name.clone()}
            if !item.with.is_empty() {
                <span class="map__with" data-severity={severity}>
                    if item.collides() {
                        {severity_shape(Some(Severity::Error))}
                    }
                    {overlap(item)}
                </span>
            }
            { for mark.and_then(|it| more(it.count)).map(|it| html! { <span class="map__key">{it}</span> }) }
        </>
    }
}

fn legend(picture: &Picture) -> Html {
    let is_drawn = |layer| picture.items.iter().any(|it| it.layer == layer);
    let collides = picture.items.iter().any(Item::collides);
    let mut marks = picture.bars.iter().flat_map(|it| &it.marks);
    let is_narrow = |it: &Mark| {
        let item = picture.items.get(it.item);
        it.length < NARROW && item.is_some_and(|it| it.layer != Layer::Known)
    };
    html! {
        <>
            { for Layer::ALL.into_iter().filter(|it| *it != Layer::Known && is_drawn(*it)).map(|layer| html! {
                <span class="map__key">{sample(layer)}{layer.title()}</span>
            }) }
            if marks.any(is_narrow) {
                <span class="map__key">
                    <svg class="map__sample map__sample--flag"><g class="map__mark" data-layer="next"><path d="M4 0h2l7 4-7 4v6h-2z" /></g></svg>
                    {"Narrower than drawn"}
                </span>
            }
            if collides {
                <span class="map__key" data-severity="error">{severity_shape(Some(Severity::Error))}{"Collision"}</span>
            }
        </>
    }
}

fn sample(layer: Layer) -> Html {
    html! {
        <svg class="map__sample" aria-hidden="true"><g class="map__mark" data-layer={style(layer)}><rect width="100%" /></g></svg>
    }
}

/// The same in words.
fn table(items: &[Item]) -> Html {
    let rest = items.len().saturating_sub(TOLD);
    html! {
        <div class="unseen"><table>
            <caption>{"The networks of the picture"}</caption>
            <thead><tr><th scope="col">{"Network"}</th><th scope="col">{"What it is"}</th><th scope="col">{"What it overlaps"}</th></tr></thead>
            <tbody>
                { for items.iter().take(TOLD).map(|it| {
                    let overlap = overlap(it);
                    html! {
                        <tr><td>{it.subnet.to_string()}</td><td>{it.name.clone()}</td><td>{ if overlap.is_empty() { "nothing" } else { &*overlap } }</td></tr>
                    }
                }) }
                if rest > 0 {
                    <tr><td colspan="3">{["And ", &words::counted(rest, "more network"), "."].concat()}</td></tr>
                }
            </tbody>
        </table></div>
    }
}
