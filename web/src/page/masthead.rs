//! What is chosen for the whole page: the Engine, the host, the theme, help.

use drydock::{
    Engine,
    engine::MAJORS,
    host::{Cgroup, Host, RELEASES, Release},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    desk::Dispatch,
    icon::{chevron, icon},
    menu::Menu,
};
use crate::store::{Action, Theme};

/// What is chosen.
pub struct Masthead {
    /// The Engine.
    pub engine: Engine,
    /// The host.
    pub host: Host,
    /// The theme.
    pub theme: Theme,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

/// The right side of the header.
pub fn masthead(props: &Masthead) -> Html {
    let Masthead { engine, host, theme, dispatch } = props;
    let choose_engine = {
        let dispatch = dispatch.clone();
        Callback::from(move |index: usize| {
            if let Some(engine) = MAJORS.get(index).and_then(|&it| Engine::latest_of(it)) {
                dispatch.dispatch(Action::Engine(engine));
            }
        })
    };
    let choose_release = {
        let dispatch = dispatch.clone();
        Callback::from(move |index: usize| {
            if let Some(release) = RELEASES.get(index) {
                dispatch.dispatch(Action::Release(*release));
            }
        })
    };
    let engines: Vec<String> = MAJORS.iter().map(|&it| engine_name(it)).collect();
    let engine_index = MAJORS.iter().position(|&it| it == engine.major).unwrap_or(0);
    let (next_theme, theme_shape, theme_label) = match theme {
        Theme::System => (Theme::Light, "theme", "Theme: as the system. Change to light"),
        Theme::Light => (Theme::Dark, "sun", "Theme: light. Change to dark"),
        Theme::Dark => (Theme::System, "moon", "Theme: dark. Change to the system's"),
    };
    let change_theme = send(dispatch, Action::Theme(next_theme));
    let share = send(dispatch, Action::Share(true));
    let open_help = send(dispatch, Action::Help(true));
    html! {
        <>
            <div class="masthead__choices">
                <Picker label="Engine" options={engines} chosen={engine_index} onchoose={choose_engine} />
                <Picker class="only-wide" label="NixOS" options={release_names()} onchoose={choose_release.clone()}
                    chosen={release_index(host.nixos.release)} />
                <Menu label="Host" state={host.unusual()} shape="host" closes={false}>
                    { host_facts(*engine, host, dispatch, choose_release) }
                </Menu>
            </div>
            <div class="masthead__actions">
                <a class="button only-wide" href="#/travel">{"Travel check"}</a>
                <button class="button masthead__share" type="button" aria-label="Share" onclick={share}>{icon("share")}<span class="button__words">{"Share"}</span></button>
                <button class="button button--icon" type="button" onclick={change_theme} aria-label={theme_label} title={theme_label}>{icon(theme_shape)}</button>
                <button class="button button--icon" type="button" onclick={open_help} aria-label="Help" title="Help">{icon("help")}</button>
            </div>
        </>
    }
}

fn send(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}

/// "29", and "20.10" for the one line whose second number is part of its name.
fn engine_name(major: u8) -> String {
    match Engine::latest_of(major) {
        Some(engine) if engine.minor == 10 => [&major.to_string(), ".10"].concat(),
        _ => major.to_string(),
    }
}

fn release_names() -> Vec<String> {
    RELEASES.iter().map(Release::to_string).collect()
}

fn release_index(release: Release) -> usize {
    RELEASES.iter().position(|&it| it == release).unwrap_or(0)
}

/// What the settings themselves do not tell.
fn host_facts(engine: Engine, host: &Host, dispatch: &Dispatch, choose_release: Callback<usize>) -> Html {
    let change = |set: fn(&mut Host, bool)| {
        let (host, dispatch) = (host.clone(), dispatch.clone());
        Callback::from(move |event: Event| {
            let mut host = host.clone();
            set(&mut host, event.target_unchecked_into::<HtmlInputElement>().checked());
            dispatch.dispatch(Action::Host(host));
        })
    };
    let choose_state_version = {
        let (host, dispatch) = (host.clone(), dispatch.clone());
        Callback::from(move |index: usize| {
            let mut host = host.clone();
            host.nixos.state_version = RELEASES.get(index).copied().unwrap_or(Release::LATEST);
            dispatch.dispatch(Action::Host(host));
        })
    };
    let shipped = host.nixos.release.ships().filter(|it| it.engine.major != engine.major);
    let switch = |words: &'static str, on: bool, set: fn(&mut Host, bool)| {
        html! {
            <label class="check"><input class="switch" type="checkbox" role="switch" checked={on} onchange={change(set)} />{words}</label>
        }
    };
    html! {
        <div class="menu__group">
            <p class="menu__about">{"What daemon.json does not say of the machine, and what it depends on."}</p>
            <div class="only-narrow">
                <Picker label="NixOS release" options={release_names()} chosen={release_index(host.nixos.release)}
                    onchoose={choose_release} edged=true />
            </div>
            { for shipped.map(|it| {
                let label = ["Check for Docker ", &it.engine.major.to_string()].concat();
                let check = send(dispatch, Action::Engine(it.engine));
                html! {
                    <div class="only-narrow">
                        <p class="menu__about">{it.sentence()}</p>
                        <button class="button button--edged" type="button" onclick={check}>{label}</button>
                    </div>
                }
            }) }
            <Picker label="system.stateVersion" options={release_names()} chosen={release_index(host.nixos.state_version)}
                onchoose={choose_state_version} edged=true />
            { switch("Runs rootless", host.rootless, |host, on| host.rootless = on) }
            { switch("Is in a swarm", host.swarm, |host, on| host.swarm = on) }
            { switch("Has cgroup v1 only", host.cgroup == Cgroup::V1, |host, on| host.cgroup = if on { Cgroup::V1 } else { Cgroup::V2 }) }
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
