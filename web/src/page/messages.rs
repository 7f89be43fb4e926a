//! The daemon's messages: what a line of its log, or an error of `docker`, means, and what to do about it.

use std::{cell::RefCell, rc::Rc};

use drydock::daemon::{
    EXPLAINING, LISTING,
    messages::{self, Explained, Message, explain},
    options::Search,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::words;
use crate::{
    outside::{download, visit},
    route::{messages_address, option_address, rule_address},
};

thread_local! {
    /// The list, once it was read: who comes back finds the page as it was.
    static READ: RefCell<Rc<Vec<Message>>> = RefCell::default();
}

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct MessagesProps {
    /// Where the list of messages is.
    pub address: AttrValue,
    /// A line to begin with.
    pub line: String,
}

/// A place to paste a log, what is recognised of it, and every message that can be.
#[function_component]
pub fn Messages(props: &MessagesProps) -> Html {
    let pasted = use_state(|| match visit::line() {
        kept if kept.is_empty() => props.line.clone(),
        kept => kept,
    });
    let oninput = {
        let pasted = pasted.clone();
        Callback::from(move |event: InputEvent| {
            pasted.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let list = use_messages(&props.address);
    let found = explain(&list, &pasted);
    let is_unknown = found.is_empty() && !pasted.trim().is_empty() && !list.is_empty();
    let alike: Vec<&Message> = list.iter().filter(|it| is_unknown && has_words(it, &pasted)).collect();
    html! {
        <>
            <h1 class="article__title">{EXPLAINING.messages}</h1>
            <p class="article__lead">{EXPLAINING.paste}</p>
            <textarea class="input keep__text" rows="4" spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-label="A line of the log" placeholder={EXPLAINING.message}
                value={(*pasted).clone()} {oninput} />
            <div aria-live="polite">
                { for found.iter().map(explanation) }
                if !alike.is_empty() {
                    <h2>{"Messages with these words"}</h2>
                    { rows(&alike) }
                } else if is_unknown {
                    <p>{"None of these lines is a message that Drydock knows."}</p>
                }
            </div>
            <h2>{"Messages that Drydock knows"}</h2>
            { rows(&list.iter().collect::<Vec<_>>()) }
        </>
    }
}

/// The messages that can be recognised, once they are here.
#[hook]
pub fn use_messages(address: &AttrValue) -> Rc<Vec<Message>> {
    let list = use_state(|| READ.with_borrow(Rc::clone));
    use_effect_with(address.clone(), {
        let list = list.clone();
        move |address| {
            let (address, is_read) = (address.clone(), !list.is_empty());
            spawn_local(async move {
                // Without network, before it was ever fetched, nothing is recognised.
                if !is_read && let Ok(text) = download::fetch(&address).await {
                    let read = Rc::new(messages::read(&text));
                    READ.set(read.clone());
                    list.set(read);
                }
            });
        }
    });
    (*list).clone()
}

/// Whether a message, or what it means, has all of some words.
fn has_words(message: &Message, line: &str) -> bool {
    let Message { pattern, meaning, example, .. } = message;
    let search = Search::of(line);
    !search.is_empty() && search.finds(&[pattern, meaning, example])
}

/// Whether some words are those of a message.
pub fn is_said(list: &[Message], line: &str) -> bool {
    !explain(list, line).is_empty() || list.iter().any(|it| has_words(it, line))
}

/// The way to what the daemon means by some words.
pub fn messages_link(line: &str) -> Html {
    html! {
        <p>{LISTING.error}{" "}<a href={messages_address(line)}>{"See what it means"}</a>{"."}</p>
    }
}

fn rows(messages: &[&Message]) -> Html {
    html! {
        <ul class="messages">
            { for messages.iter().map(|it| html! {
                <li class="messages__row">
                    <p><code>{it.pattern.clone()}</code></p>
                    <p>{words::inline(&it.meaning)}{" "}{words::inline(&it.help)}</p>
                    { links(&it.rules, &it.keys) }
                </li>
            }) }
        </ul>
    }
}

fn explanation(found: &Explained) -> Html {
    html! {
        <section class="explained" data-severity="hint" aria-label={EXPLAINING.messages}>
            <p><code>{found.message.pattern.clone()}</code></p>
            <p>{words::inline(&found.meaning)}</p>
            <p>{words::inline(&found.help)}</p>
            { links(&found.message.rules, &found.keys) }
        </section>
    }
}

fn links(rules: &[String], keys: &[String]) -> Html {
    let rules = rules.iter().map(|it| (rule_address(it), it));
    let keys = keys.iter().map(|it| (option_address(it), it));
    html! {
        <p class="explained__links">
            { for rules.chain(keys).map(|(address, name)| html! { <a href={address}><code>{name.clone()}</code></a> }) }
        </p>
    }
}
