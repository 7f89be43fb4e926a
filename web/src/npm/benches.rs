//! What becomes of texts that ask for containers?

use std::rc::Rc;

use drydock::{
    address::KnownNetwork,
    bench::{self, Chosen, Examined, Input, Listing, Request, Target, WORKBENCHES, Workbench, Written},
    containers::chosen::{KEEP_CLEAR, NIXOS},
    daemon::{dialect, print},
    link::State,
};

use super::{
    errors::{Thrown, range_error},
    options::{self, Choices, cut},
};

/// What a text is for.
pub enum Meant {
    /// The daemon.
    Daemon,
    /// A workbench.
    Bench(&'static Workbench),
}

impl Meant {
    /// As it is named, or else as it looks like.
    pub fn of(text: &str, named: Option<&str>) -> Thrown<Self> {
        let listing = match named {
            None => bench::alone(text),
            Some(id) if dialect::find(id).is_some() => None,
            Some(id) => Some(bench::of_dialect(id).ok_or_else(|| unknown_dialect(id))?),
        };
        let found = WORKBENCHES.iter().copied().find(|it| Some(it.listing) == listing);
        Ok(found.map_or(Self::Daemon, Self::Bench))
    }
}

fn unknown_dialect(id: &str) -> wasm_bindgen::JsValue {
    let daemons = dialect::DIALECTS.iter().map(|it| it.id);
    let all: Vec<&str> = daemons.chain(WORKBENCHES.iter().map(|it| it.listing.dialect)).collect();
    range_error(&format!("as: `{}` is not known. Use one of {}.", cut(id), all.join(", ")))
}

/// A text with what is chosen beside it.
pub fn request(listing: &Listing, choices: &Choices, own: &[(String, String)], state: &State) -> Thrown<Request> {
    for (id, value) in own {
        let choice = bench::LISTINGS.iter().find_map(|it| it.choice(id)).ok_or_else(|| {
            let ids: Vec<&str> = listing.choices.iter().map(|it| it.id).collect();
            range_error(&format!("choices: `{}` is not known. Use {}.", cut(id), ids.join(", ")))
        })?;
        if !choice.takes(value) {
            let use_one = match choice.input {
                Input::OneOf(offers) => {
                    let offers: Vec<String> = offers().into_iter().map(|it| it.0).collect();
                    ["Use one of ", &offers.join(", "), "."].concat()
                }
                Input::Text(_) | Input::Lines(_) => "Use one line.".to_owned(),
            };
            return Err(range_error(&format!("choices.{id}: `{}` is not possible. {use_one}", cut(value))));
        }
    }
    let mut chosen = Chosen::default();
    if choices.nixos.is_some() {
        chosen = chosen.with(&NIXOS, &state.host.nixos.release.to_string());
    }
    let around: Vec<&str> = choices.avoid.iter().chain(&state.known).map(String::as_str).collect();
    chosen = chosen.with(&KEEP_CLEAR, &around.join("\n"));
    for (id, value) in own {
        // What another bench has says nothing here.
        if let Some(choice) = listing.choice(id) {
            chosen = chosen.with(choice, value);
        }
    }
    let known: Vec<KnownNetwork> = options::known_networks().to_vec();
    Ok(Request { text: state.text.clone(), chosen, known: Rc::new(known) })
}

/// A target by its id; `None` where it is one of the daemon's settings.
pub fn target(id: &str) -> Option<&'static str> {
    let mut targets = WORKBENCHES.iter().flat_map(|it| it.targets);
    targets.find(|it| it.id == id).map(|it| it.id)
}

/// Writes a text down.
pub fn write(bench: &Workbench, request: &Request, id: &str) -> Thrown<(&'static Target, Written)> {
    let found = bench_target(bench, id)?;
    let examined: Examined = (bench.examine)(request);
    Ok((found, (found.write)(request, &examined, found)))
}

fn bench_target(bench: &Workbench, id: &str) -> Thrown<&'static Target> {
    bench.targets.iter().find(|it| it.id == id).ok_or_else(|| {
        let ids: Vec<&str> = bench.targets.iter().map(|it| it.id).collect();
        let title = bench.listing.title;
        range_error(&format!("target: {title} is written as {}, not as `{}`.", ids.join(", "), cut(id)))
    })
}

/// Why settings of the daemon cannot be written for a target of containers.
pub fn not_of_the_daemon(id: &str) -> bench::Written {
    let ids: Vec<&str> = print::TARGETS.iter().map(|it| it.id).collect();
    let message = format!("Settings of the daemon are not written as {id}. Use one of {}.", ids.join(", "));
    let error = bench::Note::new(drydock::rule::diagnostic::Severity::Error, message);
    let printed = bench::Printed { error: Some(error), ..bench::Printed::default() };
    Written { printed: Rc::new(printed), ..Written::default() }
}
