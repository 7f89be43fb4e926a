//! An option with its summary, its default and what edits it.

use drydock::{
    Engine,
    edit::{Change, Step},
    options::Kind,
};
use yew::prelude::*;

use super::{
    super::{
        icon::{icon, severity_name, severity_shape, severity_word},
        words,
    },
    Found, Row, is_scalar,
    value::{Place, value},
};
use crate::route::option_address;

/// An option and what the text says of it.
#[derive(PartialEq, Properties)]
pub struct FieldProps {
    /// The row of the table.
    pub option: Row,
    /// What is set, and what is said of it.
    pub found: Found,
    /// The chosen Engine.
    pub engine: Engine,
    /// Changes a setting.
    pub change: Callback<Change>,
}

/// One field of the form.
#[function_component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        option,
        found,
        engine,
        change,
    } = props;
    let path: Vec<Step> = option
        .key
        .split('.')
        .map(|it| Step::Key(it.to_owned()))
        .collect();
    let id = ["field-", option.key].concat();
    let said_id = ["said-", option.key].concat();
    let remove = {
        let path = path.clone();
        change.reform(move |_: MouseEvent| Change::Unset { path: path.clone() })
    };
    let is_wide = !is_scalar(option.kind)
        && !matches!(option.kind, Kind::List(element) if is_scalar(*element));
    let place = Place {
        kind: option.kind,
        table: option.key.to_owned(),
        option: Some(*option),
        path,
        id: id.clone(),
        name: option.key.to_owned(),
        said: (!found.said.is_empty()).then(|| said_id.clone()),
        errors: found.errors.clone(),
        engine: *engine,
        change: change.clone(),
    };
    let told = option.description();
    html! {
        <div class={classes!("field", is_wide.then_some("field--wide"))} data-set={found.node.is_some().then_some("")}>
            <div>
                <label class="field__label" for={id}>{option.key}</label>
                <p class="field__about">
                    { words::inline(told.summary) }
                    if !told.default.is_empty() {
                        {" Default: "}{words::default_value(told.default)}{"."}
                    }
                    {" "}<a href={option_address(option.key)} aria-label={["More about ", option.key].concat()}>{"More"}</a>
                </p>
            </div>
            <div class="field__control">
                { value(&place, found.node.as_ref()) }
                if found.node.is_some() {
                    <button class="button button--icon" type="button" onclick={remove}
                        aria-label={["Remove ", option.key].concat()} title="Remove">{icon("remove")}</button>
                }
            </div>
            <div class="field__messages" id={said_id}>
                { for found.said.iter().map(|(severity, message)| html! {
                    <p class="field__said" data-severity={severity_name(Some(*severity))}>
                        { severity_shape(Some(*severity)) }
                        <span><span class="unseen">{severity_word(*severity)}{": "}</span>{words::inline(message)}</span>
                    </p>
                }) }
            </div>
        </div>
    }
}
