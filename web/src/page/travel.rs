//! The travel check: will Docker's networks be in the way at the destination, and what can be done about it?

use drydock::{
    daemon::{
        Checked,
        network::{Clearance, LIMITS, Outlook as Prospect, Remedy, proposal::AFTERWARDS},
    },
    rule::diagnostic::{Fix, Severity},
};
use yew::prelude::*;

use super::{
    copy::Copy,
    desk::{Desk, Shared, Step},
    examined::Examined,
    icon::{icon, severity_shape},
    keep_clear::{ANSWER, Gathered, Places, paste},
    map::Map,
    problems::lower_first,
    proposals::{Proposals, problems_link},
    reading::ARTICLE,
    space::Outlook,
    verdict::clearance_line,
    words,
};
use crate::{
    outside::{address, focus},
    store::{Action, Tab, View},
};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Travel {
    /// The text and its report.
    pub examined: Shared<Examined>,
    /// Whether there is no configuration, so that Docker's own settings are checked.
    pub is_empty: bool,
    /// What will happen in the address space.
    pub outlook: Shared<Outlook>,
    /// The networks to keep clear of.
    pub gathered: Gathered,
    /// Whether the known networks are drawn.
    pub shows_known: bool,
    /// The configuration in several notations, to be copied: what each is called, and the text.
    pub written: [(&'static str, AttrValue); 2],
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The travel check.
pub fn travel(props: &Travel) -> Html {
    let Travel { outlook, shows_known, desk, .. } = props;
    html! {
        <main class="travel" aria-label="Travel check">
            <article class="travel__inner" tabindex="-1" id={ARTICLE}>
                <a class="button contents__back" href="#/">{icon("back")}{"Back to the editor"}</a>
                <h2 class="article__title">{"Before you travel"}</h2>
                <p class="article__lead">{"Docker takes private addresses for its networks. A network at your destination may use the same ones, and then you cannot reach it."}</p>
                <Check ..props.clone() />
                <section class="travel__map" aria-label="Address space">
                    <Map items={outlook.items.clone()} shows_known={*shows_known} dispatch={desk.dispatch.clone()} />
                </section>
            </article>
        </main>
    }
}

/// What a way out did.
#[derive(Clone, PartialEq)]
struct Done {
    title: String,
    /// The text before.
    before: String,
}

/// The question with its answer, and what was done about it.
#[function_component]
fn Check(props: &Travel) -> Html {
    let done = use_state(|| None::<Done>);
    let is_pasted = use_state(|| !props.gathered.text.is_empty());
    let choices = (props.examined.clone(), props.desk.clone());
    let desk = use_memo(choices, |(examined, desk)| {
        let fix = {
            let (done, examined, fix) = (done.setter(), examined.clone(), desk.fix.clone());
            Callback::from(move |it: Fix| {
                done.set(Some(Done { title: it.title.clone(), before: examined.request.text.clone() }));
                fix.emit(it);
            })
        };
        let change = {
            let (done, change) = (done.setter(), desk.change.clone());
            Callback::from(move |it| {
                done.set(None);
                change.emit(it);
            })
        };
        Desk { fix, change, ..desk.clone() }
    });
    let props = Travel { desk: (*desk).clone(), ..props.clone() };
    let Travel { examined, gathered, desk, .. } = &props;
    let not_known = examined.report.plan.not_known();
    // A place that was chosen is answered within sight, and what somebody types in stays where it is.
    let is_last = !gathered.places.is_empty() && !*is_pasted;
    let onpaste = Callback::from(move |_: Event| is_pasted.set(true));
    let undo = desk.history.reform(|event: MouseEvent| {
        focus::keep(&event);
        Step::Undo
    });
    html! {
        <div class="travel__question">
            <Places gathered={gathered.clone()} dispatch={desk.dispatch.clone()} id="travel-places" />
            <div class={classes!("travel__paste", is_last.then_some("travel__paste--last"))} {onpaste}>
                { paste(gathered, &examined.report.plan, desk, "travel-avoid") }
            </div>
            <section class="travel__answer" aria-label="Answer" aria-live="polite" id={ANSWER}>
                { match &examined.report.clearance {
                    _ if not_known.is_some() => html! {
                        <div class="clearance" data-severity="warning">
                            { severity_shape(Some(Severity::Warning)) }
                            <p>{ for not_known.iter().map(|it| words::inline(it)) }</p>
                        </div>
                    },
                    None if !gathered.text.trim().is_empty() => html! {
                        <div class="clearance" data-severity="warning">
                            { severity_shape(Some(Severity::Warning)) }
                            <p>{ match gathered.pasted.networks.is_empty() {
                                true => "No network could be read from what is pasted. Paste the output of one of the commands, or the network itself.",
                                false => "Only Docker's own networks were read. Add the network that has to stay reachable.",
                            } }</p>
                        </div>
                    },
                    None => html! {
                        <p class="travel__ask">{"Choose a place, or paste what your computer says: the answer comes at once, and nothing leaves this page."}</p>
                    },
                    Some(clearance) => html! {
                        <>
                            { clearance_line(clearance) }
                            <p class="travel__limits">{ checked(&props) }{LIMITS}</p>
                        </>
                    },
                } }
                { for done.iter().filter(|it| it.before != examined.request.text).map(|it| html! {
                    <p class="travel__done">
                        <span>{["Done: ", &lower_first(&it.title), "."].concat()}</span>
                        <button class="button button--edged" type="button" onclick={undo.clone()}>{"Undo"}</button>
                    </p>
                }) }
            </section>
            <div class="travel__ways">
                if not_known.is_some() {
                    <div class="ways">{ in_settings(None, &props) }</div>
                }
                { for examined.report.clearance.iter().map(|it| html! {
                    <>
                        { ways_out(it, &props) }
                        <div class="travel__share">
                            <Copy text={shared(it, gathered)} label="Copy the answer with its link" words="Copy the answer" />
                            <span class="travel__kept">{"This browser has kept the page: it answers without a network, too."}</span>
                        </div>
                    </>
                }) }
            </div>
        </div>
    }
}

/// What was held against the networks.
fn checked(props: &Travel) -> Html {
    let Travel { examined, is_empty, desk, .. } = props;
    let report = &examined.report;
    let Checked { what, trouble, more } = Checked::of(report, *is_empty);
    html! {
        <>
            {words::inline(&what)}
            { for trouble.map(|it| html! { <>{", "}{problems_link(&desk.dispatch, it)}</> }) }
            {". "}
            if !more.is_empty() {
                {more}{" "}
            }
        </>
    }
}

/// The answer to pass on: what was found, and a link that asks the same.
fn shared(clearance: &Clearance, gathered: &Gathered) -> String {
    let sentence = clearance.sentence.replace('`', "");
    [&sentence, "\n", LIMITS, "\n", &address::base(), &gathered.address(), "\n"].concat()
}

/// What helps for good, and what helps now.
fn ways_out(clearance: &Clearance, props: &Travel) -> Html {
    let now = clearance.right_now(&props.examined.report.plan, &props.gathered.avoid);
    if clearance.outlook == Prospect::Fine && now.is_empty() {
        if props.is_empty || props.examined.report.foreign.is_some() {
            return Html::default(); // there is nothing to change
        }
        return html! {
            <section class="way" aria-labelledby="way-paste" tabindex="-1">
                <h3 class="way__title" id="way-paste">{"What to paste"}</h3>
                { copies(props) }
                <p class="way__stops">{words::inline(AFTERWARDS)}</p>
            </section>
        };
    }
    let of_swarm = clearance.swarm_remedy(&props.examined.report.plan, &props.gathered.avoid, &[]);
    let permanently = in_settings(of_swarm.as_ref(), props);
    let right_now = html! {
        if !now.is_empty() {
            <section class="way" aria-labelledby="way-now">
                <h3 class="way__title" id="way-now">{"Right now"}</h3>
                { for now.iter().map(step) }
            </section>
        }
    };
    // What only may collide is looked at before it is mended.
    let ways = match clearance.severity {
        Some(Severity::Hint) => [right_now, permanently],
        _ => [permanently, right_now],
    };
    html! { <div class="ways">{ for ways }</div> }
}

/// What helps for good.
fn in_settings(of_swarm: Option<&Remedy>, props: &Travel) -> Html {
    html! {
        <section class="way" aria-labelledby="way-permanent">
            <h3 class="way__title" id="way-permanent">{"In Docker's settings"}</h3>
            <Proposals examined={props.examined.clone()} known={props.gathered.known.clone()} desk={props.desk.clone()} />
            { for of_swarm.map(step) }
        </section>
    }
}

fn step(remedy: &Remedy) -> Html {
    html! {
        <div class="way__step">
            <div class="way__commands">
                <pre><code>{remedy.command.clone()}</code></pre>
                <Copy text={remedy.command.clone()} label="Copy the command" words="Copy" />
            </div>
            <p class="way__stops">{words::inline(&remedy.effect)}</p>
        </div>
    }
}

fn copies(props: &Travel) -> Html {
    let dispatch = props.desk.dispatch.clone();
    let show_steps = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Action::Tab(Tab::Apply));
        dispatch.dispatch(Action::View(View::Result));
    });
    html! {
        <div class="way__copies">
            { for props.written.iter().map(|(name, text)| {
                html! { <Copy text={text.clone()} label={["Copy ", *name].concat()} /> }
            }) }
            <a class="button" href="#/" onclick={show_steps}>{"Where it goes, step by step"}</a>
        </div>
    }
}
