//! What Docker will do with the address space: the next networks in order, and what the pools give.

use drydock::{
    address::Subnet,
    daemon::network::{
        AddressPlan, Cause, Count, DefaultBridge, Fate, Forecast, PlannedPool, Recipient, Skipped, Step,
    },
};
use yew::prelude::*;

use super::words;

/// How many pools are shown; the rest is counted.
const SHOWN: usize = 64;

/// The next networks and the pools.
pub fn plan(plan: &AddressPlan, forecast: Option<&Forecast>) -> Html {
    let rest = plan.pools.len().saturating_sub(SHOWN);
    html! {
        <div class="plan">
            { for forecast.map(next) }
            <table class="pools" aria-label="Address pools">
                <thead>
                    <tr>
                        <th scope="col">{ if plan.from_defaults { "The Engine's own pools" } else { "Your pools" } }</th>
                        <th scope="col" class="pools__number">{"Networks"}</th>
                        <th scope="col" class="pools__number">{"Containers each"}</th>
                    </tr>
                </thead>
                <tbody>
                    { for plan.sides_of_docker0().map(|(name, it)| bridge(name, it)) }
                    { for plan.pools.iter().take(SHOWN).map(|it| pool(it, &plan.pools)) }
                </tbody>
            </table>
            <ul class="plan__besides">
                { for plan.besides().iter().map(|it| html! { <li>{words::inline(it)}</li> }) }
            </ul>
            if rest > 0 {
                <p class="notes">{["And ", &words::counted(rest, "more pool"), "."].concat()}</p>
            }
        </div>
    }
}

/// What the Engine will do, one after the other.
fn next(forecast: &Forecast) -> Html {
    html! {
        <>
            <h3 class="plan__title">{"Next networks, in order"}</h3>
            <ol class="plan__steps">
                { for forecast.steps.iter().map(|it| match it {
                    Step::Give { subnet, to, over } => give(*subnet, *to, *over),
                    Step::Skip(skipped) => skip(skipped),
                }) }
            </ol>
            <p class="plan__left">
                { match forecast.left.to_string() {
                    none if none == "0" => "No more can follow.".to_owned(),
                    more => ["Then ", &more, " more can follow."].concat(),
                } }
                if forecast.more_skipped > 0 {
                    { [" ", &words::counted(forecast.more_skipped, "more range"), " passed over."].concat() }
                }
            </p>
        </>
    }
}

fn give(subnet: Subnet, to: Recipient, over: Option<Subnet>) -> Html {
    let name = to.name();
    html! {
        <li class="plan__step">
            <span class="pools__subnet">{subnet.to_string()}</span><span class="plan__name">{name}</span>
            if let Some(over) = over {
                <span class="plan__why" data-severity="warning">{["although ", &over.to_string(), " is in the way: a quirk of the Engine"].concat()}</span>
            }
        </li>
    }
}

fn skip(skipped: &Skipped) -> Html {
    let why = match skipped.cause {
        Cause::Taken => "in use by Docker",
        Cause::Reserved => "found on the host",
    };
    let and_more = match skipped.count == Count::from(1) {
        true => String::new(),
        false => [", ", &skipped.count.to_string(), " subnets"].concat(),
    };
    html! {
        <li class="plan__step plan__step--skipped">
            <span class="pools__subnet">{skipped.first.to_string()}{and_more}</span>
            <span class="plan__why">{["passed over: ", &skipped.by.to_string(), " is ", why].concat()}</span>
        </li>
    }
}

fn bridge(name: &'static str, bridge: &DefaultBridge) -> Html {
    let Some(subnet) = bridge.subnet else {
        return Html::default();
    };
    let gateway = bridge.address.map(|it| [", gateway ", &it.to_string()].concat());
    let containers = bridge.containers();
    html! {
        <tr>
            <td><span class="pools__subnet">{subnet.to_string()}</span><span class="pools__about">{name}{gateway}</span></td>
            <td class="pools__number">{"1"}</td>
            <td class="pools__number">{containers.map(number).unwrap_or_default()}</td>
        </tr>
    }
}

fn pool(planned: &PlannedPool, all: &[PlannedPool]) -> Html {
    let pool = planned.pool;
    let base = |index: usize| all.get(index).map(|it| it.pool.base().to_string()).unwrap_or_default();
    let fate = match planned.fate {
        Fate::Used => ["first ", &pool.first().to_string()].concat(),
        Fate::Dropped { by } => ["dropped, ", &base(by), " covers it"].concat(),
        Fate::Shared { with } => ["shares addresses with ", &base(with)].concat(),
        Fate::Empty => "the Engine cuts nothing from it".to_owned(),
    };
    html! {
        <tr>
            <td>
                <span class="pools__subnet">{pool.base().to_string()}</span>
                <span class="pools__about">{["cut into /", &pool.size().to_string(), ", ", &fate].concat()}</span>
            </td>
            <td class="pools__number">{number(planned.networks)}</td>
            <td class="pools__number">{number(planned.capacity.containers())}</td>
        </tr>
    }
}

fn number(count: Count) -> String {
    count.to_string()
}
