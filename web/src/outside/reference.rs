//! The long texts of options and rules, which the site serves as a file of its own.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Refused, download};

/// The long texts, by key and by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference(JsValue);

impl Reference {
    /// Fetches them.
    ///
    /// # Errors
    ///
    /// Without network, before they were ever fetched.
    pub async fn fetch(address: &str) -> Result<Self, Refused> {
        let response = download::response(address).await?;
        Ok(Self(JsFuture::from(response.json()?).await?))
    }

    /// The help of an option, as Markdown; empty when there is none.
    pub fn option(&self, key: &str) -> String {
        text(&self.0, &["options", key])
    }

    /// The page of a rule; its parts are empty when there is none.
    pub fn rule(&self, id: &str) -> Page {
        Page {
            markdown: text(&self.0, &["rules", id, "markdown"]),
            example: text(&self.0, &["rules", id, "example"]),
            engine: text(&self.0, &["rules", id, "engine"]),
            host: words(&self.0, &["rules", id, "host"]),
        }
    }
}

/// The page of a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What it flags, why it matters and what to do, as Markdown.
    pub markdown: String,
    /// A configuration that it flags.
    pub example: String,
    /// The Engine that flags it.
    pub engine: String,
    /// What the host must be like for it, in the words of [`drydock::docker::host::Host::of_words`].
    pub host: Vec<String>,
}

/// What is at a path of members.
fn at(value: &JsValue, path: &[&str]) -> Option<JsValue> {
    let step = |value: JsValue, name: &&str| Reflect::get(&value, &(*name).into());
    path.iter().try_fold(value.clone(), step).ok()
}

fn text(value: &JsValue, path: &[&str]) -> String {
    at(value, path).and_then(|it| it.as_string()).unwrap_or_default()
}

fn words(value: &JsValue, path: &[&str]) -> Vec<String> {
    let list = at(value, path).and_then(|it| it.dyn_into::<Array>().ok());
    list.map(|it| it.iter().filter_map(|it| it.as_string()).collect()).unwrap_or_default()
}
