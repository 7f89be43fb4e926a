//! What the text of a bench comes to, written down for a target.

use drydock::{
    bench::{Printed, Target, Workbench, Written},
    document::Notation,
};
use yew::prelude::*;

use crate::{
    page::{
        copy::Copy,
        desk::{Dispatch, Shared},
        icon::icon,
        masthead::Picker,
        rest::Rest,
        result::{CODE, Code, PANEL, save_button},
        steps,
        tabs::tabs,
    },
    store::{Action, Base, Tab},
};

/// What is shown.
pub struct Result<'a> {
    /// The bench.
    pub bench: &'static Workbench,
    /// Which tab.
    pub tab: Tab,
    /// What the text is written down for.
    pub target: &'static Target,
    /// The text, written down.
    pub written: &'a Written,
    /// The result of that.
    pub printed: Shared<Printed>,
    /// The same of the text that a comparison starts from; only with the tab that shows it.
    pub before: Option<Shared<Printed>>,
    /// What a comparison starts from.
    pub base: Base,
    /// The rest of the page, which compares.
    pub rest: Rest,
    /// Whether there is no text.
    pub is_empty: bool,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

/// Whatever the notation, there is one tab for what was written down.
const WRITTEN: Tab = Tab::Written(Notation::Nix);

const TABS: &[(Tab, &str, &str)] =
    &[(WRITTEN, "Result", PANEL), (Tab::Diff, "Diff", PANEL), (Tab::Apply, "Apply", PANEL)];

/// The result panel.
pub fn result(props: &Result) -> Html {
    let Result { bench, tab, target, written, printed, before, base, rest, is_empty, dispatch } = props;
    let tab = match tab {
        Tab::Written(_) => WRITTEN,
        tab => *tab,
    };
    let choose = action(dispatch, Action::Tab);
    let choose_target = action(dispatch, Action::Target);
    let choose_base = action(dispatch, |index| Action::Base(if index == 0 { Base::Beginning } else { Base::Previous }));
    let titles: Vec<String> = bench.targets.iter().map(|it| it.title.to_owned()).collect();
    let chosen = bench.targets.iter().position(|it| it.id == target.id).unwrap_or_default();
    let bases = vec!["what you began with".to_owned(), "the last change".to_owned()];
    let name = TABS.iter().find(|it| it.0 == tab).map_or("", |it| it.1);
    html! {
        <>
            <div class="panel__bar">
                { tabs("Result", TABS, tab, &choose) }
                <span class="panel__space" />
                if !printed.text.is_empty() {
                    <Copy text={printed.text.clone()} label={["Copy ", target.title].concat()}
                        shown={(tab == WRITTEN).then_some(CODE)} shrinks=true />
                    { save_button(printed, target.file) }
                }
            </div>
            <div class="panel__context">
                <Picker label="For" options={titles} {chosen} onchoose={choose_target} />
                if tab == Tab::Diff {
                    <Picker label="Since" options={bases} chosen={usize::from(*base == Base::Previous)} onchoose={choose_base} />
                }
                <span class="panel__file">{target.file}</span>
            </div>
            <div class="panel__body" id={PANEL} role="tabpanel" tabindex="0" aria-label={name}>
                { match (tab, before) {
                    _ if *is_empty => html! {
                        <div class="quiet">{icon("result")}<p>{"What the text comes to is written here."}</p></div>
                    },
                    (Tab::Apply, _) => {
                        steps::list(written.steps.iter().map(|it| (&*it.title, &*it.explanation, &*it.lines)))
                    }
                    (Tab::Diff, Some(before)) => rest.draw(|it| (it.comparison)(before, printed)),
                    _ => html! { <Code printed={printed.clone()} target={target.id} rest={rest.clone()} /> },
                } }
            </div>
        </>
    }
}

fn action<T: 'static>(dispatch: &Dispatch, of: fn(T) -> Action) -> Callback<T> {
    let dispatch = dispatch.clone();
    Callback::from(move |it| dispatch.dispatch(of(it)))
}
