//! The third wasm file: everything the first paint can do without.
//!
//! The build cuts the wasm at its split points. Code and data that can be reached only through [`parts`] go into the third
//! file, so no other code may call the functions named there directly.

use std::rc::Rc;

use drydock::{
    Engine, Report, Request,
    address::{KnownNetwork, known},
    daemon::{
        late::{self, LATE, Late},
        print::{self, Note, Printed},
    },
    document::{Change, Document, edit},
    link,
    rule::diagnostic::Fix,
    text::{Edits, Span},
};
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

use super::{
    Missing,
    bench::{
        pictures::{self, Pictured},
        shared::{self, SharedProps},
    },
    diff,
    embed::{EMBEDDING, Embedding},
    examined::Examined,
    form::{self, Form},
    help,
    keep_clear::{Gathered, Known},
    later::{Later, use_later},
    opening, proposals,
    reading::{self, Reading},
    result::Aim,
    share::{self, ShareProps},
    space::{self, Outlook, Space},
    steps,
    travel::{self, Travel},
};
use crate::{
    compare,
    outside::services::{self, Answers},
};

/// The parts of the page that come after the first view.
pub struct Parts {
    /// The configuration field by field.
    pub form: fn(&Form) -> Html,
    /// The option in whose field of the form a place of the text is edited.
    pub field_of: fn(&Report, Engine, Span) -> Option<&'static str>,
    /// The reference.
    pub reading: fn(&Reading) -> Html,
    /// The travel check.
    pub travel: fn(&Travel) -> Html,
    /// The picture, the plan, or the networks to keep clear of.
    pub space: fn(&Space, &Outlook) -> Html,
    /// What the help says.
    pub help: fn(&'static str) -> Html,
    /// What shares the state as a link.
    pub sheet: fn(&Rc<link::State>, &ShareProps) -> Html,
    /// What shares a text of a bench as a link.
    pub bench_sheet: fn(&SharedProps) -> Html,
    /// The shortest link that opens as just this state.
    pub link_of: fn(&link::State) -> Option<String>,
    /// A picture of a bench.
    pub picture: fn(&Pictured) -> Html,
    /// What differs between two results.
    pub comparison: fn(&Printed, &Printed) -> Html,
    /// How to put a result in place.
    pub steps: fn(Aim, &Examined) -> Html,
    /// What the platform lacks that a result counts on.
    pub advice: fn(&Aim, &Examined) -> Vec<Note>,
    /// The lines of the second text that the first does not have.
    pub changed_lines: fn(&str, &str) -> Vec<usize>,
    /// Reads the known networks.
    pub known: fn(&str) -> Vec<KnownNetwork>,
    /// Reads the networks to keep clear of.
    pub gather: fn(&Rc<str>, &Rc<[String]>, &Known) -> Gathered,
    /// What will happen in the address space.
    pub outlook: fn(&Report, &Gathered, Engine, bool) -> Outlook,
    /// What keeps clear of all networks that are collided with; `None` when nothing does.
    pub way_out: fn(&Request, &Report, &[KnownNetwork]) -> Option<Fix>,
    /// The edits that change settings one after the other; `None` when that cannot be done.
    pub edit: fn(&str, &Document, &[Change]) -> Option<Edits>,
    /// Whether settings can be added to a text.
    pub takes_settings: fn(&str, &Document) -> bool,
    /// What comes after the verdict of an embed.
    pub embedding: Embedding,
    /// What the core does without until then.
    late: &'static Late,
    /// What the editor asks.
    answers: Answers,
}

static PARTS: Parts = Parts {
    form: form::form,
    field_of: form::field_of,
    reading: reading::reading,
    travel: travel::travel,
    space: space::look,
    help: help::words,
    sheet: share::sheet,
    bench_sheet: shared::sheet,
    link_of: opening::exact,
    picture: pictures::picture,
    comparison: diff::comparison,
    steps: steps::steps,
    advice: |target, it| print::advice(&it.request, &it.report, target),
    changed_lines: compare::changed_lines,
    known: known::read,
    gather: |text, places, known| Gathered::of(text, places, known.as_ref()),
    outlook: Outlook::of,
    way_out: proposals::way_out,
    edit: |text, document, changes| edit::edit_all(text, document, changes).ok(),
    takes_settings: edit::takes_settings,
    embedding: EMBEDDING,
    late: &LATE,
    answers: services::ANSWERS,
};

#[wasm_split(rest, fallible)]
fn parts() -> Result<&'static Parts, Missing> {
    Ok(&PARTS)
}

async fn arrived() -> Result<&'static Parts, Missing> {
    let parts = parts().await?;
    late::arrive(parts.late);
    services::answer_by(parts.answers);
    Ok(parts)
}

/// What comes after the verdict of an embed; `None` when the file did not come.
pub async fn embedding() -> Option<&'static Embedding> {
    arrived().await.ok().map(|it| &it.embedding)
}

/// The rest of the page, or where it stays.
pub type Rest = Later<&'static Parts>;

/// The rest of the page: fetched when it is its turn.
#[hook]
pub fn use_rest(is_turn: bool) -> Rest {
    use_later(is_turn, arrived)
}
