//! What is chosen for the whole page: the Engine, the host, the theme, help.

use drydock::{
    Engine,
    choices::{self, Choice, Input},
    daemon::{LISTING, Taken},
    docker::host::Host,
    link,
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    desk::{Desk, Dispatch},
    icon::{chevron, icon},
    menu::Menu,
    ways,
};
use crate::{
    route::Route,
    store::{Action, Theme},
};

/// What is chosen.
#[derive(PartialEq)]
pub struct Masthead {
    /// The Engine.
    pub engine: Engine,
    /// The host.
    pub host: Host,
    /// The choices that the text makes by itself.
    pub taken: Vec<Taken>,
    /// The theme.
    pub theme: Theme,
    /// The page that is shown.
    pub route: Route,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The right side of the header.
pub fn masthead(props: &Masthead) -> Html {
    let Masthead { engine, host, taken, theme, route, desk } = props;
    let chosen =
        Chosen { state: link::State { engine: *engine, host: host.clone(), ..Default::default() }, taken, desk };
    html! {
        <>
            { benches(route) }
            <div class="masthead__choices">
                { chosen.picker(&choices::ENGINE, choices::ENGINE.label, "", false) }
                { chosen.picker(&choices::NIXOS, "NixOS", "only-wide", false) }
                <Menu label="Host" state={host.unusual()} shape="host" closes={false}>
                    { host_facts(&chosen) }
                </Menu>
            </div>
            { actions(*theme, &desk.dispatch) }
        </>
    }
}

/// The menu of benches and guides, called by the one that is shown.
pub fn benches(shown: &Route) -> Html {
    let title = match shown {
        Route::Bench(listing) => listing.title,
        Route::Guide(listing, _) => listing.title,
        Route::Travel(_) => ways::TRAVEL,
        _ => LISTING.bench,
    };
    html! {
        <div class="masthead__bench">
        <Menu label={title}>
            { for ways::doing().into_iter().map(|group| html! {
                <div class="menu__topic">
                    <p class="menu__heading">{group.title}</p>
                    { for group.ways.into_iter().map(|it| {
                        let is_shown = (it.title == title).then_some("page");
                        html! {
                            <a class="menu__item" href={it.address} aria-current={is_shown}>
                                {it.title}<span class="menu__about">{it.about}</span>
                            </a>
                        }
                    }) }
                </div>
            }) }
        </Menu>
        </div>
    }
}

/// What can be done on every bench: share, another theme, help.
pub fn actions(theme: Theme, dispatch: &Dispatch) -> Html {
    let (next_theme, theme_shape, theme_label) = match theme {
        Theme::System => (Theme::Light, "theme", "Theme: as the system. Change to light"),
        Theme::Light => (Theme::Dark, "sun", "Theme: light. Change to dark"),
        Theme::Dark => (Theme::System, "moon", "Theme: dark. Change to the system's"),
    };
    let change_theme = send(dispatch, Action::Theme(next_theme));
    let share = send(dispatch, Action::Share(true));
    let open_help = send(dispatch, Action::Help(true));
    html! {
        <div class="masthead__actions">
            <a class="button only-wide" href="#/travel">{"Travel check"}</a>
            <button class="button masthead__share" type="button" aria-label="Share" onclick={share}>{icon("share")}<span class="button__words">{"Share"}</span></button>
            <button class="button button--icon" type="button" onclick={change_theme} aria-label={theme_label} title={theme_label}>{icon(theme_shape)}</button>
            <button class="button button--icon" type="button" onclick={open_help} aria-label="Help" title="Help">{icon("help")}</button>
        </div>
    }
}

fn send(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}

/// What is chosen, and where another choice goes.
struct Chosen<'a> {
    /// Without a text.
    state: link::State,
    taken: &'a [Taken],
    desk: &'a Desk,
}

impl Chosen<'_> {
    /// Takes what an event says from now on.
    fn choose<E: 'static>(&self, choice: &'static Choice, said: impl Fn(E) -> String + 'static) -> Callback<E> {
        let (state, dispatch) = (self.state.clone(), self.desk.dispatch.clone());
        Callback::from(move |event| {
            let mut chosen = state.clone();
            // What is offered is taken.
            let _ = choice.take(&mut chosen, &said(event));
            dispatch.dispatch(match chosen.engine == state.engine {
                true => Action::Host(chosen.host),
                false => Action::Engine(chosen.engine),
            });
        })
    }

    /// What the text chooses by itself; pressed, it shows where.
    fn as_text_says(&self, choice: &'static Choice) -> Option<Html> {
        let Taken { value, span, .. } = self.taken.iter().find(|it| it.choice == choice.id)?;
        let span = *span;
        let onclick = self.desk.reveal.reform(move |_: MouseEvent| span);
        let value = match &**value {
            "true" => "yes",
            "false" => "no",
            value => value,
        };
        let label = [choice.label, " ", value, ", from the text"].concat();
        Some(html! {
            <button class="taken" type="button" aria-label={label} title="Show where the text says so" {onclick}>
                <span class="picker__label">{choice.label}</span>{" "}<span class="taken__value">{value.to_owned()}</span>
                {" "}<span class="taken__from">{"from the text"}</span>
            </button>
        })
    }

    /// A select of what is offered.
    fn picker(&self, choice: &'static Choice, label: &'static str, class: &'static str, edged: bool) -> Html {
        if let Some(taken) = self.as_text_says(choice) {
            return taken;
        }
        let (options, chosen) = choice.offers(&self.state);
        let offered = options.clone();
        let onchoose = self.choose(choice, move |place: usize| offered.get(place).cloned().unwrap_or_default());
        html! { <Picker {label} {class} {edged} {options} {chosen} {onchoose} /> }
    }

    /// A switch between two values.
    fn switch(&self, choice: &'static Choice, [on, off]: [&'static str; 2]) -> Html {
        if let Some(taken) = self.as_text_says(choice) {
            return taken;
        }
        let checked = choice.value(&self.state) == on;
        let onchange = self.choose(choice, move |event: Event| {
            let is_on = event.target_unchecked_into::<HtmlInputElement>().checked();
            (if is_on { on } else { off }).to_owned()
        });
        html! {
            <label class="check"><input class="switch" type="checkbox" role="switch" {checked} {onchange} />{choice.label}</label>
        }
    }
}

/// What the settings themselves do not tell.
fn host_facts(chosen: &Chosen) -> Html {
    let link::State { engine, host, .. } = &chosen.state;
    let is_taken = chosen.taken.iter().any(|it| it.choice == choices::ENGINE.id);
    let shipped = host.nixos.release.ships().filter(|it| it.engine.major != engine.major && !is_taken);
    html! {
        <div class="menu__group">
            <p class="menu__about">{choices::MACHINE_ABOUT}</p>
            <div class="only-narrow">
                { chosen.picker(&choices::NIXOS, choices::NIXOS.label, "", true) }
            </div>
            { for shipped.map(|it| {
                let label = it.offer();
                let check = send(&chosen.desk.dispatch, Action::Engine(it.engine));
                html! {
                    <div class="only-narrow">
                        <p class="menu__about">{it.sentence()}</p>
                        <button class="button button--edged" type="button" onclick={check}>{label}</button>
                    </div>
                }
            }) }
            { for choices::MACHINE.iter().map(|it| match it.input {
                Input::Switch => chosen.switch(it, ["true", "false"]),
                Input::Either(values) => chosen.switch(it, values),
                _ => chosen.picker(it, it.label, "", true),
            }) }
        </div>
    }
}

/// A native select with its label before it.
#[derive(PartialEq, Properties)]
pub struct PickerProps {
    /// What is chosen.
    pub label: &'static str,
    /// The words of each choice.
    pub options: Vec<String>,
    /// The chosen one's place.
    pub chosen: usize,
    /// Another was chosen.
    pub onchoose: Callback<usize>,
    /// Whether it has an edge.
    #[prop_or_default]
    pub edged: bool,
    /// A further class.
    #[prop_or_default]
    pub class: &'static str,
}

/// A native select with its label before it.
#[function_component]
pub fn Picker(props: &PickerProps) -> Html {
    let onchange = props.onchoose.reform(|event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        usize::try_from(index).unwrap_or_default()
    });
    let place = use_node_ref();
    // A select keeps what its visitor chose; when the state says otherwise, the state wins.
    use_effect_with((props.chosen, props.options.len()), {
        let place = place.clone();
        move |(chosen, _)| {
            if let Some(select) = place.cast::<HtmlSelectElement>() {
                select.set_selected_index(i32::try_from(*chosen).unwrap_or_default());
            }
        }
    });
    html! {
        <label class={classes!("picker", props.edged.then_some("picker--edged"), props.class)}>
            <span class="picker__label">{props.label}</span>
            <select class="picker__select" aria-label={props.label} ref={place} {onchange}>
                { for props.options.iter().map(|it| html! { <option>{it}</option> }) }
            </select>
            { chevron("icon picker__chevron") }
        </label>
    }
}
