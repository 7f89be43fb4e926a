//! The address space panel: the picture, the plan, and the networks to keep clear of.

use std::rc::Rc;

use drydock::{
    Engine, Report,
    daemon::network::{Forecast, Situation, map},
};
use yew::prelude::*;

use super::{
    desk::{Desk, Dispatch, Shared},
    icon::icon,
    keep_clear::{Gathered, keep_clear},
    map::Map,
    part::part,
    plan::plan,
    rest::Rest,
    tabs::tabs,
    words,
};
use crate::store::{Action, Space as Look};

/// How many networks of one's own are foretold.
const FORETOLD: usize = 8;

const LOOKS: &[(Look, &str, &str)] = &[
    (Look::Map, "Map", "space-panel"),
    (Look::Plan, "Plan", "space-panel"),
    (Look::Avoid, "Keep clear of", "space-panel"),
];

/// What will happen in the address space, and the picture of it.
pub struct Outlook {
    /// What docker0 and the next networks get; `None` when that is unknown.
    pub forecast: Option<Forecast>,
    /// What is drawn.
    pub items: Rc<Vec<map::Item>>,
}

impl Outlook {
    /// What follows from a report.
    pub fn of(report: &Report, gathered: &Gathered, engine: Engine, swarm: bool) -> Self {
        let avoid = &*gathered.avoid;
        let situation = Situation { count: FORETOLD, swarm, ..Situation::default() };
        let forecast = Forecast::amid(&report.plan, avoid, engine, &situation);
        let known = gathered.not_chosen();
        let items = map::items(&report.plan, forecast.as_ref(), avoid, known);
        Self { forecast, items: Rc::new(items) }
    }
}

/// What is shown.
pub struct Space {
    /// Which look.
    pub look: Look,
    /// Whether the known networks are drawn.
    pub shows_known: bool,
    /// The report.
    pub report: Shared<Report>,
    /// What will happen, once the rest of the page is here to tell.
    pub outlook: Option<Shared<Outlook>>,
    /// The networks to keep clear of.
    pub gathered: Gathered,
    /// The rest of the page, which has the looks.
    pub rest: Rest,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The address space panel.
pub fn space(props: &Space) -> Html {
    let Space { look, outlook, rest, desk, .. } = props;
    let shown = rest.draw(|it| {
        let outlook = outlook.as_ref();
        outlook.map(|outlook| (it.space)(props, outlook)).unwrap_or_default()
    });
    html! {
        <>
            { part((*look, desk.dispatch.clone()), |(look, dispatch)| bar(*look, dispatch)) }
            <div class="panel__body" id="space-panel" tabindex="0" role="tabpanel" aria-label="Address space">{shown}</div>
        </>
    }
}

fn bar(look: Look, dispatch: &Dispatch) -> Html {
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |look| dispatch.dispatch(Action::Space(look)))
    };
    html! {
        <div class="panel__bar">
            { tabs("Address space", LOOKS, look, &choose) }
            <span class="panel__space" />
            <a class="button" href="#/travel">{"Travel check"}</a>
        </div>
    }
}

/// The look that is chosen.
pub fn look(props: &Space, outlook: &Outlook) -> Html {
    let Space { look, shows_known, report, gathered, desk, .. } = props;
    if let (Some(instead), Look::Map | Look::Plan) = (instead(report), look) {
        return instead;
    }
    match look {
        Look::Map => {
            html! { <Map items={outlook.items.clone()} shows_known={*shows_known} dispatch={desk.dispatch.clone()} /> }
        }
        Look::Plan => plan(&report.plan, outlook.forecast.as_ref()),
        Look::Avoid => keep_clear(gathered, &report.plan, desk),
    }
}

/// What is in the place of the picture and the numbers when the text does not tell which networks Docker's are.
pub fn instead(report: &Report) -> Option<Html> {
    let sentence = report.networks_not_told()?;
    Some(html! { <div class="quiet">{icon("pools")}<p>{words::inline(&sentence)}</p></div> })
}
