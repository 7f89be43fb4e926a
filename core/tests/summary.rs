//! The verdict as the page shows it: of texts and of none, of settings and of networks.

use std::sync::Arc;

use drydock::{
    MAX_TEXT, Request, Summary, analyze,
    daemon::network::{Avoid, pasted},
    glance,
    rule::diagnostic::Severity,
};

#[test]
fn nothing_is_fine_before_the_networks_were_read() {
    for (text, is_judged, sentence) in [
        ("", false, "The networks"),
        (r#"{ "debug": true }"#, false, "The daemon starts"),
        (r#"{ "debug": 1 }"#, true, "The daemon refuses this file"),
    ] {
        let summary = Summary::of(text, &analyze(&Request::of(text))).before_networks();
        assert_eq!(summary.is_judged, is_judged, "{text}");
        assert!(summary.sentence.starts_with(sentence), "{}", summary.sentence);
        assert!(summary.sentence.ends_with("have not been read yet."), "{}", summary.sentence);
    }
}

#[test]
fn a_glance_says_the_same() {
    let long = "x".repeat(MAX_TEXT + 1);
    for text in ["", " \n", r#"{ "debug": true }"#, r#"{ "debug": 1 }"#, &long] {
        let request = Request::of(text);
        let whole = Summary::of(text, &analyze(&request));
        assert_eq!(Summary::at_a_glance(text, glance(&request.text, request.engine)), whole);
    }
}

#[test]
fn nothing_is_fine_that_was_not_read() {
    let long = format!("{{}}{}", "\n".repeat(MAX_TEXT));
    let summary = Summary::of(&long, &analyze(&Request::of(&*long)));
    assert_eq!(summary.severity, Some(Severity::Warning));
    assert_eq!(summary.sentence, "A text of more than 1 MiB is not checked here.");
}

#[test]
fn the_worst_of_settings_and_networks_counts() {
    let (fine, wrong) = (r#"{ "debug": true }"#, r#"{ "debug": 1 }"#);
    for (text, networks, severity, sentence) in [
        ("", "", None, "Nothing to check yet."),
        (" \n", "10.0.0.0/8", None, "Docker with its defaults: Never collides"),
        ("", "172.18.0.0/16", Some(Severity::Error), "Docker with its defaults: Collides as soon as"),
        (fine, "", None, "The daemon starts"),
        (fine, "172.18.0.0/16", Some(Severity::Error), "Collides as soon as"),
        (fine, "what?", Some(Severity::Warning), "Nothing could be read"),
        (wrong, "10.0.0.0/8", Some(Severity::Error), "The daemon refuses this file"),
    ] {
        let request = Request { avoid: Arc::new(Avoid::gather(&pasted::read(networks), [])), ..Request::of(text) };
        let summary = Summary::of(text, &analyze(&request));
        assert_eq!(summary.severity, severity, "{text} {networks}");
        assert!(summary.sentence.contains(sentence), "{}", summary.sentence);
    }
}
