//! Does the script that makes editors of code blocks know the settings there are?

use drydock::options;

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
