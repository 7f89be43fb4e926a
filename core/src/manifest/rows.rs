//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use std::rc::Rc;

use super::{
    check::{Context, RULES, check},
    examples::EXAMPLES,
    panels::PANELS,
    print::{Asked, TARGETS},
    read::{Choices, read},
};
use crate::{
    bench::{Choice, Examined, Input, Listing, Request, Said, Topic, Workbench, conclusion},
    document::Notation,
    text::Span,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "manifest",
    dialect: "manifest",
    title: "Layers and hashes",
    about: "Read an image's manifest: its layers, its digests in every form, and the Nix that fetches it.",
    topic: Topic::Images,
    text: "Manifest or hash",
    recognised: "This is the manifest of an image: opened in Layers and hashes",
    open: "Read it",
    invitation: "Paste what skopeo inspect --raw prints, or a hash in any form, or start from an example",
    offered: &["jessie", "shared", "index"],
    file: "manifest.json",
    notation: Notation::Json,
    against: "what registries and docker inspect say of images",
    choices: &[&IMAGE, &PLATFORM],
    suits,
};

/// The name of the image.
pub static IMAGE: Choice = Choice {
    id: "image",
    label: "Image",
    about: "the name of the image, if the text does not say it",
    input: Input::Text("debian:12"),
    usual: String::new,
};

/// The platform of a list of manifests.
pub static PLATFORM: Choice = Choice {
    id: "platform",
    label: "Platform",
    about: "which manifest of a list is meant",
    input: Input::Text("linux/amd64"),
    usual: String::new,
};

/// The bench.
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: EXAMPLES,
    targets: &TARGETS,
    panels: &PANELS,
    rules: &[RULES],
    hover,
    complete: |_, _| None,
};

/// Whether a text is JSON that tells of an image, or one digest.
fn suits(text: &str) -> bool {
    let text = text.trim();
    let begins = |all: &[&str]| all.iter().any(|it| text.starts_with(it));
    let is_word = !text.contains(char::is_whitespace);
    let is_digest = is_word && (begins(&["sha256:", "sha256-"]) || text.contains("@sha256:"));
    let has = |all: &[&str]| all.iter().all(|it| text.contains(it));
    is_digest
        || (begins(&["{", "[", "#"])
            && (has(&["\"schemaVersion\"", "\"layers\""])
                || has(&["\"schemaVersion\"", "\"manifests\""])
                || has(&["\"schemaVersion\"", "\"fsLayers\""])
                || has(&["\"Ref\"", "\"Descriptor\""])
                || has(&["\"RepoTags\"", "\"Layers\""])
                || has(&["\"rootfs\"", "\"diff_ids\""])))
}

fn examine(request: &Request) -> Examined {
    let choices = Choices { image: request.chosen.value(&IMAGE), platform: request.chosen.value(&PLATFORM) };
    let reading = read(&request.text, &choices);
    let diagnostics = check(&Context { text: &request.text, platform: choices.platform.trim(), reading: &reading });
    let things = [
        (reading.images.len(), "image"),
        (reading.images.iter().map(|it| it.layers.len()).sum(), "layer"),
        (reading.indexes.len(), "manifest list"),
        (reading.hashes.len(), "digest"),
    ];
    let conclusion = conclusion(&things, &diagnostics, "Nothing here tells of an image");
    Examined { diagnostics, conclusion, facts: Rc::new(Asked { reading, choices }) }
}

/// The digest at a place, in every form.
fn hover(text: &str, at: usize) -> Option<Said> {
    let reading = read(text, &Choices::default());
    let is_there = |span: Span| span.start <= at && at <= span.end;
    let of_images = reading.images.iter().flat_map(|it| it.config.iter().chain(&it.layers));
    let of_indexes = reading.indexes.iter().flat_map(|it| it.entries.iter().map(|it| &it.blob));
    let blob = of_images.chain(of_indexes).map(|it| (&it.hash, it.span, &*it.media_type));
    let alone = reading.hashes.iter().map(|(hash, span)| (hash, *span, ""));
    let (hash, span, media_type) = blob.chain(alone).find(|it| is_there(it.1))?;
    let kind = (!media_type.is_empty()).then(|| ("Type", media_type.to_owned()));
    let facts = hash.forms().into_iter().chain(kind).collect();
    Some(Said { span, title: super::read::short(hash), text: "The same hash in every form.".to_owned(), facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_others() {
        for (text, expected) in [
            (r#"{ "schemaVersion": 2, "layers": [] }"#, true),
            (r#"{ "schemaVersion": 2, "manifests": [] }"#, true),
            ("# debian:12\n{ \"schemaVersion\": 2, \"layers\": [] }", true),
            (r#"[{ "RepoTags": ["a:b"], "RootFS": { "Layers": [] } }]"#, true),
            (r#"{ "architecture": "amd64", "rootfs": { "type": "layers", "diff_ids": [] } }"#, true),
            ("nginx:1.27@sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7", true),
            (r#"[{ "Config": "a.json", "RepoTags": ["a:b"], "Layers": [] }]"#, true),
            ("sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\n", true),
            (r#"{ "mtu": 1400 }"#, false),
            (r#"{ "layers": [] }"#, false),
            ("docker run nginx@sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7", false),
            ("", false),
        ] {
            assert_eq!(suits(text), expected, "{text}");
        }
    }

    #[test]
    fn a_digest_is_told_in_every_form() {
        let text = EXAMPLES[0].text;
        let at = text.find("sha256:054abe38").expect("a digest");
        let said = hover(text, at + 20).expect("something to say");
        assert_eq!(said.title, "sha256:054abe38b1e6");
        let base32 = said.facts.iter().find(|it| it.0 == "Nix base32").expect("a form");
        assert_eq!(base32.1, "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5");
        assert_eq!(hover(text, 0), None);
    }

    #[test]
    fn conclusions_are_sentences() {
        for (text, expected) in [
            ("", "Nothing here tells of an image."),
            ("{}", "Nothing here tells of an image: 1 error."),
            (EXAMPLES[0].text, "1 image, 2 layers: nothing wrong."),
            ("sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7", "1 digest: nothing wrong."),
        ] {
            let request = Request { text: text.to_owned(), ..Request::default() };
            assert_eq!(examine(&request).conclusion, expected);
        }
    }
}
