//! Are choices kept by browsers, and taken by embeds, under the names of their rows?

use drydock::choices::{self, CHOICES};

const STORAGE: &str = include_str!("../src/outside/storage.rs");
const START: &str = include_str!("../../static/start.js");
const FRAME: &str = include_str!("../../static/embed.js");
const PACKAGE: &str = include_str!("../src/npm/options.rs");

#[test]
fn a_browser_keeps_them_under_their_ids() {
    for (choice, files) in [
        (&choices::AS, &[STORAGE, START][..]),
        (&choices::ENGINE, &[STORAGE, START]),
        (&choices::NIXOS, &[STORAGE]),
        (&choices::TARGET, &[STORAGE]),
        (&choices::AVOID, &[STORAGE, START]),
    ] {
        let key = format!("\"drydock.{}\"", choice.id);
        assert!(files.iter().all(|it| it.contains(&key)), "{key}");
    }
}

#[test]
fn an_embed_takes_them_as_readable_links_name_them() {
    let names = FRAME.split_once("const NAMES = [").and_then(|it| it.1.split_once(']')).unwrap_or_default().0;
    for choice in [&choices::AS, &choices::ENGINE, &choices::NIXOS, &choices::TARGET, &choices::VIEW] {
        assert!(names.contains(&format!("\"{}\"", choice.part)), "{} in {names}", choice.part);
    }
}

#[test]
fn the_package_takes_every_one() {
    let source: String = PACKAGE.split_whitespace().collect();
    for choice in CHOICES {
        let row = choice.id.to_uppercase().replace('-', "_");
        assert!(source.contains(&format!("=>{row},")), "{row}");
    }
}
