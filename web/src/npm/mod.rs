//! What does the npm package export?
//!
//! Texts and plain objects go in, plain objects come out. A configuration is never an error, however broken it is: only
//! values that cannot be meant are thrown, see [`errors`]. The TypeScript declarations are made from the types in
//! [`answers`] and [`options`], and from the comments there and here.

mod answers;
mod benches;
mod errors;
mod options;

use drydock::{
    MAX_TEXT, Request, bench,
    daemon::{
        network::{Forecast, Situation, Wish},
        print::Order,
    },
    link::{self, Form},
};
use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use self::{
    benches::Meant,
    errors::{Thrown, link_error, range_error},
    options::{CheckOptions, Choices, LinkOptions, LinkState, PlanOptions, PrintOptions, ProposeOptions},
};

/// Says what is wrong with the text of a `daemon.json`, a module of NixOS or flags, where, why it matters and what to do.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn analyze(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Choices")] options: &JsValue,
) -> Thrown<JsValue> {
    let choices: Choices = options::read("options", options)?;
    let request = choices.request(text)?;
    let report = drydock::analyze(&request);
    plain(&answers::Report::of(&request, report))
}

/// Says what is wrong with a text of any kind: settings of the daemon, commands of `docker run`, a Compose file, a module
/// with containers. What it is written in is recognised where `options.as` does not say it.
#[wasm_bindgen(unchecked_return_type = "Checked")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    let options: CheckOptions = options::read("options", options)?;
    let text = options::start_of("text", text, MAX_TEXT)?;
    let own = options.own.unwrap_or_default();
    match Meant::of(&text, options.choices.dialect.as_deref())? {
        Meant::Daemon => {
            let request = options.choices.state(text)?.request(options::known_networks());
            let report = drydock::analyze(&request);
            plain(&answers::Checked::of(&request, report))
        }
        Meant::Bench(bench) => {
            let state = options.choices.besides_dialect(readable(text)?)?;
            let request = benches::request(bench.listing, &options.choices, &own, &state)?;
            plain(&answers::Checked::by(bench, &request, (bench.examine)(&request)))
        }
    }
}

/// Writes a text down for a target: settings of the daemon for one of `targets()`, what asks for containers for one of its
/// workbench in `benches()`. Which of them it is, the text and the target say, where `options.as` does not.
#[wasm_bindgen(unchecked_return_type = "Printed")]
pub fn print(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] target: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PrintOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    let options: PrintOptions = options::read("options", options)?;
    let id = options::string("target", target)?;
    let named = options.choices.dialect.as_deref();
    if benches::target(&id).is_some() || named.is_some_and(|it| bench::of_dialect(it).is_some()) {
        return print_containers(options::start_of("text", text, MAX_TEXT)?, &id, options);
    }
    let target = options::target("target", &id)?;
    let order = match options.sort {
        Some(true) => Order::ByName,
        _ => Order::AsWritten,
    };
    let request = options.choices.request(text)?;
    let report = drydock::analyze(&request);
    let printed = drydock::daemon::print::print(&request, &report, target, order);
    let steps = target.steps(&request, &report);
    plain(&answers::Printed::of(&request, printed, target, steps))
}

fn print_containers(text: String, target: &str, options: PrintOptions) -> Thrown<JsValue> {
    let own = options.own.unwrap_or_default();
    match Meant::of(&text, options.choices.dialect.as_deref())? {
        Meant::Daemon => plain(&answers::Printed::by(&text, "", &benches::not_of_the_daemon(target))),
        Meant::Bench(bench) => {
            let state = options.choices.besides_dialect(readable(text)?)?;
            let request = benches::request(bench.listing, &options.choices, &own, &state)?;
            let (target, written) = benches::write(bench, &request, target)?;
            plain(&answers::Printed::by(&request.text, target.file, &written))
        }
    }
}

/// Says which subnets networks will get, how many there are, and what collides with the networks in `options.avoid`.
#[wasm_bindgen(unchecked_return_type = "Plan")]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PlanOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    let options: PlanOptions = options::read("options", options)?;
    let request = legible(options.choices.request(text)?)?;
    let report = drydock::analyze(&request);
    let situation = Situation {
        family: options.family(),
        count: options.count()?,
        swarm: report.host.swarm,
        ..Situation::default()
    };
    let forecast = Forecast::amid(&report.plan, &request.avoid, report.engine, &situation);
    plain(&answers::Plan::of(&request, &report, forecast.as_ref()))
}

/// Proposes up to three configurations that keep clear of the networks in `options.avoid`, the best first.
#[wasm_bindgen(unchecked_return_type = "Proposals")]
pub fn propose(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ProposeOptions")] options: &JsValue,
) -> Thrown<JsValue> {
    let options: ProposeOptions = options::read("options", options)?;
    let request = legible(options.choices.request(text)?)?;
    let report = drydock::analyze(&request);
    let usual = Wish::of(&report);
    let wish = Wish {
        networks: options.networks.unwrap_or(usual.networks),
        hosts: options.containers.unwrap_or(usual.hosts),
        ipv6: options.ipv6.unwrap_or(usual.ipv6),
    };
    let known = options::known_networks();
    let found = drydock::daemon::network::propose(&request, &report, &wish, known, &drydock::analyze);
    plain(&answers::Proposals::of(&request, found, known))
}

/// Returns the fragment of an address, `#` included, that opens on a page of Drydock as this state.
///
/// Throws an `Error` with the members of a `LinkFailure` where there is no such link.
#[wasm_bindgen(js_name = encodeLink, unchecked_return_type = "string")]
pub fn encode_link(
    #[wasm_bindgen(unchecked_param_type = "LinkState")] state: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LinkOptions")] options: &JsValue,
) -> Thrown<String> {
    let state: LinkState = options::read("state", state)?;
    let options: LinkOptions = options::read("options", options)?;
    let state = state.state()?;
    let form = match options.as_written {
        Some(true) => Form::AsWritten,
        _ => Form::Canonical,
    };
    let link = match options.readable {
        Some(true) => link::readable(&state).ok_or_else(|| {
            range_error("options.readable: there is no readable link for this state; one says `bip` and address pools only. Leave the option out.")
        })?,
        _ => link::encode(&state, form).map_err(link_error)?,
    };
    Ok(["#", &link].concat())
}

/// Opens a link: a whole address or its fragment, short or readable.
///
/// Throws an `Error` with the members of a `LinkFailure` when the link is broken or none.
#[wasm_bindgen(js_name = decodeLink, unchecked_return_type = "Link")]
pub fn decode_link(#[wasm_bindgen(unchecked_param_type = "string")] link: &JsValue) -> Thrown<JsValue> {
    let link = options::start_of("link", link, link::MAX_CHARACTERS)?;
    let state = link::decode(&link).map_err(link_error)?;
    plain(&answers::Link::of(state))
}

/// Finds what looks like a password or a token, which anyone who gets the link could read.
#[wasm_bindgen(unchecked_return_type = "Credential[]")]
pub fn credentials(#[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> Thrown<JsValue> {
    let text = options::start_of("text", text, MAX_TEXT)?;
    plain(&answers::Credential::all(&text))
}

/// Returns what settings can be printed for, the likeliest first.
#[wasm_bindgen(unchecked_return_type = "Target[]")]
pub fn targets() -> Thrown<JsValue> {
    let targets = drydock::daemon::print::TARGETS.iter();
    plain(&targets.map(answers::Target::of).collect::<Vec<_>>())
}

/// Returns what texts that ask for containers can be written in, what is chosen beside them, and what they can be written
/// down for.
#[wasm_bindgen(unchecked_return_type = "Bench[]")]
pub fn benches() -> Thrown<JsValue> {
    let benches = drydock::bench::WORKBENCHES.iter();
    plain(&benches.map(|it| answers::Bench::of(it)).collect::<Vec<_>>())
}

/// Returns the networks that can be named in `known`: those of trains, VPNs, clouds, routers.
#[wasm_bindgen(js_name = knownNetworks, unchecked_return_type = "KnownNetwork[]")]
pub fn known_networks() -> Thrown<JsValue> {
    let networks = options::known_networks().iter();
    plain(&networks.map(answers::KnownNetwork::of).collect::<Vec<_>>())
}

/// Refuses what is too long to be read, where there is no diagnostic to say so.
fn legible(request: Request) -> Thrown<Request> {
    is_legible(&request.text).map(|()| request)
}

fn readable(text: String) -> Thrown<String> {
    is_legible(&text).map(|()| text)
}

fn is_legible(text: &str) -> Thrown<()> {
    match text.len() {
        0..=MAX_TEXT => Ok(()),
        _ => Err(range_error("text is longer than 1 MiB, and so is not read.")),
    }
}

/// Returns an answer as a plain object.
fn plain(answer: &impl Serialize) -> Thrown<JsValue> {
    let text = serde_json::to_string(answer).map_err(|_| errors::error("The answer could not be written."))?;
    JSON::parse(&text)
}
