//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use super::{
    Choices, Context,
    assist::{complete, hover},
    check,
    examples::EXAMPLES,
    read,
};
use crate::{
    bench::{self, Examined, Listing, Request, Workbench},
    containers::{
        bench::{PANELS, Read, TARGETS, examined},
        chosen::{CHOICES, PROJECT, SECRETS, VARIABLES},
        model::Network,
    },
    document::Notation,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "compose",
    dialect: "compose",
    title: "Compose",
    about: "Turn a Compose file into containers that NixOS starts, without Compose.",
    text: "Compose file",
    recognised: "This is a Compose file: opened in Compose",
    open: "Turn it into NixOS containers",
    invitation: "Paste a Compose file, or start from an example",
    offered: &["media", "proxy", "health"],
    file: "compose.yaml",
    notation: Notation::Yaml,
    against: "the Compose specification",
    choices: &CHOICES,
    suits,
};

/// The bench.
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: &BEGINNINGS,
    targets: &TARGETS,
    panels: &PANELS,
    hover,
    complete,
};

static BEGINNINGS: [bench::Example; EXAMPLES.len()] = {
    let mut rows = [row(0); EXAMPLES.len()];
    let mut at = 1;
    while at < rows.len() {
        rows[at] = row(at);
        at += 1;
    }
    rows
};

const fn row(at: usize) -> bench::Example {
    let it = &EXAMPLES[at];
    bench::Example { id: it.id, title: it.title, description: it.description, text: it.text, aside: it.env }
}

/// How many lines are looked at for the key that a Compose file begins with.
const LOOKED_AT: usize = 500;

/// Whether there is a line `services:` that nothing is before.
fn suits(text: &str) -> bool {
    text.lines().take(LOOKED_AT).any(|it| it.strip_prefix("services:").is_some_and(|it| it.trim_start().is_empty()))
}

fn examine(request: &Request) -> Examined {
    let (env, name) = (request.chosen.value(&VARIABLES), request.chosen.value(&PROJECT));
    let reading = read(&request.text, &Choices { env: &env, name: &name, ..Choices::default() });
    let mut context = Context::new(&request.text, &reading);
    context.keeps_secrets = request.chosen.value(&SECRETS) != (SECRETS.usual)();
    let diagnostics = check(&context);
    let give = |network: &Network, subnet| context.subnet_into(&network.name, subnet);
    // Compose starts no container again that does not ask for it.
    let project = reading.project.clone();
    let read = Read { project, diagnostics, keeps_running: false, runs_on: None, give: &give };
    examined(request, read)
}
