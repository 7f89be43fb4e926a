//! What people read: every rule's example with all that is said of it, for an old, a middle and the latest Engine.

use std::fmt::Write;

use drydock::{
    Engine, Request, analyze,
    daemon::{check::RULES, prose::page},
    rule::terminal::{Lines, render},
};

#[test]
fn every_rules_example_says_what_is_wrong_why_and_what_to_do() {
    for rule in RULES {
        let page = page(rule);
        let mut said = page.example.clone();
        for version in ["20.10", "26", "29"] {
            let engine: Engine = version.parse().expect("an Engine");
            let request = Request { engine, host: page.host(), ..Request::of(&*page.example) };
            let report = analyze(&request);
            let lines = Lines::of(&request.text);
            writeln!(said, "\n═══ Engine {version}: {}", report.verdict().sentence()).expect("a string");
            for diagnostic in &report.diagnostics {
                write!(said, "\n{}", render(request.dialect.file, &lines, diagnostic)).expect("a string");
            }
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(rule.id, said);
        });
    }
}
