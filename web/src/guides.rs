//! The guides, which come in a file of wasm together.

use drydock::guide::{GUIDES, Guide};
use wasm_split_helpers::wasm_split;

use crate::page::Missing;

#[wasm_split(guides, fallible)]
fn rows() -> Result<&'static [&'static Guide], Missing> {
    Ok(GUIDES)
}

/// Fetches the guide of an id.
pub async fn fetch(id: &str) -> Result<&'static Guide, Missing> {
    rows().await?.iter().copied().find(|it| it.listing.id == id).ok_or(Missing)
}
