//! The configuration field by field. Every edit of a field is an edit of the text.

mod choice;
mod entry;
mod field;
mod list;
mod map;
mod value;

use std::ops::Deref;

use drydock::{
    Engine, Report,
    diagnostic::{Diagnostic, Severity, Span},
    document::Node,
    options::{self, Category, DaemonOption, Kind, Status},
    settings::Settings,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use self::field::Field;
use super::{
    desk::{Desk, Shared},
    icon::icon,
    words,
};
use crate::store::{Action, Filter};

/// The settings of the present text.
pub struct Form {
    /// The report they come from.
    pub report: Shared<Report>,
    /// The chosen Engine.
    pub engine: Engine,
    /// What is shown.
    pub filter: Filter,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// A row of the table: equal when it is the same row.
#[derive(Clone, Copy, Debug)]
pub struct Row(pub &'static DaemonOption);

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Deref for Row {
    type Target = DaemonOption;

    fn deref(&self) -> &DaemonOption {
        self.0
    }
}

/// What is set at an option's path, and what is said of it.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// The value that counts.
    pub node: Option<Node>,
    /// What is said of it: severity and message.
    pub said: Vec<(Severity, String)>,
    /// Where the errors among it are.
    pub errors: Vec<Span>,
}

/// The form.
pub fn form(props: &Form) -> Html {
    let Form {
        report,
        engine,
        filter,
        desk,
    } = props;
    let settings = Settings::of(&report.document, *engine);
    let words: Vec<String> = filter
        .words
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    let shown = |option: &&'static DaemonOption| {
        let is_set = settings.get(option.key).is_some();
        let is_there = option.status != Status::Refused && option.exists_in(*engine);
        is_in_reach(option, !words.is_empty())
            && (is_set || (is_there && !filter.only_set))
            && words.iter().all(|it| {
                option.key.contains(it.as_str()) || says(option.description().summary, it)
            })
    };
    let groups: Vec<(Category, Vec<&'static DaemonOption>)> = Category::ALL
        .iter()
        .map(|&category| {
            (
                category,
                options::all()
                    .filter(|it| it.description().category == category)
                    .filter(shown)
                    .collect(),
            )
        })
        .filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
        .collect();
    let count = groups.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let found = |option: &DaemonOption| find(report, &settings, option);
    html! {
        <>
            { find_bar(filter, count, desk) }
            <div class="panel__body">
                { for groups.iter().map(|(category, rows)| html! {
                    <section class="form__group" key={category.title()} aria-label={category.title()}>
                        <h2 class="form__heading">{category.title()}</h2>
                        { for rows.iter().map(|&option| html! {
                            <Field key={option.key} option={Row(option)} found={found(option)} engine={*engine} change={desk.change.clone()} />
                        }) }
                    </section>
                }) }
                if groups.is_empty() {
                    <div class="quiet">{icon("search")}<p>{nothing(filter)}</p></div>
                }
            </div>
        </>
    }
}

fn nothing(filter: &Filter) -> &'static str {
    match filter.words.is_empty() {
        true => "Nothing is set yet.",
        false => "No option has these words.",
    }
}

/// Whether an option has a field of its own: those at the top, and in a search those inside them with a fixed path.
fn is_in_reach(option: &DaemonOption, searches: bool) -> bool {
    option.parent.is_empty() || (searches && !option.key.contains(['[', '<']))
}

/// Whether a sentence has a word, whatever its case.
fn says(sentence: &str, word: &str) -> bool {
    let (sentence, word) = (sentence.as_bytes(), word.as_bytes());
    sentence
        .windows(word.len())
        .any(|it| it.eq_ignore_ascii_case(word))
}

fn find(report: &Report, settings: &Settings, option: &DaemonOption) -> Found {
    let setting = settings.get(option.key);
    let touches = |it: Span, whole: Span| whole.start <= it.start && it.end <= whole.end;
    let here: Vec<&Diagnostic> = setting.map_or_else(Vec::new, |setting| {
        let whole = setting.whole();
        report
            .diagnostics
            .iter()
            .filter(|it| touches(it.span, whole))
            .collect()
    });
    let errors = here.iter().filter(|it| it.severity == Severity::Error);
    Found {
        node: setting.map(|it| it.value.clone()),
        errors: errors.map(|it| it.span).collect(),
        said: here
            .iter()
            .map(|it| (it.severity, it.message.clone()))
            .collect(),
    }
}

/// The search above the fields.
fn find_bar(filter: &Filter, count: usize, desk: &Desk) -> Html {
    let change = |set: fn(&mut Filter, &HtmlInputElement)| {
        let (filter, dispatch) = (filter.clone(), desk.dispatch.clone());
        move |input: HtmlInputElement| {
            let mut filter = filter.clone();
            set(&mut filter, &input);
            dispatch.dispatch(Action::Filter(filter));
        }
    };
    let search = change(|filter, input| filter.words = input.value().into());
    let only_set = change(|filter, input| filter.only_set = input.checked());
    html! {
        <div class="form__find">
            <div class="search">
                {icon("search")}
                <input class="input input--words" type="search" aria-label="Search options" placeholder="Search options"
                    value={filter.words.to_string()} autocomplete="off"
                    oninput={Callback::from(move |event: InputEvent| search(event.target_unchecked_into()))} />
            </div>
            <span class="unseen" role="status">{words::counted(count, "option")}</span>
            <label class="check">
                <input class="switch" type="checkbox" role="switch" checked={filter.only_set}
                    onchange={Callback::from(move |event: Event| only_set(event.target_unchecked_into()))} />
                {"Only set"}
            </label>
        </div>
    }
}

/// How many elements of a list have a line of their own.
const SHOWN: usize = 64;

/// What is said below a list of so many elements that the form does not show them all.
fn left_out(count: usize) -> Html {
    let rest = match count - SHOWN.min(count) {
        0 => String::new(),
        rest => ["And ", &words::thousands(rest), " more. "].concat(),
    };
    html! { <p class="field__about">{rest}{"A list as long as this is edited as text."}</p> }
}

/// Whether values of this kind fit in one line of the form.
fn is_scalar(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Bool | Kind::Integer(_) | Kind::Text(_) | Kind::Any
    )
}
