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
    daemon::{options::Search, settings::Settings},
    document::Node,
    rule::diagnostic::{Diagnostic, Fix, Severity},
    schema::{Category, DaemonOption, Kind, Status, effective::Effective},
    text::Span,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use self::field::Field;
use super::{
    desk::{Beginning, Desk, Shared},
    icon::{icon, severity_name, severity_shape},
    messages::messages_link,
    words,
};
use crate::{
    drafts::Drafts,
    offsets::Offsets,
    store::{Action, Filter},
};

/// The settings of the present text.
pub struct Form {
    /// The report they come from.
    pub report: Shared<Report>,
    /// The places of its text.
    pub offsets: Shared<Offsets>,
    /// Whether settings can be added to the text.
    pub is_editable: bool,
    /// The chosen Engine.
    pub engine: Engine,
    /// What is shown.
    pub filter: Filter,
    /// What was typed and is not in the text.
    pub drafts: Drafts,
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
    /// What the daemon makes of it.
    pub node: Option<Node>,
    /// What is said of it, as far as there is room.
    pub said: Vec<Diagnostic>,
    /// How much more is said of it.
    pub more: usize,
    /// Where the errors are.
    pub errors: Vec<Span>,
}

impl Found {
    /// What mends it.
    pub fn fixes(&self) -> Vec<&Fix> {
        self.said.iter().flat_map(|it| &it.fixes).collect()
    }
}

/// The form.
pub fn form(props: &Form) -> Html {
    let Form { report, is_editable, engine, filter, drafts, desk, .. } = props;
    if !is_editable {
        return html! { <div class="panel__body">{ not_editable(props) }</div> };
    }
    let schema = report.document.schema();
    let settings = Settings::of(&report.document, *engine);
    let search = Search::of(&filter.words);
    let shown = |option: &&'static DaemonOption| {
        let is_touched = settings.get(option.key).is_some() || drafts.touch(&field::path(&Row(option)));
        let is_offered = option.status == Status::Read && option.exists_in(*engine);
        is_in_reach(option, !search.is_empty())
            && (is_touched || (is_offered && !filter.only_set))
            && search.means(option)
    };
    let groups: Vec<(Category, Vec<&'static DaemonOption>)> = Category::ALL
        .iter()
        .map(|&category| {
            (
                category,
                schema.rows.iter().filter(|it| schema.description(it).category == category).filter(shown).collect(),
            )
        })
        .filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
        .collect();
    let count = groups.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let found = |option: &DaemonOption| find(report, &settings, option);
    html! {
        <>
            { find_bar(filter, count, desk) }
            { mistake(props) }
            <div class="panel__body">
                { for groups.iter().map(|(category, rows)| html! {
                    <section class="form__group" key={category.title()} aria-label={category.title()}>
                        <h2 class="form__heading">{category.title()}</h2>
                        { for rows.iter().map(|&option| html! {
                            <Field key={option.key} {schema} option={Row(option)} found={found(option)}
                                drafts={drafts.clone()} engine={*engine} desk={desk.clone()} />
                        }) }
                    </section>
                }) }
                if groups.is_empty() {
                    <div class="quiet">
                        {icon("search")}<p>{nothing(filter)}</p>
                        if !search.is_empty() { { messages_link(&filter.words) } }
                    </div>
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

/// The option in whose field a place of the text is edited, by its key; `None` for what no field shows.
pub fn field_of(report: &Report, engine: Engine, place: Span) -> Option<&'static str> {
    let settings = Settings::of(&report.document, engine);
    let holds = |it: Span| it.start <= place.start && place.end <= it.end;
    let rows = report.document.schema().rows.iter();
    rows.filter(|it| is_in_reach(it, false))
        .find(|it| settings.get(it.key).is_some_and(|it| holds(it.whole())))
        .map(|it| it.key)
}

fn find(report: &Report, settings: &Settings, option: &DaemonOption) -> Found {
    let setting = settings.get(option.key);
    let touches = |it: Span, whole: Span| whole.start <= it.start && it.end <= whole.end;
    let here: Vec<&Diagnostic> = setting.map_or_else(Vec::new, |setting| {
        let whole = setting.whole();
        let all = report.diagnostics.iter();
        all.filter(|it| touches(it.span, whole)).collect()
    });
    let errors = here.iter().filter(|it| it.severity == Severity::Error);
    Found {
        node: settings.merged(option.key),
        errors: errors.map(|it| it.span).collect(),
        more: here.len().saturating_sub(SAID),
        said: here.into_iter().take(SAID).cloned().collect(),
    }
}

/// What is in the place of the fields over a text that has no room for settings.
fn not_editable(props: &Form) -> Html {
    let first = props.report.diagnostics.first();
    let begin = {
        let beginning = Beginning { label: "Begin anew".to_owned(), ..Beginning::default() };
        props.desk.begin.reform(move |_: MouseEvent| beginning.clone())
    };
    html! {
        <div class="quiet" data-severity="error">
            { severity_shape(Some(Severity::Error)) }
            <p class="quiet__title">{"The form cannot edit this text"}</p>
            { for first.map(|it| html! { <p>{words::inline(&it.message)}{"."}</p> }) }
            <div class="quiet__ways">
                { for first.map(|it| show(props, it)) }
                <button class="button button--edged" type="button" onclick={begin}>{"Begin anew"}</button>
            </div>
            <p>{"Undo brings the text back."}</p>
        </div>
    }
}

/// The first mistake of a damaged text: what it damages is not among the fields, and cannot be written.
fn mistake(props: &Form) -> Html {
    let is_damaged = Effective::of(&props.report.document).is_partial;
    let mut errors = props.report.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let Some(first) = errors.next().filter(|_| is_damaged) else {
        return Html::default();
    };
    html! {
        <div class="form__mistake" data-severity={severity_name(Some(first.severity))}>
            { severity_shape(Some(first.severity)) }
            <p>{words::inline(&first.message)}{". What it damages is not shown here."}</p>
            { show(props, first) }
        </div>
    }
}

/// Leads to a place of the text.
fn show(props: &Form, diagnostic: &Diagnostic) -> Html {
    let span = diagnostic.span;
    let line = props.offsets.line(span.start).to_string();
    let show = props.desk.reveal.reform(move |_: MouseEvent| span);
    html! {
        <button class="button button--edged" type="button" onclick={show}>{["Show line ", &line].concat()}</button>
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

/// How many things are said of one field.
const SAID: usize = 8;

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
    matches!(kind, Kind::Bool | Kind::Integer(_) | Kind::Text(_) | Kind::Any)
}
