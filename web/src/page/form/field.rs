//! An option with its summary, its default and what edits it.

use drydock::{
    Engine,
    daemon::EXPLAINING,
    document::Step,
    rule::diagnostic::Fix,
    schema::{Kind, Schema, Status},
};
use yew::prelude::*;

use super::{
    super::{
        desk::Desk,
        icon::{icon, severity_name, severity_shape, severity_word},
        problems::lower_first,
        words,
    },
    Found, Row, is_scalar,
    value::{Place, value},
};
use crate::{drafts::Drafts, outside::focus, route::option_address};

/// An option and what the text says of it.
#[derive(PartialEq, Properties)]
pub struct FieldProps {
    /// The table of options.
    pub schema: &'static Schema,
    /// The row of the table.
    pub option: Row,
    /// What is set, and what is said of it.
    pub found: Found,
    /// What was typed and is not in the text.
    pub drafts: Drafts,
    /// The chosen Engine.
    pub engine: Engine,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The path of an option in the text.
pub fn path(option: &Row) -> Vec<Step> {
    let keys = option.key.split('.');
    keys.map(|it| Step::Key(it.to_owned())).collect()
}

/// One field of the form.
#[function_component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps { schema, option, found, drafts, engine, desk } = props;
    let id = ["field-", option.key].concat();
    let said_id = ["said-", option.key].concat();
    let is_wide = !is_scalar(option.kind) && !matches!(option.kind, Kind::List(element) if is_scalar(*element));
    let place = Place {
        schema,
        kind: option.kind,
        table: option.key.to_owned(),
        option: Some(*option),
        path: path(option),
        is_entry: false,
        id: id.clone(),
        name: option.key.to_owned(),
        said: (!found.said.is_empty()).then(|| said_id.clone()),
        errors: found.errors.clone(),
        drafts: drafts.clone(),
        engine: *engine,
        desk: desk.clone(),
    };
    let told = schema.description(option);
    let fixes = found.fixes();
    let is_read = option.status == Status::Read;
    html! {
        <div class={classes!("field", is_wide.then_some("field--wide"))} data-set={found.node.is_some().then_some("")}>
            <div>
                if is_read {
                    <label class="field__label" for={id}>{option.key}</label>
                } else {
                    <p class="field__label">{option.key}</p>
                }
                <p class="field__about">
                    { words::inline(told.summary) }
                    if !told.default.is_empty() {
                        {" Default: "}{words::default_value(told.default)}{"."}
                    }
                    {" "}<a href={option_address(option.key)} aria-label={["More about ", option.key].concat()}>{"More"}</a>
                </p>
            </div>
            <div class="field__control">
                if is_read {
                    { value(&place, found.node.as_ref()) }
                } else {
                    <p class="entry field__about">{EXPLAINING.not_read}</p>
                }
                if found.node.is_some() {
                    <button class="button button--icon" type="button" onclick={place.remove("")}
                        aria-label={["Remove ", option.key].concat()} title="Remove">{icon("remove")}</button>
                }
            </div>
            <div class="field__messages" id={said_id}>
                { for found.said.iter().map(|it| html! {
                    <p class="field__said" data-severity={severity_name(Some(it.severity))}>
                        { severity_shape(Some(it.severity)) }
                        <span><span class="unseen">{severity_word(it.severity)}{": "}</span>{words::inline(&it.message)}</span>
                    </p>
                }) }
                if found.more > 0 {
                    <p class="field__about">{["And ", &words::counted(found.more, "more problem"), "."].concat()}</p>
                }
            </div>
            if !fixes.is_empty() {
                <div class="field__fixes">{ for fixes.iter().map(|it| fix(desk, it, &place.id)) }</div>
            }
        </div>
    }
}

/// A button that carries out a fix; then the field has the keyboard.
fn fix(desk: &Desk, fix: &Fix, field: &str) -> Html {
    let onclick = {
        let (desk, fix, field) = (desk.clone(), fix.clone(), field.to_owned());
        Callback::from(move |_: MouseEvent| {
            desk.fix.emit(fix.clone());
            focus::into([field.clone()]);
        })
    };
    html! {
        <button class="button button--edged" type="button" {onclick}><span>{"Fix: "}{words::inline(&lower_first(&fix.title))}</span></button>
    }
}
