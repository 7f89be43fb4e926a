//! The address space as a picture: what Docker uses above, what must stay free below, and where they collide.

use drydock::{
    diagnostic::Severity,
    network::{
        Subnet,
        map::{Bar, Item, Layer, Mark, bars},
    },
};
use yew::prelude::*;

use super::{
    desk::Shared,
    icon::{icon, severity_shape},
    words,
};

/// How many networks the table for screen readers names; the rest is counted.
const TOLD: usize = 64;

/// A mark this wide has room for its words, as a share of the bar.
const ROOM: f64 = 0.05;

/// The layers in the legend: what each is called, and how it is drawn.
const LEGEND: [(Layer, &str); 5] = [
    (Layer::Pool, "Pool"),
    (Layer::DefaultBridge, "docker0"),
    (Layer::Next, "Next networks"),
    (Layer::InUse, "In use"),
    (Layer::Avoid, "Keep clear of"),
];

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct MapProps {
    /// The networks.
    pub items: Shared<Vec<Item>>,
}

/// The picture, a line that tells what is pointed at, and the same as a table for those who cannot see it.
#[function_component]
pub fn Map(props: &MapProps) -> Html {
    let enlarged = use_state(|| None::<Subnet>);
    let pointed = use_state(|| None::<usize>);
    let items = &props.items;
    let bars = use_memo((items.clone(), *enlarged), |(items, enlarged)| {
        bars(items, *enlarged)
    });
    let used = |layer| items.iter().any(|it| it.layer == layer);
    let collides = items.iter().any(|it| !it.with.is_empty());
    html! {
        <div class="map">
            { for bars.iter().map(|bar| row(bar, items, &pointed, &enlarged)) }
            <p class="map__told" aria-hidden="true">
                { match pointed.and_then(|at| items.get(at)) {
                    Some(item) => told(item),
                    None => legend(used, collides),
                } }
            </p>
            { table(items) }
        </div>
    }
}

fn row(
    bar: &Bar,
    items: &Shared<Vec<Item>>,
    pointed: &UseStateHandle<Option<usize>>,
    enlarged: &UseStateHandle<Option<Subnet>>,
) -> Html {
    let block = bar.block.to_string();
    let onkeydown = {
        let (items, marks): (Vec<usize>, _) =
            (bar.marks.iter().map(|it| it.item).collect(), items.clone());
        let (pointed, enlarged) = (pointed.clone(), enlarged.clone());
        Callback::from(move |event: KeyboardEvent| {
            let place = pointed.and_then(|at| items.iter().position(|it| *it == at));
            let last = items.len().saturating_sub(1);
            let next = match (&*event.key(), place) {
                ("ArrowRight", Some(place)) => (place + 1).min(last),
                ("ArrowLeft", Some(place)) => place.saturating_sub(1),
                ("ArrowRight" | "Home", _) => 0,
                ("ArrowLeft" | "End", _) => last,
                ("Enter", Some(place)) => {
                    let block = items.get(place).and_then(|at| marks.get(*at));
                    enlarged.set(block.map(|it| it.subnet));
                    place
                }
                ("Escape", Some(place)) => {
                    enlarged.set(None);
                    place
                }
                _ => return,
            };
            event.prevent_default();
            pointed.set(items.get(next).copied());
        })
    };
    let onblur = clear(pointed);
    html! {
        <div class="map__row" data-enlarged={bar.is_enlarged.then_some("")}>
            <span class="map__block">
                if bar.is_enlarged {
                    {icon("search")}
                }
                {block.clone()}
            </span>
            <div class="map__bar" role="group" tabindex="0" {onkeydown} onblur={onblur}
                aria-label={[&block, ", ", &words::counted(bar.marks.len(), "mark"), ". Walk through them with the arrow keys."].concat()}>
                <svg class="map__picture" aria-hidden="true">
                    <rect class="map__track" width="100%" height="100%" />
                    { for bar.marks.iter().map(|it| mark(it, items, pointed, enlarged)) }
                    { for bar.marks.iter().filter(|it| it.collides).map(collision) }
                </svg>
                <span class="unseen" role="status">{ pointed.filter(|at| bar.marks.iter().any(|it| it.item == *at))
                    .and_then(|at| items.get(at)).map(sentence) }</span>
            </div>
        </div>
    }
}

fn clear<E>(pointed: &UseStateHandle<Option<usize>>) -> Callback<E> {
    let pointed = pointed.clone();
    Callback::from(move |_| pointed.set(None))
}

/// A mark where it lies on its bar. Sizes are attributes, because the site's policy refuses inline styles.
fn mark(
    mark: &Mark,
    items: &[Item],
    pointed: &UseStateHandle<Option<usize>>,
    enlarged: &UseStateHandle<Option<Subnet>>,
) -> Html {
    let Some(item) = items.get(mark.item) else {
        return Html::default();
    };
    let at = mark.item;
    let point = {
        let pointed = pointed.clone();
        Callback::from(move |_: PointerEvent| pointed.set(Some(at)))
    };
    let onclick = {
        let (pointed, enlarged) = (pointed.clone(), enlarged.clone());
        let next = (*enlarged != Some(item.subnet)).then_some(item.subnet);
        Callback::from(move |_| {
            pointed.set(Some(at));
            enlarged.set(next);
        })
    };
    let has_number = item.number > 0 && mark.length >= ROOM;
    html! {
        <g class="map__mark" data-layer={style(item.layer)} data-pointed={(**pointed == Some(at)).then_some("")}
            onpointerenter={point} onpointerleave={clear(pointed)} {onclick}>
            <rect x={percent(mark.start)} width={percent(mark.length)} />
            if has_number {
                <text x={percent(mark.start + mark.length / 2.0)} y="15">{item.number}</text>
            }
        </g>
    }
}

/// What cannot be overlooked: a bracket through both lanes, and the shape of an error.
fn collision(mark: &Mark) -> Html {
    html! {
        <g class="map__collision">
            <rect x={percent(mark.start)} width={percent(mark.length)} y="1" height="38" />
            <svg x={percent(mark.start + mark.length / 2.0)} y="12"><use href="#icon-error" x="-8" width="16" height="16" /></svg>
        </g>
    }
}

/// A share as the style sheet's language writes it, without the weight of printing floating point.
fn percent(share: f64) -> String {
    let thousandths = (share * 100_000.0) as u32;
    let rest = (1000 + thousandths % 1000).to_string();
    [
        &(thousandths / 1000).to_string(),
        ".",
        rest.get(1..).unwrap_or_default(),
        "%",
    ]
    .concat()
}

fn style(layer: Layer) -> &'static str {
    match layer {
        Layer::Pool => "pool",
        Layer::DefaultBridge => "bridge",
        Layer::Next => "next",
        Layer::InUse => "in-use",
        Layer::Avoid => "avoid",
    }
}

fn sentence(item: &Item) -> String {
    let with = match &*item.with {
        "" => String::new(),
        with => [", collides with ", with].concat(),
    };
    [&*item.subnet.to_string(), ", ", &item.name, &with].concat()
}

fn told(item: &Item) -> Html {
    html! {
        <>
            <span class="map__subnet">{item.subnet.to_string()}</span>{" "}{item.name.clone()}
            if !item.with.is_empty() {
                <span class="map__with" data-severity="error">{severity_shape(Some(Severity::Error))}{"collides with "}{item.with.clone()}</span>
            }
        </>
    }
}

fn legend(is_used: impl Fn(Layer) -> bool, collides: bool) -> Html {
    html! {
        <>
            { for LEGEND.iter().filter(|it| is_used(it.0)).map(|(layer, words)| html! {
                <span class="map__key"><svg class="map__sample"><g class="map__mark" data-layer={style(*layer)}><rect width="100%" /></g></svg>{words}</span>
            }) }
            if collides {
                <span class="map__key" data-severity="error">{severity_shape(Some(Severity::Error))}{"Collision"}</span>
            }
        </>
    }
}

/// The same in words.
fn table(items: &[Item]) -> Html {
    let rest = items.len().saturating_sub(TOLD);
    html! {
        <div class="unseen"><table>
            <caption>{"The networks of the picture"}</caption>
            <thead><tr><th scope="col">{"Network"}</th><th scope="col">{"What it is"}</th><th scope="col">{"Collides with"}</th></tr></thead>
            <tbody>
                { for items.iter().take(TOLD).map(|it| html! {
                    <tr><td>{it.subnet.to_string()}</td><td>{it.name.clone()}</td><td>{ if it.with.is_empty() { "nothing" } else { &*it.with } }</td></tr>
                }) }
                if rest > 0 {
                    <tr><td colspan="3">{["And ", &words::counted(rest, "more network"), "."].concat()}</td></tr>
                }
            </tbody>
        </table></div>
    }
}
