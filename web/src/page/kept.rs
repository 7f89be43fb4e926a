//! What does this browser keep for the next visit, and what had it kept?

use std::{cell::RefCell, rc::Rc};

use drydock::{
    Engine, Summary,
    bench::Listing,
    daemon::dialect,
    docker::host::{RELEASES, Release},
};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::{desk::Dispatch, keep_clear::Gathered, text::begun};
use crate::{
    drafts::Drafts,
    lines::LineEnds,
    outside::{address, editor::Editor, shell, storage},
    route::{Route, travel_address},
    store::{Action, Held, State, Theme},
};

/// How long typing rests before the draft is kept and the verdict is said, in milliseconds.
pub const REST: u32 = 300;

/// How lines that end with `\r\n` are kept.
const CRLF: &str = "crlf";

/// What was chosen in this browser before, and the text that is in the editor.
pub fn first_state(editor: &Editor) -> State {
    let mut state = State { route: address::route(), ..begun(editor, None) };
    let drafts = Drafts::take_up(&storage::read(storage::DRAFTS).unwrap_or_default());
    state.drafts = drafts.still_meant(&state.text);
    state.dialect = storage::read(storage::DIALECT).and_then(|it| dialect::find(&it));
    if let Some(engine) = storage::read(storage::ENGINE).and_then(|it| it.parse().ok()) {
        state.engine = engine;
    }
    let release = storage::read(storage::RELEASE).unwrap_or_default();
    if let Some(release) = RELEASES.iter().find(|it| it.to_string() == release) {
        state.host.nixos.release = *release;
    }
    match storage::read(storage::TARGET) {
        Some(kept) => state.take_up_targets(&kept),
        None => state.asks_where = address::link().is_none(),
    }
    match &state.route {
        Route::Travel(asked) if !asked.is_empty() && !is_own_check(asked) => {
            state.places = asked.clone().into();
        }
        route => {
            if let Route::Travel(_) = route {
                state.route = Route::Travel(Vec::new());
            }
            state.avoid = storage::read(storage::AVOID).unwrap_or_default().into();
            let places = storage::read(storage::PLACES).unwrap_or_default();
            state.places = places.split_whitespace().map(str::to_owned).collect();
        }
    }
    state.hides_known = storage::read(storage::KNOWN).is_some();
    if storage::read(storage::LINE_ENDS).as_deref() == Some(CRLF) {
        state.line_ends = LineEnds::CrLf;
    }
    state.theme = kept_theme();
    state
}

/// The same on another bench than the usual one.
pub fn first_state_of(listing: &'static Listing, editor: &Editor) -> State {
    let kept = |what| storage::read(&storage::of_bench(listing, what)).unwrap_or_default();
    let mut state = State { route: Route::Bench(listing), ..begun(editor, Some(listing)) };
    for line in kept(storage::CHOSEN).lines() {
        if let Some((id, value)) = line.split_once('=')
            && let Some(choice) = listing.choice(id)
        {
            state.chosen = state.chosen.with(choice, value);
        }
    }
    state.target = kept(storage::PLACE).parse().unwrap_or_default();
    state.theme = kept_theme();
    state
}

/// Keeps the visitor's choices on another bench.
#[hook]
pub fn use_kept_on_bench(listing: &'static Listing, state: &State) {
    use_kept_theme(state.theme);
    let is_own = state.held != Held::Opened;
    let chosen = is_own.then(|| state.chosen.clone());
    use_effect_with(chosen, move |chosen| {
        let Some(chosen) = chosen else {
            return;
        };
        let lines = chosen.unusual().map(|(id, value)| [id, "=", value, "\n"].concat());
        // Without storage they last as long as the page.
        let _ = storage::write(&storage::of_bench(listing, storage::CHOSEN), &lines.collect::<String>());
    });
    use_effect_with(is_own.then_some(state.target), move |target| {
        let Some(target) = target else {
            return;
        };
        let kept = if *target == 0 { String::new() } else { target.to_string() };
        let _ = storage::write(&storage::of_bench(listing, storage::PLACE), &kept);
    });
}

/// The theme that was chosen before.
fn kept_theme() -> Theme {
    match storage::read(storage::THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps the theme.
#[hook]
fn use_kept_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        let kept = match theme {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let _ = storage::write(storage::THEME, kept);
        let _ = shell::refresh_theme();
    });
}

/// Whether an address asks about the very networks that were kept: the page was loaded again.
fn is_own_check(asked: &[String]) -> bool {
    let address = travel_address(asked.iter().map(String::as_str));
    storage::read(storage::CHECK) == Some(address)
}

/// Keeps the visitor's choices in this browser; without storage they last as long as the page.
#[hook]
pub fn use_kept_choices(state: &State) {
    let is_own = state.held != Held::Opened;
    use_effect_with((state.engine, is_own), |(engine, is_own)| {
        if !is_own {
            return;
        }
        let kept = if *engine == Engine::default() { String::new() } else { engine.to_string() };
        let _ = storage::write(storage::ENGINE, &kept);
    });
    use_effect_with((state.dialect, is_own), |(dialect, is_own)| {
        if *is_own {
            let _ = storage::write(storage::DIALECT, dialect.map_or("", |it| it.id));
        }
    });
    use_effect_with((state.host.nixos.release, is_own), |(release, is_own)| {
        if !is_own {
            return;
        }
        let kept = if *release == Release::LATEST { String::new() } else { release.to_string() };
        let _ = storage::write(storage::RELEASE, &kept);
    });
    // Who was asked and has not answered is asked again.
    let targets = (is_own && !state.asks_where).then(|| state.kept_targets());
    use_effect_with(targets, |targets| {
        if let Some(kept) = targets {
            let _ = storage::write(storage::TARGET, kept);
        }
    });
    use_effect_with(state.drafts.clone(), |drafts| {
        let _ = storage::write(storage::DRAFTS, &drafts.kept());
    });
    use_effect_with(state.line_ends, |line_ends| {
        let kept = match line_ends {
            LineEnds::Lf => "",
            LineEnds::CrLf => CRLF,
        };
        let _ = storage::write(storage::LINE_ENDS, kept);
    });
    use_kept_theme(state.theme);
    use_effect_with(state.hides_known, |hides_known| {
        let kept = if *hides_known { "hidden" } else { "" };
        let _ = storage::write(storage::KNOWN, kept);
    });
}

/// Keeps the networks to keep clear of in this browser, and the travel check about them in the address.
#[hook]
pub fn use_kept_networks(state: &State, gathered: &Gathered) {
    let is_own = state.held != Held::Opened;
    let choices = (state.route.clone(), gathered.clone(), is_own);
    use_effect_with(choices, |(route, gathered, is_own)| {
        let Gathered { text, places, .. } = gathered;
        // What a link asks about is in the link.
        let is_kept = *is_own && !matches!(route, Route::Travel(asked) if !asked.is_empty());
        if is_kept {
            let _ = storage::write(storage::AVOID, text);
            let _ = storage::write(storage::PLACES, &places.join(" "));
        }
        if matches!(route, Route::Travel(_)) {
            let address = gathered.address();
            // Without an address bar the check is not in it.
            let _ = address::replace(&address);
            if is_kept {
                let _ = storage::write(storage::CHECK, &address);
            }
        }
    });
}

/// When typing rests: keeps the draft, says the verdict, and ends the run of typing.
#[hook]
pub fn use_rested(
    bench: Option<&'static Listing>,
    text: &Rc<str>,
    mended: Option<String>,
    summary: &Summary,
    dispatch: &Dispatch,
) {
    let unkept = use_mut_ref(|| None::<Rc<str>>);
    use_effect_with((), {
        let unkept = unkept.clone();
        move |()| {
            let leaving =
                web_sys::window().map(|window| EventListener::new(&window, "pagehide", move |_| keep(bench, &unkept)));
            move || drop(leaving)
        }
    });
    use_effect_with((text.clone(), mended, summary.clone()), {
        let dispatch = dispatch.clone();
        move |(text, mended, summary)| {
            let sentence = summary.sentence.replace('`', "");
            let told = mended.iter().chain([&sentence]);
            let told: Vec<&str> = told.map(String::as_str).collect();
            let sentence = told.join(" ");
            let said = shell::said();
            unkept.replace(Some(text.clone()));
            let timer = Timeout::new(REST, move || {
                keep(bench, &unkept);
                // Without live region there is nobody to tell. "Copied", said meanwhile, is not talked over.
                if shell::said() == said {
                    let _ = shell::announce(&sentence);
                }
                dispatch.dispatch(Action::Rested);
            });
            move || drop(timer)
        }
    });
}

/// Keeps the draft, once: another tab may keep a newer one.
fn keep(bench: Option<&'static Listing>, unkept: &RefCell<Option<Rc<str>>>) {
    if let Some(text) = unkept.take() {
        keep_draft(bench, &text);
    }
}

/// Keeps the text of a bench.
pub fn keep_draft(bench: Option<&'static Listing>, text: &str) {
    // Without storage there is nobody to keep it.
    let _ = storage::write(&storage::draft(bench), text);
}
