//! What to write instead: up to three configurations that keep clear, each one button away.

use drydock::{
    Report, Request,
    address::KnownNetwork,
    analyze,
    daemon::network::{
        Proposal, Wish,
        proposal::{AFTERWARDS, propose},
    },
    rule::diagnostic::{Fix, Severity},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    desk::{Desk, Dispatch, Shared},
    examined::Examined,
    icon::severity_shape,
    words,
};
use crate::{
    outside::focus,
    store::{Action, View},
};

/// What is proposed for.
#[derive(Clone, PartialEq, Properties)]
pub struct ProposalsProps {
    /// The text and its report.
    pub examined: Shared<Examined>,
    /// The known networks, once they are here.
    pub known: Option<Shared<Vec<KnownNetwork>>>,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// A wish and what fulfils it.
#[function_component]
pub fn Proposals(props: &ProposalsProps) -> Html {
    let ProposalsProps { examined, known, desk } = props;
    let asked = use_state(|| None::<Wish>);
    let wish = asked.unwrap_or_else(|| Wish::of(&examined.report));
    let found = use_memo((examined.clone(), known.clone(), wish), |(examined, known, wish)| {
        let known: &[KnownNetwork] = known.as_ref().map(|it| &it[..]).unwrap_or_default();
        propose(&examined.request, &examined.report, wish, known, &analyze)
    });
    let ask = |change: fn(&mut Wish, u32)| {
        let asked = asked.clone();
        Callback::from(move |event: Event| {
            let number: f64 = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
            let mut next = wish;
            // What is no number becomes 0, and nothing is asked for less than one.
            change(&mut next, (number as u32).max(1));
            asked.set(Some(next));
        })
    };
    let settle = |wish: Wish| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(Some(wish)))
    };
    html! {
        <div class="proposals">
            { match &*found {
                Ok(found) => html! {
                    <>
                        <ol class="proposals__list">
                            { for found.iter().map(|it| proposal(it, desk)) }
                        </ol>
                        <p class="way__stops">{words::inline(AFTERWARDS)}</p>
                    </>
                },
                Err(impossible) => html! {
                    <div class="proposals__none" data-severity="warning">
                        {severity_shape(Some(Severity::Warning))}
                        <div>
                            <p>{words::inline(&impossible.sentence)}</p>
                            if impossible.give_up.is_empty() && examined.report.verdict().errors > 0 {
                                <p>{problems_link(&desk.dispatch, "See the problems in the editor")}</p>
                            }
                            <ul class="proposals__list">
                                { for impossible.give_up.iter().map(|it| html! {
                                    <li class="proposal">
                                        <p>{words::inline(&it.sentence)}</p>
                                        if it.avoided.is_none() {
                                            <button class="button button--edged" type="button" onclick={settle(it.wish)}>{"Settle for that"}</button>
                                        }
                                    </li>
                                }) }
                            </ul>
                        </div>
                    </div>
                },
            } }
            <div class="proposals__wish">
                <label>{"Networks "}<input class="input" type="number" min="1" max="65536" value={wish.networks.to_string()}
                    onchange={ask(|wish, number| wish.networks = number)} /></label>
                <label>{"Containers in each "}<input class="input" type="number" min="1" max="65533" value={wish.hosts.to_string()}
                    onchange={ask(|wish, number| wish.hosts = number)} /></label>
            </div>
        </div>
    }
}

/// A way to the list of problems.
pub fn problems_link(dispatch: &Dispatch, words: &'static str) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::View(View::Problems)));
    html! { <a href="#/" {onclick}>{words}</a> }
}

/// The best proposal as a fix.
pub fn way_out(request: &Request, report: &Report, known: &[KnownNetwork]) -> Option<Fix> {
    let found = propose(request, report, &Wish::of(report), known, &analyze).ok()?;
    let best = found.into_iter().find(|it| !it.edits.is_empty())?;
    Some(Fix::choice(best.title, best.edits))
}

fn proposal(proposal: &Proposal, desk: &Desk) -> Html {
    let apply = {
        let (fix, edits, title) = (desk.fix.clone(), proposal.edits.clone(), proposal.title.clone());
        Callback::from(move |event: MouseEvent| {
            focus::keep(&event);
            fix.emit(Fix { title: title.clone(), edits: edits.clone(), safe: false });
        })
    };
    html! {
        <li class="proposal">
            if !proposal.edits.is_empty() {
                <button class="button button--edged proposal__apply" type="button" onclick={apply}>{["Fix it: ", &lower(&proposal.title)].concat()}</button>
            }
            <p>{words::inline(&proposal.why)}</p>
        </li>
    }
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut title = title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    title
}
