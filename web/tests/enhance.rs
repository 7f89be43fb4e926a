//! Do the scripts of embeds know the settings and the targets there are?

use drydock::{
    bench::LISTINGS,
    daemon::{options, print::TARGETS},
};

const FRAME: &str = include_str!("../../static/embed.js");
const LOADER: &str = include_str!("../../static/drydock.js");
const SCRIPT: &str = include_str!("../../static/enhance.js");

#[test]
fn the_script_names_the_settings_of_the_table() {
    let list = SCRIPT.split_once("SETTINGS = new Set(`").map(|it| it.1);
    let list = list.and_then(|it| it.split('`').next()).unwrap_or_default();
    let named: Vec<&str> = list.split_whitespace().collect();
    let mut settings: Vec<&str> = options::children("").map(|it| it.key).collect();
    settings.sort_unstable();
    assert_eq!(named, settings, "it should name: {}", settings.join(" "));
}

#[test]
fn the_frame_names_the_targets_of_the_table() {
    let targets: Vec<String> = TARGETS.iter().map(|it| format!("{:?}", it.id)).collect();
    let list = format!("const TARGETS = [{}];", targets.join(", "));
    assert!(FRAME.contains(&list), "it should say: {list}");
}

#[test]
fn the_choices_of_every_bench_can_be_attributes() {
    let list = |source: &'static str, open: &str| -> Vec<&'static str> {
        let list = source.split_once(open).and_then(|it| it.1.split_once(']')).unwrap_or_default().0;
        list.split(", ").map(|it| it.trim_matches('"')).collect()
    };
    let of_frame = list(FRAME, "const NAMES = [");
    let of_script = [list(SCRIPT, "const OF_BENCHES = ["), list(SCRIPT, "const OF_ALL = [")].concat();
    for choice in LISTINGS.iter().flat_map(|it| it.choices) {
        for list in [&list(LOADER, "const CHOICES = [")[..], of_frame.get(6..).unwrap_or_default(), &of_script] {
            assert!(list.contains(&choice.id), "{} in {list:?}", choice.id);
        }
    }
}
