//! The page: small components around one store. It comes as files of wasm: this, [`rest`], and [`nix`].

mod app;
mod arrangement;
mod arrived;
mod bench;
mod choice;
mod copy;
mod desk;
mod dialog;
mod diff;
mod dropped;
mod editing;
mod embed;
mod examined;
mod fetched;
mod form;
mod found;
mod guide;
mod help;
mod icon;
mod keep_clear;
mod kept;
mod later;
mod lists;
mod map;
mod masthead;
mod menu;
mod messages;
mod nix;
mod opening;
mod part;
mod plan;
mod problems;
mod proposals;
mod qr;
mod reading;
mod rest;
mod result;
mod root;
mod share;
mod shortcuts;
mod space;
mod splitter;
mod steps;
mod tabs;
mod text;
mod travel;
mod verdict;
mod views;
mod ways;
mod words;

pub use bench::{TELLING, Telling};
pub use embed::Embedding;
pub use nix::arrive as read_nix;
pub use rest::embedding;

use std::cell::Cell;

use drydock::bench::Workbench;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::Element;

use crate::outside::{editor::Editor, frame::Frame, shell};

/// A file of wasm did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// What is drawn around the editor.
#[derive(Clone, Copy)]
struct Drawing {
    /// The page.
    page: fn(Editor, [String; 3]),
    /// The parts of an embed of a bench.
    embed: fn(Element, Editor, Frame, &'static Workbench),
}

thread_local! {
    static HERE: Cell<Option<Drawing>> = const { Cell::new(None) };
}

/// Fetches what draws the page; false when it did not come.
pub async fn arrive() -> bool {
    HERE.set(drawing().await.ok());
    HERE.get().is_some()
}

/// Draws the page, when it has arrived.
pub fn draw(editor: Editor, addresses: [String; 3]) {
    if let Some(drawing) = HERE.get() {
        (drawing.page)(editor, addresses);
    }
}

/// Draws the parts of an embed of a bench around its editor, when what draws them has arrived.
pub fn draw_embed(place: Element, editor: Editor, frame: Frame, bench: &'static Workbench) {
    if let Some(drawing) = HERE.get() {
        (drawing.embed)(place, editor, frame, bench);
    }
}

/// The page is the second file of wasm: the first one knows the verdict alone.
#[wasm_split(page, fallible)]
fn drawing() -> Result<Drawing, Missing> {
    let page: fn(Editor, [String; 3]) = |editor, addresses| {
        let [reference, known, messages] = addresses.map(Into::into);
        if let Ok(root) = shell::take_over() {
            let props = app::AppProps { editor, reference, known, messages, arrived: None };
            yew::Renderer::<root::Root>::with_root_and_props(root, props).render();
        }
    };
    Ok(Drawing { page, embed: bench::draw })
}
