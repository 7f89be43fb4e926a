//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::{
    bench::{Chosen, Request},
    containers::chosen::{KEEP_CLEAR, NIXOS, POOLS},
    native::{chosen::FIREWALL, read},
    rule::judged::Judged,
};

const JUDGED: Judged = Judged { rules: RULES, diagnose: diagnose_all, language: "nix" };

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    diagnose_with(text, Chosen::default())
}

/// The diagnostics of a text, with what is chosen beside it.
pub(super) fn diagnose_with(text: &str, chosen: Chosen) -> Vec<Diagnostic> {
    let request = Request { text: text.to_owned(), chosen, ..Request::default() };
    let reading = read(text);
    let (space, choices) = (Space::of(&reading, &request), Choices::of(&request.chosen));
    check(&Context::new(text, &reading, &space, &choices))
}

/// A choice by its id, with what is chosen.
pub(super) fn chosen(id: &str, value: &str) -> Chosen {
    let choices = [&KEEP_CLEAR, &POOLS, &NIXOS, &FIREWALL];
    let choice = choices.into_iter().find(|it| it.id == id).expect("a choice");
    Chosen::default().with(choice, value)
}

/// What one rule finds with something chosen beside the text, each as its severity and the text it is about.
pub(super) fn found_with(text: &str, rule: &str, chosen: Chosen) -> Vec<String> {
    let found = diagnose_with(text, chosen).into_iter().filter(|it| it.rule == rule);
    found.map(|it| format!("{} {}", it.severity, it.span.of(text))).collect()
}

/// Asserts what one rule finds, each as its severity and the text it is about: `error 10x`.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    JUDGED.assert_found(text, rule, expected);
}

/// Asserts what the first fix of one rule is called, and what it makes of the text.
#[track_caller]
pub(super) fn assert_first_fix(text: &str, rule: &str, title: &str, after: &str) {
    JUDGED.assert_first_fix(text, rule, title, after);
}

/// A container with an address at each end, and whatever else is said of it.
pub(super) fn routed(rest: &str) -> String {
    format!(
        "{{ containers.web = {{ privateNetwork = true; hostAddress = \"10.7.0.1\"; localAddress = \"10.7.0.2\"; {rest} }}; }}"
    )
}

#[test]
fn rules_are_in_order_and_their_ids_differ() {
    JUDGED.assert_in_order();
}

/// Those whose examples need no choice.
#[cfg(feature = "prose")]
fn by_themselves() -> Judged {
    let with_choice = |it: &&crate::rule::Rule| {
        matches!(it.id, "address-in-the-way" | "address-of-known-network" | "option-too-new" | "surroundings-unread")
    };
    let rules: Vec<_> = RULES.iter().copied().filter(|it| !with_choice(it)).collect();
    Judged { rules: rules.leak(), ..JUDGED }
}

#[cfg(feature = "prose")]
#[test]
fn every_page_has_its_headings_and_an_example_the_rule_flags() {
    by_themselves().assert_pages();
    for rule in RULES {
        for heading in ["Why it matters", "What to do", "Example", "Source"] {
            assert!(rule.page().contains(&format!("## {heading}")), "{}: {heading}", rule.id);
        }
    }
}

#[cfg(feature = "prose")]
#[test]
fn the_first_fix_of_an_example_mends_it_and_raises_no_error() {
    by_themselves().assert_fixes();
}

#[cfg(feature = "prose")]
#[test]
fn examples_that_need_a_choice_are_flagged_with_it() {
    // The known networks are no choice.
    for rule in RULES.iter().filter(|it| it.id != "address-of-known-network") {
        let page = rule.page();
        let Some((choice, rest)) = page.split_once("```nix ").and_then(|it| it.1.split_once('\n')) else { continue };
        let (id, value) = choice.split_once('=').expect("a choice");
        let example = rest.split_once("```").expect("an end").0;
        let found = diagnose_with(example, chosen(id, value));
        assert!(found.iter().any(|it| it.rule == rule.id), "{}", rule.id);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_checked_and_fixes_are_places_of_it(text in "(\\{ config, lib, ... \\}: |containers|networking|nat|[.]|web|config|privateNetwork|hostAddress|localAddress|hostBridge|forwardPorts|hostPort|bindMounts|internalInterfaces|\\{|\\}| = |;|\\[|\\]|\"10.0.0.1\"|\"10.0.0.1/24\"|\"br0\"|\"fc00::1\"|\"[$]\\{cfg.x\\}/24\"|lib.mkIf config.x |lib.mkForce |cfg.a|null|1|80|true|''a''| |\n|é|\"|#|pkgs.writeText \"pass\" \"x\"|let a = 1; in ){0,40}") {
        JUDGED.assert_places(&text);
    }
}
