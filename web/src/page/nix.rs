//! The wasm file that reads Nix: it is asked for when a text is Nix.
//!
//! Only [`reader`] may name what is in it, for the reasons that `rest.rs` tells.

use drydock::{
    daemon::late::{self, LateNix, NIX},
    rule::diagnostic::Severity,
};
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

use super::{
    Missing,
    icon::{severity_name, severity_shape},
    later::{Later, use_later},
};

#[wasm_split(nix, fallible)]
fn reader() -> Result<&'static LateNix, Missing> {
    Ok(&NIX)
}

async fn arrived() -> Result<(), Missing> {
    late::arrive_nix(reader().await?);
    Ok(())
}

/// Fetches what reads Nix; false when it did not come.
pub async fn arrive() -> bool {
    arrived().await.is_ok()
}

/// What reads Nix, or where it stays.
pub type Nix = Later<()>;

/// What reads Nix: fetched when there is some.
#[hook]
pub fn use_nix(has_nix: bool) -> Nix {
    use_later(has_nix, arrived)
}

/// What is said above a text that nothing reads, because what reads it did not come.
pub fn trouble(nix: &Nix) -> Html {
    html! {
        <section class="arrival" aria-label="Reader" data-severity={severity_name(Some(Severity::Warning))}>
            { severity_shape(Some(Severity::Warning)) }
            <p class="arrival__words" role="alert">
                <strong>{"What reads this text did not load"}</strong>{", so it is not checked. Nothing you typed is lost."}
            </p>
            <div class="arrival__ways">{ nix.again() }</div>
        </section>
    }
}

/// What stands where something follows from the text, until it can be read.
pub fn awaited() -> Html {
    html! {
        <div class="quiet late"><p>{"Nothing is known of this text before it was read."}</p></div>
    }
}
