//! What edits a value of some kind, wherever it is.

use std::rc::Rc;

use drydock::{
    Engine,
    daemon::network::Trade,
    document::{self, Change, Node, Step, Value},
    notation::json::{Layout, Shape, write},
    rule::diagnostic::Severity,
    schema::{Description, Format, Kind, Schema, Status, field},
    text::Span,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    super::{
        desk::Desk,
        icon::{severity_name, severity_shape},
        words,
    },
    Row,
    choice::choose,
    entry::Entry,
    list::list,
    map::map,
};
use crate::{drafts::Drafts, outside::focus, store::Action};

/// Where a value is, and what it should be.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The table of options.
    pub schema: &'static Schema,
    /// The kind it should have.
    pub kind: Kind,
    /// Its path in the table of options: `default-address-pools[]`.
    pub table: String,
    /// Its row, when it has one.
    pub option: Option<Row>,
    /// Its path in the text.
    pub path: Vec<Step>,
    /// Whether it is under a name that the user chose.
    pub is_entry: bool,
    /// The id of what edits it.
    pub id: String,
    /// What it is called, for those who cannot see where it is.
    pub name: String,
    /// The id of what is said of it.
    pub said: Option<String>,
    /// Where errors were found.
    pub errors: Vec<Span>,
    /// What was typed and is not in the text.
    pub drafts: Drafts,
    /// The chosen Engine.
    pub engine: Engine,
    /// The ways to touch the text.
    pub desk: Desk,
}

impl Place {
    /// A place inside this one.
    pub fn inside(&self, step: Step, kind: Kind, table: String, option: Option<Row>) -> Self {
        let part = match &step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => (index + 1).to_string(),
        };
        Self {
            kind,
            table,
            option,
            path: [&self.path[..], &[step]].concat(),
            is_entry: false,
            // In lists of ids a blank would end it.
            id: [&self.id, ".", &part.replace(char::is_whitespace, "_")].concat(),
            name: [&self.name, " ", &part].concat(),
            ..self.clone()
        }
    }

    /// What is told of its row.
    pub fn told(&self) -> Option<&'static Description> {
        self.option.map(|it| self.schema.description(&it))
    }

    /// Whether an error was found in a value that is here.
    pub fn is_wrong(&self, node: Option<&Node>) -> bool {
        let within = |whole: Span| self.errors.iter().any(|it| whole.start <= it.start && it.end <= whole.end);
        node.is_some_and(|it| within(it.span))
    }

    /// What was typed here and is not in the text.
    pub fn draft(&self) -> Option<&Rc<str>> {
        self.drafts.at(&self.path)
    }

    /// The ids of what is said of it.
    pub fn described(&self) -> Option<String> {
        let amiss = self.draft().map(|_| amiss_id(self));
        let ids: Vec<String> = self.said.iter().cloned().chain(amiss).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Keeps what was typed; nothing keeps a new row.
    pub fn keep(&self, typed: &str) {
        if self.draft().map(|it| &**it) != Some(typed) {
            let draft = Action::Draft(self.path.clone(), typed.into());
            self.desk.dispatch.dispatch(draft);
        }
    }

    /// Keeps nothing more: what was typed is in the text, or no longer wanted.
    pub fn forget(&self) {
        let above = 0..=self.path.len();
        let mut paths = above.filter_map(|it| self.path.get(..it));
        if paths.any(|it| self.drafts.at(it).is_some()) {
            let written = Action::Written(self.path.clone());
            self.desk.dispatch.dispatch(written);
        }
    }

    /// Begins a new row here, and leads to its first field.
    pub fn begin(&self) {
        self.keep("");
        focus::into([self.id.clone()]);
    }

    /// Writes a value here, or keeps what was typed for it.
    pub fn write(&self, value: Value, typed: &str) {
        let path = self.path.clone();
        match self.desk.write.emit(vec![Change::Set { path, value }]) {
            true => self.forget(),
            false => self.keep(typed),
        }
    }

    /// Writes an element of a list for each line, from this place on; false where there is no list.
    pub fn write_all(&self, lines: &[&str]) -> bool {
        let Some((Step::Index(first), list)) = self.path.split_last() else {
            return false;
        };
        let values: Option<Vec<Value>> = lines.iter().map(|it| field::value(self.kind, it).ok()).collect();
        let changes = values.into_iter().flatten().enumerate().map(|(at, value)| {
            let path = [list, &[Step::Index(first + at)]].concat();
            Change::Set { path, value }
        });
        let is_written = self.desk.write.emit(changes.collect());
        if is_written {
            self.forget();
        }
        is_written
    }

    /// Takes out what is here, after its line was left empty; a name that the user chose stays.
    pub fn empty(&self, is_set: bool) {
        let path = self.path.clone();
        let is_gone = !is_set || self.desk.write.emit(vec![Change::Unset { path }]);
        match is_gone && !self.is_entry {
            true if is_set => self.tell_taken_out(),
            true => self.forget(),
            false => self.keep(""),
        }
    }

    /// A button's way to take out what is here: then the next row, or what adds to `group`, has the keyboard.
    pub fn remove(&self, group: &str) -> Callback<MouseEvent> {
        let (place, group) = (self.clone(), group.to_owned());
        Callback::from(move |_| {
            let path = place.path.clone();
            if place.desk.write.emit(vec![Change::Unset { path }]) {
                place.tell_taken_out();
                focus::into([place.id.clone(), group.clone()]);
            }
        })
    }

    fn tell_taken_out(&self) {
        if self.drafts != Drafts::default() {
            let gone = Action::TakenOut(self.path.clone());
            self.desk.dispatch.dispatch(gone);
        }
    }
}

fn amiss_id(place: &Place) -> String {
    [&place.id, "-amiss"].concat()
}

/// Why what was typed is not in the text; `None` for a row that nothing was typed into.
pub fn amiss(place: &Place, typed: &str, text: Option<&str>) -> Option<Html> {
    if typed.is_empty() && text.is_none() {
        return None;
    }
    let why = match field::value(place.kind, typed) {
        Err(why) if !typed.is_empty() => why,
        _ => "A mistake in the text is in the way: fix it there first.".to_owned(),
    };
    let keeps = match text.filter(|it| !it.is_empty()) {
        Some(text) => [" The text still has `", text, "`."].concat(),
        None => " It is not in the text.".to_owned(),
    };
    let severity = Some(Severity::Error);
    Some(html! {
        <p class="field__said" id={amiss_id(place)} data-severity={severity_name(severity)}>
            { severity_shape(severity) }
            <span>{words::inline(&why)}{words::inline(&keeps)}</span>
        </p>
    })
}

/// What edits a value.
pub fn value(place: &Place, node: Option<&Node>) -> Html {
    let wrong = place.is_wrong(node);
    let fits = node.is_none_or(|it| fits(it, place.kind));
    let line = node.and_then(field::line);
    let is_line = matches!(place.kind, Kind::Integer(_) | Kind::Text(_)) && line.is_some();
    if let Some(node) = node.filter(|_| !fits && !is_line) {
        let span = node.span;
        let show = place.desk.reveal.reform(move |_: MouseEvent| span);
        return html! {
            <div class="entry">
                <p class="field__about">{["Holds ", node.noun(), ", which cannot be edited here."].concat()}</p>
                <div>
                    <button class="button button--edged" type="button" id={place.id.clone()} onclick={show}>{"Show it in the text"}</button>
                </div>
            </div>
        };
    }
    let choices: Vec<&'static str> = place.option.map(|it| it.choices_in(place.engine).collect()).unwrap_or_default();
    if !choices.is_empty() && matches!(place.kind, Kind::Text(_)) {
        return choose(place, wrong, line, &choices);
    }
    match place.kind {
        Kind::Bool => switch(place, node),
        Kind::Integer(unit) => html! {
            <div class="items__row">
                <Entry place={place.clone()} text={line} {wrong} />
                if !unit.is_empty() {
                    <span class="field__unit">{unit}</span>
                }
            </div>
        },
        Kind::Text(_) => html! { <Entry place={place.clone()} text={line} {wrong} /> },
        Kind::Any => {
            html! { <Entry place={place.clone()} text={node.and_then(Value::of).map(|it| json(&it))} {wrong} /> }
        }
        Kind::List(element) => list(place, *element, node.map(Node::elements).unwrap_or_default()),
        Kind::Object => object(place, node),
        Kind::Map(kind) => map(place, *kind, node),
    }
}

fn fits(node: &Node, kind: Kind) -> bool {
    use document::Kind as Is;
    matches!(
        (&node.kind, kind),
        (Is::Null | Is::Missing, _)
            | (_, Kind::Any)
            | (Is::Bool(_), Kind::Bool)
            | (Is::Number(_), Kind::Integer(_))
            | (Is::String(_), Kind::Text(_))
            | (Is::List(_), Kind::List(_))
            | (Is::Map(_), Kind::Object | Kind::Map(_))
    )
}

fn switch(place: &Place, node: Option<&Node>) -> Html {
    let by_default = place.told().is_some_and(|it| it.default == "true");
    let text = node.and_then(field::line);
    let draft = place.draft().filter(|it| !it.is_empty());
    let on = match draft {
        Some(draft) => &**draft == "true",
        None => node.and_then(Node::as_bool).unwrap_or(by_default),
    };
    let onchange = {
        let place = place.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let on = input.checked();
            place.write(on.into(), if on { "true" } else { "false" });
        })
    };
    html! {
        <div class="entry">
            <input class="switch" type="checkbox" role="switch" id={place.id.clone()} checked={on} {onchange}
                aria-label={place.name.clone()} aria-describedby={place.described()} />
            if place.is_entry && node.is_none() && draft.is_none() {
                <p class="field__about">{"Not in the text until you switch it."}</p>
            }
            { draft.and_then(|it| amiss(place, it, text.as_deref())).unwrap_or_default() }
        </div>
    }
}

/// The members that the table knows, each with what edits it.
fn object(place: &Place, node: Option<&Node>) -> Html {
    let member = |name: &str| {
        let mut members = node.map(Node::members).unwrap_or_default().iter();
        members.find(|it| it.key.eq_ignore_ascii_case(name))
    };
    // The name of an entry needs no second field: it is written with the entry.
    let naming = place.schema.naming_member(place.table.trim_end_matches(".<name>"));
    let says_no_more = |name: &str| {
        let entry = place.path.last();
        let is_same = |it: &str| entry == Some(&Step::Key(it.to_owned()));
        let said = member(name).and_then(|it| it.value.as_str());
        naming == Some(name) && (node.is_none() || said.is_some_and(is_same))
    };
    let members = place.schema.children(&place.table).filter(|it| {
        !says_no_more(it.name())
            && (member(it.name()).is_some() || (it.status == Status::Read && it.exists_in(place.engine)))
    });
    html! {
        <div class="items" id={place.id.clone()} role="group" aria-label={place.name.clone()}>
            { for members.map(|option| {
                let name = option.name();
                let member = member(name);
                let step = Step::Key(member.map_or(name, |it| &it.key).to_owned());
                let inner = place.inside(step, option.kind, option.key.to_owned(), Some(Row(option)));
                html! {
                    <div class="items__member" key={option.key}>
                        <label class="items__name" for={inner.id.clone()} title={place.schema.description(option).summary}>{name}</label>
                        { value(&inner, member.map(|it| &it.value)) }
                    </div>
                }
            }) }
            { for node.and_then(|it| Trade::of(&place.table, it)).map(|it| scale(place, &it)) }
        </div>
    }
}

/// A scale for a number that trades one thing against another, and what it comes to.
fn scale(place: &Place, trade: &Trade) -> Html {
    let onchange = {
        let (place, member) = (place.clone(), trade.member);
        Callback::from(move |event: Event| {
            let number = event.target_unchecked_into::<HtmlInputElement>().value();
            let path = [&place.path[..], &[Step::Key(member.to_owned())]].concat();
            let value = Value::Number(number);
            let change = Change::Set { path: path.clone(), value };
            if place.desk.write.emit(vec![change]) {
                place.desk.dispatch.dispatch(Action::Written(path));
            }
        })
    };
    let id = [&place.id, ".scale"].concat();
    html! {
        <div class="scale">
            <input class="scale__slider" type="range" min={trade.least.to_string()} max={trade.most.to_string()} step="1"
                value={trade.now.to_string()} aria-label={[&place.name, " ", trade.member].concat()} aria-describedby={id.clone()} {onchange} />
            <output class="scale__said" {id}>{trade.sentence.clone()}</output>
        </div>
    }
}

/// A value in one line of JSON.
fn json(value: &Value) -> String {
    write(value, Layout::default(), "", Shape::Inline)
}

/// An example of what a text stands for.
pub fn placeholder(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(format) => match format {
            Format::Path => "/path",
            Format::Address => "address",
            Format::AddressWithPrefix => "address/prefix length",
            Format::Subnet => "network address/prefix length",
            Format::HostPort => "host:port",
            Format::Url => "https://…",
            Format::Size => "10m",
            Format::Duration => "10s",
            Format::Bool => "true or false",
            Format::Integer => "3",
            Format::Template => "{{.Name}}",
            Format::Assignment => "name=value",
            Format::Names => "name,name",
            Format::Domain => "example.org",
            Format::Free | Format::Regex => "",
        },
        Kind::Integer(_) => "",
        _ => "",
    }
}
