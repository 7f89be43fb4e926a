//! The dialog that turns the present state into a link.

use std::rc::Rc;

use drydock::{
    Report, choices,
    daemon::{
        LISTING, dialect,
        print::{Printed, TARGETS},
    },
    document::Notation,
    link::{self, Form},
    rule::{diagnostic::Severity, terminal::Lines},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    copy::Copy,
    desk::{Desk, Shared},
    dialog::Dialog,
    icon::{icon, severity_name, severity_shape},
    qr::qr,
    rest::Rest,
    result::{Aim, short},
    words,
};
use crate::{
    lines,
    outside::{address, sharing},
    posts, route,
    store::Action,
};

/// How many lines of the text are shown.
const PREVIEW: usize = 8;

/// What is shared.
#[derive(PartialEq, Properties)]
pub struct ShareProps {
    /// What the link will hold; `None` while the dialog is closed.
    pub shared: Option<Rc<link::State>>,
    /// What was read in its text.
    pub report: Shared<Report>,
    /// The result, as it is shown.
    pub printed: Shared<Printed>,
    /// What it is for.
    pub target: Aim,
    /// The rest of the page, which has the links.
    pub rest: Rest,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The dialog.
#[function_component]
pub fn Share(props: &ShareProps) -> Html {
    let close = {
        let dispatch = props.desk.dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::Share(false)))
    };
    html! {
        <Dialog open={props.shared.is_some()} title="Share" id="share-title" class={classes!("dialog", "dialog--share")} onclose={close}>
            if let Some(shared) = &props.shared {
                { props.rest.draw(|it| (it.sheet)(shared, props)) }
            }
        </Dialog>
    }
}

/// What the dialog shows while it is open.
pub fn sheet(shared: &Rc<link::State>, props: &ShareProps) -> Html {
    html! {
        <Sheet shared={shared.clone()} report={props.report.clone()} printed={props.printed.clone()} target={props.target}
            desk={props.desk.clone()} />
    }
}

/// A link that holds the state.
#[derive(PartialEq)]
struct Offer {
    name: &'static str,
    about: &'static str,
    link: String,
    /// The text it opens as.
    text: String,
}

/// The links that hold the state, and which of them to begin with.
#[derive(PartialEq)]
struct Offers {
    offers: Vec<Offer>,
    first: usize,
}

impl Offers {
    fn of(shared: &link::State, has_marks: bool) -> Option<Self> {
        let base = address::base();
        let address = |fragment: &str| [&base, "#", fragment].concat();
        let written = link::encode(shared, Form::AsWritten).ok()?;
        let short = link::encode(shared, Form::Canonical).ok()?;
        let short_text = link::decode(&short).map(|it| it.text).unwrap_or_default();
        let loses = short_text != shared.text;
        let mut offers = vec![Offer {
            name: if loses { "Settings only" } else { "Short" },
            about: if loses { "laid out anew, without comments" } else { "opens as just this text" },
            link: address(&short),
            text: short_text,
        }];
        if loses {
            offers.push(Offer {
                name: "As written",
                about: "with comments, layout and mistakes",
                link: address(&written),
                text: shared.text.clone(),
            });
        }
        let readable = link::readable(shared).filter(|it| route::link(it).is_some());
        if let Some(readable) = readable {
            offers.push(Offer {
                name: "Readable",
                about: "for documentation, and for typing",
                text: link::decode(&readable).map(|it| it.text).unwrap_or_default(),
                link: address(&readable),
            });
        }
        Some(Self { offers, first: usize::from(loses && has_marks) })
    }
}

#[derive(PartialEq, Properties)]
struct SheetProps {
    shared: Rc<link::State>,
    report: Shared<Report>,
    printed: Shared<Printed>,
    target: Aim,
    desk: Desk,
}

#[function_component]
fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { shared, report, printed, target, desk } = props;
    // Comments are problems of a daemon.json too.
    let has_marks = !report.document.problems.is_empty();
    let offers = use_memo((shared.clone(), has_marks), |(shared, has_marks)| Offers::of(shared, *has_marks));
    let chosen = use_state(|| None::<usize>);
    let Some(Offers { offers, first }) = &*offers else {
        return html! {
            <p>{link::LinkError::TooLong.to_string()}</p>
        };
    };
    let index = chosen.unwrap_or(*first);
    let Some(offer) = offers.get(index).or(offers.first()) else {
        return Html::default();
    };
    let share = {
        let dispatch = desk.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Shared))
    };
    let length = words::counted(offer.link.chars().count(), "character");
    html! {
        <>
            { warnings(shared, desk) }
            <div class="share">
                <div class="share__main">
                    if offers.len() > 1 {
                        <fieldset class="share__forms">
                            <legend class="share__legend">{"The link holds"}</legend>
                            { for offers.iter().enumerate().map(|(at, it)| {
                                let chosen = chosen.clone();
                                let onchange = Callback::from(move |_: Event| chosen.set(Some(at)));
                                html! {
                                    <label class="share__form">
                                        <input class="radio" type="radio" name="share-form" checked={at == index} {onchange} />
                                        <span>{it.name}<span class="share__about">{", "}{it.about}</span></span>
                                    </label>
                                }
                            }) }
                        </fieldset>
                    }
                    <div class="share__link">
                        <input class="input" readonly=true aria-label="Link" value={offer.link.clone()} onfocus={Callback::from(select)} />
                        <div class="share__ways" onclick={share.clone()}>
                            <Copy text={offer.link.clone()} label="Copy link" />
                            if sharing::is_there() {
                                { send_button(&offer.link) }
                            }
                        </div>
                    </div>
                    <p class="share__about" aria-live="polite">{length}{". Nothing is uploaded: browsers keep what stands behind # to themselves."}</p>
                    { holds(shared, report, &offer.text) }
                </div>
                <figure class="share__code">
                    { match qr(&offer.link) {
                        Some(code) => html! { <>{code}<figcaption class="share__about">{"Opens on a phone"}</figcaption></> },
                        None => html! { <figcaption class="share__about">{"Too long for a QR code"}</figcaption> },
                    } }
                </figure>
            </div>
            <ul class="share__posts" onclick={share}>
                { post("Markdown badge", "For a README: a picture that opens this.", posts::badge(&address::base(), &offer.link)) }
                { post("Embed", "For documentation, in HTML: an editor that checks itself.", embed(shared)) }
                { forum_post(shared, printed, *target, offer) }
            </ul>
        </>
    }
}

/// What in the link looks like a credential.
fn warnings(shared: &link::State, desk: &Desk) -> Html {
    let lines = Lines::of(&shared.text);
    let in_text = link::credentials(&shared.text).into_iter().map(|it| {
        let position = lines.position(it.span.start);
        let place = ["line ", &position.line.to_string(), ", column ", &position.column.to_string()].concat();
        (it.message, place, Some(it.span))
    });
    let lines = Lines::of(&shared.avoid);
    let in_networks = link::credentials(&shared.avoid).into_iter().map(|it| {
        let line = lines.position(it.span.start).line.to_string();
        (it.message, ["line ", &line, " of the networks to keep clear of"].concat(), None)
    });
    let found: Vec<_> = in_text.chain(in_networks).collect();
    if found.is_empty() {
        return Html::default();
    }
    let severity = Some(Severity::Warning);
    html! {
        <div class="share__warning" role="alert" data-severity={severity_name(severity)}>
            { severity_shape(severity) }
            <div>
                <p><strong>{"Anyone who gets the link can read this."}</strong></p>
                <ul>
                    { for found.into_iter().map(|(message, place, span)| {
                        let show = span.map(|span| {
                            let desk = desk.clone();
                            let onclick = Callback::from(move |_: MouseEvent| {
                                desk.dispatch.dispatch(Action::Share(false));
                                desk.reveal.emit(span);
                            });
                            let label = ["Show ", &place].concat();
                            html! { <button class="button button--edged" type="button" aria-label={label} {onclick}>{"Show"}</button> }
                        });
                        html! { <li class="share__found"><span>{message}{": "}{place}</span>{show}</li> }
                    }) }
                </ul>
            </div>
        </div>
    }
}

/// What the link holds, in short.
fn holds(shared: &link::State, report: &Report, text: &str) -> Html {
    let mut parts = vec![
        words::counted(report.document.root.members().len(), "setting"),
        shared.engine.title(),
        shared.host.nixos.release.title(),
    ];
    parts.extend(shared.host.told());
    let networks = shared.known.len() + shared.avoid.lines().filter(|it| !it.trim_ascii().is_empty()).count();
    if networks > 0 {
        parts.push("networks to keep clear of".to_owned());
    }
    if let Some(target) = TARGETS.iter().find(|it| it.id == shared.target) {
        parts.push(["shown as ", target.title].concat());
    }
    let text = lines::lines(text);
    let count = text.lines().count();
    let shown: Vec<&str> = text.lines().take(PREVIEW).collect();
    html! {
        <div class="share__holds">
            <p class="share__about">{parts.join(" · ")}</p>
            if count > 0 {
                <pre class="share__preview" tabindex="0" aria-label="What the link opens"><code>{shown.join("\n")}</code></pre>
            }
            if count > PREVIEW {
                <p class="share__about">{["and ", &words::counted(count - PREVIEW, "more line")].concat()}</p>
            }
        </div>
    }
}

/// The text as an editor for documentation, with the choices that are not the usual ones.
fn embed(shared: &link::State) -> String {
    let usual = link::State::default();
    let chosen = [&choices::AS, &choices::ENGINE, &choices::NIXOS, &choices::TARGET].map(|it| {
        let values = it.values_unlike(&usual, shared);
        (it.part, values.concat())
    });
    let attributes = chosen.each_ref().map(|(name, value)| (*name, value.as_str()));
    posts::embed(&address::base(), shared.dialect().notation.name(), &shared.text, &attributes)
}

/// The result that is shown, as code; the text where there is no result, or where it is Nix.
fn forum_post(shared: &link::State, printed: &Printed, target: Aim, offer: &Offer) -> Html {
    let (notation, name, text) = match (shared.dialect().notation, printed.text.is_empty()) {
        // Who asks about a module shows the module.
        (Notation::Nix, _) => (Notation::Nix, "text", &shared.text),
        (_, true) => (dialect::of(&offer.text).notation, "text", &offer.text),
        (_, false) => (target.notation(), short(target), &printed.text),
    };
    let about = ["The ", name, " as code, with the link below."].concat();
    post("Forum post", about, posts::forum(notation.name(), text, &offer.link))
}

fn post(name: &'static str, about: impl Into<AttrValue>, text: String) -> Html {
    html! {
        <li class="share__post">
            <p>{name}<span class="share__about">{about.into()}</span></p>
            <Copy {text} label={["Copy ", &name.to_ascii_lowercase()].concat()} words="Copy" />
        </li>
    }
}

/// A button that hands the link to the system's other apps.
fn send_button(link: &str) -> Html {
    let link = link.to_owned();
    let onclick = Callback::from(move |_: MouseEvent| {
        let link = link.clone();
        spawn_local(async move {
            // Who chose no app wants nothing more.
            let _ = sharing::send(LISTING.shared, &link).await;
        });
    });
    html! {
        <button class="button button--edged" type="button" {onclick}>{icon("share")}{"Send"}</button>
    }
}

/// Selects what has focus, to be copied by hand.
fn select(event: FocusEvent) {
    event.target_unchecked_into::<HtmlInputElement>().select();
}
