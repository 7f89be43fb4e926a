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
        <OwnSheet shared={shared.clone()} report={props.report.clone()} printed={props.printed.clone()} target={props.target}
            desk={props.desk.clone()} />
    }
}

/// A link, and what there is to know of it.
#[derive(PartialEq)]
pub struct Offer {
    /// What it is called among others.
    pub name: &'static str,
    /// How it differs from them.
    pub about: &'static str,
    /// The link.
    pub link: String,
    /// The text it opens as.
    pub text: String,
    /// What is posted in a forum with it: what that is, and itself.
    pub forum: (String, String),
}

/// What a dialog shows of what is shared.
#[derive(PartialEq)]
pub struct Offers {
    /// What it is handed to other apps as.
    pub title: &'static str,
    /// What looks like a credential in what is shared beside the text: what it is, and where.
    pub beside: Vec<(&'static str, String)>,
    /// The text that is shared.
    pub text: Rc<str>,
    /// The links that hold it; none when it is too long.
    pub links: Vec<Offer>,
    /// The link to begin with.
    pub first: usize,
    /// What a link holds, in a few words each.
    pub holds: Vec<String>,
    /// The text as an editor for documentation, in HTML.
    pub embed: String,
}

/// The links to a daemon's configuration.
fn offers(shared: &link::State, props: &Own) -> Offers {
    let Own { report, printed, target, .. } = props;
    let base = address::base();
    let offer = |name, about, text: String, fragment: &str| {
        let link = [&base, "#", fragment].concat();
        let forum = forum(shared, printed, *target, &text, &link);
        Offer { name, about, link, text, forum }
    };
    let mut links = Vec::new();
    let mut first = 0;
    if let (Ok(written), Ok(short)) = (link::encode(shared, Form::AsWritten), link::encode(shared, Form::Canonical)) {
        let short_text = link::decode(&short).map(|it| it.text).unwrap_or_default();
        let loses = short_text != shared.text;
        let (name, about) = match loses {
            true => ("Settings only", "laid out anew, without comments"),
            false => ("Short", "opens as just this text"),
        };
        links.push(offer(name, about, short_text, &short));
        if loses {
            links.push(offer("As written", "with comments, layout and mistakes", shared.text.clone(), &written));
            // Comments are problems of a daemon.json too.
            first = usize::from(!report.document.problems.is_empty());
        }
        if let Some(readable) = link::readable(shared).filter(|it| route::link(it).is_some()) {
            let text = link::decode(&readable).map(|it| it.text).unwrap_or_default();
            links.push(offer("Readable", "for documentation, and for typing", text, &readable));
        }
    }
    let lines = Lines::of(&shared.avoid);
    let beside = link::credentials(&shared.avoid).into_iter().map(|it| {
        let line = lines.position(it.span.start).line.to_string();
        (it.message, ["line ", &line, " of the networks to keep clear of"].concat())
    });
    Offers {
        title: LISTING.shared,
        beside: beside.collect(),
        text: shared.text.as_str().into(),
        links,
        first,
        holds: holds(shared, report),
        embed: embed(shared),
    }
}

/// What is shared of a daemon's configuration.
#[derive(PartialEq, Properties)]
struct Own {
    shared: Rc<link::State>,
    report: Shared<Report>,
    printed: Shared<Printed>,
    target: Aim,
    desk: Desk,
}

#[function_component]
fn OwnSheet(props: &Own) -> Html {
    let Own { shared, report, printed, target, desk } = props;
    let key = (shared.clone(), report.clone(), printed.clone(), *target);
    let offers = use_memo(key, |_| offers(shared, props));
    html! { <Sheet {offers} desk={desk.clone()} /> }
}

/// What is given to the sheet.
#[derive(PartialEq, Properties)]
pub struct SheetProps {
    /// What is offered.
    pub offers: Rc<Offers>,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The links, what they hold, and what else can be done with them.
#[function_component]
pub fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { offers: all, desk } = props;
    let chosen = use_state(|| None::<usize>);
    let index = chosen.unwrap_or(all.first);
    let Some(offer) = all.links.get(index).or(all.links.first()) else {
        return html! {
            <p>{link::LinkError::TooLong.to_string()}</p>
        };
    };
    let share = {
        let dispatch = desk.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Shared))
    };
    let length = words::counted(offer.link.chars().count(), "character");
    let (forum_about, forum) = &offer.forum;
    html! {
        <>
            { warnings(all, &offer.text, desk) }
            <div class="share">
                <div class="share__main">
                    if all.links.len() > 1 {
                        <fieldset class="share__forms">
                            <legend class="share__legend">{"The link holds"}</legend>
                            { for all.links.iter().enumerate().map(|(at, it)| {
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
                                { send_button(all.title, &offer.link) }
                            }
                        </div>
                    </div>
                    <p class="share__about" aria-live="polite">{length}{". Nothing is uploaded: browsers keep what stands behind # to themselves."}</p>
                    { preview(&all.holds, &offer.text) }
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
                { post("Embed", "For documentation, in HTML: an editor that checks itself.", all.embed.clone()) }
                { post("Forum post", forum_about.clone(), forum.clone()) }
            </ul>
        </>
    }
}

/// What in the link looks like a credential.
fn warnings(offers: &Offers, opened: &str, desk: &Desk) -> Html {
    let lines = Lines::of(&offers.text);
    // A link without comments holds none of what is in them.
    let is_held = |it: &link::Credential| opened.contains(it.span.of(&offers.text));
    let in_text = link::credentials(&offers.text).into_iter().filter(is_held).map(|it| {
        let position = lines.position(it.span.start);
        let place = ["line ", &position.line.to_string(), ", column ", &position.column.to_string()].concat();
        (it.message, place, Some(it.span))
    });
    let beside = offers.beside.iter().map(|(message, place)| (*message, place.clone(), None));
    let found: Vec<_> = in_text.chain(beside).collect();
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
fn holds(shared: &link::State, report: &Report) -> Vec<String> {
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
    parts
}

/// What a link holds, and the beginning of its text.
fn preview(holds: &[String], text: &str) -> Html {
    let text = lines::lines(text);
    let count = text.lines().count();
    let shown: Vec<&str> = text.lines().take(PREVIEW).collect();
    html! {
        <div class="share__holds">
            <p class="share__about">{holds.join(" · ")}</p>
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
fn forum(shared: &link::State, printed: &Printed, target: Aim, opened: &str, link: &str) -> (String, String) {
    let (notation, name, text) = match (shared.dialect().notation, printed.text.is_empty()) {
        // Who asks about a module shows the module.
        (Notation::Nix, _) => (Notation::Nix, "text", shared.text.as_str()),
        (_, true) => (dialect::of(opened).notation, "text", opened),
        (_, false) => (target.notation(), short(target), &*printed.text),
    };
    as_code(name, posts::forum(notation.name(), text, link))
}

/// A post that shows something of this name as code.
pub fn as_code(name: &str, post: String) -> (String, String) {
    (["The ", name, " as code, with the link below."].concat(), post)
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
fn send_button(title: &'static str, link: &str) -> Html {
    let link = link.to_owned();
    let onclick = Callback::from(move |_: MouseEvent| {
        let link = link.clone();
        spawn_local(async move {
            // Who chose no app wants nothing more.
            let _ = sharing::send(title, &link).await;
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
