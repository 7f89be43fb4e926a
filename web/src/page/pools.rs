//! How many networks the address pools give, and how large they are.

use drydock::network::{AddressPlan, AddressPool, Count, DefaultBridge, Fate, PlannedPool};
use yew::prelude::*;

use super::words;

/// How many pools are shown; the rest is counted.
const SHOWN: usize = 64;

/// The address space panel.
pub fn pools(plan: &AddressPlan) -> Html {
    let rest = plan.pools.len().saturating_sub(SHOWN);
    html! {
        <>
            <div class="panel__bar">
                <h2 class="panel__title">{"Address space"}</h2>
                <span class="panel__space" />
                <span class="count pools__extra">
                    { if plan.from_defaults { "The Engine's own pools" } else { "Your pools" } }
                </span>
            </div>
            <div class="panel__body" tabindex="0" role="region" aria-label="Address pools">
                <table class="pools">
                    <thead>
                        <tr>
                            <th scope="col">{"Pool"}</th>
                            <th scope="col" class="pools__number">{"Networks"}</th>
                            <th scope="col" class="pools__number">{"Containers each"}</th>
                        </tr>
                    </thead>
                    <tbody>
                        { bridge("docker0", &plan.docker0) }
                        { for plan.docker0_ipv6.iter().map(|it| bridge("docker0, IPv6", it)) }
                        { for plan.pools.iter().take(SHOWN).map(|it| pool(it, &plan.pools)) }
                    </tbody>
                </table>
                if rest > 0 {
                    <p class="notes">{["And ", &words::counted(rest, "more pool"), "."].concat()}</p>
                }
            </div>
        </>
    }
}

fn bridge(name: &'static str, bridge: &DefaultBridge) -> Html {
    let Some(subnet) = bridge.subnet else {
        return Html::default();
    };
    let gateway = bridge
        .address
        .map(|it| [", gateway ", &it.to_string()].concat());
    let whole = AddressPool::new(subnet, subnet.prefix_len().into());
    let containers = whole.map(|it| it.capacity().containers());
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
    let base = |index: usize| {
        all.get(index)
            .map(|it| it.pool.base().to_string())
            .unwrap_or_default()
    };
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
