//! The verdict on a text, without the rest of the page: what page and embed say before anything else has loaded.

use drydock::{
    Engine, Summary,
    docker::host::{RELEASES, Release},
    rule::diagnostic::Severity,
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::record::record;

/// The verdict of a text, `{ severity, sentence }`: the severity is `error`, `warning` or `ok`, and empty where there is
/// no text, or one that is not read here. An Engine that is none counts as the latest.
#[wasm_bindgen]
pub fn glance(text: &str, dialect: &str, engine: &str) -> JsValue {
    if !drydock::is_glanced_at(text, dialect) {
        return record(&[("severity", "".into()), ("sentence", "The checker is on its way.".into())]);
    }
    let seen = drydock::glance(text, engine_of(engine));
    record(&verdict(&Summary::at_a_glance(text, seen)))
}

/// The verdict as members of a JavaScript object.
pub fn verdict(summary: &Summary) -> [(&'static str, JsValue); 2] {
    [("severity", severity(summary).into()), ("sentence", summary.sentence.as_str().into())]
}

fn severity(summary: &Summary) -> &'static str {
    match summary.severity {
        _ if !summary.is_judged => "",
        severity => severity.map_or("ok", Severity::name),
    }
}

/// Whether there is an Engine of this name.
#[wasm_bindgen]
pub fn knows_engine(name: &str) -> bool {
    name.parse::<Engine>().is_ok()
}

/// Whether there is a NixOS release of this name.
#[wasm_bindgen]
pub fn knows_release(name: &str) -> bool {
    Release::read(name).is_some_and(|it| RELEASES.contains(&it))
}

/// The Engine of a name; the latest where there is none.
pub fn engine_of(name: &str) -> Engine {
    name.parse().unwrap_or_default()
}

/// The usual host, with the NixOS release of a name; the latest where there is none.
#[cfg(feature = "page")]
pub fn host_of(nixos: &str) -> drydock::docker::host::Host {
    let mut host = drydock::docker::host::Host::default();
    if let Some(release) = Release::read(nixos).filter(|it| RELEASES.contains(it)) {
        host.nixos.release = release;
    }
    host
}
