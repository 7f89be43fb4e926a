//! What this browser keeps: the draft and the visitor's own choices, and nothing else. Nothing leaves the browser.

use drydock::bench::Listing;

use super::{Refused, window};

/// The text last typed; `start.js` puts it back into the text area.
pub const DRAFT: &str = "drydock.text";
/// What was typed into the form and is not in the text.
pub const DRAFTS: &str = "drydock.drafts";
/// What the text is written in, where that is not what it looks like.
pub const DIALECT: &str = "drydock.as";
/// What ended the lines of the file that the text came from.
pub const LINE_ENDS: &str = "drydock.lines";
/// The chosen theme; `boot.js` shows it.
pub const THEME: &str = "drydock.theme";
/// The chosen Engine.
pub const ENGINE: &str = "drydock.engine";
/// The chosen NixOS release.
pub const RELEASE: &str = "drydock.nixos";
/// The chosen target and the one in the other tab, by their ids.
pub const TARGET: &str = "drydock.target";
/// The text about networks to keep clear of.
pub const AVOID: &str = "drydock.avoid";
/// The ids of the places that are gone to.
pub const PLACES: &str = "drydock.places";

/// The address that holds a travel check about the two above.
pub const CHECK: &str = "drydock.check";
/// That the known networks are not drawn.
pub const KNOWN: &str = "drydock.known";

/// The choices of another bench than the usual one, with [`of_bench`].
pub const CHOSEN: &str = "chosen";
/// The place of its target in the list, with [`of_bench`].
pub const PLACE: &str = "target";

/// The key of something of another bench than the usual one.
pub fn of_bench(listing: &Listing, what: &str) -> String {
    ["drydock.", listing.id, ".", what].concat()
}

/// The key of the text last typed on a bench; `start.js` has the same.
pub fn draft(bench: Option<&Listing>) -> String {
    bench.map_or_else(|| DRAFT.to_owned(), |it| of_bench(it, "text"))
}

/// The value kept under a key.
pub fn read(key: &str) -> Option<String> {
    window().ok()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value; an empty one is forgotten.
///
/// # Errors
///
/// In private windows and on full disks.
pub fn write(key: &str, value: &str) -> Result<(), Refused> {
    let storage = window()?.local_storage()?.ok_or(Refused)?;
    match value.is_empty() {
        true => storage.remove_item(key)?,
        false => storage.set_item(key, value)?,
    }
    Ok(())
}
