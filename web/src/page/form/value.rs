//! What edits a value of some kind, wherever it stands.

use drydock::{
    Engine,
    diagnostic::Span,
    document::{self, Node},
    edit::{Change, Step},
    network::Trade,
    options::{self, Format, Kind},
    print::json::{Layout, Shape, write},
    read,
    value::Value,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Row, choice::choose, entry::Entry, list::list, map::map};

/// Where a value stands, and what it should be.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The kind it should have.
    pub kind: Kind,
    /// Its path in the table of options: `default-address-pools[]`.
    pub table: String,
    /// Its row, when it has one.
    pub option: Option<Row>,
    /// Its path in the text.
    pub path: Vec<Step>,
    /// The id of what edits it.
    pub id: String,
    /// What it is called, for those who cannot see where it stands.
    pub name: String,
    /// The id of what is said of it.
    pub said: Option<String>,
    /// Where errors were found.
    pub errors: Vec<Span>,
    /// The chosen Engine.
    pub engine: Engine,
    /// Changes a setting.
    pub change: Callback<Change>,
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
            id: [&self.id, ".", &part].concat(),
            name: [&self.name, " ", &part].concat(),
            said: self.said.clone(),
            errors: self.errors.clone(),
            engine: self.engine,
            change: self.change.clone(),
        }
    }

    /// Whether an error was found in a value that stands here.
    pub fn is_wrong(&self, node: Option<&Node>) -> bool {
        let within = |whole: Span| {
            self.errors
                .iter()
                .any(|it| whole.start <= it.start && it.end <= whole.end)
        };
        node.is_some_and(|it| within(it.span))
    }

    /// Writes a value here.
    pub fn set(&self, value: Value) {
        let path = self.path.clone();
        self.change.emit(Change::Set { path, value });
    }

    /// Takes out what is here.
    pub fn unset(&self) {
        let path = self.path.clone();
        self.change.emit(Change::Unset { path });
    }
}

/// What edits a value.
pub fn value(place: &Place, node: Option<&Node>) -> Html {
    if let Some(node) = node.filter(|it| !fits(it, place.kind)) {
        return html! {
            <p class="field__about" id={place.id.clone()} tabindex="-1">
                {["Holds ", node.noun(), ", which cannot be edited here. Remove it, or mend it in the text."].concat()}
            </p>
        };
    }
    let choices: Vec<&'static str> = place
        .option
        .map(|it| it.choices_in(place.engine).collect())
        .unwrap_or_default();
    let wrong = place.is_wrong(node);
    if !choices.is_empty() && matches!(place.kind, Kind::Text(_)) {
        return choose(place, wrong, text_of(node), &choices);
    }
    match place.kind {
        Kind::Bool => switch(place, node),
        Kind::Integer(unit) => html! {
            <div class="items__row">
                <Entry place={place.clone()} text={text_of(node)} {wrong} write={Write::Integer} />
                if !unit.is_empty() {
                    <span class="field__unit">{unit}</span>
                }
            </div>
        },
        Kind::Text(_) => {
            html! { <Entry place={place.clone()} text={text_of(node)} {wrong} write={Write::Text} /> }
        }
        Kind::Any => {
            html! { <Entry place={place.clone()} text={node.and_then(Value::of).map(|it| json(&it))} {wrong} write={Write::Json} /> }
        }
        Kind::List(element) => list(
            place,
            *element,
            node.map(Node::elements).unwrap_or_default(),
        ),
        Kind::Object => object(place, node),
        Kind::Map(kind) => map(place, *kind, &entries(node)),
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

fn text_of(node: Option<&Node>) -> Option<String> {
    match &node?.kind {
        document::Kind::String(text) | document::Kind::Number(text) => Some(text.clone()),
        _ => None,
    }
}

fn entries(node: Option<&Node>) -> Vec<(String, Node)> {
    let members = node.map(Node::members).unwrap_or_default();
    let mut entries: Vec<(String, Node)> = Vec::new();
    for member in members.iter().filter(|it| it.sound) {
        match entries.iter_mut().find(|(key, _)| *key == member.key) {
            Some(earlier) => earlier.1 = member.value.clone(),
            None => entries.push((member.key.clone(), member.value.clone())),
        }
    }
    entries
}

fn switch(place: &Place, node: Option<&Node>) -> Html {
    let by_default = place
        .option
        .is_some_and(|it| it.description().default == "true");
    let on = node.and_then(Node::as_bool).unwrap_or(by_default);
    let onchange = {
        let place = place.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            place.set(input.checked().into());
        })
    };
    html! {
        <input class="switch" type="checkbox" role="switch" id={place.id.clone()} checked={on} {onchange}
            aria-label={place.name.clone()} aria-describedby={place.said.clone()} />
    }
}

/// The members that the table knows, each with what edits it.
fn object(place: &Place, node: Option<&Node>) -> Html {
    let members = options::children(&place.table).filter(|it| it.exists_in(place.engine));
    html! {
        <div class="items" id={place.id.clone()} role="group" aria-label={place.name.clone()}>
            { for members.map(|option| {
                let name = option.name();
                let member = node.and_then(|it| it.members().iter().rev().find(|it| it.sound && it.key.eq_ignore_ascii_case(name)));
                let step = Step::Key(member.map_or(name, |it| &it.key).to_owned());
                let inner = place.inside(step, option.kind, option.key.to_owned(), Some(Row(option)));
                html! {
                    <div class="items__member" key={option.key}>
                        <label class="items__name" for={inner.id.clone()} title={option.description().summary}>{name}</label>
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
            place.change.emit(Change::Set {
                path,
                value: Value::Number(number),
            });
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

/// How what is typed becomes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// As a string.
    Text,
    /// As a whole number.
    Integer,
    /// As JSON.
    Json,
}

impl Write {
    /// The value of what was typed, or what is amiss with it.
    pub fn value(self, typed: &str) -> Result<Value, &'static str> {
        let typed_number = typed.trim();
        match self {
            Self::Text => Ok(Value::string(typed)),
            Self::Integer if typed_number.parse::<i64>().is_ok() => {
                Ok(Value::Number(typed_number.to_owned()))
            }
            Self::Integer => Err("Type a whole number"),
            Self::Json => {
                let document = read::json::read(typed);
                let sound = document.problems.is_empty();
                Value::of(&document.root)
                    .filter(|_| sound)
                    .ok_or("Type a JSON value, such as \"text\", 3 or true")
            }
        }
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
