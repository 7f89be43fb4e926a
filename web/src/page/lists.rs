//! All options and all rules, and a search among them.

use drydock::daemon::{
    check::RULES,
    options::{self, Category, DaemonOption, Search, Status},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    icon::{icon, severity_word},
    messages::{is_said, messages_link, use_messages},
    reading::{rule_title, severities},
    words,
};
use crate::{
    outside::{reference::Reference, visit},
    route::{option_address, rule_address},
};

/// What the list of options is given.
#[derive(PartialEq, Properties)]
pub struct AllOptionsProps {
    /// Where the daemon's messages are.
    pub messages: AttrValue,
}

/// Every option in its category; in a search also those that lie inside another.
#[function_component]
pub fn AllOptions(props: &AllOptionsProps) -> Html {
    let line = use_state(visit::line);
    let messages = use_messages(&props.messages);
    let search = Search::of(&line);
    let found = |category: Category| {
        let search = search.clone();
        options::all().filter(move |it| {
            it.description().category == category
                && it.status != Status::Refused
                && (it.parent.is_empty() || !search.is_empty())
                && search.means(it)
        })
    };
    let entry = |it: &DaemonOption| {
        html! {
            <>
                <dt><a href={option_address(it.key)}><code>{it.key}</code></a></dt>
                <dd>{words::inline(it.description().summary)}</dd>
            </>
        }
    };
    let count = Category::ALL.iter().map(|it| found(*it).count()).sum();
    let groups = Category::ALL.iter().filter(|it| found(**it).next().is_some());
    html! {
        <>
            { find("Search options", &line, words::counted(count, "option")) }
            { for groups.map(|&category| html! {
                <section key={category.title()}>
                    <h2>{category.title()}</h2>
                    <dl class="facts facts--named">{ for found(category).map(entry) }</dl>
                </section>
            }) }
            { nothing(count, "No option has these words.") }
            if !search.is_empty() && (count == 0 || is_said(&messages, &line)) {
                { messages_link(&line) }
            }
        </>
    }
}

/// What the list of rules is given.
#[derive(PartialEq, Properties)]
pub struct AllRulesProps {
    /// The long texts, once they are here.
    pub reference: Option<Reference>,
}

/// Every rule with its title.
#[function_component]
pub fn AllRules(props: &AllRulesProps) -> Html {
    let line = use_state(visit::line);
    let titles = use_memo(props.reference.clone(), |reference| {
        let title = |id| reference.as_ref().map(|it| rule_title(&it.rule(id).markdown)).unwrap_or_default();
        RULES.iter().map(|it| title(it.id)).collect::<Vec<String>>()
    });
    let search = Search::of(&line);
    let found = RULES.iter().zip(titles.iter()).filter(|(rule, title)| {
        let severities = rule.severities.iter().map(|it| severity_word(*it));
        let texts: Vec<&str> = severities.chain([rule.id, title]).collect();
        search.finds(&texts)
    });
    let found: Vec<_> = found.collect();
    html! {
        <>
            { find("Search rules", &line, words::counted(found.len(), "rule")) }
            <dl class="facts facts--named">
                { for found.iter().map(|(rule, title)| html! {
                    <>
                        <dt><a href={rule_address(rule.id)}>{rule.id}</a></dt>
                        <dd>{words::inline(title)}<span class="facts__about">{severities(rule)}</span></dd>
                    </>
                }) }
            </dl>
            { nothing(found.len(), "No rule has these words.") }
        </>
    }
}

/// A line to search by, and how much it finds.
fn find(label: &'static str, line: &UseStateHandle<String>, found: String) -> Html {
    let oninput = {
        let line = line.clone();
        Callback::from(move |event: InputEvent| line.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    html! {
        <>
            <div class="search">
                {icon("search")}
                <input class="input input--words" type="search" aria-label={label} placeholder={label} autocomplete="off"
                    value={(**line).clone()} {oninput} />
            </div>
            <span class="unseen" role="status">{found}</span>
        </>
    }
}

fn nothing(count: usize, words: &'static str) -> Html {
    match count {
        0 => html! { <p>{words}</p> },
        _ => Html::default(),
    }
}
