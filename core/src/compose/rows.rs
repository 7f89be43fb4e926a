//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use std::collections::HashSet;

use super::{
    Choices, Context,
    assist::{complete, hover},
    check,
    examples::EXAMPLES,
    read,
};
use crate::{
    bench::{self, Examined, Listing, Request, Target, Topic, Workbench, Written},
    containers::{
        bench::{Asked, PANELS, Read, TARGETS, examined},
        check as shared,
        chosen::{OF_COMPOSE, PROFILES, PROJECT, SECRETS, VARIABLES},
        model::Network,
    },
    document::Notation,
    text::Span,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "compose",
    dialect: "compose",
    title: "Compose",
    about: "Turn a Compose file into containers that NixOS starts, without Compose.",
    topic: Topic::Containers,
    text: "Compose file",
    recognised: "This is a Compose file: opened in Compose",
    open: "Turn it into NixOS containers",
    invitation: "Paste a Compose file, or start from an example",
    offered: &["media", "proxy", "health"],
    file: "compose.yaml",
    notation: Notation::Yaml,
    against: "the Compose specification",
    choices: &OF_COMPOSE,
    suits,
};

/// The bench.
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: &BEGINNINGS,
    targets: &WAITING,
    panels: &PANELS,
    rules: &[super::RULES, shared::RULES],
    hover,
    complete,
};

/// What texts are written down for.
static WAITING: [Target; TARGETS.len()] = {
    let mut rows = [waiting(0); TARGETS.len()];
    let mut at = 1;
    while at < rows.len() {
        rows[at] = waiting(at);
        at += 1;
    }
    rows
};

const fn waiting(at: usize) -> Target {
    Target { write, ..TARGETS[at] }
}

/// Writes a text down, and says of services that wait for a profile how they are started with the others.
fn write(request: &Request, examined: &Examined, target: &Target) -> Written {
    let Some(row) = TARGETS.iter().find(|it| it.id == target.id) else { return Written::default() };
    let mut written = (row.write)(request, examined, row);
    let waits = |it: &Asked| {
        let starts = it.project.containers.iter().filter_map(|it| it.auto_start.as_ref());
        starts.filter(|it| !it.value).map(|it| it.span).collect()
    };
    let waiting: HashSet<Span> = examined.facts().map(waits).unwrap_or_default();
    for part in written.parts.iter_mut().filter(|it| it.span.is_some_and(|it| waiting.contains(&it))) {
        let how = [part.how.as_str(), "It starts with the others when its profile is chosen: `profiles`."];
        part.how = how.join(" ").trim_start().to_owned();
    }
    written
}

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
    let profiles = request.chosen.value(&PROFILES);
    let profiles = profiles.split(',').map(str::trim).filter(|it| !it.is_empty());
    let profiles: Vec<String> = profiles.map(str::to_owned).collect();
    let choices = Choices { env: &env, name: &name, profiles: &profiles, ..Choices::default() };
    let reading = read(&request.text, &choices);
    let mut context = Context::new(&request.text, &reading);
    context.keeps_secrets = request.chosen.value(&SECRETS) != (SECRETS.usual)();
    let diagnostics = check(&context);
    let give = |network: &Network, subnet| context.subnet_into(&network.name, subnet);
    // Compose starts no container again that does not ask for it.
    let project = reading.project.clone();
    let read = Read { project, diagnostics, keeps_running: false, runs_on: None, give: &give };
    examined(request, read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Chosen;

    #[test]
    fn services_start_with_their_profiles() {
        let text = "services:\n  a: {image: 'x:1', profiles: [debug, mail]}\n  b: {image: 'y:1'}\n";
        for (profiles, waits) in
            [("", true), ("other", true), ("mail", false), (" other , debug,", false), ("*", false)]
        {
            let chosen = Chosen::default().with(&PROFILES, profiles);
            let request = Request { text: text.to_owned(), chosen, ..Request::default() };
            let examined = examine(&request);
            for target in WORKBENCH.targets {
                let Written { printed, parts, .. } = (target.write)(&request, &examined, target);
                let told = parts.iter().filter(|it| it.how.contains("`profiles`")).map(|it| it.what.as_str());
                let expected = if waits { &["profiles: [debug, mail]"][..] } else { &[] };
                assert_eq!(told.collect::<Vec<_>>(), expected, "{profiles:?} {}", target.id);
                if target.id == "oci-containers" {
                    assert_eq!(printed.text.contains("autoStart = false;"), waits, "{profiles:?}");
                }
            }
        }
    }

    #[test]
    fn choices_of_every_text_come_first() {
        let others = LISTING.choices.iter().take(crate::containers::chosen::CHOICES.len());
        assert!(others.eq(&crate::containers::chosen::CHOICES));
    }
}
