//! Which networks must Docker keep clear of? Places to choose, and a text to paste; what was understood of it.

use std::{rc::Rc, sync::Arc};

use drydock::{
    address::{
        KnownNetwork, Subnet,
        known::{Weight, search, various},
    },
    daemon::network::{
        AddressPlan, Avoid, Pasted,
        pasted::{self, Ignored, Judgement},
    },
};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{
    copy::Copy,
    desk::{Desk, Dispatch, Shared},
    icon::{icon, severity_shape},
    words,
};
use crate::{
    drawing::once_drawn,
    outside::{scroll, shell, visit},
    route::{messages_address, travel_address},
    store::Action,
};

/// The id of what answers, where something does.
pub const ANSWER: &str = "answer";

/// How many places are offered.
const OFFERED: usize = 6;

/// So many pasted networks are held by the address of a check.
const MAX_ASKED: usize = 12;

/// What the address of a check says when it does not hold all of it.
const AND_MORE: &str = "and-more";

/// How many lines are shown with their judgement.
const JUDGED: usize = 60;

/// The known networks, once they are here.
pub type Known = Option<Shared<Vec<KnownNetwork>>>;

/// The networks to keep clear of, and where they come from.
#[derive(Clone, PartialEq)]
pub struct Gathered {
    /// The text.
    pub text: Rc<str>,
    /// What was read from it.
    pub pasted: Shared<Pasted>,
    /// The places that are gone to.
    pub places: Rc<[String]>,
    /// The known networks, once they are here.
    pub known: Option<Shared<Vec<KnownNetwork>>>,
    /// All of them together.
    pub avoid: Arc<Avoid>,
}

impl Gathered {
    /// The same before anything was read.
    pub fn unread(text: &Rc<str>, places: &Rc<[String]>) -> Self {
        Self {
            text: text.clone(),
            pasted: Rc::new(Pasted::default()).into(),
            places: places.clone(),
            known: None,
            avoid: Arc::default(),
        }
    }

    /// Reads a text, and gathers what it and the places name.
    pub fn of(text: &Rc<str>, places: &Rc<[String]>, known: Option<&Shared<Vec<KnownNetwork>>>) -> Self {
        let known_list: &[KnownNetwork] = known.map(|it| &it[..]).unwrap_or_default();
        let is_known = |place: &String| known_list.iter().any(|it| it.id == *place);
        // What a link asks about that is no known network is read like a line of the text.
        let asked: Vec<&str> = places.iter().filter(|it| !is_known(it)).map(String::as_str).collect();
        let chosen = known_list.iter().filter(|it| places.contains(&it.id));
        let pasted = pasted::read(text);
        let avoid = match &asked[..] {
            [] => Avoid::gather(&pasted, chosen),
            asked => Avoid::gather(&pasted::read(&[text, "\n", &asked.join("\n")].concat()), chosen),
        };
        Self {
            text: text.clone(),
            pasted: Rc::new(pasted).into(),
            places: places.clone(),
            known: known.cloned(),
            avoid: Arc::new(avoid),
        }
    }

    /// The address of the travel check about them.
    pub fn address(&self) -> String {
        let places = self.places.len();
        let mut asked: Vec<String> = self.places.to_vec();
        for it in self.pasted.to_avoid() {
            let subnet = it.subnet.to_string();
            if asked.len() > places + MAX_ASKED {
                break;
            }
            if !asked.contains(&subnet) {
                asked.push(subnet);
            }
        }
        if asked.len() > places + MAX_ASKED || !self.pasted.is_complete() {
            // Understood by nobody, so that the answer to a part of the check is never "never".
            asked.truncate(places + MAX_ASKED);
            asked.push(AND_MORE.to_owned());
        }
        travel_address(asked.iter().map(String::as_str))
    }

    /// The known networks that were not chosen to keep clear of.
    pub fn not_chosen(&self) -> impl Iterator<Item = &KnownNetwork> {
        let known = self.known.iter().flat_map(|it| it.iter());
        known.filter(|it| !self.places.contains(&it.id))
    }

    /// What people call a place.
    fn name<'a>(&'a self, place: &'a str) -> &'a str {
        let known = self.known.iter().flat_map(|it| it.iter());
        known.into_iter().find(|it| it.id == place).map_or(place, |it| &it.name)
    }
}

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct PlacesProps {
    /// The networks.
    pub gathered: Gathered,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
    /// The id of its field: two may be in the page at a time.
    pub id: &'static str,
}

/// Places to choose, and a text to paste.
pub fn keep_clear(gathered: &Gathered, plan: &AddressPlan, desk: &Desk) -> Html {
    html! {
        <div class="keep">
            <Places gathered={gathered.clone()} dispatch={desk.dispatch.clone()} id="places" />
            { paste(gathered, plan, desk, "avoid") }
        </div>
    }
}

/// Known networks to choose from.
#[function_component]
pub fn Places(props: &PlacesProps) -> Html {
    let PlacesProps { gathered, dispatch, id } = props;
    let asked = use_state(visit::line);
    let oninput = {
        let asked = asked.clone();
        Callback::from(move |event: InputEvent| {
            asked.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let go = |place: &str| {
        let (dispatch, place, asked) = (dispatch.clone(), place.to_owned(), asked.clone());
        Callback::from(move |_: MouseEvent| {
            asked.set(String::new());
            dispatch.dispatch(Action::Place(place.clone()));
        })
    };
    let known: &[KnownNetwork] = gathered.known.as_ref().map(|it| &it[..]).unwrap_or_default();
    let is_chosen = |it: &&KnownNetwork| gathered.places.contains(&it.id);
    let is_answered = !gathered.places.is_empty() || !gathered.text.trim_ascii().is_empty();
    let found = match (&**asked, is_answered) {
        ("", false) => various(known),
        ("", true) => Vec::new(), // nothing stands between the question and its answer
        (asked, _) => search(known, asked),
    };
    let offered = found.iter().filter(|it| !is_chosen(it)).take(OFFERED);
    html! {
        <div class="keep__part">
            <label class="keep__label" for={*id}>{"Where are you going, or what do you connect to?"}</label>
            <input class="input" id={*id} type="search" autocomplete="off" placeholder="Train, hotspot, VPN, cloud"
                value={(*asked).clone()} {oninput} />
            <div class="keep__places" role="group" aria-label="Places">
                { for gathered.places.iter().map(|place| html! {
                    <button class="chip" type="button" aria-pressed="true" onclick={go(place)}>
                        {icon("ok")}{gathered.name(place).to_owned()}
                    </button>
                }) }
                { for offered.map(|it| html! {
                    <button class="chip" type="button" aria-pressed="false" title={subnets(it)} onclick={go(&it.id)}>
                        {it.name.clone()}
                    </button>
                }) }
            </div>
            if !asked.is_empty() && found.is_empty() {
                <p class="keep__none">{"No known place has this name. Paste what your computer says there, or the network itself."}</p>
            }
            { for known.iter().filter(is_chosen).map(place) }
        </div>
    }
}

/// Shows the answer to what was pasted, with the first thing that helps.
fn follow() {
    if let Ok(answer) = shell::element(ANSWER)
        && let Ok(Some(panel)) = answer.closest("main")
    {
        let way = panel.query_selector(".proposal__apply").ok().flatten();
        scroll::show_from(&panel, &answer, &way.unwrap_or_else(|| answer.clone()));
    }
}

/// A text to paste, and what was understood of it. Two may be in the page at a time, so each has an id of its own.
pub fn paste(gathered: &Gathered, plan: &AddressPlan, desk: &Desk, id: &'static str) -> Html {
    let oninput = {
        let dispatch = desk.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            dispatch.dispatch(Action::Avoid(text.into()));
            // Who types looks at what is typed.
            if event.input_type() == "insertFromPaste" {
                once_drawn(follow);
            }
        })
    };
    html! {
        <div class="keep__part">
            <label class="keep__label" for={id}>{"Or paste what your computer says"}</label>
            <textarea class="input keep__text" {id} rows="5" spellcheck="false" autocapitalize="off" autocomplete="off"
                placeholder={"172.18.0.0/16 the train\n10.0.0.0-10.0.3.255\nor the output of ip route"}
                value={gathered.text.to_string()} {oninput} />
            <details class="keep__commands">
                <summary>{"Which command?"}</summary>
                { for pasted::COMMANDS.iter().map(|&(system, command)| html! {
                    <p class="keep__command">
                        <span>{system}</span><code>{command}</code>
                        <Copy text={command} label={["Copy the command for ", system].concat()} words="Copy" />
                    </p>
                }) }
            </details>
            { offer(&gathered.pasted, plan, desk) }
            { judgements(gathered) }
        </div>
    }
}

/// The pools that a text is about, to be put into the configuration.
fn offer(pasted: &Pasted, plan: &AddressPlan, desk: &Desk) -> Html {
    let Some(change) = pasted.pools_change(plan) else {
        return Html::default();
    };
    let onclick = desk.change.reform(move |_: MouseEvent| change.clone());
    html! {
        <p class="keep__offer">
            {"These are the pools of a daemon. "}
            <button class="button button--edged" type="button" {onclick}>{"Put them into the configuration"}</button>
        </p>
    }
}

/// Where a known network is; folded, what is known of it and who says so.
fn place(known: &KnownNetwork) -> Html {
    html! {
        <details class="keep__about" key={known.id.clone()}>
            <summary><strong>{known.name.clone()}</strong>{": "}<code>{subnets(known)}</code></summary>
            <p>
                {known.note.clone()}
                if let (Weight::Informs, Some(why)) = (known.weight(), &known.informs) {
                    {" "}{why.clone()}
                }
            </p>
            <p class="keep__source">{known.confidence.to_string()}{": "}{known.source.clone()}</p>
        </details>
    }
}

fn subnets(known: &KnownNetwork) -> String {
    let subnets: Vec<String> = known.subnets.iter().map(Subnet::to_string).collect();
    subnets.join(", ")
}

/// What was understood, line by line; what was not comes first.
fn judgements(gathered: &Gathered) -> Html {
    let pasted = &gathered.pasted;
    let told = |it: &&(usize, &pasted::Line)| !matches!(it.1.judgement, Judgement::Ignored(Ignored::Empty));
    let lines: Vec<(usize, &pasted::Line)> = pasted.lines.iter().enumerate().collect();
    let lines: Vec<&(usize, &pasted::Line)> = lines.iter().filter(told).collect();
    let is_open = |it: &&&(usize, &pasted::Line)| matches!(it.1.judgement, Judgement::NotUnderstood(_));
    let open = lines.iter().filter(is_open);
    let not_understood = open.clone().count();
    let clear = lines.iter().filter(|it| !is_open(it));
    let shown: Vec<_> = open.chain(clear).take(JUDGED).collect();
    let rest = lines.len().saturating_sub(shown.len());
    if lines.is_empty() {
        return Html::default();
    }
    let is_ignored = |it: &&&(usize, &pasted::Line)| matches!(it.1.judgement, Judgement::Ignored(_));
    let ignored = lines.iter().filter(is_ignored).count();
    let mut read = words::counted(pasted.networks.len(), "network") + " read";
    if ignored > 0 {
        read += &[", ", &words::counted(ignored, "line"), " ignored"].concat();
    }
    if not_understood > 0 {
        read += &[", ", &words::counted(not_understood, "line"), " not understood"].concat();
    }
    html! {
        <details class="keep__read" open={not_understood > 0}>
            <summary>{read}</summary>
            <ul class="judgements" aria-label="What was understood">
                { for pasted.notes().iter().map(|it| html! { <li class="judgement"><span>{words::inline(it)}</span></li> }) }
                { for shown.into_iter().map(|it| judgement(gathered, it.0, it.1)) }
                if rest > 0 {
                    <li class="judgement">{["And ", &words::counted(rest, "more line"), "."].concat()}</li>
                }
            </ul>
        </details>
    }
}

fn judgement(gathered: &Gathered, index: usize, line: &pasted::Line) -> Html {
    let number = ["Line ", &words::thousands(index + 1)].concat();
    let written = line.span.of(&gathered.text).trim();
    match line.judgement {
        Judgement::Networks => {
            let found = gathered.pasted.of_line(index);
            let named: Vec<String> = found.iter().take(4).map(|it| it.subnet.to_string()).collect();
            let what = found.first().map_or("", |it| it.role.words());
            html! {
                <li class="judgement" data-severity="ok">
                    {severity_shape(None)}
                    <span>{number}{": "}<code>{named.join(", ")}</code>{", "}{what}</span>
                </li>
            }
        }
        Judgement::Ignored(Ignored::DaemonMessage) => html! {
            <li class="judgement">
                <span>{number}{": "}{Ignored::DaemonMessage.to_string()}{". "}<a href={messages_address(written)}>{"See what it means"}</a></span>
            </li>
        },
        Judgement::Ignored(why) => html! {
            <li class="judgement judgement--ignored"><span>{number}{": ignored, "}{why.to_string()}</span></li>
        },
        Judgement::NotUnderstood(why) => html! {
            <li class="judgement" data-severity="warning">
                {severity_shape(Some(drydock::rule::diagnostic::Severity::Warning))}
                <span>{number}{": not understood: "}{words::inline(&why.to_string())}<code class="judgement__line">{cut(written)}</code></span>
            </li>
        },
    }
}

/// So much of a line as is needed to find it.
fn cut(line: &str) -> String {
    let end = line.char_indices().nth(60).map_or(line.len(), |it| it.0);
    let more = if end < line.len() { "…" } else { "" };
    [line.get(..end).unwrap_or_default(), more].concat()
}
