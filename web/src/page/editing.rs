//! The bar above the editor, and what an empty editor invites to.

use drydock::{
    Engine, MAX_TEXT,
    bench::LISTINGS,
    choices,
    daemon::{
        LISTING,
        bytes::{binary, decode},
        dialect::{self, DIALECTS},
        examples::{EXAMPLES, Example, MODULES},
    },
    docker::host::Host,
    document::{Dialect, Notation},
    rule::diagnostic::Severity,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{
    arrived::Carried,
    desk::{Beginning, Desk, Step},
    icon::{icon, severity_name, severity_shape},
    masthead::Picker,
    menu::Menu,
    tabs::tabs,
    ways, words,
};
use crate::{
    lines::{LineEnds, lines},
    outside::{Refused, address, download, shell},
    store::{Action, Face},
};

/// How the configuration is edited.
#[derive(Clone, PartialEq)]
pub struct Editing {
    /// As text or as form.
    pub face: Face,
    /// What it is written in.
    pub dialect: &'static Dialect,
    /// What it would be taken for by itself.
    pub looks_like: &'static Dialect,
    /// Whether it may be written in something else, so that the visitor is asked.
    pub is_doubtful: bool,
    /// Whether there is no text yet.
    pub is_empty: bool,
    /// The ways to touch the text.
    pub desk: Desk,
}

const FACES: &[(Face, &str, &str)] = &[(Face::Text, "Text", "editor"), (Face::Form, "Form", "form-panel")];

/// The id of the input that opens files.
const FILE: &str = "open-file";

/// The bar above the editor.
pub fn editing(props: &Editing) -> Html {
    let Editing { face, desk, .. } = props;
    // Those like the text come first.
    let examples = match MODULES.first().is_some_and(|it| it.dialect == props.dialect) {
        true => [MODULES, EXAMPLES],
        false => [EXAMPLES, MODULES],
    };
    let choose = {
        let dispatch = desk.dispatch.clone();
        Callback::from(move |face| dispatch.dispatch(Action::Face(face)))
    };
    let undo = desk.history.reform(|_: MouseEvent| Step::Undo);
    let redo = desk.history.reform(|_: MouseEvent| Step::Redo);
    html! {
        <>
        <div class="panel__bar">
            { tabs("Edit as", FACES, *face, &choose) }
            <span class="panel__space" />
            // The text has the keyboard's undo, which telephones lack.
            <button class={classes!("button", "button--icon", (*face == Face::Text).then_some("only-touch"))} type="button"
                aria-label="Undo" title="Undo" onclick={undo}>{icon("undo")}</button>
            if *face == Face::Form {
                <button class="button button--icon" type="button" aria-label="Redo" title="Redo" onclick={redo}>{icon("redo")}</button>
            }
            <Menu label="Examples">
                { for examples.into_iter().map(|it| offered(desk, it)) }
            </Menu>
            { open_button(desk) }
            if !props.is_empty && props.face == Face::Text {
                { save_button(desk) }
            }
        </div>
        { read_as(props) }
        </>
    }
}

/// Examples that are written in the same, under its name.
fn offered(desk: &Desk, examples: &'static [Example]) -> Html {
    html! {
        <>
            <p class="menu__title">{examples.first().map(|it| it.dialect.title)}</p>
            { for examples.iter().map(|it| html! {
                <button class="menu__item" type="button" onclick={begin(desk, it)}>
                    {it.title}<span class="menu__about">{it.description}</span>
                </button>
            }) }
        </>
    }
}

/// What the text is read as, where that is not plain.
fn read_as(props: &Editing) -> Html {
    if !props.is_doubtful {
        return Html::default();
    }
    let chosen = DIALECTS.iter().position(|it| *it == props.dialect).unwrap_or_default();
    let options: Vec<String> = DIALECTS.iter().map(|it| it.title.to_owned()).collect();
    let looks_like = props.looks_like;
    let dispatch = props.desk.dispatch.clone();
    let onchoose = Callback::from(move |index: usize| {
        let chosen = DIALECTS.get(index).copied().filter(|it| *it != looks_like);
        dispatch.dispatch(Action::Dialect(chosen));
    });
    html! {
        <div class="panel__context">
            <Picker label={choices::AS.label} {options} {chosen} {onchoose} />
        </div>
    }
}

fn begin(desk: &Desk, example: &'static Example) -> Callback<MouseEvent> {
    desk.begin.reform(move |_| Beginning {
        text: example.text.into(),
        label: ["Example: ", example.title].concat(),
        line_ends: LineEnds::Lf,
        engine: example.engine,
        host: Some(Host { rootless: example.rootless, ..Host::default() }),
        target: Some(example.target),
        ..Beginning::default()
    })
}

/// Reads a file and begins with it; says why not when it is none that can be read as text.
pub fn open(file: File, desk: Desk) {
    spawn_local(async move {
        let name = file.name();
        let refuse = |why: &str| {
            let said = ["`", &name, "` ", why, ". Your text is as it was."].concat();
            desk.dispatch.dispatch(Action::Refused(Some(said.into())));
        };
        // More than is checked, in UTF-16 too, so that the report says that there is more.
        let bytes = i32::try_from(2 * MAX_TEXT + 4).unwrap_or(i32::MAX);
        let Ok(bytes) = download::read(file, bytes).await else {
            return refuse("could not be read: it may be a folder");
        };
        if let Some(what) = binary(&bytes) {
            return refuse(&["is ", what, ", not a text"].concat());
        }
        // What is no UTF-8 is seen in the text: the encoding's own finding is about the file that was left.
        let (text, _) = decode(&bytes, Engine::default());
        desk.begin.emit(Beginning {
            dialect: by_name(&name).filter(|it| *it != dialect::of(&text)),
            text: lines(&text).into(),
            label: ["Open ", &name].concat(),
            line_ends: LineEnds::of(&text),
            carried: Carried::recognised(&text, address::route().bench()),
            ..Beginning::default()
        });
    });
}

/// What a file's name says that it is written in: Nix, which can look like much else.
fn by_name(name: &str) -> Option<&'static Dialect> {
    let named = |it: &&Dialect| it.notation == Notation::Nix && ending(it.file) == ending(name);
    DIALECTS.iter().copied().find(named)
}

/// The end of a file's name: `json`.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |it| it.1)
}

/// What files are opened, for who chooses one.
fn accepted() -> String {
    let files = DIALECTS.iter().map(|it| it.file).chain(LISTINGS.iter().map(|it| it.file));
    let endings = files.map(|it| [".", ending(it), ","].concat());
    endings.chain([".yml,.service,application/json,text/plain".to_owned()]).collect()
}

/// Why a file was not opened.
pub fn refusal(why: Option<&str>, desk: &Desk) -> Html {
    let Some(why) = why else {
        return Html::default();
    };
    let dispatch = desk.dispatch.clone();
    let dismiss = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Refused(None)));
    html! {
        <section class="arrival" aria-label="File" data-severity={severity_name(Some(Severity::Warning))}>
            { severity_shape(Some(Severity::Warning)) }
            <p class="arrival__words" role="alert">{words::inline(why)}</p>
            <div class="arrival__ways">
                <button class="button button--edged" type="button" onclick={dismiss}>{"Dismiss"}</button>
            </div>
        </section>
    }
}

/// A button that opens a file.
pub fn open_button(desk: &Desk) -> Html {
    let onclick = Callback::from(|_| {
        if let Ok(input) = shell::element(FILE).and_then(|it| it.dyn_into::<HtmlElement>().map_err(|_| Refused)) {
            input.click();
        }
    });
    let onchange = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|it| it.get(0)) {
                open(file, desk.clone());
            }
            // So that the same file can be opened again.
            input.set_value("");
        })
    };
    html! {
        <>
            <button class="button button--shrinks" type="button" aria-label="Open a file" {onclick}>
                {icon("open")}<span class="button__words">{"Open"}</span>
            </button>
            <input type="file" hidden=true id={FILE} accept={accepted()} aria-label="File to open" {onchange} />
        </>
    }
}

/// A button that saves the text.
pub fn save_button(desk: &Desk) -> Html {
    let onclick = desk.save.reform(|_: MouseEvent| ());
    html! {
        <button class="button button--shrinks" type="button" aria-label="Save text" title="Save the text as it stands (Ctrl+S in the text)" {onclick}>
            {icon("save")}<span class="button__words">{"Save text"}</span>
        </button>
    }
}

/// Saves a text as a file, and says so.
pub fn save(name: &str, text: &str) {
    let said = match text.is_empty() {
        true => "There is nothing to save",
        false => match download::save(name, text) {
            Ok(()) => "Saved",
            Err(_) => "This browser cannot save files",
        },
    };
    // Without a live region there is nobody to tell.
    let _ = shell::announce(said);
}

/// What an empty editor says.
pub fn invitation(props: &Editing) -> Html {
    if !props.is_empty || props.face == Face::Form {
        return Html::default();
    }
    let offered = LISTING.offered.iter().filter_map(|id| Example::find(id));
    html! {
        <div class="editor__invitation">
            <div class="invitation">
                <p class="invitation__title">{LISTING.invitation}</p>
                <p class="menu__about">{words::inline(LISTING.takes)}</p>
                <div class="invitation__ways">
                    { for offered.map(|it| html! {
                        <button class="button button--edged" type="button" onclick={begin(&props.desk, it)}>{it.title}</button>
                    }) }
                </div>
                <nav class="ways-in" aria-label="What Drydock does">
                    { for ways::doing().into_iter().skip(1).chain([ways::reading()]).map(|group| html! {
                        <>
                            <p class="ways-in__title">{group.title}</p>
                            <p class="ways-in__ways">
                                { for group.ways.into_iter().map(|it| html! {
                                    <a class="ways-in__way" href={it.address} title={it.about}>{it.title}</a>
                                }) }
                            </p>
                        </>
                    }) }
                </nav>
            </div>
        </div>
    }
}
