//! The reference: a page for every option and every rule.

use drydock::{
    Engine,
    bench::{self, Listing},
    daemon::{
        EXPLAINING, LISTING,
        check::{RULES, Rule},
        options::{self, Category, DaemonOption, Status},
    },
    docker::{host::Host, source},
};
use yew::prelude::*;

use super::{
    arrived::Carried,
    desk::{Beginning, Desk},
    guide::Guide,
    icon::{icon, severity_word},
    lists::{AllOptions, AllRules},
    messages::Messages,
    rest::Rest,
    words,
};
use crate::{
    lines::LineEnds,
    outside::reference::Reference,
    route::{Route, option_address, rule_address},
};

/// The pages that list others.
static LISTS: [(Route, &str); 3] = [
    (Route::Options, "All options"),
    (Route::Rules, "All rules"),
    (Route::Messages(String::new()), EXPLAINING.messages),
];

/// The id of what is read; it takes focus when another page is opened.
pub const ARTICLE: &str = "article";

/// Which page.
pub struct Reading {
    /// The page.
    pub route: Route,
    /// The chosen Engine.
    pub engine: Engine,
    /// The long texts, once they are here.
    pub reference: Option<Reference>,
    /// Where the daemon's messages are.
    pub messages: AttrValue,
    /// The ways to touch the text.
    pub desk: Desk,
    /// The rest of the page.
    pub rest: Rest,
}

/// What is in the place of a page whose part has not come yet.
pub fn awaited(rest: &Rest) -> Html {
    html! {
        <main class="reading">
            <article class="article" tabindex="-1" id={ARTICLE}>
                <a class="button contents__back" href="#/">{icon("back")}{"Back to the editor"}</a>
                { rest.draw(|_| Html::default()) }
            </article>
        </main>
    }
}

/// The reference, when the address names a page of it.
pub fn reading(props: &Reading) -> Html {
    let route = &props.route;
    let bench = bench_of(props);
    let is_missing = |id: &str| props.reference.as_ref().is_some_and(|it| it.rule(id).markdown.is_empty());
    let (contents, article) = match route {
        Route::Workbench | Route::Bench(_) | Route::Travel(_) => return Html::default(),
        Route::Guide(listing, asked) => {
            let (asked, desk, rest) = (asked.clone(), props.desk.clone(), props.rest.clone());
            return html! { <Guide key={listing.id} listing={*listing} {asked} {desk} {rest} /> };
        }
        Route::Nowhere => (Html::default(), nowhere()),
        Route::Options => (option_contents(""), all_options(props)),
        Route::Option(key) => match options::find(key) {
            Some(option) => (option_contents(key), option_page(option, props)),
            None => (option_contents(""), unknown("option", key)),
        },
        Route::Messages(line) => (
            option_contents(""),
            html! { <Messages key={line.clone()} address={props.messages.clone()} line={line.clone()} /> },
        ),
        Route::Rules => (rule_contents(""), all_rules(props)),
        Route::Rule(id) => match RULES.iter().find(|it| it.id == id) {
            Some(rule) => (rule_contents(id), rule_page(rule.id, &severities(rule), props)),
            // That of another bench, whose rules are not here, but their pages.
            None if bench.is_some() && !is_missing(id) => (rule_contents(""), rule_page(id, "", props)),
            None => (rule_contents(""), unknown("rule", id)),
        },
    };
    html! {
        <main class="reading" aria-label="Reference">
            <nav class="contents" aria-label="Contents">
                <a class="button contents__back" href={bench.map_or_else(|| "#/".to_owned(), Route::address_of)}>
                    {icon("back")}{"Back to the editor"}
                </a>
                <div class="contents__lists">
                    { for LISTS.iter().map(|(list, words)| link(list.address(), words, route == list)) }
                </div>
                <div class="contents__items">{contents}</div>
            </nav>
            <article class="article" tabindex="-1" id={ARTICLE}>
                <div class="article__inner">{article}</div>
            </article>
        </main>
    }
}

/// The bench whose rule is shown, where it is not the usual one.
fn bench_of(props: &Reading) -> Option<&'static Listing> {
    let Route::Rule(id) = &props.route else {
        return None;
    };
    bench::find(id.split_once('/')?.0)
}

fn rows(category: Category) -> impl Iterator<Item = &'static DaemonOption> {
    options::children("").filter(move |it| it.description().category == category && it.status != Status::Refused)
}

fn option_contents(current: &str) -> Html {
    let top = current.split(['.', '[']).next().unwrap_or_default();
    html! {
        <>
            { for Category::ALL.iter().map(|&category| html! {
                <>
                    <h2 class="contents__heading">{category.title()}</h2>
                    { for rows(category).map(|it| link(option_address(it.key), it.key, it.key == top)) }
                </>
            }) }
        </>
    }
}

fn rule_contents(current: &str) -> Html {
    html! {
        <>
            <h2 class="contents__heading">{"Rules"}</h2>
            { for RULES.iter().map(|it| link(rule_address(it.id), it.id, it.id == current)) }
        </>
    }
}

fn link(address: String, words: &'static str, is_current: bool) -> Html {
    html! { <a class="contents__link" href={address} aria-current={is_current.then_some("page")}>{words}</a> }
}

fn head(kind: String, title: Html) -> Html {
    html! {
        <>
            <p class="article__kind">{kind}</p>
            <h1 class="article__title">{title}</h1>
        </>
    }
}

/// What an address shows that names nothing.
fn nowhere() -> Html {
    html! {
        <>
            { head("Reference".to_owned(), html! { {"No such page"} }) }
            <p>{"The address in your browser names no page of Drydock. Your configuration is still in the editor. You can go on to:"}</p>
            <ul>
                <li><a href="#/">{"The editor"}</a></li>
                { for LISTS.iter().chain(&[(Route::Travel(Vec::new()), "Travel check")]).map(|(list, words)| html! {
                    <li><a href={list.address()}>{*words}</a></li>
                }) }
            </ul>
        </>
    }
}

fn unknown(what: &str, name: &str) -> Html {
    html! {
        <>
            { head("Reference".to_owned(), html! { {["No such ", what].concat()} }) }
            <p>{["Drydock knows no ", what, " called "].concat()}<code>{name}</code>{". The contents list all there are."}</p>
        </>
    }
}

fn all_options(props: &Reading) -> Html {
    html! {
        <>
            { head("Reference".to_owned(), html! { {LISTING.options} }) }
            <AllOptions messages={props.messages.clone()} />
        </>
    }
}

fn all_rules(props: &Reading) -> Html {
    html! {
        <>
            { head("Reference".to_owned(), html! { {"What Drydock checks"} }) }
            <AllRules reference={props.reference.clone()} />
        </>
    }
}

/// The severities that a rule uses.
pub fn severities(rule: &Rule) -> String {
    let words: Vec<&str> = rule.severities.iter().map(|&it| severity_word(it)).collect();
    words.join(", ")
}

fn option_page(option: &'static DaemonOption, props: &Reading) -> Html {
    let told = option.description();
    let below: Vec<&DaemonOption> = options::all()
        .filter(|it| it.key.len() > option.key.len() && it.key.starts_with(option.key))
        .filter(|it| it.key[option.key.len()..].starts_with(['.', '[']))
        .collect();
    let values: Vec<&str> = option.choices_in(props.engine).chain(told.suggestions_in(props.engine)).collect();
    let kind = ["Option, ", told.category.title()].concat();
    let version = |label, engine: Option<Engine>| engine.map(|it| fact(label, html! { {it.to_string()} }));
    html! {
        <>
            { head(kind, html! { <code>{option.key}</code> }) }
            <p class="article__lead">{words::inline(told.summary)}</p>
            <dl class="facts">
                { fact("Type", html! { {option.kind.words()} }) }
                if !told.default.is_empty() {
                    { fact("Default", words::default_value(told.default)) }
                }
                if !values.is_empty() {
                    { fact("Values", html! { <>{ for values.iter().map(|it| html! { <><code>{it}</code>{" "}</> }) }</> }) }
                }
                { version("Since", Some(option.since).filter(|it| *it > Engine::new(20, 10, 0))) }
                { version("Deprecated since", option.deprecated) }
                { version("Removed in", option.removed) }
                if let Some(instead) = option.replacement {
                    { fact("Use instead", html! { <a href={option_address(instead)}><code>{instead}</code></a> }) }
                }
                if option.status == Status::Ignored {
                    { fact("Note", html! { {EXPLAINING.ignored} }) }
                }
                if !told.flag.is_empty() {
                    { fact(EXPLAINING.flag, html! { <code>{told.flag}</code> }) }
                }
                { fact("Changed by", html! { {EXPLAINING.changed_by[usize::from(!told.reloadable)]} }) }
                if !told.rootless.is_empty() {
                    { fact(EXPLAINING.rootless, words::inline(told.rootless)) }
                }
                { fact("Source in moby", html! { <>{ for told.source.split(", ").map(|it| html! { <>{words::file(it, source::address(it))}<br /></> }) }</> }) }
            </dl>
            { long(props, |it| it.option(option.key)) }
            if !below.is_empty() {
                <h2>{"Settings inside it"}</h2>
                <dl class="facts facts--named">
                    { for below.iter().map(|it| html! {
                        <>
                            <dt><a href={option_address(it.key)}><code>{it.key}</code></a></dt>
                            <dd>{words::inline(it.description().summary)}</dd>
                        </>
                    }) }
                </dl>
            }
        </>
    }
}

fn fact(label: &'static str, value: Html) -> Html {
    html! { <><dt>{label}</dt><dd>{value}</dd></> }
}

/// A long text, or what is there until it has come.
fn long(props: &Reading, text: impl FnOnce(&Reference) -> String) -> Html {
    match &props.reference {
        Some(reference) => words::blocks(&text(reference)),
        None => html! { <p class="article__kind verdict__wait">{"The text is on its way."}</p> },
    }
}

/// What a rule flags: the first paragraph of its page.
pub fn rule_title(markdown: &str) -> String {
    let title = markdown.split_once("\n\n").map_or(markdown, |it| it.0);
    title.trim().trim_end_matches('.').replace('\n', " ")
}

fn rule_page(id: &str, severities: &str, props: &Reading) -> Html {
    let page = props.reference.as_ref().map(|it| it.rule(id)).unwrap_or_default();
    let bench = bench_of(props);
    let rest = page.markdown.split_once("\n\n").map_or("", |it| it.1);
    let title = rule_title(&page.markdown);
    let host = Host::of_words(page.host.iter().map(String::as_str));
    let engine = (!page.engine.is_empty()).then(|| ["Docker Engine ", &page.engine].concat());
    let circumstances: Vec<String> = engine.into_iter().chain(host.told()).collect();
    let open = {
        let beginning = Beginning {
            text: page.example.trim_end().into(),
            label: ["Example of ", id].concat(),
            line_ends: LineEnds::Lf,
            engine: page.engine.parse().ok(),
            host: Some(host),
            carried: bench.map(|it| Carried::asked(page.example.trim_end().into(), Some(it), LineEnds::Lf)),
            ..Beginning::default()
        };
        props.desk.begin.reform(move |_: MouseEvent| beginning.clone())
    };
    html! {
        <>
            { head(match severities {
                "" => "Rule".to_owned(),
                severities => ["Rule, ", severities].concat(),
            }, match title.is_empty() {
                true => html! { {id.to_owned()} },
                false => words::inline(&title),
            }) }
            { long(props, |_| rest.to_owned()) }
            if !page.example.is_empty() {
                <h2>{"Example"}</h2>
                if !circumstances.is_empty() {
                    <p>{words::inline(&["Flagged for ", &circumstances.join(", "), "."].concat())}</p>
                }
                <pre tabindex="0"><code>{page.example.trim_end().to_owned()}</code></pre>
                <div>
                    <button class="button button--edged" type="button" onclick={open}>{"Open the example in the editor"}</button>
                </div>
            }
        </>
    }
}
